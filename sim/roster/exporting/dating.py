"""Dates, weekdays and months written in the form that a roster has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from sim.roster.importing.cells import Value, clean
from sim.roster.importing.dates import WEEKDAYS

_EPOCH = date(1899, 12, 30)
_DATE = re.compile(
    r"(?:(?P<y>\d{4})(?P<a>\s*[年./-]\s*))?(?P<m>\d{1,2})(?P<b>\s*[月./-]\s*)(?P<d>\d{1,2})(?!\d)"
    r"|(?P<y8>20\d\d)(?P<m8>\d\d)(?P<d8>\d\d)(?!\d)|(?P<only>\d{1,2})(?=\s*[日号]|$)"
)
_WEEKDAY = re.compile(r"(?P<word>星期|礼拜|周)(?P<day>[一二三四五六日天])")
_BARE_WEEKDAY = re.compile(r"(?P<word>)(?P<day>[一二三四五六日天])")
_CHINESE = ("十二", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")
"""Chinese numbers of months, by the month modulo 12."""


@dataclass(frozen=True)
class Form:
    """How days are written: as a date, a serial number, a number of the month, 8.1 as a number, 20250801, or as a text.

    ``text`` has {Y}, {M}, {D}, {W} where year, month, day and weekday stand; ``padded`` are those with a leading zero.
    """

    kind: Literal["date", "serial", "day", "fraction", "compact", "text"]
    text: str = ""
    padded: frozenset[str] = frozenset()
    sunday: str = "日"

    def value(self, day: date) -> Value:
        """Return what is written for a day."""
        if self.kind == "date":
            return datetime.combine(day, time())
        if self.kind == "text":
            weekday = self.sunday if day.weekday() == 6 else WEEKDAYS[day.weekday()]
            whole = {"Y": str(day.year), "M": str(day.month), "D": str(day.day), "W": weekday}
            shown = {name: text.zfill(2) if name in self.padded else text for name, text in whole.items()}
            return re.sub(r"\{([YMDW])\}", lambda blank: shown[blank[1]], self.text)
        numbers = {
            "serial": float((day - _EPOCH).days),
            "day": float(day.day),
            "fraction": float(f"{day.month}.{day.day}"),
            "compact": float(f"{day:%Y%m%d}"),
        }
        return numbers[self.kind]


def form_of_dates(values: Sequence[Value | None], days: Sequence[date]) -> Form | None:
    """Return the one form in which a column writes some days, ``None`` if it has several or another one."""
    forms = {_form(value, day) for value, day in zip(values, days, strict=True)}
    return _one(forms)


def form_of_weekdays(values: Sequence[Value | None], days: Sequence[date]) -> Form | None:
    """Return the form of a column of weekdays, without what else its cells say; ``None`` if it is none of ours."""
    if not any(isinstance(value, str) for value in values):  # a date that is shown as a weekday
        return form_of_dates(values, days)
    forms: set[Form | None] = set()
    for value in values:
        bare = clean(value) if isinstance(value, str) else ""
        match = _WEEKDAY.match(bare) or _BARE_WEEKDAY.match(bare)
        sunday = match["day"] if match and match["day"] in "日天" else ""
        forms.add(None if match is None else Form("text", f"{match['word']}{{W}}", sunday=sunday))
    return _one(forms)


def _one(forms: set[Form | None]) -> Form | None:
    """Return what forms have in common that differ in zeros and in what Sunday is called alone."""
    known = [form for form in forms if form is not None]
    if len(known) < len(forms) or len({(form.kind, form.text) for form in known}) != 1:
        return None
    padded = frozenset[str]().union(*(form.padded for form in known))
    sunday = "天" if any(form.sunday == "天" for form in known) else "日"
    return Form(known[0].kind, known[0].text, padded, sunday)


def _form(value: Value | None, day: date) -> Form | None:
    """Return the form in which a cell writes a day, ``None`` if it does not."""
    if isinstance(value, datetime):
        return Form("date") if value.date() == day else None
    if isinstance(value, float):
        kinds: tuple[Literal["serial", "day", "fraction", "compact"], ...] = ("serial", "day", "fraction", "compact")
        return next((Form(kind) for kind in kinds if Form(kind).value(day) == value), None)
    return _text_form(value.strip(), day) if isinstance(value, str) else None


def _text_form(text: str, day: date) -> Form | None:
    match = _DATE.search(text)
    if match is None or "{" in text:
        return None
    year, month, number = (match[a] or match[b] for a, b in (("y", "y8"), ("m", "m8"), ("d", "d8")))
    number = number or match["only"]
    if int(number) != day.day or (month and int(month) != day.month) or (year and int(year) != day.year):
        return None
    ahead = f"{{Y}}{match['a'] or ''}" if year else ""
    piece = "{D}" if match["only"] else f"{ahead}{{M}}{match['b'] or ''}{{D}}"
    always = bool(match["y8"])
    padded = {name for name, part in (("M", month), ("D", number)) if always or (part and part.startswith("0"))}
    rest = text[: match.start()] + piece + text[match.end() :]
    weekday = _WEEKDAY.search(rest)
    if weekday is not None:
        rest = rest[: weekday.start()] + weekday["word"] + "{W}" + rest[weekday.end() :]
    return Form("text", rest, frozenset(padded), weekday["day"] if weekday and weekday["day"] in "日天" else "")


def names_a_month(text: str) -> bool:
    """Tell whether a title names a month."""
    return re.search(r"(?:\d|[一二三四五六七八九十])\s*月|20\d\d\s*[./-]\s*\d{1,2}(?!\d)", clean(text)) is not None


def retitled(text: str, old: date, new: date) -> str | None:
    """Return a title with one month in place of another, ``None`` if it names a day, or another month than ``old``."""
    if re.search(r"\d\s*[日号]", clean(text)):
        return None
    year = r"(?<!\d)" + str(old.year)
    ahead = r"(?=\s*年|\s*[./-]\s*\d)"
    made = re.sub(year + ahead, str(new.year), text)
    number = rf"(?P<zero>0?){old.month}"
    for pattern in (rf"(?<!\d){number}(?=\s*月)", rf"(?<={new.year}[./-]){number}(?!\d)"):
        made = re.sub(pattern, lambda match: f"{new.month:02d}" if match["zero"] else str(new.month), made)
    chinese = rf"(?<![一二三四五六七八九十]){_CHINESE[old.month % 12]}(?=月)"
    made = re.sub(chinese, _CHINESE[new.month % 12], made)
    wanted = {str(new.month), f"{new.month:02d}", _CHINESE[new.month % 12]}
    said = re.findall(r"(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月", made)
    said += re.findall(r"20\d\d[./-](\d{1,2})(?!\d)", made)
    years = re.findall(r"(?<!\d)(20\d\d)(?=\s*年|\s*[./-]\s*\d)", made)
    return made if set(said) <= wanted and set(years) <= {str(new.year)} else None
