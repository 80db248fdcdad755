"""Texts that only the workbook needs: names of its sheets, headings of its long tables. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_WORKBOOK = {
    # --- names of sheets: at most 31 letters, none of []:*?/\ -----------------------------------------------------------
    "tab.summary": Text("摘要", "Summary"),
    "tab.targets": Text("要求", "Requirements"),
    "tab.contents": Text("目录", "Contents"),
    "tab.acts": Text("各环节", "Acts"),
    "tab.results": Text("应答和到户", "What became of acts"),
    "tab.first": Text("首次收到的手段", "First means"),
    "tab.minutes": Text("时间花在哪里", "Where the minutes went"),
    "tab.weak": Text("薄弱环节", "Weak links"),
    "tab.never": Text("为何仍未收到", "Why not reached"),
    "tab.sites": Text("重点单位", "Key sites"),
    "tab.messages": Text("消息去向", "Messages"),
    "tab.evacuation": Text("避险转移", "Evacuation"),
    "tab.reports": Text("信息报送", "Reports"),
    "tab.outages": Text("断网断电断路", "Outages"),
    "tab.slow": Text("应答较晚", "Late answers"),
    "tab.assumptions": Text("假设及依据", "Assumptions"),
    "tab.notes": Text("说明", "Notes"),
    "tab.coverage_over_time": Text("逐分钟收到预警", "Warned by minute"),
    "tab.evacuation_over_time": Text("逐分钟避险转移", "Evacuation by minute"),
    "tab.reports_over_time": Text("逐分钟县里掌握", "Reports by minute"),
    "tab.outages_over_time": Text("逐分钟断网断电断路", "Outages by minute"),
    "tab.map": Text("示意图数据", "Map"),
    "tab.townships": Text("各乡镇", "Townships"),
    "tab.villages": Text("各村", "Villages"),
    "tab.groups": Text("各组", "Groups"),
    # --- how the sheets hang together -----------------------------------------------------------------------------------
    "workbook.only": Text(
        "本工作簿只写{place}；时限要求、两叫应按全县统计。",
        "This workbook is about {place} only; requirements and call targets are those of the whole county.",
    ),
    "workbook.back": Text("← 返回目录", "← Contents"),
    "workbook.page": Text("第{page}页，共{pages}页", "page {page} of {pages}"),
    "workbook.sheet": Text("工作表", "Sheet"),
    "workbook.holds": Text("内容", "What it holds"),
    "workbook.name": Text("项目", "Item"),
    "workbook.value": Text("数值", "Value"),
    "workbook.note": Text("补充", "Note"),
    "workbook.sentence": Text("本次结果", "Result of this run"),
    "workbook.key": Text("在情景文件中的位置", "Where it stands in the scenario"),
    # --- where the minutes went -----------------------------------------------------------------------------------------
    "workbook.minutes_note": Text(
        "本次收到预警的住户，从推演起算到收到的平均用时，分到各环节；各环节之和即平均收到时刻。没有收到的住户不在其中。",
        "The mean time from T0 to being warned, of the households that were, shared out over the steps; the steps sum to the mean moment. "
        "Households never warned are not in it.",
    ),
    "workbook.step": Text("环节", "Step"),
    "workbook.minutes": Text("平均用时（分钟）", "Mean minutes"),
    "workbook.minutes_end": Text("累计（推演起算后，分钟）", "Added up (min after T0)"),
    # --- numbers behind the figures -------------------------------------------------------------------------------------
    "workbook.clock": Text("时刻", "Date and clock time"),
    "workbook.minute": Text("发布后第几分钟", "Minute after release"),
    "workbook.over_time_note": Text(
        "每行为该时刻的数：收到、得知、准备好、离家、叫到、县里掌握为到那时的累计，有信号、有市电、道路畅通、在安全处为当时。发布以前的分钟数为负，没有发布的不填。",
        "Each row is that moment: warned, told, ready, departed, reached and reported add up; with service, with mains, open, safe are as of then. "
        "Minutes before the release are negative, and left out where nothing was released.",
    ),
    "workbook.coverage_note": Text(
        "单位：户，按首次收到预警的手段分；全部住户{all}户，其中应转移住户{listed}户。",
        "Households, by the means that told them first; of {all} households in all, {listed} of them listed.",
    ),
    "workbook.told": Text("收到预警（户）", "Warned (households)"),
    "workbook.told_share": Text("占全部住户", "Of all households"),
    "workbook.listed_told": Text("应转移住户收到预警（户）", "Listed households warned"),
    "workbook.listed_share": Text("占应转移住户", "Of listed households"),
    "workbook.persons_note": Text(
        "单位：人；应转移人数共{n}人。“仍在危险区”不是伤亡预测。",
        "Persons; {n} had to be moved. Those still in danger areas are no forecast of casualties.",
    ),
    "workbook.prompted": Text("已得知（人）", "Told (persons)"),
    "workbook.ready": Text("已准备好（人）", "Ready (persons)"),
    "workbook.departed": Text("已离家（人）", "Departed (persons)"),
    "workbook.safe": Text("在安全处（人，已返回的不计）", "Safe (persons, not those gone home again)"),
    "workbook.safe_fact": Text("实际在安全处（人，推演中的事实）", "Safe, the fact in this run (persons)"),
    "workbook.safe_known": Text("县里掌握已安全转移（人，按报到县里的数）", "Known to the county to be safe (persons)"),
    "workbook.outages_note": Text(
        "共{villages}，道路{roads}段；各列为当时的数。“已叫到或自行启动”为累计数。",
        "Of {villages} and {roads} stretches of road; numbers at that moment. Reached, or acting by themselves, adds up.",
    ),
    "workbook.roads": Text("畅通的路段（段）", "Stretches of road open"),
    "workbook.of_level": Text("{what}的{level}（个）", "{level} {what}"),
    "workbook.map_note": Text(
        "示意图中的圆点：比例为发布后60分钟内收到预警的住户占全部住户，大小为常住人口。",
        "The dots of the map: the share of households warned within 60 min of release; their size is that of the residents.",
    ),
    # --- tables of places -----------------------------------------------------------------------------------------------
    "workbook.all_places": Text("{where}：各{level}", "{where}: {level}"),
    "workbook.places_note": Text(
        "按编码排列，不是排名。比例为发布后该时间内收到预警的住户占全部住户；没有发生的不填数，见“情况”一列。",
        "In order of code, not a ranking. Shares (of all households) count from release; what never happened has no number, see 'State'.",
    ),
    "workbook.code": Text("编码", "Code"),
    "workbook.state": Text("情况（到推演结束）", "State by the end"),
    "workbook.answered": Text("已应答", "answered"),
    "workbook.no_answer": Text("未应答", "no answer"),
    "workbook.nobody_lives": Text("没有住户", "nobody lives here"),
    "workbook.half_never": Text("收到的不足半数", "fewer than half warned"),
    "workbook.most_never": Text("收到的不足95%", "fewer than 95% warned"),
    "workbook.not_restored": Text("断联未恢复", "service not restored"),
    "workbook.not_reported": Text("未报到县里", "not reported to the county"),
    "workbook.residents": Text("常住人口（人）", "Residents"),
    "workbook.reported_all": Text("各村都已报到县里", "All its villages reported"),
    "workbook.not_reported_all": Text("有村未报到县里", "not all its villages reported"),
    "workbook.told_otherwise": Text(
        "未应答（已自行启动或由就地预警得知）", "no answer (acted itself, or knew from a local warning)"
    ),
    "workbook.unreleased": Text("预警没有发布", "nothing released"),
    "workbook.dark_from": Text("首次断联（本级值班室）", "First lost (its own desk)"),
    "workbook.dark_to": Text("恢复（本级值班室）", "Restored (its own desk)"),
    "workbook.clock_of": Text("{what}（时刻）", "{what} (clock)"),
    "workbook.minute_of": Text("{what}（发布后第几分钟）", "{what} (min after release)"),
    "workbook.acknowledged": Text("应答确认", "Acknowledged"),
    "workbook.most": Text("95%住户收到预警", "95% of households warned"),
    "workbook.first_by": Text("最多住户首先由它得知", "First means of most households"),
    "workbook.listed": Text("应转移（人）", "To be moved (persons)"),
    "workbook.exposed": Text(
        "灾害发生时仍在危险区（人，不是伤亡预测）", "In danger areas at onset (persons; no forecast of casualties)"
    ),
    "workbook.reported": Text("首次报到县里", "First reported to the county"),
    "workbook.main_step": Text("平均最费时的环节", "Step that took longest on average"),
}
"""Texts of the workbook, by key."""
