"""What the commands share that play many runs: who plays them, how far they have come, and how to go on after a stop."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from sim.cli.shell import AT_FAULT, STOPPED, language, refuse_unused, say, text
from sim.errors import Text

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.study.engines import Engine, Local
    from sim.study.nights import Nights


_WORTH_WORKERS = 20_000
"""Households: in a smaller county all runs are over before other processes have begun."""
_S_PER_HOUSEHOLD = 4.1e-6
"""About how many seconds of one processor a run takes for each household, loading included: 1.6 s for 390 000 (mean of docs/speed.md)."""


def minutes_needed(runs: int, households: int, workers: int) -> int:
    """Return about how many minutes runs of a county take, 1 at least."""
    return max(round(runs * households * _S_PER_HOUSEHOLD / workers / 60), 1)


def local_engine(scenario: Scenario, workers: int) -> Local:
    """Return who plays a few runs on this machine: so many processes, or this one alone where the county is too small to be worth more."""
    from sim.study.engines import Local

    return Local(workers if len(scenario.county.households) >= _WORTH_WORKERS else 1)


@contextmanager
def engine_of(address: str, workers: int) -> Iterator[Engine]:
    """Hold who plays the runs: the cluster at an address, found fit, or so many processes of this machine."""
    from sim.study.begin import engine_at

    if address:
        _refuse_workers()
        say("检查集群……", "Looking at the cluster …", to=sys.stderr)
    with engine_at(address, workers) as engine:
        yield engine


def _refuse_workers() -> None:
    """Refuse a number of processes where a cluster plays, which has its own."""
    context = click.get_current_context()
    given = context.get_parameter_source("workers") is not ParameterSource.DEFAULT
    remedy = Text("去掉它；集群有几个工作进程就同时用几个", "leave it out: a cluster plays with all workers it has")
    refuse_unused({"--workers": context.params["workers"] if given else None}, remedy)


@contextmanager
def kept_in(folder: Path, name: str) -> Iterator[None]:
    """Say, where the runs of a command come to a stop, that nothing is lost and how to go on; end with the exit code of the stop."""
    from sim.study.engines import EngineLost

    try:
        yield
    except EngineLost as lost:
        _say_how_to_go_on(lost.render(language()), folder, name)
        sys.exit(AT_FAULT)
    except KeyboardInterrupt:
        _say_how_to_go_on(text("已中断。", "Interrupted."), folder, name)
        sys.exit(STOPPED)


def _say_how_to_go_on(stopped: str, folder: Path, name: str) -> None:
    say(
        f"\n{stopped}\n推演完的都已保存，接着做：jiaoying {name} --resume {folder}",
        f"\n{stopped}\nWhat was finished is kept. Go on: jiaoying {name} --resume {folder}",
        to=sys.stderr,
    )


def watched(portions: Iterable[Nights], nights: int, what: Text, *, of: str = "") -> Iterator[Nights]:
    """Show how far many runs (of something, where there are several) have come, how fast they go and how long they will take."""
    label = f"{what.get(language())} {of}".rstrip()
    with click.progressbar(length=nights, label=label, file=sys.stderr, show_pos=True) as bar:
        for portion in portions:
            bar.update(len(portion.replications))
            yield portion
