"""The result folder: written beside its place under another name and put there once it is whole.

A run that is interrupted or fails leaves nothing at the place asked for. An earlier result of ours, and nothing but ours, is
replaced at the very end; anything else is refused before the run begins. A folder that the program names itself is always new.
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario
from sim.units import BEIJING

MANIFEST = "manifest.json"
_PARQUET = ("events", "households", "replications")
_NO_CSV = frozenset({"households", "replications"})  # too long for a spreadsheet
_PACKAGES = ("numpy", "pandas", "scipy", "simpy", "networkx", "matplotlib", "pyarrow", "pydantic", "SALib")
INTERNAL = "-internal"  # a working copy, not to be taken for the public one
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ResultFolder:
    """A result folder in the making; a context manager around the writing of it.

    Parameters
    ----------
    out
        where the result shall stand; by default a new ``results/<scenario>/<time>-<label>``
    label
        what the result is of, in a folder name: ``seed1``, ``drill-2025-07``
    about
        what the manifest says of it besides; more may be added until the folder is left
    internal
        whether it is a working copy (工作稿), which says so in the name of a folder that the program names

    Raises
    ------
    InputError
        on entering, if something that is not a result of ours stands there or the folder cannot be made; on leaving, if the
        disk refused to take the result
    """

    def __init__(
        self,
        scenario: Scenario,
        label: str,
        out: Path | None,
        command: list[str],
        about: dict[str, Any],
        *,
        internal: bool = False,
    ) -> None:
        self._scenario, self._command, self.about = scenario, command, about
        self._label = label + (INTERNAL if internal else "")
        self._out = out
        self.path = out if out is not None else Path()
        self.replaces = False

    def __enter__(self) -> Self:
        try:
            if self._out is None:
                self.path, self._draft = _new_place(self._scenario, self._label)
            else:
                self._draft = self._reserve(Path(os.path.realpath(self._out)))
        except OSError as error:
            problem = Text(f"文件夹无法建立（{error.strerror}）", f"the folder cannot be made ({error.strerror})")
            raise InputError([_refusal(self.path, problem)]) from error
        return self

    def _reserve(self, place: Path) -> Path:
        """Return a draft folder beside ``place``, which must be free, empty, or a result of ours."""
        if not _is_text(str(place)):
            problem = Text("文件夹名不是有效的文字（UTF-8）", "the name of the folder is no text (UTF-8)")
            raise InputError([_refusal(Path(ascii(self._out.name if self._out else "")), problem)])
        self.replaces = _is_ours(place)
        if place.exists() and not self.replaces and (not place.is_dir() or any(place.iterdir())):
            raise InputError([_refusal(self.path, Text("那里已有别的内容", "something else stands there already"))])
        place.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                write_json(self._draft / MANIFEST, manifest_of(self._scenario, self._command, self.about, self._draft))
                _put_in_place(self._draft, Path(os.path.realpath(self.path)))
        except OSError as late:
            error = late
        finally:
            shutil.rmtree(self._draft, ignore_errors=True)
        if isinstance(error, OSError):
            problem = Text(f"结果写不进去（{error.strerror}）", f"the result cannot be written ({error.strerror})")
            raise InputError([_refusal(self.path, problem)]) from error

    @property
    def draft(self) -> Path:
        """Where to write until the folder is whole."""
        return self._draft

    def write(self, tables: Mapping[str, pd.DataFrame], summary: dict[str, Any]) -> None:
        """Write the tables, the summary and the resolved scenario; the manifest follows on leaving."""
        for name, table in tables.items():
            if name not in _NO_CSV:
                write_csv(table, self._draft / f"{name}.csv")
            if name in _PARQUET:
                table.to_parquet(self._draft / f"{name}.parquet", compression="zstd", index=False)
        write_json(self._draft / "summary.json", summary)
        (self._draft / "scenario.resolved.yaml").write_text(self._scenario.resolved, encoding="utf-8")


def manifest_of(scenario: Scenario, command: list[str], about: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return what a manifest says of a result: by what it was made, of what, and which files it has."""
    return {
        "tool": "jiaoying",
        "version": _version("jiaoying"),
        "status": "finished",
        "written": datetime.now(BEIJING).isoformat(timespec="seconds"),
        "command": command,
        "scenario": scenario.plan.name,
        "scenario_hash": scenario.hash,
        "seed": scenario.plan.seed,
        **about,
        "synthetic": scenario.synthetic,
        "python": platform.python_version(),
        "files": sorted({MANIFEST, *(entry.name for entry in folder.iterdir())}),
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as UTF-8 with BOM, null as an empty cell, and cells that a spreadsheet would run as text."""
    safe = frame.copy()
    for name in frame.columns[frame.dtypes == "str"]:
        safe[name] = frame[name].map(_harmless)
    safe.to_csv(path, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a file of JSON."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def _version(package: str) -> str | None:
    """Return the version of a package; null for a checkout that was never installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _new_place(scenario: Scenario, label: str) -> tuple[Path, Path]:
    """Return a place that nobody has and its draft; runs that start in the same second get different ones."""
    stamp = f"{datetime.now(BEIJING):%Y%m%d-%H%M%S}"
    base = Path("results") / scenario.plan.name / f"{stamp}-{label}"
    base.parent.mkdir(parents=True, exist_ok=True)
    for count in itertools.count(1):
        place = base if count == 1 else base.with_name(f"{base.name}-{count}")
        draft = place.with_name(f".{place.name}.part")
        try:
            if not place.exists():
                draft.mkdir()
                return place, draft
        except FileExistsError:
            continue
    raise AssertionError  # the loop above does not end


def _is_text(name: str) -> bool:
    """Tell whether a name can be written down: a file system allows bytes that are no text, parquet does not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_ours(place: Path) -> bool:
    """Tell whether a folder holds a result of ours and nothing else."""
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        return manifest["tool"] == "jiaoying" and {entry.name for entry in place.iterdir()} <= set(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _put_in_place(draft: Path, place: Path) -> None:
    """Move a whole draft to its place; what stands in the folder there steps aside first and goes last."""
    if not place.exists():
        draft.chmod(0o777 & ~_umask())
        draft.rename(place)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{place.name}.", suffix=".old", dir=place.parent))
    _move_all(place, aside)
    try:
        _move_all(draft, place)
    except BaseException:  # the earlier result comes back, whatever happened
        _move_all(place, draft)
        _move_all(aside, place)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _move_all(source: Path, target: Path) -> None:
    for entry in sorted(source.iterdir()):
        entry.rename(target / entry.name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refusal(path: Path, problem: Text) -> Fault:
    remedy = Text(
        "用 --out 换一个文件夹，或清空它、检查权限和磁盘空间",
        "choose another folder with --out, or empty it and check permissions and space",
    )
    return Fault("--out", 0, 0, "", str(path), problem, remedy)
