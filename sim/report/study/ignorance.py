"""What is not known, and how much of the spread comes from it, how much from chance."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.report.content.grid import Column, Grid
from sim.report.content.unknowns import likelier, unknown_name
from sim.report.study.about import About
from sim.report.study.measures import name_of_measure
from sim.report.study.section import Section
from sim.report.words.language import whole_minutes
from sim.report.workbook.spreadsheet import Kind, SheetOfTables
from sim.scenario.uncertain import stated
from sim.study.ignorance import NIGHTS

_PARTS = ("ignorance", "chance", "both")
_ENDS = ("least", "middle", "most")
_LARGE = 10
_TOO_WIDE = 0.5
"""Where the interval of every share is wider, so few draws tell nothing yet."""
_SHARES: tuple[tuple[str, Kind], ...] = (
    ("measure", "text"),
    *((part, "share") for part in _PARTS),
    ("ci_low", "share"),
    ("ci_high", "share"),
    ("mean_least", "text"),
    ("mean_middle", "text"),
    ("mean_most", "text"),
)
_DRAWS: tuple[tuple[str, Kind], ...] = (("draw", "number"), ("unknown", "text"), ("value", "line"))


def ignorance(about: About) -> Iterator[Section]:
    """Yield the section; nothing where nothing was drawn."""
    if "spread" not in about.tables:
        return
    words, frame = about.words, about.tables["spread"]
    heading, tab = words("study.head.ignorance"), words("study.tab.ignorance")
    draws = len(about.study.draws)
    notes = (words("study.note.ignorance", draws=draws, n=NIGHTS), words("study.note.spread"))
    shown = frame.assign(
        measure=[name_of_measure(about, measure) for measure in frame["measure"]],
        **{f"mean_{end}": [_mean(about, row, end) for row in frame.to_dict("records")] for end in _ENDS},
    )
    drawn = about.tables["draws"]
    unknown = {path: unknown_name(path, own, words) for path, own in about.scenario.plan.uncertain.items()}
    sheet = SheetOfTables(
        tab,
        heading,
        (
            about.numbers(shown, _SHARES),
            about.numbers(drawn.assign(unknown=drawn["path"].map(unknown)), _DRAWS, title=words("study.head.draws")),
        ),
        notes=notes,
    )
    said = (*_same(about, frame), *_most(about, frame))
    yield Section("ignorance", heading, said, notes, "", (_spread(about, shown), _unknown(about, unknown)), (sheet,))


def _same(about: About, frame: pd.DataFrame) -> Iterator[str]:
    """Yield which requirements are kept, or missed, with every draw: what is not known cannot change that."""
    words = about.words
    met = frame[frame["measure"].str.endswith(":met")]
    for key, share in (("always", 1.0), ("never", 0.0)):
        same = met[(met["least"] == share) & (met["most"] == share)]
        names = [about.requirement(measure.split(":")[1]) for measure in same["measure"]]
        if names:
            yield words(f"study.ignorance.{key}", names=words.listed(names), draws=len(about.study.draws), n=NIGHTS)


def _most(about: About, frame: pd.DataFrame) -> Iterator[str]:
    """Yield the number that hangs most on what is not known."""
    known = frame[frame["ignorance"].notna() & (frame["ci_high"] - frame["ci_low"] <= _TOO_WIDE)]
    if not (known["ignorance"] > 0).any():
        if frame["ignorance"].notna().any():
            yield about.words("study.ignorance.few", draws=len(about.study.draws))
        return
    row = known.sort_values("ignorance", ascending=False, kind="stable").iloc[0]
    percent = about.words.percent
    yield about.words(
        "study.ignorance.most",
        measure=name_of_measure(about, row["measure"]),
        **{part: percent(row[part]) for part in _PARTS},
        low=percent(row["ci_low"]),
        high=percent(row["ci_high"]),
    )


def _spread(about: About, shown: pd.DataFrame) -> Grid:
    """Return the numbers that vary, with whose spread it is and the means of the draws."""
    words = about.words
    columns = (
        Column("measure", "", words("study.col.measure")),
        *(Column(part, "n", words(f"study.col.{part}")) for part in _PARTS),
        Column("range", "n", words("study.col.ignorance_range")),
        Column("means", "n", words("study.col.means")),
    )
    rows = tuple(
        (
            row["measure"],
            *(words.percent(row[part]) for part in _PARTS),
            words("study.cell.range", low=words.percent(row["ci_low"]), high=words.percent_left(row["ci_high"])),
            words("study.cell.means", **{end: row[f"mean_{end}"] for end in _ENDS}),
        )
        for row in shown[shown["ignorance"].notna()].to_dict("records")
    )
    return Grid(words("study.head.spread"), (), columns, rows)


def _unknown(about: About, names: dict[str, str]) -> Grid:
    """Return what is not known: as the scenario states it, its range, and where that comes from."""
    words, plans = about.words, about.scenario.plan.uncertain
    columns = (
        Column("unknown", "", words("study.col.unknown")),
        Column("stated", "n", words("study.col.stated")),
        Column("between", "n", words("study.col.between")),
        Column("source", "", words("source")),
    )
    now = stated(plans, about.scenario.written)
    rows = tuple(
        (
            names[path],
            str(now[path]),
            words("study.cell.range", low=own.range[0], high=own.range[1]),
            words.run_on([likelier(path, plans, words), own.source or words("none")]),
        )
        for path, own in plans.items()
    )
    return Grid(words("study.head.unknown"), (words("study.note.unknown"),), columns, rows)


def _mean(about: About, row: dict[object, float], end: str) -> str:
    """Return a mean over the runs of one draw: of a requirement how often it was kept, else as the number is told."""
    words, measure, value = about.words, str(row["measure"]), float(row[end])
    if measure.endswith(":met") or measure.startswith("share_"):
        return words.percent(value)
    if measure.endswith(("_min", ":min")):
        return words.number(whole_minutes(value))
    return words.number(value) if value >= _LARGE else f"{max(value, 0.1):.1f}" if value else "0"
