"""Sweep C: people move.

A household that can go by itself walks as soon as it is ready and a way is open. For the others, village by village, first come, first
served: helpers visit those who refuse, and bring those who need help, on foot or by vehicle, one house at a time. A village whose
helpers do not suffice asks its township, and that the county, for reinforcements, which come by road.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from sim import luck
from sim.distributions import Distribution
from sim.luck import Luck
from sim.scenario import Scenario
from sim.scenario.evacuation import HelpersPlan, PersuasionPlan, ReinforcementPlan
from sim.warning.conditions import Conditions
from sim.warning.decisions import Decisions
from sim.warning.engine import Callers, Process, Sweep, pause
from sim.warning.refuges import Refuges, minutes_per_metre
from sim.warning.scene import Habits
from sim.warning.setting import Crowd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Moves:
    """How households came away; minutes after T0, ``inf`` for never, shape (households,).

    ``ready_min`` when each could go, persuaded ones included; ``persuaded_min`` and ``given_up_min`` when a visit persuaded one that
    refused, or the last of them did not; ``departed_min`` when it left; ``at_door_min`` when it stood before its
    first shelter; ``per_metre`` minutes it takes for a metre on foot; ``needs_crew``: it does not go without one; ``helped``: one brought it.
    """

    ready_min: Floats
    persuaded_min: Floats
    given_up_min: Floats
    departed_min: Floats
    at_door_min: Floats
    per_metre: Floats
    needs_crew: Bools
    helped: Bools


class _Visit(NamedTuple):
    """One visit to a household that will not leave: how long after the last, how long it takes, whether it persuades."""

    after_min: float
    stay_min: float
    persuades: bool


@dataclass(slots=True)
class _Village:
    """The helpers of one village, in crews: how many there are, how long they have worked in all, whether it waits for reinforcements.

    ``known_min`` when the village knew that people must leave; ``waiting_since`` when each who waits for a crew began to.
    """

    place: int
    known_min: float
    crews: Callers
    vehicles: Callers
    waiting_since: deque[float] = field(default_factory=deque)
    count: int = 0
    worked_min: float = 0.0
    asking: bool = False

    def served(self, _: simpy.Event) -> None:
        """Whoever has waited longest has a crew."""
        self.waiting_since.popleft()


@dataclass(frozen=True)
class Hands:
    """Who there is to help: the village of each household, when each village knows that people must leave, crews that come from door teams.

    ``village`` index of the place, shape (households,); ``known_min`` per place; ``door_crews`` (minute, village, crews) as each round ends.
    """

    village: Ints
    known_min: Floats
    door_crews: list[tuple[float, int, int]] = field(default_factory=list)


class Movement(Sweep):
    """The processes of sweep C that move people, for one night."""

    def __init__(
        self,
        scenario: Scenario,
        crowd: Crowd,
        night_luck: Luck,
        conditions: Conditions,
        refuges: Refuges,
        habits: Habits,
        hands: Hands,
    ) -> None:
        super().__init__(scenario.plan.end_min)
        plan = scenario.plan.evacuation
        assert plan is not None  # noqa: S101 - the caller's case
        self._scenario, self._plan, self._crowd, self._luck = scenario, plan, crowd, night_luck
        self._conditions, self._refuges, self._habits, self._hands = conditions, refuges, habits, hands
        rain = scenario.plan.hazard.rain
        self._per_metre = minutes_per_metre(plan.walking, rain)
        self._drive_per_metre = float(getattr(plan.driving.pace, rain)) / plan.driving.speed_m_per_min
        self._villages: dict[int, _Village] = {}
        self._village_of = hands.village.tolist()
        self._teams: dict[int, int] = {}
        self._bases: dict[int, list[int]] = {}
        self._own_helper, self._own_vehicle = _named(self.env, scenario, crowd)

    def run(self, decided: Decisions, struck_min: Floats) -> Moves:
        """Move everybody who is ready, or can be made so, before their zone is struck."""
        plan, size = self._plan, len(self._crowd)
        needs_crew = self._crowd.homes.needs_help & (plan.helpers is not None)
        self._struck, self._prepare = struck_min, decided.prepare_min
        self._ready, self._needs_crew = decided.ready_min.copy(), needs_crew
        self._persuaded, self._given_up, self._departed, self._at_door = (np.full(size, np.inf) for _ in range(4))
        self._helped = np.zeros(size, dtype=bool)
        if plan.helpers is not None:
            self._call_together(plan.helpers)
            brought = np.flatnonzero(needs_crew & (np.isfinite(self._ready) | decided.refuses))
            self._at_house = self._drawn("at_house", plan.helpers.at_house, brought)
            for k in brought[self._ready[brought] < struck_min[brought]].tolist():
                self.send(self.bring(k, float(self._ready[k])))
            if plan.persuasion is not None:
                refusing = np.flatnonzero(decided.refuses & (decided.decided_min < struck_min))
                for k, visits in zip(refusing.tolist(), self._visits(plan.persuasion, refusing), strict=True):
                    self.send(self.persuade(k, float(decided.decided_min[k]), visits))
        self.play_out()
        alone = np.flatnonzero(~needs_crew & np.isfinite(self._ready))
        per_metre = self._pace(self._departed)
        self._departed[alone], metres = self._refuges.set_out(alone, self._ready[alone])
        per_metre[alone] = self._pace(self._departed)[alone]
        self._at_door[alone] = self._departed[alone] + metres * per_metre[alone]
        for k in alone[self._own_vehicle[alone] & np.isfinite(self._departed[alone])].tolist():
            by_car_min = self._drive(k, float(self._ready[k])) + self._load(k)
            if self._ready[k] + by_car_min < self._at_door[k]:
                self._departed[k], self._at_door[k] = self._ready[k], self._ready[k] + by_car_min
        too_late = (self._departed > struck_min) | (self._departed > self._end_min)
        self._departed[too_late], self._at_door[too_late] = np.inf, np.inf
        return Moves(
            ready_min=self._ready,
            persuaded_min=self._persuaded,
            given_up_min=self._given_up,
            departed_min=self._departed,
            at_door_min=self._at_door,
            per_metre=per_metre,
            needs_crew=needs_crew,
            helped=self._helped & ~too_late,
        )

    @property
    def known_min(self) -> Floats:
        """When each village knows that some of its people must leave, shape (places,)."""
        return self._hands.known_min

    # --- the processes ------------------------------------------------------------------------------------------------

    def persuade(self, k: int, decided_min: float, visits: Sequence[_Visit]) -> Process:
        """A crew visits a household that will not leave, several times if need be."""
        village, plan = self._villages[self._village_of[k]], self._plan.decision
        refused_min = decided_min
        for visit in visits:
            yield pause(self.env, max(refused_min + visit.after_min - self.env.now, 0.0))
            if (turn := self._ask(village)) is not None:
                yield turn
            now, tired = self.env.now, self._tiredness(village)
            out_min, stay_min = self._way_out(k) * tired, visit.stay_min * tired
            over_min = now + out_min + stay_min
            if over_min > min(self._struck[k], self._end_min):
                yield pause(self.env, max(min(self._struck[k], self._end_min) - now, 0.0))
                village.crews.give_back()
                return
            if visit.persuades:
                at_night = plan.night if self._habits.is_night_at(over_min) else 1.0
                self._persuaded[k], self._ready[k] = over_min, over_min + self._prepare[k] * at_night
                if self._needs_crew[k]:
                    self.send(self.bring(k, float(self._ready[k]) - now))
                yield from self._back(village, 2 * out_min + stay_min, 2 * out_min + stay_min)
                return
            yield pause(self.env, out_min + stay_min)
            self.send(self._back(village, out_min, 2 * out_min + stay_min))
            refused_min = over_min
        self._given_up[k] = refused_min

    def bring(self, k: int, after_min: float) -> Process:
        """A crew, or the helper whom its plan names, brings one household, by vehicle if it has one and the road is open, else on foot.

        Nobody knows when the hazard will strike: a crew that is on its way then has been busy until then.
        """
        plan = self._plan.helpers
        assert plan is not None  # noqa: S101 - else everybody goes alone
        yield pause(self.env, after_min)
        village, helper = self._villages[self._village_of[k]], self._own_helper.get(k)
        if (turn := self._ask(village) if helper is None else helper.ask()) is not None:
            yield turn
        begun_min, tired = self.env.now, self._tiredness(village) if helper is None else 1.0
        vehicle = not self._own_vehicle[k] and village.vehicles.take()
        leaves_min = begun_min + (self._way_out(k) + self._at_house[k]) * tired
        carried_min = math.inf
        if vehicle or self._own_vehicle[k]:
            carried_min = self._drive(k, leaves_min) + self._load(k)
        if carried_min == math.inf:
            leaves_min, metres = self._refuges.leave(k, leaves_min)
            if metres < math.inf:
                carried_min = metres * self._crew_pace(leaves_min) * plan.carry * tired
        until_min = leaves_min + carried_min
        if leaves_min <= self._struck[k] and until_min < math.inf:
            self._departed[k], self._at_door[k], self._helped[k] = leaves_min, until_min, True
        else:
            until_min = max(min(float(self._struck[k]), self._end_min), begun_min)
        yield pause(self.env, until_min - begun_min)
        if helper is None:
            village.worked_min += self.env.now - begun_min
        (village.crews if helper is None else helper).give_back()
        if vehicle:
            village.vehicles.give_back()

    def reinforce(self, village: _Village, plan: ReinforcementPlan) -> Process:
        """A village that knows that people must leave, and where somebody has waited long, asks above once it has service."""
        helpers, service, waiting = self._plan.helpers, self._conditions.calls, village.waiting_since
        assert helpers is not None  # noqa: S101 - nobody else waits
        asked = False
        if village.known_min == math.inf:
            return
        yield pause(self.env, max(village.known_min - self.env.now, 0.0))
        while waiting:
            if (wait_min := waiting[0] + plan.ask_after_min - self.env.now) > 0:
                yield pause(self.env, wait_min)
                continue
            through_min = service.back_min(village.place, village.place, self.env.now)
            if through_min > self._end_min:
                return
            yield pause(self.env, through_min - self.env.now)
            if not asked:
                self._say(village.place, "asked_for_help")
            asked = True
            if (found := self._nearest_team(village.place)) is not None:
                base, way_min = found
                key = luck.child_id(int(self._scenario.county.places.entity[village.place]), village.count)
                yield pause(self.env, plan.ready.draw(self._luck.one("reinforcement/ready", key)) + way_min)
                self._say(village.place, "arrived", counterpart=base)
                self._join(village, plan.team // helpers.crew)
                asked = False
            elif not any(self._teams.values()):
                return  # nobody is left to ask
            yield pause(self.env, plan.ask_after_min)
        village.asking = False

    def _back(self, village: _Village, minutes: float, worked_min: float) -> Process:
        """A crew that still has so long to go is free for others after that, and has worked so long in all."""
        yield pause(self.env, minutes)
        village.worked_min += worked_min
        village.crews.give_back()

    def _gather(self, village: _Village, at_min: float, crews: int) -> Process:
        yield pause(self.env, at_min)
        self._join(village, crews)

    # --- what they need -----------------------------------------------------------------------------------------------

    def _call_together(self, plan: HelpersPlan) -> None:
        """Set up the helpers of each village that has somebody to move, from when it knows of it."""
        where = np.unique(self._hands.village)
        entity = self._scenario.county.places.entity[where]
        ready_min = self._hands.known_min[where] + plan.assemble.draw(self._luck.uniform("helpers/assemble", entity))
        vehicles = self._plan.vehicles.per_village if self._plan.vehicles is not None else 0
        crews = plan.per_village // plan.crew
        known = self._hands.known_min[where].tolist()
        for place, knows, at_min in zip(where.tolist(), known, ready_min.tolist(), strict=True):
            village = _Village(place, knows, Callers(self.env, 0), Callers(self.env, vehicles))
            self._villages[place] = village
            if at_min <= self._end_min and crews:
                self.send(self._gather(village, at_min, crews))
        for at_min, place, teams in self._hands.door_crews if plan.door_teams else ():
            self.send(self._gather(self._villages[place], at_min, teams))

    def _join(self, village: _Village, crews: int) -> None:
        village.count += crews
        for _ in range(crews):
            village.crews.give_back()

    def _ask(self, village: _Village) -> simpy.Event | None:
        """Ask for a crew; if somebody has to wait the village may ask for reinforcements."""
        if (turn := village.crews.ask()) is None:
            return None
        village.waiting_since.append(self.env.now)
        turn.callbacks.append(village.served)
        if (plan := self._plan.reinforcement) is not None and not village.asking:
            village.asking = True
            self.send(self.reinforce(village, plan))
        return turn

    def _nearest_team(self, place: int) -> tuple[int, float] | None:
        """Take a team; return from where, and how long it drives: the township's own first, then the nearest that the county has stationed."""
        plan, county = self._plan.reinforcement, self._scenario.county
        assert plan is not None  # noqa: S101 - the caller's case
        if not self._teams:
            for code, teams in zip(county.centres["place"], county.centres["teams"].tolist(), strict=True):
                self._teams[county.index[code]] = self._teams.get(county.index[code], 0) + teams
            self._teams = {base: teams for base, teams in self._teams.items() if teams}
        township = int(county.places.parent[place])
        self._teams.setdefault(~township, plan.township_teams)  # its own, apart from those stationed there
        if place not in self._bases:
            away_m = ((math.dist(self._at(base), self._at(place)), base) for base in self._teams if base >= 0)
            self._bases[place] = [base for _, base in sorted(away_m)]
        for key in (~township, *self._bases[place]):
            if not self._teams[key]:
                continue
            base = max(key, ~key)
            way_min = self._conditions.ways.between_m(base, place, self.env.now) * self._drive_per_metre
            if way_min < math.inf:
                self._teams[key] -= 1
                return base, way_min
        return None

    def _at(self, place: int) -> tuple[float, float]:
        places = self._scenario.county.places
        return float(places.x_m[place]), float(places.y_m[place])

    def _tiredness(self, village: _Village) -> float:
        """Return by how much the hours that a village's crews have worked slow them down."""
        plan = self._plan.helpers
        assert plan is not None  # noqa: S101 - a crew is at hand
        return 1.0 + plan.fatigue * village.worked_min / 60 / max(village.count, 1)

    def _way_out(self, k: int) -> float:
        """Return how long a crew needs to a house, from where it would bring the people, waiting for a way to open included."""
        leaves_min, metres = self._refuges.leave(k, self.env.now)
        if metres == math.inf:
            return math.inf
        return leaves_min - self.env.now + metres * self._crew_pace(leaves_min)

    def _drive(self, k: int, t_min: float) -> float:
        """Return how long a vehicle takes from a house to the shelter, leaving at a minute; ``inf`` where no road then leads there."""
        if self._plan.vehicles is None or t_min == math.inf:
            return math.inf
        return self._refuges.drive_m(k, t_min) * self._drive_per_metre

    def _load(self, k: int) -> float:
        """Return how long a household takes to get into a vehicle and out again."""
        assert self._plan.vehicles is not None  # noqa: S101 - there is one
        u = self._luck.one("helpers/load", int(self._crowd.homes.id[k]))
        return float(self._plan.vehicles.load.draw(u))

    def _pace(self, at_min: Floats) -> Floats:
        """Return the minutes that each household takes for a metre, setting out at a minute."""
        plan = self._plan.walking
        old = np.where(self._crowd.homes.elderly > 0, plan.elderly, 1.0)
        pace: Floats = self._per_metre * old * np.where(self._habits.is_night(at_min), plan.night, 1.0)
        return pace

    def _crew_pace(self, at_min: float) -> float:
        """Return the minutes that a crew takes for a metre, setting out at a minute."""
        at_night = at_min < math.inf and self._habits.is_night_at(at_min)
        return self._per_metre * (self._plan.walking.night if at_night else 1.0)

    # --- luck ---------------------------------------------------------------------------------------------------------

    def _drawn(self, what: str, law: Distribution, who: Ints) -> dict[int, float]:
        """Return a duration of each of ``who``."""
        minutes = law.draw(self._luck.uniform(f"helpers/{what}", self._crowd.homes.id[who]))
        return dict(zip(who.tolist(), minutes.tolist(), strict=True))

    def _visits(self, plan: PersuasionPlan, who: Ints) -> Iterator[tuple[_Visit, ...]]:
        """Yield what the visits to each of ``who`` would be like."""
        visits, home = [], self._crowd.homes.id[who]
        for number in range(plan.visits):
            u = {w: self._luck.uniform(f"persuasion/{w}/{number}", home) for w in ("after", "visit", "persuades")}
            after, stay = plan.after.draw(u["after"]).tolist(), plan.visit.draw(u["visit"]).tolist()
            visits.append(list(map(_Visit, after, stay, (u["persuades"] < plan.persuaded).tolist())))
        return zip(*visits, strict=True)

    def _say(self, place: int, what: str, *, counterpart: int = -1) -> None:
        self.log.note(float(self.env.now), "evacuation", place, counterpart=counterpart, act=what)


def _named(env: simpy.Environment, scenario: Scenario, crowd: Crowd) -> tuple[dict[int, Callers], Bools]:
    """Return the helper whom the plan of a household names, and which households have a vehicle by plan (一户一策), shape (households,).

    One helper who is named for several households brings them one after the other.
    """
    transfer = scenario.county.transfer
    position = np.searchsorted(crowd.rows, transfer["row"].to_numpy(dtype=np.int64))
    who = transfer["helper"].to_numpy(dtype=np.int64)
    helpers = {one: Callers(env, 1) for one in np.unique(who[who >= 0]).tolist()}
    named = {k: helpers[one] for k, one in zip(position.tolist(), who.tolist(), strict=True) if one >= 0}
    vehicle = np.zeros(len(crowd), dtype=bool)
    vehicle[position] = transfer["vehicle"].to_numpy(dtype=bool)
    return named, vehicle
