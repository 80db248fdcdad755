"""A plan made faster with the same people: what may be exchanged, what it wins, and that luck is not taken for skill."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sim.cli import cli
from sim.luck import entity_id
from sim.roster import Person
from sim.roster.planning import Candidate, Demand, Duty, Plan, check_plan
from sim.scenario import Scenario
from sim.study.intervals import mean_of
from sim.study.roster.exchanges import exchanged, moments_of
from sim.study.roster.gain import CallOuts, batches_of, call_out_rosters, joined
from sim.study.roster.harm import harmful_posts
from sim.study.roster.improve import roster_with
from tests.strategies import Small, repeatable, small

FIRST = date(2025, 8, 4)  # a Monday


# Tools ----------------------------------------------------------------------------------------------------------------


def night() -> Small:
    """Return a night with two townships, called down a ladder of officer and deputy: three rings of 30 s each, 60 s apart."""
    made = small(2, 1, 1)
    made.scenario["start"] = "2025-08-04 08:30"
    roster = made.scenario["roster"]
    roster["handover"] = "08:30"
    roster["posts"]["deputy"] = {"title": "副班", "reachable": 1.0, "answer": 1.0}
    calls = [{"post": post, "tries": 3, "ring": "30 s", "gap": "60 s"} for post in ("officer", "deputy")]
    roster["ladders"]["township"] = {"steps": calls}
    made.scenario["channels"]["phone"] |= {"pickup": "0 s", "talk": "1 min"}
    return made


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Return the night, loaded once."""
    return night().load(tmp_path_factory.mktemp("night"))


def person(who: str, reachable: float | None = None) -> Person:
    """Return somebody of whom it may be known how likely they can be reached."""
    return Person(who, entity_id(who), reachable=reachable)


PEOPLE = {who: person(who) for who in "ABCDEF"} | {"x": person("x", 0.0), "y": person("y", 0.0)}
"""Six people like any other, and two whose numbers are dead."""


def plan(*days: str, off: tuple[int, ...] = (), rest_days: int = 0) -> Plan:
    """Return the plan of T000: of each day the officer and the deputy by one letter each."""
    dates = tuple(FIRST + timedelta(days=n) for n in range(len(days)))
    people = tuple(
        Candidate(
            who,
            frozenset(post for day in days for post, one in zip(("officer", "deputy"), day, strict=True) if one == who),
        )
        for who in sorted({one for day in days for one in day})
    )
    demand = Demand("T000", ("officer", "deputy"), dates, people, frozenset(dates[n] for n in off), rest_days)
    duties = tuple(
        Duty("T000", post, who, day)
        for day, pair in zip(dates, days, strict=True)
        for post, who in zip(("officer", "deputy"), pair, strict=True)
    )
    return Plan(demand, duties)


def days_of(made: Plan) -> list[str]:
    """Return the plan as it was written."""
    held = {(duty.day, duty.post): duty.person for duty in made.duties}
    return [held[day, "officer"] + held[day, "deputy"] for day in made.demand.days]


# Exchanges ------------------------------------------------------------------------------------------------------------


def test_two_dead_numbers_are_taken_apart(scenario: Scenario) -> None:
    """On the first day neither number works and nobody ever answers; one exchange and every day has somebody."""
    made, exchanges = exchanged(scenario, plan("xy", "AB"), PEOPLE, (2, 14))
    assert len(exchanges) == 1
    assert sorted(days_of(made)) == ["Ay", "xB"]
    assert check_plan(made) == []


def test_the_better_of_two_ways_is_taken(scenario: Scenario) -> None:
    """Where officer and deputy can both be exchanged: a dead deputy costs nothing behind an officer who answers, a dead officer 4.5 minutes.

    With one dead officer and one dead deputy on one of three days both days lose the same, so that only the sum counts: xB, Ay, CD.
    """
    made, _ = exchanged(scenario, plan("xy", "AB", "CD"), PEOPLE, (2,))
    assert sum(day[0] == "x" for day in days_of(made)) == 1
    assert "xy" not in days_of(made)


@pytest.mark.parametrize(
    ("days", "changes", "why"),
    [
        (("AB", "CD"), {}, "all alike"),
        (("xy", "AB"), {"off": (0,)}, "a day off and a working day"),
        (("xy", "AB"), {"leave": True}, "on leave on the other day"),
        (("xy", "AB", "CD", "xy"), {"rest_days": 1}, "no rest between"),
    ],
)
def test_what_would_break_the_plan_or_wins_nothing_is_not_exchanged(
    days: tuple[str, ...], changes: dict[str, object], why: str, scenario: Scenario
) -> None:
    """People who are alike, days of another kind, leave, rest: the plan stays as it was."""
    made = plan(*days, off=changes.get("off", ()), rest_days=0)  # type: ignore[arg-type]
    demand = made.demand
    if changes.get("leave"):
        people = [replace(one, leave=frozenset(demand.days) - {day}) for one, day in _home(made)]
        made = replace(made, demand=replace(demand, people=tuple(people)))
    if changes.get("rest_days"):
        made = replace(made, demand=replace(demand, rest_days=2))
        assert check_plan(made) == []
    assert exchanged(scenario, made, PEOPLE, (2,)) == (made, ()), why


def _home(made: Plan) -> list[tuple[Candidate, date]]:
    """Return everybody with the day they stand on."""
    day = {duty.person: duty.day for duty in made.duties}
    return [(one, day[one.person]) for one in made.demand.people]


@repeatable(15)
@given(st.lists(st.sampled_from(["AB", "CD", "xB", "Ay", "xy", "EF", "Cy", "xD"]), min_size=2, max_size=7))
def test_exchanges_keep_loads_and_never_make_it_worse(days: list[str]) -> None:
    """Whatever the plan: everybody stands as often as before at the same post, and no day more has two dead numbers."""
    made = plan(*days)
    better, _ = exchanged(_SCENARIO[0], made, PEOPLE, (14,))
    assert Counter((duty.post, duty.person) for duty in better.duties) == Counter(
        (duty.post, duty.person) for duty in made.duties
    )
    assert check_plan(better) == []
    assert days_of(better).count("xy") <= days_of(made).count("xy")


_SCENARIO: list[Scenario] = []


@pytest.fixture(autouse=True)
def _kept(scenario: Scenario) -> None:
    """Let hypothesis use the night that is loaded once."""
    _SCENARIO[:] = [scenario]


def test_the_moments_of_a_duty_day_begin_at_its_handover() -> None:
    """02:00 of the duty day of 4 August is on 5 August, 08:30 and later on the day itself."""
    moments = list(moments_of(FIRST, (2, 8, 9), time(8, 30)))
    assert moments == [datetime(2025, 8, d, h) for d, h in ((5, 2), (5, 8), (4, 9))]  # noqa: DTZ001 - Beijing time throughout


# What is won ----------------------------------------------------------------------------------------------------------


def test_the_interval_of_a_paired_difference_is_the_textbook_one() -> None:
    """1, 2, 3: mean 2, standard error 1/√3, t of two degrees of freedom at 97.5 % 4.302653: 2 ± 2.484137."""
    found = mean_of(np.array([1.0, 2.0, 3.0]))
    assert (found.mean, found.low, found.high) == pytest.approx((2, 2 - 2.484137, 2 + 2.484137), abs=1e-5)


def test_who_never_answers_counts_as_the_whole_call_out() -> None:
    """Two desks, one moment, two nights: 10 and never, 20 and 40 min: means 95 and 30, all within 30 min never and not, within 40 once."""
    outs = CallOuts(np.array([[[10, np.inf]], [[20, 40]]]))
    assert outs.mean_min.tolist() == [95, 30]
    assert outs.in_time(30).tolist() == [0, 0]
    assert outs.in_time(40).tolist() == [0, 1]


def test_a_roster_with_a_dead_number_loses_what_its_rings_cost(tmp_path: Path) -> None:
    """Officer x: three rings in vain with two gaps are 3.5 min until the deputy; A answers at once. On both workers the same, bit for bit."""
    path = night().write(tmp_path)
    scenario = night().load(tmp_path)
    before, after = (roster_with(scenario.roster, [plan(day)], PEOPLE) for day in ("xB", "AB"))
    moments = list(moments_of(FIRST, (9, 14), time(8, 30)))
    played = [
        joined(list(call_out_rosters(str(path), (), "township", (before, after), moments, range(6), workers)))
        for workers in (1, 2)
    ]
    for one, two in zip(*played, strict=True):
        assert np.array_equal(one.answered_min, two.answered_min)
    slow, fast = (one.answered_min[..., 0] for one in played[0])
    assert slow - fast == pytest.approx(np.full((6, 2), 3.5))
    assert [len(batch) for batch in batches_of(range(6))] == [5, 1]


# The audit: steps that do harm ----------------------------------------------------------------------------------------


def test_a_step_that_only_costs_time_is_told_by_post_and_not_by_name(tmp_path: Path) -> None:
    """The officer of T000 has a dead number, that of T001 a good one: of one desk the answer within 4 min would be certain without."""
    made = night()
    roster = made.scenario["roster"] | {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    made.scenario["roster"] = roster
    made.tables["persons.csv"] = [
        {"person": who, "name": f"名{who}", "reachable": chance} for who, chance in (("x", "0"), ("A", ""), ("B", ""))
    ]
    made.tables["shifts.csv"] = [
        {"desk": desk, "post": post, "person": who, "from": "", "to": ""}
        for desk, post, who in (
            ("T000", "officer", "x"),
            ("T000", "deputy", "B"),
            ("T001", "officer", "A"),
            ("T001", "deputy", "B"),
        )
    ]
    loaded = made.load(tmp_path)
    (found,) = harmful_posts(loaded, [FIRST], 4)
    assert (found.kind, found.severity, found.desk, found.post) == ("harmful_post", "should", "T000", "officer")
    assert "由0.0%升到100.0%" in found.detail.zh
    assert not any("名x" in said for said in (*found.detail, *found.remedy))
    assert list(harmful_posts(loaded, [FIRST], 10)) == []


# The command ----------------------------------------------------------------------------------------------------------


def with_roster(folder: Path, *, dead: bool) -> Path:
    """Return the path of a night with a roster of August: six officers and six deputies by turns, of each two perhaps dead, on the same days."""
    made = night()
    made.tables["townships.csv"] = made.tables["townships.csv"][:1]
    made.tables["villages.csv"] = made.tables["villages.csv"][:1]
    made.tables["households.csv"] = made.tables["households.csv"][:1]
    made.scenario["roster"] |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    made.tables["persons.csv"] = [
        {"person": f"{post[0]}{n}", "name": f"{post}{n}", "reachable": "0" if dead and n < 2 else ""}
        for post in ("officer", "deputy")
        for n in range(6)
    ]
    made.tables["shifts.csv"] = [
        {"desk": "T000", "post": post, "person": f"{post[0]}{n % 6}"}
        | {"from": f"{day} 08:30", "to": f"{day + timedelta(days=1)} 08:30"}
        for n in range(31)
        for day in [date(2025, 8, 1) + timedelta(days=n)]
        for post in ("officer", "deputy")
    ]
    return made.write(folder)


@pytest.mark.parametrize(("month", "before"), [("2025-08", "given"), ("2025-09", "planned")])
def test_the_command_says_what_is_won_and_over_what(month: str, before: str, tmp_path: Path) -> None:
    """Dead numbers on the same days: the plan is compared with the roster where it has one of that month, else with itself unexchanged."""
    path, out = with_roster(tmp_path / "in", dead=True), tmp_path / "out"
    words = ["roster", "plan", str(path), "--month", month, "-n", "3", "--workers", "1", "--out", str(out)]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    compared = pd.read_csv(out / "compared.csv").set_index("measure")
    if before == "planned" and not len(pd.read_csv(out / "exchanges.csv")):
        assert compared.empty
        return
    row = compared.loc["mean_min"]
    assert row["before_is"] == before
    assert row["after"] <= row["before"]
    assert row["won"] == pytest.approx(row["before"] - row["after"])
    assert row["ci_low"] <= row["won"] <= row["ci_high"]
    if before == "given":
        assert row["before"] > 60  # ten of 31 days on which nobody can be reached count 180 min each
        assert "原值班表" in done.stdout


def test_a_roster_that_is_only_partly_there_is_compared_where_it_is(tmp_path: Path) -> None:
    """Of August ten days are in the table, each held by two who answer: too few to compare; of twenty the twenty are, and nothing is won."""
    for known, moments in ((10, 0), (20, 40)):
        folder = tmp_path / f"{known}"
        path = with_roster(folder / "in", dead=False)
        shifts = folder / "in" / "county" / "shifts.csv"
        lines = shifts.read_text(encoding="utf-8-sig").splitlines()
        shifts.write_text("\n".join(lines[: 1 + 2 * known]), encoding="utf-8")
        words = [
            "roster",
            "plan",
            str(path),
            "--month",
            "2025-08",
            "-n",
            "3",
            "--workers",
            "1",
            "--out",
            str(folder / "out"),
        ]
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == 0, done.output
        compared = pd.read_csv(folder / "out" / "compared.csv").set_index("measure")
        assert (f"{moments}个时刻" in done.stdout) is bool(moments)
        assert compared["won"].tolist() == ([0.0, 0.0] if moments else [])


def test_where_people_are_alike_nothing_is_called_out(tmp_path: Path) -> None:
    """No number is known to be better than another, and the roster is of another month: that nothing can be won is said."""
    path, out = with_roster(tmp_path / "in", dead=False), tmp_path / "out"
    done = CliRunner().invoke(cli, ["roster", "plan", str(path), "--month", "2025-09", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "没有差别" in done.stdout
    assert pd.read_csv(out / "compared.csv").empty


def test_who_stands_for_good_stays_in_the_planned_roster(tmp_path: Path) -> None:
    """The secretary of a village is in the planned table too: the scenario names one table of shifts, and it must not lose people."""
    path = with_roster(tmp_path / "in", dead=False)
    with (tmp_path / "in" / "county" / "shifts.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["T000V000", "officer", "o0", "", ""])
    done = CliRunner().invoke(cli, ["roster", "plan", str(path), "--month", "2025-09", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    planned = pd.read_csv(tmp_path / "out" / "shifts.csv", dtype=str, keep_default_na=False)
    assert planned[planned["desk"] == "T000V000"].to_numpy().tolist() == [["T000V000", "officer", "o0", "", ""]]


@pytest.mark.parametrize(
    "change",
    ["o0,2025-08-01,2025-08-31,", "o0,2025-08-01,2025-08-01,o1", "d0,2025-08-01 20:00,2025-08-01 22:00,o5"],
    ids=["away all month", "swap", "some hours"],
)
def test_the_people_of_another_month_are_those_of_the_roster_as_written(change: str, tmp_path: Path) -> None:
    """Who was on leave, or stood in for somebody, is as much a candidate of September as before; nobody is lost, nobody is new."""
    path = with_roster(tmp_path / "in", dead=False)
    words = ["roster", "plan", str(path), "--month", "2025-09"]
    plain = CliRunner().invoke(cli, [*words, "--out", str(tmp_path / "plain")])
    (tmp_path / "in" / "changes.csv").write_text(f"person,from,to,instead\n{change}\n", encoding="utf-8")
    asked = f"roster.changes={tmp_path / 'in' / 'changes.csv'}"
    done = CliRunner().invoke(cli, [*words, "--set", asked, "--out", str(tmp_path / "out")])
    assert (plain.exit_code, done.exit_code) == (0, 0), done.output
    people = [Counter(pd.read_csv(tmp_path / name / "shifts.csv")["person"]).keys() for name in ("plain", "out")]
    assert people[0] == people[1] == {f"{post}{n}" for post in "od" for n in range(6)}


def test_who_stands_for_good_stays_whatever_leave_they_had(tmp_path: Path) -> None:
    """A secretary with two days of leave, and one since a year ago: both rows are in the planned table as they were written."""
    path = with_roster(tmp_path / "in", dead=False)
    rows = [["T000V000", "officer", "o0", "", ""], ["T000V000", "deputy", "o1", "2024-08-01 00:00", ""]]
    with (tmp_path / "in" / "county" / "shifts.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (tmp_path / "in" / "changes.csv").write_text("person,from,to\no0,2025-08-04,2025-08-05\n", encoding="utf-8")
    asked = f"roster.changes={tmp_path / 'in' / 'changes.csv'}"
    words = ["roster", "plan", str(path), "--month", "2025-09", "--set", asked, "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    planned = pd.read_csv(tmp_path / "out" / "shifts.csv", dtype=str, keep_default_na=False)
    assert planned[planned["desk"] == "T000V000"].to_numpy().tolist() == rows


def test_leaders_by_the_week_stay_so_and_one_name_is_one_person(tmp_path: Path) -> None:
    """Leaders stand for seven days at a time, in one row or seven; officer 3 has another id under the same name, and is planned as one person."""
    path = with_roster(tmp_path / "in", dead=False)
    home = tmp_path / "in" / "county"
    with (home / "persons.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["o3b", "officer3", ""], *([f"l{n}", f"leader{n}", ""] for n in range(4))])
    text = (home / "shifts.csv").read_text(encoding="utf-8-sig").replace("o3,2025-08-22", "o3b,2025-08-22")
    (home / "shifts.csv").write_text(text, encoding="utf-8")
    weeks = [date(2025, 8, 4) + timedelta(days=7 * n) for n in range(4)]
    with (home / "shifts.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            ["T000", "leader", f"l{n}", f"{week} 08:30", f"{week + timedelta(days=7)} 08:30"]
            for n, week in enumerate(weeks)
        )
    post = "roster.posts.leader={title: 带班领导, reachable: 1, answer: 1}"
    words = ["roster", "plan", str(path), "--month", "2025-09", "--set", post, "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert "按周" in done.stdout
    assert "同名" in done.stdout
    planned = pd.read_csv(tmp_path / "out" / "shifts.csv")
    assert "o3b" not in set(planned["person"])
    leaders = planned[planned["post"] == "leader"]
    by_week = leaders.groupby(pd.to_datetime(leaders["from"]).dt.isocalendar().week)["person"].nunique()
    assert set(by_week) == {1}


def test_pairs_that_cannot_be_are_faults(tmp_path: Path) -> None:
    """Oneself, a stranger, the opposite of another row, an unknown rule: each at its cell, and nothing is written."""
    path, pairs = with_roster(tmp_path / "in", dead=False), tmp_path / "pairs.csv"
    pairs.write_text(
        "姓名,搭班,要求\nofficer0,officer0,同班\nofficer0,nobody,同班\nofficer1,deputy1,同班\ndeputy1,officer1,不同班\n",
        encoding="utf-8",
    )
    words = ["roster", "plan", str(path), "--month", "2025-09", "--pairs", str(pairs), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 2
    assert [f"pairs.csv:{line}" in done.stderr for line in (2, 3, 4, 5)] == [True, True, False, True]
    assert not (tmp_path / "out").exists()
