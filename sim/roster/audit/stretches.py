"""Stretches of time: joined, cut out of each other, and said in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sim.errors import Text

ALWAYS_FROM, ALWAYS_TO = datetime.min, datetime.max  # noqa: DTZ901 - Beijing time throughout, and no sums are made with them


class Stretch(NamedTuple):
    """From one moment until another, the second not included; Beijing time."""

    begins: datetime
    ends: datetime

    @property
    def hours(self) -> float:
        """How long it is."""
        return (self.ends - self.begins).total_seconds() / 3600

    def within(self, other: Stretch) -> bool:
        """Tell whether no minute of it lies outside another."""
        return other.begins <= self.begins and self.ends <= other.ends

    def meets(self, other: Stretch) -> bool:
        """Tell whether the two share a minute."""
        return self.begins < other.ends and other.begins < self.ends

    @property
    def spoken(self) -> Text:
        """The stretch in words, to the minute."""
        begins, ends = self
        same = begins.date() == ends.date()
        year = "" if begins.year == ends.year else f"{ends.year}年"
        until = f"{ends:%H:%M}" if same else f"{year}{ends.month}月{ends.day}日{ends:%H:%M}"
        return Text(
            f"{begins.month}月{begins.day}日{begins:%H:%M}至{until}",
            f"{begins:%Y-%m-%d %H:%M} to {ends:%H:%M}" if same else f"{begins:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M}",
        )


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the same minutes by time, stretches that overlap or touch made one."""
    result: list[Stretch] = []
    for one in sorted(stretches):
        if result and one.begins <= result[-1].ends:
            if one.ends > result[-1].ends:
                result[-1] = Stretch(result[-1].begins, one.ends)
        elif one.begins < one.ends:
            result.append(one)
    return result


def without(whole: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """Return what is left of some stretches, themselves apart from each other, when others are cut out."""
    holes, left = joined(taken), []
    for begins, ends in whole:
        here = begins
        for hole in holes:
            if hole.begins >= ends:
                break
            if hole.ends <= here:
                continue
            if hole.begins > here:
                left.append(Stretch(here, hole.begins))
            here = hole.ends
        if here < ends:
            left.append(Stretch(here, ends))
    return left
