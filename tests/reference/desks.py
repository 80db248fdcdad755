"""Sections 2.2 and 2.3: acts, and who calls whom; ``calls`` has every single call."""

from __future__ import annotations

import math
from collections.abc import Iterable

import simpy

from sim.roster.plan import DepartmentPlan, GovernancePlan, NeighbourCountyPlan
from sim.scenario.acts import SEVERITY, ActPlan, AlarmPlan, SightingsPlan, WarningPlan, addressed, described
from tests.reference.calls import ActNight, Answer, Callee, Calls, Desk, Job
from tests.reference.world import Place, Play, World


class Chain(Calls):
    """Everybody who calls and is called tonight."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        sites = world.county.key_sites
        self.sites = [
            Callee(code, world.by_code[place], "key_site")
            for code, place in zip(sites["code"], sites["place"], strict=True)
        ]
        self.responsible = [
            Callee(entry.person.id, world.by_code[entry.place], "responsible", entry)
            for entry in world.scenario.roster.responsible
        ]
        self.callees = [*self.rooms.values(), *self.sites, *self.responsible]
        self.outside: dict[str, Desk] = {}
        self.answer_events: dict[tuple[ActNight, Place], simpy.Event] = {}
        self.acts = [self._act(act) for act in self.plan.acts]
        self.local = self._act(None) if self.plan.local is not None else None
        self.headline = [act for act in self.acts if act.id in self.plan.headline]
        self.sighting_reported = self.env.event()
        self.has_reported: set[Place] = set()
        self.calls_on: set[tuple[ActNight, Place]] = set()

    @property
    def every_act(self) -> list[ActNight]:
        """All acts, the one that starts below last."""
        return [*self.acts, *([self.local] if self.local is not None else [])]

    def begin(self) -> None:
        """Let everything that happens by itself begin at T0."""
        for act in self.acts:
            self.env.process(self.decide(act))
        if self.local is not None:
            self.start_below(self.local)

    def _act(self, act: ActPlan | None) -> ActNight:
        """2.2: what an act asks for; without a plan the last act, *local*, in which places are called down to the lowest."""
        county, lowest = self.world.county, len(self.world.county.levels) - 1
        dispatch = {place: self.env.event() for place in self.world.lowest}
        if act is None:
            everywhere, means = [True] * len(self.world.places), self.plan.local.means
            return ActNight(
                "local", None, "local", "", "", means, everywhere, lowest, dispatch=dispatch, released=self.env.event()
            )
        kind, level, _ = described(act)
        targets = [target for target in self.plan.call_targets if target.applies(act)]
        desks = [target.to for target in targets if target.whom == "desks"]
        deepest = [lowest if to is None else county.level_index(to) for to in desks]
        return ActNight(
            act.id,
            act,
            kind,
            level,
            getattr(act, "change", ""),
            self.plan.means_of(act),
            addressed(act, county).tolist(),
            max(deepest, default=0),
            any(target.whom == "responsible" for target in targets),
            any(target.whom == "key_sites" for target in targets),
            dispatch=dispatch,
            released=self.env.event(),
        )

    # --- 2.2 Acts ---

    def decide(self, act: ActNight) -> Play:
        """2.2: set off, delayed, not before a clock time, perhaps at the next rolling consultation; then consult, sign, release."""
        plan, world = act.plan, self.world
        if plan.after == "sighting":
            yield self.sighting_reported
        elif plan.after != "t0":
            yield next(other for other in self.acts if other.id == plan.after).released
        if plan.delay is not None:
            yield world.wait(world.minutes(plan.delay))
        if plan.at is not None:
            yield world.wait_until(world.next_clock(plan.at, world.now))
        if plan.consult == "rolling":
            every = self.plan.rolling_every_min
            yield world.wait_until(math.ceil(world.now / every - 1e-9) * every)
        act.decided[0] = world.now
        for step, law in enumerate((plan.consultation, plan.sign_off, plan.release), start=1):
            yield world.wait(world.minutes(law))
            act.decided[step] = world.now
        self.release(act)

    def release(self, act: ActNight) -> None:
        """2.2 and 2.3: calls of earlier warnings stop; the county's desk knows and relays; so do the others who call from above."""
        self.supersede(act)
        self.open_platform(act)
        act.released.succeed()
        self.acknowledge(act, self.rooms[self.world.top], Answer(self.world.now, "", "", "", ""))
        if act.depth == 0:
            return  # no desk is called
        if not self.rules.joint_duty:
            for department in self.rules.departments:
                self.env.process(self.department(act, department))
        if "governance" in self.rules.routes and self.rules.governance is not None:
            self.env.process(self.governance(act, self.rules.governance))

    def supersede(self, act: ActNight) -> None:
        """2.2: which earlier warnings an act makes out of date; a lifted one tells no household any more."""
        if not isinstance(act.plan, WarningPlan):
            return
        for other in self.acts:
            if other is act or not isinstance(other.plan, WarningPlan) or other.released_min > self.world.now:
                continue
            within = all(mine or not its for mine, its in zip(act.addressed, other.addressed, strict=True))
            lowered = act.change in {"downgrade", "lift"}
            if within and (lowered or SEVERITY[other.plan.level] <= SEVERITY[act.plan.level]):
                other.calling = False
                if act.change == "lift":
                    other.tells_until = min(other.tells_until, self.world.now)

    # --- 2.3.1 Who calls whom ---

    def acknowledge(self, act: ActNight, callee: Callee, answer: Answer) -> None:
        """2.3.4: the first answer counts; 2.3.5: who has answered relays and calls on.

        Who hears a mere report calls on only if it stands right above the place that reports; see ``hear_report``.
        """
        if callee in act.answers:
            return
        act.answers[callee] = answer
        self.when_answered(act, callee.place if callee.kind == "place" else None).succeed()
        if callee.kind == "place":
            self.stand_by(act, callee.place)
            relay = self.relay(act, callee.place)
            if callee.place.lowest:
                self.env.process(self.turn_to_households(act, callee.place, relay))
            if answer.cause != "report":
                self.env.process(self.call_on(act, callee.place, relay))
        self.answered_at.setdefault(callee, []).append((act, self.world.now))

    def when_answered(self, act: ActNight, place: Place | None) -> simpy.Event:
        """Return the event that the duty room of a place answers (of no place: an event that nobody waits for)."""
        if place is None:
            return self.env.event()
        return self.answer_events.setdefault((act, place), self.env.event())

    def relay(self, act: ActNight, place: Place) -> float:
        """2.3.5: how long a desk takes from answering to calling on, drawn once for each act; less where it answered an earlier act."""
        if place not in act.relay:
            act.relay[place] = self.world.minutes(self.rules.desks[place.level_id].relay)
        return act.relay[place] * (self.rules.alerted.relay_factor if self.is_alerted(act, self.rooms[place]) else 1.0)

    def turn_to_households(self, act: ActNight, place: Place, relay: float) -> Play:
        """2.3.5: a lowest desk relays and turns to its households (*dispatch*)."""
        yield self.world.wait(relay)
        act.dispatched[place] = self.world.now
        act.dispatch[place].succeed()

    def call_on(self, act: ActNight, place: Place, relay: float) -> Play:
        """2.3.1: relay; then every desk below, responsible persons, key sites, and the place downstream (or that first)."""
        self.calls_on.add((act, place))
        yield self.world.wait(relay)
        chain = [(self.rooms[other], "chain") for other in self.called_by(act, place)]
        chain += [
            (one, "chain")
            for one in self.responsible
            if act.calls_responsible and (one.place.parent or one.place) is place
        ]
        chain += [(site, "chain") for site in self.sites if act.calls_key_sites and self.caller_of(site) is place]
        beside = []
        if self.rules.lateral is not None:
            beside = [(self.rooms[other], "lateral") for other in place.downstream if other.level <= act.depth]
        first_beside = self.rules.lateral is not None and self.rules.lateral.when == "first"
        for callee, cause in beside + chain if first_beside else chain + beside:
            if act.addressed[callee.place.index]:
                self.start(Job(act, self.desks[place], callee, cause))

    def called_by(self, act: ActNight, place: Place) -> list[Place]:
        """2.3.1: the places that a duty room calls; 2.3.6: what began below goes down from the desk right above the lowest."""
        if place is self.world.top:
            if act is self.local:
                return [other for other in place.calls if other.lowest]
            if "duty_rooms" not in self.rules.routes:
                return []
        return [other for other in place.calls if other.level <= act.depth]

    def caller_of(self, site: Callee) -> Place | None:
        """2.3.1: the place whose duty room calls a key site."""
        if self.rules.key_sites_called_by is None:
            return None
        level = self.world.county.level_index(self.rules.key_sites_called_by)
        return site.place.at_level(level) or site.place

    def department(self, act: ActNight, plan: DepartmentPlan) -> Play:
        """2.3.4: a department that does not share a duty room needs an answer of its own."""
        yield self.world.wait(self.world.minutes(plan.relay))
        desk = self.desk_outside(f"department/{plan.id}", plan)
        for place in in_calling_order(self.world.places):
            if place.level_id in plan.calls and place.level <= act.depth and act.addressed[place.index]:
                self.start(Job(act, desk, self.rooms[place], "department", own=True))

    def governance(self, act: ActNight, plan: GovernancePlan) -> Play:
        """2.3.6: the county's governance centre calls those of one level."""
        yield self.world.wait(self.world.minutes(plan.relay))
        desk = self.desk_outside("governance", plan)
        for place in in_calling_order(self.world.places):
            if place.level_id == plan.level and place.level <= act.depth and act.addressed[place.index]:
                self.start(Job(act, desk, self.rooms[place], "governance"), plan.ladder)

    def desk_outside(self, name: str, plan: DepartmentPlan | GovernancePlan | NeighbourCountyPlan) -> Desk:
        """Return the desk of somebody beside the duty rooms, with the callers that it has for the whole night."""
        if name not in self.outside:
            self.outside[name] = Desk(name, None, simpy.Resource(self.env, plan.callers))
        return self.outside[name]

    # --- 2.3.6 Beside the chain ---

    def start_below(self, act: ActNight) -> None:
        """2.3.6: neighbouring counties call; monitors see danger signs; alarms go off; villages that are cut off act on their own."""
        local, world = self.plan.local, self.world
        for neighbour in self.rules.neighbour_counties:
            self.env.process(self.neighbour_county(act, neighbour))
        if local.own_trigger is not None:
            for place in self.villages():
                if world.happens(local.own_trigger.share):
                    after = world.minutes(local.own_trigger.after)
                    for down, _ in self.service(place).downs:
                        self.env.process(self.own_trigger(act, place, down + after))
        if local.sightings is not None:
            for stated in local.sightings.stated:
                place = world.by_code[stated.place]
                self.env.process(self.sign(act, place, stated.at_min, "sighting", acts=stated.acts_at_once))
            self.signs(act, "sighting", local.sightings, local.sightings.acts_at_once)
        for alarm, plan in local.alarms.items():
            self.signs(act, alarm, plan, 1.0)

    def villages(self) -> list[Place]:
        """Return the villages; where there are none, the lowest places."""
        level = self.world.county.level_index("village")
        return [
            place
            for place in self.world.places
            if place.level == (len(self.world.county.levels) - 1 if level is None else level)
        ]

    def signs(self, act: ActNight, cause: str, plan: SightingsPlan | AlarmPlan, acts_at_once: float) -> None:
        """2.3.6: signs at a share of the registered zones."""
        zones = self.world.county.zones
        for kind, place, registered in zip(zones["kind"], zones["place"], zones["registered"], strict=True):
            if isinstance(plan, AlarmPlan) and plan.zones and kind not in plan.zones:
                continue
            if registered and self.world.happens(plan.share):
                at, acts = self.world.minutes(plan.at), self.world.happens(acts_at_once)
                self.env.process(self.sign(act, self.world.by_code[place], at, cause, acts=acts))

    def sign(self, act: ActNight, place: Place, minute: float, cause: str, *, acts: bool) -> Play:
        """2.3.6: a monitor sees a danger sign, wakes its place at once or not, and reports up."""
        yield self.world.wait(minute)
        self.env.process(self.report(act, place))
        if acts:
            self.acknowledge(act, self.rooms[place], Answer(self.world.now, "", "", cause, ""))

    def report(self, act: ActNight, place: Place) -> Play:
        """2.3.6: relay, then tell the desk above, which needs to hear it whatever it knew before."""
        yield self.world.wait(self.relay(act, place))
        if place.parent is not None:
            job = Job(act, self.desks[place], self.rooms[place.parent], "report", own=True)
            self.start(job)

    def hear_report(self, act: ActNight, place: Place, reporter: Place) -> None:
        """2.3.6: a desk passes the first report on; the one right above the lowest calls its places, or at least the one that reports."""
        if place not in self.has_reported:
            self.has_reported.add(place)
            if place is self.world.top:
                self.sighting_reported.succeed()
            else:
                self.env.process(self.report(act, place))
        if not reporter.lowest:
            return
        if (act, place) not in self.calls_on:
            self.env.process(self.call_on(act, place, self.relay(act, place)))
        elif reporter in place.calls:
            self.start(Job(act, self.desks[place], self.rooms[reporter], "chain"))

    def neighbour_county(self, act: ActNight, plan: NeighbourCountyPlan) -> Play:
        """2.3.6: a neighbouring county calls places of ours at a drawn minute."""
        yield self.world.wait(self.world.minutes(plan.at))
        desk = self.desk_outside(f"neighbour/{plan.id}", plan)
        for code in plan.calls:
            self.start(Job(act, desk, self.rooms[self.world.by_code[code]], "neighbour_county"))

    def own_trigger(self, act: ActNight, place: Place, minute: float) -> Play:
        """2.8 Alone: a village without service that nobody has told may act on its own rain alarm."""
        yield self.world.wait(minute)
        told = any(self.rooms[place] in other.answers for other in self.every_act)
        if not told and not self.service(place).is_up(self.world.now):
            self.acknowledge(act, self.rooms[place], Answer(self.world.now, "", "", "own_trigger", ""))


def in_calling_order(places: Iterable[Place]) -> list[Place]:
    """2.3.1: those with most listed persons first, then by residents, then by code."""
    return sorted(places, key=lambda place: (-place.listed, -place.residents, place.code))
