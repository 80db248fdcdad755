"""Sweep C: counts go up (信息报送).

1. a village that knows that people must leave counts them   2. it reports to its township: 初报, then 续报 every so often, and 核报 once nobody is
left to move   3. the township passes on what it has, to the county

Reports take the ways that calls take, upward: the ladder of the desk above, other means where nobody gets through, a messenger at last. A desk
takes as many reports at once as it has callers, whoever answers; others wait. The calls of sweep A are not held against anybody.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import simpy
from numpy.typing import NDArray

from sim import luck
from sim.distributions import Distribution
from sim.luck import Luck
from sim.records import REPORT_KINDS, EvacuationRecords, EventLog, Report
from sim.roster import Person
from sim.roster.ladders import Try
from sim.scenario import Scenario
from sim.warning.attempts import Course, Job
from sim.warning.conditions import Conditions
from sim.warning.engine import Callers, Process, pause
from sim.warning.fallback import Fallback
from sim.warning.network import Link, Network
from sim.warning.setting import Setting

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_FIRST, _FOLLOW_UP, _FINAL = REPORT_KINDS
_COUNTY = 0


def report_up(
    scenario: Scenario,
    setting: Setting,
    night_luck: Luck,
    conditions: Conditions,
    evacuation: EvacuationRecords,
) -> tuple[tuple[Report, ...], EventLog]:
    """Return the reports of tonight in the order in which they were counted, and the calls by which they went up."""
    desks = _Desks(scenario, setting.network, night_luck, conditions, evacuation)
    return desks.run(evacuation.known_min), desks.log


class _Count:
    """How many households, and persons in them, have come to something by a minute; ``persons`` and ``at_min`` of each household."""

    def __init__(self, persons: Ints, at_min: Floats) -> None:
        order = np.argsort(at_min)
        self._at_min, self._persons = at_min[order].tolist(), [0, *np.cumsum(persons[order]).tolist()]

    def by(self, t_min: float) -> tuple[int, int]:
        """Return households and persons."""
        households = bisect_right(self._at_min, t_min)
        return households, self._persons[households]


@dataclass(frozen=True)
class _Tally:
    """The households of one village that must leave: how many must, and are safe, by a minute; when all is settled."""

    due: _Count
    safe: _Count
    settled_min: float


@dataclass(slots=True)
class _Sheet:
    """One report on its way up."""

    place: int
    kind: str
    counted_min: float
    due: tuple[int, int]
    safe: tuple[int, int]
    reached_min: dict[int, float] = field(default_factory=dict)


class _Desks(Fallback):
    """The desks that report upward."""

    def __init__(
        self,
        scenario: Scenario,
        net: Network,
        night_luck: Luck,
        conditions: Conditions,
        evacuation: EvacuationRecords,
    ) -> None:
        super().__init__(scenario, net, night_luck, conditions)
        assert scenario.plan.report_up is not None  # noqa: S101 - the caller's case
        self._plan = scenario.plan.report_up
        self._tallies = _tallies(scenario, evacuation)
        self._above = scenario.county.places.parent.tolist()
        reporting = set(self._tallies) | {above for place in self._tallies for above in self._line_above(place)}
        self._edge = {
            caller: edge
            for edge, (caller, link) in enumerate(zip(net.caller.tolist(), net.link, strict=True))
            if link == Link.REPORT and caller in reporting
        }
        self._sheets: list[_Sheet] = []
        self._in_hand: dict[int, list[_Sheet]] = {}
        self._sent: dict[int, int] = {}
        self._settled: dict[int, simpy.Event] = {}
        self._courses: dict[int, Course] = {}
        self._lines_in: dict[int, Callers] = {}

    def run(self, known_min: Floats) -> tuple[Report, ...]:
        """Play the reports to the end of the night; ``known_min`` when each village knows that people must leave."""
        self._usual_rounds = self._most_rounds(known_min)
        for place in sorted(self._tallies):
            if known_min[place] <= self._end_min:
                self.send(self.village(place, float(known_min[place])))
        self.play_out()
        return tuple(self._recorded(sheet) for sheet in self._sheets)

    # --- the processes ------------------------------------------------------------------------------------------------

    def village(self, place: int, known_min: float) -> Process:
        """One village counts and reports until it has reported that nobody is left to move."""
        entity, tally = int(self._scenario.county.places.entity[place]), self._tallies[place]
        first_min = self._plan.first_after.draw(self._luck.one("report_up/first_after", entity))
        yield pause(self.env, known_min + first_min)
        number, kind = 0, _FIRST
        while kind != _FINAL:
            counted_min = self.env.now
            if number:
                kind = _FINAL if tally.settled_min <= counted_min else _FOLLOW_UP
            yield pause(self.env, self._drawn("count", self._plan.count, number, place))
            sheet = _Sheet(place, kind, counted_min, tally.due.by(counted_min), tally.safe.by(counted_min))
            self._sheets.append(sheet)
            self._take(place, [sheet])
            number += 1
            yield pause(self.env, max(counted_min + self._plan.every_min - self.env.now, 0.0))

    def pass_on(self, place: int) -> Process:
        """A desk sends what it has in hand to the desk above, all of it at once, until it has no more."""
        above, edge = self._above[place], self._edge[place]
        while self._in_hand[place]:
            sheets, self._in_hand[place] = self._in_hand[place], []
            if place not in self._tallies:
                relay_min = self._drawn("relay", self._relay_of(place), self._sent.get(place, 0), place)
                yield pause(self.env, relay_min)
            number = self._sent[place] = self._sent.get(place, 0) + 1
            act = self._course(number)
            ladder = self._net.lanes[edge]
            job = Job(
                edge, place, above, self._net.cause[edge], True, set(ladder.must_answer), len(ladder.lanes), act.entity
            )
            lines = self._lines_of(above)
            if (turn := lines.ask()) is not None:
                yield turn
            self._settled[place] = self.env.event()
            for tries in ladder.lanes:
                self.send(self.lane(act, job, tries, 0.0))
            if not self._settled[place].triggered:
                yield self._settled[place]
            lines.give_back()
            if job.done:
                for sheet in sheets:
                    sheet.reached_min[above] = self.env.now
                self._take(above, sheets)
            else:
                self._in_hand[place] = [*sheets, *self._in_hand[place]]
                yield pause(self.env, self._plan.again_min)
        del self._in_hand[place]

    def _line_above(self, place: int) -> Iterator[int]:
        """Yield the desks above a place, the county's last."""
        while (place := self._above[place]) >= 0:
            yield place

    # --- what follows -------------------------------------------------------------------------------------------------

    def _take(self, place: int, sheets: list[_Sheet]) -> None:
        """A desk has reports in hand: it passes them on, unless it is the county's."""
        if place == _COUNTY:
            return
        if place in self._in_hand:
            self._in_hand[place] += sheets
        else:
            self._in_hand[place] = list(sheets)
            self.send(self.pass_on(place))

    def _answered(self, act: Course, job: Job, by: Try, minutes: list[float]) -> bool:  # noqa: ARG002 - nobody asks where the minutes went
        job.missing.discard(by.post)
        if not job.missing:
            job.done = True
            self.say(act, "report", self._place[job.caller], "reported", counterpart=job.callee, channel=by.channel)
            self._settle(job)
        return job.done

    def _given_up(self, act: Course, job: Job) -> None:
        super()._given_up(act, job)
        self._settle(job)

    def _settle(self, job: Job) -> None:
        if not (settled := self._settled[job.caller]).triggered:
            settled.succeed()

    def is_busy(self, _: Person) -> bool:
        """Return that nobody is: a line of the desk above has been kept for this call."""
        return False

    def _lines_of(self, place: int) -> Callers:
        """Return the lines on which a desk takes reports."""
        if place not in self._lines_in:
            self._lines_in[place] = Callers(self.env, self._net.nodes.callers[place])
        return self._lines_in[place]

    def _drawn(self, what: str, law: Distribution, number: int, place: int) -> float:
        """Return how long a desk takes to count for its report of a number, or to relay what it has in hand."""
        entity = int(self._scenario.county.places.entity[place])
        return float(law.draw(self._luck.one(f"report_up/{what}/{number}", entity)))

    def _relay_of(self, place: int) -> Distribution:
        county = self._scenario.county
        return self._scenario.plan.roster.desks[county.levels[self._level[place]].id].relay

    def _most_rounds(self, known_min: Floats) -> int:
        """Return how many reports about half of the villages will make: the luck of those is dealt beforehand."""
        if not self._tallies:
            return 0
        until = np.minimum([tally.settled_min for tally in self._tallies.values()], self._end_min)
        lasting_min = np.maximum(until - np.minimum(known_min[list(self._tallies)], self._end_min), 0.0)
        return math.ceil(float(np.median(lasting_min)) / self._plan.every_min) + 1

    def _course(self, number: int) -> Course:
        """Return the reports that are the desks' first, second, … ones; their luck is dealt as long as many desks report."""
        if number not in self._courses:
            name = f"report/{number}"
            act = self._courses[number] = Course(name, luck.entity_id(name), "report", released=self.env.event())
            if number <= self._usual_rounds:
                edges = np.array(sorted(self._edge.values()), dtype=np.int64)
                act.setbacks, act.fates = self.setbacks(name, edges), self._fates.of_calls(name, edges)
        return self._courses[number]

    def _recorded(self, sheet: _Sheet) -> Report:
        return Report(
            sheet.place,
            sheet.kind,
            sheet.counted_min,
            sheet.reached_min.get(self._above[sheet.place], math.inf),
            sheet.reached_min.get(_COUNTY, math.inf),
            *sheet.due,
            *sheet.safe,
        )


def _tallies(scenario: Scenario, evacuation: EvacuationRecords) -> dict[int, _Tally]:
    """Return what each village has to count; who will not go is settled when asked.

    A village counts who came to a shelter and does not see who goes home again.
    """
    homes = scenario.county.households
    due = np.flatnonzero(evacuation.due)
    village = scenario.county.reporter[homes.place[evacuation.rows[due]]]
    order = np.argsort(village, kind="stable")
    places, begins = np.unique(village[order], return_index=True)
    tallies = {}
    for place, some in zip(places.tolist(), np.split(due[order], begins[1:]) if len(due) else (), strict=True):
        persons = homes.persons[evacuation.rows[some]]
        tallies[place] = _Tally(
            _Count(persons, evacuation.due_min[some]),
            _Count(persons, evacuation.safe_min[some]),
            float(evacuation.settled_min[some].max()),
        )
    return tallies
