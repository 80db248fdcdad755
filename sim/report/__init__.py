"""What people see, in Chinese and English; nothing is decided here.

From the bottom up: ``words`` → ``content`` (what is said) → ``figures`` → ``gather`` (all of it, once) → the forms, ``page``,
``document``, ``workbook``, and ``explain`` and ``terminal`` beside them → ``write``. Beside the night: ``roster``, ``study``,
``compare``, ``sensitivity`` and ``options``.
"""

from sim.report.compare import compare_sentences, write_compare
from sim.report.content.scope import find as find_place
from sim.report.document.pdf import need_pdf
from sim.report.exercise import event_times_book, gather_debrief, write_debrief, write_exercise
from sim.report.exercise.calibration import calibration_book, calibration_page, calibration_sentences, log_template
from sim.report.explain.scenario import explain
from sim.report.options import options_sentences, write_options
from sim.report.roster import (
    audit_book,
    audit_lines,
    audit_page,
    call_sheets_book,
    call_sheets_page,
    drill_sentences,
    import_lines,
    ladder_on_paper,
    marked_books,
    plan_lines,
    refilled_book,
    refilled_lines,
    roster_template,
    write_drill,
    write_plan,
)
from sim.report.sensitivity import sensitivity_sentences, write_sensitivity
from sim.report.study import gather_study, write_study
from sim.report.terminal import terminal_summary
from sim.report.write import write_report

__all__ = [
    "audit_book",
    "audit_lines",
    "audit_page",
    "calibration_book",
    "calibration_page",
    "calibration_sentences",
    "call_sheets_book",
    "call_sheets_page",
    "compare_sentences",
    "drill_sentences",
    "event_times_book",
    "explain",
    "find_place",
    "gather_debrief",
    "gather_study",
    "import_lines",
    "ladder_on_paper",
    "log_template",
    "marked_books",
    "need_pdf",
    "options_sentences",
    "plan_lines",
    "refilled_book",
    "refilled_lines",
    "roster_template",
    "sensitivity_sentences",
    "terminal_summary",
    "write_compare",
    "write_debrief",
    "write_drill",
    "write_exercise",
    "write_options",
    "write_plan",
    "write_report",
    "write_sensitivity",
    "write_study",
]
