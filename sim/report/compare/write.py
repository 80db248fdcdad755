"""The files of a comparison for people: a page and a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.errors import Language
from sim.report.compare.amounts import counted, level_of, of_number, points
from sim.report.compare.sentences import (
    compare_sentences,
    findings,
    in_words,
    name_of,
    opening,
    settings,
    title,
    value,
)
from sim.report.content.grid import Column, Grid
from sim.report.page.template import render
from sim.report.roster.papers import frame_of, stamps_of
from sim.report.study.about import requirement_name
from sim.report.words.language import Words
from sim.report.workbook.spreadsheet import Field, SheetOfTables, Table, Value, legal_names, write_sheets
from sim.study.compare import Comparison
from sim.study.compare.comparison import Against, OfNumber
from sim.study.compare.tables import effect_of
from sim.study.requirements import requirements
from sim.study.study_tables import verdicts

_MOST = 10
_NOT_CERTAIN = ("same", "open")
_MOST_SETTINGS = 15


@dataclass(frozen=True)
class Section:
    """What the page says of one scenario set against the base."""

    title: str
    settings: Grid | None
    sentences: list[str]
    requirements: Grid
    numbers: list[Grid]
    villages: list[Grid]


def write_compare(folder: Path, whole: Comparison, tables: Mapping[str, pd.DataFrame], *, language: Language) -> None:
    """Write ``compare.html`` and ``compare.xlsx``."""
    words = Words(language)
    whole = in_words(whole, words)
    stamped = _stamps(whole, words)
    (folder / "compare.html").write_text(_page(whole, tables, stamped, words), encoding="utf-8")
    sheets = _sheets(whole, tables, words)
    frame = frame_of(title(whole, words), stamped, sheets[0].name, whole.base.scenario.plan.start, words)
    write_sheets(sheets, frame, folder / "compare.xlsx")


def _stamps(whole: Comparison, words: Words) -> tuple[str, ...]:
    """Return the stamps of all scenarios."""
    each = [stamps_of(one.scenario, whole.names, words, internal=whole.names.asked) for one in whole.studies]
    return tuple(dict.fromkeys(stamp for stamps in each for stamp in stamps))


# --- the page ---------------------------------------------------------------------------------------------------------


def _page(whole: Comparison, tables: Mapping[str, pd.DataFrame], stamped: tuple[str, ...], words: Words) -> str:
    return render(
        "compare.html.j2",
        words,
        stamped,
        title=title(whole, words),
        sentences=opening(whole, words),
        overview=_overview(whole, words) if len(whole.others) > 1 else None,
        sections=[_section(whole, one, tables["villages"], words) for one in whole.others],
        cautions=_cautions(whole, words),
    )


def _cautions(whole: Comparison, words: Words) -> list[str]:
    numbers = [one.moved for against in whole.others for one in against.numbers]
    return [
        words("compare.caution.sure"),
        words("compare.caution.many"),
        *([words("compare.caution.same", n=whole.runs)] if any(one.effect == "same" for one in numbers) else []),
        *([words("compare.caution.never")] if any(one.kind == "median" for one in numbers) else []),
        words("compare.caution.fixed", n=whole.runs, seed=whole.base.asked.seed),
        words("compare.caution.people"),
    ]


def _overview(whole: Comparison, words: Words) -> Grid:
    """Return how often each scenario keeps each requirement that the base has."""
    names = [words("compare.col.base"), *(one.name for one in whole.others)]
    columns = (
        Column("name", "", words("compare.col.name")),
        *(Column(f"scenario{n}", "", name) for n, name in enumerate(names)),
    )
    judged = [verdicts(study) for study in whole.studies]
    shared = [{one.id for one in against.requirements} for against in whole.others]
    rows = [
        (
            requirement_name(whole.base.scenario, own, plan, words),
            counted(judged[0][own], words),
            *(
                counted(one[own], words) if own in ids else words("none")
                for one, ids in zip(judged[1:], shared, strict=True)
            ),
        )
        for own, plan in requirements(whole.base.scenario, whole.base.nights).items()
    ]
    return Grid(words("compare.tab.overview"), (), columns, tuple(rows))


def _section(whole: Comparison, against: Against, places: pd.DataFrame, words: Words) -> Section:
    mine = places[(places["scenario"] == against.name) & (places["level"] == "village")]
    certain = mine[~mine["effect"].isin(_NOT_CERTAIN)]  # a list of what may be chance would be read as a ranking
    return Section(
        words("compare.against", name=against.name),
        _settings(against, words) if against.settings else None,
        [*([] if against.settings else [settings(against, words)]), *findings(whole, against, words)],
        _requirements(against, words),
        [
            _numbers(words("compare.tab.numbers"), [one for one in against.numbers if not one.requirement], words),
            _numbers(words("compare.tab.taken"), [one for one in against.numbers if one.requirement], words),
        ],
        _villages(certain, whole, against, words) if len(certain) else [],
    )


def _settings(against: Against, words: Words) -> Grid:
    columns = (
        Column("where", "", words("compare.col.where")),
        Column("path", "", words("compare.col.path")),
        Column("base", "", words("compare.col.base")),
        Column("other", "", words("compare.col.other")),
    )
    shown = against.settings[:_MOST_SETTINGS]
    rows = tuple((words.key(one.path), one.path, value(one.here, words), value(one.there, words)) for one in shown)
    return Grid(words("compare.tab.settings"), _shown(len(shown), len(against.settings), words), columns, rows)


def _shown(shown: int, of: int, words: Words) -> tuple[str, ...]:
    """Return a note where a table is cut short."""
    return (words("compare.shown", shown=shown, n=of),) if shown < of else ()


def _requirements(against: Against, words: Words) -> Grid:
    columns = (
        Column("name", "", words("compare.col.name")),
        Column("base", "", words("compare.col.count.base")),
        Column("other", "", words("compare.col.count.other")),
        Column("only_base", "n", words("compare.col.only_base")),
        Column("only_other", "n", words("compare.col.only_other")),
        Column("points", "n", words("compare.col.points")),
        Column("range", "n", words("compare.col.range")),
        Column("effect", "w", words("compare.col.effect")),
    )
    say = points(words)
    rows = tuple(
        (
            one.name,
            counted(one.base, words),
            counted(one.other, words),
            words("compare.times", n=one.pairs.only_base),
            words("compare.times", n=one.pairs.only_other),
            say.signed(one.pairs.difference),
            say.interval(one.pairs.low, one.pairs.high),
            words(f"compare.effect.{effect_of(one.pairs.effect, 'more')}"),
        )
        for one in against.requirements
        if one.pairs.effect != "same"
    )
    same: dict[str, list[str]] = {}
    for one in against.requirements:
        if one.pairs.effect == "same":
            same.setdefault(counted(one.base, words), []).append(one.name)
    notes = tuple(words("compare.same_count", value=own, names=words.listed(names)) for own, names in same.items())
    return Grid(words("compare.tab.requirements"), notes, columns if rows else (), rows)


def _numbers(title: str, numbers: Sequence[OfNumber], words: Words) -> Grid:
    """Return numbers of the county; the column of runs that come to it is there only where some do not."""
    differ = [one for one in numbers if one.moved.effect != "same"]
    some_never = any(one.moved.kind == "median" for one in differ)
    columns = (
        Column("number", "", words("compare.col.number")),
        Column("base", "n", words("compare.col.base")),
        Column("other", "n", words("compare.col.other")),
        *([Column("ended", "n", words("compare.col.ended"))] if some_never else []),
        Column("difference", "n", words("compare.col.difference")),
        Column("range", "n", words("compare.col.range")),
        Column("effect", "w", words("compare.col.effect")),
    )
    rows = []
    for one in differ:
        how, say = one.moved, of_number(one, words)
        ended = f"{how.base_ended}→{how.other_ended}" if how.kind == "median" else ""
        rows.append(
            (
                one.name or name_of(one, words),
                level_of(one, how.base, words),
                level_of(one, how.other, words),
                *([ended] if some_never else []),
                say.apart(how.difference, how.low, how.high),
                say.interval(how.low, how.high),
                words(f"compare.effect.{effect_of(how.effect, one.better)}"),
            )
        )
    same = [
        words("compare.same_row", name=one.name or name_of(one, words), value=level_of(one, one.moved.base, words))
        for one in numbers
        if one.moved.effect == "same"
    ]
    notes = (words("compare.same_rows", n=len(same), rows=words("compare.joint").join(same)),) if same else ()
    return Grid(title, notes, columns if rows else (), tuple(rows))


def _villages(mine: pd.DataFrame, whole: Comparison, against: Against, words: Words) -> list[Grid]:
    """Return the villages that are late less often, and those that are late more often, the greatest differences first."""
    columns = (
        Column("label", "", words("compare.col.label")),
        Column("name", "", words("compare.col.name")),
        Column("base_late", "n", words("compare.col.base_late")),
        Column("other_late", "n", words("compare.col.other_late")),
        Column("points", "n", words("compare.col.points")),
        Column("range", "n", words("compare.col.range")),
        Column("effect", "w", words("compare.col.effect")),
    )
    levels, say = whole.base.scenario.county.levels, points(words)
    names = {one.id: one.name for one in against.requirements}
    grids = []
    for key, rows in (
        ("compare.villages.better", mine[mine["difference"] < 0].sort_values("difference", kind="stable")),
        (
            "compare.villages.worse",
            mine[mine["difference"] > 0].sort_values("difference", kind="stable", ascending=False),
        ),
    ):
        shown = rows.head(_MOST)
        cells = tuple(
            (
                words.label(row["label"], levels),
                names[row["target_id"]],
                words("compare.times", n=round(row["base_late"] * whole.runs)),
                words("compare.times", n=round(row["other_late"] * whole.runs)),
                say.signed(row["difference"]),
                say.interval(row["ci_low"], row["ci_high"]),
                words(f"compare.effect.{row['effect']}"),
            )
            for row in shown.to_dict("records")
        )
        notes = _shown(len(shown), len(rows), words) if len(rows) else (words("compare.not_shown"),)
        grids.append(Grid(words(key), notes, columns if cells else (), cells))
    return grids


# --- the workbook -----------------------------------------------------------------------------------------------------


def _sheets(whole: Comparison, tables: Mapping[str, pd.DataFrame], words: Words) -> list[SheetOfTables]:
    made = {
        "said": (),
        "differences": (_differences_table(tables["differences"], whole, words),),
        "overview": (_targets_table(tables["targets"], words),),
        "settings": (_settings_table(tables["settings"], words),),
        "places": (_places_table(tables["villages"], whole, words),),
    }
    tabs = legal_names([words(f"compare.tab.{name}") for name in made])
    return [
        SheetOfTables(tab, title(whole, words), own, said=_said(whole, words) if name == "said" else ())
        for (name, own), tab in zip(made.items(), tabs, strict=True)
    ]


def _said(whole: Comparison, words: Words) -> tuple[str, ...]:
    return (*compare_sentences(whole, words.language), *_cautions(whole, words))


def _plain(cell: object) -> Value:
    """Return a cell as a spreadsheet takes it; null is an empty one."""
    own: object = cell.item() if isinstance(cell, np.generic) else cell
    return None if pd.isna(own) else own  # type: ignore[return-value,call-overload]


def _differences_table(frame: pd.DataFrame, whole: Comparison, words: Words) -> Table:
    names = {one.measure: name_of(one, words) for against in whole.others for one in against.numbers}
    fields = (
        Field(words("compare.col.scenario")),
        Field(words("compare.col.number")),
        Field(words("compare.col.unit")),
        Field(words("compare.col.kind")),
        Field(words("compare.col.base"), "tenth"),
        Field(words("compare.col.other"), "tenth"),
        Field(words("compare.col.difference"), "tenth"),
        Field(words("compare.col.ci_low"), "tenth"),
        Field(words("compare.col.ci_high"), "tenth"),
        Field(words("compare.col.effect")),
        Field(words("compare.col.both"), "number"),
        Field(words("compare.col.only_base"), "number"),
        Field(words("compare.col.only_other"), "number"),
        Field(words("compare.col.neither"), "number"),
        Field(words("compare.col.ended.base"), "number"),
        Field(words("compare.col.ended.other"), "number"),
        Field(words("compare.col.ratio"), "tenth"),
    )
    counts = ("both", "only_base", "only_other", "neither", "base_ended", "other_ended", "variance_ratio")
    rows = []
    for row in frame.to_dict("records"):
        of_shares = row["unit"] == "1"
        ends = [row[key] for key in ("base", "other", "difference", "ci_low", "ci_high")]
        rows.append(
            (
                row["scenario"],
                names.get(row["measure"], row["name"]),
                words(f"compare.of_unit.{row['unit']}"),
                words(f"compare.kind.{row['kind']}"),
                *(_plain(end * 100 if of_shares and not pd.isna(end) else end) for end in ends),
                words(f"compare.effect.{row['effect']}"),
                *(_plain(row[key]) for key in counts),
            )
        )
    return Table(fields, rows)


def _targets_table(frame: pd.DataFrame, words: Words) -> Table:
    fields = (
        Field(words("compare.col.scenario")),
        Field(words("study.col.name")),
        Field(words("study.col.required"), "share"),
        Field(words("study.col.n"), "number"),
        Field(words("study.col.met"), "number"),
        Field(words("study.col.p_met"), "share"),
        Field(words("study.col.ci_low"), "share"),
        Field(words("study.col.ci_high"), "share"),
        Field(words("study.col.verdict")),
    )
    rows = [
        (
            row["scenario"],
            row["name"],
            *(_plain(row[key]) for key in ("required", "n", "met", "p_met", "ci_low", "ci_high")),
            words(f"study.verdict.{row['verdict']}"),
        )
        for row in frame.to_dict("records")
    ]
    return Table(fields, rows)


def _settings_table(frame: pd.DataFrame, words: Words) -> Table:
    fields = tuple(Field(words(f"compare.col.{key}")) for key in ("scenario", "where", "path", "base", "other"))
    rows = [
        (
            row["scenario"],
            words.key(row["path"]),
            row["path"],
            *(row[side] or words("compare.absent") for side in ("base", "other")),
        )
        for row in frame.to_dict("records")
    ]
    return Table(fields, rows)


def _places_table(frame: pd.DataFrame, whole: Comparison, words: Words) -> Table:
    levels = {level.id: words.level(level) for level in whole.base.scenario.county.levels}
    names = {one.id: one.name for against in whole.others for one in against.requirements}
    fields = (
        Field(words("compare.col.scenario")),
        Field(words("compare.col.name")),
        Field(words("compare.col.level")),
        Field(words("compare.col.label")),
        Field(words("compare.col.base_late"), "share"),
        Field(words("compare.col.other_late"), "share"),
        Field(words("compare.col.points"), "tenth"),
        Field(words("compare.col.ci_low"), "tenth"),
        Field(words("compare.col.ci_high"), "tenth"),
        Field(words("compare.col.effect")),
    )
    rows = [
        (
            row["scenario"],
            names[row["target_id"]],
            levels[row["level"]],
            words.label(row["label"], whole.base.scenario.county.levels),
            row["base_late"],
            row["other_late"],
            *(100 * row[key] for key in ("difference", "ci_low", "ci_high")),
            words(f"compare.effect.{row['effect']}"),
        )
        for row in frame.to_dict("records")
    ]
    return Table(fields, rows)
