"""Response-time requirements, judged on one night: 按时, 超时 or 未完成. Only a study of many nights may say 推演达标."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.coverage import NANOMINUTE, time_to_share
from sim.records import Night
from sim.scenario import Scenario, TargetPlan


@dataclass(frozen=True)
class TargetResult:
    """One target on one night; ``value_min`` is the time its share took, ``None`` if it was never reached.

    A target that speaks of nobody (no listed household, say) is kept at once, with value 0.
    """

    plan: TargetPlan
    value_min: float | None

    @property
    def met(self) -> bool:
        """Whether the share was reached within the limit; a limit kept to the nanominute is kept."""
        return self.value_min is not None and self.value_min <= self.plan.within_min + NANOMINUTE


def judge(scenario: Scenario, night: Night) -> tuple[TargetResult, ...]:
    """Return the result of every target of the scenario."""
    return tuple(TargetResult(plan, _value(scenario, night, plan)) for plan in scenario.plan.targets)


def _value(scenario: Scenario, night: Night, plan: TargetPlan) -> float | None:
    since = night.release_min if plan.since == "release" else 0.0
    times = times_of(scenario, night, plan.of_whom)
    if len(times) == 0:
        return 0.0
    value = time_to_share(times, plan.share) - since
    return float(value) if math.isfinite(value) else None


def times_of(scenario: Scenario, night: Night, of_whom: str) -> NDArray[np.float64]:
    """Return the minutes of everybody a target speaks of, ``inf`` for those to whom it never happened."""
    county = scenario.county
    if of_whom == "household":
        return night.households.warned_min
    if of_whom == "listed_household":
        return night.households.warned_min[county.households.listed]
    level = county.level_index(of_whom)
    times: NDArray[np.float64] = night.places.acknowledged_min[county.places.level == level]
    return times
