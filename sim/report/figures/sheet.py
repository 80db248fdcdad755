"""What all figures share: fonts, colours that a colour-blind reader can tell apart, and a sheet with title, source and stamp.

Drawn on ``Figure`` objects under a local rc context, so that nothing global changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import matplotlib as mpl
import pylopdf_fonts_zh_cn as fonts
from matplotlib import font_manager
from matplotlib.figure import Figure

from sim.measures import Naming
from sim.records import Night
from sim.report.content.notices import stamps
from sim.report.content.scope import Scope
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.band import Band

COLOURS: Mapping[str, str] = {
    "message": "#56B4E9",
    "phone": "#009E73",
    "auto_call": "#7FD1B5",
    "speaker": "#E69F00",
    "sound": "#F0E442",
    "door": "#CC79A7",
    "ten_household": "#0072B2",
    "neighbour": "#D55E00",
    "nobody": "#d4d4d4",
}
"""Okabe and Ito's palette, by band of channels (see ``means.BANDS``)."""
HATCHES: Mapping[str, str] = {"auto_call": "////", "sound": "....", "ten_household": "\\\\\\\\", "neighbour": "xxxx"}
INK, FAINT, STAMP = "#222222", "#777777", "#8a1c1c"
WIDTH_IN, SCREEN_DPI = 7.4, 100
_TITLE, _STAMP, _SOURCE = 11.5, 8.0, 6.8  # letters at most, points


@dataclass(frozen=True)
class Sheet:
    """What every figure of one page is about; ``band`` the runs of which the night is the typical one, if there are several."""

    scenario: Scenario
    night: Night
    names: Naming
    scope: Scope
    words: Words
    band: Band | None = None

    @property
    def where(self) -> str:
        """The place in words."""
        return self.words.label(self.names.label[self.scope.place], self.scenario.county.levels)

    def label(self, place: int) -> str:
        """Return what is shown of one place among all of them, without the name of the place that the page is about.

        On made-up data a village of the county is a code, even in a working copy.
        """
        county = self.scenario.county
        coded = self.scope.whole and self.scenario.synthetic
        label = county.places.label[place] if coded else self.names.label[place]
        return self.words.label(label.removeprefix(f"{self.names.label[self.scope.place]}·"), county.levels)

    def figure(self, title: str, height_in: float, credit: str = "", width_in: float = WIDTH_IN) -> Figure:
        """Return an empty figure with its title, its source and its stamp, in letters that fit its width."""
        night, words = self.night, self.words
        source = words("figure.source", scenario=night.scenario, seed=night.seed, n=night.replication) + credit
        return blank(title, stamps(self.scenario, self.names, words), source, height_in, width_in)


def blank(title: str, stamped: Sequence[str], source: str, height_in: float, width_in: float = WIDTH_IN) -> Figure:
    """Return an empty figure with its title, its stamps and its source, in letters that fit its width."""
    figure = Figure(figsize=(width_in, height_in), dpi=SCREEN_DPI, facecolor="white")
    for text, largest, at_in, colour, side in (
        (title, _TITLE, height_in - 0.16, INK, "top"),
        ("    ".join(stamped), _STAMP, height_in - 0.42, STAMP, "top"),
        (source, _SOURCE, 0.09, FAINT, "bottom"),
    ):
        size = min(largest, 0.96 * width_in * 72 / widths(text))
        figure.text(0.02, at_in / height_in, text, fontsize=size, color=colour, va=side)
    return figure


def widths(text: str) -> float:
    """Return about how wide a text is, in heights of its letters."""
    return sum(1.0 if ord(letter) > 0x2E80 else 0.6 for letter in text)


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with our fonts and lines while the context lasts."""
    settings: dict[Any, Any] = {
        "font.family": [_family()],
        "font.size": 8.5,
        "axes.unicode_minus": False,
        "axes.edgecolor": FAINT,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "hatch.linewidth": 0.4,
        "text.parse_math": False,  # a name is a name, whatever it holds
        "svg.fonttype": "path",
        "svg.hashsalt": "jiaoying",
    }
    with mpl.rc_context(settings):
        yield


@lru_cache(maxsize=1)
def _family() -> str:
    """Make the bundled Chinese font known to matplotlib and return its name."""
    path = str(fonts.sans_path())
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()
