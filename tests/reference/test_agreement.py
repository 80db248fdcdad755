"""The fast model agrees with the slow, obvious one: exactly where nothing is left to chance, in distribution elsewhere.

Durations that are fixed have odd fractions, so that who comes first is seldom decided by the order in which a computer looks at things
that happen in the same instant; of the rest nothing is compared.
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import Scenario
from sim.warning import simulate
from tests.reference import calls, nights
from tests.reference.compare import differences
from tests.reference.model import ReferenceNight, play
from tests.reference.nights import Dice
from tests.reference.world import Play
from tests.strategies import CARRIED, MESSAGES, Small, describe, repeatable

pytestmark = pytest.mark.slow
FAILING = ("feeders", "substations", "sites", "links", "roads")
SETS = ("radio_370", "mesh", "sat_phone", "beidou")


def load(night: Small, *overrides: str) -> Scenario:
    """Load a night from a folder that does not outlive the call."""
    with tempfile.TemporaryDirectory() as folder:
        return night.load(Path(folder), *overrides)


def agree(make: Callable[[Dice], Small], happened: Callable[[ReferenceNight], int], examples: int, salt: str) -> None:
    """Both models agree on so many nights, on some of which what the test is about has ``happened``."""
    seen = 0

    @repeatable(examples)
    @given(st.integers(0, 2**32 - 1))
    def on(seed: int) -> None:
        nonlocal seen
        night = make(Dice(seed + zlib.crc32(salt.encode())))
        night.scenario.setdefault("rolling_every", "20 min")
        scenario = load(night)
        reference = play(scenario, np.random.default_rng(seed))
        assert differences(reference, simulate(scenario)) == []
        seen += happened(reference)

    on()
    assert seen > 0, "nothing of what this is about has happened"


def phone_and_doors(dice: Dice) -> Small:
    """Return a night on which the first warning is told by telephone and from door to door."""
    return nights.means(dice, nights.county(dice), "phone", "door")


# 2.2, 2.3: acts, desks, ladders ----------------------------------------------------------------------------------------


def answered(*, channel: str = "", cause: str = "") -> Callable[[ReferenceNight], int]:
    """Return how many have answered, reached by a channel or for a cause."""

    def count(night: ReferenceNight) -> int:
        answers = [answer for act in night.chain.every_act for answer in act.answers.values()]
        return sum(channel in {"", answer.channel} and cause in {"", answer.cause} for answer in answers)

    return count


@pytest.mark.parametrize("channel", ["phone", "work_app", "sms", "auto_call", "courier"])
def test_ladders_agree(channel: str) -> None:
    """Tries, gaps, jumps, repeats, at once, everybody or anybody; by phone, by a message first, automated, by messenger."""

    def make(dice: Dice) -> Small:
        night = nights.platform(dice, phone_and_doors(dice))
        return nights.ladders(dice, night, channel, channel, "phone")

    agree(make, answered(channel=channel), 15, channel)


@pytest.mark.parametrize("cause", ["department", "governance", "lateral"])
def test_callers_beside_the_chain_agree(cause: str) -> None:
    """Departments, governance centres, the place upstream, a register, key sites, cross-links: many desks call one person."""

    def make(dice: Dice) -> Small:
        night = nights.ladders(dice, phone_and_doors(dice), "phone", "work_app", "courier")
        if cause == "lateral":
            nights.from_below(dice, night)
        return nights.callers_beside(dice, night)

    agree(make, answered(cause=cause), 16, f"beside/{cause}")


@pytest.mark.parametrize("cause", ["report", "sighting", "rain_alarm", "cannot_judge", "neighbour_county"])
def test_what_starts_below_agrees(cause: str) -> None:
    """Sightings, alarms, a neighbouring county: down to the places, up to the county."""

    def make(dice: Dice) -> Small:
        night = nights.ladders(dice, phone_and_doors(dice))
        return nights.from_below(dice, night)

    agree(make, answered(cause=cause), 16, cause)


def test_several_acts_agree() -> None:
    """Warnings that rise, fall and are lifted, a response, an order: what sets them off, whom they call, what they put an end to."""

    def make(dice: Dice) -> Small:
        night = nights.ladders(dice, phone_and_doors(dice))
        if dice.yes():
            nights.from_below(dice, night)
        return nights.more_acts(dice, night)

    agree(make, lambda night: sum(not act.calling for act in night.chain.acts), 20, "acts")


# 2.4: channels -----------------------------------------------------------------------------------------------------------


def told_by(name: str) -> Callable[[ReferenceNight], int]:
    """Return how many households a channel has told."""
    return lambda night: sum(len(told.by_channel.get(name, ())) for told in night.channels.told.values())


def one_channel(dice: Dice, name: str, townships: int = 3) -> Small:
    """Return a night on which a channel is used, with another that somebody hears of if it only passes things on."""
    passed_on = name in {"neighbour", "ten_household"}
    by_desk = name == "wechat"  # desks that turn to their households in the same instant share one gateway
    night = nights.homes(dice, nights.county(dice, 1 if by_desk else townships), buildings=name != "neighbour")
    if by_desk:
        for desk in night.scenario["roster"]["desks"].values():
            desk["callers"] = 1
    others = [dice.one_of(["phone", "sms"])] if passed_on else ["phone"] if name == "door" else []
    return nights.means(dice, nights.platform(dice, night), *others, name)


@pytest.mark.parametrize(
    "name",
    [
        *MESSAGES,
        "tv",
        "phone",
        "auto_call",
        "broadcast",
        "area_terminal",
        *CARRIED,
        "patrol_car",
        "door",
        "ten_household",
        "neighbour",
    ],
)
def test_a_channel_agrees(name: str) -> None:
    """Every channel by itself: platform, set-up, order, who is at home and asleep at what hour, rain, night."""
    agree(lambda dice: one_channel(dice, name), told_by(name), 10, name)


@pytest.mark.parametrize(
    "names",
    [
        ("phone", "door", "ten_household"),
        ("phone", "auto_call", "broadcast", "neighbour"),
        ("patrol_car", "gong", "phone", "sms"),
        ("tv", "flash_sms", "area_terminal", "neighbour"),
    ],
)
def test_channels_of_several_acts_agree(names: tuple[str, ...]) -> None:
    """Several acts by several channels: who stays awake, what a lifted warning no longer tells, what starts below."""

    def make(dice: Dice) -> Small:
        night = nights.homes(dice, nights.county(dice), buildings="neighbour" not in names)
        nights.means(dice, nights.platform(dice, night), *names)
        night.scenario["reception"] = {"stays_awake": dice.sure(), "awake_for": dice.seconds(600, 7200)}
        nights.ladders(dice, night)
        local = [
            name for name in names if name in {"phone", "door", "gong", "patrol_car", "neighbour", "ten_household"}
        ]
        if set(local) & {"phone", "door", "gong"} and dice.yes():
            nights.from_below(dice, night, *local)
        nights.more_acts(dice, night)
        for act in (*night.scenario["warnings"], *night.scenario.get("orders", [])):
            act["means"] = dice.some_of(names, 0.7)
        return night

    agree(make, lambda night: sum(len(told.first) for told in night.channels.told.values()), 10, "+".join(names))


# 2.8: outages ------------------------------------------------------------------------------------------------------------


def service_lost(night: ReferenceNight) -> int:
    """Return how often a place has lost its service."""
    return sum(len(service.downs) for service in night.world.service)


@pytest.mark.parametrize("what", FAILING)
def test_what_fails_agrees(what: str) -> None:
    """Power lines, substations, sites, links, roads; batteries, second routes, floods, clock times."""
    happened = (lambda night: sum(len(road.downs) for road in night.world.roads)) if what == "roads" else service_lost

    def make(dice: Dice) -> Small:
        return nights.networks(dice, phone_and_doors(dice), what, dice.one_of(FAILING))

    agree(make, happened, 10, what)


def test_generators_agree() -> None:
    """Generators: whom they are sent to, over which road, when they turn back."""

    def make(dice: Dice) -> Small:
        night = phone_and_doors(dice)
        return nights.networks(dice, night, "feeders", "substations", "roads", "roads", generators=True)

    agree(make, service_lost, 25, "generators")


@pytest.mark.parametrize("means", [*SETS, "neighbour_place", "courier"])
def test_falling_back_agrees(means: str) -> None:
    """Desks without service: noticing, other means in turn, redialling; on foot where roads are closed."""

    def make(dice: Dice) -> Small:
        night = nights.ladders(dice, phone_and_doors(dice), "phone", "phone", "sms")
        nights.networks(dice, night, *dice.some_of(FAILING, 0.8), "sites", latest_s=900)
        if means == "neighbour_place":  # some villages go dark, each with a site of its own, and others do not
            codes = [row["code"] for row in night.tables["villages.csv"]]
            night.tables["covers.csv"] = [{"place": code, "site": f"S{code}"} for code in codes]
            some = [f"S{code}" for code in codes if dice.yes()]
            fails = {"what": "sites", "which": some or [f"S{codes[0]}"], "from": dice.seconds(0, 300)}
            night.scenario["outages"]["failures"] = {"some": fails}
        return nights.fallback(dice, night, means, *dice.some_of(sorted({*SETS, "courier"} - {means}), 0.2))

    agree(make, answered(channel=means), 25 if means == "neighbour_place" else 16, means)


@pytest.mark.parametrize(
    "name",
    ["sms", "wechat", "cell_broadcast", "tv", "phone", "auto_call", "broadcast", "area_terminal", "patrol_car", "door"],
)
def test_a_channel_in_the_dark_agrees(name: str) -> None:
    """Messages that wait or are lost, calls that are cut, loudspeakers without power, cars before closed roads."""

    def make(dice: Dice) -> Small:
        night = one_channel(dice, name)
        return nights.networks(dice, night, *dice.some_of(FAILING, 0.8), generators=dice.yes(0.3))

    agree(make, told_by(name), 8, name)


# 2.9: hazard and evacuation ----------------------------------------------------------------------------------------------


def moving(dice: Dice, *parts: str, townships: int = 3) -> Small:
    """Return a night on which people hear by several means of one act or several, and have to leave."""
    night = nights.homes(dice, nights.county(dice, townships))
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = 1
    names = ["phone", "door", "sms"] if dice.yes() else ["phone", "door"]
    nights.means(dice, night, *names)
    if "sms" in names:
        night.scenario["channels"]["sms"]["rate"] = "3.7 /min"
    if dice.yes(0.4):
        nights.from_below(dice, night, "phone", "door")
    if "local" in night.scenario or dice.yes(0.4):
        nights.ladders(dice, night)
    if "work_app" in night.scenario["channels"] and dice.yes():
        nights.more_acts(dice, night)
    return nights.evacuation(dice, night, *parts)


def people(test: Callable[..., bool]) -> Callable[[ReferenceNight], int]:
    """Return how many households in danger zones are as a test says."""
    return lambda night: sum(test(one, night.evacuation) for one in night.evacuation.people)


PARTS: dict[str, tuple[tuple[str, ...], Callable[[ReferenceNight], int]]] = {
    "walking": ((), people(lambda one, _: one.safe < np.inf)),
    "triggers": (("shelters",), people(lambda one, _: one.trigger > 0)),
    "early": ((), people(lambda one, _: one.goes_by_itself)),
    "exposed": (("shelters",), people(lambda one, evacuation: evacuation.exposed(one) == "on_the_way")),
    "shelters": (("shelters", "crowded"), lambda night: sum(full < np.inf for full in night.evacuation.shelters.full)),
    "helpers": (("shelters", "helpers"), people(lambda one, _: one.helped)),
    "refusal": (("shelters", "helpers", "persuasion"), people(lambda one, _: one.persuaded < np.inf)),
    "vehicles": (("shelters", "helpers", "vehicles"), people(lambda one, _: one.helped)),
    "reinforcement": (
        ("shelters", "helpers", "reinforcement"),
        lambda night: len(night.evacuation.teams),
    ),
    "returns": (("shelters", "returns"), people(lambda one, _: one.returned < np.inf)),
    "relief": (("shelters", "relief"), lambda night: sum(at < np.inf for at in night.evacuation.relieved)),
    "key_sites": (("shelters", "key_sites"), lambda night: sum(s.safe < np.inf for s in night.evacuation.key_sites)),
    "transfer": (
        ("shelters", "helpers", "vehicles", "persuasion", "transfer"),
        lambda night: len(night.world.county.transfer),
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_evacuation_agrees(part: str) -> None:
    """Who must leave, decides, walks, is persuaded, brought, finds room, goes home, is exposed and why."""
    parts, happened = PARTS[part]
    agree(lambda dice: moving(dice, *parts), happened, 25 if "helpers" in parts or part == "early" else 10, part)


def test_evacuation_on_closed_roads_agrees() -> None:
    """Waiting for a road, walking over a closed one, crews and vehicles and supplies on the roads as they then are."""

    def make(dice: Dice) -> Small:
        night = moving(dice, "shelters", "helpers", "vehicles", "reinforcement", "relief")
        return nights.networks(dice, night, "roads", "roads", "sites")

    agree(
        make,
        people(lambda one, _: one.ready < one.departed < np.inf or one.ready < np.inf == one.departed),
        20,
        "roads",
    )


# 2.10: report-up ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True], ids=["calm", "dark"])
def test_reports_agree(*, dark: bool) -> None:
    """What villages count, and when the township and the county have it."""

    def make(dice: Dice) -> Small:
        night = moving(dice, "shelters", "helpers", "returns", townships=1)
        describe(night, "work_app", "courier")
        roster = night.scenario["roster"]
        for post in nights.POSTS:
            roster["posts"].setdefault(post, {"title": post, "reachable": 1.0, "answer": 1.0})
        for level in ("county", "township"):
            roster["ladders"][level] = nights.ladder(dice, ("phone", "phone", "work_app", "courier"))
        if dark:
            nights.networks(dice, night, "roads", "sites", "links")
            nights.fallback(dice, night, "radio_370", "beidou", "courier")
        nights.reports(dice, night)
        if dark:  # one report of each village, however long it has to wait
            night.scenario["report_up"]["every"] = "11 h"
        return night

    reached = lambda night: sum(night.world.top in sheet.reached for sheet in night.reports.sheets)  # noqa: E731 - one line
    agree(make, reached, 15, f"reports {dark}")


# A test that cannot fail shows nothing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["chain", "channels", "evacuation"])
def test_four_levels_agree(part: str) -> None:
    """County, townships, villages, groups: the lowest desks turn to their households, villages report."""

    def make(dice: Dice) -> Small:
        if part == "evacuation":
            night = nights.reports(dice, moving(dice, "shelters", "helpers", townships=2))
        elif part == "channels":
            night = nights.homes(dice, nights.county(dice))
            nights.means(dice, nights.platform(dice, night), "sms", "gong", "broadcast", "door", "ten_household")
        else:
            night = nights.from_below(dice, nights.ladders(dice, phone_and_doors(dice), "phone", "work_app"))
            nights.more_acts(dice, night)
        return nights.grouped(dice, night)

    agree(make, lambda night: len(night.chain.acts), 20, f"groups/{part}")


def test_a_broken_reference_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reference in which telephones ring twice as long disagrees."""
    ring = calls.Calls.ring

    def twice(self: calls.Calls, job: calls.Job, step: calls.AttemptPlan, *rest: object) -> Play:
        return ring(self, job, step.model_copy(update={"ring_min": 2 * step.ring_min}), *rest)

    monkeypatch.setattr(calls.Calls, "ring", twice)
    seen = 0
    for seed in range(12):
        dice = Dice(seed)
        night = nights.ladders(dice, phone_and_doors(dice), "phone")
        scenario = load(night, "rolling_every=20 min")
        found = differences(play(scenario, np.random.default_rng(seed)), simulate(scenario))
        seen += any(" answered: " in each for each in found)
    assert seen > 2
