"""From a county folder and its plan to a ``County``.

1. read the tables of the levels   2. add groups where none are known   3. residents and positions from the top down
4. households, read or made        5. zones   6. the transfer list over both   7. terminals, devices, key sites, shelters, centres
8. links of the call tree, rivers  9. power, signal, roads, emergency sets
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim import luck
from sim.county import features, homes, links, networks, shelters, transfer_list
from sim.county.places import County, Places
from sim.county.plan import CountyPlan
from sim.county.tables import Column, Table, check_known, read_table
from sim.county.tree import PlaceRows, build_places, read_places, reference
from sim.errors import Fault, InputError, Text

_OPTIONAL: dict[str, tuple[tuple[Column, ...], tuple[str, ...]]] = {
    "households": (homes.HOUSEHOLD_COLUMNS, ("place", "household")),
    "zones": (features.ZONE_COLUMNS, ("code",)),
    "loudspeakers": (features.LOUDSPEAKER_COLUMNS, ("code",)),
    "area_terminals": (features.AREA_TERMINAL_COLUMNS, ("code",)),
    "devices": (features.DEVICE_COLUMNS, ("place", "device")),
    "key_sites": (features.KEY_SITE_COLUMNS, ("code",)),
    "shelters": (shelters.SHELTER_COLUMNS, ("code",)),
    "centres": (shelters.CENTRE_COLUMNS, ("code",)),
    "links": (links.LINK_COLUMNS, ("caller", "callee")),
    "rivers": (links.RIVER_COLUMNS, ("upstream", "downstream")),
    "feeders": (networks.FEEDER_COLUMNS, ("code",)),
    "supplies": (networks.SUPPLY_COLUMNS, ("place",)),
    "sites": (networks.SITE_COLUMNS, ("code",)),
    "covers": (networks.COVER_COLUMNS, ("place", "site")),
    "roads": (networks.ROAD_COLUMNS, ("code",)),
    "sets": (networks.SET_COLUMNS, ("place", "device")),
}
_PLACE_CODES = {"place", "caller", "callee", "upstream", "downstream", "from", "to"}


def load_county(plan: CountyPlan) -> County:
    """Return the county that ``plan`` describes, but for its additions: see ``equipped``.

    Raises
    ------
    InputError
        with every fault of every table
    """
    folder = Path(plan.folder)
    faults: list[Fault] = []
    rows = read_places(plan, folder, faults)
    tables = {name: _read_optional(folder / f"{name}.csv", *spec, faults) for name, spec in _OPTIONAL.items()}
    tables["transfer_list"] = transfer_list.read_transfer_list(folder, faults)
    if faults:
        raise InputError(faults)
    _require_enough(plan, tables, faults)
    places = build_places(plan, rows)
    _check_places(tables, places, faults)
    if tables["devices"] is not None:
        faults.extend(features.misplaced_devices(tables["devices"], places))
    networks.check_networks(tables, faults)
    check_known(tables, "key_sites", "zone", "zones", Text("没有这个隐患点", "there is no such zone"), faults)
    transfer_list.check_transfer_list(tables, places, faults)
    refuges = shelters.shelters(plan, tables["shelters"], places, reference(rows), faults)
    zones = features.given_zones(tables["zones"])
    call_links = links.call_links(tables["links"], places, faults)
    downstream = links.rivers(plan, tables["rivers"], places, faults)
    if tables["households"] is not None:
        places = replace(places, households=homes.count_households(tables["households"], places, faults))
        households = homes.given_households(plan, tables["households"], places, zones, faults)
    elif plan.synthesis is not None:
        households = homes.make_households(plan, plan.synthesis, places)
        if tables["zones"] is None:
            zones, households = features.make_zones(plan.synthesis, places, households, plan.seed)
    if faults:
        raise InputError(faults)
    households, transfer = homes.visiting_order(households), transfer_list.no_transfer()
    if tables["transfer_list"] is not None:
        kind = plan.synthesis.zones.kind if plan.synthesis else ""
        ground = transfer_list.Ground(places, refuges["code"].tolist(), kind, made=tables["households"] is None)
        households, zones, transfer = transfer_list.lay_over(tables["transfer_list"], ground, households, zones, faults)
    if faults:
        raise InputError(faults)
    if tables["households"] is None and plan.synthesis is not None:
        households = homes.appoint_leads(households, plan.synthesis.households.households_per_lead)
    loudspeakers = features.loudspeakers(plan, tables["loudspeakers"], places)
    area_terminals = features.area_terminals(plan, tables["area_terminals"], places, households)
    loudspeaker, loudspeaker_m = features.nearest(households, loudspeakers, np.inf)
    area_terminal, area_terminal_m = features.nearest(households, area_terminals, features.AREA_TERMINAL_REACH_M)
    households = replace(
        households,
        loudspeaker=loudspeaker,
        loudspeaker_m=loudspeaker_m,
        area_terminal=area_terminal,
        area_terminal_m=area_terminal_m,
        sms_order=np.argsort(luck.uniform(plan.seed, 0, "household/sms_order", households.id), kind="stable"),
    )
    county = County(
        name=plan.name,
        code=plan.code,
        levels=plan.levels,
        places=places,
        households=households,
        habits=plan.habits,
        zones=zones,
        loudspeakers=loudspeakers.assign(added=False),
        area_terminals=area_terminals.assign(added=False),
        devices=features.devices(plan, tables["devices"], places),
        key_sites=features.key_sites(plan, tables["key_sites"], places, zones),
        shelters=refuges,
        centres=shelters.no_centres(),
        transfer=transfer,
        links=call_links,
        downstream=downstream,
        networks=networks.Networks.none(len(places)),
        synthetic=_synthetic(plan, rows, tables, places),
    )
    places = _totals(county)
    return replace(
        county,
        places=places,
        centres=shelters.centres(plan, tables["centres"], places),
        networks=networks.county_networks(plan, tables, places),
    )


def _read_optional(path: Path, columns: tuple[Column, ...], key: tuple[str, ...], faults: list[Fault]) -> Table | None:
    return read_table(path, columns, faults, *key) if path.exists() else None


def _require_enough(plan: CountyPlan, tables: Mapping[str, Table | None], faults: list[Fault]) -> None:
    """Refuse a county that the tables do not describe and no rules of synthesis complete."""
    households, zones = tables["households"], tables["zones"]
    file = str(Path(plan.folder) / "county.yaml")
    if plan.synthesis is None and (households is None or plan.levels[-1].table is None):
        problem = Text("表不齐全，又没有写合成规则", "tables are missing and there are no rules of synthesis")
        remedy = Text(
            "补齐最低一层的表和 households.csv，或写 synthesis",
            "supply the lowest level's table and households.csv, or write synthesis",
        )
        faults.append(Fault(file, 0, 0, "synthesis", "", problem, remedy))
    if households is None and zones is not None and tables["transfer_list"] is None:
        problem = Text(
            "有危险区而没有住户表，不知道威胁哪些户", "zones without households: whom they threaten is not known"
        )
        remedy = Text(
            "在 households.csv 或避险转移清单的 zone 列写明，或删去 zones.csv 改为合成",
            "say so in the column zone of households.csv or of the transfer list, or remove zones.csv to have them made by seed",
        )
        faults.append(Fault(str(zones.path), 0, 0, "zones", "", problem, remedy))
    if faults:
        raise InputError(faults)


def _check_places(tables: Mapping[str, Table | None], places: Places, faults: list[Fault]) -> None:
    """Add a fault for each cell that names a place which the tables of the levels do not know."""
    known = set(places.code)
    for name, table in tables.items():
        if table is None or name in {"households", "transfer_list"}:  # of the lowest level only, and checked apart
            continue
        for column in (column for column in table.columns if column in _PLACE_CODES):
            for row, place in enumerate(table[column]):
                if place not in known:
                    problem = Text("没有这个地方", "there is no such place")
                    remedy = Text("填写各层级表中的编码", "use a code of the place tables")
                    faults.append(table.fault(row, column, problem, remedy))


def _totals(county: County) -> Places:
    """Return the places with residents, households and listed persons counted from the households."""
    size, inhabitants = len(county.places), county.households
    residents, households, listed = (np.zeros(size, dtype=np.int64) for _ in range(3))
    for level in range(len(county.levels)):
        place = county.households_at(level)
        inside = place >= 0
        residents += np.bincount(place[inside], weights=inhabitants.persons[inside], minlength=size).astype(np.int64)
        households += np.bincount(place[inside], minlength=size)
        listed += np.bincount(
            place[inside], weights=(inhabitants.persons * inhabitants.listed)[inside], minlength=size
        ).astype(np.int64)
    return replace(county.places, residents=residents, households=households, listed_persons=listed)


def _synthetic(
    plan: CountyPlan, rows: PlaceRows, tables: Mapping[str, Table | None], places: Places
) -> tuple[str, ...]:
    """Return what was made by seed, from the top of the county down."""
    if plan.synthesis is None:
        return ()
    rules = plan.synthesis.networks
    made = {
        "residents": bool(np.isnan(rows.residents).any()) and tables["households"] is None,
        "positions": bool(places.placed[1:].any()),
        "groups": bool(places.synthetic.any()),
        "households": tables["households"] is None,
        "zones": tables["households"] is None and tables["zones"] is None,
        "loudspeakers": tables["loudspeakers"] is None,
        "area_terminals": tables["area_terminals"] is None,
        "devices": tables["devices"] is None,
        "key_sites": tables["key_sites"] is None,
        "shelters": tables["shelters"] is None and bool(plan.synthesis.shelters),
        "centres": tables["centres"] is None and plan.synthesis.centres is not None,
        "feeders": tables["feeders"] is None and rules is not None and rules.feeders is not None,
        "sites": tables["sites"] is None and rules is not None and rules.sites is not None,
        "roads": tables["roads"] is None and rules is not None and rules.roads is not None,
        "sets": tables["sets"] is None and rules is not None and bool(rules.sets),
        "rivers": tables["rivers"] is None and plan.synthesis.rivers is not None,
    }
    return tuple(name for name, is_made in made.items() if is_made)
