"""``county.yaml``: which tables make up the county, and by what rules the silent ones are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.blocks import Block, Count, Hours24, Metres, Number, Share
from sim.errors import BadValue, Text

SET_KINDS = ("radio_370", "mesh", "sat_phone", "beidou")
"""Kinds of emergency sets."""
Seed = Annotated[int, Field(strict=True, ge=0, lt=2**64)]
AtLeastOne = Annotated[Count, Field(ge=1)]
"""A whole number from one; a bound of the same kind beside the default (``= Field(ge=1)``) would be overruled by that of ``Count``."""


class LevelPlan(Block):
    """One level of the tree, from the top down."""

    id: str = Field(pattern=r"^[a-z_]+$", description="层级标识，例如 township")
    name: str = Field(description="层级名称，例如 乡镇（街道）")
    short: str = Field(description="代号用字，例如 村")
    table: str | None = Field(None, description="本层级的表（CSV），相对县文件夹；不写则按种子合成")
    coded: bool = Field(False, strict=True, description="含合成数据时对外只显示代号，不显示真实名称")


class SpreadPlan(Block):
    """How the residents of a place spread over its children where the table does not say."""

    sigma: Number = Field(description="对数正态的离散度 σ")
    urban_factor: Number = Field(gt=0, description="街道、社区（居委会）相对其余的倍数")


class GroupingPlan(Block):
    """How many children a place without any gets on a level without a table."""

    residents_each: Number = Field(gt=0, description="每组常住人口")
    fewest: AtLeastOne = Field(description="一个村最少几个组")
    most: AtLeastOne = Field(description="一个村最多几个组")
    sigma: Number = Field(description="各组人数的离散度 σ")


class LayoutPlan(Block):
    """Where places and households lie when no coordinates are known: a schematic, not a survey."""

    area_km2: Number = Field(gt=0, description="县域面积，平方公里；决定村与村的距离")
    group_radius: Metres = Field(description="组中心到村中心的最大距离")
    hamlet_radius: Metres = Field(description="农村院落离组中心的距离（标准差）")
    block_radius: Metres = Field(description="社区楼栋离组中心的距离（标准差）")
    building_households: AtLeastOne = Field(description="社区每栋楼的户数")


class PatternPlan(Block):
    """A way of living: what share of households, and at home by hour."""

    id: str = Field(description="生活规律的标识，例如 home")
    share: Share = Field(description="按此规律生活的户所占比例；各项之和为 100 %")
    at_home: Hours24


class PhonePlan(Block):
    """Which phone a household has, by whether all its members are 60 or older."""

    smart: Share = Field(description="有智能手机的比例")
    feature: Share = Field(description="只有功能机的比例；其余没有手机")

    @model_validator(mode="after")
    def _within_one(self) -> PhonePlan:
        if self.smart + self.feature > 1:
            raise BadValue(
                Text("smart 与 feature 之和超过 100 %", "smart and feature exceed 100 %"),
                Text("余下的是没有手机的户，三者之和为 100 %", "the rest have no phone; the three sum to 100 %"),
            )
        return self


class HouseholdPlan(Block):
    """Who lives in a household where no household table says so."""

    sizes: tuple[Share, ...] = Field(min_length=1, max_length=12, description="1 人户、2 人户……的比例，之和为 100 %")
    elderly_small: Share = Field(description="1—2 人户中每人年满 60 岁的概率")
    elderly_large: Share = Field(description="3 人及以上户中每人年满 60 岁的概率")
    phone_elderly: PhonePlan
    phone_other: PhonePlan
    needs_help_elderly: Share = Field(description="有 60 岁以上老人的户中，有人需协助转移的比例")
    needs_help_other: Share = Field(description="没有 60 岁以上老人的户中，有人需协助转移的比例")
    hard_of_hearing: Share = Field(description="全部成员年满 60 岁的户中听力不便的比例")
    households_per_lead: AtLeastOne = Field(description="十户联防：每多少户一名联系户")

    @model_validator(mode="after")
    def _sums_to_one(self) -> HouseholdPlan:
        if abs(sum(self.sizes) - 1) > 1e-6:
            raise BadValue(
                Text(f"sizes 之和为 {sum(self.sizes):.3f}，应为 1", f"sizes sum to {sum(self.sizes):.3f}, not 1"),
                Text("调整各项使之和为 100 %", "adjust the shares so that they sum to 100 %"),
            )
        return self


class ZonePlan(Block):
    """Registered hazard points (地质灾害隐患点) where no zone table is given."""

    points: Count = Field(description="登记在册的隐患点数")
    residents: Count = Field(description="受威胁人数")
    kind: str = Field(description="隐患点的类别，例如 滑坡")
    sigma: Number = Field(description="每点户数的离散度 σ")
    unregistered: Count = Field(0, description="另有多少处未登记隐患点：其威胁的户不在清单上，人数在 residents 之外")


class CarrierPlan(Block):
    """By what a loudspeaker terminal is fed."""

    ip: Share = Field(description="经 IP/4G 传输的终端比例")
    fm: Share = Field(description="经调频/DTMB 传输的终端比例")
    satellite: Share = Field(description="经卫星传输的终端比例")

    @model_validator(mode="after")
    def _sums_to_one(self) -> CarrierPlan:
        if abs(self.ip + self.fm + self.satellite - 1) > 1e-6:
            raise BadValue(
                Text("ip、fm、satellite 之和不为 100 %", "ip, fm and satellite do not sum to 100 %"),
                Text("调整各项使之和为 100 %", "adjust the shares so that they sum to 100 %"),
            )
        return self


class LoudspeakerPlan(Block):
    """Where loudspeaker terminals stand: one at each village centre and at a share of the groups."""

    group_share: Share = Field(description="装有大喇叭的组所占比例")
    kinds: CarrierPlan = Field(description="各传输方式的终端比例，之和为 100 %")


class AreaTerminalPlan(Block):
    """Area terminals (片区叫应终端); they stand where most people are threatened."""

    count: Count = Field(description="全县终端套数")


class DevicePlan(Block):
    """What the lowest places have to make themselves heard with: one hand-held device each, or none."""

    gong: Share = Field(description="有锣的组的比例")
    whistle: Share = Field(description="有哨的组的比例")
    hand_siren: Share = Field(description="有手摇报警器的组的比例")
    megaphone: Share = Field(description="有手提喇叭的组的比例")
    patrol_car: Share = Field(description="上一层（村）有巡逻车的比例")

    @model_validator(mode="after")
    def _within_one(self) -> DevicePlan:
        if self.gong + self.whistle + self.hand_siren + self.megaphone > 1 + 1e-6:
            raise BadValue(
                Text("锣、哨、手摇报警器、手提喇叭之和超过 100 %", "the hand-held devices exceed 100 %"),
                Text("余下的是没有器具的组，合计为 100 %", "the rest have none; all together are 100 %"),
            )
        return self


class KeySitePlan(Block):
    """A kind of key site and how many there are."""

    kind: str = Field(description="重点单位的类别，例如 学校")
    residents_each: Number = Field(gt=0, description="每多少常住人口一处")
    persons_median: Number = Field(gt=0, description="人数的中位数")
    staff_each: Number = Field(gt=0, description="每多少人有一名可帮助转移的工作人员")
    exposed: Share = Field(0.0, description="所在组有隐患点时，受其威胁的比例")


class ShelterPlan(Block):
    """Shelters of one kind in places of one level."""

    kind: Literal["emergency", "short", "long"] = Field(description="emergency 紧急、short 短期、long 长期")
    level: str = Field(description="哪一层级的地方，例如 village")
    share: Share = Field(description="有一处的地方的比例")
    persons_median: Number = Field(gt=0, description="容量（人）的中位数")
    sigma: Number = Field(description="容量的离散度 σ")


class CentrePlan(Block):
    """Where rescue teams and relief stocks stand ready."""

    level: str = Field(description="哪一层级的地方各有一处物资储备，例如 township")
    stock_persons: Count = Field(description="每处物资可供多少人")
    county_stock_persons: Count = Field(description="县级储备可供多少人")
    county_teams: Count = Field(description="县级支援队伍数")
    forward: Count = Field(description="前置救援力量和物资的地方个数，取应转移人数最多的")
    teams_each: Count = Field(description="每处前置的队伍数")
    forward_stock_persons: Count = Field(description="前置处物资可供多少人")


class RiverPlan(Block):
    """Which place lies downstream of which: within each place above, towards its seat."""

    level: str = Field(description="流域上下游按哪一层级的地方推算，例如 village")


class FeederPlan(Block):
    """Power lines (10 kV) and the substations that feed them."""

    villages_each: AtLeastOne = Field(description="每条供电线路供几个村")
    townships_each: AtLeastOne = Field(description="每座变电站供几个乡镇")


class SitePlan(Block):
    """Base stations in every village, a hub at each township's seat, super sites where most people are threatened."""

    residents_each: Annotated[Number, Field(ge=10)] = Field(description="每多少常住人口一座基站，每村至少一座")
    scatter_m: Metres = Field(alias="scatter", description="站点离所在地（组、乡镇驻地）中心的最大距离")
    microwave: Share = Field(description="以微波上联的基站比例，其余为光缆")
    hub_second: Share = Field(description="另有一路光缆（成环）的汇聚站比例；每个乡镇驻地一座汇聚站")
    super_sites: Count = Field(
        0, description="超级基站座数，放在受威胁人数最多的乡镇驻地，每乡镇至多一座；另有卫星一路"
    )
    reach_m: Metres = Field(alias="reach", description="站点服务多远；再远的地方由最近的一座服务")
    most: AtLeastOne = Field(le=20, description="一个地方最多由最近的几座站点服务")


_Factor = Annotated[Number, Field(ge=1)]


class WindingPlan(Block):
    """Length of a road by its straight distance."""

    main: _Factor = Field(description="干线公路的长度是直线距离的几倍")
    township: _Factor = Field(description="乡道的长度是直线距离的几倍")
    village: _Factor = Field(description="村道的长度是直线距离的几倍")
    path: _Factor = Field(description="通组小路的长度是直线距离的几倍")


class RoadPlan(Block):
    """Roads: the shortest tree that joins the seats, one that joins the villages of each township, some links more, paths below."""

    extra: Share = Field(description="在本乡镇内另有一条村道通往最近村的村比例")
    across_m: Metres = Field(alias="across", description="与别的乡镇最近的村相距多远以内有路相通")
    winding: WindingPlan = Field(description="道路长度与直线距离之比")


class SetPlan(Block):
    """An emergency set that places of one level hold (人装适配)."""

    level: str = Field(description="哪一层级的地方持有，例如 township")
    device: Literal["radio_370", "mesh", "sat_phone", "beidou"] = Field(
        description="radio_370 370兆电台、mesh 自组网、sat_phone 卫星电话、beidou 北斗"
    )
    share: Share = Field(description="持有的地方的比例")
    count: AtLeastOne = Field(1, description="每处台数")
    trained: Share = Field(description="其中有人会用的比例")


class NetworksPlan(Block):
    """Power, signal, roads and emergency sets where no table gives them."""

    level: str | None = Field(
        None,
        description="村一级的层级标识，其上一级为乡镇；不写则四级及以上为倒数第二级，三级及以下为最低一级",
    )
    feeders: FeederPlan | None = Field(None, description="供电线路；不写则不合成")
    sites: SitePlan | None = Field(None, description="基站；不写则不合成")
    roads: RoadPlan | None = Field(None, description="道路；不写则不合成")
    sets: tuple[SetPlan, ...] = Field((), description="应急通信装备")

    @model_validator(mode="after")
    def _sets_differ(self) -> NetworksPlan:
        held = [(one.level, one.device) for one in self.sets]
        if len(set(held)) < len(held):
            raise BadValue(
                Text("sets 中同一层级的同一装备写了两次", "sets names a device of one level twice"),
                Text("合并为一项", "merge them into one"),
            )
        return self


class SynthesisPlan(Block):
    """Everything that is made by seed; each number is an assumption unless its block says otherwise."""

    spread: dict[str, SpreadPlan] = Field(description="各层级人口分布，键为层级标识")
    grouping: GroupingPlan
    layout: LayoutPlan
    households: HouseholdPlan
    zones: ZonePlan
    loudspeakers: LoudspeakerPlan
    area_terminals: AreaTerminalPlan = Field(description="片区叫应终端")
    devices: DevicePlan = Field(description="锣、哨等简易报警器具")
    key_sites: tuple[KeySitePlan, ...] = ()
    shelters: tuple[ShelterPlan, ...] = Field((), description="安置点；不写则不合成")
    centres: CentrePlan | None = Field(None, description="救援力量和物资前置点；不写则不合成")
    rivers: RiverPlan | None = Field(None, description="流域上下游；不写则不推算")
    networks: NetworksPlan | None = Field(None, description="供电线路、基站、道路、应急通信装备；不写则不合成")

    @model_validator(mode="after")
    def _shelters_differ(self) -> SynthesisPlan:
        held = [(one.level, one.kind) for one in self.shelters]
        if len(set(held)) < len(held):
            raise BadValue(
                Text("shelters 中同一层级的同一类写了两次", "shelters names a kind of one level twice"),
                Text("合并为一项", "merge them into one"),
            )
        return self


class HabitsPlan(Block):
    """What the hour does to people, synthetic county or not."""

    asleep: Hours24
    patterns: tuple[PatternPlan, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sums_to_one(self) -> HabitsPlan:
        if abs(sum(pattern.share for pattern in self.patterns) - 1) > 1e-6:
            raise BadValue(
                Text("patterns 的 share 之和不为 100 %", "the shares of patterns do not sum to 100 %"),
                Text("调整各类户的比例", "adjust the share of each pattern"),
            )
        return self


class AdditionPlan(Block):
    """Equipment that a planner thinks of putting somewhere: laid over the county once it is loaded."""

    title: str = Field("", max_length=100, description="叫什么，报告中显示")
    what: Literal[
        "area_terminal",
        "loudspeaker",
        "radio_370",
        "mesh",
        "sat_phone",
        "beidou",
        "gong",
        "whistle",
        "hand_siren",
        "megaphone",
        "patrol_car",
        "super_site",
        "battery",
    ] = Field(
        description=(
            "area_terminal 片区叫应终端、loudspeaker 大喇叭、radio_370 370兆电台、mesh 自组网、sat_phone 卫星电话、beidou 北斗、"
            "gong 锣、whistle 哨、hand_siren 手摇报警器、megaphone 手提喇叭、patrol_car 巡逻车、"
            "super_site 一座普通基站改为超级基站、battery 普通基站换上汇聚站那样的蓄电池"
        )
    )
    at: tuple[str, ...] = Field(
        (),
        description=(
            "放在哪些地方（编码），每处一件；终端、大喇叭和手持器具写村或组，写村则放在其中应转移人数最多、还没有这样东西的组"
        ),
    )
    kind: Literal["ip", "fm", "satellite"] | None = Field(
        None, description="大喇叭的传输方式（必写）：ip、fm、satellite；其余不写"
    )
    trained: Share | None = Field(None, description="应急通信装备中有人会用的比例；不写为都有人会用；其余不写")

    @model_validator(mode="after")
    def _says_what_it_needs(self) -> AdditionPlan:
        if (self.kind is not None) != (self.what == "loudspeaker"):
            raise BadValue(
                Text("大喇叭要写 kind，其余不写", "a loudspeaker has a kind, nothing else has"),
                Text("kind: ip、fm 或 satellite；其余删去 kind", "kind: ip, fm or satellite; remove it elsewhere"),
            )
        if self.trained is not None and self.what not in SET_KINDS:
            raise BadValue(
                Text("只有应急通信装备要有人会用", "only emergency sets need somebody who can use them"),
                Text("删去 trained", "remove trained"),
            )
        return self


class CountyPlan(Block):
    """The block ``county``; written in the ``county.yaml`` of the county folder."""

    folder: str = Field(description="县文件夹：county.yaml 与各表所在处")
    name: str = Field(description="县（区）名")
    code: str = Field(pattern=r"^[0-9A-Za-z-]+$", description="行政区划代码，或自定的编码")
    kind: Literal["县", "区"] = Field("县", description="是县还是区")
    seed: Seed = Field(description="合成数据的种子；换种子就是换一个合成的县")
    residents: Count = Field(description="常住人口（已不含外出人口）")
    levels: tuple[LevelPlan, ...] = Field(min_length=2, max_length=6)
    habits: HabitsPlan
    synthesis: SynthesisPlan | None = Field(None, description="合成规则；各表齐全时可不写")
    additions: Mapping[str, AdditionPlan] = Field(
        {}, description="设想新增的装备，键为自定的标识；加在各表和合成数据之上，别的都不变"
    )

    @model_validator(mode="after")
    def _levels_differ(self) -> CountyPlan:
        ids = [level.id for level in self.levels]
        if len(set(ids)) < len(ids):
            raise BadValue(
                Text("levels 中有重复的 id", "levels repeats an id"),
                Text("每个层级用不同的 id", "give each level its own id"),
            )
        if any(level.table is None for level in self.levels[1:-1]):
            raise BadValue(
                Text(
                    "只有最低一层可以不写 table（合成）",
                    "only the lowest level may go without a table (and be synthesised)",
                ),
                Text("为上面各层写明 table", "name the table of each level above it"),
            )
        return self

    @model_validator(mode="after")
    def _rivers_join_a_level(self) -> CountyPlan:
        rivers, below = self.synthesis and self.synthesis.rivers, [level.id for level in self.levels[1:]]
        if rivers and rivers.level not in below:
            listed = "、".join(below)
            raise BadValue(
                Text(
                    f"synthesis.rivers 的 level“{rivers.level}”不是顶层以下的层级",
                    f"the level '{rivers.level}' of synthesis.rivers is none below the top",
                ),
                Text(f"可用：{listed}", f"use one of: {listed}"),
            )
        return self

    @model_validator(mode="after")
    def _rules_join_levels(self) -> CountyPlan:
        if self.synthesis is None:
            return self
        ids = [level.id for level in self.levels]
        networks, centres = self.synthesis.networks, self.synthesis.centres
        named = [("networks.level", networks.level, ids[1:])] if networks and networks.level is not None else []
        named += [("networks.sets", one.level, ids) for one in networks.sets] if networks else []
        named += [("shelters", one.level, ids) for one in self.synthesis.shelters]
        named += [("centres", centres.level, ids[1:])] if centres else []
        for key, level, known in named:
            if level not in known:
                listed = "、".join(known)
                raise BadValue(
                    Text(
                        f"synthesis.{key} 的层级“{level}”不在可用的层级中",
                        f"the level '{level}' of synthesis.{key} is none of those that can be used",
                    ),
                    Text(f"可用：{listed}", f"use one of: {listed}"),
                )
        return self

    @property
    def village_level(self) -> int:
        """Index of the level that networks are laid out by: villages, right below the townships."""
        networks = self.synthesis.networks if self.synthesis else None
        if networks and networks.level is not None:
            return [level.id for level in self.levels].index(networks.level)
        return len(self.levels) - (2 if len(self.levels) >= 4 else 1)
