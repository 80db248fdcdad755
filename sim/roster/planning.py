"""A month planned: who holds which post of a duty room on which day, with rest, leave and a fair load (HiGHS, by scipy).

Each desk is planned by itself, as one mixed-integer problem:

    x[person, post, day] ∈ {0, 1} (of a post held by the week: one x for all its days), empty[post, day] ∈ {0, 1}
    Σ_person x + empty = 1                         every post every day, or its emptiness is owned up to
    Σ_post Σ_{day … day+rest} x ≤ 1                at most one duty in so many days
    Σ_post x[a] = Σ_post x[b], or their sum ≤ 1    every day, of two people who stand together, or never do
    Σ_{who can use it} Σ_post x + idle ≥ 1         of each emergency set every day, or it is owned up to that nobody can
    x = 0                                          who is on leave, cannot hold the post, or stood there too lately
    low ≤ Σ x ≤ high, low' ≤ Σ_{days off} x ≤ high'    of all who can hold the same posts
    minimise  1000 Σ empty + 100 Σ idle + Σ 10 (high' − low') + (high − low)

An emptiness costs more than anything else, so a demand that cannot be met is met as far as possible, and what clashes is named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise, product

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from sim.errors import ModelError, Text

_OPTIMAL = 0
_EMPTY, _IDLE, _DAYS_OFF = 1000.0, 100.0, 10.0
"""What an empty post, a set that nobody can use, and a difference of one day off weigh beside a difference of one day."""


@dataclass(frozen=True)
class Candidate:
    """One person: the posts they can hold, when they are away, when they last stood before the month (``None``: long ago).

    ``elsewhere`` are days on which they stand at another desk, ``sets`` the emergency sets that they can use.
    """

    person: str
    posts: frozenset[str]
    leave: frozenset[date] = frozenset()
    last: date | None = None
    elsewhere: frozenset[date] = frozenset()
    sets: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Demand:
    """What one desk needs: its posts, the days, who there is, which of the days are days off, and how many days of rest follow a duty.

    ``sets`` are the emergency sets of which somebody on duty should be able to use each. ``together`` and ``apart`` are pairs of people who
    stand on the same days only, or never do. ``split``: the roster there was parts the day among several people; one is planned for all of
    it. Posts that are ``weekly`` have one holder from Monday to Sunday. ``same_name`` counts people taken for another of the same name.
    """

    desk: str
    posts: tuple[str, ...]
    days: tuple[date, ...]
    people: tuple[Candidate, ...]
    days_off: frozenset[date] = frozenset()
    rest_days: int = 2
    sets: tuple[str, ...] = ()
    together: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
    split: bool = False
    weekly: frozenset[str] = frozenset()
    same_name: int = 0


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
    """The duties of one desk in order, what clashes, and which sets nobody on duty can use on which days.

    ``proven``: no plan is better; else the solver ran out of time, and one with fewer clashes may exist.
    """

    demand: Demand
    duties: tuple[Duty, ...]
    clashes: tuple[Clash, ...] = ()
    idle: tuple[tuple[str, date], ...] = ()
    proven: bool = True


def plan_desks(demands: Sequence[Demand]) -> Iterator[Plan]:
    """Yield the plan of each desk; who stands at several of them has their rest between the duties of all."""
    stands: dict[str, set[date]] = defaultdict(set)
    for demand in demands:
        people = tuple(replace(one, elsewhere=frozenset(stands[one.person])) for one in demand.people)
        plan = plan_desk(replace(demand, people=people))
        for duty in plan.duties:
            stands[duty.person].add(duty.day)
        yield plan


def plan_desk(demand: Demand) -> Plan:
    """Return the best plan of one desk; the same demand gives the same plan."""
    if not demand.posts or not demand.days:
        return Plan(demand, ())
    problem = _Problem(demand)
    problem.every_post_every_day()
    problem.rest()
    problem.pairs()
    problem.sets()
    problem.even_load()
    chosen, proven = problem.solved()
    duties = sorted(
        (
            Duty(demand.desk, post, person, day)
            for (person, post, days), column in problem.held.items()
            if chosen[column]
            for day in days
        ),
        key=lambda duty: (duty.day, demand.posts.index(duty.post)),
    )
    vacant = [key for key, column in problem.empty.items() if chosen[column]]
    idle = tuple(key for key, column in problem.idle.items() if chosen[column])
    return Plan(demand, tuple(duties), tuple(_clash(demand, duties, post, day) for post, day in vacant), idle, proven)


class _Problem:
    """One desk's month as columns and rows of a matrix; see the formulas of the module.

    ``held`` gives the column of each (person, post, days) that may be, ``empty`` that of each (post, day), ``idle`` of each (set, day) of sets
    that somebody can use.
    """

    def __init__(self, demand: Demand) -> None:
        self._demand = demand
        number = count()
        self.held = {
            (candidate.person, post, days): next(number)
            for candidate, post in product(demand.people, demand.posts)
            for days in _spells(demand, post)
            if all(_why_not(demand, candidate, post, day) is None for day in days)
        }
        self.empty = {key: next(number) for key in product(demand.posts, demand.days)}
        known = [name for name in demand.sets if any(name in candidate.sets for candidate in demand.people)]
        self.idle = {key: next(number) for key in product(known, demand.days)}
        self._alike = list(dict.fromkeys(candidate.posts for candidate in demand.people))
        self._loads = [[next(number) for _ in range(4)] for _ in self._alike]
        self._columns = next(number)
        self._rows = _Rows(self._columns)
        self._own: dict[str, dict[date, list[int]]] = {candidate.person: {} for candidate in demand.people}
        for (person, _, days), column in self.held.items():
            for day in days:
                self._own[person].setdefault(day, []).append(column)

    def every_post_every_day(self) -> None:
        """A post has one holder, or is empty."""
        filled = {key: [column] for key, column in self.empty.items()}
        for (_, post, days), column in self.held.items():
            for day in days:
                filled[post, day].append(column)
        for some in filled.values():
            self._rows.add(dict.fromkeys(some, 1.0), 1, 1)

    def rest(self) -> None:
        """After a duty come days without; nobody holds two posts on a day."""
        days = self._demand.days
        for own in self._own.values():
            for first in range(len(days)):
                window = {
                    column: 1.0
                    for day in days[first : first + self._demand.rest_days + 1]
                    for column in own.get(day, ())
                }
                if len(window) > 1:
                    self._rows.add(window, -np.inf, 1)

    def pairs(self) -> None:
        """Some stand together or not at all, some never together."""
        for pairs, sign, most in ((self._demand.together, -1.0, 0), (self._demand.apart, 1.0, 1)):
            for one, other in sorted(pairs):
                for day in self._demand.days:
                    both = dict.fromkeys(self._on(one, day), 1.0) | dict.fromkeys(self._on(other, day), sign)
                    if both:
                        self._rows.add(both, -np.inf if sign > 0 else 0, most)

    def sets(self) -> None:
        """Of each set somebody on duty can use it, or nobody can that day."""
        for (name, day), idle in self.idle.items():
            users = [column for one in self._demand.people if name in one.sets for column in self._on(one.person, day)]
            self._rows.add(dict.fromkeys([*users, idle], 1.0), 1, np.inf)

    def even_load(self) -> None:
        """Who can hold the same posts stands about equally often, on all days and on days off."""
        days_off = self._demand.days_off
        for candidate in self._demand.people:
            own = self._own[candidate.person]
            mine = Counter(column for some in own.values() for column in some)
            off = Counter(column for day, some in own.items() if day in days_off for column in some)
            low, high, low_off, high_off = self._loads[self._alike.index(candidate.posts)]
            for some, least, most in ((mine, low, high), (off, low_off, high_off)):
                self._rows.add({**some, least: -1.0}, 0, np.inf)
                self._rows.add({**some, most: -1.0}, -np.inf, 0)

    def solved(self) -> tuple[NDArray[np.bool_], bool]:
        """Return which columns are chosen, shape (columns,), and whether no other choice is better."""
        cost, upper = np.zeros(self._columns), np.ones(self._columns)
        cost[list(self.empty.values())] = _EMPTY
        cost[list(self.idle.values())] = _IDLE
        for low, high, low_off, high_off in self._loads:
            cost[[low, high, low_off, high_off]] = -1, 1, -_DAYS_OFF, _DAYS_OFF
            upper[[low, high, low_off, high_off]] = len(self._demand.days)
        result = optimize.milp(
            cost,
            constraints=self._rows.constraint(),
            integrality=np.ones(self._columns, dtype=np.int64),
            bounds=optimize.Bounds(np.zeros(self._columns), upper),
            options={"time_limit": 20.0, "mip_rel_gap": 1e-6},
        )
        if result.x is None:
            message = f"the plan of {self._demand.desk} was not solved: {result.message}"
            raise ModelError(message)
        return np.round(result.x).astype(bool), result.status == _OPTIMAL

    def _on(self, person: str, day: date) -> list[int]:
        return self._own[person].get(day, [])


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


def _spells(demand: Demand, post: str) -> list[tuple[date, ...]]:
    """Return the days that one holder of a post has together: each by itself, or those of a week, Monday to Sunday."""
    if post not in demand.weekly:
        return [(day,) for day in demand.days]
    weeks: dict[tuple[int, int], list[date]] = defaultdict(list)
    for day in demand.days:
        weeks[day.isocalendar()[:2]].append(day)
    return [tuple(days) for days in weeks.values()]


def _why_not(demand: Demand, candidate: Candidate, post: str, day: date) -> Text | None:
    """Return why somebody cannot hold a post on a day, whatever else is planned; ``None`` if they can."""
    if post not in candidate.posts:
        return Text("不担任这个岗位", "does not hold this post")
    if day in candidate.leave:
        return Text("请假", "on leave")
    if any(abs((day - other).days) <= demand.rest_days for other in candidate.elsewhere):
        return Text("在别的值班室值班，要休息", "on duty at another desk, needs rest")
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
            if not near:
                reason = Text("搭班的要求不允许", "the pairs asked for do not allow it")
        why[candidate.person] = reason
    return Clash(demand.desk, post, day, why)


def check_plans(plans: Sequence[Plan]) -> list[str]:
    """Return what the plans of several desks break, each by itself and all together: who stands at two desks needs rest between them."""
    broken = [one for plan in plans for one in check_plan(plan)]
    rest_days = {plan.demand.desk: plan.demand.rest_days for plan in plans}
    duties = sorted(
        (duty for plan in plans for duty in plan.duties), key=lambda duty: (duty.person, duty.day, duty.desk)
    )
    for one, next_ in pairwise(duties):
        rest = max(rest_days[one.desk], rest_days[next_.desk])
        if one.person == next_.person and one.desk != next_.desk and (next_.day - one.day).days <= rest:
            broken.append(f"{one.person} has no rest between {one.desk} on {one.day} and {next_.desk} on {next_.day}")
    return broken


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
            and not (
                duty.post == other.post in demand.weekly and duty.day.isocalendar()[:2] == other.day.isocalendar()[:2]
            )
        ]
    broken += _broken_weeks(plan)
    on_duty = {day: {duty.person for duty in plan.duties if duty.day == day} for day in demand.days}
    for day, present in on_duty.items():
        broken += [f"{a} and {b} not together on {day}" for a, b in demand.together if (a in present) != (b in present)]
        broken += [f"{a} and {b} together on {day}" for a, b in demand.apart if {a, b} <= present]
        for name in demand.sets:
            users = {who for who, candidate in people.items() if name in candidate.sets}
            if bool(users) and (not users & present) != ((name, day) in plan.idle):
                broken.append(f"{name} on {day}: usable by {len(users & present)}")
    return broken


def _broken_weeks(plan: Plan) -> list[str]:
    """Return where a post that is held by the week changes hands within one."""
    holders: dict[tuple[str, int], set[str]] = defaultdict(set)
    for duty in plan.duties:
        if duty.post in plan.demand.weekly:
            holders[duty.post, duty.day.isocalendar().week].add(duty.person)
    return [f"{post} changes hands within week {week}" for (post, week), who in holders.items() if len(who) > 1]


def shift_rows(plans: Sequence[Plan], handover: time) -> list[tuple[str, str, str, datetime, datetime]]:
    """Return the duties of all plans as rows of the shift table: desk, post, person, from and to, handover to handover."""
    return [
        (duty.desk, duty.post, duty.person, begin, begin + timedelta(days=1))
        for plan in plans
        for duty in plan.duties
        for begin in [datetime.combine(duty.day, handover)]
    ]
