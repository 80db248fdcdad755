"""Conditional injects (视情况): what the controllers give when a requirement is not kept by its limit."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Text
from sim.exercise.drill import Drill
from sim.exercise.kit import Inject, Schedule
from sim.exercise.limits import answerable, concerning, since_of
from sim.exercise.wording import fill

MOST = 8
"""So many of them at most, the tightest limits first."""
_SINCE = {"t0": Text("推演起算", "T0"), "release": Text("发布", "the release"), "act": Text("发布", "the release")}
_STEPS = {
    "acknowledged": "retrying",
    "warned": "noticing",
    "confirmed": "visiting",
    "safe": "walking",
    "reported": "relaying",
}
_OF_ACT = Text("{name}（{act}）", "{name} ({act})")
_CONDITION = Text(
    "如到{since}后第{within}分钟（情景时间）仍未做到“{name}”",
    "'{name}' has not come by minute {within} after {since}, by the clock of the scenario",
)
_TEXT = Text(
    "上级值班室询问：“{name}”到时限仍未完成，原因是什么，准备怎么办，需要什么支援。",
    "The level above asks: '{name}' is past its limit; why, what will you do, what do you need.",
)
_EXPECTED = Text(
    "说明还差多少、卡在哪一步、已改用什么办法，并提出需要的支援。",
    "Say how much is missing, at which step it is stuck, what is tried instead, and which help is needed.",
)
_EVALUATOR = Text(
    "记下询问和答复的时刻；答复是否说清差多少、卡在哪、怎么办。",
    "Note when it was asked and answered; was it said how much, where and how.",
)


def conditional(drill: Drill, schedule: Schedule) -> Iterator[Inject]:
    """Yield an inject for each requirement whose limit is over before the night is, given if it is not kept by then; by time."""
    over = [(result.since_min + result.plan.within_min, result) for result in concerning(drill)]
    within = sorted((one for one in over if one[0] <= drill.night.end_min), key=lambda one: one[1].plan.within_min)
    for over_min, result in sorted(within[:MOST], key=lambda one: one[0]):
        plan, role = result.plan, answerable(drill, result)
        name = Text(plan.name, plan.name)
        if result.act is not None and result.act not in drill.scenario.plan.headline:
            name = fill(_OF_ACT, name=name, act=drill.act(result.act))
        yield Inject(
            number=0,
            kind="conditional",
            t_min=over_min,
            record="",
            event=None,
            exercise_min=schedule.to_exercise(over_min),
            source=None,
            to=(role,),
            means="phone",
            text=fill(_TEXT, name=name),
            expected=_EXPECTED,
            evaluator=_EVALUATOR,
            responsible=role,
            limit_min=plan.within_min,
            requirement=result.id,
            limit_source=plan.source,
            step=_STEPS[result.event],
            condition=fill(
                _CONDITION,
                since=_SINCE[since_of(result)],
                within=f"{plan.within_min:g}",
                name=name,
            ),
            theme="limit",
        )
