"""The main output at both ends of each input that is moved alone."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.report.figures.sheet import INK, WIDTH_IN, widths
from sim.report.sensitivity.about import OF, About
from sim.report.sensitivity.figures.frame import (
    HEAD_IN,
    HIGH,
    LOW,
    SMALL,
    blank_of,
    folded,
    name_of_means,
    room_of,
    tick_values,
)

_ROWS = 8
"""So many inputs have a bar for either end."""


def tornado(about: About) -> Figure:
    """Draw two bars for each input from what the scenario states: to the output at its low end and at its high end."""
    words, main = about.words, about.main
    assert main is not None  # noqa: S101 - or there would be no figure
    curves = [one for one in about.curves.values() if one.output == main and one.effect != "none"]
    curves = sorted(curves, key=lambda one: -max(abs(float(d)) for d in one.differences[[0, -1]]))[:_ROWS]
    times = about.scale(main)
    called = [about.input(one.input) for one in curves]
    room = room_of(called)
    names = [folded(name, room - 0.1) for name in called]
    row_in = 0.34
    height = HEAD_IN + 0.4 + row_in * len(curves) + 0.62
    figure = blank_of(about, "tornado", height, name=about.output(main))
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
    letters = max(widths(text) for *_, text, _ in labels) * SMALL / 72 / (WIDTH_IN - room - 0.25)
    margin = min(letters / (1 - 2 * min(letters, 0.3)), 0.9) * wide + 0.03 * wide
    for x, y, text, rightward in labels:
        aside = 0.012 * (wide + 2 * margin) * (1 if rightward else -1)
        axes.text(x + aside, y, text, fontsize=SMALL, va="center", ha="left" if rightward else "right", color=INK)
    axes.axvline(stated, color=INK, linewidth=1.1)
    axes.set_xlim(low - margin, high + margin)
    axes.set_ylim(len(curves) - 0.45, -0.55)
    axes.set_yticks(range(len(curves)), names, fontsize=SMALL, linespacing=1.1)
    axes.tick_params(axis="y", length=0)
    tick_values(axes, about, main)
    axes.set_xlabel(name_of_means(about, main), fontsize=SMALL)
    said = words("sensitivity.fig.stated", level=about.level(main, curves[0].stated_mean))
    axes.annotate(
        said,
        (stated, 1),
        (0, 4),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        fontsize=SMALL,
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
        fontsize=SMALL,
        handlelength=1.4,
    )
    return figure
