"""What could be done better (能力提升措施): a change of the scenario, what it costs, and where it goes.

An option is no part of a run: a scenario with options plays as one without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from sim.blocks import Block, Count, Number

By = Literal["threatened", "late", "dark"]
"""Most residents in registered danger areas; most often late for a requirement; longest without contact."""
OptionName = Annotated[str, Field(pattern=r"^[0-9a-z_]+$", max_length=60)]


class CostPlan(Block):
    """What an option costs, in 万元: so much for each unit, and so much once."""

    each: Number = Field(0.0, description="每一单位多少万元；不花钱写 0")
    fixed: Number = Field(0.0, description="一次性多少万元，与数量无关")


class WherePlan(Block):
    """Which places get the units: the tool chooses as many of a level as there are units."""

    into: str = Field(description="选出的地方的代码写到哪一项，写法同 --set 的路径")
    level: str = Field(description="哪一层级的地方，例如 village")
    by: By = Field(
        description="怎样选：threatened 登记隐患点威胁的常住人口最多、late 初筛中超时次数最多、dark 初筛中断联最久"
    )
    target: str | None = Field(None, description="by 为 late 时：哪一项时限要求（标识）")


class OptionPlan(Block):
    """A measure that a county could take; without a cost it is a rule or a time of day."""

    title: str = Field(max_length=60, description="措施名称，报告中显示")
    cost: CostPlan = Field(description="费用（万元）；依据写在 source，没有文件依据的写明规划假设或待核实")
    units: Annotated[Count, Field(ge=1)] = Field(description="数量；制度、时间类的写 1")
    set: Mapping[str, Any] = Field({}, description="改动情景中的哪些项：键为路径（写法同 --set），值照情景中的写法")
    where: WherePlan | None = Field(None, description="由程序选地方；不写则 set 里写的就是全部")
    excludes: tuple[str, ...] = Field((), description="不能与哪些措施同时采用（标识）")

    @property
    def cost_wan(self) -> float:
        """What all units cost together, in 万元."""
        return self.cost.fixed + self.units * self.cost.each
