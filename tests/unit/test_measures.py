"""What a night means: order statistics without interpolation, shares of everybody, tables as promised, limits kept or not."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim import measures
from sim.measures import (
    TargetResult,
    coverage_curve,
    first_told_by,
    judge,
    minutes_inside,
    naming,
    share_within,
    summarise,
    tabulate,
    time_to_share,
    told_of_anything,
)
from sim.measures.attribution import desk_minutes
from sim.measures.zones import zone_curves
from sim.records import CHANNELS, DTYPES, REASONS, STEPS, TABLES, HouseholdRecords, Night, PlaceRecords
from sim.scenario import Scenario
from tests.strategies import Small, call_target, describe, played, small, small_nights, with_evacuation
from tests.waterfall import waterfall

Floats = NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[2]
repeatable = settings(derandomize=True, deadline=None)
few = settings(
    derandomize=True,
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate],
)
minutes = st.floats(0, 600) | st.just(math.inf) | st.integers(0, 10).map(float)
shares = st.integers(0, 1000).map(lambda n: n / 1000)


def test_every_name_that_the_room_offers_can_be_had() -> None:
    """``from sim.measures import *`` asks for each name of ``__all__``."""
    assert [name for name in measures.__all__ if not hasattr(measures, name)] == []


# Tools ----------------------------------------------------------------------------------------------------------------


def target(**changes: object) -> dict[str, Any]:
    """Return a target that 75 % of the households are warned within 3 min of release."""
    return {
        "id": "x",
        "name": "x",
        "since": "release",
        "event": "warned",
        "of_whom": "household",
        "share": 0.75,
        "within": "3 min",
        "probability": 0.9,
        "applies_to": "x",
        "source": "x",
        "status": "演示",
    } | changes


def with_records(night: Night, warned: list[float], **changes: object) -> Night:
    """Return the night with households warned at these minutes, all by telephone."""
    times = np.array(warned)
    first_by = np.where(np.isfinite(times), CHANNELS.index("phone"), -1).astype(np.int8)
    nobody = np.full(len(times), -1, dtype=np.int8)
    records = HouseholdRecords(times, first_by, nobody, times, nobody)
    return dataclasses.replace(night, households=records, **changes)


def judged(scenario: Scenario, night: Night) -> tuple[TargetResult, ...]:
    """Return the results of the targets; those of the call targets come after them."""
    return judge(scenario, night)[: len(scenario.plan.targets)]


def four_houses(*targets: dict[str, Any]) -> tuple[Scenario, Night]:
    """Return a night of one village with four households and these targets."""
    night = small(1, 1, 4)
    night.scenario["targets"] = list(targets)
    return played(night)


# time_to_share ----------------------------------------------------------------------------------------------------------


@repeatable
@given(st.lists(minutes, min_size=1, max_size=40), shares)
def test_the_time_to_a_share_is_the_first_by_which_so_many_are_done(times: list[float], share: float) -> None:
    """Brute force: the least of the times by which at least ``share`` of all, counted in thousandths, have happened."""
    enough = [t for t in times if sum(other <= t for other in times) * 1000 >= round(share * 1000) * len(times)]
    assert time_to_share(np.array(times), share) == min(enough)


@repeatable
@given(st.lists(minutes, min_size=1, max_size=40), shares, shares)
def test_a_larger_share_takes_no_less_time(times: list[float], one: float, other: float) -> None:
    """Monotone in the share; the order of the times does not matter; the result is one of them, never a value between."""
    sample = np.array(times)
    assert time_to_share(sample, min(one, other)) <= time_to_share(sample, max(one, other))
    assert time_to_share(sample[::-1], one) == time_to_share(sample, one)
    assert time_to_share(sample, one) in times


def test_those_who_never_hear_are_counted() -> None:
    """Three of four heard: 75 % at the third, 76 % never; the last of all is never."""
    sample = np.array([5.0, math.inf, 1.0, 3.0])
    assert [time_to_share(sample, share) for share in (0, 0.25, 0.5, 0.51, 0.75, 0.76, 1)] == [
        1,
        1,
        3,
        5,
        5,
        math.inf,
        math.inf,
    ]


def test_half_of_two_is_the_first_not_the_middle() -> None:
    """The median of 0 and 10 is 0 by this rule; 5 is a minute at which nothing happened."""
    assert time_to_share(np.array([0.0, 10.0]), 0.5) == 0


@pytest.mark.parametrize("share", [0, 0.5, 1])
def test_of_nobody_there_is_no_time_and_no_share(share: float) -> None:
    """No households: NaN, neither zero nor never."""
    assert math.isnan(time_to_share(np.zeros(0), share))
    assert math.isnan(share_within(np.zeros(0), 0.0, 15))


def test_a_share_that_is_a_whole_number_of_people_is_not_rounded_up() -> None:
    """0.07 · 100, 0.29 · 100 and 0.57 · 100 exceed 7, 29 and 57 in floating point; they are still 7, 29 and 57 people."""
    sample = np.arange(1.0, 101)
    assert [time_to_share(sample, share) for share in (0.07, 0.29, 0.57)] == [7, 29, 57]


# share_within -----------------------------------------------------------------------------------------------------------


@repeatable
@given(st.lists(minutes, min_size=1, max_size=40), st.integers(0, 60), st.integers(0, 60))
def test_the_share_within_is_that_of_everybody(times: list[float], since: int, within: int) -> None:
    """Brute force over all, reached or not; a limit kept to the nanominute is kept."""
    exact = sum(t <= since + within + 1e-9 for t in times) / len(times)
    assert share_within(np.array(times), float(since), within) == pytest.approx(exact)


def test_without_a_release_nobody_is_within_anything() -> None:
    """Release never came: share zero, not NaN."""
    assert share_within(np.array([1.0, math.inf]), math.inf, 60) == 0


@repeatable
@given(st.lists(minutes, min_size=1, max_size=40), shares)
def test_share_and_time_are_two_sides_of_one_curve(times: list[float], share: float) -> None:
    """By the time to a share, that share has happened."""
    sample = np.array(times)
    t = time_to_share(sample, share)
    if math.isfinite(t):
        assert share_within(sample, t, 0) >= share - 1e-9


# Curve and summary ----------------------------------------------------------------------------------------------------


@few
@given(small_nights(), st.sampled_from([1.0, 0.5, 7.0]), st.sampled_from(["20 min", "10 h"]))
def test_the_coverage_curve_ends_at_the_share_told(night: Small, step: float, end: str) -> None:
    """It rises, its channels sum to all, its last value is one less the share never told, as in the summary and the records."""
    night.scenario["end"] = end
    scenario, result = played(night)
    curve, summary = coverage_curve(result, step_min=step), summarise(scenario, result)
    told = 1 - summary["warned"]["never"] / summary["households"]
    assert list(curve.columns) == ["minutes", *CHANNELS, "all"]
    assert curve["all"].iloc[-1] == pytest.approx(told)
    assert curve[list(CHANNELS)].iloc[-1].to_dict() == pytest.approx(summary["warned"]["first_by"])
    assert curve[[*CHANNELS, "all"]].diff().dropna().min().min() >= -1e-12
    assert curve["all"].to_numpy() == pytest.approx(curve[list(CHANNELS)].sum(axis=1).to_numpy())
    for after, value in zip(curve["minutes"], curve["all"], strict=True):
        assert value == pytest.approx(share_within(result.households.warned_min - result.release_min, 0.0, after))


@few
@given(small_nights(), st.sampled_from(["20 min", "7 h"]), st.booleans())
def test_the_curves_of_the_zones_are_shares_that_rise_to_what_the_tables_say(
    night: Small, end: str, leave: bool
) -> None:
    """At 15, 30 and 60 min they are the shares of ``townships.csv``, at the end all but the never told; each is a share and never falls."""
    night.scenario["end"] = end
    scenario, result = played(with_evacuation(night) if leave else night)
    tables = tabulate(scenario, result, naming(scenario))
    townships = tables["townships"].set_index("code")
    for code, curve in tables["curves"].groupby("code"):
        row, told = townships.loc[code], curve.set_index("minutes")["first_alert_share"]
        for after in (15, 30, 60):
            if after in told.index:
                assert told[after] == pytest.approx(row[f"share_{after}min"], nan_ok=True)
        if row["households"]:
            assert told.iloc[-1] == pytest.approx(1 - row["never_households"] / row["households"])
        for name in ("issuance_share", "first_alert_share", "protective_action_share"):
            own = curve[name].to_numpy()
            assert np.isnan(own).all() or ((own >= 0) & (own <= 1)).all()
            assert not (np.diff(own) < 0).any()
    assert tables["curves"]["protective_action_share"].notna().any() == leave


def test_a_zone_counts_all_its_households() -> None:
    """Of four households two are told, at 1 and at 7 min: a quarter by 5 min, a half by 10; where leaving is not simulated its share is null."""
    scenario, night = four_houses()
    night = with_records(night, [1, 7, math.inf, math.inf], release_min=0.0)
    curve = zone_curves(scenario, night).set_index("minutes")
    assert curve["first_alert_share"][[0, 5, 10]].tolist() == [0, 0.25, 0.5]
    assert curve["protective_action_share"].isna().all()


@pytest.mark.parametrize(
    ("kind", "more", "told"),
    [
        ("orders", {"stage": "move"}, True),
        ("warnings", {"level": "yellow", "change": "issue"}, True),
        ("warnings", {"level": "yellow", "change": "downgrade"}, False),
    ],
)
def test_whatever_rises_tells_of_danger(kind: str, more: dict[str, str], *, told: bool) -> None:
    """The red warning never comes out; an order and a lesser warning tell of danger all the same, a downgrade of none."""
    night = small(1, 1, 3)
    (red,) = night.scenario["warnings"]
    steps = {key: red[key] for key in ("consultation", "sign_off", "signed_by", "release")}
    red["release"] = "20 h"
    night.scenario.setdefault(kind, []).append({"id": "other", "means": ["sms"]} | steps | more)
    _, result = played(night)
    assert np.isinf(result.households.warned_min).all()
    assert np.isfinite(result.acts[1].reception.told_min).all()
    assert told_of_anything(result).tolist() == [told] * 3


def test_the_curve_of_some_households_counts_only_those() -> None:
    """Of four, the first two at 1 and never: 0 at minute 0, a half from minute 1."""
    scenario, night = four_houses()
    night = with_records(night, [1, math.inf, 2, 2], release_min=0.0)
    assert len(scenario.county.households) == 4
    curve = coverage_curve(night, np.array([True, True, False, False]))
    assert curve["all"].tolist()[:3] == [0, 0.5, 0.5]


def test_the_first_means_of_nobody_are_none() -> None:
    """No households: every share zero, no division by nothing."""
    assert first_told_by(np.zeros(0, dtype=np.int8)) == dict.fromkeys(CHANNELS, 0.0)


def test_the_summary_says_null_where_it_never_came() -> None:
    """Silent posts: acknowledgement null with a count of nevers, warned null with a count, never ``inf`` or NaN."""
    night = small(1, 2, 3)
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.0
    summary = summarise(*played(night))
    assert summary["acknowledged"] == {
        "township_p50_min": None,
        "township_max_min": None,
        "village_p50_min": None,
        "village_max_min": None,
        "village_never": 2,
    }
    assert summary["warned"]["p50_min"] is None
    assert summary["warned"]["share_60min"] == 0
    assert summary["warned"]["never"] == summary["households"] == 6


def test_of_a_level_that_the_county_has_not_nobody_answers_and_nobody_fails_to() -> None:
    """A county of townships alone: they answer, and of villages there is nothing to say."""
    night = small(2, 1, 1)
    night.county["levels"] = night.county["levels"][:2]
    night.tables["townships.csv"] = [row | {"residents": 1} for row in night.tables["townships.csv"]]
    night.tables["households.csv"] = [row | {"place": row["place"][:4]} for row in night.tables["households.csv"]]
    del night.tables["villages.csv"]
    said = summarise(*played(night))["acknowledged"]
    assert said["township_max_min"] == 2.0  # one caller, two calls of a minute
    assert (said["village_p50_min"], said["village_max_min"], said["village_never"]) == (None, None, 0)


# Tables ---------------------------------------------------------------------------------------------------------------


@few
@given(small_nights(), st.booleans(), st.sampled_from(["20 min", "10 h"]))
def test_every_table_has_the_columns_it_promises(night: Small, real: bool, end: str) -> None:
    """Names, order and dtypes of ``records.TABLES``; times are minutes or null, never infinite."""
    night.scenario["end"] = end
    scenario, result = played(night)
    tables = tabulate(scenario, result, naming(scenario, real_names=real))
    assert list(tables) == list(TABLES)
    for name, frame in tables.items():
        assert list(frame.columns) == TABLES[name].names
        for column in TABLES[name].columns:
            assert frame[column.name].dtype == pd.Series([], dtype=DTYPES[column.kind]).dtype, f"{name}.{column.name}"
            if column.kind == "float":
                assert not np.isinf(frame[column.name]).any()
    assert len(tables["households"]) == len(scenario.county.households)
    assert len(tables["events"]) == len(result.events)
    assert tables["households"]["household_id"].is_unique


@few
@given(small_nights(), st.sampled_from(["20 min", "2 h"]))
def test_places_weighted_by_their_households_are_the_county(night: Small, end: str) -> None:
    """Two routes to one number: shares, nevers, households and persons of the villages, of the townships, and of all."""
    night.scenario["end"] = end
    scenario, result = played(night)
    tables, warned = tabulate(scenario, result, naming(scenario)), result.households.warned_min
    for level in ("townships", "villages"):
        frame = tables[level]
        for limit in (15, 30, 60):
            of_places = (frame[f"share_{limit}min"] * frame["households"]).sum() / frame["households"].sum()
            assert of_places == pytest.approx(share_within(warned, result.release_min, limit))
        assert frame["never_households"].sum() == np.isinf(warned).sum()
        assert frame["households"].sum() == len(warned)
        assert frame["population"].sum() == scenario.county.households.persons.sum()


@few
@given(small_nights())
def test_each_village_row_agrees_with_its_households(night: Small) -> None:
    """Median, 95 % and nevers of a village are those of its rows in the table of households; nulls are the never told."""
    scenario, result = played(night)
    tables = tabulate(scenario, result, naming(scenario))
    for _, row in tables["villages"].iterrows():
        own = tables["households"][tables["households"]["village"] == row["code"]]
        times = own["warned_min"].fillna(math.inf).to_numpy()
        assert len(own) == row["households"]
        for share, column in ((0.5, "warned_p50_min"), (0.95, "warned_p95_min")):
            exact = time_to_share(times, share)
            assert (math.isinf(exact) and math.isnan(row[column])) or row[column] == exact
        assert row["never_households"] == np.isinf(times).sum()
        means = own["first_by"][own["first_by"] != ""]
        assert (row["first_by"] == "") == means.empty
        if not means.empty:
            assert (means == row["first_by"]).sum() == means.value_counts().max()
    assert (tables["households"]["first_by"] == "").equals(tables["households"]["warned_min"].isna())


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ("channels.sms.latency=20 min", "delivering"),
        ("channels.sms.read_delay=20 min", "noticing"),
        ("warnings.0.sign_off=20 min", "signing"),
        ("channels.sms.smartphone=0", ""),
    ],
)
def test_the_main_step_of_a_place_is_the_longest_of_its_way(change: str, step: str) -> None:
    """One step takes twenty minutes and the others ten seconds at most; where nobody was told there is no way."""
    night = small(1, 2, 2)
    night.scenario["warnings"][0]["means"] = ["sms"]
    scenario, result = played(night, change)
    assert tabulate(scenario, result, naming(scenario))["villages"]["main_step"].tolist() == [step, step]


def test_an_event_without_a_counterpart_names_none() -> None:
    """Nobody is at the other end when the hazard is identified; the township is when the village answers."""
    scenario, result = played(small(1, 1, 1))
    names = naming(scenario)
    events = tabulate(scenario, result, names)["events"]
    label = dict(zip(scenario.county.places.code, names.label, strict=True))
    assert events[events["event"] == "hazard"]["counterpart"].tolist() == [""]
    answer = events[(events["act"] == "acknowledged") & (events["place"] == label["T000V000"])]
    assert answer["counterpart"].tolist() == [label["T000"]]


def test_a_place_without_households_has_null_shares() -> None:
    """Share of nobody and median of nobody are null; the count of nevers is zero."""
    night = small(1, 2, 1)
    night.tables["households.csv"].pop()
    scenario, result = played(night)
    frame = tabulate(scenario, result, naming(scenario, real_names=True))["villages"].set_index("code")
    empty = frame.loc["T000V001"]
    assert empty[["warned_p50_min", "warned_p95_min", "share_15min", "share_60min"]].isna().all()
    assert (empty["households"], empty["never_households"], empty["first_by"]) == (0, 0, "")
    assert frame.loc["T000V000", "households"] == 1


def test_made_up_villages_go_by_codes_and_real_names_are_asked_for() -> None:
    """Neither code, label nor name of a village shows in a public table of a night with synthetic holders; all do with real names."""
    scenario, result = played(small(2, 3, 1))
    assert scenario.synthetic
    public = tabulate(scenario, result, naming(scenario))
    shown = "".join(frame.to_csv() for frame in public.values())
    assert not any(f"村{t}-{v}" in shown or f"T{t:03d}V{v:03d}" in shown for t in range(2) for v in range(3))
    assert (public["villages"]["name"] == "").all()
    working = tabulate(scenario, result, naming(scenario, real_names=True))
    assert set(working["villages"]["name"]) == {f"村{t}-{v}" for t in range(2) for v in range(3)}


# judge ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("warned", "share", "value", "met"),
    [
        ([1, 2, 3, math.inf], 0.75, 3, True),
        ([1, 2, 3, math.inf], 0.76, None, False),
        ([1, 2, 3 + 5e-10, math.inf], 0.75, 3, True),
        ([1, 2, 3.001, math.inf], 0.75, 3.001, False),
        ([math.inf] * 4, 0.01, None, False),
        ([3, 3, 3, 3], 1.0, 3, True),
    ],
)
def test_a_target_is_met_if_its_share_comes_in_time(
    warned: list[float], share: float, value: float | None, met: bool
) -> None:
    """Value is the time the share took; a limit kept to the nanominute is kept; a null value fails."""
    scenario, night = four_houses(target(share=share))
    (result,) = judged(scenario, with_records(night, warned, release_min=0.0))
    assert result.value_min == pytest.approx(value)
    assert result.met is met


@pytest.mark.parametrize(("since", "value"), [("t0", 14), ("release", 4)])
def test_a_target_counts_from_where_it_says(since: str, value: float) -> None:
    """Released at 10 and warned by 14: fourteen minutes from T0, four from release."""
    scenario, night = four_houses(target(since=since, share=1.0))
    (result,) = judged(scenario, with_records(night, [11, 12, 13, 14], release_min=10.0))
    assert result.value_min == pytest.approx(value)


def test_a_target_of_desks_looks_at_their_answers() -> None:
    """Three townships answer at 5, 6 and never: two thirds at 6, all of them never."""
    night = small(3, 1, 1)
    night.scenario["targets"] = [
        target(id=name, event="acknowledged", of_whom="township", share=share, within="6 min")
        for name, share in (("most", 0.66), ("all", 1.0))
    ]
    scenario, result = played(night)
    times = np.full(len(scenario.county.places), math.inf)
    times[scenario.county.of_level(1)] = [5, math.inf, 6]
    result = dataclasses.replace(result, release_min=0.0, places=PlaceRecords(times, ("",) * len(times)))
    most, every = judged(scenario, result)
    assert (most.value_min, most.met, every.value_min, every.met) == (6, True, None, False)


def test_without_a_release_every_target_fails() -> None:
    """The night ended before anything was released."""
    scenario, night = four_houses(target(share=0.01), target(id="y", since="t0"))
    results = judged(scenario, with_records(night, [math.inf] * 4, release_min=math.inf))
    assert [(r.value_min, r.met) for r in results] == [(None, False)] * 2


def test_the_table_of_targets_says_what_was_judged() -> None:
    """One row each: value in minutes or null, met or not, and where the limit comes from."""
    scenario, night = four_houses(target(), target(id="y", share=1.0, status="规划假设"))
    night = with_records(night, [1, 2, 3, math.inf], release_min=0.0)
    frame = tabulate(scenario, night, naming(scenario))["targets"]
    frame = frame[frame["act_id"] == ""]  # the call target is about its act
    assert frame["target_id"].tolist() == ["x", "y"]
    assert frame["value"].fillna(-1).tolist() == [3, -1]
    assert frame["met"].tolist() == [True, False]
    assert frame["threshold"].tolist() == [3, 3]
    assert frame["status"].tolist() == ["演示", "规划假设"]


def test_a_call_target_is_judged_at_each_act_it_is_about() -> None:
    """Two warnings, one entry: two results, counted from the release of each; an entry about no act is not judged."""
    night = small(1, 2, 2)
    (first,) = night.scenario["warnings"]
    night.scenario["warnings"].append(first | {"id": "again", "after": "w", "delay": "30 min"})
    night.scenario["call_targets"].append(call_target(id="orders", act="order"))
    scenario, result = played(night)
    one, two = judge(scenario, result)
    assert (one.id, two.id) == ("desks@w", "desks@again")
    assert (one.event, one.of_whom, one.since) == ("acknowledged", "village", "release")
    assert (one.since_min, two.since_min) == tuple(act.released_min for act in result.acts[:2])
    assert two.since_min >= 30
    assert len(one.times_min) == 2
    assert one.persons is None


def test_a_call_target_of_households_asks_for_confirmation() -> None:
    """Households are 叫应 once they have answered somebody: an unanswered message is not enough."""
    night = small(1, 1, 3)
    night.scenario["warnings"][0]["means"] = ["sms"]
    night.scenario["call_targets"] = [call_target(id="public", whom="households")]
    scenario, result = played(night)
    (public,) = judge(scenario, result)
    assert np.isfinite(result.households.warned_min).all()
    assert (public.event, public.met, public.value_min) == ("confirmed", False, None)
    assert public.persons is not None
    assert public.persons.sum() == 3


# Attribution --------------------------------------------------------------------------------------------------------------


def night_in_full(seed: int = 7) -> Small:
    """Return a small night with everything by its defaults: three acts, warnings from below, all means, calls of all kinds."""
    night = small(2, 3, 12)
    scenario = night.scenario
    for block in ("channels", "roster", "platform", "call_targets"):
        del scenario[block]
    configs = ("channels/defaults", "roster/defaults", "call-targets/by-target")
    scenario["extends"] = [str(ROOT / "configs" / f"{name}.yaml") for name in configs]
    (warning,) = scenario["warnings"]
    del warning["means"]
    warning["consultation"] = "10 min"
    decided = {"consultation": "5 min", "sign_off": "2 min", "signed_by": "desk", "release": "1 min"}
    scenario["response"] = [decided | {"id": "r", "level": "II", "after": "w", "means": []}]
    scenario["orders"] = [decided | {"id": "o", "stage": "move", "after": "r"}]
    stated = [{"place": "T000V001", "at": "4 min", "acts_at_once": True}]
    sightings = {"share": 0.0, "at": "5 min", "acts_at_once": 1.0, "stated": stated}
    scenario["local"] = {"means": ["gong", "phone", "door", "ten_household", "neighbour"], "sightings": sightings}
    scenario["end"], scenario["seed"] = "2 h", seed
    return night


def told_on_average(night: Night, inside: NDArray[np.bool_]) -> float:
    """Return the mean minute of those told; zero of nobody."""
    times = night.households.warned_min[inside]
    return float(times[np.isfinite(times)].mean()) if np.isfinite(times).any() else 0.0


@few
@given(small_nights(), st.sampled_from(["20 min", "10 h"]))
def test_every_minute_belongs_to_one_step(night: Small, end: str) -> None:
    """Each household told: the minutes of all steps sum to its minute, none is negative; never told: none at all."""
    night.scenario["end"] = end
    check_waterfall(*played(night))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_minute_belongs_to_one_step_in_full(seed: int) -> None:
    """The same with all acts, means and ways of calling."""
    scenario, night = played(night_in_full(seed))
    assert len({int(code) for code in night.households.first_by}) > 3
    check_waterfall(scenario, night)


@pytest.mark.parametrize("cause", ["sighting", "rain_alarm", "water_alarm", "cannot_judge"])
def test_the_minutes_before_a_sign_are_those_of_that_sign(cause: str) -> None:
    """What goes off at minute 10, and is acted on at once: ten minutes of waiting for it, and of nothing else."""
    night = small(1, 1, 1)
    describe(night, "phone")
    night.tables["zones.csv"] = [{"code": "Z", "kind": "滑坡", "place": "T000V000"}]
    night.scenario["roster"]["ladders"]["county"] = {"steps": [{"post": "officer", "tries": 1, "ring": "30 s"}]}
    sign: dict[str, Any] = {"share": 1.0, "at": "10 min"}
    signs = (
        {"sightings": sign | {"acts_at_once": 1.0}}
        if cause == "sighting"
        else {"alarms": {cause: sign | {"zones": []}}}
    )
    night.scenario["local"] = {"means": ["phone"]} | signs
    scenario, result = played(night)
    spent = desk_minutes(result.acts[-1], len(scenario.county.places))[scenario.county.index["T000V000"]]
    assert {step: minutes for step, minutes in zip(STEPS, spent.tolist(), strict=True) if minutes} == {cause: 10.0}


def check_waterfall(scenario: Scenario, night: Night) -> None:
    """Check that the minutes of each household are none below zero and sum to the minute of being told, and those inside a place to the place's."""
    county, warned = scenario.county, night.households.warned_min
    minutes = waterfall(night, county.households.place, county.places.parent)
    told = np.isfinite(warned)
    assert minutes.shape == (len(warned), len(STEPS))
    assert np.isnan(minutes[~told]).all()
    assert minutes[told].sum(axis=1) == pytest.approx(warned[told], abs=1e-9)
    assert (minutes[told] >= -1e-9).all()
    inside, count = minutes_inside(county, night)
    for place in range(len(county.places)):
        mine = told & (county.ancestors[:, county.households.place] == place).any(axis=0)
        assert count[place] == mine.sum()
        assert inside[place] == pytest.approx(minutes[mine].sum(axis=0), abs=1e-6)


@few
@given(small_nights(), st.sampled_from(["20 min", "10 h"]))
def test_each_place_has_its_minutes_and_its_reasons(night: Small, end: str) -> None:
    """County, townships, villages: steps sum to the mean minute of those told, reasons to those never told, persons too."""
    night.scenario["end"] = end
    check_places(*played(night))


def test_each_place_has_its_minutes_and_its_reasons_in_full() -> None:
    """The same with all acts, means and ways of calling; and a household that heard has no reason."""
    scenario, night = played(night_in_full())
    check_places(scenario, night)
    assert ((night.households.reason >= 0) == np.isinf(night.households.warned_min)).all()


def check_places(scenario: Scenario, night: Night) -> None:
    """Check the tables of minutes and reasons against the records, place by place."""
    names, county = naming(scenario), scenario.county
    tables = tabulate(scenario, night, names)
    shown = tables["townships"]["code"].tolist() + tables["villages"]["code"].tolist() + [names.code[0]]
    for table, column in (("attribution", "step"), ("never", "reason")):
        assert set(tables[table]["place"]) <= set(shown)
        assert set(tables[table][column]) <= set(STEPS if table == "attribution" else REASONS)
        assert not tables[table].duplicated(["place", column]).any()
    for code in shown:
        place = names.code.index(code)
        inside = county.ancestors[county.places.level[place]][county.households.place] == place
        minutes, never = (tables[name][tables[name]["place"] == code] for name in ("attribution", "never"))
        assert minutes["minutes"].sum() == pytest.approx(told_on_average(night, inside), abs=1e-9)
        left = inside & np.isinf(night.households.warned_min)
        assert never["households"].sum() == left.sum()
        assert never["persons"].sum() == county.households.persons[left].sum()
    by_code = tables["villages"].set_index("code")["never_households"]
    of_table = tables["never"].groupby("place")["households"].sum().reindex(by_code.index, fill_value=0)
    assert (of_table == by_code).all()


@pytest.mark.parametrize("end", ["15 min", "2 h"])
def test_acts_channels_and_messages_agree(end: str) -> None:
    """Told by all channels of an act: as many as it told; alone at least as many; messages sent are those of every fate."""
    small_night = night_in_full()
    small_night.scenario["end"] = end
    scenario, night = played(small_night)
    tables = tabulate(scenario, night, naming(scenario))
    acts, channels, messages = tables["acts"].set_index("act_id"), tables["channels"], tables["messages"]
    assert acts.index.tolist() == [*(act.id for act in scenario.plan.acts), "local"]
    assert (channels["alone_households"] >= channels["first_households"]).all()
    for act, row in acts.iterrows():
        assert channels.loc[channels["act_id"] == act, "first_households"].sum() == row["warned_households"]
        assert 0 <= row["confirmed_households"] <= row["warned_households"] <= row["addressed_households"]
        assert row["acknowledged_places"] == 0 or row["acknowledged_last_min"] <= night.end_min
        assert math.isnan(row["released_min"]) or row["begun_min"] <= row["signed_min"] <= row["released_min"]
    whole = messages[["delivered", "expired", "pending"]].sum(axis=1)
    assert messages["sent"].to_numpy() == pytest.approx(whole.to_numpy())
    used = set(zip(channels["act_id"], channels["channel"], strict=True))
    assert set(zip(messages["act_id"], messages["channel"], strict=True)) <= used


@few
@given(small_nights(), st.sampled_from(["20 min", "10 h"]))
def test_first_means_and_never_are_everybody(night: Small, end: str) -> None:
    """The shares first told by each channel and the share never told sum to one."""
    night.scenario["end"] = end
    summary = summarise(*played(night))
    told = sum(summary["warned"]["first_by"].values())
    assert told + summary["warned"]["never"] / summary["households"] == pytest.approx(1)


def test_no_table_stands_in_the_official_order() -> None:
    """Places stand by the codes shown, key sites by kind and place: the official order would name them as surely as names do."""
    small_night = night_in_full()
    small_night.tables["key_sites.csv"] = [
        {"code": f"S{n}", "kind": "学校", "place": row["code"], "persons": 9}
        for n, row in enumerate(small_night.tables["villages.csv"])
    ]
    scenario, night = played(small_night)
    names = naming(scenario)
    assert not names.real
    tables = tabulate(scenario, night, names)
    for name, column in (("villages", "code"), ("attribution", "place"), ("never", "place"), ("key_sites", "place")):
        shown = tables[name][column].drop_duplicates()
        villages = [code for code in shown if code.count("-") == 1]
        assert villages == sorted(villages), name
    assert tables["key_sites"]["code"].tolist() == [f"C-学校-{n + 1:03d}" for n in range(len(tables["key_sites"]))]
