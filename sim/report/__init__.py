"""What people see: pages, figures and words, in Chinese and English; nothing is decided here."""

from sim.report.explain import explain
from sim.report.page import write_report
from sim.report.scope import find as find_place
from sim.report.terminal import terminal_summary

__all__ = ["explain", "find_place", "terminal_summary", "write_report"]
