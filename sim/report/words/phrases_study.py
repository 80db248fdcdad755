"""Texts of studies, by key."""

from __future__ import annotations

from sim.errors import Text

STUDY = {
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
    "study.of": Text("{n}次中{met}次", "{met} of {n}"),
    "study.tab.verdicts": Text("是否达标", "Verdicts"),
    "study.tab.limits": Text("推算的时限", "Limits suggested"),
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
    "study.col.never": Text("未完成次数", "Runs without"),
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
}
"""Texts of studies, by key."""
