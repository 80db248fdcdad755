"""People who tell each other: who is told by whom, and when, once official means have told some.

1. contacts: told households tell the houses nearest to them; a lead goes round its households (十户联防)   2. each contact of tonight
passes after a delay, or never   3. a household is told by whatever comes first: official means, or a contact that was told before it

Contacts are settled once for the households of a county; delays belong to the night.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from sim import luck
from sim.county import Households
from sim.distributions import Distribution
from sim.luck import Luck

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_TICKS_PER_MIN = 1e9
_NUDGE_M = 1e-3
_NOWHERE = -2


@dataclass(frozen=True)
class Contacts:
    """Who tells whom; one entry per directed edge between households, ordered by teller.

    ``teller`` and ``listener`` are indices of households, ``id`` is the 64-bit id of the pair for luck.
    """

    teller: Ints
    listener: Ints
    id: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.id)

    def of(self, tellers: Ints) -> Ints:
        """Return the numbers of the entries of some tellers, in the order of those."""
        return _all_from_to(np.searchsorted(self.teller, tellers), np.searchsorted(self.teller, tellers, side="right"))


@dataclass(frozen=True)
class Rounds(Contacts):
    """The rounds of the ten-household leads: each lead is the teller of its households; ``number`` (1, 2, …) is their order."""

    number: Ints


_NEIGHBOURS: WeakKeyDictionary[Households, dict[tuple[int, float], Contacts]] = WeakKeyDictionary()
"""Who lives next to whom, of the households in use: scenarios that differ in something else share their county."""


def neighbours(homes: Households, contacts: int, within_m: float) -> Contacts:
    """Return the contacts of neighbours, as they were found once for these households."""
    known = _NEIGHBOURS.setdefault(homes, {})
    if (contacts, within_m) not in known:
        known[contacts, within_m] = _neighbours(homes, contacts, within_m)
    return known[contacts, within_m]


def _neighbours(homes: Households, contacts: int, within_m: float) -> Contacts:
    """Return, for each household, its ``contacts`` nearest others of the same lowest place within ``within_m`` metres.

    Households of one building stand at one point, and houses in a row are equally far from the one between them. To settle such ties each
    is moved by about a millimetre that its id decides: the order of rows changes nothing, and nobody is everybody's neighbour.
    """
    apart = 2 * within_m + 1  # between two places, in a third direction: no search reaches so far
    east, north = (_NUDGE_M * luck.uniform(0, 0, f"contagion/{axis}", homes.id) for axis in ("east", "north"))
    points = np.column_stack([homes.x_m + east, homes.y_m + north, homes.place * apart])
    tree = cKDTree(points, compact_nodes=False, balanced_tree=False)
    _, found = tree.query(points, k=range(2, contacts + 2), distance_upper_bound=within_m + 2 * _NUDGE_M)
    teller, listener = np.repeat(np.arange(len(homes)), contacts), found.ravel()
    there = listener < len(homes)
    teller, listener = teller[there], listener[there]
    near = np.hypot(homes.x_m[listener] - homes.x_m[teller], homes.y_m[listener] - homes.y_m[teller]) <= within_m
    teller, listener = teller[near], listener[near]
    return Contacts(teller, listener, luck.child_ids(homes.id[teller], homes.id[listener]))


def rounds(homes: Households) -> Rounds:
    """Return the round of each lead: the households of its place that follow it, up to the next lead.

    Households before the first lead of their place go with that one. Where a place has no lead, nobody goes round.
    """
    place, row, size = homes.place, np.arange(len(homes)), len(homes)
    before = np.maximum.accumulate(np.where(homes.lead, row, -1))
    after = np.minimum.accumulate(np.where(homes.lead, row, size)[::-1])[::-1]
    place_of = np.append(place, _NOWHERE)  # so that −1 and ``size``, which are no households, live in no place
    lead = np.where(place_of[before] == place, before, after)
    listener = np.flatnonzero(~homes.lead & (place_of[lead] == place))
    teller = lead[listener]
    number = np.arange(len(teller)) - np.searchsorted(teller, teller) + 1
    return Rounds(teller, listener, luck.child_ids(homes.id[teller], homes.id[listener]), number)


def edge_delays(night_luck: Luck, contacts: Contacts, tells: float, law: Distribution, purpose: str) -> Floats:
    """Return minutes from a teller's being told to the listener's, per edge; ``inf`` where it is never passed on.

    A share ``tells`` of the edges pass. One uniform u decides that (u < tells) and, as u / tells, the delay: where more is told, nothing
    is told later.
    """
    u = night_luck.uniform(purpose, contacts.id)
    passes = np.flatnonzero(u < tells)
    delay = np.full(len(contacts), np.inf)
    delay[passes] = law.draw(u[passes] / tells)
    return delay


def round_delays(
    night_luck: Luck,
    homes: Households,
    rounds: Rounds,
    goes: float,
    ready: Distribution,
    per_house: Distribution,
    answered: float,
) -> Floats:
    """Return minutes from a lead's being told to each of its households' being told, per edge; ``inf`` for never.

    A share ``goes`` of the leads set out, each once it is ``ready``, and visits its households in turn: ``per_house`` each, the way
    included, whether or not somebody opens. A share ``answered`` opens; those are told at the end of the visit.
    """
    first = np.flatnonzero(rounds.number == 1)
    lead = homes.id[rounds.teller[first]]
    set_out = night_luck.uniform("ten_household/goes", lead) < goes
    visits = np.diff(np.append(first, len(rounds)))
    going = np.flatnonzero(np.repeat(set_out, visits))
    member = homes.id[rounds.listener[going]]
    begin = ready.draw(night_luck.uniform("ten_household/ready", lead[set_out]))
    stay = per_house.draw(night_luck.uniform("ten_household/per_house", member))
    at = np.repeat(begin, visits[set_out]) + _so_far(stay, rounds.number[going])
    delay = np.full(len(rounds), np.inf)
    delay[going] = np.where(night_luck.uniform("ten_household/answered", member) < answered, at, np.inf)
    return delay


def first_passage(official_min: Floats, teller: Ints, listener: Ints, delay_min: Floats) -> tuple[Floats, Ints]:
    """Return when each household is told, and by which edge.

    Every told household lets its edges pass; whoever is told sooner by one lets its own pass anew, until nobody is. These are the
    earliest arrivals of Dijkstra's search, bit for bit, at a cost that falls with the number of households still to gain.

    Parameters
    ----------
    official_min : array of float64, shape (households,)
        minute at which official means tell, ``inf`` for never
    teller, listener : array of int64, shape (edges,)
        households that each edge joins; in any order
    delay_min : array of float64, shape (edges,)
        minutes from the teller's being told to the listener's, never negative; ``inf`` where the edge does not pass

    Returns
    -------
    told_min : array of float64, shape (households,)
        the earliest minute, ``inf`` for never
    via : array of int64, shape (households,)
        edge that told, −1 where the official minute stands. Official means win a tie; among edges, those with fewer tellers before them
        do, then the teller that stands first.
    """
    size = len(official_min)
    passing = np.flatnonzero(delay_min < np.inf)
    passing = passing[np.argsort(teller[passing], kind="stable")]
    source, target, delay = teller[passing], listener[passing], delay_min[passing]
    begin = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=size))])
    told, via = official_min.copy(), np.full(size, -1, dtype=np.int64)
    edges = np.arange(len(passing))
    while len(edges):
        at = told[source[edges]] + delay[edges]
        sooner = np.flatnonzero(at < told[target[edges]])
        edges, at = edges[sooner], at[sooner]
        np.minimum.at(told, target[edges], at)
        edges = edges[at == told[target[edges]]]
        via[target[edges[::-1]]] = edges[::-1]  # of equals, the first is written last
        edges = edges[via[target[edges]] == edges]  # each household once, or ties would multiply
        edges = _edges_of(np.sort(target[edges]), begin)
    passed = via >= 0
    via[passed] = passing[via[passed]]
    return told, via


def _edges_of(tellers: Ints, begin: Ints) -> Ints:
    """Return the numbers of all edges of ``tellers``, where those of teller i run from ``begin[i]`` to before ``begin[i + 1]``."""
    return _all_from_to(begin[tellers], begin[tellers + 1])


def _all_from_to(begin: Ints, end: Ints) -> Ints:
    """Return the numbers from each beginning to before each end, one run after the other."""
    count = end - begin
    before = np.cumsum(count) - count
    every: Ints = np.arange(count.sum()) + np.repeat(begin - before, count)
    return every


def _so_far(minutes: Floats, number: Ints) -> Floats:
    """Return the sum of ``minutes`` from the first visit of a round to each.

    Sums run in whole nanominutes, so that the sum in one round does not depend, by rounding, on the rounds before it.
    """
    ticks = np.rint(minutes * _TICKS_PER_MIN).astype(np.int64)
    total = np.cumsum(ticks)
    first = np.arange(len(ticks)) - number + 1
    so_far: Floats = (total - (total - ticks)[first]) / _TICKS_PER_MIN
    return so_far
