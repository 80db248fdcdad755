"""What a mark in a grid of days means: 值, 白, 夜, 休 by themselves, all others (班, √, ● …) only if a mapping says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.roster.importing.cells import clean
from sim.roster.importing.dates import Hours, hours_of, only_hours, parse_hours, shift_word
from sim.roster.importing.names import is_name, post_of
from sim.roster.importing.words import AWAY, NOBODY, SHORT_PARTS, SURNAMES, WHOLE_DAY

OFF = "off"
_OFF = re.compile(rf"休|假|(?:{AWAY})[假中]?|未值班|不值班")
_UNCLEAR = frozenset({"*", "×"})
"""Nobody where a name should stand; below a day they may as well mark who is on duty."""
_SHORT_POSTS = {"主": "duty_officer", "副": "deputy_officer", "带": "leader_on_duty"}
_POSTS_BY_SHIFT = frozenset({"带班", "主班", "副班", "协班", "备班"})
_ON_DUTY = frozenset({"值", "值班", "值守"})
_LONGEST = 6
_ANY = Hours(0, 0)


@dataclass(frozen=True)
class Mark:
    """A mark: on duty or not, at which post ("" where the row says it), at which hours ("" for the whole duty day)."""

    on_duty: bool = True
    post: str = ""
    hours: str = ""


def mark_text(text: str) -> str:
    """Return a mark without spaces, full-width letters made half-width."""
    return re.sub(r"\s", "", clean(text))


def known_mark(text: str) -> Mark | None:
    """Return what a mark means by itself, ``None`` if that would have to be guessed."""
    bare = mark_text(text)
    if bare in NOBODY - _UNCLEAR or _OFF.fullmatch(bare):
        return Mark(on_duty=False)
    if bare in _ON_DUTY or bare in WHOLE_DAY:
        return Mark()
    if only_hours(bare) and bare not in SHORT_PARTS:  # 上, 下 may as well be 上班, 下班
        return Mark(hours=hours_of(bare))
    shift = bare.endswith("班") and bare not in _POSTS_BY_SHIFT  # 甲班: when is that?
    post = _SHORT_POSTS.get(bare) or ("" if shift else post_of(bare))
    return Mark(post=post) if post else None


def is_mark(text: str) -> bool:
    """Tell whether a text may be a mark, and no name and no sentence."""
    named = is_name(text) and text[0] in SURNAMES and not text.endswith("班")
    return not named and len(text) <= _LONGEST


def stated_mark(value: str) -> Mark | None:
    """Return what a mapping states of a mark: off or 休, or a post, hours (白班, 08:00-20:00, 值班) or both; ``None`` if it cannot be read.

    A post stands as it is named, by id or title.
    """
    if value == OFF:
        return Mark(on_duty=False)
    known = None if " " in value else known_mark(value)
    if known is not None and (not known.post or value in _SHORT_POSTS):
        return known
    match = re.fullmatch(r"(?P<post>[^\W\d][^\s:]*?)?(?:(?:^|\s+)(?P<hours>\S.*))?", value)
    if match is None or not value:
        return None
    if parse_hours(value, _ANY, _ANY, _ANY) is not None and " " not in value:
        return Mark(hours=value)
    post, hours = match["post"] or "", match["hours"] or ""
    if hours and parse_hours(hours, _ANY, _ANY, _ANY) is None and not shift_word(hours):
        return None
    return Mark(post=post, hours="" if hours in WHOLE_DAY else hours)
