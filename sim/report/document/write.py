"""The document of one night, to be printed or edited: a page for leaders, then the whole report in the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sim.errors import Language
from sim.report.content.grid import Account, Column, Grid
from sim.report.content.notices import source_text
from sim.report.content.verdicts import Verdict, of_kind
from sim.report.document.paper import Margins, Paper
from sim.report.document.pdf import PdfPaper
from sim.report.document.summary import marks, notes, number_columns, set_summary
from sim.report.document.word import WordPaper
from sim.report.figures.draw import Picture
from sim.report.gather import Content

OFFICIAL = Margins(3.7, 3.5, 2.8, 2.6)
"""Margins of official documents."""
REPORT = Margins(2.8, 2.4, 1.7, 1.7)
"""Narrower ones, so that tables fit."""
_PAPERS: Mapping[str, Callable[[Language, Margins, Sequence[str], str], Paper]] = {".docx": WordPaper, ".pdf": PdfPaper}
_VERDICT_CM = (3.7, 2.3, 6.3, 5.3)


def write_document(content: Content, pictures: Sequence[Picture], figures: Path, path: Path) -> None:
    """Write the report as a document: ``.docx`` or ``.pdf``, as the path ends.

    Parameters
    ----------
    pictures, figures
        what was drawn, and the folder that holds ``<name>.png`` of each
    """
    paper = _PAPERS[path.suffix](
        content.words.language,
        OFFICIAL if content.words.language == "zh" else REPORT,
        content.stamps,
        content.identity,
    )
    set_summary(paper, content, pictures, figures)
    paper.turn(REPORT)
    _Report(paper, content, pictures, figures).set()
    paper.save(path, content.heading, content.sheet.night.start)


class _Report:
    """The report being set, section by section."""

    def __init__(self, paper: Paper, content: Content, pictures: Sequence[Picture], figures: Path) -> None:
        self._paper, self._content, self._words = paper, content, content.words
        self._pictures = {one.name: one for one in pictures}
        self._figures = figures

    def set(self) -> None:
        """Set the report in the order of the page: of a place, its own numbers and those below it come first."""
        self._head()
        self._runs()
        order: tuple[Callable[[], None], ...]
        if self._content.scope.whole:
            order = (
                self._drawn,
                self._judged,
                self._numbers,
                self._acts,
                self._means,
                self._minutes,
                self._happened,
                self._tables,
                self._places,
            )
        else:
            order = (
                self._numbers,
                self._drawn,
                self._happened,
                self._places,
                self._minutes,
                self._means,
                self._tables,
                self._acts,
                self._judged,
            )
        for part in (*order, self._assumptions, self._notes):
            part()

    # --- parts of the report ------------------------------------------------------------------------------------------

    def _head(self) -> None:
        content, words, paper = self._content, self._words, self._paper
        paper.say(content.kind, "Title")
        paper.say(words("document.subtitle", where=content.where, what=content.title), "Subtitle")
        paper.notes([*notes(content), *([content.note_on_headline] if content.note_on_headline else [])])
        for name, value in content.facts:
            paper.say(words("document.named", name=name, value=value), "Normal")

    def _runs(self) -> None:
        content = self._content
        if content.band is None:
            return
        self._paper.say(content.of_runs, "Heading 1")
        for said in content.band.sentences:
            self._paper.say(said)
        self._paper.notes(content.band.notes, kept=True)
        for table in content.band.tables:
            self._paper.table(table.columns, table.rows)

    def _acts(self) -> None:
        self._grid(self._content.acts)

    def _judged(self) -> None:
        content, whole = self._content, self._content.scope.whole
        self._paper.say(self._words("head.targets" if whole else "head.targets_county"), "Heading 1")
        self._verdicts(of_kind(content.verdicts, "target"))
        if calls := of_kind(content.verdicts, "call"):
            self._paper.say(self._words("head.calls" if whole else "head.calls_county"), "Heading 1")
            self._paper.notes([self._words("calls.note")], kept=True)
            self._verdicts(calls)

    def _verdicts(self, verdicts: Sequence[Verdict]) -> None:
        words = self._words
        if not verdicts:
            self._paper.say(words("no_targets"))
            return
        columns = (
            Column("name", heading=words("col.target" if verdicts[0].kind == "target" else "col.call")),
            Column("state", "w", words("col.state")),
            Column("sentence", heading=words("document.outcome")),
            Column("basis", heading=words.listed(words(key) for key in ("source", "applies_to", "status"))),
        )
        rows = [
            (self._title(own), own.state_text, words.run_on((own.sentence, own.of_all)), self._basis(own))
            for own in verdicts
        ]
        self._paper.table(columns, rows, widths=_VERDICT_CM, marks=marks(verdicts))

    def _title(self, own: Verdict) -> str:
        if own.kind == "call" and own.open_status:
            return f"{own.title}\n{self._words('calls.status', status=own.status)}"
        return own.title

    def _basis(self, own: Verdict) -> str:
        """Return act, source, where it applies and how sure it is, one below the other."""
        said = (
            ("col.act", own.act),
            ("source", source_text(own.source, self._words)),
            ("applies_to", own.applies_to),
            ("status", own.status),
        )
        return "\n".join(
            self._words("document.named", name=self._words(key), value=value) for key, value in said if value
        )

    def _numbers(self) -> None:
        words = self._words
        rows = tuple((own.name, own.value, own.note) for own in self._content.numbers)
        self._grid(Grid(words("head.numbers"), (), number_columns(words), rows))

    def _happened(self) -> None:
        content, words = self._content, self._words
        self._account("evacuation", words("head.evacuation"), content.evacuation)
        self._account("reports", words("head.reports"), content.reports)
        self._account("outages", words("head.outages"), content.outages)

    def _account(self, name: str, heading: str, own: Account | None) -> None:
        if own is None:
            return
        self._paper.say(heading, "Heading 1")
        for said in own.sentences:
            self._paper.say(said)
        self._paper.notes(own.notes)
        self._picture(name)
        for table in own.tables:
            self._grid(table, "Heading 2")

    def _drawn(self) -> None:
        if not self._pictures.keys() & {"map", "coverage"}:
            return
        self._paper.say(self._words("document.figures"), "Heading 1")
        for name in ("map", "coverage"):
            self._picture(name)

    def _minutes(self) -> None:
        content, words = self._content, self._words
        if content.minutes_note:
            self._paper.say(words("figure.waterfall"), "Heading 1")
            self._paper.say(content.minutes_note)
            self._picture("waterfall")
        if content.reasons.rows:
            self._grid(content.reasons)
        else:
            self._paper.say(content.reasons.title, "Heading 1")
            self._paper.say(words("never.none"))
        if content.weak.rows:
            self._grid(content.weak)

    def _means(self) -> None:
        content, words = self._content, self._words
        columns = (
            Column("channel", "w"),
            *(Column(key, "n") for key in ("households", "persons", "share", "alone")),
            Column("confirms"),
            Column("needs"),
        )
        rows = tuple(
            (own.name, own.households, own.persons, own.percent, own.alone, own.confirms, own.needs)
            for own in content.first_told
        )
        note = words("first.note", warning=content.headline)
        self._grid(Grid(words("head.first"), (note,), columns, rows).headed(words))

    def _tables(self) -> None:
        content = self._content
        for table in (content.results, content.sites, *((content.messages,) if content.scope.whole else ())):
            if table.rows:
                self._grid(table)

    def _places(self) -> None:
        for table in self._content.places:
            self._grid(table)

    def _assumptions(self) -> None:
        content, words = self._content, self._words
        columns = (
            Column("what", heading=words("col.what")),
            Column("source", heading=words("source")),
            Column("applies_to", heading=words("applies_to")),
            Column("status", heading=words("status")),
        )
        rows = tuple((own.what, own.source, own.applies_to, own.status) for own in content.assumptions)
        self._grid(Grid(words("head.assumptions"), (), columns, rows))
        if content.omitted:
            self._paper.notes([words("note.omitted")])

    def _notes(self) -> None:
        content, words, paper = self._content, self._words, self._paper
        paper.say(words("head.notes"), "Heading 1")
        credit = words("note.credits", credits=content.credits) if content.credits else ""
        for note in (
            content.missing,
            content.synthetic_note,
            words("note.rounding"),
            words("note.terms"),
            credit,
            content.again_note,
        ):
            if note:
                paper.say(note, "List Bullet")
        paper.notes([content.again])

    # --- how they are set ---------------------------------------------------------------------------------------------

    def _grid(self, grid: Grid, style: str = "Heading 1") -> None:
        """Set a table with its heading and its notes."""
        grid = grid.shortened(self._words)
        self._paper.say(grid.title, style)
        self._paper.notes(grid.notes, kept=True)
        self._paper.table(grid.columns, grid.rows, narrow=not grid.wide)

    def _picture(self, name: str) -> None:
        """Set a figure with its caption, numbered as they come; nothing where it was not drawn."""
        if (own := self._pictures.get(name)) is None:
            return
        caption = self._words("document.caption", n=self._paper.numbered(), alt=own.alt)
        self._paper.picture(self._figures / f"{name}.png", own.alt, caption)
