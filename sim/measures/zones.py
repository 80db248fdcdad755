"""How a warning spreads in each zone, in LifeSim's terms: warning issued, first alert, protective action initiated.

A zone is a township. LifeSim (technical reference, Eq. 12) puts one after the other per emergency planning zone: hazard identified, communicated,
warning issued, people alerted, people acting. Here each of the last three is what the night brought, not a curve that is put in.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.frames import first_frame
from sim.records import Night
from sim.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def zone_curves(scenario: Scenario, night: Night, step_min: float = 5.0) -> pd.DataFrame:
    """Return, for each zone and every ``step_min`` minutes after release (T0, if there was none), who had come how far.

    Returns
    -------
    DataFrame
        ``place`` the index of the zone; ``minutes``; shares of 1: ``issuance_share`` of the lowest desks that had the warning,
        ``first_alert_share`` of the households that had been told, ``protective_action_share`` of the persons who must leave that had left
        home. NaN where nobody counts
    """
    county, homes = scenario.county, scenario.county.households
    level = county.level_index("township")
    level = min(1, len(county.levels) - 1) if level is None else level
    zones = county.of_level(level)
    row = np.full(len(county.places) + 1, -1, dtype=np.int64)
    row[zones] = np.arange(len(zones))
    row_of_place = row[county.ancestors[level]]
    lowest = county.of_level(len(county.levels) - 1)
    edges = np.arange(0.0, max(night.end_min - night.origin_min, 0.0) + step_min, step_min)

    def shares(at_min: Floats, place: Ints, weight: Ints) -> Floats:
        """Return the share of each zone's weight that had happened by each minute, shape (zones · edges,)."""
        edge = first_frame(edges, at_min - night.origin_min)
        happened = np.zeros(
            (len(zones) + 1, len(edges) + 1)
        )  # the last row: outside all zones; the last column: later or never
        np.add.at(happened, (row_of_place[place], edge), weight)
        total = happened[:-1].sum(axis=1, keepdims=True)
        with np.errstate(invalid="ignore"):
            by_then: Floats = np.cumsum(happened[:-1, :-1], axis=1) / total
        return by_then.ravel()

    curves = {
        "place": np.repeat(zones, len(edges)),
        "minutes": np.tile(edges, len(zones)),
        "issuance_share": shares(night.places.acknowledged_min[lowest], lowest, np.ones_like(lowest)),
        "first_alert_share": shares(night.households.warned_min, homes.place, np.ones(len(homes), dtype=np.int64)),
        "protective_action_share": np.full(len(zones) * len(edges), np.nan),
    }
    if (records := night.evacuation) is not None:
        due = records.rows[records.due]
        curves["protective_action_share"] = shares(
            records.departed_min[records.due], homes.place[due], homes.persons[due]
        )
    return pd.DataFrame(curves)
