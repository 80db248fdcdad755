"""Section 2.9: what strikes when, who must leave, how they decide and get away."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import simpy

from sim.scenario.acts import RISING
from sim.scenario.evacuation import OnsetPlan, TriggerPlan
from tests.reference.calls import ActNight, Answer
from tests.reference.channels import Channels
from tests.reference.desks import Chain
from tests.reference.outages import Outages
from tests.reference.world import NEVER, Household, Place, Play, World, straight_m

STARTS = ("sighting", "neighbour_county", "own_trigger", "rain_alarm", "water_alarm", "cannot_judge")


@dataclass(eq=False)
class Leaving:
    """What becomes of one household in a danger zone; minutes after T0, infinite for never."""

    home: Household
    onset: float
    heard: float = NEVER
    told: float = NEVER
    trigger: int = -1
    asked: float = NEVER
    known: float = NEVER
    confirmed: float = NEVER
    by_means: dict[str, float] = field(default_factory=dict)
    due: float = NEVER
    early: bool = False
    sure: float = NEVER
    away: bool = False
    refuses: bool = False
    decided: float = NEVER
    prepare: float = NEVER
    persuaded: float = NEVER
    refused_for_good: float = NEVER
    ready: float = NEVER
    needs_crew: bool = False
    departed: float = NEVER
    per_metre: float = 0.0
    safe: float = NEVER
    gave_up: float = NEVER
    returned: float = NEVER
    shelter: int = -1
    helped: bool = False

    @property
    def prompted(self) -> float:
        """When it heard what it acts upon."""
        return self.heard if self.goes_by_itself else self.told

    @property
    def goes_by_itself(self) -> bool:
        """Whether it goes on hearing of danger before anything asks it to."""
        return self.early and self.sure < NEVER

    @property
    def has_to_leave(self) -> bool:
        """2.9 When its zone is struck: a household that something asks only after that is none that must leave."""
        return self.due < NEVER and self.due <= self.onset


class Hazard:
    """2.9 Onset: when each danger zone is struck."""

    def __init__(self, world: World, outages: Outages) -> None:
        self.world, self.outages = world, outages
        zones, plan = world.county.zones, world.plan.hazard.onset
        self.codes, self.kinds = list(zones["code"]), list(zones["kind"])
        self.places = [world.by_code[code] for code in zones["place"]]
        self.onset = [NEVER] * len(self.codes)
        for law in plan.laws.values() if plan is not None else ():
            self.strike(law)
        for stated in plan.stated if plan is not None else ():
            self.onset[self.codes.index(stated.zone)] = stated.at_min

    def strike(self, law: OnsetPlan) -> None:
        """A zone is struck with the probability of the rain, at a drawn minute; a township shares chance and minute in part."""
        world, shared = self.world, {}
        for n, place in enumerate(self.places):
            town = self.outages.township(place)
            since = self.outages.hit.get(town, NEVER) if law.with_flood else 0.0
            luck = world.rng.random(), world.minutes(law.at)
            if world.happens(law.together):
                luck = shared.setdefault(town, luck)
            chosen = not law.kinds or self.kinds[n] in law.kinds
            if chosen and luck[0] < getattr(law.share, world.rain):
                self.onset[n] = min(self.onset[n], since + luck[1])


class Triggers:
    """2.9 Triggers: on hearing what, who must leave."""

    def __init__(self, world: World, chain: Chain, hazard: Hazard) -> None:
        self.world, self.chain, self.hazard = world, chain, hazard
        self.plans = list(world.plan.evacuation.triggers.items())
        transfer = world.county.transfer
        self.own = {
            world.households[row]: leave_on for row, leave_on in zip(transfer["row"], transfer["leave_on"], strict=True)
        }

    def origin(self, place: Place) -> tuple[str, Place] | None:
        """Follow what began below back from answer to answer to the place that saw it: with what it began, and where.

        The desk that heard a report knows of what the reporting place saw, whoever rang that place back.
        """
        here, by_report = place, False
        while True:
            answer = self.chain.local.answers.get(self.chain.rooms[here])
            if answer is None:
                return ("sighting", here) if by_report else None
            if answer.cause in STARTS:
                return answer.cause, here
            if answer.cause != "report" and by_report:
                return "sighting", here
            by_report = by_report or answer.cause == "report"
            here = self.world.by_code[answer.caller]

    def asking(self, act: ActNight, home: Household, minute: float) -> list[int]:
        """Return the triggers by which an act asks a household to leave; one with a trigger of its own (一户一策) has only that."""
        if minute == NEVER:
            return []
        own = self.own.get(home, "")
        return [
            number
            for number, (name, trigger) in enumerate(self.plans)
            if (not own or own == name)
            and self.concerns(trigger, home, minute)
            and self.matches(trigger, act, home.place)
        ]

    def hears(self, one: Leaving, acts: list[ActNight], channels: Channels) -> None:
        """2.9 Triggers: note what a household in a danger zone hears of danger, and of what asks it to leave."""
        home, rooms = one.home, self.chain.rooms
        village = self.world.places[int(self.world.county.reporter[home.place.index])]
        for act in acts:
            if (act.change and act.change not in RISING) or home not in channels.addressed(act):
                continue  # lowered, lifted, ended, or not meant for it
            told = channels.told[act]
            heard = told.first.get(home, (NEVER, ""))[0]
            answered = {
                place: act.answers[rooms[place]].minute
                for place in (home.place, village)
                if rooms[place] in act.answers
            }
            asked = answered.get(home.place, NEVER) if act.kind == "local" else act.released_min
            one.heard = min(one.heard, heard)
            numbers = self.asking(act, home, heard if heard < NEVER else asked)
            if not numbers:
                continue
            one.asked = min(one.asked, asked)
            one.known = min([one.known, *answered.values()])
            if heard < one.told:
                one.told, one.trigger = heard, numbers[0]
            one.confirmed = min(one.confirmed, told.confirmed.get(home, NEVER))
            for name, by_home in told.by_channel.items():
                if home in by_home and not (name == "neighbour" and told.first[home][1] != "neighbour"):
                    one.by_means[name] = min(one.by_means.get(name, NEVER), by_home[home])
        one.due = 0.0 if home.listed else one.asked

    def matches(self, trigger: TriggerPlan, act: ActNight, place: Place) -> bool:
        """Tell whether an act is what a trigger waits for: its level, if it rises; or what it began with below."""
        if act.kind != "local":
            return act.level in trigger.on and (act.kind == "order" or act.change in RISING)
        origin = self.origin(place)
        if origin is None:
            return False
        cause, where = origin
        return cause in trigger.on and (trigger.reach == "all" or where is place)

    def concerns(self, trigger: TriggerPlan, home: Household, minute: float) -> bool:
        """Tell whether a trigger is about a household, at this hour."""
        if trigger.zones and self.hazard.kinds[home.zone] not in trigger.zones:
            return False
        if trigger.hours != "any" and (trigger.hours == "night") != self.world.is_night(minute):
            return False
        return trigger.whom == "threatened" or (home.listed and (trigger.whom == "listed" or home.needs_help))


class Shelters:
    """2.9 Shelters, and 2.9 Walking: the way there."""

    def __init__(self, world: World) -> None:
        self.world, self.plan = world, world.plan.evacuation
        table = world.county.shelters
        self.place = [world.by_code[code] for code in table["place"]]
        self.x_m, self.y_m = table["x_m"].tolist(), table["y_m"].tolist()
        self.kind, self.room = list(table["kind"]), table["capacity"].tolist()
        self.opened = [n for n, kind in enumerate(self.kind) if kind in self.plan.shelters.kinds]
        self.persons, self.full, self.first = [0] * len(table), [NEVER] * len(table), [NEVER] * len(table)
        transfer = world.county.transfer
        self.own = {
            world.households[row]: n for row, n in zip(transfer["row"], transfer["shelter"], strict=True) if n >= 0
        }
        self.order = {place: self.nearest(place) for place in world.lowest}
        turns = {minute for road in world.roads for down in road.downs for minute in down}
        self.turns = sorted(minute for minute in turns if minute < NEVER)

    def centre_m(self, n: int) -> float:
        """Return the metres from where the road ends to a shelter."""
        return straight_m(self.place[n].x_m, self.place[n].y_m, self.x_m[n], self.y_m[n])

    def nearest(self, place: Place) -> list[int]:
        """2.9 Shelters: the nearest four by open road, and the nearest large one (for longer stays), last; five if there is none apart."""

        def by_road(n: int) -> float:
            return self.world.by_road(place, self.place[n], -1.0, NEVER) + self.centre_m(n)  # before any road fails

        def by_air(n: int) -> float:
            return straight_m(place.x_m, place.y_m, self.x_m[n], self.y_m[n])

        near = sorted(sorted(self.opened, key=by_air)[:12], key=by_road)[:5]
        large = [n for n in self.opened if self.kind[n] != "emergency"]
        if large and len(near) == 5 and min(large, key=by_air) not in near:
            near[4] = min(large, key=by_air)
        return near

    def tried_by(self, home: Household) -> list[int]:
        """2.9 Shelters: its own by plan first."""
        near, own = self.order[home.place], self.own.get(home)
        if own is None or own not in self.opened:
            return near
        return [own, *(n for n in near if n != own)]

    def way(self, home: Household, minute: float) -> float:
        """2.9 Walking: metres from the house to the road, along it, and to the first shelter, as roads are at a minute."""
        tried = self.tried_by(home)
        if not tried:
            return self.plan.shelters.to_safety_m
        there = self.place[tried[0]]
        if there is home.place:
            return straight_m(home.x_m, home.y_m, self.x_m[tried[0]], self.y_m[tried[0]])
        to_road = straight_m(home.x_m, home.y_m, home.place.x_m, home.place.y_m)
        along = self.world.by_road(home.place, there, minute, self.plan.walking.over_closed or NEVER)
        return to_road + along + self.centre_m(tried[0])

    def opens(self, home: Household, minute: float) -> float:
        """2.9 Walking: the first minute, from a minute on, at which a way is open."""
        for moment in [minute, *(turn for turn in self.turns if turn > minute)]:
            if self.way(home, moment) < NEVER:
                return moment
        return NEVER

    def drive_m(self, home: Household, minute: float) -> float:
        """2.9 Helpers: metres of open road for a vehicle; none to a shelter of the same place."""
        tried = self.tried_by(home)
        if not tried or self.place[tried[0]] is home.place:
            return NEVER
        return self.world.by_road(home.place, self.place[tried[0]], minute, NEVER)

    def between(self, here: int, there: int, minute: float) -> float:
        """2.9 Shelters: metres from one shelter to another."""
        one, other = self.place[here], self.place[there]
        if one is other:
            return straight_m(self.x_m[here], self.y_m[here], self.x_m[there], self.y_m[there])
        along = self.world.by_road(one, other, minute, self.plan.walking.over_closed or NEVER)
        return self.centre_m(here) + along + self.centre_m(there)


@dataclass(eq=False)
class Village:
    """2.9 Helpers: those of one village, in crews, and how long they have worked in all."""

    place: Place
    known: float
    crews: simpy.Store
    vehicles: int
    waiting: list[float] = field(default_factory=list)
    count: int = 0
    worked: float = 0.0
    asking: bool = False


class Evacuation:
    """2.9: everybody in a danger zone, and everybody who helps them."""

    def __init__(self, world: World, outages: Outages, chain: Chain, channels: Channels) -> None:
        self.world, self.chain, self.channels = world, chain, channels
        self.plan, self.outages = world.plan.evacuation, outages
        self.hazard = Hazard(world, outages)
        self.env = world.restart()
        self.triggers = Triggers(world, chain, self.hazard)
        self.shelters = Shelters(world)
        onset = [minute if minute <= world.end else NEVER for minute in self.hazard.onset]
        self.people = [Leaving(home, onset[home.zone]) for home in world.households if home.zone >= 0]
        transfer = world.county.transfer
        rows = zip(transfer["row"], transfer["helper"], transfer["vehicle"], strict=True)
        named = {world.households[row]: (helper, vehicle) for row, helper, vehicle in rows}
        helpers = {helper: simpy.Store(self.env) for helper, _ in named.values() if helper >= 0}
        for store in helpers.values():
            store.put("helper")
        self.helper = {home: helpers[helper] for home, (helper, _) in named.items() if helper >= 0}
        self.own_car = {home for home, (_, vehicle) in named.items() if vehicle}
        self.villages: dict[Place, Village] = {}
        self.teams: dict[tuple[str, Place], int] = {}
        self.relieved = [NEVER] * len(self.shelters.place)
        self.key_sites: list[KeySite] = []

    def play(self) -> None:
        """Play sweep C to the end of the night."""
        for one in self.people:
            self.triggers.hears(one, self.chain.every_act, self.channels)
            self.decide(one)
        if self.plan.helpers is not None:
            self.call_together()
        for one in self.people:
            self.env.process(self.household(one))
        if self.plan.key_sites is not None:
            self.leave_key_sites()
        self.env.run(until=math.nextafter(self.world.end, math.inf))
        self.relieve()

    def village(self, home: Household) -> Place:
        """Return the village of a household."""
        return self.world.places[int(self.world.county.reporter[home.place.index])]

    # --- Deciding ---

    def decide(self, one: Leaving) -> None:
        """2.9 Deciding: sure by an official's answer, by several means, or on its own; at home again; decide, prepare, or refuse."""
        plan, world, home = self.plan.decision, self.world, one.home
        one.needs_crew = home.needs_help and self.plan.helpers is not None
        if one.due == NEVER:
            return
        seek = world.minutes(plan.seek)
        by_means = sorted(one.by_means.values())
        sources = by_means[plan.sources - 1] if len(by_means) >= plan.sources else NEVER
        one.early = world.happens(plan.early) and one.heard + seek < one.told
        sure = one.heard + seek if one.early else min(one.confirmed, sources, one.told + seek)
        one.sure = self.at_home_from(home, sure)
        one.away = sure < NEVER and one.sure == NEVER
        one.refuses = world.happens(plan.refuses) and not one.early
        quicker = plan.alerted_factor if one.heard < one.told and not one.early else 1.0
        one.decided = one.sure + world.minutes(plan.decide) * quicker if one.sure < NEVER else NEVER
        one.prepare = world.minutes(plan.prepare) * quicker * (plan.needs_help if home.needs_help else 1.0)

    def at_home_from(self, home: Household, minute: float) -> float:
        """2.9 Deciding: the first minute, from a minute on, at which somebody is at home; that changes on the hour."""
        while minute <= self.world.end and not self.world.at_home(home, minute):
            moment = self.world.moment(minute + 1e-9)
            minute += 60.0 - moment.minute - (moment.second + moment.microsecond / 1e6) / 60 + 1e-9
            minute = round(minute, 6)
        return minute if minute <= self.world.end else NEVER

    def prepares(self, one: Leaving, minute: float) -> float:
        """2.9 Deciding: when a household that has decided at a minute could go; by night it takes longer."""
        return minute + one.prepare * (self.plan.decision.night if self.world.is_night(minute) else 1.0)

    def household(self, one: Leaving) -> Play:
        """2.9: one household decides, prepares, leaves by itself or is brought; or it refuses, and is visited."""
        yield self.world.wait_until(one.decided)
        if one.refuses:
            if self.plan.persuasion is not None and one.decided < one.onset:
                yield from self.persuade(one)
            if one.persuaded == NEVER:
                return
        else:
            one.ready = self.prepares(one, one.decided)
        yield self.world.wait_until(one.ready)
        if one.needs_crew:
            if one.ready < one.onset or one.persuaded < NEVER:
                yield from self.bring(one)
        else:
            yield from self.walk(one)

    # --- Walking and shelters ---

    def minutes_per_metre(self, minute: float) -> float:
        """2.9 Walking: Tobler's function at the mean slope, half up and half down, × rain × night."""
        plan = self.plan.walking
        up, down = (math.exp(3.5 * abs(slope + 0.05)) / math.exp(3.5 * 0.05) for slope in (plan.slope, -plan.slope))
        night = plan.night if self.world.is_night(minute) else 1.0
        return (up + down) / 2 / plan.speed_m_per_min * getattr(plan.pace, self.world.rain) * night

    def walk(self, one: Leaving) -> Play:
        """2.9 Walking: as soon as a way is open, × elderly; or by a vehicle that its plan names, where that is faster."""
        world, home, ready = self.world, one.home, self.world.now
        leaves = self.shelters.opens(home, ready)
        elderly = self.plan.walking.elderly if home.elderly else 1.0
        arrives = NEVER
        if leaves < NEVER:
            one.per_metre = self.minutes_per_metre(leaves) * elderly
            arrives = leaves + self.shelters.way(home, leaves) * one.per_metre
        if (
            home in self.own_car
            and leaves < NEVER
            and (by_car := ready + self.drive(home, ready) + self.load()) < arrives
        ):
            leaves, arrives = ready, by_car
        if leaves > min(one.onset, world.end):
            return  # struck before it could leave
        one.departed = leaves
        yield world.wait_until(arrives)
        yield from self.arrive(one)

    def drive(self, home: Household, minute: float) -> float:
        """2.9 Helpers: how long a vehicle takes from a house to its first shelter."""
        if self.plan.vehicles is None:
            return NEVER
        plan = self.plan.driving
        return self.shelters.drive_m(home, minute) / plan.speed_m_per_min * getattr(plan.pace, self.world.rain)

    def load(self) -> float:
        """2.9 Helpers: getting into a vehicle and out again."""
        return self.world.minutes(self.plan.vehicles.load) if self.plan.vehicles is not None else 0.0

    def arrive(self, one: Leaving) -> Play:
        """2.9 Shelters: first come, first served, up to the capacity; then it walks on. Counted after ``check_in``; some go home."""
        shelters, world = self.shelters, self.world
        tried = shelters.tried_by(one.home)
        for n, here in enumerate(tried):
            if self.plan.shelters.unlimited or one.home.persons <= shelters.room[here]:
                shelters.room[here] -= one.home.persons
                break
            shelters.full[here] = min(shelters.full[here], world.now)
            there = tried[n + 1] if n + 1 < len(tried) else -1
            further = shelters.between(here, there, world.now) if there >= 0 else NEVER
            if further == NEVER:
                one.gave_up = world.now
                return
            yield world.wait(further * one.per_metre)
        at = here if tried else -1
        yield world.wait(self.plan.shelters.check_in_min)
        one.safe, one.shelter = world.now, at
        if at >= 0:
            shelters.persons[at] += one.home.persons
            shelters.first[at] = min(shelters.first[at], world.now)
        if self.plan.returns is not None and world.happens(self.plan.returns.share):
            yield world.wait(world.minutes(self.plan.returns.after))
            one.returned = world.now

    # --- Helpers ---

    def call_together(self) -> None:
        """2.9 Helpers: crews from when the village knows and has assembled; door teams of its danger zones, a crew each."""
        plan, world = self.plan.helpers, self.world
        vehicles = self.plan.vehicles.per_village if self.plan.vehicles is not None else 0
        for one in self.people:
            place = self.village(one.home)
            known = self.villages[place].known if place in self.villages else NEVER
            self.villages[place] = Village(place, min(known, one.known), simpy.Store(self.env), vehicles)
        for village in self.villages.values():
            self.env.process(
                self.gather(village, village.known + world.minutes(plan.assemble), plan.per_village // plan.crew)
            )
        for place in dict.fromkeys(one.home.place for one in self.people) if plan.door_teams else ():
            through = self.doors_through(place)
            if through < NEVER:
                village = self.villages[world.places[int(world.county.reporter[place.index])]]
                self.env.process(self.gather(village, through, world.plan.channels.door.teams))

    def doors_through(self, place: Place) -> float:
        """2.9 Helpers: when the last door of a place has been opened to its teams (if none was: when they were sent)."""
        through = []
        for act in self.chain.every_act:
            if "door" in act.means and place in act.dispatched and not (act.change and act.change not in RISING):
                doors = self.channels.told[act].by_channel.get("door", {})
                through += [act.dispatched[place], *(minute for home, minute in doors.items() if home.place is place)]
        return max(through, default=NEVER)

    def gather(self, village: Village, minute: float, crews: int) -> Play:
        """Crews stand ready from a minute on."""
        yield self.world.wait_until(minute)
        self.join(village, crews)

    def join(self, village: Village, crews: int) -> None:
        """So many more crews stand ready."""
        village.count += crews
        for _ in range(crews):
            village.crews.put("crew")

    def crew(self, village: Village) -> Play:
        """2.9 Helpers: first come, first served; a village in which somebody waits may ask for reinforcements."""
        since, turn = self.world.now, village.crews.get()
        if turn.triggered:
            return
        village.waiting.append(since)
        if self.plan.reinforcement is not None and not village.asking:
            village.asking = True
            self.env.process(self.reinforce(village))
        yield turn
        village.waiting.remove(since)

    def tired(self, village: Village) -> float:
        """2.9 Helpers: work slows a village's crews by ``fatigue`` per hour and crew."""
        return 1.0 + self.plan.helpers.fatigue * village.worked / 60 / max(village.count, 1)

    def way_out(self, home: Household) -> float:
        """2.9 Helpers: the crew walks there, waiting for a way if need be, from where it would bring the people."""
        leaves = self.shelters.opens(home, self.world.now)
        if leaves == NEVER:
            return NEVER
        return leaves - self.world.now + self.shelters.way(home, leaves) * self.minutes_per_metre(leaves)

    def persuade(self, one: Leaving) -> Play:
        """2.9 Helpers: visits to one that refuses, up to so many, ``after`` from the refusal; each persuades with a probability."""
        plan, world, village = self.plan.persuasion, self.world, self.villages[self.village(one.home)]
        refused = one.decided
        for _ in range(plan.visits):
            yield world.wait_until(refused + world.minutes(plan.after))
            yield from self.crew(village)
            tired = self.tired(village)
            out, stay = self.way_out(one.home) * tired, world.minutes(plan.visit) * tired
            over = world.now + out + stay
            if over > min(one.onset, world.end):  # nobody knows when the hazard will strike
                yield world.wait_until(min(one.onset, world.end))
                village.crews.put("crew")
                return
            self.env.process(self.walk_back(village, 2 * out + stay))
            yield world.wait(out + stay)
            refused = over
            if world.happens(plan.persuaded):
                one.persuaded, one.ready = over, self.prepares(one, over)
                return
        one.refused_for_good = refused

    def walk_back(self, village: Village, minutes: float) -> Play:
        """A crew is free again after so long."""
        yield self.world.wait(minutes)
        village.worked += minutes
        village.crews.put("crew")

    def bring(self, one: Leaving) -> Play:
        """2.9 Helpers: a crew, or the helper whom its plan names, goes there, stays ``at_house``, and carries or drives its people."""
        plan, world, home = self.plan.helpers, self.world, one.home
        village, own = self.villages[self.village(home)], self.helper.get(home)
        if own is None:
            yield from self.crew(village)
        else:
            yield own.get()
        begun, tired = world.now, self.tired(village) if own is None else 1.0
        car = home not in self.own_car and village.vehicles > 0
        village.vehicles -= int(car)
        leaves = begun + (self.way_out(home) + world.minutes(plan.at_house)) * tired
        carried = self.drive(home, leaves) + self.load() if (car or home in self.own_car) and leaves < NEVER else NEVER
        if carried == NEVER and leaves < NEVER:
            leaves = self.shelters.opens(home, leaves)
            if leaves < NEVER:
                carried = self.shelters.way(home, leaves) * self.minutes_per_metre(leaves) * plan.carry * tired
        elderly = self.plan.walking.elderly if home.elderly else 1.0
        if leaves <= one.onset and carried < NEVER:
            until = leaves + carried
            if leaves <= world.end:
                one.departed, one.helped = leaves, True
                one.per_metre = self.minutes_per_metre(leaves) * elderly
                self.env.process(self.brought(one, until))
        else:
            until = max(min(one.onset, world.end), begun)
        yield world.wait_until(until)
        village.vehicles += int(car)
        if own is None:
            village.worked += until - begun
            village.crews.put("crew")
        else:
            own.put("helper")

    def brought(self, one: Leaving, minute: float) -> Play:
        """Those whom somebody brings stand before their shelter."""
        yield self.world.wait_until(minute)
        yield from self.arrive(one)

    def reinforce(self, village: Village) -> Play:
        """2.9 Helpers: if somebody has waited ``ask_after`` in a village that knows, it asks for a team once it has service.

        Once more when one came and did not suffice.
        """
        plan, world, asks_for = self.plan.reinforcement, self.world, self.chain.service(village.place)
        yield world.wait_until(village.known)
        while village.waiting:
            if village.waiting[0] + plan.ask_after_min > world.now + 1e-9:
                yield world.wait_until(village.waiting[0] + plan.ask_after_min)
                continue
            yield world.wait_until(asks_for.back(world.now))
            base = self.team_for(village.place)
            if base is not None:
                yield world.wait(world.minutes(plan.ready) + self.road_min(base, village.place))
                self.join(village, plan.team // self.plan.helpers.crew)
            elif not any(self.teams.values()):
                return
            yield world.wait(plan.ask_after_min)
        village.asking = False

    def road_min(self, base: Place, place: Place) -> float:
        """Return how long vehicles take between two places by open road."""
        plan = self.plan.driving
        metres = self.world.by_road(base, place, self.world.now, NEVER)
        return metres / plan.speed_m_per_min * getattr(plan.pace, self.world.rain)

    def team_for(self, place: Place) -> Place | None:
        """2.9 Helpers: the township's own team, then the nearest that is stationed and has an open road."""
        if not self.teams:
            centres = self.world.county.centres
            for code, teams in zip(centres["place"], centres["teams"].tolist(), strict=True):
                base = ("stationed", self.world.by_code[code])
                self.teams[base] = self.teams.get(base, 0) + teams
        self.teams.setdefault(("own", place.parent), self.plan.reinforcement.township_teams)
        stationed = [base for kind, base in self.teams if kind == "stationed"]
        stationed.sort(key=lambda base: (straight_m(base.x_m, base.y_m, place.x_m, place.y_m), base.index))
        for key in (("own", place.parent), *(("stationed", base) for base in stationed)):
            if self.teams[key] > 0 and self.road_min(key[1], place) < NEVER:
                self.teams[key] -= 1
                return key[1]
        return None

    # --- Supplies and key sites ---

    def relieve(self) -> None:
        """2.9 Supplies leave with the next round of vehicles, for the shelters in the order in which they were first used.

        From the township's stock while it lasts for all who come tonight, else from the county's; where no road is open, with the first
        round after one opens.
        """
        plan, world = self.plan.relief, self.world
        if plan is None:
            return
        centres, shelters, stock = world.county.centres, self.shelters, {}
        for code, persons in zip(centres["place"], centres["stock_persons"].tolist(), strict=True):
            stock[world.by_code[code]] = stock.get(world.by_code[code], 0) + persons
        for n in sorted(range(len(shelters.place)), key=lambda n: shelters.first[n]):
            if shelters.first[n] == NEVER:
                break
            packed = shelters.first[n] + world.minutes(plan.ready)
            for base in (shelters.place[n].at_level(1), world.top):
                if base is None or stock.get(base, 0) < shelters.persons[n]:
                    continue
                leaves = self.supplies_leave(base, shelters.place[n], packed)
                if leaves < NEVER:
                    stock[base] -= shelters.persons[n]
                    drive = self.plan.driving
                    metres = world.by_road(base, shelters.place[n], leaves, NEVER)
                    arrives = leaves + metres / drive.speed_m_per_min * getattr(drive.pace, world.rain)
                    self.relieved[n] = arrives if arrives <= world.end else NEVER
                    break

    def supplies_leave(self, base: Place, there: Place, packed: float) -> float:
        """Return the first round of vehicles at which a road is open."""
        every = self.plan.relief.every_min
        leaves = math.ceil(packed / every) * every
        while leaves <= self.world.end:
            if self.world.by_road(base, there, leaves, NEVER) < NEVER:
                return leaves
            leaves += every
        return NEVER

    def leave_key_sites(self) -> None:
        """2.9 Key sites in a zone leave on answering an act that a trigger for their zone names."""
        table = self.world.county.key_sites
        for row, zone in enumerate(table["zone"].tolist()):
            if zone >= 0:
                onset = self.hazard.onset[zone]
                site = KeySite(
                    row,
                    zone,
                    int(table["persons"][row]),
                    int(table["staff"][row]),
                    onset if onset <= self.world.end else NEVER,
                )
                self.key_sites.append(site)
                for act in self.chain.acts:
                    answer = act.answers.get(self.chain.sites[row])
                    if answer is None or (act.change and act.change not in RISING):
                        continue
                    if any(self.asks_site(trigger, act, site, answer) for _, trigger in self.triggers.plans):
                        site.prompted = min(site.prompted, answer.minute)
                self.env.process(self.key_site(site, float(table["x_m"][row]), float(table["y_m"][row])))

    def asks_site(self, trigger: TriggerPlan, act: ActNight, site: KeySite, answer: Answer) -> bool:
        """2.9 Key sites: whether a trigger names the act for the zone of a key site (one for those who need help names no site)."""
        if act.level not in trigger.on or trigger.whom == "needs_help":
            return False
        if trigger.zones and self.hazard.kinds[site.zone] not in trigger.zones:
            return False
        if trigger.whom == "listed" and not bool(self.world.county.zones["registered"][site.zone]):
            return False
        return trigger.hours == "any" or (trigger.hours == "night") == self.world.is_night(answer.minute)

    def key_site(self, site: KeySite, x_m: float, y_m: float) -> Play:
        """2.9 Key sites: prepare, then rounds of staff × ``per_staff`` persons to the nearest shelter and back, on foot, in a straight line."""
        plan, world, shelters = self.plan.key_sites, self.world, self.shelters
        site.left = site.persons
        yield world.wait_until(site.prompted)
        yield world.wait(world.minutes(plan.prepare))
        metres = min(
            (straight_m(x_m, y_m, shelters.x_m[n], shelters.y_m[n]) for n in shelters.opened),
            default=self.plan.shelters.to_safety_m,
        )
        way = metres * self.minutes_per_metre(world.now)
        while True:
            yield world.wait(way)
            taken = min(site.left, max(site.staff * plan.per_staff, 1))
            site.left -= taken
            self.env.process(self.counted(site, taken, last=site.left == 0))
            if site.left == 0:
                return
            yield world.wait(way)

    def counted(self, site: KeySite, persons: int, *, last: bool) -> Play:
        """A round is over when its people are counted; who is not by the time the zone is struck is exposed."""
        yield self.world.wait(self.plan.shelters.check_in_min)
        if self.world.now <= site.onset:
            site.away += persons
        if last:
            site.safe = self.world.now

    # --- When its zone is struck ---

    def exposed(self, one: Leaving) -> str:
        """2.9 When its zone is struck: why a household that must leave is still in danger, by the last thing it had come to; "" if not."""
        onset = one.onset
        if not one.has_to_leave or onset == NEVER or self.is_safe(one) or self.excluded(one) == "away":
            return ""
        if one.returned <= onset:
            return "went_back"
        if one.gave_up <= onset:
            return "no_shelter"
        if one.departed <= onset:
            return "on_the_way"
        if one.ready <= onset:
            return "waiting_for_help" if one.needs_crew else "road_cut"
        if one.decided <= onset:
            return "preparing" if not one.refuses or one.persuaded <= onset else "refused"
        if one.prompted <= onset:
            return "deciding"
        return "not_told" if one.asked <= onset else "not_ordered"

    def is_safe(self, one: Leaving) -> bool:
        """Whether a household is counted, and not home again, when its zone is struck."""
        return one.safe < NEVER and one.safe <= one.onset and not (one.onset < NEVER and one.returned <= one.onset)

    def excluded(self, one: Leaving) -> str:
        """2.9 When its zone is struck: nobody is at home, and nobody had decided to go; or it is not struck and has not arrived."""
        if one.onset == NEVER:
            return "" if self.is_safe(one) else "no_onset"
        nobody = one.departed > one.onset and one.sure == NEVER and not self.world.at_home(one.home, one.onset)
        return "away" if nobody else ""

    def settled(self, one: Leaving) -> float:
        """2.10: when it is clear what becomes of a household: safe, away and told, or it has refused for the last time."""
        if one.away:
            return one.prompted
        refused = (
            one.refused_for_good if self.plan.helpers is not None and self.plan.persuasion is not None else one.decided
        )
        return min(one.safe, refused if one.refuses and one.ready == NEVER else NEVER)


@dataclass(eq=False)
class KeySite:
    """A key site in a danger zone."""

    row: int
    zone: int
    persons: int
    staff: int
    onset: float
    prompted: float = NEVER
    safe: float = NEVER
    left: int = 0
    away: int = 0

    @property
    def exposed_persons(self) -> int:
        """Who had not been brought away when it was struck."""
        return self.persons - self.away if self.onset < NEVER else 0
