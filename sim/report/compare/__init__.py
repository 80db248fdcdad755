"""A comparison of scenarios for people: sentences, a page and a workbook."""

from sim.report.compare.sentences import compare_sentences
from sim.report.compare.write import write_compare

__all__ = ["compare_sentences", "write_compare"]
