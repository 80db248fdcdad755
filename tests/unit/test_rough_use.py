"""Rough use: killed in the middle, nowhere to write, odd places, odd dates, very long names, one village and three thousand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim.cli import cli
from sim.scenario import load_scenario
from sim.warning import simulate
from tests.strategies import describe, full_night, report_up, small, struck, with_evacuation, with_outages

ROOT = Path(__file__).parents[2]


def invoke(*arguments: object) -> Result:
    """Call ``jiaoying`` in process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def started(*arguments: object, where: Path) -> subprocess.Popen[bytes]:
    """Start ``jiaoying`` in a process of its own."""
    line = [sys.executable, "-m", "sim", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(line, cwd=where, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


# --- stopped, and nowhere to write ------------------------------------------------------------------------------------


def test_a_reader_that_has_seen_enough_ends_it_quietly() -> None:
    """Output piped to a program that closes after the first line: no failure, no trace."""
    line = [sys.executable, "-m", "sim", "schema"]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(1) == b"{"
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.slow
def test_killed_in_the_middle_an_earlier_result_stands_and_the_next_run_works(tmp_path: Path) -> None:
    """SIGKILL when the draft folder is there, when it holds tables, when it holds figures: what stood there is untouched, byte for byte."""
    path, out = with_outages(full_night()).write(tmp_path / "in"), tmp_path / "out"
    assert invoke("run", path, "--out", out, "--replication", 0).exit_code == 0
    before = {file.name: file.read_bytes() for file in out.iterdir() if file.is_file()}
    for seed, wanted in enumerate(("", "townships.csv", "figures"), start=5):
        drafts = set(tmp_path.glob(".out.*.part"))
        process = started("run", path, "--out", out, "--seed", seed, where=tmp_path)
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if any((draft / wanted).exists() for draft in set(tmp_path.glob(".out.*.part")) - drafts):
                process.send_signal(signal.SIGKILL)
                break
            time.sleep(0.002)
        assert process.wait() == -signal.SIGKILL
        assert {file.name: file.read_bytes() for file in out.iterdir() if file.is_file()} == before
    assert invoke("run", path, "--out", out, "--seed", 5, "--replication", 0).exit_code == 0
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["seed"] == 5


@pytest.mark.slow
def test_ctrl_c_in_the_middle_of_an_exercise_leaves_nothing(tmp_path: Path) -> None:
    """SIGINT when its file is in the draft folder, and when papers are: exit code 130, neither a kit nor a draft."""
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)  # one that is ignored here the program would ignore
    for wanted in (".out.*.part/kit.json", ".out.*.part/*/*.docx"):
        process = started("exercise", ROOT / "scenarios/village-drill.yaml", "--out", tmp_path / "out", where=tmp_path)
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if list(tmp_path.glob(wanted)):
                process.send_signal(signal.SIGINT)
                break
            time.sleep(0.002)
        assert process.wait(60) == 130
        assert not list(tmp_path.iterdir())
    signal.signal(signal.SIGINT, ours)


def test_where_no_folder_can_be_made_it_is_said(tmp_path: Path) -> None:
    """A place that takes no folder, and one below a file: exit code 2, in words, before the night is played."""
    path = small(1, 1, 1).write(tmp_path / "in")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for out in ("/proc/nowhere", tmp_path / "file" / "below", tmp_path / ("长" * 300)):
        result = invoke("run", path, "--out", out)
        assert result.exit_code == 2, result.output
        assert "--out" in result.stderr
        assert "Traceback" not in result.output
        assert "推演" not in result.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "in"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    """Read-only results: exit code 2, in words."""
    path = small(1, 1, 1).write(tmp_path / "in")
    (tmp_path / "results").mkdir(mode=0o500)
    result = invoke("run", path, "--out", tmp_path / "results" / "one")
    assert result.exit_code == 2
    assert "权限" in result.stderr


def test_paths_with_blanks_and_chinese_and_quotes_are_paths(tmp_path: Path) -> None:
    """Scenario, county and result lie in folders with blanks, Chinese, quotes and brackets; the report says how to write it again."""
    home = tmp_path / "情景 一 (新)" / "it's [1] & 二"
    path = small(1, 2, 3).write(home)
    out = tmp_path / "结果 #1 100% 夜"
    assert invoke("check", path).exit_code == 0
    assert invoke("run", path, "--out", out).exit_code == 0
    assert (out / "report.html").is_file()
    assert invoke("run", out / "scenario.resolved.yaml", "--out", tmp_path / "again").exit_code == 0
    assert (tmp_path / "again" / "villages.csv").read_bytes() == (out / "villages.csv").read_bytes()


# --- odd dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "day"), [("2028-02-28 23:50", "02-29"), ("2027-02-28 23:50", "03-01"), ("2025-12-31 23:50", "01-01")]
)
def test_a_night_over_midnight_has_the_right_days(start: str, day: str, tmp_path: Path) -> None:
    """Into a leap day, past the end of February, into another year: clocks in the table name the day, the page says 次日."""
    night = small(2, 2, 3)
    night.scenario |= {"start": start, "end": "2 h"}
    night.scenario["warnings"][0]["consultation"] = "15 min"
    assert invoke("run", night.write(tmp_path / "in"), "--out", tmp_path / "out").exit_code == 0
    events = pd.read_csv(tmp_path / "out" / "events.csv", dtype=str)
    released = events[(events["event"] == "warning") & (events["act"] == "released")]
    assert released["clock"].tolist() == [f"{day} 00:05:00"]
    assert "次日00:05" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_shift_that_changes_at_midnight_changes_who_is_called(tmp_path: Path) -> None:
    """Who is on duty until midnight is called at 23:59 and not at 00:01."""
    for consultation, person in (("9 min", "P0"), ("11 min", "P1")):
        night = small(1, 1, 1)
        night.scenario |= {"start": "2025-07-10 23:50", "end": "1 h"}
        night.scenario["warnings"][0]["consultation"] = consultation
        night.scenario["roster"] |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
        night.tables["persons.csv"] = [{"person": "P0", "name": "甲"}, {"person": "P1", "name": "乙"}]
        night.tables["shifts.csv"] = [
            {"desk": "T000", "post": "officer", "person": "P0", "from": "2025-07-10 08:00", "to": "2025-07-11 00:00"},
            {"desk": "T000", "post": "officer", "person": "P1", "from": "2025-07-11 00:00", "to": "2025-07-11 08:00"},
        ]
        scenario = night.load(tmp_path / person)
        place = scenario.county.index["T000"]
        at_min = float(consultation.split()[0])
        on_duty = scenario.roster.on_duty("T000", "officer", at_min)
        assert on_duty is not None
        assert on_duty.id == person
        assert simulate(scenario).places.acknowledged_min[place] == pytest.approx(at_min + 1)


# --- odd sizes --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_names_of_ten_thousand_letters_are_names(tmp_path: Path) -> None:
    """A township, a village and a post called so, under the longest title: nothing crashes, hangs or is cut in the tables."""
    night = small(2, 3, 3)
    describe(night, "door")
    name = "很长的名字" * 2000
    night.tables["townships.csv"][0]["name"] = name
    night.tables["villages.csv"][0]["name"] = name
    night.scenario["title"] = name[:200]
    night.scenario["roster"]["posts"]["officer"]["title"] = name
    assert invoke("check", night.write(tmp_path / "long"), "--set", f"title={name[:201]}").exit_code == 2
    result = invoke("run", night.write(tmp_path / "in"), "--out", tmp_path / "out", "--pdf")
    assert result.exit_code == 0, result.output[-500:]
    townships = pd.read_csv(tmp_path / "out" / "townships.csv", dtype=str)
    assert townships["name"].tolist()[0] == name
    assert {"report.html", "report.docx", "report.xlsx", "report.pdf"} <= {
        one.name for one in (tmp_path / "out").iterdir()
    }


def test_a_county_of_one_village_and_one_household_has_its_night(tmp_path: Path) -> None:
    """Everything that a county can have, once: it plays, and every form of its report is written."""
    night = report_up(with_evacuation(struck(small(1, 1, 1), "2 h")))
    night.scenario["warnings"][0]["means"] = ["door"]
    assert invoke("run", night.write(tmp_path / "in"), "--out", tmp_path / "out").exit_code == 0
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert (summary["households"], summary["warned"]["never"]) == (1, 0)
    assert summary["evacuation"]["safe_before_onset"] == 1


@pytest.mark.slow
def test_a_county_of_three_thousand_villages_has_its_night(tmp_path: Path) -> None:
    """Sixty townships of fifty villages: sequential calls end when the sum on paper says, and the report is written."""
    night = small(60, 50, 1)
    night.scenario["end"] = "3 h"
    result = invoke("run", night.write(tmp_path / "in"), "--replication", 0, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.output[-500:]
    summary = json.loads(result.stdout)
    # one caller a desk, one minute a call: the last township answers at 60, its last village 50 later
    assert summary["acknowledged"]["township_max_min"] == pytest.approx(60)
    assert summary["acknowledged"]["village_max_min"] == pytest.approx(110)
    assert summary["acknowledged"]["village_never"] == 0
    assert (tmp_path / "out" / "report.html").stat().st_size < 12 * 2**20


def test_a_resolved_scenario_says_the_same_night(tmp_path: Path) -> None:
    """What the result folder keeps loads from anywhere and plays the same night."""
    night = with_outages(full_night())
    path = night.write(tmp_path / "in")
    assert invoke("run", path, "--out", tmp_path / "out").exit_code == 0
    one, two = (simulate(load_scenario(own)) for own in (path, tmp_path / "out" / "scenario.resolved.yaml"))
    assert one.households.warned_min.tolist() == two.households.warned_min.tolist()
    assert list(one.events) == list(two.events)
