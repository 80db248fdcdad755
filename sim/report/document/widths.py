"""How wide the columns of a table must be, and how many lines a text takes, told without the font that it will be set in.

Widths are counted in half letters (half the size of the type): a Chinese character takes two, a digit about one.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Sequence

from sim.report.content.grid import Column

CM_PER_PT = 2.54 / 72
TABLE_PT, SMALL_PT = 8.5, 7.5
"""Sizes of the type of tables."""
CELL_CM = 0.32
"""What a cell keeps free at its sides, and a little more."""
_LOOSE_CM = 0.5  # how far apart the columns of a narrow table stand
_LETTER, _SPACE = 1.25, 0.6  # half letters: as in the widest face that may stand in for a missing one
_GAP = 0.5  # half letters: between Chinese and digits
_EASE = 0.12  # of what long texts would like to have, so much they should get
_HEADING, _TEXT, _SHORT, _PHRASE = 8.0, 12.0, 14.0, 19.0
"""Half letters that a heading, a text, and a text kept on one line (where there is little room, or enough) need, if they have as many."""
_LETTERS, _BRACKETS, _NUMBER = (
    re.compile(r"[!-~]+"),
    re.compile(r"(?=（)| (?=\()"),
    re.compile(r"^\S*\d\S*( \([^)]*\))?$"),
)


def halves(text: str) -> float:
    """Return the width of the longest line of a text in half letters."""
    return max(_halves_of_line(line) for line in text.split("\n"))


def _halves_of_line(line: str) -> float:
    wide = [unicodedata.east_asian_width(one) in "WFA" for one in line]
    gaps = sum(one != other for one, other in itertools.pairwise(wide))
    narrow = line.count(" ") * _SPACE + (len(line) - line.count(" ") - sum(wide)) * _LETTER
    return 2 * sum(wide) + narrow + gaps * _GAP


def lines(text: str, size_pt: float, width_cm: float) -> int:
    """Return how many lines a paragraph takes, rather too many than too few."""
    room = width_cm / (size_pt / 2 * CM_PER_PT)
    return sum(max(math.ceil(halves(line) / room), 1) for line in text.split("\n"))


def fitted(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: float, *, narrow: bool
) -> tuple[list[float], float]:
    """Return the widths of the columns of a table [cm] and the size of its type [pt].

    A cell with a number stays on one line, long texts share what is left. Where that leaves them little the type is smaller,
    then what stands in brackets may go to a line of its own. A ``narrow`` table takes no more room than it needs.
    """
    cells = [[row[n] for row in rows] for n in range(len(columns))]
    most = [max(halves(cell) for cell in (*own, column.heading)) for own, column in zip(cells, columns, strict=True)]
    for size, phrase, brackets in (
        (TABLE_PT, _PHRASE, False),
        (SMALL_PT, _PHRASE, False),
        (SMALL_PT, _SHORT, False),
        (SMALL_PT, _SHORT, True),
    ):
        unit = size / 2 * CM_PER_PT
        wanted = [each * unit + CELL_CM for each in most]
        needed = [
            min(_least(column, own, phrase, brackets=brackets) * unit + CELL_CM, much)
            for column, own, much in zip(columns, cells, wanted, strict=True)
        ]
        spare, longing = room - sum(needed), sum(wanted) - sum(needed)
        if spare >= longing:
            slack = (spare - longing) / len(columns)
            return [width + (min(slack, _LOOSE_CM) if narrow else slack) for width in wanted], size
        texts = sum(
            much - little for column, little, much in zip(columns, needed, wanted, strict=True) if not column.set_as
        )
        if spare >= texts * _EASE:
            break
    if spare <= 0:
        return [width * room / sum(needed) for width in needed], size
    return [little + spare * (much - little) / longing for much, little in zip(wanted, needed, strict=True)], size


def _least(column: Column, cells: Sequence[str], phrase: float, *, brackets: bool) -> float:
    """Return how many half letters a column needs at least."""
    words = (word for text in (*cells, column.heading) for word in _LETTERS.findall(text))
    least = [min(halves(column.heading), _HEADING), *(halves(word) for word in words)]
    if not column.set_as:
        return max([*least, *(min(halves(cell), _TEXT) for cell in cells)])
    parts = [part for cell in cells for part in (_BRACKETS.split(cell) if brackets else (cell,))]
    return max([*least, *(halves(part) if _NUMBER.search(part) else min(halves(part), phrase) for part in parts)])
