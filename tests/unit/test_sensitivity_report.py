"""The report of a sensitivity analysis: the answer first, chances in runs of a hundred, nothing ranked that chance would do, every number kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.container import BarContainer

from sim import simulate
from sim.errors import Language
from sim.measures.digest import digest
from sim.report import sensitivity_sentences, write_sensitivity
from sim.report.figures import draw
from sim.report.figures.sheet import drawing
from sim.report.sensitivity.about import About, plain, whole
from sim.report.sensitivity.annex import again, methods
from sim.report.sensitivity.collect import collect
from sim.report.sensitivity.fails import fails
from sim.report.sensitivity.figures.curves import band
from sim.report.sensitivity.figures.draw import FIGURES
from sim.report.sensitivity.figures.frame import BAND, CHANCE, HIGH, LOW, QUIET, folded
from sim.report.sensitivity.figures.region import SHADES
from sim.report.sensitivity.matters import matters
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.folder import Asked
from sim.study.nights import Nights
from sim.study.sensitivity.found import (
    Bound,
    Curve,
    CurveEffect,
    Design,
    Index,
    Input,
    Interaction,
    Kind,
    Method,
    Output,
    Point,
    Region,
    Sensitivity,
    Worth,
)
from sim.study.sensitivity.tables import tables
from tests.strategies import lucky

ANSWER, TALK, RING = "roster.posts.officer.answer", "channels.phone.talk", "channels.phone.redial"
MET, TOLD, EXPOSED = "target:all:met", "told_95_min", "exposed_at_onset_persons"
FORBIDDEN = re.compile(r"脱岗|\b(?:inf|nan|NaN|None|NaT)\b")
SYMBOLS = re.compile(r"μ|σ|\bS1\b|\bST\b|\bKS\b|p_met|P\(")
KIND: dict[Method, Kind] = {"morris": "mu_star", "sobol": "ST", "pawn": "ks"}


@pytest.fixture(scope="module", autouse=True)
def _coarse_pictures() -> Iterator[None]:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "_PNG_DPI", 40)
        yield


# An analysis made by hand ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Return a night of which three numbers are not known."""
    night = lucky()
    night.scenario["title"] = "甲乡之夜"
    night.scenario["uncertain"] = {
        path: {"title": title, "range": ends, "source": "测试", "applies_to": "演练", "status": "演示"}
        for path, title, ends in (
            (ANSWER, "值班员接听的概率", ["30 %", "90 %"]),
            (TALK, "一次通话多久", ["30 s", "3 min"]),
            (RING, "隔多久重拨", ["1 min", "5 min"]),
        )
    }
    night.scenario["roster"]["posts"]["officer"]["answer"] = "50 %"
    night.scenario["uncertain"][TALK]["range"] = ["0.5 min", "3 min"]
    return night.load(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def nights(scenario: Scenario) -> Nights:
    """Return two runs of it."""
    return Nights.of(range(2), [digest(scenario, simulate(scenario, n)) for n in range(2)])


def index(
    output: str, own: str, value: float, *, heard: bool = True, method: Method = "morris", kind: Kind | None = None
) -> Index:
    """Return an index, above its floor or below."""
    floor = value / 2 if heard else value * 2
    return Index(method, output, own, kind or KIND[method], value, value * 0.8, value * 1.2, floor, heard)


def curve(output: str, own: str, ends: tuple[float, float], stated: float, effect: CurveEffect = "sure") -> Curve:
    """Return a straight curve between two ends."""
    shares = (0.0, 0.25, 0.75, 1.0)
    means = np.array([ends[0] + share * (ends[1] - ends[0]) for share in shares])
    if effect == "none":
        means = np.full(4, stated)
    wide = 0.0 if effect == "none" else 0.04 * max(abs(stated), 1.0)
    written = {
        ANSWER: ("30 %", "45.0 %", "75.0 %", "90 %"),
        TALK: ("0.5 min", "1.125 min", "2.375 min", "3 min"),
        RING: ("1 min", "2.0 min", "4.0 min", "5 min"),
    }[own]
    apart = means - stated
    return Curve(
        output=output,
        input=own,
        shares=shares,
        written=tuple((one,) for one in written),
        means=means,
        low=means - wide,
        high=means + wide,
        stated_share=0.4,
        stated_mean=stated,
        stated_low=stated - wide,
        stated_high=stated + wide,
        differences=apart,
        difference_low=apart - wide,
        difference_high=apart + wide,
        alike=(effect == "none",) * 4,
        effect=effect,
    )


INPUTS = (
    Input(ANSWER, "值班员接听的概率", (ANSWER,), (("30 %", "90 %"),), ("50 %",)),
    Input(TALK, "一次通话多久", (TALK,), (("0.5 min", "3 min"),), ("1 min",)),
    Input(RING, "隔多久重拨", (RING,), (("1 min", "5 min"),), ("1 min",)),
)
OUTPUTS = (Output(MET, "all", "各村应答", "1", "more"), Output(TOLD, "", "", "min", "less"))
INDICES = (
    index(MET, ANSWER, 0.43),
    index(MET, TALK, 0.1),
    index(MET, RING, 0.02, heard=False),
    index(TOLD, ANSWER, 3.0, heard=False),
    index(TOLD, TALK, 12.0),
    index(TOLD, RING, 1.0, heard=False),
)
CURVES = (
    curve(MET, ANSWER, (0.31, 0.74), 0.52),
    curve(MET, TALK, (0.55, 0.45), 0.52, "open"),
    curve(MET, RING, (0, 0), 0.52, "none"),
    curve(TOLD, ANSWER, (41.0, 38.0), 40.0, "open"),
    curve(TOLD, TALK, (34.0, 52.0), 40.0),
    curve(TOLD, RING, (0, 0), 40.0, "none"),
)
BOTH = Interaction(MET, ANSWER, TALK, ("30 %",), ("3 min",), -0.21, -0.07, -0.4, -0.12, -0.2, -0.04, matters=True)
REGION = Region(
    "all",
    (Bound(ANSWER, "", None, "61 %"), Bound(TALK, "", "2.4 min", None)),
    points=20,
    runs=120,
    failed=109,
    low=0.841,
    high=0.957,
    coverage=0.64,
    everywhere=0.3,
    share=0.21,
    held=True,
)
WORTH = Worth(ANSWER, "all", 0.3, 0.024, 0.01, heard=True, now=0.52, known_low=0.31, known_high=0.95)


def analysis(
    scenario: Scenario, nights: Nights, methods: tuple[Method, ...] = ("morris",), **changes: object
) -> Sensitivity:
    """Return an analysis; by default answering matters most to the requirement, talking to the minutes, redialling to nothing."""
    made = Sensitivity(
        scenario=scenario,
        asked=Asked("", (), scenario.hash, 7, 20),
        design=Design(methods, 8, 100, 6, 20),
        inputs=INPUTS,
        outputs=OUTPUTS,
        left_out=(),
        indices=INDICES,
        curves=CURVES,
        interactions=(),
        regions=(),
        worths=(),
        stated=nights,
        runs=432,
        noise={MET: 0.1, TOLD: 4.0},
        noise_share={MET: 0.2, TOLD: 0.3},
        points=(),
    )
    return replace(made, **changes)


def full(scenario: Scenario, nights: Nights) -> Sensitivity:
    """Return an analysis in which there is something of everything."""
    more = [index(MET, one.key, 0.2, method="pawn") for one in INPUTS]
    more += [index(TOLD, one.key, 0.2, method="pawn") for one in INPUTS]
    more += [index(MET, ANSWER, 0.41, kind="mu"), index(MET, ANSWER, 0.07, kind="sigma")]
    points = tuple(
        Point(
            "pawn",
            n,
            {ANSWER: f"{30 + 3 * n}.5 %", TALK: f"{0.5 + 0.125 * ((7 * n) % 20)} min", RING: f"{1 + 0.2 * n:.1f} min"},
            6,
            {MET: (n % 7) / 6, TOLD: 30 + 0.37 * n},
        )
        for n in range(20)
    )
    worths = tuple(replace(WORTH, input=one.key, worth=0.024 - 0.005 * n) for n, one in enumerate(INPUTS))
    return analysis(
        scenario,
        nights,
        ("morris", "pawn"),
        indices=(*INDICES, *more),
        interactions=(BOTH,),
        regions=(REGION,),
        worths=worths,
        points=points,
    )


# Which inputs matter --------------------------------------------------------------------------------------------------


def test_the_first_sentence_is_the_answer(scenario: Scenario, nights: Nights) -> None:
    """The input, its two ends as written, and what the requirement is at either in runs of a hundred; no clock, no symbol."""
    zh, en = (sensitivity_sentences(analysis(scenario, nights), language) for language in ("zh", "en"))
    assert zh[1] == "哪些底数最要紧？"
    assert (
        zh[2] == "值班员接听的概率最要紧：从30%到90%，“各村应答，发布后4分钟内”按时的从100次中约31次变到100次中约74次。"
    )
    assert re.fullmatch(
        r".+ matters most: from 30% to 90%, runs that keep '.+' go from about 31 of 100 to about 74 of 100\.", en[2]
    )
    assert (
        zh[3]
        == "值班员接听的概率：与情景原值（50%，100次中约52次）相比（每100次推演中），30%时少21次（误差范围少17—25次）；"
        "90%时多22次（误差范围多18—26次）。"
    )
    assert "其次是：一次通话多久（0.5分钟→3分钟，55/100→45/100）。" in zh
    for sentence in (*zh, *en):
        assert not SYMBOLS.search(sentence)
        assert not FORBIDDEN.search(sentence)


def test_what_chance_would_do_is_not_ranked(scenario: Scenario, nights: Nights) -> None:
    """An input below the floor is counted, never named as important, whatever its number; one that no run feels is named as such."""
    found = analysis(scenario, nights)
    about = About(found, Words("zh"))
    assert [one.input.key for one in about.heard(MET)] == [ANSWER, TALK]
    assert [one.input.key for one in about.heard(TOLD)] == [TALK]
    zh = sensitivity_sentences(found, "zh")
    assert "对“各村应答，发布后4分钟内”按时，另有1项与偶然分不开。" in zh
    sure = (*found.curves[:2], curve(MET, RING, (0.5, 0.6), 0.52), *found.curves[3:])
    (said,) = (one for one in sensitivity_sentences(replace(found, curves=sure), "zh") if "与偶然分不开" in one)
    assert said.endswith("；不过其中单独改动时，这项结果有把握与情景原值不同的是：隔多久重拨。")
    assert [one for one in zh if "隔多久重拨" in one] == [
        "有1项从低端到高端单独改动，没有一次推演的任何结果有变化：隔多久重拨。"
    ]
    quiet = tuple(replace(one, heard=False) for one in found.indices)
    said = sensitivity_sentences(replace(found, indices=quiet), "zh")
    assert said[2].startswith("3项底数在各自范围内怎么变，这些推演里没有哪一项的影响与偶然分得开")
    assert not [one for one in said if "最要紧" in one and one != said[1]]


@pytest.mark.parametrize(
    ("effect", "sentence"),
    [
        ("open", r"值班员接听的概率最要紧：从30%到90%，.+变到100次中约74次；不过单独改动它，差别还在误差范围之内。"),
        (
            "none",
            r"对“各村应答，发布后4分钟内”按时，值班员接听的概率最要紧，但单独改动它没有一次推演不同：要和别的底数一起变才显出来。",
        ),
    ],
)
def test_the_answer_says_how_sure_it_is(scenario: Scenario, nights: Nights, effect: CurveEffect, sentence: str) -> None:
    """Where moving it alone is not sure to differ, or differs in no run, the answer says so."""
    curves = (curve(MET, ANSWER, (0.31, 0.74), 0.52, effect), *CURVES[1:])
    assert re.fullmatch(sentence, sensitivity_sentences(analysis(scenario, nights, curves=curves), "zh")[2])


def test_only_interactions_that_matter_are_named(scenario: Scenario, nights: Nights) -> None:
    """With both effects, what both do together, and the interval of what is beyond the sum; where none matters, that is said."""
    with_one = sensitivity_sentences(analysis(scenario, nights, interactions=(BOTH,)), "zh")
    (said,) = (one for one in with_one if one.startswith("两项要放在一起看"))
    assert "值班员接听的概率（30%）与一次通话多久（3分钟）" in said
    assert "单看前一项少21次，单看后一项少7次，两项同时少40次，比两项相加少12次（误差范围少4—20次）" in said
    with_none = sensitivity_sentences(analysis(scenario, nights, interactions=(replace(BOTH, matters=False),)), "zh")
    assert not [one for one in with_none if one.startswith("两项要放在一起看")]
    assert any("（1对），没有哪一对" in one for one in with_none)


@pytest.mark.parametrize(
    ("output", "extra", "told"),
    [(MET, -0.049, False), (MET, 0.05, True), (TOLD, 1.99, False), (TOLD, -2.0, True)],
)
def test_a_pair_is_named_from_five_of_a_hundred_on(
    scenario: Scenario, nights: Nights, output: str, extra: float, *, told: bool
) -> None:
    """Of a chance five of 100 runs, of a number 5 % of the mean as stated (40 min): less is sure, but no sentence."""
    both = replace(BOTH, output=output, extra=extra)
    said = sensitivity_sentences(analysis(scenario, nights, interactions=(both,)), "zh")
    assert any(one.startswith("两项要放在一起看") for one in said) is told
    assert any("（1对），没有哪一对" in one for one in said) is not told


# What cannot be told apart, and what so few runs tell -----------------------------------------------------------------


def tied(found: Sensitivity) -> Sensitivity:
    """Return an analysis in which the interval of talking reaches up to that of answering (0.344 to 0.516)."""
    wide = replace(INDICES[1], high=0.35)
    return replace(found, indices=(INDICES[0], wide, *INDICES[2:]))


def test_what_overlaps_has_no_order(scenario: Scenario, nights: Nights) -> None:
    """In sentence and table both come first and it is said that they cannot be told apart; where intervals stand apart one comes first."""
    found = analysis(scenario, nights)
    about = About(tied(found), Words("zh"))
    assert [[one.input.key for one in place] for place in about.places(MET)] == [[ANSWER, TALK]]
    assert [[one.input.key for one in place] for place in About(found, Words("zh")).places(MET)] == [[ANSWER], [TALK]]
    first, *others = sensitivity_sentences(tied(found), "zh")[2:]
    assert first == (
        "对“各村应答，发布后4分钟内”按时，最要紧的有2项：值班员接听的概率（30%→90%，31/100→74/100）；"
        "一次通话多久（0.5分钟→3分钟，55/100→45/100）（这2项分不出先后）。"
    )
    assert not [one for one in others if one.startswith("其次") or "最要紧：" in one]
    assert any("最前的2项分不出先后" in one for one in others)
    (table,) = matters(about).tables
    assert table.rows[0][2] == "值班员接听的概率；一次通话多久（这2项分不出先后）"
    assert table.rows[0][4] == "—"
    (checks,) = collect(about).tables
    assert [row[0] for row in checks.rows] == ["1—2", "1—2"]


def test_in_the_figure_what_comes_first_is_dark(
    scenario: Scenario, nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both where they cannot be told apart, one where they can; what is heard besides is pale, the rest grey."""
    drawn: list[str] = []
    bar = Axes.barh

    def noted(*args: Any, **more: Any) -> BarContainer:  # noqa: ANN401 - whatever a bar takes
        drawn.append(more["color"])
        return bar(*args, **more)

    monkeypatch.setattr(Axes, "barh", noted)
    for found, colours in (
        (analysis(scenario, nights), [HIGH, LOW, QUIET]),
        (tied(analysis(scenario, nights)), [HIGH, HIGH, QUIET]),
    ):
        drawn.clear()
        with drawing():
            FIGURES["ranking"](About(found, Words("zh")))
        assert drawn[:3] == colours


def test_none_of_twenty_is_not_told_as_none_of_a_hundred(scenario: Scenario, nights: Nights) -> None:
    """An end that no run keeps, or every run, is told by what was played, in sentences and cells; what is fitted is never told as never."""
    curves = (curve(MET, ANSWER, (0.0, 1.0), 0.52), *CURVES[1:])
    for language, said, cell in (
        ("zh", "从20次中没有一次变到20次中每一次。", "30%→90%：0/20→20/20"),
        ("en", "go from none of 20 to all of 20.", "30% → 90%: 0/20 → 20/20"),
    ):
        about = About(analysis(scenario, nights, curves=curves), Words(language))
        assert matters(about).sentences[0].endswith(said)
        assert matters(about).tables[0].rows[0][3] == cell
    assert (whole(0.0), whole(0.004), whole(0.31), whole(1.0)) == (1, 1, 31, 99)


def test_where_every_run_is_as_stated_no_interval_is_read_out(scenario: Scenario, nights: Nights) -> None:
    """That end is the same in every run; the other end has its difference and interval, and the band is closed where nothing differs."""
    one = replace(CURVES[0], alike=(True, False, False, False))
    found = analysis(scenario, nights, curves=(one, *CURVES[1:]))
    zh = sensitivity_sentences(found, "zh")
    assert zh[3].endswith("30%时每次都一样；90%时多22次（误差范围多18—26次）。")
    low, high = band(About(found, Words("zh")), MET, one)
    assert low[[0, -1]].tolist() == high[[0, -1]].tolist() == [0.52, 0.52]
    assert np.allclose([low[1:4], high[1:4]], 0.52 + np.array([one.difference_low[1:], one.difference_high[1:]]))


@pytest.mark.parametrize(
    ("mean", "said"), [(3.417, "3.4分钟"), (0.034, "0.03分钟"), (34.17, "34分钟"), (717.3, "717分钟")]
)
def test_minutes_have_a_decimal_below_ten_only(scenario: Scenario, nights: Nights, mean: float, said: str) -> None:
    """What is written with more digits than the runs give is not read."""
    assert About(analysis(scenario, nights), Words("zh")).level(TOLD, mean) == said


def test_what_some_run_has_no_value_of_is_named(scenario: Scenario, nights: Nights) -> None:
    """In a note, by its name; nothing else is said of it."""
    found = analysis(scenario, nights, left_out=(Output(EXPOSED, "", "", "person", "less"),))
    (said,) = (one for one in matters(About(found, Words("zh"))).notes if "没有数" in one)
    assert Words("zh")(f"compare.number.{EXPOSED}") in said


def test_another_method_that_puts_another_first_is_heard(scenario: Scenario, nights: Nights) -> None:
    """Said where it differs, not where it agrees."""
    for first, said in ((TALK, True), (ANSWER, False)):
        more = (index(MET, first, 0.6, method="pawn"), index(MET, RING, 0.5, method="pawn"))
        points = full(scenario, nights).points
        found = analysis(scenario, nights, ("morris", "pawn"), indices=(*INDICES, *more), points=points)
        assert any("换一种方法" in one for one in sensitivity_sentences(found, "zh")) is said


@pytest.mark.parametrize(
    ("share", "cell", "said"),
    [
        (0.0, "0/400", "400次中没有一次"),
        (0.004, "不到1/100", "100次中不到1次"),
        (0.31, "31/100", "100次中约31次"),
        (0.996, "超过99/100", "100次中99次以上"),
        (1.0, "400/400", "400次中每一次"),
    ],
)
def test_no_run_means_never_and_all_mean_always(
    scenario: Scenario, nights: Nights, share: float, cell: str, said: str
) -> None:
    """A share that is not 0 is never told as no run, one that is not 1 never as all; none and all are told of what was played."""
    about = About(analysis(scenario, nights), Words("zh"))
    assert (about.counted(share, 400), about.in_runs(share, 400)) == (cell, said)


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "0"), (61.234, "61.2"), (60.0, "60"), (1234.5, "1234"), (0.12345, "0.123"), (2.4, "2.4"), (-0.5, "-0.5")],
)
def test_a_value_has_as_many_digits_as_count(value: float, said: str) -> None:
    """Three, no zeros behind, and no digit before the point is lost."""
    assert plain(value) == said


# Where it fails -------------------------------------------------------------------------------------------------------


def test_a_region_is_a_sentence(scenario: Scenario, nights: Nights) -> None:
    """Its conditions as written, failures in runs of a hundred with the interval outwards, how many of all failures it holds."""
    points = tuple(Point("pawn", n, {}, 6, {MET: mean, TOLD: 40.0}) for n, mean in enumerate((0.5, 0.0, 0.0, 0.0)))
    found = analysis(scenario, nights, ("morris", "pawn"), regions=(REGION, replace(REGION, held=False)), points=points)
    zh = sensitivity_sentences(found, "zh")
    at = zh.index("什么条件下预案会失守？")
    assert zh[at + 1] == "先看总的：各底数在范围内一起变动，“各村应答，发布后4分钟内”100次中约88次超时。"
    assert zh[at + 2] == (
        "当值班员接听的概率低于61%，且一次通话多久高于2.4分钟时，“各村应答，发布后4分钟内”100次中约91次超时（误差范围84—96次）；"
        "全部超时中64%出在这里，而这样的条件只占各种可能的21%。"
    )
    assert zh[at + 3].startswith("另有1处像是更容易失守")
    open_ = sensitivity_sentences(replace(found, regions=(replace(REGION, low=0.29),)), "zh")
    assert open_[at + 3].startswith("另有1处像是更容易失守")  # its interval holds what fails everywhere


def test_every_requirement_stands_in_a_table_with_who_says_so(scenario: Scenario, nights: Nights) -> None:
    """Name, limit, what it rests on, where it holds, and how often it is missed; with screening alone only whether it ever is."""
    (plan,) = (one for one in scenario.plan.targets if one.id == "all")
    zh = Words("zh")
    for methods_, means, missed in (
        (("pawn",), (0.5, 0.0), "75/100"),
        (("pawn",), (0.0, 0.0), "每次都超时"),
        (("morris",), (0.5, 0.0), "有时超时"),
        (("morris",), (1.0, 1.0), "没有超时"),
    ):
        use = methods_[0]
        points = tuple(Point(use, n, {}, 6, {MET: mean, TOLD: 40.0}) for n, mean in enumerate(means))
        indices = full(scenario, nights).indices
        about = About(analysis(scenario, nights, methods_, indices=indices, points=points), zh)
        (table,) = fails(about).tables
        assert table.rows == ((plan.name, "发布后4分钟内", zh(f"status.{plan.status}"), plan.applies_to, missed),)


@pytest.mark.parametrize(
    ("means", "said"),
    [
        (
            (0.0, 0.5, 1.0),
            [
                "先看总的：各底数在范围内一起变动，“各村应答，发布后4分钟内”100次中约50次超时。",
                "没有找到哪种条件下失守明显集中：看了有时按时、有时超时的1项要求，各底数在范围内取了3组值，每组推演6次。",
            ],
        ),
        (
            (0.0, 0.0, 0.0),
            [
                "有1项要求，各底数在范围内取过的3组值，没有一次推演按时，这些范围内没有见到按时的：“各村应答，发布后4分钟内”。"
            ],
        ),
        ((1.0, 1.0, 1.0), ["有1项要求，各底数在范围内取过的3组值，每一次推演都按时：“各村应答，发布后4分钟内”。"]),
    ],
)
def test_without_a_region_it_is_said_what_was_looked_at(
    scenario: Scenario, nights: Nights, means: tuple[float, ...], said: list[str]
) -> None:
    """What is missed everywhere is not owed to inputs, what is kept everywhere breaks nowhere; of others so many points were looked at."""
    points = tuple(Point("pawn", n, {}, 6, {MET: mean, TOLD: 40.0}) for n, mean in enumerate(means))
    indices = full(scenario, nights).indices
    zh = sensitivity_sentences(analysis(scenario, nights, ("morris", "pawn"), indices=indices, points=points), "zh")
    at = zh.index("什么条件下预案会失守？")
    assert zh[at + 1 : zh.index("先查清哪三样？")] == said


def test_what_screening_cannot_answer_is_owned_up_to(scenario: Scenario, nights: Nights) -> None:
    """With morris alone both other questions name the command that answers them, in either language."""
    for language in ("zh", "en"):
        said = sensitivity_sentences(analysis(scenario, nights), language)
        assert sum("jiaoying sensitivity" in one and "--method pawn" in one for one in said) == 2
        said = sensitivity_sentences(
            analysis(
                scenario,
                nights,
                ("pawn",),
                indices=full(scenario, nights).indices,
                points=full(scenario, nights).points,
            ),
            language,
        )
        assert not [one for one in said if "--method" in one]


# What to find out -----------------------------------------------------------------------------------------------------


def test_the_first_three_are_those_worth_most(scenario: Scenario, nights: Nights) -> None:
    """By worth, each input once, with what it may turn out to be; what chance could do is worth nothing."""
    worths = [replace(WORTH, input=one.key, worth=worth) for one, worth in zip(INPUTS, (0.01, 0.03, 0.02), strict=True)]
    points = full(scenario, nights).points
    found = analysis(scenario, nights, ("morris", "pawn"), worths=tuple(worths), points=points)
    zh = sensitivity_sentences(found, "zh")
    at = zh.index("先查清哪三样？")
    assert zh[at + 1] == "先查清这三样：一次通话多久；隔多久重拨；值班员接听的概率。"
    assert "查清后，估计100次中可能约31次到约95次" in zh[at + 2]
    assert "100种中约30种会使结论与现在相反" in zh[at + 2]
    assert "约合每100次3.0次" in zh[at + 2]
    worths[1] = replace(worths[1], heard=False)
    zh = sensitivity_sentences(replace(found, worths=tuple(worths)), "zh")
    assert zh[at + 1].startswith("值得先查清的只有：隔多久重拨；值班员接听的概率；")


@pytest.mark.parametrize(
    ("flips", "said"),
    [(0.0, "只查清其中任何一样、其余仍不知道，没有看出哪一样会改变判定"), (0.2, "看不出查清哪一样会改变判定")],
)
def test_that_nothing_is_worth_knowing_is_said(scenario: Scenario, nights: Nights, flips: float, said: str) -> None:
    """Where no verdict would change, and where none surely would."""
    worths = (replace(WORTH, flips=flips, heard=False),)
    whole_ = full(scenario, nights)
    found = analysis(scenario, nights, ("pawn",), worths=worths, indices=whole_.indices, points=whole_.points)
    zh = sensitivity_sentences(found, "zh")
    at = zh.index("先查清哪三样？")
    assert zh[at + 1].startswith(said)
    assert zh[at + 2].startswith("即便如此，想把“各村应答，发布后4分钟内”按时的概率估得更准")
    (table,) = collect(About(found, Words("zh"))).tables
    assert [row[1] for row in table.rows] == [
        one.title for one in INPUTS
    ]  # by how much they matter, not by a worth of nothing


# The files ------------------------------------------------------------------------------------------------------------


def cells(path: Path) -> list[object]:
    """Return what stands in the cells of a workbook."""
    return [
        cell.value
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_answers_each_question_with_figures(
    scenario: Scenario, nights: Nights, tmp_path: Path, language: Language
) -> None:
    """All sentences, a described picture of each kind, stamps, inputs with their sources, the command; symbols only in the annex; nothing fetched."""
    found = full(scenario, nights)
    path = write_sensitivity(tmp_path, found, tables(found), language)
    assert path == tmp_path / "sensitivity.html"
    page = path.read_text(encoding="utf-8")
    plain_page = page.replace("&#39;", "'")
    for sentence in sensitivity_sentences(found, language):
        assert sentence in plain_page
    pictures = ["ranking", "tornado", "curves", "region"]
    assert len(re.findall(r'<figure role="img" aria-label="[^"]{30,}"><svg', page)) == len(pictures)
    assert {one.name for one in (tmp_path / "figures").iterdir()} == {f"{name}.png" for name in pictures}
    assert len(re.findall('<section class="question">', page)) == 4
    body, _, annex = page.partition(Words(language)("study.head.annex"))
    text = re.sub(r"<svg.*?</svg>|<style.*?</style>", "", body, flags=re.DOTALL)
    assert not SYMBOLS.search(text)
    assert not FORBIDDEN.search(re.sub("<[^>]*>", " ", page))
    assert "Morris 1991" in annex
    assert "Friedman" in annex
    assert "Sobol" not in annex
    assert again(About(found, Words(language))) in page
    assert not re.search(r"""(src|href|xmlns)=["']?(https?:)?//""", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_holds_every_number(
    scenario: Scenario, nights: Nights, tmp_path: Path, language: Language
) -> None:
    """Indices with intervals and floors, every level of every curve, pairs, regions, worths, noise and points; chances in runs of a hundred."""
    found = full(scenario, nights)
    write_sensitivity(tmp_path, found, tables(found), language)
    values = cells(tmp_path / "sensitivity.xlsx")
    held = np.array([value for value in values if isinstance(value, int | float)], dtype=float)
    times = {MET: 100.0, TOLD: 1.0}
    expected = [
        float(value) * (100.0 if one.method == "pawn" else times[one.output])
        for one in found.indices
        for value in (one.value, one.low, one.high, one.floor)
    ]
    for one in found.curves:
        for values_of in (one.means, one.low, one.high, one.differences, one.difference_low, one.difference_high):
            expected += (values_of * times[one.output]).tolist()
    expected += [100 * value for value in (BOTH.together, BOTH.extra, BOTH.low, BOTH.high)]
    expected += [REGION.low, REGION.high, REGION.coverage, REGION.everywhere, REGION.share, REGION.failed / REGION.runs]
    expected += [value for one in found.worths for value in (one.worth * 100, one.flips, one.known_low, one.known_high)]
    expected += [found.noise[key] * times[key] for key in times]
    expected += [point.means[key] * times[key] for point in found.points for key in times]
    for value in expected:
        assert np.isclose(held, value, rtol=1e-12, atol=1e-12).any(), value
    texts = [value for value in values if isinstance(value, str)]
    assert not FORBIDDEN.search(" ".join(texts))
    assert {ANSWER, TALK, RING} <= set(texts)
    for sentence in sensitivity_sentences(found, language):
        assert sentence in texts


def test_the_same_analysis_gives_the_same_bytes(scenario: Scenario, nights: Nights, tmp_path: Path) -> None:
    """Page, workbook and pictures, wherever they are written."""
    found = full(scenario, nights)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_sensitivity(tmp_path / name, found, tables(found), "zh")
    files = [one.relative_to(tmp_path / "a") for one in (tmp_path / "a").rglob("*") if one.is_file()]
    assert len(files) == 6
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file


def test_only_what_was_used_is_cited(scenario: Scenario, nights: Nights) -> None:
    """Each method of a design with its papers, and none other; the command asks for what was made."""
    papers = {"morris": "Campolongo", "sobol": "Saltelli 等 2010", "pawn": "Wagener"}
    for used in (("morris",), ("sobol",), ("pawn",), ("sobol", "pawn")):
        about = About(analysis(scenario, nights, used, indices=()), Words("zh"))
        text = "".join(methods(about))
        assert [name for name, paper in papers.items() if paper in text] == [name for name in papers if name in used]
        assert ("Strong" in text) is ("pawn" in used)
        assert ("各用各的运气" in text) is ("pawn" in used)
        assert [name for name in papers if f"--method {name}" in again(about)] == [
            name for name in papers if name in used
        ]
        assert ("--trajectories" in again(about)) is ("morris" in used)
        assert ("--points" in again(about)) is (used != ("morris",))


def test_inputs_that_move_together_have_one_name(tmp_path: Path) -> None:
    """A group by its name and how many there are, in either language; its ends in words where values would be too many."""
    night = lucky()
    paths = [f"roster.posts.officer.{own}" for own in ("answer", "reachable")]
    night.scenario["roster"]["posts"]["officer"] |= {"answer": "90 %", "reachable": "90 %"}
    ranges = {"range": ["60 %", "95 %"], "group": "夜间接听"}
    night.scenario["uncertain"] = dict.fromkeys(paths, ranges) | {
        TALK: {"range": ["1 min", "2 min"], "group": "夜间接听"}
    }
    whole = night.load(tmp_path)
    few = Nights.of(range(2), [digest(whole, simulate(whole, n)) for n in range(2)])
    own = Input("夜间接听", "夜间接听", (*paths, TALK), (("60 %", "95 %"),) * 3, ("90 %", "90 %", "1 min"))
    found = analysis(whole, few, inputs=(own,))
    for language, name, end in (
        ("zh", "夜间接听（3项一起变）", "都取低端"),
        ("en", "answering calls at night (3 move together)", "all at the low end"),
    ):
        about = About(found, Words(language))
        assert about.input("夜间接听") == name
        assert about.at(own, ("60 %", "60 %", "1 min"), "all_low") == end
    pair = replace(own, paths=own.paths[:2])
    assert About(found, Words("zh")).at(pair, ("60 %", "61.5 %"), "all_low") == "60% / 61.5%"


# Figures --------------------------------------------------------------------------------------------------------------


def seen(colour: str, blindness: str) -> np.ndarray:
    """Return a colour as a dichromat sees it."""
    space = {"name": "sRGB1+CVD", "cvd_type": blindness, "severity": 100}
    return np.clip(cspace_convert(to_rgb(colour), space, "sRGB1"), 0, 1)


@pytest.mark.parametrize("blindness", ["protanomaly", "deuteranomaly", "tritanomaly"])
@pytest.mark.parametrize(
    "colours",
    [("white", LOW, HIGH), ("white", QUIET, LOW, HIGH), ("white", QUIET, HIGH, CHANCE), ("white", BAND, HIGH), SHADES],
)
def test_colours_differ_to_the_colour_blind_and_in_grey(colours: tuple[str, ...], blindness: str) -> None:
    """What stands beside each other, as seen by a dichromat (ΔE of CAM02-UCS ≥ 10), and in lightness on a grey print (≥ 5 of 100)."""
    pairs = [*itertools.combinations(colours, 2)]
    assert min(deltaE(seen(one, blindness), seen(other, blindness), input_space="sRGB1") for one, other in pairs) >= 10
    lightness = [cspace_convert(to_rgb(one), "sRGB1", "CIELab")[0] for one in colours]
    assert min(abs(one - other) for one, other in itertools.combinations(lightness, 2)) >= 5


def test_a_folded_name_stays_in_its_room_and_keeps_its_marks() -> None:
    """No line begins with what closes or ends with what opens, words stay whole, nothing is lost."""
    for text in (
        "村里从应答到开始往下叫应（最可能），要多久（中位）",
        "chance that a village secretary answers a call at night",
    ):
        for room in (0.7, 1.0, 1.6):
            lines = folded(text, room).split("\n")
            assert len(lines) > 1
            assert not [line for line in lines if line[0] in "）”，、；：。" or line[-1] in "（“"]
            assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
            assert set(" ".join(lines).split()) >= {word for word in text.split() if word.isascii()}
