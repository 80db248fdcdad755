"""The file of the console: everything in one page that fetches nothing."""

from __future__ import annotations

from pathlib import Path

from sim.errors import Language
from sim.exercise.kit import Kit
from sim.report.content.notices import stamps
from sim.report.exercise.console.content import content
from sim.report.page.data import as_json
from sim.report.page.template import render
from sim.report.words.language import Words


def write_console(path: Path, kit: Kit, language: Language) -> Path:
    """Write the console of a kit as one HTML file and return its path."""
    words = Words(language)
    title = kit.scenario.plan.title or kit.scenario.plan.name
    stamped = [*stamps(kit.scenario, kit.names, words), words("console.stamp")]
    path.write_text(
        render("console.html.j2", words, stamped, title=title, data=as_json(content(kit, title, words))),
        encoding="utf-8",
        newline="\n",
    )
    return path
