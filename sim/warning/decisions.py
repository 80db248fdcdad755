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
    will not go unless persuaded, though it is sure. ``prepare_min`` how long it takes once decided. ``away``: nobody was at home to decide;
    such a household stays where it is. ``early``: it goes by itself on hearing of danger, asked or not.
    """

    sure_min: Floats
    decided_min: Floats
    ready_min: Floats
    prepare_min: Floats
    refuses: Bools
    away: Bools
    early: Bools


def decisions(plan: DecisionPlan, crowd: Crowd, asked: Prompts, habits: Habits, night_luck: Luck) -> Decisions:
    """Return what the households that must leave decide, and when.

    A household that is only told first makes sure for itself, unless it hears it by several means or an official has its answer. One that
    hears of danger before it is asked to leave may go by itself. Who was told of danger before is quicker.
    """
    homes = crowd.homes

    def luck(what: str) -> Floats:
        return night_luck.uniform(f"decision/{what}", homes.id)

    seeking_min = plan.seek.draw(luck("seek"))
    sure = np.minimum(np.minimum(asked.confirmed_min, asked.sources_min), asked.told_min + seeking_min)
    unasked = asked.heard_min + seeking_min
    early = asked.due & (luck("early") < plan.early) & (unasked < sure)
    sure = np.where(early, unasked, np.where(asked.due, sure, np.inf))
    refuses = (luck("refuses") < plan.refuses) & ~early
    away = np.isfinite(sure) & ~habits.at_home(sure)
    sure[away] = np.inf
    pace = np.where(asked.heard_min < asked.told_min, plan.alerted_factor, 1.0)
    decided = sure + plan.decide.draw(luck("decide")) * pace
    prepare = plan.prepare.draw(luck("prepare")) * pace
    prepare = (
        prepare * np.where(habits.is_night(decided), plan.night, 1.0) * np.where(homes.needs_help, plan.needs_help, 1.0)
    )
    ready = np.where(refuses, np.inf, decided + prepare)
    return Decisions(sure, decided, ready, prepare, refuses, away, early)
