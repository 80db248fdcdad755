"""What the planner writes: reading it, finding every fault in it, and knowing where each number comes from."""

from sim.scenario.load import Scenario, load_scenario
from sim.scenario.provenance import Assumption
from sim.scenario.schema import ScenarioPlan, TargetPlan, WarningPlan, county_schema, json_schema

__all__ = [
    "Assumption",
    "Scenario",
    "ScenarioPlan",
    "TargetPlan",
    "WarningPlan",
    "county_schema",
    "json_schema",
    "load_scenario",
]
