"""What a planner asks of a roster on the command line, turned into days, hours, levels, limits and tables; every fault at once."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sim import units
from sim.county.tables import Table
from sim.errors import BadValue, Fault, InputError, Text
from sim.measures import naming
from sim.roster.changes import Change, changed, read_changes
from sim.roster.exporting import Template, has_layout
from sim.roster.importing import Imported, raw_bytes
from sim.roster.load import read_written
from sim.roster.pairs import Pairs, read_pairs
from sim.roster.planning import Demand
from sim.scenario import Scenario
from sim.study.call_sheet import CallSheet
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


def duty_tables(scenario: Scenario) -> tuple[Table, Table]:
    """Return the tables of persons and of shifts that the scenario names, leave and swaps made.

    Raises
    ------
    InputError
        if it names none
    """
    written = written_tables(scenario)
    return written.persons, changed(written.shifts, written.changes)


@dataclass(frozen=True)
class Written:
    """The tables of persons and of shifts as they are written, and the leave and swaps of the scenario."""

    persons: Table
    shifts: Table
    changes: tuple[Change, ...]


def written_tables(scenario: Scenario) -> Written:
    """Return the roster of a scenario as it is written: who stands there by rights, whoever is away or stands in.

    Raises
    ------
    InputError
        if the scenario names none
    """
    faults: list[Fault] = []
    persons, shifts, changes = read_written(scenario.plan.roster, faults)
    if persons is None or shifts is None:
        problem = Text("情景没有写值班表", "the scenario names no roster")
        remedy = Text(
            "在 roster.persons、roster.shifts 写明人员表和值班表", "name the tables in roster.persons and roster.shifts"
        )
        raise InputError(faults or [Fault("", 0, 0, "roster.shifts", "", problem, remedy)])
    return Written(persons, shifts, changes)


def leave_asked(scenario: Scenario, path: Path | None, written: Written) -> dict[str, frozenset[date]]:
    """Return who (by id) is away on which duty days: by the scenario's own table of leave and swaps, and by another one of the same form.

    Raises
    ------
    InputError
        with every fault of that table
    """
    faults: list[Fault] = []
    handover = scenario.plan.roster.handover
    more = () if path is None else read_changes(path, written.persons, written.shifts, handover, faults)
    if faults:
        raise InputError(faults)
    away: dict[str, set[date]] = {}
    for change in (*written.changes, *more):
        away.setdefault(change.person, set()).update(change.duty_days(handover))
    return {who: frozenset(days) for who, days in away.items()}


def pairs_asked(path: Path | None, persons: Table) -> Pairs:
    """Return who stands together and who never, by a table ``person,with,rule``; nobody where there is none.

    Raises
    ------
    InputError
        with every fault of the table
    """
    faults: list[Fault] = []
    pairs = Pairs() if path is None else read_pairs(path, persons, faults)
    if faults:
        raise InputError(faults)
    return pairs


def desks_to_plan(demands: tuple[Demand, ...], level: str, pairs: Pairs, shifts: Table) -> tuple[Demand, ...]:
    """Return what is to be planned.

    Raises
    ------
    InputError
        if no desk of the level has shifts by the day, or a pair stands at no desk together
    """
    if not demands:
        problem = Text(
            "这一层级在值班表上没有逐日的班次，不必排班",
            "no desk of this level has shifts by the day: there is nothing to plan",
        )
        remedy = Text("换一个层级；长期不换人的岗位不用排", "choose another level; posts held for good need no plan")
        raise InputError([Fault("--level", 0, 0, "", level, problem, remedy)])
    planned, at = {demand.desk for demand in demands}, dict[str, set[str]]()
    for desk, person in zip(shifts["desk"], shifts["person"], strict=True):
        if desk in planned:
            at.setdefault(person, set()).add(desk)
    apart = Text("这两人不在同一个要排的值班室", "the two stand at no desk together that is planned")
    faults = [
        Fault(
            "--pairs",
            0,
            0,
            "",
            "、".join(pair),
            apart,
            Text("删去这一对，或换一个层级", "remove the pair, or choose another level"),
        )
        for pair in sorted(pairs.together | pairs.apart)
        if not at.get(pair[0], set()) & at.get(pair[1], set())
    ]
    if faults:
        raise InputError(faults)
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


def sheets_of(sheets: tuple[CallSheet, ...], scenario: Scenario, desk: str | None) -> tuple[CallSheet, ...]:
    """Return the sheet of one desk, written as by ``desk_asked``; all where none is.

    Raises
    ------
    InputError
        if there is no such desk, or it calls nobody
    """
    if desk is None:
        return sheets
    place = scenario.county.index.get(desk_asked(scenario, desk))
    found = tuple(sheet for sheet in sheets if sheet.caller == place)
    if not found:
        problem = Text("没有这个值班室，或它不往下叫应", "there is no such desk, or it calls nobody")
        remedy = Text("填写乡镇、村的编码、名称或代号", "use the code, the name or the label of a township or village")
        raise InputError([Fault("--desk", 0, 0, "", desk, problem, remedy)])
    return found


def _plain(name: str) -> str:
    """Return a name without its committee and without the signs by which it may be written differently."""
    return re.sub(r"居?民委员会$", "", re.sub(r"[\s·.・]", "", name))


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


def workbook_to_fill(path: Path) -> bytes:
    """Return what stands in a workbook that a plan is to be written into.

    Raises
    ------
    InputError
        if it cannot be read, or has no layout that can be kept
    """
    raw = raw_bytes(path)
    if not has_layout(raw):
        problem = Text("只能写入 xlsx 工作簿", "only an xlsx workbook can be filled in")
        remedy = Text("在 WPS/Excel 中打开，另存为 xlsx", "open it in WPS or Excel and save it as xlsx")
        raise InputError([Fault(str(path), 0, 0, "", "", problem, remedy)])
    return raw


def template_levels(scenario: Scenario, levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the levels that a template is asked for, by default the two below the county.

    Raises
    ------
    InputError
        if there is no level of a name
    """
    top, *below = (level.id for level in scenario.county.levels)
    found = {level: top if level == top else _level(scenario, level) for level in levels}
    faults = [_no_level(scenario, "--level", level) for level, known in found.items() if known is None]
    if faults:
        raise InputError(faults)
    return tuple(known for known in found.values() if known is not None) or tuple(below[:2])


def forms_asked(template: Template) -> Template:
    """Return a template.

    Raises
    ------
    InputError
        if it has no sheet
    """
    if not template.forms:
        problem = Text("这一层级没有可列入空表的岗位", "no post of this level can stand in a template")
        remedy = Text(
            "在 roster.ladders 写明叫哪些岗位，或换一个层级", "let roster.ladders name posts, or choose another level"
        )
        raise InputError([Fault("--level", 0, 0, "", "", problem, remedy)])
    return template


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
