"""Documents to be filled in by hand: tables with a box for every cell, high enough to write in."""

from __future__ import annotations

from collections.abc import Sequence

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from sim.errors import Language
from sim.report.content.grid import Column
from sim.report.document.paper import A4_CM, A5_CM, RULE, SHADE, Margins
from sim.report.document.widths import lines
from sim.report.document.word import WordPaper

UPRIGHT = Margins(2.8, 2.0, 1.8, 1.8)
"""A4 upright; above are three lines of stamps at most."""
ACROSS = Margins(2.8, 1.8, 1.5, 1.5, (A4_CM[1], A4_CM[0]))
"""A4 across, for wide tables."""
SMALL = Margins(2.8, 1.6, 1.3, 1.3, A5_CM)
"""A5, for cards."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BOXED = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="FormGrid"><w:name w:val="Form Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>'
    + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>' for side in _SIDES)
    + '</w:tblBorders><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/>'
    '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr></w:tblStylePr></w:style>'
)


class FormPaper(WordPaper):
    """A document for WPS or Word with tables to fill in by hand."""

    def __init__(self, language: Language, margins: Margins, head: Sequence[str], foot: str) -> None:
        super().__init__(language, margins, head, foot)
        self.file.styles.element.append(parse_xml(_BOXED))

    def form(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], parts: Sequence[float], *, high_cm: float = 0.0
    ) -> None:
        """Add a table with a box for every cell.

        Parameters
        ----------
        parts
            how the width of the text is shared out among the columns
        high_cm
            how high each row is at least
        """
        room = self.margins.width / sum(parts)
        self.table(columns, rows, widths=[part * room for part in parts])
        made = self.file.tables[-1]
        made.style = self.file.styles["Form Grid"]
        if high_cm:
            for row in list(made.rows)[1:]:
                row.height, row.height_rule = Cm(high_cm), WD_ROW_HEIGHT_RULE.AT_LEAST

    def say_on_new_page(self, text: str, style: str) -> None:
        """Add a paragraph at the top of a page."""
        self.say(text, style)
        self.file.paragraphs[-1].paragraph_format.page_break_before = True

    def high_cm(self, text: str, style: str) -> float:
        """Return about how high a paragraph is."""
        own = self.types[style]
        return (lines(text, own.size, self.margins.width) * own.line + own.before + own.after) * 2.54 / 72
