"""Small nights on which nothing is left to chance: every duration is fixed, every share is 0 or 1, and what they are is thrown by dice.

Durations have odd fractions, so that hardly ever two things happen in the same instant for no reason.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.strategies import CARRIED, Small, call_target, describe, small
from tests.strategies import evacuation as plain_evacuation

POSTS = ("officer", "deputy", "leader")


@dataclass
class Dice:
    """What chooses a night; the same number chooses the same night."""

    seed: int

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - dice, no secrets

    def seconds(self, low: float, high: float) -> str:
        """Return a fixed duration."""
        return f"{self._random.uniform(low, high):.4f} s"

    def sure(self, chance: float = 0.7) -> float:
        """Return a share that leaves nothing to chance."""
        return float(self._random.random() < chance)

    def yes(self, chance: float = 0.5) -> bool:
        """Return a truth value."""
        return self._random.random() < chance

    def hours(self, chance: float = 0.7) -> list[float]:
        """Return a share for each hour that leaves nothing to chance."""
        return [self.sure(chance) for _ in range(24)]

    def whole(self, low: int, high: int) -> int:
        """Return a whole number."""
        return self._random.randint(low, high)

    def number(self, low: float, high: float) -> float:
        """Return a number."""
        return round(self._random.uniform(low, high), 4)

    def one_of(self, options: Any) -> Any:  # noqa: ANN401 - whatever there is to choose from
        """Return one of some options."""
        return self._random.choice(list(options))

    def some_of(self, options: Any, chance: float = 0.5) -> list[Any]:  # noqa: ANN401 - the same
        """Return some of some options, in an order by chance."""
        chosen = [option for option in options if self.yes(chance)]
        self._random.shuffle(chosen)
        return chosen

    def clock(self) -> str:
        """Return a start of the night."""
        return f"2025-07-{self.whole(1, 28):02d} {self.whole(0, 23):02d}:{self.whole(0, 59):02d}"


def county(dice: Dice, townships: int = 3) -> Small:
    """Return a night in a small county of odd places, with desks that answer by phone at once or never."""
    night = small(dice.whole(1, townships), dice.whole(1, 3), dice.whole(1, 5))
    night.scenario |= {"start": dice.clock(), "seed": dice.whole(0, 2**32)}
    night.scenario["hazard"]["rain"] = dice.one_of(["dry", "light", "heavy"])
    for name in ("townships.csv", "villages.csv"):
        for row in night.tables[name]:
            row |= {"x_m": row["x_m"] + dice.number(0, 300), "y_m": row["y_m"] + dice.number(0, 300)}
    for row in night.tables["households.csv"]:
        row |= {"x_m": row["x_m"] + dice.number(0, 40), "y_m": row["y_m"] + dice.number(0, 40)}
        row |= {"persons": dice.whole(1, 5)}
    phone = night.scenario["channels"]["phone"]
    phone |= {"pickup": dice.seconds(3, 40), "talk": dice.seconds(20, 90), "busy_tone": dice.seconds(2, 9)}
    phone |= {"redial": dice.seconds(20, 70)}
    act(dice, night.scenario["warnings"][0])
    for desk in night.scenario["roster"]["desks"].values():
        desk |= {"callers": dice.whole(1, 3), "relay": dice.seconds(0, 200), "couriers": dice.whole(0, 2)}
    return night


def act(dice: Dice, plan: dict[str, Any]) -> None:
    """Let deciding on an act take some time."""
    plan |= {"consultation": dice.seconds(0, 300), "sign_off": dice.seconds(0, 100), "release": dice.seconds(0, 100)}
    if dice.yes():
        plan["delay"] = dice.seconds(0, 600)
    if dice.yes(0.2):
        plan["at"] = f"{dice.whole(0, 23):02d}:{dice.whole(0, 59):02d}"
    if dice.yes(0.2):
        plan["consult"] = "rolling"


def ladders(dice: Dice, night: Small, *channels: str) -> Small:
    """Let every level be called down a ladder of its own: jumps, repeats, at once, everybody or anybody."""
    describe(night, "auto_call", "work_app", "courier", "sms")
    plans, roster = night.scenario["channels"], night.scenario["roster"]
    for name in ("work_app", "sms"):
        plans[name]["duty"] = {"read": dice.hours(0.8), "delay": dice.seconds(30, 200)}
    plans["sms"]["setup"] = dice.seconds(0, 100)
    plans["courier"] |= {
        "ready": dice.seconds(10, 90),
        "talk": dice.seconds(10, 50),
        "found": dice.sure(),
        "detour": 1.3,
    }
    robot = {"answer_factor": dice.sure(0.9), "talk": dice.seconds(10, 60), "pickup": dice.seconds(3, 40)}
    plans["auto_call"] |= {"duty": robot, "lines": dice.whole(1, 3), "setup": dice.seconds(0, 120)}
    for post in POSTS:
        roster["posts"][post] = {"title": post, "reachable": dice.sure(0.8), "answer": dice.hours(0.6)}
    for level in ("county", "township", "village", "key_site"):
        roster["ladders"][level] = ladder(
            dice, channels or ("phone", "phone", "auto_call", "work_app", "sms", "courier")
        )
    return night


def ladder(dice: Dice, channels: tuple[str, ...]) -> dict[str, Any]:
    """Return a ladder."""
    steps: list[dict[str, Any]] = [
        {"id": f"s{n}", "post": dice.one_of(POSTS), **attempt(dice, dice.one_of(channels))}
        for n in range(dice.whole(1, 4))
    ]
    plan: dict[str, Any] = {"steps": steps, "need": dice.one_of(["any", "any", "all"])}
    if dice.yes(0.3):
        own = {step["post"]: step for step in steps}  # who is called twice in one instant, or of two alike who
        own = {step["channel"]: step for step in own.values()}  # answers first, would be a matter of luck
        return plan | {"order": "at_once", "steps": list(own.values())}
    if dice.yes():
        plan["repeat"] = {"rounds": dice.whole(1, 2), "from": dice.one_of(steps)["id"], "gap": dice.seconds(10, 300)}
    if plan["need"] == "any" and len(steps) > 2 and dice.yes():
        steps[0]["then"] = "s2"
    return plan


def attempt(dice: Dice, channel: str) -> dict[str, Any]:
    """Return one way of calling somebody."""
    plan: dict[str, Any] = {"channel": channel, "tries": dice.whole(1, 3), "gap": dice.seconds(0, 100)}
    if channel in {"phone", "auto_call"}:
        plan["ring"] = dice.seconds(15, 45)
    elif channel != "courier":
        plan["wait"] = dice.seconds(60, 200)
    return plan


def callers_beside(dice: Dice, night: Small) -> Small:
    """Let departments, governance centres, upstream places, a register and key sites take part, and cross-links be there."""
    roster, tables = night.scenario["roster"], night.tables
    codes = [row["code"] for row in tables["villages.csv"]]
    towns = [row["code"] for row in tables["townships.csv"]]
    roster["joint_duty"] = dice.yes()
    roster["departments"] = [
        {"id": f"d{n}", "title": "局", "callers": dice.whole(1, 2), "relay": dice.seconds(0, 200), "calls": calls}
        for n, calls in enumerate(dice.some_of([["township"], ["village"], ["township", "village"]]))
    ]
    roster["routes"] = dice.one_of([["duty_rooms"], ["governance"], ["duty_rooms", "governance"]])
    roster["governance"] = {
        "callers": 1,
        "relay": dice.seconds(0, 300),
        "level": dice.one_of(["township", "village"]),
        "ladder": ladder(dice, ("phone",)),
    }
    if dice.yes():
        roster["lateral"] = {"when": dice.one_of(["first", "last"])}
    rivers = [{"upstream": up, "downstream": down} for up, down in itertools.pairwise(codes)]
    if rivers:
        tables["rivers.csv"] = rivers
    roster["key_sites_called_by"] = dice.one_of(["county", "township", "village"])
    tables["key_sites.csv"] = [
        {"code": f"K{n}", "kind": "学校", "place": dice.one_of([*codes, *towns]), "persons": 90} for n in range(3)
    ]
    roles = {level: dice.some_of(POSTS) for level in ("county", "township", "village")}
    steps = [attempt(dice, channel) for channel in dice.some_of(["phone", "sms", "auto_call"]) or ["phone"]]
    roster["responsible"] = {"roles": roles, "steps": steps}
    if dice.yes():  # two desks may call one place; not in step, lest dice decide who is first
        roster["desks"]["county"]["callers"] = 1
        roster["ladders"]["township"] = ladder(dice, ("phone",)) | {"order": "in_turn"}
        links = dict.fromkeys((dice.one_of(towns), dice.one_of(codes)) for _ in range(2))
        added = [{"caller": a, "callee": b, "act": "add"} for a, b in links if not b.startswith(a)]
        if added:
            tables["links.csv"] = added
    night.scenario["call_targets"] += [
        call_target(id="sites", whom="key_sites"),
        call_target(id="register", whom="responsible"),
    ]
    return night


def more_acts(dice: Dice, night: Small) -> Small:
    """Let further warnings, a response and an order follow, each for everybody or for some."""
    scenario = night.scenario
    codes = [row["code"] for name in ("townships.csv", "villages.csv") for row in night.tables[name]]
    first = scenario["warnings"][0]
    first["level"] = dice.one_of(["yellow", "orange", "red"])
    common = {"signed_by": "desk", "means": first["means"]}
    scenario["rolling_every"] = dice.seconds(600, 1800)

    def area() -> object:
        return dice.one_of(["county", "county", dice.some_of(codes) or codes[:1]])

    def after() -> str:
        ids = ["t0", *(plan["id"] for plan in scenario["warnings"])]
        return dice.one_of(ids + (["sighting"] if "local" in scenario else []))

    first["area"] = area()
    for n in range(dice.whole(0, 2)):
        level, change = dice.one_of(["blue", "orange", "red"]), dice.one_of(["issue", "upgrade", "downgrade", "lift"])
        plan = common | {"id": f"w{n}", "level": level, "change": change, "area": area(), "after": after()}
        act(dice, plan)
        scenario["warnings"].append(plan | {"delay": dice.seconds(0, 1800)})
    if dice.yes():
        plan = {"signed_by": "desk", "means": [], "id": "r", "level": "II", "area": area(), "after": after()}
        act(dice, plan)
        scenario["response"] = [plan]
        scenario["call_targets"].append(
            call_target(id="respond", act="response", to=dice.one_of(["township", "village"]))
        )
    if dice.yes():
        plan = common | {"id": "o", "stage": "move", "area": area(), "after": after()}
        act(dice, plan)
        scenario["orders"] = [plan]
        scenario["call_targets"].append(call_target(id="order", act="order"))
    through_rooms = "duty_rooms" in scenario["roster"].get("routes", ["duty_rooms"])
    if through_rooms and dice.yes():
        scenario["roster"]["alerted"] = {"answer": dice.sure(), "relay_factor": dice.number(0.1, 1), "lasts": "40 min"}
    if dice.yes():
        levels = {level: dice.whole(1, 4) for level in ("county", "township", "village")}
        acts = [one["id"] for block in ("warnings", "response", "orders") for one in scenario.get(block, [])]
        standby = {"after": dice.some_of(acts, 0.6) or acts[:1], "assemble": dice.seconds(0, 900), "callers": levels}
        scenario["roster"]["standby"] = standby
    return night


def from_below(dice: Dice, night: Small, *means: str) -> Small:
    """Let monitors see signs, alarms go off, and a neighbouring county call."""
    codes = [row["code"] for row in night.tables["villages.csv"]]
    kinds = ("点", "沟", "坡")
    zones = [{"code": f"Z{code}", "place": code} for n, code in enumerate(codes) if n == 0 or dice.yes()]
    for row in night.tables.setdefault("zones.csv", zones):
        row |= {"kind": dice.one_of(kinds), "registered": dice.one_of(["是", "是", "否"])}
    known = sorted({row["kind"] for row in night.tables["zones.csv"]})
    night.scenario["local"] = {
        "means": list(means) or ["phone", "door"],
        "sightings": {
            "share": dice.sure(0.6),
            "at": dice.seconds(0, 1800),
            "acts_at_once": dice.sure(0.5),
            "stated": [
                {"place": place, "at": dice.seconds(0, 1800), "acts_at_once": dice.yes()}
                for place in dice.some_of(codes, 0.3)
            ],
        },
        "alarms": {
            alarm: {"share": dice.sure(0.7), "at": dice.seconds(0, 1800), "zones": dice.some_of(known, 0.3)}
            for alarm in dice.some_of(["rain_alarm", "water_alarm", "cannot_judge"], 0.5)
        },
    }
    if dice.yes():
        called = dice.some_of([*codes, *(row["code"] for row in night.tables["townships.csv"])]) or codes[:1]
        night.scenario["roster"]["neighbour_counties"] = [
            {"id": "N", "title": "邻县", "at": dice.seconds(0, 1800), "callers": 1, "calls": called}
        ]
    describe(night, *means)
    if "phone" in night.scenario["local"]["means"]:
        describe(night, "phone")
    return night


def homes(dice: Dice, night: Small, *, buildings: bool = True) -> Small:
    """Let households differ: phone, hearing, buildings, leads, who is listed, and at which hours they are at home or asleep."""
    night.county["habits"]["asleep"] = dice.hours(0.4)
    night.county["habits"]["patterns"] = [
        {"id": "home", "share": 1.0, "at_home": dice.hours(0.95)},
        {"id": "away", "share": 0.0, "at_home": dice.hours(0.3)},
    ]
    codes = [row["code"] for row in night.tables["villages.csv"]]
    night.tables.setdefault("zones.csv", [{"code": f"Z{code}", "kind": "点", "place": code} for code in codes])
    zones: dict[str, str] = {row["place"]: row["code"] for row in night.tables["zones.csv"]}
    at: dict[str, tuple[float, float]] = {}
    for row in night.tables["households.csv"]:
        place = row["place"]
        row |= {
            "phone": dice.one_of(["none", "feature", "smart", "smart"]),
            "pattern": dice.one_of(["home", "home", "away"]),
        }
        row |= {"hard_of_hearing": int(dice.yes(0.2)), "lead": int(dice.yes(0.3))}
        row |= {
            "zone": zones[place]
            if place in zones and (dice.yes(0.4) or row is night.tables["households.csv"][0])
            else ""
        }
        row |= {"elderly": int(dice.yes(0.3)), "needs_help": int(dice.yes(0.5)), "building": ""}
        if buildings and dice.yes(0.3):
            row["building"] = "A"
            row["x_m"], row["y_m"] = at.setdefault(place, (row["x_m"], row["y_m"]))
    return night


def platform(dice: Dice, night: Small) -> Small:
    """Let the systems of the platform open at once or be entered one after another."""
    kind = dice.one_of(["fused", "separate"])
    night.scenario["platform"] = {"kind": kind, "operators": dice.whole(1, 2), "entry": dice.seconds(20, 300)}
    return night


def means(dice: Dice, night: Small, *names: str) -> Small:
    """Describe means of telling households, and let the first warning use them."""
    describe(night, *names)
    plans = night.scenario["channels"]
    night.scenario["warnings"][0]["means"] = list(names)
    pace = {rain: dice.number(1, 2) for rain in ("dry", "light", "heavy")}
    plans["walking"] |= {"speed": "4.7 km/h", "detour": dice.number(1, 1.6), "night": dice.number(1, 1.5), "pace": pace}
    needed = {rain: f"{dice.number(50, 68)} dB" for rain in ("dry", "light", "heavy")}
    louder = {rain: f"{dice.number(62, 85)} dB" for rain in ("dry", "light", "heavy")}
    plans["sound"] |= {"awake": needed, "asleep": louder, "listen": dice.seconds(20, 100)}
    for name in names:
        vary(dice, name, plans[name])
    return night


def vary(dice: Dice, name: str, plan: dict[str, Any]) -> None:
    """Throw what one means is like."""
    for key in ("setup", "fetch"):
        if key in plan:
            plan[key] = dice.seconds(0, 300)
    if "noticed_awake" in plan:
        vary_messages(dice, name, plan)
    elif name in {"phone", "auto_call"}:
        vary_calls(dice, name, plan)
    elif "source_level" in plan:
        vary_sound(dice, name, plan)
    elif name == "tv":
        plan |= {"watching": dice.hours(0.7), "notice": dice.seconds(10, 300)}
    elif name == "door":
        plan |= {"teams": dice.whole(1, 3), "assemble": dice.seconds(0, 400), "per_house": dice.seconds(20, 200)}
        plan |= {"same_building": dice.seconds(5, 30), "answered": dice.sure(0.8), "absent": dice.seconds(10, 60)}
    elif name in {"ten_household", "neighbour"}:
        vary_passing_on(dice, name, plan)


def rain(dice: Dice) -> dict[str, float]:
    """Return how much longer something takes by rain."""
    return {weather: dice.number(1, 2) for weather in ("dry", "light", "heavy")}


def vary_messages(dice: Dice, name: str, plan: dict[str, Any]) -> None:
    """Throw what messages are like."""
    plan |= {"noticed_awake": dice.sure(), "noticed_asleep": dice.sure(0.4), "off": dice.sure(0.1)}
    plan |= {"smartphone": dice.sure(0.9), "feature_phone": dice.sure(), "order": dice.one_of(["any", "listed_first"])}
    plan |= {"latency": dice.seconds(1, 60), "read_delay": dice.seconds(0, 600)}
    plan |= {"messages_per_person": dice.number(0.5, 2), "validity": "30 min"}
    plan |= {"sent_by": dice.one_of(["platform", "desk"]) if name == "wechat" else "platform"}
    if dice.yes(0.7):
        plan["rate"] = f"{dice.number(1, 20)} /min"


def vary_calls(dice: Dice, name: str, plan: dict[str, Any]) -> None:
    """Throw what calls to households are like."""
    shares = {"answered_awake": dice.sure(), "answered_asleep": dice.sure(0.4)}
    if name == "phone":
        plan["households"] |= {"callers": dice.whole(1, 3), "setup": dice.seconds(0, 200), "ring": dice.seconds(20, 50)}
        plan["households"] |= shares | {"talk": dice.seconds(30, 100)}
    else:
        plan |= {"lines": dice.whole(1, 4), "whom": dice.one_of(["all", "listed"]), "reachable": dice.sure(0.8)}
        plan |= shares | {"tries": dice.whole(1, 3)}
        plan |= {"talk": dice.seconds(20, 80), "ring": dice.seconds(20, 50), "gap": dice.seconds(10, 300)}


def vary_sound(dice: Dice, name: str, plan: dict[str, Any]) -> None:
    """Throw what makes a sound, and how loud."""
    if name in CARRIED:  # how far off the path is differs by chance
        plan |= {"source_level": f"{dice.number(90, 115)} dB", "passing": "0.01 m"}
        return
    plan |= {"source_level": f"{dice.number(112, 135)} dB", "screening": f"{dice.number(0, 9)} dB"}
    if name == "broadcast":
        plan["terminals"] = {
            kind: {"online": dice.sure(0.8), "delay": dice.seconds(0, 60)} for kind in ("ip", "fm", "satellite")
        }
    elif name == "area_terminal":
        plan["online"] = dice.sure(0.9)
    else:
        plan |= {"speed": "17 km/h", "detour": dice.number(1, 2), "pace": rain(dice), "sounds": dice.seconds(30, 200)}


def vary_passing_on(dice: Dice, name: str, plan: dict[str, Any]) -> None:
    """Throw how people tell each other."""
    if dice.yes():
        plan["pace"] = rain(dice)
    if name == "ten_household":
        plan |= {"goes": dice.sure(0.9), "ready": dice.seconds(0, 300), "per_house": dice.seconds(30, 150)}
        plan["answered"] = dice.sure(0.9)
    else:
        plan |= {"contacts": dice.whole(1, 3), "within": f"{dice.number(30, 150)} m", "tells": dice.sure(0.9)}
        plan |= {"delay": dice.seconds(10, 400), "night": dice.sure(0.5)}


def networks(dice: Dice, night: Small, *whats: str, generators: bool = False, latest_s: float = 4000) -> Small:
    """Let power lines, sites, links and roads be there, and some of those named fail for some time."""
    towns = [row["code"] for row in night.tables["townships.csv"]]
    codes = [row["code"] for row in night.tables["villages.csv"]]
    night.tables["feeders.csv"] = [
        {"code": f"F{n}", "substation": f"U{n // 2}", "place": code}
        for n, code in enumerate(dice.some_of([*towns, *codes]) or towns)
    ]
    hubs = [
        {"code": f"S{code}", "kind": dice.one_of(["hub", "super"]), "place": code, "uplink": "", "second": second(dice)}
        for code in towns
    ]
    bases = [
        {"code": f"S{code}", "kind": "base", "place": code, "uplink": f"S{code[:4]}", "second": second(dice, 0.2)}
        for code in codes
    ]
    night.tables["sites.csv"] = [site | {"backhaul": dice.one_of(["fibre", "microwave"])} for site in [*hubs, *bases]]
    pairs = [(night.county["code"], town) for town in towns] + [(code[:4], code) for code in codes]
    pairs += [pair for pair in itertools.pairwise(codes) if dice.yes(0.3)]
    night.tables["roads.csv"] = [
        {
            "code": f"R{n}",
            "from": one,
            "to": other,
            "length_m": dice.number(800, 6000),
            "kind": dice.one_of(["main", "path"]),
        }
        for n, (one, other) in enumerate(pairs)
    ]
    outages: dict[str, Any] = {
        "flood": {"share": dice.sure(), "at": dice.seconds(0, 2400), "within": dice.some_of(towns, 0.3)},
        "failures": {f"f{n}": failure(dice, what, night, latest_s) for n, what in enumerate(whats)},
        "batteries": {kind: dice.seconds(0, latest_s) for kind in ("base", "hub", "super", "terminal")}
        | {"recharge": dice.number(0.5, 3)},
    }
    if generators:
        outages["generators"] = {
            "count": dice.whole(1, 2),
            "served": dice.sure(0.9),
            "dispatch": dice.seconds(60, 1200),
            "setup": dice.seconds(60, 600),
            "speed": "21 km/h",
        }
    night.scenario["outages"] = outages
    return night


def second(dice: Dice, chance: float = 0.5) -> str:
    """Return the second route of a site, if it has one."""
    return dice.one_of(["fibre", "microwave", "satellite"]) if dice.yes(chance) else ""


def failure(dice: Dice, what: str, night: Small, latest_s: float) -> dict[str, Any]:
    """Return one way of failing."""
    table = {"feeders": "feeders", "substations": "feeders", "sites": "sites", "links": "sites", "roads": "roads"}[what]
    known = [row["substation" if what == "substations" else "code"] for row in night.tables[f"{table}.csv"]]
    towns = [row["code"] for row in night.tables["townships.csv"]]
    plan: dict[str, Any] = {"what": what, "share": dice.sure(0.9), "together": dice.sure(0.3)}
    plan["which"] = dice.some_of(sorted(set(known)), 0.4) if dice.yes() else []
    plan["within"] = dice.some_of(towns) if dice.yes(0.3) else []
    kinds = {"sites": ["base", "hub"], "links": ["fibre", "microwave"], "roads": ["main", "path"]}.get(what, [])
    plan["kinds"] = dice.some_of(kinds) if dice.yes(0.3) else []
    plan["with_flood"] = dice.yes(0.3)
    start_hour = int(night.scenario["start"][11:13])
    by_clock = f"{(start_hour + dice.whole(1, 3)) % 24:02d}:{dice.whole(0, 59):02d}"
    plan["from"] = dice.seconds(0, latest_s) if plan["with_flood"] or dice.yes(0.7) else by_clock
    ends = dice.whole(0, 2)
    if ends == 1:
        plan["lasts"] = dice.seconds(300, 6000)
    if ends == 2:
        plan["until"] = f"{dice.whole(0, 23):02d}:{dice.whole(0, 59):02d}"
    return plan


def evacuation(dice: Dice, night: Small, *parts: str) -> Small:
    """Let zones be struck and those who live in them leave; of helpers, shelters and so on only the ``parts`` named take part.

    Call it after ``homes``, ``means`` and whatever happens below.
    """
    night.scenario["warnings"][0]["level"] = dice.one_of(["red", "orange", "yellow"])
    plan = night.scenario["evacuation"] = plain_evacuation(triggers=triggers(dice, night))
    pace = rain(dice)
    plan["decision"] |= {"seek": dice.seconds(60, 1200), "sources": dice.whole(1, 3), "decide": dice.seconds(10, 600)}
    plan["decision"] |= {"prepare": dice.seconds(60, 1200), "night": dice.number(1, 2), "needs_help": dice.number(1, 2)}
    plan["decision"] |= {"alerted_factor": dice.number(0.2, 1), "early": dice.sure(0.5)}
    plan["walking"] |= {"speed": "4.3 km/h", "slope": dice.number(0, 0.3), "elderly": dice.number(1, 2), "pace": pace}
    plan["walking"] |= {"night": dice.number(1, 1.5)} | ({"over_closed": dice.number(1, 4)} if dice.yes() else {})
    plan["driving"] = {"speed": "23 km/h", "pace": pace}
    plan["shelters"] |= {"check_in": dice.seconds(0, 200), "to_safety": f"{dice.number(50, 2000)} m"}
    if dice.yes(0.8):
        night.scenario["hazard"]["onset"] = onset(dice, night.tables["zones.csv"])
    if "shelters" in parts:
        shelters(dice, night, most=4 if "crowded" in parts else 12)
    plan |= {name: make(dice) for name, make in HELP.items() if name in parts}
    if "persuasion" in parts:
        plan["decision"]["refuses"] = dice.sure(0.8)
    if "key_sites" in parts:
        key_sites(dice, night)
    if "reinforcement" in parts or "relief" in parts:
        towns = [row["code"] for row in night.tables["townships.csv"]]
        night.tables["centres.csv"] = [
            {"code": f"C{n}", "place": place, "teams": dice.whole(0, 2), "stock_persons": dice.whole(0, 30)}
            for n, place in enumerate(dict.fromkeys([night.county["code"], *dice.some_of(towns)]))
        ]
    if "transfer" in parts:
        transfer_list(dice, night, list(plan["triggers"]))
    return night


HELP: dict[str, Callable[[Dice], dict[str, Any]]] = {
    "helpers": lambda dice: {
        "per_village": dice.one_of([0, 2, 4]),
        "assemble": dice.seconds(0, 600),
        "crew": 2,
        "door_teams": dice.yes(),
        "at_house": dice.seconds(60, 900),
        "carry": dice.number(1, 3),
        "fatigue": dice.number(0, 0.5),
    },
    "vehicles": lambda dice: {"per_village": dice.whole(0, 2), "load": dice.seconds(30, 300)},
    "persuasion": lambda dice: {
        "after": dice.seconds(60, 900),
        "visit": dice.seconds(60, 900),
        "persuaded": dice.sure(0.6),
        "visits": dice.whole(1, 3),
    },
    "returns": lambda dice: {"share": dice.sure(0.8), "after": dice.seconds(60, 3600)},
    "key_sites": lambda dice: {"prepare": dice.seconds(60, 900), "per_staff": dice.whole(1, 9)},
    "reinforcement": lambda dice: {
        "ask_after": dice.seconds(60, 900),
        "township_teams": dice.whole(0, 2),
        "team": 4,
        "ready": dice.seconds(60, 900),
    },
    "relief": lambda dice: {"ready": dice.seconds(60, 900), "every": dice.seconds(600, 2400)},
}
"""The blocks of ``evacuation`` that may be left out."""
LEVELS = ("red", "orange", "yellow", "move", "II")


def triggers(dice: Dice, night: Small) -> dict[str, dict[str, Any]]:
    """Return some triggers, each on something that can happen tonight."""
    scenario, level = night.scenario, night.scenario["warnings"][0]["level"]
    kinds = sorted({row["kind"] for row in night.tables["zones.csv"]})
    local = scenario.get("local", {})
    starts = (["sighting"] if "sightings" in local else []) + list(local.get("alarms", {}))
    starts += ["neighbour_county"] if scenario["roster"].get("neighbour_counties") else []
    made = {}
    for n in range(dice.whole(1, 3)):
        on = list(dict.fromkeys([dice.one_of([level, *starts]), *dice.some_of([*LEVELS, *starts], 0.3)]))
        made[f"t{n}"] = {
            "name": "条件",
            "on": on,
            "reach": dice.one_of(["all", "all", "point"]) if set(on) - set(LEVELS) else "all",
            "zones": dice.some_of(kinds) if dice.yes(0.2) else [],
            "whom": dice.one_of(["listed", "threatened", "threatened", "needs_help"]),
            "hours": dice.one_of(["any", "any", "day", "night"]),
        }
    return made


def shelters(dice: Dice, night: Small, most: int) -> None:
    """Let there be shelters, of which some are opened."""
    codes = [row["code"] for name in ("townships.csv", "villages.csv") for row in night.tables[name]]
    kinds = dice.one_of([["emergency", "short"], ["short", "long"]])
    night.scenario["evacuation"]["shelters"] |= {"unlimited": dice.yes(0.2), "kinds": kinds}
    night.tables["shelters.csv"] = [
        {"code": f"S{n}", "place": dice.one_of(codes), "kind": kind, "capacity": dice.whole(1, most)}
        | {"x_m": dice.number(0, 9000), "y_m": dice.number(0, 3000)}
        for n, kind in enumerate(["short", *dice.some_of(["emergency", "short", "long"] * 2)])
    ]


def key_sites(dice: Dice, night: Small) -> None:
    """Let there be a key site in every zone."""
    zones, roster = night.tables["zones.csv"], night.scenario["roster"]
    night.tables["key_sites.csv"] = [
        {"code": f"K{n}", "kind": "学校", "place": row["place"], "persons": dice.whole(1, 90), "zone": row["code"]}
        | {"staff": dice.whole(0, 9), "x_m": dice.number(0, 9000), "y_m": dice.number(0, 3000)}
        for n, row in enumerate(zones)
    ]
    roster["key_sites_called_by"] = "village"
    roster["ladders"].setdefault("key_site", ladder(dice, ("phone",)))
    for post in POSTS:
        roster["posts"].setdefault(post, {"title": post, "reachable": 1.0, "answer": 1.0})
    night.scenario["call_targets"].append(call_target(id="moved", whom="key_sites"))


def onset(dice: Dice, zones: list[dict[str, Any]]) -> dict[str, Any]:
    """Return when which zones are struck."""
    kinds = sorted({row["kind"] for row in zones})
    laws = {
        f"l{n}": {
            "share": dict.fromkeys(("dry", "light", "heavy"), dice.sure(0.8)),
            "at": dice.seconds(1200, 14000),
            "kinds": dice.some_of(kinds) if dice.yes(0.3) else [],
            "together": dice.sure(0.3),
        }
        for n in range(dice.whole(1, 2))
    }
    stated = [{"zone": row["code"], "at": dice.seconds(1200, 14000)} for row in dice.some_of(zones, 0.6)]
    return {"laws": laws, "stated": stated}


def transfer_list(dice: Dice, night: Small, triggers: list[str]) -> None:
    """Let a transfer list name some households, their shelter, helper, vehicle, and what starts them."""
    zones = {row["place"]: row["code"] for row in night.tables["zones.csv"] if row.get("registered", "是") == "是"}
    shelters = [row["code"] for row in night.tables.get("shelters.csv", [])]
    rows = [
        {
            "household": row["household"],
            "place": row["place"],
            "persons": row["persons"],
            "needs_help": dice.one_of(["是", "否"]),
            "zone": zones[row["place"]],
            "shelter": dice.one_of(["", *shelters]),
            "helper": dice.one_of(["", "", "张", "李"]),
            "vehicle": dice.one_of(["是", "否", "否"]),
            "leave_on": dice.one_of(["", "", *triggers]),
        }
        for row in night.tables["households.csv"]
        if row["place"] in zones and dice.yes()
    ]
    if rows:
        night.tables["transfer_list.csv"] = rows


def reports(dice: Dice, night: Small) -> Small:
    """Let villages report up, some so often that reports wait for each other."""
    every = dice.one_of([dice.seconds(300, 900), dice.seconds(10000, 20000)])
    plan = {"first_after": dice.seconds(60, 900), "every": every, "count": dice.seconds(30, 300)}
    night.scenario["report_up"] = plan | {"again": dice.seconds(120, 900)}
    night.scenario["roster"]["ladders"].setdefault(
        "county", {"steps": [{"post": "officer", "tries": 2, "ring": "30 s"}]}
    )
    return night


def fallback(dice: Dice, night: Small, *names: str) -> Small:
    """Let desks without service turn to other means: the ``names``, in an order by chance, if they hold what these need."""
    roster, plans = night.scenario["roster"], night.scenario["channels"]
    codes = [row["code"] for name in ("townships.csv", "villages.csv") for row in night.tables[name]]
    held = []
    for name in ("radio_370", "mesh", "sat_phone", "beidou"):
        use = {
            "needs": ["person"],
            "ready": dice.seconds(20, 200),
            "works": dice.sure(0.9),
            "answered": dice.hours(0.9),
        }
        use |= {"talk": dice.seconds(30, 90), "ring": dice.seconds(30, 60)}
        use |= {"reach": f"{dice.number(900, 9000)} m"} if dice.yes(0.3) else {}
        plans[name] = use | ({"charge": dice.seconds(1000, 9000)} if dice.yes(0.3) else {})
        if name in names:
            held += [(code, name, dice.one_of(["是", "是", "否"])) for code in codes if dice.yes(0.7)]
    if held:
        night.tables["sets.csv"] = [
            {"place": code, "device": name, "count": dice.whole(1, 2), "trained": trained}
            for code, name, trained in held
        ]
    describe(night, "courier")
    if dice.yes():
        pace = {"dry": 1.0, "light": 1.2, "heavy": 1.7}
        plans["courier"]["foot"] = {"speed": "3.3 km/h", "pace": pace, "over_closed": dice.number(1, 3)}
    means = dice.some_of(names, 0.8)
    roster["fallback"] = {"notice": dice.seconds(20, 200), "means": means, "retry_every": dice.seconds(120, 600)}
    return night


def grouped(dice: Dice, night: Small) -> Small:
    """Put a level of groups below the villages of a finished night: what stood in a village stands in one of its groups."""
    villages = [row["code"] for row in night.tables["villages.csv"]]
    groups = {code: [f"{code}G{n}" for n in range(dice.whole(1, 3))] for code in villages}
    night.county["levels"].append(
        {"id": "group", "name": "村民小组", "short": "组", "table": "groups.csv", "coded": True}
    )
    night.tables["groups.csv"] = [
        {
            "code": code,
            "name": code,
            "parent": row["code"],
            "x_m": row["x_m"] + dice.number(0, 400),
            "y_m": row["y_m"] + dice.number(0, 400),
        }
        for row in night.tables["villages.csv"]
        for code in groups[row["code"]]
    ]
    home = {}
    for name in ("zones", "households", "transfer_list", "devices", "loudspeakers", "area_terminals"):
        for row in night.tables.get(f"{name}.csv", []):
            first = groups[row["place"]][0]
            if name == "households":
                home[row["household"]] = first if row.get("zone") else dice.one_of(groups[row["place"]])
            row["place"] = home.get(row.get("household"), first)
    roster = night.scenario["roster"]
    roster["desks"]["group"] = {
        "callers": dice.whole(1, 2),
        "relay": dice.seconds(0, 200),
        "couriers": dice.whole(0, 2),
    }
    roster["ladders"]["group"] = ladder(dice, ("phone",))
    for post in POSTS:
        roster["posts"].setdefault(post, {"title": post, "reachable": 1.0, "answer": 1.0})
    for stated in night.scenario.get("local", {}).get("sightings", {}).get("stated", []):
        stated["place"] = groups[stated["place"]][0]
    return night
