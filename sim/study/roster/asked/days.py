"""Days, hours, moments and limits that a planner asks for, and whether the roster says anything of them."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, datetime, time, timedelta

from sim import units
from sim.errors import BadValue, Fault, InputError, Text
from sim.roster.importing import Imported
from sim.scenario import Scenario
from sim.study.roster.asked.desks import level_named, levels_below, no_level
from sim.study.roster.drill import DrillPlan, days_of


def drill_plan(
    scenario: Scenario, month: str | None, hours: str | None, nights: int, within: tuple[str, ...]
) -> DrillPlan:
    """Return the plan of a drill.

    Raises
    ------
    InputError
        where a month, an hour, a level or a limit is none, or the roster has nobody on duty in that month
    """
    faults: list[Fault] = []
    days = days_of(_month(month, faults) if month is not None else scenario.plan.start.date())
    chosen = _hours(hours, faults) if hours is not None else tuple(range(24))
    limits = _limits(scenario, within, faults)
    if not faults:
        _covers(scenario, days, faults)
    if faults:
        raise InputError(faults)
    dated = _dated(scenario)
    span = (min(dated)[0], max(end for _, end in dated)) if dated else None
    return DrillPlan(days, chosen, nights, limits, span)


def days_asked(scenario: Scenario, month: str | None, *, covered: bool) -> tuple[date, ...]:
    """Return the days of a month as written, by default those of the scenario's.

    Raises
    ------
    InputError
        if it is none, or must be ``covered`` and the roster has no shift that begins in it
    """
    faults: list[Fault] = []
    days = days_of(_month(month, faults) if month is not None else scenario.plan.start.date())
    if not faults and covered:
        _covers(scenario, days, faults)
    if faults:
        raise InputError(faults)
    return days


def days_imported(scenario: Scenario, month: str | None, imported: Imported) -> tuple[date, ...]:
    """Return the days of a month as written, by default of that in which most shifts of an import begin, else of the scenario's.

    Raises
    ------
    InputError
        if it is none, no shift begins in it, or the import has no shifts at all
    """
    faults: list[Fault] = []
    begins = Counter(row.begin.date().replace(day=1) for row in imported.shifts if row.begin is not None)
    usual = max(sorted(begins), key=lambda one: begins[one], default=scenario.plan.start.date())
    first = _month(month, faults) if month is not None else usual
    if not imported.shifts:
        problem = Text("没有读出任何班次，无从审查", "no shift was read: there is nothing to audit")
        remedy = Text(
            "先用 roster import 读一次，回答它的问题（--year、--mapping）",
            "read it with roster import first and answer its questions (--year, --mapping)",
        )
        faults.append(Fault("", 0, 0, "", "", problem, remedy))
    elif not faults and begins and first not in begins:
        listed = "、".join(f"{one:%Y-%m}" for one in sorted(begins))
        problem = Text("读入的值班表没有这个月的班次", "the rosters have no shift in that month")
        faults.append(
            Fault("--month", 0, 0, "", str(month), problem, Text(f"表中的月份：{listed}", f"they have {listed}"))
        )
    if faults:
        raise InputError(faults)
    return days_of(first)


def hours_asked(hours: str) -> tuple[int, ...]:
    """Return hours as written.

    Raises
    ------
    InputError
        where one of them is none
    """
    faults: list[Fault] = []
    chosen = _hours(hours, faults)
    if faults:
        raise InputError(faults)
    return chosen


def moment_asked(scenario: Scenario, at: datetime | None) -> datetime:
    """Return a moment, by default the beginning of the scenario.

    Raises
    ------
    InputError
        if the roster ends before it or begins after it
    """
    when, spans = at or scenario.plan.start, _dated(scenario)
    if spans and not min(spans)[0] <= when < max(end for _, end in spans):
        raise InputError([_no_shift(scenario, "--at", f"{when:%Y-%m-%d %H:%M}")])
    return when


def _month(text: str, faults: list[Fault]) -> date:
    try:
        return datetime.strptime(text.strip(), "%Y-%m").date()  # noqa: DTZ007 - a date
    except ValueError:
        faults.append(
            Fault(
                "--month",
                0,
                0,
                "",
                text,
                Text("应为年和月", "expected a year and a month"),
                Text("写成 2025-07", "write it as 2025-07"),
            )
        )
        return date(2000, 1, 1)


def _hours(text: str, faults: list[Fault]) -> tuple[int, ...]:
    words = text.replace("，", ",").split(",")
    hours = sorted({int(word) for word in words if word.strip().isdigit()})
    if len(hours) < len({word.strip() for word in words}) or any(hour > 23 for hour in hours):
        problem = Text("应为 0 到 23 的整点", "expected hours from 0 to 23")
        faults.append(Fault("--hours", 0, 0, "", text, problem, Text("写成 2,14", "write them as 2,14")))
    return tuple(hours)


def _limits(scenario: Scenario, within: tuple[str, ...], faults: list[Fault]) -> dict[str, float]:
    levels = levels_below(scenario)
    limits: dict[str, float] = {}
    for written in within:
        level, _, limit = (part.strip() for part in written.partition("="))
        known = level_named(scenario, level)
        if known is None:
            faults.append(no_level(scenario, "--within", written))
            continue
        try:
            limits[known] = units.parse(limit, units.DURATION)
        except BadValue as bad:
            faults.append(Fault("--within", 0, 0, "", written, bad.problem, bad.remedy))
    return dict(sorted(limits.items(), key=lambda one: levels.index(one[0])))


def _covers(scenario: Scenario, days: tuple[date, ...], faults: list[Fault]) -> None:
    """A roster of another month is no finding: in a month in which none of its shifts begins there is nothing to look at."""
    begin, end = (datetime.combine(day, time()) for day in (days[0], days[-1] + timedelta(days=1)))
    begins = _dated(scenario)
    if begins and not any(begin <= one < end for one, _ in begins):
        faults.append(_no_shift(scenario, "--month", f"{days[0]:%Y-%m}"))


def _dated(scenario: Scenario) -> list[tuple[datetime, datetime]]:
    """Return when the shifts begin and end that have both."""
    start, roster = scenario.plan.start, scenario.roster
    dated = [shift for own in roster.shifts.values() for shift in own if math.isfinite(shift.to_min - shift.from_min)]
    return [(start + timedelta(minutes=shift.from_min), start + timedelta(minutes=shift.to_min)) for shift in dated]


def _no_shift(scenario: Scenario, option: str, value: str) -> Fault:
    spans = _dated(scenario)
    first, last = (f"{when:%Y-%m-%d %H:%M}" for when in (min(spans)[0], max(end for _, end in spans)))
    problem = Text(
        f"值班表里没有这时的班次，只有{first}至{last}", f"the roster has no shift then, only from {first} to {last}"
    )
    remedy = Text("换一个时间，或导入那时的值班表", "choose another time, or import the roster of that time")
    return Fault(option, 0, 0, "", value, problem, remedy)
