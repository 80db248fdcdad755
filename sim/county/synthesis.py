"""Filling in what no table says, by seed: residents, places, households, zones, terminals, devices, key sites, rivers.

Every number drawn here belongs to a named entity, so the same seed gives the same county whatever the order of rows, and a
place with known values leaves the draws of its neighbours alone. Totals are kept exactly: the children of a place hold its
residents, and the households of a place hold its residents.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim import luck
from sim.county.plan import GroupingPlan, HabitsPlan, HouseholdPlan, LayoutPlan, SpreadPlan, ZonePlan

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Ids = NDArray[np.uint64]
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def apportion(total: int, weights: Floats) -> Ints:
    """Return whole numbers that sum to ``total`` and stand to each other as ``weights`` (largest remainder)."""
    if weights.sum() <= 0 or total <= 0:
        return np.zeros(len(weights), dtype=np.int64)
    exact = total * weights / weights.sum()
    whole: Ints = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def spread_weights(plan: SpreadPlan, urban: NDArray[np.bool_], children: Ints, entity: Ids, seed: int) -> Floats:
    """Return relative sizes of sibling places: log-normal by rank, larger where there are more children below.

    Rank, not chance, gives the shape, so that a county of 42 townships has no accidental giant; chance moves places within it.
    """
    noise = special.ndtri(luck.uniform(seed, 0, "county/size", entity))
    score = np.log1p(children) + 0.35 * noise
    rank = np.empty(len(entity))
    rank[np.argsort(score, kind="stable")] = np.arange(len(entity))
    normal = special.ndtri((rank + 0.5) / len(entity))
    return np.where(urban, plan.urban_factor, 1.0) * np.exp(plan.sigma * normal)


def residents_below(total: int, known: Floats, weights: Floats) -> Ints:
    """Return the residents of sibling places: known ones stay, the others share what is left by weight."""
    result = np.nan_to_num(known, nan=0).astype(np.int64)
    silent = np.isnan(known)
    result[silent] = apportion(max(total - int(result.sum()), 0), weights[silent])
    return result


def group_counts(plan: GroupingPlan, residents: Ints) -> Ints:
    """Return how many groups each village has."""
    return np.clip(np.rint(residents / plan.residents_each), plan.fewest, plan.most).astype(np.int64)


def seats(x: Floats, y: Floats, entity: Ids, seed: int) -> tuple[Floats, Floats]:
    """Return positions with the unknown (NaN) ones put between the known ones, where these leave the largest gaps.

    Each unknown place tries 64 points of its own luck, each within the triangle of three known seats, and takes the loneliest.
    """
    x, y = x.copy(), y.copy()
    known = np.flatnonzero(~np.isnan(x))
    if len(known) == 0:
        x[:], y[:] = 0.0, 0.0
        return x, y
    for i in np.flatnonzero(np.isnan(x)):
        corners = luck.child_ids(np.full(192, entity[i]), np.arange(192))
        which = known[(luck.uniform(seed, 0, "county/seat/corner", corners) * len(known)).astype(np.int64)].reshape(
            64, 3
        )
        weight = -np.log(luck.uniform(seed, 0, "county/seat/weight", corners)).reshape(64, 3)
        weight /= weight.sum(axis=1, keepdims=True)
        px, py = (weight * x[which]).sum(axis=1), (weight * y[which]).sum(axis=1)
        placed = np.flatnonzero(~np.isnan(x))
        nearest = np.hypot(px[:, None] - x[placed], py[:, None] - y[placed]).min(axis=1)
        best = int(np.argmax(nearest))
        x[i], y[i] = px[best], py[best]
    return x, y


def around(x: float, y: float, entity: Ids, plan: LayoutPlan, villages: int, seed: int) -> tuple[Floats, Floats]:
    """Return positions of the villages of a township: a jittered golden spiral, each village on its share of the area."""
    spacing = math.sqrt(plan.area_km2 * 1e6 / max(villages, 1) / math.pi)
    k = np.empty(
        len(entity)
    )  # the turn of each comes by luck: in the order of their codes the map would name the villages
    k[np.argsort(luck.uniform(seed, 0, "county/order", entity), kind="stable")] = np.arange(len(entity))
    turn = 2 * math.pi * luck.uniform(seed, 0, "county/turn", entity[:1])[0] if len(entity) else 0.0
    radius = spacing * np.sqrt(k + 0.1) * (0.85 + 0.3 * luck.uniform(seed, 0, "county/radius", entity))
    angle = turn + k * _GOLDEN_ANGLE + 0.5 * (luck.uniform(seed, 0, "county/angle", entity) - 0.5)
    return x + radius * np.cos(angle), y + radius * np.sin(angle)


def disc(x: Floats, y: Floats, radius: float, entity: Ids, seed: int, purpose: str) -> tuple[Floats, Floats]:
    """Return points evenly within a circle around each centre."""
    r = radius * np.sqrt(luck.uniform(seed, 0, f"{purpose}/radius", entity))
    angle = 2 * math.pi * luck.uniform(seed, 0, f"{purpose}/angle", entity)
    return x + r * np.cos(angle), y + r * np.sin(angle)


def cluster(x: Floats, y: Floats, scale: float, entity: Ids, seed: int, purpose: str) -> tuple[Floats, Floats]:
    """Return positions scattered normally (``scale`` metres) around each centre; one entity, one point."""
    dx = special.ndtri(luck.uniform(seed, 0, f"{purpose}/x", entity))
    dy = special.ndtri(luck.uniform(seed, 0, f"{purpose}/y", entity))
    return x + scale * dx, y + scale * dy


def household_persons(residents: Ints, counts: Ints, place: Ints, ids: Ids, plan: HouseholdPlan, seed: int) -> Ints:
    """Return persons per household so that each place holds exactly its residents.

    Within a place the sizes follow the planned shares by stratified quantiles; the rounding error is then spread, one person
    a household, over the largest (when too many) or the smallest (when too few).

    Parameters
    ----------
    residents, counts : shape (places,)
        residents and households of each place, ``counts <= residents``
    place : shape (households,)
        place of each household, ascending
    """
    n = len(ids)
    first = np.concatenate([[0], np.cumsum(counts)])[:-1]
    order = np.lexsort((luck.uniform(seed, 0, "household/size", ids), place))
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n) - first[place]
    quantile = (rank + 0.5) / counts[place]
    persons: Ints = np.searchsorted(np.cumsum(plan.sizes)[:-1], quantile, side="right") + 1

    def surplus() -> Ints:
        return np.bincount(place, weights=persons, minlength=len(counts)).astype(np.int64) - residents

    persons = persons + (np.maximum(-surplus(), 0) // np.maximum(counts, 1))[place]
    while (over := surplus()).any():
        shrink = (counts[place] - 1 - rank < over[place]) & (persons > 1)
        grow = rank < -over[place]
        persons = persons - shrink + grow
    return persons


def elderly(persons: Ints, ids: Ids, plan: HouseholdPlan, seed: int) -> Ints:
    """Return how many members are 60 or more: binomial by inversion of one number per household."""
    chance = np.where(persons <= 2, plan.elderly_small, plan.elderly_large)
    u = luck.uniform(seed, 0, "household/elderly", ids)
    return _binomial(u, persons, chance)


def _binomial(u: Floats, n: Ints, p: Floats) -> Ints:
    """Return the number of successes whose distribution function first reaches ``u``."""
    result = np.zeros(len(u), dtype=np.int64)
    for k in range(int(n.max(initial=0))):
        result += (special.bdtr(k, n, p) < u) & (k < n)
    return result


def phones(persons: Ints, old: Ints, ids: Ids, plan: HouseholdPlan, seed: int) -> NDArray[np.int8]:
    """Return the best phone of each household: 0 none, 1 feature phone, 2 smartphone."""
    all_old = old == persons
    smart = np.where(all_old, plan.phone_elderly.smart, plan.phone_other.smart)
    feature = np.where(all_old, plan.phone_elderly.feature, plan.phone_other.feature)
    u = luck.uniform(seed, 0, "household/phone", ids)
    return np.where(u < smart, 2, np.where(u < smart + feature, 1, 0)).astype(np.int8)


def patterns(ids: Ids, habits: HabitsPlan, seed: int) -> NDArray[np.int8]:
    """Return the way of living of each household, an index into the habits."""
    shares = [pattern.share for pattern in habits.patterns]
    return pick(shares, luck.uniform(seed, 0, "household/pattern", ids)).astype(np.int8)


def pick(shares: Sequence[float], u: Floats) -> Ints:
    """Return the index of the share that each number of (0, 1) falls into; the last share takes what the others leave."""
    return np.searchsorted(np.cumsum(shares)[:-1], u, side="right").astype(np.int64)


def zone_places(plan: ZonePlan, candidates: Ints, entity: Ids, weights: Floats, seed: int) -> tuple[Ints, Ints]:
    """Return the places that hold a registered hazard point and those that hold an unregistered one, each ascending.

    One point each, the more likely the more households a place has. The unregistered ones come next in the same race, so that their
    number leaves the registered ones alone.
    """
    race = -np.log(luck.uniform(seed, 0, "zone/place", entity[candidates])) / weights[candidates]
    order = candidates[np.argsort(race, kind="stable")]
    return np.sort(order[: plan.points]), np.sort(order[plan.points : plan.points + plan.unregistered])


def zone_households(plan: ZonePlan, points: int, room: Ints, entity: Ids, household_size: float, seed: int) -> Ints:
    """Return how many households each zone threatens, shape (zones,); never above ``room``.

    ``plan.points`` zones threaten about ``plan.residents`` persons together, and ``points`` zones as many by point.
    """
    weights = np.exp(plan.sigma * special.ndtri(luck.uniform(seed, 0, "zone/size", entity)))
    total = round(plan.residents * points / max(plan.points, 1) / household_size)
    size = np.zeros(len(room), dtype=np.int64)
    while size.sum() < min(total, room.sum()):  # what does not fit into a small group goes to the larger ones
        size = np.minimum(size + apportion(total - int(size.sum()), weights * (size < room)), room)
    return size


def downstream(x: Floats, y: Floats, seat_x: float, seat_y: float) -> Ints:
    """Return the place into which each of some sibling places drains, an index among them; −1 for the one nearest to the seat.

    Water runs towards the seat of the place above: each drains into the nearest sibling that lies closer to the seat than
    itself, so that there is no ring.
    """
    into = np.full(len(x), -1, dtype=np.int64)
    order = np.argsort(np.hypot(x - seat_x, y - seat_y), kind="stable")
    for n in range(1, len(order)):
        here, closer = order[n], order[:n]
        into[here] = closer[np.argmin(np.hypot(x[closer] - x[here], y[closer] - y[here]))]
    return into


def curve_order(x: Floats, y: Floats, place: Ints) -> Ints:
    """Return a visiting key: position along a Morton curve through the houses of each place, neighbours near each other."""
    if len(x) == 0:
        return np.zeros(0, dtype=np.int64)
    cell = 20.0  # metres: finer than the distance between farmsteads
    begin = np.flatnonzero(np.r_[True, place[1:] != place[:-1]])
    west = np.repeat(np.minimum.reduceat(x, begin), np.diff(np.r_[begin, len(x)]))
    south = np.repeat(np.minimum.reduceat(y, begin), np.diff(np.r_[begin, len(y)]))
    column = np.clip((x - west) / cell, 0, 0xFFFF).astype(np.int64)
    row = np.clip((y - south) / cell, 0, 0xFFFF).astype(np.int64)
    return _interleave(column) | (_interleave(row) << 1)


def _interleave(v: Ints) -> Ints:
    """Return the low 16 bits of ``v`` with a zero after each."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        v = (v | (v << shift)) & mask
    return v
