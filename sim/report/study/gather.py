"""What the report of a study says, ready to be set: on the page, in the document, in the workbook, in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.content.assumptions import Assumption, assumptions
from sim.report.content.notices import note_on_headline, version
from sim.report.roster.papers import stamps_of
from sim.report.study.about import About
from sim.report.study.annex import again, methods
from sim.report.study.dark import dark
from sim.report.study.decisive import decisive
from sim.report.study.ignorance import ignorance
from sim.report.study.judged import judged
from sim.report.study.late import late
from sim.report.study.measures import measures
from sim.report.study.section import Section
from sim.report.study.sentences import sentences, suggested
from sim.report.study.steps import steps
from sim.report.study.told import told
from sim.report.words.language import Words
from sim.study.study import Study

SECTIONS: tuple[Callable[[About], Iterator[Section]], ...] = (
    judged,
    told,
    late,
    steps,
    decisive,
    dark,
    ignorance,
    measures,
)
"""What is said, in order; each yields its sections, none where there is nothing to say."""


@dataclass(frozen=True, eq=False)
class StudyContent:
    """Everything that the report of a study says, in its language.

    ``sentences`` are those to read aloud, ``limits`` the limits suggested; ``notes`` stand below the sentences, ``methods`` are the points of
    the annex, ``again`` the command that makes the study once more.
    """

    about: About
    stamps: tuple[str, ...]
    sentences: tuple[str, ...]
    limits: tuple[str, ...]
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    methods: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    again: str
    identity: str

    @property
    def words(self) -> Words:
        """The words of its language."""
        return self.about.words

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return self.about.title

    @property
    def kind(self) -> str:
        """Of what place it is, and that it is about many runs."""
        return self.words("document.subtitle", where=self.about.where, what=self.words("study.page.title"))

    @property
    def omitted(self) -> bool:
        """Whether some source is quoted only in part."""
        return any(assumption.omitted for assumption in self.assumptions)


def gather(study: Study, tables: Mapping[str, pd.DataFrame], names: Naming, language: Language) -> StudyContent:
    """Return what the report of a study says."""
    words = Words(language)
    about, plan = About(study, tables, names, words), study.scenario.plan
    quoted = words("note.quoted") if language == "en" else ""
    return StudyContent(
        about=about,
        stamps=stamps_of(study.scenario, names, words, internal=names.asked),
        sentences=sentences(about),
        limits=suggested(about),
        notes=tuple(note for note in (note_on_headline(study.scenario, words), quoted) if note),
        sections=tuple(section for part in SECTIONS for section in part(about)),
        methods=methods(about),
        assumptions=tuple(assumptions(study.scenario, words)),
        again=again(about),
        identity=" · ".join([plan.name, f"SHA-256 {study.scenario.hash[:16]}", words("version", version=version())]),
    )
