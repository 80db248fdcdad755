"""The coverage curve: the share of households told by each minute after release, by bands of means."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.measures import coverage_curve
from sim.report.acts import act_names
from sim.report.means import BAND_OF, BANDS, used_means
from sim.report.sheet import COLOURS, HATCHES, INK, WIDTH_IN, Sheet
from sim.scenario import TargetPlan

_LEFT, _WIDTH = 0.085, 0.68  # of the axes, shares of the sheet
_PLOT_IN, _ROW_IN = 2.95, 0.19  # heights of the axes, and of a row of names above them
_SMALL = 7.5
_SHEET_ENDS = 1.33  # in widths of the axes
_TICKS_MIN = (5, 10, 15, 30, 60, 120, 240, 480, 1440)
_MOST_TICKS = 12


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
    rows = 1 + max((mark.row for mark in marks), default=-1)
    height = 1.55 + _PLOT_IN + _ROW_IN * rows
    figure = sheet.figure(words("figure.coverage_of", place=sheet.where), height)
    axes = figure.add_axes((_LEFT, 0.83 / height, _WIDTH, _PLOT_IN / height))
    axes.set_ylim(0, 1)
    axes.set_yticks(np.linspace(0, 1, 6), [f"{y:.0%}" for y in np.linspace(0, 1, 6)])
    axes.set_ylabel(words("axis.share"))
    axes.set_xlabel(words("axis.minutes"))
    if not math.isfinite(night.release_min) or last <= 0:
        axes.set_xticks([])
        axes.text(0.5, 0.5, words("never_released"), transform=axes.transAxes, ha="center", va="center", fontsize=12)
        return figure
    axes.set_xlim(0, last)
    step = next(s for s in (*_TICKS_MIN, math.ceil(last)) if last / s <= _MOST_TICKS)
    ticks = np.arange(0, last + 1e-9, step)
    axes.set_xticks(ticks, [f"{t:.0f}\n{words.clock(night.start, night.release_min + t)}" for t in ticks])
    axes.grid(axis="y", color="white", linewidth=0.6, alpha=0.7)
    handles, labels = _bands(axes, sheet)
    inside = scope.inside & sheet.scenario.county.households.listed
    if inside.any():
        listed = coverage_curve(night, inside)
        handles += axes.plot(listed["minutes"], listed["all"], color=INK, linewidth=1.4, linestyle=(0, (4, 2)))
        labels.append(words("curve.listed"))
    _limits(axes, sheet, last)
    _name_acts(axes, marks)
    figure.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(0.772, (0.83 + _PLOT_IN + 0.05) / height),
        frameon=False,
        fontsize=8,
        title=words("curve.first"),
        title_fontsize=8,
        alignment="left",
        handleheight=1.1,
    )
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


def _width_in(text: str) -> float:
    """Return about how wide a small text is, with some air behind it."""
    letters = sum(1.0 if ord(letter) > 0x2E80 else 0.6 for letter in text)
    return (letters + 1) * _SMALL / 72


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


def _limits(axes: Axes, sheet: Sheet, last: float) -> None:
    """Mark where the curve should have been by the limit of each requirement on households being told."""
    headline = sheet.scenario.plan.headline
    for target in sheet.scenario.plan.targets:
        at = target.within_min - (0.0 if target.since == "release" else sheet.night.release_min)
        if target.event != "warned" or not 0 <= at <= last or (target.act is not None and target.act not in headline):
            continue
        axes.plot([at, at], [0, target.share], color=INK, linewidth=0.8, linestyle=":")
        axes.plot(at, target.share, marker="v", color=INK, markersize=6, markerfacecolor="white", zorder=5)
        left = at > 0.7 * last  # the words then stand on the other side of the mark
        axes.annotate(
            limit_text(target, sheet),
            (at, target.share),
            xytext=(-7 if left else 7, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize=_SMALL,
            zorder=6,
            path_effects=[patheffects.withStroke(linewidth=2.2, foreground="white")],
        )


def limit_text(target: TargetPlan, sheet: Sheet) -> str:
    """Return a limit in a few words; on the page of one place it is the county's."""
    words = sheet.words
    return words(
        "curve.limit" if sheet.scope.whole else "curve.limit_county",
        share=words.exact_percent(target.share),
        whom=words(f"whom.{target.of_whom}"),
        length=words.length(target.within_min),
    )
