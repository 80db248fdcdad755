"""Dates, weekdays and hours as rosters write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sim.roster.importing.cells import Unusable, Value, as_text, clean
from sim.roster.importing.words import PARTS_OF_DAY, SHIFT_NAMES, SHORT_PARTS, SHORT_SHIFTS, WHOLE_DAY

WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"\(?(?:星期|礼拜|周)([一二三四五六日天])\)?")
_Y, _M, _D = r"(?:(?P<y>\d{4})\s*[年./-]\s*)", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_DAY = re.compile(
    rf"{_Y}?{_M}\s*[月./-]\s*{_D}\s*[日号]?|(?P<y8>20\d\d)(?P<m8>\d\d)(?P<d8>\d\d)(?!\d)|(?P<only>\d{{1,2}})\s*[日号]"
)
_TO = r"\s*(?:[-—–~～至到]+)\s*"
_SHORT_END = re.compile(rf"{_TO}(?P<end>\d{{1,2}})\s*[日号]?(?!\s*[月./\d:])")
_DAYS = re.compile(rf"(?P<a>\d{{1,2}}){_TO}(?P<b>\d{{1,2}})\s*[日号]")
_WEEK = re.compile(r"第\s*(\d{1,2})\s*周")
_CLOCK = (
    r"(次日|第二天|翌日)?\s*(凌晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚)?\s*(\d{1,2})\s*(?:[:点时]\s*(\d{2})?\s*分?)"
)
_HOURS = re.compile(rf"{_CLOCK}{_TO}{_CLOCK}")
_NEXT_DAY = re.compile(r"次日|第二天|翌日")
_EVENING = frozenset({"晚上", "晚"})
_AFTER_NOON = _EVENING | {"下午", "傍晚"}
_SHIFT = re.compile(rf"({'|'.join((*PARTS_OF_DAY, *SHIFT_NAMES))})班?")
_SERIALS = range(36_526, 73_051)  # the years 2000 to 2099
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Beijing time throughout
MINUTES_OF_DAY = 1440
_NOON_MIN = 720


@dataclass(frozen=True)
class Day:
    """A day, or days in a row, as far as a cell tells them; ``None`` is what it leaves open.

    ``tens``: the day may as well be ten times as much, because a sheet stores 8.10 as 8.1. ``week`` numbers a week of the year.
    ``rest`` is what the cell holds besides.
    """

    year: int | None = None
    month: int | None = None
    day: int = 0
    last: tuple[int | None, int | None, int] | None = None
    weekday: int | None = None
    tens: bool = False
    week: int | None = None
    rest: str = ""


@dataclass(frozen=True)
class Hours:
    """Part of a day in minutes after midnight; an end beyond 1440 lies on the next day."""

    begin_min: int
    end_min: int

    @property
    def next_day(self) -> Hours:
        """The same hours of the day after."""
        return Hours(self.begin_min + MINUTES_OF_DAY, self.end_min + MINUTES_OF_DAY)

    def mostly_before(self, minute: int) -> bool:
        """Tell whether more of the hours lies before a minute of the day than after it."""
        return minute - self.begin_min > max(self.end_min - minute, 0)


@dataclass(frozen=True)
class Unstated:
    """A part of the day whose hours nobody states; ``word`` is how a mapping names it, or clock times that cannot be read."""

    word: str


def weekday_of(text: str) -> int | None:
    """Return the weekday that a text names, Monday being 0."""
    match = _WEEKDAY.search(text)
    if match is None and text.strip() in {*WEEKDAYS, "天"}:
        return min("一二三四五六日天".index(text.strip()), 6)
    return None if match is None else min("一二三四五六日天".index(match[1]), 6)


def parse_day(value: Value | None, month: int | None, *, typed: bool = True) -> Day | None:
    """Return the day that a cell of a column of dates names; ``month`` is that of the sheet, if known."""
    if value is None or isinstance(value, Unusable | time):
        return None
    if isinstance(value, datetime):
        return Day(value.year, value.month, value.day)
    text = as_text(value)
    if isinstance(value, float) or (not typed and re.fullmatch(r"\d+(\.\d+)?", text)):
        return _number(float(text), text, month)
    return _text(text, month)


def _number(number: float, text: str, month: int | None) -> Day | None:
    if number.is_integer():
        if int(number) in _SERIALS:
            when = _EPOCH + timedelta(days=int(number))
            return Day(when.year, when.month, when.day)
        if 1 <= number <= 31 and month is not None:
            return Day(None, month, int(number))
        match = re.fullmatch(r"(20\d\d)(\d\d)(\d\d)", str(int(number)))
        return Day(int(match[1]), int(match[2]), int(match[3])) if match else None
    match = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", text)
    if match is None:
        return None
    return Day(None, int(match[1]), int(match[2]), tens=match[2] in {"1", "2", "3"})


def _text(text: str, month: int | None) -> Day | None:
    weekday, bare = weekday_of(text), _WEEKDAY.sub(" ", text, count=2).strip()
    week = _WEEK.search(bare)
    if week is not None:
        return Day(week=int(week[1]), rest=_rest(bare.replace(week[0], " ")))
    days = _DAYS.match(bare)
    if days is not None and (month is None or int(days["a"]) != month or "日" in days[0] or "号" in days[0]):
        return Day(None, month, int(days["a"]), last=(None, month, int(days["b"])), rest=_rest(bare[days.end() :]))
    plain = re.fullmatch(r"(\d{1,2})-(\d{1,2})", bare)
    if plain is not None and month is not None and int(plain[1]) != month:
        return None  # 4-10: the tenth of April, or the fourth to the tenth?
    first = _DAY.match(bare)
    if first is None:
        number = re.fullmatch(r"\d{1,2}", bare)
        return (
            Day(None, month, int(bare), weekday=weekday)
            if number and month is not None and 1 <= int(bare) <= 31
            else None
        )
    day = replace(_day(first, month), weekday=weekday)
    rest = bare[first.end() :]
    second = re.match(rf"{_TO}", rest)
    if second is not None:
        end = _DAY.match(rest, second.end())
        short = _SHORT_END.match(rest)
        if end is not None:
            to = _day(end, day.month)
            return replace(day, last=(to.year, to.month, to.day), weekday=None, rest=_rest(rest[end.end() :]))
        if short is not None:
            return replace(
                day, last=(None, day.month, int(short["end"])), weekday=None, rest=_rest(rest[short.end() :])
            )
    return replace(day, rest=_rest(rest))


def _rest(text: str) -> str:
    return text.strip(" \t\n()（）,，、;；:：")


def _day(match: re.Match[str], month: int | None) -> Day:
    if match["only"]:
        return Day(None, month, int(match["only"]))
    if match["y8"]:
        return Day(int(match["y8"]), int(match["m8"]), int(match["d8"]))
    return Day(int(match["y"]) if match["y"] else None, int(match["m"]), int(match["d"]))


def tens_settled(days: Sequence[Day | None]) -> list[Day | None]:
    """Settle which of 8.1 and 8.10 is meant, by the days before and after: a roster goes on from day to day.

    What neither neighbour settles is left open.
    """
    settled = list(days)
    for step in (1, -1):
        order = range(len(settled)) if step == 1 else range(len(settled) - 1, -1, -1)
        known: Day | None = None
        for i in order:
            here = settled[i]
            if here is None:
                continue
            if here.tens and known is not None and known.month == here.month:
                options = [n for n in (here.day, here.day * 10) if n == known.day + step]
                if options:
                    settled[i] = here = replace(here, day=options[0], tens=False)
                elif days[i] == days[i - step] if 0 <= i - step < len(days) else False:
                    settled[i] = here = replace(here, day=known.day, tens=False)
            known = None if here.tens or here.last is not None else here
    return settled


def shift_word(text: str) -> str:
    """Return the shift or part of the day that a text names, several joined by 、, as a mapping names them; "" for none."""
    bare = re.sub(r"\s", "", clean(text))
    if bare in SHORT_PARTS:
        return bare
    return "、".join(dict.fromkeys(_SHIFT.findall(SHORT_SHIFTS.get(bare, bare))))


def is_part(word: str) -> bool:
    """Tell whether a word of ``shift_word`` names a part of the day beside day and night shift."""
    return any(one not in SHIFT_NAMES for one in word.split("、") if one)


def hours_of(*texts: str) -> str:
    """Return the hours that the first text to do so names: 08:30-17:30, else 夜班, 上午; clock times with all between them."""
    for text in texts:
        if found := list(_HOURS.finditer(text)):
            return text[found[0].start() : found[-1].end()]
    return next((word for text in texts if (word := shift_word(text))), "")


def without_hours(text: str) -> str:
    """Return what a text says besides hours and shifts."""
    bare = _HOURS.sub("", text)
    return "" if shift_word(bare) in {bare, SHORT_SHIFTS.get(bare)} else _SHIFT.sub("", bare).strip(" \t\n()、,;:/")


def only_hours(text: str) -> bool:
    """Tell whether a text is nothing but hours or a shift."""
    return bool(hours_of(text)) and not without_hours(text)


def parse_hours(text: str, day: Hours, night: Hours, whole: Hours) -> Hours | None:
    """Return the part of the day that a text names: clock times, a shift (``day``, ``night``), or the whole duty day.

    Several parts with a break between them are none.
    """
    bare = clean(text)
    if found := list(_HOURS.finditer(bare)):
        return _clock_hours(found[0]) if len(found) == 1 else None
    if any(word in bare for word in WHOLE_DAY):
        return whole
    named = {kind for word, kind in SHIFT_NAMES.items() if word in bare}
    if len(named) == 1:
        return day if named == {"day"} else night
    return None


def _clock_hours(match: re.Match[str]) -> Hours | None:
    """Return clock times from and to, ``None`` if there are no such or they may be several; 下午2点 and the end of 下午1点—2点 are 14:00."""
    tomorrow, half, hour, minute, next_day, to_half, to_hour, to_minute = match.groups()
    begin, end = int(hour) * 60 + int(minute or 0), int(to_hour) * 60 + int(to_minute or 0)
    if half and half not in _EVENING and not (to_half or next_day) and end <= begin:
        return None  # 上午9点-5点: of this afternoon, or of the next morning?
    to_half = to_half or (half if end > begin and not next_day else None)
    begin, end = begin + _half_day(half, begin), end + _half_day(to_half, end)
    if begin >= MINUTES_OF_DAY or end > MINUTES_OF_DAY:
        return None
    later = end <= begin or (not tomorrow and bool(next_day or _NEXT_DAY.search(match.string, match.end())))
    ahead = MINUTES_OF_DAY if tomorrow else 0
    return Hours(begin + ahead, end + ahead + (MINUTES_OF_DAY if later else 0))


def _half_day(word: str | None, minutes: int) -> int:
    """Return what to add to a clock time of twelve hours: 下午2点 is 14:00, 晚上12点 is 24:00."""
    late = (word in _AFTER_NOON and minutes < _NOON_MIN) or (word in _EVENING and minutes == _NOON_MIN)
    return _NOON_MIN if late else 0


def clock(minutes: int) -> str:
    """Return minutes after midnight as a clock shows them."""
    day = "次日" if minutes >= MINUTES_OF_DAY else ""
    return f"{day}{minutes % MINUTES_OF_DAY // 60:02d}:{minutes % 60:02d}"
