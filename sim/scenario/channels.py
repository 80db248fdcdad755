"""The block ``channels``: every means by which people are told, what each needs, how fast it is and whom it reaches."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.blocks import (
    Block,
    ByHour,
    Count,
    Decibels,
    Delay,
    Duration,
    Factor,
    Metres,
    MetresPerMinute,
    Minutes,
    Number,
    PerMinute,
    Positive,
    Share,
)
from sim.roster.plan import AtLeastOne

Means = Literal[
    "sms",
    "flash_sms",
    "wechat",
    "phone",
    "auto_call",
    "broadcast",
    "area_terminal",
    "tv",
    "cell_broadcast",
    "gong",
    "whistle",
    "hand_siren",
    "megaphone",
    "patrol_car",
    "door",
    "ten_household",
    "neighbour",
]
Need = Literal["power", "mobile_network", "data_network", "backhaul", "satellite", "road", "person"]


class NeedsPlan(Block):
    """What every means and every way of calling needs."""

    needs: tuple[Need, ...] = Field(
        description="要靠什么：power 电、mobile_network 基站、data_network 数据网、backhaul 传输、satellite 卫星、road 路、person 人"
    )


class ChannelPlan(NeedsPlan):
    """What every means of telling households says of itself."""

    acknowledges: bool = Field(strict=True, description="由它得知是否即为到户确认（有人当面或在通话、按键中答复）")


class DutyMessagePlan(Block):
    """A message to a person on duty, as a step of a ladder."""

    read: ByHour = Field(description="会看到并回复的比例，可分昼夜")
    delay: Delay = Field(description="从发出到回复")


class MessagePlan(ChannelPlan):
    """A message to everyone: a queue with a rate, then the network, then somebody noticing.

    It waits for a phone that is off; after ``validity`` it expires.
    """

    setup: Duration = Field(description="开始发送前：选区、审批、提交（平台分立时另加录入）")
    sent_by: Literal["platform", "desk"] = Field(
        description="platform 发布平台统一发送；desk 各最低一级应答后由本级转发（如微信工作群、邻里群）"
    )
    rate_per_min: Annotated[PerMinute, Positive] | None = Field(
        None, alias="rate", description="发送速率，全县合计；不写为同时发出"
    )
    messages_per_person: Annotated[Number, Positive] = Field(description="每名常住人口的接收终端数")
    order: Literal["any", "listed_first"] = Field(description="any 不分先后；listed_first 先发应转移住户")
    smartphone: Share = Field(description="有智能手机的户中能收到此类消息的比例")
    feature_phone: Share = Field(description="只有功能机的户中能收到此类消息的比例")
    off: Share = Field(description="整夜关机、无信号的比例")
    validity_min: Minutes = Field(alias="validity", description="未送达的消息保留多久后失效")
    latency: Duration = Field(description="发出到手机收到")
    noticed_awake: Share = Field(description="醒着的户中会看到的比例")
    noticed_asleep: Share = Field(description="睡着的户中会被惊醒看到的比例")
    read_delay: Duration = Field(description="手机收到到看到")
    duty: DutyMessagePlan | None = Field(None, description="发给值班人员的消息（叫应递补中使用）")


class WorkAppPlan(NeedsPlan):
    """The mobile work client (移动工作端): a message to posts, with a receipt."""

    duty: DutyMessagePlan


class HouseholdCallPlan(Block):
    """Somebody of the lowest desk telephones its households one by one."""

    callers: AtLeastOne = Field(description="每个最低一级同时拨打的人数")
    setup: Duration = Field(description="转向住户到开始打电话")
    answered_awake: Share = Field(description="醒着的户（有电话）接听的比例")
    answered_asleep: Share = Field(description="睡着的户（有电话）接听的比例")
    talk: Duration = Field(description="接听后通话时长，含拨号")
    ring_min: Minutes = Field(alias="ring", description="无人接听时振铃多久")


class PhonePlan(ChannelPlan):
    """Telephone calls between desks and, if planned, to households."""

    pickup: Duration = Field(description="有人接听时，从拨号到接起")
    talk: Duration = Field(description="接起后说明并复述")
    busy_tone_min: Minutes = Field(alias="busy_tone", description="对方正在通话时，听忙音多久")
    redial_min: Annotated[Minutes, Positive] = Field(alias="redial", description="忙音后隔多久再拨（不计入叫的次数）")
    households: HouseholdCallPlan | None = None


class AutoDutyPlan(Block):
    """Automated calls to persons on duty, as a step of a ladder."""

    answer_factor: Share = Field(description="与人工拨打相比，按键确认的比例")
    talk: Duration = Field(description="接起到按键确认")
    pickup: Duration = Field(description="拨出到接起")


class AutoCallPlan(ChannelPlan):
    """Automated calls (智能外呼): so many lines, several tries, a key pressed is an answer."""

    setup: Duration = Field(description="发布后到开始外呼（平台分立时另加录入）")
    lines: AtLeastOne = Field(description="同时外呼的线路数，全县合计")
    whom: Literal["listed", "all"] = Field(description="listed 只呼应转移住户；all 全部住户，应转移的在先")
    reachable: Share = Field(description="当夜打得通的户（号码正确、开机、有信号）")
    answered_awake: Share = Field(description="打得通且醒着的户每次接听并按键的比例")
    answered_asleep: Share = Field(description="打得通且睡着的户每次接听并按键的比例")
    talk: Duration = Field(description="接听的一次用时，含拨号")
    ring_min: Minutes = Field(alias="ring", description="无人接听的一次用时")
    tries: AtLeastOne = Field(description="最多呼几次")
    gap_min: Minutes = Field(alias="gap", description="两次之间至少间隔多久")
    duty: AutoDutyPlan | None = Field(None, description="外呼值班人员、责任人（叫应递补中使用）")


class PacePlan(Block):
    """Factor on the time of a way, by rain."""

    dry: Factor
    light: Factor
    heavy: Factor


class HearingPlan(Block):
    """Sound level needed outside the house, by rain."""

    dry: Decibels
    light: Decibels
    heavy: Decibels


class SoundPlan(Block):
    """How sound carries: level at r metres = source − 20 log₁₀ r − absorption · r − screening."""

    absorption_db_per_m: Number = Field(description="空气吸收，分贝每米")
    awake: HearingPlan = Field(description="屋内醒着的人听清所需的屋外声级")
    asleep: HearingPlan = Field(description="叫醒睡着的人所需的屋外声级")
    listen: Duration = Field(description="听到声音到听明白")


class TerminalPlan(Block):
    """Loudspeakers of one kind."""

    online: Share = Field(description="终端在线率，每个终端当夜一次")
    delay: Duration = Field(description="平台开播到这类终端出声")


class TerminalKinds(Block):
    """Loudspeakers by how the programme reaches them."""

    ip: TerminalPlan = Field(description="IP、4G 终端")
    fm: TerminalPlan = Field(description="调频、地面数字终端")
    satellite: TerminalPlan = Field(description="卫星终端")


class BroadcastPlan(ChannelPlan):
    """Loudspeakers opened from the county platform."""

    setup: Duration = Field(description="发布后到开播（平台分立时另加录入）")
    terminals: TerminalKinds = Field(description="各类终端")
    source_level_db: Decibels = Field(alias="source_level", description="1米处声级")
    screening_db: Decibels = Field(alias="screening", description="地形、树林遮挡")


class AreaTerminalPlan(ChannelPlan):
    """Area terminals (片区叫应终端): opened from above, own power and satellite path."""

    setup: Duration = Field(description="发布后到出声（平台分立时另加录入）")
    online: Share = Field(description="当夜能用的比例，每个终端一次")
    source_level_db: Decibels = Field(alias="source_level", description="1米处声级")
    screening_db: Decibels = Field(alias="screening", description="地形、树林遮挡")


class TvPlan(ChannelPlan):
    """A crawl or pop-up on television (电视滚动字幕、弹窗)."""

    setup: Duration = Field(description="发布后到播出（平台分立时另加录入）")
    watching: ByHour = Field(description="各时段开着电视并会看到的户的比例")
    notice: Duration = Field(description="播出到看到")


class WalkingPlan(Block):
    """How people on foot get about: door teams, and those who carry a gong past the houses."""

    speed_m_per_min: Annotated[MetresPerMinute, Positive] = Field(alias="speed", description="白天晴天步行速度")
    detour: Factor = Field(description="实际路程与直线距离之比")
    pace: PacePlan = Field(description="步行时间随雨势增加的倍数")
    night: Factor = Field(description="夜间（23时—6时）步行时间再乘的倍数")


class SoundPatrolPlan(ChannelPlan):
    """Somebody of the lowest desk walks past its houses with a gong, whistle, hand siren or megaphone."""

    fetch: Duration = Field(description="应答到取来器具、出发")
    source_level_db: Decibels = Field(alias="source_level", description="1米处声级")
    passing_m: Annotated[Metres, Positive] = Field(alias="passing", description="路过每户时离房屋多远")


class PatrolCarPlan(ChannelPlan):
    """A car with a loudspeaker drives from group to group of a village and sounds at each."""

    fetch: Duration = Field(description="应答到出车")
    speed_m_per_min: Annotated[MetresPerMinute, Positive] = Field(alias="speed", description="行车速度")
    detour: Factor = Field(description="实际路程与直线距离之比")
    pace: PacePlan = Field(description="行车时间随雨势增加的倍数")
    sounds_min: Minutes = Field(alias="sounds", description="每处停车播多久")
    source_level_db: Decibels = Field(alias="source_level", description="1米处声级")
    screening_db: Decibels = Field(alias="screening", description="房屋、地形遮挡")


class DoorPlan(ChannelPlan):
    """Teams that go from house to house, listed households first, once their own desk has answered."""

    teams: AtLeastOne = Field(description="每个最低一级的敲门组数")
    assemble: Duration = Field(description="应答到出门")
    per_house: Duration = Field(description="叫门、说明；走路另计")
    same_building_min: Minutes = Field(alias="same_building", description="同一栋楼里从一户到下一户的时间")
    answered: Share = Field(description="在家的户中应门的比例")
    absent_min: Minutes = Field(alias="absent", description="无人应门时停留多久")


class SetPlan(NeedsPlan):
    """An emergency set (应急通信终端) that places hold: a radio, a satellite phone; used when the network is down."""

    ready: Duration = Field(description="取出、开机、到能通的地方、入网")
    works: Share = Field(description="当夜当地能用的比例（覆盖、对天视野、设备完好），每处一次")
    answered: ByHour = Field(description="对方守听并应答的比例，可分昼夜")
    talk: Duration = Field(description="接通后说明并复述")
    ring_min: Minutes = Field(alias="ring", description="无人应答时呼叫多久")
    reach_m: Annotated[Metres, Positive] | None = Field(None, alias="reach", description="两端最远距离；不写为不限")
    charge: Duration | None = Field(None, description="自推演起算电池可用多久；不写为够用")


class FootPlan(Block):
    """How a messenger gets on where no vehicle does."""

    speed_m_per_min: Annotated[MetresPerMinute, Positive] = Field(alias="speed", description="步行速度")
    pace: PacePlan = Field(description="步行时间随雨势增加的倍数")
    over_closed: Factor = Field(description="走中断的路段（绕行、翻越）用时为平时的倍数")


class CourierPlan(NeedsPlan):
    """Somebody sent in person to a desk below that does not answer; used in ladders."""

    ready: Duration = Field(description="决定派人到出发")
    speed_m_per_min: Annotated[MetresPerMinute, Positive] = Field(alias="speed", description="途中速度（步行或摩托）")
    detour: Factor = Field(description="没有道路资料时，实际路程与直线距离之比")
    pace: PacePlan = Field(description="途中时间随雨势增加的倍数")
    foot: FootPlan | None = Field(None, description="路断时步行；不写则等路通")
    found: Share = Field(description="送到后找得到人的比例")
    talk: Duration = Field(description="当面说明")


class TenHouseholdPlan(ChannelPlan):
    """A lead who has been told goes round the ten households (十户联防)."""

    goes: Share = Field(description="得知后会逐户通知的联系户比例")
    ready: Duration = Field(description="得知到出门")
    per_house: Duration = Field(description="每户用时，走路在内")
    pace: PacePlan | None = Field(None, description="出门和逐户用时随雨势增加的倍数；不写为不受雨势影响")
    answered: Share = Field(description="在家的户中应门的比例")


class NeighbourPlan(ChannelPlan):
    """People who have been told tell the houses next to them."""

    contacts: Count = Field(description="每户最多听得到几户近邻的招呼")
    within_m: Annotated[Metres, Positive] = Field(alias="within", description="近邻的最大距离")
    tells: Share = Field(description="得知的户会告诉某一近邻的概率")
    delay: Duration = Field(description="得知到告诉近邻")
    pace: PacePlan | None = Field(None, description="告诉近邻用时随雨势增加的倍数；不写为不受雨势影响")
    night: Share = Field(description="夜间（23时—6时）上述概率再乘的比例")


class ChannelPlans(Block):
    """The means; an act uses those it names or those of its level."""

    sms: MessagePlan | None = Field(None, description="短信")
    flash_sms: MessagePlan | None = Field(None, description="闪信")
    wechat: MessagePlan | None = Field(None, description="微信群")
    work_app: WorkAppPlan | None = Field(None, description="移动工作端")
    cell_broadcast: MessagePlan | None = Field(None, description="小区广播（国内未见全国性应用，仅供设想）")
    phone: PhonePlan | None = Field(None, description="电话")
    auto_call: AutoCallPlan | None = Field(None, description="智能外呼")
    sound: SoundPlan | None = Field(None, description="声音怎样传、多响才听得见；各有声手段共用")
    broadcast: BroadcastPlan | None = Field(None, description="应急广播（大喇叭）")
    area_terminal: AreaTerminalPlan | None = Field(None, description="片区叫应终端")
    tv: TvPlan | None = Field(None, description="电视")
    walking: WalkingPlan | None = Field(None, description="步行")
    gong: SoundPatrolPlan | None = Field(None, description="鸣锣")
    whistle: SoundPatrolPlan | None = Field(None, description="吹哨")
    hand_siren: SoundPatrolPlan | None = Field(None, description="手摇报警器")
    megaphone: SoundPatrolPlan | None = Field(None, description="手提喇叭")
    patrol_car: PatrolCarPlan | None = Field(None, description="巡逻车")
    door: DoorPlan | None = Field(None, description="敲门入户")
    courier: CourierPlan | None = Field(None, description="派人送信")
    radio_370: SetPlan | None = Field(None, description="370MHz电台")
    mesh: SetPlan | None = Field(None, description="自组网对讲")
    sat_phone: SetPlan | None = Field(None, description="卫星电话")
    beidou: SetPlan | None = Field(None, description="北斗短报文")
    ten_household: TenHouseholdPlan | None = Field(None, description="十户联防")
    neighbour: NeighbourPlan | None = Field(None, description="邻里相告")

    def starts_at_desks(self, name: str) -> bool:
        """Return whether a means begins when a lowest desk has answered, and not at the platform."""
        plan = getattr(self, name)
        return name in _BY_DESKS or (isinstance(plan, MessagePlan) and plan.sent_by == "desk")

    def is_on_platform(self, name: str) -> bool:
        """Return whether a means is a system of the release platform."""
        return not self.starts_at_desks(name) and name not in _BY_PEOPLE


_BY_DESKS = frozenset({"phone", "gong", "whistle", "hand_siren", "megaphone", "patrol_car", "door"})
_BY_PEOPLE = frozenset({"ten_household", "neighbour"})
