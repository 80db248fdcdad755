"""Numbers that are not known: their ranges, and draws of all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim import load_scenario, simulate
from sim.errors import InputError
from sim.scenario.uncertain import UncertainPlan, draw
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
