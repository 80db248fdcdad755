"""Texts of the report of a sensitivity analysis: which inputs matter, where a plan breaks, what to find out first. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_SENSITIVITY = {
    "sensitivity.page": Text("哪些底数最要紧", "Which inputs decide"),
    "sensitivity.lead": Text(
        "{title}：{numbers}个底数（没有实测、只知道大概范围的数，共{n}项能各自变动）在各自范围内变动，共推演{runs}次；结果只对这个情景和它的假设成"
        "立，不是实况，也不是预"
        "报。",
        "{title}: {numbers} numbers never measured, of which a range is known ({n} that move apart) were moved within their ranges, {runs} runs "
        "in all; the results hold for this scenario and its assumptions only and are neither an account nor a forecast of a real event.",
    ),
    "sensitivity.head.matters": Text("哪些底数最要紧？", "Which inputs matter most?"),
    "sensitivity.head.fails": Text("什么条件下预案会失守？", "Under which conditions does the plan fail?"),
    "sensitivity.head.collect": Text("先查清哪三样？", "Which three things to find out first?"),
    "sensitivity.joint": Text("；", "; "),
    "sensitivity.semicolon": Text("；", "; "),
    "sensitivity.slash": Text(" / ", " / "),
    "sensitivity.group.夜间接听": Text("夜间接听", "answering calls at night"),
    "sensitivity.group.居住位置": Text("居住位置", "where people live"),
    "sensitivity.and": Text("，且", ", and "),
    # --- names and values ---------------------------------------------------------------------------------------------
    "sensitivity.together": Text("{name}（{n}项一起变）", "{name} ({n} move together)"),
    "sensitivity.and_more": Text("{name}（另{n}项一起变）", "{name} (with {n} more)"),
    "sensitivity.all_low": Text("都取低端", "all at the low end"),
    "sensitivity.all_high": Text("都取高端", "all at the high end"),
    "sensitivity.all_worse": Text("都取较坏一端", "all at their worse ends"),
    "sensitivity.as_stated": Text("情景原值", "as stated"),
    "sensitivity.in_time": Text("“{name}”按时", "runs that keep '{name}'"),
    "sensitivity.chance_of": Text(
        "“{name}”按时的概率",
        "the chance of '{name}'",
    ),
    "sensitivity.restricted": Text(
        "（到推演结束仍没有的，按推演结束计）", " (what never comes counts as the end of the run)"
    ),
    "sensitivity.per_hundred": Text(
        "（每100次推演中）",
        ", in runs of 100",
    ),
    "sensitivity.of_played": Text(
        "{n}/{played}",
        "{n}/{played}",
    ),
    "sensitivity.of_hundred.few": Text(
        "不到{n}/100",
        "under {n}/100",
    ),
    "sensitivity.of_hundred.about": Text(
        "{n}/100",
        "{n}/100",
    ),
    "sensitivity.of_hundred.most": Text(
        "超过{n}/100",
        "over {n}/100",
    ),
    "sensitivity.none_played": Text(
        "{played}次中没有一次",
        "none of {played}",
    ),
    "sensitivity.all_played": Text(
        "{played}次中每一次",
        "all of {played}",
    ),
    "sensitivity.runs.few": Text(
        "100次中不到{n}次",
        "fewer than {n} of 100",
    ),
    "sensitivity.runs.about": Text(
        "100次中约{n}次",
        "about {n} of 100",
    ),
    "sensitivity.runs.most": Text(
        "100次中{n}次以上",
        "over {n} of 100",
    ),
    "sensitivity.tied": Text(
        "{names}（这{n}项分不出先后）",
        "{names} (these {n} cannot be told apart)",
    ),
    "sensitivity.tied_more": Text(
        "{names}，还有{more}项（这{n}项分不出先后）",
        "{names} and {more} more (these {n} cannot be told apart)",
    ),
    "sensitivity.at": Text("{input}（{value}）", "{input} ({value})"),
    "sensitivity.unit.s": Text("秒", " s"),
    "sensitivity.unit.min": Text("分钟", " min"),
    "sensitivity.unit.h": Text("小时", " h"),
    "sensitivity.unit.d": Text("天", " d"),
    "sensitivity.unit.m": Text("米", " m"),
    "sensitivity.unit.km": Text("公里", " km"),
    "sensitivity.unit.km/h": Text("公里/小时", " km/h"),
    "sensitivity.unit.dB": Text("分贝", " dB"),
    # --- which inputs matter ------------------------------------------------------------------------------------------
    "sensitivity.first.sure": Text("{input}最要紧：{change}。", "{input} matters most: {change}."),
    "sensitivity.first.open": Text(
        "{input}最要紧：{change}；不过单独改动它，差别还在误差范围之内。",
        "{input} matters most: {change}; moved by itself, though, the difference lies within its interval.",
    ),
    "sensitivity.first_tied": Text(
        "对{name}，最要紧的有{n}项：{inputs}。",
        "{n} inputs matter most to {name}: {inputs}.",
    ),
    "sensitivity.first_alone_nothing": Text(
        "对{name}，{input}最要紧，但单独改动它没有一次推演不同：要和别的底数一起变才显出来。",
        "{input} matters most to {name}, yet moved by itself it changes no run: it shows only together with others.",
    ),
    "sensitivity.change.chance": Text(
        "从{low}到{high}，{name}的从{before}变到{after}",
        "from {low} to {high}, {name} go from {before} to {after}",
    ),
    "sensitivity.change.number": Text(
        "从{low}到{high}，{name}平均从{before}变到{after}",
        "from {low} to {high}, {name} goes from {before} to {after} on average",
    ),
    "sensitivity.against_stated": Text(
        "{input}：与情景原值（{stated}，{level}）相比{per}，{ends}。",
        "{input}, set against the stated value ({stated}, {level}){per}: {ends}.",
    ),
    "sensitivity.against_one": Text("{end}时{change}（误差范围{range}）", "at {end} {change} (interval {range})"),
    "sensitivity.against_same": Text(
        "{end}时每次都一样",
        "at {end} the same in every run",
    ),
    "sensitivity.next": Text("其次是：{inputs}。", "Next: {inputs}."),
    "sensitivity.then": Text(
        "；再次是：",
        "; then: ",
    ),
    "sensitivity.next_one": Text(
        "{input}（{low}→{high}，{before}→{after}）", "{input} ({low} → {high}: {before} → {after})"
    ),
    "sensitivity.next_nothing": Text(
        "{input}（与别的底数一起变才显出来）", "{input} (shows only together with others)"
    ),
    "sensitivity.other_method": Text(
        "换一种方法（{method}）看，排在第一的是{input}。", "By another method ({method}) {input} comes first."
    ),
    "sensitivity.below": Text(
        "对{name}，另有{n}项与偶然分不开{but}。",
        "For {name}, {n} more cannot be told from chance{but}.",
    ),
    "sensitivity.below_but": Text(
        "；不过其中单独改动时，这项结果有把握与情景原值不同的是：{inputs}",
        "; moved alone, though, these surely change it from the stated value: {inputs}",
    ),
    "sensitivity.none_heard": Text(
        "{n}项底数在各自范围内怎么变，这些推演里没有哪一项的影响与偶然分得开；推演次数再多，才看得出小的影响。",
        "Wherever the {n} inputs lie within their ranges, the effect of none can be told from chance in these runs; more runs show smaller ones.",
    ),
    "sensitivity.interaction": Text(
        "两项要放在一起看：{first}与{second}。对{name}{per}，单看前一项{first_alone}，单看后一项{second_alone}，两项同时{together}，比两项相加"
        "{extra}（误差范围{range}）。",
        "Two to be looked at together: {first} and {second}. For {name}{per}, the former alone: {first_alone}; the latter alone: {second_alone}; "
        "both: {together}, which is {extra} than their sum (interval {range}).",
    ),
    "sensitivity.no_interaction": Text(
        "最要紧的几项两两放在一起看过（{n}对），没有哪一对合起来的影响与各自相加差得既有把握、又够多（每100次5次，或情景原值时平均的5%）；其余见工"
        "作簿。",
        "Those that matter most were looked at in pairs ({n}): in no pair do both together differ from the sum of each both surely and by enough "
        "(5 of 100 runs, or 5 % of the mean as stated); the rest stands in the workbook.",
    ),
    "sensitivity.idle": Text(
        "有{n}项从低端到高端单独改动，没有一次推演的任何结果有变化：{inputs}。",
        "These change nothing in any run when moved alone from end to end ({n}): {inputs}.",
    ),
    "sensitivity.note.alone": Text(
        "“从……到……”指单独改动这一项、其余保持情景原值，每处推演{n}次，用同样的运气逐次比较。排名看的是各项同时变动时这一项平均改变多少，单独改动看"
        "的是只从情景原值出发改变多少：有的底数要和别的一起变才显出来，有的原值本来就靠近一端，所以两种次序可以不同。",
        "'From … to …' means that this input alone is moved and all others stay as stated; {n} runs at each value, compared run by run under the "
        "same luck. The ranking shows what an input changes on average while all others move too, moving it alone what it changes from the stated "
        "values only: some show only together with others, of some the stated value lies near one end, so the two orders may differ.",
    ),
    "sensitivity.note.left_out": Text(
        "下列结果在有的推演中没有数（例如那一次没有该要求所说的人），不算按时也不算超时，没有分析：{names}。",
        "Some run has no value of these, such as a requirement that meant nobody in it, which is neither kept nor missed; they were not looked "
        "at: {names}.",
    ),
    "sensitivity.head.outputs": Text("每项结果最取决于什么", "What each result hangs on most"),
    "sensitivity.col.output": Text("结果", "Result"),
    "sensitivity.col.stated_mean": Text("情景原值时", "As stated"),
    "sensitivity.col.first": Text("最要紧的底数", "Matters most"),
    "sensitivity.col.ends": Text("单独从低端到高端", "Alone, from end to end"),
    "sensitivity.col.next": Text("其次", "Next"),
    "sensitivity.col.heard": Text("与偶然分得开", "Told from chance"),
    "sensitivity.cell.heard": Text("{n}/{of}项", "{n} of {of}"),
    "sensitivity.cell.ends": Text("{low}→{high}：{before}→{after}", "{low} → {high}: {before} → {after}"),
    "sensitivity.cell.alone_nothing": Text("单独改动没有变化", "no change by itself"),
    "sensitivity.note.quiet": Text(
        "有{n}项结果，每组值推演这么几次，分不出随哪个底数变化{names}。",
        "With so few runs at each point nothing can be told of {n} results{names}.",
    ),
    "sensitivity.note.settled": Text(
        "有{n}项结果，单独改动任何一项，每一次推演都不变{names}。",
        "{n} results are the same in every run, whichever input is moved alone{names}.",
    ),
    "sensitivity.note.these": Text(
        "：{names}",
        ": {names}",
    ),
    "sensitivity.note.in_workbook": Text(
        "（逐项见工作簿“{sheet}”）",
        " (one by one in the sheet '{sheet}' of the workbook)",
    ),
    # --- where a plan fails -------------------------------------------------------------------------------------------
    "sensitivity.ask.fails": Text(
        "另有{n}项要求有时按时、有时超时：什么条件下超时，取的值布满各底数的范围才答得了，在结果文件夹中运行 {command}。",
        "{n} more requirements are kept in some runs and missed in others: under which conditions can be told once points fill the ranges; run "
        "{command} inside the result folder.",
    ),
    "sensitivity.command.pawn": Text(
        "jiaoying sensitivity --resume . --method pawn",
        "jiaoying sensitivity --resume . --method pawn --lang en",
    ),
    "sensitivity.rates": Text(
        "先看总的：各底数在范围内一起变动，{each}。",
        "First, over all: with all inputs moving within their ranges, {each}.",
    ),
    "sensitivity.rates_of_many": Text(
        "先看总的：各底数在范围内一起变动，有{n}项要求有时按时、有时超时，最少的{least}超时，最多的{most}超时，见“每项要求”一表。",
        "First, over all: with all inputs moving within their ranges, {n} requirements are kept in some runs and missed in others: missed in "
        "{least} runs at "
        "best, in {most} at worst; see the table of requirements.",
    ),
    "sensitivity.rate": Text(
        "“{name}”{missed}超时",
        "'{name}' is missed in {missed} runs",
    ),
    "sensitivity.named": Text(
        "：{names}",
        "{names}",
    ),
    "sensitivity.in_table": Text(
        "，见“每项要求”一表",
        "see the table of requirements",
    ),
    "sensitivity.col.requirement": Text(
        "要求",
        "Requirement",
    ),
    "sensitivity.col.limit": Text(
        "时限",
        "Limit",
    ),
    "sensitivity.col.basis": Text(
        "依据状态",
        "Basis",
    ),
    "sensitivity.col.applies_to": Text(
        "适用地",
        "Applies to",
    ),
    "sensitivity.col.source": Text(
        "来源",
        "Source",
    ),
    "sensitivity.col.missed": Text(
        "超时",
        "Missed",
    ),
    "sensitivity.missed.always": Text(
        "每次都超时",
        "in every run",
    ),
    "sensitivity.missed.sometimes": Text(
        "有时超时",
        "in some runs",
    ),
    "sensitivity.missed.never": Text(
        "没有超时",
        "in no run",
    ),
    "sensitivity.region": Text(
        "当{bounds}时，“{name}”{failed}超时（误差范围{low}—{high}次）；全部超时中{coverage}出在这里，而这样的条件只占各种可能的{share}。",
        "When {bounds}, '{name}' is missed in {failed} runs (interval {low} to {high}); {coverage} of all misses happen here, and such conditions "
        "are {share} of what is thought possible.",
    ),
    "sensitivity.bound.below": Text("{input}低于{high}", "'{input}' is below {high}"),
    "sensitivity.bound.above": Text("{input}高于{low}", "'{input}' is above {low}"),
    "sensitivity.bound.between": Text("{input}在{low}—{high}之间", "'{input}' is between {low} and {high}"),
    "sensitivity.regions_more": Text("另有{n}处，见工作簿。", "{n} more stand in the workbook."),
    "sensitivity.regions_doubtful": Text(
        "另有{n}处像是更容易失守，但换一半推演来核对，与偶然分不开，不作结论。",
        "Other conditions that looked weak ({n}) cannot be told from chance on the runs kept to check them: nothing is concluded.",
    ),
    "sensitivity.quoted": Text("“{name}”", "'{name}'"),
    "sensitivity.fails_always": Text(
        "有{n}项要求，各底数在范围内取过的{points}组值，没有一次推演按时，这些范围内没有见到按时的{names}。",
        "Missed in every run, at all {points} points within the ranges, and never seen to be met there ({n}): {names}.",
    ),
    "sensitivity.fails_never": Text(
        "有{n}项要求，各底数在范围内取过的{points}组值，每一次推演都按时{names}。",
        "Kept in every run, at all {points} points within the ranges ({n}): {names}.",
    ),
    "sensitivity.no_region": Text(
        "没有找到哪种条件下失守明显集中：看了有时按时、有时超时的{n}项要求，各底数在范围内取了{points}组值，每组推演{runs}次。",
        "No conditions were found under which failures gather: requirements that are kept in some runs and missed in others ({n}) were looked at, "
        "over {points} points within the ranges, {runs} runs each.",
    ),
    "sensitivity.note.region": Text(
        "条件由一半的推演找出，次数按另一半核对；“各种可能”指各底数按所写的范围同时变动。",
        "Conditions were found on one half of the points, and counted on the other; what is thought possible are all inputs moved at once, each "
        "as its range says.",
    ),
    # --- what to find out ---------------------------------------------------------------------------------------------
    "sensitivity.ask.collect": Text(
        "查清哪样会改变判定，取的值布满各底数的范围才答得了：在结果文件夹中运行 {command}。",
        "Which would change a verdict can be told once points fill the ranges: run {command} inside the result folder.",
    ),
    "sensitivity.collect_by_size": Text(
        "要把{name}估得更准，先查清：{inputs}（按影响大小{tied}）。",
        "To know {name} better, find out first, by how much they matter{tied}: {inputs}.",
    ),
    "sensitivity.collect_by_size_still": Text(
        "即便如此，想把{name}估得更准，先查清：{inputs}（按影响大小{tied}）。",
        "Even so, to know {name} better, find out first, by how much they matter{tied}: {inputs}.",
    ),
    "sensitivity.first_of_size": Text(
        "，最前的{n}项分不出先后",
        " (the first {n} cannot be told apart)",
    ),
    "sensitivity.collect": Text("先查清这三样：{inputs}。", "Find out these three first: {inputs}."),
    "sensitivity.collect_only": Text(
        "值得先查清的只有：{inputs}；查清其余任何一样都不会有把握地改变判定。",
        "Only these are worth finding out: {inputs}; knowing any other would not surely change a verdict.",
    ),
    "sensitivity.worth": Text(
        "{input}：“{name}”要求按时的概率是{required}，按现在所知{now}按时；查清后，估计100次中可能约{low}次到约{high}次；所想到的可能里，100种中约"
        "{flips}会使结论与现在相反，平均算下来，先查清再定约合每100次{worth}。",
        "{input}: '{name}' is required with a probability of {required}, now {now} runs are in time; once known it may be about {low} to {high} "
        "of 100, by estimate; in about {flips} of 100 cases thought possible the conclusion would be the opposite of today's; on average, finding "
        "out first is worth about {worth} of 100 runs.",
    ),
    "sensitivity.worth_nothing": Text(
        "只查清其中任何一样、其余仍不知道，没有看出哪一样会改变判定（由各组值的结果推算）。",
        "Finding out any one of them, the others still not known, would change no verdict as far as can be seen (estimated from the points played).",
    ),
    "sensitivity.worth_unsure": Text(
        "看不出查清哪一样会改变判定：可能改变的，都与偶然分不开。",
        "It cannot be told that finding out any of them would change a verdict: whatever might cannot be told from chance.",
    ),
    "sensitivity.possibilities": Text("{n}种", "{n}"),
    "sensitivity.worth_least": Text("不到{n}次", "less than {n}"),
    "sensitivity.worth_runs": Text("{n}次", "{n}"),
    "sensitivity.note.worth": Text(
        "“先查清再定约合每100次几次”：达到要求才依靠这份预案，否则另作安排；查清以后能定得更准，平均多得的按时次数（超出要求的部分）就是查清值多"
        "少。",
        "What finding out is worth: one relies on the plan only if it meets the requirement, and else arranges otherwise; who knows more "
        "decides better, and the runs in time gained by that on average (beyond what is required) are what knowing is worth.",
    ),
    "sensitivity.head.worths": Text("查清每一样值多少", "What finding out each is worth"),
    "sensitivity.note.worths": Text(
        "每项底数只列查清后最有用的那项要求，列到第12项为止；全部数字见工作簿。",
        "Of each input the requirement for which it is worth most, the first twelve; all numbers stand in the workbook.",
    ),
    "sensitivity.col.rank": Text("序", "No."),
    "sensitivity.col.input": Text("底数", "Input"),
    "sensitivity.col.for": Text("对哪项要求", "For which requirement"),
    "sensitivity.col.known": Text(
        "查清后按时次数估计（100次中）",
        "In time once known, of 100, by estimate",
    ),
    "sensitivity.col.flips": Text("会改变结论的可能（100种中）", "Would turn the conclusion, of 100 cases"),
    "sensitivity.col.worth": Text("值多少（每100次）", "Worth, of 100 runs"),
    "sensitivity.col.said": Text("判断", "So"),
    "sensitivity.col.check": Text(
        "怎么查",
        "How to find out",
    ),
    "sensitivity.head.checks": Text(
        "先查什么、怎么查：{name}",
        "What to find out first, and how: {name}",
    ),
    "sensitivity.cell.range": Text("{low}—{high}", "{low} to {high}"),
    "sensitivity.worth.sure": Text("值得查", "worth it"),
    "sensitivity.worth.chance": Text("与偶然分不开或太小", "chance, or too little"),
    "sensitivity.worth.none": Text("不改变结论", "changes nothing"),
    # --- figures ------------------------------------------------------------------------------------------------------
    "sensitivity.fig.ranking.morris": Text(
        "各底数有多要紧：从可能范围的一端移到另一端，结果平均改变多少",
        "How much each input matters: mean change of the result when it moves over its range",
    ),
    "sensitivity.fig.ranking.sobol": Text(
        "各底数有多要紧：少了它，结果的全部变化会少掉多少",
        "How much each input matters: share of all variation that is owed to it",
    ),
    "sensitivity.fig.ranking.pawn": Text(
        "各底数有多要紧：知道它在哪一段，结果的分布最多差多少",
        "How much each input matters: greatest shift of the result once it is known",
    ),
    "sensitivity.fig.tornado": Text("单独改动一项，{name}", "One input moved alone: {name}"),
    "sensitivity.fig.curves": Text("随最要紧的几项怎么变：{name}", "Over the inputs that matter most: {name}"),
    "sensitivity.fig.region": Text("失守集中的条件：{name}", "Where failures gather: {name}"),
    "sensitivity.fig.missed_0": Text("没有超时", "none missed"),
    "sensitivity.fig.missed_1": Text("超时不到一半", "fewer than half"),
    "sensitivity.fig.missed_2": Text("一半以上超时", "half or more"),
    "sensitivity.fig.missed_3": Text("全部超时", "all missed"),
    "sensitivity.fig.other_bound": Text("不合其余条件", "outside the other bound"),
    "sensitivity.fig.box": Text("失守的条件", "conditions"),
    "sensitivity.axis.missed": Text("超时的次数（每100次）", "missed, runs of 100"),
    "sensitivity.fig.below": Text("与偶然分不开", "not told from chance"),
    "sensitivity.fig.same": Text(
        "{end}：每次都一样",
        "{end}: same in every run",
    ),
    "sensitivity.fig.played": Text(
        "{end}（{played}）",
        "{end} ({played})",
    ),
    "sensitivity.fig.left_out": Text(
        "另有{n}项都与偶然分不开，没有画。", "Not drawn: {n} that cannot be told from chance."
    ),
    "sensitivity.fig.stated": Text("情景原值：{level}", "as stated: {level}"),
    "sensitivity.fig.low_end": Text("取低端", "at its low end"),
    "sensitivity.fig.high_end": Text("取高端", "at its high end"),
    "sensitivity.fig.curve_band": Text(
        "浅色：与原值之差的误差范围",
        "pale: interval of the difference",
    ),
    "sensitivity.fig.curve_stated": Text("菱形：情景原值", "diamond: as stated"),
    "sensitivity.fig.curve_required": Text("虚线：要求", "dashed: required"),
    "sensitivity.axis.unit.1": Text("次（每100次）", "runs of 100"),
    "sensitivity.axis.unit.min": Text("分钟", "min"),
    "sensitivity.axis.unit.person": Text("人", "persons"),
    "sensitivity.axis.unit.village": Text("个村", "villages"),
    "sensitivity.axis.unit.household": Text("户", "households"),
    "sensitivity.axis.unit.percent": Text("%", "%"),
    "sensitivity.axis.points": Text(
        "百分点",
        "percentage points",
    ),
    "sensitivity.axis.percent": Text("%", "%"),
    "sensitivity.axis.mean": Text(
        "平均（{unit}）",
        "mean, {unit}",
    ),
    "sensitivity.caption.ranking.morris": Text(
        "条越长越要紧：这个底数从可能范围的一端移到另一端时，结果平均改变多少，细线是误差范围。深蓝：最要紧的，几条深蓝的细线重叠，分不出先后；浅"
        "蓝：其次。灰色的：换一批运气"
        "就可能是另一个样子，与偶然分不开，不排名次。",
        "The longer the bar, the more it matters: by how much the result changes on average when this input moves from one end of its range to "
        "the other; thin lines are intervals. Dark blue matters most; where several bars are dark, their intervals overlap and they cannot be "
        "told apart; pale blue comes next. What is grey might be otherwise with other luck: it "
        "cannot be told from chance and is not ranked.",
    ),
    "sensitivity.caption.ranking.sobol": Text(
        "条越长越要紧：结果的全部变化中，有多少少了这个底数就不会有（含与别的底数一起造成的），细线是误差范围（只含取点的偶然，"
        "不含各次运气）。深蓝：最要紧的，几条深蓝的细线重叠，分不出先后；浅蓝：其次。灰色的：换一批运气就可能是另一个样子，与偶然分不开，不排名次。",
        "The longer the bar, the more it matters: how much of all variation of the result would not be there without this input, together with "
        "others or alone; thin lines are intervals. Dark blue matters most; where several bars are dark, their intervals overlap and they cannot "
        "be told apart; pale blue comes next. What is grey might be otherwise with other luck: "
        "it cannot be told from chance and is not ranked.",
    ),
    "sensitivity.caption.ranking.pawn": Text(
        "条越长越要紧：知道这个底数在哪一段以后，结果的分布与不知道时最多相差多少，细线是误差范围。深蓝：最要紧的，几条深蓝的细线重叠，分不出先后"
        "；浅蓝：其次。灰色的：把这一项的"
        "取值打乱也常能得到，与偶然分不开，不排名次。",
        "The longer the bar, the more it matters: by how much the distribution of the result shifts at most once one knows where this input "
        "lies; thin lines are intervals. Dark blue matters most; where several bars are dark, their intervals overlap and they cannot be told "
        "apart; pale blue comes next. What is grey might be otherwise with other luck: it cannot "
        "be told from chance and is not ranked.",
    ),
    "sensitivity.caption.tornado": Text(
        "竖线是情景原值时的{name}；每一项单独移到两端，条的末端是那时的结果，旁边写着取的值。横线是误差范围：不碰竖线的，有把握与原值不同（每处推"
        "演{runs}次，同样的运气）；每次都与原值一样的没有条。",
        "The upright line is the result as stated, {name}; each input alone is moved to either end: the bar ends at the result, labelled with the "
        "value. Thin lines are intervals: one that does not touch the upright line surely differs ({runs} runs each, the same luck); where every "
        "run is as stated there is no bar.",
    ),
    "sensitivity.caption.region.box": Text(
        "每个点是一组取值（{points}组，每组推演{runs}次），颜色越深超时越多。方框内{inside}超时，全部的点{everywhere}。",
        "Each dot is one set of values ({points}, {runs} runs each); the darker, the more runs miss it. Inside the box {inside} runs miss it, "
        "over all {everywhere}.",
    ),
    "sensitivity.caption.region.band": Text(
        "每个点是一组取值（{points}组，每组推演{runs}次），越高越深超时越多。框内{inside}超时，全部的点{everywhere}。",
        "Each dot is one set of values ({points}, {runs} runs each); the higher and darker, the more runs miss it. Inside the frame {inside} runs "
        "miss it, over all {everywhere}.",
    ),
    "sensitivity.caption.curves": Text(
        "每一项单独在可能范围内移动时的{name}，菱形是情景原值（每处推演{runs}次）。浅色带是与情景原值之差的误差范围，按次配对，所以在菱形处、以及"
        "每次都与原值一样的地方收成一点。",
        "The result over the range of each input moved alone, {name}; the diamond is the stated value ({runs} runs each). The pale band is the "
        "interval of the difference from the stated value, in pairs of runs: it closes at the diamond, and wherever every run is as stated.",
    ),
    # --- annex --------------------------------------------------------------------------------------------------------
    "sensitivity.annex.runs": Text(
        "共推演{runs}次，随机种子{seed}。第几次推演用第几份运气，相互比较的各处取值都相同，所以差别来自底数，不来自运气，可以逐次配对比较"
        "{own_luck}。",
        "{runs} runs in all, seed {seed}. Run by run points that are compared have the same luck, so that differences are those of inputs and "
        "are compared in pairs{own_luck}.",
    ),
    "sensitivity.annex.own_luck": Text(
        "；分布法的各点要合在一起说概率，各用各的运气",
        "; the points of the method of distributions, over all of which chances are told, have luck of their own",
    ),
    "sensitivity.annex.alone": Text(
        "单独改动：一项取低端、高端（最要紧的几项还取四分之一、四分之三），其余保持情景原值，每处推演{n}次；与原值的差别按次配对，附95%误差范围。",
        "Moved alone: one input at its low and its high end (those that matter most also at a quarter and three quarters), all others as "
        "stated, {n} runs each; differences from the stated value are of pairs of runs, with 95 % intervals.",
    ),
    "sensitivity.annex.interval": Text(
        "误差范围的意思：反复做这样的分析，一百回中约九十五回，真实的数落在算出的范围内。“100次中约几次”由推演所得的比例换算，不是另做的100次。",
        "What an interval means: of a hundred such analyses some ninety-five give one that holds the true number. So many of 100 runs are "
        "shares converted, not another hundred runs.",
    ),
    "sensitivity.annex.morris": Text(
        "筛选法（Morris 1991；Campolongo、Cariboni、Saltelli 2007）：{trajectories}条路线，每条路线上各底数轮流移动一步，每点推演{runs}次；看每"
        "一步使结果改变多少，取绝对值平均（μ*，附录和工作簿用），换算成移动全程；σ大说明它的作用随别的底数而变。",
        "Screening (Morris 1991; Campolongo, Cariboni & Saltelli 2007): {trajectories} trajectories, along each of which every input takes one "
        "step in turn, {runs} runs per point; what a step changes, as a mean of absolute values (μ*), stated for the whole range; a great σ "
        "says that what it does depends on others.",
    ),
    "sensitivity.annex.sobol": Text(
        "方差法（Sobol’ 2001；Saltelli 等 2010）：两组各{points}个点交换一列，每点推演{runs}次；S1是这一项单独占全部变化的比例，ST还算上它与别的"
        "底数一起造成的，误差范围由重抽样得出。",
        "Variance (Sobol’ 2001; Saltelli et al. 2010): two samples of {points} points exchange one column at a time, {runs} runs per point; S1 "
        "is the share of all variation by this input alone, ST that with all it does together with others; intervals by bootstrap.",
    ),
    "sensitivity.annex.pawn": Text(
        "分布法（PAWN，Pianosi、Wagener 2015、2018）：{points}个点布满各底数的范围（拉丁方），每点推演{runs}次；把一个底数分段，比较各段内结果的"
        "分布与全部的分布最多相差多少（KS距离，取各段居中的一个），适合偏斜的结果。",
        "Distributions (PAWN, Pianosi & Wagener 2015, 2018): {points} points fill the ranges of all inputs (Latin hypercube), {runs} runs per "
        "point; the range of an input is cut in pieces, and the distribution of the result within each compared with that of all (greatest "
        "distance, KS, median of the pieces); good for skewed results.",
    ),
    "sensitivity.annex.salib": Text(
        "取点和指数由SALib计算（Iwanaga、Usher、Herman 2022）。",
        "Designs and indices are computed by SALib (Iwanaga, Usher & Herman 2022).",
    ),
    "sensitivity.annex.floor": Text(
        "与偶然分不分得开：把各次推演中这一项造成的差别随机反号（分布法是把取值打乱），一百遍中九十五遍不超过的数是界限（工作簿中的“偶然界限”），"
        "没有超过的画成灰色，不排名次、不作结论。界限是判断用的，不是运气造成的影响的大小。",
        "Told from chance or not: the signs of what an input changes in each run are flipped at random (for distributions its values are "
        "shuffled); what ninety-five of a hundred such results stay below is the limit (in the workbook); what does not pass it is grey, not "
        "ranked, and nothing is concluded of it. The limit serves to decide; it is not how much luck alone would do.",
    ),
    "sensitivity.annex.noise": Text(
        "每点推演{runs}次，单看一个点，平均数光凭运气的误差约为：{each}。比较两处时用的是同样的运气，逐次相减，运气大多抵消，误差通常小得多：以各处"
        "写的误差范围为准。",
        "With {runs} runs per point the mean of a single point is off by luck by about: {each}. Points are compared under the same luck, run by "
        "run, which cancels much of it: the intervals given with differences are mostly much narrower, and are those that count.",
    ),
    "sensitivity.annex.noise_one": Text("{name}±{amount}", "{name} ±{amount}"),
    "sensitivity.annex.restricted": Text(
        "分钟数的平均：到推演结束（起算后{length}）仍没有做到的，按推演结束计（有限平均，Royston、Parmar 2013），所以真实的平均只会更长。",
        "Means of minutes: what had not come by the end of the run ({length} after T0) counts as that end (a restricted mean, Royston & Parmar "
        "2013), so the true mean can only be longer.",
    ),
    "sensitivity.annex.interaction": Text(
        "两项放在一起看：最要紧的几项两两同时取较坏的一端，与各自单独取较坏一端相比；差别的95%误差范围（已按看了多少对、多少项结果放宽，Bonferroni"
        "）不含0，并且差到每100次5次、或情景原值时平均的5%以上，才点名；其余见工作簿。",
        "Pairs: of those that matter most, two at their worse ends at once are set against each by itself; only those are named whose 95 % "
        "interval, widened for how many pairs and results were looked at (Bonferroni), leaves out 0, and that make 5 of 100 runs or 5 % of the "
        "mean as stated; the rest stands in the workbook.",
    ),
    "sensitivity.annex.region": Text(
        "失守的条件用PRIM找（Friedman、Fisher 1999）：从各底数的全部范围出发，一层层剥去少失守的边，剩下一个超时集中的范围；在一半的点上找，在另"
        "一半上核对次数和误差范围（同一点的推演不算独立）。",
        "Conditions of failure by PRIM (Friedman & Fisher 1999): from the whole of all ranges, layers with few failures are peeled off until a "
        "box is left in which they gather; found on one half of the points, counted on the other, with intervals over points.",
    ),
    "sensitivity.annex.worth": Text(
        "查清值多少：部分完全信息的期望价值（Strong、Oakley、Brennan 2014，用平滑的曲线拟合各点的结果，即回归）。定不定得准，以“按时的概率减去要求"
        "的概率”计；打乱这一项也能得到的不算。曲线至多三次，作用只在某一界限上下才变的，会被抹平、估小。",
        "What finding out is worth: the expected value of partial perfect information (Strong, Oakley & Brennan 2014, by regression over the "
        "points), counted by the chance of being in time less the one required; what a shuffled input would get counts for nothing. The curves "
        "are at most cubic: what changes only at a threshold is smoothed, and its worth told too low.",
    ),
    "sensitivity.annex.ranges": Text(
        "各底数的范围和依据见下表，情景的其余假设见工作簿。范围写得不同，名次就会不同：范围宽的容易显得要紧。范围以外的事，这里没有看。",
        "Ranges and their sources stand below, all other assumptions in the workbook. With other ranges the order would be another: a wide range "
        "easily seems to matter. Nothing outside the ranges was looked at.",
    ),
    "sensitivity.annex.together": Text(
        "除两项一起看的以外，各误差范围是逐项给的，没有按看了多少项放宽：看得多，个别碰巧“有把握”的也会多。",
        "But for pairs, each interval stands by itself and is not widened for how many were looked at: among many some will seem sure by luck.",
    ),
    "sensitivity.annex.again": Text(
        "在结果文件夹中运行下面的命令，得到同样的分析。",
        "Run this inside the result folder to make the same analysis again.",
    ),
    "sensitivity.head.inputs": Text("底数、可能范围和依据", "Inputs, their ranges and why"),
    "sensitivity.note.moved": Text("一起变的：{names}。", "Moved together: {names}."),
    "sensitivity.col.range": Text("可能范围", "Range"),
    "sensitivity.col.stated": Text("情景原值", "As stated"),
    # --- workbook -----------------------------------------------------------------------------------------------------
    "sensitivity.tab.aloud": Text("问与答", "Answers"),
    "sensitivity.tab.indices": Text("有多要紧", "What matters"),
    "sensitivity.tab.curves": Text("单独改动", "Moved alone"),
    "sensitivity.tab.interactions": Text("两项一起", "Two together"),
    "sensitivity.tab.requirements": Text(
        "每项要求",
        "Requirements",
    ),
    "sensitivity.tab.regions": Text("失守的条件", "Where it fails"),
    "sensitivity.tab.worths": Text("查清值多少", "Worth of knowing"),
    "sensitivity.tab.outputs": Text("结果与偶然误差", "Results and chance"),
    "sensitivity.tab.inputs": Text("底数", "Inputs"),
    "sensitivity.tab.points": Text("各点", "Points"),
    "sensitivity.sheet.indices": Text("每个底数对每项结果有多要紧", "How much each input matters to each result"),
    "sensitivity.sheet.curves": Text("单独改动一项时的结果", "Results when one input is moved alone"),
    "sensitivity.sheet.interactions": Text("两项同时取较坏一端", "Two inputs at their worse ends at once"),
    "sensitivity.sheet.requirements": Text(
        "每项要求：时限、依据、多少次超时",
        "Requirements: limit, who says so, how often missed",
    ),
    "sensitivity.sheet.regions": Text("什么条件下失守", "Under which conditions it fails"),
    "sensitivity.sheet.worths": Text("查清每一样值多少", "What finding out each is worth"),
    "sensitivity.sheet.outputs": Text("各项结果和一个点的偶然误差", "Results, and how far a point is off by chance"),
    "sensitivity.sheet.points": Text("每个点的取值和结果", "Values and results of every point"),
    "sensitivity.sheet_note.indices": Text(
        "概率按每100次计。μ*、μ、σ见附录的筛选法；S1、ST见方差法；KS见分布法。",
        "Chances are in runs of 100. For μ*, μ and σ see screening in the methods, for S1 and ST variance, for KS distributions.",
    ),
    "sensitivity.sheet_note.curves": Text(
        "概率按每100次计；相差指与情景原值相比，按次配对。每次都一样的，相差的两端仍是推演次数所能保证的范围。",
        "Chances are in runs of 100; differences are from the stated value, in pairs of runs; where every run is the same, their ends still say "
        "what so few runs can exclude.",
    ),
    "sensitivity.sheet_note.interactions": Text(
        "各列都是与情景原值的差；“合起来多出”是两项同时减去各自之和；差到每100次5次、或情景原值时平均的5%以上才算够多。",
        "All are differences from the stated point; beyond the sum: both less the sum of each; enough are 5 of 100 runs, or 5 % of the mean as "
        "stated.",
    ),
    "sensitivity.sheet_note.outputs": Text(
        "偶然误差是一个点的平均数的95%误差范围的一半；运气占的比例指各点平均数的变化中有多少只是运气。",
        "Chance is half of the 95 % interval of the mean of a point; by luck: how much of the variation of those means is luck.",
    ),
    "sensitivity.col.method": Text("方法", "Method"),
    "sensitivity.col.kind": Text("指数", "Index"),
    "sensitivity.col.unit": Text("单位", "Unit"),
    "sensitivity.col.unit_of_change": Text(
        "单位（变化、误差）",
        "Unit of changes",
    ),
    "sensitivity.col.unit_of_input": Text(
        "取值的单位",
        "Unit of the value",
    ),
    "sensitivity.col.as_stated": Text(
        "是情景原值",
        "As stated",
    ),
    "sensitivity.col.from": Text(
        "可能范围低端",
        "Range from",
    ),
    "sensitivity.col.to": Text(
        "可能范围高端",
        "Range to",
    ),
    "sensitivity.col.value": Text("数值", "Value"),
    "sensitivity.col.ci_low": Text("误差范围下端", "Interval from"),
    "sensitivity.col.ci_high": Text("误差范围上端", "Interval to"),
    "sensitivity.col.floor": Text("偶然界限", "Limit of chance"),
    "sensitivity.col.is_heard": Text("判断", "So"),
    "sensitivity.col.value_of_input": Text("取值", "Value"),
    "sensitivity.col.share": Text("在范围中的位置", "How far up its law"),
    "sensitivity.col.mean": Text(
        "结果平均",
        "Mean",
    ),
    "sensitivity.col.difference": Text("与原值相差", "Difference"),
    "sensitivity.col.difference_low": Text("相差下端", "Difference from"),
    "sensitivity.col.difference_high": Text("相差上端", "Difference to"),
    "sensitivity.col.alone": Text(
        "与原值相比",
        "Against the stated value",
    ),
    "sensitivity.col.one": Text("前一项", "One"),
    "sensitivity.col.two": Text("后一项", "The other"),
    "sensitivity.col.one_alone": Text("单看前一项", "One alone"),
    "sensitivity.col.two_alone": Text("单看后一项", "The other alone"),
    "sensitivity.col.both": Text("两项同时", "Both"),
    "sensitivity.col.extra": Text("合起来多出", "Beyond the sum"),
    "sensitivity.col.matters": Text(
        "够多，要放在一起看",
        "Enough to be looked at together",
    ),
    "sensitivity.col.region": Text("编号", "No."),
    "sensitivity.col.low": Text("不低于", "From"),
    "sensitivity.col.high": Text("不高于", "To"),
    "sensitivity.col.points": Text("核对的点", "Points"),
    "sensitivity.col.runs": Text("推演次数", "Runs"),
    "sensitivity.col.failed": Text("超时次数", "Missed"),
    "sensitivity.col.failed_share": Text("超时比例", "Share missed"),
    "sensitivity.col.missed_share": Text(
        "一起变动时超时的比例",
        "Share missed, all inputs moving",
    ),
    "sensitivity.col.everywhere": Text("全部条件下超时比例", "Share missed everywhere"),
    "sensitivity.col.coverage": Text("占全部超时", "Of all misses"),
    "sensitivity.col.of_all": Text("占各种可能", "Of all possible"),
    "sensitivity.col.held": Text("核对结果", "Checked"),
    "sensitivity.col.now": Text("现在按时", "In time now"),
    "sensitivity.col.known_low": Text("查清后最低", "Once known, at least"),
    "sensitivity.col.known_high": Text("查清后最高", "Once known, at most"),
    "sensitivity.col.flips_share": Text("会改变结论的可能", "Would turn the conclusion"),
    "sensitivity.col.worth_runs": Text("值多少（每100次）", "Worth, of 100 runs"),
    "sensitivity.col.floor_runs": Text("偶然也能有（每100次）", "By chance, of 100 runs"),
    "sensitivity.col.key": Text("键", "Key"),
    "sensitivity.col.noise": Text("偶然误差（±）", "Chance (±)"),
    "sensitivity.col.noise_share": Text("运气占的比例", "By luck"),
    "sensitivity.sheet_note.points": Text(
        "概率按每100次计；各列是该点各次推演的平均。",
        "Chances are in runs of 100; each column is the mean over the runs of the point.",
    ),
    "sensitivity.col.use": Text("用途", "What for"),
    "sensitivity.col.number": Text("编号", "No."),
    "sensitivity.col.played": Text("推演次数", "Runs"),
    "sensitivity.use.stated": Text("情景原值", "as stated"),
    "sensitivity.use.alone": Text("单独改动", "moved alone"),
    "sensitivity.use.together": Text("两项一起", "two together"),
    "sensitivity.use.morris": Text("筛选法", "screening"),
    "sensitivity.use.sobol": Text("方差法", "variance"),
    "sensitivity.use.pawn": Text("分布法", "distributions"),
    "sensitivity.heard": Text("与偶然分得开", "told from chance"),
    "sensitivity.chance": Text("与偶然分不开", "may be chance"),
    "sensitivity.holds": Text("核对成立", "holds"),
    "sensitivity.of_unit.1": Text("次（每100次）", "runs of 100"),
    "sensitivity.of_unit.min": Text("分钟", "min"),
    "sensitivity.of_unit.person": Text("人", "persons"),
    "sensitivity.of_unit.village": Text("个村", "villages"),
    "sensitivity.of_unit.household": Text("户", "households"),
    "sensitivity.of_unit.percent": Text("%", "%"),
    "sensitivity.alone.sure": Text("有把握不同", "surely differs"),
    "sensitivity.alone.open": Text("看不出差别", "cannot be told"),
    "sensitivity.alone.none": Text("每次都一样", "same in every run"),
    "sensitivity.method.morris": Text("筛选法", "screening"),
    "sensitivity.method.sobol": Text("方差法", "variance"),
    "sensitivity.method.pawn": Text("分布法", "distributions"),
    "sensitivity.kind.mu_star": Text("移动全程平均改变（μ*）", "mean change over its range (μ*)"),
    "sensitivity.kind.mu": Text("移动全程平均改变，计正负（μ）", "mean signed change (μ)"),
    "sensitivity.kind.sigma": Text("改变随别的底数而异的程度（σ）", "how far the change depends on others (σ)"),
    "sensitivity.kind.S1": Text("单独占全部变化（S1）", "share of variation by itself (S1)"),
    "sensitivity.kind.ST": Text("连同与别的一起占全部变化（ST）", "share of variation with all others (ST)"),
    "sensitivity.kind.ks": Text("分布最多相差（KS）", "greatest shift of the distribution (KS)"),
    # --- inputs that are shipped --------------------------------------------------------------------------------------
    "sensitivity.input.roster.posts.village_secretary.answer.night": Text(
        "村（社区）书记夜间每次接听的概率", "chance that a village secretary answers a call at night"
    ),
    "sensitivity.input.roster.posts.grid_worker.answer.night": Text(
        "网格员夜间每次接听的概率", "chance that a grid worker answers a call at night"
    ),
    "sensitivity.input.roster.posts.group_leader.answer.night": Text(
        "村民小组长夜间每次接听的概率", "chance that a group leader answers a call at night"
    ),
    "sensitivity.input.roster.posts.group_leader.reachable": Text(
        "村民小组长能联系上的概率", "chance that a group leader can be reached"
    ),
    "sensitivity.input.roster.desks.village.relay.triangular.mode": Text(
        "村里从应答到开始往下叫应，最可能要多久", "likeliest time from a village's answer to its first call"
    ),
    "sensitivity.input.channels.auto_call.answered_asleep": Text(
        "睡着的户被智能外呼叫醒接听的概率", "chance that an automated call wakes a household"
    ),
    "sensitivity.input.channels.sms.noticed_asleep": Text(
        "睡着的户被短信惊醒看到的比例", "share of sleepers who notice a text message"
    ),
    "sensitivity.input.channels.door.per_house.triangular.mode": Text(
        "敲门组每户最可能用时", "likeliest time per house, door to door"
    ),
    "sensitivity.input.channels.ten_household.goes": Text(
        "得知后会逐户通知的联系户比例", "share of ten-household leads who go round"
    ),
    "sensitivity.input.channels.neighbour.tells": Text(
        "得知的户会告诉某一近邻的概率", "chance that a household tells a neighbour"
    ),
    "sensitivity.input.evacuation.decision.prepare.lognormal.median": Text(
        "决定转移后到动身，半数户不超过多久", "time from deciding to leaving, of half of the households at most"
    ),
    "sensitivity.input.evacuation.decision.refuses": Text(
        "首次不愿转移的户的比例", "share of households that refuse at first"
    ),
    "sensitivity.input.evacuation.walking.pace.heavy": Text(
        "暴雨中转移步行用时的倍数", "how much slower people walk in heavy rain"
    ),
    "sensitivity.input.evacuation.helpers.per_village": Text("每村可用的帮扶人员", "helpers per village"),
    "sensitivity.input.outages.batteries.base.lognormal.median": Text(
        "普通基站蓄电池，半数能用不超过多久", "how long half of the batteries of base stations last at most"
    ),
    "sensitivity.input.outages.generators.served": Text(
        "停电基站中排得上应急发电的比例", "share of base stations without power that get a generator"
    ),
    "sensitivity.input.roster.fallback.notice.lognormal.median": Text(
        "断联后察觉、改用其他手段，半数不超过多久",
        "time until a cut is noticed and other means are used, half of the times at most",
    ),
    "sensitivity.input.county.synthesis.layout.group_radius": Text(
        "村民小组离村中心最远多远", "greatest distance of groups from the village centre"
    ),
    "sensitivity.input.county.synthesis.layout.hamlet_radius": Text(
        "农户离组中心大约多远", "how far houses lie from the group's centre"
    ),
    "sensitivity.input.county.synthesis.loudspeakers.group_share": Text(
        "装有应急广播终端（大喇叭）的组的比例", "share of groups with a loudspeaker"
    ),
    "sensitivity.input.county.synthesis.households.phone_elderly.smart": Text(
        "老人户有智能手机的比例", "share of elderly households with a smartphone"
    ),
    "sensitivity.input.county.synthesis.households.needs_help_elderly": Text(
        "有老人的户中需协助转移的比例", "share of elderly households that need help to move"
    ),
    "sensitivity.input.county.synthesis.networks.sets.4.share": Text(
        "有卫星电话的村的比例", "share of villages with a satellite phone"
    ),
    "sensitivity.input.roster.desks.village.relay": Text(
        "村里从应答到开始往下叫应多久",
        "time from a village's answer to its first call",
    ),
    "sensitivity.input.roster.posts.village_secretary.answer": Text(
        "村（社区）书记每次接听的概率",
        "chance that a village secretary answers a call",
    ),
    "sensitivity.input.channels.door.per_house": Text(
        "敲门组每户用时",
        "time per house, door to door",
    ),
    "sensitivity.input.channels.broadcast.setup": Text(
        "应急广播发布后多久开播",
        "time from the release to the first broadcast",
    ),
    # --- how a county finds them out -----------------------------------------------------------------------------------
    "sensitivity.check.roster.posts.village_secretary.answer.night": Text(
        "连续几夜抽村拨测书记电话，记接没接；翻应急值班通话记录",
        "call village secretaries on several nights, and note who answers; look through logs of duty calls",
    ),
    "sensitivity.check.roster.posts.grid_worker.answer.night": Text(
        "夜间抽网格员拨测，记接没接",
        "call grid workers at night, and note who answers",
    ),
    "sensitivity.check.roster.posts.group_leader.answer.night": Text(
        "夜间抽村民小组长拨测，记接没接",
        "call group leaders at night, and note who answers",
    ),
    "sensitivity.check.roster.posts.group_leader.reachable": Text(
        "逐个核对小组长名册：号码对不对、人在不在村",
        "check the list of group leaders one by one: right number, living in the village",
    ),
    "sensitivity.check.roster.desks.village.relay.triangular.mode": Text(
        "演练时掐表：从村里应答到拨出第一个电话",
        "take the time at a drill: from the village's answer to its first call",
    ),
    "sensitivity.check.channels.auto_call.answered_asleep": Text(
        "查智能外呼后台的夜间接通率",
        "look up in the call platform how many are answered at night",
    ),
    "sensitivity.check.channels.sms.noticed_asleep": Text(
        "夜间短信演练后次日电话回访：何时看到",
        "send a text at night for a drill, ask next day by telephone when it was seen",
    ),
    "sensitivity.check.channels.door.per_house.triangular.mode": Text(
        "选一个组实地敲门走一遍，记每户用时",
        "walk one group from door to door, and take the time per house",
    ),
    "sensitivity.check.channels.ten_household.goes": Text(
        "抽问十户联系人：最近一次收到预警通知了几户",
        "ask some ten-household leads how many they told at the last warning",
    ),
    "sensitivity.check.channels.neighbour.tells": Text(
        "上次预警后入户问：从哪里得知、告诉过谁",
        "ask households after a warning who told them, and whom they told",
    ),
    "sensitivity.check.evacuation.decision.prepare.lognormal.median": Text(
        "转移演练时掐表：从同意到出门",
        "take the time at an evacuation drill: from agreeing to leaving",
    ),
    "sensitivity.check.evacuation.decision.refuses": Text(
        "查历次转移台账：首次不愿走的有几户",
        "look up in records of past evacuations how many refused at first",
    ),
    "sensitivity.check.evacuation.walking.pace.heavy": Text(
        "雨天沿转移路线走一遍，与晴天用时相比",
        "walk an evacuation route in rain, and compare with dry weather",
    ),
    "sensitivity.check.evacuation.helpers.per_village": Text(
        "逐村清点帮扶责任人名册，核对人在不在村",
        "count the helpers of each village, and who of them lives there",
    ),
    "sensitivity.check.outages.batteries.base.lognormal.median": Text(
        "向铁塔、运营商要蓄电池台账和最近的放电测试",
        "ask operators for their lists of batteries and the latest discharge tests",
    ),
    "sensitivity.check.outages.generators.served": Text(
        "向铁塔、运营商和供电部门要应急发电机台数、以往停电的发电记录",
        "ask operators and the power supplier for generators, and which sites got one at past outages",
    ),
    "sensitivity.check.roster.fallback.notice.lognormal.median": Text(
        "断联演练时掐表：从断到改用卫星电话等手段",
        "take the time at a drill of a cut: until other means are used",
    ),
    "sensitivity.check.county.synthesis.layout.group_radius": Text(
        "用国土或地名数据标出各组位置，量到村委会的距离",
        "mark the groups on a map, and measure how far they lie from the village office",
    ),
    "sensitivity.check.county.synthesis.layout.hamlet_radius": Text(
        "用房屋矢量或航拍图，抽几个组量房屋离组中心多远",
        "measure on aerial images of some groups how far houses lie from the centre",
    ),
    "sensitivity.check.county.synthesis.loudspeakers.group_share": Text(
        "查应急广播平台终端台账，抽查能不能响",
        "look up the list of terminals of the emergency broadcast, and test some",
    ),
    "sensitivity.check.county.synthesis.households.phone_elderly.smart": Text(
        "结合养老认证或网格走访，登记老人用什么手机",
        "note at visits what telephone the elderly use",
    ),
    "sensitivity.check.county.synthesis.households.needs_help_elderly": Text(
        "查民政、残联名册并入户核对：谁走不动",
        "check the lists of the civil affairs office at visits: who cannot walk alone",
    ),
    "sensitivity.check.county.synthesis.networks.sets.4.share": Text(
        "实地清点卫星电话：在哪个村、能不能打通",
        "count the satellite telephones: in which village, and whether they work",
    ),
    "sensitivity.check.roster.desks.village.relay": Text(
        "演练时掐表：从村里应答到拨出第一个电话",
        "take the time at a drill: from the village's answer to its first call",
    ),
    "sensitivity.check.roster.posts.village_secretary.answer": Text(
        "抽村拨测书记电话，记接没接",
        "call village secretaries, and note who answers",
    ),
    "sensitivity.check.channels.door.per_house": Text(
        "选一个组实地敲门走一遍，记每户用时",
        "walk one group from door to door, and take the time per house",
    ),
    "sensitivity.check.channels.broadcast.setup": Text(
        "演练时掐表：从发布到大喇叭出声",
        "take the time at a drill: from the release to the loudspeakers",
    ),
}
