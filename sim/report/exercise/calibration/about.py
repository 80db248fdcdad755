"""What every part of the report of a calibration asks: names, stamps, the checks, the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.exercise.calibrate import Calibration, Learnt
from sim.exercise.calibrate.checks import Fit, TriesCount, fits, tries_counted
from sim.exercise.calibrate.grid import overlap
from sim.exercise.calibrate.subjects import Subject, titled
from sim.measures.naming import naming
from sim.report.roster.papers import stamps_of
from sim.report.words.language import Words

SURPRISING = 0.05
"""What was learnt is surprising where the belief before gave so little to it and to what lies beyond, both sides counted."""


@dataclass(frozen=True, eq=False)
class About:
    """What a report is about: a calibration, and in which language."""

    made: Calibration
    words: Words

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return self.made.scenario.plan.title or self.made.scenario.plan.name

    @cached_property
    def stamps(self) -> tuple[str, ...]:
        """What stands on every page, picture and sheet."""
        return stamps_of(self.made.scenario, naming(self.made.scenario), self.words, internal=False)

    @cached_property
    def tries(self) -> list[TriesCount]:
        """Tries by post, period and number."""
        return tries_counted(self.made)

    @cached_property
    def fits(self) -> list[Fit]:
        """How well each law fits."""
        return fits(self.made)

    @cached_property
    def overlaps(self) -> dict[str, float]:
        """What prior and posterior of each number share, by its path."""
        return {one.path: overlap(one.belief.prior, one.belief.posterior) for one in self.made.learnt}

    def is_surprising(self, one: Learnt) -> bool:
        """Tell whether what was learnt lies where hardly anything was believed before: prior and log disagree (Evans & Moshonov 2006)."""
        value = one.belief.posterior.quantile(0.5)
        below = float(one.belief.prior.below(np.array([value]))[0])
        return 2 * min(below, 1 - below) < SURPRISING

    def written(self, text: str) -> str:
        """Return a number of a scenario as people write it."""
        number, _, unit = text.partition(" ")
        return f"{number}%" if unit == "%" else number + self.words.or_else(f"sensitivity.unit.{unit}", f" {unit}")

    def subject(self, about: Subject) -> str:
        """Return what a number or a law is called."""
        return titled(self.made.scenario, about).get(self.words.language)

    def posts(self, posts: Iterable[str]) -> str:
        """Return what posts are called, as a list."""
        return self.words.listed(self.words.post(post, self.made.scenario.plan.roster.posts) for post in posts)

    def name(self, one: Learnt) -> str:
        """Return what a number is called, with its parameter if it is one of a law."""
        if not one.parameter:
            return self.subject(one.about)
        parameter = self.words(f"calibration.parameter.{one.parameter}")
        return self.words("calibration.of_law", name=self.subject(one.about), parameter=parameter)

    def family(self, name: str) -> str:
        """Return what a family of laws is called."""
        return self.words(f"calibration.family.{name}")

    def counted(self, one: Learnt) -> str:
        """Return how much a number rests on."""
        return self.words(f"calibration.count.{one.about.kind}", n=self.words.number(one.count))

    @property
    def subjects(self) -> list[list[Learnt]]:
        """The numbers that were learnt, those of one law together."""
        groups: dict[Subject, list[Learnt]] = defaultdict(list)
        for one in self.made.learnt:
            groups[one.about].append(one)
        return list(groups.values())

    # --- tables -------------------------------------------------------------------------------------------------------

    def rows_learnt(self) -> list[tuple[str, str, str, str, str, int, float, str]]:
        """Return name, before, now, interval, count, overlap and path of each number."""
        return [
            (
                self.name(one),
                self.written(one.stated),
                self.written(one.value),
                self.written(one.low),
                self.written(one.high),
                one.count,
                self.overlaps[one.path],
                one.path,
            )
            for one in self.made.learnt
        ]

    def rows_tries(self) -> list[tuple[str, str, str, int, int, float, float]]:
        """Return post, period, number, tries, answers and what was to be expected."""
        posts, last = self.made.scenario.plan.roster.posts, max((one.number for one in self.tries), default=0)
        return [
            (
                self.words.post(one.post, posts),
                self.words(f"calibration.period.{one.period}"),
                self.words("calibration.and_more", n=one.number)
                if one.number == last and last > 1
                else str(one.number),
                one.tries,
                one.answered,
                one.expected_before,
                one.expected_now,
            )
            for one in self.tries
        ]

    def rows_fits(self) -> list[tuple[str, str, int, float, float]]:
        """Return name, family, count, largest gap and p value of each law."""
        return [
            (
                self.subject(one.sample.about),
                self.family(one.sample.family),
                len(one.sample.minutes),
                one.gap,
                round(one.p, 3),
            )
            for one in self.fits
        ]

    def rows_unchanged(self) -> list[tuple[str, str, int, str]]:
        """Return name, reason, count and path of what stays."""
        return [
            (self.subject(one.about), self.words(f"calibration.reason.{one.reason}"), one.count, one.path)
            for one in self.made.unchanged
        ]

    @property
    def without_data(self) -> str:
        """The names of what stays because the log says nothing of it, as a list."""
        return self.words.listed(self.subject(one.about) for one in self.made.unchanged if one.reason == "no_data")

    def headings(self, keys: Sequence[str]) -> list[str]:
        """Return the headings of columns."""
        return [self.words(f"calibration.col.{key}") for key in keys]
