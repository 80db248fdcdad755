"""Which papers a kit holds, in which folder they lie, and what they are called there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sim.exercise.kit import Role
from sim.report.exercise.about import About
from sim.report.words.language import Words

Folder = Literal["controllers", "players", "evaluators", "everyone"]
_ILLEGAL = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
"""What no file may be called on Windows."""


@dataclass(frozen=True)
class PaperFile:
    """A paper: its key, the folder that it lies in, how it is printed (``print.<key>``)."""

    key: str
    folder: Folder
    printed: str


PAPERS = (
    PaperFile("handbook", "controllers", "a4"),
    PaperFile("inject_list", "controllers", "a3"),
    PaperFile("inject_cards", "controllers", "a5"),
    PaperFile("console", "controllers", "screen"),
    PaperFile("actual_times", "controllers", "screen"),
    PaperFile("task_sheets", "players", "a4_each"),
    PaperFile("call_cards", "players", "a5"),
    PaperFile("annex", "everyone", "a4"),
    PaperFile("map", "everyone", "a4_across"),
    PaperFile("sign_in", "everyone", "a4"),
    PaperFile("evaluation", "evaluators", "a4_across"),
    PaperFile("evaluation_book", "evaluators", "screen"),
)
"""Every paper; players may see those of the folders ``players`` and ``everyone`` alone."""


def path_of(own: PaperFile, words: Words) -> Path:
    """Return where a paper lies in the kit; of the task sheets, their folder."""
    return Path(words(f"kit.folder.{own.folder}")) / words(f"kit.file.{own.key}")


def task_sheets(about: About) -> Iterator[tuple[Role, Path]]:
    """Yield each seat that is played, and where its task sheet lies in the kit."""
    (folder,) = (path_of(own, about.words) for own in PAPERS if own.key == "task_sheets")
    for number, role in enumerate(about.played, start=1):
        name = about.words("kit.file.task_sheet", n=f"{number:02d}", role=_ILLEGAL.sub("-", about.role(role)))
        yield role, folder / name
