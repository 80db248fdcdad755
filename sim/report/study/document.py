"""The report of a study as a document for WPS or Word: a page to read aloud, then the sections in the order of the page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.report.content.grid import Column, Grid
from sim.report.document.paper import Paper
from sim.report.document.word import WordPaper
from sim.report.document.write import OFFICIAL, REPORT
from sim.report.figures.draw import Picture
from sim.report.study.gather import StudyContent
from sim.report.study.section import Section

_MARKS = {"met": "00614A", "not_met": "8A1C1C", "open": "8A4B00"}
"""The colour of a verdict; it is said in words too."""


def write_document(content: StudyContent, pictures: Mapping[str, Picture], figures: Path, path: Path) -> None:
    """Write ``study.docx``; ``figures`` is the folder that holds the picture of each section."""
    words = content.words
    first = OFFICIAL if words.language == "zh" else REPORT
    paper = WordPaper(words.language, first, content.stamps, content.identity)
    paper.say(content.title, "Title")
    paper.say(content.kind, "Subtitle")
    paper.say(words("study.head.aloud", n=len(content.sentences)), "Lead Heading")
    for number, sentence in enumerate(content.sentences, start=1):
        paper.say(words("study.numbered", n=number, said=sentence), "Lead")
    paper.notes(content.notes)
    paper.turn(REPORT)
    for section in content.sections:
        _set(paper, content, section, pictures, figures)
    _annex(paper, content)
    paper.save(path, content.title, content.about.scenario.plan.start)


def _set(paper: Paper, content: StudyContent, section: Section, pictures: Mapping[str, Picture], figures: Path) -> None:
    words = content.words
    paper.say(section.heading, "Heading 1")
    for said in section.sentences:
        paper.say(said, kept=True)
    paper.notes(section.notes, kept=True)
    if (picture := pictures.get(section.key)) is not None:
        caption = words("document.caption", n=paper.numbered(), alt=section.heading)
        paper.picture(figures / f"{section.key}.png", picture.alt, caption)
    for table in section.tables:
        _grid(paper, table, content)


def _grid(paper: Paper, grid: Grid, content: StudyContent) -> None:
    if grid.title:
        paper.say(grid.title, "Heading 2")
    paper.notes(grid.notes, kept=True)
    marks = {content.words(f"study.verdict.{verdict}"): colour for verdict, colour in _MARKS.items()}
    paper.table(grid.columns, grid.rows, narrow=not grid.wide, marks=marks)


def _annex(paper: Paper, content: StudyContent) -> None:
    words = content.words
    paper.say(words("study.head.annex"), "Heading 1")
    for point in content.methods:
        paper.say(point, "List Bullet")
    paper.say(words("study.annex.again"), "List Bullet")
    paper.notes([content.again])
    columns = (
        Column("what", heading=words("col.what")),
        Column("source", heading=words("source")),
        Column("applies_to", heading=words("applies_to")),
        Column("status", heading=words("status")),
    )
    rows = tuple((own.what, own.source, own.applies_to, own.status) for own in content.assumptions)
    _grid(paper, Grid(words("head.assumptions"), (), columns, rows), content)
    if content.omitted:
        paper.notes([words("note.omitted")])
