"""The figures that are wanted, drawn, saved and described."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from sim.report.figures.draw import Picture, picture_of
from sim.report.figures.sheet import drawing
from sim.report.sensitivity.about import About
from sim.report.sensitivity.fails import drawn
from sim.report.sensitivity.figures.curves import curves
from sim.report.sensitivity.figures.ranking import ranking
from sim.report.sensitivity.figures.region import region
from sim.report.sensitivity.figures.tornado import tornado


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
    words, own = about.words, drawn(about)
    assert own is not None  # noqa: S101 - or there would be no figure
    return words(
        f"sensitivity.caption.region.{'box' if len(own.bounds) > 1 else 'band'}",
        points=len(about.even),
        runs=about.found.design.runs,
        inside=about.in_runs(own.failed / own.runs, own.runs),
        everywhere=about.in_runs(about.missed(f"target:{own.requirement}:met"), about.even_runs),
    )


FIGURES: Mapping[str, Callable[[About], Figure]] = {
    "ranking": ranking,
    "tornado": tornado,
    "curves": curves,
    "region": region,
}
"""What draws a figure, by its key."""
