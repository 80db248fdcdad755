"""From the roster as it stands to the demands of another month: who there is at each desk, for which posts, when they stood last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sim.county import County
from sim.county.tables import Table
from sim.roster.calendar import day_of
from sim.roster.pairs import Pairs
from sim.roster.planning import Candidate, Demand


def demands(
    county: County,
    persons: Table,
    shifts: Table,
    days: Sequence[date],
    level: str,
    leave: Mapping[str, frozenset[date]],
    pairs: Pairs,
    rest_days: int,
) -> tuple[Demand, ...]:
    """Return what each desk of a level needs in a month: the posts that it has dated shifts of, and the people who hold them there.

    Parameters
    ----------
    persons, shifts
        the roster as it stands, tables of ``read_duty_tables``
    leave
        the days on which persons are away, by id
    pairs
        who stands together and who never; of each desk those are taken of whom both stand there
    """
    here = county.level_index(level)
    codes = [county.places.code[place] for place in county.of_level(here)] if here is not None else []
    posts: dict[str, dict[str, None]] = defaultdict(dict)
    people: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    last: dict[tuple[str, str], date] = {}
    for desk, post, person, begin, end in zip(
        *(shifts[name] for name in ("desk", "post", "person", "from", "to")), strict=True
    ):
        if begin is None or end is None:
            continue  # who stands for good is not planned by the day
        posts[desk][post] = None
        people[desk][person].add(post)
        stood = _last_day(begin, end)
        if stood < days[0]:
            last[desk, person] = max(stood, last.get((desk, person), stood))
    off = frozenset(day for day in days if day_of(day).rest)
    uses = dict(zip(persons["person"], persons["sets"], strict=True))
    sets = _sets(county)
    return tuple(
        Demand(
            desk,
            tuple(sorted(posts[desk])),
            tuple(days),
            tuple(
                Candidate(who, frozenset(can), leave.get(who, frozenset()), last.get((desk, who)), uses[who])
                for who, can in sorted(people[desk].items())
            ),
            off,
            rest_days,
            sets.get(desk, ()),
            *(frozenset(pair for pair in some if {*pair} <= {*people[desk]}) for some in (pairs.together, pairs.apart)),
        )
        for desk in codes
        if posts[desk]
    )


def _sets(county: County) -> dict[str, tuple[str, ...]]:
    """Return the emergency sets that each place is known to have; of made-up ones nothing follows."""
    held: dict[str, tuple[str, ...]] = {}
    table = county.networks.sets
    for place, device in zip(table["place"], table["device"], strict=True):
        if "sets" not in county.synthetic:
            held[place] = tuple(sorted({*held.get(place, ()), device}))
    return held


def _last_day(begin: datetime, end: datetime) -> date:
    """Return the duty day on which a shift last begins: one that runs from handover to handover belongs to the day it begins."""
    return max(begin.date(), (end - timedelta(days=1)).date())
