"""Answers known from outside, reproduced by contacts and first passage: gossip, percolation, Bass curves, first alert with contagion.

Cases V2b, V3, V3b, V15 and V16 of the collection of validation cases. A night here is a graph of contacts with delays drawn edge by edge;
nothing is stepped through time. Samples are compared within four standard errors, over nights of one seed.

In the limit of many households, each in contact with all others at the rate β/N, the share told follows p′ = (h(t) + β p)(1 − p), where h
is the hazard of official means. With N households the mean over nights differs from that by something of the order 1/N, while R nights
leave a standard error of the order 1/√(R N): as R is some hundredth of N, the first is about a tenth of the second.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import luck
from sim.distributions import Exponential
from sim.luck import Luck
from sim.warning.contagion import Contacts, edge_delays, first_passage
from tests.proof import assert_mean

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
pytestmark = pytest.mark.validation
SEED = 20250711


# Tools ----------------------------------------------------------------------------------------------------------------


def between(teller: Ints, listener: Ints) -> Contacts:
    """Return contacts of households whose id is their number."""
    return Contacts(teller, listener, luck.child_ids(teller, listener))


def everybody(size: int) -> Contacts:
    """Return all ordered pairs of ``size`` households."""
    teller, listener = np.divmod(np.arange(size * size), size)
    other = teller != listener
    return between(teller[other], listener[other])


def minutes_told(night: Luck, official_min: Floats, contacts: Contacts, mean_min: float, tells: float = 1) -> Floats:
    """Return when each household is told, where a share ``tells`` of contacts pass after exponential delays."""
    delay = edge_delays(night, contacts, tells, Exponential(mean_min), "telling")
    return first_passage(official_min, contacts.teller, contacts.listener, delay)[0]


def one_knows(size: int) -> Floats:
    """Return official minutes where household 0 is told at 0 and nobody else ever."""
    return np.where(np.arange(size) == 0, 0.0, np.inf)


# V15: gossip ----------------------------------------------------------------------------------------------------------


def test_v15_gossip_has_reached_everybody_after_the_known_mean_time() -> None:
    """V15: 50 households, 0.1 contacts a minute each with any other: E[T all] = 2 (n − 1) H₍ₙ₋₁₎ / (n λ) = 87.7924 min."""
    size, rate = 50, 0.1
    contacts = everybody(size)
    last = [
        minutes_told(Luck(SEED, night), one_knows(size), contacts, (size - 1) / rate).max() for night in range(1_500)
    ]
    assert_mean(np.array(last), 87.7924)


# V16: percolation -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("spread", "giant"), [(1.2, 0.313698), (1.5, 0.582812), (2, 0.796812), (3, 0.940480)])
def test_v16_an_outbreak_is_as_likely_and_as_large_as_the_giant_component(spread: float, giant: float) -> None:
    """V16: 20 000 households, four random contacts each on average, of which ``spread`` / 4 pass: s = 1 − e^(−spread · s).

    Contacts are drawn anew every night, or nights would share what chance made of one graph. Directed random edges lead as far as
    undirected ones of the same density. An outbreak from one household is tiny or giant; giant with probability s, and of mean size s: it
    spreads by √(s (1 − s) / n) / (1 − spread (1 − s)), at most 0.019 (at 1.2), and its mean is about 20 / n = 0.001 too low there, a fifth
    of the standard error of a dozen giant ones among 40, and less elsewhere.
    """
    size, nights, mean_contacts = 20_000, 40, 4
    edges = np.arange(size * mean_contacts)
    reached = []
    for night in range(nights):
        own = Luck(SEED, night)
        teller, listener = ((own.uniform(end, edges) * size).astype(np.int64) for end in ("teller", "listener"))
        told = minutes_told(own, one_knows(size), between(teller, listener), 8, spread / mean_contacts)
        reached.append(np.isfinite(told).mean())
    shares = np.array(reached)
    large = shares > giant / 3
    assert np.all(shares[~large] < 0.02)
    assert abs(large.mean() - giant) <= 4 * math.sqrt(giant * (1 - giant) / nights)
    assert_mean(shares[large], giant)


# V3, V3b, V2b: the limit of many --------------------------------------------------------------------------------------


def shares_told(official: Callable[[Floats], Floats], beta: float, minutes: list[float]) -> Floats:
    """Return the share told by each minute, shape (nights, minutes), where everybody meets everybody at rate ``beta`` in all."""
    size, nights = 1_000, 10
    contacts = everybody(size)
    shares = []
    for night in range(nights):
        own = Luck(SEED, night)
        official_min = official(own.uniform("official", np.arange(size)))
        told = minutes_told(own, official_min, contacts, size / beta) if beta else official_min
        shares.append([np.mean(told <= minute) for minute in minutes])
    return np.array(shares)


@pytest.mark.parametrize(
    ("alpha", "beta", "exact"),
    [
        pytest.param(0.02, 0.10, {15: 0.456996, 30: 0.855763, 45: 0.973499, 60: 0.995537}, id="V3"),
        pytest.param(0.05, 0.10, {30: 0.967397}, id="V3b-1"),
        pytest.param(0.10, 0.05, {30: 0.983429}, id="V3b-2"),
        pytest.param(0.005, 0.20, {30: 0.919405}, id="V3b-3"),
        pytest.param(0.02, 0.0, {30: 0.451188}, id="V3b-4"),
    ],
)
def test_v3_contact_of_all_with_all_gives_the_bass_curve(alpha: float, beta: float, exact: dict[float, float]) -> None:
    """V3: official minutes Exp(α), contacts at rate β/N: p(t) = (1 − e^(−(α+β)t)) / (1 + (β/α) e^(−(α+β)t)) as N grows."""
    shares = shares_told(Exponential(1 / alpha).draw, beta, list(exact))
    for sample, share in zip(shares.T, exact.values(), strict=True):
        assert_mean(sample, share)


def by_rayleigh_hazard(u: Floats) -> Floats:
    """Return T with P(T > t) = e^(−R(t)), R(t) = 1 − e^(−t²/(2B²)), B = 95 min; ``inf`` for the e⁻¹ who never hear officially."""
    hazard = -np.log1p(-u)
    heard = hazard < 1
    return np.where(heard, 95 * np.sqrt(-2 * np.log1p(-np.where(heard, hazard, 0))), np.inf)


@pytest.mark.parametrize(
    ("contagion", "exact"),
    [
        pytest.param(
            0.06,
            {15: 0.016957, 30: 0.091916, 45: 0.263429, 60: 0.517486, 75: 0.751521, 90: 0.892829, 120: 0.983982},
            id="C=0.06",
        ),
        pytest.param(0.0, {9_999: 0.632121}, id="C=0"),
    ],
)
def test_v2b_contagion_on_top_of_a_rayleigh_hazard(contagion: float, exact: dict[float, float]) -> None:
    """V2b: p′ = (r(t) + C p)(1 − p), B = 95 min; without contagion 1 − 1/e are ever told."""
    shares = shares_told(by_rayleigh_hazard, contagion, list(exact))
    for sample, share in zip(shares.T, exact.values(), strict=True):
        assert_mean(sample, share)
