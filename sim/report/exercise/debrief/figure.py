"""The figure of a debrief: of each key time the range of the runs, the limit, and the actual minutes."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.exercise.debrief import MISSED, JudgedTime, Standing
from sim.report.exercise.debrief.about import About
from sim.report.exercise.debrief.sections import MOST_DRAWN
from sim.report.figures.draw import Picture, picture_of
from sim.report.figures.sheet import INK, STAMP, blank, drawing, widths

_OUTER, _INNER, _KEPT = "#cfe3f2", "#8dbfe0", "#004c80"
_ROW_IN, _LEFT_IN = 0.26, 2.9
_HEAD_IN, _FOOT_IN = 0.95, 0.75
_HAIR = 0.004
_LETTERS = 19.0
"""The width of a name, in heights of its letters."""


def draw_band(about: About, stamps: tuple[str, ...], name: str, folder: Path) -> Picture:
    """Draw the figure, save it as PNG in ``folder`` and return it for the page."""
    folder.mkdir(parents=True, exist_ok=True)
    with drawing():
        return picture_of(name, about.words("debrief.fig.alt"), _figure(about, stamps), folder)


def _figure(about: About, stamps: tuple[str, ...]) -> Figure:
    words, debrief = about.words, about.debrief
    shown = [(one, one.standing) for one in _first(debrief.times) if one.standing is not None]
    height = _HEAD_IN + _FOOT_IN + _ROW_IN * len(shown)
    plan = debrief.subject.scenario.plan
    source = words("debrief.fig.source", scenario=plan.name, seed=plan.seed, n=debrief.count)
    figure = blank(words("debrief.fig.title", where=about.where, n=debrief.count), stamps, source, height)
    width = figure.get_figwidth()
    axes = figure.add_axes(
        (_LEFT_IN / width, _FOOT_IN / height, 1 - (_LEFT_IN + 0.55) / width, _ROW_IN * len(shown) / height)
    )
    most = _most(shown)
    axes.set_xlim(0, most * 1.04)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    for row, (one, standing) in enumerate(shown):
        low, first, third, high = (
            min(end, most)
            for end in (float(standing.runs.min()), *map(standing.quantile, (0.25, 0.75)), float(standing.runs.max()))
        )
        for begin, end, colour in ((low, high, _OUTER), (first, third, _INNER)):
            axes.barh(row, max(end - begin, most * _HAIR), left=begin, height=0.62, color=colour, linewidth=0)
        if one.key.within_min is not None and one.key.within_min <= most:
            axes.plot([one.key.within_min] * 2, [row - 0.4, row + 0.4], color=INK, linewidth=1.2)
        _mark(about, axes, row, one, standing, most)
    for colour, key in ((_OUTER, "range"), (_INNER, "half")):
        axes.plot([], [], color=colour, linewidth=7, label=words(f"debrief.fig.{key}"))
    axes.plot([], [], color=INK, linewidth=1.2, label=words("debrief.fig.limit"))
    axes.plot([], [], color=_KEPT, marker="o", linestyle="none", markersize=5, label=words("debrief.fig.actual"))
    axes.set_yticks(range(len(shown)), [_short(about.name(one)) for one, _ in shown], fontsize=7.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(words("debrief.fig.minutes"))
    axes.grid(axis="x", color="#e8e8e8", linewidth=0.6)
    axes.set_axisbelow(True)
    figure.legend(
        loc="upper right",
        bbox_to_anchor=(0.985, 1 - 0.55 / height),
        ncols=4,
        frameon=False,
        fontsize=7.5,
        columnspacing=1.2,
    )
    return figure


def _mark(about: About, axes: Axes, row: int, one: JudgedTime, standing: Standing, most: float) -> None:
    """Mark the actual minutes; what never came stands at the edge, in words."""
    colour = STAMP if one.outcome in MISSED else _KEPT
    if math.isinf(standing.actual_min):
        said = about.words("debrief.fig.never")
        axes.text(most * 1.05, row, said, fontsize=7, color=colour, va="center", clip_on=False)
    else:
        at, marker = min(standing.actual_min, most), "o" if standing.actual_min <= most else ">"
        axes.plot(at, row, marker=marker, color=colour, markersize=5, linestyle="none")


def _first(times: tuple[JudgedTime, ...]) -> list[JudgedTime]:
    """Return the first key times that can be held against the runs, as many as fit."""
    return [one for one in times if one.standing is not None][:MOST_DRAWN]


def _most(shown: list[tuple[JudgedTime, Standing]]) -> float:
    """Return how far the minutes go: as far as anything that came to an end."""
    ends = [np.append(standing.runs, standing.actual_min) for _, standing in shown]
    limits = [one.key.within_min for one, _ in shown if one.key.within_min is not None]
    whole = np.concatenate([*ends, np.array(limits, dtype=float)])
    finite = whole[np.isfinite(whole)]
    return max(float(finite.max()) if finite.size else 1.0, 1.0)


def _short(name: str) -> str:
    """Return the beginning of a name that has room beside the figure."""
    if widths(name) <= _LETTERS:
        return name
    while widths(name) > _LETTERS - 1:
        name = name[:-1]
    return f"{name}…"
