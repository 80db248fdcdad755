"""What an analysis plays that is known before it starts: the points of its methods, and each input moved alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.study.parts import Part
from sim.study.sensitivity import designs
from sim.study.sensitivity.curves import ENDS, LEVELS, MOST, Levels, levels_of
from sim.study.sensitivity.found import Design, Method
from sim.study.sensitivity.inputs import Inputs, Settings
from sim.study.sensitivity.points import STATED, parts

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Planned:
    """The points of an analysis.

    ``shares``: the design of morris or sobol as it was made, ``points`` its settings. ``even``: points that fill the space evenly, each by
    itself: a Latin hypercube, or where sobol is made its two samples, so that pawn costs nothing more; none where only morris is made. ``ends``: each
    block moved alone.
    """

    inputs: Inputs
    design: Design
    shares: Mapping[Method, Floats]
    points: Mapping[Method, tuple[Settings, ...]]
    even: tuple[Settings, ...]
    ends: tuple[Levels, ...]

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
        ends = tuple(levels_of(inputs, block, ENDS) for block in range(len(blocks)))
        return cls(inputs, design, shares, points, even, ends)

    @property
    def parts(self) -> list[Part]:
        """What is played: the scenario as it is stated first, then each input alone, then the points of the methods."""
        alone = [(settings, self.design.curve_runs) for own in self.ends for settings in own.values()]
        of_methods = [(settings, self.design.runs) for own in (*self.points.values(), self.even) for settings in own]
        return parts([(STATED, self.design.curve_runs), *alone, *of_methods])

    @property
    def most(self) -> int:
        """How many inputs are those that matter most."""
        return min(len(self.inputs.blocks), MOST)

    @property
    def more(self) -> int:
        """How many points are played when it is known what matters most: levels between the ends, and two inputs moved together."""
        return self.most * (len(LEVELS) - len(ENDS)) + self.most * (self.most - 1) // 2

    @property
    def runs(self) -> int:
        """How many runs the whole analysis takes at most."""
        return sum(len(one.replications) for one in self.parts) + self.more * self.design.curve_runs
