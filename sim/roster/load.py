"""From the tables of persons, shifts, leave and swaps, and from the register, to the roster of a night; every fault at once."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sim import luck, units
from sim.county import County
from sim.county.networks import SETS
from sim.county.tables import Column, Table, choice, code, day, moment, read_table, text
from sim.errors import Fault, InputError, Text
from sim.roster.changes import Change, changed, read_changes
from sim.roster.duty import Person, Responsible, Roster, Shift, synthetic_person
from sim.roster.plan import RosterPlan


def _devices(cell: str) -> frozenset[str]:
    """Return kinds of emergency sets, written one after the other."""
    kind = choice(SETS)
    return frozenset(kind(word) for word in re.split(r"[\s、，,;；/]+", cell) if word)


PERSON_COLUMNS = (
    Column("person", code),
    Column("name", text, required=False, default=""),
    Column("phone", text, required=False, default=""),
    Column("reachable", lambda cell: units.parse(cell, units.SHARE), required=False, also=("能联系上",)),
    Column("checked", day, required=False, also=("号码核验日期",)),
    Column("sets", _devices, required=False, default=frozenset(), also=("会用的装备",)),
)
"""A person: the number, when it was last found right, how likely they can be reached, the emergency sets they can use.

``reachable`` is what is known of this person, such as a number found dead; where it is empty the post's holds.
"""
SHIFT_COLUMNS = (
    Column("desk", code),
    Column("post", code),
    Column("person", code),
    Column("from", moment, required=False),
    Column("to", moment, required=False),
)
RESPONSIBLE_COLUMNS = (
    Column("place", code),
    Column("post", code),
    Column("person", code),
    Column("name", text, required=False, default=""),
    Column("phone", text, required=False, default=""),
)
_MOST_UNKNOWN = 20


def load_roster(plan: RosterPlan, county: County, start: datetime, end_min: float | None) -> Roster:
    """Return the roster for the night that begins at ``start`` (Beijing time, no zone) and lasts ``end_min``.

    With ``None`` the roster need not have anybody on duty then: it is looked at by itself.

    Raises
    ------
    InputError
        with every fault of both tables
    """
    faults: list[Fault] = []
    persons, written, changes = read_written(plan, faults)
    people: dict[str, Person] | None = None
    if persons is not None:
        people = people_of(persons)
    held: dict[tuple[str, str], list[Shift]] = {}
    if written is not None:
        held = _shifts(changed(written, changes), people, plan, county, start, faults)
        if end_min is not None:
            _covered(written, county, start, end_min, faults)
    responsible, invented = load_responsible(plan, county, people or {}, faults)
    if faults:
        raise InputError(faults)
    named = frozenset(written["desk"] if written is not None else ())
    return Roster(
        plan=plan,
        start=start,
        shifts=_by_time(held),
        named=named,
        responsible=responsible,
        synthetic=invented or not named.issuperset(county.places.code[1:]),  # nobody calls the top
    )


def with_tables(roster: Roster, county: County, persons: Table, shifts: Table) -> Roster:
    """Return a roster with the people and shifts of other tables, as far as they are usable; rules and register stay."""
    held = _shifts(shifts, people_of(persons), roster.plan, county, roster.start, [])
    return replace(roster, shifts=_by_time(held), named=frozenset(shifts["desk"]) & county.index.keys())


def people_of(persons: Table) -> dict[str, Person]:
    """Return everybody of the table of persons, by id."""
    rows = zip(*(persons[name] for name in ("person", "name", "phone", "reachable", "sets")), strict=True)
    return {who: Person(who, luck.entity_id(who), *known) for who, *known in rows}


def load_responsible(
    plan: RosterPlan, county: County, people: Mapping[str, Person], faults: list[Fault]
) -> tuple[tuple[Responsible, ...], bool]:
    """Return the register of responsible persons, and whether it was made up from the roles of each level.

    Who is among the ``people`` of the roster too is the same person, of whom the same is known.
    """
    register = plan.responsible
    if register is None:
        return (), False
    if register.table is None:
        places = county.places
        return tuple(
            Responsible(code, post, synthetic_person(code, post, 0))
            for code, level in zip(places.code, places.level.tolist(), strict=True)
            for post in register.roles.get(county.levels[level].id, ())
        ), True
    table = read_table(Path(register.table), RESPONSIBLE_COLUMNS, faults, "place", "post", "person")
    if table is None:
        return (), False
    no_place = Text("没有这个地方", "there is no such place")
    use_code = Text("填写各层级表中的编码", "use a code of the place tables")
    faults.extend(_unknown(table, "place", county.index, no_place, use_code))
    faults.extend(_unknown(table, "post", plan.posts, *_no_post(plan)))
    rows = zip(*(table[column.name] for column in RESPONSIBLE_COLUMNS), strict=True)
    entries = [
        Responsible(place, post, replace(people.get(who, Person(who, luck.entity_id(who))), name=name, phone=phone))
        for place, post, who, name, phone in rows
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.place, entry.post, entry.person.id))), False


def _no_post(plan: RosterPlan) -> tuple[Text, Text]:
    known = "、".join(plan.posts)
    return Text("没有这个岗位", "there is no such post"), Text(f"可用岗位：{known}", f"posts: {known}")


def read_duty_tables(plan: RosterPlan, faults: list[Fault]) -> tuple[Table | None, Table | None]:
    """Return the tables of persons and of shifts, leave and swaps made, as far as the plan names them; faults are appended to ``faults``."""
    persons, shifts, changes = read_written(plan, faults)
    return persons, None if shifts is None else changed(shifts, changes)


def read_written(plan: RosterPlan, faults: list[Fault]) -> tuple[Table | None, Table | None, tuple[Change, ...]]:
    """Return the tables of persons and of shifts as they are written, and the leave and swaps to be made; else as ``read_duty_tables``."""
    persons = read_table(Path(plan.persons), PERSON_COLUMNS, faults, "person") if plan.persons else None
    shifts = read_table(Path(plan.shifts), SHIFT_COLUMNS, faults) if plan.shifts else None
    faults.extend(_tables_lacking(plan))
    if not plan.changes or persons is None or shifts is None:
        return persons, shifts, ()
    return persons, shifts, read_changes(Path(plan.changes), persons, shifts, plan.handover, faults)


def _tables_lacking(plan: RosterPlan) -> Iterator[Fault]:
    """Yield tables that say nothing without another."""
    for name, needed, key, what in (
        (plan.shifts, plan.persons, "persons", Text("人员表", "table of persons")),
        (plan.changes, plan.shifts, "shifts", Text("值班表", "table of shifts")),
    ):
        if name and not needed:
            problem = Text(f"没有{what.zh}，这张表用不上", f"this table says nothing without a {what.en}")
            remedy = Text(f"在 roster.{key} 写明{what.zh}", f"name the {what.en} in roster.{key}")
            yield Fault(name, 0, 0, "", "", problem, remedy)


def _shifts(
    table: Table,
    people: Mapping[str, Person] | None,
    plan: RosterPlan,
    county: County,
    start: datetime,
    faults: list[Fault],
) -> dict[tuple[str, str], list[Shift]]:
    """Return the shifts by desk and post; ``people`` is ``None`` where their table cannot be read."""
    checks: list[tuple[str, Collection[str] | None, Text, Text]] = [
        (
            "desk",
            county.index,
            Text("没有这个值班室", "there is no such desk"),
            Text("填写各层级表中的编码", "use a code of the place tables"),
        ),
        ("post", plan.posts, *_no_post(plan)),
        (
            "person",
            people,
            Text("人员表中没有这个人", "the person is not in the table of persons"),
            Text("在 persons 表中补上，或改正编号", "add the person or correct the id"),
        ),
    ]
    for column, sound, problem, remedy in checks:
        if sound is not None:
            faults.extend(_unknown(table, column, sound, problem, remedy))
    held: dict[tuple[str, str], list[Shift]] = {}
    for row in range(len(table)):
        desk, post, who = table["desk"][row], table["post"][row], table["person"][row]
        if people is None or who not in people:
            continue
        begin, end = (
            math.copysign(math.inf, sign) if when is None else (when - start).total_seconds() / 60
            for when, sign in ((table["from"][row], -1), (table["to"][row], 1))
        )
        if begin >= end:
            problem = Text("结束不晚于开始", "it ends before it begins")
            faults.append(
                table.fault(
                    row, "to", problem, Text("跨夜的班次写次日日期", "give the next day's date for a night shift")
                )
            )
        held.setdefault((desk, post), []).append(Shift(begin, end, people[who]))
    return held


def _by_time(held: Mapping[tuple[str, str], list[Shift]]) -> dict[tuple[str, str], tuple[Shift, ...]]:
    return {key: tuple(sorted(rows, key=lambda s: (s.from_min, s.person.id))) for key, rows in held.items()}


def _unknown(table: Table, column: str, sound: Collection[str], problem: Text, remedy: Text) -> Iterator[Fault]:
    """Yield a fault for each unknown value of a column, at its first row and with the number of its rows; of many one fault for all."""
    unknown = Counter(value for value in table[column] if value not in sound)
    if len(unknown) > _MOST_UNKNOWN:  # the table of another county
        first = "、".join(list(unknown)[:3])
        many = Text(
            f"{problem.zh}，共 {len(unknown)} 个（{first} …）", f"{problem.en}: {len(unknown)} of them ({first} …)"
        )
        yield table.fault(table[column].index(next(iter(unknown))), column, many, remedy)
        return
    for value, count in unknown.items():
        many = Text(f"{problem.zh}，从这一行起共 {count} 行", f"{problem.en}, {count} rows, this one first")
        yield table.fault(table[column].index(value), column, problem if count == 1 else many, remedy)


def _covered(table: Table, county: County, start: datetime, end_min: float, faults: list[Fault]) -> None:
    """A desk of the table with nobody at any time of the night is a table of another month, not a finding."""
    end = start + timedelta(minutes=end_min)
    rows = list(zip(*(table[name] for name in ("desk", "from", "to")), strict=True))
    on_duty = {
        desk
        for desk, first, last in rows
        if (first is None or first < end) and (last is None or last > start) and desk in county.index
    }
    absent = [row for row, (desk, _, _) in enumerate(rows) if desk in county.index and desk not in on_duty]
    if absent and not faults:
        count = len({table["desk"][row] for row in absent})
        problem = Text(
            f"推演时段内有 {count} 个值班室无人值班，从这一行起",
            f"{count} desks have nobody on duty during the night, this row first",
        )
        dated = [one for _, first, last in rows for one in (first, last) if one is not None]
        span = f"{min(dated):%Y-%m-%d %H:%M} – {max(dated):%Y-%m-%d %H:%M}"
        remedy = Text(
            f'表中的班次是 {span}：把 start 改到这段时间，例如 --set "start={min(dated):%Y-%m-%d %H:%M}"；'
            "没有当月值班表时写 roster.shifts: null，按合成人员推演",
            f'the table has shifts of {span}: move start there, such as --set "start={min(dated):%Y-%m-%d %H:%M}"; without a table for the month '
            "write roster.shifts: null for synthetic holders",
        )
        faults.append(table.fault(absent[0], "from", problem, remedy))
