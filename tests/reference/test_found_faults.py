"""Where the fast model once did not do what ``docs/model.md`` says: what the comparison found, each on the smallest night that showed it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest

from sim.records import Night
from sim.scenario import Scenario
from sim.warning import simulate
from tests.reference.model import play
from tests.strategies import Small, call_target, describe, report_up, small, struck, with_evacuation


def load(night: Small) -> Scenario:
    """Load a night from a folder that does not outlive the call."""
    with tempfile.TemporaryDirectory() as folder:
        return night.load(Path(folder))


def sighting(night: Small, *at: str) -> Small:
    """Let a monitor of the first village see something at some minutes, and report it up before anything else."""
    stated = [{"place": "T000V000", "at": minute, "acts_at_once": False} for minute in at]
    night.scenario["local"] = {
        "means": ["door"],
        "sightings": {"share": 0.0, "at": "0 min", "acts_at_once": 0.0, "stated": stated},
    }
    night.scenario["roster"]["ladders"]["county"] = {"steps": [{"post": "officer", "tries": 1, "ring": "30 s"}]}
    return night


def answers(night: Night, act: str, place: str, scenario: Scenario) -> float:
    """Return when a place answered in an act."""
    (record,) = [record for record in night.acts if record.id == act]
    return float(record.calls.acknowledged_min[scenario.county.index[place]])


def test_a_desk_that_has_answered_before_passes_a_report_on_faster() -> None:
    """2.3.5: it relays in ``alerted.relay_factor`` of its time; what began below as well."""
    night = sighting(small(1, 1, 1), "60 min")
    night.scenario["roster"]["desks"]["township"]["relay"] = "10 min"
    night.scenario["roster"]["alerted"] = {"answer": 1.0, "relay_factor": 0.5}
    scenario = load(night)
    played = simulate(scenario)
    assert answers(played, "local", "T000", scenario) == pytest.approx(61)  # a call of one minute
    assert answers(played, "local", "C", scenario) == pytest.approx(61 + 5 + 1)


def test_a_second_call_for_the_same_act_finds_nobody_alerted() -> None:
    """2.3.5: a desk that has answered an *earlier* act answers with at least ``alerted.answer``.

    The officer is asked by the county, answers by a message, and never answers a telephone; nor does he for the same warning when
    a department of its own rings.
    """
    night = small(1, 1, 1)
    describe(night, "work_app")
    roster = night.scenario["roster"]
    roster["posts"]["officer"]["answer"] = 0.0
    asks = {"post": "officer", "channel": "work_app", "wait": "2 min"}
    roster["ladders"]["township"] = {"steps": [{"post": "officer", "tries": 1, "ring": "30 s"}]}
    roster |= {"joint_duty": False, "routes": ["governance"], "alerted": {"answer": 1.0, "relay_factor": 1.0}}
    roster["governance"] = {"callers": 1, "relay": "0 min", "level": "township", "ladder": {"steps": [asks]}}
    department = {"id": "d", "title": "局", "callers": 1, "relay": "5 min", "calls": ["township"]}
    roster["departments"] = [department]
    scenario = load(night)
    outcome = [
        event.act
        for event in simulate(scenario).events
        if event.event == "call" and event.channel == "phone" and event.place == 1
    ]
    assert outcome == ["no_answer"]


def test_who_has_hung_up_is_not_busy() -> None:
    """2.3.3: a person who is *talking* is busy.

    One line for two acts: the county rings the township's officer for the second in the instant in which the first call is over.
    """
    night = small(1, 1, 1)
    first = night.scenario["warnings"][0]
    night.scenario["channels"]["phone"] |= {"pickup": "7.3 s", "talk": "43 s"}
    night.scenario["call_targets"].append(call_target(id="respond", act="response", to="township"))
    busy = 0
    for seconds in range(100, 800, 35):
        first["consultation"] = f"{seconds} s"
        night.scenario["response"] = [first | {"id": "r", "level": "II", "means": [], "delay": "11 s"}]
        busy += sum(event.act == "busy" for event in simulate(load(night)).events)
    assert busy == 0


def test_a_second_report_is_another_chance() -> None:
    """2.3.3: the draw of *this* try; who did not answer the first report may answer one of something else an hour later."""
    night = sighting(small(1, 1, 1), "1 min", "100 min")
    night.scenario["warnings"][0]["delay"] = "9 h"
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.5
    scenario = load(night)
    heard = np.array([answers(simulate(scenario, k), "local", "T000", scenario) for k in range(40)])
    assert ((100 < heard) & (heard < 200)).any()  # P = 1 − 0.75⁴⁰


def test_a_desk_passes_on_what_it_has_together() -> None:
    """2.10: two reports of a village that reach the township together reach the county together.

    The township's officer answers from 03:00 on only; by then two reports wait.
    """
    night = report_up(struck(with_evacuation(small(1, 1, 1)), "9 h"), every="40 min", again="5 min")
    night.scenario["roster"]["posts"]["officer"]["answer"] = [0.0, 1.0] + [0.0] + [1.0] * 21
    night.scenario["evacuation"]["decision"]["prepare"] = "8 h"
    night.scenario["roster"]["desks"]["township"]["relay"] = "3 min"
    reports = simulate(load(night)).reports
    assert reports is not None
    together = [report for report in reports if report.township_min == reports[1].township_min < np.inf]
    assert len(together) > 1
    assert len({report.county_min for report in together}) == 1


def test_a_household_with_a_shelter_of_its_own_tries_the_nearest_large_one_too() -> None:
    """2.9 Shelters: its own by plan, the nearest four by open road, *and* the nearest large one."""
    night = with_evacuation(small(1, 1, 2))
    describe(night, "phone")
    far = {f"E{n}": ("emergency", 1, 200 + 100 * n) for n in range(5)} | {
        "L": ("long", 90, 3000),
        "P": ("emergency", 1, 900),
    }
    night.tables["shelters.csv"] = [
        {"code": code, "place": "T000V000", "kind": kind, "capacity": room, "x_m": x_m, "y_m": 0}
        for code, (kind, room, x_m) in far.items()
    ]
    night.tables["households.csv"][0]["persons"] = night.tables["households.csv"][1]["persons"] = 5
    night.tables["transfer_list.csv"] = [
        {"household": f"H{n:04d}", "place": "T000V000", "persons": 5, "shelter": "P"} for n in range(2)
    ]
    scenario = load(night)
    safe = np.isfinite(simulate(scenario).evacuation.safe_min)
    assert all(one.safe < np.inf for one in play(scenario, np.random.default_rng(1)).evacuation.people)
    assert safe.all()


def test_nobody_need_live_in_a_danger_zone() -> None:
    """2.9 concerns households in danger zones; where there are none, nobody leaves, whatever the roads do."""
    night = with_evacuation(small(1, 1, 1))
    del night.tables["households.csv"][0]["zone"]
    night.tables["shelters.csv"] = [{"code": "S", "place": "T000V000", "kind": "short", "capacity": 9}]
    night.tables["roads.csv"] = [{"code": "R", "from": "C", "to": "T000V000", "length_m": 900, "kind": "village"}]
    night.scenario["outages"] = {
        "failures": {"slide": {"what": "roads", "from": "10 min"}},
        "batteries": {"base": "0 min", "hub": "0 min", "super": "0 min", "terminal": "0 min", "recharge": 1.0},
    }
    assert len(simulate(load(night)).evacuation.rows) == 0


def test_a_key_site_that_is_neither_told_nor_struck_is_no_matter() -> None:
    """2.9 Key sites: one whose zone is not struck and that nobody told stays where it is, without a warning from numpy."""
    night = with_evacuation(small(1, 1, 1), key_sites={"prepare": "0 min", "per_staff": 9})
    night.tables["key_sites.csv"] = [
        {"code": "K", "kind": "学校", "place": "T000V000", "persons": 9, "zone": "ZT000V000"}
    ]
    assert simulate(load(night)).evacuation.key_sites.exposed_persons.tolist() == [0]
