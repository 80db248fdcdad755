"""Which step was decisive where a requirement was missed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.report.content.grid import Column, Grid
from sim.report.study.about import About
from sim.report.study.section import Section
from sim.report.workbook.spreadsheet import Kind, SheetOfTables
from sim.study.counterfactual import NIGHTS

_FIRST = 3
_NUMBERS: tuple[tuple[str, Kind], ...] = (
    ("name", "text"),
    ("removal", "text"),
    ("missed", "number"),
    ("decisive", "number"),
    ("share", "share"),
    ("ci_low", "share"),
    ("ci_high", "share"),
)


def decisive(about: About) -> Iterator[Section]:
    """Yield the section; nothing where nobody asked, or nothing was missed."""
    table = about.tables.get("decisive")
    if table is None or not len(table):
        return
    words, heading, tab = about.words, about.words("study.head.decisive"), about.words("study.tab.decisive")
    looked_at = min(about.study.count, NIGHTS)
    notes = (words("study.note.decisive", n=looked_at), words("study.note.decisive_means", tab=tab))
    shown = table.assign(removal=[words(f"removal.{own or 'none'}") for own in table["removal"]])
    sheet = SheetOfTables(
        tab, heading, (about.numbers(shown, _NUMBERS, share=words("study.col.of_missed")),), notes=notes
    )
    said = tuple(_said(about, table, *about.main[:1])) if about.main is not None else ()
    yield Section("decisive", heading, said, notes, "", (_grid(about, table),), (sheet,))


def _said(about: About, table: pd.DataFrame, own: str) -> Iterator[str]:
    """Yield what the steps mean for the main requirement."""
    words, mine = about.words, table[table["target_id"] == own]
    if not len(mine):
        return
    steps, none = mine[mine["removal"] != ""], mine[mine["removal"] == ""].iloc[0]
    values = {"name": about.asked(own), "missed": none["missed"], "none": none["decisive"]}
    most = int(steps["decisive"].max()) if len(steps) else 0
    if not most:
        yield words("study.decisive.none", **values)
        return
    first, *others = (words(f"removal.{removal}") for removal in steps[steps["decisive"] == most]["removal"])
    alike = words("study.decisive.alike", steps=words("study.decisive.or").join(others)) if others else ""
    yield words("study.decisive.said", step=first, alike=alike, decisive=most, **values)


def _grid(about: About, table: pd.DataFrame) -> Grid:
    """Return for each requirement that was missed the steps that were decisive most often, and how often none was."""
    words = about.words
    columns = (
        Column("asked", "", words("study.col.asked")),
        Column("missed", "n", words("study.col.missed")),
        Column("steps", "", words("study.col.decisive_steps")),
        Column("none", "n", words("study.col.none_decisive")),
    )
    rows = []
    for own in about.plans:
        mine = table[table["target_id"] == own]
        if not len(mine):
            continue
        steps = mine[(mine["removal"] != "") & (mine["decisive"] > 0)]
        most = steps.sort_values("decisive", ascending=False, kind="stable").head(_FIRST).to_dict("records")
        none = mine[mine["removal"] == ""].iloc[0]
        named = [_of_missed(about, row, words(f"removal.{row['removal']}")) for row in most]
        rows.append(
            (
                about.asked(own),
                words.number(none["missed"]),
                words("study.decisive.joint").join(named) or words("none"),
                words.number(none["decisive"]),
            )
        )
    return Grid("", (), columns, tuple(rows))


def _of_missed(about: About, row: dict[object, float], step: str) -> str:
    """Return a step with the runs it decided, of those that missed."""
    return about.words("study.cell.decisive", step=step, decisive=int(row["decisive"]))
