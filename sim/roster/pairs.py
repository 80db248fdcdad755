"""Who stands together (搭班), as an experienced officer with a new one, and who never does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.county.tables import Column, Table, choice, read_table, text
from sim.errors import Fault, Text
from sim.roster.people import People

_RULES = {"together": "together", "apart": "apart", "同班": "together", "不同班": "apart"}
PAIR_COLUMNS = (
    Column("person", text, also=("姓名", "人员")),
    Column("with", text, also=("与", "搭班")),
    Column("rule", choice(_RULES), also=("要求",)),
)


@dataclass(frozen=True)
class Pairs:
    """Pairs of ids, the smaller first."""

    together: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()


def read_pairs(path: Path, persons: Table, faults: list[Fault]) -> Pairs:
    """Return the pairs of a table ``person,with,rule``; faults are appended to ``faults``."""
    table = read_table(path, PAIR_COLUMNS, faults)
    people, found = People(persons), dict[tuple[str, str], str]()
    for row in range(len(table) if table is not None else 0):
        assert table is not None  # noqa: S101 - there is no row without a table
        one, other = (people.find(table, row, column, faults) for column in ("person", "with"))
        if one is None or other is None:
            continue
        pair = min(one, other), max(one, other)
        if one == other or found.get(pair, table["rule"][row]) != table["rule"][row]:
            problem = Text("一个人不能与自己搭班", "nobody stands with themselves")
            if one != other:
                problem = Text("同一对人写了相反的要求", "of this pair the opposite is asked too")
            faults.append(table.fault(row, "with", problem, Text("改正或删去这一行", "correct or remove the row")))
        found[pair] = table["rule"][row]
    return Pairs(*(frozenset(pair for pair, rule in found.items() if rule == name) for name in ("together", "apart")))
