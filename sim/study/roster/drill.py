"""The roster drilled (抽查): every hour of a month is called out with the real engine, many times over.

1. the scenario keeps its desks, ladders, callers and roster, and loses all else: one call-out, begun by the county at once
2. each hour of each day starts such a call-out, with so many nights' luck   3. what is counted: who answered in time, and the last to answer

The luck of a night is the same at every hour, so that hours differ by who is on duty and how likely people answer, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.records import CALLING, CallRecords
from sim.scenario import Scenario, load_scenario
from sim.scenario.acts import CallTargetPlan, WarningPlan
from sim.warning.chain import ChainOfDesks
from sim.warning.conditions import conditions
from sim.warning.network import Network, network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LASTS_MIN = 180.0
"""A call-out is watched for so long (an assumption); who has not answered by then counts as never."""
_ACT = "drill"


@dataclass(frozen=True)
class DrillPlan:
    """What is drilled: the days, the hours of each, how many nights an hour, down to which level, and the limit of each level above it.

    ``limits_min`` maps level ids, the deepest last, to the minutes within which all their desks must have answered. ``span`` is the time of
    which the roster says anything, if it says when its shifts are: nothing is drilled outside it.
    """

    days: tuple[date, ...]
    hours: tuple[int, ...]
    nights: int
    limits_min: dict[str, float]
    span: tuple[datetime, datetime] | None = None

    @property
    def moments(self) -> tuple[datetime, ...]:
        """Every hour of every day."""
        return tuple(datetime.combine(day, time(hour)) for day in self.days for hour in self.hours)

    @property
    def starts(self) -> tuple[datetime, ...]:
        """Every moment at which a call-out begins."""
        return tuple(one for one in self.moments if self.span is None or self.span[0] <= one < self.span[1])


@dataclass(frozen=True)
class Drill:
    """What the call-outs came to.

    ``starts`` their moments, shape (starts,). ``last_min`` the last answer of each level, minutes after the call-out, ``inf`` where
    somebody never answered, shape (starts, levels, nights). ``late`` how often each desk was late, shape (starts, desks); ``desks`` their
    indices in the county, ``level`` the number of each desk's level among those drilled. ``answered`` how many answers each level gave, shape
    (starts, levels), and ``step_min`` their minutes by step of ``CALLING``, added up, shape (starts, levels, steps).
    """

    plan: DrillPlan
    starts: tuple[datetime, ...]
    desks: Ints
    level: Ints
    last_min: Floats
    late: Ints
    answered: Ints
    step_min: Floats

    @property
    def in_time(self) -> Floats:
        """The share of nights in which every desk of a level answered within its limit, shape (starts, levels)."""
        limits = np.array(list(self.plan.limits_min.values()))
        share: Floats = np.mean(self.last_min <= limits[:, None], axis=2)
        return share


def call_out(scenario: Scenario, deepest: str) -> Scenario:
    """Return the scenario of one call-out: the county calls its desks down to a level at once, and nothing else happens."""
    said = {"source": "抽查", "applies_to": "本情景", "status": "演示"}
    act = WarningPlan.model_validate(
        {
            "id": _ACT,
            "level": "red",
            "signed_by": "抽查",
            "means": [],
            "consultation": "0 min",
            "sign_off": "0 min",
            "release": "0 min",
        }
        | said
    )
    target = CallTargetPlan.model_validate(
        {
            "id": _ACT,
            "name": "抽查",
            "act": "warning",
            "whom": "desks",
            "to": deepest,
            "share": 1,
            "within": "1 h",
            "probability": 1,
        }
        | said
    )
    nothing = dict.fromkeys(("local", "outages", "evacuation", "report_up", "headline_level"))
    plan = scenario.plan.model_copy(
        update=nothing
        | {
            "warnings": (act,),
            "response": (),
            "orders": (),
            "call_targets": (target,),
            "targets": (),
            "end_min": LASTS_MIN,
        }
    )
    return replace(scenario, plan=plan)


def drill(path: str, overrides: Sequence[str], plan: DrillPlan, workers: int) -> Iterator[Drill]:
    """Yield the drill of each day, in the order of the days whatever the number of workers."""
    days = [replace(plan, days=(day,)) for day in plan.days]
    one = partial(drill_here, path, tuple(overrides))
    if workers <= 1:
        yield from map(one, days)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(one, days)


def together(plan: DrillPlan, days: Sequence[Drill]) -> Drill:
    """Return the drill of all days."""
    return replace(
        days[0],
        plan=plan,
        starts=plan.starts,
        **{
            name: np.concatenate([getattr(day, name) for day in days])
            for name in ("last_min", "late", "answered", "step_min")
        },
    )


def drill_here(path: str, overrides: tuple[str, ...], plan: DrillPlan) -> Drill:
    """Return the drill of some days, played in this process."""
    return play(call_out_of(path, overrides, list(plan.limits_min)[-1]), plan)


@lru_cache(maxsize=1)
def call_out_of(path: str, overrides: tuple[str, ...], deepest: str) -> Scenario:
    """Return the call-out of a scenario on file; a worker reads it once."""
    return call_out(load_scenario(path, overrides, tonight=False), deepest)


def play(scenario: Scenario, plan: DrillPlan) -> Drill:
    """Return the drill of a scenario that is nothing but a call-out."""
    county, net = scenario.county, network(scenario)
    levels = [county.level_index(level) for level in plan.limits_min]
    of_level = [county.of_level(level) for level in levels if level is not None]
    desks = np.concatenate(of_level)
    level = np.repeat(np.arange(len(of_level)), [len(own) for own in of_level])
    limit_min = np.array(list(plan.limits_min.values()))[level]
    starts = plan.starts
    last_min = np.zeros((len(starts), len(of_level), plan.nights))
    late = np.zeros((len(starts), len(desks)), dtype=np.int64)
    answered = np.zeros((len(starts), len(of_level)), dtype=np.int64)
    step_min = np.zeros((len(starts), len(of_level), len(CALLING)))
    for row, start in enumerate(starts):
        for night, calls in enumerate(_calls(scenario, net, start, range(plan.nights))):
            at_min, spent = calls.acknowledged_min[desks], calls.minutes[desks]
            late[row] += at_min > limit_min
            for number in range(len(of_level)):
                mine = level == number
                heard = mine & np.isfinite(at_min)
                last_min[row, number, night] = at_min[mine].max()
                answered[row, number] += heard.sum()
                step_min[row, number] += spent[heard].sum(axis=0)
    return Drill(plan, starts, desks, level, last_min, late, answered, step_min)


def answered_min(scenario: Scenario, net: Network, start: datetime, nights: Sequence[int]) -> Iterator[Floats]:
    """Yield when each node answered a call-out that begins at a moment, minutes after it, ``inf`` for never; one array for each night."""
    for calls in _calls(scenario, net, start, nights):
        yield calls.acknowledged_min


def _calls(scenario: Scenario, net: Network, start: datetime, nights: Sequence[int]) -> Iterator[CallRecords]:
    plan = scenario.plan.model_copy(update={"start": start})
    then = replace(scenario, plan=plan, roster=scenario.roster.starting(start))
    for night in nights:
        luck = Luck(plan.seed, night)
        (calls,) = ChainOfDesks(then, net, luck, conditions(then, luck)).run().calls
        yield calls


def days_of(month: date) -> tuple[date, ...]:
    """Return the days of the month of a date."""
    first = month.replace(day=1)
    return tuple(day for n in range(31) if (day := first + timedelta(days=n)).month == first.month)
