"""The debrief for people (演练评估报告、问题整改清单): a page, a document and a workbook; and the blank workbook of a real event."""

from sim.report.exercise.debrief.gather import DebriefContent, gather_debrief
from sim.report.exercise.debrief.template import event_times_book
from sim.report.exercise.debrief.write import write_debrief

__all__ = ["DebriefContent", "event_times_book", "gather_debrief", "write_debrief"]
