"""From entries (a name, perhaps a number, at a post for a time) to persons and shifts: who is the same, whose number is missing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sim.errors import Text
from sim.roster.importing.cells import masked
from sim.roster.importing.phones import phone_text
from sim.roster.importing.result import PersonRow, Remarks, ShiftRow, Spot
from sim.roster.plan import RosterPlan

_SHOWN = 5
_FIRST, _LAST = datetime(1, 1, 1), datetime(9999, 12, 31)  # noqa: DTZ001 - Beijing time throughout


@dataclass(frozen=True)
class Entry:
    """One name in one cell; ``phone`` is ``None`` where the roster gives none beside it."""

    desk: str
    post: str
    name: str
    phone: str | None
    begin: datetime | None
    end: datetime | None
    spot: Spot


def with_numbers(entries: Sequence[Entry], right: Collection[str], remarks: Remarks) -> list[Entry]:
    """Return the entries, a missing number taken from another row of the same desk and name, if there it is always the same.

    ``right`` are the numbers that the mapping states to be right: between them there is nothing to ask.
    """
    known: defaultdict[tuple[str, str], dict[str, Spot]] = defaultdict(dict)
    for entry in entries:
        if entry.phone:
            known[entry.desk, entry.name].setdefault(entry.phone, entry.spot)
    for (desk, name), phones in known.items():
        if len(phones) > 1:
            shown = "、".join(masked(phone) for phone in islice(phones, _SHOWN)) + (
                " …" if len(phones) > _SHOWN else ""
            )
            text = Text(
                f"{name}有 {len(phones)} 个不同号码（{shown}）：是同名的两个人，还是有一个号码写错？",
                f"{name} has {len(phones)} different numbers ({shown}): namesakes, or is one of them wrong?",
            )
            bare = any(entry.phone is None and (entry.desk, entry.name) == (desk, name) for entry in entries)
            count = len(phones) + bare
            for spot in phones.values():
                if not all(phone_text(phone) in right for phone in phones):
                    remarks.ask(text, spot, "phones")
                remarks.note(
                    spot,
                    name,
                    Text(
                        f"同名不同号码，按 {count} 个人采用", f"one name, different numbers: taken as {count} persons"
                    ),
                    used=True,
                )
    filled = []
    told: set[tuple[str, str]] = set()
    for entry in entries:
        key = (entry.desk, entry.name)
        phones = known.get(key, {})
        if entry.phone is None and len(phones) == 1:
            phone, spot = next(iter(phones.items()))
            if key not in told:
                remarks.note(
                    entry.spot,
                    entry.name,
                    Text(
                        f"没有写电话，用同一单位 {spot.address} 的号码",
                        f"no number here: that of {spot.address}, the same desk, is taken",
                    ),
                    used=True,
                )
            told.add(key)
            filled.append(replace(entry, phone=phone))
        else:
            filled.append(entry)
    return filled


def persons_and_shifts(
    entries: Sequence[Entry], desks: dict[str, int], plan: RosterPlan, remarks: Remarks
) -> tuple[tuple[PersonRow, ...], tuple[ShiftRow, ...], tuple[tuple[Spot, ...], ...]]:
    """Return persons, shifts, and the cells that say each shift.

    Entries that say the same become one, contradictions are asked about.
    """
    ids = person_ids(entries, desks)
    posts = {post: n for n, post in enumerate(plan.posts)}
    held: dict[ShiftRow, Entry] = {}
    spots: defaultdict[ShiftRow, dict[Spot, None]] = defaultdict(dict)
    for entry in entries:
        row = ShiftRow(entry.desk, entry.post, ids[_key(entry)], entry.begin, entry.end)
        first = held.setdefault(row, entry)
        if first.spot != entry.spot:
            made = Text(f"与 {first.spot.address} 重复，合为一条", f"the same as {first.spot.address}: taken once")
            remarks.note(entry.spot, entry.name, made, used=True)
        spots[row][entry.spot] = None
    _ask_about_overlaps(held, plan, remarks)
    named = {PersonRow(person, name, phone) for (_, name, phone), person in ids.items()}
    persons = tuple(sorted(named, key=lambda row: row.person))
    shifts = sorted(
        held,
        key=lambda row: (
            desks[row.desk],
            posts[row.post],
            row.begin or _FIRST,
            row.end or _LAST,
            row.person,
        ),
    )
    return persons, tuple(shifts), tuple(tuple(spots[row]) for row in shifts)


def _ask_about_overlaps(held: dict[ShiftRow, Entry], plan: RosterPlan, remarks: Remarks) -> None:
    """Ask where two cells put different people at one rotating post at the same time."""
    by_post: defaultdict[tuple[str, str], list[tuple[ShiftRow, Entry]]] = defaultdict(list)
    for row, entry in held.items():
        if plan.posts[row.post].rotates and row.begin is not None:
            by_post[row.desk, row.post].append((row, entry))
    for rows in by_post.values():
        rows.sort(key=lambda item: (item[0].begin, item[0].end, item[1].spot))
        longest: tuple[ShiftRow, Entry] | None = None
        for row, entry in rows:
            if longest is not None:
                before, other = longest
                clash = before.end is not None and row.begin is not None and row.begin < before.end
                if clash and before.person != row.person and other.spot != entry.spot:
                    made = Text(
                        f"与 {other.spot.address}（{other.name}）同岗同时，两人都采用",
                        f"the same post and time as {other.spot.address} ({other.name}); both were taken",
                    )
                    remarks.note(entry.spot, entry.name, made, used=True)
                    text = Text(
                        "同一岗位同一时间有两处写了不同的人：以哪一处为准？",
                        "two places put different people at one post at the same time: which one holds?",
                    )
                    remarks.ask(text, entry.spot)
            if longest is None or (row.end or _LAST) > (longest[0].end or _LAST):
                longest = (row, entry)


def person_ids(entries: Sequence[Entry], desks: dict[str, int]) -> dict[tuple[str, str, str], str]:
    """Return an id for each (desk, name, phone), which no number goes into: one added or corrected later changes no id.

    An id is made of desk and name; namesakes at a desk, told apart by their numbers, are counted in the order in which they are first named.
    The same name with the same number at several desks is one person, with the id of the first of these desks.
    """
    phones: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for entry in sorted(entries, key=lambda entry: entry.spot):
        phones[entry.desk, entry.name].setdefault(entry.phone or "")
    ids: dict[tuple[str, str, str], str] = {}
    known: dict[tuple[str, str], str] = {}
    for desk, name in sorted(phones, key=lambda key: (desks[key[0]], key[1])):
        for n, phone in enumerate(phones[desk, name]):
            own = "P" + hashlib.blake2b(f"{desk}|{name}|{n}".encode(), digest_size=8).hexdigest()
            ids[desk, name, phone] = known.setdefault((name, phone), own) if phone else own
    return ids


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.desk, entry.name, entry.phone or ""
