"""What one roster wins over another, by the real engine: both are called out at the same moments of a month under the same luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from sim.roster import Roster
from sim.scenario import Scenario
from sim.study.roster.drill import LASTS_MIN, answered_min, call_out_of
from sim.warning.network import network

Floats = NDArray[np.float64]
_AT_A_TIME = 5
"""So many nights go to a worker at a time."""


@dataclass(frozen=True)
class CallOuts:
    """When the desks of a level answered, minutes after the call-out, ``inf`` for never: shape (nights, moments, desks)."""

    answered_min: Floats

    @property
    def mean_min(self) -> Floats:
        """Minutes until a desk answers, in the mean over moments and desks, never counted as the whole call-out, shape (nights,)."""
        mean_min: Floats = self.by_desk_min.mean(axis=1)
        return mean_min

    @property
    def by_desk_min(self) -> Floats:
        """The same by desk, in the mean over moments, shape (nights, desks)."""
        mean_min: Floats = np.minimum(self.answered_min, LASTS_MIN).mean(axis=1)
        return mean_min

    def in_time(self, limit_min: float) -> Floats:
        """The share of moments at which every desk answered within a limit, shape (nights,)."""
        share: Floats = (self.answered_min.max(axis=2) <= limit_min).mean(axis=1)
        return share


def call_out_rosters(
    path: str,
    overrides: tuple[str, ...],
    level: str,
    rosters: Sequence[Roster],
    moments: Sequence[datetime],
    nights: range,
    workers: int,
) -> Iterator[list[CallOuts]]:
    """Yield the call-outs of each roster down to a level, a few nights at a time in their order; the same whatever the number of workers."""
    some = batches_of(nights)
    here = partial(_called_out, path, overrides, level, tuple(rosters), tuple(moments))
    if workers <= 1 or len(some) == 1:
        yield from map(here, some)
        return
    with ProcessPoolExecutor(min(workers, len(some)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(here, some)


def batches_of(nights: range) -> list[range]:
    """Return the nights in the batches in which they are played."""
    return [nights[first : first + _AT_A_TIME] for first in range(0, len(nights), _AT_A_TIME)]


def joined(batches: Sequence[list[CallOuts]]) -> list[CallOuts]:
    """Return the call-outs of each roster in all nights."""
    return [CallOuts(np.concatenate([one.answered_min for one in own])) for own in zip(*batches, strict=True)]


def _called_out(
    path: str,
    overrides: tuple[str, ...],
    level: str,
    rosters: tuple[Roster, ...],
    moments: tuple[datetime, ...],
    nights: range,
) -> list[CallOuts]:
    scenario = call_out_of(path, overrides, level)
    return [played(replace(scenario, roster=roster), level, moments, nights) for roster in rosters]


def played(scenario: Scenario, level: str, moments: Sequence[datetime], nights: Sequence[int]) -> CallOuts:
    """Return the call-outs of a scenario that is nothing but a call-out down to a level."""
    here = scenario.county.level_index(level)
    desks = scenario.county.of_level(here) if here is not None else np.zeros(0, dtype=np.int64)
    net = network(scenario)
    times = np.zeros((len(nights), len(moments), len(desks)))
    for column, moment in enumerate(moments):
        for row, answers in enumerate(answered_min(scenario, net, moment, nights)):
            times[row, column] = answers[desks]
    return CallOuts(times)
