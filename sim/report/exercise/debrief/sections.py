"""The sections of a debrief: requirements, key times by place, injects, weak links, what is to be mended, what is compared."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.exercise.debrief import JudgedInject, JudgedTime, responsible
from sim.report.content.grid import Column, Grid
from sim.report.exercise.debrief.about import About
from sim.report.study.section import Section
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value

_MOST = 40
FIGURE = "band"
"""The key of the section with the figure."""
Row = tuple[str, ...]


def sections(about: About) -> Iterator[Section]:
    """Yield the sections that have anything to say."""
    debrief = about.debrief
    yield _requirements(about)
    if any(one.standing is not None for one in debrief.times):
        words = about.words
        yield Section(FIGURE, words("debrief.head.band"), alt=words("debrief.fig.alt"))
    others = [one for one in debrief.times if one not in debrief.requirements]  # releases, and the places below
    if others:
        grid = _times(about, others, with_basis=False)
        yield Section("places", about.words("debrief.head.places"), tables=(grid,))
    if debrief.injects:
        yield _injects(about)
    yield _weak(about)
    yield _mend(about)


def method(about: About) -> tuple[str, ...]:
    """Return what is compared, and what is not said."""
    words, debrief = about.words, about.debrief
    fine = words("debrief.method.minute" if debrief.actuals.alike_min >= 1 else "debrief.method.second")
    return (
        words("debrief.method.durations"),
        *(() if about.real else (words("debrief.method.night"),)),
        words("debrief.method.fine", fine=fine),
        words("debrief.method.runs", n=debrief.count, seed=debrief.subject.scenario.plan.seed),
        words("debrief.method.people"),
    )


# --- key times --------------------------------------------------------------------------------------------------------


def _requirements(about: About) -> Section:
    words, note = about.words, about.words("debrief.note.requirements", n=about.debrief.count)
    sheet = SheetOfTables(
        words("debrief.tab.requirements"),
        words("debrief.tab.requirements"),
        (_numbers(about),),
        notes=(note,),
        frozen=1,
    )
    table = _times(about, about.debrief.requirements, with_basis=True)
    return Section("requirements", words("debrief.head.requirements"), notes=(note,), tables=(table,), sheets=(sheet,))


def _times(about: About, times: tuple[JudgedTime, ...] | list[JudgedTime], *, with_basis: bool) -> Grid:
    words = about.words
    columns = (
        Column("name", heading=words("debrief.col.name" if with_basis else "debrief.col.key")),
        Column("limit", heading=words("debrief.col.limit")),
        *([Column("basis", heading=words("debrief.col.basis"))] if with_basis else []),
        Column("clock", "w", heading=words("debrief.col.clock")),
        Column("took", heading=words("debrief.col.took")),
        Column("outcome", "w", heading=words("debrief.col.outcome")),
        Column("runs", heading=words("debrief.col.runs")),
        Column("among", heading=words("debrief.col.among")),
        Column("percentile", heading=words("debrief.col.percentile")),
        Column("kept", "n", heading=words("debrief.col.kept")),
    )
    rows = tuple(
        (
            about.name(one),
            about.limit(one),
            *([about.basis(one)] if with_basis else []),
            about.clock(one.actual.at),
            about.took(one),
            words(f"debrief.outcome.{one.outcome}"),
            about.three(one.standing),
            about.among(one.standing),
            about.percentile(one.standing),
            about.in_runs(one),
        )
        for one in times
    )
    return Grid("", (), columns, rows, most=0 if with_basis else _MOST)


_NUMBERS: tuple[tuple[str, Kind], ...] = (
    ("key", "text"),
    ("role", "text"),
    ("basis", "text"),
    ("limit_min", "plain"),
    ("clock", "line"),
    ("took_min", "tenth"),
    ("spent_min", "tenth"),
    ("outcome", "line"),
    ("least_min", "tenth"),
    ("middle_min", "tenth"),
    ("most_min", "tenth"),
    ("never_runs", "number"),
    ("of", "number"),
    ("shorter", "number"),
    ("alike", "number"),
    ("percentile", "share"),
    ("low", "share"),
    ("high", "share"),
    ("met_runs", "number"),
)


def _numbers(about: About) -> Table:
    """Return every key time with all its numbers; what never came is an empty cell, and says so under the outcome."""
    words = about.words
    fields = tuple(Field(words(f"debrief.col.{name}"), kind) for name, kind in _NUMBERS)
    return Table(fields, [_row(about, one) for one in about.debrief.times])


def _row(about: About, one: JudgedTime) -> tuple[Value, ...]:
    standing = one.standing
    ends: tuple[Value, ...] = (None,) * 10
    if standing is not None:
        low, high = standing.interval
        runs = (float(standing.runs.min()), standing.quantile(0.5), float(standing.runs.max()))
        counts = (standing.never, standing.of, standing.shorter, standing.alike)
        ends = (*map(_finite, runs), *counts, standing.percentile, low, high)
    return (
        about.name(one),
        about.seat(one.key.responsible),
        about.basis(one),
        one.key.within_min,
        about.clock(one.actual.at),
        _finite(one.took_min),
        _finite(one.spent_min),
        about.words(f"debrief.outcome.{one.outcome}"),
        *ends,
        None if one.kept is None else one.kept.met,
    )


def _finite(minutes: float | None) -> float | None:
    return None if minutes is None or math.isinf(minutes) else minutes


# --- injects ----------------------------------------------------------------------------------------------------------


def _injects(about: About) -> Section:
    words, note = about.words, about.words("debrief.note.injects")
    columns = ("id", "expected", "role", "limit", "received", "done", "took", "outcome")
    set_as = {"id": "w", "received": "w", "done": "w", "took": "n", "outcome": "w"}
    rows = tuple(_inject(about, one) for one in about.debrief.injects)
    heads = tuple(Column(key, set_as.get(key, ""), words(f"debrief.col.{key}")) for key in columns)
    fields = tuple(Field(words(f"debrief.col.{key}"), "line" if key in set_as else "text") for key in columns)
    title = words("debrief.head.injects")
    sheet = SheetOfTables(words("debrief.tab.injects"), title, (Table(fields, rows),), notes=(note,), frozen=1)
    return Section("injects", title, notes=(note,), tables=(Grid("", (), heads, rows),), sheets=(sheet,))


def _inject(about: About, one: JudgedInject) -> Row:
    inject = one.inject
    return (
        inject.id,
        about.text(inject.expected),
        about.seat(inject.responsible),
        about.minutes(inject.limit_min),
        about.clock(one.actual.received),
        about.clock(one.actual.done),
        about.minutes(one.took_min),
        about.words(f"debrief.outcome.{one.outcome}"),
    )


# --- weak links, and what is to be mended -----------------------------------------------------------------------------


def _weak(about: About) -> Section:
    words = about.words
    keys = ("post", "stage", "asked", "in_time", "late", "never", "worst")
    columns = tuple(Column(key, "" if key in ("post", "stage") else "n", words(f"debrief.col.{key}")) for key in keys)
    rows = tuple(
        (
            about.post(link),
            words(f"debrief.stage.{link.stage}"),
            *(words.number(n) for n in (link.asked, link.in_time, link.late, link.never)),
            about.minutes(link.worst_over_min) if link.missed else words("none"),
        )
        for link in about.debrief.links
    )
    fields = tuple(Field(words(f"debrief.col.{key}")) for key in keys)
    title = words("debrief.head.weak")
    sheet = SheetOfTables(words("debrief.tab.weak"), title, (Table(fields, rows),))
    return Section("weak", title, tables=(Grid("", (), columns, rows, wide=False),), sheets=(sheet,))


def _mend(about: About) -> Section:
    words, note = about.words, about.words("debrief.note.mend")
    title = words("debrief.head.mend")
    rows = tuple((str(n), *_item(about, one), "", "", "") for n, one in enumerate(about.debrief.to_mend, start=1))
    if not rows:
        return Section("mend", title, sentences=(words("debrief.mend.none"),))
    keys = ("no", "problem", "responsible", "basis", "measure", "person", "by", "state")
    columns = tuple(Column(key, "w" if key == "no" else "", words(f"debrief.col.{key}")) for key in keys)
    fields = tuple(Field(words(f"debrief.col.{key}")) for key in keys)
    sheet = SheetOfTables(
        words("debrief.tab.mend"), title, (Table(fields, rows),), notes=(note,), widths=(6, 32, 20, 36, 40, 12, 12, 14)
    )
    return Section("mend", title, notes=(note,), tables=(Grid("", (), columns, rows),), sheets=(sheet,))


def _item(about: About, one: JudgedTime | JudgedInject) -> Row:
    """Return what was missed, by which post, on what it rests, and what is suggested."""
    words = about.words
    if isinstance(one, JudgedTime):
        what, took = about.name(one), about.took(one)
        basis = _basis(about, one)
    else:
        what = words("debrief.problem.inject", id=one.inject.id, expected=about.text(one.inject.expected).rstrip("。."))
        took, basis = about.minutes(one.took_min), _basis_of_inject(about, one)
    if one.outcome == "never":
        problem = words("debrief.problem.never", what=what)
    else:
        problem = words("debrief.problem.late", what=what, took=took, over=about.over(one))
    return problem, about.seat(responsible(one)), basis, words(f"debrief.measure.{one.stage}")


def _basis(about: About, one: JudgedTime) -> str:
    return f"{about.limit(one)} · {about.basis(one)}"


def _basis_of_inject(about: About, one: JudgedInject) -> str:
    """Return the requirement that an inject bears on with its source, exactly as the scenario has them."""
    if one.inject.limit_min is None:
        return about.words("debrief.basis.expected", id=one.inject.id)
    return f"{about.minutes(one.inject.limit_min)} · {one.inject.limit_source}"
