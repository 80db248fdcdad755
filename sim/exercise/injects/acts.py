"""Injects from what the county decides: identified, consulted, released, lowered or lifted.

Where the county does not take part nobody is told of a release as it happens: a desk below hears of it when it is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.moments import EVENTS
from sim.exercise.wording import fill, listed, means_title, term

_FALLING = frozenset({"downgrade", "lift", "lower", "end"})
_BY_MEANS = Text("发布手段：{means}", "by {means}")
_AMONG_OTHERS = Text("发布手段：{means}等{n}种", "by {means} and others, {n} in all")
_NAMED = 4
"""So many means are named; nobody reads out fifteen."""
_BY_CALLS = Text("由值班室逐级叫应", "called down the duty rooms")


def of_acts(drill: Drill) -> Iterator[Candidate]:
    """Yield what is told of decisions: where the county itself takes part all of them, else what is lowered or lifted."""
    county_plays = drill.size == "county"
    to = drill.seats.own[0]
    for n, event in enumerate(drill.night.events):
        if event.event == "hazard" and county_plays:
            hazard = term(f"hazard.{drill.scenario.plan.hazard.kind}")
            yield Candidate("identified", event.t_min, EVENTS, n, 0, to, {"hazard": hazard})
        plan = drill.plans.get(event.act_id)
        if plan is None or event.event not in {"warning", "response", "order"}:
            continue
        base = Candidate("consulted", event.t_min, EVENTS, n, 0, to, story=event.act_id)
        base = replace(base, weight=_weight(drill, event.act_id))
        if event.act == "consulted" and county_plays:
            yield replace(base, to=drill.seats.leader(to), values={"act": drill.act(event.act_id)})
        elif event.act == "released":
            falling = getattr(plan, "change", "") in _FALLING
            if not (falling or county_plays):
                continue
            theme = "lifted" if falling else "released"
            values = {"news": drill.news(event.act_id), "means": _by(drill.scenario.plan.means_of(plan))}
            yield replace(base, theme=theme, values=values)


def _by(means: Sequence[str]) -> Text:
    """Return by which means something was released."""
    if not means:
        return _BY_CALLS
    some = _BY_MEANS if len(means) <= _NAMED else _AMONG_OTHERS
    return fill(some, means=listed([means_title(one) for one in means[:_NAMED]]), n=len(means))


def _weight(drill: Drill, act_id: str) -> float:
    """Return how much an act matters: the headline warning first, then orders to leave."""
    return 2.0 * (act_id in drill.scenario.plan.headline) + (drill.acts[act_id].kind == "order")
