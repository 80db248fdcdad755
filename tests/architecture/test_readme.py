"""The two READMEs: every command in them runs as written, and they say the same things."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
EXAMPLES = ("docs/worked-example.md", "docs/worked-example.zh-CN.md")


def blocks(name: str, kind: str) -> list[str]:
    """Return the fenced blocks of one kind."""
    return re.findall(rf"```{kind}\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)


def commands(name: str) -> list[str]:
    """Return the lines of the shell blocks that call the program."""
    lines = "\n".join(blocks(name, "sh")).splitlines()
    return [line for line in lines if line.startswith("jiaoying ")]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder that looks like a fresh clone to a user: scenarios and configs, no results."""
    for name in ("scenarios", "configs"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def once() -> list[str]:
    """Return each command once, as the one README or the other writes it, in turn: they differ in the language alone."""
    pairs = zip(*(dict.fromkeys(commands(name)) for name in READMES), strict=True)
    return [pair[number % 2] for number, pair in enumerate(pairs)]


@pytest.mark.parametrize("line", once())
def test_every_command_of_the_readme_runs_as_written(line: str, clone: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sim", *shlex.split(line)[1:]], cwd=clone, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "run" not in shlex.split(line)[1:2] or list(clone.glob("results/*/*/report.html"))


@pytest.mark.parametrize("name", READMES)
def test_the_python_of_the_readme_runs_as_written(name: str, clone: Path) -> None:
    (code,) = blocks(name, "python")
    done = subprocess.run([sys.executable, "-c", code], cwd=clone, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("10.0 ")


@pytest.mark.parametrize("names", [READMES, EXAMPLES])
def test_both_languages_have_the_same_parts(names: tuple[str, str]) -> None:
    """Headings, code blocks (but for --lang), tables and pictures are as many in both."""
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in names)
    for pattern in (r"^#+ ", r"^\| ", r"^```", r"^!\["):
        counts = [len(re.findall(pattern, text, flags=re.MULTILINE)) for text in (english, chinese)]
        assert counts[0] == counts[1], pattern
    stripped = [[line.replace(" --lang en", "") for line in commands(name)] for name in names]
    assert stripped[0] == stripped[1]


def test_both_languages_of_the_worked_example_say_the_same_numbers() -> None:
    """Row by row of the tables; thousands are 1 000 in English, and 万元 are 10 000 yuan."""
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in EXAMPLES)
    rows = [
        [
            sorted(re.findall(r"\d+", re.sub(r"(?<=\d) (?=\d)", "", line)))
            for line in re.findall(r"^\| .*", text, re.MULTILINE)
        ]
        for text in (english, chinese)
    ]
    for ours, theirs in zip(*rows, strict=True):
        assert [one.removesuffix("0000") for one in ours] == theirs


@pytest.mark.parametrize("name", [*READMES, *EXAMPLES])
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8")):
        assert target.startswith("https://www.geonames.org/") or ((ROOT / name).parent / target).exists(), target
