"""Sections 2.2 and 2.3: acts, duty rooms, ladders, and every single call of the night."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import simpy

from sim.roster.duty import Person, Responsible
from sim.roster.plan import AttemptPlan, LadderPlan, StepPlan
from sim.scenario.acts import SEVERITY, ActPlan, WarningPlan, addressed, described
from tests.reference.world import NEVER, Place, Play, World, straight_m

if TYPE_CHECKING:
    from sim.roster.plan import PostPlan


@dataclass(eq=False)
class Callee:
    """Who can be called: the duty room of a place, a key site, or a responsible person."""

    name: str
    place: Place
    kind: str
    responsible: Responsible | None = None


@dataclass(frozen=True)
class Answer:
    """When a callee answered, who it was, by what it was reached, why, and who had called."""

    minute: float
    post: str
    channel: str
    cause: str
    caller: str


@dataclass(eq=False)
class Desk:
    """Somebody who calls: a duty room, a department, the governance centre, a neighbouring county."""

    name: str
    place: Place | None
    callers: simpy.Resource
    couriers: simpy.Resource | None = None


@dataclass(eq=False)
class ActNight:
    """One act tonight: when each step of deciding ended, who has answered, when each lowest place turned to its households."""

    id: str
    plan: ActPlan | None
    kind: str
    level: str
    change: str
    means: tuple[str, ...]
    addressed: list[bool]
    depth: int
    calls_responsible: bool
    calls_key_sites: bool
    decided: list[float]
    released: simpy.Event
    answers: dict[Callee, Answer] = field(default_factory=dict)
    dispatched: dict[Place, float] = field(default_factory=dict)
    dispatch: dict[Place, simpy.Event] = field(default_factory=dict)
    calling: bool = True
    tells_until: float = NEVER

    @property
    def released_min(self) -> float:
        """When the act was released."""
        return self.decided[3]


@dataclass(eq=False)
class Job:
    """One callee that one desk has to reach for one act; ``own``: it needs an answer of its own, whoever else has one."""

    act: ActNight
    desk: Desk
    callee: Callee
    cause: str
    own: bool = False
    answered: bool = False
    posts: set[str] = field(default_factory=set)

    @property
    def is_over(self) -> bool:
        """Whether nobody needs to call any more."""
        return self.answered or not self.act.calling or (not self.own and self.callee in self.act.answers)


class Chain:
    """Everybody who calls and is called tonight."""

    def __init__(self, world: World) -> None:
        self.world, self.env, self.plan = world, world.env, world.plan
        self.roster, self.rules = world.scenario.roster, world.plan.roster
        self.rooms = {place: Callee(place.code, place, "place") for place in world.places}
        sites = world.county.key_sites
        self.sites = [
            Callee(code, world.by_code[place], "key_site")
            for code, place in zip(sites["code"], sites["place"], strict=True)
        ]
        self.responsible = [
            Callee(entry.person.id, world.by_code[entry.place], "responsible", entry)
            for entry in self.roster.responsible
        ]
        self.callees = [*self.rooms.values(), *self.sites, *self.responsible]
        self.desks = {place: self._room(place) for place in world.places}
        self.lines: simpy.Resource | None = None
        if self.plan.channels.auto_call is not None:
            self.lines = simpy.Resource(self.env, self.plan.channels.auto_call.lines)
        self.luck_of_person: dict[int, float] = {}
        self.talking: set[int] = set()
        self.acts = [self._act(act) for act in self.plan.acts]
        self.sighting_reported = self.env.event()

    def begin(self) -> None:
        """Let everything that happens by itself begin at T0."""
        for act in self.acts:
            self.env.process(self.decide(act))

    def _room(self, place: Place) -> Desk:
        """A desk has a fixed number of callers; in a joint duty room departments add theirs to the county's."""
        own = self.rules.desks[place.level_id]
        callers = own.callers
        if place is self.world.top and self.rules.joint_duty:
            callers += sum(department.callers for department in self.rules.departments)
        couriers = simpy.Resource(self.env, own.couriers) if own.couriers else None
        return Desk(place.code, place, simpy.Resource(self.env, callers), couriers)

    def _act(self, act: ActPlan) -> ActNight:
        kind, level, _ = described(act)
        county = self.world.county
        targets = [target for target in self.plan.call_targets if target.applies(act)]
        deepest = [
            len(county.levels) - 1 if target.to is None else county.level_index(target.to)
            for target in targets
            if target.whom == "desks"
        ]
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
            [NEVER] * 4,
            self.env.event(),
            dispatch={place: self.env.event() for place in self.world.lowest},
        )

    # --- 2.2 Acts ---

    def decide(self, act: ActNight) -> Play:
        """2.2: set off, delayed, not before a clock time, perhaps at the next rolling consultation; then consult, sign, release."""
        plan, world = act.plan, self.world
        assert plan is not None
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
        act.released.succeed()
        if act.depth > 0 or act.calls_responsible or act.calls_key_sites:
            self.acknowledge(act, self.rooms[self.world.top], Answer(self.world.now, "", "", "chain", ""))
        if act.depth > 0 and not self.rules.joint_duty:
            for department in self.rules.departments:
                self.env.process(self.department(act, department))
        if act.depth > 0 and "governance" in self.rules.routes and self.rules.governance is not None:
            self.env.process(self.governance(act))

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

    # --- 2.3 Sweep A: who calls whom ---

    def department(self, act: ActNight, department: object) -> Play:
        """2.3.4: a department of its own needs an answer of its own from everybody it calls."""
        desk = self.outside(f"department/{department.id}", department.callers)
        yield self.world.wait(self.world.minutes(department.relay))
        called = [place for place in self.world.places if place.level_id in department.calls]
        called.sort(key=lambda place: (place.level, -place.listed, -place.residents, place.code))
        for place in called:
            if act.addressed[place.index] and 0 < place.level <= act.depth:
                self.start(Job(act, desk, self.rooms[place], "department", own=True))

    def governance(self, act: ActNight) -> Play:
        """2.3.6: the county's governance centre calls those of one level."""
        plan = self.rules.governance
        desk = self.outside("governance", plan.callers)
        yield self.world.wait(self.world.minutes(plan.relay))
        called = [place for place in self.world.places if place.level_id == plan.level]
        called.sort(key=lambda place: (-place.listed, -place.residents, place.code))
        for place in called:
            if act.addressed[place.index] and 0 < place.level <= act.depth:
                self.start(Job(act, desk, self.rooms[place], "governance"), plan.ladder)

    def outside(self, name: str, callers: int) -> Desk:
        """Return the desk of somebody beside the duty rooms, with the callers that it has for the whole night."""
        if not hasattr(self, "_outside"):
            self._outside: dict[str, Desk] = {}
        if name not in self._outside:
            self._outside[name] = Desk(name, None, simpy.Resource(self.env, callers))
        return self._outside[name]

    def acknowledge(self, act: ActNight, callee: Callee, answer: Answer) -> None:
        """2.3.4: the first answer counts; 2.3.5: who has answered relays and calls on."""
        if callee in act.answers:
            return
        act.answers[callee] = answer
        if callee.kind == "place":
            self.env.process(self.take_over(act, callee.place))

    def take_over(self, act: ActNight, place: Place) -> Play:
        """2.3.5: relay, then call on; a lowest desk turns to its households."""
        relay = self.world.minutes(self.rules.desks[place.level_id].relay)
        if self.is_alerted(act, self.rooms[place]):
            relay *= self.rules.alerted.relay_factor
        yield self.world.wait(relay)
        if place.lowest:
            act.dispatched[place] = self.world.now
            act.dispatch[place].succeed()
        self.call_on(act, place)

    def call_on(self, act: ActNight, place: Place) -> None:
        """2.3.1: every desk below, responsible persons, key sites, the place downstream (or that first)."""
        if not act.calling:
            return
        desk = self.desks[place]
        below = [self.rooms[other] for other in place.calls if other.level <= act.depth]
        if place is self.world.top and "duty_rooms" not in self.rules.routes:
            below = []
        leaves = [one for one in self.responsible if act.calls_responsible and one.place is place]
        if act.calls_key_sites:
            leaves += [site for site in self.sites if self.caller_of_site(site) is place]
        lateral = self.rules.lateral
        across = [self.rooms[other] for other in place.downstream if other.level <= act.depth] if lateral else []
        order = [(callee, "chain") for callee in (*below, *leaves)]
        beside = [(callee, "lateral") for callee in across]
        for callee, cause in beside + order if lateral and lateral.when == "first" else order + beside:
            if act.addressed[callee.place.index]:
                self.start(Job(act, desk, callee, cause))

    def caller_of_site(self, site: Callee) -> Place:
        """Return the place whose duty room calls a key site."""
        by = self.rules.key_sites_called_by
        level = self.world.county.level_index(by) if by is not None else 0
        return site.place.at_level(level) or site.place

    def is_alerted(self, act: ActNight, callee: Callee) -> bool:
        """2.3.5: whether a desk has answered an earlier act tonight (the county: released one), and not too long ago."""
        if self.rules.alerted is None:
            return False
        lasts = self.rules.alerted.lasts_min or NEVER
        return any(
            other is not act and callee in other.answers and self.world.now - other.answers[callee].minute <= lasts
            for other in self.acts
        )

    # --- 2.3.3 Ladders ---

    def start(self, job: Job, ladder: LadderPlan | None = None) -> None:
        """Let a job begin: by the ladder of its level, or by the steps for responsible persons."""
        if job.callee.responsible is not None:
            self.env.process(self.by_register(job))
        else:
            name = "key_site" if job.callee.kind == "key_site" else job.callee.place.level_id
            self.env.process(self.by_ladder(job, ladder or self.rules.ladders[name]))

    def by_register(self, job: Job) -> Play:
        """2.3.1: a responsible person is called by one step after the other."""
        for step in self.rules.responsible.steps:
            if (yield from self.step(job, step, job.callee.responsible.post)):
                return

    def by_ladder(self, job: Job, ladder: LadderPlan) -> Play:
        """2.3.3: step by step or all at once, and perhaps from some step again."""
        if ladder.order == "at_once":
            for step in ladder.steps:
                self.env.process(self.one_of_many(job, ladder, step))
            return
        yield from self.walk(job, ladder, 0)
        if ladder.repeat is None:
            return
        ids = [step.id for step in ladder.steps]
        first = ids.index(ladder.repeat.from_step) if ladder.repeat.from_step is not None else 0
        for _ in range(ladder.repeat.rounds):
            if job.is_over:
                return
            yield self.world.wait(ladder.repeat.gap_min)
            yield from self.walk(job, ladder, first)

    def walk(self, job: Job, ladder: LadderPlan, first: int) -> Play:
        """Go down a ladder once from a step on; where nobody answers, a step may jump to a later one."""
        ids = [step.id for step in ladder.steps]
        s = first
        while s < len(ladder.steps) and not job.is_over:
            step = ladder.steps[s]
            answered = False
            if step.post not in job.posts:
                answered = yield from self.step(job, step, step.post, ladder)
            s = ids.index(step.then) if step.then is not None and not answered else s + 1

    def one_of_many(self, job: Job, ladder: LadderPlan, step: StepPlan) -> Play:
        """One step of those that run at once."""
        yield from self.step(job, step, step.post, ladder)

    def step(self, job: Job, step: AttemptPlan, post: str, ladder: LadderPlan | None = None) -> Play:
        """So many tries; between them the gap passes without holding a caller. Return whether somebody answered."""
        ways = {"phone": self.telephone, "auto_call": self.automated, "courier": self.messenger}
        for n in range(step.tries):
            if n:
                yield self.world.wait(step.gap_min)
            if job.is_over or post in job.posts or self.holder(job.callee, post) is None:
                return False
            if (yield from ways.get(step.channel, self.message)(job, step, post)):
                self.answer(job, post, step.channel, ladder)
                return True
        return False

    def answer(self, job: Job, post: str, channel: str, ladder: LadderPlan | None) -> None:
        """2.3.3: one answer, or an answer of every post, acknowledges."""
        job.posts.add(post)
        if ladder is not None and ladder.need == "all":
            needed = {step.post for step in ladder.steps}
            if any(self.holder(job.callee, one) is not None for one in needed - job.posts):
                return
        job.answered = True
        self.acknowledge(job.act, job.callee, Answer(self.world.now, post, channel, job.cause, job.desk.name))

    # --- 2.3.2 and 2.3.3: one try ---

    def holder(self, callee: Callee, post: str) -> Person | None:
        """Return who holds a post at this minute, or nobody."""
        if callee.responsible is not None:
            return callee.responsible.person
        return self.roster.on_duty(callee.name, post, self.world.now)

    def would_answer(self, job: Job, person: Person, post: str, share: float | None = None, factor: float = 1.0) -> bool:
        """2.3.3: reachable tonight, and the draw of this try below the probability of answering at this hour."""
        plan: PostPlan = self.rules.posts[post]
        number = self.luck_of_person.setdefault(person.entity, self.world.rng.random())
        if number >= plan.reachable:
            return False
        chance = plan.answer[self.world.hour(self.world.now)] if share is None else share
        if share is None and self.is_alerted(job.act, job.callee):
            chance = max(chance, self.rules.alerted.answer)
        return self.world.happens(chance * factor)

    def telephone(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.3.2 and 2.3.3: a call holds a caller from dialling to its end; whoever talks is busy, and a tone uses up no try."""
        phone = self.plan.channels.phone
        while True:
            with job.desk.callers.request() as caller:
                yield caller
                person = self.holder(job.callee, post)
                if job.is_over or person is None:
                    return False
                if person.entity not in self.talking:
                    return (yield from self.talk(job, person, post, step.ring_min, phone.pickup, phone.talk))
                yield self.world.wait(phone.busy_tone_min)
            yield self.world.wait(phone.redial_min)

    def talk(  # noqa: PLR0913, PLR0917 - what a call is made of
        self, job: Job, person: Person, post: str, ring_min: float, pickup: object, talk: object, factor: float = 1.0
    ) -> Play:
        """2.3.3: pick-up, at most the ring time, and talk; or the ring time for nothing."""
        if not self.would_answer(job, person, post, factor=factor):
            yield self.world.wait(ring_min)
            return False
        self.talking.add(person.entity)
        yield self.world.wait(min(self.world.minutes(pickup), ring_min))
        yield self.world.wait(self.world.minutes(talk))
        self.talking.discard(person.entity)
        return True

    def automated(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.3.3: an automated call takes a line of the platform, once that is open."""
        plan = self.plan.channels.auto_call
        phone = self.plan.channels.phone
        while True:
            with self.lines.request() as line:
                yield line
                person = self.holder(job.callee, post)
                if job.is_over or person is None:
                    return False
                if person.entity not in self.talking:
                    duty = plan.duty
                    return (
                        yield from self.talk(
                            job, person, post, step.ring_min, duty.pickup, duty.talk, duty.answer_factor
                        )
                    )
                yield self.world.wait(phone.busy_tone_min)
            yield self.world.wait(phone.redial_min)

    def message(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.3.3: a message holds no caller; the holder replies within the waiting time or not."""
        duty = getattr(self.plan.channels, step.channel).duty
        person = self.holder(job.callee, post)
        reply = NEVER
        if self.would_answer(job, person, post, share=duty.read[self.world.hour(self.world.now)]):
            reply = self.world.minutes(duty.delay)
        yield self.world.wait(min(reply, step.wait_min))
        return reply <= step.wait_min

    def messenger(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.3.3: a messenger travels, finds the holder or not, and is back after the same way."""
        plan = self.plan.channels.courier
        desk = job.desk
        if desk.couriers is None or desk.place is None:
            return False
        here, there = desk.place, job.callee.place
        metres = straight_m(here.x_m, here.y_m, there.x_m, there.y_m) * plan.detour
        way = metres / plan.speed_m_per_min * getattr(plan.pace, self.world.rain)
        courier = desk.couriers.request()
        yield courier
        if job.is_over:
            desk.couriers.release(courier)
            return False
        yield self.world.wait(self.world.minutes(plan.ready) + way)
        found = self.holder(job.callee, post) is not None and self.world.happens(plan.found)
        if found:
            yield self.world.wait(self.world.minutes(plan.talk))
        self.env.process(self.return_courier(desk, courier, way))
        return found

    def return_courier(self, desk: Desk, courier: simpy.Event, way: float) -> Play:
        """Let a messenger come back."""
        yield self.world.wait(way)
        desk.couriers.release(courier)
