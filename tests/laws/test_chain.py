"""Laws of the chain of desks: ladders as played, callers, who is called for which act, and warnings that start below.

Times are worked out by hand on nights that leave nothing to chance. A law that compares two nights gives both the same luck and
says under which condition it holds.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.luck import Luck
from sim.records import CAUSES, CallRecords, Event, Night
from sim.scenario import Scenario
from sim.warning import simulate
from sim.warning.fates import Fates
from sim.warning.platform import opening_delays
from sim.warning.setting import setting
from tests.strategies import Small, call_target, describe, message, played, repeatable, small

NEVER = math.inf
A_NANOMINUTE = 1e-9
SHARES = st.sampled_from([0.3, 0.6, 0.9, 1.0])


# Tools ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A night that was played, asked by the codes of places; ``act`` is ``w`` unless said otherwise."""

    scenario: Scenario
    night: Night

    def calls(self, act: str = "w") -> CallRecords:
        """Return who answered to an act."""
        return next(each.calls for each in self.night.acts if each.id == act)

    def released(self, act: str = "w") -> float:
        """Return when an act was released."""
        return next(each.released_min for each in self.night.acts if each.id == act)

    def at(self, *codes: str, act: str = "w") -> list[float]:
        """Return when places answered, to the nanominute."""
        index = self.scenario.county.index
        return [round(float(self.calls(act).acknowledged_min[index[code]]), 9) for code in codes]

    def cause(self, code: str, act: str = "w") -> str:
        """Return why a place knows."""
        cause = int(self.calls(act).cause[self.scenario.county.index[code]])
        return CAUSES[cause] if cause >= 0 else ""

    def who(self, act: str = "w") -> set[str]:
        """Return the places below the top that answered."""
        codes, times = self.scenario.county.places.code, self.calls(act).acknowledged_min
        return {codes[i] for i in range(1, len(codes)) if times[i] < NEVER}

    def events(self, *acts: str, place: str | None = None, post: str | None = None) -> list[Event]:
        """Return what happened."""
        where = None if place is None else self.scenario.county.index[place]
        return [
            event
            for event in self.night.events
            if event.act in acts and where in {None, event.place} and post in {None, event.actor_post}
        ]


def tell(night: Small) -> Told:
    """Play a night."""
    return Told(*played(night))


def desks(townships: int, villages: int) -> Small:
    """Return a night of phone calls of one minute, everybody answering, in which a single household lives."""
    night = small(townships, villages, 1)
    night.tables["households.csv"] = night.tables["households.csv"][:1]
    night.scenario["end"] = "30 d"
    night.scenario["roster"]["posts"]["officer"]["rotates"] = False
    night.scenario["warnings"][0]["means"] = ["sms"]
    return night


def with_groups(night: Small, groups: int = 2) -> Small:
    """Add a level of groups below the villages."""
    night.county["levels"].append({"id": "group", "name": "组", "short": "组", "table": "groups.csv"})
    night.tables["groups.csv"] = [
        {"code": f"{v['code']}G{g}", "name": f"组{g}", "parent": v["code"], "x_m": v["x_m"], "y_m": v["y_m"]}
        for v in night.tables["villages.csv"]
        for g in range(groups)
    ]
    for row in night.tables["households.csv"]:
        row["place"] += "G0"
    roster = night.scenario["roster"]
    for block in ("desks", "ladders"):
        roster[block]["group"] = dict(roster[block]["village"])
    return night


def ample(night: Small) -> Small:
    """Give every desk callers for everybody at once."""
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = 99
    return night


def posts(night: Small, **answers: float) -> Small:
    """Add posts that can be reached and answer so often."""
    for name, answer in answers.items():
        night.scenario["roster"]["posts"][name] = {
            "title": name,
            "reachable": 1.0,
            "answer": answer,
            "rotates": False,
        }
    return night


def step(post: str, tries: int = 1, **more: object) -> dict[str, object]:
    """Return a step by phone that rings half a minute."""
    return {"post": post, "tries": tries, "ring": "30 s"} | more


def climb(night: Small, *steps: dict[str, object], level: str = "township", **more: object) -> Small:
    """Set the ladder of a level."""
    night.scenario["roster"]["ladders"][level] = {"steps": list(steps)} | more
    return night


def on_duty(night: Small, *rows: tuple[str, str, str], until: str = "", since: str = "") -> Small:
    """Put (desk, post, person) on the table of shifts, for ever or between two clock times."""
    night.scenario["roster"] |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    shifts = night.tables.setdefault("shifts.csv", [])
    shifts += [{"desk": desk, "post": post, "person": who, "from": since, "to": until} for desk, post, who in rows]
    night.tables["persons.csv"] = [{"person": who} for who in sorted({row["person"] for row in shifts})]
    return night


def act(name: str, **changes: object) -> dict[str, object]:
    """Return an act that is released the minute it is set off, told to nobody but the desks."""
    plan = {
        "id": name,
        "consultation": "0 min",
        "sign_off": "0 min",
        "signed_by": "desk",
        "release": "0 min",
        "means": ["sms"],
    }
    return plan | changes


def warning(name: str, **changes: object) -> dict[str, object]:
    """Return a red warning."""
    return act(name, **{"level": "red"} | changes)


@st.composite
def chains(draw: st.DrawFn) -> Small:
    """Return nights in which answers are left to chance: two posts in turn, ample callers, holders who stay."""
    night = ample(desks(draw(st.integers(1, 3)), draw(st.integers(1, 4))))
    night.scenario["seed"] = draw(st.integers(0, 2**64 - 1))
    night.scenario["channels"]["phone"]["pickup"] = {"lognormal": {"median": "10 s", "p90": "20 s"}}
    for post in ("officer", "deputy"):
        posts(night, **{post: draw(SHARES)})
        night.scenario["roster"]["posts"][post]["reachable"] = draw(SHARES)
    for level in ("township", "village"):
        steps = [
            step(post, draw(st.integers(1, 3)), gap=f"{draw(st.integers(0, 9))} min") for post in ("officer", "deputy")
        ]
        climb(night, *steps, level=level)
    for desk in night.scenario["roster"]["desks"].values():
        desk["relay"] = {"uniform": {"low": "0 min", "high": "5 min"}}
    return night


def earliest(told: Told, act: str = "w") -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return when every place answered."""
    return told.calls(act).acknowledged_min[: len(told.scenario.county.places)]


def assert_never_later(told: Told, than: Told, act: str = "w") -> None:
    """Every place answers at least as early, and whoever answered answers still."""
    assert (earliest(told, act) <= earliest(than, act) + A_NANOMINUTE).all()


# Ladders as played ----------------------------------------------------------------------------------------------------


def test_a_jump_leaves_out_the_steps_between() -> None:
    """A is silent twice (0.5 + 1 + 0.5 min), then d: one minute of talk; b, who would answer, is never called."""
    night = posts(desks(1, 1), a=0.0, b=1.0, d=1.0)
    told = tell(climb(night, step("a", 2, gap="1 min", then="four"), step("b"), step("d", id="four")))
    assert told.at("T000") == [3.0]
    assert [event.actor_post for event in told.events("no_answer", "answered", place="T000")] == ["a", "a", "d"]


def test_further_rounds_begin_after_the_gap_between_rounds() -> None:
    """Two silent posts take a minute a round, ten lie between; b answers from 02:00 (minute 40), in the fifth round: 44.5 + 1."""
    night = posts(desks(1, 1), a=0.0, b=0.0)
    night.scenario["roster"]["posts"]["b"]["answer"] = [0.0, 0.0] + [1.0] * 22
    told = tell(climb(night, step("a"), step("b"), repeat={"rounds": 9, "gap": "10 min"}))
    assert told.at("T000") == [45.5]
    assert len(told.events("no_answer", place="T000")) == 9


def test_a_vacant_post_is_skipped_at_once() -> None:
    """Nobody holds the officer's post: neither rings nor gaps; the deputy answers after a minute's talk."""
    night = on_duty(posts(desks(2, 1), deputy=1.0), ("T000", "deputy", "P"))
    told = tell(ample(climb(night, step("officer", 3, gap="5 min"), step("deputy"))))
    assert told.at("T000") == [1.0]
    assert not told.events("no_answer", "answered", place="T000", post="officer")


def test_at_once_the_first_answer_counts_and_ends_the_others() -> None:
    """A rings twice with a gap, b answers within the minute: a is not rung again."""
    night = ample(posts(desks(1, 1), a=0.0, b=1.0))
    told = tell(climb(night, step("a", 2, gap="5 min"), step("b"), order="at_once"))
    assert told.at("T000") == [1.0]
    assert len(told.events("no_answer", place="T000", post="a")) == 1


@pytest.mark.parametrize(
    ("order", "callers", "minute"), [("in_turn", 9, 3.0), ("at_once", 9, 1.0), ("at_once", 1, 3.0)]
)
def test_where_all_must_answer_the_last_one_acknowledges(order: str, callers: int, minute: float) -> None:
    """Three talks of a minute: after one another, together, and together with a single caller, in the order written."""
    night = posts(desks(1, 1), c=1.0, a=1.0, b=1.0)
    night.scenario["roster"]["desks"]["county"]["callers"] = callers
    told = tell(climb(night, step("c"), step("a"), step("b"), order=order, need="all"))
    assert told.at("T000") == [minute]
    assert [event.actor_post for event in told.events("answered", place="T000")] == ["c", "a", "b"]
    assert told.calls().acknowledged_by[1] == "b"


@pytest.mark.parametrize("order", ["in_turn", "at_once"])
def test_where_all_must_answer_one_silent_post_leaves_the_desk_unreached(order: str) -> None:
    """The other answers once and is not called again in the second round; the desk is given up once."""
    night = ample(posts(desks(1, 1), a=1.0, b=0.0))
    repeat = {"repeat": {"rounds": 1, "gap": "1 min"}} if order == "in_turn" else {}
    told = tell(climb(night, step("a"), step("b"), order=order, need="all", **repeat))
    assert told.at("T000") == [NEVER]
    assert len(told.events("answered", place="T000", post="a")) == 1
    assert len(told.events("given_up", place="T000")) == 1


def test_a_message_first_and_the_phone_after_it() -> None:
    """The message is not read: after three minutes of waiting the phone, and one minute of talk."""
    night = desks(1, 1)
    night.scenario["channels"]["sms"] = message(duty={"read": 0.0, "delay": "1 min"})
    told = tell(climb(night, {"post": "officer", "channel": "sms", "wait": "3 min"}, step("officer")))
    assert told.at("T000") == [4.0]
    assert [event.act for event in told.events("no_reply", "answered", place="T000")] == ["no_reply", "answered"]


@given(chains(), SHARES, st.sampled_from(["in_turn", "at_once"]))
@repeatable(15)
def test_a_deputy_at_the_end_of_a_ladder_never_lowers_acknowledgement(night: Small, answer: float, order: str) -> None:
    """Ample callers, no horizon, one answer enough: whoever answered still does, and nobody later."""
    for ladder in night.scenario["roster"]["ladders"].values():
        ladder["order"] = order
    more = posts(night.copy(), third=answer)
    for ladder in more.scenario["roster"]["ladders"].values():
        ladder["steps"].append(step("third", 2))
    assert_never_later(tell(more), tell(night))


def test_no_number_of_tries_reaches_more_than_can_be_reached() -> None:
    """Whoever answers in 1, 3 or 40 tries would have answered the first, had everybody who can be reached answered; 40 find them all."""
    night = ample(desks(1, 60))
    night.scenario["roster"]["desks"]["township"]["callers"] = 99
    roster = night.scenario["roster"]
    roster["posts"]["officer"] |= {"reachable": 0.6, "answer": 1.0}
    posts(night, head=1.0)
    climb(night, step("head"))
    reachable = tell(night).who()
    roster["posts"]["officer"]["answer"] = 0.5
    found = [tell(climb(night, step("officer", tries), level="village")).who() for tries in (1, 3, 40)]
    assert found[0] < found[1] < found[2] == reachable
    assert 1 < len(reachable) < 61


def test_luck_dealt_beforehand_is_the_luck_drawn_at_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """The arrays dealt before the night hold what would be drawn one by one."""
    night = posts(desks(3, 4), deputy=0.5)
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.5
    night.scenario["channels"]["phone"]["talk"] = {"lognormal": {"median": "1 min", "p90": "2 min"}}
    for level in ("township", "village"):
        climb(night, step("officer", 2), step("deputy", 3), level=level)
    scenario, dealt = played(night)
    monkeypatch.setattr(Fates, "of_calls", lambda *_: {})
    assert simulate(scenario).events == dealt.events


# Callers, and people who are called -----------------------------------------------------------------------------------


@given(st.data())
@repeatable(12)
def test_more_callers_never_delay_anybody_who_answers_the_first_call(data: st.DataObject) -> None:
    """All calls of a desk are asked for at once and each is answered: a list of jobs on more machines, which nobody finishes later.

    Where calls must be repeated this need not hold: whoever comes back to the queue comes back in another order (Graham).
    """
    night = desks(data.draw(st.integers(1, 4)), data.draw(st.integers(1, 7)))
    night.scenario["seed"] = data.draw(st.integers(0, 2**64 - 1))
    night.scenario["channels"]["phone"]["talk"] = {"lognormal": {"median": "1 min", "p90": "4 min"}}
    more = night.copy()
    for level in ("county", "township"):
        callers = data.draw(st.integers(1, 4))
        night.scenario["roster"]["desks"][level]["callers"] = callers
        more.scenario["roster"]["desks"][level]["callers"] = callers + data.draw(st.integers(0, 3))
    assert_never_later(tell(more), tell(night))


@given(chains(), SHARES, SHARES)
@repeatable(10)
def test_an_earlier_warning_never_delays_a_later_one(night: Small, answer: float, factor: float) -> None:
    """Ample callers, the first warning's calls long over: desks on the alert answer and relay no later; the first is as it was."""
    night.scenario["warnings"].append(warning("second", after="w", delay="2 d"))
    alert = night.copy()
    alert.scenario["roster"]["alerted"] = {"answer": answer, "relay_factor": factor}
    before, after = tell(night), tell(alert)
    assert_never_later(after, before, "second")
    assert (earliest(after) == earliest(before)).all()


@pytest.mark.parametrize(("calls", "second"), [(True, 62 + 1), (False, 64 + 1)])
def test_a_county_that_has_called_for_an_act_relays_the_next_one_sooner(second: int, *, calls: bool) -> None:
    """Four minutes of relay, two once it has had an act to pass on; an act that calls nobody is none. Then a call of a minute."""
    night = desks(1, 1)
    night.scenario["warnings"] = [warning("w", level="red" if calls else "blue"), warning("v", delay="1 h")]
    night.scenario["call_targets"] = [call_target(levels=["red"])]
    night.scenario["roster"]["desks"]["county"]["relay"] = "4 min"
    night.scenario["roster"]["alerted"] = {"answer": 1.0, "relay_factor": 0.5}
    told = tell(night)
    assert told.at("T000", act="v") == [second]


def test_a_desk_that_turns_to_its_households_is_noted() -> None:
    """Two calls of a minute, three minutes of relay at the village: it turns to its households at 5, and no other desk does."""
    night = desks(1, 1)
    describe(night, "phone")
    night.scenario["warnings"][0]["means"] = ["phone"]
    night.scenario["roster"]["desks"]["village"]["relay"] = "3 min"
    told = tell(night)
    (note,) = told.events("dispatched")
    village = told.scenario.county.index["T000V000"]
    assert (note.event, note.t_min, note.place, note.act_id) == ("team", 5.0, village, "w")


def test_desks_on_the_alert_answer_and_relay_as_the_plan_says() -> None:
    """A township relays for 10 min at the first warning and for 4 at the second; the first took 1 + 10 + 1."""
    night = desks(1, 1)
    night.scenario["roster"]["desks"]["township"]["relay"] = "10 min"
    night.scenario["roster"]["alerted"] = {"answer": 1.0, "relay_factor": 0.4}
    night.scenario["warnings"].append(warning("second", delay="1 h"))
    told = tell(night)
    assert told.at("T000", "T000V000") == [1.0, 12.0]
    assert told.at("T000", "T000V000", act="second") == [61.0, 66.0]


def all_hands(night: Small, assemble: str, township: int) -> Small:
    """Let so many call at every township once all hands are there, called in by the first warning."""
    callers = {"township": township}
    night.scenario["roster"]["standby"] = {"after": ["w"], "assemble": assemble, "callers": callers}
    return night


def test_all_hands_call_at_once_when_the_next_act_comes() -> None:
    """Six villages, a minute each: one caller takes six minutes for the first warning; ten minutes later there are three, who take two."""
    night = all_hands(desks(1, 6), "10 min", 3)
    night.scenario["warnings"].append(warning("second", delay="1 h"))
    told = tell(night)
    villages = [f"T000V{v:03d}" for v in range(6)]
    assert told.at(*villages) == [2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    assert told.at(*villages, act="second") == [62.0] * 3 + [63.0] * 3


def test_who_comes_in_takes_up_what_waits() -> None:
    """The township knows at 1, its people are there at 3.5: two more calls begin at once, beside the one that began at 3."""
    told = tell(all_hands(desks(1, 6), "2.5 min", 3))
    assert told.at(*(f"T000V{v:03d}" for v in range(6))) == [2.0, 3.0, 4.0, 4.5, 4.5, 5.0]


@given(st.data())
@repeatable(12)
def test_all_hands_never_delay_anybody_who_answers_the_first_call(data: st.DataObject) -> None:
    """More people at the telephones, whenever they come: every desk answers no later; no more than there are anyway change nothing."""
    night = desks(2, data.draw(st.integers(1, 7)))
    night.scenario["seed"] = data.draw(st.integers(0, 2**64 - 1))
    night.scenario["channels"]["phone"]["talk"] = {"lognormal": {"median": "1 min", "p90": "4 min"}}
    callers = night.scenario["roster"]["desks"]["township"]["callers"] = data.draw(st.integers(1, 3))
    before, come_in = tell(night), f"{data.draw(st.integers(0, 5))} min"
    assert_never_later(tell(all_hands(night.copy(), come_in, callers + data.draw(st.integers(1, 3)))), before)
    assert (earliest(tell(all_hands(night.copy(), come_in, callers))) == earliest(before)).all()


@pytest.mark.parametrize("caller", ["duty room", "department", "governance centre"])
def test_most_listed_persons_are_called_first_then_most_residents_then_by_code(caller: str) -> None:
    """Residents 1, 3, 1 + 1 listed, 1: the third, the second, then the first and the fourth; whoever calls."""
    night = desks(4, 1)
    night.tables["zones.csv"] = [{"code": "Z", "kind": "landslide", "place": "T002V000"}]
    row = night.tables["households.csv"][0]
    night.tables["households.csv"] = [
        row | {"household": f"H{n}", "place": f"T00{t}V000", "zone": zone}
        for n, (t, zone) in enumerate([(0, ""), (1, ""), (1, ""), (1, ""), (2, ""), (2, "Z"), (3, "")])
    ]
    if caller == "department":
        night.scenario["roster"] |= {"joint_duty": False, "departments": DEPARTMENTS[:1]}
        night.scenario["roster"]["desks"]["county"]["relay"] = "1 h"
    elif caller == "governance centre":
        with_governance(night, "governance")
    told = tell(night)
    townships = [event for event in told.events("acknowledged") if told.scenario.county.places.level[event.place] == 1]
    assert [told.scenario.county.places.code[event.place] for event in townships] == ["T002", "T001", "T000", "T003"]


DEPARTMENTS = [
    {"id": name, "title": name, "callers": 1, "relay": "30 min", "calls": ["township"]} for name in ("water", "police")
]


def test_with_joint_duty_every_place_is_called_once_by_all_hands() -> None:
    """One duty room of three callers: four townships at 1, 1, 1, 2 min; one answer each."""
    night = desks(4, 1)
    night.scenario["roster"] |= {"joint_duty": True, "departments": DEPARTMENTS}
    told = tell(night)
    assert told.at("T000", "T001", "T002", "T003") == [1.0, 1.0, 1.0, 2.0]
    assert set(Counter(event.place for event in told.events("answered")).values()) == {1}


def test_without_joint_duty_every_department_has_its_own_answer() -> None:
    """After the duty room two departments call the townships, not the villages: three answers there, one here."""
    night = desks(4, 2)
    night.scenario["roster"] |= {"joint_duty": False, "departments": DEPARTMENTS}
    told = tell(night)
    answers = Counter(told.scenario.county.places.code[event.place] for event in told.events("answered"))
    assert all(count == (3 if len(code) == 4 else 1) for code, count in answers.items())
    assert len(answers) == 12
    assert told.at("T000", "T001", "T002", "T003") == [1.0, 2.0, 3.0, 4.0]
    assert {told.cause(code) for code in told.who()} == {"chain"}


def test_a_department_that_is_first_is_the_cause() -> None:
    """The duty room takes 40 min to turn to the phone, the departments 30."""
    night = desks(2, 1)
    night.scenario["roster"] |= {"joint_duty": False, "departments": DEPARTMENTS[:1]}
    night.scenario["roster"]["desks"]["county"]["relay"] = "40 min"
    told = tell(night)
    assert told.at("T000", "T001") == [31.0, 32.0]
    assert [told.cause(code) for code in ("T000", "T001", "T000V000")] == ["department", "department", "chain"]


def test_busy_uses_up_no_try_and_ends_when_the_talk_ends() -> None:
    """One person on two desks: engaged at 0, ten seconds of tone, a minute until redialling; the only try is left."""
    night = ample(on_duty(desks(2, 1), ("T000", "officer", "P"), ("T001", "officer", "P")))
    told = tell(night)
    assert told.at("T000", "T001") == [1.0, round(1 / 6 + 1 + 1, 9)]
    assert len(told.events("busy")) == 1


@given(st.data())
@repeatable(12)
def test_a_person_on_several_desks_answers_one_call_at_a_time(data: st.DataObject) -> None:
    """Six seconds to pick up, a minute of talk: the answers of one person lie that far apart, and everybody answers in the end."""
    night = desks(3, 3)
    night.scenario["channels"]["phone"] |= {"pickup": "6 s", "talk": "1 min"}
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = data.draw(st.integers(1, 4))
    codes = [row["code"] for name in ("townships.csv", "villages.csv") for row in night.tables[name]]
    holder = {code: f"P{data.draw(st.integers(0, 3))}" for code in codes}
    told = tell(on_duty(night, *((code, "officer", who) for code, who in holder.items())))
    assert told.who() == set(codes)
    ends: dict[str, list[float]] = {}
    for event in told.events("answered"):
        ends.setdefault(holder[told.scenario.county.places.code[event.place]], []).append(event.t_min)
    for times in ends.values():
        assert (np.diff(sorted(times)) >= 1.1 - A_NANOMINUTE).all()


# Shifts ---------------------------------------------------------------------------------------------------------------


def changing(night: Small) -> Small:
    """Let the officer of T000 go off duty at 01:30 (minute 10), for good."""
    return on_duty(night, ("T000", "officer", "P"), until="2025-07-11 01:30")


def test_nobody_is_called_after_the_end_of_the_shift() -> None:
    """A silent officer, rung every three minutes: at 0, 3, 6, 9 and no more."""
    night = changing(desks(1, 1))
    night.scenario["roster"]["posts"]["officer"]["answer"] = 0.0
    told = tell(climb(night, step("officer", 9, gap="2.5 min")))
    assert [event.t_min for event in told.events("no_answer", place="T000")] == [0.5, 3.5, 6.5, 9.5]


def test_nobody_is_called_who_went_off_duty_while_a_caller_was_waited_for() -> None:
    """The one caller talks for 12 min to the desk before: the post is vacant by then, its deputy is not."""
    night = posts(desks(2, 1), deputy=1.0)
    on_duty(night, ("T001", "officer", "P"), until="2025-07-11 01:30")
    on_duty(night, ("T001", "deputy", "Q"))
    night.scenario["channels"]["phone"]["talk"] = "12 min"
    told = tell(climb(night, step("officer"), step("deputy")))
    assert told.at("T000", "T001") == [12.0, 24.0]
    assert [event.actor_post for event in told.events("answered", place="T001")] == ["deputy"]


def automated(**changes: object) -> dict[str, object]:
    """Return automated calls over ten lines."""
    duty = {"answer_factor": 1.0, "talk": "30 s", "pickup": "0 s"}
    plan = {
        "needs": ["mobile_network"],
        "acknowledges": True,
        "setup": "0 min",
        "lines": 10,
        "whom": "all",
        "reachable": 1.0,
        "answered_awake": 1.0,
        "answered_asleep": 1.0,
        "talk": "30 s",
        "ring": "30 s",
        "tries": 1,
        "gap": "0 min",
        "duty": duty,
    }
    return plan | changes


@pytest.mark.parametrize(("setup", "minute"), [(9, 9.5), (11, NEVER)])
def test_nobody_is_called_who_went_off_duty_before_the_platform_was_open(setup: int, minute: float) -> None:
    """The shift ends at minute 10: automated calls that begin at 9 find the officer, those that begin at 11 do not."""
    night = changing(desks(1, 1))
    night.scenario["channels"]["auto_call"] = automated(setup=f"{setup} min")
    told = tell(climb(night, step("officer", channel="auto_call")))
    assert told.at("T000") == [minute]
    assert not told.events("no_answer")


@pytest.mark.parametrize(("ready", "minute"), [(9, 11.0), (11, NEVER)])
def test_a_messenger_finds_nobody_whose_shift_has_ended(ready: int, minute: float) -> None:
    """The way is nothing, getting ready 9 or 11 min, the shift ends at 10; two minutes of talk."""
    night = with_couriers(changing(desks(1, 1)), ready=f"{ready} min")
    night.scenario["roster"]["desks"]["county"]["couriers"] = 1
    night.tables["townships.csv"][0] |= {"x_m": 0, "y_m": 0}
    night.tables["villages.csv"][0] |= {"x_m": 0, "y_m": 0}
    assert tell(climb(night, {"post": "officer", "channel": "courier"})).at("T000") == [minute]


def test_no_messenger_is_sent_to_a_post_that_fell_vacant_while_one_was_waited_for() -> None:
    """The only messenger is under way to the first desk; by the time he is back the second has nobody, and its deputy is rung."""
    night = with_couriers(posts(desks(2, 1), deputy=1.0), ready="15 min")
    on_duty(night, ("T001", "officer", "P"), until="2025-07-11 01:30")
    on_duty(night, ("T001", "deputy", "Q"))
    night.scenario["roster"]["desks"]["county"]["couriers"] = 1
    told = tell(ample(climb(night, {"post": "officer", "channel": "courier"}, step("deputy"))))
    (errand,) = told.events("set_out")
    assert told.scenario.county.places.code[errand.place] == "T000"
    assert [event.actor_post for event in told.events("answered", place="T001")] == ["deputy"]


# Messengers -----------------------------------------------------------------------------------------------------------


def with_couriers(night: Small, **changes: object) -> Small:
    """Let desks send messengers: 100 m a minute, half as far again as the crow flies, three times as long in heavy rain."""
    plan = {
        "needs": ["road", "person"],
        "ready": "5 min",
        "pace": {"dry": 1.0, "light": 1.5, "heavy": 3.0},
        "speed": "6 km/h",
        "detour": 1.5,
        "found": 1.0,
        "talk": "2 min",
    }
    night.scenario["channels"]["courier"] = plan | changes
    return night


def test_a_messenger_takes_the_way_and_is_away_until_back() -> None:
    """Villages 0, 1000 and 2000 m off: one messenger, ready after 5, tells the first at 1 + 5 + 2, is back at once, gets ready again …

    … reaches the second after 5 + 45 min, talks for 2, is back 45 min later, and reaches the third after 5 + 90.
    """
    night = with_couriers(desks(1, 3))
    night.scenario["roster"]["desks"]["township"]["couriers"] = 1
    told = tell(climb(night, {"post": "officer", "channel": "courier"}, level="village"))
    assert told.at("T000V000", "T000V001", "T000V002") == [8.0, 60.0, 202.0]
    assert [event.t_min for event in told.events("set_out")] == [6.0, 13.0, 110.0]


@pytest.mark.parametrize(("rain", "pace"), [("dry", 1.0), ("light", 1.5), ("heavy", 3.0)])
@pytest.mark.parametrize(("speed", "detour"), [(6, 1.0), (30, 2.0)])
def test_the_way_takes_distance_detour_speed_and_rain(rain: str, pace: float, speed: int, detour: float) -> None:
    """2000 m: 2000 · detour / speed · pace minutes after getting ready, then the talk."""
    night = with_couriers(desks(1, 3), speed=f"{speed} km/h", detour=detour)
    night.scenario["hazard"]["rain"] = rain
    night.scenario["roster"]["desks"]["township"]["couriers"] = 3
    told = tell(climb(night, {"post": "officer", "channel": "courier"}, level="village"))
    way = 2000 * detour / (speed * 1000 / 60) * pace
    assert told.at("T000V002") == [pytest.approx(1 + 5 + way + 2)]


def test_a_desk_without_messengers_skips_the_step() -> None:
    """Nobody is sent; the phone rings at once."""
    night = with_couriers(desks(1, 1))
    told = tell(climb(night, {"post": "officer", "channel": "courier", "tries": 3, "gap": "9 min"}, step("officer")))
    assert told.at("T000") == [1.0]
    assert not told.events("set_out")


def test_a_messenger_who_finds_nobody_goes_home_and_the_ladder_goes_on() -> None:
    """Ready, the way, nobody there: the next step follows at once."""
    night = with_couriers(desks(1, 2), found=0.0)
    night.scenario["roster"]["desks"]["township"]["couriers"] = 2
    told = tell(ample(climb(night, {"post": "officer", "channel": "courier"}, step("officer"), level="village")))
    assert told.at("T000V001") == [1 + 5 + 45 + 1]
    assert len(told.events("not_found")) == 2


# Acts -----------------------------------------------------------------------------------------------------------------


@given(st.data())
@repeatable(15)
def test_every_act_takes_its_steps_in_order_and_begins_when_it_is_set_off(data: st.DataObject) -> None:
    """Identified ≤ consulted ≤ signed off ≤ released; after another act's release and the delay; on a round where it rolls."""
    minutes = st.integers(0, 200).map(lambda n: n * 10 / 60)  # whole 10 s
    night = desks(1, 1)
    night.scenario["rolling_every"] = f"{data.draw(st.integers(1, 90))} min"
    every = float(night.scenario["rolling_every"].split()[0])
    names = ["w", "r", "o"]
    plans = [warning("w"), act("r", level="II"), act("o", stage="move")]
    for n, plan in enumerate(plans):
        plan["after"] = data.draw(st.sampled_from(["t0", *names[:n]]))
        for what in ("delay", "consultation", "sign_off", "release"):
            plan[what] = f"{data.draw(minutes)} min"
        plan["consult"] = data.draw(st.sampled_from(["at_once", "rolling"]))
    night.scenario |= {"warnings": plans[:1], "response": plans[1:2], "orders": plans[2:]}
    told = tell(night)
    for plan, done in zip(plans, told.night.acts, strict=True):
        began = done.decided_min[0]
        assert list(done.decided_min) == sorted(done.decided_min)
        set_off = (0.0 if plan["after"] == "t0" else told.released(plan["after"])) + float(plan["delay"].split()[0])
        if plan["consult"] == "at_once":
            assert began == pytest.approx(set_off, abs=A_NANOMINUTE)
        else:
            assert began == pytest.approx(every * round(began / every), abs=1e-6)
            assert set_off - 1e-6 <= began < set_off + every - 1e-6
        for k, what in enumerate(("consulted", "signed_off", "released"), start=1):
            (event,) = [event for event in told.events(what) if event.act_id == plan["id"]]
            assert event.t_min == done.decided_min[k]


@pytest.mark.parametrize("split", [(3580, 10, 10), (3560, 20, 20), (3590, 5, 5), (1200, 1200, 1200), (3493, 7, 100)])
def test_an_act_set_off_on_the_round_is_consulted_on_in_that_round(split: tuple[int, int, int]) -> None:
    """Steps that add up to an hour, in seconds that minutes only nearly hold: the round of minute 60, not of 120, and no fault."""
    night = desks(1, 1)
    steps = zip(("consultation", "sign_off", "release"), split, strict=True)
    night.scenario["warnings"] = [warning("w", **{what: f"{seconds} s" for what, seconds in steps})]
    night.scenario["response"] = [act("r", level="II", after="w", consult="rolling")]
    night.scenario["rolling_every"] = "20 min"
    assert tell(night).released("r") == pytest.approx(60, abs=1e-6)


ACTS = {"warning": "warnings", "response": "response", "order": "orders"}


def acted(kind: str, **changes: object) -> Small:
    """Return a night whose only calls are those for one act, ``a``, of a kind; the warning ``w`` calls nobody."""
    night = desks(3, 2)
    night.scenario["warnings"] = [warning("w", level="blue")]
    level = {"warning": {"level": "red"}, "response": {"level": "II"}, "order": {"stage": "move"}}[kind]
    night.scenario.setdefault(ACTS[kind], []).append(act("a", **level | changes))
    return night


def called(night: Small, *targets: dict[str, object], act: str = "a") -> set[str]:
    """Return who answers where these are the call targets; all calls of the night are theirs."""
    night.scenario["call_targets"] = list(targets)
    told = tell(night)
    who = told.who(act)
    assert {told.scenario.county.places.code[event.place] for event in told.events("answered")} == who
    return who


EVERYBODY = {f"T00{t}{v}" for t in range(3) for v in ("", "V000", "V001")}
TOWNSHIPS = {"T000", "T001", "T002"}


@pytest.mark.parametrize("kind", list(ACTS))
def test_an_act_calls_whom_its_call_targets_name(kind: str) -> None:
    """The level (stage), the kind and the depth all count; without an entry of its own an act makes no call."""
    level = {"warning": "red", "response": "II", "order": "move"}[kind]
    other = {"warning": "orange", "response": "I", "order": "prepare"}[kind]
    night = acted(kind)
    assert called(night, call_target(act=kind, levels=[level])) == EVERYBODY
    assert called(night, call_target(act=kind, levels=[level], to="township")) == TOWNSHIPS
    assert called(night, call_target(act=kind, levels=[level], to="county")) == set()
    assert called(night, call_target(act=kind, levels=[other])) == set()
    assert called(night, call_target(act=kind, levels=[level], whom="households")) == set()
    for another in ACTS.keys() - {kind, "warning"}:
        assert called(night, call_target(act=another)) == set()
    assert called(night) == set()


def test_the_deepest_of_several_call_targets_counts() -> None:
    """To the townships by one entry, to the villages by another."""
    assert (
        called(acted("order"), *(call_target(id=f"{to}", act="order", to=to) for to in ("township", "village")))
        == EVERYBODY
    )


@pytest.mark.parametrize(("leads", "who"), [(["6 h", "2 h"], EVERYBODY), (["0 h"], set())])
def test_a_call_target_for_some_lead_times_calls_for_those_alone(leads: list[str], who: set[str]) -> None:
    """The warning is one of 2 h ahead."""
    assert called(acted("warning", lead="2 h"), call_target(levels=["red"], leads=leads)) == who


def test_an_act_for_those_listed_calls_only_places_with_listed_persons() -> None:
    """One household of T001V001 stands in a danger zone."""
    night = acted("order", area="listed")
    night.tables["zones.csv"] = [{"code": "Z", "kind": "landslide", "place": "T001V001"}]
    night.tables["households.csv"] = [
        dict(night.tables["households.csv"][0], household=f"H{n}", place=place, zone=zone)
        for n, (place, zone) in enumerate([("T000V000", ""), ("T001V000", ""), ("T001V001", "Z")])
    ]
    assert called(night, call_target(act="order")) == {"T001", "T001V001"}


def test_an_act_for_some_places_calls_them_those_below_and_those_on_the_way() -> None:
    """A township with its villages, and one village of another with its township."""
    night = acted("order", area=["T000", "T002V001"])
    assert called(night, call_target(act="order")) == {"T000", "T000V000", "T000V001", "T002", "T002V001"}


def replaced_by(*, old: dict[str, object] | None = None, **changes: object) -> bool:
    """Return whether an act released at 2.5 min ends the calls for an orange warning to six townships, one a minute.

    If so, the call under way is answered and no other made; if not, the six answer from minute 1 to 6.
    """
    night = desks(6, 1)
    night.scenario["warnings"] = [
        warning("w", level="orange", **old or {}),
        warning("new", **{"delay": "2.5 min"} | changes),
    ]
    night.scenario["call_targets"] = [call_target(to="township", levels=["orange", "red", "yellow", "blue"])]
    codes = [f"T00{t}" for t in range(6)]
    times = tell(night).at(*codes)
    stopped = times == [1.0, 2.0, 3.0, NEVER, NEVER, NEVER]
    assert stopped or times == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    return stopped


@pytest.mark.parametrize(
    ("level", "change", "stops"),
    [
        ("red", "upgrade", True),
        ("red", "issue", True),
        ("orange", "issue", True),
        ("yellow", "downgrade", True),
        ("orange", "lift", True),
        ("blue", "lift", True),
        ("yellow", "issue", False),
        ("blue", "issue", False),
    ],
)
def test_a_warning_ends_the_calls_of_the_one_it_replaces(level: str, change: str, *, stops: bool) -> None:
    """One at least as severe, a downgrade and a lift replace; a lower one beside it does not."""
    assert replaced_by(level=level, change=change) == stops


def test_a_warning_for_fewer_places_does_not_end_the_calls_for_the_others() -> None:
    """Red for one township leaves orange for the county standing; red for the county replaces orange for some of it."""
    six = [f"T00{t}" for t in range(6)]
    assert not replaced_by(level="red", area=["T005"])
    assert not replaced_by(level="orange", change="lift", area=["T000"])
    assert replaced_by(level="red", old={"area": six})
    assert replaced_by(level="red", area=six, old={"area": six})


def test_responses_and_orders_end_no_calls() -> None:
    """Both are released at 2.5 min; the six townships answer to the warning as if they were not."""
    night = desks(6, 1)
    night.scenario["call_targets"] = [call_target(to="township")]
    night.scenario["response"] = [act("r", level="I", delay="2.5 min")]
    night.scenario["orders"] = [act("o", stage="move", delay="2.5 min")]
    assert tell(night).at(*(f"T00{t}" for t in range(6))) == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


@given(chains())
@repeatable(10)
def test_acts_leave_each_others_luck_alone(night: Small) -> None:
    """An act that calls nobody, and one whose calls begin when all others are over, change no call of the others."""
    alone = tell(night)
    night.scenario["response"] = [act("silent", level="IV", delay="1 min"), act("late", level="I", delay="9 d")]
    night.scenario["call_targets"].append(call_target(id="late", act="response", levels=["I"]))
    both = tell(night)
    assert_same_calls(both.calls(), alone.calls())
    before, as_alone = (
        [event for event in told.night.events if event.event == "call" and event.t_min < 9 * 1440]
        for told in (both, alone)
    )
    assert before == as_alone
    assert as_alone


def assert_same_calls(one: CallRecords, other: CallRecords) -> None:
    """Both hold the same answers, to the last bit."""
    for name in ("acknowledged_min", "cause", "caller", "minutes", "dispatched_min"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
    assert one.acknowledged_by == other.acknowledged_by


# Sideways and other ways down -----------------------------------------------------------------------------------------


def rivers(night: Small, *pairs: tuple[str, str], when: str = "first") -> Small:
    """Let the first of each pair warn the second, downstream."""
    night.tables["rivers.csv"] = [{"upstream": up, "downstream": down} for up, down in pairs]
    night.scenario["roster"]["lateral"] = {"when": when}
    return night


def test_a_place_downstream_is_told_by_the_one_upstream() -> None:
    """The county reaches the first of eight at 1, the last would be reached at 8; the first tells the last by 2."""
    told = tell(rivers(desks(8, 1), ("T000", "T007")))
    assert told.at("T000", "T006", "T007") == [1.0, 7.0, 2.0]
    assert told.cause("T007") == "lateral"
    assert told.calls().caller[told.scenario.county.index["T007"]] == told.scenario.county.index["T000"]


@pytest.mark.parametrize(("when", "down", "own"), [("first", 2.0, 3.0), ("last", 3.0, 2.0)])
def test_first_or_last_says_who_is_called_first(when: str, down: float, own: float) -> None:
    """One caller: the place downstream before its own village, or after."""
    assert tell(rivers(desks(8, 1), ("T000", "T007"), when=when)).at("T007", "T000V000") == [down, own]


@given(chains(), st.data())
@repeatable(12)
def test_telling_downstream_makes_nobody_later(night: Small, data: st.DataObject) -> None:
    """Ample callers and talks of one length, so that an answer that began earlier ends earlier; and it follows the one upstream."""
    night.scenario["channels"]["phone"]["pickup"] = "6 s"
    codes = [row["code"] for name in ("townships.csv", "villages.csv") for row in night.tables[name]]
    pairs = {tuple(sorted(data.draw(st.permutations(codes))[:2])) for _ in range(4)}
    without = tell(night)
    assert "lateral" not in {without.cause(code) for code in codes}
    told = tell(rivers(night, *sorted(pairs), when=data.draw(st.sampled_from(["first", "last"]))))
    assert_never_later(told, without)
    for code in (code for code in codes if told.cause(code) == "lateral"):
        up = int(told.calls().caller[told.scenario.county.index[code]])
        assert (told.scenario.county.places.code[up], code) in pairs
        assert earliest(told)[up] < told.at(code)[0]


def test_a_river_tells_nobody_where_telling_downstream_is_not_planned() -> None:
    """Neither a warning from above nor one that starts below goes along the river."""
    night = sighted(with_groups(rivers(desks(2, 1), ("T000", "T001"), ("T000V000", "T001V000"))), acts_at_once=True)
    assert {"T001", "T001V000"} & tell(night).who("local")
    night.scenario["roster"]["lateral"] = None
    told = tell(night)
    assert all(told.cause(code, act) != "lateral" for act in ("w", "local") for code in told.who(act))
    assert not {"T001", "T001V000"} & told.who("local")


def with_governance(night: Small, *routes: str) -> Small:
    """Let governance centres call the townships after five minutes, one caller."""
    ladder = {"steps": [step("officer")]}
    plan = {"callers": 1, "relay": "5 min", "level": "township", "ladder": ladder}
    night.scenario["roster"] |= {"governance": plan, "routes": list(routes)}
    return night


def test_over_the_governance_centres_alone_the_duty_room_calls_no_township() -> None:
    """The centre reaches the townships at 6, 7, 8; from there the duty rooms call as always."""
    told = tell(with_governance(desks(3, 1), "governance"))
    assert told.at("T000", "T001", "T002", "T000V000") == [6.0, 7.0, 8.0, 7.0]
    assert {told.cause(code) for code in TOWNSHIPS} == {"governance"}
    assert told.cause("T000V000") == "chain"
    assert not {0} & set(told.calls().caller.tolist())


def test_over_both_ways_whoever_is_first_has_the_answer() -> None:
    """The duty room reaches seven townships from 1 to 7, one a minute; the centre begins at 5.5, when five have answered.

    It finds the sixth engaged, listens for ten seconds, and is first at the seventh.
    """
    night = with_governance(desks(7, 1), "duty_rooms", "governance")
    night.scenario["roster"]["governance"]["relay"] = "5.5 min"
    told = tell(night)
    assert told.at(*(f"T00{t}" for t in range(7))) == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, round(5.5 + 1 / 6 + 1, 9)]
    assert [told.cause(f"T00{t}") for t in (0, 5, 6)] == ["chain", "chain", "governance"]


def test_a_governance_centre_that_is_not_on_the_route_calls_nobody() -> None:
    """It is described, but the route is the duty rooms'."""
    told = tell(with_governance(desks(9, 1), "duty_rooms"))
    assert {told.cause(code) for code in told.who()} == {"chain"}


# Warnings that start below --------------------------------------------------------------------------------------------


def sighted(night: Small, place: str = "T000V000G0", *, acts_at_once: bool) -> Small:
    """Let a monitor see something at minute 10, an hour before the county's warning is released."""
    night.scenario["warnings"][0]["release"] = "60 min"
    stated = [{"place": place, "at": "10 min", "acts_at_once": acts_at_once}]
    sightings = {"share": 0.0, "at": "0 min", "acts_at_once": 0.0, "stated": stated}
    night.scenario["local"] = {"means": ["phone"], "sightings": sightings}
    night.scenario["roster"]["ladders"]["county"] = {"steps": [step("officer")]}
    return night


def test_a_monitor_who_acts_at_once_turns_to_the_households_then_reports() -> None:
    """Known at 10, households after 3 min of relay; the village hears at 10 + 3 + 1, the township at 15, the county at 16."""
    night = with_groups(sighted(desks(2, 2), acts_at_once=True))
    night.scenario["roster"]["desks"]["group"] = {"callers": 1, "relay": "3 min"}
    told = tell(night)
    assert told.at("T000V000G0", "T000V000", "T000", "C", act="local") == [10.0, 14.0, 15.0, 16.0]
    assert [told.cause(code, "local") for code in ("T000V000G0", "T000V000", "T000", "C")] == [
        "sighting",
        "report",
        "report",
        "report",
    ]
    dispatched = told.calls("local").dispatched_min[told.scenario.county.index["T000V000G0"]]
    assert dispatched == pytest.approx(13.0)
    assert [event.t_min for event in told.events("sighted", "reported")] == [10.0, 16.0]


def test_a_report_warns_the_other_groups_of_the_village_and_goes_up() -> None:
    """Reported at 11 to the village, which reports on (12) and calls its groups (13, 14), the one that saw it included; no others."""
    told = tell(with_groups(sighted(desks(2, 2), acts_at_once=False)))
    assert told.at("T000V000", "T000", "C", act="local") == [11.0, 12.0, 13.0]
    assert sorted(told.at("T000V000G0", "T000V000G1", act="local")) == [13.0, 14.0]
    assert {told.cause(f"T000V000G{g}", "local") for g in range(2)} == {"chain"}
    assert told.who("local") == {"T000", "T000V000", "T000V000G0", "T000V000G1"}


def test_a_village_without_groups_does_not_make_the_township_call_them_all() -> None:
    """A township that hears of a sighting from a village reports on, even where another village of it has no groups."""
    night = sighted(with_groups(desks(1, 3)), acts_at_once=True)
    night.tables["groups.csv"] = [row for row in night.tables["groups.csv"] if row["parent"] != "T000V002"]
    assert tell(night).who("local") == {"T000", "T000V000", "T000V000G0", "T000V000G1"}


def test_a_sighting_in_a_county_without_groups_warns_the_villages_of_the_township() -> None:
    """There the township is the desk right above."""
    told = tell(sighted(desks(2, 3), "T000V001", acts_at_once=True))
    assert told.who("local") == {"T000", "T000V000", "T000V001", "T000V002"}


def test_no_sighting_hides_a_later_one() -> None:
    """V000's sign is known at 10; V001 sees its own at 30, after T000 has called everybody in vain: T000 rings V001 back."""
    night = sighted(desks(1, 2), "T000V000", acts_at_once=True)
    night.scenario["local"]["sightings"]["stated"].append({"place": "T000V001", "at": "30 min", "acts_at_once": False})
    told = tell(on_duty(night, ("T000V001", "officer", "P"), since="2025-07-11 01:45"))
    assert told.at("T000V001", act="local") == [32.0]


@pytest.mark.parametrize("later", [False, True])
def test_who_has_heard_one_headline_warning_is_not_called_from_below(*, later: bool) -> None:
    """Both villages know of the first at 3; what one of them sees at 10 is reported up, and neither is called, be there a second or not."""
    night = sighted(desks(1, 2), "T000V001", acts_at_once=False)
    night.scenario["warnings"][0]["release"] = "0 min"
    if later:
        night.scenario["warnings"].append(warning("v", delay="5 h"))
    told = tell(night)
    assert told.at("T000V000", "T000V001") == [2.0, 3.0]
    assert told.at("T000V000", "T000V001", act="local") == [NEVER, NEVER]
    assert told.at("T000", act="local") == [11.0]


def test_a_report_to_the_county_itself_has_it_warn_its_places() -> None:
    """Where the county's desk is the one right above, it calls all its places."""
    night = sighted(desks(3, 1), "T001V000", acts_at_once=False)
    night.county["levels"] = night.county["levels"][:2]
    night.tables["townships.csv"] = [row | {"residents": 1} for row in night.tables["townships.csv"]]
    night.tables["households.csv"] = [row | {"place": row["place"][:4]} for row in night.tables["households.csv"]]
    del night.tables["villages.csv"]
    night.scenario["local"]["sightings"]["stated"][0]["place"] = "T001"
    assert tell(night).who("local") == {"T000", "T001", "T002"}


@pytest.mark.parametrize("acts_at_once", [True, False])
def test_an_act_after_a_sighting_begins_when_the_report_has_reached_the_county(*, acts_at_once: bool) -> None:
    """Group, village, township, county: three calls after minute 10."""
    night = with_groups(sighted(desks(1, 1), acts_at_once=acts_at_once))
    night.scenario["orders"] = [act("o", stage="move", after="sighting")]
    told = tell(night)
    assert [event.t_min for event in told.events("reported")] == [13.0]
    assert told.released("o") == 13.0


def test_an_act_after_a_sighting_never_begins_where_nothing_is_sighted() -> None:
    """The share of places with visible signs is 0 and none is stated."""
    night = sighted(with_groups(desks(1, 1)), acts_at_once=True)
    night.scenario["local"]["sightings"]["stated"] = []
    night.scenario["orders"] = [act("o", stage="move", after="sighting")]
    told = tell(night)
    assert told.released("o") == NEVER
    assert told.who("local") == set()


def neighbours(night: Small, *calls: str, **changes: object) -> Small:
    """Let the desk of a neighbouring county call places of ours at minute 10, an hour before our own release."""
    night.scenario["warnings"][0]["release"] = "60 min"
    night.scenario.setdefault("local", {"means": ["phone"]})
    night.scenario["roster"]["ladders"]["county"] = {"steps": [step("officer")]}
    plan = {"id": "next", "title": "邻县", "at": "10 min", "callers": 1, "calls": list(calls)}
    night.scenario["roster"].setdefault("neighbour_counties", []).append(plan | changes)
    return night


def test_a_neighbouring_county_warns_before_our_own_release() -> None:
    """The two villages at 11 and 12; they call their groups, nobody takes it for a sighting, and no other village is called."""
    told = tell(neighbours(with_groups(desks(2, 2)), "T000V001", "T001V000"))
    assert told.at("T000V001", "T001V000", act="local") == [11.0, 12.0]
    assert [told.cause(code, "local") for code in ("T000V001", "T001V000")] == ["neighbour_county"] * 2
    assert not {"T000", "T001", "C"} & told.who("local")
    assert told.cause("T000V001G0", "local") == "chain"
    assert not {"T000V000", "T001V001"} & told.who("local")
    assert told.released() == 60


def test_neighbouring_counties_are_told_apart_whatever_they_are_called() -> None:
    """One shares its id with the governance centre of our county, and both with nobody's time or places."""
    night = with_governance(neighbours(desks(2, 1), "T000V000", id="governance"), "duty_rooms")
    told = tell(neighbours(night, "T001V000", id="other", at="20 min"))
    assert told.at("T000V000", "T001V000", act="local") == [11.0, 21.0]


def test_what_starts_below_leaves_the_warning_from_above_as_it_was() -> None:
    """Its calls are long over when the warning is released."""
    alone = desks(2, 2)
    alone.scenario["warnings"][0]["release"] = "60 min"
    both = tell(neighbours(sighted(desks(2, 2), "T000V001", acts_at_once=False), "T001V000"))
    assert_same_calls(both.calls(), tell(alone).calls())


# Key sites and responsible persons ------------------------------------------------------------------------------------


def with_leaves(night: Small, called_by: str, place: str = "T000V001") -> Small:
    """Add a school and a register of two roles, and have them called; desks are called first."""
    night.tables["key_sites.csv"] = [{"code": "S", "kind": "学校", "place": place, "persons": 300}]
    roster = posts(night, keeper=1.0, mayor=1.0, secretary=1.0).scenario["roster"]
    roster["key_sites_called_by"] = called_by
    roster["ladders"]["key_site"] = {"steps": [step("keeper")]}
    roster["responsible"] = {"roles": {"township": ["mayor"], "village": ["secretary"]}, "steps": [step("x")]}
    del roster["responsible"]["steps"][0]["post"]
    night.scenario["call_targets"] += [call_target(id=whom, whom=whom) for whom in ("key_sites", "responsible")]
    return night


@pytest.mark.parametrize(("by", "caller"), [("county", "C"), ("township", "T000"), ("village", "T000V001")])
def test_a_key_site_is_called_by_the_desk_the_roster_names(by: str, caller: str) -> None:
    """It answers a minute after that desk did, to that desk."""
    told = tell(ample(with_leaves(desks(2, 2), by)))
    site, desk = len(told.scenario.county.places), told.scenario.county.index[caller]
    calls = told.calls()
    assert int(calls.caller[site]) == desk
    assert calls.acknowledged_min[site] == calls.acknowledged_min[desk] + 1
    assert calls.acknowledged_by[site] == "keeper"


def test_responsible_persons_are_called_by_the_desk_above_their_place_and_call_nobody() -> None:
    """Mayors by the county, secretaries by the township; each answers a minute after the desk that calls; callers are desks alone."""
    told = tell(ample(with_leaves(desks(2, 2), "township")))
    county, calls = told.scenario.county, told.calls()
    register = told.scenario.roster.responsible
    first = len(county.places) + 1
    assert [(entry.place, entry.post) for entry in register] == [
        *((f"T00{t}", "mayor") for t in range(2)),
        *((f"T00{t}V00{v}", "secretary") for t in range(2) for v in range(2)),
    ]
    for node, entry in enumerate(register, start=first):
        above = int(county.places.parent[county.index[entry.place]])
        assert int(calls.caller[node]) == above
        assert calls.acknowledged_min[node] == calls.acknowledged_min[above] + 1
        assert calls.acknowledged_by[node] == entry.post
    assert calls.caller.max() < len(county.places)
    assert told.who() == {row["code"] for name in ("townships.csv", "villages.csv") for row in told_tables(name)}


def told_tables(name: str) -> Iterable[dict[str, Any]]:
    """Return the rows of a table of ``desks(2, 2)``."""
    return desks(2, 2).tables[name]


def test_nobody_calls_key_sites_or_responsible_persons_unless_a_target_says_so() -> None:
    """The register and the school are there; only desks are to be called."""
    night = with_leaves(desks(2, 2), "township")
    del night.scenario["call_targets"][1:]
    told = tell(night)
    assert np.isinf(told.calls().acknowledged_min[len(told.scenario.county.places) :]).all()


# Where the minutes go -------------------------------------------------------------------------------------------------


@st.composite
def full_nights(draw: st.DrawFn) -> Small:
    """Return nights with everything in them at once, scarce callers included."""
    night = draw(chains())
    roster, channels = night.scenario["roster"], night.scenario["channels"]
    with_couriers(with_leaves(with_groups(night), draw(st.sampled_from(["county", "township", "village"])), "T000V000"))
    channels["auto_call"] = automated(setup="2 min", lines=2)
    channels["sms"] = message(duty={"read": draw(SHARES), "delay": {"exponential": {"mean": "3 min"}}})
    channels["phone"]["talk"] = {"lognormal": {"median": "1 min", "p90": "3 min"}}
    for level, ladder in roster["ladders"].items():
        if level != "key_site":
            first = draw(st.sampled_from(["sms", "auto_call", "courier"]))
            waits = {"sms": {"wait": "4 min"}, "auto_call": {"ring": "30 s"}, "courier": {}}[first]
            ladder["steps"].insert(draw(st.integers(0, 1)), {"post": "officer", "channel": first} | waits)
            if draw(st.booleans()):
                ladder["repeat"] = {"rounds": 2, "gap": "7 min"}
            else:
                ladder |= {"order": "at_once", "need": draw(st.sampled_from(["any", "all"]))}
    for desk in roster["desks"].values():
        desk |= {"callers": draw(st.integers(1, 2)), "couriers": draw(st.integers(0, 1))}
    roster["alerted"] = {"answer": draw(SHARES), "relay_factor": draw(SHARES)}
    with_governance(night, *draw(st.sampled_from([["duty_rooms"], ["governance"], ["duty_rooms", "governance"]])))
    roster |= {"joint_duty": draw(st.booleans()), "departments": DEPARTMENTS}
    codes = [row["code"] for row in night.tables["villages.csv"]]
    rivers(
        night,
        *itertools.pairwise([*codes, night.tables["townships.csv"][-1]["code"]]),
        when=draw(st.sampled_from(["first", "last"])),
    )
    sighted(night, f"{codes[0]}G1", acts_at_once=draw(st.booleans()))
    neighbours(night, codes[-1])
    night.scenario["response"] = [act("r", level="II", after="w", delay="3 min")]
    night.scenario["orders"] = [act("o", stage="move", after="sighting")]
    night.scenario["call_targets"] += [call_target(id=kind, act=kind) for kind in ("response", "order")]
    return night


@given(full_nights())
@repeatable(20)
def test_the_minutes_of_an_answer_add_up_to_the_time_since_its_caller_knew(night: Small) -> None:
    """Since the caller answered, or the release (top, departments, governance), or the start outside (sighting, neighbour)."""
    told = tell(night)
    net = setting(told.scenario).network
    sighted_min = {event.place: event.t_min for event in told.events("sighted")}
    (neighbour_min,) = [event.t_min for event in told.events("started") if event.event == "call"]
    neighbour = len(net.nodes) - 1
    answers = 0
    for done in told.night.acts:
        calls = done.calls
        known = calls.cause >= 0
        assert (np.isfinite(calls.minutes).all(axis=1) == known).all()
        for node in np.flatnonzero(known).tolist():
            caller = int(calls.caller[node])
            spent = float(calls.minutes[node].sum())
            if caller < 0:
                assert CAUSES[calls.cause[node]] == "sighting"
                since = {sighted_min[node]}
            elif caller == neighbour:
                since = {neighbour_min}
            elif caller >= net.nodes.outside:
                since = {done.released_min}
            else:
                since = {float(calls.acknowledged_min[caller])}
                if CAUSES[calls.cause[node]] == "report":
                    since |= {sighted_min[place] for place in sighted_min if place == caller}
            elapsed = [float(calls.acknowledged_min[node]) - begin for begin in since]
            assert min(abs(spent - each) for each in elapsed) < A_NANOMINUTE
            assert (calls.minutes[node] >= 0).all()
            answers += 1
    assert answers > 0


# The platform ---------------------------------------------------------------------------------------------------------


@given(
    st.permutations(["sms", "broadcast", "cell_broadcast", "auto_call"]),
    st.integers(1, 4),
    st.integers(1, 6),
    st.integers(0, 2**64 - 1),
)
@repeatable(8)
def test_a_platform_of_separate_systems_opens_none_before_a_fused_one(
    order: list[str], size: int, operators: int, seed: int
) -> None:
    """One operator opens them in the order of the means; an operator for each opens each after its own entry; more never delay.

    Automated calls by which only persons are called come last.
    """
    night = climb(desks(1, 1), step("officer", channel="auto_call"))
    night.scenario["channels"] |= {"cell_broadcast": message(duty=None), "auto_call": automated()}
    night.scenario["warnings"][0]["means"] = order[:size]
    entry = {"lognormal": {"median": "3 min", "p90": "8 min"}}

    def openings(kind: str, hands: int) -> dict[str, float]:
        night.scenario["platform"] = {"kind": kind, "operators": hands, "entry": entry}
        scenario, _ = played(night)
        return dict(opening_delays(scenario, Luck(seed, 0), scenario.plan.warnings[0]))

    systems = [*order[:size], *({"auto_call"} - set(order[:size]))]
    fused, alone, some, each = (
        openings(kind, hands)
        for kind, hands in (("fused", 1), ("separate", 1), ("separate", operators), ("separate", 9))
    )
    assert list(fused) == systems == list(alone)
    assert set(fused.values()) == {0.0}
    assert all(each[name] > 0 for name in systems)
    assert list(alone.values()) == pytest.approx(np.cumsum([each[name] for name in systems]))
    assert all(each[name] <= some[name] <= alone[name] for name in systems)


def test_automated_calls_to_desks_begin_when_the_platform_is_open() -> None:
    """Entered second by the one operator (4 min each), set up in 2: dialled at 10, 30 s of talk; fused at 2."""
    night = climb(desks(1, 1), step("officer", channel="auto_call"))
    night.scenario["channels"]["auto_call"] = automated(setup="2 min")
    night.scenario["platform"] = {"kind": "separate", "operators": 1, "entry": "4 min"}
    assert tell(night).at("T000") == [10.5]
    night.scenario["platform"]["operators"] = 2
    assert tell(night).at("T000") == [6.5]
    night.scenario["platform"]["kind"] = "fused"
    assert tell(night).at("T000") == [2.5]


def test_automated_calls_share_so_many_lines() -> None:
    """Three desks over two lines, half a minute each."""
    night = ample(climb(desks(3, 1), step("officer", channel="auto_call")))
    night.scenario["channels"]["auto_call"] = automated(lines=2)
    assert tell(night).at("T000", "T001", "T002") == [0.5, 0.5, 1.0]
