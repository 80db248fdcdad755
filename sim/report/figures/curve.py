"""The coverage curve: the share of households told by each minute after release, by bands of means."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.measures import coverage_curve
from sim.report.content.acts import act_names, named
from sim.report.content.evacuation import moved_here, struck_zones
from sim.report.content.means import BAND_OF, BANDS, used_means
from sim.report.figures.over_time import (
    PLOT_IN,
    ROW_IN,
    SMALL,
    Mark,
    axes_of,
    clock_ticks,
    in_rows,
    legend_beside,
    name_acts,
    rows_of,
    tick_clocks,
    tick_shares,
)
from sim.report.figures.sheet import COLOURS, HATCHES, INK, STAMP, Sheet
from sim.scenario import TargetPlan

_GAP = 0.5  # rows between the names of acts, or 100 %, and the words of limits
_NUMBER = 6.5  # letters, points


@dataclass(frozen=True)
class Limit:
    """A limit: the number of its point, how many minutes after release and at what share the point lies, and its words."""

    number: int
    at_min: float
    share: float
    text: str


def draw_curve(sheet: Sheet) -> Figure:
    """Draw the curve, with what was released and struck when; a sentence in its place where nothing was released and nobody told."""
    night, scope, words = sheet.night, sheet.scope, sheet.words
    released, last = math.isfinite(night.release_min), night.end_min - night.origin_min
    marks = later_acts(sheet, last)
    limits = limits_of(sheet, last)
    acts_end = rows_of(marks)
    rows = acts_end + len(limits) + _GAP * bool(limits)
    height = 1.55 + PLOT_IN + ROW_IN * rows
    figure = sheet.figure(named("figure.coverage_of", sheet.scenario, words, place=sheet.where), height)
    axes = axes_of(figure, height)
    tick_shares(axes)
    axes.set_ylabel(words("axis.share"))
    axes.set_xlabel(named("axis.minutes", sheet.scenario, words) if released else words("axis.clock"))
    if last <= 0 or not (released or np.isfinite(night.households.warned_min[scope.inside]).any()):
        axes.set_xticks([])
        axes.text(0.5, 0.5, words("never_released"), transform=axes.transAxes, ha="center", va="center", fontsize=12)
        return figure
    axes.set_xlim(0, last)
    tick_clocks(axes, clock_ticks(sheet, last, night.origin_min))
    axes.grid(axis="y", color="white", linewidth=0.6, alpha=0.7)
    handles, labels = _bands(axes, sheet)
    inside = scope.inside & sheet.scenario.county.households.listed
    if inside.any():
        listed = coverage_curve(night, inside)
        handles += axes.plot(listed["minutes"], listed["all"], color=INK, linewidth=1.4, linestyle=(0, (4, 2)))
        labels.append(words("curve.listed"))
    _shade_band(axes, sheet, last, handles, labels)
    _mark_onsets(axes, sheet, handles, labels)
    _mark_limits(axes, limits, acts_end)
    name_acts(axes, marks)
    legend_beside(figure, handles, labels, words("curve.first"), (0.88 + PLOT_IN) / height, handleheight=1.1)
    return figure


def _bands(axes: Axes, sheet: Sheet) -> tuple[list[Any], list[str]]:
    """Stack the bands of means, and return what stands for each in the legend, with its name, from the top down."""
    curve = coverage_curve(sheet.night, sheet.scope.inside)
    used = {BAND_OF[channel] for channel in used_means(sheet.scenario, sheet.night)}
    shown = [band for band in BANDS if band in used]
    layers = axes.stackplot(
        curve["minutes"].to_numpy(),
        [curve[list(BANDS[band])].to_numpy().sum(axis=1) for band in shown],
        colors=[COLOURS[band] for band in shown],
        edgecolor="white",
        linewidth=0.4,
    )
    for band, layer in zip(shown, layers, strict=True):
        layer.set_hatch(HATCHES.get(band, ""))
    return list(reversed(layers)), [sheet.words(f"band.{band}") for band in reversed(shown)]


def _shade_band(axes: Axes, sheet: Sheet, last_min: float, handles: list[Any], labels: list[str]) -> None:
    """Shade between the least and the most of all runs and, darker, where the middle half of them lies.

    Nothing where all are alike, nor for a place, of which it is not known.
    """
    if sheet.band is None or not sheet.scope.whole:
        return
    curve = sheet.band.coverage()
    curve = curve[curve["minutes"] <= last_min]
    if (curve["least"] == curve["most"]).all():
        return
    for key, low, high, shade in (("all", "least", "most", 0.25), ("half", "lower", "upper", 0.5)):
        area: dict[str, Any] = {"color": INK, "alpha": shade, "linewidth": 0, "zorder": 3}
        handles.append(axes.fill_between(curve["minutes"], curve[low], curve[high], **area))
        labels.append(sheet.words(f"curve.band_{key}", n=sheet.band.count))


def later_acts(sheet: Sheet, last_min: float) -> list[Mark]:
    """Return the acts released after the headline warning, from the last to the first."""
    names = act_names(sheet.scenario, sheet.words)
    later = ((act.released_min - sheet.night.release_min, names[act.id]) for act in sheet.night.acts)
    return in_rows((pair for pair in later if 0 < pair[0] <= last_min), last_min)


def limits_of(sheet: Sheet, last_min: float) -> list[Limit]:
    """Return the limits of requirements on households being told of the headline warning, numbered point by point."""
    headline = sheet.scenario.plan.headline
    points: dict[tuple[float, float], int] = {}
    limits = []
    for target in sheet.scenario.plan.targets:
        at = target.within_min - (0.0 if target.since == "release" else sheet.night.release_min)
        if (
            target.event != "warned"
            or not 0 <= at <= last_min
            or (target.act is not None and target.act not in headline)
        ):
            continue
        number = points.setdefault((at, target.share), len(points) + 1)
        limits.append(Limit(number, at, target.share, limit_text(target, sheet)))
    return limits


def _mark_onsets(axes: Axes, sheet: Sheet, handles: list[Any], labels: list[str]) -> None:
    """Mark on the axis when danger areas of the place were struck, and add what stands for it to the legend."""
    found = moved_here(sheet.scenario, sheet.night, sheet.scope)
    struck = np.unique(list(struck_zones(found).values())) if found is not None else np.zeros(0)
    after = struck[struck >= sheet.night.origin_min] - sheet.night.origin_min
    if len(after):
        mark: dict[str, Any] = {"marker": "^", "color": STAMP, "markersize": 5, "linestyle": "none", "zorder": 6}
        handles += axes.plot(after, np.zeros(len(after)), clip_on=False, **mark)
        labels.append(sheet.words("curve.onset"))


def _mark_limits(axes: Axes, limits: list[Limit], first_row: int) -> None:
    """Mark by a number where the curve should have been by each limit; its words stand in rows above the curve, the first on top."""
    number: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontsize": _NUMBER, "color": INK, "zorder": 7}
    disc: dict[str, Any] = {
        "marker": "o",
        "color": INK,
        "markersize": 9,
        "markerfacecolor": "white",
        "markeredgewidth": 0.8,
    }
    for row, limit in enumerate(reversed(limits), start=first_row):
        axes.plot([limit.at_min] * 2, [0, limit.share], color=INK, linewidth=0.8, linestyle=":")
        top = 1 + (row + 0.25 + _GAP) * ROW_IN / PLOT_IN
        aside = 0.012 * axes.get_xlim()[1]
        for x, y in ((limit.at_min, limit.share), (aside, top)):
            axes.plot(x, y, **disc, clip_on=False, zorder=6)
            axes.text(x, y, str(limit.number), **number)
        axes.text(2.5 * aside, top, limit.text, fontsize=SMALL, va="center_baseline", color=INK)


def limit_text(target: TargetPlan, sheet: Sheet) -> str:
    """Return a limit in a few words; on the page of one place it is the county's."""
    words = sheet.words
    return words(
        "curve.limit" if sheet.scope.whole else "curve.limit_county",
        share=words.exact_percent(target.share),
        whom=words(f"whom.{target.of_whom}"),
        length=words.length(target.within_min),
    )
