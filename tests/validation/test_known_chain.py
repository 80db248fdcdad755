"""Answers known from outside, reproduced by the chain of desks: callers, redundancy, common cause, cross-links.

Cases V4, V8, V10, V13 and V14 of the collection of validation cases. Each number expected here comes from the closed form that the
case states. Samples are compared within four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
import simpy
from numpy.typing import NDArray

from sim.warning.engine import Callers
from tests.proof import assert_mean, assert_share
from tests.strategies import Small, played, small

Floats = NDArray[np.float64]
pytestmark = pytest.mark.validation

QUEUES = {(2, 1): (1 / 3, 1 / 3), (10, 8): (0.409180, 0.204590)}
"""V4: (callers, load) → P(wait), mean wait in service times."""
P_LATE = 0.055377
"""V4: P(W > 1) of (10, 8)."""
TIERS = {"township": 0.05, "village": 0.10, "group": 0.15}
"""V13: how often one channel fails on each tier."""


# Tools ----------------------------------------------------------------------------------------------------------------


def ample(night: Small) -> Small:
    """Let every desk call everybody at once, and nobody live here but one household."""
    night.tables["households.csv"] = night.tables["households.csv"][:1]
    for desk in night.scenario["roster"]["desks"].values():
        desk["callers"] = 99_999
    night.scenario["channels"]["phone"] |= {"talk": "0 s"}
    return night


def post(reachable: float = 1.0, answer: float = 1.0) -> dict[str, object]:
    """Return a post."""
    return {"title": "岗位", "reachable": reachable, "answer": answer}


def acknowledged(night: Small, level: int) -> Floats:
    """Return when each place of a level answered, by code."""
    scenario, result = played(night)
    times: Floats = result.acts[0].calls.acknowledged_min[scenario.county.of_level(level)]
    return times


def tiers(count: int) -> Small:
    """Return ``count`` townships, each with one village with one group: as many chains of three tiers apart from each other."""
    night = ample(small(count, 1, 1))
    villages = [row["code"] for row in night.tables["villages.csv"]]
    night.county["levels"].append({"id": "group", "name": "组", "short": "组", "table": "groups.csv"})
    night.tables["groups.csv"] = [{"code": f"{v}G", "name": "组", "parent": v, "x_m": 0, "y_m": 0} for v in villages]
    night.tables["households.csv"][0]["place"] += "G"
    roster = night.scenario["roster"]
    roster["desks"]["group"] = roster["desks"]["village"]
    roster["posts"] = {}
    roster["ladders"] = {level: {"steps": []} for level in TIERS}
    return night


# V4: so many callers --------------------------------------------------------------------------------------------------


def waits_at_callers(callers: int, load: float, customers: int, seed: int) -> Floats:
    """Return how long each of ``customers`` waits for a caller; Poisson arrivals, exponential calls of mean 1, begun empty."""
    rng = np.random.default_rng(seed)
    gaps, lengths = rng.exponential(1 / load, customers).tolist(), rng.exponential(1.0, customers).tolist()
    env = simpy.Environment()
    desk, waited = Callers(env, callers), np.zeros(customers)

    def customer(n: int) -> Iterator[simpy.Event]:
        begin = env.now
        if waiting := desk.ask():
            yield waiting
        waited[n] = env.now - begin
        yield env.timeout(lengths[n])
        desk.give_back()

    def arrivals() -> Iterator[simpy.Event]:
        for n, gap in enumerate(gaps):
            yield env.timeout(gap)
            env.process(customer(n))

    env.process(arrivals())
    env.run()
    return waited


@pytest.mark.parametrize(("callers", "load"), list(QUEUES))
def test_v4_waiting_for_one_of_the_callers_follows_erlang(callers: int, load: int) -> None:
    """V4: P(wait) and mean wait of (2, 1) and (10, 8), P(W > 1) = 0.055377 of the latter; 20 runs, the first 800 calls left out."""
    runs = [waits_at_callers(callers, load, 4_000, seed)[800:] for seed in range(20)]
    p_wait, mean = QUEUES[callers, load]
    assert_mean(np.array([(run > 0).mean() for run in runs]), p_wait)
    assert_mean(np.array([run.mean() for run in runs]), mean)
    if callers == 10:
        assert_mean(np.array([(run > 1).mean() for run in runs]), P_LATE)


# V8: a message and its waiting time ------------------------------------------------------------------------------------


def test_v8_a_message_read_late_does_not_count_once_the_waiting_is_over() -> None:
    """V8 without the telephone: P(≤ 3 min) = P(ever) = 0.621496, and the replies follow 0.8 (1 − e^(−t/2))."""
    night = ample(small(1, 10_000, 1))
    night.scenario["channels"]["sms"]["duty"] = {"read": 0.8, "delay": {"exponential": {"mean": "2 min"}}}
    night.scenario["roster"]["ladders"]["village"]["steps"] = [{"post": "officer", "channel": "sms", "wait": "3 min"}]
    times = acknowledged(night, 2)
    assert_share(np.isfinite(times), 0.621496)
    for minute in (0.5, 1, 2):
        assert_share(times <= minute, 0.8 * -math.expm1(-minute / 2))


# V10: one, or all of three --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("need", "exact"), [("any", 5 / 3), ("all", 5 * (1 + 1 / 2 + 1 / 3))])
def test_v10_three_people_told_at_once(need: str, exact: float) -> None:
    """V10: three replies, Exp mean 5 min: the first after 1.66667 min, all after 9.16667."""
    night = ample(small(1, 6_000, 1))
    night.scenario["channels"]["sms"]["duty"] = {"read": 1.0, "delay": {"exponential": {"mean": "5 min"}}}
    roster = night.scenario["roster"]
    roster["posts"] |= {name: post() for name in "abc"}
    steps = [{"post": name, "channel": "sms", "wait": "9 h"} for name in "abc"]
    roster["ladders"]["village"] = {"steps": steps, "order": "at_once", "need": need}
    assert_mean(acknowledged(night, 2), exact)


def test_v10_three_people_told_in_turn_where_all_must_answer() -> None:
    """One after the other the three replies add up: 15 min on average, never less than the longest."""
    night = ample(small(1, 4_000, 1))
    night.scenario["channels"]["sms"]["duty"] = {"read": 1.0, "delay": {"exponential": {"mean": "5 min"}}}
    roster = night.scenario["roster"]
    roster["posts"] |= {name: post() for name in "abc"}
    steps = [{"post": name, "channel": "sms", "wait": "9 h"} for name in "abc"]
    roster["ladders"]["village"] = {"steps": steps, "need": "all"}
    in_turn = acknowledged(night, 2)
    assert_mean(in_turn, 15.0)
    roster["ladders"]["village"]["order"] = "at_once"
    assert (acknowledged(night, 2) <= in_turn).all()


# V13: redundancy and common cause -------------------------------------------------------------------------------------


def test_v13_one_channel_through_three_tiers() -> None:
    """V13: 0.95 · 0.90 · 0.85 = 0.72675."""
    night = tiers(4_000)
    for level, q in TIERS.items():
        night.scenario["roster"]["posts"][level] = post(answer=1 - q)
        night.scenario["roster"]["ladders"][level]["steps"] = [{"post": level, "ring": "30 s"}]
    assert_share(np.isfinite(acknowledged(night, 3)), 0.72675)


def test_v13_two_channels_independent_of_each_other() -> None:
    """V13: two posts each: (1 − 0.05²)(1 − 0.1²)(1 − 0.15²) = 0.965306."""
    night = tiers(4_000)
    for level, q in TIERS.items():
        night.scenario["roster"]["posts"] |= {f"{level}-{n}": post(answer=1 - q) for n in "12"}
        steps = [{"post": f"{level}-{n}", "ring": "30 s"} for n in "12"]
        night.scenario["roster"]["ladders"][level]["steps"] = steps
    assert_share(np.isfinite(acknowledged(night, 3)), 0.965306)


def test_v13_two_channels_with_a_tenth_of_failures_in_common() -> None:
    """V13: one person called twice, unreachable with βq, else missing each call with (1 − β)q: Π(1 − βq)(1 − ((1 − β)q)²) = 0.942962."""
    night, beta = tiers(8_000), 0.1
    for level, q in TIERS.items():
        night.scenario["roster"]["posts"][level] = post(1 - beta * q, 1 - (1 - beta) * q)
        night.scenario["roster"]["ladders"][level]["steps"] = [{"post": level, "tries": 2, "ring": "30 s"}]
    exact = math.prod((1 - beta * q) * (1 - ((1 - beta) * q) ** 2) for q in TIERS.values())
    assert exact == pytest.approx(0.942962, abs=1e-6)
    assert_share(np.isfinite(acknowledged(night, 3)), exact)


# V14: the bridge ------------------------------------------------------------------------------------------------------


def bridges(count: int) -> Small:
    """Return ``count`` bridges: the county calls a and b, each calls the other and t; every call is answered with 0.9.

    Only the one direction of a–b is ever called in which the warning is still new, so that it stands for a single link.
    """
    night = ample(small(2 * count, 1, 1))
    night.tables["villages.csv"] = night.tables["villages.csv"][::2]
    towns = [row["code"] for row in night.tables["townships.csv"]]
    links = [link for a, b in zip(towns[::2], towns[1::2], strict=True) for link in ((a, b), (b, a), (b, f"{a}V000"))]
    night.tables["links.csv"] = [{"caller": one, "callee": other, "act": "add"} for one, other in links]
    night.scenario["roster"]["posts"]["officer"] = post(answer=0.9)
    return night


def test_v14_the_bridge_network() -> None:
    """V14: 2p² + 2p³ − 5p⁴ + 2p⁵ = 0.97848 at p = 0.9."""
    p = 0.9
    exact = 2 * p**2 + 2 * p**3 - 5 * p**4 + 2 * p**5
    assert exact == pytest.approx(0.97848)
    assert_share(np.isfinite(acknowledged(bridges(4_000), 2)), exact)


def test_v14_without_the_bridge_two_paths_in_parallel() -> None:
    """Without a–b: 1 − (1 − p²)² = 0.9639; so the link in the middle is what the case above is about."""
    night = bridges(4_000)
    towns = {row["code"] for row in night.tables["townships.csv"]}
    night.tables["links.csv"] = [row for row in night.tables["links.csv"] if row["callee"] not in towns]
    assert_share(np.isfinite(acknowledged(night, 2)), 1 - (1 - 0.9**2) ** 2)
