"""What so many nights say of a requirement: 推演达标, 推演不达标 or 尚不能判定, what would settle it, and which limit would be met."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.measures.coverage import NANOMINUTE
from sim.study.intervals import IntervalKind, interval

Verdict = Literal["met", "not_met", "open", "unsimulated"]
_MOST_NIGHTS = 100_000


@dataclass(frozen=True)
class Judged:
    """A requirement that ``met`` of ``of`` nights kept, which must be kept with a probability of ``required``.

    ``low`` and ``high``: the 95 % interval of the probability, of the ``kind`` that the number of nights calls for. ``nights_to_settle``:
    about how many nights more would settle an open one, if they go on as before; ``None`` if it is settled, or no reasonable number would.
    """

    met: int
    of: int
    required: float
    kind: IntervalKind
    low: float
    high: float
    verdict: Verdict
    nights_to_settle: int | None


def judge(met: int, of: int, required: float, kind: IntervalKind) -> Judged:
    """Return the verdict on a requirement: met if all of the interval reaches what is required, not met if none of it does."""
    low, high = interval(met, of, kind)
    verdict = _verdict(low, high, required)
    more = _nights_to_settle(met, of, required) if verdict == "open" else None
    return Judged(met, of, required, kind, low, high, verdict, more)


def unjudged(of: int, required: float, kind: IntervalKind) -> Judged:
    """Return what is said of a requirement about something that is not simulated."""
    return Judged(0, of, required, kind, math.nan, math.nan, "unsimulated", None)


@dataclass(frozen=True)
class Limit:
    """The time limit that would be kept with a probability of ``share``, in whole minutes.

    ``estimate_min``: kept in that share of the nights. ``sure_min``: the least that these nights call met; ``inf`` where they show that no limit
    would be, for too many never came to an end, ``None`` where they are too few to tell.
    """

    share: float
    estimate_min: float
    sure_min: float | None


def limit_met(minutes: NDArray[np.float64], share: float, kind: IntervalKind) -> Limit:
    """Return the limit that would be kept so often, from what each night took, shape (nights,), ``inf`` for never.

    ``sure_min`` bounds the quantile from above as its distribution-free interval does: the order statistic from which on the interval of
    the probability lies above ``share``.
    """
    ordered, of = np.sort(minutes), len(minutes)
    enough = bisect_left(range(of + 1), share, key=lambda met: interval(met, of, kind)[0])
    estimate = max(math.ceil(share * of - 1e-9), 1)
    ended = int(np.isfinite(ordered).sum())
    if ended >= enough:
        sure_min: float | None = _whole(ordered[enough - 1])
    else:
        sure_min = math.inf if judge(ended, of, share, kind).verdict == "not_met" else None
    return Limit(share, _whole(ordered[estimate - 1]), sure_min)


def _whole(minutes: float) -> float:
    """Return the least whole minutes that keep a limit of so many."""
    return math.ceil(minutes - NANOMINUTE) if math.isfinite(minutes) else math.inf


def _verdict(low: float, high: float, required: float) -> Verdict:
    if low >= required:
        return "met"
    return "not_met" if high < required else "open"


def _nights_to_settle(met: int, of: int, required: float) -> int | None:
    """Return how many nights more would settle it if the same share of them kept the requirement: by doubling, then by halving.

    Whoever goes on has looked: the interval is the one that holds at any time.
    """
    least, most = of, max(2 * of, 2)

    def settled(nights: int) -> bool:
        return _verdict(*interval(round(met / of * nights), nights, "any_time"), required) != "open"

    while not settled(most):
        if most >= _MOST_NIGHTS:
            return None
        least, most = most, min(2 * most, _MOST_NIGHTS)
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if settled(middle) else (middle, most)
    return most - of
