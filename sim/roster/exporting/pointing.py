"""To which cells of a workbook a finding points: the empty one where somebody is missing, that of the number where a number is wrong."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sim.roster.audit.findings import Finding, Kind
from sim.roster.calendar import day_of
from sim.roster.importing.read import Reading
from sim.roster.importing.result import Spot
from sim.roster.importing.slots import Slot

_EMPTY: frozenset[Kind] = frozenset(
    {"desk_unstaffed", "leader_missing", "gap", "village_without_deputy", "holiday_cover"}
)
_NUMBERS: frozenset[Kind] = frozenset({"no_phone", "malformed_number", "stale_number", "same_phone"})


class Pointer:
    """The cells of a reading, by what can be wrong with them."""

    def __init__(self, reading: Reading) -> None:
        self._spots = reading.imported.spots
        self._by_desk: defaultdict[str, list[Slot]] = defaultdict(list)
        self._at: dict[Spot, Slot] = {}
        for slot in (slot for block in reading.blocks for slot in block.slots):
            self._by_desk[slot.desk].append(slot)
            self._at[slot.name] = slot
        self._held = {
            (spot, shift.post)
            for shift, spots in zip(reading.imported.shifts, self._spots, strict=True)
            for spot in spots
        }

    def cells(self, one: Finding) -> list[Spot]:
        """Return the cells that a finding is about; where there is none for it, those that it rests on."""
        names = list(dict.fromkeys(spot for row in one.rows for spot in self._spots[row]))
        if one.kind in _EMPTY and not one.persons:
            return self._empty(one) or names
        return self._numbers(one.kind, names) if one.kind in _NUMBERS else names

    def _empty(self, one: Finding) -> list[Spot]:
        """Return the cells without a holder of a post, or of all of its desk, within the stretch of a finding."""
        return list(
            dict.fromkeys(
                slot.name
                for slot in self._by_desk[one.desk]
                for posts in [slot.posts if not one.post else {one.post}.intersection(slot.posts)]
                if posts
                and not any((slot.name, post) in self._held for post in posts)
                and any(_meets(one, *shift) for shift in slot.shifts)
            )
        )

    def _numbers(self, kind: Kind, names: list[Spot]) -> list[Spot]:
        """Return the cells of the numbers of some cells of names: those that hold one, or, where one is missing, those that should."""
        slots = [slot for spot in names if (slot := self._at.get(spot)) is not None and slot.number is not None]
        numbers = [slot.number for slot in slots if slot.number is not None and (kind == "no_phone" or slot.numbered)]
        return list(dict.fromkeys(numbers)) or names


def _meets(one: Finding, begin: datetime | None, end: datetime | None) -> bool:
    """Tell whether a shift lies, in part, within the stretch of a finding; of one about days off, whether it is such a day."""
    if one.begins is None or one.ends is None:
        return False
    if one.kind == "holiday_cover" and (begin is None or not day_of(begin.date()).rest):
        return False
    return (begin is None or begin < one.ends) and (end is None or end > one.begins)
