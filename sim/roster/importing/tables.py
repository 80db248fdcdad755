"""The tables of persons and shifts as ``sim.roster.duty`` reads them."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from sim.roster.duty import SHIFT_COLUMNS
from sim.roster.importing.result import Imported


def tables_of(imported: Imported) -> dict[str, pd.DataFrame]:
    """Return ``persons`` and ``shifts``, all text; who stands for good has neither beginning nor end."""
    persons = [(row.person, row.name, row.phone) for row in imported.persons]
    shifts = [(row.desk, row.post, row.person, _moment(row.begin), _moment(row.end)) for row in imported.shifts]
    return {
        "persons": pd.DataFrame(persons, columns=["person", "name", "phone"], dtype="str"),
        "shifts": pd.DataFrame(shifts, columns=[column.name for column in SHIFT_COLUMNS], dtype="str"),
    }


def _moment(when: datetime | None) -> str:
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}"
