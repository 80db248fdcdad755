"""One sentence per requirement and call target: 本夜按时, 本夜超时 or 本夜未完成, with the moment and what was missing.

超时 means that the share was reached, but later than the limit; 未完成 that it was never reached.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sim.measures import TargetResult, by, judge, subject
from sim.records import Night
from sim.report.content.acts import act_names
from sim.report.words.language import Words, whole_minutes
from sim.scenario import CallTargetPlan, Scenario, TargetPlan

_ELSEWHERE = "外地做法，本县未规定"


@dataclass(frozen=True)
class Verdict:
    """A requirement in words.

    ``name`` is the planner's in Chinese; ``title`` carries the act too where another requirement bears that name. ``state`` is
    ``met``, ``late``, ``undone``, ``cut`` where the night ends before the limit, ``unsimulated`` where it does not simulate what this
    is about, or ``nobody`` where there is nobody it speaks of.
    ``kind`` tells a target from a call target (两叫应), ``act`` names the act it is about (empty: the headline warning), ``since``
    what its minutes count from: ``t0``, ``release`` of the headline warning, or that of another ``act``. ``reached`` says briefly
    when its share was reached, or who was left at the end. ``times`` and ``of_all`` say in how many of several runs it was kept, in
    short and in a sentence; empty where there is one run alone.
    """

    kind: Literal["target", "call"]
    state: str
    state_text: str
    name: str
    title: str
    act: str
    since: str
    sentence: str
    limit: str
    reached: str
    source: str
    applies_to: str
    status: str
    open_status: bool
    times: str = ""
    of_all: str = ""

    def in_short(self, words: Words) -> str:
        """Return limit and outcome in one short sentence."""
        said = words(f"brief.{self.state}", title=self.title, limit=self.limit, reached=self.reached)
        return words.run_on((said, self.of_all))


def verdicts(scenario: Scenario, night: Night, words: Words) -> list[Verdict]:
    """Return every target of the scenario in words, then every call target at each act it is about."""
    return _told_apart([_verdict(scenario, night, words, result) for result in judge(scenario, night)], words)


def _told_apart(verdicts: list[Verdict], words: Words) -> list[Verdict]:
    """Return the verdicts with the act in the title of those that share a name, unless it is the headline warning."""
    times = Counter(verdict.name for verdict in verdicts)
    return [
        replace(verdict, title=with_act(verdict, words)) if times[verdict.name] > 1 else verdict for verdict in verdicts
    ]


def with_act(verdict: Verdict, words: Words) -> str:
    """Return the name of a requirement; with the act it is about, if that is not the headline warning."""
    return verdict.name + (words("paren", text=verdict.act) if verdict.since == "act" else "")


def of_kind(verdicts: list[Verdict], kind: Literal["target", "call"]) -> list[Verdict]:
    """Return the verdicts on targets, or those on call targets."""
    return [verdict for verdict in verdicts if verdict.kind == kind]


def target_name(plan: TargetPlan | CallTargetPlan, scenario: Scenario, words: Words) -> str:
    """Return the planner's name of a requirement; in English, one made from what it asks."""
    if words.language == "zh":
        return plan.name
    event, of_whom = subject(scenario, plan)
    asked = _asked(plan.share, whom(of_whom, scenario, words), words)
    name = words("target.name", asked=asked, event=words(f"event.{event}"))
    return words("target.elsewhere", name=name) if plan.status == _ELSEWHERE else name


def titles(scenario: Scenario, words: Words) -> dict[tuple[str, str], str]:
    """Return the name of every target and call target, by block and id; with its acts where another one bears that name."""
    plan, names = scenario.plan, act_names(scenario, words)
    requirements = [("targets", one) for one in plan.targets] + [("call_targets", one) for one in plan.call_targets]
    called = [target_name(one, scenario, words) for _, one in requirements]
    times = Counter(called)
    found = {}
    for (block, one), name in zip(requirements, called, strict=True):
        acts = [names[own] for own in _acts_of(one, scenario) if own not in plan.headline]
        about = words("paren", text=words.listed(acts)) if acts and times[name] > 1 else ""
        found[block, one.id] = name + about
    return found


def _acts_of(plan: TargetPlan | CallTargetPlan, scenario: Scenario) -> list[str]:
    """Return the ids of the acts that a requirement is about; none where it is about the headline warning as such."""
    if isinstance(plan, CallTargetPlan):
        return [act.id for act in scenario.plan.acts if plan.applies(act)]
    return [plan.act] if plan.act is not None else []


def limit(plan: TargetPlan | CallTargetPlan, words: Words) -> str:
    """Return the limit of a requirement: so long after what."""
    since = "release"
    if isinstance(plan, CallTargetPlan):
        since = "act"
    elif plan.since == "t0":
        since = "t0"
    elif plan.act is not None:
        since = "act"
    return words(f"limit.{since}", length=words.length(plan.within_min))


def whom(of_whom: str, scenario: Scenario, words: Words) -> str:
    """Return of whom a requirement speaks: places of a level, households, key sites, responsible persons."""
    level = scenario.county.level_index(of_whom)
    return words(f"whom.{of_whom}") if level is None else words.level(scenario.county.levels[level], many=True)


def _asked(share: float, whom: str, words: Words) -> str:
    return words("asked.all" if share >= 1 else "asked.share", share=words.exact_percent(share), whom=whom)


def _count(of_whom: str, scenario: Scenario, words: Words, n: int) -> str:
    level = scenario.county.level_index(of_whom)
    return words.count(of_whom, n) if level is None else words.places(scenario.county.levels[level], n)


def _counts_from(result: TargetResult, night: Night) -> str:
    """Return how its minutes are told: from T0, from the release of the headline warning, or from that of another act."""
    if result.since == "t0":
        return "t0"
    return "release" if result.since_min == night.release_min else "act"


def _state(result: TargetResult, night: Night) -> str:
    """Return the state of a verdict; a night that ends before the limit does not judge what is still open."""
    if not result.simulated:
        return "unsimulated"
    if len(result.times_min) == 0:
        return "nobody"
    if result.met:
        return "met"
    if result.value_min is not None:
        return "late"
    return "cut" if night.end_min < result.since_min + result.plan.within_min < math.inf else "undone"


def _verdict(scenario: Scenario, night: Night, words: Words, result: TargetResult) -> Verdict:
    plan, times = result.plan, result.times_min
    assert isinstance(plan, TargetPlan | CallTargetPlan)  # noqa: S101 - there are no others
    state = _state(result, night)
    since = _counts_from(result, night)
    asked_of = whom(result.of_whom, scenario, words)
    act = act_names(scenario, words)[result.act] if result.act is not None else ""
    values: dict[str, object] = {
        "all": _count(result.of_whom, scenario, words, len(times)),
        "whom": asked_of,
        "share": words.exact_percent(plan.share),
        "asked": _asked(plan.share, asked_of, words),
        "act": act or words("the_warning"),
        "did": words(f"did.{result.event}"),
        "limit": words(f"limit.{since}", length=words.length(plan.within_min)),
        "end": words.clock(night.start, night.end_min),
    }
    open_ = state not in ("nobody", "unsimulated")
    reached = words("never_reached" if open_ else "none")
    if state in ("met", "late") and result.value_min is not None:
        at_min = result.since_min + result.value_min
        reached = words.moment(night, at_min, "cell", since_min=result.since_min)
        values |= {
            "when": words.moment(night, at_min, since, since_min=result.since_min),
            "late": words.length(max(whole_minutes(result.value_min - plan.within_min), 1)),
        }
        who = "who.share" if plan.share < 1 else "who.all" if len(times) > 1 else "who.one"
        values["who"] = words(who, **values)
        values["fully"] = words("who.fully") if plan.share >= 1 else ""
    if open_:
        values |= _so_far(scenario, result, words)
    if state == "undone":
        reached = words("left_at_the_end", left=str(values["left"]).rstrip(","))
    unreleased = state == "undone" and not math.isfinite(result.since_min)
    form = "unreleased" if unreleased else f"undone.{result.event}" if state == "undone" else state
    return Verdict(
        kind="target" if isinstance(plan, TargetPlan) else "call",
        state=state,
        state_text=words(f"state.{state}"),
        name=target_name(plan, scenario, words),
        title=target_name(plan, scenario, words),
        act=act,
        since=since,
        sentence=words(f"verdict.{form}", **values),
        limit=str(values["limit"]),
        reached=reached,
        source=plan.source,
        applies_to=words.applies_to(plan.applies_to),
        status=words(f"status.{plan.status}"),
        open_status=plan.status != "文件",
    )


def _so_far(scenario: Scenario, result: TargetResult, words: Words) -> dict[str, object]:
    """Return how many were in time, how many ever did it, and who is left: persons too where it speaks of households."""
    times, since_min = result.times_min, result.since_min
    done = np.isfinite(times)
    in_time = int(np.sum(by(times, since_min + result.plan.within_min))) if math.isfinite(since_min) else 0
    missing = int((~done).sum())
    plainly = result.of_whom if result.persons is None else "household"
    left = _count(plainly, scenario, words, missing)
    if result.persons is not None:
        persons = words.count("person", int(result.persons[~done].sum()))
        left = words("households_and_persons", h=left, p=persons)
    return {
        "in_time": _count(result.of_whom, scenario, words, in_time),
        "done": _count(plainly, scenario, words, len(times) - missing),
        "timely": _count(plainly, scenario, words, in_time),
        "in_time_share": words.percent(in_time / len(times)),
        "done_share": words.percent(float(done.mean())),
        "left": left,
    }
