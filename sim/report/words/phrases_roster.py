"""Texts about the roster: the drill of a month. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_ROSTER = {
    "drill.title": Text("值班表抽查：{county} {first}至{last}", "Roster drill: {county}, {first} to {last}"),
    "drill.outside": Text(
        "值班表从{begin}起、到{end}止，其外的{n}个时刻没有抽查。",
        "The roster is from {begin} until {end}; {n} hours outside it were not drilled.",
    ),
    "drill.unlisted": Text(
        "{level}中有{n}个（共{of}个）未列入值班表，按合成人员推演，不代表实际值守。",
        "Of {of} {level} {n} are not on the roster and have made-up holders: of who really stands there this says nothing.",
    ),
    "drill.method": Text(
        "推演方法：逐日逐时（共{hours}个时刻）由县值班室向下叫应一次，每个时刻推演{nights}次；断网断电断路、住户和转移都不计。",
        "Method: at each of {hours} hours the county duty room calls its desks once, in {nights} simulated runs; outages, households and "
        "evacuation are left out.",
    ),
    "drill.all": Text(
        "全部{level}{limit}内应答：各时刻平均{mean}的推演做到；最差的是{worst}起，{share}（{nights}次中{met}次，误差范围{low}—{high}次）。",
        "All {level} answer within {limit}: in {mean} of the runs, mean of all hours; worst from {worst} on, {share} "
        "({met} of {nights} runs, margin {low} to {high}).",
    ),
    "drill.same": Text(
        "全部{level}{limit}内应答：每个时刻都是{share}（{nights}次中{met}次，误差范围{low}—{high}次）。",
        "All {level} answer within {limit}: in {share} at every hour ({met} of {nights} runs, margin {low} to {high}).",
    ),
    "drill.desks": Text(
        "{level}中最常超时的有{n}个，如{desk}：各时刻平均{share}的推演超时。",
        "Of the {level}, {n} are late most often, {desk} among them: in {share} of the runs, mean of all hours.",
    ),
    "drill.day": Text(
        "{level}叫应最弱的值班日：{day}（交接班到次日交接班），平均{share}。",
        "Weakest duty day for {level}: {day} (handover to handover), {share} in the mean.",
    ),
    "drill.desk": Text(
        "{level}中最常超时的值班室：{desk}，各时刻平均{share}的推演超时。",
        "Of the {level}, {desk} is late most often: in {share} of the runs, mean of all hours.",
    ),
    "drill.step": Text(
        "{level}平均每次叫应{total}分钟，最费时的是{step}（{minutes}分钟）。",
        "Calling {level} takes {total} min each in the mean; most of it is {step} ({minutes} min).",
    ),
    "drill.caution": Text(
        "接听概率没有本县实测，按岗位的规划假设推演；同一编号的推演在各时刻运气相同，时刻之间的差别只来自谁在岗和几点钟。结果按值班室和岗位，不涉及个人考核。",
        "How likely people answer is a planning assumption by post, not measured here. Runs of one number have the same luck at every hour: hours "
        "differ by who is on duty and by the clock alone. Results are by desk and post; they judge nobody.",
    ),
    "drill.figure": Text("全部{level}{limit}内应答的概率", "Probability that all {level} answer within {limit}"),
    "drill.hour": Text("时", "hour"),
    "drill.day_of_month": Text("日", "day"),
    "drill.tab.hours": Text("逐时", "By hour"),
    "drill.tab.days": Text("值班日", "Duty days"),
    "drill.tab.desks": Text("值班室", "Desks"),
    "drill.tab.steps": Text("时间花在哪里", "Where the minutes went"),
    "drill.tab.summary": Text("摘要", "Summary"),
    "drill.col.start": Text("叫应开始", "Call-out begins"),
    "drill.col.level": Text("层级", "Level"),
    "drill.col.in_time": Text("按时的概率", "Probability in time"),
    "drill.col.low": Text("误差范围下限", "Interval, low"),
    "drill.col.high": Text("误差范围上限", "Interval, high"),
    "drill.col.last": Text("最后一个应答（分钟，中位）", "Last answer (min, median)"),
    "drill.col.never": Text("有人始终未应答的推演", "Runs with somebody who never answers"),
    "drill.col.day": Text("值班日", "Duty day"),
    "drill.col.desk": Text("值班室", "Desk"),
    "drill.col.code": Text("编码", "Code"),
    "drill.col.late": Text("超时的概率", "Probability of being late"),
    "drill.col.worst": Text("最差的时刻", "Worst hour"),
    "drill.col.worst_late": Text("那时超时的概率", "Late then"),
    "drill.col.step": Text("步骤", "Step"),
    "audit.title": Text("值班表审查：{county} {first}至{last}", "Roster audit: {county}, {first} to {last}"),
    "audit.count": Text("{severity}{n}项", "{severity}: {n}"),
    "audit.found": Text("共查出：{counts}。", "Found: {counts}."),
    "audit.nothing": Text("没有查出问题。", "Nothing found."),
    "audit.remedy": Text("办法：{remedy}", "remedy: {remedy}"),
    "audit.more": Text("……另有{n}项，见工作簿。", "… and {n} more, in the workbook."),
    "audit.caution": Text(
        "审查的是值班表本身，不评价个人；各项限度（班次间休息12小时、连续值班24小时等）为规划假设，以本县规定为准。",
        "What is examined is the roster itself; it judges nobody. The limits (12 h between shifts, spells of 24 h and others) are planning "
        "assumptions; the county's own rules go first.",
    ),
    "audit.tab.all": Text("全部", "All"),
    "audit.col.severity": Text("程度", "Severity"),
    "audit.col.kind": Text("问题", "What"),
    "audit.col.count": Text("项数", "Count"),
    "audit.col.from": Text("从", "From"),
    "audit.col.to": Text("到", "To"),
    "audit.col.hours": Text("涉及时长（时·室）", "Desk-hours concerned"),
    "audit.col.detail": Text("情况", "Detail"),
    "audit.col.remedy": Text("修改办法", "Remedy"),
    "audit.col.lines": Text("值班表第几行", "Lines of the table"),
    "audit.col.cells": Text("单元格", "Cells"),
    "audit.cell": Text(
        "【{severity}】{kind}：{detail}\n办法：{remedy}", "[{severity}] {kind}: {detail}\nRemedy: {remedy}"
    ),
    "audit.cell.more": Text("……另有{n}项，见审查工作簿。", "… and {n} more, in the workbook of the audit."),
    "audit.marked.tab": Text("审查标记说明", "Audit marks"),
    "audit.marked.title": Text("{book} 审查标记 {first}至{last}", "Marks of the audit in {book}, {first} to {last}"),
    "audit.marked.how": Text(
        "有问题的格按程度涂色，批注写明情况和办法：缺人的是当天那一格姓名，号码有误或没有的是电话格。下表是落不到某一格的问题（如表里没有的值班室）。"
        "这是副本，改请在原表上改；公式已换成数值，身份证号已去掉。",
        "Cells to put right are coloured, with the finding and its remedy as a comment: where somebody is missing the cell of that day, where a "
        "number is wrong or missing its cell. The table below has what rests on no cell, such as duty rooms that the workbook lacks. This is a "
        "copy: correct the original. Formulas gave way to their values; identity numbers are left out.",
    ),
    "audit.cell.question": Text("【读表时的疑问】{text}", "[Open question of the import] {text}"),
    "audit.marked.absent": Text(
        "“{level}”一级有{n}个值班室在读入的表里没有写人：{names}",
        "{n} duty rooms of the level {level} have nobody in the rosters read: {names}",
    ),
    "audit.marked.more": Text("……另有{n}个", " … and {n} more"),
    "audit.marked.question": Text(
        "读表时的疑问：{text}（涉及{rows}行）", "Open question of the import: {text} ({rows} rows)"
    ),
    "audit.marked.colour": Text("{severity}：本表{n}格", "{severity}: {n} cells of this workbook"),
    "import.taken": Text(
        "读入{desks}个值班室的{shifts}个班次，{persons}人。",
        "Read {shifts} shifts of {desks} duty rooms, {persons} persons.",
    ),
    "import.nothing": Text(
        "没有读出任何班次。请回答下面的问题：年份用 --year；各列和标记的含义写进版式文件，用 --mapping；其余在值班表里改。",
        "No shift was read. Answer the questions below: the year by --year, what columns and marks mean by a mapping and --mapping, the rest in "
        "the roster itself.",
    ),
    "import.notes": Text(
        "另有{n}处要说明（其中{unused}处没有用上），见 notes.csv，逐格写明。",
        "{n} notes, cell by cell, in notes.csv; {unused} of them are about cells not used.",
    ),
    "import.notes_elsewhere": Text(
        "另有{n}处要说明（其中{unused}处没有用上）；用 roster import 读一次，会逐格列在 notes.csv。",
        "{n} notes, {unused} of them about cells not used; roster import lists them cell by cell in notes.csv.",
    ),
    "import.questions": Text("有{n}个问题要您定，最要紧的是：", "{n} questions are yours to answer; first of all:"),
    "import.question": Text("{n}. {text}（涉及{rows}行）", "{n}. {text} ({rows} rows)"),
    "plan.title": Text("排班：{county} {month}", "Roster planned: {county}, {month}"),
    "plan.done": Text(
        "排了{desks}个值班室{duties}班；同一值班室里担任同样岗位的人最多相差{spread}天（请假、搭班、按周轮会使相差变大）。",
        "{desks} duty rooms, {duties} duties; those who hold the same posts of a room differ by {spread} days at most (leave, pairs, weeks add).",
    ),
    "plan.full": Text("每个岗位每天都有人。", "Every post is held on every day."),
    "plan.empty": Text("有{n}处排不出人，原因如下：", "{n} duties cannot be filled:"),
    "plan.why": Text("{desk} {day} {post}：{why}", "{desk}, {day}, {post}: {why}"),
    "plan.person": Text("{who}{why}", "{who} {why}"),
    "plan.nobody": Text("没有人担任这个岗位", "nobody holds this post"),
    "plan.how": Text(
        "先保证每个岗位有人，再让周末、节假日的班次均衡，再让总天数均衡；值班后休息的天数是规划假设。用的是现有值班表上的人和他们担任的岗位。",
        "First that every post is held, then that days off are shared evenly, then all days; the rest after a duty is a planning assumption. "
        "People and posts are those of the roster as it stands.",
    ),
    "plan.exchanges": Text(
        "为了应答更快，同一岗位的人之间调换了{n}处（休息、请假、搭班和各人天数不变）。",
        "To answer sooner, {n} duties changed places among people of one post (rest, leave, pairs and loads as before).",
    ),
    "plan.alike": Text(
        "同一岗位的人在模型中没有差别（人员表没有写谁能联系上的概率不同），调换日子不会更快，没有调换。",
        "People of one post are alike in the model (the table of persons says of nobody how likely they can be reached): exchanging days cannot "
        "make it faster, and none were.",
    ),
    "plan.none_wins": Text(
        "在休息、请假、搭班和负担不变的前提下，没有哪一处调换能让应答更快，没有调换。",
        "With rest, leave, pairs and loads as they are no exchange of days would answer sooner: none were made.",
    ),
    "plan.unconfirmed": Text(
        "纸上有调换会更快，但试叫没有显出更快，没有调换。",
        "On paper some exchanges would answer sooner, but called out no desk did: none were made.",
    ),
    "plan.split": Text(
        "注意：{n}个值班室原来一天分几班，这里按一人值一整天排；要分班请在排好后自行拆分。",
        "Note: {n} desk(s) parted the day among several people; here one is planned for all of it, to be parted afterwards.",
    ),
    "plan.weekly": Text(
        "{n}个值班室有按周轮的岗位，仍按周（周一至周日）排。",
        "{n} desk(s) have posts held by the week: they are planned by the week, Monday to Sunday.",
    ),
    "plan.same_name": Text(
        "同一值班室里同名不同号的有{n}个编号，按同一个人排；确为两人的，请在人员表中区分姓名后重排。",
        "{n} id(s) bear the name of somebody else at their desk and were taken for one person; if they are two, tell them apart and plan again.",
    ),
    "plan.unproven": Text(
        "{n}个值班室在限定的求解时间内没有证明是最好的排法，空缺或许还能更少。",
        "Of {n} desk(s) the solver had no time to prove that no plan is better: there may be one with fewer gaps.",
    ),
    "plan.won": Text(
        "试叫：与{before}相比，{moments}个时刻各{nights}次，运气相同；一个值班室应答用时由平均{before_min}分钟变为平均{after_min}分钟（始终无人应答的按整个叫应时段180分钟计）。",
        "Called out beside {before} at {moments} moments in {nights} runs each under the same luck, a desk answers after {after_min} min in the "
        "mean instead of {before_min} (who never answers counts as all 180 min of the call-out).",
    ),
    "plan.given": Text("原值班表", "the roster there was"),
    "plan.unexchanged": Text("未调换的排班", "the plan without exchanges"),
    "plan.certain": Text(
        "快了{mean}分钟（95%误差范围{low}至{high}分钟）。",
        "It is {mean} min faster (95 % interval {low} to {high} min).",
    ),
    "plan.worse": Text(
        "反而慢了{mean}分钟（快的分钟数的95%误差范围{low}至{high}）：应答变慢是休息、请假、均衡等要求的代价。",
        "It is {mean} min slower (95 % interval of the minutes won {low} to {high}): the price of rest, leave and an even load.",
    ),
    "plan.uncertain": Text(
        "差别{mean}分钟在误差范围内（快的分钟数的95%误差范围{low}至{high}），不能说更快或更慢。",
        "The difference of {mean} min is within the error (95 % interval of the minutes won {low} to {high}): neither faster nor slower.",
    ),
    "plan.in_time": Text(
        "{limit}内全部应答的时刻：由{before}变为{after}（增加的百分点，95%误差范围{low}至{high}）。",
        "Moments at which all answered within {limit}: {after} instead of {before} (percentage points won, 95 % interval {low} to {high}).",
    ),
    "plan.idle": Text(
        "有的日子值班人员都不会用应急装备：{sets}。", "On some days nobody on duty can use a set: {sets}."
    ),
    "plan.idle_set": Text("{set}{n}天次", "{set} {n} desk-days"),
    "plan.tab.load": Text("各人天数", "Days each"),
    "plan.tab.empty": Text("排不出的", "Not filled"),
    "plan.col.day": Text("日期", "Day"),
    "plan.col.kind": Text("工作日或休息日", "Kind of day"),
    "plan.col.days": Text("值班天数", "Days on duty"),
    "plan.col.days_off": Text("其中周末、节假日", "of them weekends and holidays"),
    "plan.col.why": Text("原因", "Why"),
    "into.done": Text(
        "已写入本县原表的版式（{n}张表）：{book}", "Written into the county's own layout ({n} tables): {book}"
    ),
    "into.nothing": Text("原表没有一张可以写入：{book}", "No table of the workbook could be filled in: {book}"),
    "into.left": Text("没有写入：{table}：{why}", "Not written: {table}: {why}"),
    "into.look": Text("请核对：{table}：{what}", "Please check: {table}: {what}"),
    "callsheet.all": Text("叫应单：{county} {when}", "Call sheets: {county}, {when}"),
    "callsheet.title": Text("{desk}叫应单 {when}", "Call sheet of {desk}, {when}"),
    "callsheet.how": Text(
        "从上到下依次打；一个值班室内按步骤，前一步无人应答再打下一步。“约第几分钟”从开始打这个值班室算起，一直无人应答时。",
        "Call from top to bottom; within one desk step by step, the next only if nobody answers the one before. Minutes count from the first call "
        "to that desk, while nobody answers.",
    ),
    "callsheet.number": Text("序号", "No."),
    "callsheet.landline": Text("值班电话", "Duty telephone"),
    "callsheet.step": Text("步骤", "Step"),
    "callsheet.post": Text("岗位", "Post"),
    "callsheet.name": Text("姓名", "Name"),
    "callsheet.phone": Text("电话", "Telephone"),
    "callsheet.by": Text("方式", "By"),
    "callsheet.when": Text("约第几分钟", "About minute"),
    "callsheet.tries": Text("{by}×{n}", "{by} ×{n}"),
    "callsheet.vacant": Text("（空岗）", "(vacant)"),
    "callsheet.called_at": Text("拨打时刻", "Called at"),
    "callsheet.answered_by": Text("接听人", "Answered by"),
    "callsheet.answered_at": Text("应答时刻", "Answered at"),
    "callsheet.signature": Text("签名", "Signature"),
    "ladder.title": Text(
        "{when} 叫应{desk}，先后如下（一直无人应答时）：", "{when}, calling {desk}, in this order while nobody answers:"
    ),
    "ladder.try": Text(
        "{n}. 第{begin}分钟  {channel}  {who}  接通{answers}，到此仍无人应答{open}",
        "{n}. minute {begin}  {channel}  {who}  answered {answers}, still nobody by then {open}",
    ),
    "ladder.below": Text("不到0.01%", "below 0.01%"),
    "ladder.vacant": Text("{n}. {post}：这时无人，跳过", "{n}. {post}: nobody holds it now, skipped"),
    "ladder.fails": Text(
        "整个顺序走完要{lasts}分钟，叫不到的可能：{fails}。“接通”是能联系上的人每次接听的可能；有人整夜联系不上（号码错、关机、没信号），反复打也打不通，已算在“仍无人应答”里。"
        "派人的路上、排队的时间没有算进去；各项概率为规划假设。",
        "The whole order takes {lasts} min; chance that it fails: {fails}. “Answered” is the chance of each try with somebody who can be reached; "
        "who cannot be reached all night (wrong number, phone off, no coverage) answers no try, which “still nobody” counts. Ways and waiting for a "
        "caller are not counted; chances are planning assumptions.",
    ),
    "ladder.harmless": Text(
        "按{limit}分钟内叫到来算，没有哪个岗位反而拖慢。", "For an answer within {limit} min no post slows it down."
    ),
    "ladder.nobody": Text(
        "这一时刻叫应顺序上的岗位都没有人：叫不到。",
        "No post of the ladder has a holder at this moment: nobody can be reached.",
    ),
    "ladder.unlisted": Text(
        "注意：这个值班室未列入值班表，以上按合成人员推演，不代表实际值守。",
        "Note: this desk is not on the roster; the above is of made-up holders and says nothing of who really stands there.",
    ),
    "ladder.number": Text(
        "注意：{posts}没有号码或号码有误，实际可能打不通；以上仍按岗位的概率计算。",
        "Note: the {posts} has no number or one that cannot be right, and may not be reached at all; the above goes by the chances of the post.",
    ),
    "ladder.harm": Text(
        "去掉“{post}”这一步反而更好：{limit}分钟内叫到的可能高{rise}个百分点。",
        "Without the step of the {post} it would be better: the chance within {limit} min is {rise} points higher.",
    ),
    "drill.col.minutes": Text("平均分钟", "Minutes, mean"),
    "template.title": Text("{county}{month}值班表填表说明", "{county}, {month}: how to fill in the roster"),
    "template.one_row": Text(
        "按日轮值的岗位，一个值班室一张表，一天一行，从当天{handover}值到次日{handover}。表名、标题、表头、日期不要改。",
        "Posts that change by the day: a sheet for each duty room, a row for each day, from {handover} to {handover} of the next. Leave names "
        "of sheets, titles, headings and dates as they are.",
    ),
    "template.standing": Text(
        "长期担任的岗位在“{standing}”表中，一个地方一行，填一次即可。",
        "Posts held for good stand in the sheet {standing}, a row for each place.",
    ),
    "template.people": Text(
        "一格写一人的全名；同一岗位有两人，写在一格，用顿号隔开：{two}，电话也按先后用顿号隔开。没有人的格留空。",
        "One full name to a cell. Two people at one post go into one cell: {two}, their numbers in the same order. Leave a cell empty "
        "where there is nobody.",
    ),
    "template.phones": Text(
        "电话写能直接拨通的完整号码：手机11位；座机写区号和分机，如{extension}。值班室的座机写在“{landline}”一列的第一行，写一次即可。",
        "Write whole numbers: 11 digits of a mobile; a landline with area code and extension, as {extension}. The duty "
        "telephone goes into the first row of the column {landline}, once.",
    ),
    "template.week": Text(
        "带班领导按周轮值的，每天都写，或把那几天的格合并后写一次。",
        "A leader who stays for a week is written on every day, or once in a cell merged over these days.",
    ),
    "template.swap": Text(
        "换班：直接改姓名和电话，或在“{remark}”写“{swap}”。请假、出差的人不排。",
        "A swap: change name and number, or write {swap} under {remark}. Do not put down who is on leave.",
    ),
    "template.no_ids": Text("不要填身份证号。", "No identity numbers."),
    "template.read": Text(
        "填好后用“jiaoying roster import 情景文件 本文件”读入；没有用上的格会逐格列出。浅黄色的行是周末、节假日。",
        "Read it with “jiaoying roster import SCENARIO FILE”; cells that were not used are listed. Shaded rows are weekends and holidays.",
    ),
}
