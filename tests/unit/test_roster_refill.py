"""A planned month in the county's own layout: what is read back is the plan; what cannot be refilled is left as it was, with the reason."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from sim.cli import cli
from sim.roster.exporting import Month, Refilled, refilled
from sim.roster.exporting.dating import names_a_month, retitled
from sim.roster.importing import Imported, import_roster, read_rosters
from tests.unit.test_roster_import import HUANGSHI, JIANGKOU, NANXI
from tests.unit.test_roster_import_command import scenario, workbook
from tests.workbooks import county, local, plan, write_xlsx

POSTS = ("duty_officer", "leader_on_duty")
PEOPLE = [("张伟", "13800000001"), ("王芳", "13800000002"), ("李强", "13800000003"), ("赵敏", "13800000004")]
HEAD = ["日期", "星期", "带班领导", "电话", "主班", "电话"]
WEEK = "一二三四五六日"


def days_of(first: date) -> tuple[date, ...]:
    """Return the days of a month."""
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return tuple(first + timedelta(days=n) for n in range((following - first).days))


def planned(first: date, *desks: str, posts: Sequence[str] = POSTS, empty: Sequence[int] = ()) -> Month:
    """Return a plan in which people take turns; on days of ``empty`` nobody holds the first post."""
    days = days_of(first)
    holders = {
        (desk, post, day): PEOPLE[(day.day + n) % len(PEOPLE)]
        for desk in desks
        for n, post in enumerate(posts)
        for day in days
        if n or day.day not in empty
    }
    return Month(days, dict.fromkeys(desks, tuple(posts)), holders)


def august(*dates: Any, names: Sequence[str] = ("甲乙", "丙丁")) -> list[list[Any]]:  # noqa: ANN401 - cells
    """Return the rows of a month of old people; ``dates`` are the cells of its days, by default 8月1日."""
    days = days_of(date(2025, 8, 1))
    cells = dates or tuple(f"8月{day.day}日" for day in days)
    return [
        [
            cell,
            WEEK[day.weekday()],
            f"周{names[0][n % 2]}",
            13900000001.0 + n % 2,
            f"吴{names[1][n % 2]}",
            f"1390000001{n % 2}",
        ]
        for n, (cell, day) in enumerate(zip(cells, days, strict=True))
    ]


def refill(path: Path, month: Month) -> Refilled:
    """Write a plan into a workbook of the small county."""
    reading = read_rosters([path], county(), plan(), year=2025)
    return refilled(reading, path.read_bytes(), month, county(), plan(), None, "内部资料")


def read_back(made: Refilled, folder: Path) -> Imported:
    """Import a refilled workbook, no year stated."""
    path = folder / made.name
    path.write_bytes(made.content)
    return import_roster(path, county(), plan())


def shifts(result: Imported, *desks: str) -> set[tuple[str, str, str, str, datetime | None, datetime | None]]:
    """Return the shifts of desks with names and numbers."""
    people = {one.person: (one.name, one.phone) for one in result.persons}
    return {(one.desk, one.post, *people[one.person], one.begin, one.end) for one in result.shifts if one.desk in desks}


def wanted(month: Month) -> set[tuple[str, str, str, str, datetime | None, datetime | None]]:
    """Return the shifts that a plan is, from 08:30 to 08:30."""
    return {
        (desk, post, *who, datetime.combine(day, time(8, 30)), datetime.combine(day + timedelta(days=1), time(8, 30)))
        for (desk, post, day), who in month.holders.items()
    }


def opened(made: Refilled) -> Any:  # noqa: ANN401 - openpyxl carries no types
    """Return a refilled workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(made.content))


FORMS = {
    "8月1日": [f"8月{d}日" for d in range(1, 32)],
    "8月1日（周五）": [f"8月{d}日（周{WEEK[(d + 3) % 7]}）" for d in range(1, 32)],
    "8.1": [f"8.{d}" for d in range(1, 32)],
    "8.1 as a number": [float(f"8.{d}") for d in range(1, 32)],
    "day": [float(d) for d in range(1, 32)],
    "1日": [f"{d}日" for d in range(1, 32)],
    "serial": [45869.0 + d for d in range(1, 32)],
    "date": [local(2025, 8, d) for d in range(1, 32)],
    "2025-08-01": [f"2025-08-{d:02d}" for d in range(1, 32)],
    "08/01": [f"08/{d:02d}" for d in range(1, 32)],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("first", [date(2025, 9, 1), date(2026, 2, 1)], ids=["30 days", "28 days, next year"])
def test_what_is_read_back_is_the_plan(form: str, first: date, tmp_path: Path) -> None:
    """Whatever form the dates have: the plan comes back, the form stays, title and weekdays are those of the month, remarks stay below."""
    rows = [["江口镇2025年8月值班表"], HEAD, *august(*FORMS[form]), ["备注：保持电话畅通"]]
    month = planned(first, JIANGKOU, empty=(3,))
    made = refill(write_xlsx(tmp_path / "江口镇.xlsx", {"值班": rows}, {"值班": ["A1:F1"]}), month)
    assert (list(made.done), made.left, made.remarks) == ([JIANGKOU], (), ())
    result = read_back(made, tmp_path)
    assert shifts(result, JIANGKOU) == wanted(month)
    assert result.questions == ()
    sheet = opened(made)["值班"]
    assert sheet["A1"].value == f"江口镇{first.year}年{first.month}月值班表"
    assert sheet["B3"].value == WEEK[first.weekday()]
    assert sheet.cell(len(month.days) + 3, 1).value == "备注：保持电话畅通"
    assert sheet.max_row == len(month.days) + 3
    before = openpyxl.load_workbook(tmp_path / "江口镇.xlsx")["值班"]
    assert type(sheet["A3"].value) is type(before["A3"].value)
    assert sheet["A3"].number_format == before["A3"].number_format


def test_a_sheet_keeps_the_handover_that_its_note_tells(tmp_path: Path) -> None:
    """From 9:00 to 9:00: the month is written, and read back at these hours."""
    rows = [["江口镇2025年8月值班表"], HEAD, *august(), ["注：值班时间为当日9:00至次日9:00"]]
    month = planned(date(2025, 9, 1), JIANGKOU)
    made = refill(write_xlsx(tmp_path / "江口镇.xlsx", {"值班": rows}), month)
    assert (list(made.done), made.left) == ([JIANGKOU], ())
    assert {
        (one.begin.time(), one.end.time()) for one in read_back(made, tmp_path).shifts if one.begin and one.end
    } == {(time(9), time(9))}


def test_days_are_put_in_and_taken_out_with_their_look(tmp_path: Path) -> None:
    """From 28 days to 31: three rows more, as high and as framed as the others; the last keeps its own frame, what stands below moves down."""
    path = tmp_path / "江口镇.xlsx"
    rows = [
        ["江口镇2025年2月值班表"],
        ["日期", "带班领导", "主班"],
        *([f"2月{d}日", "周甲", "吴乙"] for d in range(1, 29)),
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("值班")
        plain, last = book.add_format({"border": 1}), book.add_format({"border": 1, "bottom": 5})
        for r, row in enumerate(rows):
            sheet.set_row(r, 30)
            for c, cell in enumerate(row):
                sheet.write_string(r, c, cell, last if r == 29 else plain)
        sheet.merge_range(30, 0, 30, 2, "备注：看这里")
        sheet.set_row(30, 45)
        sheet.print_area(0, 0, 30, 2)
        sheet.data_validation(2, 1, 29, 1, {"validate": "list", "source": ["周甲"]})
        sheet.conditional_format(2, 1, 29, 1, {"type": "cell", "criteria": "==", "value": '"周甲"', "format": plain})
    month = planned(date(2025, 3, 1), JIANGKOU)
    made = refill(path, month)
    assert shifts(read_back(made, tmp_path), JIANGKOU) == {
        (desk, post, name, "", begin, end) for desk, post, name, _, begin, end in wanted(month)
    }
    sheet = opened(made)["值班"]
    looks = [
        (sheet.row_dimensions[r].height, sheet.cell(r, 2).border.top.style, sheet.cell(r, 2).border.bottom.style)
        for r in range(3, 34)
    ]
    assert looks == [(30, "thin", "thin")] * 30 + [(30, "thin", "thick")]
    assert sheet["A34"].value == "备注：看这里"
    assert sheet.row_dimensions[34].height == 45
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A34:C34"]
    assert "$C$34" in str(sheet.print_area)
    assert str(sheet.data_validations.dataValidation[0].sqref) == "B3:B33"
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B3:B33"]


def test_a_leader_by_the_week_and_one_duty_telephone(tmp_path: Path) -> None:
    """Cells merged over days part where the plan changes; the telephone that is merged over the month stays so; stale columns are emptied."""
    rows: list[list[Any]] = [
        ["江口镇2025年8月值班表"],
        ["序号", "日期", "带班领导", "主班", "值班电话", "司机", "备注", "身份证号"],
    ]
    swap = {4: "换班：吴乙→周甲"}
    same = ["周甲", "吴乙", "55123456", "郑师傅"]
    rows += [[float(d), f"8月{d}日", *same, swap.get(d), "500235199001011234"] for d in range(1, 32)]
    merged = ["C3:C9", "C10:C16", "C17:C23", "C24:C33", "E3:E33"]
    month = planned(date(2025, 9, 1), JIANGKOU)
    made = refill(write_xlsx(tmp_path / "江口镇.xlsx", {"江口镇": rows}, {"江口镇": merged}), month)
    result = read_back(made, tmp_path)
    assert {row[:3] + row[4:] for row in shifts(result, JIANGKOU)} == {row[:3] + row[4:] for row in wanted(month)}
    assert dict(result.landlines) == {JIANGKOU: "023-55123456"}
    sheet = opened(made)["江口镇"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["E3:E32"]
    assert [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)] == list(range(1, 31))
    assert all(row[5:8] == (None, None, None) for row in sheet.iter_rows(min_row=3, values_only=True))
    assert [one.zh for _, one in made.remarks] == [
        "F（司机）列是上个月的内容，已清空",
        "G（备注）列是上个月的内容，已清空",
    ]


@given(
    empty=st.sets(st.tuples(st.integers(1, 30), st.sampled_from(("duty_officer", "deputy_officer")))),
    beside=st.booleans(),
)
@settings(derandomize=True, deadline=None, max_examples=12)
def test_two_in_a_cell_come_back_as_chief_and_deputy(empty: set[tuple[int, str]], beside: bool) -> None:
    """Where one column of duty officers is all there is, the deputy stands behind the chief; alone, the cell says which."""
    import tempfile  # noqa: PLC0415 - a folder for each example

    month = planned(date(2025, 9, 1), JIANGKOU, posts=("duty_officer", "deputy_officer"))
    for day, post in empty:
        month.holders.pop((JIANGKOU, post, date(2025, 9, day)))
    rows = [["江口镇2025年8月值班表"], ["日期", "值班员", "电话" if beside else "备注"]]
    rows += [
        [
            f"8月{d}日",
            "周甲、吴乙" if beside else "周甲13900000001、吴乙13900000002",
            "13900000001、13900000002" if beside else None,
        ]
        for d in range(1, 32)
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = refill(write_xlsx(Path(folder) / "江口镇.xlsx", {"江口镇": rows}), month)
        assert made.left == ()
        assert shifts(read_back(made, Path(folder)), JIANGKOU) == wanted(month)


def test_other_sheets_are_equal_cell_by_cell(tmp_path: Path) -> None:
    """A sheet of formulas and one of another desk stay as they are; of the refilled sheet the rows above and below do."""
    path = tmp_path / "全县.xlsx"
    write_xlsx(
        path, {"江口镇8月": [HEAD, *august()], "黄石街道": [HEAD, *august()], "统计": [["a", 1.5, local(2025, 8, 1)]]}
    )
    book = openpyxl.load_workbook(path)
    book["统计"]["D1"] = '=COUNTIF(黄石街道!C2:C32,"周甲")'
    book["统计"]["A1"].fill = PatternFill("solid", fgColor="FF0000")
    book.save(path)
    month = planned(date(2025, 9, 1), JIANGKOU)
    made = refill(path, month)
    after = opened(made)
    assert after.sheetnames == ["江口镇9月", "黄石街道", "统计"]
    for name in ("黄石街道", "统计"):
        for row in book[name].iter_rows():
            for cell in row:
                twin = after[name][cell.coordinate]
                assert (twin.value, twin.number_format, twin.fill.fgColor.rgb) == (
                    cell.value,
                    cell.number_format,
                    cell.fill.fgColor.rgb,
                )
    assert shifts(read_back(made, tmp_path), JIANGKOU) == wanted(month)


UNFIT = {
    "白班、夜班": [
        ["日期", "带班领导", "白班", "夜班"],
        *([f"8月{d}日", "周甲", "吴乙", "郑丙"] for d in range(1, 32)),
    ],
    "没有岗位": [["日期", "主班"], *([f"8月{d}日", "吴乙"] for d in range(1, 32))],
    "从交接班起的一整天": [["日期", "带班领导", "主班"], ["8月1日至3日", "周甲", "吴乙"], ["8月4日", "周甲", "吴乙"]],
    "次日": [["日期", "带班领导", "主班"], ["8月1日", "周甲", "吴乙"], ["8月3日", "周甲", "吴乙"]],
    "写法不一": [["日期", "带班领导", "主班"], ["8月1日", "周甲", "吴乙"], ["8.2", "周甲", "吴乙"]],
    "哪一天": [["日期", "带班领导", "主班"], ["8月1日", "周甲", "吴乙"], ["8月32日", "周甲", "吴乙"]],
    "一列一个岗位": [["日期", "姓名", "职务"], ["8月1日", "周甲", "主班"], ["8月2日", "吴乙", "主班"]],
}


@pytest.mark.parametrize("reason", UNFIT)
def test_a_table_that_does_not_fit_is_left_alone_with_the_reason(reason: str, tmp_path: Path) -> None:
    """It is named with the reason; the other sheet is refilled all the same."""
    path = write_xlsx(tmp_path / "全县.xlsx", {"江口镇": UNFIT[reason], "黄石街道": [HEAD, *august()]})
    made = refill(path, planned(date(2025, 9, 1), JIANGKOU, HUANGSHI, NANXI))
    (key, why), (desk, none) = made.left
    assert key.endswith("!江口镇")
    assert reason in why.zh
    assert (desk, none.zh) == (NANXI, "工作簿里没有这个值班室的值班表")
    assert list(made.done) == [HUANGSHI]
    assert list(opened(made)["江口镇"].values) == list(openpyxl.load_workbook(path)["江口镇"].values)
    assert shifts(read_back(made, tmp_path), HUANGSHI) == wanted(planned(date(2025, 9, 1), HUANGSHI))


def test_what_does_not_read_back_as_planned_is_left_as_it_was(tmp_path: Path) -> None:
    """A name that no reader takes for one (丁) is not written: the table stays, the reason is given."""
    month = planned(date(2025, 9, 1), JIANGKOU)
    month.holders[JIANGKOU, "duty_officer", date(2025, 9, 5)] = ("丁", "13800000009")
    path = write_xlsx(tmp_path / "全县.xlsx", {"江口镇": [HEAD, *august()]})
    made = refill(path, month)
    assert made.done == {}
    assert [why.zh for _, why in made.left] == ["写好后读回来与排班不一致，没有改动"]
    assert list(opened(made)["江口镇"].values) == list(openpyxl.load_workbook(path)["江口镇"].values)


def test_the_shade_of_days_off_moves_with_them(tmp_path: Path) -> None:
    """Saturdays and Sundays of August are shaded: afterwards those of September are."""
    path = write_xlsx(tmp_path / "江口镇.xlsx", {"江口镇": [HEAD, *august()]})
    book = openpyxl.load_workbook(path)
    for day in days_of(date(2025, 8, 1)):
        if day.weekday() > 4:
            for column in range(1, 7):
                book["江口镇"].cell(day.day + 1, column).fill = PatternFill("solid", fgColor="FFEEAA")
    book.save(path)
    made = refill(path, planned(date(2025, 9, 1), JIANGKOU))
    sheet = opened(made)["江口镇"]
    shaded = {row - 1 for row in range(2, 32) if sheet.cell(row, 3).fill.fill_type == "solid"}
    assert made.remarks == ()
    assert shaded == {6, 7, 13, 14, 20, 21, 27}  # Sunday 28 September is a make-up workday


def test_what_hangs_on_the_old_days_goes(tmp_path: Path) -> None:
    """A comment and a filter that hid a row are of last month; a shade of one row alone is left to people; dates by formula become dates."""
    path = write_xlsx(tmp_path / "江口镇.xlsx", {"江口镇": [HEAD, *august(*FORMS["date"])]})
    book = openpyxl.load_workbook(path)
    sheet = book["江口镇"]
    sheet["C4"].comment = Comment("上月", "某人")
    sheet["C9"].fill = PatternFill("solid", fgColor="FF0000")
    sheet.row_dimensions[5].hidden = True
    book.save(path)
    month = planned(date(2025, 9, 1), JIANGKOU)
    made = refill(path, month)
    after = opened(made)["江口镇"]
    assert after["C4"].comment is None
    assert not after.row_dimensions[5].hidden
    assert [one.zh for _, one in made.remarks] == ["各行底色没有跟着周末、节假日换", "上个月的批注已清除"]
    assert shifts(read_back(made, tmp_path), JIANGKOU) == wanted(month)


def test_dates_and_weekdays_by_formula_become_those_of_the_plan(tmp_path: Path) -> None:
    """=A2+1 and TEXT(…) are overwritten; a formula below the days stays, and where rows change it is said."""
    path = tmp_path / "江口镇.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, look = book.add_worksheet("江口镇"), book.add_format({"num_format": 'm"月"d"日"'})
        for column, heading in enumerate(HEAD):
            sheet.write_string(0, column, heading)
        for n, row in enumerate(august(*FORMS["serial"]), start=1):
            sheet.write_formula(n, 0, f"=A{n}+1", look, row[0]) if n > 1 else sheet.write_number(n, 0, row[0], look)
            sheet.write_formula(n, 1, f'=TEXT(A{n + 1},"aaa")', None, row[1])
            for column in range(2, 6):
                sheet.write(n, column, row[column])
        sheet.write_formula(33, 1, "=COUNTA(C2:C32)", None, 31)
    month = planned(date(2025, 9, 1), JIANGKOU)
    made = refill(path, month)
    after = opened(made)["江口镇"]
    assert [row[0] for row in after.iter_rows(min_row=2, max_row=31, max_col=1, values_only=True)] == [
        datetime.combine(day, time()) for day in month.days
    ]
    assert (after["B2"].value, after["B33"].value) == ("一", "=COUNTA(C2:C32)")
    assert [one.zh for _, one in made.remarks] == ["行数变了，表里的公式请核对"]
    assert shifts(read_back(made, tmp_path), JIANGKOU) == wanted(month)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("江口镇2025年8月值班表", "江口镇2026年2月值班表"),
        ("八月值班表", "二月值班表"),
        ("2025.08值班", "2026.02值班"),
        ("8月", "2月"),
        ("2025年8月1日至31日值班表", None),
        ("7月值班表", None),
        ("十八月", None),
    ],
)
def test_a_title_takes_another_month_where_it_is_plain(text: str, made: str | None) -> None:
    """Digits and Chinese numbers of the month that the table is of; a day or another month is left to people."""
    assert names_a_month(text)
    assert retitled(text, date(2025, 8, 1), date(2026, 2, 1)) == made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_planner_gets_the_month_in_the_own_layout(language: str, tmp_path: Path) -> None:
    """The plan of the command stands in the county's workbook as in the tables; an .xls is refused with the way out."""
    path, book = scenario(tmp_path / "in"), workbook(tmp_path / "值班表2025年8月.xlsx")
    read = tmp_path / "read"
    assert CliRunner().invoke(cli, ["roster", "import", str(path), str(book), "--out", str(read)]).exit_code == 0
    sets = [f"--set=roster.{name}={read / name}.csv" for name in ("persons", "shifts")]
    asked = ["roster", "plan", str(path), "--month", "2025-09", "--rest-days", "0", *sets, "--lang", language]
    done = CliRunner().invoke(cli, [*asked, "--into", str(book), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    made = tmp_path / "out" / "值班表2025年9月.xlsx"
    assert made.name in done.stdout
    again = tmp_path / "again"
    assert CliRunner().invoke(cli, ["roster", "import", str(path), str(made), "--out", str(again)]).exit_code == 0
    written, planned_rows = ((folder / "shifts.csv").read_text().splitlines() for folder in (again, tmp_path / "out"))
    assert sorted(written) == sorted(planned_rows)
    text = tmp_path / "a.csv"
    text.write_text("日期,主班\n8月1日,李四\n", encoding="utf-8")
    done = CliRunner().invoke(cli, [*asked, "--into", str(text), "--out", str(tmp_path / "none")])
    assert done.exit_code == 2
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("备注：8月5日带班领导由王芳改为李强", True),
        ("备注：8.5 抗旱会议", True),
        ("备注：八月上旬轮流下村", True),
        ("备注：每月15日报送", True),
        ("备注：周甲联系气象局", True),
        ("备注：24小时保持电话畅通，值班电话 023-55123456", False),
        ("备注：带班领导在1楼值班室", False),
    ],
)
@pytest.mark.parametrize("first", [date(2025, 9, 1), date(2025, 10, 1)], ids=["30 days", "31 days"])
def test_what_still_speaks_of_the_month_before_is_told_with_its_cell(
    text: str, told: bool, first: date, tmp_path: Path
) -> None:
    """Below and above the table: a text with a day, a month or an old name stays as it is and is told where it now stands; others are not."""
    rows = [["江口镇2025年8月值班表"], HEAD, *august(), [text]]
    month = planned(first, JIANGKOU)
    made = refill(write_xlsx(tmp_path / "江口镇.xlsx", {"值班": rows}), month)
    where = f"A{len(month.days) + 3}"
    assert opened(made)["值班"][where].value == text
    key = "江口镇.xlsx!值班"
    expected = [(key, f"{where} 提到日期、月份或上个月的人，原样保留")] if told else []
    assert [(table, one.zh) for table, one in made.remarks] == expected


def test_a_title_is_told_only_for_what_was_not_renewed_and_other_tables_not_at_all(tmp_path: Path) -> None:
    """A renewed title is right; a date cell beside it and a day are told; a table that was left alone is not looked into."""
    below = [["南溪镇2025年8月值班表"], ["日期", "带班领导"], *([f"8月{day}日", "周甲"] for day in range(1, 6))]
    rows = [
        ["江口镇2025年8月值班表", local(2025, 7, 31)],
        ["制表：2025年7月31日"],
        HEAD,
        *august(),
        [],
        *below,
    ]
    made = refill(write_xlsx(tmp_path / "江口镇.xlsx", {"值班": rows}), planned(date(2025, 9, 1), JIANGKOU))
    assert opened(made)["值班"]["A1"].value == "江口镇2025年9月值班表"
    assert [one.zh for _, one in made.remarks if "A1" in one.zh] == []
    assert sorted(one.zh.split()[0] for _, one in made.remarks if "提到" in one.zh) == ["B1"]
    assert [one.zh for _, one in made.remarks if "标题" in one.zh] == ["A2 标题里的日期没有改，请核对"]
