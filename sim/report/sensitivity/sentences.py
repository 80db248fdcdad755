"""What an analysis came to, in sentences to read aloud: the answers to the questions of the page."""

from __future__ import annotations

from dataclasses import replace

from sim.errors import Language
from sim.report.sensitivity.about import About
from sim.report.sensitivity.collect import collect
from sim.report.sensitivity.fails import fails
from sim.report.sensitivity.matters import matters
from sim.report.sensitivity.question import Question
from sim.report.words.language import Words
from sim.study.sensitivity.found import Sensitivity


def questions(about: About) -> tuple[Question, ...]:
    """Return the questions of the page in order."""
    asked = (matters(about), fails(about), collect(about))
    return tuple(replace(one, sentences=tuple(map(_begun, one.sentences))) for one in asked)


def _begun(sentence: str) -> str:
    """Return a sentence that begins with a capital, where its language has them."""
    return sentence[:1].upper() + sentence[1:]


def lead(about: About) -> str:
    """Return what was looked at, and what it holds for."""
    return about.words(
        "sensitivity.lead",
        title=about.title,
        numbers=sum(len(one.paths) for one in about.found.inputs),
        n=len(about.found.inputs),
        runs=about.words.number(about.found.runs),
    )


def sensitivity_sentences(found: Sensitivity, language: Language) -> list[str]:
    """Return the sentences, each question before its answer."""
    about = About(found, Words(language))
    said = [(one.heading, *one.sentences) for one in questions(about)]
    return [lead(about), *(sentence for of_question in said for sentence in of_question)]
