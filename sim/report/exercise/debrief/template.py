"""A blank workbook of the times of a real event: the key times of the scenario's requirements, and when it all began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.errors import Language
from sim.exercise.actual_columns import CLOCK, KEY_TIMES, ActualSheet
from sim.exercise.asked import Subject
from sim.exercise.kit import KeyTime
from sim.report.roster.papers import frame_of, stamps_of
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, book_of

_KINDS: Mapping[str, Kind] = {"time": "time", "text": "blank", "given": "text"}
_WIDTHS: Mapping[str, tuple[int, ...]] = {"key_times": (7, 46, 26, 12, 18, 20, 28, 30), "clock": (7, 30, 20, 40, 14)}


def event_times_book(subject: Subject, language: Language) -> bytes:
    """Return the workbook."""
    words, plan, names = Words(language), subject.scenario.plan, subject.names
    title = words("document.subtitle", where=plan.title or plan.name, what=words("debrief.template.title"))
    notes = tuple(words(f"debrief.template.{key}") for key in ("how", "words", "fair"))
    rows = {KEY_TIMES.key: _rows(subject.key_times, words), CLOCK.key: _clock(words)}
    made = [
        SheetOfTables(
            sheet.name.get(language),
            title,
            (_table(sheet, rows[sheet.key], words),),
            notes=notes if sheet is KEY_TIMES else (words("debrief.template.clock"),),
            frozen=1,
            widths=_WIDTHS[sheet.key],
        )
        for sheet in (CLOCK, KEY_TIMES)
    ]
    stamped = (words("debrief.stamp.real"), *stamps_of(subject.scenario, names, words, internal=names.asked))
    return book_of(made, frame_of(title, stamped, made[0].name, plan.start, words))


def _table(sheet: ActualSheet, rows: Sequence[Mapping[str, Value]], words: Words) -> Table:
    fields = tuple(Field(column.heading.get(words.language), _KINDS[column.kind]) for column in sheet.columns)
    return Table(fields, [tuple(row.get(column.key) for column in sheet.columns) for row in rows])


def _rows(key_times: Sequence[KeyTime], words: Words) -> list[dict[str, Value]]:
    return [
        {
            "number": f"K{n:02d}",
            "what": own.name.get(words.language),
            "role": "" if own.responsible is None else own.responsible.title.get(words.language),
            "limit": own.within_min,
            "id": own.id,
        }
        for n, own in enumerate(key_times, start=1)
    ]


def _clock(words: Words) -> list[dict[str, Value]]:
    named = {"started": words("debrief.template.started"), "ended": words("debrief.template.ended")}
    return [{"number": n, "what": what, "id": own} for n, (own, what) in enumerate(named.items(), start=1)]
