"""Section 2.3, items 2 to 4, and 2.8 *Desks*: one call after the other, down a ladder, by phone, message, messenger, or radio."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field

import simpy

from sim.distributions import Distribution
from sim.roster.duty import Person, Responsible
from sim.roster.plan import AttemptPlan, LadderPlan, StandbyPlan, StepPlan
from sim.scenario.acts import ActPlan
from sim.scenario.channels import SetPlan
from tests.reference.world import NEVER, Place, Play, Timeline, World, straight_m

SYSTEMS_THAT_CALL = ("flash_sms", "sms", "wechat", "auto_call")
"""Systems of the platform by which persons can be called; those that no household is told by are entered last, in this order."""


@dataclass(eq=False)
class Callee:
    """Who can be called: the duty room of a place, a key site, or a responsible person."""

    name: str
    place: Place
    kind: str
    responsible: Responsible | None = None


@dataclass(frozen=True)
class Answer:
    """When a callee answered, who it was, by what it was reached, why, and which desk had called."""

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
    calls_responsible: bool = False
    calls_key_sites: bool = False
    decided: list[float] = field(default_factory=lambda: [NEVER] * 4)
    released: simpy.Event | None = None
    opens: dict[str, float] = field(default_factory=dict)
    set_up: dict[str, float] = field(default_factory=dict)
    relay: dict[Place, float] = field(default_factory=dict)
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
    fell_back: bool = False
    missing: set[str] | None = None

    def needs(self, post: str) -> bool:
        """Tell whether the answer of a post is still needed."""
        return not self.missing or post in self.missing


class Calls:
    """How one callee is called: ladders, tries, and what is left when nobody gets through."""

    def __init__(self, world: World) -> None:
        self.world, self.env, self.plan = world, world.env, world.plan
        self.roster, self.rules, self.channels = world.scenario.roster, world.plan.roster, world.plan.channels
        self.rooms = {place: Callee(place.code, place, "place") for place in world.places}
        self.desks = {place: self._room(place) for place in world.places}
        self.all_hands: set[Place] = set()
        auto = self.channels.auto_call
        self.lines = simpy.Resource(self.env, auto.lines) if auto is not None else None
        self.luck_of_person: dict[int, float] = {}
        self.busy_until: dict[int, float] = {}
        self.answered_at: dict[Callee, list[tuple[ActNight, float]]] = {}
        self.set_luck: dict[tuple[str, Place], tuple[bool, float]] = {}
        self.units: dict[tuple[str, Place], simpy.Resource] = {}
        self.headline: list[ActNight] = []
        self.tried: list[tuple[float, str, str, str, str, str, str]] = []

    def _room(self, place: Place) -> Desk:
        """2.3.2: a desk has a fixed number of callers; 2.3.4: in a joint duty room departments add theirs to the county's."""
        own = self.rules.desks[place.level_id]
        callers = own.callers
        if place is self.world.top and self.rules.joint_duty:
            callers += sum(department.callers for department in self.rules.departments)
        couriers = simpy.Resource(self.env, own.couriers) if own.couriers else None
        return Desk(place.code, place, simpy.Resource(self.env, callers), couriers)

    def stand_by(self, act: ActNight, place: Place) -> None:
        """2.3.5: where an act asks for all hands, a desk that knows of it has more callers once they are there."""
        plan, own = self.rules.standby, self.rules.desks[place.level_id]
        if plan is not None and act.id in plan.after and place not in self.all_hands:
            self.all_hands.add(place)
            self.env.process(self.assemble(place, plan, plan.callers.get(place.level_id, 0) - own.callers))

    def assemble(self, place: Place, plan: StandbyPlan, more: int) -> Play:
        """2.3.5: the desk's people come in; simpy has no way to add to a resource but this."""
        yield self.world.wait(self.world.minutes(plan.assemble))
        callers = self.desks[place].callers
        callers._capacity += max(more, 0)
        callers._trigger_put(None)

    def is_over(self, job: Job) -> bool:
        """2.3.4: whether nobody needs to call any more; nobody is told from below or beside what it has heard from above."""
        if job.answered or not job.act.calling:
            return True
        if job.own:
            return False
        heard = job.callee in job.act.answers
        return heard or (job.act.kind == "local" and any(job.callee in act.answers for act in self.headline))

    def is_alerted(self, act: ActNight, callee: Callee) -> bool:
        """2.3.5: whether a desk has answered (the county: released) an earlier act tonight, and not too long ago."""
        if self.rules.alerted is None:
            return False
        lasts = self.rules.alerted.lasts_min or NEVER
        answers = self.answered_at.get(callee, ())
        return any(other is not act and 0 < self.world.now - minute <= lasts for other, minute in answers)

    def service(self, place: Place | None) -> Timeline:
        """2.8 Desks: the service of a place; the county's command centre, and whoever is outside, never fails."""
        if place is None or place is self.world.top:
            return Timeline()
        return self.world.service[place.index]

    # --- 2.4 Platform ---

    def open_platform(self, act: ActNight) -> None:
        """2.4 Platform: every system opens at release, or operators enter the text in one system after another; then its set-up."""
        asked = [name for name in act.means if self.channels.is_on_platform(name)]
        asked += [
            name
            for name in SYSTEMS_THAT_CALL
            if name in self.rules.call_channels
            and name not in asked
            and getattr(self.channels, name) is not None
            and self.channels.is_on_platform(name)
        ]
        free = [self.world.now] * self.plan.platform.operators
        for name in asked:
            act.opens[name] = self.world.now
            if self.plan.platform.kind == "separate":
                act.opens[name] = heapq.heappop(free) + self.world.minutes(self.plan.platform.entry)
                heapq.heappush(free, act.opens[name])
            act.set_up[name] = act.opens[name] + self.world.minutes(getattr(self.channels, name).setup)

    # --- 2.3.3 Ladders ---

    def start(self, job: Job, ladder: LadderPlan | None = None) -> list[simpy.Process]:
        """Let a job begin: by the ladder of its level, or by the steps for responsible persons; return what goes on at once."""
        if self.is_over(job):
            return []
        if job.callee.responsible is not None:
            post = job.callee.responsible.post
            return [
                self.env.process(self.one_after_another(job, [(step, post) for step in self.rules.responsible.steps]))
            ]
        name = "key_site" if job.callee.kind == "key_site" else job.callee.place.level_id
        ladder = ladder or self.rules.ladders[name]
        if ladder.need == "all":
            job.missing = {step.post for step in ladder.steps}
        if ladder.order == "in_turn":
            return [self.env.process(self.in_turn(job, ladder))]
        if ladder.need == "any":
            lanes = [[(step, step.post)] for step in ladder.steps]
        else:  # the steps for one post still follow each other
            posts = dict.fromkeys(step.post for step in ladder.steps)
            lanes = [[(step, post) for step in ladder.steps if step.post == post] for post in posts]
        return [self.env.process(self.one_after_another(job, lane)) for lane in lanes]

    def one_after_another(self, job: Job, steps: list[tuple[AttemptPlan, str]]) -> Play:
        """Take steps until one is answered as needed."""
        for step, post in steps:
            if (yield from self.step(job, step, post)):
                return

    def in_turn(self, job: Job, ladder: LadderPlan) -> Play:
        """2.3.3: step by step; the whole may be repeated from a step after a gap."""
        yield from self.walk(job, ladder.steps, 0)
        if ladder.repeat is None:
            return
        ids = [step.id for step in ladder.steps]
        first = ids.index(ladder.repeat.from_step) if ladder.repeat.from_step is not None else 0
        for _ in range(ladder.repeat.rounds):
            if self.is_over(job):
                return
            yield self.world.wait(ladder.repeat.gap_min)
            yield from self.walk(job, ladder.steps, first)

    def walk(self, job: Job, steps: tuple[StepPlan, ...], first: int) -> Play:
        """Go down a ladder once from a step on; where nobody answers, a step may jump to a later one."""
        ids, s = [step.id for step in steps], first
        while s < len(steps) and not self.is_over(job):
            yield from self.step(job, steps[s], steps[s].post)
            s = ids.index(steps[s].then) if steps[s].then is not None else s + 1

    def step(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.3.3: so many tries; between them the gap passes without holding a caller. Return whether nothing is left to do."""
        for n in range(step.tries):
            said, channel = yield from self.until_through(job, step, post)
            if said == "over":
                return True
            if said == "answered":
                if job.missing is not None:
                    job.missing.discard(post)
                if not job.missing:
                    self.answered(job, post, channel)
                    return True
            elif said == "no_answer" and n < step.tries - 1:
                yield self.world.wait(step.gap_min)
        return False

    def answered(self, job: Job, post: str, channel: str) -> None:
        """2.3.3: the end of the talk is the acknowledgement."""
        job.answered = True
        answer = Answer(self.world.now, post, channel, job.cause, job.desk.name)
        self.acknowledge(job.act, job.callee, answer)
        if job.cause == "report":
            self.hear_report(job.act, job.callee.place, job.desk.place)

    def acknowledge(self, act: ActNight, callee: Callee, answer: Answer) -> None:
        """What an answer leads to is up to the chain."""
        raise NotImplementedError

    def hear_report(self, act: ActNight, place: Place, reporter: Place) -> None:
        """What a report leads to is up to the chain."""
        raise NotImplementedError

    # --- 2.3.3 One try ---

    def until_through(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """One try: dialled again after a busy tone, which uses up no try, and after whatever 2.8 says where there is no service.

        Return what it came to ("answered", "no_answer", "vacant": nobody to call, "over": no more needed), and by what.
        """
        ways = {"phone": self.telephone, "auto_call": self.automated, "courier": self.messenger}
        while True:
            if self.is_over(job):
                return "over", ""
            if self.holder(job, post) is None:
                return "vacant", ""
            said = yield from ways.get(step.channel, self.message)(job, step, post)
            self.tried.append((self.world.now, job.act.id, job.desk.name, job.callee.name, post, step.channel, said))
            if said == "busy":
                yield self.world.wait(self.channels.phone.redial_min)
            elif said == "no_service" and self.rules.fallback is not None:
                said, means = yield from self.fall_back(job, step, post)
                if said != "again":
                    return said, means
            else:
                return ("no_answer" if said == "no_service" else said), step.channel

    def holder(self, job: Job, post: str) -> Person | None:
        """Return who holds a post at this minute and still has to answer, or nobody."""
        if not job.needs(post):
            return None
        if job.callee.responsible is not None:
            return job.callee.responsible.person
        return self.roster.on_duty(job.callee.name, post, self.world.now)

    def is_busy(self, person: int) -> bool:
        """2.3.3: whether a person is talking to somebody else."""
        return self.busy_until.get(person, 0.0) > self.world.now + 1e-9

    def is_reachable(self, person: Person, post: str) -> bool:
        """2.3.3: whether tonight's state *reachable* holds, drawn once per person and night."""
        number = self.luck_of_person.setdefault(person.entity, self.world.rng.random())
        return number < (self.rules.posts[post].reachable if person.reachable is None else person.reachable)

    def chance(self, job: Job, by_hour: tuple[float, ...]) -> float:
        """2.3.3: the probability of answering at this hour; 2.3.5: at least ``alerted.answer`` where an earlier act was answered."""
        share = by_hour[self.world.hour(self.world.now)]
        return max(share, self.rules.alerted.answer) if self.is_alerted(job.act, job.callee) else share

    def telephone(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.3.2: a telephone call holds a caller from dialling to its end."""
        phone = self.channels.phone
        return (
            yield from self.ring(job, step, post, job.desk.callers, job.desk.place, (phone.pickup, phone.talk, 1.0))
        )

    def automated(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.3.3: an automated call takes a line of the platform once it is open; what starts below has no platform."""
        duty = self.channels.auto_call.duty
        if job.act.set_up.get("auto_call", NEVER) == NEVER:
            return "vacant"
        yield self.world.wait_until(job.act.set_up["auto_call"])
        return (yield from self.ring(job, step, post, self.lines, None, (duty.pickup, duty.talk, duty.answer_factor)))

    def ring(
        self,
        job: Job,
        step: AttemptPlan,
        post: str,
        callers: simpy.Resource,
        here: Place | None,
        how: tuple[Distribution, Distribution, float],
    ) -> Play:
        """2.3.3: dial; answered: pick-up (at most the ring time) and talk; else the ring time; who is talking is busy.

        2.8 Desks: without service at both ends there is only a tone; if it goes meanwhile the talk is cut off.
        """
        pickup_law, talk_law, factor = how
        with callers.request() as caller:
            yield caller
            now, person = self.world.now, self.holder(job, post)
            if self.is_over(job):
                return "over"
            if person is None:
                return "vacant"
            lasts = min(self.service(here).up_until(now), self.service(job.callee.place).up_until(now))
            if lasts <= now:
                yield self.world.wait(self.channels.phone.busy_tone_min)
                return "no_service"
            if not self.is_reachable(person, post):
                yield self.world.wait(step.ring_min)
                return "no_answer"
            if self.is_busy(person.entity):
                yield self.world.wait(self.channels.phone.busy_tone_min)
                return "busy"
            if not self.world.happens(self.chance(job, self.rules.posts[post].answer) * factor):
                yield self.world.wait(step.ring_min)
                return "no_answer"
            ends = now + min(self.world.minutes(pickup_law), step.ring_min) + self.world.minutes(talk_law)
            self.busy_until[person.entity] = min(ends, lasts)
            yield self.world.wait_until(min(ends, lasts))
            return "answered" if ends <= lasts else "no_service"

    def message(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.3.3: a message holds no caller; the holder replies within the waiting time or not. 2.8: it waits for service."""
        duty = getattr(self.channels, step.channel).duty
        here = job.desk.place
        if step.channel in SYSTEMS_THAT_CALL and self.channels.is_on_platform(step.channel):
            if step.channel not in job.act.set_up:
                return "vacant"
            yield self.world.wait_until(job.act.set_up[step.channel])
            here = None
        person = self.holder(job, post)
        if person is None:
            return "vacant"
        read = self.world.happens(self.chance(job, duty.read)) and self.is_reachable(person, post)
        arrives = self.both_have_service(here, job.callee.place, self.world.now)
        reply = (
            self.both_have_service(here, job.callee.place, arrives + self.world.minutes(duty.delay)) - self.world.now
        )
        yield self.world.wait(min(reply, step.wait_min) if read else step.wait_min)
        return "answered" if read and reply <= step.wait_min else "no_answer"

    def both_have_service(self, here: Place | None, there: Place, minute: float) -> float:
        """Return the first minute, from ``minute`` on, at which two places both have service."""
        while minute < NEVER:
            back = max(self.service(here).back(minute), self.service(there).back(minute))
            if back <= minute:
                break
            minute = back
        return minute

    def messenger(self, job: Job, _: AttemptPlan, post: str) -> Play:
        """2.3.3: a messenger travels, finds the holder of the post or not, and is back after the same way."""
        plan, desk = self.channels.courier, job.desk
        if desk.couriers is None:
            return "vacant"  # nobody to send
        courier = desk.couriers.request()
        yield courier
        if self.is_over(job) or self.holder(job, post) is None:
            desk.couriers.release(courier)
            return "over" if self.is_over(job) else "vacant"
        yield self.world.wait(self.world.minutes(plan.ready))
        way = self.way(desk.place, job.callee.place)
        if way == NEVER:
            desk.couriers.release(courier)
            return "no_answer"
        yield self.world.wait(way)
        found = self.world.happens(plan.found) and not self.is_over(job) and self.holder(job, post) is not None
        if found:
            yield self.world.wait(self.world.minutes(plan.talk))
        self.env.process(self.come_back(desk, courier, way))
        return "answered" if found else "no_answer"

    def come_back(self, desk: Desk, courier: simpy.Event, way: float) -> Play:
        """Let a messenger come back."""
        yield self.world.wait(way)
        desk.couriers.release(courier)

    def way(self, here: Place, there: Place) -> float:
        """2.3.3: distance × detour / speed × rain; 2.8 Desks: by vehicle along roads open now, or walking over closed ones."""
        plan, rain = self.channels.courier, self.world.rain
        detour = 1.0 if self.world.has_roads else plan.detour
        driven = self.world.by_road(here, there, self.world.now, NEVER) * detour
        if plan.foot is None or driven < NEVER:
            return driven / plan.speed_m_per_min * getattr(plan.pace, rain)
        walked = self.world.by_road(here, there, self.world.now, plan.foot.over_closed)
        return walked / plan.foot.speed_m_per_min * getattr(plan.foot.pace, rain)

    # --- 2.8 Desks: where nobody gets through ---

    def fall_back(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.8 Desks: notice, try the other means in their order, once per job; then redial every so often, when it can get through.

        Return what it came to, or "again" where the ladder may dial again, and by what.
        """
        plan, here, there = self.rules.fallback, job.desk.place, job.callee.place
        if not job.fell_back:
            job.fell_back = True
            yield self.world.wait(self.world.minutes(plan.notice))
            is_cut_off = not (self.service(here).is_up(self.world.now) and self.service(there).is_up(self.world.now))
            means = plan.means if job.callee.kind == "place" and is_cut_off else ()
            for name in means:
                if self.is_over(job):
                    return "over", ""
                if self.holder(job, post) is None:
                    return "vacant", ""
                said = yield from self.by_other_means(job, step, post, name)
                if said in {"answered", "over"}:
                    return said, name
        back = self.both_have_service(here, there, self.world.now) - self.world.now
        if self.world.now + back > self.world.end:
            return "no_answer", ""  # not tonight
        yield self.world.wait(max(math.ceil(back / plan.retry_every_min), 1) * plan.retry_every_min)
        return "again", ""

    def by_other_means(self, job: Job, step: AttemptPlan, post: str, name: str) -> Play:
        """2.8 Desks: one of the means to fall back on."""
        if name == "courier":
            return (yield from self.messenger(job, step, post)) if self.channels.courier is not None else "vacant"
        if name == "neighbour_place":
            return (yield from self.next_place(job, step, post))
        return (yield from self.by_set(job, name))

    def holds_set(self, device: str, place: Place | None) -> bool:
        """2.8 Sets: a set with somebody trained, on duty where the roster says who is; the county has every kind."""
        if place is None or place is self.world.top:
            return True
        return self.world.sets.get((device, place.code), 0) > 0 and self.roster.can_use(
            place.code, device, self.world.now
        )

    def set_works(self, device: str, plan: SetPlan, place: Place) -> bool:
        """2.8 Sets: whether a set works is drawn once per place and kind; it has charge for so long."""
        if place is self.world.top:
            return True
        if (device, place) not in self.set_luck:
            charge = NEVER if plan.charge is None else self.world.minutes(plan.charge)
            self.set_luck[device, place] = self.world.happens(plan.works), charge
        works, charge = self.set_luck[device, place]
        return works and self.world.now < charge

    def units_of(self, device: str, place: Place) -> simpy.Resource | None:
        """2.8 Sets: one call per set at a time."""
        count = self.world.sets.get((device, place.code), 0)
        if not count:
            return None
        if (device, place) not in self.units:
            self.units[device, place] = simpy.Resource(self.env, count)
        return self.units[device, place]

    def by_set(self, job: Job, device: str) -> Play:
        """2.8 Sets: a set at both ends, or for a satellite phone a telephone with service at one; within reach; found out by trying."""
        plan, here, there = getattr(self.channels, device), job.desk.place or self.world.top, job.callee.place
        ends = [(place, self.holds_set(device, place)) for place in (here, there)]
        if plan is None or not any(has for _, has in ends):
            return "vacant"
        by_line = [place for place, has in ends if not has]
        if by_line and (
            device != "sat_phone" or not all(self.service(place).is_up(self.world.now) for place in by_line)
        ):
            return "vacant"
        if straight_m(here.x_m, here.y_m, there.x_m, there.y_m) > (plan.reach_m or NEVER):
            return "vacant"
        mine, theirs = self.units_of(device, here), self.units_of(device, there)
        unit = mine.request() if mine is not None else None
        if unit is not None:
            yield unit
        said = "over" if self.is_over(job) else (yield from self.call_by_set(job, device, by_line, theirs))
        if unit is not None:
            mine.release(unit)
        return said

    def call_by_set(self, job: Job, device: str, by_line: list[Place], theirs: simpy.Resource | None) -> Play:
        """2.8 Sets: get ready, call, and talk or ring for nothing."""
        plan, here, there = getattr(self.channels, device), job.desk.place or self.world.top, job.callee.place
        yield self.world.wait(self.world.minutes(plan.ready))
        now = self.world.now
        works = [self.set_works(device, plan, place) for place in (here, there) if place not in by_line]
        lasts = min((self.service(place).up_until(now) for place in by_line), default=NEVER)
        answers = self.world.happens(self.chance(job, plan.answered))
        is_free = theirs is None or theirs.count < theirs.capacity
        if not (all(works) and lasts > now and answers and is_free):
            yield self.world.wait(plan.ring_min)
            return "no_answer"
        unit = theirs.request() if theirs is not None else None
        ends = now + self.world.minutes(plan.talk)
        yield self.world.wait_until(min(ends, lasts))
        if unit is not None:
            theirs.release(unit)
        return "answered" if ends <= lasts else "no_answer"

    def next_place(self, job: Job, step: AttemptPlan, post: str) -> Play:
        """2.8 Next place: the nearest place under the same desk with service is rung and sends somebody."""
        phone, courier, there = self.channels.phone, self.channels.courier, job.callee.place
        if phone is None or courier is None or not self.service(job.desk.place).is_up(self.world.now):
            return "vacant"
        beside = [place for place in self.world.places if place.parent is there.parent and place is not there]
        beside = [place for place in beside if self.service(place).is_up(self.world.now)]
        if not beside:
            return "vacant"
        by = min(beside, key=lambda place: straight_m(place.x_m, place.y_m, there.x_m, there.y_m))
        plan, person = self.rules.posts[post], self.roster.on_duty(by.code, post, self.world.now)
        if person is None:
            return "vacant"
        reachable = plan.reachable if person.reachable is None else person.reachable
        if not self.world.happens(reachable * self.chance(job, plan.answer)):
            yield self.world.wait(step.ring_min or 0.0)
            return "no_answer"
        lasts = min(self.service(place).up_until(self.world.now) for place in (job.desk.place, by))
        ends = self.world.now + self.world.minutes(phone.pickup) + self.world.minutes(phone.talk)
        yield self.world.wait_until(min(ends, lasts))
        if ends > lasts:
            return "no_answer"
        yield self.world.wait(self.world.minutes(courier.ready))
        way = self.way(by, there)
        if way == NEVER:
            return "no_answer"
        yield self.world.wait(way)
        if not self.world.happens(courier.found) or self.is_over(job) or self.holder(job, post) is None:
            return "no_answer"
        yield self.world.wait(self.world.minutes(courier.talk))
        return "answered"
