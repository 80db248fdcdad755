"""The two figures of a night: the coverage curve and the schematic map; colours that a colour-blind reader can tell apart.

Each carries its title, its source and, where data are made up, the stamp. Drawn on ``Figure`` objects under a local rc context, so
that nothing global changes.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pylopdf_fonts_zh_cn as fonts
from matplotlib import font_manager, patheffects
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import BoundaryNorm
from matplotlib.figure import Figure

from sim.measures import Naming, by, coverage_curve
from sim.records import Night
from sim.report.labels import Label, place_labels
from sim.report.notices import credits_due, stamps
from sim.report.scope import Scope
from sim.report.words import MEANS, Words
from sim.scenario import Scenario, TargetPlan

COLOURS = {"sms": "#56B4E9", "broadcast": "#E69F00", "phone": "#009E73", "door": "#CC79A7", "nobody": "#d4d4d4"}
"""Okabe and Ito's palette, by channel."""
_INK, _FAINT, _STAMP = "#222222", "#777777", "#8a1c1c"
_WIDTH_IN, _PNG_DPI, _SCREEN_DPI = 7.4, 300, 100
_SCALES = (0.05, 0.1, 0.25, 0.5, 1.0)  # ends of the colour scale, five even steps each
_FEWEST_DOTS = 3  # a map of fewer says nothing
_LONG = 110  # characters of a stamp that needs smaller letters


@dataclass(frozen=True)
class Picture:
    """One figure: its file name without ending, what it shows in words, and its drawing as SVG for the page."""

    name: str
    alt: str
    svg: str


def draw(scenario: Scenario, night: Night, names: Naming, scope: Scope, words: Words, folder: Path) -> list[Picture]:
    """Draw the curve and, of places enough, the map; save each as PNG (300 dpi) in ``folder`` and return them for the page."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    with _drawing():
        figures = {"coverage": _coverage(scenario, night, names, scope, words)}
        if len(_dots(scenario, scope)) >= _FEWEST_DOTS:
            figures = {"map": _map(scenario, night, names, scope, words)} | figures
        for name, figure in figures.items():
            figure.savefig(folder / f"{name}.png", dpi=_PNG_DPI, metadata={"Software": None})
            pictures.append(Picture(name, words(f"figure.{name}"), _as_svg(figure)))
    return pictures


@lru_cache(maxsize=1)
def _family() -> str:
    """Make the bundled Chinese font known to matplotlib and return its name."""
    path = str(fonts.sans_path())
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()


@contextmanager
def _drawing() -> Iterator[None]:
    settings: dict[Any, Any] = {
        "font.family": [_family()],
        "font.size": 8.5,
        "axes.unicode_minus": False,
        "axes.edgecolor": _FAINT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "hatch.linewidth": 0.4,
        "text.parse_math": False,  # a name is a name, whatever it holds
        "svg.fonttype": "path",
        "svg.hashsalt": "jiaoying",
    }
    with mpl.rc_context(settings):
        yield


def _as_svg(figure: Figure) -> str:
    """Return the drawing for use inside an HTML page: no preamble, no metadata, no addresses."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg)
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', 'width="100%"', svg, count=1)
    return re.sub(r'(?<= d=")[^"]+', lambda path: re.sub(r"(\.\d{2})\d+|\s*\n", r"\1", path[0]), svg)


def _sheet(
    scenario: Scenario, night: Night, names: Naming, words: Words, title: str, height_in: float, credit: str = ""
) -> Figure:
    """Return an empty figure with its title, its source and its stamp."""
    figure = Figure(figsize=(_WIDTH_IN, height_in), dpi=_SCREEN_DPI, facecolor="white")
    figure.text(0.02, 1 - 0.16 / height_in, title, fontsize=11.5, color=_INK, va="top")
    stamp = "    ".join(stamps(scenario, names, words))
    figure.text(0.02, 1 - 0.42 / height_in, stamp, fontsize=8 if len(stamp) < _LONG else 6.5, color=_STAMP, va="top")
    source = words("figure.source", scenario=night.scenario, seed=night.seed, n=night.replication) + credit
    figure.text(0.02, 0.09 / height_in, source, fontsize=6.8, color=_FAINT, va="bottom")
    return figure


# --- the coverage curve -----------------------------------------------------------------------------------------------


def _coverage(scenario: Scenario, night: Night, names: Naming, scope: Scope, words: Words) -> Figure:
    height = 4.5
    where = words.label(names.label[scope.place], scenario.county.levels)
    figure = _sheet(scenario, night, names, words, words("figure.coverage_of", place=where), height)
    axes = figure.add_axes((0.085, 0.185, 0.68, 0.65))
    axes.set_ylim(0, 1)
    axes.set_yticks(np.linspace(0, 1, 6), [f"{y:.0%}" for y in np.linspace(0, 1, 6)])
    axes.set_ylabel(words("axis.share"))
    axes.set_xlabel(words("axis.minutes"))
    last = night.end_min - night.release_min
    if not math.isfinite(night.release_min) or last <= 0:
        axes.set_xticks([])
        axes.text(0.5, 0.5, words("never_released"), transform=axes.transAxes, ha="center", va="center", fontsize=12)
        return figure
    curve = coverage_curve(night, scope.inside)
    minutes = curve["minutes"].to_numpy()
    shown = [c for c in MEANS if c in scenario.plan.warnings[0].means or curve[c].iloc[-1] > 0]
    layers = axes.stackplot(
        minutes,
        [curve[c].to_numpy() for c in shown],
        colors=[COLOURS[c] for c in shown],
        edgecolor="white",
        linewidth=0.4,
    )
    handles: list[Any] = list(reversed(layers))
    labels = [words(f"channel.{c}") for c in reversed(shown)]
    axes.set_xlim(0, last)
    step = next(s for s in (5, 10, 15, 30, 60, 120, 240, 480, 1440, math.ceil(last)) if last / s <= 12)
    ticks = np.arange(0, last + 1e-9, step)
    axes.set_xticks(ticks, [f"{t:.0f}\n{words.clock(night.start, night.release_min + t)}" for t in ticks])
    axes.grid(axis="y", color="white", linewidth=0.6, alpha=0.7)
    inside = scope.inside & scenario.county.households.listed
    if inside.any() and any(target.of_whom == "listed_household" for target in scenario.plan.targets):
        listed = coverage_curve(night, inside)
        handles += axes.plot(listed["minutes"], listed["all"], color=_INK, linewidth=1.4, linestyle=(0, (4, 2)))
        labels.append(words("curve.listed"))
    _limits(axes, scenario, night, scope, words, last)
    figure.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(0.772, 0.845),
        frameon=False,
        fontsize=8,
        title=words("curve.first"),
        title_fontsize=8,
        alignment="left",
    )
    return figure


def _limits(axes: Axes, scenario: Scenario, night: Night, scope: Scope, words: Words, last: float) -> None:
    """Mark where the curve should have been by the limit of each target of households."""
    for target in scenario.plan.targets:
        at = target.within_min - (0.0 if target.since == "release" else night.release_min)
        if target.event != "warned" or not 0 <= at <= last:
            continue
        axes.plot([at, at], [0, target.share], color=_INK, linewidth=0.8, linestyle=":")
        axes.plot(at, target.share, marker="v", color=_INK, markersize=6, markerfacecolor="white", zorder=5)
        left = at > 0.7 * last  # the words then stand on the other side of the mark
        axes.annotate(
            _limit_text(target, scope, words),
            (at, target.share),
            xytext=(-7 if left else 7, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize=7.5,
            path_effects=[patheffects.withStroke(linewidth=2.2, foreground="white")],
        )


def _limit_text(target: TargetPlan, scope: Scope, words: Words) -> str:
    return words(
        "curve.limit" if scope.whole else "curve.limit_county",
        share=words.exact_percent(target.share),
        whom=words(f"whom.{target.of_whom}"),
        length=words.length(target.within_min),
    )


# --- the map ----------------------------------------------------------------------------------------------------------


def _map(scenario: Scenario, night: Night, names: Naming, scope: Scope, words: Words) -> Figure:
    """Dots for the villages (the groups, on the page of one village), sized by residents, coloured by the share told in time."""
    county, places = scenario.county, scenario.county.places
    height = 7.0 if scope.whole else 5.6
    where = words.label(names.label[scope.place], county.levels)
    dot_level = _dot_level(scenario, scope)
    level = county.levels[dot_level]
    title = words("figure.map_of", place=where, level=words.level(level, many=True))
    credit = "".join(words("figure.credit", credit=due) for due in credits_due(scenario, words, "places"))
    figure = _sheet(scenario, night, names, words, title, height, credit)
    axes = figure.add_axes((0.01, 0.95 / height, 0.98, 1 - 1.57 / height))
    axes.set_axis_off()
    axes.set_aspect("equal", adjustable="datalim")
    dots = _dots(scenario, scope)
    share = _shares(scenario, night, dots, dot_level)
    finite = share[np.isfinite(share)]
    top = next(t for t in _SCALES if t >= finite.max(initial=0.0))
    norm = BoundaryNorm(np.linspace(0, top, 6), 256)
    size = 7 + 75 * places.residents[dots] / max(int(places.residents[dots].max()) if len(dots) else 1, 1)
    order = np.argsort(-size)
    known = order[np.isfinite(share[order])]
    axes.scatter(
        places.x_m[dots][known],
        places.y_m[dots][known],
        s=size[known],
        c=share[known],
        cmap="cividis",
        norm=norm,
        linewidths=0.3,
        edgecolors="white",
        zorder=2,
    )
    axes.margins(0.06)
    _name_places(axes, scenario, names, scope, dots, words)
    bar = figure.add_axes((0.30, 0.6 / height, 0.40, 0.11 / height))
    colours = figure.colorbar(
        ScalarMappable(norm, "cividis"), cax=bar, orientation="horizontal", format=lambda y, _: f"{y:.0%}"
    )
    colours.outline.set_visible(False)
    bar.tick_params(labelsize=7, length=0)
    for x, end, side in ((-0.02, "map.few", "right"), (1.02, "map.many", "left")):
        bar.text(x, 0.5, words(end), transform=bar.transAxes, fontsize=7.5, ha=side, va="center", color=_INK)
    bar.set_title(words("map.scale", level=words.level(level)), fontsize=7.5, pad=3)
    caption = "map.caption_real" if not scenario.synthetic else "map.caption" if scope.whole else "map.caption_place"
    figure.text(0.98, 0.3 / height, words(caption), fontsize=7.5, ha="right", va="bottom", color=_INK)
    return figure


def _dot_level(scenario: Scenario, scope: Scope) -> int:
    """Return the level whose places are the dots: villages; right below the scope where there are none."""
    own = scenario.county.levels.index(scope.level)
    village = scenario.county.level_index("village")
    wanted = village if village is not None and own < village else own + 1
    return min(wanted, len(scenario.county.levels) - 1)


def _dots(scenario: Scenario, scope: Scope) -> np.ndarray:
    """Return the places inside the scope that the map shows as dots."""
    county, places = scenario.county, scenario.county.places
    inside = county.ancestors[places.level[scope.place]] == scope.place
    return np.flatnonzero((places.level == _dot_level(scenario, scope)) & inside)


def _shares(scenario: Scenario, night: Night, dots: np.ndarray, level: int) -> np.ndarray:
    """Return the share of households told within 60 minutes after release, per dot; NaN where nobody lives."""
    if len(dots) == 0:
        return np.zeros(0)
    row = np.full(len(scenario.county.places) + 1, -1)
    row[dots] = np.arange(len(dots))
    home = row[scenario.county.households_at(level)]
    count = np.bincount(home[home >= 0], minlength=len(dots))
    in_time = by(night.households.warned_min, night.release_min + 60 if math.isfinite(night.release_min) else -1.0)
    told = np.bincount(home[(home >= 0) & in_time], minlength=len(dots))
    return np.where(count > 0, told / np.maximum(count, 1), np.nan)


def _name_places(axes: Axes, scenario: Scenario, names: Naming, scope: Scope, dots: np.ndarray, words: Words) -> None:
    """Write townships beside their seats on the map of the county, the dots' own numbers on that of one place."""
    county, places = scenario.county, scenario.county.places
    seats = county.of_level(1) if scope.whole else dots
    texts = [words.label(names.label[i], county.levels) for i in seats]
    if not scope.whole:
        texts = [text.rpartition("·")[2] for text in texts]
    axes.apply_aspect()
    to_px, to_m = axes.transData, axes.transData.inverted()

    def pixels(where: np.ndarray) -> np.ndarray:
        return (
            to_px.transform(np.column_stack([places.x_m[where], places.y_m[where]])) if len(where) else np.zeros((0, 2))
        )

    size = 8.0 if scope.whole else 7.0
    labels = [Label(text, float(x), float(y)) for text, (x, y) in zip(texts, pixels(seats), strict=True)]
    box = axes.get_window_extent()
    placed = place_labels(labels, size * _SCREEN_DPI / 72, (box.x0, box.y0, box.x1, box.y1), pixels(dots))
    halo = [patheffects.withStroke(linewidth=2.0, foreground="white")]
    for label, (x_px, y_px, away), i in zip(labels, placed, seats, strict=True):
        seat, at = to_m.transform((label.x, label.y)), to_m.transform((x_px, y_px))
        if away:
            axes.plot([seat[0], at[0]], [seat[1], at[1]], color=_FAINT, linewidth=0.5, zorder=3)
        if scope.whole:
            filled = "white" if places.placed[i] else _INK
            axes.plot(
                *seat, marker="s", markersize=2.8, color=_INK, markerfacecolor=filled, markeredgewidth=0.6, zorder=4
            )
        axes.text(
            at[0], at[1], label.text, fontsize=size, ha="center", va="center", color=_INK, zorder=5, path_effects=halo
        )
