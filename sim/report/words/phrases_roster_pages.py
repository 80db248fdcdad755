"""Texts of the pages about the roster: drill, audit, plan, call sheets. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_ROSTER_PAGES = {
    "weekdays": Text("一,二,三,四,五,六,日", "Mo,Tu,We,Th,Fr,Sa,Su"),
    # --- the drill ----------------------------------------------------------------------------------------------------
    "drill.every_start": Text("每个时刻都一样", "every hour alike"),
    "drill.starts_alike": Text("{start}等{n}个时刻", "{start} and others ({n} alike)"),
    "drill.days_alike": Text("{day}等{n}天", "{day} and others ({n} alike)"),
    "drill.figure_last": Text(
        "全部{level}应答完要几分钟（中位数）", "Minutes until all {level} have answered (median of the runs)"
    ),
    "drill.figure_unsaid": Text("斜线：没有分钟数", "hatched: no minutes to state"),
    "drill.key.limit": Text("{limit}（时限）", "{limit} (limit)"),
    "drill.key.beyond": Text("{twice}及以上", "{twice} and more"),
    "drill.key.unsaid": Text(
        "过半的推演里有人始终未应答，没有分钟数",
        "in more than half of the runs somebody never answers: no minutes to state",
    ),
    "drill.page.key": Text("图例：", "Key:"),
    "drill.page.rest": Text("日期下有横线的是周末、法定节假日", "days underlined are weekends and holidays"),
    "drill.page.share_note": Text(
        "横向为日，纵向为叫应开始的钟点；格内数字为百分比（舍去小数），颜色越浅越好。",
        "Days across, hour at which the call-out begins down; numbers are per cent, rounded down; the lighter the better.",
    ),
    "drill.page.length_note": Text(
        "格内数字为分钟（不足1分钟按1分钟计），从叫应开始到最后一个应答，取多次推演的中位数；颜色越浅越好。",
        "Numbers are minutes, rounded up, from the beginning of the call-out to the last answer, the median of the runs; the lighter the better.",
    ),
    "drill.page.unsaid": Text(
        "{of}个时刻中有{n}个过半的推演里有人始终未应答，说不出几分钟，记作×。",
        "At {n} of {of} hours somebody never answers in more than half of the runs; no minutes can be stated, and the square has an ×.",
    ),
    "drill.page.square": Text("{start}：{n}次中{met}次按时", "{start}: in time in {met} of {n} runs"),
    "drill.page.square_never": Text("，{never}次有人始终未应答", "; somebody never answers in {never}"),
    "drill.page.counted": Text("{n}次中{met}次，误差范围{low}—{high}次", "{met} of {n} runs, margin {low}–{high}"),
    "drill.page.no_median": Text(
        "说不出（过半的推演里有人始终未应答）", "not to be said (in most runs somebody never answers)"
    ),
    "drill.page.all_days": Text("各值班日一样", "all duty days alike"),
    "drill.page.desks_alike": Text("{desk}等{n}个", "{desk} and others ({n} alike)"),
    "drill.page.no_desk": Text("没有超时的", "no desk is late"),
    "drill.page.step_of": Text(
        "{step}（平均{total}分钟中的{minutes}分钟）", "{step} ({minutes} of {total} min in the mean)"
    ),
    "drill.page.glance": Text("一张表说完", "All in one table"),
    "drill.page.col.question": Text("问题", "Question"),
    "drill.ask.limit": Text(
        "全部应答的时限（规划假设，以本县规定为准）",
        "Limit for all to answer (a planning assumption; the county's own goes first)",
    ),
    "drill.ask.mean": Text("按时的推演占多少（各时刻平均）", "Share of runs in time (mean of all hours)"),
    "drill.ask.worst": Text("什么时候开始叫应最差", "Worst hour to begin"),
    "drill.ask.counted": Text("那时多少次按时", "In time then"),
    "drill.ask.last": Text("那时几分钟后最后一个应答（中位数）", "Minutes until the last answer then (median)"),
    "drill.ask.day": Text("最弱的值班日", "Weakest duty day"),
    "drill.ask.desk": Text("最常超时的值班室", "Desk that is late most often"),
    "drill.ask.step": Text("时间花在哪一步", "Where the minutes go"),
    "drill.page.maps": Text("逐日逐时", "Day by day, hour by hour"),
    "drill.page.weakest": Text("薄弱环节：值班日和值班室", "Weak links: duty days and desks"),
    "drill.page.weak_days": Text("{level}：最弱的值班日", "{level}: the weakest duty days"),
    "drill.page.days_note": Text(
        "值班日从{handover}到次日{handover}，各时刻平均；首尾只有一部分时刻在本月内的值班日不列。",
        "A duty day runs from {handover} to {handover} of the next, mean of its hours; the first and the last, of which only some hours lie within "
        "the month, are left out.",
    ),
    "drill.page.weekday": Text("星期{day}", "{day}"),
    "drill.page.col.kind": Text("星期", "Day of the week"),
    "drill.page.col.counted": Text("那时按时的次数", "In time then"),
    "drill.page.weak_desks": Text("{level}：最常超时的值班室", "{level}: the desks that are late most often"),
    "drill.page.desks_note": Text(
        "超时包括始终未应答；上一级叫得晚，下一级也会超时。只按值班室和岗位，不列姓名。",
        "Late includes never; who is called late by the desk above is late too. By desk and post only, without names.",
    ),
    "drill.page.col.counted_late": Text("那时超时的次数", "Late then"),
    "drill.page.col.posts": Text("那时依次叫哪些岗位", "Posts called then, in order"),
    "drill.page.steps": Text("时间花在哪里", "Where the minutes go"),
    "drill.page.steps_note": Text(
        "从上一级开始叫，到这一级应答，每一步平均几分钟；只算应答了的。",
        "Minutes of each step from when the desk above begins until this level answers, the mean of those that answered.",
    ),
    "drill.page.method": Text("方法和注意", "Method and cautions"),
    "drill.page.interval": Text(
        "误差范围是95%置信区间（Clopper–Pearson），按推演次数算；各值班日的平均没有误差范围，因为同一次推演的各时刻运气相同。",
        "Margins are 95% confidence intervals (Clopper and Pearson) by the number of runs; means of a duty day have none, since the hours of one "
        "run share their luck.",
    ),
    "drill.page.chosen": Text(
        "从许多时刻、许多值班室里挑出的最差的，总有几分偶然，要连同误差范围一起看；次数越多越稳。",
        "The worst of many hours and many desks is so partly by chance: read it with its margin; more runs make it steadier.",
    ),
    "drill.page.rounding": Text(
        "按时的比例舍去小数，超时的比例进到整数，分钟进到整分；工作簿里是未取整的数。",
        "Shares in time are rounded down, shares late up, minutes up; the workbook has the numbers unrounded.",
    ),
    "drill.page.seed": Text(
        "情景：{scenario}；种子 {seed}。同样的情景、种子和次数，结果相同。",
        "Scenario: {scenario}; seed {seed}. The same scenario, seed and number of runs give the same result.",
    ),
    # --- the audit ----------------------------------------------------------------------------------------------------
    "audit.page.summary": Text("按问题计数", "Counts"),
    "audit.page.group": Text("{severity}：{kind}（{n}项）", "{kind}, {severity} ({n})"),
    "audit.page.when": Text("时段", "When"),
    "audit.page.span": Text("{begins}至{ends}", "{begins} to {ends}"),
    "audit.page.more": Text(
        "这里列出最要紧的{shown}项，另有{n}项，见工作簿 {workbook}。",
        "The {shown} that matter most; {n} more are in the workbook {workbook}.",
    ),
    "audit.page.notes": Text("说明", "Notes"),
    "audit.page.hours": Text(
        "“涉及时长（时·室）”是有关的各值班室涉及的小时数之和；休息不足、天数过多、负担不均、隐患点没有群测群防员不按值班室的小时计，留空。",
        "“Desk-hours concerned” adds up the hours of the duty rooms concerned; too little rest, too many days, an uneven load and hazard points "
        "without a monitor are not measured so and leave it empty.",
    ),
    "audit.page.all": Text(
        "全部问题连同值班表的行号在工作簿 {workbook}。",
        "All findings, with the lines of the roster, are in the workbook {workbook}.",
    ),
    # --- the plan -----------------------------------------------------------------------------------------------------
    "plan.page.empty": Text("有{n}处排不出人，原因逐处列出。", "{n} duties cannot be filled; the reasons are listed."),
    "plan.page.more": Text(
        "这里列出前{shown}处，另有{n}处见工作簿 plan.xlsx。",
        "The first {shown}; {n} more are in the workbook plan.xlsx.",
    ),
    "plan.page.even": Text("是否均衡", "How even it is"),
    "plan.page.col.people": Text("人数", "People"),
    "plan.page.col.duties": Text("班数", "Duties"),
    "plan.page.col.range": Text("每人天数（最少—最多）", "Days each (least–most)"),
    "plan.page.range": Text("{least}—{most}", "{least}–{most}"),
    "plan.page.col.spread": Text("担任同样岗位的最多相差（天）", "Most that holders of the same posts differ (days)"),
    "plan.page.col.empty": Text("排不出的", "Not filled"),
    "plan.page.months": Text("各值班室月历", "Calendars of the duty rooms"),
    "plan.page.months_note": Text(
        "点值班室名称展开；打印时全部展开。日期带下划线、底色为灰的是周末、法定节假日。",
        "Click a duty room to open it; all are open in print. Days underlined on grey are weekends and holidays.",
    ),
    "plan.page.desk": Text("{duties}班，排不出的{n}处", "{duties} duties, {n} not filled"),
    "plan.page.posts": Text("每格从上到下依次为：{posts}", "In each square from top to bottom: {posts}"),
    "plan.page.loads": Text("各人天数（其中周末、节假日）：", "Days each (of them weekends and holidays):"),
    "plan.page.load": Text("{who} {n}（{off}）", "{who} {n} ({off})"),
    # --- call sheets --------------------------------------------------------------------------------------------------
    "callsheet.order": Text(
        "各值班室的先后：登记的应转移人数多的先打，人数相同的按常住人口从多到少，再按编码。",
        "Places stand in this order: those with most listed persons first, then by residents, then by code.",
    ),
    "callsheet.order_made_up": Text(
        "各值班室的先后：应转移人数多的先打，但本情景的应转移人数是合成数据，这一先后不能作为实际依据，请按本县的清单调整。",
        "Places stand in the order of listed persons, but those are made up here: arrange the order by the county's own list.",
    ),
    "drill.page.outside": Text("不在值班表的时段内", "outside the roster"),
    "callsheet.signs": Text(
        "（空岗）：这时没有人在岗，跳过；（无号码）：人员表里没有号码，打之前先补上；（未列入值班表）：值班表里没有这个值班室。",
        "(vacant): nobody holds the post then, skip it; (no number): the table of persons has none, find it before you need it; (not on the roster): "
        "the roster does not have this desk.",
    ),
    "callsheet.no_number": Text("（无号码）", "(no number)"),
    "callsheet.doubtful_number": Text("（号码待核）", "(number to check)"),
    "callsheet.unlisted": Text("（未列入值班表）", "(not on the roster)"),
}
