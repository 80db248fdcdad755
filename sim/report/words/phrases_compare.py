"""Texts of comparisons of scenarios, by key."""

from __future__ import annotations

from sim.errors import Text

OF_COMPARISONS = {
    "compare.title": Text("情景对比：{county}", "Scenarios compared: {county}"),
    "compare.method": Text(
        "对照情景：“{base}”；与它对比：{others}。",
        "Base scenario: “{base}”; set against it: {others}.",
    ),
    "compare.pairs": Text(
        "每个情景推演{n}次，第几次就用第几份运气，各情景相同，差别按次配对算出；误差范围为95%。",
        "Each scenario was run {n} times; run by run all have the same luck, so differences are of pairs; intervals are of 95 %.",
    ),
    "compare.quoted": Text("“{name}”", "“{name}”"),
    "compare.seed_overridden": Text(
        "“{name}”自己写的随机种子是{stated}，对比时改用对照情景的{seed}。",
        "“{name}” states the seed {stated}; for the comparison it took that of the base, {seed}.",
    ),
    "compare.other_places": Text(
        "“{name}”与对照情景的县情不同（乡镇、村不一样）：只比全县的数，不逐村对比；运气也只有一部分相同。",
        "“{name}” has other places than the base: only numbers of the whole county are compared, no villages; and the luck is shared in part only.",
    ),
    # --- what differs -------------------------------------------------------------------------------------------------
    "compare.settings": Text("“{name}”改动了{n}处：{settings}。", "“{name}” changes {n}: {settings}."),
    "compare.settings.more": Text("等", "and others"),
    "compare.setting": Text("{where}：{here}→{there}", "{where}: {here} → {there}"),
    "compare.no_settings": Text(
        "“{name}”与对照情景没有任何设置不同。", "“{name}” differs from the base in no setting."
    ),
    "compare.absent": Text("（没有）", "(none)"),
    "compare.shortened": Text("{text}…（共{n}项）", "{text}… ({n} values)"),
    # --- requirements -------------------------------------------------------------------------------------------------
    "compare.requirement": Text(
        "{name}：对照情景{n}次中{base}次按时，“{other}”{met}次；{change}（误差范围{range}），{effect}。",
        "{name}: in time in {base} of {n} runs of the base, in {met} of “{other}”; {change} (interval {range}), {effect}.",
    ),
    "compare.requirements.same": Text(
        "全部{n}项要求，按时不按时每一次都与对照情景一样。",
        "All {n} requirements are kept, or not, in the same runs as in the base.",
    ),
    "compare.requirements.others": Text(
        "另有{n}项要求，按时不按时每一次都与对照情景一样。",
        "{n} requirements more are kept, or not, in the same runs as in the base.",
    ),
    "compare.certain": Text(
        "全县各数{effect}的：{numbers}{more}。", "Numbers of the county, {effect}: {numbers}{more}."
    ),
    "compare.certain.one": Text("{name}{change}（误差范围{range}）", "{name} {change} (interval {range})"),
    "compare.certain.more": Text("，等{n}项", "; {n} in all"),
    "compare.same_count": Text("每一次都一样，{value}：{names}。", "The same in every run, {value}: {names}."),
    "compare.same_rows": Text("每一次都一样的{n}项：{rows}。", "The same in every run, {n}: {rows}."),
    "compare.same_row": Text("{name}：{value}", "{name}: {value}"),
    "compare.joint": Text("；", "; "),
    "compare.more": Text("多{n}{unit}", "{n}{unit} more"),
    "compare.less": Text("少{n}{unit}", "{n}{unit} less"),
    "compare.equal": Text("相差0", "no change"),
    "compare.range.more": Text("多{low}—{high}{unit}", "{low} to {high}{unit} more"),
    "compare.range.less": Text("少{low}—{high}{unit}", "{low} to {high}{unit} less"),
    "compare.range.both": Text("少{low}—多{high}{unit}", "{low}{unit} less to {high} more"),
    "compare.unit.run": Text("次", " runs"),
    "compare.uncompared.only_base": Text(
        "{name}：只有对照情景有这项要求，不对比。", "{name}: only the base has this requirement; it is not compared."
    ),
    "compare.uncompared.only_other": Text(
        "{name}：只有“{other}”有这项要求，不对比。", "{name}: only “{other}” has this requirement; it is not compared."
    ),
    "compare.uncompared.limit": Text(
        "{name}：两边的要求不同（对照情景{base}，“{other}”{there}），是两项要求，不对比。",
        "{name}: the two ask for different things (the base {base}, “{other}” {there}); they are two requirements and are not compared.",
    ),
    "compare.uncompared.subject": Text(
        "{name}：两边的时限相同，但说的不是同一件事或同一些对象，不对比。",
        "{name}: the limits are alike, but not what must happen or to whom; it is not compared.",
    ),
    "compare.asks": Text("{share}在{within}内", "{share} within {within}"),
    # --- numbers of the county ----------------------------------------------------------------------------------------
    "compare.mean": Text(
        "{name}：对照情景平均{base}，“{other}”平均{value}；{change}（误差范围{range}），{effect}。",
        "{name}: {base} on average in the base, {value} in “{other}”; {change} (interval {range}), {effect}.",
    ),
    "compare.mean.same": Text(
        "{name}：对照情景和“{other}”平均都是{base}，每一次都一样。",
        "{name}: {base} on average in both the base and “{other}”, the same in every run.",
    ),
    "compare.median": Text(
        "{name}：有的次数始终做不到（对照情景{n}次中{base}次做到，“{other}”{value}次），不能算平均；按次相比的中位数为{change}（误差范围{range}），{effect}。",
        "{name}: some runs never come to it ({base} of {n} do in the base, {value} in “{other}”), so there is no mean; "
        "the median of the pairs is {change} (interval {range}), {effect}.",
    ),
    "compare.median.same": Text(
        "{name}：对照情景和“{other}”{n}次中都是{base}次做到，每一次都一样。",
        "{name}: {base} of {n} runs come to it in both the base and “{other}”, the same in every run.",
    ),
    "compare.lost": Text("从做到变为始终做不到", "from done to never done"),
    "compare.gained": Text("从始终做不到变为做到", "from never done to done"),
    "compare.unbounded": Text("不限", "unbounded"),
    "compare.both_ends": Text("两端都是", "both ends"),
    "compare.to": Text("{low} 至 {high}", "{low} to {high}"),
    "compare.never": Text("始终做不到", "never"),
    "compare.unit.min": Text("分钟", " min"),
    "compare.unit.1": Text("个百分点", " points"),
    "compare.unit.household": Text("户", " households"),
    "compare.unit.person": Text("人", " persons"),
    "compare.unit.village": Text("个村", " villages"),
    "compare.number.release_min": Text("从起算到发布", "From the beginning to the release"),
    "compare.number.told_50_min": Text(
        "发布后到半数户收到预警", "From the release until half of the households are told"
    ),
    "compare.number.told_90_min": Text("发布后到90%户收到预警", "From the release until 90 % of households are told"),
    "compare.number.told_95_min": Text("发布后到95%户收到预警", "From the release until 95 % of households are told"),
    "compare.number.share_15min": Text("发布后15分钟内收到预警的户", "Households told within 15 min of the release"),
    "compare.number.share_30min": Text("发布后30分钟内收到预警的户", "Households told within 30 min of the release"),
    "compare.number.share_60min": Text("发布后1小时内收到预警的户", "Households told within 1 h of the release"),
    "compare.number.never_households": Text("始终未收到预警的户", "Households never told"),
    "compare.number.exposed_at_onset_persons": Text(
        "灾害发生时仍在危险区人数（不是伤亡预测）", "Persons in danger when it strikes (no forecast of casualties)"
    ),
    "compare.number.safe_before_onset_persons": Text("灾害发生前已安全的人数", "Persons safe before it strikes"),
    "compare.number.villages_never_reached": Text("始终没有叫到的村", "Villages never reached"),
    "compare.number.dark_villages_max": Text("同时断联的村，最多时", "Villages dark at one time, at most"),
    "compare.number.dark_villages_60min": Text("发布后1小时断联的村", "Villages cut off 1 h after the release"),
    "compare.number.taken": Text("{name}：用时", "{name}: time taken"),
    "compare.one_sided": Text(
        "只有一个情景推演了这些数，不对比：{numbers}。",
        "Only one of the scenarios simulates these, so they are not compared: {numbers}.",
    ),
    # --- what may be said ---------------------------------------------------------------------------------------------
    "compare.effect.better": Text("有把握变好", "surely better"),
    "compare.effect.worse": Text("有把握变差", "surely worse"),
    "compare.effect.open": Text("看不出差别", "cannot be told"),
    "compare.effect.same": Text("每次都一样", "same in every run"),
    "compare.ratio": Text(
        "用同样的运气有多大好处：“{other}”与对照情景的差（{number}），方差只有各用各的运气时的1/{ratio}；要同样准，各用各的运气约需{runs}次。",
        "What the same luck is worth: the variance of the difference of “{other}” from the base ({number}) is 1/{ratio} of that with luck of its "
        "own for either; to be as exact, such runs would have to be about {runs}.",
    ),
    "compare.ratio.exact": Text(
        "用同样的运气有多大好处：“{other}”与对照情景的差（{number}）每一次都一样，一次就知道；各用各的运气，推演多少次都有误差。",
        "What the same luck is worth: the difference of “{other}” from the base ({number}) is the same in every run, so one tells it; "
        "with luck of its own for either no number of runs would be without error.",
    ),
    # --- villages -----------------------------------------------------------------------------------------------------
    "compare.villages": Text(
        "{name}：{all}个村逐村相比，{better}个有把握变好，{worse}个有把握变差。",
        "{name}: of {all} villages {better} are surely better, {worse} surely worse.",
    ),
    "compare.villages.none": Text(
        "各村逐个相比，没有一个村有把握变好或变差（{n}项要求都看过）。",
        "Village by village none is surely better or worse ({n} requirements were looked at).",
    ),
    "compare.villages.few": Text(
        "推演{n}次，还看不出单个村的差别：同时比这么多村，一个村要有把握，至少要{least}次变了，而且变的方向都一样。",
        "{n} runs tell nothing of a single village: among so many it takes {least} runs at least that differ, all in one direction.",
    ),
    "compare.villages.better": Text("超时减少最多的村", "Villages that are late less often"),
    "compare.villages.worse": Text("超时增加最多的村", "Villages that are late more often"),
    "compare.shown": Text("列出{shown}行，共{n}行；全部见工作簿。", "{shown} rows of {n}; the workbook has them all."),
    "compare.not_shown": Text("没有。", "None."),
    # --- page ---------------------------------------------------------------------------------------------------------
    "compare.against": Text("“{name}”与对照情景相比", "“{name}” against the base"),
    "compare.tab.said": Text("结论", "In words"),
    "compare.tab.overview": Text("各情景一览", "All scenarios"),
    "compare.tab.settings": Text("改动了什么", "What was changed"),
    "compare.tab.requirements": Text("各项要求按时的次数", "Requirements: runs in time"),
    "compare.tab.uncompared": Text("没有对比的要求", "Requirements not compared"),
    "compare.tab.numbers": Text("全县各数", "Numbers of the county"),
    "compare.tab.taken": Text("各项要求的用时", "Requirements: time taken"),
    "compare.tab.villages": Text("哪些村变好、变差", "Villages that became better or worse"),
    "compare.tab.differences": Text("各项差别", "Differences"),
    "compare.tab.places": Text("各村各乡镇", "Villages and townships"),
    "compare.cautions": Text("怎样读", "How to read it"),
    "compare.count": Text("{met}/{n}（{low}—{high}），{verdict}", "{met} of {n} ({low} to {high}), {verdict}"),
    "compare.times": Text("{n}次", "{n}"),
    "compare.caution.sure": Text(
        "有把握，是说误差范围不含0，差别不是运气碰巧造成的；差别要不要紧，看大小。大小只对这些情景和它们的假设成立。看不出差别，不等于没有差别。",
        "Surely says that the interval leaves out 0: luck alone does not make such a difference; whether it matters, its size tells, "
        "which holds for these scenarios and their assumptions only. That a difference cannot be told is not to say that there is none.",
    ),
    "compare.caution.many": Text(
        "各要求、各数的误差范围是逐项的：同时看二十项，平均约有一项会碰巧显得有把握。各村的误差范围已按同时比较的村数放宽。",
        "Intervals of requirements and numbers hold one by one: of twenty about one would seem sure by chance. "
        "Those of villages are widened for being many.",
    ),
    "compare.caution.same": Text(
        "每次都一样，是说这{n}次里没有一次不同；很少发生的差别，次数少了看不到。",
        "The same in every run means in these {n}: a difference that seldom occurs is not seen in few.",
    ),
    "compare.caution.never": Text(
        "有的次数始终做不到时，不算平均，写按次相比的中位数：两边都做不到算没有差别，只有一边做不到算相差无限大。",
        "Where some run never comes to it there is no mean but the median of the pairs: two that never do differ by nothing, one that never does "
        "differs by more than anything.",
    ),
    "compare.caution.fixed": Text(
        "次数一开始就定死为{n}次；要更准，另做一次次数更多的对比。随机种子{seed}；同样的情景、种子和次数，结果完全相同。",
        "The number of runs was fixed at {n} beforehand; to know more, make another comparison with more. Seed {seed}; the same scenarios, seed and "
        "number of runs give the same result.",
    ),
    "compare.caution.people": Text(
        "结果按地方和环节，不涉及个人考核；接听概率等没有本县实测的，为规划假设。",
        "Results are by place and step and judge nobody; chances of answering and the like are planning assumptions "
        "where the county has not measured them.",
    ),
    # --- columns ------------------------------------------------------------------------------------------------------
    "compare.col.scenario": Text("情景", "Scenario"),
    "compare.col.path": Text("设置", "Setting"),
    "compare.col.where": Text("在哪里", "Where"),
    "compare.col.base": Text("对照情景", "Base"),
    "compare.col.count.base": Text("对照情景按时（误差范围）", "Base in time (interval)"),
    "compare.col.count.other": Text("对比情景按时（误差范围）", "Other in time (interval)"),
    "compare.col.other": Text("对比情景", "The other"),
    "compare.col.name": Text("要求", "Requirement"),
    "compare.col.number": Text("项目", "Number"),
    "compare.col.unit": Text("单位", "Unit"),
    "compare.col.difference": Text("差", "Difference"),
    "compare.col.points": Text("差（百分点）", "Difference (points)"),
    "compare.col.range": Text("误差范围", "Interval"),
    "compare.col.effect": Text("结论", "So"),
    "compare.col.only_base": Text("只有对照按时", "Base only"),
    "compare.col.only_other": Text("只有对比按时", "Other only"),
    "compare.col.both": Text("都按时", "Both"),
    "compare.col.neither": Text("都不按时", "Neither"),
    "compare.col.ended": Text("做到的次数", "Runs that come to it"),
    "compare.col.ended.base": Text("做到的次数·对照", "Runs that come to it, base"),
    "compare.col.ended.other": Text("做到的次数·对比", "Runs that come to it, other"),
    "compare.col.kind": Text("差的算法", "Kind"),
    "compare.col.ci_low": Text("误差范围下限", "Interval, low"),
    "compare.col.ci_high": Text("误差范围上限", "Interval, high"),
    "compare.col.ratio": Text("方差缩小倍数", "Variance ratio"),
    "compare.col.level": Text("层级", "Level"),
    "compare.col.label": Text("地方", "Place"),
    "compare.col.base_late": Text("对照：超时", "Late, base"),
    "compare.col.other_late": Text("对比：超时", "Late, other"),
    "compare.kind.paired_share": Text("配对比例差", "difference of paired shares"),
    "compare.kind.mean": Text("配对平均差", "mean of paired differences"),
    "compare.kind.median": Text("配对中位差", "median of paired differences"),
    "compare.of_unit.min": Text("分钟", "min"),
    "compare.of_unit.1": Text("%", "%"),
    "compare.of_unit.household": Text("户", "households"),
    "compare.of_unit.person": Text("人", "persons"),
    "compare.of_unit.village": Text("个村", "villages"),
}
"""Texts of comparisons of scenarios, by key."""
