"""What a roster says beside its table, or says twice: carried out where it is plain, asked where it is not, never dropped in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.errors import InputError
from sim.roster.importing import Imported, Mapping, load_mapping
from tests.workbooks import asked, day_shift, duty, imported, notes, people, write_xlsx

JIANGKOU = "500235101"
DAYS = ["日期", "主班", "副班", "备注"]
NOT_DONE = "有的换班、请假、代班没有照办：请把当天的姓名格改成实际值班的人（一天一行的表也可在备注写“换班：张三→李四”）"


def read(tmp_path: Path, *rows: list[Any], name: str = "江口镇", year: int | None = 2025) -> Imported:
    """Return one sheet of rows, as it is imported."""
    return imported(write_xlsx(tmp_path / "值班表.xlsx", {name: rows}), year=year)


def stated(tmp_path: Path, text: str) -> Mapping:
    """Return a mapping of some lines."""
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path)


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


@pytest.mark.parametrize(("cell", "taken"), [("公差", []), ("换班", []), ("张三、对调", ["张三"])])
def test_words_of_swaps_are_no_people(cell: str, taken: list[str], tmp_path: Path) -> None:
    """They are asked about, and nobody is called 公差."""
    result = read(tmp_path, ["日期", "主班"], ["8月1日", cell])
    assert [name for name, _ in people(result)] == taken
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


@pytest.mark.parametrize("title", ["江口镇2025年8月值班表", "江口镇八月值班表", "江口镇2025.8值班表"])
def test_dates_of_another_month_than_the_title_are_a_question(title: str, tmp_path: Path) -> None:
    """Neither is taken in silence: no shift, each row noted, and asked which is right."""
    rows = [[f"7月{day}日", "张三"] for day in (7, 8, 9)]
    result = read(tmp_path, [title], ["日期", "主班"], *rows)
    assert duty(result) == []
    assert [made for _, made in notes(result)] == ["月份与标题不符，这一行未用"] * 3
    ((count, question),) = asked(result)
    assert count == 3
    assert "标题是 8 月，日期是 7 月" in question
    says = stated(tmp_path, 'sheets:\n  "值班表.xlsx!江口镇":\n    month: 7\n')
    settled = imported(tmp_path / "值班表.xlsx", mapping=says)
    assert len(settled.shifts) == 3
    assert asked(settled) == []


@pytest.mark.parametrize(
    "titles",
    [
        ["江口镇2025年7—8月值班表"],
        ["江口镇8月值班表", "值班表（2025年7月）"],
        ["江口镇值班表", "制表日期：2025年8月25日"],
        ["江口镇汛期（5-9月）值班表"],
    ],
)
def test_a_title_of_several_months_or_of_none_contradicts_nothing(titles: list[str], tmp_path: Path) -> None:
    """A span of months, two months, the day on which the table was made."""
    result = read(tmp_path, *([title] for title in titles), ["日期", "主班"], ["7月7日", "张三"])
    assert len(result.shifts) == 1
    assert asked(result) == []


def test_a_week_that_runs_into_the_month_of_the_title_is_read(tmp_path: Path) -> None:
    """28 July to 3 August below the title August."""
    result = read(tmp_path, ["江口镇8月值班表"], ["日期", "主班"], ["7月28日至8月3日", "张三"])
    assert len(result.shifts) == 1


def test_days_across_of_another_month_than_the_title_are_a_question(tmp_path: Path) -> None:
    """As in a list."""
    result = read(
        tmp_path, ["江口镇2025年8月值班表"], ["岗位", "7月1日", "7月2日", "7月3日"], ["主班", "张三", "李四", "王五"]
    )
    assert duty(result) == []
    assert len(result.questions) == 1


@pytest.mark.parametrize(
    "line",
    [
        "值班电话：023-55660119    传真：55660120",
        "传真 55660120 值班电话：023-55660119",
        "地址：红旗路12号 邮编：404500 值班电话：023-55660119",
        "值班电话：023-55660119 网址：http://www.yunyang.gov.cn",
        "联系人张三 值班电话：023-55660119",
        "监督电话：12379 值班电话：023-55660119 邮箱：jk@163.com",
    ],
)
def test_a_line_of_contacts_names_no_place(line: str, tmp_path: Path) -> None:
    """The sheet stays that of its title, and has its duty telephone."""
    result = read(tmp_path, ["江口镇2025年8月值班表"], [line], ["日期", "主班"], ["8月1日", "张三"], name="8月")
    assert duty(result) == [day_shift(JIANGKOU, "duty_officer", "张三", "08-01", "08-02")]
    assert result.landlines == ((JIANGKOU, "023-55660119"),)
    assert asked(result) == []


def test_a_line_of_contacts_of_an_unknown_township_is_still_asked(tmp_path: Path) -> None:
    """红旗镇值班电话 says whose sheet it is."""
    result = read(tmp_path, ["红旗镇值班电话：023-55660119"], ["日期", "主班"], ["8月1日", "张三"], name="8月")
    assert [question for _, question in asked(result)] == ["“红旗镇”是本县的哪个乡镇或村？名录里没有"]


@pytest.mark.parametrize(
    "note",
    [
        "注：值班时间为当日9:00至次日9:00；带班领导手机24小时开机",
        "备注：值班时间：上午9时—次日上午9时。",
        "注：交接班时间为每日9:00",
        "说明：带班时间为每日9点00分至次日9点00分，中途不得换班",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_the_handover_that_a_note_tells_is_that_of_its_sheet(note: str, above: bool, tmp_path: Path) -> None:
    """From 9:00 to 9:00, noted as used; another sheet keeps the plan's 8:30."""
    table = [["日期", "主班"], ["8月1日", "张三"]]
    rows = [[note], *table] if above else [*table, [note]]
    result = imported(write_xlsx(tmp_path / "值班表.xlsx", {"江口镇": rows, "南溪镇": table}))
    assert duty(result) == [
        (JIANGKOU, "duty_officer", "张三", "08-01 09:00", "08-02 09:00"),
        day_shift("500235102", "duty_officer", "张三", "08-01", "08-02"),
    ]
    assert [(made.made.zh, made.used) for made in result.notes] == [("按此，每天 09:00 交接班", True)]
    assert asked(result) == []


@pytest.mark.parametrize(
    "note",
    [
        "注：值班时间为8:30至17:30",
        "注：工作日值班时间17:30至次日8:30；节假日值班时间8:30至次日8:30",
        "注：值班时间为当日9:00至次日9:00；交接班时间为8:00",
    ],
)
def test_hours_of_duty_that_tell_no_handover_are_asked(note: str, tmp_path: Path) -> None:
    """Parts of the day, or two answers: the plan's handover holds, and it is said."""
    result = read(tmp_path, ["日期", "主班"], ["8月1日", "张三"], [note])
    assert duty(result) == [day_shift(JIANGKOU, "duty_officer", "张三", "08-01", "08-02")]
    ((_, question),) = asked(result)
    assert question.endswith("现按 08:30")


def test_notes_without_hours_of_duty_ask_nothing(tmp_path: Path) -> None:
    """Telephones that are on for 24 hours, a report due at 17:00."""
    note = "注：带班领导手机24小时开机；每日17:00前报送值班情况"
    assert asked(read(tmp_path, ["日期", "主班"], ["8月1日", "张三"], [note])) == []


def test_a_sheet_that_nobody_filled_in_is_one_note(tmp_path: Path) -> None:
    """31 empty days are one note; an empty day among others is a note of its own."""
    empty = [["日期", "带班领导", "主班"], *([f"8月{day}日", None, None] for day in range(1, 32))]
    filled = [["日期", "主班"], ["8月1日", "张三"], ["8月2日", None]]
    result = imported(write_xlsx(tmp_path / "值班表.xlsx", {"江口镇": empty, "南溪镇": filled}))
    assert notes(result) == [("2:32", "31 行都没有写人"), ("3:3", "这一行没有写人")]


@pytest.mark.parametrize("desk", ["江口镇", "江口", JIANGKOU])
@pytest.mark.parametrize("leader", ["带班领导.姓名", "带班领导.name", "leader_on_duty.name"])
def test_a_mapping_may_name_desks_and_posts_by_their_words(desk: str, leader: str, tmp_path: Path) -> None:
    """Names and codes, titles and ids mean the same."""
    rows = [["日期", "甲", "乙"], ["8月1日", "张三", "李四"]]
    path = write_xlsx(tmp_path / "值班表.xlsx", {"8月": rows})
    columns = f"      A: date\n      B: {leader}\n      C: 值班员（副班）.姓名\n"
    says = f'sheets:\n  "*":\n    desk: {desk}\n    header: 1\n    columns:\n{columns}'
    assert duty(imported(path, mapping=stated(tmp_path, says))) == [
        day_shift(JIANGKOU, "deputy_officer", "李四", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
    ]


@pytest.mark.parametrize(
    ("mark", "held"),
    [
        ("值班", ("duty_officer", "08-01 08:30", "08-02 08:30")),
        ("值班员（副班）", ("deputy_officer", "08-01 08:30", "08-02 08:30")),
        ("带班领导 08:00-20:00", ("leader_on_duty", "08-01 08:00", "08-01 20:00")),
        ("夜班", ("duty_officer", "08-01 17:30", "08-02 08:30")),
        ("休", None),
        ("休息", None),
        ("不值班", None),
    ],
)
def test_a_mapping_may_say_marks_in_the_words_of_the_question(
    mark: str, held: tuple[str, str, str] | None, tmp_path: Path
) -> None:
    """What the question offers is an answer; so are titles of posts, with hours or without."""
    rows = [["姓名", *range(1, 6)], ["张三", "△", "值", "值", "值", "值"]]
    path = write_xlsx(tmp_path / "值班表.xlsx", {"江口镇8月": rows})
    result = imported(path, mapping=stated(tmp_path, f"marks:\n  △: {mark}\n"))
    first = [(post, begin, end) for _, post, _, begin, end in duty(result) if begin.startswith("08-01")]
    assert first == ([held] if held else [])


def test_a_name_of_several_places_and_an_unknown_post_are_faults_with_what_there_is(tmp_path: Path) -> None:
    """中和村 lies in two townships; posts are listed by their titles."""
    says = stated(tmp_path, 'sheets:\n  "*":\n    desk: 中和村\n    post: 站长\n')
    with pytest.raises(InputError) as caught:
        imported(write_xlsx(tmp_path / "值班表.xlsx", {"a": [["日期", "主班"]]}), mapping=says)
    post, desk = sorted(caught.value.faults, key=lambda fault: -fault.line)
    assert (desk.line, desk.problem.zh) == (3, "有几处叫这个名称")
    assert "江口镇中和村（500235101001）" in desk.remedy.zh
    assert (post.line, post.problem.zh) == (4, "没有这个岗位")
    assert "值班员（主班）（duty_officer）、" in post.remedy.zh


def test_notes_call_posts_by_their_titles(tmp_path: Path) -> None:
    """带班领导, not leader_on_duty."""
    result = read(tmp_path, ["日期", "主班"], ["8月1日", "张三（带班）"])
    assert notes(result) == [("B2", "单元格写明岗位，张三按带班领导")]


@pytest.mark.parametrize(
    ("cell", "names"), [("身份证500235199001011234", []), ("张三 身份证号：500235199001011234", ["张三"])]
)
def test_the_word_before_an_identity_number_is_nobody(cell: str, names: list[str], tmp_path: Path) -> None:
    """It is no name; a cell that names nobody else is asked about."""
    result = read(tmp_path, ["日期", "主班"], ["8月1日", cell])
    assert [name for name, _ in people(result)] == names
    assert len(result.questions) == (not names)
