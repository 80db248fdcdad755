"""How often many villages are cut off together."""

from __future__ import annotations

from collections.abc import Iterator

from sim.report.content.grid import Column, Grid
from sim.report.study.about import About
from sim.report.study.section import Section
from sim.report.study.sentences import dark_level, of_dark
from sim.report.workbook.spreadsheet import Kind, SheetOfTables
from sim.study.study_tables import DARK

_WHEN = ("at_once", "60min")
_NUMBERS: tuple[tuple[str, Kind], ...] = (
    ("when", "text"),
    ("share", "share"),
    ("villages", "number"),
    ("n", "number"),
    ("runs", "number"),
    ("ci_low", "share"),
    ("ci_high", "share"),
)


def dark(about: About) -> Iterator[Section]:
    """Yield the section; nothing where outages are not simulated."""
    if "dark" not in about.tables:
        return
    words, table, level = about.words, about.tables["dark"], dark_level(about)
    heading = words("study.head.dark")
    villages = words.number(table["of_villages"].iloc[0])
    note = words("study.note.dark", of=villages, n=about.study.count, level=level)
    columns = (
        Column("dark", "", words("study.col.dark", level=level)),
        Column("villages", "n", words("study.col.villages")),
        *(Column(when, "n", words(f"study.col.{when}")) for when in _WHEN),
    )
    rows = []
    for share in DARK:
        mine = {row["when"]: row for row in table[table["share"] == share].to_dict("records")}
        rows.append(
            (
                words.exact_percent(share),
                words.number(mine[_WHEN[0]]["villages"]),
                *(about.counted(mine[when]["runs"], mine[when]["ci_low"], mine[when]["ci_high"]) for when in _WHEN),
            )
        )
    said = of_dark(about)
    shown = table.assign(when=[words(f"study.col.{when}") for when in table["when"]])
    numbers = about.numbers(shown, _NUMBERS, share=words("study.col.dark_share"))
    sheet = SheetOfTables(words("study.tab.dark"), heading, (numbers,), said=said, notes=(note,))
    yield Section("dark", heading, said, (note,), "", (Grid("", (), columns, tuple(rows)),), (sheet,))
