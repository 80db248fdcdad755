"""How time and memory grow with the county, and how fast the parts are beside others: numbers of docs/speed.md; nothing asserts a time.

``make bench`` prints the tables. Each size is measured in a process of its own.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
import simpy

from sim import load_scenario, simulate
from sim.luck import Luck
from sim.warning.chain import ChainOfDesks
from sim.warning.conditions import conditions
from sim.warning.engine import Callers, Process
from sim.warning.setting import setting
from tests.benchmarks.sizes import ROOT, scenario_of
from tests.reference.model import play
from tests.strategies import full_night, with_outages

pytestmark = pytest.mark.benchmark

NIGHTS = ("yunyang-red-storm-night", "yunyang-three-outages-night")
SIZES = (1, 5, 11, 21, 42, 84, 168)
CIW = "ciw==3.2.7"
_ONE_SIZE = """
import json, resource, sys, time
from sim import load_scenario, simulate

def cpu(work):
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result

load_s, scenario = cpu(lambda: load_scenario(sys.argv[1]))
first_s, _ = cpu(lambda: simulate(scenario, 0))
night_s = min(cpu(lambda: simulate(scenario, k))[0] for k in range(1, 4))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
county = scenario.county
print(json.dumps([len(county.places), len(county.households), load_s, first_s, night_s, peak]))
"""
_CIW = """
import sys, time
import ciw
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(8.0)], service_distributions=[ciw.dists.Exponential(1.0)], number_of_servers=[10]
)
ciw.seed(1)
simulation = ciw.Simulation(network)
begin = time.process_time()
simulation.simulate_until_max_customers(int(sys.argv[1]), method="Finish")
print(time.process_time() - begin)
"""


def measured(source: str, *arguments: object, path: str | Path = ROOT) -> list[float]:
    """Return the numbers that a program prints, run in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(path)}
    command = [sys.executable, "-c", source, *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=path, env=environment)
    result = json.loads(done.stdout)
    return result if isinstance(result, list) else [result]


def cpu(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the least CPU seconds of a few calls."""
    seconds = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def exponent(sizes: Iterable[float], amounts: Iterable[float]) -> float:
    """Return the slope of log amount over log size."""
    return float(np.polyfit(np.log(list(sizes)), np.log(list(amounts)), 1)[0])


@pytest.mark.parametrize("night", NIGHTS)
def test_growth_with_the_county(night: str, tmp_path: Path) -> None:
    """From one township to four times the county: CPU seconds of a loaded night, of loading, peak memory; exponents from 11 townships on."""
    table = [[size, *measured(_ONE_SIZE, scenario_of(size, night, tmp_path))] for size in SIZES]
    print(
        f"\n{night}\n{'townships':>9} {'places':>7} {'households':>10} {'load s':>7} {'first s':>8} {'night s':>8} {'µs/hh':>6} {'peak MiB':>9}"
    )
    for size, places, households, load_s, first_s, night_s, peak in table:
        each = 1e6 * night_s / households
        print(
            f"{size:9} {places:7} {households:10} {load_s:7.2f} {first_s:8.2f} {night_s:8.3f} {each:6.2f} {peak:9.0f}"
        )
    large = [row for row in table if row[0] >= 11]
    households = [row[2] for row in large]
    for name, column in (("a night", 5), ("loading", 3), ("memory", 6)):
        print(f"exponent of {name} in households: {exponent(households, [row[column] for row in large]):.2f}")
    assert all(row[2] > 0 for row in table)


@pytest.mark.parametrize("households", [5, 25, 50])
def test_the_slow_reference_at_48_villages(households: int, tmp_path: Path) -> None:
    """One night of 4 townships of 12 villages with everything on: how many times as long the per-household reference takes."""
    scenario = with_outages(full_night(4, 12, households)).load(tmp_path)
    simulate(scenario, 0)
    nights = range(3)
    fast = np.median([cpu(lambda k=k: simulate(scenario, k), 1) for k in nights])
    slow = np.median([cpu(lambda k=k: play(scenario, np.random.default_rng(k)), 1) for k in nights])
    print(f"\n48 villages of {households}: fast {fast:.3f} s, reference {slow:.3f} s, ratio {slow / fast:.1f}")
    assert len(scenario.county.households) == 48 * households


def test_events_of_the_chain_beside_bare_simpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """CPU time per simpy event of sweep A of the hard night, beside that of a bare timeout."""
    scenario = load_scenario(ROOT / "scenarios" / f"{NIGHTS[1]}.yaml")
    stage, luck = setting(scenario), Luck(scenario.plan.seed, 0)
    tonight = conditions(scenario, luck)

    def chain() -> None:
        ChainOfDesks(scenario, stage.network, luck, tonight).run()

    count = 0
    timeout = simpy.Environment.schedule

    def counted(self: simpy.Environment, *arguments: object, **options: object) -> None:
        nonlocal count
        count += 1
        timeout(self, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(simpy.Environment, "schedule", counted)
        chain()
    events = max(count, 1)

    def bare() -> None:
        env = simpy.Environment()

        def tick() -> simpy.events.ProcessGenerator:
            for _ in range(events):
                yield env.timeout(1)

        env.process(tick())
        env.run()

    ours, theirs = cpu(chain), cpu(bare)
    ours_us, bare_us = 1e6 * ours / events, 1e6 * theirs / events
    print(f"\n{events} events; {ours_us:.1f} µs each in sweep A, {bare_us:.2f} µs bare, ratio {ours / theirs:.1f}")
    assert events > 1000


def test_a_desk_with_callers_beside_other_queues(tmp_path: Path) -> None:
    """M/M/10 at 8 erlang (V4), 20 000 calls: our callers, simpy's resource, Ciw; the mean wait is the same law."""
    calls = 20_000
    rng = np.random.default_rng(1)
    gaps, talks = rng.exponential(1 / 8, calls), rng.exponential(1.0, calls)

    def ours() -> float:
        env = simpy.Environment()
        callers, waited = Callers(env, 10), 0.0

        def call(talk: float) -> Process:
            nonlocal waited
            begin = env.now
            if (turn := callers.ask()) is not None:
                yield turn
            waited += env.now - begin
            yield env.timeout(talk)
            callers.give_back()

        def arrive() -> Process:
            for gap, talk in zip(gaps, talks, strict=True):
                yield env.timeout(gap)
                env.process(call(talk))

        env.process(arrive())
        env.run()
        return waited / calls

    def resource() -> float:
        env = simpy.Environment()
        lines, waited = simpy.Resource(env, 10), 0.0

        def call(talk: float) -> Process:
            nonlocal waited
            begin = env.now
            with lines.request() as turn:
                yield turn
                waited += env.now - begin
                yield env.timeout(talk)

        def arrive() -> Process:
            for gap, talk in zip(gaps, talks, strict=True):
                yield env.timeout(gap)
                env.process(call(talk))

        env.process(arrive())
        env.run()
        return waited / calls

    assert math.isclose(ours(), resource(), rel_tol=1e-9)
    # Ciw ships a package named `tests` that would hide ours, so it never enters our environment
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tmp_path), CIW]
    subprocess.run(install, check=True, capture_output=True)
    seconds = {
        "our callers": cpu(ours),
        "simpy.Resource": cpu(resource),
        "Ciw": measured(_CIW, calls, path=tmp_path)[0],
    }
    print(f"\nM/M/10, {calls} calls: mean wait {ours():.4f} (theory 0.2046)")
    for name, taken in seconds.items():
        print(f"{name:16} {1e6 * taken / calls:7.1f} µs a call, {taken / seconds['our callers']:5.1f} x ours")
