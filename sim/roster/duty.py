"""The duty roster of one night: who holds which post at which desk at which minute; and, apart from it, who is responsible.

Desks that the shift table names are taken from it alone: a post without a row is an empty post, and the ladder skips it. Desks
that it does not name get synthetic holders, one a post, changed at the daily handover where the post rotates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.roster.plan import PostPlan, RosterPlan

_DAY_MIN = 1440.0


@dataclass(frozen=True, slots=True)
class Person:
    """One person who can be called; ``entity`` is the 64-bit id of their luck.

    ``reachable`` is the chance that they can be reached tonight, where something is known of them; ``None``: as their post has it.
    ``sets`` are the kinds of emergency sets that they can use.
    """

    id: str
    entity: int
    name: str = ""
    phone: str = ""
    reachable: float | None = None
    sets: frozenset[str] = frozenset()

    def reachable_at(self, post: PostPlan) -> float:
        """Return the chance that they can be reached tonight when they hold a post."""
        return post.reachable if self.reachable is None else self.reachable


@dataclass(frozen=True)
class Shift:
    """A person at a post from minute to minute after T0."""

    from_min: float
    to_min: float
    person: Person


class _Holding(NamedTuple):
    """Who holds a post (``None``: nobody) from one minute after T0 until another."""

    person: Person | None
    from_min: float
    until_min: float


@dataclass(frozen=True)
class Responsible:
    """One entry of the register of responsible persons (责任人名册): for which place, in what post, who."""

    place: str
    post: str
    person: Person


@dataclass(frozen=True)
class Roster:
    """The roster and the rules of calling; see ``load_roster``.

    ``shifts`` maps (desk code, post) to its shifts by time; ``named`` holds the desks that the table names. ``responsible`` is the
    register, by place and post.
    """

    plan: RosterPlan
    start: datetime
    shifts: Mapping[tuple[str, str], tuple[Shift, ...]]
    named: frozenset[str]
    responsible: tuple[Responsible, ...]
    synthetic: bool
    _last: dict[tuple[str, str], _Holding] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def entities(self) -> NDArray[np.uint64]:
        """The ids of everybody who is named, shape (persons,)."""
        shifts = {shift.person.entity for shifts in self.shifts.values() for shift in shifts}
        return np.array(sorted(shifts | {entry.person.entity for entry in self.responsible}), dtype=np.uint64)

    def starting(self, start: datetime) -> Roster:
        """Return the same roster for a night that begins at another moment."""
        later_min = (start - self.start).total_seconds() / 60
        moved = {
            key: tuple(Shift(s.from_min - later_min, s.to_min - later_min, s.person) for s in shifts)
            for key, shifts in self.shifts.items()
        }
        return replace(self, start=start, shifts=moved)

    def on_duty(self, desk: str, post: str, t_min: float) -> Person | None:
        """Return who holds ``post`` at ``desk`` at minute ``t_min`` after T0, or ``None`` for an empty post."""
        last = self._last.get((desk, post))
        if last is None or not last.from_min <= t_min < last.until_min:
            last = self._last[desk, post] = self._holding(desk, post, t_min)
        return last.person

    def can_use(self, desk: str, device: str, t_min: float) -> bool:
        """Tell whether somebody on duty can use a kind of emergency set; they can where the roster does not say who there can use any."""
        if desk not in self.set_users:
            return True
        holders = (self.on_duty(desk, post, t_min) for post in self.set_users[desk])
        return any(person is not None and device in person.sets for person in holders)

    @cached_property
    def set_users(self) -> Mapping[str, tuple[str, ...]]:
        """The posts of those who can use a set, by desk; a desk of which nothing is known is not there."""
        posts: dict[str, tuple[str, ...]] = {}
        for (desk, post), shifts in self.shifts.items():
            if any(shift.person.sets for shift in shifts):
                posts[desk] = (*posts.get(desk, ()), post)
        return posts

    def _holding(self, desk: str, post: str, t_min: float) -> _Holding:
        """Return who holds a post at a minute, and until when nothing of that changes."""
        if desk in self.named:
            for shift in self.shifts.get((desk, post), ()):
                if t_min < shift.from_min:
                    return _Holding(None, t_min, shift.from_min)
                if t_min < shift.to_min:
                    return _Holding(shift.person, t_min, shift.to_min)
            return _Holding(None, t_min, math.inf)
        if not self.plan.posts[post].rotates:
            return _Holding(synthetic_person(desk, post, 0), t_min, math.inf)
        day = math.floor(self._since_handover_min(t_min) / _DAY_MIN)
        until_min = (day + 1) * _DAY_MIN - self._since_handover_min(0.0)
        return _Holding(synthetic_person(desk, post, self.start.toordinal() + day), t_min, until_min)

    def _since_handover_min(self, t_min: float) -> float:
        """Return minutes from the handover on the day of T0, when a duty day begins, to a minute after T0."""
        start, handover = self.start, self.plan.handover
        return (start.hour - handover.hour) * 60 + start.minute - handover.minute + start.second / 60 + t_min


@lru_cache(maxsize=1 << 16)
def synthetic_person(desk: str, post: str, duty_day: int) -> Person:
    """Return the made-up holder of a post on a duty day (0 for a standing holder)."""
    name = f"{desk}/{post}/{duty_day}"
    return Person(name, luck.entity_id(name))
