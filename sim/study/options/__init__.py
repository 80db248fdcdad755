"""Options (能力提升措施): which are worth it, alone and together, and what is the best that a budget buys?"""

from sim.study.options.begin import Wanted, begun, gone_on_with, most_runs, read
from sim.study.options.found import Found
from sim.study.options.play import found_out
from sim.study.options.tables import summarise, tables

__all__ = ["Found", "Wanted", "begun", "found_out", "gone_on_with", "most_runs", "read", "summarise", "tables"]
