"""A night in a few sentences: households warned, listed persons left, persons moved, villages cut off, requirements and call targets."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from sim.measures import by, told_of_anything
from sim.records import Night
from sim.report.content.acts import named, released_headline
from sim.report.content.evacuation import moved_in_one_sentence, warned_but_not_asked
from sim.report.content.outages import in_one_sentence
from sim.report.content.scope import Scope
from sim.report.content.verdicts import Verdict, of_kind
from sim.report.words.language import Words
from sim.scenario import Scenario

_MINUTES = 60
_NOT_JUDGED = ("nobody", "cut", "unsimulated")


def in_short(
    scenario: Scenario, night: Night, scope: Scope, where: str, verdicts: list[Verdict], words: Words
) -> tuple[str, ...]:
    """Return the night of ``scope`` in short, in paragraphs: who was warned, moved, cut off there; requirements of the whole county."""
    warned = [] if scope.whole else [words("summary.place", place=where)]
    warned.append(_warned(scenario, night, scope, words))
    homes, told = scenario.county.households, told_of_anything(night)
    listed = scope.inside & homes.listed
    if not listed.any() and homes.listed.any():
        warned.append(words("summary.listed_nobody"))
    if listed.any():
        never = listed & ~told
        warned.append(
            words(
                "summary.listed" if never.any() else "summary.listed_all",
                p=words.number(int(homes.persons[never].sum())),
                all=words.number(int(homes.persons[listed].sum())),
            )
        )
        if unasked := warned_but_not_asked(scenario, night, scope, told):
            warned.append(words("summary.unasked", n=words.count("person", unasked)))
    happened = (about(scenario, night, scope, words) for about in (moved_in_one_sentence, in_one_sentence))
    paragraphs = (warned, *([sentence] for sentence in happened if sentence), _requirements(scope, verdicts, words))
    return tuple(words.run_on(sentences) for sentences in paragraphs)


def _requirements(scope: Scope, verdicts: list[Verdict], words: Words) -> list[str]:
    """Return how many requirements, and call targets, were met, late, not completed; then those of the kind that were not judged."""
    said = [] if of_kind(verdicts, "target") else [words("no_targets")]
    for kind in ("target", "call"):
        own = of_kind(verdicts, kind)
        judged = [verdict for verdict in own if verdict.state not in _NOT_JUDGED]
        if judged:
            said.append(
                words(f"summary.{kind}s" if scope.whole else f"summary.{kind}s_county", **_states(kind, judged, words))
            )
        open_ = Counter(verdict.state for verdict in own if verdict.state in _NOT_JUDGED)
        said += [words(f"summary.{state}", n=words.count(kind, open_[state])) for state in _NOT_JUDGED if open_[state]]
    return said


def _states(kind: str, judged: list[Verdict], words: Words) -> dict[str, object]:
    """Return how many were judged, how many of these no document of the county asks for, and how many were met, late, not completed."""
    states = Counter(verdict.state for verdict in judged)
    unsure = sum(verdict.open_status for verdict in judged)
    return {
        "n": words.count(kind, len(judged)),
        "open": _unsure(unsure, len(judged), words),
        "a": states["met"],
        "b": states["late"],
        "c": states["undone"],
    }


def _unsure(unsure: int, judged: int, words: Words) -> str:
    """Return how many of those judged no document of the county asks for."""
    if not unsure:
        return ""
    return words("summary.open_all") if unsure == judged else words("summary.open", n=unsure)


def _warned(scenario: Scenario, night: Night, scope: Scope, words: Words) -> str:
    released = released_headline(scenario, night, words)
    if not math.isfinite(night.release_min):
        return words("summary.unreleased", released=released, end=words.clock(night.start, night.end_min))
    warned = night.households.warned_min[scope.inside]
    told = int(np.sum(by(warned, night.release_min + _MINUTES)))
    return named(
        "summary.told",
        scenario,
        words,
        released=released,
        clock=words.clock(night.start, night.release_min),
        h=words.count("household", told),
        share=words.percent(told / len(warned) if len(warned) else math.nan),
    )
