"""What the document is set with: official paper and type, headings, tables that keep their rows whole, figures with captions.

Line spacing is exact, so that a page holds as much in WPS, Word and LibreOffice, whatever font stands in for one that is missing.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.image.image import Image
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from sim.errors import Language
from sim.report.content.grid import Column
from sim.report.document.widths import CELL_CM, TABLE_PT, fitted, lines

_LATIN, _BODY, _HEAD = "Times New Roman", "仿宋", "黑体"
_INK, _SOFT, _STAMP, _LEAD = "1D2430", "4A5462", "8A1C1C", "1C3F6E"
_PAPER_CM = (21.0, 29.7)
_WHOLE_ROWS, _WHOLE_LINES = 10, 2  # a table of no more rows, of no more lines each, stays on one page
_PICTURE_CM = 11.0  # a figure higher than this would leave half a page empty before it
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML has no way to write them


@dataclass(frozen=True)
class Margins:
    """Margins of a section [cm]."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def width(self) -> float:
        """How wide text may be."""
        return _PAPER_CM[0] - self.left - self.right

    @property
    def height(self) -> float:
        """How high text may be."""
        return _PAPER_CM[1] - self.top - self.bottom


@dataclass(frozen=True)
class Type:
    """How a style is set: size, line and the space around it [pt]; ``head`` in the face of headings."""

    size: float
    line: float
    before: float = 0
    after: float = 0
    head: bool = False
    colour: str = _INK
    centred: bool = False
    kept: bool = False


TYPES: Mapping[str, Type] = {
    "Normal": Type(12, 18),
    "Body Text": Type(12, 20, after=2),
    "Title": Type(18, 26, after=2, head=True, centred=True, kept=True),
    "Subtitle": Type(12, 18, after=6, centred=True, kept=True),
    "Heading 1": Type(14, 22, before=14, after=4, head=True, colour=_LEAD, kept=True),
    "Heading 2": Type(12, 18, before=10, after=3, head=True, colour=_LEAD, kept=True),
    "Caption": Type(10.5, 16, after=8, centred=True, colour=_SOFT),
    "List Bullet": Type(10.5, 15, after=3),
    "Header": Type(9, 12, colour=_STAMP, centred=True),
    "Footer": Type(9, 12, colour=_SOFT, centred=True),
    "Lead": Type(12, 18, after=3),
    "Lead Heading": Type(11, 15, before=5, after=2, head=True, colour=_LEAD, kept=True),
    "Lead Bullet": Type(10.5, 14, after=3),
    "Note": Type(9.5, 13, after=3, colour=_SOFT),
    "Picture": Type(12, 0, centred=True, kept=True),
    "Gap": Type(2, 6),
    "Table Text": Type(TABLE_PT, 11.5),
    "Table Head": Type(TABLE_PT, 11.5, head=True, colour=_SOFT),
}
"""The styles of the document; ``Lead`` ones are those of its first page. No line: as high as what stands in it."""
_ENGLISH: Mapping[str, Type] = {"Lead": Type(11, 15, after=3)}
"""Styles that are set otherwise in English, which takes more room."""


class Paper:
    """A document being written, from top to bottom, in one language."""

    def __init__(self, language: Language, margins: Margins, head: Sequence[str], foot: str) -> None:
        self._chinese = language == "zh"
        self.types = TYPES if self._chinese else {**TYPES, **_ENGLISH}
        self.margins = margins
        self.file: Document = docx.Document()
        self.figures = 0
        self._set_margins(margins)
        self._set_styles()
        self._number_headings()
        section = self.file.sections[0]
        for number, line in enumerate(head):
            own = section.header.paragraphs[0] if number == 0 else section.header.add_paragraph(style="Header")
            own.add_run(plain(line))
        below = section.footer.paragraphs[0]
        below.add_run(f"{plain(foot)} · ")
        for field, between in (("PAGE", "/"), ("NUMPAGES", "")):
            below._p.append(_field(field))  # noqa: SLF001 - the library has no fields
            below.add_run(between)

    # --- text ---------------------------------------------------------------------------------------------------------

    def say(self, text: str, style: str = "Body Text") -> Paragraph:
        """Add a paragraph."""
        return self.file.add_paragraph(plain(text), style)

    def notes(self, notes: Sequence[str], *, kept: bool = False) -> None:
        """Add notes in small type; ``kept`` on the page of what follows."""
        for note in notes:
            self.say(note, "Note").paragraph_format.keep_with_next = kept

    def turn(self, margins: Margins) -> None:
        """Begin a new page, with margins of its own."""
        self.file.add_section(WD_SECTION.NEW_PAGE)
        self.file.paragraphs[-1].style = self.file.styles["Gap"]  # it ends the section before
        self.margins = margins
        self._set_margins(margins)

    # --- tables -------------------------------------------------------------------------------------------------------

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
        table = self.file.add_table(rows=0, cols=len(columns), style="Report Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        heads, texts = self.file.styles["Table Head"], self.file.styles["Table Text"]
        for number, row in enumerate([[column.heading for column in columns], *rows]):
            added = table.add_row()
            properties = added._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no name for either
            for tag in ("w:cantSplit", *(["w:tblHeader"] if number == 0 else [])):
                properties.append(OxmlElement(tag))
            kept = number == 0 or (whole and number < len(rows))
            for cell, column, width, text in zip(added.cells, columns, widths, row, strict=True):
                cell.width = Cm(width)
                own = cell.paragraphs[0]
                own.style = heads if number == 0 else texts
                own.paragraph_format.keep_with_next = kept or None
                if column.set_as == "n":
                    own.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                run = own.add_run(plain(text))
                if size != TABLE_PT:
                    run.font.size = Pt(size)
                if number and marks and text in marks:
                    run.bold, run.font.color.rgb = True, RGBColor.from_string(marks[text])
        self.say("", "Gap")  # two tables in a row would grow together

    def beside(self, widths: tuple[float, float]) -> tuple[_Cell, _Cell]:
        """Add two places beside each other and return them."""
        table = self.file.add_table(rows=1, cols=2)
        table.autofit, row = False, table.rows[0]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as above
        for column, cell, width in zip(table.columns, row.cells, widths, strict=True):
            column.width = cell.width = Cm(width)
        return row.cells[0], row.cells[1]

    # --- figures ------------------------------------------------------------------------------------------------------

    def picture(self, image: Path, alt: str, caption: str) -> None:
        """Add a figure, as wide as the text unless it is too high then, and its caption on the same page."""
        drawn = Image.from_file(str(image))
        width = min(self.margins.width, _PICTURE_CM * drawn.px_width / drawn.px_height)
        draw_into(self.say("", "Picture"), image, alt, width)
        self.say(caption, "Caption")

    # --- the file -----------------------------------------------------------------------------------------------------

    def save(self, path: Path, title: str, moment: datetime) -> None:
        """Write the file; the same document gives the same bytes on any day."""
        about = self.file.core_properties
        about.author = about.last_modified_by = "jiaoying"
        about.title, about.language = plain(title)[:255], "zh-CN" if self._chinese else "en"
        about.comments = about.keywords = about.subject = about.category = ""
        about.created = about.modified = moment
        made, packed = io.BytesIO(), io.BytesIO()
        self.file.save(made)
        with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as stable:
            for name in parts.namelist():
                part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
                stable.writestr(part, parts.read(name))
        path.write_bytes(packed.getvalue())

    # --- how it looks -------------------------------------------------------------------------------------------------

    def _set_margins(self, margins: Margins) -> None:
        section = self.file.sections[-1]
        section.page_width, section.page_height = (Cm(side) for side in _PAPER_CM)
        section.top_margin, section.bottom_margin = Cm(margins.top), Cm(margins.bottom)
        section.left_margin, section.right_margin = Cm(margins.left), Cm(margins.right)
        section.header_distance = section.footer_distance = Cm(1.3)

    def _set_styles(self) -> None:
        styles = self.file.styles
        for name, own in self.types.items():
            known = name in styles
            style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            assert isinstance(style, ParagraphStyle)  # noqa: S101 - all of these are
            if not known:
                style.base_style = styles["Normal"]
            self._set_type(style, own)
        normal = styles["Normal"].element.get_or_add_rPr()
        tongue = OxmlElement("w:lang")
        tongue.set(qn("w:val"), "en-GB")  # of letters and digits: the rules of Chinese would break a number in two
        tongue.set(qn("w:eastAsia"), "zh-CN")
        normal.append(tongue)
        if self._chinese:
            styles["Body Text"].paragraph_format.first_line_indent = Pt(24)
            styles["Lead"].paragraph_format.first_line_indent = Pt(24)
        styles.element.append(parse_xml(_GRID))

    def _set_type(self, style: ParagraphStyle, own: Type) -> None:
        font, form = style.font, style.paragraph_format
        font.size, font.color.rgb = Pt(own.size), RGBColor.from_string(own.colour)
        font.bold, font.italic = own.head and own.kept and not self._chinese, False
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        faces.attrib.clear()
        for script in ("ascii", "hAnsi", "cs"):
            faces.set(qn(f"w:{script}"), _LATIN)
        faces.set(qn("w:eastAsia"), _HEAD if own.head else _BODY)
        if self._chinese:
            faces.set(qn("w:hint"), "eastAsia")  # or quotation marks would be Latin ones
        form.space_before, form.space_after = Pt(own.before), Pt(own.after)
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY if own.line else WD_LINE_SPACING.SINGLE
        if own.line:
            form.line_spacing = Pt(own.line)
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER if own.centred else WD_ALIGN_PARAGRAPH.LEFT
        form.keep_with_next, form.widow_control = own.kept, True
        for line in style.element.pPr.findall(qn("w:pBdr")):
            style.element.pPr.remove(line)

    def _number_headings(self) -> None:
        """Number headings 一、（一） or 1, 1.1, as fields that go on counting when somebody adds one."""
        kind, first, second, gap = (
            ("chineseCounting", "%1、", "（%2）", "nothing") if self._chinese else ("decimal", "%1", "%1.%2", "space")
        )
        levels = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="Heading{n + 1}"/>'
            f'<w:suff w:val="{gap}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
            for n, text in enumerate((first, second))
        )
        space = nsdecls("w")
        numbering = self.file.part.numbering_part.element
        multi = '<w:multiLevelType w:val="multilevel"/>'
        numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="90">{multi}{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {space} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for n in (0, 1):
            own = self.file.styles[f"Heading {n + 1}"].element.get_or_add_pPr().get_or_add_numPr()
            own.get_or_add_ilvl().val, own.get_or_add_numId().val = n, 90


_GRID = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportGrid"><w:name w:val="Report Grid"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>'
    '<w:top w:val="single" w:sz="8" w:space="0" w:color="5A6472"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="5A6472"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C9D0D9"/></w:tblBorders><w:tblCellMar>'
    '<w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
    '</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF1F4"/>'
    "</w:tcPr></w:tblStylePr></w:style>"
)
"""A table of the report: light lines, its head shaded."""


def draw_into(where: Paragraph, image: Path, alt: str, width_cm: float) -> None:
    """Put a picture into a paragraph, with words for those who do not see it."""
    drawn = where.add_run().add_picture(str(image), width=Cm(width_cm))
    drawn._inline.docPr.set("descr", plain(alt))  # noqa: SLF001 - the library has no words for pictures


def plain(text: str) -> str:
    """Return a text without the characters that no document can hold."""
    return _ILLEGAL.sub("", text)


def _field(name: str) -> BaseOxmlElement:
    return parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
