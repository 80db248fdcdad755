"""Laws of what outages do to the ways by which households are told.

The desks live through a calm night; only what reaches the households meets the outages. Laws that compare two nights give both the same luck.
"""

from __future__ import annotations

import dataclasses
import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.county import County
from sim.luck import Luck
from sim.records import CHANNELS, ActRecords, Messages, Night
from sim.scenario import Scenario
from sim.warning import calls, night, simulate
from sim.warning.chain import Chain
from sim.warning.conditions import Conditions
from sim.warning.reception import receive
from sim.warning.scene import up_throughout
from sim.warning.setting import Setting
from sim.warning.timelines import Timeline
from tests.strategies import CARRIED, MESSAGES, Small, describe, full_night, message, repeatable, small, small_nights
from tests.waterfall import household_minutes, waterfall

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Outage = tuple[str, int, float, float]
"""What fails, which one of them, from when, until when."""
NEVER_BACK = math.inf
A_NANOMINUTE = 1e-9

NEEDS = {
    "service": {*MESSAGES, "phone", "auto_call"},
    "mains": {"tv"},
    "terminals": {"broadcast"},
    "roads": {"patrol_car"},
}
"""The means that each thing can fail."""
CALLED_OR_SENT = (*MESSAGES, "phone", "auto_call", "broadcast", "tv")
ON_FOOT = (*CARRIED, "area_terminal")
TOLD_BY_PEOPLE = ("ten_household", "neighbour")
OUTAGES = st.lists(
    st.tuples(
        st.sampled_from(sorted(NEEDS)),
        st.integers(0, 99),
        st.integers(0, 120).map(lambda n: n / 2),
        st.one_of(st.integers(1, 120).map(lambda n: n / 2), st.just(NEVER_BACK)),
    ).map(lambda drawn: (drawn[0], drawn[1], drawn[2], drawn[2] + drawn[3])),
    max_size=12,
)


# Nights ---------------------------------------------------------------------------------------------------------------


def loaded(plan: Small) -> Scenario:
    """Load a night, with a path between each lowest place and the place above it."""
    with tempfile.TemporaryDirectory() as folder:
        scenario = plan.load(Path(folder))
    county, places = scenario.county, scenario.county.places
    lowest = np.flatnonzero(places.level == places.level.max())
    roads = pd.DataFrame(
        {
            "code": [f"R{n}" for n in range(len(lowest))],
            "from": [places.code[place] for place in lowest],
            "to": [places.code[places.parent[place]] for place in lowest],
            "length_m": 1000.0,
            "kind": "path",
            "entity": np.arange(len(lowest), dtype=np.uint64),
        }
    )
    networks = dataclasses.replace(county.networks, roads=roads)
    return dataclasses.replace(scenario, county=dataclasses.replace(county, networks=networks))


def failing(county: County, outages: Sequence[Outage]) -> Conditions:
    """Return the conditions under which these things fail; the number of one counts round and round."""
    calm = Conditions.calm(county)
    failed = {}
    for what in NEEDS:
        size = len(getattr(calm, what))
        some = [(number % size, begin, end) for kind, number, begin, end in outages if kind == what and size]
        who, begin, end = (np.array(column) for column in zip(*some, strict=True)) if some else (np.zeros(0),) * 3
        failed[what] = Timeline.from_outages(size, who.astype(np.int64), begin.astype(float), end.astype(float))
    return dataclasses.replace(calm, **failed)


def everywhere(scenario: Scenario, *whats: str, begin: float = 0.0, end: float = NEVER_BACK) -> list[Outage]:
    """Return outages of everything of these kinds."""
    calm = Conditions.calm(scenario.county)
    return [(what, number, begin, end) for what in whats for number in range(len(getattr(calm, what)))]


def played_with(scenario: Scenario, conditions: Conditions) -> Night:
    """Play a night whose desks notice nothing, and whose households meet these conditions."""

    def darkened(scenario: Scenario, setting: Setting, night_luck: Luck, chain: Chain, *_: object) -> object:
        return receive(scenario, setting, night_luck, chain, conditions)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(night, "receive", darkened)
        return simulate(scenario)


def played(scenario: Scenario, outages: Sequence[Outage] = ()) -> Night:
    """Play a night with these outages."""
    return played_with(scenario, failing(scenario.county, outages))


def by(households: int, *means: str, villages: int = 1, **plans: dict[str, object]) -> Small:
    """Return a night of one warning by these means, released at 0; its villages' desks turn to their households from 2 min on."""
    plan = small(1, villages, households)
    plan.scenario["channels"]["sms"] = message()
    describe(plan, *means)
    plan.scenario["warnings"][0]["means"] = list(means)
    for name, changes in plans.items():
        plan.scenario["channels"][name] |= changes
    return plan


def one_warning(seed: int, *, own_lines: bool) -> Scenario:
    """Return a night with luck at every step, every means but people who tell each other, and one warning.

    ``own_lines``: nobody waits for a line or a gateway that another desk's or household's turn would have taken.
    """
    plan = full_night(2, 2, 6)
    scenario, channels = plan.scenario, plan.scenario["channels"]
    scenario |= {"seed": seed, "response": [], "orders": [], "warnings": scenario["warnings"][:1]}
    for block, key in (
        (scenario, "local"),
        (scenario, "evacuation"),
        (scenario, "report_up"),
        (scenario["roster"], "neighbour_counties"),
        (scenario["roster"], "lateral"),
    ):
        del block[key]
    scenario["call_targets"] = scenario["call_targets"][:1]
    scenario["warnings"][0]["means"] = [name for name in CHANNELS if name not in TOLD_BY_PEOPLE]
    for name in MESSAGES:
        channels[name] |= {"validity": ("20 min", "24 h")[seed % 2], "noticed_awake": 0.8, "off": 0.1}
    channels["auto_call"] |= {"tries": 3, "talk": {"exponential": {"mean": "1 min"}}}
    channels["tv"]["watching"] = 0.8
    if own_lines:
        channels["auto_call"]["lines"] = 999
    else:
        channels["wechat"]["rate"] = "2 /min"
    return loaded(plan)


# Tools ----------------------------------------------------------------------------------------------------------------


def told_by(act: ActRecords, name: str) -> Floats:
    """Return when one means would tell each household of an act by itself; ``inf`` for never."""
    told = np.full(len(act.reception.rows), np.inf)
    told[act.reception.reached[name].who] = act.reception.reached[name].told_min
    return told


def told(scenario: Scenario, outages: Sequence[Outage] = ()) -> list[float]:
    """Return when the only warning of a night tells each household, in the order of the county."""
    (act,) = played(scenario, outages).acts
    return act.reception.told_min.tolist()


def same(one: object, other: object) -> bool:
    """Return whether two records are the same, bit for bit."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if dataclasses.is_dataclass(one):
        return type(one) is type(other) and all(
            same(getattr(one, field.name), getattr(other, field.name)) for field in dataclasses.fields(one)
        )
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return one == other


def step(act: ActRecords, name: str, what: str) -> list[float]:
    """Return the minutes that one step of a means took."""
    return dict(act.reception.reached[name].steps)[what].tolist()


# Calm nights ----------------------------------------------------------------------------------------------------------


@repeatable(15)
@given(small_nights(), st.lists(st.tuples(st.sampled_from(sorted(NEEDS)), st.integers(0, 99), st.floats(0, 100))))
def test_no_outage_is_the_calm_night_bit_for_bit(plan: Small, begins: list[tuple[str, int, float]]) -> None:
    """Neither no outage nor outages that end where they begin change a bit, and no step is added."""
    scenario = loaded(plan)
    calm = played_with(scenario, Conditions.calm(scenario.county))
    assert same(played(scenario), calm)
    assert same(played(scenario, [(what, number, at, at) for what, number, at in begins]), calm)
    for act in calm.acts:
        for reached in act.reception.reached.values():
            assert "waiting_for_network" not in dict(reached.steps)


@repeatable(15)
@given(small_nights())
def test_an_outage_after_the_end_changes_nothing(plan: Small) -> None:
    """What fails after the night tells nobody later or by other means, bit for bit; nobody has waited."""
    plan.scenario["end"] = "2 h"
    scenario = loaded(plan)
    calm, late = played(scenario), played(scenario, everywhere(scenario, *NEEDS, begin=120.5))
    assert same(late.households, calm.households)
    assert late.messages == calm.messages
    for act, other in zip(late.acts, calm.acts, strict=True):
        for name, reached in act.reception.reached.items():
            assert same(reached.who, other.reception.reached[name].who)
            assert same(reached.told_min, other.reception.reached[name].told_min)
            assert not np.any(dict(reached.steps).get("waiting_for_network", 0))


# What outages do, over many nights ------------------------------------------------------------------------------------


@repeatable(25)
@given(st.integers(0, 2**64 - 1), OUTAGES, OUTAGES)
def test_an_added_outage_tells_nobody_earlier(seed: int, outages: list[Outage], added: list[Outage]) -> None:
    """By no means of the platform or of a desk's telephone is anybody told earlier, nor by all means together, doors included.

    So no more households have been told at any minute. This holds without contention, as here (a line for each automated call, no
    rate for what desks send), where people sleep alike at all hours and nobody tells the neighbours. One gateway lets others go
    first while a desk is dark (see below); calls tried again reorder the queue of few lines; a message that waits may find people awake.
    By doors alone somebody may be told earlier: a team leaves out those who have answered a call, and now they have not.
    """
    scenario = one_warning(seed, own_lines=True)
    (act,) = played(scenario, outages).acts
    (darker,) = played(scenario, [*outages, *added]).acts
    for name in act.reception.reached:
        if name != "door":
            assert np.all(told_by(darker, name) >= told_by(act, name) - A_NANOMINUTE), name
    one, other = act.reception.told_min, darker.reception.told_min
    assert np.all(other >= one - A_NANOMINUTE)
    for minute in np.unique(one[np.isfinite(one)]).tolist():
        assert np.count_nonzero(other <= minute - A_NANOMINUTE) <= np.count_nonzero(one <= minute)


def test_a_dark_desk_lets_others_go_first_where_the_gateway_is_shared() -> None:
    """Contention: villages send from 2 and 3 min, two messages each, one in 2 min. With the first dark, the second is told at 3 and 5."""
    scenario = loaded(by(2, "wechat", villages=2, wechat={"rate": "0.5 /min"}))
    first, second = np.split(np.sort(np.reshape(told(scenario), (2, 2)), axis=1), 2)
    assert (first.tolist(), second.tolist()) == ([[2, 4]], [[6, 8]])
    place = int(scenario.county.households.place[0])
    first, second = np.split(np.sort(np.reshape(told(scenario, [("service", place, 0, 30)]), (2, 2)), axis=1), 2)
    assert (first.tolist(), second.tolist()) == ([[30, 32]], [[3, 5]])


@repeatable(15)
@given(st.integers(0, 2**64 - 1))
def test_where_all_is_dark_only_what_needs_nothing_tells(seed: int) -> None:
    """All night without service, mains and terminals: no message, call, loudspeaker or television; hand-carried sound as ever.

    Doors tell everybody whom they told before and those who would have been left out for a call answered.
    """
    scenario = one_warning(seed, own_lines=False)
    (calm,), (dark,) = played(scenario).acts, played(scenario, everywhere(scenario, *NEEDS)).acts
    for name in (*CALLED_OR_SENT, "patrol_car"):
        assert not len(dark.reception.reached[name].who), name
    for name in ON_FOOT:
        assert same(dark.reception.reached[name], calm.reception.reached[name]), name
    in_time = calm.reception.reached["door"].told_min < scenario.plan.end_min / 2  # later ones may come too late now
    assert set(calm.reception.reached["door"].who[in_time].tolist()) <= set(dark.reception.reached["door"].who.tolist())
    assert set(dark.reception.first_by.tolist()) <= {-1, *(CHANNELS.index(name) for name in (*ON_FOOT, "door"))}


def test_a_dark_village_is_still_told_by_gong_and_at_its_doors() -> None:
    """Nothing of the platform comes; the gong leaves at 3 and passes within 1.5 min; the team leaves at 7 min and tells all."""
    scenario = loaded(by(3, *CALLED_OR_SENT, "gong", "door"))
    reception = played(scenario, everywhere(scenario, "service", "mains", "terminals")).acts[0].reception
    assert {CHANNELS[code] for code in reception.first_by.tolist()} == {"gong"}
    assert len(reception.reached["door"].who) == 3
    assert np.all((reception.told_min >= 4) & (reception.told_min <= 9))


@repeatable(15)
@given(st.integers(0, 2**64 - 1), OUTAGES, st.sampled_from(sorted(NEEDS)))
def test_what_fails_touches_only_what_needs_it(seed: int, outages: list[Outage], what: str) -> None:
    """Mains out leave messages and calls alone (phones are charged; sites are another matter), dark sites television, and so on."""
    scenario = one_warning(seed, own_lines=False)
    alone = [(what, number, begin, end) for _, number, begin, end in outages]
    (calm,), (dark,) = played(scenario).acts, played(scenario, alone).acts
    for name, reached in calm.reception.reached.items():
        if name not in NEEDS[what] | ({"door"} if what == "service" else set()):
            assert same(dark.reception.reached[name], reached), name


@repeatable(25)
@given(small_nights(), OUTAGES, st.sampled_from(["5 min", "40 min", "10 h"]), st.sampled_from(["4 min", "24 h"]))
def test_no_message_is_lost_from_the_count(plan: Small, outages: list[Outage], end: str, validity: str) -> None:
    """Sent is delivered, expired and pending, however dark; what the platform sent of text messages is what it sends on a calm night."""
    plan.scenario["end"] = end
    describe(plan, *MESSAGES)
    for name in MESSAGES:
        plan.scenario["channels"][name] |= {"validity": validity}
    plan.scenario["warnings"][0]["means"] = list(MESSAGES)
    scenario = loaded(plan)
    calm, dark = played(scenario).messages, played(scenario, outages).messages
    for one, other in zip(dark, calm, strict=True):
        assert one.sent == pytest.approx(one.delivered + one.expired + one.pending, abs=A_NANOMINUTE)
        assert min(one.delivered, one.expired, one.pending) >= 0
        assert one.delivered <= other.delivered + A_NANOMINUTE
        assert one.sent <= other.sent
        assert one.sent == other.sent or one.channel == "wechat"


@repeatable(25)
@given(small_nights(), OUTAGES, st.integers(2, 5))
def test_on_a_dark_night_every_minute_still_belongs_to_a_step(plan: Small, outages: list[Outage], extra: int) -> None:
    """Steps are never negative and sum, with what came before, to the minute at which each household was told, in every act."""
    describe(plan, *MESSAGES, "phone", "auto_call")
    plan.scenario["warnings"][0]["means"] += [
        name
        for name in (*MESSAGES, "phone", "auto_call")[-extra - 1 :]
        if name not in plan.scenario["warnings"][0]["means"]
    ]
    scenario = loaded(plan)
    result = played(scenario, [*outages, ("service", 3, 0, 25), ("service", 4, 0, 25)])
    county = scenario.county
    for act in result.acts:
        if not np.isfinite(act.reception.told_min).any():
            continue
        lowest = county.households.place[act.reception.rows]
        minutes = household_minutes(act, lowest, county.places.parent, len(county.places))
        reached = np.isfinite(act.reception.told_min)
        assert np.array_equal(np.isfinite(minutes).all(axis=1), reached)
        assert minutes[reached].sum(axis=1) == pytest.approx(act.reception.told_min[reached], abs=1e-6)
        assert np.all(minutes[reached] >= -A_NANOMINUTE)
    whole = waterfall(result, county.households.place, county.places.parent)
    warned = np.isfinite(result.households.warned_min)
    assert whole[warned].sum(axis=1) == pytest.approx(result.households.warned_min[warned], abs=1e-6)


@repeatable(15)
@given(st.integers(0, 2**64 - 1), OUTAGES)
def test_automated_calls_stand_in_the_order_in_which_they_are_due(seed: int, outages: list[Outage]) -> None:
    """However many calls were cut, each round takes the lines in order of due time; nobody is called beyond the tries planned."""
    scenario = one_warning(seed, own_lines=False)
    rounds: list[Floats] = []

    def watched(free: Floats, due: Floats, minutes: Floats) -> tuple[Floats, Floats]:
        rounds.append(due)
        return over_lines(free, due, minutes)

    over_lines = calls.over_lines
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calls, "over_lines", watched)
        played(scenario, [*outages, *everywhere(scenario, "service", begin=12, end=14)])
    assert len(rounds) == 3
    for due in rounds:
        assert np.all(np.diff(due) >= -A_NANOMINUTE)


@settings(derandomize=True, deadline=None)
@given(OUTAGES, st.integers(0, 130).map(lambda n: n / 2), st.integers(0, 40).map(lambda n: n / 2))
def test_up_throughout_is_up_at_every_minute(outages: list[Outage], begin: float, spent: float) -> None:
    """Against the outages themselves: none covers the beginning, none begins before the end."""
    spells = [(number % 4, since, until) for _, number, since, until in outages]
    who, since, until = (np.array(c) for c in zip(*spells, strict=True)) if spells else (np.zeros(0),) * 3
    timeline = Timeline.from_outages(4, who.astype(np.int64), since.astype(float), until.astype(float))
    found = up_throughout(timeline, np.arange(4), begin, np.full(4, begin + spent))
    for entity in range(4):
        hit = any(n == entity and ((a <= begin < b) or (begin <= a < begin + spent and a < b)) for n, a, b in spells)
        assert found[entity] == (not hit)


# Messages by hand -----------------------------------------------------------------------------------------------------

SLOW_TEXT = message(setup="6 min", latency="4 min", read_delay="1 min")


def counts(one: Messages) -> tuple[float, float, float, float]:
    """Return what became of the messages of one channel."""
    return one.sent, one.delivered, one.expired, one.pending


def test_a_stored_message_is_delivered_when_service_returns() -> None:
    """Sent at 6, dark from 5 to 30: out at 30, on the phone at 34, read at 35; 24 minutes of waiting; pending until it is delivered."""
    plan = by(3, "sms", sms=SLOW_TEXT)
    dark = [("service", n, 5, 30) for n in range(9)]
    assert told(loaded(plan)) == [11] * 3
    (act,) = (result := played(loaded(plan), dark)).acts
    assert act.reception.told_min.tolist() == [35] * 3
    assert step(act, "sms", "waiting_for_network") == [24] * 3
    assert [step(act, "sms", name)[0] for name in ("preparing", "sending", "delivering", "noticing")] == [6, 0, 4, 1]
    assert counts(result.messages[0]) == (3, 3, 0, 0)
    for end, expected in (("33 min", (3, 0, 0, 3)), ("34 min", (3, 3, 0, 0)), ("5.5 min", (0, 0, 0, 0))):
        plan.scenario["end"] = end
        assert counts(played(loaded(plan), dark).messages[0]) == expected


def test_service_that_fails_while_a_message_is_under_way_stops_it_no_more() -> None:
    """Sent at 6 with service, which fails at 7: it arrives at 10 and is read at 11."""
    assert told(loaded(by(3, "sms", sms=SLOW_TEXT)), [("service", n, 7, 30) for n in range(9)]) == [11] * 3


@pytest.mark.parametrize(("validity", "read"), [("28 min", 35), ("27.5 min", math.inf), ("5 min", math.inf)])
def test_a_stored_message_expires(validity: str, read: float) -> None:
    """Stored for 24 minutes and 4 on the way: it arrives if it is valid for 28, else it expires at 6 + validity."""
    plan = by(3, "sms", sms=SLOW_TEXT | {"validity": validity})
    dark = [("service", n, 5, 30) for n in range(9)]
    assert told(loaded(plan), dark) == [read] * 3
    arrived = read < math.inf
    assert counts(played(loaded(plan), dark).messages[0]) == (3, 3 * arrived, 3 * (not arrived), 0)


def test_a_message_to_a_place_dark_all_night_stays_pending() -> None:
    """Valid for a day, no service before morning: sent, never delivered, not expired."""
    plan = by(3, "sms")
    assert counts(played(loaded(plan), [("service", n, 0, NEVER_BACK) for n in range(9)]).messages[0]) == (3, 0, 0, 3)


def test_sleep_is_judged_when_the_message_goes_out() -> None:
    """Sent at 01:20 to sleepers who notice nothing; service is back at 02:20 when all are awake, so they read it. And the reverse."""
    plan = by(3, "sms", sms=message(noticed_asleep=0.0))
    dark = [("service", n, 0, 60) for n in range(9)]
    plan.county["habits"]["asleep"] = [1.0, 1.0] + [0.0] * 22
    assert (told(loaded(plan)), told(loaded(plan), dark)) == ([math.inf] * 3, [60] * 3)
    plan.county["habits"]["asleep"] = [0.0, 0.0] + [1.0] * 22
    assert (told(loaded(plan)), told(loaded(plan), dark)) == ([0] * 3, [math.inf] * 3)


def test_only_the_dark_place_waits() -> None:
    """Two villages, one dark until 30: its messages wait, the gateway and the other village do not."""
    scenario = loaded(by(2, "sms", villages=2, sms=SLOW_TEXT | {"rate": "1 /min"}))
    place = int(scenario.county.households.place[0])
    calm, dark = told(scenario), told(scenario, [("service", place, 5, 30)])
    assert dark[:2] == [35, 35]
    assert dark[2:] == calm[2:]


def test_cell_broadcast_is_not_stored() -> None:
    """Sent at 6: who is dark then is not told when service is back; it counts as expired at once."""
    plan = by(3, "cell_broadcast", cell_broadcast=SLOW_TEXT)
    result = played(loaded(plan), [("service", n, 6, 6.5) for n in range(9)])
    assert np.isinf(result.acts[0].reception.told_min).all()
    assert counts(result.messages[0]) == (3, 0, 3, 0)
    assert told(loaded(plan), [("service", n, 2, 6) for n in range(9)]) == [11] * 3


def test_a_dark_desk_sends_to_its_group_when_service_is_back() -> None:
    """The desk is ready at 2 + 6 = 8: dark until 30, it sends then and all read at 35; never back, nothing is ever sent."""
    plan = by(3, "wechat", wechat=SLOW_TEXT | {"sent_by": "desk"})
    assert told(loaded(plan)) == [13] * 3
    (act,) = played(loaded(plan), [("service", n, 5, 30) for n in range(9)]).acts
    assert act.reception.told_min.tolist() == [35] * 3
    assert step(act, "wechat", "waiting_for_network") == [22] * 3
    result = played(loaded(plan), [("service", n, 5, NEVER_BACK) for n in range(9)])
    assert np.isinf(result.acts[0].reception.told_min).all()
    assert counts(result.messages[0]) == (0, 0, 0, 0)


# Calls, loudspeakers, television, cars by hand ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        pytest.param(3.25, 3.5, [3, math.inf, 5, 6], id="cut in the middle of the second call"),
        pytest.param(3, 3.25, [3, math.inf, 5, 6], id="from the end of the first call into the second"),
        pytest.param(2.5, 4.5, [math.inf, math.inf, math.inf, 6], id="three calls"),
        pytest.param(0, 2, [3, 4, 5, 6], id="back in time"),
        pytest.param(6, 60, [3, 4, 5, 6], id="after the last"),
    ],
)
def test_a_call_needs_service_from_beginning_to_end(begin: float, end: float, expected: list[float]) -> None:
    """One caller, from 2 min on, a minute each: a call that fails takes its minute and is no answer; the others are when they were."""
    plan = by(4, "phone")
    assert told(loaded(plan)) == [3, 4, 5, 6]
    assert told(loaded(plan), [("service", n, begin, end) for n in range(9)]) == expected


def test_a_household_that_could_not_be_called_is_visited() -> None:
    """The second call is cut at 3.25, so the team that leaves at 7 goes to that house and to no other."""
    plan = by(4, "phone", "door")
    reached = played(loaded(plan), [("service", n, 3.25, 3.5) for n in range(9)]).acts[0].reception.reached
    assert reached["door"].who.tolist() == [1]


def test_an_automated_call_that_is_cut_is_tried_again() -> None:
    """Two lines from 1 min on, a minute each: cut at 1.5, both are due again at 2 + 2 and answer at 5; cut again, they never do."""
    plan = by(2, "auto_call")
    assert told(loaded(plan)) == [2, 2]
    cut = [("service", n, 1.5, 1.75) for n in range(9)]
    assert told(loaded(plan), cut) == [5, 5]
    assert told(loaded(plan), cut + [("service", n, 4.5, 4.75) for n in range(9)]) == [math.inf] * 2


@pytest.mark.parametrize(
    ("begin", "end", "heard"),
    [(0, 2, True), (1, 2.5, False), (2.5, 2.75, False), (3, 60, True), (2, 2.25, False), (0, NEVER_BACK, False)],
)
def test_a_loudspeaker_must_play_until_it_is_understood(begin: float, end: float, heard: bool) -> None:
    """On air at 2, listened to for a minute: up from 2 to 3 or not heard, and nothing is repeated."""
    scenario = loaded(by(3, "broadcast"))
    assert told(scenario) == [3] * 3
    assert told(scenario, [("terminals", 0, begin, end)]) == [3 if heard else math.inf] * 3


@pytest.mark.parametrize(("begin", "end", "seen"), [(0, 1, True), (0.5, 1.5, False), (1.5, 1.75, False), (2, 60, True)])
def test_television_needs_mains_until_it_is_noticed(begin: float, end: float, seen: bool) -> None:
    """On at 1, noticed at 2, by whoever has mains from 1 to 2."""
    scenario = loaded(by(3, "tv"))
    assert told(scenario) == [2] * 3
    assert told(scenario, [("mains", n, begin, end) for n in range(9)]) == [2 if seen else math.inf] * 3


def test_an_area_terminal_has_its_own_power_and_satellite() -> None:
    """Nothing that fails silences it."""
    scenario = loaded(by(3, "area_terminal"))
    assert told(scenario, everywhere(scenario, *NEEDS)) == told(scenario) == [2] * 3


def test_a_car_leaves_out_groups_whose_way_in_is_closed() -> None:
    """Two places; the path to one is closed when the car arrives, a minute before it is heard: skipped, the other told when it was."""
    scenario = loaded(by(1, "patrol_car", villages=2))
    calm = told(scenario)
    assert calm == [
        3,
        15,
    ]  # the desk above answers at 1, the car leaves at 2, sounds for 3 min and drives for 9, in heavy rain
    for place, heard in enumerate(calm):
        arrives = heard - 1
        closed = told(scenario, [("roads", place, arrives - 0.5, arrives + 0.5)])
        assert closed[place] == math.inf
        assert closed[1 - place] == calm[1 - place]
        assert told(scenario, [("roads", place, 0, arrives)]) == calm  # open again in time
        assert told(scenario, [("roads", place, arrives + 0.5, NEVER_BACK)]) == calm  # it is in


def test_roads_of_other_kinds_and_unknown_ones_close_no_way_in() -> None:
    """Only the path between a place and the place above it counts; where none is known, the car gets through."""
    scenario = loaded(by(2, "patrol_car", villages=2))
    roads = scenario.county.networks.roads.assign(kind="main")
    networks = dataclasses.replace(scenario.county.networks, roads=roads)
    other = dataclasses.replace(scenario, county=dataclasses.replace(scenario.county, networks=networks))
    assert told(other, everywhere(other, "roads")) == told(scenario)
