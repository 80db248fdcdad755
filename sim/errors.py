"""Faults and errors: the tree, and what a fault tells its reader.

The tree::

    JiaoyingError                 anything this package raises on purpose
    ├── InputError (ValueError)   the user's files or options are at fault: exit code 2
    └── ModelError (RuntimeError) the model broke one of its own rules: exit code 1

``BadValue`` is a plain ``ValueError`` raised by a validator deep inside; the scenario room turns it into a
``Fault`` that knows file, line and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str

    def get(self, language: Language) -> str:
        """Return the sentence in ``language``."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with the input, and what to do about it.

    ``line`` and ``column`` count from 1; 0 means that the fault concerns the whole file.
    """

    file: str
    line: int
    column: int
    key: str
    value: str
    problem: Text
    remedy: Text

    def render(self, language: Language = "zh") -> str:
        """Return ``file:line:column: key = value: problem`` and, on a second line, the remedy."""
        where = self.file
        if self.line:
            where += f":{self.line}"
            if self.column:
                where += f":{self.column}"
        what = self.key
        if self.value:
            what += f" = {self.value}" if what else self.value
        parts = [part for part in (where, what, self.problem.get(language)) if part]
        arrow = "修改办法：" if language == "zh" else "remedy: "
        return ": ".join(parts) + f"\n    {arrow}{self.remedy.get(language)}"


def shown(value: object, limit: int = 60) -> str:
    """Return ``value`` as one short printable line, for use in a fault."""
    text = "".join(ch if ch.isprintable() else "·" for ch in str(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"


class JiaoyingError(Exception):
    """Base of everything this package raises on purpose."""


class InputError(JiaoyingError, ValueError):
    """The input is at fault; carries every fault found, sorted by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(self.render())

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        """Return how it is made again in another process: of its faults, not of what they say."""
        return InputError, (self.faults,)

    def render(self, language: Language = "zh") -> str:
        """Return all faults, one after the other."""
        return "\n".join(fault.render(language) for fault in self.faults)


@contextmanager
def gathered(faults: list[Fault]) -> Iterator[None]:
    """Put the faults that are found inside to others, so that all can be told at once."""
    try:
        yield
    except InputError as error:
        faults.extend(error.faults)


class ModelError(JiaoyingError, RuntimeError):
    """The model broke one of its own rules; a defect of the program, not of the input."""


class BadValue(ValueError):
    """A value that cannot be: what is wrong with it, and the remedy."""

    def __init__(self, problem: Text, remedy: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.remedy = remedy
