"""Setting sheets of tables in an xlsx workbook: widths, formats, print set-up, links. What the sheets say is not known here."""

from __future__ import annotations

import io
import itertools
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

Value = str | int | float | datetime | None
Kind = Literal["text", "line", "number", "tenth", "plain", "share", "clock", "second", "link", "blank", "time"]

_LONGEST_NAME = 31  # letters of the name of a sheet
_LONGEST_HEADER = 255  # letters of a header or footer, codes included
_NARROWEST, _WIDEST = 6, 36  # columns, in letters; a Chinese one counts as two
_HEADING_LINES = 4
_BAND = 100  # letters: how wide sentences run at least
_LINE_PT = 13.5
_CLOCKS = {"clock": "mm-dd hh:mm", "second": "mm-dd hh:mm:ss"}
_TEXTS = ("text", "line", "link")
_AIR = 2  # letters: the indent of a text, and what fonts differ by
_SAFE = 0.92  # of the room of a sentence: fonts differ
_TO_FILL = {"blank": 14, "time": 8}  # letters that need room
_BLANK = "#FFF9E5"  # of a cell to fill in
_FONTS = {"zh": "宋体", "en": "Calibri"}
_LEAD, _SOFT, _STAMP, _RULE, _WASH = "#1C3F6E", "#5A6472", "#8A1C1C", "#C9CFD8", "#E9EDF2"


@dataclass(frozen=True)
class Field:
    """A column of a table: its heading, what its cells are, and over how many columns of the sheet they run.

    ``line`` is text that is never broken; ``number`` whole, ``tenth`` with one decimal, ``plain`` with as
    many as it has; ``share`` between 0 and 1; ``clock`` a
    moment, ``second`` one to the second; ``link`` the name of a sheet, and leads there. ``blank`` and ``time`` are left to be filled in, with
    whatever there is to say or with a time of day.
    """

    heading: str
    kind: Kind = "text"
    span: int = 1


@dataclass(frozen=True)
class Table:
    """A table of a sheet; the last row may be a ``total``, which a filter leaves alone."""

    fields: tuple[Field, ...]
    rows: Sequence[Sequence[Value]]
    title: str = ""
    notes: tuple[str, ...] = ()
    total: bool = False

    def column(self, number: int) -> list[Value]:
        """Return the cells of one column."""
        return [row[number] for row in self.rows]


@dataclass(frozen=True)
class SheetOfTables:
    """A sheet: its name on the tab, its title, sentences and notes above its tables.

    One table alone has a filter and stays in view with its heading; the first ``frozen`` columns do too. ``widths`` (letters) take the
    place of measured ones. Each sheet is printed as wide as a page, ``large`` ones on A3; one that fits on ``one_page`` upright is.
    """

    name: str
    title: str
    tables: tuple[Table, ...]
    said: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    frozen: int = 0
    widths: tuple[int, ...] = ()
    one_page: bool = False
    large: bool = False


@dataclass(frozen=True)
class Frame:
    """What stands on every sheet: caveats, the footer, the link back; and what the file says of itself.

    ``back`` is the text of the link and the name of the sheet that it leads to; ``page`` the words for page &P of &N.
    """

    language: str
    stamps: tuple[str, ...]
    title: str
    page: str
    back: tuple[str, str]
    created: datetime


def legal_names(wanted: Iterable[str]) -> list[str]:
    """Return names that a workbook takes for its sheets, as near to those wanted as can be, no two alike."""
    taken: set[str] = {"history"}  # the program keeps that one for itself
    names = []
    for name in wanted:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip().strip("'").strip() or "-"
        for number in itertools.count(1):
            tail = f" ({number})" if number > 1 else ""
            legal = _cut_at_word(plain, _LONGEST_NAME - len(tail)).rstrip("' ") + tail
            if legal.lower() not in taken:
                break
        taken.add(legal.lower())
        names.append(legal)
    return names


def _cut(text: str, longest: int) -> str:
    """Return the beginning of a text: so many letters as the format counts them, which takes rare characters for two."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", errors="ignore")


def _cut_at_word(text: str, longest: int) -> str:
    """Return the beginning of a text; what is cut off begins with a space where there is one."""
    cut = _cut(text, longest)
    whole = cut == text or text[len(cut)] == " "
    return cut if whole else cut.rpartition(" ")[0].strip() or cut


def write_sheets(sheets: Sequence[SheetOfTables], frame: Frame, path: Path) -> None:
    """Write a workbook of sheets, in order, whose names are legal."""
    path.write_bytes(book_of(sheets, frame))


def book_of(sheets: Sequence[SheetOfTables], frame: Frame) -> bytes:
    """Return the bytes of a workbook of sheets, in order, whose names are legal."""
    options = {
        "in_memory": True,  # no temporary files, and the same bytes wherever it is written
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": _FONTS[frame.language], "font_size": 10, "valign": "top"},
    }
    made = io.BytesIO()  # a disk that is full is told by the system, not by the library in its own way
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"title": frame.title, "comments": " ".join(frame.stamps), "created": frame.created})
        formats = _Formats(book, frame.language)
        for sheet in sheets:
            _Setter(book.add_worksheet(sheet.name), sheet, formats, frame).set()
    return made.getvalue()


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any, language: str) -> None:  # noqa: ANN401 - xlsxwriter carries no types
        self._book, self._made = book, dict[tuple[object, ...], Any]()
        self._whole = "#,##0" if language == "en" else "0"

    def of(self, **properties: object) -> Any:  # noqa: ANN401
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]

    def cell(self, kind: Kind, value: Value, *, total: bool) -> Any:  # noqa: ANN401
        """Return the format of a cell of a table."""
        look: dict[str, object] = {"bottom": 1, "bottom_color": _RULE}
        if total:
            look["bold"] = True
        if kind in _TO_FILL:
            look |= {"border": 1, "border_color": _RULE, "bg_color": _BLANK, "text_wrap": True}
            look |= {"num_format": "hh:mm", "align": "center"} if kind == "time" else {"align": "left"}
            return self.of(**look)
        if isinstance(value, datetime):
            look |= {"num_format": _CLOCKS[kind], "align": "right"}
        elif isinstance(value, int | float):
            shown = {"share": share_format(value), "tenth": "0.0", "plain": "General"}.get(kind, self._whole)
            look |= {"num_format": shown, "align": "right"}
        elif kind == "link":
            look |= {"font_color": _LEAD, "underline": 1, "indent": 1}
        else:
            # codes stay text when somebody edits them; long text of that format shows as #### in old programs
            look |= {"num_format": "@"} if kind == "line" else {"text_wrap": True}
            look |= {"align": "left", "indent": 1} if kind in _TEXTS else {"align": "right"}
        return self.of(**look)

    def heading(self, kind: Kind) -> Any:  # noqa: ANN401
        """Return the format of the heading of a column."""
        side = {"align": "left", "indent": 1} if kind in (*_TEXTS, *_TO_FILL) else {"align": "right"}
        return self.of(bold=True, text_wrap=True, bg_color=_WASH, border=1, border_color=_RULE, **side)


def share_format(share: float) -> str:
    """Return how a share is shown: with as few decimals as keep it from reaching a whole per cent that it has not reached."""
    per_cent = share * 100
    if share in (0, 1):
        return "0%"
    for decimals in range(1, 5):
        shown = round(per_cent, decimals)
        if shown > 0 and math.floor(shown) == math.floor(per_cent + 1e-9):
            return f"0.{'0' * decimals}%"
    return "0.0000%"


class _Setter:
    """Sets one sheet from the top down."""

    def __init__(
        self,
        paper: Any,  # noqa: ANN401 - xlsxwriter carries no types
        sheet: SheetOfTables,
        formats: _Formats,
        frame: Frame,
    ) -> None:
        self._paper, self._sheet, self._formats, self._frame = paper, sheet, formats, frame
        self._row = 0
        self._widths = _widths(sheet)
        self._band = _columns_of(self._widths, _BAND)

    def set(self) -> None:
        """Set everything."""
        sheet, paper = self._sheet, self._paper
        for column, width in enumerate(self._widths):
            paper.set_column(column, column, width)
        self._say(sheet.title, bold=True, font_size=15, font_color=_LEAD)
        self._say("    ".join(self._frame.stamps), bold=True, font_color=_STAMP)
        below_stamps = self._row
        text, contents = self._frame.back
        if sheet.name != contents:
            paper.write_url(self._row, 0, _top_of(contents), self._formats.of(font_color=_LEAD, underline=1), text)
            self._row += 1
        for sentence in sheet.said:
            self._say(sentence)
        for note in sheet.notes:
            self._say(note, font_color=_SOFT)
        alone = len(sheet.tables) == 1 and not sheet.tables[0].title
        for table in sheet.tables:
            self._set_table(table, alone=alone)
        if not alone:
            paper.freeze_panes(below_stamps, 0)
        self._for_print()

    def _say(self, text: str, **look: object) -> None:
        """Write a text across the band, high enough for all its lines."""
        if not text:
            return
        size = look.get("font_size", 10)
        assert isinstance(size, int)  # noqa: S101 - we set it
        letters = sum(self._widths[: self._band]) + 8.43 * max(self._band - len(self._widths), 0)
        lines = _lines(text, letters * _SAFE * 10 / size)
        self._paper.set_row(self._row, (_LINE_PT * lines + 2) * size / 10)
        style = self._formats.of(text_wrap=True, **look)
        self._paper.merge_range(self._row, 0, self._row, self._band - 1, "", style)
        self._paper.write_string(self._row, 0, text, style)
        self._row += 1

    def _set_table(self, table: Table, *, alone: bool) -> None:
        """Write a table; alone on its sheet it has a filter, and its heading stays in view and on every printed page."""
        if table.title:
            self._row += 1
            self._say(table.title, bold=True, font_size=12, font_color=_LEAD)
        for note in table.notes:
            self._say(note, font_color=_SOFT)
        head, starts = self._row, _starts(table.fields)
        room = [sum(self._widths[at : at + field.span]) for field, at in zip(table.fields, starts, strict=True)]
        for field, column in zip(table.fields, starts, strict=True):
            style = self._formats.heading(field.kind)
            self._write(head, column, field.span, self._paper.write_string, field.heading, style)
        below = 1 if alone else 0  # a line for the buttons of the filter
        self._make_high(head, [field.heading for field in table.fields], [each + 1 for each in room], below)
        for row, cells in enumerate(table.rows, start=head + 1):
            total = table.total and row == head + len(table.rows)
            self._make_high(row, cells, room)
            for field, column, value in zip(table.fields, starts, cells, strict=True):
                style = self._formats.cell(field.kind, value, total=total)
                self._write(row, column, field.span, self._writer(field.kind, value), value, style)
        self._row = head + len(table.rows) + 1
        if alone:
            last = self._row - 1 - table.total
            self._paper.freeze_panes(head + 1, self._sheet.frozen)
            self._paper.repeat_rows(head)
            if last > head:
                self._paper.autofilter(head, 0, last, starts[-1])

    def _make_high(self, row: int, cells: Sequence[Value], room: Sequence[float], more: int = 0) -> None:
        """Give a row of a table the height that its longest text needs, and more lines; not every program finds it by itself."""
        lines = more + max(
            (
                _lines(cell, letters)
                for cell, letters in zip(cells, room, strict=True)
                if isinstance(cell, str) and len(cell) > letters / 2 - _AIR
            ),
            default=1,
        )
        if lines > 1:
            self._paper.set_row(row, _LINE_PT * lines + 2)

    def _writer(self, kind: Kind, value: Value) -> Callable[..., object]:
        """Return what writes a value as what it is: text is never taken for a formula, a number or an address."""
        paper = self._paper
        if value is None or value == "":
            return lambda row, column, _, style: paper.write_blank(row, column, None, style)
        if isinstance(value, datetime):
            write: Callable[..., object] = paper.write_datetime
        elif isinstance(value, int | float):
            write = paper.write_number
        elif kind == "link":
            at = _top_of(value)
            return lambda row, column, name, style: paper.write_url(row, column, at, style, name)
        else:
            write = paper.write_string
        return write

    def _write(self, row: int, column: int, span: int, write: Callable[..., object], value: Value, style: Any) -> None:  # noqa: ANN401 - a cell: where, how, what
        if span > 1:
            self._paper.merge_range(row, column, row, column + span - 1, "", style)
        write(row, column, value, style)

    def _for_print(self) -> None:
        """Print on A4 or A3, as wide as a page, with the stamps above and the number of the page below."""
        paper, frame, whole = self._paper, self._frame, self._sheet.one_page
        paper.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # codes are meant to be
        if not whole:
            paper.set_landscape()
        paper.set_paper(8 if self._sheet.large else 9)  # A3, A4
        paper.fit_to_pages(1, 1 if whole else 0)
        paper.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.65)
        paper.set_header(f"&C&9&K{_STAMP[1:]} {_plain('    '.join(frame.stamps), _LONGEST_HEADER - 20)}")
        paper.set_footer(f"&L&8 {_plain(frame.title, 100)}&C&8 &A&R&8 {frame.page}")


def _top_of(sheet: str) -> str:
    """Return the address of the first cell of a sheet."""
    quoted = sheet.replace("'", "''")
    return f"internal:'{quoted}'!A1"


def _plain(text: str, longest: int) -> str:
    """Return a text for a header, in which & begins a code."""
    return _cut(text, longest // 2).replace("&", "&&") if "&" in text else _cut(text, longest)


def width_of(text: str) -> int:
    """Return the width of a text in letters; a Chinese one counts as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _lines(text: str, letters: float) -> int:
    """Return over how many lines a text runs in a column of so many letters."""
    return sum(max(math.ceil(width_of(line) / max(letters - _AIR, 1)), 1) for line in text.split("\n"))


def _starts(fields: Sequence[Field]) -> list[int]:
    """Return in which column of the sheet each field begins."""
    return [0, *itertools.accumulate(field.span for field in fields)][: len(fields)]


def _widths(sheet: SheetOfTables) -> list[float]:
    """Return the widths of the columns of a sheet, in letters: room for the longest cell, up to a limit from which text is broken."""
    if sheet.widths:
        return list(sheet.widths)
    widths: dict[int, float] = {}
    for table in sheet.tables:
        for number, (field, column) in enumerate(zip(table.fields, _starts(table.fields), strict=True)):
            if field.span > 1:
                continue
            longest = max((_shown_width(field.kind, value) for value in table.column(number)), default=0)
            longest = max(longest, _TO_FILL.get(field.kind, 0))
            needed = max(longest if field.kind in ("line", "link") else min(longest, _WIDEST), _for_heading(field))
            widths[column] = max(widths.get(column, _NARROWEST), needed + _AIR)
    return [widths.get(column, _NARROWEST) for column in range(max(widths, default=-1) + 1)]


def _for_heading(field: Field) -> float:
    """Return the width that a heading needs which is broken into a few lines; words of Latin letters stay whole."""
    longest_word = max((width_of(word) for word in re.findall(r"[\x21-\x7e]+", field.heading)), default=0)
    lines = max(math.ceil(width_of(field.heading) / _HEADING_LINES) + 1, longest_word)
    return min(lines, _WIDEST)


def _shown_width(kind: Kind, value: Value) -> int:
    """Return about how wide a cell is."""
    if value is None:
        return 0
    if isinstance(value, datetime):
        return len(_CLOCKS[kind])
    if isinstance(value, str):
        return max((width_of(line) for line in value.split("\n")), default=0)
    if kind == "share":
        return len("100.00%")
    return (
        len(f"{value:,.1f}") if kind == "tenth" else len(f"{value:.10g}") if kind == "plain" else len(f"{value:,.0f}")
    )


def _columns_of(widths: Sequence[float], letters: float) -> int:
    """Return how many columns, those of no table included, together are at least so wide."""
    total, columns = float(sum(widths)), len(widths)
    while total < letters:
        total, columns = total + 8.43, columns + 1
    return max(columns, 2)
