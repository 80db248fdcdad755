"""How much each input matters for the main outputs: a bar each."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.report.figures.sheet import FAINT, INK, WIDTH_IN, widths
from sim.report.sensitivity.about import OF, About
from sim.report.sensitivity.figures.frame import (
    HEAD_IN,
    HIGH,
    LINE_IN,
    LOW,
    QUIET,
    SMALL,
    TINY,
    blank_of,
    folded,
    room_of,
    unit_of,
)

_MOST_RANKED = 14
"""Beyond so many, inputs that no output of the figure hears have no bar."""
_FOOT_IN = 0.82
"""Room for the labels of the axis, what is left out, and the source below."""


def ranking(about: About) -> Figure:
    """Draw a bar for each input and main output, grey where it cannot be told from chance."""
    words, panels = about.words, about.panels
    rows = _rows(about)
    called = [about.input(key) for key in rows]
    room = room_of(called)
    names = [folded(name, room - 0.1) for name in called]
    high = [max(0.2, LINE_IN * (name.count("\n") + 1) + 0.07) for name in names]
    tops = [folded(_top(about, key), (WIDTH_IN - room - 0.3) / len(panels) - 0.2) for key in panels]
    top_in = LINE_IN * max(top.count("\n") + 1 for top in tops) + 0.1
    height = HEAD_IN + top_in + sum(high) + _FOOT_IN
    figure = blank_of(about, f"ranking.{about.method}", height)
    at = np.concatenate([[0], np.cumsum(high)[:-1]]) + np.array(high) / 2
    wide = (WIDTH_IN - room - 0.15) / len(panels)
    for number, (output, top) in enumerate(zip(panels, tops, strict=True)):
        left = (room + number * wide + 0.06) / WIDTH_IN
        axes = figure.add_axes((left, _FOOT_IN / height, (wide - 0.28) / WIDTH_IN, sum(high) / height))
        _bars(axes, about, output, dict(zip(rows, at, strict=True)))
        axes.set_ylim(sum(high), 0)
        axes.set_title(top, fontsize=SMALL, color=INK, loc="left", pad=4, linespacing=1.15)
        axes.set_yticks(at, names if number == 0 else [""] * len(rows), fontsize=SMALL, linespacing=1.1)
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="x", labelsize=SMALL)
    left_out = len(about.found.inputs) - len(rows)
    if left_out:
        more = words("sensitivity.fig.left_out", n=left_out)
        figure.text(0.98, 0.26 / height, more, fontsize=SMALL, ha="right", va="bottom", color=INK)
    return figure


def _rows(about: About) -> list[str]:
    """Return the inputs that have a bar: all that are heard by some output of the figure, and of the others as many as there is room for."""
    heard = {one.input.key for output in about.panels for one in about.heard(output)}
    ranked = [one.input.key for one in about.ranked(about.panels[0])]
    room = max(_MOST_RANKED - len(heard), 0)
    quiet = [key for key in ranked if key not in heard][:room]
    return [key for key in ranked if key in heard or key in quiet]


def _top(about: About, output: str) -> str:
    """Return what stands above the bars of an output."""
    requirement = about.outputs[output].requirement
    return about.requirement(requirement) if requirement else about.output(output)


def _bars(axes: Axes, about: About, output: str, at: Mapping[str, float]) -> None:
    """Draw the bars of one output, with their intervals: dark those that come first, pale the others that are heard."""
    below, times = about.words("sensitivity.fig.below"), _times(about, output)
    ranked = [one for one in about.ranked(output) if one.input.key in at]
    first = {one.input.key for one in about.places(output)[0]}
    most = float(OF) if times != 1.0 else math.inf
    label = widths(below) * TINY / 72 / (axes.get_position().width * WIDTH_IN) + 0.03  # in widths of the axes
    room, quiet = [1e-9], []
    for one in ranked:
        y, index = at[one.input.key], one.index
        low, value, top = (min(end * times, most) for end in (index.low, index.value, index.high))
        colour = HIGH if one.input.key in first else LOW if index.heard else QUIET
        axes.barh(y, value, height=0.14, color=colour, linewidth=0)
        axes.plot([low, top], [y, y], color=INK, linewidth=0.8, marker="|", markersize=3.5, markeredgewidth=0.8)
        furthest = max(value, top)
        if index.heard:
            room.append(furthest * 1.04)
        else:
            quiet.append((y, furthest))
            room.append(furthest / (1 - label))
    wide = max(room)
    for y, furthest in quiet:
        axes.text(furthest + 0.02 * wide, y, below, fontsize=TINY, va="center", color=FAINT)
    axes.set_xlim(0, wide)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.set_xlabel(_unit_of_index(about, output), fontsize=SMALL)


def _times(about: About, output: str) -> float:
    """Return by what an index is multiplied: chances are runs of a hundred, shares are per cent."""
    return about.scale(output) if about.method == "morris" else float(OF)


def _unit_of_index(about: About, output: str) -> str:
    """Return in what an index is counted: changes of an output, those of shares in points; other methods have per cent."""
    if about.method != "morris":
        return about.words("sensitivity.axis.percent")
    return about.words("sensitivity.axis.points") if about.unit(output) == "percent" else unit_of(about, output)
