"""Who is asked to leave, by what, when (启动条件): each household in a danger zone, and what it heard tonight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from sim.county.places import Households
from sim.records import CAUSES, ActRecords, CallRecords
from sim.scenario import Scenario
from sim.scenario.acts import RISING
from sim.scenario.evacuation import Start, TriggerPlan
from sim.warning.scene import Habits
from sim.warning.setting import Crowd, Zones

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_STARTS = frozenset(name for part in get_args(Start) for name in (get_args(part) or (part,)))
_REPORT, _SIGHTING = CAUSES.index("report"), CAUSES.index("sighting")
_CALLED = [CAUSES.index(name) for name in ("chain", "lateral")]
_STARTED = [CAUSES.index(name) for name in CAUSES if name in _STARTS]


@dataclass(frozen=True)
class Prompts:
    """What each household in a danger zone has been asked; minutes after T0, ``inf`` for never, shape (households,).

    ``due_min`` since when it must leave: from the beginning if it is on the list, else since something asks it, whether it hears that or
    not. ``trigger`` is the first trigger that applied to what it heard (−1: none), heard at ``told_min``, and answered to an official at
    ``confirmed_min``. ``sources_min`` when it had heard that by as many means as make it sure. ``asked_min`` when what asks it was first
    released, or known to its desk; ``known_min`` when its desk, or that of its village, knew it. ``heard_min`` when it first heard of any
    danger.
    """

    due_min: Floats
    trigger: Ints
    asked_min: Floats
    known_min: Floats
    told_min: Floats
    confirmed_min: Floats
    sources_min: Floats
    heard_min: Floats


def prompts(scenario: Scenario, crowd: Crowd, zones: Zones, acts: Sequence[ActRecords], habits: Habits) -> Prompts:
    """Return what the households of ``crowd``, who all live in danger zones, have been asked by the triggers of the scenario."""
    plan, homes, size = scenario.plan.evacuation, crowd.homes, len(crowd)
    assert plan is not None  # noqa: S101 - the caller's case
    asked, known, told, confirmed, heard = (np.full(size, np.inf) for _ in range(5))
    trigger = np.full(size, -1, dtype=np.int64)
    by_means: dict[str, Floats] = {}
    only_on = _own_trigger(scenario, crowd)
    for heard_of in (_Heard(scenario, crowd, act) for act in acts if speaks_of_danger(act)):
        heard = np.minimum(heard, heard_of.told_min)
        applies = np.zeros(size, dtype=bool)
        for number, own in enumerate(plan.triggers.values()):
            here = _applies(own, heard_of, homes, zones, habits)
            if here is None:
                continue
            here &= (only_on < 0) | (only_on == number)
            applies |= here
            np.minimum(asked, heard_of.asked_min, out=asked, where=here)
            np.minimum(known, heard_of.known_min, out=known, where=here)
            sooner = here & (heard_of.told_min < told)
            told[sooner], trigger[sooner] = heard_of.told_min[sooner], number
        if not applies.any():
            continue
        np.minimum(confirmed, heard_of.confirmed_min, out=confirmed, where=applies)
        for name, at in heard_of.by_means():
            before = by_means.setdefault(name, np.full(size, np.inf))
            np.minimum(before, at, out=before, where=applies)
    due = np.where(homes.listed, 0.0, asked)
    sources = _nth_source(by_means, plan.decision.sources, size)
    return Prompts(due, trigger, asked, known, told, confirmed, sources, heard)


def _own_trigger(scenario: Scenario, crowd: Crowd) -> Ints:
    """Return the one trigger on which each household leaves by its own plan (一户一策), −1 for any; shape (households,)."""
    plan, transfer = scenario.plan.evacuation, scenario.county.transfer
    assert plan is not None  # noqa: S101 - the caller's case
    number = {name: n for n, name in enumerate(plan.triggers)}
    only = np.full(len(crowd), -1, dtype=np.int64)
    own = np.array([number.get(name, -1) for name in transfer["leave_on"]], dtype=np.int64)
    only[np.searchsorted(crowd.rows, transfer["row"].to_numpy(dtype=np.int64))] = own
    return only


def speaks_of_danger(act: ActRecords) -> bool:
    """Return whether an act announces danger or more of it; one that is lowered, lifted or ended asks nobody to leave."""
    return not act.change or act.change in RISING


def _nth_source(by_means: Mapping[str, Floats], count: int, size: int) -> Floats:
    """Return when each household had been told by ``count`` different means."""
    if len(by_means) < count:
        return np.full(size, np.inf)
    times = np.partition(np.stack(list(by_means.values())), count - 1, axis=0)
    nth: Floats = times[count - 1]
    return nth


@dataclass(frozen=True)
class _Heard:
    """One act as the households of a crowd heard it; arrays along the crowd, minutes after T0, ``inf`` for those it does not concern."""

    scenario: Scenario
    crowd: Crowd
    act: ActRecords

    @cached_property
    def _at(self) -> tuple[Ints, Ints]:
        """Positions in the crowd of those whom the act concerns, and their positions in its reception."""
        rows, concerned = self.crowd.rows, self.act.reception.rows
        found = np.searchsorted(concerned, rows)
        found[found == len(concerned)] = 0
        mine = np.flatnonzero(concerned[found] == rows) if len(concerned) else np.zeros(0, dtype=np.int64)
        return mine, found[mine]

    def _spread(self, minutes: Floats) -> Floats:
        mine, there = self._at
        spread = np.full(len(self.crowd), np.inf)
        spread[mine] = minutes[there]
        return spread

    @cached_property
    def told_min(self) -> Floats:
        return self._spread(self.act.reception.told_min)

    @cached_property
    def confirmed_min(self) -> Floats:
        return self._spread(self.act.reception.confirmed_min)

    @cached_property
    def asked_min(self) -> Floats:
        """When the act was released; what starts below, when the household's own desk knew."""
        mine, _ = self._at
        asked = np.full(len(self.crowd), np.inf)
        local = self.act.kind == "local"
        asked[mine] = self.act.calls.acknowledged_min[self.crowd.homes.place[mine]] if local else self.act.released_min
        return asked

    @cached_property
    def known_min(self) -> Floats:
        """When the household's own desk, or that of its village, knew of the act."""
        answered, own = self.act.calls.acknowledged_min, self.crowd.homes.place
        mine, _ = self._at
        known = np.full(len(self.crowd), np.inf)
        village = self.scenario.county.reporter[own[mine]]
        known[mine] = np.minimum(answered[own[mine]], answered[village])
        return known

    def by_means(self) -> Iterator[tuple[str, Floats]]:
        """Yield each means of the act and when it told each household."""
        for name, reached in self.act.reception.reached.items():
            told = np.full(len(self.act.reception.rows), np.inf)
            told[reached.who] = reached.told_min
            yield name, self._spread(told)

    @cached_property
    def start(self) -> tuple[NDArray[np.object_], Ints]:
        """What the warning of each household's place started with, and at which place; of an act that starts below."""
        causes, places = _starts(self.act.calls)
        own = self.crowd.homes.place
        return causes[own], places[own]


def _applies(own: TriggerPlan, heard: _Heard, homes: Households, zones: Zones, habits: Habits) -> Bools | None:
    """Return to whom a trigger applies on hearing an act, whether they have heard it or not; ``None`` for an act it is not about."""
    on = frozenset(own.on)
    if heard.act.kind == "local":
        if not on & _STARTS:
            return None
        cause, place = heard.start
        here: Bools = np.isin(cause, list(on & _STARTS))
        if own.reach == "point":
            here &= place == homes.place
    else:
        if heard.act.level not in on:
            return None
        here = np.ones(len(homes), dtype=bool)
    if own.zones:
        here &= np.isin(zones.kind, own.zones)[homes.zone]
    if own.whom != "threatened":
        here &= homes.listed if own.whom == "listed" else homes.listed & homes.needs_help
    if own.hours != "any":  # whoever has not heard it is asked at the minute at which it was said
        heard_min = np.where(np.isfinite(heard.told_min), heard.told_min, heard.asked_min)
        here &= habits.is_night(heard_min) == (own.hours == "night")
    return here


def _starts(calls: CallRecords) -> tuple[NDArray[np.object_], Ints]:
    """Follow each answer back to what it started with: the cause, and the node where it started (−1: nobody knows).

    A desk that was told by a report knows of what the reporting place saw; that place stands for itself, whoever rang it back.
    """
    where = np.arange(len(calls.cause))
    going, by_report = np.ones(len(where), dtype=bool), np.zeros(len(where), dtype=bool)
    while going.any():
        cause = calls.cause[where]
        reported = going & (cause == _REPORT)
        going = reported | (going & ~by_report & np.isin(cause, _CALLED))
        by_report |= reported
        where[going] = calls.caller[where[going]]
    cause = np.where(by_report & ~np.isin(calls.cause[where], _STARTED), _SIGHTING, calls.cause[where])
    return np.array([*CAUSES, ""], dtype=object)[cause], np.where(calls.cause >= 0, where, -1)
