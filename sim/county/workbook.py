"""Reading a table out of an xlsx workbook as a planner keeps it: titles above it, merged cells, numbers that look like fractions."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from sim.county.tables import Column, Table, check_rows
from sim.errors import Fault, Text

_TITLES = 10
"""The header stands within so many rows of a sheet."""
_LIMIT_BYTES = 64 * 2**20


def read_workbook(
    path: Path,
    columns: Sequence[Column],
    faults: list[Fault],
    *key: str,
    ignored: Collection[str],
    is_header: Callable[[Collection[str]], bool],
    merged: Collection[str] = (),
) -> Table | None:
    """Read one table of a workbook; faults, lines and columns are told as of a CSV table, the line being the row of the sheet.

    Parameters
    ----------
    is_header
        tells by its cells whether a row is the header; the first sheet with one among its first rows holds the table
    merged
        names of columns in which a merged cell speaks for all its rows
    """
    sheets, fault = _sheets(path)
    if fault is not None:
        faults.append(fault)
        return None
    for sheet in sheets:
        for line, row in enumerate(islice(sheet.iter_rows(values_only=True), _TITLES), start=1):
            header = ["".join(_text(cell).split()) for cell in row]  # a heading may be broken over lines
            if is_header(set(header)):
                said = {heading for column in columns if column.name in merged for heading in column.headings}
                carried = {i for i, heading in enumerate(header) if heading in said}
                rows = _SheetRows(sheet, line, header, carried)
                return check_rows(path, rows, columns, faults, *key, ignored=ignored)
    problem = Text(f"各工作表的前 {_TITLES} 行中没有表头", f"no sheet has a header in its first {_TITLES} rows")
    named = "、".join(column.headings[-1] for column in columns if column.required)
    remedy = Text(f"在数据上方写一行表头，至少有：{named}", f"write a header above the data, at least: {named}")
    faults.append(Fault(str(path), 0, 0, "", "", problem, remedy))
    return None


def _sheets(path: Path) -> tuple[Sequence[Any], Fault | None]:
    """Return the sheets of a workbook, or the fault that keeps it from being read."""
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.2 s that only a workbook is worth
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - the same

    try:
        if path.stat().st_size > _LIMIT_BYTES:
            size = f"{_LIMIT_BYTES / 2**20:g} MiB"
            problem = Text(f"文件超过 {size}", f"the file exceeds {size}")
            return (), Fault(
                str(path), 0, 0, "", "", problem, Text("检查是否选错文件", "check that it is the right file")
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, which are not read
            return load_workbook(path, data_only=True).worksheets, None
    except (OSError, ValueError, LookupError, TypeError, SyntaxError, BadZipFile, InvalidFileException):
        problem = Text("不是可读的 xlsx 工作簿", "this is no readable xlsx workbook")
        remedy = Text(
            "在 WPS/Excel 中另存为 xlsx（不加密），或另存为 CSV UTF-8",
            "save it as xlsx without a password, or as CSV UTF-8",
        )
        return (), Fault(str(path), 0, 0, "", "", problem, remedy)


class _SheetRows:
    """The rows of a sheet from its header on, empty ones left out, with their numbers in the sheet."""

    def __init__(self, sheet: Any, line: int, header: list[str], carried: Collection[int]) -> None:  # noqa: ANN401 - untyped
        self.line = line
        self._rows = self._numbered(sheet, line, _trimmed(header), _merged(sheet, line, carried))

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        self.line, row = next(self._rows)
        return row

    @staticmethod
    def _numbered(
        sheet: Any,  # noqa: ANN401 - untyped
        first: int,
        header: list[str],
        merged: dict[tuple[int, int], str],
    ) -> Iterator[tuple[int, list[str]]]:
        yield first, header
        for line, cells in enumerate(sheet.iter_rows(min_row=first + 1, values_only=True), start=first + 1):
            row = _trimmed([_text(cell) for cell in cells])
            if row:  # else nothing but what is merged into it: no row of its own
                row += [""] * (len(header) - len(row))
                yield line, [merged.get((line, i), cell) for i, cell in enumerate(row)]


def _merged(sheet: Any, header: int, carried: Collection[int]) -> dict[tuple[int, int], str]:  # noqa: ANN401 - untyped
    """Return what merged cells below the header say in the columns ``carried`` (from 0), by (row of the sheet, column)."""
    said: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_row > header and area.min_col - 1 in carried:
            value = _text(sheet.cell(area.min_row, area.min_col).value)
            said |= {(line, area.min_col - 1): value for line in range(area.min_row, area.max_row + 1)}
    return said


def _trimmed(row: list[str]) -> list[str]:
    """Return the row without the empty cells behind its last."""
    while row and not row[-1]:
        row.pop()
    return row


def _text(cell: object) -> str:
    """Return a cell as a CSV file would have it; a whole number as such, although a sheet keeps all numbers as fractions."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
