"""What the planner writes: reading it, finding every fault in it, and knowing where each number comes from."""

from sim.scenario.acts import ActPlan, CallTargetPlan, RequirementPlan, TargetPlan, WarningPlan, addressed, described
from sim.scenario.load import Scenario, load_scenario
from sim.scenario.provenance import Assumption
from sim.scenario.reading import yaml_text
from sim.scenario.schema import ScenarioPlan, county_schema, json_schema

__all__ = [
    "ActPlan",
    "Assumption",
    "CallTargetPlan",
    "RequirementPlan",
    "Scenario",
    "ScenarioPlan",
    "TargetPlan",
    "WarningPlan",
    "addressed",
    "county_schema",
    "described",
    "json_schema",
    "load_scenario",
    "yaml_text",
]
