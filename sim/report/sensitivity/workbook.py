"""The analysis as a workbook: what is read aloud, then every number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sim.errors import BadValue
from sim.report.content.assumptions import assumptions
from sim.report.content.notices import source_text
from sim.report.roster.papers import frame_of
from sim.report.sensitivity.about import OF, About
from sim.report.sensitivity.annex import again, identity, inputs, methods
from sim.report.sensitivity.fails import kinds, laid_down
from sim.report.sensitivity.question import Question
from sim.report.sensitivity.sentences import lead
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, legal_names, write_sheets
from sim.study.sensitivity.found import Curve, Index
from sim.units import split


def write_workbook(about: About, answers: Sequence[Question], points: pd.DataFrame, path: Path) -> None:
    """Write ``sensitivity.xlsx``; ``points``: the table of every point that was played."""
    words = about.words
    made = [
        *(sheet for sheet in _numbers(about, points) if sheet.tables[0].rows),
        _inputs(about),
        _assumptions(about),
        _annex(about),
    ]
    names = legal_names([words("sensitivity.tab.aloud"), *(sheet.name for sheet in made)])
    others = [replace(sheet, name=name) for sheet, name in zip(made, names[1:], strict=True)]
    frame = frame_of(words("sensitivity.page"), about.stamps, names[0], about.scenario.plan.start, words)
    write_sheets([_aloud(about, answers, names[0], others), *others], frame, path)


def _aloud(about: About, answers: Sequence[Question], name: str, others: list[SheetOfTables]) -> SheetOfTables:
    """Return the first sheet: the questions with their answers, and what leads to the other sheets."""
    words = about.words
    fields = (Field(words("workbook.sheet"), "link"), Field(words("workbook.holds")))
    contents = Table(fields, [(sheet.name, sheet.title) for sheet in others], words("tab.contents"))
    said = [line for one in answers for line in (one.heading, *one.sentences, *one.notes)]
    return SheetOfTables(
        name,
        about.title,
        (contents,),
        said=(words("sensitivity.page"), lead(about), *said),
        widths=(34, 90),
        one_page=True,
    )


def _sheet(
    about: About, key: str, fields: Sequence[tuple[str, Kind]], rows: Sequence[Sequence[Value]]
) -> SheetOfTables:
    """Return a sheet of one table: its name and title, headings by key, and a note where there is one."""
    words = about.words
    headings = tuple(Field(words(f"sensitivity.col.{name}"), kind) for name, kind in fields)
    note = words.or_else(f"sensitivity.sheet_note.{key}", "")
    return SheetOfTables(
        words(f"sensitivity.tab.{key}"),
        words(f"sensitivity.sheet.{key}"),
        (Table(headings, rows),),
        notes=(note,) if note else (),
        frozen=1,
    )


def _numbers(about: About, points: pd.DataFrame) -> Iterator[SheetOfTables]:
    yield _indices(about)
    yield _curves(about)
    yield _interactions(about)
    yield _requirements(about)
    yield _regions(about)
    yield _worths(about)
    yield _outputs(about)
    yield _points(about, points)


def _or_empty(value: float) -> Value:
    """Return a number as a spreadsheet takes it; what there is none of is an empty cell."""
    return float(value) if math.isfinite(value) else None


def _unit(about: About, output: str) -> str:
    return about.words(f"sensitivity.of_unit.{about.unit(output)}")


def _unit_of_change(about: About, output: str) -> str:
    """Return in what differences of an output are counted: those of shares in points."""
    return about.words("sensitivity.axis.points") if about.unit(output) == "percent" else _unit(about, output)


def _quantity(about: About, written: Sequence[str]) -> tuple[Value, str]:
    """Return what stands at an input as a number and its unit; of several together, or what is no number, as text."""
    try:
        ((number, unit),) = map(split, written)
    except (BadValue, ValueError):
        return about.level_of(tuple(written)), ""
    return number, about.unit_written(unit)


def _indices(about: About) -> SheetOfTables:
    fields: tuple[tuple[str, Kind], ...] = (
        ("output", "text"),
        ("input", "text"),
        ("method", "text"),
        ("kind", "text"),
        ("unit", "line"),
        ("value", "tenth"),
        ("ci_low", "tenth"),
        ("ci_high", "tenth"),
        ("floor", "tenth"),
        ("is_heard", "line"),
    )
    words = about.words
    rows: list[tuple[Value, ...]] = []
    for one in about.found.indices:
        if one.output not in about.outputs:
            continue
        times = about.scale(one.output) if one.method == "morris" else float(OF)
        unit = _unit_of_change(about, one.output) if one.method == "morris" else words("sensitivity.of_unit.percent")
        rows.append(
            (
                about.heading(one.output),
                about.input(one.input),
                words(f"sensitivity.method.{one.method}"),
                words(f"sensitivity.kind.{one.kind}"),
                unit,
                *(_or_empty(number * times) for number in (one.value, one.low, one.high, one.floor)),
                _heard(about, one),
            )
        )
    return _sheet(about, "indices", fields, rows)


def _heard(about: About, one: Index) -> str:
    return about.words("sensitivity.heard" if one.heard else "sensitivity.fig.below")


def _curves(about: About) -> SheetOfTables:
    fields: tuple[tuple[str, Kind], ...] = (
        ("output", "text"),
        ("input", "text"),
        ("value_of_input", "plain"),
        ("unit_of_input", "line"),
        ("as_stated", "line"),
        ("share", "share"),
        ("mean", "tenth"),
        ("ci_low", "tenth"),
        ("ci_high", "tenth"),
        ("unit", "line"),
        ("difference", "tenth"),
        ("difference_low", "tenth"),
        ("difference_high", "tenth"),
        ("unit_of_change", "line"),
        ("alone", "line"),
    )
    words, rows = about.words, list[tuple[Value, ...]]()
    for one in about.found.curves:
        if one.output not in about.outputs:
            continue
        own, times = about.inputs[one.input], about.scale(one.output)
        same = (about.heading(one.output), about.input(one.input))
        units = (_unit(about, one.output), _unit_of_change(about, one.output))
        columns = (one.means, one.low, one.high, one.differences, one.difference_low, one.difference_high)
        levels = [
            (share, written, tuple(float(column[n]) * times for column in columns), _alone(about, one, n))
            for n, (share, written) in enumerate(zip(one.shares, one.written, strict=True))
        ]
        at_stated = tuple(end * times for end in (one.stated_mean, one.stated_low, one.stated_high, 0.0, 0.0, 0.0))
        levels.append((one.stated_share, own.stated, at_stated, ""))
        for share, written, numbers, said in sorted(levels, key=lambda level: (level[0], level[3] == "")):
            stands = words("yes") if not said else ""
            rows.append(
                (*same, *_quantity(about, written), stands, share, *numbers[:3], units[0], *numbers[3:], units[1], said)
            )
    return _sheet(about, "curves", fields, rows)


def _alone(about: About, one: Curve, level: int) -> str:
    """Return what may be said of the difference of a level from the stated value."""
    sure = one.difference_low[level] > 0 or one.difference_high[level] < 0
    return about.words(f"sensitivity.alone.{'none' if one.alike[level] else 'sure' if sure else 'open'}")


def _interactions(about: About) -> SheetOfTables:
    fields: tuple[tuple[str, Kind], ...] = (
        ("output", "text"),
        ("one", "text"),
        ("two", "text"),
        ("unit", "line"),
        ("one_alone", "tenth"),
        ("two_alone", "tenth"),
        ("both", "tenth"),
        ("extra", "tenth"),
        ("ci_low", "tenth"),
        ("ci_high", "tenth"),
        ("is_heard", "line"),
        ("matters", "line"),
    )
    words = about.words
    rows: list[tuple[Value, ...]] = [
        (
            about.heading(one.output),
            *(
                words("sensitivity.at", input=about.input(key), value=about.level_of(written))
                for key, written in ((one.first, one.first_written), (one.second, one.second_written))
            ),
            _unit_of_change(about, one.output),
            *(
                float(number) * about.scale(one.output)
                for number in (one.first_alone, one.second_alone, one.together, one.extra, one.low, one.high)
            ),
            words("sensitivity.heard" if one.matters else "sensitivity.chance"),
            words("yes" if about.material(one) else "no"),
        )
        for one in about.found.interactions
        if one.output in about.outputs
    ]
    return _sheet(about, "interactions", fields, rows)


def _requirements(about: About) -> SheetOfTables:
    """Return every requirement with its source, and how often it is missed: as a share only where points fill the space evenly."""
    fields: tuple[tuple[str, Kind], ...] = (
        ("requirement", "text"),
        ("limit", "line"),
        ("basis", "line"),
        ("applies_to", "text"),
        ("source", "text"),
        ("missed", "line"),
        ("missed_share", "share"),
        ("key", "line"),
    )
    words = about.words
    rows: list[tuple[Value, ...]] = [
        (
            *laid_down(about, key),
            source_text(about.plans[about.outputs[key].requirement].source, words),
            words(f"sensitivity.missed.{kind}"),
            about.missed(key) if about.spread else None,
            key,
        )
        for key, kind in kinds(about).items()
    ]
    return _sheet(about, "requirements", fields, rows)


def _regions(about: About) -> SheetOfTables:
    fields: tuple[tuple[str, Kind], ...] = (
        ("region", "number"),
        ("for", "text"),
        ("input", "text"),
        ("low", "plain"),
        ("high", "plain"),
        ("unit_of_input", "line"),
        ("points", "number"),
        ("runs", "number"),
        ("failed", "number"),
        ("failed_share", "share"),
        ("ci_low", "share"),
        ("ci_high", "share"),
        ("everywhere", "share"),
        ("coverage", "share"),
        ("of_all", "share"),
        ("held", "line"),
    )
    words = about.words
    rows = [
        (
            number,
            about.requirement(one.requirement),
            about.path(own.path),
            *(split(end)[0] if end is not None else None for end in (own.low, own.high)),
            next(about.unit_written(split(end)[1]) for end in (own.low, own.high) if end is not None),
            one.points,
            one.runs,
            one.failed,
            one.failed / one.runs,
            one.low,
            one.high,
            one.everywhere,
            one.coverage,
            one.share,
            words("sensitivity.holds" if one.held else "sensitivity.chance"),
        )
        for number, one in enumerate(about.found.regions, start=1)
        for own in one.bounds
    ]
    return _sheet(about, "regions", fields, rows)


def _worths(about: About) -> SheetOfTables:
    fields: tuple[tuple[str, Kind], ...] = (
        ("for", "text"),
        ("input", "text"),
        ("now", "share"),
        ("known_low", "share"),
        ("known_high", "share"),
        ("flips_share", "share"),
        ("worth_runs", "tenth"),
        ("floor_runs", "tenth"),
        ("is_heard", "line"),
    )
    rows = [
        (
            about.requirement(one.requirement),
            about.input(one.input),
            one.now,
            one.known_low,
            one.known_high,
            one.flips,
            one.worth * OF,
            one.floor * OF,
            about.words("sensitivity.heard" if one.heard else "sensitivity.fig.below"),
        )
        for one in about.found.worths
    ]
    return _sheet(about, "worths", fields, rows)


def _outputs(about: About) -> SheetOfTables:
    fields: tuple[tuple[str, Kind], ...] = (
        ("output", "text"),
        ("unit_of_change", "line"),
        ("noise", "tenth"),
        ("noise_share", "share"),
        ("key", "line"),
    )
    rows = [
        (
            about.heading(key),
            _unit_of_change(about, key),
            float(about.found.noise[key]) * about.scale(key),
            float(about.found.noise_share[key]),
            key,
        )
        for key in about.outputs
    ]
    return _sheet(about, "outputs", fields, rows)


def _with_unit(about: About, name: str, unit: str) -> str:
    """Return the heading of a column with its unit, if it has one."""
    return name + about.words("paren", text=unit) if unit else name


def _in_unit(about: About, written: str, unit: str) -> Value:
    """Return what stands at a path as a number where its unit is that of its column, else as it is written."""
    number, own = _quantity(about, (written,))
    return number if own == unit else about.written(written)


def _points(about: About, points: pd.DataFrame) -> SheetOfTables:
    """Return every point that was played, with what stands at each path and the mean of each output."""
    words = about.words
    units = {
        path: _quantity(about, (stated,))[1]
        for own in about.found.inputs
        for path, stated in zip(own.paths, own.stated, strict=True)
    }
    heads = ("use", "number", "played")
    fields = (
        *(Field(words(f"sensitivity.col.{name}"), "line" if name == "use" else "number") for name in heads),
        *(Field(_with_unit(about, about.path(path), unit), "plain") for path, unit in units.items()),
        *(Field(_with_unit(about, about.heading(key), _unit(about, key)), "tenth") for key in about.outputs),
    )
    rows: list[tuple[Value, ...]] = [
        (
            words(f"sensitivity.use.{row['use']}"),
            int(row["number"]),
            int(row["runs"]),
            *(_in_unit(about, row[path], unit) for path, unit in units.items()),
            *(float(row[key]) * about.scale(key) for key in about.outputs),
        )
        for row in points.to_dict("records")
    ]
    notes = (words("sensitivity.sheet_note.points"),)
    table = (Table(fields, rows),)
    return SheetOfTables(
        words("sensitivity.tab.points"), words("sensitivity.sheet.points"), table, notes=notes, frozen=3
    )


def _inputs(about: About) -> SheetOfTables:
    """Return every number that was moved; its ends and what the scenario states as numbers in the unit of the low end."""
    words, grid = about.words, inputs(about)
    numbers_first: tuple[tuple[str, Kind], ...] = (
        ("input", "text"),
        ("from", "plain"),
        ("to", "plain"),
        ("stated", "plain"),
        ("unit_of_input", "line"),
    )
    fields = (
        *(Field(words(f"sensitivity.col.{name}"), kind) for name, kind in numbers_first),
        *(Field(column.heading) for column in grid.columns[3:]),
        Field(words("sensitivity.col.check")),
        Field(words("workbook.key"), "line"),
    )
    moved = [
        (path, (*ends, stated))
        for own in about.found.inputs
        for path, ends, stated in zip(own.paths, own.ranges, own.stated, strict=True)
    ]
    rows: list[tuple[Value, ...]] = []
    for row, (path, written) in zip(grid.rows, moved, strict=True):
        unit = _quantity(about, written[:1])[1]
        numbers = (_in_unit(about, one, unit) for one in written)
        rows.append((row[0], *numbers, unit, *row[3:], words.or_else(f"sensitivity.check.{path}", "") or None, path))
    return SheetOfTables(
        words("sensitivity.tab.inputs"), grid.title, (Table(fields, rows),), notes=grid.notes, frozen=1
    )


def _assumptions(about: About) -> SheetOfTables:
    words, made = about.words, assumptions(about.scenario, about.words)
    fields = tuple(Field(words(key)) for key in ("col.what", "source", "applies_to", "status", "workbook.key"))
    rows = [(own.what, own.source, own.applies_to, own.status, own.key) for own in made]
    return SheetOfTables(
        words("tab.assumptions"),
        words("head.assumptions"),
        (Table(fields, rows),),
        notes=(words("note.omitted"),) if any(own.omitted for own in made) else (),
        widths=(44, 70, 30, 20, 44),
    )


def _annex(about: About) -> SheetOfTables:
    words = about.words
    said = (*methods(about), words("sensitivity.annex.again"), again(about), identity(about))
    return SheetOfTables(words("study.tab.annex"), words("study.head.annex"), (), said=said)
