"""The county's own workbooks, with what an audit found marked in their cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.roster.audit import desk_of
from sim.report.words.language import Words
from sim.roster.audit import KINDS, SEVERITIES, Finding, Severity
from sim.roster.exporting import Copy, Legend, Mark, marked_copy
from sim.roster.importing import BlockRead, Reading
from sim.scenario import Scenario

_Cell = tuple[int, int, int]


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
    words, spots = Words(language), reading.imported.spots
    marks: defaultdict[int, defaultdict[_Cell, list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for one in findings:
        mark = Mark(one.severity, _said(one, words))
        for spot in dict.fromkeys(spot for row in one.rows for spot in spots[row]):
            marks[spot.file][spot.sheet, spot.row, spot.column].append(mark)
    read: dict[int, set[str]] = {number: set() for number in reading.books}
    for block in reading.blocks:
        read[block.where.file] |= set(block.desks.values())
    anywhere = set().union(*read.values())
    made = {}
    for number, book in reading.books.items():
        loose = [one for one in findings if not one.rows and (one.desk in read[number] or one.desk not in anywhere)]
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
