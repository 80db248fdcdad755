"""Ways by road at a time: against networkx, and what closing, walking and re-opening do to them."""

from __future__ import annotations

import math
import tempfile
from dataclasses import replace
from functools import lru_cache
from itertools import product
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.county import County
from sim.county.networks import Networks
from sim.luck import entity_ids
from sim.warning.timelines import Timeline, all_up, any_up
from sim.warning.ways import Ways
from tests.strategies import small

Road = tuple[int, int, int]  # from, to (places by index), metres
NOBODY: list[tuple[int, float, float]] = []
EVERYWHERE = np.arange(8)


@lru_cache
def county() -> County:
    """Return a county of eight places (the county, a township, six villages) and no roads."""
    with tempfile.TemporaryDirectory() as folder:
        plain = small(townships=1, villages=6, households=1).load(Path(folder)).county
    return replace(plain, networks=Networks.none(len(plain.places)))


def with_roads(roads: list[Road]) -> County:
    """Return the county with these roads."""
    plain, code = county(), county().places.code
    table = pd.DataFrame(
        {
            "code": [f"R{n}" for n in range(len(roads))],
            "from": [code[here] for here, _, _ in roads],
            "to": [code[there] for _, there, _ in roads],
            "length_m": [float(length) for _, _, length in roads],
            "kind": "village",
        }
    )
    table["entity"] = entity_ids(table["code"])
    return replace(plain, networks=replace(plain.networks, roads=table))


def closed(roads: list[Road], outages: list[tuple[int, float, float]]) -> Timeline:
    """Return the timeline of the roads with these outages (road, from, to)."""
    who, begin, end = (np.array([outage[i] for outage in outages]) for i in range(3))
    return Timeline.from_outages(len(roads), who.astype(np.int64), begin.astype(float), end.astype(float))


def ways(roads: list[Road], outages: list[tuple[int, float, float]]) -> Ways:
    """Return the ways over these roads with these outages."""
    return Ways(with_roads(roads), closed(roads, outages))


def shortest(roads: list[Road], when: Timeline, source: int, t_min: float, factor: float) -> list[float]:
    """Return the shortest ways as networkx finds them; a place that no road touches is left out (nan)."""
    graph = nx.MultiGraph()
    graph.add_nodes_from({end for here, there, _ in roads for end in (here, there)})
    for row, (here, there, length) in enumerate(roads):
        metres = float(length) if when.up(np.array([row]), t_min)[0] else length * factor
        if metres < math.inf:
            graph.add_edge(here, there, metres=metres)
    found = nx.single_source_dijkstra_path_length(graph, source, weight="metres")
    return [found.get(place, math.inf) if place in graph else math.nan for place in range(8)]


places = st.integers(0, 7)
road_lists = st.lists(
    st.tuples(places, places, st.integers(1, 9)).filter(lambda road: road[0] != road[1]), min_size=1, max_size=12
)
outage_lists = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 6), st.integers(0, 8)), max_size=12)
factors = st.sampled_from([1.0, 2.0, 3.5, math.inf])


@given(road_lists, outage_lists, st.integers(0, 8), factors)
def test_ways_are_the_shortest_over_roads_open_then(
    roads: list[Road], outages: list[tuple[int, int, int]], t_min: int, factor: float
) -> None:
    """From every place to every other, parallel roads and cul-de-sacs included; a closed road counts ``factor`` times, on foot."""
    outages = [outage for outage in outages if outage[0] < len(roads)]
    made, when = ways(roads, outages), closed(roads, outages)
    for source in {end for here, there, _ in roads for end in (here, there)}:
        by_road = np.array(shortest(roads, when, source, t_min, math.inf))
        on_foot = np.array(shortest(roads, when, source, t_min, factor))
        touched = ~np.isnan(by_road)
        assert made.metres(source, EVERYWHERE, t_min)[touched].tolist() == by_road[touched].tolist()
        assert made.on_foot(source, EVERYWHERE, t_min, factor)[touched].tolist() == on_foot[touched].tolist()
        for to in np.flatnonzero(touched).tolist():
            assert made.between_m(source, to, t_min) == by_road[to]
            assert made.between_m(source, to, t_min, factor) == on_foot[to]


@given(road_lists, outage_lists, st.integers(0, 8), places)
def test_who_is_cut_off_stays_so_until_a_road_may_open(
    roads: list[Road], outages: list[tuple[int, int, int]], t_min: int, source: int
) -> None:
    """Nobody cut off at a minute has a way before ``may_open_min``, which is later than that minute."""
    made = ways(roads, [outage for outage in outages if outage[0] < len(roads)])
    opens = made.may_open_min(source, t_min)
    assert opens > t_min
    cut_off = np.flatnonzero(np.isinf(made.metres(source, EVERYWHERE, t_min)))
    for later in range(t_min, 10):
        if later < opens:
            assert np.isinf(made.metres(source, cut_off, later)).all()


@given(road_lists, outage_lists, st.integers(0, 8), places, factors)
def test_a_closed_road_never_shortens_a_way(
    roads: list[Road], outages: list[tuple[int, int, int]], t_min: int, source: int, factor: float
) -> None:
    """All open ≤ on foot ≤ by road, everywhere."""
    made = ways(roads, [outage for outage in outages if outage[0] < len(roads)])
    by_road, on_foot = made.metres(source, EVERYWHERE, t_min), made.on_foot(source, EVERYWHERE, t_min, factor)
    assert (made.on_foot(source, EVERYWHERE, t_min, 1.0) <= on_foot).all()
    assert (on_foot <= by_road).all()


def test_a_road_that_reopens_is_used_again() -> None:
    """The short road closes at 10 and re-opens at 30: 5 km, then 9 km round, then 5 km; with the detour closed too, none."""
    roads = [(0, 1, 5000), (0, 2, 4000), (2, 1, 5000)]
    made = ways(roads, [(0, 10, 30), (1, 20, 25)])
    expected = {0: 5000, 9.99: 5000, 10: 9000, 20: math.inf, 25: 9000, 29.99: 9000, 30: 5000, 1e6: 5000}
    for t_min, metres in expected.items():
        assert made.metres(0, np.array([1]), t_min).tolist() == [metres]
    assert made.may_open_min(0, 20) == 25


def test_without_known_roads_every_way_is_straight_and_never_cut() -> None:
    """√(x² + y²) of the places."""
    plain = county()
    made = Ways(plain, Timeline.always_up(0))
    x, y = plain.places.x_m, plain.places.y_m
    assert made.metres(2, EVERYWHERE, 5.0).tolist() == np.hypot(x - x[2], y - y[2]).tolist()
    assert made.may_open_min(2, 0.0) == math.inf


def test_a_place_that_no_road_touches_is_reached_straight_from_the_nearest_that_has_one() -> None:
    """Villages lie 1 km apart in a row; the road ends at the second, so the third is 1 km farther and never cut from it."""
    made = ways([(2, 3, 1500)], [(0, 60, math.inf)])
    assert made.metres(2, np.array([2, 3, 4, 5]), 0.0).tolist() == [0, 1500, 2500, 3500]
    assert made.metres(2, np.array([2, 3, 4, 5]), 60.0).tolist() == [0, math.inf, math.inf, math.inf]
    assert made.metres(3, np.array([2, 3, 4, 5]), 60.0).tolist() == [math.inf, 0, 1000, 2000]


@pytest.mark.validation
def test_bridge_network_of_five_links() -> None:
    """Case V14: with links of 0.9 the bridge holds with 2p² + 2p³ − 5p⁴ + 2p⁵ = 0.97848, by road and by series and parallel.

    All 32 states of the five links are played one after the other, a minute each.
    """
    roads = [(2, 3, 1), (2, 4, 1), (3, 4, 1), (3, 5, 1), (4, 5, 1)]
    states = list(product([0, 1], repeat=5))
    down = [(link, t, t + 1) for t, state in enumerate(states) for link in range(5) if not state[link]]
    links = closed(roads, down)
    paths = [(0, 3), (1, 4), (0, 2, 4), (1, 2, 3)]
    holds = any_up([all_up([links.of(np.array([link])) for link in path]) for path in paths])
    made = ways(roads, down)
    by_road = by_paths = 0.0
    for t, state in enumerate(states):
        chance = math.prod(0.9 if up else 0.1 for up in state)
        by_road += chance * bool(made.metres(2, np.array([5]), t + 0.5)[0] < math.inf)
        by_paths += chance * bool(holds.up(np.array([0]), t + 0.5)[0])
    assert by_road == pytest.approx(0.97848, abs=1e-12)
    assert by_paths == pytest.approx(0.97848, abs=1e-12)


def test_only_a_road_that_leads_out_of_what_can_be_reached_may_open_a_way() -> None:
    """Roads between far places open at 10 and 30, the one that leads there from the source at 20: nothing before, nothing later counts."""
    roads = [(0, 1, 5), (5, 6, 1), (5, 7, 1)]
    tonight = ways(roads, [(0, 0.0, 20.0), (1, 0.0, 10.0), (2, 0.0, 30.0)])
    assert tonight.may_open_min(0, 5.0) == 20
    assert tonight.may_open_min(0, 20.0) == math.inf
