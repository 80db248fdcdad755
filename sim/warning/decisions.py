"""What households in danger zones make of being asked to leave: they make sure, decide, get ready, or refuse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.scenario.evacuation import DecisionPlan
from sim.warning.scene import Habits
from sim.warning.setting import Crowd
from sim.warning.triggers import Prompts

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Decisions:
    """How far each household came by itself; minutes after T0, ``inf`` for never, shape (households,).

    ``sure_min`` when it was sure that it must leave, ``decided_min`` when it had decided, ``ready_min`` when it could go. ``refuses``: it
    will not go unless persuaded, though it is sure. ``prepare_min`` how long it takes by day once decided. ``away``: it was told, and nobody is at
    home by the end. ``early``: it goes by itself on hearing of danger, before anything asks it to.
    """

    sure_min: Floats
    decided_min: Floats
    ready_min: Floats
    prepare_min: Floats
    refuses: Bools
    away: Bools
    early: Bools


def decisions(
    plan: DecisionPlan, crowd: Crowd, asked: Prompts, habits: Habits, night_luck: Luck, end_min: float
) -> Decisions:
    """Return what the households that must leave decide, and when.

    A household that is only told first makes sure for itself, unless it hears it by several means or an official has its answer. One that
    hears of danger before it is asked to leave may go by itself. Who was told of danger before is quicker. Whoever is not at home decides
    when at home again.
    """
    homes = crowd.homes

    def luck(what: str) -> Floats:
        return night_luck.uniform(f"decision/{what}", homes.id)

    seeking_min = plan.seek.draw(luck("seek"))
    due = np.isfinite(asked.due_min)
    sure = np.minimum(np.minimum(asked.confirmed_min, asked.sources_min), asked.told_min + seeking_min)
    unasked = asked.heard_min + seeking_min
    early = due & (luck("early") < plan.early) & (unasked < asked.told_min)
    sure = np.where(early, unasked, np.where(due, sure, np.inf))
    told = np.isfinite(sure)
    sure = _at_home_from(sure, habits, end_min)
    refuses = (luck("refuses") < plan.refuses) & ~early
    pace = np.where((asked.heard_min < asked.told_min) & ~early, plan.alerted_factor, 1.0)
    decided = sure + plan.decide.draw(luck("decide")) * pace
    prepare = plan.prepare.draw(luck("prepare")) * pace * np.where(homes.needs_help, plan.needs_help, 1.0)
    ready = decided + prepare * np.where(habits.is_night(decided), plan.night, 1.0)
    ready[refuses] = np.inf
    return Decisions(sure, decided, ready, prepare, refuses, told & np.isinf(sure), early)


def _at_home_from(t_min: Floats, habits: Habits, end_min: float) -> Floats:
    """Return the first minute from ``t_min`` on at which each household is at home, ``inf`` if that is not by the end.

    At home or not changes on the hour.
    """
    at = t_min.copy()
    out = np.flatnonzero(np.isfinite(at) & ~habits.at_home(at))
    while out.size:
        at[out] = habits.next_hour(at[out])
        at[out[at[out] > end_min]] = np.inf
        out = out[np.isfinite(at[out]) & ~habits.at_home(at[out], out)]
    return at
