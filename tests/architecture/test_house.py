"""The laws of the house: who may import whom, what the door shows, and what a checkout may hold.

A law that reads source text is tried on made-up text first, so that it cannot pass by being blind.
"""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sim.blocks import Block
from sim.records import CHANNELS
from sim.report.content.means import BANDS
from sim.roster.plan import FallbackMeans
from sim.scenario.channels import ChannelPlans, Means, SetPlan

ROOT = Path(__file__).resolve().parents[2]
SIM = ROOT / "sim"

STAIRS: tuple[frozenset[str], ...] = tuple(
    frozenset(step)
    for step in (
        {"errors", "units"},
        {"distributions", "luck", "records"},
        {"blocks"},
        {"county"},
        {"roster"},
        {"scenario"},
        {"warning", "measures"},
        {"study"},
        {"exercise"},
        {"report"},
        {"cli"},
        {"__init__", "__main__"},
    )
)
IN_REPORT = (
    "words",
    "content",
    "figures",
    "gather",
    "explain",
    "page",
    "document",
    "workbook",
    "terminal",
    "write",
    "roster",
    "study",
    "compare",
    "sensitivity",
    "options",
    "exercise",
)
"""The corners of the room that people see, from the bottom up: a form of the report knows what is said, never the other way."""
FORMS = frozenset({"explain", "page", "document", "workbook", "terminal"})  # none of them knows another
STEP = {room: height for height, rooms in enumerate(STAIRS) for room in rooms}
DOOR = "__init__"
SAME_STEP = {("units", "errors")}  # errors is the very bottom: its neighbour may stand on it

LIBRARIES: dict[str, frozenset[str]] = {
    "simpy": frozenset({"warning"}),
    "networkx": frozenset({"county", "warning"}),
    "matplotlib": frozenset({"report"}),
    "ruamel": frozenset({"scenario"}),
    "click": frozenset({"cli"}),
    "dask": frozenset({"study"}),
    "distributed": frozenset({"study"}),
    "SALib": frozenset({"study"}),
    # luck is a hash of (seed, replication, purpose, entity); a shared stream of random numbers is nowhere
    "random": frozenset(),
    "secrets": frozenset(),
    "numpy.random": frozenset(),
}

WRITERS = frozenset({"study", "exercise", "report", "cli"})
WRITES_ALWAYS = frozenset(
    {"savefig", "savetxt", "savez", "savez_compressed", "write_bytes", "write_table", "write_text"}
)
WRITES_TO_ITS_ARGUMENT = re.compile(r"to_(csv|excel|feather|hdf|html|json|parquet|pickle|stata|xml)|save")
OPENS = re.compile(r"[rwaxbtU+]{1,4}")

HEAVY = ("SALib", "distributed", "matplotlib", "pandas", "simpy", "scipy", "pydantic")


# --- reading a room ---------------------------------------------------------------------------------------------------


def imported_names(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of every import, wherever it hides; ``?`` where the name is made at run time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = resolved("." * node.level + (node.module or ""), package)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    yield node.lineno, resolved(name, package)
                case _:
                    yield node.lineno, "?"


def resolved(name: str, package: str) -> str:
    """Return ``name`` with its leading dots replaced by the package they stand for."""
    dots = len(name) - len(name.lstrip("."))
    if not dots:
        return name
    parents = package.split(".")
    above = parents[: len(parents) - dots + 1]
    return ".".join([*above, name.lstrip(".")]).rstrip(".")


def called(node: ast.Call) -> str:
    """Return the last part of the name that is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def numpy_random_uses(tree: ast.AST) -> Iterator[int]:
    """Yield the line of every ``np.random``, whatever numpy is called here."""
    numpys = {"numpy"} | {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "numpy" and alias.asname
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="random", value=ast.Name(id=name)) if name in numpys:
                yield node.lineno


def writes(node: ast.Call) -> bool:
    """Tell whether a call writes a file: ``frame.to_csv()`` gives text, ``frame.to_csv(path)`` writes."""
    name = called(node)
    if name in WRITES_ALWAYS:
        return True
    if WRITES_TO_ITS_ARGUMENT.fullmatch(name):
        return bool(node.args) or any(word.arg not in {"index", "orient", "sep", "indent"} for word in node.keywords)
    if name != "open":
        return False
    modes = [word.value for word in node.keywords if word.arg == "mode"]
    if not modes:  # open(path, mode) and path.open(mode) keep it in different places
        modes = node.args[1:2] if isinstance(node.func, ast.Name) else node.args[:2]
    for mode in modes:
        if not isinstance(mode, ast.Constant):
            if isinstance(node.func, ast.Name):
                return True  # a mode decided at run time may be any
        elif isinstance(mode.value, str) and OPENS.fullmatch(mode.value) and set(mode.value) & set("wax+"):
            return True
    return False


def sim_room(dotted: str) -> str | None:
    """Return the room that a dotted name leads to; a name that is no room is something the door hands out."""
    first, _, rest = dotted.partition(".")
    if first != "sim":
        return None
    room = rest.partition(".")[0]
    return room if room in STEP else DOOR


def may_import(room: str, other: str) -> bool:
    """Tell whether ``other`` is the room itself, lies below it, or is the named exception."""
    return other == room or STEP[other] < STEP[room] or (room, other) in SAME_STEP


def violations(room: str, source: str, package: str = "sim") -> list[str]:
    """Return one line for each law that the source text of a file in ``room`` breaks."""
    if room not in STEP:
        return [f"1: {room} has no step: add it to the staircase and to the picture in the design"]
    tree = ast.parse(source)
    found: list[tuple[int, str]] = []
    for line, name in imported_names(tree, package):
        if name == "?":
            if room not in {DOOR, "cli"}:
                found.append((line, "imports what only the run can tell"))
            continue
        other = sim_room(name)
        if other is not None and not may_import(room, other):
            found.append((line, f"{room} may not import {other} ({name})"))
        found += [
            (line, f"{library} may not be imported in {room}")
            for library, rooms in LIBRARIES.items()
            if room not in rooms and f"{name}.".startswith(f"{library}.")
        ]
    found += [(line, f"numpy.random may not be used in {room}") for line in numpy_random_uses(tree)]
    if room not in WRITERS:
        found += [
            (node.lineno, f"{room} may not write files ({called(node)})")
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and writes(node)
        ]
    return [f"{line}: {what}" for line, what in sorted(set(found))]


def source_files() -> list[tuple[Path, str, str]]:
    """Return path, room and package of every file of ``sim``."""
    files = []
    for path in sorted(SIM.rglob("*.py")):
        inside = path.relative_to(SIM)
        files.append((path, inside.with_suffix("").parts[0], ".".join(["sim", *inside.parent.parts])))
    return files


# --- the staircase ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("room", "source", "complaint"),
    [
        pytest.param("warning", "from sim.measures import coverage", "may not import measures", id="same-step"),
        pytest.param("measures", "import sim.warning.night", "may not import warning", id="plain-import"),
        pytest.param("county", "from sim import study", "may not import study", id="room-from-door"),
        pytest.param("county", "from sim import simulate", "may not import __init__", id="door"),
        pytest.param("county", "import sim", "may not import __init__", id="whole-door"),
        pytest.param("luck", "def f():\n    from sim import records", "may not import records", id="hidden"),
        pytest.param("errors", "from sim.units import parse", "may not import units", id="ground"),
        pytest.param(
            "roster",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sim.report import words",
            "3: roster may not import report",
            id="type-checking",
        ),
        pytest.param("study", "from ..report import pages", "may not import report", id="relative"),
        pytest.param("study", "from .. import report", "may not import report", id="relative-room"),
        pytest.param(
            "scenario", 'import importlib\nimportlib.import_module("sim.cli")', "may not import cli", id="import-module"
        ),
        pytest.param("scenario", '__import__("sim.cli")', "may not import cli", id="dunder-import"),
        pytest.param("report", "__import__(name)", "only the run can tell", id="unknown-import"),
        pytest.param("attic", "", "has no step", id="unknown-room"),
        pytest.param("study", "import simpy.events", "simpy may not", id="simpy"),
        pytest.param("measures", "def f():\n    import networkx as nx", "networkx may not", id="networkx"),
        pytest.param("study", "from matplotlib import pyplot", "matplotlib may not", id="matplotlib"),
        pytest.param("county", "from ruamel.yaml import YAML", "ruamel may not", id="ruamel"),
        pytest.param("report", "import click", "click may not", id="click"),
        pytest.param("cli", "import distributed", "distributed may not", id="distributed"),
        pytest.param("luck", "import random", "random may not", id="random"),
        pytest.param("luck", "from numpy import random", "numpy.random may not", id="numpy-random"),
        pytest.param("study", "from numpy.random import default_rng", "numpy.random may not", id="default-rng"),
        pytest.param("county", "import numpy as n\nx = n.random.rand()", "2: numpy.random", id="numpy-alias"),
        pytest.param("measures", 'table.to_csv("a.csv")', "may not write", id="to-csv"),
        pytest.param("measures", "table.to_parquet(path=p)", "may not write", id="to-parquet"),
        pytest.param("scenario", 'p.write_text("x")', "may not write", id="write-text"),
        pytest.param("warning", 'open(p, "w")', "may not write", id="open-w"),
        pytest.param("warning", 'open(p, mode="ab")', "may not write", id="open-mode"),
        pytest.param("warning", "open(p, mode)", "may not write", id="open-unknown"),
        pytest.param("warning", 'p.open("x")', "may not write", id="path-open"),
        pytest.param("warning", 'gzip.open(p, "wt")', "may not write", id="gzip-open"),
        pytest.param("county", "book.save(p)", "may not write", id="save"),
    ],
)
def test_a_made_up_violation_is_seen(room: str, source: str, complaint: str) -> None:
    """Each law of the staircase complains about a text that breaks it, and about nothing else."""
    package = f"sim.{room}"
    found = violations(room, source, package)
    assert len(found) == 1, found
    assert complaint in found[0]


@pytest.mark.parametrize(
    ("room", "source"),
    [
        pytest.param("units", "from sim.errors import BadValue", id="ground"),
        pytest.param("warning", "import simpy\nimport networkx\nfrom sim.records import Call", id="warning"),
        pytest.param("warning", "from sim.warning.desk import duty_desk\nfrom . import desk", id="own-room"),
        pytest.param("__main__", "from sim.cli import main", id="main"),
        pytest.param("__init__", "import importlib\nimportlib.import_module(where)", id="door"),
        pytest.param("county", 'open(p)\nopen("w")\np.open("rb")\nopen(p, "r")\ntable.to_csv()', id="reading"),
        pytest.param("measures", "import numpy as np\nrandom = table.random\nfrom simpyx import y", id="likeness"),
        pytest.param("study", 'table.to_parquet(p)\np.open("w")', id="writer"),
    ],
)
def test_an_honest_text_is_left_alone(room: str, source: str) -> None:
    """The laws of the staircase do not complain about what is allowed."""
    assert violations(room, source, f"sim.{room}") == []


def test_a_room_imports_only_rooms_below_it() -> None:
    """No file of ``sim`` imports upwards or sideways, a library of another room, randomness, or writes out of place."""
    files = source_files()
    assert {"errors", "units", "luck"} <= {room for _, room, _ in files}, "the staircase does not see the house"
    found = [
        f"{path.relative_to(ROOT)}:{what}"
        for path, room, package in files
        for what in violations(room, path.read_text(encoding="utf-8"), package)
    ]
    assert not found, "\n" + "\n".join(found)


# --- the door, and what an import does --------------------------------------------------------------------------------


def test_in_the_report_what_is_said_does_not_know_how_it_is_set() -> None:
    """Words, contents, pictures, the gathering of them, the forms, and last what writes them all."""
    seen = set()
    for path in (SIM / "report").rglob("*.py"):
        corner = path.relative_to(SIM / "report").parts[0].removesuffix(".py")
        if corner == "__init__":
            continue
        for line, name in imported_names(ast.parse(path.read_text(encoding="utf-8")), "sim.report"):
            other = name.removeprefix("sim.report.").split(".")[0]
            if not name.startswith("sim.report.") or other == corner:
                continue
            seen.add((corner, other))
            where = f"{path.relative_to(ROOT)}:{line}"
            assert IN_REPORT.index(other) < IN_REPORT.index(corner), f"{where}: {corner} imports {other}"
            assert not {corner, other} <= FORMS, f"{where}: {corner} imports {other}"
    assert ("page", "gather") in seen


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in a process of its own, at the root of the checkout."""
    return run_program(sys.executable, *arguments)


def run_program(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program at the root of the checkout and keep what it says."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_door_shows_what_it_says() -> None:
    """``sim.__all__`` is the sorted list of the public names of ``sim``, and each of them can be had."""
    door = importlib.import_module("sim")
    names = list(door.__all__)
    shown = {name: getattr(door, name) for name in {*dir(door), *names} if not name.startswith("_")}
    grammar = {"annotations", "TYPE_CHECKING"}  # what `from __future__` and `from typing` leave behind
    public = sorted(name for name, what in shown.items() if not isinstance(what, ModuleType) and name not in grammar)
    assert names == public


def test_an_import_says_nothing() -> None:
    """Importing ``sim`` and each of its modules prints nothing, on either stream."""
    modules = [
        ".".join(("sim", *path.relative_to(SIM).with_suffix("").parts)).removesuffix(".__init__")
        for path, _, _ in source_files()
        if path.name != "__main__.py"
    ]
    assert "sim" in modules
    done = run_python("-c", "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)", *modules)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_command_line_starts_light() -> None:
    """Importing ``sim.cli`` loads none of the heavy libraries: a command loads what it needs when it runs."""
    done = run_python("-c", "import json, sim.cli, sys; print(json.dumps(sorted(sys.modules)))")
    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stdout)
    assert "sim.cli" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_the_command_helps() -> None:
    """``jiaoying --help`` and ``python -m sim --help`` are the same door: both answer and end with 0."""
    (entry,) = importlib.metadata.entry_points(group="console_scripts", name="jiaoying")
    assert entry.value == "sim.cli:main"
    command = shutil.which("jiaoying", path=sysconfig.get_path("scripts"))
    assert command, "jiaoying is not installed: make test installs it"
    for done in (run_program(command, "--help"), run_python("-m", "sim", "--help")):
        assert done.returncode == 0, done.stderr
        assert "--help" in done.stdout


# --- what a checkout may hold -----------------------------------------------------------------------------------------

# Written with character classes, so that these lines do not match themselves.
REGISTRY = re.compile(
    r"pypi[.]org/simple|files[.]pythonhosted[.]org|index[-]url|find[-]links|https?:/{2}\S+/simple\b", re.IGNORECASE
)
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home|Users)/[\w.-]|/opt/(?:pypi|wheels)|\b[A-Za-z]:[\\]+Users[\\]+\w")
LOCKS = re.compile(r"uv[.]lock|pylock[.](.+[.])?toml")


def checkout() -> list[Path]:
    """Return every file that is committed or that the next ``git add .`` would take."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is nothing that could be committed")
    safe = f"safe.directory={ROOT}"
    done = run_program(git, "-c", safe, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    assert done.returncode == 0, done.stderr
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param(REGISTRY, "--index" + "-url x", id="option"),
        pytest.param(REGISTRY, "--find" + "-links x", id="folder"),
        pytest.param(REGISTRY, "https://mirror.example/pypi" + "/simple", id="mirror"),
        pytest.param(REGISTRY, "http://mirror.example" + "/simple/numpy/", id="package"),
        pytest.param(MACHINE, "see /" + "home/anna/x.csv", id="home"),
        pytest.param(MACHINE, "file:///" + "root/x", id="url"),
        pytest.param(MACHINE, '"/' + 'work/main"', id="work"),
        pytest.param(MACHINE, "C:" + "\\Users\\anna", id="windows"),
    ],
)
def test_a_made_up_address_is_seen(pattern: re.Pattern[str], text: str) -> None:
    """Each pattern for addresses and paths finds what it is meant to find."""
    assert pattern.search(text)


def test_nothing_committed_belongs_to_one_machine_or_registry() -> None:
    """No committed file names a package registry or a path of one machine, and none is a registry's lock file."""
    files = checkout()
    assert Path(__file__).resolve() in {path.resolve() for path in files}, "the law does not see the checkout"
    found = [f"{path.relative_to(ROOT)}: a lock file" for path in files if LOCKS.fullmatch(path.name)]
    for path in files:
        for number, line in enumerate(path.read_bytes().decode("utf-8", errors="replace").splitlines(), start=1):
            found += [
                f"{path.relative_to(ROOT)}:{number}: {match[0]}"
                for pattern in (REGISTRY, MACHINE)
                if (match := pattern.search(line))
            ]
    assert not found, "\n" + "\n".join(found)


# --- what is written about the project --------------------------------------------------------------------------------


def make_targets(makefile: str) -> set[str]:
    """Return the targets that a makefile defines."""
    return set(re.findall(r"^([a-z][\w-]*):(?!=)", makefile, flags=re.MULTILINE))


def made(markdown: str) -> set[str]:
    """Return every target X of a ``make X`` in the code of a page; prose may say that it makes sense."""
    fence = r"^ *(```|~~~)[^\n]*\n(.*?)^ *\1"
    blocks = [block for _, block in re.findall(fence, markdown, flags=re.MULTILINE | re.DOTALL)]
    inline = re.findall(r"`([^`\n]+)`", re.sub(fence, "", markdown, flags=re.MULTILINE | re.DOTALL))
    targets: set[str] = set()
    for line in (line for block in [*blocks, *inline] for line in block.splitlines()):
        for command in re.split(r"&&|\|\||[;|]", line.partition("#")[0]):
            words = command.split()
            if words[:1] == ["$"]:
                words = words[1:]
            if words[:1] == ["make"]:
                targets |= {word for word in words[1:] if re.fullmatch(r"[a-z][\w-]*", word)}
    return targets


def test_a_made_up_page_is_read() -> None:
    """The reader of pages finds targets in code, several to a line, and leaves prose and comments alone."""
    page = "We make sense. `make check`\n\n```bash\n$ make run A=b.yaml  # make tea\ncd x && make test bench\n```\n"
    assert made(page) == {"check", "run", "test", "bench"}
    assert make_targets("A := b\nhelp: ## list\n\t@echo run:\nrun: a b\n") == {"help", "run"}


def test_every_make_command_in_the_readme_exists() -> None:
    """Each ``make X`` that a README names is a target of the Makefile."""
    pages = [page for page in (ROOT / "README.md", ROOT / "README.zh-CN.md") if page.exists()]
    assert pages, "there is no README"
    targets = make_targets((ROOT / "Makefile").read_text(encoding="utf-8"))
    assert {"run", "test", "check", "bench", "format", "clean", "lock", "help"} <= targets
    unknown = {page.name: sorted(made(page.read_text(encoding="utf-8")) - targets) for page in pages}
    assert not any(unknown.values()), unknown


def unexplained(pyproject: str) -> list[str]:
    """Return the ruff ignores that have no line of their own with a reason behind it."""
    lint = tomllib.loads(pyproject)["tool"]["ruff"]["lint"]
    codes = [*lint["ignore"], *(code for codes in lint.get("per-file-ignores", {}).values() for code in codes)]
    reasons = re.findall(r'^\s*"([A-Z]+[0-9]*)",? +# *\S.{9,}$', pyproject, flags=re.MULTILINE)
    for code in reasons:
        if code in codes:
            codes.remove(code)
    return codes


def test_every_lint_ignore_gives_its_reason() -> None:
    """Each rule that ruff is told to ignore stands on a line of its own with the reason behind it."""
    made_up = '[tool.ruff.lint]\nignore = [\n    "B1",  # for a good reason\n    "B2",\n    "B3",  #\n]\n'
    assert unexplained(made_up) == ["B2", "B3"]
    assert unexplained((ROOT / "pyproject.toml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("file", "extra"), [("requirements.txt", None), ("requirements-dev.txt", "dev")])
def test_the_lock_fits_what_the_project_asks_for(file: str, extra: str | None) -> None:
    """Each dependency is locked at a version that ``pyproject.toml`` allows, and every lock carries hashes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    if extra:
        wanted += project["project"]["optional-dependencies"][extra]
    text = (ROOT / file).read_text(encoding="utf-8")
    entries = re.findall(
        r"^(\S+)==(\S+)[^\n]*\n((?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n)*)", text, flags=re.MULTILINE
    )
    assert [name for name, _, hashes in entries if not hashes] == []
    locked = {canonicalize_name(name): version for name, version, _ in entries}
    unmet = [
        line
        for line in wanted
        if not (need := Requirement(line)).specifier.contains(locked.get(canonicalize_name(need.name), "0"))
    ]
    assert not unmet, "make lock"


def test_every_list_of_the_means_is_the_same() -> None:
    """What a planner may name, what the records code, and what the channels describe.

    Ways of calling desks that tell no household: the work client, the messenger, and the emergency sets, which are those that a fallback
    may name; it may also name the next place, which is no channel of its own.
    """
    named, fallback = set(get_args(Means)), set(get_args(FallbackMeans))
    described = set(ChannelPlans.model_fields) - set(Block.model_fields)
    sets = {name for name in described if get_args(ChannelPlans.model_fields[name].annotation)[0] is SetPlan}
    assert named == set(CHANNELS)
    assert sets | {"neighbour_place", "courier"} == fallback
    assert not sets & named
    assert described == named | sets | {"work_app", "courier", "sound", "walking"}
    assert sorted(means for band in BANDS.values() for means in band) == sorted(named)
