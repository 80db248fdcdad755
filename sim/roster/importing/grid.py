"""A grid with days across and names in its cells: a row to each post or desk, perhaps with a row of numbers below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sim.errors import Text
from sim.roster.importing.block import BlockReader
from sim.roster.importing.cells import masked
from sim.roster.importing.columns import kind_of
from sim.roster.importing.dates import hours_of, only_hours
from sim.roster.importing.days import When
from sim.roster.importing.duties import DutyReader
from sim.roster.importing.layout import Block
from sim.roster.importing.names import posts_of
from sim.roster.importing.people import Entry
from sim.roster.importing.phones import parse_phones
from sim.roster.importing.result import Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import TOTAL_ROW


class GridReader(BlockReader):
    """Reads posts or desks × days."""

    _not_read = frozenset({"date", "date_to", "weekday"})

    def __init__(self, setting: Setting, where: Where, block: Block, landlines: dict[str, str]) -> None:
        super().__init__(setting, where, block, landlines)
        titles = [column.column for column in block.of_kind("title")]
        labels = [*titles, *(column.column for column in block.of_kind("time"))]
        self._labels = {
            row: re.sub(r"\s", "", " ".join(self._sheet.text(row, column) for column in labels))
            for row in self._sheet.rows
        }
        inside = (label for row, label in self._labels.items() if block.body[0] <= row <= block.body[1])
        has_deputy = any("deputy_officer" in posts_of(label) for label in inside)
        self._duties = DutyReader(setting, where, block, self._days, has_deputy=has_deputy)
        self._over = self._over_days()
        self._titled = bool(titles)
        self._placed = bool(block.of_kind("place"))

    def _read(self, rows: Sequence[int]) -> list[Entry]:
        self._note_remarks(rows)
        whens = {column: when for column, when in self._days.across(self._over).items() if when is not None}
        if not whens:
            return []
        found: list[Entry] = []
        desk: str | None = None
        before: tuple[str, str] | None = None
        numbers = {row for row in rows if self._is_numbers(row)}
        shared = {row for row in numbers if not self._are_personal(row)}
        for row in sorted(shared):
            made = Text(
                "号码与上面的姓名不是一格对一格，未用", "numbers that do not stand one below each name: not used"
            )
            self._remarks.note(self._where.row(row), "", made)
        for row in rows:
            filled = any(self._sheet.text(row, column) for column in self._over)
            placed = any(self._sheet.text(row, column.column) for column in self._block.of_kind("place"))
            if row not in numbers and not filled and not self._placed and self._block.desk:
                self._row(row, self._block.desk, self._duties.told_posts(row), whens, None, again=False)
            if row in numbers or not (filled or placed):
                continue
            desk = self._desks.desk(row, desk)
            if desk is None or not filled:
                continue
            for beside in self._block.of_kind("landline"):
                self._landlines.in_cell(desk, row, beside.column)
            label = self._labels[row]
            if kind_of(label) == "landline":
                for column in dict.fromkeys(self._sheet.origin(row, column)[1] for column in self._over):
                    self._landlines.in_cell(desk, row, column)
                continue
            posts = self._duties.told_posts(row) or (("duty_officer",) if only_hours(label) else ())
            if not posts and (self._titled or not self._placed):
                self._unknown_label(row)
                continue
            below = row + 1 if row + 1 in numbers - shared else None
            found += self._row(row, desk, posts, whens, below, again=before == (desk, label))
            before = desk, label
        for row in sorted(numbers - shared - {row + 1 for row in rows if row not in numbers}):
            self._remarks.note(
                self._where.row(row), "", Text("有电话，没有姓名，未用", "numbers without names: not used")
            )
        return found

    def _row(
        self, row: int, desk: str, posts: Sequence[str], whens: dict[int, When], below: int | None, *, again: bool
    ) -> list[Entry]:
        """Return the entries of a row; ``below`` is the row of its numbers."""
        found: list[Entry] = []
        said = hours_of(self._labels[row])
        first = self._where.spot(row, self._over[0])
        for column, when in whens.items():
            place, numbers = (row, column), None if below is None else (below, column)
            likely = self._days.likely_hours(said, when)
            self._add_slot(place, numbers, desk, posts, self._duties.shifts(when, likely))
            text = self._sheet.text(row, column)
            if not text:
                continue
            people = self._crew.named(place, text, numbers)
            if not people:
                continue
            own = posts or self._duties.untold(row, people)
            hours = self._days.named_hours(said, first, self._where.spot(*place)) if said else when.hours
            found += self._duties.entries(place, people, desk, own, when, hours, again=again)
        return found

    def _is_numbers(self, row: int) -> bool:
        """Tell whether the cells of a row are the telephone numbers of the people above."""
        texts = [text for column in self._over if (text := self._sheet.text(row, column))]
        if kind_of(self._labels[row]) == "landline":
            return False
        numbers = sum(bool(parse_phones(text, "")[0]) and not re.search(r"[\u3400-\u9fff]", text) for text in texts)
        return bool(texts) and 2 * numbers > len(texts)

    def _are_personal(self, row: int) -> bool:
        """Tell whether each number stands below one cell of names, over the same days."""
        sheet = self._sheet
        return all(
            sheet.origin(row, column)[1] == sheet.origin(row - 1, column)[1]
            for column in self._over
            if sheet.text(row, column) and sheet.text(row - 1, column)
        )

    def _unknown_label(self, row: int) -> None:
        """Note and ask about a row of which nothing tells the post."""
        beside = (self._sheet.text(row, column.column) for column in self._block.columns if column.role.kind != "day")
        label = masked(self._labels[row] or next((text for text in beside if text), ""))
        made = Text("看不出是什么岗位，这一行未用", "the post is not known: the row was not used")
        self._remarks.note(self._where.row(row), label, made)
        if not re.fullmatch(r"备注|说明", label) and not TOTAL_ROW.fullmatch(label):
            text = Text(
                f"“{label}”这一行是什么岗位（带班领导、值班员 …）？", f"which post is that of the row '{label}'?"
            )
            self._remarks.ask(text, self._where.row(row), f"sheets.{self._block.key}.post")
