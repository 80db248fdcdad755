"""What the rows and columns of a roster mean: guessed from headings and values, each with its evidence.

A sheet holds blocks, one below the other or side by side; each has title rows, one or two rows of headings, and a body. What the
evidence does not settle is left open as a doubt, which becomes a question. Days may also stand across, or as the page of a calendar.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from sim.county import County
from sim.roster.importing.across import Form, columns_across, header_of
from sim.roster.importing.book import Book
from sim.roster.importing.cells import Sheet, Unusable, clean, without_ids
from sim.roster.importing.columns import CLOCKS, Column, guess_columns, heading_of, kind_of
from sim.roster.importing.dates import hours_of, is_part, only_hours, parse_day, shift_word
from sim.roster.importing.desks import DeskFinder, Found
from sim.roster.importing.marks import is_mark, known_mark, mark_text
from sim.roster.importing.names import is_name, parse_people, post_of
from sim.roster.importing.words import NUMBERED_REMARK, REMARK_ROW, SURNAMES, TOTAL_ROW

_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*月")
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|[.\-/])?\s*(1[0-2]|0?[1-9])(?:\s*月|(?=\D|$))")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?(?!\d)")
_FULL_DAY = re.compile(
    r"(?:(20\d\d)\s*[年./-]\s*)(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?!\s*[-—–~至到\d])|(\d{1,2})\s*月\s*(\d{1,2})\s*日(?!\s*[-—–~至到])"
)
_MONTHS = re.compile(r"(?:(?<!\d)(\d{1,2})月?[-—–~～至到])?(?<!\d)(\d{1,2})月")
_ISSUED = re.compile(r"制表|更新|填报|填表|印发|截至|报送")
"""Words of the day on which a table was made."""
_CHINESE_MONTH = {
    name + "月": n
    for n, name in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), start=1)
}


@dataclass(frozen=True)
class Block:
    """One table of a sheet, which lies as ``form`` says. ``part`` numbers the tables of a sheet from 1; rows count from 1, both ends inside.

    ``desk`` is a place code, ``None`` where nothing tells it. ``year``, ``month``, ``day`` are those that title, sheet and file name say,
    ``posts`` those that a mapping states for whoever has none beside their name. ``marks`` are those of a grid that say nothing by themselves,
    ``shifts`` the words for shifts and parts of the day, if there are others than day and night: then no word tells its hours.
    """

    file: str
    sheet: str
    part: int
    use: bool
    titles: tuple[int, ...]
    header: tuple[int, int]
    body: tuple[int, int]
    remarks: tuple[int, ...]
    columns: tuple[Column, ...]
    desk: str | None = None
    desk_doubt: Found | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    posts: tuple[str, ...] = ()
    form: Form = "list"
    marks: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of the block in a mapping: ``file!sheet``, and ``#2`` for the second table of a sheet."""
        sheet = f"!{self.sheet}" if self.sheet else ""
        return without_ids(f"{self.file}{sheet}") + (f"#{self.part}" if self.part > 1 else "")

    def of_kind(self, *kinds: str) -> tuple[Column, ...]:
        """Return the columns of some kinds, from left to right."""
        return tuple(column for column in self.columns if column.role.kind in kinds)


@dataclass(frozen=True)
class Layout:
    """The blocks of one workbook, in the order of its sheets, and the sheets in which no block was found."""

    blocks: tuple[Block, ...]
    without_header: tuple[str, ...] = ()


def guess_layout(book: Book, county: County) -> Layout:
    """Return what the sheets of a workbook seem to hold."""
    finder = DeskFinder(county)
    blocks: list[Block] = []
    bare: list[str] = []
    for sheet in book.sheets:
        if not sheet.cells:
            continue
        found = list(guess_blocks(book, sheet, finder))
        blocks += found
        if not found:
            bare.append(sheet.name)
    return Layout(tuple(blocks), tuple(bare))


def guess_blocks(book: Book, sheet: Sheet, finder: DeskFinder) -> Iterator[Block]:
    """Yield the blocks of a sheet, from the top down and from left to right."""
    rows = sheet.rows
    headers = _headers(sheet, rows)
    part = 0
    for n, (*bounds, form) in enumerate(headers):
        header = bounds[0], bounds[1]
        above = headers[n - 1][1] if n else 0
        titles = _titles(sheet, [row for row in rows if above < row < header[0]], whole=n == 0)
        below = headers[n + 1][0] if n + 1 < len(headers) else rows[-1] + 1
        following = (
            _titles(sheet, [row for row in rows if header[1] < row < below], whole=False)
            if n + 1 < len(headers)
            else ()
        )
        last = (following[0] if following else below) - 1
        inside = [row for row in rows if header[1] < row <= last]
        remarks = tuple(
            row for row in inside if is_remark(sheet, row) and not (form == "grid" and _is_numbers(sheet, row))
        )
        body = (header[1] + 1, max([row for row in inside if row not in remarks], default=header[1]))
        plain = Block(book.name, sheet.name, 1, not sheet.hidden, titles, header, body, remarks, (), form=form)
        for columns in _panels(sheet, header, sheet.columns) if form == "list" else [sheet.columns]:
            part += 1
            block = replace(plain, part=part)
            yield placed(book, sheet, finder, with_columns(sheet, block, columns))


def with_columns(sheet: Sheet, block: Block, columns: Sequence[int] | None = None) -> Block:
    """Return the block with the roles of its columns, guessed from its headings and values."""
    body = [row for row in sheet.rows if block.body[0] <= row <= block.body[1] and row not in block.remarks]
    if block.form != "list":
        found = columns_across(sheet, block.form, block.header, body, columns or sheet.columns)
    else:
        found = guess_columns(sheet, block.header, body, columns or sheet.columns, block.month)
    block = replace(block, columns=found)
    return replace(block, marks=_marks(sheet, body, block), shifts=_shifts(sheet, body, block))


def _shifts(sheet: Sheet, body: Sequence[int], block: Block) -> tuple[str, ...]:
    """Return the words for shifts and parts of the day of a block that has others than day and night."""
    said = [column.role.hours for column in block.columns]
    said += [
        text
        for row in range(block.header[0], block.header[1] + 1)
        for column in block.of_kind("day")
        if only_hours(text := sheet.text(row, column.column))
    ]
    for column in block.columns:
        texts = dict.fromkeys(text for row in body if (text := sheet.text(row, column.column)))
        said += [hours for text in texts for hours in _hours_in(text, column, block)]
    words = dict.fromkeys(shift_word(hours) for hours in said if not CLOCKS.search(hours))
    headings = ["".join(heading_of(sheet, block.header, column.column)) for column in block.of_kind("name")]
    others = any(is_part(word) for word in (*words, *map(shift_word, headings)))
    return tuple(word for word in words if word) if others else ()


def _hours_in(text: str, column: Column, block: Block) -> list[str]:
    """Return the hours that a cell of the body says, as the readers of the block take them."""
    kind = column.role.kind
    if kind in {"title", "time"}:
        return [hours_of(text)]
    if kind == "date":
        day = parse_day(text, block.month or 1)
        return [] if day is None else [hours_of(day.rest)]
    if kind not in {"name", "day"}:
        return []
    mark = known_mark(text) if kind == "day" and block.form == "grid" and block.of_kind("name") else None
    return [person.hours for person in parse_people(text).people] if mark is None else [mark.hours]


def _marks(sheet: Sheet, body: Sequence[int], block: Block) -> tuple[str, ...]:
    """Return the marks of people × days whose meaning has to be told."""
    if block.form != "grid" or not block.of_kind("name"):
        return ()
    columns = block.columns
    days = [column.column for column in columns if column.role.kind == "day"]
    beside = [column.column for column in columns if column.role.kind != "day"]
    rows = [row for row in body if not any(TOTAL_ROW.fullmatch(sheet.text(row, column)) for column in beside)]
    texts = dict.fromkeys(mark_text(sheet.text(row, column)) for row in rows for column in days)
    return tuple(text for text in texts if text and is_mark(text) and known_mark(text) is None)


def placed(book: Book, sheet: Sheet, finder: DeskFinder, block: Block) -> Block:
    """Return the block with desk, year, month and day as far as file name, sheet name and titles tell them."""
    rows = (own_texts(sheet, row) for row in block.titles)
    titles = [text for texts in rows if len(texts) <= 2 for text in texts]
    stem = book.path.stem
    found = finder.together(stem, [sheet.name, *(title for title in titles if len(title) <= 60)])
    texts = [*titles, clean(sheet.name), clean(stem)]
    year, month, day = period(texts)
    desk = finder.code(found.place) if found.kind == "place" else None
    return replace(block, desk=desk, desk_doubt=None if desk else found, year=year, month=month, day=day)


def period(texts: Sequence[str]) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day that titles and names say; the first that says one holds."""
    year = month = day = None
    for text in texts:
        bare = re.sub(r"[〔\[【(]20\d\d[〕\]】)]\d*号?", "", re.sub(r"\s", "", text))  # the number of a document
        for digit, sign in enumerate("〇一二三四五六七八九"):
            bare = re.sub(rf"{sign}(?=[〇零一二三四五六七八九]{{0,3}}年)", str(digit), bare)
        bare = re.sub(r"零(?=[\d零]{0,3}年)", "0", bare)
        whole, both, alone, only = (pattern.search(bare) for pattern in (_FULL_DAY, _YEAR_MONTH, _MONTH, _YEAR))
        issued = _ISSUED.search(bare)
        if whole and day is None and month is None and not issued:
            year = year or (int(whole[1]) if whole[1] else None)
            month, day = (int(whole[2]), int(whole[3])) if whole[2] else (int(whole[4]), int(whole[5]))
        if both:
            year, month = year or int(both[1]), month or int(both[2])
        elif alone and 1 <= int(alone[1]) <= 12:
            month = month or int(alone[1])
        elif month is None:
            month = next(
                (n for name, n in sorted(_CHINESE_MONTH.items(), key=lambda item: -len(item[0])) if name in bare), None
            )
        if only:
            year = year or int(only[1])
    return year, month, day


def months_said(texts: Iterable[str]) -> frozenset[int]:
    """Return the months of which titles and names speak, without those in which a table was made; of a span of months (5—9月) all."""
    found: set[int] = set()
    for text in texts:
        bare = re.sub(r"\s", "", clean(text))
        if _ISSUED.search(bare):
            continue
        for first, last in _MONTHS.findall(bare):
            found.update({int(last)}, range(int(first or last), int(last)))
        found.update(int(month) for _, month in _YEAR_MONTH.findall(bare))
        found.update(n for name, n in _CHINESE_MONTH.items() if name in bare)
    return frozenset(found)


# --- rows -------------------------------------------------------------------------------------------------------------


def own_texts(sheet: Sheet, row: int) -> list[str]:
    """Return the texts of a row, a merged cell once."""
    seen = dict.fromkeys(sheet.origin(row, column) for column in sheet.columns if sheet.text(row, column))
    return [sheet.text(*cell) for cell in seen]


def _headers(sheet: Sheet, rows: Sequence[int]) -> list[tuple[int, int, Form]]:
    """Return first and last row of each header, and how what is below it lies."""
    days: dict[int, tuple[int, int, Form]] = {}
    for row in rows:
        if (header := header_of(sheet, row)) is not None:
            days.setdefault(header[0], header)
    found: list[tuple[int, int, Form]] = []
    for n, row in enumerate(rows):
        form = found[-1][2] if found else "list"
        if found and row <= found[-1][1]:
            continue
        if row in days and not (
            form == "month" and days[row][2] == "grid"
        ):  # on the page of a month each week has days
            found.append(days[row])
        elif _is_header(sheet, row) and (form == "list" or _begins_list(sheet, row)):
            following = rows[n + 1] if n + 1 < len(rows) else 0
            second = following == row + 1 and _is_sub_header(sheet, row, following)
            found.append((row, following if second else row, "list"))
    return found


def _begins_list(sheet: Sheet, row: int) -> bool:
    """Tell whether a header below a grid is one, and no row of posts or shifts: it names columns of a list."""
    return (
        sum(kind_of(re.sub(r"\s", "", text)) in {"name", "phone", "title", "place"} for text in own_texts(sheet, row))
        > 1
    )


def _is_header(sheet: Sheet, row: int) -> bool:
    """Tell whether a row is a header: at least two of its cells, and half of them, are words of headings, and none is a number."""
    texts = own_texts(sheet, row)
    if len(texts) < 2 or any(len(text) > 30 or re.search(r"\d{5}", without_ids(text)) for text in texts):
        return False
    if any(parse_day(text, None) is not None for text in texts):
        return False
    known = sum(_named(text) for text in texts)
    if any(map(only_hours, texts)) and any(
        is_name(text) and text[0] in SURNAMES and not _named(text) for text in texts
    ):
        return False  # 下午, 值班员, 张三
    return known >= 2 and 2 * known >= len(texts)


def _is_sub_header(sheet: Sheet, row: int, following: int) -> bool:
    """Tell whether the row below a header belongs to it: its own words are words of headings."""
    own = [
        sheet.text(following, column)
        for column in sheet.columns
        if sheet.text(following, column) and sheet.origin(following, column)[0] == following
    ]
    if not own or any(re.search(r"\d{5}", text) for text in own):
        return False
    grouped = any(
        sheet.origin(row, a) == sheet.origin(row, b) for a, b in pairwise(sheet.columns) if sheet.text(row, a)
    )
    known = sum(_named(text) for text in own)
    return known == len(own) or (grouped and 2 * known >= len(own) and known > 0)


def _named(text: str) -> bool:
    bare = re.sub(r"\s", "", text)
    if re.search(r"[:：].", bare) and not CLOCKS.search(bare):
        return False
    return len(bare) <= 30 and bool(post_of(bare) or kind_of(bare) or (shift_word(bare) and only_hours(bare)))


def _titles(sheet: Sheet, rows: Sequence[int], *, whole: bool) -> tuple[int, ...]:
    """Return the title rows right above a header: all rows of the first block, of a later one those with a single text."""
    if whole:
        return tuple(rows)
    titles: list[int] = []
    for row in reversed(rows):
        if len(own_texts(sheet, row)) != 1 or is_remark(sheet, row):
            break
        titles.insert(0, row)
    return tuple(titles)


def is_remark(sheet: Sheet, row: int) -> bool:
    """Tell whether a row below the header is a remark and no row of the table."""
    texts = own_texts(sheet, row)
    if len(texts) == 1 and NUMBERED_REMARK.match(texts[0]):
        return True
    return 1 <= len(texts) <= 3 and REMARK_ROW.match(texts[0]) is not None


def _is_numbers(sheet: Sheet, row: int) -> bool:
    """Tell whether a row of a grid is labelled as one of telephone numbers."""
    label, *numbers = own_texts(sheet, row)
    return bool(numbers) and kind_of(label) in {"phone", "landline"}


# --- columns ----------------------------------------------------------------------------------------------------------


def _panels(sheet: Sheet, header: tuple[int, int], columns: Sequence[int]) -> list[list[int]]:
    """Return the columns of each table of tables side by side: a heading of dates that comes again begins the next."""
    dates = [column for column in columns if kind_of("".join(heading_of(sheet, header, column))) == "date"]
    texts = Counter("".join(heading_of(sheet, header, column)) for column in dates)
    starts = [column for column in dates if texts["".join(heading_of(sheet, header, column))] > 1]
    starts = [column for column in starts if sheet.origin(header[0], column)[1] == column]
    if len(starts) < 2:
        return [list(columns)]
    bounds = [0, *starts[1:], columns[-1] + 1]
    return [[column for column in columns if low <= column < high] for low, high in pairwise(bounds)]


def unusable_cells(sheet: Sheet) -> Iterator[tuple[int, int, Unusable]]:
    """Yield every cell whose value is not known, row by row."""
    for (row, column), value in sorted(sheet.cells.items(), key=lambda item: item[0]):
        if isinstance(value, Unusable):
            yield row, column, value


def as_date(year: int, month: int, day: int) -> datetime | None:
    """Return midnight of a day, ``None`` if there is no such day."""
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - Beijing time throughout
    except ValueError:
        return None
