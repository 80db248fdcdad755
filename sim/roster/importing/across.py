"""Days across: rows of days over a grid, and rows of weekdays over the page of a month, told from all other rows.

A grid has a row of days (1, 2, 3 … or 8月1日 …) above cells of names or marks, and columns of labels to its left. The page of a month has a row
of weekdays and, below, a day in each cell or above each cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Literal

from sim.errors import Text
from sim.roster.importing.cells import Sheet, Value, clean, masked
from sim.roster.importing.columns import PERSON, Column, Role, guess_columns, heading_of, kind_of, settle_neighbours
from sim.roster.importing.dates import Day, only_hours, parse_day, weekday_of
from sim.roster.importing.names import is_name, post_of
from sim.roster.importing.words import SURNAMES

Form = Literal["list", "grid", "month"]
"""How a block lies: a row to each day or person, days across, or the page of a calendar."""

_FEWEST_NUMBERS, _FEWEST_DATES, _FEWEST_WEEKDAYS, _WEEK = 5, 3, 5, 7
_MONTH_ABOVE = re.compile(r"(?:20\d\d年)?(1[0-2]|0?[1-9])月份?")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)?[一二三四五六日天]")
_DAY_AND_WEEKDAY = re.compile(r"(\d{1,2})[日号]?[\s(]+((?:星期|周)?[一二三四五六日天])\)?")
_PLACE = re.compile(r"(镇|乡|街道|村|社区|居委会|村委会|办事处|政府)$")
_LABELS = frozenset({"date", "weekday", "time"})
_MOST = 0.6


def header_of(sheet: Sheet, row: int) -> tuple[int, int, Form] | None:
    """Return first and last row and the form of the header that a row of days or weekdays belongs to, ``None`` for any other row."""
    if _is_week(sheet, row):
        return row, row, "month"
    days = _days(sheet, row)
    if not days or not _labelled(sheet, row, days[0]):
        return None
    first = last = row
    while first - 1 in sheet.rows and row - first < 2 and _above(sheet, first - 1, days):
        first -= 1
    while last + 1 in sheet.rows and last - row < 2 and _below(sheet, last + 1, days):
        last += 1
    return first, last, "grid"


def heading_day(sheet: Sheet, header: tuple[int, int], column: int, month: int | None) -> tuple[int, Day | None]:
    """Return the day that a header says over a column, with the row where it does; ``month`` is that of the sheet, if known."""
    month = month_over(sheet, header, column) or month
    for row in range(header[0], header[1] + 1):
        day = bare_day(sheet.at(row, column), month, typed=sheet.typed)
        if day is not None and day.last is None and day.week is None:
            return row, day
    return header[1], None


def bare_day(value: Value | None, month: int | None, *, typed: bool) -> Day | None:
    """Return the day that a value names; that of a bare number may have no month."""
    both = _DAY_AND_WEEKDAY.fullmatch(clean(value)) if isinstance(value, str) else None
    if both is not None:
        return Day(None, month, int(both[1]), weekday=weekday_of(both[2]))
    day = parse_day(value, month, typed=typed)
    if day is None and month is None and (day := parse_day(value, 1, typed=typed)) is not None:
        return replace(day, month=None)
    return day


def _days(sheet: Sheet, row: int) -> list[int]:
    """Return the columns of the days of a row: many enough, and mostly one after the other."""
    found: list[tuple[int, int]] = []
    explicit = True
    for column in sheet.columns:
        value = sheet.cells.get((row, column))
        if not _may_be_day(value):
            continue
        day = bare_day(value, 1, typed=sheet.typed)
        if day is None or day.last is not None or day.week is not None:
            continue
        explicit = explicit and parse_day(value, None, typed=sheet.typed) is not None
        found.append((column, day.day))
    if len(found) < (_FEWEST_DATES if explicit else _FEWEST_NUMBERS):
        return []
    steps = [after - before for (_, before), (_, after) in pairwise(found)]
    ones = sum(step == 1 or after == 1 for step, (_, after) in zip(steps, found[1:], strict=True))
    return [column for column, _ in found] if 4 * ones >= 3 * len(steps) else []


def _may_be_day(value: Value | None) -> bool:
    if isinstance(value, float):
        return 1 <= value <= 31 or 36_526 <= value < 73_051
    return isinstance(value, datetime) or (
        isinstance(value, str) and len(value) <= 16 and bool(re.match(r"\s*\d", value))
    )


def _is_week(sheet: Sheet, row: int) -> bool:
    """Tell whether a row names the weekdays of one week, each once, side by side."""
    cells = dict.fromkeys(sheet.origin(row, column) for column in sheet.columns)
    texts = [(column, text) for top, column in cells if (text := sheet.text(top, column)) and len(text) <= 4]
    days = [
        (column, day)
        for column, text in texts
        if _WEEKDAY.fullmatch(bare := re.sub(r"\s", "", text)) and (day := weekday_of(bare)) is not None
    ]
    if not _FEWEST_WEEKDAYS <= len(days) <= _WEEK or len({day for _, day in days}) < len(days):
        return False
    return all((after - before) % 7 == 1 for (_, before), (_, after) in pairwise(days))


def _labelled(sheet: Sheet, row: int, first: int) -> bool:
    """Tell whether something stands left of the days, below their row."""
    left = [column for column in sheet.columns if column < first]
    return any(sheet.text(below, column) for below in sheet.rows if row < below <= row + 3 for column in left)


def _over_days(sheet: Sheet, row: int, days: Sequence[int]) -> list[str]:
    """Return the texts of a row over its days, without those that begin left of them."""
    cells = dict.fromkeys(sheet.origin(row, column) for column in days)
    return [re.sub(r"\s", "", sheet.text(*cell)) for cell in cells if cell[1] >= days[0] and sheet.text(*cell)]


def _above(sheet: Sheet, row: int, days: Sequence[int]) -> bool:
    """Tell whether a row above the days belongs to their header: months, weekdays, or the word 日期."""
    texts = _over_days(sheet, row, days)
    return bool(texts) and all(
        _MONTH_ABOVE.fullmatch(text) or weekday_of(text) is not None or kind_of(text) in _LABELS for text in texts
    )


def _below(sheet: Sheet, row: int, days: Sequence[int]) -> bool:
    """Tell whether a row below the days belongs to their header: weekdays or shifts, and no label of its own but such a word."""
    texts = _over_days(sheet, row, days)
    own = [
        sheet.text(row, column)
        for column in sheet.columns
        if column < days[0] and sheet.origin(row, column) == (row, column) and sheet.text(row, column)
    ]
    if 2 * len(texts) < len(days) or any(kind_of(re.sub(r"\s", "", text)) not in _LABELS for text in own):
        return False
    return all(weekday_of(text) is not None for text in texts) or (not own and all(map(only_hours, texts)))


# --- columns ----------------------------------------------------------------------------------------------------------


def month_over(sheet: Sheet, header: tuple[int, int], column: int) -> int | None:
    """Return the month that a header says over a column."""
    texts = (re.sub(r"\s", "", sheet.text(row, column)) for row in range(header[0], header[1] + 1))
    return next((int(match[1]) for text in texts if (match := _MONTH_ABOVE.fullmatch(text))), None)


def columns_across(
    sheet: Sheet, form: Form, header: tuple[int, int], body: Sequence[int], columns: Sequence[int]
) -> tuple[Column, ...]:
    """Return the columns of a grid or of the page of a month: its days, and what stands beside them."""
    over = _over(sheet, form, header)
    found = [
        Column(column, Role("day"), 0.95, Text(f"表头“{shown}”", f"heading '{shown}'"))
        for column in over
        if (
            shown := masked(" ".join(dict.fromkeys(sheet.text(row, column) for row in range(header[0], header[1] + 1))))
        )
    ]
    beside = guess_columns(sheet, header, body, [column for column in columns if column not in over], None)
    if not any(column.role.kind == "name" for column in beside):
        by_values = [_by_values(sheet, header, body, column) for column in beside]
        beside = tuple(settle_neighbours(sheet, body, by_values))
    return tuple(sorted((*found, *beside), key=lambda column: column.column))


def _over(sheet: Sheet, form: Form, header: tuple[int, int]) -> list[int]:
    """Return the columns of the days, those that a merged day covers among them."""
    if form == "month":
        return [column for column in sheet.columns if weekday_of(sheet.text(header[0], column)) is not None]
    rows = range(header[0], header[1] + 1)
    row = max(rows, key=lambda row: len(_days(sheet, row)))
    days = set(_days(sheet, row))
    return [column for column in sheet.columns if sheet.origin(row, column)[1] in days]


def _by_values(sheet: Sheet, header: tuple[int, int], body: Sequence[int], column: Column) -> Column:
    """Return a column of labels whose heading does not tell what they are (日期, 日期/岗位, nothing) by its values."""
    if column.role.kind not in _LABELS | {"unknown", "title"}:
        return column
    if column.role.kind == "title":
        return replace(column, role=Role("title", PERSON))
    values = [text for row in body if (text := sheet.text(row, column.column))]
    heading = masked("".join(heading_of(sheet, header, column.column)))
    for kind, post, zh, en, fits in (
        (
            "title",
            PERSON,
            "岗位",
            "posts",
            lambda text: bool(post_of(text)) or only_hours(text) or kind_of(text) in {"phone", "landline"},
        ),
        ("place", "", "单位", "places", lambda text: _PLACE.search(text) is not None),
        ("name", PERSON, "姓名", "names", lambda text: is_name(text) and text[0] in SURNAMES),
    ):
        if values and sum(map(fits, values)) >= _MOST * len(values):
            evidence = Text(f"表头“{heading}”，内容多为{zh}", f"heading '{heading}', and most values are {en}")
            return replace(column, role=Role(kind, post), confidence=0.8, evidence=evidence)
    return column


def weekdays_over(sheet: Sheet, header: tuple[int, int], column: int) -> Iterator[int]:
    """Yield the weekdays that a header says over a column."""
    for row in range(header[0], header[1] + 1):
        weekday = weekday_of(sheet.text(row, column))
        if weekday is not None:
            yield weekday
