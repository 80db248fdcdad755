"""What an analysis plays that is known before it starts: the points of its methods, and each input moved alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.study.parts import Part
from sim.study.sensitivity import designs
from sim.study.sensitivity.curves import MOST, settings_of
from sim.study.sensitivity.found import Design, Method
from sim.study.sensitivity.inputs import Inputs, Settings
from sim.study.sensitivity.points import STATED, parts

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Planned:
    """The points of an analysis.

    ``shares``: the design of morris or sobol as it was made, ``points`` its settings. ``even``: points that fill the space evenly, each by
    itself: a Latin hypercube, or where sobol is made its two samples, so that pawn costs nothing more; none where only morris is made. ``levels``:
    each block moved alone.
    """

    inputs: Inputs
    design: Design
    shares: Mapping[Method, Floats]
    points: Mapping[Method, tuple[Settings, ...]]
    even: tuple[Settings, ...]
    levels: tuple[tuple[Settings, ...], ...]

    @classmethod
    def of(cls, inputs: Inputs, design: Design, seed: int) -> Self:
        """Return the points of a design over some inputs."""
        blocks, shares = inputs.blocks, dict[Method, Floats]()
        if "morris" in design.methods:
            shares["morris"] = designs.trajectories(blocks, design.trajectories, seed)
        if "sobol" in design.methods:
            shares["sobol"] = designs.saltelli(blocks, design.points, seed)
        points = {method: tuple(map(inputs.at, own.tolist())) for method, own in shares.items()}
        even: tuple[Settings, ...] = ()
        if "sobol" in points:
            even = tuple(points["sobol"][row] for row in designs.both_samples(blocks, design.points))
        elif "pawn" in design.methods:
            even = tuple(map(inputs.at, designs.latin(len(inputs.plans), design.points, seed).tolist()))
        levels = tuple(settings_of(inputs, block) for block in range(len(blocks)))
        return cls(inputs, design, shares, points, even, levels)

    @property
    def parts(self) -> list[Part]:
        """What is played: the scenario as it is stated first, then each input alone, then the points of the methods."""
        alone = [(settings, self.design.curve_runs) for own in self.levels for settings in own]
        of_methods = [(settings, self.design.runs) for own in (*self.points.values(), self.even) for settings in own]
        return parts([(STATED, self.design.curve_runs), *alone, *of_methods])

    @property
    def pairs(self) -> int:
        """How many pairs of the inputs that matter most are moved together."""
        most = min(len(self.inputs.blocks), MOST)
        return most * (most - 1) // 2

    @property
    def runs(self) -> int:
        """How many runs the whole analysis takes at most."""
        return sum(len(one.replications) for one in self.parts) + self.pairs * self.design.curve_runs
