"""The rows of one block: on which day, at which desk, at which post, who, by which number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sim.errors import Text
from sim.roster.importing.cells import Sheet, masked
from sim.roster.importing.columns import PERSON, Column
from sim.roster.importing.crew import MALFORMED, CrewReader
from sim.roster.importing.dates import Hours
from sim.roster.importing.days import STANDING, DayReader, When, says_anything
from sim.roster.importing.desks import Found
from sim.roster.importing.layout import Block, own_texts
from sim.roster.importing.names import Named, parse_swap, posts_of
from sim.roster.importing.people import Entry
from sim.roster.importing.phones import Phone, parse_phones
from sim.roster.importing.result import Spot, Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import NOBODY, SAME

_OF_VILLAGES = frozenset({"village_secretary", "village_director", "grid_worker", "group_leader", "monitor"})
"""Posts that no township has: beside a township's name the village is missing."""
_DUTY_PHONE = re.compile(r"(?:值班|值守)(?:室)?(?:电话|座机|号码)[:：为是]*([\d\s()+转-]{7,})")


class BlockReader:
    """Reads one block into entries; notes and questions go to the setting's remarks, landlines to ``landlines``.

    ``whens`` and ``desks`` are the days and the duty room of each row, once it is read.
    """

    def __init__(self, setting: Setting, where: Where, block: Block, landlines: dict[str, str]) -> None:
        self._setting = setting
        self._where = where
        self._block = block
        self._landlines = landlines
        self._sheet = where.sheet
        self._remarks = setting.remarks
        self.whens: dict[int, When | None] = {}
        self.desks: dict[int, str] = {}
        self._days = DayReader(setting, where, block)
        self._crew = CrewReader(setting, where, block)
        self._places_above: dict[int, int] = {}
        names = [column for column in block.of_kind("name") if column.role.post]
        self._names = [column for column in names if self._is_post(column)]
        self._has_deputy = any("deputy_officer" in column.role.posts for column in self._names)
        self._dated = bool(block.of_kind("date")) or (block.day is not None and block.month is not None)

    def entries(self) -> list[Entry]:
        """Return the entries of all rows."""
        block = self._block
        if not block.use:
            self._note_unused_block()
            return []
        self._note_columns()
        rows = [row for row in self._sheet.rows if block.body[0] <= row <= block.body[1] and row not in block.remarks]
        self._read_remark_rows()
        self.whens = self._days.whens(rows)
        found: list[Entry] = []
        desk: str | None = None
        for row in rows:
            if not says_anything(self._sheet, block, row):
                continue
            desk = self._desk(row, desk)
            if desk is None:
                continue
            self.desks[row] = desk
            self._read_landline(row, desk)
            when = self.whens[row]
            if when is not None:
                found += self._row(row, desk, when)
        return found

    # --- what of the block is not used --------------------------------------------------------------------------------

    def _note_unused_block(self) -> None:
        made = (
            Text("隐藏的工作表，未用", "a hidden sheet, not used")
            if self._sheet.hidden
            else Text("版式文件写明不用", "not used, as the mapping states")
        )
        self._remarks.note(self._where.whole(), "", made)
        if self._sheet.hidden and self._setting.says.of(self._block.key).use is None:
            text = Text(
                f"隐藏的工作表“{self._sheet.name}”里有值班表：要用吗？",
                f"the hidden sheet '{self._sheet.name}' holds a roster: shall it be used?",
            )
            for row in self._sheet.rows:
                if self._block.body[0] <= row <= self._block.body[1]:
                    self._remarks.ask(text, self._where.row(row), f"sheets.{self._block.key}.use")

    def _note_columns(self) -> None:
        """Note each column that is not used, once."""
        first, last = self._block.body
        reasons = {
            "dropped": Text("身份证号列，已丢弃", "a column of identity numbers, dropped"),
            "ignored": Text("整列未用", "the column was not used"),
            "unknown": Text("不明白这一列的含义，整列未用", "the meaning of the column is not clear: it was not used"),
            "driver": Text(
                "司机不在叫应岗位中，整列未用", "drivers hold no post that is called: the column was not used"
            ),
        }
        for column in self._block.columns:
            role = column.role
            made = reasons.get(role.kind)
            if role.kind in {"name", "phone"} and role.post and not self._is_post(column):
                made = Text(
                    f"方案中没有岗位 {role.post}，整列未用",
                    f"the plan has no post {role.post}: the column was not used",
                )
            elif role.kind == "title" and role.post != PERSON:
                made = Text("职务不进入表中，整列未用", "titles are not kept: the column was not used")
            elif role.kind == "phone" and not role.post:
                made = Text(
                    "不知道是谁的电话，整列未用", "whose numbers these are is not clear: the column was not used"
                )
                text = Text(
                    f"电话列 {self._where.span(first, last, column.column).address} 是谁的号码？",
                    f"whose numbers are those of {self._where.span(first, last, column.column).address}?",
                )
                for row in self._sheet.rows:
                    if first <= row <= last and self._sheet.text(row, column.column):
                        self._remarks.ask(
                            text, self._where.spot(row, column.column), f"sheets.{self._block.key}.columns"
                        )
            if made is not None:
                heading = "" if role.kind == "dropped" else self._sheet.text(self._block.header[0], column.column)
                self._remarks.note(self._where.span(first, max(first, last), column.column), heading, made)

    def _read_remark_rows(self) -> None:
        for row in (*self._block.titles, *self._block.remarks):
            if row in self._block.titles and len(own_texts(self._sheet, row)) > 2:
                made = Text("表头上方的行，未用", "a row above the headings, not used")
                self._remarks.note(self._where.row(row), " ".join(own_texts(self._sheet, row)), made)
            for column in self._sheet.columns:
                text = self._sheet.text(row, column)
                if not text or self._sheet.origin(row, column) != (row, column):
                    continue
                match = _DUTY_PHONE.search(text)
                phones = parse_phones(match[1], self._setting.area)[0] if match else ()
                if phones and self._block.desk:
                    self._landline(self._block.desk, phones[0], row, column)
                elif row in self._block.remarks:
                    self._remarks.note(self._where.spot(row, column), text, Text("说明行，未用", "a remark, not used"))

    # --- desk ---------------------------------------------------------------------------------------------------------

    def _desk(self, row: int, above: str | None) -> str | None:
        """Return the desk of a row: of its place columns, else of the block; ``None`` if it is not known."""
        places = self._block.of_kind("place")
        if not places:
            if self._block.desk is None:
                self._ask_desk(
                    row,
                    self._block.desk_doubt or Found("none"),
                    self._sheet.name or self._where.book,
                    f"sheets.{self._block.key}.desk",
                )
            return self._block.desk
        index, county = -1, self._setting.county
        if self._block.desk is not None:
            index = county.index[self._block.desk]
        said = False
        for column in places:
            text = self._sheet.text(row, column.column)
            if not text and column is not places[-1] and column.column in self._places_above:
                index = self._places_above[column.column]
                made = Text("单位空白，同上一行", "no place here: that of the row above")
                self._remarks.note(self._where.spot(row, column.column), "", made, used=True)
            if not text or text in NOBODY:
                continue
            if text in SAME:
                self._remarks.note(
                    self._where.spot(row, column.column),
                    text,
                    Text("同上一行的单位", "the place of the row above"),
                    used=True,
                )
                return above
            stated = self._setting.says.places.get(text)
            found = Found("place", county.index[stated]) if stated else self._setting.finder.exact(text, index)
            if found.kind != "place":
                self._ask_desk(row, found, text, "places")
                return None
            index, said = found.place, True
            self._places_above[column.column] = index
        if not said and above is not None:
            self._remarks.note(
                self._where.row(row), "", Text("单位空白，同上一行", "no place here: that of the row above"), used=True
            )
            return above
        if not said and self._block.desk is None:
            self._ask_desk(row, Found("none"), self._sheet.name or self._where.book, f"sheets.{self._block.key}.desk")
            return None
        return self._setting.finder.code(index)

    def _ask_desk(self, row: int, found: Found, text: str, key: str) -> None:
        finder, text = self._setting.finder, masked(found.text or text)
        options = "、".join(f"{finder.name(option)}（{finder.code(option)}）" for option in found.options[:4])
        if found.kind == "ambiguous":
            question = Text(f"“{text}”是哪一个：{options}？", f"which one is '{text}': {options}?")
        elif found.options:
            question = Text(
                f"“{text}”在名录中是{options}，与标题不符：是哪里的？",
                f"'{text}' is {options} in the tables, not where the title says: which?",
            )
        elif found.kind == "unknown":
            question = Text(
                f"“{text}”是本县的哪个乡镇或村？名录里没有",
                f"which township or village is '{text}'? The tables do not have it",
            )
        else:
            question = Text(f"“{text}”是哪个乡镇或村的值班表？", f"whose roster is '{text}'?")
        self._remarks.ask(question, self._where.row(row), key)
        self._remarks.note(
            self._where.row(row),
            text,
            Text("不知道是哪个单位，这一行未用", "whose row this is is not known: it was not used"),
        )

    # --- landline -----------------------------------------------------------------------------------------------------

    def _read_landline(self, row: int, desk: str) -> None:
        for column in self._block.of_kind("landline"):
            text = self._sheet.text(row, column.column)
            if not text or text in SAME or text in NOBODY:
                continue
            phones, rest = parse_phones(text, self._setting.area)
            if phones:
                self._landline(desk, phones[0], row, column.column)
            if rest or not phones:
                self._remarks.note(
                    self._where.spot(row, column.column),
                    text,
                    Text("不是号码的部分未用", "what is no number was not used"),
                    used=bool(phones),
                )
            for other in phones[1:]:
                made = Text("另一个值班电话，未用", "another duty number, not used")
                self._remarks.note(self._where.spot(row, column.column), other.text, made, used=True)

    def _landline(self, desk: str, phone: Phone, row: int, column: int) -> None:
        known = self._landlines.setdefault(desk, phone.text)
        spot = self._where.spot(row, column)
        if phone.kind == "malformed":
            self._remarks.note(spot, phone.text, MALFORMED, used=True)
        if known != phone.text:
            made = Text("与前面的值班电话不同，用前面的", "not the duty number given before, which was kept")
            self._remarks.note(spot, phone.text, made)

    # --- people -------------------------------------------------------------------------------------------------------

    def _is_post(self, column: Column) -> bool:
        return any(post == PERSON or post in self._setting.plan.posts for post in column.role.posts)

    def _row(self, row: int, desk: str, when: When) -> list[Entry]:
        """Return the entries of a row."""
        found: list[Entry] = []
        seen: list[str] = []
        for column in self._names:
            spot = self._where.spot(row, column.column)
            people = self._crew.people(row, column)
            again = str(column.role) in seen
            seen.append(str(column.role))
            for person, post in self._with_posts(row, column, people, again=again):
                sound = self._sound_post(spot, desk, person, post, when)
                if not sound:
                    continue
                if person.away:
                    made = Text(f"{person.name}{person.away}，不采用", f"{person.name} is away: not taken")
                    self._remarks.note(spot, f"{person.name}（{person.away}）", made)
                    continue
                phone = person.phones[0].text if person.phones else None
                hours = when.hours
                if column.role.hours:
                    heading = self._where.spot(self._block.header[1], column.column)
                    hours = self._days.named_hours(column.role.hours, heading, spot) or hours
                standing = not self._block.of_kind("date") and not self._setting.plan.posts[post].rotates
                found += [
                    Entry(desk, post, person.name, phone, begin, end, spot)
                    for begin, end in self._shifts(STANDING if standing else when, hours)
                ]
        if not found and not seen_anybody(self._sheet, self._names, row) and when is not STANDING:
            self._remarks.note(self._where.row(row), "", Text("这一行没有写人", "the row names nobody"))
        return self._swapped(row, found)

    def _shifts(self, when: When, hours: Hours | None) -> Iterator[tuple[datetime | None, datetime | None]]:
        """Yield begin and end of the shifts of a row: one for whole duty days, one a day for hours of the day."""
        if when.first is None or when.last is None:
            yield None, None
            return
        first, last = (datetime(day.year, day.month, day.day) for day in (when.first, when.last))  # noqa: DTZ001 - Beijing time throughout
        if hours is None or hours == self._setting.whole_day:
            handover = timedelta(minutes=self._setting.handover_min)
            yield first + handover, last + timedelta(days=1) + handover
            return
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            yield day + timedelta(minutes=hours.begin_min), day + timedelta(minutes=hours.end_min)

    def _with_posts(
        self, row: int, column: Column, people: Sequence[Named], *, again: bool
    ) -> Iterator[tuple[Named, str]]:
        """Yield the people of a cell with their posts, as the cell, the row or the heading says them.

        ``again`` tells that a column to the left has the same role.
        """
        spot, held = self._where.spot(row, column.column), self._where.held(row, column.column)
        posts = self._told_posts(row) if column.role.post == PERSON else column.role.posts
        if len(posts) > 1 and len(people) > 1 and len(people) != len(posts):
            self._remarks.note(
                spot, held, Text("人数与表头的岗位数不符，未用", "people and posts do not match: not used")
            )
            ask = Text(
                "有的格人数与岗位数对不上：谁是什么岗位？",
                "in some cells people and posts do not match: who holds which?",
            )
            self._remarks.ask(ask, spot, f"sheets.{self._block.key}.columns")
            return
        for n, person in enumerate(people):
            if person.post and person.post not in posts:
                made = Text(
                    f"单元格写明岗位，{person.name}按 {person.post}",
                    f"the cell says so: {person.name} is {person.post}",
                )
                self._remarks.note(spot, held, made, used=True)
            if person.post:
                yield person, person.post
            elif len(posts) > 1 and len(people) == 1:
                self._remarks.note(spot, held, Text("一人兼任几个岗位", "one person in several posts"), used=True)
                yield from ((person, post) for post in posts)
            elif len(posts) > 1:
                yield person, posts[n]
            else:
                yield person, self._second(spot, held, person, posts[0] if posts else "", first=n == 0 and not again)

    def _second(self, spot: Spot, held: str, person: Named, post: str, *, first: bool) -> str:
        """Return the post of a person who may be the second at it: the second duty officer is the deputy, if there is no column of them."""
        known = self._setting.plan.posts
        if first or post not in known or not known[post].rotates:
            return post
        if post == "duty_officer" and not self._has_deputy and "deputy_officer" in known:
            made = Text(
                f"值班员写了两人，后一人（{person.name}）按副班",
                f"two duty officers: the second ({person.name}) is taken as the deputy",
            )
            self._remarks.note(spot, held, made, used=True)
            return "deputy_officer"
        self._remarks.note(spot, held, Text("同一岗位两人，都采用", "two people at one post, both taken"), used=True)
        return post

    def _sound_post(self, spot: Spot, desk: str, person: Named, post: str, when: When) -> bool:
        """Tell whether a person can hold a post here; if not, it is noted, and asked where an answer would help."""
        county, posts, key = self._setting.county, self._setting.plan.posts, f"sheets.{self._block.key}.columns"
        village = county.level_index("village")
        if not post:
            self._remarks.note(spot, person.name, Text("不知道是什么岗位，未用", "the post is not known: not used"))
            ask = Text("有的人没有写岗位（带班领导、值班员、支书 …）", "some people have no post beside their name")
            self._remarks.ask(ask, spot, key)
        elif post not in posts:
            made = Text(f"方案中没有岗位 {post}，未用", f"the plan has no post {post}: not used")
            self._remarks.note(spot, person.name, made)
        elif post in _OF_VILLAGES and village is not None and county.places.level[county.index[desk]] < village:
            name = self._setting.finder.name(county.index[desk])
            made = Text(f"村级岗位，只知道是{name}的，未用", f"a village post, known only to be in {name}: not used")
            self._remarks.note(spot, person.name, made)
            ask = Text("有的村干部没有写是哪个村", "of some village cadres it is not said which village they are of")
            self._remarks.ask(ask, spot, key)
        elif when is STANDING and posts[post].rotates:
            self._remarks.note(
                spot, person.name, Text("没有日期，轮值岗位未用", "no date for a post that rotates: not used")
            )
            ask = Text(
                f"“{self._block.key}”没有日期列：是哪一天（哪几天）的值班表？",
                f"'{self._block.key}' has no dates: of which days is it?",
            )
            self._remarks.ask(ask, spot, key)
        else:
            return True
        return False

    def _told_posts(self, row: int) -> tuple[str, ...]:
        """Return the posts that a row tells in its column of titles; with dates and no such column, people are duty officers."""
        titles = [column for column in self._block.of_kind("title") if column.role.post == PERSON]
        told = (posts_of(self._sheet.text(row, column.column)) for column in titles)
        return next((posts for posts in told if posts), ("duty_officer",) if self._dated and not titles else ())

    # --- remarks and swaps --------------------------------------------------------------------------------------------

    def _swapped(self, row: int, found: list[Entry]) -> list[Entry]:
        """Return the entries of a row with a plain swap of its remarks carried out; other remarks are noted."""
        for column in self._block.of_kind("remark", "swap"):
            text = self._sheet.text(row, column.column)
            if not text or text in NOBODY:
                continue
            spot = self._where.spot(row, column.column)
            swap = parse_swap(text)
            posts = {entry.post for entry in found if swap is not None and entry.name == swap[0]}
            if swap is not None and len(posts) == 1:
                old, new = swap
                found = [replace(entry, name=new, phone=None) if entry.name == old else entry for entry in found]
                self._remarks.note(
                    spot, text, Text(f"换班：{old}改为{new}", f"a swap: {new} in place of {old}"), used=True
                )
            elif swap is not None or column.role.kind == "swap":
                self._remarks.note(
                    spot,
                    text,
                    Text("换班没有照办：看不出换谁", "the swap was not carried out: it is not clear who is replaced"),
                )
                self._remarks.ask(
                    Text(
                        "有的换班、请假看不懂：请写成“换班：张三→李四”",
                        "some swaps cannot be read: write 换班：张三→李四",
                    ),
                    spot,
                )
            else:
                self._remarks.note(spot, text, Text("备注，未用", "a remark, not used"))
        return found


def seen_anybody(sheet: Sheet, names: Sequence[Column], row: int) -> bool:
    """Tell whether a row has anything in its columns of names."""
    return any(sheet.at(row, column.column) is not None for column in names)
