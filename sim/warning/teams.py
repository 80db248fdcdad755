"""Teams that go from door to door."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.records import REASONS, Reached
from sim.warning.scene import Scene, one_after_another
from sim.warning.sound import legs_m, minutes_per_metre

Floats = NDArray[np.float64]
_NOT_REACHED, _TOO_LATE, _NOBODY_HOME, _NOT_OPENED = (
    REASONS.index(reason) for reason in ("desk_not_reached", "team_too_late", "nobody_home", "door_not_answered")
)


def doors(scene: Scene, answered_call_min: Floats) -> tuple[Reached, NDArray[np.int8]]:
    """Teams walk from house to house, each with an even share of the route; who opens is told and confirmed.

    The route is fixed when the team sets out: listed households first, then along a curve through the houses, building by building;
    it leaves out only households that have answered a call by then (``answered_call_min``). Whether somebody is at home is judged at
    that minute too. Second, why each household was not told by its team (codes of ``REASONS``).
    """
    door, crowd, homes = scene.channels.door, scene.crowd, scene.homes
    assert door is not None  # noqa: S101 - the rules of the scenario room see to it
    preparing = scene.at_desks("door/assemble", door.assemble)
    leaves = scene.dispatched_min + preparing
    start = leaves[crowd.stretch]
    visited = answered_call_min > start
    team = crowd.rank * door.teams // np.maximum(crowd.run_length, 1)
    at_home = scene.habits.at_home(start)
    opened = visited & at_home & (scene.each("door/answered") < door.answered)
    stay = np.full(len(crowd), door.absent_min)
    stay[opened] = door.per_house.draw(scene.each("door/per_house", np.flatnonzero(opened)))
    walk = legs_m(scene.scenario.county, crowd, visited, team)
    route = np.flatnonzero(visited)
    building, walker = homes.building[route], crowd.stretch[route] * door.teams + team[route]
    same = (building[1:] >= 0) & (building[1:] == building[:-1]) & (walker[1:] == walker[:-1])
    indoors = np.zeros(len(crowd))
    indoors[route[1:][same]] = door.same_building_min
    way = walk * minutes_per_metre(scene, leaves)[crowd.stretch] + indoors
    way += one_after_another(np.where(visited, way + stay, 0.0), team, door.teams, crowd)
    done_min = start + way + stay
    in_time = done_min <= scene.end_min
    who = np.flatnonzero(opened & in_time)
    reason = np.where(at_home, _NOT_OPENED, _NOBODY_HOME).astype(np.int8)
    reason[~in_time] = _TOO_LATE
    reason[np.isinf(start)] = _NOT_REACHED
    steps = (
        ("preparing", preparing[crowd.stretch[who]]),
        ("walking", way[who]),
        ("visiting", stay[who]),
    )
    return Reached(who, done_min[who], "dispatched", steps), reason
