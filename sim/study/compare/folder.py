"""The folder of a comparison: ``compare.json`` says what was asked, and each scenario has a folder of its nights, kept as those of a study are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario
from sim.study.folder import Asked, StudyFolder, make_new
from sim.study.store import MANIFEST, manifest_of, write_csv, write_json

_COMPARE = "compare.json"


@dataclass(frozen=True)
class Compared:
    """One scenario of a comparison: what it is called, the folder of its nights, the seed that it states itself, and what is asked of it."""

    name: str
    folder: str
    stated_seed: int
    asked: Asked


class CompareFolder:
    """The folder of a comparison at work."""

    def __init__(self, path: Path, compared: Sequence[Compared]) -> None:
        self.path, self.compared = path, tuple(compared)
        self.studies = tuple(StudyFolder(path / one.folder, one.asked, home=path) for one in self.compared)

    @classmethod
    def begin(cls, path: Path, compared: Sequence[Compared]) -> CompareFolder:
        """Return a new comparison in a folder that must be new or empty.

        Raises
        ------
        InputError
            if something stands there, or the folder cannot be made
        """
        make_new(path, [Path(one.folder) for one in compared])
        folder = cls(path, compared)
        with folder.writing():
            draft = path / f".{_COMPARE}.part"
            write_json(draft, {"scenarios": [asdict(one) for one in compared]})
            draft.replace(path / _COMPARE)
        return folder

    @classmethod
    def resume(cls, path: Path) -> CompareFolder:
        """Return a comparison that was begun.

        Raises
        ------
        InputError
            if there is none
        """
        try:
            said = json.loads((path / _COMPARE).read_text(encoding="utf-8"))
            return cls(path, [_compared(one) for one in said["scenarios"]])
        except (OSError, ValueError, TypeError, KeyError) as error:
            problem = Text("这里没有可接着做的情景对比", "there is no comparison here to go on with")
            remedy = Text("写明情景对比的结果文件夹", "name the result folder of a comparison")
            raise InputError([Fault("--resume", 0, 0, "", str(path), problem, remedy)]) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn what the disk refuses into a fault; the nights are kept."""
        with self.studies[0].writing():
            yield

    def finish(
        self,
        scenarios: Sequence[Scenario],
        tables: Mapping[str, pd.DataFrame],
        summary: dict[str, Any],
        command: list[str],
    ) -> None:
        """Write what follows from the nights; the manifest last, which says that the comparison is at its end."""
        with self.writing():
            for name, table in tables.items():
                write_csv(table, self.path / f"{name}.csv")
            write_json(self.path / "summary.json", summary)
            for one, scenario in zip(self.compared, scenarios, strict=True):
                resolved = self.path / one.folder / "scenario.resolved.yaml"
                resolved.write_text(scenario.resolved, encoding="utf-8")
            about = {"compare": [asdict(one) for one in self.compared]}
            write_json(self.path / MANIFEST, manifest_of(scenarios[0], command, about, self.path))


def _compared(said: dict[str, Any]) -> Compared:
    asked = Asked(**(said["asked"] | {"overrides": tuple(said["asked"]["overrides"])}))
    return Compared(**(said | {"asked": asked}))
