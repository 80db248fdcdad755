"""The inject list (演练场景清单, 导调信息清单, MSEL) as a workbook: every inject on a row, to sort and to print."""

from __future__ import annotations

from pathlib import Path

from sim.exercise.kit import Inject
from sim.report.exercise.about import About
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, legal_names, write_sheets

_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("id", "line"),
    ("kind", "line"),
    ("planned", "line"),
    ("minute", "number"),
    ("night", "line"),
    ("source", "text"),
    ("to", "text"),
    ("means", "text"),
    ("condition", "text"),
    ("text", "text"),
    ("expected", "text"),
    ("responsible", "text"),
    ("within", "text"),
    ("basis", "text"),
    ("evaluator", "text"),
    ("step", "text"),
    ("given_at", "time"),
    ("remark", "blank"),
)
_WIDTHS = (6, 8, 9, 8, 9, 18, 18, 10, 18, 42, 32, 18, 14, 26, 30, 14, 9, 12)


def write_inject_list(about: About, path: Path) -> None:
    """Write the workbook: the list, and how the two clocks go together."""
    words, schedule = about.words, about.kit.schedule
    fields = tuple(Field(words(f"kit.list.{key}"), kind) for key, kind in _COLUMNS)
    names = legal_names((words("kit.list.tab"), words("kit.list.clocks")))
    title = words("document.subtitle", where=words("kit.paper.inject_list"), what=about.title)
    listed = SheetOfTables(
        names[0],
        title,
        (Table(fields, [_row(about, inject) for inject in about.kit.injects]),),
        notes=(words("kit.handbook.keep"), words("kit.list.note")),
        frozen=1,
        widths=_WIDTHS,
        large=True,
    )
    heads = tuple(
        Field(words(f"kit.list.{key}"), "tenth" if key == "minute" else "line")
        for key in ("planned", "minute", "night")
    )
    knots = [
        (about.clock(at), at, about.night_clock(t_min))
        for t_min, at in zip(schedule.night_min, schedule.exercise_min, strict=True)
    ]
    clocks = SheetOfTables(names[1], words("kit.times.two_clocks"), (Table(heads, knots),))
    write_sheets([listed, clocks], about.frame(title, names[0]), path)


def _row(about: About, inject: Inject) -> tuple[Value, ...]:
    words = about.words
    return (
        inject.id,
        about.kind(inject),
        about.planned(inject),
        about.since_start(inject),
        about.scene(inject),
        about.role(inject.source),
        about.listed(inject.to),
        about.means(inject),
        "" if inject.condition is None else about.said(inject.condition),
        about.said(inject.text),
        about.said(inject.expected),
        about.role(inject.responsible),
        about.within(inject) if inject.requirement else "",
        about.source(inject.limit_source) if inject.requirement else "",
        about.said(inject.evaluator),
        words(f"step.{inject.step}") if inject.step else "",
        None,
        None,
    )
