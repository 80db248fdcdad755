"""Points of designs as what is played and kept: a point is its settings, and is played once, whatever asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

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


def name_of(settings: Settings) -> str:
    """Return what a point is called, whoever asks for it."""
    return hashlib.blake2b("\n".join(settings).encode(), digest_size=8).hexdigest()


def part(settings: Settings, runs: int) -> Part:
    """Return the first so many runs of a point."""
    return Part(f"{_FOLDER}/{name_of(settings)}", settings, tuple(range(runs)))


def parts(asked: Iterable[tuple[Settings, int]]) -> list[Part]:
    """Return what is played where each of some points is asked for with so many runs: each once, with the most runs that any asks for."""
    most: dict[Settings, int] = {}
    for settings, runs in asked:
        most[settings] = max(runs, most.get(settings, 0))
    return [part(settings, runs) for settings, runs in most.items()]


class Played:
    """What was played of the points of a scenario: each read once."""

    def __init__(self, folder: StudyFolder, scenario: Scenario) -> None:
        self.scenario = scenario
        self._folder = folder
        self._read: dict[Part, Nights] = {}

    def nights(self, settings: Settings, runs: int) -> Nights:
        """Return the first so many runs of a point, which must all have been played."""
        own = part(settings, runs)
        if own not in self._read:
            self._read[own] = own.nights(self._folder)
        return self._read[own]

    def table(self, output: Output, points: Sequence[Settings], runs: int) -> Floats:
        """Return what an output was at points, run by run, shape (points, runs)."""
        return np.array([values_of(output, self.scenario, self.nights(settings, runs)) for settings in points])
