"""At which points of the space of all inputs a scenario is played: the designs of SALib, by the scenario's seed.

A point is a share of [0, 1] for each path: how far up its law it lies. All paths of a block move at the same time, each to a share of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.study.sensitivity.chance import seed_for

Floats = NDArray[np.float64]
LEVELS = 4
"""The levels of the grid of Morris: with so many a step is two thirds of the range, and every level is met as often."""
_DIGITS = 12
"""Shares are rounded to so many digits: a level of the grid is the same number wherever it is met."""
Blocks = Sequence[Sequence[int]]
"""Which paths, by their numbers, move together; every path is in one block."""


def problem_of(blocks: Blocks) -> dict[str, Any]:
    """Return what SALib calls a problem: as many variables as there are paths, each between 0 and 1, in the groups of their blocks."""
    of_path = {path: f"b{number}" for number, block in enumerate(blocks) for path in block}
    count = len(of_path)
    return {
        "num_vars": count,
        "names": [f"x{path}" for path in range(count)],
        "bounds": [[0.0, 1.0]] * count,
        "groups": [of_path[path] for path in range(count)],
    }


def trajectories(blocks: Blocks, count: int, seed: int) -> Floats:
    """Return the points of so many trajectories of Morris (1991), shape (count · (blocks + 1), paths)."""
    from SALib.sample import morris  # noqa: PLC0415 - half a second that only this needs

    return _rounded(morris.sample(problem_of(blocks), count, num_levels=LEVELS, seed=seed_for(seed, "morris")))


def saltelli(blocks: Blocks, count: int, seed: int) -> Floats:
    """Return the points from which first and total indices are estimated (Saltelli et al. 2010), shape (count · (blocks + 2), paths).

    ``count`` is a power of two. For each of so many rows: that of the first sample, the same with one block after another from the second sample,
    that of the second sample.
    """
    from SALib.sample import sobol  # noqa: PLC0415 - half a second that only this needs

    problem = problem_of(blocks)
    return _rounded(sobol.sample(problem, count, calc_second_order=False, seed=seed_for(seed, "sobol")))


def latin(paths: int, count: int, seed: int) -> Floats:
    """Return a Latin hypercube (McKay, Beckman & Conover 1979), shape (count, paths): every path has a share in each of ``count`` equal parts."""
    from SALib.sample import latin as hypercube  # noqa: PLC0415 - half a second that only this needs

    problem = problem_of([[path] for path in range(paths)]) | {"groups": None}
    return _rounded(hypercube.sample(problem, count, seed=seed_for(seed, "latin")))


def _rounded(shares: Floats) -> Floats:
    rounded: Floats = np.clip(np.round(shares, _DIGITS), 0.0, 1.0)
    return rounded
