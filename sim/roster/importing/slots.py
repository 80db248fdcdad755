"""The cells of a roster in which somebody is to be named, whether or not anybody is: where a gap can be closed and a number put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sim.roster.importing.result import Spot


@dataclass(frozen=True)
class Slot:
    """A cell for the holders of some posts of a desk, and the cell of their telephone numbers, ``None`` if they have none of their own.

    ``shifts`` are begin and end of each of their shifts, ``None`` for posts held for good. ``numbered`` tells that the cell of numbers holds
    anything. Where a mark, not a name, says who is on duty, ``posts`` and ``shifts`` are empty.
    """

    desk: str
    posts: tuple[str, ...]
    shifts: tuple[tuple[datetime | None, datetime | None], ...]
    name: Spot
    number: Spot | None
    numbered: bool
