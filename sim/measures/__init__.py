"""What a night means: its tables, its summary, its coverage curve; computed from records and the scenario alone."""

from sim.measures.attribution import desk_minutes, minutes_inside
from sim.measures.coverage import by, coverage_curve, first_told_by, share_within, time_to_share, told_of_anything
from sim.measures.evacuation import (
    Evacuation,
    ReportUp,
    evacuation,
    evacuation_curve,
    places_due,
    report_up,
    reported_min,
)
from sim.measures.frames import Frames, first_frame, frames, minutes_of
from sim.measures.naming import Naming, naming
from sim.measures.outages import Outage, outage
from sim.measures.summary import summarise
from sim.measures.tables import tabulate
from sim.measures.targets import TargetResult, judge, subject

__all__ = [
    "Evacuation",
    "Frames",
    "Naming",
    "Outage",
    "ReportUp",
    "TargetResult",
    "by",
    "coverage_curve",
    "desk_minutes",
    "evacuation",
    "evacuation_curve",
    "first_frame",
    "first_told_by",
    "frames",
    "judge",
    "minutes_inside",
    "minutes_of",
    "naming",
    "outage",
    "places_due",
    "report_up",
    "reported_min",
    "share_within",
    "subject",
    "summarise",
    "tabulate",
    "time_to_share",
    "told_of_anything",
]
