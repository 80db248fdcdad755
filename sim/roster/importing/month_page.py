"""The page of a month: a column to each weekday, in each cell a day and who is on duty, or the names in cells below the days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sim.errors import Text
from sim.roster.importing.across import bare_day, weekdays_over
from sim.roster.importing.block import BlockReader
from sim.roster.importing.cells import Unusable
from sim.roster.importing.dates import Day, hours_of
from sim.roster.importing.days import When
from sim.roster.importing.duties import DutyReader
from sim.roster.importing.layout import Block, as_date
from sim.roster.importing.people import Entry
from sim.roster.importing.result import Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import HOLIDAYS, NAMES_OF_TERMS

_LEAD = re.compile(
    r"\s*(?P<day>(?:20\d\d\s*[年./-]\s*)?(?:\d{1,2}\s*[月./-]\s*)?\d{1,2}(?:\s*[日号]|(?=\s|[(:、,]|$)))"
    r"(?!\s*[:点时]\s*\d)[\s:、,]*(?P<rest>.*)",
    re.DOTALL,
)
_HOLIDAY = re.compile(rf"(?<!\S)(?:{HOLIDAYS}|休|班)(?!\S)")
_LATE, _EARLY = 20, 8
"""Beyond the 20th in the first week is the month before, up to the 8th from the fifth week on the month after."""


class MonthReader(BlockReader):
    """Reads the page of a month."""

    _not_read = frozenset({"date", "date_to", "weekday", "time", "name", "landline"})

    def __init__(self, setting: Setting, where: Where, block: Block, landlines: dict[str, str]) -> None:
        super().__init__(setting, where, block, landlines)
        self._over = [column.column for column in block.of_kind("day")]
        self._weekday = {column: self._sheet.origin(block.header[0], column)[1] for column in self._over}
        deputy = any(
            "副班" in self._sheet.text(row, column.column)
            for row in self._sheet.rows
            if block.body[0] <= row <= block.body[1]
            for column in block.columns
        )
        self._duties = DutyReader(setting, where, block, self._days, has_deputy=deputy)

    def _read(self, rows: Sequence[int]) -> list[Entry]:
        self._note_remarks(rows)
        whens: dict[int, When | None] = {}
        dated: list[tuple[tuple[int, int], When | None]] = []
        found: list[Entry] = []
        desk: str | None = None
        week = 0
        for row in rows:
            texts = {column: text for column in self._over if (text := self._sheet.text(row, column))}
            days = {column: day for column in texts if (day := self._day(row, column)) is not None}
            if days and 2 * len(days) >= len(texts):
                week += 1
                whens = {}
                for column, (said, rest) in days.items():
                    when = self._days.cell(row, column, self._in_month(row, column, said, week))
                    whens[self._weekday[column]] = when
                    dated.append(((row, column), when))
                    texts[column] = rest
            if not any(texts.values()):
                continue
            desk = self._desks.desk(row, desk)
            if desk is not None:
                for column, text in texts.items():
                    found += self._cell((row, column), text, desk, whens)
        self._days.check_page(dated)
        if not dated:
            ask = Text(
                f"“{self._block.key}”只有星期，没有日期：是哪几天的值班表？",
                f"'{self._block.key}' has weekdays and no dates: of which days is it?",
            )
            for row in rows:
                self._remarks.ask(ask, self._where.row(row), f"sheets.{self._block.key}.use")
        return found

    def _cell(self, place: tuple[int, int], text: str, desk: str, whens: dict[int, When | None]) -> list[Entry]:
        """Return the entries of the names of a cell, which are those of the day in it or above it."""
        row, column = place
        when = whens.get(self._weekday[column])
        names = self._without_calendar(place, text, when)
        if not names:
            return []
        if self._weekday[column] not in whens:
            made = Text("格内和上方都没有日期，未用", "neither the cell nor one above has a day: not used")
            self._remarks.note(self._where.spot(*place), text, made)
            return []
        people = self._crew.named(place, names) if when is not None else ()
        if when is None or not people:
            return []
        said = hours_of(" ".join(self._sheet.text(row, column.column) for column in self._block.of_kind("title")))
        spot = self._where.spot(*place)
        hours = self._days.named_hours(said, self._where.row(row), spot) if said else None
        posts = self._duties.told_posts(row) or self._duties.untold(row, people)
        return self._duties.entries(place, people, desk, posts, when, hours)

    def _without_calendar(self, place: tuple[int, int], text: str, when: When | None) -> str:
        """Return a text without what calendars print below a day; 白露 in September is the solar term, in other months a person."""
        names = _HOLIDAY.sub(" ", text).strip()
        if names != text.strip():
            made = Text("农历、节日、休班字样略去", "days of the lunar calendar and holidays were left out")
            self._remarks.note(self._where.rows(self._block.body), "", made, used=True)
        for term, month in NAMES_OF_TERMS.items():
            if when is not None and when.first is not None and when.first.month == month and term in names.split():
                made = Text(f"“{term}”按节气，不作姓名", f"'{term}' is taken for the solar term, not for a name")
                self._remarks.note(self._where.spot(*place), text, made, used=True)
                names = names.replace(term, " ").strip()
        return names

    def _day(self, row: int, column: int) -> tuple[Day, str] | None:
        """Return the day with which a cell begins, and the text that follows."""
        value = self._sheet.at(row, column)
        if value is None or isinstance(value, Unusable):
            return None
        whole = bare_day(value, self._block.month, typed=self._sheet.typed)
        if isinstance(value, float | datetime) or (whole is not None and not whole.rest):
            return None if whole is None else (whole, "")
        match = _LEAD.fullmatch(self._sheet.text(row, column))
        day = None if match is None else bare_day(match["day"], self._block.month, typed=self._sheet.typed)
        return None if match is None or day is None else (day, match["rest"])

    def _in_month(self, row: int, column: int, day: Day, week: int) -> Day:
        """Return a day without a month of its own in the month in which it stands under its weekday: the page's, or that before or after."""
        block = self._block
        year = block.year or self._setting.says.year or self._setting.year
        if day.month != block.month or block.month is None or day.year is not None:
            return day
        near = -1 if week == 1 and day.day > _LATE else (1 if week > 4 and day.day < _EARLY else 0)
        month = (block.month - 1 + near) % 12 + 1
        weekdays = set(weekdays_over(self._sheet, block.header, column))
        when = as_date(year + (block.month - 1 + near) // 12, month, day.day) if near and year else None
        if when is None or weekdays != {when.weekday()}:
            return day
        made = Text(f"按星期，是 {when:%Y-%m-%d}", f"by its weekday this is {when:%Y-%m-%d}")
        self._remarks.note(self._where.spot(row, column), self._where.held(row, column), made, used=True)
        return replace(day, month=month, year=when.year)
