"""The report about options: what a leader reads aloud follows from what was found, whatever was found; money, places and doubts are owned up to."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.measures.naming import naming
from sim.report.figures import draw
from sim.scenario import Scenario
from sim.scenario.options import OptionPlan
from sim.study.compare.comparison import OfNumber, OfRequirement
from sim.study.compare.paired import moved, shares
from sim.study.folder import Asked
from sim.study.options.folder import OptionsAsked
from sim.study.options.found import Found, Objective, Option, Step, Tried
from sim.study.verdict import judge
from tests.strategies import lucky

SCREEN, FINALS = 20, 60
PERSONS = Objective("exposed_at_onset_persons", "person", "less", "", "", None)
CHANCE = Objective("all", "1", "more", "all", "各村应答", None)
FORBIDDEN = re.compile(r"脱岗|达标|\b(?:inf|nan|NaN|None|NaT)\b")
MARKS = re.compile(r"μ|σ|±|P\(|p值|EVPPI|Bonferroni")


@pytest.fixture(scope="module", autouse=True)
def _coarse_pictures() -> Iterator[None]:
    """Save the pictures coarsely: their resolution takes most of the time and is no law."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draw, "_PNG_DPI", 40)
        yield


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """A night of luck with one requirement."""
    return lucky().load(tmp_path_factory.mktemp("night"))


# Tools: what was found, by hand ---------------------------------------------------------------------------------------


def option(own: str, title: str, each: float = 0.0, units: int = 1, **plan: Any) -> Option:  # noqa: ANN401 - plain YAML data
    """Return an option; without a cost it is a rule."""
    written = {"title": title, "cost": {"each": each}, "units": units, "status": "规划假设"} | plan
    made = OptionPlan.model_validate(written)
    return Option(own, made, made.settings())


def tried(
    options: Sequence[Option],
    members: str,
    gain: float,
    objective: Objective = PERSONS,
    *,
    unsure: float = 0.0,
    runs: range = range(SCREEN, SCREEN + FINALS),
) -> Tried:
    """Return what some options came to: so much better on average, each run by so much more or less in turn (``unsure``).

    Of persons the scenario as it is has 100 and 120 in turn; of chances it keeps the requirement in every third run, and ``gain`` is in how many
    runs more it is kept.
    """
    own, n = tuple(members.split("+")), np.arange(len(runs))
    if objective is PERSONS:
        base = 100.0 + 20.0 * (n % 2)
        other = base - gain - unsure * np.where(n % 4 < 2, 1.0, -1.0)
        met = (n % 3 == 0, n % 3 == 0)
    else:
        base = (n % 3 == 0).astype(float)
        other = base.copy()
        other[np.flatnonzero(base == 0)[: round(gain)]] = 1.0
        met = (base > 0, other > 0)
    judged = [judge(int(one.sum()), len(n), 0.5, "fixed") for one in met]
    how = moved(base, other)
    if objective.requirement:
        pairs = shares(*met)
        how = replace(how, low=pairs.low, high=pairs.high, effect=pairs.effect)
    cost = math.fsum(one.cost_wan for one in options if one.id in own)
    requirement = OfRequirement("all", "各村应答", *judged, shares(*met))
    numbers = (OfNumber("exposed_at_onset_persons", "person", "less", "", "", how),) if objective is PERSONS else ()
    return Tried(own, cost, how, (requirement,), numbers, tuple(runs), (base, other))


def step(before: Tried | None, after: Tried, objective: Objective = PERSONS) -> Step:
    """Return what a portfolio adds to one before it."""
    base = after.values[0] if before is None else before.values[1]
    known = before.members if before is not None else ()
    added = tuple(one for one in after.members if one not in known)
    cost = after.cost_wan - (before.cost_wan if before is not None else 0.0)
    how = moved(base, after.values[1])
    if objective.requirement:
        pairs = shares(base > 0, after.values[1] > 0)
        how = replace(how, low=pairs.low, high=pairs.high, effect=pairs.effect)
    return Step(after.members, added, cost, how)


def _screened(one: Tried) -> Tried:
    """Return what was tried as the screening saw it: fewer runs."""
    values = (one.values[0][:SCREEN], one.values[1][:SCREEN])
    return replace(one, replications=tuple(range(SCREEN)), values=values)


def found(
    scenario: Scenario,
    options: Sequence[Option],
    finalists: Sequence[Tried],
    *,
    objective: Objective = PERSONS,
    recommended: int | None = 0,
    budget: float | None = None,
    **more: Any,  # noqa: ANN401 - fields of Found
) -> Found:
    """Return what was found out; every option was screened as it is in the finals, or came to nothing."""
    alone = {one.members[0]: one for one in finalists if len(one.members) == 1}
    screened = tuple(
        _screened(alone[one.id]) if one.id in alone else tried(options, one.id, 0.0, objective, runs=range(SCREEN))
        for one in options
        if more.get("dropped", {}).get(one.id) != "too_dear"
    )
    asked = OptionsAsked(Asked("", (), scenario.hash, 7, FINALS), "", objective.key, budget, SCREEN, FINALS, 0)
    known: Mapping[str, Any] = {
        "dropped": {},
        "steps": (),
        "together": (),
        "frontier": (),
        "taken_out": (),
        "drawn": None,
    } | more
    return Found(
        scenario=scenario,
        asked=asked,
        options=tuple(options),
        objective=objective,
        screened=screened,
        finalists=tuple(finalists),
        recommended=recommended,
        names=naming(scenario),
        **known,
    )
