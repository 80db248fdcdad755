"""A study played by a cluster: the same bytes as by one process; no worker plays that might give others; nobody waits for ever.

The clusters are real ones on loopback, started here; workers are killed and stopped for good.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from distributed import Client, LocalCluster

from sim.cli import cli
from sim.study import begin, cluster, crew, traits
from sim.study.engines import Variant, jobs_of, play_here, play_of
from sim.study.nights import Nights, joined
from tests.strategies import full_night, lucky, with_outages

WORKER = "from distributed.cli.dask_worker import main; main()"
SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
ALONE = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]


# Tools ----------------------------------------------------------------------------------------------------------------


@contextmanager
def started(workers: int, *, processes: bool) -> Iterator[LocalCluster]:
    """Start a cluster on loopback."""
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=processes,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    ) as one:
        yield one


@pytest.fixture(scope="module")
def standing() -> Iterator[LocalCluster]:
    """Return a cluster of two processes, which it starts again when they die."""
    with started(2, processes=True) as one:
        yield one


@pytest.fixture
def two(standing: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> LocalCluster:
    """Return the cluster with both its workers there, looked at often enough for a test."""
    for room in (crew, cluster):
        monkeypatch.setattr(room, "LOOK_EVERY_S", 0.5)
    standing.wait_for_workers(2, timeout=30)
    return standing


def study(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(cli, ["study", *map(str, words)])


def at(one: LocalCluster) -> str:
    """Return the option's value for a cluster."""
    return f"dask:{one.scheduler_address}"


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return what follows from the nights of a study, byte for byte."""
    names = ("replications.parquet", "verdicts.csv", "measures.csv", "late.csv", "steps.csv")
    return {name: (folder / name).read_bytes() for name in names}


def pids(one: LocalCluster) -> dict[str, int]:
    """Return the process of each worker, by its address."""
    with Client(one, set_as_default=False) as client:
        found: dict[str, int] = client.run(os.getpid)
        return found


def then(monkeypatch: pytest.MonkeyPatch, portions: int, do: object) -> None:
    """Let something happen as soon as so many portions are kept."""
    save, left = Nights.save, [portions]

    def kept(self: Nights, where: Path) -> None:
        save(self, where)
        left[0] -= 1
        if left[0] == 0:
            do()  # type: ignore[operator]

    monkeypatch.setattr(Nights, "save", kept)


@contextmanager
def joining(one: LocalCluster, *workers: subprocess.Popen[bytes]) -> Iterator[None]:
    """Wait until workers have joined a cluster; stop them at the end, and wait until they have left."""
    there = len(one.scheduler.workers)
    try:
        one.wait_for_workers(there + len(workers), timeout=30)
        yield
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        limit = time.monotonic() + 30
        while len(one.scheduler.workers) > there and time.monotonic() < limit:
            time.sleep(0.05)


def without_the_package(program: str) -> list[str]:
    """Return how Python runs a program with every library but without the package: no editable install, no folder of ours on its path."""
    return ["-I", "-S", "-c", f"import sys; sys.path.append({sysconfig.get_path('purelib')!r}); {program}"]


def process(python: list[str], *words: str, **environment: str) -> subprocess.Popen[bytes]:
    """Start a process of a cluster."""
    known = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | environment
    return subprocess.Popen(
        [sys.executable, *python, *words], env=known, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


# Whoever plays --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["-n", 30], ["--precision", 12, "-n", 200]], ids=["number", "precision"])
def test_a_cluster_gives_the_bytes_of_one_process(words: list[object], two: LocalCluster, tmp_path: Path) -> None:
    """So many runs, or as many as a precision takes; neither files nor the folder are known to the workers."""
    path = lucky().write(tmp_path / "in")
    done = study(path, *words, "--engine", at(two), "--out", tmp_path / "there")
    assert done.exit_code == 0, done.output
    assert study(path, *words, "--workers", 1, "--out", tmp_path / "here").exit_code == 0
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")


@pytest.mark.parametrize("dead", [1, 2])
def test_workers_killed_in_the_middle_are_survived(
    dead: int, two: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kill −9 of one worker, or of all, with which the scenario they were handed is lost: the bytes are the same."""
    path = lucky().write(tmp_path / "in")
    killed = list(pids(two).values())[:dead]
    then(monkeypatch, 2, lambda: [os.kill(pid, signal.SIGKILL) for pid in killed])
    done = study(path, "-n", 60, "--engine", at(two), "--out", tmp_path / "there")
    assert done.exit_code == 0, done.output
    assert study(path, "-n", 60, "--workers", 1, "--out", tmp_path / "here").exit_code == 0
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")
    two.wait_for_workers(2, timeout=30)
    assert not set(pids(two).values()) & set(killed)


@pytest.mark.slow
def test_a_worker_that_falls_silent_is_survived_and_the_scheduler_needs_nothing_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker that has the scenario is stopped in the middle, on a cluster whose scheduler has not the package: the bytes are the same."""
    path, file = lucky().write(tmp_path / "in"), tmp_path / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    head = process(without_the_package(SCHEDULER), *words, DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL="2s")
    workers = [process(["-c", WORKER], "--scheduler-file", str(file), *ALONE) for _ in range(2)]
    stopped: list[int] = []

    def stop() -> None:
        with Client(address, set_as_default=False) as client:
            held = client.has_what()
            worker = max(held, key=lambda one: len(held[one]))
            stopped.append(client.run(os.getpid, workers=[worker])[worker])
        os.kill(stopped[0], signal.SIGSTOP)

    try:
        while not file.exists():
            time.sleep(0.05)
        address = json.loads(file.read_text(encoding="utf-8"))["address"]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
        for room in (crew, cluster):
            monkeypatch.setattr(room, "LOOK_EVERY_S", 0.5)
        then(monkeypatch, 2, stop)
        done = study(path, "-n", 30, "--engine", f"dask:{address}", "--out", tmp_path / "there")
    finally:
        for one in (*workers, head):
            one.kill()
            one.wait()
    assert done.exit_code == 0, done.output
    assert stopped
    assert study(path, "-n", 30, "--workers", 1, "--out", tmp_path / "here").exit_code == 0
    assert bytes_of(tmp_path / "there") == bytes_of(tmp_path / "here")


def test_threads_that_share_a_scenario_play_the_same(tmp_path: Path) -> None:
    """A worker may have several threads: what is settled once for a scenario is the same whoever settles it first."""
    night = with_outages(full_night())
    alone, shared = night.load(tmp_path / "a"), night.load(tmp_path / "b")
    with ThreadPoolExecutor(4) as threads:
        got = list(threads.map(lambda number: play_of(shared, (number,)), range(8)))
    assert np.array_equal(joined(got).kept, play_of(alone, range(8)).kept, equal_nan=True)


# Who may play ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [traits.PROGRAM, "numpy", traits.SIMD])
def test_workers_that_may_give_other_bits_are_refused(
    name: str, two: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other sources, another numpy, other instructions: each worker is named with what it has and what is here; nothing is written."""
    there = traits.traits()
    monkeypatch.setattr(traits, "traits", lambda: there | {name: "mine"})
    done = study(lucky().write(tmp_path / "in"), "--engine", at(two), "--out", tmp_path / "out")
    assert done.exit_code == 2
    for worker in pids(two):
        assert f"{worker} {name} = {there[name]}" in done.stderr
    assert done.stderr.count("这里是 mine") == 2
    assert not (tmp_path / "out").exists()


def test_every_worker_that_is_unfit_is_named_and_none_that_joins_later_plays(two: LocalCluster, tmp_path: Path) -> None:
    """One without the package, one whose numpy uses fewer instructions: they may join a study at work, but not play; the next is refused."""
    variant = Variant(str(lucky().write(tmp_path / "in")))
    *_, best = traits.traits()[traits.SIMD].split()
    words = (two.scheduler_address, *ALONE)
    strangers = (
        process(without_the_package(WORKER), *words),
        process(["-c", WORKER], *words, NPY_DISABLE_CPU_FEATURES=best),
    )
    with cluster.cluster(two.scheduler_address) as engine, joining(two, *strangers):
        got = list(engine.play(jobs_of(variant, range(20))))
        engine._crew.muster()
        assert len(engine._crew.fit) == 2
        assert np.array_equal(joined(got).kept, play_here(variant, range(20)).kept, equal_nan=True)
        done = study(variant.path, "--engine", at(two), "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "ModuleNotFoundError: No module named 'sim" in done.stderr
    assert f"NPY_DISABLE_CPU_FEATURES='{best}'" in done.stderr
    assert "共 2 处问题" in done.stderr
    assert not (tmp_path / "out").exists()


def test_another_process_at_a_known_address_does_not_play(two: LocalCluster, tmp_path: Path) -> None:
    """A worker that has not the traits asked gives nights to nobody."""
    parcel = cluster.Parcel.of(lucky().load(tmp_path))
    with Client(two, set_as_default=False) as client:
        asked = client.submit(parcel.play, (0,), traits.traits(), pure=False)
        other = client.submit(parcel.play, (0,), traits.traits() | {"numpy": "1"}, pure=False)
        assert asked.result(timeout=30).replications == (0,)
        with pytest.raises(cluster._DisturbedError):
            other.result(timeout=30)


# Nobody waits for ever ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("listening", [False, True])
def test_an_address_where_no_cluster_answers(listening: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody there, or somebody who never says a word: exit code 2 in time, nothing written."""
    monkeypatch.setattr(cluster, "_CONNECT_WITHIN_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        if not listening:
            server.close()
        begun = time.monotonic()
        done = study(lucky().write(tmp_path / "in"), "--engine", f"dask:127.0.0.1:{port}", "--out", tmp_path / "out")
    assert time.monotonic() - begun < 5
    assert done.exit_code == 2
    assert f"tcp://127.0.0.1:{port}: 连不上集群" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_workers_and_a_worker_that_hangs(
    two: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, with the command that starts a worker, and with the name of the one that does not answer."""
    path = lucky().write(tmp_path / "in")
    with started(0, processes=False) as empty:
        done = study(path, "--engine", at(empty), "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert f"dask worker {empty.scheduler_address}" in done.stderr
    monkeypatch.setattr(crew, "_WORKER_ANSWERS_S", 1)
    worker, pid = next(iter(pids(two).items()))
    os.kill(pid, signal.SIGSTOP)
    try:
        done = study(path, "--engine", at(two), "--out", tmp_path / "out")
    finally:
        os.kill(pid, signal.SIGCONT)
    assert done.exit_code == 2
    assert f"{worker}: 没有回答" in done.stderr
    assert "共 1 处问题" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("gone", ["scheduler", "workers"])
def test_a_cluster_that_goes_leaves_a_study_to_go_on_with(
    gone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its scheduler, or its only worker: exit code 2 in time, what was played is kept, and this machine goes on to the same bytes."""
    path, out = lucky().write(tmp_path / "in"), tmp_path / "out"
    for limit in ("_SCHEDULER_ANSWERS_S", "_BACK_WITHIN_S"):
        monkeypatch.setattr(crew, limit, 1)
    for room in (crew, cluster):
        monkeypatch.setattr(room, "LOOK_EVERY_S", 0.5)
    with started(1, processes=False) as one:
        then(monkeypatch, 2, one.close if gone == "scheduler" else lambda: one.scale(0))
        begun = time.monotonic()
        done = study(path, "-n", 60, "--engine", at(one), "--out", out)
    assert time.monotonic() - begun < 20
    assert done.exit_code == 2
    assert ("调度进程失去联系" if gone == "scheduler" else "工作进程都已离开") in done.stderr
    assert f"--resume {out}" in done.stderr
    assert 2 <= len(list((out / "nights").glob("*.npz"))) < 15
    assert study("--resume", out, "--workers", 1).exit_code == 0
    assert study(path, "-n", 60, "--workers", 1, "--out", tmp_path / "here").exit_code == 0
    assert bytes_of(out) == bytes_of(tmp_path / "here")


class Poison:
    """Something that ends the process that opens it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (1,)


def test_runs_that_kill_whoever_plays_them_come_to_an_end(
    two: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers die again and again: exit code 2, with the way to go on, and the cluster stands for others."""
    monkeypatch.setattr(two.scheduler, "allowed_failures", 1)
    monkeypatch.setattr(Variant, "load", lambda _: Poison())
    out = tmp_path / "out"
    done = study(lucky().write(tmp_path / "in"), "--engine", at(two), "--out", out)
    assert done.exit_code == 2
    assert "接连中止" in done.stderr
    assert f"--resume {out}" in done.stderr
    two.wait_for_workers(2, timeout=30)


# How it is asked for --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("dask:10.0.0.5:8786", "tcp://10.0.0.5:8786"),
        ("dask:tcp://10.0.0.5:8786", "tcp://10.0.0.5:8786"),
        ("dask:tls://head.example:8786", "tls://head.example:8786"),
        ("dask:[::1]:8786", "tcp://[::1]:8786"),
    ],
)
def test_an_address_reaches_the_cluster_as_written(
    written: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With tcp where no scheme is given; tls stays, whose keys are Dask's own affair."""
    asked: list[str] = []

    async def refused(at_address: str, **_: object) -> None:
        asked.append(at_address)
        raise OSError

    monkeypatch.setattr(cluster, "connect", refused)
    assert study(lucky().write(tmp_path / "in"), "--engine", written).exit_code == 2
    assert asked == [address]


@pytest.mark.parametrize(
    "engine", ["dask", "dask:", "dask:host", "dask:host:0", "dask:host:70000", "ray:host:1", "dask:a b:1", ""]
)
def test_what_is_no_engine_is_a_fault(engine: str, tmp_path: Path) -> None:
    """The option is named, and how an address is written."""
    done = study(lucky().write(tmp_path / "in"), f"--engine={engine}", "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "--engine" in done.stderr
    assert "dask:" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_cluster_has_its_own_number_of_workers_and_needs_its_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--workers`` beside a cluster means nothing; without ``distributed`` the fault says what to install."""
    path, engine = lucky().write(tmp_path / "in"), ("--engine", "dask:127.0.0.1:1")
    done = study(path, *engine, "--workers", 2)
    assert done.exit_code == 2
    assert "--workers" in done.stderr
    monkeypatch.setattr(begin, "find_spec", lambda _: None)
    done = study(path, *engine)
    assert done.exit_code == 2
    assert "pip install distributed" in done.stderr
