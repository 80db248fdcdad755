"""Write the papers of an exercise into a folder, and everything that lies in it into one file to carry."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sim.errors import Language
from sim.exercise.kit import Kit
from sim.report.exercise.about import About
from sim.report.exercise.actuals import write_actual_times
from sim.report.exercise.annex import write_annex
from sim.report.exercise.calling import calls
from sim.report.exercise.cards import write_call_cards, write_inject_cards
from sim.report.exercise.console import write_console
from sim.report.exercise.evaluation import write_evaluation_document, write_evaluation_workbook
from sim.report.exercise.files import PAPERS, path_of, task_sheets
from sim.report.exercise.handbook import write_handbook
from sim.report.exercise.inject_list import write_inject_list
from sim.report.exercise.place_map import draw_place
from sim.report.exercise.players import write_task_sheet
from sim.report.exercise.readme import readme
from sim.report.exercise.sign_in import write_sign_in
from sim.report.words.language import Words

_WHOLE = "utf-8-sig"  # or old editors take Chinese for something else


def write_exercise(folder: Path, kit: Kit, language: Language) -> Path:
    """Write every paper of a kit into ``folder`` and pack all that lies there; return the path of what was packed.

    What else belongs to the kit (``kit.json``) is packed too if it was written before.
    """
    about = About(kit, Words(language))
    words = about.words
    where = {own.key: folder / path_of(own, words) for own in PAPERS}
    for path in where.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    callees = calls(about)
    write_handbook(about, where["handbook"])
    write_inject_list(about, where["inject_list"])
    write_inject_cards(about, where["inject_cards"])
    write_console(where["console"], kit, language)
    write_actual_times(about, where["actual_times"])
    where["task_sheets"].mkdir(exist_ok=True)
    for role, path in task_sheets(about):
        write_task_sheet(about, role, callees, folder / path)
    if callees:
        write_call_cards(about, callees, where["call_cards"])
    image = draw_place(about, where["map"])
    write_annex(about, image, where["annex"])
    write_sign_in(about, where["sign_in"])
    write_evaluation_document(about, where["evaluation"])
    write_evaluation_workbook(about, where["evaluation_book"])
    (folder / words("kit.file.readme")).write_text(readme(about, folder), encoding=_WHOLE, newline="")
    return pack(folder, folder / words("kit.file.zip"), about)


def pack(folder: Path, packed: Path, about: About) -> Path:
    """Put everything in a folder into one file, below a folder of its own, and return its path; the same kit gives the same bytes."""
    top = about.words("kit.file.zip").removesuffix(".zip")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != packed)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for path in files:
            part = zipfile.ZipInfo(f"{top}/{path.relative_to(folder).as_posix()}", (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            whole.writestr(part, path.read_bytes())
    return packed
