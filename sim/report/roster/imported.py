"""What an import came to, in words."""

from __future__ import annotations

from sim.errors import Language
from sim.report.words.language import Words
from sim.roster.importing import Imported


def import_lines(imported: Imported, language: Language, *, listed: bool = True) -> str:
    """Return how much was taken, how much was not, and the three questions whose answers help most.

    ``listed`` tells that the notes are written to a file.
    """
    words = Words(language)
    unused = sum(not note.used for note in imported.notes)
    desks = len({row.desk for row in imported.shifts})
    taken = words("import.taken", desks=desks, shifts=len(imported.shifts), persons=len(imported.persons))
    lines = [
        taken if imported.shifts else words("import.nothing"),
        words("import.notes" if listed else "import.notes_elsewhere", n=len(imported.notes), unused=unused),
    ]
    if imported.questions:
        lines.append(words("import.questions", n=len(imported.questions)))
    for number, one in enumerate(imported.first_questions, start=1):
        lines.append(words("import.question", n=number, text=one.text.get(language), rows=one.rows))
    return "\n".join(lines)
