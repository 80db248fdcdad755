"""The coverage curve: the share of households told by each minute after release, by bands of means."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.measures import coverage_curve
from sim.report.acts import act_names, named
from sim.report.means import BAND_OF, BANDS, used_means
from sim.report.sheet import COLOURS, HATCHES, INK, WIDTH_IN, Sheet
from sim.scenario import TargetPlan

_LEFT, _WIDTH = 0.085, 0.68  # of the axes, shares of the sheet
_PLOT_IN, _ROW_IN = 2.95, 0.19  # heights of the axes, and of a row of names above them
_GAP = 0.5  # rows between the names of acts, or 100 %, and the words of limits
_NUMBER, _SMALL, _MEDIUM = 6.5, 7.5, 8.5  # letters, points
_SHEET_ENDS = 1.33  # in widths of the axes
_TICKS_MIN = (5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880)
_MOST_TICKS = 12


@dataclass(frozen=True)
class Limit:
    """A limit: the number of its point, how many minutes after release and at what share the point lies, and its words."""

    number: int
    at_min: float
    share: float
    text: str


@dataclass(frozen=True)
class Mark:
    """An act released later on: its name and minute after release, and in which row above the curve the name stands."""

    name: str
    at_min: float
    row: int


def draw_curve(sheet: Sheet) -> Figure:
    """Draw the curve; a sentence in its place where the warning was never released."""
    night, scope, words = sheet.night, sheet.scope, sheet.words
    last = night.end_min - night.release_min
    marks = later_acts(sheet, last)
    limits = limits_of(sheet, last)
    acts_end = 1 + max((mark.row for mark in marks), default=-1)
    rows = acts_end + len(limits) + _GAP * bool(limits)
    height = 1.55 + _PLOT_IN + _ROW_IN * rows
    figure = sheet.figure(named("figure.coverage_of", sheet.scenario, words, place=sheet.where), height)
    axes = figure.add_axes((_LEFT, 0.83 / height, _WIDTH, _PLOT_IN / height))
    axes.set_ylim(0, 1)
    axes.set_yticks(np.linspace(0, 1, 6), [f"{y:.0%}" for y in np.linspace(0, 1, 6)])
    axes.set_ylabel(words("axis.share"))
    axes.set_xlabel(named("axis.minutes", sheet.scenario, words))
    if not math.isfinite(night.release_min) or last <= 0:
        axes.set_xticks([])
        axes.text(0.5, 0.5, words("never_released"), transform=axes.transAxes, ha="center", va="center", fontsize=12)
        return figure
    axes.set_xlim(0, last)
    ticks = clock_ticks(sheet, last)
    axes.set_xticks(list(ticks), [f"{t:.0f}\n{clock}" for t, clock in ticks.items()])
    axes.grid(axis="y", color="white", linewidth=0.6, alpha=0.7)
    handles, labels = _bands(axes, sheet)
    inside = scope.inside & sheet.scenario.county.households.listed
    if inside.any():
        listed = coverage_curve(night, inside)
        handles += axes.plot(listed["minutes"], listed["all"], color=INK, linewidth=1.4, linestyle=(0, (4, 2)))
        labels.append(words("curve.listed"))
    _mark_limits(axes, limits, acts_end)
    _name_acts(axes, marks)
    legend_beside(figure, handles, labels, words("curve.first"), (0.88 + _PLOT_IN) / height, handleheight=1.1)
    return figure


def legend_beside(figure: Figure, handles: list[Any], labels: list[str], title: str, top: float, **more: float) -> None:
    """Put the legend right of a plot, ``top`` (a share of the figure) being its upper edge."""
    figure.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(0.772, top),
        frameon=False,
        fontsize=8,
        title=title,
        title_fontsize=8,
        alignment="left",
        **more,
    )


def clock_ticks(sheet: Sheet, last_min: float) -> dict[float, str]:
    """Return the minutes after release that the axis marks, with their clock times: as many as stand beside each other."""
    ticks: dict[float, str] = {}
    for step in (*_TICKS_MIN, math.ceil(last_min)):
        minutes = np.arange(0, last_min + 1e-9, step).tolist()
        clocks = sheet.words.clocks(sheet.night.start, (sheet.night.release_min + minute for minute in minutes))
        ticks = dict(zip(minutes, clocks, strict=True))
        needed_in = max((_width_in(a + b, _MEDIUM) / 2 for a, b in pairwise(clocks)), default=0.0)
        if last_min / step <= _MOST_TICKS and needed_in <= step / last_min * _WIDTH * WIDTH_IN:
            break
    return ticks


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


def later_acts(sheet: Sheet, last_min: float) -> list[Mark]:
    """Return the acts released after the headline warning, from the last to the first.

    A name runs on to the right of its line, so each stands in the lowest row above all the lines that it would cross.
    """
    names = act_names(sheet.scenario, sheet.words)
    later = [(act.released_min - sheet.night.release_min, names[act.id]) for act in sheet.night.acts]
    marks: list[Mark] = []
    for at_min, name in sorted((pair for pair in later if 0 < pair[0] <= last_min), reverse=True):
        width = _width_in(name) / (_WIDTH * WIDTH_IN) * last_min
        crossed = [mark.row for mark in marks if mark.at_min < at_min + width]
        marks.append(Mark(name, at_min, 1 + max(crossed, default=-1)))
    return marks


def _width_in(text: str, points: float = _SMALL) -> float:
    """Return about how wide a text is, with some air behind it."""
    letters = sum(1.0 if ord(letter) > 0x2E80 else 0.6 for letter in text)
    return (letters + 1) * points / 72


def _name_acts(axes: Axes, marks: list[Mark]) -> None:
    """Draw a line at the release of each later act, and its name above the curve; it ends there where the sheet does."""
    edge = axes.get_xlim()[1] * _SHEET_ENDS
    for mark in marks:
        left = mark.at_min + _width_in(mark.name) / (_WIDTH * WIDTH_IN) * axes.get_xlim()[1] > edge
        top = 1 + (mark.row + 0.25) * _ROW_IN / _PLOT_IN
        axes.plot([mark.at_min] * 2, [0, top], color=INK, linewidth=0.8, linestyle="-", clip_on=False, zorder=4)
        axes.annotate(
            mark.name,
            (mark.at_min, top),
            xytext=(-2 if left else 2, 1),
            textcoords="offset points",
            fontsize=_SMALL,
            color=INK,
            ha="right" if left else "left",
            va="center",
            annotation_clip=False,
        )


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
        top = 1 + (row + 0.25 + _GAP) * _ROW_IN / _PLOT_IN
        aside = 0.012 * axes.get_xlim()[1]
        for x, y in ((limit.at_min, limit.share), (aside, top)):
            axes.plot(x, y, **disc, clip_on=False, zorder=6)
            axes.text(x, y, str(limit.number), **number)
        axes.text(2.5 * aside, top, limit.text, fontsize=_SMALL, va="center_baseline", color=INK)


def limit_text(target: TargetPlan, sheet: Sheet) -> str:
    """Return a limit in a few words; on the page of one place it is the county's."""
    words = sheet.words
    return words(
        "curve.limit" if sheet.scope.whole else "curve.limit_county",
        share=words.exact_percent(target.share),
        whom=words(f"whom.{target.of_whom}"),
        length=words.length(target.within_min),
    )
