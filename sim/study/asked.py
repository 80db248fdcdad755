"""What a planner asks of a roster on the command line, turned into days, hours, levels, limits and tables; every fault at once."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sim import units
from sim.county.tables import Column, Table, read_table, text
from sim.errors import BadValue, Fault, InputError, Text
from sim.measures import naming
from sim.roster.duty import read_duty_tables
from sim.roster.planning import Demand
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


def leave_table(path: Path, persons: Table) -> dict[str, frozenset[date]]:
    """Return who (by id) is away on which days, from a table ``person,from,to`` with days such as 2025-08-03, both included.

    A person is written by the id of the table of persons, or by a name that only one of them has.

    Raises
    ------
    InputError
        with every fault of the table
    """
    faults: list[Fault] = []
    columns = (
        Column("person", text, also=("姓名", "人员")),
        Column("from", _day, also=("开始", "从")),
        Column("to", _day, also=("结束", "到")),
    )
    table = read_table(path, columns, faults)
    ids = dict.fromkeys(persons["person"])
    named: dict[str, list[str]] = {}
    for who, name in zip(persons["person"], persons["name"], strict=True):
        named.setdefault(name, []).append(who)
    away: dict[str, set[date]] = {}
    for row in range(len(table) if table is not None else 0):
        assert table is not None  # noqa: S101 - there is no row without a table
        who, first, last = (table[name][row] for name in ("person", "from", "to"))
        found = [who] if who in ids else named.get(who, [])
        if len(found) != 1:
            problem = Text("同名的不止一人", "more than one has this name")
            if not found:
                problem = Text("人员表中没有这个人", "nobody in the table of persons")
            remedy = Text(
                "写 persons.csv 中的编号，或只有一人的姓名", "write the id of persons.csv, or a name that only one has"
            )
            faults.append(table.fault(row, "person", problem, remedy))
        elif last < first:
            problem = Text("结束早于开始", "it ends before it begins")
            faults.append(table.fault(row, "to", problem, Text("核对起止日期", "check both days")))
        else:
            away.setdefault(found[0], set()).update(first + timedelta(days=n) for n in range((last - first).days + 1))
    if faults:
        raise InputError(faults)
    return {who: frozenset(days) for who, days in away.items()}


def _day(cell: str) -> date:
    try:
        return datetime.strptime(cell.strip().replace("/", "-"), "%Y-%m-%d").date()  # noqa: DTZ007 - a date
    except ValueError:
        raise BadValue(Text("应为日期", "should be a day"), Text("写成 2025-08-03", "write it as 2025-08-03")) from None


def desks_to_plan(demands: tuple[Demand, ...], level: str) -> tuple[Demand, ...]:
    """Return what is to be planned.

    Raises
    ------
    InputError
        if no desk of the level has shifts by the day
    """
    if not demands:
        problem = Text(
            "这一层级在值班表上没有逐日的班次，不必排班",
            "no desk of this level has shifts by the day: there is nothing to plan",
        )
        remedy = Text("换一个层级；长期不换人的岗位不用排", "choose another level; posts held for good need no plan")
        raise InputError([Fault("--level", 0, 0, "", level, problem, remedy)])
    return demands


def level_to_call(scenario: Scenario, level: str, option: str = "--to") -> str:
    """Return the id of a level that can be called, written as its id or in Chinese (乡镇, 村); ``option`` is where it was written.

    Raises
    ------
    InputError
        if there is none of that name below the county
    """
    found = _level(scenario, level)
    if found is None:
        raise InputError([_no_level(scenario, option, level)])
    return found


def desk_asked(scenario: Scenario, written: str) -> str:
    """Return the code of a desk, written as its code, its name (江口镇, 江口镇中和村) or its label in the results (江口镇·村07).

    What names no place is returned as it is.

    Raises
    ------
    InputError
        if several places bear the name
    """
    county = scenario.county
    if written in county.index:
        return written
    shown, full = naming(scenario), naming(scenario, real_names=True)
    asked = _plain(written)
    found = [
        place
        for place, code in enumerate(county.places.code)
        if asked
        in {
            _plain(name)
            for name in (county.places.name[place], county.places.label[place], shown.code[place], full.label[place])
        }
    ]
    if len(found) > 1:
        listed = "、".join(f"{full.label[place]}（{county.places.code[place]}）" for place in found[:6])
        more = " …" if len(found) > 6 else ""
        problem = Text(
            f"有 {len(found)} 处叫这个名字：{listed}{more}", f"{len(found)} places have this name: {listed}{more}"
        )
        remedy = Text("写上乡镇，或填写编码", "write the township before it, or use the code")
        raise InputError([Fault("", 0, 0, "desk", written, problem, remedy)])
    return county.places.code[found[0]] if found else written


def _plain(name: str) -> str:
    """Return a name without its committee and without the signs by which it may be written differently."""
    return re.sub(r"居?民委员会$", "", re.sub(r"[\s·.・]", "", name))


def _levels(scenario: Scenario) -> list[str]:
    return [level.id for level in scenario.county.levels[1:]]


def _level(scenario: Scenario, written: str) -> str | None:
    """Return the id of the level that a word names: its id, its name, a part of it such as 乡镇 or 街道, or its short word."""
    word = written.strip()
    for level in scenario.county.levels[1:]:
        if word in {level.id, level.short, level.name, *re.split(r"[（）()、/]", level.name)} - {""}:
            return level.id
    return None


def _no_level(scenario: Scenario, option: str, text: str) -> Fault:
    known = "、".join(f"{level.id}（{level.name}）" for level in scenario.county.levels[1:])
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
    for written in within:
        level, _, limit = (part.strip() for part in written.partition("="))
        known = _level(scenario, level)
        if known is None:
            faults.append(_no_level(scenario, "--within", written))
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
