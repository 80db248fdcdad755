"""One row of a log: where its cells stand, what each of them says, and what cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sim.errors import Text
from sim.exercise.calibrate.columns import ANSWERED, CHANNELS, ITEMS, TRIES, LogColumn, plain
from sim.roster.importing import Sheet
from sim.roster.importing.cells import Value, as_text, clean, letter

LONGEST_RING_S, LONGEST_TALK_S, LONGEST_MIN = 600.0, 3600.0, 1440.0
_MOST_TRIES = 99
_CLOCK = re.compile(r"(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::(\d{1,2}))?")
_MOMENT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*(.*)")


class Bad(Exception):
    """A cell that says what cannot be."""

    def __init__(self, problem: Text, remedy: Text, key: str) -> None:
        super().__init__(problem.en)
        self.key, self.problem, self.remedy = key, problem, remedy


@dataclass(frozen=True, eq=False)
class Line:
    """A row of a sheet."""

    sheet: Sheet
    row: int
    places: Mapping[str, int]
    columns: tuple[LogColumn, ...]

    def value(self, key: str) -> Value | None:
        """Return what stands under a heading; ``None`` where nothing does."""
        value = self.sheet.at(self.row, self.places[key]) if key in self.places else None
        return None if isinstance(value, str) and not clean(value) else value

    def text(self, key: str) -> str:
        """Return what stands under a heading as text."""
        value = self.value(key)
        return "" if value is None else as_text(value)

    def address(self, key: str) -> str:
        """Return the address of a cell, with the name of the sheet if it has one; of a column that is missing, of the row."""
        column = letter(self.places[key]) if key in self.places else ""
        return f"{self.sheet.name}!{column}{self.row}" if self.sheet.name else f"{column}{self.row}"


# --- cells ----------------------------------------------------------------------------------------------------------------


def day_of(line: Line) -> date | None:
    """Return the date of a call; ``None`` where none is told."""
    value = line.value("date")
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    match = _MOMENT.fullmatch(line.text("date"))
    if match is None or match[4]:
        raise Bad(Text("应为日期", "expected a date"), Text("写成 2026-06-10", "write it as 2026-06-10"), "date")
    return _date_of("date", match)


def moment_of(line: Line) -> datetime | time:
    """Return when somebody was called: a clock time, or date and time."""
    value = line.value("at")
    if isinstance(value, datetime | time):
        return value
    text = line.text("at")
    whole = _MOMENT.fullmatch(text)
    clock = _CLOCK.fullmatch(whole[4] if whole else text) or (
        re.fullmatch(r"(\d{1,2})()()", text) if not whole else None
    )
    wrong = Text("不是时刻", "it is no time of day") if text else Text("没有写时刻", "the time is missing")
    bad = Bad(wrong, Text("写成 02:13，或 2026-06-10 02:13", "write it as 02:13, or 2026-06-10 02:13"), "at")
    if clock is None:
        raise bad
    try:
        at = time(int(clock[1]), int(clock[2] or 0), int(clock[3] or 0))
    except ValueError:
        raise bad from None
    return datetime.combine(_date_of("at", whole), at) if whole else at


def _date_of(key: str, match: re.Match[str]) -> date:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Bad(
            Text("没有这一天", "there is no such day"), Text("写成 2026-06-10", "write it as 2026-06-10"), key
        ) from None


def channel_of(line: Line) -> str:
    """Return by what somebody was called."""
    said = plain(line.text("channel"))
    channel = CHANNELS.get(said) if said else "phone"
    if channel is None:
        problem = Text("不认识这种手段", "this means is not known")
        raise Bad(
            problem,
            Text("写 电话 或 智能外呼；其他手段不用于校准", "write phone or auto_call; others are not used"),
            "channel",
        )
    return channel


def number_of(line: Line) -> int | None:
    """Return which try it was; ``None`` where that is not told."""
    text = line.text("number")
    if not text:
        return None
    match = re.fullmatch(r"第?(\d{1,2})次?", text)
    if match is None or not 1 <= int(match[1]) <= _MOST_TRIES:
        raise Bad(
            Text("应为从1起的整数", "expected a whole number from 1"),
            Text("写这是第几次拨打", "write which try it is"),
            "number",
        )
    return int(match[1])


def result_of(line: Line) -> str:
    """Return what came of a call."""
    said = plain(line.text("answered"))
    if said not in ANSWERED:
        problem = Text("看不出是否接听", "it does not say whether somebody answered")
        raise Bad(
            problem, Text("写 接听、未接、关机、忙线 或 断网", "write yes, no, off, busy or no network"), "answered"
        )
    return ANSWERED[said]


def item_of(line: Line) -> str:
    """Return what took so long."""
    said = plain(line.text("item"))
    if said not in ITEMS:
        raise Bad(
            Text("不认识这个事项", "this item is not known"), Text("写 转叫 或 入户", "write relay or door"), "item"
        )
    return ITEMS[said]


def length_of(key: str, most: float, *, needed: bool = False) -> Callable[[Line], float | None]:
    """Return what reads a length of time in the unit of its heading."""

    def read(line: Line) -> float | None:
        text = line.text(key)
        if not text and not needed:
            return None
        unit = Text("秒", "seconds") if key.endswith("_s") else Text("分钟", "minutes")
        plain_number = re.fullmatch(r"(\d+(?:\.\d+)?)(?:秒|s|分钟|分|min)?", text)
        fits = plain_number and (key.endswith("_s") == text.endswith(("秒", "s")) or text == plain_number[1])
        if plain_number is None or not fits:
            raise Bad(
                Text(f"应为{unit.zh}数", f"expected a number of {unit.en}"),
                Text(f"只写数，单位是{unit.zh}", f"write the number of {unit.en}"),
                key,
            )
        value = float(plain_number[1])
        if not 0 < value <= most:
            problem = Text(f"应大于0、不超过{most:g}{unit.zh}", f"it should be above 0 and at most {most:g} {unit.en}")
            raise Bad(problem, Text("核对单位；不足1的写小数", "check the unit; write less than 1 as a decimal"), key)
        return value

    return read


def no_level() -> Bad:
    """Return what is wrong with a relay whose level is not told."""
    problem = Text("有转叫用时，没有写层级", "a relay is given without its level")
    return Bad(problem, Text("写是哪一级值班室往下叫", "write the level of the desk that relays"), "level")


def contradictions(
    line: Line, result: str, number: int | None, talk: float | None, relay: float | None, level: str | None
) -> Iterator[Bad]:
    """Yield what of one row does not fit together."""
    if result == "answered" and number is None and not line.text("number"):
        yield Bad(
            Text("接听了，没有写是第几次", "answered, but not at which try"),
            Text("从1起写第几次拨打", "count tries from 1"),
            "number",
        )
    if number is not None and number > 1 and not line.text("person") and result in TRIES:
        problem = Text("第2次以后，没有写人员代号", "a later try without the code of the person")
        yield Bad(problem, Text("同一个人写同一代号", "give one person one code"), "person")
    for key, value in (("talk_s", talk), ("relay_min", relay)):
        if value is not None and result != "answered":
            what = (
                Text("没有接听，却有通话", "a talk without an answer")
                if key == "talk_s"
                else Text("没有接听，却有转叫", "a relay without an answer")
            )
            yield Bad(what, Text("改是否接听，或删去这个数", "mend the answer, or remove this number"), key)
    if relay is not None and level is None and not line.text("level"):
        yield no_level()
