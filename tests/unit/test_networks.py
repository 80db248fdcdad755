"""Networks of a small county that can be worked out by hand, and every fault of their tables."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.county import County, CountyPlan, load_county
from sim.errors import Fault, InputError
from tests.strategies import Small, small

Rows = list[dict[str, Any]]
FEEDERS: Rows = [
    {"code": "F1", "substation": "D1", "place": "T000"},
    {"code": "F2", "substation": "D1", "place": "T001"},
    {"code": "F3", "substation": "D2", "place": "T001"},
]
SUPPLIES: Rows = [
    {"place": "C", "feeder": "F1"},
    {"place": "T001", "feeder": "F2"},
    {"place": "T001V001", "feeder": "F3"},
]
SITES: Rows = [
    {"code": "S1", "kind": "汇聚站", "place": "T000", "backhaul": "光缆", "second": "卫星"},
    {"code": "S2", "kind": "基站", "place": "T000V001", "feeder": "F3", "uplink": "S1", "backhaul": "微波"},
    {"code": "S3", "kind": "超级基站", "place": "T001V001", "uplink": "S1", "backhaul": "satellite", "y_m": "0"},
]
COVERS: Rows = [
    {"place": "T000", "site": "S3"},
    {"place": "T000", "site": "S2"},
    {"place": "T001V001", "site": "S1"},
]
ROADS: Rows = [
    {"code": "R1", "from": "C", "to": "T000", "length_m": 3000, "kind": "main"},
    {"code": "R2", "from": "T000V001", "to": "T000", "length_m": 1500.5, "kind": "village"},
]
SETS: Rows = [
    {"place": "T001", "device": "卫星电话", "count": 2, "trained": "否"},
    {"place": "T000", "device": "370兆电台", "count": "", "trained": "是"},
    {"place": "T000", "device": "北斗", "count": 1, "trained": "是"},
    {"place": "T000", "device": "自组网", "count": 1, "trained": "是"},
]


def night(**tables: Rows) -> Small:
    """Return two townships of two villages 1 km apart (5 km between the townships), with some tables more."""
    county = small(2, 2, 1)
    county.tables |= {f"{name}.csv": [dict(row) for row in rows] for name, rows in tables.items()}
    return county


def loaded(county: Small) -> County:
    """Return the county from a folder that does not outlive the call."""
    with tempfile.TemporaryDirectory() as folder:
        county.write(Path(folder))
        return load_county(CountyPlan.model_validate({**county.county, "folder": f"{folder}/county"}))


def test_a_county_of_which_nothing_is_known_has_empty_networks() -> None:
    """The columns and their types are there, no place is on a feeder, and no site serves any."""
    county = loaded(night())
    networks = county.networks
    for frame in (networks.feeders, networks.sites, networks.roads, networks.sets):
        assert frame.empty
        assert frame["entity"].dtype == np.uint64
    assert networks.supply.tolist() == [-1] * len(county.places)
    assert networks.serving.tolist() == [[-1]] * len(county.places)
    assert len(networks.road_graph()) == 0


def test_a_place_is_on_the_feeder_of_the_place_above_it() -> None:
    """County, two townships, four villages: those without a row take what is above; C and T000 stand on F1."""
    county = loaded(night(feeders=FEEDERS, supplies=SUPPLIES))
    assert county.places.code == ("C", "T000", "T001", "T000V000", "T000V001", "T001V000", "T001V001")
    assert county.networks.feeders["code"].tolist() == ["F1", "F2", "F3"]
    assert county.networks.supply.tolist() == [0, 0, 1, 0, 0, 1, 2]


def test_a_place_that_no_row_leads_to_is_on_no_known_feeder() -> None:
    """Only the second village of the second township has a row: nothing is guessed for the others."""
    assert loaded(night(feeders=FEEDERS, supplies=SUPPLIES[2:])).networks.supply.tolist() == [-1] * 6 + [2]


def test_without_supplies_a_feeder_feeds_the_place_it_is_named_for() -> None:
    """T001 has two, and the first by code counts; the county itself has none."""
    rows = [FEEDERS[2], FEEDERS[1], FEEDERS[0]]
    assert loaded(night(feeders=rows)).networks.supply.tolist() == [-1, 0, 1, 0, 0, 1, 1]


def test_sites_are_read_in_the_words_of_a_planner() -> None:
    """Kinds and ways as written; where a cell is empty, position and feeder are those of the place, the uplink is the core."""
    sites = loaded(night(feeders=FEEDERS, supplies=SUPPLIES, sites=SITES)).networks.sites
    assert sites["kind"].tolist() == ["hub", "base", "super"]
    assert sites["feeder"].tolist() == ["F1", "F3", "F3"]
    assert sites["uplink"].tolist() == ["", "S1", "S1"]
    assert sites["backhaul"].tolist() == ["fibre", "microwave", "satellite"]
    assert sites["second"].tolist() == ["satellite", "", ""]
    assert sites[["x_m", "y_m"]].to_numpy().tolist() == [[0, 0], [0, 1000], [5000, 0]]


def test_without_feeders_a_site_never_loses_its_mains() -> None:
    """Its feeder is unknown."""
    sites = [{key: value for key, value in row.items() if key != "feeder"} for row in SITES]
    assert loaded(night(sites=sites)).networks.sites["feeder"].tolist() == ["", "", ""]


def test_the_nearest_sites_within_three_kilometres_serve_a_place() -> None:
    """S1 (0, 0), S2 (0, 1 km), S3 (5 km, 0); C at (2.5 km, 0.33 km) is as far from S1 as from S3, and the code decides."""
    county = loaded(night(feeders=FEEDERS, sites=SITES))
    assert county.networks.serving.tolist() == [
        [0, 2, 1],  # C: 2.52 km, 2.52 km, 2.59 km
        [0, 1, -1],  # T000
        [2, -1, -1],  # T001
        [0, 1, -1],  # T000V000
        [1, 0, -1],  # T000V001
        [2, -1, -1],  # T001V000
        [2, -1, -1],  # T001V001
    ]


def test_a_place_beyond_reach_is_served_by_the_nearest_site() -> None:
    """One site at T000: T001, 5 km away, hangs on it as well."""
    assert loaded(night(sites=SITES[:1])).networks.serving.tolist() == [[0, -1, -1]] * 7


def test_covers_say_who_serves_whom_nearest_first() -> None:
    """T000 and its villages by S2 and S3, T001V001 by S1; C, T001 and T001V000 have no row, nor anything above them: by the nearest."""
    county = loaded(night(feeders=FEEDERS, sites=SITES, covers=COVERS))
    assert county.networks.serving.tolist() == [
        [0, 2, 1],
        [1, 2, -1],
        [2, -1, -1],
        [1, 2, -1],
        [1, 2, -1],
        [2, -1, -1],
        [0, -1, -1],
    ]


def test_more_covers_than_usual_all_count() -> None:
    """Five sites on one spot, all named for one village: by code; the others keep their three."""
    sites: Rows = [{"code": f"S{n}", "kind": "base", "place": "T000", "backhaul": "fibre"} for n in range(5)]
    covers = [{"place": "T000V001", "site": row["code"]} for row in sites[::-1]]
    serving = loaded(night(sites=sites, covers=covers)).networks.serving
    assert serving[4].tolist() == [0, 1, 2, 3, 4]
    assert serving[1].tolist() == [0, 1, 2, -1, -1]


def test_roads_become_a_graph() -> None:
    """Nodes are places, edges know their road."""
    networks = loaded(night(roads=ROADS)).networks
    graph = networks.road_graph()
    assert sorted(graph) == ["C", "T000", "T000V001"]
    assert graph["T000"]["T000V001"] == {"code": "R2", "row": 1, "length_m": 1500.5, "kind": "village"}


def test_sets_are_read_in_the_words_of_a_planner() -> None:
    """By place and device; an empty count is one."""
    sets = loaded(night(sets=SETS)).networks.sets
    assert sets[["place", "device", "count", "trained"]].to_numpy().tolist() == [
        ["T000", "beidou", 1, True],
        ["T000", "mesh", 1, True],
        ["T000", "radio_370", 1, True],
        ["T001", "sat_phone", 2, False],
    ]


# Faults ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """Tables with one slip: where it is told, and what is said."""

    what: str
    file: str
    line: int
    key: str
    value: str
    says: str
    tables: dict[str, Rows] = field(default_factory=dict)


def changed(rows: Rows, row: int, **cells: object) -> Rows:
    """Return a copy of a table with some cells of one row changed."""
    return [one | cells if n == row else dict(one) for n, one in enumerate(rows)]


ALL = {
    "feeders": FEEDERS,
    "supplies": SUPPLIES,
    "sites": SITES,
    "covers": COVERS,
    "roads": ROADS,
    "sets": SETS,
}


def slip(file: str, row: int, key: str, value: object, says: str, *, shown: str | None = None) -> Case:
    """Return a case with one cell of one table changed and all else right."""
    tables = ALL | {file: changed(ALL[file], row, **{key: value})}
    return Case(f"{file} {key}", f"{file}.csv", row + 2, key, str(value) if shown is None else shown, says, tables)


RING = [row | {"uplink": uplink} for row, uplink in zip(SITES, ("S2", "S3", "S1"), strict=True)]
TWICE = [*ROADS, {"code": "R3", "from": "T000", "to": "C", "length_m": 9, "kind": "path"}]
CASES = [
    slip("feeders", 1, "place", "X", "no such place"),
    slip("feeders", 1, "code", "F1", "repeats line 2"),
    slip("supplies", 0, "place", "X", "no such place"),
    slip("supplies", 1, "feeder", "F9", "no such feeder"),
    slip("supplies", 2, "place", "T001", "repeats line 3"),
    slip("sites", 0, "place", "X", "no such place"),
    slip("sites", 0, "kind", "tower", "allowed values", shown="tower"),
    slip("sites", 0, "feeder", "F9", "no such feeder"),
    slip("sites", 1, "uplink", "S9", "no such site"),
    slip("sites", 0, "uplink", "S1", "S1 → S1 closes a ring"),
    slip("sites", 2, "backhaul", "pigeon", "allowed values"),
    slip("sites", 2, "second", "pigeon", "allowed values"),
    slip("sites", 2, "x_m", "far", "number"),
    slip("sites", 2, "code", "S2", "repeats line 3"),
    Case("uplinks in a ring", "sites.csv", 4, "uplink", "S1", "S3 → S1 closes a ring", ALL | {"sites": RING}),
    slip("covers", 2, "place", "X", "no such place"),
    slip("covers", 2, "site", "S9", "no such site"),
    slip("covers", 1, "site", "S3", "repeats line 2"),
    slip("roads", 0, "from", "X", "no such place"),
    slip("roads", 0, "to", "X", "no such place"),
    slip("roads", 1, "to", "T000V001", "from a place to itself"),
    slip("roads", 1, "length_m", 0, "should be a number"),
    slip("roads", 1, "length_m", -5, "should be a number"),
    slip("roads", 1, "kind", "lane", "allowed values"),
    slip("roads", 1, "code", "R1", "repeats line 2"),
    Case("the same two places", "roads.csv", 4, "to", "C", "the road of line 2", ALL | {"roads": TWICE}),
    slip("sets", 1, "place", "X", "no such place"),
    slip("sets", 1, "device", "pager", "allowed values"),
    slip("sets", 2, "device", "370兆电台", "repeats line 3", shown="radio_370"),
    slip("sets", 1, "count", 0, "whole number"),
    slip("sets", 1, "trained", "maybe", "yes or no"),
    Case("no feeders", "supplies.csv", 2, "feeder", "F1", "no such feeder", {"supplies": SUPPLIES[:1]}),
    Case("no sites", "covers.csv", 2, "site", "S1", "no such site", {"covers": COVERS[2:]}),
]


def faults_of(county: Small) -> tuple[Fault, ...]:
    """Return the faults that keep a county from being loaded."""
    with pytest.raises(InputError) as caught:
        loaded(county)
    return caught.value.faults


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.what} {case.value}: {case.says}")
def test_each_slip_is_told_once_with_its_place_and_remedy(case: Case) -> None:
    """File, line, column and value of the cell, what is wrong with it and what to do, in both languages."""
    (fault,) = faults_of(night(**case.tables))
    assert (Path(fault.file).name, fault.line, fault.key, fault.value) == (case.file, case.line, case.key, case.value)
    assert fault.column > 0
    assert case.says in fault.render("en")
    assert fault.problem.zh
    assert fault.remedy.zh
    assert fault.remedy.en


def test_all_slips_are_told_at_once() -> None:
    """An unknown place, feeder, uplink and site, a ring and a road to itself: six faults in one answer."""
    tables = ALL | {
        "supplies": changed(SUPPLIES, 0, feeder="F9"),
        "sites": changed(changed(SITES, 0, uplink="S1"), 1, uplink="S9"),
        "covers": changed(COVERS, 0, site="S9"),
        "roads": changed(ROADS, 0, to="C"),
        "sets": changed(SETS, 0, place="X"),
    }
    assert [Path(fault.file).name for fault in faults_of(night(**tables))] == [
        "covers.csv",
        "roads.csv",
        "sets.csv",
        "sites.csv",
        "sites.csv",
        "supplies.csv",
    ]
