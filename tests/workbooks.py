"""A small county with Chinese names, a plan of posts, and workbooks as counties send them, for the import of rosters."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
from ruamel.yaml import YAML

from sim.county import County
from sim.roster import RosterPlan
from sim.roster.importing import Imported, import_roster, tables_of
from sim.roster.importing import Mapping as Layouts
from sim.scenario import Scenario
from sim.study.store import write_csv
from tests.strategies import small

ROOT = Path(__file__).resolve().parents[1]

TOWNSHIPS = {"500235101": "江口镇", "500235102": "南溪镇", "500235103": "黄石街道"}
VILLAGES = {
    "500235101001": ("中和村", "500235101"),
    "500235101002": ("新里社区", "500235101"),
    "500235102001": ("中和村", "500235102"),
    "500235102002": ("天河村", "500235102"),
}


@cache
def county() -> County:
    """Return 云阳县 with three townships and four villages, two of them namesakes."""
    return scenario().county


@cache
def scenario() -> Scenario:
    """Return a scenario of this county."""
    night = small(1, 1, 1)
    night.county |= {"name": "云阳县", "code": "500235"}
    night.tables["townships.csv"] = [
        {"code": code, "name": name, "parent": "500235", "x_m": 0, "y_m": 0} for code, name in TOWNSHIPS.items()
    ]
    night.tables["villages.csv"] = [
        {"code": code, "name": name, "parent": parent, "x_m": 0, "y_m": 0} for code, (name, parent) in VILLAGES.items()
    ]
    night.tables["households.csv"][0]["place"] = "500235101001"
    with tempfile.TemporaryDirectory() as folder:
        return night.load(Path(folder))


@cache
def plan() -> RosterPlan:
    """Return the carried plan of posts and ladders; its duty changes hands at 08:30."""
    text = (ROOT / "configs" / "roster" / "defaults.yaml").read_text(encoding="utf-8")
    return RosterPlan.model_validate(YAML(typ="safe", pure=True).load(text)["roster"])


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment of Beijing time, which has no zone here."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - Beijing time throughout


def write_xlsx(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """Write rows of cells; a merged range takes the value of its first cell. Dates are written as date cells."""
    with xlsxwriter.Workbook(path) as book:
        dates = book.add_format({"num_format": 'm"月"d"日"'})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(r, c, cell, dates)
                    elif isinstance(cell, str):
                        sheet.write_string(r, c, cell)
                    elif cell is not None:
                        sheet.write(r, c, cell)
            for area in (merged or {}).get(name, ()):
                first = area.partition(":")[0]
                top, left = _at(first)
                value = rows[top][left]
                sheet.merge_range(area, value, dates if isinstance(value, datetime) else None)
    return path


def _at(cell: str) -> tuple[int, int]:
    from xlsxwriter.utility import xl_cell_to_rowcol  # noqa: PLC0415

    row, column = xl_cell_to_rowcol(cell)
    return row, column


def write_tables(imported: Imported, folder: Path) -> None:
    """Write the tables of persons and shifts as a result folder does."""
    folder.mkdir(exist_ok=True)
    for name, table in tables_of(imported).items():
        write_csv(table, folder / f"{name}.csv")


def imported(*paths: Path, year: int | None = 2025, mapping: Layouts | None = None) -> Imported:
    """Import files for the small county."""
    return import_roster(paths, county(), plan(), year=year, mapping=mapping)


def people(result: Imported) -> list[tuple[str, str]]:
    """Return names and phones, sorted."""
    return sorted((person.name, person.phone) for person in result.persons)


def duty(result: Imported) -> list[tuple[str, str, str, str, str]]:
    """Return the shifts with names and short moments, as they are ordered."""
    names = {person.person: person.name for person in result.persons}
    return [(s.desk, s.post, names[s.person], _short(s.begin), _short(s.end)) for s in result.shifts]


def _short(when: datetime | None) -> str:
    return "" if when is None else f"{when:%m-%d %H:%M}"


def day_shift(desk: str, post: str, name: str, first: str, last: str) -> tuple[str, str, str, str, str]:
    """Return a shift from 08:30 of one day to 08:30 of another."""
    return desk, post, name, f"{first} 08:30", f"{last} 08:30"


def notes(result: Imported) -> list[tuple[str, str]]:
    """Return the notes as cell and what was made of it."""
    return [(note.address.rpartition("!")[2], note.made.zh) for note in result.notes]


def asked(result: Imported) -> list[tuple[int, str]]:
    """Return the questions with their rows."""
    return [(question.rows, question.text.zh) for question in result.questions]
