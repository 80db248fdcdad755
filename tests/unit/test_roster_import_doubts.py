"""What a roster says beside its table, or says twice: carried out where it is plain, asked where it is not, never dropped in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.roster.importing import Imported
from tests.workbooks import asked, day_shift, duty, imported, notes, people, write_xlsx

JIANGKOU = "500235101"
DAYS = ["日期", "主班", "副班", "备注"]
NOT_DONE = "有的换班、请假、代班没有照办：请把当天的姓名格改成实际值班的人（一天一行的表也可在备注写“换班：张三→李四”）"


def read(tmp_path: Path, *rows: list[Any], name: str = "江口镇", year: int | None = 2025) -> Imported:
    """Return one sheet of rows, as it is imported."""
    return imported(write_xlsx(tmp_path / "值班表.xlsx", {name: rows}), year=year)


@pytest.mark.parametrize(
    "remark",
    [
        "张三与周小红对调",
        "8.9日起张三休假，由陈光明带班",
        "张三与李四调班",
        "金霞涛出差，由王宇艳代",
        "李四请假",
        "张三顶李四",
        "公差",
        "参加培训",
    ],
)
def test_leave_and_swaps_that_are_not_carried_out_are_one_question(remark: str, tmp_path: Path) -> None:
    """Two rows with such a remark are one question of two rows, with the cells; the people stay as they are written."""
    rows = [["8月1日", "张三", "王五", remark], ["8月2日", "赵六", "王五", "周末"], ["8月3日", "张三", "王五", remark]]
    result = read(tmp_path, DAYS, *rows)
    assert asked(result) == [(2, NOT_DONE)]
    (question,) = result.questions
    assert [address.rpartition("!")[2] for address in question.where] == ["D2", "D4"]
    assert [spot.column for spot in question.spots] == [4, 4]
    assert [name for _, _, name, _, _ in duty(result)] == ["张三", "赵六", "张三"] + ["王五"] * 3


@pytest.mark.parametrize("remark", ["张三与李四对调", "张三和李四换班。", "李四、张三互换"])
def test_two_of_one_day_change_places(remark: str, tmp_path: Path) -> None:
    """Both stand on that day, each once: they change posts, each with their own number, and nothing is asked."""
    head = ["日期", "主班", "电话", "副班", "电话", "备注"]
    result = read(tmp_path, head, ["8月1日", "张三", "13800000001", "李四", "13800000002", remark])
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-01", "08-02"),
        day_shift(JIANGKOU, "deputy_officer", "张三", "08-01", "08-02"),
    ]
    assert people(result) == [("张三", "13800000001"), ("李四", "13800000002")]
    assert asked(result) == []
    assert [cell for cell, _ in notes(result)] == ["F2"]


@pytest.mark.parametrize(
    "cell", ["张三（李四代）", "张三（出差，李四代）", "张三休假，由李四带班", "李四代", "张三（公差）"]
)
def test_a_cell_of_names_that_speaks_of_a_deputy_is_asked(cell: str, tmp_path: Path) -> None:
    """Who is on duty would be guessed."""
    result = read(tmp_path, DAYS, ["8月1日", cell, "王五", None])
    assert asked(result) == [(1, NOT_DONE)]


@pytest.mark.parametrize("cell", ["张三（休假）", "李四（代张三）", "陈代云", "代小红", "张三→李四"])
def test_a_cell_of_names_that_is_plain_is_not_asked(cell: str, tmp_path: Path) -> None:
    """Somebody away, a deputy who names whom they stand in for, 代 in a name, an arrow."""
    assert asked(read(tmp_path, DAYS, ["8月1日", cell, "王五", None])) == []


def test_rows_of_remarks_are_asked_about_if_they_name_somebody(tmp_path: Path) -> None:
    """A rule about leave is none; the leave of somebody on the roster is."""
    rows = [["8月1日", "张三", "王五", None], ["注：换班、请假须经批准"], ["备注：8月9日起张三休假"]]
    result = read(tmp_path, DAYS, *rows)
    assert asked(result) == [(1, NOT_DONE)]
    assert result.questions[0].where[0].endswith("A4")


NUMBERED = ["日期", "主班", "电话"]


def test_two_numbers_of_one_person_in_one_row_are_a_question(tmp_path: Path) -> None:
    """That beside the name contradicts the column: one person, with the number of the column, and a question; the other is noted as not used."""
    rows = [["8月1日", "何洋", "13900003196"], ["8月2日", "何洋13912345678", "13900003196"]]
    result = read(tmp_path, NUMBERED, *rows)
    assert people(result) == [("何洋", "13900003196")]
    assert asked(result) == [(1, "何洋在同一行写了两个不同号码（姓名格139****5678，电话格139****3196）：哪一个对？")]
    (note,) = result.notes
    assert (note.address.rpartition("!")[2], note.made.zh, note.used) == ("B3", "何洋的另一个号码，未用", False)


@pytest.mark.parametrize("cells", [["何洋13900003196", "139 0000 3196"], ["何洋（02355123456）", "13900003196"]])
def test_the_same_number_twice_or_mobile_and_landline_is_no_question(cells: list[str], tmp_path: Path) -> None:
    """They do not contradict each other."""
    result = read(tmp_path, NUMBERED, ["8月1日", *cells])
    assert people(result) == [("何洋", "13900003196")]
    assert asked(result) == []


def test_namesakes_are_counted_with_one_of_whom_no_number_is_known(tmp_path: Path) -> None:
    """Two numbers, and a row with none: three persons, and so it is noted."""
    rows = [["8月1日", "何洋", "13900000001"], ["8月2日", "何洋", "13900000002"], ["8月3日", "何洋", None]]
    result = read(tmp_path, NUMBERED, *rows)
    assert len(result.persons) == 3
    assert {made for _, made in notes(result)} == {"同名不同号码，按 3 个人采用"}


def test_no_note_says_both_used_and_not_used(tmp_path: Path) -> None:
    """What a note holds and was not used does not count as used: numbers, words beside a date or a number, bracketed words."""
    head = ["日期", "主班", "电话", "值班电话"]
    row = ["8月1日 台风", "李明（新）", "13900000001/13900000002（家）", "023-55120001、023-55120002"]
    result = read(tmp_path, head, row)
    assert len(result.notes) >= 4
    assert not [note for note in result.notes if note.used and "未用" in note.made.zh]
