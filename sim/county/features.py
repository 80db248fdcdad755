"""What else stands in a county: hazard zones, loudspeakers, key sites, and the cross-links of its call tree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import spatial, special

from sim import luck
from sim.county import synthesis
from sim.county.places import Households, Places
from sim.county.plan import CountyPlan, SynthesisPlan
from sim.county.tables import MOST, POSITION, Column, Table, choice, code, number, text
from sim.errors import Fault, Text

ZONE_COLUMNS = (Column("code", code), Column("kind", text), Column("place", code))
POINT_COLUMNS = (Column("code", code), Column("place", code), *POSITION[2:])
KEY_SITE_COLUMNS = (
    Column("code", code),
    Column("kind", text),
    Column("place", code),
    Column("persons", number(0, MOST, whole=True)),
    *POSITION[2:],
)
LINK_COLUMNS = (Column("caller", code), Column("callee", code), Column("act", choice(("add", "remove"))))


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


def given_zones(table: Table | None, places: Places, faults: list[Fault]) -> pd.DataFrame:
    """Return the zones of the table; none without one."""
    if table is None:
        return pd.DataFrame({"code": [], "kind": [], "place": []})
    return _frame(_known_places(table, places, faults))


def make_zones(made: SynthesisPlan, places: Places, homes: Households, seed: int) -> tuple[pd.DataFrame, Households]:
    """Put hazard points into rural groups (into any where all are urban); the westernmost houses of a group stand under its slope."""
    counts = np.bincount(homes.place, minlength=len(places))
    rural = (counts > 0) & ~places.urban
    candidates = np.flatnonzero(rural if rural.any() else counts > 0)
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


def loudspeakers(plan: CountyPlan, table: Table | None, places: Places, faults: list[Fault]) -> pd.DataFrame:
    """Return the terminals of the table; without one, one at each village centre and at a share of the groups."""
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


def near_loudspeakers(homes: Households, loudspeakers: pd.DataFrame) -> Households:
    """Return the households with the terminal nearest to each and the metres to it."""
    if loudspeakers.empty or len(homes) == 0:
        return homes
    tree = spatial.cKDTree(loudspeakers[["x_m", "y_m"]].to_numpy())
    distance, nearest = tree.query(np.column_stack([homes.x_m, homes.y_m]))
    return replace(homes, loudspeaker=np.asarray(nearest, dtype=np.int64), loudspeaker_m=np.asarray(distance))


def key_sites(plan: CountyPlan, table: Table | None, places: Places, faults: list[Fault]) -> pd.DataFrame:
    """Return the key sites of the table; without one, so many of each kind as the rules say, where people live."""
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


def links(table: Table | None, places: Places, faults: list[Fault]) -> tuple[tuple[str, str, bool], ...]:
    """Return the links that the table adds to the call tree or takes from it, as (caller, callee, add)."""
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
