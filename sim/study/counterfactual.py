"""Which step was decisive where a requirement was missed: the same nights are played once more without it.

A step is decisive on a night that missed a requirement if the night keeps it once that step alone is taken out, under the same luck. Several
steps may each be decisive, or none: then it takes more than one to mend it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.targets import subject
from sim.scenario import Scenario
from sim.study.intervals import exact_interval
from sim.study.nights import Nights
from sim.study.parts import Part
from sim.study.removals import REMOVALS, bears_on, removed
from sim.study.requirements import kept, requirements, simulated

Bools = NDArray[np.bool_]
NIGHTS = 100
"""The first so many nights are looked at, whatever they turn out to be."""


def withouts(scenario: Scenario, nights: Nights) -> dict[str, Part]:
    """Return what is played again: without each step that the scenario has, the nights that missed a requirement which the step comes before."""
    looked_at = nights.first(NIGHTS)
    plans = {own: plan for own, plan in requirements(scenario, nights).items() if simulated(nights, own)}
    again = {}
    for removal in REMOVALS:
        missed = [~kept(looked_at, own) for own, plan in plans.items() if bears_on(removal, subject(scenario, plan)[0])]
        which = np.flatnonzero(np.any(missed, axis=0)).tolist() if missed else []
        settings = removed(scenario.plan, removal)
        if which and settings:
            numbers = tuple(looked_at.replications[night] for night in which)
            again[removal] = Part(f"without/{removal}", settings, numbers)
    return again


@dataclass(frozen=True)
class Decisive:
    """Of the nights that missed a requirement, ``missed``, those that would have kept it without a step, ``decisive``.

    ``removal`` is empty for those in which no single step is. ``low`` and ``high``: the exact 95 % interval of the share.
    """

    requirement: str
    removal: str
    missed: int
    decisive: int
    low: float
    high: float


def decisive(scenario: Scenario, nights: Nights, without: Mapping[str, Nights]) -> list[Decisive]:
    """Return for each requirement that some night missed how often each step before it was decisive, and how often none was."""
    looked_at, found = nights.first(NIGHTS), []
    for own, plan in requirements(scenario, nights).items():
        missed, event = ~kept(looked_at, own), subject(scenario, plan)[0]
        if not missed.any() or not simulated(nights, own):
            continue
        mended = {
            removal: missed & np.isin(looked_at.replications, np.array(again.replications)[kept(again, own)])
            for removal, again in without.items()
            if bears_on(removal, event)
        }
        mended[""] = missed & ~np.any([*mended.values()], axis=0)
        found += [_share(own, removal, missed, those) for removal, those in mended.items()]
    return found


def _share(own: str, removal: str, missed: Bools, mended: Bools) -> Decisive:
    of, count = int(missed.sum()), int(mended.sum())
    low, high = exact_interval(np.array([count]), of)
    return Decisive(own, removal, of, count, float(low[0]), float(high[0]))
