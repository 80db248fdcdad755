"""The figures: what matters for the main outputs, both ends of each input, how the output answers the first few, and where a plan fails."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from sim.errors import BadValue
from sim.report.figures.draw import Picture, picture_of
from sim.report.figures.sheet import FAINT, INK, WIDTH_IN, blank, drawing, widths
from sim.report.sensitivity.about import OF, About, Ranked
from sim.report.sensitivity.fails import drawn
from sim.study.sensitivity.found import Bound, Curve, Floats, Point
from sim.units import split

LOW, HIGH, QUIET, CHANCE = "#9ccbe8", "#0072B2", "#d4d4d4", "#7a2f00"
"""The low end and what is heard, the high end and what matters most, what is below chance, and the line of chance."""
BAND = "#cfe3f2"
SHADES = ("white", "#fee838", "#7d7c78", "#00224e")
"""Of points: no run fails, fewer than half, half and more, all; steps of the map of villages."""
_SMALL, _TINY = 7.5, 6.5  # letters, points
_WIDEST_IN = 3.1
_LINE_IN = 0.135  # of small letters
_ROWS = 8
"""So many inputs have a bar for either end."""
_CURVES = 4
_MOST_RANKED = 14
"""Beyond so many, inputs that no output of the figure hears have no bar."""
_OPENING, _CLOSING = "（“《", "）”》，、；：。"
_HEAD_IN, _FOOT_IN = 0.62, 0.82
"""Room for title and stamps above, and below for the labels of the axis, what the lines mean, and the source."""


def draw_sensitivity(about: About, wanted: Sequence[str], folder: Path) -> dict[str, Picture]:
    """Draw the figures that are wanted; save each as PNG in ``folder`` and return them by their key."""
    if not wanted:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    with drawing():
        return {key: picture_of(key, caption(about, key), FIGURES[key](about), folder) for key in wanted}


def caption(about: About, key: str) -> str:
    """Return what a figure shows and how it is read."""
    words, main = about.words, about.main
    named = about.output(main) if main is not None else ""
    if key == "region":
        return _caption_of_region(about)
    if key == "ranking":
        return words(f"sensitivity.caption.ranking.{about.method}", runs=about.found.design.runs)
    return words(f"sensitivity.caption.{key}", name=named, runs=about.found.design.curve_runs)


def _caption_of_region(about: About) -> str:
    """Return what the figure of a region shows."""
    words, region = about.words, drawn(about)
    assert region is not None  # noqa: S101 - or there would be no figure
    return words(
        f"sensitivity.caption.region.{'box' if len(region.bounds) > 1 else 'band'}",
        points=len(about.even),
        runs=about.found.design.runs,
        inside=about.in_runs(region.failed / region.runs, region.runs),
        everywhere=about.in_runs(about.missed(f"target:{region.requirement}:met"), about.even_runs),
    )


def _blank(about: About, key: str, height_in: float, **values: object) -> Figure:
    """Return an empty figure with its title, stamps and source."""
    words, plan = about.words, about.scenario.plan
    source = words("study.fig.source", scenario=plan.name, seed=plan.seed, n=words.number(about.found.runs))
    title = words(f"sensitivity.fig.{key}", **values)
    return blank(title, about.stamps, source, height_in)


def folded(text: str, room_in: float, points: float = _SMALL) -> str:
    """Return a text in lines no wider than a room: Latin words stay whole, Chinese is broken anywhere."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and widths(line + piece.rstrip()) * points / 72 > room_in:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> list[str]:
    """Return what may stand on lines of its own: each Chinese character, each word with the space behind it."""
    pieces, word = [], ""
    for letter in text:
        if ord(letter) > 0x2E80:  # as in ``widths``
            pieces += [word, letter] if word else [letter]
            word = ""
        else:
            word += letter
            if letter == " ":
                pieces.append(word)
                word = ""
    return _joined([*pieces, word] if word else pieces)


def _joined(pieces: list[str]) -> list[str]:
    """Return pieces of which none begins with what closes, and none ends with what opens."""
    joined: list[str] = []
    for piece in pieces:
        if joined and (piece[0] in _CLOSING or joined[-1][-1] in _OPENING):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _room(names: Sequence[str]) -> float:
    """Return how wide the column of names is, inches: as the longest, up to a limit beyond which names are broken."""
    return min(max(widths(name) for name in names) * _SMALL / 72 + 0.2, _WIDEST_IN)


# --- what matters -----------------------------------------------------------------------------------------------------


def _ranking(about: About) -> Figure:
    """Draw a bar for each input and main output, grey where it cannot be told from chance."""
    words, panels = about.words, about.panels
    rows = _rows(about)
    called = [about.input(key) for key in rows]
    room = _room(called)
    names = [folded(name, room - 0.1) for name in called]
    high = [max(0.2, _LINE_IN * (name.count("\n") + 1) + 0.07) for name in names]
    tops = [folded(_top(about, key), (WIDTH_IN - room - 0.3) / len(panels) - 0.2) for key in panels]
    top_in = _LINE_IN * max(top.count("\n") + 1 for top in tops) + 0.1
    height = _HEAD_IN + top_in + sum(high) + _FOOT_IN
    figure = _blank(about, f"ranking.{about.method}", height)
    at = np.concatenate([[0], np.cumsum(high)[:-1]]) + np.array(high) / 2
    wide = (WIDTH_IN - room - 0.15) / len(panels)
    for number, (output, top) in enumerate(zip(panels, tops, strict=True)):
        left = (room + number * wide + 0.06) / WIDTH_IN
        axes = figure.add_axes((left, _FOOT_IN / height, (wide - 0.28) / WIDTH_IN, sum(high) / height))
        _bars(axes, about, output, dict(zip(rows, at, strict=True)))
        axes.set_ylim(sum(high), 0)
        axes.set_title(top, fontsize=_SMALL, color=INK, loc="left", pad=4)
        axes.set_yticks(at, names if number == 0 else [""] * len(rows), fontsize=_SMALL, linespacing=1.1)
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="x", labelsize=_SMALL)
    left_out = len(about.found.inputs) - len(rows)
    if left_out:
        more = words("sensitivity.fig.left_out", n=left_out)
        figure.text(0.98, 0.26 / height, more, fontsize=_SMALL, ha="right", va="bottom", color=INK)
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
    label = widths(below) * _TINY / 72 / (axes.get_position().width * WIDTH_IN) + 0.03  # in widths of the axes
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
        axes.text(furthest + 0.02 * wide, y, below, fontsize=_TINY, va="center", color=FAINT)
    axes.set_xlim(0, wide)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.set_xlabel(_unit_of_index(about, output), fontsize=_SMALL)


def _times(about: About, output: str) -> float:
    """Return by what an index is multiplied: chances are runs of a hundred, shares are per cent."""
    return about.scale(output) if about.method == "morris" else float(OF)


def _unit_of_index(about: About, output: str) -> str:
    """Return in what an index is counted: changes of an output, those of shares in points; other methods have per cent."""
    if about.method != "morris":
        return about.words("sensitivity.axis.percent")
    return about.words("sensitivity.axis.points") if about.unit(output) == "percent" else _unit(about, output)


def _unit(about: About, output: str) -> str:
    """Return in what an output is counted."""
    return about.words(f"sensitivity.axis.unit.{about.unit(output)}")


def _mean(about: About, output: str) -> str:
    """Return the name of an axis of means of an output."""
    unit = _unit(about, output)
    return unit if about.is_chance(output) else about.words("sensitivity.axis.mean", unit=unit)


# --- both ends of each input ------------------------------------------------------------------------------------------


def _tornado(about: About) -> Figure:
    """Draw two bars for each input from what the scenario states: to the output at its low end and at its high end."""
    words, main = about.words, about.main
    assert main is not None  # noqa: S101 - or there would be no figure
    curves = [one for one in about.curves.values() if one.output == main and one.effect != "none"]
    curves = sorted(curves, key=lambda one: -max(abs(float(d)) for d in one.differences[[0, -1]]))[:_ROWS]
    times = about.scale(main)
    called = [about.input(one.input) for one in curves]
    room = _room(called)
    names = [folded(name, room - 0.1) for name in called]
    row_in = 0.34
    height = _HEAD_IN + 0.4 + row_in * len(curves) + 0.62
    figure = _blank(about, "tornado", height, name=about.output(main))
    axes = figure.add_axes(
        (room / WIDTH_IN, 0.62 / height, (WIDTH_IN - room - 0.25) / WIDTH_IN, row_in * len(curves) / height)
    )
    stated = curves[0].stated_mean * times
    reached = [stated]
    labels: list[tuple[float, float, str, bool]] = []
    for row, curve in enumerate(curves):
        own = about.inputs[curve.input]
        for end, at, colour, aside in zip(about.ends(own, curve), (0, -1), (LOW, HIGH), (-0.19, 0.19), strict=True):
            if curve.alike[at]:
                labels.append((stated, row + aside, words("sensitivity.fig.same", end=end), aside > 0))
                continue
            value = stated + float(curve.differences[at]) * times
            never_or_always = about.is_chance(main) and curve.means[at] in {0.0, 1.0}
            played = about.level(main, curve.means[at])
            said = words("sensitivity.fig.played", end=end, played=played) if never_or_always else end
            ends = [stated + float(side[at]) * times for side in (curve.difference_low, curve.difference_high)]
            if about.is_share(main):
                ends = [min(max(one, 0.0), float(OF)) for one in ends]
            axes.barh(row + aside, value - stated, left=stated, height=0.34, color=colour, linewidth=0)
            axes.plot(ends, [row + aside] * 2, color=INK, linewidth=0.9, marker="|", markersize=4, markeredgewidth=0.9)
            rightward = value > stated or (value == stated and aside > 0)
            labels.append((max(ends) if rightward else min(ends), row + aside, said, rightward))
            reached += ends
    low, high = min(reached), max(reached)
    wide = max(high - low, 1e-9)
    letters = max(widths(text) for *_, text, _ in labels) * _SMALL / 72 / (WIDTH_IN - room - 0.25)
    margin = min(letters / (1 - 2 * min(letters, 0.3)), 0.9) * wide + 0.03 * wide
    for x, y, text, rightward in labels:
        aside = 0.012 * (wide + 2 * margin) * (1 if rightward else -1)
        axes.text(x + aside, y, text, fontsize=_SMALL, va="center", ha="left" if rightward else "right", color=INK)
    axes.axvline(stated, color=INK, linewidth=1.1)
    axes.set_xlim(low - margin, high + margin)
    axes.set_ylim(len(curves) - 0.45, -0.55)
    axes.set_yticks(range(len(curves)), names, fontsize=_SMALL, linespacing=1.1)
    axes.tick_params(axis="y", length=0)
    _tick_values(axes, about, main)
    axes.set_xlabel(_mean(about, main), fontsize=_SMALL)
    said = words("sensitivity.fig.stated", level=about.level(main, curves[0].stated_mean))
    axes.annotate(
        said,
        (stated, 1),
        (0, 4),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        fontsize=_SMALL,
        ha="center",
        color=INK,
    )
    figure.legend(
        handles=[
            Patch(color=colour, label=words(f"sensitivity.fig.{end}_end"))
            for colour, end in ((LOW, "low"), (HIGH, "high"))
        ],
        loc="upper left",
        bbox_to_anchor=(0.01, 1 - 0.5 / height),
        ncols=2,
        frameon=False,
        fontsize=_SMALL,
        handlelength=1.4,
    )
    return figure


def _tick_values(axes: Axes, about: About, output: str, *, upright: bool = False) -> None:
    """Let an axis of an output have few ticks; there are no fewer than no runs and no more than all."""
    axis = axes.yaxis if upright else axes.xaxis
    axis.set_major_locator(MaxNLocator(6))
    most = OF if about.is_share(output) else math.inf

    def said(value: float, _: int | None = None) -> str:
        return f"{value:g}" if -1e-9 <= value <= most + 1e-9 else ""

    axis.set_major_formatter(FuncFormatter(said))
    axes.tick_params(labelsize=_SMALL)


# --- how the output answers -------------------------------------------------------------------------------------------


def _curves(about: About) -> Figure:
    """Draw the main output over the range of each of the first few inputs, with its interval and the stated value."""
    words, main = about.words, about.main
    assert main is not None  # noqa: S101 - or there would be no figure
    shown = _shown(about, main)
    columns = min(len(shown), 2)
    rows = math.ceil(len(shown) / columns)
    left, gap = 0.62, 0.5
    wide = (WIDTH_IN - left - 0.2 - gap * (columns - 1)) / columns
    names = [folded(about.input(one.input.key), wide) for one in shown]
    top_in = _LINE_IN * max(name.count("\n") + 1 for name in names) + 0.12
    plot_in, below_in = 1.1, 0.34
    each = top_in + plot_in + below_in
    height = _HEAD_IN + each * rows + 0.5
    figure = _blank(about, "curves", height, name=about.output(main))
    times = about.scale(main)
    bottom, top = _limits(about, main, shown, times)
    for number, (one, name) in enumerate(zip(shown, names, strict=True)):
        row, column = divmod(number, columns)
        axes = figure.add_axes(
            (
                (left + column * (wide + gap)) / WIDTH_IN,
                (height - _HEAD_IN - each * row - top_in - plot_in) / height,
                wide / WIDTH_IN,
                plot_in / height,
            )
        )
        _curve(axes, about, one, times)
        axes.set_ylim(bottom, top)
        axes.set_title(name, fontsize=_SMALL, loc="left", pad=3, color=INK)
        _tick_values(axes, about, main, upright=True)
        if column == 0:
            axes.set_ylabel(_mean(about, main), fontsize=_SMALL)
        if about.is_chance(main):
            required = about.plans[about.outputs[main].requirement].probability * OF
            axes.axhline(required, color=CHANCE, linewidth=0.9, linestyle=(0, (4, 2)))
    key = ["band", "stated", *(["required"] if about.is_chance(main) else [])]
    said = words("sensitivity.semicolon").join(words(f"sensitivity.fig.curve_{name}") for name in key)
    figure.text(0.98, 0.26 / height, said, fontsize=_SMALL, ha="right", va="bottom", color=INK)
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
    axes.set_xticks([x for x, _ in shown], [text for _, text in shown], fontsize=_SMALL)
    axes.margins(x=0.03)
    if len(one.input.paths) > 1:  # words, which would reach beyond the ends of the axis
        first, *_, last = axes.get_xticklabels()
        first.set_horizontalalignment("left")
        last.set_horizontalalignment("right")


def _mark_ends(axes: Axes, about: About, output: str, means: Mapping[float, float]) -> None:
    """Write at levels that no run keeps, or every run, how many were played."""
    for x, mean in means.items():
        if mean in {0.0, float(OF)}:
            said, beside = about.level(output, mean / OF), (5, 4 if not mean else -7)
            text = axes.annotate(said, (x, mean), beside, textcoords="offset points", fontsize=_TINY, color=INK)
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
        half = (widths(texts[n]) + 1) * _SMALL / 72 / room_in * span / 2
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


# --- where a plan fails -----------------------------------------------------------------------------------------------


def _region(about: About) -> Figure:
    """Draw the points over the first two bounds of a region, dark where most fails, with the box; over one bound the share that fails."""
    words, region = about.words, drawn(about)
    assert region is not None  # noqa: S101 - or there would be no figure
    output = f"target:{region.requirement}:met"
    points = about.even
    failed = np.array([1 - point.means[output] for point in points])
    height = 5.2
    figure = _blank(about, "region", height, name=about.requirement(region.requirement))
    axes = figure.add_axes((0.1, 1.18 / height, 0.86, (height - 2.0) / height))
    first, second = region.bounds[0], region.bounds[1] if len(region.bounds) > 1 else None
    x = _along(points, first.path)
    y = _along(points, second.path) if second is not None else failed * OF
    beside = np.ones(len(x), dtype=bool)
    for own in region.bounds[2:]:
        beside &= _within(_along(points, own.path), own)
    steps = [_step(share) for share in failed]
    dot: dict[str, Any] = {"s": 34, "edgecolors": FAINT, "linewidths": 0.5, "zorder": 3}
    shown = np.flatnonzero(beside)
    axes.scatter(x[shown], y[shown], c=[SHADES[steps[n]] for n in shown], **dot)
    axes.scatter(x[~beside], y[~beside], marker="x", s=14, color=QUIET, linewidths=0.9, zorder=2)
    axes.margins(0.04)
    _box(axes, first, second)
    _name_axis(axes.xaxis, about, first.path, points)
    axes.set_xlabel(about.path(first.path), fontsize=_SMALL)
    if second is not None:
        _name_axis(axes.yaxis, about, second.path, points)
        axes.set_ylabel(about.path(second.path), fontsize=_SMALL)
    else:
        axes.set_ylabel(words("sensitivity.axis.missed"), fontsize=_SMALL)
    axes.tick_params(labelsize=_SMALL)
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
        fontsize=_SMALL,
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


FIGURES: Mapping[str, Callable[[About], Figure]] = {
    "ranking": _ranking,
    "tornado": _tornado,
    "curves": _curves,
    "region": _region,
}
"""What draws a figure, by its key."""
