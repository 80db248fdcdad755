"""From a warning of a scenario to a CAP 1.2 alert, in Chinese and English; an exercise says so wherever somebody may look.

A message is sent when its warning is released. Nobody has played the night, so that is the hour by the median of every duration on the
way (``released_min``), or the hour that the caller gives.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from typing import Literal
from xml.etree import ElementTree as ET

from sim.errors import Fault, InputError, Language, Text, shown
from sim.scenario.acts import ActPlan, WarningPlan
from sim.scenario.cap.standard import COLOUR, NAMESPACE, OWN_ID, SEVERITY
from sim.scenario.load import Scenario
from sim.scenario.schema import ScenarioPlan
from sim.units import BEIJING

Status = Literal["Exercise", "Test", "Actual"]

_HAZARD = {
    "rainstorm": Text("暴雨", "rainstorm"),
    "flash_flood": Text("山洪", "flash flood"),
    "landslide": Text("地质灾害", "landslide"),
    "waterlogging": Text("内涝", "waterlogging"),
    "dam": Text("水库（堤坝）险情", "dam failure"),
}
_CATEGORIES = {
    "rainstorm": ["Met"],
    "flash_flood": ["Met", "Safety"],
    "landslide": ["Geo"],
    "waterlogging": ["Met", "Infra"],
    "dam": ["Infra", "Safety"],
}
_MESSAGE = {"issue": "Alert", "upgrade": "Update", "downgrade": "Update", "lift": "Cancel"}
_A_NANOMINUTE = 1e-9
_DEED = {
    "issue": Text("{county}发布{event}", "{county}: {event} issued"),
    "upgrade": Text("{county}升级为{event}", "{county}: upgraded to {event}"),
    "downgrade": Text("{county}降级为{event}", "{county}: downgraded to {event}"),
    "lift": Text("{county}解除{event}", "{county}: {event} lifted"),
}
_URGENCY = {"red": "Immediate", "orange": "Expected", "yellow": "Expected", "blue": "Future"}
# Executing the county's plan, never Evacuate: an evacuation order (转移指令) is no part of a warning and has its own signer.
_RESPONSE = {"red": "Execute", "orange": "Execute", "yellow": "Prepare", "blue": "Prepare"}
_CALL = {
    "Exercise": Text("【演练】", "[EXERCISE] "),
    "Test": Text("【测试】", "[TEST] "),
    "Actual": Text("", ""),
}
_NATURE = {
    "Exercise": Text("这是演练，不是真实预警。", "This is an exercise, not a real warning. "),
    "Test": Text("这是系统测试，不是真实预警。", "This is a system test, not a real warning. "),
    "Actual": Text("", ""),
}
_INSTRUCTION = {
    "Exercise": Text(
        "参演人员按演练方案应答，其他人员无须行动。",
        "Participants answer as the exercise plan says; nobody else need act.",
    ),
    "Test": Text("无须行动。", "No action is needed."),
    "Actual": Text("按当地政府和有关部门的通知行动。", "Act as the local authorities say."),
}
_STAMP = {
    True: Text(
        "模拟推演·含合成数据·非实况·不作考核问责依据",
        "Simulation · contains synthetic data · not a real event · not for appraisal or accountability",
    ),
    False: Text(
        "模拟推演·非实况·不作考核问责依据", "Simulation · not a real event · not for appraisal or accountability"
    ),
}
_NOTE = (
    "由预警叫应推演软件“叫应”生成，不是发布系统的消息；使用前须由发布单位核对。"
    " Made by jiaoying, a simulator, not by a warning system; the issuing body must check it before any use."
)
_GB_2260 = "CN GB/T 2260"
"""Name of the geocode: the national standard of codes of administrative divisions (行政区划代码), six digits for a county."""


def write_alert(scenario: Scenario, warning_id: str | None, status: Status, sent: datetime | None = None) -> str:
    """Return a warning of ``scenario`` as the text of a CAP 1.2 file.

    Parameters
    ----------
    warning_id
        which warning; by default the first
    sent
        when it is sent, Beijing time unless it says otherwise; by default when it is released, see ``released_min``

    Raises
    ------
    InputError
        there is no such warning, nothing that it changes, or its hour is beyond the calendar
    """
    plan = scenario.plan
    warning, before = _chosen(scenario, warning_id)
    try:
        sent = _in_beijing(sent) if sent is not None else _sent_by_default(scenario, warning)
        first = _sent_by_default(scenario, before) if before is not None else sent
        expires = sent + timedelta(minutes=plan.end_min)
    except OverflowError as error:
        problem = Text("时刻超出日历", "beyond the calendar")
        raise InputError(
            [Fault("--sent", 0, 0, "", str(sent), problem, Text("换一个年份", "take another year"))]
        ) from error
    alert = ET.Element("alert", xmlns=NAMESPACE)
    _add(
        alert,
        identifier=_identifier(scenario, warning, status, sent),
        sender=_sender(scenario),
        sent=_stamp_of(sent),
        status=status,
        msgType=_MESSAGE[warning.change],
        scope="Public",
        note=_NOTE,
    )
    if (
        before is not None
    ):  # CAP knows a message by sender, identifier and hour: those that its own export has by default
        parts = _sender(scenario), _identifier(scenario, before, status, first), _stamp_of(first)
        _add(alert, references=",".join(parts))
    for language in ("zh", "en"):
        _add_info(alert, scenario, warning, status, (sent, expires), language)
    ET.indent(alert)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(alert, encoding="unicode")}\n'


def released_min(plan: ScenarioPlan, act: ActPlan) -> float:
    """Return when an act is released by the median of every duration on the way, in minutes after T0.

    An act that waits for another counts from that one's release; one that waits for a sighting from the earliest that is stated, or else
    from the median of the others (its way up to the county not counted); rolling consultation is the next round.
    """
    if act.after == "t0":
        begin = 0.0
    elif act.after == "sighting":
        begin = _sighted_min(plan)
    else:
        begin = released_min(plan, next(other for other in plan.acts if other.id == act.after))
    if act.delay is not None:
        begin += float(act.delay.draw(0.5))
    if act.consult == "rolling" and plan.rolling_every_min is not None:
        begin = math.ceil(begin / plan.rolling_every_min - _A_NANOMINUTE) * plan.rolling_every_min
    return begin + sum(float(law.draw(0.5)) for law in (act.consultation, act.sign_off, act.release))


def _sighted_min(plan: ScenarioPlan) -> float:
    sightings = plan.local.sightings if plan.local is not None else None
    if sightings is None:
        return 0.0
    return min((one.at_min for one in sightings.stated), default=float(sightings.at.draw(0.5)))


def _sent_by_default(scenario: Scenario, warning: WarningPlan) -> datetime:
    """Return the hour of release to the full second, which is all that CAP holds; rounded up, never before it."""
    seconds = math.ceil(released_min(scenario.plan, warning) * 60 - _A_NANOMINUTE)
    return _in_beijing(scenario.plan.start) + timedelta(seconds=seconds)


def _chosen(scenario: Scenario, warning_id: str | None) -> tuple[WarningPlan, WarningPlan | None]:
    """Return the warning and the one that it upgrades, downgrades or lifts."""
    warnings = scenario.plan.warnings
    ids = [warning.id for warning in warnings]
    if warning_id is not None and warning_id not in ids:
        problem = Text("没有这个预警", "there is no such warning")
        remedy = Text(f"可用：{'、'.join(ids)}", f"use one of: {', '.join(ids)}")
        raise InputError([Fault("--warning", 0, 0, "", shown(warning_id), problem, remedy)])
    number = ids.index(warning_id) if warning_id is not None else 0
    warning = warnings[number]
    if warning.change == "issue":
        return warning, None
    if not number:
        problem = Text("此前没有预警可以变更", "no warning stands before it that it could change")
        remedy = Text(
            "在 warnings 中先写发布的预警，或把 change 改为 issue",
            "list the issued warning before it, or let change be issue",
        )
        key = f"warnings.{warning.id}.change"
        raise InputError([Fault(scenario.plan.name, 0, 0, key, warning.change, problem, remedy)])
    return warning, warnings[number - 1]


def _add_info(
    alert: ET.Element,
    scenario: Scenario,
    warning: WarningPlan,
    status: Status,
    span: tuple[datetime, datetime],
    language: Language,
) -> None:
    """Add what one language says; elements in the order of the schema."""
    plan, county = scenario.plan, shown(scenario.county.name)
    colour, hazard = COLOUR[warning.level].get(language), _HAZARD[plan.hazard.kind].get(language)
    event = Text(f"{hazard}{colour}预警", f"{colour} {hazard} warning").get(language)
    call, nature = _CALL[status].get(language), _NATURE[status].get(language)
    simulated = scenario.synthetic or status != "Actual"
    parts = [shown(plan.title, 200), _STAMP[scenario.synthetic].get(language) if simulated else ""]
    lifted = warning.change == "lift"
    info = ET.SubElement(alert, "info")
    _add(info, language="zh-CN" if language == "zh" else "en-US")
    for category in _CATEGORIES[plan.hazard.kind]:
        _add(info, category=category)
    _add(
        info,
        event=event,
        responseType="AllClear" if lifted else _RESPONSE[warning.level],
        urgency="Past" if lifted else _URGENCY[warning.level],
        severity=SEVERITY[warning.level],
        certainty="Unlikely" if lifted else "Likely",
        onset=_stamp_of(span[0]),  # a scenario has no hour of the hazard itself
        expires=_stamp_of(span[1]),
        senderName=county,
        headline=call + _DEED[warning.change].get(language).format(county=county, event=event),
        description=call + nature + Text("。", ". ").get(language).join(part for part in parts if part),
        instruction=call + _INSTRUCTION[status].get(language),
    )
    _add_pair(info, "parameter", "level", colour)
    _add_pair(info, "parameter", OWN_ID, warning.id)
    area = ET.SubElement(info, "area")
    _add(area, areaDesc=_where(scenario, warning, language))
    # the code of a made-up county is none of the standard, and that of the whole county is none of a part of it
    if warning.area == "county" and re.fullmatch("[0-9]{6}", scenario.county.code):
        _add_pair(area, "geocode", _GB_2260, scenario.county.code)


def _where(scenario: Scenario, warning: WarningPlan, language: Language) -> str:
    """Return what the warning is addressed to; places of a county with made-up data by what may be shown of them."""
    county = scenario.county
    whole = shown(county.name)
    if warning.area == "county":
        return whole
    if warning.area == "listed":
        return Text(f"{whole}应转移住户及其所在地", f"{whole}: households listed for evacuation and their places").get(
            language
        )
    places = county.places
    known = places.label if scenario.synthetic else places.name
    names = [known[county.index[code]] for code in warning.area]
    return Text(f"{whole}{'、'.join(map(shown, names))}", f"{whole}: {', '.join(map(shown, names))}").get(language)


def _add(parent: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _add_pair(parent: ET.Element, kind: str, name: str, value: str) -> None:
    _add(ET.SubElement(parent, kind), valueName=name, value=value)


def _identifier(scenario: Scenario, warning: WarningPlan, status: Status, sent: datetime) -> str:
    """Return the same name for the same message each time, another for any other; its parts hold no letter that CAP forbids."""
    hour = re.sub(r"\W", "", _stamp_of(sent)[:19])
    return f"{scenario.county.code}-{scenario.plan.name}-{warning.id}-{status.lower()}-{hour}"


def _sender(scenario: Scenario) -> str:
    """Return the county's name without what CAP forbids in a sender, marked so that nobody takes it for the county's own system."""
    return re.sub(r"[\s,<&]+", "-", shown(scenario.county.name)) + "-jiaoying"


def _in_beijing(moment: datetime) -> datetime:
    return moment.astimezone(BEIJING) if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def _stamp_of(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
