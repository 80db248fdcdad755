"""From the roster as it stands to the demands of another month: who there is at each desk, for which posts, when they stood last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from statistics import median

from sim.county import County
from sim.county.tables import Table
from sim.roster.calendar import day_of, duty_day
from sim.roster.pairs import Pairs
from sim.roster.planning import Candidate, Demand

_A_MINUTE = timedelta(minutes=1)
_WHOLE_DAY_H = 20.0
"""Shifts that are shorter, in the median of a desk, are parts of a day."""


@dataclass(frozen=True)
class Wishes:
    """What is asked of a month: the duty days on which people are away (by id), who stands together, how many days of rest follow a duty."""

    leave: Mapping[str, frozenset[date]] = field(default_factory=dict)
    pairs: Pairs = field(default_factory=Pairs)
    rest_days: int = 2


@dataclass
class _Desk:
    """What the roster says of a desk: its posts, who holds them, how long its shifts are (hours)."""

    posts: dict[str, None] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    spells_h: list[float] = field(default_factory=list)


def demands(
    county: County, persons: Table, shifts: Table, handover: time, days: Sequence[date], level: str, wishes: Wishes
) -> tuple[Demand, ...]:
    """Return what each desk of a level needs in a month: the posts that it has dated shifts of, and the people who hold them there.

    Parameters
    ----------
    persons, shifts
        the roster as it is written, whoever is on leave or stands in
    """
    here = county.level_index(level)
    codes = [county.places.code[place] for place in county.of_level(here)] if here is not None else []
    desks: dict[str, _Desk] = defaultdict(_Desk)
    last: dict[str, date] = {}
    for desk, post, person, begin, end in zip(
        *(shifts[name] for name in ("desk", "post", "person", "from", "to")), strict=True
    ):
        if begin is None or end is None:
            continue  # who stands for good is not planned by the day
        desks[desk].posts[post] = None
        desks[desk].people[person].add(post)
        desks[desk].spells_h.append((end - begin).total_seconds() / 3600)
        stood = max(duty_day(begin, handover), duty_day(end - _A_MINUTE, handover))
        if stood < days[0]:
            last[person] = max(stood, last.get(person, stood))
    off = frozenset(day for day in days if day_of(day).rest)
    uses = dict(zip(persons["person"], persons["sets"], strict=True))
    sets = _sets(county)
    return tuple(
        Demand(
            desk=code,
            posts=tuple(sorted(desks[code].posts)),
            days=tuple(days),
            people=tuple(
                Candidate(who, frozenset(can), wishes.leave.get(who, frozenset()), last.get(who), sets=uses[who])
                for who, can in sorted(desks[code].people.items())
            ),
            days_off=off,
            rest_days=wishes.rest_days,
            sets=sets.get(code, ()),
            together=_of_desk(wishes.pairs.together, desks[code]),
            apart=_of_desk(wishes.pairs.apart, desks[code]),
            split=median(desks[code].spells_h) < _WHOLE_DAY_H,
        )
        for code in codes
        if code in desks
    )


def _of_desk(pairs: frozenset[tuple[str, str]], desk: _Desk) -> frozenset[tuple[str, str]]:
    """Return the pairs of whom both stand at a desk."""
    return frozenset(pair for pair in pairs if {*pair} <= desk.people.keys())


def _sets(county: County) -> dict[str, tuple[str, ...]]:
    """Return the emergency sets that each place is known to have; of made-up ones nothing follows."""
    held: dict[str, tuple[str, ...]] = {}
    table = county.networks.sets
    for place, device in zip(table["place"], table["device"], strict=True):
        if "sets" not in county.synthetic:
            held[place] = tuple(sorted({*held.get(place, ()), device}))
    return held
