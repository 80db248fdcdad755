"""What one scenario says otherwise than another: the settings as planners write them, each with both values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.blocks import LAW_NAMES
from sim.scenario.load import Scenario

_NO_SETTINGS = frozenset({"source", "applies_to", "status"})
"""What says where a number comes from and changes nothing in a run."""
_NAMES = frozenset({"name", "title", "seed"})
"""What only names a scenario, and its luck."""


@dataclass(frozen=True)
class Absent:
    """Nothing is written there."""


ABSENT = Absent()


@dataclass(frozen=True)
class Setting:
    """One setting that differs: its path as ``--set`` takes it, and its value in either scenario, ``ABSENT`` where there is none."""

    path: str
    here: Any
    there: Any


def differences(one: Scenario, other: Scenario) -> tuple[Setting, ...]:
    """Return every setting in which another scenario differs, in the order of the files; sources and the seed are none."""
    here, there = (_plain(scenario) for scenario in (one, other))
    return tuple(_differing(here, there, ""))


def _plain(scenario: Scenario) -> dict[str, Any]:
    return {key: value for key, value in scenario.written.items() if key not in _NAMES}


def _differing(here: Any, there: Any, path: str) -> Iterator[Setting]:  # noqa: ANN401 - plain YAML data
    """Yield what differs below a path; mappings go key by key, lists of things with an id by their ids, all else as a whole."""
    if here == there:
        return
    if _is_block(here) and _is_block(there):
        for key in dict.fromkeys([*here, *there]):
            if key not in _NO_SETTINGS:
                below = f"{path}.{key}" if path else str(key)
                yield from _differing(here.get(key, ABSENT), there.get(key, ABSENT), below)
    elif (ours := _by_id(here)) is not None and (theirs := _by_id(there)) is not None:
        for key in dict.fromkeys([*ours, *theirs]):
            yield from _differing(ours.get(key, ABSENT), theirs.get(key, ABSENT), f"{path}.{key}")
        common = [key for key in ours if key in theirs]
        if common != [key for key in theirs if key in ours]:
            yield Setting(path, list(ours), list(theirs))
    elif isinstance(here, list) and isinstance(there, list) and len(here) == len(there) and here and _is_block(here[0]):
        for number, (mine, other) in enumerate(zip(here, there, strict=True)):
            yield from _differing(mine, other, f"{path}.{number}")
    else:
        yield Setting(path, here, there)


def _is_block(value: Any) -> bool:  # noqa: ANN401 - plain YAML data
    """Tell whether something is a mapping of settings; the law of a duration is one setting."""
    return isinstance(value, dict) and not LAW_NAMES & value.keys()


def _by_id(value: Any) -> dict[str, Any] | None:  # noqa: ANN401 - plain YAML data
    """Return the items of a list by their ids, or ``None`` where it is no list of such."""
    if not isinstance(value, list) or not all(isinstance(item, dict) and "id" in item for item in value):
        return None
    found = {str(item["id"]): item for item in value}
    return found if len(found) == len(value) else None


def flow(value: Any) -> str:  # noqa: ANN401 - plain YAML data
    """Return a value on one line, as a planner might write it; empty where nothing is written."""
    if isinstance(value, Absent) or value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(own)}" for key, own in value.items() if key not in _NO_SETTINGS) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return str(value)


def size(value: Any) -> int:  # noqa: ANN401 - plain YAML data
    """Return how many single values something holds."""
    if isinstance(value, dict):
        return sum(size(own) for key, own in value.items() if key not in _NO_SETTINGS)
    return sum(map(size, value)) if isinstance(value, list) else 1
