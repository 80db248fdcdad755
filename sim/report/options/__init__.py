"""What was found out about options (能力提升措施) for people: sentences, a page, figures and a workbook."""

from sim.report.options.sentences import options_sentences
from sim.report.options.write import write_options

__all__ = ["options_sentences", "write_options"]
