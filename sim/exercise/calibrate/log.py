"""Reading a log of calls: a workbook or CSV file, every fault at once with the address of its cell.

Who was called is forgotten here: a person is a number in the order in which they first appear, which says no more than that several tries were
to the same one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from sim.errors import Fault, InputError, Text
from sim.exercise.calibrate.columns import CALLS, RINGING, TIMES, TRIES, LogColumn, key_of, plain
from sim.exercise.calibrate.rows import (
    LONGEST_MIN,
    LONGEST_RING_S,
    LONGEST_TALK_S,
    Bad,
    Line,
    channel_of,
    contradictions,
    day_of,
    item_of,
    length_of,
    moment_of,
    no_level,
    number_of,
    result_of,
)
from sim.exercise.calibrate.tries import Called, Row, Tried, gathered
from sim.roster.importing import Sheet, read_book
from sim.roster.importing.cells import Unusable, masked
from sim.roster.importing.posts import post_named
from sim.scenario import Scenario

_HEAD_ROWS = 20
_WHY = Text("错误值，或公式没有保存计算结果", "an error, or a formula whose result was not saved")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Log:
    """What a log says: who was called with what success, how long relaying took by level, and each house.

    ``nights`` counts those in which somebody was called (1 where no dates are told), ``persons`` the different ones called by post, each row
    without a code as one. ``unused`` counts rows that say nothing here, by the reason; ``supplied`` how many earlier tries were not written
    but must have been; ``alike`` the rows without a code that say the same as another, to the second of ring and talk.
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
    alike: int

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
            line = Line(sheet, number, places, columns)
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
        self._rows: list[Row] = []
        self._unused: Counter[str] = Counter()
        self._relay: dict[str, list[float]] = defaultdict(list)
        self._per_house: list[float] = []

    # --- a row --------------------------------------------------------------------------------------------------------

    def take(self, line: Line, *, calls: bool) -> None:
        """Take one row."""
        unknown = [key for key in line.places if key != "remark" and isinstance(line.value(key), Unusable)]
        for key in unknown:
            self._fault(Bad(_WHY, Text("改成数值（选择性粘贴）再存", "paste it as a value and save again"), key), line)
        if unknown:
            return
        if calls:
            self._take_call(line)
        else:
            self._take_time(line)

    def _take_call(self, line: Line) -> None:
        before = len(self._faults)
        day, clock = self._or_none(line, day_of), self._or_none(line, moment_of)
        if isinstance(clock, datetime):
            if day is not None and day != clock.date():
                self._fault(
                    Bad(
                        Text("日期与“日期”一栏不同", "its date is not that of the column of dates"),
                        Text("只写一处", "write it once"),
                        "at",
                    ),
                    line,
                )
            day, clock = clock.date(), clock.time()
        post, channel = self._or_none(line, self._post), self._or_none(line, channel_of)
        number, result = self._or_none(line, number_of), self._or_none(line, result_of)
        ring, talk = (
            self._or_none(line, length_of(key, most))
            for key, most in (("ring_s", LONGEST_RING_S), ("talk_s", LONGEST_TALK_S))
        )
        relay = self._or_none(line, length_of("relay_min", LONGEST_MIN))
        level = self._or_none(line, self._level)
        if result is not None:
            for bad in contradictions(line, result, number, talk, relay, level):
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
        self._rows.append(Row(line, day, clock, self._handover, post, person, number, tried))

    def _take_time(self, line: Line) -> None:
        before = len(self._faults)
        item, minutes = (
            self._or_none(line, item_of),
            self._or_none(line, length_of("minutes", LONGEST_MIN, needed=True)),
        )
        level = self._or_none(line, self._level)
        if item == "relay" and level is None and len(self._faults) == before:
            self._fault(no_level(), line)
        if len(self._faults) > before or minutes is None:
            return
        if item == "relay" and level is not None:
            self._relay[level].append(minutes)
        else:
            self._per_house.append(minutes)

    def _or_none(self, line: Line, read: Callable[[Line], _T]) -> _T | None:
        try:
            return read(line)
        except Bad as bad:
            self._fault(bad, line)
            return None

    def _fault(self, bad: Bad, line: Line) -> None:
        heading = next(column.heading.zh for column in line.columns if column.key == bad.key)
        value = "" if bad.key == "person" else masked(line.text(bad.key))
        where = f"{line.address(bad.key)} {heading}"
        column = line.places.get(bad.key, 0)
        self._faults.append(Fault(str(self._path), line.row, column, where, value, bad.problem, bad.remedy))

    # --- cells that need the scenario -------------------------------------------------------------------------------------

    def _post(self, line: Line) -> str:
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
            raise Bad(
                problem,
                Text(f"{guess}可用：{'、'.join(titles)}", f"use one of: {', '.join(self._scenario.plan.roster.posts)}"),
                "post",
            )
        return post

    def _level(self, line: Line) -> str | None:
        said = plain(line.text("level"))
        if said and said not in self._levels:
            names = list(dict.fromkeys(self._levels.values()))
            titles = [level.name for level in self._scenario.county.levels if level.id in names]
            problem = Text("情景里没有这一级值班室", "the scenario has no desks of this level")
            raise Bad(problem, Text(f"可用：{'、'.join(titles)}", f"use one of: {', '.join(names)}"), "level")
        return self._levels[said] if said else None

    def _person(self, line: Line) -> int | None:
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
                    self._fault(Bad(problem, Text("补上日期", "add the date"), "at"), row.line)
        found = gathered(self._rows, self._fault)
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
            nights=len({row.night for _, row in tried}),
            persons=Counter(sorted(post for post, _ in persons)),
            called=found.called,
            relay_min=relay,
            per_house_min=tuple(sorted(self._per_house)),
            unused=dict(sorted((self._unused + Counter(again=found.again)).items())),
            supplied=found.supplied,
            alike=_alike(self._rows),
        )


def _alike(rows: Sequence[Row]) -> int:
    """Return how many rows without a code say the same as one before; with a code such rows are faults."""
    timed = [row for row in rows if row.person is None and row.tried and row.tried.ring_min and row.tried.talk_min]
    return len(timed) - len({(row.day, row.clock, row.post, row.tried) for row in timed})


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60
