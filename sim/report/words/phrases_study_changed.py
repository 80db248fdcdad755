"""Texts of what a study plays again with something changed: steps taken out, numbers drawn; by key."""

from __future__ import annotations

from sim.errors import Text

STUDY_CHANGED = {
    "study.head.decisive": Text("哪个环节起决定作用", "Which step was decisive"),
    "study.tab.decisive": Text("起决定作用的环节", "Decisive steps"),
    "study.note.decisive": Text(
        "前{n}次推演里未按时的，逐个去掉一个环节、其余一切和运气都不变，再推演一次；去掉后就按时了，这个环节这一次就起决定作用。"
        "一次可能有几个环节各自起决定作用，也可能一个都没有。",
        "Of the first {n} runs those that missed something were made again without one step, all else and the luck unchanged; where the run then "
        "keeps it, that step was decisive. Several steps may each be, or none.",
    ),
    "study.note.decisive_means": Text(
        "去掉一个环节，是把它的用时改为零，或让联系得上的人都接听、收到的户都看到、在家的户都应门、人人都愿走，人手线路都够；听距以外、号码失效的仍够不着。现实中做不到这么彻底。逐项数字见工作簿“{tab}”。",
        "To take a step out is to let it take no time, or all answer who can be reached, notice what they receive, open who are at home, agree to "
        "leave, with hands and lines for all; who is out of earshot or has a dead number stays so. No measure does it so "
        "thoroughly. All numbers stand in the workbook, sheet '{tab}'.",
    ),
    "study.decisive.said": Text(
        "{name}：{missed}次未按时，其中{decisive}次只要没有“{step}”{alike}就会按时；{none}次去掉任何一个环节都不够，要几个环节一起改。",
        "{name}: {missed} runs missed it; {decisive} of these would have kept it but for '{step}'{alike}; in {none} taking out a single "
        "step is not enough.",
    ),
    "study.decisive.none": Text(
        "{name}：{missed}次未按时，去掉任何一个环节都不够，要几个环节一起改。",
        "{name}: {missed} runs missed it, and taking out a single step is never enough; several must be mended together.",
    ),
    "study.col.missed": Text("未按时的次数", "Missed"),
    "study.col.decisive": Text("次数", "Runs"),
    "study.col.removal": Text("去掉的环节", "Taken out"),
    "study.col.of_missed": Text("占未按时的比例", "Share of those missed"),
    "study.col.decisive_steps": Text(
        "去掉后就按时的环节（最多的三个）", "Steps without which it would be kept (the first three)"
    ),
    "study.col.none_decisive": Text("单去哪个都不够", "None alone"),
    "study.decisive.or": Text("”“", "', '"),
    "study.decisive.joint": Text("；", "; "),
    "study.decisive.alike": Text("（或“{steps}”，各有同样多的次数）", " (or '{steps}', as many runs each)"),
    "study.cell.decisive": Text("{step}（{decisive}次）", "{step} ({decisive})"),
    "removal.none": Text("（单去哪个都不够）", "(no single step)"),
    "removal.deciding": Text("会商、签发、发布录入", "consultation, sign-off, release"),
    "removal.relaying": Text("接报后转发", "relaying"),
    "removal.queueing": Text("等线路或人手", "waiting for a line or caller"),
    "removal.unanswered": Text("叫不应（不接、联系不上）", "calls not answered"),
    "removal.talking": Text("通话说明", "talking"),
    "removal.outages": Text("断网、断电、断路", "outages"),
    "removal.preparing": Text("准备（开机、集合、取器具）", "preparing (setting up, assembling)"),
    "removal.sending": Text("排队（逐条发送、逐户拨打）", "queue of messages or calls"),
    "removal.noticing": Text("收到了没看到、没被叫醒、没接", "not noticing, not waking, not picking up"),
    "removal.visiting": Text("上门走路、叫门、不应门", "going from door to door, doors not opened"),
    "removal.leaving": Text("核实、决定、准备动身", "making sure, deciding, getting ready"),
    "removal.refusing": Text("不愿走", "refusing to leave"),
    "removal.helping": Text("等帮扶、车辆", "waiting for helpers and vehicles"),
    "removal.moving": Text("转移路上", "the way to safety"),
    "removal.reporting": Text("清点、填报", "counting and reporting"),
    "study.annex.unknown": Text(
        "情景里有{n}个数说不准（用 explain 可看），以上只按写的那一个数推演；要看取值不同会怎样，加 --draws 20。",
        "{n} numbers of the scenario are not known (see explain); all this rests on the ones that it states. --draws 20 shows what others would do.",
    ),
    "study.head.ignorance": Text("说不准的数和运气", "What is not known, and chance"),
    "study.tab.ignorance": Text("说不准的数和运气", "Unknowns and chance"),
    "study.note.ignorance": Text(
        "情景里说不准的数在各自范围内另取{draws}组，每组都推演同样的{n}次运气。上面的判定仍按情景里写的那一个数。",
        "The numbers that are not known were drawn {draws} times within their ranges, each draw with the same {n} runs of luck. The verdicts above "
        "rest on the numbers that the scenario states.",
    ),
    "study.note.spread": Text(
        "波动分三部分：一是底数没摸清造成的，二是运气造成的，三是两者叠加造成的；误差范围约为95%。第一部分摸清底数可以缩小，第二部分消除不了。"
        "只要有一次未完成，该项用时不参加计算，不列。",
        "The variance is taken apart: what changes with the draw, what changes with the luck, and what only both together make; intervals are of "
        "about 95 %. The first can be narrowed by finding out, the second by nobody. Minutes that some run never came to have no variance, and are "
        "left out.",
    ),
    "study.ignorance.always": Text(
        "取哪一组值都每次按时（{draws}组，每组{n}次）：{names}。",
        "Kept in every run whatever the draw ({draws} draws of {n} runs): {names}.",
    ),
    "study.ignorance.never": Text(
        "取哪一组值都没有一次按时（{draws}组，每组{n}次）：{names}。摸清这些数不会改变这个结论。",
        "Kept in no run whatever the draw ({draws} draws of {n} runs): {names}. Finding out these numbers would not change that.",
    ),
    "study.ignorance.few": Text(
        "取值只有{draws}组，还分不出波动来自底数不清还是运气；用20组以上（--draws 20）再看。",
        "With {draws} draws it cannot be told yet whether the spread comes from what is not known or from chance; make 20 or more (--draws 20).",
    ),
    "study.ignorance.most": Text(
        "最受说不准的数影响的是“{measure}”：波动的{ignorance}（误差范围{low}—{high}）来自说不准的数，{chance}来自运气，{both}由两者叠加造成。",
        "What hangs most on what is not known is '{measure}': {ignorance} of its spread (interval {low} to {high}) comes from that, {chance} from "
        "chance, {both} from both together.",
    ),
    "study.head.spread": Text("各数的波动从哪里来", "Where the spread comes from"),
    "study.head.unknown": Text("说不准的数", "What is not known"),
    "study.head.draws": Text("各组取值", "The draws"),
    "study.note.unknown": Text(
        "没有另外说明的，范围内各值一样可能；有了本县实测，在情景的 uncertain 里改窄或删去。",
        "All values of a range are alike unless told otherwise; with numbers of your own narrow it, or drop it, under 'uncertain' of the scenario.",
    ),
    "study.col.ignorance": Text("来自说不准的数", "Not known"),
    "study.col.chance": Text("来自运气", "Chance"),
    "study.col.both": Text("两者叠加", "Both together"),
    "study.col.ignorance_range": Text("“说不准”误差范围", "Not known: interval"),
    "study.col.means": Text("各组平均：最小｜居中｜最大", "Means of the draws: least | middle | most"),
    "study.cell.means": Text("{least}｜{middle}｜{most}", "{least} | {middle} | {most}"),
    "study.col.mean_least": Text("各组平均：最小", "Means of the draws: least"),
    "study.col.mean_middle": Text("各组平均：居中", "Means of the draws: middle"),
    "study.col.mean_most": Text("各组平均：最大", "Means of the draws: most"),
    "study.col.draw": Text("第几组", "Draw"),
    "study.col.unknown": Text("说不准的数", "What is not known"),
    "study.col.value": Text("取值", "Value"),
    "study.col.stated": Text("情景中写的", "Stated"),
    "study.col.between": Text("可能的范围", "Range"),
}
"""Texts, by key."""
