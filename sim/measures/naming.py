"""What may be shown of a place: codes where the results rest on made-up data, real names otherwise or when asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.county.plan import LevelPlan
from sim.errors import Text
from sim.scenario import Scenario
from sim.terms import TERMS


@dataclass(frozen=True)
class Naming:
    """Per place: the code, label and real name to show; the name is empty where it must not be shown.

    ``household`` the id to show of each household, keyed so that it does not follow from the official code of its village;
    ``real`` whether real names are shown, ``asked`` whether that is so only because they were asked for.
    """

    code: tuple[str, ...]
    label: tuple[str, ...]
    name: tuple[str, ...]
    household: NDArray[np.uint64]
    real: bool
    asked: bool


def naming(scenario: Scenario, *, real_names: bool = False) -> Naming:
    """Return how the places of ``scenario`` are shown.

    On the coded levels (villages, groups) of a county with synthetic data a place is its township and a number that does not
    follow the official list; its official code is hidden too, since it names the place as surely as its name does.
    """
    county = scenario.county
    places = county.places
    key = np.full(len(county.households), luck.entity_id("household/shown", scenario.plan.county.seed), dtype=np.uint64)
    household = luck.child_ids(county.households.id, key)
    if real_names or not scenario.synthetic:
        return Naming(places.code, _full_names(scenario), places.name, household, real=True, asked=real_names)
    code, name = list(places.code), list(places.name)
    for i, label in enumerate(places.label):
        if county.levels[places.level[i]].coded:
            number = label.rpartition("·")[2].removeprefix(county.levels[places.level[i]].short)
            code[i] = f"{code[places.parent[i]]}-{number}"
            name[i] = ""
    return Naming(tuple(code), places.label, tuple(name), household, real=False, asked=False)


def label_text(label: str, levels: tuple[LevelPlan, ...]) -> Text:
    """Return what is shown of a place; 「江口镇·村07」 is "江口镇·village 07" in English; no name carries its committee."""
    parts = [_without_committee(part) for part in label.split("·")]
    return Text("·".join(parts), "·".join(_numbered(part, levels) for part in parts))


def _without_committee(name: str) -> str:
    """Return 「石缸村」 for 「石缸村民委员会」 and 「杏家湾社区」 for 「杏家湾社区居民委员会」."""
    village = name.removesuffix("村民委员会")
    if village != name:
        return village if village.endswith("村") else f"{village}村"
    return name.removesuffix("居民委员会")


def _numbered(part: str, levels: tuple[LevelPlan, ...]) -> str:
    for level in levels:
        if level.coded and (match := re.fullmatch(re.escape(level.short) + r"(\d+)", part)):
            return f"{TERMS.get(f'level.{level.id}.short', Text(level.id, level.id)).en} {match[1]}"
    return part


def _full_names(scenario: Scenario) -> tuple[str, ...]:
    """Return names that say where a place lies: those of the coded levels carry the names above them."""
    county = scenario.county
    names = list(county.places.name)
    for i, name in enumerate(county.places.name):
        above = county.places.parent[i]
        if county.levels[county.places.level[i]].coded and not name.startswith(county.places.name[above]):
            names[i] = f"{names[above]}·{name}"
        elif county.levels[county.places.level[i]].coded:
            names[i] = f"{names[above]}·{name.removeprefix(county.places.name[above])}"
    return tuple(names)
