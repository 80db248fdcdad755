"""Injects from what the county decides: identified, consulted, released, lowered or lifted."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.moments import EVENTS
from sim.exercise.wording import fill, listed, means_title, term

_FALLING = frozenset({"downgrade", "lift", "lower", "end"})
_BY_MEANS = Text("发布手段：{means}", "by {means}")
_BY_CALLS = Text("由值班室逐级叫应", "called down the duty rooms")


def of_acts(drill: Drill) -> Iterator[Candidate]:
    """Yield what is told of decisions; consultations only where the county itself takes part."""
    county_plays = drill.size == "county"
    to = drill.seats.own[0]
    for n, event in enumerate(drill.night.events):
        if event.event == "hazard" and county_plays:
            hazard = term(f"hazard.{drill.scenario.plan.hazard.kind}")
            yield Candidate("identified", event.t_min, EVENTS, n, 0, to, {"hazard": hazard})
        plan = drill.plans.get(event.act_id)
        if plan is None or event.event not in {"warning", "response", "order"}:
            continue
        own = {"act": drill.act(event.act_id)}
        if event.act == "consulted" and county_plays:
            yield Candidate(
                "consulted", event.t_min, EVENTS, n, 0, drill.seats.leader(to), own, weight=_weight(drill, event.act_id)
            )
        elif event.act == "released":
            falling = getattr(plan, "change", "") in _FALLING
            means = drill.scenario.plan.means_of(plan)
            said = fill(_BY_MEANS, means=listed([means_title(one) for one in means])) if means else _BY_CALLS
            theme = "lifted" if falling else "released"
            yield Candidate(
                theme, event.t_min, EVENTS, n, 0, to, own | {"means": said}, weight=_weight(drill, event.act_id)
            )


def _weight(drill: Drill, act_id: str) -> float:
    """Return how much an act matters: the headline warning first, then orders to leave."""
    return 2.0 * (act_id in drill.scenario.plan.headline) + (drill.acts[act_id].kind == "order")
