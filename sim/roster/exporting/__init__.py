"""Rosters in the county's own form: a workbook to fill in, its own with findings marked or with a planned month; all as bytes."""

from sim.roster.exporting.copies import Copy, has_layout
from sim.roster.exporting.filling import Filling, filling_of
from sim.roster.exporting.fitting import Month, month_of
from sim.roster.exporting.marking import COLOURS, Legend, Mark, marked_copy
from sim.roster.exporting.pointing import Pointer
from sim.roster.exporting.refill import Refilled, refilled
from sim.roster.exporting.template import LANDLINE, REMARK, Form, Guide, Template, template_book, template_of

__all__ = [
    "COLOURS",
    "LANDLINE",
    "REMARK",
    "Copy",
    "Filling",
    "Form",
    "Guide",
    "Legend",
    "Mark",
    "Month",
    "Pointer",
    "Refilled",
    "Template",
    "filling_of",
    "has_layout",
    "marked_copy",
    "month_of",
    "refilled",
    "template_book",
    "template_of",
]
