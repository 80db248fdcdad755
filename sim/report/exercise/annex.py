"""The annex of the plan for the players (预案附件): who calls whom, limits, contacts by post, routes to the shelters, the map."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from sim.exercise.kit import Route
from sim.report.content.grid import Column
from sim.report.exercise.about import About
from sim.report.exercise.evaluation import limit_row
from sim.report.exercise.form import ACROSS, UPRIGHT, FormPaper
from sim.roster import LadderPlan
from sim.scenario import described

_FLOW_PARTS = (3.4, 3.4, 10.6)
_LIMIT = ("number", "name", "responsible", "since", "within", "share", "source")
_LIMIT_PARTS = (0.9, 4.6, 3.0, 2.0, 1.6, 1.3, 4.0)
_CONTACT_PARTS = (1.0, 5.2, 5.4, 5.8)
_ROUTE = ("number", "zone", "households", "persons", "needs_help", "shelter", "capacity", "way", "path")
_ROUTE_PARTS = (1.1, 7.2, 1.5, 1.7, 1.6, 4.6, 1.5, 2.0, 5.5)
_ROUTE_CM = 0.75
_MOST_ROUTES = 60  # of a whole county there are hundreds


def write_annex(about: About, image: Path | None, path: Path) -> None:
    """Write the annex; ``image`` is the map, if one was drawn."""
    words, title = about.words, about.words("kit.paper.annex")
    paper = about.paper(title, UPRIGHT)
    about.begin(paper, title)
    paper.notes([words("kit.annex.own_plan")])
    paper.say(words("kit.annex.flow"), "Heading 1")
    _flow(about, paper)
    paper.say(words("kit.annex.limits"), "Heading 1")
    if about.kit.limits:
        columns = [Column(key, heading=words(f"kit.limit.{key}")) for key in _LIMIT]
        paper.form(columns, _limits(about), _LIMIT_PARTS)
    else:
        paper.say(words("kit.eval.no_limits"))
    paper.say(words("kit.annex.contacts"), "Heading 1")
    _contacts(about, paper)
    paper.turn(ACROSS)
    paper.say(words("kit.annex.routes"), "Heading 1")
    _routes(about, paper)
    if image is not None:
        paper.say(words("kit.paper.map"), "Heading 1")
        paper.picture(
            image, words("kit.paper.map"), words("document.caption", n=paper.numbered(), alt=words("kit.paper.map"))
        )
    paper.save(path, title, about.kit.schedule.start)


def _flow(about: About, paper: FormPaper) -> None:
    """Set who calls whom from level to level, and the ladder of each."""
    words, scenario = about.words, about.kit.scenario
    ladders, levels = scenario.plan.roster.ladders, scenario.county.levels
    rows = [
        (words.level(above), words.level(below), _ladder(about, ladders[below.id]))
        for above, below in pairwise(levels)
        if below.id in ladders
    ]
    rows.append((words.level(levels[-1]), words("kit.flow.households"), words("kit.flow.last")))
    columns = [Column(key, heading=words(f"kit.flow.{key}")) for key in ("from", "to", "ladder")]
    paper.notes([words("kit.flow.how")], kept=True)
    paper.form(columns, rows, _FLOW_PARTS)


def _limits(about: About) -> list[tuple[str, ...]]:
    """Return the requirements as the plan has them, each once: which acts the night has is not for the players to know."""
    words, plan = about.words, about.kit.scenario.plan
    kinds = {own.id: described(own)[0] for own in plan.acts}
    rows: dict[str, tuple[str, ...]] = {}
    for own in about.kit.limits:
        name, responsible, _, within, share, source, *_ = limit_row(about, own)
        since = about.since(own) if own.since != "act" else words(f"kit.since.{kinds[own.act]}")
        rows.setdefault(own.requirement.partition("@")[0], (name, responsible, since, within, share, source))
    return [(f"{n}", *row) for n, row in enumerate(rows.values(), start=1)]


def _ladder(about: About, ladder: LadderPlan) -> str:
    words, posts = about.words, about.kit.scenario.plan.roster.posts
    steps = [
        words(
            "kit.call.step",
            post=words.post(step.post, posts),
            by=words("callsheet.tries", by=words(f"channel.{step.channel}"), n=step.tries),
        )
        for step in ladder.steps
    ]
    return "\n".join(words("study.numbered", n=n, said=step) for n, step in enumerate(steps, start=1))


def _contacts(about: About, paper: FormPaper) -> None:
    words, contacts = about.words, about.kit.contacts
    if not contacts:
        paper.say(words("kit.annex.no_contacts"))
        return
    paper.notes([words("kit.contact.how")], kept=True)
    columns = [Column(key, heading=words(f"kit.contact.{key}")) for key in ("number", "desk", "post", "phone")]
    rows = [
        (f"{n}", words.label(own.label, about.kit.scenario.county.levels), about.said(own.title), own.phone)
        for n, own in enumerate(contacts, start=1)
    ]
    paper.form(columns, rows, _CONTACT_PARTS)


def _routes(about: About, paper: FormPaper) -> None:
    words, routes = about.words, about.kit.routes
    if not routes:
        paper.say(words("kit.annex.no_routes"))
        return
    left = len(routes) - _MOST_ROUTES
    more = [words("kit.route.more", n=_MOST_ROUTES, more=left)] if left > 0 else []
    made_up = [words("kit.route.synthetic")] if about.kit.scenario.synthetic else []
    paper.notes([words("kit.route.how"), *made_up, *more], kept=True)
    columns = [Column(key, heading=words(f"kit.route.{key}")) for key in _ROUTE]
    paper.form(
        columns,
        [(f"{n}", *_route(about, own)) for n, own in enumerate(routes[:_MOST_ROUTES], start=1)],
        _ROUTE_PARTS,
        high_cm=_ROUTE_CM,
    )


def _route(about: About, own: Route) -> tuple[str, ...]:
    words = about.words
    place = words.label(own.label, about.kit.scenario.county.levels)
    shelter = (
        words("kit.route.safe_place")
        if own.shelter < 0
        else words.label(own.shelter_label, about.kit.scenario.county.levels)
    )
    return (
        words("kit.route.zone_of", place=place, kind=own.kind),
        words.number(own.households),
        words.number(own.persons),
        words.number(own.needs_help),
        shelter,
        words("none") if own.capacity is None else words.number(own.capacity),
        words("none") if own.way_m is None else words("kit.route.metres", n=words.number(own.way_m)),
        "",
    )
