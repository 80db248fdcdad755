"""Levels and desks as a planner names them."""

from __future__ import annotations

import re

from sim.county.tables import Table
from sim.errors import Fault, InputError, Text
from sim.measures import naming
from sim.roster.pairs import Pairs
from sim.roster.planning import Demand
from sim.scenario import Scenario
from sim.study.roster.call_sheet import CallSheet


def level_to_call(scenario: Scenario, level: str, option: str = "--to") -> str:
    """Return the id of a level that can be called, written as its id or in Chinese (乡镇, 村); ``option`` is where it was written.

    Raises
    ------
    InputError
        if there is none of that name below the county
    """
    found = level_named(scenario, level)
    if found is None:
        raise InputError([no_level(scenario, option, level)])
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


def template_levels(scenario: Scenario, levels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the levels that a template is asked for, by default the two below the county.

    Raises
    ------
    InputError
        if there is no level of a name
    """
    top, *below = (level.id for level in scenario.county.levels)
    found = {level: top if level == top else level_named(scenario, level) for level in levels}
    faults = [no_level(scenario, "--level", level) for level, known in found.items() if known is None]
    if faults:
        raise InputError(faults)
    return tuple(known for known in found.values() if known is not None) or tuple(below[:2])


def levels_below(scenario: Scenario) -> list[str]:
    """Return the ids of the levels below the county."""
    return [level.id for level in scenario.county.levels[1:]]


def level_named(scenario: Scenario, written: str) -> str | None:
    """Return the id of the level that a word names: its id, its name, a part of it such as 乡镇 or 街道, or its short word."""
    word = written.strip()
    for level in scenario.county.levels[1:]:
        if word in {level.id, level.short, level.name, *re.split(r"[（）()、/]", level.name)} - {""}:
            return level.id
    return None


def no_level(scenario: Scenario, option: str, text: str) -> Fault:
    """Return the fault of a level that is none, with those there are."""
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


def _plain(name: str) -> str:
    """Return a name without its committee and without the signs by which it may be written differently."""
    return re.sub(r"居?民委员会$", "", re.sub(r"[\s·.・]", "", name))
