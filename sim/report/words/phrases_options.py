"""Texts of what is found out about options (能力提升措施), by key."""

from __future__ import annotations

from sim.errors import Text

OF_OPTIONS = {
    "options.title": Text("哪些措施值得？{county}", "Which measures are worth it? {county}"),
    "options.method": Text(
        "情景“{scenario}”，{options}项能力提升措施：先各推演{screen}次初筛，入围的{finalists}个方案再用{finals}次新的推演决选。"
        "各方案遇到同样的运气，逐次配对比较。",
        "Scenario “{scenario}”, {options} measures: each is screened in {screen} runs, then {finalists} finalists are judged in {finals} new runs. "
        "All meet the same luck and are compared run by run.",
    ),
    "options.quoted": Text("“{title}”", "“{title}”"),
    "options.item": Text("{why}的，{titles}", "{why}: {titles}"),
    "options.joint": Text("；", "; "),
    "options.more": Text("，等{n}项", ", {n} in all"),
    "options.plus": Text("＋", " + "),
    "options.as_is": Text("维持现状", "leaving it as it is"),
    "options.the_recommended": Text("推荐组合", "the recommended portfolio"),
    "options.scheme": Text("方案{n}（{titles}）", "no. {n} ({titles})"),
    "options.scheme.more": Text("方案{n}（推荐组合再加{more}）", "no. {n} (the recommended and {more})"),
    "options.scheme.less": Text("方案{n}（推荐组合去掉{less}）", "no. {n} (the recommended without {less})"),
    "options.scheme.other": Text(
        "方案{n}（推荐组合把{less}换成{more}）", "no. {n} (the recommended with {more} for {less})"
    ),
    "options.scheme_short": Text("方案{n}", "no. {n}"),
    "options.money": Text("{n}万元", "{n} yuan"),
    "options.free": Text("不花钱", "free"),
    "options.some": Text("有的是{doubts}", "some: {doubts}"),
    "options.unsourced": Text("依据未注明", "no source stated"),
    "options.of_runs": Text("{n}次中{met}次", "{met} of {n} runs"),
    "options.change": Text("{change}（误差范围{range}）", "{change} (interval {range})"),
    "options.limit": Text("（时限{length}）", " (within {length})"),
    "options.never": Text("（始终做不到的按{length}计）", " (never counts as {length})"),
    # --- what to do ---------------------------------------------------------------------------------------------------
    "options.nothing": Text("0万元", "nothing"),
    "options.per.once": Text("一次性{money}", "{money} once"),
    "options.per.year": Text("每年{money}", "{money} a year"),
    "options.per.event": Text("每次灾害{money}", "{money} for each event"),
    "options.once_a.once": Text("一次性", "once"),
    "options.once_a.year": Text("每年", "every year"),
    "options.once_a.event": Text("每次灾害", "every event"),
    "options.counting": Text(
        "每年的按{years}年算，每次灾害的按1次算",
        "yearly costs × {years}, those of an event × 1",
    ),
    "options.within": Text("{budget}以内，", " within {budget}"),
    "options.within.nothing": Text("预算为0，", " with a budget of 0"),
    "options.left": Text("，还剩{left}", "; {left} are left"),
    "options.left.counted": Text(
        "；{counting}，合计{total}，还剩{left}", "; {counting}: {total} in all, {left} are left"
    ),
    "options.do": Text(
        "{within}建议采用{n}项措施：{titles}，共{cost}{left}。",
        "Recommended{within}, {n} in all: {titles}, for {cost}{left}.",
    ),
    "options.do.free": Text(
        "{within}建议采用{n}项措施：{titles}，都{cost}{left}。",
        "Recommended{within}, {n} in all: {titles}, all {cost}{left}.",
    ),
    "options.none": Text(
        "{within}{n}项措施各推演{runs}次，没有一项有把握改善“{name}”：看清以前，先维持现状。",
        "Of the {n} measures{within} none surely improves “{name}” in {runs} runs each: until more is known leave it as it is.",
    ),
    "options.none.finals": Text(
        "{within}入围的{n}个方案各推演{runs}次，没有一个有把握改善“{name}”：看清以前，先维持现状。",
        "Of the {n} finalists{within} none surely improves “{name}” in {runs} runs each: until more is known leave it as it is.",
    ),
    "options.none.dear": Text(
        "{within}一项措施也做不了：每一项单独都超出预算。",
        "Nothing can be bought{within}: each measure alone is dearer.",
    ),
    "options.buys.mean": Text(
        "同样的运气推演{n}次：{name}{note}，平均从{base}变为{other}，{change}，{effect}。",
        "In {n} runs of the same luck: {name}{note}: from {base} to {other} on average, {change}, {effect}.",
    ),
    "options.buys.chance": Text(
        "同样的运气推演：{name}{note}，从{base}按时变为{other}按时，{change}，{effect}。",
        "Under the same luck: {name}{note}: in time in {base}, then in {other}, {change}, {effect}.",
    ),
    "options.step": Text(
        "其中先做的（{before}）已{gained}；再加{titles}（{cost}），又{change}。",
        "The first of it ({before}) gives {gained}; {titles} ({cost}) then adds: {change}.",
    ),
    "options.harm": Text(
        "但{which}同时使别的数有把握变差：{items}{more}，采用前要先想好怎样补上。",
        "But {which} would surely make other numbers worse: {items}{more}; think of a remedy before.",
    ),
    "options.harm.recommended": Text("推荐的这些", "what is recommended"),
    "options.harm.alone": Text("光做{titles}", "{titles} alone"),
    "options.requirements.better": Text(
        "有把握更常按时的要求：{items}{more}。", "Requirements that are surely kept more often: {items}{more}."
    ),
    "options.requirements.worse": Text(
        "有把握更常超时的要求：{items}{more}，采用前要先想好怎样补上。",
        "Requirements that are surely kept less often: {items}{more}; think of a remedy before.",
    ),
    "options.requirements.open_others": Text(
        "其他时限要求按时的次数，看不出有把握的变化。", "No other requirement is surely kept more often, or less."
    ),
    "options.requirements.open": Text(
        "各项时限要求按时的次数，看不出有把握的变化。", "No requirement is surely kept more often, or less."
    ),
    "options.requirement": Text("{name}，{n}次中从{base}次变为{other}次", "{name}, from {base} to {other} of {n} runs"),
    "options.first": Text("其中不花钱的先做：{titles}。", "What is free goes first: {titles}."),
    "options.first.alone": Text(
        "其中不花钱的先做：{titles}，单做这些就{change}，{effect}。",
        "What is free goes first: {titles}; by itself {change}, {effect}.",
    ),
    "options.first.some": Text(
        "其中不花钱的先做：{titles}；光做{some}就{change}，{effect}。",
        "What is free goes first: {titles}; {some} by themselves {change}, {effect}.",
    ),
    "options.first.none": Text(
        "不花钱的{n}项措施（{titles}）没有列入推荐。", "None of the {n} free measures ({titles}) is recommended."
    ),
    # --- what not to do, and what is not sure -------------------------------------------------------------------------
    "options.left_out": Text("没有列入（看的是“{name}”）：{items}。", "Left out (what counts is “{name}”): {items}."),
    "options.unsure": Text(
        "还说不准：{titles}，推演的次数看不出有没有用；要看清，用 -n 增加次数。",
        "Not certain yet: {titles}; so many runs do not tell whether it helps; more runs (-n) would.",
    ),
    "options.overlap": Text(
        "单独做有把握见效、但没有列入推荐：{titles}。推荐的做了以后没有看出还能再增加什么，或者同样的钱不如推荐的见效。",
        "Surely of use alone, yet not recommended: {titles}. Beside what is recommended it adds nothing for certain, or the same money buys less.",
    ),
    "options.alone_only": Text(
        "单独做有把握见效、但没有列入推荐：{titles}。", "Surely of use alone, yet not recommended: {titles}."
    ),
    "options.worse_after_all": Text("决选中有把握变差：{titles}。", "Surely worse when looked at again: {titles}."),
    "options.carried": Text(
        "推荐的当中，{titles}本身加了多少还看不出，可用 -n 增加次数再推演。",
        "Of what is recommended, what {titles} adds by itself cannot be told yet; more runs (-n) would tell.",
    ),
    "options.not_drawn": Text(
        "情景里有{n}个数说不准，这里只按写的那一个数推演；要知道先查清哪一个，加 --draws 20。",
        "{n} numbers of the scenario are not known; all this rests on the ones that it states. --draws 20 tells which to find out first.",
    ),
    "options.stays": Text(
        "说不准的数换{draws}组取值再比：{best}组里最好的仍是{scheme}。",
        "With what is not known drawn {draws} times: in {best} of them the best is still {scheme}.",
    ),
    "options.find_out": Text(
        "先查清之{n}，“{title}”：它偏低时最好的是{low}，偏高时最好的是{high}；事先知道，平均还能再{gain}。",
        "Find out first, {n}: “{title}”. Where it is low the best is {low}, where it is high {high}; knowing it beforehand is worth {gain} "
        "on average.",
    ),
    "options.find_out.none": Text(
        "没有哪一个说不准的数，查清以后会改变这个选择。", "No unknown, if it were known, would change the choice."
    ),
    "options.beware": Text(
        "请注意：效果只对这个情景和它的假设成立，换一个情景要另推演；不花钱的也要花人力，误转移等代价没有计入。{counting}{costs}{places}",
        "Beware: what is said holds for this scenario and its assumptions only; another one takes runs of its own; what is free takes people "
        "too, and moving in vain is not counted. {counting}{costs}{places}",
    ),
    "options.beware.counting": Text(
        "费用有一次性的，也有每年、每次灾害的，分开写；与预算比时{counting}。",
        "Some costs come once, some every year or with every event: they stand apart; set against a budget, {counting}. ",
    ),
    "options.beware.costs": Text(
        "费用里有{doubts}的，花钱前先核实。", "Some costs: {doubts}; check them before money is spent. "
    ),
    "options.beware.places": Text(
        "选出的地方按合成数据算，只是代号，不是采购清单，取得真实台账后再定点。",
        "Places were chosen by made-up data and are codes: no shopping list; choose again with real records.",
    ),
    # --- what became of an option -------------------------------------------------------------------------------------
    "options.outcome.recommended": Text("推荐", "recommended"),
    "options.outcome.final": Text("入围，未推荐", "in the finals, not recommended"),
    "options.outcome.taken_out": Text(
        "放进组合后没有作用或有害，去掉", "taken out: of no use or harmful beside the others"
    ),
    "options.outcome.no_effect": Text(
        "初筛{n}次，这个数没有一次不同",
        "the same in all {n} screening runs",
    ),
    "options.outcome.harmful": Text("初筛{n}次有把握变差", "surely worse in {n} screening runs"),
    "options.outcome.no_gain": Text("初筛{n}次平均没有变好", "no better on average in {n} screening runs"),
    "options.outcome.unsure": Text(
        "要花钱，初筛{n}次看不出有没有用", "costs money, and {n} screening runs do not tell whether it helps"
    ),
    "options.outcome.too_dear": Text("超出预算", "beyond the budget"),
    "options.outcome.excluded": Text("不能与{rivals}同用", "cannot be combined with {rivals}"),
    "options.outcome.no_room": Text("剩下的预算不够", "the rest of the budget does not hold it"),
    "options.outcome.crowded": Text("决选名额已满，先看增加更多的", "no place left in the finals: others gain more"),
    # --- the page -----------------------------------------------------------------------------------------------------
    "options.head.answer": Text("照着念（{n}句）", "To read aloud ({n} sentences)"),
    "options.head.box": Text("推荐组合", "Recommended"),
    "options.head.all": Text("全部措施", "All measures"),
    "options.head.frontier": Text("花多少钱买到多少", "What money buys"),
    "options.head.finalists": Text("入围方案", "Finalists"),
    "options.head.steps": Text("一项一项加上去", "One after the other"),
    "options.head.together": Text("合用与单用", "Together and alone"),
    "options.head.unknown": Text("先查清什么", "What to find out first"),
    "options.head.best_in": Text("换取值以后哪个方案最好", "Which finalist is the best of each draw"),
    "options.head.worth": Text("查清哪个数最值", "Which unknown is worth finding out"),
    "options.head.gains": Text(
        "各组取值下各方案的平均效果（好的方向为正）", "Mean gain of each finalist in each draw (more is better)"
    ),
    "options.head.requirements": Text("推荐组合对各项要求", "What it does to the requirements"),
    "options.head.numbers": Text(
        "推荐组合对全县各数（有把握变化的）", "What it surely does to the numbers of the county"
    ),
    "options.head.cautions": Text("怎样读", "How to read it"),
    "options.head.annex": Text("方法附录", "Annex: method"),
    "options.head.places": Text("选出的地方", "Places chosen"),
    "options.note.places": Text(
        "按选的次序；按合成数据选出的只是代号，不是采购清单，取得真实台账后再定点。",
        "In the order of their choice; chosen by made-up data they are codes and no shopping list: choose again with real records.",
    ),
    "options.note.places_real": Text("按选的次序。", "In the order of their choice."),
    "options.head.settings": Text("每项措施改动了情景的什么", "What each measure changes in the scenario"),
    "options.head.costs": Text("费用和依据", "Costs and their sources"),
    "options.box.measures": Text("措施", "Measures"),
    "options.box.cost": Text("费用", "Cost"),
    "options.box.effect": Text("效果", "Effect"),
    "options.box.requirements": Text("各项要求", "Requirements"),
    "options.box.budget": Text("预算", "Budget"),
    "options.box.budget_said": Text("{budget}，用去{cost}，还剩{left}", "{budget}: {cost} spent, {left} left"),
    "options.box.budget_counted": Text(
        "{budget}，用去{cost}（{counting}），还剩{left}", "{budget}: {cost} spent ({counting}), {left} left"
    ),
    "options.box.places": Text("放在哪里", "Where"),
    "options.box.place_of": Text(
        "{title}：{first}，{by}；全部见“选出的地方”。", "{title}: {first}, {by}; all of them under 'Places chosen'."
    ),
    "options.box.measure": Text("{title}，{cost}", "{title}, {cost}"),
    "options.box.none": Text("没有可推荐的。{said}", "Nothing is recommended. {said}"),
    "options.by.threatened": Text(
        "登记隐患点威胁的常住人口多的在先", "most residents in registered danger areas first"
    ),
    "options.by.late": Text("初筛中最常超时的在先", "most often late in the screening first"),
    "options.by.dark": Text("初筛中断联最久的在先", "longest without contact in the screening first"),
    "options.places.more": Text("{places}等{n}处", "{places} and others, {n} in all"),
    "options.note.all": Text(
        "效果指“{name}”{note}比现状的变化，单独做这一项。决选的用新的推演，初筛的次数少，只用来筛选。费用后括号里是依据的状态，没有括号的有文件。",
        "The effect is the change of “{name}”{note}, with this measure alone. Finals are new runs; screening runs are few and serve to choose only. "
        "What stands in brackets after a cost is how sure it is; costs without brackets are from documents.",
    ),
    "options.note.finalists": Text(
        "方案的号码与图中相同；“方案n＋”是在方案n上再加。“同样的钱”：平均最好，是费用不高于它的方案中平均效果最好；有更好的，是其中有一个有把握比它好；"
        "其余的分不出。",
        "Numbers are those of the figure; 'no. n +' adds to no. n. For the money: the best on average of those that cost no more; there is a better "
        "one where one of these surely beats it; the others cannot be told apart.",
    ),
    "options.note.runs": Text(
        "逐次推演的数，现状和各方案同样的运气；按时记100，不按时记0；比例为%。",
        "Run by run, under the same luck; in time counts 100, not in time 0; shares are in %.",
    ),
    "options.note.unknown": Text(
        "每组取值各推演{runs}次，运气相同；“最好的组数”是在那么多组取值下它最好（在预算以内）。",
        "{runs} runs of each draw, under the same luck; 'best in' counts the draws in which it is the best, of what can be bought.",
    ),
    "options.cell.change": Text("{change}（{range}）", "{change} ({range})"),
    "options.standing.recommended": Text("推荐", "recommended"),
    "options.standing.on": Text("平均最好", "the best on average"),
    "options.standing.open": Text("分不出", "not to be told apart"),
    "options.standing.off": Text("有更好的", "there is a better one"),
    "options.standing.beyond": Text("超出预算", "beyond the budget"),
    "options.note.counting": Text("费用：{counting}。", "Costs: {counting}."),
    "options.cell.final": Text("{said}，决选{n}次", "{said}, finals, {n} runs"),
    "options.cell.screen": Text("{said}，初筛{n}次", "{said}, screening, {n} runs"),
    "options.cell.not_played": Text("没有推演", "not run"),
    "options.cell.beside": Text("{name}{change}", "{name} {change}"),
    "options.beside.worse": Text("变差：{items}{more}。", "Worse: {items}{more}."),
    "options.beside.better": Text("变好：{items}{more}。", "Better: {items}{more}."),
    "options.cell.per_unit": Text("{units}×{each}", "{units} × {each}"),
    "options.cell.share_of_draws": Text("{best}/{draws}组", "{best} of {draws}"),
    "options.cell.places": Text("选出的{n}处", "the {n} places chosen"),
    "options.together.worse": Text(
        "{titles}：分开做、效果相加是{summed}，一起做实际是{together}，相差{extra}（误差范围{low}—{high}）：互相重叠，不能相加。",
        "{titles}: alone and added up {summed}, together {together}, apart by {extra} (interval {low} to {high}): they overlap and "
        "must not be added up.",
    ),
    "options.together.better": Text(
        "{titles}：分开做、效果相加是{summed}，一起做实际是{together}，相差{extra}（误差范围{low}—{high}）：一起做比分开做多。",
        "{titles}: alone and added up {summed}, together {together}, apart by {extra} (interval {low} to {high}): each makes the other better, "
        "so do them together.",
    ),
    "options.extra.worse": Text("互相重叠", "they overlap"),
    "options.extra.better": Text("一起做更多", "more together"),
    "options.extra.open": Text("看不出差别", "cannot be told"),
    "options.extra.same": Text("每次都一样", "same in every run"),
    "options.together.none": Text(
        "一起做和分开做相加，看不出有把握的差别。", "Together and added up do not surely differ."
    ),
    # --- how to read it, and how it was made --------------------------------------------------------------------------
    "options.caution.scenario": Text(
        "措施的效果是这个情景的推演结果，不是对任何一次真实灾害的预测；灾情、时刻、值班不同，效果也不同，换一个情景要另推演。",
        "Effects are those in simulated runs of this scenario and forecast no real event; with another hazard, hour or roster they differ, and "
        "another scenario takes runs of its own.",
    ),
    "options.caution.costs": Text(
        "费用是{doubts}的，括号里都写明；询价核实以后把数改进情景，用 --resume 接着做（推演过的不再推演），推荐可能改变。",
        "Costs marked in brackets ({doubts}) are no prices: ask for them, put them into the scenario and go on with --resume "
        "(what was run stays); what is recommended may change.",
    ),
    "options.caution.places": Text(
        "选出的地方是按合成数据算的，只写代号，不是采购清单，也不是哪个真实的村该不该配；取得真实台账后再定点。",
        "Places were chosen by made-up data and are written as codes: no shopping list, and no word on any "
        "real village; choose again with real records.",
    ),
    "options.caution.order": Text(
        "单独做的效果不能相加，几项一起做要看组合；“每次都一样”是推演的那么多次里没有一次不同，很少用得上的措施，次数少了看不到。",
        "Effects alone must not be added up: look at portfolios. 'The same in every run' says that no run differed; what is "
        "seldom needed is not seen in few.",
    ),
    "options.caution.persons": Text(
        "人数是平均每次推演的人数，不是伤亡预测。", "Persons are means over the runs and no forecast of casualties."
    ),
    "options.annex.objective": Text(
        "比什么：{name}{note}。每个方案都与现状（情景原样）相比。",
        "What is compared: {name}{note}. Everything is set against the scenario as it is.",
    ),
    "options.annex.screening": Text(
        "初筛：现状和每项措施各推演{n}次（编号0至{last}）。没有一次不同的、有把握变差的、平均没有变好的、要花钱而看不出有没有用的、单独就超出预算的，不再往下比。",
        "Screening: the scenario as it is and each measure alone are run {n} times (numbers 0 to {last}). What differs in no run, is surely worse, "
        "is no better on average, costs money and is not surely better, or alone is beyond the budget, goes no further.",
    ),
    "options.annex.places": Text(
        "选地方：有几台（套）就选几处，或按登记隐患点威胁的常住人口，或按初筛中现状的推演（最常超时、断联最久），多的在先；决选的推演不参加选地方。",
        "Places: as many as there are units, by residents in registered danger areas, or by the screening runs of the scenario as it is (most often "
        "late, longest without contact); the runs of the finals choose none.",
    ),
    "options.annex.finals": Text(
        "决选：入围的至多10个方案各推演{n}次（编号{first}至{last}），都是初筛没有用过的。挑选用一批运气，下结论用另一批，所以碰巧挑中的不会被当成效果。",
        "Finals: ten finalists at most are run {n} times (numbers {first} to {last}), none of them used before. What chose is not what judges, so "
        "that what was chosen by chance is not taken for an effect.",
    ),
    "options.annex.paired": Text(
        "配对：第几次推演就用第几份运气，各方案相同（谁接得通、哪里何时断、何时受灾），差别逐次相减再平均，运气大部分抵消。",
        "Pairs: run by run all meet the same luck (who answers, what fails where and when, when it strikes); differences are taken run by run, so "
        "that most of the luck cancels out.",
    ),
    "options.annex.intervals": Text(
        "误差范围：95%。平均差用 t 分布，次数的差用精确的配对区间（Clopper–Pearson、McNemar）；同一轮比了多少个方案，就放宽到它们同时成立的可能"
        "不低于95%（Bonferroni）。有把握，是说误差范围不含0。各项要求、各个数分别这样算，一起看许多个，个别的可能是碰巧。",
        "Intervals: 95 %. Means of differences by Student's t, numbers of runs by exact paired intervals (Clopper and Pearson, McNemar); widened for "
        "everything tried in one round, so that all hold together with 95 % at least (Bonferroni). Surely says that the interval leaves out 0. "
        "Each requirement and number has its own: of many looked at together a few may be chance.",
    ),
    "options.annex.chain": Text(
        "组合：不花钱的在先，其余按初筛中每万元见效多少排，见效最多的至多5项一项一项加上去；每一步只与上一步相比，看它再增加多少。入围的还有按初筛"
        "相加效果最大的组合（预算以内的、不限预算的）、每万元见效最多的一项、单独见效最多的几项。",
        "Portfolios: what is free first, then by what the screening saw for the money, the five that gain most one after the other; each step is set "
        "against the one before and shows what it adds. Finalists too: what gains most added up (within the budget, and whatever it costs), what "
        "gains most for its money, and the single measures that gain most.",
    ),
    "options.annex.costs": Text(
        "费用：一次性、每年、每次灾害的分开写；与预算比、排先后、画图时合成一个数，{counting}（用 --years 改年数）。",
        "Costs that come once, every year and with every event stand apart; against a budget, for the order and in the figure they are one number: "
        "{counting} (--years sets how often).",
    ),
    "options.annex.frontier": Text(
        "图中的线：花这么多钱或更少，入围方案中平均效果最好的能到哪里；线上的是平均数，要看误差范围。“有更好的”只在两个方案逐次相减的误差范围不含0时才说。",
        "The line of the figure: the best that so much money, or less, buys among the finalists on average; the points have intervals. That there is "
        "a better one is said only where the interval of the difference of the two, run by run, leaves out 0.",
    ),
    "options.annex.recommended": Text(
        "推荐：一项一项加上去，取最后一步有把握再增加效果的组合；没有这样的，取有把握见效里最便宜的。含有本身没有把握的措施的别的方案，有把握比它好才改选。"
        "有把握变差或不起作用的去掉。",
        "Recommended: the portfolio at the end of the last step that surely adds something, else the cheapest that surely helps; another one with "
        "measures that are not sure by themselves only where it surely beats that; without what surely harms or changes nothing in it.",
    ),
    "options.annex.budget": Text(
        "推荐：预算以内，决选中平均效果最好、并且有把握比现状好的；最后一步没有把握的、含有本身没有把握的措施的，有把握比其余的好才选。"
        "有把握变差或不起作用的去掉。",
        "Recommended: of what the budget holds, the best on average in the finals that is surely better than the scenario as it is; one whose last "
        "step, or a measure by itself, is not sure only where it surely beats the others; without what surely harms or changes nothing in it.",
    ),
    "options.annex.together": Text(
        "合用：组合的效果减去各项单独做的效果之和（没有都单独决选的，减去最后一项和其余各项分开做的效果之和），都在同样的运气下逐次算。",
        "Together: the effect of a portfolio less the sum of its members alone, run by run under the same luck.",
    ),
    "options.annex.drawn": Text(
        "说不准的数：在各自范围内取{draws}组值，每组各推演{n}次，看最好的方案变不变。事先知道一个数值多少，用回归估计（部分完全信息的期望价值，"
        "Strong、Oakley、Brennan 2014）；把这个数的次序打乱后也能得到的，不算数。",
        "What is not known was drawn {draws} times within its ranges, {n} runs each, to see whether the best finalist changes. What knowing one is "
        "worth is estimated by regression (expected value of partial perfect information; Strong, Oakley and Brennan 2014); what a shuffled one "
        "gives too does not count.",
    ),
    "options.annex.runs": Text(
        "共推演{n}次，随机种子{seed}；同样的情景、种子和次数，结果完全相同。",
        "{n} runs in all, seed {seed}; the same scenario, seed and numbers of runs give the same result.",
    ),
    "options.annex.words": Text(
        "工作簿 options.xlsx 有每一个数；figures 文件夹有可放进文稿的图。",
        "The workbook options.xlsx has every number; the folder figures has the figures for papers.",
    ),
    "options.annex.again": Text(
        "在结果文件夹中运行下面的命令，得到同样的结果。", "Run this inside the result folder for the same result."
    ),
    # --- figures ------------------------------------------------------------------------------------------------------
    "options.fig.frontier": Text("{place}：花多少钱买到多少", "{place}: what money buys"),
    "options.fig.steps": Text("{place}：一项一项加上去，每项再增加多少", "{place}: what each further measure adds"),
    "options.fig.source": Text(
        "来源：叫应推演，情景{scenario}，种子{seed}，决选{n}次",
        "Source: Jiaoying, scenario {scenario}, seed {seed}, {n} runs",
    ),
    "options.fig.cost": Text("费用（万元{how}）", "Cost (10,000 yuan{how})"),
    "options.fig.how": Text("；{said}", "; {said}"),
    "options.fig.uneven": Text("刻度不等距", "the scale is not even"),
    "options.fig.gain.less": Text("比现状少（{unit}）", "Less than now ({unit})"),
    "options.fig.gain.more": Text("比现状多（{unit}）", "More than now ({unit})"),
    "options.fig.of_runs": Text("次，共{n}次", "runs of {n}"),
    "options.fig.about": Text("{name}{note}", "{name}{note}"),
    "options.fig.apart": Text(
        "（费用几乎相同、误差范围又重叠的，错开画）", " (drawn apart where they nearly coincide)"
    ),
    "options.fig.added.less": Text("比上一步再少（{unit}）", "Less than one step before ({unit})"),
    "options.fig.added.more": Text("比上一步再多（{unit}）", "More than one step before ({unit})"),
    "options.fig.now": Text("现状", "as it is"),
    "options.fig.standing.recommended": Text("推荐", "recommended"),
    "options.fig.standing.on": Text("同样的钱平均最好", "best on average for the money"),
    "options.fig.standing.open": Text("分不出", "not to be told apart"),
    "options.fig.standing.off": Text("同样的钱有更好的", "a better one for the money"),
    "options.fig.standing.beyond": Text("超出预算", "beyond the budget"),
    "options.fig.whiskers": Text("竖线：误差范围", "intervals"),
    "options.fig.lines": Text("横线：误差范围", "intervals"),
    "options.fig.key": Text("{n}  {cost}：{holds}", "{n}  {cost}: {holds}"),
    "options.fig.key_best": Text("{n}（推荐）  {cost}：{holds}", "{n} (recommended)  {cost}: {holds}"),
    "options.fig.budget": Text("预算{budget}", "budget {budget}"),
    "options.fig.step_of": Text("＋{title}", "+ {title}"),
    # --- columns ------------------------------------------------------------------------------------------------------
    "options.col.title": Text("措施", "Measure"),
    "options.col.cost": Text("费用", "Cost"),
    "options.col.cost_wan": Text("费用（万元）", "Cost (10,000 yuan)"),
    "options.col.per": Text("多久花一次", "How often"),
    "options.col.units": Text("数量", "Units"),
    "options.col.where": Text("放在哪里", "Where"),
    "options.col.alone": Text("单独做的效果（误差范围）", "Effect alone (interval)"),
    "options.col.besides": Text("对各项要求和别的数（有把握的）", "Requirements and other numbers (sure changes)"),
    "options.col.outcome": Text("结果", "What became of it"),
    "options.col.number": Text("方案", "No."),
    "options.col.holds": Text("包括", "Holds"),
    "options.col.effect": Text("效果（误差范围）", "Effect (interval)"),
    "options.col.so": Text("结论", "So"),
    "options.col.standing": Text("同样的钱", "For the money"),
    "options.col.best_in": Text("最好的组数", "Best in"),
    "options.col.name": Text("要求", "Requirement"),
    "options.col.of_county": Text("项目", "Number"),
    "options.col.now": Text("现状", "As it is"),
    "options.col.with": Text("推荐组合", "Recommended"),
    "options.col.then": Text("采用后", "With it"),
    "options.col.change": Text("变化（误差范围）", "Change (interval)"),
    "options.col.setting": Text("在哪里", "Where"),
    "options.col.path": Text("设置", "Setting"),
    "options.col.value": Text("改为", "Becomes"),
    "options.col.made_of": Text("怎样算", "Made of"),
    "options.col.unknown": Text("说不准的数", "Unknown"),
    "options.col.low": Text("偏低时最好的", "Best where it is low"),
    "options.col.high": Text("偏高时最好的", "Best where it is high"),
    "options.col.flips": Text("会改选的组数", "Draws that change the choice"),
    "options.col.worth": Text("事先知道还能再", "Knowing it is worth"),
    "options.col.id": Text("标识", "Id"),
    "options.col.ids": Text("标识", "Ids"),
    "options.col.each_wan": Text("每一单位（万元）", "Each (10,000 yuan)"),
    "options.col.fixed_wan": Text("与数量无关（万元）", "Whatever their number (10,000 yuan)"),
    "options.col.round": Text("哪一轮", "Round"),
    "options.col.runs": Text("推演次数", "Runs"),
    "options.col.base": Text("现状平均", "As it is, mean"),
    "options.col.before": Text("上一步平均", "One step before, mean"),
    "options.col.difference": Text("差", "Difference"),
    "options.col.ci_low": Text("误差范围下限", "Interval, low"),
    "options.col.ci_high": Text("误差范围上限", "Interval, high"),
    "options.col.added": Text("这一步加上的", "Added"),
    "options.col.summed": Text("分开做相加", "Alone, added up"),
    "options.col.together": Text("一起做", "Together"),
    "options.col.extra": Text("一起做减相加", "Together less added up"),
    "options.col.met_now": Text("现状按时次数", "In time, as it is"),
    "options.col.met_then": Text("采用后按时次数", "In time, with it"),
    "options.col.only_now": Text("只有现状按时", "As it is only"),
    "options.col.only_then": Text("只有采用后按时", "With it only"),
    "options.col.points": Text("差（百分点）", "Difference (points)"),
    "options.col.unit": Text("单位", "Unit"),
    "options.col.kind": Text("差的算法", "Kind"),
    "options.col.ended_now": Text("现状做到的次数", "Runs that come to it, as it is"),
    "options.col.ended_then": Text("采用后做到的次数", "Runs that come to it, with it"),
    "options.col.best_share": Text("最好的取值占比", "Share of draws in which it is best"),
    "options.col.paths": Text("设置", "Settings"),
    "options.col.worth_value": Text("事先知道平均还能再好多少", "Knowing it is worth"),
    "options.col.floor": Text("打乱次序也能得到", "Shuffled"),
    "options.col.heard": Text("是否作数", "Counts"),
    "options.col.flips_share": Text("会改选的取值占比", "Share of draws that change the choice"),
    "options.col.draw": Text("取值组", "Draw"),
    "options.col.order": Text("次序", "Order"),
    "options.col.place": Text("地方", "Place"),
    "options.col.chosen_by": Text("按什么选", "Chosen by"),
    "options.col.amount": Text("数值", "Amount"),
    "options.col.run": Text("推演编号", "Run"),
    "options.round.finals": Text("决选", "finals"),
    "options.round.screening": Text("初筛", "screening"),
    "options.amount.threatened": Text(
        "登记隐患点威胁的常住人口（人）", "residents in registered danger areas (persons)"
    ),
    "options.amount.late": Text("初筛中超时的次数（%）", "late in screening runs (%)"),
    "options.amount.dark": Text("初筛中平均断联（分钟）", "without contact in screening runs, mean (min)"),
    "options.tab.said": Text("结论", "In words"),
    "options.tab.options": Text("全部措施", "Measures"),
    "options.tab.finalists": Text("入围方案", "Finalists"),
    "options.tab.screened": Text("初筛", "Screening"),
    "options.tab.steps": Text("逐项增加", "Steps"),
    "options.tab.together": Text("合用与单用", "Together and alone"),
    "options.tab.requirements": Text("各项要求", "Requirements"),
    "options.tab.numbers": Text("全县各数", "Numbers of the county"),
    "options.tab.unknowns": Text("先查清什么", "Unknowns"),
    "options.tab.places": Text("选出的地方", "Places"),
    "options.tab.settings": Text("改动了什么", "Settings"),
    "options.tab.runs": Text("每次推演的结果", "Run by run"),
    "options.tab.assumptions": Text("假设及依据", "Assumptions"),
    "options.tab.annex": Text("方法附录", "Method"),
    "options.sheet.options": Text(
        "每项措施：费用和依据、放在哪里、单独做的效果、结果",
        "Each measure: cost, source, where, effect alone, what became of it",
    ),
    "options.sheet.finalists": Text(
        "入围方案：与现状相比（新的推演）", "Finalists against the scenario as it is (new runs)"
    ),
    "options.sheet.screened": Text(
        "初筛：每项措施单独做，与现状相比", "Screening: each measure alone against the scenario as it is"
    ),
    "options.sheet.steps": Text(
        "一项一项加上去，每一步与上一步相比", "One added after the other, each step against the one before"
    ),
    "options.sheet.together": Text("一起做，与分开做相加相比", "Together against alone and added up"),
    "options.sheet.requirements": Text(
        "每个方案对各项要求：按时的次数", "Requirements with everything that was tried: runs in time"
    ),
    "options.sheet.numbers": Text("每个方案对全县各数", "Numbers of the county with everything that was tried"),
    "options.sheet.unknowns": Text(
        "说不准的数：会不会改变选择，先查清哪个",
        "What is not known: whether it changes the choice, what to find out first",
    ),
    "options.sheet.places": Text(
        "为每项措施选出的地方，按选的次序", "Places chosen for each measure, in the order of their choice"
    ),
    "options.sheet.settings": Text("每项措施改动了情景的什么", "What each measure changes in the scenario"),
    "options.sheet.runs": Text("决选的推演，逐次", "The runs of the finals, one by one"),
    "options.sheet.assumptions": Text("所用假设及依据", "Assumptions and their sources"),
    # --- what options set ---------------------------------------------------------------------------------------------
    "key.additions": Text("增配", "additions"),
    "key.answer": Text("每次接听", "answers a try"),
    "key.reachable": Text("联系得上", "can be reached"),
    "key.callers": Text("呼叫员", "callers"),
    "key.operators": Text("录入人员", "operators"),
    "key.joint_duty": Text("联合值守", "joint duty"),
    "key.lines": Text("线路", "lines"),
    "key.setup": Text("准备用时", "time to prepare"),
    "key.goes": Text("会去的比例", "share that goes"),
    "key.served": Text("用得上的比例", "share served"),
    "key.per_village": Text("每村", "for each village"),
    "key.super_sites": Text("超级基站", "super sites"),
    "key.what": Text("种类", "kind"),
    "key.at": Text("何处、何时", "where or when"),
    "key.count": Text("数量", "number"),
    "key.share": Text("比例", "share"),
    "key.trained": Text("会用的比例", "share trained"),
    "key.teams": Text("敲门组", "door teams"),
    "key.whom": Text("对象", "whom"),
    "key.after": Text("在什么之后", "after what"),
    "key.day": Text("白天", "by day"),
    "key.night": Text("夜间", "by night"),
    # --- options that are shipped: English has words for them, whatever their number ---------------------------------
    "options.name.call_devices": Text("50台应急叫应设备（按片区叫应终端推演）", "area terminals for villages"),
    "options.name.village_sat_phones": Text("给断联最久的100个村配卫星电话", "satellite phones for villages"),
    "options.name.petrol_generators": Text("增配60台便携发电机，停电基站八成排得上", "more portable generators"),
    "options.name.new_batteries": Text("给断联最久的60个村的基站换大容量蓄电池", "larger batteries at base stations"),
    "options.name.super_sites": Text("8座超级基站（供电双备份、光缆卫星双路由）", "hardened base stations"),
    "options.name.auto_call_lines": Text("智能外呼扩容到600路", "more lines for automated calls"),
    "options.name.county_caller": Text("县值班室多一名呼叫员", "one more caller at the county desk"),
    "options.name.township_callers": Text("各乡镇（街道）值班室多一名呼叫员", "one more caller at each township desk"),
    "options.name.lead_training": Text("十户联防联系户培训", "training of ten-household leads"),
    "options.name.village_drills": Text("村级断联自主启动演练", "drills of villages that act by themselves"),
    "options.name.more_helpers": Text("每村多2名转移帮扶人员", "more evacuation helpers in each village"),
    "options.name.move_at_red": Text("红色预警一发布就立即转移", "evacuate as soon as the red warning is out"),
    "options.name.templates": Text(
        "预警用语、区域预先备好并审定", "texts and areas of messages prepared and approved beforehand"
    ),
    "options.name.grid_worker_first": Text(
        "村里先叫网格员，再叫书记、主任", "in villages the grid worker is called first"
    ),
    "options.name.all_at_once": Text(
        "书记、主任、网格员同时叫（不再派人送信）", "secretary, director and grid worker called at once"
    ),
    "options.name.message_first": Text(
        "村里先发闪信，一分钟不回再打电话", "in villages a flash message first, then calls"
    ),
    "options.name.numbers_checked": Text("每月核验一次名册上的电话", "numbers of the register checked every month"),
    "options.name.call_everybody": Text("智能外呼呼全部住户，应转移的在先", "automated calls to all households"),
    "options.name.fused_platform": Text("发布平台跨系统融合", "one platform for all systems"),
    "options.name.second_operator": Text("录入人员加一名", "one more operator at the platform"),
    "options.name.joint_duty": Text("联合值守，各部门合并叫应", "joint duty, one call for all agencies"),
    "options.name.order_before_dark": Text(
        "蓝色预警后、天黑前组织转移", "evacuate after the blue warning, before dark"
    ),
    "options.name.order_at_orange": Text("橙色预警一发布就立即转移", "evacuate as soon as the orange warning is out"),
    "options.name.director_first": Text("村里先叫主任、再叫书记", "in villages the director is called first"),
    "options.name.second_team": Text("每个组多一个敲门组", "one more door team in each group"),
    "options.name.sooner_on_air": Text("应急广播用语预先备好", "texts of the loudspeakers prepared beforehand"),
}
"""Texts of options, by key."""
