"""When danger zones are struck tonight; nothing that people do changes it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.scenario import Scenario
from sim.scenario.evacuation import OnsetPlan
from sim.warning.conditions import Conditions
from sim.warning.setting import Zones, setting

Floats = NDArray[np.float64]


def onsets(scenario: Scenario, night_luck: Luck, conditions: Conditions) -> Floats:
    """Return when each zone of the county is struck, minutes after T0, ``inf`` for those that are not; shape (zones,)."""
    plan, zones = scenario.plan.hazard.onset, setting(scenario).zones
    struck_min = np.full(len(zones), np.inf)
    if plan is None:
        return struck_min
    for name, law in plan.laws.items():
        of_law = _drawn(name, law, scenario, zones, night_luck, conditions)
        struck_min = np.minimum(struck_min, of_law)
    index = {code: row for row, code in enumerate(zones.code)}
    for stated in plan.stated:
        struck_min[index[stated.zone]] = stated.at_min
    return struck_min


def _drawn(
    name: str, law: OnsetPlan, scenario: Scenario, zones: Zones, night_luck: Luck, conditions: Conditions
) -> Floats:
    """Return when the zones of one law are struck.

    A zone that shares the fate of its township (with probability ``together``) uses the township's luck, which is uniform too: each zone
    is struck with its own probability for any ``together``.
    """
    share = getattr(law.share, scenario.plan.hazard.rain)
    within = np.ones(len(zones), dtype=bool) if not law.kinds else np.isin(zones.kind, law.kinds)
    since = np.zeros(len(zones))
    if law.with_flood:
        since = conditions.hit_min[zones.place]
        within &= np.isfinite(since)
    purpose = f"onset/{name}"
    own, township = zones.entity, scenario.county.places.entity[zones.township]
    together = night_luck.uniform(f"{purpose}/shares", own) < law.together
    u = {what: night_luck.uniform(f"{purpose}/{what}", own) for what in ("struck", "at")}
    for what, drawn in u.items():
        drawn[together] = night_luck.uniform(f"{purpose}/{what}/together", township[together])
    struck: Floats = np.where(within & (u["struck"] < share), since + law.at.draw(u["at"]), np.inf)
    return struck
