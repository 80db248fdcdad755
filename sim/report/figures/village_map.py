"""The schematic map of a night: one dot a village (a group, on the page of one village)."""

from __future__ import annotations

import math

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import BoundaryNorm, ListedColormap, to_rgba
from matplotlib.figure import Figure

from sim.measures import Naming, by
from sim.records import Night
from sim.report.content.acts import named
from sim.report.content.notices import credits_due
from sim.report.content.scope import Scope
from sim.report.figures.labels import Label, place_labels
from sim.report.figures.sheet import FAINT, INK, SCREEN_DPI, WIDTH_IN, Sheet
from sim.report.words.language import Words
from sim.scenario import Scenario

STEPS = ("#00224e", "#434e6c", "#7d7c78", "#bcaf6f", "#fee838")
"""The colours of 0 to 100 %, in five even steps (of cividis, which the colour-blind read); none at all is hollow. As on the map that plays."""
_SMALL_IN = 3.2
_ABOVE_IN = 0.62  # for the title and the stamp
_BELOW_IN, _BELOW_SMALL_IN = 0.95, 0.86  # for the scale, the caption and the source
FEWEST_DOTS = 3  # a map of fewer says nothing


def draw_map(sheet: Sheet, *, small: bool = False) -> Figure | None:
    """Draw dots for the villages, sized by residents, coloured by the share told in time; nothing where there are too few.

    A ``small`` one, to stand beside a text, has no names of places.
    """
    scenario, night, scope, words = sheet.scenario, sheet.night, sheet.scope, sheet.words
    county, places = scenario.county, scenario.county.places
    shown = dot_level(scenario, scope)
    dots = np.flatnonzero((places.level == shown) & scope.places(scenario))
    if len(dots) < FEWEST_DOTS:
        return None
    height, width = (_SMALL_IN, _SMALL_IN) if small else (7.0 if scope.whole else 5.6, WIDTH_IN)
    level = county.levels[shown]
    title = named("figure.map_of", scenario, words, place=sheet.where, level=words.level(level, many=True))
    credit = "".join(words("figure.credit", credit=due) for due in credits_due(scenario, words, "places"))
    figure = sheet.figure(title, height, credit, width)
    below = _BELOW_SMALL_IN if small else _BELOW_IN
    share = _shares(scenario, night, dots, shown)
    norm, colours = BoundaryNorm(np.linspace(0, 1, len(STEPS) + 1), len(STEPS)), ListedColormap(STEPS)
    fill = np.where(share[:, None] > 0, colours(norm(np.nan_to_num(share))), to_rgba("white"))
    known = np.isfinite(share)
    axes = set_dots(figure, scenario, dots[known], fill[known], below, small=small)
    if not small:
        name_places(axes, scenario, sheet.names, words, dots, whole=scope.whole)
    bar = figure.add_axes((0.30, (below - 0.35) / height, 0.40, 0.11 / height))
    scale = figure.colorbar(
        ScalarMappable(norm, colours), cax=bar, orientation="horizontal", format=lambda y, _: f"{y:.0%}"
    )
    scale.outline.set_visible(False)
    bar.tick_params(labelsize=7, length=0)
    for x, end, side in ((-0.02, "map.few", "right"), (1.02, "map.many", "left")):
        bar.text(x, 0.5, words(end), transform=bar.transAxes, fontsize=7.5, ha=side, va="center", color=INK)
    if small:  # the title says what it shows
        caption = "map.caption_place" if scenario.synthetic else "map.caption_small"
    else:
        bar.set_title(words("map.scale", level=words.level(level)), fontsize=7.5, pad=3)
        caption = (
            "map.caption_real" if not scenario.synthetic else "map.caption" if scope.whole else "map.caption_place"
        )
    at = (below - 0.62) if small else 0.3
    figure.text(0.98, at / height, words(caption), fontsize=7.5, ha="right", va="bottom", color=INK)
    return figure


def set_dots(
    figure: Figure, scenario: Scenario, dots: np.ndarray, fill: np.ndarray, below_in: float, *, small: bool = False
) -> Axes:
    """Set a dot for each place, sized by residents, in its colour (shape (dots, 4)), with so many inches left free below; return the axes."""
    height, places = figure.get_figheight(), scenario.county.places
    axes = figure.add_axes((0.01, below_in / height, 0.98, 1 - (below_in + _ABOVE_IN) / height))
    axes.set_axis_off()
    axes.set_aspect("equal", adjustable="datalim")
    least, more = (3, 30) if small else (7, 75)
    size = least + more * places.residents[dots] / max(int(places.residents[dots].max(initial=0)), 1)
    order = np.argsort(-size)
    axes.scatter(
        places.x_m[dots][order],
        places.y_m[dots][order],
        s=size[order],
        c=fill[order],
        linewidths=0.4,
        edgecolors=FAINT,
        zorder=2,
    )
    axes.margins(0.06)
    return axes


def dot_level(scenario: Scenario, scope: Scope) -> int:
    """Return the level whose places are the dots: villages; right below the scope where there are none."""
    own = scenario.county.levels.index(scope.level)
    village = scenario.county.level_index("village")
    wanted = village if village is not None and own < village else own + 1
    return min(wanted, len(scenario.county.levels) - 1)


def _shares(scenario: Scenario, night: Night, dots: np.ndarray, level: int) -> np.ndarray:
    """Return the share of households told within 60 minutes after release, per dot; NaN where nobody lives."""
    row = np.full(len(scenario.county.places) + 1, -1)
    row[dots] = np.arange(len(dots))
    home = row[scenario.county.households_at(level)]
    count = np.bincount(home[home >= 0], minlength=len(dots))
    in_time = by(night.households.warned_min, night.release_min + 60 if math.isfinite(night.release_min) else -1.0)
    told = np.bincount(home[(home >= 0) & in_time], minlength=len(dots))
    return np.where(count > 0, told / np.maximum(count, 1), np.nan)


def name_places(axes: Axes, scenario: Scenario, names: Naming, words: Words, dots: np.ndarray, *, whole: bool) -> None:
    """Write townships beside their seats on the map of the ``whole`` county, the dots' own numbers on that of one place."""
    county, places = scenario.county, scenario.county.places
    seats = county.of_level(1) if whole else dots
    texts = [words.label(names.label[i], county.levels) for i in seats]
    if not whole:
        texts = [text.rpartition("·")[2] for text in texts]
    axes.apply_aspect()
    to_px, to_m = axes.transData, axes.transData.inverted()

    def pixels(where: np.ndarray) -> np.ndarray:
        return (
            to_px.transform(np.column_stack([places.x_m[where], places.y_m[where]])) if len(where) else np.zeros((0, 2))
        )

    size = 8.0 if whole else 7.0
    labels = [Label(text, float(x), float(y)) for text, (x, y) in zip(texts, pixels(seats), strict=True)]
    box = axes.get_window_extent()
    placed = place_labels(labels, size * SCREEN_DPI / 72, (box.x0, box.y0, box.x1, box.y1), pixels(dots))
    halo = [patheffects.withStroke(linewidth=2.0, foreground="white")]
    for label, (x_px, y_px, away), i in zip(labels, placed, seats, strict=True):
        seat, at = to_m.transform((label.x, label.y)), to_m.transform((x_px, y_px))
        if away:
            axes.plot([seat[0], at[0]], [seat[1], at[1]], color=FAINT, linewidth=0.5, zorder=3)
        if whole:
            filled = "white" if places.placed[i] else INK
            axes.plot(
                *seat, marker="s", markersize=2.8, color=INK, markerfacecolor=filled, markeredgewidth=0.6, zorder=4
            )
        axes.text(
            at[0], at[1], label.text, fontsize=size, ha="center", va="center", color=INK, zorder=5, path_effects=halo
        )
