"""YAML files as plain data in which every key and value remembers where it stands.

``extends`` merges files, later over earlier and the file itself over all: mappings merge, everything else replaces, and a law of a
duration replaces the law below it. Tags, repeated keys and aliases that blow up are faults, not features.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from sim.blocks import LAW_NAMES
from sim.county.tables import read_text
from sim.errors import Fault, Text, shown

Key = tuple[str | int, ...]
_TAG = "tag:yaml.org,2002:"
_MAX_BYTES, _MAX_NODES, _MAX_DEPTH = 2**20, 50_000, 40
BUNDLED = "jiaoying:"


@dataclass(frozen=True)
class Mark:
    """Where a key and its value stand; lines and columns count from 1."""

    file: str
    line: int
    column: int
    value_line: int
    value_column: int


@dataclass
class Document:
    """Plain data and the mark of every place in it; the mark of the whole, ``()``, has line 0."""

    data: dict[str, Any] = field(default_factory=dict)
    marks: dict[Key, Mark] = field(default_factory=dict)

    def mark(self, key: Key) -> Mark | None:
        """Return the mark of ``key``, or of the nearest place above it that is written somewhere."""
        while key and key not in self.marks:
            key = key[:-1]
        return self.marks.get(key)


def configs_folder() -> Path:
    """Return the folder of the default configs: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    carried = package / "configs"
    return carried if carried.is_dir() else package.parent / "configs"


def resolve(written: str, base: Path) -> Path:
    """Return the path that a file in folder ``base`` means by ``written``; ``jiaoying:`` means the carried configs."""
    written = written.replace("\0", "·")  # no path can hold it: then the file is simply not there
    if written.startswith(BUNDLED):
        return configs_folder() / written.removeprefix(BUNDLED)
    return Path(os.path.normpath(base / written))


def real(path: Path) -> Path:
    """Return ``path`` without links and dots; unlike ``Path.resolve`` it takes any name, also one that no file can have."""
    return Path(os.path.realpath(str(path).replace("\0", "·")))


def read_document(path: Path, faults: list[Fault], trail: tuple[Path, ...] = ()) -> Document:
    """Read one YAML file with all that it extends; faults are appended to ``faults``."""
    own = _read_one(path, faults)
    bases = _pop_extends(own, path, faults)
    trail = (*trail, real(path))
    merged = Document(marks={(): Mark(str(path), 0, 0, 0, 0)})
    for written, mark in bases:
        target = resolve(written, path.parent)
        if real(target) in trail:
            loop = " → ".join(p.name for p in (*trail[trail.index(real(target)) :], target))
            faults.append(
                Fault(
                    str(path),
                    mark.value_line,
                    mark.value_column,
                    "extends",
                    shown(written),
                    Text(f"继承成了环：{loop}", f"files extend each other in a loop: {loop}"),
                    Text("删去其中一处 extends", "remove one extends of the loop"),
                )
            )
            continue
        if not os.path.isfile(target):  # noqa: PTH113 - never raises, whatever the name
            problem = Text("要继承的文件不存在", "the file to extend does not exist")
            remedy = Text("路径从写它的文件算起", "paths count from the file that names them")
            faults.append(
                Fault(str(path), mark.value_line, mark.value_column, "extends", shown(written), problem, remedy)
            )
            continue
        merge(merged, read_document(target, faults, trail))
    merge(merged, own)
    return merged


def merge(below: Document, above: Document, at: Key = ()) -> None:
    """Lay ``above`` over ``below``, in place."""
    low, high = get(below.data, at), get(above.data, at)
    for name, value in high.items():
        key = (*at, name)
        if isinstance(value, dict) and isinstance(low.get(name), dict):
            if LAW_NAMES & value.keys():
                for law in (LAW_NAMES & low[name].keys()) - value.keys():
                    del low[name][law]
            below.marks[key] = above.marks[key]
            merge(below, above, key)
        else:
            for old in [k for k in below.marks if k[: len(key)] == key]:
                del below.marks[old]
            below.marks.update({k: m for k, m in above.marks.items() if k[: len(key)] == key})
            low[name] = value


def get(data: Any, key: Key) -> Any:  # noqa: ANN401 - plain YAML data
    """Return what stands at ``key``."""
    for name in key:
        data = data[name]
    return data


def override(document: Document, setting: str, faults: list[Fault]) -> None:
    """Lay one ``--set path=value`` over a document; list items go by number or by their ``id``."""
    path, equals, text = setting.partition("=")
    names = [name.strip() for name in path.split(".")]
    source = f"--set {setting}"
    remedy = Text(
        "写成 --set 路径=值，例如 --set channels.sms.rate='500 /s'",
        "write --set path=value, such as --set channels.sms.rate='500 /s'",
    )
    if not equals or not all(names):
        faults.append(Fault(source, 0, 0, "", "", Text("看不懂这个设置", "this setting cannot be read"), remedy))
        return
    value = parse_text(text or "null", source, faults)
    if value is None:
        return
    here: Any = document.data
    key: Key = ()
    for i, name in enumerate(names):
        last = i == len(names) - 1
        step: str | int = name
        if isinstance(here, list):
            ids = [item.get("id") if isinstance(item, dict) else None for item in here]
            step = ids.index(name) if name in ids else int(name) if re.fullmatch("[0-9]{1,6}", name) else -1
            if not 0 <= step < len(here):
                faults.append(
                    Fault(
                        source,
                        0,
                        0,
                        path,
                        "",
                        Text(f"没有“{shown(name)}”这一项", f"there is no item '{shown(name)}'"),
                        remedy,
                    )
                )
                return
        elif not isinstance(here, dict):
            problem = Text(
                f"“{shown('.'.join(names[:i]))}”下面没有内容", f"nothing stands below '{shown('.'.join(names[:i]))}'"
            )
            faults.append(Fault(source, 0, 0, path, "", problem, remedy))
            return
        key = (*key, step)
        if last:
            for old in [k for k in document.marks if k[: len(key)] == key]:
                del document.marks[old]
            document.marks[key] = Mark(source, 0, 0, 0, 0)
            if step in LAW_NAMES and isinstance(here, dict):
                for law in LAW_NAMES & here.keys():
                    del here[law]
            here[step] = value.data["value"]
        else:
            if isinstance(here, dict) and step not in here:
                here[step], document.marks[key] = {}, Mark(source, 0, 0, 0, 0)
            here = here[step]


def parse_text(text: str, source: str, faults: list[Fault]) -> Document | None:
    """Return YAML ``text`` as a document with the single key ``value``; ``None`` if it cannot be read."""
    before = len(faults)
    reader = _Reader(source, faults)
    try:
        node = _compose(text)
        data = reader.plain(node, ()) if node is not None else None
    except (YAMLError, RecursionError, _TooMuchError):
        problem = Text("值不是有效的 YAML", "the value is not valid YAML")
        faults.append(
            Fault(source, 0, 0, "", shown(text), problem, Text("检查括号和引号", "check brackets and quotes"))
        )
    return Document({"value": data}) if len(faults) == before else None


def _pop_extends(own: Document, path: Path, faults: list[Fault]) -> Iterator[tuple[str, Mark]]:
    written = own.data.pop("extends", None)
    marks = {k: own.marks.pop(k) for k in [k for k in own.marks if k[:1] == ("extends",)]}
    if written is None:
        return iter(())
    items = written if isinstance(written, list) else [written]
    if not all(isinstance(item, str) for item in items):
        mark = marks[("extends",)]
        problem = Text("extends 应为文件名或文件名的列表", "extends should be a file name or a list of them")
        remedy = Text(
            "例如 extends: ../configs/channels/defaults.yaml", "such as extends: ../configs/channels/defaults.yaml"
        )
        faults.append(Fault(str(path), mark.value_line, mark.value_column, "extends", shown(written), problem, remedy))
        return iter(())
    return iter([(item, marks.get(("extends", i), marks[("extends",)])) for i, item in enumerate(items)])


def _read_one(path: Path, faults: list[Fault]) -> Document:
    content, fault = read_text(
        path, _MAX_BYTES, Text("用记事本另存为，编码选 UTF-8", "save it again with the encoding UTF-8")
    )
    if fault is not None:
        faults.append(fault)
        return Document()
    reader = _Reader(str(path), faults)
    try:
        node = _compose(content)
        if node is None:
            problem = Text("文件里没有内容", "the file holds nothing but comments")
            faults.append(Fault(str(path), 0, 0, "", "", problem, Text("检查是否保存成功", "check that it was saved")))
            return Document()
        data = reader.plain(node, ())
    except MarkedYAMLError as error:
        faults.extend(_syntax_faults(path, content, error))
        return Document()
    except ReaderError as error:
        line = content[: error.position].count("\n") + 1
        problem = Text("含有不能显示的控制字符", "it holds a control character")
        faults.append(Fault(str(path), line, 0, "", "", problem, Text("删去这个字符", "remove the character")))
        return Document()
    except (YAMLError, RecursionError, _TooMuchError) as error:
        line = error.line if isinstance(error, _TooMuchError) else 0
        problem = Text(
            "内容过多，或嵌套、引用过深", "there are too many entries, or they are nested or aliased too deeply"
        )
        faults.append(
            Fault(str(path), line, 0, "", "", problem, Text("检查是否选错文件", "check that it is the right file"))
        )
        return Document()
    if not isinstance(data, dict):
        faults.extend(_full_width(path, content) or [_not_a_mapping(path)])
        return Document()
    return Document(data, reader.marks)


def _not_a_mapping(path: Path) -> Fault:
    problem = Text("文件应由“键: 值”组成", "the file should consist of 'key: value' lines")
    return Fault(str(path), 1, 1, "", "", problem, Text("参照 scenarios/ 中的例子", "see the examples in scenarios/"))


def _full_width(path: Path, content: str) -> list[Fault]:
    """Return a fault for each line whose key ends in a full-width colon, the typical slip of a Chinese keyboard."""
    found = []
    for number, line in enumerate(content.splitlines(), start=1):
        match = re.match(r"\s*(?:- )?[^\s#\"'：:]+：", line)
        if match:
            problem = Text("键后面是全角冒号“：”", "a full-width colon '：' follows the key")
            remedy = Text("改成半角冒号加空格“: ”", "use an ASCII colon and a space ': '")
            found.append(Fault(str(path), number, match.end(), "", shown(line.strip()), problem, remedy))
    return found


def _syntax_faults(path: Path, content: str, error: MarkedYAMLError) -> list[Fault]:
    wide = _full_width(path, content)
    if wide:
        return wide
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
    problem = Text(f"YAML 格式错误（{error.problem}）", f"YAML syntax ({error.problem})")
    return [Fault(str(path), line, column, "", shown(written.strip()), problem, remedy)]


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


def dotted(key: Key) -> str:
    """Return a key as people write it: ``targets[2].within``."""
    text = ""
    for name in key:
        text += f"[{name}]" if isinstance(name, int) else f".{name}" if text else name
    return text


def plain_copy(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a deep copy of plain data."""
    return {k: _copied(v) for k, v in data.items()}


def _copied(value: Any) -> Any:  # noqa: ANN401 - plain YAML data
    if isinstance(value, dict):
        return plain_copy(value)
    return [_copied(item) for item in value] if isinstance(value, list) else value
