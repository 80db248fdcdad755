"""The county as columns, and as a graph.

Places of all levels stand in one set of columns, ordered by level and code; households stand in another, ordered by place and by
the order in which a team would visit them. Both orders come from ids, never from the order of rows in a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import luck
from sim.county.networks import Networks
from sim.county.plan import HabitsPlan, LevelPlan

if TYPE_CHECKING:
    Graph = nx.DiGraph[Any]
else:
    Graph = nx.DiGraph

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ids = NDArray[np.uint64]

NO_PHONE, FEATURE_PHONE, SMARTPHONE = 0, 1, 2


@dataclass(frozen=True)
class Places:
    """Places of every level; each field has one entry per place.

    ``code`` official or synthetic code, ``name`` real name, ``label`` what may be shown of it, ``level`` index into the
    levels, ``parent`` index of the place above (−1 at the top), ``x_m``/``y_m`` metres east and north of the county's
    reference point, ``synthetic`` whether the place itself was made by seed, ``placed`` whether its
    position was, ``entity`` its 64-bit id for luck.
    """

    code: tuple[str, ...]
    name: tuple[str, ...]
    label: tuple[str, ...]
    level: Ints
    parent: Ints
    urban: Bools
    synthetic: Bools
    placed: Bools
    x_m: Floats
    y_m: Floats
    residents: Ints
    households: Ints
    listed_persons: Ints
    entity: Ids

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, eq=False)
class Households:
    """Households of the county; each field has one entry per household.

    ``place`` index of the lowest place, ``elderly`` members aged 60 or more, ``phone`` 0 none / 1 feature phone /
    2 smartphone (the best in the house), ``pattern`` index into the habits, ``zone`` index into the zones or −1,
    ``listed`` whether it stands on the list of those who must move: its zone is registered, or a transfer list names it,
    ``lead`` whether it is a ten-household lead, ``building`` county-wide number of its building (by place, then building)
    or −1 in the countryside, where a house stands by itself; all households of a building stand at one point.
    ``loudspeaker`` index into the terminals or −1, added ones apart, and ``loudspeaker_m`` the metres to it (∞ without one);
    ``area_terminal`` and ``area_terminal_m`` likewise. ``sms_order`` lists households in the order in which a text message to
    everyone is sent.
    """

    id: Ids
    place: Ints
    persons: Ints
    elderly: Ints
    phone: NDArray[np.int8]
    needs_help: Bools
    hard_of_hearing: Bools
    pattern: NDArray[np.int8]
    zone: Ints
    listed: Bools
    lead: Bools
    building: Ints
    x_m: Floats
    y_m: Floats
    loudspeaker: Ints
    loudspeaker_m: Floats
    area_terminal: Ints
    area_terminal_m: Floats
    sms_order: Ints

    def __len__(self) -> int:
        return len(self.id)

    @property
    def threatened(self) -> Bools:
        """Whether the household lives in a hazard zone, registered or not."""
        return self.zone >= 0


@dataclass(frozen=True, eq=False)
class County:
    """One county as it stands; see ``load_county``.

    ``zones``: columns code, kind, place, registered (bool: whether it stands in the register of hazards), hazard_code, risk_code
    ("" if unknown). ``loudspeakers``: columns code, place, x_m, y_m, kind (ip, fm, satellite), entity, added (bool: whether it
    is an addition; these stand last). ``area_terminals``: columns code, place, x_m, y_m, entity, added. ``devices``: columns place, device
    (gong, whistle, hand_siren, megaphone, patrol_car).
    ``key_sites``: columns code, kind, place, persons, staff (who help others move), duty_phone ("" if unknown), zone (row in the
    zones, −1 if not threatened), x_m, y_m, entity. ``shelters``: columns code, name, place, kind (emergency, short, long),
    capacity (persons), x_m, y_m, entity. ``centres``: where rescue teams and stocks stand ready: columns code, place, teams,
    stock_persons (for how many persons the stock lasts), entity. ``transfer``: what the transfer list says of a household that it
    names: columns row (in the households), shelter (row in the shelters or −1), helper (a number for each who is named, −1 for
    none), vehicle (whether it goes by one), leave_on (id of what starts it, "" if not said); ordered by row. ``links``: extra
    edges of the call tree as (caller, callee, add). ``downstream``: pairs of codes (upstream, downstream). ``networks``: power,
    signal, roads, emergency sets. ``synthetic``: the tables made by seed. ``bare``: the county before anything was added to it, ``None`` where
    nothing was.
    """

    name: str
    code: str
    levels: tuple[LevelPlan, ...]
    places: Places
    households: Households
    habits: HabitsPlan
    zones: pd.DataFrame
    loudspeakers: pd.DataFrame
    area_terminals: pd.DataFrame
    devices: pd.DataFrame
    key_sites: pd.DataFrame
    shelters: pd.DataFrame
    centres: pd.DataFrame
    transfer: pd.DataFrame
    links: tuple[tuple[str, str, bool], ...]
    downstream: tuple[tuple[str, str], ...]
    networks: Networks
    synthetic: tuple[str, ...]
    bare: County | None = None

    @property
    def without_additions(self) -> County:
        """The county as it was loaded: itself where nothing was added."""
        return self if self.bare is None else self.bare

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Index of each place by code."""
        return {code: i for i, code in enumerate(self.places.code)}

    def level_index(self, level: str) -> int | None:
        """Return the index of a level by id, or ``None`` if this county has no such level."""
        ids = [plan.id for plan in self.levels]
        return ids.index(level) if level in ids else None

    def of_level(self, level: int) -> Ints:
        """Return the indices of all places of a level."""
        return np.flatnonzero(self.places.level == level)

    @cached_property
    def ancestors(self) -> Ints:
        """Index of the place of each level that a place lies in, shape (levels, places); −1 where there is none."""
        up = np.full((len(self.levels), len(self.places)), -1, dtype=np.int64)
        here = np.arange(len(self.places))
        for _ in self.levels:
            inside = here >= 0
            up[self.places.level[here[inside]], np.flatnonzero(inside)] = here[inside]
            here = np.where(inside, self.places.parent[here], -1)
        return up

    @cached_property
    def reporting_level(self) -> int:
        """Index of the level whose places count and report their people: the villages; where there are none, the level above the lowest."""
        village = self.level_index("village")
        return max(len(self.levels) - 2, 1) if village is None else village

    @cached_property
    def reporter(self) -> Ints:
        """Index of the place that reports for each place: its village (itself, if it is one), or the place itself where there is none."""
        above = self.ancestors[self.reporting_level]
        return np.where(above >= 0, above, np.arange(len(self.places)))

    @cached_property
    def zone_place(self) -> Ints:
        """Index of the place that each danger zone lies in, shape (zones,)."""
        return self._indices(self.zones)

    @cached_property
    def zone_entity(self) -> NDArray[np.uint64]:
        """The 64-bit id of each danger zone, shape (zones,)."""
        return luck.entity_ids(self.zones["code"])

    @cached_property
    def key_site_place(self) -> Ints:
        """Index of the place that each key site stands in, shape (sites,)."""
        return self._indices(self.key_sites)

    @cached_property
    def shelter_place(self) -> Ints:
        """Index of the place that each shelter stands in, shape (shelters,)."""
        return self._indices(self.shelters)

    def _indices(self, table: pd.DataFrame) -> Ints:
        return np.array([self.index[code] for code in table["place"]], dtype=np.int64)

    def below(self, places: Ints) -> Bools:
        """Tell of each place whether it lies in one of ``places`` (indices) or is one of them, shape (places,)."""
        inside: Bools = np.logical_or.reduce(np.isin(self.ancestors, places))
        return inside

    def households_at(self, level: int) -> Ints:
        """Return the index of the place of ``level`` that each household lives in, shape (households,)."""
        places: Ints = self.ancestors[level][self.households.place]
        return places

    def topology(self, households_of: str | None = None) -> Graph:
        """Return the call tree as a graph; the calls of a night run along its edges.

        Parameters
        ----------
        households_of
            code of a place whose households become nodes too, ``(place code, number)``; the county has too many for all

        Returns
        -------
        networkx.DiGraph
            nodes are place codes with ``level``, ``name``, ``label``, ``residents``; edges run from caller to callee
        """
        places = self.places
        graph: Graph = nx.DiGraph(name=self.name)
        for i, code in enumerate(places.code):
            graph.add_node(
                code,
                level=self.levels[places.level[i]].id,
                name=places.name[i],
                label=places.label[i],
                residents=int(places.residents[i]),
            )
        parents = places.parent.tolist()
        graph.add_edges_from((places.code[p], places.code[i]) for i, p in enumerate(parents) if p >= 0)
        for caller, callee, add in self.links:
            if add:
                graph.add_edge(caller, callee)
            else:
                graph.remove_edge(caller, callee)
        if households_of is not None:
            self._add_households(graph, households_of)
        return graph

    def uncalled(self) -> list[str]:
        """Return the codes of the places that no chain of calls from the top leads to."""
        graph, top = self.topology(), self.places.code[0]
        return sorted(set(graph) - nx.descendants(graph, top) - {top})

    def _add_households(self, graph: Graph, code: str) -> None:
        top = self.index[code]
        inside = np.flatnonzero(self.households_at(int(self.places.level[top])) == top)
        numbers: dict[int, int] = {}
        for i in inside:
            place = int(self.households.place[i])
            numbers[place] = numbers.get(place, 0) + 1
            node = (self.places.code[place], numbers[place])
            graph.add_node(node, level="household", persons=int(self.households.persons[i]))
            graph.add_edge(self.places.code[place], node)
