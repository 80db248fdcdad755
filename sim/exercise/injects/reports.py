"""Injects from what goes up: reports that fall due, and reports that come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.moments import EVENTS, moments
from sim.exercise.wording import fill, means_title, term
from sim.records import REPORT_KINDS, Report

_FIGURES = Text(
    "应转移{due_h}户{due_p}人，已转移{safe_h}户{safe_p}人",
    "to be moved {due_h} households, {due_p} persons; moved {safe_h} households, {safe_p} persons",
)
_SUMMED = Text("本次报来{n}个村，合计{figures}", "{n} villages in this report, together {figures}")


def of_reports(drill: Drill) -> Iterator[Candidate]:
    """Yield when a village has its first report to make, and what desks at the table are told."""
    night, county = drill.night, drill.scenario.county
    if night.evacuation is None or night.reports is None or drill.key_site is not None:
        return
    known = moments(night, "evacuation.known_min")
    for place in np.flatnonzero(drill.inside & (known <= night.end_min)).tolist():
        to, weight = drill.seats.deputy(drill.seats.over(place)), float(county.places.listed_persons[place])
        values = {"place": drill.label(place)}
        yield Candidate(
            "report_due", float(known[place]), "evacuation.known_min", place, place, to, values, weight=weight
        )
    said: dict[tuple[int, float], list[Report]] = defaultdict(list)
    said_on: dict[tuple[int, float], list[Report]] = defaultdict(list)
    for one in night.reports:
        said[one.place, one.township_min].append(one)
        said_on[int(county.places.parent[one.place]), one.county_min].append(one)
    for n, event in enumerate(night.events):
        seat = drill.seats.at(event.counterpart) if event.event == "report" and event.counterpart >= 0 else None
        if seat is None or not drill.inside[event.place]:
            continue
        own, passed_on = said[event.place, event.t_min], said_on[event.place, event.t_min]
        kind, figures = _said(own or passed_on, own=bool(own))
        values = {
            "place": drill.label(event.place),
            "kind": kind,
            "means": means_title(event.channel),
            "figures": figures,
        }
        weight = float(county.places.listed_persons[event.place])
        source, to = drill.seats.speaker(event.place), drill.seats.deputy(seat)
        bears = ("reported", drill.level_id(event.place), "")
        yield Candidate(
            "reported", event.t_min, EVENTS, n, event.place, to, values, source, event.channel, weight, bears
        )


def _said(those: Sequence[Report], *, own: bool) -> tuple[Text, Text]:
    """Return what kind of report comes in, and its figures: a village's ``own``, or those of the villages whose reports a township passes on."""
    figures = fill(
        _FIGURES,
        due_h=sum(one.due_households for one in those),
        due_p=sum(one.due_persons for one in those),
        safe_h=sum(one.safe_households for one in those),
        safe_p=sum(one.safe_persons for one in those),
    )
    kinds = [kind for kind in REPORT_KINDS if any(one.kind == kind for one in those)]
    return term(f"report_kind.{kinds[0]}"), figures if own else fill(_SUMMED, n=len(those), figures=figures)
