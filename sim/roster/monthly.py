"""From the roster as it stands to the demands of another month: who there is at each desk, for which posts, when they stood last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median

from sim.county import County
from sim.county.tables import Table
from sim.roster.audit.rules import AuditRules
from sim.roster.calendar import day_of, duty_day
from sim.roster.pairs import Pairs
from sim.roster.plan import RosterPlan
from sim.roster.planning import Candidate, Demand

_A_MINUTE = timedelta(minutes=1)
_WHOLE_DAY_H, _BY_THE_WEEK_DAYS = 20.0, 4
"""Shifts that are shorter, in the median of a desk, are parts of a day; spells of so many days are weeks."""


@dataclass(frozen=True)
class Wishes:
    """What is asked of a month: the duty days on which people are away (by id), who stands together, how many days of rest follow a duty."""

    leave: Mapping[str, frozenset[date]] = field(default_factory=dict)
    pairs: Pairs = field(default_factory=Pairs)
    rest_days: int = 2


@dataclass(frozen=True)
class _Held:
    """A row of the roster: who holds which post of a desk from when until when."""

    post: str
    person: str
    begin: datetime
    end: datetime


def demands(
    county: County, plan: RosterPlan, persons: Table, shifts: Table, days: Sequence[date], level: str, wishes: Wishes
) -> tuple[Demand, ...]:
    """Return what each desk of a level needs in a month: the posts that it has dated shifts of, and the people who hold them there.

    People of one name at one desk are taken for one, so that one person is not planned twice: the first of their ids stands.

    Parameters
    ----------
    persons, shifts
        the roster as it is written, whoever is on leave or stands in
    """
    here = county.level_index(level)
    codes = [county.places.code[place] for place in county.of_level(here)] if here is not None else []
    held: dict[str, list[_Held]] = defaultdict(list)
    names = dict(zip(persons["person"], persons["name"], strict=True))
    columns = (shifts[name] for name in ("desk", "post", "person", "from", "to"))
    for desk, post, person, begin, end in zip(*columns, strict=True):
        if begin is not None and end is not None:  # who stands for good is not planned by the day
            held[desk].append(_Held(post, person, begin, end))
    last = _last_days(held, days[0], plan.handover)
    off = frozenset(day for day in days if day_of(day).rest)
    uses = dict(zip(persons["person"], persons["sets"], strict=True))
    sets = _sets(county)
    made = []
    for code in (one for one in codes if one in held):
        rows = held[code]
        first_of, ids = _by_name(rows, names)
        can: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            can[first_of[row.person]].add(row.post)
        people = tuple(
            Candidate(
                who,
                frozenset(posts),
                frozenset[date]().union(*(wishes.leave.get(one, frozenset()) for one in ids[who])),
                max((last[one] for one in ids[who] if one in last), default=None),
                sets=frozenset[str]().union(*(uses[one] for one in ids[who])),
            )
            for who, posts in sorted(can.items())
        )
        made.append(
            Demand(
                desk=code,
                posts=tuple(sorted({row.post for row in rows}, key=lambda post: _rank(plan, post))),
                days=tuple(days),
                people=people,
                days_off=off,
                rest_days=wishes.rest_days,
                sets=sets.get(code, ()),
                together=_of_desk(wishes.pairs.together, first_of),
                apart=_of_desk(wishes.pairs.apart, first_of),
                split=median((row.end - row.begin).total_seconds() / 3600 for row in rows) < _WHOLE_DAY_H,
                weekly=_weekly(rows),
                same_name=len(first_of) - len(ids),
            )
        )
    return tuple(made)


def _rank(plan: RosterPlan, post: str) -> tuple[bool, int]:
    """Return the order of posts in a roster: leaders first, then as the plan has them."""
    return post not in AuditRules().leaders, list(plan.posts).index(post)


def _last_days(held: Mapping[str, Sequence[_Held]], first: date, handover: time) -> dict[str, date]:
    """Return the duty day on which each person stood last before a day, at whatever desk."""
    last: dict[str, date] = {}
    for row in (row for rows in held.values() for row in rows):
        stood = max(duty_day(row.begin, handover), duty_day(row.end - _A_MINUTE, handover))
        if stood < first:
            last[row.person] = max(stood, last.get(row.person, stood))
    return last


def _by_name(rows: Sequence[_Held], names: Mapping[str, str]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return for each id of a desk the first id of the same name, and for each of those all ids of the name."""
    known: dict[str, str] = {}
    first_of: dict[str, str] = {}
    ids: dict[str, list[str]] = defaultdict(list)
    for person in dict.fromkeys(row.person for row in rows):
        first = known.setdefault(names[person] or person, person)
        first_of[person] = first
        ids[first].append(person)
    return first_of, ids


def _weekly(rows: Sequence[_Held]) -> frozenset[str]:
    """Return the posts that one person holds for most of a week at a time, in one shift or in several that join."""
    spells: dict[str, list[list[datetime]]] = defaultdict(list)
    previous: dict[str, _Held] = {}
    for row in sorted(rows, key=lambda row: (row.post, row.begin)):
        before = previous.get(row.post)
        if before is not None and before.person == row.person and before.end == row.begin:
            spells[row.post][-1][1] = row.end
        else:
            spells[row.post].append([row.begin, row.end])
        previous[row.post] = row
    long = {post: median((end - begin).days for begin, end in own) for post, own in spells.items()}
    return frozenset(post for post, days in long.items() if days >= _BY_THE_WEEK_DAYS)


def _of_desk(pairs: frozenset[tuple[str, str]], first_of: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return the pairs of whom both stand at a desk."""
    here = (pair for pair in pairs if {*pair} <= first_of.keys())
    return frozenset((min(one, two), max(one, two)) for one, two in ((first_of[a], first_of[b]) for a, b in here))


def _sets(county: County) -> dict[str, tuple[str, ...]]:
    """Return the emergency sets that each place is known to have; of made-up ones nothing follows."""
    held: dict[str, tuple[str, ...]] = {}
    table = county.networks.sets
    for place, device in zip(table["place"], table["device"], strict=True):
        if "sets" not in county.synthetic:
            held[place] = tuple(sorted({*held.get(place, ()), device}))
    return held
