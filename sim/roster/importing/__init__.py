"""Duty rosters (值班表) as counties keep them, made into the tables of persons and shifts.

``book`` reads a workbook into cells, ``layout`` guesses what its columns mean, ``mapping`` lets a planner say it, ``read`` takes the
blocks (``rows`` lists, ``grid`` and ``people_grid`` days across, ``month_page`` calendars), ``tables`` gives them as the program reads
them. What is not used, or used with an interpretation, is noted by its address; what would have to be guessed is asked.
"""

from sim.roster.importing.book import Book, raw_bytes, read_book
from sim.roster.importing.cells import Sheet
from sim.roster.importing.layout import Block, Layout, guess_layout
from sim.roster.importing.mapping import Mapping, load_mapping, mapping_text
from sim.roster.importing.read import BlockRead, Reading, import_roster, read_rosters
from sim.roster.importing.result import Imported, Note, PersonRow, Question, ShiftRow
from sim.roster.importing.tables import duty_tables_of, tables_of

__all__ = [
    "Block",
    "BlockRead",
    "Book",
    "Imported",
    "Layout",
    "Mapping",
    "Note",
    "PersonRow",
    "Question",
    "Reading",
    "Sheet",
    "ShiftRow",
    "duty_tables_of",
    "guess_layout",
    "import_roster",
    "load_mapping",
    "mapping_text",
    "raw_bytes",
    "read_book",
    "read_rosters",
    "tables_of",
]
