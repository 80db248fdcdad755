"""The block ``roster``: posts, desks, the register of responsible persons, and the ladder (叫应递补顺序) by which each is called."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.blocks import Block, ByHour, ClockTime, Count, Duration, Minutes, Positive, Share
from sim.errors import BadValue, Text

AtLeastOne = Annotated[Count, Field(ge=1)]
Tries = Annotated[Count, Field(ge=1, le=99)]
Name = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]+$")]
CallChannel = Literal["phone", "auto_call", "sms", "flash_sms", "wechat", "work_app", "courier"]
FallbackMeans = Literal["radio_370", "mesh", "sat_phone", "beidou", "neighbour_place", "courier"]
_RINGS = ("phone", "auto_call")


class PostPlan(Block):
    """A post and how its holders answer.

    ``reachable`` is drawn once per person and night (number right, phone on, in coverage); ``answer`` applies to each try of a
    reachable person. The chance of a first answer is their product, and no number of tries exceeds ``reachable``.
    """

    title: str = Field(description="岗位名称")
    reachable: Share = Field(description="当夜能联系上的概率（号码正确、开机、有信号）")
    answer: ByHour = Field(description="能联系上时每次接听的概率，可分昼夜")
    rotates: bool = Field(True, strict=True, description="未提供值班表时，每天交接班换人")


class AttemptPlan(Block):
    """By what somebody is called, and how often."""

    channel: CallChannel = Field("phone", description="用什么叫：channels 中的手段；courier 为派人送信")
    tries: Tries = Field(1, description="最多叫几次")
    ring_min: Minutes | None = Field(None, alias="ring", description="电话、智能外呼：无人接听时振铃多久挂断")
    gap_min: Minutes = Field(0.0, alias="gap", description="两次之间间隔多久")
    wait_min: Minutes | None = Field(None, alias="wait", description="消息：等回复多久")

    @model_validator(mode="after")
    def _says_how_long(self) -> AttemptPlan:
        key = "ring" if self.channel in _RINGS else "wait"
        if self.channel != "courier" and getattr(self, f"{key}_min") is None:
            raise BadValue(
                Text(f"用 {self.channel} 叫应要写 {key}", f"a step by {self.channel} needs {key}"),
                Text(
                    "例如 ring: 30 s（电话）或 wait: 3 min（消息）",
                    "such as ring: 30 s (phone) or wait: 3 min (message)",
                ),
            )
        unused = [name for name in ("ring", "wait") if name != key or self.channel == "courier"]
        for name in unused:
            if getattr(self, f"{name}_min") is not None:
                raise BadValue(
                    Text(f"用 {self.channel} 叫应不写 {name}", f"a step by {self.channel} has no {name}"),
                    Text(
                        "删去它：ring 用于电话和外呼，wait 用于消息", "remove it: ring is for calls, wait for messages"
                    ),
                )
        return self


class StepPlan(AttemptPlan):
    """One step of a ladder: whom to call, by what, how often, and which step follows."""

    id: Name | None = Field(None, description="本步的标识，供 then、repeat 引用")
    post: str = Field(description="叫谁：posts 中的岗位")
    then: str | None = Field(None, description="无人应答后跳到后面哪一步（id）；不写为下一步")


class RepeatPlan(Block):
    """What follows the last step: the ladder once more from a step on."""

    rounds: AtLeastOne = Field(description="再叫几轮")
    from_step: str | None = Field(None, alias="from", description="从哪一步（id）重新开始；不写为第一步")
    gap_min: Minutes = Field(alias="gap", description="两轮之间间隔多久")


class LadderPlan(Block):
    """The steps, first to last.

    ``any``: whoever answers first acknowledges for the desk; ``all``: every post named must answer. ``in_turn``: one step after the
    other; ``at_once``: all together (群发同时拨打).
    """

    steps: tuple[StepPlan, ...] = Field(min_length=1)
    order: Literal["in_turn", "at_once"] = Field("in_turn", description="in_turn 依次叫；at_once 各步同时叫")
    need: Literal["any", "all"] = Field("any", description="any 一人应答即可；all 各岗位都要应答")
    repeat: RepeatPlan | None = Field(None, description="叫完仍无人应答，从某一步再叫")

    @model_validator(mode="after")
    def _steps_follow(self) -> LadderPlan:
        ids = [step.id for step in self.steps]
        named = [name for name in ids if name is not None]
        if len(set(named)) < len(named):
            raise BadValue(
                Text("steps 中有重复的 id", "steps repeat an id"), Text("每步用不同的 id", "give each step its own id")
            )
        for s, step in enumerate(self.steps):
            if step.then is not None and step.then not in ids[s + 1 :]:
                raise BadValue(
                    Text(f"then 指向的 {step.then} 不在后面各步中", f"then: {step.then} is not a later step"),
                    Text("只能往后跳；要重复请写 repeat", "jump forward only; to go back write repeat"),
                )
        if self.repeat and self.repeat.from_step is not None and self.repeat.from_step not in ids:
            raise BadValue(
                Text(
                    f"repeat.from 指向的 {self.repeat.from_step} 不存在",
                    f"repeat.from: no step {self.repeat.from_step}",
                ),
                Text("填写某一步的 id", "use the id of a step"),
            )
        if self.need == "all" and any(step.then for step in self.steps):
            raise BadValue(
                Text("各岗位都要应答（all）时不能跳过某一步", "where every post must answer no step can be jumped"),
                Text("删去 then，或改为 need: any", "remove then, or use need: any"),
            )
        if self.order == "at_once" and (self.repeat or any(step.then for step in self.steps)):
            raise BadValue(
                Text("同时叫（at_once）不能写 then、repeat", "at_once goes with neither then nor repeat"),
                Text("改为 in_turn，或删去它们", "use in_turn, or remove them"),
            )
        return self


class DeskPlan(Block):
    """A duty room of one level: how many call at once and how long it takes from answering to calling on."""

    callers: AtLeastOne = Field(description="同时能往下打电话的人数（线数）")
    relay: Duration = Field(description="从应答到开始往下叫应的时间")
    couriers: Count = Field(0, description="能派出送信的人数")


class DepartmentPlan(Block):
    """A department beside the duty room that calls the same people (应急、消防、公安、水利、规资 …)."""

    id: Name = Field(description="标识：其他各处和结果表以此称呼")
    title: str = Field(description="部门名称")
    callers: AtLeastOne = Field(description="同时打电话的人数（线数）")
    relay: Duration = Field(description="发布后到开始打电话")
    calls: tuple[str, ...] = Field(min_length=1, description="叫哪些层级（层级标识）")


class GovernancePlan(Block):
    """The governance centres (三级治理中心) as a route of their own: county centre to those of one level."""

    callers: AtLeastOne = Field(description="同时打电话的人数（线数）")
    relay: Duration = Field(description="发布后到开始往下叫应")
    level: str = Field(description="叫到哪个层级的治理中心（层级标识）；其后由该级值班室往下")
    ladder: LadderPlan


class NeighbourCountyPlan(Block):
    """The desk of a neighbouring county that warns places of ours (毗邻区县应急联动)."""

    id: Name = Field(description="标识：其他各处和结果表以此称呼")
    title: str = Field(description="毗邻区县名称")
    at: Duration = Field(description="推演起算后多久打来")
    callers: AtLeastOne = Field(description="同时打电话的人数（线数）")
    calls: tuple[str, ...] = Field(min_length=1, description="通知本县哪些地方（编码）")


class LateralPlan(Block):
    """A place that has answered warns the next one down the river (流域联防联控)."""

    when: Literal["first", "last"] = Field(description="first 先通知下游再往下叫应；last 往下叫应排完再通知下游")


class ResponsiblePlan(Block):
    """The register of responsible persons (责任人名册), apart from the duty roster: each of them must answer."""

    table: str | None = Field(None, description="责任人名册 CSV：place,post,person,name,phone；不写则按 roles 合成")
    roles: dict[str, tuple[str, ...]] = Field(
        {}, description="没有名册（table）时，各层级的责任人岗位；键为层级标识；有名册时不起作用"
    )
    steps: tuple[AttemptPlan, ...] = Field(min_length=1, description="对每个人依次用什么叫")


class AlertedPlan(Block):
    """What an earlier warning of the night has changed at a desk that answered it (已在岗)."""

    answer: Share = Field(description="能联系上时每次接听的概率；低于岗位本身的概率时不起作用")
    relay_factor: Share = Field(description="接到应答后往下叫应所需时间，为平时的几成")
    lasts_min: Annotated[Minutes, Positive] | None = Field(
        None, alias="lasts", description="最近一次应答（县：发布）后保持多久；不写为整夜"
    )


class StandbyPlan(Block):
    """All hands at their posts (全员在岗) at a desk that has answered a warning or response of a certain gravity."""

    after: tuple[Name, ...] = Field(min_length=1, description="应答了哪些环节（id）后全员到岗")
    assemble: Duration = Field(description="从应答到人员到齐")
    callers: dict[str, AtLeastOne] = Field(
        min_length=1, description="到齐后各层级同时能往下打电话的人数，键为层级标识；不多于平时则不起作用；到岗后不撤"
    )


class FallbackPlan(Block):
    """What callers turn to when a call does not go through (断联替补)."""

    notice: Duration = Field(description="从打不通到断定断联、改用其他手段")
    means: tuple[FallbackMeans, ...] = Field(
        description=(
            "依次改用什么：radio_370 370MHz电台、mesh 自组网、sat_phone 卫星电话、beidou 北斗短报文、"
            "neighbour_place 邻村转告、courier 派人送信"
        )
    )
    retry_every_min: Annotated[Minutes, Positive] = Field(alias="retry_every", description="断联期间隔多久再拨一次")


class RosterPlan(Block):
    """Who is on duty tonight, who is responsible, and how they are called."""

    persons: str | None = Field(
        None,
        description="人员表 CSV：person,name,phone，可加 reachable（能联系上的概率）、checked（号码核验日期）、sets（会用的装备）",
    )
    shifts: str | None = Field(None, description="值班表 CSV：desk,post,person,from,to")
    changes: str | None = Field(
        None, description="换班请假表 CSV：person,from,to,instead（谁、从何时到何时不值班、由谁顶班；日期指那天的班）"
    )
    landlines: str | None = Field(None, description="值班电话表 CSV：desk,phone")
    handover: ClockTime = Field(description="未提供值班表时的交接班时刻")
    posts: dict[str, PostPlan]
    desks: dict[str, DeskPlan] = Field(description="各层级值班室，键为层级标识")
    ladders: dict[str, LadderPlan] = Field(description="叫应递补顺序，键为被叫层级；key_site 为重点单位")
    routes: tuple[Literal["duty_rooms", "governance"], ...] = Field(
        ("duty_rooms",), min_length=1, description="县到下一级走哪条路：duty_rooms 值班室、governance 治理中心"
    )
    governance: GovernancePlan | None = Field(None, description="三级治理中心")
    joint_duty: bool = Field(True, strict=True, description="联合值守：各部门人手并入县值班室，同一地方只叫一次")
    departments: tuple[DepartmentPlan, ...] = Field((), description="同样往下打电话的部门")
    neighbour_counties: tuple[NeighbourCountyPlan, ...] = Field((), description="会打来电话的毗邻区县")
    lateral: LateralPlan | None = Field(None, description="流域联防联控：上游地方应答后通知下游")
    responsible: ResponsiblePlan | None = None
    key_sites_called_by: str | None = Field(None, description="重点单位由哪一层级的值班室叫应（层级标识）")
    fallback: FallbackPlan | None = Field(None, description="断联时改用的手段；不写则打不通只当作未接通")
    alerted: AlertedPlan | None = Field(None, description="先前的预警使值班人员已在岗")
    standby: StandbyPlan | None = Field(
        None, description="全员在岗：到了某一环节，各级能打电话的人增加；不写则人数不变"
    )

    @property
    def call_channels(self) -> frozenset[str]:
        """All channels by which somebody is called."""
        ladders = [*self.ladders.values(), *((self.governance.ladder,) if self.governance else ())]
        attempts = [step for ladder in ladders for step in ladder.steps]
        return frozenset(step.channel for step in (*attempts, *(self.responsible.steps if self.responsible else ())))
