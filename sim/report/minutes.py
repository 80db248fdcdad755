"""Where the minutes went until households were told, and why some were never told; read from the tables of the night."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.measures import Naming
from sim.records import CALLING, DECIDING, OUTSIDE, REASONS, TELLING, Night
from sim.report.acts import LOCAL
from sim.report.grid import Column, Grid
from sim.report.scope import Scope
from sim.report.words import Words

_IN_ORDER = (*DECIDING, *OUTSIDE, *CALLING, *TELLING)
LEAST_MIN = 1.0
"""A step that took less is collected with its like."""
_REASONS = (Column("reason"), Column("households", "n"), Column("persons", "n"))


@dataclass(frozen=True)
class Stretch:
    """So many minutes of the mean way to a household, after those that went before; ``deciding`` before release."""

    name: str
    begin_min: float
    minutes: float
    deciding: bool

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
        made.append(Stretch(words(f"step.{step}"), at_min, spent, step in DECIDING))
        at_min += spent
    if small > 0:
        made.append(Stretch(words("step_other"), at_min, small, deciding=False))
    return made


def reasons(never: pd.DataFrame, names: Naming, scope: Scope, words: Words) -> Grid:
    """Return why households of the scope were never told; no row where all were."""
    own = never[never["place"] == names.code[scope.place]]
    left = {
        reason: (int(h), int(p)) for reason, h, p in zip(own["reason"], own["households"], own["persons"], strict=True)
    }
    rows = [
        (words(f"reason.{reason}"), *(words.number(n) for n in left[reason])) for reason in REASONS if reason in left
    ]
    if rows:
        total = words.number(int(own["households"].sum())), words.number(int(own["persons"].sum()))
        rows.append((words("total"), *total))
    return Grid(words("head.never"), (words("never.note"),), _REASONS, tuple(rows), wide=False).headed(words)


def about_minutes(night: Night, way: list[Stretch], scope: Scope, words: Words) -> str:
    """Return how many the figure of minutes is about, how many had it from below, how many it leaves out; empty without it."""
    if not way:
        return ""
    told = np.isfinite(night.households.warned_min[scope.inside])
    below = [number for number, act in enumerate(night.acts) if act.kind == LOCAL]
    from_below = int(np.isin(night.households.first_act[scope.inside], below).sum())
    count = words.count("household", from_below)
    return words(
        "minutes.note",
        n=words.count("household", int(told.sum())),
        minutes=f"{way[-1].end_min:.1f}",
        never=words.count("household", int((~told).sum())),
        below=words("minutes.below", n=count) if from_below else "",
    )
