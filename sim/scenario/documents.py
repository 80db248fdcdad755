"""Scenario files laid over each other: ``extends``, ``--set``, and where each key and value came from.

``extends`` merges files, later over earlier and the file itself over all: mappings merge, everything else replaces, and a law of a
duration replaces the law below it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.blocks import LAW_NAMES
from sim.county.tables import read_text
from sim.errors import BadValue, Fault, Text, shown
from sim.scenario.reading import Key, Mark, full_width, read_yaml

_MAX_BYTES = 2**20
BUNDLED = "jiaoying:"
_HOW_TO_SET = Text(
    "写成 --set 路径=值，例如 --set channels.sms.rate='500 /s'",
    "write --set path=value, such as --set channels.sms.rate='500 /s'",
)


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

    def put(self, key: Key, value: Any, mark: Mark) -> None:  # noqa: ANN401 - plain YAML data
        """Write ``value`` at ``key``, over whatever stands there; mappings on the way are made where there are none."""
        here: Any = self.data
        for i, name in enumerate(key[:-1], start=1):
            if isinstance(here, dict) and name not in here:
                here[name], self.marks[key[:i]] = {}, mark
            here = here[name]
        if key[-1] in LAW_NAMES:
            for law in LAW_NAMES & here.keys():
                del here[law]
        for old in [k for k in self.marks if k[: len(key)] == key]:
            del self.marks[old]
        here[key[-1]], self.marks[key] = value, mark


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


def portable(path: Path) -> str:
    """Return a path as it may be passed on: one of the carried configs by its short name, any other as it is."""
    carried = real(configs_folder())
    return f"{BUNDLED}{path.relative_to(carried).as_posix()}" if path.is_relative_to(carried) else path.as_posix()


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
    source = f"--set {setting}"
    try:
        key = key_of(document.data, path if equals else "")
        document.put(key, _value_of(text, source), Mark(source, 0, 0, 0, 0))
    except BadValue as bad:
        faults.append(Fault(source, 0, 0, path if equals else "", shown(text), bad.problem, bad.remedy))


def _value_of(text: str, source: str) -> Any:  # noqa: ANN401 - plain YAML data
    faults: list[Fault] = []
    value, _ = read_yaml(text.strip() or "null", source, faults)
    for why in faults:
        problem = Text(f"值不是有效的 YAML：{why.problem.zh}", f"the value is not valid YAML: {why.problem.en}")
        raise BadValue(problem, why.remedy)
    return value


def key_of(data: dict[str, Any], path: str) -> Key:
    """Return the key that a dotted path means; what is not there yet may be made inside mappings only.

    Raises
    ------
    BadValue
        if it can mean nothing
    """
    here: Any = data
    names = [name.strip() for name in path.split(".")]
    key: Key = ()
    for i, name in enumerate(names):
        step: str | int = name
        if not name:
            raise BadValue(Text("看不懂这个设置", "this setting cannot be read"), _HOW_TO_SET)
        if isinstance(here, list):
            ids = [item.get("id") if isinstance(item, dict) else None for item in here]
            step = ids.index(name) if name in ids else int(name) if re.fullmatch("[0-9]{1,6}", name) else -1
            if not 0 <= step < len(here):
                known = "、".join(str(item_id or n) for n, item_id in enumerate(ids))
                raise BadValue(
                    Text(f"没有“{shown(name)}”这一项", f"there is no item '{shown(name)}'"),
                    Text(f"可用：{known}", f"use one of: {known}"),
                )
            here = here[step]
        elif isinstance(here, dict):
            here = here.get(name, {})
        else:
            above = shown(".".join(names[:i]))
            raise BadValue(Text(f"“{above}”下面没有内容", f"nothing stands below '{above}'"), _HOW_TO_SET)
        key = (*key, step)
    return key


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
    save_as = Text("用记事本另存为，编码选 UTF-8", "save it again with the encoding UTF-8")
    content, fault = read_text(path, _MAX_BYTES, save_as)
    if fault is not None:
        faults.append(fault)
        return Document()
    before = len(faults)
    data, marks = read_yaml(content, str(path), faults)
    if isinstance(data, dict):
        return Document(data, marks)
    if len(faults) == before:
        problem = Text("文件应由“键: 值”组成", "the file should consist of 'key: value' lines")
        remedy = Text("参照 scenarios/ 中的例子", "see the examples in scenarios/")
        faults.extend(full_width(str(path), content) or [Fault(str(path), 1, 1, "", "", problem, remedy)])
    return Document()
