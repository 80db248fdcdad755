"""Telephone calls to households: by somebody of the lowest desk, one by one, and automated, over the lines of the platform.

A call needs the mobile network of the household's place from its beginning to its end. One that fails takes the time it would have taken.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.records import Reached
from sim.warning.scene import Scene, one_after_another, up_throughout

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def household_calls(scene: Scene) -> Reached:
    """The lowest desk telephones its households one by one; an answer tells and confirms, at the end of the talk.

    Whether a household sleeps is judged at the minute its desk begins, not at each call. The desk stands in the place of its households
    and uses the same network.
    """
    phone, homes, crowd = scene.channels.phone, scene.homes, scene.crowd
    assert phone is not None  # noqa: S101 - receive() sees to it
    plan = phone.households
    assert plan is not None  # noqa: S101 - receive() sees to it
    preparing = scene.at_desks("phone/setup", plan.setup)
    start = (scene.dispatched_min + preparing)[crowd.stretch]
    called = np.flatnonzero((homes.phone > 0) & np.isfinite(start))
    u = scene.each("phone/answered", called)
    who = called[scene.respond(u, start[called], called, awake=plan.answered_awake, asleep=plan.answered_asleep)]
    minutes = np.where(homes.phone > 0, plan.ring_min, 0.0)
    minutes[who] = plan.talk.draw(scene.each("phone/talk", who))
    has = (homes.phone > 0).astype(np.int64)
    dealt = np.cumsum(has) - has  # households with a phone before this one; each run begins with the first caller
    dealt -= dealt[np.flatnonzero(crowd.rank == 0)][crowd.stretch]
    waits = one_after_another(minutes, dealt % plan.callers, plan.callers, crowd)
    if not scene.conditions.service.never_fails:
        who = who[_holds(scene, who, start[who] + waits[who], minutes[who])]
    steps = (
        ("preparing", preparing[crowd.stretch[who]]),
        ("sending", waits[who]),
        ("talking", minutes[who]),
    )
    return Reached(who, start[who] + waits[who] + minutes[who], "dispatched", steps)


def automated_calls(scene: Scene) -> Reached:
    """Automated calls over so many lines, listed households first; who does not answer is called again, up to ``tries`` times.

    A line takes the next call that is due when it falls free. Whether somebody can be reached is drawn once, whether they answer
    each time; a household sleeps or not as it does when the calls begin. A call that the network cuts counts as not answered.
    """
    plan = scene.channels.auto_call
    assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
    preparing = scene.opens_min["auto_call"] + plan.setup.draw(scene.once("auto_call/setup"))
    start = scene.released_min + preparing
    scene.note(start, "auto_call", "started")
    nobody = np.zeros(0, dtype=np.int64)
    who = _called(scene) if start <= scene.end_min else nobody
    reachable = scene.all_night("auto_call/reachable", who) < plan.reachable
    share = np.where(scene.habits.asleep(start, who), plan.answered_asleep, plan.answered_awake) * reachable
    talk = plan.talk.draw(scene.each("auto_call/talk", who))
    calm, free = scene.conditions.service.never_fails, np.zeros(plan.lines)
    due, waiting = np.zeros(len(who)), np.arange(len(who))
    told, told_min, talking = [nobody], [np.zeros(0)], [np.zeros(0)]
    for n in range(plan.tries):
        answered = scene.each(f"auto_call/answered/{n}", who[waiting]) < share[waiting]
        minutes = np.where(answered, talk[waiting], plan.ring_min)
        done, free = over_lines(free, due[waiting], minutes)
        if not calm:
            answered &= _holds(scene, who[waiting], start + (done - minutes), minutes)
        told.append(waiting[answered])
        told_min.append(done[answered])
        talking.append(minutes[answered])
        due[waiting] = done + plan.gap_min
        waiting = waiting[~answered]  # still in the order in which they are due: all rang equally long …
        if not calm:  # … but for calls that were cut while people talked
            waiting = waiting[np.argsort(due[waiting], kind="stable")]
    position, waited, spoke = np.concatenate(told), np.concatenate(told_min), np.concatenate(talking)
    steps = (("preparing", np.full(len(position), preparing)), ("sending", waited - spoke), ("talking", spoke))
    return Reached(who[position], start + waited, "released", steps)


def over_lines(free: Floats, due: Floats, minutes: Floats) -> tuple[Floats, Floats]:
    """Return when each call ends, and when the lines fall free after the last: in order, each takes the line free first, once it is due.

    ``free`` are the minutes at which the lines fall free before, in any order. No call ends sooner than the first line and the shortest
    call allow, so all lines free before that are given out in one step.
    """
    done = np.empty(len(minutes))
    shortest = float(minutes.min(initial=np.inf))
    free, begin = np.sort(free), 0
    while begin < len(minutes):
        end = begin + max(int(np.searchsorted(free, free[0] + shortest)), 1)
        taken = len(minutes[begin:end])
        done[begin:end] = np.maximum(free[:taken], due[begin:end]) + minutes[begin:end]
        free[:taken] = done[begin:end]
        free.sort()
        begin = end
    return done, free


def _holds(scene: Scene, who: Ints, begin_min: Floats, minutes: Floats) -> Bools:
    """Return which calls to ``who`` the network of their places carries from beginning to end."""
    return up_throughout(scene.conditions.service, scene.homes.place[who], begin_min, begin_min + minutes)


def _called(scene: Scene) -> Ints:
    """Return who is called, in order."""
    plan, homes = scene.channels.auto_call, scene.homes
    assert plan is not None  # noqa: S101 - the caller's channel
    order = scene.crowd.listed_first
    called: Ints = order[(homes.phone[order] > 0) & (homes.listed[order] | (plan.whom == "all"))]
    return called
