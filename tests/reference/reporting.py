"""Section 2.10: villages count and report, desks pass on, by the same calls as in ``calls``, upward."""

from __future__ import annotations

from dataclasses import dataclass, field

import simpy

from tests.reference.calls import ActNight, Answer, Callee, Calls, Job
from tests.reference.desks import Chain
from tests.reference.evacuation import Evacuation, Leaving
from tests.reference.world import NEVER, Place, Play, World


@dataclass(eq=False)
class Sheet:
    """One report: when counting began, what it says, when it reached which desk."""

    place: Place
    kind: str
    counted: float
    due: tuple[int, int]
    safe: tuple[int, int]
    reached: dict[Place, float] = field(default_factory=dict)


class Reports(Calls):
    """The desks that report upward; nobody is busy, for a line of the desk above has been kept."""

    def __init__(self, world: World, chain: Chain, evacuation: Evacuation) -> None:
        world.restart()
        super().__init__(world)
        self.report, self.evacuation = world.plan.report_up, evacuation
        self.luck_of_person = chain.luck_of_person  # the same people as before
        self.set_luck = chain.set_luck
        self.sheets: list[Sheet] = []
        self.in_hand: dict[Place, list[Sheet]] = {}
        self.settled: dict[Job, simpy.Event] = {}
        self.lines_in = {place: simpy.Resource(self.env, self.desks[place].callers.capacity) for place in world.places}

    def play(self, until: float) -> None:
        """Play the reports to the end of the night."""
        people: dict[Place, list[Leaving]] = {}
        for one in self.evacuation.people:
            if one.has_to_leave:
                people.setdefault(self.evacuation.village(one.home), []).append(one)
        for place, mine in sorted(people.items(), key=lambda pair: pair[0].index):
            known = min(one.known for one in self.evacuation.people if self.evacuation.village(one.home) is place)
            if known < NEVER:
                self.env.process(self.village(place, mine, known))
        self.env.run(until=until)

    def village(self, place: Place, people: list[Leaving], known: float) -> Play:
        """2.10: 初报 a drawn time after it knows, 续报 every so often, 核报 when everybody is settled; each says what was known then."""
        yield self.world.wait(known + self.world.minutes(self.report.first_after))
        kind = "first"
        while True:
            counted = self.world.now
            if kind != "first":
                kind = "final" if all(self.evacuation.settled(one) <= counted for one in people) else "follow_up"
            due = [one.home.persons for one in people if one.due <= counted]
            safe = [one.home.persons for one in people if one.safe <= counted]
            yield self.world.wait(self.world.minutes(self.report.count))
            sheet = Sheet(place, kind, counted, (len(due), sum(due)), (len(safe), sum(safe)))
            self.sheets.append(sheet)
            self.take(place, sheet)
            if kind == "final":
                return
            yield self.world.wait_until(counted + self.report.every_min)
            kind = "follow_up"

    def take(self, place: Place, sheet: Sheet) -> None:
        """2.10: a desk that has a report passes it on, with what else it has together."""
        if place.parent is None:
            return
        if place in self.in_hand:
            self.in_hand[place].append(sheet)
        else:
            self.in_hand[place] = [sheet]
            self.env.process(self.pass_on(place, relays=sheet.place is not place))

    def pass_on(self, place: Place, *, relays: bool) -> Play:
        """2.10: up by the ladder of the desk above, which takes as many reports at once as it has callers; again if nobody took it."""
        above, world = place.parent, self.world
        while self.in_hand[place]:
            sheets, self.in_hand[place] = self.in_hand[place], []
            if relays:
                yield world.wait(world.minutes(self.rules.desks[place.level_id].relay))
            act = ActNight("report", None, "report", "", "", (), [], 0)
            job = Job(act, self.desks[place], self.rooms[above], "report", own=True)
            with self.lines_in[above].request() as line:
                yield line
                self.settled[job] = self.env.event()
                yield self.settled[job] | self.env.all_of(self.start(job))
            if job.answered:
                for sheet in sheets:
                    sheet.reached[above] = world.now
                    self.take(above, sheet)
            else:
                self.in_hand[place] = [*sheets, *self.in_hand[place]]
                yield world.wait(self.report.again_min)
        del self.in_hand[place]

    def is_busy(self, _: int) -> bool:
        return False

    def answered(self, job: Job, *_: str) -> None:
        """The report has been taken."""
        job.answered = True
        if not self.settled[job].triggered:
            self.settled[job].succeed()

    def acknowledge(self, act: ActNight, callee: Callee, answer: Answer) -> None:
        raise NotImplementedError

    def hear_report(self, act: ActNight, place: Place, reporter: Place) -> None:
        raise NotImplementedError
