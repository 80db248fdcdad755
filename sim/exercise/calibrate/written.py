"""Numbers as a scenario has them: the text with its unit, to three digits that count."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from sim.errors import BadValue
from sim.units import DURATION, split

_DIGITS = 3
_PER_CENT = 10
"""Shares are written to a tenth of a per cent."""


def share(value: float, direction: Callable[[float], float] = round) -> str:
    """Return a share in per cent; ``direction`` rounds up, down or to the nearest."""
    tenths = direction(round(value * 100 * _PER_CENT, 6))
    return f"{min(max(tenths, 0), 100 * _PER_CENT) / _PER_CENT:g} %"


def minutes(value: float, unit: str, direction: Callable[[float], float] = round) -> str:
    """Return a length of time in a unit."""
    number = value / float(DURATION.factors[unit])
    step = 10.0 ** (math.floor(math.log10(number)) - _DIGITS + 1) if number > 0 else 1.0
    rounded = direction(round(number / step, 6)) * step
    return f"{float(f'{rounded:.{_DIGITS + 1}g}'):.10g} {unit}"


def unit_of(raw: Any) -> str:  # noqa: ANN401 - plain YAML data
    """Return the unit in which a length of time is written; minutes where it is none that can be kept."""
    try:
        unit = split(raw)[1]
    except BadValue:
        return "min"
    return unit if unit in DURATION.factors else "min"
