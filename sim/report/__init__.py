"""What people see, in Chinese and English; nothing is decided here.

From the bottom up: ``words`` → ``content`` (what is said) → ``figures`` → ``gather`` (all of it, once) → the forms, ``page``,
``document``, ``workbook``, and ``explain`` and ``terminal`` beside them → ``write``.
"""

from sim.report.content.scope import find as find_place
from sim.report.document.pdf import need_pdf
from sim.report.explain.scenario import explain
from sim.report.terminal import terminal_summary
from sim.report.write import write_report

__all__ = ["explain", "find_place", "need_pdf", "terminal_summary", "write_report"]
