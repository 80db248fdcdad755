"""Where the minutes went: one bar a step, each beginning where the one before ended, up to the mean minute of being told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from sim.report.minutes import LEAST_MIN, Stretch
from sim.report.sheet import FAINT, INK, Sheet

_DECIDING, _OTHERS = "#E69F00", "#56B4E9"
_TOTAL = "#555555"
_ROW_IN = 0.25
_BAR = 0.62  # of a row


def draw_waterfall(sheet: Sheet, way: Sequence[Stretch]) -> Figure | None:
    """Draw the mean minutes of the households told, step by step; nothing where nobody was told."""
    if not way:
        return None
    words, night = sheet.words, sheet.night
    total = way[-1].end_min
    height = 1.75 + _ROW_IN * (len(way) + 1)
    figure = sheet.figure(words("figure.waterfall_of", place=sheet.where), height)
    left = 0.22 if words.language == "zh" else 0.32
    axes = figure.add_axes((left, 0.78 / height, 0.95 - left, 1 - 1.62 / height))
    rows = np.arange(len(way) + 1)
    axes.set_ylim(len(way) + 0.6, -0.6)
    axes.set_xlim(0, 1.12 * max(total, 1.0))
    ends = [0.0, *(stretch.end_min for stretch in way)]
    shown = np.diff(np.round(ends, 1))  # rounded so that they sum to the total shown
    said = [words("minutes.mean", n=f"{minutes:.1f}") for minutes in (*shown, ends[-1])]
    for row, stretch in enumerate(way):
        colour = _DECIDING if stretch.deciding else _OTHERS
        axes.barh(row, stretch.minutes, left=stretch.begin_min, color=colour, height=_BAR)
        axes.plot([stretch.end_min] * 2, [row - _BAR / 2, row + 1 + _BAR / 2], color=FAINT, linewidth=0.5)
    axes.barh(len(way), total, color=_TOTAL, height=_BAR)
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    for row, (end, text) in enumerate(zip([*ends[1:], total], said, strict=True)):
        axes.text(end + 0.012 * total, row, text, va="center", fontsize=7.5, bbox=paper, zorder=5)
    axes.set_yticks(rows, [*(stretch.name for stretch in way), words("step_total")])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(words("axis.since_t0"))
    decided_min = sum(stretch.minutes for stretch in way if stretch.deciding)
    if abs(night.release_min - decided_min) < LEAST_MIN:  # otherwise many were told without a release
        axes.axvline(night.release_min, color=INK, linewidth=0.8, linestyle="--")
        clock = words("curve.release", clock=words.clock(night.start, night.release_min))
        axes.text(night.release_min, -0.72, clock, fontsize=7.5, color=INK, ha="center", va="bottom")
    return figure
