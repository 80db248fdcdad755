"""Reading .xlsx and .xlsm as a stream: only cells that hold something are kept.

Why not calamine or openpyxl: calamine lays a sheet out as a full rectangle (one stray cell in the last row took 1.5 GB) and shows a
formula without a saved result, and an error, as an empty cell; openpyxl makes an object for each formatted cell. Neither may happen here.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.parsers import expat

from sim.errors import Text
from sim.roster.importing.cells import Area, Sheet, Unusable, Value, number_of

_CHUNK = 1 << 20
_MOST_BYTES = 2 << 30
"""A part of the workbook that unpacks to more is no roster."""
_MOST_CELLS = 3_000_000
_EMPTY = re.compile(rb'<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?(?:/>|></c>)')
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)")
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The formats of dates and times that have a number and no code, those of Chinese workbooks included."""
_NO_RESULT = Text("公式没有保存计算结果", "a formula whose result was not saved")
_ERROR = Text("错误值", "an error value")


class TooLarge(ValueError):
    """More than a roster can be."""


@dataclass
class _Parts:
    """What the sheets of a workbook share."""

    strings: list[str] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    since: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 - Beijing time throughout


def read_xlsx(archive: zipfile.ZipFile) -> list[Sheet]:
    """Return the sheets of a workbook.

    Raises
    ------
    TooLarge
        if a sheet holds more than a roster can
    KeyError, ValueError, expat.ExpatError
        if it is not a workbook
    """
    names = set(archive.namelist())
    book = next((name for name in ("xl/workbook.xml", "workbook.xml") if name in names), "xl/workbook.xml")
    folder = posixpath.dirname(book)
    entries: list[dict[str, str]] = []
    parts = _Parts()

    def in_book(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            entries.append({key.rpartition(":")[2]: value for key, value in attributes.items()})
        elif name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            parts.since = datetime(1904, 1, 1)  # noqa: DTZ001 - Beijing time throughout

    _walk(archive, book, in_book)
    targets: dict[str, str] = {}

    def in_links(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes["Target"]
            targets[attributes["Id"]] = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            )

    _walk(archive, f"{folder}/_rels/{posixpath.basename(book)}.rels".lstrip("/"), in_links)
    if f"{folder}/sharedStrings.xml" in names:
        parts.strings = _strings(archive, f"{folder}/sharedStrings.xml")
    if f"{folder}/styles.xml" in names:
        parts.dates = _date_styles(archive, f"{folder}/styles.xml")
    sheets = []
    for entry in entries:
        part = targets[entry["id"]]
        if "chartsheet" not in part and "dialogsheet" not in part:
            reader = _SheetReader(parts)
            _walk(archive, part, reader.start, reader.end, reader.characters, squeeze=True)
            sheets.append(reader.sheet(entry["name"], hidden=entry.get("state", "visible") != "visible"))
    return sheets


def _walk(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
    *,
    squeeze: bool = False,
) -> None:
    """Parse one part of the archive; names come without their prefix, and ``squeeze`` leaves out cells that are only formatted."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name[name.find(":") + 1 :], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name[name.find(":") + 1 :])
    if characters is not None:
        parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _no_doctype
    for chunk in _chunks(archive, part):
        parser.Parse(_EMPTY.sub(b"", chunk) if squeeze else chunk)
    parser.Parse(b"", True)


def _no_doctype(*_: object) -> None:
    message = "a workbook has no DOCTYPE"
    raise ValueError(message)


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part piece by piece, cut behind an end tag so that no cell is cut in two."""
    size, rest = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > _MOST_BYTES:
                raise TooLarge
            whole, mark, tail = (rest + chunk).rpartition(b"</row>")
            yield whole + mark
            rest = tail
            if len(rest) > 8 * _CHUNK:  # no rows here: nothing to keep together
                yield rest
                rest = b""
    yield rest


def _strings(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Return the shared strings; how a word is pronounced (``rPh``) is no part of it."""
    strings: list[str] = []
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, _: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        elif name in inside:
            inside[name] = True

    def end(name: str) -> None:
        if name == "si":
            strings.append("".join(pieces))
        elif name in inside:
            inside[name] = False

    def characters(text: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(text)

    _walk(archive, part, start, end, characters)
    return strings


def _date_styles(archive: zipfile.ZipFile, part: str) -> list[bool]:
    """Return of each cell style whether it shows a date or a time."""
    codes: dict[int, str] = {}
    dates: list[bool] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside.append(name)
        elif name == "xf" and inside:
            number = int(attributes.get("numFmtId", 0))
            dates.append(_shows_date(codes[number]) if number in codes else number in _DATE_FORMATS)

    def end(name: str) -> None:
        if name == "cellXfs":
            inside.clear()

    _walk(archive, part, start, end)
    return dates


def _shows_date(code: str) -> bool:
    """Tell whether a format code shows a date or a time: it has a y, m, d or h outside quotes and brackets."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", code.split(";", maxsplit=1)[0])
    return bool(re.search(r"[ymdh]", bare, re.IGNORECASE)) and "general" not in bare.lower()


class _SheetReader:
    """What stands in one sheet, as its elements go by."""

    def __init__(self, parts: _Parts) -> None:
        self._parts = parts
        self._cells: dict[tuple[int, int], Value] = {}
        self._merged: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._text: list[str] = []
        self._has_formula = self._has_value = self._listening = self._in_phonetic = False

    def sheet(self, name: str, *, hidden: bool) -> Sheet:
        """Return the sheet that was read."""
        return Sheet(
            name,
            self._cells,
            tuple(sorted(self._merged)),
            hidden,
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            if attributes.get("hidden") in {"1", "true"}:
                self._hidden_rows.add(self._row)
        elif name == "c":
            self._cell = attributes
            self._text = []
            self._has_formula = self._has_value = False
            match = _REF.fullmatch(attributes.get("r", ""))
            self._column = number_of(match[1]) if match else self._column + 1
        elif name == "f":
            self._has_formula = True
        elif name in {"v", "t"}:
            self._has_value = self._listening = True
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "mergeCell":
            self._merge(attributes["ref"])
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            self._hidden_columns.update(range(int(attributes["min"]), min(int(attributes["max"]), 16384) + 1))

    def characters(self, text: str) -> None:
        """Take text; it belongs to a cell inside a value only."""
        if self._listening and not self._in_phonetic:
            self._text.append(text)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if name in {"v", "t"}:
            self._listening = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "c" and (self._has_value or self._has_formula):
            value = self._value("".join(self._text))
            if value is not None:
                self._cells[self._row, self._column] = value
                if len(self._cells) > _MOST_CELLS:
                    raise TooLarge

    def _merge(self, ref: str) -> None:
        corners = _REF.findall(ref)
        if len(corners) == 2:
            (left, top), (right, bottom) = corners
            self._merged.append(Area(int(top), number_of(left), int(bottom), number_of(right)))

    def _value(self, text: str) -> Value | None:
        """Return the value of the cell that ends here, ``None`` if it is blank."""
        kind = self._cell.get("t", "n")
        if kind == "e":
            return Unusable(text or "#?", _ERROR)
        if self._has_formula and not text and not (kind == "str" and self._has_value):
            return Unusable("=…", _NO_RESULT)
        if kind == "s":
            text = self._parts.strings[int(text)]
        elif kind == "b":
            text = "TRUE" if text == "1" else "FALSE"
        elif kind == "d":
            return datetime.fromisoformat(text).replace(tzinfo=None)
        elif kind == "n" and text:
            return self._number(float(text))
        return text if text.strip() else None

    def _number(self, number: float) -> Value:
        style = int(self._cell.get("s", 0))
        dated = style < len(self._parts.dates) and self._parts.dates[style]
        if not dated or not 0 <= number < 2_958_466:  # the last day of the year 9999
            return number
        moment = self._parts.since + timedelta(seconds=round(number * 86400))
        return moment.time() if number < 1 else moment
