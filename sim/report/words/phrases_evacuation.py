"""Texts about evacuation and report-up: on the page, on the terminal, and of a scenario that plans them. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_EVACUATION = {
    # --- codes of the records -----------------------------------------------------------------------------------------
    "exposed.not_ordered": Text("未要求转移", "not asked to move"),
    "exposed.not_told": Text("未得知", "not told"),
    "exposed.deciding": Text("正在核实、决定", "making sure, deciding"),
    "exposed.refused": Text("不愿转移", "would not leave"),
    "exposed.preparing": Text("正在准备", "getting ready"),
    "exposed.waiting_for_help": Text("等待帮扶", "waiting for help"),
    "exposed.road_cut": Text("道路中断", "no way open"),
    "exposed.on_the_way": Text("在途", "on the way"),
    "exposed.no_shelter": Text("安置点已满", "shelters full"),
    "exposed.went_back": Text("擅自返回（回流）", "had gone home again"),
    "excluded.away": Text("灾害发生时不在家", "nobody at home when struck"),
    "excluded.no_onset": Text(
        "所在危险区没有发生灾害、到推演结束尚未到达安全处（不在家的在内）",
        "danger area not struck, and not yet safe by the end (also who was away)",
    ),
    "shelter_kind.emergency": Text("紧急避难场所（安置点）", "emergency shelters"),
    "shelter_kind.short": Text("短期避难场所（安置点）", "short-term shelters"),
    "shelter_kind.long": Text("长期避难场所（安置点）", "long-term shelters"),
    "happened.struck": Text("灾害发生", "Struck"),
    "happened.asked_for_help": Text("请求增援", "Asked for reinforcements"),
    "happened.arrived": Text("增援到达", "Reinforcements arrived"),
    "happened.full": Text("住满", "Full"),
    # --- the page -----------------------------------------------------------------------------------------------------
    "head.evacuation": Text("避险转移", "Evacuation"),
    "head.reports": Text("信息报送", "Report upward"),
    "count.danger_area": Text("{n}处危险区", "{n} danger areas"),
    "count.danger_area.one": Text("{n}处危险区", "{n} danger area"),
    "count.shelter": Text("{n}处安置点", "{n} shelters"),
    "count.shelter.one": Text("{n}处安置点", "{n} shelter"),
    "evacuation.main": Text(
        "应转移{h}{p}：得知要转移（含听到预警自行离开的）{warned}；{outcome}。",
        "To be moved: {h}, {p}. Told to move, or left on a warning: {warned}; {outcome}.",
    ),
    "evacuation.outcome": Text(
        "灾害发生前已安全转移{safe}；灾害发生时仍在危险区{exposed}（不是伤亡预测；发生灾害的{zones}共有应转移{due}）{rest}",
        "safe before the onset: {safe}; still in danger areas at the onset: {exposed} (no forecast of casualties; {due} had to leave the "
        "{zones} struck){rest}",
    ),
    "evacuation.unstruck": Text(
        "本次没有危险区发生灾害；到推演结束已安全转移{safe}{rest}",
        "no danger area was struck in this run; safe by the end: {safe}{rest}",
    ),
    "evacuation.unstruck_here": Text(
        "当地没有危险区发生灾害；到推演结束已安全转移{safe}{rest}",
        "no danger area was struck there in this run; safe by the end: {safe}{rest}",
    ),
    "evacuation.too_late": Text(
        "所在危险区发生灾害以后才到达安全处的{n}，不算已安全转移。",
        "Came to a safe place only after their danger area was struck: {n}; they do not count as safe before the onset.",
    ),
    "evacuation.rest": Text("；其余{n}（{why}）", "; the others: {n} ({why})"),
    "evacuation.home_again": Text("（其中{n}后来又返回）", " (of these {n} went home again)"),
    "evacuation.by_count": Text("{what}{n}", "{what}: {n}"),
    "evacuation.nobody": Text("本次推演没有应转移人员。", "Nobody has to be moved in this run."),
    "evacuation.struck": Text("{zones}发生灾害，{clock}。", "Struck by the hazard: {zones}, {clock}."),
    "evacuation.struck_first": Text(
        "发生灾害的{zones}中，{n}处在{warning}发布之前就已发生。",
        "Of {zones} struck, {n} were struck before the {warning} was released.",
    ),
    "evacuation.went_home": Text(
        "到达安全处后又擅自返回的{n}，其中灾害发生时在危险区{exposed}（不是伤亡预测）。",
        "Gone home again after they were safe: {n}; in a danger area when it was struck: {exposed} (no forecast of casualties).",
    ),
    "evacuation.from_to": Text("{first}至{last}", "{first} to {last}"),
    "evacuation.not_struck": Text(
        "到推演结束没有危险区发生灾害；“灾害发生前”以推演结束为准。",
        "No danger area was struck by the end; 'before the onset' means by the end.",
    ),
    "evacuation.not_struck_here": Text(
        "当地到推演结束没有危险区发生灾害；“灾害发生前”以推演结束为准。",
        "No danger area was struck there by the end; 'before the onset' means by the end.",
    ),
    "evacuation.margin": Text(
        "所在危险区发生了灾害、此前已安全转移的{n}中，最早的一半至少提前{half}，最慢的10%提前不超过{tenth}。",
        "Of {n} who were safe before their danger area was struck, the earlier half had {half} or more to spare, the slowest 10% no more "
        "than {tenth}.",
    ),
    "evacuation.last": Text(
        "当时在家的应转移人员{clock}全部到达安全处。", "The last of those at home was safe at {clock}."
    ),
    "evacuation.unlisted": Text(
        "另有{n}住在没有要求转移的危险区（未登记隐患等），灾害发生时仍在其中{exposed}（不是伤亡预测），不计入以上人数。",
        "Besides, {n} live in danger areas that nothing asked to be left (hazards not registered among them); of these {exposed} were "
        "there at the onset (no forecast of casualties). They are not counted above.",
    ),
    "evacuation.sites": Text(
        "受威胁的{sites}，规模{n}：灾害发生前已撤出{safe}，灾害发生时仍未撤出{exposed}（不是伤亡预测）。",
        "Threatened: {sites}, size {n}; left before the onset: {safe}; not left at the onset: {exposed} (no forecast of casualties).",
    ),
    "evacuation.help": Text(
        "{places}请求增援，共{asked}；到达{arrived}。",
        "Reinforcements: {places} asked, {asked} in all; they arrived {arrived}.",
    ),
    "evacuation.note": Text(
        "“灾害发生时仍在危险区”指应转移人员在所在危险区发生灾害时还没有到达安置点或安全处，或已擅自返回；不是伤亡预测。所在危险区没有发生灾害的，"
        "推演结束前到达过安全处也算“灾害发生前”；时限要求按首次到达计。灾害在哪里、何时发生由情景指定或按概率抽取，不是预报；"
        "只是一次推演，不评价任何乡镇、村或人员。",
        "Still in a danger area at the onset: whoever has to be moved and was not at a shelter or a safe place when that area was struck, "
        "or had gone home again; this is no forecast of casualties. Where nothing was struck, having been safe by the end counts as before "
        "the onset; requirements count the first arrival. Where and when the hazard strikes is set by the scenario or drawn by chance, and "
        "no forecast either: this is one run and judges no township, village or person.",
    ),
    "table.fates": Text("应转移人员的去向", "Outcomes of those to be moved"),
    "table.fates_note": Text(
        "每户只计一次；仍在危险区的按灾害发生时所处的环节分。不是伤亡预测。",
        "Each household counts once; those still in danger areas by how far they had come at the onset. No forecast of casualties.",
    ),
    "table.triggers": Text("听到什么要求转移", "What asked them to move"),
    "table.triggers_note": Text(
        "每户只计最先听到的一条；启动条件由情景填写，不是官方口径。",
        "Each household counts once, with what it heard first; the rules are those of the scenario, not an official reading.",
    ),
    "table.margins": Text("提前多久到达安全处", "Time to spare before the onset"),
    "table.margins_note": Text(
        "只计所在危险区发生了灾害、此前已安全转移的应转移人员。",
        "Only those who had to be moved and were safe before their own danger area was struck.",
    ),
    "table.zones": Text("发生灾害的危险区", "Danger areas struck"),
    "table.zones_note": Text(
        "按发生时刻排列，不是排名；“仍在危险区”不是伤亡预测。",
        "In order of time, not a ranking; 'still there' is no forecast of casualties.",
    ),
    "table.most": Text(
        "只列前{most}行和合计，其余{n}行见 report.xlsx。",
        "Only the first {most} rows and the total are listed; {n} more are in report.xlsx.",
    ),
    "table.shelters": Text("安置点", "Shelters"),
    "table.shelters_note": Text(
        "本次启用的安置点，按类别合计。“住满”指有人因住满转往别处。",
        "Shelters opened in this run, by kind. Full: somebody was turned away.",
    ),
    "table.relief_note": Text(
        "“物资送到”指基本生活物资送到有人的安置点。", "Supplied: basic supplies came to a shelter with people in it."
    ),
    "table.reinforcements": Text("增援", "Reinforcements"),
    "table.reinforcements_note": Text(
        "按请求的时刻排列，不是排名。",
        "In order of time, not a ranking.",
    ),
    "table.moved_sites": Text("受威胁的重点单位", "Threatened key sites"),
    "table.moved_sites_note": Text(
        "按类别合计，不列名称；人数为单位规模，不是当时在场人数，也不是伤亡预测。",
        "By kind; no site is named. Persons are the size of the site, not those present at the time, and no forecast of casualties.",
    ),
    "table.reports": Text("报送情况", "Reports by kind"),
    "fate.safe": Text("灾害发生前已安全转移", "safe before the onset"),
    "fate.exposed": Text("灾害发生时仍在危险区", "still in a danger area at the onset"),
    "fate.excluded": Text("其余", "others"),
    "margin.least": Text("{low}分钟及以上", "{low} min or more"),
    "margin.between": Text("{low}—{high}分钟", "{low} to {high} min"),
    "margin.below": Text("不足{high}分钟", "under {high} min"),
    "went_unasked": Text("听到预警自行离开（未等要求）", "left by themselves on a warning, before being asked"),
    "untold": Text(
        "推演结束仍没有接到转移要求，也没有自行离开", "not asked to move by the end, and had not left by themselves"
    ),
    "not_arrived": Text("推演结束仍未到达", "not by the end"),
    "col.fate": Text("去向", "Outcome"),
    "col.trigger": Text("启动条件", "Rule"),
    "col.margin": Text("提前", "Ahead of the onset"),
    "col.zone_kind": Text("类别", "Kind"),
    "col.zone_code": Text("编码", "Code"),
    "col.due": Text("应转移（人）", "To be moved (persons)"),
    "col.safe_then": Text("已安全转移（人）", "Safe by then (persons)"),
    "col.away_then": Text("不在家（人）", "Nobody at home"),
    "col.exposed_then": Text("仍在危险区（人）", "Still there (persons)"),
    "col.capacity": Text("容量（人）", "Capacity (persons)"),
    "col.used": Text("有人的", "In use"),
    "col.came": Text("到达（人，后来返回的在内）", "Came (persons, also those who went home)"),
    "col.first_full": Text("首个住满", "First full"),
    "col.supplied": Text("物资送到", "Supplied"),
    "col.last_supplied": Text("最后送到", "Last supplied"),
    "col.base": Text("来自", "From"),
    "col.told_sites": Text("得知（处）", "Told (sites)"),
    "col.report": Text("报送", "Report"),
    "col.counted": Text("村里开始清点（份）", "Counting began in villages"),
    "col.at_township": Text("报到乡镇（份）", "At the township"),
    "col.at_county": Text("报到县里（份）", "At the county"),
    "col.first_at_county": Text("首份到县", "First at the county"),
    "col.last_at_county": Text("末份到县", "Last at the county"),
    "col.lag": Text("从清点到县里，用时中位数", "Count to county, median"),
    "reports.main": Text(
        "有应转移人员的{all}中，{n}个报到县里{when}，{left}个到推演结束仍未报到。",
        "Of {all} with somebody to be moved, {n} had reported to the county{when}; {left} had not by the end.",
    ),
    "reports.when": Text("（首次报到{clock}）", " (first reports {clock})"),
    "reports.known": Text(
        "到推演结束：实际在安全处{fact}（推演中的事实，不含擅自返回的）；"
        "县里掌握应转移{h}{p}、已安全转移{known}（按各村最近一次报到县里的数）。",
        "By the end {fact} were safe (the fact, in this run, without those who had gone home again); the county knew of {h}, {p} to be "
        "moved and {known} safe (the latest report that came from each village).",
    ),
    "reports.lag": Text(
        "报到县里的各次报告，从村里清点到县里收到，一半不超过{lag}。",
        "Of the reports that came, half took no more than {lag} from the count in the village to the county.",
    ),
    "reports.complete": Text(
        "各村核报{clock}全部报到县里。", "The final reports of all villages were there at {clock}."
    ),
    "reports.incomplete": Text(
        "到推演结束，县里没有收齐各村核报。", "By the end the county did not have the final report of every village."
    ),
    "reports.note": Text(
        "“实际”是推演中的事实，“县里掌握”是报上来的数，两者分开统计；村里清点到安置点的人，看不到擅自返回的。",
        "What is and what was reported are counted apart; villages count who came to a shelter and do not see who goes home again.",
    ),
    # --- figures ------------------------------------------------------------------------------------------------------
    "figure.evacuation": Text("应转移人员随时间的变化", "Those who have to be moved, over time"),
    "figure.evacuation_of": Text(
        "{place}：应转移人员已得知要转移、已离家、已安全转移的人数", "{place}: persons told, departed and safe"
    ),
    "figure.reports": Text("实际转移与县里掌握", "Moved and reported, over time"),
    "figure.reports_of": Text(
        "{place}：群众实际已安全转移与县里掌握的人数", "{place}: persons safe, and those the county knew to be safe"
    ),
    "axis.clock": Text("推演起算后分钟数（下行为钟点）", "minutes after T0 (clock time below)"),
    "curve.evacuation": Text("应转移人员（人）", "persons to be moved"),
    "curve.due": Text("应转移人数", "to be moved"),
    "curve.prompted": Text("已得知要转移", "told to move"),
    "curve.departed": Text("已离家", "departed"),
    "curve.safe": Text("已安全转移\n（不含返回的）", "safe (not those\ngone home again)"),
    "curve.exposed": Text(
        "灾害发生时仍在危险区\n（累计，人；不是伤亡预测）",
        "persons still in danger\nareas at onset (cumulative;\nno casualty forecast)",
    ),
    "curve.onset": Text("灾害发生时刻", "hazard strikes"),
    "curve.reports": Text("应转移人员（人）", "persons to be moved"),
    "curve.safe_fact": Text("实际已安全转移\n（推演中的事实）", "safe\n(the fact)"),
    "curve.safe_known": Text("县里掌握已安全转移\n（按报到县里的数）", "known to be safe\n(as reported)"),
    # --- terminal and summary -----------------------------------------------------------------------------------------
    "summary.evacuation": Text("应转移{p}：{outcome}。", "To be moved: {p}; {outcome}."),
    "terminal.evacuation": Text("避险转移：{said}", "Evacuation: {said}"),
    "terminal.reports": Text("信息报送：{said}", "Report upward: {said}"),
    # --- explain ------------------------------------------------------------------------------------------------------
    "explain.onset": Text("灾害何时何处发生", "When and where the hazard strikes"),
    "explain.onset_drawn": Text(
        "由情景设定或按概率抽取，供测算，不是预报；人的行动不改变它。",
        "Set by the scenario or drawn by chance; no forecast. Nothing that people do changes it.",
    ),
    "explain.onset_law": Text(
        "{number}. {own}：候选{n}{kinds}{within}，本次{rain}，发生的比例{share}{together}；时刻：{since}{at}。",
        "{number}. {own}: of {n}{kinds}{within}, in this weather ({rain}) {share} are struck{together}; when: {since} {at}.",
    ),
    "explain.onset_stated": Text(
        "指定：{n}，{clock}；指定的优先于抽取的。", "Set by the planner: {n}, {clock}; these come before what is drawn."
    ),
    "onset.after_t0": Text("推演起算后", "after T0,"),
    "onset.after_flood": Text("所在乡镇受灾后", "after its township is hit,"),
    "onset.together": Text("（同一乡镇一起发生的程度{share}）", " (shared with the others of a township: {share})"),
    "explain.evacuation": Text("避险转移", "Evacuation"),
    "explain.triggers": Text(
        "启动条件由情景填写，不是官方口径；应转移清单上的户都算应转移，听到下列之一才动身：",
        "The rules are those of the scenario, not an official reading. Everybody on the transfer list has to be moved, and sets out on "
        "hearing one of these:",
    ),
    "explain.trigger": Text(
        "{number}. {name}：得知{on}{hours}，{whom}{zones}必须转移{point}。依据：{source}；状态：{status}。",
        "{number}. {name}: on {on}{hours}, {whom}{zones} must move{point}. Source: {source}; status: {status}.",
    ),
    "on.sighting": Text("发现险情", "a sighting"),
    "on.rain_alarm": Text("雨量报警", "a rain alarm"),
    "on.water_alarm": Text("水位报警", "a water level alarm"),
    "on.cannot_judge": Text("险情不能准确判断", "a danger that cannot be judged"),
    "on.neighbour_county": Text("毗邻区县通知", "a call of a neighbouring county"),
    "on.own_trigger": Text("断联后自行启动", "an alarm of its own when cut off"),
    "or_joint": Text("或", " or "),
    "trigger_named.high-risk": Text(
        "地灾高易发区、高风险区、极高风险区（“三高”）人员必撤", "people in areas of high geological risk must leave"
    ),
    "trigger_named.near-hazard": Text(
        "临水、临坡、临崖、临沟（“四临”）人员必撤", "people close to water, slopes, cliffs, gullies must leave"
    ),
    "trigger_named.registered-points": Text(
        "在册隐患点受威胁人员必撤", "people threatened by registered hazards must leave"
    ),
    "trigger_named.work-sites": Text(
        "受威胁的野外、施工作业人员必撤", "people working outdoors and on sites must leave"
    ),
    "trigger_named.cannot-judge": Text("险情不能准确判断的必撤", "leave where a danger cannot be judged"),
    "trigger_named.urgent-rain": Text("危险隐患点强降雨时紧急撤离", "leave a dangerous point in heavy rain"),
    "trigger_named.urgent-sign": Text("隐患点发生异常险情时紧急撤离", "leave a point that shows signs of danger"),
    "trigger_named.urgent-unsure": Text(
        "对隐患点险情不能准确判断时紧急撤离", "leave a point whose danger cannot be judged"
    ),
    "trigger_named.order": Text("按转移指令撤离", "leave on an order"),
    "trigger.day": Text("（只限白天）", " (by day only)"),
    "trigger.night": Text("（只限夜间）", " (by night only)"),
    "trigger.point": Text("（只是起因所在的组）", " (only the group where it began)"),
    "trigger.zones": Text("（只限{kinds}）", " (only {kinds})"),
    "trigger.listed": Text("清单上的户", "households on the list"),
    "trigger.needs_help": Text("清单上需协助转移的户", "households on the list that need help"),
    "trigger.threatened": Text(
        "危险区内全部住户（含未登记隐患）", "all households in danger areas (not registered ones too)"
    ),
    "explain.deciding": Text(
        "决定：只听到消息、未经当面或通话确认的户自行核实{seek}，听到{sources}种手段的通知就不再核实；作出决定{decide}；准备{prepare}，"
        "{night}有人需协助的户为{needs}倍；先前已收到预警的户，决定和准备只需平时的{alerted}。",
        "Deciding: households only told, not confirmed, make sure for themselves: {seek}; told by {sources} means they do not. Deciding: {decide}. "
        "Getting ready: {prepare}; {night}with somebody who needs help {needs} times as long. Households warned before take "
        "{alerted} of the usual time.",
    ),
    "deciding.night": Text("夜间为{factor}倍，", "by night {factor} times, "),
    "explain.refusing": Text(
        "首次不愿转移的户占{refuses}；{early}的户听到预警、尚未要求转移就自行离开。{persuasion}",
        "Refusing at first: {refuses} of households; {early} leave by themselves on a warning, before being asked.{persuasion}",
    ),
    "explain.persuasion": Text(
        "劝导：拒绝后{after}上门，每次{visit}，每次劝成{persuaded}，最多上门{visits}。",
        " Persuasion: a visit {after} after refusing, {visit} each; {persuaded} agree each time; visited at most {visits}.",
    ),
    "explain.no_persuasion": Text("没有上门劝导，拒绝的户不再离开。", " Nobody persuades them: they stay."),
    "explain.on_foot": Text(
        "步行：平路、白天、晴天每小时{speed}公里；道路平均坡度{slope}，上下坡各半，按托布勒（Tobler）徒步函数；{rain}时用时为平时的{pace}倍，"
        "夜间再乘以{night}，有老人的户再乘以{elderly}{closed}。",
        "On foot: {speed} km/h on the level, by day, when dry; mean slope {slope}, half up and half down, by Tobler's hiking function; in this "
        "weather ({rain}) {pace} times as long, by night {night} times again, with elderly people {elderly} times again{closed}.",
    ),
    "foot.closed": Text("；翻越中断路段为{factor}倍", "; over closed stretches {factor} times"),
    "foot.wait": Text("；路断时等路通", "; closed stretches are waited for"),
    "explain.driving": Text(
        "车辆（转移、增援、物资）：每小时{speed}公里，{rain}时用时为平时的{pace}倍；要路通。",
        "Vehicles (of villages, reinforcements, supplies): {speed} km/h, {pace} times as long in this weather ({rain}); they need open roads.",
    ),
    "explain.helpers": Text(
        "帮扶：每村{n}，得知后{assemble}集合{door}；每{crew}协助一户，到户后{house}，搀扶、背着走用时为步行的{carry}倍；全村人员平均每工作一小时，"
        "用时增加{fatigue}。",
        "Helpers: {n} per village, assembling takes {assemble}{door}; {crew} for each household, {house} at the house, carrying takes {carry} "
        "times as long as walking; each hour that they have worked on average makes them {fatigue} slower.",
    ),
    "helpers.door": Text("，敲门各组走完本组后也来帮扶", ", door teams join them when they are through"),
    "explain.no_helpers": Text(
        "没有帮扶人员，需协助的户自行离开。", "No helpers: households that need help go by themselves."
    ),
    "explain.vehicles": Text(
        "转移车辆：每村{n}辆，上下车{load}。", "Vehicles: {n} per village; getting in and out takes {load}."
    ),
    "explain.no_vehicles": Text("没有转移车辆，全靠步行。", "No vehicles: everybody walks."),
    "explain.shelters": Text(
        "安置点：启用{kinds}，共{n}、容量{capacity}{unlimited}；到达后登记清点{check_in}才算已安全转移；附近没有安置点的，走{metres}米算安全。",
        "Shelters: {kinds} are opened: {n} with room for {capacity}{unlimited}; counted as safe once checked in, which takes {check_in}; where there "
        "is none, {metres} m away is safe.",
    ),
    "shelters.unlimited": Text("（不计容量）", " (not counted as a limit)"),
    "explain.sites_move": Text(
        "受威胁的重点单位（{n}）：应答后{prepare}第一批动身，每名工作人员每趟带{persons}。",
        "Threatened key sites ({n}): the first leave {prepare} after the answer; each member of staff takes {persons} at a time.",
    ),
    "explain.returns": Text(
        "回流：到达后{share}的户擅自返回，{after}。", "Going home too early: {share} of households, after: {after}."
    ),
    "explain.no_returns": Text("没有人擅自返回。", "Nobody goes home too early."),
    "explain.reinforcement": Text(
        "增援：有户等帮扶超过{ask}，村里请求增援；先用本乡镇的（每乡镇{teams}队），再用县里就近的前置队伍；每队{persons}，接到请求到出发{ready}。",
        "Reinforcements: a village asks once a household has waited for help for {ask}; first its township ({teams} teams each), then the nearest "
        "that the county has stationed; {persons} each; setting out takes {ready}.",
    ),
    "explain.no_reinforcement": Text("没有增援。", "No reinforcements."),
    "explain.relief": Text(
        "基本生活救助：安置点有人后，备货{ready}，每{every}发一批车，由本乡镇储备库（不够则由县级储备库）送去，路不通则等。",
        "Basic supplies: packed {ready} after people have come to a shelter, leaving every {every} from the stock of the township, or "
        "where that is too small the county's; closed roads are waited for.",
    ),
    "explain.report_up": Text("信息报送", "Report upward"),
    "explain.reporting": Text(
        "各村得知要转移后{first}作初报，以后每{every}续报一次，没有人再要转移时作核报；每次清点、填报{count}；没有报上去，隔{again}再报。"
        "乡镇收到后转报县里；走叫应的手段，打不通时同样改用替补手段。",
        "Each village makes its first report after knowing that people must leave: {first}; a follow-up every {every}, the final one once nobody is "
        "left to be moved; counting takes {count}; a report that did not get through is sent again after {again}. Townships pass reports on; they "
        "go by the means that calls use, with the same fallback.",
    ),
    "explain.alarm": Text(
        "    {alarm}：{n}中{share}出现，时刻为推演起算后{at}；就地叫人，同时上报。",
        "    {alarm}: at {share} of {n}, {at} after T0; people there are warned, and it is reported up.",
    ),
    "key.evacuation": Text("避险转移", "evacuation"),
    "key.report_up": Text("信息报送", "report upward"),
    "key.onset": Text("灾害发生", "onset"),
    "key.laws": Text("抽取规则", "rules of chance"),
    "key.triggers": Text("启动条件", "rule"),
    "key.decision": Text("决定和准备", "deciding and getting ready"),
    "key.persuasion": Text("劝导", "persuasion"),
    "key.driving": Text("车辆行驶", "driving"),
    "key.helpers": Text("帮扶", "helpers"),
    "key.vehicles": Text("转移车辆", "vehicles"),
    "key.any_zone": Text("各类危险区", "danger zones of any kind"),
    "key.shelters": Text("安置点", "shelters"),
    "key.returns": Text("回流", "going home too early"),
    "key.reinforcement": Text("增援", "reinforcements"),
    "key.relief": Text("基本生活救助", "basic supplies"),
    "key.alarms": Text("就地报警", "local alarms"),
    "key.rain_alarm": Text("雨量报警", "rain alarm"),
    "key.water_alarm": Text("水位报警", "water level alarm"),
    "key.cannot_judge": Text("险情不能准确判断", "danger that cannot be judged"),
    "key.centres": Text("前置队伍和储备", "forward teams and stocks"),
    "table_of.shelters": Text("安置点", "shelters"),
    "table_of.centres": Text("前置队伍和储备", "forward teams and stocks"),
}
"""Texts about evacuation and report-up, by key."""
