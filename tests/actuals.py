"""Nights played as actual times: what happened in a night, written into the workbook as an evaluator would have."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.exercise.actual_columns import CLOCK, INJECTS, KEY_TIMES, ActualSheet
from sim.exercise.actuals import NEVER
from sim.exercise.asked import Subject, of_event, of_kit
from sim.exercise.kit import KeyTime, Kit
from sim.exercise.make import Wanted, make_kit
from sim.measures import judge, naming
from sim.measures.digest import COUNTY, digest
from sim.records import Night
from sim.scenario import Scenario
from sim.study.band import Band
from sim.study.nights import Nights
from sim.warning import simulate
from tests.strategies import full_night, played, small
from tests.workbooks import write_xlsx

RUNS = 20
START = datetime.fromisoformat("2026-06-10 14:00:00")
Cells = Mapping[tuple[str, str], Any]
"""What stands in cells, by the id of the row and the key of the column."""


def target(event: str, of_whom: str, share: float, within: int, **changes: object) -> dict[str, object]:
    """Return a requirement of a small county."""
    return {
        "id": f"{event}-{of_whom}-{share * 100:.0f}",
        "name": f"{share * 100:.0f}%的{of_whom}{event}",
        "since": "release",
        "event": event,
        "of_whom": of_whom,
        "share": share,
        "within": f"{within} min",
        "probability": 0.9,
        "applies_to": "演练县",
        "source": "演练县预案第3条",
        "status": "文件",
    } | changes


@cache
def runs() -> tuple[Scenario, tuple[Night, ...], Nights]:
    """Return a small county in which answering and consulting are left to chance, and some of its nights."""
    own = small(2, 3, 2)
    own.scenario["warnings"][0]["consultation"] = {"uniform": {"low": "1 min", "high": "9 min"}}
    own.scenario["roster"]["posts"]["officer"]["answer"] = 0.6
    for ladder in own.scenario["roster"]["ladders"].values():
        ladder["steps"] = [{"post": "officer", "tries": 3, "ring": "30 s", "gap": "1 min"}]
    own.scenario["targets"] = [
        target("acknowledged", "township", 1.0, 4),
        target("acknowledged", "village", 0.5, 6),
        target("acknowledged", "village", 1.0, 12),
        target("warned", "household", 0.5, 20, since="t0", id="from-t0"),
    ]
    return _nights(own)


@cache
def everything() -> tuple[Scenario, tuple[Night, ...], Nights]:
    """Return a small county with every block of a scenario, and some of its nights."""
    own = full_night()
    own.scenario["targets"] = [
        target("acknowledged", "township", 1.0, 15),
        target("acknowledged", "village", 0.8, 20),
        target("warned", "household", 0.8, 30),
    ]
    return _nights(own)


def _nights(own: Any) -> tuple[Scenario, tuple[Night, ...], Nights]:  # noqa: ANN401 - a small night as data
    scenario, first = played(own)
    nights = (first, *(simulate(scenario, number) for number in range(1, RUNS)))
    return scenario, nights, Nights.of(range(RUNS), [digest(scenario, night) for night in nights])


def event(place: int = COUNTY) -> Subject:
    """Return a real event in the small county."""
    scenario, _, nights = runs()
    return of_event(scenario, naming(scenario), nights, place)


@cache
def kit(minutes: float = 120.0) -> Kit:
    """Return a kit of a township of the county with everything."""
    scenario, _, nights = everything()
    wanted = Wanted(size="township", start=START, minutes=minutes)
    return make_kit(scenario, Band.of(scenario, nights), wanted, naming(scenario))


def exercise(minutes: float = 120.0) -> Subject:
    """Return the exercise of that kit."""
    return of_kit(kit(minutes))


def took_min(scenario: Scenario, night: Night, key: KeyTime) -> float:
    """Return the minutes after T0 at which a key time came in a night; ``inf`` for never."""
    if not key.requirement:
        return next(act.released_min for act in night.acts if act.id == key.act)
    result = next(own for own in judge(scenario, night) if own.id == key.requirement)
    inside = scenario.county.below(np.array([key.place]))
    (took,) = result.value_min_of(np.where(inside, 0, -1), 1).tolist()
    return float(result.since_min + took)


def cells_of_night(subject: Subject, night: Night) -> dict[tuple[str, str], Any]:
    """Return a night as actual times: of every key time, and of every inject received as planned and done at once."""
    on_clock: Callable[[float], float] = subject.schedule.to_exercise if subject.schedule else float
    cells: dict[tuple[str, str], Any] = {("started", "at"): START}
    for key in subject.key_times:
        t_min = took_min(subject.scenario, night, key)
        cells[key.id, "at"] = at(on_clock(t_min)) if math.isfinite(t_min) else NEVER.zh
    for inject in subject.injects:
        if inject.kind == "timeline":
            assert inject.exercise_min is not None
            cells[inject.id, "received"] = cells[inject.id, "done"] = at(inject.exercise_min)
    return cells


def at(minutes: float) -> str:
    """Return what the clock said so long after the start, to the nearest second."""
    return f"{START + timedelta(seconds=round(minutes * 60)):%Y-%m-%d %H:%M:%S}"


def rows_of(subject: Subject, sheet: ActualSheet, cells: Cells, language: str = "zh") -> list[list[Any]]:
    """Return the rows of a sheet with what stands in some of its cells."""
    ids = {
        INJECTS.key: [inject.id for inject in subject.injects],
        KEY_TIMES.key: [key.id for key in subject.key_times],
        CLOCK.key: ["started", "paused_1", "resumed_1", "ended"],
    }[sheet.key]
    head = [column.heading.get("en" if language == "en" else "zh") for column in sheet.columns]
    return [head, *([own if c.key == "id" else cells.get((own, c.key)) for c in sheet.columns] for own in ids)]


def workbook(path: Path, subject: Subject, cells: Cells) -> Path:
    """Write the workbook with what stands in some of its cells."""
    sheets = [sheet for sheet in (INJECTS, KEY_TIMES, CLOCK) if sheet is not INJECTS or subject.injects]
    return write_xlsx(path, {sheet.name.zh: rows_of(subject, sheet, cells) for sheet in sheets})
