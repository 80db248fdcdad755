"""Reading a log of calls: a workbook or CSV file, every fault at once with the address of its cell.

Who was called is forgotten here: a person is a number in the order in which they first appear, which says no more than that several tries were
to the same one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from sim.errors import Fault, InputError, Text
from sim.exercise.calibrate.columns import (
    ANSWERED,
    CALLS,
    CHANNELS,
    ITEMS,
    RINGING,
    TIMES,
    TRIES,
    LogColumn,
    key_of,
    plain,
)
from sim.roster.importing import Sheet, read_book
from sim.roster.importing.cells import Unusable, Value, as_text, clean, letter, masked
from sim.roster.importing.posts import post_named
from sim.scenario import Scenario

_HEAD_ROWS = 20
_LONGEST_RING_S, _LONGEST_TALK_S, _LONGEST_MIN = 600.0, 3600.0, 1440.0
_MOST_TRIES = 99
_WHY = Text("错误值，或公式没有保存计算结果", "an error, or a formula whose result was not saved")
_CLOCK = re.compile(r"(\d{1,2})[:时点](?:(\d{1,2})分?)?(?::(\d{1,2}))?")
_MOMENT = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]*(.*)")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Tried:
    """One try: the hour of the day, by what, whether somebody answered, and how long it rang and was talked [min]; ``None`` where not told."""

    hour: int
    channel: str
    answered: bool
    ring_min: float | None = None
    talk_min: float | None = None


@dataclass(frozen=True)
class Called:
    """All tries to reach one person of a post in one night (from one change of duty to the next), in their order, until one was answered.

    Whoever has answered that night is at hand for what comes later (``roster.alerted``): later calls tell another number.
    """

    post: str
    tries: tuple[Tried, ...]


@dataclass(frozen=True)
class Log:
    """What a log says: who was called with what success, how long relaying took by level, and each house.

    ``nights`` counts those in which somebody was called (1 where no dates are told), ``persons`` the different ones called by post, each row
    without a code as one. ``unused`` counts rows that say nothing here, by the reason; ``supplied`` how many earlier tries were not written
    but must have been.
    """

    name: str
    first: date | None
    last: date | None
    nights: int
    persons: Mapping[str, int]
    called: tuple[Called, ...]
    relay_min: Mapping[str, tuple[float, ...]]
    per_house_min: tuple[float, ...]
    unused: Mapping[str, int]
    supplied: int

    @property
    def tries(self) -> int:
        """How many tries there are, those that were not written included."""
        return sum(len(one.tries) for one in self.called)


def read_log(path: Path, scenario: Scenario) -> Log:
    """Return what stands in a log, with the posts and levels of a scenario.

    Raises
    ------
    InputError
        with every fault found
    """
    book = read_book(path)
    reader = _Reader(path, scenario)
    known = [
        (sheet, columns, head) for sheet in book.sheets for columns in (CALLS, TIMES) if (head := _head(sheet, columns))
    ]
    if not known:
        needed = "、".join(column.heading.zh for column in CALLS if column.needed)
        english = ", ".join(column.heading.en for column in CALLS if column.needed)
        problem = Text("没有找到表头", "no sheet has the headings of a log")
        remedy = Text(
            f"表头至少要有：{needed}；空表用 jiaoying calibrate --template 文件名 生成",
            f"there must be: {english}; jiaoying calibrate --template FILE writes a blank one",
        )
        raise InputError([Fault(str(path), 0, 0, "", "", problem, remedy)])
    for sheet, columns, (row, places) in known:
        for number in (number for number in sheet.rows if number > row):
            line = _Line(sheet, number, places, columns)
            if any(line.value(key) is not None for key in places):
                reader.take(line, calls=columns is CALLS)
    return reader.finished(book.name)


def _head(sheet: Sheet, columns: tuple[LogColumn, ...]) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings and the column of each key, if the sheet has all that are needed."""
    for row in [row for row in sheet.rows if row <= _HEAD_ROWS]:
        found: dict[str, int] = {}
        for column in sheet.columns:
            key = key_of(sheet.text(row, column), columns)
            if key is not None:
                found.setdefault(key, column)
        if all(column.key in found for column in columns if column.needed):
            return row, found
    return None


class _Bad(Exception):
    """A cell that says what cannot be."""

    def __init__(self, problem: Text, remedy: Text, key: str) -> None:
        super().__init__(problem.en)
        self.key, self.problem, self.remedy = key, problem, remedy


@dataclass(frozen=True, eq=False)
class _Line:
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


@dataclass(frozen=True, eq=False)
class _Row:
    """A call as it is written, once each cell is understood; ``tried`` is ``None`` for one that is no try: busy, or no network."""

    line: _Line
    day: date | None
    clock: time
    post: str
    person: int | None
    number: int | None
    tried: Tried | None

    @property
    def try_number(self) -> int:
        """Which try it is; where that is not written, the first."""
        return self.number or 1


class _Reader:
    """Takes rows, and gathers what is wrong with them."""

    def __init__(self, path: Path, scenario: Scenario) -> None:
        self._path, self._scenario = path, scenario
        plan = scenario.plan.roster
        self._levels = {
            plain(name): level.id
            for level in scenario.county.levels
            if level.id in plan.desks
            for name in (level.id, level.short, level.name, *re.split("[()（）]", level.name))
            if name
        }
        self._handover = timedelta(hours=plan.handover.hour, minutes=plan.handover.minute)
        self._faults: list[Fault] = []
        self._persons: dict[str, int] = {}
        self._rows: list[_Row] = []
        self._unused: Counter[str] = Counter()
        self._relay: dict[str, list[float]] = defaultdict(list)
        self._per_house: list[float] = []

    # --- a row --------------------------------------------------------------------------------------------------------

    def take(self, line: _Line, *, calls: bool) -> None:
        """Take one row."""
        unknown = [key for key in line.places if key != "remark" and isinstance(line.value(key), Unusable)]
        for key in unknown:
            self._fault(_Bad(_WHY, Text("改成数值（选择性粘贴）再存", "paste it as a value and save again"), key), line)
        if unknown:
            return
        if calls:
            self._take_call(line)
        else:
            self._take_time(line)

    def _take_call(self, line: _Line) -> None:
        before = len(self._faults)
        day, clock = self._or_none(line, self._day), self._or_none(line, _at)
        if isinstance(clock, datetime):
            if day is not None and day != clock.date():
                self._fault(
                    _Bad(
                        Text("日期与“日期”一栏不同", "its date is not that of the column of dates"),
                        Text("只写一处", "write it once"),
                        "at",
                    ),
                    line,
                )
            day, clock = clock.date(), clock.time()
        post, channel = self._or_none(line, self._post), self._or_none(line, _channel)
        number, result = self._or_none(line, _number), self._or_none(line, _result)
        ring, talk = (
            self._or_none(line, _length(key, most))
            for key, most in (("ring_s", _LONGEST_RING_S), ("talk_s", _LONGEST_TALK_S))
        )
        relay = self._or_none(line, _length("relay_min", _LONGEST_MIN))
        level = self._or_none(line, self._level)
        if result is not None:
            for bad in _contradictions(line, result, number, talk, relay, level):
                self._fault(bad, line)
        if len(self._faults) > before or clock is None or post is None or result is None or channel is None:
            return
        person = self._person(line)
        if relay is not None and level is not None:
            self._relay[level].append(relay)
        if channel not in RINGING:
            self._unused[channel] += 1
            return
        counts = result in TRIES
        if not counts:
            self._unused[result] += 1
            if person is None or number is None:
                return
        ring_min = None if result == "off" else _minutes(ring)
        tried = Tried(clock.hour, channel, result == "answered", ring_min, _minutes(talk)) if counts else None
        self._rows.append(_Row(line, day, clock, post, person, number, tried))

    def _take_time(self, line: _Line) -> None:
        before = len(self._faults)
        item, minutes = self._or_none(line, _item), self._or_none(line, _length("minutes", _LONGEST_MIN, needed=True))
        level = self._or_none(line, self._level)
        if item == "relay" and level is None and len(self._faults) == before:
            self._fault(_no_level(), line)
        if len(self._faults) > before or minutes is None:
            return
        if item == "relay" and level is not None:
            self._relay[level].append(minutes)
        else:
            self._per_house.append(minutes)

    def _or_none(self, line: _Line, read: Callable[[_Line], _T]) -> _T | None:
        try:
            return read(line)
        except _Bad as bad:
            self._fault(bad, line)
            return None

    def _fault(self, bad: _Bad, line: _Line) -> None:
        heading = next(column.heading.zh for column in line.columns if column.key == bad.key)
        value = "" if bad.key == "person" else masked(line.text(bad.key))
        where = f"{line.address(bad.key)} {heading}"
        column = line.places.get(bad.key, 0)
        self._faults.append(Fault(str(self._path), line.row, column, where, value, bad.problem, bad.remedy))

    # --- cells that need the scenario -------------------------------------------------------------------------------------

    def _day(self, line: _Line) -> date | None:
        value = line.value("date")
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        match = _MOMENT.fullmatch(line.text("date"))
        if match is None or match[4]:
            raise _Bad(Text("应为日期", "expected a date"), Text("写成 2026-06-10", "write it as 2026-06-10"), "date")
        return _date_of("date", match)

    def _post(self, line: _Line) -> str:
        said, plan = line.text("post"), self._scenario.plan.roster
        post = post_named(said, plan) if said else None
        if post not in plan.posts:
            titles = [own.title for own in plan.posts.values()]
            near = get_close_matches(said, titles, n=1, cutoff=0.4)
            problem = (
                Text("情景里没有这个岗位", "the scenario has no such post")
                if said
                else Text("没有写岗位", "the post is missing")
            )
            guess = f"是否“{near[0]}”？" if near else ""
            raise _Bad(
                problem,
                Text(f"{guess}可用：{'、'.join(titles)}", f"use one of: {', '.join(self._scenario.plan.roster.posts)}"),
                "post",
            )
        return post

    def _level(self, line: _Line) -> str | None:
        said = plain(line.text("level"))
        if said and said not in self._levels:
            names = list(dict.fromkeys(self._levels.values()))
            titles = [level.name for level in self._scenario.county.levels if level.id in names]
            problem = Text("情景里没有这一级值班室", "the scenario has no desks of this level")
            raise _Bad(problem, Text(f"可用：{'、'.join(titles)}", f"use one of: {', '.join(names)}"), "level")
        return self._levels[said] if said else None

    def _person(self, line: _Line) -> int | None:
        said = plain(line.text("person"))
        return self._persons.setdefault(said, len(self._persons)) if said else None

    # --- all rows -----------------------------------------------------------------------------------------------------------

    def finished(self, name: str) -> Log:
        """Return the log, or raise what is wrong with it."""
        days = [row.day for row in self._rows if row.day is not None]
        if days:
            for row in self._rows:
                if row.day is None:
                    problem = Text("其他各行有日期，这一行没有", "other rows have a date and this one has none")
                    self._fault(_Bad(problem, Text("补上日期", "add the date"), "at"), row.line)
        groups: dict[object, list[_Row]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            groups[number if row.person is None else (self._night(row), row.post, row.person)].append(row)
        called, supplied = [], 0
        for rows in groups.values():
            tries, more = self._until_answered(rows)
            supplied += more
            if tries:
                called.append(Called(rows[0].post, tries))
        if self._faults:
            raise InputError(self._faults)
        first, last = (min(days), max(days)) if days else (None, None)
        relay = {level: tuple(sorted(minutes)) for level, minutes in sorted(self._relay.items())}
        tried = [(number, row) for number, row in enumerate(self._rows) if row.tried is not None]
        persons = {(row.post, ("row", number) if row.person is None else row.person) for number, row in tried}
        return Log(
            name=name,
            first=first,
            last=last,
            nights=len({self._night(row) for _, row in tried}),
            persons=Counter(sorted(post for post, _ in persons)),
            called=tuple(sorted(called, key=repr)),
            relay_min=relay,
            per_house_min=tuple(sorted(self._per_house)),
            unused=dict(sorted(self._unused.items())),
            supplied=supplied,
        )

    def _night(self, row: _Row) -> date | None:
        """Return the day whose duty a call belongs to; ``None`` where no dates are told."""
        return None if row.day is None else (datetime.combine(row.day, row.clock) - self._handover).date()

    def _until_answered(self, rows: Sequence[_Row]) -> tuple[tuple[Tried, ...], int]:
        """Return the tries to reach one person in one night until one was answered, and how many of them were not written; the others are unused."""
        tries: tuple[Tried, ...] = ()
        supplied = 0
        for course in self._courses(rows):
            if any(tried.answered for tried in tries):
                self._unused["again"] += sum(row.tried is not None for row in course)
                continue
            more, missing = _tries(course)
            tries, supplied = tries + more, supplied + missing
        return tries, supplied

    def _courses(self, rows: Sequence[_Row]) -> Iterator[list[_Row]]:
        """Yield the rows of one person in one night, parted where somebody began to call anew (a first try); no number may stand twice."""
        for row in rows:
            if row.number is None and len(rows) > 1:
                problem = Text(
                    "这个人同一值班日不止一行，要写第几次",
                    "this person has more rows that day: the number of the try is needed",
                )
                self._fault(_Bad(problem, Text("从1起写", "count from 1"), "number"), row.line)
        course: list[_Row] = []
        for row in sorted(rows, key=self._since_handover):
            if course and row.try_number == 1 and self._since_handover(row)[0] > self._since_handover(course[-1])[0]:
                yield course
                course = []
            if course and row.try_number <= course[-1].try_number:
                problem = Text(
                    "同一人同一值班日，次序没有往后走",
                    "the number of this try does not rise above that of the one before",
                )
                remedy = Text("改次序，或删去重复的一行", "mend the number, or remove a row that stands twice")
                self._fault(_Bad(problem, remedy, "number"), row.line)
            elif course and any(one.tried is not None and one.tried.answered for one in course):
                problem = Text("前一次已经接听，又有这一次", "an earlier try was answered")
                remedy = Text(
                    "核对次序和是否接听；重新叫应从1起写", "check number and answer; calling anew begins at 1"
                )
                self._fault(_Bad(problem, remedy, "number"), row.line)
            else:
                course.append(row)
        yield course

    def _since_handover(self, row: _Row) -> tuple[float, int]:
        """Return how far into the duty day a call was made [s], and its number."""
        clock = timedelta(hours=row.clock.hour, minutes=row.clock.minute, seconds=row.clock.second)
        return (clock - self._handover) % timedelta(days=1) / timedelta(seconds=1), row.try_number


def _tries(course: Sequence[_Row]) -> tuple[tuple[Tried, ...], int]:
    """Return the tries of one course that count, and how many of them were not written: those before a later one, which nobody answered."""
    tries: list[Tried] = []
    before = supplied = 0
    for row in course:
        missing = row.try_number - before - 1
        before, supplied = row.try_number, supplied + missing
        told = row.tried or next((one.tried for one in course if one.tried is not None), None)
        if told is not None:
            tries += [Tried(told.hour, told.channel, answered=False)] * missing
        if row.tried is not None:
            tries.append(row.tried)
    return tuple(tries), supplied if tries else 0


# --- cells ----------------------------------------------------------------------------------------------------------------


def _at(line: _Line) -> datetime | time:
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
    bad = _Bad(wrong, Text("写成 02:13，或 2026-06-10 02:13", "write it as 02:13, or 2026-06-10 02:13"), "at")
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
        raise _Bad(
            Text("没有这一天", "there is no such day"), Text("写成 2026-06-10", "write it as 2026-06-10"), key
        ) from None


def _channel(line: _Line) -> str:
    said = plain(line.text("channel"))
    channel = CHANNELS.get(said) if said else "phone"
    if channel is None:
        problem = Text("不认识这种手段", "this means is not known")
        raise _Bad(
            problem,
            Text("写 电话 或 智能外呼；其他手段不用于校准", "write phone or auto_call; others are not used"),
            "channel",
        )
    return channel


def _number(line: _Line) -> int | None:
    text = line.text("number")
    if not text:
        return None
    match = re.fullmatch(r"第?(\d{1,2})次?", text)
    if match is None or not 1 <= int(match[1]) <= _MOST_TRIES:
        raise _Bad(
            Text("应为从1起的整数", "expected a whole number from 1"),
            Text("写这是第几次拨打", "write which try it is"),
            "number",
        )
    return int(match[1])


def _result(line: _Line) -> str:
    said = plain(line.text("answered"))
    if said not in ANSWERED:
        problem = Text("看不出是否接听", "it does not say whether somebody answered")
        raise _Bad(
            problem, Text("写 接听、未接、关机、忙线 或 断网", "write yes, no, off, busy or no network"), "answered"
        )
    return ANSWERED[said]


def _item(line: _Line) -> str:
    said = plain(line.text("item"))
    if said not in ITEMS:
        raise _Bad(
            Text("不认识这个事项", "this item is not known"), Text("写 转叫 或 入户", "write relay or door"), "item"
        )
    return ITEMS[said]


def _length(key: str, most: float, *, needed: bool = False) -> Callable[[_Line], float | None]:
    """Return what reads a length of time in the unit of its heading."""

    def read(line: _Line) -> float | None:
        text = line.text(key)
        if not text and not needed:
            return None
        unit = Text("秒", "seconds") if key.endswith("_s") else Text("分钟", "minutes")
        plain_number = re.fullmatch(r"(\d+(?:\.\d+)?)(?:秒|s|分钟|分|min)?", text)
        fits = plain_number and (key.endswith("_s") == text.endswith(("秒", "s")) or text == plain_number[1])
        if plain_number is None or not fits:
            raise _Bad(
                Text(f"应为{unit.zh}数", f"expected a number of {unit.en}"),
                Text(f"只写数，单位是{unit.zh}", f"write the number of {unit.en}"),
                key,
            )
        value = float(plain_number[1])
        if not 0 < value <= most:
            problem = Text(f"应大于0、不超过{most:g}{unit.zh}", f"it should be above 0 and at most {most:g} {unit.en}")
            raise _Bad(problem, Text("核对单位；不足1的写小数", "check the unit; write less than 1 as a decimal"), key)
        return value

    return read


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


def _no_level() -> _Bad:
    problem = Text("有转叫用时，没有写层级", "a relay is given without its level")
    return _Bad(problem, Text("写是哪一级值班室往下叫", "write the level of the desk that relays"), "level")


def _contradictions(
    line: _Line, result: str, number: int | None, talk: float | None, relay: float | None, level: str | None
) -> Iterator[_Bad]:
    """Yield what of one row does not fit together."""
    if result == "answered" and number is None and not line.text("number"):
        yield _Bad(
            Text("接听了，没有写是第几次", "answered, but not at which try"),
            Text("从1起写第几次拨打", "count tries from 1"),
            "number",
        )
    if number is not None and number > 1 and not line.text("person") and result in TRIES:
        problem = Text("第2次以后，没有写人员代号", "a later try without the code of the person")
        yield _Bad(problem, Text("同一个人写同一代号", "give one person one code"), "person")
    for key, value in (("talk_s", talk), ("relay_min", relay)):
        if value is not None and result != "answered":
            what = (
                Text("没有接听，却有通话", "a talk without an answer")
                if key == "talk_s"
                else Text("没有接听，却有转叫", "a relay without an answer")
            )
            yield _Bad(what, Text("改是否接听，或删去这个数", "mend the answer, or remove this number"), key)
    if relay is not None and level is None and not line.text("level"):
        yield _no_level()
