"""Rosters in the county's own form: a workbook to fill in. Everything is returned as bytes."""

from sim.roster.exporting.filling import Filling, filling_of
from sim.roster.exporting.template import Form, Guide, Template, template_book, template_of

__all__ = ["Filling", "Form", "Guide", "Template", "filling_of", "template_book", "template_of"]
