"""The files of a calibration for people: a page and a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from markupsafe import Markup

from sim.errors import Language
from sim.exercise.calibrate import Calibration
from sim.report.content.grid import Column, Grid
from sim.report.exercise.calibration.about import About
from sim.report.exercise.calibration.figures import draw_calibration
from sim.report.exercise.calibration.sentences import cautions, changes, lead, stays
from sim.report.page.template import render
from sim.report.roster.papers import frame_of
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, book_of, legal_names

_LEARNT = ("name", "stated", "value", "low", "high", "count", "overlap")
_TRIES = ("post", "period", "number", "tries", "answered", "before", "now")
_FITS = ("name", "family", "count", "gap", "p")
_UNCHANGED = ("name", "reason", "count")


def calibration_page(made: Calibration, language: Language) -> str:
    """Return the page: what was learnt, its figures, the checks, what stays, and the method."""
    about = About(made, Words(language))
    words = about.words
    pictures = draw_calibration(about)
    return render(
        "calibration.html.j2",
        words,
        about.stamps,
        title=about.title,
        lead=lead(about),
        changes=changes(about),
        cautions=cautions(about),
        stays=stays(about),
        pictures=[replace(one, svg=Markup(one.svg)) for one in pictures],  # noqa: S704 - drawn by us, names as paths
        learnt=_grid(about, "learnt", _LEARNT, [_as_text(about, row[:-1]) for row in about.rows_learnt()]),
        tries=_grid(about, "tries", _TRIES, [_as_text(about, row) for row in about.rows_tries()]),
        fits=_grid(about, "fits", _FITS, [_as_text(about, row) for row in about.rows_fits()]),
        unchanged=_grid(
            about, "unchanged", _UNCHANGED, [_as_text(about, row[:-1]) for row in about.rows_unchanged() if row[2]]
        ),
        without_data=about.without_data,
        methods=_methods(about),
    )


def _methods(about: About) -> list[str]:
    words = about.words
    return [
        words("calibration.method.answers", weight=f"{about.made.weight:g}"),
        words("calibration.method.times"),
        words("calibration.method.first_calls"),
        words("calibration.method.status"),
    ]


def _grid(about: About, key: str, columns: Sequence[str], rows: list[tuple[str, ...]]) -> Grid:
    words = about.words
    note = words.or_else(f"calibration.note.{key}", "")
    set_as = {"name": "", "post": "", "family": "", "reason": ""}
    made = tuple(
        Column(name, set_as.get(name, "n"), heading)
        for name, heading in zip(columns, about.headings(columns), strict=True)
    )
    return Grid(words(f"calibration.head.{key}"), (note,) if note else (), made, tuple(rows), wide=False)


def _as_text(about: About, row: Sequence[Value]) -> tuple[str, ...]:
    return tuple(
        cell if isinstance(cell, str) else f"{cell:.2f}" if isinstance(cell, float) else about.words.number(int(cell))  # type: ignore[arg-type]
        for cell in row
    )


def calibration_book(made: Calibration, language: Language) -> bytes:
    """Return the workbook: the sentences, then every table with the paths."""
    about = About(made, Words(language))
    words = about.words
    names = legal_names([words(f"calibration.tab.{key}") for key in ("said", "learnt", "tries", "fits", "unchanged")])
    contents = Table(
        (Field(words("workbook.sheet"), "link"), Field(words("workbook.holds"))),
        [(name, words(f"calibration.head.{key}")) for name, key in zip(names[1:], _SHEETS, strict=True)],
        words("tab.contents"),
    )
    said = (words("calibration.page"), lead(about), *changes(about), *cautions(about), stays(about), *_methods(about))
    first = SheetOfTables(names[0], about.title, (contents,), said=said, widths=(34, 90), one_page=True)
    rows: dict[str, Sequence[Sequence[Value]]] = {
        "learnt": about.rows_learnt(),
        "tries": about.rows_tries(),
        "fits": about.rows_fits(),
        "unchanged": about.rows_unchanged(),
    }
    sheets = [
        SheetOfTables(
            name,
            words(f"calibration.head.{key}"),
            (Table(tuple(_field(about, column) for column in _SHEETS[key]), rows[key]),),
            notes=tuple(filter(None, [words.or_else(f"calibration.note.{key}", "")])),
            frozen=1,
        )
        for name, key in zip(names[1:], _SHEETS, strict=True)
        if rows[key]
    ]
    contents_left = [row for row in contents.rows if row[0] in {sheet.name for sheet in sheets}]
    first = replace(first, tables=(replace(contents, rows=contents_left),))
    day = made.log.last or made.scenario.plan.start.date()
    frame = frame_of(words("calibration.page"), about.stamps, names[0], datetime.combine(day, time()), words)
    return book_of([first, *sheets], frame)


_SHEETS: dict[str, tuple[str, ...]] = {
    "learnt": (*_LEARNT, "path"),
    "tries": _TRIES,
    "fits": _FITS,
    "unchanged": (*_UNCHANGED, "path"),
}
_KINDS: dict[str, Kind] = {
    "stated": "line",
    "value": "line",
    "low": "line",
    "high": "line",
    "count": "number",
    "overlap": "share",
    "path": "line",
    "tries": "number",
    "answered": "number",
    "before": "tenth",
    "now": "tenth",
    "number": "line",
    "gap": "share",
    "p": "plain",
}


def _field(about: About, column: str) -> Field:
    return Field(about.words(f"calibration.col.{column}"), _KINDS.get(column, "text"))
