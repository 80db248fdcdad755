"""Making up, by the rules ``synthesis.networks``, what no table says of feeders, sites, roads and emergency sets.

Codes are those of places with a letter behind (F feeder, D substation, B base station, H hub, S super site, P path), or the two ends of a
road; each draw belongs to the entity of such a code. Nothing hangs on the order of rows, and one more site leaves the others alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import spatial
from scipy.sparse import csgraph

from sim import luck
from sim.county import synthesis
from sim.county.plan import FeederPlan, RoadPlan, SetPlan, SitePlan

if TYPE_CHECKING:
    from sim.county.places import Places

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Codes = NDArray[np.object_]
Columns = dict[str, Any]
_SHORTEST_M = 1.0
"""Two places on one spot are this far apart, so that every road has a length."""


@dataclass(frozen=True)
class Tiers:
    """The tiers that networks are laid out by; indices of places in the order of their codes.

    ``upper`` everything above the villages, ``seats`` those of them that are seats of townships (right above the villages, or with a
    village right below; the county itself if there are none), ``villages``, ``lower`` everything below the villages; ``village_of`` the
    village each place lies in or −1, shape (places,).
    """

    upper: Ints
    seats: Ints
    villages: Ints
    lower: Ints
    village_of: Ints


def tiers(village: int, places: Places) -> Tiers:
    """Return the tiers of a county whose villages stand on the level ``village``."""
    level = places.level
    villages = np.flatnonzero(level == village)
    seats = np.union1d(np.flatnonzero(level == village - 1), places.parent[villages])
    village_of = np.full(len(places), -1, dtype=np.int64)
    village_of[villages] = villages
    for below in range(village + 1, int(level.max(initial=0)) + 1):
        here = np.flatnonzero(level == below)
        village_of[here] = village_of[places.parent[here]]
    return Tiers(
        upper=np.flatnonzero(level < village),
        seats=seats if len(seats) else np.zeros(1, dtype=np.int64),
        villages=villages,
        lower=np.flatnonzero(level > village),
        village_of=village_of,
    )


def set_ids(place: Iterable[str], device: Iterable[str]) -> NDArray[np.uint64]:
    """Return the 64-bit id of each set, shape (sets,)."""
    return np.array([luck.entity_id(*pair) for pair in zip(place, device, strict=True)], dtype=np.uint64)


def make_feeders(rules: FeederPlan, places: Places, layout: Tiers) -> tuple[Columns, Codes]:
    """Return the columns of the feeders, and the code of the feeder that each place is put on ("" where the place above tells).

    The feeders of a township leave its seat like spokes, each with neighbouring villages; the seat is on that of the nearest village, and
    a place above the townships on that of the nearest seat.
    """
    rows: list[tuple[str, str, str]] = []
    fed_by = np.full(len(places), "", dtype=object)
    x, y, seats = places.x_m, places.y_m, layout.seats
    groups = -(-len(seats) // rules.townships_each)
    for near in bisected(x[seats], y[seats], groups):
        substation = f"{places.code[seats[near.min()]]}D"
        for seat in seats[near]:
            here = layout.villages[places.parent[layout.villages] == seat]
            turn = np.argsort(np.arctan2(y[here] - y[seat], x[here] - x[seat]), kind="stable")
            count = max(1, -(-len(here) // rules.villages_each))
            for number, spoke in enumerate(np.array_split(here[turn], count), start=1):
                feeder = f"{places.code[seat]}F{number:02d}"
                rows.append((feeder, substation, places.code[seat]))
                fed_by[spoke] = feeder
            closest = here[np.argmin(np.hypot(x[here] - x[seat], y[here] - y[seat]))] if len(here) else seat
            fed_by[seat] = fed_by[closest] or f"{places.code[seat]}F01"
    for place in np.setdiff1d(layout.upper, seats):
        fed_by[place] = fed_by[seats[np.argmin(np.hypot(x[seats] - x[place], y[seats] - y[place]))]]
    code, substations, place_codes = zip(*rows, strict=True)
    return {"code": code, "substation": substations, "place": place_codes}, fed_by


def bisected(x: Floats, y: Floats, groups: int) -> list[Ints]:
    """Return so many groups of neighbouring points, their sizes within one of each other: halved across the longer side, again and again."""

    def halved(points: Ints, count: int) -> list[Ints]:
        if count <= 1:
            return [points]
        wide = np.ptp(x[points]) >= np.ptp(y[points])
        order = points[np.argsort((x if wide else y)[points], kind="stable")]
        cut = len(points) // count * (count // 2) + min(len(points) % count, count // 2)
        return halved(np.sort(order[:cut]), count // 2) + halved(np.sort(order[cut:]), count - count // 2)

    return halved(np.arange(len(x)), groups)


def make_sites(rules: SitePlan, places: Places, layout: Tiers, fed_by: Codes, seed: int) -> Columns:
    """Return the columns of the sites: base stations by residents in every village, a hub at each seat, super sites where most are listed.

    The first base station of a village stands in one of its lowest places, the second in another, and so on, in an order of their own luck.
    """
    villages, seats = layout.villages, layout.seats
    count = np.maximum(np.rint(places.residents[villages] / rules.residents_each).astype(np.int64), 1)
    stands = [_standing(lowest, n) for lowest, n in zip(_lowest(places, layout, seed), count.tolist(), strict=True)]
    where = np.concatenate([*stands, np.zeros(0, dtype=np.int64)])
    village = np.repeat(villages, count)
    number = np.concatenate([*map(np.arange, count), np.zeros(0, dtype=np.int64)]).astype(np.int64) + 1
    most_listed = seats[np.argsort(-places.listed_persons[seats], kind="stable")[: rules.super_sites]]
    hub_of = np.array([f"{code}H" for code in places.code], dtype=object)
    base = [f"{places.code[v]}B{n:02d}" for v, n in zip(village, number, strict=True)]
    sup = [f"{places.code[seat]}S" for seat in most_listed]
    codes = base + list(hub_of[seats]) + sup
    entity = luck.entity_ids(codes)
    kind = np.repeat(["base", "hub", "super"], [len(base), len(seats), len(sup)])
    where = np.r_[where, seats, most_listed]
    x, y = synthesis.disc(places.x_m[where], places.y_m[where], rules.scatter_m, entity, seed, "site")
    by_air = (kind == "base") & (luck.uniform(seed, 0, "site/microwave", entity) < rules.microwave)
    ring = (kind == "hub") & (luck.uniform(seed, 0, "site/second", entity) < rules.hub_second)
    return {
        "code": codes,
        "kind": kind,
        "place": [places.code[p] for p in where],
        "feeder": fed_by[where],
        "uplink": np.concatenate([hub_of[places.parent[village]], np.full(len(seats), ""), hub_of[most_listed]]),
        "backhaul": np.where(by_air, "microwave", "fibre"),
        "second": np.where(kind == "super", "satellite", np.where(ring, "fibre", "")),
        "x_m": x,
        "y_m": y,
    }


def _lowest(places: Places, layout: Tiers, seed: int) -> list[Ints]:
    """Return the lowest places of each village in an order of their own luck; a village without any is its own."""
    leaves = np.setdiff1d(np.flatnonzero(layout.village_of >= 0), places.parent)
    leaves = leaves[np.lexsort((luck.uniform(seed, 0, "site/place", places.entity[leaves]), layout.village_of[leaves]))]
    begin = np.searchsorted(layout.village_of[leaves], layout.villages)
    return np.split(leaves, begin[1:])[: len(begin)]


def _standing(lowest: Ints, count: int) -> Ints:
    """Return where so many sites stand: one in each place before any gets a second."""
    return lowest[np.arange(count) % len(lowest)]


def nearest_sites(places: Places, sites: pd.DataFrame, reach_m: float, most: int) -> Ints:
    """Return the rows of the sites that serve each place, shape (places, most): the nearest within reach, at least the nearest of all.

    Nearest first, of equally near ones the lower code; −1 behind the last.
    """
    serving = np.full((len(places), most), -1, dtype=np.int64)
    if sites.empty:
        return serving[:, :1]
    tree = spatial.cKDTree(sites[["x_m", "y_m"]].to_numpy())
    wanted = min(most, len(sites))
    asked = min(most + 1, len(sites))
    points = np.column_stack([places.x_m, places.y_m])
    while True:  # until the last asked for lies farther than the last wanted: which of equals comes first is not the tree's to say
        found = tree.query(points, k=np.arange(1, asked + 1))
        metres, rows = np.asarray(found[0]), np.asarray(found[1])
        if asked == len(sites) or not np.any(metres[:, wanted - 1] == metres[:, -1]):
            break
        asked = min(2 * asked, len(sites))
    order = np.lexsort((rows, metres))[:, :wanted]
    metres, rows = np.take_along_axis(metres, order, axis=1), np.take_along_axis(rows, order, axis=1)
    within = metres <= reach_m
    within[:, 0] = True
    serving[:, :wanted] = np.where(within, rows, -1)
    return serving


def make_roads(rules: RoadPlan, places: Places, layout: Tiers, seed: int) -> Columns:
    """Return the columns of the roads, which join all places.

    Main roads join the seats, township roads a seat with its villages and villages across its border, village roads the villages of one
    township, and a path leads from each place below to the place above it.
    """
    kinds: dict[tuple[int, int], str] = {}

    def join(pairs: Iterable[tuple[int, int]], kind: str) -> None:
        for here, there in pairs:
            kinds.setdefault((min(here, there), max(here, there)), kind)

    tree, more = _joined(places, layout.upper)
    join(tree + more, "main")
    extra = luck.uniform(seed, 0, "road/extra", places.entity) < rules.extra
    for seat in layout.seats.tolist():
        here = layout.villages[places.parent[layout.villages] == seat]
        tree, more = _joined(places, np.r_[seat, here])
        inside = tree + [(village, to) for village, to in more if village != seat and extra[village]]
        join((pair for pair in inside if seat in pair), "township")
        join((pair for pair in inside if seat not in pair), "village")
        join(_across(places, here, np.setdiff1d(layout.villages, here), rules.across_m), "township")
    join(((int(places.parent[place]), place) for place in layout.lower.tolist()), "path")
    ends = np.array(list(kinds), dtype=np.int64).reshape(-1, 2)
    kind = list(kinds.values())
    straight = np.hypot(*(at[ends[:, 0]] - at[ends[:, 1]] for at in (places.x_m, places.y_m)))
    winding = np.array([getattr(rules.winding, name) for name in kind], dtype=np.float64)
    here, there = ([places.code[p] for p in column] for column in ends.T)
    return {
        "code": [f"{b}P" if k == "path" else f"{a}/{b}" for a, b, k in zip(here, there, kind, strict=True)],
        "from": here,
        "to": there,
        "length_m": np.maximum(straight * winding, _SHORTEST_M),
        "kind": kind,
    }


Pairs = list[tuple[int, int]]


def _joined(places: Places, nodes: Ints) -> tuple[Pairs, Pairs]:
    """Return the pairs of the shortest tree that joins some places, and for each place the pair with the nearest that it does not."""
    if len(nodes) < 2:
        return [], []
    x, y = places.x_m[nodes], places.y_m[nodes]
    metres = np.maximum(np.hypot(x[:, None] - x, y[:, None] - y), _SHORTEST_M)
    np.fill_diagonal(metres, 0.0)
    here, there = csgraph.minimum_spanning_tree(metres).nonzero()
    np.fill_diagonal(metres, np.inf)
    metres[here, there] = metres[there, here] = np.inf
    near = np.argmin(metres, axis=1)
    free = np.flatnonzero(np.isfinite(metres.min(axis=1)))
    return _pairs(nodes[here], nodes[there]), _pairs(nodes[free], nodes[near[free]])


def _across(places: Places, here: Ints, others: Ints, within_m: float) -> Pairs:
    """Return for each of the places ``here`` the pair with the nearest of ``others`` within a distance."""
    if len(here) == 0 or len(others) == 0:
        return []
    tree = spatial.cKDTree(np.column_stack([places.x_m[others], places.y_m[others]]))
    found = tree.query(np.column_stack([places.x_m[here], places.y_m[here]]))
    metres, near = np.asarray(found[0]), np.asarray(found[1])
    close = metres <= within_m
    return _pairs(here[close], others[near[close]])


def _pairs(here: Ints, there: Ints) -> Pairs:
    return list(zip(here.tolist(), there.tolist(), strict=True))


def make_sets(rules: Sequence[SetPlan], levels: Sequence[str], places: Places, seed: int) -> Columns:
    """Return the columns of the emergency sets: of each level and device a share of the places has one, a share of these can use it."""
    columns: Columns = {"place": [], "device": [], "count": [], "trained": []}
    for rule in rules:
        draw = luck.uniform(seed, 0, f"set/{rule.device}", places.entity)
        holders = np.flatnonzero((places.level == levels.index(rule.level)) & (draw < rule.share))
        held = [places.code[p] for p in holders]
        ids = set_ids(held, [rule.device] * len(held))
        columns["place"] += held
        columns["device"] += [rule.device] * len(held)
        columns["count"] += [rule.count] * len(held)
        columns["trained"] += (luck.uniform(seed, 0, "set/trained", ids) < rule.trained).tolist()
    return columns
