"""A grid of people × days: a row to each person, a mark under each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sim.errors import Text
from sim.roster.importing.block import BlockReader
from sim.roster.importing.columns import PERSON
from sim.roster.importing.days import When
from sim.roster.importing.duties import DutyReader
from sim.roster.importing.layout import Block
from sim.roster.importing.marks import Mark, is_mark, known_mark, mark_text
from sim.roster.importing.names import Named
from sim.roster.importing.people import Entry
from sim.roster.importing.posts import title_of
from sim.roster.importing.result import Spot, Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import TOTAL_ROW


class PeopleGridReader(BlockReader):
    """Reads people × days; what a mark means is known, stated by the mapping, or asked."""

    _not_read = frozenset({"date", "date_to", "weekday", "time"})

    def __init__(self, setting: Setting, where: Where, block: Block, landlines: dict[str, str]) -> None:
        super().__init__(setting, where, block, landlines)
        self._duties = DutyReader(setting, where, block, self._days, has_deputy=True)  # nobody is second in a cell
        self._first: dict[str, Spot] = {}
        self._names = [column for column in block.of_kind("name") if column.role.post and self._is_post(column)]

    def _read(self, rows: Sequence[int]) -> list[Entry]:
        self._note_remarks(rows)
        over = self._over_days()
        whens = {column: when for column, when in self._days.across(over).items() if when is not None}
        for other in self._names[1:]:
            made = Text("第二个姓名列，未用", "a second column of names, not used")
            self._remarks.note(self._where.span(*self._block.body, other.column), "", made)
        crew = self._people(rows, list(whens)) if whens and self._names else []
        marks = self._marks([row for row, _, _ in crew], list(whens))
        for row, desk, _ in crew:
            numbers = self._crew.numbers(row, self._names[0])
            for column in whens:
                self._add_slot((row, column), numbers, desk)
        return [
            entry
            for row, desk, people in crew
            for column, when in whens.items()
            if (mark := marks.get(self._text(row, column))) is not None and mark.on_duty
            for entry in self._entries((row, column), desk, people, mark, when)
        ]

    def _text(self, row: int, column: int) -> str:
        return mark_text(self._sheet.text(row, column))

    def _people(self, rows: Sequence[int], over: Sequence[int]) -> list[tuple[int, str, tuple[Named, ...]]]:
        """Return row, desk and people of each row that has marks."""
        found: list[tuple[int, str, tuple[Named, ...]]] = []
        desk: str | None = None
        column = self._names[0]
        for row in rows:
            marked = any(self._text(row, other) for other in over)
            beside = [other.column for other in self._block.columns if other.role.kind != "day"]
            if any(TOTAL_ROW.fullmatch(self._text(row, other)) for other in beside):
                self._remarks.note(self._where.row(row), "", Text("合计行，未用", "a row of totals, not used"))
                continue
            people = self._crew.people(row, column)
            desk = self._desks.desk(row, desk) if people or marked else desk
            if not people:
                if marked and not self._text(row, column.column):
                    made = Text("有标记，没有姓名，这一行未用", "marks without a name: the row was not used")
                    self._remarks.note(self._where.row(row), "", made)
                continue
            if not marked:
                made = Text("没有标记，没有排班", "no marks: not on the roster")
                self._remarks.note(self._where.row(row), self._where.held(row, column.column), made)
                continue
            if desk is None:
                continue
            for other in self._block.of_kind("landline"):
                self._landlines.in_cell(desk, row, other.column)
            found.append((row, desk, people))
        return found

    def _marks(self, rows: Sequence[int], over: Sequence[int]) -> dict[str, Mark]:
        """Return what each mark means; what is not used is noted where it first stands, what is not known is asked."""
        places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in rows:
            for column in over:
                if text := self._text(row, column):
                    places[text].append((row, column))
        marks: dict[str, Mark] = {}
        for text, found in places.items():
            spot, count = self._where.spot(*found[0]), len(found)
            mark = self._setting.says.marks.get(text) or known_mark(text)
            if mark is None:
                self._unknown(text, found)
                continue
            marks[text] = mark
            self._first[text] = spot
            if not mark.on_duty and text not in self._setting.says.marks:
                made = Text(f"“{text}”共 {count} 格，按不值班", f"'{text}', {count} cells: taken as not on duty")
                self._remarks.note(spot, text, made, used=True)
        return marks

    def _unknown(self, text: str, places: Sequence[tuple[int, int]]) -> None:
        """Note and ask about a mark that nobody explains; a name or a longer text is none."""
        if not is_mark(text):
            for place in places:
                made = Text("不是标记，未用", "this is no mark: not used")
                self._remarks.note(self._where.spot(*place), text, made)
                ask = Text(
                    "有的格不是标记（班、值、休 …）：是谁值班？", "some cells hold no mark: who is on duty there?"
                )
                self._remarks.ask(ask, self._where.spot(*place))
            return
        count = len(places)
        made = Text(
            f"“{text}”共 {count} 格，不知道是什么意思，未用",
            f"'{text}', {count} cells: its meaning is not known: not used",
        )
        self._remarks.note(self._where.spot(*places[0]), text, made)
        ask = Text(
            f"标记“{text}”是什么意思（值班、白班、夜班、休息 …）？",
            f"what does the mark '{text}' mean: on duty, day, night, off?",
        )
        for place in places:
            self._remarks.ask(ask, self._where.spot(*place), f"marks.{text}")

    def _entries(
        self,
        place: tuple[int, int],
        desk: str,
        people: Sequence[Named],
        mark: Mark,
        when: When,
    ) -> list[Entry]:
        """Return the entries of a marked cell: the post of the mark, else of the row; the hours of the mark, else of the day."""
        row, _ = place
        spot = self._where.spot(*place)
        role = self._names[0].role
        told = self._duties.told_posts(row) if role.post == PERSON else role.posts
        if mark.post and told and mark.post not in told:
            made = Text(
                f"标记写明岗位，按{title_of(mark.post, self._setting.plan)}", f"the mark says so: taken as {mark.post}"
            )
            self._remarks.note(spot, self._where.held(*place), made, used=True)
        posts = (mark.post,) if mark.post else told
        if not posts and not self._block.of_kind("title"):
            posts = self._duties.untold(row, people)
        said = self._first[self._text(*place)] if mark.hours else spot
        named = mark.hours or (self._duties.told_hours(row) if when.hours is None else "")
        hours = self._days.named_hours(named, said, spot) if named else when.hours
        return self._duties.entries(place, people, desk, posts, when, hours)
