"""The report of a study as a workbook: what is read aloud, then every number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim.report.roster.papers import frame_of
from sim.report.study.gather import StudyContent
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, legal_names, write_sheets


def write_workbook(content: StudyContent, path: Path) -> None:
    """Write ``study.xlsx``."""
    words = content.words
    first = words("study.tab.aloud")
    made = [
        *(sheet for section in content.sections for sheet in section.sheets),
        _assumptions(content),
        _annex(content),
    ]
    names = legal_names([first, *(sheet.name for sheet in made)])
    others = [replace(sheet, name=name) for sheet, name in zip(made, names[1:], strict=True)]
    frame = frame_of(content.title, content.stamps, names[0], content.about.scenario.plan.start, words)
    write_sheets([_aloud(content, names[0], others), *others], frame, path)


def _aloud(content: StudyContent, name: str, others: list[SheetOfTables]) -> SheetOfTables:
    """Return the first sheet: the sentences, and what leads to the other sheets."""
    words = content.words
    said = [
        words("study.numbered", n=number, said=sentence) for number, sentence in enumerate(content.sentences, start=1)
    ]
    fields = (Field(words("workbook.sheet"), "link"), Field(words("workbook.holds")))
    sheets = Table(fields, [(sheet.name, sheet.title) for sheet in others], words("tab.contents"))
    return SheetOfTables(
        name,
        content.title,
        (sheets,),
        said=(content.kind, words("study.head.aloud", n=len(content.sentences)), *said),
        notes=content.notes,
        widths=(34, 90),
        one_page=True,
    )


def _assumptions(content: StudyContent) -> SheetOfTables:
    words = content.words
    fields = tuple(Field(words(key)) for key in ("col.what", "source", "applies_to", "status", "workbook.key"))
    rows = [(own.what, own.source, own.applies_to, own.status, own.key) for own in content.assumptions]
    return SheetOfTables(
        words("tab.assumptions"),
        words("head.assumptions"),
        (Table(fields, rows),),
        notes=(words("note.omitted"),) if content.omitted else (),
        widths=(44, 70, 30, 20, 44),
    )


def _annex(content: StudyContent) -> SheetOfTables:
    words = content.words
    said = (*content.methods, words("study.annex.again"), content.again, content.identity)
    return SheetOfTables(words("study.tab.annex"), words("study.head.annex"), (), said=said)
