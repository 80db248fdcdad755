"""What an import gives: persons, shifts, landlines; notes on every cell not used or interpreted; questions, most useful first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from sim.errors import Text
from sim.roster.importing.cells import Sheet, as_text, letter, masked, without_ids


@dataclass(frozen=True)
class PersonRow:
    """One person; the same name with another phone, or without one at another desk, is another person."""

    person: str
    name: str
    phone: str


@dataclass(frozen=True)
class ShiftRow:
    """Who holds a post at a desk from ``begin`` to ``end``; ``None`` leaves that side open, as a standing post does."""

    desk: str
    post: str
    person: str
    begin: datetime | None
    end: datetime | None


@dataclass(frozen=True)
class Note:
    """One cell or range: what it held (masked), what was made of it, and whether anything of it was used."""

    address: str
    held: str
    made: Text
    used: bool


@dataclass(frozen=True)
class Question:
    """An open question; ``rows`` is how many rows (of days across: cells) its answer makes usable or settles, ``key`` where a mapping answers it.

    ``where`` has the first addresses, ``spots`` are all.
    """

    text: Text
    rows: int
    where: tuple[str, ...]
    key: str = ""
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, order=True)
class Spot:
    """A cell of one of the files, in the order of reading; row and column 0 stand for the whole sheet.

    ``across`` tells that each cell of a row speaks of a day of its own.
    """

    file: int
    sheet: int
    row: int
    column: int
    address: str = field(compare=False)
    across: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Imported:
    """A roster as read. ``landlines`` are pairs of desk and duty telephone; ``questions`` stand in the order of their weight.

    ``spots[i]`` are the cells that say ``shifts[i]``, several where the same is written more than once.
    """

    persons: tuple[PersonRow, ...]
    shifts: tuple[ShiftRow, ...]
    landlines: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]
    spots: tuple[tuple[Spot, ...], ...]

    @property
    def first_questions(self) -> tuple[Question, ...]:
        """The three questions whose answers help most."""
        return self.questions[:3]


_SHOWN_PLACES = 5


@dataclass
class Remarks:
    """Gathers notes and questions while a roster is read."""

    _notes: dict[tuple[Spot, Text], Note] = field(default_factory=dict)
    _questions: dict[Text, tuple[str, dict[tuple[int, int, int, int], dict[Spot, None]]]] = field(default_factory=dict)

    def note(self, spot: Spot, held: object, made: Text, *, used: bool = False) -> None:
        """Note what was made of a cell."""
        self._notes.setdefault((spot, made), Note(spot.address, masked(held), hidden(made), used))

    def ask(self, text: Text, spot: Spot, key: str = "") -> None:
        """Ask a question; asked again for another row (of days across: another cell), it weighs more."""
        _, where = self._questions.setdefault(hidden(text), (without_ids(key), {}))
        where.setdefault((spot.file, spot.sheet, spot.row, spot.column if spot.across else 0), {})[spot] = None

    def notes(self) -> tuple[Note, ...]:
        """Return the notes in the order of the files, sheets, rows and columns."""
        return tuple(note for _, note in sorted(self._notes.items(), key=lambda item: item[0]))

    def questions(self) -> tuple[Question, ...]:
        """Return the questions, the one that touches most rows first."""
        found = [
            (text, key, len(where), list(chain(*where.values()))) for text, (key, where) in self._questions.items()
        ]
        found.sort(key=lambda one: (-one[2], min(one[3]), one[0]))
        return tuple(
            Question(text, rows, tuple(spot.address for spot in spots[:_SHOWN_PLACES]), key, tuple(spots))
            for text, key, rows, spots in found
        )


def hidden(text: Text) -> Text:
    """Return a sentence without identity numbers."""
    return Text(without_ids(text.zh), without_ids(text.en))


@dataclass(frozen=True, eq=False)
class Where:
    """A sheet in its file, which makes spots of its cells; ``across`` tells that days stand across."""

    file: int
    book: str
    index: int
    sheet: Sheet
    across: bool = False

    def spot(self, row: int, column: int) -> Spot:
        """Return the spot of a cell; of a merged one that of its upper left cell."""
        row, column = self.sheet.origin(row, column)
        return Spot(self.file, self.index, row, column, f"{self._name}!{letter(column)}{row}", self.across)

    def span(self, first: int, last: int, column: int) -> Spot:
        """Return the spot of a piece of a column."""
        return Spot(
            self.file, self.index, first, column, f"{self._name}!{letter(column)}{first}:{letter(column)}{last}"
        )

    def rows(self, body: tuple[int, int]) -> Spot:
        """Return the spot of some rows."""
        return Spot(self.file, self.index, body[0], 0, f"{self._name}!{body[0]}:{body[1]}")

    def row(self, row: int) -> Spot:
        """Return the spot of a whole row."""
        return self.rows((row, row))

    def whole(self) -> Spot:
        """Return the spot of the sheet."""
        return Spot(self.file, self.index, 0, 0, self._name)

    @property
    def _name(self) -> str:
        return without_ids(f"{self.book}!{self.sheet.name}" if self.sheet.name else self.book)

    def held(self, row: int, column: int) -> str:
        """Return what a cell holds, for a note."""
        value = self.sheet.at(row, column)
        return "" if value is None else as_text(value)
