"""Laws of equipment that is added to a county: it does what it does where it stands, and moves nothing else.

What it does is worked out by hand on nights that leave nothing to chance.
"""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import luck
from sim.county import County
from sim.errors import InputError
from sim.report.explain.scenario import explain
from sim.scenario import Scenario, load_scenario
from sim.warning import simulate
from tests.laws.test_same_night import assert_same, linked_night, recorded
from tests.strategies import Small, describe, played, repeatable, small

Additions = dict[str, dict[str, Any]]
WHAT = {
    "area_terminal": "T000V001",
    "loudspeaker": "T000V001",
    "radio_370": "T000V001",
    "mesh": "T001V000",
    "sat_phone": "T002V001",
    "beidou": "T000",
    "gong": "T000V001",
    "whistle": "T000V001",
    "hand_siren": "T000V001",
    "megaphone": "T000V001",
    "patrol_car": "T001",
    "super_site": "T000V001",
    "battery": "T001",
}
"""Everything that can be added, and a place of the full night where it can."""


def with_additions(night: Small, additions: Additions) -> Small:
    """Return a night in whose county something is added."""
    more = night.copy()
    more.scenario["county"] = {"folder": "county", "additions": additions}
    return more


def one(what: str, *at: str, **more: object) -> Additions:
    """Return a single addition."""
    kind = {"kind": "fm"} if what == "loudspeaker" else {}
    return {"it": {"what": what, "at": list(at), **kind, **more}}


def loaded(night: Small) -> Scenario:
    """Load a night from a folder that does not outlive the call."""
    with tempfile.TemporaryDirectory() as folder:
        return night.load(Path(folder))


def bare_of(what: str) -> Small:
    """Return the full night without the thing where it may be added."""
    night = linked_night()
    place = WHAT[what]
    for table in ("loudspeakers.csv", "area_terminals.csv"):
        night.tables[table] = [row for row in night.tables[table] if row["place"] != place]
    night.tables["devices.csv"] = [row for row in night.tables["devices.csv"] if row["place"] != place]
    return night


# Nothing else moves ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", WHAT)
def test_what_is_added_moves_nothing_else_of_the_county(what: str) -> None:
    """Places, households, zones, shelters, roads stay the same objects; in the table that grows, every old row stays as it was."""
    night = bare_of(what)
    county = loaded(with_additions(night, one(what, WHAT[what]))).county
    before = county.without_additions
    changed = {
        field.name
        for field in dataclasses.fields(County)
        if getattr(county, field.name) is not getattr(before, field.name)
    } - {"bare"}
    table = {"area_terminal": "area_terminals", "loudspeaker": "loudspeakers"}.get(what)
    if table:
        assert changed == {table}
        old, new = getattr(before, table), getattr(county, table)
        pd.testing.assert_frame_equal(new.iloc[: len(old)], old)
        assert new["added"].tolist() == [False] * len(old) + [True]
        assert new["place"].iloc[-1] == WHAT[what]
        return
    if what in ("gong", "whistle", "hand_siren", "megaphone", "patrol_car"):
        assert changed == {"devices"}
        rows = {*county.devices.itertuples(index=False, name=None)} ^ {
            *before.devices.itertuples(index=False, name=None)
        }
        assert rows == {(WHAT[what], what)}
        return
    assert changed == {"networks"}
    if what in ("super_site", "battery"):
        differ = [
            column
            for column in before.networks.sites
            if not county.networks.sites[column].equals(before.networks.sites[column])
        ]
        assert differ == (["kind", "battery", "second"] if what == "super_site" else ["battery"])
        return
    rows = county.networks.sets.merge(before.networks.sets, how="outer", indicator=True)
    assert rows[rows["_merge"] != "both"][["place", "device"]].to_numpy().tolist() == [[WHAT[what], what]]


@pytest.mark.parametrize("what", WHAT)
def test_adding_nothing_or_what_is_there_changes_no_night(what: str) -> None:
    """No place, or one that has the thing: every record is the same to the last bit."""
    night = linked_night()
    place = "T001" if what == "radio_370" else WHAT[what]
    there = with_additions(night, one(what, place))
    if what in ("radio_370", "mesh", "sat_phone", "beidou"):
        night.tables["sets.csv"].append({"place": place, "device": what, "count": 1, "trained": "否"})
    if what == "super_site":
        next(row for row in night.tables["sites.csv"] if row["place"] == place)["kind"] = "super"
    if what == "battery":
        for row in night.tables["sites.csv"]:
            row["kind"] = "hub" if row["kind"] == "base" and row["place"] == "T001V000" else row["kind"]
        night.tables["sites.csv"] = [
            row for row in night.tables["sites.csv"] if row["place"] not in ("T001V001", "T001V002")
        ]
        night.tables["sites.csv"].append({"code": "SX", "kind": "super", "place": "T001", "backhaul": "fibre"})
    there.tables = night.tables
    usual = recorded(*played(night))
    assert_same(recorded(*played(with_additions(night, one(what)))), usual)
    assert_same(recorded(*played(there)), usual)


@pytest.mark.parametrize("what", ["area_terminal", "sat_phone", "super_site"])
def test_what_is_added_far_away_leaves_every_draw_of_the_others(what: str) -> None:
    """In a township of its own, 20 km away, whose lines never fail: nobody else's night moves by a bit."""
    night = linked_night()
    night.tables["townships.csv"].append({"code": "T009", "name": "远镇", "parent": "C", "x_m": 90_000, "y_m": 0})
    night.tables["villages.csv"].append({"code": "T009V000", "name": "远村", "parent": "T009", "x_m": 90_000, "y_m": 0})
    night.tables["sites.csv"].append({"code": "SX", "kind": "base", "place": "T009V000", "backhaul": "fibre"})
    for failure in night.scenario["outages"]["failures"].values():
        failure["within"] = ["T000", "T001", "T002"]
    assert_same(recorded(*played(with_additions(night, one(what, "T009V000")))), recorded(*played(night)))


def test_each_thing_has_luck_of_its_own_by_what_it_is_and_where() -> None:
    """Whatever is added before it, in whatever order; no two share any, nor with what stood there."""
    night = small(1, 3, 2)
    describe(night, "area_terminal", "broadcast")
    night.tables["loudspeakers.csv"] = night.tables["area_terminals.csv"] = []
    del night.tables["loudspeakers.csv"], night.tables["area_terminals.csv"]
    night.scenario["warnings"][0]["means"] = ["area_terminal", "broadcast"]
    codes = [row["code"] for row in night.tables["villages.csv"]]
    tables = []
    for order in (codes, codes[::-1]):
        county = loaded(
            with_additions(night, one("area_terminal", *order) | {"l": one("loudspeaker", *order)["it"]})
        ).county
        tables.append(
            {
                what: dict(zip(t["place"], t["entity"], strict=True))
                for what, t in vars(county).items()
                if what in ("area_terminals", "loudspeakers")
            }
        )
    assert tables[0] == tables[1]
    assert len({entity for table in tables[0].values() for entity in table.values()}) == 6


# What it does ---------------------------------------------------------------------------------------------------------


def quiet() -> Small:
    """Return a night told by area terminals alone, of which there is none."""
    night = small(1, 3, 2)
    describe(night, "area_terminal")
    del night.tables["area_terminals.csv"]
    night.scenario["warnings"][0]["means"] = ["area_terminal"]
    return night


def test_those_around_an_added_terminal_are_told() -> None:
    """Setup 1, listening 1: the village that has it (houses 50 and 100 m away) hears at minute 2, those 1 and 2 km away do not."""
    _, night = played(with_additions(quiet(), one("area_terminal", "T000V001")))
    assert night.households.warned_min.tolist() == [np.inf, np.inf, 2.0, 2.0, np.inf, np.inf]


@pytest.mark.parametrize("what", ["gong", "hand_siren"])
def test_an_added_device_is_carried_past_the_houses_of_its_place(what: str) -> None:
    """Everybody there is told, nobody elsewhere."""
    night = small(1, 2, 2)
    describe(night, what)
    del night.tables["devices.csv"]
    night.scenario["channels"][what]["passing"] = "1 m"
    night.scenario["warnings"][0]["means"] = [what]
    _, told = played(with_additions(night, one(what, "T000V001")))
    assert np.isfinite(told.households.warned_min).tolist() == [False, False, True, True]


@st.composite
def terminals(draw: st.DrawFn) -> tuple[Small, Additions, Additions]:
    """A night of terminals that often fail, some of the county's own, and additions of which the second holds one place more."""
    what = draw(st.sampled_from(["area_terminal", "loudspeaker"]))
    channel = "broadcast" if what == "loudspeaker" else what
    night = small(2, 4, 3)
    describe(night, channel)
    codes = [row["code"] for row in night.tables["villages.csv"]]
    for n, row in enumerate(night.tables["villages.csv"]):
        row["y_m"] = 120 * (n % 4)  # everybody is in earshot of several
    for row in night.tables["households.csv"]:
        row["y_m"] = 120 * int(row["place"][-1])
    table = f"{what}s.csv"
    night.tables[table] = [row for row in night.tables[table] if draw(st.booleans())] or night.tables[table][:1]
    plan = night.scenario["channels"][channel]
    if what == "loudspeaker":
        delay = {"exponential": {"mean": "5 min"}}
        plan["terminals"] = {kind: {"online": 0.5, "delay": delay} for kind in ("ip", "fm", "satellite")}
    else:
        plan["online"] = 0.5
    night.scenario["warnings"][0]["means"] = [channel]
    night.scenario["seed"] = draw(st.integers(0, 1000))
    night.county["habits"]["asleep"] = [0.3] * 24
    at = draw(st.lists(st.sampled_from(codes), unique=True, max_size=5))
    more = draw(st.sampled_from([code for code in codes if code not in at]))
    return night, one(what, *at), one(what, *at, more)


@repeatable(60)
@given(terminals())
def test_one_more_terminal_makes_nobody_hear_later(case: tuple[Small, Additions, Additions]) -> None:
    """Under the same luck: one nearer that is silent tonight takes nothing away from one farther off that plays."""
    night, fewer, more = case
    before, after = (played(with_additions(night, additions))[1].households.warned_min for additions in (fewer, more))
    assert np.all(after <= before)


def dark(failing: dict[str, Any], **sets: object) -> Small:
    """Return a night of one township and two villages whose village 0 hangs on one base station, and something that fails from minute 0."""
    night = small(1, 2, 1)
    night.tables["feeders.csv"] = [{"code": "F", "substation": "U", "place": "T000V000"}]
    night.tables["sites.csv"] = [
        {"code": "H", "kind": "hub", "place": "T000", "uplink": "", "backhaul": "fibre", "x_m": 50_000, "y_m": 0},
        {"code": "B", "kind": "base", "place": "T000V000", "uplink": "H", "backhaul": "fibre"},
        {"code": "B2", "kind": "base", "place": "T000V001", "uplink": "H", "backhaul": "fibre"},
    ]
    night.tables["covers.csv"] = [{"place": f"T000V00{n}", "site": site} for n, site in enumerate(("B", "B2"))]
    night.scenario["outages"] = {
        "failures": {"it": failing},
        "batteries": {"base": "1 h", "hub": "3 h", "super": "24 h", "terminal": "1 h", "recharge": 2.0},
    }
    night.scenario |= sets
    return night


def minutes_dark(night: Small, code: str) -> list[float]:
    """Return when a site fails and returns before the night ends."""
    scenario = loaded(night)
    row = scenario.county.networks.sites["code"].tolist().index(code)
    changes = simulate(scenario).outages.sites[row]
    return changes[changes < scenario.plan.end_min].tolist()


def test_a_super_site_lives_on_satellite_and_its_battery_and_others_do_not() -> None:
    """Cut off from the hub at minute 5 an ordinary site is dark; without mains it is after its hour. A super site outlasts the night."""
    cut = dark({"what": "links", "which": ["B"], "from": "5 min"})
    out = dark({"what": "feeders", "from": "5 min"})
    assert (minutes_dark(cut, "B"), minutes_dark(out, "B")) == ([5.0], [65.0])
    for night in (cut, out):
        assert minutes_dark(with_additions(night, one("super_site", "T000V000")), "B") == []


def test_a_better_battery_is_that_of_a_hub() -> None:
    """Three hours instead of one at the base stations of the place, and only there."""
    out = dark({"what": "feeders", "from": "5 min"})
    for row in out.tables["sites.csv"]:
        row["feeder"] = "F"
    better = with_additions(out, one("battery", "T000V000"))
    assert (minutes_dark(better, "B"), minutes_dark(better, "B2")) == ([185.0], [65.0])


def test_the_base_station_that_serves_most_listed_persons_becomes_the_super_site() -> None:
    """Of two in the township, the one of the village with more people on the list."""
    night = dark({"what": "feeders", "from": "5 min"})
    night.tables["zones.csv"] = [{"code": "Z", "kind": "点", "place": "T000V001"}]
    for row in night.tables["households.csv"]:
        row["zone"] = "Z" if row["place"] == "T000V001" else ""
    sites = loaded(with_additions(night, one("super_site", "T000"))).county.networks.sites
    assert dict(zip(sites["code"], sites["kind"], strict=True)) == {"B": "base", "B2": "super", "H": "hub"}


@pytest.mark.parametrize(("trained", "told"), [("100 %", True), ("0 %", False)])
def test_an_added_satellite_phone_reaches_a_dark_village_if_somebody_can_use_it(trained: str, told: bool) -> None:
    """It goes from an ordinary telephone to the set; without anybody who can use it the village stays untold."""
    night = dark({"what": "sites", "which": ["B"], "from": "0 min"})
    use = {"needs": ["person"], "ready": "2 min", "works": 1.0, "answered": 1.0, "talk": "1 min", "ring": "3 min"}
    night.scenario["channels"]["sat_phone"] = use
    night.scenario["roster"]["fallback"] = {"notice": "3 min", "means": ["sat_phone"], "retry_every": "10 min"}
    scenario, after = played(with_additions(night, one("sat_phone", "T000V000", trained=trained)))
    assert np.isfinite(after.places.acknowledged_min[scenario.county.index["T000V000"]]) == told


def test_in_a_village_it_goes_to_the_group_with_most_listed_people_that_has_none() -> None:
    """Of three groups with 1, 3 and 2 listed persons: one bought for the village, one more, one more, and a fourth that finds no room."""
    night = quiet()
    night.county["levels"].append({"id": "group", "name": "组", "short": "组", "table": "groups.csv", "coded": True})
    groups = [f"T000V000G{n}" for n in range(3)]
    night.tables["groups.csv"] = [
        {"code": code, "name": code, "parent": "T000V000", "x_m": 0, "y_m": 0} for code in [*groups]
    ] + [{"code": f"T000V00{v}G0", "name": "组", "parent": f"T000V00{v}", "x_m": 0, "y_m": 0} for v in (1, 2)]
    night.tables["zones.csv"] = [{"code": f"Z{n}", "kind": "点", "place": code} for n, code in enumerate(groups)]
    night.tables["households.csv"] = [
        {"household": f"H{n}", "place": code, "persons": persons, "phone": "smart", "pattern": "home", "zone": f"Z{n}"}
        for n, (code, persons) in enumerate(zip(groups, (1, 3, 2), strict=True))
    ]
    night.scenario["roster"]["desks"]["group"] = {"callers": 1, "relay": "0 min"}
    night.scenario["roster"]["ladders"]["group"] = night.scenario["roster"]["ladders"]["village"]
    bought = {f"n{n}": one("area_terminal", "T000V000")["it"] for n in range(4)}
    table = loaded(with_additions(night, bought)).county.area_terminals
    assert table["place"].tolist() == [groups[1], groups[2], groups[0]]


# As it is written -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addition", "key", "said"),
    [
        (one("area_terminal", "T000V00X"), "at[0]", "没有这个地方"),
        (one("area_terminal", "C"), "at[0]", "要写村或组"),
        (one("area_terminal", "T000", "T000"), "at[1]", "写了两次"),
        (one("sat_phone", "C"), "at[0]", "加了没有用"),
        (one("patrol_car", "T000V000"), "at[0]", "最低一级的上一级"),
        (one("super_site", "T000"), "at[0]", "没有普通基站"),
        (one("battery", "T000V001"), "at[0]", "没有普通基站"),
        (one("beidou", "T000"), "what", "channels 中没有"),
        (one("mesh", "T000"), "what", "没有人改用"),
        (one("gong", "T000"), "what", "没有一个环节"),
        (one("megaphone", "T000"), "what", "channels 中没有"),
        ({"it": {"what": "loudspeaker", "at": ["T000"]}}, "", "要写 kind"),
        (one("area_terminal", "T000", kind="ip"), "", "要写 kind"),
        (one("gong", "T000", trained="50 %"), "", "有人会用"),
        (one("horn", "T000"), "what", "允许的取值"),
    ],
)
def test_an_addition_that_cannot_be_is_a_fault_where_it_stands(
    addition: Additions, key: str, said: str, tmp_path: Path
) -> None:
    """With file, line, problem and remedy in both languages."""
    night = quiet()
    use = {"needs": ["person"], "ready": "2 min", "works": 1.0, "answered": 1.0, "talk": "1 min", "ring": "3 min"}
    describe(night, "gong", "patrol_car")
    night.scenario["channels"] |= {"mesh": use, "sat_phone": use}
    night.scenario["roster"]["fallback"] = {"notice": "3 min", "means": ["sat_phone"], "retry_every": "10 min"}
    night.scenario["warnings"][0]["means"] += ["patrol_car"]
    with pytest.raises(InputError) as caught:
        with_additions(night, addition).load(tmp_path)
    fault = next(fault for fault in caught.value.faults if said in fault.problem.zh)
    assert fault.key == f"county.additions.it.{key}".rstrip(".")
    assert fault.line
    assert fault.remedy.zh
    assert fault.remedy.en


def test_every_addition_at_fault_is_told_at_once(tmp_path: Path) -> None:
    """Three, at three places, beside a fault of the roster."""
    night = with_additions(quiet(), {**one("area_terminal", "X", "C"), "other": one("sat_phone", "T000")["it"]})
    night.scenario["roster"]["desks"].pop("village")
    with pytest.raises(InputError) as caught:
        night.load(tmp_path)
    assert len(caught.value.faults) == 4


def test_additions_can_be_set_and_leave_county_and_roster_of_a_scenario_like_it(tmp_path: Path) -> None:
    """``--set`` adds; what is loaded like another equals what is loaded alone, and its households and roster are not loaded again."""
    path = quiet().write(tmp_path)
    settings = ["county.additions.it.what=area_terminal", "county.additions.it.at=[T000V001]"]
    plain = load_scenario(path)
    alone, like = load_scenario(path, settings), load_scenario(path, settings, like=plain)
    assert like.hash == alone.hash != plain.hash
    assert like.county.households is plain.county.households
    assert like.roster is plain.roster
    pd.testing.assert_frame_equal(like.county.area_terminals, alone.county.area_terminals)
    assert load_scenario(path, like=like).county is plain.county
    assert alone.county.synthetic == plain.county.synthetic


def test_what_is_added_is_told_as_supposed() -> None:
    """In the words of ``explain``, by its title or by what it is; who buys nothing reads nothing."""
    bought = {**one("area_terminal", "T000V001", "T000V002", title="应急叫应设备")}
    assert "设想新增、现在还没有的：应急叫应设备（2处）。" in explain(loaded(with_additions(quiet(), bought)), "zh")
    assert "设想" not in explain(loaded(quiet()), "zh")


def test_an_added_set_is_trained_by_the_luck_that_the_rules_of_synthesis_would_use() -> None:
    """Of the share that is written, by place and device."""
    night = small(4, 5, 1)
    codes = [row["code"] for row in night.tables["villages.csv"]]
    use = {"needs": ["person"], "ready": "2 min", "works": 1.0, "answered": 1.0, "talk": "1 min", "ring": "3 min"}
    night.scenario["channels"]["sat_phone"] = use
    night.scenario["roster"]["fallback"] = {"notice": "3 min", "means": ["sat_phone"], "retry_every": "10 min"}
    sets = loaded(with_additions(night, one("sat_phone", *codes, trained="40 %"))).county.networks.sets
    draws = luck.uniform(3, 0, "set/trained", [luck.entity_id(code, "sat_phone") for code in codes])
    assert sets["trained"].tolist() == (draws < 0.4).tolist()
