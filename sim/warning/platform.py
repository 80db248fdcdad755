"""The release platform: when each system is open after an act is released, fused or entered one after another."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from sim import luck
from sim.luck import Luck
from sim.scenario import ActPlan, Scenario
from sim.scenario.schema import ScenarioPlan

CALLING_SYSTEMS = ("flash_sms", "sms", "wechat", "auto_call")
"""Means that may be systems of the platform and by which persons can be called, in the order in which they are entered."""


def calls_by_platform(plan: ScenarioPlan, name: str) -> bool:
    """Return whether a means of calling persons is a system of the platform, and not somebody's own telephone."""
    return name in CALLING_SYSTEMS and getattr(plan.channels, name) is not None and plan.channels.is_on_platform(name)


def opening_delays(scenario: Scenario, night_luck: Luck, act: ActPlan) -> Mapping[str, float]:
    """Return minutes from the release of an act to the opening of each system, before that system's own set-up.

    Fused: none. Separate: operators enter the text in one system after another, in the order of the means; systems by which only desks
    and responsible persons are called come last.
    """
    plan = scenario.plan
    means = [name for name in plan.means_of(act) if plan.channels.is_on_platform(name)]
    calling = [name for name in CALLING_SYSTEMS if name in plan.roster.call_channels and name not in means]
    systems = [*means, *(name for name in calling if calls_by_platform(plan, name))]
    if plan.platform.kind == "fused":
        return dict.fromkeys(systems, 0.0)
    free_min = [0.0] * plan.platform.operators
    opened: dict[str, float] = {}
    for system in systems:
        u = night_luck.one("platform/entry", luck.entity_id(act.id, system))
        opened[system] = heapq.heappop(free_min) + plan.platform.entry.draw(u)
        heapq.heappush(free_min, opened[system])
    return opened
