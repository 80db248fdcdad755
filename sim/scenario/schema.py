"""What a planner writes: the blocks of a scenario file.

Numbers have no defaults here. They stand in ``configs/``, each beside its source, and a scenario extends those files; the fields
below say what a number means, in what unit, and how it may be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast

from pydantic import Field

from sim.blocks import Block, Minutes, Moment, Positive
from sim.county import CountyPlan
from sim.county.plan import Seed
from sim.roster import RosterPlan
from sim.scenario.acts import (
    SEVERITY,
    ActPlan,
    CallTargetPlan,
    Level,
    LocalPlan,
    OrderPlan,
    PlatformPlan,
    ReceptionPlan,
    ResponsePlan,
    TargetPlan,
    WarningLevel,
    WarningPlan,
    described,
)
from sim.scenario.channels import ChannelPlans, Means
from sim.scenario.evacuation import EvacuationPlan, OnsetsPlan, ReportUpPlan
from sim.scenario.options import OptionPlan
from sim.scenario.outages import OutagesPlan
from sim.scenario.uncertain import UncertainPlan

Rain = Literal["dry", "light", "heavy"]


class HazardPlan(Block):
    """What threatens, the weather in which people must be reached, and when it strikes where."""

    kind: Literal["rainstorm", "flash_flood", "landslide", "waterlogging", "dam"] = Field(
        description="灾种：暴雨、山洪、地质灾害、内涝、水库（堤坝）险情"
    )
    rain: Rain = Field(description="雨势：dry 无雨、light 小雨、heavy 暴雨；影响听觉和行走")
    onset: OnsetsPlan | None = Field(None, description="灾害何时在哪些危险区发生；不写为当夜不发生")


class ScenarioPlan(Block):
    """A whole night."""

    name: str = Field(pattern=r"^[0-9A-Za-z_-]+$", max_length=80, description="情景标识，用作结果文件夹名")
    title: str = Field("", max_length=200, description="情景名称，报告中显示")
    start: Moment = Field(description="推演起算时刻 T0（识别险情的时刻），北京时间，例如 2025-07-11 01:20")
    end_min: Annotated[Minutes, Positive] = Field(alias="end", description="推演多久，例如 6 h")
    seed: Seed = Field(description="随机种子；同一种子得到同一夜")
    county: CountyPlan
    hazard: HazardPlan
    warnings: tuple[WarningPlan, ...] = Field(min_length=1, description="预警及其变化")
    response: tuple[ResponsePlan, ...] = Field((), description="应急响应的启动和变化")
    orders: tuple[OrderPlan, ...] = Field((), description="转移指令")
    local: LocalPlan | None = Field(None, description="就地预警：群测群防员发现险情、毗邻区县通知")
    rolling_every_min: Annotated[Minutes, Positive] | None = Field(
        None, alias="rolling_every", description="滚动会商多久一次，自 T0 起"
    )
    means_by_level: Mapping[Level, tuple[Means, ...]] = Field(
        {}, description="分级响应：各级别预警使用的手段，键为 red、orange、yellow、blue，I 至 IV，prepare、move"
    )
    headline_level: WarningLevel | None = Field(
        None, description="主要结果对应哪一级及以上的首次预警；不写为本次最高级别"
    )
    platform: PlatformPlan = Field(description="发布平台")
    channels: ChannelPlans
    roster: RosterPlan
    call_targets: tuple[CallTargetPlan, ...] = Field(
        description="两叫应：哪个环节必须叫应谁、多久（待核实，由用户填写）"
    )
    outages: OutagesPlan | None = Field(None, description="断网、断电、断路；不写为一切正常")
    reception: ReceptionPlan | None = Field(None, description="群众收到预警以后")
    evacuation: EvacuationPlan | None = Field(None, description="避险转移；不写则不推演")
    report_up: ReportUpPlan | None = Field(None, description="信息报送；不写则不推演")
    targets: tuple[TargetPlan, ...] = ()
    uncertain: Mapping[str, UncertainPlan] = Field(
        {}, description="说不准的数：键为路径（写法同 --set），例如 roster.posts.grid_worker.answer.night"
    )
    options: Mapping[str, OptionPlan] = Field(
        {}, description="能力提升措施：键为措施的名，jiaoying options 逐项、搭配着推演；不影响推演本身"
    )

    @property
    def acts(self) -> tuple[ActPlan, ...]:
        """All acts in the order of the file: warnings, responses, orders."""
        return (*self.warnings, *self.response, *self.orders)

    @property
    def headline(self) -> frozenset[str]:
        """Ids of the warnings that the main results are about: those at the headline level or above, issued or upgraded."""
        rising = [warning for warning in self.warnings if warning.change in ("issue", "upgrade")]
        issued = rising or list(self.warnings)
        least = SEVERITY[self.headline_level] if self.headline_level else max(SEVERITY[w.level] for w in issued)
        return frozenset(warning.id for warning in issued if SEVERITY[warning.level] >= least)

    @property
    def silent(self) -> tuple[ActPlan, ...]:
        """The acts that call nobody and tell no household: most likely a call target was forgotten."""
        called = ("desks", "responsible", "key_sites")
        return tuple(
            act
            for act in self.acts
            if not self.means_of(act)
            and not any(target.applies(act) and target.whom in called for target in self.call_targets)
        )

    def means_of(self, act: ActPlan) -> tuple[Means, ...]:
        """Return the means that an act uses: its own, or those of its level."""
        return act.means if act.means is not None else self.means_by_level.get(cast("Level", described(act)[1]), ())


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
