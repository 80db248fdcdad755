"""The presets of outages beside recorded ones; nothing here asserts a number.

``make bench`` prints the table of ``docs/validation.md``: medians over the nights, for the whole of 云阳县 with synthetic networks. The peak is
looked for within six hours, and what is restored is followed for three days.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from sim import load_scenario
from sim.luck import Luck
from sim.warning.conditions import Conditions, conditions
from sim.warning.timelines import Timeline

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).parents[2]
NIGHTS = 20
PEAK_MIN = np.arange(0, 361, 10)
PRESETS = sorted(path.stem for path in (ROOT / "configs" / "outages").glob("*-*.yaml"))


def down(timeline: Timeline, t_min: float) -> float:
    """Return the share that is down at a minute."""
    everything = np.arange(len(timeline))
    return float(1 - timeline.up(everything, t_min).mean()) if len(timeline) else 0.0


def measured(tonight: Conditions, villages: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[float]:
    """Return the shares, in per cent, of sites down (at the peak, ever, after 46 and 72 h), of villages dark, without mains, of roads closed."""
    peak = max(PEAK_MIN.tolist(), key=lambda t: down(tonight.sites, t))
    within = (tonight.sites.changes[:, :1] <= PEAK_MIN[-1]).any(axis=1).mean() if tonight.sites.changes.size else 0.0
    dark, mains = tonight.service.of(villages), tonight.mains.of(villages)
    return [
        100 * share
        for share in (
            down(tonight.sites, peak),
            float(within),
            down(tonight.sites, peak + 46 * 60),
            down(tonight.sites, peak + 72 * 60),
            *(max(down(each, t) for t in PEAK_MIN.tolist()) for each in (dark, mains, tonight.roads)),
        )
    ]


def test_presets_beside_records(tmp_path: Path) -> None:
    """What each preset does to the county."""
    lines = [
        "preset | sites down at the peak % | ever in 6 h % | after 46 h % | after 72 h % | villages dark % | without mains % | roads closed %"
    ]
    for preset in PRESETS:
        path = tmp_path / f"{preset}.yaml"
        main, outages = (
            ROOT / "scenarios" / "yunyang-red-storm-night.yaml",
            ROOT / "configs" / "outages" / f"{preset}.yaml",
        )
        county = ROOT / "configs" / "counties" / "yunyang"
        path.write_text(
            f"name: x\nstart: 2025-07-11 01:20\ncounty: {county}\nextends: [{main}, {outages}]\n", encoding="utf-8"
        )
        scenario = load_scenario(path)
        villages = scenario.county.of_level(2)
        nights = [measured(conditions(scenario, Luck(1, night)), villages) for night in range(NIGHTS)]
        lines.append(f"{preset} | " + " | ".join(f"{value:.1f}" for value in np.median(nights, axis=0)))
    sys.stdout.write("\n" + "\n".join(lines) + "\n")
