"""Parts of a day (上午, 中班, 后半夜 …) stand for the hours that somebody states, and for none before that."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.roster.importing import Imported, Mapping, guess_layout, load_mapping, mapping_text, read_book
from sim.roster.importing.dates import Hours, hours_of, only_hours, parse_hours, shift_word, without_hours
from sim.roster.importing.words import PARTS_OF_DAY
from tests.workbooks import county, duty, imported, local, notes, write_xlsx

JIANGKOU = "500235101"
TITLE = ["江口镇2025年8月值班表"]
MINUTE = timedelta(minutes=1)
DAYS = [1.0, 2.0, 3.0, 4.0, 5.0]
repeatable = settings(
    derandomize=True, deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def sheet(tmp_path: Path, *rows: list[Any], merged: tuple[str, ...] = ()) -> Path:
    """Write a sheet with the title of 江口镇, August 2025."""
    return write_xlsx(tmp_path / "值班表.xlsx", {"江口镇": [TITLE, *rows]}, {"江口镇": merged})


def mapping(tmp_path: Path, text: str) -> Mapping:
    """Return a mapping of a text."""
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    return load_mapping(tmp_path / "m.yaml")


def keys(result: Imported) -> list[str]:
    """Return the keys of the questions, sorted."""
    return sorted(question.key for question in result.questions)


def officer(name: str, begin: str, end: str) -> tuple[str, str, str, str, str]:
    """Return a shift of a duty officer of 江口镇."""
    return JIANGKOU, "duty_officer", name, begin, end


WRITTEN: dict[str, tuple[list[list[Any]], tuple[str, ...], tuple[str, str]]] = {
    "headings": ([["日期", "值班员（上午）", "值班员（下午）"], ["8月1日", "张三", "李四"]], (), ("B3", "C3")),
    "bare headings": ([["日期", "上午", "下午"], ["8月1日", "张三", "李四"]], (), ("B3", "C3")),
    "grouped headings": (
        [["日期", "值班员", None], [None, "上午", "下午"], ["8月1日", "张三", "李四"]],
        ("A2:A3", "B2:C2"),
        ("B4", "C4"),
    ),
    "brackets": ([["日期", "值班员"], ["8月1日", "张三（上午）、李四（下午）"]], (), ("B3", "B3")),
    "brackets with a post": ([["日期", "值班员"], ["8月1日", "张三（上午主班）李四（下午班）"]], (), ("B3", "B3")),
    "brackets ahead": ([["日期", "值班员"], ["8月1日", "（上午）张三（下午）李四"]], (), ("B3", "B3")),
    "labels": ([["日期", "值班员"], ["8月1日", "上午：张三；下午：李四"]], (), ("B3", "B3")),
    "a column of hours": (
        [["日期", "时段", "值班员"], ["8月1日", "上午", "张三"], ["8月1日", "下午", "李四"]],
        (),
        ("C3", "C4"),
    ),
    "beside the date": ([["日期", "值班员"], ["8月1日上午", "张三"], ["8月1日下午", "李四"]], (), ("B3", "B4")),
    "beside the post": (
        [["日期", "岗位", "姓名"], ["8月1日", "值班员（上午）", "张三"], ["8月1日", "值班员（下午）", "李四"]],
        (),
        ("C3", "C4"),
    ),
    "marks": (
        [["姓名", "岗位", *DAYS], ["张三", "值班员", "上午"], ["李四", "值班员", "下午"]],
        (),
        ("C3", "C4"),
    ),
    "rows of a grid": (
        [["岗位", *DAYS], ["值班员上午", "张三"], ["值班员下午", "李四"]],
        (),
        ("B3", "B4"),
    ),
    "bare rows of a grid": (
        [["岗位", *DAYS], ["带班领导"], ["上午", "张三"], ["下午", "李四"]],
        (),
        ("B4", "B5"),
    ),
    "below the days": (
        [["岗位", 1.0, None, 2.0, None, 3.0, None, 4.0, None, 5.0, None], [None, *["上午", "下午"] * 5],
         ["值班员", "张三", "李四"]],
        ("A2:A3", "B2:C2", "D2:E2", "F2:G2", "H2:I2", "J2:K2"),
        ("B4", "C4"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_parts_of_a_day_cover_what_is_stated_and_nothing_before(tmp_path: Path, written: str) -> None:
    """However it is written: unstated, nobody stands, each cell is noted, each word is asked once; stated, exactly these hours."""
    rows, merged, cells = WRITTEN[written]
    path = sheet(tmp_path, *rows, merged=merged)
    result = imported(path)
    assert result.shifts == ()
    assert keys(result) == ["shifts.上午", "shifts.下午"]
    told = [(cells[0], "“上午”看不出从几点到几点，张三未排班"), (cells[1], "“下午”看不出从几点到几点，李四未排班")]
    assert [note for note in notes(result) if "未排班" in note[1]] == told
    says = mapping(tmp_path, "shifts:\n  上午: 08:30-12:00\n  下午: 14:00-17:30\n")
    stated = imported(path, mapping=says)
    assert duty(stated) == [
        officer("张三", "08-01 08:30", "08-01 12:00"),
        officer("李四", "08-01 14:00", "08-01 17:30"),
    ]
    assert keys(stated) == []


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("张三（早）李四（中）王五（晚）", ["中班", "早班", "晚班"]),
        ("张三（前半夜）、李四（后半夜）", ["前半夜", "后半夜"]),
        ("张三（上半夜）、李四（下半夜）", ["上半夜", "下半夜"]),
        ("张三（前夜班）、李四（后夜班）", ["前夜", "后夜"]),
        ("张三（上）、李四（下）", ["上", "下"]),
        ("张三（上午、下午）", ["上午、下午"]),
    ],
)
def test_no_part_of_a_day_is_taken_for_the_whole(tmp_path: Path, cell: str, words: list[str]) -> None:
    """Each word behind a name is asked by its own key, and the saved mapping has each with a question mark."""
    path = sheet(tmp_path, ["日期", "值班员"], *([f"8月{day}日", cell] for day in range(1, 6)))
    result = imported(path)
    assert result.shifts == ()
    assert keys(result) == sorted(f"shifts.{word}" for word in words)
    assert {question.rows for question in result.questions} == {5}
    text = mapping_text(guess_layout(read_book(path), county()))
    assert all(f'  "{word}": ?\n' in text for word in words)
    assert imported(path, mapping=mapping(tmp_path, text)) == result


def test_a_word_names_no_person(tmp_path: Path) -> None:
    """上午 张三 with a space between is not the person 上午: it is asked."""
    result = imported(sheet(tmp_path, ["日期", "值班员"], ["8月1日", "上午 张三 下午 李四"]))
    assert result.persons == ()
    assert [question.text.zh for question in result.questions] == ["有的姓名看不懂：请一格写一个人的全名"]


def test_day_and_night_have_hours_of_their_own_only_where_they_are_the_only_shifts(tmp_path: Path) -> None:
    """早班, 中班, 晚班: nobody knows when the last begins, unless it is stated, by its word or as the night shift of old mappings."""
    rows = [["日期", "早班（8:00-16:00）", "中班（16:00-24:00）", "晚班"], ["8月1日", "张三", "李四", "王五"]]
    path = sheet(tmp_path, *rows)
    known = [officer("张三", "08-01 08:00", "08-01 16:00"), officer("李四", "08-01 16:00", "08-02 00:00")]
    result = imported(path)
    assert duty(result) == known
    assert keys(result) == ["shifts.晚班"]
    for says in ("shifts:\n  晚班: 次日0:00-8:00\n", "night_shift: 次日0:00-8:00\n"):
        stated = imported(path, mapping=mapping(tmp_path, says))
        assert duty(stated) == [*known, officer("王五", "08-02 00:00", "08-02 08:00")]
    two = sheet(tmp_path, ["日期", "白班", "晚班"], ["8月1日", "张三", "李四"])
    assert duty(imported(two)) == [
        officer("张三", "08-01 08:30", "08-01 17:30"),
        officer("李四", "08-01 17:30", "08-02 08:30"),
    ]
    assert keys(imported(two)) == ["day_shift", "night_shift"]


def test_clock_times_of_a_row_hold_before_the_word_beside_the_post(tmp_path: Path) -> None:
    """A post called 值班员（白班） with 8:00-20:00 beside it is from 8:00 to 20:00, and nothing is assumed."""
    path = sheet(tmp_path, ["日期", "时段", "岗位", "姓名"], ["8月1日", "8:00-20:00", "值班员（白班）", "张三"])
    assert duty(imported(path)) == [officer("张三", "08-01 08:00", "08-01 20:00")]
    assert keys(imported(path)) == []


@repeatable
@given(
    word=st.sampled_from(PARTS_OF_DAY),
    begin=st.integers(8 * 60 + 30, 32 * 60),
    length=st.integers(1, 12 * 60),
    days=st.integers(1, 4),
)
def test_stated_hours_are_covered_to_the_minute(tmp_path: Path, word: str, begin: int, length: int, days: int) -> None:
    """Whatever part of a duty day a mapping states for a word: it is covered on each day, and no other minute is."""
    end = begin + length
    clocks = f"{'次日' if begin >= 1440 else ''}{_clock(begin)}-{'次日' if begin < 1440 <= end else ''}{_clock(end)}"
    path = sheet(tmp_path, ["日期", "值班员"], *([f"8月{day}日", f"张三（{word}）"] for day in range(1, days + 1)))
    result = imported(path, mapping=mapping(tmp_path, f"shifts:\n  {word}: {clocks}\n"))
    midnight = local(2025, 8, 1)
    covered = [[(side - midnight) // MINUTE for side in (row.begin, row.end) if side] for row in result.shifts]
    assert covered == [[n * 1440 + begin, n * 1440 + end] for n in range(days)]
    assert keys(result) == []


def _clock(minutes: int) -> str:
    return f"{minutes % 1440 // 60:02d}:{minutes % 60:02d}"


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("下午2:00-5:30", 14 * 60, 17 * 60 + 30),
        ("上午8:30-下午5:30", 8 * 60 + 30, 17 * 60 + 30),
        ("晚上8点至次日早8点", 20 * 60, 32 * 60),
        ("晚8点-12点", 20 * 60, 24 * 60),
        ("次日0:00-次日8:30", 24 * 60, 32 * 60 + 30),
        ("次日00:00-08:30", 24 * 60, 32 * 60 + 30),
        ("17:30至次日8:30", 17 * 60 + 30, 32 * 60 + 30),
    ],
)
def test_hours_of_half_days_and_of_the_day_after(text: str, begin: int, end: int) -> None:
    """下午2点 is 14:00, and 次日 before the first hour moves both."""
    assert parse_hours(text, Hours(0, 0), Hours(0, 0), Hours(0, 0)) == Hours(begin, end)


@pytest.mark.parametrize("text", ["上午9点-5点", "中午12点-2点", "8:30-12:00、14:00-17:30", "25:00-26:00"])
def test_hours_that_may_be_others_are_none(text: str) -> None:
    """5 after 上午9 may be 17:00 or the next morning; two parts are not one; no clock shows 25:00."""
    assert parse_hours(text, Hours(0, 0), Hours(0, 0), Hours(0, 0)) is None


@pytest.mark.parametrize(
    ("text", "hours", "rest"),
    [
        ("下午班", "下午", ""),
        ("前夜班", "前夜", ""),
        ("上午主班", "上午", "主班"),
        ("早班(8:00-16:00)", "8:00-16:00", ""),
        ("中", "中班", ""),
        ("主班", "", "主班"),
        ("上午和夜间", "上午、夜间", "和"),
    ],
)
def test_a_text_is_parted_into_hours_and_the_rest(text: str, hours: str, rest: str) -> None:
    """The word is that of the mapping; 午班 in 下午班 and 夜班 in 前夜班 are no words."""
    assert (hours_of(text), without_hours(text), only_hours(text)) == (hours, rest, bool(hours) and not rest)


def test_hours_in_two_parts_are_not_taken_for_the_first(tmp_path: Path) -> None:
    """8:30-12:00、14:00-17:30 is more than the morning and less than the day: it is asked, and nobody stands."""
    rows = [["日期", "值班员（8:30-12:00、14:00-17:30）"], ["8月1日", "张三"]]
    for given_rows in (rows, [["日期", "值班员"], ["8月1日", "张三（8:30-12:00、14:00-17:30）"]]):
        result = imported(sheet(tmp_path, *given_rows))
        assert result.shifts == ()
        assert notes(result) == [("B3", "“8:30-12:00、14:00-17:30”看不出从几点到几点，张三未排班")]
        assert [question.rows for question in result.questions] == [1]


def test_a_wrong_part_of_a_day_is_a_fault(tmp_path: Path) -> None:
    """A word that no roster has and hours that cannot be read are told with their lines; an open one is no fault."""
    with pytest.raises(InputError) as caught:
        mapping(tmp_path, "shifts:\n  巡查: 08:00-10:00\n  上午: 早些\n  下午: ?\n")
    assert [(fault.line, fault.key, fault.problem.zh) for fault in caught.value.faults] == [
        (2, "巡查", "不认识的时段"),
        (3, "上午", "看不懂的时段"),
    ]
    assert shift_word("巡查") == ""


# Hours before the handover ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([["日期", "值班员"], ["8月4日", "张三（20:00-24:00）李四（0:00-8:30）"]], "B3"),
        ([["日期", "值班员（20:00-24:00）", "值班员（0:00-8:30）"], ["8月4日", "张三", "李四"]], "C3"),
        ([["日期", "时段", "值班员"], ["8月4日", "20:00-24:00", "张三"], ["8月4日", "0:00-8:30", "李四"]], "C4"),
    ],
)
def test_hours_that_go_on_after_midnight_are_those_of_the_next_day(
    tmp_path: Path, rows: list[list[Any]], cell: str
) -> None:
    """Whoever takes over at midnight stands until the handover of the next morning; it is noted, and nothing is asked."""
    path = sheet(tmp_path, *rows)
    result = imported(path)
    evening = officer("张三", "08-04 20:00", "08-05 00:00")
    assert duty(result) == [evening, officer("李四", "08-05 00:00", "08-05 08:30")]
    assert notes(result) == [(cell, "李四：00:00—08:30 在交接班以前，按次日")]
    assert keys(result) == []
    stated = imported(path, mapping=mapping(tmp_path, "before_handover: 当日\n"))
    assert set(duty(stated)) == {evening, officer("李四", "08-04 00:00", "08-04 08:30")}


@pytest.mark.parametrize(
    "cell", ["李四（0:00-8:30）", "李四（0:00-8:30）张三（20:00-24:00）", "张三（20:00-23:00）李四（0:00-8:30）"]
)
def test_hours_before_the_handover_that_nobody_leads_to_are_asked(tmp_path: Path, cell: str) -> None:
    """Alone, written first, or after a gap: of which day they are is asked once, and nobody stands until it is stated."""
    path = sheet(tmp_path, ["日期", "值班员"], ["8月4日", cell], ["8月6日", cell])
    result = imported(path)
    assert "李四" not in {row[2] for row in duty(result)}
    assert [(question.rows, question.key) for question in result.questions] == [(2, "before_handover")]
    told = "00:00—08:30 在交接班以前，不知道是当日还是次日，李四未排班"
    assert notes(result) == [("B3", told), ("B4", told)]
    for says, days in (("当日", ("08-04", "08-06")), ("次日", ("08-05", "08-07"))):
        stated = imported(path, mapping=mapping(tmp_path, f"before_handover: {says}\n"))
        assert [row for row in duty(stated) if row[2] == "李四"] == [
            officer("李四", f"{day} 00:00", f"{day} 08:30") for day in days
        ]
        assert keys(stated) == []


@pytest.mark.parametrize(
    ("hours", "begin", "end"),
    [
        ("8:00-20:00", "08-04 08:00", "08-04 20:00"),
        ("6:00-14:00", "08-04 06:00", "08-04 14:00"),
        ("0:00-24:00", "08-04 00:00", "08-05 00:00"),
        ("次日0:00-8:30", "08-05 00:00", "08-05 08:30"),
    ],
)
def test_hours_mostly_after_the_handover_are_those_of_their_day(
    tmp_path: Path, hours: str, begin: str, end: str
) -> None:
    """A day that begins half an hour before the handover, a whole calendar day, and what says 次日 leave nothing open."""
    result = imported(sheet(tmp_path, ["日期", "值班员"], ["8月4日", f"张三（{hours}）"]))
    assert duty(result) == [officer("张三", begin, end)]
    assert (keys(result), notes(result)) == ([], [])


def test_a_wrong_day_of_hours_before_the_handover_is_a_fault(tmp_path: Path) -> None:
    """Only 当日 and 次日 are days."""
    with pytest.raises(InputError, match="应为 当日 或 次日"):
        mapping(tmp_path, "before_handover: 后天\n")
