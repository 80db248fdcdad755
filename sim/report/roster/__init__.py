"""What people see of a roster: its audit, a month planned or drilled, a ladder on paper, tonight's call sheets."""

from sim.report.roster.audit import audit_book, audit_lines, audit_page
from sim.report.roster.call_sheet import call_sheets_book, call_sheets_page
from sim.report.roster.imported import import_lines
from sim.report.roster.ladder import ladder_on_paper
from sim.report.roster.marked import marked_books
from sim.report.roster.plan import plan_lines, write_plan
from sim.report.roster.refilled import refilled_book, refilled_lines
from sim.report.roster.template import roster_template
from sim.report.roster.write import drill_sentences, write_drill

__all__ = [
    "audit_book",
    "audit_lines",
    "audit_page",
    "call_sheets_book",
    "call_sheets_page",
    "drill_sentences",
    "import_lines",
    "ladder_on_paper",
    "marked_books",
    "plan_lines",
    "refilled_book",
    "refilled_lines",
    "roster_template",
    "write_drill",
    "write_plan",
]
