"""The workbook of one night: what the report says as tables to sort and to print, and the numbers behind its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sim.report.content.grid import Account, Grid
from sim.report.content.notices import source_text
from sim.report.content.verdicts import Verdict, of_kind
from sim.report.gather import Content
from sim.report.workbook.figures import figures_as_tables
from sim.report.workbook.places import places_as_tables
from sim.report.workbook.spreadsheet import Field, Frame, Kind, SheetOfTables, Table, Value, legal_names, write_sheets

_WHOLE = re.compile(r"0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,8}")
_SUMMARY_WIDTHS = (34, 22, 60)  # letters
_JUDGED_WIDTHS = (28, 16, 50, 16, 30, 24, 16)


def write_workbook(content: Content, tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write the workbook of a report.

    Parameters
    ----------
    tables
        those of the result folder, of the whole county; places are taken from them as they may be shown
    """
    words = content.words
    contents = words("tab.contents")
    made = [
        _summary(content),
        *_of_runs(content),
        _requirements(content),
        *_of_report(content),
        *figures_as_tables(content),
        *places_as_tables(content, tables),
    ]
    names = legal_names([contents, *(sheet.name for sheet in made)])[1:]
    summary, *others = [replace(sheet, name=name) for sheet, name in zip(made, names, strict=True)]
    frame = Frame(
        language=words.language,
        stamps=content.stamps,
        title=content.title,
        page=words("workbook.page", page="&P", pages="&N"),
        back=(words("workbook.back"), contents),
        created=content.sheet.night.start,
    )
    write_sheets([summary, _contents(content, [summary, *others]), *others], frame, path)


def _contents(content: Content, sheets: Sequence[SheetOfTables]) -> SheetOfTables:
    """Return the sheet that leads to all others."""
    words = content.words
    fields = (Field(words("workbook.sheet"), "link"), Field(words("workbook.holds")))
    rows = [(sheet.name, sheet.title) for sheet in sheets]
    return SheetOfTables(words("tab.contents"), words("tab.contents"), (Table(fields, rows),), widths=(34, 90))


# --- what the report says ---------------------------------------------------------------------------------------------


def _summary(content: Content) -> SheetOfTables:
    """Return the first sheet, which prints on one page: the night in short, facts, numbers, of the county its requirements in short."""
    words, whole = content.words, content.scope.whole
    only = "" if whole else words("workbook.only", place=content.where)
    quoted = words("note.quoted") if words.language == "en" else ""
    name, value = Field(words("workbook.name")), Field(words("workbook.value"))
    numbers = Table(
        (name, value, Field(words("workbook.note"))),
        [(number.name, number.value, number.note) for number in content.numbers],
        words("head.numbers"),
    )
    facts = Table((name, replace(value, span=2)), content.facts, words("head.which"))
    targets = of_kind(content.verdicts, "target") if whole else []
    short = Table(
        (Field(words("col.state")), Field(words("col.target"), span=2)),
        [(verdict.state_text, verdict.in_short(words)) for verdict in targets],
        words("head.targets"),
    )
    return SheetOfTables(
        words("tab.summary"),
        content.heading,
        (facts, numbers, *([short] if targets else [])),
        said=(f"{content.where} · {content.kind}", only, *content.in_short),
        notes=tuple(note for note in (content.caution, content.note_on_headline, quoted) if note),
        widths=_SUMMARY_WIDTHS,
        one_page=True,
    )


def _of_runs(content: Content) -> Iterator[SheetOfTables]:
    """Yield how much the runs differ, where there are several."""
    if content.band is None or content.sheet.band is None:
        return
    tables = (_as_table(content, grid) for grid in content.band.tables)
    tab = content.words("tab.band", n=content.sheet.band.count)
    own = content.band
    yield SheetOfTables(tab, content.of_runs, tuple(tables), said=own.sentences, notes=own.notes)


def _requirements(content: Content) -> SheetOfTables:
    """Return requirements and call targets, with what they rest on; they are those of the whole county."""
    words, whole = content.words, content.scope.whole
    heading = words("head.targets" if whole else "head.targets_county")
    judged = [_judged(content, of_kind(content.verdicts, "target"), heading)]
    if calls := of_kind(content.verdicts, "call"):
        said = words("head.calls" if whole else "head.calls_county")
        judged.append(replace(_judged(content, calls, said), notes=(words("calls.note"),)))
    return SheetOfTables(words("tab.targets"), heading, tuple(judged), widths=_JUDGED_WIDTHS)


def _judged(content: Content, verdicts: Sequence[Verdict], title: str) -> Table:
    """Return requirements or call targets, with what they rest on."""
    words = content.words
    what = "col.call" if verdicts and verdicts[0].kind == "call" else "col.target"
    headings = (what, "col.state", "workbook.sentence", "col.act", "source", "applies_to", "status")
    rows = [
        (
            v.title,
            v.state_text,
            words.run_on((v.sentence, v.of_all)),
            v.act or words("none"),
            source_text(v.source, words),
            v.applies_to,
            v.status,
        )
        for v in verdicts
    ]
    notes = () if verdicts else (words("no_targets"),)
    return Table(tuple(Field(words(key)) for key in headings), rows, title, notes)


def _of_report(content: Content) -> Iterator[SheetOfTables]:
    """Yield what the page says in tables, as far as there is anything to say."""
    words = content.words
    for key, grid in (("acts", content.acts), ("results", content.results)):
        yield _of_grid(content, words(f"tab.{key}"), grid)
    yield _first_told(content)
    if content.way:
        yield _minutes(content)
    for key, grid in (
        ("never", content.reasons),
        ("weak", content.weak),
        ("sites", content.sites),
        *((("messages", content.messages),) if content.scope.whole else ()),
        *(("slow", grid) for grid in content.places if grid.title == words("table.slow")),
    ):
        if grid.rows:
            yield _of_grid(content, words(f"tab.{key}"), grid)
    for key, heading, account in (
        ("evacuation", words("head.evacuation"), content.evacuation),
        ("reports", words("head.reports"), content.reports),
        ("outages", words("head.outages"), content.outages),
    ):
        if account is not None:
            yield from _of_account(content, words(f"tab.{key}"), heading, account)
    yield _assumptions(content)
    yield _notes(content)


def _of_grid(content: Content, tab: str, grid: Grid) -> SheetOfTables:
    """Return a table of the page on a sheet of its own."""
    return SheetOfTables(tab, grid.title, (_as_table(content, grid),), notes=grid.notes)


def _as_table(content: Content, grid: Grid) -> Table:
    """Return a table of the page; in columns of numbers what is a whole number is one."""
    kinds: dict[str, Kind] = {"n": "number"}
    fields = tuple(Field(column.heading, kinds.get(column.set_as, "text")) for column in grid.columns)
    rows = [
        tuple(_number(cell) if field.kind == "number" else cell for field, cell in zip(fields, row, strict=True))
        for row in grid.rows
    ]
    return Table(fields, rows, total=bool(rows) and rows[-1][0] == content.words("total"))


def _of_account(content: Content, tab: str, heading: str, account: Account) -> Iterator[SheetOfTables]:
    """Yield what is said of evacuation, reports or outages, then each of its tables on a sheet of its own."""
    yield SheetOfTables(tab, heading, (), said=account.sentences, notes=account.notes)
    for grid in account.tables:
        yield _of_grid(content, grid.title, grid)


def _number(cell: str) -> Value:
    return int(cell.replace(",", "")) if _WHOLE.fullmatch(cell) else cell


def _first_told(content: Content) -> SheetOfTables:
    """Return which means told how many households first, and how many were never told; the last row sums them up."""
    words = content.words
    fields = (
        Field(words("col.channel")),
        Field(words("col.households"), "number"),
        Field(words("col.persons"), "number"),
        Field(words("col.share"), "share"),
        Field(words("col.alone"), "number"),
        Field(words("col.confirms")),
        Field(words("col.needs")),
    )
    rows: list[tuple[Value, ...]] = [
        (
            told.name,
            _number(told.households),
            _number(told.persons),
            told.share,
            _number(told.alone),
            told.confirms,
            told.needs,
        )
        for told in content.first_told
    ]
    households, persons = (sum(cell for row in rows if isinstance(cell := row[at], int)) for at in (1, 2))
    rows.append((words("total"), households, persons, 1.0 if households else None, None, None, None))
    note = words("first.note", warning=content.headline)
    return SheetOfTables(words("tab.first"), words("head.first"), (Table(fields, rows, total=True),), notes=(note,))


def _minutes(content: Content) -> SheetOfTables:
    """Return where the minutes went, step by step; the last row is the mean moment of being told."""
    words = content.words
    fields = (
        Field(words("workbook.step")),
        Field(words("workbook.minutes"), "tenth"),
        Field(words("workbook.minutes_end"), "tenth"),
    )
    rows: list[tuple[Value, ...]] = [(step.name, step.minutes, step.end_min) for step in content.way]
    rows.append((words("step_total"), sum(step.minutes for step in content.way), content.way[-1].end_min))
    note = words("workbook.minutes_note")
    table = Table(fields, rows, total=True)
    return SheetOfTables(words("tab.minutes"), words("figure.waterfall"), (table,), notes=(note,))


def _assumptions(content: Content) -> SheetOfTables:
    words = content.words
    fields = tuple(Field(words(key)) for key in ("col.what", "source", "applies_to", "status", "workbook.key"))
    rows = [(own.what, own.source, own.applies_to, own.status, own.key) for own in content.assumptions]
    notes = (words("note.omitted"),) if content.omitted else ()
    return SheetOfTables(
        words("tab.assumptions"),
        words("head.assumptions"),
        (Table(fields, rows),),
        notes=notes,
        widths=(44, 70, 30, 20, 44),
    )


def _notes(content: Content) -> SheetOfTables:
    """Return what the numbers are and are not, and how to make this night again."""
    words = content.words
    said = (
        content.missing,
        content.synthetic_note,
        words("note.rounding"),
        words("note.terms"),
        words("note.credits", credits=content.credits) if content.credits else "",
        content.again_note,
        content.again,
        content.identity,
    )
    return SheetOfTables(words("tab.notes"), words("head.notes"), (), said=tuple(text for text in said if text))
