"""The households of a county: given by a table or made by seed, in the order in which a team would visit them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sim import luck
from sim.county import synthesis
from sim.county.places import FEATURE_PHONE, NO_PHONE, SMARTPHONE, Households, Ints, Places
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
    Column("phone", choice(_PHONES), required=False, default="smart", words=("none",)),
    Column("needs_help", flag, required=False, default=False),
    Column("hard_of_hearing", flag, required=False, default=False),
    Column("pattern", text, required=False),
    Column("zone", code, required=False),
    Column("lead", flag, required=False, default=False),
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
    scale = np.where(places.urban[place], made.layout.block_radius, made.layout.hamlet_radius)
    x, y = synthesis.cluster(places.x_m[place], places.y_m[place], scale, ids, seed)
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
        lead=number_in % homes.households_per_lead == 0,
        x_m=x,
        y_m=y,
        loudspeaker=np.full(len(ids), -1, dtype=np.int64),
        loudspeaker_m=np.full(len(ids), np.inf),
        sms_order=np.zeros(0, dtype=np.int64),
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
    x = np.array([np.nan if v is None else v for v in table["x_m"]], dtype=np.float64)
    y = np.array([np.nan if v is None else v for v in table["y_m"]], dtype=np.float64)
    scale = np.full(len(ids), plan.synthesis.layout.hamlet_radius if plan.synthesis else 0.0)
    sx, sy = synthesis.cluster(places.x_m[place], places.y_m[place], scale, ids, plan.seed)
    return Households(
        id=ids,
        place=place,
        persons=np.array(table["persons"], dtype=np.int64),
        elderly=np.array(table["elderly"], dtype=np.int64),
        phone=np.array([_PHONES[p] for p in table["phone"]], dtype=np.int8),
        needs_help=np.array(table["needs_help"], dtype=bool),
        hard_of_hearing=np.array(table["hard_of_hearing"], dtype=bool),
        pattern=np.array(pattern, dtype=np.int8),
        zone=np.array([-1 if z is None else zone_index[z] for z in table["zone"]], dtype=np.int64),
        lead=np.array(table["lead"], dtype=bool),
        x_m=np.where(np.isnan(x), sx, x),
        y_m=np.where(np.isnan(y), sy, y),
        loudspeaker=np.full(len(ids), -1, dtype=np.int64),
        loudspeaker_m=np.full(len(ids), np.inf),
        sms_order=np.zeros(0, dtype=np.int64),
    )


def visiting_order(homes: Households) -> Households:
    """Order households by place; within it the listed ones first, then along a curve through the houses."""
    by_place = np.lexsort((homes.id, homes.place))
    x, y, place = homes.x_m[by_place], homes.y_m[by_place], homes.place[by_place]
    key = synthesis.curve_order(x, y, place)
    order = by_place[np.lexsort((homes.id[by_place], key, homes.zone[by_place] < 0, place))]
    return replace(homes, **{name: column[order] for name, column in vars(homes).items() if len(column) == len(order)})
