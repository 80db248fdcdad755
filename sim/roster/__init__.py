"""Who is on duty, who is responsible, and whom to call next."""

from sim.roster.duty import Person, Responsible, Roster
from sim.roster.landlines import load_landlines
from sim.roster.load import load_roster
from sim.roster.plan import AttemptPlan, DeskPlan, LadderPlan, PostPlan, RosterPlan, StepPlan

__all__ = [
    "AttemptPlan",
    "DeskPlan",
    "LadderPlan",
    "Person",
    "PostPlan",
    "Responsible",
    "Roster",
    "RosterPlan",
    "StepPlan",
    "load_landlines",
    "load_roster",
]
