"""Reading what happened: the workbook of actual times as it was filled in, or the file of the console with the same columns.

Every fault is told at once, with sheet and cell: what is missing, what is no time, and what cannot have been. A moment is a time of day, or
date and time; without a date it lies within twelve hours of the planned start. What was not given, not done or not written down is said by a
word, in the cell of its time or in its remark, so that an empty cell is never taken for one of the three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal

from sim.errors import Fault, InputError, Text, shown
from sim.exercise.actual_columns import CLOCK, CLOCK_ROWS, INJECTS, KEY_TIMES, PAUSES, ActualSheet
from sim.exercise.actual_files import OF_CONSOLE, sheets_of
from sim.exercise.asked import Subject
from sim.exercise.written_times import moment_of
from sim.roster.importing.cells import Sheet, Unusable, Value, as_text, clean, letter

NOT_GIVEN, NEVER, UNKNOWN = (
    Text("未下达", "not given"),
    Text("未完成", "never"),
    Text("未记录", "not recorded"),
)
"""What stands in the cell of a time where there is none: the inject was not given, it was never done by the end, nobody wrote it down."""
Said = Literal["not_given", "never", "unknown"]
_SAID: dict[str, Said] = {
    **dict.fromkeys(NOT_GIVEN, "not_given"),
    **dict.fromkeys(NEVER, "never"),
    **dict.fromkeys(UNKNOWN, "unknown"),
}
_SECOND = 1 / 60
_FILL = Text(
    f"填写时刻；没有的写“{NOT_GIVEN.zh}”“{NEVER.zh}”或“{UNKNOWN.zh}”",
    f"write the time, or '{NOT_GIVEN.en}', '{NEVER.en}', '{UNKNOWN.en}'",
)
_AS_TIME = Text(
    "写成 14:05 或 14:05:30；跨天的写明日期", "write 14:05 or 14:05:30, with the date where it is another day"
)
_HEADING = {column.key: column.heading for column in INJECTS.columns}
_GIVEN = Text("下达时刻", "given at")
_CHECK = Text("核对这两个时刻", "check both times")


@dataclass(frozen=True)
class Moment:
    """A moment: what the clock on the wall said, and for how many minutes the exercise had run (pauses count for nothing)."""

    clock: datetime
    ran_min: float


@dataclass(frozen=True)
class InjectActual:
    """When an inject was received and done; null with the reason in ``said``."""

    received: Moment | None
    done: Moment | None
    said: Said | None = None


@dataclass(frozen=True)
class KeyActual:
    """When a key time came; null with the reason in ``said``."""

    at: Moment | None
    said: Said | None = None


@dataclass(frozen=True)
class Actuals:
    """What happened, by the ids of what was asked; ``start`` is when it began, ``ended`` null where nobody wrote down when it was over.

    ``alike_min``: times closer than so many minutes cannot be told apart, since they were
    written down in whole minutes or in seconds.
    """

    start: datetime
    ended: Moment | None
    injects: Mapping[str, InjectActual]
    key_times: Mapping[str, KeyActual]
    alike_min: float


def read_actuals(path: Path, asked: Subject) -> Actuals:
    """Return what a workbook, or a file of the console, says of what was asked.

    Raises
    ------
    InputError
        with every fault and its cell
    """
    return _Reading(path, asked).actuals()


# --- reading ----------------------------------------------------------------------------------------------------------


@dataclass
class _Cell:
    """One cell of a time: where it stands, what it says."""

    sheet: Sheet
    row: int
    column: int
    what: Text
    remark: str = ""
    at_min: float | None = None
    said: Said | None = None

    @property
    def address(self) -> str:
        """Sheet and cell."""
        name = f"{self.sheet.name}!" if self.sheet.name else ""
        return f"{name}{letter(self.column)}{self.row}"

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        return self.sheet.at(self.row, self.column) is None


@dataclass
class _Table:
    """A sheet that was found: its heading row, the column of each key, the row of each id."""

    sheet: Sheet
    head: int
    columns: dict[str, int]
    rows: dict[str, int] = field(default_factory=dict)

    def cell(self, own: str, key: str, what: Text) -> _Cell:
        """Return the cell of a time, with the remark beside it."""
        return _Cell(self.sheet, self.rows[own], self.columns[key], what, self.text(own, "remark"))

    def text(self, own: str, key: str) -> str:
        """Return a cell as text, "" where there is no such column."""
        return self.sheet.text(self.rows[own], self.columns[key]) if key in self.columns else ""


class _Reading:
    """One file being read: faults are gathered, never raised before the end."""

    def __init__(self, path: Path, asked: Subject) -> None:
        self._path, self._asked = path, asked
        self._faults: list[Fault] = []
        self._start = asked.start
        self._whole_minutes = True
        self._pauses: list[tuple[float, float]] = []
        self._ended: _Cell | None = None

    def actuals(self) -> Actuals:
        sheets = sheets_of(self._path)
        clock, injects, keys = (self._table(sheets, own) for own in (CLOCK, INJECTS, KEY_TIMES))
        if clock is not None:
            self._read_clock(clock)
        of_injects = {} if injects is None else dict(self._injects(injects))
        of_keys = {} if keys is None else dict(self._key_times(keys))
        if self._faults:
            raise InputError(self._faults)
        return Actuals(
            self._start,
            None if self._ended is None else self._moment(self._ended),
            of_injects,
            of_keys,
            1.0 if self._whole_minutes else _SECOND,
        )

    # --- what is asked of which sheet ---------------------------------------------------------------------------------

    def _ids(self, own: ActualSheet) -> dict[str, Text]:
        """Return the ids that a sheet must have, each with what it is; of the clock, what it may have."""
        if own is INJECTS:
            return {inject.id: inject.text for inject in self._asked.injects}
        return {key.id: key.name for key in self._asked.key_times} if own is KEY_TIMES else dict(CLOCK_ROWS)

    def _table(self, sheets: Mapping[str, Sheet], own: ActualSheet) -> _Table | None:
        """Return a sheet with the row of each id; a fault where it, a column or a row is missing, or is there twice."""
        ids = self._ids(own)
        sheet = next((sheets[name] for name in (own.key, *own.name) if name in sheets), None)
        required = bool(ids) and own is not CLOCK
        needed = required or (own is CLOCK and self._asked.real)
        if sheet is None:
            if needed:
                self._note_file(Text(f"没有工作表“{own.name.zh}”", f"there is no sheet '{own.name.en}'"))
            return None
        table = self._headed(sheet, own)
        if table is None:
            if needed:
                self._note_file(Text(f"工作表“{sheet.name}”没有表头", f"the sheet '{sheet.name}' has no headings"))
            return None
        for row in (row for row in sheet.rows if row > table.head):
            self._take_row(table, row, ids, own)
        for missing in (one for one in ids if one not in table.rows and required):
            problem = Text(f"没有“{missing}”这一行", f"the row of '{missing}' is not there")
            self._note_file(Text(f"工作表“{sheet.name}”{problem.zh}", f"sheet '{sheet.name}': {problem.en}"))
        return table

    def _headed(self, sheet: Sheet, own: ActualSheet) -> _Table | None:
        names = {clean(name): column.key for column in own.columns for name in (column.key, *column.heading)}
        names |= {key: key for key in OF_CONSOLE}
        needed = {"id", *(column.key for column in own.columns if column.kind == "time")}
        for row in sheet.rows:
            found: dict[str, int] = {}
            for column in sheet.columns:
                key = names.get(sheet.text(row, column))
                if key is not None:
                    found.setdefault(key, column)
            if needed <= found.keys():
                return _Table(sheet, row, found)
        return None

    def _take_row(self, table: _Table, row: int, ids: Mapping[str, Text], own: ActualSheet) -> None:
        """Note which id a row is of; rows without one must hold no time."""
        sheet, at = table.sheet, table.columns["id"]
        times = [table.columns[column.key] for column in own.columns if column.kind == "time"]
        filled = [column for column in times if sheet.at(row, column) is not None]
        name = sheet.text(row, at)
        if name not in ids:
            if filled:
                problem = Text(
                    "没有这个编号的事项，却填了时刻" if name else "填了时刻，却没有编号",
                    "a time, but nothing of this number was asked" if name else "a time, but no number",
                )
                self._note(
                    _Cell(sheet, row, filled[0], Text("", "")), problem, Text("核对编号", "check the number"), name
                )
        elif name in table.rows:
            problem = Text(
                f"编号重复，第{table.rows[name]}行已有", f"the number stands in row {table.rows[name]} already"
            )
            self._note(_Cell(sheet, row, at, Text("", "")), problem, Text("只留一行", "keep one row"))
        else:
            table.rows[name] = row

    # --- the clock ----------------------------------------------------------------------------------------------------

    def _read_clock(self, table: _Table) -> None:
        """Take when it began, ended and stood still."""
        cells = {own: table.cell(own, "at", CLOCK_ROWS[own]) for own in table.rows}
        started = cells.get("started")
        if started is not None and not started.empty:
            self._parse(started, words=())
            if started.at_min is not None:
                self._start += timedelta(minutes=started.at_min)
                started.at_min = 0.0
        elif self._asked.real and started is not None:
            self._note(started, Text("没有填写起算时刻", "when it began is not written down"), _AS_TIME)
        order = [cells[own] for own in CLOCK_ROWS if own in cells and own != "started" and not cells[own].empty]
        for cell in order:
            self._parse(cell, words=("unknown",))
        known = [cell for cell in order if cell.at_min is not None]
        for before, after in pairwise(known):
            self._in_order(before, after)
        for number in range(1, PAUSES + 1):
            ends = [cells.get(f"{what}_{number}") for what in ("paused", "resumed")]
            filled = [cell for cell in ends if cell is not None and not cell.empty]
            if len(filled) == 1:
                self._note(filled[0], Text("暂停和继续只填了一个", "a pause has one end only"), _FILL)
            times = [cell.at_min for cell in filled if cell.at_min is not None]
            if len(times) == len(ends):
                self._pauses.append((times[0], times[1]))
        ended = cells.get("ended")
        self._ended = ended if ended is not None and not ended.empty else None

    def _ran(self, wall_min: float) -> float:
        """Return for how long the exercise had run at a moment: pauses count for nothing."""
        return wall_min - sum(max(min(wall_min, to) - since, 0.0) for since, to in self._pauses)

    # --- injects and key times ----------------------------------------------------------------------------------------

    def _injects(self, table: _Table) -> Iterator[tuple[str, InjectActual]]:
        for inject in self._asked.injects:
            if inject.id not in table.rows:
                continue
            received, done = (table.cell(inject.id, key, _HEADING[key]) for key in ("received", "done"))
            given = table.cell(inject.id, "given", _GIVEN) if "given" in table.columns else None
            if given is not None and not given.empty:
                self._parse(given, words=())
            blank = received.empty and done.empty and (given is None or given.empty)
            if blank and (inject.kind != "timeline" or table.text(inject.id, "declined")):
                yield inject.id, InjectActual(None, None, "not_given")
            else:
                yield inject.id, self._inject(given, received, done)

    def _inject(self, given: _Cell | None, received: _Cell, done: _Cell) -> InjectActual:
        """Return when an inject was received and done; one that was given, as the console says, was received then unless it says otherwise."""
        if given is not None and given.at_min is not None and received.empty:
            received = given
        else:
            self._parse(received, words=("not_given", "unknown"))
        if received.said == "not_given":
            if not done.empty and self._word(done) != "not_given":
                problem = Text("没有下达，却填了完成时刻", "it was not given, yet has a time at which it was done")
                self._note(done, problem, _CHECK)
            return InjectActual(None, None, "not_given")
        self._parse(done, words=("never", "unknown"))
        for before, after in ((given, received), (received, done)):
            if before is not None and before.at_min is not None and after.at_min is not None:
                self._in_order(before, after)
        return InjectActual(self._moment(received), self._moment(done), done.said or received.said)

    def _key_times(self, table: _Table) -> Iterator[tuple[str, KeyActual]]:
        cells: dict[str, _Cell] = {}
        for key in self._asked.key_times:
            if key.id in table.rows:
                cells[key.id] = cell = table.cell(key.id, "at", key.name)
                self._parse(cell, words=("never", "unknown"))
        for first, second in self._asked.order:
            if first in cells and second in cells:
                self._possible(cells[first], cells[second])
        for own, cell in cells.items():
            yield own, KeyActual(self._moment(cell), cell.said)

    def _possible(self, first: _Cell, second: _Cell) -> None:
        """Note a fault where something came before what must come first, or though that never came."""
        if second.at_min is None:
            return
        if first.at_min is not None:
            self._in_order(first, second)
        elif first.said == "never":
            problem = Text(
                f"{first.address}“{first.what.zh}”写着未完成，这里却有时刻",
                f"{first.address}, '{first.what.en}', never came, yet there is a time here",
            )
            self._note(second, problem, _CHECK)

    # --- one cell -----------------------------------------------------------------------------------------------------

    def _value(self, cell: _Cell) -> Value:
        value = cell.sheet.at(cell.row, cell.column)
        return "" if value is None else value

    def _word(self, cell: _Cell) -> Said | None:
        """Return what a cell says instead of a time; an empty one by its remark."""
        if cell.empty:
            return next((said for word, said in _SAID.items() if word in cell.remark.lower()), None)
        return _SAID.get(as_text(self._value(cell)).lower())

    def _parse(self, cell: _Cell, words: Sequence[Said]) -> None:
        """Take the time of a cell, in minutes after the start, or a word; a fault where it is neither, or lies outside the exercise."""
        value, word = self._value(cell), self._word(cell)
        if word in words:
            cell.said = word
            return
        if cell.empty:
            self._note(cell, Text(f"{cell.what.zh}没有填写", f"not filled in: {cell.what.en}"), _FILL)
            return
        moment = None if isinstance(value, Unusable) else moment_of(value, self._start)
        if moment is None:
            self._note(cell, Text("不是时刻", "this is no time"), _AS_TIME)
            return
        self._whole_minutes &= moment.second == 0
        cell.at_min = (moment - self._start).total_seconds() / 60
        if cell.at_min < 0 and cell.what is not CLOCK_ROWS["started"]:
            began = f"{self._start:%H:%M:%S}"
            problem = Text(f"早于开始时刻 {began}", f"before it began at {began}")
            remedy = Text(
                "核对；开始以后超过12小时的写明日期", "check it; more than 12 hours after the start, write the date too"
            )
            self._note(cell, problem, remedy)
            cell.at_min = None
        elif self._ended is not None and self._ended.at_min is not None and cell.at_min > self._ended.at_min:
            self._note(
                cell, Text(f"晚于结束时刻（{self._ended.address}）", f"after the end ({self._ended.address})"), _CHECK
            )

    def _moment(self, cell: _Cell) -> Moment | None:
        if cell.at_min is None:
            return None
        return Moment(self._start + timedelta(minutes=cell.at_min), self._ran(cell.at_min))

    def _in_order(self, before: _Cell, after: _Cell) -> None:
        """Note a fault where the second is earlier than the first."""
        assert before.at_min is not None and after.at_min is not None  # noqa: S101, PT018 - whoever asks has seen to it
        if after.at_min < before.at_min:
            problem = Text(
                f"早于 {before.address}“{before.what.zh}”{as_text(self._value(before))}",
                f"earlier than {before.address}, '{before.what.en}', {as_text(self._value(before))}",
            )
            self._note(after, problem, _CHECK)

    def _note(self, cell: _Cell, problem: Text, remedy: Text, value: str = "") -> None:
        held = value or as_text(self._value(cell))
        self._faults.append(Fault(str(self._path), cell.row, cell.column, cell.address, shown(held), problem, remedy))

    def _note_file(self, problem: Text) -> None:
        remedy = Text("用原来的表填写，不要删改表头和行", "fill in the workbook as it was; keep its headings and rows")
        self._faults.append(Fault(str(self._path), 0, 0, "", "", problem, remedy))
