"""The outages of a scenario in plain words: what fails, when and for how long, what keeps it alive, what people turn to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

import numpy as np
import pandas as pd

from sim.distributions import Fixed
from sim.measures import naming
from sim.report.content.outages import in_brackets, made_networks
from sim.report.words.durations import in_words
from sim.report.words.language import Words
from sim.roster.plan import FallbackPlan
from sim.scenario import Scenario
from sim.scenario.channels import SetPlan
from sim.scenario.outages import FloodPlan, GeneratorPlan, OutagePlan

_KMH = 0.06  # metres per minute to kilometres per hour
_SETS = ("radio_370", "mesh", "sat_phone", "beidou")


def outages(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield what fails, what keeps it alive, what people turn to; nothing where nothing is planned to fail."""
    plan = scenario.plan.outages
    if plan is None or not plan.failures:
        return
    yield words("explain.outages_drawn")
    if plan.flood is not None:
        yield _flood(plan.flood, scenario, words)
    for number, (own, failure) in enumerate(plan.failures.items(), start=1):
        yield _failure(number, own, failure, scenario, words)
    batteries = plan.batteries
    yield words(
        "explain.batteries",
        base=in_words(batteries.base, words),
        hub=in_words(batteries.hub, words),
        super=in_words(batteries.super, words),
        terminal=in_words(batteries.terminal, words),
        recharge=f"{batteries.recharge:g}",
    )
    yield _generators(plan.generators, words)
    yield from _fallback(scenario.plan.roster.fallback, scenario, words)
    yield from _own_trigger(scenario, words)
    if made := made_networks(scenario, words):
        yield words("outages.made", made=made)


def _flood(flood: FloodPlan, scenario: Scenario, words: Words) -> str:
    return words(
        "explain.flood",
        share=words.exact_percent(flood.share),
        at=in_words(flood.at, words),
        within=_within(flood.within, scenario, words),
    )


def _failure(number: int, own: str, failure: OutagePlan, scenario: Scenario, words: Words) -> str:
    kinds = words.listed(words(f"network_kind.{kind}") for kind in failure.kinds)
    together = words("failure.together", share=words.exact_percent(failure.together)) if failure.together else ""
    return words(
        "explain.failure",
        number=number,
        own=own,
        what=words(f"failing.{failure.what}"),
        kinds=in_brackets(kinds, words),
        n=words.number(candidates(failure, scenario)),
        within=_within(failure.within, scenario, words) + (words("failure.with_flood") if failure.with_flood else ""),
        share=words("failure.all" if failure.share == 1 else "failure.share", share=words.exact_percent(failure.share)),
        chance=together + (words("failure.by_exposure") if failure.by_exposure else ""),
        begins=_begins(failure, words),
        ends=_ends(failure, words),
    )


def candidates(failure: OutagePlan, scenario: Scenario) -> int:
    """Return how many things of the county a failure is about, by kind and code, wherever they are."""
    networks = scenario.county.networks
    sites = networks.sites
    second = sites[~sites["second"].isin(("", "satellite"))]
    tables: dict[str, tuple[pd.Series[str], pd.Series[str]]] = {
        "feeders": (networks.feeders["code"], pd.Series("", networks.feeders.index)),
        "substations": (
            substations := pd.Series(sorted(set(networks.feeders["substation"]) - {""}), dtype=str),
            pd.Series("", substations.index),
        ),
        "sites": (sites["code"], sites["kind"]),
        "links": (pd.concat([sites["code"], second["code"] + "/2"]), pd.concat([sites["backhaul"], second["second"]])),
        "roads": (networks.roads["code"], networks.roads["kind"]),
    }
    code, kind = tables[failure.what]
    chosen = np.ones(len(code), dtype=bool)
    if failure.which:
        chosen &= code.isin(failure.which).to_numpy()
    if failure.kinds:
        chosen &= kind.isin(failure.kinds).to_numpy()
    return int(chosen.sum())


def _within(codes: tuple[str, ...], scenario: Scenario, words: Words) -> str:
    """Return in which places alone something happens, named as they may be shown; empty for the whole county."""
    if not codes:
        return ""
    labels, county = naming(scenario).label, scenario.county
    return words(
        "failure.within", places=words.listed(words.label(labels[county.index[code]], county.levels) for code in codes)
    )


def _begins(failure: OutagePlan, words: Words) -> str:
    if isinstance(failure.begins, time):
        return words("failure.at_clock", clock=f"{failure.begins:%H:%M}")
    if failure.begins == Fixed(0.0):
        return words("failure.at_flood" if failure.with_flood else "failure.at_t0")
    return words(
        "failure.after_flood" if failure.with_flood else "failure.after_t0", law=in_words(failure.begins, words)
    )


def _ends(failure: OutagePlan, words: Words) -> str:
    if failure.until is not None:
        return words("failure.until", clock=f"{failure.until:%H:%M}")
    if failure.lasts is not None:
        return words("failure.lasts", law=in_words(failure.lasts, words))
    return words("failure.for_good")


def _generators(plan: GeneratorPlan | None, words: Words) -> str:
    if plan is None:
        return words("explain.no_generators")
    return words(
        "explain.generators",
        n=plan.count,
        served=words.exact_percent(plan.served),
        dispatch=in_words(plan.dispatch, words),
        setup=in_words(plan.setup, words),
        speed=f"{plan.speed_m_per_min * _KMH:.3g}",
    )


def _fallback(plan: FallbackPlan | None, scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield what a caller does who does not get through, how each set works and who holds it, and how a messenger gets on."""
    if plan is None:
        yield words("explain.no_fallback")
        return
    yield words(
        "explain.fallback",
        notice=in_words(plan.notice, words),
        means=words("then_joint").join(words(f"channel.{means}") for means in plan.means),
        every=words.length(plan.retry_every_min),
    )
    for device in plan.means:
        if device in _SETS and (own := getattr(scenario.plan.channels, device)) is not None:
            yield _set(device, own, scenario, words)
    courier = scenario.plan.channels.courier
    if courier is not None and "courier" in plan.means:
        foot = courier.foot
        yield (
            words("explain.no_foot")
            if foot is None
            else words(
                "explain.foot",
                speed=f"{foot.speed_m_per_min * _KMH:.3g}",
                pace=f"{getattr(foot.pace, scenario.plan.hazard.rain):g}",
                closed=f"{foot.over_closed:g}",
            )
        )


def _set(device: str, plan: SetPlan, scenario: Scenario, words: Words) -> str:
    """Return how one kind of set works and how many places of each level hold one, and can use it."""
    county = scenario.county
    held = county.networks.sets[county.networks.sets["device"] == device]
    level = np.array([county.places.level[county.index[code]] for code in held["place"]], dtype=np.int64)
    trained = held["trained"].to_numpy(dtype=bool)
    holders = words.listed(
        words("set.held", places=words.places(each, int((level == i).sum())), n=int(trained[level == i].sum()))
        for i, each in enumerate(county.levels)
        if (level == i).any()
    )
    return words(
        "explain.set",
        name=words(f"channel.{device}"),
        held=holders or words("set.nobody"),
        ready=in_words(plan.ready, words),
        works=words.exact_percent(plan.works),
        day=words.exact_percent(plan.answered[12]),
        night=words.exact_percent(plan.answered[2]),
        talk=in_words(plan.talk, words),
        reach=words("set.reach", km=f"{plan.reach_m / 1000:g}") if plan.reach_m is not None else "",
        charge=words("set.charge", law=in_words(plan.charge, words)) if plan.charge is not None else "",
    )


def _own_trigger(scenario: Scenario, words: Words) -> Iterator[str]:
    local = scenario.plan.local
    own = local.own_trigger if local is not None else None
    if own is None:
        yield words("explain.no_own_trigger")
    else:
        yield words("explain.own_trigger", share=words.exact_percent(own.share), after=in_words(own.after, words))
