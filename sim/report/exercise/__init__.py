"""An exercise on paper: what controllers, players and evaluators hold in their hands."""

from sim.report.exercise.write import write_exercise

__all__ = ["write_exercise"]
