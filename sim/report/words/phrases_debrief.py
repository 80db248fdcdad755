"""Texts of a debrief (演练评估、复盘): how actual times lie among the runs, limits, weak links, and what is to be mended; by key."""

from __future__ import annotations

from sim.errors import Text

OF_DEBRIEFS = {
    "debrief.title": Text("演练评估报告", "Exercise debrief"),
    "debrief.title.real": Text("事件复盘报告", "Event debrief"),
    "debrief.kind": Text(
        "{where} · {when}开始 · 与同一情景的{n}次推演比较",
        "{where} · begun {when} · held against {n} runs of the scenario",
    ),
    "debrief.stamp": Text("演练", "Exercise"),
    "debrief.stamp.real": Text(
        "复盘·含实际时刻·不作考核问责依据", "Debrief · contains actual times · not for appraisal or accountability"
    ),
    "debrief.head.aloud": Text("评估结论（{n}句，可照着念）", "Findings ({n} sentences to read aloud)"),
    # --- findings -----------------------------------------------------------------------------------------------------
    "debrief.say.what": Text(
        "{title}：{when}开始{length}，记录的时刻与同一情景的{n}次推演比较。",
        "{title}: begun {when}{length}; the times written down are held against {n} runs of the scenario.",
    ),
    "debrief.say.length": Text("，历时{length}", ", over after {length}"),
    "debrief.say.judged": Text("时限要求共{n}项：{counts}。", "Requirements with a limit: {n}, of which {counts}."),
    "debrief.say.count": Text("{outcome}{n}项", "{n} {outcome}"),
    "debrief.say.basis": Text(
        "其中{n}项的时限不是本县文件规定的（{named}），只作参照。",
        "{n} of the limits are no rule of this county's ({named}): for comparison only.",
    ),
    "debrief.say.late": Text(
        "“{name}”用时{took}，时限{limit}，超过{over}{runs}。",
        "'{name}' took {took} against a limit of {limit}, {over} over{runs}.",
    ),
    "debrief.say.never": Text(
        "“{name}”到结束仍未完成，时限{limit}{runs}。", "'{name}' was never reached; the limit is {limit}{runs}."
    ),
    "debrief.say.in_runs": Text("；{n}次推演中{met}次按时", "; {met} of {n} runs kept it"),
    "debrief.say.more": Text("另有{n}项未按时，见下表。", "Others that were missed: {n}; see the table."),
    "debrief.say.band": Text(
        "{n}个关键时刻有推演可比：{within}个落在最快与最慢之间（其中{middle}个在中间一半），{before}个比各次都快，{after}个比各次都慢。",
        "{n} key times can be held against the runs: {within} lie between the fastest and the slowest ({middle} in the middle half), {before} came "
        "sooner than in all runs, {after} later than in all.",
    ),
    "debrief.say.after": Text(
        "比{n}次推演都慢的：{names}；就算与推演没有差别，单项碰巧如此的可能也有1/{more}。",
        "Later than in all {n} runs: {names}; were there no difference, each would be so by luck once in {more} times.",
    ),
    "debrief.say.weak": Text(
        "最薄弱的环节是{stage}（{post}）：{asked}项中{missed}项未按时{few}。",
        "The weakest link is {stage} ({post}): {missed} of {asked} were not in time{few}.",
    ),
    "debrief.say.weak_few": Text("，项数少，只作参考", ", too few to say more than that"),
    "debrief.say.no_weak": Text(
        "有记录、有时限的各项都按时完成，没有列出薄弱环节。",
        "All that was written down and has a limit was in time; there is no weak link.",
    ),
    "debrief.say.mend": Text(
        "问题整改清单共{n}项，责任人和完成期限由指挥部门填写。",
        "The list of what is to be mended has {n} entries; persons and dates are left to be filled in.",
    ),
    "debrief.say.open": Text(
        "{n}项因进度压缩不能判定：按演练用时和按折合成情景的用时，一个按时、一个超时。",
        "Left open because the schedule was compressed: {n}, in time by the minutes spent or by those of the scenario, and late by the other.",
    ),
    "debrief.say.missing": Text("{parts}，不作判断。", "Not judged: {parts}."),
    "debrief.say.unknown": Text("{n}项未记录时刻", "without a time written down: {n}"),
    "debrief.say.not_given": Text("{n}条主线导调信息未下达", "injects of the timeline that were not given: {n}"),
    # --- outcomes -----------------------------------------------------------------------------------------------------
    "debrief.outcome.kept": Text("按时", "in time"),
    "debrief.outcome.late": Text("超时", "late"),
    "debrief.outcome.never": Text("未完成", "never"),
    "debrief.outcome.open": Text("不能判定", "cannot tell"),
    "debrief.outcome.unknown": Text("未记录", "not recorded"),
    "debrief.outcome.not_given": Text("未下达", "not given"),
    "debrief.outcome.done": Text("已完成", "done"),
    # --- where it lies ------------------------------------------------------------------------------------------------
    "debrief.among": Text("{shorter}次更快，{alike}次相当", "{shorter} sooner, {alike} alike"),
    "debrief.among.some_never": Text("，{never}次未完成", ", {never} never"),
    "debrief.among.all_alike": Text("与{n}次都相当", "as in all {n}"),
    "debrief.among.before_all": Text("比{n}次都快", "sooner than all {n}"),
    "debrief.among.after_all": Text("比{n}次都慢", "later than all {n}"),
    "debrief.among.never": Text("{n}次推演中有{never}次也未完成", "never in {never} of {n} runs too"),
    "debrief.among.never_alone": Text("{n}次推演都完成了", "all {n} runs reached it"),
    "debrief.among.percentile": Text("；{percentile}", "; {percentile}"),
    "debrief.percent": Text("第{p}百分位（{low}—{high}）", "percentile {p} ({low}–{high})"),
    "debrief.cell.minutes": Text("{n}分钟", "{n} min"),
    "debrief.cell.spent": Text("{took}（演练用时{spent}）", "{took} ({spent} of the exercise)"),
    "debrief.cell.never": Text("未完成", "never"),
    # --- sections -----------------------------------------------------------------------------------------------------
    "debrief.head.requirements": Text("各项要求", "Requirements"),
    "debrief.note.requirements": Text(
        "用时从该项要求的起算时刻算起。推演的三个数是{n}次中最快、中间、最慢的一次；百分位是更快的次数占几成（相当的算一半），括号内为95%误差范围。一次演练只说明这一次，不说明概率。",
        "Minutes count from what the requirement counts from. The three numbers of the runs are the fastest, the middle and the slowest of {n}; "
        "the percentile is the share of them that were faster (those alike count half), with its 95% interval. One exercise speaks of itself, not "
        "of chances.",
    ),
    "debrief.head.places": Text("各环节、各地的关键时刻", "Key times of releases and places"),
    "debrief.head.bases": Text("时限的依据", "What the limits rest on"),
    "debrief.head.band": Text("实际用时落在推演的什么位置", "Where the actual minutes lie among the runs"),
    "debrief.note.band": Text(
        "横条伸到右边沿的，有的推演到结束仍未完成；最多画{n}个关键时刻，其余见下表。",
        "A bar that reaches the right edge: some runs never came to it. No more than {n} key times are drawn; the others stand in the table.",
    ),
    "debrief.head.injects": Text("导调信息的处置", "How injects were answered"),
    "debrief.note.spare": Text(
        "备用和视情况的{n}条没有用到，不列。", "{n} in reserve or conditional were not used and are left out."
    ),
    "debrief.post": Text("{level}·{post}", "{level} · {post}"),
    "debrief.note.injects": Text(
        "用时从实际收到算到实际完成，是参演人员自己的分钟数，不折算。按不按时看关键时刻；这里只有一条就用去该项要求全部时限的写“超时”，其余做完的写“已完成”。",
        "Minutes run from received to done, as the players spent them, not converted. Whether a limit was kept is told by the key times: here 'late' "
        "is only what took longer by itself than the whole limit of its requirement; all else that was done is 'done'.",
    ),
    "debrief.head.weak": Text(
        "薄弱环节（按岗位和环节，不列姓名，不作单位排名）",
        "Weak links (by post and step; no names, no ranking of places)",
    ),
    "debrief.head.mend": Text("问题整改清单", "What is to be mended"),
    "debrief.note.mend": Text(
        "建议措施按环节给出，供讨论；责任人、完成期限、完成情况留空，由指挥部门填写。",
        "Measures are suggested by step, for discussion; person, date and state are left to be filled in.",
    ),
    "debrief.mend.none": Text("没有未按时的事项。", "Nothing was missed."),
    "debrief.head.method": Text("比较的是什么", "What is compared"),
    "debrief.method.durations": Text(
        "比的是从起算时刻起的分钟数，不是墙上的钟点：晚开始、暂停都不算在内。",
        "What is compared are minutes from what each requirement counts from, not times of the clock: a late start and pauses count for nothing.",
    ),
    "debrief.method.night": Text(
        "演练的进度比情景快（或慢）：关键时刻的用时按进度表折合成情景里的分钟数再与推演比；演练用时另列。两者一个按时、一个超时的，写“不能判定”，不算超时。",
        "The exercise runs faster (or slower) than the scenario: minutes of key times are converted to those of the scenario by "
        "the schedule; those spent are given beside them. Where one keeps the limit and the other does not, nothing is concluded.",
    ),
    "debrief.method.fine": Text(
        "时刻记到{fine}，相差不到这么多的算相当。",
        "Times are written down to {fine}; what differs by less counts as alike.",
    ),
    "debrief.method.minute": Text("整分钟", "whole minutes"),
    "debrief.method.second": Text("秒", "seconds"),
    "debrief.method.runs": Text(
        "推演是同一情景的{n}次，种子{seed}；推演结果含假定，不是实况。",
        "The runs are {n} of the same scenario, seed {seed}; they rest on assumptions and are no record.",
    ),
    "debrief.method.people": Text(
        "只列岗位，不列姓名；表中填写的完成岗位和备注不写入本报告。",
        "Posts are named, never persons; what was filled in under 'done by' and 'remark' is not repeated here.",
    ),
    # --- columns ------------------------------------------------------------------------------------------------------
    "debrief.col.no": Text("序号", "No."),
    "debrief.col.name": Text("要求", "Requirement"),
    "debrief.col.key": Text("关键时刻", "Key time"),
    "debrief.col.limit": Text("时限", "Limit"),
    "debrief.col.clock": Text("实际时刻", "Actual time"),
    "debrief.col.took": Text("用时", "Took"),
    "debrief.col.outcome": Text("结果", "Outcome"),
    "debrief.col.runs": Text("推演最快 / 中间 / 最慢（分钟）", "Runs: fastest / middle / slowest (min)"),
    "debrief.col.among": Text("在推演中的位置", "Among the runs"),
    "debrief.col.percentile": Text("百分位", "Percentile"),
    "debrief.col.kept": Text("推演按时次数", "Runs that kept it"),
    "debrief.col.basis": Text("依据", "Basis"),
    "debrief.col.id": Text("编号", "No."),
    "debrief.col.role": Text("应行动岗位", "Seat that acts"),
    "debrief.col.expected": Text("应有行动", "Expected"),
    "debrief.col.received": Text("收到", "Received"),
    "debrief.col.done": Text("完成", "Done"),
    "debrief.col.post": Text("岗位", "Post"),
    "debrief.col.stage": Text("环节", "Step"),
    "debrief.col.asked": Text("项数", "Asked"),
    "debrief.col.in_time": Text("按时或已完成", "In time or done"),
    "debrief.col.late": Text("超时", "Late"),
    "debrief.col.never": Text("未完成", "Never"),
    "debrief.col.worst": Text("最多超过", "Most over"),
    "debrief.col.problem": Text("问题", "What was missed"),
    "debrief.col.responsible": Text("责任岗位", "Post"),
    "debrief.col.measure": Text("建议措施", "Suggested measure"),
    "debrief.col.person": Text("责任人", "Person"),
    "debrief.col.by": Text("完成期限", "By when"),
    "debrief.col.state": Text("完成情况", "State"),
    "debrief.col.shorter": Text("更快的次数", "Runs that took less"),
    "debrief.col.alike": Text("相当的次数", "Runs alike"),
    "debrief.col.of": Text("推演次数", "Runs"),
    "debrief.col.low": Text("误差范围下端", "Interval from"),
    "debrief.col.high": Text("误差范围上端", "Interval to"),
    "debrief.col.took_min": Text("用时（分钟，折合情景）", "Took (min of the scenario)"),
    "debrief.col.spent_min": Text("用时（分钟，演练）", "Took (min of the exercise)"),
    "debrief.col.limit_min": Text("时限（分钟）", "Limit (min)"),
    "debrief.col.least_min": Text("推演最快（分钟）", "Fastest run (min)"),
    "debrief.col.middle_min": Text("推演中间（分钟）", "Middle run (min)"),
    "debrief.col.most_min": Text("推演最慢（分钟）", "Slowest run (min)"),
    "debrief.col.never_runs": Text("推演未完成次数", "Runs that never did"),
    "debrief.col.met_runs": Text("推演按时次数", "Runs that kept it"),
    "debrief.tab.aloud": Text("评估结论", "Findings"),
    "debrief.tab.requirements": Text("关键时刻", "Key times"),
    "debrief.tab.injects": Text("导调信息", "Injects"),
    "debrief.tab.weak": Text("薄弱环节", "Weak links"),
    "debrief.tab.mend": Text("问题整改清单", "To be mended"),
    "debrief.tab.method": Text("说明", "Notes"),
    # --- figure -------------------------------------------------------------------------------------------------------
    "debrief.fig.title": Text("{where}：实际用时与{n}次推演", "{where}: actual minutes and {n} runs"),
    "debrief.fig.alt": Text(
        "每个关键时刻一行：推演从最快到最慢的范围和中间一半，时限，实际用时。",
        "One row for each key time: the range of the runs and their middle half, the limit, and the actual minutes.",
    ),
    "debrief.fig.minutes": Text("从起算时刻起的分钟数", "minutes since it counts"),
    "debrief.fig.range": Text("推演最快—最慢", "runs, fastest to slowest"),
    "debrief.fig.half": Text("推演中间一半", "middle half of the runs"),
    "debrief.fig.actual": Text("实际", "actual"),
    "debrief.fig.limit": Text("时限", "limit"),
    "debrief.fig.never": Text("未完成", "never"),
    "debrief.fig.source": Text(
        "情景 {scenario}，种子{seed}，{n}次推演；实际时刻由导调填写",
        "scenario {scenario}, seed {seed}, {n} runs; actual times as filled in",
    ),
    # --- the blank workbook of a real event ---------------------------------------------------------------------------
    "debrief.template.title": Text("事件实际时刻", "actual times of an event"),
    "debrief.template.how": Text(
        "黄色格填写实际时刻，如 02:24 或 02:24:30；开始以后超过12小时的写明日期，如 2025-07-11 02:24。白色格和表头不要改，行的次序可以变。",
        "Fill in the yellow cells, such as 02:24 or 02:24:30; more than 12 hours after the start with the date, 2025-07-11 02:24. Leave white cells "
        "and headings as they are; rows may stand in any order.",
    ),
    "debrief.template.words": Text(
        "每一行都要填：到结束仍没有做到的写“未完成”，没有记下时刻的写“未记录”。",
        "Every row is needed: write 'never' for what was not reached by the end, 'not recorded' where nobody wrote it down.",
    ),
    "debrief.template.fair": Text(
        "“完成岗位”和备注不写姓名；它们不进入报告。",
        "Write no names under 'done by' and 'remark'; neither is repeated in the report.",
    ),
    "debrief.template.clock": Text(
        "推演起算时刻是达到预警标准或发现险情的时刻，必须填写，并写明日期。",
        "It begins when the hazard was identified, as the scenario's T0; this is needed, with its date.",
    ),
    "debrief.template.started": Text("起算时刻（达到预警标准或发现险情）", "the hazard is identified (T0)"),
    "debrief.template.ended": Text("事件结束（可不填）", "it is over (may be left blank)"),
    # --- what was missed ----------------------------------------------------------------------------------------------
    "debrief.problem.late": Text("{what}：用时{took}，超过时限{over}", "{what}: took {took}, {over} over its limit"),
    "debrief.problem.never": Text("{what}：到结束仍未完成", "{what}: never done"),
    "debrief.problem.inject": Text("{id} {expected}", "{id} {expected}"),
    "debrief.basis.expected": Text("演练场景清单 {id}（没有时限要求）", "inject {id} of the list (no limit)"),
    # --- parts of the chain, and what mends them ----------------------------------------------------------------------
    "debrief.stage.deciding": Text("研判签发", "deciding and release"),
    "debrief.stage.calling": Text("叫应", "calling"),
    "debrief.stage.outage": Text("断网断电处置", "outages"),
    "debrief.stage.below": Text("就地发现和自行启动", "acting on the spot"),
    "debrief.stage.telling": Text("告知住户", "telling households"),
    "debrief.stage.moving": Text("避险转移", "evacuation"),
    "debrief.stage.reporting": Text("信息报送", "reporting"),
    "debrief.measure.deciding": Text(
        "逐段核对会商研判、签发、录入用时；明确夜间签发授权和替补签发人，预先拟好发布文本和分级响应对照表。",
        "Go through the minutes of consultation, sign-off and entry; name deputies who may sign at night, and keep texts and levels ready.",
    ),
    "debrief.measure.calling": Text(
        "核对值班表和联系电话，按叫应递补顺序写明每步次数、振铃和间隔；增加叫应人手或自动外呼线路，无人接听的及时转下一顺位。",
        "Check roster and numbers; state tries, ringing and gaps of each step of the escalation ladder; add callers or lines, and pass on in time "
        "where nobody answers.",
    ),
    "debrief.measure.outage": Text(
        "配备并定期测试卫星电话、北斗短报文等备用通信手段和备用电源；写明断网后多久改用哪种手段，预定派人送信路线。",
        "Keep and test satellite telephones, Beidou sets and spare power; state how soon and to which means one changes, and plan couriers' ways.",
    ),
    "debrief.measure.below": Text(
        "明确群测群防员和监测报警的就地处置权限与上报方式；断联的村按预案自行启动，并纳入下次演练。",
        "State what hazard monitors and alarms may set off on the spot and how they report; let villages that are cut off act by plan, and drill it.",
    ),
    "debrief.measure.telling": Text(
        "补足夜间告知手段（应急广播、锣、哨），落实十户联防和入户分组，预先排定入户次序，应转移住户在前。",
        "Add means that wake sleepers (loudspeakers, gongs, whistles), settle ten-household leads and teams, and plan the order of doors.",
    ),
    "debrief.measure.moving": Text(
        "核对应转移名单和需协助人员，落实帮扶人、车辆和路线；核实安置点容量并备一处替代，劝导提前到天黑前。",
        "Check the transfer list and who needs help; settle helpers, vehicles and ways; verify shelters with a spare one; persuade before dark.",
    ),
    "debrief.measure.reporting": Text(
        "指定专人报送，统一口径（应转×户×人、已转×户×人）和时限；断网时改用备用手段，先报后核。",
        "Name who reports, in one form (households and persons due and moved) and by when; with the network down report by other means.",
    ),
}
"""What a debrief says, by key."""
