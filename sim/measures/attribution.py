"""Who spent the minutes: along the way by which each household was first told, every minute since T0 belongs to one step.

A way begins with the decision on the act (or outside the chain: a sighting, a neighbouring county), runs from desk to desk, and ends
with the means that told the household, or with the household that passed it on.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.county import County
from sim.records import CALLING, CAUSES, CHANNELS, DECIDING, OUTSIDE, STEPS, ActRecords, Night, Reached

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ints8 = NDArray[np.int8]
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


def minutes_inside(county: County, night: Night) -> tuple[Floats, Ints]:
    """Return the minutes of each step until their first being told, added up over those told inside each place, and how many they are.

    Shapes (places, steps) and (places,). The steps of a place sum to the minutes of its households.
    """
    lowest, parent = county.households.place, county.places.parent
    minutes, told = np.zeros((len(parent), len(STEPS))), np.zeros(len(parent), dtype=np.int64)
    for number, act in enumerate(night.acts):
        rows = act.reception.rows
        first = night.households.first_act[rows] == number
        if first.any():
            _add(minutes, act, lowest[rows], first, parent)
            told += np.bincount(lowest[rows[first]], minlength=len(parent))
    above_too, told_too = np.zeros_like(minutes), np.zeros_like(told)
    for above in county.ancestors:
        inside = above >= 0
        np.add.at(above_too, above[inside], minutes[inside])
        np.add.at(told_too, above[inside], told[inside])
    return above_too, told_too


def _add(minutes: Floats, act: ActRecords, lowest: Ints, first: Bools, parent: Ints) -> None:
    """Add what one act took to its households' lowest places, of those that it told ``first``.

    Many households begin where the same desk ended, and few steps are a household's own: the former are counted, the latter added up,
    so that no household has a row of all the steps.
    """
    reached, first_by = act.reception.reached, act.reception.first_by
    at = {name: _position(own, len(lowest)) for name, own in reached.items()}
    root = np.arange(len(lowest))  # who of those that nobody passed it on to stands at the beginning of the way
    passed = _passed_on(root, reached, at, first_by)
    begins = _begins(act, parent)
    for name, own in reached.items():
        if own.begins == "told":
            continue
        who = np.flatnonzero(first & (first_by[root] == CHANNELS.index(name)))
        place, position = lowest[who], at[name][root[who]]
        for step, spent in own.steps:
            minutes[:, _COLUMN[step]] += np.bincount(place, spent[position], len(minutes))
        _add_rows(minutes, place, lowest[root[who]], begins[own.begins])
    for step, spent in passed.items():
        minutes[:, _COLUMN[step]] += np.bincount(lowest[first], spent[first], len(minutes))


def _begins(act: ActRecords, parent: Ints) -> dict[str, Floats]:
    """Return the minutes of each step up to where the steps of a means begin, by the lowest place of a household, shape (places, steps)."""
    places, calls = len(parent), act.calls
    desks = desk_minutes(act, places)
    dispatched = desks[:places].copy()
    went = np.flatnonzero(np.isfinite(calls.dispatched_min))
    dispatched[went, _COLUMN["relaying"]] += calls.dispatched_min[went] - calls.acknowledged_min[went]
    released = np.broadcast_to(_beginning(act, -1, 0.0), (places, len(STEPS)))
    return {"released": released, "dispatched": dispatched, "acknowledged_above": desks[parent]}


def _position(reached: Reached, rows: int) -> Ints:
    """Return where each row stands among those that a channel reached; nothing of those it did not reach."""
    at = np.zeros(rows, dtype=np.int64)
    at[reached.who] = np.arange(len(reached.who))
    return at


def _passed_on(
    root: Ints, reached: Mapping[str, Reached], at: Mapping[str, Ints], first_by: Ints8
) -> dict[str, Floats]:
    """Follow those told by another household back to the ``root`` of their way, in place; return the minutes by step on the way from there."""
    spent: dict[str, Floats] = {}
    waiting: list[tuple[Reached, Ints, Ints]] = []
    for name, own in reached.items():
        if own.begins == "told" and own.teller is not None:
            who = np.flatnonzero(first_by == CHANNELS.index(name))
            waiting.append((own, who, at[name][who]))
            spent |= {step: np.zeros(len(root)) for step, _ in own.steps}
    known = np.ones(len(root), dtype=bool)
    for _, who, _ in waiting:
        known[who] = False
    while any(len(who) for _, who, _ in waiting):
        left = []
        for own, who, position in waiting:
            assert own.teller is not None  # noqa: S101 - asked above
            ready = known[own.teller[position]]
            new, of, teller = who[ready], position[ready], own.teller[position[ready]]
            root[new] = root[teller]
            for total in spent.values():
                total[new] = total[teller]
            for step, minutes in own.steps:
                spent[step][new] += minutes[of]
            known[new] = True
            left.append((own, who[~ready], position[~ready]))
        waiting = left
    return spent


def _add_rows(minutes: Floats, place: Ints, row: Ints, table: Floats) -> None:
    """Add to each ``place`` the ``row`` of a table, for each pair; nearly all pairs are of a place with itself."""
    count = np.bincount(place[place == row], minlength=len(minutes))
    some = np.flatnonzero(count)
    minutes[some] += count[some, None] * table[some]
    other = place != row
    np.add.at(minutes, place[other], table[row[other]])
