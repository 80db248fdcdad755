"""The table of texts behind ``words``: key, Chinese, English. Official terms as in the glossary; braces are blanks.

Read through ``sim.report.words.Words`` only. The texts about a scenario file stand in ``phrases_scenario``,
those that say what the numbers are not in ``phrases_notices``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.errors import Text
from sim.report.phrases_notices import OF_NOTICES
from sim.report.phrases_scenario import OF_SCENARIOS

OF_PAGES = {
    # --- small words --------------------------------------------------------------------------------------------------
    "none": Text("—", "—"),
    "dash": Text("—", "–"),
    "about": Text("约{n}", "about {n}"),
    "above_99_percent": Text("超过99%", "over 99%"),
    "paren": Text("（{text}）", " ({text})"),
    "list_joint": Text("、", ", "),
    "key_joint": Text("·", " · "),
    "of_all": Text("共{all}", "of {all}"),
    "never": Text("推演结束仍未收到", "not reached by the end"),
    "never_answered": Text("推演结束仍未应答", "no answer by the end"),
    "never_released": Text("推演结束仍未发布", "not released by the end"),
    "never_reached": Text("推演结束仍未达到", "not reached by the end"),
    "half_never": Text("推演结束收到的不足半数", "fewer than half by the end"),
    "below_one_percent": Text("不足1%", "under 1%"),
    "count.household": Text("{n}户", "{n} households"),
    "count.household.one": Text("{n}户", "{n} household"),
    "count.listed_household": Text("{n}户应转移住户", "{n} listed households"),
    "count.listed_household.one": Text("{n}户应转移住户", "{n} listed household"),
    "count.zone": Text("{n}处隐患点", "{n} hazard points"),
    "count.zone.one": Text("{n}处隐患点", "{n} hazard point"),
    "count.site": Text("{n}处", "{n} key sites"),
    "count.site.one": Text("{n}处", "{n} key site"),
    "count.loudspeaker": Text("大喇叭{n}个", "{n} loudspeakers"),
    "count.loudspeaker.one": Text("大喇叭{n}个", "{n} loudspeaker"),
    "count.team": Text("{n}个敲门组", "{n} teams"),
    "count.team.one": Text("{n}个敲门组", "{n} team"),
    "count.try": Text("{n}次", "{n} times"),
    "count.try.one": Text("{n}次", "{n} time"),
    "count.caller": Text("{n}人", "{n}"),
    "count.person": Text("{n}人", "{n} persons"),
    "count.person.one": Text("{n}人", "{n} person"),
    "households_and_persons": Text("{h}、{p}", "{h}, {p},"),
    "length.s": Text("{n}秒", "{n} s"),
    "length.min": Text("{n}分钟", "{n} min"),
    "length.h": Text("{n}小时", "{n} h"),
    "clock.next_day": Text("次日{time}", "{time} next day"),
    "clock.later_day": Text("第{n}日{time}", "{time} on day {n}"),
    "date": Text("{y}年{m}月{d}日{time}", "{y}-{month}-{day} {time}"),
    "did.acknowledged": Text("应答", "answered"),
    "did.warned": Text("收到预警", "been warned"),
    "moment.release": Text("{clock}（发布后第{minute}分钟）", "{clock} (minute {minute} after release)"),
    "moment.t0": Text("{clock}（起算后第{minute}分钟）", "{clock} (minute {minute} after T0)"),
    "moment.cell": Text("{clock}（第{minute}分钟）", "{clock} (min {minute})"),
    # --- official terms -----------------------------------------------------------------------------------------------
    "warning.red": Text("红色预警", "red warning"),
    "warning.orange": Text("橙色预警", "orange warning"),
    "warning.yellow": Text("黄色预警", "yellow warning"),
    "warning.blue": Text("蓝色预警", "blue warning"),
    "a_warning.red": Text("红色预警", "A red warning"),
    "a_warning.orange": Text("橙色预警", "An orange warning"),
    "a_warning.yellow": Text("黄色预警", "A yellow warning"),
    "a_warning.blue": Text("蓝色预警", "A blue warning"),
    "hazard.rainstorm": Text("暴雨", "rainstorm"),
    "hazard.flash_flood": Text("山洪", "flash flood"),
    "hazard.landslide": Text("地质灾害", "landslide"),
    "rain.dry": Text("无雨", "dry"),
    "rain.light": Text("小雨", "light rain"),
    "rain.heavy": Text("暴雨", "heavy rain"),
    "hazard_and_rain": Text("{hazard}（当时{rain}）", "{hazard} ({rain})"),
    "channel.sms": Text("短信", "text message"),
    "channel.phone": Text("电话", "telephone"),
    "channel.broadcast": Text("应急广播（大喇叭）", "loudspeaker"),
    "channel.door": Text("敲门", "door to door"),
    "level.county": Text("县", "county"),
    "level.county.many": Text("县", "counties"),
    "level.township": Text("乡镇（街道）", "township"),
    "level.township.many": Text("乡镇（街道）", "townships"),
    "level.township.short": Text("镇", "township"),
    "level.village": Text("村（社区）", "village or community"),
    "level.village.many": Text("村（社区）", "villages and communities"),
    "level.village.short": Text("村", "village"),
    "level.group": Text("村民小组", "villagers' group"),
    "level.group.many": Text("村民小组", "villagers' groups"),
    "level.group.short": Text("组", "group"),
    "post.duty_officer": Text("值班员（主班）", "duty officer"),
    "post.deputy_officer": Text("值班员（副班）", "deputy duty officer"),
    "post.leader_on_duty": Text("带班领导", "leader on duty"),
    "post.village_secretary": Text("村（社区）书记", "village secretary"),
    "post.village_director": Text("村（居）委会主任", "village director"),
    "post.grid_worker": Text("网格员", "grid worker"),
    "post.group_leader": Text("村民小组长", "group leader"),
    "post.monitor": Text("群测群防员", "hazard monitor"),
    "status.文件": Text("文件", "document"),
    "status.外地做法，本县未规定": Text("外地做法，本县未规定", "practice elsewhere; this county has no such rule"),
    "status.规划假设": Text("规划假设", "planning assumption"),
    "status.待核实": Text("待核实", "to be verified"),
    "status.合成数据": Text("合成数据", "synthetic data"),
    "status.演示": Text("演示", "demonstration"),
    "status.none": Text("未注明", "not stated"),
    "whom.household": Text("住户", "households"),
    "whom.listed_household": Text("应转移住户", "listed households"),
    "event.acknowledged": Text("应答", "answered"),
    "event.warned": Text("收到预警", "warned"),
    # --- targets ------------------------------------------------------------------------------------------------------
    "state.met": Text("本夜按时", "met on this night"),
    "state.late": Text("本夜超时", "late on this night"),
    "state.undone": Text("本夜未完成", "not completed on this night"),
    "state.nobody": Text("没有对象", "nobody concerned"),
    "limit.release": Text("发布后{length}内", "within {length} of release"),
    "limit.t0": Text("推演起算后{length}内", "within {length} of T0"),
    "target.name": Text("{asked}{event}", "{asked} {event}"),
    "target.elsewhere": Text("{name}", "{name} (practice elsewhere)"),
    "asked.all": Text("全部{whom}", "All {whom}"),
    "asked.share": Text("{share}的{whom}", "{share} of {whom}"),
    "who.all": Text("{all}", "All {all} had"),
    "who.fully": Text("全部", ""),
    "who.share": Text("{share}的{whom}", "{share} of {whom} had"),
    "who.one": Text("{all}", "The {all} had"),
    "verdict.met": Text(
        "{who}在{when}前{fully}{did}，时限为{limit}，本夜按时。",
        "{who} {did} by {when}; the limit is {limit}: met on this night.",
    ),
    "verdict.late": Text(
        "{who}{fully}{did}的时刻为{when}，时限为{limit}，本夜超时{late}；时限到时已{did}的有{in_time}（"
        "{in_time_share}）。",
        "{who} {did} by {when}; the limit is {limit}: {late} late on this night. By the limit, {in_time} "
        "({in_time_share}) had {did}.",
    ),
    "verdict.undone.acknowledged": Text(
        "要求{asked}在{limit}应答；到推演结束（{end}）应答的占{done_share}，仍有{left}未应答，本夜"
        "未完成；时限到时已应答的占{in_time_share}。",
        "{asked} should have answered {limit}; by the end ({end}) {done_share} had and {left} "
        "had not: not completed on this night. By the limit {in_time_share} had.",
    ),
    "verdict.undone.warned": Text(
        "要求{asked}在{limit}收到预警；到推演结束（{end}）收到的占{done_share}，仍有{left}未收到，"
        "本夜未完成；时限到时已收到的占{in_time_share}。",
        "{asked} should have been warned {limit}; by the end ({end}) {done_share} had been and "
        "{left} had not: not completed on this night. By the limit {in_time_share} had been.",
    ),
    "verdict.unreleased": Text(
        "要求{asked}在{limit}{did}；到推演结束（{end}）预警仍未发布，本夜未完成。",
        "{asked} should have {did} {limit}; the warning was not released by the end ({end}): not "
        "completed on this night.",
    ),
    "verdict.nobody": Text("没有{whom}，本项不评。", "There are no {whom}; this requirement is not judged."),
    # --- page ---------------------------------------------------------------------------------------------------------
    "page.title": Text("一夜推演报告", "Report of one night"),
    "page.headline": Text("{title}：一夜推演结果", "{title}: one night"),
    "page.which_night": Text(
        "随机种子{seed}，夜次编号{n}；换一夜结果不同。",
        "Seed {seed}, night number {n}; another night gives another result.",
    ),
    "which_night": Text(
        "随机种子{seed}，夜次编号{n}；重新运行结果相同，换夜次编号或种子则不同",
        "seed {seed}, night number {n}; running again gives the same result, another number or seed another",
    ),
    "page.only": Text(
        "本页只写{place}；时限要求按全县统计。",
        "This page is about {place} only; the requirements are those of the whole county.",
    ),
    "head.level": Text("预警级别", "Warning level"),
    "head.start": Text("推演起算时刻（识别险情）", "Simulation origin (T0, hazard identified)"),
    "head.end": Text("推演结束", "End of simulation"),
    "head.hazard": Text("灾种与天气", "Hazard and weather"),
    "head.means": Text("使用的手段", "Means used"),
    "head.which": Text("哪一夜", "Which night"),
    "head.targets": Text("时限要求", "Response-time requirements"),
    "head.targets_county": Text("时限要求（全县）", "Response-time requirements (whole county)"),
    "head.numbers": Text("关键数字", "Key numbers"),
    "head.first": Text("住户首次收到预警的手段", "First means by which households were warned"),
    "head.assumptions": Text("所用假设及依据", "Assumptions and their sources"),
    "head.notes": Text("说明", "Notes"),
    "no_targets": Text("本情景没有写时限要求。", "This scenario states no requirements."),
    "source": Text("依据", "Source"),
    "applies_to": Text("适用地", "Applies to"),
    "status": Text("状态", "Status"),
    "summary.targets": Text(
        "{n}项时限要求中，本夜按时{a}项、超时{b}项、未完成{c}项。",
        "Of {n} requirements, {a} were met, {b} late and {c} not completed on this night.",
    ),
    "summary.targets_county": Text(
        "全县{n}项时限要求中，本夜按时{a}项、超时{b}项、未完成{c}项。",
        "Of {n} requirements of the whole county, {a} were met, {b} late and {c} not completed on this night.",
    ),
    "summary.told": Text(
        "预警{clock}发布；发布后60分钟内收到预警{h}（{share}）。",
        "The warning was released at {clock}; within 60 min {h} ({share}) had been warned.",
    ),
    "summary.nobody": Text("另有{n}项没有对象。", "Requirements that concern nobody: {n}."),
    "summary.unreleased": Text("预警到推演结束（{end}）仍未发布。", "The warning was not released by the end ({end})."),
    "summary.listed": Text(
        "到推演结束，应转移人员中仍有{p}人未收到预警（共{all}人）。",
        "By the end {p} of {all} listed persons had not been warned.",
    ),
    "fact.release": Text("预警发布", "Warning released"),
    "fact.last_answer": Text("最后一个应答的{level}", "Last {level} to answer"),
    "fact.own_answer": Text("本{level}应答", "Answer of this {level}"),
    "fact.unanswered": Text("{n}推演结束仍未应答", "{n} without an answer by the end"),
    "fact.all_answered": Text("全部应答", "all answered"),
    "fact.told_within": Text("发布后{n}分钟内收到预警", "Warned within {n} min of release"),
    "fact.never": Text("推演结束仍未收到预警", "Not warned by the end"),
    "fact.listed_never": Text("应转移人员仍未收到预警", "Listed, not warned"),
    "col.target": Text("时限要求", "Requirement"),
    "col.limit": Text("时限", "Limit"),
    "col.reached": Text("达到的时刻", "Reached"),
    "col.state": Text("本夜", "This night"),
    "col.status": Text("依据状态", "Status of source"),
    "col.households": Text("户数", "Households"),
    "col.answered": Text("应答确认时刻", "Acknowledged"),
    "col.by": Text("应答岗位", "Answered by"),
    "col.half": Text("半数住户收到预警", "Half of households warned"),
    "col.within_15": Text("15分钟内收到预警", "Warned within 15 min"),
    "col.within_30": Text("30分钟内收到预警", "Warned within 30 min"),
    "col.within_60": Text("60分钟内收到预警", "Warned within 60 min"),
    "col.never": Text("推演结束仍未收到（户）", "Not warned by the end (households)"),
    "col.channel": Text("手段", "Means"),
    "col.persons": Text("人数", "Persons"),
    "col.share": Text("占全部住户", "Of all households"),
    "col.what": Text("内容", "What"),
    "table.slow": Text(
        "本夜应答较晚的村（社区）（代号）", "Villages and communities that answered late on this night (by code)"
    ),
    "table.slow_real": Text(
        "本夜应答较晚的村（社区）（工作稿，内部使用）",
        "Villages and communities that answered late on this night (working paper, internal)",
    ),
    "table.slow_note": Text(
        "最多列{n}个，推演结束仍未应答的列在前面。所辖村（社区）多的乡镇（街道）逐个拨打，排在后面的应答"
        "就晚；换一夜次序不同，不作为对任何乡镇、村（社区）或人员的评价。",
        "At most {n}; those without an answer by the end come first. A township with many villages calls "
        "them in turn, so those late in the queue answer late. Another night gives another order; this "
        "judges no township, village or person.",
    ),
    "table.townships": Text("各乡镇（街道）", "Townships"),
    "table.below": Text("所辖{level}", "Its {level}"),
    "table.in_code_order": Text(
        "按编码排列，不是排名。括号内为发布后第几分钟；比例为发布后该时间内收到预警的住户占全部住户。",
        "In order of code, not a ranking. Minutes in brackets and shares (of all households) count from release.",
    ),
    "terminal.place": Text(
        "以下数字为{place}；时限要求按全县统计。",
        "The numbers below are those of {place}; the requirements are those of the whole county.",
    ),
    "terminal.whole": Text("时限要求和数字均为全县。", "Requirements and numbers are those of the whole county."),
    "figure.map": Text(
        "示意图：发布后60分钟内收到预警的住户比例",
        "Schematic map: share of households warned within 60 min of release",
    ),
    "figure.map_of": Text(
        "{place}：各{level}发布后60分钟内收到预警的住户比例",
        "{place}: share of households warned within 60 min of release, {level}",
    ),
    "figure.coverage": Text("收到预警的住户比例随时间的变化", "Share of households warned over time"),
    "figure.coverage_of": Text("{place}：收到预警的住户比例", "{place}: share of households warned"),
    "figure.source": Text(
        "来源：叫应推演，情景 {scenario}，随机种子{seed}，夜次编号{n}",
        "Source: jiaoying simulation, scenario {scenario}, seed {seed}, night number {n}",
    ),
    "figure.credit": Text("；{credit}", "; {credit}"),
    "axis.share": Text("收到预警的比例", "share warned"),
    "axis.minutes": Text("发布后分钟数（下行为钟点）", "minutes after release (clock time below)"),
    "curve.first": Text("全部住户，\n按首次收到预警的手段", "all households,\nby first means"),
    "curve.listed": Text("应转移住户中的比例", "of listed households"),
    "curve.limit": Text("时限：{length}内{share}的{whom}", "limit: {share} of {whom} within {length}"),
    "curve.limit_county": Text(
        "全县时限：{length}内{share}的{whom}", "county limit: {share} of {whom} within {length}"
    ),
    "map.scale": Text(
        "各{level}发布后60分钟内收到预警的住户比例；圆点大小为常住人口",
        "share of households warned within 60 min of release, per {level}; size of dot: residents",
    ),
    "map.caption": Text(
        "■乡镇驻地；□驻地位置不明，按种子放置；示意图（村位置为推算）",
        "■ township seats; □ seats placed by seed; schematic (positions of villages are estimates)",
    ),
    "map.caption_place": Text("示意图（村、组位置为推算）", "Schematic (positions are estimates)"),
    "map.caption_real": Text("■乡镇驻地；示意图", "■ township seats; schematic"),
    "map.few": Text("少", "few"),
    "map.many": Text("多", "many"),
}
"""Texts of the page, the figures and the terminal."""

PHRASES: Mapping[str, Text] = MappingProxyType(OF_PAGES | OF_NOTICES | OF_SCENARIOS)
"""Every text by key."""
