"""The files about options for people: figures, a page and a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from sim.errors import Language
from sim.report.content.assumptions import Assumption, assumptions
from sim.report.figures.draw import Picture
from sim.report.options import grids
from sim.report.options.about import About
from sim.report.options.annex import again, cautions, identity, methods
from sim.report.options.figures import draw_options
from sim.report.options.sentences import answer, method
from sim.report.options.workbook import sheets
from sim.report.page.template import render
from sim.report.roster.papers import frame_of, stamps_of
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import write_sheets
from sim.study.options.found import Found


def write_options(folder: Path, found: Found, tables: Mapping[str, pd.DataFrame], *, language: Language) -> Path:
    """Write the figures, ``options.html`` and ``options.xlsx`` into ``folder``; return the page's path."""
    about = About(found, Words(language))
    words, scenario = about.words, found.scenario
    stamps = stamps_of(scenario, found.names, words, internal=found.names.asked)
    assumed = assumptions(scenario, words)
    pictures = draw_options(about, stamps, folder / "figures")
    page = folder / "options.html"
    page.write_text(_page(about, stamps, pictures, assumed), encoding="utf-8")
    made = sheets(about, tables, assumed)
    write_sheets(made, frame_of(about.title, stamps, made[0].name, scenario.plan.start, words), folder / "options.xlsx")
    return page


def _page(about: About, stamps: tuple[str, ...], pictures: Mapping[str, Picture], assumed: list[Assumption]) -> str:
    best = about.recommended
    drawn = {key: replace(one, svg=Markup(one.svg)) for key, one in pictures.items()}  # noqa: S704 - drawn by us, names as titles
    return render(
        "options.html.j2",
        about.words,
        stamps,
        title=about.title,
        method=method(about),
        sentences=answer(about),
        box=grids.box(about),
        everything=grids.all_options(about),
        pictures=drawn,
        finalists=grids.finalists(about),
        chosen=grids.chosen(about),
        together=grids.together(about),
        of_best=[grids.requirements(about, best), grids.numbers(about, best)] if best is not None else [],
        unknowns=grids.unknowns(about),
        cautions=cautions(about),
        methods=methods(about),
        details=[grids.costs(about), grids.settings(about)],
        assumptions=assumed,
        omitted=any(own.omitted for own in assumed),
        again=again(about),
        identity=identity(about),
    )
