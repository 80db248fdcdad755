"""What the report of a debrief says, ready to be set: on the page, in the document, in the workbook, in the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from sim.errors import Language
from sim.exercise.debrief import Debrief
from sim.report.content.notices import version
from sim.report.exercise.debrief.about import About
from sim.report.exercise.debrief.findings import findings, title
from sim.report.exercise.debrief.sections import method, sections
from sim.report.roster.papers import stamps_of
from sim.report.study.section import Section
from sim.report.words.language import Words


@dataclass(frozen=True, eq=False)
class DebriefContent:
    """Everything that a debrief says, in its language; ``sentences`` are those to read aloud, ``method`` says what is compared."""

    about: About
    stamps: tuple[str, ...]
    title: str
    kind: str
    sentences: tuple[str, ...]
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    identity: str

    @property
    def words(self) -> Words:
        """The words of its language."""
        return self.about.words


def gather_debrief(debrief: Debrief, language: Language) -> DebriefContent:
    """Return what the report of a debrief says."""
    words = Words(language)
    about, plan, names = About(debrief, words), debrief.subject.scenario.plan, debrief.subject.names
    first = words("debrief.stamp.real" if about.real else "debrief.stamp")
    return DebriefContent(
        about=about,
        stamps=(first, *stamps_of(debrief.subject.scenario, names, words, internal=names.asked)),
        title=title(about),
        kind=words("debrief.kind", where=about.where, when=words.date(debrief.actuals.start), n=debrief.count),
        sentences=findings(about),
        sections=tuple(sections(about)),
        method=method(about),
        identity=" · ".join(
            [plan.name, f"SHA-256 {debrief.subject.scenario.hash[:16]}", words("version", version=version())]
        ),
    )
