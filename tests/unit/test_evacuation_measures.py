"""What became of those who must leave, from records made by hand: everybody is counted once, and what the county knew is what was reported."""

from __future__ import annotations

import functools
import json
import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measures import (
    Evacuation,
    TargetResult,
    evacuation,
    evacuation_curve,
    judge,
    naming,
    places_due,
    report_up,
    reported_min,
    summarise,
    tabulate,
)
from sim.measures.evacuation import MEASURES
from sim.records import (
    CALLING,
    DTYPES,
    EXCLUDED,
    EXPOSED,
    TABLES,
    ActRecords,
    CallRecords,
    EvacuationRecords,
    Event,
    EventLog,
    HouseholdRecords,
    KeySiteRecords,
    Night,
    OutageRecords,
    PlaceRecords,
    Reception,
    Report,
    ShelterRecords,
)
from sim.scenario import Scenario, TargetPlan
from sim.study.store import ResultFolder
from tests.strategies import small

INF = math.inf
END_MIN = 600.0
AWAY, NO_ONSET = (EXCLUDED.index(reason) for reason in ("away", "no_onset"))
PEOPLE = (1, 2, 3, 4)
V00, V01, V10 = "T000V000", "T000V001", "T001V000"
few = settings(derandomize=True, deadline=None, max_examples=25)


# Tools ----------------------------------------------------------------------------------------------------------------


@functools.cache
def county_night() -> Scenario:
    """Return two townships of three villages; in each four households of 1 to 4 persons, all in the zone of the village but the last."""
    night = small()
    villages = [row["code"] for row in night.tables["villages.csv"]]
    night.tables["zones.csv"] = [{"code": f"Z{code}", "kind": "滑坡", "place": code} for code in villages]
    for n, row in enumerate(night.tables["households.csv"]):
        row |= {"persons": PEOPLE[n % 4], "zone": f"Z{row['place']}" if n % 4 < 3 else ""}
    night.tables["key_sites.csv"] = [
        {"code": f"K{n}", "kind": "学校", "place": code, "persons": persons, "zone": f"Z{code}"}
        for n, (code, persons) in enumerate(zip((V00, V01, V10), (100, 20, 3), strict=True))
    ]
    night.tables["shelters.csv"] = [
        {"code": f"S{n}", "name": f"小学{n}", "place": code, "kind": kind, "capacity": 50, "x_m": 0, "y_m": 0}
        for n, (code, kind) in enumerate([(V01, "short"), (V00, "emergency"), (V10, "emergency")])
    ]
    with tempfile.TemporaryDirectory() as folder:
        return night.load(Path(folder))


def threatened(scenario: Scenario) -> np.ndarray:
    """Return the households in zones: the rows of the records."""
    return np.flatnonzero(scenario.county.households.threatened)


def quiet(scenario: Scenario) -> Night:
    """Return a night in which nobody answers or hears anything."""
    county = scenario.county
    places, homes = len(county.places), len(county.households)
    nodes = places + len(county.key_sites) + len(scenario.roster.responsible)
    nobody = np.full(homes, -1, dtype=np.int8)
    calls = CallRecords(
        np.full(nodes, INF),
        ("",) * nodes,
        ("",) * nodes,
        np.full(nodes, -1, dtype=np.int8),
        np.full(nodes, -1),
        np.full((nodes, len(CALLING)), np.nan),
        np.full(nodes, INF),
    )
    silent = Reception(np.arange(homes), np.full(homes, INF), nobody, np.full(homes, INF), nobody + 1, {})
    none = np.zeros((0, 0))
    return Night(
        scenario="small",
        seed=7,
        replication=0,
        start=scenario.plan.start,
        end_min=END_MIN,
        release_min=10.0,
        log=EventLog(),
        acts=(ActRecords("w", "warning", "red", "issue", (0.0, 0.0, 0.0, 10.0), calls, silent),),
        outages=OutageRecords(np.zeros((places, 0)), np.zeros((places, 0)), none, none),
        places=PlaceRecords(np.full(places, INF), ("",) * places),
        households=HouseholdRecords(np.full(homes, INF), nobody, nobody, np.full(homes, INF), nobody + 1),
        messages=(),
        evacuation=None,
        reports=None,
    )


def moved(scenario: Scenario, **changes: Any) -> Night:  # noqa: ANN401 - any field of the records
    """Return the quiet night with everybody in a zone due, none of them told, and no zone struck; but for ``changes``."""
    rows = threatened(scenario)
    size = len(rows)
    never, shelters, sites = np.full(size, INF), len(scenario.county.shelters), np.arange(3)
    records = EvacuationRecords(
        rows=rows,
        due_min=np.zeros(size),
        trigger=np.full(size, -1),
        prompted_min=never,
        ready_min=never,
        departed_min=never,
        safe_min=never,
        returned_min=never,
        onset_min=never,
        shelter=np.full(size, -1),
        settled_min=never,
        helped=np.zeros(size, dtype=bool),
        exposed=np.full(size, -1, dtype=np.int8),
        excluded=np.full(size, NO_ONSET, dtype=np.int8),
        shelters=ShelterRecords(np.zeros(shelters, dtype=np.int64), np.full(shelters, INF), np.full(shelters, INF)),
        known_min=np.full(len(scenario.county.places), INF),
        key_sites=KeySiteRecords(sites, *[np.full(len(sites), INF)] * 3, np.zeros(len(sites), dtype=np.int64)),
    )
    if (due := changes.pop("due", None)) is not None:
        changes["due_min"] = np.where(due, 0.0, INF)
    return replace(quiet(scenario), evacuation=replace(records, **changes))


def some(size: int, values: dict[int, float], otherwise: float = INF) -> np.ndarray:
    """Return an array of these values by position, the rest alike."""
    made = np.full(size, otherwise)
    made[list(values)] = list(values.values())
    return made


def codes(size: int, values: dict[int, int]) -> np.ndarray:
    """Return an array of codes by position, −1 elsewhere."""
    return some(size, values, -1).astype(np.int8)


def counted(scenario: Scenario, night: Night, **kwargs: Any) -> Evacuation:  # noqa: ANN401 - as of evacuation
    """Return the measures of a night that simulates evacuation."""
    found = evacuation(scenario, night, **kwargs)
    assert found is not None
    return found


def report(scenario: Scenario, place: str, kind: str, *times: float, said: tuple[int, int, int, int]) -> Report:
    """Return a report counted, at the township and at the county at these minutes."""
    counted_min, township_min, county_min = times
    return Report(scenario.county.index[place], kind, counted_min, township_min, county_min, *said)


def in_village(scenario: Scenario, code: str) -> np.ndarray:
    """Return which rows of the records lie in a village."""
    return scenario.county.households.place[threatened(scenario)] == scenario.county.index[code]


@st.composite
def nights(draw: st.DrawFn) -> Night:
    """Draw how far each household came and when its zone was struck; the codes follow from the times."""
    scenario = county_night()
    rows = threatened(scenario)
    minutes = st.integers(0, 20).map(float) | st.just(INF)
    columns: dict[str, list[Any]] = {name: [] for name in ("due", "exposed", "excluded", "onset_min")}
    steps = ("prompted_min", "ready_min", "departed_min", "safe_min", "returned_min")
    columns |= {name: [] for name in steps}
    for _ in rows:
        due, home, onset = draw(st.booleans()), draw(st.booleans()), draw(minutes)
        times = sorted(draw(st.lists(minutes, min_size=5, max_size=5))) if home else [INF] * 5
        safe, returned = times[3:]
        away_from_it = safe < INF and safe <= onset and (returned > onset or onset == INF)
        cause = draw(st.integers(0, len(EXPOSED) - 1))
        columns["exposed"].append(cause if due and home and onset < INF and not away_from_it else -1)
        columns["excluded"].append(AWAY if not home else NO_ONSET if onset == INF and not away_from_it else -1)
        columns["due"].append(due)
        columns["onset_min"].append(onset)
        for name, at in zip(steps, times, strict=True):
            columns[name].append(at)
    kinds = {"due": bool, "exposed": np.int8, "excluded": np.int8}
    return moved(scenario, **{name: np.array(cells, dtype=kinds.get(name, float)) for name, cells in columns.items()})


# Everybody is counted once ----------------------------------------------------------------------------------------------


@few
@given(nights())
def test_listed_are_safe_exposed_or_excluded(night: Night) -> None:
    """Conservation: the three sum to the listed, the causes to the exposed; safe are those away from home when it struck."""
    scenario = county_night()
    found, records = counted(scenario, night), night.evacuation
    assert records is not None
    persons = scenario.county.households.persons[records.rows]
    assert found.listed_persons == found.safe_before_onset + found.exposed_at_onset + sum(found.excluded.values())
    assert sum(found.exposed_by_cause.values()) == found.exposed_at_onset
    assert tuple(found.exposed_by_cause) == EXPOSED
    assert tuple(found.excluded) == EXCLUDED
    columns = (records.due, persons, records.safe_min, records.returned_min, records.onset_min)
    safe = sum(
        int(size)
        for due, size, at, back, onset in zip(*columns, strict=True)
        if due and at < INF and at <= onset and (back > onset or onset == INF)
    )
    assert found.safe_before_onset == safe
    assert found.safe_before_onset <= found.departed <= found.warned <= found.listed_persons
    assert found.listed_persons + found.unlisted.threatened_persons == persons.sum()


@few
@given(nights())
def test_parts_of_the_county_sum_to_it(night: Night) -> None:
    """Two routes to one number: the measures of each township and of each village, the long table, and the whole."""
    scenario = county_night()
    county, names = scenario.county, naming(scenario)
    whole = counted(scenario, night)
    parts = [counted(scenario, night, inside=county.below(np.array([i]))) for i in county.of_level(1)]
    for name in ("listed_persons", "warned", "departed", "safe_before_onset", "exposed_at_onset", "struck_zones"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    assert sum(part.unlisted.exposed_at_onset for part in parts) == whole.unlisted.exposed_at_onset
    assert sum(part.key_sites.persons for part in parts) == whole.key_sites.persons == 123
    tables = tabulate(scenario, night, names)
    long = tables["evacuation"].set_index(["place", "measure"])
    assert long.index.is_unique
    of_county = long.loc[county.code]
    assert tuple(of_county.index) == MEASURES
    assert of_county["persons"].to_dict() == {
        "listed": whole.listed_persons,
        "warned": whole.warned,
        "departed": whole.departed,
        "safe_before_onset": whole.safe_before_onset,
        "exposed": whole.exposed_at_onset,
        **whole.exposed_by_cause,
        **whole.excluded,
    }
    for level in ("townships", "villages"):
        shown = [code for code in tables[level]["code"] if code in long.index.get_level_values(0)]
        below = long.loc[shown].groupby("measure").sum()
        assert (not shown and not whole.listed_persons) or below["persons"].to_dict() == of_county["persons"].to_dict()
        assert tables[level]["exposed_persons"].sum() == whole.exposed_at_onset
    homes = tables["households"]
    assert homes.loc[homes["exposed_cause"] != "", "persons"].sum() == whole.exposed_at_onset


@few
@given(nights())
def test_the_curve_ends_at_the_counts(night: Night) -> None:
    """Cumulative, and never falling but for those who go home again; nobody is ready before being prompted; the last row counts all."""
    scenario = county_night()
    curve, found, records = evacuation_curve(scenario, night), counted(scenario, night), night.evacuation
    assert curve is not None
    assert records is not None
    assert list(curve) == ["minutes", "prompted", "ready", "departed", "safe", "exposed"]
    assert (curve.drop(columns="safe").diff().dropna() >= 0).all(axis=None)
    assert (curve["prompted"] >= curve["ready"]).all()
    assert (curve["departed"] >= curve["safe"]).all()
    last = curve.iloc[-1]
    assert (last["prompted"], last["departed"], last["exposed"]) == (
        found.warned,
        found.departed,
        found.exposed_at_onset,
    )
    persons = scenario.county.households.persons[records.rows]
    at_seven = curve.set_index("minutes").loc[7.0, "safe"]
    away = (records.safe_min <= 7.0) & (records.returned_min > 7.0)
    assert at_seven == persons[records.due & away].sum()
    still = records.due & np.isfinite(records.safe_min) & np.isinf(records.returned_min)
    assert last["safe"] == persons[still].sum()
    assert found.went_home == persons[records.due & np.isfinite(records.returned_min)].sum()


# By hand --------------------------------------------------------------------------------------------------------------


def test_the_curve_has_every_whole_minute_of_the_run_unless_asked_for_others() -> None:
    """A night of ten hours and half a minute: minutes 0 to 600, and no other; or those that are asked for."""
    scenario = county_night()
    night = replace(moved(scenario), end_min=600.5)
    curve, asked = evacuation_curve(scenario, night), evacuation_curve(scenario, night, minutes=np.array([5.0, 7.5]))
    assert curve is not None
    assert asked is not None
    assert curve["minutes"].tolist() == [float(minute) for minute in range(601)]
    assert asked["minutes"].tolist() == [5.0, 7.5]


def test_margins_are_of_persons_safe_before_an_onset_that_came() -> None:
    """Of 1, 2 and 3 persons with 10, 40 and 5 min left half have at most 5, a tenth 5; without an onset there is no margin."""
    scenario = county_night()
    size = len(threatened(scenario))
    three = {
        "safe_min": some(size, {0: 20.0, 1: 10.0, 2: 55.0, 3: 90.0}),
        "onset_min": some(size, {0: 30.0, 1: 50.0, 2: 60.0}),
        "excluded": np.where(np.arange(size) < 4, -1, NO_ONSET).astype(np.int8),
    }
    found = counted(scenario, moved(scenario, **three))
    assert (found.margin_p10_min, found.margin_p50_min) == (5.0, 5.0)
    assert found.last_safe_min == 90.0
    assert found.safe_before_onset == 1 + 2 + 3 + 1
    assert found.struck_zones == 1
    without = counted(scenario, moved(scenario, **three | {"onset_min": np.full(size, INF)}))
    assert (without.margin_p10_min, without.margin_p50_min, without.struck_zones) == (None, None, 0)
    fewer = three | {"due": np.arange(size) != 2}
    assert counted(scenario, moved(scenario, **fewer)).margin_p50_min == 40.0


def test_nobody_safe_has_no_last_minute() -> None:
    """Nothing happened: everybody listed is excluded, nothing has a time."""
    scenario = county_night()
    found = counted(scenario, moved(scenario))
    assert found.listed_persons == 6 * (1 + 2 + 3)
    assert found.excluded == {"away": 0, "no_onset": 36}
    assert (found.last_safe_min, found.warned, found.departed, found.exposed_at_onset) == (None, 0, 0, 0)
    assert found.unlisted.threatened_persons == 0


def test_the_unlisted_are_exposed_unless_away_or_gone() -> None:
    """Of four households not asked to leave: at home when struck; nobody home; gone of its own accord; gone and back."""
    scenario = county_night()
    size = len(threatened(scenario))
    night = moved(
        scenario,
        due=np.arange(size) > 3,
        onset_min=some(size, dict.fromkeys(range(4), 30.0)),
        safe_min=some(size, {2: 20.0, 3: 20.0}),
        returned_min=some(size, {3: 25.0}),
        excluded=np.where(np.arange(size) == 1, AWAY, np.where(np.arange(size) < 4, -1, NO_ONSET)).astype(np.int8),
    )
    unlisted = counted(scenario, night).unlisted
    assert (unlisted.threatened_persons, unlisted.exposed_at_onset) == (1 + 2 + 3 + 1, 1 + 1)


def test_key_sites_and_shelters_are_counted_where_asked() -> None:
    """Left before, left too late, left and never struck; two shelters used, one full; by township only its own."""
    scenario = county_night()
    county = scenario.county
    own = KeySiteRecords(
        np.arange(3),
        np.array([1.0, 1.0, 1.0]),
        np.array([20.0, 40.0, 90.0]),
        np.array([30.0, 30.0, INF]),
        np.array([0, 20, 0]),
    )
    used = np.array([[code, n] for code, n in zip(county.shelters["code"], (5, 7, 0), strict=True)])
    persons = used[:, 1].astype(np.int64)
    night = moved(
        scenario, key_sites=own, shelters=ShelterRecords(persons, np.array([50.0, INF, INF]), np.full(3, INF))
    )
    found = counted(scenario, night)
    assert (found.key_sites.persons, found.key_sites.safe_before_onset, found.key_sites.exposed_at_onset) == (
        123,
        103,
        20,
    )
    assert (found.shelters.used, found.shelters.persons, found.shelters.full) == (2, 12, 1)
    assert found.struck_zones == 2
    second = counted(scenario, night, inside=county.below(np.array([county.index["T001"]])))
    assert (second.key_sites.persons, second.shelters.persons, second.struck_zones) == (3, 0, 0)


# What was reported ------------------------------------------------------------------------------------------------------


def reporting(scenario: Scenario) -> Night:
    """Return a night with three villages due, of which one reported in full, one once and one in vain; and a fourth with none due."""
    due = in_village(scenario, V00) | in_village(scenario, V01) | in_village(scenario, V10)
    return replace(
        moved(scenario, due=due),
        reports=(
            report(scenario, V00, "first", 10, 12, 15, said=(3, 6, 0, 0)),
            report(scenario, V00, "final", 60, 61, 62, said=(3, 6, 3, 6)),
            report(scenario, V00, "follow_up", 40, 41, 80, said=(3, 6, 1, 1)),  # counted earlier, came later
            report(scenario, V01, "first", 20, 21, 30, said=(2, 5, 0, 0)),
            report(scenario, V01, "final", 50, 51, INF, said=(3, 6, 2, 3)),
            report(scenario, V10, "first", 20, INF, INF, said=(3, 6, 0, 0)),
            report(scenario, "T001V001", "final", 5, 6, 7, said=(0, 0, 0, 0)),
        ),
    )


def test_the_county_knows_the_latest_report_that_came() -> None:
    """Known are the final of one village and the first of another; complete never, since two finals are missing."""
    scenario = county_night()
    night = reporting(scenario)
    found = report_up(scenario, night)
    assert found is not None
    assert (found.villages_reported, found.villages_due) == (2, 3)
    assert found.county_complete_min is None
    assert found.median_lag_min == 5.0  # of 2, 2, 5, 10, 40
    assert (found.due_households_known, found.due_persons_known, found.safe_persons_known) == (5, 11, 6)
    only = report_up(scenario, night, inside=scenario.county.below(np.array([scenario.county.index[V00]])))
    assert only is not None
    assert (only.villages_due, only.county_complete_min) == (1, 62.0)


def test_a_county_without_anybody_due_is_not_complete() -> None:
    """Nobody due, nothing reported: no minute at which it was complete, no lag, nothing known."""
    scenario = county_night()
    night = moved(scenario, due=np.zeros(len(threatened(scenario)), dtype=bool))
    found = report_up(scenario, replace(night, reports=()))
    assert found is not None
    assert (found.villages_due, found.county_complete_min, found.median_lag_min) == (0, None, None)
    assert (found.due_households_known, found.due_persons_known, found.safe_persons_known) == (0, 0, 0)
    assert not places_due(scenario, night).any()


def test_a_township_is_reported_once_all_its_villages_due_are() -> None:
    """Two of two villages at 15 and 30: the township at 30. One village missing: never, though another one reported."""
    scenario = county_night()
    index, first = scenario.county.index, reported_min(scenario, reporting(scenario))
    assert [first[index[code]] for code in (V00, V01, V10, "T001V001", "T000V002")] == [15, 30, INF, 7, INF]
    assert [first[index[code]] for code in ("T000", "T001", "C")] == [30, INF, INF]


def test_without_villages_the_level_above_the_lowest_reports() -> None:
    """Lowest places by another name: the townships report, and what lies below is reported with them."""
    scenario = county_night()
    county = scenario.county
    levels = (*county.levels[:2], county.levels[2].model_copy(update={"id": "hamlet"}))
    other = replace(scenario, county=replace(county, levels=levels))
    said = (9, 18, 0, 0)
    night = replace(moved(other), reports=(report(other, "T000", "final", 5, 6, 7, said=said),))
    first = reported_min(other, night)
    assert [first[county.index[code]] for code in ("T000", V00, V01, "T001", V10, "C")] == [7, 7, 7, INF, INF, INF]
    found = report_up(other, night)
    assert found is not None
    assert (found.villages_reported, found.villages_due, found.due_persons_known) == (1, 2, 18)


# Targets --------------------------------------------------------------------------------------------------------------


def judged(scenario: Scenario, night: Night, **changes: object) -> TargetResult:
    """Return the result of one target on safety or reports."""
    plan = {"id": "x", "name": "x", "since": "release", "event": "safe", "of_whom": "listed_household"}
    plan |= {"share": 1.0, "within": "60 min", "probability": 0.9, "applies_to": "x", "source": "x", "status": "演示"}
    target = TargetPlan.model_validate(plan | changes)
    own = replace(scenario, plan=scenario.plan.model_copy(update={"targets": (target,)}))
    return judge(own, night)[0]


def test_a_target_of_safety_is_about_all_who_must_leave() -> None:
    """Four must leave: safe at 20 and 40, one exposed, one away; who must not leave does not count. Counted from the release at 10."""
    scenario = county_night()
    size = len(threatened(scenario))
    night = moved(
        scenario,
        due=np.isin(np.arange(size), (0, 1, 2, 4)),
        safe_min=some(size, {0: 20.0, 1: 40.0, 3: 400.0}),
        onset_min=some(size, {2: 30.0, 4: 30.0}),
        exposed=codes(size, {2: EXPOSED.index("refused")}),
        excluded=np.where(np.arange(size) == 4, AWAY, np.where(np.arange(size) < 4, -1, NO_ONSET)).astype(np.int8),
    )
    every, most = judged(scenario, night), judged(scenario, night, share=0.5)
    assert (every.times_min.tolist(), every.value_min, every.met) == ([20.0, 40.0, INF, INF], None, False)
    assert every.persons is not None
    assert len(every.persons) == 4
    assert (most.value_min, most.met) == (30.0, True)
    assert judged(scenario, night, share=0.5, since="t0").value_min == 40.0


def test_a_target_of_reports_is_about_places_with_somebody_due() -> None:
    """Of three villages due two were reported, at 15 and 30; of two townships one."""
    scenario = county_night()
    night = reporting(scenario)
    village = {"event": "reported", "of_whom": "village", "since": "t0"}
    most = judged(scenario, night, **village, share=0.66)
    assert (sorted(most.times_min), most.value_min, most.met, most.persons) == ([15, 30, INF], 30.0, True, None)
    assert judged(scenario, night, **village).value_min is None
    assert judged(scenario, night, **village | {"of_whom": "township"}, share=0.5).value_min == 30.0


@pytest.mark.parametrize(("event", "of_whom"), [("safe", "listed_household"), ("reported", "township")])
def test_a_target_of_what_is_not_simulated_is_not_met(event: str, of_whom: str) -> None:
    """No times, no value, not met; with nobody due it is simulated, and kept at once."""
    scenario = county_night()
    result = judged(scenario, quiet(scenario), event=event, of_whom=of_whom)
    assert (result.simulated, len(result.times_min), result.value_min, result.met) == (False, 0, None, False)
    nobody = replace(moved(scenario, due=np.zeros(len(threatened(scenario)), dtype=bool)), reports=())
    result = judged(scenario, nobody, event=event, of_whom=of_whom)
    assert (result.simulated, result.value_min, result.met) == (True, 0.0, True)


# Summary and tables -----------------------------------------------------------------------------------------------------


def test_the_summary_says_what_became_of_them() -> None:
    """The blocks by name, ready for JSON; null where the night does not simulate them."""
    scenario = county_night()
    summary = json.loads(json.dumps(summarise(scenario, reporting(scenario)), allow_nan=False))
    assert set(summary["evacuation"]) == {
        *("listed_persons", "warned", "departed", "safe_before_onset", "exposed_at_onset", "exposed_by_cause"),
        *("margin_p10_min", "margin_p50_min", "last_safe_min", "excluded", "unlisted", "key_sites", "shelters"),
        *("struck_zones", "went_home"),
    }
    assert summary["evacuation"]["listed_persons"] == 18
    assert summary["evacuation"]["unlisted"] == {"threatened_persons": 18, "exposed_at_onset": 0}
    assert summary["evacuation"]["shelters"] == {"used": 0, "persons": 0, "full": 0}
    assert summary["report_up"] == {
        "villages_reported": 2,
        "villages_due": 3,
        "county_complete_min": None,
        "median_lag_min": 5.0,
        "due_households_known": 5,
        "due_persons_known": 11,
        "safe_persons_known": 6,
    }
    silent = summarise(scenario, quiet(scenario))
    assert (silent["evacuation"], silent["report_up"]) == (None, None)
    assert evacuation(scenario, quiet(scenario)) is None
    assert evacuation_curve(scenario, quiet(scenario)) is None


def assert_promised(tables: dict[str, pd.DataFrame]) -> None:
    assert list(tables) == list(TABLES)
    for name, frame in tables.items():
        assert list(frame.columns) == TABLES[name].names
        for column in TABLES[name].columns:
            assert frame[column.name].dtype == pd.Series([], dtype=DTYPES[column.kind]).dtype, f"{name}.{column.name}"


def test_without_evacuation_the_tables_stand_empty() -> None:
    """Columns without rows; null where other tables speak of evacuation; the list of the county still stands."""
    scenario = county_night()
    tables = tabulate(scenario, quiet(scenario), naming(scenario))
    assert_promised(tables)
    assert [len(tables[name]) for name in ("shelters", "reports", "evacuation")] == [0, 0, 0]
    for level in ("townships", "villages"):
        assert tables[level][["exposed_persons", "reported_min"]].isna().all(axis=None)
    homes = tables["households"]
    assert homes[["ready_min", "departed_min", "safe_min"]].isna().all(axis=None)
    assert (homes["exposed_cause"] == "").all()
    assert homes["listed"].sum() == scenario.county.households.listed.sum()


def test_each_household_has_its_own_row() -> None:
    """Minutes, cause and whether it must leave stand with the household they are about; a household outside every zone has none."""
    scenario = county_night()
    rows = threatened(scenario)
    size = len(rows)
    night = moved(
        scenario,
        due=np.arange(size) < 2,
        ready_min=some(size, {0: 5.0, 1: 6.0}),
        departed_min=some(size, {0: 7.0, 1: 8.0}),
        safe_min=some(size, {0: 9.0}),
        onset_min=some(size, {0: 30.0, 1: 30.0}),
        exposed=codes(size, {1: EXPOSED.index("on_the_way")}),
    )
    names = naming(scenario)
    homes = tabulate(scenario, night, names)["households"].set_index("household_id")
    safe, exposed = homes.loc[names.household[rows[0]]], homes.loc[names.household[rows[1]]]
    assert safe[["ready_min", "departed_min", "safe_min"]].tolist() == [5.0, 7.0, 9.0]
    assert (safe["listed"], safe["exposed_cause"]) == (True, "")
    assert exposed[["ready_min", "departed_min"]].tolist() == [6.0, 8.0]
    assert math.isnan(exposed["safe_min"])
    assert exposed["exposed_cause"] == "on_the_way"
    assert homes["safe_min"].notna().sum() == 1


def test_shelters_and_reports_are_shown_as_places_are() -> None:
    """By codes where data are synthetic, and not in the official order; with real names by the codes of the county."""
    scenario = county_night()
    codes_of = list(scenario.county.shelters["code"])
    persons = np.array([{"S0": 5, "S1": 7, "S2": 0}[code] for code in codes_of])
    full = np.array([INF if code != "S1" else 50.0 for code in codes_of])
    records = moved(scenario, shelters=ShelterRecords(persons, full, np.full(3, INF))).evacuation
    night = replace(reporting(scenario), evacuation=records)
    assert scenario.synthetic
    names = naming(scenario)
    tables = tabulate(scenario, night, names)
    assert_promised(tables)
    shelters, reports = tables["shelters"], tables["reports"]
    assert shelters["code"].tolist() == ["C-emergency-001", "C-emergency-002", "C-short-003"]
    assert shelters["kind"].tolist() == ["emergency", "emergency", "short"]
    at = {names.code[scenario.county.index[code]]: names.label[scenario.county.index[code]] for code in (V00, V01, V10)}
    assert dict(zip(shelters["place"], shelters["label"], strict=True)) == at
    own = shelters.set_index("place").loc[names.code[scenario.county.index[V00]]]
    assert (own["persons"], own["full_min"], own["capacity"]) == (7, 50.0, 50)
    assert shelters["relieved_min"].isna().all()
    assert reports["place"].is_monotonic_increasing
    assert len(reports) == 7
    of_one = reports[reports["place"] == names.code[scenario.county.index[V00]]]
    assert of_one["kind"].tolist() == ["first", "follow_up", "final"]
    assert of_one["county_min"].tolist() == [15, 80, 62]
    assert reports["township_min"].isna().sum() == 1
    shown = "".join(tables[name].to_csv() for name in ("shelters", "reports", "evacuation"))
    assert not any(word in shown for word in ("村0-", "T000V", "T001V", "小学"))
    real = tabulate(scenario, night, naming(scenario, real_names=True))["shelters"]
    assert sorted(real["code"]) == ["S0", "S1", "S2"]
    assert set(real["place"]) == {V00, V01, V10}


def test_a_zone_struck_is_named_by_its_kind_where_its_code_would_tell_the_place() -> None:
    """The event has the code of the zone; the table has it with real names only."""
    scenario = county_night()
    struck = Event(30.0, "onset", scenario.county.index[V00], "", -1, "", "struck", f"Z{V00}")
    night = replace(quiet(scenario), log=EventLog([struck]))
    for real, shown in ((False, "滑坡"), (True, f"Z{V00}")):
        assert tabulate(scenario, night, naming(scenario, real_names=real))["events"]["detail"].tolist() == [shown]


def test_only_villages_with_somebody_due_stand_in_the_long_table() -> None:
    """The county, every township, and the three villages with households that must leave, each with every measure."""
    scenario = county_night()
    names, index = naming(scenario), scenario.county.index
    long = tabulate(scenario, reporting(scenario), names)["evacuation"]
    assert long["place"].drop_duplicates().tolist() == [
        "C",
        "T000",
        "T001",
        *sorted(names.code[index[code]] for code in (V00, V01, V10)),
    ]
    assert long["measure"].tolist() == list(MEASURES) * 6
    listed = long[long["measure"] == "listed"].set_index("place")
    assert listed.loc["T000", ["households", "persons"]].tolist() == [6, 12]


def test_the_new_tables_are_written(tmp_path: Path) -> None:
    """Each stands in the result folder as CSV and in the manifest."""
    scenario = county_night()
    night = reporting(scenario)
    with ResultFolder(scenario, "x", tmp_path / "out", [], {}) as folder:
        folder.write(tabulate(scenario, night, naming(scenario)), summarise(scenario, night))
    files = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["files"]
    for name in ("shelters", "reports", "evacuation"):
        assert f"{name}.csv" in files
        frame = pd.read_csv(tmp_path / "out" / f"{name}.csv", encoding="utf-8-sig")
        assert list(frame.columns) == TABLES[name].names
