"""How much some runs differ of which one is told in detail: what its requirements and its numbers were in all of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sim.records import Night
from sim.report.content.grid import Account, Column, Grid
from sim.report.content.scope import Scope
from sim.report.content.verdicts import Verdict
from sim.report.words.language import Words, whole_minutes
from sim.scenario import Scenario
from sim.study.band import NUMBERS, NUMBERS_OF_PLACE, Band, Kept, Spread, told_first

_NOT_JUDGED = ("nobody", "cut", "unsimulated")
_NOT_SHOWN = ("nobody", "unsimulated")
_NOT_IN_SHORT = ("warned_p50_min", "warned_p95_min")
_EXPOSED = frozenset({"exposed_at_onset_persons", "exposed_persons"})
_SLACK = 1e-9  # what floating point may add to a count


def counted(scenario: Scenario, band: Band, verdicts: Sequence[Verdict], words: Words) -> list[Verdict]:
    """Return the verdicts of the typical run, each with how many of all runs kept the requirement."""
    said = []
    for own, verdict in zip(band.nights.requirements, verdicts, strict=True):
        kept = band.kept(own, _within_min(scenario, own))
        if kept is not None and verdict.state not in _NOT_JUDGED:
            times, of_all = words("band.times", met=kept.met, n=kept.of), words("band.of_all", **_of_all(kept))
            said.append(replace(verdict, times=times, of_all=of_all))
        else:
            said.append(verdict)
    return said


def band_account(
    scenario: Scenario, night: Night, band: Band, scope: Scope, where: str, verdicts: Sequence[Verdict], words: Words
) -> Account:
    """Return how much the runs differ, with a table of requirements and one of numbers; of a place, those of the place by itself."""
    taken = [*_taken(scenario, band, scope, verdicts)]
    numbers = [*_numbers(band, scope)]
    same = _same(*(spread for _, _, spread in taken), *(spread for _, spread in numbers))
    said = [
        words("band.same" if same else "band.chosen", n=band.count, k=band.typical),
        words("band.rough", n=band.count),
    ]
    notes = () if scope.whole else (words("band.by_itself", place=where),)
    tables = (_requirements(scenario, band, scope, taken, words), _of_numbers(night, band, numbers, words))
    return Account((words.run_on(said),), notes, tuple(table for table in tables if table.rows))


def in_one_paragraph(
    scenario: Scenario, night: Night, band: Band, scope: Scope, verdicts: Sequence[Verdict], words: Words
) -> str:
    """Return how much the runs differ in short: from what to what the numbers went that matter most; and which run follows."""
    numbers = dict(_numbers(band, scope))
    left_out = {*_NOT_IN_SHORT, *(("never_households",) if _EXPOSED & numbers.keys() else ())}
    ranges = words("band.joint").join(
        words("band.range", name=_small(words(f"band.{measure}")), range=_range(measure, spread, night, words))
        for measure, spread in numbers.items()
        if measure not in left_out
    )
    taken = (spread for *_, spread in _taken(scenario, band, scope, verdicts))
    same = _same(*taken, *numbers.values())
    said = words("band.same_in_short" if same else "band.in_short", n=band.count, ranges=ranges)
    return words.run_on([said, words("band.then", k=band.typical)])


def _same(*spreads: Spread) -> bool:
    """Return whether all runs were alike in some numbers."""
    return all(float(spread.least) == float(spread.most) for spread in spreads)


def _small(name: str) -> str:
    """Return a name as it stands within a sentence."""
    return name[:1].lower() + name[1:]


def _range(measure: str, spread: Spread, night: Night, words: Words) -> str:
    least, most = (_cell(measure, float(one), night, words) for one in (spread.least, spread.most))
    return least if least == most else f"{least}{words('dash')}{most}"


def _taken(
    scenario: Scenario, band: Band, scope: Scope, verdicts: Sequence[Verdict]
) -> Iterator[tuple[str, Verdict, Spread]]:
    """Yield id, verdict and minutes of each requirement that is told first and speaks of somebody in the place."""
    judged = dict(zip(band.nights.requirements, verdicts, strict=True))
    for own in told_first(scenario, band.nights):
        spread = band.spread(f"target:{own}:min", scope.place)
        if spread is not None and judged[own].state not in _NOT_SHOWN:
            yield own, judged[own], spread


def _numbers(band: Band, scope: Scope) -> Iterator[tuple[str, Spread]]:
    """Yield the numbers of the place, each with its measure."""
    for measure in NUMBERS if scope.whole else NUMBERS_OF_PLACE:
        spread = band.spread(measure, scope.place)
        if spread is not None:
            yield measure, spread


def _requirements(
    scenario: Scenario, band: Band, scope: Scope, taken: Sequence[tuple[str, Verdict, Spread]], words: Words
) -> Grid:
    rows = []
    for own, verdict, spread in taken:
        kept = band.kept(own, _within_min(scenario, own), scope.place)
        said = verdict.state_text
        if kept is not None and verdict.state not in _NOT_JUDGED:
            said = words("band.kept", **_of_all(kept))
        minutes = (_length(float(one), words) for one in _four(spread))
        rows.append((verdict.title, verdict.limit, *minutes, said))
    columns = (
        Column("target", heading=words("head.targets" if scenario.plan.targets else "head.calls")),
        Column("limit", "w"),
        *(Column(f"band_{key}", "n") for key in ("this", "shortest", "middle", "longest")),
        Column("kept", "n", words("col.band_kept", n=band.count)),
    )
    return Grid("", (), columns, tuple(rows)).headed(words)


def _of_numbers(night: Night, band: Band, numbers: Sequence[tuple[str, Spread]], words: Words) -> Grid:
    rows = [
        (
            words(f"band.{measure}"),
            *(_cell(measure, float(one), night, words) for one in _four(spread)),
            words("band.never_times", n=int(spread.never)) if spread.never else words("none"),
        )
        for measure, spread in numbers
    ]
    columns = (
        Column("band_number"),
        *(Column(f"band_{key}", "n") for key in ("this", "least", "middle", "most")),
        Column("never", "n", words("col.band_never", n=band.count)),
    )
    return Grid("", (), columns, tuple(rows)).headed(words)


def _four(spread: Spread) -> Iterator[float]:
    """Yield what a number was in this run, the least, the middle and the most."""
    yield from (float(one) for one in (spread.this, spread.least, spread.middle, spread.most))


def _cell(measure: str, value: float, night: Night, words: Words) -> str:
    """Return a number: a clock time, a share, or how many."""
    if not math.isfinite(value):
        return words("band.never")
    if measure.endswith("_min"):
        return words.clock(night.start, value)
    return words.percent(value) if measure.startswith("share_") else words.number(round(value))


def _length(minutes: float, words: Words) -> str:
    return words("length.min", n=whole_minutes(minutes)) if math.isfinite(minutes) else words("band.never")


def _within_min(scenario: Scenario, own: str) -> float:
    """Return the limit of a requirement; a call target about several acts has an id for each."""
    plans = (*scenario.plan.targets, *scenario.plan.call_targets)
    return next(plan.within_min for plan in plans if plan.id == own.partition("@")[0])


def _of_all(kept: Kept) -> dict[str, int]:
    """Return how many runs kept a requirement, of how many, and the interval in runs, outwards to whole ones."""
    return {
        "met": kept.met,
        "n": kept.of,
        "low": math.floor(kept.low * kept.of + _SLACK),
        "high": math.ceil(kept.high * kept.of - _SLACK),
    }
