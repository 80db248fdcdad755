"""Whether the law holds against the log: tries by their number, and where lengths of time lie in the law that was learnt.

A probability integral transform is uniform if the law holds (Rosenblatt 1952, Ann. Math. Stat. 23). The law was learnt from the same values, so
the test of Kolmogorov and Smirnov is gentle here (Lilliefors 1967, JASA 62): what it rejects certainly does not fit, what it leaves may not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class TriesCount:
    """Tries of one post by period and number: how many, how many answered, and how many should have been by the numbers before and now.

    ``number`` is that of the try, the last stands for all from there on.
    """

    post: str
    period: Period
    number: int
    tries: int
    answered: int
    expected_before: float
    expected_now: float


@dataclass(frozen=True, eq=False)
class Fit:
    """How well a law fits its lengths of time: where each lies in it, the largest gap, its p value; another family that clearly fits better."""

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
        sums: dict[tuple[int, int], Floats] = defaultdict(lambda: np.zeros(4))
        for course in courses:
            chances = zip(_chances(course, *before), _chances(course, *now), strict=True)
            for number, ((period, answered, was), (_, _, is_now)) in enumerate(chances, start=1):
                sums[period, min(number, _LAST)] += (1, answered, was, is_now)
        counted += [
            TriesCount(post, periods[period], number, int(made), int(answered), float(was), float(is_now))
            for (period, number), (made, answered, was, is_now) in sorted(sums.items())
        ]
    return counted


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
    pit = sample.patience.pit(below(sample.after), minutes)
    test = stats.kstest(pit, "uniform")
    better = None
    if test.pvalue < _CLEAR and len(sample.patience.rings_min) == 1:
        others = {name: float(stats.kstest(fitted(minutes), "uniform").pvalue) for name, fitted in _FAMILIES.items()}
        best = max(others, key=lambda name: others[name])
        better = best if others[best] >= _WELL else None
    return Fit(sample, np.sort(pit), float(test.statistic), float(test.pvalue), better)


def _lognormal(minutes: Floats) -> Floats:
    logs = np.log(minutes)
    found: Floats = stats.norm.cdf(logs, logs.mean(), logs.std(ddof=1))
    return found


def _exponential(minutes: Floats) -> Floats:
    found: Floats = -np.expm1(-minutes / minutes.mean())
    return found


def _weibull(minutes: Floats) -> Floats:
    found: Floats = stats.weibull_min.cdf(minutes, *stats.weibull_min.fit(minutes, floc=0))
    return found


_FAMILIES: Mapping[str, Callable[[Floats], Floats]] = {
    "lognormal": _lognormal,
    "exponential": _exponential,
    "weibull": _weibull,
}
"""Other laws that a scenario may have, each at its likeliest parameters (maximum likelihood)."""
