"""From what households in danger zones heard to who is safe when the hazard strikes.

1. triggers ask   2. households decide   3. they move, by themselves or with help   4. shelters admit them   5. some go home too early
6. where each is when its zone is struck, and why
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.records import EXCLUDED, EXPOSED, ActRecords, EvacuationRecords, EventLog, ShelterRecords
from sim.scenario import Scenario
from sim.warning.conditions import Conditions
from sim.warning.decisions import Decisions, decisions
from sim.warning.key_sites import key_sites
from sim.warning.movement import Hands, Movement, Moves
from sim.warning.refuges import Refuges
from sim.warning.scene import Habits
from sim.warning.setting import Crowd, Setting
from sim.warning.supplies import relieved
from sim.warning.triggers import Prompts, prompts, speaks_of_danger
from sim.warning.ways import Ways

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_CAUSE = {name: np.int8(code) for code, name in enumerate(EXPOSED)}
_AWAY, _NO_ONSET = EXCLUDED.index("away"), EXCLUDED.index("no_onset")


def evacuate(
    scenario: Scenario,
    setting: Setting,
    night_luck: Luck,
    acts: Sequence[ActRecords],
    conditions: Conditions,
    struck_min: Floats,
) -> tuple[EvacuationRecords, EventLog]:
    """Return what became of the households in danger zones, and what was noted on the way; ``struck_min`` per zone."""
    plan, county, crowd, end_min = scenario.plan.evacuation, scenario.county, setting.threatened, scenario.plan.end_min
    assert plan is not None  # noqa: S101 - the caller's case
    homes = crowd.homes
    habits = Habits(county, homes, scenario.plan.start, night_luck)
    refuges = Refuges(scenario, crowd, conditions.ways)
    struck_min = np.where(struck_min <= end_min, struck_min, np.inf)
    onset_min = struck_min[homes.zone]
    asked = prompts(scenario, crowd, setting.zones, acts, habits)
    decided = decisions(plan.decision, crowd, asked, habits, night_luck, end_min)
    movement = Movement(scenario, crowd, night_luck, conditions, refuges, habits, _hands(scenario, crowd, acts, asked))
    moves = movement.run(decided, onset_min)
    admission = refuges.admit(moves.at_door_min, moves.per_metre)
    safe_min = np.where(admission.safe_min <= end_min, admission.safe_min, np.inf)
    returned_min = np.full(len(crowd), np.inf)
    if plan.returns is not None:
        goes = night_luck.uniform("returns/goes", homes.id) < plan.returns.share
        returned_min[goes] = (safe_min + plan.returns.after.draw(night_luck.uniform("returns/after", homes.id)))[goes]
        returned_min[returned_min > end_min] = np.inf
    course = _Course(asked, decided, moves, safe_min, admission.gave_up_min, returned_min, onset_min)
    exposed, excluded = course.when_struck(habits)
    shelter = np.where(np.isfinite(safe_min), admission.shelter, -1)
    records = EvacuationRecords(
        rows=crowd.rows,
        due_min=course.due_min,
        trigger=np.where(course.by_itself, -1, asked.trigger),
        prompted_min=course.told_min,
        ready_min=np.where(moves.ready_min <= end_min, moves.ready_min, np.inf),
        departed_min=moves.departed_min,
        safe_min=safe_min,
        returned_min=returned_min,
        onset_min=onset_min,
        shelter=shelter,
        settled_min=course.settled_min(persuasion=plan.helpers is not None and plan.persuasion is not None),
        helped=moves.helped,
        exposed=exposed,
        excluded=excluded,
        known_min=movement.known_min,
        shelters=_shelters(scenario, conditions.ways, night_luck, crowd, shelter, safe_min, admission.full_min),
        key_sites=key_sites(scenario, setting, acts, night_luck, habits, struck_min),
    )
    return records, movement.log


@dataclass(frozen=True)
class _Course:
    """How far each household in a danger zone came tonight; minutes after T0, ``inf`` for never, shape (households,)."""

    asked: Prompts
    decided: Decisions
    moves: Moves
    safe_min: Floats
    gave_up_min: Floats
    returned_min: Floats
    onset_min: Floats

    @property
    def by_itself(self) -> Bools:
        """Whether it goes on hearing of danger, before anything asks it to."""
        return self.decided.early & np.isfinite(self.decided.sure_min)

    @property
    def told_min(self) -> Floats:
        """When it heard what it acts upon: what asks it to leave, or of danger."""
        return np.where(self.by_itself, self.asked.heard_min, self.asked.told_min)

    @property
    def due_min(self) -> Floats:
        """Since when it must leave; whom something asks only after the onset is none of those who had to."""
        return np.where(self.asked.due_min <= self.onset_min, self.asked.due_min, np.inf)

    def settled_min(self, *, persuasion: bool) -> Floats:
        """Return when it is settled what becomes of it: it is safe, nobody is there, or it has refused for the last time."""
        refused = self.moves.given_up_min if persuasion else self.decided.decided_min
        stays = np.where(self.decided.refuses & np.isinf(self.moves.ready_min), refused, np.inf)
        return np.where(self.decided.away, self.told_min, np.minimum(self.safe_min, stays))

    def when_struck(self, habits: Habits) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """Return why each household that must leave is exposed at the onset, and why others are not counted; codes of the records."""
        onset, moves, decided = self.onset_min, self.moves, self.decided
        struck = np.isfinite(onset)
        left = moves.departed_min <= onset
        safe = np.isfinite(self.safe_min) & (self.safe_min <= onset) & ~(struck & (self.returned_min <= onset))
        away = (
            struck & ~left & np.isinf(decided.sure_min) & ~habits.at_home(onset)
        )  # who has decided at home stays there
        excluded = np.full(len(onset), -1, dtype=np.int8)
        excluded[~struck & ~safe] = _NO_ONSET
        excluded[away] = _AWAY
        persuaded = ~decided.refuses | (moves.persuaded_min <= onset)
        states = (  # the last of them that the household had come to
            ("went_back", self.returned_min <= onset),
            ("no_shelter", self.gave_up_min <= onset),
            ("on_the_way", left),
            ("waiting_for_help", (moves.ready_min <= onset) & moves.needs_crew),
            ("road_cut", moves.ready_min <= onset),
            ("preparing", (decided.decided_min <= onset) & persuaded),
            ("refused", decided.decided_min <= onset),
            ("deciding", self.told_min <= onset),
            ("not_told", self.asked.asked_min <= onset),
        )
        cause = np.select([so for _, so in states], [_CAUSE[name] for name, _ in states], _CAUSE["not_ordered"])
        exposed = np.where(np.isfinite(self.due_min) & struck & ~safe & ~away, cause, -1).astype(np.int8)
        return exposed, excluded


def _hands(scenario: Scenario, crowd: Crowd, acts: Sequence[ActRecords], asked: Prompts) -> Hands:
    """Return when each village knows that some of its people must leave, and when the door teams of its danger zones are through.

    A team is through when the last door has been opened to it, or, if none was, once it has been sent.
    """
    village, size = scenario.county.reporter, len(scenario.county.places)
    of_home = village[crowd.homes.place]
    known, through = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(known, of_home, asked.known_min)
    for act in acts:
        if not speaks_of_danger(act) or (door := act.reception.reached.get("door")) is None:
            continue
        sent = np.flatnonzero(np.isfinite(act.calls.dispatched_min[:size]))
        through[sent] = np.maximum(through[sent], act.calls.dispatched_min[sent])
        if len(door.who):
            place = scenario.county.households.place[act.reception.rows[door.who]]
            begins = np.flatnonzero(np.r_[True, place[1:] != place[:-1]])
            last = np.maximum.reduceat(door.told_min, begins)
            through[place[begins]] = np.maximum(through[place[begins]], last)
    plan = scenario.plan.channels.door
    back = crowd.stretch_place[np.isfinite(through[crowd.stretch_place])]
    crews = plan.teams if plan is not None else 0
    return Hands(
        village=of_home,
        known_min=known,
        door_crews=[(float(through[place]), int(village[place]), crews) for place in back.tolist()],
    )


def _shelters(
    scenario: Scenario,
    ways: Ways,
    night_luck: Luck,
    crowd: Crowd,
    shelter: Ints,
    safe_min: Floats,
    full_min: Floats,
) -> ShelterRecords:
    """Return who came to each shelter, and when supplies reached it."""
    size, inside = len(scenario.county.shelters), np.flatnonzero(shelter >= 0)
    persons = np.bincount(shelter[inside], crowd.homes.persons[inside], size).astype(np.int64)
    first = np.full(size, np.inf)
    np.minimum.at(first, shelter[inside], safe_min[inside])
    full = np.where(full_min <= scenario.plan.end_min, full_min, np.inf)
    return ShelterRecords(persons, full, relieved(scenario, ways, night_luck, first, persons))
