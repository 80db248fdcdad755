"""Verdicts on the requirements, all places beside the worst, and the limits that would be kept."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.measures.digest import LEVELS
from sim.report.content.grid import Column, Grid
from sim.report.study.about import About
from sim.report.study.section import Section
from sim.report.study.sentences import suggested
from sim.report.workbook.spreadsheet import Kind, SheetOfTables
from sim.study.study_tables import verdicts

_VERDICTS: tuple[tuple[str, Kind], ...] = (
    ("name", "text"),
    ("basis", "text"),
    ("required", "share"),
    ("n", "number"),
    ("met", "number"),
    ("p_met", "share"),
    ("ci_low", "share"),
    ("ci_high", "share"),
    ("verdict", "line"),
    ("nights_to_settle", "number"),
)
_SIDE: tuple[tuple[str, Kind], ...] = (
    ("name", "text"),
    ("level", "text"),
    ("places", "number"),
    ("n", "number"),
    ("all_met", "number"),
    ("all_low", "share"),
    ("all_high", "share"),
    ("most_met", "number"),
    ("most_low", "share"),
    ("most_high", "share"),
    ("worst_code", "line"),
    ("worst_label", "line"),
    ("worst_alike", "number"),
    ("worst_met", "number"),
    ("worst_low", "share"),
    ("worst_high", "share"),
)
_LIMITS: tuple[tuple[str, Kind], ...] = (
    ("name", "text"),
    ("within_min", "tenth"),
    ("share", "share"),
    ("estimate_min", "number"),
    ("sure_min", "number"),
)


def judged(about: About) -> Iterator[Section]:
    """Yield the verdicts, all places beside the worst one, and limits where they were asked for."""
    words = about.words
    yield Section(
        "verdicts",
        words("study.head.verdicts"),
        notes=(words("study.note.verdicts"),),
        tables=(_verdicts(about),),
        sheets=(
            SheetOfTables(
                words("study.tab.verdicts"),
                words("study.head.verdicts"),
                (about.numbers(_verdict_numbers(about), _VERDICTS),),
                notes=(words("study.note.verdicts"),),
            ),
        ),
    )
    note, table = words("study.note.side_by_side", n=about.study.count), about.tables["side_by_side"]
    if len(table):
        yield Section(
            "side_by_side",
            words("study.head.side_by_side"),
            notes=(note,),
            tables=(_side_by_side(about, table),),
            sheets=(
                SheetOfTables(
                    words("study.tab.side_by_side"),
                    words("study.head.side_by_side"),
                    (about.numbers(table, _SIDE),),
                    notes=(note,),
                    frozen=1,
                ),
            ),
        )
    if said := suggested(about):
        heading = words("study.head.limits")
        numbers = about.numbers(about.tables["limits"], _LIMITS)
        sheet = SheetOfTables(words("study.tab.limits"), heading, (numbers,), said=said)
        yield Section("limits", heading, sentences=said, sheets=(sheet,))


def _verdict_numbers(about: About) -> pd.DataFrame:
    """Return the table of verdicts with verdict and basis in words."""
    words, frame = about.words, about.tables["verdicts"].copy()
    frame["basis"] = [words(f"status.{about.plans[own].status}") for own in frame["target_id"]]
    frame["verdict"] = [words(f"study.verdict.{verdict}") for verdict in frame["verdict"]]
    return frame


def _verdicts(about: About) -> Grid:
    words = about.words
    columns = (
        Column("asked", "", words("study.col.asked")),
        Column("verdict", "w", words("study.col.verdict")),
        Column("counted", "n", words("study.col.counted")),
        Column("range", "n", words("study.col.range")),
        Column("required", "n", words("study.col.required")),
        Column("more", "n", words("study.col.nights_to_settle")),
        Column("basis", "", words("study.col.basis")),
    )
    rows = []
    for own, one in verdicts(about.study).items():
        none, known = words("none"), one.verdict != "unsimulated"
        rows.append(
            (
                about.asked(own),
                words(f"study.verdict.{one.verdict}"),
                words("study.of", met=one.met, n=one.of) if known else none,
                words("study.cell.range", **about.in_runs(one.low, one.high)) if known else none,
                words.exact_percent(one.required),
                words.number(one.nights_to_settle) if known and one.nights_to_settle is not None else none,
                words(f"status.{about.plans[own].status}"),
            )
        )
    return Grid("", (), columns, tuple(rows))


def _side_by_side(about: About, table: pd.DataFrame) -> Grid:
    """Return for each requirement how often all its places kept it, most of them, and the worst: of villages where they are judged."""
    words = about.words
    columns = (
        Column("asked", "", words("study.col.asked")),
        Column("places", "w", words("study.col.places")),
        Column("all", "n", words("study.col.all")),
        Column("most", "n", words("study.col.most")),
        Column("worst", "w", words("study.col.worst")),
    )
    rows = []
    for own in about.plans:
        mine = table[table["target_id"] == own]
        for level in reversed(LEVELS):
            found = mine[mine["level"] == level].to_dict("records")
            if not found:
                continue
            (row,) = found
            worst = about.counted(row["worst_met"], row["worst_low"], row["worst_high"])
            alike = row["worst_alike"]
            key = "study.cell.place" if alike == 1 else "study.cell.place_alike"
            place = about.place(row["worst_label"]) if level == LEVELS[-1] else words("study.cell.one_place")
            rows.append(
                (
                    about.asked(own),
                    f"{about.level(level)} {words.number(row['places'])}",
                    about.counted(row["all_met"], row["all_low"], row["all_high"]),
                    about.counted(row["most_met"], row["most_low"], row["most_high"]),
                    words(key, place=place, runs=worst, alike=alike),
                )
            )
            break
    return Grid("", (), columns, tuple(rows))
