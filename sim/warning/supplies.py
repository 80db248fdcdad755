"""Basic supplies for those in shelters (受灾群众基本生活初步救助): from the stock of the township, then from the county's."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.scenario import Scenario
from sim.warning.ways import Ways

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_TOWNSHIPS = 1


def relieved(scenario: Scenario, ways: Ways, night_luck: Luck, first_min: Floats, persons: Ints) -> Floats:
    """Return when supplies reach each shelter, ``inf`` for not by the end; shape (shelters,).

    ``first_min`` when the first of its ``persons`` came. Shelters are served in that order, each for all who come tonight: from its
    own township's stock while that lasts, else from the stock at the top of the county. Goods that are packed leave with the next
    round of vehicles, by roads as they then are; where no way is open, with the first round after it opens.
    """
    plan, county, end_min = scenario.plan.evacuation, scenario.county, scenario.plan.end_min
    arrives = np.full(len(first_min), np.inf)
    if plan is None or plan.relief is None:
        return arrives
    stock: dict[int, int] = {}
    for code, portions in zip(county.centres["place"], county.centres["stock_persons"], strict=True):
        stock[county.index[code]] = stock.get(county.index[code], 0) + int(portions)
    at = county.shelter_place
    township = county.ancestors[_TOWNSHIPS][at]
    entity = county.shelters["entity"].to_numpy(dtype=np.uint64)
    packed_min = first_min + plan.relief.ready.draw(night_luck.uniform("relief/ready", entity))
    every = plan.relief.every_min
    opens_min: dict[tuple[int, float], float] = {}
    per_metre = float(getattr(plan.driving.pace, scenario.plan.hazard.rain)) / plan.driving.speed_m_per_min
    for one in np.lexsort((entity, first_min)).tolist():
        if first_min[one] == math.inf:
            break
        for base in (int(township[one]), 0):
            if stock.get(base, 0) < persons[one]:
                continue
            leaves_min = _next_round(float(packed_min[one]), every)
            while leaves_min <= end_min:
                way_m = ways.between_m(base, int(at[one]), leaves_min)
                if way_m < math.inf:
                    stock[base] -= int(persons[one])
                    arrives[one] = leaves_min + way_m * per_metre
                    break
                if (base, leaves_min) not in opens_min:
                    opens_min[base, leaves_min] = _next_round(ways.may_open_min(base, leaves_min), every)
                leaves_min = opens_min[base, leaves_min]
            if arrives[one] < math.inf:
                break
    arrives[arrives > end_min] = np.inf
    return arrives


def _next_round(t_min: float, every_min: float) -> float:
    """Return when the next vehicles leave."""
    return math.ceil(t_min / every_min) * every_min if t_min < math.inf else math.inf
