"""What of a process decides the bits of what it computes: two that agree in all of it play the same night to the last bit.

A worker is asked by sending it the text of this file, so that the question can be put to one that lacks the package, or runs another Python. Hence
nothing of the package may be imported here on top.
"""

from __future__ import annotations

import platform
import sys
from importlib import import_module, metadata

PROGRAM, SIMD = "jiaoying", "simd"
LIBRARIES = {
    "numpy": "numpy",
    "scipy": "scipy",
    "pandas": "pandas",
    "simpy": "simpy",
    "networkx": "networkx",
    "pydantic": "pydantic",
    "chinesecalendar": "chinese_calendar",
    "distributed": "distributed",
}
"""The libraries at work in a night and on its way to a worker: the distribution of each and the module it installs."""


def traits() -> dict[str, str]:
    """Return the traits of this process, each as people read it: the package, Python, machine, libraries, instructions."""
    found = {PROGRAM: _package()}
    found["python"] = f"{platform.python_implementation()} {platform.python_version()}"
    found["machine"] = " ".join((platform.system(), platform.machine(), sys.byteorder, *platform.libc_ver())).strip()
    found |= {name: _version(name, module) for name, module in LIBRARIES.items()}
    found[SIMD] = _instructions()
    return found


def _package() -> str:
    """Return the digest of the sources of the package as they were when this process read them; or why it cannot be had."""
    try:
        source: str = import_module("sim.study.cluster").SOURCE
    except Exception as error:  # noqa: BLE001 - whatever it is, the asker is to read it
        return f"{type(error).__name__}: {error}"
    return source


def _version(name: str, module: str) -> str:
    """Return the version of a library as it is loaded here; where it is not, as it is installed."""
    loaded = getattr(sys.modules.get(module), "__version__", None)
    try:
        return loaded or metadata.version(name)
    except metadata.PackageNotFoundError:
        return "–"


def _instructions() -> str:
    """Return the sets of instructions that numpy chooses its loops by, of those that this processor has."""
    try:
        known = import_module("numpy").show_config(mode="dicts")["SIMD Extensions"]
    except (ImportError, KeyError):
        return "–"
    return " ".join([*known["baseline"], *known["found"]])
