"""What outages did to the villages, from records made by hand: who was without service when, who knew by what, who never did and why."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from sim.measures import Outage, naming, outage, summarise
from sim.measures.outages import (
    DESK_ABOVE,
    NO_ANSWER,
    NO_SERVICE,
    NOT_CALLED,
    down_at,
    first_outage,
    minutes_of_change,
    something_failed,
    within_the_run,
)
from sim.records import CAUSES, Event, EventLog, Night, OutageRecords
from sim.scenario import Scenario
from tests.strategies import played, small

INF = math.inf
END_MIN = 600.0
T0, T1 = "T000", "T001"


@pytest.fixture(scope="module")
def calm() -> tuple[Scenario, Night]:
    """Return two townships of three villages, a night in which everybody answers and nothing fails."""
    return played(small())


def call(scenario: Scenario, place: str, act: str, *, detail: str = "", act_id: str = "w") -> Event:
    """Return what came of a call to a place from the county."""
    return Event(5.0, "call", scenario.county.index[place], "officer", 0, "phone", act, detail, act_id)


def made(
    scenario: Scenario,
    night: Night,
    service: dict[str, tuple[float, ...]],
    told: dict[str, tuple[float, str, str]],
    events: Iterable[Event] = (),
) -> Night:
    """Return the night with service that changes at these minutes, and answers to its one act: when, by what channel, for what cause."""
    index, size = scenario.county.index, len(scenario.county.places)
    changes = np.full((size, 4), INF)
    for place, minutes in service.items():
        changes[index[place], : len(minutes)] = minutes
    (act,) = night.acts
    at, channel = np.full_like(act.calls.acknowledged_min, INF), [""] * len(act.calls.channel)
    cause = np.full(len(at), -1, dtype=np.int8)
    for place, (minute, by, why) in told.items():
        at[index[place]], channel[index[place]], cause[index[place]] = minute, by, CAUSES.index(why)
    calls = replace(act.calls, acknowledged_min=at, channel=tuple(channel), cause=cause)
    records = replace(night.outages, service=changes)
    return replace(night, acts=(replace(act, calls=calls),), outages=records, log=EventLog(events))


def of(scenario: Scenario, found: Outage, what: Iterable[object]) -> dict[str, object]:
    """Return something of each village by its code."""
    return {scenario.county.places.code[place]: each for place, each in zip(found.places, what, strict=True)}


def test_a_calm_night_darkens_nobody(calm: tuple[Scenario, Night]) -> None:
    """No change anywhere: nothing failed, nobody is without service, all were told by telephone."""
    scenario, night = calm
    found = outage(scenario, night)
    assert not something_failed(night)
    assert found.minutes.tolist() == [0.0]
    assert not found.dark.any()
    assert (found.dark_at_once, found.dark_at(0.0), found.dark_at(END_MIN)) == (0, 0, 0)
    assert np.isinf(found.from_min).all()
    assert np.isinf(found.to_min).all()
    assert found.carried_by() == {"phone": 6}
    assert found.reason == ("",) * 6


def test_villages_are_dark_from_the_minute_of_failure_to_that_of_return(calm: tuple[Scenario, Night]) -> None:
    """At the minute of a failure it is dark, at that of its return it is not; at once counts one minute, not the night."""
    scenario, night = calm
    service = {"T000V000": (10.0, 20.0), "T000V001": (20.0, 50.0, 60.0, 700.0), "T001V000": (15.0,)}
    found = outage(scenario, made(scenario, night, service, {}))
    assert found.minutes.tolist() == [0.0, 10.0, 15.0, 20.0, 50.0, 60.0]
    counts = {t: found.dark_at(t) for t in (-1.0, 0.0, 9.9, 10.0, 15.0, 19.9, 20.0, 50.0, 60.0, END_MIN)}
    assert counts == {-1.0: 0, 0.0: 0, 9.9: 0, 10.0: 1, 15.0: 2, 19.9: 2, 20.0: 2, 50.0: 1, 60.0: 2, END_MIN: 2}
    assert found.dark_at_once == 2
    assert of(scenario, found, found.from_min.tolist())["T000V001"] == 20.0
    assert of(scenario, found, found.to_min.tolist()) == {
        "T000V000": 20.0,
        "T000V001": 50.0,
        "T001V000": INF,
        **dict.fromkeys(("T000V002", "T001V001", "T001V002"), INF),
    }


def test_what_comes_after_the_end_never_comes(calm: tuple[Scenario, Night]) -> None:
    """An outage that begins after the end is none; one that ends after it has no end."""
    scenario, night = calm
    late = made(scenario, night, {"T000V000": (END_MIN + 1,), "T000V001": (END_MIN, END_MIN + 5)}, {})
    found = outage(scenario, late)
    assert found.minutes.tolist() == [0.0, END_MIN]
    assert of(scenario, found, found.from_min.tolist())["T000V000"] == INF
    assert of(scenario, found, found.to_min.tolist())["T000V001"] == INF
    only_later = made(scenario, night, {"T000V000": (END_MIN + 1,)}, {})
    assert not something_failed(only_later)


@pytest.mark.parametrize("what", ["service", "mains", "sites", "roads"])
def test_anything_that_fails_is_something(calm: tuple[Scenario, Night], what: str) -> None:
    """A place, a site or a road alone makes an outage; what fails after the end does not."""
    _, night = calm
    none = np.zeros((1, 0))
    for at_min, failed in ((5.0, True), (END_MIN, True), (END_MIN + 1, False)):
        records = replace(OutageRecords(none, none, none, none), **{what: np.array([[at_min, INF]])})
        assert something_failed(replace(night, outages=records)) is failed


def test_each_village_was_told_by_the_first_thing_that_told_it(calm: tuple[Scenario, Night]) -> None:
    """A channel where somebody called, the cause where nobody did; nothing and a reason where it never knew."""
    scenario, night = calm
    told = {
        T0: (1.0, "phone", "chain"),
        T1: (2.0, "radio_370", "chain"),
        "T000V000": (3.0, "phone", "chain"),
        "T000V001": (40.0, "sat_phone", "chain"),
        "T001V000": (90.0, "", "own_trigger"),
    }
    found = outage(scenario, made(scenario, night, {"T000V001": (30.0,)}, told))
    assert of(scenario, found, found.carried) == {
        "T000V000": "phone",
        "T000V001": "sat_phone",
        "T000V002": "",
        "T001V000": "own_trigger",
        "T001V001": "",
        "T001V002": "",
    }
    assert of(scenario, found, found.told_min.tolist())["T000V001"] == 40.0
    assert found.carried_by() == {"phone": 1, "sat_phone": 1, "own_trigger": 1}


def test_each_village_that_never_knew_has_its_reason(calm: tuple[Scenario, Night]) -> None:
    """Service missing at a call, the desk above silent, nobody calling, a call in vain: each by itself."""
    scenario, night = calm
    events = [
        call(scenario, "T000V000", "no_service"),
        call(scenario, "T000V000", "no_answer"),
        call(scenario, "T000V001", "no_answer"),
        call(scenario, "T000V002", "no_service", detail="学校"),  # a key site in the village, not its desk
        call(scenario, "T001V000", "cut_off", act_id="another"),  # of no act that counts
    ]
    # service lost long after a call in vain is no reason
    service = {"T000V001": (300.0,)}
    found = outage(scenario, made(scenario, night, service, {T0: (1.0, "phone", "chain")}, events))
    assert of(scenario, found, found.reason) == {
        "T000V000": NO_SERVICE,
        "T000V001": NO_ANSWER,
        "T000V002": NOT_CALLED,
        "T001V000": DESK_ABOVE,
        "T001V001": DESK_ABOVE,
        "T001V002": DESK_ABOVE,
    }


def test_one_act_counts_its_own_calls_alone(calm: tuple[Scenario, Night]) -> None:
    """Asked about one act, what another told does not count."""
    scenario, night = calm
    first = made(scenario, night, {}, {T0: (1.0, "phone", "chain"), "T000V000": (3.0, "phone", "chain")})
    (act,) = first.acts
    silent = replace(act.calls, acknowledged_min=np.full_like(act.calls.acknowledged_min, INF))
    both = replace(first, acts=(act, replace(act, id="order", kind="order", calls=silent)))
    assert sum(map(bool, outage(scenario, both).carried)) == 1
    assert not any(outage(scenario, both, "order").carried)
    assert set(outage(scenario, both, "order").reason) == {DESK_ABOVE}


def test_a_part_of_the_villages_is_counted_alone(calm: tuple[Scenario, Night]) -> None:
    """Restricted to some places, every array runs along the villages kept."""
    scenario, night = calm
    night = made(scenario, night, {"T000V000": (10.0,), "T001V000": (10.0,)}, {"T001V000": (20.0, "mesh", "chain")})
    inside = np.zeros(len(scenario.county.places), dtype=bool)
    inside[[scenario.county.index[code] for code in ("T001V000", "T001V001")]] = True
    part = outage(scenario, night).within(inside)
    assert [scenario.county.places.code[place] for place in part.places] == ["T001V000", "T001V001"]
    assert part.dark_at_once == 1
    assert part.carried == ("mesh", "")
    assert part.reason == ("", DESK_ABOVE)
    assert part.from_min.tolist() == [10.0, INF]
    assert part.told_min.tolist() == [20.0, INF]


def test_the_summary_says_the_same(calm: tuple[Scenario, Night]) -> None:
    """The block ``outages`` of the summary: most at once, at 60 min, the share with service, means, villages never reached."""
    scenario, night = calm
    service = {"T000V000": (10.0, 100.0), "T000V001": (20.0, 30.0)}
    told = {T0: (1.0, "phone", "chain"), T1: (1.0, "phone", "chain"), "T000V000": (50.0, "courier", "chain")}
    summary = summarise(scenario, made(scenario, night, service, told))["outages"]
    assert summary["villages_dark_max"] == 2
    assert summary["villages_dark_at_60min"] == 1
    shares = [[0.0, 1.0], [10.0, 5 / 6], [20.0, 4 / 6], [30.0, 5 / 6], [100.0, 1.0]]
    assert [t for t, _ in summary["village_phone_share"]] == [t for t, _ in shares]
    assert [s for _, s in summary["village_phone_share"]] == pytest.approx([s for _, s in shares])
    assert summary["carried_by"] == {"courier": 1}
    labels = naming(scenario).label
    assert [entry["village"] for entry in summary["never_reached"]] == [
        labels[scenario.county.index[code]] for code in ("T000V001", "T000V002", "T001V000", "T001V001", "T001V002")
    ]
    assert {entry["reason"] for entry in summary["never_reached"]} == {NOT_CALLED}


def test_changes_become_rows_of_time() -> None:
    """The tools: minutes in order from T0 on, down by turns, nothing without columns."""
    changes = np.array([[5.0, 8.0, INF], [INF, INF, INF], [0.0, INF, INF]])
    minutes = minutes_of_change(changes)
    assert minutes.tolist() == [0.0, 5.0, 8.0]
    assert down_at(changes, minutes).tolist() == [[False, False, True], [True, False, True], [False, False, True]]
    nothing = np.zeros((2, 0))
    assert minutes_of_change(nothing).tolist() == [0.0]
    assert not down_at(nothing, np.array([0.0])).any()
    assert [side.tolist() for side in first_outage(nothing)] == [[INF, INF], [INF, INF]]


def test_changes_are_cut_at_the_end(calm: tuple[Scenario, Night]) -> None:
    """The last minute belongs to the run, the one after it does not."""
    _, night = calm
    assert within_the_run(np.array([[1.0, END_MIN, END_MIN + 0.1]]), night).tolist() == [[1.0, END_MIN, INF]]
