"""A planned month written into the county's own workbook, in its own layout.

A table is refilled if it has a row a day of one duty room and a column of names for each post. What was written is read back by the import
before it is believed: a table that does not give exactly the plan is left as it was, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sim.county import County
from sim.errors import InputError, Text
from sim.roster.calendar import ONE_DAY, day_of
from sim.roster.exporting.copies import opened, origin, put_text, sheet_of, written
from sim.roster.exporting.dating import names_a_month, retitled
from sim.roster.exporting.fitting import Month, TableToFill, tables_to_fill
from sim.roster.exporting.leftovers import leftovers
from sim.roster.exporting.rows import change_rows, forget_rows, part_rows, shades_of_rest, unite
from sim.roster.importing.book import Book, book_of
from sim.roster.importing.cells import letter
from sim.roster.importing.mapping import Mapping as ColumnMapping
from sim.roster.importing.read import BlockRead, Reading, read_rosters
from sim.roster.plan import RosterPlan

_KEPT = ("landline", "place")
_STALE = ("remark", "swap", "driver", "unknown", "ignored", "title")
"""Columns that are about a day or a person of the month before."""


@dataclass(frozen=True)
class Refilled:
    """The workbook under its new name; which tables hold the plan now, by desk; which do not, and why; what to look at.

    ``left`` has the key of a table, or the code of a desk that has none.
    """

    name: str
    content: bytes
    done: Mapping[str, str] = field(default_factory=dict)
    left: tuple[tuple[str, Text], ...] = ()
    remarks: tuple[tuple[str, Text], ...] = ()


def refilled(
    reading: Reading,
    raw: bytes,
    month: Month,
    county: County,
    plan: RosterPlan,
    mapping: ColumnMapping | None,
    stamp: str,
) -> Refilled:
    """Return the workbook of a reading, its only one, with a planned month in it; see ``has_layout`` of ``raw``."""
    (book,) = reading.books.values()
    tables, left = tables_to_fill(reading.blocks, month, plan)
    first = month.days[0]
    stem = retitled(book.path.stem, tables[0].old[0], first) if tables and names_a_month(book.path.stem) else None
    name = f"{stem or f'{book.path.stem}-{first:%Y-%m}'}.xlsx"
    while True:
        content, remarks = _written(book, raw, reading.blocks, tables, month, stamp)
        wrong = _misread(content, name, book, tables, month, county, plan, mapping)
        if not wrong:
            break
        unread = Text("写好后读回来与排班不一致，没有改动", "read back it is not the plan: it was left as it was")
        left += [(table.read.block.key, unread) for table in tables if table.desk in wrong]
        tables = [table for table in tables if table.desk not in wrong]
    done = {table.desk: table.read.block.key for table in tables}
    named = {desk for one in reading.blocks for desk in one.desks.values()}
    no_table = Text("工作簿里没有这个值班室的值班表", "the workbook has no table of this duty room")
    left += [(desk, no_table) for desk in month.posts if desk not in done and desk not in named]
    return Refilled(name, content, done, tuple(left), tuple(remarks))


# --- writing ----------------------------------------------------------------------------------------------------------


def _written(
    book: Book, raw: bytes, blocks: Sequence[BlockRead], tables: Sequence[TableToFill], month: Month, stamp: str
) -> tuple[bytes, list[tuple[str, Text]]]:
    """Return the workbook with the plan in some tables, and what to look at."""
    made, lost = opened(book, raw, blocks, formulas=True)
    remarks = [(book.name, one) for one in lost]
    for table in tables:
        sheet = sheet_of(made, table.read.where.sheet)
        remarks += [(table.read.block.key, one) for one in _fill(sheet, table, month)]
    for index in {table.read.where.index for table in tables}:
        mine = [table for table in tables if table.read.where.index == index]
        sheet = sheet_of(made, mine[0].read.where.sheet)
        remarks += [(mine[0].read.block.key, one) for one in _rename(made, sheet, mine, blocks, month.days[0])]
        remarks += [(mine[0].read.block.key, one) for one in leftovers(mine, blocks, month)]
        if not sheet.oddHeader.center.text:
            sheet.oddHeader.center.text = stamp
    return written(made), remarks


def _fill(sheet: Any, table: TableToFill, month: Month) -> list[Text]:  # noqa: ANN401 - openpyxl carries no types
    """Write the plan into a table; return what to look at."""
    remarks = _retitle(sheet, table, month.days[0])
    first, last, more = table.rows[0], table.rows[-1], len(month.days) - len(table.rows)
    columns = [column.column for column in table.read.block.columns]
    whole = part_rows(sheet, first, last)
    shades = shades_of_rest(sheet, table.rows, [day_of(day).rest for day in table.old], columns)
    if shades.uneven:
        remarks.append(
            Text("各行底色没有跟着周末、节假日换", "the shades of the rows were not moved with the days off")
        )
    if more:
        formulas = _has_formulas(sheet, table)
        change_rows(sheet, last, more)  # above the last row, which may have a border of its own
        if formulas:
            remarks.append(
                Text("行数变了，表里的公式请核对", "rows were added or taken out: check the formulas of the sheet")
            )
    rows = range(first, first + len(month.days))
    shades.put_on(sheet, rows, [day_of(day).rest for day in month.days], columns)
    if forget_rows(sheet, rows, columns):
        remarks.append(Text("上个月的批注已清除", "comments of the month before were taken out"))
    remarks += _clear(sheet, table, rows)
    for row, day in zip(rows, month.days, strict=True):
        _put(origin(sheet, row, table.date_column), table.dates.value(day))
        for column, form in table.weekdays.items():
            _put(origin(sheet, row, column), form.value(day))
        for column, posts in table.names.items():
            people = [(post, *found) for post in posts if (found := month.holders.get((table.desk, post, day)))]
            _put_people(sheet, row, column, people, table)
    kept = {column.column for column in table.read.block.of_kind(*_KEPT, *_STALE)}
    for left, right in whole:
        if left in kept:
            unite(sheet, rows, left, right)
    return remarks


def _put_people(sheet: Any, row: int, column: int, people: Sequence[tuple[str, str, str]], table: TableToFill) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Write people into a cell of names, and their telephones beside or behind them; a deputy without a chief says what they are."""
    alone = len(people) == 1 and people[0][0] == "deputy_officer" and len(table.names[column]) > 1
    shown = [
        name + (phone if column in table.beside else "") + ("（副班）" if alone else "") for _, name, phone in people
    ]
    _put(origin(sheet, row, column), "、".join(shown) or None)
    if column in table.phones:
        known = [phone for _, _, phone in people]
        if len(known) > 1 and not all(known):  # one number for two people: say whose it is
            _put(origin(sheet, row, column), "、".join(name + phone for _, name, phone in people))
            known = []
        _put(origin(sheet, row, table.phones[column]), "、".join(known) or None)


def _clear(sheet: Any, table: TableToFill, rows: range) -> list[Text]:  # noqa: ANN401 - openpyxl carries no types
    """Empty what was of the month before, number rows anew, and carry on what stays; return what was emptied."""
    remarks: list[Text] = []
    block, old = table.read.block, table.read.where.sheet
    unused = [column for column in block.of_kind("phone") if column.column not in table.phones.values()]
    unused += [column for column in block.of_kind("weekday") if column.column not in table.weekdays]
    for column in (*block.of_kind(*_STALE), *unused):
        values = [old.at(row, column.column) for row in table.rows]
        numbered = all(isinstance(value, float) and value == n + 1 for n, value in enumerate(values))
        for n, row in enumerate(rows, start=1):
            _put(origin(sheet, row, column.column), float(n) if numbered else None)
        if not numbered and any(value is not None for value in values):
            heading = old.text(block.header[0], column.column)
            name = f"{letter(column.column)}（{heading}）" if heading else letter(column.column)
            made = Text(f"{name}列是上个月的内容，已清空", f"column {name} was of the month before: emptied")
            if column.role.kind == "phone":
                made = Text(
                    f"{name}列不知道是谁的电话，已清空", f"whose numbers column {name} has is not clear: emptied"
                )
            remarks.append(made)
    for number, posts in table.names.items():
        if not posts and any(old.at(row, number) is not None for row in table.rows):
            heading = old.text(block.header[1], number)
            name = f"{letter(number)}（{heading}）" if heading else letter(number)
            remarks.append(
                Text(f"{name}列的岗位没有排班，已清空", f"column {name} is of a post that was not planned: emptied")
            )
    for column in block.of_kind(*_KEPT, "time"):
        values = [old.at(row, column.column) for row in table.rows]
        if values[0] is not None and len(set(map(str, values))) == 1:
            for row in rows:
                _put(origin(sheet, row, column.column), values[0])
    return remarks


def _put(cell: Any, value: object) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Write a value; its format stays, and a text is no formula."""
    if isinstance(value, str):
        put_text(cell, value)
        return
    look = cell.number_format
    cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
    cell.number_format = look  # a date shown as a weekday would be shown as a date


def _has_formulas(sheet: Any, table: TableToFill) -> bool:  # noqa: ANN401 - openpyxl carries no types
    """Tell whether formulas stand on a sheet, or speak of it from another, that are not about to be overwritten."""
    rows = set(table.rows)
    overwritten = {table.date_column, *table.weekdays, *table.names, *table.phones.values()}
    for other in sheet.parent.worksheets:
        for cell in list(other._cells.values()):  # noqa: SLF001 - nothing public gives the cells that are there
            if cell.data_type == "f" and (
                (other is sheet and not (cell.row in rows and cell.column in overwritten))
                or sheet.title in str(getattr(cell.value, "text", None) or cell.value)
            ):
                return True
    return False


def _retitle(sheet: Any, table: TableToFill, new: date) -> list[Text]:  # noqa: ANN401 - openpyxl carries no types
    """Put the new month into the titles of a table; return a remark for each where that is not plain."""
    remarks: list[Text] = []
    for row in table.read.block.titles:
        for column in table.read.where.sheet.columns:
            text = table.read.where.sheet.cells.get((row, column))
            if isinstance(text, str) and names_a_month(text):
                made = retitled(text, table.old[0], new)
                if made is not None:
                    put_text(sheet.cell(row, column), made)
                    continue
                where = f"{letter(column)}{row}"
                remarks.append(
                    Text(f"{where} 标题里的日期没有改，请核对", f"{where}: the date in the title was not changed")
                )
    return remarks


def _rename(book: Any, sheet: Any, mine: Sequence[TableToFill], blocks: Sequence[BlockRead], new: date) -> list[Text]:  # noqa: ANN401 - openpyxl carries no types
    """Put the new month into the name of a sheet all of whose tables were refilled, if nothing speaks of it by its name."""
    if not names_a_month(sheet.title):
        return []
    made = retitled(sheet.title, mine[0].old[0], new)
    here = [one for one in blocks if one.where.index == mine[0].read.where.index and one.desks]
    spoken_of = any(
        sheet.title in str(getattr(cell.value, "text", None) or cell.value)
        for other in book.worksheets
        for cell in list(other._cells.values())  # noqa: SLF001 - nothing public gives the cells that are there
        if cell.data_type == "f"
    )
    if made is None or len(here) != len(mine) or spoken_of or made in book.sheetnames:
        return [Text("工作表名里的月份没有改，请核对", "the month in the name of the sheet was not changed")]
    sheet.title = made
    return []


# --- reading back -----------------------------------------------------------------------------------------------------


def _misread(
    content: bytes,
    name: str,
    book: Book,
    tables: Sequence[TableToFill],
    month: Month,
    county: County,
    plan: RosterPlan,
    mapping: ColumnMapping | None,
) -> set[str]:
    """Return the desks whose plan does not come back when the workbook is read."""
    if not tables:
        return set()
    desks = {table.desk for table in tables}
    try:
        made = book_of(Path(name), content)
        imported = read_rosters(
            [made], county, plan, year=month.days[0].year, mapping=_of_new(mapping, book, name)
        ).imported
    except InputError:
        return desks
    people = {one.person: (one.name, one.phone) for one in imported.persons}
    known = {
        table.desk: {
            post
            for column, posts in table.names.items()
            if column in table.phones or column in table.beside
            for post in posts
        }
        for table in tables
    }
    read: set[tuple[str, str, str, str, datetime, datetime]] = set()
    first, last = (datetime.combine(day, time()) for day in (month.days[0], month.days[-1] + ONE_DAY))
    for shift in imported.shifts:
        if shift.desk in desks and shift.begin and shift.end and first <= shift.begin < last:
            who, phone = people[shift.person]
            phone = phone if shift.post in known[shift.desk] else ""
            read.add((shift.desk, shift.post, who, phone, shift.begin, shift.end))
    handovers = {table.desk: timedelta(minutes=table.read.handover_min) for table in tables}
    wanted = {
        (desk, post, who, phone if post in known[desk] else "", begin, begin + ONE_DAY)
        for (desk, post, day), (who, phone) in month.holders.items()
        if desk in desks
        for begin in [datetime.combine(day, time()) + handovers[desk]]
    }
    return {row[0] for row in read ^ wanted}


def _of_new(mapping: ColumnMapping | None, book: Book, name: str) -> ColumnMapping | None:
    """Return a mapping as it holds for the refilled workbook: for its name, without the month and the rows of the one before."""
    if mapping is None:
        return None
    sheets = {
        key.replace(book.name, name): replace(says, year=None, month=None, body=None)
        for key, says in mapping.sheets.items()
    }
    return replace(mapping, year=None, sheets=sheets)
