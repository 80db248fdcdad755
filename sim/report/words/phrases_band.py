"""Texts about several runs of which the report tells the typical one. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_BAND = {
    "band.title": Text("推演报告：{n}次推演和其中最典型的一次", "Report of {n} runs, the typical one in detail"),
    "band.headline": Text("{title}：{n}次推演结果", "{title}: {n} runs"),
    "band.which": Text(
        "随机种子{seed}，推演编号{k}：{n}次推演（编号0—{last}）中最典型的一次；重新运行结果相同",
        "seed {seed}, run number {k}: the typical one of {n} runs (numbers 0 to {last}); running again gives the same result",
    ),
    "band.which_brief": Text(
        "随机种子{seed}，推演{n}次；“本次”指推演编号{k}，其中最典型的一次。",
        "Seed {seed}, {n} runs; 'this run' is run number {k}, the typical one.",
    ),
    "head.band": Text("{n}次推演相差多大", "How much {n} runs differ"),
    "band.chosen": Text(
        "同一情景推演了{n}次，每次运气不同。“本次”是其中最典型的一次（推演编号{k}）：全县各项时限要求的用时和关键数字，它总起来最靠近居中；"
        "报告其余部分详写的都是这一次。",
        "The scenario was run {n} times, each with luck of its own. 'This run' is the typical one (run number {k}): in the minutes that "
        "the requirements took and the key numbers of the county it is, taken together, nearest the middle. The rest of the report tells it "
        "in detail.",
    ),
    "band.same": Text(
        "同一情景推演了{n}次，下列各数每次都一样。",
        "The scenario was run {n} times, and the numbers below were the same each time.",
    ),
    "band.rough": Text(
        "{n}次只够看个大概；要判定各项要求做得到做不到，用 jiaoying study 多推演些次数。",
        "{n} runs are for a first look only; to judge whether requirements are kept, make more of them with jiaoying study.",
    ),
    "band.in_short": Text("推演{n}次，结果范围：{ranges}。", "Over {n} runs: {ranges}."),
    "band.same_in_short": Text("推演{n}次，结果每次都一样。", "{n} runs, all with the same result."),
    "band.then": Text(
        "以下是其中最典型的一次（推演编号{k}）。", "What follows is the typical one of them (run number {k})."
    ),
    "band.range": Text("{name}{range}", "{name}: {range}"),
    "band.joint": Text("，", "; "),
    "band.by_itself": Text("只算{place}，不是全县。", "{place} by itself, not the whole county."),
    "band.again": Text(
        "在结果文件夹中运行下面的命令，得到详写的这一次；不写推演编号（--replication），则重新推演全部{n}次。",
        "Run this in the result folder for the run that is told in detail; without --replication all {n} are run again.",
    ),
    "col.band_number": Text("关键数字", "Key number"),
    "col.band_this": Text("本次", "This run"),
    "col.band_shortest": Text("最短", "Shortest"),
    "col.band_longest": Text("最长", "Longest"),
    "col.band_least": Text("最少或最早", "Least or earliest"),
    "col.band_middle": Text("居中", "Middle"),
    "col.band_most": Text("最多或最晚", "Most or latest"),
    "col.band_kept": Text("{n}次中按时（95%误差范围）", "Met in {n} runs (95 % interval)"),
    "col.band_times": Text("按时次数", "Runs met"),
    "col.band_never": Text("{n}次中始终没有", "Never, of {n} runs"),
    "band.never": Text("始终没有", "never"),
    "band.times": Text("{met}/{n}", "{met} of {n}"),
    "band.never_times": Text("{n}次", "{n}"),
    "band.kept": Text("{met}次（{low}—{high}次）", "{met} ({low} to {high})"),
    "band.of_all": Text(
        "{n}次中{met}次按时（误差范围{low}—{high}次）。", "Met in {met} of {n} runs (interval {low} to {high})."
    ),
    "band.warned_p50_min": Text("半数住户收到预警", "Half of the households warned"),
    "band.warned_p95_min": Text("95%的住户收到预警", "95% of households warned"),
    "band.share_60min": Text("发布后60分钟内收到预警的住户", "Households warned within 60 min of release"),
    "band.never_households": Text("推演结束仍未收到预警的户数", "Households not warned by the end"),
    "band.exposed_at_onset_persons": Text(
        "灾害发生时仍在危险区的人数（不是伤亡预测）", "Persons in danger areas at the onset (no forecast of casualties)"
    ),
    "band.exposed_persons": Text(
        "灾害发生时仍在危险区的人数（不是伤亡预测）", "Persons in danger areas at the onset (no forecast of casualties)"
    ),
    "band.acknowledged_min": Text("应答", "Answered"),
    "curve.band_all": Text("{n}次推演：最少到最多", "{n} runs, least to most"),
    "curve.band_half": Text("{n}次推演：中间一半", "{n} runs, middle half"),
    "tab.band": Text("{n}次推演", "{n} runs"),
    "tab.band_over_time": Text("{n}次推演的过程", "{n} runs by minute"),
    "workbook.band_over_time": Text(
        "{n}次推演：发布后各分钟收到预警的住户占全部住户", "{n} runs: share of households warned by each minute"
    ),
    "workbook.band_note": Text(
        "中间一半次数在“四分之一处”和“四分之三处”之间。",
        "The middle half of the runs lies between the lower and the upper quartile.",
    ),
    "workbook.band.least": Text("最少", "Least"),
    "workbook.band.lower": Text("四分之一处", "Lower quartile"),
    "workbook.band.middle": Text("居中", "Middle"),
    "workbook.band.upper": Text("四分之三处", "Upper quartile"),
    "workbook.band.most": Text("最多", "Most"),
}
"""Texts about several runs, by key."""
