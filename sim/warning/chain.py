"""Sweep A: the chain of people who must answer.

For each act (a warning, a response, an evacuation order):
1. it is set off   2. consultation   3. sign-off   4. release   5. the county desk calls the desks below it, key sites, responsible persons
6. a desk that answers relays and calls on, down to the lowest   7. the lowest desks turn to their households

Beside it: departments and governance centres that call the same places, places that warn the next one down the river, a neighbouring
county that calls, monitors who see danger signs, act, and report up; villages that are cut off and act on their own alarm. Processes only
say what happened; nothing is counted here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import time
from itertools import chain

import numpy as np
import simpy

from sim import luck
from sim.luck import Luck
from sim.records import CALLING, CAUSES, CallRecords, EventLog
from sim.roster.ladders import Try
from sim.scenario import ActPlan, Scenario, WarningPlan, addressed, described
from sim.scenario.acts import SEVERITY, AlarmPlan, OwnTriggerPlan, SightingsPlan
from sim.warning.attempts import Course, Job
from sim.warning.conditions import Conditions
from sim.warning.engine import A_NANOMINUTE, Process, pause
from sim.warning.fallback import Fallback
from sim.warning.network import Link, Network
from sim.warning.platform import opening_delays

_OWN_TRIGGER = CAUSES.index("own_trigger")
_DAY_MIN = 1440.0


@dataclass(frozen=True)
class Chain:
    """What sweep A leaves to sweep B; times in minutes after T0, ``inf`` where it never came to it.

    Per act: ``decided_min`` the ends of the steps of ``records.DECIDING``; ``ended_min`` when it was lifted; ``calls`` who answered.
    """

    decided_min: tuple[tuple[float, float, float, float], ...]
    ended_min: tuple[float, ...]
    calls: tuple[CallRecords, ...]
    log: EventLog


class ChainOfDesks(Fallback):
    """The processes of sweep A for one night."""

    def __init__(self, scenario: Scenario, net: Network, night_luck: Luck, conditions: Conditions) -> None:
        super().__init__(scenario, net, night_luck, conditions)
        self._callee, self._lowest = net.callee.tolist(), net.lowest.tolist()
        self._sighting_reported = self.env.event()
        self._knows_of_sighting: set[int] = set()
        self._plans: tuple[ActPlan, ...] = scenario.plan.acts
        self._acts: list[Course] = []

    def run(self) -> Chain:
        """Play the chain to the end of the night."""
        self._acts = [self._stage(number) for number in range(len(self._net.acts))]
        self._headline = [act for act in self._acts if act.id in self._scenario.plan.headline]
        self.say(None, "hazard", 0, "identified")
        for number in range(len(self._plans)):
            self.send(self.play(number))
        self._start_from_below()
        self.play_out()
        return Chain(
            decided_min=tuple((a, b, c, d) for a, b, c, d in (act.decided_min for act in self._acts)),
            ended_min=tuple(act.ended_min for act in self._acts),
            calls=tuple(self._recorded(act) for act in self._acts),
            log=self.log,
        )

    # --- the processes ------------------------------------------------------------------------------------------------

    def play(self, number: int) -> Process:
        """One act: set off, consulted, signed off, released; then the top desk and those beside it job."""
        plan, act = self._plans[number], self._acts[number]
        entity, top = luck.entity_id(plan.id), 0
        if plan.after != "t0":
            yield self._set_off(plan.after)
        if plan.delay is not None:
            yield pause(self.env, plan.delay.draw(self._luck.one("warning/delay", entity)))
        if plan.at is not None:
            yield pause(self.env, self._until_clock(plan.at))
        every = self._scenario.plan.rolling_every_min
        if plan.consult == "rolling" and every is not None:
            rounds = math.ceil(self.env.now / every - A_NANOMINUTE)  # sums of minutes hit a round only nearly
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
            self.say(act, act.kind, top, what, post=post)
        self._replace(plan)
        act.released.succeed()
        act.opens_min = self._openings(plan)
        act.acknowledged_min[top] = self.env.now
        self._stand_by(act, top)
        self.send(self.call_on(act, top))
        if act.below[top]:
            self._note_answer(act, top, act.decided_min[-1])
        for node in range(self._net.nodes.outside, len(self._net.nodes)):
            if act.below[node]:
                self.send(self.call_on(act, node))

    def call_on(self, act: Course, node: int) -> Process:
        """A desk that knows: it relays, then calls all it has to call at once, as far as its callers go."""
        act.called_on.add(node)
        known_min = min(act.acknowledged_min[node], self.env.now)  # a desk outside the tree never answers anybody
        yield pause(self.env, self._relay(act, node))
        link, relaying_min = self._net.link, self.env.now - known_min
        for edge in act.below[node]:
            if link[edge] != Link.REPORT:
                self._call(act, node, edge, relaying_min)

    def sighting(self, act: Course, place: int, at_min: float, cause: str, *, acts_at_once: bool) -> Process:
        """A monitor sees a danger sign, or an alarm goes off: some wake their people first, all report up."""
        yield pause(self.env, at_min)
        self.say(act, "sighting", place, "sighted", detail="" if cause == "sighting" else cause)
        self.send(self.report(act, place))
        if acts_at_once:
            self._acknowledge(act, place, "", -1, CAUSES.index(cause), [0.0] * len(CALLING))

    def report(self, act: Course, node: int) -> Process:
        """A desk that has heard of a sighting, or the place that saw it, tells the desk above."""
        relay_min = self._relay(act, node)
        yield pause(self.env, relay_min)
        for edge in act.below[node]:
            if self._net.link[edge] == Link.REPORT:
                self._call(act, node, edge, relay_min)

    def own_trigger(self, act: Course, place: int, at_min: float) -> Process:
        """A village that is cut off, and that nobody has told, acts on its own rain alarm (断联自主启动)."""
        yield pause(self.env, at_min)
        if not self._service.at(place, self.env.now) and all(
            other.acknowledged_min[place] == math.inf for other in self._acts
        ):
            self._acknowledge(act, place, "", -1, _OWN_TRIGGER, [0.0] * len(CALLING))

    def neighbour_county(self, act: Course, node: int, at_min: float) -> Process:
        """A neighbouring county rings the places of ours that it was asked to warn."""
        yield pause(self.env, at_min)
        self.say(act, "call", 0, "started", detail=self._title[node])
        self.send(self.call_on(act, node))

    def _start_from_below(self) -> None:
        """Start the sightings and the calls of neighbouring counties, if the scenario has any."""
        plan = self._scenario.plan
        if plan.local is None:
            return
        act, county, neighbours = self._acts[-1], self._scenario.county, plan.roster.neighbour_counties
        for node, neighbour in enumerate(neighbours, start=len(self._net.nodes) - len(neighbours)):
            at_min = neighbour.at.draw(self._luck.one("neighbour_county/at", luck.entity_id(neighbour.id)))
            self.send(self.neighbour_county(act, node, at_min))
        if (own := plan.local.own_trigger) is not None:
            self._start_own_triggers(act, own)
        if (sightings := plan.local.sightings) is not None:
            for stated in sightings.stated:
                place = county.index[stated.place]
                self.send(self.sighting(act, place, stated.at_min, "sighting", acts_at_once=stated.acts_at_once))
            self._start_signs(act, "sighting", sightings, sightings.acts_at_once)
        for cause, alarm in plan.local.alarms.items():
            self._start_signs(act, cause, alarm, 1.0)

    def _start_signs(self, act: Course, cause: str, plan: SightingsPlan | AlarmPlan, acts_at_once: float) -> None:
        """Start what is seen, or goes off, at registered danger zones tonight."""
        county = self._scenario.county
        watched = county.zones["registered"].to_numpy(dtype=bool)
        if isinstance(plan, AlarmPlan) and plan.zones:
            watched = watched & county.zones["kind"].isin(plan.zones).to_numpy(dtype=bool)
        seen, at_once = (self._luck.uniform(f"{cause}/{what}", county.zone_entity) for what in ("seen", "acts_at_once"))
        at = plan.at.draw(self._luck.uniform(f"{cause}/at", county.zone_entity))
        for zone in np.flatnonzero(watched & (seen < plan.share)).tolist():
            acts = bool(at_once[zone] < acts_at_once)
            self.send(self.sighting(act, int(county.zone_place[zone]), float(at[zone]), cause, acts_at_once=acts))

    def _start_own_triggers(self, act: Course, plan: OwnTriggerPlan) -> None:
        """Each time a village is cut off it may act by itself, some time later."""
        county, places = self._scenario.county, self._scenario.county.places
        level = county.level_index("village")
        villages = set(county.of_level(len(county.levels) - 1 if level is None else level).tolist())
        for place in sorted(villages):
            entity, failures = int(places.entity[place]), self._service.failures(place)
            if failures and self._luck.one("own_trigger/acts", entity) < plan.share:
                after_min = plan.after.draw(self._luck.one("own_trigger/after", entity))
                for down_min in failures:
                    self.send(self.own_trigger(act, place, down_min + after_min))

    # --- what follows -------------------------------------------------------------------------------------------------

    def _call(self, act: Course, caller: int, edge: int, relay_min: float) -> None:
        """Set the lanes of one call job going."""
        callee, ladder, link = self._callee[edge], self._net.lanes[edge], self._net.link[edge]
        alone = link in (Link.DEPARTMENT, Link.REPORT)
        before = act.calls_made.get(edge, 0)
        entity = luck.child_id(act.entity, before) if before else act.entity
        job = Job(
            edge, caller, callee, self._net.cause[edge], alone, set(ladder.must_answer), len(ladder.lanes), entity
        )
        if self.is_over(act, job):
            return
        act.calls_made[edge] = before + 1
        for tries in ladder.lanes:
            self.send(self.lane(act, job, tries, relay_min))

    def _answered(self, act: Course, job: Job, by: Try, minutes: list[float]) -> bool:
        """Note an answer; return whether the call has all it needs."""
        job.missing.discard(by.post)
        if not job.missing:
            job.done = True
            self._acknowledge(act, job.callee, by.post, job.caller, job.cause, minutes, by.channel)
            if job.cause == Link.REPORT:
                self._hear_report(act, job.callee, job.caller)
        return job.done

    def _acknowledge(
        self, act: Course, node: int, post: str, caller: int, cause: int, minutes: list[float], channel: str = ""
    ) -> None:
        if act.acknowledged_min[node] < math.inf:
            return  # another desk was faster
        act.acknowledged_min[node] = self.env.now
        act.acknowledged_by[node], act.channel[node] = post, channel
        act.cause[node], act.caller[node] = cause, caller
        act.minutes[node] = minutes
        counterpart = self._place[caller] if caller >= 0 else -1
        self.say(
            act, "call", self._place[node], "acknowledged", post=post, counterpart=counterpart, detail=self._title[node]
        )
        if node < self._places:
            self._stand_by(act, node)
            if self._lowest[node] and act.calls_households:
                self._turn_to_households(act, node)
            if act.below[node] and cause != Link.REPORT:
                self.send(self.call_on(act, node))
        self._note_answer(act, node, self.env.now)

    def _hear_report(self, act: Course, node: int, reporter: int) -> None:
        """A desk hears of a sighting: it reports on, whatever it knew before; the desk right above warns its places, once.

        Later it rings back only the place that reports, if that has not been told to act.
        """
        if node not in self._knows_of_sighting:
            self._knows_of_sighting.add(node)
            if node == 0:
                self.say(act, "sighting", 0, "reported")
                self._sighting_reported.succeed()
            else:
                self.send(self.report(act, node))
        if self._lowest[reporter] and node not in act.called_on:
            self.send(self.call_on(act, node))
        elif self._lowest[reporter]:
            for edge in act.below[node]:
                if self._callee[edge] == reporter and self._net.link[edge] == Link.CHAIN:
                    self._call(act, node, edge, self.env.now - act.acknowledged_min[node])

    def _turn_to_households(self, act: Course, desk: int) -> None:
        """A lowest desk that has answered: after its relay it turns to its households. Nothing waits for it, so no process."""
        dispatched_min = self.env.now + self._relay(act, desk)
        if dispatched_min <= self._end_min:
            act.dispatched_min[desk] = dispatched_min
            self.log.note(dispatched_min, "team", desk, act="dispatched", act_id=act.id)

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

    def _stage(self, number: int) -> Course:
        """Return one act before it begins, with the luck of all its calls and relays."""
        plan, net, size = self._scenario.plan, self._net, len(self._net.nodes)
        local = number == len(self._plans)
        own = None if local else self._plans[number]
        act_id = own.id if own is not None else "local"
        means = plan.local.means if own is None and plan.local else plan.means_of(own) if own else ()
        return Course(
            id=act_id,
            entity=luck.entity_id(act_id),
            kind=described(own)[0] if own is not None else "local",
            calls_households=any(plan.channels.starts_at_desks(each) for each in means),
            released=self.env.event(),
            acknowledged_min=[math.inf] * size,
            acknowledged_by=[""] * size,
            channel=[""] * size,
            cause=[-1] * size,
            caller=[-1] * size,
            minutes={},
            dispatched_min=[math.inf] * self._places,
            below=net.acts[number].below,
            relay_min=self._fates.relays(act_id),
            fates={} if local else self._fates.of_calls(act_id, net.acts[number].used),
            setbacks=self.setbacks(act_id, net.acts[number].used),
        )

    def _until_clock(self, clock: time) -> float:
        """Return the minutes from now until a time of day comes."""
        now_min = self._midnight_min + self.env.now
        minutes = (clock.hour * 60 + clock.minute - now_min) % _DAY_MIN
        return 0.0 if _DAY_MIN - minutes < A_NANOMINUTE else minutes

    def _openings(self, plan: ActPlan) -> dict[str, float]:
        """Return when each system of the platform by which persons are called is open for an act that is released now."""
        entered = opening_delays(self._scenario, self._luck, plan)
        act, opens_min = luck.entity_id(plan.id), {}
        for name in self._by_platform & entered.keys():
            setup = getattr(self._channels, name).setup
            opens_min[name] = self.env.now + entered[name] + setup.draw(self._luck.one(f"{name}/setup", act))
        return opens_min

    def _relay(self, act: Course, node: int) -> float:
        alerted = self._alerted(act, node)
        return act.relay_min[node] * (1.0 if alerted is None else alerted.relay_factor)

    def _recorded(self, act: Course) -> CallRecords:
        size = self._net.nodes.outside
        minutes = np.full((size, len(CALLING)), np.nan)
        if act.minutes:
            spent = np.fromiter(chain.from_iterable(act.minutes.values()), np.float64)
            minutes[np.fromiter(act.minutes, np.int64)] = spent.reshape(-1, len(CALLING))
        return CallRecords(
            acknowledged_min=np.array(act.acknowledged_min[:size]),
            acknowledged_by=tuple(act.acknowledged_by[:size]),
            channel=tuple(act.channel[:size]),
            cause=np.array(act.cause[:size], dtype=np.int8),
            caller=np.array(act.caller[:size], dtype=np.int64),
            minutes=minutes,
            dispatched_min=np.array(act.dispatched_min),
        )
