"""What a log says about a scenario: each number that it can tell, from the scenario's as prior; what it cannot tell stays, and why is said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from sim.distributions import Distribution
from sim.errors import Fault, InputError, Text
from sim.exercise.calibrate import answers, times, written
from sim.exercise.calibrate.answers import Belief, Course, Kind
from sim.exercise.calibrate.log import Log
from sim.exercise.calibrate.subjects import Kinds, Period, Subject, period_of, titled
from sim.exercise.calibrate.times import ENDLESS, Law, Patience
from sim.scenario import Scenario
from sim.units import DURATION, parse

FEWEST = 10
"""So many tries (of a post, by day or by night), people tried again, or lengths of time it takes at least."""
PRIOR_WEIGHT = 20.0
"""So many tries the scenario's probability counts for, unless something else is asked."""
_LAWS = ("lognormal", "triangular")

Reason = Literal["no_data", "few", "setting", "hours", "family", "single_tries"]
"""Why a number stays: nothing in the log, too little, a setting of 0 or 100 %, written by the hour, a law without spread or of another family,
nobody called again who did not answer."""


@dataclass(frozen=True, eq=False)
class Learnt:
    """A number that was learnt.

    Parameters
    ----------
    path
        where it stands, as ``--set`` takes it
    about
        what it is about
    parameter
        which parameter of a law, "" of a probability
    stated, value, low, high
        as the scenario has it, as it is now, and its interval of 95 %, as they are written
    count
        of how many tries, persons or lengths of time
    belief
        prior and posterior, in shares or minutes
    """

    path: str
    about: Subject
    parameter: str
    stated: str
    value: str
    low: str
    high: str
    count: int
    belief: Belief


@dataclass(frozen=True)
class Unchanged:
    """A number, or a law, that stays, and why; ``count`` is of what little the log has of it."""

    path: str
    about: Subject
    reason: Reason
    count: int = 0


@dataclass(frozen=True, eq=False)
class Sample:
    """The lengths of time behind a law that was learnt, with the law as it is written now."""

    path: str
    about: Subject
    before: Law
    after: Law
    minutes: tuple[float, ...]
    patience: Patience

    @property
    def family(self) -> str:
        """The family of the law, as scenarios name it."""
        return type(self.after).__name__.lower()


@dataclass(frozen=True, eq=False)
class Calibration:
    """What a log changes of a scenario."""

    scenario: Scenario
    log: Log
    weight: float
    learnt: tuple[Learnt, ...]
    unchanged: tuple[Unchanged, ...]
    samples: tuple[Sample, ...]

    def value(self, path: str) -> float | None:
        """Return a probability that was learnt, as it is written."""
        found = next((one for one in self.learnt if one.path == path), None)
        return None if found is None else float(found.value.removesuffix(" %")) / 100


def calibrate(
    scenario: Scenario, log: Log, path: Path, weight: float = PRIOR_WEIGHT, *, leave_few: bool = False
) -> Calibration:
    """Return what a log says about a scenario.

    Parameters
    ----------
    scenario, log
        the numbers that are the prior, and what happened
    path
        the file of the log, for what is said of it
    weight
        how many tries a probability of the scenario counts for
    leave_few
        whether numbers of which the log has too little stay; else that is refused

    Raises
    ------
    InputError
        if there is too little for some number, or nothing at all
    """
    fit = _Fit(scenario, log, weight)
    for post in scenario.plan.roster.posts:
        fit.post(post)
    for channel, at in _CALLING.items():
        fit.calls(channel, at)
    for level in scenario.plan.roster.desks:
        fit.law(f"roster.desks.{level}.relay", Subject("relay", level), log.relay_min.get(level, ()))
    fit.law("channels.door.per_house", Subject("per_house", "door"), log.per_house_min)
    few = [one for one in fit.unchanged if one.reason == "few"]
    if few and not leave_few:
        raise InputError([_too_few(scenario, path, one) for one in few])
    if not fit.learnt:
        problem = Text(
            "日志里没有能用来校准这个情景的数", "the log holds nothing by which this scenario can be calibrated"
        )
        remedy = Text(
            "看哪些项没有数据：岗位、手段是否与情景一致，时刻和是否接听是否已填",
            "check that posts and means are those of the scenario",
        )
        raise InputError([Fault(str(path), 0, 0, "", "", problem, remedy)])
    return Calibration(scenario, log, weight, tuple(fit.learnt), tuple(fit.unchanged), tuple(fit.samples))


_CALLING = {"phone": "channels.phone", "auto_call": "channels.auto_call.duty"}
"""Where the laws of a call stand, by its means."""


def courses_of(scenario: Scenario, log: Log, post: str) -> tuple[tuple[Period, ...], list[Course]]:
    """Return the periods that the scenario tells apart for a post, and the courses of its people with their tries by period."""
    periods: tuple[Period, ...] = ("",)
    if isinstance(written_at(scenario, f"roster.posts.{post}.answer"), Mapping):
        periods = ("day", "night")
    automated = scenario.plan.channels.auto_call
    factor = {"phone": 1.0, "auto_call": automated.duty.answer_factor if automated and automated.duty else 1.0}
    courses = [
        answers.course_of(
            (
                Kind(periods.index(period_of(tried.hour)) if len(periods) > 1 else 0, factor[tried.channel]),
                tried.answered,
            )
            for tried in called.tries
        )
        for called in log.called
        if called.post == post
    ]
    return periods, courses


Numbers = tuple[float, Mapping[int, float]]
"""How likely somebody can be reached, and answers, by period."""


def numbers_of(calibration: Calibration, post: str, periods: Sequence[Period]) -> tuple[Numbers, Numbers]:
    """Return the numbers of a post as the scenario has them, and as they are now."""
    plan, base = calibration.scenario.plan.roster.posts[post], f"roster.posts.{post}"
    before = plan.reachable, {n: plan.answer[_HOUR[period]] for n, period in enumerate(periods)}
    now = {
        n: calibration.value(f"{base}.answer.{period}" if period else f"{base}.answer")
        for n, period in enumerate(periods)
    }
    reachable = calibration.value(f"{base}.reachable")
    return before, (
        before[0] if reachable is None else reachable,
        {n: before[1][n] if value is None else value for n, value in now.items()},
    )


def _too_few(scenario: Scenario, path: Path, one: Unchanged) -> Fault:
    what = titled(scenario, one.about)
    unit = _UNITS[one.about.kind]
    problem = Text(
        f"{what.zh}：日志里只有{one.count}{unit.zh}，至少要{FEWEST}{unit.zh}",
        f"{what.en}: the log has {one.count} {unit.en}, it takes {FEWEST} at least",
    )
    remedy = Text(
        "补足以后再校准；或加 --leave-few，数据太少的各项保持原值",
        "add more, or leave what has too little as it is with --leave-few",
    )
    return Fault(str(path), 0, 0, one.path, "", problem, remedy)


_TRIES, _LENGTHS = Text("次试拨", "tries"), Text("个用时", "lengths of time")
_UNITS: Mapping[Kinds, Text] = {
    "reachable": Text("人", "persons"),
    "answer": _TRIES,
    "pickup": _LENGTHS,
    "talk": _LENGTHS,
    "relay": _LENGTHS,
    "per_house": _LENGTHS,
}


class _Fit:
    """Gathers what was learnt and what stays."""

    def __init__(self, scenario: Scenario, log: Log, weight: float) -> None:
        self._scenario, self._log, self._weight = scenario, log, weight
        self.learnt: list[Learnt] = []
        self.unchanged: list[Unchanged] = []
        self.samples: list[Sample] = []

    # --- who answers --------------------------------------------------------------------------------------------------

    def post(self, post: str) -> None:
        """Learn what the log tells of one post."""
        plan, base = self._scenario.plan.roster.posts[post], f"roster.posts.{post}"
        periods, courses = courses_of(self._scenario, self._log, post)
        reachable = Subject("reachable", post)
        if isinstance(written_at(self._scenario, f"{base}.answer"), list):
            reason: Reason = "hours" if courses else "no_data"
            self.unchanged += [
                Unchanged(f"{base}.reachable", reachable, reason),
                Unchanged(f"{base}.answer", Subject("answer", post), reason),
            ]
            return
        stated = {n: plan.answer[_HOUR[period]] for n, period in enumerate(periods)}
        tries = {n: sum(_count(course, n) for course in courses) for n in stated}
        moving = set()
        for n, period in enumerate(periods):
            about = Subject("answer", post, period)
            path = f"{base}.answer.{period}" if period else f"{base}.answer"
            reason_to_stay = _stays(stated[n], tries[n], "no_data")
            if reason_to_stay is None:
                moving.add(n)
            else:
                self.unchanged.append(Unchanged(path, about, reason_to_stay, tries[n]))
        again = sum(1 for course in courses if course.tries > 1)
        apart = again >= FEWEST and 0 < plan.reachable < 1 and bool(moving)
        if not apart:
            kept: Reason = "no_data" if not courses else "setting" if plan.reachable in (0, 1) else "single_tries"
            self.unchanged.append(Unchanged(f"{base}.reachable", reachable, kept, again))
        if not moving:
            return
        found = answers.learn(courses, plan.reachable, stated, self._weight, moving=moving, apart=apart)
        if found.reachable is not None:
            self._learnt_share(f"{base}.reachable", reachable, plan.reachable, len(courses), found.reachable)
        for n, belief in found.answer.items():
            path = f"{base}.answer.{periods[n]}" if periods[n] else f"{base}.answer"
            self._learnt_share(path, Subject("answer", post, periods[n]), stated[n], tries[n], belief)

    def _learnt_share(self, path: str, about: Subject, stated: float, count: int, belief: Belief) -> None:
        low, high = belief.posterior.interval()
        value = written.share(belief.posterior.mean)
        ends = written.share(low, math.floor), written.share(high, math.ceil)
        self.learnt.append(Learnt(path, about, "", f"{stated * 100:.10g} %", value, *ends, count, belief))

    # --- how long it takes --------------------------------------------------------------------------------------------

    def calls(self, channel: str, at: str) -> None:
        """Learn how long calls by one means take to be picked up, and the talk."""
        tried = [one for called in self._log.called for one in called.tries if one.channel == channel]
        picked_up = [one.ring_min for one in tried if one.answered and one.ring_min is not None]
        rings = [one.ring_min for one in tried if not one.answered and one.ring_min is not None]
        self.law(f"{at}.pickup", Subject("pickup", channel), picked_up, times.patience_of(rings, picked_up))
        self.law(f"{at}.talk", Subject("talk", channel), [one.talk_min for one in tried if one.talk_min is not None])

    def law(self, path: str, about: Subject, minutes: Sequence[float], patience: Patience = ENDLESS) -> None:
        """Learn a law of a duration."""
        raw, law = written_at(self._scenario, path), _law_at(self._scenario, path)
        if law is None:
            return
        if not times.moves(law) or len(minutes) < FEWEST:
            reason: Reason = "no_data" if not minutes else "few" if times.moves(law) else "family"
            self.unchanged.append(Unchanged(path, about, reason, len(minutes)))
            return
        found = times.learn(law, minutes, patience)
        family = next(name for name in _LAWS if name in raw)
        stated = {name: raw[family][name] for name in found.beliefs}
        now = {name: written.minutes(getattr(found.law, name), written.unit_of(stated[name])) for name in stated}
        ends = {}
        for name, belief in found.beliefs.items():
            least, most = belief.posterior.interval()
            unit = written.unit_of(stated[name])
            ends[name] = [written.minutes(least, unit, math.floor), written.minutes(most, unit, math.ceil)]
        parted(found.law, ends, stated)
        for name, belief in found.beliefs.items():
            low, high = ends[name]
            at, was = f"{path}.{family}.{name}", str(stated[name])
            self.learnt.append(Learnt(at, about, name, was, now[name], low, high, len(minutes), belief))
        self.samples.append(Sample(path, about, law, found.law, tuple(minutes), patience))


def parted(law: Law, ends: dict[str, list[str]], stated: Mapping[str, Any]) -> None:
    """Cut intervals of parameters that must rise where they would cross: halfway between the parameters themselves."""
    for name, above in pairwise(ends):
        between = (getattr(law, name) + getattr(law, above)) / 2
        if _minutes(ends[name][1]) > between:
            ends[name][1] = written.minutes(between, written.unit_of(stated[name]), math.floor)
        if _minutes(ends[above][0]) < between:
            ends[above][0] = written.minutes(between, written.unit_of(stated[above]), math.ceil)


def _minutes(text: str) -> float:
    return parse(text, DURATION)


def _stays(stated: float, count: int, nothing: Reason) -> Reason | None:
    """Return why a probability stays, if it does."""
    if not count:
        return nothing
    if stated in (0, 1):
        return "setting"
    return "few" if count < FEWEST else None


def _count(course: Course, period: int) -> int:
    """Return how many tries of a course fall into a period."""
    missed = sum(count for kind, count in course.missed if kind.period == period)
    return missed + (course.answered is not None and course.answered.period == period)


_HOUR: Mapping[Period, int] = {"": 12, "day": 12, "night": 2}
"""An hour of each period."""


def written_at(scenario: Scenario, path: str) -> Any:  # noqa: ANN401 - plain YAML data
    """Return what the scenario has written at a path; ``None`` where nothing stands."""
    here: Any = scenario.written
    for name in path.split("."):
        if not isinstance(here, Mapping) or name not in here:
            return None
        here = here[name]
    return here


def _law_at(scenario: Scenario, path: str) -> Distribution | None:
    """Return the law of a duration at a path; ``None`` where the scenario has no such means."""
    here: Any = scenario.plan
    for name in path.split("."):
        here = here.get(name) if isinstance(here, dict) else getattr(here, name, None)
    return here  # type: ignore[no-any-return]
