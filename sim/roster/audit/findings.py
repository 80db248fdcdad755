"""What an audit says: one finding each, in the order in which a planner should take them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sim.errors import Text

Severity = Literal["must", "should", "note"]
SEVERITIES: dict[Severity, Text] = {
    "must": Text("必须改", "must be put right"),
    "should": Text("应当改", "should be put right"),
    "note": Text("提示", "note"),
}

Kind = Literal[
    "desk_unstaffed",
    "leader_missing",
    "gap",
    "village_without_deputy",
    "harmful_post",
    "holiday_cover",
    "desk_not_listed",
    "double_duty",
    "too_long",
    "short_rest",
    "many_shifts",
    "unfair_load",
    "no_phone",
    "malformed_number",
    "stale_number",
    "same_phone",
    "landline_missing",
    "landline_forwarded",
    "untrained_set",
    "monitor_missing",
    "unknown_entry",
    "backwards",
    "repeated_row",
    "outside_period",
    "unknown_calendar",
]
KINDS: dict[Kind, Text] = {
    "desk_unstaffed": Text("值班室无人", "nobody at the duty room"),
    "leader_missing": Text("没有带班领导", "no leader on duty"),
    "gap": Text("岗位空缺", "empty post"),
    "village_without_deputy": Text("没有递补人员", "nobody to turn to next"),
    "harmful_post": Text("这一步反而拖慢", "a step that makes the ladder slower"),
    "holiday_cover": Text("周末、节假日值班不齐", "weekend and holiday cover"),
    "desk_not_listed": Text("未列入值班表", "not on the roster"),
    "double_duty": Text("一人同时在多个岗位", "one person at several posts at once"),
    "too_long": Text("连续值班过长", "spell of duty too long"),
    "short_rest": Text("班次间休息不足", "too little rest between shifts"),
    "many_shifts": Text("值班天数过多", "too many days on duty"),
    "unfair_load": Text("值班负担不均", "uneven load"),
    "no_phone": Text("没有电话", "no phone number"),
    "malformed_number": Text("号码有误", "malformed number"),
    "stale_number": Text("号码久未核验", "number not checked lately"),
    "same_phone": Text("号码重复", "same number twice"),
    "landline_missing": Text("没有值班电话", "no duty telephone"),
    "landline_forwarded": Text("值班电话为个人手机", "duty telephone is a personal mobile"),
    "untrained_set": Text("人装不适配", "set without a trained holder"),
    "monitor_missing": Text("隐患点没有群测群防员", "hazard point without a monitor"),
    "unknown_entry": Text("编码对不上", "unknown code"),
    "backwards": Text("起止时间颠倒", "ends before it begins"),
    "repeated_row": Text("班次重复", "repeated shift"),
    "outside_period": Text("不在排班期内", "outside the period"),
    "unknown_calendar": Text("节假日安排未知", "calendar not known"),
}
"""What each kind is called, in the order in which kinds are listed."""

_NO_DESK_HOURS: frozenset[Kind] = frozenset({"short_rest", "many_shifts", "unfair_load", "monitor_missing"})
"""Kinds whose ``hours`` only weigh them: hours of rest, days of difference, hours of hazard points."""

_SEVERITY_RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}
_KIND_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Finding:
    """One thing that the roster should be asked about.

    ``desk`` and ``post`` are codes, "" where it concerns none in particular; ``persons`` ids of the table of persons. ``begins`` and
    ``ends`` bound the stretch it is about, if it is about one. ``hours`` is what findings are ordered by: the desk-hours concerned, of
    some kinds another weight (see ``desk_hours``). ``rows`` are the rows of the shift table it rests on, counted from 0
    (``shifts.lines[row]`` is the line of the file).
    """

    kind: Kind
    severity: Severity
    detail: Text
    remedy: Text
    desk: str = ""
    post: str = ""
    persons: tuple[str, ...] = ()
    begins: datetime | None = None
    ends: datetime | None = None
    hours: float = 0.0
    rows: tuple[int, ...] = ()

    @property
    def desk_hours(self) -> float | None:
        """The desk-hours concerned; ``None`` where the kind has none, or they are not known."""
        return None if self.kind in _NO_DESK_HOURS else self.hours or None


@dataclass(frozen=True)
class Summary:
    """How many findings there are of each kind and severity; both mappings hold what occurs, in the order of their lists."""

    kinds: dict[tuple[Severity, Kind], int]
    severities: dict[Severity, int]


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by severity, then by the desk-hours they concern, the most first, then by desk; whatever order they came in."""
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Finding) -> tuple[object, ...]:
    """Return what findings are ordered by; rows last, so that the order of the table is no matter unless all else is equal."""
    return (
        _SEVERITY_RANK[finding.severity],
        -finding.hours,
        finding.desk,
        _KIND_RANK[finding.kind],
        finding.post,
        str(finding.begins or ""),
        finding.persons,
        finding.detail,
        finding.rows,
    )


def summary(findings: Iterable[Finding]) -> Summary:
    """Return the counts of findings by kind and severity."""
    found = list(findings)
    both = Counter((finding.severity, finding.kind) for finding in found)
    alone = Counter(finding.severity for finding in found)
    return Summary(
        kinds={
            (severity, kind): both[severity, kind] for severity in SEVERITIES for kind in KINDS if both[severity, kind]
        },
        severities={severity: alone[severity] for severity in SEVERITIES if alone[severity]},
    )
