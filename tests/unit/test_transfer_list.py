"""The transfer list: a planner's CSV or workbook laid over the households of a county, and every fault of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from sim.county import County
from sim.errors import Fault, InputError
from tests.strategies import Small, small

ONE, TWO = "T000V000", "T000V001"
HEADER = [
    "户编号",
    "村民小组编码",
    "户主",
    "人数",
    "需协助",
    "安置点编码",
    "包保责任人",
    "是否用车",
    "启动条件",
    "身份证号",
]


def listed() -> Small:
    """Return a night of two villages with two households each, one zone and one shelter each."""
    night = small(1, 2, 2)
    night.tables["zones.csv"] = [{"code": "Z1", "kind": "点", "place": ONE}, {"code": "Z2", "kind": "点", "place": TWO}]
    night.tables["shelters.csv"] = [
        {"code": "S1", "place": ONE, "kind": "紧急", "capacity": 9},
        {"code": "S2", "place": TWO, "kind": "紧急", "capacity": 9},
    ]
    night.tables["transfer_list.csv"] = [
        {"household": "H0001", "place": TWO, "persons": "4", "needs_help": "是", "shelter": "S2", "helper": "张三"},
        {"household": "H0001", "place": ONE, "persons": "3.0", "vehicle": "是", "leave_on": "rain", "helper": "无"},
    ]
    return night


def with_workbook(night: Small, folder: Path, *rows: list[object], merged: tuple[str, ...] = ()) -> Small:
    """Write the rows as the second sheet of the list's workbook, in place of the CSV."""
    night.tables.pop("transfer_list.csv", None)
    book = Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("清单")
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    (folder / "county").mkdir()
    book.save(folder / "county" / "transfer_list.xlsx")
    return night


def loaded(night: Small, folder: Path) -> County:
    return night.load(folder).county


def faults_of(night: Small, folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        night.load(folder)
    return caught.value.faults


def check_overlaid(county: County) -> None:
    """The two households that ``listed`` names are as the list says, the others as they were."""
    homes = county.households
    assert homes.listed.tolist() == [True, False, True, False]
    assert homes.persons.tolist() == [3, 1, 4, 1]
    assert homes.zone.tolist() == [0, -1, 1, -1]
    assert homes.needs_help.tolist() == [False, False, True, False]
    assert county.transfer["row"].tolist() == [0, 2]
    assert county.transfer["shelter"].tolist() == [-1, 1]
    assert county.transfer["helper"].tolist() == [-1, 0]
    assert county.transfer["vehicle"].tolist() == [True, False]
    assert county.transfer["leave_on"].tolist() == ["rain", ""]
    assert county.places.listed_persons[0] == 7


def test_a_row_overrides_the_household_that_it_names(tmp_path: Path) -> None:
    """Persons, help and list; the zone is the only one of the place; "无" is no helper."""
    check_overlaid(loaded(listed(), tmp_path))


def test_a_workbook_with_titles_merged_cells_and_fractions_says_the_same(tmp_path: Path) -> None:
    """The header under two titles on the second sheet, a place and a helper merged over rows, whole numbers as fractions."""
    night = with_workbook(
        listed(),
        tmp_path,
        ["避险转移清单"],
        ["填报单位"],
        HEADER,
        ["H0001", ONE, "甲", 3.0, None, None, "无", "是", "rain", "500"],
        ["H0001", TWO, "乙", 4, "是", "S2", "张三", None, None, "501"],
        [],
    )
    check_overlaid(loaded(night, tmp_path))


def test_a_merged_place_stands_for_all_its_rows(tmp_path: Path) -> None:
    """Two households under one merged place and helper."""
    night = with_workbook(
        listed(),
        tmp_path,
        ["避险转移清单"],
        HEADER,
        ["H0000", ONE, "甲", 2, None, None, "张三"],
        ["H0001", None, "乙", 2],
        merged=("A1:J1", "B3:B4", "G3:G4"),
    )
    county = loaded(night, tmp_path)
    assert county.households.listed.tolist() == [True, True, False, False]
    assert county.transfer["helper"].tolist() == [0, 0]


def test_faults_of_a_workbook_name_row_and_heading(tmp_path: Path) -> None:
    """Rows as the planner's program counts them, headings as written, all at once."""
    rows = [["清单"], HEADER, ["H0001", ONE, "甲", 2.5], ["H0001", TWO, "乙", None], ["H0001", TWO, "乙", 2]]
    faults = faults_of(with_workbook(listed(), tmp_path, *rows), tmp_path)
    assert [(Path(f.file).name, f.line, f.column, f.key) for f in faults] == [
        ("transfer_list.xlsx", 3, 4, "人数"),
        ("transfer_list.xlsx", 4, 4, "人数"),
        ("transfer_list.xlsx", 5, 1, "户编号"),
    ]


@pytest.mark.parametrize(
    ("header", "key"),
    [(["户主", "人数", "房屋"], "房屋"), (["户主", "人数"], "place／村民小组编码"), (["甲", "乙"], "")],
)
def test_a_header_that_is_not_understood_is_a_fault(header: list[object], key: str, tmp_path: Path) -> None:
    """An unknown column, a missing one, and no header at all."""
    faults = faults_of(with_workbook(listed(), tmp_path, header), tmp_path)
    assert key in [fault.key for fault in faults]


def test_a_file_that_is_no_workbook_and_a_second_list_are_faults(tmp_path: Path) -> None:
    """Told in words, whatever the bytes."""
    night = listed()
    (tmp_path / "county").mkdir()
    (tmp_path / "county" / "transfer_list.xlsx").write_bytes(b"PK\x03\x04 broken")
    (fault,) = faults_of(night, tmp_path)
    assert "two lists" in fault.problem.en
    del night.tables["transfer_list.csv"]
    (tmp_path / "county" / "transfer_list.csv").unlink()
    (fault,) = faults_of(night, tmp_path)
    assert "xlsx" in fault.problem.en


def test_a_household_without_a_zone_is_asked_for_one(tmp_path: Path) -> None:
    """Two registered zones in its place: which of them is not guessed."""
    night = listed()
    night.tables["zones.csv"].append({"code": "Z3", "kind": "点", "place": TWO})
    (fault,) = faults_of(night, tmp_path)
    assert (fault.line, fault.key) == (2, "zone")
    night.tables["transfer_list.csv"][0]["zone"] = "Z3"
    assert loaded(night, tmp_path).households.zone.tolist() == [0, -1, 2, -1]


def test_no_name_is_kept(tmp_path: Path) -> None:
    """Head, telephone and identity number of the list are nowhere in the county."""
    night = listed()
    night.tables["transfer_list.csv"][0] |= {"户主": "甲某", "联系电话": "139", "身份证": "500"}
    county = loaded(night, tmp_path)
    check_overlaid(county)
    assert list(county.transfer) == ["row", "shelter", "helper", "vehicle", "leave_on"]
