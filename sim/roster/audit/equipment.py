"""Whether what a county holds has its people: emergency sets somebody who can use them (人装适配), hazard points a monitor (八落实).

What was made up by seed says nothing of a real place: findings that rest on it are one note each and name nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sim.errors import Text
from sim.roster.audit.book import Book
from sim.roster.audit.findings import Finding

_DEVICES = {
    "radio_370": Text("370MHz电台", "370 MHz radio"),
    "mesh": Text("自组网", "mesh radio"),
    "sat_phone": Text("卫星电话", "satellite phone"),
    "beidou": Text("北斗", "BeiDou terminal"),
}


def equipment(book: Book) -> Iterator[Finding]:
    """Yield sets that nobody can use, and registered hazard points that nobody watches."""
    yield from _sets(book)
    yield from _monitors(book)


def _sets(book: Book) -> Iterator[Finding]:
    """Yield places with a set that nobody there can use."""
    sets = book.county.networks.sets
    untrained: dict[str, list[str]] = defaultdict(list)
    for place, device, trained in zip(sets["place"], sets["device"], sets["trained"], strict=True):
        if not trained:
            untrained[place].append(device)
    remedy = Text("组织培训，或调整人员值班", "train somebody, or change who is on duty")
    if untrained and "sets" in book.county.synthetic:
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
            remedy,
            desk=place,
            hours=book.period(place).hours,
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
