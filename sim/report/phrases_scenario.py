"""Texts about a scenario: laws of duration, the plain account of ``explain``, the parts of a scenario file. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_SCENARIOS = {
    # --- laws of duration ---------------------------------------------------------------------------------------------
    "law.none": Text("不占时间", "no time"),
    "law.fixed": Text("固定{n}", "exactly {n}"),
    "law.uniform": Text("{range}，各种时长机会均等", "{range}, all equally likely"),
    "law.triangular": Text("{range}，多为{mode}", "{range}, mostly {mode}"),
    "law.exponential": Text("平均{mean}，九成不超过{p90}", "{mean} on average, nine in ten within {p90}"),
    "law.lognormal": Text("中位数{median}，九成不超过{p90}", "median {median}, nine in ten within {p90}"),
    "law.typical": Text("中位数{median}，九成不超过{p90}", "median {median}, nine in ten within {p90}"),
    "law.lindell": Text(
        "{rest}，最长{longest}（LifeSim 发布延迟曲线，a={a}、b={b}）",
        "{rest}, at most {longest} (LifeSim issuance delay, a={a}, b={b})",
    ),
    "law.rayleigh_contagion": Text(
        "{rest}（口口相传曲线，尺度{b}，每分钟传播系数{c}）",
        "{rest} (first-alert curve, scale {b}, contagion {c} per minute)",
    ),
    "law.empirical": Text("按给定的累计曲线：{points}", "by a given cumulative curve: {points}"),
    "law.point": Text("{n}内{share}", "{share} within {n}"),
    "law.ever": Text("，最终只有{share}完成，其余始终不会", ", only {share} ever do, the rest never"),
    "law.never": Text("始终不会", "never"),
    # --- explain ------------------------------------------------------------------------------------------------------
    "explain.title": Text("{title}（情景标识 {name}）", "{title} (scenario {name})"),
    "explain.when": Text("一、时间和天气", "1. Time and weather"),
    "explain.where": Text("二、地方和人", "2. Places and people"),
    "explain.warning": Text("三、预警", "3. Warning"),
    "explain.means": Text("四、告诉住户的手段", "4. Means of telling households"),
    "explain.chain": Text("五、谁叫谁（叫应递补顺序）", "5. Who calls whom (escalation ladders)"),
    "explain.posts": Text("六、岗位接听", "6. How posts answer"),
    "explain.targets": Text("七、时限要求", "7. Response-time requirements"),
    "explain.assumptions": Text("八、所用假设及依据", "8. Assumptions and their sources"),
    "explain.span": Text(
        "{start}识别险情（推演起算时刻），推演到{end}，共{length}。",
        "Hazard identified (T0) on {start}; played until {end}, {length} in all.",
    ),
    "explain.weather": Text("灾种：{hazard}；当时{rain}。", "Hazard: {hazard}; weather: {rain}."),
    "explain.seed": Text(
        "随机种子{seed}：同一种子、同一夜次结果相同；换一夜结果不同。",
        "Seed {seed}: the same seed and night give the same result; another night gives another.",
    ),
    "explain.county": Text(
        "{name}：{places}，{households}、{persons}（常住）。",
        "{name}: {places}; {households}, {persons} (residents).",
    ),
    "explain.listed": Text(
        "应转移住户{households}、{persons}（按{zones}威胁范围内的人员全部应转移测算）；重点单位{sites}；"
        "{loudspeakers}。",
        "Listed to move: {households}, {persons} (everyone threatened by {zones} is taken as listed); "
        "{sites}; {loudspeakers}.",
    ),
    "explain.synthetic": Text(
        "按种子合成、不是实情的：{made}。村、组只显示代号。",
        "Made by seed, not real: {made}. Villages and groups are shown by code only.",
    ),
    "table_of.residents": Text("乡镇（街道）和村（社区）人口", "residents of townships and villages"),
    "table_of.positions": Text("村、组和部分乡镇驻地的位置", "positions of villages, groups and some township seats"),
    "table_of.groups": Text("村民小组", "villagers' groups"),
    "table_of.households": Text("住户", "households"),
    "table_of.zones": Text("隐患点", "hazard zones"),
    "table_of.loudspeakers": Text("大喇叭", "loudspeakers"),
    "table_of.key_sites": Text("重点单位", "key sites"),
    "table_of.roster": Text("值班表", "duty roster"),
    "explain.level": Text("发布{level}，依次为：", "{level}, in these steps:"),
    "explain.consultation": Text("    1. 会商研判：{law}", "    1. Consultation: {law}"),
    "explain.sign_off": Text("    2. 签发（{post}）：{law}", "    2. Sign-off ({post}): {law}"),
    "explain.release": Text("    3. 录入和发布：{law}", "    3. Entry and release: {law}"),
    "explain.by": Text("使用的手段：{means}。", "Means used: {means}."),
    "explain.sms": Text(
        "短信：发布后准备{setup}；全县每秒{rate}条，{order}；{loss}因关机、无信号等收不到；从发出到手机收"
        "到，{latency}。醒着的户{awake}会看到，睡着的户{asleep}会惊醒看到；从收到到看到，{read}。",
        "Text message: preparing after release takes {setup}; {rate} messages per second for the county, "
        "{order}; {loss} lost; reaching the phone takes {latency}. Noticed by {awake} of households "
        "awake and {asleep} of those asleep; noticing takes {read}.",
    ),
    "sms_order.any": Text("不分先后", "in no special order"),
    "sms_order.listed_first": Text("先发应转移住户", "listed households first"),
    "explain.broadcast": Text(
        "应急广播（大喇叭）：发布后到开播{setup}；终端在线率{online}；1米处{level}分贝。{rain}时，屋外达"
        "到{awake}分贝，屋内醒着的人才听清；达到{asleep}分贝才能叫醒睡着的人。听明白{listen}。",
        "Loudspeaker: going on air after release takes {setup}; {online} of terminals online; {level} dB "
        "at 1 m. In this weather ({rain}) people awake indoors need {awake} dB outside the house, "
        "{asleep} dB wake a sleeper. Understanding takes {listen}.",
    ),
    "explain.phone": Text(
        "电话：组里应答后，由{callers}逐户打电话，准备{setup}；有电话的户，醒着{awake}接听，睡着{asleep}"
        "接听；每次通话{talk}，无人接听振铃{ring}。",
        "Telephone: once a group has answered, {callers} will call its households one by one; preparing "
        "takes {setup}. Households with a phone answer in {awake} of cases awake, {asleep} asleep; a "
        "call takes {talk}, an unanswered one rings {ring}.",
    ),
    "explain.door": Text(
        "敲门：组里应答后，每组{teams}出门，集合{assemble}；先敲应转移住户；每户叫门、说明{house}；步行每"
        "小时{speed}公里{walking}；在家的户{answered}应门，无人应门停留{absent}。",
        "Door to door: once a group has answered, {teams} per group will set out; assembling takes "
        "{assemble}; listed households first; {house} per house; walking {speed} km/h{walking}; "
        "{answered} of households at home answer, nobody at home costs {absent}.",
    ),
    "explain.order": Text(
        "每个值班室先叫应转移人员多的，再按常住人口由多到少；同一岗位无人应答，按下列顺序递补。",
        "Every duty room calls those with most listed persons first, then by residents; where nobody "
        "answers, the next step of the ladder is called.",
    ),
    "explain.call": Text(
        "有人接听时：从拨号到接起，{pickup}；说明并复述，{talk}。",
        "When somebody answers: picking up takes {pickup}; telling and repeating takes {talk}.",
    ),
    "explain.desk": Text(
        "{caller}：应答后{relay}，开始叫{callee}，{n}同时拨打：",
        "{caller}: starts calling {callee} {relay} after answering, {n} at a time:",
    ),
    "explain.top": Text(
        "{caller}：发布后{relay}，开始叫{callee}，{n}同时拨打：",
        "{caller}: starts calling {callee} {relay} after release, {n} at a time:",
    ),
    "explain.last": Text(
        "{level}：应答后{relay}，开始告诉住户。", "Each {level}: starts telling households {relay} after answering."
    ),
    "each_desk": Text("{level}值班室", "Duty room of each {level}"),
    "top_desk": Text("{level}值班室", "Duty room of the {level}"),
    "step.phone": Text(
        "电话叫{post}，最多{tries}，每次振铃{wait}{gap}", "telephone the {post}, at most {tries}, ringing {wait}{gap}"
    ),
    "step.message": Text(
        "发消息给{post}，最多{tries}，每次等回复{wait}{gap}",
        "message the {post}, at most {tries}, waiting {wait} for a reply{gap}",
    ),
    "step.gap": Text("，间隔{gap}", ", {gap} apart"),
    "explain.post": Text(
        "{post}：当夜能联系上的概率{reachable}；能联系上时，每次拨打有人接听的概率白天{day}、夜间{night}。",
        "{post}: chance of being reachable on a night {reachable}; if reachable, chance that a call is "
        "answered {day} by day, {night} by night.",
    ),
    "explain.post_product": Text(
        "两项相乘即首次接听率。", "The product of the two is the share of first calls answered."
    ),
    "explain.target": Text(
        "{number}. {name}：时限为{limit}。依据：{source}；适用地：{applies_to}；状态：{status}。",
        "{number}. {name}: the limit is {limit}. Source: {source}; applies to: {applies_to}; status: {status}.",
    ),
    "explain.assumption": Text("【{status}】{what}：{source}", "[{status}] {what}: {source}"),
    "explain.habits": Text(
        "{hour}时在家的户约{home}，在家的户中约{asleep}入睡；有手机的户{phone}；每个{level}平均{n}户。",
        "At {hour}:00 about {home} of households are at home, {asleep} of those asleep; {phone} have a "
        "phone; {n} households per {level}.",
    ),
    # --- parts of a scenario file -------------------------------------------------------------------------------------
    "key.hazard": Text("灾害与天气", "hazard and weather"),
    "key.warnings": Text("预警", "warning"),
    "key.channels": Text("手段", "means"),
    "key.sms": Text("短信", "text message"),
    "key.duty": Text("发给值班人员的消息", "message to duty staff"),
    "key.phone": Text("电话", "telephone"),
    "key.households": Text("住户", "households"),
    "key.broadcast": Text("应急广播", "loudspeaker"),
    "key.awake": Text("醒着", "awake"),
    "key.asleep": Text("睡着", "asleep"),
    "key.door": Text("敲门", "door to door"),
    "key.pace": Text("步行时间倍数", "walking-time factor"),
    "key.roster": Text("值班与叫应", "duty and calling"),
    "key.posts": Text("岗位", "post"),
    "key.desks": Text("值班室", "duty room"),
    "key.ladders": Text("叫应递补顺序", "escalation ladder"),
    "key.targets": Text("时限要求", "requirement"),
    "key.county": Text("县情", "county"),
    "key.levels": Text("层级", "levels"),
    "key.habits": Text("作息", "daily habits"),
    "key.patterns": Text("住户类型", "kind of household"),
    "key.stays": Text("多在家的户", "mostly at home"),
    "key.works": Text("白天外出的户", "out by day"),
    "key.whole": Text("整个情景", "whole scenario"),
    "key.synthesis": Text("合成规则", "rules of synthesis"),
    "key.spread": Text("人口分布", "spread of residents"),
    "key.grouping": Text("村民小组划分", "division into groups"),
    "key.layout": Text("位置推算", "estimated positions"),
    "key.phone_elderly": Text("老人户手机", "phones of elderly households"),
    "key.phone_other": Text("其他户手机", "phones of other households"),
    "key.zones": Text("隐患点", "hazard zones"),
    "key.loudspeakers": Text("大喇叭", "loudspeakers"),
    "key.key_sites": Text("重点单位", "key sites"),
    "door.pace": Text("，{rain}时步行时间为平时的{pace}倍", ", taking {pace} times as long in this weather ({rain})"),
    "door.detour": Text("，实际路程为直线的{detour}倍", ", {detour} times the straight distance"),
}
"""Texts about a scenario file, by key."""
