"""Call sheets to print and fill in: a workbook, one sheet for each desk that calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.roster.papers import frame_of, label_of, stamps_of
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, book_of, legal_names
from sim.roster import Person
from sim.roster.audit.numbers import masked
from sim.scenario import Scenario
from sim.study.call_sheet import Called, CallSheet

_WIDTHS = (6, 22, 16, 7, 20, 14, 16, 15, 11, 12, 12, 12, 14)


def call_sheets_book(
    scenario: Scenario, when: datetime, sheets: Sequence[CallSheet], names: Naming, language: Language
) -> bytes:
    """Return the workbook; names and telephone numbers in full where real names were asked for, else neither."""
    words = Words(language)
    titles = [
        words("callsheet.title", desk=label_of(sheet.caller, scenario, names, words), when=f"{when:%Y-%m-%d %H:%M}")
        for sheet in sheets
    ]
    tabs = legal_names([label_of(sheet.caller, scenario, names, words) for sheet in sheets])
    title = words("callsheet.all", county=scenario.county.name, when=f"{when:%Y-%m-%d %H:%M}")
    frame = frame_of(title, stamps_of(scenario, names, words, internal=names.asked), tabs[0], when, words)
    made = [
        SheetOfTables(
            tab, title, (_table(sheet, scenario, names, words),), said=(words("callsheet.how"),), widths=_WIDTHS
        )
        for tab, title, sheet in zip(tabs, titles, sheets, strict=True)
    ]
    return book_of(made, frame)


def _table(sheet: CallSheet, scenario: Scenario, names: Naming, words: Words) -> Table:
    fields = (
        Field(words("callsheet.number"), "number"),
        Field(words("drill.col.desk")),
        Field(words("callsheet.landline"), "line"),
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
    rows = []
    for number, called in enumerate(sheet.called, start=1):
        for step, line in enumerate(called.lines, start=1):
            first = step == 1
            name, phone = _person(line.person, names, words)
            tries = words("callsheet.tries", by=words(f"channel.{line.channel}"), n=line.tries) if line.person else ""
            rows.append(
                (
                    number if first else None,
                    label_of(called.desk, scenario, names, words) if first else "",
                    _landline(called, names) if first else "",
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


def _person(person: Person | None, names: Naming, words: Words) -> tuple[str, str]:
    """Return name and telephone as they may be shown; that nobody holds the post is said."""
    if person is None:
        return words("callsheet.vacant"), ""
    return (person.name, person.phone) if names.asked else ("", "")


def _landline(called: Called, names: Naming) -> str:
    """Return the duty telephone as it may be shown: in full in a working copy, else masked."""
    return called.landline if names.asked or not called.landline else masked(called.landline)
