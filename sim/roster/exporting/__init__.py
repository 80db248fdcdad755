"""Rosters in the county's own form: a workbook to fill in, its own workbook with findings marked. Everything is returned as bytes."""

from sim.roster.exporting.copies import Copy
from sim.roster.exporting.filling import Filling, filling_of
from sim.roster.exporting.marking import COLOURS, Legend, Mark, marked_copy
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
    "Template",
    "filling_of",
    "marked_copy",
    "template_book",
    "template_of",
]
