"""Who is on duty, and whom to call next."""

from sim.roster.duty import Person, Roster, load_roster
from sim.roster.plan import DeskPlan, LadderPlan, PostPlan, RosterPlan, StepPlan

__all__ = ["DeskPlan", "LadderPlan", "Person", "PostPlan", "Roster", "RosterPlan", "StepPlan", "load_roster"]
