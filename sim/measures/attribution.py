"""Who spent the minutes: along the way by which each household was first told, every minute since T0 belongs to one step.

A way begins with the decision on the act (or outside the chain: a sighting, a neighbouring county), runs from desk to desk, and ends
with the means that told the household, or with the household that passed it on.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.records import CALLING, CAUSES, CHANNELS, DECIDING, OUTSIDE, STEPS, ActRecords, Night, Reached

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_COLUMN = {step: column for column, step in enumerate(STEPS)}
_CALLING = [_COLUMN[step] for step in CALLING]
_REPORT = CAUSES.index("report")


def desk_minutes(act: ActRecords, places: int, only: Bools | None = None) -> Floats:
    """Return the minutes of each step from T0 to each node's answer, shape (nodes, steps); ``nan`` where nobody answered.

    Each row sums to ``acknowledged_min``. Nodes from ``places`` on are key sites and responsible persons, whom places call. With ``only``,
    shape (nodes,), the rows of other nodes stay ``nan``; whoever calls one of these must be one of them.
    """
    calls = act.calls
    count, spent_min = len(calls.acknowledged_min), np.nan_to_num(calls.minutes)
    minutes = np.full((count, len(STEPS)), np.nan)
    at_min = calls.acknowledged_min if only is None else np.where(only, calls.acknowledged_min, np.inf)
    turn = np.empty(count, dtype=np.int64)
    turn[np.argsort(at_min, kind="stable")] = np.arange(count)
    caller = np.where((calls.caller >= 0) & (calls.caller < places), calls.caller, 0)
    # a report begins with its sighting, whenever the caller itself was told
    told = (caller == calls.caller) & (calls.cause != _REPORT) & (turn[caller] < turn)
    first = np.isfinite(at_min) & ~told
    for node in np.flatnonzero(first).tolist():
        minutes[node] = _beginning(act, int(calls.cause[node]), at_min[node] - spent_min[node].sum())
        minutes[node, _CALLING] += spent_min[node]
    waiting = np.flatnonzero(np.isfinite(at_min) & told)
    while len(waiting):  # a round for each rung of the ladder of desks
        ready = np.isfinite(minutes[caller[waiting], 0])
        node, waiting = waiting[ready], waiting[~ready]
        minutes[node] = minutes[caller[node]]
        minutes[np.ix_(node, _CALLING)] += spent_min[node]
    return minutes


def _beginning(act: ActRecords, cause: int, at_min: float) -> Floats:
    """Return the minutes up to the first call: those of the decision, or those outside the chain."""
    minutes = np.zeros(len(STEPS))
    if act.kind == "local":
        outside = CAUSES[cause] if CAUSES[cause] in OUTSIDE else "sighting"
        minutes[_COLUMN[outside]] = at_min
    else:
        minutes[: len(DECIDING)] = np.diff([0.0, *act.decided_min])
    return minutes


def household_minutes(act: ActRecords, lowest: Ints, above: Ints, places: int) -> Floats:
    """Return the minutes of each step from T0 to each household's being told in one act, shape (rows, steps); ``nan`` for never.

    Each row sums to ``told_min``.

    Parameters
    ----------
    lowest : shape (rows,)
        the lowest place of each household of ``act.reception.rows``
    above : shape (places,)
        the place above each place
    places
        how many places there are
    """
    desks = desk_minutes(act, places)
    dispatched = desks[:places].copy()
    went = np.flatnonzero(np.isfinite(act.calls.dispatched_min))
    dispatched[went, _COLUMN["relaying"]] += act.calls.dispatched_min[went] - act.calls.acknowledged_min[went]
    begins = {
        "released": np.broadcast_to(_beginning(act, -1, 0.0), (places, len(STEPS))),
        "dispatched": dispatched,
        "acknowledged_above": desks[above],
    }
    reception = act.reception
    minutes = np.full((len(reception.rows), len(STEPS)), np.nan)
    at = np.empty(len(reception.rows), dtype=np.int64)
    passed: list[tuple[str, Ints, Ints]] = []
    for name, reached in reception.reached.items():
        at[reached.who] = np.arange(len(reached.who))
        mine = np.flatnonzero(reception.first_by == CHANNELS.index(name))
        position = at[mine]
        if reached.begins == "told":
            passed.append((name, mine, position))
            continue
        minutes[mine] = begins[reached.begins][lowest[mine]]
        for step, spent in reached.steps:
            minutes[mine, _COLUMN[step]] += spent[position]
    _pass_on(minutes, passed, reception.reached)
    return minutes


def _pass_on(minutes: Floats, passed: list[tuple[str, Ints, Ints]], reached: Mapping[str, Reached]) -> None:
    """Fill in households that were told by another one, once the way of that one is known."""
    waiting = passed
    while any(len(mine) for _, mine, _ in waiting):
        left = []
        for name, mine, position in waiting:
            channel = reached[name]
            teller = channel.teller[position] if channel.teller is not None else position
            known = np.isfinite(minutes[teller, 0])
            minutes[mine[known]] = minutes[teller[known]]
            for step, spent in channel.steps:
                minutes[mine[known], _COLUMN[step]] += spent[position[known]]
            left.append((name, mine[~known], position[~known]))
        waiting = left


def waterfall(night: Night, lowest: Ints, above: Ints) -> Floats:
    """Return the minutes of each step to each household's first being told, shape (households, steps); ``nan`` for never.

    Each row sums to ``night.households.warned_min``. ``lowest`` is the lowest place of each household, ``above`` the place above each
    place.
    """
    minutes = np.full((len(lowest), len(STEPS)), np.nan)
    first_act = night.households.first_act
    for number, act in enumerate(night.acts):
        rows = act.reception.rows
        mine = first_act[rows] == number
        if mine.any():
            minutes[rows[mine]] = household_minutes(act, lowest[rows], above, len(above))[mine]
    return minutes
