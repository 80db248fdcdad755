"""Workdays and days of rest in China (the State Council's yearly notice), and the duty day that a minute belongs to.

The days come from the package ``chinesecalendar``, which knows a year only once its notice is out. Of any other year nothing is
said: by its weekday alone a Saturday may well be a workday (调休上班).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from chinese_calendar import Holiday, get_holiday_detail

from sim.errors import Text

DayKind = Literal["workday", "weekend", "holiday", "make_up"]
DAY_KINDS: dict[DayKind, Text] = {
    "workday": Text("工作日", "workday"),
    "weekend": Text("周末", "weekend"),
    "holiday": Text("法定节假日", "holiday"),
    "make_up": Text("调休上班", "make-up workday"),
}
"""What the kinds of days are called; 法定节假日 here is every day off of a holiday, those moved to it included."""

ONE_DAY = timedelta(days=1)
_OFFICIAL = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
_NAMES = {one.value: Text(_OFFICIAL.get(one.chinese, one.chinese), one.value) for one in Holiday}


@dataclass(frozen=True)
class Day:
    """One day: its kind (``None`` where its year is not known) and the holiday it belongs to, off or made up for."""

    date: date
    kind: DayKind | None
    name: Text | None = None

    @property
    def known(self) -> bool:
        """Whether the notice of its year is known."""
        return self.kind is not None

    @property
    def rest(self) -> bool:
        """Whether offices are known to be closed: a weekend or holiday."""
        return self.kind in {"weekend", "holiday"}

    @property
    def office(self) -> bool:
        """Whether offices are known to be open: a workday, an ordinary or a make-up one."""
        return self.kind in {"workday", "make_up"}


@lru_cache(maxsize=1 << 12)
def day_of(when: date) -> Day:
    """Return what kind of day a date is; of a year without a notice that it is not known."""
    try:
        off, holiday = get_holiday_detail(when)
    except NotImplementedError:  # how the package says that it does not know the year
        return Day(when, None)
    name = None if holiday is None else _NAMES[holiday]
    if name is None:
        return Day(when, "weekend" if off else "workday")
    return Day(when, "holiday" if off else "make_up", name)


def duty_day(moment: datetime, handover: time) -> date:
    """Return the duty day that a moment belongs to: the date on which the handover before it fell."""
    return moment.date() if moment.time() >= handover else moment.date() - ONE_DAY


def dates(first: date, last: date) -> Iterator[date]:
    """Yield the dates from ``first`` to ``last``, both of them included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
