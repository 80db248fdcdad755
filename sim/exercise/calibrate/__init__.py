"""Calibration: what a log of calls and drills says about the numbers of a scenario.

``columns`` names the columns of a log, ``rows`` says what stands in them, ``tries`` which calls belong together, and ``log`` reads the whole;
``answers`` is the law of who answers, ``times`` that of how long things take, both updated from the scenario's number as prior on a grid
(``grid``). ``fit`` takes them together, ``checks`` holds the law against the log, ``overlay`` writes what was learnt as a file that a scenario
extends.
"""

from sim.exercise.calibrate.fit import Calibration, Learnt, Unchanged, calibrate
from sim.exercise.calibrate.log import Log, read_log
from sim.exercise.calibrate.overlay import overlay_text

__all__ = ["Calibration", "Learnt", "Log", "Unchanged", "calibrate", "overlay_text", "read_log"]
