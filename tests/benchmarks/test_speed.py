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
from numpy.typing import NDArray

from sim import load_scenario, simulate
from sim.luck import Luck
from sim.scenario import Scenario
from sim.warning.chain import ChainOfDesks
from sim.warning.conditions import conditions
from sim.warning.evacuation import evacuate
from sim.warning.hazards import onsets
from sim.warning.reception import receive
from sim.warning.report_up import report_up
from sim.warning.setting import setting

pytestmark = pytest.mark.benchmark

MAIN = Path(__file__).parents[2] / "scenarios" / "yunyang-red-storm-night.yaml"
ROUNDS = 11


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def numbers_drawn(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many random numbers a piece of work draws as arrays."""
    sizes: list[int] = []
    draw = Luck.uniform

    def counted(self: Luck, purpose: str, entity_ids: NDArray[np.uint64]) -> NDArray[np.float64]:
        sizes.append(len(entity_ids))
        return draw(self, purpose, entity_ids)

    with monkeypatch.context() as patch:
        patch.setattr(Luck, "uniform", counted)
        work()
    return sum(sizes)


def bare_events(count: int) -> None:
    """Let simpy play ``count`` timeouts and nothing else."""
    env = simpy.Environment()

    def tick() -> simpy.events.ProcessGenerator:
        for _ in range(count):
            yield env.timeout(1)

    env.process(tick())
    env.run()


def one_warning(folder: Path) -> Scenario:
    """Return the main night without responses, orders and evacuation: one red warning by every means, downgraded towards morning."""
    path = folder / "one.yaml"
    county = MAIN.parents[1] / "configs" / "counties" / "yunyang"
    path.write_text(
        f"name: one\nstart: 2025-07-11 01:20\ncounty: {county}\nextends: {MAIN}\nresponse: []\norders: []\n"
        "evacuation: null\nreport_up: null\n",
        encoding="utf-8",
    )
    return load_scenario(path)


def test_one_night_of_the_whole_county(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the time of one night goes, beside what the same machine does in the same minute."""
    begin = time.perf_counter()
    scenario = load_scenario(MAIN)
    load_s = time.perf_counter() - begin
    stage, luck = setting(scenario), Luck(scenario.plan.seed, 0)
    tonight = conditions(scenario, luck)
    chain = ChainOfDesks(scenario, stage.network, luck, tonight).run()
    households = len(scenario.county.households)
    drawn = numbers_drawn(lambda: receive(scenario, stage, luck, chain, tonight), monkeypatch)
    generator = np.random.default_rng(1)
    acts, _ = receive(scenario, stage, luck, chain, tonight)
    struck_min = onsets(scenario, luck, tonight)
    moved, _ = evacuate(scenario, stage, luck, acts, tonight, struck_min)
    alone, dark = one_warning(tmp_path), load_scenario(MAIN.with_name("yunyang-three-outages-night.yaml"))
    for each in (alone, dark):
        simulate(each)  # settles what all its nights share
    parts: dict[str, Callable[[], object]] = {
        "simulate(), the main night": lambda: simulate(scenario, 1),
        "simulate(), one warning by every means": lambda: simulate(alone, 1),
        "simulate(), the three outages": lambda: simulate(dark, 1),
        "  sweep A, the chain of desks": lambda: ChainOfDesks(scenario, stage.network, luck, tonight).run(),
        "  sweep B, the households": lambda: receive(scenario, stage, luck, chain, tonight),
        "  sweep C, people move": lambda: evacuate(scenario, stage, luck, acts, tonight, struck_min),
        "  sweep C, counts go up": lambda: report_up(scenario, stage, luck, tonight, moved),
        "reference: a million squares in Python": lambda: sum(i * i for i in range(10**6)),
        "reference: 100 000 bare simpy timeouts": lambda: bare_events(100_000),
        "reference: numpy draws as many numbers": lambda: generator.random(drawn),
    }
    times: dict[str, list[float]] = {name: [] for name in parts}
    for _ in range(ROUNDS):
        for name, work in parts.items():
            times[name].append(cpu(work))
    squares = statistics.median(times["reference: a million squares in Python"])
    per_kib = 1 if sys.platform != "darwin" else 1 / 1024
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * per_kib / 1024
    print(f"\n{households} households, {len(scenario.county.places)} places, {len(scenario.plan.acts)} acts")
    print(f"{len(chain.log.in_order())} events of the chain, {drawn / households:.1f} x households random numbers")
    print(f"{'CPU seconds':42} {'min':>7} {'median':>7} {'x squares':>10}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(f"{name:42} {min(seconds):7.3f} {median:7.3f} {median / squares:10.1f}")
    calm, failing = (times[f"simulate(), the {which}"] for which in ("main night", "three outages"))
    ratio = statistics.median(one / other for one, other in zip(failing, calm, strict=True))
    print(f"three outages / calm, round by round: {ratio:.2f}")
    draws = statistics.median(times["reference: numpy draws as many numbers"])
    print(f"households / drawing their numbers: {statistics.median(times['  sweep B, the households']) / draws:.1f}")
    print(f"loading the scenario (wall): {load_s:.2f} s; peak memory of this process: {peak_mib:.0f} MiB")
    assert simulate(scenario, 1).households.warned_min.shape == (households,)
