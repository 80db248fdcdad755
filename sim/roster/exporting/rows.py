"""Rows of a sheet (openpyxl) taken out and put in, with all that hangs on them: merged areas, heights, rules, the area to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

Area = tuple[int, int, int, int]
"""Left, top, right, bottom; both ends inside."""


@dataclass(frozen=True)
class _Move:
    """Where things are once ``by`` rows were put in above row ``at``, or taken out there."""

    at: int
    by: int

    def row(self, row: int) -> int | None:
        """Return where a row is, ``None`` if it was taken out."""
        if row >= self.at:
            return row + self.by
        return None if row >= self.at + self.by else row

    def area(self, area: Sequence[int]) -> Area | None:
        """Return where an area is, ``None`` if all of it was taken out; rows put in inside belong to it."""
        left, top, right, bottom = area
        rows = [new for row in (top, bottom) if (new := self.row(row)) is not None]
        cut = self.at + self.by  # the first row behind those taken out, in the new count
        if len(rows) == 2:
            return left, rows[0], right, rows[1]
        if not rows:
            return None
        return (left, cut, right, rows[0]) if self.row(top) is None else (left, rows[0], right, cut - 1)


def change_rows(sheet: Any, at: int, by: int) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Put in ``by`` rows above row ``at``, which look like the row above; if it is negative take out the rows above ``at``."""
    move = _Move(at, by)
    heights = {row: (one.height, one.hidden) for row, one in sheet.row_dimensions.items()}
    if by > 0:
        sheet.insert_rows(at, by)
    else:
        sheet.delete_rows(at + by, -by)
    for cell in list(sheet._cells.values()):  # noqa: SLF001 - nothing public gives the cells that are there
        if getattr(cell, "hyperlink", None) is not None:
            cell.hyperlink.ref = cell.coordinate
    for area in list(sheet.merged_cells.ranges):
        found = move.area(area.bounds)
        if found is None:
            sheet.merged_cells.remove(area)
        else:
            area.min_col, area.min_row, area.max_col, area.max_row = found
    for row in heights:
        sheet.row_dimensions.pop(row)
    for row, (height, hidden) in heights.items():
        if (now := move.row(row)) is not None:
            sheet.row_dimensions[now].height, sheet.row_dimensions[now].hidden = height, hidden
    _move_rules(sheet, move)
    for row in range(at, at + by):
        copy_look(sheet, at - 1, row)


def _move_rules(sheet: Any, move: _Move) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Move conditional formats, drop-downs, the filter and the area to print with their cells."""
    from openpyxl.formatting.formatting import ConditionalFormattingList  # noqa: PLC0415 - only a workbook is worth it
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 - the same
    from openpyxl.worksheet.cell_range import MultiCellRange  # noqa: PLC0415 - the same

    def moved(areas: Iterable[Sequence[int]]) -> list[str]:
        return [_ref(found) for area in areas if (found := move.area(area)) is not None]

    rules = ConditionalFormattingList()
    for one in sheet.conditional_formatting:
        where = " ".join(moved(piece.bounds for piece in one.sqref.ranges))
        for rule in one.rules if where else ():
            rules.add(where, rule)
    sheet.conditional_formatting = rules
    for one in sheet.data_validations.dataValidation:
        one.sqref = MultiCellRange(" ".join(moved(piece.bounds for piece in one.sqref.ranges)))
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = next(iter(moved([range_boundaries(sheet.auto_filter.ref)])), None)
    if sheet.print_area:
        pieces = [piece.rpartition("!")[2].replace("$", "") for piece in str(sheet.print_area).split(",")]
        sheet.print_area = ",".join(moved(map(range_boundaries, pieces)))


def _ref(area: Sequence[int]) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - only a workbook is worth it

    left, top, right, bottom = area
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def copy_look(sheet: Any, source: int, target: int) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Give a row the height, the formats and the merged cells side by side of another."""
    sheet.row_dimensions[target].height = sheet.row_dimensions[source].height
    for row, column in list(sheet._cells):  # noqa: SLF001 - nothing public gives the cells that are there
        if row == source:
            sheet.cell(target, column)._style = copy(sheet.cell(row, column)._style)  # noqa: SLF001 - the whole look of a cell
    for area in [one for one in sheet.merged_cells.ranges if one.min_row == one.max_row == source]:
        sheet.merge_cells(None, target, area.min_col, target, area.max_col)


def part_rows(sheet: Any, first: int, last: int) -> list[tuple[int, int]]:  # noqa: ANN401 - openpyxl carries no types
    """Undo merged areas that run over several of some rows; each cell keeps the look of its area.

    Returns the columns (left, right) of the areas that ran over all of the rows.
    """
    tall = [
        area
        for area in sheet.merged_cells.ranges
        if area.min_row < area.max_row and first <= area.min_row and area.max_row <= last
    ]
    whole = []
    for area in tall:
        left, top, right, bottom = area.bounds
        look = sheet.cell(top, left)._style  # noqa: SLF001 - the whole look of a cell
        sheet.unmerge_cells(None, top, left, bottom, right)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                sheet.cell(row, column)._style = copy(look)  # noqa: SLF001 - the same
            if left < right:
                sheet.merge_cells(None, row, left, row, right)
        if (top, bottom) == (first, last):
            whole.append((left, right))
    return whole


def unite(sheet: Any, rows: range, left: int, right: int) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Merge cells over some rows, whatever was merged side by side in each of them."""
    for area in [
        one for one in sheet.merged_cells.ranges if one.min_row in rows and (one.min_col, one.max_col) == (left, right)
    ]:
        sheet.unmerge_cells(str(area))
    sheet.merge_cells(None, rows[0], left, rows[-1], right)


def forget_rows(sheet: Any, rows: range, columns: Sequence[int]) -> bool:  # noqa: ANN401 - openpyxl carries no types
    """Show rows that a filter hid and take out the comments of some columns; tell whether there were any."""
    found = False
    for row in rows:
        sheet.row_dimensions[row].hidden = False
        for column in columns:
            cell = sheet.cell(row, column)
            if getattr(cell, "comment", None) is not None:
                cell.comment, found = None, True
    return found


@dataclass(frozen=True)
class Shades:
    """How the cells (fill, font) of days off and of workdays look, nothing where all rows look alike.

    ``uneven`` tells that rows differ in another way.
    """

    looks: Mapping[bool, Sequence[tuple[Any, Any]]]
    uneven: bool = False

    def put_on(self, sheet: Any, rows: range, rests: Sequence[bool], columns: Sequence[int]) -> None:  # noqa: ANN401 - openpyxl carries no types
        """Shade rows by whether they are days off."""
        for row, rest in zip(rows, rests, strict=True):
            for column, (fill, font) in zip(columns, self.looks.get(rest, ()), strict=False):
                cell = sheet.cell(row, column)
                cell.fill, cell.font = copy(fill), copy(font)


def shades_of_rest(sheet: Any, rows: Sequence[int], rests: Sequence[bool], columns: Sequence[int]) -> Shades:  # noqa: ANN401 - openpyxl carries no types
    """Return how rows of days off and of workdays are shaded."""
    looks: dict[bool, list[tuple[Any, Any]]] = {}
    shades: dict[bool, set[str]] = {True: set(), False: set()}
    for row, rest in zip(rows, rests, strict=True):
        cells = [sheet.cell(row, column) for column in columns]
        shades[rest].add("|".join(f"{cell.fill.fill_type} {cell.fill.fgColor.value}" for cell in cells))
        looks.setdefault(rest, [(cell.fill, cell.font) for cell in cells])
    if len(shades[True] | shades[False]) == 1:
        return Shades({})
    if all(len(own) == 1 for own in shades.values()):
        return Shades(looks)
    return Shades({}, uneven=True)
