"""The JSON schemas beside the configs: up to date, in Chinese, and knowing every key that shipped files use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sim.cli import cli
from sim.scenario.documents import read_document

ROOT = Path(__file__).resolve().parents[2]
CONFIGS = ROOT / "configs"
SCHEMAS = {"scenario": CONFIGS / "scenario.schema.json", "county": CONFIGS / "county.schema.json"}
SHIPPED = [
    *(("scenario", path) for path in sorted((ROOT / "scenarios").glob("*.yaml"))),
    *(
        ("scenario", path)
        for folder in ("call-targets", "channels", "options", "roster", "targets")
        for path in sorted((CONFIGS / folder).glob("*.yaml"))
    ),
    *(("county", path) for path in sorted((CONFIGS / "counties").glob("*/county.yaml"))),
]
Schema = dict[str, Any]
KEYED = {"properties", "additionalProperties", "patternProperties"}
"""What says which keys an object may have."""


@pytest.mark.parametrize("which", SCHEMAS)
def test_the_schema_beside_the_configs_is_up_to_date(which: str) -> None:
    """It is what ``jiaoying schema`` prints: print it again after a change of the blocks."""
    options = ["schema", "--county"] if which == "county" else ["schema"]
    printed = CliRunner().invoke(cli, options).stdout
    assert SCHEMAS[which].read_text("utf-8") == printed


def parts(schema: Schema, root: Schema) -> Iterator[Schema]:
    """Yield a schema with its references followed and each of its alternatives."""
    if "$ref" in schema:
        yield from parts(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from parts(choice, root)
    yield schema


def unknown(value: object, schema: Schema, root: Schema, key: str = "") -> Iterator[str]:
    """Yield every key of ``value`` that the schema does not know."""
    choices = list(parts(schema, root))
    if any("object" in choice.get("type", "") and not KEYED & choice.keys() for choice in choices):
        return  # whatever its path takes
    if isinstance(value, dict):
        for name, below in value.items():
            known = [choice["properties"][name] for choice in choices if name in choice.get("properties", {})]
            free = [c["additionalProperties"] for c in choices if isinstance(c.get("additionalProperties"), dict)]
            free += [one for c in choices for one in c.get("patternProperties", {}).values()]
            if not known + free:
                yield f"{key}.{name}"
            for one in (known + free)[:1]:
                yield from unknown(below, one, root, f"{key}.{name}")
    elif isinstance(value, list):
        items = [choice["items"] for choice in choices if "items" in choice]
        if not items:
            yield key
        for i, below in enumerate(value):
            for one in items[:1]:
                yield from unknown(below, one, root, f"{key}[{i}]")


@pytest.mark.parametrize(("which", "path"), SHIPPED, ids=[f"{path.parent.name}-{path.stem}" for _, path in SHIPPED])
def test_shipped_files_use_keys_that_the_schema_knows(which: str, path: Path) -> None:
    """An editor with the schema underlines nothing in them."""
    schema = json.loads(SCHEMAS[which].read_text("utf-8"))
    faults: list[Any] = []
    data = read_document(path, faults).data
    assert not faults
    assert list(unknown(data, schema, schema)) == []
    assert list(unknown({**data, "unheard_of": 1}, schema, schema)) == [".unheard_of"]


@pytest.mark.parametrize("path", [path for _, path in SHIPPED], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_shipped_files_name_their_schema(path: Path) -> None:
    """The first line tells the editor where the schema lies, and it lies there."""
    first = path.read_text("utf-8").splitlines()[0]
    marker, _, place = first.partition("$schema=")
    assert marker == "# yaml-language-server: "
    assert (path.parent / place).resolve() in SCHEMAS.values()


EVIDENT = {
    *("id", "name", "code", "kind", "status", "source"),  # what they are called is what they are
    *("dry", "light", "heavy", "day", "night", "smart", "feature"),  # explained by the block that holds them
    *("talk", "ring", "households", "duty", "setup"),
    *(
        "low",
        "mode",
        "high",
        "mean",
        "median",
        "p90",
        "scale",
        "shape",
        "a",
        "b",
        "B",
        "C",
        "minutes",
        "shares",
        "fixed",
    ),
    *("county", "hazard", "channels", "roster", "warnings", "targets", "sms", "phone", "broadcast", "door"),
    *("levels", "habits", "patterns", "posts", "steps", "share", "fewest", "most", "sigma", "points", "area_km2"),
    *("grouping", "layout", "zones", "loudspeakers", "key_sites", "group_share", "persons_median", "asleep", "at_home"),
    *("phone_elderly", "phone_other", "needs_help_other"),  # beside needs_help_elderly, which is described
}


@pytest.mark.parametrize("which", SCHEMAS)
def test_fields_are_described_in_chinese(which: str) -> None:
    """Every field has a description, of its own or of its kind, unless its name says it all."""
    schema = json.loads(SCHEMAS[which].read_text("utf-8"))
    silent = []
    for title, block in [(which, schema), *schema["$defs"].items()]:
        for name, one in block.get("properties", {}).items():
            said = any(
                "\u4e00" <= letter <= "\u9fff" for part in parts(one, schema) for letter in part.get("description", "")
            )
            law = title.startswith("_") or name in ("uniform", "triangular", "exponential", "lognormal", "weibull")
            if not (said or law or name in EVIDENT):
                silent.append(f"{title}.{name}")
    assert not silent


@pytest.mark.parametrize("which", SCHEMAS)
def test_no_key_is_required_and_none_may_be_added(which: str) -> None:
    """A file may leave to ``extends`` what a scenario needs; a slip of the keyboard is underlined at once."""
    schema = json.loads(SCHEMAS[which].read_text("utf-8"))
    for block in [schema, *schema["$defs"].values()]:
        assert "required" not in block
        if "properties" in block:
            assert block["additionalProperties"] is False
