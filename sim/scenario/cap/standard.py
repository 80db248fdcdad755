"""What CAP 1.2 lays down: which elements there are, how often each stands, what it may hold, and where a file breaks it.

Source: OASIS, Common Alerting Protocol Version 1.2, 1 July 2010, §3.2 (data dictionary) and §3.3.2 (DateTime). The order of elements
is not asked for, since nothing that is read depends on it. A DOCTYPE, and so every entity, is refused and never resolved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from types import MappingProxyType
from xml.parsers import expat

from sim.county.tables import read_text
from sim.errors import BadValue, Fault, Text, shown
from sim.units import BEIJING

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SEVERITY = MappingProxyType({"red": "Extreme", "orange": "Severe", "yellow": "Moderate", "blue": "Minor"})
"""The severity that stands for a level. CAP knows no colours: the pairing is ours, in the order of gravity."""

COLOUR = MappingProxyType(
    {
        "red": Text("红色", "red"),
        "orange": Text("橙色", "orange"),
        "yellow": Text("黄色", "yellow"),
        "blue": Text("蓝色", "blue"),
    }
)
OWN_ID = "jiaoying:warning"
"""Name of the parameter in which a message of ours keeps the ``id`` of its warning."""

_MAX_BYTES, _MAX_ELEMENTS = 10 * 2**20, 50_000
_PAIR = "valueName value"
_CONTENT = {  # as in a DTD: ? at most one, * any number, + at least one, otherwise exactly one
    "alert": "identifier sender sent status msgType source? scope restriction? addresses? code* note? references?"
    " incidents? info*",
    "info": "language? category+ event responseType* urgency severity certainty audience? eventCode* effective? onset?"
    " expires? senderName? headline? description? instruction? web? contact? parameter* resource* area*",
    "eventCode": _PAIR,
    "parameter": _PAIR,
    "resource": "resourceDesc mimeType size? uri? derefUri? digest?",
    "area": "areaDesc polygon* circle* geocode* altitude? ceiling?",
    "geocode": _PAIR,
}
_WORDS = {
    name: words.split()
    for name, words in {
        "status": "Actual Exercise System Test Draft",
        "msgType": "Alert Update Cancel Ack Error",
        "scope": "Public Restricted Private",
        "category": "Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other",
        "responseType": "Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None",
        "urgency": "Immediate Expected Future Past Unknown",
        "severity": "Extreme Severe Moderate Minor Unknown",
        "certainty": "Observed Likely Possible Unlikely Unknown",
    }.items()
}
_MOMENTS = frozenset({"sent", "effective", "onset", "expires"})
_NAMES = frozenset({"identifier", "sender"})


@dataclass
class Element:
    """An element and where its tag begins, from 1; a name outside CAP is preceded by its namespace in braces."""

    name: str
    line: int
    column: int
    pieces: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, less the white space around it."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> list[Element]:
        """Return the children of that name."""
        return [child for child in self.children if child.name == name]

    def get(self, name: str) -> str:
        """Return the text of the first child of that name, or nothing."""
        return next((child.text for child in self.all(name)), "")

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """Return name and value of each child of that name: ``parameter``, ``eventCode``, ``geocode``."""
        return [(pair.get("valueName"), pair.get("value")) for pair in self.all(name)]

    def fault(self, file: str, key: str, problem: Text, remedy: Text) -> Fault:
        """Return a fault at this place."""
        return Fault(file, self.line, self.column, key, shown(self.text), problem, remedy)


def read_elements(path: Path) -> tuple[Element | None, list[Fault]]:
    """Return the alert of a file, or ``None`` if it holds none, and every fault against the standard."""
    save_as = Text(
        '另存为 UTF-8 编码，首行写 encoding="UTF-8"', 'save it as UTF-8 with encoding="UTF-8" in the first line'
    )
    content, unreadable = read_text(path, _MAX_BYTES, save_as)
    if unreadable is not None:
        return None, [unreadable]
    root = _parse(content, str(path))
    if isinstance(root, Fault):
        return None, [root]
    if root.name != "alert":
        problem = Text("根元素不是 CAP 1.2 的 alert", "the root is not an alert of CAP 1.2")
        remedy = Text(f'根元素写成 <alert xmlns="{NAMESPACE}">', f'let the root be <alert xmlns="{NAMESPACE}">')
        return None, [Fault(str(path), root.line, root.column, shown(root.name, 200), "", problem, remedy)]
    return root, list(_broken_rules(root, "alert", str(path)))


def beijing(text: str) -> datetime:
    """Return a DateTime of CAP, ``2025-07-11T01:35:00+08:00``, in Beijing time.

    Raises
    ------
    ValueError
        if it is written otherwise (CAP demands an offset in hours and minutes and allows no ``Z``), or is no time that exists
    """
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-](0\d|1[0-4]):[0-5]\d", text, flags=re.ASCII):
        raise ValueError(text)
    try:
        return datetime.fromisoformat(text).astimezone(BEIJING)
    except OverflowError as error:  # the first and the last day that a calendar can hold
        raise ValueError(text) from error


def _parse(content: str, file: str) -> Element | Fault:
    """Return the root of an XML text, or the fault at which the parser stopped."""
    document = Element("", 0, 0)
    above = [document]
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    number = count(1)

    def start(name: str, _attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        ours = local if space == NAMESPACE else f"{{{space}}}{local}"
        element = Element(ours, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        above[-1].children.append(element)
        above.append(element)
        if next(number) > _MAX_ELEMENTS:
            raise BadValue(
                Text("元素过多", "there are too many elements"),
                Text("检查是否选错文件", "check that it is the right file"),
            )

    def end(_: str) -> None:
        above.pop()

    def characters(text: str) -> None:
        above[-1].pieces.append(text)

    def doctype(*_: object) -> None:
        raise BadValue(  # the parser stops here, before any entity is declared
            Text("含有 DOCTYPE 声明", "it has a DOCTYPE declaration"),
            Text(
                "删去 DOCTYPE 和其中的实体声明；CAP 不用它们，本程序不解析",
                "remove it with its entities: CAP has none, and none are resolved here",
            ),
        )

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    try:
        parser.Parse(content, True)  # the one and last piece
    except BadValue as bad:
        return Fault(file, parser.CurrentLineNumber, 0, "", "", bad.problem, bad.remedy)
    except expat.ExpatError as error:
        problem = Text("XML 格式错误", f"XML syntax ({expat.ErrorString(error.code)})")
        remedy = Text("检查这一行的标签、引号和 & 号", "check tags, quotes and & on this line")
        return Fault(file, error.lineno, error.offset + 1, "", "", problem, remedy)
    return document.children[0]


def _broken_rules(element: Element, key: str, file: str) -> Iterator[Fault]:
    """Yield a fault for each rule that an element with content breaks, or one inside it."""
    rules = {rule.rstrip("?*+"): rule[-1] for rule in _CONTENT[element.name].split()}
    seen: Counter[str] = Counter()
    for child in element.children:
        name, inside = child.name, f"{key}/{child.name}"
        seen[name] += 1
        if name.startswith("{") and not name.startswith("{}"):
            continue  # a signature, or somebody's extension
        if name not in rules:
            problem = Text("CAP 1.2 这里没有这个元素", "CAP 1.2 has no such element here")
            known = Text(f"删去它；这里可写：{'、'.join(rules)}", f"remove it; known here: {', '.join(rules)}")
            yield child.fault(file, inside, problem, known)
        elif seen[name] > 1 and rules[name] not in "*+":
            problem = Text("只能写一次", "may stand only once")
            yield child.fault(file, inside, problem, Text("删去多余的一处", "remove the other one"))
        elif name in _CONTENT:
            yield from _broken_rules(child, inside, file)
        else:
            wrong = _wrong(child, required=rules[name] != "?")
            if wrong is not None:
                yield child.fault(file, inside, *wrong)
    for name, often in rules.items():
        if often not in "?*" and not seen[name]:
            problem = Text("缺少这个元素", "this element is missing")
            remedy = Text(f"在 {element.name} 中补上 {name}", f"add {name} to {element.name}")
            yield Fault(file, element.line, element.column, f"{key}/{name}", "", problem, remedy)


def _wrong(element: Element, *, required: bool) -> tuple[Text, Text] | None:
    """Return what is wrong with an element of text, and the remedy."""
    name, text = element.name, element.text
    if element.children:
        return Text("应只含文字", "should hold text only"), Text("删去里面的标签", "remove the tags inside it")
    if name in _WORDS and text not in _WORDS[name]:
        known = _WORDS[name]
        return (
            Text("不在 CAP 1.2 允许的取值中", "is none of the words of CAP 1.2"),
            Text(f"可用：{'、'.join(known)}", f"use one of: {', '.join(known)}"),
        )
    if name in _NAMES and re.search(r"[\s,<&]", text):
        return (
            Text("不得含空格、逗号、< 和 &", "may hold no space, comma, < or &"),
            Text("改用连字符 -", "use a hyphen - instead"),
        )
    if name in _MOMENTS:
        try:
            beijing(text)
        except ValueError:
            return (
                Text("应为带时差的时刻（不得写 Z）", "expected a time with its offset (no Z)"),
                Text("写成 2025-07-11T01:35:00+08:00", "write it as 2025-07-11T01:35:00+08:00"),
            )
    if required and not text:
        return Text("内容是空的", "it is empty"), Text("填写内容", "fill it in")
    return None
