"""The households of a county: given by a table or made by seed, in the order in which a team would visit them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from sim import luck
from sim.county import synthesis
from sim.county.places import FEATURE_PHONE, NO_PHONE, SMARTPHONE, Bools, Floats, Households, Ids, Ints, Places
from sim.county.plan import CountyPlan, SynthesisPlan
from sim.county.tables import POSITION, Column, Table, choice, code, flag, number, text
from sim.errors import Fault, InputError, Text

_PHONES = {
    "none": NO_PHONE,
    "feature": FEATURE_PHONE,
    "smart": SMARTPHONE,
    "无": NO_PHONE,
    "功能机": FEATURE_PHONE,
    "智能机": SMARTPHONE,
}
HOUSEHOLD_COLUMNS = (
    Column("household", code),
    Column("place", code),
    Column("persons", number(1, 30, whole=True)),
    Column("elderly", number(0, 30, whole=True), required=False, default=0),
    Column("phone", choice(_PHONES), required=False, default=SMARTPHONE, words=("none",)),
    Column("needs_help", flag, required=False, default=False),
    Column("hard_of_hearing", flag, required=False, default=False),
    Column("pattern", text, required=False),
    Column("zone", code, required=False),
    Column("lead", flag, required=False, default=False),
    Column("building", text, required=False),
    *POSITION[2:],
)


def count_households(table: Table, places: Places, faults: list[Fault]) -> Ints:
    """Return how many households the table gives each place; they belong to places of the lowest level only."""
    index = {place: i for i, place in enumerate(places.code)}
    counts = np.zeros(len(places), dtype=np.int64)
    parents = set(places.parent.tolist())
    for row, place in enumerate(table["place"]):
        if place not in index:
            problem = Text("没有这个地方", "there is no such place")
            faults.append(
                table.fault(row, "place", problem, Text("填写最低一层的编码", "use a code of the lowest level"))
            )
        elif index[place] in parents:
            problem = Text("住户应属于最低一层", "households belong to the lowest level")
            faults.append(
                table.fault(row, "place", problem, Text("填写其下一级的编码", "use the code of a place below it"))
            )
        else:
            counts[index[place]] += 1
    return counts


def make_households(plan: CountyPlan, made: SynthesisPlan, places: Places) -> Households:
    """Return households made by seed that hold exactly the residents of each lowest place."""
    seed, homes = plan.seed, made.households
    leaves = np.setdiff1d(np.arange(len(places)), places.parent)
    mean_size = float(np.dot(homes.sizes, np.arange(1, len(homes.sizes) + 1)))
    residents = places.residents[leaves]
    known = places.households[leaves]
    counts = np.where(known >= 0, known, np.rint(residents / mean_size).astype(np.int64))
    counts = np.clip(counts, (residents > 0).astype(np.int64), residents)
    nth = np.repeat(np.arange(len(leaves)), counts)
    place = leaves[nth]
    number_in = np.arange(len(nth)) - np.repeat(np.cumsum(counts) - counts, counts)
    ids = luck.child_ids(places.entity[place], number_in)
    persons = synthesis.household_persons(residents, counts, nth, ids, homes, seed)
    old = synthesis.elderly(persons, ids, homes, seed)
    help_chance = np.where(old > 0, homes.needs_help_elderly, homes.needs_help_other)
    in_town = places.urban[place]
    block = np.where(in_town, number_in // made.layout.building_households, -1)
    x, y = synthesis.cluster(places.x_m[place], places.y_m[place], made.layout.hamlet_radius, ids, seed, "household")
    town = place[in_town]
    x[in_town], y[in_town] = synthesis.cluster(
        places.x_m[town],
        places.y_m[town],
        made.layout.block_radius,
        luck.child_ids(places.entity[town], block[in_town]),
        seed,
        "building",
    )
    deaf = (luck.uniform(seed, 0, "household/hearing", ids) < homes.hard_of_hearing) & (old == persons)
    return Households(
        id=ids,
        place=place,
        persons=persons,
        elderly=old,
        phone=synthesis.phones(persons, old, ids, homes, seed),
        needs_help=luck.uniform(seed, 0, "household/needs_help", ids) < help_chance,
        hard_of_hearing=deaf,
        pattern=synthesis.patterns(ids, plan.habits, seed),
        zone=np.full(len(ids), -1, dtype=np.int64),
        listed=np.zeros(len(ids), dtype=bool),
        lead=np.zeros(len(ids), dtype=bool),
        building=_numbered(place, block),
        x_m=x,
        y_m=y,
        **_filled_in_later(len(ids)),
    )


def given_households(
    plan: CountyPlan, table: Table, places: Places, zones: pd.DataFrame, faults: list[Fault]
) -> Households:
    """Return the households of a table; positions and patterns that it leaves open are made by seed."""
    index = {place: i for i, place in enumerate(places.code)}
    kinds = {pattern.id: i for i, pattern in enumerate(plan.habits.patterns)}
    zone_index = {zone: i for i, zone in enumerate(zones["code"])}
    for column, known, listed in (("pattern", kinds, "patterns"), ("zone", zone_index, "zones.csv")):
        for row, value in enumerate(table[column]):
            if value is not None and value not in known:
                problem = Text(f"{listed} 中没有它", f"it is not in {listed}")
                faults.append(
                    table.fault(row, column, problem, Text(f"先在 {listed} 中定义", f"define it in {listed} first"))
                )
    if faults:
        raise InputError(faults)
    ids = luck.entity_ids(f"{place}/{home}" for place, home in zip(table["place"], table["household"], strict=True))
    place = np.array([index[p] for p in table["place"]], dtype=np.int64)
    drawn = synthesis.patterns(ids, plan.habits, plan.seed)
    pattern = [kinds[p] if p is not None else int(d) for p, d in zip(table["pattern"], drawn, strict=True)]
    zone = np.array([-1 if z is None else zone_index[z] for z in table["zone"]], dtype=np.int64)
    building = _given_buildings(table, place)
    x, y = _given_positions(plan, table, places, place, ids, building)
    return Households(
        id=ids,
        place=place,
        persons=np.array(table["persons"], dtype=np.int64),
        elderly=np.array(table["elderly"], dtype=np.int64),
        phone=np.array(table["phone"], dtype=np.int8),
        needs_help=np.array(table["needs_help"], dtype=bool),
        hard_of_hearing=np.array(table["hard_of_hearing"], dtype=bool),
        pattern=np.array(pattern, dtype=np.int8),
        zone=zone,
        listed=on_list(zone, zones),
        lead=np.array(table["lead"], dtype=bool),
        building=building,
        x_m=x,
        y_m=y,
        **_filled_in_later(len(ids)),
    )


def _given_buildings(table: Table, place: Ints) -> Ints:
    """Return the building of each row of the table, −1 where none is named."""
    names = {name: n for n, name in enumerate(sorted(set(table["building"]) - {None}))}
    return _numbered(place, np.array([names.get(name, -1) for name in table["building"]], dtype=np.int64))


def _numbered(place: Ints, number_in: Ints) -> Ints:
    """Return county-wide numbers 0, 1, … of the buildings, by place and number in it; −1 where there is no building."""
    index = np.full(len(place), -1, dtype=np.int64)
    inside = number_in >= 0
    key = place[inside] * (number_in.max(initial=0) + 1) + number_in[inside]
    index[inside] = np.unique(key, return_inverse=True)[1]
    return index


def _given_positions(
    plan: CountyPlan, table: Table, places: Places, place: Ints, ids: Ids, building: Ints
) -> tuple[Floats, Floats]:
    """Return metres east and north of each row of the table; unknown ones are made by seed.

    A building stands at the median of what its households say, so that one slip does not move it.
    """
    layout = plan.synthesis.layout if plan.synthesis else None
    hamlet, block = (layout.hamlet_radius, layout.block_radius) if layout else (0.0, 0.0)
    at = places.x_m[place], places.y_m[place]
    names = (f"{code}/{name}" for code, name in zip(table["place"], table["building"], strict=True))
    own = synthesis.cluster(*at, hamlet, ids, plan.seed, "household")
    shared = synthesis.cluster(*at, block, luck.entity_ids(names), plan.seed, "building")
    positions = []
    for column, alone, together in zip(("x_m", "y_m"), own, shared, strict=True):
        known = pd.Series(table[column], dtype=np.float64)
        middle = known.groupby(building).transform("median")
        made = np.where(building < 0, alone, together)
        told = np.where(building < 0, known, middle)
        positions.append(np.where(np.isnan(told), made, told))
    return positions[0], positions[1]


def _filled_in_later(households: int) -> dict[str, Any]:
    """Return the columns that wait until terminals and the visiting order are known."""
    nowhere, far = np.full(households, -1, dtype=np.int64), np.full(households, np.inf)
    return {
        "loudspeaker": nowhere,
        "loudspeaker_m": far,
        "area_terminal": nowhere,
        "area_terminal_m": far,
        "sms_order": np.zeros(0, dtype=np.int64),
    }


def on_list(zone: Ints, zones: pd.DataFrame) -> Bools:
    """Return of each household whether its zone is registered, so that it stands on the list of those who must move."""
    return np.append(zones["registered"].to_numpy(dtype=bool), False)[zone]  # no zone is −1: the one appended


def visiting_order(homes: Households) -> Households:
    """Order households by place; within it the listed ones first, then along a curve through the houses, building by building."""
    by_place = np.lexsort((homes.id, homes.place))
    x, y, place = homes.x_m[by_place], homes.y_m[by_place], homes.place[by_place]
    key = synthesis.curve_order(x, y, place)
    order = by_place[np.lexsort((homes.id[by_place], homes.building[by_place], key, ~homes.listed[by_place], place))]
    return replace(homes, **{name: column[order] for name, column in vars(homes).items() if len(column) == len(order)})


def appoint_leads(homes: Households, households_each: int) -> Households:
    """Make every tenth household (or so) on the way through each place a ten-household lead, so that each leads those next to it."""
    first = np.searchsorted(homes.place, homes.place)
    return replace(homes, lead=(np.arange(len(homes)) - first) % households_each == 0)
