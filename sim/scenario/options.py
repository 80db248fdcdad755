"""What could be done better (能力提升措施): a change of the scenario, what it costs, and where it goes.

An option is no part of a run: a scenario with options plays as one without them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from sim.blocks import Block, Count, Number

By = Literal["threatened", "late", "dark"]
"""Most residents in registered danger areas; most often late for a requirement; longest without contact."""
Per = Literal["once", "year", "event"]
"""A cost comes once, such as a purchase, every year, or with every event."""
LEVELS_JUDGED = ("township", "village")
"""The levels of whose places it is known how often they were late and how long they were dark."""
AtLeastOne = Annotated[Count, Field(ge=1)]
SettingValue = Annotated[Any, WithJsonSchema({"type": ["string", "number", "boolean", "array", "object", "null"]})]
"""Whatever the path that it is for takes."""


class CostPlan(Block):
    """What an option costs, in 万元: so much for each unit, and so much whatever their number; once, every year, or with every event."""

    each: Number = Field(0.0, description="每一单位多少万元；不花钱写 0")
    fixed: Number = Field(0.0, description="另加多少万元，与数量无关")
    per: Per = Field("once", description="多久花一次：once 一次性、year 每年、event 每次灾害")


class WherePlan(Block):
    """Which places get the units: the tool chooses as many of a level as there are units."""

    into: str = Field(description="选出的地方的编码写到哪一项，写法同 --set 的路径")
    level: str = Field(description="哪一层级的地方，例如 village")
    by: By = Field(
        description="怎样选：threatened 登记在册的危险区内常住人口最多、late 初筛中超时次数最多、dark 初筛中断联最久"
    )
    target: str | None = Field(None, description="by 为 late 时：哪一项时限要求（其 id）")


class OptionPlan(Block):
    """A measure that a county could take; without a cost it is a rule or a time of day."""

    title: str = Field(min_length=1, max_length=60, description="措施名称，报告中显示")
    cost: CostPlan = Field(description="费用（万元）；依据写在 source，没有文件依据的写明规划假设的理由或待核实")
    units: AtLeastOne = Field(description="数量；制度、时间一类写 1")
    changes: Mapping[str, SettingValue] = Field(
        {}, alias="set", description="改动情景中的哪些项：键为路径（写法同 --set），值照该项的写法"
    )
    where: WherePlan | None = Field(None, description="由程序选地方；不写则 set 就是全部改动")
    excludes: tuple[str, ...] = Field((), description="不能与哪些措施同时采用（其名）")

    @property
    def cost_wan(self) -> float:
        """What all units cost together, each time that it comes, in 万元."""
        return self.cost.fixed + self.units * self.cost.each

    @property
    def paths(self) -> tuple[str, ...]:
        """All paths that it writes to."""
        return (*self.changes, *((self.where.into,) if self.where is not None else ()))

    def settings(self, codes: Sequence[str] = ()) -> tuple[str, ...]:
        """Return what it sets, as ``--set`` takes it; ``codes``: of the places that were chosen."""
        written = dict(self.changes) | ({self.where.into: [*codes]} if self.where is not None else {})
        return tuple(f"{path}={json.dumps(value, ensure_ascii=False)}" for path, value in written.items())


def exclusive(one: str, other: str, plans: Mapping[str, OptionPlan]) -> bool:
    """Tell whether two options cannot be taken together, whichever of them says so."""
    return other in plans[one].excludes or one in plans[other].excludes


def digest_of(plans: Mapping[str, OptionPlan]) -> str:
    """Return a SHA-256 of what options are: of all that they set, cost and choose, not of where that is written."""
    content = {name: plan.model_dump(mode="json", by_alias=True) for name, plan in plans.items()}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
