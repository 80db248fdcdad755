"""A night in a few sentences: requirements and call targets, households warned, listed persons left."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from sim.measures import by
from sim.records import Night
from sim.report.scope import Scope
from sim.report.verdicts import Verdict, of_kind
from sim.report.words import Words
from sim.scenario import Scenario

_MINUTES = 60


def in_short(scenario: Scenario, night: Night, scope: Scope, verdicts: list[Verdict], words: Words) -> str:
    """Return the night of ``scope`` in short; the requirements are those of the whole county."""
    said = [*_requirements(scope, verdicts, words), _warned(night, scope, words)]
    homes = scenario.county.households
    listed = scope.inside & homes.listed
    if listed.any():
        never = listed & np.isinf(night.households.warned_min)
        said.append(
            words(
                "summary.listed",
                p=words.number(int(homes.persons[never].sum())),
                all=words.number(int(homes.persons[listed].sum())),
            )
        )
    return (" " if words.language == "en" else "").join(said)


def _requirements(scope: Scope, verdicts: list[Verdict], words: Words) -> list[str]:
    targets, calls = of_kind(verdicts, "target"), of_kind(verdicts, "call")
    said = [] if targets else [words("no_targets")]
    judged = [verdict for verdict in targets if verdict.state != "nobody"]
    if judged:
        said.append(words("summary.targets" if scope.whole else "summary.targets_county", **_states(judged)))
    if called := [verdict for verdict in calls if verdict.state != "nobody"]:
        unsure = sum(verdict.open_status for verdict in called)
        said.append(words("summary.calls", open=unsure, **_states(called)))
    if nobody := sum(verdict.state == "nobody" for verdict in verdicts):
        said.append(words("summary.nobody", n=nobody))
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
