"""The file of the console: everything in one page that fetches nothing."""

from __future__ import annotations

from pathlib import Path

from sim.errors import Language
from sim.exercise.kit import Kit
from sim.report.exercise.about import About
from sim.report.exercise.console.content import content
from sim.report.page.data import as_json
from sim.report.page.template import render
from sim.report.words.language import Words


def write_console(path: Path, kit: Kit, language: Language) -> Path:
    """Write the console of a kit as one HTML file and return its path."""
    about = About(kit, Words(language))
    stamps = (*about.stamps, about.words("console.stamp"))
    page = render(
        "console.html.j2",
        about.words,
        stamps,
        title=about.title,
        planned=about.words.length(kit.schedule.minutes),
        data=as_json(content(about)),
    )
    path.write_text(page, encoding="utf-8", newline="\n")
    return path
