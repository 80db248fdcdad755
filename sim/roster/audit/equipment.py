"""Whether what a county holds has its people: emergency sets somebody who can use them (人装适配), hazard points a monitor (八落实).

What was made up by seed says nothing of a real place: findings that rest on it are one note each and name nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sim.errors import Text
from sim.roster.audit.book import Book, Duty
from sim.roster.audit.findings import Finding
from sim.roster.audit.stretches import without

_DEVICES = {
    "radio_370": Text("370MHz电台", "370 MHz radio"),
    "mesh": Text("自组网", "mesh radio"),
    "sat_phone": Text("卫星电话", "satellite phone"),
    "beidou": Text("北斗", "BeiDou terminal"),
}
_TRAIN = Text("组织培训，或调整人员值班", "train somebody, or change who is on duty")


def equipment(book: Book) -> Iterator[Finding]:
    """Yield sets that nobody can use, and registered hazard points that nobody watches."""
    yield from _sets(book)
    yield from _monitors(book)


def _sets(book: Book) -> Iterator[Finding]:
    """Yield places with a set that nobody there can use."""
    sets = book.county.networks.sets
    untrained: dict[str, list[str]] = defaultdict(list)
    made_up = "sets" in book.county.synthetic
    known = {} if made_up else _set_users(book)
    for place, device, trained in zip(sets["place"], sets["device"], sets["trained"], strict=True):
        if place in known:
            yield from _unused(book, place, device, known[place])
        elif not trained:
            untrained[place].append(device)
    if untrained and made_up:
        count = len(untrained)
        detail = Text(
            f"应急通信装备为合成数据，其中{count}处没有人会用；不作结论",
            f"emergency sets are made up; at {count} places nobody can use them, of which nothing follows",
        )
        yield Finding(
            "untrained_set",
            "note",
            detail,
            Text("录入本县装备台账（sets.csv）", "enter the county's own sets (sets.csv)"),
        )
        return
    for place, devices in untrained.items():
        names = [_DEVICES[device] for device in devices]
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        yield Finding(
            "untrained_set",
            "should",
            Text(f"有{zh}，没有人会用", f"nobody there can use its {en}"),
            _TRAIN,
            desk=place,
            hours=book.period(place).hours,
        )


def _set_users(book: Book) -> dict[str, list[tuple[Duty, frozenset[str]]]]:
    """Return the duties of each desk with the sets that their holders can use; a desk where nobody is known to use any is not there."""
    can = dict(zip(book.persons["person"], book.persons["sets"], strict=True))
    held: dict[str, list[tuple[Duty, frozenset[str]]]] = defaultdict(list)
    for duty in book.duties:
        held[duty.desk].append((duty, can[duty.person]))
    return {desk: own for desk, own in held.items() if any(sets for _, sets in own)}


def _unused(book: Book, place: str, device: str, held: list[tuple[Duty, frozenset[str]]]) -> Iterator[Finding]:
    """Yield each stretch at which nobody on duty can use a set of the place."""
    users = [duty.stretch for duty, sets in held if device in sets]
    for stretch in without([book.period(place)], users):
        name, when = _DEVICES[device], stretch.spoken
        detail = Text(f"{when.zh}：值班人员都不会用{name.zh}", f"{when.en}: nobody on duty can use the {name.en}")
        yield Finding(
            "untrained_set",
            "should",
            detail,
            _TRAIN,
            desk=place,
            begins=stretch.begins,
            ends=stretch.ends,
            hours=stretch.hours,
        )


def _monitors(book: Book) -> Iterator[Finding]:
    """Yield places with registered hazard points where nobody holds the post of monitor in the period."""
    post, zones = book.rules.monitor_post, book.county.zones
    watched = {duty.desk for duty in book.duties if duty.post == post and duty.stretch.meets(book.span)}
    points: dict[str, int] = defaultdict(int)
    for place, registered in zip(zones["place"], zones["registered"], strict=True):
        if registered and place not in watched:
            points[place] += 1
    count = sum(points.values())
    if not count:
        return
    title, remedy = book.post(post), Text("补上群测群防员", "name a monitor")
    made_up = "zones" in book.county.synthetic
    if made_up or not watched:
        yield Finding(
            "monitor_missing",
            "note" if made_up else "should",
            Text(
                f"登记的隐患点{'（合成数据）' if made_up else ''}有{count}处在表中没有{title.zh}",
                f"of the registered hazard points{' (made up)' if made_up else ''} {count} have no {title.en} in the table",
            ),
            remedy,
            post=post,
        )
        return
    for place, number in points.items():
        detail = Text(
            f"{number}处登记的隐患点没有{title.zh}", f"registered hazard points without a {title.en}: {number}"
        )
        yield Finding(
            "monitor_missing", "should", detail, remedy, desk=place, post=post, hours=book.period(place).hours * number
        )
