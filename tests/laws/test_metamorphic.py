"""Metamorphic laws: what must happen to the results when the whole night is changed in a way that has a known effect, or none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.records import CHANNELS, Night
from tests.strategies import (
    MESSAGES,
    Small,
    call_target,
    describe,
    full_night,
    played,
    repeatable,
    report_up,
    small,
    small_nights,
    struck,
    with_evacuation,
    with_outages,
)

_LONGER = re.compile(r"([\d.]+) (s|min|h|d)$")
_RARER = re.compile(r"([\d.]+) (/s|/min|/h|km/h|m/s)$")


# --- what a night came to ---------------------------------------------------------------------------------------------


def minutes_of(night: Night) -> dict[str, np.ndarray]:
    """Return every minute that a night left behind, by name."""
    found = {
        "release": np.array([act.released_min for act in night.acts]),
        "answered": night.places.acknowledged_min,
        "warned": night.households.warned_min,
        "confirmed": night.households.confirmed_min,
        "events": np.array([event.t_min for event in night.events]),
    }
    found |= {f"told {act.id}": act.reception.told_min for act in night.acts}
    found |= {f"called {act.id}": act.calls.acknowledged_min for act in night.acts}
    if (moved := night.evacuation) is not None:
        for name in ("prompted_min", "ready_min", "departed_min", "safe_min", "returned_min", "onset_min"):
            found[name] = getattr(moved, name)
    if night.reports is not None:
        found["reports"] = np.array([[report.counted_min, report.county_min] for report in night.reports])
    return found


def same(one: Night, other: Night, *, times: float = 1.0, but: str = "") -> None:
    """Check that every minute of the other night is that of the first, so many times; the ways by which people were told are the same."""
    first, second = minutes_of(one), minutes_of(other)
    assert first.keys() == second.keys()
    for name in first.keys() - {but}:
        np.testing.assert_allclose(second[name], first[name] * times, rtol=1e-9, atol=1e-6, err_msg=name)
    assert one.households.first_by.tolist() == other.households.first_by.tolist()
    assert one.places.acknowledged_by == other.places.acknowledged_by


def scaled(part: Any, times: float) -> Any:  # noqa: ANN401 - any part of a scenario
    """Return a part of a scenario with every duration so many times as long and every rate and speed so many times as low."""
    if isinstance(part, dict):
        return {key: value if key in _LABELS else scaled(value, times) for key, value in part.items()}
    if isinstance(part, list):
        return [scaled(value, times) for value in part]
    if isinstance(part, str) and (match := _LONGER.fullmatch(part)):
        return f"{float(match[1]) * times:.12g} {match[2]}"
    if isinstance(part, str) and (match := _RARER.fullmatch(part)):
        return f"{float(match[1]) / times:.12g} {match[2]}"
    return part


_LABELS = frozenset({"lead", "leads"})  # what a warning is called, not how long anything takes


def everything() -> Small:
    """Return a night with every block, luck at every step, and nothing that looks at the clock: one long night, shifts without end."""
    night = with_outages(full_night())
    night.scenario |= {"start": "2025-07-11 23:00", "end": "2.5 h"}
    for row in night.tables["shifts.csv"]:
        row |= {"from": "", "to": ""}
    night.tables["shifts.csv"] = [row for n, row in enumerate(night.tables["shifts.csv"]) if n != 1]
    return night


# --- laws -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("times", [2.0, 0.5])
def test_with_all_times_and_rates_scaled_the_night_is_scaled(times: float) -> None:
    """Twice as long for everything, half as fast for everything: the same night in slow motion, event by event."""
    night = everything()
    other = night.copy()
    other.scenario = scaled(night.scenario, times)
    assert other.scenario["end"] != night.scenario["end"]
    (_, one), (_, two) = played(night), played(other)
    assert len(one.events) > 400
    same(one, two, times=times)


def test_a_duration_left_as_it_was_is_seen() -> None:
    """The law above can fail: with one delay not scaled the nights differ."""
    night = everything()
    other = night.copy()
    other.scenario = scaled(night.scenario, 2.0)
    other.scenario["channels"]["door"]["assemble"] = night.scenario["channels"]["door"]["assemble"]
    with pytest.raises(AssertionError):
        same(played(night)[1], played(other)[1], times=2.0)


@repeatable(15)
@given(small_nights(), st.sampled_from([0.5, 2.0, 4.0]))
def test_small_nights_scale_too(night: Small, times: float) -> None:
    """Whatever the means, callers and chances are."""
    night.scenario["start"] = night.scenario["start"][:11] + "23:00"
    night.scenario["end"] = "1 h"
    other = night.copy()
    other.scenario = scaled(night.scenario, times)
    same(played(night)[1], played(other)[1], times=times)


@repeatable(20)
@given(small_nights(), st.integers(1, 50))
def test_only_the_ratio_of_messages_to_rate_counts(night: Small, times: int) -> None:
    """So many times as many messages for each person, sent so many times as fast, arrive when they did."""
    night = night.copy()
    for name in MESSAGES:
        if name in night.scenario["channels"]:
            night.scenario["channels"][name] |= {"rate": "30 /min", "messages_per_person": 0.5}
    other = night.copy()
    for name in MESSAGES:
        if name in other.scenario["channels"]:
            other.scenario["channels"][name] |= {"rate": f"{30 * times} /min", "messages_per_person": 0.5 * times}
    same(played(night)[1], played(other)[1])


@repeatable(20)
@given(small_nights())
def test_names_are_only_shown(night: Small) -> None:
    """Other names of places and posts, with the same codes and ids: nothing else changes."""
    other = night.copy()
    for table in ("townships.csv", "villages.csv"):
        for n, row in enumerate(other.tables[table]):
            row["name"] = f"改名{n}之地"
    other.county["name"] = "另一县"
    for post in other.scenario["roster"]["posts"].values():
        post["title"] = f"新{post['title']}"
    one, two = played(night)[1], played(other)[1]
    same(one, two)
    assert list(one.events) == list(two.events)


def test_where_the_origin_of_the_map_lies_does_not_matter() -> None:
    """All positions moved by the same way: distances are what they were, and so is the night."""
    night = everything()
    other = night.copy()
    for rows in other.tables.values():
        for row in rows:
            if row.get("x_m", "") != "":
                row["x_m"], row["y_m"] = row["x_m"] + 65536, row["y_m"] - 32768
    same(played(night)[1], played(other)[1])


def _nobody(channels: dict[str, Any], name: str) -> None:
    """Let a means reach nobody."""
    plan = channels[name]
    if name in MESSAGES:
        plan |= {"smartphone": 0.0, "feature_phone": 0.0}
    elif name == "phone":
        plan["households"] |= {"answered_awake": 0.0, "answered_asleep": 0.0}
    elif name == "auto_call":
        plan["reachable"] = 0.0
    elif name == "broadcast":
        for terminal in plan["terminals"].values():
            terminal["online"] = 0.0
    elif name == "area_terminal":
        plan["online"] = 0.0
    elif name == "tv":
        plan["watching"] = 0.0
    elif name == "door":
        plan["answered"] = 0.0
    elif name == "ten_household":
        plan["goes"] = 0.0
    elif name == "neighbour":
        plan["tells"] = 0.0
    else:
        plan["source_level"] = "1 dB"


@pytest.mark.parametrize("name", CHANNELS)
def test_a_means_that_reaches_nobody_changes_nothing(name: str) -> None:
    """Used or not, with nobody there to hear it, it makes nobody earlier, later, or told by something else."""
    night = small(2, 3, 6)
    used = [other for other in ("sms", "door", "neighbour") if other != name]
    describe(night, *used, name)
    night.scenario["channels"]["sms"] |= {"off": 0.4, "read_delay": {"exponential": {"mean": "20 min"}}}
    night.scenario["channels"]["door"]["answered"] = 0.7
    _nobody(night.scenario["channels"], name)
    night.scenario["warnings"][0]["means"] = used
    other = night.copy()
    other.scenario["warnings"][0]["means"] = [*used, name]
    one, two = played(night)[1], played(other)[1]
    same(one, two, but="events")  # the other one tries
    assert np.isfinite(one.households.warned_min).any()
    assert CHANNELS.index(name) not in two.households.first_by.tolist()


def test_a_township_split_in_two_changes_nothing_in_its_villages() -> None:
    """With callers for everybody at the county: half of the villages go to a new township, every household hears when it did."""
    night = small(1, 6, 5)
    describe(night, "sms", "broadcast", "gong", "door", "neighbour")
    night.scenario["warnings"][0]["means"] = ["sms", "broadcast", "gong", "door", "neighbour"]
    night.scenario["channels"]["sms"] |= {
        "off": 0.3,
        "noticed_awake": 0.5,
        "read_delay": {"exponential": {"mean": "9 min"}},
    }
    night.scenario["channels"]["door"]["answered"] = 0.8
    night.scenario["channels"]["neighbour"]["tells"] = 0.5
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = 20
    report_up(with_evacuation(struck(night, "4 h")))
    other = night.copy()
    old = other.tables["townships.csv"][0]
    other.tables["townships.csv"].append(old | {"code": "T999", "name": "新镇"})
    for row in other.tables["villages.csv"][3:]:
        row["parent"] = "T999"
    (first, one), (second, two) = played(night), played(other)
    at = [second.county.index[code] for code in first.county.places.code if code in second.county.index]
    np.testing.assert_allclose(two.places.acknowledged_min[at], one.places.acknowledged_min)
    for name in ("warned_min", "confirmed_min", "first_by"):
        np.testing.assert_array_equal(getattr(one.households, name), getattr(two.households, name))
    assert one.evacuation is not None
    assert two.evacuation is not None
    np.testing.assert_array_equal(one.evacuation.safe_min, two.evacuation.safe_min)
    np.testing.assert_array_equal(one.evacuation.exposed, two.evacuation.exposed)


def test_a_county_beside_another_changes_nothing_in_it() -> None:
    """With callers, lines and rate for everybody: more townships far away, and nobody here hears earlier or later."""

    def beside(townships: int) -> Small:
        night = small(townships, 3, 5)
        describe(night, "sms", "auto_call", "door", "neighbour")
        night.scenario["warnings"][0]["means"] = ["sms", "auto_call", "door", "neighbour"]
        night.scenario["channels"]["sms"] |= {"off": 0.3, "noticed_awake": 0.5}
        night.scenario["channels"]["auto_call"] |= {"lines": 999, "reachable": 0.5}
        del night.scenario["channels"]["sms"]["rate"]
        night.scenario["roster"]["posts"]["officer"] |= {"reachable": 0.9, "answer": 0.6}
        for desk in night.scenario["roster"]["desks"].values():
            desk["callers"] = 50
        return with_evacuation(struck(night, "2 h"))

    (first, one), (second, two) = played(beside(2)), played(beside(5))
    homes = [second.county.households.id.tolist().index(own) for own in first.county.households.id.tolist()]
    np.testing.assert_array_equal(one.households.warned_min, two.households.warned_min[homes])
    np.testing.assert_array_equal(one.households.first_by, two.households.first_by[homes])
    at = [second.county.index[code] for code in first.county.places.code]
    np.testing.assert_array_equal(one.places.acknowledged_min[1:], two.places.acknowledged_min[at[1:]])


@repeatable(20)
@given(small_nights(alone=True), st.integers(1, 300))
def test_another_origin_of_time_moves_everything(night: Small, minutes: int) -> None:
    """Identified earlier and begun as much later, with states that do not depend on the hour: all is as much later after T0."""
    night.scenario |= {"start": "2025-07-11 12:00", "end": "4 h"}
    later = night.copy()
    warning = later.scenario["warnings"][0]
    warning["delay"] = f"{minutes} min"
    later.scenario["end"] = f"{240 + minutes} min"
    one, two = played(night)[1], played(later)[1]
    np.testing.assert_allclose(two.households.warned_min, one.households.warned_min + minutes, atol=1e-6)
    np.testing.assert_allclose(two.places.acknowledged_min, one.places.acknowledged_min + minutes, atol=1e-6)
    assert one.households.first_by.tolist() == two.households.first_by.tolist()


Changed = Callable[[Small], None]


def _callers(night: Small) -> None:
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = 99


def _targets(night: Small) -> None:
    """Ask for the same calls by two entries in place of one."""
    (own,) = night.scenario["call_targets"]
    night.scenario["call_targets"] = [own | {"id": "a", "to": "township"}, own | {"id": "b"}]


def _limits(night: Small) -> None:
    night.scenario["call_targets"] = [call_target(within="1 min", share=0.2, probability=0.5)]


@pytest.mark.parametrize("change", [_targets, _limits], ids=["two entries", "other limits"])
def test_what_is_asked_for_is_not_what_happens(change: Changed) -> None:
    """Other limits, or the same desks named by two call targets: the night is the same, only its judgement is another."""
    night = small(2, 3, 4)
    night.scenario["roster"]["posts"]["officer"] |= {"reachable": 0.9, "answer": 0.5}
    describe(night, "phone", "door")
    night.scenario["warnings"][0]["means"] = ["phone", "door"]
    other = night.copy()
    change(other)
    same(played(night)[1], played(other)[1])


def test_callers_beyond_one_for_each_call_change_nothing() -> None:
    """A desk cannot use more callers than it has calls to make at once."""
    night = everything()
    _callers(night)
    other = night.copy()
    for desk in other.scenario["roster"]["desks"].values():
        desk["callers"] = 500
    same(played(night)[1], played(other)[1])
