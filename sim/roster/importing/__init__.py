"""Duty rosters (值班表) as counties keep them, made into the tables of persons and shifts.

``book`` reads a workbook into cells, ``layout`` guesses what its columns mean, ``mapping`` lets a planner say it, ``read`` takes the
blocks (``rows`` lists, ``grid`` and ``people_grid`` days across, ``month_page`` calendars), ``tables`` gives them as the program reads
them. What is not used, or used with an interpretation, is noted by its address; what would have to be guessed is asked.
"""

from sim.roster.importing.book import Book, read_book
from sim.roster.importing.cells import Sheet
from sim.roster.importing.layout import Layout, guess_layout
from sim.roster.importing.mapping import Mapping, load_mapping, mapping_text
from sim.roster.importing.read import import_roster
from sim.roster.importing.result import Imported, Note, PersonRow, Question, ShiftRow
from sim.roster.importing.tables import tables_of

__all__ = [
    "Book",
    "Imported",
    "Layout",
    "Mapping",
    "Note",
    "PersonRow",
    "Question",
    "Sheet",
    "ShiftRow",
    "guess_layout",
    "import_roster",
    "load_mapping",
    "mapping_text",
    "read_book",
    "tables_of",
]
