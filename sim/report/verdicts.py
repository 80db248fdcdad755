"""One sentence per target: 本夜按时, 本夜超时 or 本夜未完成, with the moment and what was missing.

超时 means that the share was reached, but later than the limit; 未完成 that it was never reached.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures import TargetResult, by, judge, times_of
from sim.records import Night
from sim.report.words import Words, whole_minutes
from sim.scenario import Scenario, TargetPlan

_ELSEWHERE = "外地做法，本县未规定"


@dataclass(frozen=True)
class Verdict:
    """A target in words; ``state`` is ``met``, ``late``, ``undone``, or ``nobody`` where there is nobody it speaks of.

    ``reached`` says briefly when its share was reached, counted like ``limit``.
    """

    state: str
    state_text: str
    name: str
    sentence: str
    limit: str
    reached: str
    source: str
    applies_to: str
    status: str
    open_status: bool


def verdicts(scenario: Scenario, night: Night, words: Words) -> list[Verdict]:
    """Return every target of the scenario in words."""
    return [_verdict(scenario, night, words, result) for result in judge(scenario, night)]


def target_name(plan: TargetPlan, scenario: Scenario, words: Words) -> str:
    """Return the planner's name of a target; in English, one made from what it asks."""
    if words.language == "zh":
        return plan.name
    name = words("target.name", asked=_asked(plan, scenario, words), event=words(f"event.{plan.event}"))
    return words("target.elsewhere", name=name) if plan.status == _ELSEWHERE else name


def limit(plan: TargetPlan, words: Words) -> str:
    """Return the limit of a target: so long after what."""
    return words(f"limit.{plan.since}", length=words.length(plan.within_min))


def _whom(plan: TargetPlan, scenario: Scenario, words: Words) -> str:
    level = scenario.county.level_index(plan.of_whom)
    return words(f"whom.{plan.of_whom}") if level is None else words.level(scenario.county.levels[level], many=True)


def _asked(plan: TargetPlan, scenario: Scenario, words: Words) -> str:
    key = "asked.all" if plan.share >= 1 else "asked.share"
    return words(key, share=words.exact_percent(plan.share), whom=_whom(plan, scenario, words))


def _count(plan: TargetPlan, scenario: Scenario, words: Words, n: int) -> str:
    level = scenario.county.level_index(plan.of_whom)
    return words.count(plan.of_whom, n) if level is None else words.places(scenario.county.levels[level], n)


def _persons(scenario: Scenario, of_whom: str) -> NDArray[np.int64] | None:
    """Return the persons of each household that a target speaks of; ``None`` if it speaks of desks."""
    homes = scenario.county.households
    return {"household": homes.persons, "listed_household": homes.persons[homes.listed]}.get(of_whom)


def _verdict(scenario: Scenario, night: Night, words: Words, result: TargetResult) -> Verdict:
    plan = result.plan
    times, persons = times_of(scenario, night, plan.of_whom), _persons(scenario, plan.of_whom)
    state = "nobody" if len(times) == 0 else "met" if result.met else "undone" if result.value_min is None else "late"
    since_min = night.release_min if plan.since == "release" else 0.0
    values: dict[str, object] = {
        "all": _count(plan, scenario, words, len(times)),
        "whom": _whom(plan, scenario, words),
        "share": words.exact_percent(plan.share),
        "asked": _asked(plan, scenario, words),
        "did": words(f"did.{plan.event}"),
        "limit": limit(plan, words),
        "end": words.clock(night.start, night.end_min),
    }
    reached = words("none" if state == "nobody" else "never_reached")
    if result.value_min is not None:
        at_min = since_min + result.value_min
        reached = words.moment(night, at_min, "cell", since=plan.since)
        values |= {
            "when": words.moment(night, at_min, plan.since, since=plan.since),
            "late": words.length(max(whole_minutes(result.value_min - plan.within_min), 1)),
        }
        who = "who.share" if plan.share < 1 else "who.all" if len(times) > 1 else "who.one"
        values["who"] = words(who, **values)
        values["fully"] = words("who.fully") if plan.share >= 1 else ""
    if state != "nobody":
        done = np.isfinite(times)
        in_time = int(np.sum(by(times, since_min + plan.within_min))) if math.isfinite(since_min) else 0
        values |= {
            "in_time": _count(plan, scenario, words, in_time),
            "in_time_share": words.percent(in_time / len(times)),
            "done_share": words.percent(float(done.mean())),
            "left": words.count("household", int((~done).sum()))
            if persons is not None
            else _count(plan, scenario, words, int((~done).sum())),
        }
        if persons is not None:
            values["left"] = words(
                "households_and_persons", h=values["left"], p=words.count("person", int(persons[~done].sum()))
            )
    if state == "undone" and not math.isfinite(since_min):
        sentence = words("verdict.unreleased", **values)
    else:
        sentence = (
            words(f"verdict.{state}.{plan.event}", **values)
            if state == "undone"
            else words(f"verdict.{state}", **values)
        )
    return Verdict(
        state=state,
        state_text=words(f"state.{state}"),
        name=target_name(plan, scenario, words),
        sentence=sentence,
        limit=str(values["limit"]),
        reached=reached,
        source=plan.source,
        applies_to=plan.applies_to,
        status=words(f"status.{plan.status}"),
        open_status=plan.status != "文件",
    )
