"""How long things take: the law of a duration, of the family that the scenario has, updated from its numbers as a weak prior.

A lognormal law: ln median is normal around the scenario's, ln σ (σ from median and 90th percentile) too, both with the weight of four
observations: standard deviations σ / √4 and 1 / √8, as so many observations would leave them (Gelman et al. 2013, Bayesian Data Analysis, §3).
A triangular law: ln high is normal around the scenario's (σ 0.5), and so are the log odds of mode / high and of low / mode (σ 1); what is 0 or 1
there by the scenario (a low of 0) stays. The law that is written has the posterior means on these scales, so that without data it is the
scenario's.

Calls that nobody picks up end when the caller hangs up, so long pick-ups are seen less often. How long callers let it ring is estimated
by Kaplan and Meier (1958, JASA 53) from the calls that nobody picked up, in which a call picked up is censored at that moment; the law then
counts, for each pick-up, among those that such patience would have seen: f(t) / Σ w F(r). How many would never have picked up does not enter:
many who do not answer cannot be reached at all, so to take each of their calls for a pick-up later than its ring would make everybody slow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeGuard

import numpy as np
from scipy import special, stats

from sim.distributions import Lognormal, Triangular
from sim.exercise.calibrate.answers import Belief
from sim.exercise.calibrate.grid import Floats, posterior

WEIGHT = 4.0
"""So many observations the scenario's law of a duration counts for."""
_SD_HIGH, _SD_ODDS = 0.5, 1.0
_SDS, _ROOM = 8.0, 1.0
_Z90 = float(special.ndtri(0.9))

Law = Lognormal | Triangular


@dataclass(frozen=True, eq=False)
class Patience:
    """How long callers let it ring: lengths and what share of callers each is of; the last may be without end."""

    rings_min: Floats
    shares: Floats

    def seen(self, below: Callable[[Floats], Floats]) -> Floats:
        """Return what share of pick-ups callers wait for, by the distribution function of the time to pick up."""
        seen: Floats = np.sum(
            [share * below(ring) for ring, share in zip(self.rings_min, self.shares, strict=True)], axis=0
        )
        return seen

    def pit(self, below: Callable[[Floats], Floats], picked_up_min: Floats) -> Floats:
        """Return at what share of the pick-ups that are seen each one lies: uniform if the law holds."""
        clipped = [
            share * below(np.minimum(picked_up_min, ring))
            for ring, share in zip(self.rings_min, self.shares, strict=True)
        ]
        pit: Floats = np.sum(clipped, axis=0) / self.seen(below)
        return pit


ENDLESS = Patience(np.array([np.inf]), np.array([1.0]))
"""Nothing is cut off."""


def patience_of(rings_min: Sequence[float], picked_up_min: Sequence[float]) -> Patience:
    """Return how long callers let it ring, from the rings of calls that nobody picked up and the moments of those that somebody did."""
    if not rings_min:
        return ENDLESS
    waiting = stats.ecdf(stats.CensoredData(uncensored=np.sort(rings_min), right=np.sort(picked_up_min))).sf
    left = np.concatenate([[1.0], waiting.probabilities])
    shares = np.concatenate([left[:-1] - left[1:], left[-1:]])
    rings = np.concatenate([waiting.quantiles, [np.inf]])
    there = shares > 1e-12
    return Patience(rings[there], shares[there])


@dataclass(frozen=True, eq=False)
class Times:
    """What was learnt of a duration: the law, and what is believed of each of its parameters [min]."""

    law: Law
    beliefs: Mapping[str, Belief]


def below(law: Law) -> Callable[[Floats], Floats]:
    """Return the distribution function of a law."""
    if isinstance(law, Lognormal):
        return lambda t: _ndtr_log(t, math.log(law.median), law.sigma)
    width = law.high - law.low
    return lambda t: np.asarray(stats.triang.cdf(t, (law.mode - law.low) / width, law.low, width))


def moves(law: object) -> TypeGuard[Law]:
    """Tell whether a law is of a family that is learnt here, and has a spread."""
    if isinstance(law, Lognormal):
        return law.sigma > 0
    return isinstance(law, Triangular) and 0 < law.high > law.low


def learn(law: Law, minutes: Sequence[float], patience: Patience = ENDLESS) -> Times:
    """Return the law after so many observations, all above zero, in any order; ``patience`` only goes with a lognormal law."""
    values, repeated = np.unique(np.asarray(minutes, dtype=np.float64), return_counts=True)
    counts = repeated.astype(np.float64)
    return _lognormal(law, values, counts, patience) if isinstance(law, Lognormal) else _triangular(law, values, counts)


# --- lognormal --------------------------------------------------------------------------------------------------------


def _lognormal(law: Lognormal, values: Floats, counts: Floats, patience: Patience) -> Times:
    middle, spread = math.log(law.median), math.log(law.sigma)
    sd_middle, sd_spread = law.sigma / math.sqrt(WEIGHT), 1 / math.sqrt(2 * WEIGHT)
    logs = np.log(values)
    n, total, squares = counts.sum(), counts @ logs, counts @ logs**2

    def prior(at: Floats, log_sigma: Floats) -> Floats:
        return -((at - middle) ** 2) / (2 * sd_middle**2) - (log_sigma - spread) ** 2 / (2 * sd_spread**2)

    def log_density(at: Floats, log_sigma: Floats) -> Floats:
        sigma = np.exp(log_sigma)
        seen = patience.seen(lambda t: _ndtr_log(t, at, sigma))
        likely = -n * log_sigma - (squares - 2 * at * total + n * at**2) / (2 * sigma**2)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(seen > 0, prior(at, log_sigma) + likely - n * np.log(seen), -np.inf)

    lowest, highest = float(logs.min(initial=middle)), float(logs.max(initial=middle))
    box = [
        (min(middle - _SDS * sd_middle, lowest - _ROOM), max(middle + _SDS * sd_middle, highest + _ROOM)),
        (spread - _SDS * sd_spread - _ROOM, spread + _SDS * sd_spread + _ROOM),
    ]
    before, after = posterior(prior, box), posterior(log_density, box)
    at, sigma = after.mean(0), math.exp(after.mean(1))
    found = Lognormal(math.exp(at), math.exp(at + _Z90 * sigma))

    def p90(at: Floats, log_sigma: Floats) -> Floats:
        return np.exp(at + _Z90 * np.exp(log_sigma))

    medians, p90s = (
        Belief(*(own.marginal(0, np.exp) for own in (before, after))),
        Belief(before.of(p90), after.of(p90)),
    )
    return Times(found, {"median": medians, "p90": p90s})


def _ndtr_log(t: Floats | float, at: Floats | float, sigma: Floats | float) -> Floats:
    """Return the distribution function of a lognormal law; 1 at a time without end."""
    below_t: Floats = special.ndtr((np.log(t) - at) / sigma)
    return below_t


# --- triangular -------------------------------------------------------------------------------------------------------


def _triangular(law: Triangular, values: Floats, counts: Floats) -> Times:
    fixed = {"mode": law.mode / law.high, "low": law.low / law.mode if law.mode else 0.0}
    free = [name for name in ("mode", "low") if 0 < fixed[name] < 1]
    centres = [math.log(law.high), *(float(special.logit(fixed[name])) for name in free)]
    sds = [_SD_HIGH, *(_SD_ODDS for _ in free)]

    def bounds(log_high: Floats, *odds: Floats) -> tuple[Floats, Floats, Floats]:
        shares: dict[str, Floats] = {name: np.asarray(share) for name, share in fixed.items()}
        shares |= dict(zip(free, map(special.expit, odds), strict=True))
        high = np.exp(log_high)
        mode = high * shares["mode"]
        return mode * shares["low"], mode, high

    def prior(*at: Floats) -> Floats:
        terms = [-((own - centre) ** 2) / (2 * sd**2) for own, centre, sd in zip(at, centres, sds, strict=True)]
        density: Floats = sum(terms[1:], start=terms[0])
        return density

    def log_density(*at: Floats) -> Floats:
        low, mode, high = bounds(*at)
        density = prior(*at)
        with np.errstate(divide="ignore", invalid="ignore"):
            for value, count in zip(values, counts, strict=True):
                rising = (value - low) / (mode - low)
                falling = (high - value) / (high - mode)
                height = np.where(value < mode, rising, falling)
                density = density + count * np.log(np.where(height > 0, 2 * height / (high - low), 0.0))
        return density

    longest = math.log(values.max(initial=math.exp(centres[0] - _SDS * _SD_HIGH)))
    box = [(longest, max(longest, centres[0]) + _SDS * _SD_HIGH)]
    box += [(centre - _SDS * _SD_ODDS, centre + _SDS * _SD_ODDS) for centre in centres[1:]]
    before = posterior(
        prior, [(centre - _SDS * sd, centre + _SDS * sd) for centre, sd in zip(centres, sds, strict=True)]
    )
    after = posterior(log_density, box)
    low, mode, high = bounds(*(np.asarray(after.mean(n)) for n in range(len(centres))))
    beliefs: dict[str, Belief] = {}
    for n, (name, stated) in enumerate((("low", law.low), ("mode", law.mode))):
        if stated > 0:
            own = partial(_of, bounds, n)
            beliefs[name] = Belief(before.of(own), after.of(own))
    beliefs["high"] = Belief(before.marginal(0, np.exp), after.marginal(0, np.exp))
    return Times(Triangular(float(low), float(mode), float(high)), beliefs)


def _of(bounds: Callable[..., tuple[Floats, Floats, Floats]], number: int, *at: Floats) -> Floats:
    return bounds(*at)[number]
