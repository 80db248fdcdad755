"""Sentences on the papers of an exercise: what it is, rules, safety, what to do when, how papers are used. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

EXERCISE_PAPERS = {
    "kit.stamp": Text("演练　不是实情，不得外传", "EXERCISE · not a real event, do not pass on"),
    "kit.title": Text("{where}预警叫应桌面推演", "Tabletop exercise of warning and call-out: {where}"),
    "kit.title.blind": Text("{where}预警叫应双盲演练", "Double-blind exercise of warning and call-out: {where}"),
    "kit.where_site": Text("{place}（{kind}）", "{place} ({kind})"),
    "kit.controllers": Text("导调员", "the controllers"),
    "kit.by_paper": Text("口头或书面", "by word or on paper"),
    "kit.when": Text("{clock}（演练开始后第{minute}分钟）", "{clock} (minute {minute} of the exercise)"),
    "kit.when_asked": Text("由总导调决定", "when the chief controller says so"),
    # --- rules and safety ---------------------------------------------------------------------------------------------
    "kit.rule.phrase": Text(
        "每次通话、每条消息以“演练、演练”开头，以“演练、演练”结尾；没有这句话的，按真实情况处理。",
        "Every call and every message begins with 'Exercise, exercise' and ends with it; what does not is taken for real.",
    ),
    "kit.rule.no_real": Text(
        "只叫参演的岗位，号码用演练通讯录上的；不拨110、119、120等报警求助电话，不向群众和社会发布任何消息。",
        "Call seats of the exercise only, by the numbers of its contact list; call no emergency number and tell the public nothing.",
    ),
    "kit.rule.stop": Text(
        "听到“演练停止，转入实战”，马上放下演练，按本岗位的实际职责处置。",
        "At 'Exercise stopped, this is real' leave the exercise at once and do the real duty of your post.",
    ),
    "kit.rule.ask": Text(
        "不清楚的只问导调员；不要打听后面会发生什么。叫不通的照实记“未接听”，再叫下一岗位。",
        "Ask the controllers and nobody else, and do not ask what comes next. Who cannot be reached is noted as 'no answer'; call the next post.",
    ),
    "kit.rule.cards": Text(
        "导调信息按场景清单的时刻给出：递卡片或打电话照念，只给卡上写的，不解释、不提示、不给后面的卡。",
        "Injects are given at the time of the list, by card or read out over the telephone: what the card says, no hint, no later card.",
    ),
    "kit.rule.clock": Text(
        "演练时刻以总导调的钟为准。情景里的时间有压缩，卡上写明两个时刻；参演人员记钟表上的演练时刻。",
        "The clock of the chief controller counts. The time of the scenario is compressed and a card has both clocks; players write down the clock "
        "on the wall.",
    ),
    "kit.rule.others": Text(
        "没有人担任的岗位由导调员代答：按卡上和清单里写的应答，没有写的就应答并复述，不替参演人员拿主意。",
        "Controllers answer for seats that nobody fills, as cards and list have it, else they acknowledge and repeat; they decide nothing for the "
        "players.",
    ),
    "kit.rule.fair": Text(
        "演练查的是流程和岗位，不评价个人；记录只写岗位，不写姓名。",
        "The exercise looks at procedures and posts and judges nobody; records name posts, not persons.",
    ),
    "kit.safety.stop": Text(
        "停止口令“演练停止，转入实战”：任何人发现真实险情、人员受伤或身体不适都可以叫停，总导调确认后宣布。",
        "The words that stop it are 'Exercise stopped, this is real': anybody who sees real danger, an injury or illness may ask, the chief "
        "controller announces it.",
    ),
    "kit.safety.real": Text(
        "演练前看当天天气和实际预警；本地有实际预警、响应或险情的，演练改期。值班室始终留一人一线处理真实来电。",
        "Look at the weather and real warnings first; with a real warning, response or danger the exercise is put off. One person and one line of "
        "the duty room stay free for real calls.",
    ),
    "kit.safety.numbers": Text(
        "演练电话事先逐个核对；不开应急广播、不发短信、不用正式发布平台；确需试播的，先报批并提前告知群众。",
        "Check every number of the exercise beforehand; no loudspeakers, text messages or release platform; a test on air needs permission and is "
        "told to the people first.",
    ),
    "kit.safety.public": Text(
        "对外提到演练一律说明“正在演练”；有人误当实情的，马上澄清并报总导调。",
        "Say 'this is an exercise' wherever it is noticed; who takes it for real is told at once, and the chief controller too.",
    ),
    "kit.safety.moving": Text(
        "桌面推演不实地转移群众；走路线的只由工作人员白天走，老人、病人、孕妇、儿童不参加，夜间、雨天和隐患点下方不走。",
        "Nobody is moved in a tabletop exercise; where a route is walked, staff alone do it by daylight: no old or sick people, pregnant women or "
        "children, not at night, in rain or below a danger spot.",
    ),
    "kit.safety.papers": Text(
        "卡片、清单和手册演练结束后收回，照片和记录不上传社交平台。",
        "Cards, list and handbook are collected at the end; photographs and notes go to no social media.",
    ),
    # --- what to do when ----------------------------------------------------------------------------------------------
    "kit.times.before_day": Text("前一天", "the day before"),
    "kit.times.sign_in": Text("开始前30分钟", "30 min before"),
    "kit.times.briefing": Text("开始前10分钟", "10 min before"),
    "kit.times.start": Text("{start}", "{start}"),
    "kit.times.run": Text("{start}—{end}", "{start}–{end}"),
    "kit.times.end": Text("{end}", "{end}"),
    "kit.times.review": Text("结束后20分钟内", "within 20 min after"),
    "kit.times.enter": Text("当天", "the same day"),
    "kit.todo.before_day": Text(
        "打印；通知参演岗位时间、地点；核对演练电话；发“演练前”的材料，任务单只发给本岗位。",
        "Print; tell the seats when and where; check the numbers; hand out what goes out before, each seat its own task sheet alone.",
    ),
    "kit.todo.before_day_blind": Text(
        "打印，按岗位装袋封好；双盲：不通知参演人员时间、地点和内容，什么都不发。",
        "Print and seal by seat; double-blind: players are told neither when, where nor what, and get nothing.",
    ),
    "kit.todo.sign_in": Text(
        "签到；核对各岗位手里的任务单、叫应卡；评估员领评估表。",
        "Sign in; see that each seat has its task sheet and call card; evaluators take their forms.",
    ),
    "kit.todo.sign_in_blind": Text(
        "导调员、评估员到位，领评估表；不惊动参演岗位，当班的是谁就由谁参演。",
        "Controllers and evaluators are in place with their forms; nobody else is told, and whoever is on duty plays.",
    ),
    "kit.todo.briefing": Text(
        "宣布规则、安全要求和停止口令；对表；打开导调台，试拨一个电话。",
        "Announce rules, safety and the words that stop it; set the clocks; open the console and try one call.",
    ),
    "kit.todo.briefing_blind": Text(
        "只对导调员和评估员：宣布规则、安全要求和停止口令；对表；打开导调台。",
        "To controllers and evaluators alone: rules, safety and the words that stop it; set the clocks; open the console.",
    ),
    "kit.todo.start": Text(
        "总导调宣布开始，启动导调台的钟。", "The chief controller begins and starts the clock of the console."
    ),
    "kit.todo.start_blind": Text(
        "导调员到各岗位说明正在演练，当面发任务单等材料，签到；总导调启动导调台的钟。",
        "Controllers tell each seat that this is an exercise, hand out its papers and have it sign in; the chief controller starts the clock.",
    ),
    "kit.todo.run": Text(
        "按场景清单给导调信息；视情况的到时看条件；备用的由总导调决定；实际时刻随时记。",
        "Give the injects of the list, look at conditions when they are due, reserve ones as the chief controller says; write actual times down.",
    ),
    "kit.todo.end": Text("宣布结束；收回卡片和任务单。", "Announce the end; collect cards and task sheets."),
    "kit.todo.review": Text(
        "现场点评：各岗位先说，评估员后说，只说流程和岗位。",
        "Talk it over: seats first, evaluators after them, about procedures and posts alone.",
    ),
    "kit.todo.enter": Text(
        "把实际时刻填进“实际时刻.xlsx”（或由导调台导出），运行：jiaoying debrief 本演练材料的文件夹 填好的文件，出演练评估报告和问题整改清单。",
        "Enter the actual times in actual-times.xlsx (or export them from the console) and run: jiaoying debrief FOLDER-OF-THIS-KIT FILLED-IN-FILE, "
        "for the debrief and the list of corrections.",
    ),
    "kit.times.two_clocks": Text("演练时刻与情景时刻对照", "The two clocks"),
    "kit.times.wall": Text("演练", "wall"),
    "kit.times.night": Text("情景", "scenario"),
    # --- the handbook -------------------------------------------------------------------------------------------------
    "kit.handbook.keep": Text(
        "仅限导调员和评估员使用，不得让参演人员看到。",
        "For controllers and evaluators alone; keep it from the players.",
    ),
    "kit.night.secret": Text(
        "下面是所选一次推演的经过和结果，不得告诉参演人员。",
        "What happened in the run that was chosen; not to be told to players.",
    ),
    "kit.night.opening": Text("开始时告诉参演人员：{said}", "What players are told as it starts: {said}"),
    "kit.no_injects": Text("没有。", "None."),
    "kit.note.timeline": Text(
        "按时刻给出。“情景”是这件事在所选一次推演里发生的时刻。来自参演岗位的，该岗位自己已经打过电话就不再给，只记实际时刻；到时还没有打的由导调员代给。"
        "给出后在“□”里打勾。",
        "Given at their time. 'Scenario' is when it happened in the run that was chosen. What comes from a seat that is played is not given where "
        "that seat has called already, only its time is noted; where it has not, the controllers give it. Tick the box when given.",
    ),
    "kit.note.conditional": Text(
        "到时看条件：条件成立才给，不成立就划去。",
        "Look at the condition when it is due: give it if it holds, else strike it out.",
    ),
    "kit.note.reserve": Text(
        "备用，不排时刻。进度太快、岗位闲着或需要加码时，由总导调决定给哪一条。",
        "Kept ready without a time: the chief controller gives one when things go too fast, a seat is idle or more is wanted.",
    ),
    # --- how papers are used ------------------------------------------------------------------------------------------
    "kit.task.title": Text("任务单：{role}", "Task sheet: {role}"),
    "kit.task.you_are": Text(
        "本次演练中您担任{role}。请按这个岗位平时的职责和预案行动，不必猜导调员想要什么。",
        "In this exercise you are {role}. Act as this post would by its duties and the plan; there is no need to guess what the controllers want.",
    ),
    "kit.task.blind": Text(
        "本次为双盲演练，事先不告知情景。从收到第一条演练信息起行动。",
        "This exercise is double-blind: the situation is not told beforehand. Act from the first message on.",
    ),
    "kit.task.calls_how": Text(
        "与值班表的叫应单一致：从上往下叫，每处按递补顺序，有人应答并复述为止；没有参演的地方由导调员代答。时刻写钟表上的。",
        "As on the call sheet of the roster: from the top down, each desk by its ladder until somebody answers and repeats; controllers answer for "
        "places that do not take part. Write down the clock on the wall.",
    ),
    "kit.task.calls_nobody": Text(
        "本岗位不负责往下叫应；收到后按职责行动，并向上级回复。",
        "This seat calls nobody below it; act by your duties and reply to the desk above.",
    ),
    "kit.task.stands_in": Text(
        "平时由{role}往下叫应；其未接听而由您应答时，由您接手往下叫应，用同一张叫应卡。",
        "{role} calls on as a rule; where that seat does not answer and you do, you call on, by the same call card.",
    ),
    "kit.task.record_how": Text(
        "收到一条、做完一件就记一行；时刻写到分钟。",
        "One line for each message and each thing done; times to the minute.",
    ),
    "kit.have.papers": Text(
        "本任务单、预案附件、演练地图、一块对过时的表。",
        "This sheet, the annex of the plan, the map, a watch that was set.",
    ),
    "kit.have.papers_caller": Text(
        "本任务单、叫应卡、预案附件、演练地图、一块对过时的表。",
        "This sheet, your call card, the annex of the plan, the map, a watch that was set.",
    ),
    "kit.have.telephone": Text("值班电话一部。", "One duty telephone."),
    "kit.have.callers": Text("本值班室能同时往下打电话的：{n}。", "At once this duty room can call with {n}."),
    "kit.have.couriers": Text("能派出送信的：{n}。", "Messengers that can be sent: {n}."),
    "kit.have.fallback": Text(
        "电话打不通时，预案里可改用：{means}。", "Where the telephone fails the plan turns to: {means}."
    ),
    "kit.have.tell": Text("告知住户可用：{means}。", "Households can be told by: {means}."),
    "kit.call.title": Text("叫应卡：{role}", "Call card: {role}"),
    "kit.call.open": Text("开头：“演练、演练。这里是{role}。”", "Begin: 'Exercise, exercise. This is {role}.'"),
    "kit.call.tell": Text(
        "传达：照收到的演练信息念，不加不减。", "Tell: read the message as you had it, no more and no less."
    ),
    "kit.call.repeat": Text(
        "复述：“请您复述一遍。”说错了再念一遍，对了才算应答。",
        "Repeat: 'Please repeat.' Read it again if it is wrong; only then it is answered.",
    ),
    "kit.call.next": Text(
        "未接听：按顺序叫下一岗位；都叫不到，报导调员。",
        "No answer: call the next post; if none answers tell the controllers.",
    ),
    "kit.call.close": Text(
        "结尾：记下接听岗位和时刻，“演练、演练，完毕”。", "Close: note post and time, 'Exercise, exercise, over.'"
    ),
    "kit.call.step": Text("{post}：{by}", "{post}: {by}"),
    "kit.call.step_vacant": Text("{post}（空岗，跳过）", "{post} (vacant, skip)"),
    "kit.sign.keep": Text(
        "姓名、电话由本人手写，只用于本次演练的组织，演练结束后由导调组收存。",
        "Names and numbers are written by hand, serve this exercise alone, and are kept by the controllers after it.",
    ),
    "kit.eval.how": Text(
        "时刻写钟表上的演练时刻，写到分钟；到结束没有做到的写“未完成”，没有给出的写“未下达”，没有记下的写“未记录”。时限和依据照情景抄录，不得改动。",
        "Times are those of the clock on the wall, to the minute; write 'never' where it was not done by the end, 'not given', or 'not recorded'. "
        "Limits and sources are those of the scenario and are not to be changed.",
    ),
    "kit.eval.fair": Text(
        "只写岗位，不写姓名；没有接听的写“未接听”，不作评价。情景时间有压缩，是否按时限由演练评估（复盘）换算后判断。",
        "Posts, no names; who did not answer is 'no answer' and no more. The scenario's time is compressed: whether a limit was kept is told by the "
        "debrief.",
    ),
    "kit.eval.who": Text(
        "评估员：____________　　评估岗位：____________________　　日期：____________",
        "Evaluator: ____________    Seat: ____________________    Date: ____________",
    ),
    "kit.eval.no_limits": Text(
        "本情景没有涉及参演岗位的时限要求。", "The scenario has no requirement that concerns the seats."
    ),
    "kit.list.note": Text(
        "编号：Z主线，按时刻给出；S视情况，到时看条件；B备用，由总导调决定。分钟从演练开始算起。",
        "Numbers: Z on the timeline, S if the condition holds, B in reserve. Minutes count from the start of the exercise.",
    ),
    "kit.actual.how": Text(
        "黄色格填写：时刻写钟表上的演练时刻，如 14:05。主线和关键时刻没有时刻的，在该格或备注里写“未下达”“未完成”（到结束没有做到）"
        "或“未记录”；备用和视情况的没用到就留空。白色格不要改。",
        "Fill in the yellow cells: the clock on the wall, such as 14:05. Where the timeline or a key time has none, write 'not given', 'never' "
        "(not by the end) or 'not recorded', there or in the remark; leave blank what was kept in reserve. Do not change the white ones.",
    ),
    "kit.actual.order": Text(
        "收到时刻不早于给出的时刻，完成时刻不早于收到时刻。",
        "Nothing is received before it was given, nor done before it was received.",
    ),
    "kit.actual.fair": Text(
        "“完成岗位”只写岗位，不写姓名；没有接听的备注“未接听”。",
        "'Done by' is a post and no name; who did not answer is 'no answer' in the remark.",
    ),
    "kit.actual.key_times": Text(
        "关键时刻是各项时限的起止，从这里算出按不按时限；一个地方一行。",
        "Key times are where limits begin and end, and what they are judged by; a line for each place.",
    ),
    "kit.actual.clock": Text(
        "演练什么时候开始、暂停、继续、结束；没有暂停的留空。",
        "When the exercise began, stood still, went on and ended; leave pauses blank that were none.",
    ),
    "kit.annex.own_plan": Text(
        "按情景所用的预案参数整理，供演练查阅；与本县（乡镇、村）现行预案不一致的，以现行预案为准。",
        "Drawn from the parameters of the plan that the scenario uses; where the plan in force differs, that one holds.",
    ),
    "kit.annex.no_contacts": Text("没有通讯录。", "There are no contacts."),
    "kit.annex.no_routes": Text("没有登记的隐患点和安置点。", "No danger zone with a shelter is registered."),
    "kit.flow.how": Text(
        "上一级叫下一级，每处按递补顺序叫到有人应答并复述为止；“×2”是最多叫两次。",
        "Each level calls the next, by the ladder until somebody answers and repeats; ×2 is at most two tries.",
    ),
    "kit.flow.last": Text("应答后按预案逐户告知，需转移的先告知", "tell every household, those that must leave first"),
    "kit.contact.how": Text(
        "只列岗位，不列姓名；空着的号码由本单位演练前填写，用演练电话。",
        "Posts without names; blank numbers are filled in before the exercise, by telephones of the exercise.",
    ),
    "kit.route.how": Text(
        "距离为直线距离；“走哪条路”由村（社区）按实地填写，并注明哪一段下雨时不能走。",
        "Distances are straight lines; the village writes down which way to go, and which stretch cannot be used in rain.",
    ),
    "kit.route.synthetic": Text(
        "隐患点、安置点的位置为合成数据，只供练习；使用前换成本县台账。安置点不得设在隐患点影响范围内。",
        "Where danger points and shelters lie is synthetic, for practice only: put the county's own lists in their place. No shelter may stand "
        "within reach of a danger.",
    ),
    "kit.route.more": Text(
        "只列人数最多的{n}处，另有{more}处，见各乡镇（街道）的转移人员名册。",
        "The {n} zones with most persons; {more} more are on the transfer lists of the townships.",
    ),
    "kit.map.title": Text("{where}演练地图", "Map for the exercise: {where}"),
    "kit.map.source": Text(
        "示意图：位置取自情景数据，不能用于导航；不表示演练的经过和结果",
        "Schematic: positions are those of the scenario's data, not for navigation; nothing of what happens is shown",
    ),
    "kit.readme.when": Text("时间：{begin}—{end}", "When: {begin} to {end}"),
    "kit.readme.secret": Text(
        "注意：只有“{players}”和“{everyone}”里的材料可以给参演人员看，其余一律不得给。",
        "Mind: players may see what lies in '{players}' and '{everyone}' and nothing else.",
    ),
    "kit.readme.holds": Text("一、有哪些材料", "What is in it"),
    "kit.readme.paper": Text("  {path}：{what}；{how}", "  {path}: {what}; {how}"),
    "kit.readme.program": Text("  kit.json 供程序读取，不要改动。", "  kit.json is for the program, do not change it."),
    "kit.readme.steps": Text("二、什么时候做什么", "What to do when"),
    "kit.readme.step": Text("  {n}. {when}：{todo}", "  {n}. {when}: {todo}"),
    "kit.what.handbook": Text("导调员人手一份", "for every controller"),
    "kit.what.inject_list": Text("全部导调信息，总导调用", "every inject, for the chief controller"),
    "kit.what.inject_cards": Text(
        "导调信息卡，一条一张，按时递给参演岗位", "a card for each inject, handed over at its time"
    ),
    "kit.what.console": Text("导调台，用浏览器打开，不需要联网", "the console, opens in a browser without any network"),
    "kit.what.actual_times": Text("演练后填写实际时刻", "to be filled in afterwards"),
    "kit.what.task_sheets": Text(
        "任务单，每个岗位一份，只发给本岗位", "a task sheet for each seat, for that seat alone"
    ),
    "kit.what.call_cards": Text("叫应卡，发给往下打电话的岗位", "call cards, for seats that call others"),
    "kit.what.annex": Text(
        "叫应流程、时限、通讯录、撤离路线，每处一份", "who calls whom, limits, contacts, routes; one for each desk"
    ),
    "kit.what.map": Text("演练地图，贴在墙上", "the map, for the wall"),
    "kit.what.sign_in": Text("签到表", "the sign-in sheet"),
    "kit.what.evaluation": Text("评估员人手一份", "for every evaluator"),
    "kit.what.evaluation_book": Text("同一份评估表，在电脑上填", "the same forms, to fill in on a computer"),
    "kit.given.before": Text("演练前发", "goes out before"),
    "kit.given.at_start": Text("开始时发", "goes out as it starts"),
    "kit.given.during": Text("演练中按时给", "goes out while it runs"),
    "kit.given.after": Text("演练后用", "for afterwards"),
    "kit.print.a4": Text("A4双面打印", "print on A4, both sides"),
    "kit.print.a4_each": Text("A4双面打印，各岗位分开", "print on A4, both sides, each by itself"),
    "kit.print.a4_across": Text("A4横向打印", "print on A4 across"),
    "kit.print.a3": Text("A3横向打印", "print on A3 across"),
    "kit.print.a5": Text("A5单面打印（或A4一页两张裁开）", "print on A5, one side (or two to an A4 and cut)"),
    "kit.print.screen": Text("不必打印", "need not be printed"),
}
"""Sentences on the papers of an exercise, by key."""
