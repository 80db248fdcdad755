"""What is not known of a scenario: numbers that stand in it once, but may be anything within a range, and a draw of all of them.

A draw is a list of settings, as ``--set`` takes them; so a scenario with them is one that anybody can play.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from pydantic import Field

from sim import luck
from sim.blocks import Block
from sim.errors import BadValue, Text, shown
from sim.scenario.documents import get, key_of
from sim.scenario.reading import read_yaml
from sim.units import split

Written = int | float | str
_PURPOSE = "scenario/uncertain"


class UncertainPlan(Block):
    """A number that is not known: anything between two ends, all alike."""

    title: str = Field("", max_length=100, description="说不准的是什么，报告中显示")
    range: tuple[Written, ...] = Field(
        min_length=2,
        max_length=2,
        description="可能的范围 [低, 高]，写法、单位与原来那一项相同；范围内各值一样可能",
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
        """Return the value that lies so far up the range, as it is written; a whole number between whole ends without a unit."""
        low, high, unit = self.ends
        if not unit and all(isinstance(end, int) for end in self.range):
            return math.floor(low + share * (high - low + 1))
        value = low + share * (high - low)
        return f"{value!r} {unit}" if unit else value


def holds(own: UncertainPlan, stated: object) -> bool:
    """Tell whether a range holds what the scenario states.

    Raises
    ------
    BadValue
        if that is no single number, or of another unit
    """
    low, high, unit = own.ends
    value, other = split(stated)
    if unit != other:
        raise BadValue(
            Text(f"原来写的是“{shown(stated)}”，单位不同", f"the scenario has '{shown(stated)}', in another unit"),
            Text("按原来的单位写范围", "write the range in that unit"),
        )
    return low <= value <= high


def stated(plans: Mapping[str, UncertainPlan], resolved: str) -> dict[str, object]:
    """Return what a scenario, as YAML text, states of each number."""
    data, _ = read_yaml(resolved, "", [])
    return {path: get(data, key_of(data, path)) for path in plans}


def draw(plans: Mapping[str, UncertainPlan], seed: int, number: int) -> tuple[str, ...]:
    """Return the settings of one draw, independent of all others; every path has its own luck."""
    return tuple(f"{path}={value}" for path, value in _values(plans, seed, number))


def _values(plans: Mapping[str, UncertainPlan], seed: int, number: int) -> Iterator[tuple[str, Written]]:
    for path, own in plans.items():
        yield path, own.at(luck.uniform_one(seed, number, _PURPOSE, luck.entity_id(path)))
