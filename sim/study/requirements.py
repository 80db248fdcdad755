"""The requirements that nights were judged by."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.scenario import CallTargetPlan, Scenario, TargetPlan
from sim.study.nights import Nights

Bools = NDArray[np.bool_]
Requirement = TargetPlan | CallTargetPlan


def requirements(scenario: Scenario, nights: Nights) -> dict[str, Requirement]:
    """Return the requirements by the id they have on a night; a call target about several acts has an id for each."""
    plans: list[Requirement] = [*scenario.plan.targets, *scenario.plan.call_targets]
    named = {plan.id: plan for plan in plans}
    return {own: named[own.partition("@")[0]] for own in nights.requirements}


def simulated(nights: Nights, own: str) -> bool:
    """Return whether the nights simulate what a requirement is about, and anybody is meant on any of them."""
    return not bool(np.isnan(nights.of_county(f"target:{own}:min")).all())


def kept(nights: Nights, own: str) -> Bools:
    """Return whether each night kept a requirement, shape (nights,); one that meant nobody on a night was not missed on it."""
    kept: Bools = nights.of_county(f"target:{own}:met") != 0
    return kept
