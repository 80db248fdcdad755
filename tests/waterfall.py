"""The minutes of each household, one by one: what the measures add up by place, in the plainest way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.measures.attribution import desk_minutes
from sim.records import CHANNELS, DECIDING, STEPS, ActRecords, Night, Reached

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_COLUMN = {step: column for column, step in enumerate(STEPS)}


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
        "released": np.broadcast_to(_deciding(act), (places, len(STEPS))),
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


def _deciding(act: ActRecords) -> Floats:
    """Return the minutes until an act is released."""
    minutes = np.zeros(len(STEPS))
    if act.kind != "local":
        minutes[: len(DECIDING)] = np.diff([0.0, *act.decided_min])
    return minutes
