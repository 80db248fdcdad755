"""How fast and how large: one night of the whole 云阳 county, as ratios measured in one run; nothing here asserts a time.

``make bench`` prints the table. CPU seconds are those of this process; the reference is a plain Python loop of a million squares and
numpy drawing as many random numbers as the household layer uses, so that another machine can be compared.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import simpy

from sim import load_scenario, simulate
from sim.luck import Luck
from sim.warning.chain import ChainOfDesks
from sim.warning.reception import receive
from sim.warning.setting import setting

pytestmark = pytest.mark.benchmark

MAIN = Path(__file__).parents[2] / "scenarios" / "yunyang-red-storm-night.yaml"
ROUNDS = 11
HOUSEHOLD_DRAWS = 11  # luck.uniform calls over all households in one night: see sim/warning/reception.py


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def bare_events(count: int) -> None:
    """Let simpy play ``count`` timeouts and nothing else."""
    env = simpy.Environment()

    def tick() -> simpy.events.ProcessGenerator:
        for _ in range(count):
            yield env.timeout(1)

    env.process(tick())
    env.run()


def test_one_night_of_the_whole_county() -> None:
    """Where the time of one night goes, beside what the same machine does in the same minute."""
    begin = time.perf_counter()
    scenario = load_scenario(MAIN)
    load_s = time.perf_counter() - begin
    stage, luck = setting(scenario), Luck(scenario.plan.seed, 0)
    chain = ChainOfDesks(scenario, stage, luck).run()
    households = len(scenario.county.households)
    generator = np.random.default_rng(1)
    parts: dict[str, Callable[[], object]] = {
        "simulate(), one night": lambda: simulate(scenario, 1),
        "  sweep A, the chain of desks": lambda: ChainOfDesks(scenario, stage, luck).run(),
        "  sweep B, the households": lambda: receive(scenario, stage, luck, chain),
        "reference: a million squares in Python": lambda: sum(i * i for i in range(10**6)),
        "reference: 100 000 bare simpy timeouts": lambda: bare_events(100_000),
        f"reference: numpy draws {HOUSEHOLD_DRAWS} x households": lambda: [
            generator.random(households) for _ in range(HOUSEHOLD_DRAWS)
        ],
    }
    times: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(ROUNDS):
        for name, work in parts.items():
            times[name].append(cpu(work))
    squares = statistics.median(times["reference: a million squares in Python"])
    per_kib = 1 if sys.platform != "darwin" else 1 / 1024
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * per_kib / 1024
    print(f"\n{households} households, {len(scenario.county.places)} places, {len(chain.events)} events of the chain")
    print(f"{'CPU seconds':42} {'min':>7} {'median':>7} {'x squares':>10}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(f"{name:42} {min(seconds):7.3f} {median:7.3f} {median / squares:10.1f}")
    draws = statistics.median(times[f"reference: numpy draws {HOUSEHOLD_DRAWS} x households"])
    print(f"households / drawing their numbers: {statistics.median(times['  sweep B, the households']) / draws:.1f}")
    print(f"loading the scenario (wall): {load_s:.2f} s; peak memory of this process: {peak_mib:.0f} MiB")
    assert simulate(scenario, 1).households.warned_min.shape == (households,)
