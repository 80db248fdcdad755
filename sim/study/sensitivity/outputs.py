"""The outputs of an analysis: numbers of each run of the whole county, whose mean over the runs of a point is studied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.study.compare.comparison import NUMBERS
from sim.study.nights import Nights
from sim.study.requirements import requirements, simulated
from sim.study.sensitivity.found import Output
from sim.study.study_tables import name_of

Floats = NDArray[np.float64]
TOLD = {"told_95_min": "warned_p95_min", "told_90_min": "warned_p90_min", "told_50_min": "warned_p50_min"}
"""When so many of 100 households have been told, from the release, and the measure after T0 that says so."""
_NUMBERS = ("share_60min", "exposed_at_onset_persons", "villages_never_reached")
"""Which numbers of the county are studied besides, where they are simulated."""


def outputs_of(scenario: Scenario, nights: Nights) -> tuple[Output, ...]:
    """Return what is asked about: the chance of each requirement that the nights simulate, and the numbers that they have."""
    return (*_chances(scenario, nights), *_of_county(nights))


def _chances(scenario: Scenario, nights: Nights) -> Iterator[Output]:
    for own, plan in requirements(scenario, nights).items():
        if simulated(nights, own):
            yield Output(f"target:{own}:met", own, name_of(own, plan), "1", "more")


def _of_county(nights: Nights) -> Iterator[Output]:
    have = {column.measure for column in nights.columns}
    for measure in (_told(nights), *(measure for measure in _NUMBERS if measure in have)):
        unit, better = NUMBERS[measure]
        yield Output(measure, "", "", unit, better)


def _told(nights: Nights) -> str:
    """Return the time that is studied: when 95 of 100 households have been told; where that mostly never comes 90, or half of them."""
    come = (name for name, measure in TOLD.items() if np.isfinite(nights.of_county(measure)).mean() >= 0.5)
    return next(come, next(iter(TOLD)))


def required_of(scenario: Scenario, nights: Nights) -> Mapping[str, float]:
    """Return with which probability each requirement must be kept."""
    return {own: plan.probability for own, plan in requirements(scenario, nights).items()}


def values_of(output: Output, scenario: Scenario, nights: Nights) -> Floats:
    """Return what an output was in each run, shape (runs,): 1 or 0 for a requirement kept or not; NaN where a run has none.

    A requirement that meant nobody in a run was neither kept nor missed in it: how often it is kept cannot be told from such runs.
    """
    if output.requirement:
        return nights.of_county(f"target:{output.requirement}:met")
    return _told_min(scenario, nights, TOLD[output.key]) if output.key in TOLD else nights.of_county(output.key)


def _told_min(scenario: Scenario, nights: Nights, measure: str) -> Floats:
    """Return how many minutes after the release a measure came, at most those that were left of the run.

    So its mean over runs is the restricted one (Royston & Parmar 2013): a time that never comes counts as the end of the run. A warning that is
    never released counts as the whole run.
    """
    end = scenario.plan.end_min
    released = nights.of_county("release_min")
    since = np.where(np.isfinite(released), released, 0.0)
    told: Floats = np.minimum(nights.of_county(measure), end) - since
    return told
