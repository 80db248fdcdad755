"""The sheets of actual times, in whatever file they come: the workbook, what the console saved, or its table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from sim.errors import Fault, InputError, Text
from sim.exercise.actual_columns import SHEETS, ActualSheet
from sim.roster.importing.book import raw_bytes, read_book
from sim.roster.importing.cells import Sheet, Value, clean

OF_CONSOLE = ("given", "declined")
"""What the console knows of an inject besides: when it was given, and whether it was left out."""


def sheets_of(path: Path) -> dict[str, Sheet]:
    """Return the sheets of a file by name: those of a workbook, of what the console saved, or of its table, where they stand one below the other."""
    if path.suffix.lower() == ".json":
        return _of_json(path)
    book = read_book(path)
    if len(book.sheets) == 1 and not book.sheets[0].name:
        return _of_csv(book.sheets[0])
    return {clean(sheet.name): sheet for sheet in book.sheets}


def _of_json(path: Path) -> dict[str, Sheet]:
    try:
        held = json.loads(raw_bytes(path).decode("utf-8-sig"))
        return {own.key: _as_sheet(own, [dict(row) for row in held[own.key]]) for own in SHEETS}
    except InputError:
        raise
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        problem = Text("不是导调台存的文件", "this is no file of the console")
        raise InputError(
            [Fault(str(path), 0, 0, "", "", problem, Text("在导调台重新保存", "save it again"))]
        ) from error


def _as_sheet(own: ActualSheet, rows: Sequence[Mapping[str, Any]]) -> Sheet:
    """Return rows by key as a sheet, the keys in its first row."""
    keys = [*(column.key for column in own.columns), *OF_CONSOLE]
    cells: dict[tuple[int, int], Value] = {(1, n): key for n, key in enumerate(keys, start=1)}
    for r, row in enumerate(rows, start=2):
        for c, key in enumerate(keys, start=1):
            if (value := row.get(key)) not in (None, "", False):
                cells[r, c] = str(value)
    return Sheet(own.key, cells, typed=False)


def _of_csv(sheet: Sheet) -> dict[str, Sheet]:
    """Return the sheets that stand one below the other, each under its name; they keep the rows that they have in the file."""
    named = {clean(name): own.key for own in SHEETS for name in (own.key, *own.name)}
    rows = [
        row
        for row in sheet.rows
        if sheet.text(row, sheet.columns[0]) in named and not sheet.text(row, sheet.columns[0] + 1)
    ]
    found: dict[str, Sheet] = {}
    for first, last in pairwise([*rows, sheet.rows[-1] + 1]):
        cells = {place: value for place, value in sheet.cells.items() if first < place[0] < last}
        found[named[sheet.text(first, sheet.columns[0])]] = Sheet("", cells, typed=False)
    return found
