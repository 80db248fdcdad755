"""Texts of the report of a study: sentences to read aloud, sections, what each measure is called, methods. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

STUDY_REPORT = {
    # --- sentences to read aloud --------------------------------------------------------------------------------------
    "study.say.method": Text(
        "{title}：同一情景推演了{n}次，每次运气不同，误差范围按95%的把握给出；结果只对这个情景和它的假设成立，不是实况，也不是预报。",
        "{title}: the scenario was run {n} times, each with luck of its own, intervals are at the 95% level; the results hold for this "
        "scenario and its "
        "assumptions only and are neither an account nor a forecast of a real event.",
    ),
    "study.say.any_time": Text(
        "推演次数不是事先确定的，按时和超时的误差范围用随时可停的（较宽），其余仍按次数固定计。",
        "The number of runs was not fixed beforehand: intervals of in time and late are those that hold whenever one stops (they are wider), "
        "all others are of a fixed number.",
    ),
    "study.say.verdict": Text(
        "{asked}：{verdict}；{n}次中{met}次按时，误差范围{low}—{high}次，要求按时的概率是{required}。",
        "{asked}: {verdict}; {met} of {n} runs in time, interval {low} to {high}; required is a probability of {required}.",
    ),
    "study.say.basis": Text(
        "{of}项要求中有{n}项的时限不是本县文件规定的（{named}），要求的概率也是推演设定的；请先换成本县预案的规定再作结论。",
        "Of the {of} limits {n} are no rule of this county's ({named}), and the required probabilities were set for the runs; put your own rules "
        "in before you conclude.",
    ),
    "study.say.basis_one": Text("{basis}{n}项", "{basis}: {n}"),
    "study.basis.外地做法，本县未规定": Text("参照外地", "practice elsewhere"),
    "study.basis.规划假设": Text("规划假设", "planning assumption"),
    "study.basis.待核实": Text("待核实", "to be verified"),
    "study.basis.合成数据": Text("合成数据", "synthetic data"),
    "study.basis.none": Text("未注明依据", "no basis stated"),
    "study.say.rest": Text("其余{n}项要求中，{counts}。", "Of the other {n} requirements {counts}."),
    "study.say.rest_alike": Text("其余{n}项要求均为{verdict}。", "All other {n} requirements: {verdict}."),
    "study.say.rest_one": Text("{verdict}{n}项", "{n} are {verdict}"),
    "study.say.told": Text(
        "95%的户收到预警：一半的次数里在发布后{middle}内，每二十次约有一次要到发布后{bad}或更晚。",
        "95% of households were told within {middle} of the release in half of the runs, and about one run in twenty takes {bad} or longer.",
    ),
    "study.say.told_bad_never": Text(
        "95%的户收到预警：一半的次数里在发布后{middle}内，每二十次至少约有一次到推演结束也没有做到；发布后60分钟，一半的次数里收到的户不低于{share}"
        "，每二十次约有一次只有{worst}或更少。",
        "95% of households were told within {middle} of the release in half of the runs, and in about one run of twenty or more not by the end; "
        "60 min after the release {share} of households or more had been told in half of the runs, and {worst} or fewer in about one of twenty.",
    ),
    "study.say.told_never": Text(
        "{n}次中有{never}次，到推演结束收到预警的户也不到95%；发布后60分钟，一半的次数里收到的户不低于{share}，每二十次约有一次只有{worst}或更少。",
        "In {never} of {n} runs fewer than 95% of households had been told by the end; 60 min after the release {share} of households or more "
        "had been told in half of the runs, and {worst} or fewer in about one of twenty.",
    ),
    "study.say.exposed": Text(
        "灾害发生时仍在危险区的人数（不是伤亡预测）：一半的次数里不超过{middle}人，每二十次约有一次达到或超过{bad}人；只计当次确实受灾的危险区。",
        "Persons still in danger areas when it strikes (no forecast of casualties): at most {middle} in half of the runs, {bad} or more "
        "in about one of "
        "twenty; only areas that are struck in that run count.",
    ),
    "study.say.weakest": Text(
        "按“{name}”逐个{level}看，{n}次中最常超时的是{places}{step}。",
        "By '{name}', of {n} runs, the {level} late most often are {places}{step}.",
    ),
    "study.say.weakest_alike": Text(
        "按“{name}”逐个{level}看，{n}次中有{alike}个{level}每个都有{late}次超时，例如{places}{step}。",
        "By '{name}', of {n} runs, {alike} {level} were late {late} times each, such as {places}{step}.",
    ),
    "study.say.weak_place": Text("{place}（{late}次）", "{place} ({late} times)"),
    "study.say.weak_place_step": Text(
        "{place}（{late}次，主要耗在{step}）", "{place} ({late} times, mostly for {step})"
    ),
    "study.say.mostly": Text("，主要耗在{step}", ", mostly for {step}"),
    "study.say.none_late": Text(
        "按“{name}”逐个{level}看，{n}次中没有一个超时。",
        "By '{name}', in none of {n} runs was any of the {level} late.",
    ),
    "study.say.dark": Text(
        "{n}次中有{runs}次，一成及以上的{level}（至少{least}个）在同一时刻断联，误差范围{low}—{high}次；同时断联最多时，一半的次数里不超过{middle}"
        "个，每二十次约有一次达到或超过{bad}个。",
        "In {runs} of {n} runs a tenth or more of the {level} ({least} at least) were cut off at one moment, interval {low} to {high}; the most "
        "cut off at once were at most {middle} in half of the runs and {bad} or more in about one of twenty.",
    ),
    "study.say.open": Text(
        "尚不能判定的有{n}项：{names}；增加推演次数后再判定。",
        "{n} cannot be told yet: {names}; more runs will tell.",
    ),
    "study.say.open_one": Text("{name}（约再推演{more}次）", "{name} (about {more} more runs)"),
    "study.say.open_hopeless": Text(
        "{name}（恰在界线上，再多次也难判定）", "{name} (right at the line: hardly ever to be told)"
    ),
    "study.numbered": Text("{n}．{said}", "{n}. {said}"),
    "study.asked": Text("{name}，{limit}", "{name}, {limit}"),
    # --- sections -----------------------------------------------------------------------------------------------------
    "study.page.title": Text("多次推演报告", "Report of many runs"),
    "study.head.aloud": Text("可以照着念的话（{n}句）", "To read aloud: {n} sentences"),
    "study.head.verdicts": Text("各项要求是否达标", "Are the requirements met?"),
    "study.head.side_by_side": Text(
        "按时的范围：全部、95%以上、按时最少的地方", "Side by side: all places, 95% of them, the worst"
    ),
    "study.head.limits": Text("推算的时限", "Limits suggested"),
    "study.head.bands": Text("多少分钟内有多少户收到", "How many households are told within how many minutes"),
    "study.head.exposed": Text(
        "灾害发生时仍在危险区人数（不是伤亡预测）",
        "Persons in danger areas when it strikes (no forecast of casualties)",
    ),
    "study.head.late": Text("哪些地方最常超时", "Which places are late most often"),
    "study.head.late_level": Text("最常超时的{level}", "Late most often: {level}"),
    "study.head.late_townships": Text("各{level}超时的次数", "Late: {level}"),
    "study.head.late_all": Text("各项要求最常超时的地方", "Late most often, by requirement"),
    "study.head.steps": Text("时间花在哪一步", "Where the minutes go"),
    "study.head.dark": Text("多少村同时断联", "How many villages are cut off together"),
    "study.head.numbers": Text("全县各数", "Numbers of the county"),
    "study.head.annex": Text("方法附录", "Methods"),
    "study.head.columns": Text("逐次数据的各项", "What the numbers of each run are"),
    "study.tab.aloud": Text("照着念", "To read aloud"),
    "study.tab.side_by_side": Text("全部、95%、最差", "All, 95%, worst"),
    "study.tab.bands": Text("收到的户的比例", "Told, by minute"),
    "study.tab.exposed": Text("仍在危险区人数", "Persons in danger"),
    "study.tab.dark": Text("同时断联", "Cut off together"),
    "study.tab.numbers": Text("全县各数", "Numbers of the county"),
    "study.tab.annex": Text("方法附录", "Methods"),
    "study.tab.columns": Text("逐次数据说明", "Numbers of each run"),
    # --- notes --------------------------------------------------------------------------------------------------------
    "study.note.verdicts": Text(
        "误差范围的下限不低于要求的概率，判为推演达标；上限低于它，判为推演不达标；其余尚不能判定。",
        "Met: the whole interval reaches the required probability. Not met: none of it does. Otherwise it cannot be told yet.",
    ),
    "study.note.side_by_side": Text(
        "各地单独计算：本地（或其住户）在时限内达到该项规定的比例，记为按时。表中为{n}次中的次数，括号内为误差范围；"
        "“最差的地方”是按时次数最少的一个，"
        "其误差范围按全部地方一起放宽。",
        "Each place counts by itself: it is in time if it, or its households, did what is asked within the limit. Cells say in how many of "
        "{n} runs, with the interval; the worst place is the one that was in time least often, its interval widened for all places together.",
    ),
    "study.note.bands": Text(
        "深色带内是一半的次数，浅色带内是九成的次数；细线是全程最好和最差的各一次（编号{best}和{worst}），某一时刻未必最高或最低。记录的时刻之间用直线连接。",
        "Half of the runs lie in the dark band, nine of ten in the light one; thin lines are the best and the worst run as a whole (numbers {best} "
        "and {worst}), at some minutes not the highest or lowest. Straight lines join the minutes that are kept.",
    ),
    "study.note.told": Text(
        "“收到预警”指住户听到、看到或被告知；比例按全部住户计，没有收到的也在分母中。",
        "A household is told once it has heard, read or been told of the warning; shares are of all households, those never told included.",
    ),
    "study.note.main": Text(
        "地图和名单按“{name}”画：情景中可以逐个{level}判定的第一项要求，有超时的优先。每个{level}按自己算，本{level}（或其住户）"
        "没有在时限内做到，就算超时一次。",
        "Map and lists are about '{name}': the first requirement that can be judged by {level}, those that some were late for before others. Each "
        "counts by itself: it is late in a run if it, or its households, did not do what is asked within the limit.",
    ),
    "study.note.townships": Text(
        "按编码排列，供找环节，不是乡镇排名：村多的乡镇要同时叫应的村多，容易超时；误差范围重叠的，分不出先后。",
        "In the order of their codes, to find the step, not to rank townships: those with more villages have more to call at a time; where "
        "intervals overlap nothing can be said of who comes first.",
    ),
    "study.note.shown": Text(
        "列出最常超时的{shown}个，出现过超时的共{n}个，其中每次都超时的{always}个；全部见工作簿“{tab}”。",
        "The {shown} that are late most often, of {n} that ever were, {always} of them in every run; all stand in the workbook, sheet '{tab}'.",
    ),
    "study.note.late_all": Text(
        "括号内为超时次数（共推演{n}次）；全部地方见工作簿“{tab}”。",
        "In brackets, how many of {n} runs were late; all places stand in the workbook, sheet '{tab}'.",
    ),
    "study.note.steps": Text(
        "只算收到预警的户，从推演起算到收到，分摊到各环节；误差范围是平均值的（各次之间）。各乡镇的见工作簿“{tab}”。",
        "Households that were told only, from T0 until they were, shared out by step; intervals are those of the mean over runs. Townships "
        "stand in the "
        "workbook, sheet '{tab}'.",
    ),
    "study.note.dark": Text(
        "“断联”指没有手机信号（电话、短信、微信都不通）；共{of}个{level}。表中为{n}次中的次数，括号内为误差范围。",
        "Cut off: no mobile service, so neither calls nor messages; {level} in all: {of}. Cells say in how many of {n} runs, with the interval.",
    ),
    "study.note.numbers": Text(
        "括号内为误差范围；推演次数少，有时只给得出一头（“以上”“以下”）。“每二十次约有一次更差”：约有一次比它更差，数值大为好的项取小的一端。",
        "In brackets, the interval; so few runs may give one end of it only. One run in twenty is about as bad as the last column or "
        "worse; where more is "
        "better, that is the small end.",
    ),
    "study.note.unfinished": Text(
        "“未完成次数”是到推演结束也没有做到的次数；落在其中的分位写“未完成”。",
        "'Runs without' counts those in which it was not done by the end; where the quantile falls among them it says 'not done'.",
    ),
    "study.note.columns": Text(
        "replications.parquet 每行一个数：第几次（replication）、项目（measure）、地方编码（place）、数值（value，空为未完成或没有对象）、"
        "单位（unit）。",
        "Each row of replications.parquet is a number: run (replication), measure, code of the place, value (null: not done, or nobody meant), unit.",
    ),
    # --- what is said in sections -------------------------------------------------------------------------------------
    "study.bands.at": Text(
        "发布后{minutes}：一半的次数里不低于{median}，九成的次数在{low}到{high}之间",
        "{minutes} after the release: at least {median} in half of the runs, {low} to {high} in nine of ten",
    ),
    "study.bands.said": Text("收到预警的户的比例，{each}。", "Share of households told: {each}."),
    "study.bands.joint": Text("；", "; "),
    "study.exposed.said": Text(
        "{n}次推演：最少{least}人，中位数{middle}人，每二十次约有一次达到或超过{bad}人，最多{most}人。",
        "{n} runs: {least} persons at least, median {middle}, {bad} or more in about one of twenty, {most} at most.",
    ),
    "study.steps.said": Text(
        "收到预警的户平均在起算后{total}分钟收到；耗时最多的是{steps}。",
        "Households that were told were so {total} min after T0 on average; the longest steps were {steps}.",
    ),
    "study.steps.one": Text("{step}（{minutes}分钟）", "{step} ({minutes} min)"),
    "study.cell.runs": Text("{met}次（{low}—{high}）", "{met} ({low} to {high})"),
    "study.cell.one_place": Text("其中1个", "one of them"),
    "study.cell.place": Text("{place}：{runs}", "{place}: {runs}"),
    "study.cell.place_alike": Text("{alike}个并列：{runs}", "{alike} alike: {runs}"),
    "study.cell.range": Text("{low}—{high}", "{low} to {high}"),
    "study.cell.value": Text("{value}（{low}—{high}）", "{value} ({low} to {high})"),
    "study.cell.value_from": Text("{value}（{low}以上）", "{value} ({low} or more)"),
    "study.cell.value_to": Text("{value}（{high}以下）", "{value} ({high} or less)"),
    "study.cell.unfinished": Text("未完成", "not done"),
    "study.cell.late": Text("{place}（{late}）", "{place} ({late})"),
    "study.cell.late_alike": Text("{alike}个并列（各{late}）", "{alike} alike ({late} each)"),
    "study.cell.late_some": Text("{n}个有超时", "{n} were late"),
    "study.cell.never_late": Text("没有超时的", "none late"),
    "study.verdict.unsimulated": Text("没有推演或没有对象，不评", "not simulated, or nobody meant"),
    # --- columns ------------------------------------------------------------------------------------------------------
    "study.col.asked": Text("要求（时限）", "Requirement (limit)"),
    "study.col.basis": Text("依据状态", "Basis"),
    "study.col.counted": Text("按时次数", "In time"),
    "study.col.range": Text("误差范围（次）", "Interval (runs)"),
    "study.col.places": Text("地方数", "Places"),
    "study.col.all": Text("全部都按时", "All in time"),
    "study.col.most": Text("95%以上按时", "95% in time"),
    "study.col.worst": Text("最差的地方按时", "The worst place in time"),
    "study.col.all_met": Text("全部都按时的次数", "Runs, all in time"),
    "study.col.all_low": Text("全部：误差下限", "All: low"),
    "study.col.all_high": Text("全部：误差上限", "All: high"),
    "study.col.most_met": Text("95%以上按时的次数", "Runs, 95% in time"),
    "study.col.most_low": Text("95%以上：误差下限", "95%: low"),
    "study.col.most_high": Text("95%以上：误差上限", "95%: high"),
    "study.col.worst_code": Text("最差的地方：编码", "Worst place: code"),
    "study.col.worst_label": Text("最差的地方", "Worst place"),
    "study.col.worst_alike": Text("同样差的地方数", "Places as bad"),
    "study.col.worst_met": Text("最差的地方按时次数", "Worst place: runs in time"),
    "study.col.worst_low": Text("最差：误差下限", "Worst: low"),
    "study.col.worst_high": Text("最差：误差上限", "Worst: high"),
    "study.col.minute": Text("发布后分钟", "Minutes after release"),
    "study.col.p5": Text("5%的次数不超过", "5th percentile"),
    "study.col.p25": Text("25%的次数不超过", "25th percentile"),
    "study.col.p50": Text("中位数", "Median"),
    "study.col.p75": Text("75%的次数不超过", "75th percentile"),
    "study.col.p95": Text("95%的次数不超过", "95th percentile"),
    "study.col.half": Text("一半的次数在", "Half of the runs"),
    "study.col.ninety": Text("九成的次数在", "Nine runs of ten"),
    "study.col.best": Text("最好的一次", "Best run"),
    "study.col.worst_run": Text("最差的一次", "Worst run"),
    "study.col.run": Text("推演编号", "Run"),
    "study.col.persons": Text("人数", "Persons"),
    "study.col.dark": Text("断联的{level}达到", "Cut off, of {level}, at least"),
    "study.col.dark_share": Text("全部的比例", "Share of all"),
    "study.col.villages": Text("至少几个", "So many at least"),
    "study.col.at_once": Text("某一时刻同时", "At one moment"),
    "study.col.60min": Text("发布后60分钟时", "60 min after release"),
    "study.col.when": Text("什么时候", "When"),
    "study.col.runs": Text("次数", "Runs so"),
    "study.col.unit": Text("单位", "Unit"),
    "study.col.median": Text("中位数", "Median"),
    "study.col.median_low": Text("中位数：误差下限", "Median: low"),
    "study.col.median_high": Text("中位数：误差上限", "Median: high"),
    "study.col.worst_of_twenty": Text("每二十次约有一次更差", "One in twenty worse"),
    "study.col.worst_of_twenty_low": Text("最差：误差下限", "Worst: low"),
    "study.col.worst_of_twenty_high": Text("最差：误差上限", "Worst: high"),
    "study.col.id": Text("标识", "Id"),
    "study.col.of_whom": Text("哪些地方", "Of which places"),
    "study.unit.min": Text("分钟", "min"),
    "study.unit.1": Text("比例", "share"),
    "study.unit.household": Text("户", "households"),
    "study.unit.person": Text("人", "persons"),
    "study.unit.village": Text("个村", "villages"),
    "study.unit.step": Text("环节序号", "number of a step"),
    "study.group.min": Text("分钟", "Minutes"),
    "study.group.1": Text("比例", "Shares"),
    "study.group.count": Text("个数、户数、人数", "Counts"),
    # --- figures ------------------------------------------------------------------------------------------------------
    "study.fig.source": Text(
        "来源：叫应推演，情景 {scenario}，随机种子{seed}，推演{n}次",
        "Source: jiaoying simulation, scenario {scenario}, seed {seed}, {n} runs",
    ),
    "study.fig.bands": Text("{place}：收到预警的户的比例，{n}次推演", "{place}: share of households told, {n} runs"),
    "study.fig.exposed": Text(
        "{place}：灾害发生时仍在危险区人数（不是伤亡预测），{n}次推演",
        "{place}: persons in danger areas when it strikes (no forecast of casualties), {n} runs",
    ),
    "study.fig.late": Text(
        "{place}：各{level}超时的次数占{n}次推演的比例", "{place}: in what share of {n} runs each was late, {level}"
    ),
    "study.fig.steps": Text(
        "{place}：收到预警的户平均耗时，{n}次推演", "{place}: mean minutes of households told, {n} runs"
    ),
    "study.fig.late_about": Text("要求：{name}；圆点大小为常住人口", "Requirement: {name}; size of dot: residents"),
    "study.fig.median": Text("中位数", "median"),
    "study.fig.half": Text("一半的次数", "half of the runs"),
    "study.fig.ninety": Text("九成的次数", "nine runs of ten"),
    "study.fig.best": Text("全程最好的一次（编号{run}）", "best run (number {run})"),
    "study.fig.worst": Text("全程最差的一次（编号{run}）", "worst run (number {run})"),
    "study.fig.limit": Text("时限：{length}内{share}的户", "limit: {share} within {length}"),
    "study.fig.minutes": Text("发布后分钟数", "minutes after release"),
    "study.fig.share": Text("收到预警的户的比例", "share of households told"),
    "study.fig.persons": Text("仍在危险区人数", "persons in danger areas"),
    "study.fig.runs": Text("次数", "runs"),
    "study.fig.median_at": Text("中位数 {n}人", "median {n}"),
    "study.fig.worst_at": Text("每二十次约有一次更多 {n}人", "one in twenty more: {n}"),
    "study.fig.never_late": Text("从未超时", "never late"),
    "study.fig.late_below": Text("不到{share}", "under {share}"),
    "study.fig.late_from": Text("{low}—{high}", "{low}–{high}"),
    "study.fig.late_above": Text("{share}以上", "{share} or more"),
    "study.fig.not_meant": Text("不在要求之内", "not meant"),
    "study.fig.step_minutes": Text(
        "平均分钟（橙色为发布以前；细横线为95%误差范围）",
        "minutes, mean (orange: before the release; whiskers: 95% interval)",
    ),
    "study.alt.late": Text(
        "地图：{name}。从未超时的{level}{never}个，超时不到一半次数的{some}个，一半及以上次数的{often}个。",
        "Map: {name}. Never late: {never} {level}; late in fewer than half of the runs: {some}; in half or more: {often}.",
    ),
    # --- methods ------------------------------------------------------------------------------------------------------
    "study.annex.runs": Text(
        "推演{n}次，编号0至{last}，随机种子{seed}。第几次推演只由情景、种子和编号决定：换一个措施再推演，遇到的是同样的运气，可以逐次比较。",
        "{n} runs, numbered 0 to {last}, seed {seed}. A run depends on scenario, seed and number only: with another measure it meets the "
        "same luck, so that "
        "runs can be compared one by one.",
    ),
    "study.annex.interval": Text(
        "误差范围的意思：反复做这样的研究，一百回中至少九十五回，真实的概率落在算出的范围内。报告里把它换算成次，向外取整。",
        "What an interval means: of a hundred such studies at least ninety-five give one that holds the true probability. It is told in "
        "runs, outwards to "
        "whole ones.",
    ),
    "study.annex.fixed": Text(
        "次数事先定死，按时概率的误差范围用二项分布的精确区间（Clopper–Pearson，双侧95%）。",
        "The number of runs was fixed beforehand: intervals of probabilities are exact binomial ones (Clopper–Pearson, two-sided, 95%).",
    ),
    "study.annex.any_time": Text(
        "次数不是事先定死的（推演到够精确为止，或中途看过结果又增加了次数），按时概率的误差范围用任何时候停下都成立的区间（混合鞅，95%）。",
        "The number of runs was not fixed beforehand (stopped by precision, or more were asked after some had been seen): intervals of "
        "probabilities are those "
        "that hold whenever one stops (mixture martingale, 95%).",
    ),
    "study.annex.luck": Text(
        "每次推演不同的是运气：{what}。",
        "What differs from run to run is luck: {what}.",
    ),
    "study.annex.joint": Text("；", "; "),
    "study.annex.luck_calls": Text(
        "谁接得通、第几次接听、各环节用多久", "who can be reached, at which try, how long each step takes"
    ),
    "study.annex.luck_homes": Text(
        "谁在家、是否睡着、哪部手机开着", "who is at home, asleep, with which phone switched on"
    ),
    "study.annex.luck_outages": Text("哪里、何时断电断网断路", "where and when power, network and roads fail"),
    "study.annex.luck_onset": Text("哪些危险区、何时受灾", "which danger areas are struck, and when"),
    "study.annex.fixed_parts": Text(
        "不随次数变化的是假设本身：接听概率、各步用时的规律、值班表、县情数据、预警签发的安排（见下表及其依据）。它们估得准不准，"
        "误差范围里没有算进去。",
        "What does not differ are the assumptions: chances of answering, laws of durations, roster, data of the county, how warnings are "
        "signed off (see the table "
        "below with their sources). How good they are is not in the intervals.",
    ),
    "study.annex.quantiles": Text(
        "中位数和“每二十次约有一次更差”都是某一次推演的实际数值（次序统计量），不取两次的平均；其误差范围不假定分布。各环节平均分钟的误差范围用t分布。",
        "Medians and 'one in twenty worse' are values of actual runs (order statistics), never means of two; their intervals assume no "
        "distribution. Those of mean "
        "minutes by step use Student's t.",
    ),
    "study.annex.never": Text(
        "推演到起算后{length}为止。到那时仍没有做到的记为未完成，按超时计，不折算成分钟数；表中留空，另列次数。",
        "Runs end {length} after T0. What was not done by then counts as late and as not done, and is given no minutes: cells stay empty "
        "and such runs are "
        "counted beside.",
    ),
    "study.annex.together": Text(
        "各地方超时比例的误差范围已按同时比较的地方数放宽（Bonferroni）：同一层级的全部地方同时落在各自范围内的可能不低于95%。"
        "名次靠前的地方有运气成分，要看误差范围是否分得开。",
        "Intervals of how often places are late are widened for being many (Bonferroni): all places of a level lie in theirs together with "
        "95% at least. Who comes "
        "first is partly luck: see whether the intervals lie apart.",
    ),
    "study.annex.caution": Text(
        "推演达标、推演不达标都只对这个情景和它的假设成立；接听概率等没有本县实测的，为规划假设。结果按地方和环节，不涉及个人，不作考核问责依据。",
        "Met and not met hold for this scenario and its assumptions only; chances of answering and the like are planning assumptions where "
        "the county has "
        "not measured them. Results are by place and step, and judge nobody.",
    ),
    "study.annex.missing": Text("本情景没有推演：{what}。", "Not simulated in this scenario: {what}."),
    "study.annex.again": Text(
        "在结果文件夹中运行下面的命令，得到同样的推演；其中某一次可用 jiaoying run scenario.resolved.yaml --replication 编号 单独重做。",
        "Run this inside the result folder to make the same runs again; jiaoying run scenario.resolved.yaml --replication NUMBER makes one "
        "of them by itself.",
    ),
    # --- measures -----------------------------------------------------------------------------------------------------
    "study.taken": Text("{name}：用时", "{name}: minutes taken"),
    "study.met": Text("{name}：是否按时（1是，0否）", "{name}: in time (1 yes, 0 no)"),
    "study.spent": Text("收到预警的户平均耗在：{step}", "mean minutes of households told: {step}"),
    "study.share_told": Text("发布后{minutes}内收到预警的户", "households told within {minutes} of the release"),
    "measure.release_min": Text("预警发布（起算后分钟）", "release of the warning (minutes after T0)"),
    "measure.warned_p50_min": Text("半数户收到预警（起算后分钟）", "half of the households told (minutes after T0)"),
    "measure.warned_p90_min": Text("90%的户收到预警（起算后分钟）", "90% of households told (minutes after T0)"),
    "measure.warned_p95_min": Text("95%的户收到预警（起算后分钟）", "95% of households told (minutes after T0)"),
    "measure.never_households": Text("到推演结束仍未收到预警的户", "households not told by the end"),
    "measure.dark_villages_max": Text("同时断联的村最多时", "most villages cut off at one moment"),
    "measure.dark_villages_60min": Text("发布后60分钟时断联的村", "villages cut off 60 min after the release"),
    "measure.villages_never_reached": Text("始终没有叫到的村", "villages never reached"),
    "measure.listed_persons": Text("应转移人数", "persons who must leave"),
    "measure.warned_persons": Text("应转移人员中收到转移通知的", "persons who must leave, told to"),
    "measure.departed_persons": Text("应转移人员中已动身的", "persons who must leave, departed"),
    "measure.safe_before_onset_persons": Text("灾害发生前已安全转移的人数", "persons safe before it strikes"),
    "measure.exposed_at_onset_persons": Text(
        "灾害发生时仍在危险区人数（不是伤亡预测）",
        "persons in danger areas when it strikes (no forecast of casualties)",
    ),
    "measure.went_home_persons": Text("转移后又回家的人数", "persons who went home again"),
    "measure.last_safe_min": Text(
        "推演结束前最后一户到达安全处（不是全部转移完，起算后分钟）",
        "last arrival before the end, not all who must leave (minutes after T0)",
    ),
    "measure.report_villages_reported": Text("县里收到过其转移报告的村", "villages of which the county had a report"),
    "measure.report_villages_due": Text(
        "有应转移户、应当报告的村", "villages with households that must leave, due to report"
    ),
    "measure.report_county_complete_min": Text(
        "县里收齐各村核报（起算后分钟）", "the county has every final report (minutes after T0)"
    ),
    "measure.report_median_lag_min": Text("从清点到县里收到（中位，分钟）", "from count to county (median, minutes)"),
    "measure.report_due_households_known": Text(
        "县里掌握的应转移户数", "households that must leave, as the county knew"
    ),
    "measure.report_due_persons_known": Text("县里掌握的应转移人数", "persons who must leave, as the county knew"),
    "measure.report_safe_persons_known": Text("县里掌握的已安全转移人数", "persons safe, as the county knew"),
    "measure.acknowledged_min": Text("值班室应答（起算后分钟）", "the desk answered (minutes after T0)"),
    "measure.dark_min": Text("断联多久（分钟）", "minutes cut off"),
    "measure.exposed_persons": Text(
        "灾害发生时仍在危险区人数（不是伤亡预测）",
        "persons in danger areas when it strikes (no forecast of casualties)",
    ),
    "measure.reported_min": Text(
        "县里首次收到其报告（起算后分钟）", "the county first had a report of it (minutes after T0)"
    ),
    "measure.main_step": Text("耗时最多的环节（住户收到）", "step that took most minutes (households told)"),
    "measure.main_step_since_release": Text(
        "发布后耗时最多的环节（住户收到）", "step that took most minutes since the release (households told)"
    ),
    "measure.call_step_since_release": Text(
        "发布后耗时最多的环节（值班室应答）", "step that took most minutes since the release (the desk's answer)"
    ),
    "measure.call_step": Text("耗时最多的环节（值班室应答）", "step that took most minutes (the desk's answer)"),
}
"""Texts of the report of a study, by key."""
