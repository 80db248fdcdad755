"""A month planned: who holds which post of a duty room on which day, with rest, leave and a fair load (HiGHS, by scipy).

Each desk is planned by itself, as one mixed-integer problem:

    x[person, post, day] ∈ {0, 1}, empty[post, day] ∈ {0, 1}
    Σ_person x + empty = 1                         every post every day, or its emptiness is owned up to
    Σ_post Σ_{day … day+rest} x ≤ 1                at most one duty in so many days
    x = 0                                          who is on leave, cannot hold the post, or stood there too lately
    low ≤ Σ x ≤ high, low' ≤ Σ_{days off} x ≤ high'    of all who can hold the same posts
    minimise  1000 Σ empty + Σ 10 (high' − low') + (high − low)

An emptiness costs more than anything else, so a demand that cannot be met is met as far as possible, and what clashes is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import product

import numpy as np
from scipy import optimize, sparse

from sim.errors import ModelError, Text

_EMPTY, _DAYS_OFF = 1000.0, 10.0
"""What an empty post, and a difference of one day off, weigh beside a difference of one day."""


@dataclass(frozen=True)
class Candidate:
    """One person: the posts they can hold, when they are away, and when they last stood before the month (``None``: long ago)."""

    person: str
    posts: frozenset[str]
    leave: frozenset[date] = frozenset()
    last: date | None = None


@dataclass(frozen=True)
class Demand:
    """What one desk needs: its posts, the days, who there is, which of the days are days off, and how many days of rest follow a duty."""

    desk: str
    posts: tuple[str, ...]
    days: tuple[date, ...]
    people: tuple[Candidate, ...]
    days_off: frozenset[date] = frozenset()
    rest_days: int = 2


@dataclass(frozen=True)
class Duty:
    """One duty day: who holds which post of which desk."""

    desk: str
    post: str
    person: str
    day: date


@dataclass(frozen=True)
class Clash:
    """A post that nobody can hold on a day, and why not, person by person."""

    desk: str
    post: str
    day: date
    why: Mapping[str, Text]


@dataclass(frozen=True)
class Plan:
    """The duties of one desk in order, and what clashes."""

    demand: Demand
    duties: tuple[Duty, ...]
    clashes: tuple[Clash, ...] = field(default=())


def plan_desk(demand: Demand) -> Plan:
    """Return the best plan of one desk; the same demand gives the same plan."""
    people, posts, days = demand.people, demand.posts, demand.days
    if not posts or not days:
        return Plan(demand, ())
    held = [
        (p, q, d)
        for p, q, d in product(range(len(people)), range(len(posts)), range(len(days)))
        if _may(demand, p, posts[q], days[d])
    ]
    alike = list(
        dict.fromkeys(candidate.posts for candidate in people)
    )  # an even load can be asked of those who can do the same
    begin = len(held) + len(posts) * len(days)
    columns = begin + 4 * len(alike)
    empty = {(q, d): len(held) + q * len(days) + d for q, d in product(range(len(posts)), range(len(days)))}
    rows = _Rows(columns)
    filled: dict[tuple[int, int], list[int]] = {key: [column] for key, column in empty.items()}
    own: list[list[int]] = [[] for _ in people]
    for column, (p, q, d) in enumerate(held):
        filled[q, d].append(column)
        own[p].append(column)
    for some in filled.values():
        rows.add(dict.fromkeys(some, 1.0), 1, 1)
    for candidate, mine in zip(people, own, strict=True):
        by_day: dict[int, list[int]] = {}
        for column in mine:
            by_day.setdefault(held[column][2], []).append(column)
        for first in range(len(days)):
            window = [column for day in range(first, first + demand.rest_days + 1) for column in by_day.get(day, ())]
            if len(window) > 1:
                rows.add(dict.fromkeys(window, 1.0), -np.inf, 1)
        low, high, low_off, high_off = range(begin + 4 * alike.index(candidate.posts), columns)[:4]
        off = [column for column in mine if days[held[column][2]] in demand.days_off]
        for some, least, most in ((mine, low, high), (off, low_off, high_off)):
            rows.add({**dict.fromkeys(some, 1.0), least: -1.0}, 0, np.inf)
            rows.add({**dict.fromkeys(some, 1.0), most: -1.0}, -np.inf, 0)
    cost = np.zeros(columns)
    cost[list(empty.values())] = _EMPTY
    cost[begin:] = np.tile([-1, 1, -_DAYS_OFF, _DAYS_OFF], len(alike))
    upper = np.ones(columns)
    upper[begin:] = len(days)
    result = optimize.milp(
        cost,
        constraints=rows.constraint(),
        integrality=np.ones(columns, dtype=np.int64),
        bounds=optimize.Bounds(np.zeros(columns), upper),
        options={"time_limit": 20.0, "mip_rel_gap": 1e-6},
    )
    if result.x is None:
        message = f"the plan of {demand.desk} was not solved: {result.message}"
        raise ModelError(message)
    chosen = np.round(result.x).astype(bool)
    duties = sorted(
        (
            Duty(demand.desk, posts[q], people[p].person, days[d])
            for column, (p, q, d) in enumerate(held)
            if chosen[column]
        ),
        key=lambda duty: (duty.day, posts.index(duty.post)),
    )
    vacant = [(q, d) for (q, d), column in empty.items() if chosen[column]]
    return Plan(demand, tuple(duties), tuple(_clash(demand, duties, posts[q], days[d]) for q, d in vacant))


class _Rows:
    """Rows of a sparse matrix with their bounds, one after the other."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._row: list[int] = []
        self._column: list[int] = []
        self._value: list[float] = []
        self._bounds: list[tuple[float, float]] = []

    def add(self, cells: Mapping[int, float], low: float, high: float) -> None:
        """Append one row."""
        self._row += [len(self._bounds)] * len(cells)
        self._column += cells.keys()
        self._value += cells.values()
        self._bounds.append((low, high))

    def constraint(self) -> optimize.LinearConstraint:
        """Return all rows as one constraint."""
        matrix = sparse.csr_array((self._value, (self._row, self._column)), shape=(len(self._bounds), self._columns))
        low, high = (np.array(bound) for bound in zip(*self._bounds, strict=True))
        return optimize.LinearConstraint(matrix, low, high)


def _may(demand: Demand, person: int, post: str, day: date) -> bool:
    return _why_not(demand, demand.people[person], post, day) is None


def _why_not(demand: Demand, candidate: Candidate, post: str, day: date) -> Text | None:
    """Return why somebody cannot hold a post on a day, whatever else is planned; ``None`` if they can."""
    if post not in candidate.posts:
        return Text("不担任这个岗位", "does not hold this post")
    if day in candidate.leave:
        return Text("请假", "on leave")
    if candidate.last is not None and (day - candidate.last).days <= demand.rest_days:
        return Text(f"上月{candidate.last:%m-%d}刚值过班", f"stood on {candidate.last:%m-%d}, just before")
    return None


def _clash(demand: Demand, duties: Sequence[Duty], post: str, day: date) -> Clash:
    """Return why nobody holds a post on a day."""
    why = {}
    for candidate in demand.people:
        reason = _why_not(demand, candidate, post, day)
        if reason is None:
            near = [
                duty.day
                for duty in duties
                if duty.person == candidate.person and abs((duty.day - day).days) <= demand.rest_days
            ]
            when = "、".join(f"{one:%m-%d}" for one in near)
            reason = Text(f"{when}值班，要休息", f"on duty {when}, needs rest")
        why[candidate.person] = reason
    return Clash(demand.desk, post, day, why)


def check_plan(plan: Plan) -> list[str]:
    """Return what a plan breaks of its demand, in words; nothing for a sound one. Written without the solver, by going through the duties."""
    demand, broken = plan.demand, []
    people = {candidate.person: candidate for candidate in demand.people}
    owned_up = {(clash.post, clash.day) for clash in plan.clashes}
    for post, day in product(demand.posts, demand.days):
        holders = [duty.person for duty in plan.duties if (duty.post, duty.day) == (post, day)]
        if len(holders) != (0 if (post, day) in owned_up else 1):
            broken.append(f"{post} on {day}: held by {len(holders)}")
    for duty in plan.duties:
        candidate = people[duty.person]
        if duty.post not in candidate.posts:
            broken.append(f"{duty.person} cannot hold {duty.post}")
        if duty.day in candidate.leave:
            broken.append(f"{duty.person} is on leave on {duty.day}")
        if candidate.last is not None and (duty.day - candidate.last).days <= demand.rest_days:
            broken.append(f"{duty.person} has no rest after {candidate.last}")
        broken += [
            f"{duty.person} has no rest between {duty.day} and {other.day}"
            for other in plan.duties
            if other is not duty
            and other.person == duty.person
            and 0 <= (other.day - duty.day).days <= demand.rest_days
        ]
    return broken


def shift_rows(plans: Sequence[Plan], handover: time) -> list[tuple[str, str, str, datetime, datetime]]:
    """Return the duties of all plans as rows of the shift table: desk, post, person, from and to, handover to handover."""
    return [
        (duty.desk, duty.post, duty.person, begin, begin + timedelta(days=1))
        for plan in plans
        for duty in plan.duties
        for begin in [datetime.combine(duty.day, handover)]
    ]
