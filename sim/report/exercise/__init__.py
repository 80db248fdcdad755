"""An exercise on paper and on the screen: what controllers, players and evaluators hold in their hands, and the debrief."""

from sim.report.exercise.debrief import DebriefContent, event_times_book, gather_debrief, write_debrief
from sim.report.exercise.write import write_exercise

__all__ = ["DebriefContent", "event_times_book", "gather_debrief", "write_debrief", "write_exercise"]
