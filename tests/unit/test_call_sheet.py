"""Call sheets: the order is that of the engine, the holders are those on duty, and nobody's number is shown unasked."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from sim.cli import cli
from sim.errors import InputError
from sim.measures import naming
from sim.report import call_sheets_book
from sim.study.roster.call_sheet import call_sheets
from sim.warning import simulate
from tests.strategies import Small, small

ROOT = Path(__file__).parents[2]
EVENING = datetime.fromisoformat("2025-07-11 20:00")


def with_people(folder: Path) -> Small:
    """Return two townships of three villages; at the first a deputy and, until 08:30, an officer are on duty, with telephone numbers."""
    night = small(2, 3, 1)
    night.scenario["start"] = "2025-07-11 02:00"
    roster = night.scenario["roster"]
    roster["posts"]["deputy"] = {"title": "副班", "reachable": 1.0, "answer": 1.0}
    steps = [
        {"post": "officer", "tries": 2, "ring": "30 s", "gap": "1 min"},
        {"post": "deputy", "tries": 3, "ring": "30 s", "gap": "1 min"},
    ]
    roster["ladders"]["township"] = {"steps": steps}
    folder.mkdir(exist_ok=True)
    tables = {
        "persons": [["person", "name", "phone"], ["p1", "张三", "13800001234"], ["p2", "李四", "13900005678"]],
        "shifts": [
            ["desk", "post", "person", "from", "to"],
            ["T000", "officer", "p1", "2025-07-10 08:30", "2025-07-11 08:30"],
            ["T000", "deputy", "p2", "2025-07-10 08:30", "2025-07-12 08:30"],
        ],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        roster[name] = str(folder / f"{name}.csv")
    return night


def test_the_order_is_that_in_which_the_engine_calls(tmp_path: Path) -> None:
    """Where nobody answers, desks with one caller ring in the order of their sheet."""
    night = small(3, 4, 1)
    night.tables["households.csv"] = [
        row | {"persons": 1 + (n * 5) % 7} for n, row in enumerate(night.tables["households.csv"])
    ]
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = 1
    scenario = night.load(tmp_path)
    sheets = call_sheets(scenario, scenario.plan.start, "village")
    rung = [
        (event.counterpart, event.place)
        for event in simulate(scenario).events
        if event.event == "call" and event.act == "answered"
    ]
    for sheet in sheets:
        assert [one.desk for one in sheet.called] == [place for caller, place in rung if caller == sheet.caller]
    assert [sheet.caller for sheet in sheets] == [0, 1, 2, 3]


def test_the_sheet_names_who_is_on_duty_then(tmp_path: Path) -> None:
    """At two in the night both posts are held, at eight in the evening the officer's is vacant and is skipped at once."""
    scenario = with_people(tmp_path / "roster").load(tmp_path)
    (at_night, *_), (evening, *_) = (call_sheets(scenario, when, "village") for when in (scenario.plan.start, EVENING))
    first = next(one for one in at_night.called if scenario.county.places.code[one.desk] == "T000")
    assert [(line.post, line.person and line.person.id, line.tries, line.begin_min) for line in first.lines] == [
        ("officer", "p1", 2, 0),
        ("deputy", "p2", 3, 2),
    ]
    later = next(one for one in evening.called if scenario.county.places.code[one.desk] == "T000")
    assert [(line.post, line.person and line.person.id, line.begin_min) for line in later.lines] == [
        ("officer", None, 0),
        ("deputy", "p2", 0),
    ]


@pytest.mark.parametrize("real", [False, True])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_and_numbers_are_shown_when_asked_for(language: str, *, real: bool, tmp_path: Path) -> None:
    """The working copy has both in full and says that it is one; the other has neither."""
    scenario = with_people(tmp_path / "roster").load(tmp_path)
    sheets = call_sheets(scenario, scenario.plan.start, "village")
    book = load_workbook(
        io.BytesIO(call_sheets_book(scenario, scenario.plan.start, sheets, naming(scenario, real_names=real), language))
    )
    shown = "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )
    for secret in ("张三", "13800001234", "李四", "13900005678"):
        assert (secret in shown) == real
    assert len(book.sheetnames) == 3


def with_landlines(folder: Path, *rows: tuple[str, str]) -> Small:
    """Return the same night with duty telephones of these desks."""
    night = with_people(folder)
    with (folder / "landlines.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("desk", "phone"), *rows])
    night.scenario["roster"]["landlines"] = str(folder / "landlines.csv")
    return night


@pytest.mark.parametrize(("real", "shown"), [(True, "023-55123456"), (False, "023****3456")])
def test_the_duty_telephone_of_a_desk_stands_beside_it(*, real: bool, shown: str, tmp_path: Path) -> None:
    """In full in the working copy, else masked; a desk without one has a blank to fill in."""
    scenario = with_landlines(tmp_path / "roster", ("T000", "023-55123456")).load(tmp_path)
    sheets = call_sheets(scenario, scenario.plan.start, "village")
    assert [called.landline for called in sheets[0].called] == ["023-55123456", ""]
    names = naming(scenario, real_names=real)
    book = load_workbook(io.BytesIO(call_sheets_book(scenario, scenario.plan.start, sheets, names, "zh")))
    page = book[book.sheetnames[0]]
    head = next(cell for row in page.iter_rows() for cell in row if cell.value == "值班电话")
    column = [page.cell(row, head.column).value for row in range(head.row + 1, page.max_row + 1)]
    assert [value for value in column if value] == [shown]


def test_duty_telephones_of_desks_that_are_not_there_are_a_fault(tmp_path: Path) -> None:
    """Unknown desks are one fault at the first; a desk named twice is one, too; both with the line."""
    for rows, line in (([("T000", "1"), ("X", "2"), ("Y", "3")], 3), ([("T000", "1"), ("T000", "2")], 3)):
        with pytest.raises(InputError) as caught:
            with_landlines(tmp_path / "roster", *rows).load(tmp_path)
        (fault,) = caught.value.faults
        assert (fault.file.endswith("landlines.csv"), fault.line, fault.key) == (True, line, "desk")


def test_a_file_is_not_replaced_unasked(tmp_path: Path) -> None:
    """A second call with the same name is a fault and leaves the first file; --force replaces it; a level that is none is a fault."""
    path, out = small(1, 1, 1).write(tmp_path / "in"), tmp_path / "sheet.xlsx"
    words = ["roster", "callsheet", str(path), "--out", str(out)]
    assert CliRunner().invoke(cli, words).exit_code == 0
    before = out.read_bytes()
    assert CliRunner().invoke(cli, words).exit_code == 2
    assert out.read_bytes() == before
    assert CliRunner().invoke(cli, [*words, "--force"]).exit_code == 0
    assert CliRunner().invoke(cli, [*words, "--force", "--to", "parish"]).exit_code == 2


@pytest.mark.parametrize("words", [("callsheet",), ("ladder", "T000")])
def test_a_moment_of_which_the_roster_says_nothing_is_a_fault(words: tuple[str, ...], tmp_path: Path) -> None:
    """A month after the last shift there is no vacancy to show but a roster that is missing; its span is said."""
    path = with_people(tmp_path / "roster").write(tmp_path / "in")
    command, *desk = words
    done = CliRunner().invoke(cli, ["roster", command, str(path), *desk, "--at", "2025-08-20 02:00"])
    assert done.exit_code == 2
    assert "2025-07-12 08:30" in done.stderr


def test_one_desk_has_its_sheet_alone_and_a_wrong_number_is_marked(tmp_path: Path) -> None:
    """The county's sheet only, with the township's officer, whose number has a digit too few; a desk that calls nobody is a fault."""
    night = small(2, 1, 1)
    night.scenario["roster"] |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    night.tables["persons.csv"] = [{"person": "A", "name": "张三", "phone": "1391234567"}]
    night.tables["shifts.csv"] = [{"desk": "T000", "post": "officer", "person": "A", "from": "", "to": ""}]
    path, out = night.write(tmp_path / "in"), tmp_path / "one.xlsx"
    words = ["roster", "callsheet", str(path), "--real-names", "--out", str(out)]
    done = CliRunner().invoke(cli, [*words, "--desk", "C"])
    assert done.exit_code == 0, done.output
    (sheet,) = load_workbook(out).worksheets
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert "1391234567（号码待核）" in cells
    assert CliRunner().invoke(cli, [*words, "--force", "--desk", "T000V000"]).exit_code == 2


def test_a_disk_that_is_full_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    """Where only a thousand bytes can be written the fault is said, and no file stands there that looks like a sheet."""
    path, out = small(1, 1, 1).write(tmp_path / "in"), tmp_path / "sheet.xlsx"
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
        "from sim.cli import main; sys.argv = ['jiaoying', *sys.argv[1:]]; main()"
    )
    line = [sys.executable, "-B", "-c", limited, "roster", "callsheet", str(path), "--out", str(out)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "sheet.xlsx" in done.stderr
    assert not out.exists()
