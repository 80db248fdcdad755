"""The figures of a page: the map, the coverage curve, evacuation, reports, outages, where the minutes went; saved as PNG and handed out as SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from sim.report.content.minutes import Stretch
from sim.report.figures.curve import draw_curve
from sim.report.figures.evacuation import draw_evacuation, draw_reports
from sim.report.figures.outages import draw_outages
from sim.report.figures.sheet import Sheet, drawing
from sim.report.figures.village_map import draw_map
from sim.report.figures.waterfall import draw_waterfall

_PNG_DPI = 300


@dataclass(frozen=True)
class Picture:
    """One figure: its file name without ending, what it shows in words, and its drawing as SVG for the page."""

    name: str
    alt: str
    svg: str


def draw(sheet: Sheet, way: Sequence[Stretch], folder: Path) -> list[Picture]:
    """Draw the figures of a page; save each as PNG (300 dpi) in ``folder`` and return them for the page.

    There is no map of too few places, none of evacuation, reports or outages where there is nothing to show, and none of minutes
    (``way``) where nobody was told.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    with drawing():
        drawn = {
            "map": draw_map(sheet),
            "map-small": draw_map(sheet, small=True),
            "coverage": draw_curve(sheet),
            "evacuation": draw_evacuation(sheet),
            "reports": draw_reports(sheet),
            "outages": draw_outages(sheet),
            "waterfall": draw_waterfall(sheet, way),
        }
        for name, figure in drawn.items():
            if figure is not None:
                alt = sheet.words(f"figure.{name.removesuffix('-small')}")
                pictures.append(picture_of(name, alt, figure, folder))
    return pictures


def picture_of(name: str, alt: str, figure: Figure, folder: Path) -> Picture:
    """Save a figure as PNG (300 dpi) in a folder and return it for the page."""
    figure.savefig(folder / f"{name}.png", dpi=_PNG_DPI, metadata={"Software": None})
    return Picture(name, alt, as_svg(figure, name))


def as_svg(figure: Figure, name: str) -> str:
    """Return the drawing for use inside an HTML page: no preamble, no metadata, no addresses, ids of its own."""
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg)
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', 'width="100%"', svg, count=1)
    svg = re.sub(r'((?:\sid="|url\(#|href="#))', rf"\1{name}-", svg)
    return re.sub(r'(?<= d=")[^"]+', lambda path: re.sub(r"(\.\d{2})\d+|\s*\n", r"\1", path[0]), svg)
