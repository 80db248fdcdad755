"""Laws of the made-up part of a county, on 云阳 as shipped: totals kept, known facts met, nothing hanging on the order of rows."""

from __future__ import annotations

import csv
import dataclasses
import math
import re
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydantic import ValidationError
from ruamel.yaml import YAML
from scipy import stats

from sim.county import County, CountyPlan, load_county
from sim.county.plan import HouseholdPlan
from sim.county.synthesis import apportion, downstream, household_persons
from sim.errors import InputError
from sim.luck import Luck, child_ids, entity_id
from sim.warning.scene import Habits
from tests.proof import assert_share
from tests.strategies import Small, played, small

FOLDER = Path(__file__).parents[2] / "configs" / "counties" / "yunyang"
SEATS = ("双江街道", "青龙街道", "人和街道", "盘龙街道")
RESIDENTS = 929_034
repeatable = settings(derandomize=True, deadline=None)


# Tools ----------------------------------------------------------------------------------------------------------------


def plan_of(folder: Path, **changes: object) -> CountyPlan:
    """Return the plan of 云阳 with some keys changed."""
    data = YAML(typ="safe").load(folder / "county.yaml")
    return CountyPlan.model_validate({**data, "folder": str(folder), **changes})


@pytest.fixture(scope="module")
def county() -> County:
    """Return 云阳 as shipped."""
    return load_county(plan_of(FOLDER))


def made(folder: Path, **rules: object) -> CountyPlan:
    """Return the plan of the first two townships of 云阳 with some rules of synthesis changed."""
    with (FOLDER / "townships.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    kept = {row[header.index("code")] for row in rows[:2]}
    for name, column in (("townships.csv", "code"), ("villages.csv", "parent")):
        table = pd.read_csv(FOLDER / name, dtype=str)
        table[table[column].isin(kept)].to_csv(folder / name, index=False)
    synthesis = YAML(typ="safe").load(FOLDER / "county.yaml")["synthesis"] | rules
    shutil.copy(FOLDER / "county.yaml", folder)
    return plan_of(folder, residents=60_000, synthesis=synthesis)


def loaded(night: Small) -> County:
    """Return the county of a small night from a folder that does not outlive the call."""
    with tempfile.TemporaryDirectory() as folder:
        return night.load(Path(folder)).county


def assert_same(one: County, other: County) -> None:
    """Places, households and all frames are the same to the last bit."""
    for part in ("places", "households"):
        for field in dataclasses.fields(getattr(one, part)):
            a, b = (getattr(getattr(c, part), field.name) for c in (one, other))
            same = a == b if isinstance(a, tuple) else np.array_equal(a, b)
            assert same, f"{part}.{field.name}"
    assert one.links == other.links
    assert one.downstream == other.downstream
    for frame in ("zones", "loudspeakers", "area_terminals", "devices", "key_sites", "shelters", "centres", "transfer"):
        pd.testing.assert_frame_equal(getattr(one, frame), getattr(other, frame), check_exact=True)


# Totals ---------------------------------------------------------------------------------------------------------------


def test_the_county_has_its_townships_villages_groups_and_households(county: County) -> None:
    """42 townships and 480 villages from the official list, 6 000–7 000 groups, 390 000 households ± 2 %."""
    levels = [len(county.of_level(level)) for level in range(4)]
    assert levels[:3] == [1, 42, 480]
    assert 6_000 <= levels[3] <= 7_000
    assert len(county.households) == pytest.approx(390_000, rel=0.02)


def test_every_level_holds_exactly_the_residents_of_the_census(county: County) -> None:
    """929 034 at each level and in the households, and each place holds what its children hold."""
    places, homes = county.places, county.households
    assert homes.persons.sum() == RESIDENTS
    for level in range(4):
        assert places.residents[county.of_level(level)].sum() == RESIDENTS
    for column in (places.residents, places.households, places.listed_persons):
        inside = np.flatnonzero(places.parent >= 0)
        below = np.bincount(places.parent[inside], weights=column[inside], minlength=len(places))
        parents = np.unique(places.parent[inside])
        assert np.array_equal(below[parents], column[parents])


def test_each_group_counts_its_own_households(county: County) -> None:
    """Residents, households and listed persons of a group are those of its households, and nobody lives above a group."""
    places, homes = county.places, county.households
    size = len(places)
    groups = county.of_level(3)
    assert set(np.unique(homes.place)) <= set(groups)
    for column, weights in (
        (places.residents, homes.persons),
        (places.households, np.ones(len(homes))),
        (places.listed_persons, homes.persons * homes.listed),
    ):
        assert np.array_equal(column[groups], np.bincount(homes.place, weights=weights, minlength=size)[groups])
    assert homes.persons.min() == 1
    assert np.all((homes.elderly >= 0) & (homes.elderly <= homes.persons))


def test_hazard_points_and_listed_persons_meet_the_published_plan(county: County) -> None:
    """941 points and about 84 000 threatened persons (± 2 %), each point in one rural group of its own."""
    places, homes = county.places, county.households
    assert len(county.zones) == 941
    assert homes.persons[homes.listed].sum() == 84_126 == pytest.approx(84_000, rel=0.02)
    assert county.zones["registered"].all()
    assert np.array_equal(homes.listed, homes.threatened)
    assert county.zones["place"].is_unique
    where = np.array([county.index[code] for code in county.zones["place"]])
    assert not places.urban[where].any()
    assert np.array_equal(where[homes.zone[homes.listed]], homes.place[homes.listed])


# Shapes ---------------------------------------------------------------------------------------------------------------


def test_townships_outside_the_seat_are_log_normal_like_their_neighbours(county: County) -> None:
    """Census of neighbouring counties: σ of the logarithm 0.55–0.60, median 13 000–22 000; the seat holds 20–35 %."""
    towns = county.of_level(1)
    seat = np.isin([county.places.name[i] for i in towns], SEATS)
    residents = county.places.residents[towns]
    assert seat.sum() == 4
    assert 0.55 <= np.log(residents[~seat]).std(ddof=1) <= 0.60
    assert 13_000 <= np.median(residents[~seat]) <= 22_000
    assert 0.20 <= residents[seat].sum() / RESIDENTS <= 0.35


def test_groups_and_households_have_their_usual_size(county: County) -> None:
    """About 137 residents a group (双龙镇: 133), 2.2–2.5 persons a household, shares of sizes as planned within a point."""
    homes = county.households
    assert len(county.of_level(3)) == pytest.approx(RESIDENTS / 137, rel=0.05)
    assert 2.2 <= homes.persons.mean() <= 2.5
    shares = np.bincount(homes.persons, minlength=7)[1:] / len(homes)
    assert shares == pytest.approx([0.27, 0.355, 0.19, 0.115, 0.05, 0.02], abs=0.01)


def test_the_old_the_phones_and_the_deaf_have_their_planned_shares(county: County) -> None:
    """Within four standard errors: 60 and older 38 % in small, 17 % in larger households; phones and hearing where all are old."""
    homes = county.households
    for few, exact in ((True, 0.38), (False, 0.17)):
        those = (homes.persons <= 2) == few
        share = homes.elderly[those].sum() / homes.persons[those].sum()
        assert abs(share - exact) <= 4 * math.sqrt(exact * (1 - exact) / homes.persons[those].sum())
    old = homes.elderly == homes.persons
    assert_share(homes.phone[old] == 2, 0.45)
    assert_share(homes.phone[old] == 1, 0.45)
    assert_share(homes.phone[~old] == 2, 0.96)
    assert_share(homes.phone[~old] == 1, 0.03)
    assert_share(homes.hard_of_hearing[old], 0.15)
    assert not homes.hard_of_hearing[~old].any()
    assert_share(homes.needs_help[homes.elderly > 0], 0.12)
    assert_share(homes.pattern == 0, 0.55)


@pytest.mark.parametrize(
    ("hour", "asleep", "stays", "works"), [(2, 0.96, 0.97, 0.93), (9, 0.02, 0.55, 0.20), (22, 0.60, 0.97, 0.93)]
)
def test_at_each_hour_so_many_are_at_home_and_asleep(
    county: County, hour: int, asleep: float, stays: float, works: float
) -> None:
    """The shares of the county's table of habits, drawn for one night, within four standard errors; who sleeps is at home."""
    night = Habits(county, county.households, pd.Timestamp("2025-07-11 00:00").to_pydatetime(), Luck(11, 0))
    home, sleeping = night.at_home(hour * 60.0), night.asleep(hour * 60.0)
    for pattern, share in enumerate((stays, works)):
        assert_share(home[county.households.pattern == pattern], share)
    assert_share(sleeping[home], asleep)
    assert not np.any(sleeping & ~home)


def test_ten_household_leads_are_one_in_ten(county: County) -> None:
    """Every group has ⌈households ÷ 10⌉ leads."""
    homes, size = county.households, len(county.places)
    households, leads = (np.bincount(homes.place, weights=w, minlength=size) for w in (np.ones(len(homes)), homes.lead))
    assert np.array_equal(leads, np.ceil(households / 10))


# Identity -------------------------------------------------------------------------------------------------------------


def test_every_id_is_its_own(county: County) -> None:
    """No two households, places, loudspeakers or codes share an id, and no place has the luck of a household."""
    places, homes = county.places, county.households
    assert len(np.unique(homes.id)) == len(homes)
    assert len(set(places.code)) == len(places)
    assert len(np.unique(np.r_[homes.id, places.entity])) == len(homes) + len(places)
    points = (county.loudspeakers, county.area_terminals, county.key_sites)
    for frame in (county.zones, *points):
        assert frame["code"].is_unique
    assert pd.concat(points)["entity"].is_unique


def test_a_household_keeps_the_nearest_loudspeaker(county: County) -> None:
    """Checked against every terminal for two hundred households across the county."""
    homes, speakers = county.households, county.loudspeakers
    for i in range(0, len(homes), len(homes) // 200):
        metres = np.hypot(homes.x_m[i] - speakers["x_m"].to_numpy(), homes.y_m[i] - speakers["y_m"].to_numpy())
        assert homes.loudspeaker_m[i] == pytest.approx(metres.min())
        assert metres[homes.loudspeaker[i]] == pytest.approx(metres.min())


# Terminals, devices, key sites ----------------------------------------------------------------------------------------


def test_loudspeakers_are_fed_as_planned(county: County) -> None:
    """60 % by IP, 30 % by FM, 10 % by satellite, within four standard errors."""
    kind = county.loudspeakers["kind"].to_numpy()
    for word, share in (("ip", 0.6), ("fm", 0.3), ("satellite", 0.1)):
        assert_share(kind == word, share)


def test_area_terminals_stand_where_most_people_are_listed(county: County) -> None:
    """34 of them, in the middle of groups none of which has fewer listed persons than a group without."""
    places, terminals = county.places, county.area_terminals
    where = np.array([county.index[code] for code in terminals["place"]])
    assert len(np.unique(where)) == 34
    assert np.array_equal(terminals[["x_m", "y_m"]], np.column_stack([places.x_m[where], places.y_m[where]]))
    without = np.setdiff1d(county.of_level(3), where)
    fewest = places.listed_persons[where].min()
    assert fewest > 0
    assert fewest >= places.listed_persons[without].max()
    ties = [i for i in county.of_level(3) if places.listed_persons[i] == fewest]
    chosen = np.isin(ties, where)
    assert np.all(np.diff(chosen.astype(int)) <= 0), "of equals those with the lower codes"


def test_no_terminal_stands_where_nobody_is_listed(tmp_path: Path) -> None:
    """With more terminals planned than there are groups with listed persons, each of these gets one and no other group does."""
    county = load_county(made(tmp_path, area_terminals={"count": 10_000}))
    groups = county.of_level(3)
    listed = {county.places.code[i] for i in groups if county.places.listed_persons[i] > 0}
    assert set(county.area_terminals["place"]) == listed


def test_a_household_keeps_the_nearest_area_terminal_within_three_kilometres(county: County) -> None:
    """Checked against all of them for two hundred households; beyond 3 km there is none."""
    homes, terminals = county.households, county.area_terminals
    near = 0
    for i in range(0, len(homes), len(homes) // 200):
        metres = np.hypot(homes.x_m[i] - terminals["x_m"].to_numpy(), homes.y_m[i] - terminals["y_m"].to_numpy())
        if metres.min() < 3_000:
            near += 1
            assert homes.area_terminal_m[i] == pytest.approx(metres.min())
            assert metres[homes.area_terminal[i]] == pytest.approx(metres.min())
        else:
            assert (homes.area_terminal[i], homes.area_terminal_m[i]) == (-1, np.inf)
    assert 0 < near < 200


def test_every_group_has_one_device_to_make_itself_heard(county: County) -> None:
    """Gong 45 %, megaphone 25 %, hand siren 20 %, whistle 10 %: all groups; a patrol car in half of the villages."""
    devices = county.devices
    in_hand = devices[devices["device"] != "patrol_car"]
    assert sorted(in_hand["place"]) == sorted(county.places.code[i] for i in county.of_level(3))
    for device, share in (("gong", 0.45), ("megaphone", 0.25), ("hand_siren", 0.20), ("whistle", 0.10)):
        assert_share((in_hand["device"] == device).to_numpy(), share)
    cars = set(devices.loc[devices["device"] == "patrol_car", "place"])
    villages = [county.places.code[i] for i in county.of_level(2)]
    assert cars <= set(villages)
    assert_share(np.isin(villages, list(cars)), 0.5)
    pd.testing.assert_frame_equal(devices, devices.sort_values(["place", "device"], ignore_index=True))


def test_groups_beyond_the_planned_shares_have_no_device(tmp_path: Path) -> None:
    """A quarter with a gong and nothing else: three quarters have none, and the gongs are where they were."""
    few = dict.fromkeys(("whistle", "hand_siren", "megaphone", "patrol_car"), "0 %")
    some, more = (
        load_county(made(tmp_path, devices={"gong": share, **few})).devices["place"] for share in ("25 %", "50 %")
    )
    assert set(some) < set(more)
    groups = load_county(made(tmp_path)).of_level(3)
    assert_share(np.arange(len(groups)) < len(some), 0.25)


def test_key_sites_have_staff_by_their_kind_and_no_made_up_telephone(county: County) -> None:
    """One of the staff for 15 pupils, 3 patients, 8 old people, 10 workers, 12 guests, 2 at a dam, and always somebody."""
    each = {"学校": 15, "医院（卫生院）": 3, "养老机构": 8, "工地": 10, "景区（民宿）": 12, "水利设施": 2}
    for site in county.key_sites.itertuples():
        assert site.staff == max(1, round(site.persons / each[site.kind]))
    assert set(county.key_sites["duty_phone"]) == {""}


# Buildings ------------------------------------------------------------------------------------------------------------


def test_households_of_towns_live_in_buildings(county: County) -> None:
    """Up to 24 households of one place at one point; in the countryside nobody does; numbers run by place."""
    homes = county.households
    inside = homes.building >= 0
    assert np.array_equal(inside, county.places.urban[homes.place])
    building, households = np.unique(homes.building[inside], return_counts=True)
    assert np.array_equal(building, np.arange(len(building)))
    assert households.max() == 24
    held = pd.DataFrame({"b": homes.building, "place": homes.place, "x": homes.x_m, "y": homes.y_m})[inside]
    of_one = held.groupby("b")
    assert (of_one.min() == of_one.max()).all(axis=None)
    assert of_one["place"].first().is_monotonic_increasing
    lived_in = np.bincount(homes.place[inside], minlength=len(county.places))
    assert np.array_equal(held.groupby("place")["b"].nunique(), np.ceil(lived_in[lived_in > 0] / 24))
    assert len(held[["x", "y"]].drop_duplicates()) == len(building)


def assert_visited_by_building(county: County) -> None:
    """No team leaves a building and comes back for another of its households that is listed (or not) alike."""
    homes = county.households
    stops = pd.DataFrame({"place": homes.place, "listed": homes.listed, "building": homes.building})
    runs = stops[(stops != stops.shift()).any(axis=1) & (stops["building"] >= 0)]
    assert not runs.duplicated().any()


def test_a_team_goes_from_building_to_building(county: County) -> None:
    """In all of 云阳, though many buildings share a cell of the curve."""
    assert_visited_by_building(county)


@settings(repeatable, max_examples=20)
@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.booleans(), st.sampled_from(["", "10", "15"])), max_size=12))
def test_given_buildings_stay_together_behind_the_listed(rows: list[tuple[str, bool, str]]) -> None:
    """However the rows mix buildings of one cell: one point each, listed first, building by building, whatever their order."""
    night = small(1, 2, 12)
    night.tables["zones.csv"] = [{"code": "Z", "kind": "滑坡", "place": "T000V000"}]
    for home, (building, listed, x) in zip(night.tables["households.csv"], rows, strict=False):
        home |= {"building": building, "zone": "Z" if listed else "", "x_m": x, "y_m": 3}
    county = loaded(night)
    homes = county.households
    assert_visited_by_building(county)
    assert np.all(np.diff(homes.listed[homes.place == homes.place[0]].astype(int)) <= 0)
    numbers = np.unique(homes.building)
    assert numbers.tolist() == list(range(-1, len({building for building, *_ in rows})))
    for number in numbers[numbers >= 0]:
        assert len(set(zip(*(xy[homes.building == number] for xy in (homes.x_m, homes.y_m)), strict=True))) == 1
    night.tables["households.csv"].reverse()
    assert_same(loaded(night), county)


def test_a_given_building_stands_at_the_median_of_its_households() -> None:
    """10, 12 and a slip of 900 m: the building stands at 12; one whose households say nothing stands where its place does."""
    night = small(1, 1, 6)
    for home, x in zip(night.tables["households.csv"], (10, 12, 900, "", "", 40), strict=True):
        home |= {"building": "" if x == 40 else "2" if x == "" else "1栋", "x_m": x, "y_m": x and 5}
    homes = loaded(night).households
    assert sorted(zip(homes.building.tolist(), homes.x_m.tolist(), homes.y_m.tolist(), strict=True)) == [
        (-1, 40, 5),
        *[(0, 12, 5)] * 3,
        *[(1, 0, 0)] * 2,
    ]


# Rivers ---------------------------------------------------------------------------------------------------------------


def test_villages_lie_along_rivers_that_run_to_the_seat(county: County) -> None:
    """Within a township each village but the nearest to the seat drains into the nearest one that is closer to it."""
    places = county.places
    into = {county.index[up]: county.index[down] for up, down in county.downstream}
    assert len(into) == len(county.downstream)
    for town in county.of_level(1):
        villages = np.flatnonzero(places.parent == town)
        to_seat = np.hypot(places.x_m[villages] - places.x_m[town], places.y_m[villages] - places.y_m[town])
        for village, own in zip(villages, to_seat, strict=True):
            closer = villages[to_seat < own]
            if len(closer) == 0:
                assert village not in into
                continue
            metres = np.hypot(places.x_m[closer] - places.x_m[village], places.y_m[closer] - places.y_m[village])
            assert into[village] == closer[metres.argmin()]


@repeatable
@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1, max_size=30))
def test_no_river_runs_in_a_ring(points: list[tuple[int, int]]) -> None:
    """Even where villages lie on one spot or equally far away: from each the water reaches the one without a way on."""
    x, y = np.array(points, dtype=np.float64).T
    into = downstream(x, y, 0.5, 0.0)
    assert np.count_nonzero(into < 0) == 1
    here = np.arange(len(points))
    for _ in points:
        here = np.where(into[here] >= 0, into[here], here)
    assert np.all(into[here] < 0)


def test_rivers_are_made_only_where_the_rules_say_so(tmp_path: Path) -> None:
    """Without ``synthesis.rivers`` there are none, and nothing is called synthetic."""
    county = load_county(made(tmp_path, rivers=None))
    assert county.downstream == ()
    assert "rivers" not in county.synthetic


# The tree -------------------------------------------------------------------------------------------------------------


def test_below_a_place_is_what_leads_up_to_it(county: County) -> None:
    """A township, a village of another and a group: the mask is what walking up from each place finds."""
    places = county.places
    tops = {int(county.of_level(1)[3]), int(county.of_level(2)[-1]), int(county.of_level(3)[0])}
    expected = []
    for i in range(len(places)):
        here = i
        while here >= 0 and here not in tops:
            here = int(places.parent[here])
        expected.append(here >= 0)
    assert np.array_equal(county.below(np.array(sorted(tops))), expected)
    assert county.below(np.array([0])).all()
    assert not county.below(np.zeros(0, dtype=np.int64)).any()


# Names and codes ------------------------------------------------------------------------------------------------------


def test_townships_are_called_as_they_are(county: County) -> None:
    """黄石 has been a 街道 since its rebuilding, not a 镇; townships are shown by name."""
    names = {county.places.code[i]: county.places.name[i] for i in county.of_level(1)}
    assert names["500235121"] == "黄石街道"
    assert "黄石镇" not in names.values()
    assert all(county.places.label[i] == county.places.name[i] for i in county.of_level(1))


def test_villages_and_groups_are_shown_as_codes(county: County) -> None:
    """A village is its township and a number; its label does not hold its name, nor its number the official order."""
    places = county.places
    for i in np.r_[county.of_level(2), county.of_level(3)]:
        above = places.parent[i]
        short = "村" if places.level[i] == 2 else "组"
        assert re.fullmatch(re.escape(places.label[above]) + f"·{short}[0-9]{{2}}", places.label[i])
    in_order = 0
    for town in county.of_level(1):
        villages = np.flatnonzero(places.parent == town)
        official = sorted(villages, key=lambda i: places.code[i])
        numbers = [int(places.label[i][-2:]) for i in official]
        assert sorted(numbers) == list(range(1, len(villages) + 1))
        in_order += numbers == sorted(numbers)
        for i in villages:
            own = re.sub("(社区)?(居民委员会|村民委员会)$|村$|社区$", "", places.name[i])
            assert own not in places.label[i].removeprefix(places.label[town])
    assert in_order <= 2  # of 42 townships with 4 to 26 villages each, chance puts about none in order


def test_codes_do_not_follow_from_what_is_published(county: County) -> None:
    """Neither the official list nor an unkeyed hash of it tells the number of a village or how far from its seat it is drawn.

    By rank correlation within townships of eight or more villages: each is 0 on average if they are independent, with a
    standard deviation of 1/√(n−1); the mean must lie within 5 of its own. Had they followed the list it would be near 1.
    """
    places = county.places
    village = county.level_index("village")
    assert village is not None
    found: dict[str, list[float]] = {"number by list": [], "number by hash": [], "distance by list": []}
    variance = 0.0
    for township in county.of_level(village - 1):
        inside = np.array(
            [i for i in county.of_level(village) if places.parent[i] == township]
        )  # in the order of the list
        numbers = [int(places.label[i][-2:]) for i in inside]
        assert sorted(numbers) == list(range(1, len(inside) + 1))
        if len(inside) < 8:
            continue
        distance = np.hypot(places.x_m[inside] - places.x_m[township], places.y_m[inside] - places.y_m[township])
        pairs = {
            "number by list": (numbers, range(len(inside))),
            "number by hash": (numbers, places.entity[inside]),
            "distance by list": (distance, range(len(inside))),
        }
        for name, (one, other) in pairs.items():
            found[name].append(float(stats.spearmanr(one, list(other)).statistic))
        variance += 1 / (len(inside) - 1)
    townships = len(found["number by list"])
    for name, correlations in found.items():
        assert abs(np.mean(correlations)) < 5 * np.sqrt(variance) / townships, name


def test_the_tables_made_by_seed_are_named(county: County) -> None:
    """Whoever shows a result can tell which of its tables are synthetic."""
    assert set(county.synthetic) == {
        "residents",
        "positions",
        "groups",
        "households",
        "zones",
        "loudspeakers",
        "area_terminals",
        "feeders",
        "sites",
        "roads",
        "sets",
        "devices",
        "key_sites",
        "shelters",
        "centres",
        "rivers",
    }
    assert np.array_equal(county.places.synthetic, county.places.level == 3)


# Zones, shelters, centres, transfer list ------------------------------------------------------------------------------


def test_unregistered_zones_leave_the_registered_ones_as_they_are(tmp_path: Path) -> None:
    """Their households are threatened and not listed; zones, list and everything else stay to the last bit."""
    rules = YAML(typ="safe").load(FOLDER / "county.yaml")["synthesis"]["zones"] | {"points": 10, "residents": 900}
    few = load_county(made(tmp_path, zones=rules))
    more = load_county(made(tmp_path, zones=rules | {"unregistered": 5}))
    extra = more.zones.iloc[len(few.zones) :]
    pd.testing.assert_frame_equal(more.zones.iloc[: len(few.zones)], few.zones)
    assert len(extra) == 5
    assert extra["code"].str.endswith("U").all()
    assert not set(extra["place"]) & set(few.zones["place"])
    assert not extra["registered"].any()
    assert np.array_equal(more.households.id, few.households.id)
    assert np.array_equal(more.households.listed, few.households.listed)
    assert np.array_equal(more.households.zone[more.households.listed], few.households.zone[few.households.listed])
    persons = [
        int(more.households.persons[mask].sum()) for mask in (more.households.listed, more.households.threatened)
    ]
    assert persons[0] == int(few.households.persons[few.households.listed].sum())
    assert persons[1] - persons[0] == pytest.approx(450, rel=0.1)


def test_shelters_and_centres_follow_the_rules(county: County) -> None:
    """One shelter in each group, village, township and the county; 8 townships forward; room for at least one."""
    level = county.places.level[[county.index[place] for place in county.shelters["place"]]]
    counts = np.bincount(level)
    assert counts.tolist() == [len(county.of_level(n)) for n in range(4)]
    assert county.shelters["capacity"].min() >= 1
    assert county.shelters["capacity"][level == 2].median() == pytest.approx(150, rel=0.1)
    forward = county.centres[county.centres["stock_persons"] == 500]
    assert len(county.centres) == 43
    assert forward["teams"].tolist() == [2] * 8
    listed = county.places.listed_persons
    least = min(listed[county.index[place]] for place in forward["place"])
    assert sum(listed[county.of_level(1)] > least) < 8
    assert county.centres.set_index("place").loc["500235", ["teams", "stock_persons"]].tolist() == [4, 5000]


def test_exposed_key_sites_stand_in_the_zone_of_their_place(tmp_path: Path) -> None:
    """All exposed: each site whose place has a zone is threatened by it; none exposed: no site is."""
    rules = [{"kind": "工地", "residents_each": 100, "persons_median": 45, "staff_each": 10}]
    for share in (0.0, 1.0):
        county = load_county(made(tmp_path, key_sites=[rules[0] | {"exposed": share}]))
        zone_of = {place: row for row, place in enumerate(county.zones["place"])} if share else {}
        assert county.key_sites["zone"].tolist() == [zone_of.get(place, -1) for place in county.key_sites["place"]]


def test_a_transfer_list_takes_the_households_made_by_seed(tmp_path: Path) -> None:
    """In its places the list is the truth, in whatever order it is written; other places stay; a place without a zone gets one."""
    before = load_county(made(tmp_path))
    groups = before.of_level(3)
    some = before.places.listed_persons[groups] > 0
    has, hasnt = groups[some][0], groups[~some & (before.places.residents[groups] > 9)][0]
    rows = [(before.places.code[place], persons, "是") for place in (hasnt, has) for persons in (5, 6)]
    counties = []
    for order in (rows, rows[::-1]):
        pd.DataFrame(order, columns=["村民小组编码", "人数", "需协助"]).to_csv(
            tmp_path / "transfer_list.csv", index=False
        )
        counties.append(load_county(made(tmp_path)))
    assert_same(*counties)
    after = counties[0]
    homes, taken = after.households, after.transfer["row"].to_numpy()
    assert after.zones["code"].tolist() == [*before.zones["code"], f"{before.places.code[hasnt]}Z"]
    assert np.flatnonzero(homes.listed & np.isin(homes.place, [has, hasnt])).tolist() == taken.tolist()
    assert sorted(homes.persons[taken].tolist()) == [5, 5, 6, 6]
    assert homes.needs_help[taken].all()
    assert after.places.listed_persons[[has, hasnt]].tolist() == [11, 11]
    others = ~np.isin(homes.place, [has, hasnt])
    assert np.array_equal(homes.listed[others], before.households.listed[others])
    rows = [(before.places.code[has], 1, "否")] * int(after.places.households[has] + 1)
    pd.DataFrame(rows, columns=["村民小组编码", "人数", "需协助"]).to_csv(tmp_path / "transfer_list.csv", index=False)
    with pytest.raises(InputError, match="households") as caught:
        load_county(made(tmp_path))
    assert [(fault.line, fault.key) for fault in caught.value.faults] == [(len(rows) + 1, "村民小组编码")]


# Reproducible ---------------------------------------------------------------------------------------------------------


def test_the_same_folder_gives_the_same_county(county: County) -> None:
    """Loading twice gives identical arrays."""
    assert_same(load_county(plan_of(FOLDER)), county)


def test_the_order_of_rows_gives_the_same_county(county: County, tmp_path: Path) -> None:
    """Townships from last to first and villages interleaved: the same county to the last bit."""
    folder = tmp_path / "county"
    folder.mkdir()
    shutil.copy(FOLDER / "county.yaml", folder)
    for name in ("townships.csv", "villages.csv"):
        with (FOLDER / name).open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = csv.reader(stream)
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows[::-2], *rows[-2::-2]])
    assert_same(load_county(plan_of(folder)), county)


def test_another_seed_is_another_county_under_the_same_names(county: County) -> None:
    """Another seed gives other sizes, houses and zones, the same list of villages and the same total."""
    other = load_county(plan_of(FOLDER, seed=1))
    listed = int((county.places.level < 3).sum())
    assert other.places.code[:listed] == county.places.code[:listed]
    assert other.places.name[:listed] == county.places.name[:listed]
    assert other.households.persons.sum() == RESIDENTS
    assert not np.array_equal(other.places.residents[1:43], county.places.residents[1:43])
    assert not np.array_equal(other.households.x_m[:1000], county.households.x_m[:1000])
    assert set(other.zones["place"]) != set(county.zones["place"])


# Kernels --------------------------------------------------------------------------------------------------------------


@repeatable
@given(st.integers(1, 2_000_000), st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_apportioned_parts_sum_to_the_whole_and_are_within_one_of_their_share(total: int, weights: list[float]) -> None:
    """Largest remainder: whole numbers, nothing lost, each the exact share rounded up or down."""
    w = np.array(weights)
    parts = apportion(total, w)
    if w.sum() <= 0:
        assert not parts.any()
        return
    exact = total * (w / w.sum())
    assert parts.sum() == total
    assert np.all(parts >= 0)
    assert np.all(np.abs(parts - exact) < 1 + 1e-6)


@repeatable
@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1)), min_size=1, max_size=12), st.integers(0, 2**64 - 1))
def test_the_households_of_a_place_hold_its_residents(places: list[tuple[int, float]], seed: int) -> None:
    """Whatever the number of households between 1 and one per resident: every resident lives somewhere, nobody twice."""
    counts = np.array([count for count, _ in places])
    residents = np.array([count + round(more * 5 * count) for count, more in places])
    assert np.array_equal(persons_held(residents, counts, seed), residents)


def test_two_households_still_hold_a_thousand_residents() -> None:
    """A place whose table says 1 000 residents in 2 households: the sum is kept, or the table is refused; it is not cut short."""
    assert persons_held(np.array([1_000]), np.array([2]), 0).tolist() == [1_000]


def persons_held(residents: NDArray[np.int64], counts: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Return the persons that ``household_persons`` puts into each place."""
    kind = {"smart": 0.5, "feature": 0.5}
    plan = HouseholdPlan.model_validate(
        {
            "sizes": [0.27, 0.355, 0.19, 0.115, 0.05, 0.02],
            "phone_elderly": kind,
            "phone_other": kind,
            "households_per_lead": 10,
        }
        | dict.fromkeys(
            ("elderly_small", "elderly_large", "needs_help_elderly", "needs_help_other", "hard_of_hearing"), 0.1
        )
    )
    place = np.repeat(np.arange(len(counts)), counts)
    ids = child_ids(np.full(len(place), entity_id("x"), dtype=np.uint64), np.arange(len(place)))
    persons = household_persons(residents, counts, place, ids, plan, seed)
    assert np.all(persons >= 1)
    return np.bincount(place, weights=persons, minlength=len(counts)).astype(np.int64)


# Tables ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "kind"),
    [
        ("无", 0),
        ("功能机", 1),
        ("智能机", 2),
        ("feature", 1),
        ("smart", 2),
        ("none", 0),
    ],
)
def test_each_spelling_of_a_phone_that_a_remedy_offers_is_read(spelling: str, kind: int) -> None:
    """The remedy of a wrong cell lists none, feature, smart, 无, 功能机, 智能机; each of them is a valid cell."""
    night = small(1, 1, 1)
    night.tables["households.csv"][0]["phone"] = spelling
    scenario, _ = played(night)
    assert scenario.county.households.phone.tolist() == [kind]


def every_table(night: Small) -> Small:
    """Return the night with two rows in each optional table, in the words of a planner."""
    one, two = "T000V000", "T000V001"
    night.tables |= {
        "loudspeakers.csv": [
            {"code": "L1", "place": two, "kind": "卫星", "x_m": 7, "y_m": ""},
            {"code": "L2", "place": one},
        ],
        "area_terminals.csv": [{"code": "A1", "place": two}, {"code": "A2", "place": one, "x_m": 9, "y_m": 9}],
        "devices.csv": [{"place": one, "device": "锣"}, {"place": "T000", "device": "巡逻车"}],
        "key_sites.csv": [
            {"code": "K1", "kind": "学校", "place": one, "persons": 300, "staff": 20, "duty_phone": "55120000"},
            {"code": "K2", "kind": "工地", "place": two, "persons": 9},
        ],
        "zones.csv": [{"code": "Z1", "kind": "点", "place": one}, {"code": "Z2", "kind": "点", "place": two}],
        "shelters.csv": [
            {"code": "S1", "place": one, "kind": "紧急", "capacity": 9},
            {"code": "S2", "place": two, "kind": "long", "capacity": 80},
        ],
        "centres.csv": [
            {"code": "C1", "place": "T000", "teams": 1, "stock_persons": 200},
            {"code": "C2", "place": "C", "teams": 4, "stock_persons": 5000},
        ],
        "transfer_list.csv": [
            {"household": "H0001", "place": one, "persons": 4, "shelter": "S2"},
            {"household": "H0000", "place": two, "persons": 2, "shelter": "S1"},
        ],
        "rivers.csv": [{"upstream": two, "downstream": one}, {"upstream": "T000V002", "downstream": one}],
    }
    return night


def test_tables_are_read_in_the_words_of_a_planner() -> None:
    """Kinds, devices, staff and rivers as written; what a cell leaves open has its meaning; nothing is called synthetic."""
    county = loaded(every_table(small(1, 3, 2)))
    assert county.loudspeakers["kind"].tolist() == ["satellite", "ip"]
    assert county.loudspeakers[["x_m", "y_m"]].to_numpy().tolist() == [[7, 1000], [0, 0]]
    assert county.area_terminals[["x_m", "y_m"]].to_numpy().tolist() == [[0, 1000], [9, 9]]
    assert county.devices.to_numpy().tolist() == [["T000", "patrol_car"], ["T000V000", "gong"]]
    assert county.key_sites["staff"].tolist() == [20, 1]
    assert county.key_sites["duty_phone"].tolist() == ["55120000", ""]
    assert county.downstream == (("T000V001", "T000V000"), ("T000V002", "T000V000"))
    assert county.synthetic == ()
    # the houses of the third village stand 2 km north of the first: the second terminal, at 1 km, is nearer
    assert county.households.area_terminal.tolist() == [1, 1, 0, 0, 0, 0]


def test_the_order_of_rows_of_any_table_gives_the_same_county() -> None:
    """Each table upside down: the same county to the last bit."""
    night = every_table(small(1, 3, 2))
    upside_down = night.copy()
    for table in upside_down.tables.values():
        table.reverse()
    assert_same(loaded(upside_down), loaded(night))


def test_one_more_terminal_device_or_site_leaves_the_others_as_they_were() -> None:
    """Ids belong to codes: a row more in each table moves no other row and no household."""
    night = every_table(small(1, 3, 2))
    one = loaded(night)
    place = "T000V002"
    night.tables["loudspeakers.csv"].insert(0, {"code": "L0", "place": place})
    night.tables["area_terminals.csv"].insert(0, {"code": "A0", "place": place})
    night.tables["devices.csv"].insert(0, {"place": place, "device": "whistle"})
    night.tables["key_sites.csv"].insert(0, {"code": "K0", "kind": "医院", "place": place, "persons": 5})
    more = loaded(night)
    for name in ("loudspeakers", "area_terminals", "key_sites"):
        pd.testing.assert_frame_equal(
            getattr(more, name).iloc[1:].reset_index(drop=True), getattr(one, name), check_dtype=False
        )
    pd.testing.assert_frame_equal(more.devices.iloc[:-1], one.devices)
    assert np.array_equal(more.households.id, one.households.id)


def test_a_county_without_rules_has_only_what_its_tables_say() -> None:
    """No terminals, devices, sites or rivers unless given; the columns are there, and numbers are numbers."""
    county = loaded(small(1, 1, 2))
    for frame in (county.loudspeakers, county.area_terminals, county.devices, county.key_sites):
        assert frame.empty
    assert list(county.devices) == ["place", "device"]
    assert county.downstream == ()
    assert county.households.area_terminal.tolist() == [-1, -1]
    assert np.isinf(county.households.area_terminal_m).all()
    assert county.households.building.tolist() == [-1, -1]
    assert county.key_sites.dtypes[["persons", "staff"]].tolist() == [np.int64, np.int64]
    assert county.area_terminals.dtypes[["x_m", "y_m", "entity"]].tolist() == [np.float64, np.float64, np.uint64]


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (
            {"loudspeakers": {"group_share": "35 %", "kinds": {"ip": "60 %", "fm": "30 %", "satellite": "20 %"}}},
            "do not sum",
        ),
        ({"devices": dict.fromkeys(("gong", "whistle", "hand_siren", "megaphone", "patrol_car"), "30 %")}, "hand-held"),
        ({"rivers": {"level": "street"}}, "street"),
        ({"rivers": {"level": "county"}}, "county"),
        ({"shelters": [{"kind": "long", "level": "street", "share": 1, "persons_median": 9, "sigma": 0}]}, "street"),
        ({"shelters": [{"kind": "long", "level": "county", "share": 1, "persons_median": 9, "sigma": 0}] * 2}, "twice"),
        ({"shelters": [{"kind": "long", "level": "county", "share": 1, "persons_median": 0, "sigma": 0}]}, "median"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused(rules: dict[str, object], says: str, tmp_path: Path) -> None:
    """Shares beyond the whole, and rivers between places of no level or of the top."""
    with pytest.raises(ValidationError, match=says):
        made(tmp_path, **rules)
