"""What an audit found, for people: a workbook, a page, and the first of it as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.content.grid import Column, Grid
from sim.report.page.template import render
from sim.report.roster.papers import frame_of, label_of, stamps_of
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, book_of, legal_names
from sim.roster.audit import KINDS, SEVERITIES, Finding, summary
from sim.scenario import Scenario

_FIRST = 12
_OF_A_KIND = 20
_WIDTHS = (9, 17, 17, 15, 13, 13, 8, 46, 32, 12)


def audit_lines(
    scenario: Scenario, names: Naming, findings: Sequence[Finding], days: Sequence[date], language: Language
) -> str:
    """Return how many findings there are, and the gravest of them with their remedies."""
    words = Words(language)
    lines = [_title(scenario, days, words), _found(findings, words)]
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
        Field(words("audit.col.hours"), "tenth"),
        Field(words("audit.col.detail")),
        Field(words("audit.col.remedy")),
        Field(words("audit.col.cells") if of_cells else words("audit.col.lines"), "line"),
    )
    rows = [
        (
            SEVERITIES[one.severity].get(language),
            KINDS[one.kind].get(language),
            desk_of(one, scenario, names, words),
            _post(one, scenario, words),
            one.begins,
            one.ends,
            one.desk_hours,
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


def audit_page(
    scenario: Scenario,
    names: Naming,
    findings: Sequence[Finding],
    days: Sequence[date],
    workbook: str,
    language: Language,
) -> str:
    """Return the page: counts by kind, and of each kind the gravest findings; all of them are in the ``workbook`` of that name."""
    words = Words(language)
    counts = summary(findings).kinds
    columns = (Column("severity", "w"), Column("kind"), Column("count", "n"))
    count = Grid(
        "",
        (),
        tuple(replace(one, heading=words(f"audit.col.{one.key}")) for one in columns),
        tuple(
            (SEVERITIES[severity].get(language), KINDS[kind].get(language), f"{n}")
            for (severity, kind), n in counts.items()
        ),
        wide=False,
    )
    groups = [
        _group(
            words("audit.page.group", severity=SEVERITIES[key[0]].get(language), kind=KINDS[key[1]].get(language), n=n),
            [one for one in findings if (one.severity, one.kind) == key],
            workbook,
            scenario,
            names,
            words,
        )
        for key, n in counts.items()
    ]
    return render(
        "audit.html.j2",
        words,
        stamps_of(scenario, names, words, internal=True),
        title=_title(scenario, days, words),
        found=_found(findings, words),
        count=count,
        groups=groups,
        notes=(words("audit.caution"), words("audit.page.hours"), words("audit.page.all", workbook=workbook)),
    )


def _group(
    title: str, findings: Sequence[Finding], workbook: str, scenario: Scenario, names: Naming, words: Words
) -> Grid:
    """Return the gravest findings of one kind, and how many more there are; a remedy that all of them share is said once.

    Columns that none of them has are left out.
    """
    columns = (
        Column("desk", "", words("drill.col.desk")),
        Column("post", "", words("callsheet.post")),
        Column("when", "w", words("audit.page.when")),
        Column("hours", "n", words("audit.col.hours")),
        Column("detail", "", words("audit.col.detail")),
        Column("remedy", "", words("audit.col.remedy")),
    )
    shown = findings[:_OF_A_KIND]
    remedies = {one.remedy.get(words.language) for one in shown}
    rows = [
        (
            desk_of(one, scenario, names, words) if one.desk else "",
            _post(one, scenario, words),
            words("audit.page.span", begins=f"{one.begins:%m-%d %H:%M}", ends=f"{one.ends:%m-%d %H:%M}")
            if one.begins and one.ends
            else "",
            "" if one.desk_hours is None else f"{one.desk_hours:.1f}".removesuffix(".0"),
            one.detail.get(words.language),
            one.remedy.get(words.language) if len(remedies) > 1 else "",
        )
        for one in shown
    ]
    used = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    notes = [words("audit.remedy", remedy=remedies.pop())] if len(remedies) == 1 else []
    if left := len(findings) - len(shown):
        notes.append(words("audit.page.more", shown=len(shown), n=left, workbook=workbook))
    return Grid(
        title, tuple(notes), tuple(columns[n] for n in used), tuple(tuple(row[n] for n in used) for row in rows)
    )


def _found(findings: Sequence[Finding], words: Words) -> str:
    """Return how many findings there are of each severity."""
    said = words("list_joint").join(
        words("audit.count", severity=SEVERITIES[one].get(words.language), n=n)
        for one, n in summary(findings).severities.items()
    )
    return words("audit.found", counts=said) if findings else words("audit.nothing")


def _post(finding: Finding, scenario: Scenario, words: Words) -> str:
    """Return the post in words; one that the plan does not know as it stands."""
    posts = scenario.plan.roster.posts
    return words.post(finding.post, posts) if finding.post in posts else finding.post


def _title(scenario: Scenario, days: Sequence[date], words: Words) -> str:
    return words("audit.title", county=scenario.county.name, first=f"{days[0]:%Y-%m-%d}", last=f"{days[-1]:%Y-%m-%d}")


def desk_of(finding: Finding, scenario: Scenario, names: Naming, words: Words) -> str:
    """Return the desk as it may be shown; a code that no table knows as it stands."""
    place = scenario.county.index.get(finding.desk)
    return finding.desk if place is None else label_of(place, scenario, names, words)


def _spoken(places: Sequence[object]) -> str:
    """Return lines or addresses, the first few of many."""
    return ", ".join(map(str, places[:5])) + (" …" if len(places) > 5 else "")
