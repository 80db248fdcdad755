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
from sim.roster.audit.numbers import masked, numbers_in, well_formed
from sim.scenario import Scenario
from sim.study.roster.call_sheet import Called, CallSheet, Line

_PLACE, _STEP = (6, 22), (7, 20, 14, 16, 15, 11, 12, 12, 12, 14)
_LANDLINE = 16


def call_sheets_book(
    scenario: Scenario, when: datetime, sheets: Sequence[CallSheet], names: Naming, language: Language
) -> bytes:
    """Return the workbook; names and telephone numbers in full where real names were asked for, else neither."""
    words = Words(language)
    titles = [_title(sheet, scenario, when, names, words) for sheet in sheets]
    tabs = legal_names([label_of(sheet.caller, scenario, names, words) for sheet in sheets])
    title = words("callsheet.all", county=scenario.county.name, when=f"{when:%Y-%m-%d %H:%M}")
    frame = frame_of(title, stamps_of(scenario, names, words, internal=names.asked), tabs[0], when, words)
    tables = [_table(sheet, scenario, names, words) for sheet in sheets]
    made = [
        SheetOfTables(tab, title, (table,), said=_how(scenario, words), widths=_widths(table))
        for tab, title, table in zip(tabs, titles, tables, strict=True)
    ]
    return book_of(made, frame)


def _widths(table: Table) -> tuple[int, ...]:
    """Return how wide the columns are; a sheet without any duty telephone has no column of them."""
    landlines = len(table.fields) - len(_PLACE) - len(_STEP)
    return (*_PLACE, *[_LANDLINE] * landlines, *_STEP)


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
        how=_how(scenario, words),
        sheets=[
            (_title(sheet, scenario, when, names, words), _table(sheet, scenario, names, words)) for sheet in sheets
        ],
    )


def _title(sheet: CallSheet, scenario: Scenario, when: datetime, names: Naming, words: Words) -> str:
    return words("callsheet.title", desk=label_of(sheet.caller, scenario, names, words), when=f"{when:%Y-%m-%d %H:%M}")


def _how(scenario: Scenario, words: Words) -> tuple[str, ...]:
    """Return how a sheet is used, in which order the places stand, and what the signs mean."""
    made_up = "zones" in scenario.county.synthetic
    order = words("callsheet.order_made_up") if made_up else words("callsheet.order")
    return words("callsheet.how"), order, words("callsheet.signs")


def _table(sheet: CallSheet, scenario: Scenario, names: Naming, words: Words) -> Table:
    with_lines = any(called.landline for called in sheet.called)
    fields = (
        Field(words("callsheet.number"), "number"),
        Field(words("drill.col.desk")),
        *([Field(words("callsheet.landline"), "line")] if with_lines else []),
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
                    *([_landline(called, names) if first else ""] if with_lines else []),
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
    if dialled and line.person.phone and not any(map(well_formed, numbers_in(line.person.phone))):
        missing = words("callsheet.doubtful_number")
        return (line.person.name, f"{line.person.phone}{missing}") if names.asked else ("", missing)
    return (line.person.name, line.person.phone or missing) if names.asked else ("", missing)


def _landline(called: Called, names: Naming) -> str:
    """Return the duty telephone as it may be shown: in full in a working copy, else masked."""
    return called.landline if names.asked or not called.landline else masked(called.landline)
