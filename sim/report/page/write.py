"""The page of one night: one file, nothing fetched; opens in any browser and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from sim.report.content.notices import source_text
from sim.report.content.verdicts import of_kind
from sim.report.figures.draw import Picture
from sim.report.figures.sheet import COLOURS
from sim.report.gather import Content
from sim.report.page.playback import playback
from sim.report.page.template import render
from sim.report.page.timeline import timeline


def write_page(content: Content, pictures: Sequence[Picture], page: Path) -> None:
    """Write the page of a report with its figures."""
    drawn = [replace(picture, svg=Markup(picture.svg)) for picture in pictures]  # noqa: S704 - drawn by us, names as paths
    text = render(
        "report.html.j2",
        content.words,
        content.stamps,
        r=content,
        whole=content.scope.whole,
        targets=of_kind(content.verdicts, "target"),
        calls=of_kind(content.verdicts, "call"),
        pictures=drawn,
        playback=playback(content.sheet),
        timeline=timeline(content.sheet),
        colours=COLOURS,
        quoted=source_text,
    )
    page.write_text(text, encoding="utf-8")
