"""A posterior on a grid: the density of up to three unknowns, multiplied out at evenly spaced points of a scale without ends.

Shares are looked at by their log odds and lengths of time by their logarithm, so that a density falls off on both sides. The box is drawn in
around what is not negligible before it is summed; for smooth densities that vanish at both ends such a sum errs exponentially little in the
number of points (Trefethen & Weideman 2014, The exponentially convergent trapezoidal rule, SIAM Review 56). No random numbers enter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Floats = NDArray[np.float64]
LogDensity = Callable[..., Floats]
"""The logarithm of a density, up to a constant, of arrays that broadcast against each other."""
_POINTS, _SEEKING = {1: 601, 2: 121, 3: 55}, {1: 101, 2: 61, 3: 25}
"""Points along each of so many unknowns, in the end and while the box is drawn in."""
_NEGLIGIBLE = 16.0
"""Below e⁻¹⁶ of its highest value a density is left out."""
_DRAWN_IN, _HARDLY = 5, 0.9
"""The box is drawn in so often, until that hardly makes it smaller."""
_BINS = 64
"""Stretches into which the values of a function of all unknowns are put: few enough that each has many points of the grid."""
_CUTS = 400
_FINER = 8


@dataclass(frozen=True, eq=False)
class Marginal:
    """What is believed of one number: at which values, in rising order, what share of the belief lies."""

    values: Floats
    weights: Floats

    @property
    def mean(self) -> float:
        """The mean."""
        return float(self.values @ self.weights)

    def quantile(self, share: float) -> float:
        """Return the value below which a share of the belief lies."""
        below, edges = self._curve
        return float(np.interp(share, below, edges))

    def below(self, values: Floats) -> Floats:
        """Return what share of the belief lies below some values."""
        below, edges = self._curve
        return np.interp(values, edges, below)

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Return the equal-tailed interval."""
        tail = (1 - confidence) / 2
        return self.quantile(tail), self.quantile(1 - tail)

    @property
    def _curve(self) -> tuple[Floats, Floats]:
        """Shares and values of a fine rising curve through the shares at the middles between the values."""
        middles = np.concatenate([self.values[:1], (self.values[1:] + self.values[:-1]) / 2, self.values[-1:]])
        shares = np.concatenate([[0.0], np.cumsum(self.weights)])
        shares /= shares[-1]
        kept = np.concatenate([np.diff(middles) > 0, [True]])  # of values that rounding makes the same, the last
        curve = PchipInterpolator(middles[kept], shares[kept])
        fine = np.unique(np.linspace(middles[kept][:-1], middles[kept][1:], _FINER + 1))
        return np.maximum.accumulate(curve(fine)), fine


def overlap(one: Marginal, other: Marginal) -> float:
    """Return what two beliefs share: the area under the lower of their densities, 1 where they are the same, 0 where they are apart."""
    ends = [edge for own in (one, other) for edge in (own.values[0], own.values[-1])]
    inside = np.concatenate([np.interp(np.linspace(0, 1, _CUTS), *own._curve) for own in (one, other)])  # noqa: SLF001 - the same class
    edges = np.unique(np.concatenate([[min(ends)], inside, [max(ends)]]))
    return float(np.minimum(np.diff(one.below(edges)), np.diff(other.below(edges))).sum())


@dataclass(frozen=True, eq=False)
class Posterior:
    """Points of a grid along each unknown, and the weight of each of their combinations; the weights sum to 1."""

    points: tuple[Floats, ...]
    weights: Floats

    def mean(self, unknown: int) -> float:
        """Return the mean of one unknown, on the scale of the grid."""
        return float(self.points[unknown] @ self._along(unknown))

    def marginal(self, unknown: int, scale: Callable[[Floats], Floats]) -> Marginal:
        """Return what is believed of one unknown, brought back from the scale of the grid by a rising function."""
        return Marginal(scale(self.points[unknown]), self._along(unknown))

    def of(self, function: Callable[..., Floats]) -> Marginal:
        """Return what is believed of a function of all unknowns."""
        values = np.broadcast_to(function(*_crossed(self.points)), self.weights.shape).ravel()
        order = np.argsort(values, kind="stable")
        return _binned(values[order], self.weights.ravel()[order])

    def _along(self, unknown: int) -> Floats:
        others = tuple(axis for axis in range(self.weights.ndim) if axis != unknown)
        along: Floats = self.weights.sum(axis=others)
        return along


def posterior(log_density: LogDensity, box: Sequence[tuple[float, float]]) -> Posterior:
    """Return the posterior with a density; ``box`` must hold what is not negligible of it along each unknown."""
    for _ in range(_DRAWN_IN):
        points, density = _at_points(log_density, box, _SEEKING[len(box)])
        drawn = _drawn_in(points, density)
        if all(b - a > _HARDLY * (d - c) for (a, b), (c, d) in zip(drawn, box, strict=True)):
            break
        box = drawn
    points, density = _at_points(log_density, box, _POINTS[len(box)])
    weights = np.exp(density)
    return Posterior(points, weights / weights.sum())


def _at_points(
    log_density: LogDensity, box: Sequence[tuple[float, float]], count: int
) -> tuple[tuple[Floats, ...], Floats]:
    """Return so many points along each unknown, and the logarithm of the density there, with 0 as its highest value."""
    points = tuple(np.linspace(low, high, count) for low, high in box)
    density = np.broadcast_to(log_density(*_crossed(points)), (count,) * len(box))
    return points, density - density.max()


def _crossed(points: Sequence[Floats]) -> list[Floats]:
    """Return the points of each unknown along an axis of its own."""
    return [own.reshape([-1 if axis == n else 1 for axis in range(len(points))]) for n, own in enumerate(points)]


def _drawn_in(points: Sequence[Floats], density: Floats) -> list[tuple[float, float]]:
    """Return the box of what is not negligible, a point wider on either side."""
    box = []
    for axis, own in enumerate(points):
        others = tuple(n for n in range(density.ndim) if n != axis)
        there = np.flatnonzero(density.max(axis=others) > -_NEGLIGIBLE)
        box.append((float(own[max(there[0] - 1, 0)]), float(own[min(there[-1] + 1, len(own) - 1)])))
    return box


def _binned(values: Floats, weights: Floats) -> Marginal:
    """Return many weighted values, in rising order, as a few: means of stretches of about equal weight, finer towards the ends."""
    below = np.cumsum(weights)
    cuts = (1 - np.cos(np.linspace(0, np.pi, _BINS + 1))) / 2
    stretch = np.searchsorted(cuts[1:-1], below - weights / 2)
    sums = np.bincount(stretch, weights, _BINS).astype(np.float64)
    means = np.bincount(stretch, weights * values, _BINS)
    there = sums > 0
    return Marginal(np.maximum.accumulate(means[there] / sums[there]), sums[there])
