"""叫应 (jiaoying): a simulator of warning dissemination and duty rosters, from the county desk to every household.

The door: ``load_scenario`` reads a planner's file, ``simulate`` plays one night of it. Rooms are opened when they are used, so that
``import sim`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario import load_scenario
    from sim.warning import simulate

__all__ = ["load_scenario", "simulate"]

_ROOMS = {"load_scenario": "sim.scenario", "simulate": "sim.warning"}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        message = f"module 'sim' has no attribute '{name}'"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return __all__
