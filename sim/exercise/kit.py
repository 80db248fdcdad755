"""What an exercise kit holds, as data: the night, the seats at the table, the injects, the limits and the clock of the exercise.

Times of the night are minutes after T0, those of the exercise minutes after it begins. Posts and codes stand for people; there is no name of
a person in a kit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np

from sim.errors import Text
from sim.measures import Naming
from sim.records import Night
from sim.scenario import Scenario
from sim.study.band import Band

Size = Literal["village", "enterprise", "township", "county"]
"""Who takes part: one village, one key site (重点单位), a township with its villages, the county with some townships."""
Kind = Literal["timeline", "reserve", "conditional"]
"""主线: given at its minute; 备用: kept ready off the timeline; 视情况: given only if its condition holds at its minute."""
How = Literal["typical", "bad", "instructive", "asked"]
"""How the night was chosen; ``asked``: its number was given."""
When = Literal["before", "at_start", "during", "after"]
"""When a paper goes out: days before, only as the exercise starts, while it runs, after it."""
MINUTES: dict[Size, float] = {"village": 40.0, "enterprise": 40.0, "township": 120.0, "county": 240.0}
"""How long an exercise lasts by default."""


@dataclass(frozen=True)
class Role:
    """A seat at the table: a post at a desk, never a person.

    ``id`` is the shown code of the place and the post, such as ``500235101/officer``; of a key site ``…/key_site/<row>/<post>``. ``level`` is the
    id of the level of the county (or ``key_site``), ``post`` the id of the post in the scenario. ``played``: somebody sits there; else the
    controllers speak for it.
    """

    id: str
    title: Text
    level: str
    place: int
    post: str
    played: bool = True


@dataclass(frozen=True)
class Inject:
    """One thing that the controllers tell the players (导调信息).

    Parameters
    ----------
    t_min
        minutes after T0 of what it comes from: exactly that moment of the night. ``None`` for reserve ones; for conditional ones the moment
        at which the condition is looked at: the limit after what it counts from
    record, event
        where that moment stands: ``night.events[event]`` where ``record`` is "events", else row ``event`` of another record of the night, as
        ``sim.exercise.moments`` names it; "" and ``None`` for injects of another kind than ``timeline``
    exercise_min
        minutes after the start of the exercise; ``None`` for reserve ones
    source
        who gives it; ``None``: the controllers, in their own name
    means
        by which channel, as in ``records.CHANNELS`` or the ladders; "" for paper or word of mouth
    text, expected, evaluator
        what is told (official wording), what the players should do, and what the evaluator watches
    responsible
        the seat that must act
    limit_min, requirement, limit_source
        the limit of a requirement that it bears on, its id, and its source, exactly as the scenario has them; ``None`` and "" where none does
    step
        the step of the chain that it belongs to, of ``records.STEPS``
    condition
        when a conditional inject is given
    theme
        what it is about: the rule that chose it, such as ``released``
    """

    number: int
    kind: Kind
    t_min: float | None
    record: str
    event: int | None
    exercise_min: float | None
    source: Role | None
    to: tuple[Role, ...]
    means: str
    text: Text
    expected: Text
    evaluator: Text
    responsible: Role
    limit_min: float | None
    requirement: str
    limit_source: str
    step: str
    condition: Text | None
    theme: str

    @property
    def id(self) -> str:
        """Its number, no other inject has it, as people write it: Z on the timeline (主线), S conditional (视情况), B in reserve (备用)."""
        return f"{_LETTER[self.kind]}{self.number:02d}"


_LETTER: dict[Kind, str] = {"timeline": "Z", "reserve": "B", "conditional": "S"}


@dataclass(frozen=True)
class Limit:
    """One line of an evaluator's form: a requirement of the scenario that concerns the players, as the scenario has it.

    ``requirement`` is its id on a night (a call target about several acts has one for each: ``desks@w``), ``since`` is ``t0``, ``release`` or
    ``act`` (the release of ``act``, its id), ``event`` and ``of_whom`` as ``measures.subject`` has them.
    """

    requirement: str
    name: str
    responsible: Role | None
    since: str
    act: str
    event: str
    of_whom: str
    within_min: float
    share: float
    source: str
    applies_to: str
    status: str


@dataclass(frozen=True)
class KeyTime:
    """A moment that the evaluators are to write down, besides the injects (关键时刻), and when it was in the night.

    ``id`` is ``<requirement>|<place code>`` for the event of a requirement at a place, ``release|<act>`` for a release. ``t_min`` is null where
    it never came. ``since_min``: from when its requirement counts in the night.
    """

    id: str
    name: Text
    requirement: str
    event: str
    act: str
    place: int
    responsible: Role | None
    since_min: float | None
    within_min: float | None
    t_min: float | None


@dataclass(frozen=True)
class Contact:
    """A line of the contact list (通讯录): a post at a desk, and its number where that may be shown; never a name."""

    place: int
    label: str
    post: str
    title: Text
    phone: str


@dataclass(frozen=True)
class Route:
    """A line of the routes (撤离路线): from a danger zone to the shelter that its people are meant for.

    ``shelter`` is the row of the county's shelters (−1: a safe place without one), ``way_m`` the straight distance, ``None`` where the
    scenario does not say how far a safe place is. ``households`` and ``persons``: those listed who live in the zone.
    """

    zone: str
    kind: str
    place: int
    label: str
    shelter: int
    shelter_label: str
    capacity: int | None
    households: int
    persons: int
    needs_help: int
    way_m: float | None


@dataclass(frozen=True, eq=False)
class Schedule:
    """The clock of the exercise: when it starts and how night minutes become exercise minutes.

    ``night_min`` and ``exercise_min`` are the knots of a map that never falls, straight in between; both grow.
    """

    start: datetime
    minutes: float
    night_min: tuple[float, ...]
    exercise_min: tuple[float, ...]

    def to_exercise(self, t_min: float) -> float:
        """Return when in the exercise a minute of the night comes."""
        return float(np.interp(t_min, self.night_min, self.exercise_min))

    def to_night(self, exercise_min: float) -> float:
        """Return which minute of the night it is at a minute of the exercise."""
        return float(np.interp(exercise_min, self.exercise_min, self.night_min))

    def clock(self, exercise_min: float) -> datetime:
        """Return what the clock on the wall says."""
        return self.start + timedelta(minutes=exercise_min)


@dataclass(frozen=True)
class Choice:
    """Which night was chosen, ``replication``, out of so many (``of``), and why in plain words.

    ``measure`` and ``value`` are the number that decided, where there is one: null for never.
    """

    how: How
    replication: int
    of: int
    reason: Text
    measure: str
    value: float | None


@dataclass(frozen=True)
class Handout:
    """A paper and when it goes out; ``players``: whether players are given it. An inject card is given when its inject comes."""

    paper: str
    when: When
    players: bool


@dataclass(frozen=True, eq=False)
class Kit:
    """A whole kit.

    ``place`` is the place that takes part (index in the county); ``key_site`` the row of the key site for an enterprise, else ``None``.
    ``opening`` is what the players are told as it starts: nothing later than T0. ``band``: runs of the scenario that actual times can be held
    against.
    """

    scenario: Scenario
    night: Night
    replication: int
    chosen: Choice
    size: Size
    place: int
    key_site: int | None
    roles: tuple[Role, ...]
    injects: tuple[Inject, ...]
    limits: tuple[Limit, ...]
    key_times: tuple[KeyTime, ...]
    schedule: Schedule
    band: Band
    contacts: tuple[Contact, ...]
    routes: tuple[Route, ...]
    opening: Text
    handouts: tuple[Handout, ...]
    double_blind: bool
    names: Naming

    def of_kind(self, kind: Kind) -> tuple[Inject, ...]:
        """Return the injects of a kind, in order."""
        return tuple(inject for inject in self.injects if inject.kind == kind)
