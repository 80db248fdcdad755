"""The fast model agrees with the slow one in distribution, on nights with every block, every means and luck at every step.

Each of about 250 numbers of a night (who answered, was told, by what, left, is safe, exposed and why, reported, by six minutes) is a mean
over ``NIGHTS`` nights of either model, with luck of its own. Two means must lie within ``TOLERANCE`` = 4 standard errors of each other:
6.3·10⁻⁵ each, by Bonferroni at most 1.7 % for all of one test if the models are the same; seeds are fixed, so it is passed once and for all.

The proof (``make prove``) plays 160 nights, the ordinary tests 40. Power: a difference d is seen with 90 % probability if
d ≥ (4 + 1.2816) · σ · √(2 / n), where σ is the standard deviation from night to night. For n = 160 that is 0.59 σ: 0.30 for a
probability of one half (σ = 0.5), 0.13 for one of 5 % (σ = 0.22), and for the number of 45 households warned within 20 minutes
(σ = 3.6) 2.1 households, a share of 0.05.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.scenario import Scenario
from sim.warning import simulate
from tests.reference import calls
from tests.reference.model import play
from tests.reference.outcomes import of_fast, of_reference
from tests.reference.world import Play
from tests.strategies import CARRIED, Small, full_night, with_outages

pytestmark = pytest.mark.slow
PROOF_NIGHTS, TOLERANCE, Z90 = 160, 4.0, 1.2816
NIGHTS = PROOF_NIGHTS if "JIAOYING_PROOF" in os.environ else 40


def stochastic() -> Small:
    """Return a night with luck at every step.

    How far from a house the path of a gong lies is settled with the county in the fast model, and drawn in the reference: here it is nothing.
    """
    night = full_night()
    for name in CARRIED:
        night.scenario["channels"][name]["passing"] = "0.01 m"
    return night


def load(night: Small) -> Scenario:
    """Load a night from a folder that does not outlive the call."""
    with tempfile.TemporaryDirectory() as folder:
        return night.load(Path(folder))


def apart(scenario: Scenario, nights: int) -> dict[str, float]:
    """Return by how many standard errors the means of each number differ."""
    codes, persons = scenario.county.places.code, scenario.county.households.persons.tolist()
    fast = [of_fast(simulate(scenario, k), codes, persons) for k in range(nights)]
    slow = [of_reference(play(scenario, np.random.default_rng(k))) for k in range(nights)]
    result = {}
    for name in sorted(set().union(*fast, *slow)):
        one, other = (np.array([numbers.get(name, 0.0) for numbers in sample]) for sample in (fast, slow))
        error = math.sqrt((one.var(ddof=1) + other.var(ddof=1)) / nights + 1 / nights**2)  # 1/n: what is very rare
        result[name] = abs(one.mean() - other.mean()) / error
    return result


def detectable(sigma: float, nights: int) -> float:
    """Return the smallest difference of means that is seen with 90 % probability."""
    return (TOLERANCE + Z90) * sigma * math.sqrt(2 / nights)


def test_the_power_is_as_stated() -> None:
    """The numbers of the docstring above, by its formula."""
    assert [round(detectable(sigma, PROOF_NIGHTS), 2) for sigma in (1.0, 0.5, math.sqrt(0.05 * 0.95))] == [
        0.59,
        0.30,
        0.13,
    ]
    assert detectable(3.6, PROOF_NIGHTS) == pytest.approx(2.1, abs=0.05)


@pytest.mark.parametrize("conditions", [lambda night: night, with_outages], ids=["calm", "dark"])
def test_a_night_of_luck_agrees(conditions: Callable[[Small], Small]) -> None:
    """Every number of a night has the same mean in both models."""
    distances = apart(load(conditions(stochastic())), NIGHTS)
    assert len(distances) > 200
    assert {name: round(z, 1) for name, z in distances.items() if z > TOLERANCE} == {}


def test_a_broken_reference_is_seen_in_the_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference in which telephones ring six times as long answers later, and 40 nights show it."""
    ring = calls.Calls.ring

    def longer(self: calls.Calls, job: calls.Job, step: calls.AttemptPlan, *rest: object) -> Play:
        return ring(self, job, step.model_copy(update={"ring_min": 6 * step.ring_min}), *rest)

    monkeypatch.setattr(calls.Calls, "ring", longer)
    distances = apart(load(stochastic()), 40)
    assert any(z > TOLERANCE and "answered by" in name for name, z in distances.items())
