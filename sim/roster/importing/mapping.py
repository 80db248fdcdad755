"""The meaning of a roster's columns as a planner states it: a small YAML file, written from a guess, edited, used again.

The file is YAML of the plainest kind: keys and values, one to a line, nested by indentation. Anything else is a fault, so that a slip is
told with its line instead of being read as something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from sim.county.tables import read_text
from sim.errors import Fault, InputError, Text, shown
from sim.roster.importing.across import Form
from sim.roster.importing.cells import clean, letter, masked, number_of, without_ids
from sim.roster.importing.columns import Role
from sim.roster.importing.dates import Hours, parse_hours, shift_word
from sim.roster.importing.layout import Block, Layout
from sim.roster.importing.marks import Mark, mark_text, stated_mark
from sim.roster.importing.phones import parse_phones, phone_text
from sim.roster.importing.words import NOBODY

ROLE_KINDS = (
    "day", "date", "date_to", "weekday", "time", "place", "landline", "driver", "remark", "swap", "ignored", "dropped", "unknown",
    "name", "phone", "title",
)  # fmt: skip
_OF_POSTS = {"name", "phone", "title"}
_OPEN = "?"
_CHINESE_KINDS = {"姓名": "name", "电话": "phone", "职务": "title"}
_ROLE = re.compile(rf"(?:(?P<post>[^\s.]+)\.)?(?P<kind>[a-z_]+|{'|'.join(_CHINESE_KINDS)})(?:\s+(?P<hours>\S.*))?")
_LINE = re.compile(
    r"""(?P<indent> *)(?P<key>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#:\-\[{][^:]*?)\s*:(?:\s+(?P<value>\S.*?))?\s*"""
)
_SCALAR = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#\[{&*!|>%@`][^#]*?|)\s*(?:(?:^|\s)#.*)?""")
_LIMIT_BYTES = 2 * 2**20
_TOP = ("year", "day_shift", "night_shift", "shifts", "before_handover", "places", "phones", "marks", "sheets")
_SHEET = ("use", "form", "desk", "post", "year", "month", "header", "body", "columns")
_FORMS: dict[str, Form] = {
    "list": "list",
    "grid": "grid",
    "month": "month",
    "逐行": "list",
    "日期横排": "grid",
    "月历": "month",
}
_DAYS: dict[str, Literal["same_day", "next_day"]] = {
    "当日": "same_day",
    "次日": "next_day",
    "same_day": "same_day",
    "next_day": "next_day",
}
_HEAD = """\
# 值班表各列的含义。左边是列，右边是含义；改正后另存，导入时用它代替程序的判断，下个月可以再用。
# 写 "?" 的地方请填写；删去一行，就由程序判断。desk 填名称或编码；header、body 是行号，如 2-3。
# 工作表的名字可以写 *，如 "*!*"；再用于别的月份时，删去 year 和 month。
# 含义：date 日期 · date_to 止日 · weekday 星期 · time 时段 · place 单位 · landline 值班电话 · 岗位.name 姓名 · 岗位.phone 电话 ·
# 岗位.title 职务 · driver 司机 · remark 备注 · swap 换班 · ignored 不用 · dropped 丢弃（身份证号）；姓名、电话后可写时段，如
# 带班领导.姓名 08:30-17:30；岗位写名称或编码。岗位写 person 时，由职务列说明岗位。
# form：list 逐行、grid 日期横排（day 为日期列）、month 月历。没有写岗位的人，用 post 写明；
# 一格几人按先后写，如 带班领导+值班员。
# shifts：时段的起止，如 上午: 08:30-12:00、后半夜: 次日00:00-08:30；没有写明的，写这个时段的人不排班。
# before_handover：写在值班日里、交接班以前的时段（如 0:00-8:30），是 当日 的还是 次日 的。
# phones：写错的号码和正确的号码，如 "1380000123": 13800001234；号码没有错，两边写一样的。几人一格的，左边照抄，右边按先后写，没有的写 无。
# marks：日期横排表中标记的含义，写 岗位 或 时段 或 两者，如 "√": 值班、班: 值班员 08:00-20:00；不值班写 休。
"""


@dataclass(frozen=True)
class SheetSays:
    """What a mapping states of one table; ``None`` is not stated. ``lines`` is where each key stands."""

    use: bool | None = None
    form: Form | None = None
    desk: str | None = None
    posts: tuple[str, ...] = ()
    year: int | None = None
    month: int | None = None
    header: tuple[int, int] | None = None
    body: tuple[int, int] | None = None
    columns: dict[int, Role] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """A mapping: what stands for names of places, for numbers and for marks, and what the tables are.

    ``places`` gives codes for names that the county's tables do not have, ``phones`` what should stand for a number, ``shifts`` the hours of
    words such as 上午, ``before_handover`` the day of hours before the handover; ``day_shift`` and ``night_shift`` hold for every word for these two.
    """

    path: Path | None = None
    year: int | None = None
    day_shift: Hours | None = None
    night_shift: Hours | None = None
    places: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, SheetSays] = field(default_factory=dict)
    place_lines: dict[str, int] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    mark_lines: dict[str, int] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    shifts: dict[str, Hours] = field(default_factory=dict)
    before_handover: Literal["same_day", "next_day"] | None = None

    def of(self, key: str) -> SheetSays:
        """Return what is stated of a table: under its own key, else under the first pattern that fits."""
        if key in self.sheets:
            return self.sheets[key]
        return next(
            (says for pattern, says in self.sheets.items() if "*" in pattern and fnmatchcase(key, pattern)), SheetSays()
        )

    def fault(self, line: int, key: str, value: str, problem: Text, remedy: Text) -> Fault:
        """Return a fault of this file."""
        return Fault(str(self.path or ""), line, 0, key, without_ids(shown(value)), problem, remedy)


# --- writing ----------------------------------------------------------------------------------------------------------


def mapping_text(layout: Layout) -> str:
    """Return the layout as the text of a mapping, for a planner to edit."""
    marks = dict.fromkeys(mark for block in layout.blocks for mark in block.marks)
    shifts = dict.fromkeys(word for block in layout.blocks for word in block.shifts)
    lines = [_HEAD]
    for key, words in (("shifts", shifts), ("marks", marks)):
        lines += [f"{key}:", *(f"  {_quoted(word)}: {_OPEN}" for word in words)] if words else []
    lines.append("sheets:")
    for block in layout.blocks:
        lines += _block_lines(block)
    if not layout.blocks:
        lines[-1] = "sheets:  # 没有找到表头"
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _block_lines(block: Block) -> Iterator[str]:
    yield f"  {_quoted(block.key)}:"
    yield f"    use: {'yes' if block.use else 'no'}"
    if not block.of_kind("place"):
        yield f"    desk: {json.dumps(block.desk or _OPEN)}"
    if block.form != "list":
        yield f"    form: {block.form}"
    if block.year is not None:
        yield f"    year: {block.year}"
    if block.month is not None:
        yield f"    month: {block.month}"
    yield f"    header: {block.header[0]}-{block.header[1]}"
    yield "    columns:"
    for column in block.columns:
        if column.role.kind == "day":  # by the next month's headings
            continue
        evidence = without_ids(column.evidence.zh).replace("\n", " ")
        yield f"      {letter(column.column)}: {column.role}  # {evidence}，把握 {column.confidence:.2f}"


# --- reading ----------------------------------------------------------------------------------------------------------


def load_mapping(path: str | Path) -> Mapping:
    """Return the mapping of a file.

    Raises
    ------
    InputError
        with every fault, each with its line
    """
    path = Path(path)
    content, fault = read_text(path, _LIMIT_BYTES, Text("另存为 UTF-8 文本", "save it as UTF-8 text"))
    if fault is not None:
        raise InputError([fault])
    reader = _Reader(path)
    mapping = reader.read(content)
    if reader.faults:
        raise InputError(reader.faults)
    return mapping


@dataclass
class _Node:
    """A value with its line: a text, or keys below it."""

    line: int
    value: str = ""
    below: dict[str, _Node] = field(default_factory=dict)


class _Reader:
    """Reads the lines into nodes, and the nodes into a mapping; gathers faults."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.faults: list[Fault] = []

    def read(self, content: str) -> Mapping:
        """Return the mapping that the text states."""
        root = self._nodes(content)
        self._known(root, _TOP)
        top = root.below
        places = top.get("places", _Node(0))
        marks, sheets = top.get("marks", _Node(0)), top.get("sheets", _Node(0))
        return Mapping(
            self._path,
            self._number(top, "year", 2000, 2099),
            self._hours(top, "day_shift"),
            self._hours(top, "night_shift"),
            {name: node.value for name, node in places.below.items() if node.value != _OPEN},
            {key: self._sheet(node) for key, node in sheets.below.items()},
            {name: node.line for name, node in places.below.items()},
            self._marks(marks),
            {mark_text(name): node.line for name, node in marks.below.items()},
            self._phones(top.get("phones", _Node(0))),
            self._shifts(top.get("shifts", _Node(0))),
            self._before_handover(top),
        )

    def _before_handover(self, top: dict[str, _Node]) -> Literal["same_day", "next_day"] | None:
        said = _stated(top, "before_handover")
        if said is not None and said not in _DAYS:
            problem = Text("应为 当日 或 次日", "should be 当日 (this day) or 次日 (the next day)")
            remedy = Text("改正，或删去这一行", "correct it or remove the line")
            self._fault(top["before_handover"].line, "before_handover", said, problem, remedy)
        return _DAYS.get(said or "")

    def _shifts(self, node: _Node) -> dict[str, Hours]:
        shifts: dict[str, Hours] = {}
        for name, said in node.below.items():
            word = shift_word(name)
            if not word:
                problem = Text("不认识的时段", "unknown part of the day")
                remedy = Text(
                    "写 上午、下午、早班、中班、晚班、后半夜 …", "write 上午, 下午, 早班, 中班, 晚班, 后半夜 …"
                )
                self._fault(said.line, name, said.value, problem, remedy)
            elif (hours := self._hours(node.below, name)) is not None:
                shifts[word] = hours
        return shifts

    def _phones(self, node: _Node) -> dict[str, str]:
        phones: dict[str, str] = {}
        for written, said in node.below.items():
            if said.value in {"", _OPEN}:
                continue
            parts = [part for part in re.split(r"[、,;]", clean(said.value)) if part not in NOBODY]
            read = [parse_phones(part, "") for part in parts]
            sound = all(len(found) == 1 and found[0].kind != "malformed" and not rest for found, rest in read)
            if not sound and phone_text(said.value) != phone_text(written):
                self._fault(
                    said.line,
                    masked(written),
                    masked(said.value),
                    Text("不是完整的号码", "this is no whole number"),
                    Text(
                        "写 11 位手机号，或带区号的固定电话",
                        "write a mobile of 11 digits, or a landline with its area code",
                    ),
                )
            phones[phone_text(written)] = said.value
        return phones

    def _marks(self, node: _Node) -> dict[str, Mark]:
        marks: dict[str, Mark] = {}
        for name, said in node.below.items():
            mark = stated_mark(said.value)
            if mark is not None:
                marks[mark_text(name)] = mark
            elif said.value not in {"", _OPEN}:
                problem = Text("看不懂标记的含义", "the meaning of the mark cannot be read")
                remedy = Text(
                    "写 值班、休、白班、夜班、08:00-20:00，或岗位，或岗位和时段",
                    "write 值班, off, 白班, 夜班, 08:00-20:00, a post, or a post and hours",
                )
                self._fault(said.line, name, said.value, problem, remedy)
        return marks

    def _fault(self, line: int, key: str, value: str, problem: Text, remedy: Text) -> None:
        self.faults.append(
            Fault(str(self._path), line, 0, without_ids(shown(key)), without_ids(shown(value)), problem, remedy)
        )

    def _nodes(self, content: str) -> _Node:
        """Return the lines as nested nodes."""
        root = _Node(0)
        stack: list[tuple[int, _Node]] = [(-1, root)]
        for number, line in enumerate(content.splitlines(), start=1):
            if not line.strip() or line.lstrip().startswith("#") or line.rstrip() == "---":
                continue
            match = _LINE.fullmatch(line)
            scalar = _SCALAR.fullmatch(match["value"] or "") if match else None
            if match is None or scalar is None:
                problem = Text("读不懂这一行", "this line cannot be read")
                remedy = Text(
                    "写成“键: 值”，缩进用空格；含特殊符号的值加双引号",
                    "write key: value, indent with spaces, quote special signs",
                )
                self._fault(number, "", line.strip(), problem, remedy)
                continue
            indent, key = len(match["indent"]), _unquoted(match["key"])
            while stack[-1][0] >= indent:
                stack.pop()
            parent = stack[-1][1]
            siblings = {node.line: name for name, node in parent.below.items()}
            node = _Node(number, _unquoted(scalar[1].strip()))
            if parent.value:
                self._fault(
                    number,
                    key,
                    "",
                    Text("缩进不对：上一级已经有值", "wrong indentation: the key above has a value"),
                    _INDENT,
                )
            elif key in siblings.values():
                self._fault(
                    number,
                    key,
                    "",
                    Text("重复的键", "the key appears twice"),
                    Text("删去其中一个", "remove one of them"),
                )
            else:
                parent.below[key] = node
            stack.append((indent, node))
        return root

    def _known(self, node: _Node, keys: tuple[str, ...]) -> None:
        for key, below in node.below.items():
            if key not in keys:
                near = get_close_matches(key, keys, n=1)
                listed = "、".join(keys)
                remedy = (
                    Text(f"是否想写“{near[0]}”？", f"did you mean '{near[0]}'?")
                    if near
                    else Text(f"可用：{listed}", f"keys: {listed}")
                )
                self._fault(below.line, key, "", Text("不认识的键", "unknown key"), remedy)

    def _sheet(self, node: _Node) -> SheetSays:
        self._known(node, _SHEET)
        below = node.below
        columns: dict[int, Role] = {}
        for name, said in below.get("columns", _Node(0)).below.items():
            if re.fullmatch(r"[A-Za-z]{1,3}", name):
                role = self._role(name, said)
                if role is not None:
                    columns[number_of(name)] = role
            else:
                self._fault(
                    said.line,
                    name,
                    said.value,
                    Text("不是列号", "this is no column"),
                    Text("写 A、B、AA", "write A, B, AA"),
                )
        return SheetSays(
            self._flag(below, "use"),
            self._form(below),
            _stated(below, "desk"),
            tuple(filter(None, re.split(r"\s*\+\s*", _stated(below, "post") or ""))),
            self._number(below, "year", 2000, 2099),
            self._number(below, "month", 1, 12),
            self._rows(below, "header"),
            self._rows(below, "body"),
            columns,
            {key: said.line for key, said in (*below.items(), *below.get("columns", _Node(0)).below.items())},
        )

    def _role(self, name: str, said: _Node) -> Role | None:
        if said.value in {"", _OPEN}:
            return None
        match = _ROLE.fullmatch(said.value)
        kind = "" if match is None else _CHINESE_KINDS.get(match["kind"], match["kind"])
        if match is None or kind not in ROLE_KINDS or (bool(match["post"]) and kind not in _OF_POSTS):
            listed = "、".join(ROLE_KINDS[:-3])
            remedy = Text(
                f"可用：{listed}，或 岗位.name、岗位.phone、岗位.title",
                f"use {listed}, or post.name, post.phone, post.title",
            )
            self._fault(said.line, name, said.value, Text("不认识的含义", "unknown role"), remedy)
            return None
        if match["hours"] and parse_hours(match["hours"], _ANY, _ANY, _ANY) is None and not shift_word(match["hours"]):
            self._fault(said.line, name, said.value, Text("看不懂的时段", "unknown hours"), _HOURS)
        return Role(kind, match["post"] or "", match["hours"] or "")

    def _flag(self, below: dict[str, _Node], key: str) -> bool | None:
        said = _stated(below, key)
        if said is None:
            return None
        known = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
        if said.lower() not in known:
            self._fault(
                below[key].line,
                key,
                said,
                Text("应为 yes 或 no", "should be yes or no"),
                Text("写 yes 或 no", "write yes or no"),
            )
        return known.get(said.lower())

    def _form(self, below: dict[str, _Node]) -> Form | None:
        said = _stated(below, "form")
        if said is not None and said not in _FORMS:
            problem = Text("应为 list、grid 或 month", "should be list, grid or month")
            self._fault(
                below["form"].line, "form", said, problem, Text("改正，或删去这一行", "correct it or remove the line")
            )
        return _FORMS.get(said or "")

    def _number(self, below: dict[str, _Node], key: str, low: int, high: int) -> int | None:
        said = _stated(below, key)
        if said is None:
            return None
        if not re.fullmatch(r"\d{1,4}", said) or not low <= int(said) <= high:
            problem = Text(f"应为 {low} 到 {high} 的整数", f"should be a whole number from {low} to {high}")
            self._fault(
                below[key].line, key, said, problem, Text("改正，或删去这一行", "correct it or remove the line")
            )
            return None
        return int(said)

    def _hours(self, below: dict[str, _Node], key: str) -> Hours | None:
        said = _stated(below, key)
        hours = None if said is None else parse_hours(said, _ANY, _ANY, _ANY)
        if said is not None and (hours is None or hours is _ANY):
            self._fault(below[key].line, key, said, Text("看不懂的时段", "unknown hours"), _HOURS)
            return None
        return hours

    def _rows(self, below: dict[str, _Node], key: str) -> tuple[int, int] | None:
        said = _stated(below, key)
        if said is None:
            return None
        match = re.fullmatch(r"(\d{1,7})(?:\s*-\s*(\d{1,7}))?", said)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            self._fault(
                below[key].line,
                key,
                said,
                Text("应为行号", "should be row numbers"),
                Text("写成 2 或 2-3", "write 2 or 2-3"),
            )
            return None
        return first, last


_ANY = Hours(0, 0)
_HOURS = Text("写成 08:30-17:30", "write 08:30-17:30")
_INDENT = Text("同一级的行左边对齐，下一级多空两格", "align lines of one level; indent the next by two spaces")


def _stated(below: dict[str, _Node], key: str) -> str | None:
    said = below[key].value if key in below else ""
    return None if said in {"", _OPEN} else said


def _unquoted(text: str) -> str:
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return text[1:-1] if text.startswith("'") else text
