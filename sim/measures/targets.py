"""Response-time requirements and call targets (两叫应), judged on one night: 按时, 超时 or 未完成.

Only a study of many nights may say 推演达标.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.coverage import NANOMINUTE, Grouped, time_to_share
from sim.measures.evacuation import places_due, reported_min
from sim.records import ActRecords, Night
from sim.scenario import ActPlan, CallTargetPlan, RequirementPlan, Scenario, TargetPlan, addressed

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_WHOM = {"households": "household", "listed_households": "listed_household", "key_sites": "key_site"}
_OF_HOUSEHOLDS = ("household", "listed_household")
_NOBODY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class TargetResult:
    """One requirement on one night.

    ``event`` and ``of_whom`` as in a target of the scenario; ``act`` the id of the act it is about (``None``: the headline warning);
    ``since`` what it counts from, at ``since_min``. ``times_min`` when it happened to each (``inf``: never), ``persons`` the persons
    of each household (``None`` where it speaks of desks), and ``place`` where each is: the desk itself, or the place of a household,
    key site or person. A requirement that speaks of nobody is kept at once; one about what the night does not simulate (避险转移,
    信息报送; not ``simulated``) has no times and is not kept.
    """

    plan: RequirementPlan
    id: str
    event: str
    of_whom: str
    act: str | None
    since: str
    since_min: float
    times_min: Floats
    persons: NDArray[np.int64] | None
    place: Ints
    simulated: bool = True

    @property
    def value_min(self) -> float | None:
        """The time its share took; ``None`` if it was never reached or not simulated, 0 where it speaks of nobody."""
        if not self.simulated:
            return None
        if len(self.times_min) == 0:
            return 0.0
        value = time_to_share(self.times_min, self.plan.share) - self.since_min
        return max(float(value), 0.0) if math.isfinite(value) else None

    def value_min_of(self, above: Ints, rows: int) -> Floats:
        """Return what ``value_min`` would be of some places by themselves, shape (rows,); ``inf`` for never, NaN where nobody is meant.

        Parameters
        ----------
        above : shape (places,)
            the row of each place of the county, −1 for none
        """
        row = above[self.place]
        when = Grouped(self.times_min[row >= 0], row[row >= 0], rows).time_to_share(self.plan.share)
        if not math.isfinite(self.since_min):  # what the limit counts from never came
            return np.where(np.isnan(when), when, math.inf)
        return np.maximum(when - self.since_min, 0.0)

    @property
    def met(self) -> bool:
        """Whether the share was reached within the limit; a limit kept to the nanominute is kept."""
        return self.value_min is not None and self.value_min <= self.plan.within_min + NANOMINUTE


def judge(scenario: Scenario, night: Night) -> tuple[TargetResult, ...]:
    """Return the result of every target of the scenario, then of every call target at each act it is about."""
    return (
        *(_judge(scenario, night, plan) for plan in scenario.plan.targets),
        *(result for plan in scenario.plan.call_targets for result in _judge_calls(scenario, night, plan)),
    )


def subject(scenario: Scenario, plan: TargetPlan | CallTargetPlan) -> tuple[str, str]:
    """Return which event a requirement is about, and of whom, both as a target of the scenario names them."""
    if isinstance(plan, TargetPlan):
        return plan.event, plan.of_whom
    lowest = scenario.county.levels[-1].id
    of_whom = (plan.to or lowest) if plan.whom == "desks" else _WHOM.get(plan.whom, plan.whom)
    return "confirmed" if of_whom in _OF_HOUSEHOLDS else "acknowledged", of_whom


def _judge(scenario: Scenario, night: Night, plan: TargetPlan) -> TargetResult:
    act = None if plan.act is None else next(act for act in night.acts if act.id == plan.act)
    released_min = night.release_min if act is None else act.released_min
    if plan.event == "safe":
        times = _safe(scenario, night)
    elif plan.event == "reported":
        times = _reported(scenario, night, plan.of_whom)
    else:
        times = _times(scenario, night, plan.event, plan.of_whom, act)
    since_min = released_min if plan.since == "release" else 0.0
    simulated = all(records is not None for records in _needs(night, plan.event))
    return TargetResult(plan, plan.id, plan.event, plan.of_whom, plan.act, plan.since, since_min, *times, simulated)


def _needs(night: Night, event: str) -> tuple[object, ...]:
    """Return the records of the night without which an event cannot be judged."""
    return {"safe": (night.evacuation,), "reported": (night.evacuation, night.reports)}.get(event, ())


def _judge_calls(scenario: Scenario, night: Night, plan: CallTargetPlan) -> Iterator[TargetResult]:
    event, of_whom = subject(scenario, plan)
    about = [act for act in scenario.plan.acts if plan.applies(act)]
    for own in about:
        act = next(act for act in night.acts if act.id == own.id)
        times = _times(scenario, night, event, of_whom, act)
        name = plan.id if len(about) == 1 else f"{plan.id}@{own.id}"
        yield TargetResult(plan, name, event, of_whom, own.id, "release", act.released_min, *times)


_Times = tuple[Floats, Ints | None, Ints]
"""The minutes of everybody a requirement speaks of, the persons of each where they are households, and the place of each."""


def _times(scenario: Scenario, night: Night, event: str, of_whom: str, act: ActRecords | None) -> _Times:
    homes = scenario.county.households
    if of_whom not in _OF_HOUSEHOLDS:
        times, place = _answers(scenario, night, of_whom, act)
        return times, None, place
    if act is None:
        addressed_to, records = np.zeros(len(homes), dtype=bool), night.households
        for own in night.acts:
            if own.id in scenario.plan.headline:
                addressed_to[own.reception.rows] = True
        rows = np.flatnonzero(addressed_to)
        times = (records.warned_min if event == "warned" else records.confirmed_min)[rows]
    else:
        rows, reception = act.reception.rows, act.reception
        times = reception.told_min if event == "warned" else reception.confirmed_min
    inside = homes.listed[rows] if of_whom == "listed_household" else np.ones(len(rows), dtype=bool)
    return times[inside], homes.persons[rows[inside]], homes.place[rows[inside]]


def _safe(scenario: Scenario, night: Night) -> _Times:
    """Return when each household that must leave was safe, and its persons, whether its zone was struck or not.

    Those who were not at home count as never: nobody has seen them safe.
    """
    records = night.evacuation
    if records is None:
        return np.zeros(0), _NOBODY, _NOBODY
    rows, homes = records.rows[records.due], scenario.county.households
    return records.safe_min[records.due], homes.persons[rows], homes.place[rows]


def _reported(scenario: Scenario, night: Night, level_id: str) -> _Times:
    """Return when the county first had a report of each place of a level in which some household must leave."""
    if night.reports is None:
        return np.zeros(0), None, _NOBODY
    level = scenario.county.places.level == scenario.county.level_index(level_id)
    place = np.flatnonzero(level & places_due(scenario, night))
    return reported_min(scenario, night)[place], None, place


def _answers(scenario: Scenario, night: Night, of_whom: str, act: ActRecords | None) -> tuple[Floats, Ints]:
    """Return when those called by one act answered (places of a level, key sites, or responsible persons), and the place of each."""
    county, places = scenario.county, len(scenario.county.places)
    if act is None:
        plans = [plan for plan in scenario.plan.warnings if plan.id in scenario.plan.headline]
        here = np.any([addressed(plan, county) for plan in plans], axis=0)
        place = np.flatnonzero(here & (county.places.level == county.level_index(of_whom)))
        return night.places.acknowledged_min[place], place
    inside, times = addressed(_plan_of(scenario, act.id), county), act.calls.acknowledged_min
    if of_whom == "key_site":
        at = county.key_site_place
        return times[places : places + len(at)][inside[at]], at[inside[at]]
    if of_whom == "responsible":
        at = np.array([county.index[entry.place] for entry in scenario.roster.responsible], dtype=np.int64)
        return times[places + len(county.key_sites) :][inside[at]], at[inside[at]]
    place = np.flatnonzero((county.places.level == county.level_index(of_whom)) & inside)
    return times[place], place


def _plan_of(scenario: Scenario, act_id: str) -> ActPlan:
    return next(act for act in scenario.plan.acts if act.id == act_id)
