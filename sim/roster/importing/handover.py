"""When duty changes hands, as the notes above or below a table say it: “值班时间为当日9:00至次日9:00”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sim.roster.importing.cells import Sheet, clean
from sim.roster.importing.dates import MINUTES_OF_DAY, Hours, parse_hours
from sim.roster.importing.layout import Block, own_texts

_SPEAKS = re.compile(r"(?:值班|值守|带班|交接班?|接班|换班)(?:的)?(?:时间|时段|时刻)")
_CHANGE = re.compile(r"交接班?|接班|换班")
_MORNING = re.compile(r"上午|早上|早晨|清晨")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})\s*[:点时]\s*(\d{2})?")
_NO_HOURS = Hours(0, 0)


def handovers_of(text: str) -> Iterator[int | None]:
    """Yield the minute of the day of each handover that a note tells, ``None`` for hours of duty that tell none plainly."""
    for clause in re.split(r"[;。\n]|,(?!\s*次日)", clean(text)):
        found = _SPEAKS.search(clause)
        said = _MORNING.sub("", clause[found.end() :]) if found else ""
        clocks = _CLOCK.findall(said)
        if found is None or not clocks:
            continue
        hours = parse_hours(said, _NO_HOURS, _NO_HOURS, _NO_HOURS)
        plain = not re.search(r"下午|中午|晚|夜|工作日|周末|节假日", clause)
        if plain and len(clocks) == 2 and hours is not None and hours.end_min - hours.begin_min == MINUTES_OF_DAY:
            yield hours.begin_min
        elif plain and len(clocks) == 1 and _CHANGE.search(found[0]) and int(clocks[0][0]) * 60 < MINUTES_OF_DAY:
            yield int(clocks[0][0]) * 60 + int(clocks[0][1] or 0)
        else:
            yield None


def handover_of(sheet: Sheet, blocks: Sequence[Block]) -> int | None:
    """Return the minute of the day of the one handover that the notes of a sheet tell, ``None`` if they tell none, or several."""
    rows = {row for block in blocks for row in (*block.titles, *block.remarks)}
    told = {minute for row in rows for text in own_texts(sheet, row) for minute in handovers_of(text)}
    return told.pop() if len(told) == 1 else None
