"""The command ``options``: what it lists, writes, says and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sim.cli import cli
from tests.strategies import Small, lucky

ANSWER = "roster.posts.officer.answer"
TABLES = ("options", "screened", "finalists", "steps", "together", "places", "effects", "pairs")


def options(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["options", *map(str, words)])


def night(**more: Any) -> Small:  # noqa: ANN401 - plain YAML data
    """Return a night of luck with three options; ``more`` are others."""
    own = lucky(3, answer=0.5)
    own.scenario["options"] = {
        "answer": {
            "title": "加强值班",
            "cost": {"each": 4},
            "units": 2,
            "set": {ANSWER: 0.9},
            "source": "规划假设",
            "status": "规划假设",
        },
        "again": {"title": "多叫一次", "cost": {}, "units": 1, "set": {"roster.ladders.village.steps.0.tries": 2}},
        "same": {
            "title": "什么也不变",
            "cost": {"fixed": 1, "per": "year"},
            "units": 1,
            "set": {"roster.desks.county.relay": "0 min"},
        },
        **more,
    }
    return own


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], str]:
    """Return the folder of a study of options, its summary, and what was said on the way."""
    folder = tmp_path_factory.mktemp("options")
    ran = options(
        night().write(folder / "in"), "--screen", 20, "-n", 20, "--workers", 1, "--out", folder / "out", "--json"
    )
    assert ran.exit_code == 0, ran.output
    return folder / "out", json.loads(ran.stdout), ran.stderr


def test_it_writes_every_table_the_page_the_workbook_and_last_the_manifest(
    done: tuple[Path, dict[str, Any], str],
) -> None:
    """The manifest names every file there is; the summary on standard output is that of the folder."""
    out, summary, _ = done
    for name in TABLES:
        assert (out / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf"), name
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert set(manifest["files"]) == {entry.name for entry in out.iterdir()}
    assert manifest["options"]["screen"] == 20
    assert {"options.html", "options.xlsx"} <= set(manifest["files"])
    assert json.loads((out / "summary.json").read_text("utf-8")) | {"result_dir": str(out)} == summary
    assert summary["recommended"]["members"].split(" + ")[-1] in {"answer", "again"}
    assert summary["runs"] == 20 * 4 + 20 * (1 + len(summary["finalists"]))


def test_it_says_before_it_starts_how_many_runs_there_are(done: tuple[Path, dict[str, Any], str]) -> None:
    """At most: the screening of each option and of none, eleven times the finals."""
    assert f"最多推演{20 * 4 + 20 * 11}次" in done[2]
    assert done[1]["runs"] <= 20 * 4 + 20 * 11


def test_a_study_at_its_end_goes_on_to_the_same_tables(done: tuple[Path, dict[str, Any], str]) -> None:
    """And plays nothing anew."""
    out, summary, _ = done
    before = {name: (out / f"{name}.csv").read_bytes() for name in TABLES}
    played = sorted(path.stat().st_mtime_ns for path in (out / "runs").rglob("*.npz"))
    again = options("--resume", out, "--json", "--workers", 1)
    assert json.loads(again.stdout) == summary
    assert {name: (out / f"{name}.csv").read_bytes() for name in TABLES} == before
    assert sorted(path.stat().st_mtime_ns for path in (out / "runs").rglob("*.npz")) == played


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "zh",
            [
                "加强值班（answer）：8万元，数量2",
                f"{ANSWER} = 0.9",
                "依据：规划假设",
                "多叫一次（again）：不花钱",
                "什么也不变（same）：每年1万元",
                "3项措施",
            ],
        ),
        (
            "en",
            [
                "answer, 加强值班: 8 wan yuan, units 2",
                "again, 多叫一次: free",
                "same, 什么也不变: 1 wan yuan a year",
                "3 options",
            ],
        ),
    ],
)
def test_the_list_names_every_option_its_cost_and_what_it_sets_and_plays_nothing(
    lang: str, wanted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the number of runs and about how long they take; nothing is written."""
    path = night().write(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.study.engines.simulate", lambda *_: pytest.fail("a run was played"))
    ran = options(path, "--list", "--lang", lang)
    assert ran.exit_code == 0, ran.output
    for words in wanted:
        assert words in ran.output
    listed = json.loads(options(path, "--list", "--json").stdout)
    assert [one["option"] for one in listed["options"]] == ["answer", "again", "same"]
    assert listed["options"][0]["cost_wan"] == 8
    assert listed["runs_at_most"] == 20 * 4 + 100 * 11
    assert [entry.name for entry in tmp_path.iterdir()] == ["in"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "情景文件"),
        (("--budget", -1), "--budget"),
        (("--objective", "nothing"), "没有这个目标"),
        (("--draws", 10), "没有说不准的数"),
        (("-n", 1), "--nights"),
        (("--list", "--out", "there"), "不起作用"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_written(
    words: tuple[object, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, in words."""
    path = night().write(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    ran = options(*((path, *words) if words else ()))
    assert ran.exit_code == 2
    assert said in ran.output
    assert [entry.name for entry in tmp_path.iterdir()] == ["in"]


def test_it_does_not_go_on_with_anything_else_asked(done: tuple[Path, dict[str, Any], str]) -> None:
    """Only draws may be added; a folder that is none is refused."""
    for words, said in (
        (("--budget", 3), "--budget"),
        (("--years", 2), "--years"),
        (("-n", 9), "--nights"),
        (("--set", "end=3 h"), "--set"),
    ):
        ran = options("--resume", done[0], *words)
        assert ran.exit_code == 2
        assert said in ran.output
    assert options("--resume", done[0].parent).exit_code == 2


def test_faults_of_options_are_told_with_their_lines(tmp_path: Path) -> None:
    """By ``options`` and by ``check``; a run of the same file goes on."""
    path = night(bad={"title": "错", "cost": {}, "units": 1, "set": {"roster.desks.mars.callers": 1}}).write(tmp_path)
    for name in ("options", "check"):
        ran = CliRunner().invoke(cli, [name, str(path)])
        assert ran.exit_code == 2
        assert "night.yaml:1:" in ran.output
        assert "options.bad" in ran.output
    ran = CliRunner().invoke(cli, ["run", str(path), "--replication", "0", "--out", str(tmp_path / "run")])
    assert ran.exit_code == 0, ran.output


def test_a_budget_and_another_objective_are_heard(tmp_path: Path) -> None:
    """What is dearer than the budget is not played; the objective is the number that was asked for."""
    path = night().write(tmp_path / "in")
    words = ("--budget", 5, "--objective", "share_15min", "--screen", 4, "-n", 6, "--workers", 1)
    ran = options(path, *words, "--out", tmp_path / "out", "--json", "--lang", "en")
    assert ran.exit_code == 0, ran.output
    summary = json.loads(ran.stdout)
    assert summary["objective"]["key"] == "share_15min"
    assert summary["budget_wan"] == 5
    screened = pd.read_csv(tmp_path / "out" / "screened.csv")
    assert set(screened["members"]) == {"again", "same"}
    fate = pd.read_csv(tmp_path / "out" / "options.csv").set_index("option")["dropped"]
    assert fate["answer"] == "too_dear"
