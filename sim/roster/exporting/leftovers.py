"""What of a refilled sheet still speaks of the month before: texts and dates outside its tables, which are kept and have to be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from sim.errors import Text
from sim.roster.exporting.dating import names_a_month
from sim.roster.exporting.fitting import Month, TableToFill
from sim.roster.importing.cells import Value, clean, letter
from sim.roster.importing.layout import Block
from sim.roster.importing.names import parse_people
from sim.roster.importing.read import BlockRead

_DAY = re.compile(
    r"[\d一二三四五六七八九十]\s*[日号]|(?<![\d.])(?:1[0-2]|0?[1-9])[./](?:3[01]|[12]\d|0?[1-9])(?![\d.])"
)


def leftovers(tables: Sequence[TableToFill], blocks: Sequence[BlockRead], month: Month) -> Iterator[Text]:
    """Yield the cells of one sheet that name a day, a month or a person of the month before, by their new addresses.

    ``tables`` are the refilled ones of the sheet, whose titles name the new month by now; tables that were left alone are not looked into.
    """
    sheet = tables[0].read.where.sheet
    people = {name for table in tables for name in _people(table)}
    seen = {(row, one.column) for table in tables for row in table.rows for one in table.read.block.columns}
    titles = {row for table in tables for row in table.read.block.titles}
    for one in blocks:
        if one.where.index == tables[0].read.where.index and all(table.read is not one for table in tables):
            seen |= _cells(one.block, titles)
    for row, column in sorted(sheet.cells.keys() - seen):
        value = sheet.cells[row, column]
        renewed = row in titles and isinstance(value, str) and names_a_month(value)
        if sheet.origin(row, column) == (row, column) and (_names(value, people) or (_is_dated(value) and not renewed)):
            moved = sum(len(month.days) - len(table.rows) for table in tables if row > table.rows[-1])
            where = f"{letter(column)}{row + moved}"
            yield Text(
                f"{where} 提到日期、月份或上个月的人，原样保留",
                f"{where} names a day, a month or a person of the month before: kept as it is",
            )


def _cells(block: Block, titles: set[int]) -> set[tuple[int, int]]:
    """Return the cells of a table, with its own titles and without its remarks."""
    rows = {*range(block.header[0], block.body[1] + 1), *block.titles} - {*block.remarks, *titles}
    return {(row, one.column) for row in rows for one in block.columns}


def _people(table: TableToFill) -> Iterator[str]:
    """Yield the names of a table."""
    for row in table.rows:
        for column in table.names:
            yield from (person.name for person in parse_people(table.read.where.sheet.text(row, column)).people)


def _names(value: Value, people: set[str]) -> bool:
    """Tell whether a cell names one of some people."""
    return isinstance(value, str) and any(name in clean(value) for name in people)


def _is_dated(value: Value) -> bool:
    """Tell whether a cell is a date or names a day or a month."""
    if isinstance(value, str):
        return names_a_month(value) or _DAY.search(clean(value)) is not None
    return isinstance(value, datetime)
