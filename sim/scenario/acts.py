"""The three acts of a night (预警发布、响应启动、转移指令), what sets them off, and who must answer to which (两叫应)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.blocks import Block, ClockTime, Duration, Minutes, Share
from sim.county import County
from sim.errors import BadValue, Text
from sim.roster.plan import AtLeastOne, Name
from sim.scenario.channels import Means

WarningLevel = Literal["red", "orange", "yellow", "blue"]
WarningChange = Literal["issue", "upgrade", "downgrade", "lift"]
ResponseChange = Literal["activate", "raise", "lower", "end"]
ResponseLevel = Literal["I", "II", "III", "IV"]
Lead = Literal["3 d", "1 d", "6 h", "2 h", "0 h"]
Level = Literal["red", "orange", "yellow", "blue", "I", "II", "III", "IV", "prepare", "move"]
"""Levels of warnings and of responses, and stages of orders: whatever ``described`` gives an act."""
Alarm = Literal["rain_alarm", "water_alarm", "cannot_judge"]
"""What a lowest place may act on by itself besides a sighting: its rain gauge, its water gauge, a danger that cannot be judged."""
TargetStatus = Literal["文件", "外地做法，本县未规定", "规划假设", "待核实", "演示"]

SEVERITY: dict[str, int] = {"blue": 0, "yellow": 1, "orange": 2, "red": 3}
"""Warning levels from the least to the most severe."""
RISING: tuple[WarningChange | ResponseChange, ...] = ("issue", "upgrade", "activate", "raise")
"""The changes that a call target is about unless it says otherwise: what is lowered, lifted or ended wakes nobody."""


class ActPlan(Block):
    """One act: what sets it off, consultation, sign-off, release, and the means it is told by."""

    id: Name = Field(description="标识：其他各处和结果表以此称呼")
    after: str = Field(
        "t0", description="从何时算起：t0 推演起算时刻、某一环节的 id（其发布时刻）、sighting 首次险情报到县值班室"
    )
    delay: Duration | None = Field(None, description="从那时起多久开始会商；不写为立即")
    at: ClockTime | None = Field(None, description="等到这一钟点（从那时起第一次到）再开始会商，例如天黑前 17:30")
    consult: Literal["at_once", "rolling"] = Field(
        "at_once", description="at_once 立即会商（果断提级）；rolling 等下一次滚动会商（rolling_every）"
    )
    consultation: Duration = Field(description="会商研判，从开始到形成意见")
    sign_off: Duration = Field(description="签发用时")
    signed_by: str = Field(description="签发岗位")
    release: Duration = Field(description="平台录入与发布用时")
    means: tuple[Means, ...] | None = Field(None, description="使用的手段；不写则按 means_by_level")
    area: Literal["county", "listed"] | tuple[str, ...] = Field(
        "county", description="county 全县；listed 有应转移住户的地方和这些住户；或写一列地方编码"
    )

    @model_validator(mode="after")
    def _means_differ(self) -> ActPlan:
        if self.means and len(set(self.means)) < len(self.means):
            raise BadValue(
                Text("means 中有重复的手段", "means repeats a channel"), Text("删去重复项", "remove the repetition")
            )
        return self


class WarningPlan(ActPlan):
    """A warning (预警) or its change."""

    level: WarningLevel = Field(description="预警级别：red 红、orange 橙、yellow 黄、blue 蓝")
    change: WarningChange = Field("issue", description="issue 发布、upgrade 升级、downgrade 降级、lift 解除")
    lead: Lead | None = Field(None, description="递进式预报预警的提前量（重庆“31620”：3天、1天、6小时、2小时、0小时）")


class ResponsePlan(ActPlan):
    """The activation of an emergency response (应急响应) or its change."""

    level: ResponseLevel = Field(description="应急响应级别：I、II、III、IV")
    change: ResponseChange = Field("activate", description="activate 启动、raise 提级、lower 降级、end 终止")


class OrderPlan(ActPlan):
    """An evacuation order (转移指令)."""

    stage: Literal["prepare", "move"] = Field(description="prepare 准备转移；move 立即转移")


class PlatformPlan(Block):
    """The release platform: one release for all systems, or an operator who enters the text in one system after another."""

    kind: Literal["fused", "separate"] = Field(description="fused 跨系统融合，一键发布；separate 各系统分别录入")
    operators: AtLeastOne = Field(description="分立时同时录入的人数")
    entry: Duration = Field(description="分立时每个系统录入、提交的时间")


class StatedSighting(Block):
    """A danger sign that the planner sets at a place and a minute."""

    place: str = Field(description="最低一级地方的编码")
    at_min: Minutes = Field(alias="at", description="推演起算后多久发现")
    acts_at_once: bool = Field(strict=True, description="是否先就地叫人、再上报")


class SightingsPlan(Block):
    """Danger signs that hazard monitors see (群测群防): they report up, and some act at once."""

    share: Share = Field(description="当夜出现可见前兆并被发现的隐患点比例")
    at: Duration = Field(description="推演起算后多久发现")
    acts_at_once: Share = Field(description="先就地叫人、再上报的比例；其余先上报")
    stated: tuple[StatedSighting, ...] = Field((), description="指定的险情")


class OwnTriggerPlan(Block):
    """Villages that are cut off act on their own rain alarm or monitor (断联自主启动)."""

    share: Share = Field(description="断联的村会自行启动的比例")
    after: Duration = Field(description="断联后多久自行启动；此前已接到通知的不算")


class AlarmPlan(Block):
    """Registered danger zones at which people act on an alarm of their own: they wake their people and report up."""

    zones: tuple[str, ...] = Field((), description="只是这些类别的危险区；不写为全部")
    share: Share = Field(description="当夜出现的隐患点比例")
    at: Duration = Field(description="推演起算后多久出现")


class LocalPlan(Block):
    """Warnings that start below (就地预警): from monitors' sightings and alarms, and from a neighbouring county."""

    means: tuple[Means, ...] = Field(min_length=1, description="就地预警使用的手段")
    sightings: SightingsPlan | None = None
    alarms: Mapping[Alarm, AlarmPlan] = Field(
        {}, description="就地报警：rain_alarm 雨量、water_alarm 水位、cannot_judge 险情不能准确判断"
    )
    own_trigger: OwnTriggerPlan | None = Field(None, description="断联的村自行启动；不写为不启动")


class ReceptionPlan(Block):
    """What people make of a warning: some stay awake after an earlier one."""

    stays_awake: Share = Field(description="先前的预警叫醒后，不再睡的比例")
    awake_for_min: Minutes = Field(alias="awake_for", description="这些人醒着多久")


class RequirementPlan(Block):
    """What a requirement of time always says."""

    id: Name = Field(description="标识：其他各处和结果表以此称呼")
    name: str = Field(description="名称，报告中显示")
    share: Share = Field(description="达到的比例")
    within_min: Minutes = Field(alias="within", description="时限")
    probability: Share = Field(description="要求按时的概率（供多夜推演；只推演一夜时不用）")
    applies_to: str = Field(description="适用地")
    source: str = Field(description="依据")
    status: TargetStatus


class CallTargetPlan(RequirementPlan):
    """One entry of 两叫应: at which acts who must answer, and by when, counted from release.

    An act has those desks, responsible persons and key sites called that its call targets name, and no others; households are called by
    the means of the act, and only judged here.
    """

    act: Literal["warning", "response", "order"] = Field(description="哪个环节：预警、响应、转移指令")
    levels: tuple[Level, ...] = Field((), description="只在这些级别（或阶段）；不写为全部")
    leads: tuple[Lead, ...] = Field((), description="只在这些提前量的预警；不写为全部")
    changes: tuple[WarningChange | ResponseChange, ...] = Field(
        RISING,
        min_length=1,
        description="只在这些变化：预警 issue、upgrade、downgrade、lift，响应 activate、raise、lower、end；"
        "不写为发布、升级、启动、提级，即降级、解除、终止不叫应；转移指令没有变化，不写",
    )
    whom: Literal["desks", "responsible", "key_sites", "households", "listed_households"] = Field(
        description="desks 各级值班室、responsible 责任人、key_sites 重点单位、households 住户、listed_households 应转移住户"
    )
    to: str | None = Field(None, description="desks：逐级叫到哪个层级（层级标识）；不写为最低一级")

    @model_validator(mode="after")
    def _changes_are_of_its_act(self) -> CallTargetPlan:
        known = {"warning": get_args(WarningChange), "response": get_args(ResponseChange), "order": ()}[self.act]
        odd = [change for change in self.changes if change not in known]
        if odd and self.changes != RISING:
            raise BadValue(
                Text(f"这一环节没有变化 {odd[0]}", f"this kind of act has no change {odd[0]}"),
                Text(f"可用：{'、'.join(known)}", f"use: {', '.join(known)}")
                if known
                else Text("转移指令没有变化，删去 changes", "an order has no change; remove changes"),
            )
        return self

    def applies(self, act: ActPlan) -> bool:
        """Return whether ``act`` is one of those that this entry is about."""
        kind, level, lead = described(act)
        change = act.change if isinstance(act, WarningPlan | ResponsePlan) else None
        return (
            self.act == kind
            and (change is None or change in self.changes)
            and (not self.levels or level in self.levels)
            and (not self.leads or lead in self.leads)
        )


class TargetPlan(RequirementPlan):
    """A response-time requirement (时限要求)."""

    since: Literal["t0", "release"] = Field(description="起算：t0 推演起算时刻、release 发布")
    event: Literal["acknowledged", "warned", "confirmed", "safe", "reported"] = Field(
        description="acknowledged 应答确认（值班室）、warned 收到预警（住户）、confirmed 到户确认（住户）、"
        "safe 已安全转移（应转移住户）、reported 转移人数报到县里（乡镇、村）"
    )
    of_whom: str = Field(description="层级标识（如 township），或 household 住户、listed_household 应转移住户")
    act: str | None = Field(None, description="哪个环节（id）；不写为主要预警（headline_level）")


def described(act: ActPlan) -> tuple[str, str, str | None]:
    """Return the kind of an act, its level (or stage), and its lead time."""
    if isinstance(act, WarningPlan):
        return "warning", act.level, act.lead
    if isinstance(act, ResponsePlan):
        return "response", act.level, None
    if isinstance(act, OrderPlan):
        return "order", act.stage, None
    raise TypeError(act)


def addressed(act: ActPlan, county: County) -> NDArray[np.bool_]:
    """Return which places an act is addressed to, the places above them included."""
    if act.area == "county":
        return np.ones(len(county.places), dtype=bool)
    if act.area == "listed":
        return county.places.listed_persons > 0
    chosen = np.array([county.index[code] for code in act.area], dtype=np.int64)
    above = county.ancestors[:, chosen]
    inside = county.below(chosen)
    inside[above[above >= 0]] = True
    return inside
