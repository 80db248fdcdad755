"""One attempt to reach a desk, by whatever means, and what comes of it.

A call takes a caller (or a line) from dialling to the end of the talk, and a person answers one call at a time. A call needs service at
both ends, from its beginning to its end; see ``fallback`` for those who do not get through.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

import simpy

from sim.luck import Luck
from sim.records import CALLING
from sim.roster import Person
from sim.roster.ladders import Try
from sim.roster.plan import AlertedPlan, StandbyPlan
from sim.scenario import Scenario
from sim.scenario.channels import CourierPlan
from sim.warning.conditions import Conditions
from sim.warning.engine import A_NANOMINUTE, Callers, Process, Sweep, pause
from sim.warning.fates import Fate, Fates, Setback
from sim.warning.network import Network
from sim.warning.platform import CALLING_SYSTEMS, calls_by_platform

Attempted = Generator[simpy.Event, object, str]
"""A part of a process that ends with a word of ``records.ACTS``, or "vacant" (nobody to call), or "" (no more needed)."""
Tried = Generator[simpy.Event, object, tuple[str, Try]]
"""The same, with the attempt that ended it."""
ANSWERED = frozenset({"answered", "replied"})
(
    RELAYING,
    QUEUEING,
    RINGING,
    BUSY,
    RETRYING,
    AWAITING_REPLY,
    TALKING,
    TRAVELLING,
    NO_SERVICE,
    SETTING_UP,
) = range(len(CALLING))
_COUNTY = 0


@dataclass(slots=True)
class Job:
    """One call job: a desk to be called until it answers.

    ``alone``: the caller needs an answer of its own, whoever else has one. ``missing``: posts that still must answer. ``lanes`` of the
    ladder still running. ``entity``: the 64-bit id of the act whose luck the call has, or of its second, third … call of this desk.
    ``fell_back``: other means than those of the ladder have been tried.
    """

    edge: int
    caller: int
    callee: int
    cause: int
    alone: bool
    missing: set[str]
    lanes: int
    entity: int
    done: bool = False
    fell_back: bool = False


@dataclass(slots=True)
class Course:
    """The course of one act, or of one round of reports: who has answered, by what, and whether its calls still go on."""

    id: str
    entity: int
    kind: str
    released: simpy.Event
    setbacks: dict[int, Setback] = field(default_factory=dict)
    calls_households: bool = False
    acknowledged_min: list[float] = field(default_factory=list)
    acknowledged_by: list[str] = field(default_factory=list)
    channel: list[str] = field(default_factory=list)
    cause: list[int] = field(default_factory=list)
    caller: list[int] = field(default_factory=list)
    minutes: dict[int, list[float]] = field(default_factory=dict)
    dispatched_min: list[float] = field(default_factory=list)
    below: tuple[tuple[int, ...], ...] = ()
    relay_min: list[float] = field(default_factory=list)
    fates: dict[int, tuple[Fate | None, ...]] = field(default_factory=dict)
    decided_min: list[float] = field(default_factory=lambda: [math.inf] * 4)
    called_on: set[int] = field(default_factory=set)
    calls_made: dict[int, int] = field(default_factory=dict)
    ended_min: float = math.inf
    replaced: bool = False
    opens_min: dict[str, float] = field(default_factory=dict)


class _Line(NamedTuple):
    """From where a call is made: whose callers (or lines) it takes, at which place, and how much less than a caller it is answered."""

    callers: Callers
    place: int
    factor: float


class Attempts(Sweep):
    """The means by which desks are reached tonight, and the people and lines that they take."""

    def __init__(self, scenario: Scenario, net: Network, night_luck: Luck, conditions: Conditions) -> None:
        plan = scenario.plan
        super().__init__(plan.end_min)
        self._scenario, self._net, self._luck = scenario, net, night_luck
        self._roster, self._posts, self._channels = scenario.roster, plan.roster.posts, plan.channels
        self._alert, self._standby = plan.roster.alerted, plan.roster.standby
        self._midnight_min = plan.start.hour * 60 + plan.start.minute + plan.start.second / 60
        nodes = net.nodes
        self._place, self._desk, self._person, self._title = nodes.place.tolist(), nodes.desk, nodes.person, nodes.title
        self._places = nodes.sites
        self._level = scenario.county.places.level.tolist()
        self._callers: dict[int, Callers] = {}
        self._standing_by: set[int] = set()
        self._couriers: dict[int, Callers] = {}
        self._lines = Callers(self.env, plan.channels.auto_call.lines) if plan.channels.auto_call else None
        phone = plan.channels.phone
        self._busy_tone_min, self._redial_min = (phone.busy_tone_min, phone.redial_min) if phone else (0.0, 1.0)
        self._busy_until_min: dict[int, float] = {}
        self._fates = Fates(scenario, net, night_luck)
        self._answers_min: dict[int, dict[str, float]] = {}
        self._by_platform = frozenset(name for name in CALLING_SYSTEMS if calls_by_platform(plan, name))
        self._headline: list[Course] = []
        self._read_share = {
            name: channel.duty.read
            for name in ("sms", "flash_sms", "wechat", "work_app")
            if (channel := getattr(plan.channels, name)) is not None and channel.duty is not None
        }
        self._ways = conditions.ways
        self._service = conditions.calls

    # --- by the ladder ------------------------------------------------------------------------------------------------

    def _phone(
        self, act: Course, job: Job, attempt: Try, person: Person, fate: Fate, minutes: list[float]
    ) -> Attempted:
        line = _Line(self._callers_of(job.caller), self._place[job.caller], 1.0)
        return self._ring(act, job, attempt, person, fate, minutes, line)

    def _auto_call(self, act: Course, job: Job, attempt: Try, _: Person, fate: Fate, minutes: list[float]) -> Attempted:
        """One automated call: wait until the platform is open for this act, then for a line."""
        plan = self._channels.auto_call
        assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
        assert plan.duty is not None  # noqa: S101 - the same
        assert self._lines is not None  # noqa: S101 - the same
        if (opens_min := act.opens_min.get("auto_call", math.inf)) > self.env.now:
            if opens_min == math.inf:
                return "vacant"  # a warning that starts below has no platform
            yield self.spend(minutes, QUEUEING, opens_min - self.env.now)
        now, factor = self.holder(job, attempt), plan.duty.answer_factor
        return (yield from self._ring(act, job, attempt, now, fate, minutes, _Line(self._lines, _COUNTY, factor)))

    def _ring(
        self,
        act: Course,
        job: Job,
        attempt: Try,
        person: Person | None,
        fate: Fate,
        minutes: list[float],
        line: _Line,
    ) -> Attempted:
        """One call: wait for a caller or line, ring, talk.

        Nobody is dialled if by then another desk has the answer ("") or the post has become "vacant". A person who is talking to
        somebody else is "busy". Without service at either end there is only a tone, and a talk may be cut off.
        """
        u, pickup_min, talk_min = fate
        callers, here, factor = line
        now = self.env.now
        if waiting := callers.ask():
            yield waiting
            minutes[QUEUEING] += self.env.now - now
            now, person = self.env.now, self.holder(job, attempt)
        if self.is_over(act, job):
            said = ""
        elif person is None:
            said = "vacant"
        elif (until_min := self._service.until(here, self._place[job.callee], now)) <= now:
            said = "no_service"
        elif not self._fates.can_reach(person, self._posts[attempt.post]):
            said = "no_answer"
        elif self.is_busy(person):
            said = "busy"
        elif u < self._answer_share(act, job.callee, self._posts[attempt.post].answer) * factor:
            said = "answered"
            pickup_min = min(pickup_min, attempt.ring_min)
            if until_min < now + pickup_min + talk_min:
                said = "cut_off"
                pickup_min = min(pickup_min, until_min - now)
                talk_min = until_min - now - pickup_min
            self._busy_until_min[person.entity] = now + pickup_min + talk_min
            minutes[RINGING] += pickup_min
            yield self.spend(minutes, TALKING, talk_min, pickup_min)
        else:
            said = "no_answer"
        if said == "no_answer":
            yield self.spend(minutes, RINGING, attempt.ring_min)
        elif said in ("busy", "no_service"):
            yield self.spend(minutes, BUSY if said == "busy" else NO_SERVICE, self._busy_tone_min)
        callers.give_back()
        return said

    def _message(
        self, act: Course, job: Job, attempt: Try, person: Person, fate: Fate, minutes: list[float]
    ) -> Attempted:
        """One message: a reply within the waiting time counts, a later one does not. Without service it waits.

        A system of the platform sends it once it is open for this act.
        """
        if attempt.channel in self._by_platform:
            if (opens_min := act.opens_min.get(attempt.channel, math.inf)) == math.inf:
                return "vacant"  # a warning that starts below has no platform
            if opens_min > self.env.now:
                yield self.spend(minutes, QUEUEING, opens_min - self.env.now)
        u, delay_min, _talk = fate
        share = self._answer_share(act, job.callee, self._read_share[attempt.channel])
        if self._service.fails:  # there and back
            here = _COUNTY if attempt.channel in self._by_platform else self._place[job.caller]
            there, back_min = self._place[job.callee], self._service.back_min
            delay_min = back_min(here, there, back_min(here, there, self.env.now) + delay_min) - self.env.now
        replies = (
            u < share and delay_min <= attempt.wait_min and self._fates.can_reach(person, self._posts[attempt.post])
        )
        yield self.spend(minutes, AWAITING_REPLY, delay_min if replies else attempt.wait_min)
        return "replied" if replies else "no_reply"

    def _courier(self, act: Course, job: Job, attempt: Try, _: Person, fate: Fate, minutes: list[float]) -> Attempted:
        """Somebody is sent in person, finds the holder of the post or not, and comes back."""
        plan, couriers = self._channels.courier, self._couriers_of(job.caller)
        assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
        if couriers is None:
            return "vacant"
        u, ready_min, talk_min = fate
        if waiting := couriers.ask():
            before = self.env.now
            yield waiting
            minutes[QUEUEING] += self.env.now - before
        if self.is_over(act, job) or self.holder(job, attempt) is None:
            couriers.give_back()
            return "" if self.is_over(act, job) else "vacant"
        yield self.spend(minutes, TRAVELLING, ready_min)
        way_min = self._way_min(plan, self._place[job.caller], self._place[job.callee])
        if way_min == math.inf:
            couriers.give_back()
            return "no_way"
        self.told(act, job, attempt, "set_out")
        yield self.spend(minutes, TRAVELLING, way_min)
        found = u < plan.found and not self.is_over(act, job) and self.holder(job, attempt) is not None
        if found:
            yield self.spend(minutes, TALKING, talk_min)
        self.send(self._comes_back(couriers, way_min))
        return "answered" if found else "not_found"

    def _comes_back(self, couriers: Callers, way_min: float) -> Process:
        yield pause(self.env, way_min)
        couriers.give_back()

    _BY_LADDER: ClassVar[Mapping[str, Callable[..., Attempted]]] = {
        "phone": _phone,
        "auto_call": _auto_call,
        "sms": _message,
        "flash_sms": _message,
        "wechat": _message,
        "work_app": _message,
        "courier": _courier,
    }

    # --- looking up ---------------------------------------------------------------------------------------------------

    def fate(self, act: Course, job: Job, attempt: Try) -> Fate:
        """Return the luck of one attempt: as dealt before the night, or drawn now."""
        dealt = act.fates.get(job.edge) if job.entity == act.entity else None
        return (dealt and dealt[attempt.number]) or self._fates.of_attempt(job.entity, job.edge, attempt)

    def holder(self, job: Job, attempt: Try) -> Person | None:
        """Return who is to be called by this attempt, if anybody is and still needs to be."""
        if job.missing and attempt.post not in job.missing:
            return None
        if (person := self._person[job.callee]) is not None:
            return person
        return self._roster.on_duty(self._desk[job.callee], attempt.post, self.env.now)

    def is_busy(self, person: Person) -> bool:
        """Return whether somebody is talking to somebody else."""
        until_min = self._busy_until_min.get(person.entity, 0.0)
        return until_min > self.env.now + A_NANOMINUTE  # sums of minutes differ by rounding

    def is_over(self, act: Course, job: Job) -> bool:
        """Return whether the call is of no more use: answered, answered to somebody else, or its warning replaced.

        Nor is a place told from below or beside what it has heard from above.
        """
        if job.done or act.replaced:
            return True
        if job.alone:
            return False
        if act.acknowledged_min[job.callee] < math.inf:
            return True
        return act.kind == "local" and any(other.acknowledged_min[job.callee] < math.inf for other in self._headline)

    def _answer_share(self, act: Course, node: int, by_hour: tuple[float, ...]) -> float:
        """Return the chance that somebody reachable answers now; more where an earlier act was answered."""
        share = by_hour[int((self._midnight_min + self.env.now) // 60) % 24]
        alerted = self._alerted(act, node)
        return share if alerted is None else max(share, alerted.answer)

    def _note_answer(self, act: Course, node: int, at_min: float) -> None:
        """Remember that a desk has answered an act: for the acts that come after it."""
        self._answers_min.setdefault(node, {})[act.id] = at_min

    def _alerted(self, act: Course, node: int) -> AlertedPlan | None:
        """Return what earlier acts have changed at a desk that answered the last of them not long ago."""
        alerted, now = self._alert, self.env.now
        if alerted is None or (answers := self._answers_min.get(node)) is None:
            return None
        last_min = max((at for own, at in answers.items() if own != act.id and at < now), default=-math.inf)
        lasts_min = math.inf if alerted.lasts_min is None else alerted.lasts_min
        return alerted if now <= last_min + lasts_min and last_min > -math.inf else None

    def _stand_by(self, act: Course, node: int) -> None:
        """Where an act asks for all hands, let a desk that knows of it call them in, once."""
        if self._standby is not None and act.id in self._standby.after and node not in self._standing_by:
            self._standing_by.add(node)
            self.send(self._all_hands(node, self._standby))

    def _all_hands(self, node: int, plan: StandbyPlan) -> Process:
        """A desk's people come in; then more of them call at once."""
        level = self._scenario.county.levels[self._level[node]].id
        more = plan.callers.get(level, 0) - self._scenario.plan.roster.desks[level].callers
        if more > 0:
            yield pause(
                self.env, plan.assemble.draw(self._luck.one("standby/assemble", int(self._net.nodes.entity[node])))
            )
            self._callers_of(node).join(more)

    def _callers_of(self, node: int) -> Callers:
        if node not in self._callers:
            self._callers[node] = Callers(self.env, self._net.nodes.callers[node])
        return self._callers[node]

    def _couriers_of(self, node: int) -> Callers | None:
        """Return the messengers of a desk, or ``None`` if it has none."""
        if node >= self._places:
            return None
        count = self._scenario.plan.roster.desks[self._scenario.county.levels[self._level[node]].id].couriers
        if node not in self._couriers:
            self._couriers[node] = Callers(self.env, count)
        return self._couriers[node] if count else None

    def _way_min(self, plan: CourierPlan, here: int, there: int) -> float:
        """Return how long a messenger who sets out now takes: by vehicle while the roads are open, else on foot."""
        rain, now = self._scenario.plan.hazard.rain, self.env.now
        winding = 1.0 if len(self._scenario.county.networks.roads) else plan.detour
        by_vehicle = self._ways.between_m(here, there, now) * winding / plan.speed_m_per_min
        if plan.foot is None or by_vehicle < math.inf:
            return by_vehicle * float(getattr(plan.pace, rain))
        on_foot = self._ways.between_m(here, there, now, plan.foot.over_closed) / plan.foot.speed_m_per_min
        return on_foot * float(getattr(plan.foot.pace, rain))

    # --- what is noted ------------------------------------------------------------------------------------------------

    def spend(self, minutes: list[float], step: int, spent_min: float, further_min: float = 0.0) -> simpy.Timeout:
        """Note minutes spent on a step and wait for them, and for ``further_min`` noted elsewhere."""
        minutes[step] += spent_min
        return pause(self.env, spent_min + further_min)

    def told(self, act: Course, job: Job, attempt: Try, what: str) -> None:
        """Note what came of one attempt."""
        there, here, title = self._place[job.callee], self._place[job.caller], self._title[job.callee]
        self.log.note(self.env.now, "call", there, attempt.post, here, attempt.channel, what, title, act.id)

    def say(
        self,
        act: Course | None,
        event: str,
        place: int,
        what: str,
        *,
        post: str = "",
        counterpart: int = -1,
        channel: str = "",
        detail: str = "",
    ) -> None:
        act_id = act.id if act is not None else ""
        self.log.note(float(self.env.now), event, place, post, counterpart, channel, what, detail, act_id)
