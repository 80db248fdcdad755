"""What an exercise is made from: a scenario, or the result folder of ``run`` or ``study``; and whether its night is still the same.

A night is played again from scenario and number. Where the folder tells what it was, the two are held against each other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import Fault, InputError, Text
from sim.measures import summarise
from sim.measures.digest import digest
from sim.records import Night
from sim.scenario import Scenario, load_scenario
from sim.study.band import RUNS, Band, play_band
from sim.study.engines import Engine, Variant
from sim.study.folder import StudyFolder
from sim.study.nights import Nights, joined
from sim.study.store import MANIFEST
from sim.study.study import Watch
from sim.warning import simulate

_RESOLVED, _STUDY, _SUMMARY = "scenario.resolved.yaml", "study.json", "summary.json"
_AGAIN = Text(
    "改回原样，或重新推演后再制作；也可以直接用情景文件制作",
    "change it back, or make the runs again; or make the kit of the scenario file itself",
)


@dataclass(frozen=True, eq=False)
class Source:
    """A scenario with what is known of its runs.

    ``variant`` names it for other processes. ``nights`` are the runs of a study that are at hand, ``summary`` what a result of ``run`` says of
    the one that it tells in detail; ``only`` that one, where it was asked for by its number.
    """

    scenario: Scenario
    variant: Variant
    nights: Nights | None = None
    summary: dict[str, Any] | None = None
    only: int | None = None

    def band(self, engine: Engine, watch: Watch) -> Band:
        """Return runs to choose from: those of the study, or the first twenty, played now."""
        if self.nights is not None and len(self.nights.replications) >= RUNS:
            return Band.of(self.scenario, self.nights)
        return play_band(self.scenario, self.variant, engine, watch)

    def check(self, night: Night) -> None:
        """Refuse a night that is not what the folder says it was; nothing is known of a number that it does not hold.

        Raises
        ------
        InputError
            if they differ
        """
        number = night.replication
        if self.nights is not None and number in self.nights.replications:
            (kept,) = self.nights.numbered([number]).kept
            (played,) = Nights.of([number], [digest(self.scenario, night)]).kept
            if not np.array_equal(kept, played, equal_nan=True):
                raise _other_night(number)
        if self.summary is not None and self.summary.get("replication") == number:
            made = json.loads(json.dumps(summarise(self.scenario, night), allow_nan=False))
            if any(self.summary.get(key) != value for key, value in made.items()):
                raise _other_night(number)

    def check_folder(self) -> None:
        """Play the run that the folder tells in detail, or the first that it holds, and refuse a folder of other runs.

        Raises
        ------
        InputError
            if they differ
        """
        number = self.summary["replication"] if self.summary else self.nights.replications[0] if self.nights else None
        if number is not None:
            self.check(simulate(self.scenario, number))


def opened(path: Path, overrides: tuple[str, ...]) -> Source:
    """Return the scenario of a file, or of a result folder.

    Raises
    ------
    InputError
        with every fault of the scenario; if the folder is none of ours, or its scenario has changed since
    """
    if not path.is_dir():
        return Source(load_scenario(path, overrides), Variant(str(path.resolve()), overrides))
    if overrides:
        problem = Text("结果文件夹已有自己的情景", "a result folder has a scenario of its own")
        remedy = Text("去掉 --set，或直接用情景文件制作", "leave --set out, or name the scenario file")
        raise InputError([Fault("--set", 0, 0, overrides[0], "", problem, remedy)])
    return _study(path) if (path / _STUDY).exists() else _run(path)


def _study(path: Path) -> Source:
    folder = StudyFolder.resume(path)
    variant = Variant(str((path / _RESOLVED).resolve())) if (path / _RESOLVED).exists() else folder.asked.variant
    scenario = load_scenario(variant.path, variant.overrides)
    if scenario.hash != folder.asked.hash:
        raise _changed(path)
    done = folder.done()
    return Source(scenario, variant, joined(done) if done else None)


def _run(path: Path) -> Source:
    manifest, summary = (_json(path / name) for name in (MANIFEST, _SUMMARY))
    if manifest is None or manifest.get("tool") != "jiaoying" or not (path / _RESOLVED).exists():
        problem = Text("这不是 run 或 study 的结果文件夹", "this is no result folder of run or study")
        remedy = Text("写明它们的结果文件夹，或一个情景文件", "name one, or a scenario file")
        raise InputError([_fault(path, problem, remedy)])
    variant = Variant(str((path / _RESOLVED).resolve()))
    scenario = load_scenario(variant.path, variant.overrides)
    if scenario.hash != manifest.get("scenario_hash"):
        raise _changed(path)
    numbers = manifest.get("replications", [])
    return Source(scenario, variant, summary=summary, only=numbers[0] if len(numbers) == 1 else None)


def _json(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def _changed(path: Path) -> InputError:
    problem = Text(
        "情景或其中的表在这个结果以后改动过，推演编号已不是同一次",
        "the scenario, or a table it names, has changed since: its numbers are other runs now",
    )
    return InputError([_fault(path, problem, _AGAIN)])


def _other_night(number: int) -> InputError:
    problem = Text(
        f"再推演编号{number}的一次，结果与文件夹里的不一样（程序版本不同，或文件夹被改过）",
        f"run {number} played again is not what the folder holds (another version of the program, or a folder that was changed)",
    )
    return InputError([Fault("RUN", 0, 0, "", str(number), problem, _AGAIN)])


def _fault(path: Path, problem: Text, remedy: Text) -> Fault:
    return Fault("RUN", 0, 0, "", str(path), problem, remedy)
