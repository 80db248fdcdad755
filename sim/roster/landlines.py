"""The duty telephones (值班电话) of desks: numbers of the room, and not of whoever is on duty."""

from __future__ import annotations

from pathlib import Path

from sim.county import County
from sim.county.tables import Column, code, read_table, text
from sim.errors import Fault, Text
from sim.roster.plan import RosterPlan

LANDLINE_COLUMNS = (Column("desk", code), Column("phone", text))


def load_landlines(plan: RosterPlan, county: County, faults: list[Fault]) -> dict[str, str] | None:
    """Return the duty telephone of each desk (its code) that the plan's table has, ``None`` without one; faults are appended to ``faults``."""
    if plan.landlines is None:
        return None
    table = read_table(Path(plan.landlines), LANDLINE_COLUMNS, faults, "desk")
    if table is None:
        return {}
    unknown = [row for row, desk in enumerate(table["desk"]) if desk not in county.index]
    if unknown:
        problem = Text(
            f"没有这个值班室，这样的共 {len(unknown)} 行", f"there is no such desk, {len(unknown)} rows in all"
        )
        remedy = Text("填写各层级表中的编码", "use a code of the place tables")
        faults.append(table.fault(unknown[0], "desk", problem, remedy))
    return dict(zip(table["desk"], table["phone"], strict=True))
