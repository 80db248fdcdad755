"""What failed and what it did: villages without service, what carried the warning instead, who was never reached and why."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records import CAUSES, Night
from sim.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
NO_SERVICE, DESK_ABOVE, NOT_CALLED, NO_ANSWER = "no_service", "desk_above_not_reached", "not_called", "no_answer"
WHY_NEVER = (NO_SERVICE, DESK_ABOVE, NOT_CALLED, NO_ANSWER)
"""Why a village never knew: called, and at least one call met no service at either end; its desk above never knew; nobody called; called in vain."""
_NO_TONE = frozenset({"no_service", "cut_off"})


@dataclass(frozen=True, eq=False)
class Outage:
    """What outages did to the villages (the level ``village``, or the lowest where there is none), ``places``.

    ``dark`` whether each village was without service at each of ``minutes`` after T0, shape (minutes, villages); ``from_min`` and
    ``to_min`` its first outage of the run (``inf`` where there is none, or no end within it). ``told_min`` when each knew of the acts
    asked about (the headline warning and warnings that started below), ``carried`` by what: a channel, or a code of ``records.CAUSES``
    where nobody called ("" if it never knew). ``reason`` why it never knew (a word of ``WHY_NEVER``, "" if it did).
    """

    places: Ints
    minutes: Floats
    dark: Bools
    from_min: Floats
    to_min: Floats
    told_min: Floats
    carried: tuple[str, ...]
    reason: tuple[str, ...]

    @property
    def dark_at_once(self) -> int:
        """The most villages that were without service at one minute."""
        return int(self.dark.sum(axis=1).max(initial=0))

    def dark_at(self, t_min: float) -> int:
        """Return how many villages were without service at a minute."""
        row = int(np.searchsorted(self.minutes, t_min, side="right")) - 1
        return int(self.dark[row].sum()) if row >= 0 else 0

    def carried_by(self) -> dict[str, int]:
        """Return how many villages each means told, most first."""
        return dict(Counter(means for means in self.carried if means).most_common())

    def within(self, inside: Bools) -> Outage:
        """Return the same of some of the villages only: where ``inside``, shape (places of the county,)."""
        kept = inside[self.places]
        rows = np.flatnonzero(kept).tolist()
        return Outage(
            self.places[kept],
            self.minutes,
            self.dark[:, kept],
            self.from_min[kept],
            self.to_min[kept],
            self.told_min[kept],
            tuple(self.carried[row] for row in rows),
            tuple(self.reason[row] for row in rows),
        )


def outage(scenario: Scenario, night: Night, act_id: str | None = None) -> Outage:
    """Return what outages did to the villages; of one act, or of the headline warning and what started below."""
    county = scenario.county
    level = county.level_index("village")
    places = county.of_level(len(county.levels) - 1 if level is None else level)
    changes = within_the_run(night.outages.service[places], night)
    minutes = minutes_of_change(changes)
    began, ended = first_outage(changes)
    told, carried, reason = _told(scenario, night, places, _acts(scenario, night, act_id))
    return Outage(places, minutes, down_at(changes, minutes), began, ended, told, carried, reason)


def something_failed(night: Night) -> bool:
    """Return whether anything failed in this run: service or mains anywhere, a site, a road."""
    failed = night.outages
    return any(
        bool((changes <= night.end_min).any()) for changes in (failed.service, failed.mains, failed.sites, failed.roads)
    )


def within_the_run(changes: Floats, night: Night) -> Floats:
    """Return changes as far as the run goes: what comes later is ``inf``, as it is for what never comes."""
    return np.where(changes <= night.end_min, changes, np.inf)


def minutes_of_change(*changes: Floats) -> Floats:
    """Return T0 and every minute at which something changed, in order."""
    every = np.unique(np.concatenate([[0.0], *(each.ravel() for each in changes)]))
    finite: Floats = every[np.isfinite(every)]
    return finite


def down_at(changes: Floats, minutes: Floats) -> Bools:
    """Return whether each entity was down at each minute, shape (minutes, entities); from the minute of a change on it counts."""
    down = np.zeros((len(minutes), len(changes)), dtype=bool)
    for row, t_min in enumerate(minutes.tolist()):
        down[row] = (changes <= t_min).sum(axis=1) % 2 == 1
    return down


def first_outage(changes: Floats) -> tuple[Floats, Floats]:
    """Return from when until when each entity first failed; ``inf`` where it never did, or to the end."""
    never = np.full(len(changes), np.inf)
    return (changes[:, 0], changes[:, 1]) if changes.shape[1] else (never, never)


def _acts(scenario: Scenario, night: Night, act_id: str | None) -> frozenset[str]:
    """Return the acts that count: the one asked for, or the headline warning and warnings that started below."""
    if act_id is not None:
        return frozenset({act_id})
    return frozenset(act.id for act in night.acts if act.id in scenario.plan.headline or act.kind == "local")


def _told(
    scenario: Scenario, night: Night, places: Ints, counted: frozenset[str]
) -> tuple[Floats, tuple[str, ...], tuple[str, ...]]:
    """Return when each village first knew of one of these acts, by what, or why it never did."""
    told = np.full(len(scenario.county.places), np.inf)
    by = [""] * len(told)
    for act in night.acts:
        if act.id not in counted:
            continue
        calls = act.calls
        sooner = np.flatnonzero(calls.acknowledged_min[: len(told)] < told)
        told[sooner] = calls.acknowledged_min[sooner]
        for place in sooner.tolist():
            by[place] = calls.channel[place] or (CAUSES[calls.cause[place]] if calls.cause[place] >= 0 else "")
    called, no_tone = _called(night, counted)
    above = scenario.county.places.parent
    reasons = []
    for place in places.tolist():
        if math.isfinite(told[place]):
            reasons.append("")
        elif place in called:
            reasons.append(NO_SERVICE if place in no_tone else NO_ANSWER)
        else:
            reasons.append(DESK_ABOVE if math.isinf(told[above[place]]) else NOT_CALLED)
    return told[places], tuple(by[place] for place in places.tolist()), tuple(reasons)


def _called(night: Night, acts: frozenset[str]) -> tuple[set[int], set[int]]:
    """Return the places whose own desk was called in these acts, and those where a call met no service."""
    called, no_tone = set(), set()
    fields = (night.log.column(field) for field in ("event", "counterpart", "act_id", "detail", "place", "act"))
    for event, counterpart, act_id, detail, place, act in zip(*fields, strict=True):
        if event == "call" and counterpart >= 0 and act_id in acts and not detail:
            called.add(place)
            if act in _NO_TONE:
                no_tone.add(place)
    return called, no_tone
