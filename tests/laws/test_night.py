"""Laws of one night: order, bounds, conservation, what can only help, what can only hurt, and trees of any depth.

A law that compares two nights gives both the same luck. Where it holds only under a condition (callers enough for everybody, holders
who do not change with the hour), the test makes the condition true and its docstring says so.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.records import ACTS, CALLING, CAUSES, CHANNELS, STEPS, ActRecords, Night
from sim.scenario import Scenario
from tests.strategies import (
    BY_DESKS,
    CARRIED,
    MESSAGES,
    Small,
    describe,
    households_by_phone,
    played,
    repeatable,
    small,
    small_nights,
)

Floats = NDArray[np.float64]
MEANS = st.sampled_from(CHANNELS)
ENDS = st.sampled_from(["5 min", "20 min", "90 min", "10 h"])
KINDS = ("hazard", "warning", "response", "order", "call", "channel", "team", "sighting")
A_NANOMINUTE = 1e-9
A_MICROMINUTE = 1e-6


# Tools ----------------------------------------------------------------------------------------------------------------


def roomy(night: Small) -> Small:
    """Give every desk callers enough for everybody below it, and every post a holder who stays; the hour then decides nothing."""
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = 99
    for post in night.scenario["roster"]["posts"].values():
        post["rotates"] = False
    night.scenario["channels"]["walking"]["night"] = 1.0
    if "neighbour" in night.scenario["channels"]:
        night.scenario["channels"]["neighbour"]["night"] = 1.0
    return night


def by_means(night: Small, *means: str) -> Small:
    """Let the warning use these means."""
    describe(night, *means)
    night.scenario["warnings"][0]["means"] = list(means)
    return night


def long(night: Small) -> Small:
    """Make the night so long that everything that will happen happens in it."""
    night.scenario["end"] = "20 d"
    return night


def one_try(night: Small) -> Small:
    """Leave each ladder a single call."""
    for ladder in night.scenario["roster"]["ladders"].values():
        ladder["steps"] = [{"post": "officer", "tries": 1, "ring": "30 s"}]
    return night


def acknowledged(scenario: Scenario, night: Night) -> dict[str, float]:
    """Return when each place answered, by code."""
    return dict(zip(scenario.county.places.code, night.places.acknowledged_min.tolist(), strict=True))


def warned(scenario: Scenario, night: Night) -> dict[int, float]:
    """Return when each household was warned, by its id."""
    return dict(zip(scenario.county.households.id.tolist(), night.households.warned_min.tolist(), strict=True))


def told_by(act: ActRecords, channel: str) -> int:
    """Return how many households a means would tell in an act."""
    return len(act.reception.reached[channel].who) if channel in act.reception.reached else 0


def assert_never_later(one: Floats, other: Floats, slack: float = A_MICROMINUTE) -> None:
    """Nothing in ``one`` happens later than in ``other``."""
    assert np.all((one <= other + slack) | np.isinf(other)), (one, other)


def assert_shifted(later: Floats, earlier: Floats, minutes: float) -> None:
    """Everything happens in both, and ``minutes`` later in one."""
    assert later == pytest.approx(earlier + minutes, abs=A_MICROMINUTE)


# Order and bounds -----------------------------------------------------------------------------------------------------


@repeatable(30)
@given(small_nights(), ENDS)
def test_nothing_comes_before_its_cause(night: Small, end: str) -> None:
    """No step is decided before the one before it, no household told before release, none confirmed before it is told.

    No desk answers before whoever called it, nor turns to its households before it has answered. What starts below has no release;
    there a sighting comes before everything.
    """
    night.scenario["end"] = end
    _, result = played(night)
    seen = [event.t_min for event in result.events if event.act == "sighted"]
    for act in result.acts:
        decided = [step for step in act.decided_min if step < math.inf]
        assert decided == sorted(decided)
        assert (act.kind == "local") or act.calls.acknowledged_min[0] == act.released_min
        begin = act.released_min if act.kind != "local" else min(seen, default=math.inf)
        reception, calls = act.reception, act.calls
        told = reception.told_min[np.isfinite(reception.told_min)]
        assert np.all(told >= begin)
        assert np.all(reception.told_min <= reception.confirmed_min)
        assert np.all(calls.dispatched_min >= calls.acknowledged_min[: len(calls.dispatched_min)])
        for node in np.flatnonzero(calls.caller >= 0).tolist():
            caller = calls.caller[node]
            if calls.cause[node] == CAUSES.index("chain"):
                assert calls.acknowledged_min[node] >= calls.acknowledged_min[caller]
    homes = result.households
    assert np.all(homes.warned_min <= homes.confirmed_min)


@repeatable(30)
@given(small_nights(), ENDS)
def test_every_time_lies_in_the_night_or_never_comes(night: Small, end: str) -> None:
    """Times are 0 … end or infinite; a household has a first means if and only if it was told; events stand in order."""
    night.scenario["end"] = end
    scenario, result = played(night)
    homes = result.households
    times = [homes.warned_min, homes.confirmed_min, result.places.acknowledged_min]
    for act in result.acts:
        reception, calls = act.reception, act.calls
        times += [np.array(act.decided_min), calls.acknowledged_min, calls.dispatched_min]
        times += [reception.told_min, reception.confirmed_min]
        assert np.array_equal(np.isfinite(reception.told_min), reception.first_by >= 0)
        assert np.array_equal(np.isfinite(reception.told_min), reception.reason < 0)
    for some in times:
        assert np.all(((some >= 0) & (some <= scenario.plan.end_min)) | (some == math.inf))
    assert np.array_equal(np.isfinite(homes.warned_min), homes.first_by >= 0)
    assert np.array_equal(np.isfinite(homes.warned_min), homes.first_act >= 0)
    assert np.array_equal(np.isfinite(homes.warned_min), homes.reason < 0)
    minutes = [event.t_min for event in result.events]
    assert minutes == sorted(minutes)
    assert all(0 <= t <= scenario.plan.end_min for t in minutes)


@repeatable(20)
@given(small_nights())
def test_first_means_and_never_make_up_the_whole(night: Small) -> None:
    """In every act each household has one first means, one that the act uses, or one reason why it was never told."""
    scenario, result = played(night)
    local = scenario.plan.local.means if scenario.plan.local else ()
    means = [*(scenario.plan.means_of(act) for act in scenario.plan.acts), local]
    for act, used in zip(result.acts, means, strict=False):
        first, reason = act.reception.first_by, act.reception.reason
        assert np.array_equal(first >= 0, reason < 0)
        assert {CHANNELS[code] for code in first.tolist() if code >= 0} <= set(used)
        assert set(act.reception.reached) <= set(used)


@repeatable(20)
@given(small_nights(), st.sampled_from(["10 min", "30 min", "2 h"]))
def test_a_shorter_night_is_the_beginning_of_the_longer_one(night: Small, end: str) -> None:
    """What happens before the end does not know when the night ends."""
    whole_scenario, whole = played(long(night))
    night.scenario["end"] = end
    scenario, part = played(night)
    last = scenario.plan.end_min
    assert whole_scenario.plan.end_min > last

    def assert_begins(times: Floats, longer: Floats) -> None:
        assert np.array_equal(times, np.where(longer <= last, longer, np.inf))

    for name in ("warned_min", "confirmed_min"):
        assert_begins(getattr(part.households, name), getattr(whole.households, name))
    assert_begins(part.places.acknowledged_min, whole.places.acknowledged_min)
    for act, longer in zip(part.acts, whole.acts, strict=True):
        assert_begins(act.calls.acknowledged_min, longer.calls.acknowledged_min)
        assert_begins(act.calls.dispatched_min, longer.calls.dispatched_min)
        for name in ("told_min", "confirmed_min"):
            begun, ended = (
                np.full(len(part.households.warned_min), np.inf),
                np.full(len(part.households.warned_min), np.inf),
            )
            begun[act.reception.rows] = getattr(act.reception, name)
            ended[longer.reception.rows] = getattr(longer.reception, name)
            assert_begins(begun, ended)
    assert part.events == tuple(event for event in whole.events if event.t_min <= last)


@repeatable(20)
@given(small_nights())
def test_the_minutes_of_the_steps_make_up_the_whole(night: Small) -> None:
    """From the caller's answer to the desk's, and from release, dispatch or teller to each household's being told."""
    _, result = played(night)
    assert {name for act in result.acts for one in act.reception.reached.values() for name, _ in one.steps} <= set(
        STEPS
    )
    for act in result.acts:
        calls, reception = act.calls, act.reception
        assert calls.minutes.shape == (len(calls.caller), len(CALLING))
        assert np.array_equal(np.isnan(calls.minutes).any(axis=1), calls.cause < 0)
        if act.kind != "local":
            down = np.flatnonzero(calls.cause == CAUSES.index("chain"))
            spent = calls.acknowledged_min[down] - calls.acknowledged_min[calls.caller[down]]
            assert calls.minutes[down].sum(axis=1) == pytest.approx(spent, abs=A_MICROMINUTE)
        for one in reception.reached.values():
            assert all(np.all(minutes >= -A_NANOMINUTE) for _, minutes in one.steps)
            if one.begins in {"released", "told"} and act.kind != "local":
                begin = act.released_min if one.teller is None else reception.told_min[one.teller]
                assert begin + sum(minutes for _, minutes in one.steps) == pytest.approx(
                    one.told_min, abs=A_MICROMINUTE
                )


@repeatable(20)
@given(small_nights())
def test_whoever_is_told_first_is_told_by_the_first_of_all_means(night: Small) -> None:
    """Of every act: the minute is that of the earliest means that reached the household, and so is the means."""
    _, result = played(night)
    for act in result.acts:
        reception = act.reception
        earliest = np.full(len(reception.rows), np.inf)
        for name in CHANNELS:
            if name in reception.reached:
                one = reception.reached[name]
                earliest[one.who] = np.minimum(earliest[one.who], one.told_min)
                mine = reception.first_by[one.who] == CHANNELS.index(name)
                assert np.array_equal(reception.told_min[one.who[mine]], one.told_min[mine])
        told = np.isfinite(reception.told_min)
        assert np.array_equal(reception.told_min[told], earliest[told])


# Conservation ---------------------------------------------------------------------------------------------------------


@repeatable(20)
@given(small_nights())
def test_each_place_answers_once_and_by_a_call(night: Small) -> None:
    """Every answer in the records is one event of the same minute and post; a call stands behind it, or a sighting of its own."""
    _, result = played(night)
    said = Counter((e.place, e.t_min, e.actor_post) for e in result.events if e.act == "acknowledged")
    kept, sighted = Counter[tuple[int, float, str]](), CAUSES.index("sighting")
    for act in result.acts:
        calls = act.calls
        own = [i for i in np.flatnonzero(np.isfinite(calls.acknowledged_min)).tolist() if i or act.kind == "local"]
        kept.update((i, float(calls.acknowledged_min[i]), calls.acknowledged_by[i]) for i in own)
        assert {i for i in own if not calls.acknowledged_by[i]} == set(np.flatnonzero(calls.cause == sighted).tolist())
    assert said == kept
    calls_made = {(e.place, e.t_min, e.actor_post) for e in result.events if e.act in {"answered", "replied"}}
    assert {answer for answer in said if answer[2]} <= calls_made


@repeatable(12)
@given(small_nights(alone=True))
def test_every_desk_below_one_that_answered_is_settled_by_morning(night: Small) -> None:
    """A desk that is called ends the night as one that answered or as one given up, never as both or neither."""
    scenario, result = played(long(night))
    answered, graph = result.places.acknowledged_min, scenario.county.topology()
    given_up = [event.place for event in result.events if event.act == "given_up"]
    assert len(given_up) == len(set(given_up))
    for code, i in scenario.county.index.items():
        if i:
            called = any(np.isfinite(answered[scenario.county.index[c]]) for c in graph.predecessors(code))
            assert called == (bool(np.isfinite(answered[i])) ^ (i in given_up))


@repeatable(20)
@given(small_nights(), ENDS)
def test_no_message_is_lost_from_the_count(night: Small, end: str) -> None:
    """Sent is delivered, expired and pending; one count for each kind of message of each act; none arrives before it is sent."""
    night.scenario["end"] = end
    scenario, result = played(night)
    persons = scenario.county.households.persons
    used = [(act.id, name) for act in scenario.plan.acts for name in scenario.plan.means_of(act) if name in MESSAGES]
    if scenario.plan.local is not None:
        used += [("local", name) for name in scenario.plan.local.means if name in MESSAGES]
    assert sorted((one.act_id, one.channel) for one in result.messages) == sorted(used)
    for one in result.messages:
        assert one.sent == pytest.approx(one.delivered + one.expired + one.pending)
        assert 0 <= one.sent <= persons.sum()


@repeatable(12)
@given(small_nights(alone=True), st.integers(1, 40), st.sampled_from([0.5, 0.86, 1.0, 2.0]))
def test_the_gateway_sends_every_message_at_its_rate(night: Small, per_minute: int, per_person: float) -> None:
    """It ends messages ÷ rate after it began; nobody without a phone is told by it, and nobody before the latency."""
    by_means(night, "sms").scenario["platform"]["kind"] = "fused"
    night.scenario["channels"]["sms"] |= {
        "rate": f"{per_minute} /min",
        "messages_per_person": per_person,
        "setup": "4 min",
        "smartphone": 1.0,
        "feature_phone": 1.0,
    }
    scenario, result = played(long(night))
    homes = scenario.county.households
    began, ended = (
        next(e.t_min for e in result.events if (e.channel, e.act) == ("sms", act)) for act in ("started", "finished")
    )
    assert began == pytest.approx(result.release_min + 4)
    messages = (
        sum(p for p, phone in zip(homes.persons.tolist(), homes.phone.tolist(), strict=True) if phone) * per_person
    )
    assert ended - began == pytest.approx(messages / per_minute)
    assert [one.sent for one in result.messages] == pytest.approx([messages])
    told = result.households.first_by == CHANNELS.index("sms")
    assert told.sum() <= np.count_nonzero(homes.phone)
    assert not np.any(told & (homes.phone == 0))
    times = result.households.warned_min[told]
    assert np.all((times >= began + 10 / 60 - A_NANOMINUTE) & (times <= ended + 10 / 60 + A_NANOMINUTE))


def test_messages_leave_one_after_the_other_listed_households_first() -> None:
    """Five households with one phone each at 1 per minute, two listed: the listed are told at 0 and 1 min, the rest at 2, 3, 4."""
    night = small(1, 1, 5)
    night.scenario["warnings"][0]["means"] = ["sms"]
    night.scenario["channels"]["sms"] |= {"rate": "1 /min", "latency": "0 s", "order": "listed_first"}
    night.tables["zones.csv"] = [{"code": "Z", "kind": "点", "place": "T000V000"}]
    for n, row in enumerate(night.tables["households.csv"]):
        row["zone"] = "Z" if n in (1, 3) else ""
    scenario, result = played(night)
    listed = scenario.county.households.listed
    assert sorted(result.households.warned_min[listed]) == pytest.approx([0, 1])
    assert sorted(result.households.warned_min[~listed]) == pytest.approx([2, 3, 4])


# Dead means and silent people -----------------------------------------------------------------------------------------


def kill(night: Small, name: str, *, second_way: bool) -> None:
    """Leave a means that can tell nobody."""
    plan = night.scenario["channels"][name]
    if name in MESSAGES:
        plan |= {"off": 1.0} if second_way else {"noticed_awake": 0.0, "noticed_asleep": 0.0}
    elif name == "phone":
        plan["households"] |= {"answered_awake": 0.0, "answered_asleep": 0.0}
    elif name == "auto_call":
        plan |= {"reachable": 0.0} if second_way else {"answered_awake": 0.0, "answered_asleep": 0.0}
    elif name == "broadcast":
        for terminal in plan["terminals"].values():
            terminal["online"] = 0.0
    elif name in {*CARRIED, "patrol_car"}:
        rows = night.tables["devices.csv"]
        if second_way and len({row["device"] for row in rows}) > 1:
            night.tables["devices.csv"] = [row for row in rows if row["device"] != name]
        else:
            plan["source_level"] = "20 dB"
    elif name == "ten_household":
        plan["goes" if second_way else "answered"] = 0.0
    else:
        share = {"area_terminal": "online", "tv": "watching", "door": "answered", "neighbour": "tells"}[name]
        plan[share] = 0.0


@repeatable(34)
@given(small_nights(), MEANS, st.sampled_from(CHANNELS), st.booleans())
def test_a_dead_means_reaches_nobody(night: Small, channel: str, other: str, second_way: bool) -> None:
    """No terminal online, no message noticed or all phones off, no call, no door answered, no gong held: it tells nobody."""
    by_means(night, *dict.fromkeys((channel, other, "sms", "door")))
    kill(night, channel, second_way=second_way)
    _, result = played(night)
    assert [told_by(act, channel) for act in result.acts] == [0] * len(result.acts)
    assert CHANNELS.index(channel) not in result.households.first_by


@repeatable(14)
@given(small_nights(alone=True), st.sampled_from(["reachable", "answer"]))
def test_where_nobody_answers_no_desk_acknowledges_and_no_team_sets_out(night: Small, what: str) -> None:
    """With silent posts only the top has it, and only means that need no desk tell households."""
    for post in night.scenario["roster"]["posts"].values():
        post[what] = 0.0
    scenario, result = played(night)
    assert np.all(np.isinf(result.places.acknowledged_min[scenario.county.places.level > 0]))
    assert not np.isin(result.households.first_by, [CHANNELS.index(name) for name in BY_DESKS]).any()


@repeatable(12)
@given(small_nights(alone=True))
def test_who_cannot_be_reached_tonight_is_not_reached_by_trying_often(night: Small) -> None:
    """Tries of a person who answers now and then reach only desks that one try reaches when everybody reachable answers."""
    posts, ladders = night.scenario["roster"]["posts"], night.scenario["roster"]["ladders"]
    roomy(night)
    for ladder in ladders.values():
        ladder["steps"] = [{"post": "officer", "tries": 9, "ring": "30 s"}]
    _, often = played(night)
    posts["officer"]["answer"] = 1.0
    for ladder in ladders.values():
        ladder["steps"][0]["tries"] = 1
    _, once = played(night)
    assert np.all(np.isfinite(once.places.acknowledged_min) | np.isinf(often.places.acknowledged_min))


@pytest.mark.parametrize("tries", [1, 2, 6, 40])
def test_the_share_that_answers_is_bounded_by_the_share_that_can_be_reached(tries: int) -> None:
    """Reachable 0.7, each try 0.5: 0.7 (1 − 0.5^tries) answer, within four standard errors, and never more than can."""
    night = small(1, 4_000, 1)
    night.tables["households.csv"] = night.tables["households.csv"][:1]
    roster = night.scenario["roster"]
    roster["desks"]["township"]["callers"] = 4_000
    roster["posts"]["someone"] = {"title": "某人", "reachable": 0.7, "answer": 0.5}
    roster["ladders"]["village"]["steps"] = [{"post": "someone", "tries": tries, "ring": "30 s"}]
    scenario, result = played(night)
    share = np.isfinite(result.places.acknowledged_min[scenario.county.places.level == 2]).mean()
    exact = 0.7 * (1 - 0.5**tries)
    assert abs(share - exact) <= 4 * math.sqrt(exact * (1 - exact) / 4_000)
    assert share <= 0.7 + 4 * math.sqrt(0.7 * 0.3 / 4_000)


def test_an_empty_post_is_skipped_at_once() -> None:
    """Nobody holds the first post, three tries and long gaps stand there: the second answers after its own minute."""
    night = small(1, 1, 1)
    roster = night.scenario["roster"]
    roster |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    roster["posts"]["deputy"] = {"title": "副班", "reachable": 1.0, "answer": 1.0}
    roster["ladders"]["township"]["steps"] = [
        {"post": "officer", "tries": 3, "ring": "10 min", "gap": "10 min"},
        {"post": "deputy", "ring": "30 s"},
    ]
    night.tables["persons.csv"] = [{"person": "P1"}]
    night.tables["shifts.csv"] = [{"desk": "T000", "post": "deputy", "person": "P1"}]
    scenario, result = played(night)
    assert acknowledged(scenario, result)["T000"] == pytest.approx(1)
    assert result.places.acknowledged_by[scenario.county.index["T000"]] == "deputy"
    assert [e.actor_post for e in result.events if e.place == 1 and e.act == "answered"] == ["deputy"]


# What can only help ---------------------------------------------------------------------------------------------------


@repeatable(12)
@given(small_nights(alone=True), st.sampled_from(["a try more", "a deputy more"]))
def test_going_on_calling_never_costs_an_answer(night: Small, what: str) -> None:
    """Callers enough: whoever answered without the longer ladder answers at the same minute with it, and nobody hears later."""
    _, short = played(roomy(night))
    night.scenario["roster"]["posts"]["reserve"] = {"title": "备班", "reachable": 0.9, "answer": 0.6, "rotates": False}
    for ladder in night.scenario["roster"]["ladders"].values():
        if what == "a try more":
            ladder["steps"][-1]["tries"] += 2
        else:
            ladder["steps"].append({"post": "reserve", "tries": 2, "ring": "30 s", "gap": "1 min"})
    _, longer = played(night)
    done = np.isfinite(short.places.acknowledged_min)
    assert np.array_equal(longer.places.acknowledged_min[done], short.places.acknowledged_min[done])
    assert_never_later(longer.households.warned_min, short.households.warned_min)


@repeatable(12)
@given(small_nights(alone=True), st.sampled_from(["reachable", "answer"]), st.sampled_from([0.05, 0.3, 1.0]))
def test_people_who_answer_more_often_delay_nobody(night: Small, what: str, more: float) -> None:
    """Callers enough, no ring longer than a try: raising a share of answering makes no desk and no household later."""
    _, before = played(roomy(night))
    for post in night.scenario["roster"]["posts"].values():
        post[what] = min(post[what] + more, 1.0)
    _, after = played(night)
    assert_never_later(after.places.acknowledged_min, before.places.acknowledged_min)
    assert_never_later(after.households.warned_min, before.households.warned_min)


@repeatable(20)
@given(
    small_nights(alone=True),
    st.sampled_from([*MESSAGES, "broadcast", "area_terminal", "tv"]),
    st.sampled_from([0.05, 0.3, 1.0]),
)
def test_a_public_means_that_works_better_warns_the_same_households_and_more(
    night: Small, channel: str, more: float
) -> None:
    """Fewer off, more noticed, more terminals online, more watching: who was told is told at the same minute, and others besides."""
    by_means(night, channel)
    _, before = played(night)
    plan = night.scenario["channels"][channel]
    better = {"noticed_awake", "noticed_asleep", "online", "watching"}
    for part in plan["terminals"].values() if channel == "broadcast" else [plan]:
        part |= {name: min(part[name] + more, 1.0) for name in better & part.keys()}
    if channel in MESSAGES:
        plan["off"] = max(plan["off"] - more, 0.0)
    _, after = played(night)
    told = np.isfinite(before.households.warned_min)
    assert np.array_equal(after.households.warned_min[told], before.households.warned_min[told])


@repeatable(12)
@given(small_nights(alone=True), st.sampled_from([0.05, 0.3, 1.0]))
def test_households_that_answer_the_telephone_more_often_are_more(night: Small, more: float) -> None:
    """By telephone alone, in a night long enough: everybody told before is told again (perhaps later, for talking takes time)."""
    by_means(night, "phone")
    _, before = played(long(night))
    plan = night.scenario["channels"]["phone"]["households"]
    plan |= {name: min(plan[name] + more, 1.0) for name in ("answered_awake", "answered_asleep")}
    _, after = played(night)
    assert np.all(np.isfinite(after.households.warned_min) | np.isinf(before.households.warned_min))


@repeatable(20)
@given(small_nights(alone=True), MEANS)
def test_one_means_more_makes_nobody_later(night: Small, channel: str) -> None:
    """Platform fused, hour of no matter: means do not stand in each other's way; calls even shorten the teams' routes."""
    roomy(night).scenario["platform"]["kind"] = "fused"
    others = [
        name for name in (*night.scenario["warnings"][0]["means"], "phone", "door", "neighbour") if name != channel
    ]
    by_means(night, channel, *dict.fromkeys(others))
    _, every = played(night)
    night.scenario["warnings"][0]["means"].remove(channel)
    _, fewer = played(night)
    assert_never_later(every.households.warned_min, fewer.households.warned_min)


@repeatable(12)
@given(small_nights(alone=True), st.sampled_from(["teams", "callers"]), st.integers(1, 3), st.integers(2, 3))
def test_more_hands_on_a_street_make_no_house_later(night: Small, whose: str, few: int, times: int) -> None:
    """Teams that each split their part of the route, or callers who split the list, are never later at any house."""
    by_means(night, "phone", "door")
    plan = night.scenario["channels"]["door"] if whose == "teams" else night.scenario["channels"]["phone"]["households"]
    plan[whose] = few
    _, before = played(night)
    plan[whose] = few * times
    _, after = played(night)
    assert_never_later(after.households.warned_min, before.households.warned_min)
    assert_never_later(after.households.confirmed_min, before.households.confirmed_min)


@repeatable(12)
@given(small_nights(alone=True), st.integers(1, 3), st.integers(1, 3))
def test_more_callers_make_no_desk_later(night: Small, few: int, more: int) -> None:
    """Each desk called once and in a fixed order: a caller more at every desk delays nobody."""
    one_try(roomy(night))
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = few
    _, before = played(night)
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = few + more
    _, after = played(night)
    assert_never_later(after.places.acknowledged_min, before.places.acknowledged_min)
    assert_never_later(after.households.warned_min, before.households.warned_min)


@repeatable(12)
@given(small_nights(alone=True))
def test_a_second_desk_that_calls_too_makes_nobody_later(night: Small) -> None:
    """Callers enough: the county calling a village besides its township delays neither the village nor anybody else."""
    _, before = played(roomy(night))
    night.tables["links.csv"] = [{"caller": "C", "callee": "T000V000", "act": "add"}]
    _, after = played(night)
    assert_never_later(after.places.acknowledged_min, before.places.acknowledged_min)
    assert_never_later(after.households.warned_min, before.households.warned_min)


def test_a_second_desk_reaches_a_village_whose_township_is_silent() -> None:
    """Nobody at the township answers; the county calls the village itself, after the township, and is answered at 2 min."""
    night = small(1, 2, 1)
    night.tables["links.csv"] = [{"caller": "C", "callee": "T000V001", "act": "add"}]
    roster = night.scenario["roster"]
    roster["posts"]["silent"] = {"title": "无人接听", "reachable": 1.0, "answer": 0.0}
    roster["ladders"]["township"]["steps"] = [{"post": "silent", "ring": "1 min"}]
    scenario, result = played(night)
    assert acknowledged(scenario, result) == pytest.approx(
        {"C": 0, "T000": math.inf, "T000V000": math.inf, "T000V001": 2}
    )


# What can only hurt ---------------------------------------------------------------------------------------------------


@repeatable(12)
@given(small_nights(alone=True), st.integers(1, 40))
def test_a_longer_consultation_moves_the_whole_night(night: Small, quarters: int) -> None:
    """Callers enough and no hour that matters: so many minutes more of consulting, so many minutes later everything."""
    roomy(long(night)).scenario["warnings"][0]["consultation"] = "3 min"
    _, before = played(night)
    night.scenario["warnings"][0]["consultation"] = f"{3 + quarters / 4} min"
    _, after = played(night)
    assert after.release_min == pytest.approx(before.release_min + quarters / 4)
    assert_shifted(after.places.acknowledged_min, before.places.acknowledged_min, quarters / 4)
    assert_shifted(after.households.warned_min, before.households.warned_min, quarters / 4)
    assert np.array_equal(after.households.first_by, before.households.first_by)


@repeatable(12)
@given(small_nights(alone=True), st.integers(1, 3), st.integers(1, 40))
def test_a_longer_talk_makes_no_desk_and_no_household_earlier(night: Small, callers: int, quarters: int) -> None:
    """Each desk called once, so many callers: longer calls on the chain delay or leave alone everything that follows."""
    one_try(roomy(night))
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = callers
    _, before = played(night)
    night.scenario["channels"]["phone"]["talk"] = f"{1 + quarters / 4} min"
    _, after = played(night)
    assert_never_later(before.places.acknowledged_min, after.places.acknowledged_min)
    assert_never_later(before.households.warned_min, after.households.warned_min)


@repeatable(10)
@given(small_nights(alone=True), st.sampled_from(["light", "heavy"]))
def test_rain_warns_nobody_earlier(night: Small, rain: str) -> None:
    """Hour of no matter: rain drowns whatever sounds and slows whoever walks or drives; it helps nowhere."""
    roomy(night).scenario["hazard"]["rain"] = "dry"
    _, dry = played(night)
    night.scenario["hazard"]["rain"] = rain
    _, wet = played(night)
    assert_never_later(dry.households.warned_min, wet.households.warned_min)


# The order of calls ---------------------------------------------------------------------------------------------------


def test_the_exposed_are_called_first_then_the_populous_then_by_code() -> None:
    """One caller, four villages: V3 has a listed household, V2 most residents, V0 and V1 are alike: 3, 2, 0, 1 at 2 … 5 min."""
    night = small(1, 4, 1)
    night.tables["zones.csv"] = [{"code": "Z", "kind": "点", "place": "T000V003"}]
    for row, persons, zone in zip(night.tables["households.csv"], (2, 2, 5, 1), ("", "", "", "Z"), strict=True):
        row |= {"persons": persons, "zone": zone}
    scenario, result = played(night)
    times = acknowledged(scenario, result)
    assert [times[f"T000V00{v}"] for v in (3, 2, 0, 1)] == pytest.approx([2, 3, 4, 5])


def test_a_caller_is_free_while_a_ladder_waits() -> None:
    """One caller: V0 rings 1 min in vain and waits 5; V1 … V3 are called meanwhile; V0 answers its second step after them."""
    night = small(1, 4, 1)
    roster = night.scenario["roster"]
    roster |= {"persons": "county/persons.csv", "shifts": "county/shifts.csv"}
    roster["posts"] |= {
        "silent": {"title": "无人接听", "reachable": 1.0, "answer": 0.0},
        "deputy": {"title": "副班", "reachable": 1.0, "answer": 1.0},
    }
    roster["ladders"]["village"]["steps"] = [
        {"post": "silent", "tries": 2, "ring": "1 min", "gap": "5 min"},
        {"post": "deputy", "ring": "30 s"},
    ]
    night.tables["persons.csv"] = [{"person": f"P{n}"} for n in range(6)]
    night.tables["shifts.csv"] = [
        {"desk": desk, "post": post, "person": f"P{n}"}
        for n, (desk, post) in enumerate(
            [("T000", "officer"), ("T000V000", "silent"), *((f"T000V00{v}", "deputy") for v in range(4))]
        )
    ]
    scenario, result = played(night)
    # township 1; V0 rings 1 → 2 and waits to 7; V1, V2, V3 answer at 3, 4, 5; V0 rings 7 → 8, then its deputy talks to 9
    assert acknowledged(scenario, result) == pytest.approx(
        {"C": 0, "T000": 1, "T000V000": 9, "T000V001": 3, "T000V002": 4, "T000V003": 5}
    )


def test_a_call_that_nobody_dialled_is_not_reported() -> None:
    """The county waits for its one caller until T0 has the answer of V0 (2 min), so it never dials V0 and no such call is told."""
    night = small(2, 2, 1)
    night.tables["links.csv"] = [{"caller": "C", "callee": "T000V000", "act": "add"}]
    scenario, result = played(night)
    village = scenario.county.index["T000V000"]
    # by residents the county talks to T000 until 1, to T001 until 2, and only then is free for V0; T000 talks to V0 from 1 to 2
    assert acknowledged(scenario, result)["T000V000"] == pytest.approx(2)
    called_by = [e.counterpart for e in result.events if e.place == village and e.act in ("answered", "no_answer")]
    assert called_by == [scenario.county.index["T000"]]


# Trees of any shape ---------------------------------------------------------------------------------------------------


def test_a_level_less_is_another_file_and_no_code() -> None:
    """The county calls its villages itself: V0 at 1, V1 at 2 min; one house a minute after each."""
    night = small(1, 2, 2)
    night.county["levels"] = [level for level in night.county["levels"] if level["id"] != "township"]
    for row in night.tables["villages.csv"]:
        row["parent"] = "C"
    del night.tables["townships.csv"]
    for block in ("desks", "ladders"):
        del night.scenario["roster"][block]["township"]
    night.scenario["channels"]["phone"]["households"] = households_by_phone()
    scenario, result = played(night)
    assert acknowledged(scenario, result) == pytest.approx({"C": 0, "T000V000": 1, "T000V001": 2})
    assert sorted(warned(scenario, result).values()) == pytest.approx([2, 3, 3, 4])


def test_a_level_more_is_another_file_and_no_code() -> None:
    """A city over two counties of one township and two villages: 1, 2 | 2, 3 | 3, 4 and 4, 5 min, and a house after each."""
    night = small(2, 2, 1)
    night.county |= {"code": "S", "name": "市"}
    night.county["levels"] = [
        {"id": "city", "name": "市", "short": "市"},
        {"id": "county", "name": "县", "short": "县", "table": "counties.csv"},
        *night.county["levels"][1:],
    ]
    night.tables["counties.csv"] = [{"code": f"C{c}", "name": f"县{c}", "parent": "S"} for c in range(2)]
    for t, row in enumerate(night.tables["townships.csv"]):
        row["parent"] = f"C{t}"
    roster = night.scenario["roster"]
    roster["desks"]["city"] = {"callers": 1, "relay": "0 min"}
    roster["ladders"]["county"] = roster["ladders"]["township"]
    night.scenario["channels"]["phone"]["households"] = households_by_phone()
    scenario, result = played(night)
    assert acknowledged(scenario, result) == pytest.approx(
        {"S": 0, "C0": 1, "C1": 2, "T000": 2, "T001": 3} | {"T000V000": 3, "T000V001": 4, "T001V000": 4, "T001V001": 5}
    )
    assert sorted(warned(scenario, result).values()) == pytest.approx([4, 5, 5, 6])


@repeatable(10)
@given(small_nights(alone=True), st.booleans())
def test_calls_run_along_the_edges_of_the_topology(night: Small, linked: bool) -> None:
    """Every call of the night is an edge; where everybody answers, every edge of a tree is a call."""
    if linked:
        night.tables["links.csv"] = [{"caller": "C", "callee": "T000V000", "act": "add"}]
    else:
        for post in night.scenario["roster"]["posts"].values():
            post |= {"reachable": 1.0, "answer": 1.0}
    scenario, result = played(long(night))
    code, graph = scenario.county.places.code, scenario.county.topology()
    calls = {(code[e.counterpart], code[e.place]) for e in result.events if e.event == "call"}
    assert calls <= set(graph.edges)
    if not linked:
        assert calls == set(graph.edges)


def test_a_link_taken_away_is_called_no_more() -> None:
    """T000 no longer calls its village V001, T001 does: it answers after T001's own village, and no call runs from T000."""
    night = small(2, 2, 1)
    night.tables["links.csv"] = [
        {"caller": "T000", "callee": "T000V001", "act": "remove"},
        {"caller": "T001", "callee": "T000V001", "act": "add"},
    ]
    scenario, result = played(night)
    times = acknowledged(scenario, result)
    # the county reaches T000 at 1 and T001 at 2; T001 calls T000V001, T001V000, T001V001 in the order of their codes
    assert times == pytest.approx(
        {"C": 0, "T000": 1, "T001": 2, "T000V000": 2, "T000V001": 3, "T001V000": 4, "T001V001": 5}
    )


def test_a_village_that_also_calls_its_neighbour_still_tells_its_own_households() -> None:
    """V0 has a lateral link to V1; its own households, told by telephone, must hear as they do without the link."""
    night = small(1, 2, 2)
    night.scenario["channels"]["phone"]["households"] = households_by_phone()
    scenario, alone = played(night)
    night.tables["links.csv"] = [{"caller": "T000V000", "callee": "T000V001", "act": "add"}]
    _, linked = played(night)
    own = scenario.county.households.place == scenario.county.index["T000V000"]
    assert np.all(np.isfinite(alone.households.warned_min))
    assert np.all(np.isfinite(linked.households.warned_min[own]))


def test_the_topology_opens_one_village_down_to_its_households() -> None:
    """The tree has an edge per place below the top; asked for a village it gains that village's households and no others."""
    night = small(2, 3, 4)
    for n, row in enumerate(night.tables["households.csv"]):
        row["persons"] = 1 + n % 3
    scenario, _ = played(night)
    county = scenario.county
    plain, opened = county.topology(), county.topology("T001V002")
    assert (plain.number_of_nodes(), plain.number_of_edges()) == (1 + 2 + 6, 2 + 6)
    new = set(opened) - set(plain)
    assert {opened.nodes[node]["level"] for node in new} == {"household"}
    assert set(opened.edges) - set(plain.edges) == {("T001V002", node) for node in new}
    inside = county.households.place == county.index["T001V002"]
    assert sorted(opened.nodes[node]["persons"] for node in new) == sorted(county.households.persons[inside])
    assert len(county.topology("T001")) == len(plain) + 3 * 4


# The horizon of a channel by hand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("speaker_at_m", "told"), [(0, True), (8_000, False)])
def test_a_loudspeaker_carries_as_far_as_its_level(speaker_at_m: int, told: bool) -> None:
    """119 dB at 1 m: at 100 m 119 − 40 − 0.5 = 78.5 ≥ 75 dB (awake, heavy rain), at 8 km 119 − 78 − 40 < 75."""
    night = small(1, 1, 1)
    night.scenario["warnings"][0]["means"] = ["broadcast"]
    night.tables["households.csv"][0] |= {"x_m": 100, "y_m": 0}
    night.tables["loudspeakers.csv"] = [{"code": "L", "place": "T000V000", "x_m": speaker_at_m, "y_m": 0}]
    _, result = played(night)
    assert result.households.warned_min.tolist() == [3.0 if told else math.inf]  # set-up 2, listening 1


def test_a_sleeper_needs_a_louder_call_and_nobody_hears_in_an_empty_or_deaf_house() -> None:
    """At 30 m 119 − 29.5 − 0.15 = 89.3 ≥ 87 dB wakes; at 50 m 119 − 34.0 − 0.25 = 84.8 does not; away and deaf hear nothing."""
    night = small(1, 1, 4)
    night.scenario["warnings"][0]["means"] = ["broadcast"]
    night.county["habits"]["asleep"] = [1.0] * 24
    night.tables["loudspeakers.csv"] = [{"code": "L", "place": "T000V000", "x_m": 0, "y_m": 0}]
    rows = night.tables["households.csv"]
    for row, x_m, pattern, deaf in zip(rows, (30, 50, 30, 30), ("home", "home", "away", "home"), "0001", strict=True):
        row |= {"x_m": x_m, "y_m": 0, "pattern": pattern, "hard_of_hearing": deaf}
    rows[1]["y_m"] = 0
    scenario, result = played(night)
    homes = scenario.county.households
    heard = np.isfinite(result.households.warned_min)
    assert heard.sum() == 1
    assert homes.loudspeaker_m[heard] == pytest.approx([30])
    assert homes.pattern[heard].tolist() == [0]
    assert not homes.hard_of_hearing[heard].any()


def test_an_answer_comes_before_the_caller_hangs_up() -> None:
    """Pick-ups of 5 min under a ring of 30 s: whoever answers has done so by 0.5 min, and the talk of 1 min ends by 1.5."""
    night = small(1, 1, 1)
    night.scenario["channels"]["phone"]["pickup"] = "5 min"
    scenario, result = played(night)
    assert acknowledged(scenario, result)["T000"] <= 1.5


# The edges of a night and of a shift -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("end", "answered"), [("2 min", True), ("119 s", False)])
def test_the_last_minute_belongs_to_the_night(end: str, answered: bool) -> None:
    """The village answers at the second minute: a night that ends then still holds it, for desks as for households."""
    night = small(1, 1, 1)
    night.scenario["end"] = end
    scenario, result = played(night)
    assert np.isfinite(acknowledged(scenario, result)["T000V000"]) == answered


def test_a_post_that_falls_vacant_while_the_call_waits_is_not_rung() -> None:
    """One caller, three villages in turn, the shift of all ends after half a minute: only the first is talking by then.

    The others' officers are gone when the caller is free at 1 min after the township's own call: nobody is rung and no
    minute is spent on them; their deputies, on duty all night, answer one after the other.
    """
    night = small(1, 3, 1)
    night.scenario["roster"]["posts"]["deputy"] = {"title": "副班", "reachable": 1.0, "answer": 1.0}
    night.scenario["roster"]["persons"] = "county/persons.csv"
    night.scenario["roster"]["shifts"] = "county/shifts.csv"
    night.scenario["roster"]["ladders"]["village"]["steps"] = [
        {"post": "officer", "ring": "30 s"},
        {"post": "deputy", "ring": "30 s"},
    ]
    desks = ["T000", "T000V000", "T000V001", "T000V002"]
    night.tables["persons.csv"] = [{"person": f"{desk}{post}"} for desk in desks for post in ("officer", "deputy")]
    night.tables["shifts.csv"] = [
        {
            "desk": desk,
            "post": "officer",
            "person": f"{desk}officer",
            "from": "2025-07-10 08:30",
            "to": "2025-07-11 01:21:30",
        }
        for desk in desks
    ] + [{"desk": desk, "post": "deputy", "person": f"{desk}deputy", "from": "", "to": ""} for desk in desks]
    scenario, result = played(night)
    # the township talks from 0 to 1; V0 from 1 to 2 with its officer (on duty until 1.5); V1 and V2 by deputy, one after the other
    assert acknowledged(scenario, result) == pytest.approx(
        {"C": 0, "T000": 1, "T000V000": 2, "T000V001": 3, "T000V002": 4}
    )
    assert not [event for event in result.events if event.act == "no_answer"]


@repeatable(20)
@given(small_nights())
def test_the_events_speak_the_words_of_the_contract(night: Small) -> None:
    """Every act is one of ``records.ACTS``, every channel one of ``records.CHANNELS``, and time runs forward."""
    _, result = played(night)
    assert {event.act for event in result.events} <= set(ACTS)
    assert {event.event for event in result.events} <= set(KINDS)
    assert {event.channel for event in result.events} <= {*CHANNELS, ""}
    times = [event.t_min for event in result.events]
    assert times == sorted(times)
