"""The inputs of an analysis: what a scenario says is not known, in the blocks that move together, and what is written where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.scenario.uncertain import Plans, alone, blocks, number_in, ranks_of, share_of, stated, written
from sim.study.sensitivity.found import Input

Floats = NDArray[np.float64]
Settings = tuple[str, ...]
"""What is laid over the scenario at a point: ``path=value`` of each path that is not as stated."""


@dataclass(frozen=True, eq=False)
class Inputs:
    """What is not known of a scenario: the ``plans`` of its paths, and their ``values`` as the scenario states them."""

    plans: Plans
    values: tuple[object, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """Return the inputs of a scenario."""
        plans = scenario.plan.uncertain
        return cls(plans, tuple(stated(plans, scenario.written).values()))

    @cached_property
    def blocks(self) -> tuple[tuple[int, ...], ...]:
        """Which paths, by their numbers, move together."""
        number = {path: n for n, path in enumerate(self.plans)}
        return tuple(tuple(number[path] for path in block) for block in blocks(self.plans))

    @property
    def whole(self) -> list[bool]:
        """Whether each path is a whole number."""
        return [not plan.ends[2] and all(isinstance(end, int) for end in plan.range) for plan in self.plans.values()]

    @cached_property
    def told(self) -> tuple[Input, ...]:
        """Return each block as an input: under its own path, or the name of its group, or the paths of all that belong together."""
        return tuple(self._told(block) for block in self.blocks)

    def _told(self, block: Sequence[int]) -> Input:
        paths = [list(self.plans)[number] for number in block]
        plans = [self.plans[path] for path in paths]
        groups = dict.fromkeys(plan.group for plan in plans)
        one_group = len(paths) > 1 and len(groups) == 1 and "" not in groups
        names = (
            [next(iter(groups))] if one_group else [plan.title or path for path, plan in zip(paths, plans, strict=True)]
        )
        return Input(
            next(iter(groups)) if one_group else " + ".join(paths),
            " + ".join(names),
            tuple(paths),
            tuple((str(plan.range[0]), str(plan.range[1])) for plan in plans),
            tuple(str(self.values[number]) for number in block),
        )

    def at(self, shares: Sequence[float]) -> Settings:
        """Return the settings at a point of a design: independent shares, one of each path; what is correlated follows its partners."""
        return written(self.plans, shares)

    def at_blocks(self, shares: Sequence[float]) -> Settings:
        """Return the settings with each block so far up its law: all its paths together, as where it moves alone."""
        return tuple(setting for block, share in enumerate(shares) for setting in self.alone(block, share))

    def alone(self, block: int, share: float) -> Settings:
        """Return the settings with one block so far up its law, everything else as stated; paths that fall as the first rises go down."""
        paths = list(self.plans)
        return tuple(
            alone(self.plans, paths[number], share if up else 1 - share)
            for number, up in zip(self.blocks[block], self._upwards(block), strict=True)
        )

    def stated_share(self, block: int) -> float:
        """Return how far up its law the stated value of a block lies: of several paths, the mean."""
        own = [share_of(list(self.plans.values())[number], self.values[number]) for number in self.blocks[block]]
        turned = [share if up else 1 - share for share, up in zip(own, self._upwards(block), strict=True)]
        return sum(turned) / len(turned)

    def _upwards(self, block: int) -> list[bool]:
        """Tell of each path of a block whether it rises with the first: along a chain of correlations, else it does."""
        members = self.blocks[block]
        turned, linked = {members[0]: False}, True
        while linked:
            linked = False
            for (one, other), rank in ranks_of(self.plans).items():
                for known, new in ((one, other), (other, one)):
                    if known in turned and new not in turned:
                        turned[new], linked = turned[known] ^ (rank < 0), True
        return [not turned.get(number, False) for number in members]

    def written_at(self, settings: Settings) -> dict[str, str]:
        """Return what stands at each path at a point: the stated value where the point does not set it."""
        as_stated = {path: str(value) for path, value in zip(self.plans, self.values, strict=True)}
        return as_stated | {path: value for path, _, value in (setting.partition("=") for setting in settings)}

    def numbers(self, points: Sequence[Settings]) -> Floats:
        """Return what each path is at points of designs, in its own unit, shape (points, paths)."""
        plans = list(self.plans.values())
        return np.array(
            [[number_in(plan, _value(one)) for plan, one in zip(plans, own, strict=True)] for own in points]
        ).reshape(len(points), len(plans))

    def shares(self, points: Sequence[Settings]) -> Floats:
        """Return where in its law each path lies at points of designs, shape (points, paths)."""
        plans = list(self.plans.values())
        return np.array(
            [[share_of(plan, _value(one)) for plan, one in zip(plans, own, strict=True)] for own in points]
        ).reshape(len(points), len(plans))


def _value(setting: str) -> str:
    return setting.partition("=")[2]
