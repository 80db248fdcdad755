"""The files of an analysis for people: a page, its figures and a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from sim.errors import Language
from sim.report.page.template import render
from sim.report.sensitivity.about import About
from sim.report.sensitivity.annex import again, identity, inputs, methods
from sim.report.sensitivity.figures import draw_sensitivity
from sim.report.sensitivity.sentences import lead, questions
from sim.report.sensitivity.workbook import write_workbook
from sim.report.words.language import Words
from sim.study.sensitivity.found import Sensitivity


def write_sensitivity(path: Path, found: Sensitivity, tables: Mapping[str, pd.DataFrame], language: Language) -> Path:
    """Write ``sensitivity.html``, its figures and ``sensitivity.xlsx`` into a folder; return the path of the page."""
    about = About(found, Words(language))
    asked = questions(about)
    wanted = [key for one in asked for key in one.figures]
    pictures = draw_sensitivity(about, wanted, path / "figures")
    page = path / "sensitivity.html"
    page.write_text(
        render(
            "sensitivity.html.j2",
            about.words,
            about.stamps,
            title=about.title,
            lead=lead(about),
            questions=asked,
            pictures={key: replace(one, svg=Markup(one.svg)) for key, one in pictures.items()},  # noqa: S704 - drawn by us, names as paths
            inputs=inputs(about),
            methods=methods(about),
            again=again(about),
            identity=identity(about),
        ),
        encoding="utf-8",
    )
    write_workbook(about, asked, tables["points"], path / "sensitivity.xlsx")
    return page
