"""Where the minutes go, step by step, as a mean over the runs with its interval."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.records import STEPS
from sim.report.content.grid import Column, Grid
from sim.report.study.about import About
from sim.report.study.section import Section
from sim.report.workbook.spreadsheet import Kind, SheetOfTables

LEAST_MIN = 0.05
"""A step of the county that takes less is not shown; it stands in the workbook."""
_SAID = 3
_NUMBERS: tuple[tuple[str, Kind], ...] = (
    ("code", "line"),
    ("label", "line"),
    ("step", "text"),
    ("minutes", "tenth"),
    ("ci_low", "tenth"),
    ("ci_high", "tenth"),
)


def of_county(about: About) -> pd.DataFrame:
    """Return the steps of the county, in the order in which they are taken."""
    frame = about.tables["steps"]
    mine = frame[frame["code"] == about.names.code[0]]
    order = mine["step"].map({step: rank for rank, step in enumerate(STEPS)})
    return mine.assign(order=order).sort_values("order")


def steps(about: About) -> Iterator[Section]:
    """Yield the section; nothing where nobody was told in any run."""
    words, mine = about.words, of_county(about)
    if not len(mine):
        return
    heading, tab = words("study.head.steps"), words("study.tab.steps")
    longest = mine.sort_values("minutes", ascending=False).head(_SAID).to_dict("records")
    named = [words("study.steps.one", step=about.step(row["step"]), minutes=f"{row['minutes']:.1f}") for row in longest]
    said = words("study.steps.said", total=f"{mine['minutes'].sum():.1f}", steps=words.listed(named))
    note = words("study.note.steps", tab=tab)
    label_of = dict(zip(about.names.code, about.names.label, strict=True))
    whole = about.tables["steps"]
    numbers = about.numbers(whole.assign(label=whole["code"].map(label_of)), _NUMBERS)
    sheet = SheetOfTables(tab, heading, (numbers,), said=(said,), notes=(note,))
    yield Section("steps", heading, (said,), (note,), said, (_grid(about, mine),), (sheet,))


def _grid(about: About, mine: pd.DataFrame) -> Grid:
    words = about.words
    columns = (
        Column("step", "", words("study.col.step")),
        Column("minutes", "n", words("study.col.minutes")),
        Column("range", "n", words("study.col.interval")),
    )
    rows = tuple(
        (about.step(row["step"]), f"{row['minutes']:.1f}", _range(about, row["ci_low"], row["ci_high"]))
        for row in mine[mine["minutes"] >= LEAST_MIN].to_dict("records")
    )
    return Grid("", (), columns, rows, wide=False)


def _range(about: About, low: float | None, high: float | None) -> str:
    if low is None or high is None or pd.isna(low):
        return about.words("none")
    return about.words("study.cell.range", low=f"{max(low, 0):.1f}", high=f"{high:.1f}")
