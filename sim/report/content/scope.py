"""What a page is about: the whole county, or one township or village of it."""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.county.plan import LevelPlan
from sim.errors import Fault, InputError, Text, shown
from sim.measures import Naming, share_within, time_to_share
from sim.records import Night
from sim.report.words.language import Words
from sim.scenario import Scenario

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scope:
    """The place a page is about: its index, its level, and which households live in it (shape (households,))."""

    place: int
    level: LevelPlan
    inside: Bools

    @property
    def whole(self) -> bool:
        """Whether it is the whole county."""
        return self.place == 0

    def places(self, scenario: Scenario) -> Bools:
        """Return which places lie inside, itself included; shape (places,)."""
        county = scenario.county
        within: Bools = county.ancestors[county.places.level[self.place]] == self.place
        return within


def find(scenario: Scenario, names: Naming, place: str | None) -> Scope:
    """Return the scope of ``place``: a township or village by label, code or name as far as they may be shown.

    Raises
    ------
    InputError
        if there is no such place, with the nearest names
    """
    county = scenario.county
    if place is None:
        return Scope(0, county.levels[0], np.ones(len(county.households), dtype=bool))
    known: dict[str, set[int]] = {}
    chinese, english = Words("zh"), Words("en")
    for i, level in enumerate(county.places.level.tolist()):
        if 0 < level and county.levels[level].id in ("township", "village"):
            label = names.label[i]
            for called in (
                label,
                names.code[i],
                names.name[i],
                chinese.label(label, county.levels),
                english.label(label, county.levels),
                county.places.label[i],
            ):
                known.setdefault(called, set()).add(i)
    known.pop("", None)
    wanted = place.strip()
    if wanted not in known:
        raise InputError([_unknown(wanted, known)])
    if len(known[wanted]) > 1:
        raise InputError([_ambiguous(wanted, sorted(names.label[i] for i in known[wanted]))])
    (found,) = known[wanted]
    level = int(county.places.level[found])
    return Scope(found, county.levels[level], county.households_at(level) == found)


def _ambiguous(wanted: str, labels: list[str]) -> Fault:
    problem = Text("有几个地方叫这个名称", "several places bear this name")
    remedy = Text(f"写明是哪一个：{'、'.join(labels)}", f"say which: {', '.join(labels)}")
    return Fault("--place", 0, 0, "", shown(wanted), problem, remedy)


def _unknown(wanted: str, known: dict[str, set[int]]) -> Fault:
    begun = [name for name in known if wanted and name.startswith(wanted)]
    begun = [name for name in begun if not any(name != other and name.startswith(other) for other in begun)]
    near = (
        begun
        if begun and len(set().union(*(known[name] for name in begun))) == 1
        else difflib.get_close_matches(wanted, known, n=5, cutoff=0.4)
        or sorted(known, key=lambda name: (len(name), name))[:5]
    )
    return Fault(
        "--place",
        0,
        0,
        "",
        shown(wanted),
        Text("没有这个乡镇（街道）或村（社区）", "there is no such township or village"),
        Text(f"相近的有：{'、'.join(near)}", f"nearest: {', '.join(near)}"),
    )


def children(scenario: Scenario, scope: Scope) -> NDArray[np.int64]:
    """Return the indices of the places right below the scope, by level and code."""
    return np.flatnonzero(scenario.county.places.parent == scope.place)


def rows_of_groups(scenario: Scenario, night: Night, names: Naming, scope: Scope) -> pd.DataFrame:
    """Return the lowest places inside a scope as the other tables have them (the result folder has no table of groups)."""
    here = children(scenario, scope)
    home, warned = scenario.county.households.place, night.households.warned_min
    posts = scenario.plan.roster.posts
    rows = []
    for i in sorted(here.tolist(), key=lambda i: names.code[i]):
        times = warned[home == i]
        by = night.places.acknowledged_by[i]
        rows.append(
            {
                "code": names.code[i],
                "label": names.label[i],
                "households": len(times),
                "acknowledged_min": _null(night.places.acknowledged_min[i]),
                "acknowledged_by": posts[by].title if by else "",
                "warned_p50_min": _null(time_to_share(times, 0.5)),
                **{f"share_{m}min": share_within(times, night.release_min, m) for m in (15, 30, 60)},
                "never_households": int(np.isinf(times).sum()),
            }
        )
    return pd.DataFrame(rows)


def _null(minutes: float) -> float:
    return minutes if math.isfinite(minutes) else math.nan


def acknowledged(scenario: Scenario, night: Night, scope: Scope, level_id: str) -> Floats:
    """Return when each place of a level inside the scope (itself included) acknowledged, minutes after T0."""
    county = scenario.county
    level = county.level_index(level_id)
    if level is None:
        return np.zeros(0)
    here = (county.places.level == level) & scope.places(scenario)
    times: Floats = night.places.acknowledged_min[here]
    return times
