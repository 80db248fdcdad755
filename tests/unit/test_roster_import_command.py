"""The import as a planner gets it: a workbook goes in, a roster that the program reads comes out, and what was left out is said."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from click.testing import CliRunner

from sim.cli import cli
from tests.strategies import small


def scenario(folder: Path) -> Path:
    """Return the path of a night of one township, 镇0, whose posts are those of a duty roster."""
    night = small(1, 1, 1)
    roster = night.scenario["roster"]
    for post in ("leader_on_duty", "duty_officer"):
        roster["posts"][post] = {"title": post, "reachable": 1.0, "answer": 1.0}
    roster["ladders"]["township"] = {"steps": [{"post": "duty_officer", "tries": 1, "ring": "30 s"}]}
    night.scenario["start"] = "2025-08-02 20:00"
    return night.write(folder)


def workbook(path: Path, *more: str) -> Path:
    """Write a roster of three days of August for 镇0; ``more`` cells in a row of their own."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("镇0")
    rows = [
        ["2025年8月值班表（镇0）"],
        ["日期", "带班领导", "电话", "主班", "电话"],
        ["8月1日", "张三", "13800000001", "李四", "13800000002"],
        ["8月2日", "王五", "13800000003", "赵六", "13800000004"],
        ["8月3日", "张三", "13800000001", "李四", "13800000002"],
        list(more),
    ]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write_string(r, c, cell)
    book.close()
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_read_is_a_roster_that_the_program_takes(language: str, tmp_path: Path) -> None:
    """Six shifts of four people; the tables load as the roster of the scenario; the mapping says what each column was taken for."""
    path, out = scenario(tmp_path / "in"), tmp_path / "out"
    book = workbook(tmp_path / "值班表.xlsx")
    done = CliRunner().invoke(cli, ["roster", "import", str(path), str(book), "--out", str(out), "--lang", language])
    assert done.exit_code == 0, done.output
    assert all(number in done.stdout for number in ("6", "4"))
    shifts = pd.read_csv(out / "shifts.csv", dtype=str)
    assert shifts["from"].tolist() == sorted(f"2025-08-0{day} 08:30" for day in (1, 2, 3)) * 2
    assert set(shifts["desk"]) == {"T000"}
    assert "leader_on_duty.name" in (out / "mapping.yaml").read_text(encoding="utf-8")
    used = [f"--set=roster.{name}={out / name}.csv" for name in ("persons", "shifts")]
    assert CliRunner().invoke(cli, ["check", str(path), *used]).exit_code == 0


def test_what_was_left_out_is_listed(tmp_path: Path) -> None:
    """A row that is no day of the roster stands in notes.csv with its address, and in the count of the manifest's summary."""
    path, out = scenario(tmp_path / "in"), tmp_path / "out"
    book = workbook(tmp_path / "值班表.xlsx", "8月32日", "张三", "13800000001", "李四", "13800000002")
    assert CliRunner().invoke(cli, ["roster", "import", str(path), str(book), "--out", str(out)]).exit_code == 0
    notes = pd.read_csv(out / "notes.csv", dtype=str)
    assert any(address.endswith("A6") for address in notes["address"])
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["notes"] == len(notes)
    assert len(pd.read_csv(out / "shifts.csv")) == 6


def test_a_mapping_is_used_again(tmp_path: Path) -> None:
    """What a planner corrects in the mapping holds: a column that is not to be used is not."""
    path, out = scenario(tmp_path / "in"), tmp_path / "out"
    book = workbook(tmp_path / "值班表.xlsx")
    words = ["roster", "import", str(path), str(book)]
    assert CliRunner().invoke(cli, [*words, "--out", str(out)]).exit_code == 0
    mapping = out / "mapping.yaml"
    text = (
        mapping.read_text(encoding="utf-8")
        .replace("leader_on_duty.name", "ignored")
        .replace("leader_on_duty.phone", "ignored")
    )
    corrected = tmp_path / "mine.yaml"
    corrected.write_text(text, encoding="utf-8")
    again = CliRunner().invoke(cli, [*words, "--mapping", str(corrected), "--out", str(tmp_path / "again")])
    assert again.exit_code == 0, again.output
    assert set(pd.read_csv(tmp_path / "again" / "shifts.csv")["post"]) == {"duty_officer"}


def test_a_file_that_is_no_roster_is_a_fault(tmp_path: Path) -> None:
    """A file of another kind, or none: exit code 2, its name and what to do, nothing written."""
    path = scenario(tmp_path / "in")
    (tmp_path / "x.et").write_bytes(b"\xd0\xcf\x11\xe0")
    for name in ("x.et", "missing.xlsx"):
        done = CliRunner().invoke(
            cli, ["roster", "import", str(path), str(tmp_path / name), "--out", str(tmp_path / "out")]
        )
        assert done.exit_code == 2, done.output
        assert name in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_import_without_shifts_is_a_fault_that_says_its_questions(tmp_path: Path) -> None:
    """Title and dates of different months: exit code 2, nothing written, the question with its cells; what was guessed is a mapping to correct."""
    path, out = scenario(tmp_path / "in"), tmp_path / "out"
    book = xlsxwriter.Workbook(tmp_path / "值班表.xlsx")
    sheet = book.add_worksheet("镇0")
    for r, row in enumerate([["2025年8月值班表（镇0）"], ["日期", "主班"], ["7月7日", "李四"]]):
        for c, cell in enumerate(row):
            sheet.write_string(r, c, cell)
    book.close()
    words = ["roster", "import", str(path), str(tmp_path / "值班表.xlsx")]
    done = CliRunner().invoke(cli, [*words, "--out", str(out)])
    assert done.exit_code == 2, done.output
    assert not out.exists()
    assert "标题是 8 月，日期是 7 月" in done.stderr
    assert "值班表.xlsx!镇0!A3" in done.stderr
    assert "没有读出任何班次" not in done.stderr  # the question is what is wrong
    (tmp_path / "mapping.yaml").write_text(done.stdout.replace("month: 8", "month: 7"), encoding="utf-8")
    again = CliRunner().invoke(cli, [*words, "--mapping", str(tmp_path / "mapping.yaml"), "--out", str(out)])
    assert again.exit_code == 0, again.output


@pytest.mark.parametrize("command", [["template", "--month", "2025-08"], ["audit"], ["callsheet"]])
@pytest.mark.parametrize("name", ["x.docx", "x.html", "x", "x.xls", "x.xlsm"])
def test_a_workbook_of_another_ending_is_refused(command: list[str], name: str, tmp_path: Path) -> None:
    """Exit code 2 with the remedy, nothing written: no program would open it under that name."""
    night = scenario(tmp_path / "in")
    first, *more = command
    done = CliRunner().invoke(cli, ["roster", first, str(night), *more, "--out", str(tmp_path / name)])
    assert done.exit_code == 2, done.output
    assert "用 .xlsx 结尾" in done.stderr
    assert not (tmp_path / name).exists()
