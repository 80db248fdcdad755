"""The audit as a planner gets it: in words, as a workbook, as JSON; what it may show of a place is what every report may."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from sim.cli import cli
from tests.strategies import Small, small


def with_a_gap(folder: Path) -> Small:
    """Return one township whose officer is missing from 10 July 08:30 to 12 July 08:30, and nobody else all month."""
    night = small(1, 1, 1)
    night.scenario["start"] = "2025-07-09 20:00"
    folder.mkdir(exist_ok=True)
    shifts = [("T000", "officer", f"p{day % 5}", day) for day in range(1, 32) if day not in {10, 11}]
    tables = {
        "persons": [("person", "name", "phone"), *((f"p{n}", f"名{n}", f"1380000123{n}") for n in range(5))],
        "shifts": [
            ("desk", "post", "person", "from", "to"),
            *(
                (desk, post, who, f"2025-07-{day:02d} 08:30", f"2025-0{7 + day // 31}-{day % 31 + 1:02d} 08:30")
                for desk, post, who, day in shifts
            ),
        ],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        night.scenario["roster"][name] = str(folder / f"{name}.csv")
    return night


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_planner_reads_what_is_missing_and_what_to_do(language: str, tmp_path: Path) -> None:
    """The stretch without anybody stands in the words and in the workbook, with its hours and a remedy."""
    path, out = with_a_gap(tmp_path / "roster").write(tmp_path / "in"), tmp_path / "audit.xlsx"
    done = CliRunner().invoke(cli, ["roster", "audit", str(path), "--out", str(out), "--lang", language])
    assert done.exit_code == 0, done.output
    first = done.stdout.splitlines()[2]
    assert ("值班室无人" if language == "zh" else "nobody at the duty room") in first
    rows = [[cell.value for cell in row] for row in load_workbook(out).worksheets[1].iter_rows()]
    (gap,) = [row for row in rows if row[6] == 48]
    assert f"{gap[4]:%m-%d %H:%M} {gap[5]:%m-%d %H:%M}" == "07-10 08:30 07-12 08:30"
    assert gap[8]


def test_duty_telephones_of_the_scenario_are_audited(tmp_path: Path) -> None:
    """With ``roster.landlines`` a desk whose duty telephone is a mobile is a finding; without the table nothing is said of them."""
    night = with_a_gap(tmp_path / "roster")
    kinds = []
    for landlines in (None, "desk,phone\nT000,13912345678\n"):
        if landlines:
            (tmp_path / "landlines.csv").write_text(landlines, encoding="utf-8")
            night.scenario["roster"]["landlines"] = str(tmp_path / "landlines.csv")
        path, out = night.write(tmp_path / "in"), tmp_path / "audit.xlsx"
        done = CliRunner().invoke(cli, ["roster", "audit", str(path), "--out", str(out), "--json", "--force"])
        kinds.append({finding["kind"] for finding in json.loads(done.stdout)["findings"]})
    assert kinds[1] - kinds[0] == {"landline_forwarded"}


def test_the_summary_counts_what_the_workbook_lists(tmp_path: Path) -> None:
    """As JSON: nothing else on standard output, the counts of each kind and severity, as many as rows of the workbook."""
    path, out = with_a_gap(tmp_path / "roster").write(tmp_path / "in"), tmp_path / "audit.xlsx"
    done = CliRunner().invoke(cli, ["roster", "audit", str(path), "--out", str(out), "--json"])
    counted = json.loads(done.stdout)["findings"]
    sheet = load_workbook(out).worksheets[1]
    listed = [row for row in sheet.iter_rows(values_only=True) if row[0] in {"必须改", "应当改", "提示"}]
    assert sum(one["count"] for one in counted) == len(listed) > 0


def test_what_cannot_be_audited_is_said(tmp_path: Path) -> None:
    """No roster, no such month, a file that stands there: exit code 2, and the file stays as it was."""
    bare = small(1, 1, 1).write(tmp_path / "bare")
    assert CliRunner().invoke(cli, ["roster", "audit", str(bare), "--out", str(tmp_path / "x.xlsx")]).exit_code == 2
    path = with_a_gap(tmp_path / "roster").write(tmp_path / "in")
    assert CliRunner().invoke(cli, ["roster", "audit", str(path), "--month", "July"]).exit_code == 2
    assert (
        CliRunner().invoke(cli, ["roster", "audit", str(path), "--month", "2025-08"]).exit_code == 2
    )  # its last shift ends then
    taken = tmp_path / "taken.xlsx"
    taken.write_text("mine")
    assert CliRunner().invoke(cli, ["roster", "audit", str(path), "--out", str(taken)]).exit_code == 2
    assert taken.read_text() == "mine"
