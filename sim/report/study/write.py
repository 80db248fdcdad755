"""The files of a study for people: a page, a document, a workbook and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from sim.report.figures.draw import Picture
from sim.report.page.template import render
from sim.report.study.document import write_document
from sim.report.study.figures import draw_study
from sim.report.study.gather import StudyContent
from sim.report.study.workbook import write_workbook


def write_study(folder: Path, content: StudyContent) -> Path:
    """Write the figures, ``study.html``, ``study.docx`` and ``study.xlsx`` into ``folder``; return the page's path."""
    pictures = draw_study(content, folder / "figures")
    page = folder / "study.html"
    page.write_text(_page(content, pictures), encoding="utf-8")
    write_document(content, pictures, folder / "figures", folder / "study.docx")
    write_workbook(content, folder / "study.xlsx")
    return page


def _page(content: StudyContent, pictures: Mapping[str, Picture]) -> str:
    drawn = {key: replace(one, svg=Markup(one.svg)) for key, one in pictures.items()}  # noqa: S704 - drawn by us, names as paths
    verdicts = {content.words(f"study.verdict.{one}"): one for one in ("met", "not_met", "open", "unsimulated")}
    return render("study.html.j2", content.words, content.stamps, r=content, pictures=drawn, verdicts=verdicts)
