"""A list with one row to a day or to a person: on which day, at which desk, at which post, who, by which number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sim.errors import Text
from sim.roster.importing import exchanges
from sim.roster.importing.block import BlockReader
from sim.roster.importing.cells import Sheet
from sim.roster.importing.columns import PERSON, Column
from sim.roster.importing.dates import Hours, Unstated
from sim.roster.importing.days import STANDING, When, says_anything
from sim.roster.importing.duties import DutyReader
from sim.roster.importing.layout import Block
from sim.roster.importing.names import parse_swap
from sim.roster.importing.people import Entry
from sim.roster.importing.result import Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.words import NOBODY


class RowReader(BlockReader):
    """Reads a list into entries."""

    def __init__(self, setting: Setting, where: Where, block: Block, landlines: dict[str, str]) -> None:
        super().__init__(setting, where, block, landlines)
        self._names = [column for column in block.of_kind("name") if column.role.post and self._is_post(column)]
        has_deputy = any("deputy_officer" in column.role.posts for column in self._names)
        self._duties = DutyReader(setting, where, block, self._days, has_deputy=has_deputy)
        dated = bool(block.of_kind("date")) or (block.day is not None and block.month is not None)
        titled = any(column.role.post == PERSON for column in block.of_kind("title"))
        self._without: list[int] = []
        self._untold = ("duty_officer",) if dated and not titled else ()

    def _read(self, rows: Sequence[int]) -> list[Entry]:
        self.whens = self._days.whens(rows)
        found: list[Entry] = []
        desk: str | None = None
        for row in rows:
            if not says_anything(self._sheet, self._block, row):
                continue
            desk = self._desks.desk(row, desk)
            if desk is None:
                continue
            self.desks[row] = desk
            for column in self._block.of_kind("landline"):
                self._landlines.in_cell(desk, row, column.column)
            when = self.whens[row]
            if when is not None:
                found += self._row(row, desk, when)
        self._note_without(found)
        return found

    def _note_without(self, found: Sequence[Entry]) -> None:
        """Note the rows that name nobody, once if there are no others: a sheet that nobody filled in."""
        if self._without and not found:
            spot = self._where.rows((self._without[0], self._without[-1]))
            count = len(self._without)
            self._remarks.note(spot, "", Text(f"{count} 行都没有写人", f"none of {count} rows names anybody"))
            return
        for row in self._without:
            self._remarks.note(self._where.row(row), "", Text("这一行没有写人", "the row names nobody"))

    def _row(self, row: int, desk: str, when: When) -> list[Entry]:
        """Return the entries of a row."""
        found: list[Entry] = []
        seen: list[str] = []
        for column in self._names:
            people = self._crew.people(row, column)
            told = column.role.post == PERSON
            posts = (self._duties.told_posts(row) or self._untold) if told else column.role.posts
            hours = self._hours(row, column, when) if people else None
            likely = self._days.likely_hours(column.role.hours, when)
            self._add_slot(
                (row, column.column), self._crew.numbers(row, column), desk, posts, self._duties.shifts(when, likely)
            )
            again = str(column.role) in seen
            seen.append(str(column.role))
            found += self._duties.entries((row, column.column), people, desk, posts, when, hours, again=again)
        if not found and not seen_anybody(self._sheet, self._names, row) and when is not STANDING:
            self._without.append(row)
        return self._swapped(row, found)

    def _hours(self, row: int, column: Column, when: When) -> Hours | Unstated | None:
        """Return the hours of the heading, else those of the row, else those beside the post."""
        here = self._where.spot(row, column.column)
        if column.role.hours:
            heading = self._where.spot(self._block.header[1], column.column)
            return self._days.named_hours(column.role.hours, heading, here) or when.hours
        told = self._duties.told_hours(row) if when.hours is None and column.role.post == PERSON else ""
        return self._days.named_hours(told, here, here) if told else when.hours

    def _swapped(self, row: int, found: list[Entry]) -> list[Entry]:
        """Return the entries of a row with a plain swap of its remarks carried out; other remarks are noted."""
        for column in self._block.of_kind("remark", "swap"):
            text = self._sheet.text(row, column.column)
            if not text or text in NOBODY:
                continue
            spot = self._where.spot(row, column.column)
            swap, pair = parse_swap(text), exchanges.who_change(text)
            posts = {entry.post for entry in found if swap is not None and entry.name == swap[0]}
            exchanged = exchanges.changed(found, *pair) if pair is not None else None
            if exchanged is not None and pair is not None:
                found = exchanged
                made = Text(f"对调：{pair[0]}与{pair[1]}互换岗位", f"{pair[0]} and {pair[1]} change places")
                self._remarks.note(spot, text, made, used=True)
            elif swap is not None and len(posts) == 1:
                old, new = swap
                found = [replace(entry, name=new, phone=None) if entry.name == old else entry for entry in found]
                self._remarks.note(
                    spot, text, Text(f"换班：{old}改为{new}", f"a swap: {new} in place of {old}"), used=True
                )
            else:
                self._note_remark(spot, text, column)
        return found


def seen_anybody(sheet: Sheet, names: Sequence[Column], row: int) -> bool:
    """Tell whether a row has anything in its columns of names."""
    return any(sheet.at(row, column.column) is not None for column in names)
