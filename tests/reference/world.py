"""What the slow model of a night stands on: the clock, luck, places, households; every one of them an ordinary object."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
import simpy

from sim.distributions import Distribution
from sim.scenario import Scenario

Play = Generator[simpy.Event, Any, Any]
"""What a simpy process is made of."""
NEVER = math.inf


@dataclass(eq=False)
class Place:
    """One place of any level; ``calls`` are the places that its duty room calls, in the order in which it does."""

    index: int
    code: str
    level: int
    level_id: str
    x_m: float
    y_m: float
    listed: int
    residents: int
    parent: Place | None = None
    children: list[Place] = field(default_factory=list)
    calls: list[Place] = field(default_factory=list)
    downstream: list[Place] = field(default_factory=list)
    households: list[Household] = field(default_factory=list)
    lowest: bool = False

    def up(self) -> Iterable[Place]:
        """The place, the one above it, and so on to the county."""
        here: Place | None = self
        while here is not None:
            yield here
            here = here.parent

    def at_level(self, level: int) -> Place | None:
        """Return the place of a level that this one lies in, or is."""
        return next((place for place in self.up() if place.level == level), None)


@dataclass(eq=False)
class Household:
    """One household and the two numbers that say, by the hour, whether it is at home and asleep (2.4)."""

    row: int
    place: Place
    persons: int
    elderly: int
    phone: int
    needs_help: bool
    deaf: bool
    zone: int
    listed: bool
    lead: bool
    building: int
    x_m: float
    y_m: float
    loudspeaker: int
    loudspeaker_m: float
    area_terminal: int
    area_terminal_m: float
    at_home_by_hour: tuple[float, ...]
    asleep_by_hour: tuple[float, ...]
    home_number: float
    sleep_number: float
    stays_awake: bool
    awake: list[tuple[Any, float, float]] = field(default_factory=list)


@dataclass
class Timeline:
    """When something is down: from each first minute until just before the second (2.8)."""

    downs: list[tuple[float, float]] = field(default_factory=list)

    def is_up(self, minute: float) -> bool:
        """Tell whether it is up at a minute."""
        return not any(begin <= minute < end for begin, end in self.downs)

    def up_until(self, minute: float) -> float:
        """Return until when it stays up: the minute itself if it is down then."""
        if not self.is_up(minute):
            return minute
        return min((begin for begin, _ in self.downs if begin > minute), default=NEVER)

    def back(self, minute: float) -> float:
        """Return the first minute, from ``minute`` on, at which it is up."""
        while not self.is_up(minute):
            minute = max(end for begin, end in self.downs if begin <= minute < end)
        return minute

    def holds(self, begin: float, end: float) -> bool:
        """Tell whether it is up from one minute to another."""
        return self.up_until(begin) >= end and self.is_up(begin)


class World:
    """One night of a scenario: the clock of simpy, whatever is drawn, places and households."""

    def __init__(self, scenario: Scenario, rng: np.random.Generator) -> None:
        self.scenario, self.plan, self.county = scenario, scenario.plan, scenario.county
        self.env, self.rng = simpy.Environment(), rng
        self.rain = self.plan.hazard.rain
        self.end = self.plan.end_min
        self.places = self._places()
        self.by_code = {place.code: place for place in self.places}
        self.top = self.places[0]
        self.households = self._households()
        self.has_roads = len(self.county.networks.roads) > 0
        self.sets = self._sets()
        self.service = [Timeline() for _ in self.places]
        self.mains = [Timeline() for _ in self.places]
        self.roads = [Timeline() for _ in range(len(self.county.networks.roads))]
        self.terminals = [Timeline() for _ in range(len(self.county.loudspeakers))]

    def restart(self) -> simpy.Environment:
        """Return a new clock at T0: what people do changes no call and no message of the night (2.1)."""
        self.env = simpy.Environment()
        return self.env

    # --- luck and the clock ---

    def happens(self, share: float) -> bool:
        """Draw whether something of this probability happens."""
        return self.rng.random() < share

    def minutes(self, law: Distribution) -> float:
        """Draw minutes from a law, by inversion."""
        return float(law.draw(float(self.rng.uniform(1e-15, 1.0))))

    @property
    def now(self) -> float:
        """Minutes after T0."""
        return float(self.env.now)

    def wait(self, minutes: float) -> simpy.Event:
        """Return the event that so many minutes have passed; never, if they are infinitely many."""
        return self.env.timeout(minutes) if minutes < NEVER else self.env.event()

    def wait_until(self, minute: float) -> simpy.Event:
        """Return the event of a minute after T0."""
        return self.wait(max(minute - self.now, 0.0))

    def moment(self, minute: float) -> datetime:
        """Return the time of a minute after T0."""
        return self.plan.start + timedelta(minutes=minute)

    def hour(self, minute: float) -> int:
        """Return the hour of the day."""
        return self.moment(minute).hour

    def is_night(self, minute: float) -> bool:
        """Tell whether it is night: 23:00 to 06:00."""
        return self.hour(minute) >= 23 or self.hour(minute) < 6

    def next_clock(self, clock: time, minute: float) -> float:
        """Return the first minute, from ``minute`` on, at which it is so late by the clock."""
        start = self.plan.start
        midnight = -(start.hour * 60 + start.minute + start.second / 60)
        at = midnight + clock.hour * 60 + clock.minute
        while at < minute - 1e-9:
            at += 24 * 60
        return at

    # --- what stands still ---

    def _places(self) -> list[Place]:
        county, own = self.county, self.county.places
        places = [
            Place(
                index,
                code,
                int(own.level[index]),
                county.levels[int(own.level[index])].id,
                float(own.x_m[index]),
                float(own.y_m[index]),
                int(own.listed_persons[index]),
                int(own.residents[index]),
            )
            for index, code in enumerate(own.code)
        ]
        by_code = {place.code: place for place in places}
        for place, parent in zip(places, own.parent.tolist(), strict=True):
            if parent >= 0:
                place.parent = places[parent]
                places[parent].children.append(place)
        for place in places:
            place.lowest = not place.children
        for caller, callee in county.topology().edges:
            by_code[caller].calls.append(by_code[callee])
        for place in places:
            place.calls.sort(key=lambda callee: (-callee.listed, -callee.residents, callee.code))
        for upstream, downstream in county.downstream:
            by_code[upstream].downstream.append(by_code[downstream])
        return places

    def _households(self) -> list[Household]:
        county, own = self.county, self.county.households
        reception, result = self.plan.reception, []
        for row in range(len(own)):
            household = Household(
                row,
                self.places[int(own.place[row])],
                int(own.persons[row]),
                int(own.elderly[row]),
                int(own.phone[row]),
                bool(own.needs_help[row]),
                bool(own.hard_of_hearing[row]),
                int(own.zone[row]),
                bool(own.listed[row]),
                bool(own.lead[row]),
                int(own.building[row]),
                float(own.x_m[row]),
                float(own.y_m[row]),
                int(own.loudspeaker[row]),
                float(own.loudspeaker_m[row]),
                int(own.area_terminal[row]),
                float(own.area_terminal_m[row]),
                county.habits.patterns[int(own.pattern[row])].at_home,
                county.habits.asleep,
                self.rng.random(),
                self.rng.random(),
                reception is not None and self.happens(reception.stays_awake),
            )
            household.place.households.append(household)  # in visiting order, as the county holds them
            result.append(household)
        return result

    def at_home(self, household: Household, minute: float) -> bool:
        """2.4: a state holds when the household's number is below the share of the hour and of its pattern of living."""
        return household.home_number < household.at_home_by_hour[self.hour(minute)]

    def is_asleep(self, household: Household, minute: float) -> bool:
        """2.4: likewise."""
        return household.sleep_number < household.asleep_by_hour[self.hour(minute)]

    def _sets(self) -> dict[tuple[str, str], int]:
        """2.8 Sets: how many emergency sets of each kind a place has with somebody trained."""
        counts: dict[tuple[str, str], int] = {}
        table = self.county.networks.sets
        for code, device, count, trained in zip(
            table["place"], table["device"], table["count"], table["trained"], strict=True
        ):
            if trained or code in self.scenario.roster.set_users:
                counts[device, code] = counts.get((device, code), 0) + int(count)
        return counts

    # --- ways ---

    def by_road(self, here: Place, there: Place, minute: float, over_closed: float) -> float:
        """2.8 and 2.9: metres of the shortest way between two places as the roads are; closed ones count so many times.

        Without any road known a way is a straight line; a place that no road touches is joined to the nearest that one does.
        """
        if here is there:
            return 0.0
        if not self.has_roads:
            return straight_m(here.x_m, here.y_m, there.x_m, there.y_m)
        graph = nx.Graph()
        table = self.county.networks.roads
        on_road = sorted({*table["from"], *table["to"]})
        for row, (one, other, length) in enumerate(zip(table["from"], table["to"], table["length_m"], strict=True)):
            factor = 1.0 if self.roads[row].is_up(minute) else over_closed
            if factor < NEVER:
                shorter = graph.get_edge_data(one, other, {"m": NEVER})["m"]
                graph.add_edge(one, other, m=min(float(length) * factor, shorter))
        for place in self.places:
            if place.code not in on_road:
                near = min(
                    (self.by_code[code] for code in on_road),
                    key=lambda o: straight_m(place.x_m, place.y_m, o.x_m, o.y_m),
                )
                graph.add_edge(place.code, near.code, m=straight_m(place.x_m, place.y_m, near.x_m, near.y_m))
        if here.code not in graph or there.code not in graph:
            return NEVER
        try:
            return float(nx.dijkstra_path_length(graph, here.code, there.code, weight="m"))
        except nx.NetworkXNoPath:
            return NEVER

    def path_in(self, place: Place) -> int | None:
        """2.8 Households: the row of the path that joins a place to the one above, if any is known."""
        table = self.county.networks.roads
        for row, (kind, one, other) in enumerate(zip(table["kind"], table["from"], table["to"], strict=True)):
            if kind == "path" and {one, other} == {place.code, place.parent.code}:
                return row
        return None

    @cached_property
    def lowest(self) -> list[Place]:
        """The places that households belong to."""
        return [place for place in self.places if place.lowest]


def straight_m(x_m: float, y_m: float, other_x_m: float, other_y_m: float) -> float:
    """Return metres as the crow flies."""
    return math.hypot(x_m - other_x_m, y_m - other_y_m)
