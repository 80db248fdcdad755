"""Texts that say what the numbers are and are not: stamps, notes, credits. See ``phrases``."""

from __future__ import annotations

from sim.errors import Text

OF_NOTICES = {
    "stamp": Text(
        "模拟推演·含合成数据·非实况·不作考核问责依据",
        "Simulation · contains synthetic data · not a real event · not for appraisal or accountability",
    ),
    "stamp.real": Text(
        "模拟推演·非实况·不作考核问责依据",
        "Simulation · not a real event · not for appraisal or accountability",
    ),
    "stamp.internal": Text("内部资料·含个人信息·用后收回", "Internal · contains personal data · return after use"),
    "stamp.demo": Text(
        "模拟推演·演示数据·非实况·不作考核问责依据",
        "Simulation · demonstration data · not a real event · not for appraisal or accountability",
    ),
    "version": Text("程序版本 {version}", "program version {version}"),
    "credit.places": Text("乡镇坐标 GeoNames（CC BY 4.0）", "coordinates of townships GeoNames (CC BY 4.0)"),
    "credit.codes": Text(
        "区划名称和编码为国家统计局统计用区划代码",
        "names and codes of places from the statistical division codes of the National Bureau of Statistics of China",
    ),
    "note.rounding": Text(
        "钟点和分钟一律进到整分（不足1分钟按1分钟计）；已完成的比例舍去小数，未完成的比例进到整数；各项之"
        "和可能不等于100%。钟点和分钟数各自进整，两个钟点相减可能比所写的分钟数少1。时间从推演起算时刻（识别险情）算起，“"
        "发布后第N分钟”从预警发布算起。",
        "Clock times and minutes are rounded up to the whole minute, each for itself, so that the "
        "difference of two clock times may be one less than the minutes shown. Shares done are rounded "
        "down, shares not done are rounded up; they may not sum to 100%. T0 is the moment the hazard "
        "was identified; minutes after release count from the release.",
    ),
    "note.terms": Text(
        "“收到预警”指住户听到、看到或被告知，不等于“到户确认”；“到户确认”指工作人员得到该户答复，或"
        "该户接听并应答外呼；“应答”即应答确认，指责任人接听并复述，或回复。推演中的“未接听”是按概率抽取的，不指向任何人。",
        "A household is warned once it has heard, read or been told of the warning; that is not yet "
        "confirmed: a household is confirmed once it has answered somebody, at the door, on the telephone or by a "
        "key. A place has answered, that is acknowledged, once the person responsible picked up "
        "and repeated the message, or replied. Whether a post answers is drawn by chance and points at "
        "nobody.",
    ),
    "note.one_night": Text(
        "这里只是一次推演，换一次结果不同；是否做得到要看很多次推演。",
        "This is one run, and another gives another result; whether a limit can be kept takes many runs to tell.",
    ),
    "note.headline": Text(
        "除另有写明外，“收到预警”指收到{warning}{local}，“发布后”从其发布算起。",
        "Unless said otherwise, 'warned' means by the {warning}{local}, and 'after release' counts from its release.",
    ),
    "note.with_local": Text("（含就地预警）", " (local warnings included)"),
    "note.quoted": Text(
        "标题、岗位名称和依据按情景原文。",
        "Titles, posts and sources are quoted in Chinese, as the scenario writes them.",
    ),
    "note.missing": Text(
        "本情景没有推演：{what}{exposed}。{outages}",
        "Not simulated in this scenario: {what}{exposed}. {outages}",
    ),
    "note.not_computed": Text(
        "；灾害发生时仍在危险区的人数没有计算", "; persons still in danger areas at the onset are not computed"
    ),
    "note.nothing_failed": Text(
        "本次推演中没有断网、断电、断路，通信、电力、道路视为正常。",
        "Nothing failed in this run: network, power and roads count as sound.",
    ),
    "note.something_failed": Text(
        "本次推演中有断网、断电、断路，见该节；未列入的仍视为正常。",
        "There were outages in this run, see their section; everything else counts as sound.",
    ),
    "note.synthetic": Text(
        "含合成数据：{made}。村、组只显示代号，代号不对应官方名单的次序；结果不代表任何真实的村。",
        "Contains synthetic data: {made}. Villages and groups are shown by code only; codes do not follow "
        "the official list, and no result stands for a real village.",
    ),
    "note.synthetic_real": Text(
        "含合成数据：{made}。村名仅供内部核对名册；人口、住户、值班表均为合成，数字不反映该村实际，不得用"
        "于比较、通报或考核。",
        "Contains synthetic data: {made}. Village names are shown only for checking registers "
        "internally; residents, households and rosters are made up, so no figure describes the real "
        "village; not for comparison, circulation or appraisal.",
    ),
    "note.credits": Text("数据来源：{credits}。", "Data: {credits}."),
    "note.omitted": Text(
        "依据中的“〔…〕”是本报告略去的用词。", "〔…〕 marks a word left out of a source by this report."
    ),
    "note.again": Text(
        "在结果文件夹中运行下面的命令，得到同一次推演；改动推演编号（--replication）得到另一次。",
        "Run this in the result folder for the same run; another --replication gives another run.",
    ),
}
"""Stamps, notes and credits, by key."""
