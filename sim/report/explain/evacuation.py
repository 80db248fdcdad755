"""Onset, evacuation and report-up of a scenario in plain words: what strikes when, who must leave on hearing what, who reports it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.report.content.evacuation import trigger_name
from sim.report.content.notices import source_text
from sim.report.content.outages import in_brackets
from sim.report.words.durations import in_words
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.scenario.acts import SEVERITY
from sim.scenario.evacuation import (
    EvacuationPlan,
    HelpersPlan,
    OnsetPlan,
    PersuasionPlan,
    ReinforcementPlan,
    TriggerPlan,
)

_KMH = 0.06  # metres per minute to kilometres per hour
_ORDERS = ("prepare", "move")


def onset(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield when and where the hazard strikes; nothing where it does not."""
    plan = scenario.plan.hazard.onset
    if plan is None or not (plan.laws or plan.stated):
        return
    yield words("explain.onset_drawn")
    for number, (own, law) in enumerate(plan.laws.items(), start=1):
        yield _law(number, own, law, scenario, words)
    if plan.stated:
        start = scenario.plan.start
        minutes = sorted(each.at_min for each in plan.stated)
        ends = list(dict.fromkeys(words.clock(start, at) for at in (minutes[0], minutes[-1])))
        clock = ends[0] if len(ends) == 1 else words("evacuation.from_to", first=ends[0], last=ends[1])
        yield words("explain.onset_stated", n=words.count("danger_area", len(plan.stated)), clock=clock)


def _law(number: int, own: str, law: OnsetPlan, scenario: Scenario, words: Words) -> str:
    zones, rain = scenario.county.zones, scenario.plan.hazard.rain
    candidates = zones["kind"].isin(law.kinds) if law.kinds else np.ones(len(zones), dtype=bool)
    return words(
        "explain.onset_law",
        number=number,
        own=own,
        n=words.count("danger_area", int(candidates.sum())),
        kinds=in_brackets(_zone_kinds(law.kinds, words), words),
        within=words("failure.with_flood") if law.with_flood else "",
        rain=words(f"rain.{rain}"),
        share=words.exact_percent(getattr(law.share, rain)),
        together=words("onset.together", share=words.exact_percent(law.together)) if law.together else "",
        since=words("onset.after_flood" if law.with_flood else "onset.after_t0"),
        at=in_words(law.at, words),
    )


def _zone_kinds(kinds: tuple[str, ...], words: Words) -> str:
    return words.listed(words.or_else(f"zone.{kind}", kind) for kind in kinds)


def alarms(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield at how many danger zones people act on an alarm of their own, and when."""
    local, zones = scenario.plan.local, scenario.county.zones
    for name, alarm in local.alarms.items() if local is not None else ():
        registered = zones["registered"].to_numpy(dtype=bool)
        about = registered & (zones["kind"].isin(alarm.zones).to_numpy() if alarm.zones else registered)
        yield words(
            "explain.alarm",
            alarm=words(f"cause.{name}"),
            n=words.count("zone", int(about.sum())),
            share=words.exact_percent(alarm.share),
            at=in_words(alarm.at, words),
        )


def moving(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield who must leave on hearing what, and how people get away; nothing where it is not simulated."""
    plan = scenario.plan.evacuation
    if plan is None:
        return
    yield words("explain.triggers")
    for number, (own, trigger) in enumerate(plan.triggers.items(), start=1):
        yield _trigger(number, own, trigger, words)
    yield from _deciding(plan, words)
    yield from _ways(plan, scenario, words)
    yield _helpers(plan.helpers, words)
    vehicles = plan.vehicles
    yield (
        words("explain.no_vehicles")
        if vehicles is None
        else words("explain.vehicles", n=vehicles.per_village, load=in_words(vehicles.load, words))
    )
    yield _shelters(plan, scenario, words)
    threatened = int((scenario.county.key_sites["zone"] >= 0).sum())
    if (sites := plan.key_sites) is not None and threatened:
        yield words(
            "explain.sites_move",
            n=words.count("key_site", threatened),
            prepare=in_words(sites.prepare, words),
            persons=words.count("person", sites.per_staff),
        )
    yield (
        words("explain.no_returns")
        if plan.returns is None
        else words(
            "explain.returns",
            share=words.exact_percent(plan.returns.share),
            after=in_words(plan.returns.after, words),
        )
    )
    yield _reinforcement(plan.reinforcement, words)
    if plan.relief is not None:
        every = words.length(plan.relief.every_min)
        yield words("explain.relief", ready=in_words(plan.relief.ready, words), every=every)


def _trigger(number: int, own: str, plan: TriggerPlan, words: Words) -> str:
    zones = _zone_kinds(plan.zones, words)
    return words(
        "explain.trigger",
        number=number,
        name=trigger_name(own, plan, words),
        on=words("or_joint").join(_heard(what, words) for what in plan.on),
        hours=words(f"trigger.{plan.hours}") if plan.hours != "any" else "",
        whom=words(f"trigger.{plan.whom}"),
        zones=words("trigger.zones", kinds=zones) if zones else "",
        point=words("trigger.point") if plan.reach == "point" else "",
        source=source_text(plan.source, words) if plan.source else words("status.none"),
        status=words(f"status.{plan.status}") if plan.status else words("status.none"),
    )


def _heard(what: str, words: Words) -> str:
    """Return what a trigger is on: the level of a warning or a response, an order, or what a local warning started with."""
    if what in SEVERITY:
        return words(f"warning.{what}")
    if what in _ORDERS:
        return words("act.order", level=words(f"order.{what}"))
    return words.or_else(f"on.{what}", words.or_else(f"response.{what}", what))


def _deciding(plan: EvacuationPlan, words: Words) -> Iterator[str]:
    decision = plan.decision
    yield words(
        "explain.deciding",
        seek=in_words(decision.seek, words),
        sources=decision.sources,
        decide=in_words(decision.decide, words),
        prepare=in_words(decision.prepare, words),
        night=words("deciding.night", factor=f"{decision.night:g}") if decision.night != 1 else "",
        needs=f"{decision.needs_help:g}",
        alerted=words.exact_percent(decision.alerted_factor),
    )
    yield words(
        "explain.refusing",
        refuses=words.exact_percent(decision.refuses),
        early=words.exact_percent(decision.early),
        persuasion=_persuasion(plan.persuasion, words),
    )


def _persuasion(plan: PersuasionPlan | None, words: Words) -> str:
    if plan is None:
        return words("explain.no_persuasion")
    return words(
        "explain.persuasion",
        after=in_words(plan.after, words),
        visit=in_words(plan.visit, words),
        persuaded=words.exact_percent(plan.persuaded),
        visits=words.count("try", plan.visits),
    )


def _ways(plan: EvacuationPlan, scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield how fast people walk and vehicles drive in this weather."""
    walking, driving, rain = plan.walking, plan.driving, scenario.plan.hazard.rain
    closed = walking.over_closed
    yield words(
        "explain.on_foot",
        speed=f"{walking.speed_m_per_min * _KMH:.3g}",
        slope=words.exact_percent(walking.slope),
        rain=words(f"rain.{rain}"),
        pace=f"{getattr(walking.pace, rain):g}",
        night=f"{walking.night:g}",
        elderly=f"{walking.elderly:g}",
        closed=words("foot.wait") if closed is None else words("foot.closed", factor=f"{closed:g}"),
    )
    yield words(
        "explain.driving",
        speed=f"{driving.speed_m_per_min * _KMH:.3g}",
        rain=words(f"rain.{rain}"),
        pace=f"{getattr(driving.pace, rain):g}",
    )


def _helpers(plan: HelpersPlan | None, words: Words) -> str:
    if plan is None:
        return words("explain.no_helpers")
    return words(
        "explain.helpers",
        n=words.count("person", plan.per_village),
        assemble=in_words(plan.assemble, words),
        door=words("helpers.door") if plan.door_teams else "",
        crew=words.count("person", plan.crew),
        house=in_words(plan.at_house, words),
        carry=f"{plan.carry:g}",
        fatigue=words.exact_percent(plan.fatigue),
    )


def _shelters(plan: EvacuationPlan, scenario: Scenario, words: Words) -> str:
    own, shelters = plan.shelters, scenario.county.shelters
    opened = shelters[shelters["kind"].isin(own.kinds)]
    return words(
        "explain.shelters",
        kinds=words.listed(words(f"shelter_kind.{kind}") for kind in own.kinds),
        n=words.count("shelter", len(opened)),
        capacity=words.count("person", int(opened["capacity"].sum())),
        unlimited=words("shelters.unlimited") if own.unlimited else "",
        check_in=words.length(own.check_in_min),
        metres=f"{own.to_safety_m:g}",
    )


def _reinforcement(plan: ReinforcementPlan | None, words: Words) -> str:
    if plan is None:
        return words("explain.no_reinforcement")
    return words(
        "explain.reinforcement",
        ask=words.length(plan.ask_after_min),
        teams=plan.township_teams,
        persons=words.count("person", plan.team),
        ready=in_words(plan.ready, words),
    )


def reporting(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield how villages report upward; nothing where it is not simulated."""
    plan = scenario.plan.report_up
    if plan is not None and scenario.plan.evacuation is not None:
        yield words(
            "explain.reporting",
            first=in_words(plan.first_after, words),
            every=words.length(plan.every_min),
            count=in_words(plan.count, words),
            again=words.length(plan.again_min),
        )
