"""The document as a file of WPS or Word: styles, numbered headings, tables with heads that repeat, pictures with words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from sim.errors import Language
from sim.report.document.paper import (
    HAIRLINE,
    INDENTED,
    RULE,
    SHADE,
    SIDES_CM,
    Layout,
    Margins,
    Paper,
    Type,
    plain,
)
from sim.report.document.widths import TABLE_PT

_LATIN, _BODY, _HEAD = "Times New Roman", "仿宋", "黑体"


class WordPaper(Paper):
    """A document for WPS or Word."""

    def __init__(self, language: Language, margins: Margins, head: Sequence[str], foot: str) -> None:
        super().__init__(language, margins)
        self.file: Document = docx.Document()
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

    def say(self, text: str, style: str = "Body Text", *, kept: bool = False) -> None:
        own = self.file.add_paragraph(plain(text), style)
        if kept:
            own.paragraph_format.keep_with_next = True

    def turn(self, margins: Margins) -> None:
        self.file.add_section(WD_SECTION.NEW_PAGE)
        self.file.paragraphs[-1].style = self.file.styles["Gap"]  # it ends the section before
        self.margins = margins
        self._set_margins(margins)

    def _lay(self, table: Layout) -> None:
        set_table = self.file.add_table(rows=0, cols=len(table.columns), style="Report Grid")
        set_table.autofit = False
        for column, width in zip(set_table.columns, table.widths, strict=True):
            column.width = Cm(width)
        heads, texts = (self.file.styles[name].style_id for name in ("Table Head", "Table Text"))
        for number, row in enumerate([[column.heading for column in table.columns], *table.rows]):
            added = set_table.add_row()
            properties = added._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no name for either
            for tag in ("w:cantSplit", *(["w:tblHeader"] if number == 0 else [])):
                properties.append(OxmlElement(tag))
            kept = number == 0 or (table.whole and number < len(table.rows))
            for cell, column, width, text in zip(added.cells, table.columns, table.widths, row, strict=True):
                cell.width = Cm(width)
                own = cell.paragraphs[0]
                own._p.style = heads if number == 0 else texts  # noqa: SLF001 - by its id: the library looks it up in all
                own.paragraph_format.keep_with_next = kept or None
                if column.set_as == "n":
                    own.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                run = own.add_run(plain(text))
                if table.size != TABLE_PT:
                    run.font.size = Pt(table.size)
                if number and text in table.marks:
                    run.bold, run.font.color.rgb = True, RGBColor.from_string(table.marks[text])
        self.say("", "Gap")  # two tables in a row would grow together

    def _show(self, image: Path, alt: str, width_cm: float, caption: str) -> None:
        _draw_into(self.file.add_paragraph("", "Picture"), image, alt, width_cm)
        self.say(caption, "Caption")

    def beside(self, image: Path, alt: str, width_cm: float, heading: str, points: Sequence[str]) -> None:
        table = self.file.add_table(rows=1, cols=2)
        table.autofit, row = False, table.rows[0]
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as above
        for column, cell, width in zip(
            table.columns, row.cells, (width_cm + SIDES_CM, self.margins.width - width_cm - SIDES_CM), strict=True
        ):
            column.width = cell.width = Cm(width)
        place, said = row.cells
        place.paragraphs[0].style = self.file.styles["Picture"]
        _draw_into(place.paragraphs[0], image, alt, width_cm)
        said.paragraphs[0].style = self.file.styles["Lead Heading"]
        said.paragraphs[0].add_run(plain(heading))
        for text in points:
            said.add_paragraph(plain(text), "Lead Bullet")

    def save(self, path: Path, title: str, moment: datetime) -> None:
        self._close()
        about = self.file.core_properties
        about.author = about.last_modified_by = "jiaoying"
        about.title, about.language = plain(title)[:255], "zh-CN" if self.chinese else "en"
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

    def _close(self) -> None:
        """Let the gap after a table that ends the document take no room: it would stand on an empty page where the table fills the last one."""
        last = self.file.paragraphs[-1]
        if last.style is not None and last.style.name == "Gap":
            last.paragraph_format.line_spacing = Pt(1)
            last.paragraph_format.space_before = last.paragraph_format.space_after = Pt(0)

    def _set_margins(self, margins: Margins) -> None:
        section = self.file.sections[-1]
        section.orientation = WD_ORIENT.LANDSCAPE if margins.sheet[0] > margins.sheet[1] else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Cm(side) for side in margins.sheet)
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
        if self.chinese:
            for name in INDENTED:
                styles[name].paragraph_format.first_line_indent = Pt(2 * self.types[name].size)
        styles.element.append(parse_xml(_GRID))

    def _set_type(self, style: ParagraphStyle, own: Type) -> None:
        font, form = style.font, style.paragraph_format
        font.size, font.color.rgb = Pt(own.size), RGBColor.from_string(own.colour)
        font.bold, font.italic = own.head and own.kept and not self.chinese, False
        faces = style.element.get_or_add_rPr().get_or_add_rFonts()
        faces.attrib.clear()
        for script in ("ascii", "hAnsi", "cs"):
            faces.set(qn(f"w:{script}"), _LATIN)
        faces.set(qn("w:eastAsia"), _HEAD if own.head else _BODY)
        if self.chinese:
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
            ("chineseCounting", "%1、", "（%2）", "nothing") if self.chinese else ("decimal", "%1", "%1.%2", "space")
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
    f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{RULE}"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{RULE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{HAIRLINE}"/></w:tblBorders><w:tblCellMar>'
    '<w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>'
    f'</w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
    "</w:tcPr></w:tblStylePr></w:style>"
)
"""A table of the report: light lines, its head shaded."""


def _draw_into(where: Paragraph, image: Path, alt: str, width_cm: float) -> None:
    """Put a picture into a paragraph, with words for those who do not see it."""
    drawn = where.add_run().add_picture(str(image), width=Cm(width_cm))
    drawn._inline.docPr.set("descr", plain(alt))  # noqa: SLF001 - the library has no words for pictures


def _field(name: str) -> BaseOxmlElement:
    return parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
