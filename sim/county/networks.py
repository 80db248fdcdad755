"""Networks of the county: power lines, base stations and how they are fed, roads, and the emergency sets that places hold.

What the tables of the county folder give is taken as it stands; what they leave open is made by the rules ``synthesis.networks``, if any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import luck
from sim.county import network_synthesis
from sim.county.plan import CountyPlan
from sim.county.tables import MOST, POSITION, Column, Table, check_known, choice, code, flag, number
from sim.errors import Fault, Text

if TYPE_CHECKING:
    from sim.county.places import Places

    Roads = nx.Graph[Any]
    Uplinks = nx.DiGraph[Any]
else:
    Roads = nx.Graph
    Uplinks = nx.DiGraph

Ints = NDArray[np.int64]

_KINDS = {
    "base": "base",
    "hub": "hub",
    "super": "super",
    "基站": "base",
    "汇聚站": "hub",
    "超级基站": "super",
}
_BACKHAUL = {
    "fibre": "fibre",
    "microwave": "microwave",
    "satellite": "satellite",
    "光缆": "fibre",
    "微波": "microwave",
    "卫星": "satellite",
}
SETS = {
    "radio_370": "radio_370",
    "mesh": "mesh",
    "sat_phone": "sat_phone",
    "beidou": "beidou",
    "370兆电台": "radio_370",
    "自组网": "mesh",
    "卫星电话": "sat_phone",
    "北斗": "beidou",
}
"""Kinds of emergency sets, by each word for them."""
FEEDER_COLUMNS = (Column("code", code), Column("substation", code), Column("place", code))
SUPPLY_COLUMNS = (Column("place", code), Column("feeder", code))
SITE_COLUMNS = (
    Column("code", code),
    Column("kind", choice(_KINDS)),
    Column("place", code),
    Column("feeder", code, required=False, default=""),
    Column("uplink", code, required=False, default=""),
    Column("backhaul", choice(_BACKHAUL)),
    Column("second", choice(_BACKHAUL), required=False, default=""),
    *POSITION[2:],
)
COVER_COLUMNS = (Column("place", code), Column("site", code))
ROAD_COLUMNS = (
    Column("code", code),
    Column("from", code),
    Column("to", code),
    Column("length_m", number(1, 1e7)),
    Column("kind", choice(("main", "township", "village", "path"))),
)
SET_COLUMNS = (
    Column("place", code),
    Column("device", choice(SETS)),
    Column("count", number(1, MOST, whole=True), required=False, default=1),
    Column("trained", flag),
)
REACH_M, SERVED_BY = 3_000.0, 3
"""How far a given site serves, and by how many sites a place is served at most, where no rule says so: planning assumptions."""


@dataclass(frozen=True, eq=False)
class Networks:
    """What power, signal and vehicles run on; every table is ordered by code and has ``entity``, a 64-bit id for luck.

    ``feeders``: columns code, substation, place (code), entity. ``sites``: code, kind (base, hub, super), battery (as of which kind), place
    (code of the lowest known place it stands in), feeder (code, "" if unknown: never without mains), uplink (code of the site above, "" for
    the county's core), backhaul (fibre, microwave, satellite), second (another way to the core: fibre, microwave, satellite, or ""), x_m,
    y_m, entity.
    ``roads``: code, from, to (place codes), length_m, kind (main, township, village, path), entity. ``sets``: place (code), device
    (radio_370, mesh, sat_phone, beidou), count, trained (whether somebody there can use it), entity.
    ``supply``: row of the feeder that each place is on (−1: unknown), shape (places,). ``serving``: rows of the sites whose signal
    reaches each place, nearest first, −1 behind the last, shape (places, most).
    """

    feeders: pd.DataFrame
    sites: pd.DataFrame
    roads: pd.DataFrame
    sets: pd.DataFrame
    supply: Ints
    serving: Ints

    def road_graph(self) -> Roads:
        """Return the roads as a graph: nodes are place codes, edges carry ``code``, ``row``, ``length_m`` and ``kind``."""
        graph: Roads = nx.Graph()
        columns = (self.roads[name] for name in ("from", "to", "code", "length_m", "kind"))
        for row, (here, there, name, length_m, kind) in enumerate(zip(*columns, strict=True)):
            graph.add_edge(here, there, code=name, row=row, length_m=length_m, kind=kind)
        return graph

    @classmethod
    def none(cls, places: int) -> Networks:
        """Return the networks of a county of which nothing is known."""
        text, ids = pd.Series(dtype=str), pd.Series(dtype=np.uint64)
        return cls(
            feeders=pd.DataFrame({"code": text, "substation": text, "place": text, "entity": ids}),
            sites=pd.DataFrame(
                dict.fromkeys(("code", "kind", "battery", "place", "feeder", "uplink", "backhaul", "second"), text)
                | {"x_m": pd.Series(dtype=float), "y_m": pd.Series(dtype=float), "entity": ids}
            ),
            roads=pd.DataFrame(
                {
                    "code": text,
                    "from": text,
                    "to": text,
                    "length_m": pd.Series(dtype=float),
                    "kind": text,
                    "entity": ids,
                }
            ),
            sets=pd.DataFrame(
                {
                    "place": text,
                    "device": text,
                    "count": pd.Series(dtype=np.int64),
                    "trained": pd.Series(dtype=bool),
                    "entity": ids,
                }
            ),
            supply=np.full(places, -1, dtype=np.int64),
            serving=np.full((places, 1), -1, dtype=np.int64),
        )


def county_networks(plan: CountyPlan, tables: Mapping[str, Table | None], places: Places) -> Networks:
    """Return the networks that the tables give, and where they give none those of the rules; ``places`` with their residents."""
    rules = plan.synthesis.networks if plan.synthesis else None
    tiers = network_synthesis.tiers(plan.village_level, places)
    none = Networks.none(len(places))
    feeders, supply = none.feeders, none.supply
    if tables["feeders"] is not None:
        feeders = ordered(tables["feeders"].columns, none.feeders)
        supply = _given_supply(feeders, tables["supplies"], places)
    elif rules and rules.feeders:
        made, codes = network_synthesis.make_feeders(rules.feeders, places, tiers)
        feeders = ordered(made, none.feeders)
        supply = _rows(feeders, _inherited(codes, places))
    fed_by = np.array([*feeders["code"], ""], dtype=object)[supply]
    sites = none.sites
    if tables["sites"] is not None:
        sites = ordered(_given_sites(tables["sites"], places, fed_by), none.sites)
    elif rules and rules.sites:
        made = network_synthesis.make_sites(rules.sites, places, tiers, fed_by, plan.seed)
        sites = ordered(made | {"battery": made["kind"]}, none.sites)
    reach_m, most = (rules.sites.reach_m, rules.sites.most) if rules and rules.sites else (REACH_M, SERVED_BY)
    serving = network_synthesis.nearest_sites(places, sites, reach_m, most)
    if tables["covers"] is not None:
        serving = _given_serving(tables["covers"], sites, places, serving)
    roads, sets = none.roads, none.sets
    if tables["roads"] is not None:
        roads = ordered(tables["roads"].columns, none.roads)
    elif rules and rules.roads:
        roads = ordered(network_synthesis.make_roads(rules.roads, places, tiers, plan.seed), none.roads)
    if tables["sets"] is not None:
        sets = ordered_sets(tables["sets"].columns, none.sets)
    elif rules:
        levels = [level.id for level in plan.levels]
        sets = ordered_sets(network_synthesis.make_sets(rules.sets, levels, places, plan.seed), none.sets)
    return Networks(feeders, sites, roads, sets, supply, serving)


def check_networks(tables: Mapping[str, Table | None], faults: list[Fault]) -> None:
    """Add a fault for each feeder or site that no table knows, each ring of uplinks, and each road that joins nothing new."""
    no_feeder, no_site = (
        Text("没有这条供电线路", "there is no such feeder"),
        Text("没有这个站点", "there is no such site"),
    )
    check_known(tables, "supplies", "feeder", "feeders", no_feeder, faults)
    check_known(tables, "sites", "feeder", "feeders", no_feeder, faults)
    check_known(tables, "sites", "uplink", "sites", no_site, faults)
    check_known(tables, "covers", "site", "sites", no_site, faults)
    if tables["sites"] is not None:
        _check_uplinks(tables["sites"], faults)
    if tables["roads"] is not None:
        _check_roads(tables["roads"], faults)


def _check_uplinks(table: Table, faults: list[Fault]) -> None:
    """Add a fault for each ring of uplinks, at the last row that takes part in it."""
    pairs = list(zip(table["code"], table["uplink"], strict=True))
    graph: Uplinks = nx.DiGraph(pair for pair in pairs if pair[1])
    rings = [ring for ring in nx.strongly_connected_components(graph) if len(ring) > 1]
    rings += [{site} for site, uplink in pairs if site == uplink]
    for row in (max(row for row, (site, _) in enumerate(pairs) if site in ring) for ring in rings):
        site, uplink = pairs[row]
        problem = Text(
            f"{site} → {uplink} 使上联首尾相接，到不了核心", f"{site} → {uplink} closes a ring without a core"
        )
        remedy = Text(
            "改正上联；直接接核心的站点留空", "correct the uplink; leave it empty at a site on the core itself"
        )
        faults.append(table.fault(row, "uplink", problem, remedy))


def _check_roads(table: Table, faults: list[Fault]) -> None:
    """Add a fault for each road from a place to itself, and for each that joins two places already joined."""
    first: dict[frozenset[str], int] = {}
    for row, ends in enumerate(zip(table["from"], table["to"], strict=True)):
        joined = frozenset(ends)
        if len(joined) == 1:
            problem = Text("道路的两端是同一个地方", "the road runs from a place to itself")
            remedy = Text("改正一端，或删去这一行", "correct one end or remove the row")
            faults.append(table.fault(row, "to", problem, remedy))
        elif joined in first:
            line = table.lines[first[joined]]
            problem = Text(f"第 {line} 行的道路已连接这两地", f"the road of line {line} joins these places already")
            remedy = Text("只写平时走的那一条", "keep the one that is usually taken")
            faults.append(table.fault(row, "to", problem, remedy))
        else:
            first[joined] = row


def ordered(columns: Mapping[str, Any], like: pd.DataFrame) -> pd.DataFrame:
    """Return columns as a table ordered by code, with the columns and types of ``like``."""
    frame = pd.DataFrame(dict(columns)).sort_values("code", kind="stable", ignore_index=True)
    return frame.assign(entity=luck.entity_ids(frame["code"]))[list(like.columns)].astype(like.dtypes.to_dict())


def ordered_sets(columns: Mapping[str, Any], like: pd.DataFrame) -> pd.DataFrame:
    """Return sets as a table ordered by place and device, with the columns and types of ``like``."""
    frame = pd.DataFrame(dict(columns)).sort_values(["place", "device"], kind="stable", ignore_index=True)
    entity = network_synthesis.set_ids(frame["place"], frame["device"])
    return frame.assign(entity=entity)[list(like.columns)].astype(like.dtypes.to_dict())


def _inherited(own: NDArray[np.object_], places: Places) -> NDArray[np.object_]:
    """Return what each place has of its own or else what the place above it has, shape (places,); empty is nothing."""
    result = own.copy()
    for level in range(1, int(places.level.max(initial=0)) + 1):
        for place in np.flatnonzero(places.level == level).tolist():
            result[place] = result[place] or result[places.parent[place]]
    return result


def _rows(frame: pd.DataFrame, codes: NDArray[np.object_]) -> Ints:
    """Return the row of each code in a table; −1 for an empty code."""
    row = {code: i for i, code in enumerate(frame["code"])}
    return np.array([row.get(code, -1) for code in codes], dtype=np.int64)


def _given_supply(feeders: pd.DataFrame, supplies: Table | None, places: Places) -> Ints:
    """Return the feeder of each place: by the table, or else the first of the feeders named for the place; from the top down."""
    table = supplies if supplies is not None else {"place": feeders["place"][::-1], "feeder": feeders["code"][::-1]}
    named = dict(zip(table["place"], table["feeder"], strict=True))
    own = np.array([named.get(place, "") for place in places.code], dtype=object)
    return _rows(feeders, _inherited(own, places))


def _given_sites(table: Table, places: Places, fed_by: NDArray[np.object_]) -> dict[str, Any]:
    """Return the columns of the sites of the table: unknown positions at the centre of their place, unknown feeders as those of their place."""
    index = {place: i for i, place in enumerate(places.code)}
    where = [index[place] for place in table["place"]]
    columns = dict(table.columns) | {"battery": table["kind"]}
    columns["feeder"] = [own or fed_by[place] for own, place in zip(table["feeder"], where, strict=True)]
    for name, centre in (("x_m", places.x_m), ("y_m", places.y_m)):
        columns[name] = [centre[p] if own is None else own for own, p in zip(table[name], where, strict=True)]
    return columns


def _given_serving(covers: Table, sites: pd.DataFrame, places: Places, nearest: Ints) -> Ints:
    """Return the sites that serve each place: by its own rows of the table, those of a place above, or else the nearest ones."""
    index, row = ({code: i for i, code in enumerate(codes)} for codes in (places.code, sites["code"]))
    own = np.full(len(places), None, dtype=object)
    for place, site in zip(covers["place"], covers["site"], strict=True):
        own[index[place]] = [*(own[index[place]] or ()), row[site]]
    held = _inherited(own, places)
    most = max([nearest.shape[1], *(len(sites_of) for sites_of in held if sites_of)])
    serving = np.full((len(places), most), -1, dtype=np.int64)
    serving[:, : nearest.shape[1]] = nearest
    x_m, y_m = (sites[name].to_numpy() for name in ("x_m", "y_m"))
    for place in (place for place, sites_of in enumerate(held) if sites_of):
        those = np.sort(held[place])
        metres = np.hypot(x_m[those] - places.x_m[place], y_m[those] - places.y_m[place])
        serving[place] = -1
        serving[place, : len(those)] = those[np.argsort(metres, kind="stable")]
    return serving
