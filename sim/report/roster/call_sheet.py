"""Call sheets to print and fill in: a workbook and a page, one sheet for each desk that calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.page.template import render
from sim.report.roster.papers import frame_of, label_of, stamps_of
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, book_of, legal_names
from sim.scenario import Scenario
from sim.study.call_sheet import CallSheet, Line

_WIDTHS = (6, 22, 7, 20, 14, 16, 15, 11, 12, 12, 12, 14)


def call_sheets_book(
    scenario: Scenario, when: datetime, sheets: Sequence[CallSheet], names: Naming, language: Language
) -> bytes:
    """Return the workbook; names and telephone numbers in full where real names were asked for, else neither."""
    words = Words(language)
    titles = [_title(sheet, scenario, when, names, words) for sheet in sheets]
    tabs = legal_names([label_of(sheet.caller, scenario, names, words) for sheet in sheets])
    title = words("callsheet.all", county=scenario.county.name, when=f"{when:%Y-%m-%d %H:%M}")
    frame = frame_of(title, stamps_of(scenario, names, words, internal=names.asked), tabs[0], when, words)
    made = [
        SheetOfTables(tab, title, (_table(sheet, scenario, names, words),), said=_how(words), widths=_WIDTHS)
        for tab, title, sheet in zip(tabs, titles, sheets, strict=True)
    ]
    return book_of(made, frame)


def call_sheets_page(
    scenario: Scenario, when: datetime, sheets: Sequence[CallSheet], names: Naming, language: Language
) -> str:
    """Return the page: A4, each desk that calls on sheets of its own; names and numbers as in the workbook."""
    words = Words(language)
    return render(
        "callsheet.html.j2",
        words,
        stamps_of(scenario, names, words, internal=names.asked),
        title=words("callsheet.all", county=scenario.county.name, when=f"{when:%Y-%m-%d %H:%M}"),
        how=_how(words),
        sheets=[
            (_title(sheet, scenario, when, names, words), _table(sheet, scenario, names, words)) for sheet in sheets
        ],
    )


def _title(sheet: CallSheet, scenario: Scenario, when: datetime, names: Naming, words: Words) -> str:
    return words("callsheet.title", desk=label_of(sheet.caller, scenario, names, words), when=f"{when:%Y-%m-%d %H:%M}")


def _how(words: Words) -> tuple[str, ...]:
    """Return how a sheet is used, in which order the places stand, and what the signs mean."""
    return words("callsheet.how"), words("callsheet.order"), words("callsheet.signs")


def _table(sheet: CallSheet, scenario: Scenario, names: Naming, words: Words) -> Table:
    fields = (
        Field(words("callsheet.number"), "number"),
        Field(words("drill.col.desk")),
        Field(words("callsheet.step"), "number"),
        Field(words("callsheet.post")),
        Field(words("callsheet.name")),
        Field(words("callsheet.phone"), "line"),
        Field(words("callsheet.by")),
        Field(words("callsheet.when"), "tenth"),
        Field(words("callsheet.called_at")),
        Field(words("callsheet.answered_by")),
        Field(words("callsheet.answered_at")),
        Field(words("callsheet.signature")),
    )
    listed = scenario.roster.named
    rows = []
    for number, called in enumerate(sheet.called, start=1):
        for step, line in enumerate(called.lines, start=1):
            first = step == 1
            name, phone = _person(
                line, named=scenario.county.places.code[called.desk] in listed, names=names, words=words
            )
            tries = words("callsheet.tries", by=words(f"channel.{line.channel}"), n=line.tries) if line.person else ""
            rows.append(
                (
                    number if first else None,
                    label_of(called.desk, scenario, names, words) if first else "",
                    step,
                    words.post(line.post, scenario.plan.roster.posts),
                    name,
                    phone,
                    tries,
                    line.begin_min,
                    *[""] * 4,
                )
            )
    return Table(fields, rows)


def _person(line: Line, *, named: bool, names: Naming, words: Words) -> tuple[str, str]:
    """Return name and telephone as they may be shown; what is missing is said: a holder, the desk on the roster, a number to dial."""
    if line.person is None:
        return words("callsheet.vacant"), ""
    if not named:
        return words("callsheet.unlisted"), ""
    dialled = line.channel != "courier"
    missing = "" if line.person.phone or not dialled else words("callsheet.no_number")
    return (line.person.name, line.person.phone or missing) if names.asked else ("", missing)
