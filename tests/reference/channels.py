"""Section 2.4: every means by which households are told, one household after the other."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable

from sim.scenario.channels import MessagePlan, SoundPatrolPlan
from tests.reference.calls import ActNight
from tests.reference.desks import Chain
from tests.reference.world import NEVER, Household, Place, Play, World, straight_m

BY_MESSAGE = ("sms", "flash_sms", "wechat", "cell_broadcast")
CARRIED = ("gong", "whistle", "hand_siren", "megaphone")
PASSED_ON = ("ten_household", "neighbour")


class Told:
    """Which household was told by which channel in one act, and when first by each."""

    def __init__(self, act: ActNight) -> None:
        self.act = act
        self.by_channel: dict[str, dict[Household, float]] = {}
        self.first: dict[Household, tuple[float, str]] = {}
        self.confirmed: dict[Household, float] = {}
        self.since = NEVER  # when anybody was first told


class Channels:
    """The means of all acts tonight."""

    def __init__(self, world: World, chain: Chain) -> None:
        self.world, self.env, self.chain = world, world.env, chain
        self.plan, self.plans = world.plan, world.plan.channels
        self.told = {act: Told(act) for act in chain.every_act}
        self.answered_a_call: dict[tuple[ActNight, Household], float] = {}
        self.out: dict[tuple[ActNight, Place], float] = {}
        self.in_county_order = {
            world.households[row]: n for n, row in enumerate(world.county.households.sms_order.tolist())
        }
        self.gateway_free: dict[tuple[ActNight, str], float] = {}
        self.device: dict[tuple[str, Household], float] = {}
        self.switched_off: dict[tuple[str, Household], float] = {}
        self.reachable: dict[Household, float] = {}
        self.online: dict[tuple[str, int], bool] = {}
        self.passing = {home: 2 * world.rng.random() for home in world.households}

    def begin(self) -> None:
        """Let every means of every act wait for its beginning."""
        for act in self.chain.every_act:
            for name in act.means:
                if name in PASSED_ON:
                    continue  # begins with somebody who has been told
                if self.plans.starts_at_desks(name):
                    for place in self.world.lowest:
                        self.env.process(self.from_desk(act, name, place))
                    if name == "patrol_car":
                        self.patrol_cars(act)
                else:
                    self.env.process(self.from_platform(act, name))

    def addressed(self, act: ActNight) -> list[Household]:
        """2.2: the households an act is addressed to."""
        if act.plan is not None and act.plan.area == "listed":
            return [household for household in self.world.households if household.listed]
        return [household for household in self.world.households if act.addressed[household.place.index]]

    def tell(self, act: ActNight, channel: str, household: Household) -> None:
        """2.4: a household is told by what comes first; a lifted warning tells no household any more (2.2)."""
        if self.world.now > act.tells_until:
            return
        told, now = self.told[act], self.world.now
        told.by_channel.setdefault(channel, {}).setdefault(household, now)
        if getattr(self.plans, channel).acknowledges and (channel != "neighbour" or household not in told.first):
            told.confirmed.setdefault(household, now)
        if household in told.first:
            return
        told.first[household] = now, channel
        told.since = min(told.since, now)
        if self.plan.reception is not None and household.stays_awake:
            household.awake.append((act, now, now + self.plan.reception.awake_for_min))
        for name, passes_on in (("ten_household", self.lead_goes_round), ("neighbour", self.tell_neighbours)):
            if name in act.means:
                self.env.process(passes_on(act, household))

    def is_asleep(self, act: ActNight, household: Household, minute: float) -> bool:
        """2.4: whether a household sleeps: it is at home, and its number below the share; who was told by an earlier act may be awake."""
        for other, begin, end in household.awake:
            if self.begins(other) < self.begins(act) and begin <= minute < end:
                return False
        return self.world.at_home(household, minute) and self.world.is_asleep(household, minute)

    def begins(self, act: ActNight) -> float:
        """2.4: acts reach households in the order of release; what starts below, when the first place turns to its households."""
        return min(act.released_min, *act.dispatched.values(), NEVER)

    def from_platform(self, act: ActNight, name: str) -> Play:
        """2.4 Platform: a system of the platform, once it is open and set up."""
        yield act.released
        yield self.world.wait_until(act.set_up[name])
        begin = {"tv": self.television, "auto_call": self.automated_calls, "broadcast": self.loudspeakers}
        begin |= {"area_terminal": self.area_terminals}
        if name in BY_MESSAGE:
            self.messages(act, name, self.addressed(act))
        else:
            begin[name](act)

    def from_desk(self, act: ActNight, name: str, place: Place) -> Play:
        """2.3.5: a lowest desk has turned to its households."""
        yield act.dispatch[place]
        homes = [household for household in self.addressed(act) if household.place is place]
        if name in BY_MESSAGE:
            yield self.world.wait(self.world.minutes(getattr(self.plans, name).setup))
            yield self.world.wait_until(
                self.chain.service(place).back(self.world.now)
            )  # a desk sends once it has service
            self.messages(act, name, homes)
        elif name == "phone" and self.plans.phone.households is not None:
            yield self.world.wait(self.world.minutes(self.plans.phone.households.setup))
            self.telephone(act, homes)
        elif name == "door":
            self.doors(act, place, homes)
        elif name in CARRIED:
            yield from self.walk_past(act, name, place, homes)

    # --- Messages ---

    def messages(self, act: ActNight, name: str, homes: list[Household]) -> None:
        """2.4 Messages: they leave at a constant rate or all at once, in order; the first message of a household counts.

        One gateway for the county: messages of a desk queue behind those of the desks that began before it. Who has no device for such
        messages puts none into the queue.
        """
        plan: MessagePlan = getattr(self.plans, name)
        listed_first = plan.order == "listed_first"
        queue = sorted(homes, key=lambda home: (listed_first and not home.listed, self.in_county_order[home]))
        for household in queue:
            if not self.takes(name, plan, household):
                continue
            departs = self.world.now
            if plan.rate_per_min is not None:
                departs = max(self.gateway_free.get((act, name), 0.0), departs)
                self.gateway_free[act, name] = (
                    departs + household.persons * plan.messages_per_person / plan.rate_per_min
                )
            self.env.process(self.message(act, name, household, departs))

    def takes(self, name: str, plan: MessagePlan, household: Household) -> bool:
        """2.4 Messages: whether a household has a device for such messages, the same all night."""
        share = (0.0, plan.feature_phone, plan.smartphone)[household.phone]
        return self.device.setdefault((name, household), self.world.rng.random()) < share

    def message(self, act: ActNight, name: str, household: Household, departs: float) -> Play:
        """2.4 Messages: sent, kept while the phone is off or (2.8) without service, arrived, noticed or not, read."""
        plan, world = getattr(self.plans, name), self.world
        if self.switched_off.setdefault((name, household), world.rng.random()) < plan.off:
            return  # it waits and expires
        yield world.wait_until(departs)
        service = world.service[household.place.index]
        goes_out = service.back(departs)
        latency = world.minutes(plan.latency)
        if goes_out > departs and name == "cell_broadcast":
            return  # not stored
        if goes_out + latency > departs + plan.validity_min:
            return  # it expires
        yield world.wait_until(goes_out)
        asleep = self.is_asleep(act, household, world.now)
        yield world.wait(latency)
        if world.happens(plan.noticed_asleep if asleep else plan.noticed_awake):
            yield world.wait(world.minutes(plan.read_delay))
            self.tell(act, name, household)

    # --- Television ---

    def television(self, act: ActNight) -> None:
        """2.4 Television: seen by who is at home, awake, and watching at that hour; 2.8: it needs mains."""
        plan, now = self.plans.tv, self.world.now
        for household in self.addressed(act):
            watching = self.world.happens(plan.watching[self.world.hour(now)])
            if self.world.at_home(household, now) and not self.is_asleep(act, household, now) and watching:
                self.env.process(self.later(act, "tv", household, self.world.minutes(plan.notice), self.world.mains))

    def later(self, act: ActNight, name: str, household: Household, minutes: float, needs: object = None) -> Play:
        """Tell a household some minutes later, if what that needs holds until then."""
        begin = self.world.now
        yield self.world.wait(minutes)
        if needs is None or needs[household.place.index].holds(begin, self.world.now):
            self.tell(act, name, household)

    # --- Calls ---

    def telephone(self, act: ActNight, homes: list[Household]) -> None:
        """2.4 Calls to households: so many callers; the list is dealt to them in turn; sleep is judged once for the round."""
        plan = self.plans.phone.households
        called = [household for household in homes if household.phone > 0]
        asleep = {household: self.is_asleep(act, household, self.world.now) for household in called}
        for n in range(plan.callers):
            self.env.process(self.caller(act, [(home, asleep[home]) for home in called[n :: plan.callers]]))

    def caller(self, act: ActNight, homes: Iterable[tuple[Household, bool]]) -> Play:
        """2.4 Calls to households: one after the other; the end of the talk tells and confirms. 2.8: it needs service throughout."""
        plan, world = self.plans.phone.households, self.world
        for household, asleep in homes:
            begin = world.now
            if not world.happens(plan.answered_asleep if asleep else plan.answered_awake):
                yield world.wait(plan.ring_min)
                continue
            yield world.wait(world.minutes(plan.talk))
            if world.service[household.place.index].holds(begin, world.now):
                self.answered_a_call[act, household] = world.now
                self.tell(act, "phone", household)

    def automated_calls(self, act: ActNight) -> None:
        """2.4 Automated calls: the line that is free first takes the next call that is due; unanswered ones again after all others."""
        plan, world, now = self.plans.auto_call, self.world, self.world.now
        homes = [home for home in self.addressed(act) if home.phone > 0 and (home.listed or plan.whom == "all")]
        homes.sort(key=lambda home: (not home.listed, self.in_county_order[home]))
        due = [(now, home) for home in homes]
        share = {
            home: plan.answered_asleep if self.is_asleep(act, home, now) else plan.answered_awake for home in homes
        }
        reachable = {home: self.reachable.setdefault(home, world.rng.random()) < plan.reachable for home in homes}
        talk = {home: world.minutes(plan.talk) for home in homes}
        free = [now] * plan.lines
        for _ in range(plan.tries):
            again = []
            for due_min, household in due:
                begin = max(heapq.heappop(free), due_min)
                answers = reachable[household] and world.happens(share[household])
                end = begin + (talk[household] if answers else plan.ring_min)
                heapq.heappush(free, end)
                if answers and world.service[household.place.index].holds(begin, end):
                    self.env.process(self.later(act, "auto_call", household, end - now))
                else:
                    again.append((end + plan.gap_min, household))
            due = sorted(again, key=lambda one: one[0])

    # --- Sound ---

    def hears(
        self, act: ActNight, household: Household, source_db: float, metres: float, screening_db: float, when: float
    ) -> bool:
        """2.4 Sound: level at r metres = L₁ − 20 log₁₀ r − a r − screening; at home, hears well, and loud enough awake or asleep."""
        sound, r = self.plans.sound, max(metres, 1.0)
        level = source_db - 20 * math.log10(r) - sound.absorption_db_per_m * r - screening_db
        needed = sound.asleep if self.is_asleep(act, household, when) else sound.awake
        return not household.deaf and self.world.at_home(household, when) and level >= getattr(needed, self.world.rain)

    def loudspeakers(self, act: ActNight) -> None:
        """2.4 Sound: loudspeakers opened from above: online or not, each kind with its delay. 2.8: they must work until it is heard."""
        table = self.world.county.loudspeakers
        for n, kind in enumerate(table["kind"]):
            plan = getattr(self.plans.broadcast.terminals, kind)
            if self.online.setdefault(("loudspeaker", n), self.world.happens(plan.online)):
                self.env.process(self.loudspeaker(act, n, self.world.minutes(plan.delay)))

    def loudspeaker(self, act: ActNight, n: int, delay: float) -> Play:
        """One loudspeaker and those who live nearest to it."""
        yield self.world.wait(delay)
        plan, on_air = self.plans.broadcast, self.world.now
        for home in self.addressed(act):
            if home.loudspeaker == n and self.hears(
                act, home, plan.source_level_db, home.loudspeaker_m, plan.screening_db, on_air
            ):
                listening = self.world.minutes(self.plans.sound.listen)
                if self.world.terminals[n].holds(on_air, on_air + listening):
                    self.env.process(self.later(act, "broadcast", home, listening))

    def area_terminals(self, act: ActNight) -> None:
        """2.4 Sound: area terminals, with power and satellite of their own."""
        plan = self.plans.area_terminal
        online = [
            self.online.setdefault(("area_terminal", n), self.world.happens(plan.online))
            for n in range(len(self.world.county.area_terminals))
        ]
        for home in self.addressed(act):
            if home.area_terminal < 0 or not online[home.area_terminal]:
                continue
            if self.hears(act, home, plan.source_level_db, home.area_terminal_m, plan.screening_db, self.world.now):
                self.env.process(self.later(act, "area_terminal", home, self.world.minutes(self.plans.sound.listen)))

    def pace(self, pace: object) -> float:
        """Return how many times as long a way takes in tonight's rain."""
        return float(getattr(pace, self.world.rain))

    def walk_past(self, act: ActNight, name: str, place: Place, homes: list[Household]) -> Play:
        """2.4 Sound: somebody walks past the houses in visiting order; a house hears it from the first one that is near enough."""
        plan: SoundPatrolPlan = getattr(self.plans, name)
        devices = self.world.county.devices
        if not ((devices["place"] == place.code) & (devices["device"] == name)).any():
            return
        yield self.world.wait(self.world.minutes(plan.fetch))
        when, x, y, waiting = self.world.now, place.x_m, place.y_m, list(homes)
        factor = self.walking_min_per_m(when)
        for stop in homes:
            yield self.world.wait(straight_m(x, y, stop.x_m, stop.y_m) * factor)
            x, y = stop.x_m, stop.y_m
            for home in list(waiting):
                metres = math.hypot(straight_m(x, y, home.x_m, home.y_m), plan.passing_m * self.passing[home])
                if self.hears(act, home, plan.source_level_db, metres, 0.0, when):
                    waiting.remove(home)
                    self.env.process(self.later(act, name, home, self.world.minutes(self.plans.sound.listen)))

    def walking_min_per_m(self, when: float) -> float:
        """2.4 Doors: straight-line distance × detour / speed × rain × night."""
        walking = self.plans.walking
        night = walking.night if self.world.is_night(when) else 1.0
        return walking.detour / walking.speed_m_per_min * self.pace(walking.pace) * night

    def patrol_cars(self, act: ActNight) -> None:
        """2.4 Sound: a car for each village that holds one."""
        devices = self.world.county.devices
        for code in devices["place"][devices["device"] == "patrol_car"]:
            self.env.process(self.patrol_car(act, self.world.by_code[code]))

    def patrol_car(self, act: ActNight, village: Place) -> Play:
        """2.4 Sound: from group to group once the village's desk has answered. 2.8: it skips a stop whose path is closed."""
        plan, world = self.plans.patrol_car, self.world
        yield self.chain.when_answered(act, village)
        yield world.wait(world.minutes(plan.fetch))
        here = village
        stops = [stop for stop in village.children if any(home.place is stop for home in self.addressed(act))]
        for stop in sorted(stops, key=lambda stop: (-stop.listed, stop.code)):
            metres = straight_m(here.x_m, here.y_m, stop.x_m, stop.y_m)
            yield world.wait(metres * plan.detour / plan.speed_m_per_min * self.pace(plan.pace))
            here = stop
            path = world.path_in(stop)
            for home in self.addressed(act) if path is None or world.roads[path].is_up(world.now) else ():
                if home.place is not stop:
                    continue
                away = straight_m(stop.x_m, stop.y_m, home.x_m, home.y_m)
                if self.hears(act, home, plan.source_level_db, away, plan.screening_db, world.now):
                    self.env.process(self.later(act, "patrol_car", home, world.minutes(self.plans.sound.listen)))
            yield world.wait(plan.sounds_min)

    # --- Doors ---

    def doors(self, act: ActNight, place: Place, homes: list[Household]) -> None:
        """2.4 Doors: so many teams, a drawn time after dispatch; each takes an even stretch of the route."""
        plan, assemble = self.plans.door, self.world.minutes(self.plans.door.assemble)
        for team in range(plan.teams):
            stretch = [home for n, home in enumerate(homes) if n * plan.teams // len(homes) == team]
            self.env.process(self.door_team(act, place, stretch, assemble))

    def door_team(self, act: ActNight, place: Place, stretch: list[Household], assemble: float) -> Play:
        """2.4 Doors: house after house, but for those that have answered a call when the team sets out.

        Being at home is judged once per team, at that minute.
        """
        plan, world = self.plans.door, self.world
        yield world.wait(assemble)
        when, x, y, building = world.now, place.x_m, place.y_m, -1
        factor = self.walking_min_per_m(when)
        for home in [home for home in stretch if self.answered_a_call.get((act, home), NEVER) > when]:
            if building >= 0 and home.building == building:
                yield world.wait(plan.same_building_min)
            else:
                yield world.wait(straight_m(x, y, home.x_m, home.y_m) * factor)
            x, y, building = home.x_m, home.y_m, home.building
            if world.at_home(home, when) and world.happens(plan.answered):
                yield world.wait(world.minutes(plan.per_house))
                self.tell(act, "door", home)
            else:
                yield world.wait(plan.absent_min)
        self.out[act, place] = max(self.out.get((act, place), 0.0), world.now)

    # --- Passing on ---

    def led_by(self, act: ActNight, lead: Household) -> list[Household]:
        """2.4 Passing on: those that follow the lead on the way through its place, up to the next; the first also takes those before it."""
        homes = [home for home in self.addressed(act) if home.place is lead.place]
        leads = [n for n, home in enumerate(homes) if home.lead]
        n = homes.index(lead)
        begin = 0 if n == leads[0] else n
        end = min((other for other in leads if other > n), default=len(homes))
        return [home for home in homes[begin:end] if home is not lead]

    def neighbours(self, act: ActNight, household: Household) -> list[Household]:
        """2.4 Passing on: the nearest neighbours, of the same place and within a distance."""
        plan = self.plans.neighbour
        others = [home for home in self.addressed(act) if home.place is household.place and home is not household]
        apart = {other: straight_m(household.x_m, household.y_m, other.x_m, other.y_m) for other in others}
        nearest = sorted(others, key=apart.__getitem__)[: plan.contacts]
        return [other for other in nearest if apart[other] <= plan.within_m]

    def lead_goes_round(self, act: ActNight, lead: Household) -> Play:
        """2.4 Passing on: a ten-household lead who has been told goes round its households.

        Who is at home, teller and listener, is judged once for an act: when anybody has first been told.
        """
        plan, world, since = self.plans.ten_household, self.world, self.told[act].since
        if not lead.lead or not world.at_home(lead, since) or not world.happens(plan.goes):
            return
        pace = 1.0 if plan.pace is None else self.pace(plan.pace)
        yield world.wait(world.minutes(plan.ready) * pace)
        for home in self.led_by(act, lead):
            yield world.wait(world.minutes(plan.per_house) * pace)
            if world.at_home(home, since) and world.happens(plan.answered):
                self.tell(act, "ten_household", home)

    def tell_neighbours(self, act: ActNight, household: Household) -> Play:
        """2.4 Passing on: a told household tells its nearest neighbours with some probability after a delay; at home as above."""
        plan, world, since = self.plans.neighbour, self.world, self.told[act].since
        pace = 1.0 if plan.pace is None else self.pace(plan.pace)
        share = plan.tells * (plan.night if world.is_night(since) else 1.0)
        if world.at_home(household, since):
            for other in self.neighbours(act, household):
                if world.at_home(other, since) and world.happens(share):
                    self.env.process(self.later(act, "neighbour", other, world.minutes(plan.delay) * pace))
        yield world.wait(0.0)
