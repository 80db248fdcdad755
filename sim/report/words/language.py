"""The one place for what people read: every text in Chinese and English, and how moments, lengths and shares are said.

Rules of rounding, so that no number looks better than it was: clock times and minutes go up to the next whole minute, shares done go
down and shares not done up to the whole per cent. What never happened has words of its own and no number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import chain, repeat

from sim.county.plan import LevelPlan
from sim.errors import Language
from sim.measures.naming import label_text
from sim.records import CHANNELS, Night
from sim.report.words.phrases import PHRASES
from sim.roster import PostPlan
from sim.roster.plan import DepartmentPlan, NeighbourCountyPlan

_SLACK_MIN = 1e-6  # what floating point may add to a whole minute
_KINDS_BELOW = ("level", "key", "channel", "post", "site", "whom", "shelter_kind")
_KINDS_OF_KEY = ("key", *_KINDS_BELOW)  # a key begins with a block, such as the county's; below that, county is a level


class Words:
    """The texts of one language: ``words("key", name=value)``."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of ``key`` with its blanks filled in."""
        return PHRASES[key].get(self.language).format(**values)

    def or_else(self, key: str, otherwise: str) -> str:
        """Return the text of ``key``, or ``otherwise`` where there is none."""
        return self(key) if key in PHRASES else otherwise

    # --- numbers ------------------------------------------------------------------------------------------------------

    def number(self, value: float) -> str:
        """Return a whole number; English separates thousands."""
        return f"{value:,.0f}" if self.language == "en" else f"{value:.0f}"

    def count(self, what: str, n: int) -> str:
        """Return so many households, persons, sites: ``count.<what>``; English tells one from many."""
        key = f"count.{what}.one" if n == 1 and f"count.{what}.one" in PHRASES else f"count.{what}"
        return self(key, n=self.number(n))

    def percent(self, share: float) -> str:
        """Return a share in whole per cent, rounded down, so that 100 % means all and 0 % means none."""
        if not math.isfinite(share):
            return self("none")
        if 0 < share < 0.01:
            return self("below_one_percent")
        return f"{math.floor(share * 100 + 1e-9)}%"

    def percent_left(self, share: float) -> str:
        """Return a share of what was not done in whole per cent, rounded up; 0 % means none and 100 % means all."""
        if 0.99 < share < 1:
            return self("above_99_percent")
        return f"{math.ceil(share * 100 - 1e-9)}%"

    def exact_percent(self, share: float) -> str:
        """Return a share as the planner wrote it, with as many digits as it has."""
        return f"{share * 100:.10g}%"

    # --- moments and lengths of time ----------------------------------------------------------------------------------

    def clock(self, start: datetime, minutes: float) -> str:
        """Return the clock time ``minutes`` after ``start``, up to the next whole minute; after midnight it says so."""
        if not math.isfinite(minutes):
            return self("never")
        return self._on_day(*_time_and_days(start, minutes))

    def _on_day(self, time: str, days: int) -> str:
        """Return a time of day; after so many midnights it says so."""
        if days == 0:
            return time
        return self("clock.next_day", time=time) if days == 1 else self("clock.later_day", time=time, n=days + 1)

    def exact_clock(self, start: datetime, minutes: float) -> str:
        """Return the clock time ``minutes`` after ``start`` to the nearest second; after midnight it says so."""
        moment = to_the_second(start, minutes)
        return self._on_day(f"{moment:%H:%M:%S}", moment.toordinal() - start.toordinal())

    def clocks(self, start: datetime, minutes: Iterable[float]) -> list[str]:
        """Return clock times in a row, each ``minutes`` after ``start``; a day is said once, where it begins."""
        said, last_day = [], 0
        for one in minutes:
            time, day = _time_and_days(start, one)
            said.append(time if day == last_day else self.clock(start, one))
            last_day = day
        return said

    def moment(
        self, night: Night, minutes: float, form: str, *, since_min: float | None = None, never: str = "never"
    ) -> str:
        """Return clock time and minute of something ``minutes`` after T0; the text ``never`` if it never came to it.

        Minutes count from ``since_min``, the release of the headline warning by default. Both go up to the next whole one, each for
        itself: something has one clock time, from whatever its minutes count. ``form`` names the text: ``release``, ``t0``, ``act``,
        or short, for a ``cell``.
        """
        since_min = night.release_min if since_min is None else since_min
        if not math.isfinite(minutes):
            return self(never)
        clock = self.clock(night.start, minutes)
        if not math.isfinite(since_min):
            return clock
        return self(f"moment.{form}", clock=clock, minute=self.number(whole_minutes(minutes - since_min)))

    def date(self, moment: datetime) -> str:
        """Return date and clock time."""
        return self(
            "date",
            y=moment.year,
            m=moment.month,
            d=moment.day,
            month=f"{moment:%m}",
            day=f"{moment:%d}",
            time=f"{moment:%H:%M}",
        )

    def length(self, minutes: float) -> str:
        """Return a length of time in the unit a person would use: seconds, minutes or hours."""
        amount, unit = _amount(minutes)
        return self(f"length.{unit}", n=amount)

    def between(self, low: float, high: float) -> str:
        """Return a range of time, its unit said once where both ends share it."""
        (a, unit_a), (b, unit_b) = _amount(low), _amount(high)
        if unit_a == unit_b or low == 0:
            return self(f"length.{unit_b}", n=f"{a}{self('dash')}{b}")
        return f"{self.length(low)}{self('dash')}{self.length(high)}"

    # --- names --------------------------------------------------------------------------------------------------------

    def level(self, level: LevelPlan, *, many: bool = False) -> str:
        """Return the name of a level: the planner's in Chinese, ours in English."""
        if self.language == "zh":
            return level.name
        return self.or_else(f"level.{level.id}.many" if many else f"level.{level.id}", level.id.replace("_", " "))

    def places(self, level: LevelPlan, n: int) -> str:
        """Return so many places of a level."""
        name = self.level(level, many=n != 1)
        return f"{n}个{name}" if self.language == "zh" else f"{self.number(n)} {name}"

    def means(self, means: Iterable[str]) -> str:
        """Return means as a list, always in the same order; where there are none it says so."""
        named = frozenset(means)
        return self.listed(self(f"channel.{one}") for one in CHANNELS if one in named) or self("no_means")

    def needs(self, needs: Iterable[str]) -> str:
        """Return what a means needs, as a list."""
        return self.listed(self(f"need.{one}") for one in needs)

    def run_on(self, sentences: Iterable[str]) -> str:
        """Return sentences one after the other, those that are empty left out."""
        return (" " if self.language == "en" else "").join(filter(None, sentences))

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts as a list, those that are empty left out."""
        return self("list_joint").join(part for part in parts if part)

    def post(self, post: str, posts: dict[str, PostPlan]) -> str:
        """Return the name of a post: the planner's title in Chinese; English has words for those it knows."""
        title = posts[post].title if post in posts else post
        return title if self.language == "zh" else self.or_else(f"post.{post}", title)

    def caller(self, caller: DepartmentPlan | NeighbourCountyPlan) -> str:
        """Return the name of a department or a neighbouring county: the planner's title in Chinese, in English as for posts."""
        return caller.title if self.language == "zh" else self.or_else(f"department.{caller.id}", caller.id)

    def applies_to(self, where: str) -> str:
        """Return where a number holds: as written in Chinese; English has words for what the shipped files often say."""
        if not where:
            return self("status.none")
        return where if self.language == "zh" else self.or_else(f"applies_to.{where}", where)

    def label(self, label: str, levels: tuple[LevelPlan, ...]) -> str:
        """Return what is shown of a place."""
        return label_text(label, levels).get(self.language)

    def key(self, key: str) -> str:
        """Return where a number stands in the scenario, in words; parts that are the planner's own stay as they are."""
        parts = [
            next((self(f"{kind}.{part}") for kind in kinds if f"{kind}.{part}" in PHRASES), part)
            for part, kinds in zip(key.split("."), chain([_KINDS_OF_KEY], repeat(_KINDS_BELOW)), strict=False)
            if part not in ("steps", "")
        ]
        return self("key_joint").join(parts)


def _time_and_days(start: datetime, minutes: float) -> tuple[str, int]:
    """Return hour and minute of a moment ``minutes`` after ``start``, and how many midnights lie between."""
    whole = whole_minutes(minutes + start.second / 60)
    moment = start.replace(second=0, microsecond=0) + timedelta(minutes=whole)
    return f"{moment:%H:%M}", moment.toordinal() - start.toordinal()


def to_the_second(start: datetime, minutes: float) -> datetime:
    """Return the moment ``minutes`` after ``start``, to the nearest second."""
    return start + timedelta(seconds=round(minutes * 60))


def whole_minutes(minutes: float) -> int:
    """Return minutes up to the next whole one: what took 15 min 1 s did not keep a limit of 15 min."""
    return math.ceil(minutes - _SLACK_MIN)


def _amount(minutes: float) -> tuple[str, str]:
    if minutes == 0:
        return "0", "min"
    seconds = minutes * 60
    if seconds < 60 or (seconds < 120 and abs(seconds - round(seconds)) < 1e-6 and round(seconds) % 30):
        return f"{seconds:.3g}", "s"
    if minutes >= 120 and math.isclose(minutes % 60, 0, abs_tol=1e-9):
        return f"{minutes / 60:g}", "h"
    return f"{round(minutes, 2):.12g}", "min"
