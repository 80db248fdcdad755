"""The files of a study for people: a page and a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import Language
from sim.measures.naming import Naming
from sim.report.content.grid import Column, Grid
from sim.report.page.template import render
from sim.report.roster.papers import frame_of, stamps_of
from sim.report.study.sentences import counted, method, study_sentences, suggested, title, told
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, legal_names, write_sheets
from sim.study.study import Study
from sim.study.study_tables import name_of, requirements, verdicts

_MOST = 15
_TOLD = re.compile(r"share_(\d+)min")
_SHEETS: Mapping[str, tuple[tuple[str, Kind], ...]] = {
    "verdicts": (
        ("name", "text"),
        ("required", "share"),
        ("n", "number"),
        ("met", "number"),
        ("p_met", "share"),
        ("ci_low", "share"),
        ("ci_high", "share"),
        ("verdict", "text"),
        ("nights_to_settle", "number"),
    ),
    "limits": (
        ("name", "text"),
        ("within_min", "tenth"),
        ("share", "share"),
        ("estimate_min", "number"),
        ("sure_min", "number"),
    ),
    "measures": (
        ("measure", "text"),
        ("of", "text"),
        ("value", "tenth"),
        ("ci_low", "tenth"),
        ("ci_high", "tenth"),
        ("never", "number"),
    ),
    "late": (
        ("target_id", "text"),
        ("level", "text"),
        ("label", "text"),
        ("p_late", "share"),
        ("ci_low", "share"),
        ("ci_high", "share"),
        ("main_step", "text"),
    ),
    "steps": (("code", "line"), ("step", "text"), ("minutes", "tenth"), ("ci_low", "tenth"), ("ci_high", "tenth")),
}


def write_study(
    folder: Path, study: Study, tables: Mapping[str, pd.DataFrame], names: Naming, *, language: Language
) -> None:
    """Write ``study.html`` and ``study.xlsx``."""
    words = Words(language)
    stamped = stamps_of(study.scenario, names, words, internal=names.asked)
    (folder / "study.html").write_text(_page(study, tables, stamped, words), encoding="utf-8")
    said = tuple(study_sentences(study, tables, language))
    mine = [name for name in _SHEETS if name in tables]
    tabs = legal_names([words(f"study.tab.{name}") for name in mine])
    shown = {name: _readable(tables[name], study, words) for name in mine}
    sheets = [
        SheetOfTables(tab, title(study, words), (_table(name, shown[name], words),), said=said if not number else ())
        for number, (name, tab) in enumerate(zip(mine, tabs, strict=True))
    ]
    write_sheets(
        sheets, frame_of(title(study, words), stamped, tabs[0], study.scenario.plan.start, words), folder / "study.xlsx"
    )


def _page(study: Study, tables: Mapping[str, pd.DataFrame], stamped: tuple[str, ...], words: Words) -> str:
    return render(
        "study.html.j2",
        words,
        stamped,
        title=title(study, words),
        sentences=[method(study, words), *told(study, words)],
        verdicts=_verdicts(study, words),
        limits=suggested(study, words),
        late=_late(study, tables["late"], words),
        cautions=[words("study.caution"), words("study.many"), words("study.seed", seed=study.scenario.plan.seed)],
    )


def _verdicts(study: Study, words: Words) -> Grid:
    plans = requirements(study.scenario, study)
    columns = (
        Column("name", "", words("study.col.name")),
        Column("required", "n", words("study.col.required")),
        Column("met", "n", words("study.col.met")),
        Column("interval", "w", words("study.col.interval")),
        Column("verdict", "w", words("study.col.verdict")),
        Column("more", "n", words("study.col.nights_to_settle")),
    )
    rows = []
    for own, one in verdicts(study).items():
        count = counted(one)
        more = "" if one.nights_to_settle is None else words.number(one.nights_to_settle)
        rows.append(
            (
                name_of(own, plans[own]),
                words.exact_percent(one.required),
                words("study.of", met=one.met, n=one.of),
                words("study.range", low=count["low"], high=count["high"]),
                words(f"study.verdict.{one.verdict}"),
                more,
            )
        )
    return Grid(words("study.tab.verdicts"), (), columns, tuple(rows))


def _late(study: Study, late: pd.DataFrame, words: Words) -> list[Grid]:
    """Return for each requirement the villages that miss it most often."""
    columns = (
        Column("label", "", words("study.col.label")),
        Column("met", "n", words("study.col.late")),
        Column("interval", "w", words("study.col.interval")),
        Column("step", "", words("study.col.main_step")),
    )
    grids = []
    for own, plan in requirements(study.scenario, study).items():
        mine = late[(late["target_id"] == own) & (late["level"] == "village") & (late["p_late"] > 0)]
        rows = tuple(
            (
                words.label(row["label"], study.scenario.county.levels),
                words("study.of", met=round(row["p_late"] * study.count), n=study.count),
                words("study.share_range", low=words.percent(row["ci_low"]), high=words.percent_left(row["ci_high"])),
                words(f"step.{row['main_step']}") if row["main_step"] else "",
            )
            for row in mine.head(_MOST).to_dict("records")
        )
        if rows:
            note = words("study.shown", shown=len(rows), n=len(mine))
            grids.append(Grid(name_of(own, plan), (note,), columns, rows))
    return grids


def _readable(table: pd.DataFrame, study: Study, words: Words) -> pd.DataFrame:
    """Return a table with levels, steps, verdicts and places in words."""
    shown = table.copy()
    levels = {level.id: words.level(level) for level in study.scenario.county.levels}
    if "verdict" in shown:
        shown["verdict"] = [words(f"study.verdict.{one}") for one in shown["verdict"]]
    if "level" in shown:
        shown["level"] = shown["level"].map(levels)
    if "label" in shown:
        shown["label"] = [words.label(label, study.scenario.county.levels) for label in shown["label"]]
    for name in {"step", "main_step"} & set(shown.columns):
        shown[name] = [words(f"step.{step}") if step else "" for step in shown[name]]
    if "measure" in shown:
        shown["measure"] = [_measure(measure, study, words) for measure in shown["measure"]]
    return shown


def _measure(measure: str, study: Study, words: Words) -> str:
    """Return what a measure is called: that of a requirement by its name, that of a step by the step's, how many were told by its minutes."""
    kind, _, rest = measure.partition(":")
    if kind == "target":
        return words(
            "study.taken",
            name=name_of(rest.removesuffix(":min"), requirements(study.scenario, study)[rest.removesuffix(":min")]),
        )
    if kind == "step":
        return words("study.spent", step=words(f"step.{rest}"))
    if told := _TOLD.fullmatch(measure):
        return words("study.share_told", minutes=words.length(int(told[1])))
    return words.or_else(f"measure.{measure}", measure)


def _table(name: str, shown: pd.DataFrame, words: Words) -> Table:
    fields = tuple(Field(words(f"study.col.{column}"), kind) for column, kind in _SHEETS[name])
    columns = [column for column, _ in _SHEETS[name]]
    return Table(fields, [tuple(map(_value, row)) for row in shown[columns].itertuples(index=False)])


def _value(cell: object) -> Value:
    """Return a cell as a spreadsheet takes it; null is an empty one."""
    plain: object = cell.item() if isinstance(cell, np.generic) else cell
    return None if pd.isna(plain) else plain  # type: ignore[return-value,call-overload]
