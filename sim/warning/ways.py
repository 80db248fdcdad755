"""Ways between places by road, as the roads are at a given minute.

The roads are a graph over the places. Between two changes of any road the graph stands still (an epoch), so shortest ways from one
place are computed once for each epoch in which somebody asks.
"""

from __future__ import annotations

import math
from bisect import bisect_right
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
_AT_ONCE = 32  # reopenings looked at together: the first that helps is mostly among the next few


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Pairs of places, each joined by one road or more: the roads by pair, and where each pair begins among them.

    ``row`` of each road in the table; −1 for a straight line that never closes.
    """

    row: Ints
    length_m: Floats
    begins: Ints

    def of(self, pairs: Ints) -> _Pairs:
        """Return some of the pairs."""
        count = np.diff(np.append(self.begins, len(self.row)))[pairs]
        begins = np.cumsum(count) - count
        roads = np.repeat(self.begins[pairs] - begins, count) + np.arange(count.sum())
        return _Pairs(self.row[roads], self.length_m[roads], begins)

    def shortest_m(self, closed: Ints, factor: float) -> Floats:
        """Return the metres of each pair while some roads (by position) are closed and count ``factor`` times: of several the shortest."""
        if not len(self.begins):
            return np.zeros(0)
        length_m = self.length_m.copy()
        length_m[closed] = length_m[closed] * factor if np.isfinite(factor) else np.inf
        by_pair: Floats = np.minimum.reduceat(length_m, self.begins)
        return by_pair


@dataclass(frozen=True, eq=False)
class _Map:
    """The roads as a graph.

    ``ends`` are the two places that each road of the table joins, shape (roads, 2). A place that no known road touches is joined to the nearest one
    that has a road, in a straight line. Where most places hang on one neighbour only, it pays to search ways in the trunk, without them:
    ``stub`` is the pair that joins a place to that neighbour (−1 for a place of the trunk), ``stub_roads`` the roads of that pair by
    row and metres, ``node`` the number of the neighbour (of the place itself) in the trunk. ``trunk`` are the pairs of the trunk;
    ``trunk_pair``, ``indices`` and ``indptr`` its sparse matrix.
    """

    ends: Ints
    pairs: _Pairs
    stub: Ints
    stub_roads: tuple[tuple[tuple[int, float], ...], ...]
    node: Ints
    trunk: _Pairs
    trunk_pair: Ints
    indices: Ints
    indptr: Ints


@dataclass(frozen=True, eq=False)
class _Closures:
    """Which road of the trunk is closed, from which minute, and until when; shape (closures,)."""

    road: Ints
    from_min: Floats
    to_min: Floats


_MAPS: WeakKeyDictionary[County, _Map] = WeakKeyDictionary()
"""The maps of the counties in use; each goes when its county does."""


class Ways:
    """Shortest ways by road tonight; without any known road every way is a straight line and never cut."""

    def __init__(self, county: County, roads: Timeline) -> None:
        self._county, self._roads = county, roads
        self._trunks: dict[tuple[int, float], csr_array[np.float64]] = {}
        self._along: dict[tuple[int, int, float], Floats] = {}

    @cached_property
    def _reopenings(self) -> tuple[Floats, Ints]:
        """When any road opens again, ascending, and the two places it joins, shape (reopenings, 2)."""
        times = self._roads.ups
        row, outage = np.nonzero(np.isfinite(times))
        opens_min = times[row, outage]
        order = np.argsort(opens_min, kind="stable")
        return opens_min[order], _map(self._county).ends[row[order]]

    @cached_property
    def _changes(self) -> dict[int, list[float]]:
        """When each road that ever closes does so, and opens again, by its row."""
        rows = np.flatnonzero(self._roads.fails)
        return dict(zip(rows.tolist(), self._roads.changes[rows].tolist(), strict=True))

    @cached_property
    def _trunk_closures(self) -> _Closures:
        roads = self._roads.of(_map(self._county).trunk.row)
        road, outage = np.nonzero(np.isfinite(roads.downs))
        return _Closures(road, roads.downs[road, outage], roads.ups[road, outage])

    def may_open_min(self, source: int, t_min: float) -> float:
        """Return the first minute after ``t_min`` at which a place that is cut off from ``source`` then may have a way again.

        Only a road that leads out of what can be reached at ``t_min`` can open one.
        """
        if self._roads.never_fails:
            return np.inf
        opens_min, ends = self._reopenings
        for begin in range(int(np.searchsorted(opens_min, t_min, side="right")), len(opens_min), _AT_ONCE):
            reached = np.isfinite(self._to(source, ends[begin : begin + _AT_ONCE].ravel(), t_min, np.inf))
            leads_out = np.flatnonzero(reached[0::2] != reached[1::2])
            if leads_out.size:
                return float(opens_min[begin + leads_out[0]])
        return np.inf

    @property
    def never_change(self) -> bool:
        """Whether no road ever closes tonight."""
        return self._roads.never_fails

    def turns_min(self, source: int, to: int) -> list[float]:
        """Return the minutes at which the way between two places may become another, ascending."""
        if source == to or self.never_change or not len(self._county.networks.roads):
            return []
        roads = _map(self._county)
        stubs = (row for place in (source, to) for row, _ in roads.stub_roads[place])
        turns = {minute for row in stubs for minute in self._changes.get(row, ()) if minute < math.inf}
        if roads.node[source] != roads.node[to]:
            turns.update(self._trunk_changes_min)
        return sorted(turns)

    def metres(self, source: int, to: Ints, t_min: float) -> Floats:
        """Return the way from one place to others over roads open at ``t_min``; ``inf`` where there is none."""
        return self._to(source, to, t_min, np.inf)

    def on_foot(self, source: int, to: Ints, t_min: float, factor: float) -> Floats:
        """Return the way where a closed road may be walked as if it were ``factor`` times as long (``inf``: not at all)."""
        return self._to(source, to, t_min, factor)

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
        """Return the way from a place to the trunk."""
        if not (stub_roads := _map(self._county).stub_roads[place]):
            return 0.0
        shortest_m = math.inf
        for row, length_m in stub_roads:
            changes = self._changes.get(row)
            open_now = changes is None or bisect_right(changes, t_min) % 2 == 0
            shortest_m = min(shortest_m, length_m if open_now else length_m * factor)
        return shortest_m

    def _to(self, source: int, to: Ints, t_min: float, factor: float) -> Floats:
        """Return ``between_m`` from one place to several."""
        places = self._county.places
        if not len(self._county.networks.roads):
            straight_m: Floats = np.hypot(places.x_m[to] - places.x_m[source], places.y_m[to] - places.y_m[source])
            return straight_m
        roads = _map(self._county)
        along_m = self._in_trunk(int(roads.node[source]), t_min, factor)[roads.node[to]]
        metres: Floats = self._stub_m(source, t_min, factor) + along_m + self._stubs_m(to, t_min, factor)
        metres[to == source] = 0
        return metres

    def _stubs_m(self, places: Ints, t_min: float, factor: float) -> Floats:
        """Return the way from each of several places to the trunk."""
        roads, metres = _map(self._county), np.zeros(len(places))
        hanging = np.flatnonzero(roads.stub[places] >= 0)
        if hanging.size:
            stubs = roads.pairs.of(roads.stub[places[hanging]])
            closed = np.flatnonzero(stubs.row >= 0)
            closed = closed[~self._roads.up(stubs.row[closed], t_min)]
            metres[hanging] = stubs.shortest_m(closed, factor)
        return metres

    def _in_trunk(self, node: int, t_min: float, factor: float) -> Floats:
        """Return the way from a node of the trunk to all of them."""
        epoch = bisect_right(self._trunk_changes_min, t_min)
        if (node, epoch, factor) not in self._along:
            if (epoch, factor) not in self._trunks:
                roads, size = _map(self._county), len(_map(self._county).indptr) - 1
                closures = self._trunk_closures
                closed = closures.road[(closures.from_min <= t_min) & (t_min < closures.to_min)]
                lengths = roads.trunk.shortest_m(closed, factor)[roads.trunk_pair]
                self._trunks[epoch, factor] = csr_array((lengths, roads.indices, roads.indptr), shape=(size, size))
            along = np.asarray(dijkstra(self._trunks[epoch, factor], indices=np.array([node])))[0]
            self._along[node, epoch, factor] = along
        return self._along[node, epoch, factor]

    @cached_property
    def _trunk_changes_min(self) -> list[float]:
        """When any road of the trunk closes or opens, ascending."""
        times = np.concatenate([self._trunk_closures.from_min, self._trunk_closures.to_min])
        changes: list[float] = np.unique(times[np.isfinite(times)]).tolist()
        return changes


def _map(county: County) -> _Map:
    if county not in _MAPS:
        _MAPS[county] = _draw_map(county)
    return _MAPS[county]


def _draw_map(county: County) -> _Map:
    table, places = county.networks.roads, county.places
    here, there = (np.array([county.index[code] for code in table[end]], dtype=np.int64) for end in ("from", "to"))
    ends = np.column_stack([here, there])
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
    pairs, neighbours = _Pairs(row, length, begins), np.bincount(np.r_[low, high], minlength=len(places))
    anchor, stub = np.arange(len(places)), np.full(len(places), -1)
    for end, other in ((low, high), (high, low)):
        hangs = (neighbours[end] == 1) & (neighbours[other] > 1)
        anchor[end[hangs]], stub[end[hangs]] = other[hangs], np.flatnonzero(hangs)
    number = np.cumsum(stub < 0) - 1
    pair = np.flatnonzero((stub[low] < 0) & (stub[high] < 0))
    tail, head = number[np.r_[low[pair], high[pair]]], number[np.r_[high[pair], low[pair]]]
    by_node = np.lexsort((head, tail))
    indptr = np.r_[0, np.cumsum(np.bincount(tail, minlength=int(number[-1]) + 1))]
    stubs = np.flatnonzero(stub >= 0)
    hanging = pairs.of(stub[stubs])
    roads = list(zip(hanging.row.tolist(), hanging.length_m.tolist(), strict=True))
    bounds = [*hanging.begins.tolist(), len(roads)]
    stub_roads: list[tuple[tuple[int, float], ...]] = [()] * len(places)
    for place, a, b in zip(stubs.tolist(), bounds, bounds[1:], strict=False):
        stub_roads[place] = tuple(roads[a:b])
    return _Map(
        ends=ends,
        pairs=pairs,
        stub=stub,
        stub_roads=tuple(stub_roads),
        node=number[anchor],
        trunk=pairs.of(pair),
        trunk_pair=np.tile(np.arange(len(pair)), 2)[by_node],
        indices=head[by_node],
        indptr=indptr,
    )
