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
from sim.records import Night
from sim.scenario import Scenario, load_scenario
from sim.warning import simulate
from tests.strategies import Small, played, small

ROOT = Path(__file__).parents[2]
Tables = dict[str, pd.DataFrame]

DIGEST = """
import sys
from tests.laws.test_same_night import digest
print(digest(sys.argv[1], int(sys.argv[2])))
"""


# Tools ----------------------------------------------------------------------------------------------------------------


def full_night() -> Small:
    """Return a small night with every input table, every means, links, listed households, and luck at every step."""
    night = small(3, 3, 5)
    scenario, tables = night.scenario, night.tables
    scenario["start"] = "2025-07-11 08:10"  # the roster and the duty day change during the night
    scenario["warnings"][0]["means"] = ["sms", "phone", "broadcast", "door"]
    scenario["warnings"][0]["consultation"] = {"triangular": {"low": "3 min", "mode": "6 min", "high": "15 min"}}
    roster, channels = scenario["roster"], scenario["channels"]
    roster |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    roster["posts"] = {
        post: {"title": post, "reachable": 0.8, "answer": 0.6} for post in ("officer", "deputy", "leader")
    }
    for ladder in roster["ladders"].values():
        ladder["steps"] = [{"post": post, "tries": 2, "ring": "30 s", "gap": "1 min"} for post in roster["posts"]]
    for desk in roster["desks"].values():
        desk["relay"] = {"exponential": {"mean": "2 min"}}
    channels["phone"] = {
        "pickup": {"lognormal": {"median": "10 s", "p90": "20 s"}},
        "talk": {"exponential": {"mean": "1 min"}},
        "households": {
            "callers": 2,
            "setup": {"exponential": {"mean": "2 min"}},
            "answered_awake": 0.7,
            "answered_asleep": 0.3,
            "talk": {"uniform": {"low": "30 s", "high": "90 s"}},
            "ring": "30 s",
        },
    }
    channels["sms"] |= {
        "rate": "10 /min",
        "loss": 0.1,
        "noticed_awake": 0.4,
        "read_delay": {"exponential": {"mean": "4 min"}},
    }
    channels["broadcast"]["online"] = 0.6
    channels["door"] |= {"answered": 0.9, "per_house": {"exponential": {"mean": "2 min"}}, "teams": 2}
    night.county["habits"]["asleep"] = [0.3] * 24
    night.county["habits"]["patterns"] = [
        {"id": "home", "share": 0.6, "at_home": [0.9] * 24},
        {"id": "away", "share": 0.4, "at_home": [0.2] * 24},
    ]
    villages = [row["code"] for row in tables["villages.csv"]]
    tables["zones.csv"] = [{"code": f"Z{n}", "kind": "点", "place": villages[n]} for n in range(0, 9, 2)]
    tables["loudspeakers.csv"] = [{"code": f"L{n}", "place": village} for n, village in enumerate(villages)]
    tables["links.csv"] = [
        {"caller": "C", "callee": "T001V002", "act": "add"},
        {"caller": "T000", "callee": "T002V001", "act": "add"},
        {"caller": "T002", "callee": "T002V000", "act": "remove"},
        {"caller": "T001", "callee": "T002V000", "act": "add"},
    ]
    for n, row in enumerate(tables["households.csv"]):
        v = n // 5
        row |= {"persons": 1 + n % 4, "zone": f"Z{v}" if v % 2 == 0 and n % 5 < 2 else "", "pattern": ""}
        row["phone"] = ("smart", "feature", "smart", "无")[n % 4]
    tables["persons.csv"] = [{"person": f"P{n}", "name": f"甲{n}"} for n in range(24)]
    tables["shifts.csv"] = [
        {"desk": "T000", "post": "officer", "person": "P0", "from": "2025-07-10 08:30", "to": "2025-07-11 08:30"},
        {"desk": "T000", "post": "officer", "person": "P1", "from": "2025-07-11 08:30", "to": "2025-07-12 08:30"},
        {"desk": "T000", "post": "leader", "person": "P2"},
        {"desk": "T001", "post": "officer", "person": "P3"},
        {"desk": "T001", "post": "deputy", "person": "P4"},
        *({"desk": code, "post": "officer", "person": f"P{5 + n}"} for n, code in enumerate(villages[:6])),
        *({"desk": code, "post": "deputy", "person": f"P{12 + n}"} for n, code in enumerate(villages[:6])),
    ]
    return night


def tables_of(scenario: Scenario, night: Night) -> Tables:
    """Return every table of a night, with real names, so that codes do not depend on their neighbours."""
    return tabulate(scenario, night, naming(scenario, real_names=True))


def digest(path: str, replication: int) -> str:
    """Return a hash over every shown table and every event of one night of the scenario at ``path``."""
    scenario = load_scenario(path)
    night = simulate(scenario, replication)
    total = hashlib.sha256(repr(night.events).encode())
    for name, frame in tabulate(scenario, night, naming(scenario)).items():
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
    return played(full_night())


# Sanity of the example ------------------------------------------------------------------------------------------------


def test_the_night_of_these_laws_leaves_nothing_idle(usual: tuple[Scenario, Night]) -> None:
    """Every means tells somebody, somebody is never told, some calls fail, some desks have a second caller."""
    _, night = usual
    assert set(night.households.first_by.tolist()) == {-1, 0, 1, 2, 3}
    assert {"answered", "no_answer", "acknowledged"} <= {event.act for event in night.events}
    assert np.isfinite(night.places.acknowledged_min).sum() > 6


# Process --------------------------------------------------------------------------------------------------------------


def test_another_process_with_another_hash_seed_plays_the_same_night(tmp_path: Path) -> None:
    """Sets and dictionaries hash differently there; tables and events are the same bytes."""
    path = full_night().write(tmp_path)
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
    fresh_scenario, fresh = played(full_night())
    assert again.events == first.events == fresh.events
    assert_same(tables_of(scenario, again), tables_of(scenario, first))
    assert_same(tables_of(fresh_scenario, fresh), tables_of(scenario, first))


# Rows -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(full_night().tables))
@pytest.mark.parametrize("shuffle", ["reversed", "rotated"])
def test_the_order_of_rows_does_not_matter(usual: tuple[Scenario, Night], name: str, shuffle: str) -> None:
    """Any input table with its rows in another order gives the same tables and events."""
    night = full_night()
    rows = night.tables[name]
    if shuffle == "reversed":
        rows.reverse()
    else:
        rows.append(rows.pop(0))
    assert rows != full_night().tables[name]
    scenario, result = played(night)
    assert result.events == usual[1].events
    assert_same(tables_of(scenario, result), tables_of(*usual))


def test_the_order_of_columns_and_of_keys_does_not_matter(usual: tuple[Scenario, Night]) -> None:
    """Columns of every table from right to left, and posts, desks and channels the other way round."""
    night = full_night()
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
    assert result.events[:3] == usual[1].events[:3]
    assert sorted(result.events) == sorted(usual[1].events)
    assert np.array_equal(result.households.warned_min, usual[1].households.warned_min)
    assert np.array_equal(result.households.first_by, usual[1].households.first_by)
    assert scenario.county.places.code == usual[0].county.places.code


# Additions that concern nobody ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", ["sms", "broadcast", "door"])
def test_a_channel_that_is_described_but_not_used_changes_nothing(channel: str) -> None:
    """A warning by telephone alone is the same with and without the plan of another channel."""
    night = full_night()
    night.scenario["warnings"][0]["means"] = ["phone"]
    with_it = played(night)
    del night.scenario["channels"][channel]
    without = played(night)
    assert with_it[1].events == without[1].events
    assert_same(tables_of(*with_it), tables_of(*without))


def test_a_village_without_households_leaves_everybody_else_alone() -> None:
    """Callers enough: one village more, in the middle of the table, and every other place and household has its night."""
    night = full_night()
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = 99
    without = played(night)
    night.tables["villages.csv"].insert(4, {"code": "T001V000A", "name": "空村", "parent": "T001", "x_m": 1, "y_m": 2})
    with_it = played(night)
    before, after = tables_of(*without), tables_of(*with_it)
    assert_same({"h": before["households"]}, {"h": after["households"]})
    others = after["villages"][after["villages"]["code"] != "T001V000A"].reset_index(drop=True)
    assert len(others) == len(after["villages"]) - 1
    assert_same({"v": before["villages"], "t": before["townships"]}, {"v": others, "t": after["townships"]})
    names = ("空村", "镇1·空村")
    events = after["events"][~after["events"]["place"].isin(names)].reset_index(drop=True)
    assert len(events) < len(after["events"])
    columns = ["t_min", "event", "place", "actor_post", "channel", "act"]
    pd.testing.assert_frame_equal(
        events[columns].sort_values(columns, ignore_index=True),
        before["events"][columns].sort_values(columns, ignore_index=True),
    )


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
    night = full_night()
    night.scenario["county"] = {"folder": "county", "seed": 4}
    _, other = played(night)
    assert other.release_min == usual[1].release_min
    assert np.array_equal(other.places.acknowledged_min, usual[1].places.acknowledged_min)
