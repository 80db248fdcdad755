"""What fails tonight and what follows from it: order, extreme values, exact shares, and a slow model of every minute."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from sim.county.networks import Networks
from sim.distributions import Exponential
from sim.errors import ModelError
from sim.luck import Luck, entity_ids, uniform
from sim.scenario import Scenario
from sim.scenario.outages import GeneratorPlan, OutagesPlan
from sim.warning import power
from sim.warning.conditions import Conditions, conditions
from sim.warning.timelines import Timeline
from sim.warning.ways import Ways
from tests.strategies import small

Plain = dict[str, Any]
Floats = NDArray[np.float64]
TONIGHT = Luck(7, 0)
some = settings(deadline=None, max_examples=30)
BATTERIES: Plain = {"base": "60 min", "hub": "120 min", "super": "600 min", "terminal": "30 min", "recharge": 2.0}


# --- a county by hand -------------------------------------------------------------------------------------------------


@lru_cache
def plain(townships: int = 3, villages: int = 4) -> Scenario:
    """Return a calm night at 01:20 of a county with no networks; places: county, townships, villages by township."""
    night = small(townships, villages, households=1)
    night.tables["loudspeakers.csv"] = [
        {"code": f"L{n:03d}", "place": row["code"], "kind": ("ip", "fm", "satellite")[n % 3]}
        for n, row in enumerate(night.tables["villages.csv"])
    ]
    with tempfile.TemporaryDirectory() as folder:
        scenario = night.load(Path(folder))
    return with_networks(scenario, Networks.none(len(scenario.county.places)))


def with_networks(scenario: Scenario, networks: Networks) -> Scenario:
    """Return the night in a county with other networks."""
    return replace(scenario, county=replace(scenario.county, networks=networks))


def with_outages(scenario: Scenario, **block: object) -> Scenario:
    """Return the night with a block ``outages``; each of its failures says its name as ``id``."""
    named = {
        plan["id"]: {key: value for key, value in plan.items() if key != "id"} for plan in block.pop("failures", ())
    }
    plan = OutagesPlan.model_validate({"batteries": BATTERIES, "failures": named} | block)
    return replace(scenario, plan=scenario.plan.model_copy(update={"outages": plan}))


def failure(**changes: object) -> Plain:
    """Return one failure: all feeders from the beginning on."""
    return {"id": "a", "what": "feeders", "from": "0 min"} | changes


SITE = {"kind": "base", "place": "T000V000", "feeder": "", "uplink": "", "backhaul": "fibre", "second": ""}


def frame(rows: list[Plain], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return a table with ids for luck."""
    table = pd.DataFrame(rows, columns=list(columns)).sort_values("code", ignore_index=True)
    return table.assign(entity=entity_ids(table["code"]))


def networks(
    scenario: Scenario,
    feeders: list[Plain],
    sites: list[Plain],
    roads: list[Plain] = [],  # noqa: B006 - only read
    serving: Mapping[str, list[str]] = {},
    supply: Mapping[str, str] = {},
) -> Networks:
    """Return networks of these rows; ``serving`` and ``supply`` by place."""
    places = scenario.county.places
    sites = [SITE | {"x_m": 0.0, "y_m": 0.0} | site for site in sites]
    sites = [site | {"battery": site["kind"]} for site in sites]
    made = Networks(
        feeders=frame(feeders, ("code", "substation", "place")),
        sites=frame(
            sites, ("code", "kind", "battery", "place", "feeder", "uplink", "backhaul", "second", "x_m", "y_m")
        ),
        roads=frame([{"kind": "village"} | road for road in roads], ("code", "from", "to", "length_m", "kind")),
        sets=Networks.none(0).sets,
        supply=np.full(len(places), -1, dtype=np.int64),
        serving=np.full((len(places), max([1, *map(len, serving.values())])), -1, dtype=np.int64),
    )
    row = {code: n for table in (made.feeders, made.sites) for n, code in enumerate(table["code"])}
    for place, feeder in supply.items():
        made.supply[scenario.county.index[place]] = row[feeder]
    for place, of in serving.items():
        made.serving[scenario.county.index[place], : len(of)] = [row[site] for site in of]
    return made


def villages(scenario: Scenario) -> list[str]:
    """Return the codes of the villages."""
    return [code for code in scenario.county.places.code if "V" in code]


@lru_cache
def electrified(townships: int = 3, per_township: int = 4, second: str = "") -> Scenario:
    """Return a county in which each village has a feeder (two to a substation), and a site on it that serves the village."""
    base = plain(townships, per_township)
    codes = villages(base)
    return with_networks(
        base,
        networks(
            base,
            [{"code": f"F{v}", "substation": f"U{n // 2}", "place": v} for n, v in enumerate(codes)],
            [{"code": f"S{v}", "place": v, "feeder": f"F{v}", "second": second} for v in codes],
            serving={v: [f"S{v}"] for v in codes},
            supply={v: f"F{v}" for v in codes},
        ),
    )


def dark(tonight: Conditions, t_min: float) -> int:
    """Return how many sites are dark at a minute."""
    return int((~tonight.sites.up(np.arange(len(tonight.sites)), t_min)).sum())


def same(one: Conditions, other: Conditions) -> bool:
    """Return whether two nights have the same conditions, bit for bit."""
    return np.array_equal(one.hit_min, other.hit_min) and all(
        np.array_equal(getattr(one, name).changes, getattr(other, name).changes) for name in TIMELINES
    )


TIMELINES = ("feeders", "links", "sites", "roads", "mains", "service", "terminals")


# --- random counties and outages --------------------------------------------------------------------------------------

minutes = st.integers(0, 240)
laws = st.builds("{} min".format, minutes) | st.builds(
    lambda low, more: {"uniform": {"low": f"{low} min", "high": f"{low + more} min"}}, minutes, minutes
)
shares = st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0])


@st.composite
def counties(draw: st.DrawFn) -> Scenario:
    """Draw a county: feeders, sites in trees with second routes, who serves and feeds whom."""
    base = plain()
    codes = villages(base)
    feeders = [
        {
            "code": f"F{n}",
            "substation": draw(st.sampled_from(["", "U0", "U1"])),
            "place": draw(st.sampled_from(base.county.places.code)),
        }
        for n in range(draw(st.integers(1, 4)))
    ]
    fed_by = st.sampled_from(["", *(feeder["code"] for feeder in feeders)])
    sites = [
        {
            "code": f"S{n}",
            "kind": draw(st.sampled_from(["base", "hub", "super"])),
            "place": draw(st.sampled_from(codes)),
            "feeder": draw(fed_by),
            "uplink": f"S{draw(st.integers(0, n - 1))}" if n and draw(st.booleans()) else "",
            "backhaul": draw(st.sampled_from(["fibre", "microwave", "satellite"])),
            "second": draw(st.sampled_from(["", "", "fibre", "microwave", "satellite"])),
        }
        for n in range(draw(st.integers(1, 6)))
    ]
    known = [site["code"] for site in sites]
    serving = draw(
        st.dictionaries(st.sampled_from(codes), st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
    )
    supply = draw(st.dictionaries(st.sampled_from(codes), fed_by.filter(bool)))
    roads = [
        {"code": f"R{n}", "from": draw(st.sampled_from(["C", *codes])), "to": code, "length_m": 1000.0}
        for n, code in enumerate(codes)
    ]
    return with_networks(base, networks(base, feeders, sites, roads, serving, supply))


@st.composite
def failures(draw: st.DrawFn, name: str = "a") -> Plain:
    """Draw a failure of any kind."""
    plan = {
        "id": name,
        "what": draw(st.sampled_from(["feeders", "substations", "sites", "links", "roads"])),
        "share": draw(shares),
        "together": draw(shares),
        "with_flood": draw(st.booleans()),
        "by_exposure": draw(st.booleans()),
        "from": draw(laws),
    }
    if not plan["with_flood"] and draw(st.booleans()):
        plan["from"] = draw(st.sampled_from(["01:20", "02:00", "03:30"]))
    how = draw(st.sampled_from(["until", "lasts", "for good"]))
    return plan | ({"until": "04:10"} if how == "until" else {"lasts": draw(laws)} if how == "lasts" else {})


nights = st.lists(failures(), max_size=4).map(lambda plans: [plan | {"id": f"f{n}"} for n, plan in enumerate(plans)])
FLOOD = {"share": 0.6, "at": {"uniform": {"low": "10 min", "high": "90 min"}}}
lucks = st.integers(0, 50).map(lambda night: Luck(3, night))


# --- nothing fails ----------------------------------------------------------------------------------------------------


@some
@given(counties(), nights, lucks)
def test_zero_outages_are_the_calm_night_bit_for_bit(scenario: Scenario, plans: list[Plain], luck: Luck) -> None:
    """No block, no failures, shares of zero, failures of no length: the conditions in which nothing fails."""
    calm = Conditions.calm(scenario.county)
    assert same(conditions(scenario, luck), calm)
    never_begun = [{k: v for k, v in plan.items() if k != "until"} | {"lasts": "0 min"} for plan in plans]
    for block in ([], [plan | {"share": 0.0} for plan in plans], never_begun):
        tonight = conditions(with_outages(scenario, flood=FLOOD, failures=block), luck)
        assert same(tonight, replace(calm, hit_min=tonight.hit_min))


def test_a_hit_without_failures_is_only_a_hit() -> None:
    """Who is hit is known; nothing is down."""
    tonight = conditions(with_outages(electrified(), flood={"share": 1.0, "at": "20 min"}), TONIGHT)
    level = electrified().county.places.level
    assert tonight.hit_min.tolist() == np.where(level == 0, math.inf, 20.0).tolist()
    assert all(getattr(tonight, name).never_fails for name in TIMELINES)


# --- order ------------------------------------------------------------------------------------------------------------

ASKED = np.arange(0, 720, 20.0)


def assert_never_better(worse: Conditions, better: Conditions) -> None:
    """Nothing is up on the worse night that is down on the better one."""
    for name in TIMELINES:
        here, there = getattr(worse, name), getattr(better, name)
        who = np.arange(len(here))
        for t in ASKED:
            assert (here.up(who, t) <= there.up(who, t)).all(), (name, t)


@some
@given(counties(), nights, failures("more"), lucks)
def test_an_added_outage_never_lights_anything(scenario: Scenario, plans: list[Plain], more: Plain, luck: Luck) -> None:
    """Without generators: with one more failure, whatever was down is still down."""
    before = conditions(with_outages(scenario, flood=FLOOD, failures=plans), luck)
    after = conditions(with_outages(scenario, flood=FLOOD, failures=[*plans, more]), luck)
    assert_never_better(after, before)


@some
@given(counties(), failures(), st.floats(0, 1), st.floats(0, 1), lucks)
def test_a_greater_share_never_spares_anything(
    scenario: Scenario, plan: Plain, one: float, other: float, luck: Luck
) -> None:
    """Under the same luck those that fail at a smaller share fail at a greater one, at the same minutes."""
    small_share, large_share = sorted((one, other))
    before, after = (
        conditions(with_outages(scenario, flood=FLOOD, failures=[plan | {"share": share}]), luck)
        for share in (small_share, large_share)
    )
    assert_never_better(after, before)


@some
@given(counties(), nights, lucks, st.integers(0, 300), st.integers(0, 300))
def test_a_longer_battery_never_darkens_anything(
    scenario: Scenario, plans: list[Plain], luck: Luck, life: int, more: int
) -> None:
    """With longer batteries everywhere, whatever was up is still up."""
    batteries = [
        dict.fromkeys(("base", "hub", "super", "terminal"), f"{m} min") | {"recharge": 2.0} for m in (life, life + more)
    ]
    short, long = (
        conditions(with_outages(scenario, flood=FLOOD, failures=plans, batteries=each), luck) for each in batteries
    )
    assert_never_better(short, long)


# --- extreme values ---------------------------------------------------------------------------------------------------


def test_without_batteries_a_site_is_dark_exactly_with_its_mains_and_with_endless_ones_never() -> None:
    """Battery → 0: dark exactly when the feeder is out; battery → ∞: never dark for want of mains."""
    stated = [failure(share=0.5, **{"from": "30 min"}, lasts="90 min"), failure(id="b", share=0.5, **{"from": "5 h"})]
    none, endless = (
        dict.fromkeys(("base", "hub", "super", "terminal"), life) | {"recharge": 1.0} for life in ("0 min", "9999 h")
    )
    tonight = conditions(with_outages(electrified(), failures=stated, batteries=none), TONIGHT)
    assert not tonight.feeders.never_fails
    assert np.array_equal(tonight.sites.changes, tonight.feeders.changes)
    tonight = conditions(with_outages(electrified(), failures=stated, batteries=endless), TONIGHT)
    assert not tonight.feeders.never_fails
    assert (tonight.sites.changes > 9999 * 60).all()
    assert (tonight.terminals.changes > 9999 * 60).all()


def test_a_battery_by_hand() -> None:
    """60 min of battery, charged in 2 min a minute: out 10–90 (dark 70–90), back 30 min (15 charged), out 120–200 (dark 135–200)."""
    mains = Timeline(np.array([[10.0, 90.0, 120.0, 200.0], [0.0, 20.0, 30.0, math.inf]]))
    made = power.powered(mains, np.array([60.0, 60.0]), 2.0)
    assert made.outages(0) == [(70, 90), (135, 200)]
    assert made.outages(1) == [(75, math.inf)]  # 20 used, 5 charged, 45 left at 30
    fed = power.powered(mains, np.array([60.0, 60.0]), 2.0, np.array([[80.0, math.inf], [math.inf, 40.0]]))
    assert fed.outages(0) == [(70, 80), (135, 200)]
    assert fed.outages(1) == []


def test_the_clock_counts_from_the_start_and_earlier_is_tomorrow() -> None:
    """Start 01:20: 01:20 is now, 02:00 in 40 min, 01:00 tomorrow; until is the next such time after that."""
    for begins, until, window in [
        ("01:20", "01:40", (0, 20)),
        ("02:00", "03:30", (40, 130)),
        ("02:00", "01:40", (40, 1460)),
        ("02:00", "02:00", (40, 1480)),
        ("01:00", None, (1420, math.inf)),
        ("30 min", "03:20", (30, 120)),
    ]:
        stated = failure(**{"from": begins}) | ({"until": until} if until else {})
        tonight = conditions(with_outages(electrified(), failures=[stated]), TONIGHT)
        assert tonight.feeders.outages(0) == [window]


def test_the_clock_counts_the_seconds_of_the_start() -> None:
    """Start 01:20:30: 02:00 comes in 39.5 min, 03:30 in 129.5 min."""
    base = electrified()
    start = base.plan.start.replace(second=30)
    later = replace(base, plan=base.plan.model_copy(update={"start": start}))
    stated = failure(**{"from": "02:00"}, until="03:30")
    assert conditions(with_outages(later, failures=[stated]), TONIGHT).feeders.outages(0) == [(39.5, 129.5)]


# --- a slow model of every minute -------------------------------------------------------------------------------------


def battery_minutes(out: list[bool], life: int, recharge: int) -> list[bool]:
    """Return whether there is power in each minute; charge in parts of a minute, so that all numbers stay whole."""
    charge, powered = life * recharge, []
    for is_out in out:
        powered.append(not is_out or charge > 0)
        charge = max(0, charge - recharge) if is_out else min(life * recharge, charge + 1)
    return powered


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(counties(), nights, lucks, st.integers(0, 200), st.integers(1, 3))
def test_a_site_is_dark_exactly_when_it_has_no_power_is_damaged_or_cut_off(
    scenario: Scenario, plans: list[Plain], luck: Luck, life: int, recharge: int
) -> None:
    """Minute by minute and site by site from the tables; places and terminals from the sites and feeders that they depend on."""
    whole = [plan | {"from": "45 min" if isinstance(plan["from"], dict) else plan["from"]} for plan in plans]
    whole = [plan | ({"lasts": "77 min"} if isinstance(plan.get("lasts"), dict) else {}) for plan in whole]
    flood = {"share": 0.6, "at": "33 min"}
    batteries = dict.fromkeys(("base", "hub", "super", "terminal"), f"{life} min") | {"recharge": float(recharge)}
    tonight = conditions(with_outages(scenario, flood=flood, failures=whole, batteries=batteries), luck)
    county, nets, end = scenario.county, scenario.county.networks, 400
    # damage and second routes are not told: take them from nights on which nothing else fails
    only = {
        what: conditions(with_outages(scenario, flood=flood, failures=[p for p in whole if p["what"] == what]), luck)
        for what in ("sites", "links")
    }
    feeder = {code: n for n, code in enumerate(nets.feeders["code"])}
    alone = nets.sites.assign(uplink="", second="")
    standing = conditions(
        with_outages(
            with_networks(scenario, replace(nets, sites=alone)),
            flood=flood,
            failures=[p for p in whole if p["what"] == "sites"],
        ),
        luck,
    ).sites

    def up(timeline: Timeline, row: int, t: int) -> bool:
        return bool(timeline.up(np.array([row]), t + 0.5)[0])

    second = second_routes(scenario, whole, flood, luck)
    out = {code: [not up(tonight.feeders, n, t) for t in range(end)] for code, n in feeder.items()}
    has_power = {
        code: battery_minutes(out[fed], life, recharge) if fed else [True] * end
        for code, fed in zip(nets.sites["code"], nets.sites["feeder"], strict=True)
    }
    for t in range(0, end, 7):
        alive: dict[str, bool] = {"": True}
        for row in nets.sites.itertuples():  # S0, S1 …: an uplink stands before those it feeds
            fed = (up(only["links"].links, row.Index, t) and alive[row.uplink]) or second(row.Index, t)
            alive[row.code] = has_power[row.code][t] and up(standing, row.Index, t) and fed
            assert up(tonight.sites, row.Index, t) == alive[row.code], (row.code, t)
        for place in range(len(county.places)):
            served = [s for s in nets.serving[place].tolist() if s >= 0]
            expected = not served or any(alive[nets.sites["code"][s]] for s in served)
            assert up(tonight.service, place, t) == expected
            assert up(tonight.mains, place, t) == (nets.supply[place] < 0 or not out[f"F{nets.supply[place]}"][t])
        for n, speaker in enumerate(county.loudspeakers.itertuples()):
            place = county.index[speaker.place]
            supply = int(nets.supply[place])
            lit = supply < 0 or battery_minutes(out[f"F{supply}"], life, recharge)[t]
            expected = lit and (speaker.kind != "ip" or up(tonight.service, place, t))
            assert up(tonight.terminals, n, t) == expected


def second_routes(scenario: Scenario, plans: list[Plain], flood: Plain, luck: Luck) -> Any:  # noqa: ANN401 - a function
    """Return ``second(site, minute)``: whether there is a second route then.

    Seen on a night on which the first route of every site is cut for good and nothing else fails but links.
    """
    nets = scenario.county.networks
    cut = failure(id="cut", what="links", which=[*nets.sites["code"]])
    links = [plan for plan in plans if plan["what"] == "links"]
    tonight = conditions(with_outages(scenario, flood=flood, failures=[*links, cut]), luck)
    return lambda row, t: bool(tonight.sites.up(np.array([row]), t + 0.5)[0])


# --- second routes, hubs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", ["fibre", "microwave", "satellite"])
def test_a_second_route_keeps_a_site_alive(second: str) -> None:
    """The first route of every site is cut: without a second one all are dark, with one none is."""
    cut = failure(what="links", which=[*electrified().county.networks.sites["code"]])
    assert dark(conditions(with_outages(electrified(), failures=[cut]), TONIGHT), 1) == 12
    assert dark(conditions(with_outages(electrified(second=second), failures=[cut]), TONIGHT), 1) == 0


def test_a_second_route_fails_by_itself_and_one_by_satellite_never() -> None:
    """Half of all routes are cut: about a quarter of the sites with a second fibre; none with a dish; stated, the second alone does nothing."""
    half = failure(what="links", share=0.5)
    fibre, dish = electrified(12, 10, "fibre"), electrified(12, 10, "satellite")
    cut = sum(dark(conditions(with_outages(fibre, failures=[half]), Luck(1, night)), 1) for night in range(20))
    assert abs(cut - 600) < 4 * math.sqrt(2400 * 0.25 * 0.75)
    assert dark(conditions(with_outages(dish, failures=[half]), TONIGHT), 1) == 0
    second = failure(what="links", which=["ST000V000/2"])
    assert dark(conditions(with_outages(fibre, failures=[second]), TONIGHT), 1) == 0
    both = failure(what="links", which=["ST000V000", "ST000V000/2"])
    assert dark(conditions(with_outages(fibre, failures=[both]), TONIGHT), 1) == 1


def test_a_dark_hub_darkens_what_hangs_on_it_until_it_is_back() -> None:
    """A chain of three: the hub is damaged 10–50, those behind it are dark as long, the one with a dish is not."""
    base = plain()
    chain = [
        {"code": "S0", "kind": "hub"},
        {"code": "S1", "uplink": "S0"},
        {"code": "S2", "uplink": "S1"},
        {"code": "S3", "uplink": "S1", "second": "satellite"},
    ]
    made = with_networks(base, networks(base, [], chain))
    tonight = conditions(
        with_outages(made, failures=[failure(what="sites", which=["S0"], **{"from": "10 min"}, lasts="40 min")]),
        TONIGHT,
    )
    assert [tonight.sites.outages(n) for n in range(4)] == [[(10, 50)], [(10, 50)], [(10, 50)], []]


def test_a_ring_of_uplinks_is_a_defect_of_the_county() -> None:
    """Sites that feed each other in a circle never reach the core."""
    base = plain()
    made = with_networks(base, networks(base, [], [{"code": "S0", "uplink": "S1"}, {"code": "S1", "uplink": "S0"}]))
    with pytest.raises(ModelError, match="circle"):
        conditions(with_outages(made, failures=[failure(what="sites")]), TONIGHT)


def test_a_substation_takes_all_its_feeders() -> None:
    """One of six substations out from 02:00 to 03:00: its two feeders are out, no other."""
    stated = failure(what="substations", which=["U1"], **{"from": "02:00"}, until="03:00")
    tonight = conditions(with_outages(electrified(), failures=[stated]), TONIGHT)
    windows = [tonight.feeders.outages(n) for n in range(12)]
    assert [n for n in range(12) if windows[n]] == [2, 3]
    assert windows[2] == [(40, 100)]
    assert [len(tonight.mains.outages(place)) for place in range(16)] == [0, 0, 0, 0, 0, 0, 1, 1, *[0] * 8]


# --- where and whom ---------------------------------------------------------------------------------------------------


def test_failures_keep_to_their_places_and_kinds() -> None:
    """``within`` a township and a village; ``kinds``; a road counts where either end lies."""
    base = electrified()
    stated = failure(within=["T001", "T002V003"])
    tonight = conditions(with_outages(base, failures=[stated]), TONIGHT)
    assert np.flatnonzero(tonight.feeders.fails).tolist() == [4, 5, 6, 7, 11]
    roads = [
        {"code": "R0", "from": "C", "to": "T000", "length_m": 1.0, "kind": "main"},
        {"code": "R1", "from": "T000", "to": "T001", "length_m": 1.0, "kind": "township"},
        {"code": "R2", "from": "T001", "to": "T001V000", "length_m": 1.0, "kind": "village"},
    ]
    made = with_networks(plain(), networks(plain(), [], [], roads))
    for chosen, expected in [
        ({"within": ["T001"]}, [1, 2]),
        ({"within": ["T000"], "kinds": ["main"]}, [0]),
        ({"kinds": ["township", "village"]}, [1, 2]),
        ({"which": ["R2", "R0"]}, [0, 2]),
    ]:
        tonight = conditions(with_outages(made, failures=[failure(what="roads", **chosen)]), TONIGHT)
        assert np.flatnonzero(tonight.roads.fails).tolist() == expected


def test_what_fails_with_the_flood_fails_where_and_when_it_hits() -> None:
    """Only feeders of hit townships fail, 15 min after their own township is hit; the county itself is never hit."""
    base = electrified(20, 2)
    flood = {"share": 0.5, "at": {"uniform": {"low": "0 min", "high": "100 min"}}, "within": ["C"]}
    stated = failure(with_flood=True, **{"from": "15 min"}, lasts="30 min")
    tonight = conditions(with_outages(base, flood=flood, failures=[stated]), TONIGHT)
    township = base.county.ancestors[1]
    at = tonight.hit_min[[base.county.index[place] for place in base.county.networks.feeders["place"]]]
    assert 0 < np.isfinite(at).sum() < 40
    assert [tonight.feeders.outages(n) for n in range(40)] == [
        [(t + 15, t + 45)] if t < 999 else [] for t in at.tolist()
    ]
    assert tonight.hit_min[0] == math.inf
    assert (tonight.hit_min[township >= 0] == tonight.hit_min[township[township >= 0]]).all()
    elsewhere = conditions(with_outages(base, flood=flood | {"within": ["T003"], "share": 1.0}), TONIGHT)
    assert (
        np.flatnonzero(np.isfinite(elsewhere.hit_min)).tolist()
        == np.flatnonzero(township == base.county.index["T003"]).tolist()
    )


def test_exposure_moves_the_share_about_without_changing_it() -> None:
    """Weights 1, 0, 0 of three townships, share 0.2: probability 0.6, 0, 0; beyond one it is one."""
    base = electrified()
    places = base.county.places
    listed = np.where(places.level == 1, np.where(np.arange(len(places)) == 1, 4, 0), 0)
    made = replace(
        base, county=replace(base.county, places=replace(places, listed_persons=listed, residents=np.full(16, 8)))
    )
    hits = np.zeros(12)
    for night in range(100):
        stated = failure(by_exposure=True, share=0.2)
        hits += conditions(with_outages(made, failures=[stated]), Luck(1, night)).feeders.fails
    assert hits[4:].tolist() == [0] * 8
    assert abs(hits[:4].sum() - 0.6 * 400) < 4 * math.sqrt(400 * 0.24)
    stated = failure(by_exposure=True, share=0.5)
    assert conditions(with_outages(made, failures=[stated]), TONIGHT).feeders.fails.tolist() == [True] * 4 + [False] * 8


# --- how often, and how much together ---------------------------------------------------------------------------------

NIGHTS = 300


@lru_cache
def failing(together: float) -> NDArray[np.bool_]:
    """Return which feeder fails on which night, at a share of 0.3, shape (nights, townships, feeders of each)."""
    made = with_outages(electrified(20, 10), failures=[failure(share=0.3, together=together)])
    nights = [conditions(made, Luck(5, night)).feeders for night in range(NIGHTS)]
    return np.array([night.up(np.arange(200), 1.0) for night in nights]).reshape(NIGHTS, 20, 10) == 0


@pytest.mark.parametrize("together", [0.0, 0.3, 0.7, 1.0])
def test_the_share_is_exact_however_much_fails_together(together: float) -> None:
    """Mean over nights and townships within four standard errors of 0.3; townships are independent, their feeders need not be."""
    by_township = failing(together).mean(axis=2).reshape(-1)
    error = by_township.std(ddof=1) / math.sqrt(by_township.size)
    assert abs(by_township.mean() - 0.3) < 4 * error


def test_feeders_of_a_township_fail_together_as_much_as_the_plan_says() -> None:
    """Of two feeders of a township both share its luck with probability together²: that is their correlation; others have none."""
    correlations = []
    for together in (0.0, 0.3, 0.7, 1.0):
        fails = failing(together).astype(float) - 0.3
        pairs = (fails.sum(axis=2) ** 2 - (fails**2).sum(axis=2)) / 90 / 0.21
        within = pairs.mean()
        error = pairs.std(ddof=1) / math.sqrt(pairs.size)
        assert abs(within - together**2) < 4 * error + 1e-9, together
        across = (fails[:, :-1].mean(axis=2) * fails[:, 1:].mean(axis=2)).reshape(-1)
        assert abs(across.mean()) < 4 * across.std(ddof=1) / math.sqrt(across.size)
        correlations.append(within)
    assert correlations == sorted(correlations)


def test_those_that_share_a_fate_share_its_minutes() -> None:
    """Together entirely, the feeders of a township go and come back at one minute; each for itself they do not."""
    law = {"exponential": {"mean": "60 min"}}
    shared, own = (
        conditions(
            with_outages(electrified(5, 10), failures=[failure(together=t, **{"from": law}, lasts=law)]), TONIGHT
        ).feeders.changes.reshape(5, 10, 2)
        for t in (1.0, 0.0)
    )
    assert (shared == shared[:, :1]).all()
    assert len(np.unique(shared[:, 0, 0])) == 5
    assert len(np.unique(own[:, :, 0])) == 50


def test_shared_failures_widen_the_spread_of_dark_villages_far_beyond_independence() -> None:
    """200 villages, share 0.3: independent, the variance of their number is 42 (binomial); together, ten times that."""
    binomial = 200 * 0.3 * 0.7
    low, high = (binomial * stats.chi2.ppf(p, NIGHTS - 1) / (NIGHTS - 1) for p in (1e-5, 1 - 1e-5))
    assert low < failing(0.0).sum(axis=(1, 2)).var(ddof=1) < high
    assert low * 10 < failing(1.0).sum(axis=(1, 2)).var(ddof=1) < high * 10


# --- generators -------------------------------------------------------------------------------------------------------


def unit(**changes: object) -> Plain:
    """Return a plan of generators that leaves nothing to chance: 100 metres a minute."""
    return {"count": 1, "served": 1.0, "dispatch": "10 min", "setup": "5 min", "speed": "6 km/h"} | changes


def generator(**changes: object) -> GeneratorPlan:
    """Return such a plan as read."""
    return GeneratorPlan.model_validate(unit(**changes))


def line(sites: int, **kinds: str) -> Scenario:
    """Return a county whose sites S0, S1 … stand at villages 1, 2 … km of road from the seat, each with a feeder of its own."""
    base = plain()
    codes = villages(base)[:sites]
    roads = [{"code": f"R{n}", "from": "C", "to": v, "length_m": 1000.0 * (n + 1)} for n, v in enumerate(codes)]
    feeders = [{"code": f"F{n}", "substation": "", "place": v} for n, v in enumerate(codes)]
    made = [
        {"code": f"S{n}", "place": v, "feeder": f"F{n}", "kind": kinds.get(f"S{n}", "base")}
        for n, v in enumerate(codes)
    ]
    return with_networks(base, networks(base, feeders, made, roads))


def test_a_generator_by_hand() -> None:
    """Lost at 20, off at 30, 1 km at 100 m/min, running at 45; the mains are back at 300, the unit at home at 310, then to the next.

    S1 is ready at 30 too, and waits for the unit: off at 310, 20 min and 5 min: 335.
    """
    scenario = line(2)
    lost = [
        failure(which=["F0"], **{"from": "20 min"}, lasts="280 min"),
        failure(id="b", which=["F1"], **{"from": "20 min"}),
    ]
    none = dict.fromkeys(("base", "hub", "super", "terminal"), "0 min") | {"recharge": 1.0}
    tonight = conditions(with_outages(scenario, failures=lost, batteries=none, generators=unit()), TONIGHT)
    assert tonight.sites.outages(0) == [(20, 45)]
    assert tonight.sites.outages(1) == [(20, 335)]


def test_hubs_come_first_then_who_lost_the_mains_first_then_by_code() -> None:
    """One unit, all wait: S2 is a hub; S1 lost the mains before S0 and S3."""
    scenario = line(4, S2="hub")
    county = scenario.county
    loss = np.array([20.0, 15.0, 25.0, 20.0])
    mains = Timeline(np.column_stack([loss, [100.0, 200.0, 60.0, 900.0]]))
    sites = power.Sites(
        county.networks.sites["entity"].to_numpy(),
        np.array([county.index[v] for v in villages(scenario)[:4]]),
        np.array([0, 0, 1, 0]) == 1,
    )
    ways = Ways(county, Timeline.always_up(4))
    need = np.ones((4, 1), dtype=bool)
    _, trips = power.generators(generator(dispatch="30 min"), sites, mains, need, ways, TONIGHT, 600.0)
    # S1 is ready first (45); it is free again at 220, when S0 (100) and S2 (60) have their mains back
    assert [(trip.site, trip.leaves_min) for trip in trips] == [(1, 45), (3, 220)]
    mains = Timeline(np.column_stack([loss, [900.0, 100.0, 900.0, 900.0]]))
    _, trips = power.generators(generator(dispatch="30 min", count=2), sites, mains, need, ways, TONIGHT, 600.0)
    assert [(trip.site, trip.leaves_min) for trip in trips] == [(1, 45), (0, 50), (2, 120)]


def test_a_generator_waits_for_the_road_and_never_comes_where_none_opens() -> None:
    """Road R0 is closed 0–200: off at 200 and not at 30; closed for good: never. Another site is served meanwhile."""
    scenario = line(2)
    lost = failure(**{"from": "20 min"})
    none = dict.fromkeys(("base", "hub", "super", "terminal"), "0 min") | {"recharge": 1.0}
    plan = unit(count=2)
    shut = failure(id="r", what="roads", which=["R0"], lasts="200 min")
    tonight = conditions(with_outages(scenario, failures=[lost, shut], batteries=none, generators=plan), TONIGHT)
    assert [tonight.sites.outages(n) for n in range(2)] == [[(20, 215)], [(20, 55)]]
    shut = failure(id="r", what="roads", which=["R0"])
    tonight = conditions(with_outages(scenario, failures=[lost, shut], batteries=none, generators=plan), TONIGHT)
    assert [tonight.sites.outages(n) for n in range(2)] == [[(20, math.inf)], [(20, 55)]]


@some
@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(1, 400)), min_size=12, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 200), st.integers(0, 300)), max_size=10),
    st.integers(0, 5),
    lucks,
)
def test_generators_are_never_in_use_more_than_there_are(
    lost: list[tuple[int, int]], shut: list[tuple[int, int, int]], count: int, luck: Luck
) -> None:
    """Nor do they drive over closed roads, run before they can be there, or stand idle while a listed site can be reached."""
    scenario = line(12)
    county = scenario.county
    mains = Timeline(np.array([[float(begin), float(begin + length)] for begin, length in lost]))
    sites = power.Sites(
        county.networks.sites["entity"].to_numpy(),
        np.array([county.index[place] for place in county.networks.sites["place"]]),
        np.arange(12) % 4 == 0,
    )
    who, begin, end = (np.array([row[i] for row in shut], dtype=float) for i in range(3))
    roads = Timeline.from_outages(12, who.astype(np.int64), begin, end)
    ways = Ways(county, roads)
    fed, trips = power.generators(generator(count=count), sites, mains, np.ones((12, 1), dtype=bool), ways, luck, 600.0)
    for trip in trips:
        assert sum(other.leaves_min <= trip.leaves_min < other.back_min for other in trips) <= count
        metres = ways.metres(0, sites.place[[trip.site]], trip.leaves_min)[0]
        assert metres < math.inf
        there = trip.leaves_min + metres / 100 + 5
        assert trip.feeds_min == (there if there < mains.ups[trip.site, 0] else math.inf)
        assert fed[trip.site, 0] == trip.feeds_min
        assert trip.leaves_min >= mains.downs[trip.site, 0] + 10
    sent = {trip.site: trip.leaves_min for trip in trips}
    assert len(sent) == len(trips)
    for t in range(0, 500, 10):
        idle = count - sum(trip.leaves_min <= t < trip.back_min for trip in trips)
        listed = np.flatnonzero((mains.downs[:, 0] + 10 <= t) & (t < mains.ups[:, 0]))
        waits = [n for n in listed.tolist() if sent.get(n, math.inf) > t]
        if idle > 0:
            assert np.isinf(ways.metres(0, sites.place[waits], t)).all()


def test_only_the_share_that_is_served_is_served() -> None:
    """Plenty of units, 60 % served: 60 % of the sites have power again, within four standard errors."""
    base = electrified(20, 10)
    plan = unit(count=500, served=0.6)
    made = with_outages(base, failures=[failure()], generators=plan)
    up = sum(200 - dark(conditions(made, Luck(2, night)), 590) for night in range(10))
    assert abs(up - 1200) < 4 * math.sqrt(2000 * 0.24)


# --- the same night ---------------------------------------------------------------------------------------------------


@some
@given(counties(), nights, lucks, st.randoms(use_true_random=False))
def test_the_order_of_the_tables_changes_nothing(
    scenario: Scenario, plans: list[Plain], luck: Luck, random: Random
) -> None:
    """Feeders, sites and roads in another order: each has the same night."""
    nets, order = scenario.county.networks, {}
    for name in ("feeders", "sites", "roads"):
        rows = list(range(len(getattr(nets, name))))
        random.shuffle(rows)
        order[name] = np.array(rows, dtype=np.int64)
    back = {name: np.append(np.argsort(rows), -1) for name, rows in order.items()}  # −1 stays −1
    shuffled = Networks(
        feeders=nets.feeders.iloc[order["feeders"]].reset_index(drop=True),
        sites=nets.sites.iloc[order["sites"]].reset_index(drop=True),
        roads=nets.roads.iloc[order["roads"]].reset_index(drop=True),
        sets=nets.sets,
        supply=back["feeders"][nets.supply],
        serving=back["sites"][nets.serving],
    )
    block = {"flood": FLOOD, "failures": plans}
    one = conditions(with_outages(scenario, **block), luck)
    other = conditions(with_outages(with_networks(scenario, shuffled), **block), luck)
    for name in TIMELINES:
        table = {"links": "sites"}.get(name, name)
        changes = getattr(one, name).changes
        moved = changes[order[table]] if table in order else changes
        assert np.array_equal(getattr(other, name).changes, moved), name


def test_another_failure_changes_nobodys_luck() -> None:
    """What fails by one plan fails at the same minutes whatever other plans there are."""
    law = {"exponential": {"mean": "60 min"}}
    links = failure(id="l", what="links", share=0.4, together=0.5, **{"from": law}, lasts=law)
    alone = conditions(with_outages(electrified(), failures=[links]), TONIGHT)
    with_more = conditions(with_outages(electrified(), failures=[failure(share=0.5), links]), TONIGHT)
    assert not alone.links.never_fails
    assert np.array_equal(alone.links.changes, with_more.links.changes)


# --- repair -----------------------------------------------------------------------------------------------------------


@pytest.mark.validation
def test_repairable_link() -> None:
    """Case V19: MTBF 20 h, MTTR 4 h. Availability 0.833333; up 2 h after an up moment 0.924802, after a down moment 0.375990.

    4000 links, each up and down by turns for exponential times over 400 h, as windows of a timeline.
    """
    links, spells = 4000, 60
    u = uniform(1, 0, "link", np.arange(links * spells * 2)).reshape(2, links, spells)
    up, down = Exponential(20 * 60.0).draw(u[0]), Exponential(4 * 60.0).draw(u[1])
    downs = np.cumsum(up, axis=1) + np.cumsum(down, axis=1) - down
    made = Timeline.from_windows(downs, downs + down)
    who, asked = np.arange(links), np.arange(200, 380, 20) * 60.0
    assert made.changes.shape == (links, 2 * spells)
    assert downs[:, -1].min() > asked.max() + 120
    now = np.array([made.up(who, t) for t in asked])
    later = np.array([made.up(who, t + 120) for t in asked])
    for sample, exact in (
        (now.mean(axis=0), 0.833333),
        (np.where(now, later, np.nan), 0.924802),
        (np.where(now, np.nan, later), 0.375990),
    ):
        known = sample[~np.isnan(sample)]
        error = (
            sample.std(ddof=1) / math.sqrt(links)
            if sample.ndim == 1
            else math.sqrt(exact * (1 - exact) / known.size) * 1.5
        )
        assert abs(known.mean() - exact) < 4 * error


@pytest.mark.parametrize("begins", ["100 min", {"uniform": {"low": "0 min", "high": "180 min"}}])
def test_what_fails_after_the_hour_of_its_return_is_back_the_next_day(begins: object) -> None:
    """T0 is 01:20 and all fail, some after 02:00: each is down until the first 02:00 after that, and none is spared."""
    plan = failure(**{"from": begins}, until="02:00")
    scenario = electrified(3, 4)
    assert scenario.plan.start.hour == 1
    feeders = conditions(with_outages(scenario, failures=[plan]), TONIGHT).feeders
    assert feeders.fails.all()
    until = feeders.changes[:, 1]
    first = 120.0 - scenario.plan.start.hour * 60 - scenario.plan.start.minute
    assert set(until.tolist()) <= {first, first + 1440}
    assert (until > feeders.changes[:, 0]).all()
    assert (until - feeders.changes[:, 0] <= 1440).all()
