"""How the main output answers the first few inputs, each moved alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.errors import BadValue
from sim.report.figures.sheet import FAINT, INK, WIDTH_IN, widths
from sim.report.sensitivity.about import OF, About, Ranked
from sim.report.sensitivity.figures.frame import (
    BAND,
    CHANCE,
    HEAD_IN,
    HIGH,
    LINE_IN,
    SMALL,
    TINY,
    blank_of,
    folded,
    name_of_means,
    tick_values,
)
from sim.study.sensitivity.found import Curve, Floats
from sim.units import split

_CURVES = 4
"""So many inputs have a curve."""


def curves(about: About) -> Figure:
    """Draw the main output over the range of each of the first few inputs, with its interval and the stated value."""
    words, main = about.words, about.main
    assert main is not None  # noqa: S101 - or there would be no figure
    shown = _shown(about, main)
    columns = min(len(shown), 2)
    rows = math.ceil(len(shown) / columns)
    left, gap = 0.62, 0.5
    wide = (WIDTH_IN - left - 0.2 - gap * (columns - 1)) / columns
    names = [folded(about.input(one.input.key), wide) for one in shown]
    top_in = LINE_IN * max(name.count("\n") + 1 for name in names) + 0.12
    plot_in, below_in = 1.1, 0.34
    each = top_in + plot_in + below_in
    height = HEAD_IN + each * rows + 0.5
    figure = blank_of(about, "curves", height, name=about.output(main))
    times = about.scale(main)
    bottom, top = _limits(about, main, shown, times)
    for number, (one, name) in enumerate(zip(shown, names, strict=True)):
        row, column = divmod(number, columns)
        axes = figure.add_axes(
            (
                (left + column * (wide + gap)) / WIDTH_IN,
                (height - HEAD_IN - each * row - top_in - plot_in) / height,
                wide / WIDTH_IN,
                plot_in / height,
            )
        )
        _curve(axes, about, one, times)
        axes.set_ylim(bottom, top)
        axes.set_title(name, fontsize=SMALL, loc="left", pad=3, color=INK)
        tick_values(axes, about, main, upright=True)
        if column == 0:
            axes.set_ylabel(name_of_means(about, main), fontsize=SMALL)
        if about.is_chance(main):
            required = about.plans[about.outputs[main].requirement].probability * OF
            axes.axhline(required, color=CHANCE, linewidth=0.9, linestyle=(0, (4, 2)))
    key = ["band", "stated", *(["required"] if about.is_chance(main) else [])]
    said = words("sensitivity.semicolon").join(words(f"sensitivity.fig.curve_{name}") for name in key)
    figure.text(0.98, 0.26 / height, said, fontsize=SMALL, ha="right", va="bottom", color=INK)
    return figure


def _shown(about: About, output: str) -> list[Ranked]:
    """Return the first few inputs that do something when they move alone."""
    return [one for one in about.ranked(output) if one.curve.effect != "none"][:_CURVES]


def _limits(about: About, output: str, shown: Sequence[Ranked], times: float) -> tuple[float, float]:
    """Return between what the axis of the output runs: from none to all runs, or around what is shown."""
    if about.is_chance(output):
        return -3.0, OF + 3.0
    bands = [band(about, output, one.curve) for one in shown]
    low, high = min(float(own.min()) for own, _ in bands) * times, max(float(own.max()) for _, own in bands) * times
    room = 0.06 * max(high - low, 1e-9)
    return max(low - room, -room), high + room


def band(about: About, output: str, curve: Curve) -> tuple[Floats, Floats]:
    """Return between what an output lies at each level, the stated value last, as far as differences from that are known, in pairs of runs.

    The stated value is what they are measured from, and has no width, as has a level at which every run is as stated.
    """
    least, most = (0.0, 1.0) if about.is_share(output) else (-math.inf, math.inf)
    ends = (np.where(curve.alike, 0.0, own) for own in (curve.difference_low, curve.difference_high))
    low, high = (np.clip(curve.stated_mean + np.append(own, 0.0), least, most) for own in ends)
    return low, high


def _curve(axes: Axes, about: About, one: Ranked, times: float) -> None:
    """Draw one curve with its band and the stated value."""
    curve, output = one.curve, one.index.output
    place = _places(one)
    order = np.argsort(place, kind="stable")
    x = np.array(place)[order]
    means = np.append(curve.means, curve.stated_mean)
    middle, low, high = (own[order] * times for own in (means, *band(about, output, curve)))
    axes.fill_between(x, low, high, color=BAND, linewidth=0)
    axes.plot(x, middle, color=HIGH, linewidth=1.5, marker="o", markersize=3)
    axes.axvline(place[-1], color=FAINT, linewidth=0.8, linestyle=":")
    axes.plot([place[-1]], [curve.stated_mean * times], marker="D", markersize=5.5, color=INK, linestyle="none")
    if about.is_chance(output):
        _mark_ends(axes, about, output, dict(zip(x, middle, strict=True)))
    shown = _apart(place, _ticks(about, one), axes)
    axes.set_xticks([x for x, _ in shown], [text for _, text in shown], fontsize=SMALL)
    axes.margins(x=0.03)
    if len(one.input.paths) > 1:  # words, which would reach beyond the ends of the axis
        first, *_, last = axes.get_xticklabels()
        first.set_horizontalalignment("left")
        last.set_horizontalalignment("right")


def _mark_ends(axes: Axes, about: About, output: str, means: Mapping[float, float]) -> None:
    """Write at levels that no run keeps, or every run, how many were played."""
    for x, mean in means.items():
        if mean in {0.0, float(OF)}:
            said, beside = about.level(output, mean / OF), (5, 6 if not mean else -7)
            text = axes.annotate(said, (x, mean), beside, textcoords="offset points", fontsize=TINY, color=INK)
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.4})


def _ticks(about: About, one: Ranked) -> list[str]:
    """Return what stands at each level, the stated value last; of several together the ends are named."""
    curve, own = one.curve, one.input
    if len(own.paths) == 1:
        return [about.level_of(written) for written in (*curve.written, own.stated)]
    named = {0.0: about.words("sensitivity.all_low"), 1.0: about.words("sensitivity.all_high")}
    return [*(named.get(share, "") for share in curve.shares), about.words("sensitivity.as_stated")]


def _apart(places: list[float], texts: list[str], axes: Axes) -> list[tuple[float, str]]:
    """Return the ticks that have room beside each other: the stated value and the ends first."""
    room_in = axes.get_position().width * WIDTH_IN
    span = max(places) - min(places) or 1.0
    order = [len(places) - 1, 0, len(places) - 2, *range(1, len(places) - 2)]
    taken: list[tuple[float, float]] = []
    kept = []
    for n in order:
        half = (widths(texts[n]) + 1) * SMALL / 72 / room_in * span / 2
        own = (places[n] - half, places[n] + half)
        if all(own[1] <= low or own[0] >= high for low, high in taken):
            taken.append(own)
            kept.append((places[n], texts[n]))
    return sorted(kept)


def _places(one: Ranked) -> list[float]:
    """Return where the levels lie on the axis, the stated value last: by value, or of several together by share of the range."""
    curve = one.curve
    if len(one.input.paths) == 1:
        try:
            return [split(text)[0] for (text,) in (*curve.written, one.input.stated)]
        except BadValue:
            pass
    return [*curve.shares, curve.stated_share]
