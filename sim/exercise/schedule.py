"""The clock of an exercise: a whole night in so many minutes, its order kept, and nobody told two things at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sim.exercise.kit import Schedule, Size

LEAST_GAP_MIN: dict[Size, float] = {"village": 2.0, "enterprise": 2.0, "township": 3.0, "county": 4.0}
"""So long at least a seat has between two injects, to act on the first."""
FIRST_SHARE, LAST_SHARE = 0.05, 0.9
"""The first inject comes when so much of the exercise is over, the last when so much is at the latest; the rest is for acting on it."""
LULL_MIN = 15.0
"""A lull of the night counts as so long at most: nobody comes to an exercise to wait."""
_HALVINGS = 50


def most_injects(size: Size, minutes: float) -> int:
    """Return how many injects of the timeline an exercise of some length has room for, even if one seat were given all of them."""
    return int((LAST_SHARE - FIRST_SHARE) * minutes / LEAST_GAP_MIN[size]) + 1


def schedule_of(
    start: datetime,
    minutes: float,
    size: Size,
    end_min: float,
    given: Sequence[tuple[float, Iterable[str]]],
) -> Schedule:
    """Return the clock of an exercise.

    The first inject comes soon after the start, whatever led up to it. From then on the exercise runs as fast as it must, lulls cut short, and
    no slower than the night except where a seat needs its least gap: what took ten minutes that night is not to take twenty at the table. After
    the last inject it runs like the night for half of what is left.

    Parameters
    ----------
    end_min
        when the night ends, minutes after T0
    given
        minute of the night and seats of each inject of the timeline, by time; no seat twice at one minute, and no more than there is room for
    """
    gap, first_min, last_min = LEAST_GAP_MIN[size], FIRST_SHARE * minutes, LAST_SHARE * minutes
    moments = [
        (t_min, {seat for _, to in together for seat in to}) for t_min, together in groupby(given, key=itemgetter(0))
    ]
    pace, slower = 1.0, 0.0
    if max(_told_at(moments, first_min, gap, pace), default=0.0) > last_min:
        for _ in range(_HALVINGS):
            middle = (slower + pace) / 2
            fits = _told_at(moments, first_min, gap, middle)[-1] <= last_min
            slower, pace = (middle, pace) if fits else (slower, middle)
        pace = slower
    told_at = _told_at(moments, first_min, gap, pace)
    knots = {0.0: 0.0} | dict(zip((t_min for t_min, _ in moments), told_at, strict=True))
    (night_min, exercise_min), left = max(knots.items()), minutes - max(knots.values())
    if end_min - night_min > left / 2:
        knots[night_min + left / 2] = exercise_min + left / 2
    if end_min > night_min:
        knots[end_min] = minutes
    return Schedule(start, minutes, tuple(knots), tuple(knots.values()))


def _told_at(moments: Sequence[tuple[float, set[str]]], first_min: float, gap_min: float, pace: float) -> list[float]:
    """Return the minutes of the exercise at which injects come where it keeps so much of the pace of the night."""
    told_at: list[float] = []
    last: dict[str, float] = {}
    before = 0.0
    for t_min, seats in moments:
        at = told_at[-1] + pace * min(t_min - before, LULL_MIN) if told_at else first_min if t_min > 0 else 0.0
        at = max([at, *(last[seat] + gap_min for seat in seats if seat in last)])
        told_at.append(at)
        before, last = t_min, last | dict.fromkeys(seats, at)
    return told_at
