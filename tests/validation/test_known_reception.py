"""Answers known from outside, reproduced by the channels that tell households: lines, gateways, loudspeakers, households that get ready.

Cases V6, V17 (its coverage half), V21 and V23 of the collection of validation cases. Each number expected here comes from the closed form
that the case states. Samples are compared within four standard errors; seeds are fixed.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import integrate

from sim import luck
from sim.distributions import Exponential
from sim.luck import Luck
from sim.warning import simulate
from sim.warning.calls import over_lines
from tests.proof import assert_mean, assert_share
from tests.strategies import Small, evacuation, message, played, small

Floats = NDArray[np.float64]
pytestmark = pytest.mark.validation


# Tools ----------------------------------------------------------------------------------------------------------------


def one_village(households: int, *means: str) -> Small:
    """Return a night of one village whose warning is released at once."""
    night = small(1, 1, households)
    night.scenario["warnings"][0]["means"] = list(means)
    return night


# V6: a batch of automated calls ---------------------------------------------------------------------------------------


def batch(calls: int, lines: int, talk: object) -> Small:
    """Return a night in which so many households are called over so many lines, and everybody answers."""
    night = one_village(calls, "auto_call")
    night.scenario["channels"]["auto_call"] = {
        "needs": ["mobile_network"],
        "acknowledges": True,
        "setup": "0 min",
        "lines": lines,
        "whom": "all",
        "reachable": 1.0,
        "answered_awake": 1.0,
        "answered_asleep": 1.0,
        "talk": talk,
        "ring": "30 s",
        "tries": 1,
        "gap": "1 min",
    }
    return night


@pytest.mark.parametrize(
    ("calls", "lines", "talk_s", "constant_s"), [(120, 8, 40, 600), (300, 30, 35, 350), (1000, 60, 45, 765)]
)
def test_v6_a_batch_of_calls_of_equal_length(calls: int, lines: int, talk_s: float, constant_s: float) -> None:
    """V6: the last call of N over c lines ends after ⌈N/c⌉·s = 600, 350, 765 s; the n-th after ⌈n/c⌉·s. Exact."""
    _, result = played(batch(calls, lines, f"{talk_s} s"))
    times = np.sort(result.households.warned_min) * 60
    assert times == pytest.approx(np.ceil(np.arange(1, calls + 1) / lines) * talk_s)
    assert times[-1] == pytest.approx(constant_s)


@pytest.mark.parametrize(
    ("calls", "lines", "talk_s", "makespan_s", "mean_s"),
    [(120, 8, 40, 668.714, 303.667), (300, 30, 35, 454.825, 177.275), (1000, 60, 45, 915.594, 376.703)],
)
def test_v6_a_batch_of_calls_of_exponential_length(
    calls: int, lines: int, talk_s: float, makespan_s: float, mean_s: float
) -> None:
    """V6: E[makespan] = s((N − c)/c + H_c) = 668.714, 454.825, 915.594; mean completion 303.667, 177.275, 376.703 s."""
    scenario, _ = played(batch(calls, lines, {"exponential": {"mean": f"{talk_s} s"}}))
    ends = np.array([simulate(scenario, k).households.warned_min for k in range(200)]) * 60
    assert_mean(ends.max(axis=1), makespan_s)
    assert_mean(ends.mean(axis=1), mean_s)
    alone = []
    for k in range(1_000):
        minutes = Exponential(talk_s).draw(Luck(k, 0).uniform("talk", np.arange(calls)))
        alone.append(over_lines(np.zeros(lines), np.zeros(calls), minutes)[0])
    assert_mean(np.max(alone, axis=1), makespan_s)
    assert_mean(np.mean(alone, axis=1), mean_s)


# V17: coverage by loudspeakers at random ------------------------------------------------------------------------------


def test_v17_loudspeakers_at_random_cover_the_share_of_the_boolean_model() -> None:
    """V17: with λπr² = 2 a household hears some loudspeaker with probability 1 − e⁻² = 0.864665.

    Households stand on a grid more than 2r apart, so that no loudspeaker is heard by two and they are independent; a margin of r around
    them has loudspeakers too. The radius comes from the source level: 75 dB are needed at 100 m, without absorption.
    """
    side, apart_m, radius_m = 40, 201.0, 100.0
    edge_m = (side - 1) * apart_m + 2 * radius_m
    count = round(2 / (math.pi * radius_m**2) * edge_m**2)
    night = one_village(side * side, "broadcast")
    for number, row in enumerate(night.tables["households.csv"]):
        row |= {"x_m": radius_m + apart_m * (number % side), "y_m": radius_m + apart_m * (number // side)}
    x, y = (edge_m * luck.uniform(17, 0, axis, np.arange(count)) for axis in ("x", "y"))
    night.tables["loudspeakers.csv"] = [
        {"code": f"L{n}", "place": "T000V000", "x_m": x[n], "y_m": y[n]} for n in range(count)
    ]
    night.scenario["channels"]["sound"]["absorption_db_per_m"] = 0.0
    night.scenario["channels"]["broadcast"]["source_level"] = f"{75 + 20 * math.log10(radius_m)} dB"
    scenario, result = played(night)
    hears = np.isfinite(result.households.warned_min)
    assert_share(hears, 0.864665)
    homes = scenario.county.households
    nearest = np.array([np.hypot(x - here, y - there).min() for here, there in zip(homes.x_m, homes.y_m, strict=True)])
    assert np.array_equal(hears, nearest <= radius_m)


# V21: the message gateway, with phones that are off -------------------------------------------------------------------


def test_v21_the_coverage_of_a_gateway_with_two_messages_a_person() -> None:
    """V21 with half as many persons and two messages each: the same queue of 50 000 at 100 /s; 4 % of the phones are off.

    A household's first message is on average half a message earlier than one of V21, 5 ms of 500 s.
    """
    night = one_village(25_000, "sms")
    p90 = 12 * math.exp(1.2 * 1.2815515655446004)
    latency = {"lognormal": {"median": "12 s", "p90": f"{p90} s"}}
    night.scenario["channels"]["sms"] = message(rate="100 /s", off=0.04, latency=latency, messages_per_person=2.0)
    _, result = played(night)
    seconds = result.households.warned_min * 60
    exact = {60: 0.078516, 120: 0.187906, 300: 0.529832, 500: 0.913096, 600: 0.954197, 900: 0.959435}
    for second, share in exact.items():
        assert_share(seconds <= second, share)
    (sms,) = result.messages
    assert sms.sent == 50_000
    assert sms.delivered / sms.sent == pytest.approx(0.96, abs=4 * math.sqrt(0.96 * 0.04 / 25_000))


# V23: first alert, then action ----------------------------------------------------------------------------------------


def alerted(t: float) -> float:
    """Return the share that has heard by ``t`` minutes: V2b, B = 95 min, C = 0.06, in closed form."""

    def rise(s: float) -> float:
        return -math.expm1(-(s**2) / (2 * 95**2))

    inner = integrate.quad(lambda s: math.exp(-rise(s) - 0.06 * s), 0, t)[0]
    return 1 - 1 / (math.exp(rise(t) + 0.06 * t) * (1 - 0.06 * inner))


def started(t: float) -> float:
    """Return the share that has acted by ``t`` minutes: V2b, then an exponential time of mean 60 min."""
    return integrate.quad(lambda s: alerted(s) * math.exp((s - t) / 60) / 60, 0, t, epsabs=1e-9, limit=200)[0]


@pytest.mark.parametrize(
    "taking",
    [
        pytest.param({"prepare": {"exponential": {"mean": "60 min"}}}, id="prepare"),
        pytest.param({"decide": {"weibull": {"scale": "60 min", "shape": 1.0}}}, id="decide"),
        pytest.param({"decide": {"lindell": {"a": 1.0, "b": 1.0}}}, id="lindell"),
    ],
)
def test_v23_first_alert_followed_by_action(taking: dict[str, object]) -> None:
    """V23: started at 60, 90, 120, 180, 240 min: 0.119246, 0.365017, 0.597285, 0.850082, 0.944815 in steps of one minute.

    The continuous curve differs from that table by less than 0.01, and the night from the continuous curve by chance alone.
    """
    night = one_village(20_000, "sms")
    night.tables["zones.csv"] = [{"code": "Z", "kind": "滑坡", "place": "T000V000"}]
    for row in night.tables["households.csv"]:
        row["zone"] = "Z"
    hearing = {"rayleigh_contagion": {"B": "95 min", "C": 0.06}}
    night.scenario["channels"]["sms"] = message(read_delay=hearing)
    night.scenario["evacuation"] = evacuation()
    night.scenario["evacuation"]["decision"] |= taking
    _, result = played(night)
    for minute, share in {60: 0.119246, 90: 0.365017, 120: 0.597285, 180: 0.850082, 240: 0.944815}.items():
        assert started(minute) == pytest.approx(share, abs=0.01)
        assert result.evacuation is not None
        assert_share(result.evacuation.departed_min <= minute, started(minute))
        assert_share(result.households.warned_min <= minute, alerted(minute))
