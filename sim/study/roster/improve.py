"""A planned month tried against the engine: exchanges that win on paper are kept where the desk then really answers sooner.

1. on paper, days of people are exchanged (``exchanges``)   2. in some nights the real engine calls out the plan with and without: each desk
keeps its exchanges or not   3. in other nights, so that luck is not taken for skill, the result is compared with the roster there was
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from sim.roster import Person, Roster
from sim.roster.duty import Shift
from sim.roster.plan import PostPlan
from sim.roster.planning import Plan
from sim.scenario import Scenario
from sim.study.intervals import Mean, mean_of
from sim.study.roster.exchanges import Exchange, exchanged, moments_of
from sim.study.roster.gain import CallOuts, batches_of, call_out_rosters, joined

Watch = Callable[[Iterable[list[CallOuts]], int], Iterable[list[CallOuts]]]
WhyNone = Literal["", "alike", "none_wins", "unconfirmed"]
_TRIAL_NIGHTS = 10
"""In so many nights, beyond those of the comparison, a desk must answer sooner with its exchanges to keep them."""


@dataclass(frozen=True)
class Trial:
    """How a plan is tried: at which hours of each duty day, in how many nights, against which limit (min), by how many workers."""

    hours: tuple[int, ...]
    nights: int
    limit_min: float
    workers: int


@dataclass(frozen=True)
class Compared:
    """A roster and the planned one at so many ``moments`` in so many ``nights``; ``given`` tells whether it is the roster there was.

    Of that only the moments count at which it has somebody at every desk.
    """

    given: bool
    moments: int
    nights: int
    limit_min: float
    before_min: float
    after_min: float
    before_in_time: float
    after_in_time: float
    won_min: Mean
    won_in_time: Mean


@dataclass(frozen=True)
class Improved:
    """The plans of all desks, the exchanges that were kept, and what was won; ``None`` where there is nothing to compare with.

    ``why`` there are none: people are ``alike``, ``none_wins`` on paper, or the engine did not find the desks any faster.
    """

    plans: tuple[Plan, ...]
    exchanges: tuple[Exchange, ...]
    why: WhyNone
    compared: Compared | None


class Improver:
    """Tries plans of the desks of a level; ``path`` and ``overrides`` are those of the scenario, for the workers to read.

    ``watch`` shows progress: it is given batches of nights and how many there are, and gives the same batches.
    """

    def __init__(
        self, scenario: Scenario, path: str, overrides: tuple[str, ...], level: str, trial: Trial, watch: Watch
    ) -> None:
        self._scenario, self._level, self._trial, self._watch = scenario, level, trial, watch
        self._source = path, overrides

    def improved(self, plans: Sequence[Plan], people: Mapping[str, Person]) -> Improved:
        """Return the plans with the exchanges that win, compared with the roster there was, or else with the plans as they came."""
        fixed = _at_several_desks(plans)
        tried = [exchanged(self._scenario, plan, people, self._trial.hours, fixed) for plan in plans]
        planned = roster_with(self._scenario.roster, plans, people)
        kept = list(plans)
        if any(made for _, made in tried):
            then = roster_with(self._scenario.roster, [plan for plan, _ in tried], people)
            wins = self._wins(plans, planned, then)
            kept = [new if wins[old.demand.desk] else old for old, (new, _) in zip(plans, tried, strict=True)]
        exchanges = tuple(
            one for old, new, (_, made) in zip(plans, kept, tried, strict=True) if new is not old for one in made
        )
        why: WhyNone = "" if exchanges else "unconfirmed" if any(made for _, made in tried) else "none_wins"
        if not exchanges and all(_alike(plan, self._scenario.plan.roster.posts, people) for plan in plans):
            why = "alike"
        every = self._moments(plans)
        staffed = [one for one in every if _staffed(self._scenario.roster, plans, one)]
        given = 2 * len(staffed) > len(every)
        if not given and not exchanges:
            return Improved(tuple(plans), (), why, None)
        before, moments = (self._scenario.roster, staffed) if given else (planned, every)
        after = roster_with(self._scenario.roster, kept, people)
        return Improved(tuple(kept), exchanges, why, self._compared(before, after, moments, given=given))

    def _wins(self, plans: Sequence[Plan], before: Roster, after: Roster) -> dict[str, bool]:
        """Return which desks answer sooner with their exchanges."""
        first = self._trial.nights
        old, new = self._called_out((before, after), self._moments(plans), range(first, first + _TRIAL_NIGHTS))
        won = (old.by_desk_min - new.by_desk_min).mean(axis=0)
        county = self._scenario.county
        codes = [county.places.code[place] for place in county.of_level(county.level_index(self._level) or 0)]
        return {code: bool(minutes > 0) for code, minutes in zip(codes, won.tolist(), strict=True)}

    def _compared(self, before: Roster, after: Roster, moments: Sequence[datetime], *, given: bool) -> Compared:
        old, new = self._called_out((before, after), moments, range(self._trial.nights))
        limit = self._trial.limit_min
        return Compared(
            given,
            len(moments),
            self._trial.nights,
            limit,
            float(old.mean_min.mean()),
            float(new.mean_min.mean()),
            float(old.in_time(limit).mean()),
            float(new.in_time(limit).mean()),
            mean_of(old.mean_min - new.mean_min),
            mean_of(new.in_time(limit) - old.in_time(limit)),
        )

    def _moments(self, plans: Sequence[Plan]) -> list[datetime]:
        handover = self._scenario.plan.roster.handover
        return [one for day in plans[0].demand.days for one in moments_of(day, self._trial.hours, handover)]

    def _called_out(self, rosters: Sequence[Roster], moments: Sequence[datetime], nights: range) -> list[CallOuts]:
        played = call_out_rosters(*self._source, self._level, rosters, moments, nights, self._trial.workers)
        return joined(list(self._watch(played, len(batches_of(nights)))))


def _at_several_desks(plans: Sequence[Plan]) -> frozenset[str]:
    """Return who stands at more than one desk: their rest hangs on all of them."""
    desks = Counter(who for plan in plans for who in {duty.person for duty in plan.duties})
    return frozenset(who for who, count in desks.items() if count > 1)


def _alike(plan: Plan, posts: Mapping[str, PostPlan], people: Mapping[str, Person]) -> bool:
    """Tell whether nothing is known by which those who can hold a post of a desk differ."""
    return all(
        len({people[one.person].reachable_at(posts[post]) for one in plan.demand.people if post in one.posts}) <= 1
        for post in plan.demand.posts
    )


def _staffed(roster: Roster, plans: Sequence[Plan], moment: datetime) -> bool:
    """Tell whether a roster has somebody at every planned desk at a moment: only then can it be compared there."""
    at_min = _since(roster, moment)
    return all(
        any(
            shift.from_min <= at_min < shift.to_min
            for post in plan.demand.posts
            for shift in roster.shifts.get((plan.demand.desk, post), ())
        )
        for plan in plans
    )


def roster_with(roster: Roster, plans: Sequence[Plan], people: Mapping[str, Person]) -> Roster:
    """Return a roster in which the planned posts have the holders of the plans, on the days planned and no others."""
    shifts = dict(roster.shifts)
    for plan in plans:
        for post in plan.demand.posts:
            shifts[plan.demand.desk, post] = tuple(
                Shift(_since(roster, begin), _since(roster, begin + timedelta(days=1)), people[duty.person])
                for duty in plan.duties
                if duty.post == post
                for begin in [datetime.combine(duty.day, roster.plan.handover)]
            )
    return replace(roster, shifts=shifts, named=roster.named | {plan.demand.desk for plan in plans})


def _since(roster: Roster, when: datetime) -> float:
    return (when - roster.start).total_seconds() / 60
