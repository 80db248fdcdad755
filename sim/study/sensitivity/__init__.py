"""Which inputs decide (敏感性分析): what matters of what is not known, where a plan breaks, and what to find out first."""

from sim.study.sensitivity.begin import Begun, Wishes, begun, gone_on_with
from sim.study.sensitivity.found import Sensitivity
from sim.study.sensitivity.sensitivity import sensed
from sim.study.sensitivity.tables import summarise, tables

__all__ = [
    "Begun",
    "Sensitivity",
    "Wishes",
    "begun",
    "gone_on_with",
    "sensed",
    "summarise",
    "tables",
]
