"""On which days and at which hours the rows of a block are: what a row leaves open is asked, what contradicts itself is noted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from sim.errors import Text
from sim.roster.importing.across import heading_day, weekdays_over
from sim.roster.importing.cells import Sheet, Unusable
from sim.roster.importing.columns import CLOCKS
from sim.roster.importing.dates import (
    WEEKDAYS,
    Day,
    Hours,
    Unstated,
    clock,
    hours_of,
    is_part,
    only_hours,
    parse_day,
    parse_hours,
    shift_word,
    tens_settled,
    weekday_of,
)
from sim.roster.importing.layout import Block, as_date, months_said, own_texts
from sim.roster.importing.part import Part
from sim.roster.importing.result import Spot, Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import NOBODY

_LONGEST_DAYS = 62
_DAY_WORDS, _NIGHT_WORDS = r"白|日", r"夜|晚"
_UNITS = {"list": Text("这一行", "the row"), "grid": Text("这一列", "the column"), "month": Text("这一格", "the cell")}


@dataclass(frozen=True)
class When:
    """The days of a row, the first and the last, and its hours if the row says them; ``None`` for a standing post."""

    first: date | None
    last: date | None
    hours: Hours | Unstated | None


STANDING = When(None, None, None)


def says_anything(sheet: Sheet, block: Block, row: int) -> bool:
    """Tell whether a row of the body has a date, a name or a landline."""
    return any(sheet.at(row, column.column) is not None for column in block.of_kind("name", "landline", "date"))


class DayReader(Part):
    """Reads the days of a block."""

    def __init__(self, setting: Setting, where: Where, block: Block) -> None:
        super().__init__(setting, where, block)
        self._column = 0  # of the dates, once it is settled which
        self._told: set[int] = set()  # rows whose day was already noted as unclear

    def whens(self, rows: Sequence[int]) -> dict[int, When | None]:
        """Return the days of each row; ``None`` where they are not known."""
        columns = self._block.of_kind("date")
        if not columns:
            return {row: self._undated(row) for row in rows}
        read_of = {
            column.column: [
                parse_day(self._sheet.at(row, column.column), self._block.month, typed=self._sheet.typed)
                for row in rows
            ]
            for column in columns
        }
        column = max(read_of, key=lambda number: sum(day is not None for day in read_of[number]))
        self._column = column
        for other in (other for other in columns if other.column != column):
            made = Text("第二个日期列，未用", "a second column of dates, not used")
            self._remarks.note(self._where.span(*self._block.body, other.column), "", made)
        read = self._settled(rows, column, read_of[column])
        if self._of_another_month(read, [(row, column) for row in rows]):
            return dict.fromkeys(rows)
        days = [self._resolved(row, column, day) for row, day in zip(rows, read, strict=True)]
        whens: dict[int, When | None] = {}
        for n, row in enumerate(rows):
            span = days[n]
            if (
                span is None
                and self._sheet.at(row, column) is None
                and says_anything(self._where.sheet, self._block, row)
            ):
                span = self._carried(days, n, row, column)
                days[n] = span
            whens[row] = None if span is None else When(*span, self._hours(row, read[n]))
        weekdays = [self._weekdays(row, day) for row, day in zip(rows, read, strict=True)]
        self._check_weekdays(
            [((row, column), said, span) for row, said, span in zip(rows, weekdays, days, strict=True)]
        )
        return whens

    def across(self, columns: Sequence[int]) -> dict[int, When | None]:
        """Return the days that stand over the columns of a grid; ``None`` where they are not known."""
        sheet, header = self._sheet, self._block.header
        read = [heading_day(sheet, header, column, self._block.month) for column in columns]
        days = tens_settled([day for _, day in read])
        if any(a and b and (a.year, a.month) == (b.year, b.month) and b.day < a.day for a, b in pairwise(days)):
            self._falling(columns, [row for row, _ in read])
            return dict.fromkeys(columns)
        if self._of_another_month(days, [(row, column) for column, (row, _) in zip(columns, read, strict=True)]):
            return dict.fromkeys(columns)
        spans: list[tuple[date, date] | None] = []
        for column, (row, _), day in zip(columns, read, days, strict=True):
            spans.append(self._resolved(row, column, None if day is None or day.tens else day))
        places = [(row, column) for column, (row, _) in zip(columns, read, strict=True)]
        said = [set(weekdays_over(sheet, header, column)) for column in columns]
        for own, day in zip(said, days, strict=True):
            if day is not None and day.weekday is not None:
                own.add(day.weekday)
        self._check_weekdays(list(zip(places, said, spans, strict=True)))
        return {
            column: None if span is None else When(*span, self._hours_over(column))
            for column, span in zip(columns, spans, strict=True)
        }

    def _of_another_month(self, days: Sequence[Day | None], places: Sequence[tuple[int, int]]) -> bool:
        """Tell whether title and dates contradict each other, none of the days being of the one month that the title says; if so, ask."""
        block, stated = self._block, self._setting.says.of(self._block.key).month
        texts = (text for row in block.titles for text in own_texts(self._sheet, row))
        titled = {stated} if stated else months_said([*texts, self._sheet.name, self._where.book])
        dated = {month for day in days if day for month in (day.month, day.last[1] if day.last else None) if month}
        if block.day is not None or len(titled) != 1 or not dated or dated & titled:
            return False
        (month,), listed = titled, "、".join(map(str, sorted(dated)))
        ask = Text(
            f"“{block.key}”的标题是 {month} 月，日期是 {listed} 月：哪一个对？标题对就改日期，日期对就改标题或在版式文件写 month",
            f"the title of '{block.key}' says month {month}, its dates month {listed}: which is right? Correct the dates or the title, or "
            "state month in the mapping",
        )
        for place, day in zip(places, days, strict=True):
            if day is not None:
                spot = self._where.spot(*place)
                self._remarks.ask(ask, spot, f"sheets.{block.key}.month")
                made = self._lost("月份与标题不符", "the month is not that of the title")
                self._remarks.note(spot, self._where.held(*place), made)
        return True

    def _falling(self, columns: Sequence[int], rows: Sequence[int]) -> None:
        """Ask about days that begin again from 1: of which months they are would be guessed."""
        ask = Text(
            f"“{self._block.key}”的日期从大数又回到小数，跨两个月：请在日期上写明月份（8月26日）",
            f"the days of '{self._block.key}' run over two months: write the months with them (8月26日)",
        )
        for row, column in zip(rows, columns, strict=True):
            spot = self._where.spot(row, column)
            made = self._lost("跨两个月，不知道月份", "two months, and it is not said which")
            self._remarks.note(spot, self._where.held(row, column), made)
            self._remarks.ask(ask, spot)

    def _hours_over(self, column: int) -> Hours | Unstated | None:
        """Return the hours that the header of a grid says over a column."""
        for row in range(self._block.header[0], self._block.header[1] + 1):
            text = self._sheet.text(row, column)
            if only_hours(text):
                first = next(other for other in self._sheet.columns if self._sheet.text(row, other) == text)
                said = self._where.spot(row, first)
                return self.named_hours(hours_of(text), said, self._where.spot(row, column))
        return None

    def cell(self, row: int, column: int, day: Day) -> When | None:
        """Return the day that a cell of the page of a month has for its own."""
        span = self._resolved(row, column, day)
        return None if span is None else When(*span, None)

    def check_page(self, cells: Sequence[tuple[tuple[int, int], When | None]]) -> None:
        """Note the days of the page of a month that do not stand under their weekday."""
        header = self._block.header
        self._check_weekdays(
            [
                (place, set(weekdays_over(self._sheet, header, place[1])), (when.first, when.last))
                for place, when in cells
                if when is not None and when.first is not None and when.last is not None
            ]
        )

    def _lost(self, zh: str, en: str) -> Text:
        """Return why the cells of a day were not used."""
        unit = _UNITS[self._block.form]
        return Text(f"{zh}，{unit.zh}未用", f"{en}: {unit.en} was not used")

    def _undated(self, row: int) -> When | None:
        block = self._block
        if block.day is None or block.month is None:
            return STANDING
        span = self._resolved(row, 0, Day(block.year, block.month, block.day))
        return None if span is None else When(*span, self._hours(row, None))

    def _settled(self, rows: Sequence[int], column: int, read: Sequence[Day | None]) -> list[Day | None]:
        """Return the days with 8.1 and 8.10 told apart, by the days around and by the weekday."""
        settled = tens_settled(read)
        for n, day in enumerate(settled):
            if day is not None and day.tens:
                options = [replace(day, day=number, tens=False) for number in (day.day, day.day * 10)]
                weekdays = self._weekdays(rows[n], day)
                fitting = [option for option in options if weekdays == {self._weekday_of(option)}]
                settled[n] = fitting[0] if len(fitting) == 1 else None
                if settled[n] is None:
                    self._told.add(rows[n])
                    made = Text(
                        f"可能是 {day.day} 日，也可能是 {day.day * 10} 日，未用",
                        f"may be day {day.day} or {day.day * 10}: not used",
                    )
                    self._remarks.note(self._where.spot(rows[n], column), self._where.held(rows[n], column), made)
                    text = Text(
                        "日期写成小数（如 8.1），分不清 1 日还是 10 日：请写成 8月1日",
                        "dates written as fractions (8.1 or 8.10?): write 8月1日",
                    )
                    self._remarks.ask(text, self._where.spot(rows[n], column))
        return tens_settled(settled)

    def _weekday_of(self, day: Day) -> int | None:
        year = day.year or self._block.year or self._setting.year
        when = as_date(year, day.month, day.day) if year and day.month else None
        return None if when is None else when.weekday()

    def _weekdays(self, row: int, day: Day | None) -> set[int]:
        """Return every weekday that a row names, beside its date or in a column of its own."""
        said = {weekday_of(self._sheet.text(row, column.column)) for column in self._block.of_kind("weekday")}
        return {weekday for weekday in (*said, day.weekday if day else None) if weekday is not None}

    def _resolved(self, row: int, column: int, day: Day | None) -> tuple[date, date] | None:
        """Return the first and last date of a row; what is missing is asked."""
        spot = self._where.spot(row, column) if column else self._where.row(row)
        if day is None:
            if (
                row not in self._told
                and self._sheet.at(row, column) is not None
                and not isinstance(self._sheet.at(row, column), Unusable)
            ):
                self._no_day(row, column)
            return None
        year = self._year(day, row, column)
        if year is None:
            return None
        if day.week is not None:
            return self._week(year, day.week, row, column)
        if day.month is None:
            text = Text(f"“{self._block.key}”是几月的值班表？", f"of which month is '{self._block.key}'?")
            self._remarks.ask(text, spot, f"sheets.{self._block.key}.month")
            self._remarks.note(
                spot,
                self._where.held(row, column),
                self._lost("不知道月份", "the month is not known"),
            )
            return None
        first = as_date(year, day.month, day.day)
        last = first
        until = self._until(row, day)
        if first is not None and until is not None:
            to_year, to_month, to_day = until
            last = as_date(to_year or year, to_month or day.month, to_day)
            if last is not None and last < first and to_year is None:
                last = as_date(year + 1, to_month or day.month, to_day) if day.month == 12 else None
        if first is None or last is None or not 0 <= (last - first).days <= _LONGEST_DAYS:
            self._no_day(row, column)
            return None
        return first.date(), last.date()

    def _until(self, row: int, day: Day) -> tuple[int | None, int | None, int] | None:
        """Return the last day of a row: of its own cell, or of a column of last days."""
        if day.last is not None:
            return day.last
        for column in self._block.of_kind("date_to"):
            end = parse_day(self._sheet.at(row, column.column), day.month or self._block.month, typed=self._sheet.typed)
            if end is not None and end.week is None and not end.tens:
                return end.year, end.month, end.day
        return None

    def _no_day(self, row: int, column: int) -> None:
        spot = self._where.spot(row, column) if column else self._where.row(row)
        made = self._lost("看不出是哪一天", "it is not clear which day this is")
        self._remarks.note(spot, self._where.held(row, column) if column else "", made)
        self._remarks.ask(
            Text("有的日期看不懂：请写成 2025-08-01 的样子", "some dates cannot be read: write them like 2025-08-01"),
            spot,
        )

    def _year(self, day: Day, row: int, column: int) -> int | None:
        """Return the year of a row: stated by the mapping, by the cell, by the title, by the caller."""
        block = self._block
        spot = self._where.spot(row, column) if column else self._where.row(row)
        said = stated = self._setting.says.of(block.key).year or self._setting.says.year
        if stated is None:
            said = block.year
        if day.year is not None:
            turn = said is not None and abs(day.year - said) == 1 and {day.month, block.month} in ({1, 12}, {1}, {12})
            if stated is not None and day.year != stated and not turn:
                self._remarks.note(
                    spot,
                    self._where.held(row, column),
                    Text(f"按版式文件写明的 {stated} 年", f"taken as {stated}, as the mapping states"),
                    used=True,
                )
                return stated
            if said is not None and day.year != said and not turn:
                text = Text(
                    f"“{block.key}”的标题是 {said} 年，日期单元格是 {day.year} 年：哪一个对？",
                    f"the title of '{block.key}' says {said}, its dates say {day.year}: which is right?",
                )
                self._remarks.ask(text, spot, f"sheets.{block.key}.year")
                self._remarks.note(
                    spot,
                    self._where.held(row, column),
                    self._lost("年份与标题不符", "the year is not that of the title"),
                )
                return None
            return day.year
        year = said or self._setting.year
        if year is None:
            text = Text(
                f"“{block.key}”是哪一年的值班表？（导入时加 --year，或在版式文件写 year）",
                f"of which year is '{block.key}'? (import it with --year, or state year in the mapping)",
            )
            self._remarks.ask(text, spot, "year")
            held = self._where.held(row, column) if column else ""
            self._remarks.note(spot, held, self._lost("不知道年份", "the year is not known"))
            return None
        if said is not None and block.month is not None and {block.month, day.month} == {1, 12}:
            year += 1 if block.month == 12 else -1
            self._remarks.note(
                spot, self._where.held(row, column), Text(f"按 {year} 年", f"taken as {year}"), used=True
            )
        return year

    def _week(self, year: int, week: int, row: int, column: int) -> tuple[date, date] | None:
        try:
            monday = date.fromisocalendar(year, week, 1)
        except ValueError:
            self._no_day(row, column)
            return None
        sunday = monday + timedelta(days=6)
        made = Text(
            f"按国家标准周数，{monday:%Y-%m-%d} 至 {sunday:%Y-%m-%d}",
            f"ISO week, {monday:%Y-%m-%d} to {sunday:%Y-%m-%d}",
        )
        self._remarks.note(self._where.spot(row, column), self._where.held(row, column), made, used=True)
        return monday, sunday

    def _carried(
        self, days: Sequence[tuple[date, date] | None], n: int, row: int, column: int
    ) -> tuple[date, date] | None:
        """Return the day of the row above for a row without date, unless a day would then be missing before the next one."""
        above = days[n - 1] if n else None
        following = next((span for span in days[n + 1 :] if span is not None), None)
        if above is None or (following is not None and following[0] not in {above[1], above[1] + timedelta(days=1)}):
            self._no_day(row, column)
            return None
        made = Text(
            f"日期空白，同上一行（{above[0]:%Y-%m-%d}）", f"no date here: that of the row above ({above[0]:%Y-%m-%d})"
        )
        self._remarks.note(self._where.spot(row, column), "", made, used=True)
        return above

    def _hours(self, row: int, day: Day | None) -> Hours | Unstated | None:
        """Return the hours that a row names, in its column of hours or beside its date."""
        for column in self._block.of_kind("time"):
            text = self._sheet.text(row, column.column)
            if text and text not in NOBODY:
                spot = self._where.spot(row, column.column)
                hours = self.named_hours(text, spot, spot)
                if hours is None:
                    made = Text("看不懂的时段，按整日", "hours that cannot be read: taken as the whole day")
                    self._remarks.note(self._where.spot(row, column.column), text, made, used=True)
                return hours
        if day is not None and day.rest:
            column_of_dates = self._column
            spot = self._where.spot(row, column_of_dates)
            hours = self.named_hours(day.rest, spot, spot)
            if hours is not None:
                return hours
            self._remarks.note(
                self._where.spot(row, column_of_dates),
                day.rest,
                Text("日期旁的文字未用", "the words beside the date were not used"),
            )
        return None

    def likely_hours(self, text: str, when: When) -> Hours | None:
        """Return the hours that somebody named there would stand, by what a heading says or the row; ``None`` for whole days, or if not known."""
        hours = self.hours_of(text) or when.hours
        return None if isinstance(hours, Unstated) else hours

    def hours_of(self, text: str) -> Hours | None:
        """Return the hours that a text names, without a word on what was assumed."""
        return parse_hours(text, self._setting.day_shift, self._setting.night_shift, self._setting.whole_day)

    def named_hours(self, text: str, said: Spot, row: Spot) -> Hours | Unstated | None:
        """Return the hours that a text names; ``said`` is where it stands, ``row`` the row that it speaks of.

        Day and night shift have hours of their own where they are the only shifts; what another part of the day is, is asked.
        """
        setting = self._setting
        hours = self.hours_of(text)
        if CLOCKS.search(text):
            if hours is None:
                ask = Text(
                    "有的时段看不懂，或写了几段：请只写一段，如 08:30-12:00；现在写这样时段的人没有排班",
                    "some hours cannot be read or are several: write one part, like 08:30-12:00; these people are not put on duty",
                )
                self._remarks.ask(ask, row)
                return Unstated(text)
            return hours
        word = shift_word(text)
        if word in setting.says.shifts:
            return setting.says.shifts[word]
        if is_part(word) or (hours is not None and word and self._block.shifts and self._assumed(text)):
            ask = Text(
                f"“{word}”从几点到几点？（在版式文件的 shifts 里写明，写明以前不排班）",
                f"from when to when is '{word}'? (state it under shifts in the mapping; until then nobody is put on duty for it)",
            )
            self._remarks.ask(ask, row, f"shifts.{word}")
            return Unstated(word)
        if hours is not None and word:
            self._assume_shift(text, said, row)
        return hours

    def _assumed(self, text: str) -> bool:
        """Tell whether the mapping leaves open the hours of the shift that a text names."""
        says = self._setting.says
        return any(
            stated is None and re.search(words, text)
            for stated, words in ((says.day_shift, _DAY_WORDS), (says.night_shift, _NIGHT_WORDS))
        )

    def _assume_shift(self, text: str, said: Spot, row: Spot) -> None:
        """Say what was assumed of a shift whose hours nobody states."""
        says, setting = self._setting.says, self._setting
        for stated, hours, key, words in (
            (says.day_shift, setting.day_shift, "day_shift", _DAY_WORDS),
            (says.night_shift, setting.night_shift, "night_shift", _NIGHT_WORDS),
        ):
            if stated is None and re.search(words, text):
                shown = f"{clock(hours.begin_min)}—{clock(hours.end_min)}"
                english = shown.replace("次日", "next day ")
                zh, en = ("白班", "day shift") if key == "day_shift" else ("夜班", "night shift")
                made = Text(f"{zh}没有写几点，按 {shown}", f"no hours are given for the {en}: taken as {english}")
                self._remarks.note(said, text, made, used=True)
                ask = Text(f"{zh}从几点到几点？现按 {shown}", f"from when to when is the {en}? Taken as {english}")
                self._remarks.ask(ask, row, key)

    def _check_weekdays(self, days: Sequence[tuple[tuple[int, int], set[int], tuple[date, date] | None]]) -> None:
        """Note every weekday that is not that of its date; if most are not, the year may be wrong.

        ``days`` are row and column of each date, the weekdays said with it, and the dates themselves.
        """
        checked = wrong = 0
        for place, weekdays, span in days:
            if not weekdays or span is None or span[0] != span[1]:
                continue
            checked += 1
            wrong += weekdays != {span[0].weekday()}
            for weekday in sorted(weekdays - {span[0].weekday()}):
                made = Text(
                    f"写的是星期{WEEKDAYS[weekday]}，{span[0]:%Y-%m-%d} 是星期{WEEKDAYS[span[0].weekday()]}；按日期",
                    f"the weekday is not that of {span[0]:%Y-%m-%d}; the date was taken",
                )
                self._remarks.note(self._where.spot(*place), self._where.held(*place), made, used=True)
        if wrong > 3 and 2 * wrong > checked:
            text = Text(
                f"“{self._block.key}”的星期大多与日期不符：年份、月份对吗？",
                f"most weekdays of '{self._block.key}' are not those of the dates: are year and month right?",
            )
            for place, _, span in days:
                if span is not None:
                    self._remarks.ask(text, self._where.spot(*place), f"sheets.{self._block.key}.year")
