"""A study of many runs: what is kept of each, the same however it was played, stopped and gone on with; and what is said of it."""

from __future__ import annotations

import itertools
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

from sim import report, simulate
from sim.cli import cli
from sim.measures import naming, tabulate
from sim.measures.digest import digest
from sim.measures.targets import judge
from sim.records import DECIDING, STEPS
from sim.scenario import Scenario
from sim.study import engines
from sim.study import nights as of_nights
from sim.study.engines import Local, Variant, jobs_of, play_here
from sim.study.folder import Asked, StudyFolder
from sim.study.intervals import any_time_interval
from sim.study.nights import Nights, joined
from sim.study.study import Study
from sim.study.study_tables import summarise, tables, verdicts
from tests.strategies import full_night, lucky, small, with_outages

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def _no_report() -> Iterator[None]:
    """Write no report: it takes most of the time, and has tests of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "write_study", lambda folder, _: folder / "study.html")
        yield


# Tools ----------------------------------------------------------------------------------------------------------------


def study(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["study", *map(str, words)])


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what follows from the nights of a study, byte for byte."""
    tables = ("verdicts", "side_by_side", "bands", "measures", "late", "steps")
    names = ("replications.parquet", *(f"{name}.csv" for name in tables))
    return {name: (folder / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Return a night with every block, every means and outages."""
    return with_outages(full_night()).load(tmp_path_factory.mktemp("rich"))


# What is kept of a night ----------------------------------------------------------------------------------------------


def test_what_is_kept_is_what_the_tables_of_the_night_say(rich: Scenario) -> None:
    """Each number of a township, a village and a requirement is that of the result folder of the same run; null is never."""
    night, names = simulate(rich, 3), naming(rich, real_names=True)
    made = tabulate(rich, night, names)
    kept = Nights.of([3], [digest(rich, night)])
    code_of = np.array(names.code)
    for level in ("townships", "villages"):
        table = made[level].set_index("code")
        for measure in (
            "acknowledged_min",
            "warned_p95_min",
            "share_60min",
            "never_households",
            "exposed_persons",
            "reported_min",
        ):
            place, (values,) = kept.of_measure(measure)
            found = pd.Series(values, index=code_of[place]).replace(np.inf, np.nan)
            assert found[table.index].to_numpy() == pytest.approx(table[measure].to_numpy(dtype=float), nan_ok=True), (
                level,
                measure,
            )
        place, (steps,) = kept.of_measure("main_step")
        main = pd.Series([STEPS[int(step)] if step >= 0 else "" for step in steps], index=code_of[place])
        assert main[table.index].tolist() == table["main_step"].tolist()
    for row in made["targets"].to_dict("records"):
        assert kept.of_county(f"target:{row['target_id']}:met") == [row["met"]]
        assert kept.of_county(f"target:{row['target_id']}:min") == pytest.approx(
            [np.nan_to_num(row["value"], nan=np.inf)]
        )
    steps_of = made["attribution"].set_index(["place", "step"])["minutes"]
    for (place, step), minutes in steps_of.items():
        at, (values,) = kept.of_measure(f"step:{step}")
        if place in code_of[at]:
            assert values[code_of[at] == place] == pytest.approx([minutes])


def test_what_counts_from_an_event_that_never_came_is_never_kept(rich: Scenario) -> None:
    """In the county and in each place that it is about; a place with nobody whom it is about stays without a number."""
    above = np.arange(len(rich.county.places))
    for result in judge(rich, simulate(rich, 0)):
        never = replace(result, since_min=np.inf)
        kept, lost = (one.value_min_of(above, len(above)) for one in (result, never))
        assert never.value_min is None or not len(result.times_min)
        assert np.array_equal(lost, np.where(np.isnan(kept), np.nan, np.inf), equal_nan=True)


def test_the_step_of_a_call_is_the_longest_on_the_way_to_the_desk(tmp_path: Path) -> None:
    """County relays 3 min, township 5 min, a call takes a minute: relaying is the longest to the township and to its two villages."""
    night = small(1, 2, 1)
    for level, relay in (("county", "3 min"), ("township", "5 min")):
        night.scenario["roster"]["desks"][level]["relay"] = relay
    scenario = night.load(tmp_path)
    kept = Nights.of([0], [digest(scenario, simulate(scenario, 0))])
    _, (steps,) = kept.of_measure("call_step")
    assert [STEPS[int(step)] for step in steps] == ["relaying"] * 3


def test_every_night_of_a_scenario_keeps_the_same_columns(rich: Scenario) -> None:
    """Whatever the luck: the same measures, units and places, in the same order."""
    first, second = (digest(rich, simulate(rich, number)) for number in (0, 1))
    assert [(one.measure, one.unit, one.place.tolist()) for one in first] == [
        (one.measure, one.unit, one.place.tolist()) for one in second
    ]


def test_nights_kept_by_another_version_are_played_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept of them is something else: a study that goes on takes none of them, and is as one begun anew."""
    path, out = lucky().write(tmp_path / "in"), tmp_path / "out"
    with monkeypatch.context() as older:
        older.setattr(of_nights, "FORM", 1)
        assert study(path, "-n", 8, "--workers", 1, "--out", out).exit_code == 0
    before = bytes_of(out)
    nights = StudyFolder.resume(out)
    assert nights.done() == []
    assert study("--resume", out, "--workers", 1).exit_code == 0
    assert len(nights.done()) == 2
    assert bytes_of(out) == before


def test_nights_come_back_from_their_file(rich: Scenario, tmp_path: Path) -> None:
    """Numbers, columns and values, bit for bit, never and nobody included."""
    nights = Nights.of([5, 6], [digest(rich, simulate(rich, number)) for number in (5, 6)])
    nights.save(tmp_path / "nights.npz")
    again = Nights.load(tmp_path / "nights.npz")
    assert again.replications == (5, 6)
    assert np.array_equal(again.kept, nights.kept, equal_nan=True)
    assert [(c.measure, c.unit, c.place.tolist()) for c in again.columns] == [
        (c.measure, c.unit, c.place.tolist()) for c in nights.columns
    ]
    assert [entry.name for entry in tmp_path.iterdir()] == ["nights.npz"]


# However it is played -------------------------------------------------------------------------------------------------


def test_serial_parallel_resumed_and_extended_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """One process, two, stopped after the first portion and gone on with, and eight runs extended to twelve."""
    path = lucky().write(tmp_path / "in")
    folders = {name: tmp_path / name for name in ("one", "two", "stopped", "more")}
    assert study(path, "-n", 12, "--workers", 1, "--out", folders["one"]).exit_code == 0
    assert study(path, "-n", 12, "--workers", 2, "--out", folders["two"]).exit_code == 0
    assert study(path, "-n", 12, "--workers", 1, "--out", folders["stopped"]).exit_code == 0
    for entry in folders["stopped"].iterdir():
        if entry.is_file() and entry.name != "study.json":
            entry.unlink()
    for name in ("0000004.npz", "0000008.npz"):
        (folders["stopped"] / "nights" / name).unlink()
    assert study("--resume", folders["stopped"], "--workers", 1).exit_code == 0
    assert study(path, "-n", 8, "--workers", 1, "--out", folders["more"]).exit_code == 0
    before = pd.read_parquet(folders["more"] / "replications.parquet")
    assert study("--resume", folders["more"], "-n", 12, "--workers", 1).exit_code == 0
    whole = bytes_of(folders["one"])
    assert bytes_of(folders["two"]) == bytes_of(folders["stopped"]) == whole
    assert bytes_of(folders["more"])["replications.parquet"] == whole["replications.parquet"]
    fixed, any_time = (pd.read_csv(folders[name] / "late.csv") for name in ("one", "more"))
    assert (any_time["ci_high"] - any_time["ci_low"] > fixed["ci_high"] - fixed["ci_low"]).all()
    after = pd.read_parquet(folders["more"] / "replications.parquet")
    pd.testing.assert_frame_equal(after[after["replication"] < 8], before)
    assert set(pd.read_csv(folders["more"] / "verdicts.csv")["interval"]) == {"any_time"}
    assert set(pd.read_csv(folders["one"] / "verdicts.csv")["interval"]) == {"fixed"}


def running(*words: object) -> subprocess.Popen[bytes]:
    """Start the command as a process of its own."""
    command = [sys.executable, "-m", "sim", "study", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def waits_for(out: Path, files: int) -> None:
    """Wait until so many portions of a study are kept."""
    limit = time.monotonic() + 60
    while len(list((out / "nights").glob("*.npz"))) < files and time.monotonic() < limit:
        time.sleep(0.005)


@pytest.mark.slow
def test_killed_again_and_again_it_is_as_if_it_never_stopped(tmp_path: Path) -> None:
    """Kill −9 at five moments of the work, gone on with each time: what was finished is kept, and all tables are those of one that never stopped."""
    path, out = lucky(12).write(tmp_path / "in"), tmp_path / "out"
    for time_killed in range(5):
        words = ("--resume", out) if time_killed else (path, "-n", 240, "--out", out)
        kept = len(list((out / "nights").glob("*.npz")))
        with running(*words, "--workers", 1) as process:
            waits_for(out, kept + 1 + time_killed % 3)
            time.sleep(0.004 * (7 * time_killed % 10))  # somewhere in the middle of a portion, or of its file
            os.kill(process.pid, signal.SIGKILL)
        assert kept < len(list((out / "nights").glob("*.npz"))) < 60
    assert not (out / "manifest.json").exists()
    (out / "nights" / "0000004.npz").write_bytes(b"half a fi")  # as a disk may leave it
    assert study("--resume", out, "--workers", 1).exit_code == 0
    assert study(path, "-n", 240, "--workers", 1, "--out", tmp_path / "whole").exit_code == 0
    assert bytes_of(out) == bytes_of(tmp_path / "whole")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the workers in /proc")
def test_workers_that_are_killed_are_replaced(tmp_path: Path) -> None:
    """Two of the processes that play are killed, one after the other: the study ends as if nothing had been."""
    path, out = lucky(12).write(tmp_path / "in"), tmp_path / "out"
    with running(path, "-n", 200, "--workers", 2, "--out", out) as process:
        for files in (2, 12):
            waits_for(out, files)
            os.kill(workers_of(process.pid)[0], signal.SIGKILL)
    assert process.returncode == 0
    assert study(path, "-n", 200, "--workers", 1, "--out", tmp_path / "whole").exit_code == 0
    assert bytes_of(out) == bytes_of(tmp_path / "whole")


def workers_of(pid: int) -> list[int]:
    """Return the processes that play for a process."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue  # it has just ended
        if int(words[1]) == pid and b"loky" in command and b"resource_tracker" not in command:
            found.append(int(stat.parent.name))
    return found


def test_a_worker_that_dies_is_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool breaks twice; what it gave before counts, the rest is played again, in order and without a gap."""
    variant, deaths = Variant(str(lucky().write(tmp_path))), iter([True, True])
    played = Local._once

    def mortal(*arguments: object) -> object:
        for number, nights in enumerate(played(*arguments)):  # type: ignore[arg-type]
            if number and next(deaths, False):
                raise engines.TerminatedWorkerError
            yield nights

    monkeypatch.setattr(Local, "_once", mortal)
    got = list(Local(1).play(jobs_of(variant, range(12))))
    assert [one.replications for one in got] == [tuple(range(4)), tuple(range(4, 8)), tuple(range(8, 12))]
    assert np.array_equal(joined(got).kept, play_here(variant, range(12)).kept, equal_nan=True)


def test_workers_that_die_again_and_again_leave_a_study_to_go_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first portion the pool breaks whenever it begins: exit code 2, the portion is kept, and the words to go on are given."""
    path, out = lucky().write(tmp_path / "in"), tmp_path / "out"
    played, lives = Local._once, iter([True])

    def mortal(*arguments: object) -> object:
        if next(lives, False):
            yield next(iter(played(*arguments)))  # type: ignore[arg-type]
        raise engines.TerminatedWorkerError

    monkeypatch.setattr(Local, "_once", mortal)
    done = study(path, "-n", 12, "--workers", 1, "--out", out)
    assert done.exit_code == 2
    assert "接连中止" in done.stderr
    assert f"--resume {out}" in done.stderr
    assert [entry.name for entry in (out / "nights").iterdir()] == ["0000000.npz"]


def test_an_interrupted_study_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C after the first portion: exit code 130, the portion is kept, and the words to go on are given."""
    path, out = lucky().write(tmp_path / "in"), tmp_path / "out"
    played = Local._once

    def stopped(*arguments: object) -> object:
        yield next(iter(played(*arguments)))  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Local, "_once", stopped)
    done = study(path, "-n", 12, "--workers", 1, "--out", out)
    assert done.exit_code == 130
    assert f"--resume {out}" in done.stderr
    assert [entry.name for entry in (out / "nights").iterdir()] == ["0000000.npz"]


# When it stops --------------------------------------------------------------------------------------------------------


def test_a_study_stops_once_it_is_as_precise_as_asked(tmp_path: Path) -> None:
    """Ten points each way: the first twenty, forty … runs after which every interval that holds at any time is narrow enough, as the runs are."""
    path = lucky().write(tmp_path / "in")
    nights = play_here(Variant(str(path)), range(400))
    met = [nights.of_county(column.measure) for column in nights.columns if column.measure.endswith(":met")]
    narrow = [
        n for n in range(20, 401, 20) if all(np.diff(any_time_interval(int(one[:n].sum()), n)) <= 0.2 for one in met)
    ]
    assert narrow[0] > 20
    for workers in (1, 2):
        out = tmp_path / f"{workers}"
        done = study(path, "--precision", 10, "-n", 400, "--workers", workers, "--out", out, "--json")
        assert done.exit_code == 0, done.output
        said = json.loads(done.stdout)
        assert said["n"] == narrow[0]
        (target,) = (one for one in said["targets"] if one["id"] == "all")
        assert target["interval"] == "any_time"
        assert target["ci_high"] - target["ci_low"] <= 0.2
    assert bytes_of(tmp_path / "1") == bytes_of(tmp_path / "2")


@pytest.mark.parametrize("words", [["-n", "5"], ["--precision", "3"], ["--set", "seed=3"], ["SCENARIO"]])
def test_what_cannot_be_asked_of_a_study_that_goes_on(words: list[str], tmp_path: Path) -> None:
    """Fewer runs, another precision, another setting, another scenario: exit code 2, and the study stays what it was."""
    path, out = lucky().write(tmp_path / "in"), tmp_path / "out"
    assert study(path, "-n", 8, "--workers", 1, "--out", out).exit_code == 0
    before = bytes_of(out)
    words = [str(path) if word == "SCENARIO" else word for word in words]
    assert study("--resume", out, *words).exit_code == 2
    assert bytes_of(out) == before


def test_a_changed_scenario_and_a_folder_that_is_none_are_faults(tmp_path: Path) -> None:
    """Nobody mixes nights of two scenarios; nobody overwrites a study, or something else."""
    night = lucky()
    path, out = night.write(tmp_path / "in"), tmp_path / "out"
    assert study(path, "-n", 8, "--workers", 1, "--out", out).exit_code == 0
    again = study(path, "-n", 8, "--out", out)
    assert again.exit_code == 2
    assert "--resume" in again.stderr
    night.scenario["targets"][0]["within"] = "5 min"
    night.write(tmp_path / "in")
    changed = study("--resume", out)
    assert changed.exit_code == 2
    assert "改动过" in changed.stderr
    assert study("--resume", tmp_path / "in").exit_code == 2
    assert study(path, "-n", 8, "--out", tmp_path / "in").exit_code == 2
    assert study("-n", 8).exit_code == 2


def test_a_disk_that_refuses_is_a_fault_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third portion cannot be written: two are kept, the way to go on is said."""
    path, out = lucky().write(tmp_path / "in"), tmp_path / "out"
    save, left = Nights.save, [2]

    def refused(self: Nights, where: Path) -> None:
        if not left[0]:
            raise OSError(28, "No space left on device")
        left[0] -= 1
        save(self, where)

    monkeypatch.setattr(Nights, "save", refused)
    done = study(path, "-n", 20, "--workers", 1, "--out", out)
    assert done.exit_code == 2
    assert f"--resume {out}" in done.stderr
    assert len(list((out / "nights").glob("*.npz"))) == 2


# What is said ---------------------------------------------------------------------------------------------------------


def made_up(scenario: Scenario, minutes: list[list[float]]) -> Study:
    """Return a study in which the villages answered after these minutes, run by run."""
    nights = play_nights_of(scenario, len(minutes))
    values = nights.kept.copy()
    starts = nights.starts
    for number, column in enumerate(nights.columns):
        here = values[:, starts[number] : starts[number + 1]]
        if column.measure == "target:all:min" and len(column.place) == len(minutes[0]):
            here[:] = minutes
        if column.measure == "target:all:met":
            here[:, 0] = [max(row) <= 4 for row in minutes]
        if column.measure.startswith("call_step"):
            here[:] = STEPS.index("queueing")
    asked = Asked("", (), scenario.hash, 1, len(minutes))
    return Study(scenario, asked, Nights(nights.replications, nights.columns, values))


def play_nights_of(scenario: Scenario, count: int) -> Nights:
    """Return some nights of a scenario at hand."""
    return Nights.of(range(count), [digest(scenario, simulate(scenario, number)) for number in range(count)])


def test_the_tables_count_what_the_runs_hold(tmp_path: Path) -> None:
    """Four runs of three villages against 4 min: met in one of them; the villages late in 1, 2 and 3, the third never answering once."""
    scenario = lucky().load(tmp_path)
    whole = made_up(scenario, [[1, 1, 1], [5, 1, 6], [1, 7, 9], [1, 8, np.inf]])
    made = tables(whole, naming(scenario, real_names=True))
    row = made["verdicts"].set_index("target_id").loc["all"]
    assert (row["n"], row["met"], row["p_met"], row["verdict"]) == (4, 1, 0.25, "open")
    late = made["late"].query("target_id == 'all' and level == 'village'")
    assert late["p_late"].tolist() == [0.75, 0.5, 0.25]
    assert set(late["main_step"]) == {"queueing"}  # of the way to the desk: the requirement is about its answer
    alone = made["verdicts"].set_index("target_id").loc["all"]
    assert (late["ci_high"] - late["ci_low"] > 0).all()
    assert alone["ci_low"] == pytest.approx(0.0063, abs=1e-4)  # Clopper–Pearson of 1 of 4: 1 − 0.975^(1/4)
    said = summarise(whole, made)
    assert [one["p_late"] for one in said["weakest"]] == sorted(
        (one["p_late"] for one in said["weakest"]), reverse=True
    )
    assert {"village", "target", "p_late", "ci_low", "ci_high", "step"} == said["weakest"][0].keys()


def test_all_places_beside_the_worst(tmp_path: Path) -> None:
    """Twenty villages, four runs against 4 min: none late; one late; that one and another; all but one never.

    All are in time once, 95 % of them (nineteen) twice, the worst place, late in the last three, once. A village that nobody means in a run does
    not hinder the others; one that is meant in no run is no place.
    """
    scenario = lucky(20).load(tmp_path)
    rows = [[1.0] * 20, [9.0, *[1.0] * 19], [9.0, np.inf, *[1.0] * 18], [np.inf] * 19 + [1.0]]
    for nobody in (False, True):
        minutes = [[np.nan, *row[1:]] if nobody and not n else row for n, row in enumerate(rows)]
        made = tables(made_up(scenario, minutes), naming(scenario, real_names=True))
        row = made["side_by_side"].query("target_id == 'all' and level == 'village'").iloc[0]
        assert row[["places", "n", "all_met", "most_met", "worst_met", "worst_alike"]].tolist() == [20, 4, 1, 2, 1, 1]
        assert row["all_low"] == pytest.approx(1 - 0.975 ** (1 / 4))  # Clopper–Pearson of 1 of 4
        assert row["worst_low"] == pytest.approx(1 - (1 - 0.05 / 20 / 2) ** (1 / 4))  # for twenty places together
        late = made["late"].query("target_id == 'all' and level == 'village'").iloc[0]
        assert (row["worst_code"], row["worst_met"]) == (late["code"], 4 - 4 * late["p_late"])
    nobody_means_it = [[np.nan, *row[1:]] for row in rows]
    made = tables(made_up(scenario, nobody_means_it), naming(scenario, real_names=True))
    assert made["side_by_side"].query("target_id == 'all' and level == 'village'")["places"].tolist() == [19]


def test_all_in_time_is_never_more_often_than_most_or_any(tmp_path: Path) -> None:
    """Runs in which all places are in time are among those in which 95 % are, and no place is in time less often than the worst."""
    scenario, names = (loaded := lucky().load(tmp_path)), naming(loaded, real_names=True)
    every = list(itertools.product([1.0, 4.0, 5.0, np.inf, np.nan], repeat=3))
    for first in range(8):
        rows = every[first::13]
        made = tables(made_up(scenario, [list(row) for row in rows]), names)
        (row,) = made["side_by_side"].query("target_id == 'all' and level == 'village'").to_dict("records")
        in_time = [int(np.sum(~(np.array(own) > 4))) for own in zip(*rows, strict=True)]
        assert row["all_met"] <= row["most_met"]
        assert row["all_met"] <= row["worst_met"] == min(in_time)
        assert row["all_low"] <= row["all_met"] / row["n"] <= row["all_high"]
        assert row["worst_low"] <= row["worst_met"] / row["n"] <= row["worst_high"]


def test_bands_hold_each_other(rich: Scenario) -> None:
    """At every minute 5 ≤ 25 ≤ 50 ≤ 75 ≤ 95; all grow with the minutes; the best run is above the worst on average, both are runs."""
    nights = play_nights_of(rich, 8)
    study = Study(rich, Asked("", (), rich.hash, 1, 8), nights)
    bands = tables(study, naming(rich))["bands"]
    assert len(bands) > 10
    quantiles = bands[["p5", "p25", "p50", "p75", "p95"]].to_numpy()
    assert (np.diff(quantiles, axis=1) >= 0).all()
    assert (np.diff(bands[["p5", "p50", "p95", "best", "worst"]].to_numpy(), axis=0) >= 0).all()
    assert bands["best"].mean() >= bands["p50"].mean() >= bands["worst"].mean()
    for name in ("best", "worst"):
        (run,) = set(bands[f"{name}_run"])
        told = [nights.of_county(f"share_{minutes}min")[run] for minutes in bands["minutes"]]
        assert bands[name].tolist() == told
    shares = [nights.of_county(f"share_{minutes}min").mean() for minutes in bands["minutes"]]
    assert bands["worst"].mean() <= np.mean(shares) <= bands["best"].mean()


def test_many_villages_are_dark_less_often_than_few(rich: Scenario, tmp_path: Path) -> None:
    """Of nine villages 1, 1, 3 and 5 must be dark for 5, 10, 25 and 50 %: with 0, 1, 2, 4, 9 dark in five runs that is 4, 4, 2 and 1."""
    nights = play_nights_of(rich, 5)
    values, starts = nights.kept.copy(), nights.starts
    villages = len(rich.county.of_level(2))
    assert villages == 9
    for n, column in enumerate(nights.columns):
        if column.measure == "dark_villages_max":
            values[:, starts[n]] = [0, 1, 2, 4, 9]
    study = Study(rich, Asked("", (), rich.hash, 1, 5), Nights(nights.replications, nights.columns, values))
    dark = tables(study, naming(rich))["dark"].set_index("when")
    at_once = dark.loc["at_once"]
    assert at_once["villages"].tolist() == [1, 1, 3, 5]
    assert at_once["runs"].tolist() == [4, 4, 2, 1]
    assert at_once["ci_high"].tolist()[-1] == pytest.approx(0.7164, abs=1e-4)  # Clopper–Pearson of 1 of 5
    for when in ("at_once", "60min"):
        assert (np.diff(dark.loc[when, "runs"]) <= 0).all()
        assert (dark.loc[when, "ci_low"] <= dark.loc[when, "runs"] / 5).all()
    calm = lucky().load(tmp_path)
    assert "dark" not in tables(made_up(calm, [[1, 1, 1]] * 2), naming(calm))


def test_of_an_act_that_is_never_released_every_place_is_late(tmp_path: Path) -> None:
    """Nobody answered what was never asked of them: never, in the county and in each village by itself, and no arithmetic of infinities."""
    night = small(1, 2, 1)
    night.scenario["warnings"][0]["consultation"] = "11 h"  # the run ends before
    scenario = night.load(tmp_path)
    kept = Nights.of([0], [digest(scenario, simulate(scenario, 0))])
    place, (minutes,) = kept.of_measure("target:desks:min")
    assert len(place) == 4
    assert np.isinf(minutes).all()


def test_what_is_not_simulated_is_not_judged(tmp_path: Path) -> None:
    """A limit on reaching safety where nobody is moved: no verdict, no count and no interval; the other verdicts stay; no step is blamed for it."""
    night = lucky()
    safe = {"id": "safe", "name": "转移", "event": "safe", "of_whom": "listed_household"}
    night.scenario["targets"].append(night.scenario["targets"][0] | safe)
    done = study(
        night.write(tmp_path / "in"), "-n", 8, "--workers", 1, "--decisive", "--out", tmp_path / "out", "--json"
    )
    assert done.exit_code == 0, done.output
    (unknown,) = (one for one in json.loads(done.stdout)["targets"] if one["id"] == "safe")
    assert unknown["verdict"] == "unsimulated"
    assert unknown["met"] is unknown["p_met"] is unknown["ci_low"] is unknown["ci_high"] is None
    assert "safe" not in set(pd.read_csv(tmp_path / "out" / "decisive.csv")["target_id"])
    table = pd.read_csv(tmp_path / "out" / "verdicts.csv").set_index("target_id")
    assert table["met"].isna().to_dict() == {own: own == "safe" for own in table.index}


def test_who_meant_nobody_is_not_judged_and_minutes_are_of_those_told(tmp_path: Path) -> None:
    """A limit on listed households where none is listed has no verdict; a run in which nobody was told has no minutes, rather than none."""
    night = lucky()
    night.scenario["targets"].append(
        night.scenario["targets"][0] | {"id": "listed", "event": "warned", "of_whom": "listed_household"}
    )
    scenario = night.load(tmp_path)
    assert not scenario.county.households.listed.any()
    assert verdicts(made_up(scenario, [[1, 1, 1]]))["listed"].verdict == "unsimulated"
    whole = made_up(scenario, [[1, 1, 1]] * 3)
    values, starts = whole.nights.kept.copy(), whole.nights.starts
    number = next(n for n, column in enumerate(whole.nights.columns) if column.measure == "step:talking")
    values[:, starts[number]] = [2, np.nan, 4]
    told = Study(scenario, whole.asked, Nights(whole.nights.replications, whole.nights.columns, values))
    row = tables(told, naming(scenario, real_names=True))["steps"].query("step == 'talking'").iloc[0]
    assert row["minutes"] == 3


def test_a_place_late_since_the_release_is_not_late_for_what_came_before(tmp_path: Path) -> None:
    """An hour of consultation, and a limit that counts from the release: the step named lies after it; from T0 it would be the consultation."""
    night = lucky()
    night.scenario["warnings"][0]["consultation"] = "60 min"
    for since, before in (("release", False), ("t0", True)):
        night.scenario["targets"][0] |= {"since": since, "within": "1 s"}
        scenario = night.load(tmp_path / since)
        nights = play_nights_of(scenario, 4)
        late = tables(Study(scenario, Asked("", (), scenario.hash, 1, 4), nights), naming(scenario, real_names=True))[
            "late"
        ]
        named = set(late.query("target_id == 'all' and level == 'village'")["main_step"]) - {""}
        assert named
        assert bool(named & set(DECIDING)) is before


def test_a_limit_suggested_is_kept_when_it_is_set(tmp_path: Path) -> None:
    """What half of the runs keep for sure, written into the scenario, is judged met on the same luck; table and JSON say it."""
    night = lucky()
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.9
    path = night.write(tmp_path / "in")
    asked = study(path, "-n", 16, "--workers", 1, "--out", tmp_path / "a", "--suggest-limits", "50%", "--json")
    assert asked.exit_code == 0, asked.output
    (limit,) = (one for one in json.loads(asked.stdout)["suggested_limits"] if one["id"] == "all")
    assert limit["share"] == 0.5
    sure, estimate = limit["sure_min"], limit["estimate_min"]
    assert 0 < estimate <= sure
    table = pd.read_csv(tmp_path / "a" / "limits.csv").set_index("target_id").loc["all"]
    assert (table["estimate_min"], table["sure_min"]) == (estimate, sure)
    for minutes, verdict in ((sure, True), (sure - 1, False)):
        out = tmp_path / f"{minutes}"
        words = ("-n", 16, "--workers", 1, "--out", out, "--json")
        changed = ("--set", f"targets.0.within={minutes:.0f} min", "--set", "targets.0.probability=50 %")
        again = study(path, *words, *changed)
        assert again.exit_code == 0, again.output
        (judged,) = (one for one in json.loads(again.stdout)["targets"] if one["id"] == "all")
        assert (judged["verdict"] == "met") is verdict
        assert not (out / "limits.csv").exists()  # nobody asked


def test_limits_may_be_asked_of_a_study_that_is_finished(tmp_path: Path) -> None:
    """No run is made again, and the intervals stay those of a number fixed beforehand."""
    path, out = lucky().write(tmp_path / "in"), tmp_path / "out"
    study(path, "-n", 8, "--workers", 1, "--out", out)
    before = bytes_of(out)
    done = study("--resume", out, "--suggest-limits", "50%", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["suggested_limits"]
    assert json.loads(done.stdout)["targets"][0]["interval"] == "fixed"
    assert bytes_of(out) == before


@pytest.mark.parametrize("share", ["90", "100%", "0", "-5%", "often"])
def test_a_probability_is_written_as_in_a_scenario(share: str, tmp_path: Path) -> None:
    """Neither a bare 90 nor always, which no number of runs shows; nothing is written."""
    done = study(lucky().write(tmp_path / "in"), "--out", tmp_path / "out", f"--suggest-limits={share}")
    assert done.exit_code == 2
    assert "--suggest-limits" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_county_without_villages_is_judged_too(tmp_path: Path) -> None:
    """Levels are the planner's: where none is called township or village a requirement of the county has its verdict all the same."""
    scenario = lucky().load(tmp_path)
    nights = play_nights_of(scenario, 4)
    county = nights.county()
    assert Study(scenario, Asked("", (), scenario.hash, 1, 4), county).nights.requirements == nights.requirements
    found = verdicts(Study(scenario, Asked("", (), scenario.hash, 1, 4), county))
    assert found["all"] == verdicts(Study(scenario, Asked("", (), scenario.hash, 1, 4), nights))["all"]
    assert found["all"].verdict != "unsimulated"
