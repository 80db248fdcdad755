"""The report about options: what a leader reads aloud follows from what was found, whatever was found; money, places and doubts are owned up to."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any, get_args

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.errors import Language
from sim.measures.naming import naming
from sim.report import options_sentences, write_options
from sim.report.figures import draw
from sim.report.options.about import About
from sim.report.options.annex import again
from sim.report.options.figures import _apart
from sim.report.options.grids import all_options, box, finalists, made_of, settings, together
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.scenario.options import OptionPlan
from sim.study.compare.comparison import OfNumber, OfRequirement
from sim.study.compare.paired import moved, shares
from sim.study.folder import Asked
from sim.study.options import tables
from sim.study.options.finals import last_part
from sim.study.options.folder import OptionsAsked
from sim.study.options.found import Drawn, Found, InputWorth, Objective, Option, Place, Reason, Step, Together, Tried
from sim.study.verdict import judge
from tests.strategies import lucky

SCREEN, FINALS = 20, 60
PERSONS = Objective("exposed_at_onset_persons", "person", "less", "", "", None)
CHANCE = Objective("all", "1", "more", "all", "各村应答", None)
FORBIDDEN = re.compile(r"脱岗|\b(?:inf|nan|NaN|None|NaT)\b")
MARKS = re.compile(r"μ|σ|±|P\(|p值|EVPPI|Bonferroni")


@pytest.fixture(scope="module", autouse=True)
def _coarse_pictures() -> Iterator[None]:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "_PNG_DPI", 40)
        yield


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """A night of luck with one requirement."""
    return lucky().load(tmp_path_factory.mktemp("night"))


# Tools: what was found, by hand ---------------------------------------------------------------------------------------


def option(own: str, title: str, each: float = 0.0, units: int = 1, **plan: Any) -> Option:  # noqa: ANN401 - plain YAML data
    """Return an option; without a cost it is a rule."""
    written = {"title": title, "cost": {"each": each}, "units": units, "status": "规划假设"} | plan
    made = OptionPlan.model_validate(written)
    return Option(own, made, made.settings())


def tried(
    options: Sequence[Option],
    members: str,
    gain: float,
    objective: Objective = PERSONS,
    *,
    unsure: float = 0.0,
    runs: range = range(SCREEN, SCREEN + FINALS),
) -> Tried:
    """Return what some options came to: so much better on average, each run by so much more or less in turn (``unsure``).

    Of persons the scenario as it is has 100 and 120 in turn; of chances it keeps the requirement in every third run, and ``gain`` is in how many
    runs more it is kept.
    """
    own, n = tuple(members.split("+")), np.arange(len(runs))
    if objective is PERSONS:
        base = 100.0 + 20.0 * (n % 2)
        other = base - gain - unsure * np.where(n % 4 < 2, 1.0, -1.0)
        met = (n % 3 == 0, n % 3 == 0)
    else:
        base = (n % 3 == 0).astype(float)
        other = base.copy()
        other[np.flatnonzero(base == 0)[: round(gain)]] = 1.0
        met = (base > 0, other > 0)
    judged = [judge(int(one.sum()), len(n), 0.5, "fixed") for one in met]
    how = moved(base, other)
    if objective.requirement:
        pairs = shares(*met)
        how = replace(how, low=pairs.low, high=pairs.high, effect=pairs.effect)
    cost = math.fsum(one.cost_wan for one in options if one.id in own)
    requirement = OfRequirement("all", "各村应答", *judged, shares(*met))
    numbers = (OfNumber("exposed_at_onset_persons", "person", "less", "", "", how),) if objective is PERSONS else ()
    return Tried(own, cost, how, (requirement,), numbers, tuple(runs), (base, other))


def step(before: Tried | None, after: Tried, objective: Objective = PERSONS) -> Step:
    """Return what a portfolio adds to one before it."""
    base = after.values[0] if before is None else before.values[1]
    known = before.members if before is not None else ()
    (added,) = (one for one in after.members if one not in known)
    cost = after.cost_wan - (before.cost_wan if before is not None else 0.0)
    how = moved(base, after.values[1])
    if objective.requirement:
        pairs = shares(base > 0, after.values[1] > 0)
        how = replace(how, low=pairs.low, high=pairs.high, effect=pairs.effect)
    return Step(after.members, added, cost, how)


def _screened(one: Tried) -> Tried:
    """Return what was tried as the screening saw it: fewer runs."""
    values = (one.values[0][:SCREEN], one.values[1][:SCREEN])
    return replace(one, replications=tuple(range(SCREEN)), values=values)


def found(
    scenario: Scenario,
    options: Sequence[Option],
    finalists: Sequence[Tried],
    *,
    objective: Objective = PERSONS,
    recommended: int | None = 0,
    budget: float | None = None,
    **more: Any,  # noqa: ANN401 - fields of Found
) -> Found:
    """Return what was found out; every option was screened as it is in the finals, or came to nothing."""
    alone = {one.members[0]: one for one in finalists if len(one.members) == 1}
    screened = tuple(
        _screened(alone[one.id]) if one.id in alone else tried(options, one.id, 0.0, objective, runs=range(SCREEN))
        for one in options
        if more.get("dropped", {}).get(one.id) != "too_dear"
    )
    asked = OptionsAsked(Asked("", (), scenario.hash, 7, FINALS), "", objective.key, budget, SCREEN, FINALS, 0)
    known: Mapping[str, Any] = {
        "dropped": {},
        "steps": (),
        "together": (),
        "frontier": (),
        "beaten": (),
        "carried": (),
        "last": None if recommended is None else last_part(finalists[recommended], finalists, objective),
        "taken_out": (),
        "drawn": None,
    } | more
    return Found(
        scenario=scenario,
        asked=asked,
        options=tuple(options),
        objective=objective,
        screened=screened,
        finalists=tuple(finalists),
        recommended=recommended,
        names=naming(scenario),
        **known,
    )


def placed(one: Option, scenario: Scenario, *indices: int, by: str = "threatened") -> Option:
    """Return an option that goes to some villages of a county."""
    county, names = scenario.county, naming(scenario)
    level = {"into": "county.additions.sets.at", "level": "village", "by": by}
    plan = OptionPlan.model_validate(one.plan.model_dump(by_alias=True) | {"where": level})
    villages = county.of_level(2)[list(indices)]
    places = tuple(Place(int(village), names.code[village], 30.0) for village in villages)
    return Option(one.id, plan, plan.settings([county.places.code[village] for village in villages]), places)


def plain(found: Found, language: Language = "zh") -> str:
    """Return the sentences, one after the other."""
    return "\n".join(options_sentences(found, language))


EARLY, PHONES, SETS = (
    option("early", "天黑前撤"),
    option("phones", "卫星电话", 0.5, 20),
    option("sets", "叫应设备", 1.2, 50),
)
OPTIONS = (EARLY, PHONES, SETS)


def chain(scenario: Scenario, **more: Any) -> Found:  # noqa: ANN401 - fields of Found
    """Return what was found of three options in a chain, each of use: free, 10 万元, 60 万元."""
    finals = [tried(OPTIONS, "early", 20), tried(OPTIONS, "early+phones", 30), tried(OPTIONS, "early+phones+sets", 42)]
    steps = tuple(step(before, after) for before, after in zip([None, *finals], finals, strict=False))
    known = {"recommended": 2, "steps": steps, "frontier": (0, 1, 2)} | more
    return found(scenario, OPTIONS, finals, **known)


def test_what_becomes_worse_beside_is_said(scenario: Scenario) -> None:
    """By hand: 1 village never reached as it is, 3 with the free part and 2 with all: two more, one more, said of each."""
    base = np.ones(FINALS)

    def beside(one: Tried, villages: float) -> Tried:
        how = moved(base, base * villages)
        return replace(one, numbers=(*one.numbers, OfNumber("villages_never_reached", "village", "less", "", "", how)))

    whole = chain(scenario)
    free, two, three = whole.finalists
    said = options_sentences(replace(whole, finalists=(beside(free, 3), two, beside(three, 2))), "zh")
    (of_all,) = (one for one in said if one.startswith("但推荐的这些同时使别的数有把握变差"))
    (of_free,) = (one for one in said if one.startswith("但光做“天黑前撤”同时使别的数有把握变差"))
    assert "多1.0个村" in of_all
    assert "多2.0个村" in of_free
    assert not [one for one in options_sentences(whole, "zh") if "有把握变差" in one]


# What is said first ---------------------------------------------------------------------------------------------------


def test_first_comes_what_to_do_for_how_much_and_what_it_buys(scenario: Scenario) -> None:
    """By hand: 110 persons on average as it is, 42 fewer in every run; 20 x 0.5 + 50 x 1.2 = 70; of 100 there are 30 left."""
    said = options_sentences(chain(scenario, budget=100.0), "zh")
    assert (
        said[0]
        == "100万元以内，建议采用3项措施：“天黑前撤”、“卫星电话”、“叫应设备”，共70万元（规划假设），还剩30万元。"
    )
    assert said[1] == (
        "同样的运气推演60次：灾害发生时仍在危险区人数（不是伤亡预测），平均从110人变为68.0人，少42.0人（误差范围少42.0—42.0人），有把握变好。"
    )
    assert said[2] == (
        "其中先做的（10万元（规划假设））已少30.0人（误差范围少30.0—30.0人）；再加“叫应设备”（60万元（规划假设）），又少12.0人（误差范围少12.0—12.0人）。"
    )
    assert said[3] == "其中不花钱的先做：“天黑前撤”，单做这些就少20.0人（误差范围少20.0—20.0人），有把握变好。"
    english = options_sentences(chain(scenario, budget=100.0), "en")
    assert english[0].startswith("Recommended within 1,000,000 yuan, 3 in all:")
    assert "for 700,000 yuan (planning assumption); 300,000 yuan are left." in english[0]
    assert "from 110 persons to 68.0 persons on average, 42.0 persons less" in english[1]


def test_a_chance_is_told_in_runs(scenario: Scenario) -> None:
    """Kept in every third of 60 runs, then in 25 more: from 20 to 45 of 60; the requirement that is the objective is not said twice."""
    finals = [tried(OPTIONS, "phones", 25, CHANCE)]
    said = options_sentences(found(scenario, OPTIONS, finals, objective=CHANCE), "zh")
    assert re.fullmatch(
        r"同样的运气推演：各村应答（时限4分钟），从60次中20次按时变为60次中45次按时，多25次（误差范围多\d+—\d+次），有把握变好。",
        said[1],
    )
    assert not any("更常按时" in one for one in said)


def test_where_nothing_helps_no_money_is_to_be_spent(scenario: Scenario) -> None:
    """It says so first, and nothing else is recommended anywhere; where the budget holds no option at all, that."""
    nothing = found(scenario, OPTIONS, [tried(OPTIONS, "phones", 0.1, unsure=9)], recommended=None)
    said = options_sentences(nothing, "zh")
    assert said[0].startswith("入围的1个方案各推演60次，没有一个有把握改善“灾害发生时仍在危险区人数（不是伤亡预测）”")
    assert "先维持现状" in said[0]
    assert not any("建议采用" in one for one in said)
    assert said[0] in box(About(nothing, Words("zh")))[0].said[0]
    poor = found(
        scenario, OPTIONS[1:], [], recommended=None, budget=5.0, dropped={"phones": "too_dear", "sets": "too_dear"}
    )
    assert options_sentences(poor, "zh")[0] == "5万元以内，一项措施也做不了：每一项单独都超出预算。"
    assert "超出预算的，“卫星电话”、“叫应设备”。" in plain(poor)


def test_what_is_free_is_said_to_go_first_only_where_it_is_recommended(scenario: Scenario) -> None:
    """All free: no money is spoken of. Free but not recommended: that is said. Without a run of what is free alone: no number is made up."""
    assert options_sentences(found(scenario, OPTIONS, [tried(OPTIONS, "early", 20)]), "zh")[0] == (
        "建议采用1项措施：“天黑前撤”，都不花钱。"
    )
    without = found(scenario, OPTIONS, [tried(OPTIONS, "phones", 20)], dropped={"early": "no_effect"})
    assert "不花钱的1项措施（“天黑前撤”）没有列入推荐。" in plain(without)
    unknown = found(scenario, OPTIONS, [tried(OPTIONS, "early+phones", 20)])
    assert "其中不花钱的先做：“天黑前撤”。" in plain(unknown)
    two = (EARLY, option("phones", "卫星电话"), SETS)
    some = found(scenario, two, [tried(two, "early+phones+sets", 42), tried(two, "early", 20)])
    assert "光做“天黑前撤”就少20.0人（误差范围少20.0—20.0人），有把握变好。" in plain(some)


@pytest.mark.parametrize("reason", get_args(Reason))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_against_an_option_is_said(scenario: Scenario, reason: Reason, language: Language) -> None:
    """Each reason has words of its own, in the sentences and in the table; one that excludes another names it."""
    rival = option("sets", "叫应设备", 1.2, 50, excludes=["phones"])
    whole = found(scenario, (EARLY, PHONES, rival), [tried(OPTIONS, "sets", 9)], dropped={"phones": reason})
    about = About(whole, Words(language))
    why = about.outcome_said("phones")
    assert f"{why}的，“卫星电话”" in plain(whole) or f"{why}: “卫星电话”" in plain(whole, "en")
    assert {row[0]: row[-1] for row in all_options(about).rows}["卫星电话"] == why
    assert all_options(about).rows[0][0] == "叫应设备"  # what is recommended stands first
    assert ("叫应设备" in why) is (reason == "excluded")


def test_what_is_not_sure_is_told_apart(scenario: Scenario) -> None:
    """Not recommended: cannot be told, of use alone, worse after all; recommended, but its own step cannot be told."""
    extra = option("caller", "加一名呼叫员", 6)
    four = (*OPTIONS, extra)
    finals = [
        tried(four, "early+phones", 30),
        tried(four, "early", 30, unsure=8),
        tried(four, "sets", 12),
        tried(four, "caller", 0.1, unsure=9),
    ]
    steps = (step(None, finals[1]), step(finals[1], finals[0]))
    said = plain(found(scenario, four, finals, steps=steps))
    assert "还说不准：“加一名呼叫员”，推演的次数看不出有没有用" in said
    assert "单独做有把握见效、但没有列入推荐：“叫应设备”" in said
    carried = plain(found(scenario, four, finals, steps=steps, carried=("phones",)))
    assert "推荐的当中，“卫星电话”本身加了多少还看不出" in carried
    assert "推荐的当中" not in said
    harm = (*steps, step(finals[0], tried(four, "early+phones+caller", 25)))
    assert "决选中有把握变差：“加一名呼叫员”。" in plain(found(scenario, four, finals, steps=harm))


def test_requirements_that_become_worse_are_never_passed_over(scenario: Scenario) -> None:
    """Nine runs more and nine less: both are said, the worse with the advice to think of a remedy."""
    best = tried(OPTIONS, "phones", 9)
    kept = np.arange(FINALS) % 3 == 0
    lost = kept & (np.arange(FINALS) > 30)
    judged = [judge(int(one.sum()), FINALS, 0.5, "fixed") for one in (kept, lost)]
    for other, word in (
        (lost, "更常超时的要求：各村应答，60次中从20次变为9次，采用前要先想好怎样补上"),
        (kept, "看不出有把握的变化"),
    ):
        own = OfRequirement("all", "各村应答", *judged, shares(kept, other))
        assert word in plain(found(scenario, OPTIONS, [replace(best, requirements=(own,))]))


# Money, places, doubts ------------------------------------------------------------------------------------------------


def test_money_has_no_digits_of_its_own(scenario: Scenario) -> None:
    """3 x 0.1 is 0.3, not 0.30000000000000004; 50 x 1.2 is 60; nothing is free, and English counts yuan."""
    about, english = (About(chain(scenario), Words(language)) for language in ("zh", "en"))
    assert [about.money(wan) for wan in (0.1 * 3, 60.0, 0.0, 12.3456)] == ["0.3万元", "60万元", "不花钱", "12.3456万元"]
    assert [english.money(wan) for wan in (0.1 * 3, 60.0, 0.0)] == ["3,000 yuan", "600,000 yuan", "free"]
    assert [about.total(wan) for wan in (60.85, 62.25, 9.875, 0.004)] == [
        "60.9万元",
        "62.3万元",
        "9.88万元",
        "0.004万元",
    ]  # of sums, half up
    assert english.total(60.861) == "609,000 yuan"


def test_what_comes_once_every_year_and_with_every_event_is_never_added_up_unsaid(scenario: Scenario) -> None:
    """By hand: 10 once; 2 x 3 + 1 = 7 every year, 14 for two; 5 for an event: 29 of 40, 11 are left. Sums stand apart, what counts how is said."""
    yearly = replace(option("staff", "加人", units=2, cost={"each": 3, "fixed": 1, "per": "year"}), years=2)
    event = option("calls", "外呼", cost={"fixed": 5, "per": "event"})
    mine = (EARLY, PHONES, yearly, event)
    whole = found(scenario, mine, [tried(mine, "early+phones+staff+calls", 9)], budget=40.0)
    whole = replace(whole, asked=replace(whole.asked, years=2))
    about, english = About(whole, Words("zh")), About(whole, Words("en"))
    assert about.bill(["early", "phones", "staff", "calls"]) == "一次性10万元、每年7万元、每次灾害5万元"
    assert (
        english.bill(["phones", "staff", "calls"])
        == "100,000 yuan once, 70,000 yuan a year, 50,000 yuan for each event"
    )
    assert about.bill(["early"]) == "不花钱"
    assert made_of(about, yearly) == "每年2×3万元＋1万元"
    assert options_sentences(whole, "zh")[0].endswith(
        "共一次性10万元、每年7万元、每次灾害5万元（规划假设）；每年的按2年算，每次灾害的按1次算，合计29万元，还剩11万元。"
    )
    spent = [line.said[0] for line in box(about) if line.about == "预算"]
    assert spent == ["40万元，用去29万元（每年的按2年算，每次灾害的按1次算），还剩11万元"]
    assert "与预算比时每年的按2年算" in plain(whole)
    assert again(about).endswith("--budget 40 --years 2")
    assert "每年" not in plain(chain(scenario, budget=100.0))  # nothing comes every year: nothing is said of it


def test_with_no_money_nothing_is_said_to_be_spent(scenario: Scenario) -> None:
    """A budget of 0: what is free is recommended, or nothing is; no sentence says that something is within or left of no money."""
    dear: dict[str, Reason] = {"phones": "too_dear", "sets": "too_dear"}
    free = found(scenario, OPTIONS, [tried(OPTIONS, "early", 20)], budget=0.0, dropped=dear)
    assert options_sentences(free, "zh")[0] == "预算为0，建议采用1项措施：“天黑前撤”，都不花钱。"
    assert options_sentences(free, "en")[0] == "Recommended with a budget of 0, 1 in all: “天黑前撤”, all free."
    assert [line.said[0] for line in box(About(free, Words("zh"))) if line.about == "预算"] == [
        "0万元，用去0万元，还剩0万元"
    ]
    weak = found(
        scenario, OPTIONS, [tried(OPTIONS, "early", 0.1, unsure=9)], budget=0.0, recommended=None, dropped=dear
    )
    assert options_sentences(weak, "zh")[0].startswith("预算为0，入围的1个方案各推演60次，没有一个有把握改善")
    none = found(scenario, OPTIONS, [], budget=0.0, recommended=None, dropped=dear | {"early": "no_effect"})
    assert options_sentences(none, "zh")[0].startswith("预算为0，1项措施各推演20次，没有一项有把握改善")
    poor = found(scenario, OPTIONS[1:], [], budget=0.0, recommended=None, dropped=dear)
    assert options_sentences(poor, "zh")[0] == "预算为0，一项措施也做不了：每一项单独都超出预算。"
    for whole in (free, weak, none, poor):
        assert not re.search(r"不花钱以内|用去不花钱|剩不花钱", plain(whole))
        assert not re.search(r"free left|within free", plain(whole, "en"))


def test_that_there_is_a_better_one_is_said_only_where_that_is_sure(scenario: Scenario) -> None:
    """Of three finalists: on the line the best on average; beaten for certain: there is a better one; neither: not to be told apart."""
    mine = (*OPTIONS, option("caller", "加一名呼叫员", 6))
    finals = [tried(mine, one, 9) for one in ("early", "phones", "sets", "caller")]
    whole = found(scenario, mine, finals, recommended=None, frontier=(0,), beaten=(1,), budget=20.0)
    assert [row[-1] for row in finalists(About(whole, Words("zh"))).rows] == [
        "平均最好",
        "有更好的",
        "超出预算",
        "分不出",
    ]


def test_beside_the_objective_stands_what_surely_moves_too(scenario: Scenario) -> None:
    """By hand: the requirement in 25 more of 60 runs, one village more never reached: worse first; the objective itself is not said twice."""
    kept, base = np.arange(FINALS) % 3 == 0, np.ones(FINALS)
    more = kept | (np.arange(FINALS) < 37)
    judged = [judge(int(one.sum()), FINALS, 0.5, "fixed") for one in (kept, more)]
    lost = OfNumber("villages_never_reached", "village", "less", "", "", moved(base, 2 * base))
    own = tried(OPTIONS, "phones", 9)
    own = replace(
        own, requirements=(OfRequirement("all", "各村应答", *judged, shares(kept, more)),), numbers=(*own.numbers, lost)
    )
    (row,) = [
        row for row in all_options(About(found(scenario, OPTIONS, [own]), Words("zh"))).rows if row[0] == "卫星电话"
    ]
    assert row[-2].startswith("变差：")
    assert "多1.0个村" in row[-2]
    assert f"变好：各村应答多{int(more.sum() - kept.sum())}次" in row[-2]
    assert "危险区" not in row[-2]


def test_a_cost_that_is_in_no_document_is_marked_wherever_it_stands(scenario: Scenario) -> None:
    """From a document: no mark. Assumed, or without a source: said so, and the sum of both kinds has some. What is free has nothing to mark."""
    sure = option("sure", "有价的", 3, status="文件")
    bare = option("bare", "没写的", 3, status=None)
    whole = found(scenario, (EARLY, sure, bare, PHONES), [tried((EARLY, sure, bare, PHONES), "early+sure", 5)])
    about = About(whole, Words("zh"))
    assert about.cost(["sure"]) == "3万元"
    assert about.cost(["early", "sure"]) == "3万元"
    assert about.cost(["bare"]) == "3万元（依据未注明）"
    assert about.cost(["early"]) == "不花钱"
    assert about.cost(["phones", "early"]) == "10万元（规划假设）"
    assert about.cost(["sure", "phones", "bare"]) == "16万元（有的是“规划假设”、“依据未注明”）"
    assert "先核实" not in options_sentences(whole, "zh")[-1]
    assert "费用里有“规划假设”的，花钱前先核实。" in options_sentences(chain(scenario), "zh")[-1]


def test_options_of_one_title_are_told_apart(scenario: Scenario) -> None:
    """Their ids stand beside it."""
    same = (option("one", "措施", 1), option("two", "措施", 2))
    assert "“措施（one）”" in options_sentences(found(scenario, same, [tried(same, "one", 5)]), "zh")[0]


def test_places_chosen_by_made_up_data_are_codes_and_no_shopping_list(scenario: Scenario, tmp_path: Path) -> None:
    """No official code of a village is shown, not even in what an option sets; it is said that the codes are no list to buy by."""
    assert scenario.synthetic
    by_hand = option("sets", "叫应设备", 1.2, 3, set={"county.additions.sets.near": ["T000V002"]})
    sets = placed(by_hand, scenario, 2, 0, 1)
    whole = found(scenario, (EARLY, sets), [tried((EARLY, sets), "sets", 9)])
    page = write_options(tmp_path, whole, tables(whole), language="zh").read_text(encoding="utf-8")
    told = page + " ".join(cells(tmp_path / "options.xlsx"))
    assert not re.search(r"T000V00\d", told)
    shown = naming(scenario)
    order = "、".join(shown.label[place.index] for place in sets.places)
    assert order in page
    assert page.count("不是采购清单") >= 3  # in the sentences, beside the places, in how to read it
    about = About(whole, Words("zh"))
    assert [row[-1] for row in settings(about).rows if row[0] == "叫应设备"] == [
        f"[{order.split('、')[0]}]",
        "选出的3处",
    ]
    real = replace(
        scenario,
        county=replace(scenario.county, synthetic=()),
        roster=replace(scenario.roster, synthetic=False),
    )
    assert not real.synthetic
    assert "代号" not in plain(found(real, (EARLY, sets), [tried((EARLY, sets), "sets", 9)]))


# Together, and what is not known --------------------------------------------------------------------------------------


def test_only_a_sure_interaction_is_a_sentence(scenario: Scenario) -> None:
    """Alone and added up 50 fewer, together 42: short by 8. The same numbers of which more are better: each makes the other better."""
    one = Together((("phones",), ("sets",)), -50.0, -42.0, 8.0, 5.0, 11.0, "more")
    (said,) = together(About(chain(scenario, together=(one,)), Words("zh")))
    assert "效果相加是少50.0人，一起做实际是少42.0人，相差8.0人（误差范围5.0人—11.0人）：互相重叠，不能相加。" in said
    better = replace(one, summed=-42.0, together=-50.0, extra=-8.0, low=-11.0, high=-5.0, effect="less")
    (said,) = together(About(chain(scenario, together=(better,)), Words("zh")))
    assert said.endswith("相差8.0人（误差范围5.0人—11.0人）：一起做比分开做多。")
    open_one = replace(one, low=-1.0, effect="open")
    assert together(About(chain(scenario, together=(open_one,)), Words("zh"))) == [
        "一起做和分开做相加，看不出有把握的差别。"
    ]
    assert together(About(chain(scenario), Words("zh"))) == []


def worth(key: str, value: float, *, heard: bool = True, flips: float = 0.2) -> InputWorth:
    """Return what knowing an unknown is worth: where it is low the first finalist is the best, where it is high the last."""
    return InputWorth(key, key, (f"roster.posts.{key}.answer",), value, 0.5, heard, flips, 0, 2)


def test_what_to_find_out_first_is_what_would_change_the_choice(scenario: Scenario) -> None:
    """Heard, and with another choice: the three most worth, in order. None: that is said. Not asked: how to ask, where anything is unknown."""
    worths = (
        worth("甲", 1.0),
        worth("乙", 3.0),
        worth("丙", 9.0, heard=False),
        worth("丁", 9.0, flips=0.0),
        worth("戊", 2.0),
    )
    drawn = Drawn(20, 5, (0.1, 0.1, 0.8), 0.0, np.ones((20, 3)), (*worths, worth("己", 0.7)))
    said = options_sentences(chain(scenario, drawn=drawn), "zh")
    assert "说不准的数换20组取值再比：16组里最好的仍是推荐组合。" in said
    first = [one for one in said if one.startswith("先查清之")]
    assert [re.findall("“(.)”", one)[0] for one in first] == ["乙", "戊", "甲"]
    assert (
        "它偏低时最好的是方案1（推荐组合去掉“卫星电话”、“叫应设备”），偏高时最好的是推荐组合；事先知道，平均还能再少3.0人。"
        in first[0]
    )
    quiet = replace(drawn, worths=(worth("丙", 9.0, heard=False),))
    assert "没有哪一个说不准的数，查清以后会改变这个选择。" in plain(chain(scenario, drawn=quiet))
    assert "--draws" not in plain(chain(scenario))
    night = lucky()
    night.scenario["uncertain"] = {"roster.posts.officer.answer": {"range": [0.2, 0.9]}}
    with tempfile.TemporaryDirectory() as folder:
        unknown = night.load(Path(folder))
    assert "情景里有1个数说不准" in plain(chain(unknown))


def test_a_finalist_is_told_by_what_it_differs_in(scenario: Scenario) -> None:
    """From the recommended one where that is little; else by all that it holds."""
    finals = [tried(OPTIONS, one, 9) for one in ("early+phones", "early", "early+phones+sets", "early+sets", "sets")]
    about = About(found(scenario, OPTIONS, finals), Words("zh"))
    assert [about.scheme(n) for n in (None, *range(5))] == [
        "维持现状",
        "推荐组合",
        "方案2（推荐组合去掉“卫星电话”）",
        "方案3（推荐组合再加“叫应设备”）",
        "方案4（推荐组合把“卫星电话”换成“叫应设备”）",
        "方案5（“叫应设备”）",
    ]


# Files ----------------------------------------------------------------------------------------------------------------


def cells(path: Path) -> list[str]:
    """Return every cell of a workbook that holds anything."""
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def rich(scenario: Scenario) -> Found:
    """Return something of everything."""
    drawn = Drawn(20, 5, (0.1, 0.1, 0.8), 0.0, np.ones((20, 3)), (worth("甲", 1.0),))
    one = Together((("early", "phones"), ("sets",)), -50.0, -42.0, 8.0, 5.0, 11.0, "more")
    return chain(scenario, drawn=drawn, together=(one,), budget=100.0, dropped={})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_planner_gets_a_page_figures_and_a_workbook(scenario: Scenario, language: Language, tmp_path: Path) -> None:
    """The page says the sentences, fetches nothing, has no number that is none, and no word of statistics before its annex."""
    whole = rich(scenario)
    page = write_options(tmp_path, whole, tables(whole), language=language)
    text = page.read_text(encoding="utf-8")
    assert {entry.name for entry in tmp_path.iterdir()} == {"figures", "options.html", "options.xlsx"}
    assert {entry.name for entry in (tmp_path / "figures").iterdir()} == {"frontier.png", "steps.png"}
    for sentence in options_sentences(whole, language):
        assert sentence in unescape(text)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", text)
    seen = unescape(re.sub(r"<svg.*?</svg>|<style>.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL))
    annex = Words(language)("options.head.annex")
    assert not MARKS.search(seen[: seen.index(annex)])
    assert "Strong" in seen[seen.index(annex) :]
    for told in (seen, " ".join(cells(tmp_path / "options.xlsx"))):
        assert not FORBIDDEN.search(told)
    command = (
        "jiaoying options scenario.resolved.yaml --objective exposed_at_onset_persons --screen 20 -n 60 --budget 100"
    )
    assert command in seen


def test_the_workbook_holds_every_number(scenario: Scenario, tmp_path: Path) -> None:
    """Costs as written, differences with their intervals, every pair of runs, every draw; the sheets that the first one names are there."""
    whole = rich(scenario)
    write_options(tmp_path, whole, tables(whole), language="zh")
    book = openpyxl.load_workbook(tmp_path / "options.xlsx")
    rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    named = [row[0] for row in rows["结论"] if row[0] in book.sheetnames]
    assert named == book.sheetnames[1:]
    costs = [row for row in rows["全部措施"] if row[0] in {"early", "phones", "sets"}]
    assert [(row[2], row[3], row[5]) for row in costs] == [(1, 0, 0), (20, 0.5, 10), (50, 1.2, 60)]
    finals = [row for row in rows["入围方案"] if row[0] in {1, 2, 3}]
    assert [row[7] for row in finals] == pytest.approx([-20, -30, -42])
    assert [row[3] for row in finals] == pytest.approx([0, 10, 70])
    pairs = [row for row in rows["每次推演的结果"] if row[0] in {"初筛", "决选"}]
    assert len(pairs) == 3 * SCREEN + 3 * FINALS
    assert all(row[4] - row[3] == pytest.approx(row[5]) for row in pairs)
    assert sum(row[0] in range(20) and row[1:4] == [1, 1, 1] for row in rows["先查清什么"]) == 20


def test_without_finalists_there_is_a_page_too(scenario: Scenario, tmp_path: Path) -> None:
    """Nothing came to the finals: no figure, no table of finalists, the options with their reasons."""
    dropped: dict[str, Reason] = {"early": "no_effect", "phones": "harmful", "sets": "too_dear"}
    whole = found(scenario, OPTIONS, [], recommended=None, budget=20.0, dropped=dropped)
    text = write_options(tmp_path, whole, tables(whole), language="zh").read_text(encoding="utf-8")
    assert "<figure" not in text
    assert "没有可推荐的" in text
    assert "入围方案" not in text.split("方法附录")[0]
    assert "没有推演" in text
    assert not FORBIDDEN.search(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))


def test_what_costs_nothing_has_no_figure_of_costs(scenario: Scenario, tmp_path: Path) -> None:
    """Rules only: there is nothing that money buys."""
    rules = (EARLY, option("order", "先打村支书"))
    finals = [tried(rules, "early", 9), tried(rules, "early+order", 12)]
    whole = found(scenario, rules, finals, recommended=1, steps=(step(None, finals[0]), step(*finals)))
    write_options(tmp_path, whole, tables(whole), language="en")
    assert [entry.name for entry in (tmp_path / "figures").iterdir()] == ["steps.png"]


@pytest.mark.parametrize(
    ("costs", "ends", "placed_at"),
    [
        ([0, 50, 100], [(1, 3), (1, 3), (1, 3)], [0, 50, 100]),  # far apart: as they are
        ([0, 0, 100], [(1, 3), (5, 6), (1, 3)], [0, 0, 100]),  # the same cost, intervals that do not meet: as they are
        ([0, 0, 100], [(1, 3), (2, 4), (1, 3)], [3, 0, 100]),  # the lower one to the right
        ([0, 1, 100], [(1, 3), (2, 4), (1, 3)], [0, 3, 100]),
    ],
)
def test_finalists_are_drawn_apart_only_where_they_would_cover_each_other(
    costs: list[float], ends: list[tuple[float, float]], placed_at: list[float]
) -> None:
    """Never to the left, so that none seems cheaper than it is."""
    drawn = _apart(np.array(costs, dtype=float), np.array(ends, dtype=float))
    assert drawn.tolist() == pytest.approx(placed_at)
    assert (drawn >= costs).all()


def test_the_command_writes_what_people_read(tmp_path: Path) -> None:
    """A night of luck with a measure that helps and one that does nothing: the command prints the sentences and leaves page and workbook."""
    night = lucky()
    rule = {"title": "换人值班", "cost": {"each": 0}, "units": 1, "set": {"roster.posts.officer.answer": 0.95}}
    same = rule | {"title": "照旧", "cost": {"each": 2}, "set": {"roster.desks.township.relay": "0 min"}}
    night.scenario["options"] = {"rule": rule, "same": same}
    command = ["options", str(night.write(tmp_path / "in")), "--screen", "6", "-n", "20", "--workers", "1"]
    done = CliRunner().invoke(cli, [*command, "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "建议采用1项措施：“换人值班”，都不花钱。" in done.stdout
    assert "没有列入（看的是“各村应答”）：初筛6次，这个数没有一次不同的，“照旧”。" in done.stdout
    assert (tmp_path / "out" / "options.html").exists()
    assert (tmp_path / "out" / "options.xlsx").exists()
