"""Published arithmetic and surveys, and the mistakes of other programs that must not be ours.

Cases P1, P8, P10 and P12 of the collection of validation cases, and the negative tests from peers' defects. What is published is
quoted in each test; everything runs through the real parts.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim import distributions as laws
from sim.measures import coverage_curve
from sim.records import CHANNELS, Night
from sim.scenario import load_scenario
from sim.warning import simulate
from tests.strategies import Small, describe, full_night, played, small

pytestmark = pytest.mark.validation
ROOT = Path(__file__).resolve().parents[2]
Floats = NDArray[np.float64]


# P1: LifeSim's timeline -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("communicated", "issued", "clock"),
    [(0, 51, "16:21"), (30, 93, "17:33"), (90, 63, "18:03"), (60, 139, "18:49")],
    ids=["Butte", "Yuba County", "Sutter", "Yuba City"],
)
def test_p1_the_timeline_of_oroville(communicated: int, issued: int, clock: str) -> None:
    """Oroville 2017 (LifeSim technical reference, Eq. 12 and tables 12–13): identified at 15:30, issued after communication and issuance delay."""
    night = small(1, 1, 1)
    night.scenario["start"] = "2017-02-12 15:30"
    night.scenario["warnings"][0] |= {"delay": f"{communicated} min", "release": f"{issued} min"}
    _, result = played(night)
    hours, minutes = map(int, clock.split(":"))
    assert result.release_min == pytest.approx(hours * 60 + minutes - (15 * 60 + 30))


# P8: national rates of text messages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("millions", "per_second", "hours"),
    [(20.0, 400.0, 13.888889), (106.41, 5911.666667, 5.0), (20.0, 13333.333333, 0.416667)],
)
def test_p8_so_many_messages_take_so_long(millions: float, per_second: float, hours: float) -> None:
    """20 million at 400 /s take 13.89 h, 106.41 million in 5 h are 5 912 /s, 20 million at 13 333 /s take 25.0 min.

    The gateway's time is messages over rate, so the same night is played with a hundred-thousandth of both. The first leaves at once.
    """
    persons = round(millions * 10)
    night = small(1, 1, persons)
    night.scenario["end"] = "20 h"
    night.scenario["warnings"][0]["means"] = ["sms"]
    describe(night, "sms")
    night.scenario["channels"]["sms"] |= {"rate": f"{per_second / 1e5 * 60:.12g} /min", "latency": "0 s"}
    _, result = played(night)
    last = float(result.households.warned_min.max())
    assert last == pytest.approx(hours * 60 * (persons - 1) / (millions * 10), rel=1e-6)


# P10: cell broadcast --------------------------------------------------------------------------------------------------


def test_p10_the_preset_of_cell_broadcast_lies_in_the_band_of_the_test_of_2021() -> None:
    """WEA test of August 2021: 90 % of the phones that were on received it (4G 91.6 %, 5G 90.7 %), most within two minutes; ± 3 points."""
    preset = load_scenario(ROOT / "scenarios/yunyang-red-storm-night.yaml").plan.channels.cell_broadcast
    assert preset is not None
    night = small(1, 1, 4000)
    describe(night, "cell_broadcast")
    night.scenario["warnings"][0]["means"] = ["cell_broadcast"]
    night.scenario["channels"]["cell_broadcast"] |= {
        "smartphone": preset.smartphone,
        "latency": {"uniform": {"low": "1 s", "high": "4 s"}},
    }
    _, result = played(night)
    got = result.households.warned_min
    received = float(np.isfinite(got).mean())
    chance = 4 * math.sqrt(0.9 * 0.1 / len(got))
    assert abs(received - 0.90) <= 0.03 + chance
    assert float((got[np.isfinite(got)] - result.release_min <= 2).mean()) > 0.5


# P12: without sirens --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_p12_without_loudspeakers_fewer_are_warned_in_time() -> None:
    """Moore, Oklahoma, 2013 (agent model): without sirens reception falls, by 17 points of the younger and 6 of the older; here by sign and size.

    The same day of the same county with the same luck: never more in any minute, and by 0 to 20 points fewer within the hour.
    """
    path = ROOT / "scenarios/yunyang-orange-day.yaml"
    with_all = load_scenario(path)
    means = [own for own in with_all.plan.means_by_level["orange"] if own not in ("broadcast", "area_terminal")]
    without = load_scenario(path, [f"means_by_level.orange=[{','.join(means)}]"])
    one, two = (simulate(own) for own in (with_all, without))
    curves = [coverage_curve(own)["all"].to_numpy() for own in (one, two)]
    assert (curves[1] <= curves[0] + 1e-9).all()
    assert 0 < curves[0][60] - curves[1][60] < 0.20


# Mistakes of others ---------------------------------------------------------------------------------------------------


def test_no_sample_of_an_issuance_delay_is_no_number() -> None:
    """Another program raises a negative base to 1/0.6 and gets NaN: ours has a number for every u, and never falls as u grows."""
    law = laws.Lindell(1.7, 0.6)
    sample = law.draw(np.linspace(1e-12, 1 - 1e-12, 10_001))
    assert np.isfinite(sample).all()
    assert (np.diff(sample) >= 0).all()
    assert (sample >= 0).all()


def test_means_that_reach_nobody_together_reach_nobody() -> None:
    """Another program starts the product of what is missed at 0, so that any two means together are perfect."""
    night = small(1, 2, 6)
    describe(night, "sms", "wechat", "tv")
    for name in ("sms", "wechat"):
        night.scenario["channels"][name] |= {"noticed_awake": 0.0, "noticed_asleep": 0.0}
    night.scenario["channels"]["tv"]["watching"] = 0.0
    night.scenario["warnings"][0]["means"] = ["sms", "wechat", "tv"]
    _, result = played(night)
    assert np.isinf(result.households.warned_min).all()
    assert (result.households.first_by == -1).all()


def test_two_means_miss_whom_both_miss() -> None:
    """Each of two independent means misses 60 %: 0.6² = 36 % are missed by both, of 4 000 within 4 standard errors."""
    night = small(1, 1, 4000)
    describe(night, "sms", "flash_sms")
    for name in ("sms", "flash_sms"):
        night.scenario["channels"][name] |= {"noticed_awake": 0.4, "noticed_asleep": 0.4}
    night.scenario["warnings"][0]["means"] = ["sms", "flash_sms"]
    missed = float(np.isinf(played(night)[1].households.warned_min).mean())
    assert abs(missed - 0.36) <= 4 * math.sqrt(0.36 * 0.64 / 4000)


@pytest.mark.parametrize(("start", "share"), [("23:30", 0.1), ("02:00", 0.1), ("04:30", 0.1), ("12:00", 0.7)])
def test_the_night_is_a_night_on_both_sides_of_midnight(start: str, share: float) -> None:
    """Another program asks for a minute that is below 300 and above 1 380 at once, so that it is never night."""
    night = small(1, 1, 4000)
    describe(night, "tv")
    night.scenario["start"] = f"2025-07-11 {start}"
    night.scenario["channels"]["tv"]["watching"] = {"day": 0.7, "night": 0.1}
    night.scenario["warnings"][0]["means"] = ["tv"]
    watched = float(np.isfinite(played(night)[1].households.warned_min).mean())
    assert abs(watched - share) <= 4 * math.sqrt(share * (1 - share) / 4000)


def test_a_curve_has_one_row_for_each_minute_and_ends_at_all() -> None:
    """Another program appends to an array that it has sized beforehand, and its curve is twice as long, half of it empty."""
    _, result = played(full_night())
    curve = coverage_curve(result)
    assert curve["minutes"].tolist() == [float(minute) for minute in range(len(curve))]
    assert len(curve) == math.ceil(result.end_min - result.release_min) + 1
    assert curve["all"].iloc[-1] == pytest.approx(np.isfinite(result.households.warned_min).mean())
    assert curve["all"].to_numpy() == pytest.approx(curve[list(CHANNELS)].to_numpy().sum(axis=1))


def test_an_alert_waits_for_nobody() -> None:
    """Another program holds an alert until a step in which nothing else happens: ours goes out while every desk is talking."""

    def told(night: Small) -> Night:
        describe(night, "sms")
        night.scenario["warnings"][0]["means"] = ["sms"]
        return played(night)[1]

    busy = small(1, 8, 3)
    busy.scenario["channels"]["phone"]["talk"] = "30 min"
    idle = small(1, 8, 3)
    idle.scenario["call_targets"] = []
    np.testing.assert_array_equal(told(busy).households.warned_min, told(idle).households.warned_min)
