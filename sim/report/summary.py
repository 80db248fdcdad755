"""A night in a few sentences: requirements and call targets, households warned, listed persons left."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from sim.measures import by, told_of_anything
from sim.records import Night
from sim.report.scope import Scope
from sim.report.verdicts import Verdict, of_kind
from sim.report.words import Words
from sim.scenario import Scenario

_MINUTES = 60
_NOT_JUDGED = ("nobody", "cut")


def in_short(scenario: Scenario, night: Night, scope: Scope, verdicts: list[Verdict], words: Words) -> str:
    """Return the night of ``scope`` in short; the requirements are those of the whole county."""
    said = [*_requirements(scope, verdicts, words), _warned(night, scope, words)]
    homes = scenario.county.households
    listed = scope.inside & homes.listed
    if listed.any():
        never = listed & ~told_of_anything(night)
        said.append(
            words(
                "summary.listed" if never.any() else "summary.listed_all",
                p=words.number(int(homes.persons[never].sum())),
                all=words.number(int(homes.persons[listed].sum())),
            )
        )
    return (" " if words.language == "en" else "").join(said)


def _requirements(scope: Scope, verdicts: list[Verdict], words: Words) -> list[str]:
    targets, calls = of_kind(verdicts, "target"), of_kind(verdicts, "call")
    said = [] if targets else [words("no_targets")]
    judged = [verdict for verdict in targets if verdict.state not in _NOT_JUDGED]
    if judged:
        said.append(words("summary.targets" if scope.whole else "summary.targets_county", **_states(judged)))
    if called := [verdict for verdict in calls if verdict.state not in _NOT_JUDGED]:
        unsure = sum(verdict.open_status for verdict in called)
        said.append(words("summary.calls", open=unsure, **_states(called)))
    open_ = {state: sum(verdict.state == state for verdict in verdicts) for state in _NOT_JUDGED}
    said += [words(f"summary.{state}", n=n) for state, n in open_.items() if n]
    return said


def _states(judged: list[Verdict]) -> dict[str, int]:
    """Return how many were judged, met, late and not completed."""
    states = Counter(verdict.state for verdict in judged)
    return {"n": len(judged), "a": states["met"], "b": states["late"], "c": states["undone"]}


def _warned(night: Night, scope: Scope, words: Words) -> str:
    if not math.isfinite(night.release_min):
        return words("summary.unreleased", end=words.clock(night.start, night.end_min))
    warned = night.households.warned_min[scope.inside]
    told = int(np.sum(by(warned, night.release_min + _MINUTES)))
    return words(
        "summary.told",
        clock=words.clock(night.start, night.release_min),
        h=words.count("household", told),
        share=words.percent(told / len(warned) if len(warned) else math.nan),
    )
