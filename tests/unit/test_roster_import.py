"""Rosters as counties keep them, read into the program's tables: exactly, or with a note; never wrongly in silence."""

from __future__ import annotations

import base64
import csv
import io
import itertools
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sim.errors import InputError
from sim.roster import load_roster
from sim.roster.importing import (
    Imported,
    guess_layout,
    import_roster,
    load_mapping,
    mapping_text,
    read_book,
)
from sim.roster.importing.cells import masked
from sim.roster.importing.dates import parse_day
from sim.roster.importing.names import parse_people
from sim.roster.importing.phones import parse_phones
from tests.workbooks import (
    asked,
    county,
    day_shift,
    duty,
    imported,
    local,
    notes,
    people,
    plan,
    write_tables,
    write_xlsx,
)

JIANGKOU, NANXI, HUANGSHI = "500235101", "500235102", "500235103"
ZHONGHE, XINLI, NANXI_ZHONGHE, TIANHE = "500235101001", "500235101002", "500235102001", "500235102002"
ID = "500235199001011234"
HEAD = ["日期", "带班领导", "电话", "主班", "联系电话"]
OLD_WORKBOOK = (
    "eNrtWE1IVFEU/u6bGecHf2YmDTTQQcjKBIkIhNBXQrnqYS0qLDJtBglrjLECW5RltpFAqEVFG8EWbawg+kdq10IwahEUwkzhKlwEBS10Xuec91"
    "6NVuBACRPvG+45555z77ln7s95971X05H02L2qDJagBR5kzSCKcnSKStCphEF202TR4QEqpouCQjBAC1nkw9OSKT+vIa93Bhruel8QBT5QOYgT"
    "MPqSidgKolVi6FIcQzNRhZukKUWlRBUVekToKqF3pOUzodtEc1loM7VNqw5M60Z9k72L92u1YisF+30ofd6JZhMq8JJ38blRZbX1YXvqaNexAj"
    "NUe4sxDlrQtkQykeJ6CW7x+RwgNB5vjKdRTks9jq9mDPjinOnnMVe/snoF0n9brPf/QR+gJVyqv6J5gUGYh+WIDFN6rvFaO6FpnvY+H2kuZJxN"
    "1PR4oeoOzfVfujZ/gDRbTs2MENtqzPUTi3UGDWJGz/u9xEb6rxohTveSHsKL0kOJHJtionGUiRyRwxOmCOdvf369q7td7xTNoDwSrAfHWo4UJs"
    "5zD+pcKhaPULbUS4+NQi+I1zUiVwktp51NvK69whZ2Dkmbi2Kto3E2C97o63Lk9SQPf9r9qHr4o76B5Im2zJnyibf6GGpppuLUn39DaFAN6sZ1"
    "xmPd4cpOMjNCK39JOAEtbMdu2k/HMiwgJGJEqFXj2VE/apo9V1bNQzWP7Ust8XVWC4kuiidTmrRX4ovnykOzp8QXMHq6436w1bKzP5/tT/uNPy"
    "t1TpK/SZoNzY7Nkq3I2I8mfnilZ2UOlFgtzjG0aFE8YFeUaH8iBBcuXLhw4cKFCxcFACWXUusizldLn33J99vfdRaoZN3PJP8t9qCPfifptXIH"
    "ksRTGMhr/6yGTzm+1DL7ON8LGfto9BR60S1x9Oa9f+kFReX+n2V3DP+9I5Tv+Nl84vzH438H5bHjKQ=="
)
"""An .xls of three rows, packed: 日期 带班领导 电话 主班, with date cells and the leader merged over two days."""
repeatable = settings(
    derandomize=True, deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

# Tools ----------------------------------------------------------------------------------------------------------------


def everything(result: Imported) -> str:
    """Return all that an import says, as one text."""
    return repr(result)


def refusal(path: Path) -> str:
    """Return why a file is refused, with the remedy."""
    with pytest.raises(InputError) as caught:
        read_book(path)
    (fault,) = caught.value.faults
    assert fault.file == str(path)
    return f"{fault.problem.zh}。{fault.remedy.zh}"


def sheet(
    tmp_path: Path, rows: Sequence[Sequence[Any]], *merged: str, name: str = "江口镇", file: str = "值班表.xlsx"
) -> Path:
    """Write one sheet; by default that of 江口镇."""
    return write_xlsx(tmp_path / file, {name: rows}, {name: merged})


def csv_file(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "江口镇.csv") -> Path:
    """Write a CSV file."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def patch(path: Path, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> None:
    """Replace bytes in a part of a workbook: what no library writes by itself."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


# Layouts --------------------------------------------------------------------------------------------------------------


def test_a_plain_month_sheet_is_read(tmp_path: Path) -> None:
    """One row a day with leader, officer and their numbers gives one shift each, handover to handover, and no notes."""
    path = sheet(
        tmp_path,
        [
            ["江口镇2025年8月值班表"],
            HEAD,
            ["8月1日（周五）", "张三", 13800001234.0, "李四", "13900001111"],
            ["8月2日（周六）", "王五", "138 0000 2222", "赵六", "139-0000-2222"],
        ],
        "A1:E1",
    )
    result = imported(path, year=None)
    assert people(result) == [
        ("张三", "13800001234"),
        ("李四", "13900001111"),
        ("王五", "13800002222"),
        ("赵六", "13900002222"),
    ]
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-01", "08-02"),
        day_shift(JIANGKOU, "duty_officer", "赵六", "08-02", "08-03"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "王五", "08-02", "08-03"),
    ]
    assert (notes(result), asked(result)) == ([], [])


def test_two_rows_of_headings_with_merged_cells_are_one_header(tmp_path: Path) -> None:
    """Groups merged over name and phone, and headings merged over both rows, are read as one header."""
    path = sheet(
        tmp_path,
        [
            ["江口镇8月值班安排表"],
            ["序号", "日期", "星期", "带班领导", None, None, "值班人员", None, None, "值班电话"],
            [None, None, None, "姓名", "职务", "电话", "主班", "副班", "电话", None],
            [1, local(2025, 8, 1), "五", "张三", "镇长", "13800001234", "李四", "王五", None, "55123456"],
        ],
        "A1:J1",
        *(f"{c}2:{c}3" for c in "ABCJ"),
        "D2:F2",
        "G2:I2",
    )
    result = imported(path)
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-01", "08-02"),
        day_shift(JIANGKOU, "deputy_officer", "王五", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
    ]
    assert result.landlines == ((JIANGKOU, "023-55123456"),)
    assert notes(result) == [("A4:A4", "整列未用"), ("E4:E4", "职务不进入表中，整列未用")]


def test_a_leader_merged_over_a_week_leads_every_day_of_it(tmp_path: Path) -> None:
    """A merged cell holds for its whole range."""
    rows: list[list[Any]] = [["日期", "带班领导", "主班"]]
    rows += [[f"8月{d}日", "张三" if d == 4 else None, f"李{'四五六'[d - 4]}"] for d in (4, 5, 6)]
    result = imported(sheet(tmp_path, rows, "B2:B4"))
    leaders = [shift for shift in duty(result) if shift[1] == "leader_on_duty"]
    assert leaders == [
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-04", "08-05"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-05", "08-06"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-06", "08-07"),
    ]
    assert notes(result) == []


def test_a_range_of_dates_is_one_long_shift(tmp_path: Path) -> None:
    """“8月4日—8月10日”, “8.11-8.17” and “18日至24日” cover their days, handover to handover."""
    rows = [
        ["江口镇2025年8月带班表"],
        ["日期", "带班领导"],
        ["8月4日—8月10日", "张三"],
        ["8.11-8.17", "李四"],
        ["18日至24日", "王五"],
    ]
    assert duty(imported(sheet(tmp_path, rows, "A1:B1"), year=None)) == [
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-04", "08-11"),
        day_shift(JIANGKOU, "leader_on_duty", "李四", "08-11", "08-18"),
        day_shift(JIANGKOU, "leader_on_duty", "王五", "08-18", "08-25"),
    ]


def test_a_numbered_week_is_the_week_of_the_national_standard_and_said_so(tmp_path: Path) -> None:
    """“第32周” of 2025 is 4 to 10 August (GB/T 7408, ISO 8601), with a note."""
    result = imported(sheet(tmp_path, [["日期", "带班领导"], ["第32周", "张三"]]))
    assert duty(result) == [day_shift(JIANGKOU, "leader_on_duty", "张三", "08-04", "08-11")]
    assert notes(result) == [("A2", "按国家标准周数，2025-08-04 至 2025-08-10")]


def test_columns_of_first_and_last_day_are_a_range(tmp_path: Path) -> None:
    """A column of first days and one of last days give the days between."""
    rows = [["开始日期", "结束日期", "带班领导"], ["2025-12-29", "2026-01-04", "张三"]]
    assert duty(imported(sheet(tmp_path, rows), year=None)) == [
        day_shift(JIANGKOU, "leader_on_duty", "张三", "12-29", "01-05")
    ]


def test_a_village_sheet_without_dates_gives_standing_holders(tmp_path: Path) -> None:
    """支书, 主任 and 网格员 without dates hold their posts for good; the village is found inside the township of the title."""
    rows = [
        ["江口镇村干部联系表"],
        ["村（社区）", "支书", "电话", "主任", "电话", "网格员", "电话"],
        ["中和村", "张三", "13800000001", "李四", 13800000002, "王五、赵六", "13800000003、13800000004"],
        ["新里", "钱七", "13800000005", "无", "/", None, None],
    ]
    result = imported(sheet(tmp_path, rows, "A1:G1", name="Sheet1"), year=None)
    assert duty(result) == [
        (ZHONGHE, "village_secretary", "张三", "", ""),
        (ZHONGHE, "village_director", "李四", "", ""),
        *sorted(
            [(ZHONGHE, "grid_worker", "王五", "", ""), (ZHONGHE, "grid_worker", "赵六", "", "")],
            key=lambda s: _id(result, s[2]),
        ),
        (XINLI, "village_secretary", "钱七", "", ""),
    ]
    assert ("赵六", "13800000004") in people(result)
    assert notes(result) == [("D4", "无人，空岗")]


def _id(result: Imported, name: str) -> str:
    return next(person.person for person in result.persons if person.name == name)


def test_a_row_for_each_person_tells_the_post_in_its_column_of_titles(tmp_path: Path) -> None:
    """姓名, 职务, 电话 in a row for each person; who holds no known post is asked about."""
    rows = [
        ["村", "姓名", "职务", "电话"],
        ["中和村", "张三", "支部书记", "13800000001"],
        ["中和村", "李四", "村委会主任", "13800000002"],
        ["中和村", "王五", "群测群防员", "13800000003"],
        ["中和村", "赵六", "3组组长", "13800000004"],
        ["中和村", "钱七", "文书", "13800000005"],
    ]
    result = imported(sheet(tmp_path, rows), year=None)
    assert [shift[1:3] for shift in duty(result)] == [
        ("village_secretary", "张三"),
        ("village_director", "李四"),
        ("group_leader", "赵六"),
        ("monitor", "王五"),
    ]
    assert notes(result) == [("B6", "不知道是什么岗位，未用")]
    assert asked(result) == [(1, "有的人没有写岗位（带班领导、值班员、支书 …）")]


def test_one_day_of_the_whole_county_is_read_by_its_column_of_places(tmp_path: Path) -> None:
    """With a day in the title and places in a column, each row is the duty of one township on that day."""
    rows = [
        ["云阳县2025年8月5日各乡镇值班表"],
        ["乡镇", "带班领导", "电话", "值班员", "电话"],
        ["江口", "张三", "13800000001", "李四", "13800000002"],
        ["南溪镇人民政府", "王五", "13800000003", "赵六", "13800000004"],
        ["高阳镇", "钱七", "13800000005", "孙八", "13800000006"],
    ]
    result = imported(sheet(tmp_path, rows, "A1:E1", name="Sheet1"), year=None)
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-05", "08-06"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-05", "08-06"),
        day_shift(NANXI, "duty_officer", "赵六", "08-05", "08-06"),
        day_shift(NANXI, "leader_on_duty", "王五", "08-05", "08-06"),
    ]
    assert notes(result) == [("5:5", "不知道是哪个单位，这一行未用")]
    assert asked(result) == [(1, "“高阳镇”是本县的哪个乡镇或村？名录里没有")]


def test_tables_one_below_the_other_each_have_their_own_title(tmp_path: Path) -> None:
    """A sheet with a table for each township is read table by table."""
    rows = [
        ["江口镇8月值班表"],
        ["日期", "带班领导", "主班"],
        ["8月1日", "张三", "李四"],
        ["备注：24小时值班"],
        ["南溪镇8月值班表"],
        ["日期", "带班领导", "主班"],
        ["8月1日", "王五", "赵六"],
    ]
    result = imported(sheet(tmp_path, rows, "A1:C1", "A4:C4", "A5:C5", name="汇总"))
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
        day_shift(NANXI, "duty_officer", "赵六", "08-01", "08-02"),
        day_shift(NANXI, "leader_on_duty", "王五", "08-01", "08-02"),
    ]
    assert notes(result) == [("A4", "说明行，未用")]


def test_tables_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    """A heading 日期 that comes again begins a second table to the right."""
    rows = [
        ["日期", "主班", "日期", "主班"],
        ["8月1日", "张三", "8月16日", "李四"],
        ["8月2日", "王五", "8月17日", "赵六"],
    ]
    result = imported(sheet(tmp_path, rows))
    assert [(shift[2], shift[3]) for shift in duty(result)] == [
        ("张三", "08-01 08:30"),
        ("王五", "08-02 08:30"),
        ("李四", "08-16 08:30"),
        ("赵六", "08-17 08:30"),
    ]


def test_day_and_night_columns_split_the_day(tmp_path: Path) -> None:
    """Columns 08:30-17:30 and 17:30-次日08:30 are two shifts a day."""
    rows = [["日期", "08:30-17:30值班员", "17:30-次日08:30值班员"], ["8月1日", "张三", "李四"]]
    assert duty(imported(sheet(tmp_path, rows))) == [
        (JIANGKOU, "duty_officer", "张三", "08-01 08:30", "08-01 17:30"),
        (JIANGKOU, "duty_officer", "李四", "08-01 17:30", "08-02 08:30"),
    ]


def test_day_and_night_shifts_without_hours_are_assumed_aloud(tmp_path: Path) -> None:
    """白班 and 夜班 without hours are taken to part at 17:30, with a note and a question each; a mapping settles them."""
    path = sheet(tmp_path, [["日期", "白班", "夜班"], ["8月1日", "张三", "李四"]])
    result = imported(path)
    assert duty(result) == [
        (JIANGKOU, "duty_officer", "张三", "08-01 08:30", "08-01 17:30"),
        (JIANGKOU, "duty_officer", "李四", "08-01 17:30", "08-02 08:30"),
    ]
    assert notes(result) == [("B1", "白班没有写几点，按 08:30—17:30"), ("C1", "夜班没有写几点，按 17:30—次日08:30")]
    assert asked(result) == [(1, "白班从几点到几点？现按 08:30—17:30"), (1, "夜班从几点到几点？现按 17:30—次日08:30")]
    (tmp_path / "m.yaml").write_text('day_shift: 08:00-20:00\nnight_shift: "20:00-次日08:00"\n', encoding="utf-8")
    settled = imported(path, mapping=load_mapping(tmp_path / "m.yaml"))
    assert [shift[3:] for shift in duty(settled)] == [("08-01 08:00", "08-01 20:00"), ("08-01 20:00", "08-02 08:00")]
    assert (notes(settled), asked(settled)) == ([], [])


@pytest.mark.parametrize(
    "cell",
    [
        "张三（白）、李四（夜）",
        "张三（白班） 李四（夜班）",
        "白班：张三 夜班：李四",
        "张三（08:30-17:30）李四（17:30-次日08:30）",
    ],
)
def test_day_and_night_behind_a_name_part_the_day(tmp_path: Path, cell: str) -> None:
    """（白）/（夜）, 白班/夜班 and clock times behind or before a name are its hours: two duty officers, one after the other, and no deputy.

    Without hours in the mapping they part at 17:30, noted, and asked once with their key; clock times need none.
    """
    path = sheet(tmp_path, [["日期", "值班员"], ["8月1日", cell], ["8月2日", cell]])
    halves = [("张三", "08-01 08:30", "08-01 17:30"), ("李四", "08-01 17:30", "08-02 08:30")]
    result = imported(path)
    assert [shift[2:] for shift in duty(result)][:2] == halves
    assert {shift[1] for shift in duty(result)} == {"duty_officer"}
    keys = {(question.key, question.rows) for question in result.questions}
    assert keys == (set() if "08" in cell else {("day_shift", 2), ("night_shift", 2)})
    (tmp_path / "m.yaml").write_text('day_shift: 08:00-20:00\nnight_shift: "20:00-次日08:00"\n', encoding="utf-8")
    stated = imported(path, mapping=load_mapping(tmp_path / "m.yaml"))
    if "08" not in cell:
        halves = [("张三", "08-01 08:00", "08-01 20:00"), ("李四", "08-01 20:00", "08-02 08:00")]
    assert [shift[2:] for shift in duty(stated)][:2] == halves
    assert (notes(stated), asked(stated)) == ([], [])


def test_a_column_of_hours_makes_several_shifts_a_day(tmp_path: Path) -> None:
    """12:00-14:30 at noon and 17:30-次日8:30 at night; the date merged over both rows holds for both."""
    rows = [["日期", "时段", "值班员"], ["8月1日", "12:00-14:30", "张三"], [None, "17：30—次日8：30", "李四"]]
    assert duty(imported(sheet(tmp_path, rows, "A2:A3"))) == [
        (JIANGKOU, "duty_officer", "张三", "08-01 12:00", "08-01 14:30"),
        (JIANGKOU, "duty_officer", "李四", "08-01 17:30", "08-02 08:30"),
    ]


# Files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param(
            "a.et", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "WPS 表格格式（.et）不能直接读取", id="et"
        ),
        pytest.param("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "WPS 文字文档", id="wps"),
        pytest.param("a.pdf", b"%PDF-1.7", "这是 PDF", id="pdf"),
        pytest.param("a.xlsx", b"PK\x03\x04 broken", "可能已损坏", id="broken"),
        pytest.param(
            "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048), "不是可读的 xls 工作簿", id="broken-xls"
        ),
        pytest.param(
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "工作簿设有密码",
            id="encrypted",
        ),
        pytest.param("a.xls", b"<html><table><tr><td>8.1</td></tr></table></html>", "这是网页或 XML", id="html"),
        pytest.param("a.xlsx", "日期,主班".encode(), "不是工作簿", id="text"),
        pytest.param("a.csv", b"\x00\x01\x02\xff\xfe\x00", "不是工作簿，也不是文本表格", id="bytes"),
        pytest.param("a.csv", b"", "文件是空的", id="empty"),
        pytest.param("a.csv", b"\xef\xbb\xbf\r\n", "文件是空的", id="empty-bom"),
        pytest.param("a.csv", b",,,\n,,,\n", "各工作表都没有内容", id="commas"),
    ],
)
def test_what_is_no_roster_is_refused_with_the_way_out(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """A file of another kind, damaged, encrypted or empty is one fault that says what it is and what to do."""
    path = tmp_path / name
    path.write_bytes(content)
    text = refusal(path)
    assert said in text
    assert "另存为 xlsx" in text or "检查" in text


def test_other_zipped_documents_are_known_by_their_parts(tmp_path: Path) -> None:
    """An .ods, .xlsb or .docx under the name of an .xlsx is told from a workbook by what is in it."""
    for part, said in (
        ("mimetype", ".ods"),
        ("xl/workbook.bin", ".xlsb"),
        ("word/document.xml", "文字文档"),
        ("x", "可能已损坏"),
    ):
        with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
            archive.writestr(part, "x")
        assert said in refusal(tmp_path / "a.xlsx")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What is not there, or is no file, is a fault and no crash."""
    assert "文件不存在" in refusal(tmp_path / "no.xlsx")
    assert "文件无法读取" in refusal(tmp_path)


def test_a_workbook_of_empty_sheets_is_refused(tmp_path: Path) -> None:
    """Sheets with formats and no content hold nothing."""
    path = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_blank(3, 3, None, book.add_format({"bold": True}))
    assert "各工作表都没有内容" in refusal(path)


def test_a_damaged_workbook_never_crashes(tmp_path: Path) -> None:
    """A workbook cut short anywhere, or with bytes overwritten, is refused or read, and never raises anything else."""
    whole = sheet(tmp_path, [HEAD, ["8月1日", "张三", "13800001234", "李四", "13900001111"]]).read_bytes()
    path = tmp_path / "cut.xlsx"
    for at in range(0, len(whole), 97):
        for damaged in (whole[:at], whole[:at] + b"\x00\xff" * 8 + whole[at + 16 :]):
            path.write_bytes(damaged)
            try:
                read_book(path)
            except InputError as error:
                assert len(error.faults) == 1  # noqa: PT017 - either outcome is right


def test_an_unreadable_file_among_others_is_said_and_the_others_are_taken(tmp_path: Path) -> None:
    """One bad file of several costs nothing but itself."""
    good = sheet(tmp_path, [HEAD, ["8月1日", "张三", "13800001234", "李四", "13900001111"]])
    bad = tmp_path / "坏.et"
    bad.write_bytes(b"x")
    result = imported(good, bad)
    assert len(result.shifts) == 2
    assert [note.address for note in result.notes] == ["坏.et"]
    assert "坏.et" in result.questions[0].text.zh
    with pytest.raises(InputError):
        imported(bad)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without mark, GB18030 and UTF-16 give the same roster, also with tabs or semicolons."""
    for separator in ",\t;":
        lines = [HEAD, ["8月1日", "张三", "13800001234", "李四", "13900001111"]]
        path = csv_file(tmp_path, "\r\n".join(separator.join(line) for line in lines), encoding)
        result = imported(path)
        assert people(result) == [("张三", "13800001234"), ("李四", "13900001111")]
        assert [note.address for note in result.notes] == []


def test_signs_of_formulas_in_a_csv_are_text_and_written_harmless(tmp_path: Path) -> None:
    """Cells that begin with = + - @ are neither names nor run by anyone; a number that begins with + is written with a quote."""
    rows = [
        "日期,带班领导,电话,主班,电话",
        "8月1日,=cmd|'/c calc'!A1,,@SUM(1),",
        "8月2日,张三,+12345,李四,-1380000",
    ]
    result = imported(csv_file(tmp_path, "\n".join(rows)))
    assert people(result) == [("张三", "+12345"), ("李四", "1380000")]
    write_tables(result, tmp_path / "out")
    for line in csv.reader(io.StringIO((tmp_path / "out" / "persons.csv").read_text(encoding="utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    """An .xls gives the same as the same rows in .xlsx, merged cells and dates included."""
    path = tmp_path / "江口镇.xls"
    path.write_bytes(zlib.decompress(base64.b64decode(OLD_WORKBOOK)))
    result = imported(path, year=None)
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-01", "08-02"),
        day_shift(JIANGKOU, "duty_officer", "王五", "08-02", "08-03"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-02", "08-03"),
    ]
    assert people(result)[0] == ("张三", "13800001234")


def test_the_name_of_a_file_does_not_matter_to_what_it_is(tmp_path: Path) -> None:
    """An .xlsx named .xls is read by its content."""
    path = sheet(tmp_path, [HEAD, ["8月1日", "张三", "1", "李四", "2"]], file="值班表.xls")
    assert len(imported(path).shifts) == 2


def test_a_stray_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    """A space in the last cell of a sheet, and a merge over all of it, are read in no time and no memory."""
    path = tmp_path / "江口镇.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for r, row in enumerate([HEAD, ["8月1日", "张三", "13800001234", "李四", "13900001111"]]):
            page.write_row(r, 0, row)
        page.write(1_048_575, 16_383, "x")
        page.write(1_000, 0, "y")
    patch(path, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1001:WVT1048000"/></mergeCells>')
    result = imported(path)
    assert len(result.shifts) == 2


@pytest.mark.slow
def test_a_million_formatted_rows_are_nothing(tmp_path: Path) -> None:
    """A sheet whose rows and cells are formatted down to the last is read as its few rows with content."""
    path = sheet(tmp_path, [HEAD, ["8月1日", "张三", "13800001234", "李四", "13900001111"]])
    empty = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (r, r, r)
        for r in range(3, 1_048_577)
    )
    patch(path, b"</sheetData>", empty + b"</sheetData>")
    (read,) = read_book(path).sheets
    assert read.rows == [1, 2]
    assert len(imported(path).shifts) == 2


# Cells ----------------------------------------------------------------------------------------------------------------


def test_a_formula_counts_by_its_saved_result(tmp_path: Path) -> None:
    """The result is used; a formula without one, and an error, are listed by address and are not blank cells."""
    path = tmp_path / "江口镇.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("8月")
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ["8月1日", None, None, None, None])
        page.write_formula(1, 1, '=CONCAT("张","三")', None, "张三")
        page.write_formula(1, 2, "=A9", None, 13800001234)
        page.write_formula(1, 3, "=A0", None, "#REF!")
        page.write_formula(1, 4, '=IF(1,"","")', None, "")
    patch(path, b'<c r="E2">', b'<c r="E2" t="str">')  # as Excel writes a result that is an empty text
    book = openpyxl.load_workbook(path)
    book["8月"]["A3"] = "8月2日"
    book["8月"]["B3"] = "=B2"
    book["8月"]["D3"] = "李四"
    # openpyxl keeps formulas and loses every saved result: what stood in row 2 is without one, too
    other = tmp_path / "江口镇2.xlsx"
    book.save(other)
    result = imported(path)
    assert people(result) == [("张三", "13800001234")]
    assert notes(result) == [("D2", "错误值，这一格不能用")]
    lost = imported(other)
    assert people(lost) == [("李四", "")]
    assert [n for n in notes(lost) if "公式" in n[1]] == [
        (cell, "公式没有保存计算结果，这一格不能用") for cell in ("B2", "C2", "D2", "E2", "B3")
    ]
    assert asked(lost)[0][0] == 2


def test_hidden_sheets_are_not_used_and_said(tmp_path: Path) -> None:
    """A hidden sheet is last month's more often than not: it is noted and asked about; a mapping can take it."""
    path = tmp_path / "江口镇.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, person in (("8月", "张三"), ("7月", "李四")):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["日期", "主班"])
            page.write_row(1, 0, [f"{name}1日", person])
        page.hide()
    result = imported(path)
    assert people(result) == [("张三", "")]
    assert [(note.address, note.made.zh) for note in result.notes] == [("江口镇.xlsx!7月", "隐藏的工作表，未用")]
    assert asked(result) == [(1, "隐藏的工作表“7月”里有值班表：要用吗？")]
    (tmp_path / "m.yaml").write_text('sheets:\n  "江口镇.xlsx!7月":\n    use: yes\n', encoding="utf-8")
    assert len(imported(path, mapping=load_mapping(tmp_path / "m.yaml")).persons) == 2


def test_hidden_rows_and_columns_are_used_and_said(tmp_path: Path) -> None:
    """A filter hides rows that count all the same: they are read, each with a note."""
    path = tmp_path / "江口镇.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("8月")
        for r, row in enumerate(
            [["日期", "主班", "电话"], ["8月1日", "张三", "13800001234"], ["8月2日", "李四", "13900001111"]]
        ):
            page.write_row(r, 0, row)
        page.set_row(2, None, None, {"hidden": True})
        page.set_column("C:C", None, None, {"hidden": True})
    result = imported(path)
    assert len(result.shifts) == 2
    assert notes(result) == [("C1:C3", "隐藏的列，照常读取"), ("3:3", "隐藏的行，照常读取")]


def test_a_sheet_without_headings_is_asked_about(tmp_path: Path) -> None:
    """Without a header nothing is guessed; a mapping that gives the columns makes it usable."""
    path = sheet(tmp_path, [["8月1日", "张三", "13800001234"], ["8月2日", "李四", "13900001111"]])
    result = imported(path)
    assert result.shifts == ()
    assert notes(result) == [("江口镇", "没有找到表头，整张表未用")]
    assert result.questions[0].rows == 2
    says = 'sheets:\n  "值班表.xlsx!江口镇":\n    body: 1-2\n    columns:\n      A: date\n      B: duty_officer.name\n      C: duty_officer.phone\n'
    (tmp_path / "m.yaml").write_text(says, encoding="utf-8")
    assert people(imported(path, mapping=load_mapping(tmp_path / "m.yaml"))) == [
        ("张三", "13800001234"),
        ("李四", "13900001111"),
    ]


def test_the_stream_reader_agrees_with_calamine(tmp_path: Path) -> None:
    """On cells of every usual type the own reader of .xlsx and calamine, another implementation, see the same."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    path = tmp_path / "t.xlsx"
    rows = [
        ["文字", 1, 2.5, -3.0, True, 13800001234, "  ", "换\n行", "a&<b>"],
        [
            local(2025, 8, 1),
            local(2025, 8, 1, 8, 30),
            time(8, 30),
            date(2024, 2, 29),
            "8.10",
            8.1,
            1e-7,
            "",
            None,
        ],
    ]
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, start=1):
        for c, cell in enumerate(row, start=1):
            book.active.cell(r, c).value = cell
    book.save(path)
    (read,) = read_book(path).sheets
    theirs = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    for r, row in enumerate(theirs, start=1):
        for c, cell in enumerate(row, start=1):
            ours = read.cells.get((r, c))
            if isinstance(cell, bool):
                assert ours == str(cell).upper()
            elif isinstance(cell, datetime | time):
                assert ours == cell
            elif isinstance(cell, date):
                assert ours == local(cell.year, cell.month, cell.day)
            elif isinstance(cell, str) and not cell.strip():
                assert ours is None
            else:
                assert ours == cell


# Where and when -------------------------------------------------------------------------------------------------------


def test_a_missing_year_is_asked_and_not_guessed(tmp_path: Path) -> None:
    """Dates without a year are not used until somebody says it; then all are."""
    path = sheet(tmp_path, [["日期", "主班"], ["8月1日", "张三"], ["8月2日", "李四"]])
    result = imported(path, year=None)
    assert result.shifts == ()
    assert asked(result) == [(2, "“值班表.xlsx!江口镇”是哪一年的值班表？（导入时加 --year，或在版式文件写 year）")]
    assert notes(result) == [("A2", "不知道年份，这一行未用"), ("A3", "不知道年份，这一行未用")]
    assert len(imported(path, year=2025).shifts) == 2


def test_a_missing_month_is_asked(tmp_path: Path) -> None:
    """“1日” without a month in title, sheet or file is not used."""
    path = sheet(tmp_path, [["日期", "主班"], ["1日", "张三"]])
    assert asked(imported(path)) == [(1, "“值班表.xlsx!江口镇”是几月的值班表？")]
    assert duty(imported(sheet(tmp_path, [["日期", "主班"], ["1日", "张三"]], name="江口镇八月"))) == [
        day_shift(JIANGKOU, "duty_officer", "张三", "08-01", "08-02")
    ]


def test_title_and_date_cells_of_different_years_are_asked(tmp_path: Path) -> None:
    """A date typed in another year than the title says is not used; the mapping decides."""
    rows = [["江口镇2025年8月值班表"], ["日期", "主班"], [local(2024, 8, 1), "张三"]]
    path = sheet(tmp_path, rows, "A1:B1")
    result = imported(path)
    assert (result.shifts, notes(result)) == ((), [("A3", "年份与标题不符，这一行未用")])
    assert asked(result) == [(1, "“值班表.xlsx!江口镇”的标题是 2025 年，日期单元格是 2024 年：哪一个对？")]
    (tmp_path / "m.yaml").write_text('sheets:\n  "*!江口镇":\n    year: 2025\n', encoding="utf-8")
    settled = imported(path, mapping=load_mapping(tmp_path / "m.yaml"))
    assert settled.shifts[0].begin == local(2025, 8, 1, 8, 30)
    assert notes(settled) == [("A3", "按版式文件写明的 2025 年")]


def test_december_goes_on_into_january(tmp_path: Path) -> None:
    """“1月1日” in a sheet of December 2025 lies in 2026, with a note."""
    rows = [["江口镇2025年12月值班表"], ["日期", "主班"], ["12月31日", "张三"], ["1月1日", "李四"]]
    result = imported(sheet(tmp_path, rows, "A1:B1"))
    assert [shift.begin and shift.begin.year for shift in result.shifts] == [2025, 2026]
    assert notes(result) == [("A4", "按 2026 年")]


def test_a_weekday_that_contradicts_its_date_is_noted_and_the_date_holds(tmp_path: Path) -> None:
    """2025-08-01 is a Friday; 星期一 beside it is noted, in the date's cell or in a column."""
    rows = [["日期", "星期", "主班"], ["8月1日", "一", "张三"], ["8月2日（周一）", "六", "李四"]]
    result = imported(sheet(tmp_path, rows))
    assert [shift[3] for shift in duty(result)] == ["08-01 08:30", "08-02 08:30"]
    assert notes(result) == [
        ("A2", "写的是星期一，2025-08-01 是星期五；按日期"),
        ("A3", "写的是星期一，2025-08-02 是星期六；按日期"),
    ]


def test_weekdays_that_mostly_contradict_put_the_year_in_doubt(tmp_path: Path) -> None:
    """A month whose weekdays are those of another year is asked about first."""
    rows: list[list[Any]] = [["日期", "星期", "主班"]]
    rows += [[f"8月{d}日", "一二三四五六日"[date(2024, 8, d).weekday()], "张三"] for d in range(1, 11)]
    result = imported(sheet(tmp_path, rows))
    assert result.questions[0].text.zh == "“值班表.xlsx!江口镇”的星期大多与日期不符：年份、月份对吗？"


def test_days_stored_as_fractions_are_told_apart_by_their_neighbours(tmp_path: Path) -> None:
    """A sheet keeps 8.10 as 8.1: the days before and after say which; alone it is not used."""
    rows: list[list[Any]] = [["日期", "主班"]] + [
        [float(f"8.{d}"), f"李{'一二三四五六七八九十'[d % 10]}"] for d in range(1, 32)
    ]
    result = imported(sheet(tmp_path, rows))
    assert [shift[3] for shift in duty(result)] == [f"08-{d:02d} 08:30" for d in range(1, 32)]
    alone = imported(sheet(tmp_path, [["日期", "主班"], [8.1, "张三"]]))
    assert (alone.shifts, notes(alone)) == ((), [("A2", "可能是 1 日，也可能是 10 日，未用")])
    by_weekday = imported(sheet(tmp_path, [["日期", "星期", "主班"], [8.1, "日", "张三"]]))
    assert [shift[3] for shift in duty(by_weekday)] == ["08-10 08:30"]
    text = imported(sheet(tmp_path, [["日期", "主班"], ["8.10", "张三"]]))
    assert [shift[3] for shift in duty(text)] == ["08-10 08:30"]


def test_a_blank_date_belongs_to_the_row_above_unless_a_day_is_missing(tmp_path: Path) -> None:
    """Two rows a day with the date written once are read so, with a note; where a day would be skipped the row is not used."""
    rows = [
        ["日期", "主班"],
        ["8月1日", "张三"],
        [None, "李四"],
        ["8月2日", "王五"],
        [None, "赵六"],
        ["8月4日", "钱七"],
    ]
    result = imported(sheet(tmp_path, rows))
    assert [(shift[2], shift[3]) for shift in duty(result) if shift[3] < "08-02"] == [
        (name, "08-01 08:30") for name in sorted(("张三", "李四"), key=lambda name: _id(result, name))
    ]
    assert ("A3", "日期空白，同上一行（2025-08-01）") in notes(result)
    assert ("A5", "看不出是哪一天，这一行未用") in notes(result)
    assert "赵六" not in {name for name, _ in people(result)}


def test_impossible_and_unreadable_days_are_listed(tmp_path: Path) -> None:
    """8月32日, 合计 and 4-10 in August are no days; nothing else is lost."""
    rows = [
        ["江口镇8月值班表"],
        ["日期", "主班"],
        ["8月32日", "张三"],
        ["4-10", "李四"],
        ["合计", "王五"],
        ["8月3日", "赵六"],
    ]
    result = imported(sheet(tmp_path, rows, "A1:B1"))
    assert people(result) == [("赵六", "")]
    assert notes(result) == [(cell, "看不出是哪一天，这一行未用") for cell in ("A3", "A4", "A5")]


def test_namesake_villages_are_asked_and_not_guessed(tmp_path: Path) -> None:
    """中和村 lies in two townships: alone it is a question with both, with its township it is clear, in a column or a title."""
    rows = [["村", "支书"], ["中和村", "张三"]]
    unclear = imported(sheet(tmp_path, rows, name="Sheet1", file="村.xlsx"), year=None)
    assert unclear.shifts == ()
    assert asked(unclear) == [(1, f"“中和村”是哪一个：江口镇中和村（{ZHONGHE}）、南溪镇中和村（{NANXI_ZHONGHE}）？")]
    by_sheet = imported(sheet(tmp_path, rows, name="南溪镇", file="村.xlsx"), year=None)
    assert by_sheet.shifts[0].desk == NANXI_ZHONGHE
    by_column = imported(
        sheet(tmp_path, [["乡镇", *rows[0]], ["江口", *rows[1]]], name="Sheet1", file="村.xlsx"), year=None
    )
    assert by_column.shifts[0].desk == ZHONGHE


def test_a_place_outside_the_township_of_the_title_is_asked(tmp_path: Path) -> None:
    """天河村 lies in 南溪镇: in a sheet of 江口镇 it is a contradiction."""
    result = imported(sheet(tmp_path, [["村", "支书"], ["天河村", "张三"]]), year=None)
    assert asked(result) == [(1, "“天河村”在名录中是南溪镇天河村（500235102002），与标题不符：是哪里的？")]


def test_sheet_and_title_that_name_different_townships_are_asked(tmp_path: Path) -> None:
    """A title left over from another township is not believed, nor is the sheet's name."""
    rows = [["江口镇8月值班表"], ["日期", "主班"], ["8月1日", "张三"]]
    result = imported(sheet(tmp_path, rows, "A1:B1", name="南溪镇"))
    assert result.shifts == ()
    assert result.questions[0].text.zh.startswith("“南溪镇”是哪一个：")


def test_an_unknown_place_in_a_title_is_not_cut_down_to_a_known_one(tmp_path: Path) -> None:
    """永中和村 is not 中和村, and 江口镇新村 is not 江口镇."""
    for title in ("永中和村8月值班表", "江口镇新村8月值班表"):
        result = imported(sheet(tmp_path, [[title], ["日期", "主班"], ["8月1日", "张三"]], "A1:B1", name="Sheet1"))
        assert result.shifts == ()
        assert len(result.questions) == 1


def test_a_mapping_gives_codes_for_names_that_the_tables_do_not_have(tmp_path: Path) -> None:
    """places: 老名字: code answers the question for every row that writes it so."""
    path = sheet(tmp_path, [["村", "支书"], ["红旗大队", "张三"]])
    assert imported(path).shifts == ()
    (tmp_path / "m.yaml").write_text(f'places:\n  红旗大队: "{XINLI}"\n', encoding="utf-8")
    assert imported(path, mapping=load_mapping(tmp_path / "m.yaml")).shifts[0].desk == XINLI


@pytest.mark.parametrize(
    "name", ["江口镇派出所", "江口镇卫生院", "江口镇中和村卫生室", "江口镇水务站", "江口派出所", "江口镇中心小学"]
)
def test_a_department_in_a_township_is_not_the_townships_desk(tmp_path: Path, name: str) -> None:
    """A department that bears the township's name has people of its own: it is asked whose they are, until the mapping says it."""
    titled = sheet(
        tmp_path, [[f"{name}2025年8月值班表"], ["日期", "主班"], ["8月1日", "张三"]], "A1:B1", name="8月", file="a.xlsx"
    )
    listed = sheet(
        tmp_path,
        [["单位", "日期", "主班"], [name, "8月1日", "张三"], ["江口镇政府", "8月1日", "李四"]],
        name="8月",
        file="b.xlsx",
    )
    assert imported(titled).shifts == ()
    assert len(imported(titled).questions) == 1
    assert duty(imported(listed)) == [day_shift(JIANGKOU, "duty_officer", "李四", "08-01", "08-02")]
    (question,) = imported(listed).questions
    assert (question.key, question.rows) == ("places", 1)
    (tmp_path / "m.yaml").write_text(f'places:\n  {name}: "{JIANGKOU}"\n', encoding="utf-8")
    assert len(imported(listed, mapping=load_mapping(tmp_path / "m.yaml")).shifts) == 2


def test_the_question_that_frees_most_rows_comes_first(tmp_path: Path) -> None:
    """Questions are ranked by the rows they touch; three are shown first."""
    sheets: dict[str, list[list[Any]]] = {
        name: [["日期", "主班"], *[[f"8月{d}日", "张三"] for d in range(1, 1 + days)]]
        for name, days in (("甲乡", 3), ("乙乡", 9), ("丙乡", 5), ("丁乡", 1))
    }
    result = imported(write_xlsx(tmp_path / "值班.xlsx", sheets))
    assert [question.rows for question in result.questions] == [9, 5, 3, 1]
    assert [question.text.zh[1:3] for question in result.first_questions] == ["乙乡", "丙乡", "甲乡"]
    assert result.questions[0].where[0] == "值班.xlsx!乙乡!2:2"


def test_a_blank_township_is_that_of_the_row_above(tmp_path: Path) -> None:
    """A township written once above its villages holds for them, with a note, and tells namesakes apart."""
    rows = [
        ["乡镇", "村", "支书"],
        ["南溪镇", "天河村", "张三"],
        [None, "中和村", "李四"],
        ["江口镇", "中和村", "王五"],
    ]
    result = imported(sheet(tmp_path, rows, name="Sheet1"), year=None)
    assert [shift[0] for shift in duty(result)] == [ZHONGHE, NANXI_ZHONGHE, TIANHE]
    assert notes(result) == [("A3", "单位空白，同上一行")]


def test_a_blank_below_an_unknown_place_is_unknown(tmp_path: Path) -> None:
    """The second row of a village that the tables do not have is not made the township's, nor the village's above."""
    rows = [
        ["村", "姓名", "职务"],
        ["新里社区", "张三", "支书"],
        ["红旗大队", "李四", "支书"],
        [None, "王五", "包村干部"],
    ]
    result = imported(sheet(tmp_path, rows), year=None)
    assert [shift[2] for shift in duty(result)] == ["张三"]
    assert [(question.rows, question.key) for question in result.questions] == [(2, "places")]


def test_village_posts_beside_a_township_are_asked_for_their_village(tmp_path: Path) -> None:
    """书记 in a sheet of a township without villages is not made the township's village secretary."""
    result = imported(sheet(tmp_path, [["姓名", "职务", "电话"], ["张三", "书记", "13800001234"]]), year=None)
    assert result.shifts == ()
    assert notes(result) == [("A2", "村级岗位，只知道是江口镇的，未用")]
    assert asked(result) == [(1, "有的村干部没有写是哪个村")]


def test_the_date_of_issue_is_no_day_of_duty(tmp_path: Path) -> None:
    """A day in the title of a sheet without dates does not bound standing posts, and “制表” days and document numbers say nothing."""
    rows = [["江口镇村干部名单（2025年7月15日）"], ["村", "支书"], ["新里社区", "张三"]]
    assert duty(imported(sheet(tmp_path, rows, "A1:B1"))) == [(XINLI, "village_secretary", "张三", "", "")]
    rows = [["江口镇值班表 制表：2024年7月15日"], ["带班领导", "主班"], ["张三", "李四"]]
    assert imported(sheet(tmp_path, rows, "A1:B1")).shifts == ()
    rows = [["江口镇8月值班表（江府发〔2016〕15号）"], ["日期", "主班"], ["8月1日", "张三"]]
    (shift,) = imported(sheet(tmp_path, rows, "A1:B1"), year=2025).shifts
    assert shift.begin == local(2025, 8, 1, 8, 30)


def test_rows_that_look_like_headings_are_still_people(tmp_path: Path) -> None:
    """A village named 社区 and a person titled 支书, without any number, are a row and not a second header."""
    rows = [["村（社区）", "姓名", "职务"], ["新里社区", "张三", "支书"], ["新里社区", "李四", "网格员"]]
    result = imported(sheet(tmp_path, rows), year=None)
    assert [shift[:3] for shift in duty(result)] == [
        (XINLI, "village_secretary", "张三"),
        (XINLI, "grid_worker", "李四"),
    ]


def test_rows_above_the_headings_are_not_lost_in_silence(tmp_path: Path) -> None:
    """Several cells above a header are no title: they are noted."""
    rows = [
        ["审核：张三", "填表：李四"],
        ["8月1日", "张三", "李四"],
        ["日期", "带班领导", "主班"],
        ["8月2日", "王五", "赵六"],
    ]
    assert notes(imported(sheet(tmp_path, rows))) == [("2:2", "表头上方的行，未用")]


def test_a_day_without_people_is_noted(tmp_path: Path) -> None:
    """A date with nobody beside it is an empty duty, and said so."""
    result = imported(
        sheet(tmp_path, [["日期", "带班领导", "主班"], ["8月1日", "张三", "李四"], ["8月2日", None, None]])
    )
    assert notes(result) == [("3:3", "这一行没有写人")]


def test_one_column_for_two_posts(tmp_path: Path) -> None:
    """支书、主任 in one heading: two people by order, one person for both, three are asked about."""
    rows = [
        ["村", "支书、主任", "电话"],
        ["新里社区", "张三、李四", "13800000001、13800000002"],
        ["中和村", "王五", "13800000003"],
        ["中和村", "赵六、钱七、孙八", None],
    ]
    result = imported(sheet(tmp_path, rows), year=None)
    assert [shift[:3] for shift in duty(result)] == [
        (ZHONGHE, "village_secretary", "王五"),
        (ZHONGHE, "village_director", "王五"),
        (XINLI, "village_secretary", "张三"),
        (XINLI, "village_director", "李四"),
    ]
    assert notes(result) == [("B3", "一人兼任几个岗位"), ("B4", "人数与表头的岗位数不符，未用")]


def test_a_column_says_how_sure_it_is_and_why() -> None:
    """Every column of a guess carries a confidence between 0 and 1 and its evidence in both languages."""
    with TemporaryDirectory() as folder:
        path = sheet(Path(folder), [[*HEAD, "血型"], ["8月1日", "张三", "13800001234", "李四", "13900001111", "A"]])
        (block,) = guess_layout(read_book(path), county()).blocks
    assert [str(column.role) for column in block.columns] == [
        "date",
        "leader_on_duty.name",
        "leader_on_duty.phone",
        "duty_officer.name",
        "duty_officer.phone",
        "unknown",
    ]
    assert [column.confidence for column in block.columns] == [0.95, 0.95, 0.85, 0.95, 0.85, 0.0]
    assert all(column.evidence.zh and column.evidence.en for column in block.columns)


# Values ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三", ["张三"]),
        ("张　三", ["张三"]),
        ("张 三", ["张三"]),
        ("欧阳 娜娜", ["欧阳娜娜"]),
        ("欧阳娜娜", ["欧阳娜娜"]),
        ("李 建 国", ["李建国"]),
        ("张三 李四", ["张三", "李四"]),
        ("张　三 李　四", ["张三", "李四"]),
        ("张三、李四", ["张三", "李四"]),
        ("张三/李四", ["张三", "李四"]),
        ("张三，李四；王五", ["张三", "李四", "王五"]),
        ("王五\n李四", ["王五", "李四"]),
        ("张三（副镇长）13800001234", ["张三"]),
        ("副镇长张三", ["张三"]),
        ("张三副镇长", ["张三"]),
        ("党委委员、副镇长 张三", ["张三"]),
        ("副书记：张三", ["张三"]),
        ("张三同志", ["张三"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("张三→李四", ["李四"]),
        ("张三（替李四）", ["张三"]),
        ("李四/无", ["李四"]),
    ],
)
def test_the_people_of_a_cell(text: str, names: list[str]) -> None:
    """Names are parted where two people are meant and kept together where one is."""
    assert [person.name for person in parse_people(text).people] == names


@pytest.mark.parametrize(
    "text",
    [
        "党政办",
        "张书记",
        "全体干部",
        "张三李四",
        "各村书记",
        "轮流值班",
        "13800001234",
        "=A1",
        "x",
        "张三轮休李四代",
        "王",
        "a" * 5000,
        "（）",
        "待通知",
    ],
)
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    """An office, half a name, names run together or a sentence is unclear, never a person."""
    cell = parse_people(text)
    assert (cell.kind, cell.people) == ("unclear", ())


@pytest.mark.parametrize("text", ["无", "/", "—", "空岗", "休假", "(出差)", "", "待定"])
def test_an_empty_post_has_nobody(text: str) -> None:
    """Marks for an empty post and an absence alone name nobody."""
    assert parse_people(text).kind == "nobody"


@pytest.mark.parametrize(
    ("text", "phones", "rest"),
    [
        ("13800001234", ["13800001234"], ""),
        ("13800001234.0", ["13800001234"], ""),
        ("１３８００００１２３４", ["13800001234"], ""),
        ("1.3800001234E+10", ["13800001234"], ""),
        ("1.3800000000E+10", ["13800000000"], ""),
        ("138 0000 1234", ["13800001234"], ""),
        ("138-0000-1234", ["13800001234"], ""),
        ("+86 138 0000 1234", ["13800001234"], ""),
        ("8613800001234", ["13800001234"], ""),
        ("023-55123456", ["023-55123456"], ""),
        ("(023)55123456", ["023-55123456"], ""),
        ("02355123456", ["023-55123456"], ""),
        ("55123456", ["023-55123456"], ""),
        ("55123456转8001", ["023-55123456转8001"], ""),
        ("023-55123456-8001", ["023-55123456转8001"], ""),
        ("13800001234/13900001111", ["13800001234", "13900001111"], ""),
        ("13800001234 55123456", ["13800001234", "023-55123456"], ""),
        ("13800001234\n13900001111", ["13800001234", "13900001111"], ""),
        ("手机13800001234", ["13800001234"], "手机"),
        ("1380000123", ["1380000123"], ""),
        ("138000012345", ["138000012345"], ""),
        ("1.38E+10", ["1.38E+10"], ""),
        ("无号码", [], "无号码"),
        (ID, [], ""),
        ("5.00235199001011E+17", [], ""),
    ],
)
def test_the_numbers_of_a_cell(text: str, phones: list[str], rest: str) -> None:
    """Numbers come out in one plain form; malformed ones as they were; an identity number is none."""
    found, left = parse_phones(text, "023")
    assert ([phone.text for phone in found], left) == (phones, rest)
    malformed = {phone.text for phone in found if phone.kind == "malformed"}
    assert malformed == {text} & {"1380000123", "138000012345", "1.38E+10"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("8月1日（周五）", (None, 8, 1)),
        ("8月1日 星期五", (None, 8, 1)),
        ("8.1", (None, 8, 1)),
        ("8/1", (None, 8, 1)),
        ("8-1", (None, 8, 1)),
        ("2025-8-1", (2025, 8, 1)),
        ("2025/08/01", (2025, 8, 1)),
        ("2025.8.1", (2025, 8, 1)),
        ("2025年8月1日", (2025, 8, 1)),
        ("20250801", (2025, 8, 1)),
        ("８月１日", (None, 8, 1)),
        ("1日", (None, 8, 1)),
        ("1号", (None, 8, 1)),
        ("1", (None, 8, 1)),
        (45870.0, (2025, 8, 1)),
        (1.0, (None, 8, 1)),
        (20250801.0, (2025, 8, 1)),
        (local(2025, 8, 1), (2025, 8, 1)),
    ],
)
def test_a_day_in_every_usual_form(text: str | float | datetime, day: tuple[int | None, int, int]) -> None:
    """The forms of 1 August 2025 that rosters use, in a sheet of August."""
    found = parse_day(text, 8)
    assert found is not None
    assert (found.year, found.month, found.day, found.last, found.tens) == (*day, None, False)


def test_same_as_above_is_the_cell_above(tmp_path: Path) -> None:
    """同上 and 〃 repeat person and number, with a note; with nothing above they are not used."""
    rows = [HEAD, ["8月1日", "张三", "13800001234", "同上", None], ["8月2日", "〃", "〃", "李四", "13900001111"]]
    result = imported(sheet(tmp_path, rows))
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "李四", "08-02", "08-03"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-02", "08-03"),
    ]
    assert notes(result) == [("D2", "上面没有人，未用"), ("B3", "同上一行的人"), ("C3", "同上一行的号码")]


def test_two_officers_in_a_cell_are_officer_and_deputy(tmp_path: Path) -> None:
    """Without a column of deputies the second officer is the deputy, with a note; numbers go by order."""
    rows = [["日期", "值班人员", "电话"], ["8月1日", "张三、李四", "13800001234、13900001111"]]
    result = imported(sheet(tmp_path, rows))
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "张三", "08-01", "08-02"),
        day_shift(JIANGKOU, "deputy_officer", "李四", "08-01", "08-02"),
    ]
    assert people(result) == [("张三", "13800001234"), ("李四", "13900001111")]
    assert notes(result) == [("B2", "值班员写了两人，后一人（李四）按副班")]


def test_posts_and_numbers_inside_a_cell_are_taken_from_it(tmp_path: Path) -> None:
    """“张三（主班）13800001234、李四（副班）” says who is what and has which number."""
    rows = [["日期", "值班人员"], ["8月1日", "李四（副班）13900001111、张三（主班）13800001234"]]
    result = imported(sheet(tmp_path, rows))
    assert people(result) == [("张三", "13800001234"), ("李四", "13900001111")]
    assert [shift[1:3] for shift in duty(result)] == [("duty_officer", "张三"), ("deputy_officer", "李四")]


def test_numbers_that_fit_nobody_are_not_given_to_anybody(tmp_path: Path) -> None:
    """Two people and one number: the people are taken without it, and whose it is is asked."""
    rows = [["日期", "带班领导", "电话"], ["8月1日", "张三、李四", "13800001234"]]
    result = imported(sheet(tmp_path, rows))
    assert people(result) == [("张三", ""), ("李四", "")]
    assert notes(result) == [("B2", "同一岗位两人，都采用"), ("C2", "2 人 1 个号码，对不上，号码未用")]
    assert asked(result) == [(1, "有的格人数与电话数对不上：号码是谁的？")]


def test_a_column_of_numbers_behind_two_columns_of_names_is_asked(tmp_path: Path) -> None:
    """带班领导, 主班, 联系电话: whose numbers? They are not used before that is said."""
    path = sheet(tmp_path, [["日期", "带班领导", "主班", "联系电话"], ["8月1日", "张三", "李四", "13800001234"]])
    result = imported(path)
    assert people(result) == [("张三", ""), ("李四", "")]
    assert notes(result) == [("D2:D2", "不知道是谁的电话，整列未用")]
    assert asked(result) == [(1, "电话列 值班表.xlsx!江口镇!D2:D2 是谁的号码？")]
    (tmp_path / "m.yaml").write_text('sheets:\n  "*":\n    columns:\n      D: duty_officer.phone\n', encoding="utf-8")
    assert people(imported(path, mapping=load_mapping(tmp_path / "m.yaml"))) == [("张三", ""), ("李四", "13800001234")]


def test_numbers_that_go_with_one_column_of_names_only_are_theirs(tmp_path: Path) -> None:
    """Where the leader stands beside several numbers and each officer always beside one, the numbers are the officers'."""
    rows = [
        ["日期", "带班领导", "主班", "联系电话"],
        ["8月1日", "张三", "李四", "13800001234"],
        ["8月2日", "张三", "王五", "13900001111"],
        ["8月3日", "赵六", "李四", "13800001234"],
    ]
    result = imported(sheet(tmp_path, rows))
    assert people(result) == [("张三", ""), ("李四", "13800001234"), ("王五", "13900001111"), ("赵六", "")]
    assert (notes(result), asked(result)) == ([], [])


def test_the_column_with_dates_is_the_one_read(tmp_path: Path) -> None:
    """Of 周次 and 时间 the one whose cells are dates counts; the other is noted."""
    rows = [["周次", "时间", "带班领导"], ["第一周", "8月4日-8月10日", "张三"], ["第二周", "8月11日-17日", "李四"]]
    result = imported(sheet(tmp_path, rows, file="带班安排.xlsx"))
    assert [shift[2:] for shift in duty(result)] == [
        ("张三", "08-04 08:30", "08-11 08:30"),
        ("李四", "08-11 08:30", "08-18 08:30"),
    ]
    assert notes(result) == [("A2:A3", "第二个日期列，未用")]


def test_malformed_numbers_are_kept_and_noted(tmp_path: Path) -> None:
    """A number of ten digits stays as it is, in the table and, masked, in a note."""
    result = imported(sheet(tmp_path, [["日期", "主班", "电话"], ["8月1日", "张三", "1380000123"]]))
    assert people(result) == [("张三", "1380000123")]
    assert [(note.held, note.made.zh, note.used) for note in result.notes] == [
        ("138***0123", "号码位数不对，按原样保留", True)
    ]


def test_one_name_with_two_numbers_is_two_people_and_a_question(tmp_path: Path) -> None:
    """The same name with different numbers at one desk may be a misprint or two people."""
    rows = [
        ["日期", "主班", "电话"],
        ["8月1日", "张三", "13800001234"],
        ["8月2日", "张三", "13800001243"],
        ["8月3日", "张三", None],
    ]
    result = imported(sheet(tmp_path, rows))
    assert people(result) == [("张三", ""), ("张三", "13800001234"), ("张三", "13800001243")]
    assert asked(result) == [
        (2, "张三有 2 个不同号码（138****1234、138****1243）：是同名的两个人，还是有一个号码写错？")
    ]


def test_a_mapping_states_numbers(tmp_path: Path) -> None:
    """``phones`` answers every question about numbers: a wrong one, a right one that looks wrong, namesakes, and whose of a cell's."""
    rows = [
        ["日期", "主班", "电话"],
        ["8月1日", "张三", "1380000123"],
        ["8月2日", "李四", "12345"],
        ["8月3日", "王五", "13800000003"],
        ["8月4日", "王五", "13800000004"],
        ["8月5日", "赵六、钱七", "138-0000-0005"],
    ]
    path = sheet(tmp_path, rows)
    asked_for = imported(path)
    assert {question.key for question in asked_for.questions} == {"phones"}
    assert len(asked_for.questions) == 3
    (tmp_path / "m.yaml").write_text(
        'phones:\n  1380000123: 13800001234\n  "12345": "12345"\n  13800000003: 13800000003\n  13800000004: 13800000004\n'
        "  138-0000-0005: 无、13800000005\n",
        encoding="utf-8",
    )
    result = imported(path, mapping=load_mapping(tmp_path / "m.yaml"))
    assert asked(result) == []
    assert people(result) == [
        ("张三", "13800001234"),
        ("李四", "12345"),
        ("王五", "13800000003"),
        ("王五", "13800000004"),
        ("赵六", ""),
        ("钱七", "13800000005"),
    ]
    (tmp_path / "m.yaml").write_text("phones:\n  1380000123: 1380000\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_mapping(tmp_path / "m.yaml")
    assert [fault.line for fault in caught.value.faults] == [2]


def test_a_missing_number_is_that_of_the_same_name_at_the_same_desk(tmp_path: Path) -> None:
    """A leader whose number is written once has it on all days; another desk's namesake lends nothing."""
    sheets = {
        "江口镇": [["日期", "主班", "电话"], ["8月1日", "张三", "13800001234"], ["8月2日", "张三", None]],
        "南溪镇": [["日期", "主班", "电话"], ["8月1日", "张三", None]],
    }
    result = imported(write_xlsx(tmp_path / "值班表.xlsx", sheets))
    assert people(result) == [("张三", ""), ("张三", "13800001234")]
    assert notes(result) == [("B3", "没有写电话，用同一单位 值班表.xlsx!江口镇!B2 的号码")]


def test_swaps_and_absences(tmp_path: Path) -> None:
    """A plain swap in the remarks is carried out and noted; who is on leave is not taken; other remarks are noted."""
    rows = [
        ["日期", "带班领导", "主班", "备注"],
        ["8月1日", "张三", "李四", "换班：李四→王五"],
        ["8月2日", "赵六（休假）", "王五", "李四换王五"],
        ["8月3日", "张三", "李四→王五", "国庆"],
        ["8月4日", "休假", "无", "换班：甲一→乙一"],
    ]
    result = imported(sheet(tmp_path, rows))
    assert duty(result) == [
        day_shift(JIANGKOU, "duty_officer", "王五", "08-01", "08-02"),
        day_shift(JIANGKOU, "duty_officer", "王五", "08-02", "08-03"),
        day_shift(JIANGKOU, "duty_officer", "王五", "08-03", "08-04"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-01", "08-02"),
        day_shift(JIANGKOU, "leader_on_duty", "张三", "08-03", "08-04"),
    ]
    assert notes(result) == [
        ("D2", "换班：李四改为王五"),
        ("B3", "赵六休假，不采用"),
        ("D3", "写了换班、请假或代班，没有照办"),
        ("C4", "换班，按换后的人员（王五）"),
        ("D4", "备注，未用"),
        ("B5", "休假，按无人值守"),
        ("B5", "无人，空岗"),
        ("C5", "无人，空岗"),
        ("D5", "写了换班、请假或代班，没有照办"),
    ]


def test_two_sheets_that_contradict_each_other_are_asked(tmp_path: Path) -> None:
    """An old and a new roster of one day: both are taken, noted, and asked about; what they share is taken once."""
    sheets = {
        "江口镇": [["日期", "带班领导", "主班"], ["8月1日", "张三", "李四"]],
        "江口镇 (2)": [["日期", "带班领导", "主班"], ["8月1日", "张三", "王五"]],
    }
    result = imported(write_xlsx(tmp_path / "值班表.xlsx", sheets))
    assert len(result.shifts) == 3
    assert notes(result) == [
        ("B2", "与 值班表.xlsx!江口镇!B2 重复，合为一条"),
        ("C2", "与 值班表.xlsx!江口镇!C2（李四）同岗同时，两人都采用"),
    ]
    assert asked(result) == [(1, "同一岗位同一时间有两处写了不同的人：以哪一处为准？")]


def test_the_duty_telephone_is_the_desks(tmp_path: Path) -> None:
    """A landline column, or “值班电话：” in a title or remark, is the desk's; a second, different one is noted."""
    rows = [
        ["江口镇8月值班表  值班电话：55123456"],
        ["日期", "主班", "值班电话"],
        ["8月1日", "张三", "023-55123456"],
        ["8月2日", "李四", "55129999"],
    ]
    result = imported(sheet(tmp_path, rows, "A1:C1"))
    assert result.landlines == ((JIANGKOU, "023-55123456"),)
    assert notes(result) == [("C4", "与前面的值班电话不同，用前面的")]


def test_mobiles_under_the_duty_telephone_are_those_of_who_is_on_duty(tmp_path: Path) -> None:
    """In villages the duty telephone is the mobile of the person on duty: one that changes from day to day is theirs."""
    rows = [["日期", "值班员", "值班电话"], ["8月1日", "张三", "13800001234"], ["8月2日", "李四", "13900001111"]]
    result = imported(sheet(tmp_path, rows))
    assert people(result) == [("张三", "13800001234"), ("李四", "13900001111")]
    assert result.landlines == ()


def test_posts_that_the_plan_does_not_have_are_listed(tmp_path: Path) -> None:
    """A county that plans without 灾害信息员: they, drivers and unknown columns are not used, each with one note for its column."""
    rows = [
        ["村", "支书", "灾害信息员", "电话", "司机", "血型"],
        ["新里社区", "张三", "李四", "13800001234", "王五", "A"],
    ]
    without = plan().model_copy(
        update={"posts": {name: post for name, post in plan().posts.items() if name != "info_worker"}}
    )
    result = import_roster([sheet(tmp_path, rows)], county(), without)
    assert people(result) == [("张三", "")]
    assert people(imported(sheet(tmp_path, rows), year=None)) == [("张三", ""), ("李四", "")]
    assert notes(result) == [
        ("C2:C2", "方案中没有岗位“灾害信息员”，整列未用"),
        ("D2:D2", "不知道是谁的电话，整列未用"),
        ("E2:E2", "司机不在叫应岗位中，整列未用"),
        ("F2:F2", "不明白这一列的含义，整列未用"),
    ]


def test_rotating_posts_without_dates_are_asked(tmp_path: Path) -> None:
    """A leader and an officer without a day are nobody's duty yet."""
    result = imported(sheet(tmp_path, [["带班领导", "主班"], ["张三", "李四"]]))
    assert result.shifts == ()
    assert asked(result) == [(1, "“值班表.xlsx!江口镇”没有日期列：是哪一天（哪几天）的值班表？")]


# Personal data --------------------------------------------------------------------------------------------------------


def test_notes_show_no_number_in_full() -> None:
    """Telephones are masked and identity numbers hidden; dates are neither."""
    assert masked("张三13912341234") == "张三139****1234"
    assert masked("023-55123456 转 1") == "023****3456 转 1"
    assert masked(f"{ID} 500235 19900101 123X 500235900101123") == "[身份证号] [身份证号] [身份证号]"
    assert masked("2025-08-01 08:30 20250801 8.10") == "2025-08-01 08:30 20250801 8.10"


def test_identity_numbers_are_dropped_wherever_they_stand(tmp_path: Path) -> None:
    """A column headed so, a column that looks so, a cell, a heading, a sheet's name: none comes out, not even in notes or mapping."""
    rows = [
        ["村", "支书", "电话", "身份证号", "", "网格员", "备注", f"x{ID}"],
        ["新里社区", f"张三{ID}", "13800001234", "x", ID, f"李四（{ID}）", f"证件{ID}", "y"],
        ["中和村", "王五", ID, float(ID), "500235 19900101 1234", ID, None, None],
    ]
    path = sheet(tmp_path, rows, name=f"江口镇{ID}"[:31], file=f"{ID}.xlsx")
    result = imported(path, year=None)
    assert people(result) == [("张三", "13800001234"), ("李四", ""), ("王五", "")]
    (tmp_path / "m.yaml").write_text(mapping_text(guess_layout(read_book(path), county())), encoding="utf-8")
    write_tables(result, tmp_path / "out")
    written = "".join(
        file.read_text(encoding="utf-8-sig") for file in [tmp_path / "m.yaml", *(tmp_path / "out").iterdir()]
    )
    for piece in (ID[:10], ID[6:14], "5.00235"):
        assert piece not in everything(result) + written
    assert ("D2:D3", "身份证号列，已丢弃") in notes(result)
    assert ("E2:E3", "身份证号列，已丢弃") in notes(result)
    assert len(imported(path, year=None, mapping=load_mapping(tmp_path / "m.yaml")).persons) == 3


@settings(repeatable, max_examples=15)
@given(data=st.data())
def test_a_number_added_or_corrected_keeps_every_id(tmp_path: Path, data: st.DataObject) -> None:
    """Numbers given, corrected or taken away, in any rows, leave every person of every row their id.

    Namesakes included, as long as namesakes keep different numbers; nothing of a number can be read from an id.
    """
    names = data.draw(
        st.lists(
            st.tuples(st.sampled_from(["江口镇", "南溪镇"]), st.sampled_from(["张三", "李四", "王五"])),
            min_size=1,
            max_size=6,
        )
    )
    own = [f"138{n:08d}" for n in range(len(names))]
    before = data.draw(
        st.tuples(
            *(st.sampled_from([n, ""] if names.count(key) == 1 else [n]) for key, n in zip(names, own, strict=True))
        )
    )
    after = data.draw(
        st.tuples(
            *(
                st.sampled_from([n, f"139{n[3:]}", ""] if names.count(key) == 1 else [n, f"139{n[3:]}"])
                for key, n in zip(names, own, strict=True)
            )
        )
    )

    def ids(phones: Sequence[str]) -> list[str]:
        rows = [
            [place, f"8月{d}日", name, phone]
            for d, ((place, name), phone) in enumerate(zip(names, phones, strict=True), start=1)
        ]
        result = imported(sheet(tmp_path, [["乡镇", "日期", "主班", "电话"], *rows], name="汇总"))
        return [shift.person for shift in sorted(result.shifts, key=lambda shift: str(shift.begin))]

    assert ids(before) == ids(after)


def test_one_number_at_two_desks_is_one_person_and_without_numbers_there_are_two(tmp_path: Path) -> None:
    """The same name and number is one person wherever it stands; the same name alone at two desks is not taken for one."""
    rows = [["村", "支书", "电话"], ["中和村", "张三", "13800001234"], ["新里社区", "张三", "138-0000-1234"]]
    (one,) = imported(sheet(tmp_path, rows)).persons
    alone = imported(sheet(tmp_path, [row[:2] for row in rows]))
    assert [person.name for person in alone.persons] == ["张三", "张三"]
    assert one.person in {person.person for person in alone.persons}


def test_a_row_said_twice_is_one_and_noted(tmp_path: Path) -> None:
    """The same person at the same post and time in two cells is one shift, with a note at the second."""
    result = imported(sheet(tmp_path, [["日期", "主班"], ["8月1日", "张三"], ["8月1日", "张三"]]))
    assert len(result.shifts) == 1
    assert notes(result) == [("B3", "与 值班表.xlsx!江口镇!B2 重复，合为一条")]


# Mapping --------------------------------------------------------------------------------------------------------------


def test_a_saved_mapping_says_what_was_guessed(tmp_path: Path) -> None:
    """A mapping written from a guess and read again gives the same roster, and any YAML reader reads it."""
    rows = [
        ["江口镇2025年8月值班表"],
        ["日期", "星期", "带班领导", "电话", "08:30-17:30值班员", "17:30-次日08:30值班员", "备注", "身份证号"],
        ["8月1日", "五", "张三", "13800001234", "李四", "王五", "国庆：#1", ID],
    ]
    path = sheet(tmp_path, rows, "A1:H1", name='8月 "#1" 新')
    (tmp_path / "m.yaml").write_text(mapping_text(guess_layout(read_book(path), county())), encoding="utf-8")
    mapping = load_mapping(tmp_path / "m.yaml")
    assert imported(path, mapping=mapping) == imported(path)
    plainly = YAML(typ="safe", pure=True).load(tmp_path / "m.yaml")
    (key,) = mapping.sheets
    assert list(plainly["sheets"]) == [key]
    says = mapping.sheets[key]
    assert plainly["sheets"][key]["desk"] == says.desk == JIANGKOU
    assert list(plainly["sheets"][key]["columns"].values()) == [str(role) for role in says.columns.values()]
    assert (says.header, says.year, says.month) == ((2, 2), 2025, 8)


def test_what_a_mapping_states_holds_before_the_guess(tmp_path: Path) -> None:
    """Desk, month, columns and rows of the mapping replace what would be guessed; the rest is still guessed."""
    path = sheet(tmp_path, [["日期", "主班", "副班"], ["1日", "张三", "李四"], ["2日", "王五", "赵六"]])
    says = f"""\
year: 2025
sheets:
  "*!江口镇":
    desk: "{NANXI}"   # 不是江口
    month: 9
    body: 2
    columns: {{}}
"""
    (tmp_path / "m.yaml").write_text(
        says.replace("    columns: {}\n", "    columns:\n      b: leader_on_duty.name\n      C: ignored\n"),
        encoding="utf-8",
    )
    result = imported(path, year=None, mapping=load_mapping(tmp_path / "m.yaml"))
    assert duty(result) == [day_shift(NANXI, "leader_on_duty", "张三", "09-01", "09-02")]


def test_no_mapping_brings_identity_numbers_in(tmp_path: Path) -> None:
    """A column of identity numbers is dropped even if a mapping calls it names or telephones."""
    path = sheet(tmp_path, [["村", "支书", "身份证号"], ["新里社区", "张三", ID]])
    (tmp_path / "m.yaml").write_text(
        'sheets:\n  "*":\n    columns:\n      C: village_secretary.phone\n', encoding="utf-8"
    )
    result = imported(path, mapping=load_mapping(tmp_path / "m.yaml"))
    assert people(result) == [("张三", "")]
    assert ID not in everything(result)


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"),
    [
        ("yaer: 2025", 1, "yaer", "不认识的键"),
        ("year: 25", 1, "year", "应为 2000 到 2099 的整数"),
        ("day_shift: 早上", 1, "day_shift", "看不懂的时段"),
        ("sheets:\n  a:\n    columns:\n      A: dat", 4, "A", "不认识的含义"),
        ("sheets:\n  a:\n    columns:\n      A: date.name", 4, "A", ""),
        ("sheets:\n  a:\n    columns:\n      A: leader.date", 4, "A", "不认识的含义"),
        ("sheets:\n  a:\n    columns:\n      A: duty_officer.name 巡查", 4, "A", "看不懂的时段"),
        ("sheets:\n  a:\n    columns:\n      第一列: date", 4, "第一列", "不是列号"),
        ("sheets:\n  a:\n    header: 三", 3, "header", "应为行号"),
        ("sheets:\n  a:\n    header: 3-2", 3, "header", "应为行号"),
        ("sheets:\n  a:\n    use: maybe", 3, "use", "应为 yes 或 no"),
        ("sheets:\n  a:\n    month: 13", 3, "month", "应为 1 到 12 的整数"),
        ("year: 2025\nyear: 2026", 2, "year", "重复的键"),
        ("year: 2025\n  month: 8", 2, "month", "缩进不对：上一级已经有值"),
        ("year 2025", 1, "", "读不懂这一行"),
        ("\tyear: 2025", 1, "", "读不懂这一行"),
        ("sheets:\n  - a", 2, "", "读不懂这一行"),
        ("year: [2025]", 1, "", "读不懂这一行"),
    ],
)
def test_a_wrong_mapping_is_told_by_line_and_key(tmp_path: Path, text: str, line: int, key: str, problem: str) -> None:
    """Each slip in a mapping is one fault with file, line, key and remedy."""
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    if not problem:  # ``date.name`` names a post called date: no fault before the plan is known
        with pytest.raises(InputError, match="没有这个岗位"):
            imported(sheet(tmp_path, [HEAD, ["8月1日", "张三", "1", "李四", "2"]]), mapping=load_mapping(path))
        return
    with pytest.raises(InputError) as caught:
        load_mapping(path)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.key, fault.problem.zh) == (str(path), line, key, problem)
    assert fault.remedy.zh


def test_a_mapping_of_unknown_desks_and_posts_is_refused(tmp_path: Path) -> None:
    """Codes and posts that are not there are faults with their lines, all at once."""
    says = 'places:\n  红旗: "1"\nsheets:\n  "*":\n    desk: "2"\n    columns:\n      A: bos.name\n'
    (tmp_path / "m.yaml").write_text(says, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        imported(sheet(tmp_path, [HEAD]), mapping=load_mapping(tmp_path / "m.yaml"))
    assert [(fault.line, fault.key, fault.problem.zh) for fault in caught.value.faults] == [
        (2, "红旗", "没有这个值班室"),
        (5, "desk", "没有这个值班室"),
        (7, "A", "没有这个岗位"),
    ]


# Tables ---------------------------------------------------------------------------------------------------------------


def test_the_tables_are_those_that_the_simulator_reads(tmp_path: Path) -> None:
    """What is written is read again by ``load_roster``: who holds the post at each minute, standing posts included."""
    sheets = {
        "江口镇": [["日期", "主班", "电话"], ["8月1日", "张三", "13800001234"], ["8月2日", "李四", "13900001111"]],
        "江口镇村": [["江口镇"], ["村", "支书"], ["新里社区", "王五"]],
    }
    result = imported(write_xlsx(tmp_path / "值班表.xlsx", sheets))
    write_tables(result, tmp_path / "out")
    tables = {
        "persons": str(tmp_path / "out" / "persons.csv"),
        "shifts": str(tmp_path / "out" / "shifts.csv"),
        "responsible": None,
    }
    roster = load_roster(plan().model_copy(update=tables), county(), local(2025, 8, 1, 22), 720)
    held = {minute: roster.on_duty(JIANGKOU, "duty_officer", minute) for minute in (0, 629, 630)}
    assert {minute: person and (person.name, person.phone) for minute, person in held.items()} == {
        0: ("张三", "13800001234"),
        629: ("张三", "13800001234"),
        630: ("李四", "13900001111"),
    }
    secretary = roster.on_duty(XINLI, "village_secretary", 5000)
    assert secretary is not None
    assert secretary.name == "王五"


def test_the_same_files_give_the_same_result(tmp_path: Path) -> None:
    """Two imports of the same files are equal in every row, note and question, and in their order."""
    paths = [
        sheet(
            tmp_path, [HEAD, ["8月1日", "张三", "138", "李四/王五", "x"], ["x", "y", "z", "z", "z"]], file=f"{n}.xlsx"
        )
        for n in range(3)
    ]
    assert imported(*paths) == imported(*paths)


# Properties -----------------------------------------------------------------------------------------------------------

SURNAMES, GIVEN = "赵钱孙李周吴郑冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏姜谢邹", "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂"
DAYS = [date(2025, 7, 28) + timedelta(days=n) for n in range(40)]
DAY_FORMS = {
    "cell": lambda day: local(day.year, day.month, day.day),
    "serial": lambda day: float((day - date(1899, 12, 30)).days),
    "chinese": lambda day: f"{day.month}月{day.day}日",
    "weekday": lambda day: f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）",
    "dots": lambda day: f"{day.month}.{day.day}",
    "slashes": lambda day: f"{day.month}/{day.day}",
    "iso": lambda day: f"{day.year}-{day.month}-{day.day}",
    "long": lambda day: f"{day.year}年{day.month}月{day.day}日",
}
PHONE_FORMS = {
    "text": lambda phone: phone,
    "number": float,
    "point": lambda phone: f"{phone}.0",
    "spaces": lambda phone: f"{phone[:3]} {phone[3:7]} {phone[7:]}",
    "dashes": lambda phone: f"{phone[:3]}-{phone[3:7]}-{phone[7:]}",
    "country": lambda phone: f"+86{phone}",
    "scientific": lambda phone: f"{phone[0]}.{phone[1:]}E+10",
}

names = st.builds(
    lambda surname, given_name: surname + given_name,
    st.sampled_from(SURNAMES),
    st.text(st.sampled_from(GIVEN), min_size=1, max_size=2),
)
phones = st.builds(
    lambda head, tail: f"1{head}{tail:08d}", st.sampled_from(["38", "39", "73", "95"]), st.integers(0, 99_999_999)
)


@st.composite
def rosters(draw: st.DrawFn) -> list[tuple[date, tuple[str, str], tuple[str, str], tuple[str, str]]]:
    """Draw a roster: for days in a row a leader, an officer and a deputy, each with their one number."""
    number: dict[str, str] = draw(st.dictionaries(names, phones, min_size=4, max_size=12))
    first = draw(st.integers(0, 20))
    days = DAYS[first : first + draw(st.integers(1, 15))]
    crew = st.permutations(sorted(number)).map(lambda order: tuple((name, number[name]) for name in order[:3]))
    return [(day, *draw(crew)) for day in days]


def truth(roster: Sequence[tuple[Any, ...]]) -> set[tuple[str, str, str, datetime]]:
    """Return what a roster says: post, name, phone, first minute."""
    posts = ("leader_on_duty", "duty_officer", "deputy_officer")
    return {
        (post, *person, datetime.combine(day, time(8, 30)))
        for day, *crew in roster
        for post, person in zip(posts, crew, strict=True)
    }


def read_back(result: Imported) -> set[tuple[str, str, str, datetime]]:
    """Return the same of an import, long shifts day by day."""
    persons = {person.person: person for person in result.persons}
    found = set()
    for shift in result.shifts:
        assert shift.begin is not None
        assert shift.end is not None
        for n in range((shift.end - shift.begin).days):
            person = persons[shift.person]
            found.add((shift.post, person.name, person.phone, shift.begin + timedelta(days=n)))
    return found


@repeatable
@given(
    roster=rosters(),
    day=st.sampled_from(sorted(DAY_FORMS)),
    phone=st.sampled_from(sorted(PHONE_FORMS)),
    padded=st.booleans(),
)
def test_a_row_a_day_is_read_back_exactly(tmp_path: Path, roster: Any, day: str, phone: str, padded: bool) -> None:  # noqa: ANN401
    """Whatever the form of dates and numbers, every shift comes back, and nothing is asked."""
    rows: list[list[Any]] = [["日期", "带班领导", "电话", "主班", "电话", "副班", "电话"]]
    for when, *crew in roster:
        cells = [
            ("　".join(name) if padded and len(name) == 2 else name, PHONE_FORMS[phone](number))
            for name, number in crew
        ]
        rows.append([DAY_FORMS[day](when), *itertools.chain.from_iterable(cells)])
    result = imported(sheet(tmp_path, rows))
    assert read_back(result) == truth(roster)
    assert (notes(result), asked(result)) == ([], [])


@repeatable
@given(roster=rosters(), separator=st.sampled_from(["、", "/", "，", "\n", " ", ";"]), beside=st.booleans())
def test_two_names_in_a_cell_are_read_back_exactly(tmp_path: Path, roster: Any, separator: str, beside: bool) -> None:  # noqa: ANN401
    """Officer and deputy in one cell, their numbers in one cell beside or behind each name, come back in order."""
    rows: list[list[Any]] = [["日期", "带班领导", "联系电话", "值班人员", "联系电话"]]
    for when, leader, officer, deputy in roster:
        if beside:
            crew = [separator.join((officer[0], deputy[0])), separator.join((officer[1], deputy[1]))]
        else:
            crew = [separator.join(f"{name}{number}" for name, number in (officer, deputy)), ""]
        rows.append([f"{when.month}月{when.day}日", *leader, *crew])
    result = imported(sheet(tmp_path, rows))
    assert read_back(result) == truth(roster)
    assert asked(result) == []


@repeatable
@given(roster=rosters(), lengths=st.lists(st.integers(1, 5), min_size=15, max_size=15))
def test_a_leader_for_days_in_a_row_is_read_back_exactly(tmp_path: Path, roster: Any, lengths: list[int]) -> None:  # noqa: ANN401
    """Leaders merged over several rows, number included, and leaders in a table of ranges, come back day by day."""
    days = [day for day, *_ in roster]
    ends = [end for end in itertools.accumulate(lengths) if end < len(days)] + [len(days)]
    spans = list(zip([0, *ends], ends, strict=False))
    leaders = [roster[a][1] for a, b in spans for _ in range(a, b)]
    meant = truth([(day, leader, *crew) for (day, _, *crew), leader in zip(roster, leaders, strict=True)])
    merged_rows: list[list[Any]] = [["日期", "带班领导", "电话", "主班", "电话", "副班", "电话"]]
    merged_rows += [
        [f"{day:%Y-%m-%d}", *leader, *officer, *deputy]
        for (day, _, officer, deputy), leader in zip(roster, leaders, strict=True)
    ]
    areas = [f"{c}{a + 2}:{c}{b + 1}" for a, b in spans if b > a + 1 for c in "BC"]
    assert read_back(imported(sheet(tmp_path, merged_rows, *areas))) == meant
    ranges: list[list[Any]] = [["日期", "带班领导", "电话"]]
    ranges += [
        [f"{days[a].month}月{days[a].day}日—{days[b - 1].month}月{days[b - 1].day}日", *leaders[a]] for a, b in spans
    ]
    by_week = imported(sheet(tmp_path, ranges, file="带班.xlsx"))
    assert read_back(by_week) == {row for row in meant if row[0] == "leader_on_duty"}


@repeatable
@given(roster=rosters(), order=st.permutations(range(6)))
def test_the_order_of_columns_and_unknown_columns_change_nothing(tmp_path: Path, roster: Any, order: list[int]) -> None:  # noqa: ANN401
    """Columns with headings of their own may stand in any order, beside columns that mean nothing here."""
    head = ["日期", "带班领导姓名", "带班领导电话", "主班", "主班电话", "血型"]
    rows = [head] + [[f"{day.month}月{day.day}日", *leader, *officer, "AB"] for day, leader, officer, _ in roster]
    shuffled = [[row[n] for n in order] for row in rows]
    result = imported(sheet(tmp_path, shuffled))
    assert read_back(result) == {row for row in truth(roster) if row[0] != "deputy_officer"}
    assert [made for _, made in notes(result)] == ["不明白这一列的含义，整列未用"]


@repeatable
@given(
    data=st.data(),
    ids=st.lists(
        st.from_regex(r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9])[0-9]{3}[0-9X]", fullmatch=True),
        min_size=1,
        max_size=3,
    ),
)
def test_identity_numbers_never_come_out(tmp_path: Path, data: st.DataObject, ids: list[str]) -> None:
    """Put an identity number into any cells, alone or among words: it stands in nothing that is said or written."""
    rows: list[list[Any]] = [
        ["日期", "带班领导", "电话", "主班", "备注", "编号"],
        *[[f"8月{d}日", "张三", "13800001234", "李四", "x", "y"] for d in (1, 2, 3)],
    ]
    for number in ids:
        row, column = data.draw(st.integers(0, 3)), data.draw(st.integers(0, 5))
        words = data.draw(st.sampled_from(["{}", "张三{}", "证号：{}", "（{}）", "{} 13800001234"]))
        rows[row][column] = words.format(number)
    path = sheet(tmp_path, rows)
    result = imported(path)
    (tmp_path / "m.yaml").write_text(mapping_text(guess_layout(read_book(path), county())), encoding="utf-8")
    write_tables(result, tmp_path / "out")
    said = everything(result) + "".join(
        file.read_text(encoding="utf-8-sig") for file in [tmp_path / "m.yaml", *(tmp_path / "out").iterdir()]
    )
    for number in ids:
        assert number not in said
        assert number[6:14] not in said.replace("2025", "")
    assert "13800001234" not in repr((result.notes, result.questions))


@repeatable
@given(
    cells=st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(max_size=12),
                st.floats(allow_nan=False, allow_infinity=False),
                st.sampled_from(
                    ["日期", "带班领导", "电话", "主班", "8月1日", "同上", "张三", "/", "第99周", "8.1", "备注"]
                ),
            ),
            max_size=6,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_anything_at_all_is_read_without_a_crash(tmp_path: Path, cells: list[list[Any]]) -> None:
    """Any cells whatever give a result or a fault, and each person of the result stands in some cell."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(cells)
    path = tmp_path / "江口镇.csv"
    path.write_bytes(text.getvalue().encode("utf-8", errors="replace"))
    try:
        result = imported(path)
    except InputError:
        return
    assert {shift.person for shift in result.shifts} == {person.person for person in result.persons}
    for person in result.persons:
        assert person.name[0] in text.getvalue()
