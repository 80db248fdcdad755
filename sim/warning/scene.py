"""What every channel looks at: the act, the households it is addressed to, and what state they are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.blocks import NIGHT_FROM, NIGHT_TO
from sim.county import County
from sim.county.places import Households
from sim.distributions import Distribution
from sim.luck import Luck
from sim.records import CallRecords, EventLog, Messages
from sim.scenario import Scenario
from sim.scenario.channels import ChannelPlans
from sim.warning.conditions import Conditions
from sim.warning.setting import Crowd
from sim.warning.timelines import Timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
TICKS_PER_MIN = 1e9
_A_NANOMINUTE = 1e-9
_FAR_MIN = 1e7  # beyond the end of any night, and still a whole number of hours when cast


class Habits:
    """Who is at home and who sleeps, at any minute of this night; one number each per household, thresholded by the hour.

    Earlier warnings keep some awake for a while: see ``keep_awake``.
    """

    def __init__(self, county: County, homes: Households, start: datetime, night_luck: Luck) -> None:
        self._homes, self._luck = homes, night_luck
        self._at_home = np.array([pattern.at_home for pattern in county.habits.patterns]).T.copy()
        self._asleep = np.array(county.habits.asleep)
        self._midnight_min = start.hour * 60 + start.minute + start.second / 60
        self._awake: list[tuple[Floats, float]] = []

    def keep_awake(self, from_min: Floats, for_min: float) -> None:
        """Let each household stay awake from a minute on (``inf`` for those who do not) for so long, besides those named before."""
        self._awake.append((from_min, for_min))

    def at_home(self, t_min: Floats | float, who: Ints | None = None) -> Bools:
        """Return whether each household (of ``who``) is at home at ``t_min`` (one minute for all, or one each)."""
        return self._home_in(self._hour(t_min), who)

    def asleep(self, t_min: Floats | float, who: Ints | None = None) -> Bools:
        """Return whether each household (of ``who``) is at home and asleep at ``t_min``."""
        hour = self._hour(t_min)
        u = self._u_asleep if who is None else self._u_asleep[who]
        sleeping = (u < self._asleep.take(hour)) & self._home_in(hour, who)
        for from_min, for_min in self._awake:
            since = from_min if who is None else from_min[who]
            sleeping &= ~((since <= t_min) & (t_min < since + for_min))
        return sleeping

    def is_night(self, t_min: Floats | float) -> Bools:
        """Return whether a minute lies between 23:00 and 06:00."""
        hour = self._hour(t_min)
        night: Bools = (hour >= NIGHT_FROM) | (hour < NIGHT_TO)
        return night

    def next_hour(self, t_min: Floats) -> Floats:
        """Return when the next hour of the day begins after a minute."""
        begun = np.floor(
            (t_min + self._midnight_min) / 60 + _A_NANOMINUTE
        )  # an hour that was hit only nearly has begun
        hour_min: Floats = (begun + 1) * 60 - self._midnight_min
        return hour_min

    def is_night_at(self, t_min: float) -> bool:
        """Return the same for one minute; for the event loop, where arrays would be slow."""
        hour = (t_min + self._midnight_min) // 60 % 24
        return hour >= NIGHT_FROM or hour < NIGHT_TO

    def by_hour(self, shares: tuple[float, ...], t_min: float) -> float:
        """Return the share of the hour of ``t_min``."""
        return shares[int(self._hour(t_min))]

    @cached_property
    def _pattern(self) -> Ints:
        return self._homes.pattern.astype(np.int64)

    @cached_property
    def _u_home(self) -> Floats:
        return self._luck.uniform("household/at_home", self._homes.id)

    @cached_property
    def _u_asleep(self) -> Floats:
        return self._luck.uniform("household/asleep", self._homes.id)

    def _home_in(self, hour: Ints, who: Ints | None) -> Bools:
        patterns = self._at_home.shape[1]
        pattern, u = (self._pattern, self._u_home) if who is None else (self._pattern[who], self._u_home[who])
        here: Bools = u < self._at_home.take(hour * patterns + pattern)
        return here

    def _hour(self, t_min: Floats | float) -> Ints:
        """Return the hour of the day; that of a time that never comes does not matter."""
        hours = (np.minimum(t_min, _FAR_MIN) + self._midnight_min) / 60
        hour: Ints = np.asarray(hours).astype(np.int64) % 24
        return hour


@dataclass(frozen=True)
class Scene:
    """One act as its households meet it; minutes after T0.

    ``conditions``: when power, network and roads work. ``opens_min`` when each system of the platform is open to it, before the system's
    own set-up; ``end_min`` the end of the night or of the act. ``log`` and ``messages`` are added to.
    """

    scenario: Scenario
    act: str
    means: tuple[str, ...]
    crowd: Crowd
    habits: Habits
    conditions: Conditions
    luck: Luck
    calls: CallRecords
    released_min: float
    opens_min: Mapping[str, float]
    end_min: float
    log: EventLog
    messages: list[Messages]

    @property
    def homes(self) -> Households:
        """The households of the crowd."""
        return self.crowd.homes

    @property
    def channels(self) -> ChannelPlans:
        """The means as planned."""
        return self.scenario.plan.channels

    def once(self, purpose: str) -> float:
        """Return luck that belongs to the whole act."""
        return self.luck.one(purpose, luck.entity_id(self.act))

    @cached_property
    def act_luck(self) -> Luck:
        """The luck of this act: a second warning is another chance to hear."""
        return self.luck.of(self.act)

    def each(self, purpose: str, who: Ints | None = None) -> Floats:
        """Return luck of each household (of ``who``) in this act."""
        return self.act_luck.uniform(purpose, self.homes.id if who is None else self.homes.id[who])

    def all_night(self, purpose: str, who: Ints) -> Floats:
        """Return luck of each household of ``who`` that is the same for every act: what devices it has, whether they are on."""
        return self.luck.uniform(purpose, self.homes.id[who])

    def respond(self, u: Floats, at_min: Floats, who: Ints, *, awake: float, asleep: float) -> Ints:
        """Return the positions in ``who`` of those whose luck ``u`` lets them respond: a share of those awake, another of those asleep."""
        could = np.flatnonzero(u < max(awake, asleep))
        sleeping = self.habits.asleep(at_min[could], who[could])
        those: Ints = could[u[could] < np.where(sleeping, asleep, awake)]
        return those

    def at_desks(self, purpose: str, law: Distribution) -> Floats:
        """Return a duration of each run of households, one draw per lowest desk, shape (runs,)."""
        entity = self.scenario.county.places.entity[self.crowd.stretch_place]
        minutes: Floats = law.draw(self.act_luck.uniform(purpose, entity))
        return minutes

    @property
    def dispatched_min(self) -> Floats:
        """When the lowest desk of each run turned to its households, shape (runs,)."""
        return self.calls.dispatched_min[self.crowd.stretch_place]

    def note(self, t_min: float, channel: str, act: str) -> None:
        """Note what a system of the platform did."""
        if t_min <= self.end_min:
            self.log.note(float(t_min), "channel", 0, channel=channel, act=act, act_id=self.act)


def up_throughout(timeline: Timeline, who: Ints, from_min: Floats | float, to_min: Floats) -> Bools:
    """Return which of ``who`` are up at one minute and go down at no minute before another; nothing lasts from ``inf`` on."""
    begin = np.broadcast_to(np.asarray(from_min, dtype=np.float64), len(who))
    until = timeline.up_until(who, begin)
    throughout: Bools = (until > begin) & (until >= to_min)
    return throughout


def one_after_another(minutes: Floats, server: Ints, servers: int, crowd: Crowd) -> Floats:
    """Return how long each household waits for those before it in the same run that the same server attends to.

    Sums run in whole nanominutes, so that the sum in one place does not depend, by rounding, on the places before it.
    """
    ticks = np.rint(minutes * TICKS_PER_MIN).astype(np.int64)
    waits = np.zeros(len(minutes), dtype=np.int64)
    for s in range(servers):
        mine = ticks if servers == 1 else np.where(server == s, ticks, 0)
        before = np.cumsum(mine) - mine
        before -= before[crowd.rank == 0][crowd.stretch]
        waits = before if servers == 1 else np.where(server == s, before, waits)
    return waits / TICKS_PER_MIN
