"""What each column of a table holds: told by its heading, put right by its values, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sim.errors import Text
from sim.roster.importing.cells import Sheet, letter, masked, without_ids
from sim.roster.importing.dates import hours_of, only_hours, parse_day
from sim.roster.importing.names import posts_of
from sim.roster.importing.phones import parse_phones
from sim.roster.importing.words import KINDS

PERSON = "person"
"""The post of a column of names whose post stands beside each name, in a column of its own."""
CLOCKS = re.compile(r"\d{1,2}\s*[:点时]\s*\d{0,2}.*?\d{1,2}\s*[:点时]")
_PLAIN = frozenset({"date", "date_to", "time", "weekday", "remark", "swap", "ignored", "place"})
"""Kinds that a heading alone tells, whatever post it names beside."""
_LANDLINE = re.compile(r"(值班|值守)(室|办公室)?(电话|座机|号码)")
_MOST = 0.6
_SAMPLE = 60


@dataclass(frozen=True)
class Role:
    """What a column holds: a kind such as date or landline, or a name, phone or title of a post.

    ``post`` may be several, joined by +: the heading 支书、主任 names two. ``hours`` are as the heading says them.
    """

    kind: str
    post: str = ""
    hours: str = ""

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts that the column is about."""
        return tuple(self.post.split("+")) if self.post else ()

    def __str__(self) -> str:
        """Return the role as a mapping writes it: ``date``, ``leader_on_duty.name``, ``duty_officer.name 夜班``."""
        return " ".join(part for part in (f"{self.post}.{self.kind}" if self.post else self.kind, self.hours) if part)


@dataclass(frozen=True)
class Column:
    """A column (counted from 1), its role, how sure that is, and why."""

    column: int
    role: Role
    confidence: float
    evidence: Text


@dataclass(frozen=True)
class _Seen:
    """A column as it stands: its heading, and of its values how many there are and how many look like what."""

    column: int
    top: str
    sub: str
    rows: int
    filled: int
    ids: int
    phones: int
    dates: int

    @property
    def text(self) -> str:
        """The whole heading."""
        return self.top + self.sub

    @property
    def by_heading(self) -> Text:
        """The heading as evidence."""
        shown = masked(f"{self.top}/{self.sub}" if self.sub else self.top)
        return Text(f"表头“{shown}”", f"heading '{shown}'") if shown else Text("没有表头", "no heading")

    def by_values(self, zh: str, en: str) -> Text:
        """What most values are as evidence, beside the heading."""
        heading = self.by_heading
        return Text(f"{heading.zh}，内容多为{zh}", f"{heading.en}, and most values are {en}")


def guess_columns(
    sheet: Sheet, header: tuple[int, int], body: Sequence[int], columns: Sequence[int], month: int | None
) -> tuple[Column, ...]:
    """Return the columns that have a heading or values, with their roles; ``body`` are the rows below."""
    guessed = []
    whole, body = body, body[:_SAMPLE]
    for column in columns:
        top, sub = heading_of(sheet, header, column)
        values = [text for row in body if (text := sheet.text(row, column))]
        if not top and not sub and not any(sheet.at(row, column) is not None for row in whole):
            continue
        seen = _Seen(
            column,
            top,
            sub,
            len(body),
            len(values),
            ids=sum(not without_ids(value, "").strip() for value in values),
            phones=sum(_only_phones(value) for value in values),
            dates=sum(parse_day(sheet.at(row, column), month or 1, typed=sheet.typed) is not None for row in body),
        )
        guessed.append(_dropped(seen) or _plain(seen) or _of_post(seen) or _by_values(seen))
    return tuple(settle_neighbours(sheet, body, guessed))


def heading_of(sheet: Sheet, header: tuple[int, int], column: int) -> tuple[str, str]:
    """Return the heading of a column: of the group it stands in, and its own."""
    first, last = header
    top = re.sub(r"\s", "", sheet.text(first, column))
    if first == last or sheet.origin(first, column) == sheet.origin(last, column):
        return top, ""
    sub = re.sub(r"\s", "", sheet.text(last, column))
    if not top and sub:  # a group whose heading stands in its first cell, not merged
        left = [c for c in sheet.columns if c < column and sheet.text(first, c)]
        top = re.sub(r"\s", "", sheet.text(first, left[-1])) if left and sheet.text(last, left[-1]) else ""
    return top, sub


@lru_cache(maxsize=1 << 12)
def kind_of(text: str) -> str:
    """Return what kind of column a heading names, "" for none."""
    return next((kind for kind, pattern in KINDS if re.search(pattern, text)), "")


def _only_phones(value: str) -> bool:
    return re.search(r"[\u3400-\u9fff]", value.replace("转", "")) is None and bool(parse_phones(value, "")[0])


def _post_and_kind(seen: _Seen) -> tuple[str, str]:
    """Return post and kind that a heading names; 值班 in 值班电话 names no post."""
    kind = kind_of(seen.sub) or kind_of(seen.top)
    posts = posts_of(seen.sub) or posts_of(_LANDLINE.sub("", seen.text) if kind == "landline" else seen.top)
    post = "+".join(posts)
    if kind == "landline" and post:
        kind = "phone"
    if kind == "time" and seen.filled and seen.dates > _MOST * seen.filled:
        kind = "date"
    if kind == "date" and "时间" in seen.text and seen.filled and 2 * seen.dates < seen.filled:
        kind = "time"
    return post, kind


def _dropped(seen: _Seen) -> Column | None:
    """Return the column as one to be dropped if heading or values say that it holds identity numbers."""
    if kind_of(seen.text) == "dropped":
        return Column(seen.column, Role("dropped"), 1.0, seen.by_heading)
    if 2 * seen.ids > seen.filled:
        return Column(seen.column, Role("dropped"), 1.0, seen.by_values("身份证号", "identity numbers"))
    return None


def _plain(seen: _Seen) -> Column | None:
    """Return the column if its heading tells all: a date, a place, a remark, the duty telephone."""
    post, kind = _post_and_kind(seen)
    of_post = post and kind in {"place", "time"} and "单位" not in seen.text
    if kind in _PLAIN and not of_post:
        return Column(seen.column, Role(kind), 0.95, seen.by_heading)
    if kind == "landline":
        return Column(seen.column, Role("landline"), 0.9, seen.by_heading)
    return Column(seen.column, Role("driver"), 0.95, seen.by_heading) if post == "driver" else None


def _of_post(seen: _Seen) -> Column | None:
    """Return the column if its heading names a post or what is known of people."""
    post, kind = _post_and_kind(seen)
    hours = hours_of(seen.sub, seen.top)
    together = re.search("姓名|名字|及|和", seen.text) and 2 * seen.phones < seen.filled  # 姓名及电话 in one cell
    if kind == "phone" and not together:
        return Column(seen.column, Role("phone", post, hours if post else ""), 0.95 if post else 0.6, seen.by_heading)
    if kind == "title":
        return Column(seen.column, Role("title", post), 0.95 if post else 0.6, seen.by_heading)
    if not post and kind not in {"name", "phone"} and not only_hours(seen.text):
        return None
    if seen.filled and seen.phones > _MOST * seen.filled:
        return Column(seen.column, Role("phone", post, hours), 0.7, seen.by_values("电话", "telephone numbers"))
    whose = post or ("duty_officer" if hours else PERSON)
    return Column(seen.column, Role("name", whose, hours), 0.95, seen.by_heading)


def _by_values(seen: _Seen) -> Column:
    """Return the column by its values alone, or as unknown."""
    if not seen.text and seen.dates > _MOST * seen.rows:
        return Column(seen.column, Role("date"), 0.7, seen.by_values("日期", "dates"))
    if not seen.text and seen.phones > _MOST * seen.filled:
        return Column(seen.column, Role("phone"), 0.6, seen.by_values("电话", "telephone numbers"))
    return Column(seen.column, Role("unknown"), 0.0, seen.by_heading)


def settle_neighbours(sheet: Sheet, body: Sequence[int], guessed: Sequence[Column]) -> Iterator[Column]:
    """Yield the columns with each column of telephones and titles given to the names it belongs to.

    A number belongs to the one column of names left of it that has none yet; with several of them nothing is clear but a landline, which
    is the desk's. A duty telephone that changes from mobile to mobile is that of whoever is on duty.
    """
    waiting: list[Column] = []
    named: list[Role] = []
    telling = any(column.role == Role("name", PERSON) for column in guessed)
    for column in guessed:
        role = column.role
        if role.kind == "name":
            waiting.append(column)
            named.append(role)
        elif role.kind == "title" and not role.post:
            owner = PERSON if telling else (named[-1].post if named else "")
            yield replace(column, role=Role("title", owner), confidence=0.8)
            continue
        elif role.kind == "phone" and role.post:
            waiting = [other for other in waiting if other.role.post != role.post]
        elif role.kind in {"phone", "landline"}:
            settled = _whose(sheet, body, column, waiting)
            if settled.role.post:
                waiting = []
            yield settled
            continue
        yield column


def _whose(sheet: Sheet, body: Sequence[int], column: Column, waiting: Sequence[Column]) -> Column:
    """Return a column of telephones with its owner: the desk, the names that wait for numbers, or nobody known."""
    phones = [phone for row in body for phone in parse_phones(sheet.text(row, column.column), "023")[0]]
    fixed = bool(phones) and all(phone.kind == "landline" for phone in phones)
    changing = len({phone.text for phone in phones if phone.kind == "mobile"}) > 1
    shown = letter(column.column)
    if column.role.kind == "landline" and (fixed or not changing):
        return column
    if fixed and not (len(waiting) == 1 and waiting[0].role.post == PERSON):
        evidence = Text(f"{shown} 列都是固定电话", f"all numbers of column {shown} are landlines")
        return replace(column, role=Role("landline"), confidence=0.7, evidence=evidence)
    if len(waiting) == 1:
        (owner,) = waiting
        evidence = Text(
            f"{column.evidence.zh}，左边只有一列姓名没有电话",
            f"{column.evidence.en}, one column of names to its left has no numbers",
        )
        return replace(
            column, role=Role("phone", owner.role.post, owner.role.hours), confidence=0.85, evidence=evidence
        )
    going = [owner for owner in waiting if _goes_with(sheet, body, owner.column, column.column)]
    if len(going) == 1:
        (owner,) = going
        evidence = Text(
            f"{column.evidence.zh}，号码只与 {letter(owner.column)} 列的姓名一一对应",
            f"{column.evidence.en}, its numbers go with the names of column {letter(owner.column)} only",
        )
        return replace(column, role=Role("phone", owner.role.post, owner.role.hours), confidence=0.8, evidence=evidence)
    return replace(column, role=Role("phone"), confidence=0.0)


def _goes_with(sheet: Sheet, body: Sequence[int], names: int, numbers: int) -> bool:
    """Tell whether each name always stands beside the same number, and each number beside the same name."""
    pairs = {(sheet.text(row, names), sheet.text(row, numbers)) for row in body if sheet.text(row, numbers)}
    return len({name for name, _ in pairs}) == len(pairs) == len({number for _, number in pairs})
