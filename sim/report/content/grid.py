"""A table to read: heading, notes above it, columns, and rows of ready cells; and a section with several of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.report.words.language import Words


@dataclass(frozen=True)
class Column:
    """One column: its key, how it is set (``n`` a number, ``w`` kept on one line, or neither), and its heading."""

    key: str
    set_as: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Grid:
    """A table of a page; ``wide`` ones are scrolled on a small screen."""

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = True

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
