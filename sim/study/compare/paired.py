"""Two scenarios under the same luck, run by run: what may be said of a difference, whatever the numbers are like.

Run i of one is paired with run i of the other; runs are independent of each other, the two of a pair are not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.study.intervals import Mean, exact_interval, mean_of, quantile

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Bools = NDArray[np.bool_]
Effect = Literal["same", "open", "more", "less"]
"""The same in every run; not to be told from none; surely more, surely less in the other scenario."""
_OF_DIRECTION = 0.8
"""How much of the chance to err goes to the direction of the pairs that differ; the rest goes to their number."""
_DIGITS = 9
"""Minutes are compared to the nanominute: floating point is no difference."""


def paired_interval(gained: Counts, lost: Counts, of: int, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Return the interval of the difference of two chances, from pairs: so many gained, so many lost, of so many.

    The difference is r · (2q − 1), where r is the chance that a pair differs and q that one which differs is a gain. Both have an exact
    interval (Clopper and Pearson 1934): r from the number of pairs that differ, q from these alone (McNemar 1947). Given their number, the
    interval of q holds with its own confidence whatever r is, so both hold together with the product of the two. So the chance to cover is
    never below what is said, and without a pair that differs the interval still has a width. The usual ones (Newcombe, Tango; compared by
    Fagerland, Lydersen and Laake 2014) are shorter, but asymptotic: with few runs and in the tails that many villages ask for they cover
    less than they say.
    """
    apart = gained + lost
    direction = 1 - _OF_DIRECTION * (1 - confidence)
    least, most = exact_interval(apart, of, confidence / direction)
    low, high = exact_interval(gained, np.maximum(apart, 1), direction)
    low, high = 2 * low - 1, np.where(apart == 0, 1.0, 2 * high - 1)
    return low * np.where(low > 0, least, most), high * np.where(high > 0, most, least)


def least_apart(confidence: float = 0.95) -> int:
    """Return how many pairs must differ, all in one direction, before an interval leaves out 0: the least with a tail of 2⁻ᵐ."""
    return math.ceil(math.log2(2 / (_OF_DIRECTION * (1 - confidence))))


@dataclass(frozen=True)
class Shares:
    """In how many pairs of runs something held in both scenarios, in one alone, in neither; ``low`` and ``high`` bound the difference."""

    both: int
    only_base: int
    only_other: int
    neither: int
    low: float
    high: float

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return self.both + self.only_base + self.only_other + self.neither

    @property
    def difference(self) -> float:
        """By how much the share is greater in the other."""
        return (self.only_other - self.only_base) / self.pairs

    @property
    def effect(self) -> Effect:
        """What may be said of it."""
        return effect_in(self.low, self.high, same=not self.only_base + self.only_other)


def shares(base: Bools, other: Bools, confidence: float = 0.95) -> Shares:
    """Return how something that holds or not differs, shape (runs,) both."""
    lost, gained = int((base & ~other).sum()), int((~base & other).sum())
    low, high = paired_interval(np.array([gained]), np.array([lost]), len(base), confidence)
    return Shares(int((base & other).sum()), lost, gained, int((~base & ~other).sum()), float(low[0]), float(high[0]))


@dataclass(frozen=True)
class Moved:
    """How a number differs, the other less the first.

    ``kind``: the mean where every run of both has the number, with the interval by Student's t; it reaches to 0 where so few pairs differ,
    among others that do not, that no count of them could tell a direction. Where some run never comes to it there is no mean: then the
    median of the paired differences, with the distribution-free interval of the sign test. In a pair of which both never come to it
    nothing differs; where one alone never does, the difference is infinite. ``base`` and ``other`` are means or medians likewise, ``inf``
    for never; ``base_ended`` and ``other_ended`` count the runs that have the number. ``variance_ratio``: how many times smaller the
    variance of the difference is than with luck of its own for either, ``inf`` where the difference is the same in every run, ``None``
    where nothing varies or there is no mean.
    """

    kind: Literal["mean", "median"]
    base: float
    other: float
    difference: float
    low: float
    high: float
    pairs: int
    base_ended: int
    other_ended: int
    effect: Effect
    variance_ratio: float | None


def paired_differences(base: Floats, other: Floats) -> Floats:
    """Return the other less the base, run by run, ``inf`` for never in either; two that never come to it do not differ."""
    both_never = np.isinf(base) & np.isinf(other)
    differences: Floats = np.round(np.where(both_never, 0.0, other) - np.where(both_never, 0.0, base), _DIGITS)
    return differences


def moved(base: Floats, other: Floats, confidence: float = 0.95) -> Moved:
    """Return how a number differs, shape (runs,) both, two runs at least; ``inf`` for never."""
    differences = paired_differences(base, other)
    same, pairs = not differences.any(), len(base)
    base_ended, other_ended = (int(np.isfinite(values).sum()) for values in (base, other))
    if base_ended == other_ended == pairs:
        mean = mean_difference(differences, confidence)
        low, high = mean.low, mean.high
        middle = (float(base.mean()), float(other.mean()), mean.mean, low, high)
        effect, ratio = effect_in(low, high, same=same), _variance_ratio(base, other, differences)
        return Moved("mean", *middle, pairs, base_ended, other_ended, effect, ratio)
    _, low, high = quantile(differences, 0.5, confidence)
    middle = (quantile(base, 0.5)[0], quantile(other, 0.5)[0], _median(differences), low, high)
    return Moved("median", *middle, pairs, base_ended, other_ended, effect_in(low, high, same=same), None)


def mean_difference(differences: Floats, confidence: float = 0.95) -> Mean:
    """Return the mean of finite differences, shape (runs,), with its interval; see ``Moved`` for where it reaches to 0."""
    mean, pairs = mean_of(differences, confidence), len(differences)
    few = np.count_nonzero(differences) < min(least_apart(confidence), pairs)
    return Mean(mean.mean, min(mean.low, 0.0), max(mean.high, 0.0)) if few else mean


def effect_in(low: float, high: float, *, same: bool) -> Effect:
    """Return what may be said of a difference with such an interval; ``same``: it is none in any run."""
    if same:
        return "same"
    return "more" if low > 0 else "less" if high < 0 else "open"


def _median(differences: Floats) -> float:
    """Return the median; of the two in the middle their mean, or the one that is finite: so two scenarios change places with the sign."""
    ordered, of = np.sort(differences), len(differences)
    low, high = float(ordered[(of - 1) // 2]), float(ordered[of // 2])
    if low == high or (math.isfinite(low) and math.isfinite(high)):
        return low if low == high else (low + high) / 2
    return next((one for one in (low, high) if math.isfinite(one)), 0.0)


def _variance_ratio(base: Floats, other: Floats, differences: Floats) -> float | None:
    apart = float(base.var(ddof=1) + other.var(ddof=1))
    if apart < 10.0**-_DIGITS:
        return None
    paired = float(differences.var(ddof=1))
    return math.inf if paired < 10.0**-_DIGITS * apart else apart / paired
