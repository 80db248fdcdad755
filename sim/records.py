"""What one night leaves behind: the contract between what happens (``warning``) and what it means (``measures``).

Times are minutes after T0, float64; ``inf`` means "not by the end of the night" and becomes null in every table. Shares count all
households, reached or not. ``TABLES`` is the contract of the result folder: columns in order, each with its kind and meaning.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple

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
    "struck",
    "asked_for_help",
    "arrived",
    "full",
)
"""What can happen, in the words of ``events``."""

CAUSES = (
    "chain",
    "department",
    "governance",
    "lateral",
    "neighbour_county",
    "sighting",
    "report",
    "own_trigger",
    "rain_alarm",
    "water_alarm",
    "cannot_judge",
)
"""Why a desk knows, in the order of the code in ``CallRecords.cause``: called down the chain; by a department; over the governance
centres; from upstream; by a neighbouring county; its own monitor saw it; a sighting or alarm reported from below; cut off, it acted
on its own; its rain gauge, its water gauge, a danger that its monitor could not judge. −1: it never knew."""

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
OUTSIDE = ("sighting", "neighbour_county", "own_trigger", "rain_alarm", "water_alarm", "cannot_judge")
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

EXPOSED = (
    "not_ordered",
    "not_told",
    "deciding",
    "refused",
    "preparing",
    "waiting_for_help",
    "road_cut",
    "on_the_way",
    "no_shelter",
    "went_back",
)
"""Why a household that must leave is still in danger when the hazard strikes, in the order of the code in
``EvacuationRecords.exposed``: nothing that asked it to leave had been released, or known to its desk; it had, but the household was not
told; it was making sure and deciding; it would not leave; it was getting ready; it waited for helpers; no way was open; it was under way;
all shelters were full; it had gone home again. −1: it is not in danger."""

EXCLUDED = ("away", "no_onset")
"""Why a household that must leave is neither safe nor exposed, in the order of the code in ``EvacuationRecords.excluded``: nobody was at
home; its zone was not struck by the end and it had not arrived anywhere. −1: neither."""

REPORT_KINDS = ("first", "follow_up", "final")
"""The reports of a village: 初报, 续报, 核报."""


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


class EventLog:
    """What happened, noted in any order.

    It holds the values of all events one after the other in a single list: tens of thousands of objects would cost the search for
    reference cycles more, night after night, than noting them does.
    """

    __slots__ = ("_values",)

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._values: list[object] = [value for event in events for value in event]

    def note(  # noqa: PLR0913, PLR0917 - the fields of an event
        self,
        t_min: float,
        event: str,
        place: int,
        actor_post: str = "",
        counterpart: int = -1,
        channel: str = "",
        act: str = "",
        detail: str = "",
        act_id: str = "",
    ) -> None:
        """Note one event; the arguments are the fields of ``Event``."""
        self._values += (t_min, event, place, actor_post, counterpart, channel, act, detail, act_id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EventLog) and self._values == other._values

    __hash__ = None  # type: ignore[assignment]  # it grows

    def take(self, other: EventLog) -> None:
        """Add what another log holds."""
        self._values += other._values

    def column(self, field: str) -> list[Any]:
        """Return one field of all events, in the order in which they were noted; far quicker than the events themselves."""
        return self._values[Event._fields.index(field) :: len(Event._fields)]

    def in_order(self) -> tuple[Event, ...]:
        """Return the events by time; those of one minute in the order in which they were noted."""
        columns = [iter(self._values)] * len(Event._fields)
        return tuple(sorted(map(Event._make, zip(*columns, strict=True)), key=itemgetter(0)))


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

    ``first_act`` index of the act that told it first (−1: none).
    """

    warned_min: NDArray[np.float64]
    first_by: NDArray[np.int8]
    first_act: NDArray[np.int8]
    confirmed_min: NDArray[np.float64]
    reason: NDArray[np.int8]


@dataclass(frozen=True)
class EvacuationRecords:
    """What became of the households in danger zones, ``rows`` of the county; the arrays run along them, minutes after T0 or ``inf``.

    ``due_min`` since when the household must leave: from the beginning if it is on the list, else since something asks it (``inf``: it need
    not, or was struck before). ``trigger`` the first trigger that applied to what it heard (index into the scenario's, −1: none),
    ``prompted_min`` when it heard that; of those who go by themselves before, when they heard of danger. It ``ready_min`` had decided and
    prepared, ``departed_min`` left home, ``safe_min`` was at the shelter (index into the county's, −1: a safe place without one) and
    counted, ``returned_min`` was home again. ``settled_min`` when it was clear what becomes of it: safe, nobody there, refused for the last
    time. ``helped``: helpers brought it. ``onset_min`` when its zone was struck. ``exposed`` and ``excluded`` code ``EXPOSED`` and
    ``EXCLUDED``: a household that must leave is safe before the onset, exposed, or excluded. ``known_min`` when each place knew that some
    of its people must leave (villages only), shape (places,).
    """

    rows: NDArray[np.int64]
    due_min: NDArray[np.float64]
    trigger: NDArray[np.int64]
    prompted_min: NDArray[np.float64]
    ready_min: NDArray[np.float64]
    departed_min: NDArray[np.float64]
    safe_min: NDArray[np.float64]
    returned_min: NDArray[np.float64]
    onset_min: NDArray[np.float64]
    shelter: NDArray[np.int64]
    settled_min: NDArray[np.float64]
    helped: NDArray[np.bool_]
    exposed: NDArray[np.int8]
    excluded: NDArray[np.int8]
    known_min: NDArray[np.float64]
    shelters: ShelterRecords
    key_sites: KeySiteRecords

    @property
    def due(self) -> NDArray[np.bool_]:
        """Which households must leave."""
        return np.isfinite(self.due_min)


@dataclass(frozen=True)
class ShelterRecords:
    """Per shelter of the county: persons who came, when it first turned somebody away and when supplies came (``inf``: not); shape (shelters,)."""

    persons: NDArray[np.int64]
    full_min: NDArray[np.float64]
    relieved_min: NDArray[np.float64]


@dataclass(frozen=True)
class KeySiteRecords:
    """Per threatened key site (``rows`` of the county's): when it was told to leave, had left, was struck; ``inf`` for not.

    ``exposed_persons``: who had not been brought away when it was struck.
    """

    rows: NDArray[np.int64]
    prompted_min: NDArray[np.float64]
    safe_min: NDArray[np.float64]
    onset_min: NDArray[np.float64]
    exposed_persons: NDArray[np.int64]


class Report(NamedTuple):
    """One report of a village: when counting began, when it reached the township and the county (``inf``: not), and what it says.

    ``kind`` as in ``REPORT_KINDS``. ``due`` and ``safe`` in households and persons as known in the village at ``counted_min``:
    应转×户×人、已转×户×人.
    """

    place: int
    kind: str
    counted_min: float
    township_min: float
    county_min: float
    due_households: int
    due_persons: int
    safe_households: int
    safe_persons: int


@dataclass(frozen=True)
class Night:
    """One replication: everything that happened between T0 and the end of the night.

    ``acts`` in the order of the scenario; a last one of kind ``local`` where warnings may start below. ``release_min`` is that of
    the headline warning. ``evacuation`` and ``reports`` are ``None`` where the scenario does not simulate them.
    """

    scenario: str
    seed: int
    replication: int
    start: datetime
    end_min: float
    release_min: float
    log: EventLog
    acts: tuple[ActRecords, ...]
    outages: OutageRecords
    places: PlaceRecords
    households: HouseholdRecords
    messages: tuple[Messages, ...]
    evacuation: EvacuationRecords | None
    reports: tuple[Report, ...] | None

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened, by time."""
        return self.log.in_order()

    @property
    def origin_min(self) -> float:
        """From when minutes are counted: the release, or T0 where nothing was released."""
        return self.release_min if math.isfinite(self.release_min) else 0.0


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
    Col("exposed_persons", "float", "灾害发生时仍在危险区人数（不是伤亡预测）；没有推演避险转移时为空", "人"),
    Col(
        "reported_min",
        "float",
        "信息报送：县里首次收到该村的报告（乡镇：有应转移户的各村都已首次报到），推演起算后；未报到、没有推演信息报送时为空",
        "min",
    ),
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
                Col(
                    "event",
                    "text",
                    "事项：acknowledged 应答确认、warned 收到预警、confirmed 到户确认、safe 已安全转移、reported 转移人数报到县里",
                ),
                Col("of_whom", "text", "对象"),
                Col("threshold", "float", "时限", "min"),
                Col("unit", "text", "单位"),
                Col("value", "float", "达到规定比例所用时间；未达到、没有推演时为空", "min"),
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
        TableSpec(
            "shelters",
            (
                Col("code", "text", "编码；只显示代号时按类别和所在地方编号"),
                Col("kind", "text", "类别：emergency 紧急、short 短期、long 长期"),
                Col("place", "text", "所在地方编码"),
                Col("label", "text", "所在地方的显示名称或代号"),
                Col("capacity", "int", "安置点容量", "人"),
                Col("persons", "int", "到达的人数（后来返回的在内）", "人"),
                Col("full_min", "float", "首次有人因住满转往别处，推演起算后；没有为空", "min"),
                Col("relieved_min", "float", "基本生活物资送到，推演起算后；未送到、没有推演时为空", "min"),
            ),
        ),
        TableSpec(
            "reports",
            (
                Col("place", "text", "报送的村（社区）编码"),
                Col("kind", "text", "信息报送：first 初报、follow_up 续报、final 核报"),
                Col("counted_min", "float", "村里开始清点（报告说的是这一时刻的数），推演起算后", "min"),
                Col("township_min", "float", "乡镇收到，推演起算后；未收到为空", "min"),
                Col("county_min", "float", "县里收到，推演起算后；未收到为空", "min"),
                Col("due_households", "int", "所报应转移户数", "户"),
                Col("due_persons", "int", "所报应转移人数", "人"),
                Col("safe_households", "int", "所报已安全转移户数", "户"),
                Col("safe_persons", "int", "所报已安全转移人数", "人"),
            ),
        ),
        TableSpec(
            "evacuation",
            (
                Col("place", "text", "地方编码；全县为县"),
                Col(
                    "measure",
                    "text",
                    "listed 应转移人数；其中 warned 已得知（听到转移要求，或听到预警自行离开）、departed 已离家、"
                    "safe_before_onset 灾害发生前已安全转移"
                    "（当夜未发生的，只要已安全转移）、exposed 灾害发生时仍在危险区人数（不是伤亡预测）；"
                    "仍在危险区的原因：not_ordered 未要求转移或值班室不知情、not_told 要求未到户、deciding 正在核实决定、"
                    "refused 不愿转移、preparing 正在准备、waiting_for_help 等待帮扶、road_cut 断路、on_the_way 途中、"
                    "no_shelter 安置点已满、went_back 擅自返回；不计入的：away 无人在家、no_onset 当夜未发生且未到安全处",
                ),
                Col("households", "int", "户数", "户"),
                Col("persons", "int", "人数", "人"),
            ),
        ),
        TableSpec(
            "curves",
            (
                Col("code", "text", "乡镇（街道）编码"),
                Col("label", "text", "显示名称或代号"),
                Col("minutes", "float", "发布（没有发布为推演起算）后", "min"),
                Col("issuance_share", "float", "最低一级值班室中已接到预警的比例（LifeSim：warning issued）"),
                Col("first_alert_share", "float", "已收到预警的住户比例（LifeSim：first alert）"),
                Col(
                    "protective_action_share",
                    "float",
                    "应转移人数中已离家的比例（LifeSim：protective action initiated）；没有推演避险转移、没有应转移户时为空",
                ),
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
                    "事项：险情、预警、响应、转移指令、发现险情、叫应 call、手段 channel、各组出动 team、通信中断 outage、"
                    "灾害发生 onset、增援 evacuation、信息报送 report",
                ),
                Col("level", "text", "层级"),
                Col("place", "text", "地方"),
                Col("actor_post", "text", "岗位"),
                Col("counterpart", "text", "对方"),
                Col("channel", "text", "手段"),
                Col("act", "text", "动作"),
                Col(
                    "detail",
                    "text",
                    "说明：重点单位类别、responsible 责任人、县外值班室、就地报警的种类、发生灾害的危险区（只显示代号时为其类别）",
                ),
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
                Col("ready_min", "float", "决定并准备好动身，推演起算后；没有推演避险转移时为空", "min"),
                Col("departed_min", "float", "离家，推演起算后；没有推演避险转移时为空", "min"),
                Col("safe_min", "float", "已安全转移，推演起算后；没有推演避险转移时为空", "min"),
                Col("listed", "bool", "是否应转移：在清单上，或当夜听到的通知要求转移"),
                Col("exposed_cause", "text", "灾害发生时仍在危险区的原因（不是伤亡预测）；没有推演避险转移时为空"),
            ),
        ),
    )
}
DTYPES = {"text": "str", "int": "int64", "float": "float64", "bool": "bool", "id": "uint64"}
"""numpy/pandas dtype of each kind of column."""
