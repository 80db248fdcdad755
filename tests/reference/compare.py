"""Whether the two models agree on one night: every minute, to a millionth."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.records import CAUSES, CHANNELS, EXCLUDED, EXPOSED, ActRecords, Night
from tests.reference.calls import ActNight
from tests.reference.model import ReferenceNight
from tests.reference.world import NEVER, Timeline

CLOSE_MIN = 1e-6


def differences(reference: ReferenceNight, fast: Night) -> list[str]:
    """Return in words where the models differ; nothing where they agree."""
    found = [
        f"{what}: {expected!r} by the reference, {found!r} by the fast model"
        for part in (outages, calls, reception, headline, evacuation, shelters, reports)
        for what, expected, found in part(reference, fast)
        if not same(expected, found)
    ]
    return found[:8]


def same(expected: object, found: object) -> bool:
    """Tell whether two values are the same; minutes and numbers to a millionth."""
    if isinstance(expected, list | tuple):
        return len(expected) == len(found) and all(map(same, expected, found))
    if isinstance(expected, str):
        return expected == found
    return expected == found or abs(expected - found) <= CLOSE_MIN


def by_the_end(minute: float, end: float) -> float:
    """Return a minute, or never if the night is over by then."""
    return minute if minute <= end else NEVER


Values = Iterator[tuple[str, object, object]]
"""What is compared, what the reference says, what the fast model says."""


def outages(reference: ReferenceNight, fast: Night) -> Values:
    """2.8: mains, service, sites and roads, from each failure to each return."""
    world, end = reference.world, fast.end_min
    sites = [mast.works for mast in reference.outages.masts] if world.plan.outages is not None else []
    for name, timelines in (
        ("mains", world.mains),
        ("service", world.service),
        ("sites", sites),
        ("roads", world.roads),
    ):
        for n, timeline in enumerate(timelines):
            row = [minute for minute in getattr(fast.outages, name)[n].tolist() if minute <= end] + [NEVER]
            yield f"{name} {n}", downs(timeline, end), list(zip(row[0:-1:2], row[1::2], strict=False))


def downs(timeline: Timeline, end: float) -> list[tuple[float, float]]:
    """Return from when to when something is down within the night."""
    return [(begin, by_the_end(back, end)) for begin, back in timeline.downs if begin <= end]


def calls(reference: ReferenceNight, fast: Night) -> Values:
    """2.2, 2.3: decisions, and who answered when, by what, called by whom and why."""
    names = [callee.name for callee in reference.chain.callees]
    for act, record in zip(reference.chain.every_act, fast.acts, strict=True):
        if act.plan is not None:
            yield f"{act.id} decided", act.decided, list(record.decided_min)
        for n, callee in enumerate(reference.chain.callees):
            answer, own = act.answers.get(callee), record.calls
            yield f"{act.id} {callee.name} answered", answer.minute if answer else NEVER, float(own.acknowledged_min[n])
            if answer is None or n == 0:
                continue
            yield f"{act.id} {callee.name} by", (answer.post, answer.channel), (own.acknowledged_by[n], own.channel[n])
            yield f"{act.id} {callee.name} why", answer.cause, CAUSES[own.cause[n]]
            caller = int(own.caller[n])
            if 0 <= caller < len(names):  # not one from outside the tree
                yield f"{act.id} {callee.name} called by", answer.caller, names[caller]
        yield from dispatches(reference, act, record)


def dispatches(reference: ReferenceNight, act: ActNight, record: ActRecords) -> Values:
    """2.3.5: when each lowest desk turned to its households, if the act has any means that begin there."""
    if any(reference.world.plan.channels.starts_at_desks(name) for name in act.means):
        for place in reference.world.lowest:
            found = float(record.calls.dispatched_min[place.index])
            yield f"{act.id} {place.code} dispatched", act.dispatched.get(place, NEVER), found


def reception(reference: ReferenceNight, fast: Night) -> Values:
    """2.4: whom each channel told and when, who told first, and when an official had the answer."""
    homes = reference.world.households
    for act, record in zip(reference.chain.every_act, fast.acts, strict=True):
        told, own = reference.channels.told[act], record.reception
        rows = {homes[row]: n for n, row in enumerate(own.rows.tolist())}
        for home in homes:
            minute, by = told.first.get(home, (NEVER, ""))
            confirmed = told.confirmed.get(home, NEVER)
            if home in rows or minute < NEVER:
                n = rows[home]
                first = CHANNELS[own.first_by[n]] if own.first_by[n] >= 0 else ""
                yield f"{act.id} {home.row} told", (minute, by), (float(own.told_min[n]), first)
                yield f"{act.id} {home.row} confirmed", confirmed, float(own.confirmed_min[n])
        for name, reached in own.reached.items():
            if name != "neighbour":  # of whom the fast model notes only those who heard it so first
                at = zip(own.rows[reached.who].tolist(), reached.told_min.tolist(), strict=True)
                by_name = {homes[row]: by_the_end(minute, fast.end_min) for row, minute in at}
                for home in homes:
                    mine = told.by_channel.get(name, {}).get(home, NEVER)
                    yield f"{act.id} {home.row} by {name}", mine, by_name.get(home, NEVER)


def headline(reference: ReferenceNight, fast: Night) -> Values:
    """The headline warning: places, households."""
    for place in reference.world.places:
        yield f"{place.code} answered", reference.acknowledged(place), float(fast.places.acknowledged_min[place.index])
    own = fast.households
    for home in reference.world.households:
        first = CHANNELS[own.first_by[home.row]] if own.first_by[home.row] >= 0 else ""
        yield f"{home.row} warned", reference.warned(home), (float(own.warned_min[home.row]), first)
        yield f"{home.row} confirmed", reference.confirmed(home), float(own.confirmed_min[home.row])


def evacuation(reference: ReferenceNight, fast: Night) -> Values:
    """2.9: every household in a danger zone, every village."""
    own, record, end = reference.evacuation, fast.evacuation, fast.end_min
    if own is None or record is None:
        return
    for n, one in enumerate(own.people):
        expected = {
            "row": one.home.row,
            "trigger": -1 if one.goes_by_itself else one.trigger,
            "due": one.due if one.has_to_leave else NEVER,
            "prompted": one.prompted,
            "ready": by_the_end(one.ready, end),
            "departed": one.departed,
            "safe": one.safe,
            "returned": one.returned,
            "onset": one.onset,
            "shelter": one.shelter,
            "helped": one.helped,
            "settled": by_the_end(own.settled(one), end),
            "exposed": own.exposed(one),
            "excluded": own.excluded(one),
        }
        found = {
            "row": int(record.rows[n]),
            "trigger": int(record.trigger[n]),
            **{
                name: float(getattr(record, f"{name}_min")[n])
                for name in ("due", "prompted", "ready", "departed", "safe", "returned", "onset")
            },
            "shelter": int(record.shelter[n]),
            "helped": bool(record.helped[n]),
            "settled": by_the_end(float(record.settled_min[n]), end),
            "exposed": EXPOSED[record.exposed[n]] if record.exposed[n] >= 0 else "",
            "excluded": EXCLUDED[record.excluded[n]] if record.excluded[n] >= 0 else "",
        }
        for name, value in expected.items():
            yield f"household {one.home.row} {name}", value, found[name]
    for place, village in own.villages.items():
        known = by_the_end(float(record.known_min[place.index]), end)
        yield f"{place.code} knows", by_the_end(village.known, end), known


def shelters(reference: ReferenceNight, fast: Night) -> Values:
    """2.9: shelters, supplies, key sites."""
    own, record = reference.evacuation, fast.evacuation
    if own is None or record is None:
        return
    for n in range(len(own.shelters.place)):
        here, there = own.shelters, record.shelters
        yield f"shelter {n} persons", here.persons[n], int(there.persons[n])
        yield f"shelter {n} full", here.full[n], float(there.full_min[n])
        yield f"shelter {n} relieved", own.relieved[n], float(there.relieved_min[n])
    for n, site in enumerate(own.key_sites):
        yield f"key site {n} prompted", site.prompted, float(record.key_sites.prompted_min[n])
        yield f"key site {n} safe", site.safe, float(record.key_sites.safe_min[n])
        yield f"key site {n} exposed", site.exposed_persons, int(record.key_sites.exposed_persons[n])


def reports(reference: ReferenceNight, fast: Night) -> Values:
    """2.10: every report, what it says, when it reached the township and the county."""
    if reference.reports is None or fast.reports is None:
        return
    top, codes = reference.world.top, reference.world.county.places.code
    mine = [
        (
            sheet.place.code,
            sheet.kind,
            sheet.counted,
            *(sheet.reached.get(up, math.inf) for up in (sheet.place.parent, top)),
            *sheet.due,
            *sheet.safe,
        )
        for sheet in reference.reports.sheets
    ]
    theirs = [(codes[report.place], *report[1:]) for report in fast.reports]
    yield "reports", sorted(mine), sorted(theirs)
