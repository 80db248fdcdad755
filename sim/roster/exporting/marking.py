"""A copy of a county's workbook in which the cells that findings rest on are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.roster.audit.findings import SEVERITIES, Severity
from sim.roster.exporting.copies import Copy, opened, origin, put_text, sheet_of, written
from sim.roster.importing.book import Book
from sim.roster.importing.read import BlockRead

COLOURS: Mapping[Severity, str] = {"must": "FFC7CE", "should": "FFE08A", "note": "CFE2F3"}
_LONGEST = 1200
"""Letters of a comment; nobody reads more in one."""
_STAMP = "8A1C1C"


@dataclass(frozen=True)
class Mark:
    """What is said of one cell, and how grave it is."""

    severity: Severity
    text: str


@dataclass(frozen=True)
class Legend:
    """The sheet behind the others: its name and title, the stamp, what the colours mean, sentences, and a table.

    The table has the findings that rest on no cell: the severity of each, and its cells.
    """

    tab: str
    title: str
    stamp: str
    colours: Mapping[Severity, str]
    said: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Sequence[tuple[Severity, tuple[str, ...]]]
    more: str


def marked_copy(
    book: Book,
    raw: bytes,
    blocks: Sequence[BlockRead],
    marks: Mapping[tuple[int, int, int], Sequence[Mark]],
    legend: Legend,
) -> Copy:
    """Return the copy; ``marks`` are those of each cell, by sheet (counted from 0), row and column, the gravest first."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - 0.2 s that only a workbook is worth

    copy, lost = opened(book, raw, blocks, formulas=False)
    for (sheet, row, column), its in marks.items():
        cell = origin(sheet_of(copy, book.sheets[sheet]), row, column)
        cell.fill = _fill(min((mark.severity for mark in its), key=list(SEVERITIES).index))
        before = [cell.comment.text] if cell.comment is not None else []
        text = _short([*before, *(mark.text for mark in its)], legend.more)
        cell.comment = Comment(text, "", height=40 + 16 * min(_lines(text), 22), width=320)
    for paper in copy.worksheets:
        if not paper.oddHeader.center.text:
            paper.oddHeader.center.text = legend.stamp
    _set_legend(copy.create_sheet(_free_name(legend.tab, copy.sheetnames)), legend)
    return Copy(written(copy), lost)


def _lines(text: str) -> int:
    return sum(1 + len(line) // 24 for line in text.split("\n"))


def _short(texts: Sequence[str], more: str) -> str:
    """Return the first texts, and how many more there are."""
    kept: list[str] = []
    for text in dict.fromkeys(texts):
        if kept and sum(map(len, kept)) + len(text) > _LONGEST:
            break
        kept.append(text)
    rest = len(dict.fromkeys(texts)) - len(kept)
    return "\n\n".join([*kept, *([more.format(n=rest)] if rest else [])])


def _fill(severity: Severity) -> Any:  # noqa: ANN401 - openpyxl carries no types
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - 0.2 s that only a workbook is worth

    return PatternFill("solid", fgColor=COLOURS[severity])


def _free_name(wanted: str, taken: Sequence[str]) -> str:
    """Return a name that no sheet has."""
    known = {name.lower() for name in taken}
    names = (wanted if number == 1 else f"{wanted} {number}" for number in range(1, len(known) + 2))
    return next(name for name in names if name.lower() not in known)


def _set_legend(sheet: Any, legend: Legend) -> None:  # noqa: ANN401 - openpyxl carries no types
    """Set the sheet behind the others."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - 0.2 s that only a workbook is worth

    across = len(legend.headings)
    lines = [
        (legend.title, Font(bold=True, size=15)),
        (legend.stamp, Font(bold=True, color=_STAMP)),
        *((sentence, Font()) for sentence in legend.said),
    ]
    for row, (text, font) in enumerate(lines, start=1):
        put_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = font
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(None, row, 1, row, across)
        sheet.row_dimensions[row].height = 16 * (1 + len(text) // 60) * (1.4 if row == 1 else 1)
    row = len(lines)
    for severity, text in legend.colours.items():
        row += 1
        put_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).fill = _fill(severity)
        sheet.merge_cells(None, row, 1, row, 2)
    row += 2
    for column, heading in enumerate(legend.headings, start=1):
        put_text(sheet.cell(row, column), heading)
        sheet.cell(row, column).font = Font(bold=True)
    for severity, cells in legend.rows:
        row += 1
        for column, text in enumerate(cells, start=1):
            put_text(sheet.cell(row, column), text)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = _fill(severity)
    for name, width in zip("ABCDE", (10, 20, 18, 50, 36), strict=False):
        sheet.column_dimensions[name].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddHeader.center.text = legend.stamp
