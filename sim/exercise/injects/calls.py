"""Injects from calls: those that a seat receives, and what came of those that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.kit import Role
from sim.exercise.moments import EVENTS
from sim.exercise.wording import means_title, post_title, term
from sim.records import CAUSES, Event

_SETS = frozenset({"radio_370", "mesh", "sat_phone", "beidou", "neighbour_place"})
_MISSED = frozenset({"no_answer", "no_reply"})
_ANSWERED = frozenset({"answered", "replied"})
_BESIDE = frozenset({"department", "governance", "lateral", "neighbour_county"})
_THEMES = {
    "warning": "received_warning",
    "response": "received_response",
    "order": "received_order",
    "local": "received_local",
}
_TO_DESKS = {
    "task": Text("叫应所辖范围", "Call everybody in your area"),
    "then": Text("报告本单位负责人，按叫应递补顺序往下叫应", "tell whoever is in charge, call on down the ladder"),
    "first": Text("打出第一个叫应电话", "the first call below"),
}
_TO_HOUSEHOLDS = {
    "task": Text("逐户告知", "Tell every household"),
    "then": Text("逐户告知，应转移户在先，回报进展", "tell every household, those that must leave first, report back"),
    "first": Text("告知第一户", "the first household is told"),
}
"""What a desk does that has been called: those of the lowest level have nobody to call below them."""
_RESPONSIBLE = "responsible"
_GOES = Text("已出发", "has set out")
_FOUND = Text("已到达并找到人，对方应答", "has arrived and found somebody, who acknowledges")
_NOT_FOUND = Text("到达后未找到人", "has arrived and found nobody")
_NO_ANSWER, _NO_REPLY = Text("未接听", "no answer"), Text("未回复", "no reply")
_MESSENGER = {"set_out": _GOES, "answered": _FOUND, "not_found": _NOT_FOUND}


def of_calls(drill: Drill) -> Iterator[Candidate]:
    """Yield what is told of calls: to a desk or key site at the table, and by one."""
    posts_missed: dict[tuple[str, int, str], set[str]] = {}
    unreachable: set[tuple[str, int, str]] = set()
    level = drill.scenario.county.places.level
    for n, event in enumerate(drill.night.events):
        if event.event != "call" or not drill.inside[event.place]:
            continue
        if event.detail and event.detail != _RESPONSIBLE:
            yield from _at_site(drill, n, event)
        elif drill.key_site is None:
            yield from _received(drill, n, event)
            yield from _unreachable(drill, n, event, unreachable)
            caller = drill.seats.at(event.counterpart) if event.counterpart >= 0 else None
            if caller is not None and event.act_id in drill.acts and level[event.place] > level[event.counterpart]:
                yield from _made(drill, n, event, caller, posts_missed)


def _received(drill: Drill, n: int, event: Event) -> Iterator[Candidate]:
    """A desk at the table has answered: it is told what the caller has to say."""
    seat = drill.seats.at(event.place, event.actor_post)
    if event.act != "acknowledged" or event.detail or seat is None or event.act_id not in drill.acts:
        return
    act = drill.acts[event.act_id]
    channel, code = act.calls.channel[event.place], int(act.calls.cause[event.place])
    cause = CAUSES[code] if code >= 0 else "chain"
    base = Candidate("beside", event.t_min, EVENTS, n, event.place, seat, means=channel or "phone")
    base = replace(base, bears=("acknowledged", drill.level_id(event.place), event.act_id))
    if cause in _BESIDE:
        yield replace(base, values={"cause": term(f"cause.{cause}"), "news": drill.news(event.act_id)})
    elif event.counterpart >= 0:  # else it began by itself, and nobody called
        caller = _who_calls(drill, event)
        lowest = drill.scenario.county.places.level[event.place] == len(drill.scenario.county.levels) - 1
        values = {"caller": caller.title, "means": means_title(channel), "news": drill.news(event.act_id)}
        values |= _TO_HOUSEHOLDS if lowest else _TO_DESKS
        # the place that takes part comes first, and the warning that the exercise is about
        own = event.place == drill.place
        weight = 4.0 * own + 2.0 * (event.act_id in drill.scenario.plan.headline)
        story = event.act_id if own else ""
        yield replace(base, theme=_THEMES[act.kind], values=values, source=caller, weight=weight, story=story)


def _who_calls(drill: Drill, event: Event) -> Role:
    """Return who calls: at the desk that does the post that took the message, where it was called itself."""
    act = drill.acts.get(event.act_id)
    return drill.seats.speaker(event.counterpart, act.calls.acknowledged_by[event.counterpart] if act else "")


def _unreachable(drill: Drill, n: int, event: Event, told: set[tuple[str, int, str]]) -> Iterator[Candidate]:
    """A seat never hears its telephone for an act: it is told so once, on paper, and keeps out of it; another of its desk must act."""
    seat = drill.seats.at(event.place, event.actor_post)
    if event.act != "no_answer" or event.detail or event.act_id not in drill.acts:
        return
    own = (event.act_id, event.place, event.actor_post)
    if seat is None or seat.post != event.actor_post or own in told:
        return
    if drill.acts[event.act_id].calls.acknowledged_by[event.place] == event.actor_post:
        return  # it hears a later try
    told.add(own)
    values = {"post": post_title(drill.scenario, event.actor_post), "means": means_title(event.channel)}
    bears = ("acknowledged", drill.level_id(event.place), event.act_id)
    weight = 2.0 * (event.place == drill.place)
    must_act = drill.seats.next_to(seat)
    yield Candidate(
        "unreachable", event.t_min, EVENTS, n, event.place, seat, values, weight=weight, bears=bears, must_act=must_act
    )


def _made(
    drill: Drill, n: int, event: Event, caller: Role, posts_missed: dict[tuple[str, int, str], set[str]]
) -> Iterator[Candidate]:
    """A desk at the table has called: it is told what came of it."""
    missed = posts_missed.setdefault((event.act_id, event.place, event.detail), set())
    post = post_title(drill.scenario, event.actor_post) if event.actor_post else Text("值班室", "the duty room")
    base = Candidate(
        "",
        event.t_min,
        EVENTS,
        n,
        event.place,
        caller,
        {"place": drill.label(event.place), "post": post, "means": means_title(event.channel)},
        means=event.channel,
        weight=float(drill.scenario.county.places.listed_persons[event.place]),
        bears=("acknowledged", event.detail or drill.level_id(event.place), event.act_id),
    )
    if event.detail == _RESPONSIBLE:
        if event.act in _MISSED:
            yield replace(base, theme="responsible")
        return
    speaker = drill.seats.speaker(event.place, event.actor_post)
    if event.act == "given_up":
        yield replace(base, theme="silent", to=drill.seats.leader(caller))
    elif event.channel == "courier" and event.act in _MESSENGER:
        yield replace(base, theme="messenger", values={**base.values, "how": _MESSENGER[event.act]})
    elif event.act in _MISSED and event.channel not in _SETS:
        how = _NO_ANSWER if event.act == "no_answer" else _NO_REPLY
        yield replace(base, theme="unanswered", values={**base.values, "how": how})
        missed.add(event.actor_post)
    elif event.act == "busy":
        yield replace(base, theme="busy")
    elif event.act in _ANSWERED and event.channel in _SETS:
        yield replace(base, theme="fallback", source=speaker)
    elif event.act in _ANSWERED and missed - {event.actor_post}:
        yield replace(base, theme="next_step", source=speaker)


def _at_site(drill: Drill, n: int, event: Event) -> Iterator[Candidate]:
    """A key site has been called: who sits there is told what the caller has to say, who called is told what came of it."""
    here = drill.sites_at.get((event.place, event.detail), [])
    if len(here) != 1 or event.act not in {"acknowledged", "given_up", *_MISSED}:
        return  # of two alike in one place it is not on record which it was
    (row,) = here
    if drill.key_site not in {None, row}:
        return
    base = Candidate(
        "key_site_answered" if event.act == "acknowledged" else "key_site_silent",
        event.t_min,
        EVENTS,
        n,
        event.place,
        drill.seats.own[0],
        {"place": drill.label(event.place), "kind": drill.site_kind(row)},
        means=event.channel or "phone",
        weight=float(drill.scenario.county.key_sites["persons"].iloc[row]),
        bears=("acknowledged", "key_site", event.act_id),
    )
    caller = drill.seats.at(event.counterpart) if event.counterpart >= 0 else None
    seat = drill.seats.at_site(row)
    if seat is not None and event.act == "acknowledged" and event.counterpart >= 0:
        calls = _who_calls(drill, event)
        values = {"caller": calls.title, "means": means_title(event.channel), "news": drill.news(event.act_id)}
        yield replace(base, theme="site_called", to=seat, source=calls, values=values)
    elif caller is not None:
        source = drill.seats.site_speaker(row) if event.act == "acknowledged" else None
        yield replace(base, to=caller, source=source)
