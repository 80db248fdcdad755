"""The timeline (主线): an inject for everything that is told of the night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.exercise.drill import Drill
from sim.exercise.injects.candidate import Candidate
from sim.exercise.kit import Inject, Schedule
from sim.exercise.limits import bearing
from sim.exercise.themes import THEMES
from sim.exercise.wording import fill


def timeline(drill: Drill, schedule: Schedule, told: Sequence[Candidate]) -> Iterator[Inject]:
    """Yield an inject for everything that is told."""
    for one in told:
        theme = THEMES[one.theme]
        bearing_on = bearing(drill, *one.bears) if one.bears is not None else None
        yield Inject(
            number=0,
            kind="timeline",
            t_min=one.t_min,
            record=one.record,
            event=one.event,
            exercise_min=schedule.to_exercise(one.t_min),
            source=one.source,
            to=(one.to,),
            means=one.means,
            text=fill(theme.text, **one.values),
            expected=fill(theme.expected, **one.values),
            evaluator=fill(theme.evaluator, **one.values),
            responsible=one.must_act or one.to,
            limit_min=bearing_on.plan.within_min if bearing_on is not None else None,
            requirement=bearing_on.id if bearing_on is not None else "",
            limit_source=bearing_on.plan.source if bearing_on is not None else "",
            step=theme.step,
            condition=None,
            theme=one.theme,
        )
