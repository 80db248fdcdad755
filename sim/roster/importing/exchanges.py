"""Leave and swaps as remarks and cells of names speak of them: two who change places are told, all else is asked in one question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sim.errors import Text
from sim.roster.importing.cells import clean
from sim.roster.importing.names import is_name
from sim.roster.importing.people import Entry
from sim.roster.importing.result import Remarks, Spot
from sim.roster.importing.words import AWAY

_HAN = r"[\u3400-\u9fff]"
_SWAP = r"对调|对换|互换|调换|调班|换班|替班|顶班|顶替|顶岗|代班|代值"
_WORDS = re.compile(rf"{_SWAP}|公差")
_IN_REMARKS = re.compile(
    rf"{_SWAP}|请假|休假|事假|病假|产假|年假|出差|公差|培训|外出|住院|抽调|借调|隔离|换(?!届)|(?<![山屋楼])顶|替|代(?!表|码|号)"
)
_IN_NAMES = re.compile(
    rf"{_SWAP}|公差|由{_HAN}{{2,4}}(?:带班|值班|值守|[代顶替])|(?<={_HAN}{_HAN})[代顶替](?=$|[\s、,;/()])|(?:^|[\s(])[代顶替](?=\s)"
)
"""代 may be a letter of a name (陈代云): behind a name, or standing alone, it is none."""
_ABSENCE = re.compile(rf"\(?(?:{AWAY})[中假]?\)?")
_BOTH = re.compile(
    rf"(?P<one>{_HAN}{{2,4}}?)\s*(?:与|和|同|跟|、|\s)\s*(?P<other>{_HAN}{{2,4}}?)\s*(?:相互|互相)?(?:对调|对换|互换|调换|换班|调班)(?:值?班次?)?[。.]?"
)
_QUESTION = Text(
    "有的换班、请假、代班没有照办：请把当天的姓名格改成实际值班的人（一天一行的表也可在备注写“换班：张三→李四”）",
    "some swaps, leave or deputies were not carried out: put who is really on duty into the cell of that day (in a list by the day a remark "
    "换班：张三→李四 will do)",
)
_UNDONE = Text("写了换班、请假或代班，没有照办", "a swap, leave or a deputy that was not carried out")


def of_remark(text: str) -> bool:
    """Tell whether a remark speaks of leave, a swap or a deputy."""
    return _IN_REMARKS.search(clean(text)) is not None


def of_names(text: str) -> bool:
    """Tell whether a cell of names speaks of a swap or a deputy: of more than that somebody is away."""
    return _IN_NAMES.search(_ABSENCE.sub("", clean(text))) is not None


def is_word(name: str) -> bool:
    """Tell whether what looks like a name is a word of leave or swaps."""
    return _WORDS.search(name) is not None


def ask(remarks: Remarks, spot: Spot, text: str, *, used: bool = False) -> None:
    """Note and ask about a leave or swap that was not carried out; ``used`` tells that the people of the cell were taken as they stand."""
    remarks.note(spot, text, _UNDONE, used=used)
    remarks.ask(_QUESTION, spot)


def who_change(text: str) -> tuple[str, str] | None:
    """Return the two of whom a remark says plainly that they change places: “张三与李四对调”."""
    match = _BOTH.fullmatch(clean(text))
    return (match["one"], match["other"]) if match and is_name(match["one"]) and is_name(match["other"]) else None


def changed(entries: Sequence[Entry], one: str, other: str) -> list[Entry] | None:
    """Return the entries of a day with two people in each other's places; ``None`` unless each of them stands in one place."""
    first, second = ([entry for entry in entries if entry.name == name] for name in (one, other))
    if len(first) != 1 or len(second) != 1 or first[0].post == second[0].post:
        return None
    (a,), (b,) = first, second
    instead = {a: replace(a, name=b.name, phone=b.phone), b: replace(b, name=a.name, phone=a.phone)}
    return [instead.get(entry, entry) for entry in entries]
