"""What happened, held against the simulated runs and the limits (演练评估、复盘): of an exercise or of a real event.

What is compared are minutes since a clock began to run, never moments on the wall:

* of an inject, the minutes from when it was received until it was done, as the players spent them. The limit beside it counts from a release,
  and is judged by the key times; all that an inject can say is that it alone took longer than the whole limit, by the minutes spent and by
  those of the night;
* of a key time, the minutes from what its requirement counts from. The exercise runs through the night faster than the night did, so these
  are minutes of the night, by the schedule; how many the players spent is kept beside them. A limit that one of the two keeps and the other
  does not is left open, for nobody can tell whether the players were late or the schedule was fast.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.exercise.actuals import Actuals, InjectActual, KeyActual, Said
from sim.exercise.asked import RELEASED, Subject, counts_from, release_id, requirement_of
from sim.exercise.kit import Inject, KeyTime, Role, Schedule
from sim.measures import subject as measured
from sim.measures.coverage import NANOMINUTE
from sim.records import CALLING, DECIDING, OUTSIDE, TELLING
from sim.scenario import Scenario
from sim.study.band import Kept
from sim.study.intervals import exact_interval, quantile_over
from sim.study.nights import Nights

Floats = NDArray[np.float64]
Outcome = Literal["kept", "late", "never", "open", "unknown", "not_given", "done"]
"""按时, 超时, 未完成; ``open``: the compressed schedule does not tell; ``unknown``: not written down; ``done``: there is no limit."""
Stage = Literal["deciding", "calling", "outage", "below", "telling", "moving", "reporting"]
"""The part of the chain that something belongs to: what it takes to mend it is alike."""
MISSED = ("late", "never")
_OF_EVENT: dict[str, Stage] = {
    RELEASED: "deciding",
    "acknowledged": "calling",
    "warned": "telling",
    "confirmed": "telling",
    "safe": "moving",
    "reported": "reporting",
}
_OUTAGE = ("no_service", "setting_up", "travelling", "waiting_for_network")
_OF_STEP: dict[str, Stage] = {
    **dict.fromkeys(DECIDING, "deciding"),
    **dict.fromkeys(CALLING, "calling"),
    **dict.fromkeys(OUTSIDE, "below"),
    **dict.fromkeys(TELLING, "telling"),
    **dict.fromkeys(_OUTAGE, "outage"),
}


@dataclass(frozen=True, eq=False)
class Standing:
    """Where an actual number of minutes stands among those of the runs, ``inf`` for never in both.

    ``alike_min``: numbers no further apart than this count as the same, since times are written down no finer.
    """

    actual_min: float
    runs: Floats
    alike_min: float

    @cached_property
    def _counts(self) -> tuple[int, int]:
        same = np.isinf(self.runs) & math.isinf(self.actual_min)
        if math.isfinite(self.actual_min):
            same = np.abs(self.runs - self.actual_min) <= self.alike_min + NANOMINUTE
        return int(((self.runs < self.actual_min) & ~same).sum()), int(same.sum())

    @property
    def shorter(self) -> int:
        """In how many runs it took less."""
        return self._counts[0]

    @property
    def alike(self) -> int:
        """In how many runs it took as long, as far as can be told."""
        return self._counts[1]

    @property
    def of(self) -> int:
        """How many runs there are."""
        return len(self.runs)

    @property
    def never(self) -> int:
        """In how many runs it never came."""
        return int(np.isinf(self.runs).sum())

    @property
    def percentile(self) -> float:
        """The share of the runs that took less, those alike counted half (mid-rank)."""
        return (self.shorter + self.alike / 2) / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """The exact 95 % interval of the share of all nights that take less, from the runs that surely do to those that may."""
        low, _ = exact_interval(np.array([self.shorter]), self.of)
        _, high = exact_interval(np.array([self.shorter + self.alike]), self.of)
        return float(low[0]), float(high[0])

    @property
    def side(self) -> Literal["before_all", "within", "after_all"]:
        """Whether it lies within the band, from the least to the most of the runs."""
        if self.alike:
            return "within"
        return "before_all" if not self.shorter else "after_all" if self.shorter == self.of else "within"

    @property
    def in_middle(self) -> bool:
        """Whether it lies in the middle half of the runs, between their quartiles."""
        low, high = self.quantile(0.25), self.quantile(0.75)
        reached = self.actual_min >= low - self.alike_min or math.isinf(self.actual_min)
        return bool(reached and self.actual_min <= high + self.alike_min)

    def quantile(self, share: float) -> float:
        """Return a quantile of the runs, an order statistic; ``inf`` for never."""
        return float(quantile_over(self.runs, share))


@dataclass(frozen=True, eq=False)
class JudgedTime:
    """A key time as it was.

    ``took_min`` in minutes of the night since its requirement counts, and
    ``spent_min`` in those of the exercise, ``inf`` for never, null where it cannot be told. ``standing``: among the runs, ``kept``: in how many
    of these the limit was kept; null where they do not tell.
    """

    key: KeyTime
    actual: KeyActual
    took_min: float | None
    spent_min: float | None
    outcome: Outcome
    standing: Standing | None
    kept: Kept | None

    @property
    def over_min(self) -> float | None:
        """By how much it was late, ``inf`` for never; null where it was not."""
        return _over(self.outcome, self.took_min, self.key.within_min)

    @property
    def stage(self) -> Stage:
        """The part of the chain."""
        return _OF_EVENT[self.key.event]


@dataclass(frozen=True)
class JudgedInject:
    """An inject as it was answered; ``took_min`` from received to done, ``inf`` for never, null where it cannot be told."""

    inject: Inject
    actual: InjectActual
    took_min: float | None
    outcome: Outcome
    stage: Stage

    @property
    def used(self) -> bool:
        """Whether it was given, or should have been: those in reserve and conditional ones need not be."""
        return self.inject.kind == "timeline" or self.outcome != "not_given"

    @property
    def over_min(self) -> float | None:
        """By how much it was late, ``inf`` for never; null where it was not."""
        return _over(self.outcome, self.took_min, self.inject.limit_min)


@dataclass(frozen=True)
class Link:
    """A post and a part of the chain: how often it was to act, in time, late or never; by post and level, never by person or place.

    ``worst_over_min``: by how much it was late at most, 0 where it never was.
    """

    level: str
    post: str
    stage: Stage
    asked: int
    in_time: int
    late: int
    never: int
    worst_over_min: float

    @property
    def missed(self) -> int:
        """How often it was late or never came to it."""
        return self.late + self.never

    @property
    def surely_missed(self) -> float:
        """What share it misses at the least, by the exact 95 % interval: of one missed of one, less than of eight of ten."""
        low, _ = exact_interval(np.array([self.missed]), self.asked)
        return float(low[0])


@dataclass(frozen=True, eq=False)
class Debrief:
    """A whole debrief.

    ``times`` are the key times as they were asked for; ``requirements`` has one for each requirement, in the place that took part.
    """

    subject: Subject
    actuals: Actuals
    times: tuple[JudgedTime, ...]
    requirements: tuple[JudgedTime, ...]
    injects: tuple[JudgedInject, ...]

    @property
    def count(self) -> int:
        """How many runs it is held against."""
        return len(self.subject.nights.replications)

    @property
    def links(self) -> tuple[Link, ...]:
        """Posts by part of the chain, the weakest first."""
        asked = [one for one in self.times if one.key.requirement]  # a release is not asked of those who wrote it down
        return tuple(sorted(_links([*asked, *self.injects]), key=_weakness))

    @property
    def to_mend(self) -> tuple[JudgedTime | JudgedInject, ...]:
        """What was late or never came: of a requirement of many places those that missed it, or the whole where none of them did.

        Of several limits on the same moment the tightest.
        """
        late = [one for one in self.times if one.outcome in MISSED and one.key.place != self.subject.place]
        parts = {one.key.requirement for one in late}
        whole = [one for one in self.requirements if one.outcome in MISSED and one.key.requirement not in parts]
        return (*self._tightest([*whole, *late]), *(one for one in self.injects if one.outcome in MISSED))

    def _tightest(self, missed: Sequence[JudgedTime]) -> Iterator[JudgedTime]:
        moments: dict[tuple[object, ...], list[JudgedTime]] = {}
        for one in missed:
            scenario, key = self.subject.scenario, one.key
            of_whom = measured(scenario, requirement_of(scenario, key))[1]
            same = (key.place, key.event, of_whom, counts_from(scenario, key), one.actual.at)
            moments.setdefault(same, []).append(one)
        for alike in moments.values():
            yield min(alike, key=lambda one: one.key.within_min or 0.0)


def debrief(subject: Subject, actuals: Actuals) -> Debrief:
    """Return what happened, held against runs of the scenario and its limits."""
    clock = _Clock(subject, actuals)
    times = tuple(_judged(subject, key, actuals.key_times[key.id], clock) for key in subject.key_times)
    asked = dict.fromkeys(key.requirement for key in subject.key_times if key.requirement)
    whole = tuple(_whole(subject, [one for one in times if one.key.requirement == own]) for own in asked)
    events = {key.requirement: key.event for key in subject.key_times if key.requirement}
    return Debrief(
        subject,
        actuals,
        times,
        whole,
        tuple(_judged_inject(inject, actuals, events, subject.schedule) for inject in subject.injects),
    )


# --- clocks -----------------------------------------------------------------------------------------------------------


class _Clock:
    """Minutes of the exercise as minutes of the night; in a real event they are the same."""

    def __init__(self, subject: Subject, actuals: Actuals) -> None:
        self._scenario, self._schedule, self._actuals = subject.scenario, subject.schedule, actuals

    def began_min(self, key: KeyTime) -> tuple[float | None, Said | None]:
        """Return when in the exercise the minutes of a key time began to count: with T0, with a release, or as planned where that is not asked for.

        Of several releases the first counts; it is known only where all of them are.
        """
        acts = counts_from(self._scenario, key)
        asked = [own for act in acts if (own := self._actuals.key_times.get(release_id(act))) is not None]
        if not acts:
            return self._planned(0.0), None
        if len(asked) < len(acts):
            return (None, "unknown") if key.since_min is None else (self._planned(key.since_min), None)
        known = [own.at.ran_min for own in asked if own.at is not None]
        if any(own.said == "unknown" for own in asked):
            return None, "unknown"
        return (min(known), None) if known else (None, "never")

    def _planned(self, t_min: float) -> float:
        return t_min if self._schedule is None else self._schedule.to_exercise(t_min)

    def took(self, key: KeyTime, spent_min: float) -> float:
        """Return minutes of the night: as if what they count from had come when it was planned, so that a late start is nobody's fault."""
        since_min = key.since_min if counts_from(self._scenario, key) else 0.0
        if self._schedule is None or since_min is None:
            return spent_min
        at_min = self._schedule.to_exercise(since_min) + spent_min
        beyond = max(
            at_min - self._schedule.exercise_min[-1], 0.0
        )  # from there on the clock runs on as the night's does
        return self._schedule.to_night(at_min) + beyond - since_min

    def alike(self, key: KeyTime, spent_min: float) -> float:
        """Return how far apart minutes of the night are that were written down alike."""
        fine, took = self._actuals.alike_min, self.took(key, spent_min)
        return max(self.took(key, spent_min + fine) - took, took - self.took(key, max(spent_min - fine, 0.0)))


# --- judging ----------------------------------------------------------------------------------------------------------


def _judged(subject: Subject, key: KeyTime, actual: KeyActual, clock: _Clock) -> JudgedTime:
    (began_min, said), took, spent, alike = clock.began_min(key), None, None, 0.0
    if "never" in (actual.said, said):
        took = spent = math.inf
    elif actual.at is not None and began_min is not None:
        spent = max(actual.at.ran_min - began_min, 0.0)
        took, alike = max(clock.took(key, spent), 0.0), clock.alike(key, spent)
    runs = simulated(subject.scenario, key, subject.nights)
    standing = None if took is None or not len(runs) else Standing(took, runs, alike)
    return JudgedTime(key, actual, took, spent, _outcome(took, spent, key.within_min), standing, _kept(key, runs))


def _whole(subject: Subject, parts: Sequence[JudgedTime]) -> JudgedTime:
    """Return a requirement in the place that took part: as it was asked for there, or else as its share of the parts makes it."""
    if own := [one for one in parts if one.key.place == subject.place]:
        return own[0]
    share = requirement_of(subject.scenario, parts[0].key).share
    key = replace(parts[0].key, id=f"{parts[0].key.requirement}|", place=subject.place, responsible=None)
    known = [
        (one.took_min, one.spent_min, one) for one in parts if one.took_min is not None and one.spent_min is not None
    ]
    if len(known) < len(parts):
        return JudgedTime(key, KeyActual(None, "unknown"), None, None, "unknown", None, None)
    at = max(math.ceil(share * len(known) - NANOMINUTE), 1) - 1
    took, _, last = sorted(known, key=lambda own: own[:2])[at]
    spent = sorted(spent for _, spent, _ in known)[at]
    runs = [one.standing.runs for one in parts if one.standing is not None]
    standing, kept = None, None
    if len(runs) == len(parts) and len({len(own) for own in runs}) == 1:
        together = np.sort(np.array(runs), axis=0)[at]
        standing = Standing(took, together, max(one.standing.alike_min for one in parts if one.standing is not None))
        kept = _kept(key, together)
    return JudgedTime(key, last.actual, took, spent, _outcome(took, spent, key.within_min), standing, kept)


def simulated(scenario: Scenario, key: KeyTime, nights: Nights) -> Floats:
    """Return the minutes that a key time took in the runs in which anybody was meant; none where they do not tell.

    Of releases the runs tell that of the headline warning alone.
    """
    told = f"target:{key.requirement}:min"
    if not key.requirement:
        told = "release_min" if scenario.plan.headline == {key.act} else ""
    place, values = nights.of_measure(told)
    own = values[:, place == key.place]
    taken: Floats = own[~np.isnan(own).any(axis=1)].ravel()
    return taken


def _kept(key: KeyTime, runs: Floats) -> Kept | None:
    if key.within_min is None or not len(runs):
        return None
    met = int((runs <= key.within_min + NANOMINUTE).sum())
    low, high = exact_interval(np.array([met]), len(runs))
    return Kept(met, len(runs), float(low[0]), float(high[0]))


def _outcome(took_min: float | None, spent_min: float | None, within_min: float | None) -> Outcome:
    """Return whether a limit was kept, by the minutes of the night and by those that the players spent."""
    if took_min is None or spent_min is None:
        return "unknown"
    if math.isinf(took_min):
        return "never"
    if within_min is None:
        return "done"
    by_night, by_players = (minutes <= within_min + NANOMINUTE for minutes in (took_min, spent_min))
    return "kept" if by_night and by_players else "open" if by_night or by_players else "late"


def _judged_inject(inject: Inject, actuals: Actuals, events: dict[str, str], schedule: Schedule | None) -> JudgedInject:
    own = actuals.injects[inject.id]
    took: float | None = None
    by_night: float | None = None
    if own.said == "never":
        took = by_night = math.inf
    elif own.received is not None and own.done is not None and schedule is not None:
        took = own.done.ran_min - own.received.ran_min
        by_night = schedule.to_night(own.done.ran_min) - schedule.to_night(own.received.ran_min)
    # what is asked where a limit is over has no limit of its own
    limit_min = inject.limit_min if inject.kind == "timeline" else None
    judged: Outcome = "not_given" if own.said == "not_given" else _outcome(by_night, took, limit_min)
    outcome: Outcome = "done" if judged in ("kept", "open") else judged
    event = events.get(inject.requirement, "")
    stage = _OF_EVENT.get(event) or _OF_STEP.get(inject.step, "moving")
    return JudgedInject(inject, own, took, outcome, stage)


def _over(outcome: Outcome, took_min: float | None, within_min: float | None) -> float | None:
    if outcome == "never":
        return math.inf
    if outcome != "late" or took_min is None or within_min is None:
        return None
    return took_min - within_min


# --- weak links -------------------------------------------------------------------------------------------------------


def _links(judged: Sequence[JudgedTime | JudgedInject]) -> Iterator[Link]:
    """Yield each post of a level with each part of the chain in which it was to act and it is known whether it did."""
    groups: dict[tuple[str, str, Stage], list[JudgedTime | JudgedInject]] = {}
    for one in judged:
        role = responsible(one)
        if role is not None and one.outcome in ("kept", "done", *MISSED):
            groups.setdefault((role.level, role.post, one.stage), []).append(one)
    for (level, post, stage), own in groups.items():
        counts = {outcome: sum(one.outcome == outcome for one in own) for outcome in MISSED}
        worst = max((one.over_min or 0.0 for one in own if one.outcome == "late"), default=0.0)
        in_time = len(own) - sum(counts.values())
        yield Link(level, post, stage, len(own), in_time, counts["late"], counts["never"], worst)


def responsible(one: JudgedTime | JudgedInject) -> Role | None:
    """Return the seat that was to act."""
    return one.key.responsible if isinstance(one, JudgedTime) else one.inject.responsible


def _weakness(link: Link) -> tuple[float, float, str, str, str]:
    return -link.surely_missed, -link.missed / link.asked, link.level, link.post, link.stage
