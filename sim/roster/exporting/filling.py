"""Who is written into which cell of a roster: by duty room, post and day, or for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from sim.county.tables import Table
from sim.roster.calendar import ONE_DAY, dates
from sim.roster.plan import RosterPlan

Holder = tuple[str, str]
"""Name and telephone, "" for none."""


@dataclass(frozen=True)
class Filling:
    """Holders by (desk code, post, day), ``None`` for a post held for good; ``landlines`` by desk code."""

    holders: Mapping[tuple[str, str, date | None], Sequence[Holder]] = field(default_factory=dict)
    landlines: Mapping[str, str] = field(default_factory=dict)

    def cells(self, desk: str, post: str, day: date | None, *, alone: bool) -> tuple[str, str]:
        """Return the cells of name and telephone; of several people each number stands beside its name.

        ``alone`` tells that the sheet has no column of deputies: there the second duty officer is taken for the deputy unless the cell says
        otherwise.
        """
        people = self.holders.get((desk, post, day), ())
        if len(people) == 1:
            return people[0]
        aside = "（主班）" if alone and post == "duty_officer" else ""
        return "、".join(f"{name}{phone}{aside}" for name, phone in people), ""

    def names(self, desk: str, post: str) -> list[str]:
        """Return everybody who holds a post of a desk, once."""
        held = (people for (where, what, _), people in self.holders.items() if (where, what) == (desk, post))
        return sorted({name for people in held for name, _ in people})


NOBODY_YET = Filling()


def filling_of(
    plan: RosterPlan, persons: Table, shifts: Table, days: Sequence[date], asked: Mapping[str, frozenset[str]]
) -> tuple[Filling, int]:
    """Return the roster of some days as a template can say it, and how many shifts of these days it cannot.

    A cell stands for a day from handover to handover, or for good; other hours, people without a name and posts that are not ``asked`` of
    a desk of the template cannot be said.
    """
    told = (persons[column] for column in ("person", "name", "phone"))
    people = {who: (name, phone) for who, name, phone in zip(*told, strict=True)}
    held: dict[tuple[str, str, date | None], dict[Holder, None]] = {}
    unsaid = 0
    columns = (shifts[name] for name in ("desk", "post", "person", "from", "to"))
    for desk, post, who, begins, ends in zip(*columns, strict=True):
        if (
            desk not in asked
            or (begins and begins.date() > days[-1])
            or (ends and ends <= datetime.combine(days[0], plan.handover))
        ):
            continue
        name, phone = people.get(who, ("", ""))
        rotates = post in plan.posts and plan.posts[post].rotates
        said = _days(begins, ends, plan.handover, days, rotates=rotates)
        if not name or said is None or post not in asked[desk]:
            unsaid += 1
            continue
        for day in said:
            held.setdefault((desk, post, day), {})[name, phone] = None
    return Filling({key: tuple(found) for key, found in held.items()}), unsaid


def _days(
    begins: datetime | None, ends: datetime | None, handover: time, days: Sequence[date], *, rotates: bool
) -> Iterable[date | None] | None:
    """Return the days that a shift takes up whole, ``(None,)`` for one that is for good, ``None`` if it is neither."""
    if begins is None and ends is None:
        return None if rotates else (None,)
    if not rotates or begins is None or ends is None or {begins.time(), ends.time()} != {handover}:
        return None
    return dates(max(begins.date(), days[0]), min((ends - ONE_DAY).date(), days[-1]))
