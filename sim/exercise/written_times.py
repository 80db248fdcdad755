"""Moments as people write them: a time of day, with its date or without."""

from __future__ import annotations

import math
import re
from datetime import datetime, time, timedelta

from sim.roster.importing.cells import Value, clean

_CLOCK = re.compile(
    r"(?:(?P<y>\d{4})\s*[-/.年]\s*(?P<mo>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?[\sT]*)?(?P<next>次日)?\s*"
    r"(?P<h>\d{1,2})\s*[:点时]\s*(?P<m>\d{2})\s*(?:[:分]\s*(?P<s>\d{2})(?:\.0+)?\s*秒?|分)?"
)
_HALF_DAY = 720
_MIDNIGHT = 24


def moment_of(value: Value, near: datetime) -> datetime | None:
    """Return the moment that a cell names; one without a date is that within twelve hours of another, or on the day after (次日)."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, time):
        return _within_half_a_day(value, near)
    if not isinstance(value, str) or (found := _CLOCK.fullmatch(clean(value))) is None:
        return None
    hour = int(found["h"])
    later = timedelta(days=(hour == _MIDNIGHT) + bool(found["next"]))
    try:
        at = time(0 if hour == _MIDNIGHT else hour, int(found["m"]), int(found["s"] or 0))
        if found["y"]:
            day = datetime(int(found["y"]), int(found["mo"]), int(found["d"]))  # noqa: DTZ001 - Beijing time throughout
            return datetime.combine(day, at) + later
    except ValueError:
        return None
    return datetime.combine(near.date(), at) + later if found["next"] else _within_half_a_day(at, near)


def _within_half_a_day(at: time, near: datetime) -> datetime:
    same = datetime.combine(near.date(), at)
    apart = (same - near).total_seconds() / 60
    return same + timedelta(days=-math.floor((apart + _HALF_DAY) / (2 * _HALF_DAY)))
