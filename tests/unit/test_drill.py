"""Drilling a roster: a ladder on paper is the ladder the engine plays, and every hour of a month is called out as the night would be."""

from __future__ import annotations

import csv
import json
import math
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from sim.cli import cli
from sim.errors import InputError
from sim.measures import naming
from sim.scenario import Scenario
from sim.study.intervals import exact_interval
from sim.study.roster.drill import Drill, DrillPlan, call_out, days_of, drill, play, together
from sim.study.roster.drill_tables import tables
from sim.study.roster.dry_run import answered_by, dry_run, harmful
from sim.warning import simulate
from tests.proof import assert_share
from tests.strategies import Small, describe, small

TWO_AT_NIGHT = datetime.fromisoformat("2025-07-11 02:00")
JULY = date(2025, 7, 1)


def with_ladder(*steps: dict[str, object], need: str = "any", villages: int = 1, **posts: tuple[float, float]) -> Small:
    """Return a night in which villages are called by one ladder; ``posts`` (reachable, answer)."""
    night = small(1, villages, 1)
    roster = night.scenario["roster"]
    roster["posts"] |= {
        name: {"title": name, "reachable": reachable, "answer": answer} for name, (reachable, answer) in posts.items()
    }
    roster["ladders"]["village"] = {"steps": list(steps), "need": need}
    night.scenario["channels"]["phone"] |= {"pickup": "10 s", "talk": "0 s"}
    return night


def step(post: str, **changes: object) -> dict[str, object]:
    """Return a step of three rings of 30 s, 60 s apart."""
    return {"post": post, "tries": 3, "ring": "30 s", "gap": "60 s"} | changes


# A ladder on paper -------------------------------------------------------------------------------------------------------


def test_a_ladder_on_paper_is_the_published_one(tmp_path: Path) -> None:
    """V7: three people, 0.6, 0.8, 0.95, three tries each; answers at 10, 100, 190, 220 … s with the published chances; never 6.4e-8."""
    night = with_ladder(step("a"), step("b"), step("c"), a=(1, 0.6), b=(1, 0.8), c=(1, 0.95))
    scenario = night.load(tmp_path)
    run = dry_run(scenario, "T000V000", TWO_AT_NIGHT)
    assert [round(60 * one.answered_min) for one in run.attempts] == [10, 100, 190, 220, 310, 400, 430, 520, 610]
    exact = [0.6, 0.24, 0.096, 0.0512, 0.01024, 0.002048, 4.864e-4, 2.432e-5, 1.216e-6]
    assert [one.decides for one in run.attempts] == pytest.approx(exact)
    assert run.fails == pytest.approx(6.4e-8)
    by = answered_by(scenario, "T000V000", TWO_AT_NIGHT, np.array([1.0, 2.0, 3.0, 5.0, 10.0]))
    assert by == pytest.approx([0.6, 0.84, 0.84, 0.98720, 0.99999872])


def test_who_cannot_be_reached_answers_no_try(tmp_path: Path) -> None:
    """However many tries, a person answers with at most the chance of being reached: 1 − 0.7 (1 − 0.5³)."""
    night = with_ladder(step("a"), a=(0.7, 0.5))
    assert dry_run(night.load(tmp_path), "T000V000", TWO_AT_NIGHT).fails == pytest.approx(1 - 0.7 * (1 - 0.5**3))


def test_all_must_answer(tmp_path: Path) -> None:
    """Where every post must answer the ladder holds with the product of their chances."""
    night = with_ladder(step("a"), step("b"), need="all", a=(0.9, 0.5), b=(0.8, 0.6))
    holds = 0.9 * (1 - 0.5**3) * 0.8 * (1 - 0.4**3)
    assert dry_run(night.load(tmp_path), "T000V000", TWO_AT_NIGHT).fails == pytest.approx(1 - holds)


@pytest.mark.parametrize("need", ["any", "all"])
@pytest.mark.parametrize("order", ["in_turn", "at_once"])
def test_the_paper_and_the_engine_fail_equally_often(order: str, need: str, tmp_path: Path) -> None:
    """The chance that nobody answers, of 2 000 villages called by the real engine, within 4 SE of the one on paper."""
    night = with_ladder(step("a", tries=2), step("b", tries=1), need=need, villages=2000, a=(0.8, 0.5), b=(0.7, 0.6))
    night.scenario["roster"]["ladders"]["village"]["order"] = order
    night.scenario["roster"]["desks"]["township"]["callers"] = 9999
    night.tables["households.csv"] = night.tables["households.csv"][:1]
    scenario = night.load(tmp_path)
    answered = simulate(scenario).acts[0].calls.acknowledged_min[scenario.county.of_level(2)]
    assert_share(np.isinf(answered), dry_run(scenario, "T000V000", scenario.plan.start).fails)


def test_a_message_first_is_as_published(tmp_path: Path) -> None:
    """V8: read with 0.8 after an exponential of 2 min, unread at 3 min → the calls of V7: P(≤ 3 min) = 0.621496."""
    night = with_ladder(
        {"post": "a", "channel": "work_app", "wait": "3 min"},
        step("a"),
        step("b"),
        step("c"),
        a=(1, 0.6),
        b=(1, 0.8),
        c=(1, 0.95),
    )
    night.scenario["channels"]["work_app"] = {
        "needs": ["power"],
        "duty": {"read": 0.8, "delay": {"exponential": {"mean": "2 min"}}},
    }
    run = dry_run(night.load(tmp_path), "T000V000", TWO_AT_NIGHT)
    assert run.attempts[0].decides == pytest.approx(0.621496, abs=2e-4)  # by a grid of the law
    assert run.attempts[1].begin_min == 3


def test_steps_at_once_are_judged_by_who_answers_first(tmp_path: Path) -> None:
    """A message read by 0.95 after 8 min, and two rings of 0.7 beside it: within 5 min 1 − 0.3² without and with it, so it does no harm."""
    message = {"post": "a", "channel": "work_app", "wait": "10 min"}
    night = with_ladder(message, step("b", tries=2), a=(1, 1), b=(1, 0.7))
    night.scenario["roster"]["ladders"]["village"]["order"] = "at_once"
    night.scenario["channels"]["work_app"] = {"needs": ["power"], "duty": {"read": 0.95, "delay": {"fixed": "8 min"}}}
    scenario = night.load(tmp_path)
    by = answered_by(scenario, "T000V000", TWO_AT_NIGHT, np.array([5.0, 9.0]))
    assert by == pytest.approx([0.91, 1 - 0.05 * 0.09])
    assert harmful(scenario, "T000V000", TWO_AT_NIGHT, 5) == {}


def test_a_talk_that_may_be_short_is_judged_by_its_law(tmp_path: Path) -> None:
    """Talk exponential of mean 6 min, limit 6.5: a (0.5 at once), then b (0.9 half a minute later): 0.5 F(6) + 0.5 · 0.9 F(5.5), pick-up in 10 s.

    With the mean talk a could not answer in time and would seem to do harm; by its law it does none.
    """
    night = with_ladder(step("a", tries=1), step("b", tries=1), a=(1, 0.5), b=(1, 0.9))
    night.scenario["channels"]["phone"] |= {"pickup": "10 s", "talk": {"exponential": {"mean": "6 min"}}}
    scenario = night.load(tmp_path)
    first, second = (1 - math.exp(-(6.5 - begin - 1 / 6) / 6) for begin in (0, 0.5))
    by = answered_by(scenario, "T000V000", TWO_AT_NIGHT, np.array([6.5]))
    assert by[0] == pytest.approx(0.5 * first + 0.5 * 0.9 * second, abs=2e-3)  # by a grid of the law
    assert 0.9 * (1 - math.exp(-(6.5 - 1 / 6) / 6)) < by[0]  # b alone, called at once
    assert harmful(scenario, "T000V000", TWO_AT_NIGHT, 6.5) == {}


def test_nobody_is_accused_where_all_must_answer_or_where_a_messenger_goes(tmp_path: Path) -> None:
    """Left out, a post that must answer always makes it likelier; and how far a messenger goes is not on the paper."""
    every = with_ladder(step("a"), step("b"), need="all", a=(1, 0.9), b=(1, 0.6)).load(tmp_path / "all")
    assert harmful(every, "T000V000", TWO_AT_NIGHT, 30) == {}
    night = with_ladder(step("idle"), {"post": "idle", "channel": "courier"}, idle=(0.0, 0.5))
    describe(night, "courier")
    assert harmful(night.load(tmp_path / "far"), "T000V000", TWO_AT_NIGHT, 15) == {}


@pytest.mark.parametrize("order", ["in_turn", "at_once"])
def test_the_chance_by_each_minute_is_that_of_the_engine(order: str, tmp_path: Path) -> None:
    """2 000 villages called by the real engine, talk and pick-up with luck: the share answered by 1, 2, 4 and 8 min within 4 SE of the paper."""
    night = with_ladder(step("a", tries=2), step("b", tries=2), villages=2000, a=(0.9, 0.5), b=(0.8, 0.6))
    night.scenario["roster"]["ladders"]["village"]["order"] = order
    night.scenario["roster"]["desks"]["township"]["callers"] = 9999
    night.tables["households.csv"] = night.tables["households.csv"][:1]
    night.scenario["channels"]["phone"] |= {
        "pickup": {"uniform": {"low": "5 s", "high": "25 s"}},
        "talk": {"lognormal": {"median": "1 min", "p90": "3 min"}},
    }
    scenario = night.load(tmp_path)
    played = simulate(scenario)
    times, level = played.places.acknowledged_min, scenario.county.places.level
    (begin,) = times[level == 1]
    minutes = np.array([1.0, 2.0, 4.0, 8.0])
    by = answered_by(scenario, "T000V000", scenario.plan.start, minutes)
    for minute, exact in zip(minutes, by, strict=True):
        assert_share(times[level == 2] - begin <= minute, float(exact))


def test_a_deputy_who_never_answers_does_harm_to_those_after(tmp_path: Path) -> None:
    """Three rings in vain put the next one off by 3.5 min: without them the chance within 3 min rises from 0 to 0.99; the others do no harm."""
    night = with_ladder(step("idle"), step("good"), idle=(0.0, 0.5), good=(1, 0.9))
    scenario = night.load(tmp_path)
    assert harmful(scenario, "T000V000", TWO_AT_NIGHT, 3) == {"idle": pytest.approx(0.99)}
    assert harmful(scenario, "T000V000", TWO_AT_NIGHT, 60) == {}


def test_nobody_calls_the_county(tmp_path: Path) -> None:
    """A desk that is not there, and the top one, are faults."""
    scenario = with_ladder(step("a"), a=(1, 1)).load(tmp_path)
    for code in ("nowhere", "C"):
        with pytest.raises(InputError):
            dry_run(scenario, code, TWO_AT_NIGHT)


# A month called out ------------------------------------------------------------------------------------------------------


def on_duty(night: Small, folder: Path, *shifts: tuple[str, str, str]) -> Small:
    """Give the township a roster: (person, from, to); the villages keep synthetic holders."""
    folder.mkdir(exist_ok=True)
    tables: dict[str, list[list[str]]] = {
        "persons": [["person", "name", "phone"], *([who, who, ""] for who in dict.fromkeys(row[0] for row in shifts))],
        "shifts": [["desk", "post", "person", "from", "to"], *(["T000", "officer", *row] for row in shifts)],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        night.scenario["roster"][name] = str(folder / f"{name}.csv")
    return night


def plan_of(*days: int, hours: tuple[int, ...] = (2, 14), nights: int = 3) -> DrillPlan:
    """Return a plan of some days of July."""
    return DrillPlan(tuple(JULY.replace(day=day) for day in days), hours, nights, {"township": 15.0, "village": 30.0})


def called_out(night: Small, folder: Path, plan: DrillPlan) -> tuple[Scenario, Drill]:
    """Return the scenario and its drill."""
    scenario = night.load(folder)
    return scenario, play(call_out(scenario, "village"), plan)


def test_a_call_out_is_the_chain_of_a_night(tmp_path: Path) -> None:
    """County relays 1 min, calls 1 min; the township relays 2 min and calls three villages one after the other, 1 min each: 2, 5, 6, 7."""
    night = small(1, 3, 1)
    desks = night.scenario["roster"]["desks"]
    desks["county"]["relay"], desks["township"]["relay"] = "1 min", "2 min"
    night.scenario["channels"]["phone"] |= {"pickup": "0 s", "talk": "1 min"}
    for desk in desks.values():
        desk["callers"] = 1
    _, result = called_out(night, tmp_path, plan_of(1))
    assert result.last_min[..., 0].tolist() == [[2, 7], [2, 7]]
    assert (result.in_time == 1).all()
    assert not result.late.any()


def test_an_hour_without_anybody_on_duty_is_late(tmp_path: Path) -> None:
    """From 08:30 on 2 July to 08:30 on 3 July nobody holds the township's post: there the township never answers, nor do its villages."""
    night = on_duty(
        small(1, 2, 1),
        tmp_path / "roster",
        ("A", "2025-06-30 08:30", "2025-07-02 08:30"),
        ("B", "2025-07-03 08:30", "2025-08-01 08:30"),
    )
    night.scenario["start"] = "2025-07-11 02:00"
    _, result = called_out(night, tmp_path, plan_of(1, 2, 3))
    begin, end = map(datetime.fromisoformat, ("2025-07-02 08:30", "2025-07-03 08:30"))
    empty = np.array([begin <= start < end for start in result.starts])
    assert (result.in_time[empty] == 0).all()
    assert (result.in_time[~empty] == 1).all()
    assert np.isinf(result.last_min[empty]).all()
    assert (result.late[empty] == result.plan.nights).all()


def test_hours_outside_the_roster_are_not_drilled(tmp_path: Path) -> None:
    """The roster begins on 1 July 08:30 and ends on 3 July 08:30: 02:00 of the first is no failure, nor is 14:00 of the third; it is said."""
    night = on_duty(small(1, 1, 1), tmp_path / "roster", ("A", "2025-07-01 08:30", "2025-07-03 08:30"))
    night.scenario["start"] = "2025-07-01 20:00"
    path, out = night.write(tmp_path / "in"), tmp_path / "out"
    words = ["roster", "drill", str(path), "--hours", "2,14", "-n", "2", "--workers", "1", "--out", str(out)]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    hours = list(csv.DictReader((out / "hours.csv").read_text(encoding="utf-8-sig").splitlines()))
    starts = [row["start"] for row in hours if row["level"] == "township"]
    assert starts == ["2025-07-01 14:00:00", "2025-07-02 02:00:00", "2025-07-02 14:00:00", "2025-07-03 02:00:00"]
    assert "58个时刻没有抽查" in done.stdout
    assert "村中有1个（共1个）未列入值班表" in done.stdout
    assert "镇中有" not in done.stdout


def test_hours_differ_by_who_is_on_duty_and_how_they_answer(tmp_path: Path) -> None:
    """The luck of a night is the same at every hour: with one holder and one chance for all hours all hours are alike."""
    night = small(1, 3, 1)
    night.scenario["roster"]["posts"]["officer"] |= {"answer": 0.8, "rotates": False}
    _, result = called_out(night, tmp_path, plan_of(1, 2, nights=20))
    assert (result.last_min == result.last_min[0]).all()
    assert 0 < result.in_time[0, 1] < 1


def test_the_drill_is_the_same_on_one_worker_and_on_two(tmp_path: Path) -> None:
    """Days are played apart and put together in their order: bit for bit the same, whoever played them."""
    night = small(1, 2, 1)
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.5
    path, plan = str(night.write(tmp_path)), plan_of(1, 2, 3)
    one, two = (together(plan, list(drill(path, (), plan, workers))) for workers in (1, 2))
    whole = play(call_out(night.load(tmp_path), "village"), plan)
    for other in (two, whole):
        assert one.starts == other.starts
        for name in ("last_min", "late", "answered", "step_min"):
            assert np.array_equal(getattr(one, name), getattr(other, name))


def test_a_month_has_all_its_days() -> None:
    """28 days in February, 29 in a leap year, 31 in July, from the first on."""
    assert [len(days_of(date(*month, 15))) for month in ((2025, 2), (2024, 2), (2025, 7))] == [28, 29, 31]
    assert days_of(JULY.replace(day=9))[0] == JULY


# What people get ---------------------------------------------------------------------------------------------------------


def test_the_exact_interval_is_the_textbook_one() -> None:
    """V26: Clopper–Pearson of 95 of 100 [0.887165, 0.983568], 190 of 200 [0.909972, 0.975766], 200 of 200 from 0.981725 on."""
    low, high = exact_interval(np.array([95]), 100)
    assert [low[0], high[0]] == pytest.approx([0.887165, 0.983568], abs=1e-6)
    low, high = exact_interval(np.array([190, 200]), 200)
    assert [*low, *high] == pytest.approx([0.909972, 0.981725, 0.975766, 1.0], abs=1e-6)


def test_the_tables_count_what_the_drill_holds(tmp_path: Path) -> None:
    """Shares in time, late and never are those of the call-outs; the desk without anybody on duty is the first of its level."""
    night = on_duty(small(2, 2, 1), tmp_path / "roster", ("A", "2025-07-11 00:00", "2025-07-11 08:30"))
    night.scenario["start"] = "2025-07-11 02:00"
    scenario, result = called_out(night, tmp_path, plan_of(11, hours=(2, 9, 14)))
    made = tables(result, scenario, naming(scenario, real_names=True))
    township = made["hours"][made["hours"]["level"] == "township"]
    assert township["in_time"].tolist() == [1, 0, 0]
    assert township["never"].tolist() == [0, 1, 1]
    assert township["last_p50_min"].isna().tolist() == [False, True, True]
    first = made["desks"].iloc[0]
    assert (first["code"], first["late"], first["worst_late"]) == ("T000", pytest.approx(2 / 3), 1)
    assert first["worst_start"] == result.starts[1]
    days = made["duty_days"]
    assert [f"{day:%d}" for day in days["duty_day"]] == ["10", "11"] * 2
    assert days["in_time"].tolist() == [1, 0, 1, 0]


def test_hours_in_which_nobody_answers_take_no_minutes_from_the_mean(tmp_path: Path) -> None:
    """County relays 1 min, the call takes 1 min: 2 min a call to the township, whether it answers at every hour or at one of three."""
    night = on_duty(small(1, 1, 1), tmp_path / "roster", ("A", "2025-07-11 00:00", "2025-07-11 08:30"))
    night.scenario["start"] = "2025-07-11 02:00"
    night.scenario["roster"]["desks"]["county"]["relay"] = "1 min"
    night.scenario["channels"]["phone"] |= {"pickup": "0 s", "talk": "1 min"}
    scenario, result = called_out(night, tmp_path, plan_of(11, hours=(2, 9, 14)))
    steps = tables(result, scenario, naming(scenario))["steps"]
    assert steps[steps["level"] == "township"].set_index("step")["minutes"].to_dict() == {"relaying": 1, "talking": 1}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_planner_gets_sentences_a_workbook_and_a_picture(language: str, tmp_path: Path) -> None:
    """The command says how often all are in time and where it is worst, and leaves tables, workbook, picture and manifest."""
    night = small(1, 2, 1)
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.6
    path, out = night.write(tmp_path / "in"), tmp_path / "out"
    words = [
        "roster",
        "drill",
        str(path),
        "--hours",
        "2,14",
        "-n",
        "4",
        "--workers",
        "1",
        "--out",
        str(out),
        "--lang",
        language,
    ]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert ("各时刻平均" if language == "zh" else "mean of all hours") in done.stdout
    files = {
        "hours.csv",
        "duty_days.csv",
        "desks.csv",
        "steps.csv",
        "drill.xlsx",
        "drill.html",
        "drill.png",
        "summary.json",
        "manifest.json",
    }
    assert files <= {entry.name for entry in out.iterdir()}
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert [level["level"] for level in summary["levels"]] == ["township", "village"]
    assert len(load_workbook(out / "drill.xlsx").sheetnames) == 5


@pytest.mark.parametrize(
    "words",
    [
        ("--month", "July"),
        ("--hours", "24"),
        ("--hours", "two"),
        ("--within", "parish=15 min"),
        ("--within", "village=15"),
    ],
)
def test_what_cannot_be_drilled_is_said(words: tuple[str, str], tmp_path: Path) -> None:
    """A month, an hour, a level or a limit that is none: exit code 2, the option named, nothing written."""
    path = small(1, 1, 1).write(tmp_path / "in")
    done = CliRunner().invoke(cli, ["roster", "drill", str(path), *words, "--out", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert words[0] in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_month_of_which_the_roster_says_nothing_is_a_fault(tmp_path: Path) -> None:
    """A roster of July cannot be drilled in August."""
    night = on_duty(small(1, 1, 1), tmp_path / "roster", ("A", "2025-07-01 08:30", "2025-08-01 08:30"))
    night.scenario["start"] = "2025-07-11 02:00"
    done = CliRunner().invoke(cli, ["roster", "drill", str(night.write(tmp_path / "in")), "--month", "2025-09"])
    assert done.exit_code == 2
    assert "2025-09" in done.stderr


def test_a_ladder_without_anybody_on_duty_is_no_comfort(tmp_path: Path) -> None:
    """On 5 July nobody holds the post: that is what is said, not that it is over in 0 minutes and that no post slows it down."""
    night = on_duty(
        small(1, 1, 1),
        tmp_path / "roster",
        ("A", "2025-07-01 08:30", "2025-07-02 08:30"),
        ("B", "2025-07-10 08:30", "2025-07-11 08:30"),
    )
    path = night.write(tmp_path / "in")
    done = CliRunner().invoke(cli, ["roster", "ladder", str(path), "镇0", "--at", "2025-07-05 14:00"])
    assert done.exit_code == 0, done.output
    assert "都没有人：叫不到" in done.stdout
    assert "走完" not in done.stdout
    assert "反而拖慢" not in done.stdout


def test_a_ladder_says_whose_number_cannot_be_right_and_who_is_made_up(tmp_path: Path) -> None:
    """A has no number; the village is not on the roster at all."""
    night = on_duty(small(1, 1, 1), tmp_path / "roster", ("A", "2025-07-01 08:30", "2025-08-01 08:30"))
    path = night.write(tmp_path / "in")
    said = [
        CliRunner().invoke(cli, ["roster", "ladder", str(path), desk, "--at", "2025-07-05 14:00"]).stdout
        for desk in ("镇0", "T000V000")
    ]
    assert "没有号码或号码有误" in said[0]
    assert "合成人员" not in said[0]
    assert "按合成人员推演" in said[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_ladder_is_shown_on_paper(language: str, tmp_path: Path) -> None:
    """Each try with its minute and post; a post that slows it down is named, one that helps is not."""
    night = with_ladder(step("idle"), step("good"), idle=(0.0, 0.5), good=(1, 0.9))
    path = night.write(tmp_path)
    words = ["roster", "ladder", str(path), "T000V000", "--at", "2025-07-11 02:00", "--within", "3", "--lang", language]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert done.stdout.count("idle") == 4  # three tries, and the sentence that it does harm
    assert done.stdout.count("good") == 3
    assert CliRunner().invoke(cli, [*words[:4], "--at", "tonight"]).exit_code == 2
