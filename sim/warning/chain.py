"""Sweep A: the chain of people who must answer.

For each act (a warning, a response, an evacuation order):
1. it is set off   2. consultation   3. sign-off   4. release   5. the county desk calls the desks below it, key sites, responsible persons
6. a desk that answers relays and calls on, down to the lowest   7. the lowest desks turn to their households

Beside it: departments and governance centres that call the same places, places that warn the next one down the river, a neighbouring
county that calls, monitors who see danger signs, act, and report up. A desk has so many callers; each call takes one of them from dialling
to the end of the talk, and a person answers one call at a time. Processes only say what happened; nothing is counted here.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

import numpy as np
import simpy

from sim import luck
from sim.luck import Luck
from sim.records import CALLING, CAUSES, CallRecords, Event
from sim.roster import Holding, Person
from sim.scenario import ActPlan, Scenario, WarningPlan, addressed, described
from sim.scenario.acts import SEVERITY
from sim.warning.engine import Callers, Errand, Process, no_garbage_collection, pause
from sim.warning.fates import Fate, Fates
from sim.warning.ladders import Try
from sim.warning.network import Link, Network
from sim.warning.platform import opening_delays

Attempted = Generator[simpy.Event, object, str]
_ANSWERED = frozenset({"answered", "replied"})
RELAYING, QUEUEING, RINGING, BUSY, RETRYING, AWAITING_REPLY, TALKING, TRAVELLING = range(len(CALLING))
_SIGHTED = CAUSES.index("sighting")
_A_NANOMINUTE = 1e-9


@dataclass(frozen=True)
class Chain:
    """What sweep A leaves to sweep B; times in minutes after T0, ``inf`` where it never came to it.

    Per act: ``decided_min`` the ends of the steps of ``records.DECIDING``; ``ended_min`` when it was lifted; ``calls`` who answered.
    """

    decided_min: tuple[tuple[float, float, float, float], ...]
    ended_min: tuple[float, ...]
    calls: tuple[CallRecords, ...]
    events: list[Event]


@dataclass(slots=True)
class _Call:
    """One call job: a desk to be called until it answers.

    ``alone``: the caller needs an answer of its own, whoever else has one. ``missing``: posts that still must answer. ``lanes`` of the
    ladder still running.
    """

    edge: int
    caller: int
    callee: int
    cause: int
    alone: bool
    missing: set[str]
    lanes: int
    done: bool = False


@dataclass(slots=True)
class _Act:
    """The state of one act: who has answered, and whether its calls still go on."""

    id: str
    kind: str
    calls_households: bool
    released: simpy.Event
    acknowledged_min: list[float]
    acknowledged_by: list[str]
    cause: list[int]
    caller: list[int]
    minutes: dict[int, list[float]]
    dispatched_min: list[float]
    below: tuple[tuple[int, ...], ...]
    relay_min: list[float]
    fates: dict[int, tuple[Fate | None, ...]]
    decided_min: list[float] = field(default_factory=lambda: [math.inf] * 4)
    called_on: set[int] = field(default_factory=set)
    ended_min: float = math.inf
    replaced: bool = False
    auto_call_opens_min: float = math.inf


class ChainOfDesks:
    """The processes of sweep A for one night."""

    def __init__(self, scenario: Scenario, net: Network, night_luck: Luck) -> None:
        plan = scenario.plan
        self.env = simpy.Environment()
        self.events: list[Event] = []
        self._scenario, self._net, self._luck = scenario, net, night_luck
        self._roster, self._posts, self._channels = scenario.roster, plan.roster.posts, plan.channels
        self._end_min = plan.end_min
        self._midnight_min = plan.start.hour * 60 + plan.start.minute + plan.start.second / 60
        nodes = net.nodes
        self._place, self._desk, self._person, self._title = nodes.place.tolist(), nodes.desk, nodes.person, nodes.title
        self._places = nodes.sites
        self._level = scenario.county.places.level.tolist()
        self._callee, self._lowest = net.callee.tolist(), net.lowest.tolist()
        self._callers: dict[int, Callers] = {}
        self._couriers: dict[int, Callers] = {}
        self._lines = Callers(self.env, plan.channels.auto_call.lines) if plan.channels.auto_call else None
        phone = plan.channels.phone
        self._busy_tone_min, self._redial_min = (phone.busy_tone_min, phone.redial_min) if phone else (0.0, 1.0)
        self._busy_until_min: dict[int, float] = {}
        self._fates = Fates(scenario, net, night_luck)
        self._held: dict[tuple[int, str], Holding] = {}
        self._first_answer_min = [math.inf] * len(nodes)
        self._sighting_reported = self.env.event()
        self._knows_of_sighting: set[int] = set()
        self._read_share = {
            name: channel.duty.read
            for name in ("sms", "flash_sms", "wechat", "work_app")
            if (channel := getattr(plan.channels, name)) is not None and channel.duty is not None
        }
        self._plans: tuple[ActPlan, ...] = plan.acts
        self._acts: list[_Act] = []

    def run(self) -> Chain:
        """Play the chain to the end of the night."""
        with no_garbage_collection():
            self._acts = [self._stage(number) for number in range(len(self._net.acts))]
            self._say(None, "hazard", 0, "identified")
            for number in range(len(self._plans)):
                self.env.process(self.play(number))
            self._start_from_below()
            self.env.run(until=math.nextafter(self._end_min, math.inf))  # the last minute belongs to the night
        return Chain(
            decided_min=tuple((a, b, c, d) for a, b, c, d in (act.decided_min for act in self._acts)),
            ended_min=tuple(act.ended_min for act in self._acts),
            calls=tuple(self._recorded(act) for act in self._acts),
            events=self.events,
        )

    # --- the processes ------------------------------------------------------------------------------------------------

    def play(self, number: int) -> Process:
        """One act: set off, consulted, signed off, released; then the top desk and those beside it call."""
        plan, act = self._plans[number], self._acts[number]
        entity, top = luck.entity_id(plan.id), 0
        if plan.after != "t0":
            yield self._set_off(plan.after)
        if plan.delay is not None:
            yield pause(self.env, plan.delay.draw(self._luck.one("warning/delay", entity)))
        every = self._scenario.plan.rolling_every_min
        if plan.consult == "rolling" and every is not None:
            rounds = math.ceil(self.env.now / every - _A_NANOMINUTE)  # sums of minutes hit a round only nearly
            yield pause(self.env, max(rounds * every - self.env.now, 0.0))
        act.decided_min[0] = float(self.env.now)
        steps = (
            ("consulted", plan.consultation, ""),
            ("signed_off", plan.sign_off, plan.signed_by),
            ("released", plan.release, ""),
        )
        for step, (what, law, post) in enumerate(steps, start=1):
            yield pause(self.env, law.draw(self._luck.one(f"warning/{what}", entity)))
            act.decided_min[step] = float(self.env.now)
            self._say(act, act.kind, top, what, post=post)
        self._replace(plan)
        act.released.succeed()
        act.auto_call_opens_min = self.env.now + self._opening_min(plan)
        act.acknowledged_min[top] = self.env.now
        Errand(self.call_on(act, top))
        for node in range(self._net.nodes.outside, len(self._net.nodes)):
            if act.below[node]:
                Errand(self.call_on(act, node))

    def call_on(self, act: _Act, node: int) -> Process:
        """A desk that knows: it relays, then calls all it has to call at once, as far as its callers go."""
        act.called_on.add(node)
        known_min = min(act.acknowledged_min[node], self.env.now)  # a desk outside the tree never answers anybody
        yield pause(self.env, self._relay(act, node))
        link, relaying_min = self._net.link, self.env.now - known_min
        for edge in act.below[node]:
            if link[edge] != Link.REPORT:
                self._call(act, node, edge, relaying_min)

    def lane(self, act: _Act, call: _Call, tries: Sequence[Try], relay_min: float) -> Process:
        """Call one desk down one lane of its ladder until somebody answers; a post that nobody holds is skipped at once."""
        dealt = act.fates.get(call.edge)
        minutes = [relay_min, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
        for attempt in tries:
            if attempt.round_gap_min:
                yield self._spend(minutes, RETRYING, attempt.round_gap_min)
            while True:
                if self._is_over(act, call):
                    return
                if (person := self._holder(call, attempt)) is None:
                    said = "vacant"
                    break
                fate = (dealt and dealt[attempt.number]) or self._fates.of_attempt(act.id, call.edge, attempt)
                said = yield from self._ATTEMPT[attempt.channel](self, act, call, attempt, person, fate, minutes)
                if said != "busy":
                    break
                self._told(act, call, attempt, said)
                yield self._spend(minutes, BUSY, self._redial_min)
            if not said:
                return  # somebody else had its answer before this attempt
            if said == "vacant":
                continue
            self._told(act, call, attempt, said)
            if said in _ANSWERED and self._answered(act, call, attempt.post, minutes):
                return
            if attempt.gap_min and said not in _ANSWERED:
                yield self._spend(minutes, RETRYING, attempt.gap_min)
        call.lanes -= 1
        if not call.lanes and not self._is_over(act, call):
            self._say(
                act,
                "call",
                self._place[call.callee],
                "given_up",
                counterpart=self._place[call.caller],
                detail=self._title[call.callee],
            )

    def sighting(self, act: _Act, place: int, at_min: float, *, acts_at_once: bool) -> Process:
        """A monitor sees a danger sign: some wake their people first, all report up."""
        yield pause(self.env, at_min)
        self._say(act, "sighting", place, "sighted")
        Errand(self.report(act, place))
        if acts_at_once:
            self._acknowledge(act, place, "", -1, _SIGHTED, [0.0] * len(CALLING))

    def report(self, act: _Act, node: int) -> Process:
        """A desk that has heard of a sighting, or the place that saw it, tells the desk above."""
        relay_min = self._relay(act, node)
        yield pause(self.env, relay_min)
        for edge in act.below[node]:
            if self._net.link[edge] == Link.REPORT:
                self._call(act, node, edge, relay_min)

    def neighbour_county(self, act: _Act, node: int, at_min: float) -> Process:
        """A neighbouring county rings the places of ours that it was asked to warn."""
        yield pause(self.env, at_min)
        self._say(act, "call", 0, "started", detail=self._title[node])
        Errand(self.call_on(act, node))

    def _start_from_below(self) -> None:
        """Start the sightings and the calls of neighbouring counties, if the scenario has any."""
        plan = self._scenario.plan
        if plan.local is None:
            return
        act, county, neighbours = self._acts[-1], self._scenario.county, plan.roster.neighbour_counties
        for node, neighbour in enumerate(neighbours, start=len(self._net.nodes) - len(neighbours)):
            at_min = neighbour.at.draw(self._luck.one("neighbour_county/at", luck.entity_id(neighbour.id)))
            self.env.process(self.neighbour_county(act, node, at_min))
        if (sightings := plan.local.sightings) is None:
            return
        for stated in sightings.stated:
            place = county.index[stated.place]
            self.env.process(self.sighting(act, place, stated.at_min, acts_at_once=stated.acts_at_once))
        zones = luck.entity_ids(county.zones["code"])
        seen, at_once = (self._luck.uniform(f"sighting/{what}", zones) for what in ("seen", "acts_at_once"))
        at = sightings.at.draw(self._luck.uniform("sighting/at", zones))
        where = county.zones["place"].tolist()
        for zone in np.flatnonzero(seen < sightings.share).tolist():
            place = county.index[where[zone]]
            acts = bool(at_once[zone] < sightings.acts_at_once)
            self.env.process(self.sighting(act, place, float(at[zone]), acts_at_once=acts))

    # --- attempts -----------------------------------------------------------------------------------------------------

    def _phone(
        self, act: _Act, call: _Call, attempt: Try, person: Person, fate: Fate, minutes: list[float]
    ) -> Attempted:
        return self._ring(act, call, attempt, person, fate, minutes, self._callers_of(call.caller), 1.0)

    def _auto_call(
        self, act: _Act, call: _Call, attempt: Try, _: Person, fate: Fate, minutes: list[float]
    ) -> Attempted:
        """One automated call: wait until the platform is open for this act, then for a line."""
        plan = self._channels.auto_call
        assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
        assert plan.duty is not None  # noqa: S101 - the same
        assert self._lines is not None  # noqa: S101 - the same
        if act.auto_call_opens_min > self.env.now:
            if act.auto_call_opens_min == math.inf:
                return "vacant"  # a warning that starts below has no platform
            yield self._spend(minutes, QUEUEING, act.auto_call_opens_min - self.env.now)
        now, factor = self._holder(call, attempt), plan.duty.answer_factor
        return (yield from self._ring(act, call, attempt, now, fate, minutes, self._lines, factor))

    def _ring(
        self,
        act: _Act,
        call: _Call,
        attempt: Try,
        person: Person | None,
        fate: Fate,
        minutes: list[float],
        callers: Callers,
        factor: float,
    ) -> Attempted:
        """One call: wait for a caller or line, ring, talk.

        Nobody is dialled if by then another desk has the answer ("") or the post has become "vacant". A person who is talking to
        somebody else is "busy".
        """
        u, pickup_min, talk_min = fate
        env = self.env
        if waiting := callers.ask():
            before = env.now
            yield waiting
            minutes[QUEUEING] += env.now - before
            person = self._holder(call, attempt)
        if self._is_over(act, call):
            said = ""
        elif person is None:
            said = "vacant"
        elif not self._fates.can_reach(person, self._posts[attempt.post].reachable):
            said = "no_answer"
        elif self._busy_until_min.get(person.entity, 0.0) > env.now:
            said = "busy"
        elif u < self._answer_share(call.callee, self._posts[attempt.post].answer) * factor:
            said = "answered"
            pickup_min = min(pickup_min, attempt.ring_min)
            self._busy_until_min[person.entity] = env.now + pickup_min + talk_min
            minutes[RINGING] += pickup_min
            yield self._spend(minutes, TALKING, talk_min, pickup_min)
        else:
            said = "no_answer"
        if said == "no_answer":
            yield self._spend(minutes, RINGING, attempt.ring_min)
        elif said == "busy":
            yield self._spend(minutes, BUSY, self._busy_tone_min)
        callers.give_back()
        return said

    def _message(
        self, _: _Act, call: _Call, attempt: Try, person: Person, fate: Fate, minutes: list[float]
    ) -> Attempted:
        """One message: a reply within the waiting time counts, a later one does not."""
        u, delay_min, _talk = fate
        share = self._answer_share(call.callee, self._read_share[attempt.channel])
        replies = (
            u < share
            and delay_min <= attempt.wait_min
            and self._fates.can_reach(person, self._posts[attempt.post].reachable)
        )
        yield self._spend(minutes, AWAITING_REPLY, delay_min if replies else attempt.wait_min)
        return "replied" if replies else "no_reply"

    def _courier(self, act: _Act, call: _Call, attempt: Try, _: Person, fate: Fate, minutes: list[float]) -> Attempted:
        """Somebody is sent in person, finds the holder of the post or not, and comes back."""
        plan = self._channels.courier
        assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
        couriers = self._couriers_of(call.caller)
        if couriers is None:
            return "vacant"
        u, ready_min, talk_min = fate
        if waiting := couriers.ask():
            before = self.env.now
            yield waiting
            minutes[QUEUEING] += self.env.now - before
        if self._is_over(act, call):
            couriers.give_back()
            return ""
        if self._holder(call, attempt) is None:
            couriers.give_back()
            return "vacant"
        self._told(act, call, attempt, "set_out")
        way_min = (
            self._way_m(call) * plan.detour / plan.speed_m_per_min * getattr(plan.pace, self._scenario.plan.hazard.rain)
        )
        yield self._spend(minutes, TRAVELLING, ready_min + way_min)
        found = u < plan.found and not self._is_over(act, call) and self._holder(call, attempt) is not None
        if found:
            yield self._spend(minutes, TALKING, talk_min)
        Errand(self._comes_back(couriers, way_min))
        return "answered" if found else "not_found"

    def _comes_back(self, couriers: Callers, way_min: float) -> Process:
        yield pause(self.env, way_min)
        couriers.give_back()

    _ATTEMPT = {  # noqa: RUF012 - read only
        "phone": _phone,
        "auto_call": _auto_call,
        "sms": _message,
        "flash_sms": _message,
        "wechat": _message,
        "work_app": _message,
        "courier": _courier,
    }

    # --- what follows -------------------------------------------------------------------------------------------------

    def _call(self, act: _Act, caller: int, edge: int, relay_min: float) -> None:
        """Set the lanes of one call job going."""
        callee, ladder, link = self._callee[edge], self._net.lanes[edge], self._net.link[edge]
        alone = link in (Link.DEPARTMENT, Link.REPORT)
        call = _Call(edge, caller, callee, self._net.cause[edge], alone, set(ladder.must_answer), len(ladder.lanes))
        if self._is_over(act, call):
            return
        for tries in ladder.lanes:
            Errand(self.lane(act, call, tries, relay_min))

    def _answered(self, act: _Act, call: _Call, post: str, minutes: list[float]) -> bool:
        """Note an answer; return whether the call has all it needs."""
        call.missing.discard(post)
        if not call.missing:
            call.done = True
            self._acknowledge(act, call.callee, post, call.caller, call.cause, minutes)
            if call.cause == Link.REPORT:
                self._hear_report(act, call.callee, call.caller)
        return call.done

    def _acknowledge(self, act: _Act, node: int, post: str, caller: int, cause: int, minutes: list[float]) -> None:
        if act.acknowledged_min[node] < math.inf:
            return  # another desk was faster
        act.acknowledged_min[node] = self.env.now
        act.acknowledged_by[node], act.cause[node], act.caller[node] = post, cause, caller
        act.minutes[node] = minutes
        self._first_answer_min[node] = min(self._first_answer_min[node], self.env.now)
        counterpart = self._place[caller] if caller >= 0 else -1
        self._say(
            act, "call", self._place[node], "acknowledged", post=post, counterpart=counterpart, detail=self._title[node]
        )
        if node >= self._places:
            return
        if self._lowest[node] and act.calls_households:
            self._turn_to_households(act, node)
        if act.below[node] and cause != Link.REPORT:
            Errand(self.call_on(act, node))

    def _hear_report(self, act: _Act, node: int, reporter: int) -> None:
        """A desk hears of a sighting: it reports on, whatever it knew before; the desk right above warns its places, once.

        Later it rings back only the place that reports, if that has not been told to act.
        """
        if node not in self._knows_of_sighting:
            self._knows_of_sighting.add(node)
            if node == 0:
                self._say(act, "sighting", 0, "reported")
                self._sighting_reported.succeed()
            else:
                Errand(self.report(act, node))
        if self._lowest[reporter] and node not in act.called_on:
            Errand(self.call_on(act, node))
        elif self._lowest[reporter]:
            for edge in act.below[node]:
                if self._callee[edge] == reporter and self._net.link[edge] == Link.CHAIN:
                    self._call(act, node, edge, self.env.now - act.acknowledged_min[node])

    def _turn_to_households(self, act: _Act, desk: int) -> None:
        """A lowest desk that has answered: after its relay it turns to its households. Nothing waits for it, so no process."""
        dispatched_min = self.env.now + self._relay(act, desk)
        if dispatched_min <= self._end_min:
            act.dispatched_min[desk] = dispatched_min
            self.events.append(Event(dispatched_min, "team", desk, "", -1, "", "dispatched", "", act.id))

    def _replace(self, plan: ActPlan) -> None:
        """A warning puts an end to the calls of those it replaces; a lifted one is over for households too.

        It replaces what was released before it, is no more severe (a downgrade, a lift: whatever its level), and is addressed to no
        place that the new one leaves out.
        """
        if not isinstance(plan, WarningPlan):
            return
        county = self._scenario.county
        here = addressed(plan, county)
        for other, act in zip(self._plans, self._acts, strict=False):
            if not isinstance(other, WarningPlan) or other is plan or act.decided_min[-1] == math.inf:
                continue
            if (addressed(other, county) & ~here).any():
                continue
            if plan.change in ("downgrade", "lift") or SEVERITY[plan.level] >= SEVERITY[other.level]:
                act.replaced = True
            if plan.change == "lift":
                act.ended_min = min(act.ended_min, self.env.now)

    def _set_off(self, after: str) -> simpy.Event:
        if after == "sighting":
            return self._sighting_reported
        return next(act.released for act in self._acts if act.id == after)

    # --- luck and looking up ------------------------------------------------------------------------------------------

    def _stage(self, number: int) -> _Act:
        """Return one act before it begins, with the luck of all its calls and relays."""
        plan, net, size = self._scenario.plan, self._net, len(self._net.nodes)
        local = number == len(self._plans)
        own = None if local else self._plans[number]
        act_id = own.id if own is not None else "local"
        means = plan.local.means if own is None and plan.local else plan.means_of(own) if own else ()
        return _Act(
            id=act_id,
            kind=described(own)[0] if own is not None else "local",
            calls_households=any(plan.channels.starts_at_desks(each) for each in means),
            released=self.env.event(),
            acknowledged_min=[math.inf] * size,
            acknowledged_by=[""] * size,
            cause=[-1] * size,
            caller=[-1] * size,
            minutes={},
            dispatched_min=[math.inf] * self._places,
            below=net.acts[number].below,
            relay_min=self._fates.relays(act_id),
            fates={} if local else self._fates.of_calls(act_id, net.acts[number].used),
        )

    def _opening_min(self, plan: ActPlan) -> float:
        """Return how long after release automated calls begin."""
        channel = self._channels.auto_call
        if channel is None:
            return math.inf
        entered = opening_delays(self._scenario, self._luck, plan)["auto_call"]
        setup_min: float = channel.setup.draw(self._luck.one("auto_call/setup", luck.entity_id(plan.id)))
        return entered + setup_min

    def _relay(self, act: _Act, node: int) -> float:
        alerted = self._scenario.plan.roster.alerted
        if alerted is not None and self._first_answer_min[node] < self.env.now:
            return act.relay_min[node] * alerted.relay_factor
        return act.relay_min[node]

    def _answer_share(self, node: int, by_hour: tuple[float, ...]) -> float:
        """Return the chance that somebody reachable answers now; more where an earlier warning was answered."""
        share = by_hour[int((self._midnight_min + self.env.now) // 60) % 24]
        alerted = self._scenario.plan.roster.alerted
        if alerted is not None and self._first_answer_min[node] < self.env.now:
            return max(share, alerted.answer)
        return share

    def _holder(self, call: _Call, attempt: Try) -> Person | None:
        """Return who is to be called by this attempt, if anybody is and still needs to be."""
        if call.missing and attempt.post not in call.missing:
            return None
        if (person := self._person[call.callee]) is not None:
            return person
        key = (call.callee, attempt.post)
        held = self._held.get(key)
        if held is None or self.env.now >= held.until_min:
            held = self._held[key] = self._roster.holding(self._desk[call.callee], attempt.post, self.env.now)
        return held.person

    def _is_over(self, act: _Act, call: _Call) -> bool:
        """Return whether the call is of no more use: answered, answered to somebody else, or its warning replaced."""
        return call.done or act.replaced or (not call.alone and act.acknowledged_min[call.callee] < math.inf)

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

    def _way_m(self, call: _Call) -> float:
        places, here, there = self._scenario.county.places, self._place[call.caller], self._place[call.callee]
        return math.hypot(places.x_m[here] - places.x_m[there], places.y_m[here] - places.y_m[there])

    def _spend(self, minutes: list[float], step: int, spent_min: float, further_min: float = 0.0) -> simpy.Timeout:
        """Note minutes spent on a step and wait for them, and for ``further_min`` noted elsewhere."""
        minutes[step] += spent_min
        return pause(self.env, spent_min + further_min)

    def _recorded(self, act: _Act) -> CallRecords:
        size = self._net.nodes.outside
        minutes = np.full((size, len(CALLING)), np.nan)
        if act.minutes:
            minutes[list(act.minutes)] = list(act.minutes.values())
        return CallRecords(
            acknowledged_min=np.array(act.acknowledged_min[:size]),
            acknowledged_by=tuple(act.acknowledged_by[:size]),
            cause=np.array(act.cause[:size], dtype=np.int8),
            caller=np.array(act.caller[:size], dtype=np.int64),
            minutes=minutes,
            dispatched_min=np.array(act.dispatched_min),
        )

    def _told(self, act: _Act, call: _Call, attempt: Try, what: str) -> None:
        """Note what came of one attempt."""
        callee, here = call.callee, self._place[call.caller]
        self.events.append(
            Event(
                self.env.now,
                "call",
                self._place[callee],
                attempt.post,
                here,
                attempt.channel,
                what,
                self._title[callee],
                act.id,
            )
        )

    def _say(
        self,
        act: _Act | None,
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
        self.events.append(Event(float(self.env.now), event, place, post, counterpart, channel, what, detail, act_id))
