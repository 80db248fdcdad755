"""Injects from what fails: mobile service, mains, roads; and what comes back."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.moments import EVENTS, moments


def of_outages(drill: Drill) -> Iterator[Candidate]:
    """Yield what fails, and comes back, in the places of the exercise."""
    listed = drill.scenario.county.places.listed_persons
    for n, event in enumerate(drill.night.events):
        if event.event == "outage" and drill.inside[event.place]:
            theme = "dark" if event.act == "failed" else "restored"
            to, weight = drill.seats.over(event.place), float(listed[event.place])
            values = {"place": drill.label(event.place)}
            yield Candidate(theme, event.t_min, EVENTS, n, event.place, to, values, weight=weight)
    yield from _power(drill)
    yield from _roads(drill)


def _power(drill: Drill) -> Iterator[Candidate]:
    """Yield where the mains fail; only places that have a desk of their own above the lowest level are told of."""
    county, failed = drill.scenario.county, moments(drill.night, "outages.mains")
    lowest = county.places.level == len(county.levels) - 1
    for place in np.flatnonzero(drill.inside & ~lowest & (failed <= drill.night.end_min)).tolist():
        values, weight = {"place": drill.label(place)}, float(county.places.listed_persons[place])
        to = drill.seats.over(place)
        yield Candidate("power", float(failed[place]), "outages.mains", place, place, to, values, weight=weight)


def _roads(drill: Drill) -> Iterator[Candidate]:
    """Yield which roads are cut between two places of the exercise; paths within a village matter to that village only."""
    county, failed = drill.scenario.county, moments(drill.night, "outages.roads")
    roads = county.networks.roads
    for row in np.flatnonzero(failed <= drill.night.end_min).tolist():
        here, there = (county.index[roads[end].iloc[row]] for end in ("from", "to"))
        within_village = drill.size != "village" and county.reporter[here] == county.reporter[there]
        if within_village or not (drill.inside[here] or drill.inside[there]):
            continue
        values = {"place": drill.label(here), "other": drill.label(there)}
        weight = -float(county.places.level[[here, there]].max())  # main roads before paths
        to = drill.seats.leader(drill.seats.over(here if drill.inside[here] else there))
        yield Candidate("road", float(failed[row]), "outages.roads", row, here, to, values, weight=weight)
