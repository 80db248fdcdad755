"""Sound: loudspeakers and area terminals that are opened from above; gongs, whistles, sirens and megaphones carried past; cars.

Level at r metres = source − 20 log₁₀ r − absorption · r − screening (free field, spherical spreading). A house hears it if the level
outside is what people need who are awake behind closed windows, or what wakes those who sleep.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import spatial

from sim import luck
from sim.county import County
from sim.records import Reached
from sim.scenario import Scenario
from sim.scenario.channels import AreaTerminalPlan, BroadcastPlan, SoundPatrolPlan, SoundPlan, WalkingPlan
from sim.warning.scene import Scene, one_after_another, up_throughout
from sim.warning.setting import Crowd, settled
from sim.warning.timelines import Timeline

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_COLUMN = {"broadcast": "loudspeaker", "area_terminal": "area_terminal"}
"""What the terminals of a channel are called in the county."""


def level_db(source_db: float, metres: Floats, absorption_db_per_m: float, screening_db: float = 0.0) -> Floats:
    """Return the level at a distance, of at least one metre."""
    r = np.maximum(metres, 1.0)
    level: Floats = source_db - 20 * np.log10(r) - absorption_db_per_m * r - screening_db
    return level


def loudspeakers(scene: Scene) -> Reached:
    """Loudspeakers play once they are opened, each kind after its own delay; each is online tonight or not.

    One that has no power or no programme when it should begin stays silent; one that falls silent while people listen tells them nothing.
    """
    plan, points = scene.channels.broadcast, scene.scenario.county.loudspeakers
    assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
    u_online = scene.luck.uniform("loudspeaker/online", points["entity"].to_numpy())
    u_delay = scene.act_luck.uniform("loudspeaker/delay", points["entity"].to_numpy())
    online, delay = np.zeros(len(points), dtype=bool), np.zeros(len(points))
    for kind in ("ip", "fm", "satellite"):
        mine = (points["kind"] == kind).to_numpy()
        terminal = getattr(plan.terminals, kind)
        online[mine] = u_online[mine] < terminal.online
        delay[mine] = terminal.delay.draw(u_delay[mine])
    works = scene.conditions.terminals
    return _opened(scene, "broadcast", plan, online, delay, works)


def area_terminals(scene: Scene) -> Reached:
    """Area terminals sound once they are opened; each works tonight or not, on its own power and by satellite."""
    plan, points = scene.channels.area_terminal, scene.scenario.county.area_terminals
    assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
    online = scene.luck.uniform("area_terminal/online", points["entity"].to_numpy()) < plan.online
    at_once, works = np.zeros(len(points)), Timeline.always_up(len(points))
    return _opened(scene, "area_terminal", plan, online, at_once, works)


def patrol(scene: Scene, name: str) -> Reached:
    """Somebody walks past the houses of a place sounding a gong, whistle, siren or megaphone; each house hears it from where it first can.

    Whether people are at home and asleep is judged at the minute the patrol sets out.
    """
    plan: SoundPatrolPlan = getattr(scene.channels, name)
    crowd, walk = scene.crowd, _patrolled(scene.scenario, scene.crowd.whole, name)
    metres_awake, metres_asleep = walk.metres_awake[crowd.within], walk.metres_asleep[crowd.within]
    who = np.flatnonzero(np.isfinite(np.minimum(metres_awake, metres_asleep)) & ~scene.homes.hard_of_hearing)
    preparing = scene.at_desks(f"{name}/fetch", plan.fetch)
    leaves = scene.dispatched_min + preparing
    pace = minutes_per_metre(scene, leaves)
    run = crowd.stretch[who]
    asleep = scene.habits.asleep(leaves[run], who)
    going = np.where(asleep, metres_asleep[who], metres_awake[who]) * pace[run]
    there = np.flatnonzero(np.isfinite(going) & scene.habits.at_home(leaves[run], who))
    who, run, going = who[there], run[there], going[there]
    noticing = _listening(scene, name, who)
    steps = (("preparing", preparing[run]), ("walking", going), ("noticing", noticing))
    return Reached(who, leaves[run] + going + noticing, "dispatched", steps)


def patrol_cars(scene: Scene) -> Reached:
    """A car drives from group to group of its village, sounds at each for some minutes, and is heard around.

    It leaves when the desk above the groups has answered. A group whose way in is closed when the car would arrive is left out; the car
    is no sooner at the others.
    """
    plan = scene.channels.patrol_car
    assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
    crowd, drive = scene.crowd, _driven(scene.scenario, scene.crowd.whole)
    loudness = drive.level_db[crowd.within]
    above = scene.scenario.county.places.parent[crowd.stretch_place]
    fetching = plan.fetch.draw(scene.act_luck.uniform("patrol_car/fetch", scene.scenario.county.places.entity[above]))
    slower: float = getattr(plan.pace, scene.scenario.plan.hazard.rain)
    way = drive.metres[crowd.runs_within] * plan.detour / plan.speed_m_per_min * slower
    way += drive.stops_before[crowd.runs_within] * plan.sounds_min
    arrives = scene.calls.acknowledged_min[above] + fetching + way
    who = _may_hear(scene, loudness)
    who = who[_hears(scene, who, loudness[who], arrives[crowd.stretch[who]])]
    roads = scene.conditions.roads
    if not roads.never_fails:
        way_in = _ways_in(scene.scenario, crowd.whole)[crowd.runs_within]
        passable = way_in < 0
        known = np.flatnonzero(~passable)
        passable[known] = roads.up(way_in[known], arrives[known])
        who = who[passable[crowd.stretch[who]]]
    run, noticing = crowd.stretch[who], _listening(scene, "patrol_car", who)
    steps = (("preparing", fetching[run]), ("walking", way[run]), ("noticing", noticing))
    return Reached(who, arrives[run] + noticing, "acknowledged_above", steps)


def minutes_per_metre(scene: Scene, start_min: Floats) -> Floats:
    """Return how long people on foot take for a metre as the crow flies, by rain and by whether they set out at night."""
    walking = _walking(scene)
    pace: float = walking.detour / walking.speed_m_per_min * getattr(walking.pace, scene.scenario.plan.hazard.rain)
    return np.where(scene.habits.is_night(start_min), pace * walking.night, pace)


def legs_m(county: County, crowd: Crowd, visited: Bools, team: Ints) -> Floats:
    """Return metres from the house visited before (or the centre of the place) to each visited house, as the crow flies."""
    homes, places = crowd.homes, county.places
    route = np.flatnonzero(visited)
    x, y, walk = homes.x_m[route], homes.y_m[route], (crowd.stretch * (team.max(initial=0) + 1) + team)[route]
    dx, dy = np.empty(len(route)), np.empty(len(route))
    dx[1:], dy[1:] = x[1:] - x[:-1], y[1:] - y[:-1]
    first = np.flatnonzero(np.r_[True, walk[1:] != walk[:-1]]) if len(route) else route
    centre = homes.place[route[first]]
    dx[first], dy[first] = x[first] - places.x_m[centre], y[first] - places.y_m[centre]
    legs = np.zeros(len(homes))
    legs[route] = np.sqrt(dx * dx + dy * dy)
    return legs


# --- settled before any night -----------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Walk:
    """A patrol's way past the houses: metres walked when each first hears it, awake or asleep (``inf``: it never does)."""

    metres_awake: Floats
    metres_asleep: Floats


@dataclass(frozen=True, eq=False)
class _Drive:
    """The ways of all cars, in visiting order.

    Per run of households ``metres`` driven as the crow flies and stops made before it; per household ``level_db`` outside, with the car
    at the centre of its place (−∞ where the village has none).
    """

    metres: Floats
    stops_before: Floats
    level_db: Floats


@settled
def _outside(scenario: Scenario, crowd: Crowd, name: str) -> Floats:
    """Return the level outside each house with its nearest own loudspeaker or area terminal playing; −∞ without one."""
    plan: BroadcastPlan | AreaTerminalPlan = getattr(scenario.plan.channels, name)
    metres = getattr(crowd.homes, f"{_COLUMN[name]}_m")
    loud = np.full(len(crowd), -np.inf)
    some = np.flatnonzero(np.isfinite(metres))
    loud[some] = level_db(plan.source_level_db, metres[some], _sound(scenario).absorption_db_per_m, plan.screening_db)
    return loud


@settled
def _added(scenario: Scenario, crowd: Crowd, name: str) -> tuple[Ints, Ints, Floats]:
    """Return which houses could hear an added terminal: houses, rows of the terminals, levels outside; a house stands there once for each."""
    plan: BroadcastPlan | AreaTerminalPlan = getattr(scenario.plan.channels, name)
    table: pd.DataFrame = getattr(scenario.county, f"{_COLUMN[name]}s")
    rows = np.flatnonzero(table["added"].to_numpy(dtype=bool))
    if not rows.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    absorption = _sound(scenario).absorption_db_per_m
    least = min(_needed_db(scenario, "awake"), _needed_db(scenario, "asleep")) + plan.screening_db
    points = table[["x_m", "y_m"]].to_numpy()[rows]
    tree = spatial.cKDTree(np.column_stack([crowd.homes.x_m, crowd.homes.y_m]))
    near = tree.query_ball_point(points, _radius_m(plan.source_level_db, least, absorption))
    who = np.concatenate([np.sort(np.array(houses, dtype=np.int64)) for houses in near])
    at = np.repeat(np.arange(len(rows)), [len(houses) for houses in near])
    metres = np.hypot(crowd.homes.x_m[who] - points[at, 0], crowd.homes.y_m[who] - points[at, 1])
    return who, rows[at], level_db(plan.source_level_db, metres, absorption, plan.screening_db)


@settled
def _patrolled(scenario: Scenario, crowd: Crowd, name: str) -> _Walk:
    """Return the way of a patrol: past all houses of each place that holds the device, in visiting order.

    How far the path lies from a house differs from house to house, evenly between nothing and twice ``passing``.
    """
    plan: SoundPatrolPlan = getattr(scenario.plan.channels, name)
    county, homes = scenario.county, crowd.homes
    who = np.flatnonzero(_places_with(county, name)[homes.place])
    one_team = np.zeros(len(crowd), dtype=np.int64)
    legs = legs_m(county, crowd, np.ones(len(crowd), dtype=bool), one_team)
    walked = one_after_another(legs, one_team, 1, crowd) + legs
    passing = 2 * plan.passing_m * luck.uniform(scenario.plan.county.seed, 0, "patrol/passing", homes.id[who])
    metres = []
    for needed in (_needed_db(scenario, "awake"), _needed_db(scenario, "asleep")):
        radius = _radius_m(plan.source_level_db, needed, _sound(scenario).absorption_db_per_m)
        first = np.full(len(crowd), np.inf)
        earliest = _first_within(crowd, who, radius**2 - passing**2)
        first[who] = np.where(earliest >= 0, walked[earliest], np.inf)
        metres.append(first)
    return _Walk(metres[0], metres[1])


def _first_within(crowd: Crowd, who: Ints, squared_m2: Floats) -> Ints:
    """Return the first house on the route within a squared distance of each of ``who``; −1 if not even its own is."""
    homes = crowd.homes
    earliest = np.where(squared_m2 >= 0, who, -1)
    x, y, rank = homes.x_m[who], homes.y_m[who], crowd.rank[who]
    left = np.flatnonzero(squared_m2 >= 0)
    back = 0
    while len(left):
        back += 1
        left = left[rank[left] >= back]
        there = who[left] - back
        near = (homes.x_m[there] - x[left]) ** 2 + (homes.y_m[there] - y[left]) ** 2 <= squared_m2[left]
        earliest[left[near]] = there[near]
    return earliest


@settled
def _driven(scenario: Scenario, crowd: Crowd) -> _Drive:
    county, plan = scenario.county, scenario.plan.channels.patrol_car
    assert plan is not None  # noqa: S101 - the caller's channel
    places, runs = county.places, crowd.stretch_place
    has = _places_with(county, "patrol_car")
    above = places.parent[runs]
    served = np.flatnonzero(has[above])
    order = served[np.lexsort((runs[served], -places.listed_persons[runs[served]], above[served]))]
    metres, stops = np.zeros(len(runs)), np.zeros(len(runs))
    here, driven, made = -1, 0.0, 0
    for run in order.tolist():
        if above[run] != here:
            here, before, driven, made = int(above[run]), int(above[run]), 0.0, 0
        driven += float(
            np.hypot(places.x_m[runs[run]] - places.x_m[before], places.y_m[runs[run]] - places.y_m[before])
        )
        metres[run], stops[run] = driven, made
        before, made = int(runs[run]), made + 1
    homes = crowd.homes
    away = np.hypot(homes.x_m - places.x_m[homes.place], homes.y_m - places.y_m[homes.place])
    loud = level_db(plan.source_level_db, away, _sound(scenario).absorption_db_per_m, plan.screening_db)
    return _Drive(metres, stops, np.where(has[above][crowd.stretch], loud, -np.inf))


@settled
def _ways_in(scenario: Scenario, crowd: Crowd) -> Ints:
    """Return the row of the path that joins the place of each run to the place above; −1 where none is known."""
    places, roads = scenario.county.places, scenario.county.networks.roads
    paths = {
        frozenset(ends): row
        for row, (kind, *ends) in enumerate(zip(roads["kind"], roads["from"], roads["to"], strict=True))
        if kind == "path"
    }
    ends = ((places.code[place], places.code[places.parent[place]]) for place in crowd.stretch_place.tolist())
    return np.array([paths.get(frozenset(pair), -1) for pair in ends], dtype=np.int64)


def _places_with(county: County, device: str) -> Bools:
    """Return which places hold a device."""
    has = np.zeros(len(county.places), dtype=bool)
    for place in county.devices["place"][county.devices["device"] == device]:
        has[county.index[place]] = True
    return has


def _radius_m(source_db: float, needed_db: float, absorption_db_per_m: float) -> float:
    """Return how far a source is heard: the distance at which its level falls to what is needed, by bisection."""
    near, far = 1.0, 1e5
    if level_db(source_db, np.array([near]), absorption_db_per_m)[0] < needed_db:
        return 0.0
    for _ in range(60):
        middle = (near + far) / 2
        if level_db(source_db, np.array([middle]), absorption_db_per_m)[0] >= needed_db:
            near = middle
        else:
            far = middle
    return near


# --- who hears ------------------------------------------------------------------------------------------------------------


def _opened(
    scene: Scene,
    name: str,
    plan: BroadcastPlan | AreaTerminalPlan,
    online: Bools,
    delay_min: Floats,
    works: Timeline,
) -> Reached:
    """Return who hears terminals that are opened together, each with its delay, and until they have listened to the first."""
    opens = scene.opens_min[name] + plan.setup.draw(scene.once(f"{name}/setup"))
    scene.note(scene.released_min + opens, name, "started")
    who, terminal, loudness = _in_earshot(scene, name)
    on = online[terminal]
    who, terminal, loudness = who[on], terminal[on], loudness[on]
    preparing = opens + delay_min[terminal]
    there = _hears(scene, who, loudness, scene.released_min + preparing)
    who, terminal, preparing = who[there], terminal[there], preparing[there]
    noticing = _listening(scene, name, who)
    if not works.never_fails:
        begin = scene.released_min + preparing
        heard = up_throughout(works, terminal, begin, begin + noticing)
        who, preparing, noticing = who[heard], preparing[heard], noticing[heard]
    if np.any(who[1:] <= who[:-1]):  # some hear several
        order = np.lexsort((preparing, who))
        first = order[np.unique(who[order], return_index=True)[1]]
        who, preparing, noticing = who[first], preparing[first], noticing[first]
    return Reached(
        who, scene.released_min + preparing + noticing, "released", (("preparing", preparing), ("noticing", noticing))
    )


def _in_earshot(scene: Scene, name: str) -> tuple[Ints, Ints, Floats]:
    """Return who may hear which terminal, and the level outside: the nearest of the county's own, and every one that was added."""
    crowd, homes = scene.crowd, scene.homes
    loudness = _outside(scene.scenario, crowd.whole, name)[crowd.within]
    who = _may_hear(scene, loudness)
    own = (who, getattr(homes, _COLUMN[name])[who], loudness[who])
    added = _added(scene.scenario, crowd.whole, name)
    if not added[0].size:
        return own
    here = np.full(len(crowd.whole), -1, dtype=np.int64)
    here[crowd.within] = np.arange(len(homes))
    rows = here[added[0]]
    able = (rows >= 0) & ~homes.hard_of_hearing[rows]
    return (
        np.concatenate([own[0], rows[able]]),
        np.concatenate([own[1], added[1][able]]),
        np.concatenate([own[2], added[2][able]]),
    )


def _may_hear(scene: Scene, loudness_db: Floats) -> Ints:
    """Return who hears well and has a level outside that some state of theirs would need."""
    least = min(_needed_db(scene.scenario, "awake"), _needed_db(scene.scenario, "asleep"))
    return np.flatnonzero((loudness_db >= least) & ~scene.homes.hard_of_hearing)


def _hears(scene: Scene, who: Ints, loudness_db: Floats, at_min: Floats) -> Bools:
    """Return which of ``who`` are at home at a minute and hear a level outside, asleep or awake."""
    asleep = scene.habits.asleep(at_min, who)
    needed = np.where(asleep, _needed_db(scene.scenario, "asleep"), _needed_db(scene.scenario, "awake"))
    return (loudness_db >= needed) & scene.habits.at_home(at_min, who)


def _listening(scene: Scene, name: str, who: Ints) -> Floats:
    listen: Floats = _sound(scene.scenario).listen.draw(scene.each(f"{name}/listen", who))
    return listen


def _needed_db(scenario: Scenario, state: str) -> float:
    needed: float = getattr(getattr(_sound(scenario), state), scenario.plan.hazard.rain)
    return needed


def _sound(scenario: Scenario) -> SoundPlan:
    plan = scenario.plan.channels.sound
    assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
    return plan


def _walking(scene: Scene) -> WalkingPlan:
    plan = scene.channels.walking
    assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
    return plan
