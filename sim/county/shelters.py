"""Where people are taken and what helps them there: shelters (安置点), and centres where rescue teams and stocks stand ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from sim import luck
from sim.county.networks import ordered
from sim.county.places import Ints, Places
from sim.county.plan import CentrePlan, CountyPlan, ShelterPlan
from sim.county.tables import MOST, POSITION, Column, Table, choice, code, number, text
from sim.county.tree import metres
from sim.errors import Fault, Text

_KINDS = {
    "emergency": "emergency",
    "short": "short",
    "long": "long",
    "紧急": "emergency",
    "短期": "short",
    "长期": "long",
}
_LETTERS = {"emergency": "E", "short": "H", "long": "L"}
"""The S of a synthetic code stands for shelter; H is short, of which S is taken."""
SHELTER_COLUMNS = (
    Column("code", code),
    Column("name", text, required=False, default=""),
    Column("place", code),
    Column("kind", choice(_KINDS)),
    Column("capacity", number(1, MOST, whole=True)),
    *POSITION,
)
CENTRE_COLUMNS = (
    Column("code", code),
    Column("place", code),
    Column("teams", number(0, MOST, whole=True)),
    Column("stock_persons", number(0, MOST, whole=True)),
)


def shelters(
    plan: CountyPlan, table: Table | None, places: Places, origin: tuple[float, float], faults: list[Fault]
) -> pd.DataFrame:
    """Return the shelters of the table, unknown positions put at the centre of their place; without one those of the rules.

    Parameters
    ----------
    places
        with their positions
    origin
        latitude and longitude of the county's reference point, radians; NaN if no place has any
    """
    columns: Mapping[str, Any]
    if table is not None:
        columns = _positioned(table, places, origin, faults)
    else:
        rules = plan.synthesis.shelters if plan.synthesis else ()
        columns = _made_shelters(rules, [level.id for level in plan.levels], places, plan.seed)
    text, count, metre, ids = (pd.Series(dtype=kind) for kind in (str, np.int64, float, np.uint64))
    like = dict.fromkeys(("code", "name", "place", "kind"), text)
    like |= {"capacity": count, "x_m": metre, "y_m": metre, "entity": ids}
    return ordered(columns, pd.DataFrame(like))


def _positioned(
    table: Table, places: Places, origin: tuple[float, float], faults: list[Fault]
) -> Mapping[str, Sequence[Any]]:
    """Return the columns of the table with metres in x_m and y_m."""
    if np.isnan(origin[0]):
        problem = Text("各地都没有经纬度，无法换算成相对位置", "no place has a latitude: it has no distance to any")
        remedy = Text("改填 x_m、y_m，或在各层级的表中填写经纬度", "give x_m and y_m, or latitudes in the place tables")
        stated = (row for row, lat in enumerate(table["lat"]) if lat is not None and table["x_m"][row] is None)
        faults.extend(table.fault(row, "lat", problem, remedy) for row in stated)
    index = {place: i for i, place in enumerate(places.code)}
    where = [index.get(place, 0) for place in table["place"]]  # an unknown place is a fault already
    x, y = metres(table.columns, origin)
    at: Mapping[str, Any] = {
        "x_m": np.where(np.isnan(x), places.x_m[where], x),
        "y_m": np.where(np.isnan(y), places.y_m[where], y),
    }
    return {**table.columns, **at}


def _made_shelters(
    rules: Sequence[ShelterPlan], levels: Sequence[str], places: Places, seed: int
) -> Mapping[str, Sequence[Any]]:
    """Return the columns of the shelters by seed: a share of the places of a level have one, its capacity log-normal by their luck."""
    columns: dict[str, list[Any]] = {name: [] for name in ("code", "name", "place", "kind", "capacity", "x_m", "y_m")}
    for rule in rules:
        draw = luck.uniform(seed, 0, f"shelter/{rule.kind}", places.entity)
        where = np.flatnonzero((places.level == levels.index(rule.level)) & (draw < rule.share))
        normal = special.ndtri(luck.uniform(seed, 0, f"shelter/{rule.kind}/capacity", places.entity[where]))
        capacity = np.rint(rule.persons_median * np.exp(rule.sigma * normal)).clip(1, MOST).astype(np.int64)
        codes = [places.code[p] for p in where]
        columns["code"] += [f"{place}S{_LETTERS[rule.kind]}" for place in codes]
        columns["name"] += [""] * len(where)
        columns["place"] += codes
        columns["kind"] += [rule.kind] * len(where)
        columns["capacity"] += capacity.tolist()
        columns["x_m"] += places.x_m[where].tolist()
        columns["y_m"] += places.y_m[where].tolist()
    return columns


def centres(plan: CountyPlan, table: Table | None, places: Places) -> pd.DataFrame:
    """Return the centres of the table; without one those of the rules; ``places`` with their listed persons."""
    columns: Mapping[str, Any] = {"code": [], "place": [], "teams": [], "stock_persons": []}
    if table is not None:
        columns = table.columns
    elif plan.synthesis is not None and plan.synthesis.centres is not None:
        rules = plan.synthesis.centres
        level = [level.id for level in plan.levels].index(rules.level)
        columns = _made_centres(rules, np.flatnonzero(places.level == level), places)
    return ordered(columns, no_centres())


def no_centres() -> pd.DataFrame:
    """Return ``County.centres`` without any."""
    text, count, ids = (pd.Series(dtype=kind) for kind in (str, np.int64, np.uint64))
    return pd.DataFrame({"code": text, "place": text, "teams": count, "stock_persons": count, "entity": ids})


def _made_centres(rules: CentrePlan, where: Ints, places: Places) -> Mapping[str, Sequence[Any]]:
    """Return the columns of a stock in each of the places ``where`` and at the top; teams stand where most persons are listed, and there."""
    forward = where[np.argsort(-places.listed_persons[where], kind="stable")[: rules.forward]]
    teams = np.where(np.isin(where, forward), rules.teams_each, 0)
    stock = np.where(np.isin(where, forward), rules.forward_stock_persons, rules.stock_persons)
    codes = [places.code[p] for p in (0, *where)]
    return {
        "code": [f"{place}C" for place in codes],
        "place": codes,
        "teams": [rules.county_teams, *teams],
        "stock_persons": [rules.county_stock_persons, *stock],
    }
