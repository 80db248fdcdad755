"""What of a night is settled before luck comes in: who can call whom, who is addressed, queues, routes, loudness at each house.

Computed once per scenario and shared by all its nights.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.county import County
from sim.county.places import Households
from sim.scenario import Scenario
from sim.warning.network import Network, network

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
P = ParamSpec("P")
Made = TypeVar("Made")
_TOWNSHIPS = 1


@dataclass(frozen=True, eq=False)
class Crowd:
    """The households an act is addressed to, as the columns of ``homes``; ``rows`` are their rows in the county.

    Households of one lowest place stand together: ``stretch`` is the index of that run, ``stretch_place`` the place of each run,
    ``rank`` the position of a household in its run, ``run_length`` the length of its run. A part of a crowd knows the ``whole`` it was
    taken from, where what is ``settled`` beforehand is kept, and the positions there of its households (``within``) and runs.
    """

    rows: Ints
    homes: Households
    stretch: Ints
    stretch_place: Ints
    rank: Ints
    run_length: Ints
    settled: dict[tuple[object, ...], object] = field(default_factory=dict)
    part_of: Crowd | None = None
    within: Ints | slice = field(default_factory=lambda: slice(None))
    runs_within: Ints | slice = field(default_factory=lambda: slice(None))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def whole(self) -> Crowd:
        """The crowd that this is a part of, or itself."""
        return self if self.part_of is None else self.part_of

    @cached_property
    def listed_first(self) -> Ints:
        """Positions in the order of messages, the listed households before the others."""
        order = self.homes.sms_order
        listed = self.homes.listed[order]
        return np.concatenate([order[listed], order[~listed]])

    def part(self, runs: Bools) -> Crowd:
        """Return the households of some runs; all of them as they are."""
        if runs.all():
            return self
        within = np.flatnonzero(runs[self.stretch])
        some = np.flatnonzero(runs)
        return Crowd(
            rows=self.rows[within],
            homes=_of(self.homes, within),
            stretch=np.repeat(np.arange(len(some)), self.run_length[within[self.rank[within] == 0]]),
            stretch_place=self.stretch_place[some],
            rank=self.rank[within],
            run_length=self.run_length[within],
            part_of=self,
            within=within,
            runs_within=some,
        )


@dataclass(frozen=True, eq=False)
class Zones:
    """The danger zones of the county: code, kind, the lowest place each lies in, its township, its 64-bit id; shape (zones,)."""

    code: NDArray[np.object_]
    kind: NDArray[np.object_]
    place: Ints
    township: Ints
    entity: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True)
class Setting:
    """Everything settled beforehand: the network of calls, the crowd of each act by its number (the local one last), those in danger zones."""

    network: Network
    crowds: tuple[Crowd, ...]
    zones: Zones
    threatened: Crowd


_SETTINGS: WeakKeyDictionary[Scenario, Setting] = WeakKeyDictionary()
"""The settings of the scenarios in use; each goes when its scenario does."""


def setting(scenario: Scenario) -> Setting:
    """Return what is settled before any night of ``scenario``."""
    if scenario not in _SETTINGS:
        _SETTINGS[scenario] = _settle(scenario)
    return _SETTINGS[scenario]


def settled(make: Callable[Concatenate[Scenario, Crowd, P], Made]) -> Callable[Concatenate[Scenario, Crowd, P], Made]:
    """Let what ``make(scenario, crowd, …)`` returns be kept with the crowd, which belongs to one scenario and goes with it."""

    @wraps(make)
    def kept(scenario: Scenario, crowd: Crowd, *args: P.args, **kwargs: P.kwargs) -> Made:
        key = (make.__name__, *args)
        if key not in crowd.settled:
            crowd.settled[key] = make(scenario, crowd, *args, **kwargs)
        return cast("Made", crowd.settled[key])

    return cast("Callable[Concatenate[Scenario, Crowd, P], Made]", kept)


def _settle(scenario: Scenario) -> Setting:
    plan = scenario.plan
    made: dict[str | tuple[str, ...], Crowd] = {}
    for area in (*(act.area for act in plan.acts), "county"):
        if area not in made:
            made[area] = crowd(scenario.county, None if area == "county" else _addressed_rows(scenario, area))
    areas = [act.area for act in plan.acts] + (["county"] if plan.local is not None else [])
    return Setting(
        network=network(scenario),
        crowds=tuple(made[area] for area in areas),
        zones=_zones(scenario.county),
        threatened=crowd(scenario.county, np.flatnonzero(scenario.county.households.threatened)),
    )


def _zones(county: County) -> Zones:
    """Return the danger zones; where there are no townships the county stands for them."""
    place = county.zone_place
    township = county.ancestors[min(_TOWNSHIPS, len(county.levels) - 1)][place]
    return Zones(
        code=county.zones["code"].to_numpy(dtype=object),
        kind=county.zones["kind"].to_numpy(dtype=object),
        place=place,
        township=np.where(township >= 0, township, place),
        entity=luck.entity_ids(f"zone/{code}" for code in county.zones["code"]),
    )


def crowd(county: County, rows: Ints | None = None) -> Crowd:
    """Return the households ``rows`` of a county (all by default) with their runs."""
    homes = county.households
    if rows is None:
        rows = np.arange(len(homes))
    elif len(rows) < len(homes):
        homes = _of(homes, rows)
    begins = (
        np.flatnonzero(np.r_[True, homes.place[1:] != homes.place[:-1]]) if len(homes) else np.zeros(0, dtype=np.int64)
    )
    lengths = np.diff(np.r_[begins, len(homes)])
    return Crowd(
        rows=rows,
        homes=homes,
        stretch=np.repeat(np.arange(len(begins)), lengths),
        stretch_place=homes.place[begins],
        rank=np.arange(len(homes)) - np.repeat(begins, lengths),
        run_length=np.repeat(lengths, lengths),
    )


def _of(homes: Households, rows: Ints) -> Households:
    """Return some of the households, the order of messages among them kept."""
    position = np.full(len(homes), -1, dtype=np.int64)
    position[rows] = np.arange(len(rows))
    order = position[homes.sms_order]
    columns = {each.name: getattr(homes, each.name)[rows] for each in fields(homes) if each.name != "sms_order"}
    return replace(homes, **columns, sms_order=order[order >= 0])


def _addressed_rows(scenario: Scenario, area: str | tuple[str, ...]) -> Ints:
    """Return the households of an area: all listed ones, or those in the places of these codes."""
    homes = scenario.county.households
    if area == "listed":
        return np.flatnonzero(homes.listed)
    codes = np.array([scenario.county.index[code] for code in area], dtype=np.int64)
    return np.flatnonzero(scenario.county.below(codes)[homes.place])
