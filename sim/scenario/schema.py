"""What a planner writes: the blocks of a scenario file.

Numbers have no defaults here. They stand in ``configs/``, each beside its source, and a scenario extends those files; the fields
below say what a number means, in what unit, and how it may be written.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.blocks import (
    Block,
    ByHour,
    Decibels,
    Delay,
    Duration,
    MetresPerMinute,
    Minutes,
    Moment,
    Number,
    PerMinute,
    Positive,
    Share,
)
from sim.county import CountyPlan
from sim.county.plan import Seed
from sim.errors import BadValue, Text
from sim.roster import RosterPlan
from sim.roster.plan import AtLeastOne

WarningLevel = Literal["red", "orange", "yellow", "blue"]
Rain = Literal["dry", "light", "heavy"]
Means = Literal["sms", "phone", "broadcast", "door"]


class HazardPlan(Block):
    """What threatens, and the weather in which people must be reached."""

    kind: Literal["rainstorm", "flash_flood", "landslide"] = Field(description="灾种：暴雨、山洪、地质灾害")
    rain: Rain = Field(description="雨势：dry 无雨、light 小雨、heavy 暴雨；影响听觉和行走")


class WarningPlan(Block):
    """One warning: from identification at T0 to release, and the means it is told by."""

    id: str = Field(pattern=r"^[0-9A-Za-z_-]+$")
    level: WarningLevel = Field(description="预警级别：red 红、orange 橙、yellow 黄、blue 蓝")
    consultation: Duration = Field(description="会商研判，从识别到形成意见")
    sign_off: Duration = Field(description="签发用时")
    signed_by: str = Field(description="签发岗位")
    release: Duration = Field(description="平台录入与发布用时")
    means: tuple[Means, ...] = Field(min_length=1, description="本级预警使用的手段")

    @model_validator(mode="after")
    def _means_differ(self) -> WarningPlan:
        if len(set(self.means)) < len(self.means):
            raise BadValue(
                Text("means 中有重复的手段", "means repeats a channel"), Text("删去重复项", "remove the repetition")
            )
        return self


class DutyMessagePlan(Block):
    """A message to a person on duty, as a step of a ladder."""

    read: ByHour = Field(description="会看到并回复的比例，可分昼夜")
    delay: Delay = Field(description="从发出到回复")


class SmsPlan(Block):
    """Text messages to everyone: a queue with a rate, then the network, then somebody reading."""

    setup: Duration = Field(description="发布后到开始发送：选区、审批、提交")
    rate_per_min: Annotated[PerMinute, Positive] = Field(alias="rate", description="发送速率，全县合计")
    messages_per_person: Annotated[Number, Positive] = Field(description="每名常住人口的手机号数")
    order: Literal["any", "listed_first"] = Field(description="any 不分先后；listed_first 先发应转移住户")
    loss: Share = Field(description="关机、无信号、丢失的比例")
    latency: Duration = Field(description="发出到手机收到")
    noticed_awake: Share = Field(description="醒着的户中会看到的比例")
    noticed_asleep: Share = Field(description="睡着的户中会被惊醒看到的比例")
    read_delay: Duration = Field(description="手机收到到看到")
    duty: DutyMessagePlan | None = Field(None, description="发给值班人员的消息（叫应递补中使用）")


class HouseholdCallPlan(Block):
    """Somebody of the lowest desk telephones its households one by one."""

    callers: AtLeastOne = Field(description="每个最低一级同时拨打的人数")
    setup: Duration
    answered_awake: Share = Field(description="醒着的户（有电话）接听的比例")
    answered_asleep: Share = Field(description="睡着的户（有电话）接听的比例")
    talk: Duration = Field(description="接听后通话时长，含拨号")
    ring_min: Minutes = Field(alias="ring", description="无人接听时振铃多久")


class PhonePlan(Block):
    """Telephone calls between desks and, if planned, to households."""

    pickup: Duration = Field(description="有人接听时，从拨号到接起")
    talk: Duration = Field(description="接起后说明并复述")
    households: HouseholdCallPlan | None = None


class HearingPlan(Block):
    """Sound level needed outside the house, by rain."""

    dry: Decibels
    light: Decibels
    heavy: Decibels


class BroadcastPlan(Block):
    """Loudspeakers opened from the county platform; level at r metres = source − 20 log₁₀ r − absorption · r − screening."""

    setup: Duration = Field(description="发布后到开播")
    online: Share = Field(description="终端在线率，每个终端当夜一次")
    source_level_db: Decibels = Field(alias="source_level", description="1米处声级")
    absorption_db_per_m: Number = Field(description="空气吸收，分贝每米")
    screening_db: Decibels = Field(alias="screening", description="地形、树林遮挡")
    awake: HearingPlan = Field(description="屋内醒着的人听清所需的屋外声级")
    asleep: HearingPlan = Field(description="叫醒睡着的人所需的屋外声级")
    listen: Duration = Field(description="开播到听明白")


class PacePlan(Block):
    """Factor on walking time, by rain."""

    dry: Number = Field(ge=1)
    light: Number = Field(ge=1)
    heavy: Number = Field(ge=1)


class DoorPlan(Block):
    """Teams that go from house to house, listed households first, once their own desk has answered."""

    teams: AtLeastOne = Field(description="每个最低一级的敲门组数")
    assemble: Duration = Field(description="应答到出门")
    per_house: Duration = Field(description="叫门、说明；走路另计")
    speed_m_per_min: Annotated[MetresPerMinute, Positive] = Field(alias="speed", description="平时步行速度")
    detour: Number = Field(ge=1, description="实际路程与直线距离之比")
    pace: PacePlan = Field(description="步行时间随雨势增加的倍数")
    answered: Share = Field(description="在家的户中应门的比例")
    absent_min: Minutes = Field(alias="absent", description="无人应门时停留多久")


class ChannelPlans(Block):
    """The means; a warning uses those it names."""

    sms: SmsPlan | None = None
    phone: PhonePlan | None = None
    broadcast: BroadcastPlan | None = None
    door: DoorPlan | None = None


class TargetPlan(Block):
    """A response-time requirement (时限要求)."""

    id: str = Field(pattern=r"^[0-9A-Za-z_-]+$")
    name: str = Field(description="名称，报告中显示")
    since: Literal["t0", "release"] = Field(description="起算：t0 推演起算时刻、release 发布")
    event: Literal["acknowledged", "warned"] = Field(
        description="acknowledged 应答确认（值班室）、warned 收到预警（住户）"
    )
    of_whom: str = Field(description="层级标识（如 township），或 household 住户、listed_household 应转移住户")
    share: Share = Field(description="达到的比例")
    within_min: Minutes = Field(alias="within", description="时限")
    probability: Share = Field(description="多夜推演中要求按时的概率")
    applies_to: str = Field(description="适用地")
    source: str = Field(description="依据")
    status: Literal["文件", "外地做法，本县未规定", "规划假设", "待核实", "演示"]


class ScenarioPlan(Block):
    """A whole night."""

    name: str = Field(pattern=r"^[0-9A-Za-z_-]+$", max_length=80, description="情景标识，用作结果文件夹名")
    title: str = Field("", max_length=200, description="情景名称，报告中显示")
    start: Moment = Field(description="推演起算时刻 T0（识别险情的时刻），北京时间，例如 2025-07-11 01:20")
    end_min: Annotated[Minutes, Positive] = Field(alias="end", description="推演多久，例如 6 h")
    seed: Seed = Field(description="随机种子；同一种子得到同一夜")
    county: CountyPlan
    hazard: HazardPlan
    warnings: tuple[WarningPlan, ...] = Field(min_length=1, max_length=1, description="本夜的预警（本版本一次）")
    channels: ChannelPlans
    roster: RosterPlan
    targets: tuple[TargetPlan, ...] = ()


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of a scenario file, for editors that complete and check while one types.

    A file may leave to ``extends`` what a whole scenario needs, so nothing is required here, and ``county`` may be the path
    of a county folder.
    """
    schema = _editor_schema(ScenarioPlan, "jiaoying scenario")
    paths = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    schema["properties"]["extends"] = {"description": "继承的文件，一个或一列；路径从本文件算起", **paths}
    schema["properties"]["county"] = {
        "description": "县文件夹的路径，或写有 folder 的一块",
        "anyOf": [{"type": "string"}, {"$ref": "#/$defs/CountyPlan"}],
    }
    return schema


def county_schema() -> dict[str, Any]:
    """Return the JSON schema of a ``county.yaml``."""
    return _editor_schema(CountyPlan, "jiaoying county")


def _editor_schema(model: type[Block], title: str) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    for block in [schema, *schema["$defs"].values()]:
        block.pop("required", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}
