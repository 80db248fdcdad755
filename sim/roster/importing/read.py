"""From rosters as they are found to persons and shifts: what is usable is taken, the rest is listed, and what matters is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.county import County
from sim.errors import Fault, InputError, Text
from sim.roster.importing.block import BlockReader
from sim.roster.importing.book import Book, read_book
from sim.roster.importing.cells import Sheet
from sim.roster.importing.columns import Column
from sim.roster.importing.days import When
from sim.roster.importing.desks import DeskFinder
from sim.roster.importing.grid import GridReader
from sim.roster.importing.handover import handover_of
from sim.roster.importing.layout import Block, guess_blocks, is_remark, placed, unusable_cells, with_columns
from sim.roster.importing.mapping import Mapping as ColumnMapping
from sim.roster.importing.mapping import SheetSays
from sim.roster.importing.month_page import MonthReader
from sim.roster.importing.people import Entry, persons_and_shifts, with_numbers
from sim.roster.importing.people_grid import PeopleGridReader
from sim.roster.importing.result import Imported, Remarks, Where
from sim.roster.importing.rows import RowReader
from sim.roster.importing.setting import Setting
from sim.roster.importing.slots import Slot
from sim.roster.importing.stated import in_codes
from sim.roster.importing.words import REMARK_ROW
from sim.roster.plan import RosterPlan

_MOST_NOTED = 200
"""Cells without a value that are noted one by one; beyond, their number is."""


@dataclass(frozen=True, eq=False)
class BlockRead:
    """A block as it was read: the duty room and the days of each row of its body that says anything, and the cells for those on duty.

    ``handover_min`` is the minute of the day at which its duty changes hands.
    """

    where: Where
    block: Block
    handover_min: int
    desks: Mapping[int, str]
    whens: Mapping[int, When | None]
    slots: Sequence[Slot]


@dataclass(frozen=True, eq=False)
class Reading:
    """What was read, with the workbooks (by the number that spots give them) and their blocks."""

    imported: Imported
    books: Mapping[int, Book]
    blocks: tuple[BlockRead, ...]


def import_roster(
    paths: str | Path | Sequence[str | Path],
    county: County,
    plan: RosterPlan,
    *,
    year: int | None = None,
    mapping: ColumnMapping | None = None,
) -> Imported:
    """Return what the rosters of some files say; see ``read_rosters``."""
    files = [paths] if isinstance(paths, str | Path) else paths
    return read_rosters([Path(path) for path in files], county, plan, year=year, mapping=mapping).imported


def read_rosters(
    sources: Sequence[Path | Book],
    county: County,
    plan: RosterPlan,
    *,
    year: int | None = None,
    mapping: ColumnMapping | None = None,
) -> Reading:
    """Return what the rosters of some files, or workbooks at hand, say, and how they were read.

    Parameters
    ----------
    year
        the year of dates for which no sheet and no mapping says one
    mapping
        what a planner states of the sheets; it holds before anything guessed

    Raises
    ------
    InputError
        if no file can be read, or the mapping names what is not there
    """
    says = in_codes(mapping or ColumnMapping(), county, plan)
    remarks = Remarks()
    setting = Setting(county, plan, DeskFinder(county), says, says.year or year, remarks)
    entries: list[Entry] = []
    landlines: dict[str, str] = {}
    books = dict(_books(sources, remarks))
    blocks: list[BlockRead] = []
    for number, book in books.items():
        for index, sheet in enumerate(book.sheets):
            where = Where(number, book.name, index, sheet)
            _note_sheet(where, remarks)
            found = list(_blocks(book, sheet, setting, where))
            own = replace(setting, told_handover_min=handover_of(sheet, found))
            for block in found:
                here = replace(where, across=block.form != "list")
                reader = _reader(block)(own, here, block, landlines)
                entries += reader.entries()
                blocks.append(BlockRead(here, block, own.handover_min, reader.desks, reader.whens, reader.slots))
    numbered = with_numbers(entries, set(says.phones), remarks)
    persons, shifts, spots = persons_and_shifts(numbered, dict(county.index), plan, remarks)
    order = tuple(sorted(landlines.items(), key=lambda pair: county.index[pair[0]]))
    imported = Imported(persons, shifts, order, remarks.notes(), remarks.questions(), spots)
    return Reading(imported, books, tuple(blocks))


def _reader(block: Block) -> type[BlockReader]:
    """Return what reads a block: a list row by row, a grid by its marks or its names, the page of a month day by day."""
    if block.form == "list":
        return RowReader
    if block.form == "month":
        return MonthReader
    return PeopleGridReader if block.of_kind("name") else GridReader


def _books(sources: Sequence[Path | Book], remarks: Remarks) -> Iterator[tuple[int, Book]]:
    """Yield the books that can be read; the others are noted, and if there are only others, they are the error."""
    faults: list[Fault] = []
    books: list[tuple[int, Book]] = []
    for number, source in enumerate(sources):
        if isinstance(source, Book):
            books.append((number, source))
            continue
        path = source
        try:
            books.append((number, read_book(path)))
        except InputError as error:
            faults += error.faults
            spot = Where(number, path.name, 0, Sheet("", {})).whole()
            for fault in error.faults:
                remarks.note(
                    spot, "", Text(f"{fault.problem.zh}；{fault.remedy.zh}", f"{fault.problem.en}; {fault.remedy.en}")
                )
                remarks.ask(
                    Text(
                        f"{path.name}：{fault.problem.zh}。{fault.remedy.zh}",
                        f"{path.name}: {fault.problem.en}. {fault.remedy.en}",
                    ),
                    spot,
                )
    if not books:
        no_file = Fault(
            "", 0, 0, "", "", Text("没有给出文件", "no file was given"), Text("写明值班表文件", "name the roster files")
        )
        raise InputError(faults or [no_file])
    yield from books


def _note_sheet(where: Where, remarks: Remarks) -> None:
    """Note what of a sheet is hidden, and every cell whose value is not known."""
    sheet = where.sheet
    rows = [row for row in sheet.rows if row in sheet.hidden_rows]
    for row in rows[:_MOST_NOTED]:
        remarks.note(where.row(row), "", Text("隐藏的行，照常读取", "a hidden row, read like any other"), used=True)
    for column in sheet.columns:
        if column in sheet.hidden_columns and sheet.rows:
            spot = where.span(sheet.rows[0], sheet.rows[-1], column)
            remarks.note(spot, "", Text("隐藏的列，照常读取", "a hidden column, read like any other"), used=True)
    count = 0
    for row, column, value in unusable_cells(sheet):
        count += 1
        if count <= _MOST_NOTED:
            made = Text(f"{value.why.zh}，这一格不能用", f"{value.why.en}: the cell cannot be used")
            remarks.note(where.spot(row, column), value.text, made)
            ask = Text(
                "有的单元格没有可用的值（错误值，或公式没有保存结果）：请在 WPS/Excel 中打开、重算、保存后再导入",
                "some cells hold no usable value (errors, or formulas without a saved result): open, recalculate and save the workbook",
            )
            remarks.ask(ask, where.spot(row, column))
    if count > _MOST_NOTED:
        remarks.note(where.whole(), "", Text(f"共有 {count} 格没有可用的值", f"{count} cells hold no usable value"))


# --- what the mapping states ------------------------------------------------------------------------------------------


def _blocks(book: Book, sheet: Sheet, setting: Setting, where: Where) -> Iterator[Block]:
    """Yield the blocks of a sheet, as the mapping states them before any guess."""
    if not sheet.cells:
        return
    guessed = list(guess_blocks(book, sheet, setting.finder))
    plain = Block(book.name, sheet.name, 1, not sheet.hidden, (), (0, 0), (1, sheet.rows[-1]), (), ())
    if not guessed and (setting.says.of(plain.key).header or setting.says.of(plain.key).columns):
        guessed = [placed(book, sheet, setting.finder, plain)]
    if not guessed:
        used = sheet.rows
        if REMARK_ROW.match(sheet.name.strip()):
            made = Text("说明页，未用", "a sheet of remarks, not used")
            setting.remarks.note(where.whole(), sheet.text(used[0], sheet.columns[0]), made)
            return
        made = Text("没有找到表头，整张表未用", "no header was found: the sheet was not used")
        setting.remarks.note(where.whole(), sheet.text(used[0], sheet.columns[0]), made)
        text = Text(
            f"“{sheet.name or book.name}”没有找到表头（日期、带班领导、值班员、电话 …）：表头在第几行？",
            f"no header was found in '{sheet.name or book.name}': in which row is it?",
        )
        for row in used:
            setting.remarks.ask(text, where.row(row), f"sheets.{plain.key}.header")
    for block in guessed:
        yield _stated(book, sheet, setting, block)


def _stated(book: Book, sheet: Sheet, setting: Setting, block: Block) -> Block:
    """Return the block with what the mapping states of it."""
    says: SheetSays = setting.says.of(block.key)
    form = says.form or block.form
    header = says.header or block.header
    if header[0] and (header, form) != (block.header, block.form):
        last = sheet.rows[-1]
        titles = tuple(row for row in sheet.rows if row < header[0])
        remarks = tuple(row for row in sheet.rows if row > header[1] and is_remark(sheet, row))
        block = replace(block, header=header, body=(header[1] + 1, last), titles=titles, remarks=remarks, form=form)
        block = placed(book, sheet, setting.finder, with_columns(sheet, block))
    if says.body is not None:
        block = replace(
            block,
            body=says.body,
            remarks=tuple(row for row in block.remarks if not says.body[0] <= row <= says.body[1]),
        )
    if says.columns:
        kept = {column.column: column for column in block.columns}
        evidence = Text("版式文件写明", "stated by the mapping")
        kept |= {
            number: Column(number, role, 1.0, evidence)
            for number, role in says.columns.items()
            if not _is_dropped(kept.get(number))
        }
        block = replace(block, columns=tuple(kept[number] for number in sorted(kept)))
    return replace(
        block,
        use=block.use if says.use is None else says.use,
        desk=says.desk or block.desk,
        year=says.year or block.year,
        month=says.month or block.month,
        day=None if says.month else block.day,
        posts=says.posts or block.posts,
    )


def _is_dropped(column: Column | None) -> bool:
    """Tell whether a column holds identity numbers: no mapping brings them in."""
    return column is not None and column.role.kind == "dropped"
