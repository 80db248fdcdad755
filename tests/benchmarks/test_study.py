"""A study of the hard night: what two workers win over one, and what keeping a night costs beside playing it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sim import load_scenario, simulate
from sim.measures.digest import digest
from sim.study.engines import Engine, Local, Variant, jobs_of

pytestmark = pytest.mark.benchmark
HARD = Path(__file__).parents[2] / "scenarios" / "yunyang-three-outages-night.yaml"
ROUNDS, NIGHTS = 3, 16


def seconds_a_night(engine: Engine, nights: int) -> float:
    """Return how long a night takes, once every worker has its scenario."""
    variant = Variant(str(HARD))
    list(engine.play(jobs_of(variant, range(8))))
    begun = time.perf_counter()
    list(engine.play(jobs_of(variant, range(100, 100 + nights))))
    return (time.perf_counter() - begun) / nights


def test_two_workers_beside_one() -> None:
    """Seconds of the wall clock for each night, and their ratio; alternating rounds."""
    for _ in range(ROUNDS):
        one, two = seconds_a_night(Local(1), NIGHTS), seconds_a_night(Local(2), 2 * NIGHTS)
        print(f"one worker {one:.3f} s a night, two {two:.3f} s, ratio {one / two:.2f}")


def test_keeping_a_night_beside_playing_it() -> None:
    """CPU seconds."""
    scenario = load_scenario(HARD)
    simulate(scenario, 0)
    begun = time.process_time()
    nights = [simulate(scenario, number) for number in range(1, 9)]
    played = time.process_time()
    for night in nights:
        digest(scenario, night)
    kept = time.process_time()
    print(
        f"playing {(played - begun) / 8:.3f} s, keeping {(kept - played) / 8:.3f} s, share {(kept - played) / (played - begun):.2f}"
    )
