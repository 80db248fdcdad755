"""Power without mains: batteries, and the mobile generators that the county sends.

Battery: a site (terminal) that loses the mains runs on for what its battery holds, one minute per minute; once the mains are back, a
minute used is charged again in ``recharge`` minutes, up to the life drawn for tonight. It is full when the night begins.

Generators: the units stand at the county seat. A site whose mains stay out longer than its battery lasts is, with probability
``served``, put on the list; it is ready for a unit after ``dispatch``. Whenever a unit is free, it goes to the first site of the list (hubs first,
then by the minute of the loss, then by code) to which a road leads at that minute; one that is cut off keeps its place until a road
opens. The drive takes the shortest open way, then comes ``setup``; from then until the mains return the site has power, and its battery rests.
When they do, or on the road if they return sooner, the unit turns back and is free again after as long a drive.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heapreplace

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.scenario.outages import GeneratorPlan
from sim.warning.timelines import Timeline
from sim.warning.ways import Ways

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sites:
    """What generators are sent to: luck, place (index) of each site, whether it is a hub; in the order of their codes."""

    entity: NDArray[np.uint64]
    place: Ints
    hub: Bools


@dataclass(frozen=True)
class Trip:
    """One generator under way: to which site, when it leaves, when the site has its power, when it is free again."""

    site: int
    leaves_min: float
    feeds_min: float
    back_min: float


def outlasted(mains: Timeline, life_min: Floats, recharge: float) -> Bools:
    """Return which outages of the mains last longer than the battery, shape (entities, outages)."""
    return np.asarray(mains.downs + held(mains, life_min, recharge, mains.ups) < mains.ups)


def powered(mains: Timeline, life_min: Floats, recharge: float, fed_min: Floats | None = None) -> Timeline:
    """Return when each has power: by the mains, by its battery, or from ``fed_min`` of an outage on by a generator.

    Parameters
    ----------
    life_min : shape (entities,)
        how long a full battery lasts
    fed_min : shape (entities, outages), optional
        when a generator feeds it in each outage of the mains; ``inf`` for never
    """
    if mains.never_fails:
        return mains
    ends = mains.ups if fed_min is None else np.minimum(mains.ups, fed_min)
    return Timeline.from_windows(mains.downs + held(mains, life_min, recharge, ends), ends)


def held(mains: Timeline, life_min: Floats, recharge: float, ends: Floats) -> Floats:
    """Return what each battery holds when each outage begins, if the mains or a generator relieve it at ``ends``."""
    downs, ups = mains.downs, mains.ups
    holds = np.empty(downs.shape)
    charge = life_min.astype(np.float64)
    for k in range(downs.shape[1]):
        real = np.isfinite(downs[:, k])
        if k:
            charged = np.where(real, downs[:, k], 0) - np.where(real, ups[:, k - 1], 0)
            charge = np.minimum(life_min, charge + charged / recharge)
        holds[:, k] = charge
        used = np.minimum(np.where(real, ends[:, k] - np.where(real, downs[:, k], 0), 0), charge)
        charge = np.where(np.isfinite(charge), charge - np.where(np.isfinite(used), used, 0), charge)
    return holds


def generators(
    plan: GeneratorPlan, sites: Sites, mains: Timeline, need: Bools, ways: Ways, night_luck: Luck, end_min: float
) -> tuple[Floats, list[Trip]]:
    """Return when a generator feeds each site in each outage (``inf``: none does), and the trips of the units.

    ``need``: the outages longer than the battery lasts, shape (sites, outages).
    """
    fed = np.full(mains.downs.shape, np.inf)
    who, outage = np.nonzero(need & (night_luck.uniform("generator/served", sites.entity) < plan.served)[:, None])
    loss, until = mains.downs[who, outage], mains.ups[who, outage]
    ready = loss + plan.dispatch.draw(night_luck.uniform("generator/dispatch", sites.entity[who]))
    kept = np.flatnonzero(ready < np.minimum(until, end_min))
    if not plan.count or not kept.size:
        return fed, []
    kept = kept[np.lexsort((who[kept], loss[kept], ~sites.hub[who[kept]]))]
    who, outage, until, ready = who[kept], outage[kept], until[kept], ready[kept]
    setup = plan.setup.draw(night_luck.uniform("generator/setup", sites.entity[who]))
    trips = _drive(plan, sites.place[who], ready, until, setup, ways, end_min)
    fed[who[[r for r, _ in trips]], outage[[r for r, _ in trips]]] = [trip.feeds_min for _, trip in trips]
    return fed, [Trip(int(who[r]), trip.leaves_min, trip.feeds_min, trip.back_min) for r, trip in trips]


def _drive(
    plan: GeneratorPlan, place: Ints, ready: Floats, until: Floats, setup: Floats, ways: Ways, end_min: float
) -> list[tuple[int, Trip]]:
    """Return the trips by the row of the list, which stands in the order of precedence."""
    free = [-np.inf] * plan.count
    heapify(free)
    waiting = np.ones(len(place), dtype=bool)
    soonest = np.sort(ready)
    trips: list[tuple[int, Trip]] = []
    now = float(soonest[0])
    while now < end_min:
        listed = np.flatnonzero(waiting & (ready <= now) & (now < until))
        metres = ways.metres(0, place[listed], now) if listed.size else np.zeros(0)
        for r, way_m in zip(listed[metres < np.inf].tolist(), metres[metres < np.inf].tolist(), strict=True):
            if free[0] > now:
                break
            drive = way_m / plan.speed_m_per_min
            feeds = now + drive + setup[r]
            back = until[r] + min(until[r] - now, drive)
            heapreplace(free, back)
            waiting[r] = False
            trips.append((r, Trip(r, now, float(feeds) if feeds < until[r] else np.inf, float(back))))
        later = _after(soonest, now)
        # who is still listed while a unit stands idle is cut off
        opens = ways.may_open_min(0, now) if free[0] <= now and waiting[listed].any() else np.inf
        now = free[0] if free[0] > now else min(later, opens)
    return trips


def _after(times: Floats, t_min: float) -> float:
    """Return the first of ascending ``times`` after a minute, ``inf`` if there is none."""
    i = int(np.searchsorted(times, t_min, side="right"))
    return float(times[i]) if i < len(times) else np.inf
