"""A planned month as a page: what stays empty and why, how even it is, and of each desk the calendar and how often everybody stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sim.county.tables import Table as Rows
from sim.measures.naming import Naming
from sim.report.content.grid import Column, Grid
from sim.report.page.template import render
from sim.report.roster.papers import label_of, stamps_of, weekday_names
from sim.report.roster.planned import names_of, post_of, reasons_of, spread_of
from sim.report.roster.won import won
from sim.report.words.language import Words
from sim.roster.calendar import DAY_KINDS, day_of
from sim.roster.planning import Plan
from sim.scenario import Scenario
from sim.study.roster.improve import Improved

_MOST = 60


@dataclass(frozen=True)
class Day:
    """A square of the calendar: day of the month, what kind of day it is, and who stands, in the order of the posts (``None``: nobody)."""

    number: int
    kind: str
    rest: bool
    people: tuple[str | None, ...]


@dataclass(frozen=True)
class Month:
    """The month of one desk: weeks of seven squares, the posts of each square, and who stands how often."""

    desk: str
    counted: str
    posts: str
    weeks: tuple[tuple[Day | None, ...], ...]
    loads: tuple[str, ...]


def plan_page(scenario: Scenario, improved: Improved, persons: Rows, names: Naming, title: str, words: Words) -> str:
    """Return the page; it names people and is internal."""
    plans, called = improved.plans, names_of(persons)
    labels = [label_of(scenario.county.index[plan.demand.desk], scenario, names, words) for plan in plans]
    return render(
        "plan.html.j2",
        words,
        stamps_of(scenario, names, words, internal=True),
        title=title,
        done=words(
            "plan.done",
            desks=len(plans),
            duties=sum(len(plan.duties) for plan in plans),
            spread=max((spread_of(plan) for plan in plans), default=0),
        ),
        won=won(improved, words),
        empty=_empty(scenario, plans, labels, called, words),
        even=_even(plans, labels, words),
        weekdays=weekday_names(words),
        months=[_month(scenario, plan, label, called, words) for plan, label in zip(plans, labels, strict=True)],
    )


def _empty(
    scenario: Scenario, plans: Sequence[Plan], labels: Sequence[str], called: Mapping[str, str], words: Words
) -> Grid | None:
    """Return what stays empty and why; of very many the first."""
    rows = [
        (label, f"{clash.day:%m-%d}", post_of(clash.post, scenario, words), reasons_of(clash, called, words))
        for plan, label in zip(plans, labels, strict=True)
        for clash in plan.clashes
    ]
    if not rows:
        return None
    left = len(rows) - _MOST
    notes = (words("plan.page.more", shown=_MOST, n=left),) if left > 0 else ()
    columns = (
        Column("desk", "", words("drill.col.desk")),
        Column("day", "w", words("plan.col.day")),
        Column("post", "", words("callsheet.post")),
        Column("why", "", words("plan.col.why")),
    )
    return Grid(words("plan.page.empty", n=len(rows)), notes, columns, tuple(rows[:_MOST]))


def _even(plans: Sequence[Plan], labels: Sequence[str], words: Words) -> Grid:
    """Return of each desk how many people share how many duties, and by how many days those who hold the same posts differ at most."""
    columns = (
        Column("desk", "", words("drill.col.desk")),
        Column("people", "n", words("plan.page.col.people")),
        Column("duties", "n", words("plan.page.col.duties")),
        Column("days", "n", words("plan.page.col.range")),
        Column("spread", "n", words("plan.page.col.spread")),
        Column("empty", "n", words("plan.page.col.empty")),
    )
    rows = []
    for plan, label in zip(plans, labels, strict=True):
        days = [Counter(duty.person for duty in plan.duties)[one.person] for one in plan.demand.people]
        rows.append(
            (
                label,
                f"{len(days)}",
                f"{len(plan.duties)}",
                words("plan.page.range", least=min(days, default=0), most=max(days, default=0)),
                f"{spread_of(plan)}",
                f"{len(plan.clashes)}",
            )
        )
    return Grid(words("plan.page.even"), (words("plan.how"),), columns, tuple(rows))


def _month(scenario: Scenario, plan: Plan, label: str, called: Mapping[str, str], words: Words) -> Month:
    held = {(duty.day, duty.post): called.get(duty.person, duty.person) for duty in plan.duties}
    posts, days = plan.demand.posts, plan.demand.days
    squares = [_day(day, tuple(held.get((day, post)) for post in posts), words) for day in days]
    before = days[0].weekday() if days else 0
    padded = [*[None] * before, *squares, *[None] * (-(before + len(days)) % 7)]
    return Month(
        desk=label,
        counted=words("plan.page.desk", duties=len(plan.duties), n=len(plan.clashes)),
        posts=words("plan.page.posts", posts=words.listed(post_of(post, scenario, words) for post in posts)),
        weeks=tuple(tuple(padded[n : n + 7]) for n in range(0, len(padded), 7)),
        loads=tuple(_loads(plan, called, words)),
    )


def _day(day: date, people: tuple[str | None, ...], words: Words) -> Day:
    kind = day_of(day)
    said = DAY_KINDS[kind.kind].get(words.language) if kind.kind in {"holiday", "make_up"} else ""
    return Day(day.day, said, kind.rest, people)


def _loads(plan: Plan, called: Mapping[str, str], words: Words) -> list[str]:
    """Return how often everybody stands, who stands most first."""
    days = Counter(duty.person for duty in plan.duties)
    off = Counter(duty.person for duty in plan.duties if duty.day in plan.demand.days_off)
    people = sorted({one.person for one in plan.demand.people} | set(days), key=lambda who: (-days[who], who))
    return [words("plan.page.load", who=called.get(who, who), n=days[who], off=off[who]) for who in people]
