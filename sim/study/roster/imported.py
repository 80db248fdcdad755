"""What an import leaves: the tables of the roster, every note, every question, the duty telephones, the mappings."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from sim.county import County
from sim.errors import Fault, InputError, Language, Text
from sim.roster.importing import Block, Imported, Layout, guess_layout, mapping_text, read_book, tables_of


def mappings(files: Sequence[Path], county: County) -> dict[str, str]:
    """Return what the columns of each file seem to mean, as texts of mappings by file name; a file that cannot be read has none."""
    texts = {}
    for number, path in enumerate(files, start=1):
        name = "mapping.yaml" if len(files) == 1 else f"mapping-{number}.yaml"
        with suppress(InputError):  # the import itself says why
            texts[name] = mapping_text(guess_layout(read_book(path), county))
    return texts


def mapping_of_all(files: Sequence[Path], county: County) -> str:
    """Return what the columns of some files seem to mean as one mapping, for a planner to answer what the import asks."""
    blocks: list[Block] = []
    for path in files:
        with suppress(InputError):  # the import itself says why
            blocks += guess_layout(read_book(path), county).blocks
    return mapping_text(Layout(tuple(blocks)))


def require_shifts(imported: Imported) -> None:
    """Do nothing if an import has shifts.

    Raises
    ------
    InputError
        if it has none, with every open question
    """
    if imported.shifts:
        return
    mend = Text("改正值班表再读", "correct the roster and read it again")
    nothing = Fault("", 0, 0, "", "", Text("没有读出任何班次", "no shift was read"), mend)
    faults = []
    for one in imported.questions:
        where = "; ".join(one.where)
        key = Text(f"改正值班表，或在版式文件写明 {one.key}", f"correct the roster, or state {one.key} in a mapping")
        faults.append(Fault(where, 0, 0, "", "", one.text, key if one.key else mend))
    raise InputError(faults or [nothing])


def tables(imported: Imported, language: Language) -> dict[str, pd.DataFrame]:
    """Return ``persons`` and ``shifts``, ``notes``, ``questions`` and ``landlines``.

    A note is the address of a cell or range, what it held, what was made of it, and whether anything of it was used.
    """
    notes = [(note.address, note.held, note.made.get(language), note.used) for note in imported.notes]
    questions = [(one.text.get(language), one.rows, "; ".join(one.where), one.key) for one in imported.questions]
    return tables_of(imported) | {
        "notes": pd.DataFrame(notes, columns=["address", "held", "made_of_it", "used"]),
        "questions": pd.DataFrame(questions, columns=["question", "rows", "where", "mapping_key"]),
        "landlines": pd.DataFrame(list(imported.landlines), columns=["desk", "phone"]),
    }
