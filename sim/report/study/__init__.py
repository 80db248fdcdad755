"""A study for people: sentences, a page and a workbook."""

from sim.report.study.sentences import study_sentences
from sim.report.study.write import write_study

__all__ = ["study_sentences", "write_study"]
