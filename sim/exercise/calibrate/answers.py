"""Who answers: reachable once per person and night, answering at each try (as ``sim.warning.attempts`` plays it).

A person of a post can be reached tonight with probability ρ; one who can answers each try with probability a (by day or by night; an automated
call with its factor f times that). So a person who first answers at try j contributes ρ · Π(1 − a) over the tries before · a, and one who answers
none of k tries (1 − ρ) + ρ (1 − a)^k: a zero-inflated geometric law, in ecology the occupancy model with removal design (MacKenzie et al. 2002,
Ecology 83; Royle & Nichols 2003, Ecology 84: detection and presence come apart only where sites are visited again).

The prior of each probability is Beta with the scenario's number as its mean and the weight of so many tries: Beta(w m, w (1 − m)). Without
data the posterior is this prior. Where people were called again after a try that nobody answered, all are learnt together. Where they were
not, only the product ρ a shows; ρ then stays what the scenario says and only a moves.

A number of exactly 0 or 1 is a setting and no belief: no Beta has that mean. It stays.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from sim.exercise.calibrate.grid import Floats, Marginal, posterior

_FAR = 20.0
"""Where a Beta density of parameter p has fallen to e⁻²⁰: at log odds of 20 / p."""
_PRIOR_POINTS = 2001


@dataclass(frozen=True)
class Kind:
    """One kind of try: in which of the periods, and how much less often than a telephone call it is answered."""

    period: int
    factor: float = 1.0


@dataclass(frozen=True)
class Course:
    """The tries of one person in one night: those that were not answered, by kind, and the kind of the one that was, if any was."""

    missed: tuple[tuple[Kind, int], ...]
    answered: Kind | None

    @property
    def tries(self) -> int:
        """How many tries were made."""
        return sum(count for _, count in self.missed) + (self.answered is not None)


def course_of(tries: Iterable[tuple[Kind, bool]]) -> Course:
    """Return the course of tries in their order; only the last may be answered."""
    kinds = list(tries)
    missed = Counter(kind for kind, answered in kinds if not answered)
    answered = [kind for kind, answered in kinds if answered]
    ordered = tuple(sorted(missed.items(), key=lambda item: (item[0].period, item[0].factor)))
    return Course(ordered, answered[0] if answered else None)


@dataclass(frozen=True, eq=False)
class Belief:
    """What is believed of a probability: its prior, and what is left of it once the log was seen."""

    prior: Marginal
    posterior: Marginal


@dataclass(frozen=True, eq=False)
class Answers:
    """What was learnt of one post: of being reachable (``None`` where that stays), and of answering in each period that moves."""

    reachable: Belief | None
    answer: Mapping[int, Belief]


def prior_of(mean: float, weight: float) -> Marginal:
    """Return the Beta law with a mean and the weight of so many tries."""
    shares = (np.arange(_PRIOR_POINTS) + 0.5) / _PRIOR_POINTS
    return Marginal(
        stats.beta.ppf(shares, weight * mean, weight * (1 - mean)), np.full(_PRIOR_POINTS, 1 / _PRIOR_POINTS)
    )


def learn(
    courses: Sequence[Course],
    reachable: float,
    answer: Mapping[int, float],
    weight: float,
    *,
    moving: Iterable[int],
    apart: bool,
) -> Answers:
    """Return what is believed after so many courses.

    Parameters
    ----------
    courses
        one per person and night, in any order
    reachable, answer
        the scenario's numbers, ``answer`` by period; what is learnt of them lies strictly between 0 and 1
    weight
        how many tries the scenario's number counts for
    moving
        the periods whose ``answer`` is learnt, one at least
    apart
        whether ``reachable`` is learnt too
    """
    periods = sorted(moving)
    means = [*([reachable] if apart else []), *(answer[period] for period in periods)]
    counted = Counter(courses)
    scales = [_Scale(mean, weight) for mean in means]

    def log_density(*points: Floats) -> Floats:
        odds = [scale.odds(own) for scale, own in zip(scales, points, strict=True)]
        density: Floats = np.zeros(1)
        for own, point, mean in zip(odds, points, means, strict=True):
            prior = weight * mean * special.log_expit(own) + weight * (1 - mean) * special.log_expit(-own)
            density = density + prior + np.log(np.cosh(point))
        rho = special.expit(odds[0]) if apart else np.asarray(reachable)
        share: dict[int, Floats] = {period: np.asarray(fixed) for period, fixed in answer.items()}
        share |= dict(zip(periods, map(special.expit, odds[apart:]), strict=True))
        with np.errstate(divide="ignore"):
            for course, count in counted.items():
                density = density + count * _log_chance(course, rho, share)
        return density

    found = posterior(log_density, [scale.ends for scale in scales])
    beliefs = [
        Belief(prior_of(mean, weight), found.marginal(n, scale.share))
        for n, (mean, scale) in enumerate(zip(means, scales, strict=True))
    ]
    return Answers(beliefs[0] if apart else None, dict(zip(periods, beliefs[apart:], strict=True)))


@dataclass(frozen=True)
class _Scale:
    """The scale on which a probability is looked at: log odds, fine around the prior mean and coarse far from it (by a hyperbolic sine).

    A Beta density of a small parameter falls off slowly in the log odds, so that even steps would be either too coarse or too many.
    """

    mean: float
    weight: float

    def odds(self, point: Floats) -> Floats:
        """Return the log odds at points of the scale."""
        odds: Floats = special.logit(self.mean) + np.sinh(point)
        return odds

    def share(self, point: Floats) -> Floats:
        """Return the probability at points of the scale."""
        share: Floats = special.expit(self.odds(point))
        return share

    @property
    def ends(self) -> tuple[float, float]:
        """Between which points all of the belief lies."""
        smallest = self.weight * min(self.mean, 1 - self.mean)
        far = math.asinh(_FAR / min(smallest, 1.0))
        return -far, far


def _log_chance(course: Course, rho: Floats, share: Mapping[int, Floats]) -> Floats:
    """Return the logarithm of the chance of one course."""
    missed: Floats = np.zeros(1)
    for kind, count in course.missed:
        missed = missed + count * np.log1p(-kind.factor * share[kind.period])
    if course.answered is not None:
        return missed + np.log(rho * course.answered.factor * share[course.answered.period])
    return np.logaddexp(np.log1p(-rho), np.log(rho) + missed)
