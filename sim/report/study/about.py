"""What every part of the report of a study asks again and again: what a requirement or a place is called, how counts are told."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sim.measures.digest import LEVELS
from sim.measures.naming import Naming
from sim.report.content.acts import act_names
from sim.report.content.verdicts import limit, target_name, titles
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, Kind, Table, Value
from sim.scenario import Scenario, TargetPlan
from sim.study.requirements import Requirement, requirements, simulated
from sim.study.study import Study

_SLACK = 1e-9  # what floating point may add to a count


def requirement_name(scenario: Scenario, own: str, plan: Requirement, words: Words) -> str:
    """Return what a requirement is called; of one about several acts with the act."""
    if act := own.partition("@")[2]:
        return target_name(plan, scenario, words) + words("paren", text=act_names(scenario, words)[act])
    return titles(scenario, words)["targets" if isinstance(plan, TargetPlan) else "call_targets", plan.id]


@dataclass(frozen=True, eq=False)
class About:
    """What a report is about: a study, its tables, what may be shown of places, and in which language."""

    study: Study
    tables: Mapping[str, pd.DataFrame]
    names: Naming
    words: Words

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.study.scenario

    @cached_property
    def plans(self) -> dict[str, Requirement]:
        """The requirements by their id."""
        return requirements(self.scenario, self.study.nights)

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return self.scenario.plan.title or self.scenario.plan.name

    @property
    def where(self) -> str:
        """The county."""
        return self.place(self.names.label[0])

    @cached_property
    def main(self) -> tuple[str, str] | None:
        """The requirement that map and lists are about, and the level: the first that can be judged by village (or else by township).

        One that some place was late for goes before those that none was.
        """
        late = self.tables["late"]
        for level, ever in itertools.product(reversed(LEVELS), (True, False)):
            rows = late[(late["level"] == level) & ((late["p_late"] > 0) | (not ever))]
            if found := [own for own in self.plans if (rows["target_id"] == own).any()]:
                return found[0], level
        return None

    def simulated(self, own: str) -> bool:
        """Return whether the runs simulate what a requirement is about."""
        return simulated(self.study.nights, own)

    def has(self, measure: str) -> bool:
        """Return whether the runs have a measure."""
        return any(column.measure == measure for column in self.study.nights.columns)

    # --- what things are called ---------------------------------------------------------------------------------------

    def requirement(self, own: str) -> str:
        """Return what a requirement is called."""
        return requirement_name(self.scenario, own, self.plans[own], self.words)

    def asked(self, own: str) -> str:
        """Return a requirement with its limit."""
        return self.words("study.asked", name=self.requirement(own), limit=limit(self.plans[own], self.words))

    def place(self, label: str) -> str:
        """Return a place as it may be shown."""
        return self.words.label(label, self.scenario.county.levels)

    def level(self, level_id: str) -> str:
        """Return the name of the places of a level."""
        own = next(level for level in self.scenario.county.levels if level.id == level_id)
        return self.words.level(own, many=True)

    def step(self, step: str) -> str:
        """Return the name of a step; of none, nothing."""
        return self.words(f"step.{step}") if step else ""

    # --- how numbers are told -----------------------------------------------------------------------------------------

    def in_runs(self, low: float, high: float) -> dict[str, str]:
        """Return an interval of a probability in runs, outwards to whole ones."""
        n = self.study.count
        return {"low": f"{math.floor(low * n + _SLACK)}", "high": f"{math.ceil(high * n - _SLACK)}"}

    def counted(self, met: int, low: float, high: float) -> str:
        """Return so many of the runs, with the interval."""
        return self.words("study.cell.runs", met=met, **self.in_runs(low, high))

    def late(self, own: str, level: str) -> pd.DataFrame:
        """Return the places of a level by how often they missed a requirement, the most frequent first."""
        return self.every_late[(self.every_late["target_id"] == own) & (self.every_late["level"] == level)]

    @cached_property
    def every_late(self) -> pd.DataFrame:
        """Return the places of every requirement in the order of the scenario, with the number of runs in which each was ``late``."""
        rows, rank = self.tables["late"], {own: rank for rank, own in enumerate(self.plans)}
        return rows.assign(
            late=(rows["p_late"] * self.study.count).round().astype(int),
            rank=rows["target_id"].map(rank),
        ).sort_values("rank", kind="stable")

    # --- tables of the workbook ---------------------------------------------------------------------------------------

    def readable(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return a table with requirements, levels, steps, verdicts and places in words."""
        shown = frame.copy()
        if "target_id" in shown:
            shown["name"] = shown["target_id"].map({own: self.asked(own) for own in self.plans})
        if "level" in shown:
            shown["level"] = [self.level(level) for level in shown["level"]]
        for name in {"label", "worst_label"} & set(shown.columns):
            shown[name] = [self.place(label) for label in shown[name]]
        for name in {"step", "main_step"} & set(shown.columns):
            shown[name] = [self.step(step) for step in shown[name]]
        return shown

    def numbers(
        self, frame: pd.DataFrame, columns: Sequence[tuple[str, Kind]], *, title: str = "", **headings: str
    ) -> Table:
        """Return some columns of a table for the workbook, each with its kind; ``headings`` take the place of ``study.col.<column>``."""
        fields = tuple(Field(headings.get(name) or self.words(f"study.col.{name}"), kind) for name, kind in columns)
        shown = self.readable(frame)[[name for name, _ in columns]]
        return Table(fields, [tuple(map(_value, row)) for row in shown.itertuples(index=False)], title)


def _value(cell: object) -> Value:
    """Return a cell as a spreadsheet takes it; null is an empty one."""
    plain: object = cell.item() if isinstance(cell, np.generic) else cell
    return None if pd.isna(plain) else plain  # type: ignore[return-value,call-overload]
