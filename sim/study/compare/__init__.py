"""Scenarios compared under the same luck (情景对比): what would a change buy, and how sure is it?"""

from sim.study.compare.begin import begun, gone_on_with
from sim.study.compare.comparison import Comparison, played_all
from sim.study.compare.tables import summarise, tables

__all__ = ["Comparison", "begun", "gone_on_with", "played_all", "summarise", "tables"]
