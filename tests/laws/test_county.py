"""Laws of the made-up part of a county, on 云阳 as shipped: totals kept, known facts met, nothing hanging on the order of rows."""

from __future__ import annotations

import csv
import dataclasses
import math
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from ruamel.yaml import YAML
from scipy import stats

from sim.county import County, CountyPlan, load_county
from sim.county.plan import HouseholdPlan
from sim.county.synthesis import apportion, household_persons
from sim.luck import Luck, child_ids, entity_id
from sim.warning.reception import Habits
from tests.strategies import played, small

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


def assert_same(one: County, other: County) -> None:
    """Places, households and all frames are the same to the last bit."""
    for part in ("places", "households"):
        for field in dataclasses.fields(getattr(one, part)):
            a, b = (getattr(getattr(c, part), field.name) for c in (one, other))
            same = a == b if isinstance(a, tuple) else np.array_equal(a, b)
            assert same, f"{part}.{field.name}"
    for frame in ("zones", "loudspeakers", "key_sites"):
        pd.testing.assert_frame_equal(getattr(one, frame), getattr(other, frame), check_exact=True)


def assert_share(hits: NDArray[np.bool_], exact: float) -> None:
    """The share of ``hits`` lies within four standard errors of ``exact``."""
    assert abs(hits.mean() - exact) <= 4 * math.sqrt(exact * (1 - exact) / hits.size)


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
    assert homes.persons[homes.listed].sum() == pytest.approx(84_000, rel=0.02)
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
    night = Habits(county, pd.Timestamp("2025-07-11 00:00").to_pydatetime(), Luck(11, 0))
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
    for frame in (county.zones, county.loudspeakers, county.key_sites):
        assert frame["code"].is_unique
    assert county.loudspeakers["entity"].is_unique


def test_a_household_keeps_the_nearest_loudspeaker(county: County) -> None:
    """Checked against every terminal for two hundred households across the county."""
    homes, speakers = county.households, county.loudspeakers
    for i in range(0, len(homes), len(homes) // 200):
        metres = np.hypot(homes.x_m[i] - speakers["x_m"].to_numpy(), homes.y_m[i] - speakers["y_m"].to_numpy())
        assert homes.loudspeaker_m[i] == pytest.approx(metres.min())
        assert metres[homes.loudspeaker[i]] == pytest.approx(metres.min())


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
        "key_sites",
    }
    assert np.array_equal(county.places.synthetic, county.places.level == 3)


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
