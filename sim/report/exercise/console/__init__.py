"""The console of an exercise (导调台): one page that works from a file, without a network."""

from sim.report.exercise.console.write import write_console

__all__ = ["write_console"]
