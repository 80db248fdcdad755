"""What a planner asks of a roster on the command line, turned into days, hours, levels, desks, limits and tables; every fault at once."""

from sim.study.roster.asked.days import days_asked, days_imported, drill_plan, hours_asked, moment_asked
from sim.study.roster.asked.desks import desk_asked, desks_to_plan, level_to_call, sheets_of, template_levels
from sim.study.roster.asked.tables import (
    duty_tables,
    forms_asked,
    leave_asked,
    pairs_asked,
    workbook_to_fill,
    written_tables,
)

__all__ = [
    "days_asked",
    "days_imported",
    "desk_asked",
    "desks_to_plan",
    "drill_plan",
    "duty_tables",
    "forms_asked",
    "hours_asked",
    "leave_asked",
    "level_to_call",
    "moment_asked",
    "pairs_asked",
    "sheets_of",
    "template_levels",
    "workbook_to_fill",
    "written_tables",
]
