"""The acts of a night in words: what each is called, and what became of it in the place a page is about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from sim.measures import time_to_share
from sim.records import CAUSES, ActRecords, Night
from sim.report.content.grid import Column, Grid
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import ActPlan, Scenario, addressed, described

LOCAL = "local"
_JUDGED_ONLY = ("households", "listed_households")  # told by the means of the act, called by nobody
_OVERVIEW = (
    Column("act"),
    Column("issuer"),
    Column("released", "w"),
    Column("means"),
)
_RESULTS = (
    Column("act"),
    Column("released", "w"),
    Column("answered_places"),
    Column("causes"),
    Column("last_answer", "w"),
    Column("told", "n"),
    Column("confirmed", "n"),
    Column("half_told", "w"),
)


def act_names(scenario: Scenario, words: Words) -> Mapping[str, str]:
    """Return what each act of a scenario is called, by id; acts of one name carry their ids too."""
    names = {act.id: _name(act, words) for act in scenario.plan.acts}
    times = Counter(names.values())
    names = {own: words("act.same", name=name, id=own) if times[name] > 1 else name for own, name in names.items()}
    return names | {LOCAL: words("act.local")}


def _name(act: ActPlan, words: Words) -> str:
    kind, level, lead = described(act)
    if kind == "order":
        return words("act.order", level=words(f"order.{level}"))
    ahead = words("paren", text=words(f"lead.{lead}")) if lead else ""
    return words(f"act.{getattr(act, 'change', '')}", level=words(f"{kind}.{level}"), lead=ahead)


def has_several_warnings(scenario: Scenario) -> bool:
    """Return whether a reader must be told which warning a number is about."""
    return len(scenario.plan.warnings) > 1


def headline(scenario: Scenario, words: Words) -> str:
    """Return what the warning of the main results is called in a sentence: by its level where there are several warnings."""
    plan = scenario.plan
    if not has_several_warnings(scenario):
        return words("one_warning")
    levels = dict.fromkeys(warning.level for warning in plan.warnings if warning.id in plan.headline)
    return words.listed(words(f"warning.{level}") for level in levels)


def first_headline(scenario: Scenario, night: Night) -> ActRecords:
    """Return the warning whose release the main results count from."""
    return min((act for act in night.acts if act.id in scenario.plan.headline), key=lambda act: act.released_min)


def released_headline(scenario: Scenario, night: Night, words: Words) -> str:
    """Return what is called the warning whose release the main results count from, as ``headline`` does."""
    if not has_several_warnings(scenario):
        return words("one_warning")
    return words(f"warning.{first_headline(scenario, night).level}")


def named(key: str, scenario: Scenario, words: Words, **values: object) -> str:
    """Return a text about the warning of the main results; it names that warning where there are several."""
    if not has_several_warnings(scenario):
        return words(key, **values)
    return words(f"named.{key}", warning=headline(scenario, words), **values)


def lifted_min(scenario: Scenario, night: Night) -> float:
    """Return when the warning of the main results was lifted, so that nobody is told of it any more; ``inf`` if never."""
    first, plans = first_headline(scenario, night), {warning.id: warning for warning in scenario.plan.warnings}
    about = addressed(plans[first.id], scenario.county)
    return min(
        (
            act.released_min
            for act in night.acts
            if act.id in plans and plans[act.id].change == "lift" and act.released_min > first.released_min
            if not (about & ~addressed(plans[act.id], scenario.county)).any()
        ),
        default=math.inf,
    )


def overview(scenario: Scenario, night: Night, words: Words) -> Grid:
    """Return every act in order of release: by whom, released when, by which means."""
    names = act_names(scenario, words)
    plans = {act.id: act for act in scenario.plan.acts}
    rows = []
    for act in _by_release(night):
        own = plans.get(act.id)
        if own is not None:
            rows.append((names[act.id], own.signed_by, _released(night, act, words), told_by(scenario, own, words)))
        elif scenario.plan.local is not None:
            means = scenario.plan.local.means
            rows.append((names[act.id], words("none"), words("needs_no_release"), words.means(means)))
    return Grid(words("head.acts"), (), _OVERVIEW, tuple(rows)).headed(words)


def told_by(scenario: Scenario, act: ActPlan, words: Words) -> str:
    """Return the means of an act; where it has none, whether at least somebody is called."""
    means = scenario.plan.means_of(act)
    called = any(target.applies(act) and target.whom not in _JUDGED_ONLY for target in scenario.plan.call_targets)
    return words.means(means) if means or called else words("no_means_no_calls")


def results(scenario: Scenario, night: Night, scope: Scope, words: Words) -> Grid:
    """Return, act by act, how many places of the scope answered and how many of its households were told and confirmed."""
    names = act_names(scenario, words)
    rows = tuple(
        (
            names[act.id],
            _clock(night, act.released_min, words, "none" if act.kind == LOCAL else "not_released"),
            words.listed(_answered(scenario, act, scope, words)) or words("none"),
            words.listed(_causes(scenario, act, scope, words)) or words("none"),
            _last_answer(scenario, night, act, scope, words),
            *_households(scenario, night, act, scope, words),
        )
        for act in _by_release(night)
    )
    return Grid(words("head.act_results"), (words("acts.note"),), _RESULTS, rows).headed(words)


def knew_from_below(night: Night) -> NDArray[np.float64]:
    """Return when each place knew of a warning that started below, by a call or by itself, minutes after T0; shape (places,)."""
    size = len(night.places.acknowledged_min)
    knew = [act.calls.acknowledged_min[:size] for act in night.acts if act.kind == LOCAL]
    first: NDArray[np.float64] = np.min([np.full(size, np.inf), *knew], axis=0)
    return first


def _by_release(night: Night) -> list[ActRecords]:
    """Return the acts in order of release, those never released behind them, warnings that start below last."""
    return sorted(night.acts, key=lambda act: (act.kind == LOCAL, act.released_min))


def _clock(night: Night, minutes: float, words: Words, never: str) -> str:
    return words.clock(night.start, minutes) if math.isfinite(minutes) else words(never)


def _moment(night: Night, act: ActRecords, minutes: float, words: Words, never: str) -> str:
    """Return a moment after the release of an act as every other table tells it; of warnings from below, the clock."""
    if act.kind == LOCAL or not math.isfinite(minutes):
        return _clock(night, minutes, words, never)
    return words.moment(night, minutes, "cell", since_min=act.released_min)


def _released(night: Night, act: ActRecords, words: Words) -> str:
    return words.moment(night, act.released_min, "from_t0", since_min=0.0, never="not_released")


def _answered(scenario: Scenario, act: ActRecords, scope: Scope, words: Words) -> Iterator[str]:
    """Yield, level by level as far as anybody answered, so many of those addressed; of warnings from below, so many."""
    county = scenario.county
    plan = next((plan for plan in scenario.plan.acts if plan.id == act.id), None)
    whom = scope.places(scenario)
    if plan is not None:
        whom &= addressed(plan, county)
    answered = np.isfinite(act.calls.acknowledged_min[: len(whom)])
    for number, level in enumerate(county.levels):
        here = whom & (county.places.level == number)
        if number and (done := int((here & answered).sum())):
            of = words("out_of", all=words.number(int(here.sum()))) if plan is not None else ""
            yield words("level_count", level=words.level(level, many=True), n=words.number(done), of=of)


def _last_answer(scenario: Scenario, night: Night, act: ActRecords, scope: Scope, words: Words) -> str:
    times = act.calls.acknowledged_min[_below_county(scenario, scope)]
    return _moment(night, act, float(np.max(times[np.isfinite(times)], initial=-math.inf)), words, "none")


def _causes(scenario: Scenario, act: ActRecords, scope: Scope, words: Words) -> Iterator[str]:
    """Yield by which ways the places that answered came to know, and how many by each."""
    cause = act.calls.cause[_below_county(scenario, scope)]
    for code, name in enumerate(CAUSES):
        if n := int((cause == code).sum()):
            yield words("cause_count", cause=words(f"cause.{name}"), n=words.number(n))


def _below_county(scenario: Scenario, scope: Scope) -> NDArray[np.int64]:
    """Return the places of the scope without the county itself, where every act begins."""
    places = np.flatnonzero(scope.places(scenario))
    return places[places > 0]


def _can_confirm(scenario: Scenario, act: ActRecords) -> bool:
    """Return whether any means of an act gets an answer from the household itself."""
    plan = next((plan for plan in scenario.plan.acts if plan.id == act.id), None)
    own = scenario.plan.means_of(plan) if plan is not None else ()
    means = {*own, *act.reception.reached}
    return any(getattr(scenario.plan.channels, name).acknowledges for name in means)


def _households(scenario: Scenario, night: Night, act: ActRecords, scope: Scope, words: Words) -> tuple[str, str, str]:
    """Return how many were told, how many confirmed, and by when half of those addressed had been told."""
    reception, used = act.reception, bool(act.reception.reached)
    here = scope.inside[reception.rows]
    if not used or not here.any():
        return words("none"), words("none"), words("none")
    told, confirmed = reception.told_min[here], reception.confirmed_min[here]
    half = time_to_share(told, 0.5)
    return (
        words("out_of_households", n=words.number(int(np.isfinite(told).sum())), all=words.number(len(told))),
        words.number(int(np.isfinite(confirmed).sum())) if _can_confirm(scenario, act) else words("none"),
        _moment(night, act, half, words, "half_never"),
    )
