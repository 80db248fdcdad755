"""A question of the page and what answers it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.content.grid import Grid


@dataclass(frozen=True)
class Question:
    """What planners ask, the sentences that answer it (the first by itself), notes, the keys of its figures, tables to read."""

    key: str
    heading: str
    sentences: tuple[str, ...]
    notes: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    tables: tuple[Grid, ...] = ()
