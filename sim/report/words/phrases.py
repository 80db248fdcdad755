"""The table of texts behind ``words``: key, Chinese, English; braces are blanks.

Read through ``sim.report.words.language.Words`` only. Official terms stand in ``sim.terms``, texts about a scenario file in
``phrases_scenario``, those about outages in ``phrases_outages``, about evacuation and report-up in ``phrases_evacuation``, about
several runs in ``phrases_band``, those that say what the numbers are not in ``phrases_notices``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.errors import Text
from sim.report.words.phrases_band import OF_BAND
from sim.report.words.phrases_calibration import OF_CALIBRATION
from sim.report.words.phrases_compare import OF_COMPARISONS
from sim.report.words.phrases_console import OF_CONSOLE
from sim.report.words.phrases_debrief import OF_DEBRIEFS
from sim.report.words.phrases_document import OF_DOCUMENTS
from sim.report.words.phrases_evacuation import OF_EVACUATION
from sim.report.words.phrases_exercise_forms import EXERCISE_FORMS
from sim.report.words.phrases_exercise_papers import EXERCISE_PAPERS
from sim.report.words.phrases_notices import OF_NOTICES
from sim.report.words.phrases_options import OF_OPTIONS
from sim.report.words.phrases_outages import OF_OUTAGES
from sim.report.words.phrases_playback import OF_PLAYBACK
from sim.report.words.phrases_roster import OF_ROSTER
from sim.report.words.phrases_roster_pages import OF_ROSTER_PAGES
from sim.report.words.phrases_scenario import OF_SCENARIOS
from sim.report.words.phrases_sensitivity import OF_SENSITIVITY
from sim.report.words.phrases_study import STUDY
from sim.report.words.phrases_study_changed import STUDY_CHANGED
from sim.report.words.phrases_study_report import STUDY_REPORT
from sim.report.words.phrases_workbook import OF_WORKBOOK
from sim.terms import TERMS

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
    "out_of": Text("/{all}", " of {all}"),
    "out_of_households": Text("{n}/{all}", "{n} of {all}"),
    "cause_count": Text("{cause}{n}", "{cause} {n}"),
    "level_count": Text("{level}{n}{of}", "{level} {n}{of}"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "total": Text("合计", "All"),
    "never": Text("推演结束仍未收到", "not reached by the end"),
    "never_answered": Text("推演结束仍未应答", "no answer by the end"),
    "never_released": Text("推演结束仍未发布", "not released by the end"),
    "not_released": Text("未发布", "not released"),
    "no_means": Text("只叫应，不直接告诉住户", "calls only; households are not told directly"),
    "no_means_no_calls": Text("没有叫应对象，也不告诉住户", "nobody is called and no household told"),
    "needs_no_release": Text("不经发布，由下而上", "needs no release; starts below"),
    "never_reached": Text("推演结束仍未达到", "not reached by the end"),
    "left_at_the_end": Text("到推演结束还有{left}没有完成", "{left} left at the end"),
    "half_never": Text("推演结束收到的不足半数", "fewer than half by the end"),
    "below_one_percent": Text("不足1%", "under 1%"),
    "count.target": Text("{n}项时限要求", "{n} requirements"),
    "count.target.one": Text("{n}项时限要求", "{n} requirement"),
    "count.call": Text("{n}项叫应要求", "{n} call targets"),
    "count.call.one": Text("{n}项叫应要求", "{n} call target"),
    "count.household": Text("{n}户", "{n} households"),
    "count.household.one": Text("{n}户", "{n} household"),
    "count.listed_household": Text("{n}户应转移住户", "{n} listed households"),
    "count.listed_household.one": Text("{n}户应转移住户", "{n} listed household"),
    "count.zone": Text("{n}处隐患点", "{n} hazard points"),
    "count.zone.one": Text("{n}处隐患点", "{n} hazard point"),
    "count.key_site": Text("{n}处重点单位", "{n} key sites"),
    "count.key_site.one": Text("{n}处重点单位", "{n} key site"),
    "count.responsible": Text("{n}名责任人", "{n} responsible persons"),
    "count.responsible.one": Text("{n}名责任人", "{n} responsible person"),
    "count.area_terminal": Text("片区叫应终端{n}套", "{n} area terminals"),
    "count.area_terminal.one": Text("片区叫应终端{n}套", "{n} area terminal"),
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
    "did.confirmed": Text("到户确认", "been confirmed"),
    "did.safe": Text("安全转移", "reached safety"),
    "did.reported": Text("报到县里", "been reported to the county"),
    "moment.release": Text("{clock}（发布后第{minute}分钟）", "{clock} (minute {minute} after release)"),
    "moment.t0": Text("{clock}（起算后第{minute}分钟）", "{clock} (minute {minute} after T0)"),
    "moment.act": Text("{clock}（该环节发布后第{minute}分钟）", "{clock} (minute {minute} after its release)"),
    "moment.from_t0": Text("{clock}（起算后第{minute}分钟）", "{clock} (min {minute} from T0)"),
    "moment.cell": Text("{clock}（第{minute}分钟）", "{clock} (min {minute})"),
    # --- targets ------------------------------------------------------------------------------------------------------
    "state.met": Text("本次按时", "met in this run"),
    "state.late": Text("本次超时", "late in this run"),
    "state.undone": Text("本次未完成", "not completed in this run"),
    "state.cut": Text("时限未到，不评", "limit not reached"),
    "state.unsimulated": Text("未推演", "not simulated"),
    "state.nobody": Text("没有对象", "nobody concerned"),
    "limit.release": Text("发布后{length}内", "within {length} of release"),
    "limit.t0": Text("推演起算后{length}内", "within {length} of T0"),
    "limit.act": Text("该环节发布后{length}内", "within {length} of its release"),
    "target.name": Text("{asked}{event}", "{asked} {event}"),
    "target.elsewhere": Text("{name}", "{name} (practice elsewhere)"),
    "asked.all": Text("全部{whom}", "All {whom}"),
    "asked.share": Text("{share}的{whom}", "{share} of {whom}"),
    "who.all": Text("{all}", "All {all} had"),
    "who.fully": Text("全部", ""),
    "who.share": Text("{share}的{whom}", "{share} of {whom} had"),
    "who.one": Text("{all}", "The {all} had"),
    "brief.met": Text("{title}：要求{limit}，{reached}做到。", "{title}: asked {limit}, done at {reached}."),
    "brief.late": Text("{title}：要求{limit}，{reached}才做到。", "{title}: asked {limit}, not done until {reached}."),
    "brief.undone": Text("{title}：要求{limit}，{reached}。", "{title}: asked {limit}; {reached}."),
    "brief.cut": Text(
        "{title}：要求{limit}，推演在此之前已结束。", "{title}: asked {limit}; the run ended before that."
    ),
    "brief.nobody": Text("{title}：要求{limit}，没有对象。", "{title}: asked {limit}; it concerns nobody."),
    "brief.unsimulated": Text("{title}：要求{limit}，没有推演。", "{title}: asked {limit}; not simulated."),
    "verdict.met": Text(
        "{who}在{when}前{fully}{did}，时限为{limit}，本次按时。",
        "{who} {did} by {when}; the limit is {limit}: met in this run.",
    ),
    "verdict.late": Text(
        "{who}{fully}{did}的时刻为{when}，时限为{limit}，本次超时{late}；时限到时已{did}的有{in_time}（"
        "{in_time_share}）。",
        "{who} {did} by {when}; the limit is {limit}: {late} late in this run. By the limit, {in_time} "
        "({in_time_share}) had {did}.",
    ),
    "verdict.undone.acknowledged": Text(
        "要求{asked}在{limit}应答；到推演结束（{end}）应答的有{done}（{done_share}），仍有{left}未应答，本次"
        "未完成；时限到时已应答的有{timely}（{in_time_share}）。",
        "{asked} should have answered {limit}; by the end ({end}) {done} ({done_share}) had and {left} "
        "had not: not completed in this run. By the limit, {timely} ({in_time_share}) had.",
    ),
    "verdict.undone.warned": Text(
        "要求{asked}在{limit}收到预警；到推演结束（{end}）收到的有{done}（{done_share}），仍有{left}未"
        "收到，本次未完成；时限到时已收到的有{timely}（{in_time_share}）。",
        "{asked} should have been warned {limit}; by the end ({end}) {done} ({done_share}) had been and "
        "{left} had not: not completed in this run. By the limit, {timely} ({in_time_share}) had been.",
    ),
    "verdict.undone.confirmed": Text(
        "要求{asked}在{limit}到户确认；到推演结束（{end}）已到户确认的有{done}（{done_share}），仍有{left}"
        "未确认，本次未完成；时限到时已到户确认的有{timely}（{in_time_share}）。",
        "{asked} should have been confirmed {limit}; by the end ({end}) {done} ({done_share}) had been and "
        "{left} had not: not completed in this run. By the limit, {timely} ({in_time_share}) had been.",
    ),
    "verdict.undone.safe": Text(
        "要求{asked}在{limit}安全转移；到推演结束（{end}）已安全转移（按首次到达计）的有{done}（{done_share}），仍有{left}"
        "未到安全处，本次未完成；时限到时已安全转移的有{timely}（{in_time_share}）。",
        "{asked} should have reached safety {limit}; by the end ({end}) {done} ({done_share}) had and "
        "{left} had not: not completed in this run. By the limit, {timely} ({in_time_share}) had.",
    ),
    "verdict.undone.reported": Text(
        "要求{asked}在{limit}把转移人数报到县里；到推演结束（{end}）已报到的有{done}（{done_share}），仍有{left}"
        "未报到，本次未完成；时限到时已报到的有{timely}（{in_time_share}）。",
        "{asked} should have reported to the county {limit}; by the end ({end}) {done} ({done_share}) had and "
        "{left} had not: not completed in this run. By the limit, {timely} ({in_time_share}) had.",
    ),
    "verdict.unsimulated": Text(
        "要求{asked}在{limit}{did}；本情景没有推演避险转移或信息报送，本项不评。",
        "{asked} should have {did} {limit}; this scenario does not simulate it, so this is not judged.",
    ),
    "verdict.unreleased": Text(
        "要求{asked}在{limit}{did}；到推演结束（{end}）{act}仍未发布，本次未完成。",
        "{asked} should have {did} {limit}; by the end ({end}) it had not been released: {act}. Not "
        "completed in this run.",
    ),
    "the_warning": Text("预警", "the warning"),
    "one_warning": Text("预警", "warning"),
    "verdict.cut": Text(
        "时限为{limit}，推演在此之前已结束（{end}），本项不评；到推演结束{did}的有{done}（{done_share}）。",
        "The limit is {limit}; the run ended before it ({end}), so this is not judged. By the end {done} ({done_share}) had "
        "{did}.",
    ),
    "verdict.nobody": Text("没有{whom}，本项不评。", "There are no {whom}; this requirement is not judged."),
    # --- page ---------------------------------------------------------------------------------------------------------
    "page.title": Text("一次推演报告", "Report of one run"),
    "page.headline": Text("{title}：一次推演结果", "{title}: one run"),
    "page.which_night": Text(
        "随机种子{seed}，推演编号{n}；换一次推演结果不同。",
        "Seed {seed}, run number {n}; another run gives another result.",
    ),
    "which_night": Text(
        "随机种子{seed}，推演编号{n}；重新运行结果相同，换推演编号或种子则不同",
        "seed {seed}, run number {n}; running again gives the same result, another number or seed another",
    ),
    "page.only": Text(
        "本页只写{place}；时限要求、两叫应按全县统计。",
        "This page is about {place} only; requirements and call targets are those of the whole county.",
    ),
    "head.start": Text("推演起算时刻（识别险情）", "Simulation origin (T0, hazard identified)"),
    "head.end": Text("推演结束", "End of simulation"),
    "head.hazard": Text("灾种与天气", "Hazard and weather"),
    "head.platform": Text("发布平台", "Release platform"),
    "platform.fused": Text("跨系统融合，一键发布", "fused: one release for all systems"),
    "platform.separate": Text("各系统分别录入", "separate: each system entered in turn"),
    "head.acts": Text("本次推演的各环节", "Acts of this run"),
    "head.act_results": Text("各环节的应答和到户", "What became of each act"),
    "head.never": Text("为何到推演结束仍未收到", "Why some were not reached by the end"),
    "head.key_sites": Text("重点单位应答", "Answers of key sites"),
    "head.messages": Text("消息去向（全县）", "What became of messages (whole county)"),
    "head.which": Text("哪一次推演", "Which run"),
    "head.targets": Text("时限要求", "Response-time requirements"),
    "head.targets_county": Text("时限要求（全县）", "Response-time requirements (whole county)"),
    "head.calls": Text("两叫应", "Call targets"),
    "head.calls_county": Text("两叫应（全县）", "Call targets (whole county)"),
    "calls.note": Text(
        "“两叫应”没有见到官方条文：叫应谁、多久算叫应，是情景中填写的读法，各项状态列在右边；按本次按时、"
        "超时、未完成评判，与时限要求相同。",
        "No official text of this rule was found: whom it means and by when is a reading that the scenario "
        "states; the status of each stands beside it. Judged like the requirements: met, late or not "
        "completed in this run.",
    ),
    "calls.status": Text("读法：{status}", "reading: {status}"),
    "acts.note": Text(
        "应答的地方按层级合计，斜线后为该环节发给的地方数，没有列出的层级本环节不叫应或无人应答；就地预警只"
        "计知情的地方和住户。时刻为钟点。",
        "Places that answered, by level, of those addressed; a level not listed was not called or did not "
        "answer. Local warnings count only places and households where they started. Clock times.",
    ),
    "first.note": Text(
        "按{warning}和就地预警统计。“单用可达”为这一种手段本次自己也会告诉的户数，几种手段可告诉同一户，不可"
        "相加；敲门不去已在电话中答复的户，邻里相告、十户联防要先有人得知，不单列。",
        "Of the {warning} and local warnings. 'Alone' counts the households that a means would have "
        "told by itself in this run; several may tell the same household, so they do not add up. Teams "
        "leave out households that answered a call; neighbours and leads must be told first and have no "
        "number of their own.",
    ),
    "never.note": Text(
        "每户只计最后一道没有过去的关口。", "Each household counts once, at the last barrier that was not passed."
    ),
    "never.lifted": Text(
        "{warning}{clock}解除，此后不再告知。", "The {warning} was lifted at {clock}; nobody is told of it after that."
    ),
    "never.none": Text("到推演结束全部住户都已收到。", "All households were reached by the end."),
    "sites.note": Text(
        "{warning}的应答，按类别合计，不列名称。", "Answers to the {warning}, by kind; no site is named."
    ),
    "sites.size": Text("“规模（人）”不是当时在场人数。", "'Size' is not the number of persons present at the time."),
    "sites.size_made": Text(
        "“规模（人）”按规模合成，不是当时在场人数。",
        "'Size' is made up by the size of such sites; it is not the number of persons present at the time.",
    ),
    "messages.note": Text(
        "按终端条数计；送达指手机收到，不等于看到。", "Counted per phone; delivered means received, not yet noticed."
    ),
    "minutes.note": Text(
        "收到预警的{n}平均在推演起算后{minutes}分钟收到；下图把这段时间分到各环节，各环节之和即为平均时刻（各自四舍五入，相加可能差0.1分钟）。{waiting}{below}没有"
        "收到的{never}不在其中，原因见下表。",
        "Told at all: {n}, on average {minutes} minutes after T0; the figure shares these minutes out, step by "
        "step; the steps sum to them, but for rounding.{waiting}{below} Never told, and not in it: {never}; the reasons stand below.",
    ),
    "minutes.below": Text(
        "其中{n}首先由就地预警得知，不经发布。", " Of these, {n} had it from local warnings first, without a release."
    ),
    "minutes.waiting": Text(
        "其中会商之前的等待平均{n}分钟，由情景设定，图中不画，从等待结束画起。",
        " Of these, {n} on average were the wait before consultation, as the scenario sets it; the figure begins after it.",
    ),
    "minutes.mean": Text("{n}分钟", "{n} min"),
    "step_other": Text("其他（各不足1分钟）", "others (under 1 min each)"),
    "step_total": Text("平均收到时刻", "told, on average"),
    "step_total_after": Text("等待结束到平均收到", "told, on average, after the wait"),
    "head.numbers": Text("关键数字", "Key numbers"),
    "head.first": Text("住户首次收到预警的手段", "First means by which households were warned"),
    "head.assumptions": Text("所用假设及依据", "Assumptions and their sources"),
    "head.notes": Text("说明", "Notes"),
    "no_targets": Text("本情景没有写时限要求。", "This scenario states no requirements."),
    "source": Text("依据", "Source"),
    "applies_to": Text("适用地", "Applies to"),
    "status": Text("状态", "Status"),
    "summary.targets": Text(
        "{n}：本次按时{a}项、超时{b}项、未完成{c}项{open}。",
        "{n}: {a} met, {b} late, {c} not completed{open}.",
    ),
    "summary.targets_county": Text(
        "全县{n}：本次按时{a}项、超时{b}项、未完成{c}项{open}。",
        "{n} of the whole county: {a} met, {b} late, {c} not completed{open}.",
    ),
    "summary.calls": Text(
        "{n}：本次按时{a}项、超时{b}项、未完成{c}项{open}。",
        "{n}: {a} met, {b} late, {c} not completed{open}.",
    ),
    "summary.calls_county": Text(
        "全县{n}：本次按时{a}项、超时{b}项、未完成{c}项{open}。",
        "{n} of the whole county: {a} met, {b} late, {c} not completed{open}.",
    ),
    "summary.unasked": Text(
        "另有{n}收到过预警，但没有接到转移要求、也没有自行离开。",
        "Besides, {n} had been warned but not been asked to move, and had not left by themselves.",
    ),
    "summary.open": Text("（其中{n}项没有本县文件依据）", " ({n} without a document of this county)"),
    "summary.open_all": Text("（都没有本县文件依据）", " (asked for by no document of this county)"),
    "summary.told": Text(
        "预警{clock}发布；发布后60分钟内收到预警{h}（{share}）。",
        "The warning was released at {clock}; within 60 min {h} ({share}) had been warned.",
    ),
    "named.summary.told": Text(
        "{released}{clock}发布；发布后60分钟内收到{warning}{h}（{share}）。",
        "The {released} was released at {clock}; within 60 min {h} ({share}) had received the {warning}.",
    ),
    "summary.nobody": Text("另有{n}没有对象。", "Besides, {n} about nobody."),
    "summary.unsimulated": Text("另有{n}没有推演，不评。", "Besides, {n} not simulated."),
    "summary.cut": Text("另有{n}到推演结束时限未到，不评。", "Besides, {n} whose limit lies beyond the end."),
    "summary.unreleased": Text(
        "{released}到推演结束（{end}）仍未发布。", "The {released} was not released by the end ({end})."
    ),
    "summary.place": Text("{place}：", "{place}:"),
    "summary.listed_nobody": Text(
        "这里没有应转移人员，转移指令不发到这里。", "Nobody there has to be moved; orders are not sent there."
    ),
    "summary.listed_all": Text(
        "应转移的{all}人都收到了预警或转移指令。", "All {all} listed persons had received a warning or an order."
    ),
    "summary.listed": Text(
        "到推演结束，应转移人员中仍有{p}人没有收到任何预警或转移指令（共{all}人）。",
        "By the end, {p} of {all} listed persons had received neither a warning nor an order.",
    ),
    "fact.release": Text("预警发布", "Warning released"),
    "fact.release_of": Text("{warning}发布", "The {warning} released"),
    "fact.last_answer": Text("最后一个应答的{level}", "Last {level} to answer"),
    "fact.own_answer": Text("本{level}应答", "Answer of this {level}"),
    "fact.unanswered": Text("{n}推演结束仍未应答", "{n} without an answer by the end"),
    "fact.all_answered": Text("全部应答", "all answered"),
    "fact.told_within": Text("发布后{n}分钟内收到预警", "Warned within {n} min of release"),
    "named.fact.told_within": Text("发布后{n}分钟内收到{warning}", "Received the {warning} within {n} min of release"),
    "fact.never": Text("推演结束仍未收到预警", "Not warned by the end"),
    "named.fact.never": Text("推演结束仍未收到{warning}", "Had not received the {warning} by the end"),
    "fact.listed_never": Text("应转移人员没有收到任何预警或指令", "Listed persons with neither a warning nor an order"),
    "col.target": Text("时限要求", "Requirement"),
    "col.call": Text("两叫应", "Call target"),
    "col.act": Text("环节", "Act"),
    "col.issuer": Text("签发岗位", "Signed by"),
    "col.released": Text("发布", "Released"),
    "col.means": Text("使用的手段", "Means used"),
    "col.answered_places": Text("应答的地方", "Places that answered"),
    "col.causes": Text("怎样得知", "How they knew"),
    "col.last_answer": Text("最后一个应答", "Last answer"),
    "col.told": Text("收到/发给（户）", "Households told"),
    "col.confirmed": Text("到户确认（户）", "Households confirmed"),
    "col.half_told": Text("半数住户收到", "Half of households told"),
    "col.alone": Text("单用可达（户）", "Alone (households)"),
    "col.confirms": Text("得知即到户确认", "Counts as confirmed"),
    "col.needs": Text("要靠什么", "Needs"),
    "col.reason": Text("原因", "Reason"),
    "col.kind": Text("类别", "Kind"),
    "col.sites": Text("处数", "Sites"),
    "col.site_size": Text("规模（人）", "Size (persons)"),
    "col.answered_sites": Text("已应答", "Answered"),
    "col.unanswered_sites": Text("未应答", "Without an answer"),
    "col.sent": Text("发出", "Sent"),
    "col.delivered": Text("送达", "Delivered"),
    "col.expired": Text("失效", "Expired"),
    "col.pending": Text("推演结束时待送达", "Pending at the end"),
    "col.limit": Text("时限", "Limit"),
    "col.reached": Text("达到的时刻", "Reached"),
    "col.state": Text("本次", "This run"),
    "col.status": Text("依据状态", "Status of source"),
    "col.households": Text("户数", "Households"),
    "col.answered": Text("应答确认时刻", "Acknowledged"),
    "col.by": Text("应答岗位", "Answered by"),
    "col.half": Text("半数住户收到预警", "Half of households warned"),
    "col.within_15": Text("15分钟内收到预警", "Warned within 15 min"),
    "col.within_30": Text("30分钟内收到预警", "Warned within 30 min"),
    "col.within_60": Text("60分钟内收到预警", "Warned within 60 min"),
    "col.never": Text("推演结束仍未收到（户）", "Not warned by the end (households)"),
    "head.weak": Text("薄弱环节（按岗位、手段）", "Weak links (by post and means)"),
    "weak.note": Text(
        "每次呼叫计一次；按没有叫到的次数排列，不列姓名；每次都叫到的不列，也不在合计内。未接听是按概率设定的推演结果，不是对任何人的评价。",
        "Each attempt counts once; those that reached nobody most often come first, without names; links that never failed are left out, "
        "of the total too. Not answering is "
        "drawn by chance and says nothing about anybody.",
    ),
    "col.called": Text("叫应对象", "Called"),
    "col.called_post": Text("岗位", "Post"),
    "col.calls": Text("呼叫次数", "Attempts"),
    "col.calls_answered": Text("应答", "Answered"),
    "col.calls_silent": Text("未接听、未回复、没找到", "No answer, no reply, not found"),
    "col.calls_busy": Text("占线", "Busy"),
    "col.calls_lost": Text("接不通、中断、路不通", "No service, cut off, no way"),
    "col.channel": Text("手段", "Means"),
    "col.persons": Text("人数", "Persons"),
    "col.share": Text("占全部住户", "Of all households"),
    "col.what": Text("内容", "What"),
    "table.slow": Text(
        "本次应答较晚的村（社区）（工作稿，内部使用）",
        "Villages and communities that answered late in this run (working paper, internal)",
    ),
    "table.slow_note": Text(
        "最多列{n}个，推演结束仍未应答的列在前面。所辖村（社区）多的乡镇（街道）逐个拨打，排在后面的应答"
        "就晚；换一次推演次序不同，不作为对任何乡镇、村（社区）或人员的评价。",
        "At most {n}; those without an answer by the end come first. A township with many villages calls "
        "them in turn, so those late in the queue answer late. Another run gives another order; this "
        "judges no township, village or person.",
    ),
    "table.townships": Text("各乡镇（街道）", "Townships"),
    "table.below": Text("所辖{level}", "Its {level}"),
    "table.in_code_order": Text(
        "按编码排列，不是排名。括号内为发布后第几分钟；比例为发布后该时间内收到预警的住户占全部住户。",
        "In order of code, not a ranking. Minutes in brackets and shares (of all households) count from release.",
    ),
    "terminal.place": Text(
        "以下数字为{place}；时限要求、两叫应按全县统计。",
        "The numbers below are those of {place}; requirements and call targets are those of the whole county.",
    ),
    "terminal.whole": Text(
        "时限要求、两叫应和数字均为全县。", "Requirements, call targets and numbers are those of the whole county."
    ),
    "figure.map": Text(
        "示意图：发布后60分钟内收到预警的住户比例",
        "Schematic map: share of households warned within 60 min of release",
    ),
    "figure.map_of": Text(
        "{place}：各{level}发布后60分钟内收到预警的住户比例",
        "{place}: share of households warned within 60 min of release, {level}",
    ),
    "named.figure.map_of": Text(
        "{place}：各{level}发布后60分钟内收到{warning}的住户比例",
        "{place}: households that received the {warning} within 60 min of release, {level}",
    ),
    "figure.coverage": Text("收到预警的住户比例随时间的变化", "Share of households warned over time"),
    "figure.coverage_of": Text("{place}：收到预警的住户比例", "{place}: share of households warned"),
    "named.figure.coverage_of": Text(
        "{place}：收到{warning}的住户比例", "{place}: share of households that received the {warning}"
    ),
    "figure.waterfall": Text("时间花在哪里", "Where the minutes went"),
    "figure.waterfall_of": Text(
        "{place}：时间花在哪里（收到预警的住户，平均）", "{place}: where the minutes went (mean of households warned)"
    ),
    "named.figure.waterfall_of": Text(
        "{place}：时间花在哪里（收到{warning}的住户，平均）",
        "{place}: where the minutes went (mean of households that received the {warning})",
    ),
    "figure.source": Text(
        "来源：叫应推演，情景 {scenario}，随机种子{seed}，推演编号{n}",
        "Source: jiaoying simulation, scenario {scenario}, seed {seed}, run number {n}",
    ),
    "figure.credit": Text("；{credit}", "; {credit}"),
    "axis.share": Text("收到预警的比例", "share warned"),
    "axis.minutes": Text("发布后分钟数（下行为钟点）", "minutes after release (clock time below)"),
    "named.axis.minutes": Text(
        "{warning}发布后分钟数（下行为钟点）", "minutes after release of the {warning} (clock time below)"
    ),
    "axis.since_t0": Text("推演起算后分钟数", "minutes after T0"),
    "axis.since_consulting": Text(
        "会商开始后分钟数（此前等待{n}分钟，情景设定，未画）",
        "minutes after consultation began (the wait of {n} min before it, as set, is not drawn)",
    ),
    "axis.without_waiting": Text(
        "会商之前的等待以外的分钟数（平均等待{n}分钟，情景设定，未画）",
        "minutes besides the wait before consultation ({n} min on average, as set, not drawn)",
    ),
    "curve.release": Text("{released}发布 {clock}", "{released} released {clock}"),
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
    "map.caption_small": Text("示意图", "Schematic"),
    "map.few": Text("少", "few"),
    "map.many": Text("多", "many"),
}
"""Texts of the page, the figures and the terminal."""

PHRASES: Mapping[str, Text] = MappingProxyType(
    OF_PAGES
    | TERMS
    | OF_NOTICES
    | OF_SCENARIOS
    | OF_OUTAGES
    | OF_EVACUATION
    | OF_DOCUMENTS
    | OF_CONSOLE
    | OF_PLAYBACK
    | OF_ROSTER
    | OF_ROSTER_PAGES
    | OF_BAND
    | STUDY
    | STUDY_CHANGED
    | STUDY_REPORT
    | OF_COMPARISONS
    | OF_OPTIONS
    | OF_DEBRIEFS
    | EXERCISE_FORMS
    | EXERCISE_PAPERS
    | OF_SENSITIVITY
    | OF_CALIBRATION
    | OF_WORKBOOK
)
"""Every text by key."""
