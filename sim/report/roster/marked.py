"""The county's own workbooks, with what an audit found marked in their cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sim.county import County
from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.roster.audit import desk_of
from sim.report.words.language import Words
from sim.roster.audit import KINDS, SEVERITIES, Finding, Severity
from sim.roster.exporting import Copy, Legend, Mark, Pointer, marked_copy
from sim.roster.importing import BlockRead, Reading
from sim.scenario import Scenario

_Cell = tuple[int, int, int]
_ANSWERED_IN_CELLS = frozenset({"", "phones"})
"""The keys of questions about what single cells say; all others are about a table, and are answered by a mapping."""
_MOST_NAMES = 50
"""So many duty rooms a sentence names before it says how many more there are."""


def marked_books(
    scenario: Scenario,
    names: Naming,
    reading: Reading,
    raw: Mapping[int, bytes],
    findings: Sequence[Finding],
    days: Sequence[date],
    language: Language,
) -> dict[int, Copy]:
    """Return a marked copy of each workbook that was read, by its number; ``raw`` is what stands in its file."""
    words, pointer = Words(language), Pointer(reading)
    marks: defaultdict[int, defaultdict[_Cell, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    pointed = [pointer.cells(one) for one in findings]
    for one, spots in zip(findings, pointed, strict=True):
        mark = Mark(one.severity, _said(one, words))
        for spot in spots:
            marks[spot.file][spot.sheet, spot.row, spot.column].append(mark)
    for question in reading.imported.questions:
        if question.key in _ANSWERED_IN_CELLS:
            mark = Mark("should", words("audit.cell.question", text=question.text.get(language)))
            for spot in question.spots:
                if spot.column:
                    marks[spot.file][spot.sheet, spot.row, spot.column].append(mark)
    absent = _absent(scenario, reading, words)
    read: dict[int, set[str]] = {number: set() for number in reading.books}
    for block in reading.blocks:
        read[block.where.file] |= set(block.desks.values())
    anywhere = set().union(*read.values())
    made = {}
    for number, book in reading.books.items():
        loose = [
            one
            for one, spots in zip(findings, pointed, strict=True)
            if not spots and (one.desk in read[number] or one.desk not in anywhere)
        ]
        shades = Counter(_gravest(its) for its in marks[number].values())
        questions = reading.imported.first_questions
        legend = Legend(
            tab=words("audit.marked.tab"),
            title=words("audit.marked.title", book=book.name, first=f"{days[0]:%Y-%m-%d}", last=f"{days[-1]:%Y-%m-%d}"),
            stamp=words("stamp.internal"),
            colours={
                severity: words("audit.marked.colour", severity=name.get(language), n=shades[severity])
                for severity, name in SEVERITIES.items()
            },
            said=(
                words("audit.marked.how"),
                words("audit.caution"),
                *absent,
                *(words("audit.marked.question", text=one.text.get(language), rows=one.rows) for one in questions),
            ),
            headings=(
                words("audit.col.severity"),
                words("audit.col.kind"),
                words("drill.col.desk"),
                words("audit.col.detail"),
                words("audit.col.remedy"),
            ),
            rows=[(one.severity, _row(one, scenario, names, words)) for one in loose],
            more=words("audit.cell.more", n="{n}"),
        )
        made[number] = marked_copy(book, raw[number], _blocks(reading, number), marks[number], legend)
    return made


def _absent(scenario: Scenario, reading: Reading, words: Words) -> list[str]:
    """Return a sentence for each level of which some duty rooms, but not all, have nobody in what was read: which they are."""
    county = scenario.county
    held = {county.index[shift.desk] for shift in reading.imported.shifts}
    said = []
    for level, plan in enumerate(county.levels):
        places = [int(place) for place in county.of_level(level)]
        missing = [_full_name(county, place) for place in places if place not in held]
        if missing and len(missing) < len(places):
            more = words("audit.marked.more", n=len(missing) - _MOST_NAMES) if len(missing) > _MOST_NAMES else ""
            names = words("list_joint").join(missing[:_MOST_NAMES]) + more
            said.append(words("audit.marked.absent", level=words.level(plan), n=len(missing), names=names))
    return said


def _full_name(county: County, place: int) -> str:
    """Return the name of a place behind that of the place above it, the county's left out: villages have namesakes."""
    above = int(county.places.parent[place])
    return (county.places.name[above] if above > 0 else "") + county.places.name[place]


def _blocks(reading: Reading, number: int) -> list[BlockRead]:
    return [block for block in reading.blocks if block.where.file == number]


def _gravest(marks: Sequence[Mark]) -> Severity:
    return min((mark.severity for mark in marks), key=list(SEVERITIES).index)


def _said(one: Finding, words: Words) -> str:
    language = words.language
    return words(
        "audit.cell",
        severity=SEVERITIES[one.severity].get(language),
        kind=KINDS[one.kind].get(language),
        detail=one.detail.get(language),
        remedy=one.remedy.get(language),
    )


def _row(one: Finding, scenario: Scenario, names: Naming, words: Words) -> tuple[str, ...]:
    language = words.language
    return (
        SEVERITIES[one.severity].get(language),
        KINDS[one.kind].get(language),
        desk_of(one, scenario, names, words) if one.desk else "",
        one.detail.get(language),
        one.remedy.get(language),
    )
