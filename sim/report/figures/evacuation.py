"""The figures of evacuation and report-up: how far people had come by each minute, and what the county knew of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.measures import evacuation_curve
from sim.report.content.acts import act_names, first_headline
from sim.report.content.evacuation import Moved, moved_here
from sim.report.content.reported import known_here
from sim.report.figures.over_time import (
    PLOT_IN,
    ROW_IN,
    Mark,
    axes_of,
    clock_ticks,
    draw_steps,
    held,
    in_rows,
    legend_beside,
    name_acts,
    rows_of,
    tick_clocks,
)
from sim.report.figures.sheet import COLOURS, FAINT, STAMP, Sheet

Floats = NDArray[np.float64]
_AIR = 1.06  # of the axes, in persons shown at most
_BELOW_IN, _GAP_IN = 1.2, 0.2  # what a plot below takes, and the gap above it


def draw_evacuation(sheet: Sheet) -> Figure | None:
    """Draw persons told, departed and safe, below them those exposed; nothing where it is not simulated or nobody must leave."""
    found = moved_here(sheet.scenario, sheet.night, sheet.scope)
    curve = evacuation_curve(sheet.scenario, sheet.night, None if found is None else found.inside)
    if found is None or curve is None or not found.counts.listed_persons:
        return None
    own = found.records.onset_min
    struck_min = np.unique(own[np.isfinite(own)])
    figure, axes = _persons_over_time(sheet, "evacuation", found, _BELOW_IN if len(struck_min) else 0.0)
    minutes = curve["minutes"].to_numpy()
    for key, colour, dashes, width in (
        ("prompted", COLOURS["speaker"], (0, (4, 2)), 1.4),
        ("departed", COLOURS["message"], (0, (1, 1.2)), 1.8),
        ("safe", COLOURS["ten_household"], "-", 1.8),
    ):
        line = {"color": colour, "linestyle": dashes, "linewidth": width, "label": sheet.words(f"curve.{key}")}
        draw_steps(axes, minutes, curve[key].to_numpy(), sheet.night.end_min, **line)
    _legend(figure, axes, sheet, "evacuation", _BELOW_IN if len(struck_min) else 0.0)
    if len(struck_min):
        _draw_exposed(figure, axes, sheet, struck_min, curve)
    return figure


def draw_reports(sheet: Sheet) -> Figure | None:
    """Draw persons safe in fact and known to the county to be safe; nothing where reports are not simulated or nobody must leave."""
    found = moved_here(sheet.scenario, sheet.night, sheet.scope)
    known = known_here(found)
    curve = evacuation_curve(sheet.scenario, sheet.night, None if found is None else found.inside)
    if found is None or known is None or curve is None:
        return None
    figure, axes = _persons_over_time(sheet, "reports", found)
    for key, (minutes, persons), colour, dashes in (
        ("safe_fact", (curve["minutes"].to_numpy(), curve["safe"].to_numpy()), COLOURS["ten_household"], "-"),
        ("safe_known", known.safe_by_report(), COLOURS["neighbour"], (0, (4, 2))),
    ):
        line = {"color": colour, "linestyle": dashes, "linewidth": 1.8, "label": sheet.words(f"curve.{key}")}
        draw_steps(axes, minutes, persons, sheet.night.end_min, **line)
    _legend(figure, axes, sheet, "reports")
    return figure


def _persons_over_time(sheet: Sheet, name: str, found: Moved, below_in: float = 0.0) -> tuple[Figure, Axes]:
    """Return an empty figure of persons over the time of the run, with a line at those who must leave; acts released stand above it."""
    words, end_min, listed = sheet.words, sheet.night.end_min, found.counts.listed_persons
    marks = _acts(sheet)
    height = 1.55 + PLOT_IN + ROW_IN * rows_of(marks) + below_in
    figure = sheet.figure(words(f"figure.{name}_of", place=sheet.where), height)
    axes = axes_of(figure, height, below_in=below_in)
    _scale(axes, sheet, listed)
    _tell_time(axes, sheet)
    axes.plot([0, end_min], [listed] * 2, color=FAINT, linewidth=1.0, linestyle=":", label=words("curve.due"))
    name_acts(axes, marks)
    return figure, axes


def _acts(sheet: Sheet) -> list[Mark]:
    """Return the headline warning and the orders that were released, as they stand above the figure."""
    names, first = act_names(sheet.scenario, sheet.words), first_headline(sheet.scenario, sheet.night).id
    shown = [act for act in sheet.night.acts if act.id == first or act.kind == "order"]
    end_min = sheet.night.end_min
    return in_rows(((act.released_min, names[act.id]) for act in shown if act.released_min <= end_min), end_min)


def _tell_time(axes: Axes, sheet: Sheet) -> None:
    """Let the axis tell minutes after T0 and clock times."""
    tick_clocks(axes, clock_ticks(sheet, sheet.night.end_min, 0.0))
    axes.set_xlabel(sheet.words("axis.clock"))


def _scale(axes: Axes, sheet: Sheet, most: int, steps: int = 6) -> None:
    """Let the axes run over the whole run and up to so many persons."""
    axes.set_xlim(0, sheet.night.end_min)
    axes.set_ylim(0, max(most, 1) * _AIR)
    axes.yaxis.set_major_locator(MaxNLocator(steps, integer=True))
    axes.yaxis.set_major_formatter(lambda persons, _: sheet.words.number(persons))
    axes.grid(axis="y", color="#e8e8e8", linewidth=0.6)
    axes.set_axisbelow(True)


def _draw_exposed(figure: Figure, above: Axes, sheet: Sheet, struck_min: Floats, curve: pd.DataFrame) -> None:
    """Draw below, on a scale of their own, those exposed when the hazard struck, and each moment at which it did."""
    height = figure.get_figheight()
    axes = axes_of(figure, height, plot_in=_BELOW_IN - _GAP_IN)
    exposed, end_min = curve["exposed"].to_numpy(), sheet.night.end_min
    _scale(axes, sheet, int(exposed[-1]), steps=3)
    _tell_time(axes, sheet)
    above.set_xticks(above.get_xticks(), [])
    above.set_xlabel("")
    steps = held(curve["minutes"].to_numpy(), exposed, end_min)
    axes.fill_between(*steps, step="post", color=STAMP, alpha=0.18, linewidth=0)
    axes.step(*steps, where="post", color=STAMP, linewidth=1.2, label=sheet.words("curve.exposed"))
    mark: dict[str, Any] = {"color": STAMP, "markersize": 5, "linestyle": "none", "clip_on": False, "zorder": 6}
    axes.plot(struck_min, np.zeros(len(struck_min)), marker="^", label=sheet.words("curve.onset"), **mark)
    legend_beside(figure, *axes.get_legend_handles_labels(), "", (0.88 + _BELOW_IN - _GAP_IN) / height)


def _legend(figure: Figure, axes: Axes, sheet: Sheet, name: str, below_in: float = 0.0) -> None:
    """Put the legend beside the plot."""
    top = (0.88 + PLOT_IN + below_in) / figure.get_figheight()
    legend_beside(figure, *axes.get_legend_handles_labels(), sheet.words(f"curve.{name}"), top)
