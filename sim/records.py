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

CHANNELS = (
    "sms",
    "flash_sms",
    "wechat",
    "cell_broadcast",
    "phone",
    "auto_call",
    "broadcast",
    "area_terminal",
    "tv",
    "gong",
    "whistle",
    "hand_siren",
    "megaphone",
    "patrol_car",
    "door",
    "ten_household",
    "neighbour",
)
"""Channels in the order of the code in ``first_by``, which also settles ties; −1 stands for nobody."""

ACTS = (
    "identified",
    "consulted",
    "signed_off",
    "released",
    "started",
    "finished",
    "answered",
    "no_answer",
    "busy",
    "replied",
    "no_reply",
    "set_out",
    "not_found",
    "acknowledged",
    "given_up",
    "dispatched",
    "sighted",
    "reported",
    "no_service",
    "cut_off",
    "no_way",
    "failed",
    "restored",
)
"""What can happen, in the words of ``events``."""

CAUSES = ("chain", "department", "governance", "lateral", "neighbour_county", "sighting", "report", "own_trigger")
"""Why a desk knows, in the order of the code in ``CallRecords.cause``: called down the chain; by a department; over the governance
centres; from upstream; by a neighbouring county; its own monitor saw it; a sighting reported from below; cut off, it acted
on its own rain alarm. −1: it never knew."""

DECIDING = ("waiting", "consulting", "signing", "releasing")
CALLING = (
    "relaying",
    "queueing",
    "ringing",
    "busy",
    "retrying",
    "awaiting_reply",
    "talking",
    "travelling",
    "no_service",
    "setting_up",
)
OUTSIDE = ("sighting", "neighbour_county", "own_trigger")
TELLING = (
    "preparing",
    "sending",
    "waiting_for_network",
    "delivering",
    "noticing",
    "walking",
    "visiting",
    "passing_on",
)
STEPS = (*DECIDING, *CALLING, *OUTSIDE, *TELLING)
"""Where minutes go: deciding on an act, calling a desk, starting from outside the chain, telling households."""

REASONS = ("not_released", "not_called_on", "desk_not_reached", "team_too_late", "nobody_home", "door_not_answered")
"""Why a household was never told, in the order of the code in ``HouseholdRecords.reason`` (−1: it was told): the last
barrier before somebody would have stood at the door. ``not_called_on``: this act sends nobody to the house."""


class Event(NamedTuple):
    """One thing that happened: when, to which place (its index), by which post and channel, with whom.

    ``place`` is the place that acts or answers, ``counterpart`` the place that called it or is told (−1 for none). ``detail`` names a
    key site or a desk outside the tree, ``act_id`` the act of the night (环节) that it belongs to, if any.
    """

    t_min: float
    event: str
    place: int
    actor_post: str
    counterpart: int
    channel: str
    act: str
    detail: str
    act_id: str = ""


@dataclass(frozen=True)
class CallRecords:
    """Who answered to one act, per node (places first, then key sites, then responsible persons); shape (nodes,).

    ``acknowledged_by`` the post; ``channel`` by what it was reached ("" if nobody called); ``cause`` the code of ``CAUSES``;
    ``caller`` the node whose call was answered (−1: none);
    ``minutes`` the steps of ``CALLING`` between the caller's answer and this one, shape (nodes, 10), ``nan`` where nobody answered;
    ``dispatched_min`` when a lowest desk turned to its households.
    """

    acknowledged_min: NDArray[np.float64]
    acknowledged_by: tuple[str, ...]
    channel: tuple[str, ...]
    cause: NDArray[np.int8]
    caller: NDArray[np.int64]
    minutes: NDArray[np.float64]
    dispatched_min: NDArray[np.float64]


@dataclass(frozen=True)
class Reached:
    """Whom one channel tells in one act, and how the minutes pass; arrays run along ``who``.

    ``who`` are positions in ``Reception.rows``. ``steps`` are named as in ``STEPS``: minutes each; from the moment that ``begins``
    names they sum to ``told_min``: ``released`` (the act), ``dispatched`` (the lowest desk turned to its households),
    ``acknowledged_above`` (the desk above it answered) or ``told`` (the household ``teller``, a position, was told itself).
    """

    who: NDArray[np.int64]
    told_min: NDArray[np.float64]
    begins: str
    steps: tuple[tuple[str, NDArray[np.float64]], ...]
    teller: NDArray[np.int64] | None = None


@dataclass(frozen=True)
class Reception:
    """How one act reached the households it is addressed to, ``rows``; the other arrays run along them.

    ``told_min`` and ``first_by`` are of the channel that told first, ``reached`` has every channel used, ``confirmed_min`` is the
    first answer to an official, ``reason`` codes ``REASONS`` for those never told.
    """

    rows: NDArray[np.int64]
    told_min: NDArray[np.float64]
    first_by: NDArray[np.int8]
    confirmed_min: NDArray[np.float64]
    reason: NDArray[np.int8]
    reached: Mapping[str, Reached]


@dataclass(frozen=True)
class Messages:
    """What became of the messages of one channel by the end of the night; ``sent`` is the sum of the others."""

    act_id: str
    channel: str
    sent: float
    delivered: float
    expired: float
    pending: float


@dataclass(frozen=True)
class ActRecords:
    """One act of the night; ``decided_min`` when each step of ``DECIDING`` ended (``inf``: not by the end of the night)."""

    id: str
    kind: str
    level: str
    change: str
    decided_min: tuple[float, float, float, float]
    calls: CallRecords
    reception: Reception

    @property
    def released_min(self) -> float:
        """When the act was released."""
        return self.decided_min[-1]


@dataclass(frozen=True)
class OutageRecords:
    """What failed: per entity the minutes at which it failed and came back by turns, ``inf`` behind the last; shape (entities, ≥ 0).

    ``service`` (mobile network) and ``mains`` per place, ``sites`` and ``roads`` in the order of the county's tables.
    """

    service: NDArray[np.float64]
    mains: NDArray[np.float64]
    sites: NDArray[np.float64]
    roads: NDArray[np.float64]


@dataclass(frozen=True)
class PlaceRecords:
    """Per place of every level: when somebody answered for the headline warning, by which post; shape (places,)."""

    acknowledged_min: NDArray[np.float64]
    acknowledged_by: tuple[str, ...]


@dataclass(frozen=True)
class HouseholdRecords:
    """Per household, in the order of the county, for the headline warning and warnings that started below; shape (households,).

    ``first_act`` index of the act that told it first (−1: none); ``ready_min`` when a listed household had decided and prepared to go.
    """

    warned_min: NDArray[np.float64]
    first_by: NDArray[np.int8]
    first_act: NDArray[np.int8]
    confirmed_min: NDArray[np.float64]
    ready_min: NDArray[np.float64]
    reason: NDArray[np.int8]


@dataclass(frozen=True)
class Night:
    """One replication: everything that happened between T0 and the end of the night.

    ``acts`` in the order of the scenario; a last one of kind ``local`` where warnings may start below. ``release_min`` is that of
    the headline warning.
    """

    scenario: str
    seed: int
    replication: int
    start: datetime
    end_min: float
    release_min: float
    events: tuple[Event, ...]
    acts: tuple[ActRecords, ...]
    outages: OutageRecords
    places: PlaceRecords
    households: HouseholdRecords
    messages: tuple[Messages, ...]


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
    Col("dark_from_min", "float", "首次通信中断起，推演起算后；没有中断为空", "min"),
    Col("dark_to_min", "float", "首次通信中断止，推演起算后；推演结束前未恢复为空", "min"),
    Col("listed_persons", "int", "应转移人数", "人"),
    Col("exposed_persons", "float", "灾害发生时仍在危险区人数（尚未推演时为空；不是伤亡预测）", "人"),
    Col("reported_min", "float", "信息报送，推演起算后（尚未推演时为空）", "min"),
    Col("main_step", "text", "首次收到预警的路径上平均最费时的环节"),
    Col("synthetic", "bool", "本行是否依据合成数据"),
)

TABLES: Mapping[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "targets",
            (
                Col("target_id", "text", "编号；两叫应涉及几个环节时为“编号@环节”"),
                Col("name", "text", "名称"),
                Col("act_id", "text", "环节；空为主要预警"),
                Col("event", "text", "事项：acknowledged 应答确认、warned 收到预警、confirmed 到户确认"),
                Col("of_whom", "text", "对象"),
                Col("threshold", "float", "时限", "min"),
                Col("unit", "text", "单位"),
                Col("value", "float", "达到规定比例所用时间；未达到为空", "min"),
                Col("met", "bool", "本次按时"),
                Col("source", "text", "依据"),
                Col("applies_to", "text", "适用地"),
                Col("status", "text", "依据状态"),
            ),
        ),
        TableSpec(
            "acts",
            (
                Col("act_id", "text", "环节"),
                Col("kind", "text", "warning 预警、response 响应、order 转移指令、local 就地预警"),
                Col("level", "text", "级别或阶段"),
                Col("change", "text", "变化：发布、升级、降级、解除等"),
                Col("begun_min", "float", "开始会商，推演起算后", "min"),
                Col("consulted_min", "float", "形成意见，推演起算后", "min"),
                Col("signed_min", "float", "签发，推演起算后", "min"),
                Col("released_min", "float", "发布，推演起算后", "min"),
                Col("acknowledged_places", "int", "应答的地方数（各层级合计）", "个"),
                Col("acknowledged_last_min", "float", "最后一个应答，推演起算后", "min"),
                Col("addressed_households", "int", "发给的户数（就地预警为知情地方的户数）", "户"),
                Col("warned_households", "int", "收到的户数", "户"),
                Col("confirmed_households", "int", "到户确认的户数", "户"),
                Col("warned_p50_min", "float", "半数住户收到，推演起算后", "min"),
                Col("warned_p95_min", "float", "95%住户收到，推演起算后", "min"),
            ),
        ),
        TableSpec(
            "channels",
            (
                Col("act_id", "text", "环节"),
                Col("channel", "text", "手段"),
                Col("needs", "text", "要靠什么"),
                Col("acknowledges", "bool", "由它得知是否即为到户确认"),
                Col("first_households", "int", "首先由它得知的户数", "户"),
                Col(
                    "alone_households",
                    "int",
                    "本次由它自己也会得知的户数（敲门不去已答复本组电话的户；邻里相告、十户联防为首先得知的户数）",
                    "户",
                ),
            ),
        ),
        TableSpec(
            "messages",
            (
                Col("act_id", "text", "环节"),
                Col("channel", "text", "手段"),
                Col("sent", "float", "发出", "条"),
                Col("delivered", "float", "送达", "条"),
                Col("expired", "float", "失效", "条"),
                Col("pending", "float", "推演结束时仍待送达", "条"),
            ),
        ),
        TableSpec(
            "attribution",
            (
                Col("place", "text", "地方编码；全县为县"),
                Col("step", "text", "环节"),
                Col("minutes", "float", "收到预警的户平均用时；各环节之和为平均收到时刻（推演起算后）", "min"),
            ),
        ),
        TableSpec(
            "never",
            (
                Col("place", "text", "地方编码；全县为县"),
                Col("reason", "text", "未收到的原因"),
                Col("households", "int", "户数", "户"),
                Col("persons", "int", "人数", "人"),
            ),
        ),
        TableSpec(
            "key_sites",
            (
                Col("code", "text", "编码"),
                Col("kind", "text", "类别"),
                Col("place", "text", "所在地方"),
                Col("persons", "int", "人数", "人"),
                Col("acknowledged_min", "float", "应答确认（主要预警），推演起算后", "min"),
                Col("acknowledged_by", "text", "应答岗位"),
            ),
        ),
        TableSpec("townships", _PLACE),
        TableSpec("villages", _PLACE),
        TableSpec(
            "events",
            (
                Col("replication", "int", "推演编号"),
                Col("t_min", "float", "推演起算后", "min"),
                Col("clock", "text", "钟点"),
                Col(
                    "event",
                    "text",
                    "事项：险情、预警、响应、转移指令、发现险情、叫应 call、手段 channel、各组出动 team、通信中断 outage",
                ),
                Col("level", "text", "层级"),
                Col("place", "text", "地方"),
                Col("actor_post", "text", "岗位"),
                Col("counterpart", "text", "对方"),
                Col("channel", "text", "手段"),
                Col("act", "text", "动作"),
                Col("detail", "text", "说明：重点单位类别、县外值班室"),
                Col("act_id", "text", "属于哪个环节"),
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
                Col("first_act", "text", "首次由哪个环节得知"),
                Col("confirmed_min", "float", "到户确认，推演起算后", "min"),
                Col("ready_min", "float", "应转移户决定并准备好动身，推演起算后", "min"),
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
