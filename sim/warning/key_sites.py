"""Threatened key sites (重点单位): their staff bring their people away, some at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.county import County
from sim.luck import Luck
from sim.records import ActRecords, KeySiteRecords
from sim.scenario import Scenario
from sim.scenario.evacuation import TriggerPlan
from sim.warning.refuges import minutes_per_metre
from sim.warning.scene import Habits
from sim.warning.setting import Setting, Zones
from sim.warning.triggers import speaks_of_danger

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def key_sites(
    scenario: Scenario,
    setting: Setting,
    acts: Sequence[ActRecords],
    night_luck: Luck,
    habits: Habits,
    struck_min: Floats,
) -> KeySiteRecords:
    """Return when each threatened key site was told and had been left; ``struck_min`` per zone.

    It moves on its first answer to an act that asks people of its zone to leave (whom a trigger asks only for help is no site). Its people
    go in rounds, each member of the staff with ``per_staff`` of them; the staff walk back for the next round. How far: to the nearest
    opened shelter by the crow flies.
    """
    county, plan = scenario.county, scenario.plan.evacuation
    zone = county.key_sites["zone"].to_numpy(dtype=np.int64)
    rows = np.flatnonzero(zone >= 0)
    zone = zone[rows]
    persons, staff = (county.key_sites[name].to_numpy(dtype=np.int64)[rows] for name in ("persons", "staff"))
    prompted, safe, onset = np.full(len(rows), np.inf), np.full(len(rows), np.inf), struck_min[zone]
    if plan is None or plan.key_sites is None or not len(rows):
        return KeySiteRecords(rows, prompted, safe, onset, np.where(np.isfinite(onset), persons, 0))
    first = setting.network.nodes.sites
    for act in acts:
        if act.kind == "local" or not speaks_of_danger(act):
            continue
        answered = act.calls.acknowledged_min[first + rows]
        for own in plan.triggers.values():
            if act.level in own.on:
                asked = np.where(_asked(own, zone, county, setting.zones, answered, habits), answered, np.inf)
                prompted = np.minimum(prompted, asked)
    entity = county.key_sites["entity"].to_numpy(dtype=np.uint64)[rows]
    leaves = prompted + plan.key_sites.prepare.draw(night_luck.uniform("key_site/prepare", entity))
    each_round = np.maximum(staff * plan.key_sites.per_staff, 1)
    rounds = np.maximum(np.ceil(persons / each_round), 1)
    walk = _way_m(scenario)[rows] * minutes_per_metre(plan.walking, scenario.plan.hazard.rain)
    walk = walk * np.where(habits.is_night(leaves), plan.walking.night, 1.0)
    safe = leaves + (2 * rounds - 1) * walk + plan.shelters.check_in_min
    left = np.isfinite(onset) & (safe > onset)
    # round r is over at leaves + (2 r − 1) · walk + check-in
    spare_min = np.full(len(rows), -np.inf)
    np.subtract(onset - plan.shelters.check_in_min, leaves, out=spare_min, where=left & np.isfinite(safe))
    with np.errstate(over="ignore"):  # where the site is its own shelter all rounds are over at once
        over = np.floor((spare_min / np.maximum(walk, np.finfo(np.float64).tiny) + 1) / 2)
    out = np.clip(over, 0, rounds) * each_round
    exposed = np.where(left, np.maximum(persons - np.where(np.isfinite(out), out, 0), 0), 0).astype(np.int64)
    safe[safe > scenario.plan.end_min] = np.inf
    return KeySiteRecords(rows, prompted, safe, onset, exposed)


def _asked(own: TriggerPlan, zone: Ints, county: County, zones: Zones, answered_min: Floats, habits: Habits) -> Bools:
    """Return which key sites a trigger asks to leave, by the kind of their zone, its being registered, and the hour."""
    asked = np.full(len(zone), own.whom != "needs_help")
    if own.zones:
        asked &= np.isin(zones.kind[zone], own.zones)
    if own.whom == "listed":
        asked &= county.zones["registered"].to_numpy(dtype=bool)[zone]
    if own.hours != "any":
        asked &= habits.is_night(answered_min) == (own.hours == "night")
    return asked


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
