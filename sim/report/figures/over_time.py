"""What the figures over the time of a run share: axes with clock times, steps that hold, names of acts above them, the legend beside."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.figures.sheet import INK, WIDTH_IN, Sheet, widths

Floats = NDArray[np.float64]
LEFT, WIDTH = 0.085, 0.68  # of the axes, shares of the sheet
PLOT_IN, ROW_IN = 2.95, 0.19  # heights of the axes, and of a row of names above them
SMALL, _MEDIUM = 7.5, 8.5  # letters, points
_SHEET_ENDS = 1.33  # in widths of the axes
_TICKS_MIN = (5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880)
_LEGEND_IN = 0.1  # below the upper edge of the plot, clear of the names of acts
_MOST_TICKS = 12


@dataclass(frozen=True)
class Mark:
    """An act: its name and the minute at which it stands on the axis, and in which row above the figure the name stands."""

    name: str
    at_min: float
    row: int


def axes_of(figure: Figure, height_in: float, *, below_in: float = 0.0, plot_in: float = PLOT_IN) -> Axes:
    """Return the axes of a figure of so many inches; rows of names and the legend have room above and beside, other plots below."""
    return figure.add_axes((LEFT, (0.83 + below_in) / height_in, WIDTH, plot_in / height_in))


def tick_shares(axes: Axes) -> None:
    """Let the axis of a figure of shares run from none to all."""
    axes.set_ylim(0, 1)
    axes.set_yticks(np.linspace(0, 1, 6), [f"{y:.0%}" for y in np.linspace(0, 1, 6)])


def tick_clocks(axes: Axes, ticks: dict[float, str]) -> None:
    """Mark minutes, with their clock times below."""
    axes.set_xticks(list(ticks), [f"{minute:.0f}\n{clock}" for minute, clock in ticks.items()])


def clock_ticks(sheet: Sheet, last_min: float, since_min: float | None = None) -> dict[float, str]:
    """Return the minutes that the axis marks, with their clock times: as many as stand beside each other.

    Minutes count from ``since_min`` after T0, the release of the headline warning by default.
    """
    since_min = sheet.night.release_min if since_min is None else since_min
    ticks: dict[float, str] = {}
    for step in (*_TICKS_MIN, math.ceil(last_min)):
        minutes = np.arange(0, last_min + 1e-9, step).tolist()
        clocks = sheet.words.clocks(sheet.night.start, (since_min + minute for minute in minutes))
        ticks = dict(zip(minutes, clocks, strict=True))
        needed_in = max((_width_in(a + b, _MEDIUM) / 2 for a, b in pairwise(clocks)), default=0.0)
        if last_min / step <= _MOST_TICKS and needed_in <= step / last_min * WIDTH * WIDTH_IN:
            break
    return ticks


def draw_steps(axes: Axes, minutes: Floats, values: NDArray[np.number], until_min: float, **line: Any) -> None:  # noqa: ANN401 - as of matplotlib
    """Draw values that hold from one minute to the next, the last one to ``until_min``."""
    axes.step(*held(minutes, values, until_min), where="post", **line)


def held(minutes: Floats, values: NDArray[np.number], until_min: float) -> tuple[Floats, NDArray[np.number]]:
    """Return minutes and values with the last value held to ``until_min``."""
    return np.append(minutes, until_min), np.append(values, values[-1])


def in_rows(acts: Iterable[tuple[float, str]], last_min: float) -> list[Mark]:
    """Return acts, by minute and name, from the last to the first, as they stand on an axis of ``last_min`` minutes.

    A name runs on to the right of its line, so each stands in the lowest row above all the lines that it would cross.
    """
    marks: list[Mark] = []
    for at_min, name in sorted(acts, reverse=True):
        width = _width_in(name) / (WIDTH * WIDTH_IN) * last_min
        crossed = [mark.row for mark in marks if mark.at_min < at_min + width]
        marks.append(Mark(name, at_min, 1 + max(crossed, default=-1)))
    return marks


def rows_of(marks: Iterable[Mark]) -> int:
    """Return how many rows the names of acts take."""
    return 1 + max((mark.row for mark in marks), default=-1)


def name_acts(axes: Axes, marks: Iterable[Mark]) -> None:
    """Draw a line at each act, and its name above the figure; it ends there where the sheet does."""
    edge = axes.get_xlim()[1] * _SHEET_ENDS
    bottom, top = axes.get_ylim()
    for mark in marks:
        left = mark.at_min + _width_in(mark.name) / (WIDTH * WIDTH_IN) * axes.get_xlim()[1] > edge
        above = top + (top - bottom) * (mark.row + 0.25) * ROW_IN / PLOT_IN
        axes.plot([mark.at_min] * 2, [bottom, above], color=INK, linewidth=0.8, linestyle="-", clip_on=False, zorder=4)
        axes.annotate(
            mark.name,
            (mark.at_min, above),
            xytext=(-2 if left else 2, 1),
            textcoords="offset points",
            fontsize=SMALL,
            color=INK,
            ha="right" if left else "left",
            va="center",
            annotation_clip=False,
        )


def legend_beside(figure: Figure, handles: list[Any], labels: list[str], title: str, top: float, **more: float) -> None:
    """Put the legend right of a plot, ``top`` (a share of the figure) being its upper edge."""
    figure.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(0.772, top - _LEGEND_IN / figure.get_figheight()),
        frameon=False,
        fontsize=8,
        title=title,
        title_fontsize=8,
        alignment="left",
        **more,
    )


def _width_in(text: str, points: float = SMALL) -> float:
    """Return about how wide a text is, with some air behind it."""
    return (widths(text) + 1) * points / 72
