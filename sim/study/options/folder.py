"""The folder of a study of options: ``options.json`` says what was asked, ``runs/`` holds what was played, each scenario in a part of its own.

A part is named by a digest of its settings, so that one and the same portfolio is played once, whatever it is played for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario
from sim.study.folder import Asked, StudyFolder, make_new, write_down
from sim.study.parts import Part
from sim.study.store import write_json

_OPTIONS, _RUNS = "options.json", "runs"


@dataclass(frozen=True)
class OptionsAsked:
    """What is asked about the options of a scenario.

    ``study``: the scenario with its settings. ``options``: a digest of the options as they were last weighed. ``objective``: as
    ``--objective`` takes it. ``budget_wan``: what may be spent, ``None``: nobody said. ``screen``: how many runs the screening has, numbers
    0 to ``screen`` − 1; ``finals``: how many the finals have, the numbers after those; ``draws``: how often what is not known is drawn, on
    runs after those. ``years``: for so many years a cost counts that comes every year.
    """

    study: Asked
    options: str
    objective: str
    budget_wan: float | None
    screen: int
    finals: int
    draws: int
    years: int = 1

    @property
    def screening(self) -> tuple[int, ...]:
        """The numbers of the runs of the screening."""
        return tuple(range(self.screen))

    @property
    def finals_runs(self) -> tuple[int, ...]:
        """The numbers of the runs of the finals."""
        return tuple(range(self.screen, self.screen + self.finals))


class OptionsFolder:
    """The folder of a study of options at work; ``runs`` is that of what was played."""

    def __init__(self, path: Path, asked: OptionsAsked) -> None:
        self.path, self.asked = path, asked
        self.runs = StudyFolder(path / _RUNS, asked.study, home=path)

    @classmethod
    def begin(cls, path: Path, asked: OptionsAsked) -> OptionsFolder:
        """Return a new study of options in a folder that must be new or empty.

        Raises
        ------
        InputError
            if something stands there, or the folder cannot be made
        """
        make_new(path, [Path(_RUNS)])
        folder = cls(path, asked)
        folder._note()
        return folder

    @classmethod
    def resume(cls, path: Path) -> OptionsFolder:
        """Return a study of options that was begun.

        Raises
        ------
        InputError
            if there is none
        """
        try:
            said = json.loads((path / _OPTIONS).read_text(encoding="utf-8"))
            study = Asked(**(said["study"] | {"overrides": tuple(said["study"]["overrides"])}))
            return cls(path, OptionsAsked(**(said | {"study": study})))
        except (OSError, ValueError, TypeError, KeyError) as error:
            problem = Text("这里没有可接着做的措施比选", "there is no study of options here to go on with")
            remedy = Text("写明措施比选的结果文件夹", "name the result folder of a study of options")
            raise InputError([Fault("--resume", 0, 0, "", str(path), problem, remedy)]) from error

    def ask(self, options: str, draws: int) -> None:
        """Ask for options as they are now, which may cost something else or be others, and for so many draws of what is not known."""
        self.asked = replace(self.asked, options=options, draws=draws)
        self._note()

    def part(self, settings: Sequence[str], replications: Sequence[int]) -> Part:
        """Return runs of the scenario with settings, as a part of the folder."""
        digest = hashlib.sha256("\0".join(settings).encode()).hexdigest()[:16]
        return Part(f"parts/{digest}", tuple(settings), tuple(replications))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn what the disk refuses into a fault; what was played is kept."""
        with self.runs.writing():
            yield

    def finish(
        self, scenario: Scenario, tables: Mapping[str, pd.DataFrame], summary: dict[str, Any], command: list[str]
    ) -> None:
        """Write what follows from the runs; the manifest last, which says that the study is at its end."""
        with self.writing():
            about = {"options": asdict(self.asked)}
            write_down(self.path, scenario, tables, summary, command, about)

    def _note(self) -> None:
        with self.writing():
            draft = self.path / f".{_OPTIONS}.part"
            write_json(draft, asdict(self.asked))
            draft.replace(self.path / _OPTIONS)
