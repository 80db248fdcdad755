"""Who plays the nights: this process or several of this machine; those of other machines stand in ``cluster``.

A night depends on the scenario and its number only, so it is the same whoever plays it, and in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from joblib import Parallel, delayed
from joblib.externals.loky.process_executor import TerminatedWorkerError

from sim.errors import Fault, InputError, Text
from sim.measures.digest import digest
from sim.scenario import Scenario, load_scenario
from sim.study.nights import Nights
from sim.warning import simulate

AT_A_TIME = 4
"""So many nights go to a worker at a time, and so many at most are lost where a worker is killed."""
_MOST_DEATHS = 5

AGAIN_AND_AGAIN = (
    Text("工作进程接连中止，多半是内存不足", "worker processes die again and again, most likely for want of memory"),
    Text("减少进程数或增加内存", "let fewer play at a time, or give them more memory"),
)
"""What is wrong where workers die again and again, and what to do."""

Portion = tuple[int, ...]
"""Numbers of nights that are handed out together."""


@dataclass(frozen=True)
class Variant:
    """A scenario that any process can load: a file and the settings laid over it."""

    path: str
    overrides: tuple[str, ...] = ()

    def load(self) -> Scenario:
        """Return the scenario; the last one that a process loaded is at hand, and its county and roster for the next of the same file."""
        return _loaded(self)


@lru_cache(maxsize=1)
def _loaded(variant: Variant) -> Scenario:
    scenario = load_scenario(variant.path, variant.overrides, like=_LAST.get(variant.path))
    _LAST.clear()
    _LAST[variant.path] = scenario
    return scenario


_LAST: dict[str, Scenario] = {}
"""The last scenario that this process loaded, by its path."""


Job = tuple[Variant, Portion]
"""What is handed out: nights of a variant."""


class EngineLost(InputError):
    """Nobody is left to play on; what was played before stays."""

    def __init__(self, problem: Text, remedy: Text, who: str = "local") -> None:
        super().__init__([Fault("--engine", 0, 0, who, "", problem, remedy)])


class Engine(Protocol):
    """Something that plays nights."""

    def play(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield the nights of each job, in the order of the jobs."""


@dataclass(frozen=True)
class Local:
    """So many processes of one machine, none but the present one if ``workers`` is 1."""

    workers: int

    def play(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        """Yield the nights of each job.

        A worker that dies takes only what it was playing with it: that is played again, by others.

        Raises
        ------
        EngineLost
            if workers die again and again
        """
        left, deaths = list(jobs), 0
        while left:
            try:
                for nights in self._once(left):
                    left = left[1:]
                    yield nights
            except TerminatedWorkerError as error:
                deaths += 1
                if deaths > _MOST_DEATHS:
                    raise EngineLost(*AGAIN_AND_AGAIN) from error

    def _once(self, jobs: Sequence[Job]) -> Iterator[Nights]:
        if self.workers <= 1:
            yield from (play_here(*job) for job in jobs)
            return
        pool = Parallel(
            n_jobs=self.workers, backend="loky", batch_size=1, pre_dispatch="2*n_jobs", return_as="generator"
        )
        yield from pool(delayed(play_here)(*job) for job in jobs)


def jobs_of(variant: Variant, replications: Sequence[int], at_a_time: int = AT_A_TIME) -> list[Job]:
    """Return nights of a variant in the portions in which they are handed out."""
    starts = range(0, len(replications), at_a_time)
    return [(variant, tuple(replications[first : first + at_a_time])) for first in starts]


def play_here(variant: Variant, replications: Sequence[int]) -> Nights:
    """Return some nights, played in this process."""
    return play_of(variant.load(), replications)


def play_of(scenario: Scenario, replications: Sequence[int]) -> Nights:
    """Return some nights of a scenario at hand."""
    return Nights.of(replications, [digest(scenario, simulate(scenario, number)) for number in replications])
