"""A calendar for each person on the roster (RFC 5545), to be taken into a telephone or an office program."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import UTC, timedelta

import icalendar

from sim.county import County
from sim.roster.duty import Roster, Shift
from sim.units import BEIJING

_PRODUCT = "-//jiaoying//duty roster//ZH"


def calendars(roster: Roster, county: County, title: str) -> dict[str, bytes]:
    """Return the calendar of each person with dated shifts, by person id; ``title`` stands before post and desk of each duty.

    Who holds a post for good has no shift to enter. The same roster gives the same bytes.
    """
    own: dict[str, list[tuple[Shift, str, str]]] = defaultdict(list)
    for (desk, post), shifts in roster.shifts.items():
        for shift in shifts:
            if math.isfinite(shift.from_min) and math.isfinite(shift.to_min):
                own[shift.person.id].append((shift, desk, post))
    made = {}
    for who, duties in sorted(own.items()):
        in_order = sorted(duties, key=lambda duty: (duty[0].from_min, *duty[1:]))
        made[who] = _calendar(in_order, roster, county, title)
    return made


def _calendar(duties: list[tuple[Shift, str, str]], roster: Roster, county: County, title: str) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    start = roster.start.replace(tzinfo=BEIJING).astimezone(UTC)  # a moment in UTC means the same to every program
    for shift, desk, post in duties:
        begin, end = (start + timedelta(minutes=at) for at in (shift.from_min, shift.to_min))
        event = icalendar.Event()
        event.add("uid", f"{desk}-{post}-{begin:%Y%m%dT%H%M}-{shift.person.entity:016x}@jiaoying")
        event.add("dtstamp", begin)
        event.add("dtstart", begin)
        event.add("dtend", end)
        event.add("summary", f"{title}{roster.plan.posts[post].title}·{county.places.name[county.index[desk]]}")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
