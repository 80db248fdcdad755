"""Laws of evacuation: who is asked, who leaves when, who is safe, and why the others are not.

Numbers are worked out by hand from the plan: nothing is left to chance unless a test says so.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.records import CAUSES, EXCLUDED, EXPOSED, EvacuationRecords
from tests.strategies import (
    Small,
    call_target,
    describe,
    evacuation,
    full_night,
    helpers,
    played,
    repeatable,
    small,
    struck,
    with_evacuation,
    with_outages,
)

NEVER = math.inf


def evacuated(night: Small, *overrides: str, replication: int = 0) -> EvacuationRecords:
    """Play a night and return what became of those in danger zones."""
    _, result = played(night, *overrides, replication=replication)
    assert result.evacuation is not None
    return result.evacuation


def causes(records: EvacuationRecords) -> list[str]:
    """Return the cause of each household's exposure, "" for those that are not exposed."""
    return [(*EXPOSED, "")[code] for code in records.exposed]


def excluded(records: EvacuationRecords) -> list[str]:
    """Return why each household is not counted, "" for those that are."""
    return [(*EXCLUDED, "")[code] for code in records.excluded]


def told_at_once(villages: int = 1, households: int = 1) -> Small:
    """Return a night in which every household hears the red warning at minute 0."""
    night = small(1, villages, households)
    describe(night, "cell_broadcast")
    night.scenario["warnings"][0]["means"] = ["cell_broadcast"]
    night.scenario["channels"]["phone"]["talk"] = "0 s"  # villages know at once, too
    return with_evacuation(night)


def a_shelter(night: Small, place: str = "T000V000", capacity: int = 1000, **position: float) -> Small:
    """Add a shelter."""
    rows = night.tables.setdefault("shelters.csv", [])
    rows.append({"code": f"S{len(rows)}", "place": place, "kind": "emergency", "capacity": capacity} | position)
    return night


# Bounds and conservation ----------------------------------------------------------------------------------------------


@repeatable(20)
@given(st.integers(0, 2**32), st.sampled_from(["dry", "light", "heavy"]), st.booleans())
def test_each_household_hears_gets_ready_leaves_and_arrives_in_that_order(seed: int, rain: str, dark: bool) -> None:
    """Told ≤ ready ≤ departed ≤ safe ≤ returned for each household; nobody leaves after the onset; times end with the night."""
    night = with_outages(full_night()) if dark else full_night()
    night.scenario["seed"], night.scenario["hazard"]["rain"] = seed, rain
    scenario, result = played(night)
    one = result.evacuation
    assert one is not None
    steps = [one.prompted_min, one.ready_min, one.departed_min, one.safe_min, one.returned_min]
    for before, after in itertools.pairwise(steps):
        assert np.all(before[np.isfinite(after)] <= after[np.isfinite(after)])
    assert np.all((one.departed_min <= one.onset_min) | np.isinf(one.departed_min))
    for times in (*steps, one.onset_min):
        assert np.all(((times >= 0) & (times <= scenario.plan.end_min)) | np.isinf(times))


@repeatable(20)
@given(st.integers(0, 2**32), st.booleans())
def test_everybody_who_must_leave_is_safe_exposed_or_excluded(seed: int, dark: bool) -> None:
    """Listed = safe before onset + exposed + excluded with a reason, each household once; the others are never exposed by cause."""
    night = with_outages(full_night()) if dark else full_night()
    night.scenario["seed"] = seed
    one = evacuated(night)
    safe = (one.safe_min <= one.onset_min) & np.isfinite(one.safe_min)
    safe &= ~(np.isfinite(one.onset_min) & (one.returned_min <= one.onset_min))
    states = np.stack([safe, one.exposed >= 0, one.excluded >= 0])
    assert np.all(states[:, one.due].sum(axis=0) == 1)
    assert np.all(one.exposed[~one.due] == -1)


@repeatable(20)
@given(st.integers(0, 2**32))
def test_a_shelter_is_never_above_its_capacity(seed: int) -> None:
    """The persons who came to each shelter fit into it, and are those whose households say so."""
    night = full_night()
    night.scenario["seed"] = seed
    scenario, result = played(night)
    one, homes = result.evacuation, scenario.county.households
    assert one is not None
    came = np.zeros(len(scenario.county.shelters), dtype=np.int64)
    inside = one.shelter >= 0
    np.add.at(came, one.shelter[inside], homes.persons[one.rows[inside]])
    assert one.shelters.persons.tolist() == came.tolist()
    assert np.all(came <= scenario.county.shelters["capacity"])


# No arrow back --------------------------------------------------------------------------------------------------------


@repeatable(10)
@given(st.integers(0, 2**32))
def test_what_households_do_changes_no_desk_and_no_warning(seed: int) -> None:
    """With and without evacuation and reports, calls and reception are the same, bit for bit."""
    night = full_night()
    night.scenario["seed"] = seed
    _, moved = played(night)
    del night.scenario["evacuation"], night.scenario["report_up"]
    _, still = played(night)
    assert still.evacuation is None
    assert still.reports is None
    for one, other in zip(moved.acts, still.acts, strict=True):
        assert np.array_equal(one.calls.acknowledged_min, other.calls.acknowledged_min)
        assert np.array_equal(one.reception.told_min, other.reception.told_min)


# Limits ---------------------------------------------------------------------------------------------------------------


@repeatable(20)
@given(st.integers(0, 2**32), st.integers(0, 60))
def test_without_any_hindrance_safe_is_warned(seed: int, at: int) -> None:
    """Zero walking and preparation, no refusal, no helpers, no capacity: safe before the onset = warned by then."""
    night = full_night()
    night.scenario["seed"] = seed
    del night.tables["shelters.csv"]
    night.scenario["evacuation"] = evacuation(
        triggers={"any": {"name": "任何预警", "on": ["orange", "red", "sighting", "rain_alarm"], "whom": "threatened"}}
    )
    struck_at = {"stated": [{"zone": row["code"], "at": f"{at} min"} for row in night.tables["zones.csv"]]}
    night.scenario["hazard"]["onset"] = struck_at
    night.county["habits"]["patterns"] = [
        {"id": name, "share": share, "at_home": [1.0] * 24} for name, share in (("home", 1.0), ("away", 0.0))
    ]
    one = evacuated(night)
    assert one.due.any()
    told_in_time = one.prompted_min <= np.minimum(one.onset_min, 600)
    assert np.array_equal(one.safe_min[told_in_time], one.prompted_min[told_in_time])
    assert np.all(np.isinf(one.safe_min[~told_in_time]))


@pytest.mark.parametrize(("at", "exposed"), [("0 min", 12), ("4 min", 12), ("5 min", 0), ("9 min", 0)])
def test_an_onset_before_anybody_could_be_safe_exposes_all(at: str, exposed: int) -> None:
    """Told at 0, five minutes to get ready: struck before that all are exposed, from then on nobody."""
    night = struck(told_at_once(3, 4), at)
    night.scenario["evacuation"]["decision"]["prepare"] = "5 min"
    one = evacuated(night)
    assert (one.exposed >= 0).sum() == exposed


# The way --------------------------------------------------------------------------------------------------------------


def test_a_way_takes_its_metres_at_toblers_pace() -> None:
    """550 m to the shelter at 6 km/h take 5.5 min; on a slope of 10 % exp(0.35) up and exp(0) down make it 5.5 · (1.4191 + 1)/2."""
    night = a_shelter(told_at_once(), x_m=600, y_m=0)
    assert evacuated(night).safe_min.tolist() == pytest.approx([5.5])
    night.scenario["evacuation"]["walking"]["slope"] = 0.1
    assert evacuated(night).safe_min.tolist() == pytest.approx([5.5 * (math.exp(0.35) + 1) / 2])


def test_rain_night_and_age_multiply_the_way_and_check_in_adds() -> None:
    """5.5 min, three times in rain, 1.2 at night, 1.5 for the old, and two minutes at the door."""
    night = a_shelter(told_at_once(), x_m=600, y_m=0)
    night.tables["households.csv"][0]["elderly"] = 1
    walking = {"pace": {"dry": 1.0, "light": 1.5, "heavy": 3.0}, "night": 1.2, "elderly": 1.5}
    night.scenario["evacuation"]["walking"] |= walking
    night.scenario["evacuation"]["shelters"]["check_in"] = "2 min"
    assert evacuated(night).safe_min.tolist() == pytest.approx([5.5 * 3 * 1.2 * 1.5 + 2])


def one_road(*closed: str) -> Small:
    """Return a night with a shelter in the next village, 1 km by road and 50 m from the house to it; the road fails from–until."""
    night = a_shelter(told_at_once(2), "T000V001")
    night.scenario["start"] = "2025-07-11 12:00"
    night.tables["roads.csv"] = [
        {"code": "R", "from": "T000V000", "to": "T000V001", "length_m": 1000, "kind": "village"},
        {"code": "Q", "from": "T000", "to": "T000V001", "length_m": 9000, "kind": "main"},
        {"code": "P", "from": "C", "to": "T000", "length_m": 9000, "kind": "main"},
    ]
    if closed:
        failure = {"what": "roads", "which": ["R"], "from": closed[0], "until": closed[1]}
        same = dict.fromkeys(("base", "hub", "super", "terminal"), "1 h")
        night.scenario["outages"] = {"failures": {"slide": failure}, "batteries": same | {"recharge": 1.0}}
    return night


@pytest.mark.parametrize(
    ("closed", "over_closed", "leaves", "safe"),
    [
        pytest.param((), None, 0, 10.5, id="open"),
        pytest.param(("12:00", "12:40"), None, 40, 50.5, id="waits"),
        pytest.param(("12:00", "12:40"), 3.0, 0, 30.5, id="climbs-over"),
        pytest.param(("12:20", "12:40"), None, 0, 10.5, id="closes-behind"),
    ],
)
def test_a_road_that_opens_again_is_used_again(
    closed: tuple[str, ...], over_closed: float | None, leaves: float, safe: float
) -> None:
    """50 m and a kilometre at 6 km/h; while the road is closed people wait, or climb over at three times the way."""
    night = one_road(*closed)
    night.scenario["evacuation"]["walking"]["over_closed"] = over_closed
    one = evacuated(night)
    assert one.departed_min[0] == leaves
    assert one.safe_min[0] == pytest.approx(safe)


def test_who_waits_for_a_road_is_exposed_by_it() -> None:
    """Ready at 0, the road opens at 12:40, the hazard strikes at 12:30."""
    one = evacuated(struck(one_road("12:00", "12:40"), "30 min"))
    assert causes(one)[0] == "road_cut"
    assert one.departed_min[0] == NEVER


def test_a_full_shelter_sends_people_on() -> None:
    """Four persons, room for two at the first shelter and one at the second, 600 m on: by distance two, one, and one gives up."""
    night = a_shelter(a_shelter(told_at_once(1, 4), capacity=2, x_m=0, y_m=0), capacity=1, x_m=-600, y_m=0)
    one = evacuated(struck(night, "1 h"))
    assert one.shelter.tolist() == [0, 0, 1, -1]
    assert one.safe_min.tolist() == pytest.approx([0.5, 1.0, 1.5 + 6, NEVER])
    assert causes(one) == ["", "", "", "no_shelter"]
    assert one.shelters.persons.tolist() == [2, 1]
    assert one.shelters.full_min.tolist() == pytest.approx([1.5, 8.0])


@pytest.mark.parametrize(("nearer", "first"), [(11, "S11"), (12, "S0")])
def test_by_road_only_the_twelve_nearest_as_the_crow_flies_are_weighed(nearer: int, first: str) -> None:
    """Shelters of the next village stand 500 m away, 2.5 km by road; the own one, 600 m away either way, is the 12th nearest, or the 13th."""
    night = told_at_once(villages=2)
    for n in range(nearer):
        a_shelter(night, "T000V001", x_m=0, y_m=-500 - n)
    a_shelter(night, "T000V000", x_m=0, y_m=-600)
    scenario, result = played(night)
    assert result.evacuation is not None
    assert scenario.county.shelters["code"].iloc[result.evacuation.shelter[0]] == first


def test_unlimited_shelters_turn_nobody_away() -> None:
    """The same with capacities left out of account."""
    night = a_shelter(told_at_once(1, 4), capacity=1, x_m=0, y_m=0)
    night.scenario["evacuation"]["shelters"]["unlimited"] = True
    assert evacuated(night).safe_min.tolist() == pytest.approx([0.5, 1.0, 1.5, 2.0])


# Helpers --------------------------------------------------------------------------------------------------------------


def needing_help(households: int, crews: int = 1, **plan: object) -> Small:
    """Return a night with one village whose households all need help, ten minutes each, no way to walk."""
    night = told_at_once(1, households)
    for row in night.tables["households.csv"]:
        row["needs_help"] = 1
    night.scenario["evacuation"]["helpers"] = helpers(per_village=2 * crews, **plan)
    return night


@pytest.mark.parametrize(("households", "crews"), [(1, 1), (7, 1), (7, 2), (7, 3), (7, 7), (7, 9)])
def test_helpers_take_one_house_after_another(households: int, crews: int) -> None:
    """V6 with constant service: the k-th to be served is out after ⌈k / crews⌉ · 10 min; makespan ⌈n / crews⌉ · 10."""
    one = evacuated(needing_help(households, crews))
    expected = sorted(10 * math.ceil(k / crews) for k in range(1, households + 1))
    assert sorted(one.safe_min.tolist()) == expected
    assert one.helped.all()


def test_helpers_with_luck_at_each_house_finish_when_theory_says() -> None:
    """V6: 24 houses, 4 crews, exponential with mean 10 min: E[makespan] = 10 · ((24 − 4)/4 + H₄) = 70.833, within 4 SE of 60 nights."""
    night = needing_help(24, 4, at_house={"exponential": {"mean": "10 min"}})
    last = np.array([evacuated(night, replication=k).safe_min.max() for k in range(60)])
    exact = 10 * (20 / 4 + sum(1 / k for k in range(1, 5)))
    assert abs(last.mean() - exact) <= 4 * last.std(ddof=1) / math.sqrt(len(last))


def test_nobody_to_help_leaves_those_who_need_it_behind() -> None:
    """No helpers: they wait for help until the hazard strikes."""
    one = evacuated(struck(needing_help(2, 0), "1 h"))
    assert causes(one) == ["waiting_for_help"] * 2


def test_tired_helpers_take_longer() -> None:
    """10 % more for each hour worked: 10, then 10 · (1 + 10/600), then that again with what has been worked by then."""
    one = evacuated(needing_help(3, 1, fatigue=0.1))
    second = 10 * (1 + 0.1 * 10 / 60)
    third = 10 * (1 + 0.1 * (10 + second) / 60)
    assert sorted(one.safe_min.tolist()) == pytest.approx([10, 10 + second, 10 + second + third])


def test_helpers_walk_out_and_carry_back() -> None:
    """600 m out and 600 m back at twice the time: 5.5 + 10 + 11 min for one house 550 m from the shelter."""
    night = a_shelter(needing_help(1, 1, carry=2.0), x_m=600, y_m=0)
    assert evacuated(night).safe_min.tolist() == pytest.approx([5.5 + 10 + 11])


@pytest.mark.parametrize(("start", "safe"), [("10:00", 5.5 + 10 + 5.5), ("01:20", 11 + 10 + 11)])
def test_crews_walk_more_slowly_by_night_alone(start: str, safe: float) -> None:
    """550 m out and back at half the speed by night; the ten minutes at the house are the same at any hour."""
    night = a_shelter(needing_help(1, 1), x_m=600, y_m=0)
    night.scenario["start"] = f"2025-07-11 {start}"
    night.scenario["evacuation"]["walking"]["night"] = 2.0
    assert evacuated(night).safe_min.tolist() == pytest.approx([safe])


def test_tired_helpers_carry_more_slowly_too() -> None:
    """Houses 550 m and 500 m from the shelter: 26.5 min for one and 25 for the other, the second × (1 + 0.6 · hours worked): 58.125 in all."""
    night = a_shelter(needing_help(2, 1, carry=2.0, fatigue=0.6), x_m=600, y_m=0)
    first, second = 5.5 + 10 + 2 * 5.5, 5 + 10 + 2 * 5
    assert max(evacuated(night).safe_min) == pytest.approx(first + second * (1 + 0.6 * first / 60))


def test_a_vehicle_drives_where_the_road_is_open() -> None:
    """Out on foot 10.5 min, ten at the house, three to load, 1 km at 30 km/h; on foot back 10.5 where it is closed for vehicles."""
    night = one_road()
    night.tables["households.csv"][0]["needs_help"] = 1
    night.scenario["evacuation"] |= {
        "helpers": helpers(),
        "vehicles": {"per_village": 1, "load": "3 min"},
    }
    assert evacuated(night).safe_min[0] == pytest.approx(10.5 + 10 + 3 + 2)
    night.scenario["evacuation"]["vehicles"]["per_village"] = 0
    assert evacuated(night).safe_min[0] == pytest.approx(10.5 + 10 + 10.5)


def planned(night: Small, **own: object) -> Small:
    """Put the first household of the first village on the transfer list, with a plan of its own."""
    row = night.tables["households.csv"][0]
    entry = {"household": row["household"], "place": row["place"], "persons": row["persons"]}
    night.tables["transfer_list.csv"] = [entry | own]
    return night


def test_a_helper_by_name_waits_for_no_crew() -> None:
    """Both need help, one crew: who has a helper of its own is out after ten minutes too, and the crew is free for the other."""
    night = needing_help(2, 1)
    assert sorted(evacuated(night).safe_min.tolist()) == [10, 20]
    assert evacuated(planned(night, helper="包保人")).safe_min.tolist() == [10, 10]


def test_a_household_whose_plan_names_its_trigger_leaves_on_that_alone() -> None:
    """The warning at 0 and the order at 60 ask both; the plan of the first household names the order."""
    night = told_at_once(1, 2)
    warning = night.scenario["warnings"][0]
    order = {key: value for key, value in warning.items() if key != "level"}
    night.scenario["orders"] = [order | {"id": "o", "stage": "move", "delay": "60 min"}]
    night.scenario["evacuation"]["triggers"]["order"] = {"name": "转移指令", "on": ["move"]}
    assert evacuated(night).safe_min.tolist() == [0, 0]
    assert evacuated(planned(night, leave_on="order")).safe_min.tolist() == [60, 0]


def test_a_shelter_by_plan_is_tried_first() -> None:
    """The near shelter is 50 m away, that of the plan 250 m."""
    night = a_shelter(a_shelter(told_at_once(), x_m=100, y_m=0), x_m=300, y_m=0)
    assert evacuated(night).safe_min.tolist() == pytest.approx([0.5])
    one = evacuated(planned(night, shelter="S1"))
    assert one.shelter.tolist() == [1]
    assert one.safe_min.tolist() == pytest.approx([2.5])


def test_crews_wait_for_a_way_too() -> None:
    """The road is shut until 40: the crew is there at 50.5, ten minutes at the house, 10.5 back."""
    night = one_road("12:00", "12:40")
    night.tables["households.csv"][0]["needs_help"] = 1
    night.scenario["evacuation"]["helpers"] = helpers()
    one = evacuated(night)
    assert (one.departed_min[0], one.safe_min[0]) == pytest.approx((60.5, 71.0))


def test_a_vehicle_needs_the_road_when_it_leaves() -> None:
    """The road shuts at 5 and opens at 40; the household is ready to be driven at 20.5: it is carried at 40 instead."""
    night = one_road("12:05", "12:40")
    night.tables["households.csv"][0]["needs_help"] = 1
    night.scenario["evacuation"] |= {"helpers": helpers(), "vehicles": {"per_village": 1, "load": "3 min"}}
    one = evacuated(night)
    assert (one.departed_min[0], one.safe_min[0]) == pytest.approx((40.0, 50.5))


def test_crews_do_not_know_when_the_hazard_will_strike() -> None:
    """One crew, two zones struck at 9 and 15, ten minutes a house: it is busy at the first until 9, and too late for the second."""
    night = needing_help(2, 1)
    night.tables["zones.csv"].append({"code": "late", "kind": "滑坡", "place": "T000V000"})
    night.tables["households.csv"][1]["zone"] = "late"
    night.scenario["hazard"]["onset"] = {
        "stated": [{"zone": "ZT000V000", "at": "9 min"}, {"zone": "late", "at": "15 min"}]
    }
    one = evacuated(night)
    assert causes(one) == ["waiting_for_help"] * 2
    assert np.isinf(one.departed_min).all()


def test_one_named_helper_brings_his_households_in_turn() -> None:
    """Three households name the same helper, one another: 10, 20, 30 and 10."""
    night = needing_help(4, 0)
    rows = night.tables["households.csv"]
    night.tables["transfer_list.csv"] = [
        {"household": row["household"], "place": row["place"], "persons": 1, "helper": who}
        for row, who in zip(rows, ("甲", "甲", "乙", "甲"), strict=True)
    ]
    assert sorted(evacuated(night).safe_min.tolist()) == [10, 10, 20, 30]


def test_reinforcements_are_asked_for_when_somebody_has_waited_so_long() -> None:
    """Ten minutes a house, one crew, six households: the second waits from 0, so the village asks at 8, and at 16 again; one team is all there is."""
    night = needing_help(6, 1)
    more = {"ask_after": "8 min", "township_teams": 1, "team": 2, "ready": "0 min"}
    night.scenario["evacuation"]["reinforcement"] = more
    _, result = played(night)
    noted = [(event.act, event.t_min) for event in result.events if event.event == "evacuation"]
    assert noted == [("asked_for_help", 8), ("arrived", 8), ("asked_for_help", 16)]
    assert result.evacuation is not None
    assert sorted(result.evacuation.safe_min.tolist()) == [10, 18, 20, 28, 30, 38]


def test_a_village_asks_as_soon_as_somebody_has_waited_so_long() -> None:
    """Ten minutes a house, one crew, two households, half a minute of patience: the village asks at 0.5 min, not later."""
    night = needing_help(2, 1)
    more = {"ask_after": "30 s", "township_teams": 1, "team": 2, "ready": "0 min"}
    night.scenario["evacuation"]["reinforcement"] = more
    _, result = played(night)
    noted = [(event.act, event.t_min) for event in result.events if event.event == "evacuation"]
    assert noted == [("asked_for_help", 0.5), ("arrived", 0.5)]


def test_a_village_that_never_knew_asks_for_nothing() -> None:
    """Nobody in the village can be reached; its households hear the warning, two need help: no crew, no request."""
    night = needing_help(2, 1)
    more = {"ask_after": "5 min", "township_teams": 1, "team": 2, "ready": "0 min"}
    night.scenario["evacuation"]["reinforcement"] = more
    night.scenario["roster"]["posts"]["none"] = {"title": "村", "reachable": 0.0, "answer": 0.0}
    night.scenario["roster"]["ladders"]["village"] = {"steps": [{"post": "none", "tries": 1, "ring": "30 s"}]}
    _, result = played(struck(night, "1 h"))
    assert result.evacuation is not None
    assert causes(result.evacuation) == ["waiting_for_help"] * 2
    assert not [e for e in result.events if e.event == "evacuation"]


@pytest.mark.parametrize(("persuaded", "visits", "safe"), [(1.0, 1, 15), (0.0, 2, NEVER)])
def test_who_refuses_leaves_when_persuaded(persuaded: float, visits: int, safe: float) -> None:
    """Refused at 0, visited after ten minutes for five: then it goes, or never."""
    night = told_at_once()
    night.scenario["evacuation"] |= {
        "helpers": helpers(),
        "persuasion": {"after": "10 min", "visit": "5 min", "persuaded": persuaded, "visits": visits},
    }
    night.scenario["evacuation"]["decision"]["refuses"] = 1.0
    one = evacuated(struck(night, "1 h"))
    assert one.safe_min.tolist() == [safe]
    assert causes(one) == ["" if safe < NEVER else "refused"]


def test_visits_begin_from_the_refusal() -> None:
    """Told at 0, decided at 30 not to go, visited ten minutes later for five: out at 45."""
    night = told_at_once()
    night.scenario["evacuation"] |= {
        "helpers": helpers(),
        "persuasion": {"after": "10 min", "visit": "5 min", "persuaded": 1.0, "visits": 1},
    }
    night.scenario["evacuation"]["decision"] |= {"refuses": 1.0, "decide": "30 min"}
    assert evacuated(night).safe_min.tolist() == [45]


def test_persuasion_succeeds_as_often_as_its_visits_say() -> None:
    """Half of the visits succeed: of 400 households that refuse 1 − 0.5³ leave after up to three visits, within 4 SE."""
    night = told_at_once(1, 400)
    night.scenario["evacuation"] |= {
        "helpers": helpers(per_village=2000),
        "persuasion": {"after": "1 min", "visit": "1 min", "persuaded": 0.5, "visits": 3},
    }
    night.scenario["evacuation"]["decision"]["refuses"] = 1.0
    share = float(np.isfinite(evacuated(night).safe_min).mean())
    assert share == pytest.approx(0.875, abs=4 * math.sqrt(0.875 * 0.125 / 400))


def test_reinforcements_come_by_road_and_help() -> None:
    """Two wait; after 5 min the village asks, 2 min to get ready, 1 km at 30 km/h: the second is served from minute 9, not 10."""
    night = needing_help(2, 1)
    for row in night.tables["villages.csv"]:
        row["y_m"] = 1000
    for row in night.tables["households.csv"]:
        row["y_m"] = 1000
    more = {"ask_after": "5 min", "township_teams": 1, "team": 2, "ready": "2 min"}
    night.scenario["evacuation"]["reinforcement"] = more
    assert sorted(evacuated(night).safe_min.tolist()) == pytest.approx([10, 19])
    night.scenario["evacuation"]["reinforcement"]["township_teams"] = 0
    assert sorted(evacuated(night).safe_min.tolist()) == pytest.approx([10, 20])


# Monotone under common luck -------------------------------------------------------------------------------------------


def hindered(seed: int, **changes: object) -> Small:
    """Return a night with luck at every step of deciding and moving, open roads, unlimited shelters, no going home."""
    night = told_at_once(3, 6)
    night.scenario["seed"] = seed
    long = {"exponential": {"mean": "20 min"}}
    night.scenario["evacuation"]["decision"] |= {"seek": long, "decide": long, "prepare": long, "sources": 2}
    night.scenario["evacuation"] |= changes
    law = {"share": dict.fromkeys(("dry", "light", "heavy"), 0.8), "at": long}
    night.scenario["hazard"]["onset"] = {"laws": {"any": law}}
    return night


@repeatable(20)
@given(st.integers(0, 2**32), st.integers(0, 30), st.integers(0, 30))
def test_an_earlier_issue_exposes_nobody_more(seed: int, early: int, later: int) -> None:
    """Open roads, unlimited shelters, no helpers needed, hours that do not matter: who is safe after a late warning is after an early one."""
    night = hindered(seed)
    exposed = []
    for minutes in sorted((early, later)):
        night.scenario["warnings"][0]["release"] = f"{minutes} min"
        exposed.append(evacuated(night).exposed >= 0)
    assert np.all(exposed[0] <= exposed[1])


@repeatable(20)
@given(st.integers(0, 2**32), st.integers(0, 3))
def test_one_more_crew_exposes_nobody_more(seed: int, crews: int) -> None:
    """First come, first served, the same time at each house: one more crew never serves anybody later."""
    night = hindered(seed, helpers=helpers(per_village=2 * crews))
    for row in night.tables["households.csv"]:
        row["needs_help"] = 1
    before = evacuated(night)
    night.scenario["evacuation"]["helpers"]["per_village"] = 2 * crews + 2
    after = evacuated(night)
    assert np.all(after.safe_min <= before.safe_min)
    assert np.all((after.exposed >= 0) <= (before.exposed >= 0))


# Going home, being away, going early ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "cause"), [("20 min", ""), ("40 min", "went_back")])
def test_who_goes_home_too_early_is_exposed(at: str, cause: str) -> None:
    """Safe at 0, home again at 30: struck before that it is safe, after that exposed."""
    night = struck(told_at_once(), at)
    night.scenario["evacuation"]["returns"] = {"share": 1.0, "after": "30 min"}
    one = evacuated(night)
    assert causes(one) == [cause]
    assert one.returned_min.tolist() == [30]


def test_who_is_not_at_home_is_not_counted() -> None:
    """Nobody at home all night: told, never gone, excluded with the reason."""
    night = struck(told_at_once(), "1 h")
    night.tables["households.csv"][0]["pattern"] = "away"
    one = evacuated(night)
    assert excluded(one) == ["away"]
    assert causes(one) == [""]


def test_who_comes_home_decides_then() -> None:
    """Away until 18:00, told at 17:00, ten minutes to get ready: out at 18:10."""
    night = told_at_once()
    night.scenario["start"] = "2025-07-11 17:00"
    night.county["habits"]["patterns"][0]["at_home"] = [0.0] * 18 + [1.0] * 6
    night.scenario["evacuation"]["decision"]["prepare"] = "10 min"
    assert evacuated(night).safe_min.tolist() == [70]


def test_who_has_decided_at_home_stays_there_until_leaving() -> None:
    """At home until 08:00, ready to be brought since 07:00, struck at 08:30: it waits for help, it is not away."""
    night = struck(needing_help(1, 0), "90 min")
    night.scenario["start"] = "2025-07-11 07:00"
    night.county["habits"]["patterns"][0]["at_home"] = [1.0] * 8 + [0.0] * 16
    one = evacuated(night)
    assert (causes(one), excluded(one)) == (["waiting_for_help"], [""])


def test_a_zone_that_is_not_struck_exposes_nobody() -> None:
    """No onset: who left is safe, who did not is not counted, and says why."""
    night = told_at_once()
    assert excluded(evacuated(night)) == [""]
    night.scenario["evacuation"]["decision"]["refuses"] = 1.0
    assert excluded(evacuated(night)) == ["no_onset"]


def test_who_goes_by_itself_takes_its_full_time() -> None:
    """Twice as quick after an earlier warning; who leaves on the first has had none: out at 20, not at 10."""
    night = told_at_once()
    night.scenario["evacuation"]["triggers"] = {"order": {"name": "转移指令", "on": ["move"]}}
    order = {key: value for key, value in night.scenario["warnings"][0].items() if key != "level"}
    night.scenario["orders"] = [order | {"id": "o", "stage": "move", "delay": "60 min"}]
    night.scenario["evacuation"]["decision"] |= {"early": 1.0, "prepare": "20 min", "alerted_factor": 0.5}
    assert evacuated(night).safe_min.tolist() == [20]


def test_some_leave_before_they_are_asked() -> None:
    """The order comes at 60 min; those who go by themselves go on the warning at 0."""
    night = told_at_once()
    night.scenario["evacuation"]["triggers"] = {"order": {"name": "转移指令", "on": ["move"]}}
    warning = night.scenario["warnings"][0]
    order = {key: value for key, value in warning.items() if key != "level"}
    night.scenario["orders"] = [order | {"id": "o", "stage": "move", "delay": "60 min"}]
    assert evacuated(night).safe_min.tolist() == [60]
    night.scenario["evacuation"]["decision"]["early"] = 1.0
    one = evacuated(night)
    assert one.safe_min.tolist() == [0]
    assert one.trigger.tolist() == [-1]


# Causes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "cause"),
    [
        ("1 min", "not_ordered"),
        ("3 min", "not_told"),
        ("6 min", "deciding"),
        ("12 min", "preparing"),
        ("22 min", "on_the_way"),
        ("30 min", ""),
    ],
)
def test_the_cause_is_how_far_a_household_had_come(at: str, cause: str) -> None:
    """Released at 2, told at 5, decided at 10, ready at 20, safe 5.5 min later."""
    night = struck(a_shelter(told_at_once(), x_m=600, y_m=0), at)
    night.scenario["warnings"][0]["release"] = "2 min"
    night.scenario["channels"]["cell_broadcast"]["latency"] = "3 min"
    night.scenario["evacuation"]["decision"] |= {"decide": "5 min", "prepare": "10 min"}
    assert causes(evacuated(night)) == [cause]


def test_making_sure_takes_time_unless_enough_means_say_so() -> None:
    """Told at 0 by one means, a second one at 4 min: sure after 30 min of asking around, or at 4 where two means suffice."""
    night = told_at_once()
    night.scenario["evacuation"]["decision"] |= {"seek": "30 min", "sources": 2}
    assert evacuated(night).safe_min.tolist() == [30]
    describe(night, "flash_sms")
    night.scenario["channels"]["flash_sms"]["latency"] = "4 min"
    night.scenario["warnings"][0]["means"] = ["cell_broadcast", "flash_sms"]
    assert evacuated(night).safe_min.tolist() == [4]
    night.scenario["evacuation"]["decision"]["sources"] = 3
    assert evacuated(night).safe_min.tolist() == [30]


def test_an_answer_to_an_official_makes_sure() -> None:
    """Told by a message at 0 and by a call that lasts from 2 to 3 min: sure at 3."""
    night = told_at_once()
    describe(night, "phone")
    night.scenario["channels"]["phone"]["households"]["setup"] = "2 min"
    night.scenario["warnings"][0]["means"] = ["cell_broadcast", "phone"]
    night.scenario["evacuation"]["decision"] |= {"seek": "30 min", "sources": 5}
    (safe,) = evacuated(night).safe_min.tolist()
    assert 3 <= safe < 30


# Triggers -------------------------------------------------------------------------------------------------------------


def alarmed(on: str, **trigger: object) -> Small:
    """Return a night of two villages; the first sees, or is warned by, something at 10 min, and its people are called."""
    night = small(1, 2, 2)
    describe(night, "cell_broadcast", "phone")
    night = with_evacuation(night, triggers={"sign": {"name": "险情", "on": [on]} | trigger})
    night.scenario["warnings"][0] |= {"means": ["cell_broadcast"], "level": "blue"}
    night.scenario["roster"]["ladders"]["county"] = {"steps": [{"post": "officer", "tries": 1, "ring": "30 s"}]}
    night.scenario["local"] = {"means": ["phone"]}
    if on == "sighting":
        stated = [{"place": "T000V000", "at": "10 min", "acts_at_once": True}]
        night.scenario["local"]["sightings"] = {"share": 0.0, "at": "0 min", "acts_at_once": 0.0, "stated": stated}
    elif on != "red":
        night.scenario["local"]["alarms"] = {on: {"zones": ["滑坡"], "share": 1.0, "at": "10 min"}}
        night.tables["zones.csv"][1]["kind"] = "山洪"
    return night


@pytest.mark.parametrize("on", ["sighting", "rain_alarm", "water_alarm", "cannot_judge"])
def test_what_starts_below_asks_those_it_reaches(on: str) -> None:
    """What the first village sees at 10 min asks its people to leave; nobody where nothing is seen."""
    one = evacuated(alarmed(on, reach="point"))
    assert np.isfinite(one.prompted_min).tolist() == [True, True, False, False]
    assert np.all(one.prompted_min[:2] >= 10)
    night = alarmed(on, reach="point")
    night.scenario["local"]["sightings"] = {"share": 0.0, "at": "0 min", "acts_at_once": 0.0}
    night.scenario["local"]["alarms"] = {}
    night.scenario["evacuation"]["triggers"]["sign"]["on"] = ["sighting"]
    assert np.isinf(evacuated(night).prompted_min).all()


def test_a_place_that_is_rung_back_stands_for_what_it_saw() -> None:
    """The first village sees a sign and waits: its township calls both, and only the people of the place that saw it are asked to leave."""
    night = alarmed("sighting", reach="point")
    night.scenario["local"]["sightings"]["stated"][0]["acts_at_once"] = False
    night.scenario["warnings"][0]["release"] = "5 h"
    scenario, result = played(night)
    local, place = result.acts[-1].calls, scenario.county.index
    assert [CAUSES[local.cause[place[code]]] for code in ("T000V000", "T000V001")] == ["chain", "chain"]
    assert result.evacuation is not None
    assert np.isfinite(result.evacuation.prompted_min).tolist() == [True, True, False, False]


@pytest.mark.parametrize("village", ["T000V000", "T000V001"])
def test_an_act_addressed_to_a_single_household_asks_that_one(village: str) -> None:
    """The red warning is for one of two villages with a household each: that one is asked and the other is not."""
    night = told_at_once(villages=2, households=1)
    night.scenario["warnings"][0]["area"] = [village]
    asked = np.isfinite(evacuated(night).prompted_min).tolist()
    assert asked == [village == "T000V000", village == "T000V001"]


def test_a_trigger_is_about_zones_persons_and_hours_it_names() -> None:
    """Kinds of zones, those who need help, day or night: each narrows whom a trigger asks."""
    night = told_at_once(2, 2)
    night.tables["zones.csv"][1]["kind"] = "山洪"
    night.tables["households.csv"][0]["needs_help"] = 1
    trigger = night.scenario["evacuation"]["triggers"]["red"]

    def asked(**changes: object) -> list[bool]:
        changed = night.copy()
        changed.scenario["evacuation"]["triggers"]["red"] = trigger | changes
        return np.isfinite(evacuated(changed).prompted_min).tolist()

    assert asked() == [True] * 4
    assert asked(zones=["山洪"]) == [False, False, True, True]
    assert asked(whom="needs_help") == [True, False, False, False]
    assert asked(hours="night") == [True] * 4
    assert asked(hours="day") == [False] * 4


@pytest.mark.parametrize("start", ["2025-07-11 01:20", "2025-07-11 14:20"])
def test_the_hour_of_those_who_never_hear_is_that_of_the_asking(start: str) -> None:
    """An unregistered zone, nobody told: by night the trigger for the night asks its people, by day that for the day."""
    night = struck(told_at_once(), "60 min")
    night.scenario["start"] = start
    night.tables["zones.csv"][0]["registered"] = 0
    night.tables["households.csv"][0]["phone"] = "none"
    trigger = night.scenario["evacuation"]["triggers"]["red"]
    for hours in ("day", "night"):
        trigger |= {"whom": "threatened", "hours": hours}
        due = (hours == "night") == ("01:" in start)
        one = evacuated(night)
        assert one.due.tolist() == [due]
        assert causes(one) == ["not_told" if due else ""]


def test_each_strike_is_noted_with_its_minute_and_its_zone() -> None:
    """Two zones are struck at 40 min, the third never: two notes, each naming the zone."""
    _, result = played(struck(told_at_once(villages=3), "40 min", "T000V000", "T000V002"))
    noted = {(event.t_min, event.act, event.detail) for event in result.events if event.event == "onset"}
    assert noted == {(40.0, "struck", "ZT000V000"), (40.0, "struck", "ZT000V002")}


def test_who_is_asked_only_after_the_onset_did_not_have_to_leave() -> None:
    """An unregistered zone is struck at 10, the order to all threatened comes at 60: nobody had to leave before."""
    night = struck(told_at_once(), "10 min")
    night.tables["zones.csv"][0]["registered"] = 0
    night.scenario["evacuation"]["triggers"]["red"]["whom"] = "threatened"
    assert evacuated(night).due.tolist() == [True]
    night.scenario["warnings"][0]["release"] = "60 min"
    assert evacuated(night).due.tolist() == [False]


def test_key_sites_leave_on_triggers_for_their_zone_and_in_rounds() -> None:
    """A school of 100 with 5 staff, 4 each: five rounds of 6 min there and back; struck at 20 two rounds are over (6 + 12)."""
    night = struck(a_shelter(told_at_once(), x_m=0, y_m=0), "20 min")
    site = {"code": "K", "kind": "学校", "place": "T000V000", "persons": 100, "staff": 5, "zone": "ZT000V000"}
    night.tables["key_sites.csv"] = [site | {"x_m": 600, "y_m": 0}]
    night.scenario["evacuation"]["key_sites"] = {"prepare": "0 min", "per_staff": 4}
    night.scenario["roster"] |= {"key_sites_called_by": "township"}
    night.scenario["roster"]["ladders"]["key_site"] = {"steps": [{"post": "officer", "tries": 1, "ring": "30 s"}]}
    night.scenario["call_targets"].append(call_target(id="sites", whom="key_sites"))
    one = evacuated(night).key_sites
    assert (one.prompted_min.tolist(), one.safe_min.tolist(), one.exposed_persons.tolist()) == ([0], [54], [60])
    night.tables["zones.csv"].append({"code": "other", "kind": "工地", "place": "T000V000"})
    night.scenario["evacuation"]["triggers"]["red"]["zones"] = ["工地"]
    one = evacuated(night).key_sites
    assert (one.prompted_min.tolist(), one.exposed_persons.tolist()) == ([NEVER], [100])


def test_unregistered_zones_are_asked_only_by_triggers_about_all_threatened() -> None:
    """People of a zone that is not on the register must leave only if a trigger asks all who are threatened."""
    night = struck(told_at_once(1, 2), "1 h")
    night.tables["zones.csv"][0]["registered"] = 0
    one = evacuated(night)
    assert one.due.tolist() == [False, False]
    assert causes(one) == excluded(one) == ["", ""]
    night.scenario["evacuation"]["triggers"]["red"]["whom"] = "threatened"
    one = evacuated(night)
    assert one.due.tolist() == [True, True]
    assert one.safe_min.tolist() == [0, 0]


# Onset ----------------------------------------------------------------------------------------------------------------


def zones_struck(together: float, nights: int = 40, rain: str = "heavy") -> list[int]:
    """Return how many of 30 zones of one township are struck in each of some nights."""
    night = small(1, 30, 1)
    with_evacuation(night)
    share = {"dry": 0.0, "light": 0.1, "heavy": 0.3}
    night.scenario["hazard"] |= {"rain": rain}
    night.scenario["hazard"]["onset"] = {"laws": {"any": {"share": share, "at": "30 min", "together": together}}}
    night.scenario["warnings"][0]["means"] = []
    return [int(np.isfinite(evacuated(night, replication=k).onset_min).sum()) for k in range(nights)]


def test_zones_are_struck_as_often_as_the_rain_says() -> None:
    """Binomial within 4 SE: 30 % in heavy rain, none when dry."""
    mean = float(np.mean(zones_struck(0.0))) / 30
    assert mean == pytest.approx(0.3, abs=4 * math.sqrt(0.3 * 0.7 / (30 * 40)))
    assert zones_struck(0.0, 3, "dry") == [0, 0, 0]


def test_zones_of_a_township_that_share_their_fate_are_struck_together() -> None:
    """Together = 1: all or none in each night; the spread is far beyond independence."""
    assert set(zones_struck(1.0)) == {0, 30}
    assert np.var(zones_struck(0.8)) > 4 * 30 * 0.3 * 0.7
