"""The sections of a debrief: requirements, key times by place, injects, weak links, what is to be mended, what is compared."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal

from sim.exercise.debrief import JudgedInject, JudgedTime, responsible
from sim.report.content.grid import Column, Grid
from sim.report.exercise.debrief.about import About
from sim.report.study.section import Section
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value

_MOST = 40
MOST_DRAWN = 24
"""So many key times have room in the figure."""
FIGURE = "band"
"""The key of the section with the figure."""
MEND = "mend"
"""The key of the list of what is to be mended, which is filled in by hand."""
Row = tuple[str, ...]


def sections(about: About) -> Iterator[Section]:
    """Yield the sections that have anything to say."""
    debrief = about.debrief
    yield _requirements(about)
    if any(one.standing is not None for one in debrief.times):
        words = about.words
        notes = (words("debrief.note.band", n=MOST_DRAWN),)
        yield Section(FIGURE, words("debrief.head.band"), notes=notes, alt=words("debrief.fig.alt"))
    others = [one for one in debrief.times if one not in debrief.requirements]  # releases, and the places below
    if others:
        yield Section("places", about.words("debrief.head.places"), tables=(_times(about, others, "key"),))
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
    tab = words("debrief.tab.requirements")
    sheet = SheetOfTables(tab, tab, (_numbers(about),), notes=(note,), frozen=1)
    tables = (_times(about, about.debrief.requirements, "name"), _bases(about))
    return Section("requirements", words("debrief.head.requirements"), notes=(note,), tables=tables, sheets=(sheet,))


def _times(about: About, times: Sequence[JudgedTime], heading: Literal["name", "key"]) -> Grid:
    words = about.words
    keys = (heading, "limit", "clock", "took", "outcome", "runs", "among", "kept")
    set_as = {"clock": "w", "outcome": "w", "kept": "n"}
    rows = tuple(
        (
            about.name(one),
            about.limit(one.key),
            about.clock(one.actual.at),
            about.took(one),
            words(f"debrief.outcome.{one.outcome}"),
            about.three(one.standing),
            about.among(one.standing),
            about.in_runs(one),
        )
        for one in times
    )
    columns = tuple(Column(key, set_as.get(key, ""), words(f"debrief.col.{key}")) for key in keys)
    return Grid("", (), columns, rows, most=_MOST)


def _bases(about: About) -> Grid:
    """Return what each limit rests on, exactly as the scenario has it."""
    words = about.words
    columns = (
        Column("name", heading=words("debrief.col.name")),
        Column("limit", heading=words("debrief.col.limit")),
        Column("source", heading=words("source")),
        Column("applies_to", heading=words("applies_to")),
        Column("status", heading=words("status")),
    )
    rows = tuple((about.name(one), about.limit(one.key), *about.bases(one)) for one in about.debrief.requirements)
    return Grid(words("debrief.head.bases"), (), columns, rows)


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
    rows = [_inject(about, one) for one in about.debrief.injects]
    used = tuple(row for row, one in zip(rows, about.debrief.injects, strict=True) if one.used)
    spare = () if len(used) == len(rows) else (words("debrief.note.spare", n=len(rows) - len(used)),)
    heads = tuple(Column(key, set_as.get(key, ""), words(f"debrief.col.{key}")) for key in columns)
    fields = tuple(Field(words(f"debrief.col.{key}"), "line" if key in set_as else "text") for key in columns)
    title = words("debrief.head.injects")
    sheet = SheetOfTables(words("debrief.tab.injects"), title, (Table(fields, rows),), notes=(note,), frozen=1)
    return Section("injects", title, notes=(note, *spare), tables=(Grid("", (), heads, used),), sheets=(sheet,))


def _inject(about: About, one: JudgedInject) -> Row:
    inject = one.inject
    return (
        inject.id,
        about.text(inject.expected),
        about.seat(inject.responsible),
        about.limit(inject),
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
            about.minutes(link.worst_over_min) if link.late else words("none"),
        )
        for link in about.debrief.links
    )
    kinds: dict[str, Kind] = {"post": "text", "stage": "text", "worst": "tenth"}
    fields = tuple(Field(words(f"debrief.col.{key}"), kinds.get(key, "number")) for key in keys)
    numbers = [
        (*row[:2], link.asked, link.in_time, link.late, link.never, link.worst_over_min if link.late else None)
        for link, row in zip(about.debrief.links, rows, strict=True)
    ]
    title = words("debrief.head.weak")
    sheet = SheetOfTables(words("debrief.tab.weak"), title, (Table(fields, numbers),))
    return Section("weak", title, tables=(Grid("", (), columns, rows, wide=False),), sheets=(sheet,))


def _mend(about: About) -> Section:
    words, note = about.words, about.words("debrief.note.mend")
    title = words("debrief.head.mend")
    rows = tuple((str(n), *_item(about, one), "", "", "") for n, one in enumerate(about.debrief.to_mend, start=1))
    if not rows:
        return Section(MEND, title, sentences=(words("debrief.mend.none"),))
    keys = ("no", "problem", "responsible", "basis", "measure", "person", "by", "state")
    columns = tuple(Column(key, "w" if key == "no" else "", words(f"debrief.col.{key}")) for key in keys)
    blank: dict[str, Kind] = dict.fromkeys(("person", "by", "state"), "blank")
    fields = tuple(Field(words(f"debrief.col.{key}"), blank.get(key, "text")) for key in keys)
    sheet = SheetOfTables(
        words("debrief.tab.mend"), title, (Table(fields, rows),), notes=(note,), widths=(6, 32, 20, 36, 40, 12, 12, 14)
    )
    return Section(MEND, title, notes=(note,), tables=(Grid("", (), columns, rows),), sheets=(sheet,))


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
    return f"{about.limit(one.key)} · {about.basis(one)}"


def _basis_of_inject(about: About, one: JudgedInject) -> str:
    """Return the requirement that an inject bears on with its source, exactly as the scenario has them."""
    if one.inject.limit_min is None:
        return about.words("debrief.basis.expected", id=one.inject.id)
    return f"{about.limit(one.inject)} · {one.inject.limit_source}"
