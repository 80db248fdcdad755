"""Who is first told by what, day and night: the numbers of docs/validation.md; nothing here asserts a share.

``make bench`` prints the table.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim import load_scenario, simulate
from sim.records import CHANNELS

pytestmark = pytest.mark.benchmark

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NIGHTS = 20


@pytest.mark.parametrize("name", ["yunyang-red-storm-night", "yunyang-orange-day"])
def test_shares_of_households_first_told_by_each_channel(name: str) -> None:
    """Mean over nights 0 to 19 of one seed; shares of those told, and of all for those never told."""
    scenario = load_scenario(SCENARIOS / f"{name}.yaml")
    codes = np.arange(-1, len(CHANNELS))[:, None]
    shares = np.mean([(simulate(scenario, k).households.first_by == codes).mean(axis=1) for k in range(NIGHTS)], axis=0)
    never, told = shares[0], shares[1:]
    print(f"\n{name}: never told {never:.1%} of all; of those told, first by:")
    for channel, share in zip(CHANNELS, told, strict=True):
        print(f"  {channel:15} {share / (1 - never):7.1%}")
    assert never + told.sum() == pytest.approx(1)
