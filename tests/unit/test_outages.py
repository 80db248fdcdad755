"""The block ``outages``: every way of writing it wrong is a fault at its line, in both languages, and all are told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.errors import Fault, InputError
from sim.scenario import Scenario, load_scenario
from tests.strategies import Small, small

Plain = dict[str, Any]
DELAY: Plain = {"lognormal": {"median": "3 h", "p90": "6 h"}}
BATTERIES: Plain = {"base": DELAY, "hub": "8 h", "super": "48 h", "terminal": "4 h", "recharge": 4.0}
GENERATORS: Plain = {"count": 3, "served": 0.6, "dispatch": "30 min", "setup": "20 min", "speed": "20 km/h"}


def sound() -> Small:
    """Return a night with every form of outage, in a county with every table that they name."""
    night = small()
    night.tables |= {
        "feeders.csv": [
            {"code": "F1", "substation": "U1", "place": "T000"},
            {"code": "F2", "substation": "U1", "place": "T001"},
        ],
        "sites.csv": [
            {"code": "S1", "kind": "hub", "place": "T000V000", "feeder": "F1", "uplink": "", "backhaul": "fibre"}
            | {"second": "microwave"},
            {"code": "S2", "kind": "base", "place": "T001V000", "feeder": "F2", "uplink": "S1", "backhaul": "fibre"}
            | {"second": ""},
        ],
        "roads.csv": [
            {"code": "R1", "from": "C", "to": "T000", "length_m": 5000, "kind": "main"},
            {"code": "R2", "from": "T000", "to": "T000V001", "length_m": 900, "kind": "village"},
        ],
    }
    night.scenario["outages"] = {
        "flood": {"share": "40 %", "within": ["T000"], "at": DELAY},
        "failures": {
            "stated": {"what": "feeders", "which": ["F1"], "from": "01:40", "until": "04:00"},
            "substation": {"what": "substations", "which": ["U1"], "from": "10 min", "lasts": "2 h"},
            "drawn": {"what": "feeders", "share": 0.3, "together": 0.5, "within": ["T001"], "from": DELAY},
            "hit": {"what": "sites", "kinds": ["hub"], "with_flood": True, "from": "0 min", "lasts": DELAY},
            "fibre": {"what": "links", "which": ["S1", "S1/2"], "kinds": ["fibre"], "from": "02:00"},
            "roads": {"what": "roads", "kinds": ["village"], "by_exposure": True, "share": 0.2, "from": DELAY},
        },
        "batteries": dict(BATTERIES),
        "generators": dict(GENERATORS),
    }
    return night


def test_every_form_of_outage_is_read(tmp_path: Path) -> None:
    """The sound night loads, and once more as it is resolved."""
    scenario = sound().load(tmp_path)
    plan = scenario.plan.outages
    assert plan is not None
    assert list(plan.failures) == ["stated", "substation", "drawn", "hit", "fibre", "roads"]
    again = tmp_path / "again.yaml"
    again.write_text(scenario.resolved, encoding="utf-8")
    assert load_scenario(again).hash == scenario.hash


def put(night: Small, key: tuple[str | int, ...], value: object) -> Small:
    """Put a value somewhere into the block; ``None`` removes the key."""
    at: Any = night.scenario["outages"]
    for name in key[:-1]:
        at = at[name]
    if value is None:
        del at[key[-1]]
    else:
        at[key[-1]] = value
    return night


def faults(night: Small, folder: Path) -> tuple[Fault, ...]:
    """Return the faults of a night, each of which has something to say in either language."""
    with pytest.raises(InputError) as caught:
        night.load(folder)
    for fault in caught.value.faults:
        for text in (fault.problem, fault.remedy):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh), text
            assert any("a" <= letter <= "z" for letter in text.en), text
            assert text.zh != text.en
    return caught.value.faults


CASES = [
    # flood
    (("flood", "share"), 1.5, "flood.share", ""),
    (("flood", "share"), None, "flood.share", ""),
    (("flood", "at"), {"empirical": {"minutes": ["1 min"], "shares": [0.5]}}, "flood.at", ""),
    (("flood", "within"), ["T00O"], "flood.within[0]", "did you mean 'T00"),
    (("flood", "within"), ["T000V001"], "flood.within[0]", "township"),
    (("flood",), None, "outages", "flood"),  # with_flood is left without one
    # how failures are written
    (("failures", "what now"), {"what": "feeders", "from": "0 min"}, "failures.what now", ""),
    (("failures", "stated", "what"), "poles", "failures.stated.what", "substations"),
    (("failures", "stated", "share"), -0.1, "failures.stated.share", ""),
    (("failures", "stated", "together"), 2, "failures.stated.together", ""),
    (("failures", "stated", "by_exposure"), "yes", "failures.stated.by_exposure", ""),
    (("failures", "hit", "with_flood"), "yes", "failures.hit.with_flood", ""),
    (("failures", "stated", "from"), None, "failures.stated.from", ""),
    (("failures", "stated", "from"), "25:00", "failures.stated.from", "08:30"),
    (("failures", "stated", "from"), "soon", "failures.stated.from", ""),
    (("failures", "stated", "from"), {"normal": {"mean": "3 min"}}, "failures.stated.from.normal", "lognormal"),
    (("failures", "stated", "until"), "4 h", "failures.stated.until", "08:30"),
    (("failures", "stated", "lasts"), "2 h", "failures.stated", "one of them"),
    (("failures", "substation", "lasts"), "04:00", "failures.substation.lasts", ""),
    (("failures", "hit", "from"), "02:00", "failures.hit", "0 min"),
    (("failures", "stated", "until_when"), "04:00", "failures.stated.until_when", ""),
    # what failures name
    (("failures", "stated", "which"), ["F1", "F3"], "failures.stated.which[1]", "feeders.csv"),
    (("failures", "stated", "which"), "F1", "failures.stated.which", ""),
    (("failures", "substation", "which"), ["F1"], "failures.substation.which[0]", ""),
    (("failures", "substation", "which"), ["U11"], "failures.substation.which[0]", "did you mean 'U1'"),
    (("failures", "hit", "which"), ["S3"], "failures.hit.which[0]", "sites.csv"),
    (("failures", "fibre", "which"), ["S2/2"], "failures.fibre.which[0]", "S1/2"),
    (("failures", "roads", "which"), ["Q9"], "failures.roads.which[0]", "roads.csv"),
    (("failures", "drawn", "within"), ["T001", "T0O1"], "failures.drawn.within[1]", "T001"),
    (("failures", "drawn", "within"), ["nowhere at all"], "failures.drawn.within[0]", "place tables"),
    (("failures", "stated", "kinds"), ["base"], "failures.stated.kinds[0]", "remove"),
    (("failures", "hit", "kinds"), ["fibre"], "failures.hit.kinds[0]", "super"),
    (("failures", "fibre", "kinds"), ["copper"], "failures.fibre.kinds[0]", "microwave"),
    (("failures", "roads", "kinds"), ["rail"], "failures.roads.kinds[0]", "path"),
    (("failures", "stated", "from"), "01:00", "failures.stated.from", "0 min"),
    (("failures", "stated", "from"), "11:20", "failures.stated.from", "0 min"),
    # batteries, generators
    (("batteries",), None, "outages.batteries", ""),
    (("batteries", "hub"), None, "batteries.hub", ""),
    (("batteries", "base"), "-1 h", "batteries.base", ""),
    (("batteries", "recharge"), 0.0, "batteries.recharge", ""),
    (("batteries", "recharge"), "4 h", "batteries.recharge", ""),
    (("generators", "count"), 2.5, "generators.count", ""),
    (("generators", "count"), -1, "generators.count", ""),
    (("generators", "served"), 60, "generators.served", ""),
    (("generators", "dispatch"), "fast", "generators.dispatch", ""),
    (("generators", "setup"), None, "generators.setup", ""),
    (("generators", "speed"), "0 km/h", "generators.speed", ""),
]


@pytest.mark.parametrize(("key", "value", "where", "remedy"), CASES)
def test_each_mistake_is_found_where_it_stands(
    key: tuple[str | int, ...], value: object, where: str, remedy: str, tmp_path: Path
) -> None:
    """One fault, at the key, with a remedy that helps."""
    found = faults(put(sound(), key, value), tmp_path)
    assert len(found) == 1, found
    assert found[0].key.endswith(where)
    assert found[0].line > 0
    assert remedy in found[0].remedy.en


@pytest.mark.parametrize(
    ("table", "failing"),
    [("feeders", ["stated", "substation", "drawn"]), ("sites", ["hit", "fibre"]), ("roads", ["roads"])],
)
def test_a_failure_without_its_table_says_which_table_is_missing(
    table: str, failing: list[str], tmp_path: Path
) -> None:
    """A county without feeders, sites or roads: one fault for each failure that needs them, none about their codes."""
    night = sound()
    del night.tables[f"{table}.csv"]
    if table == "feeders":
        for site in night.tables["sites.csv"]:
            site["feeder"] = ""
    found = faults(night, tmp_path)
    assert [fault.key for fault in found] == [f"outages.failures.{name}.what" for name in failing]
    assert all(f"{table}.csv" in fault.remedy.en for fault in found)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Unknown codes, places, kinds and times of several failures in one go."""
    night = sound()
    wrong = [
        (("flood", "within"), ["T9"]),
        (("failures", "stated", "which"), ["F7", "F8"]),
        (("failures", "stated", "from"), "01:00"),
        (("failures", "drawn", "within"), ["X"]),
        (("failures", "roads", "kinds"), ["rail"]),
    ]
    for key, value in wrong:
        put(night, key, value)
    assert len(faults(night, tmp_path)) == 6


def test_no_outages_need_no_tables(tmp_path: Path) -> None:
    """A block that fails nothing loads in a county of which nothing is known."""
    night = small()
    night.scenario["outages"] = {"batteries": dict(BATTERIES)}
    scenario: Scenario = night.load(tmp_path)
    assert scenario.plan.outages is not None


FALLBACK = {"notice": "3 min", "means": ["courier"], "retry_every": "5 min"}
SET = {"needs": ["person"], "ready": "2 min", "works": 0.8, "answered": 0.7, "talk": "1 min", "ring": "1 min"}
COURIER = {"needs": ["person"], "ready": "2 min", "speed": "6 km/h", "detour": 1.5, "found": 0.9, "talk": "1 min"}
PACE = {"dry": 1.0, "light": 1.0, "heavy": 2.0}
BACK = [
    (("roster", "fallback", "means"), ["mesh"], "roster.fallback.means[0]", "add mesh"),
    (("roster", "fallback", "means"), ["courier", "neighbour_place", "courier"], "means[2]", "remove the repetition"),
    (("roster", "fallback", "means"), ["pigeon"], "roster.fallback.means[0]", "courier"),
    (("roster", "fallback", "notice"), {"empirical": {"minutes": ["1 min"], "shares": [0.5]}}, "fallback.notice", ""),
    (("roster", "fallback", "retry_every"), "0 min", "fallback.retry_every", ""),
    (("roster", "fallback", "retry_every"), None, "fallback.retry_every", ""),
    (("channels", "radio_370", "works"), "180 %", "channels.radio_370.works", ""),
    (("channels", "radio_370", "ring"), None, "channels.radio_370.ring", ""),
    (("channels", "radio_370", "reach"), "0 m", "channels.radio_370.reach", ""),
    (("channels", "radio_370", "charge"), "long", "channels.radio_370.charge", ""),
    (("channels", "courier", "foot", "over_closed"), 0.5, "channels.courier.foot.over_closed", ""),
    (("channels", "courier", "foot", "speed"), "3 h", "channels.courier.foot.speed", ""),
    (("local", "own_trigger", "share"), 2, "local.own_trigger.share", ""),
    (("local", "own_trigger", "after"), None, "local.own_trigger.after", ""),
]


@pytest.mark.parametrize(("key", "value", "where", "remedy"), BACK)
def test_each_mistake_in_what_desks_turn_to_is_found_where_it_stands(
    key: tuple[str, ...], value: object, where: str, remedy: str, tmp_path: Path
) -> None:
    """Means of falling back, sets, messengers on foot, villages that act alone."""
    night = sound()
    scenario = night.scenario
    scenario["roster"]["fallback"] = dict(FALLBACK)
    scenario["channels"] |= {"radio_370": dict(SET), "courier": COURIER | {"pace": PACE}}
    scenario["channels"]["courier"]["foot"] = {"speed": "3 km/h", "pace": PACE, "over_closed": 3}
    scenario["roster"]["ladders"]["county"] = dict(scenario["roster"]["ladders"]["township"])
    scenario["local"] = {"means": ["door"], "own_trigger": {"share": 0.5, "after": "30 min"}}
    assert night.copy().load(tmp_path / "sound").plan.local is not None
    at: Any = scenario
    for name in key[:-1]:
        at = at[name]
    if value is None:
        del at[key[-1]]
    else:
        at[key[-1]] = value
    found = faults(night, tmp_path / "spoilt")
    assert len(found) == 1, found
    assert found[0].key.endswith(where)
    assert remedy in found[0].remedy.en
