"""What injects can be about, in the order of how much an exercise needs them, and what is said of each.

A theme says how many injects about it each size takes before others have had their turn, and which step of the chain (``records.STEPS``) it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.errors import Text
from sim.exercise.kit import Size

Desk = Literal["main", "leader", "deputy"]
"""Who at a desk is told: who answers the telephone, who decides, who takes reports."""
_SIZES: tuple[Size, ...] = ("village", "enterprise", "township", "county")


@dataclass(frozen=True)
class Theme:
    """A theme; ``quota`` in the order village, enterprise, township, county. Texts have blanks."""

    quota: tuple[int, int, int, int]
    step: str
    desk: Desk
    text: Text
    expected: Text
    evaluator: Text

    def most(self, size: Size) -> int:
        """Return how many injects about it an exercise of a size takes at first."""
        return self.quota[_SIZES.index(size)]


THEMES: dict[str, Theme] = {
    "identified": Theme(
        (0, 0, 0, 1),
        "waiting",
        "main",
        Text(
            "监测预报部门报告：本县{hazard}已达到预警发布条件，建议立即会商。",
            "The monitoring services report: {hazard} in this county has reached the threshold of a warning; consult at once.",
        ),
        Text(
            "报告带班领导，启动会商研判，通知会商成员单位到位。",
            "Tell the leader on duty, begin the consultation, call its members in.",
        ),
        Text(
            "记下会商开始的时刻，是否同步通知参加会商的单位。",
            "Note when the consultation begins, and whether its members are told at once.",
        ),
    ),
    "consulted": Theme(
        (0, 0, 0, 3),
        "signing",
        "leader",
        Text("会商意见已形成，建议：{act}。请签发。", "The consultation proposes: {act}; please sign."),
        Text("审核签发，并明确叫应范围和时限。", "Check and sign, say who is to be called and by when."),
        Text("签发用了几分钟；是否明确叫应范围。", "Minutes to sign; is it said who is to be called."),
    ),
    "received_warning": Theme(
        (2, 0, 3, 3),
        "talking",
        "main",
        Text(
            "{caller}来电（{means}）：{news}，请你处立即{task}并反馈；接听后请复述要点。",
            "{caller} ({means}): {news}. {task} and report back. Repeat the main points.",
        ),
        Text(
            "应答并复述，登记来电时刻，{then}。",
            "Acknowledge and repeat, note the time of the call, {then}.",
        ),
        Text(
            "记下应答时刻，是否复述、是否登记；从应答到{first}用了几分钟。",
            "Note when it is acknowledged, repeated, registered; and the minutes until {first}.",
        ),
    ),
    "received_order": Theme(
        (2, 0, 2, 3),
        "talking",
        "main",
        Text(
            "{caller}来电（{means}）：{news}，请对照应转移人员清单立即部署，逐户落实并反馈。",
            "{caller} ({means}): {news}. Go through the list of those who must move, house by house, and report back.",
        ),
        Text(
            "应答并复述，调出应转移人员清单，明确到户责任人、转移路线和安置点，逐户通知。",
            "Acknowledge and repeat, take out the list, name who goes to which house, the route and the shelter, tell house by house.",
        ),
        Text(
            "记下开始入户的时刻；清单、责任人、路线、安置点是否对应到户；需协助转移人员是否先安排。",
            "Note when the first door is knocked at; is each house matched with a person, route and shelter; are those who need help first.",
        ),
    ),
    "received_response": Theme(
        (0, 0, 2, 2),
        "talking",
        "main",
        Text(
            "{caller}来电（{means}）：{news}，请按响应指令上岗到位并反馈。",
            "{caller} ({means}): {news}. Take up your posts as the response says and report back.",
        ),
        Text(
            "应答并签收指令，报告主要负责人，按响应级别调配值守和队伍。",
            "Acknowledge and sign for it, tell the head, post staff and teams as the level says.",
        ),
        Text(
            "记下签收时刻；是否按响应级别增加值守、前置队伍。",
            "Note when it is signed for; are more staff and teams posted as the level says.",
        ),
    ),
    "site_called": Theme(
        (0, 2, 1, 0),
        "talking",
        "main",
        Text(
            "{caller}来电（{means}）：{news}，请你单位立即按预案准备，清点人数并反馈；接听后请复述要点。",
            "{caller} ({means}): {news}. Get ready by your plan, count your people and report back. Repeat the main points.",
        ),
        Text(
            "应答并复述，登记来电时刻，报告单位负责人，清点在场人数，检查撤离通道。",
            "Acknowledge and repeat, note the time, tell the head of the site, count who is there, see that the ways out are open.",
        ),
        Text(
            "记下应答时刻；几分钟内报出在场人数和需协助人数。",
            "Note when it is acknowledged; minutes until the number present and those who need help are reported.",
        ),
    ),
    "released": Theme(
        (0, 0, 0, 4),
        "releasing",
        "main",
        Text("发布平台回执：{news}，{means}。", "Receipt of the platform: {news}; {means}."),
        Text(
            "核对发布内容，按叫应名单开始叫应，登记首个电话打出的时刻。",
            "Check what was released, begin to call those on the list, note when the first call goes out.",
        ),
        Text(
            "记下从发布到打出第一个叫应电话的分钟数；是否先叫应应转移人员多的地方。",
            "Note the minutes from release to the first call; are places with most persons to move called first.",
        ),
    ),
    "unanswered": Theme(
        (2, 1, 3, 3),
        "ringing",
        "main",
        Text("你处叫应{place}·{post}（{means}）：{how}。", "You call {post} of {place} ({means}): {how}."),
        Text(
            "如实登记，按叫应递补顺序改叫下一岗位或改用其他手段，不得只打一个电话等候。",
            "Note it, go on to the next post of the ladder or another means; do not wait on one number.",
        ),
        Text(
            "几分钟内改叫下一岗位；是否按递补顺序；叫应登记是否完整。",
            "Minutes until the next post is called; is the ladder kept to; is the call register complete.",
        ),
    ),
    "sighting": Theme(
        (2, 0, 2, 2),
        "sighting",
        "main",
        Text(
            "{monitor}报告：{place}有险情（{cause}），请求指示。",
            "{monitor} reports: a sign of danger at {place} ({cause}); what shall be done?",
        ),
        Text(
            "先组织受威胁群众撤离，再上报；派人警戒，严禁返回。",
            "First get those threatened away, then report; post guards, let nobody back.",
        ),
        Text(
            "是否先撤人、后上报；从接报到发出撤离通知用了几分钟。",
            "Are people moved before it is reported; minutes from the report to the call to leave.",
        ),
    ),
    "lifted": Theme(
        (1, 1, 1, 2),
        "releasing",
        "main",
        Text("正式通知：{news}。", "Official notice: {news}."),
        Text(
            "通知所辖范围和安置点；仍有险情的不得返回，确认安全的核清人数后有序返回，转入灾情核查。",
            "Tell everybody in your area and the shelters; nobody returns where there is danger still, elsewhere people go home in order once "
            "counted; go over to assessing damage.",
        ),
        Text(
            "是否先核查再返回；有没有防止提前返回。",
            "Is it checked before anybody goes home; does anybody go home early.",
        ),
    ),
    "next_step": Theme(
        (1, 1, 2, 2),
        "talking",
        "main",
        Text(
            "按递补顺序改叫{place}·{post}（{means}）：已接通。",
            "Going down the ladder, {post} of {place} ({means}) answers.",
        ),
        Text(
            "通报要点、请对方复述，登记应答岗位和时刻。",
            "Give the main points, have them repeated, note the post and the minute.",
        ),
        Text("是否要求复述；登记的岗位和时刻是否准确。", "Is repetition asked for; are post and minute noted right."),
    ),
    "unreachable": Theme(
        (2, 1, 1, 1),
        "ringing",
        "main",
        Text(
            "设定：从现在起你（{post}）接不到{means}，不知道有来电；在别人当面告诉你之前，不参与处置。",
            "Suppose that from now on you ({post}) do not hear the {means} and know of no call; keep out of it until somebody tells you in person.",
        ),
        Text(
            "未接听的岗位暂不参与；同一处其他岗位（没有人担任的由导调员代）按叫应递补顺序接听，并派人当面通知未接听的岗位。",
            "The seat that does not answer keeps still; others of the desk (controllers for empty seats) answer as the ladder says, and send "
            "somebody to tell it in person.",
        ),
        Text(
            "由谁补位、用了几分钟；未接听的岗位最后是怎样得知的。",
            "Who takes over and after how many minutes; how the one who did not answer comes to know.",
        ),
    ),
    "silent": Theme(
        (1, 0, 2, 3),
        "retrying",
        "leader",
        Text(
            "{place}按递补顺序全部叫过，仍无人应答。",
            "Everybody on the ladder of {place} was called; nobody has answered.",
        ),
        Text(
            "立即改用其他手段（电台、卫星电话、邻村转告、派人送信），同时报告上级。",
            "Go over to other means at once (radio, satellite phone, the next village, a messenger) and tell the level above.",
        ),
        Text(
            "是否把“叫不应”当作险情处置；派出人员的时刻和路线。",
            "Is silence taken for danger; when is somebody sent, and by which way.",
        ),
    ),
    "dark": Theme(
        (1, 1, 2, 3),
        "no_service",
        "main",
        Text(
            "通信部门通报：{place}基站退服，手机和数据业务中断。",
            "The carriers report: the sites of {place} are down, no mobile service.",
        ),
        Text(
            "启用备用通信手段，派人到场，向上级报告断联范围并请求应急通信保障。",
            "Use other means, send somebody, report which places are cut off and ask for emergency communications.",
        ),
        Text(
            "多久判明断联；改用了哪种手段；是否列出断联村和其中应转移人数。",
            "How long until it is understood; which means is used; are the villages cut off and their persons to move listed.",
        ),
    ),
    "onset": Theme(
        (1, 1, 2, 2),
        "sighting",
        "leader",
        Text(
            "{place}·{zone}处发生灾害，人员和房屋情况正在核实。",
            "Disaster has struck at the {zone} of {place}; people and houses are being checked.",
        ),
        Text(
            "核清在册人员去向，封控现场防次生灾害，立即按初报要求报送并请求救援。",
            "Account for everybody on the list, close the site against further slides, send the first report and ask for rescue.",
        ),
        Text(
            "几分钟内报出初报；人员数与清单是否一致；是否再次核查有无返回人员。",
            "Minutes until the first report; do the numbers agree with the list; is it checked whether anybody went back.",
        ),
    ),
    "report_due": Theme(
        (1, 0, 1, 1),
        "relaying",
        "deputy",
        Text(
            "{place}开始转移，应转移人数已清点，初报时间已到。",
            "{place} has begun to move its people and has counted them; the first report is due.",
        ),
        Text(
            "按“应转×户×人、已转×户×人”报送初报，之后按规定续报。",
            "Send the first report: so many households and persons due, so many moved; then follow-ups as the rules say.",
        ),
        Text(
            "初报是否含时间、地点、应转和已转人数；有无漏报、重报。",
            "Does the report give time, place, due and moved; is anything left out or counted twice.",
        ),
    ),
    "reported": Theme(
        (0, 0, 3, 4),
        "relaying",
        "deputy",
        Text("收到{place}{kind}（{means}）：{figures}。", "From {place}, {kind} ({means}): {figures}."),
        Text(
            "登记、汇总，与上次数字比对，按时限向上级报送。",
            "Register it, add it up, compare with the last one, report upward within the limit.",
        ),
        Text("汇总数字是否正确；向上报送是否在时限内。", "Is the sum right; is it reported upward within the limit."),
    ),
    "road": Theme(
        (1, 1, 1, 2),
        "travelling",
        "leader",
        Text(
            "道路管理部门通报：{place}至{other}道路中断，车辆无法通行。",
            "The road services report: the road from {place} to {other} is cut; no vehicle passes.",
        ),
        Text(
            "调整转移路线和送信路线，设置警戒，通知受影响的村和安置点，报告上级。",
            "Change routes for moving people and messengers, put up barriers, tell the villages and shelters concerned, report.",
        ),
        Text("是否及时改线并通知到转移途中的人员。", "Are routes changed in time, and those on the way told."),
    ),
    "fallback": Theme(
        (1, 0, 2, 3),
        "setting_up",
        "main",
        Text(
            "经{means}与{place}·{post}联系上，对方已应答。",
            "{post} of {place} was reached by {means} and has acknowledged.",
        ),
        Text("登记所用手段和应答时刻，约定下次联络时间。", "Note the means and the minute, agree when to speak next."),
        Text("备用手段谁会用、几分钟开通。", "Who can use the other means, and how long it takes to set up."),
    ),
    "messenger": Theme(
        (1, 0, 2, 2),
        "travelling",
        "main",
        Text("派往{place}的送信人员{how}。", "The messenger sent to {place} {how}."),
        Text(
            "登记出发、到达时刻，途中安全有专人负责；未找到人的立即改派。",
            "Note when they set out and arrive, somebody watches over their safety; if nobody is found send on at once.",
        ),
        Text("派人是否考虑道路中断；有没有第二方案。", "Are cut roads thought of; is there a second plan."),
    ),
    "refuses": Theme(
        (1, 0, 1, 1),
        "visiting",
        "leader",
        Text(
            "{place}一户（{persons}人）经劝导仍不愿转移。", "A household of {persons} at {place} still will not leave."
        ),
        Text(
            "由负责人再次上门，必要时依法采取强制转移措施，并做好记录。",
            "Whoever is in charge goes there; if need be people are moved by law; keep a record.",
        ),
        Text(
            "劝导几次、谁去的、有无记录；是否明确依法处置的权限。",
            "How often, by whom, is it recorded; is it clear who may order it.",
        ),
    ),
    "needs_help": Theme(
        (1, 0, 1, 0),
        "visiting",
        "main",
        Text(
            "{place}一户（{persons}人）已准备好转移，但有老人行动不便，无法自行离开。",
            "A household of {persons} at {place} is ready to leave, but cannot: an old person cannot walk alone.",
        ),
        Text(
            "指定帮扶人员和车辆（担架），明确先后，落实到人。",
            "Name helpers and a vehicle or stretcher, settle who goes first.",
        ),
        Text(
            "几分钟内帮扶人员到户；清单上是否早已标明该户需要协助。",
            "Minutes until helpers are there; did the list say that the household needs help.",
        ),
    ),
    "shelter_full": Theme(
        (1, 0, 1, 2),
        "passing_on",
        "leader",
        Text("{place}安置点已满，仍有群众到达。", "The shelter at {place} is full and people still arrive."),
        Text(
            "启用备用安置点，通知途中人员改道，调运物资。",
            "Open another shelter, turn those on the way, move supplies.",
        ),
        Text(
            "几分钟内定下备用安置点；是否通知到路上的人。",
            "Minutes until another is opened; are those on the way told.",
        ),
    ),
    "asked_for_help": Theme(
        (1, 0, 1, 2),
        "waiting",
        "leader",
        Text("{place}报告：帮扶力量不足，请求支援。", "{place} reports: not enough helpers; send reinforcements."),
        Text(
            "核实需要的人数和车辆，就近调派队伍并告知到达时间。",
            "Settle how many and which vehicles, send the nearest team, say when it comes.",
        ),
        Text("几分钟内派出；是否选了路通的最近队伍。", "Minutes until it leaves; is it the nearest with an open road."),
    ),
    "key_site_moves": Theme(
        (0, 1, 1, 1),
        "preparing",
        "main",
        Text(
            "{place}·{kind}接到转移要求，在场{persons}人。",
            "The {kind} at {place} is told to leave; {persons} persons are there.",
        ),
        Text(
            "按本单位预案组织撤离，分批清点，逐批报告。",
            "Leave by the plan of the site, count group by group, report each.",
        ),
        Text("谁带队、走哪条路、清点几次。", "Who leads, by which way, how often are people counted."),
    ),
    "key_site_silent": Theme(
        (0, 0, 1, 2),
        "ringing",
        "main",
        Text("叫应{place}·{kind}值班人员，未接听。", "The {kind} at {place} is called: no answer."),
        Text("改叫该单位负责人，请所在村社派人上门。", "Call the head of the site, have the village send somebody."),
        Text(
            "是否掌握该单位负责人电话；多久有人到场。",
            "Is the number of its head known; how long until somebody is there.",
        ),
    ),
    "power": Theme(
        (1, 1, 1, 2),
        "no_service",
        "main",
        Text(
            "供电部门通报：{place}停电，恢复时间未定。",
            "The power company reports: {place} is without mains; nobody knows how long.",
        ),
        Text(
            "启用发电机和备用电池，改用不靠市电的手段，提前调配发电设备。",
            "Start generators, use means that need no mains, move generators in time.",
        ),
        Text(
            "是否预判停电之后还会断网，提前改用其他手段。",
            "Is it foreseen that service will fail after the mains, and acted on.",
        ),
    ),
    "key_site_answered": Theme(
        (0, 1, 1, 1),
        "talking",
        "main",
        Text(
            "{place}·{kind}值班人员应答：已收到通知，在岗待命。",
            "The {kind} at {place} acknowledges: told, and standing by.",
        ),
        Text(
            "问清在场人数、需协助人员和转移方案，登记备查。",
            "Ask how many are there, who needs help, and how they would leave; note it.",
        ),
        Text("是否问清人数和方案；是否约定再次联络时间。", "Are numbers and plan asked for; is the next call agreed."),
    ),
    "key_site_safe": Theme(
        (0, 1, 1, 0),
        "walking",
        "main",
        Text(
            "{place}·{kind}人员已全部到达安置点，清点完毕。",
            "Everybody of the {kind} at {place} has arrived and been counted.",
        ),
        Text("报告人数，安排值守，防止返回。", "Report the number, keep watch, let nobody back."),
        Text("清点数与在册数是否一致。", "Do the numbers agree with the list."),
    ),
    "first_safe": Theme(
        (1, 0, 1, 1),
        "walking",
        "main",
        Text("{place}第一批转移人员到达安置点。", "The first people from {place} have reached the shelter."),
        Text(
            "登记、清点、与清单比对，安排物资和医疗。",
            "Register and count them, hold it against the list, see to supplies and medical care.",
        ),
        Text("清点数与清单是否一致；有没有漏户。", "Do the numbers agree with the list; is any house missing."),
    ),
    "restored": Theme(
        (1, 1, 1, 1),
        "no_service",
        "main",
        Text("{place}通信已恢复。", "Service is back at {place}."),
        Text(
            "立即补叫未应答的岗位，核对断联期间的转移和人员情况。",
            "Call those who have not answered, check what happened meanwhile.",
        ),
        Text(
            "恢复后几分钟内补叫；断联期间的情况是否补报。",
            "Minutes until they are called again; is the time cut off reported.",
        ),
    ),
    "beside": Theme(
        (1, 0, 1, 2),
        "busy",
        "main",
        Text("{cause}：{news}，请你处确认并做好准备。", "{cause}: {news}. Please confirm and get ready."),
        Text(
            "应答并登记来电单位，不等正式通知先行准备，向上级值班室核实。",
            "Acknowledge, note who called, get ready without waiting for the formal call, check with the desk above.",
        ),
        Text(
            "几条线来的要求是否一致；重复来电是否影响往下叫应。",
            "Do all lines ask for the same; do calls that repeat it delay the calls below.",
        ),
    ),
    "busy": Theme(
        (1, 0, 1, 1),
        "busy",
        "main",
        Text(
            "{place}·{post}电话占线，多个部门正在同时叫应。",
            "{post} of {place} is engaged; several departments are calling.",
        ),
        Text(
            "改打其他号码或改叫副职，与部门协调只打一次。",
            "Try another number or the deputy, agree with the departments to call once.",
        ),
        Text(
            "占线几分钟后改叫他人；是否建立统一叫应。",
            "Minutes before somebody else is called; is calling put into one hand.",
        ),
    ),
    "responsible": Theme(
        (0, 0, 1, 1),
        "ringing",
        "main",
        Text(
            "责任人名册：{place}·{post}（{means}）未应答。",
            "From the register of responsible persons: {post} of {place} does not answer ({means}).",
        ),
        Text(
            "按名册顺序改叫下一位，报告上级，登记未接听。",
            "Go to the next on the register, tell the level above, note it.",
        ),
        Text(
            "责任人叫应是否与值班叫应并行；登记是否完整。",
            "Is the register called beside the duty ladder; is it noted fully.",
        ),
    ),
    "returned": Theme(
        (1, 0, 1, 0),
        "visiting",
        "leader",
        Text(
            "{place}有已转移人员（{persons}人）擅自返回家中。",
            "A household of {persons} has gone home to {place} by itself.",
        ),
        Text(
            "立即再次劝离，加强警戒和宣传，核清返回人数。",
            "Bring them away again, post more guards, count who has gone back.",
        ),
        Text(
            "有没有防止返回的措施；多久发现、多久再次转移。",
            "Are there guards; how long until it is seen, and until they are away again.",
        ),
    ),
    "reinforced": Theme(
        (1, 0, 1, 1),
        "travelling",
        "main",
        Text("增援队伍到达{place}。", "Reinforcements have reached {place}."),
        Text("说明任务分工，编入转移小组，登记到达时刻。", "Brief them, put them into teams, note when they came."),
        Text("到达后几分钟投入；是否与本地力量混编。", "Minutes until they work; are they mixed with local people."),
    ),
    "helper": Theme(
        (1, 0, 1, 0),
        "visiting",
        "main",
        Text(
            "帮扶人员已把{place}一户（{persons}人）送出，正前往安置点。",
            "Helpers have brought a household of {persons} out of {place}; they are on the way.",
        ),
        Text("登记离家时刻，报告途中情况，安排下一户。", "Note when it left, report on the way, go to the next."),
        Text(
            "帮扶顺序是否合理，能否及时接续下一户。", "Is the order sensible, is the next household taken up in time."
        ),
    ),
    "supplies": Theme(
        (1, 0, 1, 1),
        "travelling",
        "deputy",
        Text("生活物资送达{place}安置点。", "Supplies have reached the shelter at {place}."),
        Text("核对数量并发放，登记缺口。", "Count and hand them out, note what is missing."),
        Text("是否核对人数与物资；缺口是否上报。", "Are numbers held against supplies; is what is missing reported."),
    ),
    "received_local": Theme(
        (1, 0, 1, 1),
        "passing_on",
        "main",
        Text(
            "{caller}通报：附近出现险情，你处做好转移准备并加强巡查。",
            "{caller} tells you: danger nearby; get ready to move and send out patrols.",
        ),
        Text(
            "通知受威胁户，安排巡查，按就地预警处置并上报。",
            "Tell those threatened, send patrols, act on it as a local warning and report.",
        ),
        Text("是否立即通知到户，不等上级指令。", "Are households told at once, without waiting for an order."),
    ),
    "sighting_reported": Theme(
        (0, 0, 0, 1),
        "relaying",
        "main",
        Text("下级报来首次险情。", "The first sign of danger is reported from below."),
        Text(
            "核实地点和威胁人数，启动会商，视情下达转移指令。",
            "Settle where and how many are threatened, consult, order people to leave if need be.",
        ),
        Text("从接报到指令下达用了几分钟。", "Minutes from the report to the order."),
    ),
    "dispatched": Theme(
        (1, 0, 0, 0),
        "preparing",
        "main",
        Text("{place}叫应组已出动，开始逐户通知。", "The team of {place} has set out and goes from house to house."),
        Text(
            "明确先后顺序（先隐患点内的户），约定回报时间。",
            "Settle the order (those in danger zones first), agree when they report.",
        ),
        Text("是否先走应转移户；多久回报一次。", "Are listed households first; how often do they report."),
    ),
}
"""The themes: the first ones come first where there is not room for all."""
