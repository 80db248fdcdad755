"""The release platform: when each system is open after an act is released, fused or entered one after another."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from sim import luck
from sim.luck import Luck
from sim.scenario import ActPlan, Scenario


def opening_delays(scenario: Scenario, night_luck: Luck, act: ActPlan) -> Mapping[str, float]:
    """Return minutes from the release of an act to the opening of each system, before that system's own set-up.

    Fused: none. Separate: operators enter the text in one system after another, in the order of the means; automated calls come
    last where only desks are called by them.
    """
    plan = scenario.plan
    means = [name for name in plan.means_of(act) if plan.channels.is_on_platform(name)]
    systems = [*means, *(["auto_call"] if plan.channels.auto_call and "auto_call" not in means else [])]
    if plan.platform.kind == "fused":
        return dict.fromkeys(systems, 0.0)
    free_min = [0.0] * plan.platform.operators
    opened: dict[str, float] = {}
    for system in systems:
        u = night_luck.one("platform/entry", luck.entity_id(act.id, system))
        opened[system] = heapq.heappop(free_min) + plan.platform.entry.draw(u)
        heapq.heappush(free_min, opened[system])
    return opened
