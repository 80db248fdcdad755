"""Who can call whom: desks, key sites, responsible persons and desks outside the tree, and the calls each act makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.county import County
from sim.records import CAUSES
from sim.roster import Person, RosterPlan
from sim.roster.ladders import Lanes, lanes_for, lanes_of
from sim.scenario import ActPlan, Scenario, addressed

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
NOBODY = Lanes((), frozenset())


class Link(IntEnum):
    """Why one node calls another; the first ones are coded as in ``records.CAUSES``."""

    CHAIN = CAUSES.index("chain")
    DEPARTMENT = CAUSES.index("department")
    GOVERNANCE = CAUSES.index("governance")
    LATERAL = CAUSES.index("lateral")
    NEIGHBOUR_COUNTY = CAUSES.index("neighbour_county")
    REPORT = CAUSES.index("report")
    RESPONSIBLE = len(CAUSES)
    KEY_SITE = len(CAUSES) + 1


@dataclass(frozen=True)
class Nodes:
    """Everybody who calls or is called: places, key sites, responsible persons, then desks outside the tree.

    Per node: ``place`` the place it is at, ``desk`` the code by which the roster knows it, ``person`` who it is (responsible
    persons only), ``lanes`` how it is called, ``callers`` how many call at once, ``entity`` its 64-bit id, ``title`` what a desk
    outside the tree, a key site or a responsible person is called. ``sites``, ``persons`` and ``outside`` are the first index of each kind.
    """

    place: Ints
    desk: tuple[str, ...]
    person: tuple[Person | None, ...]
    lanes: tuple[Lanes, ...]
    callers: tuple[int, ...]
    entity: NDArray[np.uint64]
    title: tuple[str, ...]
    sites: int
    persons: int
    outside: int

    def __len__(self) -> int:
        return len(self.desk)


@dataclass(frozen=True)
class ActCalls:
    """The calls one act may make: ``below[node]`` lists the edges it calls along, in order; ``used`` all of them."""

    below: tuple[tuple[int, ...], ...]
    used: Ints


@dataclass(frozen=True)
class Network:
    """Nodes, edges, and the calls of each act (the last one: warnings that start below, if any may).

    Per edge: ``caller``, ``callee``, ``link``, the ``cause`` that an answer gets (code of ``records.CAUSES``), its 64-bit ``edge_id`` and
    the ``lanes`` of its ladder.
    ``lowest`` tells the places that turn to households, ``people`` the ids of those who hold a post as the night begins, or are named.
    """

    nodes: Nodes
    caller: Ints
    callee: Ints
    link: tuple[Link, ...]
    cause: tuple[int, ...]
    edge_id: NDArray[np.uint64]
    lanes: tuple[Lanes, ...]
    acts: tuple[ActCalls, ...]
    lowest: Bools
    people: NDArray[np.uint64]


def network(scenario: Scenario) -> Network:
    """Return who can call whom in ``scenario``."""
    county, plan = scenario.county, scenario.plan
    nodes = _nodes(scenario)
    edges = _Edges(county, plan.roster, nodes)
    caller, callee = np.array(edges.caller, dtype=np.int64), np.array(edges.callee, dtype=np.int64)
    lowest = ~np.isin(np.arange(len(county.places)), county.places.parent)
    acts = [_calls_of(act, scenario, edges) for act in plan.acts]
    if plan.local is not None:
        acts.append(edges.chosen(edges.starting_below()))
    return Network(
        nodes=nodes,
        caller=caller,
        callee=callee,
        link=tuple(edges.link),
        cause=tuple(int(link if link < len(CAUSES) else Link.CHAIN) for link in edges.link),
        edge_id=luck.child_ids(nodes.entity[caller], nodes.entity[callee]),
        lanes=tuple(edges.lanes),
        acts=tuple(acts),
        lowest=lowest,
        people=_people(scenario, nodes),
    )


def _people(scenario: Scenario, nodes: Nodes) -> NDArray[np.uint64]:
    """Return the ids of everybody whom a ladder may come to as the night begins, and of everybody who is named, shape (people,)."""
    asked = {
        (desk, attempt.post) for desk, lanes in zip(nodes.desk, nodes.lanes, strict=True) for attempt in lanes.tries
    }
    on_duty = (scenario.roster.on_duty(desk, post, 0.0) for desk, post in sorted(asked))
    made_up = {person.entity for person in on_duty if person is not None}
    return np.array(sorted(made_up.union(scenario.roster.entities.tolist())), dtype=np.uint64)


def _nodes(scenario: Scenario) -> Nodes:
    county, roster, plan = scenario.county, scenario.roster, scenario.plan.roster
    places, sites, register = county.places, county.key_sites, roster.responsible
    by_level = [lanes_of(plan.ladders[level.id]) if level.id in plan.ladders else NOBODY for level in county.levels]
    at_site = lanes_of(plan.ladders["key_site"]) if "key_site" in plan.ladders else NOBODY
    for_post = {
        entry.post: lanes_for(plan.responsible, entry.post) for entry in register if plan.responsible is not None
    }
    departments = () if plan.joint_duty else plan.departments
    outside = [*departments, *((plan.governance,) if plan.governance else ()), *plan.neighbour_counties]
    names = ["governance" if each is plan.governance else each.id for each in outside]
    level = places.level.tolist()
    callers = [plan.desks[county.levels[n].id].callers for n in level]
    if plan.joint_duty:
        callers[0] += sum(department.callers for department in plan.departments)
    return Nodes(
        place=np.r_[
            np.arange(len(places)),
            county.key_site_place,
            [county.index[entry.place] for entry in register],
            np.zeros(len(outside)),
        ].astype(np.int64),
        desk=(*places.code, *sites["code"], *(entry.place for entry in register), *names),
        person=(*[None] * (len(places) + len(sites)), *(entry.person for entry in register), *[None] * len(outside)),
        lanes=(
            *(by_level[n] for n in level),
            *[at_site] * len(sites),
            *(for_post[entry.post] for entry in register),
            *[NOBODY] * len(outside),
        ),
        callers=(*callers, *[1] * (len(sites) + len(register)), *(each.callers for each in outside)),
        entity=np.concatenate(
            [
                places.entity,
                sites["entity"].to_numpy(dtype=np.uint64),
                luck.entity_ids(f"responsible/{e.place}/{e.post}/{e.person.id}" for e in register),
                luck.entity_ids(f"outside/{name}" for name in names),
            ]
        ),
        title=(
            *[""] * len(places),
            *sites["kind"],
            *["responsible"] * len(register),
            *("" if each is plan.governance else each.title for each in outside),
        ),
        sites=len(places),
        persons=len(places) + len(sites),
        outside=len(places) + len(sites) + len(register),
    )


@dataclass
class _Edges:
    """All edges, by kind; ``of`` lists the edges of each kind and caller in calling order.

    Places are called in the order of listed persons (most first), then of residents, then of their codes.
    """

    county: County
    plan: RosterPlan
    nodes: Nodes
    caller: list[int] = field(default_factory=list)
    callee: list[int] = field(default_factory=list)
    link: list[Link] = field(default_factory=list)
    lanes: list[Lanes] = field(default_factory=list)
    of: dict[Link, list[int]] = field(default_factory=lambda: {link: [] for link in Link})

    def __post_init__(self) -> None:
        places = self.county.places
        first = np.lexsort((np.array(places.code), -places.residents, -places.listed_persons))
        self._rank = np.argsort(first).tolist()
        self._above_others = set(places.parent.tolist())
        self._chain()
        self._outside()
        self._sideways()
        self._leaves()

    def add(self, caller: int, callee: int, link: Link, lanes: Lanes | None = None) -> None:
        """Append one edge."""
        self.of[link].append(len(self.caller))
        self.caller.append(caller)
        self.callee.append(callee)
        self.link.append(link)
        self.lanes.append(self.nodes.lanes[callee] if lanes is None else lanes)

    def chosen(self, edges: Iterable[int]) -> ActCalls:
        """Return the calls along ``edges``, each caller's in the given order."""
        below: list[list[int]] = [[] for _ in range(len(self.nodes))]
        used = list(edges)
        for edge in used:
            below[self.caller[edge]].append(edge)
        return ActCalls(tuple(map(tuple, below)), np.array(sorted(used), dtype=np.int64))

    def in_order(self) -> Iterator[int]:
        """Yield all edges; those of one caller in the order in which it calls."""
        sideways_first = self.plan.lateral is not None and self.plan.lateral.when == "first"
        kinds = sorted(Link, key=lambda link: (link != Link.REPORT, (link == Link.LATERAL) != sideways_first, link))
        return (edge for link in kinds for edge in self.of[link])

    def starting_below(self) -> Iterator[int]:
        """Yield the edges of a warning that starts below: up as reports, down from where it is known, sideways."""
        kinds = {Link.REPORT, Link.CHAIN, Link.LATERAL, Link.NEIGHBOUR_COUNTY}
        for edge in self.in_order():
            link = self.link[edge]
            if link in kinds and (
                link != Link.CHAIN or self.caller[edge] or self.callee[edge] not in self._above_others
            ):
                yield edge

    def _chain(self) -> None:
        """Down the call tree."""
        graph, index = self.county.topology(), self.county.index
        for i, code in enumerate(self.county.places.code):
            for child in sorted((index[c] for c in graph.successors(code)), key=self._rank.__getitem__):
                self.add(i, child, Link.CHAIN)

    def _outside(self) -> None:
        """From departments, the county's governance centre and neighbouring counties."""
        county, plan, node = self.county, self.plan, self.nodes.outside
        called = sorted(range(len(county.places)), key=self._rank.__getitem__)
        level = [county.levels[n].id for n in county.places.level.tolist()]
        for department in () if plan.joint_duty else plan.departments:
            for i in called:
                if level[i] in department.calls:
                    self.add(node, i, Link.DEPARTMENT)
            node += 1
        if plan.governance is not None:
            lanes = lanes_of(plan.governance.ladder)
            for i in called:
                if level[i] == plan.governance.level:
                    self.add(node, i, Link.GOVERNANCE, lanes)
            node += 1
        for neighbour in plan.neighbour_counties:
            for code in neighbour.calls:
                self.add(node, county.index[code], Link.NEIGHBOUR_COUNTY)
            node += 1

    def _sideways(self) -> None:
        """Down the rivers, and upward as reports."""
        county = self.county
        for upstream, downstream in county.downstream if self.plan.lateral is not None else ():
            self.add(county.index[upstream], county.index[downstream], Link.LATERAL)
        for i, parent in enumerate(county.places.parent.tolist()):
            if parent >= 0:
                self.add(i, parent, Link.REPORT)

    def _leaves(self) -> None:
        """To responsible persons and key sites, from the desk that answers for them."""
        county, nodes = self.county, self.nodes
        parent = county.places.parent.tolist()
        for node in range(nodes.persons, nodes.outside):
            place = int(nodes.place[node])
            self.add(max(parent[place], 0), node, Link.RESPONSIBLE)
        by = self.plan.key_sites_called_by
        level = county.level_index(by) if by is not None else None
        if level is not None:
            for node in range(nodes.sites, nodes.persons):
                desk = int(county.ancestors[level][nodes.place[node]])
                self.add(desk if desk >= 0 else int(nodes.place[node]), node, Link.KEY_SITE)


def _calls_of(act: ActPlan, scenario: Scenario, edges: _Edges) -> ActCalls:
    """Return the calls that the call targets of ``act`` ask for."""
    county, plan = scenario.county, scenario.plan.roster
    targets = [target for target in scenario.plan.call_targets if target.applies(act)]
    depth = max((_depth(target.to, county) for target in targets if target.whom == "desks"), default=0)
    whom = {target.whom for target in targets}
    inside, level = addressed(act, county), county.places.level
    place, callee, caller = edges.nodes.place, edges.callee, edges.caller
    by_duty_room = "duty_rooms" in plan.routes
    by_governance = "governance" in plan.routes

    def wanted(edge: int) -> bool:
        link, to = edges.link[edge], int(place[callee[edge]])
        if not inside[to]:
            return False
        if link == Link.RESPONSIBLE:
            return "responsible" in whom
        if link == Link.KEY_SITE:
            return "key_sites" in whom
        if level[to] > depth or depth == 0:
            return False
        if link == Link.CHAIN:
            return by_duty_room or caller[edge] != 0
        return link in {Link.DEPARTMENT, Link.LATERAL} or (link == Link.GOVERNANCE and by_governance)

    return edges.chosen(filter(wanted, edges.in_order()))


def _depth(to: str | None, county: County) -> int:
    level = county.level_index(to) if to is not None else None
    return len(county.levels) - 1 if level is None else level
