"""What luck alone would make of a statistic: signs flipped, rows shuffled and drawn again, all by the luck of the scenario's seed."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.study.intervals import quantile_over

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TIMES = 400
"""So often rows are shuffled, or drawn again."""
LEAST_RUNS = 6
"""With fewer runs no effect could ever be told from luck: of all ways to flip their signs the one observed must be among the rarest 5 %."""
_ALL_UP_TO = 11
"""All ways to flip the signs of so many runs are looked at; of more, as many as of these are drawn."""
_FLOOR = 0.95
_PURPOSE = "sensitivity/{}"


def flips(runs: int, seed: int) -> Floats:
    """Return ways to flip the signs of runs, 1 or −1, shape (ways, runs); the first flips none.

    If an input does nothing but re-deal the luck of each run, the differences that it makes in a run are as likely to be what they are as their
    opposite, and runs are independent of each other. So every way to flip them is as likely as the one observed, whatever the law of the
    differences (Fisher's randomisation test). Ways that differ in all signs give the same statistic: the first run keeps its own.
    """
    if runs <= _ALL_UP_TO:
        return np.array([(1.0, *rest) for rest in product((1.0, -1.0), repeat=runs - 1)])
    drawn = np.where(_uniform(seed, "flips", 2 ** (_ALL_UP_TO - 1), runs) < 0.5, -1.0, 1.0)
    drawn[0] = 1.0
    return drawn


def shuffles(count: int, seed: int) -> Ints:
    """Return rows in orders that know nothing of what they hold, shape (times, rows)."""
    order: Ints = _uniform(seed, "shuffles", TIMES, count).argsort(axis=1)
    return order


def resamples(count: int, seed: int) -> Ints:
    """Return rows drawn with replacement, shape (times, rows)."""
    drawn: Ints = (_uniform(seed, "resamples", TIMES, count) * count).astype(np.int64)
    return drawn


def floor_of(by_chance: Floats) -> Floats:
    """Return what 95 of 100 statistics made by chance, the first axis, do not exceed."""
    return quantile_over(by_chance, _FLOOR)


def seed_for(seed: int, what: str) -> int:
    """Return a seed of one thing alone, as other people's generators take one: never 0, which they take for none."""
    return 1 + math.floor(luck.uniform_one(seed, 0, _PURPOSE.format("seed"), luck.entity_id(what)) * (2**31 - 2))


def _uniform(seed: int, what: str, rows: int, columns: int) -> Floats:
    return luck.uniform(seed, 0, _PURPOSE.format(what), np.arange(rows * columns)).reshape(rows, columns)
