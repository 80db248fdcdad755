"""Small valid nights: as plain data to change and write into a folder, and as hypothesis strategies.

``Small`` holds every table and the scenario as Python data. Change what the test is about, then ``load()`` it through the public door.
By default nothing is left to chance: every duration is fixed and everybody answers. ``small`` describes four means; ``describe`` adds
any other with what it needs in the county.
"""

from __future__ import annotations

import copy
import csv
import itertools
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from sim.records import CHANNELS, Night
from sim.scenario import Scenario, load_scenario
from sim.warning import simulate

ALL_DAY = [1.0] * 24
NEVER = [0.0] * 24
MESSAGES = ("sms", "flash_sms", "wechat", "cell_broadcast")
CARRIED = ("gong", "whistle", "hand_siren", "megaphone")
BY_DESKS = frozenset({"wechat", "phone", "patrol_car", "door", *CARRIED})
"""The means that here begin with a desk that has answered."""


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
        "platform": {"kind": "fused", "operators": 1, "entry": "0 min"},
        "channels": {
            "phone": {
                "needs": ["power", "mobile_network", "person"],
                "acknowledges": True,
                "pickup": "0 s",
                "talk": "1 min",
                "busy_tone": "10 s",
                "redial": "1 min",
            },
            "sms": message(rate="100 /s", latency="10 s"),
            "sound": {
                "absorption_db_per_m": 0.005,
                "awake": {"dry": "68 dB", "light": "72 dB", "heavy": "75 dB"},
                "asleep": {"dry": "85 dB", "light": "86 dB", "heavy": "87 dB"},
                "listen": "1 min",
            },
            "broadcast": {
                "needs": ["power", "backhaul"],
                "acknowledges": False,
                "setup": "2 min",
                "terminals": {kind: {"online": 1.0, "delay": "0 s"} for kind in ("ip", "fm", "satellite")},
                "source_level": "119 dB",
                "screening": "0 dB",
            },
            "walking": {
                "speed": "6 km/h",
                "detour": 1.0,
                "pace": {"dry": 1.0, "light": 1.5, "heavy": 3.0},
                "night": 1.0,
            },
            "door": {
                "needs": ["person"],
                "acknowledges": True,
                "teams": 1,
                "assemble": "5 min",
                "per_house": "2 min",
                "same_building": "0 s",
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
        "call_targets": [call_target()],
        "targets": [],
    }


EVERY_CHANGE: dict[object, list[str]] = {
    "warning": ["issue", "upgrade", "downgrade", "lift"],
    "response": ["activate", "raise", "lower", "end"],
    "order": [],
}


def call_target(**changes: object) -> dict[str, object]:
    """Return an entry of 两叫应 that has every desk called at every warning, whatever its change."""
    plan = {
        "id": "desks",
        "name": "叫应各级值班室",
        "act": "warning",
        "whom": "desks",
        "share": 1.0,
        "within": "60 min",
        "probability": 0.9,
        "applies_to": "演练",
        "source": "测试",
        "status": "演示",
    } | changes
    return {"changes": EVERY_CHANGE[plan["act"]]} | plan if EVERY_CHANGE[plan["act"]] else plan


def message(**changes: object) -> dict[str, object]:
    """Return a plan of messages to everyone that leaves nothing to chance."""
    plan = {
        "needs": ["power", "mobile_network"],
        "acknowledges": False,
        "setup": "0 min",
        "sent_by": "platform",
        "messages_per_person": 1.0,
        "order": "any",
        "smartphone": 1.0,
        "feature_phone": 1.0,
        "off": 0.0,
        "validity": "24 h",
        "latency": "0 s",
        "noticed_awake": 1.0,
        "noticed_asleep": 1.0,
        "read_delay": "0 min",
        "duty": {"read": 1.0, "delay": "1 min"},
    }
    return plan | changes


CALLS_ONLY = frozenset({"work_app", "courier"})
"""Ways of calling desks that tell no household."""
PACE = {"dry": 1.0, "light": 1.5, "heavy": 3.0}


def channel(name: str) -> dict[str, object]:
    """Return a plan of a means that ``small`` does not describe; it leaves nothing to chance."""
    common: dict[str, object] = {"needs": ["power", "person"], "acknowledges": False}
    if name in MESSAGES:
        return message(sent_by="desk" if name == "wechat" else "platform")
    if name in CARRIED:
        return common | {"fetch": "1 min", "source_level": "100 dB", "passing": "10 m"}
    own: dict[str, dict[str, object]] = {
        "work_app": {"duty": {"read": 1.0, "delay": "1 min"}},
        "auto_call": {
            "acknowledges": True,
            "setup": "1 min",
            "lines": 2,
            "whom": "all",
            "reachable": 1.0,
            "answered_awake": 1.0,
            "answered_asleep": 1.0,
            "talk": "1 min",
            "ring": "30 s",
            "tries": 2,
            "gap": "2 min",
            "duty": {"answer_factor": 1.0, "talk": "1 min", "pickup": "0 s"},
        },
        "area_terminal": {"setup": "1 min", "online": 1.0, "source_level": "120 dB", "screening": "0 dB"},
        "tv": {"setup": "1 min", "watching": 1.0, "notice": "1 min"},
        "patrol_car": {
            "fetch": "1 min",
            "speed": "20 km/h",
            "detour": 1.0,
            "pace": PACE,
            "sounds": "3 min",
            "source_level": "115 dB",
            "screening": "0 dB",
        },
        "courier": {
            "ready": "1 min",
            "speed": "20 km/h",
            "detour": 1.0,
            "pace": PACE,
            "found": 1.0,
            "talk": "1 min",
        },
        "ten_household": {"acknowledges": True, "goes": 1.0, "ready": "1 min", "per_house": "2 min", "answered": 1.0},
        "neighbour": {"contacts": 2, "within": "60 m", "tells": 1.0, "delay": "3 min", "night": 1.0},
    }
    plan = common | own[name]
    if name in CALLS_ONLY:
        del plan["acknowledges"]
    return plan


def describe(night: Small, *names: str) -> None:
    """Describe means that are not described yet, and give every place the terminals, devices and leads they need."""
    channels, tables = night.scenario["channels"], night.tables
    villages = tables["villages.csv"]
    for name in names:
        if name not in channels:
            channels[name] = channel(name)
        if name in {"broadcast", "area_terminal"}:
            table = "loudspeakers.csv" if name == "broadcast" else "area_terminals.csv"
            tables.setdefault(
                table,
                [
                    {"code": f"{name[0]}{n}", "place": row["code"], "x_m": row["x_m"] + 30, "y_m": row["y_m"]}
                    for n, row in enumerate(villages)
                ],
            )
        if name in {*CARRIED, "patrol_car"}:
            where = tables["townships.csv"] if name == "patrol_car" else villages
            rows = [{"place": row["code"], "device": name} for row in where]
            held = tables.setdefault("devices.csv", [])
            held += [row for row in rows if row not in held]
        if name == "ten_household" and not any("lead" in row for row in tables["households.csv"]):
            for n, row in enumerate(tables["households.csv"]):
                row["lead"] = int(n % 3 == 0)
    if "phone" in names:
        channels["phone"].setdefault("households", households_by_phone())


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
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")  # JSON is YAML, and soon written


def villages_answer(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - plain YAML data
    """Return a requirement: all villages answer within 4 min of the release, with one half at least; ``changes`` lie over it."""
    return {
        "id": "all",
        "name": "各村应答",
        "since": "release",
        "event": "acknowledged",
        "of_whom": "village",
        "share": 1,
        "within": "4 min",
        "probability": 0.5,
        "source": "演示",
        "applies_to": "本情景",
        "status": "演示",
    } | changes


def lucky(villages: int = 3, *, answer: float = 0.5) -> Small:
    """Return a night whose villages answer each try with so much, judged by one requirement."""
    night = small(1, villages, 2)
    night.scenario["roster"]["posts"]["officer"]["answer"] = answer
    night.scenario["targets"] = [villages_answer()]
    return night


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


def full_night(townships: int = 3, villages: int = 3, households: int = 5) -> Small:
    """Return a night with every input table, every block and every means, and luck at every step."""
    night = small(townships, villages, households)
    scenario, tables = night.scenario, night.tables
    scenario["start"] = "2025-07-11 08:10"  # the roster and the duty day change during the night
    describe(night, *CHANNELS, "work_app", "courier")
    _fill_acts(scenario)
    _fill_roster(scenario["roster"], tables)
    _fill_channels(scenario["channels"])
    night.county["habits"]["asleep"] = [0.3] * 24
    night.county["habits"]["patterns"] = [
        {"id": "home", "share": 0.6, "at_home": [0.9] * 24},
        {"id": "away", "share": 0.4, "at_home": [0.2] * 24},
    ]
    codes = [row["code"] for row in tables["villages.csv"]]
    stated = scenario["local"]["sightings"]["stated"]
    stated.append({"place": codes[-1], "at": "1 min", "acts_at_once": True})
    kinds = itertools.cycle(("点", "沟", "坡"))
    tables["zones.csv"] = [{"code": f"Z{n}", "kind": next(kinds), "place": codes[n]} for n in range(0, len(codes), 2)]
    tables["rivers.csv"] = [{"upstream": up, "downstream": down} for up, down in itertools.pairwise(codes)]
    tables["key_sites.csv"] = [
        {"code": f"K{n}", "kind": "学校", "place": code, "persons": 90} for n, code in enumerate(codes[:4])
    ]
    for n, row in enumerate(tables["loudspeakers.csv"]):
        row["kind"] = ("ip", "fm", "satellite")[n % 3]
    for n, row in enumerate(tables["households.csv"]):
        v = n // households
        row |= {"persons": 1 + n % 4, "zone": f"Z{v}" if v % 2 == 0 and n % households < 2 else "", "pattern": ""}
        row |= {"phone": ("smart", "feature", "smart", "无")[n % 4], "hard_of_hearing": int(n % 7 == 0)}
        row["building"] = "A" if n % households < 2 else ""
        row |= {"elderly": int(n % 4 == 0), "needs_help": int(n % 5 == 0)}
    _fill_evacuation(night, codes)
    return night


def _fill_evacuation(night: Small, villages: list[str]) -> None:
    """Let danger strike, and those who live in danger zones leave in every way, each with luck."""
    short, long = {"exponential": {"mean": "2 min"}}, {"exponential": {"mean": "15 min"}}
    kinds = {row["kind"] for row in night.tables["zones.csv"]}
    for alarm in night.scenario["local"]["alarms"].values():
        alarm["zones"] = [kind for kind in alarm["zones"] if kind in kinds]
    plan = night.scenario["evacuation"] = evacuation(
        triggers={
            "order": {"name": "转移指令", "on": ["move"]},
            "sign": {"name": "险情", "on": ["sighting", "rain_alarm"], "reach": "point", "whom": "threatened"},
            "unsure": {"name": "不能判断", "on": ["cannot_judge", "water_alarm"], "whom": "needs_help", "hours": "day"},
        },
        persuasion={"after": short, "visit": long, "persuaded": 0.5, "visits": 2},
        helpers=helpers(per_village=4, assemble=short, door_teams=True, at_house=long, carry=2.0, fatigue=0.1),
        vehicles={"per_village": 1, "load": short},
        key_sites={"prepare": long, "per_staff": 5},
        returns={"share": 0.3, "after": long},
        reinforcement={"ask_after": "5 min", "township_teams": 1, "team": 4, "ready": short},
        relief={"ready": long, "every": "20 min"},
    )
    plan["decision"] |= {"seek": long, "sources": 3, "decide": short, "prepare": long, "night": 1.3, "needs_help": 1.5}
    plan["decision"] |= {"alerted_factor": 0.7, "refuses": 0.2, "early": 0.1}
    plan["walking"] |= {"slope": 0.1, "elderly": 1.5, "night": 1.2, "over_closed": 3.0}
    plan["shelters"] |= {"kinds": ["emergency", "short"], "check_in": "1 min"}
    night.scenario["hazard"]["onset"] = {
        "laws": {
            "slides": {
                "share": {"dry": 0.0, "light": 0.1, "heavy": 0.6},
                "at": {"uniform": {"low": "20 min", "high": "3 h"}},
                "together": 0.5,
            }
        },
        "stated": [{"zone": "Z0", "at": "90 min"}],
    }
    report_up(night, first_after=short, count=short)
    night.tables["shelters.csv"] = [
        {"code": f"S{n}", "place": code, "kind": ("emergency", "short")[n % 2], "capacity": 3 + n}
        for n, code in enumerate(villages)
    ]
    night.tables["centres.csv"] = [
        {"code": "C0", "place": villages[0][:4], "teams": 1, "stock_persons": 4},
        {"code": "C1", "place": night.county["code"], "teams": 2, "stock_persons": 9},
    ]


def with_outages(night: Small) -> Small:
    """Add power lines, sites, roads and sets to a night of townships and villages, let some fail, and let desks fall back."""
    townships = [row["code"] for row in night.tables["townships.csv"]]
    villages = [row["code"] for row in night.tables["villages.csv"]]
    night.tables |= {
        "feeders.csv": [
            {"code": f"F{n}", "substation": f"U{n // 2}", "place": code} for n, code in enumerate(townships)
        ],
        "sites.csv": [
            {"code": f"S{place}", "kind": kind, "place": place, "uplink": up, "backhaul": "fibre", "second": second}
            for place, kind, up, second in [
                *((code, "hub", "", "microwave" if n else "") for n, code in enumerate(townships)),
                *((code, "base", f"S{code[:4]}", "") for code in villages),
            ]
        ],
        "roads.csv": [
            {"code": f"R{n}", "from": one, "to": other, "length_m": 900 + n, "kind": "village"}
            for n, (one, other) in enumerate(itertools.pairwise([night.county["code"], *townships, *villages]))
        ],
        "sets.csv": [
            {"place": code, "device": device, "count": 1, "trained": "是"}
            for code, device in zip(townships, ("radio_370", "sat_phone", "mesh"), strict=False)
        ],
    }
    delay = {"exponential": {"mean": "20 min"}}
    night.scenario["outages"] = {
        "flood": {"share": 0.7, "at": delay},
        "failures": {
            "lines": {"what": "feeders", "share": 0.5, "together": 0.5, "from": delay, "lasts": delay},
            "masts": {"what": "sites", "with_flood": True, "share": 0.5, "from": "0 min", "lasts": delay},
            "fibre": {"what": "links", "share": 0.3, "from": delay, "lasts": delay},
            "slides": {"what": "roads", "share": 0.4, "from": delay, "lasts": delay},
        },
        "batteries": {"base": delay, "hub": delay, "super": "9 h", "terminal": delay, "recharge": 2.0},
        "generators": {"count": 1, "served": 0.8, "dispatch": delay, "setup": "5 min", "speed": "20 km/h"},
    }
    pace = {"dry": 1.0, "light": 1.5, "heavy": 3.0}
    use = {"needs": ["person"], "ready": delay, "works": 0.8, "answered": 0.8, "talk": "1 min", "ring": "1 min"}
    night.scenario["channels"] |= dict.fromkeys(("radio_370", "mesh", "sat_phone", "beidou"), use)
    night.scenario["channels"]["courier"]["foot"] = {"speed": "3 km/h", "pace": pace, "over_closed": 2}
    means = ["radio_370", "mesh", "sat_phone", "beidou", "neighbour_place", "courier"]
    night.scenario["roster"]["fallback"] = {"notice": delay, "means": means, "retry_every": "5 min"}
    night.scenario["local"]["own_trigger"] = {"share": 1.0, "after": "1 min"}
    return night


def evacuation(**changes: object) -> dict[str, Any]:
    """Return a plan of evacuation in which everybody who hears the red warning leaves at once and is safe at the door."""
    plan = {
        "triggers": {"red": {"name": "红色预警", "on": ["red"]}},
        "decision": {
            "seek": "0 min",
            "sources": 1,
            "decide": "0 min",
            "prepare": "0 min",
            "night": 1.0,
            "needs_help": 1.0,
            "alerted_factor": 1.0,
            "refuses": 0.0,
            "early": 0.0,
        },
        "walking": {"speed": "6 km/h", "slope": 0.0, "elderly": 1.0, "night": 1.0, "pace": dict.fromkeys(PACE, 1.0)},
        "driving": {"speed": "30 km/h", "pace": dict.fromkeys(PACE, 1.0)},
        "shelters": {"kinds": ["emergency", "short", "long"], "check_in": "0 min", "to_safety": "0 m"},
    }
    return plan | changes


def helpers(**changes: object) -> dict[str, object]:
    """Return a plan of helpers that leaves nothing to chance: one crew of two in each village, ten minutes at each house."""
    plan = {
        "per_village": 2,
        "assemble": "0 min",
        "door_teams": False,
        "crew": 2,
        "at_house": "10 min",
        "carry": 1.0,
        "fatigue": 0.0,
    }
    return plan | changes


def with_evacuation(night: Small, **changes: object) -> Small:
    """Put every household into the danger zone of its village, and let it leave as ``evacuation`` says."""
    villages = [row["code"] for row in night.tables["villages.csv"]]
    night.tables["zones.csv"] = [{"code": f"Z{code}", "kind": "滑坡", "place": code} for code in villages]
    for row in night.tables["households.csv"]:
        row["zone"] = f"Z{row['place']}"
    night.scenario["evacuation"] = evacuation(**changes)
    return night


def struck(night: Small, at: str, *villages: str) -> Small:
    """Let the zones of some villages (all by default) be struck at a minute."""
    places = villages or tuple(row["code"] for row in night.tables["villages.csv"])
    night.scenario["hazard"]["onset"] = {"stated": [{"zone": f"Z{code}", "at": at} for code in places]}
    return night


def report_up(night: Small, **changes: object) -> Small:
    """Let villages report up; nothing is left to chance."""
    plan = {"first_after": "5 min", "every": "30 min", "count": "1 min", "again": "5 min"}
    night.scenario["report_up"] = plan | changes
    night.scenario["roster"]["ladders"]["county"] = {"steps": [{"post": "officer", "tries": 2, "ring": "30 s"}]}
    return night


def _fill_acts(scenario: dict[str, Any]) -> None:
    """Fill in several warnings, a response, an order, warnings from below, and whom they call."""
    (warning,) = scenario["warnings"]
    warning |= {"consultation": {"triangular": {"low": "3 min", "mode": "6 min", "high": "15 min"}}, "lead": "1 d"}
    warning |= {"level": "orange", "area": "county", "release": {"lognormal": {"median": "1 min", "p90": "2 min"}}}
    later = {
        "after": "w",
        "delay": {"exponential": {"mean": "9 min"}},
        "consultation": "2 min",
        "sign_off": "1 min",
        "signed_by": "县长",
        "release": "1 min",
    }
    scenario["warnings"].append(
        later | {"id": "up", "level": "red", "change": "upgrade", "consult": "rolling", "lead": "0 h"}
    )
    scenario["response"] = [later | {"id": "r", "level": "II", "change": "activate", "means": [], "after": "t0"}]
    scenario["orders"] = [
        later | {"id": "o", "stage": "move", "after": "sighting", "means": ["phone", "door"], "area": "listed"}
    ]
    everything = list(CHANNELS)
    warning["means"] = everything
    scenario["means_by_level"] = {"red": everything}
    scenario |= {"rolling_every": "20 min", "headline_level": "orange"}
    scenario["local"] = {
        "means": ["gong", "phone", "door", "neighbour"],
        "sightings": {
            "share": 0.9,
            "at": {"uniform": {"low": "0 min", "high": "1 h"}},
            "acts_at_once": 0.5,
            "stated": [{"place": "T000V000", "at": "3 min", "acts_at_once": False}],
        },
        "alarms": {
            alarm: {"share": share, "at": {"uniform": {"low": "0 min", "high": high}}, "zones": zones}
            for alarm, share, high, zones in (
                ("rain_alarm", 0.6, "20 min", []),
                ("water_alarm", 1.0, "2 min", ["沟"]),
                ("cannot_judge", 1.0, "2 min", ["坡"]),
            )
        },
    }
    scenario["reception"] = {"stays_awake": 0.5, "awake_for": "1 h"}
    scenario["call_targets"] = [
        call_target(levels=["red", "orange"]),
        call_target(id="sites", whom="key_sites", leads=["1 d"]),
        call_target(id="respond", act="response", to="township"),
        call_target(id="register", act="response", whom="responsible"),
        call_target(id="order", act="order"),
    ]


def _fill_roster(roster: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> None:
    """Fill in every way of calling, two desks by name and the others not."""
    roster["posts"] = {
        post: {"title": post, "reachable": 0.8, "answer": 0.5} for post in ("officer", "deputy", "leader")
    }
    tries = [{"post": post, "tries": 2, "ring": "30 s", "gap": "1 min"} for post in roster["posts"]]
    reply = {"post": "officer", "channel": "work_app", "wait": "2 min"}
    robot = {"post": "leader", "channel": "auto_call", "ring": "30 s"}
    roster["ladders"] = {
        "county": {"steps": tries},
        "township": {
            "steps": [reply | {"id": "ask", "then": "ring"}, robot, tries[0] | {"id": "ring"}, *tries[1:]],
            "repeat": {"rounds": 1, "from": "ring", "gap": "5 min"},
        },
        "village": {"steps": [tries[0], {"post": "deputy", "channel": "courier"}, *tries[1:]]},
        "key_site": {"steps": [robot, tries[0], reply | {"channel": "sms"}], "order": "at_once", "need": "any"},
    }
    relay = {"exponential": {"mean": "2 min"}}
    for desk in roster["desks"].values():
        desk |= {"relay": relay, "couriers": 1}
    codes = [row["code"] for row in tables["villages.csv"]]
    roster |= {
        "persons": "county/persons.csv",
        "shifts": "county/shifts.csv",
        "routes": ["duty_rooms", "governance"],
        "governance": {"callers": 1, "relay": relay, "level": "township", "ladder": {"steps": tries[1:]}},
        "joint_duty": False,
        "departments": [
            {"id": "water", "title": "水利", "callers": 1, "relay": relay, "calls": ["township", "village"]}
        ],
        "neighbour_counties": [{"id": "N", "title": "邻县", "at": relay, "callers": 1, "calls": codes[-2:]}],
        "lateral": {"when": "first"},
        "key_sites_called_by": "township",
        "alerted": {"answer": 0.9, "relay_factor": 0.5},
        "responsible": {
            "table": "county/responsible.csv",
            "roles": {},
            "steps": [{"tries": 2, "ring": "30 s", "gap": "1 min"}, {"channel": "sms", "wait": "3 min"}],
        },
    }
    tables["responsible.csv"] = [
        {"place": code, "post": "leader", "person": f"R{n}", "name": f"乙{n}"} for n, code in enumerate(codes)
    ]
    tables["persons.csv"] = [{"person": f"P{n}", "name": f"甲{n}"} for n in range(4)]
    tables["shifts.csv"] = [
        {"desk": "T000", "post": "officer", "person": "P0", "from": "2025-07-10 08:30", "to": "2025-07-11 08:30"},
        {"desk": "T000", "post": "officer", "person": "P1", "from": "2025-07-11 08:30", "to": "2025-07-12 08:30"},
        {"desk": "T000", "post": "leader", "person": "P2", "from": "", "to": ""},
        {"desk": codes[0], "post": "officer", "person": "P3", "from": "", "to": ""},
        {"desk": codes[0], "post": "deputy", "person": "P0", "from": "", "to": ""},
    ]


def _fill_channels(channels: dict[str, Any]) -> None:
    """Fill in luck at every means."""
    long = {"exponential": {"mean": "4 min"}}
    short = {"exponential": {"mean": "1 min"}}
    channels["phone"] |= {"pickup": {"lognormal": {"median": "10 s", "p90": "20 s"}}, "talk": short}
    channels["phone"]["households"] |= {"callers": 2, "setup": short, "answered_awake": 0.7, "answered_asleep": 0.3}
    channels["phone"]["households"]["talk"] = {"uniform": {"low": "30 s", "high": "90 s"}}
    for name in MESSAGES:
        channels[name] |= {
            "off": 0.3,
            "noticed_awake": 0.3,
            "smartphone": 0.9,
            "feature_phone": 0.5,
            "read_delay": long,
        }
    channels["sms"]["rate"] = "10 /min"
    channels["sms"]["order"] = "listed_first"
    for share, terminal in zip((0.4, 0.6, 0.8), channels["broadcast"]["terminals"].values(), strict=True):
        terminal |= {"online": share, "delay": short}
    channels["auto_call"] |= {"reachable": 0.6, "answered_awake": 0.6, "answered_asleep": 0.4, "setup": short}
    channels["auto_call"]["duty"]["answer_factor"] = 0.9
    channels["area_terminal"]["online"] = 0.3
    channels["tv"] |= {"watching": {"day": 0.3, "night": 0.1}, "notice": long}
    for name in (*CARRIED, "patrol_car"):
        channels[name]["fetch"] = short
    channels["ten_household"] |= {"goes": 0.7, "answered": 0.9, "per_house": short}
    channels["neighbour"] |= {"tells": 0.6, "delay": long, "night": 0.5}
    channels["door"] |= {"answered": 0.9, "per_house": {"exponential": {"mean": "2 min"}}, "teams": 2}
    channels["courier"] |= {"found": 0.7, "ready": short}
    channels["work_app"]["duty"] = {"read": 0.5, "delay": long}
    channels["walking"] |= {"night": 1.3, "detour": 1.4}


def repeatable(examples: int) -> Any:  # noqa: ANN401 - a decorator
    """Return the settings of a law tried on so many nights; a night that breaks one is shown as drawn, for shrinking takes minutes."""
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    phases = [Phase.explicit, Phase.generate]
    return settings(derandomize=True, deadline=None, max_examples=examples, suppress_health_check=checks, phases=phases)


SHARES = st.integers(0, 20).map(lambda n: n / 20)
MINUTES = st.integers(0, 30).map(lambda n: f"{n / 2} min")
_EARLY, _LATE = st.integers(0, 10).map(lambda n: f"{n} min"), st.integers(5, 90).map(lambda n: f"{n} min")


@st.composite
def small_nights(draw: st.DrawFn, *, alone: bool = False) -> Small:
    """Return small valid nights: shape, seed, chances, means, callers and platform vary, and what else happens besides a warning.

    ``alone``: nothing happens besides the one warning.
    """
    night = small(draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 5)))
    scenario = night.scenario
    scenario["seed"] = draw(st.integers(0, 2**64 - 1))
    scenario["start"] = f"2025-07-{draw(st.integers(1, 28)):02d} {draw(st.integers(0, 23)):02d}:20"
    means = draw(st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=5, unique=True))
    warning = scenario["warnings"][0]
    warning |= {"means": means, "consultation": draw(MINUTES), "release": {"exponential": {"mean": "3 min"}}}
    scenario["hazard"]["rain"] = draw(st.sampled_from(["dry", "light", "heavy"]))
    scenario["platform"] |= {
        "kind": draw(st.sampled_from(["fused", "separate"])),
        "operators": draw(st.integers(1, 2)),
        "entry": {"exponential": {"mean": "2 min"}},
    }
    _vary_roster(draw, scenario["roster"])
    _vary_homes(draw, night)
    describe(night, *means)
    vary_channels(draw, night)
    if not alone:
        _add_acts(draw, night)
    return night


def _vary_roster(draw: st.DrawFn, roster: dict[str, Any]) -> None:
    roster["posts"]["officer"] |= {"reachable": draw(SHARES), "answer": draw(SHARES)}
    roster["posts"]["deputy"] = {"title": "副班", "reachable": draw(SHARES), "answer": draw(SHARES)}
    for ladder in roster["ladders"].values():
        ladder["steps"] = [
            {"post": post, "tries": draw(st.integers(1, 3)), "ring": "30 s", "gap": draw(MINUTES)}
            for post in ("officer", "deputy")
        ]
    for desk in roster["desks"].values():
        desk |= {"callers": draw(st.integers(1, 3)), "relay": draw(MINUTES)}


def _vary_homes(draw: st.DrawFn, night: Small) -> None:
    night.county["habits"]["asleep"] = [draw(SHARES)] * 24
    first = night.tables["villages.csv"][0]["code"]
    night.tables["zones.csv"] = [{"code": "Z", "kind": "滑坡", "place": first}]
    for row in night.tables["households.csv"]:
        phone, away, lead, listed, deaf = draw(
            st.tuples(st.sampled_from(["none", "feature", "smart"]), *[st.booleans()] * 4)
        )
        row |= {"phone": phone, "pattern": "away" if away else "home", "persons": draw(st.integers(1, 5))}
        row |= {
            "lead": int(lead),
            "zone": "Z" if listed and row["place"] == first else "",
            "hard_of_hearing": int(deaf),
        }


def vary_channels(draw: st.DrawFn, night: Small) -> None:
    """Draw the shares and some of the durations of every means described."""
    channels = night.scenario["channels"]
    channels["phone"]["pickup"] = {"lognormal": {"median": "10 s", "p90": "20 s"}}
    if households := channels["phone"].get("households"):
        households |= {"callers": draw(st.integers(1, 2)), "setup": draw(MINUTES)}
        households |= {"answered_awake": draw(SHARES), "answered_asleep": draw(SHARES)}
        households["talk"] = {"uniform": {"low": "30 s", "high": "90 s"}}
    for name in MESSAGES:
        if name in channels:
            shares = ("off", "noticed_awake", "noticed_asleep", "smartphone", "feature_phone")
            channels[name] |= {share: draw(SHARES) for share in shares} | {"order": draw(_ORDERS)}
    for terminal in channels["broadcast"]["terminals"].values():
        terminal["online"] = draw(SHARES)
    channels["walking"]["night"] = draw(st.sampled_from([1.0, 1.5]))
    channels["door"] |= {"answered": draw(SHARES), "teams": draw(st.integers(1, 3))}
    drawn = {
        "auto_call": {"reachable": SHARES, "answered_awake": SHARES, "answered_asleep": SHARES, "whom": _WHOM},
        "area_terminal": {"online": SHARES},
        "tv": {"watching": SHARES},
        "ten_household": {"goes": SHARES, "answered": SHARES},
        "neighbour": {"tells": SHARES, "night": SHARES, "contacts": st.integers(1, 3)},
    }
    for name, varied in drawn.items():
        if name in channels:
            channels[name] |= {key: draw(values) for key, values in varied.items()}


_ORDERS, _WHOM = st.sampled_from(["any", "listed_first"]), st.sampled_from(["listed", "all"])
_CHANGES = st.sampled_from(
    [("orange", "issue"), ("red", "upgrade"), ("red", "issue"), ("yellow", "downgrade"), ("red", "lift")]
)


def _add_acts(draw: st.DrawFn, night: Small) -> None:
    """Add a second warning, a response, an order, warnings from below, and what people make of it, each or not."""
    scenario = night.scenario
    described = [name for name in CHANNELS if name in scenario["channels"]]
    if "households" not in scenario["channels"]["phone"]:
        described.remove("phone")
    means = st.lists(st.sampled_from(described), max_size=3, unique=True)
    first = scenario["warnings"][0]
    base = first | {"consult": "at_once", "delay": draw(_EARLY)}
    second, response, order, below, reception = draw(st.tuples(*[st.booleans()] * 5))
    afters = ["t0", "w", *(["sighting"] if below else [])]
    if second:
        level, change = draw(_CHANGES)
        own = {"id": "w2", "level": level, "change": change, "means": draw(means), "delay": draw(_LATE)}
        scenario["warnings"].append(base | own | {"after": draw(st.sampled_from(afters)), "consult": "rolling"})
        scenario["rolling_every"] = "30 min"
    if response:
        plain = {key: value for key, value in base.items() if key != "change"}
        scenario["response"] = [
            plain
            | {"id": "r", "level": "II", "means": [], "after": draw(st.sampled_from(afters)), "delay": draw(_LATE)}
        ]
        scenario["call_targets"].append(call_target(id="respond", act="response", to="township"))
    if order:
        plain = {key: value for key, value in base.items() if key not in {"change", "level"}}
        own = {
            "id": "o",
            "stage": "move",
            "area": "listed",
            "means": draw(means),
            "after": draw(st.sampled_from(afters)),
        }
        scenario["orders"] = [plain | own]
        scenario["call_targets"].append(call_target(id="order", act="order"))
    if below:
        from_below = [name for name in described if name in {*BY_DESKS, "ten_household", "neighbour"}]
        scenario["local"] = {
            "means": draw(st.lists(st.sampled_from(from_below), min_size=1, max_size=3, unique=True)),
            "sightings": {"share": 0.5, "at": {"uniform": {"low": "0 min", "high": "1 h"}}, "acts_at_once": 0.5},
        }
        scenario["roster"]["ladders"]["county"] = {"steps": [{"post": "officer", "tries": 2, "ring": "30 s"}]}
    if reception:
        scenario["reception"] = {"stays_awake": draw(SHARES), "awake_for": "1 h"}


def played(night: Small, *overrides: str, replication: int = 0) -> tuple[Scenario, Night]:
    """Load ``night`` from a folder that does not outlive the call, play it, and return scenario and records."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = night.load(Path(folder), *overrides)
    return scenario, simulate(scenario, replication)
