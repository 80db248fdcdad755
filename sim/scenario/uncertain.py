"""What is not known of a scenario: numbers that stand in it once, but may be anything within a range, and a draw of all of them.

A draw is a list of settings, as ``--set`` takes them; so a scenario with them is one that anybody can play. Each number has a law
(`shapes`), and some rise and fall together (`copula`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from sim import luck
from sim.blocks import Block, PlainNumber
from sim.errors import BadValue, Text, shown
from sim.scenario.copula import Pair, components, correlated
from sim.scenario.documents import get, key_of
from sim.scenario.shapes import ShapePlan, Written
from sim.units import split

_PURPOSE = "scenario/uncertain"


class UncertainPlan(Block):
    """A number that is not known: anything between two ends, all alike or by a law."""

    title: str = Field("", max_length=100, description="说不准的是什么，报告中显示")
    group: str = Field("", max_length=60, description="哪一组：同组的数在敏感性分析中一起变动；不写为自成一组")
    range: tuple[Written, ...] = Field(
        min_length=2,
        max_length=2,
        description="可能的范围 [低, 高]，写法、单位与原来那一项相同",
    )
    shape: ShapePlan | None = Field(None, description="范围内哪些值更可能；不写为各值一样可能")
    rank_correlation: Mapping[str, Annotated[PlainNumber, Field(gt=-1, lt=1)]] = Field(
        {}, description="与哪些说不准的数同高同低：键为路径，值为秩相关系数（斯皮尔曼），负数为此高彼低；只需写在一方"
    )

    @property
    def ends(self) -> tuple[float, float, str]:
        """The two ends and their unit.

        Raises
        ------
        BadValue
            if they are no two numbers of one unit, the lower first
        """
        (low, unit), (high, other) = (split(end) for end in self.range)
        if unit != other or not low < high:
            raise BadValue(
                Text("范围应先低后高、单位相同", "a range runs from a lower to a higher end, of one unit"),
                Text("例如 range: [60 %, 85 %]", "such as range: [60 %, 85 %]"),
            )
        return low, high, unit

    def at(self, share: float) -> Written:
        """Return the value below which a share of the law lies, as it is written; a whole number between whole ends without a unit.

        Shares of exactly 0 and 1 give the ends as they are written.
        """
        if share in (0, 1):
            return self.range[int(share)]
        low, high, unit = self.ends
        half = self._half
        value = low + share * (high - low + 2 * half)
        if self.shape is not None:
            value = half + self.shape.law[1].value(share, low - half, high + half)
        value = min(max(value, low), high + half)  # rounding may leave the range
        if half:
            return min(math.floor(value), int(high))
        return f"{value!r} {unit}" if unit else value

    def share_of(self, value: float) -> float:
        """Return what share of the law lies below a value of the range; of a whole number, its middle."""
        half = self._half
        return (self._below(value - half) + self._below(value + half)) / 2

    def _below(self, value: float) -> float:
        low, high, _ = self.ends
        half = self._half
        if self.shape is None:
            return (value - low + half) / (high - low + 2 * half)
        return self.shape.law[1].share(value, low - half, high + half)

    @property
    def _half(self) -> float:
        """How far around a value the law is meant: whole numbers share it out, each what is nearest to it."""
        whole = not self.ends[2] and all(isinstance(end, int) for end in self.range)
        return 0.5 if whole else 0.0


Plans = Mapping[str, UncertainPlan]


def number_in(own: UncertainPlan, written: object) -> float:
    """Return a written value as a number in the unit of its range.

    Raises
    ------
    BadValue
        if that is no single number, or of another unit
    """
    value, other = split(written)
    if own.ends[2] != other:
        raise BadValue(
            Text(f"原来写的是“{shown(written)}”，单位不同", f"the scenario has '{shown(written)}', in another unit"),
            Text("按原来的单位写范围", "write the range in that unit"),
        )
    return value


def stated(plans: Plans, written: Mapping[str, Any]) -> dict[str, object]:
    """Return what a scenario, as it is written, states of each number."""
    data = dict(written)
    return {path: get(data, key_of(data, path)) for path in plans}


def share_of(own: UncertainPlan, value: object) -> float:
    """Return where in its law a written value lies: the inverse of ``alone``, for whole numbers the middle of those shares that give it.

    Raises
    ------
    BadValue
        if it is no single number in the unit of the range
    """
    return own.share_of(number_in(own, value))


def alone(plans: Plans, path: str, share: float) -> str:
    """Return the setting of one number at a share of its own law, whatever the others are."""
    return f"{path}={plans[path].at(share)}"


def written(plans: Plans, shares: Sequence[float]) -> tuple[str, ...]:
    """Return the settings of all numbers, in their order, from independent shares of [0, 1].

    Shares of exactly 0 or 1 give the ends, also of what is correlated; all others of those follow their partners.
    """
    ranks = ranks_of(plans)
    moved = correlated(shares, ranks) if ranks else shares
    return tuple(alone(plans, path, share) for path, share in zip(plans, moved, strict=True))


def draw(plans: Plans, seed: int, number: int) -> tuple[str, ...]:
    """Return the settings of one draw, independent of all others; every path has its own luck."""
    shares = [luck.uniform_one(seed, number, _PURPOSE, luck.entity_id(path)) for path in plans]
    return written(plans, shares)


def blocks(plans: Plans) -> tuple[tuple[str, ...], ...]:
    """Return the paths that must move together: those of one group, those with a correlation, and whatever a chain of both leads to."""
    paths = tuple(plans)
    linked = np.zeros((len(paths), len(paths)), dtype=bool)
    for pair, rank in ranks_of(plans).items():
        linked[pair] = rank != 0
    for (i, one), (j, other) in combinations(enumerate(plans.values()), 2):
        linked[i, j] |= bool(one.group) and one.group == other.group
    found: dict[int, list[str]] = {}
    for path, block in zip(paths, components(linked), strict=True):
        found.setdefault(int(block), []).append(path)
    return tuple(map(tuple, found.values()))


def ranks_of(plans: Plans) -> dict[Pair, float]:
    """Return the rank correlations that are written, by the numbers of the two paths, the lower first."""
    number = {path: n for n, path in enumerate(plans)}
    return {
        (min(i, j), max(i, j)): rank
        for path, own in plans.items()
        for other, rank in own.rank_correlation.items()
        for i, j in [(number[path], number[other])]
    }
