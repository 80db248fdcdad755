"""What everything about an exercise is made from: a night, the place that takes part, and who sits at the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.errors import Text
from sim.exercise.kit import Size
from sim.exercise.seats import Seats
from sim.exercise.wording import act_title, label_of, news_of, term
from sim.measures import Naming, TargetResult, judge
from sim.records import ActRecords, Night
from sim.scenario import ActPlan, Scenario


@dataclass(frozen=True, eq=False)
class Drill:
    """One night about to be turned into an exercise."""

    scenario: Scenario
    night: Night
    names: Naming
    size: Size
    place: int
    key_site: int | None
    seats: Seats

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Which places the exercise is about, shape (places,): the one that takes part and all below; of a key site its own and its village."""
        county, here = self.scenario.county, self.place
        if self.key_site is None:
            return county.below(np.array([here]))
        return np.isin(np.arange(len(county.places)), [here, int(county.reporter[here])])

    @cached_property
    def at_table(self) -> NDArray[np.bool_]:
        """Which places have a seat of their own or lie below one that has, the place that takes part apart; shape (places,)."""
        own = [place for place in self.seats.places if place != self.place]
        seated: NDArray[np.bool_] = self.scenario.county.below(np.array(own, dtype=np.int64))
        seated[self.place] = True
        return seated

    @cached_property
    def acts(self) -> Mapping[str, ActRecords]:
        """The records of the acts, by id."""
        return {act.id: act for act in self.night.acts}

    @cached_property
    def plans(self) -> Mapping[str, ActPlan]:
        """What the scenario says of the acts, by id; local warnings have none."""
        return {act.id: act for act in self.scenario.plan.acts}

    @cached_property
    def judged(self) -> tuple[TargetResult, ...]:
        """What became of each requirement in the night."""
        return judge(self.scenario, self.night)

    @cached_property
    def sites_at(self) -> Mapping[tuple[int, str], list[int]]:
        """The rows of the key sites by place and kind, which is all that an event says of one."""
        found: dict[tuple[int, str], list[int]] = {}
        county = self.scenario.county
        for row, (place, kind) in enumerate(zip(county.key_site_place.tolist(), county.key_sites["kind"], strict=True)):
            found.setdefault((place, kind), []).append(row)
        return found

    def label(self, place: int) -> Text:
        """Return what is shown of a place."""
        return label_of(self.scenario, self.names, place)

    def level_id(self, place: int) -> str:
        """Return the id of the level of a place."""
        level: str = self.scenario.county.levels[int(self.scenario.county.places.level[place])].id
        return level

    def act(self, act_id: str) -> Text:
        """Return what an act is called."""
        plan = self.plans.get(act_id)
        return act_title(plan) if plan is not None else term("act.local")

    def news(self, act_id: str) -> Text:
        """Return that an act has been released, as it is told."""
        plan = self.plans.get(act_id)
        return news_of(plan) if plan is not None else term("act.local")

    def site_kind(self, row: int) -> Text:
        """Return what kind of key site it is."""
        kind = str(self.scenario.county.key_sites["kind"].iloc[row])
        return term(f"site.{kind}", kind)
