"""Where the minutes went until households were told, and why some were never told; read from the tables of the night."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.measures import Naming
from sim.records import CALLING, DECIDING, OUTSIDE, REASONS, TELLING, Night
from sim.report.content.acts import LOCAL, lifted_min, released_headline
from sim.report.content.grid import Column, Grid
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import Scenario

_IN_ORDER = (*DECIDING, *OUTSIDE, *CALLING, *TELLING)
LEAST_MIN = 1.0
"""A step that took less is collected with its like."""
_LONG_WAIT = 0.5  # of all minutes: a wait that long would leave no room for the others in a figure
_REASONS = (Column("reason"), Column("households", "n"), Column("persons", "n"))


@dataclass(frozen=True)
class Stretch:
    """So many minutes of the mean way to a household, after those that went before.

    ``deciding`` before release; ``waiting`` before anybody was asked to decide, as the scenario sets it.
    """

    name: str
    begin_min: float
    minutes: float
    deciding: bool
    waiting: bool = False

    @property
    def end_min(self) -> float:
        """When it ends, minutes after T0."""
        return self.begin_min + self.minutes


def stretches(attribution: pd.DataFrame, names: Naming, scope: Scope, words: Words) -> list[Stretch]:
    """Return the mean minutes of the households told in the scope, step by step; they sum to the mean minute of being told.

    Steps of less than a minute are collected at the end. Empty where nobody was told.
    """
    own = attribution[attribution["place"] == names.code[scope.place]]
    minutes = {step: float(spent) for step, spent in zip(own["step"], own["minutes"], strict=True)}
    long = [(step, minutes[step]) for step in _IN_ORDER if minutes.get(step, 0.0) >= LEAST_MIN]
    small = sum(spent for spent in minutes.values() if spent < LEAST_MIN)
    made: list[Stretch] = []
    at_min = 0.0
    for step, spent in long:
        made.append(Stretch(words(f"step.{step}"), at_min, spent, step in DECIDING, step == "waiting"))
        at_min += spent
    if small > 0:
        made.append(Stretch(words("step_other"), at_min, small, deciding=False))
    return made


def long_wait_min(way: Sequence[Stretch]) -> float:
    """Return the minutes before consultation that a figure leaves out, because they would take half of it or more; 0 if none."""
    waited = sum(stretch.minutes for stretch in way if stretch.waiting)
    return waited if way and waited >= _LONG_WAIT * way[-1].end_min else 0.0


def reasons(scenario: Scenario, night: Night, never: pd.DataFrame, names: Naming, scope: Scope, words: Words) -> Grid:
    """Return why households of the scope were never told; no row where all were."""
    lifted = lifted_min(scenario, night)
    notes = [words("never.note")]
    if math.isfinite(lifted):
        warning, clock = released_headline(scenario, night, words), words.clock(night.start, lifted)
        notes.append(words("never.lifted", warning=warning, clock=clock))
    own = never[never["place"] == names.code[scope.place]]
    left = {
        reason: (int(h), int(p)) for reason, h, p in zip(own["reason"], own["households"], own["persons"], strict=True)
    }
    rows = [
        (_reason(reason, lifted, words), *(words.number(n) for n in left[reason]))
        for reason in REASONS
        if reason in left
    ]
    if rows:
        total = words.number(int(own["households"].sum())), words.number(int(own["persons"].sum()))
        rows.append((words("total"), *total))
    return Grid(words("head.never"), tuple(notes), _REASONS, tuple(rows), wide=False).headed(words)


def _reason(reason: str, lifted: float, words: Words) -> str:
    """Return a reason in words; teams stop at the end of the run, or when the warning is lifted before it."""
    if reason == "team_too_late" and math.isfinite(lifted):
        return words("reason.team_too_late_or_lifted")
    return words(f"reason.{reason}")


def about_minutes(night: Night, way: list[Stretch], scope: Scope, words: Words) -> str:
    """Return how many the figure of minutes is about, how many had it from below, how many it leaves out; empty without it."""
    if not way:
        return ""
    told = np.isfinite(night.households.warned_min[scope.inside])
    below = [number for number, act in enumerate(night.acts) if act.kind == LOCAL]
    from_below = int(np.isin(night.households.first_act[scope.inside], below).sum())
    count = words.count("household", from_below)
    waited = long_wait_min(way)
    return words(
        "minutes.note",
        n=words.count("household", int(told.sum())),
        minutes=f"{way[-1].end_min:.1f}",
        never=words.count("household", int((~told).sum())),
        below=words("minutes.below", n=count) if from_below else "",
        waiting=words("minutes.waiting", n=f"{waited:.1f}") if waited else "",
    )
