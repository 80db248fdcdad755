"""The page of one night: one file, nothing fetched; opens in any browser and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from sim.report.content.notices import source_text
from sim.report.content.verdicts import of_kind
from sim.report.figures.draw import Picture
from sim.report.figures.sheet import COLOURS
from sim.report.gather import Content
from sim.report.page.playback import playback
from sim.report.page.timeline import timeline


def write_page(content: Content, pictures: Sequence[Picture], page: Path) -> None:
    """Write the page of a report with its figures."""
    drawn = [replace(picture, svg=Markup(picture.svg)) for picture in pictures]  # noqa: S704 - drawn by us, names as paths
    text = _template().render(
        r=content,
        t=content.words,
        lang="zh-CN" if content.words.language == "zh" else "en",
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


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template("report.html.j2")
