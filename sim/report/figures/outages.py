"""The figure of outages: how many villages have service and mains, how many roads are open, how many villages have been reached."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.measures.outages import down_at, minutes_of_change
from sim.report.content.acts import named, released_headline
from sim.report.content.outages import Failed, failed_here
from sim.report.figures.over_time import (
    PLOT_IN,
    axes_of,
    clock_ticks,
    draw_steps,
    held,
    legend_beside,
    tick_clocks,
    tick_shares,
)
from sim.report.figures.sheet import COLOURS, INK, Sheet

Floats = NDArray[np.float64]
_FEWEST = 2  # villages: a share of one says nothing


def draw_outages(sheet: Sheet) -> Figure | None:
    """Draw the shares over time; nothing where nothing failed, or of too few villages."""
    found = failed_here(sheet.scenario, sheet.night, sheet.scope)
    if found is None or len(found.villages.places) < _FEWEST:
        return None
    night, words = sheet.night, sheet.words
    level = words.level(found.level, many=True)
    height = 1.75 + PLOT_IN
    figure = sheet.figure(words("figure.outages_of", place=sheet.where, level=level), height)
    axes = axes_of(figure, height)
    tick_shares(axes)
    axes.set_ylabel(words("axis.share_of_all"))
    origin = night.origin_min
    axes.set_xlim(-origin, max(night.end_min - origin, 1e-9))
    if math.isfinite(night.release_min):
        tick_clocks(axes, clock_ticks(sheet, night.end_min - origin))
        axes.set_xlabel(named("axis.minutes", sheet.scenario, words))
    else:
        axes.set_xlabel(words("axis.since_t0"))
    axes.grid(axis="y", color="#e8e8e8", linewidth=0.6)
    axes.set_axisbelow(True)
    _draw(axes, sheet, found, origin)
    handles, labels = axes.get_legend_handles_labels()
    legend_beside(figure, handles, labels, words("curve.outages"), (0.88 + PLOT_IN) / height)
    _mark_release(axes, sheet, origin)
    return figure


def _draw(axes: Axes, sheet: Sheet, found: Failed, origin: float) -> None:
    """Draw every line as steps that hold from one change to the next, the last one to the end of the run."""
    villages, words = found.villages, sheet.words
    until_min = sheet.night.end_min - origin

    def draw(key: str, minutes: Floats, share: Floats, line: dict[str, Any]) -> None:
        draw_steps(axes, minutes - origin, share, until_min, label=words(f"curve.{key}"), **line)

    service = 1 - villages.dark.mean(axis=1)
    dark: dict[str, Any] = {"color": COLOURS["nobody"], "linewidth": 0, "label": words("curve.dark")}
    axes.fill_between(*held(villages.minutes - origin, service, until_min), 1, step="post", **dark)
    draw("service", villages.minutes, service, {"color": INK, "linewidth": 1.6})
    for key, changes, colour, dashes in (
        ("mains", found.mains, COLOURS["speaker"], (4, 2)),
        ("roads", found.roads, COLOURS["neighbour"], (1, 1.4)),
    ):
        if np.isfinite(changes).any():
            at = minutes_of_change(changes)
            line = {"color": colour, "linewidth": 1.4, "linestyle": (0, dashes)}
            draw(key, at, 1 - down_at(changes, at).mean(axis=1), line)
    told = np.sort(villages.told_min[np.isfinite(villages.told_min)])
    at = minutes_of_change(told)
    share = np.searchsorted(told, at, side="right") / len(villages.places)
    draw("told", at, share, {"color": COLOURS["ten_household"], "linewidth": 1.8})


def _mark_release(axes: Axes, sheet: Sheet, origin: float) -> None:
    """Mark the release of the headline warning, if there was one."""
    night, words = sheet.night, sheet.words
    if not math.isfinite(night.release_min):
        return
    axes.plot([0, 0], [0, 1.03], color=INK, linewidth=0.8, linestyle=":", clip_on=False, zorder=4)
    released = released_headline(sheet.scenario, night, words)
    axes.annotate(
        words("curve.release", released=released, clock=words.clock(night.start, origin)),
        (0, 1.03),
        xytext=(0, 2),
        textcoords="offset points",
        fontsize=7.5,
        color=INK,
        ha="left",
        va="bottom",
        annotation_clip=False,
    )
