"""A planned month for people: a workbook and a page to print, and in words what could not be filled and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

from sim.county.tables import Table as Rows
from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.roster.papers import frame_of, label_of, stamps_of
from sim.report.roster.plan_page import plan_page
from sim.report.roster.planned import names_of, post_of, reasons_of, spread_of
from sim.report.roster.won import won
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, Value, legal_names, write_sheets
from sim.roster.calendar import DAY_KINDS, day_of
from sim.roster.planning import Clash, Plan
from sim.scenario import Scenario
from sim.study.roster.improve import Improved

_FIRST = 10


def plan_lines(scenario: Scenario, improved: Improved, persons: Rows, names: Naming, language: Language) -> str:
    """Return how many duties were planned, how even they are, the first posts that stay empty with the reasons, and what was won."""
    words, plans = Words(language), improved.plans
    clashes = [clash for plan in plans for clash in plan.clashes]
    spread = max((spread_of(plan) for plan in plans), default=0)
    duties = sum(len(plan.duties) for plan in plans)
    lines = [
        words("plan.done", desks=len(plans), duties=duties, spread=spread),
        words("plan.full") if not clashes else words("plan.empty", n=len(clashes)),
    ]
    called = names_of(persons)
    lines += [f"  {_why(clash, scenario, names, called, words)}" for clash in clashes[:_FIRST]]
    if len(clashes) > _FIRST:
        lines.append(words("audit.more", n=len(clashes) - _FIRST))
    return "\n".join([*lines, *won(improved, words)])


def write_plan(
    folder: Path, scenario: Scenario, improved: Improved, persons: Rows, names: Naming, *, language: Language
) -> None:
    """Write ``plan.html`` and ``plan.xlsx``.

    The workbook has a sheet for each desk, a row a day, a column a post; before them how often everybody stands, and what stays empty.
    """
    words, called, plans = Words(language), names_of(persons), improved.plans
    days = plans[0].demand.days if plans else (date(2000, 1, 1),)
    title = words("plan.title", county=scenario.county.name, month=f"{days[0]:%Y-%m}")
    labels = [label_of(scenario.county.index[plan.demand.desk], scenario, names, words) for plan in plans]
    summary, empty, *tabs = legal_names([words("plan.tab.load"), words("plan.tab.empty"), *labels])
    loads = [
        (
            label,
            called.get(person, person),
            count,
            sum(duty.person == person and duty.day in plan.demand.days_off for duty in plan.duties),
        )
        for label, plan in zip(labels, plans, strict=True)
        for person, count in sorted(Counter(duty.person for duty in plan.duties).items())
    ]
    load_fields = (
        Field(words("drill.col.desk")),
        Field(words("callsheet.name")),
        Field(words("plan.col.days"), "number"),
        Field(words("plan.col.days_off"), "number"),
    )
    rows = [
        (
            label_of(scenario.county.index[clash.desk], scenario, names, words),
            f"{clash.day:%m-%d}",
            post_of(clash.post, scenario, words),
            reasons_of(clash, called, words),
        )
        for plan in plans
        for clash in plan.clashes
    ]
    empty_fields = (
        Field(words("drill.col.desk")),
        Field(words("plan.col.day"), "line"),
        Field(words("callsheet.post")),
        Field(words("plan.col.why")),
    )
    sheets = [
        SheetOfTables(summary, title, (Table(load_fields, loads),), said=(words("plan.how"), *won(improved, words))),
        SheetOfTables(empty, title, (Table(empty_fields, rows),)),
        *(
            SheetOfTables(tab, f"{label} {days[0]:%Y-%m}", (_month(plan, scenario, called, words),))
            for tab, label, plan in zip(tabs, labels, plans, strict=True)
        ),
    ]
    frame = frame_of(
        title, stamps_of(scenario, names, words, internal=True), summary, datetime.combine(days[0], time()), words
    )
    write_sheets(sheets, frame, folder / "plan.xlsx")
    page = plan_page(scenario, improved, persons, names, title, words)
    (folder / "plan.html").write_text(page, encoding="utf-8")


def _month(plan: Plan, scenario: Scenario, called: Mapping[str, str], words: Words) -> Table:
    """Return one desk's month: a row a day, a column a post."""
    held = {(duty.day, duty.post): duty.person for duty in plan.duties}
    fields = (
        Field(words("plan.col.day"), "line"),
        Field(words("plan.col.kind")),
        *(Field(post_of(post, scenario, words)) for post in plan.demand.posts),
    )
    rows: list[tuple[Value, ...]] = []
    for day in plan.demand.days:
        kind = day_of(day).kind
        people = [held.get((day, post)) for post in plan.demand.posts]
        shown = [words("callsheet.vacant") if who is None else called.get(who, who) for who in people]
        rows.append((f"{day:%m-%d}", DAY_KINDS[kind].get(words.language) if kind else "", *shown))
    return Table(fields, rows)


def _why(clash: Clash, scenario: Scenario, names: Naming, called: Mapping[str, str], words: Words) -> str:
    return words(
        "plan.why",
        desk=label_of(scenario.county.index[clash.desk], scenario, names, words),
        day=f"{clash.day:%m-%d}",
        post=post_of(clash.post, scenario, words),
        why=reasons_of(clash, called, words),
    )
