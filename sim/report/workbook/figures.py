"""The numbers behind the figures over time, for the workbook: the same curves that are drawn, minute by minute."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures import coverage_curve, evacuation_curve, minutes_of
from sim.measures.coverage import NANOMINUTE
from sim.measures.outages import down_at
from sim.records import Night
from sim.report.content.evacuation import moved_here
from sim.report.content.means import BAND_OF, BANDS, used_means
from sim.report.content.outages import failed_here
from sim.report.content.reported import known_here
from sim.report.gather import Content
from sim.report.words.language import to_the_second, whole_minutes
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table
from sim.study.band import COVERAGE

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Moments:
    """Turns minutes after T0 into clock times and whole minutes after release, as ``Words.moment`` says them."""

    night: Night

    def of(self, minutes: float) -> tuple[datetime | None, int | None]:
        """Return clock time and minute after release of something; empty if it never came to it, or nothing was released."""
        night = self.night
        if not math.isfinite(minutes):
            return None, None
        since, whole = night.release_min, whole_minutes(minutes + night.start.second / 60)
        minute = whole_minutes(minutes - since) if math.isfinite(since) else None
        return night.start.replace(second=0, microsecond=0) + timedelta(minutes=whole), minute

    def column(self, minutes: Floats) -> list[tuple[datetime | None, int | None]]:
        """Return the same of each row of a curve, its clock to the second; the last one may lie beyond the end of the run."""
        within = np.minimum(minutes, self.night.end_min).tolist()
        return [(to_the_second(self.night.start, minute), self.of(minute)[1]) for minute in within]


def figures_as_tables(content: Content) -> Iterator[SheetOfTables]:
    """Yield the numbers of each figure over time that the report has."""
    yield from _coverage(content)
    yield from _coverage_of_runs(content)
    yield from _evacuation(content)
    yield from _reports(content)
    yield from _outages(content)


def _timed(
    content: Content, key: str, minutes: Floats, columns: Mapping[str, Any], notes: tuple[str, ...]
) -> SheetOfTables:
    """Return a sheet of curves: one row for each of ``minutes`` after T0, its columns by heading; shares are told by their type."""
    words = content.words
    fields = [Field(words("workbook.clock"), "second"), Field(words("workbook.minute"), "number")]
    cells = []
    for heading, values in columns.items():
        column = np.asarray(values)
        fields.append(Field(heading, "share" if column.dtype.kind == "f" else "number"))
        cells.append(column.tolist())
    moments = Moments(content.sheet.night).column(minutes)
    rows = [(*moment, *row) for moment, row in zip(moments, zip(*cells, strict=True), strict=True)]
    title = words(f"figure.{key}")
    notes = (*notes, words("workbook.over_time_note"), *about_headline(content))
    return SheetOfTables(words(f"tab.{key}_over_time"), title, (Table(tuple(fields), rows),), notes=notes, frozen=2)


def about_headline(content: Content) -> tuple[str, ...]:
    """Return which of several warnings the numbers are about."""
    return (content.note_on_headline,) if content.note_on_headline else ()


def _coverage(content: Content) -> Iterator[SheetOfTables]:
    """Yield households told by each minute after release, by the means that told them first; nothing without a release."""
    words, sheet = content.words, content.sheet
    night, inside = sheet.night, sheet.scope.inside
    if not math.isfinite(night.release_min) or night.end_min <= night.release_min:
        return
    listed = inside & sheet.scenario.county.households.listed
    curve, n, of_listed = coverage_curve(night, inside), int(inside.sum()), int(listed.sum())
    used = {BAND_OF[channel] for channel in used_means(sheet.scenario, night)}
    columns: dict[str, Any] = {
        words("workbook.told"): _households(curve["all"], n),
        words("workbook.told_share"): curve["all"].to_numpy(),
    }
    for band in (band for band in BANDS if band in used):
        columns[words(f"band.{band}")] = _households(curve[list(BANDS[band])].sum(axis=1), n)
    if of_listed:
        own = coverage_curve(night, listed)["all"]
        columns[words("workbook.listed_told")] = _households(own, of_listed)
        columns[words("workbook.listed_share")] = own.to_numpy()
    note = words("workbook.coverage_note", all=words.number(n), listed=words.number(of_listed))
    yield _timed(content, "coverage", curve["minutes"].to_numpy() + night.release_min, columns, (note,))


def _coverage_of_runs(content: Content) -> Iterator[SheetOfTables]:
    """Yield the share of households told by each minute after release in several runs, of the county; it is not known of a place."""
    words, band = content.words, content.sheet.band
    if band is None or not content.scope.whole:
        return
    fields = [
        Field(words("workbook.minute"), "number"),
        *(Field(words(f"workbook.band.{key}"), "share") for key in COVERAGE),
    ]
    rows = [(int(minutes), *shares) for minutes, *shares in band.coverage().itertuples(index=False)]
    title = words("workbook.band_over_time", n=band.count)
    notes = (words("workbook.band_note"), *about_headline(content))
    yield SheetOfTables(
        words("tab.band_over_time", n=band.count), title, (Table(tuple(fields), rows),), notes=notes, frozen=1
    )


def _households(share: pd.Series[float], n: int) -> NDArray[np.int64]:
    """Return how many households a share of ``n`` is."""
    return np.rint(share.to_numpy() * n).astype(np.int64)


def _evacuation(content: Content) -> Iterator[SheetOfTables]:
    """Yield how far those who must leave had come by each minute; nothing where there are none."""
    words, sheet = content.words, content.sheet
    found = moved_here(sheet.scenario, sheet.night, sheet.scope)
    minutes, _ = minutes_of(sheet.night)
    curve = evacuation_curve(sheet.scenario, sheet.night, None if found is None else found.inside, minutes)
    if found is None or curve is None or not found.counts.listed_persons:
        return
    headings = {
        words("workbook.prompted"): "prompted",
        words("workbook.ready"): "ready",
        words("workbook.departed"): "departed",
        words("workbook.safe"): "safe",
        words("workbook.exposed"): "exposed",
    }
    columns = {heading: curve[key] for heading, key in headings.items()}
    note = words("workbook.persons_note", n=words.number(found.counts.listed_persons))
    yield _timed(content, "evacuation", minutes, columns, (note,))


def _reports(content: Content) -> Iterator[SheetOfTables]:
    """Yield persons safe in fact and known to the county to be safe by each minute; nothing where reports are not simulated."""
    words, sheet = content.words, content.sheet
    found = moved_here(sheet.scenario, sheet.night, sheet.scope)
    known = known_here(found)
    minutes, _ = minutes_of(sheet.night)
    curve = evacuation_curve(sheet.scenario, sheet.night, None if found is None else found.inside, minutes)
    if found is None or known is None or curve is None:
        return
    columns = {
        words("workbook.safe_fact"): curve["safe"],
        words("workbook.safe_known"): _held(*known.safe_by_report(), minutes),
    }
    note = words("workbook.persons_note", n=words.number(found.counts.listed_persons))
    yield _timed(content, "reports", minutes, columns, (note,))


def _held(changes_min: Floats, values: NDArray[Any], at_min: Floats) -> NDArray[Any]:
    """Return what values that hold from one change to the next are at each minute; the first change is at T0."""
    held: NDArray[Any] = values[np.searchsorted(changes_min, at_min + NANOMINUTE, side="right") - 1]
    return held


def _outages(content: Content) -> Iterator[SheetOfTables]:
    """Yield how many villages had service and mains, how many stretches of road were open, at each minute; nothing where nothing failed."""
    words, sheet = content.words, content.sheet
    found = failed_here(sheet.scenario, sheet.night, sheet.scope)
    if found is None:
        return
    villages, level = found.villages, words.level(found.level, many=True)
    minutes, _ = minutes_of(sheet.night)

    def heading(key: str) -> str:
        return words("workbook.of_level", what=words(f"curve.{key}"), level=level)

    columns: dict[str, Any] = {heading("service"): _held(villages.minutes, (~villages.dark).sum(axis=1), minutes)}
    if np.isfinite(found.mains).any():
        columns[heading("mains")] = (~down_at(found.mains, minutes)).sum(axis=1)
    if np.isfinite(found.roads).any():
        columns[words("workbook.roads")] = (~down_at(found.roads, minutes)).sum(axis=1)
    told = np.sort(villages.told_min[np.isfinite(villages.told_min)])
    columns[heading("told")] = np.searchsorted(told, minutes + NANOMINUTE, side="right")
    note = words(
        "workbook.outages_note",
        villages=words.places(found.level, len(villages.places)),
        roads=words.number(len(found.roads)),
    )
    yield _timed(content, "outages", minutes, columns, (note,))
