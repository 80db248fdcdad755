"""The first page of the document, for leaders: the night in short, what is late, what to look at, the map; one page, whatever the night."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from sim.report.content.grid import Column
from sim.report.content.verdicts import Verdict, of_kind
from sim.report.document.paper import Paper, wide_by_high
from sim.report.document.widths import CM_PER_PT, fitted, lines
from sim.report.figures.draw import Picture
from sim.report.gather import Content
from sim.report.words.language import Words

MARKS = {"met": "00614A", "late": "8A4B00", "undone": "8A1C1C"}
"""The colour of a state; it is said in words too."""
_MOST = 8  # requirements in the table of the first page
_PICTURE_CM = (4.6, 8.0)  # how high its picture may be
_PICTURE_WIDE_CM = 9.2


def set_summary(paper: Paper, content: Content, pictures: Sequence[Picture], figures: Path) -> None:
    """Set the first page: title, place, the night in short, a table, what to look at and the map."""
    _Summary(paper, content).set(pictures, figures)


class _Summary:
    """The page being set; ``_used`` is how much of its height is taken [cm]."""

    def __init__(self, paper: Paper, content: Content) -> None:
        self._paper, self._content, self._words = paper, content, content.words
        self._used = 0.0

    def set(self, pictures: Sequence[Picture], figures: Path) -> None:
        content, words = self._content, self._words
        what = words("document.subtitle", where=content.kind, what=words("document.for_leaders"))
        if content.scope.whole:
            self._say(content.title, "Title")
            what = words("document.subtitle", where=content.where, what=what)
        else:
            self._say(f"{content.title}\n{content.where}", "Title")
        self._say(what, "Subtitle")
        for paragraph in content.in_short:
            self._say(paragraph, "Lead")
        for note in notes(content):
            self._say(note, "Note")
        if content.scope.whole:
            self._requirements()
        else:
            self._numbers()
        self._beside(pictures, figures)

    def _say(self, text: str, style: str) -> None:
        self._paper.say(text, style)
        own = self._paper.types[style]
        high = lines(f"　　{text}", own.size, self._paper.margins.width)  # the first line may be indented
        self._used += (high * own.line + own.before + own.after) * CM_PER_PT

    def _requirements(self) -> None:
        """Set the targets, or the call targets where there is none; what was not kept goes first where there are too many."""
        words = self._words
        shown = of_kind(self._content.verdicts, "target")
        heading = "head.targets" if shown else "head.calls"
        shown = shown or of_kind(self._content.verdicts, "call")
        band = self._content.sheet.band
        columns = [
            Column("target", heading=words("col.target" if heading == "head.targets" else "col.call")),
            Column("limit", "w", heading=words("col.limit")),
            Column("state", "w", words("col.state")),
            Column("reached", "w" if band is None else "", words("col.reached")),
        ]
        most = sorted(shown, key=lambda verdict: verdict.state == "met")[:_MOST] if len(shown) > _MOST else shown
        rows = [[own.title, own.limit, own.state_text, own.reached] for own in most]
        if band is not None:
            columns.append(Column("times", "n", words("col.band_times")))
            last = [own.times or words("none") for own in most]
        elif words.language == "zh":  # English has no room, and nor is there any for both
            columns.append(Column("status", heading=words("col.status")))
            last = [own.status for own in most]
        else:
            last = []
        rows = [[*row, cell] for row, cell in zip(rows, last, strict=True)] if last else rows
        self._table(words(heading), columns, rows, marks(most))
        if len(shown) > _MOST:
            self._say(words("document.others", n=len(shown) - _MOST), "Note")

    def _numbers(self) -> None:
        """Set the key numbers of a place, whose requirements are those of the whole county."""
        words = self._words
        rows = [(own.name, own.value, own.note) for own in self._content.numbers if own.brief]
        self._table(words("head.numbers"), number_columns(words), rows, {})

    def _table(
        self, heading: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], coloured: dict[str, str]
    ) -> None:
        if not rows:
            return
        self._say(heading, "Lead Heading")
        room = self._paper.margins.width
        widths, size = fitted(columns, rows, room, narrow=False)
        self._paper.table(columns, rows, marks=coloured)
        own = self._paper.types["Table Text"]
        for row in ([column.heading for column in columns], *rows):
            high = max(lines(cell, size, width - 0.28) for cell, width in zip(row, widths, strict=True))
            self._used += (high * own.line + 3) * CM_PER_PT
        self._used += self._paper.types["Gap"].line * CM_PER_PT

    def _beside(self, pictures: Sequence[Picture], figures: Path) -> None:
        """Set the map, or the curve where there is none, as high as the page still allows, and beside it what to look at."""
        paper, words = self._paper, self._words
        said = looked_at(self._content)
        found = [one for name in ("map-small", "coverage") for one in pictures if one.name == name]
        if not found:
            for text in (words("document.look"), *said) if said else ():
                self._say(text, "Lead Bullet" if text in said else "Lead Heading")
            return
        image = figures / f"{found[0].name}.png"
        left = paper.margins.height - self._used - 1.0
        wide = min(max(_PICTURE_CM[0], min(left, _PICTURE_CM[1])) * wide_by_high(image), _PICTURE_WIDE_CM)
        paper.beside(image, found[0].alt, wide, words("document.look"), said)


def number_columns(words: Words) -> tuple[Column, ...]:
    """Return the columns of a table of key numbers."""
    return (
        Column("name", heading=words("col.what")),
        Column("value", "w", words("document.number")),
        Column("note", heading=words("head.notes")),
    )


def notes(content: Content) -> list[str]:
    """Return what must be said of every report, on its first page too."""
    words = content.words
    said = [] if content.scope.whole else [words("document.only", place=content.where)]
    said.append(content.caution)
    if words.language == "en":
        said.append(words("note.quoted"))
    return said


def marks(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """Return the colour of each state, by its text."""
    return {own.state_text: MARKS[own.state] for own in verdicts if own.state in MARKS}


def looked_at(content: Content) -> list[str]:
    """Return what to look at: why most of those not warned were not, where most minutes went, whether the limits are the county's."""
    words = content.words
    said = []
    if content.reasons.rows:
        *kinds, total = content.reasons.rows
        most = max(_amount(row[1]) for row in kinds)
        first = [row for row in kinds if _amount(row[1]) == most]
        persons = sum(_amount(row[2]) for row in first)
        left, most_of_them = (
            words("document.both", h=words.count("household", h), p=words.count("person", p))
            for h, p in ((_amount(total[1]), _amount(total[2])), (most * len(first), persons))
        )
        reason = words("or_joint").join(row[0] for row in first)
        said.append(words("document.look_reason", left=left, reason=reason, most=most_of_them))
    if steps := [stretch for stretch in content.way if not stretch.waiting]:
        longest = max(steps, key=lambda stretch: stretch.minutes)
        minutes = f"{longest.minutes:.1f}"
        said.append(words("document.look_minutes", step=longest.name, minutes=minutes))
    judged = of_kind(content.verdicts, "target")
    if content.scope.whole and (unsure := sum(own.open_status for own in judged)):
        said.append(words("document.look_open", n=words.count("target", unsure)))
    return said


def _amount(cell: str) -> int:
    """Return the number in a cell, which English writes with commas."""
    return int(re.sub(r"\D", "", cell))
