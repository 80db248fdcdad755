"""A study for people: what it says, gathered once, as sentences, a page, a document and a workbook."""

from sim.report.study.gather import StudyContent
from sim.report.study.gather import gather as gather_study
from sim.report.study.write import write_study

__all__ = ["StudyContent", "gather_study", "write_study"]
