"""When things work: for each of many (sites, places, roads), up from the beginning and toggling at stated minutes.

``changes`` has one row per entity: the minutes at which it goes down, comes back, goes down again …, ascending, ``inf`` behind the last.
An entity that goes down at one minute and comes back at another is down from the first, up from the second on: [down, up).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Timeline:
    """When each entity is up; ``changes`` has shape (entities, 2 × the most outages of one)."""

    changes: Floats

    @classmethod
    def always_up(cls, size: int) -> Timeline:
        """Return the timeline of so many entities that never fail."""
        return cls(np.zeros((size, 0)))

    @classmethod
    def from_outages(cls, size: int, who: Ints, from_min: Floats, to_min: Floats) -> Timeline:
        """Return the timeline of ``size`` entities, each down wherever one of its outages runs.

        Parameters
        ----------
        who, from_min, to_min : shape (outages,)
            entity, and the minutes from which and until which it is down; one that ends where it begins is none
        """
        real = from_min < to_min
        who, from_min, to_min = who[real], from_min[real], to_min[real]
        order = np.argsort(who, kind="stable")
        count = np.bincount(who, minlength=size)
        row = who[order]
        place = np.arange(len(row)) - (np.cumsum(count) - count)[row]
        most = int(count.max(initial=0))
        times = np.full((size, 2 * most), np.inf)
        times[row, 2 * place], times[row, 2 * place + 1] = from_min[order], to_min[order]
        return _where_down(times, 1)

    def __len__(self) -> int:
        return len(self.changes)

    @cached_property
    def fails(self) -> Bools:
        """Whether each entity is ever down, shape (entities,)."""
        return np.asarray(np.isfinite(self.changes).any(axis=1))

    @cached_property
    def never_fails(self) -> bool:
        """Whether nothing is ever down."""
        return not bool(self.fails.any())

    def up(self, who: Ints, t_min: Floats | float) -> Bools:
        """Return whether each of ``who`` is up at its minute (one for all, or one each)."""
        return np.asarray(self._passed(who, t_min) % 2 == 0)

    def next_up(self, who: Ints, t_min: Floats) -> Floats:
        """Return the first minute from ``t_min`` on at which each of ``who`` is up; ``inf`` if it stays down."""
        at = np.array(t_min, dtype=np.float64)
        passed = self._passed(who, at)
        down = np.flatnonzero(passed % 2 == 1)
        at[down] = self.changes[who[down], passed[down]]
        return at

    def up_until(self, who: Ints, t_min: Floats) -> Floats:
        """Return when each of ``who`` goes down next; its minute itself where it is down then, ``inf`` for never."""
        passed = self._passed(who, t_min)
        until = np.array(t_min, dtype=np.float64)
        up = np.flatnonzero(passed % 2 == 0)
        column = np.pad(self.changes, ((0, 0), (0, 1)), constant_values=np.inf)
        until[up] = column[who[up], passed[up]]
        return until

    def outages(self, entity: int) -> list[tuple[float, float]]:
        """Return the outages of one entity as (from, to)."""
        row = [t for t in self.changes[entity].tolist() if t < np.inf]
        return [(row[i], row[i + 1] if i + 1 < len(row) else np.inf) for i in range(0, len(row), 2)]

    def of(self, who: Ints) -> Timeline:
        """Return the timeline of some entities; one of −1 never fails."""
        if not self.changes.shape[1]:
            return Timeline.always_up(len(who))
        changes = self.changes[who]
        changes[who < 0] = np.inf
        return Timeline(changes)

    def _passed(self, who: Ints, t_min: Floats | float) -> Ints:
        """Return how many changes each has seen by its minute."""
        passed = np.zeros(len(who), dtype=np.int64)
        if self.never_fails:
            return passed
        some = np.flatnonzero(self.fails[who])
        t = np.broadcast_to(np.asarray(t_min, dtype=np.float64), passed.shape)[some]
        passed[some] = (self.changes[who[some]] <= t[:, None]).sum(axis=1)
        return passed


def all_up(timelines: Sequence[Timeline]) -> Timeline:
    """Return when all of several things that stand for the same entities are up (they are in series)."""
    return _where_down(np.concatenate([each.changes for each in timelines], axis=1), 1)


def any_up(timelines: Sequence[Timeline]) -> Timeline:
    """Return when at least one of several things is up (they are in parallel)."""
    return _where_down(np.concatenate([each.changes for each in timelines], axis=1), len(timelines))


def _where_down(times: Floats, failures: int) -> Timeline:
    """Return where at least so many outages run at once; columns of ``times`` are beginnings and ends by turns.

    Ends and beginnings that fall together are one change, or none.
    """
    size, width = times.shape
    if not np.isfinite(times).any():
        return Timeline.always_up(size)
    order = np.argsort(times, axis=1, kind="stable")
    at = np.take_along_axis(times, order, axis=1)
    running = np.cumsum(np.where(order % 2 == 0, 1, -1), axis=1)
    last = np.ones((size, width), dtype=bool)
    last[:, :-1] = at[:, 1:] > at[:, :-1]  # of changes at one minute only the sum counts
    down = running >= failures
    # the state before each column is that of the last settled column before it
    settled = np.where(last, np.arange(width), -1)
    before = np.maximum.accumulate(settled, axis=1)
    before = np.concatenate([np.full((size, 1), -1), before[:, :-1]], axis=1)
    was_down = np.where(before >= 0, np.take_along_axis(down, np.maximum(before, 0), axis=1), False)
    toggles = last & (down != was_down) & np.isfinite(at)
    changes = np.where(toggles, at, np.inf)
    changes.sort(axis=1)
    most = int(toggles.sum(axis=1).max(initial=0))
    return Timeline(changes[:, : most + most % 2])
