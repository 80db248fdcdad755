"""A month planned: what the solver gives is held by a checker that does not know it; what cannot be is named."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sim.cli import cli
from sim.roster.planning import (
    Candidate,
    Demand,
    Duty,
    Plan,
    check_plan,
    check_plans,
    plan_desk,
    plan_desks,
    shift_rows,
)
from tests.strategies import small

FIRST = date(2025, 8, 1)
few = settings(
    derandomize=True,
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)


def days(count: int) -> tuple[date, ...]:
    """Return so many days from the first of August on."""
    return tuple(FIRST + timedelta(days=n) for n in range(count))


def team(count: int, *posts: str) -> tuple[Candidate, ...]:
    """Return so many people who can hold all of some posts."""
    return tuple(Candidate(f"p{n}", frozenset(posts)) for n in range(count))


def demand(
    people: tuple[Candidate, ...], count: int = 30, posts: tuple[str, ...] = ("officer",), **changes: object
) -> Demand:
    """Return the demand of one desk."""
    return replace(
        Demand("T", posts, days(count), people, frozenset(day for day in days(count) if day.weekday() > 4)), **changes
    )


def test_everybody_stands_equally_often_where_that_is_possible() -> None:
    """Thirty days among six people with two days of rest: five days each, and ten days off spread by at most one."""
    plan = plan_desk(demand(team(6, "officer")))
    assert check_plan(plan) == []
    assert set(Counter(duty.person for duty in plan.duties).values()) == {5}
    off = Counter(duty.person for duty in plan.duties if duty.day in plan.demand.days_off)
    assert max(off.values()) - min(off[f"p{n}"] for n in range(6)) <= 1


def test_rest_leaves_room_for_three_people_at_least() -> None:
    """With two days of rest three people fill every day in turn; two leave every third day empty, and the rest is why."""
    assert plan_desk(demand(team(3, "officer"), 9)).clashes == ()
    two = plan_desk(demand(team(2, "officer"), 9))
    assert check_plan(two) == []
    assert len(two.clashes) == 3
    assert all("要休息" in reason.zh for clash in two.clashes for reason in clash.why.values())


def test_a_clash_names_why_nobody_can() -> None:
    """All who hold the post are on leave on one day: that day is empty, everybody's leave is named, and who holds another post is named so."""
    away = frozenset({FIRST + timedelta(days=4)})
    people = (*(replace(one, leave=away) for one in team(4, "officer")), Candidate("x", frozenset({"leader"})))
    (clash,) = plan_desk(demand(people, 8)).clashes
    assert (clash.post, clash.day) == ("officer", FIRST + timedelta(days=4))
    assert {who: why.zh for who, why in clash.why.items()} == {
        "p0": "请假",
        "p1": "请假",
        "p2": "请假",
        "p3": "请假",
        "x": "不担任这个岗位",
    }


def test_who_stood_on_the_last_day_of_the_month_rests_first() -> None:
    """On duty on 31 July: not before 3 August with two days of rest."""
    people = (replace(team(1, "officer")[0], last=FIRST - timedelta(days=1)), *team(4, "officer")[1:])
    plan = plan_desk(demand(people, 12))
    assert check_plan(plan) == []
    assert min(duty.day for duty in plan.duties if duty.person == "p0") >= FIRST + timedelta(days=2)


@few
@given(
    st.integers(1, 7),
    st.integers(1, 12),
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 11)), max_size=12),
    st.lists(st.sets(st.sampled_from(["leader", "officer"]), min_size=1), min_size=7, max_size=7),
    st.sets(st.integers(0, 6), max_size=3),
    st.dictionaries(st.sampled_from([("p0", "p1"), ("p1", "p2"), ("p0", "p3")]), st.booleans()),
    st.booleans(),
)
def test_every_plan_keeps_what_was_asked(
    people: int,
    length: int,
    rest: int,
    leave: list[tuple[int, int]],
    posts: list[set[str]],
    users: set[int],
    pairs: dict[tuple[str, str], bool],
    weekly: bool,
) -> None:
    """Whatever the people, leave, posts, sets and pairs: the independent checker finds nothing, and the same demand gives the same plan."""
    team_of = tuple(
        Candidate(
            f"p{n}",
            frozenset(posts[n]),
            frozenset(FIRST + timedelta(days=day) for who, day in leave if who == n),
            sets=frozenset({"sat_phone"} if n in users else ()),
        )
        for n in range(people)
    )
    here = {pair: together for pair, together in pairs.items() if int(pair[1][1]) < people}
    asked = demand(
        team_of,
        length,
        ("leader", "officer"),
        rest_days=rest,
        sets=("sat_phone",),
        weekly=frozenset({"leader"} if weekly else ()),
        together=frozenset(pair for pair, together in here.items() if together),
        apart=frozenset(pair for pair, together in here.items() if not together),
    )
    plan = plan_desk(asked)
    assert check_plan(plan) == []
    assert plan_desk(asked) == plan


def test_who_learns_stands_with_who_knows() -> None:
    """Officer p0 and leader p5 stand on the same days only; p1 and p6 never do: by hand p0 and p5 share each of their days."""
    people = (*team(4, "officer"), *(Candidate(f"l{n}", frozenset({"leader"})) for n in range(4)))
    plan = plan_desk(
        demand(people, 12, ("leader", "officer"), together=frozenset({("l0", "p0")}), apart=frozenset({("l1", "p1")}))
    )
    assert check_plan(plan) == []
    assert plan.clashes == ()
    on = {who: {duty.day for duty in plan.duties if duty.person == who} for who in ("p0", "l0", "p1", "l1")}
    assert on["p0"] == on["l0"] != set()
    assert not on["p1"] & on["l1"]


def test_somebody_on_duty_can_use_the_set_on_as_many_days_as_can_be() -> None:
    """One officer and one leader of three each can: with two days of rest each stands every third day, so of nine days six are covered."""
    users = frozenset({"sat_phone"})
    people = tuple(
        replace(one, sets=users if one.person.endswith("0") else frozenset())
        for one in (*team(3, "officer"), *(Candidate(f"l{n}", frozenset({"leader"})) for n in range(3)))
    )
    plan = plan_desk(demand(people, 9, ("leader", "officer"), sets=("sat_phone",)))
    assert check_plan(plan) == []
    assert [name for name, _ in plan.idle] == ["sat_phone"] * 3


def test_a_leader_by_the_week_has_the_whole_week() -> None:
    """August 2025 begins on a Friday: of four leaders one has the first three days, then each has a week, and the last has the rest of the month."""
    people = tuple(Candidate(f"l{n}", frozenset({"leader"})) for n in range(4))
    plan = plan_desk(demand(people, 31, ("leader",), weekly=frozenset({"leader"})))
    assert check_plan(plan) == []
    held = {duty.day.day: duty.person for duty in plan.duties}
    weeks = [range(1, 4), range(4, 11), range(11, 18), range(18, 25), range(25, 32)]
    assert [len({held[day] for day in week}) for week in weeks] == [1] * 5
    assert sorted(Counter(held.values()).values()) == [7, 7, 7, 10]  # somebody has the first three days and a week


def test_the_checker_sees_a_week_that_changes_hands() -> None:
    """Monday one leader, Tuesday another."""
    people = tuple(Candidate(f"l{n}", frozenset({"leader"})) for n in range(2))
    asked = replace(demand(people, 6, ("leader",), rest_days=0, weekly=frozenset({"leader"})), days=days(6)[3:5])
    duties = tuple(Duty("T", "leader", f"l{n}", day) for n, day in enumerate(asked.days))
    assert check_plan(Plan(asked, duties)) == ["leader changes hands within week 32"]


@few
@given(st.integers(2, 6), st.integers(2, 9), st.integers(0, 2))
def test_who_stands_at_two_desks_rests_between_both(people: int, length: int, rest: int) -> None:
    """Two desks with the same people: nobody is at both on one day, nor without rest from one to the other; the checker would see it."""
    asked = [replace(demand(team(people, "officer"), length, rest_days=rest), desk=desk) for desk in ("T", "U")]
    together = list(plan_desks(asked))
    assert check_plans(together) == []
    apart = [plan_desk(one) for one in asked]
    same_days = {(duty.person, duty.day) for duty in apart[0].duties} & {
        (duty.person, duty.day) for duty in apart[1].duties
    }
    assert bool(same_days) <= bool(check_plans(apart))


@few
@given(st.integers(3, 6), st.integers(4, 9), st.integers(0, 20))
def test_one_more_person_never_leaves_more_empty(people: int, length: int, away: int) -> None:
    """More hands, no more clashes; leave of somebody leaves no fewer."""
    full = team(people, "officer")
    gone = frozenset(day for n, day in enumerate(days(length)) if (n * 7 + away) % 3)
    with_leave = (replace(full[0], leave=gone), *full[1:])
    less, more, given_up = (len(plan_desk(demand(some, length)).clashes) for some in (full[1:], full, with_leave))
    assert more <= given_up <= less


@pytest.mark.parametrize(
    ("duties", "said"),
    [
        ([("officer", "p0", 0), ("officer", "p0", 1)], "no rest"),
        ([("officer", "p0", 0)], "held by 0"),
        ([("officer", "p0", 0), ("officer", "p1", 0), ("officer", "p2", 1)], "held by 2"),
        ([("officer", "p3", 0), ("officer", "p1", 1)], "on leave"),
        ([("officer", "p4", 0), ("officer", "p1", 1)], "cannot hold"),
        ([("officer", "p5", 0), ("officer", "p1", 1)], "no rest after"),
    ],
)
def test_the_checker_sees_what_is_broken(duties: list[tuple[str, str, int]], said: str) -> None:
    """A plan made by hand that breaks one thing is found out, in words."""
    people = (
        *team(3, "officer"),
        Candidate("p3", frozenset({"officer"}), frozenset({FIRST})),
        Candidate("p4", frozenset({"leader"})),
        Candidate("p5", frozenset({"officer"}), last=FIRST - timedelta(days=1)),
    )
    plan = Plan(
        demand(people, 2), tuple(Duty("T", post, who, FIRST + timedelta(days=day)) for post, who, day in duties)
    )
    assert any(said in broken for broken in check_plan(plan))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"together": frozenset({("p0", "p1")})}, "not together"),
        ({"apart": frozenset({("p0", "p2")})}, "p0 and p2 together"),
        ({"sets": ("beidou",)}, "beidou"),
    ],
)
def test_the_checker_sees_broken_pairs_and_idle_sets(changes: dict[str, object], said: str) -> None:
    """p0 and p2 stand together on the only day, p1, who alone can use the set, does not."""
    people = (*team(3, "officer", "leader"),)
    people = (people[0], replace(people[1], sets=frozenset({"beidou"})), people[2])
    duties = (Duty("T", "leader", "p0", FIRST), Duty("T", "officer", "p2", FIRST))
    broken = check_plan(Plan(demand(people, 1, ("leader", "officer"), **changes), duties))
    assert len(broken) == 1
    assert said in broken[0]


def test_duties_become_shifts_from_handover_to_handover() -> None:
    """A duty day lasts from its handover to the next day's."""
    plan = Plan(demand(team(1, "officer"), 1), (Duty("T", "officer", "p0", FIRST),))
    begin = datetime.combine(FIRST, time(8, 30))
    assert shift_rows([plan], time(8, 30)) == [("T", "officer", "p0", begin, begin + timedelta(days=1))]


def test_those_who_can_do_the_same_stand_equally_often() -> None:
    """Six officers and three leaders in thirty days: five days each of the ones, ten of the others."""
    people = (*team(6, "officer"), *(Candidate(f"l{n}", frozenset({"leader"})) for n in range(3)))
    plan = plan_desk(demand(people, 30, ("leader", "officer")))
    assert check_plan(plan) == []
    load = Counter(duty.person for duty in plan.duties)
    assert {load[f"p{n}"] for n in range(6)} == {5}
    assert {load[f"l{n}"] for n in range(3)} == {10}


# The command ---------------------------------------------------------------------------------------------------------------


def with_roster(folder: Path, people: int) -> Path:
    """Return the path of a night whose township has a roster of July: so many people, one after the other."""
    night = small(1, 1, 1)
    night.scenario["start"] = "2025-07-09 20:00"
    folder.mkdir(exist_ok=True)
    july = [FIRST - timedelta(days=31 - n) for n in range(31)]
    shifts = [
        ("T000", "officer", f"p{n % people}", f"{day} 08:30", f"{day + timedelta(days=1)} 08:30")
        for n, day in enumerate(july)
    ]
    rows = {
        "persons": [("person", "name", "phone"), *((f"p{n}", f"名{n}", f"1380000123{n}") for n in range(people))],
        "shifts": [("desk", "post", "person", "from", "to"), *shifts],
    }
    for name, table in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
        night.scenario["roster"][name] = str(folder / f"{name}.csv")
    return night.write(folder)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_planned_month_is_a_roster_that_the_audit_finds_sound(language: str, tmp_path: Path) -> None:
    """What is written loads as the roster of that month, and the audit has nothing that must be put right."""
    path, out = with_roster(tmp_path / "in", 5), tmp_path / "out"
    words = ["roster", "plan", str(path), "--month", "2025-08", "--out", str(out), "--lang", language]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    planned = [f"--set=roster.{name}={out / name}.csv" for name in ("persons", "shifts")]
    audited = CliRunner().invoke(
        cli,
        [
            "roster",
            "audit",
            str(path),
            *planned,
            "--set=start=2025-08-09 20:00",
            "--out",
            str(tmp_path / "a.xlsx"),
            "--json",
        ],
    )
    assert audited.exit_code == 0, audited.output
    assert [one for one in json.loads(audited.stdout)["findings"] if one["severity"] == "must"] == []
    assert len(load_workbook(out / "plan.xlsx").sheetnames) == 3


def test_leave_that_leaves_nobody_is_named(tmp_path: Path) -> None:
    """Of four people, by id or by name, all are away on 5 August: the day stays empty, their leave is why; a wrong day or person is a fault."""
    path, leave = with_roster(tmp_path / "in", 4), tmp_path / "leave.csv"
    leave.write_text(
        "姓名,开始,结束\n" + "".join(f"{who},2025-08-05,2025/8/5\n" for who in ("p0", "p1", "名2", "名3")),
        encoding="utf-8",
    )
    words = ["roster", "plan", str(path), "--month", "2025-08", "--leave", str(leave)]
    done = CliRunner().invoke(cli, [*words, "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "08-05" in done.stdout
    assert "：名0请假、名1请假、名2请假、名3请假" in done.stdout
    for rows, lines in (
        ("p0,5 August,2025-08-05\n", (2,)),
        ("p1,2025-08-09,2025-08-05\nnobody,2025-08-01,2025-08-02\n", (2, 3)),
    ):
        leave.write_text("person,from,to\n" + rows, encoding="utf-8")
        bad = CliRunner().invoke(cli, [*words, "--out", str(tmp_path / "other")])
        assert bad.exit_code == 2
        assert all(f"leave.csv:{line}" in bad.stderr for line in lines)
    assert not (tmp_path / "other").exists()


def test_a_level_without_shifts_by_the_day_is_a_fault(tmp_path: Path) -> None:
    """Nothing to plan is no plan in which every post is held."""
    path = with_roster(tmp_path / "in", 4)
    done = CliRunner().invoke(
        cli, ["roster", "plan", str(path), "--month", "2025-08", "--level", "village", "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 2
    assert "--level" in done.stderr
    assert not (tmp_path / "out").exists()
