"""Section 2.8: what fails tonight and when it is back: power, network, roads; batteries and generators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import time

import simpy

from sim.scenario.outages import FloodPlan, GeneratorPlan, OutagePlan
from tests.reference.world import NEVER, Place, Play, Timeline, World


@dataclass(eq=False)
class Entity:
    """Something that may fail: a feeder, substation, site, link or road; the places it touches, and what it is."""

    code: str
    kind: str
    touches: list[Place]
    down: Timeline = field(default_factory=Timeline)


@dataclass(eq=False)
class Site:
    """A base station or a loudspeaker terminal: what it hangs on, and when it has power and is not dark."""

    code: str
    kind: str
    place: Place
    mains: Timeline
    battery_min: float
    has_power: Timeline = field(default_factory=Timeline)
    works: Timeline = field(default_factory=Timeline)


def where_up(moments: Iterable[float], is_up: Callable[[float], bool]) -> Timeline:
    """Return the timeline of something that can change only at some moments."""
    turns = sorted({0.0, *(moment for moment in moments if 0 <= moment < NEVER)})
    downs: list[tuple[float, float]] = []
    for begin, end in zip(turns, [*turns[1:], NEVER], strict=True):
        if is_up(begin):
            continue
        if downs and downs[-1][1] == begin:
            downs[-1] = downs[-1][0], end
        else:
            downs.append((begin, end))
    return Timeline(downs)


def turns(*timelines: Timeline) -> Iterator[float]:
    """Yield the minutes at which any of some timelines changes."""
    for timeline in timelines:
        for begin, end in timeline.downs:
            yield from (begin, end)


def all_up(*timelines: Timeline) -> Timeline:
    """Return when all of some timelines are up."""
    return where_up(turns(*timelines), lambda minute: all(timeline.is_up(minute) for timeline in timelines))


class Outages:
    """What fails tonight; drawn before anybody acts, and nothing that people do changes it."""

    def __init__(self, world: World) -> None:
        self.world, self.plan = world, world.plan.outages
        self.county, self.networks = world.county, world.county.networks
        self.hit: dict[Place, float] = {}
        if self.plan is None:
            return
        if self.plan.flood is not None:
            self.flood(self.plan.flood)
        self.feeders, self.substations, self.sites, self.links, self.roads = self.entities()
        of = {"feeders": self.feeders, "substations": self.substations, "sites": self.sites}
        of |= {"links": self.links, "roads": self.roads}
        for failure in self.plan.failures.values():
            self.fail(failure, of[failure.what])
        self.power()
        self.network()
        world.roads = [road.down for road in self.roads]
        self.terminals()

    # --- what can fail ---

    def township(self, place: Place) -> Place:
        """Return the township that a place lies in, or is."""
        return place.at_level(1) or place

    def entities(self) -> tuple[list[Entity], list[Entity], list[Entity], list[Entity], list[Entity]]:
        """2.8 Failures: everything that may fail, with the places that it touches."""
        by_code = self.world.by_code
        feeders, sites, roads = self.networks.feeders, self.networks.sites, self.networks.roads
        lines = [
            Entity(code, "", [by_code[place]]) for code, place in zip(feeders["code"], feeders["place"], strict=True)
        ]
        stations = []
        for code in sorted(set(feeders["substation"])):
            own = [line for line, station in zip(lines, feeders["substation"], strict=True) if station == code]
            stations.append(Entity(code, "", [place for line in own for place in line.touches]))
        masts, links = [], []
        for code, kind, place, backhaul, second in zip(
            *(sites[name] for name in ("code", "kind", "place", "backhaul", "second")), strict=True
        ):
            masts.append(Entity(code, kind, [by_code[place]]))
            links.append(Entity(code, backhaul, [by_code[place]]))
            if second in {"fibre", "microwave"}:
                links.append(Entity(f"{code}/2", second, [by_code[place]]))
        ways = [
            Entity(code, kind, [by_code[one], by_code[other]])
            for code, kind, one, other in zip(*(roads[name] for name in ("code", "kind", "from", "to")), strict=True)
        ]
        return lines, stations, masts, links, ways

    # --- Flood and failures ---

    def flood(self, plan: FloodPlan) -> None:
        """2.8 Flood: each township is hit with a probability, at a drawn minute; the county itself never."""
        for place in self.world.places:
            inside = not plan.within or any(one.code in plan.within for one in place.up())
            if place.level == 1 and inside and self.world.happens(plan.share):
                self.hit[place] = self.world.minutes(plan.at)

    def home(self, entity: Entity) -> Place:
        """2.8 Failures: an entity that touches several townships belongs to the first by code."""
        return min((self.township(place) for place in entity.touches), key=lambda place: (place.level == 0, place.code))

    def fail(self, plan: OutagePlan, entities: list[Entity]) -> None:
        """2.8 Failures: of what ``which``, ``within`` and ``kinds`` leave, an entity fails if u < p; u is its own or its township's."""
        world, chosen = self.world, []
        for entity in entities:
            inside = not plan.within or any(one.code in plan.within for place in entity.touches for one in place.up())
            if (
                (not plan.which or entity.code in plan.which)
                and (not plan.kinds or entity.kind in plan.kinds)
                and inside
            ):
                chosen.append(entity)
        weight = {entity: self.exposure(self.home(entity)) for entity in chosen}
        mean = sum(weight.values()) / len(weight) if weight else 0.0
        shared: dict[Place, tuple[float, float, float]] = {}
        for entity in chosen:
            town = self.home(entity)
            if plan.with_flood and town not in self.hit:
                continue
            p = plan.share
            if plan.by_exposure:
                p = min(1.0, plan.share * weight[entity] / mean) if mean > 0 else plan.share
            luck = self.luck(plan)
            if world.happens(plan.together):
                luck = shared.setdefault(town, self.luck(plan))
            u, begins, lasts = luck
            if u >= p:
                continue
            begins += self.hit[town] if plan.with_flood else 0.0
            ends = begins + lasts
            if plan.until is not None:
                ends = world.next_clock(plan.until, begins + 1e-9)
            if begins < NEVER and ends > begins:
                entity.down = all_up(entity.down, Timeline([(begins, ends)]))

    def luck(self, plan: OutagePlan) -> tuple[float, float, float]:
        """Draw a uniform, when something fails, and how long."""
        world = self.world
        begins = world.next_clock(plan.begins, 0.0) if isinstance(plan.begins, time) else world.minutes(plan.begins)
        return world.rng.random(), begins, NEVER if plan.lasts is None else world.minutes(plan.lasts)

    def exposure(self, town: Place) -> float:
        """2.8 Failures: listed persons / residents of a township."""
        return town.listed / town.residents if town.residents else 0.0

    # --- Power ---

    def power(self) -> None:
        """2.8 Power: a substation takes all its feeders; a site loses the mains with its feeder; then its battery, then a generator."""
        table = self.networks.sites
        by_code = {station.code: station for station in self.substations}
        fed = {
            line.code: all_up(line.down, by_code[station].down)
            for line, station in zip(self.feeders, self.networks.feeders["substation"], strict=True)
        }
        codes = list(self.networks.feeders["code"])
        for place, row in zip(self.world.places, self.networks.supply.tolist(), strict=True):
            self.world.mains[place.index] = fed[codes[row]] if row >= 0 else Timeline()
        self.masts = [
            Site(
                code,
                kind,
                self.world.by_code[place],
                fed.get(feeder, Timeline()),
                self.world.minutes(getattr(self.plan.batteries, kind)),
            )
            for code, kind, place, feeder in zip(
                *(table[name] for name in ("code", "kind", "place", "feeder")), strict=True
            )
        ]
        fed: dict[tuple[Site, float], float] = {}
        if self.plan.generators is not None:
            fed = Generators(self.world, self.plan.generators, self).play()
        for mast in self.masts:
            mast.has_power = self.powered(mast, fed)

    def powered(self, site: Site, fed: dict[tuple[Site, float], float] | None = None) -> Timeline:
        """2.8 Power: mains, battery, or from some minute of an outage on a generator, during which the battery rests."""
        charge, since, downs = site.battery_min, 0.0, []
        for lost, back in site.mains.downs:
            charge = min(site.battery_min, charge + (lost - since) / self.plan.batteries.recharge)
            relieved = min(back, (fed or {}).get((site, lost), NEVER))
            if lost + charge < relieved:
                downs.append((lost + charge, relieved))
            charge, since = max(charge - (relieved - lost), 0.0), back
        return Timeline(downs)

    # --- Network ---

    def network(self) -> None:
        """2.8 Network: connected over the link and the site above, or the second route; dark without power, damaged, or not connected."""
        table, up = self.networks.sites, {}
        link = {one.code: one.down for one in self.links}
        damaged = {one.code: one.down for one in self.sites}
        mast = {one.code: one for one in self.masts}
        second = dict(zip(table["code"], table["second"], strict=True))
        above = dict(zip(table["code"], table["uplink"], strict=True))

        def works(code: str) -> Timeline:
            if code not in up:
                over = works(above[code]) if above[code] else Timeline()
                by_second = link.get(f"{code}/2", Timeline())
                own = mast[code].has_power, damaged[code]

                def is_up(minute: float) -> bool:
                    first = link[code].is_up(minute) and over.is_up(minute)
                    return (first or (bool(second[code]) and by_second.is_up(minute))) and all(
                        one.is_up(minute) for one in own
                    )

                up[code] = where_up(turns(link[code], over, by_second, *own), is_up)
            return up[code]

        for one in self.masts:
            one.works = works(one.code)
        for place in self.world.places:
            serving = [self.masts[row].works for row in self.networks.serving[place.index].tolist() if row >= 0]
            if serving:
                self.world.service[place.index] = where_up(
                    turns(*serving), lambda minute, sites=tuple(serving): any(site.is_up(minute) for site in sites)
                )

    def terminals(self) -> None:
        """2.8 Network: a loudspeaker needs mains or battery; one fed over IP also service."""
        table = self.county.loudspeakers
        for number, (code, place, kind) in enumerate(zip(table["code"], table["place"], table["kind"], strict=True)):
            where = self.world.by_code[place]
            battery = self.world.minutes(self.plan.batteries.terminal)
            site = Site(code, kind, where, self.world.mains[where.index], battery)
            power = self.powered(site)
            self.world.terminals[number] = all_up(power, self.world.service[where.index]) if kind == "ip" else power


@dataclass(eq=False)
class Need:
    """A site on the list for a generator: since when it has no mains, and until when."""

    site: Site
    lost: float
    back: float


class Generators:
    """2.8 Generators: so many units, sent from the county seat, one site after the other."""

    def __init__(self, world: World, plan: GeneratorPlan, outages: Outages) -> None:
        self.world, self.plan, self.outages = world, plan, outages
        self.env, self.free = simpy.Environment(), plan.count
        self.listed: list[Need] = []
        self.fed: dict[tuple[Site, float], float] = {}

    def play(self) -> dict[tuple[Site, float], float]:
        """Play the night of the generators, before anybody else does anything; return from when they feed which site in which outage."""
        self.world.roads = [road.down for road in self.outages.roads]
        for site in self.outages.masts:
            for lost, back in site.mains.downs:
                outlasted = any(lost <= empty < back for empty, _ in self.outages.powered(site).downs)
                if outlasted and self.world.happens(self.plan.served):
                    self.env.process(self.ask(Need(site, lost, back)))
        for minute in turns(*self.world.roads):
            if minute < NEVER:
                self.env.process(self.road_opens(minute))
        self.env.run(until=self.world.end)
        return self.fed

    def ask(self, need: Need) -> Play:
        """A site is ready for a unit so long after the loss."""
        yield self.env.timeout(need.lost + self.world.minutes(self.plan.dispatch))
        self.listed.append(need)
        yield self.env.timeout(0.0)  # others may be ready in the same minute
        self.send()

    def road_opens(self, minute: float) -> Play:
        """When a road opens somebody may be within reach."""
        yield self.env.timeout(minute)
        self.send()

    def send(self) -> None:
        """Every free unit leaves for the first listed site that a road leads to: hubs, then time of loss, then code."""
        self.listed = [need for need in self.listed if need.back > self.env.now]
        for need in sorted(self.listed, key=lambda need: (need.site.kind != "hub", need.lost, need.site.code)):
            metres = self.world.by_road(self.world.top, need.site.place, self.env.now, NEVER)
            if self.free and metres < NEVER:
                self.free -= 1
                self.listed.remove(need)
                self.env.process(self.serve(need, metres / self.plan.speed_m_per_min))

    def serve(self, need: Need, way: float) -> Play:
        """A unit drives, is set up, runs until the mains return, turns back (on the road, if they return sooner), and is free."""
        left = self.env.now
        self.fed[need.site, need.lost] = left + way + self.world.minutes(self.plan.setup)
        if need.back < NEVER:
            yield self.env.timeout(need.back - left)
            yield self.env.timeout(min(need.back - left, way))
            self.free += 1
            yield self.env.timeout(0.0)
            self.send()
