"""Documented nights N1 and N2, with inputs as published and everything else as shipped.

Each row of the table in ``docs/validation.md`` must be what the program gives today, so that the page cannot flatter.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from sim import load_scenario, simulate
from sim.records import EvacuationRecords

ROOT = Path(__file__).parents[2]
NIGHTS = 100
DOCUMENTED = {
    "n1-zhonghe-2025": ("N1 信宜中和村, all 25 households out", 138),
    "n2-shigang-2025": ("N2 云阳石缸村, all 5 households out", 140),
}
"""What was reported, and the minute after T0 at which it was."""


@pytest.fixture(scope="module", params=DOCUMENTED)
def nights(request: pytest.FixtureRequest) -> tuple[str, list[EvacuationRecords]]:
    """Return many nights of one documented case."""
    scenario = load_scenario(ROOT / "scenarios" / "validation" / f"{request.param}.yaml")
    played = [simulate(scenario, k).evacuation for k in range(NIGHTS)]
    return request.param, [one for one in played if one is not None]


def minute(value: float) -> str:
    """Return a minute as the table shows it."""
    return "not by the end" if math.isinf(value) else f"{value:.0f}"


def test_the_validation_page_says_what_the_program_gives(nights: tuple[str, list[EvacuationRecords]]) -> None:
    """The band of the simulated nights stands beside the documented minute, and so does how often all were out by then."""
    name, played = nights
    what, documented = DOCUMENTED[name]
    out = np.sort([one.safe_min.max() for one in played])
    nine_tenths = np.sort([np.sort(one.safe_min)[math.ceil(0.9 * len(one.safe_min)) - 1] for one in played])[49]
    early, middle, late, most = (minute(float(value)) for value in (out[9], out[49], out[89], nine_tenths))
    by_then = int((out <= documented).sum())
    unharmed = sum(not (one.exposed >= 0).any() for one in played)
    row = f"| {what} | {documented} | {early} | {middle} | {late} | {most} | {by_then} | {unharmed} |"
    assert row in (ROOT / "docs" / "validation.md").read_text(encoding="utf-8"), row


def test_everybody_of_the_documented_nights_is_accounted_for(nights: tuple[str, list[EvacuationRecords]]) -> None:
    """All households must leave, in every night; each is safe, exposed or excluded."""
    for one in nights[1]:
        assert one.due.all()
        safe = np.isfinite(one.safe_min) & (one.safe_min <= one.onset_min) & ~(one.returned_min <= one.onset_min)
        assert np.all(safe.astype(int) + (one.exposed >= 0) + (one.excluded >= 0) == 1)
