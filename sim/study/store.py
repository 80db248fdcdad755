"""The result folder: written beside its place under another name and renamed once it is whole.

A run that is interrupted or fails leaves nothing at the place asked for; an earlier result of ours there is replaced only at the
end, and anything else there is refused before the run begins.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import shutil
from datetime import datetime, timedelta, timezone
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd

from sim.errors import Fault, InputError, Text
from sim.scenario import Scenario

MANIFEST = "manifest.json"
_BEIJING = timezone(timedelta(hours=8), "UTC+8")
_PARQUET = ("events", "households")
_CSV = ("targets", "townships", "villages", "events")
_PACKAGES = ("numpy", "pandas", "scipy", "simpy", "networkx", "matplotlib", "pyarrow", "pydantic")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ResultFolder:
    """A result folder in the making; a context manager that yields the folder to write into.

    Parameters
    ----------
    out
        where the result shall stand; by default ``results/<scenario>/<time>-seed<seed>-night<replication>``

    Raises
    ------
    InputError
        if something that is not a result of ours stands there, or the folder cannot be made
    """

    def __init__(self, scenario: Scenario, replication: int, out: Path | None, command: list[str]) -> None:
        self._scenario, self._replication, self._command = scenario, replication, command
        self.path = out if out is not None else _default_place(scenario, replication)
        self.replaces = False
        self._draft = self.path.parent / f".{self.path.name}.{os.getpid()}.part"

    def __enter__(self) -> Self:
        try:
            return self._enter()
        except OSError as error:
            problem = Text(f"文件夹无法建立（{error.strerror}）", f"the folder cannot be made ({error.strerror})")
            raise InputError([_refusal(self.path, problem)]) from error

    def _enter(self) -> Self:
        self.replaces = (self.path / MANIFEST).is_file()
        if self.path.exists() and not self.replaces and (not self.path.is_dir() or any(self.path.iterdir())):
            raise InputError([_refusal(self.path, Text("那里已有别的内容", "something else stands there already"))])
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._draft.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            shutil.rmtree(self._draft, ignore_errors=True)
            if isinstance(error, OSError):
                problem = Text(f"结果写不进去（{error.strerror}）", f"the result cannot be written ({error.strerror})")
                raise InputError([_refusal(self.path, problem)]) from error
            return
        old = self.path.parent / f".{self.path.name}.{os.getpid()}.old"
        if self.path.exists():
            self.path.rename(old)
        self._draft.rename(self.path)
        shutil.rmtree(old, ignore_errors=True)

    @property
    def draft(self) -> Path:
        """Where to write until the folder is whole."""
        return self._draft

    def write(self, tables: dict[str, pd.DataFrame], summary: dict[str, Any]) -> None:
        """Write the tables, the summary, the resolved scenario and the manifest."""
        for name in _CSV:
            write_csv(tables[name], self._draft / f"{name}.csv")
        for name in _PARQUET:
            tables[name].to_parquet(self._draft / f"{name}.parquet", compression="zstd", index=False)
        _write_json(self._draft / "summary.json", summary)
        (self._draft / "scenario.resolved.yaml").write_text(self._scenario.resolved, encoding="utf-8")
        _write_json(self._draft / MANIFEST, self._manifest())

    def _manifest(self) -> dict[str, Any]:
        return {
            "tool": "jiaoying",
            "version": _version("jiaoying"),
            "status": "finished",
            "written": datetime.now(_BEIJING).isoformat(timespec="seconds"),
            "command": self._command,
            "scenario": self._scenario.plan.name,
            "scenario_hash": self._scenario.hash,
            "seed": self._scenario.plan.seed,
            "replications": [self._replication],
            "synthetic": self._scenario.synthetic,
            "python": platform.python_version(),
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


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n", encoding="utf-8")


def _version(package: str) -> str | None:
    """Return the version of a package; null for a checkout that was never installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _default_place(scenario: Scenario, replication: int) -> Path:
    stamp = f"{datetime.now(_BEIJING):%Y%m%d-%H%M%S}"
    base = Path("results") / scenario.plan.name / f"{stamp}-seed{scenario.plan.seed}-night{replication}"
    place, count = base, 1
    while place.exists():
        count += 1
        place = base.with_name(f"{base.name}-{count}")
    return place


def _refusal(path: Path, problem: Text) -> Fault:
    remedy = Text(
        "用 --out 换一个文件夹，或清空它、检查权限和磁盘空间",
        "choose another folder with --out, or empty it and check permissions and space",
    )
    return Fault("--out", 0, 0, "", str(path), problem, remedy)
