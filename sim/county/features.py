"""What else stands in a county: hazard zones, loudspeakers, area terminals, sound devices, key sites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import spatial, special

from sim import luck
from sim.county import synthesis
from sim.county.homes import on_list
from sim.county.places import Floats, Households, Ints, Places
from sim.county.plan import CountyPlan, SynthesisPlan
from sim.county.tables import MOST, POSITION, Column, Table, choice, code, flag, number, text
from sim.errors import Fault, Text

_CARRIERS = {
    "ip": "ip",
    "fm": "fm",
    "satellite": "satellite",
    "IP/4G": "ip",
    "调频/DTMB": "fm",
    "调频": "fm",
    "卫星": "satellite",
}
_DEVICES = {
    "gong": "gong",
    "whistle": "whistle",
    "hand_siren": "hand_siren",
    "megaphone": "megaphone",
    "patrol_car": "patrol_car",
    "锣": "gong",
    "哨": "whistle",
    "手摇报警器": "hand_siren",
    "手提喇叭": "megaphone",
    "巡逻车": "patrol_car",
}
ZONE_COLUMNS = (
    Column("code", code),
    Column("kind", text),
    Column("place", code),
    Column("registered", flag, required=False, default=True),
    Column("hazard_code", text, required=False, default=""),
    Column("risk_code", text, required=False, default=""),
)
AREA_TERMINAL_COLUMNS = (Column("code", code), Column("place", code), *POSITION[2:])
LOUDSPEAKER_COLUMNS = (
    *AREA_TERMINAL_COLUMNS,
    Column("kind", choice(_CARRIERS), required=False, default="ip"),
)
DEVICE_COLUMNS = (Column("place", code), Column("device", choice(_DEVICES)))
KEY_SITE_COLUMNS = (
    Column("code", code),
    Column("kind", text),
    Column("place", code),
    Column("persons", number(0, MOST, whole=True)),
    Column("staff", number(0, MOST, whole=True), required=False, default=1),
    Column("duty_phone", text, required=False, default=""),
    Column("zone", code, required=False, default=""),
    *POSITION[2:],
)
AREA_TERMINAL_REACH_M = 3_000.0
"""Beyond it a household has no area terminal: at 3 km the loudest horn (122 dB at 1 m) is down to 37 dB, and nobody hears it."""

_NOWHERE: Ints = np.zeros(0, dtype=np.int64)


def _frame(table: Table) -> pd.DataFrame:
    return pd.DataFrame(table.columns).sort_values("code", kind="stable", ignore_index=True)


def given_zones(table: Table | None) -> pd.DataFrame:
    """Return the zones of the table; none without one."""
    return new_zones((), (), "") if table is None else _frame(table)


def new_zones(codes: Sequence[str], places: Sequence[str], kind: str, *, registered: bool = True) -> pd.DataFrame:
    """Return zones of one kind that no table gives, in the order of their codes as they are here."""
    columns = {"code": codes, "kind": kind, "place": places, "registered": registered}
    frame = pd.DataFrame(columns | {"hazard_code": "", "risk_code": ""}, index=range(len(codes)))
    return frame.astype(dict.fromkeys(frame, str) | {"registered": bool})


def make_zones(made: SynthesisPlan, places: Places, homes: Households, seed: int) -> tuple[pd.DataFrame, Households]:
    """Put hazard points into rural groups (into any where all are urban); the westernmost houses of a group stand under its slope.

    The unregistered ones stand behind the registered ones, whose rows they leave as they are.
    """
    counts = np.bincount(homes.place, minlength=len(places))
    rural = (counts > 0) & ~places.urban
    candidates = np.flatnonzero(rural if rural.any() else counts > 0)
    known, unknown = synthesis.zone_places(made.zones, candidates, places.entity, counts.astype(np.float64), seed)
    mean_size = float(homes.persons.sum() / max(len(homes), 1))
    room = np.zeros(len(places), dtype=np.int64)
    for where, points in ((known, made.zones.points), (unknown, made.zones.unregistered)):
        room[where] = synthesis.zone_households(
            made.zones, points, counts[where], places.entity[where], mean_size, seed
        )
    zone_of_place = np.full(len(places), -1, dtype=np.int64)
    zone_of_place[np.r_[known, unknown]] = np.arange(len(known) + len(unknown))
    order = np.lexsort((homes.id, homes.x_m, homes.place))
    rank = np.empty(len(order), dtype=np.int64)
    first = np.cumsum(counts) - counts
    rank[order] = np.arange(len(order)) - first[homes.place[order]]
    zone = np.where(rank < room[homes.place], zone_of_place[homes.place], -1)
    frames = []
    for where, letter in ((known, "Z"), (unknown, "U")):
        codes = [places.code[p] for p in where]
        frames.append(
            new_zones([f"{place}{letter}" for place in codes], codes, made.zones.kind, registered=letter == "Z")
        )
    zones = pd.concat(frames, ignore_index=True)
    return zones, replace(homes, zone=zone, listed=on_list(zone, zones))


def loudspeakers(plan: CountyPlan, table: Table | None, places: Places) -> pd.DataFrame:
    """Return the loudspeakers of the table; without one, one at each village centre and at a share of the groups."""
    if table is not None:
        return given_points(table, places)
    made = plan.synthesis
    if made is None:
        return _at_centres(_NOWHERE, "L", places).assign(kind=[])
    draw = luck.uniform(plan.seed, 0, "loudspeaker/group", places.entity)
    leaf = len(plan.levels) - 1
    group = (places.level == leaf) & (draw < made.loudspeakers.group_share)
    frame = _at_centres(np.flatnonzero((places.level == leaf - 1) | group), "L", places)
    shares = made.loudspeakers.kinds
    u = luck.uniform(plan.seed, 0, "loudspeaker/kind", frame["entity"].to_numpy())
    kinds = ("ip", "fm", "satellite")
    return frame.assign(kind=[kinds[i] for i in synthesis.pick((shares.ip, shares.fm, shares.satellite), u)])


def area_terminals(plan: CountyPlan, table: Table | None, places: Places, homes: Households) -> pd.DataFrame:
    """Return the area terminals of the table; without one, at the centres of the places where most persons are listed."""
    if table is not None:
        return given_points(table, places)
    listed = np.bincount(homes.place, weights=homes.persons * homes.listed, minlength=len(places))
    count = plan.synthesis.area_terminals.count if plan.synthesis else 0
    most = np.argsort(-listed, kind="stable")[:count]  # places stand in the order of their codes, and so do ties
    return _at_centres(np.sort(most[listed[most] > 0]), "A", places)


def given_points(table: Table, places: Places) -> pd.DataFrame:
    """Return the points of a table, unknown positions put at the centre of their place."""
    frame = _frame(table)
    index = {place: i for i, place in enumerate(places.code)}
    where = np.array([index.get(place, 0) for place in frame["place"]], dtype=np.int64)
    x, y = frame["x_m"].astype(float), frame["y_m"].astype(float)
    return frame.assign(
        x_m=x.fillna(pd.Series(places.x_m[where])),
        y_m=y.fillna(pd.Series(places.y_m[where])),
        entity=luck.entity_ids(frame["code"]),
    )


def _at_centres(where: Ints, letter: str, places: Places) -> pd.DataFrame:
    """Return one point at the centre of each place, its code that of the place with a letter behind."""
    codes = [f"{places.code[p]}{letter}" for p in where]
    return pd.DataFrame(
        {
            "code": codes,
            "place": [places.code[p] for p in where],
            "x_m": places.x_m[where],
            "y_m": places.y_m[where],
            "entity": luck.entity_ids(codes),
        }
    )


def nearest(homes: Households, points: pd.DataFrame, reach_m: float) -> tuple[Ints, Floats]:
    """Return for each household the index of the nearest point and the metres to it; −1 and ∞ where none lies within reach."""
    if points.empty:
        return np.full(len(homes), -1, dtype=np.int64), np.full(len(homes), np.inf)
    tree = spatial.cKDTree(points[["x_m", "y_m"]].to_numpy())
    metres, index = tree.query(np.column_stack([homes.x_m, homes.y_m]), distance_upper_bound=reach_m)
    return np.where(np.isfinite(metres), index, -1), np.asarray(metres)


def devices(plan: CountyPlan, table: Table | None, places: Places) -> pd.DataFrame:
    """Return the sound devices of the table; without one, at most one in each lowest place, and cars on the level above it."""
    if table is not None:
        held = list(zip(table["place"], table["device"], strict=True))
    elif plan.synthesis is None:
        held = []
    else:
        shares, leaf = plan.synthesis.devices, len(plan.levels) - 1
        hand = {name: getattr(shares, name) for name in ("gong", "whistle", "hand_siren", "megaphone")}
        lowest, above = np.flatnonzero(places.level == leaf), np.flatnonzero(places.level == leaf - 1)
        u = luck.uniform(plan.seed, 0, "device/hand", places.entity[lowest])
        which = synthesis.pick([*hand.values(), 1 - sum(hand.values())], u)
        names = [*hand, ""]  # the rest have none
        has_car = luck.uniform(plan.seed, 0, "device/patrol_car", places.entity[above]) < shares.patrol_car
        held = [(places.code[p], names[i]) for p, i in zip(lowest, which, strict=True) if names[i]]
        held += [(places.code[p], "patrol_car") for p in above[has_car]]
    return pd.DataFrame(sorted(held), columns=["place", "device"])


def misplaced_devices(table: Table, places: Places) -> Iterator[Fault]:
    """Yield a fault for each device where nobody can use it: people carry gongs past the houses of a lowest place, a car serves a village."""
    leaves = np.setdiff1d(np.arange(len(places)), places.parent)
    lowest, above = ({places.code[place] for place in some} for some in (leaves, places.parent[leaves]))
    known = set(places.code)
    for row, (place, device) in enumerate(zip(table["place"], table["device"], strict=True)):
        if place in known and place not in (above if device == "patrol_car" else lowest):
            problem = Text("器具不在能用它的层级", "nobody at this level can use the device")
            remedy = Text(
                "巡逻车写在最低一级的上一级（村），其余写在最低一级（组）",
                "a patrol car belongs to a place right above the lowest, other devices to a lowest place",
            )
            yield table.fault(row, "device", problem, remedy)


def key_sites(plan: CountyPlan, table: Table | None, places: Places, zones: pd.DataFrame) -> pd.DataFrame:
    """Return the key sites of the table; without one, so many of each kind as the rules say, where people live."""
    if table is not None:
        frame = given_points(table, places)
        row = {zone: i for i, zone in enumerate(zones["code"])}
        frame["zone"] = [row.get(zone, -1) for zone in frame["zone"]]
        return frame.astype({"persons": np.int64, "staff": np.int64, "zone": np.int64})
    nobody = np.zeros(0, dtype=np.int64)
    none = _at_centres(_NOWHERE, "", places).assign(kind=[], persons=nobody, staff=nobody, duty_phone=[], zone=nobody)
    zone_of = {place: row for row, place in enumerate(zones["place"])}
    frames = []
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
        persons = np.rint(site.persons_median * np.exp(0.5 * normal)).astype(np.int64)
        exposed = luck.uniform(plan.seed, 0, "key_site/exposed", ids) < site.exposed
        zone = np.where(exposed, [zone_of.get(places.code[p], -1) for p in where], -1)
        frames.append(
            _at_centres(where, "", places).assign(
                code=[f"{plan.code}-{site.kind}-{n + 1:03d}" for n in range(count)],
                kind=site.kind,
                persons=persons,
                staff=np.maximum(np.rint(persons / site.staff_each), 1).astype(np.int64),
                duty_phone="",  # a made-up number might be somebody's
                zone=zone,
            )
        )
    frame = pd.concat(frames, ignore_index=True) if frames else none
    return frame.assign(entity=luck.entity_ids(frame["code"]))
