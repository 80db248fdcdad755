"""A formula in place of the model: an engine that plays it, so that a design, its settings and its indices are the real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.measures.digest import COUNTY
from sim.scenario import Scenario
from sim.scenario.uncertain import share_of, stated
from sim.study.engines import Job
from sim.study.folder import Asked, StudyFolder
from sim.study.nights import Column, Nights
from sim.study.sensitivity.found import Design, Sensitivity
from sim.study.sensitivity.inputs import Inputs
from sim.study.sensitivity.planned import Planned
from sim.study.sensitivity.sensitivity import sensed
from tests.strategies import Small, small

Floats = NDArray[np.float64]
Formula = Callable[[Floats, NDArray[np.int64]], Floats]
"""From where each path lies in its law, shape (paths,), and the numbers of runs, what an output is in each run, shape (runs,)."""
RANGES: Mapping[str, tuple[str, str]] = {
    "roster.posts.officer.answer": ("0 %", "100 %"),
    "roster.posts.officer.reachable": ("20 %", "100 %"),
    "channels.door.per_house": ("1 min", "3 min"),
    "channels.door.assemble": ("2 min", "8 min"),
    "channels.door.absent": ("0.5 min", "1.5 min"),
    "channels.walking.speed": ("2 km/h", "10 km/h"),
    "roster.desks.county.relay": ("0 min", "4 min"),
    "roster.desks.village.relay": ("0 min", "4 min"),
}
"""Paths of a small night, and what they may be."""
NUMBER, CHANCE = "villages_never_reached", "target:desks:met"
"""The outputs that formulas stand for: any number, and the chance of a requirement."""


def unknown(paths: int, **more: Mapping[str, object]) -> Small:
    """Return a small night of which the first so many paths are not known; ``more`` says more of some, by their numbers as ``p0``, ``p1`` …."""
    night = small(1, 1, 1)
    night.scenario["roster"]["posts"]["officer"] |= {"answer": "100 %", "reachable": "100 %"}
    night.scenario["uncertain"] = {
        path: {"range": list(ends), **more.get(f"p{number}", {})}
        for number, (path, ends) in enumerate(list(RANGES.items())[:paths])
    }
    return night


@dataclass(frozen=True)
class Formulas:
    """An engine that plays formulas of where the paths of a scenario lie, until it is stopped after so many jobs; ``played`` lists them."""

    scenario: Scenario
    number: Formula
    chance: Formula = field(default=lambda _, runs: np.ones(len(runs)))
    stopped_after: int | None = None
    played: list[Job] = field(default_factory=list)

    def play(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield the nights of each job."""
        plans = self.scenario.plan.uncertain
        as_stated = stated(plans, self.scenario.written)
        for job in jobs:
            if len(self.played) == self.stopped_after:
                raise KeyboardInterrupt
            self.played.append(job)
            variant, portion = job
            written = dict(setting.split("=", 1) for setting in variant.overrides)
            shares = np.array([share_of(plan, written.get(path, as_stated[path])) for path, plan in plans.items()])
            runs = np.array(portion)
            met = (self.chance(shares, runs) > 0).astype(float)
            columns = {
                "release_min": ("min", np.zeros(len(runs))),
                **{f"warned_p{share}_min": ("min", np.full(len(runs), 60.0)) for share in (50, 90, 95)},
                NUMBER: ("village", self.number(shares, runs)),
                "target:desks:min": ("min", np.where(met > 0, 1.0, np.inf)),
                CHANCE: ("1", met),
            }
            kept = np.column_stack([values for _, values in columns.values()])
            place = np.array([COUNTY])
            yield Nights(portion, tuple(Column(name, unit, place) for name, (unit, _) in columns.items()), kept)


def analysed(folder: Path, engine: Formulas, design: Design) -> Sensitivity:
    """Return the analysis of formulas, kept in a folder."""
    scenario = engine.scenario
    asked = Asked("formula.yaml", (), scenario.hash, scenario.plan.seed, design.curve_runs)
    planned = Planned.of(Inputs.of(scenario), design, scenario.plan.seed)
    return sensed(StudyFolder(folder, asked), scenario, planned, engine, lambda nights, *_: nights)


def index(found: Sensitivity, kind: str, output: str = NUMBER) -> Floats:
    """Return an index of each input, in their order."""
    of = {one.input: one.value for one in found.indices if one.kind == kind and one.output == output}
    return np.array([of[one.key] for one in found.inputs])
