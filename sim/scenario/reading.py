"""One YAML text as plain data in which every key and value remembers where it stands.

Tags, repeated keys, and aliases or nesting that blow up are faults, not features.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from sim.errors import Fault, Text, shown

Key = tuple[str | int, ...]
_TAG = "tag:yaml.org,2002:"
_MAX_NODES, _MAX_DEPTH = 50_000, 40


@dataclass(frozen=True)
class Mark:
    """Where a key and its value stand; lines and columns count from 1."""

    file: str
    line: int
    column: int
    value_line: int
    value_column: int


def dotted(key: Key) -> str:
    """Return a key as people write it: ``targets[2].within``."""
    text = ""
    for name in key:
        text += f"[{name}]" if isinstance(name, int) else f".{name}" if text else name
    return text


def yaml_text(data: Mapping[str, Any]) -> str:
    """Return plain data as YAML text: what ``read_yaml`` reads again."""
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 110
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def read_yaml(content: str, file: str, faults: list[Fault]) -> tuple[Any, dict[Key, Mark]]:
    """Return the plain data of a YAML text and the mark of every place in it; ``None`` where faults were found."""
    data, marks, found = _read(content, file)
    faults.extend(found)
    return copy.deepcopy(data), dict(marks)


@lru_cache(maxsize=64)
def _read(content: str, file: str) -> tuple[Any, dict[Key, Mark], list[Fault]]:
    """Return data, marks and faults of a text; those of the last few texts are at hand, as the same files are extended again and again."""
    faults: list[Fault] = []
    reader = _Reader(file, faults)
    try:
        node = _compose(content)
        if node is not None:
            return reader.plain(node, ()), reader.marks, faults
        problem = Text("文件里没有内容", "the file holds nothing but comments")
        faults.append(Fault(file, 0, 0, "", "", problem, Text("检查是否保存成功", "check that it was saved")))
    except MarkedYAMLError as error:
        faults.extend(full_width(file, content) or [_syntax(file, content, error)])
    except ReaderError as error:
        line = content[: error.position].count("\n") + 1
        problem = Text("含有不能显示的控制字符", "it holds a control character")
        faults.append(Fault(file, line, 0, "", "", problem, Text("删去这个字符", "remove the character")))
    except (YAMLError, RecursionError, _TooMuchError) as error:
        line = error.line if isinstance(error, _TooMuchError) else 0
        problem = Text(
            "内容过多，或嵌套、引用过深", "there are too many entries, or they are nested or aliased too deeply"
        )
        remedy = Text("检查是否选错文件", "check that it is the right file")
        faults.append(Fault(file, line, 0, "", "", problem, remedy))
    return None, {}, faults


def full_width(file: str, content: str) -> list[Fault]:
    """Return a fault for each line whose key ends in a full-width colon, the typical slip of a Chinese keyboard."""
    found = []
    for number, line in enumerate(content.splitlines(), start=1):
        match = re.match(r"\s*(?:- )?[^\s#\"'：:]+：", line)
        if match:
            problem = Text("键后面是全角冒号“：”", "a full-width colon '：' follows the key")
            remedy = Text("改成半角冒号加空格“: ”", "use an ASCII colon and a space ': '")
            found.append(Fault(file, number, match.end(), "", shown(line.strip()), problem, remedy))
    return found


def _syntax(file: str, content: str, error: MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    lines = content.splitlines()
    written = lines[line - 1] if 0 < line <= len(lines) else ""
    remedy = Text(
        "检查这一行和上一行的缩进、冒号后的空格、引号和括号",
        "check indentation, the space after colons, quotes and brackets here and one line up",
    )
    if "\t" in written:
        remedy = Text("缩进用空格，不用制表符（Tab）", "indent with spaces, not with tabs")
    wide = next((sign for sign in "，；“”‘’【】｛｝" if sign in written), "")
    if wide:
        remedy = Text(
            f"这一行有全角标点“{wide}”，在括号和列表里改成半角",
            f"this line holds the full-width '{wide}': use the ASCII sign",
        )
    problem = Text("YAML 格式错误", f"YAML syntax ({error.problem})")
    return Fault(file, line, column, "", shown(written.strip()), problem, remedy)


class _TooMuchError(Exception):
    """More entries, or deeper ones, than any scenario has; ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__("too many or too deep entries")
        self.line = line


def _compose(content: str) -> Node | None:
    """Return the nodes of a YAML text."""
    deep = _DEEP.search(content)
    if deep:  # the parser takes seconds to find out
        raise _TooMuchError(content[: deep.start()].count("\n") + 1)
    yaml = YAML()
    yaml.composer.warn_double_anchors = False
    root: Node | None = yaml.compose(content)
    return root


class _Reader:
    """Turns YAML nodes into plain data, noting marks and faults."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file, self.faults = file, faults
        self.marks: dict[Key, Mark] = {}
        self._nodes = 0

    def plain(self, node: Node, key: Key) -> Any:  # noqa: ANN401 - plain YAML data
        self._nodes += 1
        if self._nodes > _MAX_NODES or len(key) > _MAX_DEPTH:
            raise _TooMuchError(node.start_mark.line + 1)
        tag = str(node.tag)
        kind = tag.removeprefix(_TAG)
        if not tag.startswith(_TAG) or kind not in _KINDS.get(type(node), _SCALAR_KINDS):
            problem = Text("不接受 YAML 标签", "YAML tags are not accepted")
            self._fault(node, key, tag, problem, Text("删去以 ! 开头的标签", "remove the tag that begins with !"))
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, key)
        if isinstance(node, SequenceNode):
            return [self._item(child, (*key, i)) for i, child in enumerate(node.value)]
        if _SURROGATE.search(node.value):
            problem = Text("含有不完整的字符", "it holds half a character")
            self._fault(node, key, node.value, problem, Text("删去 \\ud8… 一类的写法", "remove escapes such as \\ud8…"))
            return None
        return _scalar(str(node.value), kind)

    def _item(self, node: Node, key: Key) -> Any:  # noqa: ANN401 - plain YAML data
        line, column = node.start_mark.line + 1, node.start_mark.column + 1
        self.marks[key] = Mark(self.file, line, column, line, column)
        return self.plain(node, key)

    def _mapping(self, node: MappingNode, key: Key) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name_node, value_node in node.value:
            if not isinstance(name_node, ScalarNode):
                problem = Text("键应为文字", "a key should be text")
                self._fault(name_node, key, "", problem, Text("检查括号", "check the brackets"))
                continue
            name = str(name_node.value)
            here = (*key, name)
            mark, value_mark = name_node.start_mark, value_node.start_mark
            if name in result:
                problem = Text(
                    f"这个键在第 {self.marks[here].line} 行已经写过",
                    f"this key stands on line {self.marks[here].line} already",
                )
                self._fault(name_node, here, "", problem, Text("删去其中一处", "remove one of them"))
                continue
            self.marks[here] = Mark(
                self.file, mark.line + 1, mark.column + 1, value_mark.line + 1, value_mark.column + 1
            )
            result[name] = self.plain(value_node, here)
        return result

    def _fault(self, node: Node, key: Key, value: str, problem: Text, remedy: Text) -> None:
        mark = node.start_mark
        name = dotted(key)
        self.faults.append(Fault(self.file, mark.line + 1, mark.column + 1, name, shown(value), problem, remedy))


def _scalar(value: str, kind: str) -> Any:  # noqa: ANN401 - plain YAML data
    if kind == "null":
        return None
    if kind == "bool" and value.lower() in ("true", "false"):
        return value.lower() == "true"
    try:
        if kind == "int" and re.fullmatch(r"[-+]?(0|[1-9][0-9]*)", value):  # 007 is a code, not a number
            return int(value)
        if kind == "float":
            return float(value.lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        pass
    return value


_KINDS: dict[type[Node], frozenset[str]] = {MappingNode: frozenset({"map"}), SequenceNode: frozenset({"seq"})}
_SCALAR_KINDS = frozenset({"str", "null", "bool", "int", "float", "timestamp", "merge", "value"})
_DEEP = re.compile(rf"(?:[\[{{]\s*){{{_MAX_DEPTH + 1}}}")
_SURROGATE = re.compile("[\ud800-\udfff]")
