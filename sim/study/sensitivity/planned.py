"""What an analysis plays that is known before it starts: the points of its methods, and each input moved alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.study.parts import Part
from sim.study.sensitivity import designs
from sim.study.sensitivity.curves import ENDS, LEVELS, MOST, Levels, levels_of
from sim.study.sensitivity.found import Design, Method
from sim.study.sensitivity.inputs import Inputs, Settings
from sim.study.sensitivity.points import STATED, Wanted, fresh_luck, parts, same_luck

Floats = NDArray[np.float64]


def apart(inputs: Inputs) -> list[list[int]]:
    """Return the blocks of a design in which each block is one variable."""
    return [[number] for number in range(len(inputs.blocks))]


@dataclass(frozen=True, eq=False)
class Planned:
    """The points of an analysis.

    ``points`` of each method, ``shares`` how they were made: independent shares of each path; of morris of each block, whose paths move together.
    Those of morris and sobol are compared with each other, under the same luck. Those of pawn, a Latin hypercube, have luck of their own: what
    is said of a chance over all of them would else rest on the luck of a few runs. ``ends``: each block moved alone.
    """

    inputs: Inputs
    design: Design
    shares: Mapping[Method, Floats]
    points: Mapping[Method, Sequence[Wanted]]
    ends: tuple[Levels, ...]

    @classmethod
    def of(cls, inputs: Inputs, design: Design, seed: int) -> Self:
        """Return the points of a design over some inputs."""
        blocks, shares = inputs.blocks, dict[Method, Floats]()
        if "morris" in design.methods:
            shares["morris"] = designs.trajectories(apart(inputs), design.trajectories, seed)
        if "sobol" in design.methods:
            shares["sobol"] = designs.saltelli(blocks, design.points, seed)
        if "pawn" in design.methods:
            shares["pawn"] = designs.latin(len(inputs.plans), design.points, seed)
        points = {
            method: (fresh_luck if method == "pawn" else same_luck)(
                map(inputs.at_blocks if method == "morris" else inputs.at, own.tolist()), design.runs
            )
            for method, own in shares.items()
        }
        ends = tuple(levels_of(inputs, block, ENDS) for block in range(len(blocks)))
        return cls(inputs, design, shares, points, ends)

    @property
    def stated(self) -> Wanted:
        """The scenario as it is stated."""
        return self.alone([STATED])[0]

    def alone(self, settings: Iterable[Settings]) -> list[Wanted]:
        """Return points as they are played where one input is moved alone, or two together: under the luck of the scenario as stated."""
        return same_luck(settings, self.design.curve_runs)

    @property
    def wanted(self) -> list[Wanted]:
        """The points that are played: the scenario as it is stated first, then each input alone, then those of the methods."""
        ends = self.alone(settings for own in self.ends for settings in own.values())
        return [self.stated, *ends, *chain.from_iterable(self.points.values())]

    @property
    def parts(self) -> list[Part]:
        """What is played: each point once."""
        return parts(self.wanted)

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
