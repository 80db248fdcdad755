"""A sensitivity analysis: inputs in their blocks, points played once, the same however it was stopped, and what the command asks and says."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from numpy.typing import NDArray
from scipy import stats

from sim.cli import cli
from sim.measures.digest import COUNTY
from sim.scenario import Scenario
from sim.study.engines import Local
from sim.study.nights import Column, Nights
from sim.study.sensitivity.curves import ranked, worse_end
from sim.study.sensitivity.found import Curve, CurveEffect, Design, Output, Sensitivity
from sim.study.sensitivity.inputs import Inputs
from sim.study.sensitivity.outputs import outputs_of, values_of
from sim.study.sensitivity.planned import Planned
from sim.study.sensitivity.points import fresh_luck, parts, same_luck
from sim.study.sensitivity.tables import summarise, tables
from tests.formulas import CHANCE, NUMBER, RANGES, Formulas, analysed, index, unknown
from tests.strategies import Small

ROOT = Path(__file__).parents[2]
PATHS = list(RANGES)
SCREEN = Design(("morris",), 4, 0, 6, 8)
ALL = Design(("morris", "pawn"), 4, 40, 6, 8)


def run(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["sensitivity", *map(str, words)])


def some(shares: NDArray[np.float64], runs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return a number that hangs on two of three inputs, on both together, and on luck."""
    first, second, _ = shares
    return 10 * first + 4 * first * second + np.sin(7.3 * runs) * (1 + second)


def rare(shares: NDArray[np.float64], runs: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return above 0 where a requirement is kept: by the first input and luck."""
    return shares[0] - 0.5 + 0.4 * np.sin(3.1 * runs)


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    """Return a night with three inputs."""
    return unknown(3).load(tmp_path / "night")


def same(one: Sensitivity, other: Sensitivity) -> bool:
    """Tell whether two analyses say the same, to the last bit."""
    mine, theirs = tables(one), tables(other)
    for name, frame in mine.items():
        pd.testing.assert_frame_equal(frame, theirs[name], check_exact=True)
    return json.dumps(summarise(one)) == json.dumps(summarise(other))


# Inputs ---------------------------------------------------------------------------------------------------------------


def test_what_is_of_a_group_or_correlated_is_one_input(tmp_path: Path) -> None:
    """A group goes by its name, what is correlated by its paths; the ends and stated values are told as they are written."""
    night = unknown(
        5,
        p0={"group": "接听", "title": "甲"},
        p2={"group": "接听"},
        p3={"rank_correlation": {PATHS[4]: -0.7}},
    )
    inputs = Inputs.of(night.load(tmp_path))
    assert inputs.blocks == ((0, 2), (1,), (3, 4))
    assert [one.key for one in inputs.told] == ["接听", PATHS[1], f"{PATHS[3]} + {PATHS[4]}"]
    assert inputs.told[0].title == "接听"
    assert inputs.told[0].ranges == (("0 %", "100 %"), ("1 min", "3 min"))
    assert inputs.told[0].stated == ("100 %", "2 min")


def test_a_block_moved_alone_goes_the_way_its_correlations_go(tmp_path: Path) -> None:
    """What falls as the first rises goes down, also along a chain; at the ends all lie at theirs. Everything else stays as stated."""
    night = unknown(
        5,
        p2={"rank_correlation": {PATHS[3]: -0.5}},
        p3={"rank_correlation": {PATHS[4]: -0.5}},
    )
    inputs = Inputs.of(night.load(tmp_path))
    assert inputs.alone(2, 0.0) == (f"{PATHS[2]}=1 min", f"{PATHS[3]}=8 min", f"{PATHS[4]}=0.5 min")
    assert inputs.alone(2, 1.0) == (f"{PATHS[2]}=3 min", f"{PATHS[3]}=2 min", f"{PATHS[4]}=1.5 min")
    assert inputs.alone(0, 1.0) == (f"{PATHS[0]}=100 %",)
    assert inputs.at_blocks([1.0, 0.5, 0.0]) == (*inputs.alone(0, 1.0), *inputs.alone(1, 0.5), *inputs.alone(2, 0.0))
    assert inputs.stated_share(2) == pytest.approx((0.5 + 0.5 + 0.5) / 3)


def test_the_worse_end_is_that_of_what_surely_differs() -> None:
    """Two outputs that chance may have made move one way, one that surely differs the other way: that one says which end is the worse."""
    fewer = Output("told_50_min", "", "", "min", "less")
    outputs = {key: replace(fewer, key=key) for key in ("a", "b", "c")}
    level = np.zeros(2)

    def moved(key: str, upper: float, effect: CurveEffect) -> Curve:
        differences = np.array([-upper, upper])
        return Curve(
            output=key,
            input="x",
            shares=(0.0, 1.0),
            written=(("0",), ("1",)),
            means=level,
            low=level,
            high=level,
            stated_share=0.5,
            stated_mean=0.0,
            stated_low=0.0,
            stated_high=0.0,
            differences=differences,
            difference_low=level,
            difference_high=level,
            alike=(False, False),
            effect=effect,
        )

    sure, chance = moved("a", 1.0, "sure"), [moved("b", -9.0, "open"), moved("c", -9.0, "open")]
    assert worse_end([sure, *chance], outputs) == 1.0
    assert worse_end(chance, outputs) == 0.0  # where nothing is sure, all are taken


def test_points_keep_the_correlation_that_is_written(tmp_path: Path) -> None:
    """Of a Latin hypercube of 400 points the two correlated paths have about that rank correlation, all others none."""
    night = unknown(3, p0={"rank_correlation": {PATHS[1]: 0.8}})
    inputs = Inputs.of(night.load(tmp_path))
    planned = Planned.of(inputs, Design(("pawn",), 2, 400, 6, 6), seed=3)
    shares = inputs.shares([one.settings for one in planned.points["pawn"]])
    found = stats.spearmanr(shares).statistic
    assert found[0, 1] == pytest.approx(0.8, abs=0.06)
    assert max(abs(found[0, 2]), abs(found[1, 2])) < 4 / np.sqrt(400)
    assert all(stats.kstest(column, "uniform").pvalue > 0.001 for column in shares.T)


# What is played -------------------------------------------------------------------------------------------------------


def test_a_point_is_played_once_whatever_asks_for_it(scenario: Scenario, tmp_path: Path) -> None:
    """No run of a point twice, though ends of curves are levels of others; what is compared meets the same luck, each point of pawn its own."""
    engine = Formulas(scenario, some)
    found = analysed(tmp_path / "out", engine, replace(SCREEN, methods=("morris", "sobol", "pawn"), points=16))
    played = [(variant.overrides, number) for variant, portion in engine.played for number in portion]
    assert len(played) == len(set(played)) == found.runs
    assert {one.use for one in found.points} == {"stated", "alone", "together", "morris", "sobol", "pawn"}
    planned = Planned.of(Inputs.of(scenario), found.design, scenario.plan.seed)
    assert found.runs <= planned.runs
    assert {one.numbers for method in ("morris", "sobol") for one in planned.points[method]} == {range(6)}
    assert sorted(number for one in planned.points["pawn"] for number in one.numbers) == list(range(16 * 6))


def test_points_alike_are_one_with_the_runs_of_all() -> None:
    """The same settings from two places: one part, with every number that either asks for, once."""
    (one,) = parts([*same_luck([("a=1",)], 4), *fresh_luck([("a=1",), ("a=1",)], 3)])
    assert one.replications == (0, 1, 2, 3, 4, 5)


def test_an_analysis_that_was_stopped_goes_on_where_it_was(scenario: Scenario, tmp_path: Path) -> None:
    """Stopped after half of its jobs, and gone on with: nothing is played twice, and every table is that of one that was never stopped."""
    whole = Formulas(scenario, some, rare)
    expected = analysed(tmp_path / "whole", whole, ALL)
    with pytest.raises(KeyboardInterrupt):
        analysed(tmp_path / "half", Formulas(scenario, some, rare, len(whole.played) // 2), ALL)
    kept = len(list((tmp_path / "half").rglob("*.npz")))
    assert kept == len(whole.played) // 2
    rest = Formulas(scenario, some, rare)
    assert same(analysed(tmp_path / "half", rest, ALL), expected)
    assert kept + len(rest.played) == len(whole.played)


def test_nothing_that_was_played_is_played_again(scenario: Scenario, tmp_path: Path) -> None:
    """An analysis at its end, gone on with, plays nothing and says the same."""
    expected = analysed(tmp_path / "out", Formulas(scenario, some, rare), ALL)
    again = Formulas(scenario, some, rare)
    assert same(analysed(tmp_path / "out", again, ALL), expected)
    assert again.played == []


# What is found --------------------------------------------------------------------------------------------------------


@pytest.fixture
def found(scenario: Scenario, tmp_path: Path) -> Sensitivity:
    """Return an analysis with every question."""
    return analysed(tmp_path / "out", Formulas(scenario, some, rare), replace(ALL, points=60))


def test_an_input_that_touches_nothing_is_silent_in_every_answer(found: Sensitivity) -> None:
    """μ* and its floor are 0, its curve moves in no run, no pair with it makes anything more, and to know it is worth nothing that is heard."""
    silent = PATHS[2]
    own = [one for one in found.indices if one.input == silent]
    assert not any(one.heard for one in own)
    assert all(one.value == one.floor == 0 for one in own if one.method == "morris")
    assert {one.effect for one in found.curves if one.input == silent} == {"none"}
    assert all(
        (one.extra, one.low, one.high) == (0, 0, 0) for one in found.interactions if silent in {one.first, one.second}
    )
    assert not any(one.heard for one in found.worths if one.input == silent)
    assert ranked(found.indices, NUMBER) == PATHS[:3]


def test_a_curve_is_what_the_formula_says(found: Sensitivity) -> None:
    """Stated at 100 %, 80 / 80 of the second, and 2 min: the first alone moves 10 + 4 · 1 over its range, luck falls out of the differences."""
    (curve,) = (one for one in found.curves if one.output == NUMBER and one.input == PATHS[0])
    assert curve.shares == (0.0, 0.25, 0.75, 1.0)
    assert curve.written == (("0 %",), ("25.0 %",), ("75.0 %",), ("100 %",))
    assert curve.stated_share == 1
    assert curve.differences == pytest.approx([-14, -10.5, -3.5, 0])
    assert curve.difference_low == pytest.approx(curve.difference_high)
    luck = np.sin(7.3 * np.arange(8)) * 2
    assert curve.stated_mean == pytest.approx(14 + luck.mean())
    assert (curve.low < curve.means).all()
    assert (curve.high > curve.means).all()
    assert curve.effect == "sure"


def test_two_at_their_worse_ends_make_what_the_formula_says(tmp_path: Path) -> None:
    """5a + 4b + 3ab, the less the better, stated at a = b = ½: worse are both upper ends, and both make 3 · ½ · ½ more, the same in every run."""
    scenario = unknown(8).load(tmp_path / "night")

    def product(shares: NDArray[np.float64], runs: NDArray[np.int64]) -> NDArray[np.float64]:
        first, second = shares[2:4]
        return np.full(len(runs), 5 * first + 4 * second + 3 * first * second) + runs

    own = analysed(tmp_path / "out", Formulas(scenario, product), SCREEN)
    mine = [one for one in own.interactions if {one.first, one.second} == {PATHS[2], PATHS[3]}]
    assert len(mine) == len(own.outputs)
    (pair,) = (one for one in mine if one.output == NUMBER)
    assert (pair.first_written, pair.second_written) == (("3 min",), ("8 min",))
    assert (pair.first_alone, pair.second_alone) == (pytest.approx(2.5 + 0.75), pytest.approx(2 + 0.75))
    assert pair.together == pytest.approx(pair.first_alone + pair.second_alone + 0.75)
    assert (pair.extra, pair.low, pair.high) == pytest.approx((0.75, 0.75, 0.75))
    assert pair.matters
    assert index(own, "mu_star")[2:4] == pytest.approx(
        [6.5, 5.5], abs=1.5
    )  # 5 + 3b and 4 + 3a, b and a between 0 and 1


def test_the_region_names_the_input_that_fails_the_requirement(found: Sensitivity) -> None:
    """The requirement fails where the first input is low: bounded from above, with the unit as written, judged on half of the points."""
    (region,) = found.regions
    (bound,) = region.bounds
    assert (bound.path, bound.low) == (PATHS[0], None)
    assert bound.high is not None
    assert bound.high.endswith(" %")
    assert region.held
    assert region.failed <= region.runs == region.points * found.design.runs
    assert region.low <= region.failed / region.runs <= region.high
    assert region.points < 30


def test_knowing_what_decides_is_worth_most(found: Sensitivity) -> None:
    """The requirement hangs on the first input alone: of it the worth is heard, and knowing it would change the decision somewhere."""
    of = {one.input: one for one in found.worths}
    assert of[PATHS[0]].heard
    assert of[PATHS[0]].flips > 0
    assert of[PATHS[0]].known_low < of[PATHS[0]].now < of[PATHS[0]].known_high
    assert max(of.values(), key=lambda one: one.worth).input == PATHS[0]


def test_noise_is_what_inputs_and_luck_make_together(scenario: Scenario, tmp_path: Path) -> None:
    """Luck that is the same at all points is no noise between them; the half-width of a mean holds it still."""
    steady = analysed(tmp_path / "a", Formulas(scenario, lambda shares, runs: shares[0] + runs % 2), SCREEN)
    assert steady.noise_share[NUMBER] == 0
    assert steady.noise[NUMBER] == pytest.approx(stats.t.ppf(0.975, 16 * 5) * np.sqrt(0.3 / 6))
    mixed = analysed(tmp_path / "b", Formulas(scenario, lambda shares, runs: shares[0] * (runs % 2)), SCREEN)
    assert 0 < mixed.noise_share[NUMBER] < 1


def test_what_some_run_has_no_value_of_is_left_out(scenario: Scenario, tmp_path: Path) -> None:
    """A number that does not exist in one run of one point, nor a requirement that meant nobody: no index, no curve, no row; the other stays."""

    def gone(shares: NDArray[np.float64], runs: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.where((shares[1] < 0.5) & (runs == 5), np.nan, 1 + shares[0])

    found = analysed(tmp_path / "out", Formulas(scenario, gone, rare), ALL)
    assert [one.key for one in found.left_out] == [NUMBER]
    assert {one.output for one in (*found.indices, *found.curves, *found.interactions)} == {
        one.key for one in found.outputs
    }
    assert CHANCE in {one.key for one in found.outputs}
    assert NUMBER not in found.points[0].means
    assert summarise(found)["left_out"] == [NUMBER]
    nobody = Nights((0, 1, 2), (Column(CHANCE, "1", np.array([COUNTY])),), np.array([[1.0], [np.nan], [0.0]]))
    chance = next(one for one in found.outputs if one.key == CHANCE)
    assert np.array_equal(values_of(chance, scenario, nobody), [1, np.nan, 0], equal_nan=True)


def test_minutes_that_never_come_count_as_the_rest_of_the_run(scenario: Scenario) -> None:
    """Told 40 min after a release at 20 min; never: to the end of the run of 10 h from the release; never released: the whole run."""
    nights = county_only(p95=[60, 60, np.inf, np.inf], released=[20, 20, 20, np.inf])
    told, *_ = outputs_of(scenario, nights)
    assert told.key == "told_95_min"
    assert values_of(told, scenario, nights).tolist() == [40, 40, 580, 600]


@pytest.mark.parametrize(
    ("p95", "p90", "p50", "key"),
    [
        ([9, 9, np.inf], [5, 5, 5], [1, 1, 1], "told_95_min"),
        ([9, np.inf, np.inf], [5, 5, np.inf], [1, 1, 1], "told_90_min"),
        ([np.inf] * 3, [np.inf] * 3, [1, 1, 1], "told_50_min"),
        ([np.inf] * 3, [np.inf] * 3, [np.inf] * 3, "told_95_min"),
    ],
)
def test_the_time_that_is_studied_is_one_that_comes(
    scenario: Scenario, p95: list[float], p90: list[float], p50: list[float], key: str
) -> None:
    """Of 95, 90 and 50 of 100 households the most that are told at all in half of the runs as stated; where none are, 95."""
    told, share = outputs_of(scenario, county_only(p95=p95, p90=p90, p50=p50))
    assert (told.key, share.key, share.unit, share.better) == (key, "share_60min", "1", "more")


def county_only(
    *,
    p95: list[float],
    p90: list[float] | None = None,
    p50: list[float] | None = None,
    released: list[float] | None = None,
) -> Nights:
    """Return runs of which only these numbers of the county are known."""
    own = {"release_min": released or [0.0] * len(p95), "warned_p50_min": p50 or p95, "warned_p90_min": p90 or p95}
    own |= {"warned_p95_min": p95, "share_60min": [0.5] * len(p95)}
    columns = tuple(Column(name, "min", np.array([COUNTY])) for name in own)
    return Nights(tuple(range(len(p95))), columns, np.column_stack(list(own.values())).astype(float))


def test_tables_hold_every_number_and_never_nan_in_the_summary(found: Sensitivity) -> None:
    """Tidy: one row for each index, level, pair, bound, worth and point; points say what stood at each path and what came out."""
    made, summary = tables(found), summarise(found)
    assert json.loads(json.dumps(summary, allow_nan=False))["runs"] == found.runs
    assert len(made["indices"]) == len(found.indices)
    assert len(made["curves"]) == sum(len(one.shares) for one in found.curves)
    assert len(made["worth"]) == 3
    points = made["points"]
    assert points.loc[points["use"] == "morris", "runs"].tolist() == [6] * 16
    assert points.iloc[0][[*PATHS[:3], CHANCE]].tolist() == ["100 %", "100 %", "2 min", 1.0]
    assert set(points["use"]) == {"stated", "alone", "together", "morris", "pawn"}
    assert summary["ranking"][NUMBER] == PATHS[:3]


def test_tables_of_what_nobody_asked_are_empty_with_their_columns(scenario: Scenario, tmp_path: Path) -> None:
    """With morris alone there are no regions and no worths."""
    made = tables(analysed(tmp_path / "out", Formulas(scenario, some), SCREEN))
    assert made["regions"].empty
    assert made["worth"].empty
    assert "held" in made["regions"].columns
    assert "flips" in made["worth"].columns


# The command ----------------------------------------------------------------------------------------------------------


def real() -> Small:
    """Return a small night of luck with two inputs that matter, and one that touches nothing."""
    night = unknown(3)
    night.scenario["uncertain"] = {
        PATHS[0]: {
            "range": ["20 %", "100 %"],
            "title": "接听",
            "source": "设想",
            "applies_to": "测试",
            "status": "演示",
        },
        PATHS[6]: {"range": ["0 min", "9 min"]},
        PATHS[5]: {"range": ["2 km/h", "10 km/h"]},
    }
    return night


def csv_of(folder: Path) -> dict[str, bytes]:
    """Return every table, byte for byte."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def test_the_list_says_what_it_costs_and_plays_nothing(tmp_path: Path) -> None:
    """Inputs with ranges, stated values and sources; 20 + 3·2·20 + 2·4·6 runs and 3·2 + 3 points more of 20; nothing is written."""
    path = real().write(tmp_path / "night")
    before = sorted(tmp_path.rglob("*"))
    done = run(path, "--list", "--trajectories", 2)
    assert done.exit_code == 0
    assert "接听：20 %—100 %，情景取100 %" in done.stdout
    assert "设想" in done.stdout
    assert "没有写来源" in done.stdout
    assert f"至多{20 + 3 * 2 * 20 + 2 * 4 * 6 + (3 * 2 + 3) * 20}次" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before
    assert "stated 100 %" in run(path, "--list", "--lang", "en").stdout


@pytest.mark.slow
def test_workers_and_stops_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle: exit code 130 and how to go on; gone on with by two workers every table is that of one worker who never stopped."""
    path, out = real().write(tmp_path / "night"), tmp_path / "out"
    words = (path, "--method", "morris", "--method", "pawn", "--trajectories", 2, "--points", 16)
    done = run(*words, "--workers", 1, "--out", tmp_path / "whole", "--json")
    assert done.exit_code == 0
    assert "至多" in done.stderr
    assert "1个进程大约1分钟" in done.stderr
    said = json.loads(done.stdout)
    assert said["ranking"]
    assert said["result_dir"] == str(tmp_path / "whole")
    assert (tmp_path / "whole" / "manifest.json").exists()
    once, left = Local._once, [12]

    def stopped(*arguments: object) -> Iterator[Nights]:
        for nights in once(*arguments):  # type: ignore[arg-type]
            if not left[0]:
                raise KeyboardInterrupt
            left[0] -= 1
            yield nights

    with monkeypatch.context() as patch:
        patch.setattr(Local, "_once", stopped)
        done = run(*words, "--workers", 1, "--out", out)
    assert done.exit_code == 130
    assert f"jiaoying sensitivity --resume {out}" in done.stderr
    assert not (out / "manifest.json").exists()
    assert run("--resume", out, "--workers", 2).exit_code == 0
    assert csv_of(out) == csv_of(tmp_path / "whole")
    assert len(csv_of(out)) == 8


@pytest.mark.slow
def test_a_method_added_later_is_as_if_it_had_been_asked_at_once(tmp_path: Path) -> None:
    """Screening first, whole distributions later: every table is that of both; the number of points is free until some method took one."""
    path, once, later = real().write(tmp_path / "night"), tmp_path / "once", tmp_path / "later"
    words = (path, "--trajectories", 2, "--workers", 1)
    assert run(*words, "--method", "morris", "--method", "pawn", "--points", 16, "--out", once).exit_code == 0
    assert run(*words, "--out", later).exit_code == 0
    assert "16" in run("--resume", later, "--points", 16).stderr  # of which method?
    assert run("--resume", later, "--method", "pawn", "--points", 16, "--workers", 1).exit_code == 0
    assert csv_of(later) == csv_of(once)
    done = run("--resume", later, "--points", 32)
    assert done.exit_code == 2
    assert "--points" in done.stderr
    assert (
        "另做一项分析" not in run("--resume", later, "--method", "sobol", "--workers", 1).stderr
    )  # 16 is a power of two


@pytest.mark.slow
def test_killed_in_the_middle_what_was_finished_is_kept(tmp_path: Path) -> None:
    """Kill −9 after some points: the analysis goes on from there and is that of one never stopped."""
    path, out = real().write(tmp_path / "night"), tmp_path / "out"
    words = [str(path), "--trajectories", "2", "--workers", "1"]
    command = [sys.executable, "-m", "sim", "sensitivity", *words, "--out", str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        limit = time.monotonic() + 60
        while len(list(out.glob("points/*/*.npz"))) < 5 and time.monotonic() < limit:
            time.sleep(0.01)
        os.kill(running.pid, signal.SIGKILL)
    kept = {path: path.stat().st_mtime_ns for path in out.glob("points/*/*.npz")}
    assert len(kept) >= 5
    assert not (out / "manifest.json").exists()
    assert run("--resume", out, "--workers", 1).exit_code == 0
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items())
    assert run(*words, "--out", tmp_path / "whole").exit_code == 0
    assert csv_of(out) == csv_of(tmp_path / "whole")


def test_what_makes_no_sense_is_refused_all_at_once(tmp_path: Path) -> None:
    """Points that are no power of two, trajectories of a method that has none, and one range only: three faults, exit code 2, nothing written."""
    night = unknown(1)
    path = night.write(tmp_path / "night")
    done = run(path, "--method", "sobol", "--points", 100, "--trajectories", 4, "--out", tmp_path / "out")
    assert done.exit_code == 2
    for told in ("--points", "64", "128", "--trajectories", "uncertain = 1", "configs/uncertain/defaults.yaml"):
        assert told in done.stderr
    assert "共 3 处问题" in done.stderr
    assert not (tmp_path / "out").exists()
    assert "加 --method pawn" in run(path, "--points", 20).stderr
    assert run(path, "-n", 5).exit_code == 2
    assert "没有写情景文件" in run().stderr
    for option in ("--json", "--out"):
        assert option in run(path, "--list", *([option] if option == "--json" else [option, "x"])).stderr


def test_what_is_correlated_or_of_a_group_counts_once(tmp_path: Path) -> None:
    """Two ranges of one group are one thing that moves: nothing to compare it with."""
    path = unknown(2, p0={"group": "一"}, p1={"group": "一"}).write(tmp_path)
    done = run(path, "--list")
    assert done.exit_code == 2
    assert "至少要两组" in done.stderr


def test_going_on_takes_no_other_option_and_needs_the_same_scenario(tmp_path: Path) -> None:
    """Each other option is a fault; so is a scenario that has changed, and a folder with no analysis in it."""
    path, out = real().write(tmp_path / "night"), tmp_path / "out"
    done = run("--resume", tmp_path)
    assert done.exit_code == 2
    assert "没有可接着做的敏感性分析" in done.stderr
    done = run(path, "--resume", out, "--trajectories", 4, "-n", 8, "--set", "end=9 h")
    assert done.exit_code == 2
    for option in ("SCENARIO", "--trajectories", "--nights", "--set"):
        assert option in done.stderr
    assert "共 4 处问题" in done.stderr
