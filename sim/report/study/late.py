"""Which places are late most often: a map and lists for the main requirement, the first few for all others."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.measures.digest import LEVELS
from sim.report.content.grid import Column, Grid
from sim.report.figures.village_map import FEWEST_DOTS
from sim.report.study.about import About
from sim.report.study.section import Section
from sim.report.workbook.spreadsheet import Kind, SheetOfTables

_LIST, _FIRST = 15, 3
"""So many places page and document list of the main requirement, and of each other one."""
_OFTEN = 0.5
_NUMBERS: tuple[tuple[str, Kind], ...] = (
    ("name", "text"),
    ("level", "text"),
    ("code", "line"),
    ("label", "line"),
    ("late", "number"),
    ("p_late", "share"),
    ("ci_low", "share"),
    ("ci_high", "share"),
    ("main_step", "text"),
)


def late(about: About) -> Iterator[Section]:
    """Yield the section; nothing where no requirement is about places."""
    if about.main is None:
        return
    words, (own, level), tab = about.words, about.main, about.words("study.tab.late")
    lists = [_list(about, own, each, tab) for each in LEVELS]
    heading = words("study.head.late")
    note = words("study.note.main", name=about.asked(own), level=about.level(level))
    sheet = SheetOfTables(
        tab, heading, (about.numbers(about.every_late, _NUMBERS),), notes=(words("study.annex.together"),)
    )
    alt = _alt(about, own) if level == LEVELS[-1] and len(about.late(own, level)) >= FEWEST_DOTS else ""
    yield Section(
        "late",
        heading,
        notes=(note,),
        alt=alt,
        tables=(*(one for one in lists if one is not None), _all(about, tab)),
        sheets=(sheet,),
    )


def _alt(about: About, own: str) -> str:
    """Return the map in words."""
    share = about.late(own, LEVELS[-1])["p_late"]
    return about.words(
        "study.alt.late",
        name=about.asked(own),
        level=about.level(LEVELS[-1]),
        never=int((share == 0).sum()),
        some=int(((share > 0) & (share < _OFTEN)).sum()),
        often=int((share >= _OFTEN).sum()),
    )


def _list(about: About, own: str, level: str, tab: str) -> Grid | None:
    """Return the places of a level that missed the main requirement most often; ``None`` where it is not about them, or none ever did."""
    words, n = about.words, about.study.count
    rows = about.late(own, level)
    ever = rows[rows["late"] > 0]
    if not len(ever):
        return None
    ranked = level == LEVELS[-1]
    listed = ever.head(_LIST) if ranked else ever.sort_values("code")
    steps = bool((ever["main_step"] != "").any())
    columns = (
        Column("label", "", words("study.col.label")),
        Column("late", "n", words("study.col.late")),
        Column("range", "n", words("study.col.range")),
        *((Column("step", "", words("study.col.main_step")),) if steps else ()),
    )
    shown = tuple(
        (
            about.place(row["label"]),
            words("study.of", met=row["late"], n=n),
            words("study.cell.range", **about.in_runs(row["ci_low"], row["ci_high"])),
            *((about.step(row["main_step"]),) if steps else ()),
        )
        for row in listed.to_dict("records")
    )
    always = int((ever["late"] == n).sum())
    note = words("study.note.shown", shown=len(shown), n=len(ever), always=always, tab=tab)
    if not ranked:
        note = words("study.note.townships")
    title = words("study.head.late_level" if ranked else "study.head.late_townships", level=about.level(level))
    return Grid(title, (note,), columns, shown, wide=False)


def _all(about: About, tab: str) -> Grid:
    """Return for each requirement the places that missed it most often."""
    words = about.words
    levels = [level for level in LEVELS if about.scenario.county.level_index(level) is not None]
    columns = (
        Column("asked", "", words("study.col.asked")),
        *(Column(level, "", about.level(level)) for level in levels),
    )
    rows = []
    for own in about.plans:
        lists = [about.late(own, level) for level in levels]
        if any(len(one) for one in lists):
            cells = [_first(about, one, ranked=level == LEVELS[-1]) for level, one in zip(levels, lists, strict=True)]
            rows.append((about.asked(own), *cells))
    note = words("study.note.late_all", n=about.study.count, tab=tab)
    return Grid(words("study.head.late_all"), (note,), columns, tuple(rows))


def _first(about: About, rows: pd.DataFrame, *, ranked: bool) -> str:
    """Return the first few places of a level, or how many where they are not ranked; a dash where the requirement is not about them."""
    words = about.words
    if not len(rows):
        return words("none")
    ever = rows[rows["late"] > 0]
    if not len(ever):
        return words("study.cell.never_late")
    if not ranked:
        return words("study.cell.late_some", n=len(ever))
    most = ever["late"].iloc[0]
    alike = int((ever["late"] == most).sum())
    if alike > _FIRST:
        return words("study.cell.late_alike", alike=alike, late=most)
    first = ever.head(_FIRST).to_dict("records")
    return words.listed(words("study.cell.late", place=about.place(row["label"]), late=row["late"]) for row in first)
