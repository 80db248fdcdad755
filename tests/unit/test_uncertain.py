"""Numbers that are not known: their ranges, and draws of all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim import load_scenario, luck, simulate
from sim.errors import InputError
from sim.scenario.uncertain import UncertainPlan, alone, blocks, draw, share_of, written
from sim.units import split
from tests.strategies import Small, small

ANSWER, CALLERS, RELAY = "roster.posts.officer.answer", "roster.desks.county.callers", "roster.desks.county.relay"


def night(**uncertain: Any) -> Small:  # noqa: ANN401 - plain YAML data
    """Return a night of which some numbers, by their path, are not known."""
    own = small(1, 2, 2)
    own.scenario["roster"]["posts"]["officer"]["answer"] = "50 %"
    own.scenario["roster"]["desks"]["county"] |= {"callers": 2, "relay": "2 min"}
    own.scenario["uncertain"] = uncertain
    return own


def test_a_draw_makes_a_scenario_with_every_number_in_its_range(tmp_path: Path) -> None:
    """Whatever the draw: shares keep their sign, minutes their unit, counts stay whole; the county and the rest of the scenario stay as they are."""
    ranges = {
        ANSWER: {"range": ["30 %", "90 %"]},
        CALLERS: {"range": [1, 3]},
        RELAY: {"range": ["1 min", "4 min"]},
    }
    path = night(**ranges).write(tmp_path)
    stated = load_scenario(path).plan
    for number in range(8):
        plan = load_scenario(path, draw(stated.uncertain, stated.seed, number)).plan
        assert 0.3 <= plan.roster.posts["officer"].answer[0] <= 0.9
        assert plan.roster.desks["county"].callers in {1, 2, 3}
        assert 1 <= plan.roster.desks["county"].relay.minutes <= 4
        assert plan.targets == stated.targets


@given(
    st.floats(0, 50).flatmap(lambda low: st.tuples(st.just(low), st.floats(low + 1e-3, 100))),
    st.integers(0, 2**32),
)
def test_a_value_drawn_lies_between_the_ends_and_keeps_the_unit(ends: tuple[float, float], number: int) -> None:
    """Also where the ends are long numbers: what is drawn is not rounded out of the range."""
    own = UncertainPlan(range=tuple(f"{end!r} min" for end in ends))
    (setting,) = draw({"x": own}, 1, number)
    value, unit = split(setting.removeprefix("x="))
    assert unit == "min"
    assert ends[0] <= value <= ends[1]


def test_all_values_of_a_range_are_alike_and_paths_know_nothing_of_each_other() -> None:
    """Uniform by Kolmogorov and Smirnov, uncorrelated between paths; whole numbers, both ends included, by chi-square."""
    plans = {
        "a": UncertainPlan(range=("10 %", "30 %")),
        "b": UncertainPlan(range=(0.0, 1.0)),
        "c": UncertainPlan(range=(2, 5)),
    }
    drawn = [[split(one.partition("=")[2])[0] for one in draw(plans, 7, number)] for number in range(4000)]
    a, b, c = np.array(drawn).T
    assert stats.kstest((a - 10) / 20, "uniform").pvalue > 0.001
    assert stats.kstest(b, "uniform").pvalue > 0.001
    assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(4000)
    values, counts = np.unique(c, return_counts=True)
    assert values.tolist() == [2, 3, 4, 5]
    assert stats.chisquare(counts).pvalue > 0.001


def test_one_more_path_changes_no_other_draw() -> None:
    """Nor does their order: each path has its own luck."""
    a, b = UncertainPlan(range=(0.0, 1.0)), UncertainPlan(range=("1 min", "2 min"))
    alone, both, turned = (draw(plans, 3, 5) for plans in ({"a": a}, {"a": a, "b": b}, {"b": b, "a": a}))
    assert set(alone) < set(both)
    assert set(both) == set(turned)


def test_what_is_not_known_changes_no_run(tmp_path: Path) -> None:
    """A run uses the number that is stated, whatever range stands beside it."""
    without, told = night().load(tmp_path / "a"), night(**{ANSWER: {"range": ["10 %", "90 %"]}}).load(tmp_path / "b")
    ours, theirs = (simulate(scenario, 3) for scenario in (without, told))
    assert np.array_equal(ours.households.warned_min, theirs.households.warned_min)
    assert without.assumptions == told.assumptions


@pytest.mark.parametrize(
    ("path", "ends", "said"),
    [
        ("roster.posts.nobody.answer", ["30 %", "90 %"], "没有这一项"),
        ("roster.posts.officer", ["30 %", "90 %"], "应为一个数"),
        ("roster.desks.county.relay.x.y", ["1 min", "2 min"], "下面没有内容"),
        (ANSWER, ["60 %", "90 %"], "不在这个范围内"),
        (ANSWER, [0.3, 0.9], "单位不同"),
        (ANSWER, ["90 %", "30 %"], "先低后高"),
        (ANSWER, ["30 %", "3 min"], "先低后高"),
        (ANSWER, ["often", "90 %"], "应为一个数"),
        (ANSWER, ["30 %", "120 %"], "不能大于 1"),
        (CALLERS, [0, 3], "太小"),
        (RELAY, ["1 s", "90 s"], "单位不同"),
        (ANSWER, ["30 %"], "项数太少"),
    ],
)
def test_a_range_that_is_none_is_a_fault_where_it_stands(
    path: str, ends: list[object], said: str, tmp_path: Path
) -> None:
    """With file and line, the problem and a remedy."""
    with pytest.raises(InputError) as caught:
        night(**{path: {"range": ends}}).load(tmp_path)
    (fault, *_) = [one for one in caught.value.faults if said in one.problem.zh]
    assert fault.key.startswith("uncertain")
    assert fault.line
    assert fault.remedy.zh


def test_every_range_at_fault_is_told_at_once(tmp_path: Path) -> None:
    """Three of them, three faults."""
    bad = {ANSWER: {"range": ["60 %", "90 %"]}, CALLERS: {"range": [3, 1]}, "nothing.there": {"range": [1, 2]}}
    with pytest.raises(InputError) as caught:
        night(**bad).load(tmp_path)
    assert len(caught.value.faults) == 3


def test_ends_that_no_law_can_have_together_are_a_fault(tmp_path: Path) -> None:
    """A median of 5 min fits a tenth above 6 min, a tenth above 4 min fits a median of 3 min; a median of 5 and a tenth above 4 do not."""
    ranges = {f"{RELAY}.lognormal.median": ["2 min", "5 min"], f"{RELAY}.lognormal.p90": ["4 min", "10 min"]}
    own = night(**{path: {"range": ends} for path, ends in ranges.items()})
    own.scenario["roster"]["desks"]["county"]["relay"] = {"lognormal": {"median": "3 min", "p90": "6 min"}}
    with pytest.raises(InputError) as caught:
        own.load(tmp_path)
    assert all("同一处" in fault.problem.zh and fault.line for fault in caught.value.faults)


SHAPES: dict[str, tuple[dict[str, Any], stats.rv_continuous]] = {
    "triangular": ({"triangular": {"mode": "70 %"}}, stats.triang(0.4, 50, 50)),
    "normal": ({"normal": {"mean": "60 %", "sd": "20 %"}}, stats.norm(60, 20)),
    "lognormal": (
        {"lognormal": {"median": "60 %", "p90": "90 %"}},
        stats.lognorm(np.log(1.5) / stats.norm.ppf(0.9), scale=60),
    ),
}
"""Laws between 50 % and 100 %, and what they are before they are cut off there."""


def number(setting: str) -> float:
    """Return the number that a setting writes."""
    return split(setting.partition("=")[2])[0]


@st.composite
def plans_of_one(draw_one: st.DrawFn) -> UncertainPlan:
    """Any law between any two ends, of whole numbers or with a unit."""
    low = draw_one(st.integers(1, 50))
    high = low + draw_one(st.integers(1, 50))
    middle = draw_one(st.integers(low, high))
    unit = draw_one(st.sampled_from(["", " min"]))

    def said(value: float) -> float | str:
        return f"{value}{unit}" if unit else value

    laws = {
        "triangular": {"mode": said(middle)},
        "normal": {"mean": said(middle), "sd": said(draw_one(st.floats(0.5, 100)))},
        "lognormal": {"median": said(middle), "p90": said(middle * draw_one(st.floats(1.05, 5)))},
    }
    name = draw_one(st.sampled_from([None, *laws]))
    shape = {"shape": {name: laws[name]}} if name else {}
    return UncertainPlan.model_validate({"range": [said(low), said(high)], **shape})


@given(plans_of_one(), st.floats(0, 1))
def test_ends_are_exact_and_a_larger_share_is_no_smaller_number(own: UncertainPlan, share: float) -> None:
    """Shares 0 and 1 give what is written; between them lies every other share."""
    plans = {"x": own}
    low, here, high = (alone(plans, "x", one) for one in (0, share, 1))
    assert (low, high) == (f"x={own.range[0]}", f"x={own.range[1]}")
    assert number(low) <= number(here) <= number(high)


@given(plans_of_one(), st.floats(0, 1))
def test_where_a_number_lies_is_the_inverse_of_the_number_that_lies_there(own: UncertainPlan, share: float) -> None:
    """Up to rounding; a whole number stands for all shares that give it."""
    setting = alone({"x": own}, "x", share)
    back = share_of(own, setting.removeprefix("x="))
    if own.ends[2]:
        assert back == pytest.approx(share, abs=1e-6)
    else:
        assert alone({"x": own}, "x", back) == setting


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_drawn_has_the_law_that_is_written_cut_off_at_the_ends(name: str) -> None:
    """Kolmogorov and Smirnov against the law of scipy, given that it lies between the ends."""
    shape, whole = SHAPES[name]
    plans = {"x": UncertainPlan.model_validate({"range": ["50 %", "100 %"], "shape": shape})}
    values = [number(one) for n in range(4000) for one in draw(plans, 7, n)]
    below, above = whole.cdf([50, 100])
    assert stats.kstest(values, lambda x: (whole.cdf(x) - below) / (above - below)).pvalue > 0.001


def test_whole_numbers_have_what_of_the_law_is_nearest_to_each() -> None:
    """Triangular over 2 … 4 with its mode at 3: the law over 1.5 … 4.5 gives 2/9, 5/9 and 2/9; by chi-square."""
    own = UncertainPlan.model_validate({"range": [2, 4], "shape": {"triangular": {"mode": 3}}})
    values = [number(one) for n in range(4500) for one in draw({"x": own}, 7, n)]
    found, counts = np.unique(values, return_counts=True)
    assert found.tolist() == [2, 3, 4]
    assert stats.chisquare(counts, [1000, 2500, 1000]).pvalue > 0.001


def together(**ranks: dict[str, float]) -> dict[str, UncertainPlan]:
    """Return four numbers of different laws, with rank correlations."""
    laws: dict[str, dict[str, Any]] = {
        "a": {"range": ["50 %", "100 %"], "shape": SHAPES["normal"][0]},
        "b": {"range": ["1 min", "20 min"], "shape": {"lognormal": {"median": "3 min", "p90": "12 min"}}},
        "c": {"range": ["0 %", "5 %"]},
        "d": {"range": [0.5, 2.0], "shape": {"triangular": {"mode": 0.5}}},
    }
    return {
        path: UncertainPlan.model_validate({**law, "rank_correlation": ranks.get(path, {})})
        for path, law in laws.items()
    }


def test_rank_correlations_of_the_draws_are_those_that_are_written() -> None:
    """Within four standard errors of Spearman's coefficient (by its Fisher transform, variance 1.06/(n − 3), Fieller, Hartley & Pearson 1957).

    Also those that are zero; and every law stays what it is (two samples by Kolmogorov and Smirnov).
    """
    n = 4000
    ranks = {("a", "b"): 0.7, ("a", "c"): -0.4, ("b", "c"): 0.0, ("a", "d"): 0.0, ("b", "d"): 0.0, ("c", "d"): 0.0}
    bound, free = (
        np.array([[number(one) for one in draw(plans, 7, k)] for k in range(n)]).T
        for plans in (together(a={"b": 0.7}, c={"a": -0.4}), together())
    )
    for (one, other), rank in ranks.items():
        found = stats.spearmanr(bound["abcd".index(one)], bound["abcd".index(other)]).statistic
        assert abs(np.arctanh(found) - np.arctanh(rank)) < 4 * np.sqrt(1.06 / (n - 3))
    assert all(stats.ks_2samp(*both).pvalue > 0.001 for both in zip(bound, free, strict=True))


def test_a_correlation_moves_only_the_later_of_its_pair() -> None:
    """Without one a draw is what it always was: the own luck of the path, laid out between the ends."""
    plans = {path: UncertainPlan(range=("10 %", "30 %")) for path in "abc"}
    with_one = plans | {"a": UncertainPlan(range=("10 %", "30 %"), rank_correlation={"b": 0.5})}
    shares = {path: luck.uniform_one(7, 3, "scenario/uncertain", luck.entity_id(path)) for path in plans}
    before = tuple(f"{path}={10.0 + share * 20.0!r} %" for path, share in shares.items())
    assert draw(plans, 7, 3) == before
    assert [now == then for now, then in zip(draw(with_one, 7, 3), before, strict=True)] == [True, False, True]


@given(st.lists(st.sampled_from([0.0, 0.3, 0.5, 1.0]), min_size=4, max_size=4))
def test_shares_of_exactly_zero_and_one_give_the_ends_whatever_is_correlated(shares: list[float]) -> None:
    """So an input can be moved to its ends; the others stay between theirs."""
    plans = together(a={"b": 0.9, "c": -0.3})
    for (path, own), share, setting in zip(plans.items(), shares, written(plans, shares), strict=True):
        value, (low, high, _) = number(setting), own.ends
        assert low <= value <= high
        if share in (0, 1):
            assert setting == f"{path}={own.range[int(share)]}"


def test_blocks_are_what_groups_and_correlations_chain_together() -> None:
    """In the order of the paths, each in exactly one; a correlation of nothing is none."""
    plans = {
        "a": UncertainPlan(range=(0, 1), group="night"),
        "b": UncertainPlan(range=(0, 1), rank_correlation={"e": 0.0}),
        "c": UncertainPlan(range=(0, 1), rank_correlation={"d": 0.2}),
        "d": UncertainPlan(range=(0, 1), group="night"),
        "e": UncertainPlan(range=(0, 1)),
    }
    assert blocks(plans) == (("a", "c", "d"), ("b",), ("e",))
    assert blocks({}) == ()


def test_every_draw_with_laws_and_correlations_makes_a_scenario(tmp_path: Path) -> None:
    """Every number in its range, whatever the luck."""
    told = {
        ANSWER: {"range": ["30 %", "90 %"], "shape": {"normal": {"mean": "80 %", "sd": "50 %"}}},
        CALLERS: {"range": [1, 3], "shape": {"triangular": {"mode": 1}}, "rank_correlation": {ANSWER: -0.95}},
        RELAY: {"range": ["1 min", "4 min"], "shape": {"lognormal": {"median": "1 min", "p90": "9 min"}}},
    }
    path = night(**told).write(tmp_path)
    plan = load_scenario(path).plan
    for k in range(8):
        assert load_scenario(path, draw(plan.uncertain, plan.seed, k)).plan.targets == plan.targets


@pytest.mark.parametrize(
    ("own", "key", "value", "said"),
    [
        ({"shape": {"triangular": {"mode": "95 %"}}}, "shape.triangular.mode", "95 %", "不在范围内"),
        ({"shape": {"triangular": {"mode": 0.5}}}, "shape.triangular.mode", "0.5", "单位不同"),
        ({"shape": {"triangular": {"mode": "often"}}}, "shape.triangular.mode", "often", "应为一个数"),
        ({"shape": {"normal": {"mean": "20 %", "sd": "5 %"}}}, "shape.normal.mean", "20 %", "不在范围内"),
        ({"shape": {"normal": {"mean": "50 %", "sd": "0 %"}}}, "shape.normal.sd", "0 %", "大于零"),
        ({"shape": {"lognormal": {"median": "50 %", "p90": "50 %"}}}, "shape.lognormal.p90", "50 %", "大于中位数"),
        ({"shape": {}}, "shape", "", "恰好写一种"),
        ({"shape": {"weibull": {"scale": 1}}}, "shape.weibull", "", "不认识的键"),
        ({"rank_correlation": {RELAY: 1.0}}, f"rank_correlation.{RELAY}", "1.0", "太大"),
        ({"rank_correlation": {RELAY + "s": 0.5}}, f"rank_correlation.{RELAY}s", "0.5", "没有这一项"),
        ({"rank_correlation": {ANSWER: 0.5}}, f"rank_correlation.{ANSWER}", "0.5", "与自己"),
        ({"rank_correlation": {RELAY: 0.5}}, f"rank_correlation.{RELAY}", "0.5", "别的数"),
    ],
)
def test_a_law_or_correlation_that_is_none_is_a_fault_where_it_stands(
    own: dict[str, Any], key: str, value: str, said: str, tmp_path: Path
) -> None:
    """With file, line, key, value, problem and remedy."""
    told = {
        ANSWER: {"range": ["30 %", "90 %"], **own},
        RELAY: {"range": ["1 min", "4 min"], "rank_correlation": {ANSWER: 0.4} if "别的数" in said else {}},
    }
    with pytest.raises(InputError) as caught:
        night(**told).load(tmp_path)
    fault = next(one for one in caught.value.faults if said in one.problem.zh)
    assert fault.key == f"uncertain.{ANSWER}.{key}"
    assert fault.value == value
    assert fault.file.endswith(".yaml")
    assert fault.line
    assert fault.remedy.zh
    assert fault.remedy.en


def test_correlations_that_cannot_all_hold_are_a_fault(tmp_path: Path) -> None:
    """If a goes with b and b with c, a cannot go against c: told of each that writes one."""
    told: dict[str, dict[str, Any]] = {
        ANSWER: {"range": ["30 %", "90 %"], "rank_correlation": {RELAY: 0.9, CALLERS: -0.9}},
        RELAY: {"range": ["1 min", "4 min"], "rank_correlation": {CALLERS: 0.9}},
        CALLERS: {"range": [1, 3]},
    }
    with pytest.raises(InputError) as caught:
        night(**told).load(tmp_path)
    assert {fault.key for fault in caught.value.faults} == {
        f"uncertain.{ANSWER}.rank_correlation",
        f"uncertain.{RELAY}.rank_correlation",
    }
    assert all("合不到一起" in fault.problem.zh and fault.line for fault in caught.value.faults)


def test_faults_of_ranges_laws_and_correlations_are_told_at_once(tmp_path: Path) -> None:
    """One of each at three numbers, four faults."""
    told: dict[str, dict[str, Any]] = {
        ANSWER: {"range": ["90 %", "30 %"], "rank_correlation": {"nobody": 0.5}},
        RELAY: {"range": ["1 min", "4 min"], "shape": {"normal": {"mean": "9 min", "sd": "0 min"}}},
        CALLERS: {"range": [1, 3]},
    }
    with pytest.raises(InputError) as caught:
        night(**told).load(tmp_path)
    assert len(caught.value.faults) == 4


def test_a_law_laid_over_another_replaces_it(tmp_path: Path) -> None:
    """As for durations: a file that extends another need not take its law away first."""
    told = {ANSWER: {"range": ["30 %", "90 %"], "shape": {"triangular": {"mode": "60 %"}}}}
    below = night(**told).write(tmp_path)
    above = tmp_path / "above.yaml"
    above.write_text(
        f"extends: {below.name}\nuncertain:\n  {ANSWER}:\n    shape: {{normal: {{mean: 50 %, sd: 9 %}}}}\n",
        encoding="utf-8",
    )
    shape = load_scenario(above).plan.uncertain[ANSWER].shape
    assert shape is not None
    assert shape.law[0] == "normal"
