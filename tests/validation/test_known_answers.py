"""Answers known from outside, reproduced by the real parts: desks, ladders, callers, the message gateway.

Cases V7, V7b, V8, V9, V11 and V21 of the collection of validation cases. Each number expected here comes from the closed form that the
case states. Samples are compared within four standard errors; seeds are fixed.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.warning import simulate
from tests.proof import assert_mean, assert_share
from tests.strategies import Small, households_by_phone, played, small

Floats = NDArray[np.float64]
pytestmark = pytest.mark.validation

PEOPLE = {"first": 0.6, "second": 0.8, "third": 0.95}
ANSWER_S, RING_S, TRIES = 10, 30, 3
V7_PMF = {
    10: 0.6,
    100: 0.24,
    190: 0.096,
    220: 0.0512,
    310: 0.01024,
    400: 0.002048,
    430: 4.864e-4,
    520: 2.432e-5,
    610: 1.216e-6,
}
GAPS_BEFORE = (0, 1, 2, 2, 3, 4, 4, 5, 6)
"""Gaps waited before each of the nine tries: none before a person's first."""


# Tools ----------------------------------------------------------------------------------------------------------------


def call_chain(people: tuple[float, ...], gap_s: float) -> tuple[dict[float, float], float]:
    """Return P(T = t) by seconds t, and P(never), of calling one person after the other (closed form of V7)."""
    t, silent, pmf = 0.0, 1.0, {}
    for p in people:
        for j in range(TRIES):
            pmf[t + ANSWER_S] = silent * p
            silent *= 1 - p
            t += RING_S + (gap_s if j < TRIES - 1 else 0)
    return pmf, silent


def many_desks(count: int, people: dict[str, float], gap_s: float, *before: dict[str, object]) -> Small:
    """Return a night in which one township calls ``count`` villages at once, each by the ladder of V7 (after the steps ``before``)."""
    night = small(1, count, 1)
    night.tables["households.csv"] = night.tables["households.csv"][:1]
    night.scenario["channels"]["phone"] |= {"pickup": f"{ANSWER_S} s", "talk": "0 s"}
    roster = night.scenario["roster"]
    roster["desks"]["township"]["callers"] = count
    roster["posts"] |= {post: {"title": post, "reachable": 1.0, "answer": p} for post, p in people.items()}
    roster["ladders"]["village"]["steps"] = [
        *before,
        *({"post": post, "tries": TRIES, "ring": f"{RING_S} s", "gap": f"{gap_s} s"} for post in people),
    ]
    return night


def seconds_to_answer(night: Small, *overrides: str, replication: int = 0) -> Floats:
    """Return, per village, the seconds from the township's turning to them until somebody answered."""
    scenario, played_night = played(night, *overrides, replication=replication)
    level, times = scenario.county.places.level, played_night.places.acknowledged_min
    (begin,) = times[level == 1]
    return (times[level == 2] - begin) * 60


@pytest.fixture(scope="module")
def v7_seconds() -> Floats:
    """Return 20 000 answers of V7."""
    return seconds_to_answer(many_desks(20_000, PEOPLE, 60))


# V7: call until acknowledged ------------------------------------------------------------------------------------------


def test_v7_each_time_of_the_call_chain_has_its_probability(v7_seconds: Floats) -> None:
    """V7: the probabilities at 10, 100, 190, 220, 310 and 400 s; no answer at any other second."""
    assert np.abs(v7_seconds[:, None] - np.array(list(V7_PMF))).min(axis=1).max() < 1e-6
    for second, exact in V7_PMF.items():
        if exact * v7_seconds.size >= 10:
            assert_share(np.abs(v7_seconds - second) < 1e-6, exact)
    assert_share(v7_seconds > 400 + 1e-6, 4.864e-4 + 2.432e-5 + 1.216e-6 + 6.4e-8)


def test_v7_the_mean_time_given_an_answer(v7_seconds: Floats) -> None:
    """V7: E[T | answered] = 63.7201 s."""
    assert_mean(v7_seconds[np.isfinite(v7_seconds)], 63.7201)


@pytest.mark.parametrize(
    ("within_s", "exact"), [(60, 0.6), (120, 0.84), (180, 0.84), (300, 0.98720), (600, 0.99999872)]
)
def test_v7_the_share_answered_within_a_time(v7_seconds: Floats, within_s: float, exact: float) -> None:
    """V7: P(T ≤ 60, 120, 180, 300, 600 s)."""
    assert_share(v7_seconds <= within_s, exact)


@pytest.mark.parametrize(("silent", "second"), [(2, 430), (3, math.inf)])
def test_v7_the_last_times_and_never_where_people_are_silent(silent: int, second: float) -> None:
    """V7: with the first two people silent the third answers at 430 s; with all three silent nobody ever does."""
    people = {post: 0.0 if n < silent else 1.0 for n, post in enumerate(PEOPLE)}
    assert seconds_to_answer(many_desks(3, people, 60)) == pytest.approx([second] * 3)


def test_v7_never_where_never_is_frequent() -> None:
    """V7 with p = 0.2, 0.3, 0.1: P(never) = 0.8³·0.7³·0.9³ = 0.128024…, and every one of the nine times by the closed form."""
    rare = {"first": 0.2, "second": 0.3, "third": 0.1}
    pmf, never = call_chain(tuple(rare.values()), 60)
    assert never == pytest.approx((0.8 * 0.7 * 0.9) ** 3)
    seconds = seconds_to_answer(many_desks(8_000, rare, 60))
    assert_share(np.isinf(seconds), never)
    for second, exact in pmf.items():
        assert_share(np.abs(seconds - second) < 1e-6, exact)


def test_the_closed_form_used_here_is_that_of_the_case() -> None:
    """V7: the function of this file gives the published probabilities and P(never) = 6.4e-8."""
    pmf, never = call_chain(tuple(PEOPLE.values()), 60)
    assert pmf == pytest.approx(V7_PMF)
    assert never == pytest.approx(6.4e-8)


# V7b: half the gap, with the same luck --------------------------------------------------------------------------------


def test_v7b_a_shorter_gap_saves_each_desk_exactly_the_gaps_it_waited(v7_seconds: Floats) -> None:
    """V7b: E = 46.4585 s, 17.2616 s less; with common luck each desk saves 30 s per gap, so the variance falls 15 times."""
    night = many_desks(20_000, PEOPLE, 30)
    short = seconds_to_answer(night)
    gaps = np.array(GAPS_BEFORE)[np.abs(v7_seconds[:, None] - np.array(list(V7_PMF))).argmin(axis=1)]
    assert v7_seconds - short == pytest.approx(30.0 * gaps)
    assert_mean(short, 46.4585)
    assert_mean(v7_seconds - short, 17.2616)
    unpaired = v7_seconds - seconds_to_answer(night, replication=1)
    batches = np.array_split(np.arange(len(short)), 40)
    paired_of, unpaired_of = (np.array([d[b].var() for b in batches]) for d in (v7_seconds - short, unpaired))
    ratio = unpaired_of.mean() / paired_of.mean()
    left_out = [np.delete(unpaired_of, b).mean() / np.delete(paired_of, b).mean() for b in range(40)]
    error = math.sqrt(39 / 40 * np.square(left_out - np.mean(left_out)).sum())
    assert abs(ratio - paired_gain()) <= 4 * error
    assert round(paired_gain()) == 15


def paired_gain() -> float:
    """Return Var(independent difference) / Var(paired difference) of V7b by its closed form."""

    def variance(values: tuple[float, ...], chances: list[float]) -> float:
        mean = sum(v * p for v, p in zip(values, chances, strict=True))
        return sum((v - mean) ** 2 * p for v, p in zip(values, chances, strict=True))

    (long, _), (short, _) = (call_chain(tuple(PEOPLE.values()), gap) for gap in (60, 30))
    chances = [p / sum(long.values()) for p in long.values()]
    saved = tuple(30.0 * gaps for gaps in GAPS_BEFORE)
    return (variance(tuple(long), chances) + variance(tuple(short), chances)) / variance(saved, chances)


# V8: message first, telephone after three minutes ---------------------------------------------------------------------


def test_v8_a_message_first_and_the_telephone_after_three_minutes() -> None:
    """V8: P(≤ 3, 5, 10 min) = 0.621496, 0.939439, 0.999806; after the 3 min only the calls count, a late reading does not."""
    message = {"post": "first", "channel": "sms", "wait": "3 min"}
    night = many_desks(20_000, PEOPLE, 60, message)
    night.scenario["channels"]["sms"]["duty"] = {"read": 0.8, "delay": {"exponential": {"mean": "2 min"}}}
    seconds = seconds_to_answer(night)
    for minutes, exact in ((3, 0.621496), (5, 0.939439), (10, 0.999806)):
        assert_share(seconds <= minutes * 60 + 1e-6, exact)
    called = seconds[seconds > 180 + 1e-6] - 180
    assert np.abs(called[:, None] - np.array(list(V7_PMF))).min(axis=1).max() < 1e-6
    for minute in (0.5, 1, 2):  # the readings themselves: 0.8 (1 − e^(−t/2))
        assert_share(seconds <= minute * 60, 0.8 * -math.expm1(-minute / 2))


# V9: all must answer --------------------------------------------------------------------------------------------------


def test_v9_the_last_of_fifteen_desks() -> None:
    """V9: fifteen desks, Exp mean 4 min: E[max] = 13.2729, E[min] = 0.266667, P(all ≤ 15) = 0.699786, P(≥ 14 ≤ 15) = 0.952592."""
    night = small(15, 1, 1)
    night.tables["households.csv"] = night.tables["households.csv"][:1]
    night.scenario["channels"]["phone"] |= {"pickup": {"exponential": {"mean": "4 min"}}, "talk": "0 s"}
    night.scenario["roster"]["desks"]["county"]["callers"] = 15
    night.scenario["roster"]["ladders"]["township"]["steps"] = [{"post": "officer", "ring": "9 h"}]
    scenario, _ = played(night)
    townships = scenario.county.of_level(1)
    drawn = np.array([simulate(scenario, k).places.acknowledged_min[townships] for k in range(2_500)])
    assert_uncorrelated(np.log(drawn))
    times = np.sort(drawn, axis=1)
    assert_mean(times[:, -1], 13.2729)
    assert_mean(times[:, 0], 0.266667)
    assert_share(times[:, -1] <= 15, 0.699786)
    assert_share(times[:, -2] <= 15, 0.952592)


def assert_uncorrelated(rows: Floats) -> None:
    """No two columns go together more than chance lets them (Fisher's z, 5 standard errors for 105 pairs)."""
    z = np.arctanh(np.corrcoef(rows, rowvar=False)[np.triu_indices(rows.shape[1], k=1)]) * math.sqrt(len(rows) - 3)
    assert np.abs(z).max() < 5


# V11: sequential telephone tree ---------------------------------------------------------------------------------------


def test_v11_the_telephone_tree_to_the_last_house() -> None:
    """V11: 15 × 12 × 60 at 1 min a call: last village 27 min, mean 14.5; last household 87 min, mean 45. Exact."""
    night = small(15, 12, 60)
    night.scenario["channels"]["phone"]["households"] = households_by_phone()
    scenario, result = played(night)
    villages = result.places.acknowledged_min[scenario.county.places.level == 2]
    by_hand = sorted(t + v for t, v in itertools.product(range(1, 16), range(1, 13)))
    assert np.sort(villages).tolist() == by_hand
    assert (villages.max(), villages.mean()) == (27, 14.5)
    houses = result.households.warned_min
    assert np.sort(houses).tolist() == sorted(v + h for v, h in itertools.product(by_hand, range(1, 61)))
    assert (houses.max(), houses.mean()) == (87, 45)


# V21: the message gateway ---------------------------------------------------------------------------------------------


def test_v21_the_coverage_of_a_text_message_gateway() -> None:
    """V21: 50 000 messages at 100 /s, lognormal latency (median 12 s, σ = 1.2), loss 4 %: coverage at 60 … 900 s."""
    night = small(1, 1, 50_000)
    night.scenario["warnings"][0]["means"] = ["sms"]
    p90 = 12 * math.exp(1.2 * 1.2815515655446004)
    night.scenario["channels"]["sms"] |= {"off": 0.04, "latency": {"lognormal": {"median": "12 s", "p90": f"{p90} s"}}}
    _, result = played(night)
    began, ended = (
        next(event.t_min for event in result.events if (event.channel, event.act) == ("sms", act))
        for act in ("started", "finished")
    )
    assert (ended - began) * 60 == pytest.approx(500)
    seconds = (result.households.warned_min - began) * 60
    exact = {60: 0.078516, 120: 0.187906, 300: 0.529832, 500: 0.913096, 600: 0.954197, 900: 0.959435}
    for second, share in exact.items():
        assert_share(seconds <= second, share)
