"""A table to read: heading, notes above it, columns, and rows of ready cells; and a section with several of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.report.words.language import Words

_SPARED = 10  # so few more rows are set as well


@dataclass(frozen=True)
class Column:
    """One column: its key, how it is set (``n`` a number, ``w`` kept on one line, or neither), and its heading."""

    key: str
    set_as: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Grid:
    """A table to read; ``wide`` ones are scrolled on a small screen.

    Of a long one page and document set the first ``most`` rows and the last, its total; the workbook sets all.
    """

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = True
    most: int = 0

    def shortened(self, words: Words) -> Grid:
        """Return the table as it is set where room is dear; it says so."""
        left_out = len(self.rows) - self.most - 1
        if not self.most or left_out <= _SPARED:
            return self
        note = words("table.most", most=words.number(self.most), n=words.number(left_out))
        return replace(self, notes=(*self.notes, note), rows=(*self.rows[: self.most], self.rows[-1]))

    def headed(self, words: Words) -> Grid:
        """Return the table with the headings ``col.<key>`` of columns that have none yet."""
        named = (
            column if column.heading else replace(column, heading=words(f"col.{column.key}")) for column in self.columns
        )
        return replace(self, columns=tuple(named))


@dataclass(frozen=True)
class Account:
    """A section of the page: sentences, what they do not mean, tables."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    tables: tuple[Grid, ...]
