"""A month as a map of squares, day by hour of the day: a colour and a number for each call-out, so that it reads in black and white too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.colors import to_hex

from sim.report.roster.papers import weekday_of
from sim.report.words.language import Words, whole_minutes
from sim.roster.calendar import day_of
from sim.study.roster.drill import DrillPlan

SCALE = "cividis"
"""Even steps of lightness, alike to the colour-blind; light is in time, dark is not."""
_WIDTH, _LEFT, _TOP, _ROW = 1000.0, 34.0, 44.0, 19.0
_INK, _WHITE = "#1d2430", "#ffffff"
_UNSAID = "×"


@dataclass(frozen=True)
class Square:
    """How one call-out is shown: ``good`` between 0 and 1 (``None``: nothing can be said), what stands in the square, what it says in full."""

    good: float | None
    text: str
    said: str

    @property
    def colour(self) -> str:
        """The colour of the square."""
        return _WHITE if self.good is None else to_hex(mpl.colormaps[SCALE](self.good))

    @property
    def ink(self) -> str:
        """The colour of what stands in it."""
        return _WHITE if self.good is not None and self.good < 0.5 else _INK


@dataclass(frozen=True)
class Day:
    """The head of a column: day of the month, day of the week, whether it is a weekend or holiday."""

    number: int
    weekday: str
    rest: bool


@dataclass(frozen=True)
class Heatmap:
    """A map to draw: its squares row by row (hour), column by column (day), the key to its colours, and what is said below it."""

    title: str
    days: tuple[Day, ...]
    hours: tuple[int, ...]
    squares: tuple[Square, ...]
    key: tuple[Square, ...]
    notes: tuple[str, ...]

    width, left, top, row = _WIDTH, _LEFT, _TOP, _ROW

    @property
    def column(self) -> float:
        """How wide a square is."""
        return (_WIDTH - _LEFT) / len(self.days)

    @property
    def height(self) -> float:
        """How high the map is."""
        return _TOP + _ROW * len(self.hours) + 2


def heatmap(
    title: str, plan: DrillPlan, squares: Sequence[Square], key: tuple[Square, ...], notes: Sequence[str], words: Words
) -> Heatmap:
    """Return the map of a drill; ``squares`` in the order of its starts. Hours outside the roster have an empty square."""
    days = tuple(Day(day.day, weekday_of(day, words), day_of(day).rest) for day in plan.days)
    known = dict(zip(plan.starts, squares, strict=True))
    outside = Square(None, "", words("drill.page.outside"))
    every = [known.get(moment, outside) for moment in plan.moments]
    by_hour = tuple(every[d * len(plan.hours) + h] for h in range(len(plan.hours)) for d in range(len(plan.days)))
    return Heatmap(title, days, plan.hours, by_hour, key, tuple(notes))


def share_square(share: float, said: str) -> Square:
    """Return the square of a share in time: whole per cent, rounded down."""
    return Square(share, "<1" if 0 < share < 0.01 else f"{math.floor(100 * share + 1e-9)}", said)


def length_square(minutes: float, limit_min: float, said: str) -> Square:
    """Return the square of a length of time: minutes up to the next whole one; at the limit halfway down the scale, at twice as much at its end."""
    if not math.isfinite(minutes):
        return Square(None, _UNSAID, said)
    return Square(good_length(minutes, limit_min), f"{whole_minutes(minutes)}", said)


def good_length(minutes: float, limit_min: float) -> float:
    """Return how good a length of time is beside its limit, between 0 (twice the limit or more) and 1."""
    return 1 - min(minutes / (2 * limit_min), 1.0)


def share_key() -> tuple[Square, ...]:
    """Return the key to the colours of shares."""
    return tuple(Square(per_cent / 100, f"{per_cent}%", "") for per_cent in range(0, 101, 20))


def length_key(limit_min: float, words: Words) -> tuple[Square, ...]:
    """Return the key to the colours of lengths of time, and to the sign of what cannot be said."""
    steps = [Square(good_length(part * limit_min, limit_min), words.length(part * limit_min), "") for part in (0, 0.5)]
    at_limit = Square(0.5, words("drill.key.limit", limit=words.length(limit_min)), "")
    beyond = Square(0.0, words("drill.key.beyond", twice=words.length(2 * limit_min)), "")
    return (*steps, at_limit, beyond, Square(None, words("drill.key.unsaid"), _UNSAID))
