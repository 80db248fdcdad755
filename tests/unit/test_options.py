"""Options: what each is worth by itself and together, what is recommended, and that luck neither makes nor hides it."""

from __future__ import annotations

import itertools
import json
import math
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim import load_scenario, simulate
from sim.errors import Fault, InputError, Text
from sim.measures.naming import naming
from sim.scenario.differences import differences
from sim.study.compare.paired import mean_difference
from sim.study.engines import Engine, Job, Local, play_of
from sim.study.nights import Column, Nights
from sim.study.options import Found, Wanted, begun, found_out, gone_on_with, read, summarise, tables
from sim.study.options.finals import beaten, carried, confidence_of, frontier, harms, interactions, last_part
from sim.study.options.folder import OptionsFolder
from sim.study.options.found import Objective, Step, Tried, affordable
from sim.study.options.measure import difference, objective_of, values_of
from sim.study.options.places import placed
from sim.study.options.portfolios import (
    MOST,
    MOST_STEPS,
    SPARE,
    Candidate,
    best_within,
    chained,
    finalists_of,
    nested,
    steps_of,
)
from tests.strategies import Small, full_night, lucky, repeatable, small, villages_answer, with_outages

NEVER = "never_households"
FEWER = Objective(NEVER, "household", "less", "", "", None)
ANSWER, REACHABLE = "roster.posts.officer.answer", "roster.posts.officer.reachable"
RELAY, CALLS = "roster.desks.township.relay", "roster.neighbour_counties.other.calls"


# Tools ----------------------------------------------------------------------------------------------------------------


def option(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - plain YAML data
    """Return an option that is free and sets what is so already; ``more`` lies over it."""
    return {"title": "措施", "cost": {"each": 0}, "units": 1, "set": {RELAY: "0 min"}} | more


def shown(portions: Iterable[Nights], *_: object) -> Iterable[Nights]:
    """Show no progress."""
    return portions


@dataclass
class Formula:
    """An engine that plays no night: so many households are never told as a formula of the options taken and the number of the run has it.

    ``gain`` gives by how many fewer, from the options and a luck of the run, shape (runs,). What is played is noted.
    """

    gain: Callable[[frozenset[str], np.ndarray], np.ndarray]
    seed: int = 0
    played: list[tuple[frozenset[str], int]] = field(default_factory=list)

    def play(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield the nights of each job."""
        for variant, numbers in jobs:
            words = [one.removeprefix("roster.posts.").partition(".title=") for one in variant.overrides]
            taken = frozenset(name for name, is_one, _ in words if is_one)
            self.played += [(taken, number) for number in numbers]
            luck = np.array([np.random.default_rng((self.seed, number)).normal(size=2) for number in numbers])
            never = 100 + 5 * luck[:, 0] - self.gain(taken, luck[:, 1])
            values = {"release_min": np.zeros(len(numbers)), NEVER: never}
            values |= {f"warned_p{share}_min": np.full(len(numbers), 30.0) for share in (50, 90, 95)}
            columns = tuple(Column(name, "", np.array([0])) for name in values)
            yield Nights(tuple(numbers), columns, np.column_stack([*values.values()]))


def of_formula(costs: dict[str, float], **excludes: list[str]) -> Small:
    """Return a night with options that a ``Formula`` can tell from each other."""
    night = small(1, 1, 1)
    for name, cost in costs.items():
        night.scenario["roster"]["posts"][name] = {"title": "岗位", "reachable": 1.0, "answer": 1.0}
        taken = {f"roster.posts.{name}.title": "已采用"}
        own = option(cost={"each": cost}, set=taken, excludes=excludes.get(name, []))
        night.scenario.setdefault("options", {})[name] = own
    return night


def weighed(night: Small, engine: Engine, folder: Path, **wanted: Any) -> Found:  # noqa: ANN401 - see Wanted
    """Return what is found out about the options of a night."""
    given = {"objective": NEVER} if isinstance(engine, Formula) else {}
    scenario, asked = read(night.write(folder / "in"), (), Wanted(**(given | wanted)))
    return found_out(begun(scenario, asked, folder / "out"), scenario, engine, shown)


def runs_of(one: Tried) -> tuple[np.ndarray, np.ndarray]:
    """Return what the objective was run by run, as it is and with the options."""
    _, base, other = np.array([*one.run_by_run()]).T
    return base, other


def linear(**each: float) -> Callable[[frozenset[str], np.ndarray], np.ndarray]:
    """Return a gain that adds up: so much for each option, the same in every run but for a hundredth of luck of its own."""
    return lambda taken, luck: sum((each[name] * (1 + 0.01 * luck) for name in taken), np.zeros(len(luck)))


def real() -> Small:
    """Return a night of luck in which three options do something, and one does nothing."""
    night = lucky(3, answer=0.5)
    night.scenario["options"] = {
        "answer": option(cost={"each": 4}, set={ANSWER: 0.9}),
        "again": option(cost={"each": 2}, set={"roster.ladders.village.steps.0.tries": 2}),
        "worse": option(set={"roster.posts.officer.reachable": 0.3}),
        "same": option(cost={"each": 1}),
    }
    return night


def bytes_of(found: Found) -> dict[str, str]:
    """Return every table of what was found out, as text."""
    return {name: table.to_csv(index=False) for name, table in tables(found).items()}


# Blocks and rules -----------------------------------------------------------------------------------------------------


def test_options_change_no_run_and_no_hash(tmp_path: Path) -> None:
    """A scenario with options is the one without: hash, assumptions, differences and every household's minute."""
    plain = lucky().load(tmp_path)
    night = lucky()
    night.scenario["options"] = real().scenario["options"]
    told = night.load(tmp_path)
    assert told.hash == plain.hash
    assert told.assumptions == plain.assumptions
    assert differences(plain, told) == ()
    ours, theirs = (simulate(scenario, 3).households.warned_min for scenario in (plain, told))
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize(
    ("more", "key", "said"),
    [
        ({"set": {"roster.nobody.callers": 2}}, "options.bad.set.roster.nobody.callers", "不认识的键"),
        ({"set": {"warnings.x.level": "red"}}, "options.bad.set.warnings.x.level", "没有“x”"),
        ({"set": {REACHABLE: "120 %"}}, f"options.bad.set.{REACHABLE}", "不能大于 1"),
        ({"set": {"means_by_level.red": ["tv"]}}, "options.bad", "tv"),
        ({"set": {"seed": 3}}, "options.bad.set.seed", "运气"),
        ({"set": {"targets.all.within": "2 h"}}, "options.bad.set.targets.all.within", "运气"),
        ({"set": {}}, "options.bad", "什么也不改"),
        ({"excludes": ["nobody"]}, "options.bad.excludes[0]", "没有这项措施"),
        ({"set": {ANSWER: 0.7}}, f"options.bad.set.{ANSWER}", "同一处"),
        ({"set": {"roster.posts.officer": {"title": "a", "reachable": 1, "answer": 1}}}, "options.bad", "同一处"),
        ({"where": {"into": RELAY, "level": "hamlet", "by": "late", "target": "all"}}, "where.level", "没有这个层级"),
        ({"where": {"into": RELAY, "level": "county", "by": "threatened"}}, "where.level", "没有这个层级"),
        ({"where": {"into": RELAY, "level": "village", "by": "late", "target": "x"}}, "where.target", "没有这项时限"),
        ({"where": {"into": RELAY, "level": "village", "by": "late"}}, "where.target", "没有这项时限"),
        ({"where": {"into": RELAY, "level": "village", "by": "dark"}}, "where.by", "没有断网"),
        ({"where": {"into": RELAY, "level": "village", "by": "threatened"}}, "where.by", "没有登记"),
        ({"where": {"into": RELAY, "level": "village", "by": "late", "target": "all"}, "units": 9}, "units", "只有3个"),
    ],
)
def test_an_option_that_cannot_be_is_a_fault_where_it_stands(
    more: dict[str, Any], key: str, said: str, tmp_path: Path
) -> None:
    """With line, key and remedy; only where options are asked for, as none of it bears on a run."""
    night = lucky()
    night.scenario["options"] = {"good": option(set={ANSWER: 0.8}), "bad": option(**more)}
    path = night.write(tmp_path)
    load_scenario(path)
    with pytest.raises(InputError) as caught:
        load_scenario(path, options=True)
    found = [fault for fault in caught.value.faults if said in fault.problem.zh + fault.value]
    assert found, caught.value.render()
    assert key in found[0].key
    assert found[0].line
    assert found[0].remedy.zh


def test_every_fault_of_every_option_is_told_at_once(tmp_path: Path) -> None:
    """One that cannot be does not hide what is wrong with the next."""
    night = lucky()
    night.scenario["options"] = {f"o{n}": option(set={ANSWER: f"{n} %"}, excludes=[]) for n in (120, 130)}
    night.scenario["options"]["x"] = option(excludes=["nobody"])
    for one, other in itertools.permutations(("o120", "o130")):
        night.scenario["options"][one]["excludes"] = [other]
    with pytest.raises(InputError) as caught:
        read(night.write(tmp_path), (), Wanted())
    assert {fault.key.split(".")[1] for fault in caught.value.faults} == {"o120", "o130", "x"}


@pytest.mark.parametrize(
    "more",
    [
        {"cost": {"each": -1}},
        {"cost": {"fixed": -1}},
        {"units": 0},
        {"units": 1.5},
        {"title": ""},
        {"price": 3},
        {"cost": {"per": "month"}},
    ],
)
def test_a_cost_or_a_number_that_cannot_be_is_a_fault(more: dict[str, Any], tmp_path: Path) -> None:
    """Costs are not negative, at least one is bought, a title is there, and no key is made up."""
    night = lucky()
    night.scenario["options"] = {"bad": option(**more)}
    with pytest.raises(InputError) as caught:
        night.load(tmp_path)
    assert all(fault.key.startswith("options.bad") and fault.line for fault in caught.value.faults)


def test_two_options_may_set_the_same_thing_where_they_exclude_each_other_or_agree(tmp_path: Path) -> None:
    """Either names the other, or both set the same value."""
    night = lucky()
    night.scenario["options"] = {
        "some": option(set={ANSWER: 0.8}),
        "more": option(set={ANSWER: 0.9}, excludes=["some", "alike"]),
        "alike": option(set={ANSWER: 0.8, RELAY: "1 min"}),
    }
    assert len(load_scenario(night.write(tmp_path), options=True).plan.options) == 3


def test_a_table_that_an_option_names_counts_from_the_file_that_names_it(tmp_path: Path) -> None:
    """As in the rest of the file, not from where the program runs; one that is not there is a fault of the option."""
    night = small(1, 1, 1)
    rows = "desk,post,person,from,to\n" + "".join(
        f"{desk},officer,P1,2025-07-10 08:30,2025-07-12 08:30\n" for desk in ("C", "T000", "T000V000")
    )
    (tmp_path / "july.csv").write_text(rows, encoding="utf-8-sig")
    (tmp_path / "persons.csv").write_text("person,name,phone\nP1,甲,13900000000\n", encoding="utf-8-sig")
    night.scenario["options"] = {"duty": option(set={"roster.shifts": "july.csv", "roster.persons": "persons.csv"})}
    plan = load_scenario(night.write(tmp_path), options=True).plan.options["duty"]
    assert plan.settings()[0] == f'roster.shifts="{tmp_path / "july.csv"}"'
    night.scenario["options"]["duty"]["set"]["roster.shifts"] = "june.csv"
    with pytest.raises(InputError) as caught:
        load_scenario(night.write(tmp_path), options=True)
    assert all(fault.key.startswith("options.duty") and fault.line for fault in caught.value.faults)


def test_what_is_asked_must_be_there(tmp_path: Path) -> None:
    """No options, an unknown objective, draws where nothing is uncertain: faults, nothing written."""
    path = real().write(tmp_path / "a")
    for wanted in (Wanted(objective="nothing"), Wanted(draws=10)):
        with pytest.raises(InputError):
            read(path, (), wanted)
    with pytest.raises(InputError) as caught:
        read(lucky().write(tmp_path / "b"), (), Wanted())
    assert "options" in caught.value.faults[0].remedy.zh


def test_an_objective_that_is_not_simulated_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """No evacuation, so nobody is counted as exposed or safe; the remedy names what there is."""
    night = real()
    night.scenario["targets"].append(villages_answer(id="safe", event="safe", of_whom="listed_household"))
    path = night.write(tmp_path)
    for objective in ("exposed_at_onset_persons", "safe"):
        with pytest.raises(InputError) as caught:
            read(path, (), Wanted(objective=objective))
        assert "all、" in caught.value.faults[0].remedy.zh
        assert "safe" not in caught.value.faults[0].remedy.zh


def test_options_that_cannot_be_taken_together_are_refused_by_name(tmp_path: Path) -> None:
    """Each makes a scenario, both do not: a triangular law whose mode lies beyond its other end."""
    night = of_formula({"a": 1, "b": 1})
    night.scenario["roster"]["desks"]["county"]["relay"] = {
        "triangular": {"low": "1 min", "mode": "4 min", "high": "9 min"}
    }
    for name, path, value in (("a", "mode", "8 min"), ("b", "high", "6 min")):
        night.scenario["options"][name]["set"][f"roster.desks.county.relay.triangular.{path}"] = value
    with pytest.raises(InputError) as caught:
        weighed(night, Formula(linear(a=1, b=1)), tmp_path, screen=3, finals=3)
    (fault,) = caught.value.faults
    assert fault.value == "a + b"
    assert "excludes" in fault.remedy.zh


def test_faults_come_back_whole_from_another_process() -> None:
    """With file, line and both languages."""
    told = InputError([Fault("a.yaml", 3, 1, "b", "c", Text("坏", "bad"), Text("改", "mend"))])
    assert pickle.loads(pickle.dumps(told)).faults == told.faults  # noqa: S301 - our own


# Portfolios on paper --------------------------------------------------------------------------------------------------

CANDIDATES = st.lists(
    st.tuples(st.sampled_from([0.0, 1.0, 2.0, 3.5, 7.0]), st.integers(1, 9).map(float)), min_size=1, max_size=8
).map(lambda rows: [Candidate(f"o{n}", cost, gain) for n, (cost, gain) in enumerate(rows)])
PAIRS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), max_size=5)


def apart_by(pairs: set[tuple[int, int]]) -> Callable[[str, str], bool]:
    """Return which options exclude each other."""
    return lambda one, other: any({one, other} == {f"o{a}", f"o{b}"} for a, b in pairs)


@repeatable(60)
@given(CANDIDATES, PAIRS, st.sampled_from([None, 0.0, 3.0, 6.5, 40.0]))
def test_a_chain_is_nested_within_budget_and_keeps_apart_what_excludes_each_other(
    candidates: list[Candidate], pairs: set[tuple[int, int]], budget: float | None
) -> None:
    """Free ones first, then by gain for the money; who is left out is excluded by one in it, or does not fit behind those before it."""
    apart = apart_by(pairs)
    chain, left = chained(candidates, apart, budget)
    by_id = {one.id: one for one in candidates}
    assert {*chain, *left} == set(by_id)
    assert not any(apart(one, other) for one, other in itertools.combinations(chain, 2))
    assert affordable(sum(by_id[one].cost_wan for one in chain), budget)
    ratio = [by_id[one].gain / by_id[one].cost_wan if by_id[one].cost_wan else math.inf for one in chain]
    assert ratio == sorted(ratio, reverse=True)
    for name, why in left.items():
        before = [one for one in chain if by_id[one].rank <= by_id[name].rank]
        if why == "excluded":
            assert any(apart(name, one) for one in before)
        else:
            assert not affordable(sum(by_id[one].cost_wan for one in before) + by_id[name].cost_wan, budget)
    steps = steps_of(chain, candidates)
    assert list(steps) == [one for one in chain if one in steps]
    assert len(steps) == min(len(chain), MOST_STEPS)
    others = [by_id[one].gain for one in chain if one not in steps]
    assert not others or max(others) <= min(by_id[one].gain for one in steps)
    assert [len(one) for one in nested(steps)] == [*range(1, len(steps) + 1)]
    assert not steps or nested(steps)[-1] == steps


@repeatable(60)
@given(CANDIDATES, PAIRS, st.sampled_from([None, 0.0, 3.0, 6.5, 40.0]))
def test_who_goes_to_the_finals_is_told_by_what_it_is_worth(
    candidates: list[Candidate], pairs: set[tuple[int, int]], budget: float | None
) -> None:
    """Whatever else goes: what gains most within the budget, what gains most whatever it costs, what gains most for its money; ten at most.

    Of single options none that gains less goes before one that gains more.
    """
    apart = apart_by(pairs)
    candidates = [one for one in candidates if affordable(one.cost_wan, budget)]
    by_id = {one.id: one for one in candidates}
    chain, _ = chained(candidates, apart, budget)
    steps = steps_of(chain, candidates)
    found = finalists_of(steps, candidates, apart, budget)
    kept = {frozenset(one) for one in found}
    assert len(kept) == len(found) <= MOST - SPARE
    assert found[: len(steps)] == nested(steps)
    best = [best_within(candidates, apart, most) for most in (budget, None)]
    assert kept >= {frozenset(one) for one in best if one}
    dear = [one for one in candidates if one.cost_wan]
    if dear:
        ratio = max(one.gain / one.cost_wan for one in dear)
        alone = [by_id[one[0]] for one in found if len(one) == 1]
        assert any(one.cost_wan and one.gain / one.cost_wan == pytest.approx(ratio) for one in alone)
        singles = [one.gain for one in alone if one.id not in steps[:1]][1:]
        assert singles == sorted(singles, reverse=True) or len(alone) <= 2


def against_as_it_is(members: str, cost: float, fewer: np.ndarray) -> Tried:
    """Return what a portfolio comes to that has so many fewer than 100 in each run."""
    base = np.full(len(fewer), 100.0)
    how = difference(FEWER, base, base - fewer, 0.95)
    return Tried(tuple(members), cost, how, (), (), tuple(range(len(fewer))), (base, base - fewer))


def test_what_the_last_money_buys_is_told_against_the_dearest_cheaper_part() -> None:
    """By hand: of a for 1, a and b for 3, c for 2 it is the second, which has 6 of 9 in every run; of parts that cost as much there is none."""
    flat = np.zeros(40)
    finalists = [
        against_as_it_is(members, cost, flat + gain)
        for members, cost, gain in (("a", 1, 5), ("ab", 3, 6), ("c", 2, 2), ("abc", 5, 9), ("abd", 3, 7))
    ]
    last = last_part(finalists[3], finalists, FEWER)
    assert last is not None
    assert (last.before, last.added, last.moved.difference) == (1, ("c",), -3)
    assert last_part(finalists[0], finalists, FEWER) is None
    dearest = last_part(finalists[4], finalists, FEWER)  # d is free
    assert dearest is not None
    assert dearest.before == 0


def test_one_is_beaten_only_where_another_for_the_money_is_surely_better() -> None:
    """By hand: 5 ± 3 in turn, 6 ± 3 turned the other way (better on average, not surely), 7 ± 3 for more money, 4 worse for nothing."""
    turn = np.where(np.arange(40) % 2, 3.0, -3.0)
    some = [
        against_as_it_is("a", 10, 5 + turn),
        against_as_it_is("b", 10, 6 - turn),
        against_as_it_is("c", 20, 7 + turn),
        against_as_it_is("d", 0, -4 + turn / 3),
    ]
    assert beaten(some, FEWER) == (3,)  # leaving it as it is beats it
    assert beaten([*some, against_as_it_is("e", 9, 10 + turn)], FEWER) == (0, 1, 2, 3)
    assert beaten([*some, against_as_it_is("e", 30, 10 + turn)], FEWER) == (3,)


def test_what_is_carried_by_others_is_told_by_the_closest_comparison() -> None:
    """By hand: without it the portfolio does as well; else by its own step; else by it alone; what was never looked at by itself is carried."""
    turn = np.where(np.arange(40) % 2, 3.0, -3.0)
    whole = against_as_it_is("ab", 2, 9 + turn)
    alone = [against_as_it_is("a", 1, 5 + turn), against_as_it_is("b", 1, 4 + turn)]
    assert carried(whole, [whole], (), FEWER) == ("a", "b")
    assert carried(whole, [whole, *alone], (), FEWER) == ()
    weak = against_as_it_is("a", 1, 9 - turn)  # b adds nothing to a for certain
    assert carried(whole, [whole, weak, alone[1]], (), FEWER) == ("b",)
    step = Step(("a", "b"), "b", 1, difference(FEWER, runs_of(weak)[1], runs_of(whole)[1], 0.95))
    assert carried(whole, [whole, alone[1]], (step,), FEWER) == ("b",)
    assert carried(alone[0], [whole, *alone], (), FEWER) == ()


@repeatable(60)
@given(CANDIDATES, PAIRS, st.sampled_from([0.0, 3.0, 6.5, 12.0, None]))
def test_the_best_that_a_budget_holds_is_that_of_all_that_could_be(
    candidates: list[Candidate], pairs: set[tuple[int, int]], budget: float | None
) -> None:
    """By trying every set of options; without a budget whatever they cost."""
    apart = apart_by(pairs)

    def sound(some: Sequence[Candidate]) -> bool:
        fits = budget is None or sum(one.cost_wan for one in some) <= budget
        return fits and not any(apart(one.id, other.id) for one, other in itertools.combinations(some, 2))

    sets = (some for size in range(len(candidates) + 1) for some in itertools.combinations(candidates, size))
    best = max(sum(one.gain for one in some) for some in sets if sound(some))
    found = [one for one in candidates if one.id in best_within(candidates, apart, budget)]
    assert sound(found)
    assert sum(one.gain for one in found) == pytest.approx(best)


@given(st.lists(st.tuples(st.integers(0, 6).map(float), st.integers(-3, 6).map(float)), max_size=8))
def test_nobody_on_the_frontier_is_beaten_and_everybody_off_it_is(rows: list[tuple[float, float]]) -> None:
    """By a finalist that costs no more and gains no less, and differs, or by doing nothing; the frontier rises with the cost."""
    costs, gains = [cost for cost, _ in rows], [gain for _, gain in rows]
    on = frontier(costs, gains)
    for n, (cost, gain) in enumerate(rows):
        better = [(c, g) for c, g in [*rows, (0.0, 0.0)] if c <= cost and g >= gain and (c, g) != (cost, gain)]
        assert (n in on) == (not better)
    assert [costs[n] for n in on] == sorted(costs[n] for n in on)
    assert [gains[n] for n in on] == sorted(gains[n] for n in on)


# By formula -----------------------------------------------------------------------------------------------------------


def test_a_formula_that_adds_up_has_no_interaction_and_one_that_does_not_has_its_own(tmp_path: Path) -> None:
    """y_ab − y_0 − (y_a − y_0) − (y_b − y_0) is 0 in every run of an additive model; of a bonus of 3 for both, it is 3 fewer."""
    night = of_formula({"a": 1, "b": 1})

    def both(taken: frozenset[str], luck: np.ndarray) -> np.ndarray:
        return linear(a=5, b=4)(taken, luck) + 3 * ({"a", "b"} <= taken)

    added = weighed(night, Formula(linear(a=5, b=4)), tmp_path / "added", screen=5, finals=20)
    (one,) = added.together
    assert (one.extra, one.low, one.high, one.effect) == (0, 0, 0, "same")
    assert one.summed == pytest.approx(one.together)
    more = weighed(night, Formula(both), tmp_path / "more", screen=5, finals=20)
    (one,) = more.together
    assert (one.extra, one.effect) == (pytest.approx(-3), "less")
    assert one.together - one.summed == pytest.approx(one.extra)


def test_what_is_added_last_is_set_against_those_before_it_where_not_all_were_alone(tmp_path: Path) -> None:
    """Seven options, not all alone in the finals: the parts are then the last one and all before it. Of a sum 0 in every run."""
    effects = {name: 20.0 - 2 * n for n, name in enumerate("abcdefg")}
    found = weighed(of_formula(dict.fromkeys(effects, 1.0)), Formula(linear(**effects)), tmp_path, screen=4, finals=8)
    alone = {one.members[0] for one in found.finalists if len(one.members) == 1}
    assert {one.parts for one in found.together} == {
        tuple((own,) for own in one.members) if alone.issuperset(one.members) else (one.members[:-1], one.members[-1:])
        for one in found.finalists
        if len(one.members) > 1 and one.members[-1] in alone
    }
    assert all((one.extra, one.effect) == (0, "same") for one in found.together)


def test_what_no_run_showed_widens_the_interaction_of_a_requirement() -> None:
    """Never kept as it is, always with a, b or both: −1 in all 40 runs. A run unlike them, as often as 1 − 0.025^(1/40), has −2 to 2."""
    never, always = np.zeros(40), np.ones(40)
    values = {frozenset(): never} | {frozenset(one): always for one in ("a", "b", "ab")}
    chance = Objective("r", "1", "more", "r", "", None)
    (told,) = interactions([("a", "b")], values, chance)
    missed = 1 - 0.025 ** (1 / 40)
    assert (told.extra, told.effect) == (-1, "less")
    assert (told.low, told.high) == (pytest.approx(-1 - missed), pytest.approx(-1 + 3 * missed))
    (same,) = interactions([("a", "b")], dict.fromkeys(values, always), chance)
    assert (same.low, same.high, same.effect) == (0, 0, "same")


def test_an_option_that_changes_nothing_is_dropped_with_an_effect_of_exactly_0(tmp_path: Path) -> None:
    """And one that surely hurts, one that is no better on average, one that is too dear: each with its own reason, none in the finals."""
    gains = {"good": 5.0, "nothing": 0.0, "harm": -5.0, "dear": 9.0}

    def own(taken: frozenset[str], luck: np.ndarray) -> np.ndarray:
        doubtful = -5.0 * (luck > 1.2) if "doubtful" in taken else 0.0  # in too few runs to be sure
        paid = 5.0 * (luck > 1.2) if "paid" in taken else 0.0  # better on average, and no more
        return linear(**gains)(taken - {"doubtful", "paid"}, luck) + doubtful + paid

    engine = Formula(own, seed=3)
    night = of_formula({"good": 2, "nothing": 1, "harm": 0, "dear": 50, "doubtful": 1, "paid": 1})
    found = weighed(night, engine, tmp_path, screen=12, finals=20, budget_wan=10)
    assert found.dropped == {
        "nothing": "no_effect",
        "harm": "harmful",
        "dear": "too_dear",
        "doubtful": "no_gain",
        "paid": "unsure",
    }
    (nothing,) = [one for one in found.screened if one.members == ("nothing",)]
    assert (nothing.objective.difference, nothing.objective.low, nothing.objective.high) == (0, 0, 0)
    assert not any("dear" in taken for taken, _ in engine.played)
    assert [one.members for one in found.finalists] == [("good",)]
    assert found.recommended == 0


def test_minutes_that_never_come_to_an_end_count_as_the_whole_run(tmp_path: Path) -> None:
    """So there is a mean to compare, the same for all options: a run of 10 h in which 95 % are never told counts as 600 min."""
    scenario = of_formula({"a": 0}).load(tmp_path)
    names = ("release_min", *(f"warned_p{share}_min" for share in (50, 90, 95)))
    columns = tuple(Column(name, "min", np.array([0])) for name in names)
    kept = np.array([[5.0, 20, 30, 45], [5, 20, 30, np.inf], [np.inf, np.inf, np.inf, np.inf]])
    nights = Nights((0, 1, 2), columns, kept)
    told = objective_of("told_95_min", scenario, nights)
    assert told.never_min == 600
    assert values_of(told, nights).tolist() == [40, 600, 600]


def test_a_budget_is_not_spent_on_a_last_step_that_may_be_luck(tmp_path: Path) -> None:
    """Alone the second wins 4; beside the first, which wins 5, it adds a little on average, within luck: the first by itself is recommended."""

    def own(taken: frozenset[str], luck: np.ndarray) -> np.ndarray:
        alone = {frozenset({"first"}): 5.0, frozenset({"second"}): 4.0}.get(taken, 0.0)
        both = 5.5 + 3.0 * luck
        return both if len(taken) == 2 else alone + 0.01 * luck if taken else np.zeros(len(luck))

    night = of_formula({"first": 0, "second": 3})
    found = weighed(night, Formula(own, seed=1), tmp_path, screen=12, finals=20, budget_wan=10)
    last = found.steps[-1].moved
    assert last.difference < 0 < last.high  # better on average, not surely: the less the better
    assert found.recommended is not None
    assert found.finalists[found.recommended].members == ("first",)


def test_where_nothing_helps_nothing_is_recommended(tmp_path: Path) -> None:
    """Neither where all is dropped, nor where the finals are not sure of anything."""
    night = of_formula({"a": 0, "b": 1})
    none = weighed(night, Formula(linear(a=0, b=-2)), tmp_path / "none", screen=8, finals=10)
    assert (none.recommended, none.finalists, none.steps, none.frontier) == (None, (), (), ())
    assert summarise(none)["recommended"] is None
    only_luck = Formula(lambda taken, luck: 4 * luck if taken else 0 * luck, seed=11)
    unsure = weighed(night, only_luck, tmp_path / "unsure", screen=8, finals=30)
    assert unsure.finalists
    assert unsure.recommended is None


EFFECTS = st.lists(st.integers(-4, 6), min_size=5, max_size=5)
TOGETHER = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([-12, -7, -3, 4, 8]),
    max_size=4,
)
COSTS = st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0, 5.0]), min_size=5, max_size=5)
NAMES = "abcde"


@repeatable(40)
@given(EFFECTS, TOGETHER, COSTS, st.sampled_from([None, 2.0, 6.0]), st.sampled_from([[], ["b"]]), st.integers(0, 99))
def test_the_recommended_portfolio_holds_no_option_that_surely_harms(
    effects: list[int],
    pairs: dict[tuple[int, int], int],
    costs: list[float],
    budget: float | None,
    excluded: list[str],
    seed: int,
) -> None:
    """Nor one that changes nothing as a step; whatever the options do alone and in pairs. It surely helps, within budget; at most ten are judged."""

    def gain(taken: frozenset[str], luck: np.ndarray) -> np.ndarray:
        alone = sum((effects[NAMES.index(name)] * (1 + 0.5 * luck) for name in taken), np.zeros(len(luck)))
        both = sum(more for (a, b), more in pairs.items() if {NAMES[a], NAMES[b]} <= taken)
        return alone + both

    with tempfile.TemporaryDirectory() as folder:
        night = of_formula(dict(zip(NAMES, costs, strict=True)), a=excluded)
        found = weighed(night, Formula(gain, seed), Path(folder), screen=6, finals=16, budget_wan=budget)
    assert len(found.finalists) <= MOST
    assert len({frozenset(one.members) for one in found.finalists}) == len(found.finalists)
    assert sum(not affordable(one.cost_wan, budget) for one in found.finalists) <= 1  # the best whatever it costs
    for one in found.finalists:
        assert not (excluded and {"a", "b"} <= set(one.members))
        assert one.replications == tuple(range(6, 22))
    assert all(set(one.members) < set(other.members) for one, other in itertools.pairwise(found.steps))
    if found.recommended is None:
        return
    chosen = found.finalists[found.recommended]
    assert chosen.objective.effect == "less"
    assert affordable(chosen.cost_wan, budget)
    harmful = {one.members[0] for one in found.finalists if len(one.members) == 1 and harms(one.objective, FEWER)}
    harmful |= {step.added for step in found.steps if step.moved.effect in ("more", "same")}
    assert not harmful & set(chosen.members)
    assert not set(found.taken_out) & set(chosen.members)
    assert set(found.carried) <= set(chosen.members)
    if budget is not None and not harmful:  # of what is sure alone none gains more
        others = [one for one in found.finalists if len(one.members) == 1 and one.objective.effect == "less"]
        assert all(found.gain(one) <= found.gain(chosen) for one in others)


def test_what_surely_harms_in_company_is_taken_out_and_the_rest_played_anew(tmp_path: Path) -> None:
    """Good alone, b undoes what a does: the chain takes it as a step, the step surely harms, and c without it is judged and recommended."""

    def gain(taken: frozenset[str], luck: np.ndarray) -> np.ndarray:
        return linear(a=9, b=6, c=3)(taken, luck) - 12 * ({"a", "b"} <= taken)

    night = of_formula({"a": 1, "b": 1, "c": 1})
    found = weighed(night, Formula(gain), tmp_path, screen=6, finals=20)
    assert [one.members for one in found.finalists[:3]] == [("a",), ("a", "b"), ("a", "b", "c")]
    assert found.recommended is not None
    assert set(found.finalists[found.recommended].members) == {"a", "c"}
    assert found.taken_out == ("b",)
    assert found.gain(found.finalists[found.recommended]) == pytest.approx(12, abs=0.5)


def test_what_is_good_alone_and_bad_among_many_is_not_recommended(tmp_path: Path) -> None:
    """Seven options, each good alone; the last by gain undo two of what the others do: only what is surely of use in it is recommended.

    The best of what the screening adds up, all seven, does less than the five that are added one by one.
    """
    effects = {name: 20.0 - 2 * n for n, name in enumerate("abcdefg")}

    def gain(taken: frozenset[str], luck: np.ndarray) -> np.ndarray:
        return linear(**effects)(taken, luck) - 25 * ({"a", "f"} <= taken) - 25 * ({"a", "g"} <= taken)

    for budget in (None, 7.0):
        night = of_formula(dict.fromkeys(effects, 1.0))
        found = weighed(night, Formula(gain), tmp_path / str(budget), screen=6, finals=20, budget_wan=budget)
        assert [step.added for step in found.steps] == [*"abcde"]
        assert frozenset("abcdefg") in {frozenset(one.members) for one in found.finalists}
        assert found.recommended is not None
        assert found.finalists[found.recommended].members == tuple("abcde")
        assert found.carried == ()


def test_what_was_never_seen_by_itself_is_recommended_only_where_it_surely_adds_and_is_named(tmp_path: Path) -> None:
    """Seven options that add up: all seven surely beat the five that are added one by one; the one that was not alone in the finals is named."""
    effects = {name: 20.0 - 2 * n for n, name in enumerate("abcdefg")}
    found = weighed(of_formula(dict.fromkeys(effects, 1.0)), Formula(linear(**effects)), tmp_path, screen=6, finals=20)
    assert found.recommended is not None
    chosen = found.finalists[found.recommended]
    assert set(chosen.members) == set(effects)
    alone = {one.members[0] for one in found.finalists if len(one.members) == 1}
    assert set(found.carried) == {"f", "g"} - alone


def test_with_no_money_only_what_is_free_is_weighed(tmp_path: Path) -> None:
    """A budget of 0: what costs anything is too dear and never played; what is free and helps is recommended, else nothing."""
    for gain, recommended in ((3.0, ("free",)), (0.0, None)):
        engine = Formula(linear(free=gain, paid=9.0))
        night = of_formula({"free": 0, "paid": 1})
        found = weighed(night, engine, tmp_path / str(gain), screen=4, finals=8, budget_wan=0.0)
        assert not any("paid" in taken for taken, _ in engine.played)
        assert found.dropped["paid"] == "too_dear"
        chosen = None if found.recommended is None else found.finalists[found.recommended].members
        assert chosen == recommended


@pytest.mark.parametrize(
    ("per", "years", "cost"), [("once", 3, 4.0), ("year", 1, 4.0), ("year", 3, 12.0), ("event", 3, 4.0)]
)
def test_what_comes_every_year_counts_as_often_as_asked(per: str, years: int, cost: float, tmp_path: Path) -> None:
    """2 units at 1.5 and 1 whatever their number are 4; every year for three years 12: the sum is what the budget is compared with."""
    night = of_formula({"a": 0})
    night.scenario["options"]["a"] |= {"units": 2, "cost": {"each": 1.5, "fixed": 1, "per": per}}
    found = weighed(night, Formula(linear(a=3)), tmp_path, screen=4, finals=8, budget_wan=4, years=years)
    assert found.options[0].cost_wan == cost
    assert found.dropped == ({} if cost <= 4 else {"a": "too_dear"})
    assert tables(found)["options"].loc[0, ["per", "cost_wan"]].tolist() == [per, cost]


def test_money_by_another_measure_changes_nothing_but_the_costs(tmp_path: Path) -> None:
    """All costs and the budget times seven: the same runs, the same finalists, steps and recommendation; costs seven times as large."""
    costs = {"a": 1.1, "b": 0.7, "c": 2.3, "d": 0.0, "e": 4.9}
    effects = linear(a=3, b=2, c=6, d=1, e=7)
    found = [
        weighed(
            of_formula({name: cost * factor for name, cost in costs.items()}),
            Formula(effects),
            tmp_path / str(factor),
            screen=4,
            finals=10,
            budget_wan=5 * factor,
        )
        for factor in (1, 7)
    ]
    money = ["cost_wan", "each_wan", "fixed_wan", "gain_per_wan"]
    for name, one in tables(found[0]).items():
        other = tables(found[1])[name]
        pd.testing.assert_frame_equal(
            one.drop(columns=money, errors="ignore"), other.drop(columns=money, errors="ignore")
        )
        if "cost_wan" in one:
            np.testing.assert_allclose(7 * one["cost_wan"], other["cost_wan"])
    assert found[0].recommended == found[1].recommended


def test_the_intervals_of_all_finalists_together_cover_a_known_effect_as_often_as_they_say() -> None:
    """Ten finalists under the same luck, their true effects known: in 95 of 100 studies all ten intervals hold, by a binomial bound."""
    rng, studies, of, runs = np.random.default_rng(9), 1500, 10, 40
    effects = np.linspace(-3, 6, of)
    all_held = single = 0
    for _ in range(studies):
        common, own = rng.normal(size=(runs, 1)), rng.normal(size=(runs, of))
        base = 50 + 9 * common[:, 0]
        values = base[:, None] + effects + 1.5 * common + 2 * own
        told = [difference(FEWER, base, values[:, n], confidence_of(of)) for n in range(of)]
        held = [one.low <= effect <= one.high for one, effect in zip(told, effects, strict=True)]
        all_held += all(held)
        alone = difference(FEWER, base, values[:, 0], confidence_of(1))
        single += alone.low <= effects[0] <= alone.high
    least, most = stats.binom.ppf([1e-4, 1 - 1e-4], studies, 0.95)
    assert all_held >= least  # Bonferroni: at least so often
    assert least <= single <= most  # one interval by Student's t: exactly so often


def test_the_chance_of_a_requirement_is_covered_too() -> None:
    """The pairs that differ are few: the interval of the difference of two chances holds at least as often as it says."""
    rng, studies, runs = np.random.default_rng(4), 1500, 60
    chance = Objective("r", "1", "more", "r", "", None)
    luck = rng.random((studies, runs))
    held = 0
    for row in luck:
        told = difference(chance, (row < 0.3).astype(float), ((row < 0.4) & (row > 0.02)).astype(float), 0.95)
        held += told.low <= 0.08 <= told.high
    assert held >= stats.binom.ppf(1e-4, studies, 0.95)


def test_every_interval_holds_for_all_of_its_round(tmp_path: Path) -> None:
    """Those of the finalists for all finalists, those of the steps for all steps, those of the interactions for all of these (Bonferroni)."""
    effects = {"a": 5.0, "b": 4.0, "c": 3.0}

    def gain(taken: frozenset[str], luck: np.ndarray) -> np.ndarray:
        return linear(**effects)(taken, 60 * luck) + luck * len(taken) ** 2

    found = weighed(of_formula(dict.fromkeys(effects, 1.0)), Formula(gain), tmp_path, screen=20, finals=30)
    values = {frozenset(one.members): runs_of(one)[1] for one in found.finalists}
    values[frozenset()] = base = runs_of(found.finalists[0])[0]
    assert len(found.finalists) == 5
    for one in found.finalists:
        half = stats.t.ppf(1 - 0.025 / 5, 29) * (runs_of(one)[1] - base).std(ddof=1) / math.sqrt(30)
        assert one.objective.high - one.objective.low == pytest.approx(2 * half)
    assert len(found.steps) == 3
    for step in found.steps:
        apart = values[frozenset(step.members)] - values[frozenset(step.members) - {step.added}]
        half = stats.t.ppf(1 - 0.025 / 3, 29) * apart.std(ddof=1) / math.sqrt(30)
        assert step.moved.high - step.moved.low == pytest.approx(2 * half)
    assert len(found.together) == 2
    for one in found.together:
        alone = [values[frozenset(part)] - base for part in one.parts]
        mean = mean_difference(values[frozenset().union(*one.parts)] - base - sum(alone), confidence_of(2))
        assert (one.low, one.high) == (pytest.approx(mean.low), pytest.approx(mean.high))


# What is not known ----------------------------------------------------------------------------------------------------


class Doubtful(Formula):
    """A formula in which one number that is not known decides: with the first option fewer are never told if it is high, with the other if low."""

    def play(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield the nights of each job."""
        for job in jobs:
            (share,) = [float(one.partition("=")[2]) for one in job[0].overrides if one.startswith(ANSWER)] or [0.5]
            self.gain = lambda taken, luck, u=share: (
                10 * u * ("a" in taken) + 10 * (1 - u) * ("b" in taken) + (0 * luck if not taken else 1 + 0 * luck)
            )
            yield from super().play([job])


def test_knowing_what_decides_the_choice_is_worth_what_theory_says(tmp_path: Path) -> None:
    """Gains 10 u and 10 (1 − u) of two that exclude each other, u uniform: E max − max E = 7.5 − 5; one that does nothing is worth nothing."""
    night = of_formula({"a": 1, "b": 1}, a=["b"])
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.5
    night.scenario["uncertain"] = {ANSWER: {"range": [0.0, 1.0]}, REACHABLE: {"range": [0.2, 1.0]}}
    found = weighed(night, Doubtful(linear()), tmp_path, screen=4, finals=6, draws=200)
    drawn = found.drawn
    assert drawn is not None
    assert [one.members for one in found.finalists] == [("a",), ("b",)]
    decides, idle = drawn.worths
    assert (decides.key, idle.key) == (ANSWER, REACHABLE)
    assert decides.heard
    assert decides.worth == pytest.approx(2.5, abs=0.35)  # the range of u in 200 draws
    assert decides.flips == pytest.approx(0.5, abs=0.15)
    assert (decides.best_low, decides.best_high) == (1, 0)
    assert idle.worth < 0.5
    assert drawn.best_as_is == 0
    assert drawn.best == (pytest.approx(0.5, abs=0.15), pytest.approx(0.5, abs=0.15))
    assert sum(drawn.best) == pytest.approx(1)
    made = tables(found)
    assert len(made["draws"]) == 200 * 2
    assert made["worth"]["best_low"].tolist()[0] == 2
    assert json.dumps(summarise(found), allow_nan=False)


def test_draws_may_be_asked_for_later_and_say_what_they_would_have_said(tmp_path: Path) -> None:
    """A study at its end goes on with them, plays them and nothing else; fewer than before cannot be asked."""
    night = real()
    night.scenario["uncertain"] = {"roster.desks.county.relay": {"range": ["0 min", "4 min"]}}
    at_once = weighed(night, Local(1), tmp_path / "a", screen=5, finals=8, draws=10)
    weighed(night, Local(1), tmp_path / "b", screen=5, finals=8)
    folder, scenario = gone_on_with(tmp_path / "b" / "out", 10, {})
    before = {path: path.stat().st_mtime_ns for path in folder.path.rglob("*.npz")}
    assert bytes_of(found_out(folder, scenario, Local(1), shown)) == bytes_of(at_once)
    assert all(path.stat().st_mtime_ns == stamp for path, stamp in before.items())
    with pytest.raises(InputError) as caught:
        gone_on_with(tmp_path / "b" / "out", 9, {})
    assert caught.value.faults[0].file == "--draws"


def test_every_draw_has_runs_of_its_own(tmp_path: Path) -> None:
    """Neither those of the screening nor of the finals, nor of another draw; all finalists of a draw have the same, and the scenario as it is too."""
    night = of_formula({"a": 1, "b": 1})
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.5
    night.scenario["uncertain"] = {ANSWER: {"range": [0.0, 1.0]}}
    engine = Doubtful(linear())
    found = weighed(night, engine, tmp_path, screen=4, finals=6, draws=3)
    drawn = [(taken, number) for taken, number in engine.played if number >= 10]
    assert sorted(drawn, key=str) == sorted(
        itertools.product([frozenset(), *(frozenset(one.members) for one in found.finalists)], range(10, 25)), key=str
    )
    assert found.runs == len(engine.played)


# Places ---------------------------------------------------------------------------------------------------------------


def chosen(night: Small, where: dict[str, Any], units: int, folder: Path, numbers: Sequence[int] = (0, 1)) -> Any:  # noqa: ANN401
    """Return the places chosen for an option."""
    night.scenario["options"] = {"x": option(units=units, where={"into": "county.nothing"} | where)}
    scenario = night.load(folder)
    (one,) = placed(scenario, play_of(scenario, numbers), naming(scenario))
    return scenario, one


def test_the_places_chosen_are_those_of_the_most_threatened_by_counting(tmp_path: Path) -> None:
    """Persons of the households in registered zones, counted from the table; of two alike the first by code; unregistered zones do not count."""
    night = full_night()
    for row in night.tables["zones.csv"][1:2]:
        row["registered"] = "否"
    scenario, one = chosen(night, {"level": "village", "by": "threatened"}, 4, tmp_path)
    unregistered = {night.tables["zones.csv"][1]["code"]}
    counted: dict[str, int] = {row["code"]: 0 for row in night.tables["villages.csv"]}
    for row in night.tables["households.csv"]:
        if row["zone"] and row["zone"] not in unregistered:
            counted[row["place"]] += row["persons"]
    wanted = sorted(counted, key=lambda code: (-counted[code], code))[:4]
    assert counted[wanted[0]] > 0
    assert [scenario.county.places.code[place.index] for place in one.places] == wanted
    assert [place.amount for place in one.places] == [counted[code] for code in wanted]
    assert one.settings[-1] == "county.nothing=" + json.dumps(wanted)
    by_township = chosen(night, {"level": "township", "by": "threatened"}, 1, tmp_path / "t")[1]
    sums = {t: sum(n for code, n in counted.items() if code.startswith(t)) for t in ("T000", "T001", "T002")}
    assert by_township.places[0].amount == max(sums.values())


def test_places_by_lateness_and_by_darkness_are_those_of_the_runs_given(tmp_path: Path) -> None:
    """By how many of the runs a village was late in, and by its mean minutes without contact, both told from the nights themselves."""
    night = with_outages(full_night())
    night.scenario["targets"] = [villages_answer(within="10 min")]
    numbers = range(6)
    scenario, late = chosen(night, {"level": "village", "by": "late", "target": "all"}, 3, tmp_path, numbers)
    nights = [simulate(scenario, n) for n in numbers]
    villages = scenario.county.of_level(2)
    code = scenario.county.places.code
    took = np.array([night.places.acknowledged_min[villages] - night.release_min for night in nights])
    share = dict(zip((code[v] for v in villages), (took > 10 + 1e-9).mean(axis=0), strict=True))
    assert 0 < max(share.values())
    assert [code[place.index] for place in late.places] == sorted(share, key=lambda own: (-share[own], own))[:3]
    assert [place.amount for place in late.places] == [share[code[place.index]] for place in late.places]
    _, dark = chosen(night, {"level": "village", "by": "dark"}, 3, tmp_path / "d", numbers)
    minutes = np.zeros(len(villages))
    for own in nights:
        for row, village in enumerate(villages):
            for lost, back in own.outages.service[village].reshape(-1, 2):
                minutes[row] += max(min(back, own.end_min) - min(max(lost, 0), own.end_min), 0)
    mean = dict(zip((code[v] for v in villages), minutes / len(nights), strict=True))
    assert max(mean.values()) > 0
    assert [place.amount for place in dark.places] == pytest.approx(sorted(mean.values(), reverse=True)[:3])


def test_equipment_is_not_put_where_it_stands_or_cannot_stand(tmp_path: Path) -> None:
    """Of three townships one has a satellite phone: the other two are chosen, most threatened first; a third cannot be bought."""
    night = with_outages(full_night())
    into = {"into": "county.additions.phones.at", "level": "township", "by": "threatened"}
    bought = option(units=2, set={"county.additions.phones.what": "sat_phone"}, where=into)
    night.scenario["options"] = {"phones": bought}
    (held,) = [row["place"] for row in night.tables["sets.csv"] if row["device"] == "sat_phone"]
    scenario = load_scenario(night.write(tmp_path), options=True)
    (one,) = placed(scenario, play_of(scenario, (0, 1)), naming(scenario))
    chosen_codes = [scenario.county.places.code[place.index] for place in one.places]
    assert {*chosen_codes, held} == {"T000", "T001", "T002"}
    added = load_scenario(tmp_path / "night.yaml", one.settings).county.networks.sets
    assert {*added["place"][added["device"] == "sat_phone"]} == {*chosen_codes, held}
    bought["units"] = 3
    with pytest.raises(InputError) as caught:
        load_scenario(night.write(tmp_path), options=True)
    assert "只有2个" in caught.value.faults[0].problem.zh


@dataclass
class Twisted:
    """An engine whose runs from a number on have the villages the wrong way round."""

    since: int

    def play(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield the nights of each job."""
        for nights in Local(1).play(jobs):
            kept, late = nights.kept.copy(), np.array(nights.replications) >= self.since
            for start, end in itertools.pairwise(nights.starts):
                kept[late, start:end] = kept[late, start:end][:, ::-1]
            yield replace(nights, kept=kept)


def test_places_are_never_chosen_on_the_runs_of_the_finals(tmp_path: Path) -> None:
    """Villages the wrong way round in all runs of the finals: the same places; in those of the screening too: others."""
    night = lucky(5, answer=0.4)
    night.scenario["local"] = {"means": ["phone"]}
    night.scenario["roster"]["ladders"]["county"] = night.scenario["roster"]["ladders"]["township"]
    night.scenario["roster"]["neighbour_counties"] = [
        {"id": "other", "title": "邻县", "at": "1 min", "callers": 1, "calls": ["T000V000"]}
    ]
    where = {"into": CALLS, "level": "village", "by": "late", "target": "all"}
    night.scenario["options"] = {"x": option(set={}, units=2, where=where)}
    found = [weighed(night, Twisted(since), tmp_path / str(since), screen=7, finals=8) for since in (99, 7, 0)]
    straight, finals_only, all_of_them = ([place.index for place in one.options[0].places] for one in found)
    assert straight == finals_only
    assert straight != all_of_them
    assert found[0].options[0].settings == (f"{CALLS}={json.dumps([f'T000V{n - 2:03d}' for n in straight])}",)


# The whole ------------------------------------------------------------------------------------------------------------


def test_two_workers_find_what_one_finds(tmp_path: Path) -> None:
    """To the byte."""
    one, two = (weighed(real(), Local(n), tmp_path / str(n), screen=9, finals=12) for n in (1, 2))
    assert bytes_of(one) == bytes_of(two)
    assert one.finalists


class StopError(Exception):
    """The runs came to a stop."""


@dataclass
class Stopping:
    """An engine that stops after so many jobs."""

    jobs: int

    def play(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield the nights of each job, as far as it goes."""
        for nights in Local(1).play(jobs):
            if not self.jobs:
                raise StopError
            self.jobs -= 1
            yield nights


@pytest.mark.parametrize("jobs", [1, 5, 8, 10])
def test_a_study_that_was_stopped_goes_on_and_finds_the_same(jobs: int, tmp_path: Path) -> None:
    """In the screening, between, in the finals: what was played is kept, the tables are those of a study that was never stopped."""
    whole = weighed(real(), Local(1), tmp_path / "whole", screen=9, finals=12)
    scenario, asked = read(real().write(tmp_path / "in"), (), Wanted(screen=9, finals=12))
    folder = begun(scenario, asked, tmp_path / "out")
    with pytest.raises(StopError):
        found_out(folder, scenario, Stopping(jobs), shown)
    again, scenario = gone_on_with(tmp_path / "out", None, {})
    assert bytes_of(found_out(again, scenario, Local(1), shown)) == bytes_of(whole)


def test_a_study_goes_on_with_other_costs_and_plays_only_what_is_lacking(tmp_path: Path) -> None:
    """As a study begun with those costs: the same tables; of the same portfolios nothing is played anew. Not with another scenario, nor budget."""
    costs = {"a": 3.0, "b": 1.0}
    plays = linear(a=4, b=2)
    weighed(of_formula(costs), Formula(plays), tmp_path, screen=4, finals=6)
    for more in ({"--budget": 3.0}, {"SCENARIO": Path("x")}):
        with pytest.raises(InputError):
            gone_on_with(tmp_path / "out", None, more)
    of_formula({"a": 1.0, "b": 3.0}).write(tmp_path / "in")
    folder, scenario = gone_on_with(tmp_path / "out", None, {"--budget": None})
    engine = Formula(plays)
    found = found_out(folder, scenario, engine, shown)
    anew = weighed(of_formula({"a": 1.0, "b": 3.0}), Formula(plays), tmp_path / "anew", screen=4, finals=6)
    assert bytes_of(found) == bytes_of(anew)
    assert engine.played == []
    assert OptionsFolder.resume(tmp_path / "out").asked.options == folder.asked.options
    other = of_formula(costs)
    other.scenario["seed"] = 99
    other.write(tmp_path / "in")
    with pytest.raises(InputError):
        gone_on_with(tmp_path / "out", None, {})


def test_a_study_that_was_begun_before_costs_had_years_is_read(tmp_path: Path) -> None:
    """Its costs that come every year count for one."""
    scenario, asked = read(of_formula({"a": 1.0}).write(tmp_path / "in"), (), Wanted(screen=2, finals=2, years=3))
    begun(scenario, asked, tmp_path / "out")
    said = json.loads((tmp_path / "out" / "options.json").read_text("utf-8"))
    assert said.pop("years") == 3
    (tmp_path / "out" / "options.json").write_text(json.dumps(said), encoding="utf-8")
    assert OptionsFolder.resume(tmp_path / "out").asked.years == 1


def test_a_real_night_tells_the_good_from_the_bad(tmp_path: Path) -> None:
    """Better answering helps, being out of reach harms, setting what is so already changes nothing; every number is in the tables."""
    found = weighed(real(), Local(1), tmp_path, screen=20, finals=60)
    assert found.dropped["same"] == "no_effect"
    assert found.dropped["worse"] in {"harmful", "no_gain", "no_effect"}
    assert found.recommended is not None
    assert "answer" in found.finalists[found.recommended].members
    made = tables(found)
    assert set(made["options"]["option"]) == {"answer", "again", "worse", "same"}
    finals = made["pairs"].query("round == 'finals'")
    assert sorted(set(finals["replication"])) == list(range(20, 80))
    for one in found.finalists:
        own = finals[finals["members"] == " + ".join(one.members)]
        assert own["difference"].mean() == pytest.approx(one.objective.difference)
    assert found.runs == 20 * 5 + 60 * (1 + len(found.finalists))
    assert json.dumps(summarise(found), allow_nan=False)
