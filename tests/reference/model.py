"""The slow, obvious model of one night: everybody an object, everything that happens a simpy process, one draw after the other."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.scenario import Scenario
from tests.reference.calls import ActNight
from tests.reference.channels import Channels
from tests.reference.desks import Chain
from tests.reference.evacuation import Evacuation
from tests.reference.outages import Outages
from tests.reference.reporting import Reports
from tests.reference.world import Household, Place, World


@dataclass
class ReferenceNight:
    """What the reference model gives; see the attributes of its parts."""

    world: World
    outages: Outages
    chain: Chain
    channels: Channels
    evacuation: Evacuation | None
    reports: Reports | None

    def acknowledged(self, place: Place) -> float:
        """Return when a place first answered for the headline warning."""
        room = self.chain.rooms[place]
        return min((act.answers[room].minute for act in self.chain.headline if room in act.answers), default=math.inf)

    def warned(self, home: Household) -> tuple[float, str]:
        """Return when a household was first told by the headline warning or one that started below, and by what."""
        told = [self.channels.told[act].first[home] for act in self.headline if home in self.channels.told[act].first]
        return min(told, default=(math.inf, ""))

    def confirmed(self, home: Household) -> float:
        """Return when an official first had the answer of a household to one of these."""
        told = [self.channels.told[act].confirmed for act in self.headline]
        return min((by_home[home] for by_home in told if home in by_home), default=math.inf)

    @property
    def headline(self) -> list[ActNight]:
        """The headline warnings, and what started below."""
        return [*self.chain.headline, *([self.chain.local] if self.chain.local is not None else [])]


def play(scenario: Scenario, rng: np.random.Generator) -> ReferenceNight:
    """Play one night, from T0 to the end."""
    world = World(scenario, rng)
    outages = Outages(world)
    chain = Chain(world)
    channels = Channels(world, chain)
    chain.begin()
    channels.begin()
    until = math.nextafter(scenario.plan.end_min, math.inf)  # the last minute belongs to the night
    world.env.run(until=until)
    evacuation = reports = None
    if scenario.plan.evacuation is not None:
        evacuation = Evacuation(world, outages, chain, channels)
        evacuation.play()
    if evacuation is not None and scenario.plan.report_up is not None:
        reports = Reports(world, chain, evacuation)
        reports.play(until)
    return ReferenceNight(world, outages, chain, channels, evacuation, reports)
