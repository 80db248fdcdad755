"""Texts of the document that no other form of the report has: its first page, for leaders. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_DOCUMENTS = {
    "document.for_leaders": Text("领导一页纸", "One page for leaders"),
    "page.title_of": Text("{title}：{place}", "{title}: {place}"),
    "document.subtitle": Text("{where} · {what}", "{where} · {what}"),
    "document.only": Text(
        "本报告只写{place}；时限要求、两叫应按全县统计。",
        "This report is about {place} only; requirements and call targets are those of the whole county.",
    ),
    "document.named": Text("{name}：{value}", "{name}: {value}"),
    "document.both": Text("{h}、{p}", "{h} and {p}"),
    "document.others": Text("另有{n}项，见正文。", "{n} more in the report that follows."),
    "document.look": Text("需要关注", "What to look at"),
    "document.look_reason": Text(
        "推演结束仍未收到预警的{left}中，最多的一类是“{reason}”（{most}）。",
        "Of {left} not warned by the end, the largest part: '{reason}' ({most}).",
    ),
    "document.look_minutes": Text(
        "收到预警的住户，时间用得最多的环节是“{step}”，平均约{minutes}分钟。",
        "Before households were warned, the step that took longest was '{step}': about {minutes} minutes on average.",
    ),
    "document.look_open": Text(
        "表中{n}没有本县文件依据，先换成本县预案的时限，再看按不按时。",
        "{n} of the table rest on no document of this county: put the limits of its own plan in before judging.",
    ),
    "document.figures": Text("示意图和收到预警的过程", "Map and coverage over time"),
    "document.caption": Text("图{n} {alt}", "Figure {n}. {alt}"),
    "document.outcome": Text("结果", "Outcome"),
    "document.number": Text("数字", "Number"),
}
"""Texts of the document, by key."""
