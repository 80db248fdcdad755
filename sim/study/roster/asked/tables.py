"""The tables that a planner names, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sim.county.tables import Table
from sim.errors import Fault, InputError, Text
from sim.roster.changes import Change, changed, read_changes
from sim.roster.exporting import Template, has_layout
from sim.roster.importing import raw_bytes
from sim.roster.load import read_written
from sim.roster.pairs import Pairs, read_pairs
from sim.scenario import Scenario


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


def duty_tables(scenario: Scenario) -> tuple[Table, Table]:
    """Return the tables of persons and of shifts that the scenario names, leave and swaps made.

    Raises
    ------
    InputError
        if it names none
    """
    written = written_tables(scenario)
    return written.persons, changed(written.shifts, written.changes)


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
