"""Weak links (薄弱环节) of the calls, by post and means and without names: who did not answer, where no call went through."""

from __future__ import annotations

from collections import Counter

from sim.records import Event, Night
from sim.report.content.grid import Column, Grid
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import Scenario

_MOST = 12
_COLUMN_OF = {
    "answered": "calls_answered",
    "replied": "calls_answered",
    "no_answer": "calls_silent",
    "no_reply": "calls_silent",
    "not_found": "calls_silent",
    "busy": "calls_busy",
    "no_service": "calls_lost",
    "cut_off": "calls_lost",
    "no_way": "calls_lost",
}
"""What each attempt came to, by the column that counts it."""
_COUNTED = ("calls_answered", "calls_silent", "calls_busy", "calls_lost")


def weak_links(scenario: Scenario, night: Night, scope: Scope, words: Words) -> Grid:
    """Return the attempts to call each post by each means, of which few or many came to nothing; the most fruitless first."""
    shown, posts = scope.places(scenario), scenario.plan.roster.posts
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for event in night.events:
        if event.event == "call" and event.act in _COLUMN_OF and shown[event.place] and event.actor_post:
            link = (
                _whom(event, scenario, words),
                words.post(event.actor_post, posts),
                words(f"channel.{event.channel}"),
            )
            counts.setdefault(link, Counter())[_COLUMN_OF[event.act]] += 1
    failed = {link: own.total() - own["calls_answered"] for link, own in counts.items()}
    weakest = sorted((link for link in counts if failed[link]), key=lambda link: (-failed[link], link))
    rows = tuple(
        (*link, *(words.number(n) for n in (counts[link].total(), *(counts[link][key] for key in _COUNTED))))
        for link in weakest[:_MOST]
    )
    notes = [words("weak.note")]
    if len(weakest) > _MOST:
        notes.append(words("weak.most", n=_MOST, of=len(weakest)))
    columns = (
        Column("called"),
        Column("called_post"),
        Column("channel", "w"),
        *(Column(key, "n") for key in ("calls", *_COUNTED)),
    )
    return Grid(words("head.weak"), tuple(notes), columns, rows).headed(words)


def _whom(event: Event, scenario: Scenario, words: Words) -> str:
    """Return who was called: desks of a level, key sites, or responsible persons."""
    if event.detail == "responsible":
        return words("whom.responsible")
    county = scenario.county
    if event.detail:
        return words("whom.key_site")
    return words.level(county.levels[int(county.places.level[event.place])])
