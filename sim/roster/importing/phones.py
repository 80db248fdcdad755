"""Telephone numbers as rosters write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sim.roster.importing.cells import clean, has_id

Kind = Literal["mobile", "landline", "malformed", "stated"]
_MOBILE = re.compile(r"(?:\+?(?:00)?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(
    r"(?:\+?86)?(0(?:10|2\d|[3-9]\d{2}))?([2-8]\d{6,7})(?:(?:转|ext\.?|#|,)(\d{1,6}))?", re.IGNORECASE
)
_INSIDE = re.compile(
    r"(?:\+?86[ -]?)?(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"
    r"|(?<!\d)\(?0\d{2,3}\)?[ -]?[2-8]\d{6,7}(?!\d)(?:\s*转\s*\d{1,6})?"
    r"|(?<!\d)\d{7,13}(?!\d)(?:\s*转\s*\d{1,6})?"
)
_LOST = re.compile(r"(\d)(?:\.(\d+))?[Ee]\+?(\d{2})")


@dataclass(frozen=True)
class Phone:
    """A number in its plain form: 13800001234, 023-55123456, 023-55123456转8001; a malformed one as it was, without spaces."""

    text: str
    kind: Kind


def area_code(county_code: str) -> str:
    """Return the area code of a county by its code; all of Chongqing has one."""
    return "023" if county_code.startswith("50") else ""


def phone_text(text: str) -> str:
    """Return a number, or several, without spaces and dashes: what a mapping compares."""
    return re.sub(r"[\s-]", "", clean(text))


@lru_cache(maxsize=1 << 12)
def parse_phones(text: str, area: str) -> tuple[tuple[Phone, ...], str]:
    """Return the numbers of a cell and the text that is no number; an identity number is neither."""
    found: list[Phone] = []
    rest: list[str] = []
    for piece in re.split(r"[/、,;\n]+", clean(text)):
        whole = _one(piece, area)
        words = [_one(word, area) for word in piece.split()]
        if whole is not None and whole.kind != "malformed":
            found.append(whole)
        elif len(words) > 1 and all(word is not None and word.kind != "malformed" for word in words):
            found += [word for word in words if word is not None]
        elif whole is not None:
            found.append(whole)
        elif has_id(piece):
            continue
        elif (inside := take_phones(piece, area))[0]:
            found += inside[0]
            rest.append(inside[1])
        elif re.search(r"\d{3}", piece):
            found.append(Phone(re.sub(r"[^\d+*#转-]", "", piece), "malformed"))
            rest.append(re.sub(r"[\d\s+*#转().-]", "", piece))
        else:
            rest.append(piece)
    return tuple(dict.fromkeys(found)), " ".join(word for word in (piece.strip(" ():") for piece in rest) if word)


def take_phones(text: str, area: str) -> tuple[tuple[Phone, ...], str]:
    """Return the numbers that stand inside a text, and the text without them."""
    found = [
        phone
        for match in _INSIDE.finditer(text)
        if not has_id(match[0]) and (phone := _one(match[0], area)) is not None
    ]
    return tuple(found), _INSIDE.sub(" ", text) if found else text


def _one(text: str, area: str) -> Phone | None:
    """Return the number that a text is, whole; ``None`` if it is something else."""
    if not text.strip() or (has_id(text) and not _LOST.fullmatch(text.strip())):
        return None
    lost = _LOST.fullmatch(text.strip())
    if lost is not None:
        digits, places = lost[1] + (lost[2] or ""), int(lost[3])
        if places != 10:
            return None
        shown = lost[2] or ""
        if len(shown) < places and len(shown.rstrip("0")) < 8:  # fewer digits than any number needs: they are gone
            return Phone(text.strip(), "malformed")
        return _one(digits.ljust(places + 1, "0")[: places + 1], area)
    bare = re.sub(r"[\s().·—–-]", "", re.sub(r"\.0+$", "", text.strip()))
    extension = re.fullmatch(r"(\(?0\d{2,3}\)?[\s-]?[2-8]\d{6,7})[\s-]+(\d{1,6})", text.strip())
    if extension is not None:
        bare = re.sub(r"[\s().-]", "", extension[1]) + "转" + extension[2]
    mobile = _MOBILE.fullmatch(bare)
    if mobile is not None:
        return Phone(mobile[1], "mobile")
    landline = _LANDLINE.fullmatch(bare)
    if landline is not None and (landline[1] or len(landline[2]) == 8 or area != "023"):
        code, number, extension_number = landline[1] or area, landline[2], landline[3]
        whole = f"{code}-{number}" if code else number
        return Phone(whole + (f"转{extension_number}" if extension_number else ""), "landline")
    if re.fullmatch(r"[\d+*#转]{3,}", bare):
        return Phone(bare, "malformed")
    return None
