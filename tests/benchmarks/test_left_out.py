"""How much what the sweeps leave out can matter: the measured column of §2.6 of docs/model.md; nothing here asserts a share.

Each simplification is bounded by a night in which it is turned to the other extreme, on the same luck. ``make bench`` prints the table.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim import load_scenario, simulate
from sim.measures import share_within
from sim.records import CHANNELS, Night
from sim.scenario import Scenario
from tests.benchmarks.sizes import ROOT

pytestmark = pytest.mark.benchmark

NIGHTS = 5
MAIN = ROOT / "scenarios" / "yunyang-red-storm-night.yaml"
BY_HAND = ("gong", "whistle", "hand_siren", "megaphone", "phone")
EXTREMES = {
    "who goes from door to door does nothing else by hand": [
        f"means_by_level.{level}={[name for name in load_scenario(MAIN).plan.means_by_level[level] if name not in BY_HAND]}"
        for level in ("red", "move")
    ],
    "nobody is left to knock for the order": [
        f"means_by_level.move={[name for name in load_scenario(MAIN).plan.means_by_level['move'] if name != 'door']}"
    ],
    "half the rate of messages and half the lines for each act": [
        "channels.sms.rate=500 /s",
        "channels.auto_call.lines=150",
    ],
    "one caller fewer at every desk that has two": ["roster.desks.county.callers=3", "roster.desks.township.callers=1"],
    "no loudspeaker is ever offline": [
        f"channels.broadcast.terminals.{kind}.online=100 %" for kind in ("ip", "fm", "satellite")
    ],
    "after a first message every phone is on": [
        "channels.sms.off=0 %",
        "channels.wechat.off=0 %",
        "channels.flash_sms.off=0 %",
    ],
}


def numbers(night: Night) -> tuple[float, float, float]:
    """Return the share told within 60 min, the share never told, and the share of those who must leave that is safe in time."""
    told, records = night.households.warned_min, night.evacuation
    assert records is not None
    safe = (records.exposed < 0) & (records.excluded < 0)
    return share_within(told, night.release_min, 60), float(np.isinf(told).mean()), float(safe[records.due].mean())


def mean(scenario: Scenario) -> np.ndarray:
    """Return the mean numbers of the nights."""
    return np.mean([numbers(simulate(scenario, number)) for number in range(NIGHTS)], axis=0)


def test_how_much_what_is_left_out_can_matter() -> None:
    """Told within 60 min, never told, safe before the onset: as it is, and with each simplification at its other extreme."""
    as_it_is = mean(load_scenario(MAIN))
    print(f"\n{'':60} {'told 60 min':>12} {'never':>8} {'safe':>8}")
    print(f"{'as it is':60} {as_it_is[0]:12.3f} {as_it_is[1]:8.3f} {as_it_is[2]:8.3f}")
    for name, overrides in EXTREMES.items():
        change = mean(load_scenario(MAIN, overrides)) - as_it_is
        print(f"{name:60} {change[0]:+12.3f} {change[1]:+8.3f} {change[2]:+8.3f}")
    assert (0 < as_it_is).all()


def test_how_far_a_share_of_the_hour_moves_while_a_team_is_out() -> None:
    """Being at home is judged when the team sets out: by how much the share has moved when it stands at the door."""
    scenario = load_scenario(MAIN)
    homes, start = scenario.county.households, scenario.plan.start
    shares = np.array([pattern.at_home for pattern in scenario.plan.county.habits.patterns])[homes.pattern]
    moved = []
    for number in range(NIGHTS):
        night = simulate(scenario, number)
        by_door = np.flatnonzero(night.households.first_by == CHANNELS.index("door"))
        hour = (
            int(start.hour + start.minute / 60 + night.release_min / 60) % 24,
            ((start.hour + start.minute / 60 + night.households.warned_min[by_door] / 60) % 24).astype(int),
        )
        moved.append(np.abs(shares[by_door, hour[1]] - shares[by_door, hour[0]]).mean())
    print(f"\nat home, from release to the door: moves by {np.mean(moved):.3f} in the mean")
    assert np.isfinite(moved).all()
