"""Where households in danger zones go: the shelters they try in turn, the way there, and who finds room."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_right
from dataclasses import dataclass
from itertools import repeat

import numpy as np
from numpy.typing import NDArray
from scipy import spatial

from sim.county import County
from sim.scenario import Scenario
from sim.scenario.evacuation import OnFootPlan
from sim.warning.setting import Crowd, settled
from sim.warning.timelines import Timeline
from sim.warning.ways import Ways

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_TRIED = 5  # shelters that a household tries before it gives up, besides the one of its own plan
_NEAR = 12  # shelters by the crow flies among which those by road are sought


def minutes_per_metre(plan: OnFootPlan, rain: str) -> float:
    """Return how long an able-bodied person takes for a metre by day: Tobler's hiking function, half uphill and half downhill.

    Tobler (1993): speed is proportional to exp(−3.5 · |slope + 0.05|); the plan gives the speed on the level.
    """
    up, down = (math.exp(3.5 * (abs(slope + 0.05) - 0.05)) for slope in (plan.slope, -plan.slope))
    return (up + down) / 2 / plan.speed_m_per_min * float(getattr(plan.pace, rain))


@dataclass(frozen=True, eq=False)
class _Choices:
    """Which shelters each household tries, in order, and how far the first is while every road is open.

    ``shelter`` index into the county's (−1: none), shape (households, tried); ``house_m`` from the house to where the road begins,
    ``calm_m`` along the road to the first shelter, ``last_m`` from the road to it; shape (households,).
    """

    shelter: Ints
    house_m: Floats
    calm_m: Floats
    last_m: Floats


@dataclass(frozen=True)
class Admission:
    """Who found room: when each was in and counted, at which shelter (−1: none), when it gave up looking; ``inf`` for not.

    ``full_min`` when each shelter first turned somebody away, shape (shelters,).
    """

    safe_min: Floats
    shelter: Ints
    gave_up_min: Floats
    full_min: Floats


class Refuges:
    """The shelters of tonight and the ways to them."""

    def __init__(self, scenario: Scenario, crowd: Crowd, ways: Ways) -> None:
        plan = scenario.plan.evacuation
        assert plan is not None  # noqa: S101 - the caller's case
        county, shelters = scenario.county, scenario.county.shelters
        self._plan, self._ways, self._homes = plan, ways, crowd.homes
        self._choices: _Choices = _choices(scenario, crowd)
        self._over_closed = plan.walking.over_closed or math.inf
        self._place: list[int] = county.shelter_place.tolist()
        self._capacity = shelters["capacity"].to_numpy(dtype=np.int64)
        self._x, self._y = shelters["x_m"].tolist(), shelters["y_m"].tolist()
        centre_x, centre_y = county.places.x_m[self._place], county.places.y_m[self._place]
        self._centre_m = np.hypot(shelters["x_m"] - centre_x, shelters["y_m"] - centre_y).tolist()
        self._turns: dict[tuple[int, int], list[float]] = {}
        self._known: dict[tuple[int, int, int], float] = {}
        self._apart_m: dict[tuple[int, int], float] = {}
        self._may_close = self._closing()
        self._open_m = (self._choices.house_m + self._choices.calm_m + self._choices.last_m).tolist()

    def leave(self, k: int, ready_min: float) -> tuple[float, float]:
        """Return when a household can leave for its first shelter, from ``ready_min`` on, and how many metres it walks then.

        Who finds no open way waits at home until there is one; ``inf`` for never. A road that closes behind them is of no matter.
        """
        if not self._may_close[k]:
            return ready_min, self._open_m[k]
        choices = self._choices
        here, there = int(self._homes.place[k]), self._place[choices.shelter[k, 0]]
        metres = self._way_m(here, there, ready_min)
        for turn in self._turns_of(here, there):
            if metres < math.inf:
                break
            if turn > ready_min:
                ready_min, metres = turn, self._way_m(here, there, turn)
        return (
            ready_min if metres < math.inf else math.inf,
            float(choices.house_m[k]) + metres + float(choices.last_m[k]),
        )

    def set_out(self, who: Ints, ready_min: Floats) -> tuple[Floats, Floats]:
        """Return ``leave`` for each of ``who``."""
        leaves, metres = ready_min.copy(), np.array(self._open_m)[who]
        for n in np.flatnonzero(self._may_close[who] & np.isfinite(ready_min)).tolist():
            leaves[n], metres[n] = self.leave(int(who[n]), float(ready_min[n]))
        return leaves, metres

    def drive_m(self, k: int, t_min: float) -> float:
        """Return the metres of road from a house to its first shelter for a vehicle; ``inf`` where the road is closed or there is none."""
        shelter, here = int(self._choices.shelter[k, 0]), int(self._homes.place[k])
        if shelter < 0 or self._place[shelter] == here:
            return math.inf
        return self._ways.between_m(here, self._place[shelter], t_min)

    def admit(self, at_door_min: Floats, per_metre: Floats) -> Admission:
        """Let households in as they come to the door of their first shelter; who finds it full walks on to the next.

        First come, first served. ``per_metre``: minutes that each takes for a metre.
        """
        plan, choices = self._plan.shelters, self._choices.shelter
        comes = np.isfinite(at_door_min)
        safe, shelter = at_door_min + plan.check_in_min, choices[:, 0].copy()
        gave_up, full = np.full(len(safe), np.inf), np.full(len(self._place), np.inf)
        short = [] if plan.unlimited else self._short_of_room(np.flatnonzero(comes))
        if not short:
            return Admission(safe, shelter, gave_up, full)
        turns = np.flatnonzero(comes & np.isin(shelter, short))
        turns = turns[np.lexsort((self._homes.id[turns], at_door_min[turns]))]  # ties by household, not by row
        room, tried = dict(zip(short, self._capacity[short].tolist(), strict=True)), choices[turns].tolist()
        persons, pace = self._homes.persons[turns].tolist(), per_metre[turns].tolist()
        in_min, at, up_min = [math.inf] * len(turns), [-1] * len(turns), [math.inf] * len(turns)
        coming = iter(zip(at_door_min[turns].tolist(), range(len(turns)), repeat(0), strict=False))
        walking_on: list[tuple[float, int, int]] = []
        arrival = next(coming, None)
        while arrival is not None or walking_on:
            if walking_on and (arrival is None or walking_on[0] < arrival):
                now, n, nth = heapq.heappop(walking_on)
            else:
                assert arrival is not None  # noqa: S101 - the loop's condition
                (now, n, nth), arrival = arrival, next(coming, None)
            here = tried[n][nth]
            left = room.get(here, math.inf)
            if persons[n] <= left:
                room[here] = left - persons[n]
                in_min[n], at[n] = now + plan.check_in_min, here
                continue
            full[here] = min(full[here], now)
            there, further_min = tried[n][nth + 1] if nth + 1 < len(tried[n]) else -1, math.inf
            if there >= 0:
                further_min = self._between_m(here, there, now) * pace[n]
            if further_min < math.inf:
                heapq.heappush(walking_on, (now + further_min, n, nth + 1))
            else:
                up_min[n] = now
        safe[turns], shelter[turns], gave_up[turns] = in_min, at, up_min
        return Admission(safe, shelter, gave_up, full)

    def _short_of_room(self, who: Ints) -> list[int]:
        """Return the shelters that may have to turn somebody away, should all of ``who`` come."""
        choices, persons = self._choices.shelter[who], self._homes.persons[who]
        if not len(who) or (choices[:, 0] < 0).any():
            return []
        capacity = np.append(self._capacity, np.iinfo(np.int64).max)  # the last one stands for −1
        coming = np.bincount(choices[:, 0], persons, len(capacity))
        short = coming > capacity
        while short.any():
            turned = short[choices[:, 0]]
            further = choices[turned, 1:]
            onward = np.broadcast_to(persons[turned, None], further.shape)
            grown = coming + np.bincount(further.ravel() % len(capacity), onward.ravel(), len(capacity)) > capacity
            if (grown <= short).all():
                break
            short |= grown
        return np.flatnonzero(short).tolist()

    def _closing(self) -> Bools:
        """Return for which households the way to the first shelter may change tonight."""
        first, here = self._choices.shelter[:, 0], self._homes.place
        if self._ways.never_change or not len(self._place) or not len(first):
            return np.zeros(len(first), dtype=bool)
        there = np.array(self._place)[first]
        base = int(max(here.max(), there.max())) + 1
        pairs, each = np.unique(here * base + there, return_inverse=True)
        changing = np.array([bool(self._turns_of(*divmod(pair, base))) for pair in pairs.tolist()])
        may: Bools = changing[each] & (first >= 0)
        return may

    def _turns_of(self, here: int, there: int) -> list[float]:
        if (pair := (here, there)) not in self._turns:
            self._turns[pair] = self._ways.turns_min(here, there)
        return self._turns[pair]

    def _way_m(self, here: int, there: int, t_min: float) -> float:
        """Return the metres along the roads between two places on foot, setting out at ``t_min``; ``inf`` where no way is open."""
        if (key := (here, there, bisect_right(self._turns_of(here, there), t_min))) not in self._known:
            self._known[key] = self._ways.between_m(here, there, t_min, self._over_closed)
        return self._known[key]

    def _between_m(self, here: int, there: int, t_min: float) -> float:
        """Return the way from one shelter to another."""
        if (pair := (here, there)) in self._apart_m:
            return self._apart_m[pair]
        one, other = self._place[here], self._place[there]
        if one == other:
            metres = math.hypot(self._x[here] - self._x[there], self._y[here] - self._y[there])
        else:
            metres = float(self._centre_m[here] + self._way_m(one, other, t_min) + self._centre_m[there])
        if one == other or not self._turns_of(one, other):
            self._apart_m[pair] = metres
        return metres


@settled
def _choices(scenario: Scenario, crowd: Crowd) -> _Choices:
    """Return the shelters that each household tries, settled before any night: its own by plan, then the nearest by open roads."""
    plan, county, homes = scenario.plan.evacuation, scenario.county, crowd.homes
    assert plan is not None  # noqa: S101 - the caller's case
    shelters, places = county.shelters, county.places
    opened = np.flatnonzero(np.isin(shelters["kind"], plan.shelters.kinds))
    nobody = np.zeros(len(homes))
    if not opened.size:
        none = np.full((len(homes), _TRIED + 1), -1, dtype=np.int64)
        return _Choices(none, np.full(len(homes), plan.shelters.to_safety_m), nobody, nobody)
    at = county.shelter_place
    x, y = shelters["x_m"].to_numpy(dtype=np.float64), shelters["y_m"].to_numpy(dtype=np.float64)
    offset_m = np.hypot(x - places.x_m[at], y - places.y_m[at])
    tree = spatial.cKDTree(np.column_stack([x[opened], y[opened]]))
    ways = Ways(county, Timeline.always_up(len(county.networks.roads)))
    near = min(_NEAR, len(opened))
    runs = crowd.stretch_place
    _, found = tree.query(np.column_stack([places.x_m[runs], places.y_m[runs]]), k=near)
    candidates = opened[np.asarray(found).reshape(len(runs), near)]
    road_m = np.array(
        [
            [ways.between_m(run, int(at[one]), 0.0) + offset_m[one] for one in row]
            for run, row in zip(runs.tolist(), candidates, strict=True)
        ]
    ).reshape(candidates.shape)
    order = np.argsort(road_m, axis=1, kind="stable")[:, :_TRIED]
    ranked = np.full((len(runs), _TRIED + 1), -1, dtype=np.int64)  # the last is room for one of its own
    ranked[:, : order.shape[1]] = np.take_along_axis(candidates, order, axis=1)
    _large_last(ranked, opened[shelters["kind"].iloc[opened] != "emergency"], runs, county, x, y)
    shelter = ranked[crowd.stretch]
    _plan_first(county, crowd, shelter, set(opened.tolist()))
    first = shelter[:, 0]
    same = at[first] == homes.place
    direct_m = np.hypot(homes.x_m - x[first], homes.y_m - y[first])
    to_road_m = np.hypot(homes.x_m - places.x_m[homes.place], homes.y_m - places.y_m[homes.place])
    pairs, each = np.unique(np.stack([homes.place, at[first]], axis=1), axis=0, return_inverse=True)
    calm_m = np.array([ways.between_m(here, there, 0.0) for here, there in pairs.tolist()])[each.reshape(-1)]
    return _Choices(
        shelter=shelter,
        house_m=np.where(same, direct_m, to_road_m),
        calm_m=np.where(same, 0.0, calm_m),
        last_m=np.where(same, 0.0, offset_m[first]),
    )


def _large_last(ranked: Ints, large: Ints, runs: Ints, county: County, x: Floats, y: Floats) -> None:
    """Let those who found no room nearby go to the nearest shelter for longer stays, which is the larger one, at last."""
    if not large.size:
        return
    places = county.places
    _, found = spatial.cKDTree(np.column_stack([x[large], y[large]])).query(
        np.column_stack([places.x_m[runs], places.y_m[runs]])
    )
    nearest = large[np.asarray(found)]
    full_rows = (ranked[:, _TRIED - 1] >= 0) & ~(ranked == nearest[:, None]).any(axis=1)
    ranked[full_rows, _TRIED - 1] = nearest[full_rows]


def _plan_first(county: County, crowd: Crowd, shelter: Ints, opened: set[int]) -> None:
    """Put the shelter that a household's own plan names before the others (一户一策)."""
    position = {row: k for k, row in enumerate(crowd.rows.tolist())}
    for row, own in zip(county.transfer["row"].tolist(), county.transfer["shelter"].tolist(), strict=True):
        if own in opened and (k := position.get(row)) is not None:
            others = [one for one in shelter[k].tolist() if one not in (own, -1)]
            shelter[k] = ([own, *others] + [-1] * shelter.shape[1])[: shelter.shape[1]]
