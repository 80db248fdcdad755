"""From a county folder and its plan to a ``County``.

1. read the tables of the levels   2. add groups where none are known   3. residents and positions from the top down
4. households, read or made        5. zones, loudspeakers, key sites    6. cross-links of the call tree
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import spatial, special

from sim import luck
from sim.county import synthesis
from sim.county.places import FEATURE_PHONE, NO_PHONE, SMARTPHONE, County, Floats, Households, Ints, Places
from sim.county.plan import CountyPlan, SynthesisPlan
from sim.county.tables import Column, Table, choice, code, flag, number, read_table, text
from sim.errors import Fault, InputError, Text

_EARTH_RADIUS_M = 6_371_008.8
_PHONES = {
    "none": NO_PHONE,
    "feature": FEATURE_PHONE,
    "smart": SMARTPHONE,
    "无": NO_PHONE,
    "功能机": FEATURE_PHONE,
    "智能机": SMARTPHONE,
}
_URBAN = ("街道", "居民委员会", "社区")

_POSITION = (
    Column("lat", number(-90, 90), required=False),
    Column("lon", number(-180, 180), required=False),
    Column("x_m", number(-1e8, 1e8), required=False),
    Column("y_m", number(-1e8, 1e8), required=False),
)
_MOST = 10_000_000
PLACE_COLUMNS = (
    Column("code", code),
    Column("name", text),
    Column("parent", code),
    Column("type", text, required=False, default=""),
    Column("urban", flag, required=False),
    Column("residents", number(0, _MOST, whole=True), required=False),
    Column("households", number(0, _MOST, whole=True), required=False),
    *_POSITION,
)
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
    *_POSITION[2:],
)
ZONE_COLUMNS = (Column("code", code), Column("kind", text), Column("place", code))
POINT_COLUMNS = (Column("code", code), Column("place", code), *_POSITION[2:])
KEY_SITE_COLUMNS = (
    Column("code", code),
    Column("kind", text),
    Column("place", code),
    Column("persons", number(0, _MOST, whole=True)),
    *_POSITION[2:],
)
LINK_COLUMNS = (Column("caller", code), Column("callee", code), Column("act", choice(("add", "remove"))))
_OPTIONAL: dict[str, tuple[tuple[Column, ...], tuple[str, ...]]] = {
    "households": (HOUSEHOLD_COLUMNS, ("place", "household")),
    "zones": (ZONE_COLUMNS, ("code",)),
    "loudspeakers": (POINT_COLUMNS, ("code",)),
    "key_sites": (KEY_SITE_COLUMNS, ("code",)),
    "links": (LINK_COLUMNS, ("caller", "callee")),
}
"""The tables that a county may have beside its levels: their columns, and those that together tell the rows apart."""


@dataclass
class _Builder:
    """Columns of ``Places`` while they grow, level by level."""

    code: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    level: list[int] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    urban: list[bool] = field(default_factory=list)
    synthetic: list[bool] = field(default_factory=list)
    residents: list[float] = field(default_factory=list)
    households: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    lon: list[float] = field(default_factory=list)
    x_m: list[float] = field(default_factory=list)
    y_m: list[float] = field(default_factory=list)

    def add(self, **values: object) -> None:
        for name, column in vars(self).items():
            value = values.get(name)
            column.append(np.nan if value is None else value)


def load_county(plan: CountyPlan) -> County:
    """Return the county that ``plan`` describes.

    Raises
    ------
    InputError
        with every fault of every table
    """
    folder = Path(plan.folder)
    faults: list[Fault] = []
    seed = plan.seed
    builder = _read_places(plan, folder, faults)
    tables = {name: _read_optional(folder / f"{name}.csv", *spec, faults) for name, spec in _OPTIONAL.items()}
    if faults:
        raise InputError(faults)
    household_table = tables["households"]
    _require_synthesis(plan, household_table, faults)
    places = _places(plan, builder)
    zones = _zones_given(tables["zones"], places, faults)
    loudspeakers = _loudspeakers(plan, tables["loudspeakers"], places, faults)
    key_sites = _key_sites(plan, tables["key_sites"], places, faults)
    links = _links(tables["links"], places, faults)
    if household_table is not None:
        places = replace(places, households=_count(household_table, places, faults))
    if household_table is None:
        made = plan.synthesis
        assert made is not None  # noqa: S101 - _require_synthesis has raised otherwise
        households = _households_made(plan, made, places)
        if zones is None:
            zones, households = _zones_made(made, places, households, seed)
    else:
        zones = _empty_zones() if zones is None else zones
        households = _households_given(plan, household_table, places, zones, faults)
    if faults:
        raise InputError(faults)
    households = _near_loudspeakers(_visiting_order(households), loudspeakers)
    households = replace(
        households,
        sms_order=np.argsort(luck.uniform(seed, 0, "household/sms_order", households.id), kind="stable"),
    )
    county = County(
        name=plan.name,
        code=plan.code,
        levels=plan.levels,
        places=places,
        households=households,
        habits=plan.habits,
        zones=zones,
        loudspeakers=loudspeakers,
        key_sites=key_sites,
        links=links,
        synthetic=_synthetic(folder, places),
    )
    return replace(county, places=_totals(county))


# --- places -----------------------------------------------------------------------------------------------------------


def _read_optional(path: Path, columns: tuple[Column, ...], key: tuple[str, ...], faults: list[Fault]) -> Table | None:
    return read_table(path, columns, faults, *key) if path.exists() else None


def _read_places(plan: CountyPlan, folder: Path, faults: list[Fault]) -> _Builder:
    builder = _Builder()
    builder.add(
        code=plan.code, name=plan.name, level=0, parent=-1, urban=False, synthetic=False, residents=plan.residents
    )
    index = {plan.code: 0}
    refused: set[str] = set()  # told once: neither the places below a fault nor its other rows are faults of their own
    all_read = True
    for level, level_plan in enumerate(plan.levels[1:], start=1):
        if level_plan.table is None:
            continue
        table = read_table(folder / level_plan.table, PLACE_COLUMNS, faults, "code")
        if table is None:
            all_read = False
            continue
        for row in sorted(range(len(table)), key=table["code"].__getitem__):
            place, parent = table["code"][row], table["parent"][row]
            if place in index:
                problem = Text("编码与其他层级重复", "the code is used on another level")
                faults.append(
                    table.fault(row, "code", problem, Text("全县编码不得重复", "codes must differ across all levels"))
                )
                continue
            if parent not in index:
                problem = Text("没有这个上级", "there is no such parent")
                if all_read and parent not in refused:
                    remedy = Text("填写上一层级表中的编码", "use a code of a level above")
                    faults.append(table.fault(row, "parent", problem, remedy))
                refused |= {place, parent}
                continue
            values = {name: table[name][row] for name in ("residents", "households", "lat", "lon", "x_m", "y_m")}
            urban = table["urban"][row]
            if urban is None:
                urban = table["type"][row] in _URBAN or table["name"][row].endswith(_URBAN)
            index[place] = len(builder.code)
            builder.add(
                code=place,
                name=table["name"][row],
                level=level,
                parent=index[parent],
                urban=urban,
                synthetic=False,
                **values,
            )
    return builder


def _require_synthesis(plan: CountyPlan, households: Table | None, faults: list[Fault]) -> None:
    if plan.synthesis is not None or (households is not None and plan.levels[-1].table is not None):
        return
    faults.append(
        Fault(
            str(Path(plan.folder) / "county.yaml"),
            0,
            0,
            "synthesis",
            "",
            Text("表不齐全，又没有写合成规则", "tables are missing and there are no rules of synthesis"),
            Text(
                "补齐最低一层的表和 households.csv，或写 synthesis",
                "supply the lowest level's table and households.csv, or write synthesis",
            ),
        )
    )
    raise InputError(faults)


def _places(plan: CountyPlan, builder: _Builder) -> Places:
    level = np.array(builder.level, dtype=np.int64)
    parent = np.array(builder.parent, dtype=np.int64)
    entity = luck.entity_ids(builder.code)
    urban = np.array(builder.urban, dtype=bool)
    residents = np.array(builder.residents, dtype=np.float64)
    x, y = _metres(builder)
    known = Places(
        code=tuple(builder.code),
        name=tuple(builder.name),
        label=(),
        level=level,
        parent=parent,
        urban=urban,
        synthetic=np.zeros(len(level), dtype=bool),
        placed=np.isnan(x) | np.isnan(y),
        x_m=x,
        y_m=y,
        residents=np.zeros(len(level), dtype=np.int64),
        households=np.nan_to_num(np.array(builder.households, dtype=np.float64), nan=-1).astype(np.int64),
        listed_persons=np.zeros(len(level), dtype=np.int64),
        entity=entity,
    )
    known = _fill_down(plan, known, residents)
    if plan.levels[-1].table is None and plan.synthesis is not None:
        known = _add_groups(plan, plan.synthesis, known)
    return replace(known, label=_labels(plan, known))


def _metres(builder: _Builder) -> tuple[Floats, Floats]:
    """Return metres east and north of the mean known coordinate (equirectangular; a county is small)."""
    lat, lon = np.radians(np.array(builder.lat, dtype=np.float64)), np.radians(np.array(builder.lon, dtype=np.float64))
    x, y = np.array(builder.x_m, dtype=np.float64), np.array(builder.y_m, dtype=np.float64)
    if not np.isnan(lat).all():
        lat0, lon0 = np.nanmean(lat), np.nanmean(lon)
        x = np.where(np.isnan(x), (lon - lon0) * np.cos(lat0) * _EARTH_RADIUS_M, x)
        y = np.where(np.isnan(y), (lat - lat0) * _EARTH_RADIUS_M, y)
    return x, y


def _fill_down(plan: CountyPlan, places: Places, known: Floats) -> Places:
    """Give every place its residents and a position, from the top down."""
    made, seed = plan.synthesis, plan.seed
    residents = np.nan_to_num(known, nan=0).astype(np.int64)
    x, y = places.x_m.copy(), places.y_m.copy()
    children = np.bincount(places.parent[1:], minlength=len(places))
    if np.isnan(x[0]):
        x[0] = np.nanmean(x) if not np.isnan(x).all() else 0.0
        y[0] = np.nanmean(y) if not np.isnan(y).all() else 0.0
    villages = int((places.level == places.level.max()).sum())
    for level in range(1, int(places.level.max()) + 1):
        level_id = plan.levels[level].id
        for above in np.unique(places.parent[places.level == level]):
            here = np.flatnonzero((places.parent == above) & (places.level == level))
            entity = places.entity[here]
            if made is not None and np.isnan(known[here]).any() and level_id in made.spread:
                silent = here[np.isnan(known[here])]
                weights = np.zeros(len(here))
                weights[np.isnan(known[here])] = synthesis.spread_weights(
                    made.spread[level_id], places.urban[silent], children[silent], places.entity[silent], seed
                )
                residents[here] = synthesis.residents_below(int(residents[above]), known[here], weights)
            if made is not None and level < places.level.max() and np.isnan(x[here]).any():
                x[here], y[here] = synthesis.seats(x[here], y[here], entity, seed)
            elif made is not None and np.isnan(x[here]).any():
                px, py = synthesis.around(x[above], y[above], entity, made.layout, villages, seed)
                x[here], y[here] = np.where(np.isnan(x[here]), px, x[here]), np.where(np.isnan(y[here]), py, y[here])
    return replace(places, residents=residents, x_m=np.nan_to_num(x), y_m=np.nan_to_num(y))


def _add_groups(plan: CountyPlan, made: SynthesisPlan, places: Places) -> Places:
    """Add the lowest level under each place of the level above it."""
    level = len(plan.levels) - 1
    above = np.flatnonzero(places.level == level - 1)
    counts = synthesis.group_counts(made.grouping, places.residents[above])
    parent = np.repeat(above, counts)
    number_in = np.concatenate([np.arange(1, n + 1) for n in counts]) if len(counts) else np.zeros(0, dtype=np.int64)
    entity = luck.child_ids(places.entity[parent], number_in)
    weights = np.exp(made.grouping.sigma * special.ndtri(luck.uniform(plan.seed, 0, "county/size", entity)))
    ends = np.cumsum(counts)
    residents = np.concatenate(
        [
            synthesis.apportion(int(places.residents[place]), weights[end - n : end])
            for place, n, end in zip(above, counts, ends, strict=True)
        ]
    )
    x, y = synthesis.disc(
        places.x_m[parent], places.y_m[parent], made.layout.group_radius, entity, plan.seed, "county/group"
    )
    short = plan.levels[level].short
    new_code = [f"{places.code[p]}{n:02d}" for p, n in zip(parent, number_in, strict=True)]
    new_name = [f"{places.name[p]}{short}{n:02d}" for p, n in zip(parent, number_in, strict=True)]
    size = len(parent)
    return replace(
        places,
        code=places.code + tuple(new_code),
        name=places.name + tuple(new_name),
        level=np.r_[places.level, np.full(size, level)],
        parent=np.r_[places.parent, parent],
        urban=np.r_[places.urban, places.urban[parent]],
        synthetic=np.r_[places.synthetic, np.ones(size, dtype=bool)],
        placed=np.r_[places.placed, np.ones(size, dtype=bool)],
        x_m=np.r_[places.x_m, x],
        y_m=np.r_[places.y_m, y],
        residents=np.r_[places.residents, residents],
        households=np.r_[places.households, np.full(size, -1)],
        listed_persons=np.zeros(len(places) + size, dtype=np.int64),
        entity=np.r_[places.entity, entity],
    )


def _labels(plan: CountyPlan, places: Places) -> tuple[str, ...]:
    """Return what may be shown of each place: its name, or parent and number on the coded levels.

    Numbers follow the places' ids, not the official list, so that 村07 is not the seventh village of the list.
    """
    labels = list(places.name)
    siblings: dict[int, list[int]] = {}
    for i, above in enumerate(places.parent.tolist()):
        siblings.setdefault(above, []).append(i)
    for i in range(len(places)):
        for n, child in enumerate(sorted(siblings.get(i, ()), key=lambda c: int(places.entity[c])), start=1):
            level = plan.levels[places.level[child]]
            if level.coded:
                labels[child] = f"{labels[i]}·{level.short}{n:02d}"
    return tuple(labels)


def _totals(county: County) -> Places:
    """Return the places with residents, households and listed persons counted from the households."""
    size, homes = len(county.places), county.households
    residents, households, listed = (np.zeros(size, dtype=np.int64) for _ in range(3))
    for level in range(len(county.levels)):
        place = county.households_at(level)
        inside = place >= 0
        residents += np.bincount(place[inside], weights=homes.persons[inside], minlength=size).astype(np.int64)
        households += np.bincount(place[inside], minlength=size)
        listed += np.bincount(place[inside], weights=(homes.persons * homes.listed)[inside], minlength=size).astype(
            np.int64
        )
    return replace(county.places, residents=residents, households=households, listed_persons=listed)


# --- households -------------------------------------------------------------------------------------------------------


def _count(table: Table, places: Places, faults: list[Fault]) -> Ints:
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


def _households_made(plan: CountyPlan, made: SynthesisPlan, places: Places) -> Households:
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


def _households_given(
    plan: CountyPlan, table: Table, places: Places, zones: pd.DataFrame, faults: list[Fault]
) -> Households:
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


def _visiting_order(homes: Households) -> Households:
    """Order households by place; within it the listed ones first, then along a curve through the houses."""
    by_place = np.lexsort((homes.id, homes.place))
    x, y, place = homes.x_m[by_place], homes.y_m[by_place], homes.place[by_place]
    key = synthesis.curve_order(x, y, place)
    order = by_place[np.lexsort((homes.id[by_place], key, homes.zone[by_place] < 0, place))]
    return replace(homes, **{name: column[order] for name, column in vars(homes).items() if len(column) == len(order)})


# --- zones, loudspeakers, key sites, links ----------------------------------------------------------------------------


def _empty_zones() -> pd.DataFrame:
    return pd.DataFrame({"code": [], "kind": [], "place": []})


def _frame(table: Table) -> pd.DataFrame:
    return pd.DataFrame(table.columns).sort_values("code", kind="stable", ignore_index=True)


def _known_places(table: Table, places: Places, faults: list[Fault]) -> Table:
    known = set(places.code)
    for row, place in enumerate(table["place"]):
        if place not in known:
            problem = Text("没有这个地方", "there is no such place")
            faults.append(
                table.fault(row, "place", problem, Text("填写各层级表中的编码", "use a code of the place tables"))
            )
    return table


def _zones_given(table: Table | None, places: Places, faults: list[Fault]) -> pd.DataFrame | None:
    return None if table is None else _frame(_known_places(table, places, faults))


def _zones_made(made: SynthesisPlan, places: Places, homes: Households, seed: int) -> tuple[pd.DataFrame, Households]:
    """Put hazard points into rural groups; the westernmost houses of a group stand under its slope."""
    counts = np.bincount(homes.place, minlength=len(places))
    candidates = np.flatnonzero((counts > 0) & ~places.urban)
    where = synthesis.zone_places(made.zones, candidates, places.entity, counts.astype(np.float64), seed)
    mean_size = float(homes.persons.sum() / max(len(homes), 1))
    size = synthesis.zone_households(made.zones, counts[where], places.entity[where], mean_size, seed)
    zone_of_place = np.full(len(places), -1, dtype=np.int64)
    zone_of_place[where] = np.arange(len(where))
    room = np.zeros(len(places), dtype=np.int64)
    room[where] = size
    order = np.lexsort((homes.id, homes.x_m, homes.place))
    rank = np.empty(len(order), dtype=np.int64)
    first = np.cumsum(counts) - counts
    rank[order] = np.arange(len(order)) - first[homes.place[order]]
    zone = np.where(rank < room[homes.place], zone_of_place[homes.place], -1)
    frame = pd.DataFrame(
        {
            "code": [f"{places.code[p]}Z" for p in where],
            "kind": made.zones.kind,
            "place": [places.code[p] for p in where],
        }
    )
    return frame, replace(homes, zone=zone)


def _loudspeakers(plan: CountyPlan, table: Table | None, places: Places, faults: list[Fault]) -> pd.DataFrame:
    if table is not None:
        frame = _positions(_frame(_known_places(table, places, faults)), places)
    elif plan.synthesis is None:
        frame = pd.DataFrame({"code": [], "place": [], "x_m": [], "y_m": []})
    else:
        draw = luck.uniform(plan.seed, 0, "loudspeaker/group", places.entity)
        leaf = len(plan.levels) - 1
        group = (places.level == leaf) & (draw < plan.synthesis.loudspeakers.group_share)
        where = np.flatnonzero((places.level == leaf - 1) | group)
        frame = pd.DataFrame(
            {
                "code": [f"{places.code[p]}L" for p in where],
                "place": [places.code[p] for p in where],
                "x_m": places.x_m[where],
                "y_m": places.y_m[where],
            }
        )
    return frame.assign(entity=luck.entity_ids(frame["code"]))


def _positions(frame: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Return the points with unknown positions put at the centre of their place."""
    index = {place: i for i, place in enumerate(places.code)}
    where = np.array([index.get(place, 0) for place in frame["place"]], dtype=np.int64)
    x, y = frame["x_m"].astype(float), frame["y_m"].astype(float)
    return frame.assign(x_m=x.fillna(pd.Series(places.x_m[where])), y_m=y.fillna(pd.Series(places.y_m[where])))


def _near_loudspeakers(homes: Households, loudspeakers: pd.DataFrame) -> Households:
    if loudspeakers.empty or len(homes) == 0:
        return homes
    tree = spatial.cKDTree(loudspeakers[["x_m", "y_m"]].to_numpy())
    distance, nearest = tree.query(np.column_stack([homes.x_m, homes.y_m]))
    return replace(homes, loudspeaker=np.asarray(nearest, dtype=np.int64), loudspeaker_m=np.asarray(distance))


def _key_sites(plan: CountyPlan, table: Table | None, places: Places, faults: list[Fault]) -> pd.DataFrame:
    if table is not None:
        return _positions(_frame(_known_places(table, places, faults)), places)
    frames = [pd.DataFrame({"code": [], "kind": [], "place": [], "persons": [], "x_m": [], "y_m": []})]
    leaves: NDArray[np.int64] = np.setdiff1d(np.arange(len(places)), places.parent)
    total = int(places.residents[0])
    for site in plan.synthesis.key_sites if plan.synthesis else ():
        count = round(total / site.residents_each)
        if count == 0 or len(leaves) == 0:
            continue
        ids = luck.child_ids(np.full(count, luck.entity_id(plan.code, site.kind)), np.arange(count))
        reach = np.cumsum(places.residents[leaves])
        stratum = (np.arange(count) + luck.uniform(plan.seed, 0, "key_site/place", ids)) / count
        where = leaves[np.searchsorted(reach, stratum * reach[-1], side="right").clip(max=len(leaves) - 1)]
        normal = special.ndtri(luck.uniform(plan.seed, 0, "key_site/persons", ids))
        frames.append(
            pd.DataFrame(
                {
                    "code": [f"{plan.code}-{site.kind}-{n + 1:03d}" for n in range(count)],
                    "kind": site.kind,
                    "place": [places.code[p] for p in where],
                    "persons": np.rint(site.persons_median * np.exp(0.5 * normal)).astype(np.int64),
                    "x_m": places.x_m[where],
                    "y_m": places.y_m[where],
                }
            )
        )
    return pd.concat(frames[1:] or frames, ignore_index=True)


def _links(table: Table | None, places: Places, faults: list[Fault]) -> tuple[tuple[str, str, bool], ...]:
    if table is None:
        return ()
    known = set(places.code)
    tree = {(places.code[p], places.code[i]) for i, p in enumerate(places.parent.tolist()) if p >= 0}
    links = sorted(zip(table["caller"], table["callee"], (act == "add" for act in table["act"]), strict=True))
    for row in range(len(table)):
        for column in ("caller", "callee"):
            if table[column][row] not in known:
                problem = Text("没有这个地方", "there is no such place")
                faults.append(
                    table.fault(row, column, problem, Text("填写各层级表中的编码", "use a code of the place tables"))
                )
        if table["act"][row] == "remove" and (table["caller"][row], table["callee"][row]) not in tree:
            problem = Text("要删去的叫应关系不存在", "the call link to remove does not exist")
            faults.append(table.fault(row, "act", problem, Text("检查 caller 与 callee", "check caller and callee")))
    return tuple(links)


def _synthetic(folder: Path, places: Places) -> tuple[str, ...]:
    """Return which tables were made by seed."""
    made = [
        name for name in ("households", "zones", "loudspeakers", "key_sites") if not (folder / f"{name}.csv").exists()
    ]
    return tuple((["groups"] if places.synthetic.any() else []) + made)
