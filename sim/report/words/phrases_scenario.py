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
    "explain.heading": Text("{number}、{heading}", "{number}. {heading}"),
    "ordinal.0": Text("一", "1"),
    "ordinal.1": Text("二", "2"),
    "ordinal.2": Text("三", "3"),
    "ordinal.3": Text("四", "4"),
    "ordinal.4": Text("五", "5"),
    "ordinal.5": Text("六", "6"),
    "ordinal.6": Text("七", "7"),
    "ordinal.7": Text("八", "8"),
    "ordinal.8": Text("九", "9"),
    "ordinal.9": Text("十", "10"),
    "ordinal.10": Text("十一", "11"),
    "ordinal.11": Text("十二", "12"),
    "ordinal.12": Text("十三", "13"),
    "ordinal.13": Text("十四", "14"),
    "ordinal.14": Text("十五", "15"),
    "explain.when": Text("时间和天气", "Time and weather"),
    "explain.where": Text("地方和人", "Places and people"),
    "explain.acts": Text("本次推演的各环节", "Acts of this run"),
    "explain.means": Text("告诉住户的手段", "Means of telling households"),
    "explain.chain": Text("谁叫谁（叫应递补顺序）", "Who calls whom (escalation ladders)"),
    "explain.posts": Text("岗位接听", "How posts answer"),
    "explain.calls": Text("两叫应", "Call targets"),
    "explain.targets": Text("时限要求", "Response-time requirements"),
    "explain.reception": Text("群众收到以后", "After households are told"),
    "explain.assumptions": Text("所用假设及依据", "Assumptions and their sources"),
    "explain.unknowns": Text("说不准的数和可能的范围", "What is not known, and its ranges"),
    "explain.unknown": Text(
        "{name}：情景中写{stated}，可能在{low}—{high}。",
        "{name}: the scenario has {stated}, anything from {low} to {high} is possible.",
    ),
    "unknown.triangular": Text("越近{mode}越可能。", "The nearer to {mode}, the likelier."),
    "unknown.normal": Text(
        "多在{mean}上下（标准差{sd}，在两端截断）。",
        "Mostly around {mean} (standard deviation {sd}, cut off at the ends).",
    ),
    "unknown.lognormal": Text(
        "一半情形不超过{median}，九成不超过{p90}（在两端截断）。",
        "Half the time up to {median}, nine times in ten up to {p90} (cut off at the ends).",
    ),
    "unknown.together": Text(
        "与“{name}”同高同低（秩相关{rank}）。", "It rises and falls with '{name}' (rank correlation {rank})."
    ),
    "unknown.opposed": Text(
        "与“{name}”此高彼低（秩相关{rank}）。", "It rises as '{name}' falls (rank correlation {rank})."
    ),
    "explain.span": Text(
        "{start}识别险情（推演起算时刻），推演到{end}，共{length}。",
        "Hazard identified (T0) on {start}; run until {end}, {length} in all.",
    ),
    "explain.weather": Text("灾种：{hazard}；当时{rain}。", "Hazard: {hazard}; weather: {rain}."),
    "explain.seed": Text(
        "随机种子{seed}：同一种子、同一推演编号结果相同；换一次推演结果不同。",
        "Seed {seed}: the same seed and run number give the same result; another run gives another.",
    ),
    "explain.county": Text(
        "{name}：{places}，{households}、{persons}（常住）。",
        "{name}: {places}; {households}, {persons} (residents).",
    ),
    "explain.listed": Text(
        "应转移住户{households}、{persons}（按{zones}威胁范围内的人员全部应转移测算）；{sites}；"
        "{loudspeakers}；{terminals}。",
        "Listed to move: {households}, {persons} (everyone threatened by {zones} is taken as listed); "
        "{sites}; {loudspeakers}; {terminals}.",
    ),
    "explain.synthetic": Text(
        "按种子合成、不是实情的：{made}。村、组只显示代号。",
        "Made by seed, not real: {made}. Villages and groups are shown by code only.",
    ),
    "explain.additions": Text("设想新增、现在还没有的：{added}。", "Supposed to be added, not there today: {added}."),
    "explain.addition": Text("{what}（{n}处）", "{what} (at {n} places)"),
    "addition.super_site": Text("普通基站改为超级基站", "base stations made super sites"),
    "addition.battery": Text("普通基站换上汇聚站那样的蓄电池", "batteries of hubs at base stations"),
    "addition.loudspeaker": Text("大喇叭", "loudspeakers"),
    "table_of.residents": Text("乡镇（街道）和村（社区）人口", "residents of townships and villages"),
    "table_of.positions": Text("村、组和部分乡镇驻地的位置", "positions of villages, groups and some township seats"),
    "table_of.groups": Text("村民小组", "villagers' groups"),
    "table_of.households": Text("住户", "households"),
    "table_of.zones": Text("隐患点", "hazard zones"),
    "table_of.loudspeakers": Text("大喇叭", "loudspeakers"),
    "table_of.area_terminals": Text("片区叫应终端", "area terminals"),
    "table_of.devices": Text("锣哨等报警器具", "gongs and other sound devices"),
    "table_of.key_sites": Text("重点单位", "key sites"),
    "table_of.rivers": Text("流域上下游", "which place lies downstream"),
    "table_of.roster": Text("值班表", "duty roster"),
    "explain.act": Text("{number}. {name}：{begins}。", "{number}. {name}: {begins}."),
    "after.t0": Text("识别险情（推演起算）后", "after the hazard is identified (T0)"),
    "after.act": Text("“{act}”发布后", "after the release of: {act}"),
    "after.sighting": Text("首次险情报到县值班室后", "after the first sighting is reported to the county"),
    "after.delay": Text("过{law}，", ", then {law}"),
    "after.clock": Text("等到{clock}，", ", at {clock},"),
    "consult.at_once": Text("立即会商", ", consultation begins at once"),
    "consult.rolling": Text(
        "等下一次滚动会商（每{every}一次）", ", then the next rolling consultation (every {every})"
    ),
    "explain.decision": Text(
        "    会商研判：{consultation}；签发（{post}）：{sign_off}；录入和发布：{release}。",
        "    Consultation: {consultation}; sign-off ({post}): {sign_off}; entry and release: {release}.",
    ),
    "explain.by": Text("    发给：{area}。使用的手段：{means}。", "    Addressed to: {area}. Means used: {means}."),
    "area.county": Text("全县", "the whole county"),
    "area.listed": Text("有应转移住户的地方和这些住户", "places with listed households, and these households"),
    "area.places": Text("指定的{n}个地方及其所辖", "{n} named places and what lies below them"),
    "explain.local": Text(
        "就地预警（不经县里发布，由下而上）：使用的手段：{means}。",
        "Local warnings (start below, without a release of the county). Means used: {means}.",
    ),
    "explain.sightings": Text(
        "    群测群防员发现险情的隐患点占{share}，发现的时刻为推演起算后{at}；其中{at_once}先就地叫人、再上报，"
        "其余先上报。{stated}",
        "    Monitors see danger signs at {share} of hazard points, {at} after T0; {at_once} of them warn their "
        "own people first and report then, the others report first.{stated}",
    ),
    "explain.stated": Text("另有指定的险情{n}处。", " Sightings set by the planner: {n}."),
    "explain.headline": Text(
        "主要结果（收到预警、首先得知的手段等）对应：{headline}，连同就地预警。",
        "The main results are those of: {headline}, together with local warnings.",
    ),
    "explain.fused": Text(
        "发布平台跨系统融合：一次发布，各系统同时开始。",
        "The release platform is fused: one release starts every system.",
    ),
    "explain.separate": Text(
        "发布平台分立：{n}逐个系统录入、提交，每个{law}；后录入的系统开始得晚。",
        "The release platform is separate: {n} to enter the text in one system after another, {law} each; systems "
        "entered later start later.",
    ),
    "channel_says": Text("{name}：{text}", "{name}: {text}"),
    "channel_confirms": Text("由它得知即为到户确认。", " Being told by it counts as confirmed."),
    "channel_needs": Text("要靠：{needs}。", " Needs: {needs}."),
    "means.message": Text(
        "{begin}准备{setup}；{rate}，{order}；有智能手机的户{smart}收得到，只有功能机的户{feature}；没送到的保留"
        "{validity}。发出到手机收到，{latency}。醒着的户{awake}会看到，睡着的户{asleep}会惊醒看到；从收到到看到，"
        "{read}。",
        "{begin}; preparing takes {setup}; {rate}, {order}; it can reach {smart} of households with a smartphone "
        "and {feature} of those with a feature phone; undelivered ones are kept for {validity}. Reaching the phone takes "
        "{latency}. Noticed by {awake} of households awake and {asleep} of those asleep; noticing takes {read}.",
    ),
    "means.rate": Text("全县每秒{n}条", "{n} per second for the county"),
    "means.at_once": Text("同时发出", "all at once"),
    "sent_by.platform": Text("发布后由平台统一发送，", "sent by the platform after release"),
    "sent_by.desk": Text("各最低一级应答后由本级转发，", "passed on by each lowest desk once it has answered"),
    "message_order.any": Text("不分先后", "in no special order"),
    "message_order.listed_first": Text("先发应转移住户", "listed households first"),
    "means.phone": Text(
        "最低一级应答后，由{callers}逐户打电话，准备{setup}；有电话的户，醒着{awake}接听，睡着{asleep}接听；每次"
        "通话{talk}，无人接听振铃{ring}。",
        "once a lowest desk has answered, {callers} will call its households one by one; preparing takes "
        "{setup}. Households with a phone answer in {awake} of cases awake, {asleep} asleep; a call takes "
        "{talk}, an unanswered one rings {ring}.",
    ),
    "means.auto_call": Text(
        "发布后准备{setup}；全县{lines}路同时外呼{whom}；{reachable}的户打得通，其中醒着{awake}、睡着{asleep}每次"
        "接听并按键；接听一次{talk}，无人接听{ring}；最多呼{tries}，间隔{gap}。",
        "preparing after release takes {setup}; {lines} lines call {whom}; {reachable} of households can be "
        "reached, of these {awake} awake and {asleep} asleep answer and press a key each time; an answered call takes {talk}, "
        "an unanswered one {ring}; called at most {tries}, {gap} apart.",
    ),
    "auto_call.listed": Text("应转移住户", "listed households"),
    "auto_call.all": Text("全部住户（应转移的在先）", "all households, listed ones first"),
    "means.broadcast": Text(
        "发布后到开播{setup}；终端在线率{online}；1米处{level}分贝。",
        "going on air after release takes {setup}; {online} of terminals online; {level} dB at 1 m.",
    ),
    "means.area_terminal": Text(
        "发布后到出声{setup}；{online}能用；1米处{level}分贝；自带电源和卫星通路。",
        "sounding after release takes {setup}; {online} work; {level} dB at 1 m; own power and satellite path.",
    ),
    "means.tv": Text(
        "发布后到播出{setup}；{hour}时开着电视并会看到的户约{watching}；播出到看到{notice}。",
        "on air after release takes {setup}; at {hour}:00 about {watching} of households watch and would see it; "
        "noticing takes {notice}.",
    ),
    "means.patrol": Text(
        "有器具的最低一级应答后，取器具{fetch}，沿各户走；1米处{level}分贝，路过时离房屋约{passing}米。",
        "a lowest desk that owns one and has answered fetches it ({fetch}) and walks past its houses; {level} dB "
        "at 1 m, about {passing} m from each house.",
    ),
    "means.patrol_car": Text(
        "有车的村应答后{fetch}出车，每小时{speed}公里，每处停播{sounds}；1米处{level}分贝。",
        "sets out {fetch} after the village that owns one has answered, {speed} km/h, sounding {sounds} at each "
        "stop; {level} dB at 1 m.",
    ),
    "means.door": Text(
        "最低一级应答后，每处{teams}出门，集合{assemble}；先敲应转移住户；每户叫门、说明{house}；在家的户"
        "{answered}应门，无人应门停留{absent}。",
        "once a lowest desk has answered, {teams} will set out from it; assembling takes {assemble}; listed "
        "households first; {house} per house; {answered} of households at home answer, nobody at home costs {absent}.",
    ),
    "means.ten_household": Text(
        "联系户得知后，{goes}会去逐户通知；得知到出门{ready}；每户{house}；在家的户{answered}应门。",
        "{goes} of leads who have been told go round their households; setting out takes {ready}; {house} per "
        "house; {answered} of households at home answer.",
    ),
    "means.neighbour": Text(
        "每户至多有{contacts}户近邻（{within}米以内）；得知后告诉某一近邻的概率白天{tells}、夜间{night}；从得知到"
        "告诉，{delay}。",
        "each household has at most {contacts} neighbours (within {within} m); it tells each with a chance of "
        "{tells} by day and {night} by night; doing so takes {delay}.",
    ),
    "means.none": Text("不用来告诉住户。", "not used to tell households."),
    "explain.sound": Text(
        "声音：{rain}时，屋外达到{awake}分贝，屋内醒着的人才听清；达到{asleep}分贝才能叫醒睡着的人。听明白{listen}。",
        "Sound: in this weather ({rain}) people awake indoors need {awake} dB outside the house, {asleep} dB wake "
        "a sleeper. Understanding takes {listen}.",
    ),
    "explain.walking": Text("步行：每小时{speed}公里{slower}。", "Walking: {speed} km/h{slower}."),
    "walking.pace": Text(
        "，{rain}时步行时间为平时的{pace}倍", ", taking {pace} times as long in this weather ({rain})"
    ),
    "walking.night": Text("，夜间再乘以{factor}", ", {factor} times as long again by night"),
    "walking.detour": Text("，实际路程为直线的{detour}倍", ", {detour} times the straight distance"),
    "explain.order": Text(
        "每个值班室先叫应转移人员多的，再按常住人口由多到少；同一岗位无人应答，按下列顺序递补。",
        "Every duty room calls those with most listed persons first, then by residents; where nobody "
        "answers, the next step of the ladder is called.",
    ),
    "explain.call": Text(
        "有人接听时：从拨号到接起，{pickup}；说明并复述，{talk}。对方正在通话，隔{redial}再拨。",
        "When somebody answers: picking up takes {pickup}; telling and repeating takes {talk}. A busy line is "
        "dialled again after {redial}.",
    ),
    "explain.desk": Text(
        "{caller}：应答后{relay}，开始叫{callee}，{n}同时拨打{couriers}：",
        "{caller}: starts calling {callee} {relay} after answering, {n} at a time{couriers}:",
    ),
    "explain.top": Text(
        "{caller}：发布后{relay}，开始叫{callee}，{n}同时拨打{couriers}：",
        "{caller}: starts calling {callee} {relay} after release, {n} at a time{couriers}:",
    ),
    "explain.last": Text(
        "{level}：应答后{relay}，开始告诉住户。", "Each {level}: starts telling households {relay} after answering."
    ),
    "each_desk": Text("{level}值班室", "Duty room of each {level}"),
    "top_desk": Text("{level}值班室", "Duty room of the {level}"),
    "explain.couriers": Text("，另可派{n}送信", ", and {n} to send in person"),
    "step.whom": Text("{how}：{post}", "{how}: the {post}"),
    "step.call": Text("{channel}，最多{tries}，每次振铃{wait}{gap}", "{channel}, at most {tries}, ringing {wait}{gap}"),
    "step.message": Text(
        "{channel}，最多{tries}，每次等回复{wait}{gap}", "{channel}, at most {tries}, waiting {wait} for a reply{gap}"
    ),
    "step.in_person": Text("{channel}", "{channel}"),
    "step.gap": Text("，间隔{gap}", ", {gap} apart"),
    "step.jump": Text("；无人应答则转第{n}步", "; if nobody answers, on to step {n}"),
    "ladder.at_once": Text("    以上各步同时进行。", "    All these steps run at once."),
    "ladder.all": Text("    以上各岗位都要应答才算叫应。", "    Every post named must answer."),
    "ladder.repeat": Text(
        "    仍无人应答：隔{gap}从第{n}步再叫，共{rounds}轮。",
        "    Still nobody: again from step {n} after {gap}, rounds: {rounds}.",
    ),
    "explain.key_sites": Text(
        "重点单位由所在{level}值班室叫应：", "Key sites are called by the duty room of their {level}:"
    ),
    "explain.register": Text("责任人名册（{n}，{made}），每人依次：", "Register of {n} ({made}), each in turn:"),
    "explain.register_given": Text("按名册导入", "imported"),
    "explain.register_made": Text("没有名册，按岗位合成", "made up by role"),
    "explain.joint": Text(
        "联合值守：{departments}的人手并入县值班室，同一地方只叫一次。",
        "Joint duty: the callers of {departments} join the county duty room; each place is called once.",
    ),
    "explain.not_joint": Text(
        "没有联合值守：{departments}各自往下打电话，同一人可能被几家先后叫到，一次只接一个。",
        "No joint duty: {departments} call by themselves; one person may be called by several, one at a time.",
    ),
    "explain.governance": Text(
        "治理中心也叫{level}：发布后{relay}开始，{n}同时；先到的算：",
        "Governance centres call {level} too: {relay} after release, {n} at a time; whoever is first counts:",
    ),
    "explain.governance_only": Text(
        "县不经值班室，由治理中心叫{level}：发布后{relay}开始，{n}同时：",
        "Governance centres, not duty rooms, call {level}: {relay} after release, {n} at a time:",
    ),
    "explain.neighbour_county": Text(
        "毗邻区县联动：{title}，推演起算后{at}打来，通知本县{n}个地方。",
        "Neighbouring county {title}: calls {at} after T0 and warns {n} of our places.",
    ),
    "explain.lateral.first": Text(
        "流域联防联控：上游地方应答后先通知下游，再往下叫应。",
        "Along rivers: a place that has answered warns the next one downstream, then calls on.",
    ),
    "explain.lateral.last": Text(
        "流域联防联控：上游地方应答后先往下叫应，再通知下游。",
        "Along rivers: a place that has answered calls on, then warns the next one downstream.",
    ),
    "explain.alerted": Text(
        "先前的预警使值班人员已在岗：其后每次接听的概率不低于{answer}，转发所需时间为平时的{relay}。",
        "An earlier warning keeps desks alert: a call is then answered with a chance of at least {answer}, "
        "and relaying takes {relay} of the usual time.",
    ),
    "explain.standby": Text(
        "应答“{acts}”后全员到岗，到齐用时{assemble}；到齐后同时能往下打电话的人数：{callers}。",
        "Once a desk has answered {acts} all its people come in, within {assemble}; then so many call at once: {callers}.",
    ),
    "explain.standby_level": Text("{level}{n}", "{level} {n}"),
    "explain.post": Text(
        "{post}：能联系上的概率{reachable}；能联系上时，每次拨打有人接听的概率白天{day}、夜间{night}。",
        "{post}: chance of being reachable {reachable}; if reachable, chance that a call is "
        "answered {day} by day, {night} by night.",
    ),
    "explain.post_product": Text(
        "两项相乘即首次接听率。", "The product of the two is the share of first calls answered."
    ),
    "explain.target": Text(
        "{number}. {name}{about}：时限为{limit}。依据：{source}；适用地：{applies_to}；状态：{status}。",
        "{number}. {name}{about}: the limit is {limit}. Source: {source}; applies to: {applies_to}; status: {status}.",
    ),
    "explain.at_acts": Text("，环节：{acts}", ", at: {acts}"),
    "not_applicable": Text("本次不适用", "no such act here"),
    "explain.at_no_act": Text("，本情景没有对应的环节，不评", ", no such act in this scenario: not judged"),
    "explain.calls_note": Text(
        "没有见到官方条文；下列为情景中填写的读法。每个环节只叫应这里写明的对象。",
        "No official text was found; these are the readings that the scenario states. An act calls those named here "
        "and nobody else.",
    ),
    "explain.awake": Text(
        "先前的预警叫醒后，{stays}的户不再睡，持续{length}。",
        "Of households woken by an earlier warning, {stays} stay awake, for {length}.",
    ),
    "explain.assumption": Text(
        "【{status}】{what}：{source}（适用地：{applies_to}）", "[{status}] {what}: {source} (applies to: {applies_to})"
    ),
    "explain.habits": Text(
        "{hour}时在家的户约{home}，在家的户中约{asleep}入睡；有手机的户{phone}；每个{level}平均{n}户。",
        "At {hour}:00 about {home} of households are at home, {asleep} of those asleep; {phone} have a "
        "phone; {n} households per {level}.",
    ),
    # --- parts of a scenario file -------------------------------------------------------------------------------------
    "key.hazard": Text("灾害与天气", "hazard and weather"),
    "key.warnings": Text("预警", "warning"),
    "key.channels": Text("手段", "means"),
    "key.duty": Text("发给值班人员的消息", "message to duty staff"),
    "key.households": Text("住户", "households"),
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
    "key.area_terminals": Text("片区叫应终端", "area terminals"),
    "key.devices": Text("报警器具", "sound devices"),
    "key.key_sites": Text("重点单位", "key sites"),
    "key.rivers": Text("流域上下游", "which place lies downstream"),
    "key.response": Text("应急响应", "response"),
    "key.orders": Text("转移指令", "evacuation order"),
    "key.local": Text("就地预警", "local warnings"),
    "key.sightings": Text("发现险情", "sightings"),
    "key.platform": Text("发布平台", "release platform"),
    "key.reception": Text("群众收到以后", "after households are told"),
    "key.call_targets": Text("两叫应", "call target"),
    "key.responsible": Text("责任人名册", "register of responsible persons"),
    "key.governance": Text("治理中心", "governance centres"),
    "key.departments": Text("部门", "department"),
    "key.neighbour_counties": Text("毗邻区县", "neighbouring county"),
    "key.lateral": Text("流域联防联控", "calls along rivers"),
    "key.alerted": Text("已在岗", "already alert"),
    "key.standby": Text("全员在岗", "all hands at their posts"),
    "key.sound": Text("声音", "sound"),
    "key.walking": Text("步行", "walking"),
    "key.terminals": Text("终端", "terminals"),
}
"""Texts about a scenario file, by key."""
