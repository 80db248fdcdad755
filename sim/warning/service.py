"""Mobile service of single places, as the event loop asks for it: whether there is any, how long it lasts, when it is back.

Two places can talk while both have service. Minutes after T0.
"""

from __future__ import annotations

import math
from bisect import bisect_right

from sim.warning.timelines import Timeline

_COUNTY = 0


class Service:
    """When each place has service tonight; the county's command centre has lines and power of its own."""

    def __init__(self, timeline: Timeline) -> None:
        failing = timeline.fails.nonzero()[0].tolist()
        self._changes = {place: timeline.changes[place].tolist() for place in failing if place != _COUNTY}

    @property
    def fails(self) -> bool:
        """Whether any place is ever without service."""
        return bool(self._changes)

    def at(self, place: int, t_min: float) -> bool:
        """Return whether a place has service at a minute."""
        changes = self._changes.get(place)
        return changes is None or bisect_right(changes, t_min) % 2 == 0

    def until(self, here: int, there: int, t_min: float) -> float:
        """Return until when two places that talk at a minute could go on: ``t_min`` if either has no service, ``inf`` for ever."""
        until = math.inf
        for place in (here, there):
            if (changes := self._changes.get(place)) is not None:
                passed = bisect_right(changes, t_min)
                if passed % 2:
                    return t_min
                if passed < len(changes):
                    until = min(until, changes[passed])
        return until

    def back_min(self, here: int, there: int, t_min: float) -> float:
        """Return the first minute from ``t_min`` on at which two places both have service, ``inf`` if there is none."""
        while True:
            began = t_min
            for place in (here, there):
                if (changes := self._changes.get(place)) is not None and (passed := bisect_right(changes, t_min)) % 2:
                    t_min = changes[passed]
            if t_min in (began, math.inf):
                return t_min

    def failures(self, place: int) -> list[float]:
        """Return the minutes at which a place loses its service, ascending."""
        return [down_min for down_min in self._changes.get(place, [])[::2] if down_min < math.inf]
