"""What one night leaves behind: the contract between what happens (``warning``) and what it means (``measures``).

Times are minutes after T0, float64; ``inf`` means "not by the end of the night" and becomes null in every table. Shares count all
households, reached or not. ``TABLES`` is the contract of the result folder: columns in order, each with its kind and meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CHANNELS = ("sms", "phone", "broadcast", "door")
"""Channels in the order of the code in ``HouseholdRecords.first_by``; −1 stands for nobody."""

ACTS = (
    "identified",
    "consulted",
    "signed_off",
    "released",
    "started",
    "finished",
    "answered",
    "no_answer",
    "replied",
    "no_reply",
    "acknowledged",
    "given_up",
    "dispatched",
)
"""What can happen, in the words of ``events``."""


class Event(NamedTuple):
    """One thing that happened: when, to which place (its index), by which post and channel, with whom.

    ``place`` is the place that acts or answers, ``counterpart`` the place that called it or is told (−1 for none).
    """

    t_min: float
    event: str
    place: int
    actor_post: str
    counterpart: int
    channel: str
    act: str
    detail: str


@dataclass(frozen=True)
class PlaceRecords:
    """Per place of every level: when somebody answered for it, by which post; shape (places,)."""

    acknowledged_min: NDArray[np.float64]
    acknowledged_by: tuple[str, ...]


@dataclass(frozen=True)
class HouseholdRecords:
    """Per household, in the order of the county: when it was warned, by what first, when confirmed; shape (households,)."""

    warned_min: NDArray[np.float64]
    first_by: NDArray[np.int8]
    confirmed_min: NDArray[np.float64]


@dataclass(frozen=True)
class Night:
    """One replication: everything that happened between T0 and the end of the night."""

    scenario: str
    seed: int
    replication: int
    start: datetime
    end_min: float
    release_min: float
    events: tuple[Event, ...]
    places: PlaceRecords
    households: HouseholdRecords


@dataclass(frozen=True)
class Col:
    """One column of a result table."""

    name: str
    kind: str
    means: str
    unit: str = ""


@dataclass(frozen=True)
class TableSpec:
    """One table of the result folder; ``columns`` in the order of the file."""

    name: str
    columns: tuple[Col, ...] = field(default=())

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]


_PLACE = (
    Col("code", "text", "编码；对外只显示代号的地方为代号编码"),
    Col("label", "text", "显示名称或代号"),
    Col("name", "text", "真实名称；只在允许显示真名时填写"),
    Col("parent", "text", "上级编码"),
    Col("population", "int", "常住人口", "人"),
    Col("households", "int", "户数", "户"),
    Col("acknowledged_min", "float", "应答确认，推演起算后", "min"),
    Col("acknowledged_by", "text", "应答岗位"),
    Col("warned_p50_min", "float", "半数住户收到预警，推演起算后", "min"),
    Col("warned_p95_min", "float", "95%住户收到预警，推演起算后", "min"),
    Col("share_15min", "float", "发布后15分钟内收到预警的住户比例"),
    Col("share_30min", "float", "发布后30分钟内收到预警的住户比例"),
    Col("share_60min", "float", "发布后60分钟内收到预警的住户比例"),
    Col("never_households", "int", "推演结束仍未收到的户数", "户"),
    Col("first_by", "text", "最多住户首先由它得知的手段"),
    Col("dark_from_min", "float", "通信中断起，推演起算后（尚未推演时为空）", "min"),
    Col("dark_to_min", "float", "通信中断止，推演起算后（尚未推演时为空）", "min"),
    Col("listed_persons", "int", "应转移人数", "人"),
    Col("exposed_persons", "float", "灾害发生时仍在危险区人数（尚未推演时为空；不是伤亡预测）", "人"),
    Col("reported_min", "float", "信息报送，推演起算后（尚未推演时为空）", "min"),
    Col("main_step", "text", "最费时的环节（尚未推演时为空）"),
    Col("synthetic", "bool", "本行是否依据合成数据"),
)

TABLES: Mapping[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "targets",
            (
                Col("target_id", "text", "编号"),
                Col("name", "text", "名称"),
                Col("of_whom", "text", "对象"),
                Col("threshold", "float", "时限", "min"),
                Col("unit", "text", "单位"),
                Col("value", "float", "达到规定比例所用时间；未达到为空", "min"),
                Col("met", "bool", "本夜按时"),
                Col("source", "text", "依据"),
                Col("applies_to", "text", "适用地"),
                Col("status", "text", "依据状态"),
            ),
        ),
        TableSpec("townships", _PLACE),
        TableSpec("villages", _PLACE),
        TableSpec(
            "events",
            (
                Col("replication", "int", "第几夜"),
                Col("t_min", "float", "推演起算后", "min"),
                Col("clock", "text", "钟点"),
                Col("event", "text", "事项：warning 预警、call 叫应、channel 手段、team 敲门组"),
                Col("level", "text", "层级"),
                Col("place", "text", "地方"),
                Col("actor_post", "text", "岗位"),
                Col("counterpart", "text", "对方"),
                Col("channel", "text", "手段"),
                Col("act", "text", "动作"),
                Col("detail", "text", "说明"),
            ),
        ),
        TableSpec(
            "households",
            (
                Col("household_id", "id", "住户编号（64位，不含姓名地址）"),
                Col("village", "text", "村（社区）"),
                Col("group", "text", "村民小组"),
                Col("persons", "int", "人数", "人"),
                Col("warned_min", "float", "收到预警，推演起算后", "min"),
                Col("first_by", "text", "首次收到预警的手段"),
                Col("confirmed_min", "float", "到户确认，推演起算后", "min"),
                Col("departed_min", "float", "离家，推演起算后（尚未推演时为空）", "min"),
                Col("safe_min", "float", "已安全转移，推演起算后（尚未推演时为空）", "min"),
                Col("listed", "bool", "是否应转移"),
                Col("exposed_cause", "text", "灾害发生时仍在危险区的原因（尚未推演时为空）"),
            ),
        ),
    )
}
DTYPES = {"text": "str", "int": "int64", "float": "float64", "bool": "bool", "id": "uint64"}
"""numpy/pandas dtype of each kind of column."""
