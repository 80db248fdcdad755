"""Injects from below: danger that is seen or strikes, households that must leave, shelters, key sites, reinforcements."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.kit import Role
from sim.exercise.moments import EVENTS, moments
from sim.exercise.wording import term
from sim.records import EvacuationRecords, Event

_MONITOR = "monitor"
_SIGN = {
    "sighting": Text("发现前兆", "a sign was seen"),
    "rain_alarm": Text("雨量报警", "rain alarm"),
    "water_alarm": Text("水位报警", "water level alarm"),
    "cannot_judge": Text("现场不能准确判断", "it cannot be judged on the spot"),
}


def of_people(drill: Drill) -> Iterator[Candidate]:
    """Yield what is told of dangers and of people on the move."""
    for n, event in enumerate(drill.night.events):
        if event.event == "sighting" and event.act == "reported":
            if drill.size == "county":
                yield Candidate("sighting_reported", event.t_min, EVENTS, n, 0, drill.seats.own[0])
        elif event.event in {"sighting", "onset", "evacuation", "team"} and drill.inside[event.place]:
            yield from _event(drill, n, event)
    if drill.night.evacuation is not None:
        yield from _households(drill, drill.night.evacuation)
        yield from _shelters(drill)
        yield from _key_sites(drill, drill.night.evacuation)


def _event(drill: Drill, n: int, event: Event) -> Iterator[Candidate]:
    county, seat = drill.scenario.county, drill.seats.over(event.place)
    values = {"place": drill.label(event.place)}
    weight = float(county.places.listed_persons[event.place])
    if event.event == "sighting":
        post = _MONITOR if _MONITOR in drill.scenario.plan.roster.posts else ""
        monitor = drill.seats.speaker(event.place, post)
        own = {"monitor": monitor.title, "cause": _SIGN[event.detail or "sighting"]}
        yield Candidate("sighting", event.t_min, EVENTS, n, event.place, seat, values | own, monitor, "phone", weight)
    elif event.event == "onset":
        kind = dict(zip(county.zones["code"], county.zones["kind"], strict=True)).get(event.detail, "")
        told = values | {"zone": term(f"zone.{kind}", kind)}
        yield Candidate("onset", event.t_min, EVENTS, n, event.place, drill.seats.leader(seat), told, weight=weight)
    elif event.event == "team":
        yield Candidate("dispatched", event.t_min, EVENTS, n, event.place, seat, values, weight=weight)
    else:
        yield from _reinforcements(drill, n, event, seat, weight)


def _reinforcements(drill: Drill, n: int, event: Event, seat: Role, weight: float) -> Iterator[Candidate]:
    """A village asks the desk above for helpers, and is told when they come."""
    values = {"place": drill.label(event.place)}
    if event.act == "arrived":
        yield Candidate("reinforced", event.t_min, EVENTS, n, event.place, seat, values, weight=weight)
        return
    above = int(drill.scenario.county.places.parent[event.place])
    asked = drill.seats.over(above) if above >= 0 and drill.inside[above] else seat
    source = drill.seats.speaker(event.place)
    to = drill.seats.leader(asked)
    yield Candidate("asked_for_help", event.t_min, EVENTS, n, event.place, to, values, source, "phone", weight)


def _households(drill: Drill, records: EvacuationRecords) -> Iterator[Candidate]:
    """Yield what single households do; which household it is stays in the records, the players hear place and number of persons."""
    homes = drill.scenario.county.households
    mine = np.flatnonzero(drill.inside[homes.place[records.rows]] & records.due)
    if drill.key_site is not None:
        return
    settled = np.isfinite(records.settled_min) & np.isinf(records.safe_min) & np.isinf(records.ready_min)
    settled &= records.settled_min > records.prompted_min  # else nobody was at home
    helpless = homes.needs_help[records.rows] & np.isfinite(records.ready_min) & np.isinf(records.returned_min)
    first_safe = _first_of_village(drill, records, mine)
    for theme, column, which in (
        ("refuses", "settled_min", settled),
        ("needs_help", "ready_min", helpless),
        ("helper", "departed_min", records.helped),
        ("returned", "returned_min", np.isfinite(records.returned_min)),
        ("first_safe", "safe_min", first_safe),
    ):
        record = f"evacuation.{column}"
        at_min = moments(drill.night, record)
        for k in mine[which[mine]].tolist():
            place, persons = int(homes.place[records.rows[k]]), int(homes.persons[records.rows[k]])
            seat = drill.seats.over(place)
            to = drill.seats.leader(seat) if theme in {"refuses", "returned"} else seat
            values = {"place": drill.label(place), "persons": persons}
            yield Candidate(theme, float(at_min[k]), record, k, place, to, values, weight=float(persons))


def _first_of_village(drill: Drill, records: EvacuationRecords, mine: np.ndarray) -> np.ndarray:
    """Return which households were the first of their village to be safe, shape (households in danger zones,)."""
    first = np.zeros(len(records.rows), dtype=bool)
    village = drill.scenario.county.reporter[drill.scenario.county.households.place[records.rows]]
    seen: set[int] = set()
    for k in mine[np.argsort(records.safe_min[mine], kind="stable")].tolist():
        if np.isfinite(records.safe_min[k]) and int(village[k]) not in seen:
            seen.add(int(village[k]))
            first[k] = True
    return first


def _shelters(drill: Drill) -> Iterator[Candidate]:
    """Yield when shelters are full, and when supplies come."""
    at = drill.scenario.county.shelter_place
    for theme, column in (("shelter_full", "full_min"), ("supplies", "relieved_min")):
        record = f"shelters.{column}"
        at_min = moments(drill.night, record)
        for row in np.flatnonzero(drill.inside[at] & np.isfinite(at_min)).tolist() if drill.key_site is None else ():
            seat = drill.seats.over(int(at[row]))
            to = drill.seats.leader(seat) if theme == "shelter_full" else drill.seats.deputy(seat)
            weight = float(drill.scenario.county.shelters["capacity"].iloc[row])
            values = {"place": drill.label(int(at[row]))}
            yield Candidate(theme, float(at_min[row]), record, row, int(at[row]), to, values, weight=weight)


def _key_sites(drill: Drill, records: EvacuationRecords) -> Iterator[Candidate]:
    """Yield when threatened key sites are told to leave, and when their people are away."""
    sites, at = drill.scenario.county.key_sites, drill.scenario.county.key_site_place
    for theme, column in (("key_site_moves", "prompted_min"), ("key_site_safe", "safe_min")):
        record = f"key_sites.{column}"
        at_min = moments(drill.night, record)
        for k, row in enumerate(records.key_sites.rows.tolist()):
            if not np.isfinite(at_min[k]) or not drill.inside[at[row]] or drill.key_site not in {None, row}:
                continue
            seat, persons = drill.seats.at_site(row) or drill.seats.over(int(at[row])), int(sites["persons"].iloc[row])
            values = {"place": drill.label(int(at[row])), "kind": drill.site_kind(row), "persons": persons}
            yield Candidate(theme, float(at_min[k]), record, k, int(at[row]), seat, values, weight=float(persons))
