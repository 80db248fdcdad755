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
    rows = [(*link, *_numbers(counts[link], words)) for link in weakest]
    if rows:
        rows.append((words("total"), "", "", *_numbers(sum((counts[link] for link in weakest), Counter()), words)))
    columns = (
        Column("called"),
        Column("called_post"),
        Column("channel", "w"),
        *(Column(key, "n") for key in ("calls", *_COUNTED)),
    )
    return Grid(words("head.weak"), (words("weak.note"),), columns, tuple(rows), most=_MOST).headed(words)


def _numbers(own: Counter[str], words: Words) -> list[str]:
    """Return how many attempts there were, and how many came to what."""
    return [words.number(n) for n in (own.total(), *(own[key] for key in _COUNTED))]


def _whom(event: Event, scenario: Scenario, words: Words) -> str:
    """Return who was called: desks of a level, from above or by those who report to them; key sites, or responsible persons."""
    if event.detail == "responsible":
        return words("whom.responsible")
    county = scenario.county
    if event.detail:
        return words("whom.key_site")
    level = county.places.level
    called = words.level(county.levels[int(level[event.place])])
    upward = event.counterpart >= 0 and level[event.place] < level[event.counterpart]
    return words("whom.upward", level=called) if upward else called
