"""What a log taught, for people: sentences, a page, a workbook, and the blank log to fill in."""

from sim.report.exercise.calibration.sentences import calibration_sentences
from sim.report.exercise.calibration.template import log_template
from sim.report.exercise.calibration.write import calibration_book, calibration_page

__all__ = ["calibration_book", "calibration_page", "calibration_sentences", "log_template"]
