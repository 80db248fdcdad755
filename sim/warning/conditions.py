"""Conditions of the night: when power, network and roads fail, and when they are back.

1. townships are hit, each at its minute   2. feeders, backhaul, masts and roads fail, stated or drawn   3. without mains a site lives on
its battery, then on a generator if one arrives   4. a site without power, damaged, or cut off from the core is dark
5. a place has service while one of the sites that serve it is not dark

Nothing that people do tonight changes any of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.county import County
from sim.luck import Luck
from sim.scenario import Scenario
from sim.warning.timelines import Timeline

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Conditions:
    """When what works tonight; minutes after T0.

    ``hit_min`` when the township of each place is hit by the flood (``inf``: not), shape (places,). ``feeders``, ``links`` (one per site:
    its way to the site above), ``sites`` (not dark) and ``roads`` stand in the order of the county's tables. ``mains`` and ``service``
    (mobile network) are per place; a place that no feeder or site is known for never loses it. ``terminals``: loudspeakers, whether they
    have power and, those fed over IP, a way to the platform.
    """

    hit_min: Floats
    feeders: Timeline
    links: Timeline
    sites: Timeline
    roads: Timeline
    mains: Timeline
    service: Timeline
    terminals: Timeline

    @classmethod
    def calm(cls, county: County) -> Conditions:
        """Return the conditions of a night on which nothing fails."""
        networks = county.networks
        places = len(county.places)
        return cls(
            hit_min=np.full(places, np.inf),
            feeders=Timeline.always_up(len(networks.feeders)),
            links=Timeline.always_up(len(networks.sites)),
            sites=Timeline.always_up(len(networks.sites)),
            roads=Timeline.always_up(len(networks.roads)),
            mains=Timeline.always_up(places),
            service=Timeline.always_up(places),
            terminals=Timeline.always_up(len(county.loudspeakers)),
        )


def conditions(scenario: Scenario, night_luck: Luck) -> Conditions:
    """Return when what fails tonight, and when it is back."""
    return Conditions.calm(scenario.county)
