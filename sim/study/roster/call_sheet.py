"""Tonight's call sheets (叫应单): whom each desk calls, in which order, and down which ladder; the order is the engine's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sim.roster import Person
from sim.scenario import Scenario
from sim.study.roster.drill import call_out
from sim.study.roster.dry_run import dry_run
from sim.warning.network import Link, network


@dataclass(frozen=True)
class Line:
    """One step of a ladder: when it begins while nobody answers, how often it is tried, of which post, who holds it, by what."""

    begin_min: float
    tries: int
    post: str
    person: Person | None
    channel: str


@dataclass(frozen=True)
class Called:
    """One desk to be called (index in the county), its duty telephone ("" where none is known), and its ladder."""

    desk: int
    landline: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CallSheet:
    """What one desk calls, in order; ``caller`` its index in the county."""

    caller: int
    called: tuple[Called, ...]


def call_sheets(
    scenario: Scenario, when: datetime, deepest: str, callers: Iterable[int] | None = None
) -> tuple[CallSheet, ...]:
    """Return the sheets of the desks that call others, down to a level, for a call-out at a moment; all of them unless ``callers`` are named."""
    county = scenario.county
    net = network(call_out(scenario, deepest))
    (act,) = net.acts
    sheets = []
    for caller in range(len(county.places)) if callers is None else callers:
        below = [int(net.callee[edge]) for edge in act.below[caller] if net.link[edge] == Link.CHAIN]
        if below:
            sheets.append(CallSheet(caller, tuple(_called(scenario, desk, when) for desk in below)))
    return tuple(sheets)


def _called(scenario: Scenario, desk: int, when: datetime) -> Called:
    code = scenario.county.places.code[desk]
    return Called(desk, (scenario.landlines or {}).get(code, ""), _lines(scenario, code, when))


def _lines(scenario: Scenario, desk: str, when: datetime) -> tuple[Line, ...]:
    """Return the ladder of a desk, tries of one step together."""
    lines = []
    for (post, channel, person), tries in groupby(
        dry_run(scenario, desk, when).attempts, lambda one: (one.post, one.channel, one.person)
    ):
        made = list(tries)
        lines.append(Line(made[0].begin_min, len(made), post, person, channel))
    return tuple(lines)
