"""The columns of a log of calls: what they are called, and how what stands in them is read.

A sheet is known by its headings, not by its name; headings are taken in either language, with or without their unit. The console and the
debrief keep calls under the same keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.errors import Text
from sim.roster.importing.cells import clean


@dataclass(frozen=True)
class LogColumn:
    """A column: its key, its heading, other headings that mean the same, whether a sheet must have it, and what to write in it."""

    key: str
    heading: Text
    also: tuple[str, ...]
    needed: bool
    meaning: Text


CALLS = (
    LogColumn(
        "date",
        Text("日期", "Date"),
        ("呼叫日期",),
        False,
        Text(
            "年-月-日，例如 2026-06-10；全表只是一个值班日的可以都不写",
            "year-month-day, such as 2026-06-10; may be left out if all is of one duty day",
        ),
    ),
    LogColumn(
        "at",
        Text("呼叫时刻", "Called at"),
        ("时刻", "呼叫时间", "拨打时间", "拨打时刻"),
        True,
        Text(
            "开始拨打的时刻，例如 02:13；也可写日期和时刻，或只写钟点（2时）",
            "when dialling began, such as 02:13; date and time, or the hour alone (2), will do",
        ),
    ),
    LogColumn(
        "level",
        Text("层级", "Level"),
        ("被叫层级",),
        False,
        Text(
            "被叫值班室的层级；写了“转叫用时”时必须写",
            "level of the desk that is called; needed where a relay is given",
        ),
    ),
    LogColumn(
        "post",
        Text("岗位", "Post"),
        ("被叫岗位",),
        True,
        Text("被叫人的岗位，用情景里的岗位名称", "post of who is called, as the scenario names it"),
    ),
    LogColumn(
        "person",
        Text("人员代号", "Person"),
        ("被叫人", "姓名", "代号"),
        False,
        Text(
            "同一人同一代号（如 甲01）；只用来认出同一个人的几次试拨，读入后即丢弃，请勿写姓名和号码",
            "one code per person (such as A01); used to tell that several tries were to one person, then dropped; write no names or numbers",
        ),
    ),
    LogColumn(
        "channel",
        Text("手段", "Means"),
        ("呼叫手段", "方式"),
        False,
        Text("电话或智能外呼；不写为电话", "telephone or automated call; empty means telephone"),
    ),
    LogColumn(
        "number",
        Text("第几次", "Try"),
        ("试拨次序", "次序", "第几次拨打"),
        False,
        Text(
            "对这个人的第几次拨打，从1起；接听的必须写",
            "which try of this person, from 1; needed where somebody answered",
        ),
    ),
    LogColumn(
        "answered",
        Text("是否接听", "Answered"),
        ("接听", "结果", "接听情况", "呼叫结果"),
        True,
        Text(
            "接听、未接、关机（停机、空号、拒接也写这个）、忙线、断网；后两种不算一次试拨",
            "yes, no, off (also wrong number, rejected), busy, no network; the last two are no try",
        ),
    ),
    LogColumn(
        "ring_s",
        Text("振铃（秒）", "Ring (s)"),
        ("振铃时长", "振铃秒数"),
        False,
        Text(
            "接听的：从拨号到接起；未接的：从拨号到挂断",
            "answered: from dialling to picking up; not answered: to hanging up",
        ),
    ),
    LogColumn(
        "talk_s",
        Text("通话（秒）", "Talk (s)"),
        ("通话时长", "通话秒数"),
        False,
        Text("接起到挂断，含复述", "from picking up to hanging up"),
    ),
    LogColumn(
        "relay_min",
        Text("转叫用时（分钟）", "Relay (min)"),
        ("转叫", "往下叫用时"),
        False,
        Text("这一级从应答到开始往下叫应", "from the answer of this desk to its first call on"),
    ),
    LogColumn("remark", Text("备注", "Remark"), (), False, Text("不读入", "is not read")),
)
"""One row for each call."""
TIMES = (
    LogColumn("item", Text("事项", "Item"), (), True, Text("转叫，或入户", "relay, or door")),
    LogColumn(
        "level",
        Text("层级", "Level"),
        (),
        False,
        Text("转叫的是哪一级；入户不写", "level of the desk that relays; empty for door"),
    ),
    LogColumn(
        "minutes",
        Text("用时（分钟）", "Minutes"),
        ("用时", "分钟"),
        True,
        Text(
            "转叫：从应答到开始往下叫应；入户：每户叫门、说明，不含走路",
            "relay: from answer to first call on; door: at one house, without the way",
        ),
    ),
    LogColumn("remark", Text("备注", "Remark"), (), False, Text("不读入", "is not read")),
)
"""One row for each length of time that was taken apart from calls."""

ANSWERED = {
    **dict.fromkeys(
        (
            "是",
            "接听",
            "接",
            "已接",
            "已接听",
            "接通",
            "已接通",
            "应答",
            "已应答",
            "√",
            "✓",
            "✔",
            "yes",
            "y",
            "true",
            "1",
            "answered",
        ),
        "answered",
    ),
    **dict.fromkeys(
        (
            "否",
            "未接",
            "没接",
            "未接听",
            "未接通",
            "无人接听",
            "无应答",
            "未应答",
            "无人应答",
            "×",
            "✗",
            "✘",
            "no",
            "n",
            "false",
            "0",
            "unanswered",
        ),
        "missed",
    ),
    **dict.fromkeys(("拒接", "关机", "停机", "空号", "无信号", "不在服务区", "无法接通", "off"), "off"),
    **dict.fromkeys(("忙", "忙线", "忙音", "占线", "通话中", "busy"), "busy"),
    **dict.fromkeys(("断网", "断联", "打不通", "no network", "no_service"), "no_service"),
}
"""What came of a call. A phone that is off or a number that is wrong is what ``reachable`` is about: a try that was not answered. How long it
rang says nothing of how long callers wait, for it was not they who ended it."""
TRIES = ("answered", "missed", "off")
"""What counts as a try; ``busy`` and ``no_service`` do not."""
CHANNELS = {
    **dict.fromkeys(("电话", "人工电话", "手机", "座机", "固定电话", "phone", "telephone"), "phone"),
    **dict.fromkeys(("智能外呼", "外呼", "自动外呼", "auto_call", "automated call"), "auto_call"),
    **dict.fromkeys(("短信", "sms"), "sms"),
    **dict.fromkeys(("闪信", "flash_sms"), "flash_sms"),
    **dict.fromkeys(("微信", "微信群", "工作群", "wechat"), "wechat"),
    **dict.fromkeys(("移动工作端", "work_app"), "work_app"),
    **dict.fromkeys(("派人送信", "送信", "courier"), "courier"),
    **dict.fromkeys(("卫星电话", "sat_phone"), "sat_phone"),
    **dict.fromkeys(("370电台", "370mhz电台", "电台", "radio_370"), "radio_370"),
    **dict.fromkeys(("自组网", "mesh"), "mesh"),
    **dict.fromkeys(("北斗", "北斗短报文", "beidou"), "beidou"),
}
"""By what somebody is called. Calls by others than ``phone`` and ``auto_call`` are counted and not used."""
RINGING = ("phone", "auto_call")
ITEMS = {
    **dict.fromkeys(("转叫", "转发", "relay"), "relay"),
    **dict.fromkeys(("入户", "敲门", "door", "per_house"), "per_house"),
}
"""What took so long."""


def plain(text: str) -> str:
    """Return a word as it is looked up: half-width, lower case, without spaces."""
    return re.sub(r"\s+", "", clean(text)).lower()


def key_of(heading: str, columns: tuple[LogColumn, ...]) -> str | None:
    """Return the key of the column that a heading means; a unit in brackets may be left out."""
    said = plain(heading)
    bare = re.sub(r"\(.*?\)", "", said)
    for column in columns:
        names = {plain(name) for name in (column.key, *column.heading, *column.also)}
        if said in names or bare in names | {re.sub(r"\(.*?\)", "", name) for name in names}:
            return column.key
    return None
