"""The places of a county, level by level: read from the tables, completed by seed, placed and labelled."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special

from sim import luck
from sim.county import synthesis
from sim.county.places import Floats, Places
from sim.county.plan import CountyPlan, SynthesisPlan
from sim.county.tables import MOST, POSITION, Column, code, flag, number, read_table, text
from sim.errors import Fault, Text

_EARTH_RADIUS_M = 6_371_008.8
_URBAN = ("街道", "居民委员会", "社区")
PLACE_COLUMNS = (
    Column("code", code),
    Column("name", text),
    Column("parent", code),
    Column("type", text, required=False, default=""),
    Column("urban", flag, required=False),
    Column("residents", number(0, MOST, whole=True), required=False),
    Column("households", number(0, MOST, whole=True), required=False),
    *POSITION,
)


@dataclass
class PlaceRows:
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


def read_places(plan: CountyPlan, folder: Path, faults: list[Fault]) -> PlaceRows:
    """Return the rows of every level that has a table, parents before children, ordered by code within a level."""
    rows = PlaceRows()
    rows.add(code=plan.code, name=plan.name, level=0, parent=-1, urban=False, synthetic=False, residents=plan.residents)
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
            index[place] = len(rows.code)
            rows.add(
                code=place,
                name=table["name"][row],
                level=level,
                parent=index[parent],
                urban=urban,
                synthetic=False,
                **values,
            )
    if not faults:
        faults.extend(_unspreadable(plan, rows))
    return rows


def _unspreadable(plan: CountyPlan, rows: PlaceRows) -> Iterator[Fault]:
    """Yield a fault for each place whose residents cannot be spread over children of unknown size."""
    known, parent = np.array(rows.residents, dtype=np.float64), np.array(rows.parent)
    if plan.synthesis is None:
        return
    for above in np.unique(parent[np.isnan(known)]):
        children = np.flatnonzero(parent == above)
        level = plan.levels[rows.level[children[0]]]
        file, name = str(Path(plan.folder) / "county.yaml"), rows.name[above]
        if level.id not in plan.synthesis.spread:
            problem = Text(
                f"没有“{level.name}”的人口分布规则", f"there is no rule to spread residents over '{level.id}'"
            )
            remedy = Text(
                f"在 synthesis.spread 中补上 {level.id}，或在表中填齐人口",
                f"add {level.id} to synthesis.spread, or fill in residents",
            )
            yield Fault(file, 0, 0, "synthesis.spread", "", problem, remedy)
        if np.nansum(known[children]) > known[above]:
            total, most = int(np.nansum(known[children])), int(known[above])
            problem = Text(
                f"{name} 各下级已知人口之和 {total} 超过其人口 {most}",
                f"below {name} {total} residents are known, of {most} in all",
            )
            remedy = Text("核对人口；人口都已知时填齐各行", "check the residents; if all are known fill in every row")
            yield Fault(str(Path(plan.folder) / str(level.table)), 0, 0, "residents", "", problem, remedy)


def build_places(plan: CountyPlan, rows: PlaceRows) -> Places:
    """Return the places with residents, positions, groups and labels; households are counted later."""
    level = np.array(rows.level, dtype=np.int64)
    parent = np.array(rows.parent, dtype=np.int64)
    entity = luck.entity_ids(rows.code)
    urban = np.array(rows.urban, dtype=bool)
    residents = np.array(rows.residents, dtype=np.float64)
    x, y = metres(vars(rows), reference(rows))
    known = Places(
        code=tuple(rows.code),
        name=tuple(rows.name),
        label=(),
        level=level,
        parent=parent,
        urban=urban,
        synthetic=np.zeros(len(level), dtype=bool),
        placed=np.isnan(x) | np.isnan(y),
        x_m=x,
        y_m=y,
        residents=np.zeros(len(level), dtype=np.int64),
        households=np.nan_to_num(np.array(rows.households, dtype=np.float64), nan=-1).astype(np.int64),
        listed_persons=np.zeros(len(level), dtype=np.int64),
        entity=entity,
    )
    known = _fill_down(plan, known, residents)
    if plan.levels[-1].table is None and plan.synthesis is not None:
        known = _add_groups(plan, plan.synthesis, known)
    return replace(known, label=_labels(plan, known))


def reference(rows: PlaceRows) -> tuple[float, float]:
    """Return the county's reference point, the mean known coordinate: latitude and longitude in radians, NaN if none is known."""
    lat, lon = np.radians(np.array(rows.lat, dtype=np.float64)), np.radians(np.array(rows.lon, dtype=np.float64))
    if np.isnan(lat).all():
        return math.nan, math.nan
    return float(np.nanmean(lat)), float(np.nanmean(lon))


def metres(columns: Mapping[str, Sequence[Any]], origin: tuple[float, float]) -> tuple[Floats, Floats]:
    """Return metres east and north of ``origin``, shape (rows,): of x_m and y_m or else of lat and lon; NaN where neither is known.

    Equirectangular: a county is small. ``origin`` is latitude and longitude in radians.
    """
    lat, lon, x, y = (np.array(columns[name], dtype=np.float64) for name in ("lat", "lon", "x_m", "y_m"))
    lat0, lon0 = origin
    east, north = (np.radians(lon) - lon0) * np.cos(lat0) * _EARTH_RADIUS_M, (np.radians(lat) - lat0) * _EARTH_RADIUS_M
    return np.where(np.isnan(x), east, x), np.where(np.isnan(y), north, y)


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
    new_code = [f"{places.code[p]}-{n:02d}" for p, n in zip(parent, number_in, strict=True)]
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

    Numbers are dealt by the county's seed, not by the official list, so that 村07 is not the seventh village of the list.
    """
    labels = list(places.name)
    order = luck.uniform(plan.seed, 0, "place/label", places.entity)
    siblings: dict[int, list[int]] = {}
    for i in np.argsort(order, kind="stable").tolist():
        siblings.setdefault(int(places.parent[i]), []).append(i)
    for i in range(len(places)):
        for n, child in enumerate(siblings.get(i, ()), start=1):
            level = plan.levels[places.level[child]]
            if level.coded:
                labels[child] = f"{labels[i]}·{level.short}{n:02d}"
    return tuple(labels)
