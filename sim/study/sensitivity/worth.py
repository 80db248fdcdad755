"""What it would be worth to know an input: the expected value of partial perfect information (EVPPI), by regression on the points played.

The decision is whether to rely on the plan for a requirement. Relying on it gains the chance of the requirement less the chance required, in
shares of runs; not relying on it gains nothing. Without knowing more one relies on it if that gains something on average. Whoever knew an input
could decide by what the input is: what that gains on average beyond is its worth.

The chance given an input is a regression of what the runs of each point were on the input (Strong, Oakley & Brennan 2014): polynomials of where
the input lies in its law, the degree chosen by leaving out one point after another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import NDArray

from sim.study.sensitivity.chance import floor_of, shuffles

Floats = NDArray[np.float64]
_DEGREE = 3
_POINTS_EACH = 5
"""A regression has at least so many points for each of its terms."""
_TINY = 1e-9


@dataclass(frozen=True)
class Value:
    """What one input is worth for one requirement: see ``found.Worth``."""

    flips: float
    worth: float
    floor: float
    heard: bool
    now: float
    known_low: float
    known_high: float


def value_of(shares: Floats, met: Floats, required: float, seed: int) -> Value:
    """Return what it is worth to know an input of one path or several.

    Parameters
    ----------
    shares : array, shape (points, paths)
        where in its law each path lies, at points that fill the space evenly
    met : array, shape (points,)
        in what share of the runs of each point the requirement was kept
    required
        with which chance it must be kept
    seed
        of the luck by which the input is shuffled, for the floor
    """
    hats = [_hat(basis) for basis in _bases(shares)]
    (known,) = _fitted(hats, met[None])
    worth = float(_gained(known[None], required)[0])
    floor = float(floor_of(_gained(_fitted(hats, met[shuffles(len(met), seed)]), required)))
    now = float(met.mean())
    flips = float(((known >= required) != (now >= required)).mean())
    ends = np.clip([known.min(), known.max()], 0.0, 1.0)
    return Value(flips, worth, floor, worth > floor + _TINY, now, float(ends[0]), float(ends[1]))


def _gained(known: Floats, required: float) -> Floats:
    """Return what is gained by deciding when the chance is known, beyond deciding once, shape (times,); ``known`` of shape (times, points).

    Never negative, as the mean of the regression is that of what was fitted. Below what rounding makes it is 0.
    """
    each, once = np.maximum(known - required, 0.0).mean(axis=1), np.maximum(known.mean(axis=1) - required, 0.0)
    gained: Floats = np.where(each - once > _TINY, each - once, 0.0)
    return gained


def _bases(shares: Floats) -> list[Floats]:
    """Return the terms of each regression, the simpler first: a constant, then Legendre polynomials, of several paths with their products."""
    points, paths = shares.shape
    each = [legendre.legvander(2 * shares[:, path] - 1, _DEGREE)[:, 1:] for path in range(paths)]
    pairs = [(each[one][:, 0] * each[other][:, 0])[:, None] for one, other in combinations(range(paths), 2)]
    constant = np.ones((points, 1))
    made = [constant]
    for degree in range(1, _DEGREE + 1):
        sums = [constant, *(own[:, :degree] for own in each)]
        made.append(np.hstack(sums))
        if pairs:
            made.append(np.hstack([*sums, *pairs]))
    return [basis for basis in made if basis.shape[1] * _POINTS_EACH <= points or basis is constant]


def _hat(basis: Floats) -> Floats:
    """Return the matrix that turns what was seen into what is fitted."""
    ortho, triangle = np.linalg.qr(basis)
    kept = ortho[:, np.abs(np.diag(triangle)) > _TINY]
    hat: Floats = kept @ kept.T
    return hat


def _fitted(hats: Sequence[Floats], seen: Floats) -> Floats:
    """Return the fit of each row by the regression that tells points left out best, the simpler of two alike; shapes (times, points)."""
    fits = np.array([seen @ hat for hat in hats])
    errors = np.array(
        [
            (((seen - fit) / np.maximum(1 - np.diag(hat), _TINY)) ** 2).mean(axis=1)
            for fit, hat in zip(fits, hats, strict=True)
        ]
    )
    best = (errors <= errors.min(axis=0) + _TINY).argmax(axis=0)
    chosen: Floats = fits[best, np.arange(len(seen))]
    return chosen
