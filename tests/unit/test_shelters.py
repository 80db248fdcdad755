"""Shelters, centres and the register of zones: what the tables say, what the rules make, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.county import County
from sim.errors import Fault, InputError
from tests.strategies import Small, small

ONE, TWO = "T000V000", "T000V001"


def tables() -> Small:
    """Return a night with zones, shelters, centres and a key site, in the words of a planner."""
    night = small(1, 3, 2)
    night.tables |= {
        "zones.csv": [
            {"code": "Z1", "kind": "滑坡", "place": ONE, "hazard_code": "500235010001", "risk_code": "R7"},
            {"code": "Z2", "kind": "滑坡", "place": TWO, "registered": "否"},
        ],
        "shelters.csv": [
            {"code": "S2", "place": TWO, "kind": "短期", "capacity": 80, "x_m": 7, "y_m": ""},
            {"code": "S1", "name": "村小学", "place": ONE, "kind": "emergency", "capacity": 40},
        ],
        "centres.csv": [
            {"code": "C2", "place": "T000", "teams": 2, "stock_persons": 500},
            {"code": "C1", "place": "C", "teams": 4, "stock_persons": 5000},
        ],
        "key_sites.csv": [
            {"code": "K1", "kind": "学校", "place": ONE, "persons": 9, "zone": "Z1"},
            {"code": "K2", "kind": "学校", "place": ONE, "persons": 9},
        ],
    }
    for row, zone in zip(night.tables["households.csv"], ("Z1", "", "Z2", "", "", ""), strict=True):
        row["zone"] = zone
    return night


def loaded(night: Small, folder: Path) -> County:
    return night.load(folder).county


def faults_of(night: Small, folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        night.load(folder)
    return caught.value.faults


def test_the_tables_are_read_in_the_words_of_a_planner(tmp_path: Path) -> None:
    """Kinds in Chinese, positions at the centre where none is given, whole numbers, all by code."""
    county = loaded(tables(), tmp_path)
    assert county.shelters["code"].tolist() == ["S1", "S2"]
    assert county.shelters["name"].tolist() == ["村小学", ""]
    assert county.shelters["kind"].tolist() == ["emergency", "short"]
    assert county.shelters["capacity"].tolist() == [40, 80]
    assert county.shelters[["x_m", "y_m"]].to_numpy().tolist() == [[0, 0], [7, 1000]]
    assert county.centres[["code", "place", "teams", "stock_persons"]].to_numpy().tolist() == [
        ["C1", "C", 4, 5000],
        ["C2", "T000", 2, 500],
    ]
    assert county.shelters.dtypes[["capacity", "entity"]].tolist() == [np.int64, np.uint64]
    assert county.key_sites["zone"].tolist() == [0, -1]
    assert county.synthetic == ()


def test_who_is_threatened_by_an_unregistered_zone_stands_on_no_list(tmp_path: Path) -> None:
    """Of two households in zones only that of the registered zone is listed, and both are threatened."""
    county = loaded(tables(), tmp_path)
    homes = county.households
    assert county.zones["registered"].tolist() == [True, False]
    assert county.zones[["hazard_code", "risk_code"]].to_numpy().tolist() == [["500235010001", "R7"], ["", ""]]
    assert homes.threatened.sum() == 2
    assert homes.listed.sum() == 1
    assert homes.zone[homes.listed].tolist() == [0]
    assert county.places.listed_persons[0] == 1


def test_latitudes_are_measured_from_the_reference_of_the_places(tmp_path: Path) -> None:
    """A shelter at the coordinates of a village stands at the village."""
    night = tables()
    for n, row in enumerate(night.tables["villages.csv"]):
        del row["x_m"], row["y_m"]
        row |= {"lat": 31 + 0.01 * n, "lon": 108 + 0.02 * n}
    night.tables["shelters.csv"] = [
        {"code": "S", "place": ONE, "kind": "长期", "capacity": 1, "lat": 31.02, "lon": 108.04}
    ]
    county = loaded(night, tmp_path)
    third = county.index["T000V002"]
    assert county.shelters[["x_m", "y_m"]].to_numpy().tolist() == [[county.places.x_m[third], county.places.y_m[third]]]


def test_a_latitude_in_a_county_without_any_is_a_fault(tmp_path: Path) -> None:
    """It could be turned into no distance: told, not put somewhere."""
    night = tables()
    night.tables["shelters.csv"][0] |= {"x_m": "", "lat": 31, "lon": 108}
    (fault,) = faults_of(night, tmp_path)
    assert (Path(fault.file).name, fault.line, fault.key) == ("shelters.csv", 2, "lat")


def test_every_unknown_code_is_told_at_once(tmp_path: Path) -> None:
    """Unknown places and zones of four tables: file, line, column and remedy of each, in one answer."""
    night = tables()
    night.tables["shelters.csv"][0]["place"] = "X"
    night.tables["centres.csv"][1]["place"] = "X"
    night.tables["key_sites.csv"][0]["zone"] = "X"
    night.tables["transfer_list.csv"] = [
        {"household": "H0009", "place": ONE, "persons": 1, "zone": "X", "shelter": "X"},
        {"household": "H0001", "place": "X", "persons": 1, "zone": "", "shelter": ""},
    ]
    faults = faults_of(night, tmp_path)
    assert [(Path(f.file).name, f.line, f.column, f.key) for f in faults] == [
        ("centres.csv", 3, 2, "place"),
        ("key_sites.csv", 2, 5, "zone"),
        ("shelters.csv", 2, 2, "place"),
        ("transfer_list.csv", 2, 1, "household"),
        ("transfer_list.csv", 2, 4, "zone"),
        ("transfer_list.csv", 2, 5, "shelter"),
        ("transfer_list.csv", 3, 1, "household"),
        ("transfer_list.csv", 3, 2, "place"),
    ]
    assert all(fault.remedy.zh and fault.remedy.en for fault in faults)


def test_every_bad_cell_is_told_at_once(tmp_path: Path) -> None:
    """A bad kind, room for fewer than one, fewer than no teams, a code twice, a flag that is none."""
    night = tables()
    night.tables["shelters.csv"] = [
        {"code": "S1", "place": ONE, "kind": "tent", "capacity": 5},
        {"code": "S2", "place": ONE, "kind": "long", "capacity": -1},
        {"code": "S2", "place": ONE, "kind": "long", "capacity": 0},
    ]
    night.tables["centres.csv"][0] |= {"teams": -1, "stock_persons": "2.5"}
    night.tables["zones.csv"][0]["registered"] = "maybe"
    assert [(Path(f.file).name, f.line, f.key) for f in faults_of(night, tmp_path)] == [
        ("centres.csv", 2, "teams"),
        ("centres.csv", 2, "stock_persons"),
        ("shelters.csv", 2, "kind"),
        ("shelters.csv", 3, "capacity"),
        ("shelters.csv", 4, "code"),
        ("shelters.csv", 4, "capacity"),
        ("zones.csv", 2, "registered"),
    ]
