"""A section of the report of a study, ready to be set: on the page, in the document, in the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.content.grid import Grid
from sim.report.workbook.spreadsheet import SheetOfTables


@dataclass(frozen=True)
class Section:
    """What is said of one thing: sentences, notes, a figure, tables to read, and all its numbers as sheets of the workbook.

    ``key`` names the figure (see ``figures.FIGURES``), which there is if it has an ``alt``: what it shows, in words.
    """

    key: str
    heading: str
    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    alt: str = ""
    tables: tuple[Grid, ...] = ()
    sheets: tuple[SheetOfTables, ...] = ()
