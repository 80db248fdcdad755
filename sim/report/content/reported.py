"""What the county knew of those who must leave, apart from what became of them; nothing where reports are not simulated."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures import ReportUp, report_up, time_to_share
from sim.records import REPORT_KINDS, Night, Report
from sim.report.content.evacuation import Moved, clock_or, from_to, moved_here, reporting_level
from sim.report.content.grid import Account, Column, Grid
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_REPORTS = (
    Column("report", "w"),
    Column("counted", "n"),
    Column("at_township", "n"),
    Column("at_county", "n"),
    Column("first_at_county", "w"),
    Column("last_at_county", "w"),
    Column("lag", "w"),
)


@dataclass(frozen=True, eq=False)
class Known:
    """What the county knew of a place: the measures, its reports, how many persons were safe, in fact, by the end; ``due`` villages."""

    night: Night
    counts: ReportUp
    reports: tuple[Report, ...]
    safe_persons: int
    due: frozenset[int]

    def safe_by_report(self) -> tuple[Floats, Ints]:
        """Return the minutes at which a report came to the county, and how many persons it knew to be safe from then on."""
        came = sorted((one.county_min, one.counted_min, one) for one in self.reports if math.isfinite(one.county_min))
        latest: dict[int, Report] = {}
        steps = {0.0: 0}
        for at_min, counted_min, report in came:
            if report.place not in latest or latest[report.place].counted_min <= counted_min:
                latest[report.place] = report
            steps[at_min] = sum(each.safe_persons for each in latest.values())
        return np.array(list(steps), dtype=np.float64), np.array(list(steps.values()), dtype=np.int64)


def known_here(moved: Moved | None) -> Known | None:
    """Return what the county knew; ``None`` where it is not simulated or nobody there must leave."""
    if moved is None or moved.night.reports is None:
        return None
    counts = report_up(moved.scenario, moved.night, moved.inside)
    if counts is None or not counts.villages_due:
        return None
    reports = tuple(report for report in moved.night.reports if moved.inside[report.place])
    safe = moved.records.due & np.isfinite(moved.records.safe_min) & np.isinf(moved.records.returned_min)
    county = moved.scenario.county
    due = np.unique(county.reporter[county.households.place[moved.records.rows[moved.records.due]]])
    return Known(moved.night, counts, reports, moved.sum_of(safe)[1], frozenset(due.tolist()))


# --- sentences --------------------------------------------------------------------------------------------------------


def reported_in_brief(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[str]:
    """Return the line for the terminal; none where it is not simulated or nobody must leave."""
    known = known_here(moved_here(scenario, night, scope))
    if known is None:
        return []
    said = (_reported(scenario, known, words), _known(known, words))
    return [words("terminal.reports", said=(" " if words.language == "en" else "").join(said))]


def _reported(scenario: Scenario, known: Known, words: Words) -> str:
    """Return how many villages had reported to the county, when the first and the last, and how many had not."""
    counts, level = known.counts, reporting_level(scenario)
    first: dict[int, float] = {}
    for report in known.reports:
        if report.place in known.due:
            first[report.place] = min(report.county_min, first.get(report.place, math.inf))
    came = [minute for minute in first.values() if math.isfinite(minute)]
    return words(
        "reports.main",
        all=words.places(level, counts.villages_due),
        n=words.number(counts.villages_reported),
        when=words("reports.when", clock=from_to(known.night, came, words)) if came else "",
        left=words.number(counts.villages_due - counts.villages_reported),
    )


def _known(known: Known, words: Words) -> str:
    """Return how many were safe in fact, and what the county knew."""
    counts = known.counts
    return words(
        "reports.known",
        fact=words.count("person", known.safe_persons),
        h=words.count("household", counts.due_households_known),
        p=words.count("person", counts.due_persons_known),
        known=words.count("person", counts.safe_persons_known),
    )


# --- the section of the page ------------------------------------------------------------------------------------------


def reports_account(scenario: Scenario, night: Night, scope: Scope, words: Words) -> Account | None:
    """Return what the county knew of the scope; ``None`` where it is not simulated or nobody there must leave."""
    known = known_here(moved_here(scenario, night, scope))
    if known is None:
        return None
    counts = known.counts
    said = [_reported(scenario, known, words), _known(known, words)]
    if counts.median_lag_min is not None:
        said.append(words("reports.lag", lag=_minutes_up(counts.median_lag_min, words)))
    if counts.county_complete_min is not None:
        said.append(words("reports.complete", clock=words.clock(night.start, counts.county_complete_min)))
    else:
        said.append(words("reports.incomplete"))
    return Account(tuple(said), (words("reports.note"),), (_of_reports(known, words),))


def _of_reports(known: Known, words: Words) -> Grid:
    """Return the reports by kind: how many came how far, when the first and the last came, how long half of them took."""
    rows = []
    for kind in REPORT_KINDS:
        own = [report for report in known.reports if report.kind == kind]
        came = [report for report in own if math.isfinite(report.county_min)]
        at = np.array([report.county_min for report in came])
        lag = float(time_to_share(at - np.array([report.counted_min for report in came]), 0.5))
        rows.append(
            (
                words(f"report_kind.{kind}"),
                words.number(len(own)),
                words.number(sum(math.isfinite(report.township_min) for report in own)),
                words.number(len(came)),
                clock_or(known.night, at.min(initial=math.inf), words),
                clock_or(known.night, at.max(initial=-math.inf), words),
                _minutes_up(lag, words) if came else words("none"),
            )
        )
    return Grid(words("table.reports"), (), _REPORTS, tuple(rows)).headed(words)


def _minutes_up(minutes: float, words: Words) -> str:
    return words("length.min", n=words.number(math.ceil(minutes - 1e-9)))
