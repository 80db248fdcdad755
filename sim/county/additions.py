"""Equipment added to a county once it is loaded: what a planner thinks of buying, and where it would stand (设想).

Nothing else of the county moves: no place, no household, no terminal or site, and none of their luck. A thing has luck of its own by what it
is and where; one of a kind that stands there already adds nothing. Households keep the terminal they have and may hear an added one besides
(``sim.warning.sound``), so that one more terminal never takes a warning away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import luck
from sim.county.network_synthesis import set_ids
from sim.county.networks import ordered_sets
from sim.county.plan import SET_KINDS, AdditionPlan
from sim.errors import Text

if TYPE_CHECKING:
    from sim.county.places import County

Ints = NDArray[np.int64]
_TERMINALS = {"area_terminal": "area_terminals", "loudspeaker": "loudspeakers"}
"""The table of each kind of terminal."""
_CARRIED = ("gong", "whistle", "hand_siren", "megaphone")
AT_SITES = ("super_site", "battery")
"""What is added to base stations that stand already."""
_TWICE = (Text("同一处写了两次", "the place is named twice"), Text("删去一个", "remove one of them"))
_NOT_THERE = (
    Text("县里已各有一套，加了没有用", "the county has one of every kind, so it adds nothing"),
    Text("写县以下的地方", "name a place below the county"),
)
_TOO_HIGH = (
    Text("要写村或组：别的层级不知道放在哪里", "it goes to a lowest place, or to one right above these"),
    Text("写最低一级（组）或其上一级（村）的编码", "use a code of the lowest level, or of the level right above"),
)
_NO_VILLAGE = (
    Text("巡逻车属于最低一级的上一级（村）", "a patrol car belongs to a place right above the lowest"),
    Text("写村的编码", "use the code of a village"),
)
_NO_SITE = (
    Text("这里没有普通基站", "no base station stands there"),
    Text("写有普通基站的村", "name a village with a base station"),
)


@dataclass(frozen=True)
class _Ground:
    """Where things can stand: lowest places, those right above them, and of each lowest place who lives there.

    ``first`` the lowest places in the order in which they would be given something: most listed persons first, then most residents.
    """

    lowest: frozenset[int]
    above: frozenset[int]
    first: Ints


def equipped(county: County, plans: Mapping[str, AdditionPlan], seed: int) -> County:
    """Return the county with the additions, in their order; places that are not there, or where they cannot stand, are left out."""
    if not any(plan.at for plan in plans.values()):
        return county
    ground, result = _ground(county), replace(county, bare=county)
    for plan in plans.values():
        known = [county.index[code] for code in dict.fromkeys(plan.at) if code in county.index]
        where = [place for place in known if _wrong(plan, place, county, ground) is None]
        result = _added(result, ground, plan, where, seed)
    return result


def misplaced(plan: AdditionPlan, county: County) -> Iterator[tuple[int, Text, Text]]:
    """Yield the number of each known place of an addition where it cannot stand or would do nothing, the problem and the remedy."""
    ground = _ground(county)
    seen: set[str] = set()
    for n, code in enumerate(plan.at):
        if code not in county.index:
            continue
        wrong = _TWICE if code in seen else _wrong(plan, county.index[code], county, ground)
        seen.add(code)
        if wrong is not None:
            yield n, *wrong


def _wrong(plan: AdditionPlan, place: int, county: County, ground: _Ground) -> tuple[Text, Text] | None:
    if plan.what in SET_KINDS:
        return _NOT_THERE if place == 0 else None
    if plan.what in AT_SITES:
        return None if _sites(county, place, ("base", "super")).size else _NO_SITE
    if plan.what == "patrol_car":
        return None if place in ground.above else _NO_VILLAGE
    return None if place in ground.lowest | ground.above else _TOO_HIGH


def _ground(county: County) -> _Ground:
    places = county.places
    leaves = np.setdiff1d(np.arange(len(places)), places.parent)
    first = leaves[np.lexsort((leaves, -places.residents[leaves], -places.listed_persons[leaves]))]
    return _Ground(frozenset(leaves.tolist()), frozenset(places.parent[leaves].tolist()), first)


def _added(county: County, ground: _Ground, plan: AdditionPlan, where: list[int], seed: int) -> County:
    if plan.what in _TERMINALS:
        table = getattr(county, _TERMINALS[plan.what])
        return _with_terminals(county, plan, _standing(county, ground, where, {*table["place"]}))
    if plan.what in SET_KINDS:
        return _with_sets(county, plan, [county.places.code[place] for place in where], seed)
    if plan.what in AT_SITES:
        for place in where:
            county = _with_better_sites(county, plan.what, place)
        return county
    held = {*county.devices["place"][county.devices["device"] == plan.what]}
    places = _standing(county, ground, where, held) if plan.what in _CARRIED else where
    new = {county.places.code[place] for place in places} - held
    rows = sorted([*county.devices.itertuples(index=False, name=None), *((code, plan.what) for code in new)])
    return replace(county, devices=pd.DataFrame(rows, columns=["place", "device"]))


def _standing(county: County, ground: _Ground, where: list[int], held: Collection[str]) -> list[int]:
    """Return the lowest place that a thing is put in for each place: itself, or of those below it the first; where one is already, none."""
    taken, found = {county.index[code] for code in held}, []
    for place in where:
        below = ground.first[county.places.parent[ground.first] == place].tolist()
        free = [lowest for lowest in below or [place] if lowest not in taken]
        taken.update(free[:1])
        found += free[:1]
    return found


def _with_terminals(county: County, plan: AdditionPlan, stand: list[int]) -> County:
    if not stand:
        return county
    name, places = _TERMINALS[plan.what], county.places
    table = getattr(county, name)
    codes = [f"{places.code[place]}/{plan.what}" for place in stand]
    new = pd.DataFrame(
        {
            "code": codes,
            "place": [places.code[place] for place in stand],
            "x_m": places.x_m[stand],
            "y_m": places.y_m[stand],
            "kind": plan.kind,
            "entity": luck.entity_ids(codes),
            "added": True,
        }
    )[list(table.columns)]
    tables: Any = {name: pd.concat([table, new], ignore_index=True) if len(table) else new}
    return replace(county, **tables)


def _with_sets(county: County, plan: AdditionPlan, where: list[str], seed: int) -> County:
    networks = county.networks
    held = {*networks.sets["place"][networks.sets["device"] == plan.what]}
    new = [code for code in where if code not in held]
    trained = luck.uniform(seed, 0, "set/trained", set_ids(new, [plan.what] * len(new)))
    share = 1.0 if plan.trained is None else plan.trained
    rows = pd.DataFrame({"place": new, "device": plan.what, "count": 1, "trained": trained < share})
    columns: dict[str, Any] = {str(name): [*networks.sets[name], *rows[name]] for name in rows}
    return replace(county, networks=replace(networks, sets=ordered_sets(columns, networks.sets)))


def _with_better_sites(county: County, what: str, place: int) -> County:
    """Return the county with one base station of a place made a super site, unless it has one, or the batteries of hubs at all of them."""
    sites, here = county.networks.sites.copy(), _sites(county, place, ("base",))
    if what == "battery":
        sites.loc[here, "battery"] = "hub"
    elif here.size and not _sites(county, place, ("super",)).size:
        sites.loc[_serving_most(county, place, here), ["kind", "battery", "second"]] = ["super", "super", "satellite"]
    return replace(county, networks=replace(county.networks, sites=sites))


def _sites(county: County, place: int, kinds: tuple[str, ...]) -> Ints:
    """Return the rows of the sites of some kinds that stand in a place or below it."""
    sites = county.networks.sites
    inside = county.below(np.array([place]))
    stands = np.array([inside[county.index[code]] for code in sites["place"]], dtype=bool)
    return np.flatnonzero(stands & sites["kind"].isin(kinds).to_numpy())


def _serving_most(county: County, place: int, rows: Ints) -> int:
    """Return which of some sites serves most listed persons of a place, then most residents, then the first by code."""
    inside = county.below(np.array([place]))
    leaves = np.setdiff1d(np.flatnonzero(inside), county.places.parent)
    served = np.array([np.any(county.networks.serving[leaves] == row, axis=1) for row in rows])
    persons, residents = served @ county.places.listed_persons[leaves], served @ county.places.residents[leaves]
    return int(rows[np.lexsort((rows, -residents, -persons))[0]])
