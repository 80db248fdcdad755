"""What each measure of a run is called, in which unit it is told, and what the numbers of the county came to over the runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.report.content.grid import Column, Grid
from sim.report.study.about import About
from sim.report.study.section import Section
from sim.report.words.language import whole_minutes
from sim.report.workbook.spreadsheet import Kind, SheetOfTables, Table
from sim.study.study_tables import numbers

_TOLD = re.compile(r"share_(\d+)min")
_KINDS: dict[str, Kind] = {"min": "tenth", "1": "share"}
"""How the workbook shows a unit; others are counts."""
_ENDS = ("median", "median_low", "median_high", "worst", "worst_low", "worst_high")


def name_of_measure(about: About, measure: str) -> str:
    """Return what a measure is called."""
    words = about.words
    kind, _, rest = measure.partition(":")
    if kind == "target":
        own, _, what = rest.rpartition(":")
        return words("study.met" if what == "met" else "study.taken", name=about.requirement(own))
    if kind == "step":
        return words("study.spent", step=words(f"step.{rest}"))
    if told := _TOLD.fullmatch(measure):
        return words("study.share_told", minutes=words.length(int(told[1])))
    return words(f"measure.{measure}")


def measures(about: About) -> Iterator[Section]:
    """Yield the numbers of the county with their median and the worst run of twenty, and what the numbers of each run are."""
    words, frame = about.words, numbers(about.study)
    frame = frame[[_is_meant(about, measure) for measure in frame["measure"]]]
    heading = words("study.head.numbers")
    notes = (words("study.note.numbers"), words("study.note.unfinished"))
    tables = tuple(_numbers(about, frame[chosen], group) for group, chosen in _groups(frame) if chosen.any())
    sheet = SheetOfTables(words("study.tab.numbers"), heading, tables, notes=notes)
    shown = frame[~frame["measure"].str.fullmatch(_TOLD.pattern)]
    yield Section("numbers", heading, (), notes, "", (_grid(about, shown),), (sheet, _columns(about)))


def _is_meant(about: About, measure: str) -> bool:
    """Return whether a number is one: what a requirement took is none where it is not simulated."""
    kind, _, rest = measure.partition(":")
    return kind != "target" or about.simulated(rest.rpartition(":")[0])


def _groups(frame: pd.DataFrame) -> Iterator[tuple[str, pd.Series[bool]]]:
    """Yield minutes, shares and counts, each with which rows they are."""
    known = frame["unit"].isin(_KINDS)
    yield from ((unit, frame["unit"] == unit) for unit in _KINDS)
    yield "count", ~known


def _numbers(about: About, rows: pd.DataFrame, group: str) -> Table:
    words, kind = about.words, _KINDS.get(group, "number")
    shown = rows.assign(
        measure=[name_of_measure(about, measure) for measure in rows["measure"]],
        unit=[words(f"study.unit.{unit}") for unit in rows["unit"]],
    )
    columns: list[tuple[str, Kind]] = [("measure", "text"), ("unit", "line"), *((end, kind) for end in _ENDS)]
    worst = {end: words(f"study.col.{end.replace('worst', 'worst_of_twenty')}") for end in _ENDS[3:]}
    return about.numbers(shown, [*columns, ("never", "number")], title=words(f"study.group.{group}"), **worst)


def _grid(about: About, frame: pd.DataFrame) -> Grid:
    words = about.words
    columns = (
        Column("measure", "", words("study.col.measure")),
        Column("unit", "w", words("study.col.unit")),
        Column("median", "n", words("study.col.median")),
        Column("worst", "n", words("study.col.worst_of_twenty")),
        Column("never", "n", words("study.col.never")),
    )
    rows = tuple(
        (
            name_of_measure(about, row["measure"]),
            words(f"study.unit.{row['unit']}"),
            *(_value(about, row, of) for of in ("median", "worst")),
            words.number(row["never"]),
        )
        for row in frame.to_dict("records")
    )
    return Grid("", (), columns, rows)


def _value(about: About, row: dict[Any, Any], of: str) -> str:
    """Return a quantile with its interval; of which so few runs may give one end only."""
    words, unit = about.words, row["unit"]
    if pd.isna(row[of]):
        return words("study.cell.unfinished")
    ends = {end: _number(about, row[f"{of}_{end}"], unit) for end in ("low", "high") if not pd.isna(row[f"{of}_{end}"])}
    value = _number(about, row[of], unit)
    if {"low", "high"} == ends.keys():
        return words("study.cell.value", value=value, **ends)
    if ends:
        return words("study.cell.value_from" if "low" in ends else "study.cell.value_to", value=value, **ends)
    return value


def _number(about: About, value: float, unit: str) -> str:
    if unit == "1":
        return about.words.percent(value)
    return about.words.number(whole_minutes(value) if unit == "min" else value)


def _columns(about: About) -> SheetOfTables:
    """Return what the measures of ``replications.parquet`` are: id, words, unit, of which places."""
    words, county = about.words, about.scenario.county
    found: dict[str, tuple[str, list[str]]] = {}
    for column in about.study.nights.columns:
        level = int(county.places.level[column.place[0]]) if len(column.place) else 0
        found.setdefault(column.measure, (column.unit, []))[1].append(words.level(county.levels[level], many=level > 0))
    rows = [
        (measure, name_of_measure(about, measure), words(f"study.unit.{unit}"), words.listed(dict.fromkeys(levels)))
        for measure, (unit, levels) in found.items()
    ]
    frame = pd.DataFrame(rows, columns=["id", "measure", "unit", "of_whom"])
    kinds: tuple[tuple[str, Kind], ...] = (("id", "line"), ("measure", "text"), ("unit", "line"), ("of_whom", "text"))
    heading, note = words("study.head.columns"), words("study.note.columns")
    return SheetOfTables(words("study.tab.columns"), heading, (about.numbers(frame, kinds),), notes=(note,))
