"""What is compared where chance rules: the same numbers of one night, read from the fast records and from the reference."""

from __future__ import annotations

import math

from sim.records import CHANNELS, EXPOSED, Night
from tests.reference.model import ReferenceNight

MINUTES = (10, 20, 40, 80, 160, 320)


def of_fast(night: Night, codes: tuple[str, ...], persons: list[int]) -> dict[str, float]:
    """Return the numbers of a night of ``sim.warning``; ``codes`` of the places, ``persons`` of each household."""
    numbers: dict[str, float] = {}
    for act in night.acts:
        tally(numbers, f"{act.id} released", [act.released_min])
        answered = act.calls.acknowledged_min[1:].tolist()
        for minute in MINUTES:
            numbers[f"{act.id} callees answered by {minute}"] = sum(at <= minute for at in answered)
        tally(numbers, f"{act.id} confirmed", act.reception.confirmed_min.tolist())
    for code, minute in list(zip(codes, night.places.acknowledged_min.tolist(), strict=True))[1:]:
        tally(numbers, f"{code} answered", [minute])
    tally(numbers, "households warned", night.households.warned_min.tolist())
    for n, name in enumerate(CHANNELS):
        numbers[f"first told by {name}"] = float((night.households.first_by == n).sum())
    if night.evacuation is not None:
        own = night.evacuation
        for n, name in enumerate(EXPOSED):
            exposed = zip(own.rows.tolist(), own.exposed.tolist(), strict=True)
            numbers[f"persons exposed, {name}"] = sum(persons[row] for row, cause in exposed if cause == n)
        for name in ("prompted", "ready", "departed", "safe", "returned"):
            tally(numbers, f"households {name}", getattr(own, f"{name}_min").tolist())
        tally(numbers, "shelters relieved", own.shelters.relieved_min.tolist())
    for report in night.reports or ():
        if report.kind == "first":
            tally(numbers, f"{codes[report.place]} reported", [report.county_min])
    downs = [
        float(row[row <= night.end_min][0]) if (row <= night.end_min).any() else math.inf
        for row in night.outages.service
    ]
    tally(numbers, "services lost", downs)
    return numbers


def of_reference(night: ReferenceNight) -> dict[str, float]:
    """Return the same numbers of a night of the reference model."""
    numbers: dict[str, float] = {}
    chain, channels, world = night.chain, night.channels, night.world
    for act in chain.every_act:
        tally(numbers, f"{act.id} released", [act.released_min])
        answered = [act.answers[callee].minute for callee in chain.callees[1:] if callee in act.answers]
        for minute in MINUTES:
            numbers[f"{act.id} callees answered by {minute}"] = sum(at <= minute for at in answered)
        tally(numbers, f"{act.id} confirmed", list(channels.told[act].confirmed.values()))
    for place in world.places[1:]:
        tally(numbers, f"{place.code} answered", [night.acknowledged(place)])
    first = {home: night.warned(home) for home in world.households}
    tally(numbers, "households warned", [minute for minute, _ in first.values()])
    for name in CHANNELS:
        numbers[f"first told by {name}"] = float(sum(by == name for _, by in first.values()))
    if night.evacuation is not None:
        own, people = night.evacuation, night.evacuation.people
        for name in EXPOSED:
            numbers[f"persons exposed, {name}"] = sum(one.home.persons for one in people if own.exposed(one) == name)
        for name in ("prompted", "ready", "departed", "safe", "returned"):
            tally(numbers, f"households {name}", [getattr(one, name) for one in people])
        tally(numbers, "shelters relieved", own.relieved)
    for sheet in night.reports.sheets if night.reports is not None else ():
        if sheet.kind == "first":
            tally(numbers, f"{sheet.place.code} reported", [sheet.reached.get(world.top, math.inf)])
    lost = [service.downs[0][0] if service.downs else math.inf for service in world.service]
    tally(numbers, "services lost", lost)
    return numbers


def tally(numbers: dict[str, float], name: str, at: list[float]) -> None:
    """Note how many of some things have happened by several minutes."""
    for minute in MINUTES:
        numbers[f"{name} by {minute}"] = sum(one <= minute for one in at)
