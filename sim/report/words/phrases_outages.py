"""Texts about outages: on the page, on the terminal, and of a scenario that plans them. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_OUTAGES = {
    # --- the page and the terminal ------------------------------------------------------------------------------------
    "head.outages": Text("断网、断电、断路", "Outages: network, power, roads"),
    "outages.dark": Text(
        "断联：{all}中，最多{most}个同时没有手机信号（{clock}）；{at_release}推演结束时{at_end}个。",
        "Network: of {all}, at most {most} had no mobile service at one time ({clock}); {at_release}{at_end} at the end of the run.",
    ),
    "outages.at_release": Text("{warning}发布时{n}个，", "{n} when the {warning} was released, "),
    "outages.never_dark": Text("断联：{all}一直有手机信号。", "Network: {all} had mobile service throughout."),
    "outages.mains": Text("停电：最多{most}同时没有市电。", "Power: at most {most} had no mains at one time."),
    "outages.sites": Text(
        "站点：{all}个中最多{most}个同时不能用。", "Sites: at most {most} of {all} were out of use at one time."
    ),
    "outages.roads": Text(
        "断路：{all}段道路中最多{most}段同时中断。", "Roads: at most {most} of {all} stretches were closed at one time."
    ),
    "outages.told": Text(
        "曾断联的{all}，{warning}：断联之前已叫到{before}个；断联以后才叫到或自行启动{after}个{by}；始终没有叫到{never}个。",
        "{all} lost service at some time. For the {warning}: {before} had been reached before, {after} were reached or acted by themselves only "
        "afterwards{by}, {never} were never reached.",
    ),
    "outages.by_count": Text("{by}{n}个", "{by} {n}"),
    "outages.act": Text(
        "{act}（{clock}发布）：发给的{all}中，发布时{dark}个断联；断联以后才叫到{after}个{by}，到推演结束{never}个没有叫到{why}。",
        "At the {act} (released {clock}), of the {all} it is addressed to, {dark} had no service at its release; {after} were reached only "
        "after losing service{by}, {never} had not been reached by the end{why}.",
    ),
    "outages.never": Text(
        "{warning}：到推演结束，{n}始终没有叫到，也没有自行启动{why}。",
        "For the {warning}: by the end {n} had neither been reached nor acted by themselves{why}.",
    ),
    "outages.unanswered": Text(
        "{warning}：到推演结束，{silent}没有应答：{otherwise}个断联后自行启动或由就地预警叫到，{n}个始终没有叫到、也没有自行启动{why}。",
        "For the {warning}: by the end {silent} had not answered: {otherwise} acted by themselves or were reached by a local warning, {n} had "
        "neither been reached nor acted by themselves{why}.",
    ),
    "outages.never_none": Text(
        "{warning}：到推演结束，{all}都已叫到或自行启动。",
        "For the {warning}: by the end {all} had been reached or had acted by themselves.",
    ),
    "outages.note": Text(
        "“断联”指没有手机信号（电话、短信、微信都不通）；“叫到”指有人应答{warning}或就地预警。哪些站点、线路、道路中断由"
        "情景指定或按概率抽取，只是一次推演，不评价任何乡镇、村或运营单位。",
        "A village without mobile service has no telephone, text messages or WeChat; it is reached once somebody there answers for the "
        "{warning} or a local one. What fails is set by the scenario or drawn by chance: this is one run and judges no township, "
        "village or operator.",
    ),
    "outages.made": Text(
        "{made}：凡没有资料的均按种子合成，不代表实际的位置和可靠程度。",
        "Where there is no register, these are made by seed and stand for no real position or reliability: {made}.",
    ),
    "why.no_service": Text("因一方断联打不通", "no service at one end"),
    "why.desk_above_not_reached": Text("上级未叫到", "the desk above was not reached"),
    "why.not_called": Text("未叫应", "not called"),
    "why.no_answer": Text("无人应答", "no answer"),
    "carried.restored": Text("恢复后{channel}", "{channel} once restored"),
    "table.outages_acts": Text("各环节叫应与断联：{level}", "Calls and outages: {level}"),
    "table.outages_acts_note": Text(
        "只列往下叫应到这一级的环节；就地预警和断联后自行启动的不计。“断联以后才叫到”含恢复通信以后才打通的。",
        "Acts that call down to this level only; local warnings and places acting by themselves do not count. Reached only afterwards: also those "
        "called by telephone once service was restored.",
    ),
    "table.outages_townships": Text("各乡镇（街道）断联情况", "Loss of service by township"),
    "table.outages_villages": Text("断联或没有叫到的{level}", "Without service or never reached: {level}"),
    "table.outages_never": Text("始终没有叫到的{level}", "Not reached: {level}"),
    "table.outages_order": Text(
        "按编码排列，不是排名。“恢复”为各村首次断联的结束，有几个村时取最后一个。",
        "In order of code, not a ranking. 'Restored' is the end of the first outage; of several villages, the last one.",
    ),
    "table.outages_why": Text(
        "按编码排列，不是排名。“因一方断联打不通”指至少一次因叫的一方或被叫的一方没有信号而打不通；“上级未叫到”指上一级值班室没有应答，因而没有人往下叫。",
        "In order of code, not a ranking. No service: at least one call met none, at either end. The desk above was not reached: so nobody "
        "called this one.",
    ),
    "col.villages": Text("个数", "Number"),
    "col.dark": Text("曾断联", "Lost service"),
    "col.dark_from": Text("首次断联", "First lost"),
    "col.dark_from_first": Text("首个村断联", "First village lost"),
    "col.dark_to": Text("恢复", "Restored"),
    "col.told_after": Text("断联以后才叫到或自行启动", "Reached or acted only afterwards"),
    "col.never_villages": Text(
        "没有叫到、也没有自行启动（未断联的在内）", "Never reached, nor acting (also those with service)"
    ),
    "col.addressed_villages": Text("发给", "Addressed"),
    "col.dark_then": Text("发布时断联", "Without service at release"),
    "col.told_before": Text("未断联或断联之前叫到", "Reached without or before an outage"),
    "col.told_after_by": Text("断联以后才叫到", "Reached only afterwards"),
    "col.never_why": Text("没有叫到", "Not reached"),
    "col.why": Text("原因", "Why"),
    "col.which": Text("哪些", "Which"),
    "col.told_at": Text("叫到或自行启动", "Reached or acted"),
    "col.carried": Text("靠什么", "By"),
    "not_restored": Text("推演结束仍未恢复", "not by the end"),
    "not_reached": Text("推演结束仍未叫到", "not by the end"),
    "figure.outages": Text("通信、市电、道路和叫应随时间的变化", "Service, mains, roads and calling over time"),
    "figure.outages_of": Text(
        "{place}：有信号、有市电、已叫到的{level}和畅通的道路",
        "{place}: {level} with service, with mains, reached; roads open",
    ),
    "axis.share_of_all": Text("占全部的比例", "share of all"),
    "curve.outages": Text("占各自总数的比例", "share of each total"),
    "curve.service": Text("有手机信号", "with mobile service"),
    "curve.mains": Text("有市电", "with mains"),
    "curve.roads": Text("畅通的路段", "stretches of road open"),
    "curve.told": Text("已叫到或自行启动", "reached, or acting itself"),
    "curve.dark": Text("断联", "no mobile service"),
    "summary.outages": Text(
        "最多{dark}同时断联；到推演结束仍没有叫到的：{never}。",
        "At most {dark} had no mobile service at one time; not reached by the end: {never}.",
    ),
    "summary.outages_all_reached": Text(
        "最多{dark}同时断联；到推演结束都已叫到或自行启动。",
        "At most {dark} had no mobile service at one time; by the end all had been reached or had acted by themselves.",
    ),
    "summary.unreached": Text("{act}{n}个", "{act} {n}"),
    "summary.unreached_first": Text("{act}{n}个（自行启动的除外）", "{act} {n} (but for those acting by themselves)"),
    # --- explain ------------------------------------------------------------------------------------------------------
    "explain.outages": Text("断网、断电、断路", "Outages: network, power, roads"),
    "explain.outages_drawn": Text(
        "除指定的以外，什么失效、何时失效、多久恢复都按概率抽取；断电以后蓄电池用完才断站，站点、传输中断则村里断联。",
        "Unless stated, what fails, when and for how long is drawn by chance. A site without mains fails once its battery is empty; places "
        "lose service when the sites that serve them, or their backhaul, fail.",
    ),
    "explain.flood": Text(
        "受灾：{within}乡镇（街道）中{share}受灾，每个乡镇一个时刻，推演起算后{at}。",
        "Hit: {share} of townships{within}, each at a moment of its own, {at} after T0.",
    ),
    "explain.failure": Text(
        "{number}. {what}{kinds}（{own}）：候选{n}处{within}，{share}{chance}。失效：{begins}；{ends}。",
        "{number}. {what}{kinds} ({own}): of {n}{within}, {share}{chance}. Failing {begins}; {ends}.",
    ),
    "failing.feeders": Text("供电线路", "Power lines"),
    "failing.substations": Text("变电站", "Substations"),
    "failing.sites": Text("站点损毁", "Sites damaged"),
    "failing.links": Text("站点的传输线路", "Backhaul of sites"),
    "failing.roads": Text("道路", "Roads"),
    "network_kind.base": Text("普通基站", "ordinary sites"),
    "network_kind.hub": Text("汇聚站", "hubs"),
    "network_kind.super": Text("超级基站", "super sites"),
    "network_kind.fibre": Text("光缆", "fibre"),
    "network_kind.microwave": Text("微波", "microwave"),
    "network_kind.satellite": Text("卫星", "satellite"),
    "network_kind.main": Text("干线", "main roads"),
    "network_kind.township": Text("乡道", "township roads"),
    "network_kind.village": Text("村道", "village roads"),
    "network_kind.path": Text("小路", "paths"),
    "failure.within": Text("（只在{places}）", " (only in {places})"),
    "failure.where_hit": Text("受灾乡镇", "in townships that are hit"),
    "failure.where_any": Text("不论是否受灾", "whether hit or not"),
    "failure.with_flood": Text("，只限受灾乡镇内的", " (only in townships that are hit)"),
    "failure.all": Text("其中全部", "all of them"),
    "failure.share": Text("其中{share}", "{share} of them"),
    "failure.together": Text("（同一乡镇一起失效的程度{share}）", " (shared with the others of a township: {share})"),
    "failure.by_exposure": Text("，受威胁人口多的地方更易失效", ", more likely where more people live in danger"),
    "failure.at_clock": Text("{clock}", "at {clock}"),
    "failure.at_t0": Text("推演起算时", "at T0"),
    "failure.at_flood": Text("受灾时", "at the hit"),
    "failure.after_t0": Text("推演起算后{law}", "after T0: {law}"),
    "failure.after_flood": Text("受灾后{law}", "after the hit: {law}"),
    "failure.until": Text("{clock}恢复", "restored at {clock}"),
    "failure.lasts": Text("多久恢复：{law}", "lasting: {law}"),
    "failure.for_good": Text("推演结束前不恢复", "not restored within the run"),
    "explain.batteries": Text(
        "蓄电池：普通基站{base}；汇聚站{hub}；超级基站{super}；大喇叭终端{terminal}。充回一分钟用电需来电{recharge}分钟。",
        "Batteries: ordinary sites {base}; hubs {hub}; super sites {super}; loudspeakers {terminal}. A minute of use takes {recharge} min "
        "of mains to charge.",
    ),
    "explain.generators": Text(
        "应急发电：全县{n}台，停电站点中{served}会安排，汇聚站在先；停电到出发{dispatch}，途中每小时{speed}公里（路不通则等），接上{setup}。",
        "Generators: {n} in the county, for {served} of sites without mains, hubs first; leaving takes {dispatch}, the way {speed} km/h (waiting "
        "for closed roads), connecting {setup}.",
    ),
    "explain.no_generators": Text("没有应急发电。", "No generators."),
    "explain.fallback": Text(
        "打不通时：{notice}后断定断联，依次改用：{means}；都不行则每隔{every}再拨。",
        "Where a call meets no service: it is noticed after {notice}; then, in turn: {means}; failing these, dialled again every {every}.",
    ),
    "then_joint": Text("→", ", then "),
    "explain.no_fallback": Text("打不通时没有其他手段。", "Where a call meets no service there is no other means."),
    "explain.set": Text(
        "{name}：持有：{held}；取出到入网{ready}；当地能用{works}，守听并应答白天{day}、夜间{night}；每次{talk}{reach}{charge}。",
        "{name}: held by {held}; setting up takes {ready}; works in {works} of places, answered {day} by day, {night} by night; a call takes "
        "{talk}{reach}{charge}.",
    ),
    "set.held": Text("{places}（{n}个有人会用）", "{places} ({n} with somebody who can use it)"),
    "set.nobody": Text("县指挥中心以外没有", "nobody besides the county command centre"),
    "set.reach": Text("；两端相距{km}公里以内", "; ends within {km} km"),
    "set.charge": Text("；电池可用{law}", "; battery: {law}"),
    "explain.foot": Text(
        "派人送信：路断时步行，每小时{speed}公里，这样的雨势用时为平时的{pace}倍，走中断的路段再乘以{closed}。",
        "Messengers: on foot where roads are closed, {speed} km/h, {pace} times as long in this weather, {closed} times again over closed "
        "stretches.",
    ),
    "explain.no_foot": Text("派人送信：路断时等路通。", "Messengers: wait for closed roads."),
    "explain.own_trigger": Text(
        "断联自主启动：断联且未接到通知的村（社区）中{share}会按雨量报警器、监测员自行启动，断联后{after}。",
        "On its own: of places cut off and not told, {share} act on their own rain alarm or monitor, {after} after losing service.",
    ),
    "explain.no_own_trigger": Text(
        "断联的村（社区）不会自行启动。", "Places that are cut off do not act on their own."
    ),
    "key.outages": Text("断网、断电、断路", "outages"),
    "key.failures": Text("失效", "failures"),
    "key.flood": Text("受灾乡镇", "townships hit"),
    "key.batteries": Text("蓄电池", "batteries"),
    "key.generators": Text("应急发电", "generators"),
    "key.fallback": Text("断联替补", "fallback"),
    "key.foot": Text("步行", "on foot"),
    "key.own_trigger": Text("断联自主启动", "own trigger"),
    "key.networks": Text("电、网、路", "power, network, roads"),
    "key.feeders": Text("供电线路", "power lines"),
    "key.sites": Text("站点", "sites"),
    "key.roads": Text("道路", "roads"),
    "key.sets": Text("应急通信装备", "emergency sets"),
    "table_of.feeders": Text("供电线路", "power lines"),
    "table_of.sites": Text("站点", "mobile sites"),
    "table_of.roads": Text("道路", "roads"),
    "table_of.sets": Text("应急通信装备", "emergency sets"),
}
"""Texts about outages, by key."""
