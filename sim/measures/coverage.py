"""How many were told by when; shares count everybody, reached or not."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.records import CHANNELS, Night
from sim.scenario.acts import RISING

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
NANOMINUTE = 1e-9


def by(times_min: Floats, limit_min: float) -> Bools:
    """Return which times keep a limit; one kept to the nanominute is kept, here and wherever limits are judged."""
    return times_min <= limit_min + NANOMINUTE


def time_to_share(times_min: Floats, share: float) -> float:
    """Return the first minute by which at least ``share`` of all have happened; ``inf`` if they never do, NaN of nobody.

    No interpolation: the result is one of the times, so that those who never hear stay what they are.
    """
    n = len(times_min)
    if n == 0:
        return math.nan
    k = min(max(math.ceil(share * n - 1e-9), 1), n)
    return float(np.partition(times_min, k - 1)[k - 1])


class Grouped:
    """Times of many, grouped by row."""

    def __init__(self, times_min: Floats, row: NDArray[np.int64], rows: int) -> None:
        order = np.argsort(row, kind="stable")
        self._times, self._row, self._rows = times_min[order], row[order], rows
        self._count = np.bincount(row, minlength=rows)
        self._first = np.cumsum(self._count) - self._count

    def time_to_share(self, share: float) -> Floats:
        """Return, per row, what ``time_to_share`` gives for its members."""
        k = np.clip(np.ceil(share * self._count - 1e-9).astype(np.int64), 1, None)
        result = np.full(self._rows, np.nan)
        for row in np.flatnonzero(self._count).tolist():  # a few hundred short groups: quicker than sorting all
            mine = self._times[self._first[row] : self._first[row] + self._count[row]]
            result[row] = np.partition(mine, k[row] - 1)[k[row] - 1]
        return result

    def share_by(self, t_min: float) -> Floats:
        """Return the share of each row's members whose time is at most ``t_min``."""
        done = (
            np.bincount(self._row[by(self._times, t_min)], minlength=self._rows)
            if np.isfinite(t_min)
            else 0 * self._count
        )
        return np.where(self._count > 0, done / np.maximum(self._count, 1), np.nan)

    def never(self) -> NDArray[np.int64]:
        """Return how many of each row never came to it."""
        return np.bincount(self._row[np.isinf(self._times)], minlength=self._rows)


def share_within(times_min: Floats, since_min: float, minutes: float) -> float:
    """Return the share of all that happened within ``minutes`` of ``since_min``; NaN of nobody."""
    if len(times_min) == 0:
        return math.nan
    return float(np.mean(by(times_min, since_min + minutes))) if math.isfinite(since_min) else 0.0


def first_told_by(first_by: NDArray[np.int8]) -> dict[str, float]:
    """Return the share of all households first told by each channel; with the share never told they sum to one."""
    counts = np.bincount(first_by[first_by >= 0], minlength=len(CHANNELS))
    return {name: float(count / max(len(first_by), 1)) for name, count in zip(CHANNELS, counts, strict=True)}


def coverage_curve(night: Night, inside: Bools | None = None, step_min: float = 1.0) -> pd.DataFrame:
    """Return the share of households told by each minute after release (T0, if there was none), by the channel that told them first.

    Parameters
    ----------
    inside : shape (households,), optional
        which households count; all by default

    Returns
    -------
    DataFrame
        ``minutes`` after release or T0, one column per channel, and ``all``, their sum
    """
    warned, first_by = night.households.warned_min, night.households.first_by
    if inside is not None:
        warned, first_by = warned[inside], first_by[inside]
    edges = np.arange(0.0, max(night.end_min - night.origin_min, 0.0) + step_min, step_min)
    curve = {"minutes": edges}
    for number, channel in enumerate(CHANNELS):
        times = np.sort(warned[first_by == number]) - night.origin_min
        curve[channel] = np.searchsorted(times, edges + NANOMINUTE, side="right") / max(len(warned), 1)
    curve["all"] = np.sum([curve[channel] for channel in CHANNELS], axis=0)
    return pd.DataFrame(curve)


def told_of_anything(night: Night) -> Bools:
    """Return which households any warning or order of the night told, shape (households,).

    What is lowered, lifted or ended tells of no danger.
    """
    told = np.isfinite(night.households.warned_min)
    for act in night.acts:
        if not act.change or act.change in RISING:
            told[act.reception.rows] |= np.isfinite(act.reception.told_min)
    return told
