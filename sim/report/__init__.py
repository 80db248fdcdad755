"""What people see: pages, figures and words, in Chinese and English; nothing is decided here."""

from sim.report.explain import explain
from sim.report.scope import find as find_place
from sim.report.terminal import terminal_summary
from sim.report.write import write_report

__all__ = ["explain", "find_place", "terminal_summary", "write_report"]
