"""A short account of one night for the terminal: targets, call targets, a few key lines, evacuation and outages if there were any."""

from __future__ import annotations

import io

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.errors import Language
from sim.measures import Naming, naming
from sim.records import Night
from sim.report.content.band import band_account
from sim.report.content.evacuation import moved_in_brief
from sim.report.content.grid import Grid
from sim.report.content.notices import note_on_headline, stamps
from sim.report.content.numbers import key_numbers
from sim.report.content.outages import brief
from sim.report.content.reported import reported_in_brief
from sim.report.content.scope import find
from sim.report.content.verdicts import Verdict, of_kind, verdicts, with_act
from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.band import Band

_WIDTH = 100


def terminal_summary(
    scenario: Scenario,
    night: Night,
    language: Language,
    place: str | None = None,
    names: Naming | None = None,
    band: Band | None = None,
) -> str:
    """Return targets and call targets as tables and the key numbers of ``place`` (the county by default) as lines, without colours.

    Where the night is the typical one of several, its ``band``, how much they differ stands first.
    """
    words, shown = Words(language), names or naming(scenario)
    scope = find(scenario, shown, place)
    where = words.label(shown.label[scope.place], scenario.county.levels)
    out = io.StringIO()
    console = Console(file=out, width=_WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    title, which = scenario.plan.title or scenario.plan.name, {"seed": night.seed, "n": night.replication}
    if band is not None:
        which = {"seed": night.seed, "n": band.count, "k": band.typical}
    console.print(Text(words("band.headline" if band else "page.headline", title=title, **which)))
    for stamp in stamps(scenario, shown, words):
        console.print(Text(stamp), soft_wrap=True)
    console.print(Text(words("band.which_brief" if band else "page.which_night", **which)), Text(""), sep="\n")
    judged = verdicts(scenario, night, words)
    if band is not None:
        own = band_account(scenario, night, band, scope, where, judged, words)
        for said in (*own.sentences, *own.notes):
            console.print(Text(said))
        for table in own.tables:
            console.print(Text(""), _grid(table), sep="\n")
        console.print("")
    for heading, rows in (("col.target", of_kind(judged, "target")), ("col.call", of_kind(judged, "call"))):
        if rows:
            console.print(_table(heading, rows, words), Text(""), sep="\n")
    console.print(Text(words("terminal.whole" if scope.whole else "terminal.place", place=where)), soft_wrap=True)
    if note := note_on_headline(scenario, words):
        console.print(Text(note), soft_wrap=True)
    facts = [fact for fact in key_numbers(scenario, night, scope, words) if fact.brief]
    width = max(Text(fact.name).cell_len for fact in facts)
    for fact in facts:
        pad = " " * (width - Text(fact.name).cell_len)
        note = words("paren", text=fact.note) if fact.note else ""
        console.print(Text(f"{fact.name}{pad}  {fact.value}{note}"), soft_wrap=True)
    for about in (moved_in_brief, reported_in_brief, brief):
        for line in about(scenario, night, scope, words):
            console.print(Text(line), soft_wrap=True)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _grid(grid: Grid) -> Table:
    table = Table(box=box.ASCII_DOUBLE_HEAD, show_edge=False, pad_edge=False)
    for column in grid.columns:
        table.add_column(Text(column.heading), overflow="fold", justify="right" if column.set_as == "n" else "left")
    for row in grid.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _table(heading: str, verdicts: list[Verdict], words: Words) -> Table:
    table = Table(box=box.ASCII_DOUBLE_HEAD, show_edge=False, pad_edge=False)
    for column in (heading, "col.limit", "col.reached", "col.state", "col.status"):
        table.add_column(Text(words(column)), overflow="fold")
    for verdict in verdicts:
        cells = (with_act(verdict, words), verdict.limit, verdict.reached, verdict.state_text, verdict.status)
        table.add_row(*(Text(cell) for cell in cells))
    return table
