"""What an audit found, for people: a workbook, and the first of it as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.roster.papers import frame_of, label_of, stamps_of
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, book_of, legal_names
from sim.roster.audit import KINDS, SEVERITIES, Finding, summary
from sim.scenario import Scenario

_FIRST = 12
_WIDTHS = (9, 17, 17, 15, 13, 13, 8, 46, 32, 12)


def audit_lines(
    scenario: Scenario, names: Naming, findings: Sequence[Finding], days: Sequence[date], language: Language
) -> str:
    """Return how many findings there are, and the gravest of them with their remedies."""
    words = Words(language)
    counts = summary(findings).severities
    said = words("list_joint").join(
        words("audit.count", severity=SEVERITIES[one].get(language), n=n) for one, n in counts.items()
    )
    lines = [_title(scenario, days, words), words("audit.found", counts=said) if findings else words("audit.nothing")]
    for number, one in enumerate(findings[:_FIRST], start=1):
        where = f"{desk_of(one, scenario, names, words)} " if one.desk else ""
        lines.append(
            f"{number}. [{SEVERITIES[one.severity].get(language)}] {where}{KINDS[one.kind].get(language)}：{one.detail.get(language)}"
        )
        lines.append("   " + words("audit.remedy", remedy=one.remedy.get(language)))
    if len(findings) > _FIRST:
        lines.append(words("audit.more", n=len(findings) - _FIRST))
    return "\n".join(lines)


def audit_book(
    scenario: Scenario,
    names: Naming,
    findings: Sequence[Finding],
    places: Sequence[int] | Sequence[str],
    days: Sequence[date],
    language: Language,
) -> bytes:
    """Return the workbook: counts by kind, and every finding.

    ``places`` is where each row of the shift table stands: its line, or the address of its cell in the county's workbook.
    """
    words = Words(language)
    title = _title(scenario, days, words)
    count = Table(
        (Field(words("audit.col.severity")), Field(words("audit.col.kind")), Field(words("audit.col.count"), "number")),
        [
            (SEVERITIES[severity].get(language), KINDS[kind].get(language), n)
            for (severity, kind), n in summary(findings).kinds.items()
        ],
    )
    of_cells = any(isinstance(place, str) for place in places)
    fields = (
        Field(words("audit.col.severity")),
        Field(words("audit.col.kind")),
        Field(words("drill.col.desk")),
        Field(words("callsheet.post")),
        Field(words("audit.col.from"), "clock"),
        Field(words("audit.col.to"), "clock"),
        Field(words("audit.col.hours"), "number"),
        Field(words("audit.col.detail")),
        Field(words("audit.col.remedy")),
        Field(words("audit.col.cells") if of_cells else words("audit.col.lines"), "line"),
    )
    posts = scenario.plan.roster.posts
    rows = [
        (
            SEVERITIES[one.severity].get(language),
            KINDS[one.kind].get(language),
            desk_of(one, scenario, names, words),
            words.post(one.post, posts) if one.post in posts else one.post,
            one.begins,
            one.ends,
            one.hours or None,
            one.detail.get(language),
            one.remedy.get(language),
            _spoken([places[row] for row in one.rows]),
        )
        for one in findings
    ]
    summary_tab, all_tab = legal_names([words("drill.tab.summary"), words("audit.tab.all")])
    frame = frame_of(
        title, stamps_of(scenario, names, words, internal=True), summary_tab, datetime.combine(days[0], time()), words
    )
    sheets = [
        SheetOfTables(summary_tab, title, (count,), said=(words("audit.caution"),)),
        SheetOfTables(all_tab, title, (Table(fields, rows),), widths=_WIDTHS),
    ]
    return book_of(sheets, frame)


def _title(scenario: Scenario, days: Sequence[date], words: Words) -> str:
    return words("audit.title", county=scenario.county.name, first=f"{days[0]:%Y-%m-%d}", last=f"{days[-1]:%Y-%m-%d}")


def desk_of(finding: Finding, scenario: Scenario, names: Naming, words: Words) -> str:
    """Return the desk as it may be shown; a code that no table knows as it stands."""
    place = scenario.county.index.get(finding.desk)
    return finding.desk if place is None else label_of(place, scenario, names, words)


def _spoken(places: Sequence[object]) -> str:
    """Return lines or addresses, the first few of many."""
    return ", ".join(map(str, places[:5])) + (" …" if len(places) > 5 else "")
