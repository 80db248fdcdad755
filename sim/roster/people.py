"""People as planners write them: by the id of the table of persons, or by a name that only one of them has."""

from __future__ import annotations

from collections import defaultdict

from sim.county.tables import Table
from sim.errors import Fault, Text


class People:
    """The table of persons, to find somebody by id or by a name that only one has."""

    def __init__(self, persons: Table) -> None:
        self._ids = frozenset(persons["person"])
        self._named: dict[str, list[str]] = defaultdict(list)
        for who, name in zip(persons["person"], persons["name"], strict=True):
            self._named[name].append(who)

    def find(self, table: Table, row: int, column: str, faults: list[Fault]) -> str | None:
        """Return the id of who is written in a cell, or ``None`` with a fault."""
        written = table[column][row]
        if written in self._ids:
            return str(written)
        found = self._named.get(written, [])
        if len(found) == 1:
            return found[0]
        problem = Text("同名的不止一人", "more than one has this name")
        if not found:
            problem = Text("人员表中没有这个人", "nobody in the table of persons")
        remedy = Text(
            "写 persons.csv 中的编号，或只有一人的姓名", "write the id of persons.csv, or a name that only one has"
        )
        faults.append(table.fault(row, column, problem, remedy))
        return None
