"""Which tables of a county's workbook a planned month fits into, and why the others are left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sim.county.tables import Table as Rows
from sim.errors import Text
from sim.roster.calendar import ONE_DAY
from sim.roster.exporting.dating import Form, form_of_dates, form_of_weekdays
from sim.roster.exporting.filling import Holder
from sim.roster.importing.columns import PERSON, Column
from sim.roster.importing.dates import MINUTES_OF_DAY, Hours
from sim.roster.importing.names import parse_people
from sim.roster.importing.read import BlockRead
from sim.roster.plan import RosterPlan
from sim.roster.planning import Plan


@dataclass(frozen=True)
class Month:
    """A planned month: its days, the posts of each desk, and who holds which on which day (nobody where none is named)."""

    days: tuple[date, ...]
    posts: Mapping[str, tuple[str, ...]]
    holders: Mapping[tuple[str, str, date], Holder]


def month_of(plans: Sequence[Plan], persons: Rows) -> Month:
    """Return a planned month with the names and telephones of the table of persons."""
    told = (persons[column] for column in ("person", "name", "phone"))
    people = {who: (name, phone) for who, name, phone in zip(*told, strict=True)}
    return Month(
        plans[0].demand.days,
        {plan.demand.desk: plan.demand.posts for plan in plans},
        {(duty.desk, duty.post, duty.day): people[duty.person] for plan in plans for duty in plan.duties},
    )


@dataclass(frozen=True)
class TableToFill:
    """A table that can be refilled: its rows, one a day, the form of its dates and weekdays, where names and telephones go.

    ``names`` gives for each column of names the posts written there, in order, ``phones`` the column of their telephones.
    """

    read: BlockRead
    desk: str
    rows: tuple[int, ...]
    old: tuple[date, ...]
    date_column: int
    dates: Form
    weekdays: Mapping[int, Form]
    names: Mapping[int, tuple[str, ...]]
    phones: Mapping[int, int]
    beside: frozenset[int]  # columns of names whose cells hold the telephones too


class _Unfit(Exception):
    """Why a table cannot be refilled."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def tables_to_fill(
    blocks: Sequence[BlockRead], month: Month, plan: RosterPlan
) -> tuple[list[TableToFill], list[tuple[str, Text]]]:
    """Return the tables to refill, the lowest of a sheet first, and why the other tables of planned desks are not."""
    found: list[TableToFill] = []
    left: list[tuple[str, Text]] = []
    for one in blocks:
        if set(one.desks.values()) & set(month.posts):
            try:
                found.append(_table(one, blocks, month, plan))
            except _Unfit as unfit:
                left.append((one.block.key, unfit.why))
    latest = {desk: max(table.old[0] for table in found if table.desk == desk) for desk in {t.desk for t in found}}
    ahead = Counter((table.desk, table.old[0]) for table in found)
    kept = []
    for table in found:
        if table.old[0] < latest[table.desk]:
            why = Text("是更早的月份，没有改动", "it is of an earlier month: left as it was")
            left.append((table.read.block.key, why))
        elif ahead[table.desk, table.old[0]] > 1:
            why = Text(
                "同一值班室、同一时间有几张表，不知道写入哪一张", "several tables are of this duty room and time"
            )
            left.append((table.read.block.key, why))
        else:
            kept.append(table)
    return sorted(kept, key=lambda table: (table.read.where.index, -table.rows[0])), left


def _table(one: BlockRead, blocks: Sequence[BlockRead], month: Month, plan: RosterPlan) -> TableToFill:
    """Return a table of one duty room with a row a day."""
    block, sheet = one.block, one.where.sheet
    desks = set(one.desks.values())
    if len(desks) > 1:
        raise _Unfit(Text("一张表里有几个值班室", "it has several duty rooms"))
    (desk,) = desks
    dates = block.of_kind("date")
    if len(dates) != 1 or block.of_kind("date_to"):
        raise _Unfit(Text("不是一列日期、一天一行", "it has not one column of dates and a row a day"))
    rows = tuple(sorted(one.desks))
    tall = (area for area in sheet.merged if area.top < area.bottom and area.top <= rows[-1] and area.bottom >= rows[0])
    if any(area.top < rows[0] or area.bottom > rows[-1] for area in tall):
        raise _Unfit(Text("有合并格跨出日期各行", "a merged cell runs beyond its days"))
    if rows != tuple(range(rows[0], rows[-1] + 1)):
        raise _Unfit(Text("日期各行不相连", "its days are not row after row"))
    old = _days(one, rows)
    form = form_of_dates([sheet.at(row, dates[0].column) for row in rows], old)
    if form is None:
        raise _Unfit(
            Text("各行日期写法不一，或旁边有别的文字", "its dates are written in several forms, or with other words")
        )
    for own in block.of_kind("time"):
        if len({sheet.text(row, own.column) for row in rows}) > 1:
            raise _Unfit(Text("各行时段不同", "its rows have different hours"))
    if len(rows) != len(month.days) and any(_beside(other, one) for other in blocks):
        raise _Unfit(
            Text("旁边并排有另一张表，行数不能改", "another table stands beside it: rows cannot be added or taken out")
        )
    names, phones = _columns(one, month.posts[desk], plan)
    if any(not name for (of, _, _), (name, _) in month.holders.items() if of == desk):
        raise _Unfit(Text("排班的人没有姓名", "people of the plan have no names"))
    beside = frozenset(
        column
        for column in names
        if column not in phones
        and any(person.phones for row in rows for person in parse_people(sheet.text(row, column)).people)
    )
    weekdays = {
        own.column: found
        for own in block.of_kind("weekday")
        if (found := form_of_weekdays([sheet.at(row, own.column) for row in rows], old)) is not None
    }
    return TableToFill(one, desk, rows, old, dates[0].column, form, weekdays, names, phones, beside)


def _days(one: BlockRead, rows: Sequence[int]) -> tuple[date, ...]:
    """Return the day of each row: one day each, from handover to handover, one after the other."""
    begin = one.handover_min
    days: list[date] = []
    for row in rows:
        when = one.whens.get(row)
        if when is None or when.first is None:
            raise _Unfit(Text(f"第{row}行看不出是哪一天", f"it is not clear which day row {row} is"))
        if when.first != when.last or when.hours not in (None, Hours(begin, begin + MINUTES_OF_DAY)):
            raise _Unfit(
                Text(f"第{row}行不是从交接班起的一整天", f"row {row} is not one day from handover to handover")
            )
        if days and when.first != days[-1] + ONE_DAY:
            raise _Unfit(Text(f"第{row}行不是上一行的次日", f"row {row} is not the day after the row above"))
        days.append(when.first)
    return tuple(days)


def _beside(other: BlockRead, one: BlockRead) -> bool:
    """Tell whether another table of the sheet stands on rows of a table."""
    same = other is not one and other.where.index == one.where.index
    return same and other.block.body[0] <= one.block.body[1] and one.block.body[0] <= other.block.body[1]


def _columns(
    one: BlockRead, posts: Sequence[str], plan: RosterPlan
) -> tuple[dict[int, tuple[str, ...]], dict[int, int]]:
    """Return which posts each column of names takes, and the column of telephones of each, as the import would read them."""
    columns = one.block.of_kind("name")
    if any(PERSON in column.role.posts or len(column.role.posts) > 1 for column in columns):
        raise _Unfit(Text("姓名列不是一列一个岗位", "its columns of names are not of one post each"))
    if any(column.role.hours for column in columns):
        raise _Unfit(
            Text(
                "姓名列分时段（白班、夜班），排的是整日的班",
                "its columns are of parts of the day, the plan is of whole days",
            )
        )
    names: dict[int, tuple[str, ...]] = {}
    for column in columns:
        free = column.role.post in posts and not any(column.role.post in its for its in names.values())
        names[column.column] = (column.role.post,) if free else ()
    missing = [post for post in posts if not any(post in its for its in names.values())]
    officers = [column.column for column in columns if column.role.post == "duty_officer"]
    if missing == ["deputy_officer"] and officers and "duty_officer" in posts:
        names[officers[-1]] += ("deputy_officer",)  # the second duty officer is the deputy
        missing = []
    if missing:
        titles = "、".join(plan.posts[post].title for post in missing)
        raise _Unfit(Text(f"没有岗位“{titles}”的一列", f"it has no column of {', '.join(missing)}"))
    return names, _phones(one.block.of_kind("phone"), columns)


def _phones(phones: Sequence[Column], names: Sequence[Column]) -> dict[int, int]:
    """Return the column of telephones of each column of names: the first of the same post to its right, else to its left."""
    pairs: dict[int, int] = {}
    for phone in (column for column in phones if column.role.post):
        same = [name.column for name in names if name.role.post == phone.role.post and name.column not in pairs]
        left = [column for column in same if column < phone.column]
        if same:
            pairs[left[-1] if left else same[0]] = phone.column
    return pairs
