"""Small valid nights: as plain data to change and write into a folder, and as hypothesis strategies.

``Small`` holds every table and the scenario as Python data. Change what the test is about, then ``load()`` it through the public door.
By default nothing is left to chance: every duration is fixed and everybody answers.
"""

from __future__ import annotations

import copy
import csv
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

from sim.records import Night
from sim.scenario import Scenario, load_scenario
from sim.warning import simulate

ALL_DAY = [1.0] * 24
NEVER = [0.0] * 24


def _scenario() -> dict[str, Any]:
    return {
        "name": "small",
        "start": "2025-07-11 01:20",
        "end": "10 h",
        "seed": 7,
        "county": "county",
        "hazard": {"kind": "rainstorm", "rain": "heavy"},
        "warnings": [
            {
                "id": "w",
                "level": "red",
                "consultation": "0 min",
                "sign_off": "0 min",
                "signed_by": "desk",
                "release": "0 min",
                "means": ["phone"],
            }
        ],
        "channels": {
            "phone": {"pickup": "0 s", "talk": "1 min"},
            "sms": {
                "setup": "0 min",
                "rate": "100 /s",
                "messages_per_person": 1.0,
                "order": "any",
                "loss": 0.0,
                "latency": "10 s",
                "noticed_awake": 1.0,
                "noticed_asleep": 1.0,
                "read_delay": "0 min",
                "duty": {"read": 1.0, "delay": "1 min"},
            },
            "broadcast": {
                "setup": "2 min",
                "online": 1.0,
                "source_level": "119 dB",
                "absorption_db_per_m": 0.005,
                "screening": "0 dB",
                "awake": {"dry": "68 dB", "light": "72 dB", "heavy": "75 dB"},
                "asleep": {"dry": "85 dB", "light": "86 dB", "heavy": "87 dB"},
                "listen": "1 min",
            },
            "door": {
                "teams": 1,
                "assemble": "5 min",
                "per_house": "2 min",
                "speed": "6 km/h",
                "detour": 1.0,
                "pace": {"dry": 1.0, "light": 1.5, "heavy": 3.0},
                "answered": 1.0,
                "absent": "1 min",
            },
        },
        "roster": {
            "handover": "08:30",
            "posts": {"officer": {"title": "值班员", "reachable": 1.0, "answer": 1.0}},
            "desks": {level: {"callers": 1, "relay": "0 min"} for level in ("county", "township", "village")},
            "ladders": {
                level: {"steps": [{"post": "officer", "tries": 1, "ring": "30 s"}]} for level in ("township", "village")
            },
        },
        "targets": [],
    }


def _county() -> dict[str, Any]:
    return {
        "name": "小县",
        "code": "C",
        "seed": 3,
        "residents": 0,
        "levels": [
            {"id": "county", "name": "县", "short": "县"},
            {"id": "township", "name": "乡镇", "short": "镇", "table": "townships.csv"},
            {"id": "village", "name": "村", "short": "村", "table": "villages.csv", "coded": True},
        ],
        "habits": {
            "asleep": NEVER,
            "patterns": [
                {"id": "home", "share": 1.0, "at_home": ALL_DAY},
                {"id": "away", "share": 0.0, "at_home": NEVER},
            ],
        },
    }


@dataclass
class Small:
    """A small night as data: ``scenario`` and ``county`` as YAML, ``tables`` as rows by file name (in the county folder)."""

    scenario: dict[str, Any] = field(default_factory=_scenario)
    county: dict[str, Any] = field(default_factory=_county)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write everything below ``folder`` and return the path of the scenario."""
        home = folder / "county"
        home.mkdir(parents=True, exist_ok=True)
        _write_yaml(home / "county.yaml", self.county)
        for name, rows in self.tables.items():
            columns = list(dict.fromkeys(key for row in rows for key in row))
            with (home / name).open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.DictWriter(stream, columns)
                writer.writeheader()
                writer.writerows(rows)
        _write_yaml(folder / "night.yaml", self.scenario)
        return folder / "night.yaml"

    def load(self, folder: Path, *overrides: str) -> Scenario:
        """Write everything below ``folder`` and load it."""
        return load_scenario(self.write(folder), overrides)

    def copy(self) -> Small:
        """Return a deep copy to change."""
        return copy.deepcopy(self)


def _write_yaml(path: Path, data: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(data, stream)


def small(townships: int = 2, villages: int = 3, households: int = 4) -> Small:
    """Return a night with so many townships, villages in each, and households in each village, 50 m apart in a row."""
    night = Small()
    night.tables["townships.csv"] = [
        {"code": f"T{t:03d}", "name": f"镇{t}", "parent": "C", "x_m": 5000 * t, "y_m": 0} for t in range(townships)
    ]
    night.tables["villages.csv"] = [
        {"code": f"T{t:03d}V{v:03d}", "name": f"村{t}-{v}", "parent": f"T{t:03d}", "x_m": 5000 * t, "y_m": 1000 * v}
        for t in range(townships)
        for v in range(villages)
    ]
    night.tables["households.csv"] = [
        {
            "household": f"H{h:04d}",
            "place": f"T{t:03d}V{v:03d}",
            "persons": 1,
            "phone": "smart",
            "pattern": "home",
            "x_m": 5000 * t + 50 * (h + 1),
            "y_m": 1000 * v,
        }
        for t in range(townships)
        for v in range(villages)
        for h in range(households)
    ]
    return night


def households_by_phone(**changes: object) -> dict[str, object]:
    """Return a plan of household calls that leaves nothing to chance."""
    plan = {
        "callers": 1,
        "setup": "0 min",
        "answered_awake": 1.0,
        "answered_asleep": 1.0,
        "talk": "1 min",
        "ring": "30 s",
    }
    return plan | changes


@st.composite
def small_nights(draw: st.DrawFn) -> Small:
    """Return small valid nights: shape, seed, chances, means and callers vary."""
    share = st.integers(0, 20).map(lambda n: n / 20)
    minutes = st.integers(0, 30).map(lambda n: f"{n / 2} min")
    night = small(draw(st.integers(1, 3)), draw(st.integers(1, 4)), draw(st.integers(1, 6)))
    scenario = night.scenario
    scenario["seed"] = draw(st.integers(0, 2**64 - 1))
    scenario["start"] = f"2025-07-{draw(st.integers(1, 28)):02d} {draw(st.integers(0, 23)):02d}:20"
    scenario["warnings"][0]["means"] = draw(
        st.lists(st.sampled_from(["sms", "phone", "broadcast", "door"]), min_size=1, max_size=4, unique=True)
    )
    scenario["warnings"][0]["consultation"] = draw(minutes)
    scenario["warnings"][0]["release"] = {"exponential": {"mean": "3 min"}}
    scenario["hazard"]["rain"] = draw(st.sampled_from(["dry", "light", "heavy"]))
    scenario["roster"]["posts"]["officer"] |= {"reachable": draw(share), "answer": draw(share)}
    scenario["roster"]["posts"]["deputy"] = {"title": "副班", "reachable": draw(share), "answer": draw(share)}
    for ladder in scenario["roster"]["ladders"].values():
        ladder["steps"] = [
            {"post": post, "tries": draw(st.integers(1, 3)), "ring": "30 s", "gap": draw(minutes)}
            for post in ("officer", "deputy")
        ]
    for desk in scenario["roster"]["desks"].values():
        desk["callers"] = draw(st.integers(1, 3))
        desk["relay"] = draw(minutes)
    channels = scenario["channels"]
    channels["phone"]["pickup"] = {"lognormal": {"median": "10 s", "p90": "20 s"}}
    channels["phone"]["households"] = {
        "callers": draw(st.integers(1, 2)),
        "setup": draw(minutes),
        "answered_awake": draw(share),
        "answered_asleep": draw(share),
        "talk": {"uniform": {"low": "30 s", "high": "90 s"}},
        "ring": "30 s",
    }
    channels["sms"] |= {"loss": draw(share), "noticed_awake": draw(share), "noticed_asleep": draw(share)}
    channels["broadcast"]["online"] = draw(share)
    channels["door"] |= {"answered": draw(share), "teams": draw(st.integers(1, 3))}
    night.county["habits"]["asleep"] = [draw(share)] * 24
    for row in night.tables["households.csv"]:
        row["phone"] = draw(st.sampled_from(["none", "feature", "smart"]))
        row["pattern"] = draw(st.sampled_from(["home", "away"]))
        row["persons"] = draw(st.integers(1, 5))
    return night


def played(night: Small, *overrides: str, replication: int = 0) -> tuple[Scenario, Night]:
    """Load ``night`` from a folder that does not outlive the call, play it, and return scenario and records."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = night.load(Path(folder), *overrides)
    return scenario, simulate(scenario, replication)
