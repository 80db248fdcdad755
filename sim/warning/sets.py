"""Emergency sets (应急通信终端): who holds one and can use it, and whether it works where they are tonight."""

from __future__ import annotations

import math
from collections.abc import Callable

import simpy

from sim.luck import Luck
from sim.scenario import Scenario
from sim.scenario.channels import SetPlan
from sim.warning.engine import Callers

_COUNTY = 0


class Sets:
    """The radios and satellite phones of tonight.

    The county's command centre has every kind, staffed and within coverage. Elsewhere a set counts if somebody there is trained; whether
    it works is drawn once per place and kind, and so is its charge.
    """

    def __init__(self, env: simpy.Environment, scenario: Scenario, night_luck: Luck) -> None:
        county = scenario.county
        self._env, self._luck, self._places, self._channels = env, night_luck, county.places, scenario.plan.channels
        table = county.networks.sets
        trained = table[table["trained"].astype(bool)]
        self._count: dict[tuple[str, int], int] = {}
        for code, device, count in zip(trained["place"], trained["device"], trained["count"], strict=True):
            key = (device, county.index[code])
            self._count[key] = self._count.get(key, 0) + int(count)
        self._units: dict[tuple[str, int], Callers] = {}

    def plan(self, device: str) -> SetPlan | None:
        """Return how a kind of set is used, if the scenario plans it."""
        plan: SetPlan | None = getattr(self._channels, device)
        return plan

    def join(self, device: str, here: int, there: int, has_line: Callable[[int], bool]) -> bool:
        """Tell whether two places could talk by a kind of set: both hold one, within reach of each other.

        A satellite phone also reaches, and is reached by, an ordinary telephone where a place ``has_line``.
        """
        here_has, there_has = self.holds(device, here), self.holds(device, there)
        if not (here_has or there_has) or (plan := self.plan(device)) is None:
            return False
        by_phone = device == "sat_phone"
        joined = (here_has or (by_phone and has_line(here))) and (there_has or (by_phone and has_line(there)))
        return joined and self._apart_m(here, there) <= (plan.reach_m or math.inf)

    def holds(self, device: str, place: int) -> bool:
        """Tell whether a place has such a set and somebody who can use it."""
        return place == _COUNTY or self._count.get((device, place), 0) > 0

    def works(self, device: str, place: int) -> bool:
        """Tell whether the set of a place works there tonight and still has charge."""
        plan, entity = self.plan(device), int(self._places.entity[place])
        if place == _COUNTY or plan is None:
            return plan is not None
        if self._luck.one(f"{device}/works", entity) >= plan.works:
            return False
        return plan.charge is None or self._env.now < plan.charge.draw(self._luck.one(f"{device}/charge", entity))

    def units(self, device: str, place: int) -> Callers | None:
        """Return the sets of a place, given out one call at a time; ``None`` where it needs none (the county, an ordinary telephone)."""
        count = self._count.get((device, place), 0)
        if not count:
            return None
        if (device, place) not in self._units:
            self._units[device, place] = Callers(self._env, count)
        return self._units[device, place]

    def _apart_m(self, here: int, there: int) -> float:
        x, y = self._places.x_m, self._places.y_m
        return math.hypot(x[here] - x[there], y[here] - y[there])
