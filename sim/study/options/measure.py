"""By what options are measured: one number for each run, and the difference that an option makes to it under the same luck."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario, ScenarioPlan
from sim.study.compare.comparison import NUMBERS, measured, of_numbers, of_requirements
from sim.study.compare.paired import Moved, moved, shares
from sim.study.folder import Asked
from sim.study.nights import Nights
from sim.study.options.found import Objective, Tried
from sim.study.requirements import kept, requirements, simulated
from sim.study.study import Study
from sim.study.study_tables import name_of

Floats = NDArray[np.float64]
EXPOSED = "exposed_at_onset_persons"


def usual_objective(plan: ScenarioPlan) -> str:
    """Return what options are measured by where nobody says: who is in danger at the onset, else the first requirement."""
    if plan.evacuation is not None and plan.hazard.onset is not None:
        return EXPOSED
    return (*plan.targets, *plan.call_targets)[0].id if (*plan.targets, *plan.call_targets) else "told_95_min"


def known_objectives(plan: ScenarioPlan) -> list[str]:
    """Return what ``--objective`` takes: the requirements by their ids, and the numbers of the county, as far as they are simulated."""
    moved, told = plan.evacuation is not None, plan.evacuation is not None and plan.report_up is not None
    targets = [one.id for one in plan.targets if {"safe": moved, "reported": told}.get(one.event, True)]
    numbers = [one for one in NUMBERS if moved or "onset" not in one]
    return [*targets, *(one.id for one in plan.call_targets), *numbers]


def refuse_objective(key: str, known: Iterable[str]) -> InputError:
    """Return the fault of an objective that there is none of."""
    problem = Text("没有这个目标，或情景里不推演它", "there is no such objective, or the scenario does not simulate it")
    listed = list(known)
    remedy = Text(f"可用：{'、'.join(listed)}", f"use one of: {', '.join(listed)}")
    return InputError([Fault("--objective", 0, 0, "", key, problem, remedy)])


def objective_of(key: str, scenario: Scenario, nights: Nights) -> Objective:
    """Return the objective of a key, of a scenario of which some nights are known.

    A call target about several acts has an id for each: its plain id means the first.

    Raises
    ------
    InputError
        if the nights do not simulate it
    """
    plans = {own: plan for own, plan in requirements(scenario, nights).items() if simulated(nights, own)}
    numbers = measured(nights, {})
    if key in numbers:
        unit, better = NUMBERS[key]
        return Objective(key, unit, better, "", "", scenario.plan.end_min if unit == "min" else None)
    own = next((one for one in plans if key in (one, one.partition("@")[0])), None)
    if own is None:
        raise refuse_objective(key, [*plans, *numbers])
    return Objective(key, "1", "more", own, name_of(own, plans[own]), None)


def values_of(objective: Objective, nights: Nights) -> Floats:
    """Return what the objective was in each run, shape (runs,); minutes that never came to an end count as the whole run."""
    if objective.requirement:
        return kept(nights, objective.requirement).astype(float)
    values = measured(nights, {})[objective.key]
    return values if objective.never_min is None else np.minimum(values, objective.never_min)


def difference(objective: Objective, base: Floats, other: Floats, confidence: float) -> Moved:
    """Return how the objective differs, run by run: of a requirement the chance that it is kept."""
    how = moved(base, other, confidence)
    if not objective.requirement:
        return how
    pairs = shares(base != 0, other != 0, confidence)
    return replace(how, low=pairs.low, high=pairs.high, effect=pairs.effect)


def set_against(
    members: tuple[str, ...],
    cost_wan: float,
    objective: Objective,
    scenario: Scenario,
    asked: Asked,
    nights: tuple[Nights, Nights],
    confidence: float,
) -> Tried:
    """Return what options do, given the same runs of the scenario as it is and with them."""
    base, other = (Study(scenario, asked, own) for own in nights)
    common = {
        own: plan
        for own, plan in requirements(scenario, base.nights).items()
        if own in other.nights.requirements and simulated(base.nights, own) and simulated(other.nights, own)
    }
    told = [measured(own, common) for own in nights]
    runs = {measure: (told[0][measure], told[1][measure]) for measure in told[0] if measure in told[1]}
    values = (values_of(objective, nights[0]), values_of(objective, nights[1]))
    return Tried(
        members,
        cost_wan,
        difference(objective, *values, confidence),
        tuple(of_requirements(common, base, other, confidence)),
        tuple(of_numbers(common, runs, confidence)),
        nights[0].replications,
        values,
    )
