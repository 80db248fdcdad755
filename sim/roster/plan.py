"""The block ``roster``: posts, desks, and the ladder (叫应递补顺序) by which each level is called."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sim.blocks import Block, ByHour, ClockTime, Count, Duration, Minutes, Share
from sim.errors import BadValue, Text

AtLeastOne = Annotated[Count, Field(ge=1)]
Tries = Annotated[Count, Field(ge=1, le=99)]


class PostPlan(Block):
    """A post and how its holders answer.

    ``reachable`` is drawn once per person and night (number right, phone on, in coverage); ``answer`` applies to each try of a
    reachable person. The chance of a first answer is their product, and no number of tries exceeds ``reachable``.
    """

    title: str = Field(description="岗位名称")
    reachable: Share = Field(description="当夜能联系上的概率（号码正确、开机、有信号）")
    answer: ByHour = Field(description="能联系上时每次接听的概率，可分昼夜")
    rotates: bool = Field(True, strict=True, description="未提供值班表时，每天交接班换人")


class StepPlan(Block):
    """One step of a ladder: whom to call, by what, how often."""

    post: str = Field(description="叫谁：posts 中的岗位")
    channel: str = Field("phone", description="用什么叫：channels 中的 phone 或 sms")
    tries: Tries = Field(1, description="最多叫几次")
    ring_min: Minutes | None = Field(None, alias="ring", description="电话：无人接听时振铃多久挂断")
    gap_min: Minutes = Field(0.0, alias="gap", description="两次之间间隔多久")
    wait_min: Minutes | None = Field(None, alias="wait", description="消息：等回复多久")

    @model_validator(mode="after")
    def _says_how_long(self) -> StepPlan:
        key = "ring" if self.channel == "phone" else "wait"
        if getattr(self, f"{key}_min") is None:
            raise BadValue(
                Text(f"用 {self.channel} 叫应要写 {key}", f"a step by {self.channel} needs {key}"),
                Text(
                    "例如 ring: 30 s（电话）或 wait: 3 min（消息）",
                    "such as ring: 30 s (phone) or wait: 3 min (message)",
                ),
            )
        return self


class LadderPlan(Block):
    """The steps, first to last; whoever answers first acknowledges for the desk."""

    steps: tuple[StepPlan, ...] = Field(min_length=1)


class DeskPlan(Block):
    """A duty room of one level: how many call at once and how long it takes from answering to calling on."""

    callers: AtLeastOne = Field(description="同时能往下打电话的人数（线数）")
    relay: Duration = Field(description="从应答到开始往下叫应的时间")


class RosterPlan(Block):
    """Who is on duty tonight, and how they are called."""

    persons: str | None = Field(None, description="人员表 CSV：person,name,phone")
    shifts: str | None = Field(None, description="值班表 CSV：desk,post,person,from,to")
    handover: ClockTime = Field(description="未提供值班表时的交接班时刻")
    posts: dict[str, PostPlan]
    desks: dict[str, DeskPlan] = Field(description="各层级值班室，键为层级标识")
    ladders: dict[str, LadderPlan] = Field(description="各层级的叫应递补顺序，键为被叫层级")
