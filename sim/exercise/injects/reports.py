"""Injects from what goes up: reports that fall due, and reports that come in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.moments import EVENTS, moments
from sim.exercise.wording import fill, means_title, term

_FIGURES = Text(
    "应转移{due_h}户{due_p}人，已转移{safe_h}户{safe_p}人",
    "to be moved {due_h} households, {due_p} persons; moved {safe_h} households, {safe_p} persons",
)
_SUMMED = Text("所辖各村汇总数", "the figures of its villages added up")


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
    said = {(one.place, one.township_min): one for one in night.reports}
    for n, event in enumerate(night.events):
        seat = drill.seats.at(event.counterpart) if event.event == "report" and event.counterpart >= 0 else None
        if seat is None or event.act != "reported" or not drill.inside[event.place]:
            continue
        report = said.get((event.place, event.t_min))
        figures, kind = _SUMMED, term("report_kind.follow_up")
        if report is not None:
            kind = term(f"report_kind.{report.kind}")
            figures = fill(
                _FIGURES,
                due_h=report.due_households,
                due_p=report.due_persons,
                safe_h=report.safe_households,
                safe_p=report.safe_persons,
            )
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
