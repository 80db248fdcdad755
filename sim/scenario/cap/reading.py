"""From a CAP 1.2 alert to the beginning of a scenario: its warning, its hour, what threatens, and what only the planner knows."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from sim.errors import Fault, InputError, Language, Text, shown
from sim.scenario.acts import WarningChange, WarningLevel
from sim.scenario.cap.standard import COLOUR, OWN_ID, SEVERITY, Element, beijing, read_elements

_CHANGES: dict[str, WarningChange] = {"Alert": "issue", "Update": "upgrade", "Cancel": "lift"}
_TURNS: dict[WarningChange, re.Pattern[str]] = {
    "downgrade": re.compile("降级|降为|downgrad", re.IGNORECASE),
    "upgrade": re.compile("升级|升为|upgrad", re.IGNORECASE),
}
_KINDS = {  # what a storm sets off goes before the storm
    "dam": re.compile("溃坝|垮坝|水库险情|水库（堤坝）险情|堤防险情|dam (failure|break|burst)", re.IGNORECASE),
    "waterlogging": re.compile("内涝|积涝|waterlogging", re.IGNORECASE),
    "flash_flood": re.compile("山洪|flash[ -]?flood", re.IGNORECASE),
    "landslide": re.compile("地质灾害|滑坡|泥石流|崩塌|landslide|mudslide|debris flow", re.IGNORECASE),
    "rainstorm": re.compile("暴雨|强降雨|rainstorm|(heavy|torrential) rain", re.IGNORECASE),
}
_OF_LEVEL = re.compile("level|severity|colou?r|级别|等级|颜色", re.IGNORECASE)
_NAMED = {level: re.compile(rf"{word.zh}|\b{word.en}\b", re.IGNORECASE) for level, word in COLOUR.items()}
_SPOKEN = {  # "Red River" is no level, "red rainstorm warning" is
    level: re.compile(rf"{word.zh}|\b{word.en}\b(?=[\s-]+(?:\w+[\s-]+)?(?:warning|alert|signal|level))", re.IGNORECASE)
    for level, word in COLOUR.items()
}
_TITLE, _LINE = 200, 400


@dataclass(frozen=True)
class ImportedWarning:
    """A warning as its CAP message tells it; times in Beijing time, ``None`` or empty where the message says nothing.

    ``level_rule`` and ``change_rule`` say what ``level`` and ``change`` were told from.
    """

    id: str
    level: WarningLevel
    level_rule: Text
    change: WarningChange
    change_rule: Text
    kind: str | None
    identifier: str
    sender: str
    sender_name: str
    status: str
    sent: datetime
    effective: datetime | None
    onset: datetime | None
    expires: datetime | None
    event: str
    headline: str
    description: str
    instruction: str
    areas: tuple[str, ...]
    geocodes: tuple[tuple[str, str], ...]


def read_alert(path: str | Path) -> ImportedWarning:
    """Return the warning that a CAP 1.2 file tells, from its Chinese ``info`` block or else the first.

    Raises
    ------
    InputError
        with every fault found: against the standard, and what a scenario needs but the message does not say
    """
    root, faults = read_elements(Path(path))
    if root is None:
        raise InputError(faults)
    faults += _unusable(root, str(path))
    if faults:
        raise InputError(faults)
    info = _chosen(root)
    level, level_rule = _level(info)
    change, change_rule = _change(root, info)
    texts = [info.get(name) for name in ("event", "headline")]
    own = dict(info.pairs("parameter")).get(OWN_ID, "")
    return ImportedWarning(
        id=_fit(own) or _fit(root.get("identifier")) or "cap",
        level=cast("WarningLevel", level),
        level_rule=level_rule,
        change=change,
        change_rule=change_rule,
        kind=next((kind for text in texts for kind, words in _KINDS.items() if words.search(text)), None),
        identifier=root.get("identifier"),
        sender=root.get("sender"),
        sender_name=info.get("senderName"),
        status=root.get("status"),
        sent=beijing(root.get("sent")),
        effective=_moment(info, "effective"),
        onset=_moment(info, "onset"),
        expires=_moment(info, "expires"),
        event=info.get("event"),
        headline=info.get("headline"),
        description=info.get("description"),
        instruction=info.get("instruction"),
        areas=tuple(area.get("areaDesc") for area in info.all("area")),
        geocodes=tuple(code for area in info.all("area") for code in area.pairs("geocode")),
    )


def snippet(warning: ImportedWarning, language: Language = "zh") -> str:
    """Return a scenario file that others extend: what the message says, and in comments what it cannot say."""
    whose = warning.sender_name or warning.sender
    steps = dict.fromkeys(("consultation", "sign_off", "release"), "0 min")
    entry = CommentedMap(
        {"id": warning.id, "level": warning.level, "change": warning.change}
        | steps
        | {"signed_by": shown(whose, _TITLE)}
        | {"source": shown(f"{whose} CAP {warning.identifier}", _LINE)}
    )
    for key, remark in {
        "level": warning.level_rule,
        "change": warning.change_rule,
        "consultation": Text(
            "预警在推演起算时刻（T0）已经发布，CAP 不含会商、签发、发布用时",
            "at T0 the warning was out already; CAP says nothing of the time it took",
        ),
        "signed_by": Text("CAP 不含签发岗位，此处为发布单位", "CAP names no post: this is the sender"),
    }.items():
        entry.yaml_add_eol_comment(remark.get(language), key, column=0)
    data = CommentedMap({"title": shown(warning.headline or warning.event, _TITLE), "start": _clock(warning.sent)})
    if warning.kind:
        data["hazard"] = {"kind": warning.kind}
    data["warnings"] = [entry]
    if not warning.kind:
        unknown = Text("灾种看不出来，请写明 hazard.kind", "the hazard cannot be told: write hazard.kind")
        data.yaml_set_comment_before_after_key("warnings", before=unknown.get(language))
    data.yaml_set_start_comment("\n".join(_remarks(warning, language)))
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 10_000  # a folded line would be cut off from its comment
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _remarks(warning: ImportedWarning, language: Language) -> list[str]:
    """Return what the message says beyond a scenario, a line each: nothing in it can end a comment."""
    moments = {"effective": warning.effective, "onset": warning.onset, "expires": warning.expires}
    lines = [
        (Text("CAP 消息", "CAP message"), f"{warning.identifier} ({warning.status})"),
        (Text("发布单位", "sender"), f"{warning.sender_name} ({warning.sender})"),
        *((Text(name, name), _clock(moment)) for name, moment in moments.items() if moment),
        (Text("事件", "event"), warning.event),
        (Text("正文", "description"), warning.description),
        (Text("防御指引", "instruction"), warning.instruction),
        (Text("区域", "area"), " / ".join(warning.areas)),
        (Text("区域编码", "geocodes"), " / ".join(f"{name} {value}" for name, value in warning.geocodes)),
    ]
    return [f"{what.get(language)}: {shown(' '.join(text.split()), _LINE)}" for what, text in lines if text]


def _unusable(root: Element, file: str) -> list[Fault]:
    """Return what keeps a message, sound or not, from being the warning of a scenario."""
    faults = []
    for message in root.all("msgType"):
        if message.text in ("Ack", "Error"):
            problem = Text("这是回执，不是预警", "this is a receipt, not a warning")
            remedy = Text("选用 Alert、Update 或 Cancel 消息", "take a message of type Alert, Update or Cancel")
            faults.append(message.fault(file, "alert/msgType", problem, remedy))
    if not root.all("info"):
        problem = Text("没有 info，不知道预警级别", "without info the level of the warning is unknown")
        remedy = Text("补上 info，或选用带 info 的消息", "add info, or take a message that has it")
        return [*faults, Fault(file, root.line, root.column, "alert/info", "", problem, remedy)]
    info = _chosen(root)
    for severity in info.all("severity")[:1]:
        if severity.text == "Unknown" and not _level(info)[0]:
            problem = Text("看不出预警级别", "the level of the warning cannot be told")
            remedy = Text(
                "在 event 中写明红色、橙色、黄色或蓝色，或写明 severity",
                "let event say red, orange, yellow or blue warning, or give the severity",
            )
            faults.append(severity.fault(file, "alert/info/severity", problem, remedy))
    return faults


def _chosen(root: Element) -> Element:
    def strangeness(info: Element) -> int:
        language = info.get("language").lower()
        return 0 if language == "zh-cn" else 1 if language.startswith("zh") else 2

    return min(root.all("info"), key=strangeness)


def _level(info: Element) -> tuple[str, Text]:
    """Return the level, empty if it cannot be told, and what it was told from.

    The first text that names exactly one colour decides: a parameter or code for the level, the event, the headline. A text with
    two colours ("由黄色升级为橙色") decides nothing. Where none does, the severity stands for the level.
    """
    texts = [
        (_NAMED, f"{kind} {shown(name)}", value)
        for kind in ("parameter", "eventCode")
        for name, value in info.pairs(kind)
        if _OF_LEVEL.search(name)
    ]
    texts += [(_SPOKEN, name, info.get(name)) for name in ("event", "headline")]
    for patterns, where, text in texts:
        found = [level for level, pattern in patterns.items() if pattern.search(text)]
        if len(found) == 1:
            return found[0], Text(f"由 {where} 的文字得出", f"from the words of {where}")
    severity = info.get("severity")
    level = next((level for level, word in SEVERITY.items() if word == severity), "")
    return level, Text(f"文字中没有颜色，由 severity {severity} 得出", f"no colour in words: from severity {severity}")


def _change(root: Element, info: Element) -> tuple[WarningChange, Text]:
    """Return what becomes of the warning; an update is an upgrade unless its words say otherwise, since CAP has one type for both."""
    kind = root.get("msgType")
    for name in ("headline", "description"):
        for change, words in _TURNS.items():
            if kind == "Update" and words.search(info.get(name)):
                return change, Text(f"由 Update 和 {name} 的文字得出", f"from Update and the words of {name}")
    return _CHANGES[kind], Text(f"由 msgType {kind} 得出", f"from msgType {kind}")


def _moment(info: Element, name: str) -> datetime | None:
    text = info.get(name)
    return beijing(text) if text else None


def _clock(moment: datetime) -> str:
    """Return a moment as a scenario writes it; seconds only where there are any."""
    return f"{moment.replace(tzinfo=None):%Y-%m-%d %H:%M}" + (f":{moment:%S}" if moment.second else "")


def _fit(name: str) -> str:
    """Return a name as an ``id`` may be written."""
    return re.sub("[^0-9A-Za-z_-]+", "-", name).strip("-")
