"""Every parameter of a scenario and of a county: unit, default, source, status; made from the schema and the shipped files.

``python -m tests.parameters``, a part of ``make prove``, writes ``docs/parameters.md``; ``tests/architecture/test_parameters.py`` keeps it in step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from sim import units
from sim.scenario import county_schema, json_schema

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "parameters.md"
SHIPPED = (
    "channels/defaults.yaml",
    "roster/defaults.yaml",
    "evacuation/defaults.yaml",
    "evacuation/onset.yaml",
    "evacuation/five-must.yaml",
    "evacuation/alarms.yaml",
    "outages/defaults.yaml",
    "call-targets/by-target.yaml",
    "targets/planning-defaults.yaml",
)
"""The files of ``configs/`` that a scenario usually takes its defaults from."""
SHIPPED_COUNTY = "counties/yunyang/county.yaml"
_ELSEWHERE = ("extends", "county")
"""What names other files."""
_UNITS = {"25 min": "min", "85 %": "share of 1", "300 /s": "1/min", "120 m": "m", "4 km/h": "m/min", "119 dB": "dB"}
"""The unit in which each dimension is kept, by the example that the schema gives for it."""
_DIMENSIONS = {
    f"{one.name.zh}，例如 {one.example}"
    for one in (units.DURATION, units.SHARE, units.RATE, units.LENGTH, units.SPEED, units.LEVEL)
}
"""What the schema says of a quantity whose field says nothing."""
_SAID_BY = ("source", "applies_to", "status")
_SHOWN = 4
"""So many different values are shown where a parameter has one for each post, channel or step."""
_HEAD = """# Parameters

Written by `python -m tests.parameters` (a part of `make prove`); do not edit. Every parameter of a scenario (`jiaoying schema`) and of a county
(`jiaoying schema --county`): the unit it is kept in and how it is written, the default in the files that are shipped (`configs/`), where that
comes from and how far it can be trusted. `<id>` stands for a name that the planner gives, `[]` for each item of a list; where these have values
of their own, the different ones are shown. *—* as default: every scenario says it itself; *(none)*: left out, the part is not simulated or the
rule does not exist; in italics: the program's own default, where no file says anything. Sources and status are those of the block around a
parameter, as in every report. The logic that uses them: [model.md](model.md).
"""
_COLUMNS = "| parameter | meaning | unit, written as | default | source | status |"


class Value(NamedTuple):
    """One value in a shipped file, with what the nearest block around it says about its source and status."""

    value: object
    source: str
    status: str


@dataclass(frozen=True)
class Parameter:
    """One parameter: its path with ``<id>`` and ``[]``, what it means, how it is written, and the program's own default."""

    path: str
    meaning: str
    written: str
    required: bool
    own_default: object


def parameters(schema: Mapping[str, Any]) -> Iterator[Parameter]:
    """Yield every parameter of a schema, block by block."""
    return _walk(schema, schema["$defs"], "", "")


def _walk(block: Mapping[str, Any], defs: Mapping[str, Any], path: str, about: str) -> Iterator[Parameter]:
    for name, field in block["properties"].items():
        if name in _SAID_BY or name in _ELSEWHERE:
            continue
        below = f"{path}.{name}" if path else name
        own, kind = _choices(field, defs), ""
        while len(own) == 1 and (own[0].get("type") == "array" or own[0].get("additionalProperties", False)):
            inside = own[0]
            many = inside.get("type") == "array"
            kind += "[]" if many else ".<id>"
            if many and "items" not in inside:
                break
            own = _choices(inside["items"] if many else inside["additionalProperties"], defs)
        blocks = [one for one in own if "properties" in one and not one.get("title", "").startswith("_")]
        if blocks:
            yield from _walk(blocks[-1], defs, below + kind, field.get("description", ""))
        else:
            written = " or ".join(dict.fromkeys(_written(one) for one in own))
            if kind:
                written = ("list of " if kind.endswith("[]") else "by key: ") + written
            meaning = field.get("description", "")
            if not meaning or meaning in _DIMENSIONS:
                meaning = about
            yield Parameter(below, meaning, written, "default" not in field, field.get("default"))


def _choices(node: Mapping[str, Any], defs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what a node may be, references followed, without null."""
    if "$ref" in node:
        return _choices(defs[node["$ref"].rpartition("/")[2]], defs)
    for key in ("anyOf", "oneOf"):
        if key in node:
            return [choice for one in node[key] for choice in _choices(one, defs) if one.get("type") != "null"]
    return [node]


def _written(node: Mapping[str, Any]) -> str:
    """Return the unit in which a value is kept and how it is written, the words to choose from, or its type."""
    if isinstance(node.get("type"), list) and "object" in node["type"]:
        return "as that path is written"
    if "examples" in node:
        example = node["examples"][0]
        return f"{_UNITS[example]} (`{example}`)" if example in _UNITS else f"`{example}`"
    if "enum" in node:
        return ", ".join(f"`{one}`" for one in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    if node.get("title") == "_AnyLaw" or "lognormal" in node.get("properties", {}):
        return "a law of durations (min)"
    return str(
        {"string": "text", "boolean": "yes or no", "integer": "a whole number"}.get(node.get("type", ""), "a number")
    )


# --- the shipped values -----------------------------------------------------------------------------------------------


def shipped(name: str) -> Mapping[str, Any]:
    """Return a file of ``configs/``."""
    content: Mapping[str, Any] = YAML(typ="safe").load(ROOT / "configs" / name)
    return content


def values(content: object, path: str, source: str = "", status: str = "") -> Iterator[Value]:
    """Yield every value that stands at a path of a file."""
    if isinstance(content, Mapping):
        source, status = content.get("source", source), content.get("status", status)
    if not path:
        yield Value(content, source, status)
        return
    key, _, rest = path.partition(".")
    name, many = key.removesuffix("[]"), key.endswith("[]")
    if not isinstance(content, Mapping):
        return
    under = list(content.values()) if name == "<id>" else [content[name]] if name in content else []
    for one in under:
        for item in one if many and isinstance(one, list) else [one]:
            yield from values(item, rest, source, status)


def row(parameter: Parameter, files: list[Mapping[str, Any]]) -> str:
    """Return the row of one parameter."""
    found = [one for content in files for one in values(content, parameter.path)]
    if found:
        default = _some([_shown(one.value) for one in found])
    elif parameter.required:
        default = "—"
    else:
        default = "(none)" if parameter.own_default in (None, [], {}, "") else f"*{_shown(parameter.own_default)}*"
    source, status = (
        _some([text for text in column if text]) for column in list(zip(*found, strict=True))[1:] or ((), ())
    )
    cells = (f"`{parameter.path}`", parameter.meaning, parameter.written, default, source or "—", status or "—")
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"


def _some(texts: list[str]) -> str:
    """Return the different ones of some texts, the first few of many."""
    different = list(dict.fromkeys(texts))
    more = len(different) - _SHOWN
    return "; ".join(different[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(one)}" for key, one in value.items())
    if isinstance(value, list):
        return (
            ", ".join(_shown(one) for one in value)
            if len(value) < 24
            else f"{len(value)} values, {value[0]} to {value[-1]}"
        )
    return "(none)" if value is None else str(value)


def page() -> str:
    """Return the whole page."""
    text = [_HEAD]
    for title, schema, files in (
        ("Scenario", json_schema(), [shipped(name) for name in SHIPPED]),
        ("County", county_schema(), [shipped(SHIPPED_COUNTY)]),
    ):
        every = list(parameters(schema))
        blocks: dict[str, list[str]] = {"of the whole": []}
        for parameter in every:
            block, _, inside = parameter.path.partition(".")
            blocks.setdefault(block.removesuffix("[]") if inside else "of the whole", []).append(row(parameter, files))
        text.append(f"## {title}: {len(every)} parameters\n")
        for block, rows in blocks.items():
            text += [f"### {block}\n", _COLUMNS, "| --- | --- | --- | --- | --- | --- |", *rows, ""]
    return "\n".join(text).rstrip("\n") + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
