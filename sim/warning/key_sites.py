"""Threatened key sites (重点单位): their staff bring their people away, some at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.records import ActRecords, KeySiteRecords
from sim.scenario import Scenario
from sim.warning.refuges import minutes_per_metre
from sim.warning.scene import Habits
from sim.warning.setting import Setting
from sim.warning.triggers import may_prompt

Floats = NDArray[np.float64]


def key_sites(
    scenario: Scenario,
    setting: Setting,
    acts: Sequence[ActRecords],
    night_luck: Luck,
    habits: Habits,
    struck_min: Floats,
) -> KeySiteRecords:
    """Return when each threatened key site was told and had been left; ``struck_min`` per zone.

    It moves on the first answer to an act that asks people to leave. Its people go in rounds, each member of the staff with
    ``per_staff`` of them; the staff walk back for the next round. How far: to the nearest opened shelter by the crow flies.
    """
    county, plan = scenario.county, scenario.plan.evacuation
    zone = county.key_sites["zone"].to_numpy(dtype=np.int64)
    rows = np.flatnonzero(zone >= 0)
    prompted, safe = np.full(len(rows), np.inf), np.full(len(rows), np.inf)
    onset = struck_min[zone[rows]] if len(rows) else safe
    if plan is None or plan.key_sites is None or not len(rows):
        return KeySiteRecords(rows, prompted, safe, onset)
    first = setting.network.nodes.sites
    for act in acts:
        if act.kind != "local" and may_prompt(scenario, act):
            prompted = np.minimum(prompted, act.calls.acknowledged_min[first + rows])
    entity = county.key_sites["entity"].to_numpy(dtype=np.uint64)[rows]
    leaves = prompted + plan.key_sites.prepare.draw(night_luck.uniform("key_site/prepare", entity))
    persons, staff = (county.key_sites[name].to_numpy(dtype=np.int64)[rows] for name in ("persons", "staff"))
    rounds = np.maximum(np.ceil(persons / np.maximum(staff * plan.key_sites.per_staff, 1)), 1)
    walk = _way_m(scenario)[rows] * minutes_per_metre(plan.walking, scenario.plan.hazard.rain)
    walk = walk * np.where(habits.is_night(leaves), plan.walking.night, 1.0)
    safe = leaves + (2 * rounds - 1) * walk + plan.shelters.check_in_min
    safe[safe > scenario.plan.end_min] = np.inf
    return KeySiteRecords(rows, prompted, safe, onset)


def _way_m(scenario: Scenario) -> Floats:
    """Return how far each key site is from the nearest opened shelter, as the crow flies."""
    county, plan = scenario.county, scenario.plan.evacuation
    assert plan is not None  # noqa: S101 - the caller's case
    opened = county.shelters[county.shelters["kind"].isin(plan.shelters.kinds)]
    if opened.empty:
        return np.full(len(county.key_sites), plan.shelters.to_safety_m)
    here, there = (table[["x_m", "y_m"]].to_numpy(dtype=np.float64) for table in (county.key_sites, opened))
    metres: Floats = np.sqrt(((here[:, None, :] - there[None, :, :]) ** 2).sum(axis=2)).min(axis=1)
    return metres
