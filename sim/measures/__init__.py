"""What a night means: its tables, its summary, its coverage curve; computed from records and the scenario alone."""

from sim.measures.coverage import by, coverage_curve, first_told_by, share_within, time_to_share
from sim.measures.naming import Naming, naming
from sim.measures.summary import summarise
from sim.measures.tables import tabulate
from sim.measures.targets import TargetResult, judge, times_of

__all__ = [
    "Naming",
    "TargetResult",
    "by",
    "coverage_curve",
    "first_told_by",
    "judge",
    "naming",
    "share_within",
    "summarise",
    "tabulate",
    "time_to_share",
    "times_of",
]
