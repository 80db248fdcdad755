"""The folder of an analysis: ``sensitivity.json`` says what was asked, ``points/`` holds what was played, each point in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario
from sim.study.folder import Asked, StudyFolder, make_new, write_down
from sim.study.sensitivity.found import Design
from sim.study.store import write_json

_SENSITIVITY = "sensitivity.json"


class SensitivityFolder:
    """The folder of an analysis at work; ``study`` is where its points are kept."""

    def __init__(self, path: Path, asked: Asked, design: Design) -> None:
        self.path, self.design = path, design
        self.study = StudyFolder(path, asked)

    @classmethod
    def begin(cls, path: Path, asked: Asked, design: Design) -> SensitivityFolder:
        """Return a new analysis in a folder that must be new or empty.

        Raises
        ------
        InputError
            if something stands there, or the folder cannot be made
        """
        make_new(path, [])
        folder = cls(path, asked, design)
        with folder.writing():
            path.mkdir(parents=True, exist_ok=True)
        folder.ask(design)
        return folder

    def ask(self, design: Design) -> None:
        """Say how the analysis shall be made; what was played stays.

        Raises
        ------
        InputError
            if the disk refuses it
        """
        self.design = design
        with self.writing():
            draft = self.path / f".{_SENSITIVITY}.part"
            write_json(draft, {"asked": asdict(self.study.asked), "design": asdict(design)})
            draft.replace(self.path / _SENSITIVITY)

    @classmethod
    def resume(cls, path: Path) -> SensitivityFolder:
        """Return an analysis that was begun.

        Raises
        ------
        InputError
            if there is none
        """
        try:
            said = json.loads((path / _SENSITIVITY).read_text(encoding="utf-8"))
            asked = Asked(**(said["asked"] | {"overrides": tuple(said["asked"]["overrides"])}))
            return cls(path, asked, Design(**(said["design"] | {"methods": tuple(said["design"]["methods"])})))
        except (OSError, ValueError, TypeError, KeyError) as error:
            problem = Text("这里没有可接着做的敏感性分析", "there is no sensitivity analysis here to go on with")
            remedy = Text("写明敏感性分析的结果文件夹", "name the result folder of a sensitivity analysis")
            raise InputError([Fault("--resume", 0, 0, "", str(path), problem, remedy)]) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn what the disk refuses into a fault; the runs are kept."""
        with self.study.writing():
            yield

    def finish(
        self, scenario: Scenario, tables: Mapping[str, pd.DataFrame], summary: dict[str, Any], command: list[str]
    ) -> None:
        """Write what follows from the runs; the manifest last, which says that the analysis is at its end."""
        with self.writing():
            about = {"sensitivity": {"asked": asdict(self.study.asked), "design": asdict(self.design)}}
            write_down(self.path, scenario, tables, summary, command, about)
