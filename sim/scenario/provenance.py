"""Where the numbers come from: every block that states its source or status, for the report to list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from sim.blocks import Block


@dataclass(frozen=True)
class Assumption:
    """One block of the scenario, its source and its status."""

    key: str
    source: str
    status: str


def assumptions(plan: BaseModel) -> tuple[Assumption, ...]:
    """Return every block that carries a source or a status; a status left out is that of the block around it."""
    return tuple(_walk(plan, "", ""))


def _walk(value: Any, key: str, status: str) -> Iterator[Assumption]:  # noqa: ANN401 - any part of a plan
    if isinstance(value, Block):
        status = value.status or status
        if value.source:
            yield Assumption(key, value.source, status)
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            below = field.alias or name
            yield from _walk(getattr(value, name), f"{key}.{below}" if key else below, status)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _walk(part, f"{key}.{name}", status)
    elif isinstance(value, tuple):
        for part in value:
            if isinstance(part, BaseModel):
                item = getattr(part, "id", None) or getattr(part, "kind", None) or getattr(part, "post", "")
                yield from _walk(part, f"{key}.{item}", status)
