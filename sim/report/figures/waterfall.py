"""Where the minutes went: one bar a step, each beginning where the one before ended, up to the mean minute of being told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.report.content.acts import named, released_headline
from sim.report.content.minutes import LEAST_MIN, Stretch, long_wait_min
from sim.report.figures.sheet import FAINT, INK, Sheet

_DECIDING, _OTHERS = "#E69F00", "#56B4E9"
_TOTAL = "#555555"
_ROW_IN = 0.25
_BAR = 0.62  # of a row


def draw_waterfall(sheet: Sheet, way: Sequence[Stretch]) -> Figure | None:
    """Draw the mean minutes of the households told, step by step; nothing where nobody was told.

    A wait before consultation that would fill the figure is said in words, and the axis begins where it ends.
    """
    if not way:
        return None
    words, night = sheet.words, sheet.night
    waited = long_wait_min(way)
    way = [stretch for stretch in way if not (waited and stretch.waiting)]
    total = sum(stretch.minutes for stretch in way)
    height = 1.75 + _ROW_IN * (len(way) + 1)
    figure = sheet.figure(named("figure.waterfall_of", sheet.scenario, words, place=sheet.where), height)
    left = 0.22 if words.language == "zh" else 0.32
    axes = figure.add_axes((left, 0.78 / height, 0.95 - left, 1 - 1.62 / height))
    rows = np.arange(len(way) + 1)
    axes.set_ylim(len(way) + 0.6, -0.6)
    axes.set_xlim(0, 1.12 * max(total, 1.0))
    ends = [0.0, *(stretch.end_min - waited for stretch in way)]
    said = [words("minutes.mean", n=f"{minutes:.1f}") for minutes in (*(one.minutes for one in way), ends[-1])]
    for row, stretch in enumerate(way):
        colour = _DECIDING if stretch.deciding else _OTHERS
        axes.barh(row, stretch.minutes, left=stretch.begin_min - waited, color=colour, height=_BAR)
        axes.plot([stretch.end_min - waited] * 2, [row - _BAR / 2, row + 1 + _BAR / 2], color=FAINT, linewidth=0.5)
    axes.barh(len(way), total, color=_TOTAL, height=_BAR)
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    for row, (end, text) in enumerate(zip([*ends[1:], total], said, strict=True)):
        axes.text(end + 0.012 * total, row, text, va="center", fontsize=7.5, bbox=paper, zorder=5)
    axes.set_yticks(rows, [*(stretch.name for stretch in way), words("step_total_after" if waited else "step_total")])
    axes.tick_params(axis="y", length=0)
    decided_min = sum(stretch.minutes for stretch in way if stretch.deciding) + waited
    by_release = abs(night.release_min - decided_min) < LEAST_MIN  # otherwise many were told without a release
    axis = ("axis.since_consulting" if by_release else "axis.without_waiting") if waited else "axis.since_t0"
    axes.set_xlabel(words(axis, n=f"{waited:.1f}"))
    if by_release:
        released = released_headline(sheet.scenario, night, words)
        clock = words("curve.release", released=released, clock=words.clock(night.start, night.release_min))
        at = night.release_min - waited
        axes.axvline(at, color=INK, linewidth=0.8, linestyle="--")
        axes.text(at, -0.72, clock, fontsize=7.5, color=INK, ha="center" if at > 0.15 * total else "left", va="bottom")
    return figure
