"""Where the moments of a night stand in its records, so that every inject can be held against the night it comes from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.records import Night

Floats = NDArray[np.float64]
EVENTS = "events"


def moments(night: Night, record: str) -> Floats:
    """Return the minutes after T0 of a record of a night, one for each of its rows; ``inf`` for never.

    ``record`` is ``events``; ``outages.mains`` or ``outages.roads`` (the first failure of each place or road); or a column of the records
    of evacuation, of its shelters or key sites: ``evacuation.safe_min``, ``shelters.full_min``, ``key_sites.prompted_min``.
    """
    if record == EVENTS:
        return np.array([event.t_min for event in night.events], dtype=np.float64)
    of, _, column = record.partition(".")
    if of == "outages":
        changes: Floats = getattr(night.outages, column)
        return changes[:, 0] if changes.shape[1] else np.full(len(changes), np.inf)
    assert night.evacuation is not None  # noqa: S101 - nobody asks what is not simulated
    holder = night.evacuation if of == "evacuation" else getattr(night.evacuation, of)
    found: Floats = getattr(holder, column)
    return found
