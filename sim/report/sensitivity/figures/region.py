"""Where a plan fails: the points over the first bounds of a region."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from sim.report.figures.sheet import FAINT, INK
from sim.report.sensitivity.about import OF, About
from sim.report.sensitivity.fails import drawn
from sim.report.sensitivity.figures.frame import BAND, QUIET, SMALL, blank_of
from sim.study.sensitivity.found import Bound, Floats, Point
from sim.units import split

SHADES = ("white", "#fee838", "#7d7c78", "#00224e")
"""Of points: no run fails, fewer than half, half and more, all; steps of the map of villages."""


def region(about: About) -> Figure:
    """Draw the points over the first two bounds of a region, dark where most fails, with the box; over one bound the share that fails."""
    words, found = about.words, drawn(about)
    assert found is not None  # noqa: S101 - or there would be no figure
    output = f"target:{found.requirement}:met"
    points = about.even
    failed = np.array([1 - point.means[output] for point in points])
    height = 5.2
    figure = blank_of(about, "region", height, name=about.requirement(found.requirement))
    axes = figure.add_axes((0.1, 1.18 / height, 0.86, (height - 2.0) / height))
    first, second = found.bounds[0], found.bounds[1] if len(found.bounds) > 1 else None
    x = _along(points, first.path)
    y = _along(points, second.path) if second is not None else failed * OF
    beside = np.ones(len(x), dtype=bool)
    for own in found.bounds[2:]:
        beside &= _within(_along(points, own.path), own)
    steps = [_step(share) for share in failed]
    dot: dict[str, Any] = {"s": 34, "edgecolors": FAINT, "linewidths": 0.5, "zorder": 3}
    shown = np.flatnonzero(beside)
    axes.scatter(x[shown], y[shown], c=[SHADES[steps[n]] for n in shown], **dot)
    axes.scatter(x[~beside], y[~beside], marker="x", s=14, color=QUIET, linewidths=0.9, zorder=2)
    axes.margins(0.04)
    _box(axes, first, second)
    _name_axis(axes.xaxis, about, first.path, points)
    axes.set_xlabel(about.path(first.path), fontsize=SMALL)
    if second is not None:
        _name_axis(axes.yaxis, about, second.path, points)
        axes.set_ylabel(about.path(second.path), fontsize=SMALL)
    else:
        axes.set_ylabel(words("sensitivity.axis.missed"), fontsize=SMALL)
    axes.tick_params(labelsize=SMALL)
    key = [(SHADES[n], words(f"sensitivity.fig.missed_{n}")) for n in range(len(SHADES))]
    mark: dict[str, Any] = {"linestyle": "none", "markersize": 6, "markeredgecolor": FAINT, "markeredgewidth": 0.5}
    handles = [Line2D([], [], marker="o", markerfacecolor=colour, label=said, **mark) for colour, said in key]
    if not beside.all():
        aside = {**mark, "markeredgecolor": QUIET, "markeredgewidth": 0.9}
        handles.append(Line2D([], [], marker="x", label=words("sensitivity.fig.other_bound"), **aside))
    handles.append(Line2D([], [], color=INK, linewidth=1.4, label=words("sensitivity.fig.box")))
    figure.legend(
        handles=handles,
        loc="center",
        bbox_to_anchor=(0.5, 0.45 / height),
        ncols=len(handles),
        frameon=False,
        fontsize=SMALL,
        handletextpad=0.3,
        columnspacing=1.0,
    )
    return figure


def _step(share: float) -> int:
    """Return the shade of a point that fails in such a share of its runs: none, less than half, half and more, all."""
    return 0 if share <= 0 else 3 if share >= 1 else 1 if share < 0.5 else 2


def _along(points: Sequence[Point], path: str) -> Floats:
    """Return where points lie along a path, in its own unit."""
    return np.array([split(point.written[path])[0] for point in points])


def _ends(own: Bound) -> tuple[float, float]:
    return (
        split(own.low)[0] if own.low is not None else -math.inf,
        split(own.high)[0] if own.high is not None else math.inf,
    )


def _within(values: Floats, own: Bound) -> NDArray[np.bool_]:
    low, high = _ends(own)
    inside: NDArray[np.bool_] = (values >= low) & (values <= high)
    return inside


def _box(axes: Axes, first: Bound, second: Bound | None) -> None:
    """Draw the box; where it is not bounded it reaches to the edge of the plot."""
    sides = []
    for own, (edge, far) in ((first, axes.get_xlim()), (second, axes.get_ylim())):
        low, high = _ends(own) if own is not None else (-math.inf, math.inf)
        sides.append((max(low, edge), min(high, far)))
    (left, right), (bottom, top) = sides
    axes.set_xlim(axes.get_xlim())
    axes.set_ylim(axes.get_ylim())
    corner = ((left, bottom), right - left, top - bottom)
    axes.add_patch(Rectangle(*corner, facecolor=BAND, alpha=0.5, linewidth=0, zorder=1))
    axes.add_patch(Rectangle(*corner, fill=False, edgecolor=INK, linewidth=1.4, zorder=4, clip_on=False))


def _name_axis(axis: Axis, about: About, path: str, points: Sequence[Point]) -> None:
    """Write values along an axis as the scenario does."""
    unit = split(points[0].written[path])[1]
    axis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: about.written(f"{value:.6g} {unit}".strip())))
