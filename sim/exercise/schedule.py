"""The clock of an exercise: a whole night in so many minutes, its order kept, and nobody told two things at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sim.exercise.kit import Schedule, Size

LEAST_GAP_MIN: dict[Size, float] = {"village": 2.0, "enterprise": 2.0, "township": 3.0, "county": 4.0}
"""So long at least a seat has between two injects, to act on the first."""
LAST_SHARE = 0.9
"""The last inject comes when so much of the exercise is over; the rest is for acting on it, and for the reports."""
LULL_MIN = 15.0
"""A lull of the night counts as so long at most: nobody comes to an exercise to wait."""


def most_injects(size: Size, minutes: float) -> int:
    """Return how many injects of the timeline an exercise of some length has room for, even if one seat were given all of them."""
    return int(LAST_SHARE * minutes / LEAST_GAP_MIN[size]) + 1


def schedule_of(
    start: datetime,
    minutes: float,
    size: Size,
    end_min: float,
    given: Sequence[tuple[float, Iterable[str]]],
) -> Schedule:
    """Return the clock of an exercise.

    Each inject comes as early as the order of the night and the least gap of its seats allow; what is left of the time is shared out as the
    night passes between them, lulls cut short.

    Parameters
    ----------
    end_min
        when the night ends, minutes after T0
    given
        minute of the night and seats of each inject of the timeline, by time; no seat twice at one minute, and no more than there is room for
    """
    gap, night, need, passed = LEAST_GAP_MIN[size], [0.0], [0.0], [0.0]
    last_given: dict[str, float] = {}
    for t_min, together in groupby(given, key=itemgetter(0)):
        seats = {seat for _, to in together for seat in to}
        earliest = max([need[-1], *(last_given[seat] + gap for seat in seats if seat in last_given)])
        if t_min > night[-1]:
            passed.append(passed[-1] + min(t_min - night[-1], LULL_MIN))
            night.append(t_min)
            need.append(earliest)
        last_given |= dict.fromkeys(seats, need[-1])
    last_min = LAST_SHARE * minutes
    spare = last_min - need[-1]
    share = 0.0 if not passed[-1] else spare / passed[-1]
    exercise = [needed + share * over for needed, over in zip(need, passed, strict=True)]
    if end_min > night[-1]:
        night.append(end_min)
        exercise.append(minutes)
    return Schedule(start, minutes, tuple(night), tuple(exercise))
