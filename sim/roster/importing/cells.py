"""Cells of a sheet: where they stand, what they hold, what merged areas say; and what of them must never be shown."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property, lru_cache

from sim.errors import Text, shown

_ID = re.compile(r"(?<!\d)\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXx]?|\d{15,}[Xx]?|\d(?:\.\d+)?[Ee]\+?1[4-9]\b")
"""An identity number (18 or 15 digits, also in groups), or what is left of one that was stored as a number."""
_DATE = (
    r"(?<!\d)(?:19|20)\d\d(?:[-./年 ]\d{1,2}[-./月 ]\d{1,2}|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?!\d)(?: \d\d:\d\d)?"
)
_DIGITS = re.compile(rf"(?P<date>{_DATE})|(?<!\d)\d(?:[ -]*\d){{6,}}")
_HIDDEN_ID = "[身份证号]"


@dataclass(frozen=True)
class Unusable:
    """A cell whose value is not known: an error, or a formula whose result was not saved."""

    text: str
    why: Text


Value = str | float | datetime | time | Unusable


@dataclass(frozen=True, order=True)
class Area:
    """A merged range; rows and columns count from 1, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet: its non-empty cells by (row, column), counted from 1, and what hides or joins them.

    ``typed`` tells whether numbers and texts can be told apart: in a CSV file they cannot.
    """

    name: str
    cells: Mapping[tuple[int, int], Value]
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    typed: bool = True

    @cached_property
    def rows(self) -> list[int]:
        """The rows that hold anything of their own, in order."""
        return sorted({row for row, _ in self.cells})

    @cached_property
    def columns(self) -> list[int]:
        """The columns that hold anything of their own, in order."""
        return sorted({column for _, column in self.cells})

    @cached_property
    def _origins(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The upper left cell of the merged area that a cell lies in; only where a row and a column hold something."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for area in self.merged:
            if (area.top, area.left) in self.cells:
                rows = self.rows[bisect_left(self.rows, area.top) : bisect_right(self.rows, area.bottom)]
                columns = self.columns[bisect_left(self.columns, area.left) : bisect_right(self.columns, area.right)]
                found |= {(row, column): (area.top, area.left) for row in rows for column in columns}
        return found

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Return the cell that speaks for a cell: itself, or the upper left one of its merged area."""
        return self._origins.get((row, column), (row, column))

    def at(self, row: int, column: int) -> Value | None:
        """Return what a cell holds; a merged value holds for its whole area."""
        return self.cells.get(self.origin(row, column))

    def text(self, row: int, column: int) -> str:
        """Return the cell as cleaned text; an unusable cell gives nothing."""
        value = self.at(row, column)
        return "" if value is None or isinstance(value, Unusable) else as_text(value)


def as_text(value: Value) -> str:
    """Return a value as text: whole numbers without a fraction, full-width letters and signs made half-width."""
    if isinstance(value, Unusable):
        return value.text
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e17 else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if (value.hour, value.minute) == (0, 0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return clean(value)


@lru_cache(maxsize=1 << 14)  # a roster says the same few names and words again and again
def clean(text: str) -> str:
    """Return a text with full-width signs made half-width and without invisible characters; line breaks are kept."""
    if text.isascii():
        return text.strip()
    kept = "".join(
        ch for ch in unicodedata.normalize("NFKC", text) if ch in "\n\t" or unicodedata.category(ch) not in {"Cf", "Cc"}
    )
    return kept.strip()


def letter(column: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for ch in letters.upper():
        number = number * 26 + ord(ch) - 64
    return number


def has_id(text: str) -> bool:
    """Tell whether a text holds an identity number."""
    return _ID.search(text) is not None


def without_ids(text: str, instead: str = _HIDDEN_ID) -> str:
    """Return a text with every identity number replaced."""
    return _ID.sub(instead, text)


def masked(text: object, limit: int = 60) -> str:
    """Return a text as a note may show it: short, without identity numbers, telephone numbers as 139****1234."""
    return shown(_DIGITS.sub(_masked_digits, without_ids(clean(str(text)))), limit)


def _masked_digits(match: re.Match[str]) -> str:
    if match["date"]:
        return match[0]
    digits = re.sub(r"\D", "", match[0])
    head = 3 if len(digits) >= 10 else 2
    tail = 4 if len(digits) >= 10 else 2
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]
