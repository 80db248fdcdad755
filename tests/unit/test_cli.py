"""The command line: what each command writes, prints and returns, and what it leaves behind when it fails."""

from __future__ import annotations

import csv
import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import sim.report
from sim.cli import cli
from sim.records import CHANNELS, TABLES
from sim.study import ResultFolder
from sim.study.store import write_csv
from tests.strategies import NEVER, Small, small

ROOT = Path(__file__).resolve().parents[2]
DRILL = ROOT / "scenarios" / "village-drill.yaml"
CSV_TABLES = tuple(name for name in TABLES if name != "households")
EMPTY_IN_DRILL = (
    "messages",
    "key_sites",
    "shelters",
    "reports",
    "evacuation",
)  # the drill sends none, has none, moves nobody
SUMMARY = {
    "scenario",
    "seed",
    "replication",
    "start",
    "release_min",
    "households",
    "persons",
    "targets",
    "acknowledged",
    "warned",
    "acts",
    "outages",
    "evacuation",
    "report_up",
    "band",
    "result_dir",
}
ACKNOWLEDGED = {"township_p50_min", "township_max_min", "village_p50_min", "village_max_min", "village_never"}
WARNED = {"p50_min", "p90_min", "p95_min", "share_15min", "share_30min", "share_60min", "never", "first_by"}


def invoke(*arguments: object) -> Result:
    """Call ``jiaoying`` in process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def target(of_whom: str, event: str, within: str) -> dict[str, Any]:
    """Return a target that all of them are told or answer in time."""
    return {
        "id": f"{of_whom}-all",
        "name": "全部",
        "since": "release",
        "event": event,
        "of_whom": of_whom,
        "share": "100 %",
        "within": within,
        "probability": "90 %",
        "applies_to": "演练",
        "source": "演示",
        "status": "演示",
    }


def silent() -> Small:
    """Return a night in which no desk answers and nobody is ever told."""
    night = small(1, 2, 2)
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.0
    night.scenario["targets"] = [target("village", "acknowledged", "10 min"), target("household", "warned", "60 min")]
    return night


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """Return the result folder of the village drill, and what was said."""
    folder = tmp_path_factory.mktemp("drill") / "result"
    return folder, invoke("run", DRILL, "--out", folder, "--json")


def refuse_constants(name: str) -> None:
    """Fail on NaN and Infinity, which are no JSON."""
    pytest.fail(f"{name} in JSON")


# --- run --------------------------------------------------------------------------------------------------------------


def test_a_run_writes_the_contract(drill: tuple[Path, Result]) -> None:
    """Manifest, resolved scenario, tables, figures and report, and nothing left of the draft."""
    folder, result = drill
    assert result.exit_code == 0, result.output
    names = {path.name for path in folder.iterdir()}
    expected = {"manifest.json", "scenario.resolved.yaml", "report.html", "figures", "summary.json"}
    expected |= {f"{name}.csv" for name in CSV_TABLES} | {"events.parquet", "households.parquet"}
    expected |= {"band.csv", "replications.parquet"}
    assert expected <= names
    assert list((folder / "figures").glob("*.png"))
    assert (folder / "report.html").read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    assert [path.name for path in folder.parent.iterdir()] == ["result"]


def test_the_manifest_identifies_the_run(drill: tuple[Path, Result]) -> None:
    """Scenario, its hash, seed, runs and which of them is typical, versions and status."""
    manifest = json.loads((drill[0] / "manifest.json").read_text("utf-8"))
    assert manifest["scenario"] == "village-drill"
    assert manifest["status"] == "finished"
    assert (manifest["seed"], manifest["replications"], manifest["typical"]) == (1, [*range(20)], 0)
    assert len(manifest["scenario_hash"]) == 64
    assert {"version", "python", "packages", "command", "synthetic"} <= manifest.keys()


@pytest.mark.parametrize("name", CSV_TABLES)
def test_csv_opens_in_a_spreadsheet(drill: tuple[Path, Result], name: str) -> None:
    """UTF-8 with BOM, the columns of the contract in order, null as an empty cell."""
    raw = (drill[0] / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    header, *body = csv.reader(raw.decode("utf-8-sig").splitlines())
    assert header == TABLES[name].names
    assert bool(body) == (name not in EMPTY_IN_DRILL)
    assert not {"nan", "NaN", "inf", "None"} & {cell for row in body for cell in row}


@pytest.mark.parametrize("name", ["events", "households"])
def test_parquet_keeps_the_columns(drill: tuple[Path, Result], name: str) -> None:
    """The columns of the contract in order; a household never told is null, not infinite."""
    frame = pd.read_parquet(drill[0] / f"{name}.parquet")
    assert list(frame.columns) == TABLES[name].names
    assert len(frame)
    numbers = frame.select_dtypes("float64")
    assert not numbers.isin([float("inf"), float("-inf")]).any().any()


def test_json_prints_one_object_and_nothing_else(drill: tuple[Path, Result]) -> None:
    """Standard output is the summary; progress goes to standard error."""
    folder, result = drill
    summary = json.loads(result.stdout, parse_constant=refuse_constants)
    assert result.stdout.count("\n") == 1
    assert result.stderr
    assert summary.keys() == SUMMARY
    assert summary["acknowledged"].keys() == ACKNOWLEDGED
    assert summary["warned"].keys() == WARNED
    assert summary["warned"]["first_by"].keys() == set(CHANNELS)
    for one in summary["targets"]:
        assert one.keys() == {"id", "name", "act_id", "value", "threshold", "unit", "met"}
    for one in summary["acts"]:
        assert one.keys() == {"id", "kind", "level", "change", "released_min", "warned", "confirmed"}
    assert summary["start"] == "2025-06-05T20:00:00+08:00"
    assert (summary["households"], summary["persons"], summary["seed"], summary["replication"]) == (12, 27, 1, 0)
    assert summary["result_dir"] == str(folder)
    assert (summary["band"]["n"], summary["band"]["typical"]) == (20, 0)
    told = sum(summary["warned"]["first_by"].values()) + summary["warned"]["never"] / summary["households"]
    assert told == pytest.approx(1)


def test_never_is_null(tmp_path: Path) -> None:
    """Nobody answers: every time is null, every count of never is all, every target is missed."""
    path = silent().write(tmp_path / "in")
    result = invoke("run", path, "--json", "--out", tmp_path / "out")
    summary = json.loads(result.stdout, parse_constant=refuse_constants)
    assert [one["value"] for one in summary["targets"]] == [None] * 3  # two requirements, one call target
    assert not any(one["met"] for one in summary["targets"])
    acknowledged, warned = summary["acknowledged"], summary["warned"]
    assert acknowledged.pop("village_never") == 2
    assert set(acknowledged.values()) == {None}
    assert warned["never"] == summary["households"] == 4
    assert [warned[f"p{p}_min"] for p in (50, 90, 95)] == [None] * 3
    assert [warned[f"share_{m}min"] for m in (15, 30, 60)] == [0.0] * 3
    assert set(warned["first_by"].values()) == {0.0}


@pytest.mark.parametrize(("met", "code"), [(True, 0), (False, 3)])
def test_strict_tells_by_its_exit_code(met: bool, code: int, tmp_path: Path) -> None:
    """3 where a target is not met, 0 where all are; the result is written either way."""
    night = small(1, 2, 2) if met else silent()
    night.scenario["targets"] = [target("village", "acknowledged", "60 min")]
    result = invoke("run", night.write(tmp_path / "in"), "--strict", "--out", tmp_path / "out")
    assert result.exit_code == code, result.output
    assert (tmp_path / "out" / "report.html").is_file()


def test_a_second_run_replaces_the_first_and_says_so(tmp_path: Path) -> None:
    """The same folder again: a whole new result, the old one gone, one sentence about it."""
    path = small(1, 1, 1).write(tmp_path / "in")
    first = invoke("run", path, "--out", tmp_path / "out", "--lang", "en")
    (tmp_path / "out" / "targets.csv").write_text("old", encoding="utf-8")
    second = invoke("run", path, "--out", tmp_path / "out", "--lang", "en")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "replaced" not in first.stdout
    assert "replaced" in second.stdout
    assert (tmp_path / "out" / "targets.csv").read_text(encoding="utf-8") != "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]


@pytest.mark.parametrize("theirs", ["mine.txt", "results/mine.txt"])
def test_a_file_of_the_users_in_a_result_folder_is_never_lost(theirs: str, tmp_path: Path) -> None:
    """A result folder that somebody put something into is no longer only ours: refused, and all of it stays."""
    path = small(1, 1, 1).write(tmp_path / "in")
    assert invoke("run", path, "--out", tmp_path / "out").exit_code == 0
    (tmp_path / "out" / theirs).parent.mkdir(exist_ok=True)
    (tmp_path / "out" / theirs).write_text("precious", encoding="utf-8")
    before = sorted(p for p in tmp_path.rglob("*"))
    assert invoke("run", path, "--out", tmp_path / "out").exit_code == 2
    assert sorted(p for p in tmp_path.rglob("*")) == before
    assert (tmp_path / "out" / theirs).read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize("manifest", ['{"name": "my web app"}', "no json", "[]", '{"tool": "jiaoying"}'])
def test_a_manifest_of_somebody_else_makes_no_folder_ours(manifest: str, tmp_path: Path) -> None:
    """Only what our own manifest lists may be replaced."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text(manifest, encoding="utf-8")
    assert invoke("run", small(1, 1, 1).write(tmp_path / "in"), "--out", out).exit_code == 2
    assert (out / "manifest.json").read_text(encoding="utf-8") == manifest


def test_the_present_folder_and_a_link_take_a_result_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--out .`` fills the folder one stands in; a link to an empty folder stays a link."""
    path = small(1, 1, 1).write(tmp_path / "in")
    (tmp_path / "here").mkdir()
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path / "here")
    assert invoke("run", path, "--out", ".").exit_code == 0
    assert invoke("run", path, "--out", tmp_path / "link").exit_code == 0
    assert (tmp_path / "here" / "report.html").is_file()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "report.html").is_file()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["here", "in", "link", "real"]


def test_a_folder_whose_name_is_no_text_is_refused(tmp_path: Path) -> None:
    """A name cut off in the middle of a Chinese letter: a fault in words before anything is made."""
    path = small(1, 1, 1).write(tmp_path / "in")
    result = invoke("run", path, "--out", os.fsdecode(os.fsencode(tmp_path / "江口")[:-1]))
    assert result.exit_code == 2
    assert "不是有效的文字" in result.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_a_pdf_is_written_when_asked_for(tmp_path: Path) -> None:
    """``--pdf`` adds one file, which the manifest lists, so that the folder can be written again without it."""
    path = small(1, 1, 1).write(tmp_path / "in")
    assert invoke("run", path, "--out", tmp_path / "out", "--pdf").exit_code == 0
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert invoke("run", path, "--out", tmp_path / "out").exit_code == 0
    assert not (tmp_path / "out" / "report.pdf").exists()


def test_runs_of_the_same_second_get_folders_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two results in the making at once, without ``--out``, never share a place."""
    monkeypatch.chdir(tmp_path)
    scenario = small(1, 1, 1).load(tmp_path / "in")
    with ResultFolder(scenario, "x", None, [], {}) as one, ResultFolder(scenario, "x", None, [], {}) as two:
        assert one.path != two.path
    assert (one.path / "manifest.json").is_file()
    assert (two.path / "manifest.json").is_file()


def test_without_out_each_run_has_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default below ``results``, named after the scenario; nothing is ever replaced."""
    path = small(1, 1, 1).write(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    folders = {json.loads(invoke("run", path, "--json").stdout)["result_dir"] for _ in range(2)}
    assert len(folders) == 2
    assert all((tmp_path / folder / "manifest.json").is_file() for folder in folders)
    assert {Path(folder).parent for folder in folders} == {Path("results/small")}
    working_copy = json.loads(invoke("run", path, "--real-names", "--json").stdout)["result_dir"]
    assert working_copy.endswith("-internal")
    assert not any(folder.endswith("-internal") for folder in folders)


def test_seed_and_replication_choose_the_night(tmp_path: Path) -> None:
    """``--seed`` is the same as the seed in the file; another one, or another replication, is another night."""
    night = small(1, 3, 4)
    night.scenario["warnings"][0]["release"] = {"exponential": {"mean": "9 min"}}
    path = night.write(tmp_path / "in")

    def release(*options: object) -> float:
        words = ("--json", "--out", tmp_path / "out", "--replication", 0)  # the last of two that are the same counts
        return float(json.loads(invoke("run", path, *words, *options).stdout)["release_min"])

    own = release()
    assert release("--seed", 7) == own
    assert release("--set", "seed=8") == release("--seed", 8) != own
    assert release("--replication", 1) != release("--replication", 2)
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))["replication"] == 2
    assert invoke("run", path, "--seed", -1).exit_code == 2
    assert invoke("run", path, "--seed", 2**64).exit_code == 2


# --- failures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["sim.study.engines.simulate", "sim.warning.simulate"])
def test_an_interrupted_run_leaves_nothing(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the middle of the runs, or of the one in detail: exit code 130, no result and no draft."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    path = small(1, 1, 1).write(tmp_path / "in")
    monkeypatch.setattr(where, stop)
    result = invoke("run", path, "--out", tmp_path / "out")
    assert result.exit_code == 130
    assert "已中断" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("where", ["tables", "report"])
def test_a_full_disk_leaves_nothing(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No space left: exit code 2, the reason in words, no result and no draft, an earlier result untouched."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = small(1, 1, 1).write(tmp_path / "in")
    assert invoke("run", path, "--out", tmp_path / "old").exit_code == 0
    before = {p.name: p.read_bytes() for p in (tmp_path / "old").iterdir() if p.is_file()}
    if where == "tables":
        monkeypatch.setattr(ResultFolder, "write", full)
    else:
        monkeypatch.setattr(sim.report, "write_report", full)
    for out in ("old", "new"):
        result = invoke("run", path, "--out", tmp_path / out)
        assert result.exit_code == 2
        assert os.strerror(errno.ENOSPC) in result.stderr
        assert "磁盘空间" in result.stderr
        assert "Traceback" not in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "old"]
    assert {p.name: p.read_bytes() for p in (tmp_path / "old").iterdir() if p.is_file()} == before


def test_a_terminal_without_chinese_is_no_crash(tmp_path: Path) -> None:
    """LC_ALL=C and an ASCII standard output: the run ends well, whatever its letters look like."""
    path = small(1, 1, 1).write(tmp_path / "in")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    environment |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for command in (
        ["run", path, "--out", tmp_path / "out", "--replication", 0],
        ["explain", path],
        ["check", path],
        ["run", "--help"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "sim", *map(str, command)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", errors="replace")
        assert b"Traceback" not in done.stderr
        assert done.stdout


# --- tables for spreadsheets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_in_a_cell_is_text(cell: str, tmp_path: Path) -> None:
    """A name that a spreadsheet would run gets an apostrophe; numbers and other names stay as they are."""
    frame = pd.DataFrame({"name": pd.Series([cell, "江口镇"], dtype="str"), "t_min": [-1.5, 2.0]})
    write_csv(frame, tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as stream:
        _, first, second = csv.reader(stream)
    assert first == [f"'{cell}", "-1.5"]
    assert second == ["江口镇", "2.0"]


def test_a_planner_cannot_smuggle_a_formula_into_a_result(tmp_path: Path) -> None:
    """A village called =HYPERLINK(...) reaches no cell of the result as a formula."""
    night = small(1, 1, 2)
    night.tables["villages.csv"][0]["name"] = '=HYPERLINK("http://example.org")'
    night.scenario["roster"]["posts"]["officer"]["title"] = "@officer"
    invoke("run", night.write(tmp_path / "in"), "--real-names", "--out", tmp_path / "out")
    for name in CSV_TABLES:
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


# --- the other commands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "check", "explain", "schema"])
def test_every_command_explains_itself(command: str) -> None:
    """``--help`` says in Chinese what it does and lists its options."""
    assert command in invoke("--help").stdout
    for flag in ("--help", "-h"):
        result = invoke(command, flag)
        assert result.exit_code == 0
        assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stdout)
        assert "--help" in result.stdout


@pytest.mark.parametrize("arguments", [[], ["--lang", "en"], ["--lang"]])
def test_the_program_without_a_command_is_no_crash(arguments: list[str]) -> None:
    """``jiaoying`` alone, as people try it first, says what it can do."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-m", "sim", *arguments], env=environment, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 2)
    assert done.stdout + done.stderr


def test_version() -> None:
    """``--version`` names the program."""
    result = invoke("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("jiaoying ")


def test_check_writes_nothing_and_says_that_all_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound scenario in one sentence, in either language; nothing is written."""
    path = small(1, 2, 2).write(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    assert "没有问题" in invoke("check", path).stdout
    assert "No faults" in invoke("--lang", "en", "check", path).stdout
    assert "No faults" in invoke("check", path, "--lang", "en").stdout
    monkeypatch.setenv("JIAOYING_LANG", "en")
    assert "No faults" in invoke("check", path).stdout
    assert "没有问题" in invoke("check", path, "--lang", "zh").stdout
    assert [p.name for p in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize("command", ["check", "explain"])
def test_other_commands_refuse_bad_input_too(command: str, tmp_path: Path) -> None:
    """Exit code 2 with the fault, not a traceback."""
    path = small(1, 1, 1).write(tmp_path)
    result = invoke(command, path, "--set", "end=soon", "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--set end=soon: end = soon: expected a duration" in result.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_explain_tells_the_scenario_in_words(language: str) -> None:
    """Both languages say something, each its own."""
    result = invoke("explain", DRILL, "--lang", language)
    assert result.exit_code == 0
    assert len(result.stdout) > 200
    assert result.stdout != invoke("explain", DRILL, "--lang", "en" if language == "zh" else "zh").stdout


@pytest.mark.parametrize("options", [(), ("--county",)])
def test_schema_prints_json(options: tuple[str, ...]) -> None:
    """One JSON object that names its draft."""
    schema = json.loads(invoke("schema", *options).stdout)
    assert schema["$schema"].startswith("https://json-schema.org/")


def test_a_night_nobody_is_at_home_still_has_a_report(tmp_path: Path) -> None:
    """The empty cases of every table: nobody at home, no requirement; the desks still answer."""
    night = small(1, 1, 2)
    night.county["habits"]["patterns"][0]["at_home"] = NEVER
    result = invoke("run", night.write(tmp_path / "in"), "--strict", "--json", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert [one["id"] for one in json.loads(result.stdout)["targets"]] == ["desks"]


def test_an_earlier_result_comes_back_if_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fails while the new files are moved in: exit 2, and every file of the earlier result stands where it stood."""
    path = small(1, 1, 1).write(tmp_path / "in")
    assert invoke("run", path, "--out", tmp_path / "out").exit_code == 0
    before = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "report.html" and ".part" in self.parent.name and target.parent == tmp_path / "out":
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    assert invoke("run", path, "--out", tmp_path / "out", "--set", "seed=9").exit_code == 2
    assert {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_name_that_several_places_bear_is_asked_about(tmp_path: Path) -> None:
    """Two villages of one name in two townships: no page about the wrong one, but the two to choose from."""
    night = small(2, 1, 1)
    for row in night.tables["villages.csv"]:
        row["name"] = "石桥村"
    path = night.write(tmp_path / "in")
    result = invoke("run", path, "--place", "石桥村", "--real-names", "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 2
    assert "several places" in result.output
    assert "镇0" in result.output
    assert "镇1" in result.output
    assert not (tmp_path / "out").exists()
