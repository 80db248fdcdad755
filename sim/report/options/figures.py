"""The figures about options: what money buys, with the line that nothing beats, and what each further measure adds."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.report.figures.draw import Picture, picture_of
from sim.report.figures.labels import Label, place_labels
from sim.report.figures.sheet import FAINT, INK, blank, drawing, widths
from sim.report.options.about import About, Standing
from sim.study.options.found import Step

Floats = NDArray[np.float64]
Scale = Callable[[Floats], Floats]
_SMALL = 7.5  # letters, points
_ROW_IN, _KEY_IN, _STEP_IN, _LEGEND_IN = 0.17, 0.6, 0.38, 0.2
_COLUMNS = {"zh": 8, "en": 4}  # of a legend, as wide as the figure
_LEFT, _WIDTH = 0.1, 0.87
_AS_IS: dict[str, Any] = {"marker": "s", "markersize": 5, "color": INK, "linestyle": "none"}
_LINE, _BEST = "#0072B2", "#E69F00"
_STANDINGS = {"on": _LINE, "open": "#bfbfbf", "off": "white", "beyond": "#CC79A7"}
_COLOURS = {"better": "#0072B2", "open": "#d9d9d9", "worse": "#D55E00", "same": "#ffffff"}
_HATCHES = {"open": "////", "worse": "xxxx"}
_LONGEST = 66.0  # heights of a letter: a line of the key
_LONGEST_STEP = 25.0
_FAR = 1.6
_UNEVEN = 8.0
_TICKS_APART = 0.07  # of the axis
_DENSE = 200  # points of the line for each corner, which names had better not cover
_APART = 0.03  # of the axis: finalists that cost nearly the same stand so far apart


def draw_options(about: About, stamps: tuple[str, ...], folder: Path) -> dict[str, Picture]:
    """Draw the figures; save each as PNG in ``folder`` and return them; there is none of what costs nothing, and none of no steps."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures: dict[str, Picture] = {}
    with drawing():
        if any(one.cost_wan for one in about.found.finalists):
            alt = about.words("options.fig.frontier", place=about.found.scenario.county.name)
            pictures["frontier"] = picture_of("frontier", alt, _frontier(about, stamps), folder)
        if about.found.steps:
            alt = about.words("options.fig.steps", place=about.found.scenario.county.name)
            pictures["steps"] = picture_of("steps", alt, _steps(about, stamps), folder)
    return pictures


def _blank(about: About, title: str, stamps: tuple[str, ...], height_in: float) -> Figure:
    """Return an empty figure with its title, stamps and source."""
    plan, asked = about.found.scenario.plan, about.found.asked
    source = about.words("options.fig.source", scenario=plan.name, seed=plan.seed, n=asked.finals)
    return blank(title, stamps, source, height_in)


def _unit(about: About) -> str:
    """Return what gains are counted in; of runs, of how many."""
    if about.of_chance:
        return about.words("options.fig.of_runs", n=about.found.asked.finals)
    return about.words(f"compare.unit.{about.found.objective.unit}").strip()


def _possible(about: About, ticks: Floats, ends: tuple[float, float]) -> Floats:
    """Return the ticks between the ends of an axis, of runs no more than there are."""
    most = about.found.asked.finals if about.of_chance else math.inf
    return ticks[(np.abs(ticks) <= most) & (ends[0] <= ticks) & (ticks <= ends[1])]


# --- cost against effect ----------------------------------------------------------------------------------------------


def _frontier(about: About, stamps: tuple[str, ...]) -> Figure:
    words, found = about.words, about.found
    below = 1.0 + _ROW_IN * len(found.finalists)
    handles = _handles(about)
    more = _LEGEND_IN * (math.ceil(len(handles) / _COLUMNS[words.language]) - 1)
    height = 3.15 + below + more
    title = words("options.fig.frontier", place=found.scenario.county.name)
    figure = _blank(about, title, stamps, height)
    axes = figure.add_axes((_LEFT, below / height, _WIDTH, (height - below - more - 0.92) / height))
    scale = _scale(about)
    stated = scale(np.array([one.cost_wan for one in found.finalists]))
    gains = np.array([about.gains(one.objective) for one in found.finalists])
    costs = _apart(stated, gains[:, 1:])
    axes.axhline(0, color=FAINT, linewidth=0.7)
    line = _line_of(about, gains[:, 0], scale)
    axes.plot(*line, color=_LINE, linewidth=1.4, zorder=2)
    for n, (cost, (gain, low, high)) in enumerate(zip(costs, gains, strict=True)):
        best, standing = n == found.recommended, about.standing(n)
        plain = n in found.frontier or best
        axes.vlines(cost, low, high, color=INK if plain else FAINT, linewidth=1.0, zorder=5 if best else 3)
        axes.plot(cost, gain, zorder=4, **_marker(standing))
    axes.plot(0, 0, zorder=4, **_AS_IS)
    if _shows_budget(about):
        axes.axvline(scale(np.array([found.budget_wan]))[0], color=INK, linewidth=0.9, linestyle=(0, (5, 2)))
    low, high = min(float(gains[:, 1].min()), 0.0), max(float(gains[:, 2].max()), 0.0)
    axes.set_ylim(low - 0.14 * (high - low), high + 0.12 * (high - low))
    axes.set_yticks(_possible(about, axes.get_yticks(), axes.get_ylim()))
    axes.margins(x=0.06)
    how = [about.counting, words("options.fig.uneven") if scale is not _even else ""]
    axes.set_xlabel(words("options.fig.cost", how="".join(words("options.fig.how", said=own) for own in how if own)))
    if scale is not _even:
        ticks = _ticks(about)
        axes.set_xticks(scale(ticks), [f"{tick:,.10g}" for tick in ticks])
    axes.set_ylabel(words(f"options.fig.gain.{found.objective.better}", unit=_unit(about)))
    axes.grid(axis="y", color="#e8e8e8", linewidth=0.6)
    axes.set_axisbelow(True)
    _name_points(axes, about, costs, gains, line)
    figure.legend(
        handles=handles,
        loc="center left",
        bbox_to_anchor=(0.01, 1 - (0.72 + more / 2) / height),
        ncols=_COLUMNS[words.language],
        frameon=False,
        fontsize=_SMALL,
        handletextpad=0.4,
        columnspacing=1.2,
    )
    _key(figure, about, height, below, apart=bool((costs != stated).any()))
    return figure


def _scale(about: About) -> Scale:
    """Return how costs are drawn: evenly, or by their roots where the dearest is many times the cheapest, which would all stand at the left."""
    dear = [one.cost_wan for one in about.found.finalists if one.cost_wan]
    return _even if max(dear) <= _UNEVEN * min(dear) else np.sqrt


def _even(costs: Floats) -> Floats:
    return costs


def _ticks(about: About) -> Floats:
    """Return costs to mark on an axis of roots, so far apart that they can be read."""
    costs = [one.cost_wan for one in about.found.finalists if one.cost_wan]
    most = max([*costs, about.found.budget_wan or 0.0] if _shows_budget(about) else costs)
    decades = 10.0 ** np.arange(math.floor(math.log10(min(costs))), math.floor(math.log10(most)) + 1)
    ticks = [0.0]
    for tick in np.outer(decades, (1, 2, 5)).ravel():
        if tick <= most and math.sqrt(tick) - math.sqrt(ticks[-1]) >= _TICKS_APART * math.sqrt(most):
            ticks.append(float(tick))
    return np.array(ticks)


def _apart(costs: Floats, ends: Floats) -> Floats:
    """Return where finalists stand by their cost: drawn apart to the right where cost and interval (``ends``) nearly coincide."""
    step = _APART * float(costs.max())
    placed = costs.astype(float)
    order = np.lexsort((-ends[:, 1], costs))
    for n, here in enumerate(order):
        for before in order[:n]:
            crossing = ends[here, 0] <= ends[before, 1] and ends[before, 0] <= ends[here, 1]
            if crossing and abs(placed[here] - placed[before]) < step:
                placed[here] = placed[before] + step
    return placed


def _line_of(about: About, gains: Floats, scale: Scale) -> tuple[Floats, Floats]:
    """Return the corners of the line of what money buys at best: it steps up where the next one can be paid."""
    found = about.found
    costs = np.array([0.0, *(found.finalists[n].cost_wan for n in found.frontier)])
    best = np.array([0.0, *(gains[n] for n in found.frontier)])
    return np.repeat(scale(costs), 2)[1:], np.repeat(best, 2)[:-1]


def _along(costs: Floats, gains: Floats) -> Floats:
    """Return points along a line, shape (points, 2)."""
    at = np.linspace(0, len(costs) - 1, _DENSE * len(costs))
    corner = np.arange(len(costs))
    return np.column_stack([np.interp(at, corner, costs), np.interp(at, corner, gains)])


def _shows_budget(about: About) -> bool:
    """Tell whether there is a budget, not so far beyond all costs that it would press them together."""
    dearest = max(one.cost_wan for one in about.found.finalists)
    return about.found.budget_wan is not None and about.found.budget_wan <= _FAR * dearest


def _marker(standing: Standing) -> dict[str, Any]:
    look: dict[str, Any] = {"linestyle": "none", "markeredgecolor": INK, "markeredgewidth": 0.9}
    if standing == "recommended":
        return look | {"marker": "*", "markersize": 14, "markerfacecolor": _BEST}
    return look | {"marker": "o", "markersize": 6, "markerfacecolor": _STANDINGS[standing]}


def _name_points(axes: Axes, about: About, costs: Floats, gains: Floats, line: tuple[Floats, Floats]) -> None:
    """Write the number of each finalist beside it."""
    figure = axes.figure
    assert isinstance(figure, Figure)  # noqa: S101 - it is no part of another one
    figure.draw_without_rendering()
    points = axes.transData.transform(np.column_stack([costs, gains[:, 0]]))
    ends = [axes.transData.transform(np.column_stack([costs, at])) for at in np.linspace(gains[:, 1], gains[:, 2], 40)]
    drawn = axes.transData.transform(_along(*line))
    radius = np.full(len(costs), 4.0)
    if about.found.recommended is not None:
        radius[about.found.recommended] = 9.0
    radius = np.append(radius, 4.0)
    points = np.vstack([points, axes.transData.transform((0.0, 0.0))])
    rings = [points + radius[:, None] * np.array([math.cos(at), math.sin(at)]) for at in np.linspace(0, math.tau, 16)]
    letter = 1.15 * _SMALL * figure.dpi / 72
    box = axes.get_window_extent()
    labels = [Label(f"{n + 1}", x, y, radius[n]) for n, (x, y) in enumerate(points[:-1])]
    placed = place_labels(labels, letter, (box.x0, box.y0, box.x1, box.y1), np.vstack([*rings, *ends, drawn]))
    back = axes.transData.inverted()
    for label, (x, y, far) in zip(labels, placed, strict=True):
        at, point = back.transform((x, y)), back.transform((label.x, label.y))
        if far:
            axes.plot(*zip(point, at, strict=True), color=FAINT, linewidth=0.5, zorder=1)
        axes.text(
            float(at[0]),
            float(at[1]),
            label.text,
            fontsize=_SMALL + 1,
            ha="center",
            va="center",
            zorder=6,
        )


def _handles(about: About) -> list[Line2D]:
    """Return what the legend explains: what there is in the figure."""
    words = about.words
    handles = [
        Line2D([], [], label=words("options.fig.now"), **_AS_IS),
        *(
            Line2D([], [], label=words(f"options.fig.standing.{own}"), **_marker(own))
            for own in get_args(Standing)
            if own in map(about.standing, range(len(about.found.finalists)))
        ),
        Line2D([], [], color=INK, linewidth=1.0, label=words("options.fig.whiskers")),
    ]
    if _shows_budget(about):
        said = words("options.fig.budget", budget=about.money(about.found.budget_wan or 0.0))
        handles.append(Line2D([], [], color=INK, linewidth=0.9, linestyle=(0, (5, 2)), label=said))
    return handles


def _key(figure: Figure, about: About, height: float, below: float, *, apart: bool) -> None:
    """Write below what each number is."""
    said = about.words("options.fig.about", name=about.objective, note=about.objective_note)
    said += about.words("options.fig.apart") if apart else ""
    top = below - _KEY_IN
    figure.text(0.02, (top + 0.02) / height, _cut(said, _LONGEST), fontsize=_SMALL, va="center", color=INK)
    for n, one in enumerate(about.found.finalists):
        key = "options.fig.key_best" if n == about.found.recommended else "options.fig.key"
        line = about.words(key, n=n + 1, holds=about.in_short(n), cost=about.bill(one.members))
        at = (top - _ROW_IN * (n + 1)) / height
        figure.text(0.02, at, _cut(line, _LONGEST), fontsize=_SMALL, va="center", color=INK)


def _cut(text: str, longest: float) -> str:
    """Return the beginning of a text that is so long at most, in heights of a letter."""
    if widths(text) <= longest:
        return text
    while widths(text) > longest - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


# --- one after the other ----------------------------------------------------------------------------------------------


def _steps(about: About, stamps: tuple[str, ...]) -> Figure:
    words, steps = about.words, about.found.steps
    height = 1.98 + _STEP_IN * len(steps)
    title = words("options.fig.steps", place=about.found.scenario.county.name)
    figure = _blank(about, title, stamps, height)
    left = 0.37
    axes = figure.add_axes((left, 0.95 / height, 0.97 - left, (height - 1.85) / height))
    rows, gains = np.arange(len(steps)), np.array([about.gains(step.moved) for step in steps])
    effects = [about.effect(step.moved) for step in steps]
    for row, effect in enumerate(effects):
        look: dict[str, Any] = {"color": _COLOURS[effect], "hatch": _HATCHES.get(effect), "edgecolor": INK}
        axes.barh(row, gains[row, 0], height=0.55, linewidth=0.6, **look)
    spread = np.abs(gains[:, [1, 2]] - gains[:, [0]]).T
    axes.errorbar(gains[:, 0], rows, xerr=spread, fmt="none", ecolor=INK, elinewidth=0.9, capsize=2.5, capthick=0.9)
    axes.axvline(0, color=FAINT, linewidth=0.8)
    low, high = min(float(gains[:, 1].min()), 0.0), max(float(gains[:, 2].max()), 0.0)
    wide = max(high - low, 1e-9)
    for row, step in enumerate(steps):
        say = about.amounts(step.moved.pairs)
        said = say.change(step.moved.difference)
        axes.text(max(gains[row, 2], 0) + 0.02 * wide, row, said, va="center", fontsize=_SMALL)
    axes.set_xlim(low - 0.04 * wide, high + (0.24 if words.language == "zh" else 0.34) * wide)
    axes.set_xticks(_possible(about, axes.get_xticks(), axes.get_xlim()))
    axes.set_ylim(len(steps) - 0.4, -0.6)
    axes.set_yticks(rows, [_step_name(about, step) for step in steps], fontsize=_SMALL, linespacing=1.35)
    axes.tick_params(axis="y", length=0)
    said = words("options.fig.about", name=about.objective, note=about.objective_note)
    figure.text(0.02, 0.46 / height, _cut(said, _LONGEST), fontsize=_SMALL, va="center", color=INK)
    axes.set_xlabel(words(f"options.fig.added.{about.found.objective.better}", unit=_unit(about)))
    _legend_of_steps(figure, about, list(dict.fromkeys(effects)), height)
    return figure


def _step_name(about: About, step: Step) -> str:
    """Return what a step adds, and for how much, in two lines."""
    name = about.words("options.fig.step_of", title=about.titled(step.added))
    return f"{_cut(name, _LONGEST_STEP)}\n{about.bill([step.added])}"


def _legend_of_steps(figure: Figure, about: About, effects: list[str], height: float) -> None:
    handles: list[Artist] = [
        Patch(
            facecolor=_COLOURS[effect],
            hatch=_HATCHES.get(effect),
            edgecolor=INK,
            linewidth=0.6,
            label=about.words(f"compare.effect.{effect}"),
        )
        for effect in effects
    ]
    handles.append(Line2D([], [], color=INK, linewidth=0.9, label=about.words("options.fig.lines")))
    figure.legend(
        handles=handles,
        loc="center left",
        bbox_to_anchor=(0.01, 1 - 0.7 / height),
        ncols=len(handles),
        frameon=False,
        fontsize=_SMALL,
        handletextpad=0.5,
        columnspacing=1.4,
    )
