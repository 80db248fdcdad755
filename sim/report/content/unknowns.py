"""What is not known of a scenario, in words."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.scenario.uncertain import UncertainPlan, stated


def unknown_name(path: str, own: UncertainPlan, words: Words) -> str:
    """Return what a number that is not known is of: as the planner calls it, else its place in the scenario."""
    return own.title if own.title and words.language == "zh" else words.key(path)


def unknowns(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield each number that is not known: what the scenario states, its range, and where that comes from."""
    plans = scenario.plan.uncertain
    now = stated(plans, scenario.resolved) if plans else {}
    for path, own in plans.items():
        low, high = own.range
        name = unknown_name(path, own, words)
        said = words("explain.unknown", name=name, stated=now[path], low=low, high=high)
        yield words.run_on([said, own.source or ""])
