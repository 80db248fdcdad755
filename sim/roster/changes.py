"""Leave and swaps (请假、换班): who does not stand when the shifts say so, and who stands in.

All changes hold at once, over the shifts as the roster has them: who stands in for one may hand their own shift to another, so that a
swap of two people is two rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sim.county.tables import Column, Table, day, moment, read_table, text
from sim.errors import BadValue, Fault, Text
from sim.roster.people import People

_ONE_DAY = timedelta(days=1)


def _day_or_moment(cell: str) -> date:
    try:
        return moment(cell) if ":" in cell else day(cell)
    except BadValue:
        raise BadValue(
            Text("应为日期，或日期和时刻", "should be a day, or a day and a time"),
            Text(
                "写成 2025-08-03（那天的班），或 2025-08-03 20:00",
                "write 2025-08-03 (that duty day), or 2025-08-03 20:00",
            ),
        ) from None


CHANGE_COLUMNS = (
    Column("person", text, also=("姓名", "人员")),
    Column("from", _day_or_moment, also=("开始", "从")),
    Column("to", _day_or_moment, also=("结束", "到")),
    Column("instead", text, required=False, also=("顶班", "替班")),
)


@dataclass(frozen=True)
class Change:
    """Somebody (an id) does not stand from ``begin`` to ``end``; ``instead`` does, or nobody (``None``)."""

    person: str
    begin: datetime
    end: datetime
    instead: str | None

    def meets(self, begin: datetime | None, end: datetime | None) -> bool:
        """Tell whether it touches a stretch of time; an end that is ``None`` is open."""
        return (end is None or self.begin < end) and (begin is None or begin < self.end)

    def duty_days(self, handover: time) -> Iterator[date]:
        """Yield the duty days, from handover to handover, that it touches."""
        day = self.begin.date() - _ONE_DAY
        while (begin := datetime.combine(day, handover)) < self.end:
            if self.meets(begin, begin + _ONE_DAY):
                yield day
            day += _ONE_DAY


def read_changes(path: Path, persons: Table, shifts: Table, handover: time, faults: list[Fault]) -> tuple[Change, ...]:
    """Return the changes of a table ``person,from,to,instead``; faults are appended to ``faults``, and then there are no changes.

    People are written by the id of the table of persons, or by a name that only one of them has. A day stands for the duty day that begins
    on it: from 2025-08-03 to 2025-08-03 is from the handover of that day until the next. Who is on leave need not have a shift; who hands
    one over must, as far as ``shifts`` go.
    """
    told_before = len(faults)
    table = read_table(path, CHANGE_COLUMNS, faults)
    if table is None:
        return ()
    people = People(persons)
    read: list[tuple[int, Change]] = []
    for row in range(len(table)):
        who = people.find(table, row, "person", faults)
        instead = people.find(table, row, "instead", faults) if table["instead"][row] else None
        first, last = table["from"][row], table["to"][row]
        begin = first if isinstance(first, datetime) else datetime.combine(first, handover)
        end = last if isinstance(last, datetime) else datetime.combine(last, handover) + _ONE_DAY
        if end <= begin:
            problem = Text("结束不晚于开始", "it ends no later than it begins")
            faults.append(table.fault(row, "to", problem, Text("核对起止", "check both")))
        elif who is not None and (instead is not None or not table["instead"][row]):
            read.append((row, Change(who, begin, end, instead)))
    faults.extend(_contradictions(table, read))
    faults.extend(_nothing_to_hand_over(table, read, shifts))
    return tuple(change for _, change in read) if len(faults) == told_before else ()


def _contradictions(table: Table, read: Sequence[tuple[int, Change]]) -> Iterator[Fault]:
    """Yield rows that say of one person two things of the same time, or let somebody stand in who is away."""
    of: dict[str, list[Change]] = defaultdict(list)
    for row, change in read:
        if any(other.meets(change.begin, change.end) for other in of[change.person]):
            problem = Text("这个人这时已有另一条请假或换班", "another row says something of this person at this time")
            yield table.fault(row, "person", problem, Text("合并或删去一条", "keep one of them"))
        of[change.person].append(change)
    for row, change in read:
        away = [own for own in of.get(change.instead or "", ()) if own.instead is None or own.person == change.person]
        if any(own.meets(change.begin, change.end) for own in away):
            problem = Text("顶班的人这时自己不在", "who stands in is away at this time")
            yield table.fault(row, "instead", problem, Text("换一个人顶班", "let somebody else stand in"))


def _nothing_to_hand_over(table: Table, read: Sequence[tuple[int, Change]], shifts: Table) -> Iterator[Fault]:
    """Yield swaps of somebody who has no shift then: most likely of another day."""
    held: dict[str, list[tuple[datetime | None, datetime | None]]] = defaultdict(list)
    for who, begin, end in zip(shifts["person"], shifts["from"], shifts["to"], strict=True):
        held[who].append((begin, end))
    dated = [(b, e) for own in held.values() for b, e in own if b is not None and e is not None]
    span = (min(b for b, _ in dated), max(e for _, e in dated)) if dated else (None, None)
    for row, change in read:
        here = change.instead is not None and change.meets(*span)
        if here and not any(change.meets(begin, end) for begin, end in held[change.person]):
            problem = Text("这个人这时没有班，无从顶班", "this person has no shift then to hand over")
            yield table.fault(
                row,
                "from",
                problem,
                Text("核对日期；只请假就不写顶班的人", "check the day; leave instead empty for leave alone"),
            )


def changed(shifts: Table, changes: Sequence[Change]) -> Table:
    """Return the shifts with the changes made: pieces that somebody else holds, or nobody; every row keeps its line of the file."""
    if not changes:
        return shifts
    of: Mapping[str, list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda change: change.begin):
        of[change.person].append(change)
    columns: dict[str, list[object]] = {name: [] for name in shifts.columns}
    lines = []
    for row in range(len(shifts)):
        for who, begin, end in _pieces(shifts["person"][row], shifts["from"][row], shifts["to"][row], of):
            lines.append(shifts.lines[row])
            for name, column in columns.items():
                column.append(shifts[name][row])
            columns["person"][-1], columns["from"][-1], columns["to"][-1] = who, begin, end
    return replace(shifts, columns=columns, lines=lines)


_Piece = tuple[str, datetime | None, datetime | None]
"""Who stands from when until when; ``None`` is an open end."""


def _pieces(who: str, begin: datetime | None, end: datetime | None, of: Mapping[str, list[Change]]) -> Iterator[_Piece]:
    """Yield what becomes of one shift, in the order of time."""
    if begin is not None and end is not None and end <= begin:
        yield who, begin, end  # a fault of the table, which says so itself
        return
    for change in of.get(who, ()):
        if not change.meets(begin, end):
            continue
        if begin is None or begin < change.begin:
            yield who, begin, change.begin
        if change.instead is not None:
            yield change.instead, _later(begin, change.begin), _earlier(end, change.end)
        begin = change.end
    if end is None or begin is None or begin < end:
        yield who, begin, end


def _later(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else max(one, other)


def _earlier(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else min(one, other)
