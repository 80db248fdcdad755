"""A copy of a county's workbook: its layout and formats kept, nothing in it that runs, no identity numbers."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from sim.errors import Text
from sim.roster.importing.book import Book
from sim.roster.importing.cells import Sheet, Unusable, Value, has_id, letter, without_ids
from sim.roster.importing.read import BlockRead

_MOST_BYTES = 40 * 2**20
"""A workbook whose sheets unpack to more is copied without its formats: each formatted cell would cost half a kilobyte."""
_REACHES_OUT = re.compile(r"\||\b(?:WEBSERVICE|CALL|EXEC|REGISTER|RTD|DDE)\b", re.IGNORECASE)
"""A formula that reaches out of the workbook: DDE (=cmd|…) or a function that calls something."""
_NO_MACROS = Text("宏没有带入副本", "macros are not in the copy")
_NO_SHAPES = Text("文本框和图形没有带入副本", "text boxes and shapes are not in the copy")
_NO_LAYOUT = (Text("原来的版式没有带入副本，只有各格内容", "the copy has the cells alone, without the layout"),)


@dataclass(frozen=True)
class Copy:
    """A workbook as bytes, and what of the original is not in it."""

    content: bytes
    lost: tuple[Text, ...] = ()


def has_layout(raw: bytes) -> bool:
    """Tell whether the bytes of a file are a workbook whose layout a copy can keep."""
    return _with_layout(raw) is not None


def opened(book: Book, raw: bytes, blocks: Iterable[BlockRead], *, formulas: bool) -> tuple[Any, tuple[Text, ...]]:
    """Return a workbook (openpyxl) to be changed and written, and what of the original it has lost.

    Identity numbers are blanked. Without ``formulas`` each of them gives way to its saved result; with them, those that reach out of the
    workbook become text.
    """
    copy = _with_layout(raw)
    lost = _NO_LAYOUT if copy is None else _lost(raw)
    copy = copy or _cells_alone(book)
    by_name = {sheet.name: sheet for sheet in book.sheets}
    for sheet in copy.worksheets:
        _disarm(sheet, by_name.get(sheet.title), formulas=formulas)
        _forget_ids(sheet)
        sheet._pivots = []  # noqa: SLF001 - a pivot table carries a copy of what it was made from, and has no public name
        sheet.title = _shown_name(sheet.title)
    for one in blocks:
        first, last = one.block.body
        for column in one.block.of_kind("dropped"):
            sheet = sheet_of(copy, one.where.sheet)
            for row in range(first, last + 1):
                if (row, column.column) in one.where.sheet.cells:
                    origin(sheet, row, column.column).value = None
    return copy, lost


def sheet_of(copy: Any, sheet: Sheet) -> Any:  # noqa: ANN401 - openpyxl carries no types
    """Return the sheet of a copy that was read as ``sheet``; a CSV file has one without a name."""
    return copy[_shown_name(sheet.name)] if sheet.name else copy.worksheets[0]


def _shown_name(name: str) -> str:
    return without_ids(name, "…")


def written(copy: Any) -> bytes:  # noqa: ANN401 - openpyxl carries no types
    """Return the bytes of a workbook."""
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415 - 0.2 s that only a workbook is worth

    made = io.BytesIO()
    ExcelWriter(copy, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED)).save()
    return made.getvalue()


def put_text(cell: Any, text: str) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Write a text into a cell; one that begins with = is no formula."""
    cell.value = text
    cell.data_type = "s"


def origin(sheet: Any, row: int, column: int) -> Any:  # noqa: ANN401 - openpyxl carries no types
    """Return a cell that can be written; of a merged area its upper left one."""
    name = f"{letter(column)}{row}"
    for area in sheet.merged_cells.ranges:
        if name in area:
            return sheet.cell(area.min_row, area.min_col)
    return sheet.cell(row, column)


def _with_layout(raw: bytes) -> Any | None:  # noqa: ANN401 - openpyxl carries no types
    """Return the workbook with its formats, ``None`` if it has none that can be kept."""
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.2 s that only a workbook is worth

    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return None
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(part.file_size for part in archive.infolist() if "worksheets/" in part.filename) > _MOST_BYTES:
            return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions that it does not know
            return load_workbook(io.BytesIO(raw), keep_links=False)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError):
        return None  # what we can read, with its eyes on the cells alone, it need not


def _lost(raw: bytes) -> tuple[Text, ...]:
    """Return what of a workbook a copy with its layout has lost: what its library does not read."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        drawings = (archive.read(name) for name in names if "drawings/drawing" in name and name.endswith(".xml"))
        shapes = any(b":sp>" in drawing or b":sp " in drawing for drawing in drawings)
        macros = any("vbaProject" in name for name in names)
    return (*([_NO_MACROS] if macros else []), *([_NO_SHAPES] if shapes else []))


def _cells_alone(book: Book) -> Any:  # noqa: ANN401 - openpyxl carries no types
    """Return a new workbook with the cells as they were read."""
    from openpyxl import Workbook  # noqa: PLC0415 - 0.2 s that only a workbook is worth
    from openpyxl.styles import Alignment  # noqa: PLC0415 - the same

    made = Workbook()
    made.remove(made.active)
    for sheet in book.sheets:
        copy = made.create_sheet(sheet.name or "Sheet1")
        for (row, column), value in sheet.cells.items():
            cell = copy.cell(row, column)
            _put(cell, value)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
        for area in sheet.merged:
            copy.merge_cells(None, area.top, area.left, area.bottom, area.right)
        for column in sheet.columns:
            longest = max(len(sheet.text(row, column).encode("gbk", "replace")) for row in sheet.rows[:60])
            copy.column_dimensions[letter(column)].width = min(max(longest + 2, 8), 24)
        copy.sheet_state = "hidden" if sheet.hidden else "visible"
    return made


def _put(cell: Any, value: Value | None) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Write a value as it was read."""
    if isinstance(value, Unusable):
        value = value.text
    if isinstance(value, str):
        put_text(cell, "".join(sign for sign in value if sign in "\n\t" or ord(sign) >= 32))
        return
    cell.value = int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(value, time):
        cell.number_format = "hh:mm"


def _disarm(sheet: Any, read: Sheet | None, *, formulas: bool) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Put results, or the text where there is none, in the place of formulas: of all, or of those that reach out of the workbook."""
    for cell in _cells(sheet):
        if cell.data_type != "f":
            continue
        text = str(getattr(cell.value, "text", None) or cell.value)
        if formulas and not _REACHES_OUT.search(text):
            continue
        result = read.cells.get((cell.row, cell.column)) if read is not None else None
        if formulas or result is None or isinstance(result, Unusable):
            put_text(cell, text)
        else:
            _put(cell, result)


def _forget_ids(sheet: Any) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Take identity numbers out of cells, comments, headers and footers."""
    for cell in _cells(sheet):
        value = cell.value
        if isinstance(value, str) and has_id(value):
            put_text(cell, without_ids(value))
        elif isinstance(value, int | float) and value == int(value) and has_id(f"{int(value)}"):
            cell.value = None
        if cell.comment is not None and has_id(cell.comment.text):
            cell.comment.text = without_ids(cell.comment.text)
    for line in (sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter):
        for part in (line.left, line.center, line.right):
            if part.text and has_id(part.text):
                part.text = without_ids(part.text)


def _cells(sheet: Any) -> Sequence[Any]:  # noqa: ANN401 - openpyxl carries no types
    """Return the cells that are there: going by rows and columns would make all that are not."""
    from openpyxl.cell import Cell  # noqa: PLC0415 - 0.2 s that only a workbook is worth

    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]  # noqa: SLF001 - nothing public gives them
