"""The county's own workbook with findings marked: exactly their cells, all else as it was, nothing that runs, no identity numbers."""

from __future__ import annotations

import base64
import io
import json
import shutil
import zipfile
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner

from sim.cli import cli
from sim.measures import naming
from sim.report.roster.marked import marked_books
from sim.roster.audit import audit
from sim.roster.exporting import COLOURS, Copy, Legend, Mark, Pointer, marked_copy
from sim.roster.importing import Reading, duty_tables_of, read_rosters
from tests.unit.test_roster_import import HEAD, ID, OLD_WORKBOOK
from tests.unit.test_roster_import_command import scenario, workbook
from tests.workbooks import county, plan, write_xlsx
from tests.workbooks import scenario as small_county

LEGEND = Legend(
    tab="审查标记说明",
    title="标记",
    stamp="内部资料",
    colours={"must": "必须改", "should": "应当改", "note": "提示"},
    said=("说明",),
    headings=("程度", "问题"),
    rows=[("must", ("必须改", "=cmd"))],
    more="另有{n}项",
)


def read(*paths: Path) -> Reading:
    """Read rosters of the small county."""
    return read_rosters(list(paths), county(), plan(), year=2025)


def copied(path: Path, marks: dict[tuple[int, int, int], list[Mark]] | None = None) -> Copy:
    """Return the marked copy of one workbook."""
    reading = read(path)
    return marked_copy(reading.books[0], path.read_bytes(), reading.blocks, marks or {}, LEGEND)


def opened(copy: Copy) -> Any:  # noqa: ANN401 - openpyxl carries no types
    """Return a copy as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(copy.content))


def marked(sheet: Any) -> dict[str, str]:  # noqa: ANN401 - openpyxl carries no types
    """Return the cells with a comment and their colours."""
    return {
        cell.coordinate: cell.fill.fgColor.rgb[2:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def test_the_import_knows_the_cells_of_each_shift(tmp_path: Path) -> None:
    """A leader merged over two days stands in one cell for both; what is written twice stands in both cells; two in a cell share it."""
    rows: list[list[Any]] = [
        ["日期", "带班领导", "主班"],
        ["8月1日", "张三", "李四、王五"],
        ["8月2日", None, "李四"],
        ["8月2日", None, "李四"],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", {"江口镇": rows}, {"江口镇": ["B2:B4"]})
    imported = read(path).imported
    names = {one.person: one.name for one in imported.persons}
    said = {
        (names[one.person], one.begin.day if one.begin else 0): [spot.address.rpartition("!")[2] for spot in spots]
        for one, spots in zip(imported.shifts, imported.spots, strict=True)
    }
    assert said == {
        ("张三", 1): ["B2"],
        ("张三", 2): ["B2"],
        ("李四", 1): ["C2"],
        ("王五", 1): ["C2"],
        ("李四", 2): ["C3", "C4"],
    }


def test_a_copy_has_the_marks_and_all_else_as_it_was(tmp_path: Path) -> None:
    """The gravest colour, each text once in the comment; values, merged areas and widths stay; the legend stands behind the sheets."""
    rows = [
        ["江口镇2025年8月值班表"],
        HEAD,
        ["8月1日", "张三", 13800001234.0, "李四", "13900001111"],
        ["8月2日", None, None, "王五", "x"],
    ]
    path = write_xlsx(
        tmp_path / "a.xlsx", {"江口镇": rows, "别的": [["a", 1 / 3, 2 / 3]]}, {"江口镇": ["A1:E1", "B3:B4"]}
    )
    marks = {(0, 3, 2): [Mark("note", "一"), Mark("must", "二"), Mark("note", "一")], (0, 4, 4): [Mark("should", "三")]}
    book, before = opened(copied(path, marks)), openpyxl.load_workbook(path)
    sheet = book["江口镇"]
    assert marked(sheet) == {"B3": COLOURS["must"], "D4": COLOURS["should"]}
    assert (sheet["B3"].comment.text, sheet["D4"].comment.text) == ("一\n\n二", "三")
    for name in before.sheetnames:
        assert list(book[name].values) == list(before[name].values)
        assert sorted(map(str, book[name].merged_cells.ranges)) == sorted(map(str, before[name].merged_cells.ranges))
    assert book.sheetnames == ["江口镇", "别的", "审查标记说明"]
    legend = list(book["审查标记说明"].values)
    assert ("必须改", "=cmd") in [row[:2] for row in legend]
    assert all(cell.data_type != "f" for row in book["审查标记说明"].iter_rows() for cell in row)


def test_findings_are_marked_at_the_cells_that_they_rest_on(tmp_path: Path) -> None:
    """A month of six people to a post, sound but for one at two posts on the 7th and a number of five digits: their cells and no others."""
    head = ["日期", "带班领导", "电话", "主班", "电话", "副班", "电话"]
    rows: list[list[Any]] = [["江口镇2025年8月值班表"], head]
    for day in range(1, 32):
        names = [f"{'张王李赵陈刘'[day % 6]}{given}" for given in ("伟", "芳", "强")]
        phones = [f"1380000{post}{day % 6:03d}" for post in range(3)]
        rows.append([f"8月{day}日", *(cell for pair in zip(names, phones, strict=True) for cell in pair)])
    rows[8][3:5] = rows[8][1:3]  # 7 August
    for day in range(2, 32, 6):
        rows[day + 1][6] = "12345"
    reading = read(write_xlsx(tmp_path / "a.xlsx", {"江口镇": rows}))
    found = audit(county(), plan(), *duty_tables_of(reading.imported), date(2025, 8, 1), date(2025, 8, 31))
    cells = {
        (one.kind, spot.address.rpartition("!")[2])
        for one in found
        for row in one.rows
        for spot in reading.imported.spots[row]
    }
    malformed = {("malformed_number", f"F{day + 2}") for day in range(2, 32, 6)}
    assert cells == malformed | {("double_duty", "B9"), ("double_duty", "D9")}


def pointed(path: Path, first: date, last: date) -> dict[tuple[str, str], set[str]]:
    """Return the cells to which findings of a workbook point, by kind and post."""
    reading = read(path)
    pointer, found = Pointer(reading), audit(county(), plan(), *duty_tables_of(reading.imported), first, last)
    cells: dict[tuple[str, str], set[str]] = {}
    for one in found:
        cells.setdefault((one.kind, one.post), set()).update(
            spot.address.rpartition("!")[2] for spot in pointer.cells(one)
        )
    return cells


def test_what_is_missing_points_to_its_own_cell(tmp_path: Path) -> None:
    """An empty cell, one that says 待定, each day of an empty stretch; a malformed and a missing number to the cell of the number."""
    head = ["日期", "带班领导", "电话", "主班", "电话"]
    rows: list[list[Any]] = [["江口镇2025年8月值班表"], head]
    for day in range(1, 32):
        leader, officer = ("张伟", "李芳", "王强")[day % 3], ("赵军", "陈静", "刘洋")[day % 3]
        rows.append([f"8月{day}日", leader, f"1380000100{day % 3}", officer, f"1380000200{day % 3}"])
    rows[5][3:5] = [None, None]  # 4 August
    rows[8][3:5] = ["待定", None]  # 7 August
    for day in (11, 12, 13):
        rows[day + 1][1:3] = [None, None]
    rows[16][1:5] = [None] * 4  # 15 August
    rows[21][3:5] = ["周小红", "12345"]  # 20 August
    rows[22][3:5] = ["吴德福", None]  # 21 August
    cells = pointed(write_xlsx(tmp_path / "a.xlsx", {"江口镇": rows}), date(2025, 8, 1), date(2025, 8, 31))
    assert cells["gap", "duty_officer"] == {"D6", "D9"}
    assert cells["leader_missing", "leader_on_duty"] == {"B13", "B14", "B15"}
    assert cells["desk_unstaffed", ""] == {"B17", "D17"}
    assert cells["malformed_number", "duty_officer"] == {"E22"}
    assert cells["no_phone", "duty_officer"] == {"E23"}


def test_a_grid_points_to_the_empty_cell_below_the_day(tmp_path: Path) -> None:
    """Posts × days: the officer of the 2nd, and the whole row of a leader who is never named."""
    days = [f"8月{day}日" for day in range(1, 6)]
    rows = [
        ["江口镇2025年8月值班表"],
        ["岗位", *days],
        ["带班领导", *[None] * 5],
        ["主班", "张三", None, "李四", "王五", "张三"],
    ]
    cells = pointed(write_xlsx(tmp_path / "a.xlsx", {"江口镇": rows}), date(2025, 8, 1), date(2025, 8, 5))
    assert cells["desk_unstaffed", ""] == {"C3", "C4"}
    assert cells["leader_missing", "leader_on_duty"] == {"B3", "C3", "D3", "E3", "F3"}


def test_a_gap_of_a_day_that_no_cell_stands_for_points_to_its_neighbours(tmp_path: Path) -> None:
    """The 2nd has no row: those of the 1st and the 3rd are marked."""
    rows = [["日期", "主班"], ["8月1日", "张三"], ["8月3日", "李四"]]
    cells = pointed(write_xlsx(tmp_path / "a.xlsx", {"江口镇": rows}), date(2025, 8, 1), date(2025, 8, 3))
    assert cells["desk_unstaffed", ""] == {"B2", "B3"}


def test_nothing_in_a_copy_runs_and_no_identity_number_is_left(tmp_path: Path) -> None:
    """Formulas give way to their results, or to their text; =cmd stays text; ID columns, IDs in texts, numbers, comments and hidden sheets go."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("江口镇")
        for column, heading in enumerate(["日期", "主班", "身份证号", "备注"]):
            sheet.write_string(0, column, heading)
        sheet.write_formula(1, 0, '="8月"&"1日"', None, "8月1日")
        sheet.write_formula(2, 0, "=A2+1", None, "8月2日")
        for row, name in enumerate(["李四", "王五"], start=1):
            sheet.write_string(row, 1, name)
            sheet.write_string(row, 2, ID if row == 1 else "遗失")
        sheet.write_formula(1, 3, "=cmd|'/C calc'!A0", None, "")
        sheet.write_string(2, 3, f"=cmd {ID}")
        sheet.write_comment(2, 3, f"本人 {ID}")
        sheet.set_footer(f"&L{ID}")
        other = book.add_worksheet("人员")
        other.write_string(0, 0, f"李四 {ID}")
        other.write_number(1, 0, float(ID))
        other.hide()
    copy = copied(path)
    book = opened(copy)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert list(book["江口镇"].values) == [
        ("日期", "主班", "身份证号", "备注"),
        ("8月1日", "李四", None, "=cmd|'/C calc'!A0"),
        ("8月2日", "王五", None, "=cmd [身份证号]"),
    ]
    assert list(book["人员"].values) == [("李四 [身份证号]",)]
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        assert not any(ID[:15].encode() in archive.read(name) for name in archive.namelist())


def test_old_workbooks_and_csv_become_new_ones_with_the_cells_as_read(tmp_path: Path) -> None:
    """Values and merged areas of an .xls, texts of a CSV file, a leading = as text; that the layout is lost is said."""
    old, text = tmp_path / "江口镇.xls", tmp_path / "江口镇.csv"
    old.write_bytes(zlib.decompress(base64.b64decode(OLD_WORKBOOK)))
    text.write_text("日期,主班,备注\n8月1日,李四,=cmd\n", encoding="gb18030")
    for path, cell in ((old, "B2"), (text, "B2")):
        before = read(path).books[0].sheets[0]
        copy = copied(path, {(0, 2, 2): [Mark("note", "看")]})
        sheet = opened(copy).worksheets[0]
        assert {key: before.text(*key) for key in before.cells} == {
            key: read_text(sheet.cell(*key).value) for key in before.cells
        }
        assert len(sheet.merged_cells.ranges) == len(before.merged)
        assert list(marked(sheet)) == [cell]
        assert len(copy.lost) == 1


def read_text(value: object) -> str:
    """Return a value as the import shows it."""
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value)


def test_macros_and_shapes_are_dropped_with_a_notice(tmp_path: Path) -> None:
    """The copy of an .xlsm is a plain workbook that says so."""
    path = write_xlsx(tmp_path / "a.xlsx", {"江口镇": [HEAD, ["8月1日", "张三"]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
        archive.writestr("xl/drawings/drawing1.xml", b"<xdr:wsDr><xdr:sp></xdr:sp></xdr:wsDr>")
    copy = copied(shutil.copy(path, tmp_path / "a.xlsm"))
    assert [one.zh for one in copy.lost] == ["宏没有带入副本", "文本框和图形没有带入副本"]
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        assert not any("vba" in name for name in archive.namelist())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_planner_gets_the_own_workbook_back_with_marks(language: str, tmp_path: Path) -> None:
    """The audit is of the workbook, month and all; the copy stands beside audit.xlsx; what stands there already is left alone."""
    path, out = scenario(tmp_path / "in"), tmp_path / "out.xlsx"
    book = workbook(tmp_path / "值班表.xlsx", "8月3日", "张三", "13800000001", "张三", "13800000001")
    asked = ["roster", "audit", str(path), str(book), "--out", str(out), "--lang", language]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 0, done.output
    copy = tmp_path / "值班表-marked.xlsx"
    assert str(copy) in done.stdout
    sheet = openpyxl.load_workbook(copy)["镇0"]
    assert {"B6", "D6"} <= set(marked(sheet))
    listed = [row for row in openpyxl.load_workbook(out).worksheets[1].values if row[9] and "!B6" in str(row[9])]
    assert listed
    assert CliRunner().invoke(cli, asked).exit_code == 2
    out.unlink()
    assert CliRunner().invoke(cli, asked).exit_code == 2  # the copy still stands there
    assert not out.exists()
    done = CliRunner().invoke(cli, [*asked, "--force", "--json"])
    assert json.loads(done.stdout)["marked"] == [str(copy)]


def test_open_questions_are_marked_and_absent_duty_rooms_listed(tmp_path: Path) -> None:
    """A swap that was not carried out is marked as one that should be put right; a township without a roster stands in the legend."""
    sheets = {"江口镇": [["日期", "主班", "备注"], ["8月1日", "张三", "张三与李四对调"]]}
    path = write_xlsx(tmp_path / "a.xlsx", sheets)
    days = [date(2025, 8, 1)]
    (copy,) = marked_books(
        small_county(), naming(small_county()), read(path), {0: path.read_bytes()}, [], days, "zh"
    ).values()
    book = opened(copy)
    assert marked(book["江口镇"]) == {"C2": COLOURS["should"]}
    legend = "\n".join(str(cell) for row in book.worksheets[-1].values for cell in row if cell)
    assert "南溪镇、黄石街道" in legend
    assert "江口镇中和村" not in legend  # of villages the workbook says nothing at all


def test_a_workbook_without_shifts_or_of_another_month_is_refused(tmp_path: Path) -> None:
    """Nothing read, nothing of the month asked for, a year without rosters: exit code 2, nothing written."""
    path, out = scenario(tmp_path / "in"), tmp_path / "out.xlsx"
    bare = tmp_path / "空.csv"
    bare.write_text("日期,主班\n", encoding="utf-8")
    book = workbook(tmp_path / "值班表.xlsx")
    for more in ([str(bare)], [str(book), "--month", "2025-09"], ["--year", "2025"]):
        done = CliRunner().invoke(cli, ["roster", "audit", str(path), *more, "--out", str(out)])
        assert done.exit_code == 2, done.output
    assert not out.exists()
    assert not list(tmp_path.glob("*-marked.xlsx"))
