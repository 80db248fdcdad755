"""Intervals of probabilities and quantiles from so many nights, without assuming anything but that nights are independent of each other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special, stats

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
IntervalKind = Literal["fixed", "any_time"]
_PRIOR = 0.5
"""The Beta distribution that the time-uniform interval is mixed over, both parameters (Jeffreys)."""
ONE_IN_TWENTY = 0.05
"""How rare the bad end is that people are told of."""
_TINY = 1e-12


def exact_interval(met: Counts, of: int | Counts, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Return the two-sided interval of Clopper and Pearson (1934) of a probability, ``met`` times out of ``of``, a number fixed beforehand."""
    tail = (1 - confidence) / 2
    low: Floats = np.where(met == 0, 0.0, stats.beta.ppf(tail, met, of - met + 1))
    high: Floats = np.where(met == of, 1.0, stats.beta.ppf(1 - tail, met + 1, of - met))
    return low, high


def any_time_interval(met: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return an interval of a probability that holds at all numbers of nights together, so that one may look, stop or go on as one likes.

    All p of which the mixture martingale B(s + a, n − s + a) / B(a, a) / (pˢ (1 − p)ⁿ⁻ˢ) is below 1 / α: by Ville's inequality the true
    one is ever left out with probability α at most (Robbins 1970; Howard et al. 2021). Wider than the interval of a fixed number.
    """
    missed = of - met
    limit = special.betaln(met + _PRIOR, missed + _PRIOR) - special.betaln(_PRIOR, _PRIOR) + math.log(1 - confidence)

    def above(p: float) -> float:
        return float(limit - special.xlogy(met, p) - special.xlog1py(missed, -p))

    if not of:
        return 0.0, 1.0
    middle = met / of  # where the martingale is least
    low = 0.0 if met == 0 else float(optimize.brentq(above, _TINY, middle))
    high = 1.0 if missed == 0 else float(optimize.brentq(above, middle, 1 - _TINY))
    return low, high


def interval(met: int, of: int, kind: IntervalKind, confidence: float = 0.95) -> tuple[float, float]:
    """Return the interval of a probability, for a fixed number of nights or for any."""
    if kind == "any_time":
        return any_time_interval(met, of, confidence)
    low, high = exact_interval(np.array([met]), of, confidence)
    return float(low[0]), float(high[0])


def intervals(met: Counts, of: int, kind: IntervalKind, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Return the intervals of several probabilities, for a fixed number of nights or for any."""
    if kind == "fixed":
        return exact_interval(met, of, confidence)
    counts, where = np.unique(met, return_inverse=True)
    low, high = np.array([any_time_interval(int(one), of, confidence) for one in counts]).reshape(-1, 2).T
    return low[where], high[where]


def quantile_ranks(of: int, share: float, confidence: float = 0.95) -> tuple[int, int]:
    """Return the ranks, counted from 1, between which a quantile lies: those of the order statistics that enclose it.

    A rank below 1 or above ``of`` stands for a bound that so few nights do not give. Distribution-free: the number of nights below the
    quantile is binomial.
    """
    tail = (1 - confidence) / 2
    law = stats.binom(of, share)
    return int(law.ppf(tail)), int(law.ppf(1 - tail)) + 1


def quantile_over(values: Floats, share: float) -> Floats:
    """Return a quantile of the nights, the first axis of ``values``; ``inf`` is never.

    It is an order statistic and no mean of two: a night that never ends is not averaged with one that does.
    """
    rank = max(math.ceil(share * len(values) - 1e-9), 1)
    value: Floats = np.sort(values, axis=0)[rank - 1]
    return value


def quantile(values: Floats, share: float, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return a quantile of the nights (see ``quantile_over``) and its interval; a bound that is not known is −inf or inf."""
    ordered, (low, high) = np.sort(values), quantile_ranks(len(values), share, confidence)
    return (
        float(quantile_over(values, share)),
        -math.inf if low < 1 else float(ordered[low - 1]),
        math.inf if high > len(values) else float(ordered[high - 1]),
    )


def upper_quantile(values: Floats, share: float, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return what so large a share of the nights reaches or exceeds: the mirror of ``quantile``, so that both ends are equally rare."""
    value, low, high = quantile(-values, share, confidence)
    return -value, -high, -low


@dataclass(frozen=True)
class Mean:
    """A mean over nights, such as of a difference under the same luck, with its two-sided interval by Student's t."""

    mean: float
    low: float
    high: float


def mean_of(values: Floats, confidence: float = 0.95) -> Mean:
    """Return the mean of what nights were, shape (nights,), and its interval; nights are independent of each other."""
    mean, count = float(values.mean()), len(values)
    half = float(stats.t.ppf((1 + confidence) / 2, count - 1) * values.std(ddof=1) / math.sqrt(count))
    return Mean(mean, mean - half, mean + half)
