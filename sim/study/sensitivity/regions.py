"""Where a requirement fails: a box in the space of the inputs, by the patient rule induction method (PRIM, Friedman & Fisher 1999).

The box is found on one half of the points and judged on the other, so that what is said of it is not what it was chosen for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.study.sensitivity.chance import floor_of, shuffles

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_PEELED = 0.1
"""So large a share of the points in the box is cut off at a time, at least."""
_LEAST_SHARE, _LEAST_POINTS = 0.1, 8
"""No box holds fewer points: a share of all, or so many."""
_MOST_PATHS = 3
"""A box that people can keep in mind is bounded in no more inputs than these."""
_LITTLE = 0.1
"""A bound is worth a place in a sentence if without it so much of the variance between inside and outside would be lost."""
_TINY = 1e-9


@dataclass(frozen=True, eq=False)
class Box:
    """Between ``low`` and ``high`` of each path, both included; infinite where it is not bounded; shape (paths,)."""

    low: Floats
    high: Floats

    def holds(self, points: Floats) -> Bools:
        """Tell which points lie inside, shape (points, paths)."""
        inside: Bools = np.all((points >= self.low) & (points <= self.high), axis=1)
        return inside

    @property
    def bounded(self) -> list[int]:
        """The paths in which it is bounded."""
        return np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist()

    def with_(self, path: int, low: float, high: float) -> Box:
        """Return the box with other bounds in one path."""
        lows, highs = self.low.copy(), self.high.copy()
        lows[path], highs[path] = low, high
        return Box(lows, highs)


def box_of(points: Floats, failed: Floats) -> Box | None:
    """Return the box in which most fails, found on some points; ``failed``: the share of the runs of each that failed. ``None``: there is none.

    Peeling: as long as enough points stay, the side is cut off after which the mean inside is greatest. Of the boxes met on the way the one is
    taken that parts the points best, inside from outside, as a regression tree would part them: by the greatest variance between the two. Then
    the bounds that part them no worse when they are taken away are taken away, and what was cut off too much is pasted back.
    """
    if float(np.ptp(failed)) < _TINY:
        return None
    whole = Box(np.full(points.shape[1], -np.inf), np.full(points.shape[1], np.inf))
    met, least = [whole], max(_LEAST_POINTS, math.ceil(_LEAST_SHARE * len(points)))
    while True:
        smaller = [box for box in _peeled(met[-1], points) if box.holds(points).sum() >= least]
        if not smaller:
            break
        met.append(
            max(smaller, key=lambda box: (float(failed[box.holds(points)].mean()), int(box.holds(points).sum())))
        )
    best = max(met, key=lambda box: parted(box, points, failed))
    best = _pasted(_simplified(best, points, failed), points, failed)
    return best if best.bounded and parted(best, points, failed) > 0 else None


def parted(box: Box, points: Floats, failed: Floats) -> float:
    """Return how well a box parts points: the variance between inside and outside, negative where it fails less inside."""
    inside = box.holds(points)
    count, of = int(inside.sum()), len(points)
    if count in {0, of}:
        return 0.0
    apart = float(failed[inside].mean() - failed[~inside].mean())
    return math.copysign(apart**2 * count * (of - count) / of**2, apart)


def _peeled(box: Box, points: Floats) -> Iterator[Box]:
    """Yield the box with one side cut off after another."""
    inside = points[box.holds(points)]
    for path in range(points.shape[1]):
        values = np.unique(inside[:, path])
        if len(values) < 2:
            continue
        cut = np.quantile(inside[:, path], (_PEELED, 1 - _PEELED), method="inverted_cdf")
        above, below = values[values > cut[0]], values[values < cut[1]]
        if len(above):
            yield box.with_(path, _between(values, float(above[0])), float(box.high[path]))
        if len(below):
            next_ = float(values[np.searchsorted(values, below[-1]) + 1])
            yield box.with_(path, float(box.low[path]), _between(values, next_))


def _between(values: Floats, upper: float) -> float:
    """Return the middle between a value and the next lower one."""
    at = int(np.searchsorted(values, upper))
    return float(values[at - 1] + values[at]) / 2


def _simplified(box: Box, points: Floats, failed: Floats) -> Box:
    """Return the box without bounds that part the points little better: the most useless first, to as many as can be kept in mind."""
    while True:
        wider = [
            one
            for path in box.bounded
            for one in (
                box.with_(path, -np.inf, float(box.high[path])),
                box.with_(path, float(box.low[path]), np.inf),
            )
            if len(one.bounded) < len(box.bounded) or not _same(one, box)
        ]
        best = max(wider, key=lambda one: parted(one, points, failed), default=box)
        least = (1 - _LITTLE) * parted(box, points, failed) if len(box.bounded) <= _MOST_PATHS else -math.inf
        if best is box or parted(best, points, failed) < least:
            return box
        box = best


def _pasted(box: Box, points: Floats, failed: Floats) -> Box:
    """Return the box with each bound moved outwards, value by value, as long as that parts the points better."""
    better = True
    while better:
        better = False
        for path in box.bounded:
            for one in _wider(box, path, points):
                if parted(one, points, failed) > parted(box, points, failed) + _TINY:
                    box, better = one, True
    return box


def _wider(box: Box, path: int, points: Floats) -> Iterator[Box]:
    """Yield the box with one bound of a path moved out beyond the next values, in each direction, up to the end."""
    free = points[box.with_(path, -np.inf, np.inf).holds(points), path]
    values = np.unique(free)
    low, high = float(box.low[path]), float(box.high[path])
    for value in values[values < low][::-1]:
        at = int(np.searchsorted(values, value))
        yield box.with_(path, -np.inf if not at else float(values[at - 1] + value) / 2, high)
    for value in values[values > high]:
        at = int(np.searchsorted(values, value))
        yield box.with_(path, low, np.inf if at + 1 == len(values) else float(values[at + 1] + value) / 2)


def _same(one: Box, other: Box) -> bool:
    return np.array_equal(one.low, other.low) and np.array_equal(one.high, other.high)


@dataclass(frozen=True)
class Judgement:
    """What the judging half says of a box: see ``found.Region``."""

    points: int
    runs: int
    failed: int
    low: float
    high: float
    coverage: float
    everywhere: float
    share: float
    held: bool


def judged(box: Box, points: Floats, failed: Floats, seed: int) -> Judgement | None:
    """Return what points that did not find it say of a box; ``failed``, of each run, shape (points, runs). ``None``: none lies inside.

    It held where the share inside is above what 95 of 100 boxes would have that hold as many points, but know nothing of them.
    """
    inside = box.holds(points)
    if not inside.any():
        return None
    own, of_point = failed[inside], failed.mean(axis=1)
    low, high = clustered_interval(own)
    by_chance = of_point[shuffles(len(points), seed)[:, : len(own)]].mean(axis=1)
    return Judgement(
        len(own),
        own.size,
        int(own.sum()),
        low,
        high,
        float(own.sum() / failed.sum()) if failed.any() else 0.0,
        float(failed.mean()),
        float(inside.mean()),
        held=float(own.mean()) > float(floor_of(by_chance)) + _TINY,
    )


def clustered_interval(failed: Floats) -> tuple[float, float]:
    """Return the 95 % interval of a share from points by runs, shape (points, runs); the runs of a point know of each other, the points do not.

    How far the shares of the points lie apart says how many independent runs all of them are worth, and of so many the interval is exact (Korn &
    Graubard 1998). Where all failed, or none, they are worth as many as there are points.
    """
    points, share = len(failed), float(failed.mean())
    variance = float(failed.mean(axis=1).var(ddof=1)) / points if points > 1 else 0.0
    worth = float(points)
    if variance > 0:
        ratio = stats.t.ppf(0.975, failed.size - 1) / stats.t.ppf(0.975, points - 1)
        worth = min(max(share * (1 - share) / variance * ratio**2, 1.0), float(failed.size))
    met = share * worth
    low = 0.0 if share == 0 else float(stats.beta.ppf(0.025, met, worth - met + 1))
    high = 1.0 if share == 1 else float(stats.beta.ppf(0.975, met + 1, worth - met))
    return low, high


def halves(count: int, seed: int) -> tuple[Bools, Bools]:
    """Return which points find and which judge: half of them either, as luck deals them."""
    finds = np.zeros(count, dtype=bool)
    finds[shuffles(count, seed)[0][: count // 2]] = True
    return finds, ~finds


def rounded(box: Box, points: Floats, whole: Sequence[bool]) -> Box:
    """Return the box with bounds as people write them, which part the points as before; ``whole``: which paths are whole numbers."""
    for path in box.bounded:
        low, high = float(box.low[path]), float(box.high[path])
        if whole[path]:
            ends = (math.ceil(low) if math.isfinite(low) else low, math.floor(high) if math.isfinite(high) else high)
        else:
            ends = (_plain(low, points[:, path]), _plain(high, points[:, path]))
        box = box.with_(path, *ends)
    return box


def _plain(bound: float, column: Floats) -> float:
    """Return a bound with as few digits, from two of the range on, as part the same points."""
    if not math.isfinite(bound):
        return bound
    digits = 1 - math.floor(math.log10(float(np.ptp(column))))
    while not np.array_equal(np.sign(column - round(bound, digits)), np.sign(column - bound)):
        digits += 1
    return round(bound, digits)
