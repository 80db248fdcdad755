"""Under which conditions a requirement fails, as sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal

from sim.report.content.grid import Column, Grid
from sim.report.content.verdicts import limit
from sim.report.sensitivity.about import LISTED, OF, About
from sim.report.sensitivity.question import Question
from sim.report.study.about import requirement_name
from sim.study.sensitivity.found import Bound, Point, Region

_SLACK = 1e-9  # what floating point may add to a count
_SAID = 6
"""So many regions are told in sentences; the workbook has all."""
MissedKind = Literal["always", "never", "sometimes"]


def fails(about: About) -> Question:
    """Return the question with its answer."""
    heading = about.words("sensitivity.head.fails")
    notes = (about.words("sensitivity.note.region"),) if held(about) else ()
    figures = ("region",) if drawn(about) is not None else ()
    tables = (_requirements(about),) if any(map(about.is_chance, about.outputs)) else ()
    return Question("fails", heading, tuple(_sentences(about)), notes, figures, tables)


def held(about: About) -> list[Region]:
    """Return the regions that are told: neither chance would do nor the whole space lies in their interval; where most more fails, first."""
    sure = [one for one in about.found.regions if one.held and one.low > one.everywhere]
    return sorted(sure, key=lambda one: one.everywhere - one.failed / one.runs)


def drawn(about: About) -> Region | None:
    """Return the region of which there is a figure: the first."""
    return next(iter(held(about)), None)


def _sentences(about: About) -> Iterator[str]:
    words, found, points = about.words, held(about), _points(about)
    sometimes = [key for key, kind in kinds(about).items() if kind == "sometimes"]
    if about.spread and sometimes:
        spoken = [key for one in found for key in sometimes if about.outputs[key].requirement == one.requirement]
        yield _rates(about, list(dict.fromkeys(spoken or sometimes)))
    for one in found[:_SAID]:
        yield _region(about, one)
    if len(found) > _SAID:
        yield words("sensitivity.regions_more", n=len(found) - _SAID)
    for kind in ("always", "never"):
        if same := [about.outputs[key] for key, own in kinds(about).items() if own == kind]:
            quoted = [words("sensitivity.quoted", name=about.named(one)) for one in same]
            names = words("sensitivity.named", names=words("sensitivity.joint").join(quoted))
            names = names if len(same) <= LISTED else words("sensitivity.in_table")
            yield words(f"sensitivity.fails_{kind}", n=len(same), points=len(points), names=names)
    if sometimes and not about.spread:
        yield words("sensitivity.ask.fails", n=len(sometimes), command=words("sensitivity.command.pawn"))
    elif sometimes and not found:
        yield words("sensitivity.no_region", n=len(sometimes), points=len(points), runs=about.found.design.runs)
    if doubtful := len(about.found.regions) - len(found):
        yield words("sensitivity.regions_doubtful", n=doubtful)


def _points(about: About) -> Sequence[Point]:
    """Return the points that are looked at: those that fill the space evenly, without them all."""
    return about.even if about.spread else about.found.points


def kinds(about: About) -> dict[str, MissedKind]:
    """Return of each requirement whether runs miss it always, never, or sometimes."""
    found: dict[str, MissedKind] = {}
    for key in filter(about.is_chance, about.outputs):
        means = {point.means[key] for point in _points(about)}
        found[key] = "always" if means == {0.0} else "never" if means == {1.0} else "sometimes"
    return found


def _rates(about: About, outputs: Sequence[str]) -> str:
    """Return in how many runs requirements are missed, whatever the inputs: each, or of many between how many."""
    words = about.words
    missed = {key: about.in_runs(about.missed(key), about.even_runs) for key in outputs}
    if len(outputs) > LISTED:
        least, *_, most = sorted(outputs, key=about.missed)
        return words("sensitivity.rates_of_many", n=len(outputs), least=missed[least], most=missed[most])
    each = [words("sensitivity.rate", name=about.named(about.outputs[key]), missed=own) for key, own in missed.items()]
    return words("sensitivity.rates", each=words("sensitivity.semicolon").join(each))


def _requirements(about: About) -> Grid:
    """Return every requirement: how long it allows, who says so, and how often it is missed, what is missed always first."""
    words, order = about.words, ("always", "sometimes", "never")
    columns = (
        Column("requirement", "", words("sensitivity.col.requirement")),
        Column("limit", "w", words("sensitivity.col.limit")),
        Column("basis", "", words("sensitivity.col.basis")),
        Column("applies_to", "", words("sensitivity.col.applies_to")),
        Column("missed", "w", words("sensitivity.col.missed")),
    )
    rows = []
    for key, kind in sorted(kinds(about).items(), key=lambda one: order.index(one[1])):
        is_rate = kind == "sometimes" and about.spread
        missed = about.counted(about.missed(key), about.even_runs) if is_rate else words(f"sensitivity.missed.{kind}")
        rows.append((*laid_down(about, key), missed))
    return Grid(words("sensitivity.sheet.requirements"), (), columns, tuple(rows))


def laid_down(about: About, output: str) -> tuple[str, str, str, str]:
    """Return the name of a requirement, how long it allows, what that rests on, and where it holds."""
    words, own = about.words, about.outputs[output].requirement
    plan = about.plans[own]
    name = requirement_name(about.scenario, own, plan, words)
    return name, limit(plan, words), words(f"status.{plan.status}"), words.applies_to(plan.applies_to)


def _region(about: About, one: Region) -> str:
    words = about.words
    return words(
        "sensitivity.region",
        bounds=words("sensitivity.and").join(bound(about, own) for own in one.bounds),
        name=about.requirement(one.requirement),
        failed=about.in_runs(one.failed / one.runs, one.runs),
        low=math.floor(one.low * OF + _SLACK),
        high=math.ceil(one.high * OF - _SLACK),
        coverage=words.percent(one.coverage),
        share=words.percent_left(one.share),
    )


def bound(about: About, own: Bound) -> str:
    """Return one condition of a region."""
    ends = {end: about.written(value) for end, value in (("low", own.low), ("high", own.high)) if value is not None}
    key = "between" if len(ends) > 1 else "above" if "low" in ends else "below"
    return about.words(f"sensitivity.bound.{key}", input=about.path(own.path), **ends)
