"""Where the units of an option can go: places of the level that it names, but for those where what is added cannot stand or stands already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from sim.county import County
from sim.county.additions import misplaced
from sim.county.plan import SET_KINDS, AdditionPlan
from sim.scenario.options import OptionPlan

Ints = NDArray[np.int64]
_ADDITIONS = "county.additions."


def open_places(option: OptionPlan, additions: Mapping[str, AdditionPlan], county: County) -> Ints:
    """Return the places (indices) that the units of an option can be put in; ``additions``: what the scenario adds as it is."""
    level = county.level_index(option.where.level) if option.where is not None else None
    places = county.of_level(0 if level is None else level)
    added = _added(option, additions)
    if added is None:
        return places
    codes = [county.places.code[place] for place in places]
    cannot = {n for n, _, _ in misplaced(added.model_copy(update={"at": tuple(codes)}), county.without_additions)}
    held = _held(added.what, county)
    return np.array([place for n, place in enumerate(places) if n not in cannot and codes[n] not in held], dtype=int)


def _added(option: OptionPlan, additions: Mapping[str, AdditionPlan]) -> AdditionPlan | None:
    """Return the addition that an option places, ``None`` where it places something else, or none that could be."""
    into = option.where.into if option.where is not None else ""
    name, _, key = into.removeprefix(_ADDITIONS).partition(".")
    if not into.startswith(_ADDITIONS) or key != "at":
        return None
    below = f"{_ADDITIONS}{name}."
    content: dict[str, Any] = additions[name].model_dump(by_alias=True) if name in additions else {}
    content |= option.changes.get(below.removesuffix("."), {})
    content |= {path.removeprefix(below): own for path, own in option.changes.items() if path.startswith(below)}
    try:
        return AdditionPlan.model_validate(content | {"at": []})
    except ValidationError:
        return None


def _held(what: str, county: County) -> set[str]:
    """Return the codes of the places that have one already: one more would add nothing."""
    if what in SET_KINDS:
        sets = county.networks.sets
        return {*sets["place"][sets["device"] == what]}
    if what in {"area_terminal", "loudspeaker"}:
        table = county.area_terminals if what == "area_terminal" else county.loudspeakers
        return {*table["place"]}
    return {*county.devices["place"][county.devices["device"] == what]}
