"""The workbook in which actual times are written down (实际时刻): rows and columns ready, moments left blank; the debrief reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sim.exercise.actual_columns import CLOCK, CLOCK_ROWS_BY_HAND, INJECTS, KEY_TIMES, SHEETS, ActualSheet
from sim.report.exercise.about import About
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, write_sheets

_KINDS: Mapping[str, Kind] = {"time": "time", "text": "blank", "given": "text"}
_WIDTHS: Mapping[str, tuple[int, ...]] = {
    "injects": (7, 60, 24, 10, 12, 12, 20, 28),
    "key_times": (7, 46, 26, 12, 12, 20, 28, 26),
    "clock": (7, 22, 12, 40, 18),
}


def write_actual_times(about: About, path: Path) -> None:
    """Write the workbook."""
    words = about.words
    rows: Mapping[str, Callable[[About], list[dict[str, Value]]]] = {
        INJECTS.key: _injects,
        KEY_TIMES.key: _key_times,
        CLOCK.key: _clock,
    }
    names = [about.said(sheet.name) for sheet in SHEETS]
    title = words("document.subtitle", where=words("kit.paper.actual_times"), what=about.title)
    notes = {
        INJECTS.key: (words("kit.actual.how"), words("kit.actual.order"), words("kit.actual.fair")),
        KEY_TIMES.key: (words("kit.actual.key_times"), words("kit.actual.how"), words("kit.actual.fair")),
        CLOCK.key: (words("kit.actual.clock"),),
    }
    made = [
        SheetOfTables(
            name,
            title,
            (_table(about, sheet, rows[sheet.key](about)),),
            notes=notes[sheet.key],
            frozen=1,
            widths=_WIDTHS[sheet.key],
        )
        for name, sheet in zip(names, SHEETS, strict=True)
    ]
    write_sheets(made, about.frame(title, names[0]), path)


def _table(about: About, sheet: ActualSheet, rows: Sequence[Mapping[str, Value]]) -> Table:
    fields = tuple(Field(about.said(column.heading), _KINDS[column.kind]) for column in sheet.columns)
    return Table(fields, [tuple(row.get(column.key) for column in sheet.columns) for row in rows])


def _injects(about: About) -> list[dict[str, Value]]:
    return [
        {
            "id": inject.id,
            "inject": about.said(inject.text),
            "role": about.role(inject.responsible),
            "planned": "" if inject.exercise_min is None else about.clock(inject.exercise_min),
        }
        for inject in about.kit.injects
    ]


def _key_times(about: About) -> list[dict[str, Value]]:
    return [
        {
            "number": f"K{n:02d}",
            "what": about.said(own.name),
            "role": "" if own.responsible is None else about.role(own.responsible),
            "limit": own.within_min,
            "id": own.id,
        }
        for n, own in enumerate(about.kit.key_times, start=1)
    ]


def _clock(about: About) -> list[dict[str, Value]]:
    return [
        {"number": n, "what": about.said(what), "id": own}
        for n, (own, what) in enumerate(CLOCK_ROWS_BY_HAND.items(), start=1)
    ]
