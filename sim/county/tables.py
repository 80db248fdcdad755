"""Reading tidy tables: every fault with file, line, column and remedy, nothing guessed.

CSV is UTF-8 with or without BOM; rows of anything else (a workbook) are checked by the same ``check_rows``. Unknown columns are faults,
except ``source``, ``status`` and ``note``, which any table may carry. Rows keep their line number so that later checks (a missing
parent, say) can point at it.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol

from sim.errors import BadValue, Fault, Text, shown

REMARKS = ("source", "status", "note")
_RIGHT_FILE = Text("检查是否选错文件", "check that it is the right file")
_MISSING = {"nan", "null", "none", "na", "n/a", "#n/a", "inf", "-inf"}


@dataclass(frozen=True)
class Column:
    """One column: its name, how a cell becomes a value, and what an empty or absent cell means.

    ``words`` mean something here although elsewhere they stand for a missing value; ``also`` are other headings it may stand under.
    """

    name: str
    parse: Callable[[str], Any]
    required: bool = True
    default: Any = None
    words: Collection[str] = ()
    also: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that the column may stand under."""
        return self.name, *self.also


@dataclass(frozen=True)
class Table:
    """A table as columns; ``lines[i]`` is the line of the file that row ``i`` stands on, ``header`` its headings as written.

    ``at`` gives the position of each column in the header.
    """

    path: Path
    columns: dict[str, list[Any]]
    lines: list[int]
    header: list[str]
    at: dict[str, int]

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, name: str) -> list[Any]:
        return self.columns[name]

    def fault(self, row: int, column: str, problem: Text, remedy: Text) -> Fault:
        """Return a fault that points at one cell."""
        index = self.at.get(column, -1)
        heading = self.header[index] if index >= 0 else column
        value = self.columns[column][row] if column in self.columns else ""
        return Fault(str(self.path), self.lines[row], index + 1, heading, shown(value), problem, remedy)


def text(cell: str) -> str:
    """Return the cell as it is."""
    return cell


def code(cell: str) -> str:
    """Return a code: letters, digits, dashes; Excel's trailing ``.0`` is a fault, not guessed away."""
    if not re.fullmatch(r"[0-9A-Za-z_#./-]+", cell) or cell.endswith(".0"):
        raise BadValue(
            Text("不是有效的编码", "is not a valid code"),
            Text(
                "编码只含字母、数字和 - _ # / .；在 WPS/Excel 中把该列设为文本",
                "use letters, digits and - _ # / . and format the column as text",
            ),
        )
    return cell


def number(low: float = -math.inf, high: float = math.inf, *, whole: bool = False) -> Callable[[str], float | int]:
    """Return a parser for numbers within limits."""

    def parse(cell: str) -> float | int:
        try:
            value = float(int(cell)) if whole else float(cell)
        except (ValueError, OverflowError):
            value = math.nan
        if "_" in cell or not (math.isfinite(value) and low <= value <= high):
            kind = Text("整数" if whole else "数", "a whole number" if whole else "a number")
            limits = f" [{low:.15g}, {high:.15g}]" if math.isfinite(low) or math.isfinite(high) else ""
            raise BadValue(
                Text(f"应为{kind.zh}{limits}", f"should be {kind.en}{limits}"),
                Text(
                    "改正这一格；未知就留空（允许留空的列）", "correct the cell; leave it empty if unknown and optional"
                ),
            )
        return int(cell) if whole else value

    return parse


def flag(cell: str) -> bool:
    """Return 是/否, 1/0, yes/no, true/false as a truth value."""
    known = {"是": True, "1": True, "yes": True, "true": True, "否": False, "0": False, "no": False, "false": False}
    if cell.lower() not in known:
        raise BadValue(Text("应为 是 或 否", "should be yes or no"), Text("写 是/否 或 1/0", "write yes/no or 1/0"))
    return known[cell.lower()]


def choice(options: Collection[str] | Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a parser for one of ``options``; of a mapping it gives what the word stands for."""

    def parse(cell: str) -> Any:  # noqa: ANN401 - as the mapping has it
        if cell not in options:
            listed = "、".join(options)
            raise BadValue(
                Text("不在允许的取值中", "is not one of the allowed values"),
                Text(f"可用：{listed}", f"use one of: {listed}"),
            )
        return options[cell] if isinstance(options, Mapping) else cell

    return parse


def day(cell: str) -> date:
    """Return a day such as ``2025-08-03``, or ``2025/8/3`` as WPS and Excel write it."""
    match = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", cell)
    try:
        if match is not None:
            return date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    raise BadValue(Text("应为日期", "should be a day"), Text("写成 2025-08-03", "write it as 2025-08-03"))


def moment(cell: str) -> datetime:
    """Return a date and time such as ``2025-07-10 08:30``, or ``2025/7/10 8:30`` as WPS and Excel write it; always UTC+8."""
    match = re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?", cell)
    try:
        if match is not None:
            return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - Beijing time throughout
    except ValueError:
        pass
    raise BadValue(
        Text("应为日期和时刻", "should be a date and time"),
        Text("写成 2025-07-10 08:30", "write it as 2025-07-10 08:30"),
    )


def read_text(path: Path, limit_bytes: int, save_as: Text) -> tuple[str, Fault | None]:
    """Return the text of a UTF-8 file, or the fault that keeps it from being read; ``save_as`` is the remedy for GB18030."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(limit_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        return "", _unreadable(path, error)
    if len(raw) > limit_bytes:
        size = f"{limit_bytes / 2**20:g} MiB"
        return "", Fault(str(path), 0, 0, "", "", Text(f"文件超过 {size}", f"the file exceeds {size}"), _RIGHT_FILE)
    if not raw.strip():
        remedy = Text("检查是否保存成功", "check that it was saved")
        return "", Fault(str(path), 0, 0, "", "", Text("文件是空的", "the file is empty"), remedy)
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", _undecodable(path, raw, error.start, save_as)
    if "\x00" in content:
        line = content[: content.index("\x00")].count("\n") + 1
        return "", Fault(str(path), line, 0, "", "", Text("不是文本文件", "this is not a text file"), _RIGHT_FILE)
    return content, None


def _unreadable(path: Path, error: OSError | ValueError) -> Fault:
    if os.path.isdir(path):  # noqa: PTH112 - never raises, whatever the name
        problem = Text("这是文件夹，不是文件", "this is a folder, not a file")
        return Fault(str(path), 0, 0, "", "", problem, Text("写明其中的文件名", "name the file inside it"))
    if isinstance(error, FileNotFoundError):
        names = os.listdir(path.parent) if os.access(path.parent, os.R_OK) and path.parent.is_dir() else []  # noqa: PTH208 - names only
        near = get_close_matches(path.name, names, n=1)
        remedy = Text("检查路径和文件名", "check path and file name")
        if near:
            remedy = Text(f"是否想写“{near[0]}”？", f"did you mean '{near[0]}'?")
        return Fault(str(path), 0, 0, "", "", Text("文件不存在", "there is no such file"), remedy)
    reason = error.strerror if isinstance(error, OSError) else error
    problem = Text(f"文件无法读取（{reason}）", f"cannot be read ({reason})")
    return Fault(str(path), 0, 0, "", "", problem, Text("检查文件名和权限", "check its name and permissions"))


def _undecodable(path: Path, raw: bytes, start: int, save_as: Text) -> Fault:
    line = raw[:start].count(b"\n") + 1
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return Fault(str(path), line, 0, "", "", Text("不是文本文件", "this is not a text file"), _RIGHT_FILE)
    problem = Text("文件是 GB18030（GBK）编码，应为 UTF-8", "the file is GB18030 (GBK), not UTF-8")
    return Fault(str(path), line, 0, "", "", problem, save_as)


def read_table(
    path: Path, columns: Sequence[Column], faults: list[Fault], *key: str, ignored: Collection[str] = REMARKS
) -> Table | None:
    """Read one CSV table; faults are appended to ``faults`` and ``None`` is returned if there were any.

    ``key`` names the columns that together must differ from row to row; headings of ``ignored`` are not looked at.
    """
    save_as = Text("在 WPS/Excel 中另存为“CSV UTF-8（逗号分隔）”", "save it as 'CSV UTF-8 (comma delimited)'")
    content, fault = read_text(path, 512 * 2**20, save_as)
    if fault is not None:
        faults.append(fault)
        return None
    try:
        rows = _CsvRows(content)
        return check_rows(path, rows, columns, faults, *key, ignored=ignored)
    except csv.Error as error:
        faults.append(
            Fault(
                str(path),
                rows.line,
                0,
                "",
                "",
                Text(f"CSV 格式错误（{error}）", f"malformed CSV ({error})"),
                Text("检查引号是否成对", "check that quotes are paired"),
            )
        )
        return None


class Rows(Protocol):
    """Rows of cells, the headings first; ``line`` is where the row given last begins."""

    line: int

    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


def check_rows(
    path: Path,
    rows: Rows,
    columns: Sequence[Column],
    faults: list[Fault],
    *key: str,
    ignored: Collection[str] = REMARKS,
) -> Table | None:
    """Return rows as a table; faults are appended to ``faults`` and ``None`` is returned if there were any.

    Parameters are as in ``read_table``.
    """
    found_before = len(faults)
    header = [cell.strip() for cell in next(rows, [])]
    at = _header(path, rows.line if header else 1, header, columns, ignored, faults)
    if len(faults) > found_before:
        return None
    table = _body(path, rows, header, at, columns, faults)
    if key:
        _unique(table, key, faults)
    return table if len(faults) == found_before else None


class _CsvRows:
    """Rows of a CSV text with the line each begins on."""

    def __init__(self, content: str) -> None:
        self._reader = csv.reader(io.StringIO(content, newline=""), strict=True)
        self.line = 1

    def __iter__(self) -> _CsvRows:
        return self

    def __next__(self) -> list[str]:
        while True:
            self.line = self._reader.line_num + 1
            row = next(self._reader)
            if any(cell.strip() for cell in row):
                return row


def _header(
    path: Path,
    line: int,
    header: list[str],
    columns: Sequence[Column],
    ignored: Collection[str],
    faults: list[Fault],
) -> dict[str, int]:
    """Return the position of each column in the header, by its name."""
    meaning = {heading: column.name for column in columns for heading in column.headings}
    at: dict[str, int] = {}
    for index, heading in enumerate(header):
        name = meaning.get(heading, heading)
        if name in at:
            problem = Text("列名重复", "the column appears twice")
            remedy = Text("删去其中一列", "remove one of them")
            faults.append(Fault(str(path), line, index + 1, shown(heading), "", problem, remedy))
        elif heading not in meaning and heading not in ignored:
            near = get_close_matches(heading, meaning, n=1)
            listed = "、".join(meaning)
            hint = (
                Text(f"是否想写“{near[0]}”？", f"did you mean '{near[0]}'?")
                if near
                else Text(f"可用的列：{listed}、note", f"known columns: {listed}, note")
            )
            problem = Text("不认识的列", "unknown column")
            faults.append(Fault(str(path), line, index + 1, shown(heading), "", problem, hint))
        at.setdefault(name, index)
    for column in columns:
        if column.required and column.name not in at:
            problem = Text("缺少这一列", "this column is missing")
            remedy = Text("在表头补上这一列并填好", "add the column and fill it in")
            faults.append(Fault(str(path), line, 0, "／".join(column.headings), "", problem, remedy))
    return at


def _body(
    path: Path,
    rows: Rows,
    header: list[str],
    at: dict[str, int],
    columns: Sequence[Column],
    faults: list[Fault],
) -> Table:
    values: dict[str, list[Any]] = {column.name: [] for column in columns}
    lines: list[int] = []
    for row in rows:
        lines.append(rows.line)
        if len(row) > len(header):
            problem = Text(
                f"这一行有 {len(row)} 格，表头只有 {len(header)} 列", f"{len(row)} cells under {len(header)} columns"
            )
            faults.append(
                Fault(str(path), rows.line, 0, "", "", problem, Text("检查多余的逗号", "look for a comma too many"))
            )
        for column in columns:
            index = at.get(column.name, -1)
            cell = row[index].strip() if 0 <= index < len(row) else ""
            try:
                value = _value(cell, column)
            except BadValue as bad:  # only a column of the header can be at fault: a missing one is told before
                value, place = column.default, (rows.line, index + 1, header[index])
                faults.append(Fault(str(path), *place, shown(cell), bad.problem, bad.remedy))
            values[column.name].append(value)
    return Table(path, values, lines, header, at)


def _value(cell: str, column: Column) -> Any:  # noqa: ANN401 - as parsed
    if cell and (cell.lower() not in _MISSING or cell in column.words):
        return column.parse(cell)
    if cell or column.required:
        raise BadValue(
            Text(
                "这一格没有有效的值" if cell else "这一格是空的",
                "the cell holds no value" if cell else "the cell is empty",
            ),
            Text("填上；未知且允许留空的列就清空", "fill it in; clear it if unknown and optional"),
        )
    return column.default


def _unique(table: Table, key: Sequence[str], faults: list[Fault]) -> None:
    """Add a fault for each row that repeats the key of one above; a key that is not known in full repeats none."""
    first: dict[Any, int] = {}
    for row, value in enumerate(zip(*(table[name] for name in key), strict=True)):
        if None in value:
            continue
        if value in first:
            problem = Text(f"与第 {first[value]} 行重复", f"repeats line {first[value]}")
            faults.append(
                table.fault(row, key[-1], problem, Text("每个编码只能出现一次", "each code may appear only once"))
            )
        else:
            first[value] = table.lines[row]


def check_known(
    tables: Mapping[str, Table | None], name: str, column: str, of: str, problem: Text, faults: list[Fault]
) -> None:
    """Add a fault for each cell of a column of the table ``name`` that is no code of the table ``of``; an empty cell names nothing."""
    table, other = tables[name], tables[of]
    if table is None:
        return
    known = {"", *(other["code"] if other is not None else ())}
    remedy = Text(f"填写 {of}.csv 中的编码", f"use a code of {of}.csv")
    faults.extend(table.fault(row, column, problem, remedy) for row, c in enumerate(table[column]) if c not in known)


POSITION = (
    Column("lat", number(-90, 90), required=False),
    Column("lon", number(-180, 180), required=False),
    Column("x_m", number(-1e8, 1e8), required=False),
    Column("y_m", number(-1e8, 1e8), required=False),
)
"""Degrees, or metres east and north of the county's reference point."""

MOST = 10_000_000
"""The largest whole number a cell may hold: more people, rows or households than any county has."""
