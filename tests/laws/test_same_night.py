"""The same night whatever should not matter: process, row order, unused means, an empty village, what was simulated before.

Luck belongs to entities, so none of these may move a single bit of a record.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.measures import naming, tabulate
from sim.records import CAUSES, CHANNELS, REPORT_KINDS, Night
from sim.scenario import Scenario, load_scenario
from sim.warning import simulate
from tests.strategies import Small, full_night, played, with_outages

ROOT = Path(__file__).parents[2]
Tables = dict[str, pd.DataFrame]

DIGEST = """
import sys
from tests.laws.test_same_night import digest
print(digest(sys.argv[1], int(sys.argv[2])))
"""


# Tools ----------------------------------------------------------------------------------------------------------------


def linked_night() -> Small:
    """Return the full night with outages, and calls across the tree as well."""
    night = with_outages(full_night())
    night.tables["links.csv"] = [
        {"caller": "C", "callee": "T001V002", "act": "add"},
        {"caller": "T000", "callee": "T002V001", "act": "add"},
        {"caller": "T002", "callee": "T002V000", "act": "remove"},
        {"caller": "T001", "callee": "T002V000", "act": "add"},
    ]
    return night


def recorded(scenario: Scenario, night: Night, *, without: str = "") -> Tables:
    """Return every record of a night by codes and ids, in the order in which it stands; without those of one act."""
    county, plan = scenario.county, scenario.plan
    code, homes = np.array([*county.places.code, ""], dtype=object), county.households.id
    node = [
        *county.places.code,
        *county.key_sites["code"],
        *(f"{e.place}/{e.person.id}" for e in scenario.roster.responsible),
    ]
    desk = np.array([*node, *("" for _ in range(9)), "nobody"], dtype=object)
    act_id = np.array([*(act.id for act in night.acts), "nobody"], dtype=object)
    events = pd.DataFrame(night.events)
    events[["place", "counterpart"]] = code[events[["place", "counterpart"]].to_numpy()]
    made = {"events": events[(events["act_id"] != without) | (without == "")].reset_index(drop=True)}
    made["places"] = pd.DataFrame({"place": county.places.code} | vars(night.places))
    made["households"] = pd.DataFrame({"id": homes} | vars(night.households))
    made["households"]["first_act"] = act_id[night.households.first_act]
    for act in (act for act in night.acts if act.id != without):
        calls, reception = act.calls, act.reception
        columns = {name: getattr(calls, name) for name in ("acknowledged_min", "acknowledged_by", "cause")}
        made[f"{act.id} calls"] = pd.DataFrame({"node": node, "caller": desk[calls.caller]} | columns)
        made[f"{act.id} minutes"] = pd.DataFrame(calls.minutes)
        made[f"{act.id} dispatched"] = pd.DataFrame({"place": county.places.code, "t_min": calls.dispatched_min})
        made[f"{act.id} decided"] = pd.DataFrame({"t_min": act.decided_min})
        told = {name: getattr(reception, name) for name in ("told_min", "first_by", "confirmed_min", "reason")}
        made[f"{act.id} reception"] = pd.DataFrame({"id": homes[reception.rows]} | told)
        for name, one in reception.reached.items():
            made[f"{act.id} {name}"] = pd.DataFrame(
                {"id": homes[reception.rows[one.who]], "told_min": one.told_min} | dict(one.steps)
            )
    if (one := night.evacuation) is not None:
        columns = {
            name: part
            for name, part in vars(one).items()
            if isinstance(part, np.ndarray) and name not in ("rows", "known_min")
        }
        made["evacuation"] = pd.DataFrame({"id": homes[one.rows]} | columns)
        made["shelters"] = pd.DataFrame({"code": county.shelters["code"]} | vars(one.shelters))
        made["key sites"] = pd.DataFrame(vars(one.key_sites))
        made["reports"] = pd.DataFrame(report._replace(place=code[report.place]) for report in night.reports or ())
    made["messages"] = pd.DataFrame([message for message in night.messages if message.act_id != without])
    made["releases"] = pd.DataFrame({"t_min": [night.release_min], "end": [plan.end_min]})
    return made


def digest(path: str, replication: int) -> str:
    """Return a hash over every shown table and every record of one night of the scenario at ``path``."""
    scenario = load_scenario(path)
    night = simulate(scenario, replication)
    total = hashlib.sha256()
    for tables in (recorded(scenario, night), tabulate(scenario, night, naming(scenario))):
        for name, frame in tables.items():
            total.update(name.encode() + frame.to_csv(index=False).encode())
    return total.hexdigest()


def assert_same(one: Tables, other: Tables) -> None:
    """Every table is the same, to the last bit and in the same order."""
    assert one.keys() == other.keys()
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[name], check_exact=True)


@pytest.fixture(scope="module")
def usual() -> tuple[Scenario, Night]:
    """Return the full night as written."""
    return played(linked_night())


# Sanity of the example ------------------------------------------------------------------------------------------------


def test_the_night_of_these_laws_leaves_nothing_idle(usual: tuple[Scenario, Night]) -> None:
    """Every means tells somebody, somebody is never told, calls fail and are busy, desks know in every way."""
    _, night = usual
    assert {name for act in night.acts for name, one in act.reception.reached.items() if len(one.who)} == set(CHANNELS)
    assert -1 in night.households.first_by
    assert night.evacuation is not None
    assert set(night.evacuation.exposed.tolist()) > {-1}
    assert night.evacuation.helped.any()
    assert {report.kind for report in night.reports or ()} == set(REPORT_KINDS)
    acts = {event.act for event in night.events}
    assert acts >= {"answered", "no_answer", "busy", "replied", "no_reply", "set_out", "acknowledged", "given_up"}
    assert acts >= {"no_service", "failed", "restored"}
    causes = {CAUSES[code] for act in night.acts for code in act.calls.cause.tolist() if code >= 0}
    assert causes == set(CAUSES)
    assert np.isfinite(night.places.acknowledged_min).sum() > 6


# Process --------------------------------------------------------------------------------------------------------------


def test_another_process_with_another_hash_seed_plays_the_same_night(tmp_path: Path) -> None:
    """Sets and dictionaries hash differently there; tables and events are the same bytes."""
    path = linked_night().write(tmp_path)
    here = digest(str(path), 2)
    for hash_seed in ("0", "4242"):
        there = subprocess.run(
            [sys.executable, "-c", DIGEST, str(path), "2"],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.strip() == here


def test_the_order_of_replications_does_not_matter(usual: tuple[Scenario, Night]) -> None:
    """Night 0 after nights 3 and 1 is night 0 played first, also from a scenario loaded anew."""
    scenario, first = usual
    simulate(scenario, 3)
    simulate(scenario, 1)
    again = simulate(scenario, 0)
    fresh_scenario, fresh = played(linked_night())
    assert again.events == first.events == fresh.events
    assert_same(recorded(scenario, again), recorded(scenario, first))
    assert_same(recorded(fresh_scenario, fresh), recorded(scenario, first))


# Rows -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(linked_night().tables))
@pytest.mark.parametrize("shuffle", ["reversed", "rotated"])
def test_the_order_of_rows_does_not_matter(usual: tuple[Scenario, Night], name: str, shuffle: str) -> None:
    """Any input table with its rows in another order gives the same records, to the last bit."""
    night = linked_night()
    rows = night.tables[name]
    if shuffle == "reversed":
        rows.reverse()
    else:
        rows.append(rows.pop(0))
    assert rows != linked_night().tables[name]
    scenario, result = played(night)
    assert_same(recorded(scenario, result), recorded(*usual))


def test_the_order_of_columns_and_of_keys_does_not_matter(usual: tuple[Scenario, Night]) -> None:
    """Columns of every table from right to left, and posts, desks and channels the other way round."""
    night = linked_night()
    night.tables = {name: [dict(reversed(row.items())) for row in rows] for name, rows in night.tables.items()}
    for block in (
        night.scenario,
        night.scenario["channels"],
        night.scenario["roster"]["posts"],
        night.scenario["roster"]["desks"],
    ):
        items = list(block.items())
        block.clear()
        block.update(reversed(items))
    night.scenario["warnings"][0]["means"].reverse()
    scenario, result = played(night)
    one, other = recorded(scenario, result), recorded(*usual)
    assert one.keys() == other.keys()
    assert sorted(result.events) == sorted(usual[1].events)
    assert_same(
        {name: one[name] for name in one if name != "events"}, {name: other[name] for name in one if name != "events"}
    )


# Additions that concern nobody ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "channel", [name for name in (*CHANNELS, "work_app", "courier", "mesh", "beidou") if name != "phone"]
)
def test_a_channel_that_is_described_but_not_used_changes_nothing(channel: str) -> None:
    """A warning, desks and persons called by telephone alone: the same with and without the plan of another channel."""
    night = linked_night()
    scenario, roster = night.scenario, night.scenario["roster"]
    del scenario["means_by_level"], scenario["local"], scenario["orders"], scenario["reception"]
    scenario["evacuation"]["triggers"] = {"any": {"name": "任何预警", "on": ["orange", "red"]}}
    for warning in scenario["warnings"]:
        warning["means"] = ["phone"]
    by_phone = [{"post": post, "tries": 2, "ring": "30 s"} for post in roster["posts"]]
    roster["ladders"] = {level: {"steps": by_phone} for level in roster["ladders"]}
    roster["responsible"]["steps"] = [{"tries": 2, "ring": "30 s"}]
    roster["neighbour_counties"] = []
    roster["fallback"]["means"] = ["radio_370", "sat_phone"]
    with_it = played(night)
    del scenario["channels"][channel]
    without = played(night)
    assert with_it[1].events == without[1].events
    assert_same(recorded(*with_it), recorded(*without))


NOTHING = {"consultation": "1 min", "sign_off": "1 min", "signed_by": "x", "release": "1 min", "means": []}


@pytest.mark.parametrize(
    ("block", "act"),
    [
        ("warnings", {"id": "nothing", "level": "blue", "after": "up"}),
        ("warnings", {"id": "nothing", "level": "yellow", "after": "t0", "area": ["T000"]}),
        ("response", {"id": "nothing", "level": "IV", "after": "w"}),
        ("orders", {"id": "nothing", "stage": "prepare", "area": "listed", "after": "sighting"}),
    ],
)
@pytest.mark.parametrize("at", [0, 9])
def test_an_act_that_calls_and_tells_nobody_changes_no_other(
    usual: tuple[Scenario, Night], block: str, act: dict[str, object], at: int
) -> None:
    """No means and no call target: whether it stands first or last, every other act has its calls, minutes and households."""
    night = linked_night()
    for target in night.scenario["call_targets"]:
        kind = {"response": ["II"], "order": ["move"], "warning": ["red", "orange"]}[target["act"]]
        target["levels"] = kind
    night.scenario[block].insert(at, NOTHING | act)
    scenario, result = played(night)
    nothing = next(act for act in result.acts if act.id == "nothing")
    assert np.isinf(nothing.calls.acknowledged_min[1:]).all()
    assert not nothing.reception.reached
    after, before = recorded(scenario, result, without="nothing"), recorded(*usual)
    columns = list(before["events"].columns)
    for tables in (after, before):
        tables["events"] = tables["events"].sort_values(columns, ignore_index=True)
    assert_same(dict(sorted(after.items())), dict(sorted(before.items())))


def test_a_village_without_households_leaves_everybody_else_alone() -> None:
    """Callers, messengers, sets enough, nobody asks the next village: one village more in the table, all others have their night."""
    night = linked_night()
    roster = night.scenario["roster"]
    for desk in (
        *roster["desks"].values(),
        roster["governance"],
        *roster["departments"],
        *roster["neighbour_counties"],
    ):
        desk["callers"] = 99
    for desk in roster["desks"].values():
        desk["couriers"] = 99
    for row in night.tables["sets.csv"]:
        row["count"] = 99
    roster["fallback"]["means"].remove("neighbour_place")
    night.scenario["channels"]["auto_call"]["lines"] = 99
    without = played(night)
    empty = "T001V000A"
    night.tables["villages.csv"].insert(4, {"code": empty, "name": "空村", "parent": "T001", "x_m": 1, "y_m": 2})
    with_it = played(night)
    before, after = recorded(*without), recorded(*with_it)
    assert len(after["events"]) > len(before["events"])
    nodes = after["w calls"]["node"] != empty
    columns = list(before["events"].columns)
    for name, frame in after.items():
        shown = frame
        if name.endswith("minutes"):
            shown = frame[nodes]
        for column in frame.columns.intersection(["place", "counterpart", "node"]):
            shown = shown[shown[column] != empty]
        after[name] = shown.reset_index(drop=True)
    for tables in (after, before):
        tables["events"] = tables["events"].sort_values(columns, ignore_index=True)
    assert_same(before, after)


# Seeds ----------------------------------------------------------------------------------------------------------------


def test_the_smallest_and_the_largest_seed_are_two_nights() -> None:
    """Seeds 0 and 2⁶⁴−1 are both played, and differ from each other."""
    low, high = (played(full_night(), f"seed={seed}")[1] for seed in (0, 2**64 - 1))
    assert (low.seed, high.seed) == (0, 2**64 - 1)
    assert low.release_min != high.release_min
    assert not np.array_equal(low.households.warned_min, high.households.warned_min)


def test_each_replication_is_another_night_of_the_same_county(usual: tuple[Scenario, Night]) -> None:
    """Twenty replications: twenty different releases, one set of households."""
    scenario, _ = usual
    nights = [simulate(scenario, k) for k in range(20)]
    assert len({night.release_min for night in nights}) == 20
    assert len({night.households.warned_min.tobytes() for night in nights}) == 20
    assert [night.replication for night in nights] == list(range(20))


def test_the_seed_of_the_county_makes_no_luck_of_the_night(usual: tuple[Scenario, Night]) -> None:
    """With every household and place given, another county seed moves only what is synthesised: here ways of living and queue."""
    night = linked_night()
    night.scenario["county"] = {"folder": "county", "seed": 4}
    _, other = played(night)
    assert other.release_min == usual[1].release_min
    assert np.array_equal(other.places.acknowledged_min, usual[1].places.acknowledged_min)
