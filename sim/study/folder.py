"""The folder of a study: nights are put into it as they are finished, so that nothing that was played is ever lost.

``study.json`` says what was asked, ``nights/`` holds what was played, ``without/`` and ``draws/`` the nights of what was changed; tables,
report and the manifest follow when the study is at its end. A study that was stopped, however, goes on where it was; so does one of which
more is asked.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario
from sim.study.engines import Variant
from sim.study.intervals import IntervalKind
from sim.study.nights import Nights
from sim.study.store import MANIFEST, manifest_of, write_csv, write_json

_STUDY, _NIGHTS = "study.json", "nights"
_PARQUET = frozenset({"replications"})
_ROWS = 1 << 20
"""So many rows stand together in a parquet file: a fixed number, so that the bytes do not hang on how it was made."""


@dataclass(frozen=True)
class Asked:
    """What a study is asked for: the scenario on file with its settings, its ``hash``; how many nights, or at what precision to stop.

    ``extended``: whether more nights were asked after some had been seen. ``precision`` is the half-width of the interval of every
    requirement, as a share; ``None``: exactly ``nights`` are played. ``limits_share``: with which probability the limits that are
    suggested would be kept; ``None``: none are. ``decisive``: whether steps are taken out one by one to see which were decisive. ``draws``:
    how often what is not known is drawn. ``real_names``: whether it is a working copy (工作稿).
    """

    scenario: str
    overrides: tuple[str, ...]
    hash: str
    seed: int
    nights: int
    precision: float | None = None
    extended: bool = False
    limits_share: float | None = None
    decisive: bool = False
    draws: int = 0
    real_names: bool = False

    @property
    def kind(self) -> IntervalKind:
        """The interval that its nights call for: one may look at any time where somebody has looked before the end."""
        return "any_time" if self.extended or self.precision is not None else "fixed"

    @property
    def variant(self) -> Variant:
        """The scenario as any process can load it."""
        return Variant(self.scenario, self.overrides)


class StudyFolder:
    """The folder of a study at work; ``home``: the folder to go on with, where the study is part of something greater."""

    def __init__(self, path: Path, asked: Asked, home: Path | None = None) -> None:
        self.path, self.asked, self.home = path, asked, home or path

    @classmethod
    def begin(cls, path: Path, asked: Asked) -> StudyFolder:
        """Return a new study in a folder that must be new or empty.

        Raises
        ------
        InputError
            if something stands there, or the folder cannot be made
        """
        if (path / _STUDY).exists():
            problem = Text("那里已有一项推演研究", "a study stands there already")
            remedy = Text("用 --resume 接着做，或换一个文件夹", "go on with it by --resume, or choose another folder")
            raise InputError([_fault("--out", path, problem, remedy)])
        make_new(path, [Path()])
        folder = cls(path, asked)
        folder._note()
        return folder

    @classmethod
    def resume(cls, path: Path) -> StudyFolder:
        """Return a study that was begun.

        Raises
        ------
        InputError
            if there is none
        """
        try:
            said = json.loads((path / _STUDY).read_text(encoding="utf-8"))
            return cls(path, Asked(**(said | {"overrides": tuple(said["overrides"])})))
        except (OSError, ValueError, TypeError, KeyError) as error:
            problem = Text("这里没有可接着做的推演研究", "there is no study here to go on with")
            remedy = Text("写明推演研究的结果文件夹", "name the result folder of a study")
            raise InputError([_fault("--resume", path, problem, remedy)]) from error

    def check(self, scenario: Scenario) -> None:
        """Refuse a scenario that is not the one that the study began with.

        Raises
        ------
        InputError
            if it, or a table that it names, has changed
        """
        if scenario.hash != self.asked.hash:
            problem = Text(
                "情景或其中的表在这项研究开始以后改动过",
                "the scenario, or a table it names, has changed since the study began",
            )
            remedy = Text("改回原样，或另做一项研究", "change it back, or begin another study")
            raise InputError([_fault("--resume", self.home, problem, remedy)])

    def ask(self, asked: Asked) -> None:
        """Change what is asked."""
        self.asked = asked
        self._note()

    def done(self, part: str = _NIGHTS) -> list[Nights]:
        """Return the nights of a part that were played; a file that is not whole counts for none."""
        return list(self._nights(part))

    def _nights(self, part: str) -> Iterator[Nights]:
        for path in sorted((self.path / part).glob("*.npz")):
            try:
                yield Nights.load(path)
            except (OSError, ValueError, KeyError, zipfile.BadZipFile):
                continue

    def keep(self, nights: Nights, part: str = _NIGHTS) -> None:
        """Put nights into a part of the folder.

        Raises
        ------
        InputError
            if the disk refuses them; those before are kept
        """
        with self.writing():
            (self.path / part).mkdir(parents=True, exist_ok=True)
            nights.save(self.path / part / f"{nights.replications[0]:07d}.npz")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn what the disk refuses into a fault; the nights are kept.

        Raises
        ------
        InputError
            if it refuses anything
        """
        try:
            yield
        except OSError as error:
            raise self._refused(error) from error

    def finish(
        self, scenario: Scenario, tables: Mapping[str, pd.DataFrame], summary: dict[str, Any], command: list[str]
    ) -> None:
        """Write what follows from the nights; the manifest last, which says that the study is at its end."""
        with self.writing():
            write_down(self.path, scenario, tables, summary, command, {"study": asdict(self.asked)})

    def _refused(self, error: OSError) -> InputError:
        problem = Text(f"结果写不进去（{error.strerror}）", f"the result cannot be written ({error.strerror})")
        remedy = Text(
            f"检查权限和磁盘空间，再用 --resume {self.home} 接着做；已推演的都保留",
            f"check permissions and space, then go on by --resume {self.home}; what was played is kept",
        )
        return InputError([_fault("--out", self.home, problem, remedy)])

    def _note(self) -> None:
        content: dict[str, Any] = asdict(self.asked)
        draft = self.path / f".{_STUDY}.part"
        draft.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        draft.replace(self.path / _STUDY)


def write_down(
    path: Path,
    scenario: Scenario,
    tables: Mapping[str, pd.DataFrame],
    summary: dict[str, Any],
    command: list[str],
    about: dict[str, Any],
) -> None:
    """Write what follows from the nights of a folder; ``about``: what the manifest, the last of all, says of how it was asked."""
    for name, table in tables.items():
        if name in _PARQUET:
            table.to_parquet(path / f"{name}.parquet", compression="zstd", index=False, row_group_size=_ROWS)
        else:
            write_csv(table, path / f"{name}.csv")
    write_json(path / "summary.json", summary)
    (path / "scenario.resolved.yaml").write_text(scenario.resolved, encoding="utf-8")
    write_json(path / MANIFEST, manifest_of(scenario, command, about, path))


_ELSEWHERE = Text("换一个文件夹，或检查权限和磁盘空间", "choose another folder, or check permissions and space")


def make_new(path: Path, studies: Sequence[Path]) -> None:
    """Make a folder that must be new or empty, and in it the folders of the nights of some studies.

    Raises
    ------
    InputError
        if something stands there, or the folders cannot be made
    """
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            problem = Text("那里已有别的内容", "something else stands there already")
            raise InputError([_fault("--out", path, problem, _ELSEWHERE)])
        for study in studies:
            (path / study / _NIGHTS).mkdir(parents=True)
    except OSError as error:
        problem = Text(f"文件夹无法建立（{error.strerror}）", f"the folder cannot be made ({error.strerror})")
        raise InputError([_fault("--out", path, problem, _ELSEWHERE)]) from error


def _fault(option: str, path: Path, problem: Text, remedy: Text) -> Fault:
    return Fault(option, 0, 0, "", str(path), problem, remedy)
