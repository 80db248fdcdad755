"""Whether the law holds against the log: tries by their number, and where lengths of time lie in the law that was learnt.

Given the tries before it, each try is answered with a known chance, so that what was answered and what was to be expected differ by sums of
martingale differences: uncorrelated, with the variance of single tries, and their squares together about χ². A probability integral transform is
uniform if the law holds (Rosenblatt 1952, Ann. Math. Stat. 23). Both laws were learnt from the same values, so the tests are gentle (Lilliefors
1967, JASA 62): what they reject certainly does not fit, what they leave may not.

People write down whole minutes, or whole five seconds. A value then stands for all that round to it, and the law is looked at only in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import stats

from sim.exercise.calibrate.answers import Course, Kind
from sim.exercise.calibrate.fit import Calibration, Sample, courses_of, numbers_of
from sim.exercise.calibrate.grid import Floats
from sim.exercise.calibrate.subjects import Period
from sim.exercise.calibrate.times import below

_CLEAR, _WELL = 0.05, 0.2
"""A law does not fit below the first, and another fits it well above the second."""
_LAST = 3
"""From this try on all are counted together."""
_LEAST_VARIANCE = 2.0
"""Counts that vary less are too small for χ²."""
_STEPS_MIN = (5.0, 1.0, 1 / 2, 1 / 6, 1 / 12, 1 / 60)
"""To what people round lengths of time: minutes, half minutes, ten, five and single seconds."""
_SPREAD = (np.arange(16) + 0.5) / 16
"""Where in its step a rounded value may lie."""


@dataclass(frozen=True)
class TriesCount:
    """Tries of one post by period and number: how many, how many answered, and how many should have been by the numbers before and now.

    ``number`` is that of the try, the last stands for all from there on; ``variance_now`` is that of the answers by the numbers now.
    """

    post: str
    period: Period
    number: int
    tries: int
    answered: int
    expected_before: float
    expected_now: float
    variance_now: float


@dataclass(frozen=True, eq=False)
class Fit:
    """How well a law fits its lengths of time: where each may lie in it, the largest gap, its p value; another family that clearly fits better.

    ``pit`` holds as many places for each length as it takes to spread a rounded one over its step, in rising order.
    """

    sample: Sample
    pit: Floats
    gap: float
    p: float
    better: str | None


def tries_counted(calibration: Calibration) -> list[TriesCount]:
    """Return the tries of every post that was called, with what was to be expected of those that came so far."""
    counted: list[TriesCount] = []
    for post in calibration.scenario.plan.roster.posts:
        periods, courses = courses_of(calibration.scenario, calibration.log, post)
        before, now = numbers_of(calibration, post, periods)
        sums: dict[tuple[int, int], Floats] = defaultdict(lambda: np.zeros(5))
        for course in courses:
            chances = zip(_chances(course, *before), _chances(course, *now), strict=True)
            for number, ((period, answered, was), (_, _, is_now)) in enumerate(chances, start=1):
                sums[period, min(number, _LAST)] += (1, answered, was, is_now, is_now * (1 - is_now))
        counted += [
            TriesCount(
                post, periods[period], number, int(made), int(answered), float(was), float(is_now), float(variance)
            )
            for (period, number), (made, answered, was, is_now, variance) in sorted(sums.items())
        ]
    return counted


def tries_fit(counted: Sequence[TriesCount]) -> dict[str, float]:
    """Return by post how likely such a gap between answers and expectation is if the law holds (p value); none where there is too little."""
    squares: dict[str, list[float]] = defaultdict(list)
    for one in counted:
        if one.variance_now >= _LEAST_VARIANCE:
            squares[one.post].append((one.answered - one.expected_now) ** 2 / one.variance_now)
    return {post: float(stats.chi2.sf(sum(own), len(own))) for post, own in squares.items()}


def _chances(course: Course, reachable: float, answer: Mapping[int, float]) -> Iterator[tuple[int, bool, float]]:
    """Yield of each try its period, whether it was answered, and how likely that was after those before it."""
    missed = 1.0
    kinds: list[Kind] = [kind for kind, count in course.missed for _ in range(count)]
    kinds += [course.answered] if course.answered is not None else []
    for n, kind in enumerate(kinds):
        share = kind.factor * answer[kind.period]
        still = reachable * missed / (1 - reachable + reachable * missed) if reachable < 1 or missed > 0 else 0.0
        yield kind.period, n == len(kinds) - 1 and course.answered is not None, still * share
        missed *= 1 - share


def fits(calibration: Calibration) -> list[Fit]:
    """Return how well each law that was learnt fits."""
    return [_fit(sample) for sample in calibration.samples]


def _fit(sample: Sample) -> Fit:
    minutes = np.asarray(sample.minutes)
    least, most = _may_be(minutes)

    under_law = partial(sample.patience.pit, below(sample.after))
    gap, p = _gap(under_law, minutes)
    better = None
    if p < _CLEAR and len(sample.patience.rings_min) == 1:
        others = {name: _gap(fitted(minutes), minutes)[1] for name, fitted in _FAMILIES.items()}
        best = max(others, key=lambda name: others[name])
        better = best if others[best] >= _WELL else None
    low, high = under_law(least), under_law(most)
    pit = low + np.outer(_SPREAD, high - low)
    return Fit(sample, np.sort(pit, axis=None), gap, p, better)


def _may_be(minutes: Floats) -> tuple[Floats, Floats]:
    """Return between which lengths each one may have been before it was rounded: the same where it was not."""
    steps = (step for step in _STEPS_MIN if np.allclose(minutes / step, np.round(minutes / step), rtol=0, atol=1e-6))
    half = next(steps, 0.0) / 2
    return minutes - half, minutes + half


def _gap(under_law: Callable[[Floats], Floats], minutes: Floats) -> tuple[float, float]:
    """Return the largest gap between a law and the values, and its p value (Kolmogorov and Smirnov)."""
    ordered = np.sort(minutes)
    least, most = _may_be(ordered)
    count = len(ordered)
    fewer, many = (np.searchsorted(ordered, ordered, side) / count for side in ("left", "right"))
    gap = float(max(np.abs(under_law(least) - fewer).max(), np.abs(under_law(most) - many).max()))
    return gap, float(stats.kstwo.sf(gap, count))


def _lognormal(minutes: Floats) -> Callable[[Floats], Floats]:
    logs = np.log(minutes)
    return lambda t: np.asarray(stats.norm.cdf(np.log(t), logs.mean(), logs.std(ddof=1)))


def _exponential(minutes: Floats) -> Callable[[Floats], Floats]:
    return lambda t: -np.expm1(-t / minutes.mean())


def _weibull(minutes: Floats) -> Callable[[Floats], Floats]:
    fitted = stats.weibull_min.fit(minutes, floc=0)
    return lambda t: np.asarray(stats.weibull_min.cdf(t, *fitted))


_FAMILIES: Mapping[str, Callable[[Floats], Callable[[Floats], Floats]]] = {
    "lognormal": _lognormal,
    "exponential": _exponential,
    "weibull": _weibull,
}
"""Other laws that a scenario may have, each at its likeliest parameters (maximum likelihood)."""
