"""The events of a night that a planner looks up: what was decided, who answered, what failed, what struck, who asked for help and reported."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.records import Event
from sim.report.content.acts import act_names
from sim.report.figures.sheet import Sheet
from sim.report.page.data import as_json

KINDS = ("decided", "answered", "failed", "danger", "helped", "reported")
"""What the reader may choose between, in order."""
_OF_ACTS = ("warning", "response", "order", "channel", "hazard")


@dataclass(frozen=True)
class Timeline:
    """What the page needs to list the events: the data of its script as JSON that may stand in HTML, and the kinds that occur, named."""

    data: str
    kinds: dict[int, str]


def timeline(sheet: Sheet) -> Timeline:
    """Return the events by time: kind, clock time, place and text; texts and places are listed once.

    Calls of the lowest desks are left out: there are ten thousand of them, and ``events.csv`` has them.
    """
    lines = list(_Lines(sheet).told())
    places = list(dict.fromkeys(place for _, _, place, _ in lines))
    texts = list(dict.fromkeys(text for _, _, _, text in lines))
    place_at, text_at = ({text: n for n, text in enumerate(each)} for each in (places, texts))
    content = {
        "places": places,
        "texts": texts,
        "rows": [[KINDS.index(kind), clock, place_at[place], text_at[text]] for kind, clock, place, text in lines],
    }
    occur = {kind for kind, _, _, _ in lines}
    return Timeline(
        as_json(content), {n: sheet.words(f"line.kind.{kind}") for n, kind in enumerate(KINDS) if kind in occur}
    )


class _Lines:
    """The events of one page as lines to read."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._words = sheet, sheet.words
        self._names = act_names(sheet.scenario, sheet.words)
        self._county, self._posts = sheet.scenario.county, sheet.scenario.plan.roster.posts
        self._zone_kind = dict(zip(self._county.zones["code"], self._county.zones["kind"], strict=True))
        self._shown = sheet.scope.places(sheet.scenario)
        self._shown[0] |= sheet.scope.whole

    def told(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield kind, clock time, place and text of each event."""
        night, words = self._sheet.night, self._words
        for event in night.events:
            own_act = event.event in _OF_ACTS  # what the county decides concerns every place
            if not (own_act or self._shown[event.place]) or not (said := self._line(event)):
                continue
            kind, text = said
            before = math.isfinite(night.release_min) and event.t_min < night.release_min
            clock = words.clock(night.start, event.t_min) if before else words.moment(night, event.t_min, "cell")
            yield kind, clock, self._place(event.place), text

    def _line(self, event: Event) -> tuple[str, str] | None:
        """Return kind and text of an event; ``None`` of one that is not told."""
        words, act = self._words, self._names.get(event.act_id, "")
        if event.event in _OF_ACTS:
            post = words.post(event.actor_post, self._posts) if event.actor_post else ""
            means = words(f"channel.{event.channel}") if event.channel else ""
            return "decided", words(f"line.{event.act}", act=act, post=post, means=means)
        if event.event == "call":
            return self._call(event, act)
        if event.event == "outage":
            return "failed", words(f"line.{event.act}")
        if event.event == "onset":
            kind = self._zone_kind.get(event.detail, "")
            return "danger", words("line.struck", kind=words.or_else(f"zone.{kind}", kind))
        if event.event == "sighting":
            cause = words(f"cause.{event.detail}") if event.detail else ""
            return "danger", words(f"line.{event.act}_danger", cause=words("paren", text=cause) if cause else "")
        if event.event == "evacuation":
            base = words("paren", text=self._place(event.counterpart)) if event.counterpart >= 0 else ""
            return "helped", words(f"line.{event.act}", base=base)
        if event.event == "report" and event.act == "reported":
            return "reported", words("line.passed_on", above=self._place(event.counterpart))
        return None

    def _call(self, event: Event, act: str) -> tuple[str, str] | None:
        """Return what came of the calls to a desk that calls others."""
        words = self._words
        if event.act not in {"acknowledged", "given_up"} or event.detail or self._lowest[event.place]:
            return None
        caller = self._place(event.counterpart) if event.counterpart >= 0 else ""
        if event.act == "given_up":
            return "answered", words("line.given_up", act=act, caller=caller)
        if not event.actor_post:
            return "answered", words("line.own_start", act=act)
        post = words.post(event.actor_post, self._posts)
        return "answered", words("line.acknowledged", act=act, post=post, caller=caller)

    @cached_property
    def _lowest(self) -> list[bool]:
        places = self._county.places
        lowest: list[bool] = (~np.isin(np.arange(len(places)), places.parent)).tolist()
        return lowest

    def _place(self, place: int) -> str:
        return self._sheet.label(place)
