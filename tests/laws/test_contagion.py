"""Laws of people who tell each other: who is told, when and by whom; who lives next to whom; how a lead goes round.

Graphs are small and full of ties: minutes are quarters, delays may be zero, edges may be double or lead back to their teller.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sim import luck
from sim.county import Households
from sim.distributions import Distribution, Exponential, Fixed, Lognormal, Uniform
from sim.luck import Luck
from sim.warning.contagion import Contacts, edge_delays, first_passage, neighbours, round_delays, rounds

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NIGHT = Luck(7, 0)
A_MICROMINUTE = 1e-6
TWO_NUDGES_M = 4e-3
lawful = settings(derandomize=True, deadline=None, max_examples=100)


# Tools ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Graph:
    """Official minutes per household; teller, listener and delay per edge."""

    official: Floats
    teller: Ints
    listener: Ints
    delay: Floats

    def told(self) -> tuple[Floats, Ints]:
        """Return minutes, and the edge that told."""
        return first_passage(self.official, self.teller, self.listener, self.delay)

    def edges(self, which: Ints) -> Graph:
        """Return the graph with only these edges, in this order."""
        return replace(self, teller=self.teller[which], listener=self.listener[which], delay=self.delay[which])


MINUTES = st.one_of(st.integers(0, 40).map(lambda n: n / 4), st.floats(0, 10), st.just(math.inf))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Return graphs of up to 8 households and 24 edges."""
    size = draw(st.integers(1, 8))
    house = st.integers(0, size - 1)
    edges = draw(st.lists(st.tuples(house, house, MINUTES), max_size=24))
    return Graph(
        np.array(draw(st.lists(MINUTES, min_size=size, max_size=size))),
        np.array([edge[0] for edge in edges], dtype=np.int64),
        np.array([edge[1] for edge in edges], dtype=np.int64),
        np.array([edge[2] for edge in edges], dtype=np.float64),
    )


def households(place: list[int], x_m: list[float], y_m: list[float] | None = None, lead: str = "") -> Households:
    """Return households at these points, in this order; ``lead`` marks the leads with L."""
    size = len(place)
    nothing = np.zeros(size, dtype=np.int64)
    return Households(
        id=luck.entity_ids(str(n) for n in range(size)),
        place=np.array(place, dtype=np.int64),
        persons=nothing + 1,
        elderly=nothing,
        phone=nothing.astype(np.int8),
        needs_help=nothing > 0,
        hard_of_hearing=nothing > 0,
        pattern=nothing.astype(np.int8),
        zone=nothing - 1,
        listed=nothing > 0,
        lead=np.array([mark == "L" for mark in lead.ljust(size)], dtype=bool),
        x_m=np.array(x_m, dtype=np.float64),
        y_m=np.zeros(size) if y_m is None else np.array(y_m, dtype=np.float64),
        loudspeaker=nothing - 1,
        loudspeaker_m=np.full(size, np.inf),
        building=nothing - 1,
        area_terminal=nothing - 1,
        area_terminal_m=np.full(size, np.inf),
        sms_order=nothing,
    )


@st.composite
def villages(draw: st.DrawFn) -> Households:
    """Return up to 30 households of up to 3 places on a coarse grid, so that many stand at one point or equally far apart."""
    place = sorted(draw(st.lists(st.integers(0, 2), max_size=30)))
    metres = st.lists(st.integers(0, 4).map(lambda n: 10.0 * n), min_size=len(place), max_size=len(place))
    lead = draw(st.text("L.", min_size=len(place), max_size=len(place)))
    return households(place, draw(metres), draw(metres), lead)


def reordered(homes: Households, order: Ints) -> Households:
    """Return the same households in another order of rows."""
    return replace(homes, **{name: column[order] for name, column in vars(homes).items()})


def pairs(homes: Households, contacts: Contacts) -> dict[tuple[int, int], int]:
    """Return the id of each edge, by the ids of its households."""
    ids = homes.id.tolist()
    ends = zip(contacts.teller.tolist(), contacts.listener.tolist(), contacts.id.tolist(), strict=True)
    return {(ids[teller], ids[listener]): own for teller, listener, own in ends}


def by_library(graph: Graph) -> Floats:
    """Return earliest arrivals from scipy's Dijkstra, started at one source that tells all official households."""
    size = len(graph.official)
    ends = [*zip(graph.teller.tolist(), graph.listener.tolist(), strict=True), *((size, i) for i in range(size))]
    shortest: dict[tuple[int, int], float] = {}
    for pair, minutes in zip(ends, [*graph.delay.tolist(), *graph.official.tolist()], strict=True):
        if minutes < math.inf:
            shortest[pair] = min(minutes, shortest.get(pair, math.inf))
    rows, columns = [pair[0] for pair in shortest], [pair[1] for pair in shortest]
    matrix = csr_array((list(shortest.values()), (rows, columns)), shape=(size + 1, size + 1), dtype=np.float64)
    arrivals: Floats = dijkstra(matrix, indices=size)[:size]
    return arrivals


# First passage --------------------------------------------------------------------------------------------------------


@lawful
@given(graphs())
def test_arrivals_are_those_of_dijkstra_bit_for_bit(graph: Graph) -> None:
    """Two routes to the earliest arrivals of one graph: ours and scipy's search agree in every bit."""
    assert np.array_equal(graph.told()[0], by_library(graph))


def test_a_large_graph_agrees_with_dijkstra_too() -> None:
    """2 000 households, 10 000 edges, 30 % told officially; no two edges join the same pair."""
    size = 2_000
    pair = np.unique((NIGHT.uniform("pair", np.arange(10_000)) * size**2).astype(np.int64))
    delay = Exponential(8).draw(NIGHT.uniform("delay", pair))
    u = NIGHT.uniform("official", np.arange(size))
    graph = Graph(np.where(u < 0.3, 1_000 * u, np.inf), pair // size, pair % size, delay)
    told, via = graph.told()
    assert np.array_equal(told, by_library(graph))
    assert np.count_nonzero(via >= 0) > size / 3


@lawful
@given(graphs())
def test_nobody_is_told_later_than_officially(graph: Graph) -> None:
    """The official minute stands or is beaten, and it stands in a tie."""
    told, via = graph.told()
    assert np.all(told <= graph.official)
    assert np.array_equal(via >= 0, told < graph.official)


@lawful
@given(graphs())
def test_whoever_is_told_by_an_edge_is_told_at_its_teller_plus_its_delay(graph: Graph) -> None:
    """The edge that told ends at the household, and its delay lies between the two: nobody is told by one told later."""
    told, via = graph.told()
    passed = np.flatnonzero(via >= 0)
    edge = via[passed]
    assert np.array_equal(graph.listener[edge], passed)
    assert np.array_equal(told[graph.teller[edge]] + graph.delay[edge], told[passed])


@lawful
@given(graphs())
def test_every_chain_of_tellers_begins_with_official_means(graph: Graph) -> None:
    """Going from listener to teller never runs in a circle, not even where all delays are zero."""
    graph = replace(graph, delay=np.where(graph.delay < 5, 0.0, graph.delay))
    _, via = graph.told()
    for house in range(len(via)):
        here, steps = house, 0
        while via[here] >= 0:
            here, steps = int(graph.teller[via[here]]), steps + 1
            assert steps < len(via)


@lawful
@given(graphs())
def test_edges_that_do_not_pass_change_nothing(graph: Graph) -> None:
    """Edges that never pass may as well not be there; without any, official minutes stand."""
    told, via = graph.told()
    passing = np.flatnonzero(graph.delay < math.inf)
    without, edge = graph.edges(passing).told()
    assert np.array_equal(without, told)
    assert np.array_equal(np.append(passing, -1)[edge], via)
    alone, none = graph.edges(np.zeros(0, dtype=np.int64)).told()
    assert np.array_equal(alone, graph.official)
    assert np.all(none == -1)


@lawful
@given(graphs(), st.data())
def test_the_order_of_edges_changes_nothing(graph: Graph, data: st.DataObject) -> None:
    """Minutes and tellers are the same in any order of edges, ties included."""
    told, via = graph.told()
    order = np.array(data.draw(st.permutations(range(len(graph.delay)))), dtype=np.int64)
    other = graph.edges(order)
    told_then, via_then = other.told()
    assert np.array_equal(told_then, told)
    assert np.array_equal(np.append(other.teller, -1)[via_then], np.append(graph.teller, -1)[via])


@lawful
@given(graphs(), st.data())
def test_the_order_of_households_changes_no_minute(graph: Graph, data: st.DataObject) -> None:
    """Households in another order are told at the same minutes."""
    order = np.array(data.draw(st.permutations(range(len(graph.official)))), dtype=np.int64)
    place = np.argsort(order)
    told, _ = replace(
        graph, official=graph.official[order], teller=place[graph.teller], listener=place[graph.listener]
    ).told()
    assert np.array_equal(told, graph.told()[0][order])


@lawful
@given(graphs(), st.sampled_from(["shorter", "fewer", "earlier"]), st.floats(0, 1))
def test_telling_sooner_telling_more_and_hearing_earlier_delay_nobody(graph: Graph, what: str, factor: float) -> None:
    """Shorter delays, more edges, earlier official minutes: no household is told later."""
    told = graph.told()[0]
    if what == "shorter":
        assert np.all(replace(graph, delay=graph.delay * max(factor, 0.01)).told()[0] <= told)
    elif what == "earlier":
        assert np.all(replace(graph, official=graph.official * max(factor, 0.01)).told()[0] <= told)
    else:
        assert np.all(told <= graph.edges(np.arange(round(factor * len(graph.delay)))).told()[0])


@lawful
@given(graphs())
def test_who_knows_nobody_hears_only_officially(graph: Graph) -> None:
    """A household that no edge leads to keeps its official minute."""
    told, via = graph.told()
    alone = ~np.isin(np.arange(len(told)), graph.listener)
    assert np.array_equal(told[alone], graph.official[alone])
    assert np.all(via[alone] == -1)


def test_a_row_of_houses_by_hand() -> None:
    """Told at 0; 1, 2, 3 minutes from door to door make 1, 3, 6; the fourth is told officially at 5, and the last by it at 7."""
    official = np.array([0, np.inf, np.inf, 5, np.inf])
    told, via = first_passage(official, np.arange(4), np.arange(1, 5), np.array([1.0, 2.0, 3.0, 2.0]))
    assert told.tolist() == [0, 1, 3, 5, 7]
    assert via.tolist() == [-1, 0, 1, -1, 3]


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_of_two_who_come_at_once_the_one_that_stands_first_has_told(order: tuple[int, ...]) -> None:
    """0 tells 1 and 2 after a minute, each of which tells 3 after another: whatever the order of edges, 1 has told 3."""
    edges = np.array([(0, 1), (0, 2), (1, 3), (2, 3)])[list(order)]
    _, via = first_passage(np.array([0, np.inf, np.inf, np.inf]), edges[:, 0], edges[:, 1], np.ones(4))
    assert edges[via[1:]].tolist() == [[0, 1], [0, 2], [1, 3]]


# Neighbours -----------------------------------------------------------------------------------------------------------


@lawful
@given(villages(), st.integers(1, 5), st.sampled_from([5.0, 10.0, 25.0, 1e3]))
def test_neighbours_are_the_nearest_of_the_same_place(homes: Households, contacts: int, within_m: float) -> None:
    """As many as there are and no more than asked, none twice, all within reach, and nobody left out stands nearer."""
    edges = neighbours(homes, contacts, within_m)
    for house in range(len(homes)):
        told = edges.listener[edges.teller == house]
        metres = np.hypot(homes.x_m - homes.x_m[house], homes.y_m - homes.y_m[house])
        near = (homes.place == homes.place[house]) & (metres <= within_m) & (np.arange(len(homes)) != house)
        assert len(set(told.tolist())) == len(told) == min(contacts, np.count_nonzero(near))
        assert np.all(near[told])
        near[told] = False
        if near.any() and len(told):
            assert metres[told].max() <= metres[near].min() + TWO_NUDGES_M


@lawful
@given(villages(), st.integers(1, 4), st.data())
def test_the_order_of_rows_makes_no_neighbours(homes: Households, contacts: int, data: st.DataObject) -> None:
    """Households in another order of rows have the same neighbours, ties included, and each pair the same luck."""
    order = np.array(data.draw(st.permutations(range(len(homes)))), dtype=np.int64)
    other = reordered(homes, order)
    assert pairs(other, neighbours(other, contacts, 25)) == pairs(homes, neighbours(homes, contacts, 25))


def test_in_one_building_nobody_is_everybodys_neighbour() -> None:
    """300 households at one point: each tells three, and no more than six times three tell one (six circles touch one in the plane)."""
    homes = households([0] * 300, [5.0] * 300)
    edges = neighbours(homes, 3, 10)
    assert np.all(np.bincount(edges.teller) == 3)
    assert np.bincount(edges.listener).max() <= 6 * 3


def test_two_villages_on_one_spot_do_not_tell_each_other() -> None:
    """Houses of two places stand wall to wall; contacts stay within each, however far apart its own houses are."""
    homes = households([3, 3, 4, 4], [0, 90, 0, 90])
    assert set(pairs(homes, neighbours(homes, 5, 100))) == {
        (a, b)
        for place in (3, 4)
        for a in homes.id[homes.place == place].tolist()
        for b in homes.id[homes.place == place].tolist()
        if a != b
    }


# Rounds of the leads --------------------------------------------------------------------------------------------------


@lawful
@given(villages())
def test_every_household_has_one_lead_of_its_place_if_there_is_any(homes: Households) -> None:
    """Each household that is no lead stands in the round of exactly one, the last before it or else the first; leads in none."""
    edges = rounds(homes)
    leads: list[Ints] = [np.flatnonzero(homes.lead & (homes.place == place)) for place in homes.place]
    expected = {
        house: max((lead for lead in near.tolist() if lead < house), default=near[0])
        for house, near in enumerate(leads)
        if len(near) and not homes.lead[house]
    }
    assert dict(zip(edges.listener.tolist(), edges.teller.tolist(), strict=True)) == expected
    assert len(edges) == len(expected)


@lawful
@given(villages())
def test_a_lead_visits_its_households_in_the_order_of_the_county(homes: Households) -> None:
    """The households of each lead are numbered 1, 2, 3 … as they stand."""
    edges = rounds(homes)
    for lead in np.flatnonzero(homes.lead):
        mine = edges.teller == lead
        assert np.all(np.diff(edges.listener[mine]) > 0)
        assert edges.number[mine].tolist() == list(range(1, np.count_nonzero(mine) + 1))


def test_rounds_by_hand() -> None:
    """Before the first lead, between two, across the border of a place, and a place without any."""
    homes = households([0, 0, 0, 0, 0, 1, 1, 2], [0.0] * 8, lead=".L.L...L")
    edges = rounds(homes)
    assert edges.teller.tolist() == [1, 1, 3]
    assert edges.listener.tolist() == [0, 2, 4]
    assert edges.number.tolist() == [1, 2, 1]


def round_of(
    homes: Households, ready: Distribution, stay: Distribution, goes: float = 1, answered: float = 1
) -> Floats:
    """Return minutes per edge of the rounds of ``homes``."""
    return round_delays(NIGHT, homes, rounds(homes), goes, ready, stay, answered)


def test_a_round_takes_one_house_after_the_other() -> None:
    """Ready after 5, 3 a house: the k-th is told after 5 + 3 k, in each round anew."""
    homes = households([0] * 4 + [1] * 3, [0.0] * 7, lead="L...L..")
    assert round_of(homes, Fixed(5), Fixed(3)).tolist() == [8, 11, 14, 8, 11]


@lawful
@given(villages(), st.integers(0, 2))
def test_a_round_does_not_know_what_other_places_do(homes: Households, place: int) -> None:
    """The delays of one place are, in every bit, those of a county that consists of it alone."""
    laws = Uniform(3, 20), Lognormal(2, 5)
    alone = reordered(homes, np.flatnonzero(homes.place == place))
    together = round_of(homes, *laws, goes=0.7, answered=0.7)
    assert np.array_equal(
        round_of(alone, *laws, goes=0.7, answered=0.7), together[homes.place[rounds(homes).listener] == place]
    )


@lawful
@given(villages(), st.floats(0, 1), st.floats(0, 1))
def test_more_leads_who_go_and_more_doors_that_open_delay_nobody(homes: Households, few: float, more: float) -> None:
    """Raising either share takes no household's minute away and moves none."""
    few, more = sorted((few, more))
    laws = Uniform(3, 20), Lognormal(2, 5)
    for shares in (("goes",), ("answered",), ("goes", "answered")):
        less = round_of(homes, *laws, **dict.fromkeys(shares, few))
        after = round_of(homes, *laws, **dict.fromkeys(shares, more))
        assert np.array_equal(after[np.isfinite(less)], less[np.isfinite(less)])


@pytest.mark.parametrize(("goes", "answered"), [(0.0, 1.0), (1.0, 0.0)])
def test_a_lead_who_stays_at_home_and_a_closed_door_tell_nobody(goes: float, answered: float) -> None:
    """No lead goes, or nobody opens."""
    homes = households([0] * 30, [0.0] * 30, lead="L" * 3)
    assert np.all(np.isinf(round_of(homes, Fixed(0), Fixed(1), goes, answered)))


def test_a_lead_goes_for_all_or_for_none() -> None:
    """1 000 leads of nine households, half of whom go: whole rounds are told or not, 0.5 of them within four standard errors."""
    homes = households([0] * 10_000, [0.0] * 10_000, lead=("L" + "." * 9) * 1_000)
    gone = np.isfinite(round_of(homes, Fixed(0), Fixed(1), goes=0.5)).reshape(1_000, 9)
    assert np.array_equal(gone.all(axis=1), gone.any(axis=1))
    assert abs(gone[:, 0].mean() - 0.5) <= 4 * math.sqrt(0.25 / 1_000)


# Delays of contacts ---------------------------------------------------------------------------------------------------

CROWD = Contacts(np.arange(20_000), np.arange(20_000), luck.child_ids(np.arange(20_000), np.arange(20_000)))


@pytest.mark.parametrize("law", [Fixed(3), Exponential(8), Lognormal(5, 20), Uniform(2, 9)])
def test_where_more_is_told_nothing_is_told_later(law: Distribution) -> None:
    """Each edge passes no later under a larger share, from none to all."""
    slower = np.full(len(CROWD), np.inf)
    for tells in (0.0, 0.05, 0.3, 0.31, 0.999, 1.0):
        delay = edge_delays(NIGHT, CROWD, tells, law, "telling")
        assert np.all(delay <= slower + A_MICROMINUTE)
        slower = delay
    assert np.all(np.isfinite(slower))


@pytest.mark.parametrize("tells", [0.1, 0.6, 1.0])
def test_the_share_that_tells_and_the_law_of_its_delay_are_as_asked(tells: float) -> None:
    """A share ``tells`` passes, and of those 1 − 1/e within the mean of an exponential delay, each within four standard errors."""
    delay = edge_delays(NIGHT, CROWD, tells, Exponential(8), "telling")
    passes = np.isfinite(delay)
    assert abs(passes.mean() - tells) <= 4 * math.sqrt(tells * (1 - tells) / len(delay))
    within, exact = (delay[passes] <= 8).mean(), -math.expm1(-1)
    assert abs(within - exact) <= 4 * math.sqrt(exact * (1 - exact) / np.count_nonzero(passes))


@lawful
@given(villages(), st.data())
def test_the_delay_of_a_pair_does_not_depend_on_its_row(homes: Households, data: st.DataObject) -> None:
    """Households in another order: every pair of neighbours has the same delay."""
    order = np.array(data.draw(st.permutations(range(len(homes)))), dtype=np.int64)
    found = []
    for rows in (homes, reordered(homes, order)):
        edges = neighbours(rows, 3, 25)
        delays = edge_delays(NIGHT, edges, 0.5, Exponential(8), "telling").tolist()
        found.append(dict(zip(pairs(rows, edges), delays, strict=True)))
    assert found[0] == found[1]
