"""The slow, obvious model of one night: everybody an object, everything that happens a simpy process, one draw after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.scenario import Scenario
from tests.reference.desks import Chain
from tests.reference.world import World


@dataclass
class ReferenceNight:
    """What the reference model gives; see the attributes of its parts."""

    world: World
    chain: Chain


def play(scenario: Scenario, rng: np.random.Generator) -> ReferenceNight:
    """Play one night, from T0 to the end."""
    world = World(scenario, rng)
    chain = Chain(world)
    chain.begin()
    world.env.run(until=scenario.plan.end_min)
    return ReferenceNight(world, chain)
