"""Under which conditions a requirement fails, as sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.report.sensitivity.about import OF, About
from sim.report.sensitivity.question import Question
from sim.study.sensitivity.found import Bound, Region

_SLACK = 1e-9  # what floating point may add to a count
_SAID = 6
"""So many regions are told in sentences; the workbook has all."""


def fails(about: About) -> Question:
    """Return the question with its answer."""
    heading = about.words("sensitivity.head.fails")
    notes = (about.words("sensitivity.note.region"),) if held(about) else ()
    figures = ("region",) if drawn(about) is not None else ()
    return Question("fails", heading, tuple(_sentences(about)), notes, figures)


def held(about: About) -> list[Region]:
    """Return the regions that are told: neither chance would do nor the whole space lies in their interval; where most more fails, first."""
    sure = [one for one in about.found.regions if one.held and one.low > one.everywhere]
    return sorted(sure, key=lambda one: one.everywhere - one.failed / one.runs)


def drawn(about: About) -> Region | None:
    """Return the region of which there is a figure: the first."""
    return next(iter(held(about)), None)


def _sentences(about: About) -> Iterator[str]:
    words, found = about.words, held(about)
    for one in found[:_SAID]:
        yield _region(about, one)
    if len(found) > _SAID:
        yield words("sensitivity.regions_more", n=len(found) - _SAID)
    points = about.even if about.spread else about.found.points
    chances = [key for key in about.outputs if about.is_chance(key)]
    alike = {key: {point.means[key] for point in points} for key in chances}
    for name, means in (("always", {0.0}), ("never", {1.0})):
        if same := [about.requirement(about.outputs[key].requirement) for key in chances if alike[key] == means]:
            quoted = [words("sensitivity.quoted", name=one) for one in same]
            names = words("sensitivity.joint").join(quoted)
            yield words(f"sensitivity.fails_{name}", n=len(same), points=len(points), names=names)
    open_ = [key for key in chances if alike[key] not in ({0.0}, {1.0})]
    if open_ and not about.spread:
        yield words("sensitivity.ask.fails", n=len(open_), command=words("sensitivity.command.pawn"))
    elif open_ and not found:
        yield words("sensitivity.no_region", n=len(open_), points=len(points), runs=about.found.design.runs)
    if doubtful := len(about.found.regions) - len(found):
        yield words("sensitivity.regions_doubtful", n=doubtful)


def _region(about: About, one: Region) -> str:
    words = about.words
    return words(
        "sensitivity.region",
        bounds=words("sensitivity.and").join(bound(about, own) for own in one.bounds),
        name=about.requirement(one.requirement),
        failed=about.about_hundred(one.failed / one.runs),
        low=math.floor(one.low * OF + _SLACK),
        high=math.ceil(one.high * OF - _SLACK),
        coverage=words.percent(one.coverage),
        share=words.percent_left(one.share),
        everywhere=about.about_hundred(one.everywhere),
    )


def bound(about: About, own: Bound) -> str:
    """Return one condition of a region."""
    ends = {end: about.written(value) for end, value in (("low", own.low), ("high", own.high)) if value is not None}
    key = "between" if len(ends) > 1 else "above" if "low" in ends else "below"
    return about.words(f"sensitivity.bound.{key}", input=about.path(own.path), **ends)
