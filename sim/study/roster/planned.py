"""A planned month as the tables that a scenario reads: persons and shifts, and what could not be filled."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from sim.county.tables import Table
from sim.roster.planning import shift_rows
from sim.scenario import Scenario
from sim.study.roster.improve import Compared, Improved

SHIFT_NAMES = ("desk", "post", "person", "from", "to")


def tables(scenario: Scenario, persons: Table, written: Table, improved: Improved) -> dict[str, pd.DataFrame]:
    """Return ``persons`` and ``shifts`` as the scenario reads them, and what a planner should know of them.

    ``shifts`` has the duties planned, and of the roster as it was ``written`` those who hold a post for good, at every level.

    ``empty``: desk, post, day of what nobody can hold; ``idle``: desk, device, day of sets that nobody on duty can use; ``exchanges``: desk,
    post, day, other_day of duties that changed places so that the desk answers sooner; ``compared``: before, after, won, ci_low, ci_high of
    ``mean_min`` and ``in_time`` (see ``Compared``), no row where there is nothing to compare with.
    """
    plans = improved.plans
    standing = [
        (desk, post, person, _moment(begin), _moment(end))
        for desk, post, person, begin, end in zip(*(written[name] for name in SHIFT_NAMES), strict=True)
        if begin is None or end is None
    ]
    planned = [
        (desk, post, person, _moment(begin), _moment(end))
        for desk, post, person, begin, end in shift_rows(plans, scenario.plan.roster.handover)
    ]
    shifts = pd.DataFrame(planned + standing, columns=list(SHIFT_NAMES))
    empty = [(clash.desk, clash.post, f"{clash.day:%Y-%m-%d}") for plan in plans for clash in plan.clashes]
    idle = [(plan.demand.desk, name, f"{day:%Y-%m-%d}") for plan in plans for name, day in plan.idle]
    moved = [(one.desk, one.post, f"{one.day:%Y-%m-%d}", f"{one.other_day:%Y-%m-%d}") for one in improved.exchanges]
    return {
        "persons": persons_frame(persons),
        "shifts": shifts,
        "empty": pd.DataFrame(empty, columns=["desk", "post", "day"]),
        "idle": pd.DataFrame(idle, columns=["desk", "device", "day"]),
        "exchanges": pd.DataFrame(moved, columns=["desk", "post", "day", "other_day"]),
        "compared": _compared(improved.compared),
    }


def _moment(when: datetime | None) -> str:
    return "" if when is None else f"{when:%Y-%m-%d %H:%M}"


def persons_frame(persons: Table) -> pd.DataFrame:
    """Return the table of persons with all that it says, as it is read."""
    checked = ["" if day is None else f"{day:%Y-%m-%d}" for day in persons["checked"]]
    return pd.DataFrame(
        {name: persons[name] for name in ("person", "name", "phone", "reachable")}
        | {"checked": checked, "sets": [" ".join(sorted(sets)) for sets in persons["sets"]]}
    )


def _compared(compared: Compared | None) -> pd.DataFrame:
    rows = []
    if compared is not None:
        of = "given" if compared.given else "planned"
        minutes, share = compared.won_min, compared.won_in_time
        rows = [
            ("mean_min", of, compared.before_min, compared.after_min, minutes.mean, minutes.low, minutes.high),
            ("in_time", of, compared.before_in_time, compared.after_in_time, share.mean, share.low, share.high),
        ]
    return pd.DataFrame(rows, columns=["measure", "before_is", "before", "after", "won", "ci_low", "ci_high"])
