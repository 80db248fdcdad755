"""What a planner asks of a roster on the command line, turned into days, hours, levels, limits and tables; every fault at once."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sim import units
from sim.county.tables import Column, Table, code, read_table
from sim.errors import BadValue, Fault, InputError, Text
from sim.roster.duty import read_duty_tables
from sim.scenario import Scenario
from sim.study.drill import DrillPlan, days_of


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
    return DrillPlan(days, chosen, nights, limits)


def days_to_audit(scenario: Scenario, month: str | None) -> tuple[date, ...]:
    """Return the days of a month as written, by default those of the scenario's.

    Raises
    ------
    InputError
        if it is none
    """
    faults: list[Fault] = []
    days = days_of(_month(month, faults) if month is not None else scenario.plan.start.date())
    if faults:
        raise InputError(faults)
    return days


def duty_tables(scenario: Scenario) -> tuple[Table, Table]:
    """Return the tables of persons and of shifts that the scenario names.

    Raises
    ------
    InputError
        if it names none
    """
    faults: list[Fault] = []
    persons, shifts = read_duty_tables(scenario.plan.roster, faults)
    if persons is None or shifts is None:
        problem = Text("情景没有写值班表", "the scenario names no roster")
        remedy = Text(
            "在 roster.persons、roster.shifts 写明人员表和值班表", "name the tables in roster.persons and roster.shifts"
        )
        raise InputError(faults or [Fault("", 0, 0, "roster.shifts", "", problem, remedy)])
    return persons, shifts


def leave_table(path: Path) -> dict[str, frozenset[date]]:
    """Return who is away on which days, from a table ``person,from,to`` with days such as 2025-08-03, both included.

    Raises
    ------
    InputError
        with every fault of the table
    """
    faults: list[Fault] = []
    table = read_table(path, (Column("person", code), Column("from", _day), Column("to", _day)), faults)
    away: dict[str, set[date]] = {}
    if table is not None:
        for row, (who, first, last) in enumerate(zip(table["person"], table["from"], table["to"], strict=True)):
            if last < first:
                problem = Text("结束早于开始", "it ends before it begins")
                faults.append(table.fault(row, "to", problem, Text("核对起止日期", "check both days")))
            away.setdefault(who, set()).update(first + timedelta(days=n) for n in range((last - first).days + 1))
    if faults:
        raise InputError(faults)
    return {who: frozenset(days) for who, days in away.items()}


def _day(cell: str) -> date:
    try:
        return datetime.strptime(cell.strip().replace("/", "-"), "%Y-%m-%d").date()  # noqa: DTZ007 - a date
    except ValueError:
        raise BadValue(Text("应为日期", "should be a day"), Text("写成 2025-08-03", "write it as 2025-08-03")) from None


def level_to_call(scenario: Scenario, level: str) -> str:
    """Return a level that can be called.

    Raises
    ------
    InputError
        if there is none of that name below the county
    """
    if level not in _levels(scenario):
        raise InputError([_no_level(scenario, "--to", level)])
    return level


def _levels(scenario: Scenario) -> list[str]:
    return [level.id for level in scenario.county.levels[1:]]


def _no_level(scenario: Scenario, option: str, text: str) -> Fault:
    known = "、".join(_levels(scenario))
    return Fault(
        option,
        0,
        0,
        "",
        text,
        Text("没有这个层级", "there is no such level"),
        Text(f"可用层级：{known}", f"levels: {known}"),
    )


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
    levels = _levels(scenario)
    limits: dict[str, float] = {}
    for text in within:
        level, _, limit = (part.strip() for part in text.partition("="))
        if level not in levels:
            faults.append(_no_level(scenario, "--within", text))
            continue
        try:
            limits[level] = units.parse(limit, units.DURATION)
        except BadValue as bad:
            faults.append(Fault("--within", 0, 0, "", text, bad.problem, bad.remedy))
    return dict(sorted(limits.items(), key=lambda one: levels.index(one[0])))


def _covers(scenario: Scenario, days: tuple[date, ...], faults: list[Fault]) -> None:
    """A roster of another month is no finding: in a month of which it says nothing there is nothing to drill."""
    begin, end = (datetime.combine(day, time()) for day in (days[0], days[-1] + timedelta(days=1)))
    begin_min, end_min = ((when - scenario.plan.start).total_seconds() / 60 for when in (begin, end))
    dated = [
        shift
        for own in scenario.roster.shifts.values()
        for shift in own
        if math.isfinite(shift.to_min - shift.from_min)
    ]
    if dated and not any(shift.from_min < end_min and shift.to_min > begin_min for shift in dated):
        problem = Text("值班表中没有这个月的班次", "the roster has no shift in that month")
        remedy = Text("换一个月，或导入那个月的值班表", "choose another month, or import the roster of that month")
        faults.append(Fault("--month", 0, 0, "", f"{days[0]:%Y-%m}", problem, remedy))
