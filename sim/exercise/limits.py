"""The requirements that bear on an exercise, exactly as the scenario has them, and the moments that evaluators write down for them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import numpy as np

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.kit import KeyTime, Limit, Role
from sim.exercise.wording import fill, term
from sim.measures import TargetResult
from sim.measures.coverage import NANOMINUTE


def concerning(drill: Drill) -> list[TargetResult]:
    """Return the requirements that those who take part can keep or miss: of somebody in their place, at their level or below."""
    return [result for result in drill.judged if _concerns(drill, result)]


def limits(drill: Drill) -> tuple[Limit, ...]:
    """Return the lines of the evaluators' forms."""
    found = []
    for result in concerning(drill):
        plan = result.plan
        found.append(
            Limit(
                requirement=result.id,
                name=plan.name,
                responsible=answerable(drill, result),
                since=since_of(result),
                act=result.act or "",
                event=result.event,
                of_whom=result.of_whom,
                within_min=plan.within_min,
                share=plan.share,
                source=plan.source,
                applies_to=plan.applies_to,
                status=plan.status,
            )
        )
    return tuple(found)


def since_of(result: TargetResult) -> str:
    """Return what the minutes of a requirement count from: ``t0``, the ``release`` of the headline warning, or that of an ``act``."""
    return "act" if result.since == "release" and result.act is not None else result.since


def bearing(drill: Drill, event: str, of_whom: str, act: str) -> TargetResult | None:
    """Return the requirement that something bears on, the tightest of several: of this event, of them, and of this act or the headline."""
    headline = act in drill.scenario.plan.headline or not act
    those = [
        result
        for result in concerning(drill)
        if (result.event, result.of_whom) == (event, of_whom)
        and (result.act == act or (result.act is None and headline))
    ]
    return min(those, key=lambda one: one.plan.within_min, default=None)


def answerable(drill: Drill, result: TargetResult) -> Role:
    """Return the seat that answers for a requirement: at the desk that takes part, who takes reports or who has others called."""
    own = drill.seats.own[0]
    return drill.seats.deputy(own) if result.event == "reported" else own


def key_times(drill: Drill, told: AbstractSet[str]) -> tuple[KeyTime, ...]:
    """Return the moments to write down: each release that is ``told``, and for each requirement when it was reached in each place with a seat.

    A release that nobody at the table is told of cannot be written down: what counts from it does so as planned.
    """
    return (*_releases(drill, told), *(one for result in concerning(drill) for one in _reached(drill, result)))


def _releases(drill: Drill, told: AbstractSet[str]) -> Iterator[KeyTime]:
    to = drill.seats.own[0]
    for act in drill.night.acts:
        if act.id in told:
            name = fill(_RELEASED, act=drill.act(act.id))
            own = None if math.isinf(act.released_min) else act.released_min
            yield KeyTime(f"release|{act.id}", name, "", "release", act.id, 0, to, None, None, own)


def _reached(drill: Drill, result: TargetResult) -> Iterator[KeyTime]:
    since_min = result.since_min if math.isfinite(result.since_min) else None
    plan, did = result.plan, term(f"event.{result.event}")
    for place in _asked_of(drill, result):
        took = math.inf
        if drill.key_site is not None:
            own = drill.acts[result.act or ""].calls if result.act in drill.acts else None
            row = len(drill.scenario.county.places) + drill.key_site
            took = float(own.acknowledged_min[row]) - result.since_min if own is not None else math.inf
        elif len(result.times_min):
            inside = drill.scenario.county.below(np.array([place]))
            (took,) = result.value_min_of(np.where(inside, 0, -1), 1).tolist()
            if math.isnan(took):
                continue  # it speaks of nobody there
        name = fill(_DID, place=drill.label(place), whom=Text(plan.name, plan.name), did=did)
        at_min = result.since_min + took
        seat = drill.seats.own[0] if drill.key_site is not None else drill.seats.over(place)
        yield KeyTime(
            f"{result.id}|{drill.names.code[place]}",
            name,
            result.id,
            result.event,
            result.act or "",
            place,
            seat,
            since_min,
            plan.within_min,
            at_min if math.isfinite(at_min) and at_min <= drill.night.end_min + NANOMINUTE else None,
        )


_RELEASED = Text("{act}：发布", "{act}: released")
_DID = Text("{place}：{did}（{whom}）", "{place}: {did} ({whom})")


def _asked_of(drill: Drill, result: TargetResult) -> list[int]:
    """Return in which places it is asked when a requirement was reached: those with a seat of its level, else the place that takes part."""
    county = drill.scenario.county
    level = county.level_index(result.of_whom)
    if drill.key_site is not None:
        return [drill.place]
    own = [place for place in drill.seats.places if county.places.level[place] == level]
    if level is None and drill.place not in own:
        own = [drill.place, *own]
    return own or [drill.place]


def _concerns(drill: Drill, result: TargetResult) -> bool:
    if not result.simulated:
        return False
    county, level = drill.scenario.county, drill.scenario.county.level_index(result.of_whom)
    if drill.key_site is not None:
        return result.of_whom == "key_site" and bool((result.place == drill.place).any())
    if level is not None and level < county.places.level[drill.place]:
        return False
    return bool(drill.inside[result.place].any())
