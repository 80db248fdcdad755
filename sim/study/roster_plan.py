"""A planned month as the tables that a scenario reads: persons and shifts, and what could not be filled."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.county.tables import Table
from sim.roster.planning import Plan, shift_rows
from sim.scenario import Scenario


def tables(scenario: Scenario, persons: Table, plans: Sequence[Plan]) -> dict[str, pd.DataFrame]:
    """Return ``persons`` and ``shifts`` as ``roster.persons`` and ``roster.shifts`` read them, and ``empty``: desk, post, day."""
    rows = shift_rows(plans, scenario.plan.roster.handover)
    shifts = pd.DataFrame(rows, columns=["desk", "post", "person", "from", "to"])
    for column in ("from", "to"):
        shifts[column] = [f"{when:%Y-%m-%d %H:%M}" for when in shifts[column]]
    empty = [(clash.desk, clash.post, f"{clash.day:%Y-%m-%d}") for plan in plans for clash in plan.clashes]
    return {
        "persons": pd.DataFrame({name: persons[name] for name in ("person", "name", "phone")}),
        "shifts": shifts,
        "empty": pd.DataFrame(empty, columns=["desk", "post", "day"]),
    }
