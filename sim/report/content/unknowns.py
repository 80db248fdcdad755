"""What is not known of a scenario, in words."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.scenario.uncertain import Plans, UncertainPlan, stated


def unknown_name(path: str, own: UncertainPlan, words: Words) -> str:
    """Return what a number that is not known is of: as the planner calls it, else its place in the scenario."""
    return own.title if own.title and words.language == "zh" else words.key(path)


def likelier(path: str, plans: Plans, words: Words) -> str:
    """Return which values of a range are likelier, and with which other numbers this one rises and falls; empty where all are alike."""
    said, own = [], plans[path]
    if own.shape is not None:
        name, law = own.shape.law
        said.append(words(f"unknown.{name}", **law.parameters))
    for other, rank in own.rank_correlation.items():
        key = "unknown.together" if rank > 0 else "unknown.opposed"
        said.append(words(key, name=unknown_name(other, plans[other], words), rank=f"{rank:.2g}"))
    return words.run_on(said)


def unknowns(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield each number that is not known: what the scenario states, its range, and where that comes from."""
    plans = scenario.plan.uncertain
    now = stated(plans, scenario.written) if plans else {}
    for path, own in plans.items():
        low, high = own.range
        name = unknown_name(path, own, words)
        said = words("explain.unknown", name=name, stated=now[path], low=low, high=high)
        yield words.run_on([said, likelier(path, plans, words), own.source or ""])
