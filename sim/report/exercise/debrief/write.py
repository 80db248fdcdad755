"""The files of a debrief for people: a page, a document for WPS or Word, a workbook with what is to be mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from sim.report.document.write import OFFICIAL, REPORT
from sim.report.exercise.debrief.figure import draw_band
from sim.report.exercise.debrief.gather import DebriefContent
from sim.report.exercise.debrief.sections import FIGURE, MEND
from sim.report.exercise.form import ACROSS, FormPaper
from sim.report.figures.draw import Picture
from sim.report.page.template import render
from sim.report.roster.papers import frame_of
from sim.report.study.section import Section
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, legal_names, write_sheets

_MARKS = {"kept": "00614A", "late": "8A1C1C", "never": "8A1C1C", "open": "8A4B00"}
"""The colour of an outcome; it is said in words too."""
_OF_STUDY = {"kept": "met", "late": "not_met", "never": "not_met", "open": "open"}
"""The marks of the page, by outcome."""

_MEND_PARTS = (1, 5.2, 3.4, 5.2, 6, 1.8, 2, 2.1)
"""How the columns of the list of what is to be mended share the page."""


def write_debrief(folder: Path, content: DebriefContent) -> Path:
    """Write the figure, ``debrief.html``, ``debrief.docx`` and ``debrief.xlsx`` into ``folder``; return the page's path."""
    pictures = {
        section.key: draw_band(content.about, content.stamps, section.key, folder / "figures")
        for section in content.sections
        if section.alt
    }
    page = folder / "debrief.html"
    page.write_text(_page(content, pictures), encoding="utf-8")
    _write_document(content, pictures, folder)
    _write_workbook(content, folder / "debrief.xlsx")
    return page


def _page(content: DebriefContent, pictures: dict[str, Picture]) -> str:
    drawn = {key: replace(one, svg=Markup(one.svg)) for key, one in pictures.items()}  # noqa: S704 - drawn by us, names as paths
    marks = {content.words(f"debrief.outcome.{outcome}"): mark for outcome, mark in _OF_STUDY.items()}
    return render("debrief.html.j2", content.words, content.stamps, r=content, pictures=drawn, marks=marks)


# --- the document -----------------------------------------------------------------------------------------------------


def _write_document(content: DebriefContent, pictures: dict[str, Picture], folder: Path) -> None:
    words = content.words
    first = OFFICIAL if words.language == "zh" else REPORT
    paper = FormPaper(words.language, first, content.stamps, content.identity)
    paper.say(content.title, "Title")
    paper.say(content.kind, "Subtitle")
    paper.say(words("debrief.head.aloud", n=len(content.sentences)), "Lead Heading")
    for number, sentence in enumerate(content.sentences, start=1):
        paper.say(words("study.numbered", n=number, said=sentence), "Lead")
    paper.turn(REPORT)
    for section in content.sections:
        if section.key == MEND:
            paper.say(words("debrief.head.method"), "Heading 1")
            for point in content.method:
                paper.say(point, "List Bullet")
            paper.turn(ACROSS)
        _set(paper, content, section, pictures, folder / "figures")
    paper.save(folder / "debrief.docx", content.title, content.about.debrief.actuals.start)


def _set(
    paper: FormPaper, content: DebriefContent, section: Section, pictures: dict[str, Picture], figures: Path
) -> None:
    words = content.words
    paper.say(section.heading, "Heading 1")
    for said in section.sentences:
        paper.say(said, kept=True)
    paper.notes(section.notes, kept=True)
    if section.key in pictures:
        caption = words("document.caption", n=paper.numbered(), alt=section.heading)
        paper.picture(figures / f"{FIGURE}.png", pictures[section.key].alt, caption)
    marks = {words(f"debrief.outcome.{outcome}"): colour for outcome, colour in _MARKS.items()}
    for table in section.tables:
        grid = table.shortened(words)
        if grid.title:
            paper.say(grid.title, "Heading 2")
        paper.notes(grid.notes, kept=True)
        if section.key == MEND:
            paper.form(grid.columns, grid.rows, _MEND_PARTS)
        else:
            paper.table(grid.columns, grid.rows, narrow=not grid.wide, marks=marks)


# --- the workbook -----------------------------------------------------------------------------------------------------


def _write_workbook(content: DebriefContent, path: Path) -> None:
    words = content.words
    made = sorted(
        (sheet for section in content.sections for sheet in section.sheets),
        key=lambda sheet: sheet.name != words("debrief.tab.mend"),
    )
    method = SheetOfTables(
        words("debrief.tab.method"), words("debrief.head.method"), (), said=(*content.method, content.identity)
    )
    names = legal_names([words("debrief.tab.aloud"), *(sheet.name for sheet in (*made, method))])
    others = [replace(sheet, name=name) for sheet, name in zip((*made, method), names[1:], strict=True)]
    frame = frame_of(content.title, content.stamps, names[0], content.about.debrief.actuals.start, words)
    said = [words("study.numbered", n=n, said=one) for n, one in enumerate(content.sentences, start=1)]
    links = Table(
        (Field(words("workbook.sheet"), "link"), Field(words("workbook.holds"))),
        [(sheet.name, sheet.title) for sheet in others],
        words("tab.contents"),
    )
    first = SheetOfTables(names[0], content.title, (links,), said=(content.kind, *said), widths=(34, 90), one_page=True)
    write_sheets([first, *others], frame, path)
