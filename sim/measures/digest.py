"""What a study keeps of one night: some numbers of the county, and some of each township and village; minutes after T0, ``inf`` for never."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.measures.attribution import desk_minutes, minutes_inside
from sim.measures.coverage import Grouped, share_within, time_to_share
from sim.measures.evacuation import ReportUp, by_measure, evacuation, inside_each, report_up, reported_min
from sim.measures.outages import outage
from sim.measures.targets import judge
from sim.records import DECIDING, STEPS, Night
from sim.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
COUNTY = 0
"""The place of what is said of the whole county."""
LEVELS = ("township", "village")
"""The levels of which each place has numbers of its own."""
SHARES_MIN = (*range(5, 61, 5), *range(75, 121, 15), *range(150, 361, 30))
"""So many minutes after the release it is noted how many have been told, close together where most are."""
_SINCE = {"": 0, "_since_release": len(DECIDING)}
"""From which of ``STEPS`` on the longest is looked for: from T0, or from the release, for limits that count from there."""


@dataclass(frozen=True)
class Measured:
    """One measure of a night: its values at some places (indices in the county), shape (places,) both; NaN where nobody is meant."""

    measure: str
    unit: str
    place: Ints
    value: Floats


def digest(scenario: Scenario, night: Night) -> tuple[Measured, ...]:
    """Return the measures of a night, the same of every night of a scenario and in the same order."""
    of_county = [*_of_county(scenario, night)]
    return (*(_county(*one) for one in of_county), *_of_requirements(scenario, night), *_of_places(scenario, night))


def _county(measure: str, unit: str, value: float) -> Measured:
    return Measured(measure, unit, np.array([COUNTY]), np.array([value], dtype=float))


def _of_county(scenario: Scenario, night: Night) -> Iterator[tuple[str, str, float]]:
    """Yield measure, unit and value of what is said of the whole county."""
    warned = night.households.warned_min
    yield "release_min", "min", night.release_min
    for share in (50, 90, 95):
        yield f"warned_p{share}_min", "min", time_to_share(warned, share / 100)
    for minutes in SHARES_MIN:
        yield f"share_{minutes}min", "1", share_within(warned, night.release_min, minutes)
    yield "never_households", "household", float(np.isinf(warned).sum())
    dark = outage(scenario, night)
    yield "dark_villages_max", "village", float(dark.dark_at_once)
    yield "dark_villages_60min", "village", float(dark.dark_at(night.origin_min + 60))
    yield "villages_never_reached", "village", float(sum(map(bool, dark.reason)))
    moved = evacuation(scenario, night)
    if moved is not None:
        for name in ("listed_persons", "warned", "departed", "safe_before_onset", "exposed_at_onset", "went_home"):
            yield name if name.endswith("_persons") else f"{name}_persons", "person", float(getattr(moved, name))
        yield "last_safe_min", "min", math.inf if moved.last_safe_min is None else moved.last_safe_min
    known = report_up(scenario, night)
    for field in fields(ReportUp) if known is not None else ():
        value = getattr(known, field.name)
        unit = "min" if field.name.endswith("_min") else field.name.split("_")[1].removesuffix("s")
        yield (
            f"report_{field.name}",
            unit if unit in {"min", "household", "person"} else "village",
            (math.inf if value is None else float(value)),
        )


def _of_requirements(scenario: Scenario, night: Night) -> Iterator[Measured]:
    """Yield for each requirement whether it was kept and what it took, in the county and in each place by itself.

    NaN where it is about nobody, or about what is not simulated.
    """
    county = scenario.county
    for result in judge(scenario, night):
        value = math.inf if result.value_min is None else result.value_min
        judged = result.simulated and len(result.times_min) > 0
        yield _county(f"target:{result.id}:met", "1", float(result.met) if judged else math.nan)
        yield _county(f"target:{result.id}:min", "min", value if judged else math.nan)
        for level_id in LEVELS:
            level = county.level_index(level_id)
            if level is None or not result.simulated:
                continue
            places = county.of_level(level)
            row = np.full(len(county.places) + 1, -1, dtype=np.int64)
            row[places] = np.arange(len(places))
            taken = result.value_min_of(row[county.ancestors[level]], len(places))
            yield Measured(f"target:{result.id}:min", "min", places, taken)


def _of_places(scenario: Scenario, night: Night) -> Iterator[Measured]:
    """Yield what is said of each township and village, and the steps in which the minutes of those who were told went."""
    county = scenario.county
    minutes, told = minutes_inside(county, night)
    reported, dark = reported_min(scenario, night), night.outages.service
    exposed, calling = _exposed(scenario, night), _calling(scenario, night)
    called = np.isfinite(calling[:, 0])
    for level_id in LEVELS:
        level = county.level_index(level_id)
        if level is None:
            continue
        places = county.of_level(level)
        row_of = np.full(len(county.places) + 1, -1, dtype=np.int64)
        row_of[places] = np.arange(len(places))
        row = row_of[county.households_at(level)]
        warned = Grouped(night.households.warned_min[row >= 0], row[row >= 0], len(places))
        yield Measured("acknowledged_min", "min", places, night.places.acknowledged_min[places])
        yield Measured("warned_p95_min", "min", places, warned.time_to_share(0.95))
        yield Measured("share_60min", "1", places, warned.share_by(night.release_min + 60))
        yield Measured("never_households", "household", places, warned.never().astype(float))
        yield Measured("dark_min", "min", places, _minutes_dark(dark[places], night.end_min))
        if exposed is not None:
            yield Measured("exposed_persons", "person", places, exposed[places].astype(float))
        if night.reports is not None:
            yield Measured("reported_min", "min", places, reported[places])
        for name, first in _SINCE.items():
            yield Measured(f"main_step{name}", "step", places, _main_step(minutes[places], told[places] > 0, first))
            yield Measured(f"call_step{name}", "step", places, _main_step(calling[places], called[places], first))
    above = [COUNTY, *(county.of_level(level) if (level := county.level_index(LEVELS[0])) is not None else ())]
    for number, step in enumerate(STEPS):
        spent = np.array([minutes[place, number] / told[place] if told[place] else math.nan for place in above])
        yield Measured(f"step:{step}", "min", np.array(above, dtype=np.int64), spent)


def _calling(scenario: Scenario, night: Night) -> Floats:
    """Return the minutes of each step until each township and village answered first, NaN for never, shape (places, steps)."""
    county = scenario.county
    lowest = max(level for level_id in LEVELS if (level := county.level_index(level_id)) is not None)
    size = len(county.places)
    spent = np.full((size, len(STEPS)), np.nan)
    for act in night.acts:
        if act.id not in scenario.plan.headline and act.kind != "local":
            continue
        only = np.zeros(len(act.calls.acknowledged_min), dtype=bool)
        only[:size] = county.places.level <= lowest
        minutes = desk_minutes(act, size, only)[:size]
        first = np.isfinite(minutes[:, 0]) & (act.calls.acknowledged_min[:size] == night.places.acknowledged_min)
        spent[first] = minutes[first]
    return spent


def _main_step(minutes: Floats, known: NDArray[np.bool_], first: int) -> Floats:
    """Return the number in ``STEPS`` of the step, from the ``first`` on, that took most minutes in each place; −1 where none is known."""
    return np.where(known, first + np.nan_to_num(minutes[:, first:]).argmax(axis=1), -1).astype(float)


def _minutes_dark(changes: Floats, end_min: float) -> Floats:
    """Return for how many minutes of the run each place was without service; ``changes`` alternate between failing and coming back."""
    ends = np.clip(changes, 0.0, end_min)
    lost, back = ends[:, 0::2], ends[:, 1::2]
    total: Floats = np.pad(back, ((0, 0), (0, lost.shape[1] - back.shape[1])), constant_values=end_min).sum(
        axis=1
    ) - lost.sum(axis=1)
    return total


def _exposed(scenario: Scenario, night: Night) -> Ints | None:
    """Return the persons exposed inside each place; ``None`` where it is not simulated."""
    records = night.evacuation
    if records is None:
        return None
    counted, homes = records.rows[by_measure(records)["exposed"]], scenario.county.households
    return inside_each(scenario.county, homes.place[counted], homes.persons[counted])
