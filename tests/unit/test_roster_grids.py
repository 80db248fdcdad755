"""Rosters with days across (people × days, posts or desks × days, the page of a month) are read exactly, or noted and asked."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.roster.importing import Mapping, guess_layout, load_mapping, mapping_text, read_book
from tests.workbooks import asked, county, day_shift, duty, imported, local, notes, people, write_xlsx

JIANGKOU, NANXI = "500235101", "500235102"
repeatable = settings(
    derandomize=True, deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TITLE = ["江口镇2025年8月值班表"]
FIRST_DAYS = [1.0, 2.0, 3.0, 4.0, 5.0]
WEEK = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"]


def grid(tmp_path: Path, *rows: list[Any], merged: tuple[str, ...] = (), name: str = "江口镇") -> Path:
    """Write a sheet with the title of 江口镇, August 2025."""
    return write_xlsx(tmp_path / "值班表.xlsx", {name: [TITLE, *rows]}, {name: ("A1:F1", *merged)})


def mapping(tmp_path: Path, text: str) -> Mapping:
    """Return a mapping of a text."""
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    return load_mapping(tmp_path / "m.yaml")


# People × days ---------------------------------------------------------------------------------------------------------


def test_people_by_days_are_read_by_their_marks(tmp_path: Path) -> None:
    """值 is a whole duty day at the post of the row, 带 names the post itself, 休 is no duty and said once."""
    path = grid(
        tmp_path,
        ["姓名", "岗位", "电话", *FIRST_DAYS],
        [None, None, None, "五", "六", "日", "一", "二"],
        ["张三", "带班领导", "13800000001", "值", "休", None, "值", "休"],
        ["李四", "值班员", "13800000002", None, "值", "带", None, None],
    )
    result = imported(path, year=None)
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-02", "08-03"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "李四", "08-03", "08-04"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-04", "08-05"),
    ]
    assert people(result) == [("张三", "13800000001"), ("李四", "13800000002")]
    assert notes(result) == [("E4", "“休”共 2 格，按不值班"), ("F5", "标记写明岗位，按带班领导")]


@pytest.mark.parametrize("mark", ["班", "√", "●", "×", "1", "A", "甲班"])
def test_a_mark_that_may_mean_anything_is_asked_and_a_mapping_answers(tmp_path: Path, mark: str) -> None:
    """班 may be work or duty, √ may be a day or a night: not used, noted with its first cell, asked with its key; stated, it is read."""
    path = grid(tmp_path, ["姓名", *FIRST_DAYS], ["张三", mark, None, mark, None, None])
    result = imported(path)
    assert result.shifts == ()
    assert notes(result) == [("B3", f"“{mark}”共 2 格，不知道是什么意思，未用")]
    assert [(question.rows, question.key) for question in result.questions] == [(2, f"marks.{mark}")]
    settled = imported(path, mapping=mapping(tmp_path, f'marks:\n  "{mark}": leader_on_duty 08:00-20:00\n'))
    assert duty(settled) == [
        (JIANGKOU, "leader_on_duty", "张三", "08-01 08:00", "08-01 20:00"),
        (JIANGKOU, "leader_on_duty", "张三", "08-03 08:00", "08-03 20:00"),
    ]
    assert asked(settled) == []
    off = imported(path, mapping=mapping(tmp_path, f'marks:\n  "{mark}": off\n'))
    assert (off.shifts, asked(off)) == ((), [])


def test_day_and_night_marks_have_the_hours_of_the_mapping(tmp_path: Path) -> None:
    """白 and 夜 take the hours that the mapping states; without them the assumed ones are noted once and asked with their key."""
    path = grid(
        tmp_path, ["姓名", *FIRST_DAYS], ["张三", "白", None, "白", None, None], ["李四", "夜", None, None, None, None]
    )
    stated = imported(path, mapping=mapping(tmp_path, 'day_shift: 08:00-20:00\nnight_shift: "20:00-次日08:00"\n'))
    assert [shift[2:] for shift in duty(stated)] == [
        ("张三", "08-01 08:00", "08-01 20:00"),
        ("李四", "08-01 20:00", "08-02 08:00"),
        ("张三", "08-03 08:00", "08-03 20:00"),
    ]
    assumed = imported(path)
    assert [(q.rows, q.key) for q in assumed.questions] == [(2, "day_shift"), (1, "night_shift")]
    assert [cell for cell, made in notes(assumed) if "没有写几点" in made] == ["B3", "B4"]


def test_titles_that_are_no_posts_are_asked_for_the_post(tmp_path: Path) -> None:
    """镇长 with 值: leader or duty officer? Not guessed; ``post`` of the mapping says it. Without titles it is a duty officer, said aloud."""
    path = grid(tmp_path, ["姓名", "职务", *FIRST_DAYS], ["张三", "镇长", "值", None, None, None, None])
    result = imported(path)
    assert result.shifts == ()
    (question,) = result.questions
    assert question.key == "sheets.值班表.xlsx!江口镇.post"
    stated = imported(path, mapping=mapping(tmp_path, 'sheets:\n  "*":\n    post: leader_on_duty\n'))
    assert duty(stated) == [day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02")]
    untitled = imported(grid(tmp_path, ["姓名", *FIRST_DAYS], ["张三", "值", None, None, None, None]))
    assert duty(untitled) == [day_shift(JIANGKOU, "duty_officer", "张三", "08-01", "08-02")]
    assert notes(untitled) == [("3:3", "有的姓名没有写岗位，按值班员")]


def test_names_and_totals_among_the_marks_are_listed(tmp_path: Path) -> None:
    """A name where a mark should stand is not used and asked about; rows of totals and people without marks are noted."""
    result = imported(
        grid(
            tmp_path,
            ["姓名", *FIRST_DAYS],
            ["张三", "值", "李四", None, None, None],
            ["王五", None, None, None, None, None],
            ["合计", 1.0, 1.0, 0.0, 0.0, 0.0],
        )
    )
    assert duty(result) == [day_shift(JIANGKOU, "duty_officer", "张三", "08-01", "08-02")]
    assert notes(result) == [
        ("3:3", "有的姓名没有写岗位，按值班员"),
        ("C3", "不是标记，未用"),
        ("4:4", "没有标记，没有排班"),
        ("5:5", "合计行，未用"),
    ]
    assert asked(result) == [(1, "有的格不是标记（班、值、休 …）：是谁值班？")]


def test_a_grid_says_in_its_mapping_what_was_guessed_and_reads_the_same_by_it(tmp_path: Path) -> None:
    """The mapping written from a guess names form, labels and open marks; filled in, it also reads the next month, which is longer."""
    path = grid(tmp_path, ["姓名", "电话", *FIRST_DAYS], ["张三", "13800000001", "班", None, None, None, None])
    text = mapping_text(guess_layout(read_book(path), county()))
    assert '"班": ?' in text
    assert "form: grid" in text
    assert "A: person.name" in text
    assert " day" not in text.partition("sheets:")[2]
    filled = (
        text.replace('"班": ?', '"班": 全天')
        .replace("    year: 2025\n    month: 8\n", "")
        .replace("值班表.xlsx!", "*!")
    )
    longer = write_xlsx(
        tmp_path / "9月.xlsx",
        {
            "江口镇": [
                ["江口镇2025年9月值班表"],
                ["姓名", "电话", *FIRST_DAYS, 6.0],
                ["张三", "13800000001", *[None] * 5, "班"],
            ]
        },
    )
    assert duty(imported(path, mapping=mapping(tmp_path, filled))) == [
        day_shift(JIANGKOU, "duty_officer", "张三", "08-01", "08-02")
    ]
    assert duty(imported(longer, mapping=mapping(tmp_path, filled))) == [
        day_shift(JIANGKOU, "duty_officer", "张三", "09-06", "09-07")
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('marks:\n  "√": 不知道\n', "√"),
        ('marks:\n  "√": boss 白班\n', "√"),
        ('sheets:\n  "*":\n    form: across\n', "form"),
        ('sheets:\n  "*":\n    post: boss\n', "post"),
    ],
)
def test_wrong_marks_forms_and_posts_in_a_mapping_are_faults(tmp_path: Path, text: str, key: str) -> None:
    """What cannot be read, or names a post that is not there, is told with its key."""
    path = grid(tmp_path, ["姓名", *FIRST_DAYS], ["张三", "√", None, None, None, None])
    with pytest.raises(InputError) as caught:
        imported(path, mapping=mapping(tmp_path, text))
    assert [fault.key for fault in caught.value.faults] == [key]


# Days ------------------------------------------------------------------------------------------------------------------


def test_days_over_two_months_are_not_guessed(tmp_path: Path) -> None:
    """26 … 31, 1 … 3 under one title: whether the title is the first month or the second is asked; months written over them settle it."""
    days = [28.0, 29.0, 30.0, 31.0, 1.0, 2.0]
    path = grid(tmp_path, ["姓名", *days], ["张三", *["值"] * 6])
    result = imported(path)
    assert result.shifts == ()
    assert [cell for cell, _ in notes(result)] == ["B2", "C2", "D2", "E2", "F2", "G2"]
    assert asked(result)[0][0] == 6
    said = grid(
        tmp_path,
        ["姓名", "7月", None, None, None, "8月", None],
        [None, *days],
        ["张三", *["值"] * 6],
        merged=("B2:E2", "F2:G2"),
    )
    assert [shift[3] for shift in duty(imported(said))] == [
        f"{day} 08:30" for day in ("07-28", "07-29", "07-30", "07-31", "08-01", "08-02")
    ]


def test_grids_without_month_or_year_are_asked(tmp_path: Path) -> None:
    """Days 1 to 5 of an unknown month, or of a month without year, are not used."""
    for title, said in (("江口镇2025年值班表", "是几月的值班表"), ("江口镇8月值班表", "是哪一年的值班表")):
        path = write_xlsx(
            tmp_path / "值班表.xlsx",
            {"江口镇": [[title], ["姓名", *FIRST_DAYS], ["张三", *["值"] * 5]]},
            {"江口镇": ["A1:F1"]},
        )
        result = imported(path, year=None)
        assert result.shifts == ()
        assert [(rows, said in text) for rows, text in asked(result)] == [(5, True)]


def test_weekdays_over_wrong_days_are_noted(tmp_path: Path) -> None:
    """2025-08-01 is a Friday: 一 over it is noted at the day, and the day holds."""
    path = grid(
        tmp_path, ["姓名", *FIRST_DAYS], [None, "一", "六", "日", "一", "二"], ["张三", "值", None, None, None, None]
    )
    result = imported(path)
    assert ("B2", "写的是星期一，2025-08-01 是星期五；按日期") in notes(result)
    assert [shift[3] for shift in duty(result)] == ["08-01 08:30"]


@pytest.mark.parametrize(
    "days",
    [
        ["1日", "2日", "3日", "4日", "5日"],
        ["1(五)", "2(六)", "3(日)", "4(一)", "5(二)"],
        ["1\n五", "2\n六", "3\n日", "4\n一", "5\n二"],
        ["8.1", "8.2", "8.3", "8.4", "8.5"],
        ["8月1日（周五）", "8月2日（周六）", "8月3日（周日）", "8月4日（周一）", "8月5日（周二）"],
        [local(2025, 8, d) for d in range(1, 6)],
    ],
)
def test_days_across_are_read_in_every_usual_form(tmp_path: Path, days: list[Any]) -> None:
    """Whatever way the days are written, the fourth is 4 August 2025, and no weekday contradicts it."""
    result = imported(grid(tmp_path, ["姓名", *days], ["张三", None, None, None, "值", None]), year=None)
    assert duty(result) == [day_shift(JIANGKOU, "duty_officer", "张三", "08-04", "08-05")]
    assert [made for _, made in notes(result)] == ["有的姓名没有写岗位，按值班员"]


def test_a_grid_in_a_csv_file_is_read(tmp_path: Path) -> None:
    """Where numbers and texts cannot be told apart, days are still days and marks marks."""
    path = tmp_path / "江口镇.csv"
    path.write_text("江口镇2025年8月值班表\n姓名,电话,1,2,3,4,5\n张三,13800000001,,值,,,\n", encoding="utf-8")
    assert duty(imported(path, year=None)) == [day_shift(JIANGKOU, "duty_officer", "张三", "08-02", "08-03")]


def test_a_form_for_31_days_serves_a_shorter_month(tmp_path: Path) -> None:
    """An empty column 31 in June is nothing to note; a mark in it is."""
    days = [float(d) for d in range(27, 32)]
    head, empty, marked = ["姓名", *days], ["张三", "值", *[None] * 4], ["李四", *[None] * 4, "值"]
    june = [["江口镇2025年6月值班表"], head]
    short = imported(write_xlsx(tmp_path / "a.xlsx", {"江口镇": [*june, empty]}))
    assert [cell for cell, _ in notes(short)] == ["3:3"]
    wrong = imported(write_xlsx(tmp_path / "b.xlsx", {"江口镇": [*june, empty, marked]}))
    assert ("F2", "看不出是哪一天，这一列未用") in notes(wrong)


def test_a_blank_place_below_an_empty_row_is_that_of_the_row(tmp_path: Path) -> None:
    """A desk whose first row has no marks is still the desk of the blank rows below it."""
    rows = [
        ["云阳县2025年8月值班表"],
        ["单位", "姓名", *FIRST_DAYS],
        ["江口镇", "张三", "值", None, None, None, None],
        ["南溪镇", "李四", None, None, None, None, None],
        [None, "王五", None, "值", None, None, None],
    ]
    result = imported(write_xlsx(tmp_path / "t.xlsx", {"汇总": rows}))
    assert [shift[:3] for shift in duty(result)] == [
        (JIANGKOU, "duty_officer", "张三"),
        (NANXI, "duty_officer", "王五"),
    ]


def test_two_columns_to_a_weekday_are_one_day(tmp_path: Path) -> None:
    """Where each weekday is merged over a column of days and one of names, the names are those of the day beside them."""
    week = [cell for day in WEEK for cell in (day, None)]
    cells = [cell for day in range(4, 11) for cell in (float(day), "张三" if day == 6 else None)]
    merged = tuple(f"{a}2:{b}2" for a, b in ("AB", "CD", "EF", "GH", "IJ", "KL", "MN"))
    path = write_xlsx(tmp_path / "t.xlsx", {"江口镇": [TITLE, week, cells]}, {"江口镇": merged})
    assert duty(imported(path)) == [day_shift(JIANGKOU, "duty_officer", "张三", "08-06", "08-07")]


def test_a_row_of_column_numbers_is_no_row_of_days(tmp_path: Path) -> None:
    """1 2 3 4 5 6 below the headings of a list numbers its columns: the list stays a list."""
    path = grid(
        tmp_path,
        ["序号", "日期", "带班领导", "电话", "值班员", "电话"],
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        [1.0, "8月1日", "张三", "13800000001", "李四", "13800000002"],
    )
    assert {shift[1:3] for shift in duty(imported(path))} == {("leader_on_duty", "张三"), ("duty_officer", "李四")}


# Posts or desks × days --------------------------------------------------------------------------------------------------


def test_posts_by_days_with_rows_of_numbers_are_read(tmp_path: Path) -> None:
    """A leader merged over days leads each, numbers below names are theirs, a row 值班电话 is the desk's."""
    path = grid(
        tmp_path,
        ["日期", "8月1日", "8月2日", "8月3日"],
        ["带班领导", "张三", None, None],
        ["电话", "13800000001", None, None],
        ["值班员", "李一", "李二\n王二", "李三"],
        ["电话", "13800000011", "13800000012", "13800000013"],
        ["值班电话", "55123456", None, None],
        merged=("B3:D3", "B4:D4", "B7:D7"),
    )
    result = imported(path)
    assert [shift[1:4] for shift in duty(result) if shift[1] == "leader_on_duty"] == [
        ("leader_on_duty", "张三", f"08-0{d} 08:30") for d in (1, 2, 3)
    ]
    assert ("李一", "13800000011") in people(result)
    assert ("李二", "") in people(result)
    assert [shift[1] for shift in duty(result) if shift[2] == "王二"] == ["deputy_officer"]
    assert result.landlines == ((JIANGKOU, "023-55123456"),)
    assert ("C6", "2 人 1 个号码，对不上，号码未用") in notes(result)


def test_one_number_for_many_names_is_nobodys(tmp_path: Path) -> None:
    """A number merged over the days, below names that change each day, is not made the number of each."""
    path = grid(
        tmp_path,
        ["日期", "8月1日", "8月2日", "8月3日"],
        ["值班员", "李一", "李二", "李三"],
        ["电话", "13800000001", None, None],
        merged=("B4:D4",),
    )
    result = imported(path)
    assert {phone for _, phone in people(result)} == {""}
    assert notes(result) == [("4:4", "号码与上面的姓名不是一格对一格，未用")]


def test_desks_and_posts_by_days_are_read(tmp_path: Path) -> None:
    """A row to each desk and post; 白班 and 夜班 as labels are hours; unknown desks and labels are asked."""
    path = write_xlsx(
        tmp_path / "值班表.xlsx",
        {
            "汇总": [
                ["云阳县2025年8月乡镇值班表"],
                ["单位", "岗位", "8月1日", "8月2日", "8月3日"],
                ["江口镇", "带班领导", "张三", "李四", "王五"],
                [None, "后勤", "孙七", None, None],
                ["南溪镇", "夜班", "钱七", None, None],
                ["高阳镇", "值班员", "周八", None, None],
            ]
        },
        {"汇总": ["A1:E1", "A3:A4"]},
    )
    result = imported(path, mapping=mapping(tmp_path, "night_shift: 20:00-08:00\n"))
    assert duty(result) == [
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "李四", "08-02", "08-03"),
        day_shift(JIANGKOU, "leader_on_duty", "王五", "08-03", "08-04"),
        (NANXI, "duty_officer", "钱七", "08-01 20:00", "08-02 08:00"),
    ]
    assert notes(result) == [("4:4", "看不出是什么岗位，这一行未用"), ("6:6", "不知道是哪个单位，这一行未用")]
    assert {text for _, text in asked(result)} == {
        "“后勤”这一行是什么岗位（带班领导、值班员 …）？",
        "“高阳镇”是本县的哪个乡镇或村？名录里没有",
    }


def test_labels_that_say_nothing_are_asked(tmp_path: Path) -> None:
    """Rows labelled 第一组 and 第二组 are neither desks nor posts: nothing is taken."""
    result = imported(grid(tmp_path, ["组别", *FIRST_DAYS], ["第一组", *["张三"] * 5], ["第二组", *["李四"] * 5]))
    assert result.shifts == ()
    assert len(result.questions) == 2


def test_day_and_night_below_each_day_split_it(tmp_path: Path) -> None:
    """白 and 夜 below a merged day are the hours of its two columns."""
    path = grid(
        tmp_path,
        ["日期", "8月1日", None, "8月2日", None, "8月3日", None],
        [None, "白", "夜", "白", "夜", "白", "夜"],
        ["值班员", "李一", "王一", "李二", "王二", "李三", "王三"],
        merged=("B2:C2", "D2:E2", "F2:G2"),
    )
    result = imported(path, mapping=mapping(tmp_path, "day_shift: 08:00-20:00\nnight_shift: 20:00-08:00\n"))
    assert [shift[2:] for shift in duty(result)][:2] == [
        ("李一", "08-01 08:00", "08-01 20:00"),
        ("王一", "08-01 20:00", "08-02 08:00"),
    ]
    assert len(result.shifts) == 6


# The page of a month ----------------------------------------------------------------------------------------------------


def test_the_page_of_a_month_is_read_cell_by_cell(tmp_path: Path) -> None:
    """Each cell has its day and names with posts; lunar days are left out, once said; a cell of the month before is dated by its weekday."""
    path = grid(
        tmp_path,
        WEEK,
        [None, None, None, "31", "1日\n初八\n带班：张三\n值班：李四", "2 带班：王五 值班：赵六", "3"],
        ["4 带班：张三（13800000001）", None, None, None, None, None, None],
    )
    result = imported(path)
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-01", "08-02"),
        day_shift(JIANGKOU, "duty_officer", "赵六", "08-02", "08-03"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "王五", "08-02", "08-03"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-04", "08-05"),
    ]
    assert ("D3", "按星期，是 2025-07-31") in notes(result)
    assert ("3:4", "农历、节日、休班字样略去") in notes(result)
    assert asked(result) == []


def test_names_below_the_days_of_a_week_are_theirs(tmp_path: Path) -> None:
    """A row of days, then rows of names with the post at the left; a leader merged over the week leads each day of it."""
    path = grid(
        tmp_path,
        ["", *WEEK],
        ["日期", None, None, None, None, 1.0, 2.0, 3.0],
        ["带班领导", None, None, None, None, "张三", None, None],
        ["值班员", None, None, None, None, "李一", "李二", "李三"],
        ["日期", *[float(d) for d in range(4, 11)]],
        ["值班员", "李四", None, None, None, None, None, None],
        merged=("F4:H4",),
    )
    result = imported(path)
    assert [shift[2:4] for shift in duty(result)] == [
        ("李一", "08-01 08:30"),
        ("李二", "08-02 08:30"),
        ("李三", "08-03 08:30"),
        ("李四", "08-04 08:30"),
        *[("张三", f"08-0{d} 08:30") for d in (1, 2, 3)],
    ]
    assert (notes(result), asked(result)) == ([], [])


def test_names_without_posts_on_the_page_of_a_month_are_asked_in_their_order(tmp_path: Path) -> None:
    """Two names in a cell: who leads? The mapping says it by their order; one name alone is a duty officer, said aloud."""
    path = grid(tmp_path, WEEK, [None, None, None, None, "1 张三 李四", "2 王五", None])
    result = imported(path)
    assert duty(result) == [day_shift(JIANGKOU, "duty_officer", "王五", "08-02", "08-03")]
    assert ("3:3", "有的姓名没有写岗位，按值班员") in notes(result)
    (question,) = result.questions
    assert question.key == "sheets.值班表.xlsx!江口镇.post"
    stated = imported(path, mapping=mapping(tmp_path, 'sheets:\n  "*":\n    post: leader_on_duty+duty_officer\n'))
    assert [shift[1:3] for shift in duty(stated)][:2] == [("duty_officer", "李四"), ("duty_officer", "王五")]
    assert ("leader_on_duty", "张三") in {shift[1:3] for shift in duty(stated)}


def test_a_person_whose_name_is_a_solar_term_is_a_person(tmp_path: Path) -> None:
    """白露 in August is a person; below 7 September it is the solar term, and said so at its cell."""
    august = imported(grid(tmp_path, WEEK, [None, None, None, None, "1 值班：白露", None, None]))
    assert people(august) == [("白露", "")]
    rows = [["江口镇2025年9月值班表"], WEEK, [*[None] * 6, "7 白露 值班：张三"]]
    september = imported(write_xlsx(tmp_path / "9.xlsx", {"江口镇": rows}))
    assert people(september) == [("张三", "")]
    assert ("G3", "“白露”按节气，不作姓名") in notes(september)


def test_a_page_of_another_year_is_put_in_doubt(tmp_path: Path) -> None:
    """Days that do not stand under their weekday are noted, and if most do not, year and month are asked for."""
    path = grid(tmp_path, WEEK, [f"{d} 张三" for d in range(5, 12)])
    result = imported(path)
    assert ("A3", "写的是星期一，2025-08-05 是星期二；按日期") in notes(result)
    assert asked(result)[0] == (7, "“值班表.xlsx!江口镇”的星期大多与日期不符：年份、月份对吗？")


def test_weekdays_without_days_and_hours_that_look_like_days_are_not_used(tmp_path: Path) -> None:
    """A week without dates is asked about; 8:30 is no 8th day and 3组 no 3rd."""
    template = imported(grid(tmp_path, ["", *WEEK], ["带班领导", *["张三"] * 7]))
    assert template.shifts == ()
    assert asked(template) == [(1, "“值班表.xlsx!江口镇”只有星期，没有日期：是哪几天的值班表？")]
    clocks = imported(grid(tmp_path, WEEK, ["8:30-17:30 张三", "3组 李四", None, None, None, None, None]))
    assert clocks.shifts == ()
    assert [cell for cell, made in notes(clocks) if made == "格内和上方都没有日期，未用"] == ["A3", "B3"]


# Laws ------------------------------------------------------------------------------------------------------------------

MONTHS = st.tuples(st.integers(2024, 2027), st.integers(1, 12))
NAMES = st.sampled_from(["张三", "李四", "王五", "赵六", "钱七", "孙八"])


@repeatable
@given(month=MONTHS, data=st.data(), spare=st.booleans())
def test_people_by_days_are_read_back_exactly(
    tmp_path: Path, month: tuple[int, int], data: st.DataObject, *, spare: bool
) -> None:
    """Whoever is marked 值 on a day is on duty from its handover to the next, nobody else, in any month."""
    year, number = month
    length = monthrange(year, number)[1]
    names = data.draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    on = {name: data.draw(st.sets(st.integers(1, length), min_size=1, max_size=6)) for name in names}
    head: list[Any] = ["姓名", *([None] if spare else []), *[float(d) for d in range(1, length + 1)]]
    rows = [
        [name, *([None] if spare else []), *["值" if d in on[name] else None for d in range(1, length + 1)]]
        for name in names
    ]
    path = write_xlsx(tmp_path / "t.xlsx", {"江口镇": [[f"江口镇{year}年{number}月值班表"], head, *rows]})
    result = imported(path, year=None)
    named = {person.person: person.name for person in result.persons}
    assert {(named[s.person], s.begin) for s in result.shifts} == {
        (name, local(year, number, d, 8, 30)) for name in names for d in on[name]
    }
    assert {text for _, text in asked(result)} <= {"同一岗位同一时间有两处写了不同的人：以哪一处为准？"}


@repeatable
@given(month=MONTHS, data=st.data(), below=st.booleans(), sunday_first=st.booleans())
def test_the_page_of_any_month_is_read_back_exactly(
    tmp_path: Path, month: tuple[int, int], data: st.DataObject, *, below: bool, sunday_first: bool
) -> None:
    """Each day's leader and officer are read back, whether they stand in the cell of the day or below it, the week beginning on either day."""
    year, number = month
    length = monthrange(year, number)[1]
    teams = [(data.draw(NAMES), data.draw(NAMES)) for _ in range(7)]
    shift = 1 if sunday_first else 0
    week = ["日", *"一二三四五六"] if sunday_first else list("一二三四五六日")
    rows: list[list[Any]] = [[None] * 7 for _ in range(6 * (2 if below else 1))]
    for day in range(1, length + 1):
        place = (date(year, number, 1).weekday() + shift) % 7 + day - 1
        row, column = place // 7 * (2 if below else 1), place % 7
        leader, officer = teams[day % 7]
        text = f"带班：{leader} 值班：{officer}"
        rows[row][column] = float(day) if below else f"{day}日\n{text}"
        if below:
            rows[row + 1][column] = text
    path = write_xlsx(tmp_path / "t.xlsx", {"江口镇": [[f"江口镇{year}年{number}月值班表"], week, *rows]})
    result = imported(path, year=None)
    named = {person.person: person.name for person in result.persons}
    truth = {
        (post, teams[day % 7][n], local(year, number, day, 8, 30))
        for day in range(1, length + 1)
        for n, post in enumerate(("leader_on_duty", "duty_officer"))
    }
    assert {(s.post, named[s.person], s.begin) for s in result.shifts} == truth
    assert (notes(result), asked(result)) == ([], [])


CELL = st.one_of(
    st.none(),
    st.floats(-5, 50_000, allow_nan=False),
    st.sampled_from(
        [
            "值",
            "休",
            "白",
            "√",
            "张三",
            "同上",
            "1日 张三",
            "8:30",
            "13800000001",
            "合计",
            "班：张三",
            "一",
            "\n",
            "(夜)",
            "500235199001011234",
        ]
    ),
    st.text(max_size=6),
)


@repeatable
@given(
    head=st.sampled_from(
        [["姓名", *FIRST_DAYS], ["", *FIRST_DAYS], ["日期", "8月1日", "8月2日", "8月3日"], WEEK, ["", *WEEK]]
    ),
    cells=st.lists(st.lists(CELL, min_size=1, max_size=8), min_size=1, max_size=6),
)
def test_anything_below_days_is_read_without_a_crash(tmp_path: Path, head: list[Any], cells: list[list[Any]]) -> None:
    """Whatever stands in a grid, every person taken is named in some cell, and identity numbers never come out."""
    clean = [[c if not isinstance(c, str) or c.isprintable() or c == "\n" else "x" for c in row] for row in cells]
    path = write_xlsx(tmp_path / "t.xlsx", {"江口镇": [TITLE, head, *clean]})
    result = imported(path, year=None)
    texts = "".join(str(cell) for row in clean for cell in row)
    assert all(person.name in texts.replace(" ", "") for person in result.persons)
    assert "500235199001011234" not in repr(result)
