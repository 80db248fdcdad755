"""The figures: what was believed of each number before and after, and where lengths of time lie in the laws that were learnt."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy import stats

from sim.exercise.calibrate import Learnt
from sim.exercise.calibrate.checks import Fit
from sim.exercise.calibrate.grid import Floats, Marginal
from sim.exercise.calibrate.written import unit_of
from sim.report.exercise.calibration.about import About
from sim.report.figures.draw import Picture, as_svg
from sim.report.figures.sheet import FAINT, INK, WIDTH_IN, blank, drawing
from sim.units import DURATION, split

NOW, BEFORE, BAND = "#0072B2", "#8a8f98", "#e3e6ea"
_COLUMNS, _ROWS = 3, 5
"""Panels of one figure."""
_PANEL_IN, _HEAD_IN, _FOOT_IN = 1.35, 0.75, 0.35
_SMALL = 6.8  # letters, points
_POINTS = 160
_SMOOTH = np.hanning(11)[1:-1] / np.hanning(11).sum()
"""A belief is summed at points of a grid; the weights of nine neighbours take the steps out of its curve."""
_FEW = 40
"""Fewer lengths of time are shown in five bars, more in ten."""


def draw_calibration(about: About) -> list[Picture]:
    """Return the figures for the page."""
    words, learnt = about.words, about.made.learnt
    size = _COLUMNS * _ROWS
    parts = [learnt[n : n + size] for n in range(0, len(learnt), size)]
    pictures = []
    with drawing():
        for number, part in enumerate(parts, start=1):
            title = words("calibration.fig.beliefs", n=number, of=len(parts))
            figure = _beliefs(about, part, title)
            name = f"beliefs-{number}"
            pictures.append(Picture(name, words("calibration.fig.beliefs.caption"), as_svg(figure, name)))
        if about.fits:
            figure = _pits(about, about.fits)
            pictures.append(Picture("pit", words("calibration.fig.pit.caption"), as_svg(figure, "pit")))
    return pictures


def _panels(about: About, title: str, count: int) -> tuple[Figure, list[Axes]]:
    """Return a figure with so many panels."""
    rows = math.ceil(count / _COLUMNS)
    height = _HEAD_IN + _FOOT_IN + rows * _PANEL_IN
    source = about.words("calibration.fig.source", log=about.made.log.name, scenario=about.made.scenario.plan.name)
    figure = blank(title, about.stamps, source, height)
    axes = []
    for n in range(count):
        row, column = divmod(n, _COLUMNS)
        left = 0.03 + column * 0.97 / _COLUMNS
        bottom = (_FOOT_IN + (rows - 1 - row) * _PANEL_IN + 0.3) / height
        panel = figure.add_axes((left, bottom, 0.97 / _COLUMNS - 0.04, (_PANEL_IN - 0.66) / height))
        panel.set_yticks([])
        panel.spines["left"].set_visible(False)
        panel.tick_params(labelsize=_SMALL, length=2)
        axes.append(panel)
    return figure, axes


def _head(panel: Axes, text: str) -> None:
    """Write what a panel is of, in as small letters as it needs."""
    room = WIDTH_IN / _COLUMNS * 0.93 * 72
    wide = sum(1.0 if ord(letter) > 0x2E80 else 0.56 for letter in text)
    panel.set_title(text, fontsize=min(_SMALL + 0.6, room / wide), color=INK, loc="left", pad=3)


def _beliefs(about: About, part: Sequence[Learnt], title: str) -> Figure:
    figure, axes = _panels(about, title, len(part))
    for panel, one in zip(axes, part, strict=True):
        scale = _scale(one)
        low, high = _room(one, scale)
        at = np.linspace(low, high, _POINTS)
        before, now = _density(one.belief.prior, at / scale), _density(one.belief.posterior, at / scale)
        panel.fill_between(at, now, color=NOW, alpha=0.25, linewidth=0)
        panel.plot(at, now, color=NOW, linewidth=1.2)
        panel.plot(at, np.minimum(before, now.max() * 1.2), color=BEFORE, linewidth=1.0, linestyle=(0, (4, 2)))
        for text, colour in ((one.stated, BEFORE), (one.value, NOW)):
            panel.axvline(split(text)[0], color=colour, linewidth=0.9)
        panel.set_xlim(low, high)
        panel.set_ylim(0, now.max() * 1.22)
        _head(panel, about.name(one))
        said = about.words("calibration.fig.numbers", stated=about.written(one.stated), value=about.written(one.value))
        panel.set_xlabel(said, fontsize=_SMALL, color=FAINT, labelpad=1.5)
    return figure


def _scale(one: Learnt) -> float:
    """Return by what a belief is multiplied to stand in the unit in which the number is written."""
    return 100.0 if not one.parameter else 1 / float(DURATION.factors[unit_of(one.stated)])


def _room(one: Learnt, scale: float) -> tuple[float, float]:
    """Return the ends of the axis: what either belief leaves room for, the number before included."""
    ends = [edge * scale for belief in (one.belief.prior, one.belief.posterior) for edge in belief.interval(0.98)]
    stated = split(one.stated)[0]
    return min(*ends, stated), max(*ends, stated)


def _density(belief: Marginal, at: Floats) -> Floats:
    """Return the density of a belief at evenly spaced values."""
    step = at[1] - at[0]
    edges = np.concatenate([[at[0] - step / 2], at + step / 2])
    density = np.diff(belief.below(edges)) / step
    smooth: Floats = np.convolve(np.pad(density, 4, mode="edge"), _SMOOTH, mode="valid")
    return smooth


def _pits(about: About, fits: Sequence[Fit]) -> Figure:
    figure, axes = _panels(about, about.words("calibration.fig.pit"), len(fits))
    for panel, one in zip(axes, fits, strict=True):
        count = len(one.sample.minutes)
        bars = 5 if count < _FEW else 10
        heights = np.histogram(one.pit, bins=bars, range=(0, 1))[0] * count / len(one.pit)
        low, high = stats.binom.interval(0.95, count, 1 / bars)
        panel.axhspan(low, high, color=BAND, linewidth=0)
        panel.bar((np.arange(bars) + 0.5) / bars, heights, width=0.9 / bars, color=NOW, alpha=0.75)
        panel.axhline(count / bars, color=BEFORE, linewidth=1.0, linestyle=(0, (4, 2)))
        panel.set_xlim(0, 1)
        panel.set_ylim(0, max(float(heights.max()), float(high)) * 1.15)
        panel.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
        _head(panel, about.subject(one.sample.about))
        panel.set_xlabel(f"n={count}  p={one.p:.2f}", fontsize=_SMALL, color=FAINT, labelpad=1.5)
    return figure
