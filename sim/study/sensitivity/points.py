"""Points of designs as what is played and kept: a point is its settings, and is played once, whatever asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.study.folder import StudyFolder
from sim.study.nights import Nights
from sim.study.parts import Part
from sim.study.sensitivity.found import Output
from sim.study.sensitivity.inputs import Settings
from sim.study.sensitivity.outputs import values_of

Floats = NDArray[np.float64]

STATED: Settings = ()
"""The scenario as it is written."""
_FOLDER = "points"


class Wanted(NamedTuple):
    """A point, and which runs of it."""

    settings: Settings
    numbers: range


def same_luck(points: Iterable[Settings], runs: int) -> list[Wanted]:
    """Return points with the same so many runs of each: what is compared point by point meets the same luck."""
    return [Wanted(settings, range(runs)) for settings in points]


def fresh_luck(points: Iterable[Settings], runs: int) -> list[Wanted]:
    """Return points each with so many runs of its own: what is said of all of them together rests on the luck of all their runs."""
    return [Wanted(settings, range(at * runs, (at + 1) * runs)) for at, settings in enumerate(points)]


def part(settings: Settings, numbers: Iterable[int]) -> Part:
    """Return some runs of a point, in a folder that is named by its settings."""
    name = hashlib.blake2b("\n".join(settings).encode(), digest_size=8).hexdigest()
    return Part(f"{_FOLDER}/{name}", settings, tuple(sorted(numbers)))


def parts(wanted: Iterable[Wanted]) -> list[Part]:
    """Return what is played: each point once, with all runs that anything asks for."""
    numbers: dict[Settings, set[int]] = {}
    for one in wanted:
        numbers.setdefault(one.settings, set()).update(one.numbers)
    return [part(settings, own) for settings, own in numbers.items()]


class Played:
    """What was played of the points of a scenario: each read once."""

    def __init__(self, folder: StudyFolder, scenario: Scenario) -> None:
        self.scenario = scenario
        self._folder = folder
        self._read: dict[Wanted, Nights] = {}

    def nights(self, wanted: Wanted) -> Nights:
        """Return runs of a point, which must all have been played."""
        if wanted not in self._read:
            self._read[wanted] = part(*wanted).nights(self._folder)
        return self._read[wanted]

    def table(self, output: Output, points: Sequence[Wanted]) -> Floats:
        """Return what an output was at points, run by run, shape (points, runs)."""
        return np.array([values_of(output, self.scenario, self.nights(wanted)) for wanted in points])
