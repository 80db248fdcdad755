"""The block ``outages``: what fails tonight (断网、断电、断路), when, for how long; batteries, generators; what people do then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from sim.blocks import Block, ClockTime, Count, Delay, Duration, MetresPerMinute, Number, Positive, Share
from sim.distributions import Distribution
from sim.errors import BadValue, Text
from sim.roster.plan import Name

Failing = Literal["feeders", "substations", "sites", "links", "roads"]
"""What may fail: power lines, the substations that feed them, sites themselves (masts, equipment), their backhaul, roads."""

if TYPE_CHECKING:
    Begin = time | Distribution
else:
    Begin = Annotated[  # the tags are among those that no fault shows: UNION_TAGS
        Annotated[ClockTime, Tag("value")] | Annotated[Delay, Tag("law")],
        Discriminator(
            lambda value: "value" if isinstance(value, time) or (isinstance(value, str) and ":" in value) else "law"
        ),
    ]
    """A clock time such as "01:40", or a law of minutes."""


class FloodPlan(Block):
    """Townships that are hit tonight, each at a minute of its own; what fails ``with_flood`` fails there and from then on."""

    share: Share = Field(description="受灾乡镇的比例（在 within 之内），当夜逐个抽取")
    within: tuple[str, ...] = Field((), description="只在这些地方（编码）之内；不写为全县")
    at: Duration = Field(description="受灾时刻，推演起算后多久，每个乡镇一个")


class OutagePlan(Block):
    """One kind of failure: stated (codes, clock times) or drawn (a share of them).

    Of what ``which``, ``within`` and ``kinds`` leave, a share fails. ``together`` is the part of that chance which a whole township has
    in common: 0, each fails for itself; 1, all those of a township fail together or not at all.
    """

    what: Failing = Field(
        description="feeders 供电线路、substations 变电站、sites 站点损毁、links 站点的传输线路、roads 道路"
    )
    which: tuple[str, ...] = Field((), description="指定的编码（links 写站点编码，其第二路由写 编码/2）；不写为全部")
    within: tuple[str, ...] = Field((), description="只在这些地方（编码）之内；不写为全县")
    kinds: tuple[str, ...] = Field(
        (), description="只是这些类别：站点 base、hub、super，传输 fibre、microwave、satellite，道路等级"
    )
    share: Share = Field(1.0, description="其中失效的比例（概率）；不写为全部")
    together: Share = Field(0.0, description="同一乡镇同时失效的程度：0 各自独立，1 全乡镇一起")
    by_exposure: bool = Field(False, strict=True, description="概率按各处受威胁程度加权（比例为平均值）")
    with_flood: bool = Field(False, strict=True, description="只在受灾乡镇（flood），自其受灾时刻算起")
    begins: Begin = Field(alias="from", description="何时失效：钟点（如 01:40），或推演起算（受灾）后多久")
    until: ClockTime | None = Field(None, description="恢复的钟点（各自失效之后第一次到）；与 lasts 二者写一")
    lasts: Delay | None = Field(None, description="多久恢复；与 until 都不写为推演结束前不恢复")

    @model_validator(mode="after")
    def _ends_once(self) -> OutagePlan:
        if self.until is not None and self.lasts is not None:
            raise BadValue(
                Text("until 与 lasts 只能写一个", "write until or lasts, not both"),
                Text("删去其中一个", "remove one of them"),
            )
        if self.with_flood and isinstance(self.begins, time):
            raise BadValue(
                Text(
                    "with_flood 的 from 从受灾时刻算起，不能写钟点",
                    "with_flood counts from the flood, not by the clock",
                ),
                Text("写多久以后，例如 0 min", "write how long after it, such as 0 min"),
            )
        return self


class BatteryPlan(Block):
    """How long each kind of site runs on its battery once the mains are out; drawn once per site and night."""

    base: Delay = Field(description="普通基站")
    hub: Delay = Field(description="传输汇聚站")
    super: Delay = Field(description="超级基站")
    terminal: Delay = Field(description="大喇叭终端自备电池")
    recharge: Annotated[Number, Positive] = Field(description="充回一分钟用电需来电几分钟")


class GeneratorPlan(Block):
    """Mobile generators: so many, sent from the county to sites without mains, hubs first, by road as far as it is open."""

    count: Count = Field(description="全县可调的发电机台数")
    served: Share = Field(description="停电站点中会安排发电的比例")
    dispatch: Duration = Field(description="站点停电到出发")
    setup: Duration = Field(description="到达后接上供电的时间")
    speed_m_per_min: Annotated[MetresPerMinute, Positive] = Field(alias="speed", description="途中车速")


class OutagesPlan(Block):
    """What fails tonight and how it is kept alive."""

    flood: FloodPlan | None = Field(None, description="受灾乡镇和时刻")
    failures: Mapping[Name, OutagePlan] = Field({}, description="各种失效，键为各自的标识")
    batteries: BatteryPlan = Field(description="蓄电池")
    generators: GeneratorPlan | None = Field(None, description="应急发电")

    @model_validator(mode="after")
    def _floods_are_planned(self) -> OutagesPlan:
        if self.flood is None and any(failure.with_flood for failure in self.failures.values()):
            raise BadValue(
                Text("用了 with_flood 而没有写 flood", "with_flood without flood"),
                Text("写 flood: {share, at}，或删去 with_flood", "write flood: {share, at}, or remove with_flood"),
            )
        return self
