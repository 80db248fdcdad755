"""What a document is set on: official paper and type, and what can be put there, whatever kind of file it becomes.

Line spacing is exact, so that a page holds as much in WPS, Word, LibreOffice and PDF, whatever font stands in for one that is missing.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from docx.image.image import Image

from sim.errors import Language
from sim.report.content.grid import Column
from sim.report.document.widths import CELL_CM, TABLE_PT, fitted, lines

INK, SOFT, STAMP, LEAD = "1D2430", "4A5462", "8A1C1C", "1C3F6E"
RULE, HAIRLINE, SHADE = "5A6472", "C9D0D9", "EEF1F4"
"""The lines of a table and the ground of its head."""
A4_CM, A5_CM = (21.0, 29.7), (14.8, 21.0)
"""Sheets of paper, width and height."""
SIDES_CM = 0.5
"""What is left free between a figure and what stands beside it."""
_WHOLE_ROWS, _WHOLE_LINES = 10, 2  # a table of no more rows, of no more lines each, stays on one page
_PICTURE_CM = 11.0  # a figure higher than this would leave half a page empty before it
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML has no way to write them


@dataclass(frozen=True)
class Margins:
    """Margins of a section and the sheet that it is set on, width and height [cm]."""

    top: float
    bottom: float
    left: float
    right: float
    sheet: tuple[float, float] = A4_CM

    @property
    def width(self) -> float:
        """How wide text may be."""
        return self.sheet[0] - self.left - self.right

    @property
    def height(self) -> float:
        """How high text may be."""
        return self.sheet[1] - self.top - self.bottom


@dataclass(frozen=True)
class Type:
    """How a style is set: size, line and the space around it [pt]; ``head`` in the face of headings."""

    size: float
    line: float
    before: float = 0
    after: float = 0
    head: bool = False
    colour: str = INK
    centred: bool = False
    kept: bool = False


_TYPES: Mapping[str, Type] = {
    "Normal": Type(12, 18),
    "Body Text": Type(12, 20, after=2),
    "Title": Type(18, 26, after=2, head=True, centred=True, kept=True),
    "Subtitle": Type(12, 18, after=6, centred=True, kept=True),
    "Heading 1": Type(14, 22, before=14, after=4, head=True, colour=LEAD, kept=True),
    "Heading 2": Type(12, 18, before=10, after=3, head=True, colour=LEAD, kept=True),
    "Caption": Type(10.5, 16, after=8, centred=True, colour=SOFT),
    "List Bullet": Type(10.5, 15, after=3),
    "Header": Type(9, 12, colour=STAMP, centred=True),
    "Footer": Type(9, 12, colour=SOFT, centred=True),
    "Lead": Type(12, 18, after=3),
    "Lead Heading": Type(11, 15, before=5, after=2, head=True, colour=LEAD, kept=True),
    "Lead Bullet": Type(10.5, 14, after=3),
    "Card Field": Type(12, 19),
    "Card": Type(16, 27, before=10, after=10),
    "Card Small": Type(11.5, 18, before=6, after=6),
    "Note": Type(9.5, 13, after=3, colour=SOFT),
    "Picture": Type(12, 0, centred=True, kept=True),
    "Gap": Type(2, 6),
    "Table Text": Type(TABLE_PT, 11.5),
    "Table Head": Type(TABLE_PT, 11.5, head=True, colour=SOFT),
}
"""The styles of the document; ``Lead`` ones are those of its first page, ``Card`` ones of cards. No line: as high as what stands in it."""
_ENGLISH: Mapping[str, Type] = {"Lead": Type(10.5, 13.5, after=3), "Lead Bullet": Type(10, 13, after=2)}
"""Styles that are set otherwise in English, which takes more room."""
INDENTED = frozenset({"Body Text", "Lead"})
"""Styles whose first line begins two characters further in, in Chinese."""


@dataclass(frozen=True)
class Layout:
    """A table ready to be set: widths of its columns [cm], size of its type [pt], whether it stays on one page, the colours of some texts."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    size: float
    whole: bool
    marks: Mapping[str, str] = field(default_factory=dict)


class Paper(ABC):
    """A document being written, from top to bottom, in one language."""

    def __init__(self, language: Language, margins: Margins) -> None:
        self.chinese = language == "zh"
        self.types = _TYPES if self.chinese else {**_TYPES, **_ENGLISH}
        self.margins = margins
        self._figures = 0

    @abstractmethod
    def say(self, text: str, style: str = "Body Text", *, kept: bool = False) -> None:
        """Add a paragraph; ``kept`` on the page of what follows."""

    def notes(self, notes: Sequence[str], *, kept: bool = False) -> None:
        """Add notes in small type."""
        for note in notes:
            self.say(note, "Note", kept=kept)

    @abstractmethod
    def turn(self, margins: Margins) -> None:
        """Begin a new page, with margins of its own."""

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        *,
        widths: Sequence[float] = (),
        narrow: bool = False,
        marks: Mapping[str, str] | None = None,
    ) -> None:
        """Add a table: its head is repeated on each page, its rows are never broken.

        Parameters
        ----------
        widths
            of the columns [cm]; by what stands in them if there are none
        narrow
            no wider than what stands in it
        marks
            the colour of cells with a certain text
        """
        size = TABLE_PT
        if not widths:
            widths, size = fitted(columns, rows, self.margins.width, narrow=narrow)
        high = (lines(cell, size, width - CELL_CM) for row in rows for cell, width in zip(row, widths, strict=True))
        whole = len(rows) <= _WHOLE_ROWS and max(high, default=0) <= _WHOLE_LINES
        self._lay(Layout(columns, rows, widths, size, whole, marks or {}))

    @abstractmethod
    def _lay(self, table: Layout) -> None:
        """Set a table."""

    def numbered(self) -> int:
        """Return the number of the next figure: they are counted as they come."""
        self._figures += 1
        return self._figures

    def picture(self, image: Path, alt: str, caption: str) -> None:
        """Add a figure, as wide as the text unless it is too high then, and its caption on the same page."""
        self._show(image, alt, min(self.margins.width, _PICTURE_CM * wide_by_high(image)), caption)

    @abstractmethod
    def _show(self, image: Path, alt: str, width_cm: float, caption: str) -> None:
        """Set a figure."""

    @abstractmethod
    def beside(self, image: Path, alt: str, width_cm: float, heading: str, points: Sequence[str]) -> None:
        """Add a figure at the left and what is to be said beside it at the right."""

    @abstractmethod
    def save(self, path: Path, title: str, moment: datetime) -> None:
        """Write the file; the same document gives the same bytes on any day."""


def wide_by_high(image: Path) -> float:
    """Return the width of a picture over its height."""
    drawn = Image.from_file(str(image))
    return float(drawn.px_width / drawn.px_height)


def plain(text: str) -> str:
    """Return a text without the characters that no document can hold."""
    return _ILLEGAL.sub("", text)
