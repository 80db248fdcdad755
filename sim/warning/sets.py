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

    The county's command centre has every kind, staffed and within coverage. Elsewhere a set counts while somebody on duty can use it or,
    where the roster does not say who can, if somebody there is trained. Whether it works is drawn once per place and kind, and so is its
    charge.
    """

    def __init__(self, env: simpy.Environment, scenario: Scenario, night_luck: Luck) -> None:
        county = scenario.county
        self._env, self._luck, self._places, self._channels = env, night_luck, county.places, scenario.plan.channels
        self._roster, table = scenario.roster, county.networks.sets
        self._count: dict[tuple[str, int], int] = {}
        columns = (table[name] for name in ("place", "device", "count", "trained"))
        for code, device, count, trained in zip(*columns, strict=True):
            if trained or code in self._roster.set_users:
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
        if place == _COUNTY:
            return True
        return (device, place) in self._count and self._roster.can_use(self._places.code[place], device, self._env.now)

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
