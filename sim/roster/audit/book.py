"""The roster as an audit reads it: usable rows as duties, by desk and by person, with their words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import NamedTuple

from sim.county import County
from sim.county.tables import Table
from sim.errors import Text
from sim.roster.audit.findings import Finding, Kind, Severity
from sim.roster.audit.rules import AuditRules
from sim.roster.audit.stretches import ALWAYS_FROM, ALWAYS_TO, Stretch, joined
from sim.roster.calendar import ONE_DAY, dates, day_of, duty_day
from sim.roster.plan import RosterPlan

FEW = 3
"""So many names an enumeration holds before it says how many there are."""


class Duty(NamedTuple):
    """A row of the shift table: who holds which post at which desk from when until when.

    ``timed`` tells a shift with both ends from a standing post.
    """

    row: int
    desk: str
    post: str
    person: str
    stretch: Stretch
    timed: bool


def few(names: Sequence[str]) -> Text:
    """Return an enumeration; of many names the first few and how many there are."""
    shown, count = names[:FEW], len(names)
    if count <= FEW:
        return Text("、".join(shown), ", ".join(shown))
    return Text(f"{'、'.join(shown)}等{count}", f"{', '.join(shown)} and {count - FEW} more")


@dataclass(frozen=True, eq=False)
class Book:
    """A county, its roster and the period to audit, ``first`` to ``last`` duty day; see ``Duty``.

    ``landlines`` are the duty telephones by desk code, ``None`` where nothing is known of them.
    """

    county: County
    plan: RosterPlan
    persons: Table
    shifts: Table
    first: date
    last: date
    landlines: Mapping[str, str] | None
    rules: AuditRules

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """The usable rows: of a known desk, post and person, and ending after they begin."""
        columns = (self.shifts[name] for name in ("desk", "post", "person", "from", "to"))
        duties = []
        for row, (desk, post, who, begins, ends) in enumerate(zip(*columns, strict=True)):
            stretch = Stretch(begins or ALWAYS_FROM, ends or ALWAYS_TO)
            if self._known(desk, post, who) and stretch.begins < stretch.ends:
                duties.append(Duty(row, desk, post, who, stretch, begins is not None and ends is not None))
        return tuple(duties)

    def _known(self, desk: str, post: str, who: str) -> bool:
        """Tell whether county, plan and table of persons know what a row names."""
        return desk in self.county.index and post in self.plan.posts and who in self.phones

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each person, "" if unknown."""
        return dict(zip(self.persons["person"], self.persons["name"], strict=True))

    @cached_property
    def phones(self) -> Mapping[str, str]:
        """The phone of each person as the table has it, "" if none."""
        return dict(zip(self.persons["person"], self.persons["phone"], strict=True))

    @cached_property
    def by_desk(self) -> Mapping[str, Mapping[str, Sequence[Duty]]]:
        """The duties of each desk by post."""
        held: dict[str, dict[str, list[Duty]]] = defaultdict(lambda: defaultdict(list))
        for duty in self.duties:
            held[duty.desk][duty.post].append(duty)
        return held

    @cached_property
    def by_person(self) -> Mapping[str, Sequence[Duty]]:
        """The duties of each person that touch the period."""
        held: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.duties:
            if duty.stretch.meets(self.span):
                held[duty.person].append(duty)
        return held

    # When -------------------------------------------------------------------------------------------------------------

    @cached_property
    def span(self) -> Stretch:
        """The dates of the period and the night after the last, all that any duty room counts as its own."""
        return Stretch(datetime.combine(self.first, time()), datetime.combine(self.last + ONE_DAY, self.plan.handover))

    @cached_property
    def handovers(self) -> Mapping[str, time]:
        """The handover of each desk: that of the plan where the desk keeps it, or else the hour at which most of its shifts begin."""
        clocks: dict[str, Counter[time]] = defaultdict(Counter)
        for duty in self.duties:
            if duty.timed:
                clocks[duty.desk][duty.stretch.begins.time()] += 1
        return {desk: self._handover(found) for desk, found in clocks.items()}

    def _handover(self, found: Counter[time]) -> time:
        """Return the handover of a desk by the hours at which its shifts begin."""
        usual = self.plan.handover
        return usual if usual in found else min(found, key=lambda clock: (-found[clock], clock))

    def handover(self, desk: str) -> time:
        """Return the handover of a desk."""
        return self.handovers.get(desk, self.plan.handover)

    def day_at(self, desk: str, when: date) -> Stretch:
        """Return a duty day of a desk: from one handover to the next."""
        clock = self.handover(desk)
        return Stretch(datetime.combine(when, clock), datetime.combine(when + ONE_DAY, clock))

    def period(self, desk: str) -> Stretch:
        """Return the period from the first handover of a desk to the one after its last duty day."""
        return Stretch(self.day_at(desk, self.first).begins, self.day_at(desk, self.last).ends)

    def days(self, duty: Duty) -> tuple[date, ...]:
        """Return the duty days of the period that a shift takes up, one for each 24 hours begun."""
        begins, ends = duty.stretch
        first = duty_day(begins, self.handover(duty.desk))
        last = first + math.ceil((ends - begins) / ONE_DAY) * ONE_DAY - ONE_DAY
        return tuple(dates(max(first, self.first), min(last, self.last)))

    @cached_property
    def rest_days(self) -> tuple[date, ...]:
        """The days of the period that are known to be weekend or holiday."""
        return tuple(day for day in dates(self.first, self.last) if day_of(day).rest)

    @cached_property
    def office_hours(self) -> tuple[Stretch, ...]:
        """The hours around the period in which offices are known to answer, by the rules."""
        return tuple(
            Stretch(datetime.combine(day, opens), datetime.combine(day, closes))
            for day in dates(self.first, self.last + ONE_DAY)
            if self.rules.office_hours and day_of(day).office
            for opens, closes in self.rules.office_hours
        )

    # What the plan asks -----------------------------------------------------------------------------------------------

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """The id of the level of each place, by code."""
        ids = [level.id for level in self.county.levels]
        places = self.county.places
        return {code: ids[level] for code, level in zip(places.code, places.level.tolist(), strict=True)}

    def required(self, level: str) -> tuple[str, ...]:
        """Return the posts that a level must hold, as far as the plan knows them."""
        return self.rules.required_of(self.plan, level)

    def deputies(self, level: str) -> tuple[str, ...]:
        """Return the posts of a level of which one must be held, as far as the plan knows them."""
        return self.rules.deputies_of(self.plan, level)

    def called(self, level: str) -> tuple[str, ...]:
        """Return the posts of a level that somebody calls or the rules ask for, each once."""
        return self.rules.called_at(self.plan, level)

    def hours_of(self, rows: Iterable[int]) -> float:
        """Return the hours of some rows of the shift table, as far as both ends are known."""
        ends = ((self.shifts["from"][row], self.shifts["to"][row]) for row in rows)
        return sum(max(Stretch(begins, ends).hours, 0.0) for begins, ends in ends if begins and ends)

    def about(
        self,
        kind: Kind,
        severity: Severity,
        duties: Sequence[Duty],
        detail: Text,
        remedy: Text,
        persons: tuple[str, ...],
        stretch: Stretch | None = None,
    ) -> Finding:
        """Return a finding about persons that rests on duties of theirs; without a stretch it concerns all their hours in the period."""
        desk, post = min((duty.desk, duty.post) for duty in duties)
        span = self.span
        inside = (Stretch(max(duty.stretch.begins, span.begins), min(duty.stretch.ends, span.ends)) for duty in duties)
        return Finding(
            kind,
            severity,
            detail,
            remedy,
            desk=desk,
            post=post,
            persons=persons,
            begins=stretch.begins if stretch else None,
            ends=stretch.ends if stretch else None,
            hours=stretch.hours if stretch else sum(one.hours for one in joined(inside)),
            rows=tuple(sorted(duty.row for duty in duties)),
        )

    # In words ---------------------------------------------------------------------------------------------------------

    def post(self, post: str) -> Text:
        """Return what a post is called; plans have titles in Chinese only."""
        plan = self.plan.posts.get(post)
        return Text(plan.title if plan else post, post.replace("_", " "))

    def place(self, code: str) -> str:
        """Return what may be shown of the name of a place."""
        return self.county.places.label[self.county.index[code]]

    def person(self, who: str) -> str:
        """Return the name of a person as the table has it, or else the id."""
        return self.names.get(who) or who

    def people(self, persons: Sequence[str]) -> Text:
        """Return the names of some persons as the table has them; of many the first few and how many there are."""
        zh, en = few([self.person(who) for who in persons])
        return Text(zh + ("人" if len(persons) > FEW else ""), en)

    def level_name(self, level: str) -> Text:
        """Return what a level is called."""
        name = next((plan.name for plan in self.county.levels if plan.id == level), level)
        return Text(name, level)
