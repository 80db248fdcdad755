"""Texts of studies, by key."""

from __future__ import annotations

from sim.errors import Text

STUDY = {
    "study.title": Text("多次推演：{county}（{scenario}）", "Study of many runs: {county} ({scenario})"),
    "study.method": Text(
        "同一情景推演{n}次，每次运气不同；误差范围为95%。",
        "The scenario was run {n} times, each with luck of its own; intervals are of 95 %.",
    ),
    "study.any_time": Text(
        "推演次数不是事先定死的，用随时可停的误差范围（较宽）。",
        "The number of runs was not fixed beforehand, so the intervals are those that hold whenever one stops (they are wider).",
    ),
    "study.judged": Text(
        "{name}：{verdict}（要求{required}）。{n}次中{met}次按时，误差范围{low}—{high}次。",
        "{name}: {verdict} (required: {required}). {met} of {n} runs in time, interval {low} to {high}.",
    ),
    "study.more": Text(
        "按目前的比例，约再推演{n}次可判定。", "If it goes on like this about {n} more runs would settle it."
    ),
    "study.never_settled": Text("再推演十万次也难以判定。", "Not even a hundred thousand runs would settle it."),
    "study.limit": Text(
        "{name}：要有{share}的概率按时，时限须定为{sure}（现为{now}；推演中{share}的次数用了不超过{estimate}）。",
        "{name}: to be met with a probability of {share}, the limit would have to be {sure} (now {now}; "
        "{share} of the runs took {estimate} at most).",
    ),
    "study.limit.never": Text(
        "{name}：定多长的时限，按时的概率都不到{share}：{n}次中{never}次始终没有完成（现为{now}）。",
        "{name}: no limit, however long, is met with a probability of {share}: in {never} of {n} runs it was never done (now {now}).",
    ),
    "study.limit.few": Text(
        "{name}：推演{n}次（其中{never}次始终没有完成）太少，还说不上什么时限有{share}的概率按时（现为{now}）；用 -n 增加次数。",
        "{name}: {n} runs ({never} of them never done) are too few to say which limit would be met with a probability of {share} (now {now}); "
        "ask more by -n.",
    ),
    "study.limits.caution": Text(
        "推算的时限由同一批推演得出，95%的把握不偏短；只供修订预案参考，不改变上级规定的时限。",
        "Limits suggested come from the same runs and are not too short with 95 % certainty; they are for the "
        "revision of plans and change no limit set from above.",
    ),
    "study.warned": Text(
        "95%的户收到预警：一半的次数里{middle}，二十次里最差的一次{bad}。",
        "95 % of households were told: in half of the runs {middle}, in the worst of twenty {bad}.",
    ),
    "study.within": Text("在发布后{minutes}内", "within {minutes} of the release"),
    "study.not_told": Text("始终没有做到", "never"),
    "study.exposed": Text(
        "灾害发生时仍在危险区人数（不是伤亡预测）：一半的次数里不超过{middle}人，二十次里最差的一次{bad}人或更多。",
        "Persons in danger when it strikes (no forecast of casualties): at most {middle} in half of the runs, {bad} or more in one of twenty.",
    ),
    "study.weakest": Text(
        "{name}：推演{n}次，最常超时的是{places}。", "{name}: most often late are {places} (of {n} runs)."
    ),
    "study.weak_place": Text("{place}（{met}次{step}）", "{place} ({met} times{step})"),
    "study.mostly": Text("，主要耗在{step}", ", mostly for {step}"),
    "study.taken": Text("{name}：用时", "{name}: minutes taken"),
    "study.spent": Text("平均耗时：{step}", "mean minutes: {step}"),
    "study.of": Text("{n}次中{met}次", "{met} of {n}"),
    "study.range": Text("{low}—{high}次", "{low} to {high}"),
    "study.share_range": Text("{low}—{high}", "{low} to {high}"),
    "study.shown": Text(
        "最常超时的{shown}个（共有{n}个出现过超时）。", "The {shown} that are late most often, of {n} that ever were."
    ),
    "study.cautions": Text("怎样读", "How to read it"),
    "study.caution": Text(
        "推演达标、推演不达标都只对这个情景和它的假设成立；接听概率等没有本县实测的，为规划假设。结果按地方和环节，不涉及个人考核。",
        "Met and not met hold for this scenario and its assumptions only; chances of answering and the like are planning assumptions where the "
        "county has not measured them. Results are by place and step, and judge nobody.",
    ),
    "study.many": Text(
        "各村的误差范围已按同时比较的村数放宽：全部村同时落在各自范围内的可能不低于95%。",
        "Intervals of villages are widened for being many: all of them hold together with 95 % at least.",
    ),
    "study.seed": Text(
        "随机种子{seed}；同一情景、同一种子、同样的次数，结果完全相同。",
        "Seed {seed}; the same scenario, seed and number of runs give the same result.",
    ),
    "study.tab.verdicts": Text("是否达标", "Verdicts"),
    "study.tab.limits": Text("推算的时限", "Limits suggested"),
    "study.tab.measures": Text("全县各数", "Numbers of the county"),
    "study.tab.late": Text("最常超时的地方", "Places most often late"),
    "study.tab.steps": Text("各环节耗时", "Minutes by step"),
    "study.col.name": Text("要求", "Requirement"),
    "study.col.required": Text("要求的概率", "Required probability"),
    "study.col.n": Text("推演次数", "Runs"),
    "study.col.met": Text("按时次数", "In time"),
    "study.col.p_met": Text("按时的比例", "Share in time"),
    "study.col.ci_low": Text("误差范围下限", "Interval, low"),
    "study.col.ci_high": Text("误差范围上限", "Interval, high"),
    "study.col.interval": Text("误差范围", "Interval"),
    "study.col.verdict": Text("判定", "Verdict"),
    "study.col.nights_to_settle": Text("再推演几次可判定", "More runs to settle it"),
    "study.col.within_min": Text("现行时限（分钟）", "Limit now (min)"),
    "study.col.share": Text("按时的概率", "Probability"),
    "study.col.estimate_min": Text("这样多的次数用时不超过（分钟）", "So many runs took at most (min)"),
    "study.col.sure_min": Text("推算的时限（分钟）", "Limit suggested (min)"),
    "study.col.measure": Text("项目", "Number"),
    "study.col.of": Text("分位", "Quantile"),
    "study.col.value": Text("数值", "Value"),
    "study.col.never": Text("未完成次数", "Runs without"),
    "study.col.target_id": Text("要求标识", "Requirement id"),
    "study.col.level": Text("层级", "Level"),
    "study.col.label": Text("地方", "Place"),
    "study.col.p_late": Text("超时的比例", "Share late"),
    "study.col.late": Text("超时次数", "Late"),
    "study.col.main_step": Text("主要耗在", "Mostly for"),
    "study.col.code": Text("编码", "Code"),
    "study.col.step": Text("环节", "Step"),
    "study.col.minutes": Text("平均分钟", "Minutes, mean"),
    "study.verdict.met": Text("推演达标", "met"),
    "study.verdict.not_met": Text("推演不达标", "not met"),
    "study.verdict.open": Text("尚不能判定", "cannot be told yet"),
    "measure.release_min": Text("发布时刻（起算后分钟）", "release (minutes after the beginning)"),
    "measure.warned_p50_min": Text(
        "半数户收到预警（起算后分钟）", "half of the households told (minutes after the beginning)"
    ),
    "measure.warned_p90_min": Text(
        "90%户收到预警（起算后分钟）", "90 % of households told (minutes after the beginning)"
    ),
    "measure.warned_p95_min": Text(
        "95%户收到预警（起算后分钟）", "95 % of households told (minutes after the beginning)"
    ),
    "study.share_told": Text(
        "发布后{minutes}收到的户的比例", "share of households told within {minutes} of the release"
    ),
    "measure.never_households": Text("始终未收到的户", "households never told"),
    "measure.exposed_at_onset_persons": Text("灾害发生时仍在危险区人数", "persons in danger when it strikes"),
    "measure.safe_before_onset_persons": Text("灾害发生前已安全的人数", "persons safe before it strikes"),
    "measure.listed_persons": Text("应转移人数", "persons who must leave"),
    "measure.dark_villages_max": Text("同时断联的村最多有几个", "most villages dark at one time"),
    "measure.villages_never_reached": Text("始终没有叫到的村", "villages never reached"),
}
"""Texts of studies, by key."""
