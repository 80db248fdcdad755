"""The files of a drill for people: a page, a workbook and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.roster.drill_page import drill_page
from sim.report.roster.figure import draw_drill
from sim.report.roster.papers import frame_of, stamps_of
from sim.report.roster.sentences import sentences, title
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, legal_names, write_sheets
from sim.scenario import Scenario
from sim.study.roster.drill import Drill

_COLUMNS: Mapping[str, Sequence[tuple[str, str, Kind]]] = {
    "hours": (
        ("start", "drill.col.start", "clock"),
        ("level", "drill.col.level", "text"),
        ("in_time", "drill.col.in_time", "share"),
        ("ci_low", "drill.col.low", "share"),
        ("ci_high", "drill.col.high", "share"),
        ("last_p50_min", "drill.col.last", "tenth"),
        ("never", "drill.col.never", "share"),
    ),
    "duty_days": (
        ("duty_day", "drill.col.day", "line"),
        ("level", "drill.col.level", "text"),
        ("in_time", "drill.col.in_time", "share"),
    ),
    "desks": (
        ("code", "drill.col.code", "line"),
        ("label", "drill.col.desk", "text"),
        ("level", "drill.col.level", "text"),
        ("late", "drill.col.late", "share"),
        ("worst_start", "drill.col.worst", "clock"),
        ("worst_late", "drill.col.worst_late", "share"),
    ),
    "steps": (
        ("level", "drill.col.level", "text"),
        ("step", "drill.col.step", "text"),
        ("minutes", "drill.col.minutes", "tenth"),
    ),
}
_TABS = {
    "hours": "drill.tab.hours",
    "duty_days": "drill.tab.days",
    "desks": "drill.tab.desks",
    "steps": "drill.tab.steps",
}


def drill_sentences(
    scenario: Scenario, drill: Drill, tables: Mapping[str, pd.DataFrame], language: Language
) -> list[str]:
    """Return what the drill came to, in sentences."""
    return sentences(scenario, drill, tables, Words(language))


def write_drill(
    folder: Path,
    scenario: Scenario,
    drill: Drill,
    tables: Mapping[str, pd.DataFrame],
    names: Naming,
    *,
    language: Language,
) -> None:
    """Write ``drill.html``, ``drill.xlsx`` and ``drill.png``."""
    words = Words(language)
    about, stamped = title(scenario, drill, words), stamps_of(scenario, names, words, internal=False)
    said = tuple(sentences(scenario, drill, tables, words))
    wanted = [words("drill.tab.summary"), *(words(tab) for tab in _TABS.values())]
    summary, *others = legal_names(wanted)
    first = SheetOfTables(summary, about, (_sheet_table("duty_days", tables, scenario, words),), said=said)
    sheets = [first]
    for name, tab in zip(_TABS, others, strict=True):
        sheets.append(SheetOfTables(tab, about, (_sheet_table(name, tables, scenario, words),)))
    frame = frame_of(about, stamped, summary, drill.starts[0], words)
    write_sheets(sheets, frame, folder / "drill.xlsx")
    page = drill_page(scenario, drill, tables, names, words)
    (folder / "drill.html").write_text(page, encoding="utf-8")
    draw_drill(scenario, drill.plan, tables["hours"], about, stamped, words, folder / "drill.png")


def _sheet_table(name: str, tables: Mapping[str, pd.DataFrame], scenario: Scenario, words: Words) -> Table:
    """Return one table as people read it: levels and steps by their names, places by their labels."""
    levels = {own.id: words.level(own) for own in scenario.county.levels}
    shown = tables[name].copy()
    shown["level"] = shown["level"].map(levels)
    if "label" in shown:
        shown["label"] = [words.label(label, scenario.county.levels) for label in shown["label"]]
    if "step" in shown:
        shown["step"] = [words(f"step.{step}") for step in shown["step"]]
    if "duty_day" in shown:
        shown["duty_day"] = [f"{day:%Y-%m-%d}" for day in shown["duty_day"]]
    rows = [
        tuple(_value(cell) for cell in row)
        for row in shown[[column for column, _, _ in _COLUMNS[name]]].itertuples(index=False)
    ]
    return Table(tuple(Field(words(heading), kind) for _, heading, kind in _COLUMNS[name]), rows)


def _value(cell: object) -> Value:
    """Return a cell as a spreadsheet takes it; null is an empty cell."""
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime()
    return None if pd.isna(cell) else cell  # type: ignore[return-value,call-overload]
