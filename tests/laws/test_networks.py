"""Laws of the networks of a county: all are served, fed and joined; given tables win; nothing hangs on the order of rows."""

from __future__ import annotations

import csv
import dataclasses
import math
import shutil
import tempfile
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from ruamel.yaml import YAML

from sim.county import County, CountyPlan, load_county
from sim.county.network_synthesis import bisected
from sim.county.networks import Networks
from tests.proof import assert_share
from tests.strategies import Small, small

FOLDER = Path(__file__).parents[2] / "configs" / "counties" / "yunyang"
YUNYANG: dict[str, Any] = YAML(typ="safe").load(FOLDER / "county.yaml")
RULES: dict[str, Any] = YUNYANG["synthesis"]["networks"]
LEVELS = ("city", "county", "area", "township", "village", "group")
SMALL_SETS = [{"level": "village", "device": "sat_phone", "share": "50 %", "trained": "50 %"}]
repeatable = settings(derandomize=True, deadline=None, max_examples=20)


# Tools ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def county() -> County:
    """Return 云阳 as shipped."""
    return load_county(CountyPlan.model_validate({**YUNYANG, "folder": str(FOLDER)}))


def loaded(night: Small) -> County:
    """Return the county from a folder that does not outlive the call."""
    with tempfile.TemporaryDirectory() as folder:
        night.write(Path(folder))
        return load_county(CountyPlan.model_validate({**night.county, "folder": f"{folder}/county"}))


def ruled(night: Small, **rules: object) -> Small:
    """Return a night whose county follows the rules of 云阳, some of those of networks changed."""
    networks = RULES | {"sets": SMALL_SETS} | rules
    spread = {level: {"sigma": 0.3, "urban_factor": 1} for level in LEVELS}
    night.county["synthesis"] = {**YUNYANG["synthesis"], "spread": spread, "networks": networks, "rivers": None}
    night.county["synthesis"] |= {"shelters": [], "centres": None}
    return night


def layered(levels: int, spots: list[tuple[int, int]], *, lowest: int = 1, **rules: object) -> Small:
    """Return a county of so many levels, two places below each but the lowest, on spots that may coincide."""
    night = small(1, 1, 1)
    ids = LEVELS[-levels:]
    night.county["levels"] = [{"id": ids[0], "name": ids[0], "short": ids[0]}] + [
        {"id": name, "name": name, "short": name, "table": f"{name}.csv"} for name in ids[1:]
    ]
    night.tables = {}
    above = ["C"]
    spot = 0
    for name in ids[1:]:
        rows = []
        for parent in above:
            for n in range(lowest if name == ids[-1] else 2):
                x, y = spots[spot % len(spots)]
                spot += 1
                rows.append({"code": f"{parent}x{n}", "name": f"{parent}x{n}", "parent": parent, "x_m": x, "y_m": y})
        night.tables[f"{name}.csv"] = rows
        above = [row["code"] for row in rows]
    night.tables["households.csv"] = [
        {"household": f"H{n}", "place": code, "persons": 1 + n % 3, "phone": "smart", "pattern": "home"}
        for n, code in enumerate(above)
    ]
    return ruled(night, **{"sets": [{**SMALL_SETS[0], "level": ids[-1]}]} | rules)


def full(townships: int = 3, villages: int = 4) -> Small:
    """Return a county with every table of networks, three feeders in a township and two sites in a village."""
    night = small(townships, villages, 1)
    towns, places = ([row["code"] for row in night.tables[f"{name}.csv"]] for name in ("townships", "villages"))
    night.tables |= {
        "feeders.csv": [{"code": f"F{t}{n}", "substation": f"D{n}", "place": t} for t in towns for n in range(3)],
        "supplies.csv": [{"place": v, "feeder": f"F{v[:4]}{n % 3}"} for n, v in enumerate(places) if n % 2],
        "sites.csv": [
            {"code": f"S{v}{n}", "kind": "base", "place": v, "uplink": f"S{v[:4]}V0000" * (n > 0), "backhaul": "微波"}
            for v in places
            for n in range(2)
        ],
        "covers.csv": [{"place": t, "site": f"S{t}V000{n}"} for t in towns[1:] for n in range(2)],
        "roads.csv": [
            {"code": f"R{v}", "from": v[:4], "to": v, "length_m": 100 + n, "kind": "village"}
            for n, v in enumerate(places)
        ],
        "sets.csv": [
            {"place": t, "device": d, "count": 1 + n, "trained": n}
            for t in towns
            for n, d in enumerate(("mesh", "北斗"))
        ],
    }
    return night


def assert_same(one: Networks, other: Networks) -> None:
    """All tables and arrays are the same to the last bit."""
    for part in dataclasses.fields(Networks):
        a, b = (getattr(networks, part.name) for networks in (one, other))
        if isinstance(a, pd.DataFrame):
            pd.testing.assert_frame_equal(a, b, check_exact=True)
        else:
            assert np.array_equal(a, b), part.name


def assert_sound(county: County) -> None:
    """Each place is served and fed, each uplink chain ends at the core, the roads join all places, codes are their own."""
    networks, places = county.networks, county.places
    assert np.all(networks.serving[:, 0] >= 0)
    assert np.all(networks.supply >= 0)
    above = dict(zip(networks.sites["code"], networks.sites["uplink"], strict=True))
    for site in above:
        here, steps = site, 0
        while here:
            here, steps = above[here], steps + 1
            assert steps <= len(above)
    graph = networks.road_graph()
    assert set(graph) == set(places.code)
    assert nx.is_connected(graph)
    assert graph.number_of_edges() == len(networks.roads)
    assert networks.roads["length_m"].min() >= 1
    for frame in (networks.feeders, networks.sites, networks.roads):
        assert frame["code"].is_unique
        assert frame["code"].is_monotonic_increasing
        assert frame["entity"].is_unique
    assert set(networks.sites["feeder"]) <= set(networks.feeders["code"])
    known = set(places.code)
    for frame in (networks.feeders, networks.sites, networks.sets):
        assert set(frame["place"]) <= known


# 云阳 -----------------------------------------------------------------------------------------------------------------


def test_every_place_of_yunyang_is_served_fed_and_joined(county: County) -> None:
    """No village without a signal, no site without a way to the core, no group without a way out."""
    assert_sound(county)


def test_yunyang_has_as_many_sites_feeders_and_substations_as_planned(county: County) -> None:
    """929 034 residents, one base station for 680: 1 366 within 5 %; 42 hubs; ⌈villages ÷ 4⌉ feeders a township; 42 ÷ 2 substations."""
    networks, places = county.networks, county.places
    kinds = networks.sites["kind"].value_counts().to_dict()
    assert kinds == {"base": pytest.approx(929_034 / 680, rel=0.05), "hub": 42}
    villages = np.bincount(places.parent[county.of_level(2)], minlength=len(places))[county.of_level(1)]
    assert len(networks.feeders) == np.ceil(villages / 4).sum()
    assert networks.feeders.groupby("substation")["place"].nunique().tolist() == [2] * 21


def test_every_village_of_yunyang_has_its_base_stations_by_residents(county: County) -> None:
    """One for 680 residents, rounded, at least one, in as many different groups as there are."""
    networks, places = county.networks, county.places
    base = networks.sites[networks.sites["kind"] == "base"]
    where = np.array([county.index[code] for code in base["place"]])
    assert np.all(places.level[where] == 3)
    village = places.parent[where]
    villages = county.of_level(2)
    expected = np.maximum(np.rint(places.residents[villages] / 680), 1)
    assert np.array_equal(np.bincount(village, minlength=len(places))[villages], expected)
    groups = np.bincount(places.parent[county.of_level(3)], minlength=len(places))
    for place in villages:
        stands = where[village == place]
        assert len(np.unique(stands)) == min(len(stands), groups[place])
    metres = np.hypot(base["x_m"] - places.x_m[where], base["y_m"] - places.y_m[where])
    assert metres.max() <= 300
    assert base["uplink"].tolist() == [f"{places.code[places.parent[place]]}H" for place in village]


def test_ways_and_sets_of_yunyang_have_their_planned_shares(county: County) -> None:
    """Microwave 15 %, second way 60 % of hubs, satellite telephones in 20 % of villages, 80 % trained: within four standard errors."""
    sites, sets = county.networks.sites, county.networks.sets
    base, hub = (sites[sites["kind"] == kind] for kind in ("base", "hub"))
    assert_share(base["backhaul"] == "microwave", 0.15)
    assert_share(hub["second"] == "fibre", 0.60)
    assert set(hub["backhaul"]) == {"fibre"}
    assert set(hub["uplink"]) == {""}
    assert set(base["second"]) == {""}
    level = np.array([county.places.level[county.index[code]] for code in sets["place"]])
    assert sets[level == 1].groupby("device").size().to_dict() == {"radio_370": 42, "sat_phone": 42}
    assert_share(np.isin(county.of_level(2), [county.index[code] for code in sets["place"][level == 2]]), 0.20)
    assert_share(sets["trained"][level > 0], 0.80)
    assert sets["trained"][level == 0].tolist() == [True, True]


def test_a_feeder_of_yunyang_stays_in_its_township(county: County) -> None:
    """It feeds up to four villages of the township it stands in, and a group is on that of its village."""
    networks, places = county.networks, county.places
    township = np.array([county.index[code] for code in networks.feeders["place"]])
    for village in county.of_level(2):
        assert township[networks.supply[village]] == places.parent[village]
    assert np.bincount(networks.supply[county.of_level(2)]).max() <= 4
    groups = county.of_level(3)
    assert np.array_equal(networks.supply[groups], networks.supply[places.parent[groups]])


def test_roads_of_yunyang_are_as_long_as_they_wind(county: County) -> None:
    """1.5, 1.6, 1.6 and 1.4 times the straight distance of their ends; a path for each group."""
    roads, places = county.networks.roads, county.places
    ends = np.array([[county.index[code] for code in roads[name]] for name in ("from", "to")])
    straight = np.hypot(*(np.subtract(*at[ends]) for at in (places.x_m, places.y_m)))
    winding = roads["kind"].map({"main": 1.5, "township": 1.6, "village": 1.6, "path": 1.4}).to_numpy()
    assert roads["length_m"].to_numpy() == pytest.approx(np.maximum(straight * winding, 1))
    assert (roads["kind"] == "path").sum() == len(county.of_level(3))
    levels = np.sort(places.level[ends], axis=0)
    for kind, allowed in (
        ("main", {(0, 1), (1, 1)}),
        ("township", {(1, 2), (2, 2)}),
        ("village", {(2, 2)}),
        ("path", {(2, 3)}),
    ):
        assert set(map(tuple, levels[:, roads["kind"] == kind].T.tolist())) <= allowed


def test_a_place_of_yunyang_is_served_by_its_nearest_sites_within_reach(county: County) -> None:
    """Checked against all sites for seven hundred places: the nearest three within 3 km, at least the nearest."""
    networks, places = county.networks, county.places
    at = networks.sites[["x_m", "y_m"]].to_numpy()
    for place in range(0, len(places), 10):
        metres = np.hypot(at[:, 0] - places.x_m[place], at[:, 1] - places.y_m[place])
        order = np.argsort(metres, kind="stable")[:3]
        expected = [int(site) for n, site in enumerate(order) if n == 0 or metres[site] <= 3_000]
        assert networks.serving[place].tolist() == expected + [-1] * (3 - len(expected))


# Made by the rules ----------------------------------------------------------------------------------------------------


SPOTS = st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4)), min_size=1, max_size=20).map(
    lambda spots: [(1000 * x, 1000 * y) for x, y in spots]
)


@repeatable
@given(st.integers(2, 6), SPOTS, st.integers(1, 3))
def test_all_are_served_fed_and_joined_in_counties_of_two_to_six_levels(
    levels: int, spots: list[tuple[int, int]], lowest: int
) -> None:
    """Wherever the places lie, even all on one spot, with one to three lowest places below each of the others."""
    county = loaded(layered(levels, spots, lowest=lowest))
    assert_sound(county)
    village = levels - (2 if levels >= 4 else 1)
    base = county.networks.sites["code"][county.networks.sites["kind"] == "base"]
    assert {code.rpartition("B")[0] for code in base} == {county.places.code[i] for i in county.of_level(village)}


@pytest.mark.parametrize("level", ["township", "village", "group"])
def test_the_level_of_villages_may_be_said(level: str) -> None:
    """All laws hold at each level below the top."""
    county = loaded(layered(4, [(0, 0), (900, 0), (0, 2000)], lowest=2, level=level))
    assert_sound(county)
    hubs = county.networks.sites[county.networks.sites["kind"] == "hub"]
    above = county.level_index(level)
    assert above is not None
    assert set(hubs["place"]) == {county.places.code[i] for i in county.of_level(above - 1)}


def test_a_village_right_below_the_county_is_served_fed_and_joined() -> None:
    """Its seat is the county's."""
    night = ruled(small(2, 3, 1))
    night.tables["villages.csv"][0]["parent"] = "C"
    county = loaded(night)
    assert_sound(county)
    assert "CH" in set(county.networks.sites["code"])


def test_a_township_without_villages_is_served_fed_and_joined() -> None:
    """It has a hub and a feeder of its own."""
    night = ruled(small(2, 2, 1))
    night.tables["townships.csv"].append({"code": "T9", "name": "镇9", "parent": "C", "x_m": 9000, "y_m": 9000})
    county = loaded(night)
    assert_sound(county)
    assert county.networks.feeders["code"][county.networks.supply[county.index["T9"]]] == "T9F01"


def test_a_county_of_nothing_but_itself_is_served_and_fed() -> None:
    """No township, no village, no household: one hub and one feeder at the county's own seat, and no road."""
    night = ruled(small(1, 1, 1))
    header_only = {name: [dict.fromkeys(rows[0], "")] for name, rows in night.tables.items()}
    night.tables |= header_only
    networks = loaded(night).networks
    assert networks.feeders["code"].tolist() == ["CF01"]
    assert networks.sites["code"].tolist() == ["CH"]
    assert networks.supply.tolist() == [0]
    assert networks.serving[:, 0].tolist() == [0]
    assert networks.roads.empty


def test_the_order_of_rows_gives_the_same_made_networks(county: County, tmp_path: Path) -> None:
    """Townships from last to first and villages interleaved: the same networks to the last bit."""
    shutil.copy(FOLDER / "county.yaml", tmp_path)
    for name in ("townships.csv", "villages.csv"):
        with (FOLDER / name).open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = csv.reader(stream)
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows[::-2], *rows[-2::-2]])
    other = load_county(CountyPlan.model_validate({**YUNYANG, "folder": str(tmp_path)}))
    assert_same(other.networks, county.networks)


def test_denser_sites_leave_the_sites_there_were() -> None:
    """With three times as many base stations and two super sites more, each old site has its code, place, spot, way and luck."""
    night = small(2, 3, 40)
    few, many = (
        loaded(ruled(night.copy(), sites=RULES["sites"] | {"residents_each": each, "super_sites": supers})).networks
        for each, supers in ((30, 0), (10, 2))
    )
    assert len(many.sites) > len(few.sites)
    assert (many.sites["kind"] == "super").sum() == 2
    kept = many.sites[many.sites["code"].isin(few.sites["code"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, few.sites)


def test_super_sites_stand_where_most_are_listed_and_have_two_ways() -> None:
    """Fibre to the hub and a satellite; one at the seat of the second township, where the only listed household lives."""
    night = ruled(small(3, 2, 2), sites=RULES["sites"] | {"super_sites": 1})
    night.tables["zones.csv"] = [{"code": "Z", "kind": "滑坡", "place": "T001V000"}]
    home = next(row for row in night.tables["households.csv"] if row["place"] == "T001V000")
    home["zone"] = "Z"
    for row in night.tables["households.csv"]:
        row.setdefault("zone", "")
    sites = loaded(night).networks.sites.set_index("code")
    assert sites.index[sites["kind"] == "super"].tolist() == ["T001S"]
    assert sites.loc["T001S", ["place", "uplink", "backhaul", "second"]].tolist() == [
        "T001",
        "T001H",
        "fibre",
        "satellite",
    ]


def test_more_extra_roads_leave_the_roads_there_were() -> None:
    """With no, some and all of the extra links: each set of roads holds the one before, and the first is a tree and its main links."""
    spots = [(731 * n % 4001, 977 * n % 3989) for n in range(80)]
    codes = []
    for extra in ("0 %", "40 %", "100 %"):
        roads = RULES["roads"] | {"extra": extra, "across": "0 m"}
        networks = loaded(layered(4, spots, lowest=9, level="group", roads=roads)).networks
        codes.append(set(networks.roads["code"]))
    assert codes[0] < codes[1] < codes[2]


def test_sets_grow_with_their_share() -> None:
    """The holders at 20 % hold at 60 %; at 0 % nobody does, at 100 % everybody."""
    holders = []
    for share in ("0 %", "20 %", "60 %", "100 %"):
        night = ruled(small(3, 10, 1), sets=[SMALL_SETS[0] | {"share": share, "count": 2}])
        sets = loaded(night).networks.sets
        assert set(sets["count"]) <= {2}
        holders.append(set(sets["place"]))
    assert holders[0] == set()
    assert holders[0] < holders[1] < holders[2] < holders[3]
    assert len(holders[3]) == 30


def test_what_the_rules_leave_out_is_not_made() -> None:
    """Without networks, or with none of its parts, there is nothing; with one part there is that part alone."""
    night = ruled(small(2, 2, 1))
    night.county["synthesis"]["networks"] = None
    places = 7
    assert_same(loaded(night).networks, Networks.none(places))
    assert_same(loaded(ruled(small(2, 2, 1), feeders=None, sites=None, roads=None, sets=[])).networks, Networks.none(7))
    alone = loaded(ruled(small(2, 2, 1), feeders=None, roads=None, sets=[])).networks
    assert set(alone.sites["feeder"]) == {""}
    assert np.all(alone.serving[:, 0] >= 0)
    assert alone.roads.empty
    assert alone.feeders.empty


@repeatable
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30), st.integers(1, 30))
def test_neighbours_are_shared_out_evenly(points: list[tuple[int, int]], groups: int) -> None:
    """Each point is in one group, sizes differ by at most one, even where points coincide."""
    groups = min(groups, len(points))
    x, y = np.array(points, dtype=np.float64).T
    parts = bisected(x, y, groups)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(points)))
    sizes = [len(part) for part in parts]
    assert len(sizes) == groups
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({"level": "street"}, "street"),
        ({"level": "county"}, "county"),
        ({"sets": [SMALL_SETS[0] | {"level": "street"}]}, "street"),
        ({"sets": SMALL_SETS * 2}, "twice"),
        ({"feeders": {"villages_each": 0, "townships_each": 2}}, "villages_each"),
        ({"feeders": {"villages_each": 4, "townships_each": 0}}, "townships_each"),
        ({"sites": RULES["sites"] | {"residents_each": 1}}, "residents_each"),
        ({"sites": RULES["sites"] | {"most": 0}}, "most"),
        ({"sets": [SMALL_SETS[0] | {"count": 0}]}, "count"),
        ({"roads": RULES["roads"] | {"winding": RULES["roads"]["winding"] | {"path": 0.5}}}, "path"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused(rules: dict[str, object], says: str) -> None:
    """Levels that the county has not, a device twice, no village on a feeder, a road shorter than the bird flies."""
    with pytest.raises(ValidationError, match=says):
        loaded(ruled(small(1, 1, 1), **rules))


# Given by tables ------------------------------------------------------------------------------------------------------


def test_given_tables_win_over_the_rules() -> None:
    """With all six tables the rules change nothing; with one of them that one is as given and the others are made."""
    given_all = loaded(full()).networks
    night = full()
    assert_same(loaded(ruled(night.copy(), sites=None)).networks, given_all)
    for name in ("feeders", "sites", "roads", "sets"):
        alone = ruled(small(3, 4, 1))
        alone.tables[f"{name}.csv"] = night.tables[f"{name}.csv"]
        networks = loaded(alone).networks
        expected = getattr(given_all, name)
        columns = [column for column in expected if name != "sites" or column != "feeder"]  # a site is fed as its place
        pd.testing.assert_frame_equal(getattr(networks, name)[columns], expected[columns])
        others = {"feeders", "sites", "roads", "sets"} - {name}
        assert all(len(getattr(networks, other)) > 0 for other in others)


def test_the_order_of_rows_of_any_given_table_gives_the_same_networks() -> None:
    """Each table upside down: the same networks to the last bit."""
    night = full()
    for table in night.tables.values():
        table.reverse()
    assert_same(loaded(night).networks, loaded(full()).networks)


def test_a_place_without_a_row_is_supplied_as_the_place_above_it() -> None:
    """In a county of six levels with a row here and there, down to the lowest place."""
    night = layered(6, [(0, 0), (700, 100)], lowest=2)
    codes = [row["code"] for name in LEVELS[1:] for row in night.tables[f"{name}.csv"]]
    night.tables["feeders.csv"] = [{"code": f"F{n}", "substation": "D", "place": "C"} for n in range(3)]
    rows = {"C": "F0"} | {code: f"F{n % 3}" for n, code in enumerate(codes) if n % 7 == 3}
    night.tables["supplies.csv"] = [{"place": place, "feeder": feeder} for place, feeder in rows.items()]
    county = loaded(night)
    for i, code in enumerate(county.places.code):
        expected = int(rows[code][1]) if code in rows else county.networks.supply[county.places.parent[i]]
        assert county.networks.supply[i] == expected


def test_one_more_site_or_feeder_leaves_the_others_as_they_were() -> None:
    """Luck belongs to codes: a row more in front moves no other row's code or luck, and serves whom it stands by."""
    night = full()
    del night.tables["covers.csv"]  # what it says would hold, whoever stands nearer
    before = loaded(night).networks
    night.tables["feeders.csv"].insert(0, {"code": "E", "substation": "D", "place": "T000"})
    night.tables["sites.csv"].insert(0, {"code": "A", "kind": "hub", "place": "T002V003", "backhaul": "fibre"})
    night.tables["roads.csv"].insert(0, {"code": "A", "from": "C", "to": "T000", "length_m": 5, "kind": "main"})
    after = loaded(night).networks
    for name in ("feeders", "sites", "roads"):
        rows = getattr(after, name).iloc[1:].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, getattr(before, name))
    assert after.serving[-1, 0] == 0, "of equally near sites that of the lower code"
    assert np.array_equal(after.serving[:2] - (after.serving[:2] >= 0), before.serving[:2]), "far from there"


@repeatable
@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=12),
    st.integers(1, 5),
    st.integers(0, 5),
)
def test_given_sites_serve_by_distance_then_code(spots: list[tuple[int, int]], most: int, reach: int) -> None:
    """Against every site, where many are equally far: nearest first, then by code; within reach, at least one."""
    rules = RULES["sites"] | {"most": most, "reach": f"{reach} km"}
    night = ruled(small(2, 3, 1), sites=rules)
    night.tables["sites.csv"] = [
        {"code": f"S{n:02d}", "kind": "base", "place": "T000", "backhaul": "光缆", "x_m": 1000 * x, "y_m": 1000 * y}
        for n, (x, y) in enumerate(spots)
    ]
    county = loaded(night)
    for i in range(len(county.places)):
        metres = [math.hypot(1000 * x - county.places.x_m[i], 1000 * y - county.places.y_m[i]) for x, y in spots]
        order = sorted(range(len(spots)), key=lambda site: (round(metres[site], 6), site))
        served = [site for n, site in enumerate(order[:most]) if n == 0 or metres[site] <= 1000 * reach]
        assert [site for site in county.networks.serving[i].tolist() if site >= 0] == served
