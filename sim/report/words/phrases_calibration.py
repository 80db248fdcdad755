"""Texts of calibrations, by key."""

from __future__ import annotations

from sim.errors import Text

OF_CALIBRATION = {
    # --- what is said -------------------------------------------------------------------------------------------------
    "calibration.page": Text("叫应日志校准", "Calibration by a log of calls"),
    "calibration.lead": Text(
        "日志《{log}》{days}：{persons}人次、试拨{tries}次、接听{answered}次，单独用时{times}个。据此校准了{learnt}个数，其余{stays}项没有改动。",
        "Log {log}{days}: {persons} persons called, {tries} tries, {answered} answered, {times} lengths of time apart from calls. {learnt} "
        "numbers were "
        "learnt from it, {stays} stay.",
    ),
    "calibration.days": Text("（{first}至{last}）", " ({first} to {last})"),
    "calibration.day": Text("（{first}）", " ({first})"),
    "calibration.by_post": Text(
        "日志按岗位统计，姓名和代号读入后即丢弃；这里的数用于修订预案，不用于评价个人。",
        "The log is counted by post; names and codes were dropped when it was read. These numbers serve the revision of plans, not to judge anybody.",
    ),
    "calibration.changed": Text(
        "{name}：原来{stated}，校准后{value}（95%的把握在{low}至{high}之间；{count}）。",
        "{name}: was {stated}, now {value} (between {low} and {high} with 95 % certainty; {count}).",
    ),
    "calibration.changed_law": Text("{name}：{numbers}（{count}）。", "{name}: {numbers} ({count})."),
    "calibration.changed_number": Text("{name}{stated}→{value}", "{name} {stated} → {value}"),
    "calibration.number_joint": Text("，", ", "),
    "calibration.count.reachable": Text("{n}人次", "{n} persons"),
    "calibration.count.answer": Text("{n}次试拨", "{n} tries"),
    "calibration.count.pickup": Text("{n}次接起", "{n} pick-ups"),
    "calibration.count.talk": Text("{n}次通话", "{n} talks"),
    "calibration.count.relay": Text("{n}次转叫", "{n} relays"),
    "calibration.count.per_house": Text("{n}户", "{n} houses"),
    "calibration.parameter.median": Text("中位数", "median"),
    "calibration.parameter.p90": Text("九成不超过", "90th percentile"),
    "calibration.parameter.low": Text("最短", "shortest"),
    "calibration.parameter.mode": Text("最可能", "likeliest"),
    "calibration.parameter.high": Text("最长", "longest"),
    "calibration.of_law": Text("{name}：{parameter}", "{name}: {parameter}"),
    "calibration.surprise": Text(
        "实测与原来写的数相差很大（按原来的看法几乎不会有这样的数）：{names}。先核对日志口径，再决定是否采用。",
        "The log is far from what the scenario had (which would hardly have led to such numbers): {names}. Check first how the log was kept.",
    ),
    "calibration.single": Text(
        "{names}：无人接听后再次试拨的不到{fewest}人，只看得出“能联系上”与“每次接听”的乘积；能联系上的概率保持原值，只改每次接听的概率。",
        "{names}: fewer than {fewest} persons were called again after nobody answered, so only the product of being reachable and answering shows; "
        "being reachable stays, answering moves.",
    ),
    "calibration.ill_tries": Text(
        "{names}：各次试拨的接听数与校准后的数仍不相合（卡方检验p<1%），见“按岗位和次序的试拨”。可能混了接听习惯很不一样的人，或演练与实战；给出的范围偏窄，慎用。",
        "{names}: answers by the number of the try do not agree with what was learnt (chi-squared, p < 1 %), see the table of tries. People "
        "who answer very differently may be mixed, or drills and real nights; the intervals are too narrow, take care.",
    ),
    "calibration.one_night": Text(
        "日志只有一个值班日：当天的天气、是否事先通知等对每次呼叫一起起作用，给出的范围没有算进这一点，实际把握更小。",
        "The log is of one duty day: its weather, or that people had been told before, bear on all calls together, which the intervals do "
        "not allow for; less is known than they say.",
    ),
    "calibration.few_persons": Text(
        "{names}：日志里打过的不到{fewest}人，校准后的数说的是这几个人，不能代表这个岗位，也不得用来评价个人。",
        "{names}: fewer than {fewest} persons were called; what was learnt is of them, not of the post, and must not be used to judge anybody.",
    ),
    "calibration.one_period": Text(
        "{names}：日志里的试拨都在{period}；情景不分昼夜，另一时段也会用这些数，先想清楚是否合适。",
        "{names}: all calls of the log were made by {period}, and the scenario uses these numbers around the clock; consider whether that will do.",
    ),
    "calibration.twice": Text(
        "{names}：情景里注明的来源已有《{log}》。如果还是那份日志，同样的呼叫就算了两遍，请改用校准前的情景。",
        "{names}: the scenario names {log} as their source already. If it is the same log its calls count twice: use the scenario as it "
        "was before.",
    ),
    "calibration.cut_off": Text(
        "{name}：照校准后的数，接起的人中约{share}要到日志里的振铃挂断以后才会接。推演中他们在挂断前接起；延长振铃会使接听比例上升，这一点没有推演。",
        "{name}: by the law that was learnt about {share} of pick-ups would come after the caller has hung up. In runs they come just "
        "before; that a longer "
        "ring raises the share of answers is not simulated.",
    ),
    "calibration.better": Text(
        "{name}：现有的分布（{family}）与日志不合（柯尔莫哥洛夫检验p={p}），{better}明显更合适；分布类型没有改动，可在情景中改写后再校准。",
        "{name}: the law of the scenario ({family}) does not fit (Kolmogorov–Smirnov p = {p}) and {better} clearly does; the family was "
        "kept: write the other "
        "into the scenario and calibrate again.",
    ),
    "calibration.ill": Text(
        "{name}：分布与日志不合（柯尔莫哥洛夫检验p={p}），也没有明显更合适的类型；看直方图，可能混了不同的情形。",
        "{name}: the law does not fit (Kolmogorov–Smirnov p = {p}), nor does another clearly; see the histogram: cases of different kinds "
        "may be mixed.",
    ),
    "calibration.unused": Text("没有用到的行：{what}。", "Rows not used: {what}."),
    "calibration.unused_of": Text("{what}{n}行", "{what} {n}"),
    "calibration.unused.busy": Text("忙线", "busy"),
    "calibration.unused.no_service": Text("断网", "no network"),
    "calibration.unused.again": Text("当晚已应答后再次叫应", "called again after an answer that night"),
    "calibration.alike": Text(
        "日志里有{n}行没有代号，时刻、岗位、振铃、通话与前面的一行完全相同：如果是重复登记，请删去后再校准。",
        "{n} rows without a code have time, post, ring and talk of an earlier row: if they were written twice remove them and calibrate again.",
    ),
    "calibration.supplied": Text(
        "日志里有{n}次较早的试拨没有写出（只写了后面的次序），按无人接听补上。",
        "{n} earlier tries were not written, only later ones; they were taken as not answered.",
    ),
    "calibration.stays": Text("保持不变：{what}。", "Unchanged: {what}."),
    "calibration.stays_of": Text("{reason}{n}项", "{n} {reason}"),
    "calibration.without_data": Text(
        "日志里没有数据、保持原值的：{names}。", "Without data in the log, and unchanged: {names}."
    ),
    "calibration.reason.no_data": Text("日志里没有数据", "without data"),
    "calibration.reason.few": Text("数据太少", "with too little data"),
    "calibration.reason.setting": Text("情景写的是0或100%（设定）", "set to 0 or 100 %"),
    "calibration.reason.hours": Text("情景按小时写", "written by the hour"),
    "calibration.reason.family": Text("情景写的是固定时长或其他分布", "with a fixed length or another law"),
    "calibration.reason.single_tries": Text("再次试拨太少，分不开", "not to be told apart without later tries"),
    "calibration.family.lognormal": Text("对数正态", "lognormal"),
    "calibration.family.triangular": Text("三角分布", "triangular"),
    "calibration.family.exponential": Text("指数分布", "exponential"),
    "calibration.family.weibull": Text("威布尔分布", "Weibull"),
    # --- tables -------------------------------------------------------------------------------------------------------
    "calibration.head.learnt": Text("校准后的数", "What was learnt"),
    "calibration.head.tries": Text("按岗位和次序的试拨", "Tries by post and number"),
    "calibration.head.fits": Text("用时的分布合不合", "How the laws fit"),
    "calibration.head.unchanged": Text("保持不变的数", "What stays"),
    "calibration.head.methods": Text("怎么算的", "Method"),
    "calibration.note.learnt": Text(
        "“重合”为校准前后两种看法的重合程度：越小，日志带来的越多（范围窄了，或移动了）；100%为没有带来新东西。",
        "“Overlap” is how much of the belief before and after is the same: the less, the more the log brought (narrower, or moved); 100 % "
        "means nothing new.",
    ),
    "calibration.note.tries": Text(
        "“应接听”按此前几次的结果逐次推算；校准合适时，实际接听应与校准后的应接听相近。",
        "What should have been answered follows from the tries before; after calibration it should be near what was.",
    ),
    "calibration.col.name": Text("项目", "Number"),
    "calibration.col.stated": Text("原来", "Before"),
    "calibration.col.value": Text("校准后", "Now"),
    "calibration.col.low": Text("95%下限", "95 % low"),
    "calibration.col.high": Text("95%上限", "95 % high"),
    "calibration.col.count": Text("数据个数", "Data"),
    "calibration.col.overlap": Text("重合", "Overlap"),
    "calibration.col.path": Text("路径", "Path"),
    "calibration.col.post": Text("岗位", "Post"),
    "calibration.col.period": Text("时段", "When"),
    "calibration.col.number": Text("第几次", "Try"),
    "calibration.col.tries": Text("试拨", "Tries"),
    "calibration.col.answered": Text("接听", "Answered"),
    "calibration.col.before": Text("应接听（原来的数）", "Expected, before"),
    "calibration.col.now": Text("应接听（校准后）", "Expected, now"),
    "calibration.col.family": Text("分布", "Law"),
    "calibration.col.gap": Text("最大差距", "Largest gap"),
    "calibration.col.p": Text("p值", "p value"),
    "calibration.col.reason": Text("原因", "Why"),
    "calibration.period.": Text("全天", "all day"),
    "calibration.period.day": Text("白天", "day"),
    "calibration.period.night": Text("夜间", "night"),
    "calibration.and_more": Text("{n}及以后", "{n} and later"),
    "calibration.tab.said": Text("结果", "Results"),
    "calibration.tab.learnt": Text("校准后的数", "Learnt"),
    "calibration.tab.tries": Text("试拨", "Tries"),
    "calibration.tab.fits": Text("分布", "Laws"),
    "calibration.tab.unchanged": Text("保持不变", "Unchanged"),
    # --- figures ------------------------------------------------------------------------------------------------------
    "calibration.fig.beliefs": Text("校准前后（{n}/{of}）", "Before and after ({n} of {of})"),
    "calibration.fig.beliefs.caption": Text(
        "灰色虚线为原来的看法（先验），蓝色为看过日志以后（后验）；竖线为原来的数和校准后的数。横轴为百分比，用时为原来的单位。",
        "Grey and dashed: the belief before (prior); blue: after the log (posterior). Lines mark the number before and now. Shares in per "
        "cent, lengths of time in "
        "the unit of the scenario.",
    ),
    "calibration.fig.pit": Text(
        "用时在校准后的分布中处在什么位置", "Where lengths of time lie in the law that was learnt"
    ),
    "calibration.fig.pit.caption": Text(
        "分布合适时各柱一样高（虚线）；灰带为偶然波动的范围（95%）。左高右高为实际更分散，中间高为更集中，一边高为偏快或偏慢。",
        "Bars are level (dashed) where the law fits; the band is what chance does (95 %). High ends: wider than the law; a high middle: "
        "narrower; one high side: faster "
        "or slower.",
    ),
    "calibration.fig.source": Text("日志：{log}；情景：{scenario}", "Log: {log}; scenario: {scenario}"),
    "calibration.fig.numbers": Text("原来{stated}  校准后{value}", "before {stated}  now {value}"),
    # --- method -------------------------------------------------------------------------------------------------------
    "calibration.method.answers": Text(
        "谁接听：一个人在一个值班日能否联系上只抽一次，能联系上的每次试拨各自接听；k次都没有接听的，可能是联系不上，也可能是每次都没接（零膨胀几何分布）。"
        "同一岗位的人、各夜之间当作一样、互不相关。"
        "原来的概率当作贝塔分布，相当于{weight}次试拨；后验按网格求和，区间两侧各留2.5%。",
        "Who answers: whether a person can be reached is drawn once a night, answering at each try; who answers none of k tries could not "
        "be reached, or did not answer k times (zero-inflated geometric). People of a post, and nights, are taken as alike and independent. "
        "The scenario's probability counts as a Beta law of {weight} tries; the posterior is summed on a grid, with 2.5 % left out at "
        "either side.",
    ),
    "calibration.method.times": Text(
        "用时：保留情景的分布类型，原来的参数相当于4次实测。接起用时考虑到挂断后才会接起的看不到（振铃长度用卡普兰—迈耶法估计）。",
        "Lengths of time: the scenario's family is kept, its parameters count as four observations. Pick-ups that would have come after "
        "the caller hung up are allowed "
        "for (how long callers let it ring by Kaplan and Meier).",
    ),
    "calibration.method.first_calls": Text(
        "每人每个值班日只用到第一次应答为止（应答以后已在岗，接听更快，另有参数）；忙线和断网不算试拨；值班日按交接班时刻分。"
        "事先通知的演练接听偏高、偏快，不能当作平时的夜间。",
        "Of each person and night calls are used until one is answered (whoever has answered is at the post, for which there are other "
        "numbers); busy lines and missing networks are no tries; a night runs from one change of duty to the next. In a drill that was "
        "announced people answer more, and sooner, than on any other night.",
    ),
    "calibration.method.status": Text(
        "写出的文件里，全部数字都来自日志的一块状态为“文件”（日志是本县的记录），只有部分来自日志的一块保持原来的状态；说不准的范围（uncertain）为95%区间。",
        "In the file a block whose numbers all come from the log has the status of a document of the county; one that has others keeps "
        "its status; ranges "
        "(uncertain) are the 95 % intervals.",
    ),
    # --- the blank log ------------------------------------------------------------------------------------------------
    "calibration.template.title": Text("叫应日志（空表）", "Log of calls (blank)"),
    "calibration.template.said.rows": Text(
        "“叫应记录”一行一次拨打；没有接听的也要写，否则接听比例会偏高。",
        "One row for each call; those that nobody answered too, or the share of answers comes out too high.",
    ),
    "calibration.template.said.person": Text(
        "同一个人打了几次，用同一个代号、写第几次，才能分清是联系不上，还是没有接。请勿写姓名、号码。",
        "Give a person who is called several times one code and number the tries: only then can be told who was out of reach and who did "
        "not answer. No names, no numbers.",
    ),
    "calibration.template.said.first": Text(
        "同一个值班日为另一件事重新叫应，从第1次写起；当晚已应答过的人再次叫应不用于校准。",
        "Calling anew that night for another matter begins at try 1; calls of people who have answered that night already are not used.",
    ),
    "calibration.template.said.few": Text(
        "每个岗位白天、夜间各至少{fewest}次试拨，用时各至少{fewest}个；太少的不校准。",
        "It takes {fewest} tries of a post by day and by night each, and {fewest} lengths of time; with fewer nothing is learnt.",
    ),
    "calibration.template.said.read": Text(
        "填好后：jiaoying calibrate 情景文件 本文件；也可另存为 CSV。",
        "Then: jiaoying calibrate SCENARIO THIS-FILE; a CSV file with the same headings will do.",
    ),
    "calibration.template.guide": Text("填表说明", "Guide"),
    "calibration.template.calls": Text("叫应记录", "Calls"),
    "calibration.template.times": Text("用时记录", "Times"),
    "calibration.template.column": Text("栏目", "Column"),
    "calibration.template.needed": Text("必填", "Needed"),
    "calibration.template.meaning": Text("怎么填", "What to write"),
    "calibration.template.posts": Text("可用的岗位", "Posts"),
    "calibration.template.levels": Text("可用的层级", "Levels"),
    "calibration.template.example": Text("例", "Example"),
}
"""Texts of calibrations, by key."""
