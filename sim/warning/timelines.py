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
_LAST_MIN = float(np.finfo(np.float64).max)


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

    @classmethod
    def from_windows(cls, from_min: Floats, to_min: Floats) -> Timeline:
        """Return the timeline of entities that are down in each of their windows, shape (entities, windows)."""
        real = from_min < to_min
        times = np.empty((len(from_min), 2 * from_min.shape[1]))
        times[:, 0::2] = np.where(real, from_min, np.inf)
        times[:, 1::2] = np.where(real, to_min, np.inf)
        return _where_down(times, 1)

    def __len__(self) -> int:
        return len(self.changes)

    @property
    def downs(self) -> Floats:
        """When each goes down, outage by outage, shape (entities, outages)."""
        return self.changes[:, 0::2]

    @property
    def ups(self) -> Floats:
        """When each comes back from that outage, shape (entities, outages)."""
        return self.changes[:, 1::2]

    @cached_property
    def fails(self) -> Bools:
        """Whether each entity is ever down, shape (entities,)."""
        return np.asarray(self.changes[:, 0] < np.inf) if self.changes.shape[1] else np.zeros(len(self), dtype=bool)

    @cached_property
    def _in_turn(self) -> list[Floats]:
        """The first change of each entity, the second, …"""
        return list(self.changes.T.copy())

    @cached_property
    def never_fails(self) -> bool:
        """Whether nothing is ever down."""
        return not bool(self.fails.any())

    def up(self, who: Ints, t_min: Floats | float) -> Bools:
        """Return whether each of ``who`` is up at its minute (one for all, or one each; ``inf``: in the end)."""
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
        up = passed % 2 == 0
        until[up] = np.inf
        again = np.flatnonzero(up & (passed < self.changes.shape[1]))
        until[again] = self.changes[who[again], passed[again]]
        return until

    def outages(self, entity: int) -> list[tuple[float, float]]:
        """Return the outages of one entity as (from, to)."""
        pairs = zip(self.downs[entity].tolist(), self.ups[entity].tolist(), strict=True)
        return [(down, up) for down, up in pairs if down < np.inf]

    def of(self, who: Ints) -> Timeline:
        """Return the timeline of some entities; one of −1 never fails."""
        if not self.changes.shape[1] or not len(self.changes):
            return Timeline.always_up(len(who))
        changes = self.changes[who]
        changes[who < 0] = np.inf
        return Timeline(changes)

    def _passed(self, who: Ints, t_min: Floats | float) -> Ints:
        """Return how many changes each has seen by its minute."""
        passed = np.zeros(len(who), dtype=np.int64)
        if self.never_fails:
            return passed
        t = np.broadcast_to(np.minimum(t_min, _LAST_MIN), passed.shape)
        left = np.flatnonzero(self.fails[who])
        for nth in self._in_turn:  # whoever has not seen one change has not seen the next
            left = left[nth[who[left]] <= t[left]]
            if not left.size:
                break
            passed[left] += 1
        return passed


def all_up(timelines: Sequence[Timeline]) -> Timeline:
    """Return when all of several things that stand for the same entities are up (they are in series)."""
    failing = [each for each in timelines if not each.never_fails]
    if len(failing) <= 1:
        return failing[0] if failing else timelines[0]
    return _where_down(np.concatenate([each.changes for each in failing], axis=1), 1)


def any_up(timelines: Sequence[Timeline]) -> Timeline:
    """Return when at least one of several things is up (they are in parallel)."""
    if len(timelines) == 1:
        return timelines[0]
    return _where_down(np.concatenate([each.changes for each in timelines], axis=1), len(timelines))


def _where_down(times: Floats, failures: int) -> Timeline:
    """Return where at least so many outages run at once; columns of ``times`` are beginnings and ends by turns.

    Ends and beginnings that fall together are one change, or none.
    """
    size = len(times)
    rows = np.flatnonzero(_count(times[:, 0::2] < np.inf) >= failures)  # the others never have so many
    if not rows.size:
        return Timeline.always_up(size)
    some = times if rows.size == size else times[rows]
    order = np.argsort(some, axis=1, kind="stable")
    at = np.take_along_axis(some, order, axis=1)
    running = np.cumsum(1 - 2 * (order % 2), axis=1)
    last = np.ones(at.shape, dtype=bool)
    last[:, :-1] = at[:, 1:] > at[:, :-1]  # of changes at one minute only the sum counts
    down = running >= failures
    # the state before each column is that of the last settled column before it
    settled = np.maximum.accumulate(np.where(last, np.arange(at.shape[1]), -1), axis=1)
    before = np.concatenate([np.full((len(rows), 1), -1), settled[:, :-1]], axis=1)
    was_down = np.where(before >= 0, np.take_along_axis(down, np.maximum(before, 0), axis=1), False)
    toggles = last & (down != was_down) & np.isfinite(at)
    changes = np.where(toggles, at, np.inf)
    changes.sort(axis=1)
    most = int(_count(toggles).max(initial=0))
    most += most % 2
    if rows.size == size:
        return Timeline(changes[:, :most].copy())
    spread = np.full((size, most), np.inf)
    spread[rows] = changes[:, :most]
    return Timeline(spread)


def _count(true: Bools) -> Ints:
    """Return how many of each row are true; for few columns faster than a sum over each row."""
    count = np.zeros(len(true), dtype=np.int64)
    for column in true.T:
        count += column
    return count
