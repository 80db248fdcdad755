"""Laws of the chain when the network fails: what does not go through, what desks turn to, and when they get through after all.

Times are worked out by hand on nights that leave nothing to chance: the county rings a township, which rings its village; each call takes a
minute of talk, a busy tone none. What fails is stated; how failures come about is tested elsewhere.
"""

from __future__ import annotations

import dataclasses
import math
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import luck
from sim.measures.outages import NOT_CALLED, outage
from sim.records import CALLING, CAUSES, Night
from sim.scenario import Scenario
from sim.warning import night as of_night
from sim.warning import simulate
from sim.warning.conditions import Conditions
from sim.warning.fates import Fates
from sim.warning.timelines import Timeline
from tests.laws.test_chain import Told, act, chains, climb, desks, posts, repeatable, step, with_leaves
from tests.strategies import Small, call_target, message

NEVER = math.inf
Outages = Mapping[str, Sequence[tuple[float, float]]]
"""Minutes without service, by place."""


def dark_night(
    plan: Small,
    dark: Outages,
    *,
    roads: Sequence[tuple[str, str, float]] = (),
    closed: Mapping[int, Sequence[tuple[float, float]]] | None = None,
    sets: Sequence[tuple[str, str, bool]] = (),
) -> Told:
    """Play a night on which places have no service, with roads (from, to, metres), closed roads by number, sets (place, device, trained)."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = plan.load(Path(folder))
    county = scenario.county
    codes = [f"R{n}" for n in range(len(roads))]
    ends = [pd.Series([road[k] for road in roads], dtype=str) for k in (0, 1)]
    networks = dataclasses.replace(
        county.networks,
        roads=pd.DataFrame(
            {
                "code": pd.Series(codes, dtype=str),
                "from": ends[0],
                "to": ends[1],
                "length_m": pd.Series([road[2] for road in roads], dtype=float),
                "kind": pd.Series(["village"] * len(roads), dtype=str),
                "entity": luck.entity_ids(codes),
            }
        ),
        sets=pd.DataFrame(
            [{"place": place, "device": device, "count": 1, "trained": trained} for place, device, trained in sets],
            columns=["place", "device", "count", "trained"],
        ),
    )
    county = dataclasses.replace(county, networks=networks)
    scenario = dataclasses.replace(scenario, county=county)
    places = {county.index[code]: windows for code, windows in dark.items()}
    conditions = dataclasses.replace(
        Conditions.calm(county),
        service=timeline(len(county.places), places),
        roads=timeline(len(roads), closed or {}),
    )
    return Told(scenario, played_under(scenario, conditions))


def timeline(size: int, windows: Mapping[int, Sequence[tuple[float, float]]]) -> Timeline:
    """Return a timeline from the outages of each entity."""
    rows = [(who, begin, end) for who, each in windows.items() for begin, end in each]
    who, begin, end = (np.array([row[k] for row in rows], dtype=float) for k in range(3))
    return Timeline.from_outages(size, who.astype(np.int64), begin, end)


def played_under(scenario: Scenario, conditions: Conditions) -> Night:
    """Play a night under stated conditions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_night, "conditions", lambda *_: conditions)
        return simulate(scenario)


def radio(**changes: object) -> dict[str, object]:
    """Return a kind of set that works, is answered, takes two minutes to set up and one to talk."""
    plan = {"needs": ["person"], "ready": "2 min", "works": 1.0, "answered": 1.0, "talk": "1 min", "ring": "3 min"}
    return plan | changes


def courier(**changes: object) -> dict[str, object]:
    """Return messengers at 6 km/h by vehicle, ready at once, who find everybody and talk for a minute."""
    pace = {"dry": 1.0, "light": 1.0, "heavy": 1.0}
    plan = {
        "needs": ["person"],
        "ready": "0 min",
        "speed": "6 km/h",
        "detour": 1.0,
        "pace": pace,
        "foot": {"speed": "3 km/h", "pace": pace, "over_closed": 2},
        "found": 1.0,
        "talk": "1 min",
    }
    return plan | changes


def falling_back(plan: Small, *means: str, notice: str = "3 min", retry: str = "10 min", couriers: int = 1) -> Small:
    """Let callers notice after three minutes, turn to ``means``, and dial again every ten minutes."""
    plan.scenario["roster"]["fallback"] = {"notice": notice, "means": list(means), "retry_every": retry}
    for desk in plan.scenario["roster"]["desks"].values():
        desk["couriers"] = couriers
    plan.scenario["channels"]["courier"] = courier()
    plan.scenario["channels"]["phone"] |= {"busy_tone": "0 min", "redial": "1 min"}
    return plan


# What does not go through -----------------------------------------------------------------------------------------


def test_without_fallback_a_call_into_the_dark_is_one_try() -> None:
    """A tone at once, then the next step a minute later: the network is back, the talk takes a minute."""
    plan = climb(falling_back(desks(1, 1)), step("officer", 2, gap="1 min"))
    del plan.scenario["roster"]["fallback"]
    told = dark_night(plan, {"T000": [(0.0, 1.0)]})
    assert told.at("T000") == [2.0]
    assert [event.act for event in told.events("no_service", "answered", place="T000")] == ["no_service", "answered"]


@pytest.mark.parametrize("where", ["caller", "callee"])
def test_both_ends_need_service(where: str) -> None:
    """The township answers at minute 1; its village cannot be rung before minute 30, whichever of the two is dark from minute 1.5."""
    plan = falling_back(desks(1, 1))
    plan.scenario["roster"]["desks"]["township"]["relay"] = "1 min"
    told = dark_night(plan, {"T000" if where == "caller" else "T000V000": [(1.5, 30.0)]})
    # rung at 2, noticed at 5, redialled every 10 min from then: 15, 25, 35
    assert told.at("T000", "T000V000") == [1.0, 36.0]


def test_a_talk_is_cut_off_when_the_site_goes_dark() -> None:
    """The talk that begins at minute 0 would take a minute; at 0.5 the site dies, at 4.0 it is back; notice 3, redial after 10."""
    plan = falling_back(desks(1, 1))
    told = dark_night(plan, {"T000": [(0.5, 4.0)]})
    assert [(event.act, event.t_min) for event in told.events("cut_off", "answered", place="T000")] == [
        ("cut_off", 0.5),
        ("answered", 14.5),
    ]


def test_a_site_that_never_comes_back_ends_the_calls() -> None:
    """Nothing to turn to and no service to the end: the ladder goes on and is given up, and nobody answers."""
    told = dark_night(falling_back(climb(desks(1, 1), step("officer", 2))), {"T000": [(0.0, NEVER)]})
    assert told.at("T000", "T000V000") == [NEVER, NEVER]
    assert len(told.events("given_up", place="T000")) == 1


def test_the_command_centre_of_the_county_never_goes_dark() -> None:
    """It has lines and power of its own."""
    told = dark_night(falling_back(desks(1, 1)), {})
    dark = dark_night(falling_back(desks(1, 1)), {told.scenario.county.places.code[0]: [(0.0, NEVER)]})
    assert dark.night.events == told.night.events


def test_the_luck_of_setbacks_dealt_beforehand_is_the_luck_drawn_at_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long it takes to notice and how the messenger fares, whether drawn for all calls at once or for one when it is needed."""
    plan = falling_back(desks(2, 3), "courier", couriers=3)
    plan.scenario["roster"]["fallback"]["notice"] = {"lognormal": {"median": "3 min", "p90": "9 min"}}
    plan.scenario["channels"]["courier"] |= {"found": 0.5, "ready": {"uniform": {"low": "0 min", "high": "30 min"}}}
    dark = {"T000": [(0.0, 100.0)], "T001V001": [(0.0, NEVER)], "T001V002": [(2.0, 40.0)]}
    dealt = dark_night(plan, dark)
    assert len(dealt.events("set_out")) > 1
    monkeypatch.setattr(Fates, "of_setbacks", lambda *_: {})
    assert dark_night(plan, dark).night.events == dealt.night.events


# What desks turn to -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("device", ["radio_370", "mesh", "sat_phone", "beidou"])
def test_a_set_at_the_dark_end_is_reached_from_the_county(device: str) -> None:
    """Notice 3, set up 2, talk 1: minute 6. The county has every kind; the acknowledgement says by what."""
    plan = falling_back(desks(1, 1), device)
    plan.scenario["channels"][device] = radio()
    told = dark_night(plan, {"T000": [(0.0, 60.0)]}, sets=[("T000", device, True)])
    assert told.at("T000") == [6.0]
    assert told.calls().channel[told.scenario.county.index["T000"]] == device
    minutes = told.calls().minutes[told.scenario.county.index["T000"]]
    spent = {CALLING[i]: m for i, m in enumerate(minutes.tolist()) if m}
    assert spent == {"no_service": 3.0, "setting_up": 2.0, "talking": 1.0}


@pytest.mark.parametrize(
    ("why", "changes", "trained"),
    [("nobody is trained", {}, False), ("out of reach", {"reach": "1 m"}, True)],
)
def test_a_set_that_cannot_be_used_costs_no_minute(why: str, changes: dict[str, object], *, trained: bool) -> None:
    """The messenger follows at once: notice 3, 100 m at 100 m a minute, a minute of talk."""
    plan = falling_back(desks(1, 1), "radio_370", "courier")
    plan.scenario["channels"]["radio_370"] = radio(**changes)
    plan.tables["townships.csv"][0]["x_m"] = 5000
    told = dark_night(
        plan, {"T000": [(0.0, 60.0)]}, sets=[("T000", "radio_370", trained)], roads=[(top(plan), "T000", 100.0)]
    )
    assert told.at("T000") == [5.0], why


@pytest.mark.parametrize(("goes_home_min", "told_min"), [(3, 5.0), (4, 10.0), (7, 6.0)])
def test_a_set_counts_while_somebody_on_duty_can_use_it(goes_home_min: int, told_min: float) -> None:
    """Noticed at minute 3: if who can use the set has just gone home the messenger follows at once, else set up 2, talk 1.

    Who goes home while the county sets up is called for 3 minutes in vain. The roster says who can, so the set counts although nobody is
    written down as trained.
    """
    plan = falling_back(desks(1, 1), "sat_phone", "courier")
    plan.scenario["channels"]["sat_phone"] = radio()
    plan.tables["persons.csv"] = [{"person": "P", "sets": "卫星电话、北斗"}, {"person": "Q", "sets": ""}]
    start = datetime.fromisoformat(plan.scenario["start"])
    handover = f"{start + timedelta(minutes=goes_home_min):%Y-%m-%d %H:%M}"
    plan.tables["shifts.csv"] = [
        {"desk": "T000", "post": "officer", "person": "P", "from": "", "to": handover},
        {"desk": "T000", "post": "officer", "person": "Q", "from": handover, "to": ""},
    ]
    plan.scenario["roster"] |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    told = dark_night(
        plan, {"T000": [(0.0, 60.0)]}, sets=[("T000", "sat_phone", False)], roads=[(top(plan), "T000", 100.0)]
    )
    assert told.at("T000") == [told_min]


@pytest.mark.parametrize("changes", [{"works": 0.0}, {"charge": "1 min"}, {"answered": 0.0}])
def test_a_set_that_does_not_work_is_found_out_by_trying(changes: dict[str, object]) -> None:
    """Notice 3, set up 2, three minutes of calling in vain, then the messenger: 1 + 1."""
    plan = falling_back(desks(1, 1), "radio_370", "courier")
    plan.scenario["channels"]["radio_370"] = radio(**changes)
    told = dark_night(
        plan, {"T000": [(0.0, 60.0)]}, sets=[("T000", "radio_370", True)], roads=[(top(plan), "T000", 100.0)]
    )
    assert told.at("T000") == [10.0]


def test_a_satellite_phone_reaches_an_ordinary_one_and_a_radio_does_not() -> None:
    """The township is dark and has a set, its village has service: by satellite phone it is told, by radio it is not."""
    reached = {}
    for device in ("sat_phone", "radio_370"):
        plan = falling_back(desks(1, 1), device)
        plan.scenario["channels"][device] = radio()
        told = dark_night(plan, {"T000": [(1.0, 60.0)]}, sets=[("T000", device, True)])
        reached[device] = told.at("T000V000")
    # the township answers at 1 and is dark from then: notice 3, set up 2, talk 1
    assert reached["sat_phone"] == [7.0]
    assert reached["radio_370"] == [65.0]  # rung at 1, noticed at 4, redialled at 14, 24 … 64


def test_one_set_makes_one_call_at_a_time() -> None:
    """Two villages, one satellite phone: the second waits for the three minutes of the first."""
    plan = falling_back(desks(1, 2), "sat_phone")
    plan.scenario["roster"]["desks"]["township"]["callers"] = 2
    plan.scenario["channels"]["sat_phone"] = radio()
    told = dark_night(plan, {"T000": [(1.0, 600.0)]}, sets=[("T000", "sat_phone", True)])
    assert sorted(told.at("T000V000", "T000V001")) == [7.0, 10.0]


def test_the_next_place_sends_somebody_over() -> None:
    """Notice 3, one minute on the phone to the village beside, 200 m at 100 m a minute, one minute of talk."""
    plan = falling_back(desks(1, 2), "neighbour_place")
    plan.scenario["roster"]["desks"]["township"]["callers"] = 2
    told = dark_night(
        plan, {"T000V001": [(0.0, 600.0)]}, roads=[("T000V000", "T000V001", 200.0), ("T000", "T000V000", 5000.0)]
    )
    assert told.at("T000V000", "T000V001") == [2.0, 1.0 + 3 + 1 + 2 + 1]
    assert told.calls().channel[told.scenario.county.index["T000V001"]] == "neighbour_place"


# Messengers and roads ---------------------------------------------------------------------------------------------


def top(plan: Small) -> str:
    """Return the code of the county."""
    return str(plan.county["code"])


@pytest.mark.parametrize(
    ("closed", "arrives"),
    [
        ({}, 3 + 10 + 1.0),  # 1 000 m by vehicle
        ({0: [(0.0, 999.0)]}, 3 + 40 + 1.0),  # the long way round: 4 000 m
        (
            {0: [(0.0, 999.0)], 1: [(0.0, 999.0)]},
            3 + 40 + 1.0,
        ),  # on foot over the closed road: 2 × 1 000 m at 50 m a minute
        ({0: [(0.0, 2.0)]}, 3 + 10 + 1.0),  # open again when the messenger leaves
    ],
)
def test_a_messenger_takes_the_roads_as_they_are(
    closed: Mapping[int, Sequence[tuple[float, float]]], arrives: float
) -> None:
    """By vehicle while any road is open, the shortest; else on foot over what is closed; a road that re-opens is used again."""
    plan = falling_back(desks(1, 1), "courier")
    county = top(plan)
    told = dark_night(
        plan,
        {"T000": [(0.0, 600.0)]},
        roads=[(county, "T000", 1000.0), (county, "T000", 4000.0)],
        closed=closed,
    )
    assert told.at("T000") == [arrives]


def test_without_a_way_on_foot_a_cut_off_place_waits_for_the_network() -> None:
    """No vehicle gets through and nobody walks: the redial at minute 3 + 60 finds the network back."""
    plan = falling_back(desks(1, 1), "courier")
    del plan.scenario["channels"]["courier"]["foot"]
    told = dark_night(plan, {"T000": [(0.0, 60.0)]}, roads=[(top(plan), "T000", 1000.0)], closed={0: [(0.0, 999.0)]})
    assert told.at("T000") == [3 + 60 + 1.0]
    assert len(told.events("no_way", place="T000")) == 1


# Acting alone -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "cause"), [(1.0, "own_trigger"), (0.0, "")])
def test_a_village_that_is_cut_off_acts_on_its_own_alarm_or_not_at_all(share: float, cause: str) -> None:
    """Dark from minute 0 to the end with nothing to turn to: 20 min later it knows by itself, or never."""
    plan = falling_back(with_a_group(desks(1, 1)))
    plan.scenario["local"] = {"means": ["door"], "own_trigger": {"share": share, "after": "20 min"}}
    told = dark_night(plan, {"T000V000": [(0.0, NEVER)]})
    assert told.cause("T000V000", act="local") == cause
    assert told.at("T000V000", act="local") == [20.0 if share else NEVER]
    assert told.at("T000V000") == [NEVER]


def with_a_group(plan: Small) -> Small:
    """Put one group under each village, so that villages stand above the lowest level."""
    plan.county["levels"].append({"id": "group", "name": "组", "short": "组", "table": "groups.csv"})
    plan.tables["groups.csv"] = [
        {"code": f"{v['code']}G0", "name": "组", "parent": v["code"], "x_m": v["x_m"], "y_m": v["y_m"]}
        for v in plan.tables["villages.csv"]
    ]
    for row in plan.tables["households.csv"]:
        row["place"] += "G0"
    roster = plan.scenario["roster"]
    for block in ("desks", "ladders"):
        roster[block]["group"] = dict(roster[block]["village"])
    roster["ladders"]["county"] = dict(roster["ladders"]["township"])
    return plan


def test_a_village_that_has_heard_does_not_trigger_itself() -> None:
    """It answers at minute 2 and is dark from minute 5: nothing of its own begins."""
    plan = falling_back(with_a_group(desks(1, 1)))
    plan.scenario["local"] = {"means": ["door"], "own_trigger": {"share": 1.0, "after": "20 min"}}
    told = dark_night(plan, {"T000V000": [(5.0, NEVER)]})
    assert told.at("T000V000") == [2.0]
    assert told.cause("T000V000", act="local") == ""


# Two nights with the same luck -------------------------------------------------------------------------------------


windows = st.tuples(st.integers(0, 40).map(lambda n: n / 4), st.integers(1, 200).map(lambda n: n / 4)).map(
    lambda drawn: (drawn[0], drawn[0] + drawn[1])
)


@given(chains(), st.data())
@repeatable(25)
def test_an_added_outage_never_makes_anybody_answer_earlier(plan: Small, data: st.DataObject) -> None:
    """Ample callers and no fallback: whatever fails besides, nobody answers sooner."""
    plan = falling_back(plan)
    del plan.scenario["roster"]["fallback"]
    codes = [row["code"] for table in ("townships.csv", "villages.csv") for row in plan.tables[table]]
    some = data.draw(st.dictionaries(st.sampled_from(codes), st.lists(windows, max_size=2), max_size=3))
    code = data.draw(st.sampled_from(codes))
    more = some | {code: [*some.get(code, []), data.draw(windows)]}
    before, after = dark_night(plan, some), dark_night(plan, more)
    size = len(before.scenario.county.places)
    assert (after.calls().acknowledged_min[:size] >= before.calls().acknowledged_min[:size] - 1e-9).all()


@given(chains(), st.data())
@repeatable(25)
def test_every_minute_of_an_answer_is_accounted_for_in_the_dark(plan: Small, data: st.DataObject) -> None:
    """What a call took since its caller knew is the sum of its steps, by whatever means it got through."""
    plan = falling_back(plan, "radio_370", "neighbour_place", "courier")
    plan.scenario["channels"]["radio_370"] = radio(works=0.5)
    codes = [row["code"] for table in ("townships.csv", "villages.csv") for row in plan.tables[table]]
    dark = data.draw(st.dictionaries(st.sampled_from(codes), st.lists(windows, max_size=2), min_size=1, max_size=4))
    told = dark_night(plan, dark, sets=[(code, "radio_370", True) for code in codes])
    calls = told.calls()
    for node in np.flatnonzero(calls.cause == CAUSES.index("chain")).tolist():
        since = float(calls.acknowledged_min[int(calls.caller[node])])
        assert abs(calls.acknowledged_min[node] - since - calls.minutes[node].sum()) < 1e-9
        assert (calls.minutes[node] >= 0).all()


@given(chains())
@repeatable(10)
def test_means_to_fall_back_on_change_nothing_on_a_calm_night(plan: Small) -> None:
    """Zero outages is the calm night, bit for bit, whatever stands ready."""
    calm = dark_night(plan, {})
    ready = falling_back(plan.copy(), "radio_370", "sat_phone", "neighbour_place", "courier")
    ready.scenario["channels"]["phone"] = plan.scenario["channels"]["phone"]
    for device in ("radio_370", "sat_phone"):
        ready.scenario["channels"][device] = radio()
    assert dark_night(ready, {}).night.events == calm.night.events


def test_a_response_falls_back_too() -> None:
    """Every act goes by the same means: the response to the township, two minutes after the warning, by radio."""
    plan = falling_back(posts(desks(1, 1)), "radio_370")
    plan.scenario["channels"]["radio_370"] = radio()
    plan.scenario["response"] = [act("r", level="II", after="w", delay="2 min")]
    plan.scenario["call_targets"] += [call_target(id="response", act="response")]
    told = dark_night(plan, {"T000": [(0.0, 600.0)]}, sets=[("T000", "radio_370", True)])
    assert told.at("T000", act="r") == [2.0 + 6.0]


# Desks and persons -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [{}, {"T000V000": [(0.0, NEVER)]}])
def test_to_ring_a_responsible_person_is_not_to_ring_the_desk_of_the_village(dark: Outages) -> None:
    """Desks are called down to the township, the register down to the village: no desk of a village has been called, in the dark or not."""
    plan = with_leaves(falling_back(desks(1, 2), "courier"), "township")
    plan.scenario["call_targets"][0]["to"] = "township"
    plan.scenario["channels"]["courier"]["found"] = 0.0
    told = dark_night(plan, dark)
    villages = outage(told.scenario, told.night, "w")
    assert villages.reason == (NOT_CALLED, NOT_CALLED)
    to_persons = [event for event in told.night.events if event.event == "call" and event.actor_post == "secretary"]
    assert ("no_service" in {event.act for event in to_persons}) == bool(dark)
    assert "answered" in {event.act for event in to_persons}
    assert all(event.detail for event in to_persons)
    assert not any(event.detail for event in told.night.events if event.actor_post == "officer")


# What an independent check once found wrong -------------------------------------------------------------------------


def test_a_radio_must_work_at_both_ends_whatever_the_network_does() -> None:
    """The county's works always; the township's never, though the place beside it has service: not by radio."""
    plan = falling_back(desks(1, 1), "radio_370")
    plan.scenario["channels"]["radio_370"] = radio(works=0.0)
    told = dark_night(
        plan,
        {"T000V000": [(1.0, 600.0)]},
        sets=[("T000", "radio_370", True), ("T000V000", "radio_370", True)],
    )
    assert "radio_370" not in {event.channel for event in told.events("answered")}


def test_an_ordinary_telephone_at_the_other_end_needs_no_set_that_works() -> None:
    """One set in two works; the only one is that of the dark township: tonight it reaches all of its four villages, or none."""
    reached = []
    for seed in range(12):
        plan = falling_back(desks(1, 4), "sat_phone")
        plan.scenario["seed"] = seed
        plan.scenario["channels"]["sat_phone"] = radio(works=0.5)
        told = dark_night(plan, {"T000": [(1.0, 600.0)]}, sets=[("T000", "sat_phone", True)])
        reached.append(sum(channel == "sat_phone" for channel in told.calls().channel))
    assert set(reached) == {0, 4}


def test_no_satellite_phone_is_used_where_nobody_holds_one_and_lines_are_back() -> None:
    """Service is back when the caller notices, at 3: the redial at 13 gets through by telephone."""
    plan = falling_back(desks(1, 1), "sat_phone")
    plan.scenario["channels"]["sat_phone"] = radio()
    told = dark_night(plan, {"T000": [(0.0, 3.0)]})
    assert told.calls().channel[told.scenario.county.index["T000"]] == "phone"
    assert told.at("T000") == [14.0]


def test_a_set_in_use_at_the_other_end_is_no_answer() -> None:
    """The county and a department ring the only set of a dark township at once: one gets an answer, ten minutes of talk."""
    plan = falling_back(desks(1, 1), "radio_370")
    plan.scenario["channels"]["radio_370"] = radio(talk="10 min")
    plan.scenario["roster"] |= {
        "joint_duty": False,
        "departments": [{"id": "fire", "title": "x", "callers": 1, "relay": "0 min", "calls": ["township"]}],
    }
    told = dark_night(plan, {"T000": [(0.0, 600.0)]}, sets=[("T000", "radio_370", True)])
    answered = [event.t_min for event in told.events("answered", place="T000") if event.channel == "radio_370"]
    assert answered == [15.0]
    assert len([event for event in told.events("no_answer", place="T000") if event.channel == "radio_370"]) == 1


@pytest.mark.parametrize(
    ("closed", "arrives"), [([(10.0, 600.0)], 20 + 3 + 20 + 1.0), ([(0.0, 10.0)], 20 + 3 + 10 + 1.0)]
)
def test_the_roads_count_when_the_messenger_leaves(closed: Sequence[tuple[float, float]], arrives: float) -> None:
    """Asked at 3, ready 20 minutes later: what has closed since is walked (twice 1 000 m, 50 m a minute), what has opened is driven."""
    plan = falling_back(desks(1, 1), "courier")
    plan.scenario["channels"]["courier"]["ready"] = "20 min"
    plan.scenario["channels"]["courier"]["foot"]["speed"] = "6 km/h"
    told = dark_night(plan, {"T000": [(0.0, 900.0)]}, roads=[(top(plan), "T000", 1000.0)], closed={0: closed})
    assert told.at("T000") == [arrives]


def test_a_reply_waits_for_the_network_too() -> None:
    """Sent at 0, read five minutes later in the dark: it leaves at 30, if the caller waits so long."""
    for wait, answers in (("40 min", 30.0), ("20 min", NEVER)):
        plan = climb(desks(1, 1), step("officer", channel="wechat", wait=wait, ring=None))
        del plan.scenario["roster"]["ladders"]["township"]["steps"][0]["ring"]
        plan.scenario["channels"]["wechat"] = message(sent_by="desk", duty={"read": 1.0, "delay": "5 min"})
        assert dark_night(plan, {"T000": [(1.0, 30.0)]}).at("T000") == [answers]


def test_the_call_to_the_next_place_is_cut_off_when_it_goes_dark() -> None:
    """It would talk for ten minutes from 4 on, and has no service from 8: nobody is sent, the village waits for the network."""
    plan = falling_back(desks(1, 2), "neighbour_place")
    plan.scenario["roster"]["desks"]["township"]["callers"] = 2
    plan.scenario["channels"]["phone"]["talk"] = "10 min"
    told = dark_night(plan, {"T000V001": [(0.0, 600.0)], "T000V000": [(22.0, 23.0)]})
    assert not told.events("set_out")
    assert told.at("T000V001")[0] > 600
