"""``docs/proof.md`` is in step with the checks: it names each of them, none that is gone, none skipped without a word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.proof import FOLDERS, law_of

ROOT = Path(__file__).parents[2]
PROOF = ROOT / "docs" / "proof.md"


def checks() -> Iterator[tuple[str, str]]:
    """Yield file and law of every check that ``make prove`` runs."""
    for folder in FOLDERS:
        for path in sorted((ROOT / "tests" / folder).rglob("test_*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    yield path.relative_to(ROOT).as_posix(), law_of(node.name, ast.get_docstring(node))


def listed() -> Iterator[tuple[str, str]]:
    """Yield file and law of every check that the document lists."""
    file = ""
    for line in PROOF.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            file = line.strip("# `")
        elif line.startswith("| ") and not line.startswith(("| law |", "| --- |")):
            yield file, line[2:].partition(" | ")[0]


def test_the_proof_lists_every_check_and_no_other() -> None:
    """Run ``make prove`` after a check has come, gone or changed its law."""
    assert set(listed()) == set(checks())


def test_nothing_in_the_proof_fails_or_was_skipped() -> None:
    """What is published holds, or is owned up to as a known fault."""
    rows = [line for line in PROOF.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    verdicts = {line.rpartition(" | ")[2].strip("| ") for line in rows}
    assert {one for one in verdicts if not one.startswith("known fault: ")} == {"verdict", "---", "holds"}
