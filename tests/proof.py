"""What is compared with what: samples against known answers, and the plugin of ``make prove`` that writes them down.

The plugin (``-p tests.proof --proof docs/proof.md``) lists every check that ran with its law, what was expected and what came out.
"""

from __future__ import annotations

import inspect
import math
import os
import platform
import re
from collections import defaultdict
from collections.abc import Generator, Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

_COMPARED: list[str] = []
_SOURCE = re.compile(r"\b([VPN]\d+b?)\b")
_GROUPS = {
    "validation": "Answers known from outside",
    "reference": "The slow reference model",
    "laws": "Laws",
}
FOLDERS = tuple(_GROUPS)
"""The folders of tests whose checks are written down."""
_PACKAGES = ("numpy", "scipy", "pandas", "simpy", "networkx", "hypothesis", "pytest")
_HEAD = """# Proof

Written by `make prove`; do not edit. Every check of `tests/validation`, `tests/reference` and `tests/laws`, what it is about, what was
expected and what came out. *Within 4 SE* means that an estimate lies within four standard errors of the exact value (one false alarm in some
16 000); seeds are fixed. Where nothing is compared with a number the check is a law: an order, a bound, a sum, an equality.
"""


# --- comparisons ------------------------------------------------------------------------------------------------------


def compared(got: float, exact: float, error: float) -> None:
    """An estimate lies within four standard errors of the exact value; it is written down what was expected and what came out."""
    _COMPARED.append(f"{exact:.6g} → {got:.6g} (± {4 * error:.2g})")
    assert abs(got - exact) <= 4 * error, (got, exact, error)


def assert_share(hits: NDArray[np.bool_], exact: float) -> None:
    """The share of ``hits`` lies within four standard errors of ``exact``."""
    compared(float(np.mean(hits)), exact, math.sqrt(exact * (1 - exact) / np.size(hits)))


def assert_mean(sample: NDArray[np.float64], exact: float) -> None:
    """The mean of ``sample`` lies within four standard errors of ``exact``."""
    compared(float(sample.mean()), exact, float(sample.std(ddof=1)) / math.sqrt(sample.size))


# --- the plugin -------------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the file."""
    parser.addoption("--proof", metavar="FILE", help="write every check and what came out to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Gather what ran, in the process that gathers all workers."""
    if config.getoption("--proof") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Proof(Path(config.getoption("--proof"))))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Remember with the test what it is about and what it compared."""
    _COMPARED.clear()
    try:
        return (yield)
    finally:
        test = getattr(item, "originalname", item.name)
        law = law_of(test, inspect.getdoc(getattr(item, "obj", None)))
        item.user_properties += [("law", law), ("compared", list(_COMPARED))]


def law_of(test: str, docstring: str | None) -> str:
    """Return the law of a test: the first paragraph of its docstring, ready for a cell of a table; its name where it has none."""
    about = " ".join((docstring or "").split("\n\n")[0].split())
    return (about or test.removeprefix("test_").replace("_", " ")).replace("|", "\\|")


class _Proof:
    """Gathers the reports and writes the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[str, list[pytest.TestReport]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a test came to; one that is skipped comes to nothing more than its set-up."""
        if report.when == "call" or report.skipped or report.failed:
            self._seen[report.nodeid.partition("[")[0]].append(report)

    def pytest_sessionfinish(self) -> None:
        """Write everything down."""
        reports = [report for own in self._seen.values() for report in own]
        passed, known = sum(report.passed for report in reports), sum(hasattr(report, "wasxfail") for report in reports)
        kit = ", ".join(f"{name} {metadata.version(name)}" for name in _PACKAGES)
        text = [
            _HEAD,
            (
                f"{len(reports)} checks under {len(self._seen)} names: {passed} hold, "
                f"{sum(report.failed for report in reports)} fail, {known} are known faults, "
                f"{sum(report.skipped for report in reports) - known} were skipped. "
                f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {kit}.\n"
            ),
        ]
        for folder, title in _GROUPS.items():
            own = {name: seen for name, seen in sorted(self._seen.items()) if name.startswith(f"tests/{folder}/")}
            if own:
                text += [f"## {title}\n", *_table(own), ""]
        self._path.write_text("\n".join(text).rstrip("\n") + "\n", encoding="utf-8")


def _table(checks: dict[str, list[pytest.TestReport]]) -> Iterable[str]:
    """Yield the rows of a table of checks, a part for each file."""
    file = ""
    for name, seen in checks.items():
        path, _, test = name.partition("::")
        if path != file:
            file = path
            yield from (
                f"\n### `{path}`\n",
                "| law | source | expected → got | cases | verdict |",
                "| --- | --- | --- | --- | --- |",
            )
        told: dict[str, Any] = {key: value for report in seen for key, value in report.user_properties}
        law = told.get("law") or law_of(test, None)
        source = ", ".join(dict.fromkeys(_SOURCE.findall(f"{test.upper()} {law}"))) or "—"
        values = [value for report in seen for key, own in report.user_properties if key == "compared" for value in own]
        shown = "; ".join(values[:4]) + (f"; and {len(values) - 4} more" if len(values) > 4 else "") or "—"
        cells = (law, source, shown, str(len(seen)), _verdict(seen))
        yield f"| {' | '.join(cells)} |"


def _verdict(seen: list[pytest.TestReport]) -> str:
    if known := [one.wasxfail for one in seen if hasattr(one, "wasxfail")]:
        return f"known fault: {known[0].removeprefix('reason: ')}"
    failed, skipped = sum(one.failed for one in seen), [one for one in seen if one.skipped]
    if failed:
        return f"**fails** ({failed})"
    if skipped:
        return f"skipped: {skipped[0].longrepr[2] if isinstance(skipped[0].longrepr, tuple) else ''}"
    return "holds"
