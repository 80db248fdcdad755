"""What the methods of SALib say of inputs and outputs, and above which floor it is to be told from luck.

The model is stochastic: every point is played with the same numbers of runs, and an index is one of the mean over them. Two points may differ because
an input matters, or because with it every household, desk and site meets other luck; the floor of an index is what the second alone gives in 95 of
100 analyses. It is 0 for an input that touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.study.intervals import mean_of
from sim.study.sensitivity.chance import flips, floor_of, resamples, seed_for, shuffles
from sim.study.sensitivity.designs import LEVELS, Blocks, problem_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Kind = Literal["mu_star", "mu", "sigma", "S1", "ST", "ks"]
_STEP = LEVELS / (2 * (LEVELS - 1))
_DIGITS = 9
"""Effects are compared to the nanominute: floating point is no difference."""
_IN_SLICE, _SLICES = 15, (3, 4, 5, 7, 8, 10)
"""PAWN cuts an input into slices of so many points at least, and into one of these numbers of slices: SALib's own arithmetic fails at 6 and 9."""


@dataclass(frozen=True)
class Estimate:
    """One index of one block of inputs (its number): the value, its 95 % interval, NaN where there is none, and its floor."""

    block: int
    kind: Kind
    value: float
    low: float
    high: float
    floor: float
    heard: bool


def morris(shares: Floats, values: Floats, blocks: Blocks, seed: int) -> Iterator[Estimate]:
    """Yield the indices of Morris (1991) and Campolongo et al. (2007) of each block.

    ``shares`` are the points of ``designs.trajectories``, shape (points, paths); ``values`` what the output was there, shape (points, runs).
    μ* is the mean size of the elementary effects, in the unit of the output over the whole range of the input; its interval is bootstrapped over
    trajectories and runs at once, as both are samples. μ, the mean, and σ, the standard deviation, need a direction: they are of blocks of one
    column only. σ has no interval.

    The floors flip the signs of runs: those of all differences that a run makes, in all trajectories, as their luck is the same.
    """
    from SALib.analyze import morris as method  # noqa: PLC0415 - half a second that only this needs

    effects = elementary_effects(shares, values, blocks)
    said = method.analyze(
        problem_of(blocks), shares, values.mean(axis=1), num_levels=LEVELS, seed=seed_for(seed, "morris/interval")
    )
    signs = flips(values.shape[1], seed)
    for number, own in enumerate(effects):
        by_chance = np.round(signs @ own.T / own.shape[1], _DIGITS)  # (ways, trajectories)
        value, half = float(said["mu_star"][number]), _half_of(own, seed)
        ends = (max(value - half, 0.0), value + half)
        yield _above(number, "mu_star", value, ends, np.abs(by_chance).mean(axis=1))
        if len(blocks[number]) == 1:
            mu = mean_of(own.mean(axis=1))
            yield _above(number, "mu", mu.mean, (mu.low, mu.high), np.abs(by_chance.mean(axis=1)))
            spread = float(said["sigma"][number])
            yield _above(number, "sigma", spread, (np.nan, np.nan), by_chance.std(axis=1, ddof=1))


def _half_of(effects: Floats, seed: int) -> float:
    """Return how far the interval of μ* reaches to either side, from effects of shape (trajectories, runs)."""
    of_trajectories, of_runs = (
        resamples(count, seed_for(seed, f"morris/{what}"))
        for what, count in (("trajectories", len(effects)), ("runs", effects.shape[1]))
    )
    drawn = effects[of_trajectories[:, :, None], of_runs[:, None, :]].mean(axis=2)
    return float(1.96 * np.abs(drawn).mean(axis=1).std())


def elementary_effects(shares: Floats, values: Floats, blocks: Blocks) -> Floats:
    """Return by how much each block moves the output, over the whole range, shape (blocks, trajectories, runs); upwards for its first path."""
    length = len(blocks) + 1
    points = shares.reshape(-1, length, shares.shape[1])
    steps = np.diff(points, axis=1)  # (trajectories, steps, paths)
    moved = np.diff(values.reshape(len(points), length, -1), axis=1)
    effects = np.empty((len(blocks), len(points), values.shape[1]))
    for number, block in enumerate(blocks):
        step = steps[:, :, block[0]]
        row, at = np.nonzero(step)
        effects[number, row] = moved[row, at] * np.sign(step[row, at])[:, None] / _STEP
    return effects


def sobol(values: Floats, blocks: Blocks, seed: int) -> Iterator[Estimate]:
    """Yield the first and total indices of Sobol' of each block, with bootstrap intervals, of values at the points of ``designs.saltelli``.

    A first index is heard where its interval leaves out 0. A total index holds also what a block and luck make together, divided by the number of
    runs: its floor flips the signs of runs in the differences that the block makes.
    """
    from SALib.analyze import sobol as method  # noqa: PLC0415 - half a second that only this needs

    means = values.mean(axis=1)
    if _constant(means):
        for number in range(len(blocks)):
            yield from (Estimate(number, kind, 0.0, 0.0, 0.0, 0.0, heard=False) for kind in ("S1", "ST"))
        return
    said = method.analyze(
        problem_of(blocks), means, calc_second_order=False, num_resamples=1000, seed=seed_for(seed, "sobol/interval")
    )
    rows = values.reshape(-1, len(blocks) + 2, values.shape[1])
    variance = rows[:, [0, -1]].mean(axis=2).var()
    signs = flips(values.shape[1], seed)
    for number in range(len(blocks)):
        first, half = float(said["S1"][number]), float(said["S1_conf"][number])
        yield Estimate(number, "S1", first, first - half, first + half, 0.0, heard=first - half > 0)
        apart = np.round(rows[:, 0] - rows[:, number + 1], _DIGITS)  # (rows, runs)
        by_chance = ((signs @ apart.T / apart.shape[1]) ** 2).mean(axis=1) / (2 * variance)
        total, half = float(said["ST"][number]), float(said["ST_conf"][number])
        yield _above(number, "ST", total, (max(total - half, 0.0), total + half), by_chance)


def pawn(shares: Floats, values: Floats, blocks: Blocks, seed: int) -> Iterator[Estimate]:
    """Yield the index of PAWN (Pianosi & Wagener 2018) of each block: how far the law of the output lies from that with the block known roughly.

    ``shares``, shape (points, paths): where in its law each path really lies, in points that fill the space evenly; ``values`` of shape
    (points, runs). Of a block of several paths it is the greatest of theirs. The interval is bootstrapped over points and set around the value, as
    resampling alone makes distances longer; the floor is that of a column shuffled, which knows nothing of the output.
    """
    from SALib.analyze import pawn as method  # noqa: PLC0415 - half a second that only this needs

    means, slices = values.mean(axis=1), slices_of(len(values))
    if _constant(means):
        yield from (Estimate(number, "ks", 0.0, 0.0, 0.0, 0.0, heard=False) for number in range(len(blocks)))
        return
    paths = problem_of([[path] for path in range(shares.shape[1])]) | {"groups": None}
    varying = np.ptp(shares, axis=0) > 0
    said = np.where(varying, method.analyze(paths, shares, means, S=slices)["median"], 0.0)
    shuffled, again = shuffles(len(means), seed), resamples(len(means), seed)
    for number, block in enumerate(blocks):
        value = float(said[list(block)].max())
        labels = [slice_of(shares[:, path], slices) for path in block]
        by_chance = np.max([distances(own, means, shuffled) for own in labels], axis=0)
        drawn = np.max([distances(own[again], means[again]) for own in labels], axis=0)
        low, middle, high = np.quantile(drawn, (0.025, 0.5, 0.975))
        ends = (max(value + low - middle, 0.0), min(value + high - middle, 1.0))
        yield _above(number, "ks", value, ends, by_chance)


def slices_of(points: int) -> int:
    """Return into how many slices PAWN cuts an input of so many points."""
    return max([slices for slices in _SLICES if slices * _IN_SLICE <= points], default=_SLICES[0])


def slice_of(column: Floats, slices: int) -> Ints:
    """Return in which slice of an input each point lies, −1 for the greatest value, which SALib leaves out."""
    edges = np.quantile(column, np.linspace(0, 1, slices + 1))
    found: Ints = np.searchsorted(edges, column, side="right") - 1
    return np.where(column < edges[-1], found, -1)


def distances(slice_: Ints, values: Floats, orders: Ints | None = None) -> Floats:
    """Return the median over slices of the distance of Kolmogorov and Smirnov between the values of a slice and all, shape (times,).

    ``orders``: as many orders in which the slices are dealt to the values, shape (times, points); without them ``slice_`` and ``values`` are
    themselves of that shape. The same as that of SALib, of many samples at a time.
    """
    if orders is not None:
        slice_, values = slice_[orders], np.broadcast_to(values, orders.shape)
    order = values.argsort(axis=1, kind="stable")
    values, slice_ = np.take_along_axis(values, order, axis=1), np.take_along_axis(slice_, order, axis=1)
    last = np.column_stack([values[:, 1:] > values[:, :-1], np.ones(len(values), dtype=bool)])
    everywhere = np.arange(1, values.shape[1] + 1) / values.shape[1]
    found = []
    for number in range(int(slice_.max()) + 1):
        inside = np.cumsum(slice_ == number, axis=1)
        count = inside[:, -1:]
        apart = np.abs(inside / np.maximum(count, 1) - everywhere)
        found.append(np.where(count[:, 0] > 0, np.where(last, apart, 0.0).max(axis=1), np.nan))
    median: Floats = np.nanmedian(found, axis=0)
    return median


def _above(block: int, kind: Kind, value: float, ends: tuple[float, float], by_chance: Floats) -> Estimate:
    """Return an estimate with the floor that chance makes; what does not move at all has none."""
    floor = float(floor_of(by_chance))
    return Estimate(block, kind, value, *ends, floor, heard=abs(value) > floor + 10.0**-_DIGITS)


def _constant(values: Floats) -> bool:
    return bool(np.ptp(values) < 10.0**-_DIGITS)
