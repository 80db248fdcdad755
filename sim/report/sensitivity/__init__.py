"""A sensitivity analysis for people: sentences, a page, its figures and a workbook."""

from sim.report.sensitivity.sentences import sensitivity_sentences
from sim.report.sensitivity.write import write_sensitivity

__all__ = ["sensitivity_sentences", "write_sensitivity"]
