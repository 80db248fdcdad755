"""The blocks ``hazard.onset``, ``evacuation`` and ``report_up``: what strikes when, who must leave, how they get away, who is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sim.blocks import (
    Block,
    Count,
    Delay,
    Duration,
    Factor,
    Metres,
    MetresPerMinute,
    Minutes,
    Positive,
    Share,
)
from sim.roster.plan import AtLeastOne, Name
from sim.scenario.acts import Alarm, Level
from sim.scenario.channels import PacePlan

Start = Literal["sighting", Alarm, "neighbour_county", "own_trigger"]
"""What warnings that start below may have started with (see ``local``)."""

# --- the hazard -------------------------------------------------------------------------------------------------------


class RainSharePlan(Block):
    """A share by rain."""

    dry: Share
    light: Share
    heavy: Share


class OnsetPlan(Block):
    """Which danger zones are struck tonight, and when: each zone has its own luck, in part shared by its township.

    ``together`` is the part of the chance which a township has in common: 0, each zone for itself; 1, all of a township or none.
    """

    kinds: tuple[str, ...] = Field((), description="只是这些类别的危险区（zones.csv 的 kind）；不写为全部")
    share: RainSharePlan = Field(description="当夜发生灾害的危险区比例，按雨势")
    at: Duration = Field(description="推演起算（或所在乡镇受灾）后多久发生")
    together: Share = Field(0.0, description="同一乡镇同时发生的程度：0 各自独立，1 全乡镇一起")
    with_flood: bool = Field(False, strict=True, description="只在受灾乡镇（outages.flood），自其受灾时刻算起")


class StatedOnset(Block):
    """A zone that is struck at a minute that the planner sets."""

    zone: str = Field(description="危险区编码（zones.csv）")
    at_min: Minutes = Field(alias="at", description="推演起算后多久发生")


class OnsetsPlan(Block):
    """When danger zones are struck; of several laws that concern a zone the earliest counts, a stated time before all."""

    laws: Mapping[Name, OnsetPlan] = Field({}, description="按类别抽取，键为名称")
    stated: tuple[StatedOnset, ...] = Field((), description="指定的危险区")


# --- who must leave ---------------------------------------------------------------------------------------------------


class TriggerPlan(Block):
    """One trigger of evacuation (such as one of 五必撤): on hearing what, who must leave."""

    name: str = Field(description="名称，报告中显示")
    on: tuple[Literal[Level, Start], ...] = Field(
        min_length=1,
        description="听到什么就撤：预警级别 red、orange、yellow、blue，响应级别 I 至 IV，转移指令 prepare、move，或就地预警的起因 "
        "sighting 发现险情、rain_alarm 雨量报警、water_alarm 水位报警、cannot_judge 险情不能准确判断、"
        "neighbour_county 毗邻区县通知、own_trigger 断联自主启动",
    )
    reach: Literal["all", "point"] = Field("all", description="就地预警：all 听到的都撤；point 只有起因所在的那个组撤")
    zones: tuple[str, ...] = Field((), description="只是这些类别的危险区；不写为全部")
    whom: Literal["listed", "needs_help", "threatened"] = Field(
        "listed",
        description="listed 清单上的户；needs_help 其中需协助的户；threatened 危险区内全部住户，未登记隐患在内",
    )
    hours: Literal["any", "day", "night"] = Field("any", description="只在 day 白天、night 夜间（23时—6时）听到时适用")


class DecisionPlan(Block):
    """How a household that must leave makes up its mind and gets ready."""

    seek: Duration = Field(description="只听到消息、未经当面或通话确认的户，自行核实所需时间")
    sources: AtLeastOne = Field(description="听到几种手段的通知就不再核实")
    decide: Delay = Field(description="得到确认后作出决定")
    prepare: Duration = Field(description="决定后到可以动身（白天）")
    night: Factor = Field(description="夜间（23时—6时）准备时间的倍数")
    needs_help: Factor = Field(description="有人需协助的户，准备时间的倍数")
    alerted_factor: Share = Field(description="先前已收到预警的户，决定和准备所需时间为平时的几成")
    refuses: Share = Field(description="首次不愿转移的户的比例")
    early: Share = Field(description="听到预警、尚未要求转移就自行离开的户的比例")


class PersuasionPlan(Block):
    """Helpers visit those who will not leave (劝导)."""

    after: Duration = Field(description="拒绝后多久上门")
    visit: Duration = Field(description="每次劝导用时")
    persuaded: Share = Field(description="每次劝导的成功率")
    visits: AtLeastOne = Field(description="最多上门几次")


# --- how they get away ------------------------------------------------------------------------------------------------


class OnFootPlan(Block):
    """How households walk to safety; minutes by Tobler's hiking function, uphill and downhill in equal parts."""

    speed_m_per_min: Annotated[MetresPerMinute, Positive] = Field(
        alias="speed", description="平路、白天、晴天的步行速度"
    )
    slope: Share = Field(description="道路平均坡度")
    elderly: Factor = Field(description="有老人的户，用时的倍数")
    night: Factor = Field(description="夜间（23时—6时）用时的倍数")
    pace: PacePlan = Field(description="用时随雨势增加的倍数")
    over_closed: Factor | None = Field(None, description="绕行、翻越中断路段的用时倍数；不写则等路通")


class DrivingPlan(Block):
    """How vehicles of villages, reinforcements and supplies get about; they need open roads."""

    speed_m_per_min: Annotated[MetresPerMinute, Positive] = Field(alias="speed", description="平时行车速度")
    pace: PacePlan = Field(description="用时随雨势增加的倍数")


class HelpersPlan(Block):
    """People of each village who persuade, carry and lead those who need help, one house at a time."""

    per_village: Count = Field(description="每村可用的帮扶人员（敲门各组以外）")
    assemble: Duration = Field(description="村里得知后集合的时间")
    door_teams: bool = Field(strict=True, description="敲门的人走完本组后也来帮扶")
    crew: AtLeastOne = Field(description="协助一户需要几人")
    at_house: Duration = Field(description="到户后搀扶、背出所需时间")
    carry: Factor = Field(description="搀扶、背着走，用时为步行的几倍")
    fatigue: Share = Field(description="全村帮扶人员平均每工作一小时，用时增加的比例")


class VehiclesPlan(Block):
    """Vehicles of each village for those who need help, while the road to the shelter is open."""

    per_village: Count = Field(description="每村可用的车辆")
    load: Duration = Field(description="上下车")


class ShelterUsePlan(Block):
    """Which shelters are opened, and what counts as safe."""

    kinds: tuple[Literal["emergency", "short", "long"], ...] = Field(
        min_length=1, description="启用哪些安置点：emergency 紧急、short 短期、long 长期"
    )
    check_in_min: Minutes = Field(alias="check_in", description="到达后登记清点")
    unlimited: bool = Field(False, strict=True, description="不计安置点容量")
    to_safety_m: Metres = Field(alias="to_safety", description="没有安置点资料时，走多远算安全")


class KeySiteMovesPlan(Block):
    """How the staff of a threatened key site bring its people away, some at a time."""

    prepare: Duration = Field(description="应答后到第一批可以动身")
    per_staff: AtLeastOne = Field(description="一名工作人员每趟带几人")


class ReturnsPlan(Block):
    """Some go home too early (回流)."""

    share: Share = Field(description="擅自返回的户的比例")
    after: Duration = Field(description="到达安全处后多久返回")


class ReinforcementPlan(Block):
    """A village whose helpers do not suffice asks the township, and the township the county (小灾属地自救，大灾县级增援)."""

    ask_after_min: Annotated[Minutes, Positive] = Field(
        alias="ask_after", description="有户等帮扶超过多久，村里请求增援"
    )
    township_teams: Count = Field(description="每乡镇自有的增援队数（前置队伍以外）")
    team: AtLeastOne = Field(description="每队几人")
    ready: Duration = Field(description="接到请求到出发")


class ReliefPlan(Block):
    """Basic supplies are brought to the shelters from the nearest stock (受灾群众基本生活初步救助)."""

    ready: Duration = Field(description="安置点有人后，备货到可以出发")
    every_min: Annotated[Minutes, Positive] = Field(alias="every", description="每隔多久发一批车（自推演起算）")


class EvacuationPlan(Block):
    """Evacuation (避险转移): who must leave on hearing what, and how they get away."""

    triggers: Mapping[Name, TriggerPlan] = Field(
        min_length=1, description="五必撤、紧急撤离等启动条件（待核实，由用户填写），键为标识"
    )
    decision: DecisionPlan = Field(description="要转移的户怎样核实、决定和准备")
    persuasion: PersuasionPlan | None = Field(None, description="上门劝导；不写则拒绝的户不再离开")
    walking: OnFootPlan = Field(description="步行转移")
    driving: DrivingPlan = Field(description="车辆行驶（转移车辆、增援、物资）")
    helpers: HelpersPlan | None = Field(None, description="帮扶人员；不写则需协助的户自行离开")
    vehicles: VehiclesPlan | None = Field(None, description="转移车辆；不写则全靠步行")
    shelters: ShelterUsePlan = Field(description="安置点")
    key_sites: KeySiteMovesPlan | None = Field(None, description="受威胁的重点单位；不写则不推演")
    returns: ReturnsPlan | None = Field(None, description="回流；不写则无人擅自返回")
    reinforcement: ReinforcementPlan | None = Field(None, description="增援；不写则没有")
    relief: ReliefPlan | None = Field(None, description="基本生活救助；不写则不推演")


class ReportUpPlan(Block):
    """Report-up (信息报送): each village reports its count, 初报、续报、核报; townships pass them on."""

    first_after: Duration = Field(description="村里得知要转移后多久作初报")
    every_min: Annotated[Minutes, Positive] = Field(alias="every", description="续报间隔")
    count: Duration = Field(description="每次清点、填报用时")
    again_min: Annotated[Minutes, Positive] = Field(alias="again", description="没有报上去，多久以后再报")
