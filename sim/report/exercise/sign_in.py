"""The sign-in sheet (签到表): a line for each seat, controller and evaluator; names are written by hand on the day."""

from __future__ import annotations

from pathlib import Path

from sim.report.content.grid import Column
from sim.report.exercise.about import About
from sim.report.exercise.form import UPRIGHT

_COLUMNS = ("number", "seat", "unit", "name", "phone", "came", "left")
_PARTS = (1.0, 5.4, 3.2, 2.4, 2.6, 1.6, 1.6)
_HIGH_CM = 0.95
_CREW = (
    "chief",
    "controller",
    "controller",
    "telephone",
    "clock",
    "evaluator",
    "evaluator",
    "evaluator",
    "safety",
    "observer",
    "observer",
)


def write_sign_in(about: About, path: Path) -> None:
    """Write the sheet."""
    words, title = about.words, about.words("kit.paper.sign_in")
    paper = about.paper(title, UPRIGHT)
    about.begin(paper, title)
    paper.notes([words("kit.sign.keep")])
    columns = [Column(key, heading=words(f"kit.sign.{key}")) for key in _COLUMNS]
    seats = [*map(about.role, about.played), *(words(f"kit.crew.{own}") for own in _CREW)]
    rows = [(f"{n}", seat, *[""] * (len(_COLUMNS) - 2)) for n, seat in enumerate(seats, start=1)]
    paper.form(columns, rows, _PARTS, high_cm=_HIGH_CM)
    paper.save(path, title, about.kit.schedule.start)
