"""Ways between places by road, as the roads are at a given minute.

The roads are a graph over the places. Between two changes of any road the graph stands still (an epoch), so shortest ways from one
place are computed once for each epoch in which somebody asks.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy import spatial
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sim.county import County
from sim.warning.timelines import Timeline

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Map:
    """The roads as a graph: pairs of places, each joined by one road or more.

    ``here`` and ``there`` are the ends of each road of the table. ``row`` and ``length_m`` list every road by pair; ``begins`` where each
    pair begins in that list. A place that no known road touches is joined to the nearest one that has a road, in a straight
    line that never closes: ``row`` −1. Where most places hang on one neighbour only, it pays to search ways in the trunk, without
    them: ``anchor`` is that neighbour (a place of the trunk is its own), ``stub`` the pair that joins the two (−1), ``node`` the
    number of the anchor in the trunk. ``trunk_pair``, ``indices`` and ``indptr`` are the sparse matrix of the trunk.
    """

    here: Ints
    there: Ints
    length_m: Floats
    row: Ints
    begins: Ints
    anchor: Ints
    stub: Ints
    node: Ints
    trunk_pair: Ints
    indices: Ints
    indptr: Ints


_MAPS: WeakKeyDictionary[County, _Map] = WeakKeyDictionary()
"""The maps of the counties in use; each goes when its county does."""


class Ways:
    """Shortest ways by road tonight; without any known road every way is a straight line and never cut."""

    def __init__(self, county: County, roads: Timeline) -> None:
        self._county, self._roads = county, roads
        self._known: dict[tuple[int, int, float], Floats] = {}
        self._trunks: dict[tuple[int, float], csr_array[np.float64]] = {}
        self._along: dict[tuple[int, int, float], Floats] = {}

    @cached_property
    def changes_min(self) -> Floats:
        """When any road closes or opens, ascending."""
        times = self._roads.changes
        return np.unique(times[np.isfinite(times)])

    @cached_property
    def _reopenings(self) -> tuple[Floats, Ints, Ints]:
        """When any road opens again, and the places it joins."""
        times = self._roads.ups
        row, outage = np.nonzero(np.isfinite(times))
        roads = _map(self._county)
        return times[row, outage], roads.here[row], roads.there[row]

    @cached_property
    def _changes(self) -> dict[int, list[float]]:
        """When each road that ever closes does so, and opens again, by its row."""
        rows = np.flatnonzero(self._roads.fails)
        return dict(zip(rows.tolist(), self._roads.changes[rows].tolist(), strict=True))

    @cached_property
    def _closures(self) -> tuple[Ints, Floats, Floats]:
        """Which entry of the map is closed, from which minute, and until when; shape (closures,)."""
        roads = self._roads.of(_map(self._county).row)
        entry, outage = np.nonzero(np.isfinite(roads.downs))
        return entry, roads.downs[entry, outage], roads.ups[entry, outage]

    def may_open_min(self, source: int, t_min: float) -> float:
        """Return the first minute after ``t_min`` at which a place that is cut off from ``source`` then may have a way again.

        Only a road that leads out of what can be reached at ``t_min`` can open one.
        """
        if self._roads.never_fails:
            return np.inf
        opens_min, here, there = self._reopenings
        reached = np.isfinite(self._from(source, t_min, np.inf))
        leads_out = (opens_min > t_min) & (reached[here] != reached[there])
        return float(opens_min[leads_out].min(initial=np.inf))

    @property
    def never_change(self) -> bool:
        """Whether no road ever closes tonight."""
        return self._roads.never_fails

    def turns_min(self, source: int, to: int) -> list[float]:
        """Return the minutes at which the way between two places may become another, ascending."""
        if source == to or self.never_change or not len(self._county.networks.roads):
            return []
        roads = _map(self._county)
        stubs = (row for place in (source, to) for row, _ in self._stub(place))
        turns = {minute for row in stubs for minute in self._changes.get(row, ()) if minute < math.inf}
        if roads.node[source] != roads.node[to]:
            turns.update(self._trunk_changes_min.tolist())
        return sorted(turns)

    def metres(self, source: int, to: Ints, t_min: float) -> Floats:
        """Return the way from one place to others over roads open at ``t_min``; ``inf`` where there is none."""
        return self._from(source, t_min, np.inf)[to]

    def on_foot(self, source: int, to: Ints, t_min: float, factor: float) -> Floats:
        """Return the way where a closed road may be walked as if it were ``factor`` times as long (``inf``: not at all)."""
        return self._from(source, t_min, factor)[to]

    def between_m(self, source: int, to: int, t_min: float, factor: float = math.inf) -> float:
        """Return the way between two places at a minute, as ``on_foot`` does; most ways do not leave the roads of one village."""
        if source == to:
            return 0.0
        if not len(self._county.networks.roads):
            places = self._county.places
            return math.hypot(places.x_m[source] - places.x_m[to], places.y_m[source] - places.y_m[to])
        roads = _map(self._county)
        ends_m = self._stub_m(source, t_min, factor) + self._stub_m(to, t_min, factor)
        here, there = int(roads.node[source]), int(roads.node[to])
        return ends_m if here == there else ends_m + float(self._in_trunk(here, t_min, factor)[there])

    def _stub_m(self, place: int, t_min: float, factor: float) -> float:
        """Return the way from a place to its anchor."""
        if _map(self._county).stub[place] < 0:
            return 0.0
        shortest_m = math.inf
        for row, length_m in self._stub(place):
            changes = self._changes.get(row)
            open_now = changes is None or bisect_right(changes, t_min) % 2 == 0
            shortest_m = min(shortest_m, length_m if open_now else length_m * factor)
        return shortest_m

    def _stub(self, place: int) -> Iterator[tuple[int, float]]:
        """Return the roads between a place and its anchor: row and metres of each; none for a place of the trunk."""
        roads = _map(self._county)
        pair = int(roads.stub[place])
        end = int(roads.begins[pair + 1]) if pair + 1 < len(roads.begins) else None
        between = slice(int(roads.begins[pair]), end) if pair >= 0 else slice(0)
        return zip(roads.row[between].tolist(), roads.length_m[between].tolist(), strict=True)

    def _from(self, source: int, t_min: float, factor: float) -> Floats:
        epoch = int(np.searchsorted(self.changes_min, t_min, side="right"))
        key = (source, epoch, factor)
        if key not in self._known:
            self._known[key] = self._measure(source, t_min, factor)
        return self._known[key]

    def _measure(self, source: int, t_min: float, factor: float) -> Floats:
        places = self._county.places
        if not len(self._county.networks.roads):
            straight_m: Floats = np.hypot(places.x_m - places.x_m[source], places.y_m - places.y_m[source])
            return straight_m
        roads = _map(self._county)
        by_pair = self._by_pair(t_min, factor)
        stub_m = np.where(roads.stub >= 0, by_pair[roads.stub], 0.0)
        metres: Floats = stub_m[source] + self._in_trunk(int(roads.node[source]), t_min, factor)[roads.node] + stub_m
        metres[source] = 0
        return metres

    def _in_trunk(self, node: int, t_min: float, factor: float) -> Floats:
        """Return the way from a node of the trunk to all of them."""
        epoch = int(np.searchsorted(self._trunk_changes_min, t_min, side="right"))
        if (node, epoch, factor) not in self._along:
            if (epoch, factor) not in self._trunks:
                roads, size = _map(self._county), len(_map(self._county).indptr) - 1
                lengths = self._by_pair(t_min, factor)[roads.trunk_pair]
                self._trunks[epoch, factor] = csr_array((lengths, roads.indices, roads.indptr), shape=(size, size))
            along = np.asarray(dijkstra(self._trunks[epoch, factor], indices=np.array([node])))[0]
            self._along[node, epoch, factor] = along
        return self._along[node, epoch, factor]

    @cached_property
    def _trunk_changes_min(self) -> Floats:
        """When any road of the trunk closes or opens, ascending."""
        roads, (entry, from_min, to_min) = _map(self._county), self._closures
        in_trunk = np.isin(np.searchsorted(roads.begins, entry, side="right") - 1, roads.trunk_pair)
        times = np.concatenate([from_min[in_trunk], to_min[in_trunk]])
        return np.unique(times[np.isfinite(times)])

    def _by_pair(self, t_min: float, factor: float) -> Floats:
        """Return the metres between the two places of each pair: of several roads the shortest counts."""
        roads = _map(self._county)
        length_m = roads.length_m
        if not self._roads.never_fails:
            entry, from_min, to_min = self._closures
            closed = entry[(from_min <= t_min) & (t_min < to_min)]
            length_m = length_m.copy()
            length_m[closed] = length_m[closed] * factor if np.isfinite(factor) else np.inf
        by_pair: Floats = np.minimum.reduceat(length_m, roads.begins)
        return by_pair


def _map(county: County) -> _Map:
    if county not in _MAPS:
        _MAPS[county] = _draw_map(county)
    return _MAPS[county]


def _draw_map(county: County) -> _Map:
    table, places = county.networks.roads, county.places
    here, there = (np.array([county.index[code] for code in table[end]], dtype=np.int64) for end in ("from", "to"))
    from_, to = here, there
    row, length = np.arange(len(table)), table["length_m"].to_numpy(dtype=np.float64)
    touched = np.zeros(len(places), dtype=bool)
    touched[here] = touched[there] = True
    at = np.column_stack([places.x_m, places.y_m])
    alone = np.flatnonzero(~touched)
    if alone.size:
        on_road = np.flatnonzero(touched)
        straight_m, nearest = spatial.cKDTree(at[on_road]).query(at[alone])
        here, there = np.r_[here, alone], np.r_[there, on_road[nearest]]
        row, length = np.r_[row, np.full(len(alone), -1)], np.r_[length, straight_m]
    low, high = np.minimum(here, there), np.maximum(here, there)
    order = np.lexsort((row, high, low))
    low, high, row, length = low[order], high[order], row[order], length[order]
    begins = np.flatnonzero(np.r_[True, (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
    low, high = low[begins], high[begins]
    neighbours = np.bincount(np.r_[low, high], minlength=len(places))
    anchor, stub = np.arange(len(places)), np.full(len(places), -1)
    for end, other in ((low, high), (high, low)):
        hangs = (neighbours[end] == 1) & (neighbours[other] > 1)
        anchor[end[hangs]], stub[end[hangs]] = other[hangs], np.flatnonzero(hangs)
    number = np.cumsum(stub < 0) - 1
    pair = np.flatnonzero((stub[low] < 0) & (stub[high] < 0))
    ends = number[np.r_[low[pair], high[pair]]], number[np.r_[high[pair], low[pair]]]
    by_node = np.lexsort((ends[1], ends[0]))
    indptr = np.r_[0, np.cumsum(np.bincount(ends[0], minlength=int(number[-1]) + 1))]
    return _Map(
        here=from_,
        there=to,
        length_m=length,
        row=row,
        begins=begins,
        anchor=anchor,
        stub=stub,
        node=number[anchor],
        trunk_pair=np.tile(pair, 2)[by_node],
        indices=ends[1][by_node],
        indptr=indptr,
    )
