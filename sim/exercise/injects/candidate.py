"""Something that happened in the night and could be told in the exercise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.exercise.kit import Role


@dataclass(frozen=True)
class Candidate:
    """One thing that happened: its theme, where in the records it stands, whom it is told.

    ``about`` is the place that it is about, ``story`` what of it: those of one theme that differ in these are taken first, the heavier by
    ``weight`` before others.
    ``must_act`` is the seat that must act where that is another than the one that is told.
    ``bears`` names the event, of whom and the act of the requirement that it bears on. ``values`` fill in the texts of its theme.
    """

    theme: str
    t_min: float
    record: str
    event: int
    about: int
    to: Role
    values: Mapping[str, object] = field(default_factory=dict)
    source: Role | None = None
    means: str = ""
    weight: float = 0.0
    bears: tuple[str, str, str] | None = None
    story: str = ""
    must_act: Role | None = None
