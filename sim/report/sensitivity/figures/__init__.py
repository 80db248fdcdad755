"""The figures: what matters for the main outputs, both ends of each input, how the output answers the first few, and where a plan fails."""

from sim.report.sensitivity.figures.draw import draw_sensitivity

__all__ = ["draw_sensitivity"]
