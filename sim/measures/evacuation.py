"""What became of those who must leave: safe before the onset, exposed at it or neither; and what the county knew of them.

Persons listed (应转移人数) are those of households that must leave (``due``). Each of them is safe before the onset, exposed at it, or
excluded, so the three sum to the listed. Exposed at the onset (灾害发生时仍在危险区人数) is no forecast of casualties.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.county import County
from sim.measures.coverage import NANOMINUTE, time_to_share
from sim.records import EXCLUDED, EXPOSED, EvacuationRecords, Night, Report
from sim.scenario import Scenario

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
MEASURES = ("listed", "warned", "departed", "safe_before_onset", "exposed", *EXPOSED, *EXCLUDED)
"""What households that must leave are counted for, in the order of the table ``evacuation``."""
_CURVES = ("prompted", "ready", "departed", "safe", "exposed")


@dataclass(frozen=True)
class Unlisted:
    """Persons in danger zones whom nothing asks to leave, and how many of them were in their zone when it was struck."""

    threatened_persons: int
    exposed_at_onset: int


@dataclass(frozen=True)
class KeySitesLeft:
    """Persons of threatened key sites; those who had left when it was struck, or left and it was not; those who had not."""

    persons: int
    safe_before_onset: int
    exposed_at_onset: int


@dataclass(frozen=True)
class ShelterUse:
    """How many shelters somebody came to, how many persons stayed there, and how many shelters became full."""

    used: int
    persons: int
    full: int


@dataclass(frozen=True)
class Evacuation:
    """What became of the persons who must leave; the fields count persons, times are minutes after T0, ``None`` where there is none.

    ``warned`` have heard what asks them to leave, or left on hearing of danger. ``exposed_by_cause`` and ``excluded`` have every
    word of ``EXPOSED`` and ``EXCLUDED``. ``margin_p10_min``: a tenth of those who were safe before an onset that came had at most so
    many minutes left, and ``margin_p50_min`` half of them. ``last_safe_min`` when the last household that must leave was safe;
    ``went_home`` were safe and had gone home again by the end, whether or not their zone was struck.
    ``struck_zones`` counts zones in which somebody lives or a key site stands.
    """

    listed_persons: int
    warned: int
    departed: int
    safe_before_onset: int
    exposed_at_onset: int
    exposed_by_cause: Mapping[str, int]
    margin_p10_min: float | None
    margin_p50_min: float | None
    last_safe_min: float | None
    went_home: int
    excluded: Mapping[str, int]
    unlisted: Unlisted
    key_sites: KeySitesLeft
    shelters: ShelterUse
    struck_zones: int


@dataclass(frozen=True)
class ReportUp:
    """What the county knew by the end, of the villages with households that must leave; minutes after T0, ``None`` for never.

    ``villages_reported`` the villages of which it had any report, ``county_complete_min`` when it had the final one of each,
    ``median_lag_min`` from count to county over all reports that came. What is known is the sum of the latest report of each village.
    """

    villages_reported: int
    villages_due: int
    county_complete_min: float | None
    median_lag_min: float | None
    due_households_known: int
    due_persons_known: int
    safe_persons_known: int


# --- those who must leave ---------------------------------------------------------------------------------------------


def by_measure(records: EvacuationRecords) -> dict[str, Bools]:
    """Return which households count for each of ``MEASURES``; each of shape (rows,)."""
    due = records.due
    exposed, excluded = due & (records.exposed >= 0), due & (records.excluded >= 0)
    return {
        "listed": due,
        "warned": due & np.isfinite(records.prompted_min),
        "departed": due & np.isfinite(records.departed_min),
        "safe_before_onset": due & ~exposed & ~excluded,
        "exposed": exposed,
        **{cause: due & (records.exposed == code) for code, cause in enumerate(EXPOSED)},
        **{reason: due & (records.excluded == code) for code, reason in enumerate(EXCLUDED)},
    }


def evacuation(scenario: Scenario, night: Night, inside: Bools | None = None) -> Evacuation | None:
    """Return what became of those who must leave; ``None`` where the night does not simulate it.

    Parameters
    ----------
    inside : shape (places,), optional
        in which places households, key sites and shelters count; everywhere by default
    """
    records = night.evacuation
    if records is None:
        return None
    here, persons = _counted(scenario, records, inside)
    counts = by_measure(records)
    people = {name: int(persons[counted].sum()) for name, counted in counts.items()}
    in_time = here & counts["safe_before_onset"] & np.isfinite(records.onset_min)
    margins = np.repeat(records.onset_min[in_time] - records.safe_min[in_time], persons[in_time])
    arrived = records.safe_min[here & records.due & np.isfinite(records.safe_min)]
    struck = np.isfinite(records.onset_min)
    unlisted = ~records.due
    return Evacuation(
        listed_persons=people["listed"],
        warned=people["warned"],
        departed=people["departed"],
        safe_before_onset=people["safe_before_onset"],
        exposed_at_onset=people["exposed"],
        exposed_by_cause={cause: people[cause] for cause in EXPOSED},
        margin_p10_min=_or_none(time_to_share(margins, 0.1)),
        margin_p50_min=_or_none(time_to_share(margins, 0.5)),
        last_safe_min=_or_none(arrived.max(initial=-math.inf)),
        went_home=int(persons[records.due & np.isfinite(records.returned_min)].sum()),
        excluded={reason: people[reason] for reason in EXCLUDED},
        unlisted=Unlisted(
            int(persons[unlisted].sum()),
            int(persons[unlisted & struck & (records.excluded < 0) & ~_left_in_time(records)].sum()),
        ),
        key_sites=_key_sites(scenario.county, records, inside),
        shelters=_shelters(scenario.county, records, inside),
        struck_zones=_struck_zones(scenario.county, records, inside),
    )


def evacuation_curve(
    scenario: Scenario, night: Night, inside: Bools | None = None, minutes: Floats | None = None
) -> pd.DataFrame | None:
    """Return how many of the persons who must leave had come how far by each minute; ``None`` where it is not simulated.

    Parameters
    ----------
    inside : shape (places,), optional
        in which places households count; everywhere by default
    minutes : shape (minutes,), optional
        minutes after T0, ascending; every whole one of the run by default

    Returns
    -------
    DataFrame
        ``minutes`` after T0; persons who by then had been ``prompted``, were ``ready``, had ``departed``, were ``safe`` and had not
        gone home again, and who had been ``exposed`` when their zone was struck
    """
    records = night.evacuation
    if records is None:
        return None
    _, persons = _counted(scenario, records, inside)
    persons = np.where(records.due, persons, 0)
    edges = np.arange(math.floor(night.end_min) + 1.0) if minutes is None else minutes
    at = (
        records.prompted_min,
        records.ready_min,
        records.departed_min,
        records.safe_min,
        np.where(records.exposed >= 0, records.onset_min, np.inf),
    )
    curves = {name: _by_then(times, persons, edges) for name, times in zip(_CURVES, at, strict=True)}
    curves["safe"] -= _by_then(records.returned_min, persons, edges)
    return pd.DataFrame({"minutes": edges, **curves})


def inside_each(county: County, lowest: Ints, amount: Ints) -> Ints:
    """Return how much lies inside each place, those above the lowest included; shape (places,).

    Parameters
    ----------
    lowest : shape (rows,)
        the lowest place of each row
    amount : shape (rows,)
        what each row adds to its place and to those above
    """
    total = np.zeros(len(county.places), dtype=np.int64)
    for above in county.ancestors:
        at = above[lowest]
        np.add.at(total, at[at >= 0], amount[at >= 0])
    return total


def _counted(scenario: Scenario, records: EvacuationRecords, inside: Bools | None) -> tuple[Bools, Ints]:
    """Return which rows count, and how many persons each: none where it does not count."""
    homes = scenario.county.households
    here = np.ones(len(records.rows), dtype=bool) if inside is None else inside[homes.place[records.rows]]
    return here, np.where(here, homes.persons[records.rows], 0)


def _left_in_time(records: EvacuationRecords) -> Bools:
    """Return which households were away from their zone when it was struck, asked to or not."""
    gone: Bools = (records.safe_min <= records.onset_min) & (records.returned_min > records.onset_min)
    return gone


def _by_then(times_min: Floats, persons: Ints, edges: Floats) -> Ints:
    """Return how many persons' times have come by each edge."""
    order = np.argsort(times_min, kind="stable")
    total = np.concatenate([[0], np.cumsum(persons[order])])
    return total[np.searchsorted(times_min[order], edges + NANOMINUTE, side="right")]


def _key_sites(county: County, records: EvacuationRecords, inside: Bools | None) -> KeySitesLeft:
    sites, own = county.key_sites, records.key_sites
    persons = np.where(_within(county.key_site_place, inside), sites["persons"].to_numpy(), 0)[own.rows]
    exposed = np.minimum(own.exposed_persons, persons)
    away = np.isfinite(own.onset_min) | np.isfinite(own.safe_min)
    return KeySitesLeft(int(persons.sum()), int((persons - exposed)[away].sum()), int(exposed.sum()))


def _struck_zones(county: County, records: EvacuationRecords, inside: Bools | None) -> int:
    homes, sites = county.households, county.key_sites
    lived_in = records.rows[np.isfinite(records.onset_min)]
    stood_in = records.key_sites.rows[np.isfinite(records.key_sites.onset_min)]
    if inside is not None:
        lived_in = lived_in[inside[homes.place[lived_in]]]
        stood_in = stood_in[_within(county.key_site_place, inside)[stood_in]]
    return len(np.union1d(homes.zone[lived_in], sites["zone"].to_numpy()[stood_in]))


def _shelters(county: County, records: EvacuationRecords, inside: Bools | None) -> ShelterUse:
    here, own = _within(county.shelter_place, inside), records.shelters
    used, full = here & (own.persons > 0), here & np.isfinite(own.full_min)
    return ShelterUse(int(used.sum()), int(own.persons[here].sum()), int(full.sum()))


def _within(place: Ints, inside: Bools | None) -> Bools:
    """Return which things, by the place each stands in, lie in the places that count."""
    return np.ones(len(place), dtype=bool) if inside is None else inside[place]


# --- what was reported ------------------------------------------------------------------------------------------------


def places_due(scenario: Scenario, night: Night) -> Bools:
    """Return in which places some household must leave, shape (places,); in none where the night does not simulate it."""
    lowest = _homes_due(scenario, night)
    return inside_each(scenario.county, lowest, np.ones_like(lowest)) > 0


def _homes_due(scenario: Scenario, night: Night) -> Ints:
    """Return the lowest place of each household that must leave."""
    if night.evacuation is None:
        return np.zeros(0, dtype=np.int64)
    return scenario.county.households.place[night.evacuation.rows[night.evacuation.due]]


def reported_min(scenario: Scenario, night: Night) -> Floats:
    """Return when the county first had a report of each place, shape (places,); ``inf`` for not.

    A place above the villages is reported once each of its villages with households that must leave is (never, if it has none), one
    below with its village.
    """
    county, village = scenario.county, scenario.county.reporter
    first = np.full(len(county.places), np.inf)
    for report in night.reports or ():
        first[report.place] = min(first[report.place], report.county_min)
    due = np.unique(village[_homes_due(scenario, night)])
    last = np.full(len(county.places), -np.inf)
    for above in county.ancestors[:, due]:
        np.maximum.at(last, above[above >= 0], first[due[above >= 0]])
    return np.where(np.isneginf(last), first[village], last)


def report_up(scenario: Scenario, night: Night, inside: Bools | None = None) -> ReportUp | None:
    """Return what the county knew by the end; ``None`` where the night does not simulate it.

    Parameters
    ----------
    inside : shape (places,), optional
        of which places reports count; all by default
    """
    if night.reports is None:
        return None
    arrived = [
        report
        for report in night.reports
        if math.isfinite(report.county_min) and (inside is None or inside[report.place])
    ]
    villages = np.unique(scenario.county.reporter[_homes_due(scenario, night)])
    due = set((villages if inside is None else villages[inside[villages]]).tolist())
    final: dict[int, float] = {}
    latest: dict[int, Report] = {}
    for report in sorted(arrived, key=lambda report: report.counted_min):
        latest[report.place] = report
        if report.kind == "final":
            final[report.place] = min(report.county_min, final.get(report.place, math.inf))
    known = latest.values()
    return ReportUp(
        villages_reported=len(due & latest.keys()),
        villages_due=len(due),
        county_complete_min=_or_none(max((final.get(village, math.inf) for village in due), default=math.inf)),
        median_lag_min=_or_none(time_to_share(np.array([r.county_min - r.counted_min for r in arrived]), 0.5)),
        due_households_known=sum(report.due_households for report in known),
        due_persons_known=sum(report.due_persons for report in known),
        safe_persons_known=sum(report.safe_persons for report in known),
    )


def _or_none(minutes: float) -> float | None:
    return float(minutes) if math.isfinite(minutes) else None
