"""Laws of report-up: what the county knows, by when; never more than is true, never before it was counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.records import EvacuationRecords, Report
from tests.strategies import (
    Small,
    describe,
    full_night,
    played,
    repeatable,
    report_up,
    small,
    struck,
    with_evacuation,
    with_outages,
)


def reported(night: Small, *overrides: str) -> tuple[tuple[Report, ...], EvacuationRecords]:
    """Play a night and return its reports and what became of those in danger zones."""
    _, result = played(night, *overrides)
    assert result.reports is not None
    assert result.evacuation is not None
    return result.reports, result.evacuation


def told_at_once(villages: int = 1, households: int = 2) -> Small:
    """Return a night in which desks and households hear the red warning at 0, leave, and are reported."""
    night = small(1, villages, households)
    describe(night, "cell_broadcast")
    night.scenario["warnings"][0]["means"] = ["cell_broadcast"]
    night.scenario["channels"]["phone"]["talk"] = "0 s"
    return report_up(with_evacuation(night))


@repeatable(20)
@given(st.integers(0, 2**32), st.booleans())
def test_the_county_never_knows_more_than_is_true(seed: int, dark: bool) -> None:
    """Every report says what was so in the village at the minute of counting, and goes up in order: counted ≤ township ≤ county."""
    night = with_outages(full_night()) if dark else full_night()
    night.scenario["seed"] = seed
    scenario, result = played(night)
    one, homes = result.evacuation, scenario.county.households
    assert one is not None
    assert result.reports is not None
    for report in result.reports:
        mine = (one.due_min <= report.counted_min) & (homes.place[one.rows] == report.place)
        safe = mine & (one.safe_min <= report.counted_min)
        persons = homes.persons[one.rows]
        assert (report.due_households, report.due_persons) == (mine.sum(), persons[mine].sum())
        assert (report.safe_households, report.safe_persons) == (safe.sum(), persons[safe].sum())
        assert report.counted_min <= report.township_min <= report.county_min
        assert report.county_min <= scenario.plan.end_min or report.county_min == math.inf


@repeatable(20)
@given(st.integers(0, 2**32))
def test_each_village_begins_with_a_first_report_and_ends_with_the_final_one(seed: int) -> None:
    """One 初报, then 续报; at most one 核报, the last; what a village has counted as safe never falls."""
    night = full_night()
    night.scenario["seed"] = seed
    reports, _ = reported(night)
    for place in {report.place for report in reports}:
        own = [report for report in reports if report.place == place]
        kinds = [report.kind for report in own]
        assert kinds[0] == "first"
        assert "first" not in kinds[1:]
        assert "final" not in kinds[:-1]
        assert np.all(np.diff([report.safe_persons for report in own]) >= 0)


def test_a_report_takes_its_steps() -> None:
    """Known at 0, first after 5 min, a minute to fill in, the call at once; the township at once: at the county at 6. Then every 30 min."""
    reports, _ = reported(told_at_once())
    assert [(one.kind, one.counted_min, one.township_min, one.county_min) for one in reports] == [
        ("first", 5, 6, 6),
        ("final", 35, 36, 36),
    ]
    assert [(one.due_households, one.safe_households) for one in reports] == [(2, 2), (2, 2)]


def test_each_hop_takes_its_call_and_relay() -> None:
    """A talk of two minutes at each hop and three minutes of relay at the township: counted at 5, there at 8, at the county at 13."""
    night = told_at_once()
    night.scenario["channels"]["phone"]["talk"] = "2 min"
    night.scenario["roster"]["desks"]["township"]["relay"] = "3 min"
    reports, _ = reported(night)
    first = reports[0]
    known = 2 + 3 + 2  # county to township, relay, township to village
    assert (first.counted_min, first.township_min, first.county_min) == (known + 5, known + 8, known + 13)


def test_each_time_a_desk_passes_on_it_relays_with_luck_of_its_own() -> None:
    """Five reports, two hours apart, and nothing but the township's relay is left to chance: no two take the same time."""
    night = told_at_once()
    night.scenario["evacuation"]["decision"]["prepare"] = "20 h"
    night.scenario["roster"]["desks"]["township"]["relay"] = {"exponential": {"mean": "3 min"}}
    reports, _ = reported(night, "report_up.every=2 h")
    taken = [one.county_min - one.counted_min for one in reports]
    assert len(taken) == 5
    assert np.isfinite(taken).all()
    assert np.diff(np.sort(taken)).min() > 1e-6


def test_the_lines_of_the_desk_above_are_taken_in_turn() -> None:
    """Four villages report at the same minute to a township with one line, two minutes each: 8, 10, 12, 14."""
    night = told_at_once(4, 1)
    reports, _ = reported(night)
    night.scenario["channels"]["phone"]["talk"] = "2 min"
    night.scenario["roster"]["desks"]["county"]["callers"] = 9
    night.scenario["roster"]["desks"]["township"]["callers"] = 1
    night.scenario["evacuation"]["triggers"]["red"]["whom"] = "threatened"
    reports, _ = reported(night)
    firsts = sorted(one.township_min - one.counted_min for one in reports if one.kind == "first")
    assert len(firsts) == 4
    assert firsts[0] == 3


def test_a_village_goes_on_reporting_until_nobody_is_left_to_move() -> None:
    """Half an hour to get ready: nobody is safe at 5, all at 35; the report after that is the final one."""
    night = told_at_once()
    night.scenario["evacuation"]["decision"]["prepare"] = "30 min"
    reports, _ = reported(night)
    assert [(one.kind, one.safe_households) for one in reports] == [("first", 0), ("final", 2)]
    night.scenario["evacuation"]["decision"]["prepare"] = "40 min"
    reports, _ = reported(night)
    assert [(one.kind, one.safe_households) for one in reports] == [("first", 0), ("follow_up", 0), ("final", 2)]


def test_who_will_not_go_is_settled_and_not_counted_as_safe() -> None:
    """Everybody refuses and nobody persuades: the final report says that nobody has been moved."""
    night = struck(told_at_once(), "2 h")
    night.scenario["evacuation"]["decision"]["refuses"] = 1.0
    reports, one = reported(night)
    assert [(report.kind, report.safe_households) for report in reports] == [("first", 0), ("final", 0)]
    assert (one.exposed >= 0).all()


def test_people_reached_and_report_received_are_two_facts() -> None:
    """The village loses its service before it can report: its people are safe at 0, and the county hears when service is back."""
    night = told_at_once()
    night.tables |= {
        "feeders.csv": [{"code": "F", "substation": "U", "place": "T000"}],
        "sites.csv": [
            {"code": "S", "kind": "base", "place": "T000V000", "uplink": "", "backhaul": "fibre", "second": ""}
        ],
    }
    same = dict.fromkeys(("base", "hub", "super", "terminal"), "1 h")
    cut = {"what": "links", "which": ["S"], "from": "01:22", "until": "03:20"}
    night.scenario["outages"] = {"failures": {"cut": cut}, "batteries": same | {"recharge": 1.0}}
    reports, one = reported(night)
    assert one.safe_min.tolist() == [0, 0]
    assert reports[0].counted_min == 5
    assert reports[0].county_min >= 120
    assert reports[0].county_min < math.inf


def test_nobody_who_must_leave_makes_no_report() -> None:
    """An unregistered zone and a trigger for those on the list: nothing to count."""
    night = told_at_once()
    night.tables["zones.csv"][0]["registered"] = 0
    reports, _ = reported(night)
    assert reports == ()


def test_a_village_counts_only_who_had_been_asked_by_then() -> None:
    """One household on the list, one in an unregistered zone that an order at 60 asks: 应转 one at 5 and 35, two from 65."""
    night = told_at_once()
    night.tables["zones.csv"].append({"code": "U", "kind": "滑坡", "place": "T000V000", "registered": 0})
    night.tables["households.csv"][1]["zone"] = "U"
    order = {key: value for key, value in night.scenario["warnings"][0].items() if key != "level"}
    night.scenario["orders"] = [order | {"id": "o", "stage": "move", "delay": "60 min"}]
    night.scenario["evacuation"]["triggers"]["all"] = {"name": "全部", "on": ["move"], "whom": "threatened"}
    reports, _ = reported(night)
    assert [(one.counted_min, one.due_households) for one in reports] == [(5, 1), (35, 1), (65, 2)]


def test_a_village_reports_from_when_its_own_people_are_asked() -> None:
    """The first village sees a sign at 10 that concerns it alone; the second is rung about it, and has nobody to move."""
    night = small(1, 2, 1)
    describe(night, "phone")
    night = report_up(with_evacuation(night, triggers={"sign": {"name": "险情", "on": ["sighting"], "reach": "point"}}))
    night.scenario["warnings"][0] |= {"level": "blue", "delay": "9 h"}
    stated = [{"place": "T000V000", "at": "10 min", "acts_at_once": True}]
    night.scenario["local"] = {
        "means": ["phone"],
        "sightings": {"share": 0.0, "at": "0 min", "acts_at_once": 0.0, "stated": stated},
    }
    _, result = played(night)
    assert result.reports is not None
    assert result.evacuation is not None
    assert {report.place for report in result.reports} == {int(result.evacuation.known_min.argmin())}
    assert min(report.counted_min for report in result.reports) == 15


def test_nobody_answering_leaves_the_county_blind() -> None:
    """No officer can be reached: every report is counted and none arrives."""
    night = told_at_once()
    night.scenario["roster"]["posts"]["chief"] = {"title": "县值班", "reachable": 0.0, "answer": 0.0}
    night.scenario["roster"]["ladders"]["county"] = {"steps": [{"post": "chief", "tries": 2, "ring": "30 s"}]}
    reports, _ = reported(night)
    assert [one.township_min < math.inf for one in reports] == [True] * len(reports)
    assert {one.county_min for one in reports} == {math.inf}


@pytest.mark.parametrize("every", ["10 min", "30 min", "2 h"])
def test_follow_ups_come_as_often_as_the_plan_says(every: str) -> None:
    """Nobody is ever safe: from the first report on one every so often, to the end of ten hours."""
    night = told_at_once()
    night.scenario["evacuation"]["decision"]["prepare"] = "20 h"
    reports, _ = reported(night, f"report_up.every={every}")
    minutes = {"10 min": 10, "30 min": 30, "2 h": 120}[every]
    assert [one.counted_min for one in reports] == list(range(5, 600, minutes))
