"""Where the numbers come from: every block that states its source, for the report to list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from sim.blocks import Block


@dataclass(frozen=True)
class Assumption:
    """One block of the scenario, its source, where that holds and its status; empty where nobody says so."""

    key: str
    source: str
    applies_to: str
    status: str


def assumptions(plan: BaseModel) -> tuple[Assumption, ...]:
    """Return every block that carries a source; where it holds and its status, if left out, are those of the block around it."""
    return tuple(_walk(plan, "", "", ""))


def _walk(value: Any, key: str, applies_to: str, status: str) -> Iterator[Assumption]:  # noqa: ANN401 - any part of a plan
    if isinstance(value, Block):
        applies_to, status = value.applies_to or applies_to, value.status or status
        if value.source:
            yield Assumption(key, value.source, applies_to, status)
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            below = field.alias or name
            yield from _walk(getattr(value, name), f"{key}.{below}" if key else below, applies_to, status)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _walk(part, f"{key}.{name}", applies_to, status)
    elif isinstance(value, tuple):
        for part in value:
            if isinstance(part, BaseModel):
                yield from _walk(part, f"{key}.{_told_by(part)}", applies_to, status)


def _told_by(part: BaseModel) -> str:
    """Return what tells an item of a list from the others: its id, else what it is about."""
    about = (getattr(part, name, None) for name in ("level", "kind", "device", "post"))
    return str(getattr(part, "id", None) or ".".join(str(own) for own in about if own))
