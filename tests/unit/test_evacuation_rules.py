"""``hazard.onset``, ``evacuation``, ``report_up``, ``local.alarms``, ``at``: each mistake is a fault at its line, in both languages, all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.errors import Fault, InputError
from sim.scenario import load_scenario
from tests.strategies import Small, describe, evacuation, full_night, helpers, report_up, small, struck, with_evacuation

ROOT = Path(__file__).resolve().parents[2]
PRESETS = ROOT / "configs" / "evacuation"
Key = tuple[str | int, ...]
DELAY = {"lognormal": {"median": "10 min", "p90": "30 min"}}
ALARM = {"share": 0.1, "at": DELAY}
SHARES = {"dry": 0.0, "light": 0.1, "heavy": 0.2}
NEVER_ENDS = {"empirical": {"minutes": ["1 min"], "shares": [0.5]}}
REMOVE = object()


def target(**own: object) -> dict[str, object]:
    """Return a requirement that those who must move are safe, but for what is given."""
    plan = {"id": "t", "name": "安全", "since": "t0", "event": "safe", "of_whom": "listed_household", "share": 1.0}
    other = {"within": "3 h", "probability": 0.9, "applies_to": "演练", "source": "测试", "status": "演示"}
    return plan | other | own


def sound() -> Small:
    """Return a night with every form of these blocks, in a county with what they name."""
    night = with_evacuation(
        small(),
        triggers={
            "red": {"name": "红色预警", "on": ["red"], "zones": ["滑坡"], "whom": "needs_help", "hours": "night"},
            "below": {
                "name": "就地",
                "on": ["sighting", "rain_alarm", "own_trigger", "neighbour_county"],
                "reach": "point",
            },
        },
        persuasion={"after": DELAY, "visit": "5 min", "persuaded": 0.8, "visits": 2},
        helpers=helpers(),
        vehicles={"per_village": 1, "load": DELAY},
        key_sites={"prepare": DELAY, "per_staff": 4},
        returns={"share": 0.1, "after": DELAY},
        reinforcement={"ask_after": "30 min", "township_teams": 1, "team": 6, "ready": DELAY},
        relief={"ready": DELAY, "every": "1 h"},
    )
    night.scenario["evacuation"]["walking"]["over_closed"] = 2.0
    report_up(struck(night, "2 h", "T000V000"))
    onset = night.scenario["hazard"]["onset"]
    onset["laws"] = {
        "slides": {"kinds": ["滑坡"], "share": dict(SHARES), "at": DELAY, "together": 0.5, "with_flood": True}
    }
    night.scenario["outages"] = {
        "flood": {"share": 0.5, "at": DELAY},
        "batteries": {"base": "4 h", "hub": "8 h", "super": "9 h", "terminal": "4 h", "recharge": 2.0},
    }
    night.scenario["local"] = {
        "means": ["door"],
        "sightings": {"share": 0.1, "at": DELAY, "acts_at_once": 0.5},
        "alarms": {"rain_alarm": {"zones": ["滑坡"], **ALARM}},
        "own_trigger": {"share": 1.0, "after": "30 min"},
    }
    night.scenario["warnings"][0]["at"] = "02:00"
    night.scenario["targets"] = [target(), target(id="r", event="reported", of_whom="village")]
    night.tables["shelters.csv"] = [{"code": "S", "place": "T000V000", "kind": "short", "capacity": 20}]
    return night


def put(night: Small, key: Key, value: object) -> Small:
    """Put a value somewhere into the scenario, or ``REMOVE`` what stands there."""
    at: Any = night.scenario
    for name in key[:-1]:
        at = at[name]
    if value is REMOVE:
        del at[key[-1]]
    else:
        at[key[-1]] = value
    return night


def faults(night: Small, folder: Path, *overrides: str) -> tuple[Fault, ...]:
    """Return the faults of a night, each of which has something to say in either language."""
    with pytest.raises(InputError) as caught:
        night.load(folder, *overrides)
    for fault in caught.value.faults:
        for text in (fault.problem, fault.remedy):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh), text
            assert any("a" <= letter <= "z" for letter in text.en), text
            assert text.zh != text.en
        assert fault.value.isprintable()
        assert len(fault.value) <= 60
        assert fault.render("zh") != fault.render("en")
    return caught.value.faults


def test_every_form_is_read(tmp_path: Path) -> None:
    """The sound night loads, and once more as it is resolved, and so does the full one."""
    scenario = sound().load(tmp_path)
    assert scenario.plan.evacuation is not None
    assert list(scenario.plan.evacuation.triggers) == ["red", "below"]
    again = tmp_path / "again.yaml"
    again.write_text(scenario.resolved, encoding="utf-8")
    assert load_scenario(again).hash == scenario.hash
    assert full_night().load(tmp_path / "full").plan.report_up is not None


ONSET: Key = ("hazard", "onset")
LAW: Key = (*ONSET, "laws", "slides")
STATED: Key = (*ONSET, "stated")
RED: Key = ("evacuation", "triggers", "red")
BELOW: Key = ("evacuation", "triggers", "below")
DECISION, WALKING, DRIVING, HELPERS, SHELTERS, TEAMS = (
    ("evacuation", name) for name in ("decision", "walking", "driving", "helpers", "shelters", "reinforcement")
)
ALARMS: Key = ("local", "alarms")
ZONE = "ZT000V000"

CASES: list[tuple[Key, object, str, str, str]] = [
    # key, value, where the fault stands, the value it shows, what its remedy says
    # hazard.onset
    ((*LAW, "share"), 0.5, "laws.slides.share", "0.5", ""),
    ((*LAW, "share", "heavy"), "120 %", "share.heavy", "120 %", ""),
    ((*LAW, "share", "heavy"), REMOVE, "share.heavy", "", "add heavy"),
    ((*LAW, "share", "snow"), 0.1, "share.snow", "0.1", "light"),
    ((*LAW, "at"), "-5 min", "slides.at", "-5 min", ""),
    ((*LAW, "at"), "5 kg", "slides.at", "5 kg", ""),
    ((*LAW, "at"), NEVER_ENDS, "slides.at", "", ""),
    ((*LAW, "together"), 2, "slides.together", "2", ""),
    ((*LAW, "with_flood"), "yes", "slides.with_flood", "yes", ""),
    ((*LAW, "kinds"), "滑坡", "slides.kinds", "滑坡", ""),
    ((*LAW, "kinds"), ["滑坡", "泥石流"], "slides.kinds[1]", "泥石流", "use one of: 滑坡"),
    ((*LAW, "kinds"), ["滑波体坡"], "slides.kinds[0]", "滑波体坡", "滑坡"),
    ((*LAW, "chance"), 0.1, "slides.chance", "0.1", "remove it"),
    ((*ONSET, "laws", "two words"), {"share": dict(SHARES), "at": "1 h"}, "laws.two words", "two words", ""),
    (("outages", "flood"), REMOVE, "slides.with_flood", "true", "remove with_flood"),
    (("outages",), REMOVE, "slides.with_flood", "true", "write outages.flood"),
    (STATED, [{"zone": "ZT001V0020", "at": "1 h"}], "stated[0].zone", "ZT001V0020", "did you mean 'ZT001V002'"),
    (STATED, [{"zone": "?", "at": "1 h"}], "stated[0].zone", "?", "a code of zones.csv"),
    (STATED, [{"zone": ZONE, "at": "1 h"}, {"zone": ZONE, "at": "2 h"}], "stated[1].zone", ZONE, "keep one"),
    (STATED, [{"zone": ZONE, "at": "soon"}], "stated[0].at", "soon", ""),
    (STATED, [{"zone": ZONE, "at": "02:00"}], "stated[0].at", "02:00", ""),
    (STATED, [{"zone": ZONE}], "stated[0].at", "", "add at"),
    (STATED, [{"zone": ZONE, "at": "1 h", "kind": "滑坡"}], "stated[0].kind", "滑坡", ""),
    # evacuation.triggers
    (("evacuation", "triggers"), {}, "evacuation.triggers", "", "at least 1"),
    (("evacuation", "triggers"), REMOVE, "evacuation.triggers", "", "add triggers"),
    (("evacuation", "triggers", "五必撤"), {"name": "x", "on": ["red"]}, "triggers.五必撤", "五必撤", ""),
    ((*RED, "name"), REMOVE, "red.name", "", "add name"),
    ((*RED, "on"), [], "red.on", "", "at least 1"),
    ((*RED, "on"), "red", "red.on", "red", ""),
    ((*RED, "on"), ["red", "purple"], "red.on[1]", "purple", "'red'"),
    ((*RED, "on"), ["yellow", "I"], "red.on", "yellow, I", "warnings(yellow), response(I)"),
    ((*RED, "on"), ["move"], "red.on", "move", "orders(move)"),
    ((*RED, "on"), ["cannot_judge"], "red.on", "cannot_judge", "local.alarms.cannot_judge"),
    ((*RED, "reach"), "village", "red.reach", "village", "'point'"),
    ((*RED, "reach"), "point", "red.reach", "point", "remove reach"),
    ((*RED, "zones"), ["工地"], "red.zones[0]", "工地", "use one of: 滑坡"),
    ((*RED, "whom"), "all", "red.whom", "all", "'threatened'"),
    ((*RED, "hours"), "dusk", "red.hours", "dusk", "'night'"),
    ((*RED, "zone"), ["滑坡"], "red.zone", "", "did you mean 'zones'"),
    (("warnings", 0, "change"), "lift", "red.on", "red", "lifted"),
    # households that must leave
    (DECISION, REMOVE, "evacuation.decision", "", "add decision"),
    ((*DECISION, "seek"), "8 km", "decision.seek", "8 km", ""),
    ((*DECISION, "sources"), 0, "decision.sources", "0", ""),
    ((*DECISION, "decide"), "3 people", "decision.decide", "3 people", ""),
    ((*DECISION, "prepare"), NEVER_ENDS, "decision.prepare", "", ""),
    ((*DECISION, "night"), 0.5, "decision.night", "0.5", ""),
    ((*DECISION, "needs_help"), "1.5 h", "decision.needs_help", "1.5 h", ""),
    ((*DECISION, "alerted_factor"), 1.3, "decision.alerted_factor", "1.3", ""),
    ((*DECISION, "refuses"), -0.1, "decision.refuses", "-0.1", ""),
    ((*DECISION, "early"), REMOVE, "decision.early", "", "add early"),
    (("evacuation", "persuasion", "after"), REMOVE, "persuasion.after", "", "add after"),
    (("evacuation", "persuasion", "visit"), "-1 min", "persuasion.visit", "-1 min", ""),
    (("evacuation", "persuasion", "persuaded"), 80, "persuasion.persuaded", "80", ""),
    (("evacuation", "persuasion", "visits"), 1.5, "persuasion.visits", "1.5", ""),
    (("evacuation", "returns", "share"), "3 h", "returns.share", "3 h", ""),
    (("evacuation", "returns", "after"), "never", "returns.after", "never", ""),
    # how they get away
    (WALKING, REMOVE, "evacuation.walking", "", "add walking"),
    ((*WALKING, "speed"), "0 km/h", "walking.speed", "0 km/h", ""),
    ((*WALKING, "speed"), "4 km", "walking.speed", "4 km", ""),
    ((*WALKING, "slope"), -0.1, "walking.slope", "-0.1", ""),
    ((*WALKING, "elderly"), 0.9, "walking.elderly", "0.9", ""),
    ((*WALKING, "night"), 0, "walking.night", "0", ""),
    ((*WALKING, "pace", "heavy"), REMOVE, "pace.heavy", "", "add heavy"),
    ((*WALKING, "over_closed"), 0.5, "walking.over_closed", "0.5", ""),
    ((*DRIVING, "speed"), -1, "driving.speed", "-1", ""),
    ((*DRIVING, "pace", "dry"), 0.5, "driving.pace.dry", "0.5", ""),
    ((*HELPERS, "per_village"), -1, "helpers.per_village", "-1", ""),
    ((*HELPERS, "per_village"), 1, "helpers.per_village", "1", "0 or at least 2"),
    ((*HELPERS, "assemble"), "2 kg", "helpers.assemble", "2 kg", ""),
    ((*HELPERS, "door_teams"), "yes", "helpers.door_teams", "yes", ""),
    ((*HELPERS, "crew"), 0, "helpers.crew", "0", ""),
    ((*HELPERS, "at_house"), REMOVE, "helpers.at_house", "", "add at_house"),
    ((*HELPERS, "carry"), 0.5, "helpers.carry", "0.5", ""),
    ((*HELPERS, "fatigue"), "10 min", "helpers.fatigue", "10 min", ""),
    (("evacuation", "vehicles", "per_village"), 0.5, "vehicles.per_village", "0.5", ""),
    (("evacuation", "vehicles", "load"), "-5 min", "vehicles.load", "-5 min", ""),
    (("evacuation", "key_sites", "prepare"), "fast", "key_sites.prepare", "fast", ""),
    (("evacuation", "key_sites", "per_staff"), 0, "key_sites.per_staff", "0", ""),
    ((*TEAMS, "ask_after"), "0 min", "reinforcement.ask_after", "0 min", ""),
    ((*TEAMS, "township_teams"), -1, "reinforcement.township_teams", "-1", ""),
    ((*TEAMS, "team"), 1, "reinforcement.team", "1", "at least 2"),
    ((*TEAMS, "ready"), REMOVE, "reinforcement.ready", "", "add ready"),
    (("evacuation", "relief", "ready"), "8 people", "relief.ready", "8 people", ""),
    (("evacuation", "relief", "every"), "0 min", "relief.every", "0 min", ""),
    (("evacuation", "relief", "stock"), 200, "relief.stock", "200", "remove it"),
    (("evacuation", "busses"), {}, "evacuation.busses", "", "remove it"),
    (("evacuation", "vehicle"), {}, "evacuation.vehicle", "", "did you mean 'vehicles'"),
    # shelters
    (SHELTERS, REMOVE, "evacuation.shelters", "", "add shelters"),
    ((*SHELTERS, "kinds"), [], "shelters.kinds", "", "at least 1"),
    ((*SHELTERS, "kinds"), ["school"], "shelters.kinds[0]", "school", "'emergency'"),
    ((*SHELTERS, "kinds"), ["emergency", "long"], "shelters.kinds", "emergency, long", "use one of: short"),
    ((*SHELTERS, "check_in"), "-2 min", "shelters.check_in", "-2 min", ""),
    ((*SHELTERS, "unlimited"), 1, "shelters.unlimited", "1", ""),
    ((*SHELTERS, "to_safety"), "5 min", "shelters.to_safety", "5 min", ""),
    # report_up
    (("report_up", "first_after"), NEVER_ENDS, "report_up.first_after", "", ""),
    (("report_up", "every"), "0 min", "report_up.every", "0 min", ""),
    (("report_up", "count"), -1, "report_up.count", "-1", ""),
    (("report_up", "again"), REMOVE, "report_up.again", "", "add again"),
    (("report_up", "to"), "county", "report_up.to", "county", ""),
    (("roster", "ladders", "county"), REMOVE, "roster.ladders", "", "add county to roster.ladders"),
    # local.alarms
    ((*ALARMS, "smoke"), ALARM, "alarms.smoke", "smoke", "'rain_alarm'"),
    ((*ALARMS, "rain_alarm", "share"), 1.2, "rain_alarm.share", "1.2", ""),
    ((*ALARMS, "rain_alarm", "at"), "1 m", "rain_alarm.at", "1 m", ""),
    ((*ALARMS, "rain_alarm", "at"), REMOVE, "rain_alarm.at", "", "add at"),
    ((*ALARMS, "rain_alarm", "zones"), ["山洪"], "rain_alarm.zones[0]", "山洪", "use one of: 滑坡"),
    ((*ALARMS, "rain_alarm", "zone"), ["滑坡"], "rain_alarm.zone", "", "did you mean 'zones'"),
    # at of an act
    (("warnings", 0, "at"), "25:00", "warnings[0].at", "25:00", "08:30"),
    (("warnings", 0, "at"), "2 h", "warnings[0].at", "2 h", "08:30"),
    (("warnings", 0, "at"), -1, "warnings[0].at", "-1", "08:30"),
    (("warnings", 0, "at"), ["17:30"], "warnings[0].at", "", "08:30"),
    # targets
    (("targets", 0, "of_whom"), "household", "targets[0].event", "safe", "warned or confirmed"),
    (("targets", 0, "of_whom"), "village", "targets[0].event", "safe", "acknowledged or reported"),
    (("targets", 0, "event"), "acknowledged", "targets[0].event", "acknowledged", "warned or confirmed or safe"),
    (("targets", 1, "of_whom"), "listed_household", "targets[1].event", "reported", "safe"),
    (("targets", 1, "of_whom"), "street", "targets[1].of_whom", "street", "village"),
    (("targets", 0, "event"), "rescued", "targets[0].event", "rescued", "'reported'"),
]


@pytest.mark.parametrize(("key", "value", "where", "written", "remedy"), CASES)
def test_each_mistake_is_found_where_it_stands(
    key: Key, value: object, where: str, written: str, remedy: str, tmp_path: Path
) -> None:
    """One fault, at the key, with the value as written and a remedy that helps."""
    found = faults(put(sound(), key, value), tmp_path)
    assert len(found) == 1, [fault.render("en") for fault in found]
    (fault,) = found
    assert fault.file == str(tmp_path / "night.yaml")
    assert fault.line > 0
    assert fault.key.endswith(where), fault.render("en")
    assert fault.value == written
    assert remedy in fault.remedy.en


@pytest.mark.parametrize("place", [("response", "II"), ("orders", "move")])
@pytest.mark.parametrize("clock", ["17:30", "1:05"])
def test_any_act_may_wait_for_the_clock(place: tuple[str, str], clock: str, tmp_path: Path) -> None:
    """Responses and orders as well as warnings, and nothing but a time of day."""
    block, level = place
    night = sound()
    steps = {"consultation": "0 min", "sign_off": "0 min", "signed_by": "desk", "release": "0 min", "means": []}
    own = {"id": "x", "at": clock, "stage" if block == "orders" else "level": level}
    night.scenario[block] = [steps | own]
    assert f"{night.load(tmp_path).plan.acts[1].at:%H:%M}" == clock.rjust(5, "0")
    night.scenario[block][0]["at"] = "dusk"
    (fault,) = faults(night, tmp_path)
    assert (fault.key, fault.value) == (f"{block}[0].at", "dusk")


def without_evacuation(night: Small) -> None:
    """Leave out the evacuation, and keep what needs it."""
    del night.scenario["evacuation"]


def without_helpers(night: Small) -> None:
    """Leave out the helpers, and keep their work."""
    del night.scenario["evacuation"]["helpers"]


def nothing_below(night: Small) -> None:
    """Leave out all that warnings below may start with."""
    del night.scenario["local"]


@pytest.mark.parametrize(
    ("spoil", "where", "remedies"),
    [
        (without_evacuation, ["report_up"], ["report_up: null", "configs/evacuation"]),
        (
            without_helpers,
            [f"evacuation.{name}" for name in ("persuasion", "vehicles", "reinforcement")],
            [f"write {name}: null" for name in ("persuasion", "vehicles", "reinforcement")],
        ),
        (
            nothing_below,
            ["evacuation.triggers.below.on"],
            ["local.sightings, local.alarms.rain_alarm, local.own_trigger, roster.neighbour_counties"],
        ),
    ],
)
def test_a_block_that_is_missing_is_told_where_it_is_needed(
    spoil: Callable[[Small], None], where: list[str], remedies: list[str], tmp_path: Path
) -> None:
    """One fault for each block that cannot do without it."""
    night = sound()
    spoil(night)
    found = faults(night, tmp_path)
    assert sorted(fault.key for fault in found) == sorted(where)
    assert all(any(remedy in fault.remedy.en for fault in found) for remedy in remedies)


def test_reports_go_up_a_ladder_of_the_county(tmp_path: Path) -> None:
    """Also where nothing starts below; without any of it the county needs none."""
    night = report_up(with_evacuation(small()))
    del night.scenario["roster"]["ladders"]["county"]
    (fault,) = faults(night, tmp_path)
    assert fault.key == "roster.ladders"
    assert "'county'" in fault.problem.en
    del night.scenario["report_up"]
    night.load(tmp_path)


def test_one_that_can_be_heard_is_enough(tmp_path: Path) -> None:
    """A trigger may name what does not happen tonight beside what does."""
    night = with_evacuation(small(), triggers={"any": {"name": "x", "on": ["move", "cannot_judge", "red", "I"]}})
    night.load(tmp_path)
    night.scenario["warnings"][0]["level"] = "blue"
    assert [fault.key for fault in faults(night, tmp_path)] == ["evacuation.triggers.any.on"]


@pytest.mark.parametrize("on", [["red", "sighting"], ["own_trigger"], ["neighbour_county"]])
def test_what_starts_below_may_start_at_a_point(on: list[str], tmp_path: Path) -> None:
    """One start among levels is enough."""
    night = sound()
    night.scenario["evacuation"]["triggers"] = {"here": {"name": "x", "on": on, "reach": "point"}}
    neighbour = {"id": "N", "title": "邻县", "at": "1 h", "callers": 1, "calls": ["T000V000"]}
    night.scenario["roster"]["neighbour_counties"] = [neighbour]
    night.load(tmp_path)


@pytest.mark.parametrize(("per_village", "door_teams"), [(0, True), (0, False), (2, False), (3, True)])
def test_a_village_may_have_no_helpers_of_its_own(per_village: int, door_teams: object, tmp_path: Path) -> None:
    """None, or enough for a crew."""
    own = helpers(per_village=per_village, door_teams=door_teams)
    assert with_evacuation(small(), helpers=own).load(tmp_path).plan.evacuation is not None


def test_a_county_without_zones_and_shelters_takes_any_kind(tmp_path: Path) -> None:
    """What is not there at all is not misnamed; only a stated zone must be there."""
    night = small()
    night.scenario["evacuation"] = evacuation(triggers={"red": {"name": "x", "on": ["red"], "zones": ["工地"]}})
    night.load(tmp_path)
    night.scenario["hazard"]["onset"] = {"stated": [{"zone": "Z1", "at": "1 h"}]}
    assert [fault.key for fault in faults(night, tmp_path)] == ["hazard.onset.stated[0].zone"]


def test_households_of_the_transfer_list_leave_on_known_triggers(tmp_path: Path) -> None:
    """Each trigger that the scenario does not have is told once, at the list; without an evacuation nobody asks."""
    night = sound()
    rows = [
        {"place": row["place"], "household": row["household"], "persons": 1} for row in night.tables["households.csv"]
    ]
    named = ("red", "below", "", "rde", "rde", "transfer")
    night.tables["transfer_list.csv"] = [row | {"leave_on": name} for row, name in zip(rows, named, strict=False)]
    found = faults(night, tmp_path)
    assert {(Path(fault.file).name, fault.key) for fault in found} == {("transfer_list.csv", "leave_on")}
    assert sorted(fault.value for fault in found) == ["rde", "transfer"]
    assert any("did you mean 'red'" in fault.remedy.en for fault in found)
    assert any("use one of: red, below" in fault.remedy.en for fault in found)
    for name in ("evacuation", "report_up", "targets"):
        del night.scenario[name]
    night.load(tmp_path)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Of every block, in one go."""
    night = sound()
    wrong: list[tuple[Key, object]] = [
        ((*STATED, 0, "zone"), "Z"),
        ((*LAW, "kinds"), ["泥石流"]),
        (("outages",), REMOVE),
        ((*RED, "on"), ["move"]),
        ((*RED, "zones"), ["工地", "学校"]),
        ((*RED, "reach"), "point"),
        ((*HELPERS, "crew"), 7),
        ((*SHELTERS, "kinds"), ["long"]),
        ((*ALARMS, "rain_alarm", "zones"), ["山洪"]),
        (("roster", "ladders", "county"), REMOVE),
        (("targets", 0, "of_whom"), "village"),
    ]
    for key, value in wrong:
        put(night, key, value)
    found = faults(night, tmp_path)
    assert len(found) == 13, [fault.render("en") for fault in found]  # two kinds of zones, two crews


def test_slips_of_several_blocks_are_told_at_once(tmp_path: Path) -> None:
    """The same for what is wrong by itself."""
    night = sound()
    wrong: list[tuple[Key, object]] = [
        ((*LAW, "together"), 3),
        ((*DECISION, "refuses"), "15 kg"),
        ((*HELPERS, "crw"), 2),
        (("report_up", "every"), "0 min"),
        ((*ALARMS, "smoke"), ALARM),
        (("warnings", 0, "at"), "25:00"),
    ]
    for key, value in wrong:
        put(night, key, value)
    assert len({fault.line for fault in faults(night, tmp_path)}) == 1  # the file is one line of JSON
    assert len(faults(night, tmp_path)) == len(wrong)


def test_settings_and_inherited_files_lay_over_one_another(tmp_path: Path) -> None:
    """Triggers, laws and alarms of several files stand side by side; what one writes again counts from it, and ``--set`` over all."""
    night = sound()
    night.scenario["extends"] = ["base.yaml", "over.yaml"]
    night.scenario["evacuation"]["triggers"] = {"red": {"name": "自己的"}}
    base = """
evacuation:
  triggers:
    red: {name: 底下的, on: [red, move], whom: threatened}
    blow: {name: 警报, on: [rain_alarm]}
hazard: {onset: {laws: {floods: {share: {dry: 0, light: 0, heavy: 0.1}, at: 30 min}}}}
local: {alarms: {water_alarm: {share: 0.1, at: 20 min}}}
report_up: {every: 2 h}
"""
    (tmp_path / "base.yaml").write_text(base, encoding="utf-8")
    (tmp_path / "over.yaml").write_text(
        "evacuation: {triggers: {red: {on: [red]}, blow: {hours: night}}}", encoding="utf-8"
    )
    settings = (
        "evacuation.triggers.blow.on=[water_alarm]",
        "evacuation.helpers.per_village=4",
        "hazard.onset.laws.floods.at={exponential: {mean: 40 min}}",
        "hazard.onset.stated.0.at=9 h",
        "local.alarms.rain_alarm.share=50 %",
        "report_up.every=3 h",
    )
    plan = night.load(tmp_path, *settings).plan
    assert plan.evacuation is not None
    assert plan.evacuation.helpers is not None
    assert plan.evacuation.helpers.per_village == 4
    red, blow = plan.evacuation.triggers["red"], plan.evacuation.triggers["blow"]
    assert (red.name, red.on, red.whom) == ("自己的", ("red",), "threatened")
    assert (blow.on, blow.hours) == (("water_alarm",), "night")
    assert plan.hazard.onset is not None
    assert set(plan.hazard.onset.laws) == {"slides", "floods"}
    assert plan.hazard.onset.stated[0].at_min == 540
    assert plan.local is not None
    assert {name: alarm.share for name, alarm in plan.local.alarms.items()} == {"rain_alarm": 0.5, "water_alarm": 0.1}
    assert plan.report_up is not None
    assert plan.report_up.every_min == 180


def test_a_fault_stands_in_the_file_or_setting_that_wrote_it(tmp_path: Path) -> None:
    """In an inherited file at its line, in ``--set`` at the setting."""
    night = sound()
    night.scenario["extends"] = "base.yaml"
    (tmp_path / "base.yaml").write_text(
        "evacuation:\n  triggers:\n    order:\n      name: 指令\n      on: [move]\n", encoding="utf-8"
    )
    setting = "evacuation.triggers.red.zones=[山洪]"
    found = faults(night, tmp_path, setting)
    places = {(Path(fault.file).name, fault.line, fault.key) for fault in found}
    assert places == {
        ("base.yaml", 5, "evacuation.triggers.order.on"),
        (f"--set {setting}", 0, "evacuation.triggers.red.zones[0]"),
    }


@pytest.mark.parametrize("preset", ["on-order", "five-must", "three-urgent"])
def test_each_preset_can_be_played_by_itself(preset: str, tmp_path: Path) -> None:
    """With an order, sightings and the defaults, over any county: it brings the alarms that it waits for."""
    night = sound()
    for name in ("evacuation", "report_up", "targets"):
        del night.scenario[name]
    del night.scenario["local"]["alarms"]
    describe(night, "gong", "whistle", "hand_siren", "megaphone", "ten_household", "neighbour")
    steps = {"consultation": "0 min", "sign_off": "0 min", "signed_by": "desk", "release": "0 min", "means": []}
    night.scenario["orders"] = [steps | {"id": "o", "stage": "move"}]
    files = [PRESETS / f"{name}.yaml" for name in ("defaults", "onset", preset)]
    night.scenario["extends"] = [str(file) for file in files]
    plan = night.load(tmp_path).plan
    assert plan.evacuation is not None
    assert len(plan.evacuation.triggers) == {"on-order": 1, "five-must": 5, "three-urgent": 3}[preset]
    assert plan.report_up is not None
