"""The transfer list (避险转移清单): which households must move, with whom, where to. One row is one household's plan (一户一策).

Names, telephones and identity numbers that such a list holds are personal data that nothing here needs: their columns are not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim import luck
from sim.county import features
from sim.county.homes import count_households, visiting_order
from sim.county.places import Households, Ints, Places
from sim.county.tables import REMARKS, Column, Table, check_known, code, flag, number, read_table, text
from sim.county.workbook import read_workbook
from sim.errors import Fault, Text

_persons = number(1, 30, whole=True)
_NOBODY = {"无", "否", "-", "—", "/"}
COLUMNS = (
    Column("household", code, required=False, also=("户编号",)),
    Column("place", code, also=("村民小组编码",)),
    Column("persons", lambda cell: _persons(cell.removesuffix(".0")), also=("人数",)),
    Column("needs_help", flag, required=False, also=("需协助",)),
    Column("zone", code, required=False, default="", also=("隐患点编码",)),
    Column("shelter", code, required=False, default="", also=("安置点编码",)),
    Column(
        "helper",
        lambda cell: "" if cell in _NOBODY else cell,
        required=False,
        default="",
        also=("包保责任人", "帮扶人"),
    ),
    Column("vehicle", flag, required=False, default=False, also=("是否用车",)),
    Column("leave_on", text, required=False, default="", also=("启动条件",)),
)
_KEY = ("place", "household")
_IGNORED = (*REMARKS, "序号", "head", "户主", "身份证号", "身份证", "电话", "联系电话", "备注")
_MERGED = ("place", "zone", "shelter", "helper", "leave_on")


def read_transfer_list(folder: Path, faults: list[Fault]) -> Table | None:
    """Return the transfer list of a county folder, ``transfer_list.csv`` or ``transfer_list.xlsx``; ``None`` without one."""
    csv, book = folder / "transfer_list.csv", folder / "transfer_list.xlsx"
    if csv.exists() and book.exists():
        problem = Text("有两份清单：transfer_list.csv 和 transfer_list.xlsx", "there are two lists: a csv and an xlsx")
        remedy = Text("只留一份", "keep one of them")
        faults.append(Fault(str(book), 0, 0, "", "", problem, remedy))
    elif csv.exists():
        return read_table(csv, COLUMNS, faults, *_KEY, ignored=_IGNORED)
    elif book.exists():
        return read_workbook(book, COLUMNS, faults, *_KEY, ignored=_IGNORED, is_header=_is_header, merged=_MERGED)
    return None


def _is_header(cells: Collection[str]) -> bool:
    """Tell whether a row is the header: it has a column of persons, and one of places or households beside it."""
    heads = [heading for column in COLUMNS[:2] for heading in column.headings]
    persons = any(heading in cells for heading in COLUMNS[2].headings)
    return persons and any(heading in cells for heading in (*heads, "head", "户主"))


def check_transfer_list(tables: Mapping[str, Table | None], places: Places, faults: list[Fault]) -> None:
    """Add a fault for each place that is none of the lowest, and for each zone, shelter and household that no table knows."""
    check_known(tables, "transfer_list", "zone", "zones", Text("没有这个隐患点", "there is no such zone"), faults)
    check_known(
        tables, "transfer_list", "shelter", "shelters", Text("没有这个安置点", "there is no such shelter"), faults
    )
    table, households = tables["transfer_list"], tables["households"]
    if table is not None:
        count_households(table, places, faults)
    if table is None or households is None:
        return
    known = set(zip(households["place"], households["household"], strict=True))
    for row, pair in enumerate(zip(table["place"], table["household"], strict=True)):
        if pair not in known:
            problem = Text("households.csv 中该地没有这一户", "households.csv knows no such household in this place")
            remedy = Text("填写 households.csv 中该地的户编号", "use a household of this place in households.csv")
            faults.append(table.fault(row, "household", problem, remedy))


def no_transfer() -> pd.DataFrame:
    """Return ``County.transfer`` of a county without a list."""
    return _typed({name: [] for name in _TYPES})


_TYPES = {"row": np.int64, "shelter": np.int64, "helper": np.int64, "vehicle": bool, "leave_on": str}


def _typed(columns: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(dict(columns))[list(_TYPES)].astype(_TYPES).sort_values("row", ignore_index=True)


@dataclass(frozen=True)
class Ground:
    """What a transfer list is laid over: ``shelters`` codes by row, ``kind`` of a zone that the list adds.

    ``made`` tells whether the households were made by seed, so that the list knows them by their place alone.
    """

    places: Places
    shelters: Sequence[str]
    kind: str
    made: bool


def lay_over(
    table: Table, ground: Ground, homes: Households, zones: pd.DataFrame, faults: list[Fault]
) -> tuple[Households, pd.DataFrame, pd.DataFrame]:
    """Return households in visiting order, zones and ``County.transfer`` with the list laid over them.

    A row overrides the household that it names. Households made by seed have no names: in each place the rows take them in visiting
    order, those that were listed first, and whoever else was listed there is so no longer, nor threatened by that zone.
    ``homes`` stand in visiting order. Nothing hangs on the order of the rows: they are taken by what they say.
    """
    order = sorted(range(len(table)), key=lambda row: [str(column[row]) for column in table.columns.values()])
    take = _by_place if ground.made else _by_name
    taken = take(table, order, ground.places, homes, faults)
    if faults:
        return homes, zones, no_transfer()
    said = {name: [column[row] for row in order] for name, column in table.columns.items()}
    persons, needs_help, zone, listed = (
        homes.persons.copy(),
        homes.needs_help.copy(),
        homes.zone.copy(),
        homes.listed.copy(),
    )
    if ground.made:
        struck = np.isin(homes.place, homes.place[taken]) & homes.listed
        zone[struck], listed[struck] = -1, False
    zone[taken], zones = _zones(table, order, ground, homes.zone[taken], zones, faults)
    listed[taken] = True
    persons[taken] = said["persons"]
    needs_help[taken] = [
        own if told is None else told for own, told in zip(needs_help[taken], said["needs_help"], strict=True)
    ]
    ids = homes.id[taken].tolist()
    homes = visiting_order(
        replace(
            homes,
            persons=persons,
            elderly=np.minimum(homes.elderly, persons),
            needs_help=needs_help,
            zone=zone,
            listed=listed,
        )
    )
    row_of = {home: row for row, home in enumerate(homes.id.tolist())}
    shelter_of = {"": -1} | {shelter: row for row, shelter in enumerate(ground.shelters)}
    transfer: dict[str, Any] = {name: said[name] for name in ("vehicle", "leave_on")}
    number = {"": -1} | {who: n for n, who in enumerate(sorted(set(said["helper"]) - {""}))}  # who it is stays here
    transfer["helper"] = [number[who] for who in said["helper"]]
    transfer |= {"row": [row_of[home] for home in ids], "shelter": [shelter_of[one] for one in said["shelter"]]}
    return homes, zones, _typed(transfer)


def _by_name(table: Table, order: Sequence[int], places: Places, homes: Households, faults: list[Fault]) -> Ints:  # noqa: ARG001 - as _by_place
    """Return the household that each row names, shape (rows,), in the order of ``order``."""
    index = {home: i for i, home in enumerate(homes.id.tolist())}
    names = (f"{table['place'][row]}/{table['household'][row]}" for row in order)
    return np.array([index[home] for home in luck.entity_ids(names).tolist()], dtype=np.int64)


def _by_place(table: Table, order: Sequence[int], places: Places, homes: Households, faults: list[Fault]) -> Ints:
    """Return the household that each row takes, shape (rows,), in the order of ``order``: the next one of its place.

    A place with more rows than households is a fault, told once at the first row too many.
    """
    index = {place: i for i, place in enumerate(places.code)}
    counts = np.bincount(homes.place, minlength=len(places))
    first = np.cumsum(counts) - counts
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row in order:
        rows_of[index[table["place"][row]]].append(row)
    household: dict[int, int] = {}
    for place, rows in rows_of.items():
        if len(rows) > counts[place]:
            problem = Text(
                f"清单列了 {len(rows)} 户，该地合成的住户只有 {counts[place]} 户",
                f"the list names {len(rows)} households, of {counts[place]} made for this place",
            )
            remedy = Text(
                "核对村民小组编码，或在各层级的表中填写该地 households、residents",
                "check the place, or give its households and residents in the place tables",
            )
            faults.append(table.fault(sorted(rows)[counts[place]], "place", problem, remedy))
        household |= {row: int(first[place]) + n for n, row in enumerate(rows)}
    return np.array([household[row] for row in order], dtype=np.int64)


def _zones(
    table: Table, order: Sequence[int], ground: Ground, own: Ints, zones: pd.DataFrame, faults: list[Fault]
) -> tuple[list[int], pd.DataFrame]:
    """Return the zone of each row, in the order of ``order``, and the zones with those added that the list needs.

    The zone that the row names, else the ``own`` one that a table gives its household, else the only registered one of its place. Where
    households were made by seed, so are zones: a place without any gets one.
    """
    row_of = {zone: row for row, zone in enumerate(zones["code"])}
    registered: dict[str, list[int]] = defaultdict(list)
    for row in np.flatnonzero(zones["registered"]).tolist():
        registered[zones["place"][row]].append(row)
    added: dict[str, str] = {}
    result = []
    for row, home in zip(order, own.tolist(), strict=True):
        place, named = table["place"][row], table["zone"][row]
        known = registered[place]
        if named:
            result.append(row_of[named])
        elif home >= 0 and not ground.made:
            result.append(home)
        elif len(known) == 1:
            result.append(known[0])
        elif ground.made and not known:
            added[f"{place}Z"] = place
            result.append(row_of.setdefault(f"{place}Z", len(row_of)))
        else:
            result.append(-1)
            faults.append(_no_zone(table, row, len(known)))
    more = features.new_zones([*added], [*added.values()], ground.kind)
    return result, pd.concat([zones, more], ignore_index=True) if added else zones


def _no_zone(table: Table, row: int, known: int) -> Fault:
    problem = Text(
        f"不知道受哪个隐患点威胁：该地登记在册的有 {known} 处",
        f"of {known} registered zones of this place none is named",
    )
    remedy = Text(
        "在隐患点编码（zone）列写明；zones.csv 中没有的先补上",
        "name it in the column zone; first add it to zones.csv if missing",
    )
    return table.fault(row, "zone", problem, remedy)
