"""What the readers of all layouts do alike: what of a block is not used is noted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sim.errors import Text
from sim.roster.importing import exchanges
from sim.roster.importing.columns import PERSON, Column
from sim.roster.importing.crew import CrewReader
from sim.roster.importing.dates import clock
from sim.roster.importing.days import DayReader, When
from sim.roster.importing.handover import handovers_of
from sim.roster.importing.landlines import LandlineReader
from sim.roster.importing.layout import Block, own_texts
from sim.roster.importing.part import Part
from sim.roster.importing.people import Entry
from sim.roster.importing.places import DeskReader
from sim.roster.importing.posts import title_of
from sim.roster.importing.result import Spot, Where
from sim.roster.importing.setting import Setting
from sim.roster.importing.slots import Slot
from sim.roster.importing.words import NOBODY


class BlockReader(Part):
    """Reads one block into entries; duty telephones go to ``landlines``, by desk.

    ``whens`` and ``desks`` are the days and the duty room of each row of a list, once it is read; of other layouts there are none. ``slots``
    are the cells for those on duty; the page of a month has none.
    """

    _not_read: frozenset[str] = frozenset()
    """Kinds of columns that this layout has no use for."""

    def __init__(self, setting: Setting, where: Where, block: Block, landlines: dict[str, str]) -> None:
        super().__init__(setting, where, block)
        self._days = DayReader(setting, where, block)
        self._crew = CrewReader(setting, where, block)
        self._desks = DeskReader(setting, where, block)
        self._landlines = LandlineReader(setting, where, block, landlines)
        self.whens: dict[int, When | None] = {}
        self.desks: dict[int, str] = {}
        self.slots: list[Slot] = []

    def entries(self) -> list[Entry]:
        """Return the entries of all rows."""
        block = self._block
        if not block.use:
            self._note_unused_block()
            return []
        self._note_columns()
        self._read_remark_rows()
        found = self._read(
            [row for row in self._sheet.rows if block.body[0] <= row <= block.body[1] and row not in block.remarks]
        )
        self._ask_about_exchanges({entry.name for entry in found})
        return found

    def _note_remarks(self, rows: Sequence[int]) -> None:
        """Note the remarks beside a grid."""
        for row in rows:
            for column in self._block.of_kind("remark", "swap"):
                text = self._sheet.text(row, column.column)
                if not text or text in NOBODY:
                    continue
                self._note_remark(self._where.spot(row, column.column), text, column)

    def _note_remark(self, spot: Spot, text: str, column: Column) -> None:
        """Note a remark that is not carried out; one of leave or a swap is asked about."""
        if column.role.kind == "swap" or exchanges.of_remark(text):
            exchanges.ask(self._remarks, spot, text)
        else:
            self._remarks.note(spot, text, Text("备注，未用", "a remark, not used"))

    def _ask_about_exchanges(self, names: Collection[str]) -> None:
        """Ask about rows of remarks that speak of leave or a swap of somebody on the roster; those that lay down rules name nobody."""
        for row in self._block.remarks:
            for column in self._sheet.columns:
                text = self._sheet.text(row, column) if self._sheet.origin(row, column) == (row, column) else ""
                if text and exchanges.of_remark(text) and any(name in text for name in names):
                    exchanges.ask(self._remarks, self._where.spot(row, column), text)

    def _over_days(self) -> list[int]:
        """Return the columns of days from the first to the last below which anything stands: a form for 31 days serves shorter months."""
        rows = [row for row in self._sheet.rows if self._block.body[0] <= row <= self._block.body[1]]
        days = [column.column for column in self._block.of_kind("day")]
        filled = [n for n, column in enumerate(days) if any(self._sheet.text(row, column) for row in rows)]
        return days[filled[0] : filled[-1] + 1] if filled else []

    def _add_slot(
        self,
        place: tuple[int, int],
        numbers: tuple[int, int] | None,
        desk: str,
        posts: Sequence[str] = (),
        shifts: Iterable[tuple[datetime | None, datetime | None]] = (),
    ) -> None:
        """Add a cell for those on duty; ``place`` is its row and column, ``numbers`` those of their telephone numbers."""
        number = None if numbers is None else self._where.spot(*numbers)
        numbered = numbers is not None and bool(self._sheet.text(*numbers))
        self.slots.append(Slot(desk, tuple(posts), tuple(shifts), self._where.spot(*place), number, numbered))

    @abstractmethod
    def _read(self, rows: Sequence[int]) -> list[Entry]:
        """Return the entries of the rows of the body."""

    def _is_post(self, column: Column) -> bool:
        return any(post == PERSON or post in self._setting.plan.posts for post in column.role.posts)

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
            made = reasons["ignored"] if role.kind in self._not_read else reasons.get(role.kind)
            if role.kind in {"name", "phone"} and role.post and not self._is_post(column):
                titles = "、".join(title_of(post, self._setting.plan) for post in role.posts)
                made = Text(
                    f"方案中没有岗位“{titles}”，整列未用",
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
                told = self._read_handover(text, self._where.spot(row, column))
                if not self._landlines.in_remark(text, row, column) and row in self._block.remarks and not told:
                    self._remarks.note(self._where.spot(row, column), text, Text("说明行，未用", "a remark, not used"))

    def _read_handover(self, text: str, spot: Spot) -> bool:
        """Note the handover that a remark tells, or ask what it means; tell whether it was used."""
        said = list(handovers_of(text))
        used = clock(self._setting.handover_min)
        if said and self._setting.told_handover_min is not None:
            made = Text(f"按此，每天 {used} 交接班", f"so duty changes hands at {used}")
            self._remarks.note(spot, text, made, used=True)
        elif said:
            ask = Text(
                f"“{self._block.key}”的说明写了值班时间，看不出几点交接班：请写成“值班时间为当日9:00至次日9:00”。现按 {used}",
                f"the notes of '{self._block.key}' have hours of duty, but no plain handover: write 值班时间为当日9:00至次日9:00. Taken as {used}",
            )
            self._remarks.ask(ask, spot)
        return bool(said) and self._setting.told_handover_min is not None
