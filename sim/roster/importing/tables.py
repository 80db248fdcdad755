"""The tables of persons and shifts as ``sim.roster.duty`` reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from sim.county.tables import Column, Table
from sim.roster.importing.result import Imported
from sim.roster.load import PERSON_COLUMNS, SHIFT_COLUMNS


def tables_of(imported: Imported) -> dict[str, pd.DataFrame]:
    """Return ``persons`` and ``shifts``, all text; who stands for good has neither beginning nor end."""
    persons = [(row.person, row.name, row.phone) for row in imported.persons]
    shifts = [(row.desk, row.post, row.person, _moment(row.begin), _moment(row.end)) for row in imported.shifts]
    return {
        "persons": pd.DataFrame(persons, columns=["person", "name", "phone"], dtype="str"),
        "shifts": pd.DataFrame(shifts, columns=[column.name for column in SHIFT_COLUMNS], dtype="str"),
    }


def duty_tables_of(imported: Imported) -> tuple[Table, Table]:
    """Return the tables of persons and shifts as ``read_duty_tables`` gives them; row ``i`` of the shifts is ``imported.shifts[i]``."""
    persons = [(row.person, row.name, row.phone) for row in imported.persons]
    shifts = [(row.desk, row.post, row.person, row.begin, row.end) for row in imported.shifts]
    return _table(PERSON_COLUMNS, persons), _table(SHIFT_COLUMNS, shifts)


def _table(columns: Sequence[Column], rows: Sequence[tuple[object, ...]]) -> Table:
    """Return a table whose rows have the first columns; of the others nothing is known."""
    names = [column.name for column in columns]
    whole = [[*row, *(column.default for column in columns[len(row) :])] for row in rows]
    cells = {name: [row[at] for row in whole] for at, name in enumerate(names)}
    at = {name: number for number, name in enumerate(names)}
    return Table(Path(), cells, list(range(1, len(rows) + 1)), names, at)


def _moment(when: datetime | None) -> str:
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}"
