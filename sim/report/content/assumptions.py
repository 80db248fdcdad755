"""Every number and rule of the scenario that states its source, with what it is about in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.report.content.acts import act_names
from sim.report.content.evacuation import trigger_name
from sim.report.content.notices import is_cut, source_text
from sim.report.content.verdicts import titles
from sim.report.words.language import Words
from sim.scenario import Scenario


@dataclass(frozen=True)
class Assumption:
    """One number or rule of the scenario: what it is, its key, where it comes from, where that holds, how sure it is."""

    what: str
    key: str
    source: str
    applies_to: str
    status: str
    omitted: bool


def assumptions(scenario: Scenario, words: Words) -> list[Assumption]:
    """Return every assumption of the scenario in words; ``omitted`` where its source is quoted only in part."""
    names = dict(_names(scenario, words))
    return [
        Assumption(
            what=names.get(item.key) or words.key(item.key),
            key=item.key,
            source=source_text(item.source, words),
            applies_to=words.applies_to(item.applies_to),
            status=words(f"status.{item.status}") if item.status else words("status.none"),
            omitted=is_cut(item.source),
        )
        for item in scenario.assumptions
    ]


def _names(scenario: Scenario, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the keys whose last part is the planner's own, with what people call it."""
    plan = scenario.plan
    yield "", words("key.whole")
    for (block, own), title in titles(scenario, words).items():
        idle = words("paren", text=words("not_applicable")) if _idle(block, own, scenario) else ""
        yield f"{block}.{own}", _joined(words, words.key(block), title + idle)
    names = act_names(scenario, words)
    for block, acts in (("warnings", plan.warnings), ("response", plan.response), ("orders", plan.orders)):
        yield from ((f"{block}.{act.id}", names[act.id]) for act in acts)
    for own, trigger in (plan.evacuation.triggers if plan.evacuation is not None else {}).items():
        name = _joined(words, words.key("evacuation.triggers"), trigger_name(own, trigger, words))
        yield f"evacuation.triggers.{own}", name
    for own, law in (plan.hazard.onset.laws if plan.hazard.onset is not None else {}).items():
        zones = words.listed(law.kinds) or words("key.any_zone")
        yield f"hazard.onset.laws.{own}", _joined(words, words.key("hazard.onset"), zones)
    for own, failure in (plan.outages.failures if plan.outages is not None else {}).items():
        where = words("paren", text=words("failure.where_hit" if failure.with_flood else "failure.where_any"))
        yield f"outages.failures.{own}", _joined(words, words.key("outages"), words(f"failing.{failure.what}") + where)
    for caller in plan.roster.departments:
        yield f"roster.departments.{caller.id}", _joined(words, words.key("departments"), words.caller(caller))
    for neighbour in plan.roster.neighbour_counties:
        said = _joined(words, words.key("neighbour_counties"), words.caller(neighbour))
        yield f"roster.neighbour_counties.{neighbour.id}", said


def _joined(words: Words, *parts: str) -> str:
    return words("key_joint").join(parts)


def _idle(block: str, own: str, scenario: Scenario) -> bool:
    """Return whether a call target is about no act of the scenario."""
    plan = scenario.plan
    return block == "call_targets" and not any(
        target.applies(act) for target in plan.call_targets if target.id == own for act in plan.acts
    )
