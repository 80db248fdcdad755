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
"""The first inject comes when so much of the exercise is over, the last when so much is; the rest is for acting on it."""
LULL_MIN = 15.0
"""A lull of the night counts as so long at most: nobody comes to an exercise to wait."""


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

    The first inject comes soon after the start, whatever led up to it; each other one as early as the order of the night and the least gap
    of its seats allow. What is left of the time is shared out as the night passes between them, lulls cut short.

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
        if not last_given and t_min > 0:  # what led up to it is told beforehand
            night.append(t_min)
            need.append(FIRST_SHARE * minutes)
            passed.append(0.0)
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
