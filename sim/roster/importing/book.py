"""A workbook as sheets of cells: .xlsx and .xlsm, .xls, and .csv, told by what is in the file; all else is refused with the way out."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from sim.errors import Fault, InputError, Text
from sim.roster.importing.cells import Area, Sheet, Value
from sim.roster.importing.xlsx import TooLarge, read_xlsx

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_LIMIT_BYTES = 64 * 2**20
_SAVE_AS = Text(
    "在 WPS/Excel 中打开，另存为 xlsx（不加密）再导入", "open it in WPS or Excel and save it as xlsx without a password"
)
_RIGHT_FILE = Text("检查是否选错文件", "check that it is the right file")
_FOREIGN = {
    ".et": Text("WPS 表格格式（.et）不能直接读取", "a WPS spreadsheet (.et) cannot be read as it is"),
    ".ett": Text("WPS 表格模板（.ett）不能直接读取", "a WPS template (.ett) cannot be read as it is"),
    ".wps": Text("这是 WPS 文字文档（.wps），不是表格", "this is a WPS text document (.wps), not a table"),
    ".doc": Text("这是文字文档，不是表格", "this is a text document, not a table"),
    ".docx": Text("这是文字文档，不是表格", "this is a text document, not a table"),
    ".pdf": Text("这是 PDF，不是表格", "this is a PDF, not a table"),
    ".ods": Text("OpenDocument 表格（.ods）不能直接读取", "an OpenDocument spreadsheet (.ods) cannot be read as it is"),
    ".xlsb": Text("二进制工作簿（.xlsb）不能直接读取", "a binary workbook (.xlsb) cannot be read as it is"),
}
_PARTS = {"mimetype": ".ods", "xl/workbook.bin": ".xlsb", "word/document.xml": ".docx"}
"""Parts by which a zipped file shows that it is something else."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, eq=False)
class Book:
    """A workbook; ``name`` is its file name."""

    path: Path
    sheets: tuple[Sheet, ...]

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name


def read_book(path: str | Path) -> Book:
    """Return the workbook of a file.

    Raises
    ------
    InputError
        with the reason why it cannot be read and what to do
    """
    path = Path(path)
    return book_of(path, raw_bytes(path))


def book_of(path: Path, raw: bytes) -> Book:
    """Return the workbook that some bytes are; ``path`` is the file they stand in, or are to stand in.

    Raises
    ------
    InputError
        with the reason why it cannot be read and what to do
    """
    foreign = _FOREIGN.get(path.suffix.lower())
    if foreign is not None:
        raise _refusal(path, foreign, _SAVE_AS)
    try:
        if raw.startswith(b"PK\x03\x04"):
            sheets = _zipped(path, raw)
        elif raw.startswith(_OLE):
            sheets = _old(path, raw)
        else:
            sheets = [_csv(path, raw)]
    except TooLarge as error:
        problem = Text("内容过多，不像值班表", "it holds more than a roster can")
        raise _refusal(path, problem, _RIGHT_FILE) from error
    if not any(sheet.cells for sheet in sheets):
        problem = Text("各工作表都没有内容", "no sheet holds anything")
        raise _refusal(path, problem, Text("检查是否保存成功", "check that it was saved"))
    return Book(path, tuple(sheets))


def raw_bytes(path: Path) -> bytes:
    """Return what stands in a file.

    Raises
    ------
    InputError
        if it cannot be read, is empty or too large
    """
    try:
        if path.stat().st_size > _LIMIT_BYTES:
            size = f"{_LIMIT_BYTES / 2**20:g} MiB"
            raise _refusal(path, Text(f"文件超过 {size}", f"the file exceeds {size}"), _RIGHT_FILE)
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        if isinstance(error, FileNotFoundError):
            raise _refusal(path, Text("文件不存在", "there is no such file"), _RIGHT_FILE) from error
        raise _refusal(path, Text("文件无法读取", "the file cannot be read"), _RIGHT_FILE) from error
    if not raw.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise _refusal(
            path, Text("文件是空的", "the file is empty"), Text("检查是否保存成功", "check that it was saved")
        )
    return raw


def _refusal(path: Path, problem: Text, remedy: Text) -> InputError:
    return InputError([Fault(str(path), 0, 0, "", "", problem, remedy)])


def _zipped(path: Path, raw: bytes) -> list[Sheet]:
    broken = Text("不是可读的 xlsx 工作簿，可能已损坏", "this is no readable xlsx workbook; it may be damaged")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            foreign = next((kind for part, kind in _PARTS.items() if part in archive.namelist()), None)
            if foreign is None:
                return read_xlsx(archive)
    except TooLarge:
        raise
    except (
        zlib.error,
        zipfile.BadZipFile,
        expat.ExpatError,
        LookupError,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _refusal(path, broken, _SAVE_AS) from error
    raise _refusal(path, _FOREIGN[foreign], _SAVE_AS)


def _old(path: Path, raw: bytes) -> list[Sheet]:
    """Return the sheets of an .xls workbook; it has at most 65 536 rows, which calamine may well lay out in full."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - only an old workbook needs it

    encrypted = Text("工作簿设有密码", "the workbook has a password")
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise _refusal(path, encrypted, _SAVE_AS)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            return [_old_sheet(book, index) for index, name in enumerate(book.sheet_names)]
    except PasswordError as error:
        raise _refusal(path, encrypted, _SAVE_AS) from error
    except (CalamineError, OSError, ValueError, LookupError) as error:
        problem = Text("不是可读的 xls 工作簿", "this is no readable xls workbook")
        raise _refusal(path, problem, _SAVE_AS) from error


def _old_sheet(book: CalamineWorkbook, index: int) -> Sheet:
    from python_calamine import SheetVisibleEnum  # noqa: PLC0415 - only an old workbook needs it

    sheet = book.get_sheet_by_index(index)
    rows = enumerate(sheet.to_python(skip_empty_area=False), start=1)
    cells = {
        (row, column): value
        for row, line in rows
        for column, cell in enumerate(line, start=1)
        if (value := _old_value(cell)) is not None
    }
    merged = [
        Area(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    hidden = book.sheets_metadata[index].visible != SheetVisibleEnum.Visible
    return Sheet(sheet.name, cells, tuple(sorted(merged)), hidden)


def _old_value(cell: object) -> Value | None:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, datetime | time):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - Beijing time throughout
    text = str(cell)
    return text if text.strip() else None


def _csv(path: Path, raw: bytes) -> Sheet:
    content = _decoded(path, raw)
    head = content.lstrip()[:200].lower()
    if head.startswith(("<html", "<!doctype", "<?xml", "<table", "mime-version")):
        problem = Text("这是网页或 XML，只是取名为表格", "this is a web page or XML under the name of a table")
        raise _refusal(path, problem, _SAVE_AS)
    if path.suffix.lower() not in {".csv", ".txt"}:
        raise _refusal(path, Text("不是工作簿", "this is not a workbook"), _SAVE_AS)
    first = content.splitlines()[:20]
    separator = max(",\t;", key=lambda sign: sum(line.count(sign) for line in first))
    try:
        rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=separator))
    except csv.Error as error:
        problem = Text(f"CSV 格式错误（{error}）", f"malformed CSV ({error})")
        raise _refusal(path, problem, Text("检查引号是否成对", "check that quotes are paired")) from error
    cells: dict[tuple[int, int], Value] = {
        (row, column): cell
        for row, line in enumerate(rows, start=1)
        for column, cell in enumerate(line, start=1)
        if cell.strip()
    }
    return Sheet("", cells, typed=False)


def _decoded(path: Path, raw: bytes) -> str:
    """Return a text file's content: UTF-8, with or without mark, UTF-16 with one, else GB18030."""
    codecs = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for codec in codecs:
        try:
            content = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in content:
            return content
    raise _refusal(path, Text("不是工作簿，也不是文本表格", "this is neither a workbook nor a table of text"), _SAVE_AS)
