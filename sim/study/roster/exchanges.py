"""A planned month made to answer faster with the same people: days are exchanged where the ladder, on paper, then answers sooner.

What a desk's day is worth is the time until somebody answers, in the mean over the hours looked at; who never answers counts as the whole
call-out. It is known exactly on paper (``dry_run``), so that the best exchange of a desk is taken again and again until there is none. The real
engine then says whether the desk really answers sooner (``gain``).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations

import numpy as np

from sim.roster import Person
from sim.roster.duty import Shift
from sim.roster.planning import Plan, check_plan
from sim.scenario import Scenario
from sim.study.roster.drill import LASTS_MIN
from sim.study.roster.dry_run import answered_by

_LEAST_MIN = 1e-6
_MINUTES = np.linspace(0.0, LASTS_MIN, 3601)
"""An exchange that wins less is none."""


@dataclass(frozen=True)
class Exchange:
    """Two people of one post change their days: who stood on ``day`` stands on ``other_day``, and the other way round."""

    desk: str
    post: str
    day: date
    other_day: date


def moments_of(day: date, hours: Sequence[int], handover: time) -> Iterator[datetime]:
    """Yield the moments at some hours of a duty day, which begins at its handover."""
    for hour in hours:
        clock = time(hour)
        yield datetime.combine(day if clock >= handover else day + timedelta(days=1), clock)


def exchanged(
    scenario: Scenario, plan: Plan, people: Mapping[str, Person], hours: Sequence[int], fixed: Collection[str] = ()
) -> tuple[Plan, tuple[Exchange, ...]]:
    """Return the plan of a desk with days exchanged until, on paper, no exchange makes it answer sooner; and the exchanges in order.

    Only days of the same kind (off or not) are exchanged, so that everybody keeps their load; rest, leave, pairs and sets are kept, and so
    are the days of those who are ``fixed``.
    """
    paper, made = _Paper(scenario, plan.demand.desk, people, hours), []
    while (best := _best(plan, paper, fixed)) is not None:
        plan = _with(plan, best)
        made.append(best)
    return plan, tuple(made)


def _best(plan: Plan, paper: _Paper, fixed: Collection[str]) -> Exchange | None:
    """Return the exchange that wins most, if any wins at all."""
    demand, held = plan.demand, {(duty.post, duty.day): duty.person for duty in plan.duties}
    now = {day: paper.minutes(_holders(held, demand.posts, day), day) for day in demand.days}
    best, most = None, _LEAST_MIN
    for post in (one for one in demand.posts if one not in demand.weekly):
        for day, other in combinations(demand.days, 2):
            one, two = held.get((post, day)), held.get((post, other))
            if one is None or two is None or one == two or (day in demand.days_off) != (other in demand.days_off):
                continue
            if paper.alike(post, one, two) or one in fixed or two in fixed:
                continue
            then = held | {(post, day): two, (post, other): one}
            won = now[day] + now[other]
            won -= sum(paper.minutes(_holders(then, demand.posts, each), each) for each in (day, other))
            exchange = Exchange(demand.desk, post, day, other)
            if won > most and not check_plan(_with(plan, exchange)):
                best, most = exchange, won
    return best


def _holders(held: Mapping[tuple[str, date], str], posts: Sequence[str], day: date) -> dict[str, str | None]:
    return {post: held.get((post, day)) for post in posts}


def _with(plan: Plan, exchange: Exchange) -> Plan:
    """Return a plan with one exchange made."""
    moved = {exchange.day: exchange.other_day, exchange.other_day: exchange.day}
    duties = [
        replace(duty, day=moved.get(duty.day, duty.day)) if duty.post == exchange.post else duty for duty in plan.duties
    ]
    return replace(plan, duties=tuple(sorted(duties, key=lambda duty: (duty.day, plan.demand.posts.index(duty.post)))))


class _Paper:
    """What the days of one desk are worth on paper; ladders that are the same but for the names are walked once."""

    def __init__(self, scenario: Scenario, desk: str, people: Mapping[str, Person], hours: Sequence[int]) -> None:
        self._scenario, self._desk, self._people, self._hours = scenario, desk, people, hours
        self._handover = scenario.plan.roster.handover
        level = scenario.county.levels[scenario.county.places.level[scenario.county.index[desk]]].id
        self._posts = tuple(dict.fromkeys(step.post for step in scenario.plan.roster.ladders[level].steps))
        self._known: dict[object, float] = {}

    def alike(self, post: str, one: str, other: str) -> bool:
        """Tell whether it is the same for the ladder which of two people holds a post."""
        plan = self._scenario.plan.roster.posts[post]
        return self._people[one].reachable_at(plan) == self._people[other].reachable_at(plan)

    def minutes(self, held: Mapping[str, str | None], day: date) -> float:
        """Return the minutes until somebody answers, in the mean, added up over the hours of a duty day."""
        return sum(self._at(held, moment) for moment in moments_of(day, self._hours, self._handover))

    def _at(self, held: Mapping[str, str | None], moment: datetime) -> float:
        roster, posts = self._scenario.roster, self._scenario.plan.roster.posts
        t_min = (moment - roster.start).total_seconds() / 60
        holders: dict[str, Person | None] = {}
        for post in self._posts:
            who = held.get(post)
            standing = roster.on_duty(self._desk, post, t_min) if post not in held else None
            holders[post] = standing if who is None else self._people[who]
        people = list(holders.values())
        alike = (
            moment.hour,
            tuple(
                None if who is None else (people.index(who), who.reachable_at(posts[post]))
                for post, who in holders.items()
            ),
        )
        if alike not in self._known:
            self._known[alike] = self._walked(holders, moment)
        return self._known[alike]

    def _walked(self, holders: Mapping[str, Person | None], moment: datetime) -> float:
        shifts = {
            (self._desk, post): (Shift(-math.inf, math.inf, who),) for post, who in holders.items() if who is not None
        }
        roster = replace(self._scenario.roster, shifts=shifts, named=frozenset({self._desk}))
        by = answered_by(replace(self._scenario, roster=roster), self._desk, moment, _MINUTES)
        return float(np.trapezoid(1 - by, _MINUTES))
