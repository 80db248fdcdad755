"""What all figures of an analysis share: colours, sizes, the empty figure with its title, names that are broken into lines, axes of an output."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.report.figures.sheet import blank, widths
from sim.report.sensitivity.about import OF, About

LOW, HIGH, QUIET, CHANCE = "#9ccbe8", "#0072B2", "#d4d4d4", "#7a2f00"
"""The low end and what is heard, the high end and what matters most, what is below chance, and the line of chance."""
BAND = "#cfe3f2"
SMALL, TINY = 7.5, 6.5  # letters, points
LINE_IN = 0.135  # of small letters
HEAD_IN = 0.62
"""Room for title and stamps above."""
_WIDEST_IN = 3.1
_OPENING, _CLOSING = "（“《", "）”》，、；：。"


def blank_of(about: About, key: str, height_in: float, **values: object) -> Figure:
    """Return an empty figure with its title, stamps and source."""
    words, plan = about.words, about.scenario.plan
    source = words("study.fig.source", scenario=plan.name, seed=plan.seed, n=words.number(about.found.runs))
    title = words(f"sensitivity.fig.{key}", **values)
    return blank(title, about.stamps, source, height_in)


def folded(text: str, room_in: float, points: float = SMALL) -> str:
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


def room_of(names: Sequence[str]) -> float:
    """Return how wide the column of names is, inches: as the longest, up to a limit beyond which names are broken."""
    return min(max(widths(name) for name in names) * SMALL / 72 + 0.2, _WIDEST_IN)


def unit_of(about: About, output: str) -> str:
    """Return in what an output is counted."""
    return about.words(f"sensitivity.axis.unit.{about.unit(output)}")


def name_of_means(about: About, output: str) -> str:
    """Return the name of an axis of means of an output."""
    unit = unit_of(about, output)
    return unit if about.is_chance(output) else about.words("sensitivity.axis.mean", unit=unit)


def tick_values(axes: Axes, about: About, output: str, *, upright: bool = False) -> None:
    """Let an axis of an output have few ticks; there are no fewer than no runs and no more than all."""
    axis = axes.yaxis if upright else axes.xaxis
    axis.set_major_locator(MaxNLocator(6))
    most = OF if about.is_share(output) else math.inf

    def said(value: float, _: int | None = None) -> str:
        return f"{value:g}" if -1e-9 <= value <= most + 1e-9 else ""

    axis.set_major_formatter(FuncFormatter(said))
    axes.tick_params(labelsize=SMALL)
