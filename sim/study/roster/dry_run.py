"""One ladder on paper: who is called when, by what, and how likely nobody answers; no luck, no engine.

Times are those of a ladder on which nobody has answered so far and no caller has to wait: rings, waits and gaps as written. Chances are exact
for what the engine draws: somebody can be reached tonight or not, once for all tries; each try is answered or not.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.distributions import Distribution
from sim.errors import Fault, InputError, Text
from sim.roster import Person
from sim.roster.ladders import Try, lanes_of
from sim.scenario import Scenario

Floats = NDArray[np.float64]
_GRID = (np.arange(10_000) + 0.5) / 10_000
_COARSE = (np.arange(200) + 0.5) / 200
_A_NANOMINUTE = 1e-9


@dataclass(frozen=True)
class Attempt:
    """One try: when it begins and how long it takes unanswered, of which post, who holds it (``None``: nobody, skipped at once), by what.

    ``answers`` the chance that it is answered, if made to somebody who can be reached; ``decides`` the chance that the ladder has all it needs
    with it, seen from the beginning and tries taken in the order in which they begin, and ``open_after`` that it has not. ``answered_min`` when
    the talk would be over, in the mean.
    """

    begin_min: float
    lasts_min: float
    post: str
    person: Person | None
    channel: str
    answers: float
    decides: float
    open_after: float
    answered_min: float


@dataclass(frozen=True)
class DryRun:
    """The ladder of one desk at one moment; ``fails`` the chance that it ends without what it needs, ``lasts_min`` how long it then takes."""

    desk: str
    when: datetime
    attempts: tuple[Attempt, ...]

    @property
    def fails(self) -> float:
        """The chance that the ladder ends without what it needs."""
        return self.attempts[-1].open_after if self.attempts else 1.0

    @property
    def lasts_min(self) -> float:
        """How long a ladder takes that fails."""
        return max((one.begin_min + one.lasts_min for one in self.attempts), default=0.0)


def dry_run(scenario: Scenario, desk: str, when: datetime) -> DryRun:
    """Return the ladder of a desk (its code) at a moment.

    Raises
    ------
    InputError
        if there is no such desk, or nobody calls it
    """
    walk = _walk(scenario, desk, when)
    planned = sorted((one for lane in walk.lanes for one in lane), key=lambda one: one[0])
    still_open = _still_open(scenario, planned, walk.must_answer)
    attempts = []
    before = 1.0
    for (begin_min, attempt, person, answers), after in zip(planned, still_open, strict=True):
        lasts_min = _lasts(attempt) if person else 0.0
        answered_min = begin_min + (_answered_after(scenario, attempt) if person else 0.0)
        attempts.append(
            Attempt(
                begin_min,
                lasts_min,
                attempt.post,
                person,
                attempt.channel,
                answers,
                before - after,
                after,
                answered_min,
            )
        )
        before = after
    return DryRun(desk, when, tuple(attempts))


def answered_by(
    scenario: Scenario, desk: str, when: datetime, minutes: Floats, without: Collection[str] = ()
) -> Floats:
    """Return the chance that a ladder has what it needs by each of some minutes, shape of ``minutes``; the steps of posts ``without`` are left out.

    Exact where one answer will do: rings, talks and replies take as long as their laws have it. Where every post must answer in turn, later
    posts begin as if nobody had answered: a lower bound. What a messenger brings counts for never, for how far it is is not on the paper.
    """
    walk, known = _walk(scenario, desk, when, without), dict[object, Floats]()
    result = np.zeros(np.shape(minutes))
    planned = [one for lane in walk.lanes for one in lane]
    for chance, number in _states(scenario, planned):
        still = np.ones_like(result)
        whole = np.ones_like(result)
        for lane in walk.lanes:
            by_post = dict.fromkeys(dict.fromkeys(one[1].post for one in lane), np.zeros_like(result))
            silent = dict.fromkeys(by_post, 1.0)
            for begin_min, attempt, person, answers in lane:
                if person is None:
                    continue
                if attempt.channel == "courier":
                    silent[attempt.post] *= 1 - answers
                elif number[person.entity] < person.reachable_at(scenario.plan.roster.posts[attempt.post]):
                    key = attempt.channel, attempt.ring_min, attempt.wait_min
                    if key not in known:
                        known[key] = _answer_times(scenario, attempt)
                    within = np.searchsorted(known[key], minutes - begin_min + _A_NANOMINUTE, side="right") / len(
                        known[key]
                    )
                    quiet = silent[attempt.post] if walk.must_answer else float(np.prod(list(silent.values())))
                    by_post[attempt.post] = by_post[attempt.post] + quiet * answers * within
                    silent[attempt.post] *= 1 - answers
            for share in by_post.values():
                whole = whole * share
            still = still * (1 - sum(by_post.values(), np.zeros_like(result)))
        result += chance * (whole if walk.must_answer else 1 - still)
    return result


def harmful(scenario: Scenario, desk: str, when: datetime, limit_min: float) -> dict[str, float]:
    """Return the posts without which a ladder would rather be answered in time, and by how much the chance would rise.

    None where every post must answer: there each is needed, however late.
    """
    if _walk(scenario, desk, when).must_answer:
        return {}
    limit = np.array([limit_min])
    (by,) = answered_by(scenario, desk, when, limit)
    posts = dict.fromkeys(one.post for one in dry_run(scenario, desk, when).attempts if one.person is not None)
    better = {post: float(answered_by(scenario, desk, when, limit, {post})[0] - by) for post in posts}
    return {post: rise for post, rise in better.items() if rise > 1e-9}


@dataclass(frozen=True)
class _Walk:
    """The tries of a ladder, lane by lane, and the posts that must all answer (none where one answer will do)."""

    lanes: tuple[tuple[_Planned, ...], ...]
    must_answer: frozenset[str]


def _walk(scenario: Scenario, desk: str, when: datetime, without: Collection[str] = ()) -> _Walk:
    """Return the ladder of a desk at a moment, without the steps of some posts; a desk that nobody calls is a fault."""
    county = scenario.county
    level = county.levels[county.places.level[county.index[desk]]].id if desk in county.index else ""
    ladder = scenario.plan.roster.ladders.get(level) if county.index.get(desk) else None
    if ladder is None:
        problem = Text("没有这个值班室，或没有人叫它", "there is no such desk, or nobody calls it")
        remedy = Text(
            "填写乡镇、村或组的编码、名称或代号",
            "use the code, the name or the label of a township, a village or a group",
        )
        raise InputError([Fault("", 0, 0, "desk", desk, problem, remedy)])
    lanes = lanes_of(ladder)
    steps = [tuple(one for one in lane if one.post not in without) for lane in lanes.lanes]
    planned = tuple(tuple(_planned(scenario, desk, lane, when)) for lane in steps)
    return _Walk(planned, lanes.must_answer - set(without))


_Planned = tuple[float, Try, Person | None, float]
"""When a try begins, the try, who holds its post then, the chance that it is answered by somebody who can be reached."""


def _planned(scenario: Scenario, desk: str, lane: Sequence[Try], when: datetime) -> Iterator[_Planned]:
    """Yield the tries of one lane while nobody answers."""
    roster = scenario.roster
    now_min, begin_min = 0.0, (when - roster.start).total_seconds() / 60
    for attempt in lane:
        now_min += attempt.round_gap_min
        person = roster.on_duty(desk, attempt.post, begin_min + now_min)
        hour = (when + timedelta(minutes=now_min)).hour
        yield now_min, attempt, person, _answers(scenario, attempt, hour) if person else 0.0
        if person is not None:
            now_min += _lasts(attempt) + attempt.gap_min


def _lasts(attempt: Try) -> float:
    """Return how long a try takes that is not answered; a messenger's way is not counted."""
    return attempt.ring_min or attempt.wait_min


def _answers(scenario: Scenario, attempt: Try, hour: int) -> float:
    """Return the chance that a try is answered by somebody who can be reached (by a messenger: found at all)."""
    channels, post = scenario.plan.channels, scenario.plan.roster.posts[attempt.post]
    if attempt.channel == "phone":
        return post.answer[hour]
    if attempt.channel == "auto_call" and channels.auto_call is not None and channels.auto_call.duty is not None:
        return post.answer[hour] * channels.auto_call.duty.answer_factor
    if attempt.channel == "courier" and channels.courier is not None:
        return channels.courier.found
    duty = getattr(getattr(channels, attempt.channel), "duty", None)
    return 0.0 if duty is None else duty.read[hour] * float(np.mean(duty.delay.draw(_GRID) <= attempt.wait_min))


def _answered_after(scenario: Scenario, attempt: Try) -> float:
    """Return how long a try takes in the mean that is answered; a messenger's way is not counted."""
    channels = scenario.plan.channels
    if attempt.channel == "phone" and channels.phone is not None:
        return _mean(channels.phone.pickup, attempt.ring_min) + _mean(channels.phone.talk)
    if attempt.channel == "auto_call" and channels.auto_call is not None and channels.auto_call.duty is not None:
        return _mean(channels.auto_call.duty.pickup, attempt.ring_min) + _mean(channels.auto_call.duty.talk)
    if attempt.channel == "courier" and channels.courier is not None:
        return _mean(channels.courier.ready) + _mean(channels.courier.talk)
    duty = getattr(getattr(channels, attempt.channel), "duty", None)
    return attempt.wait_min if duty is None else _mean(duty.delay, attempt.wait_min)


def _mean(law: Distribution, at_most: float = np.inf) -> float:
    return float(np.minimum(law.draw(_GRID), at_most).mean())


def _states(scenario: Scenario, planned: Sequence[_Planned]) -> Iterator[tuple[float, dict[int, float]]]:
    """Yield who can be reached tonight: the chance of each state, and in it a number for each person that is below the share of those they meet."""
    posts = scenario.plan.roster.posts
    reach: dict[int, list[float]] = {}
    for _, attempt, person, _ in planned:
        if person is not None and attempt.channel != "courier":
            reach.setdefault(person.entity, []).append(person.reachable_at(posts[attempt.post]))
    cuts = {who: [0.0, *sorted({*shares, 1.0})] for who, shares in reach.items()}
    states = [[(high - low, low) for low, high in itertools.pairwise(own) if high > low] for own in cuts.values()]
    for state in itertools.product(*states):
        chance = float(np.prod([width for width, _ in state]))
        yield chance, dict(zip(cuts, (low for _, low in state), strict=True))


def _answer_times(scenario: Scenario, attempt: Try) -> Floats:
    """Return how long a try takes from its beginning to its end if it is answered: many equally likely times, in order."""
    channels = scenario.plan.channels
    if attempt.channel == "phone" and channels.phone is not None:
        return _sums(channels.phone.pickup, attempt.ring_min, channels.phone.talk)
    if attempt.channel == "auto_call" and channels.auto_call is not None and channels.auto_call.duty is not None:
        return _sums(channels.auto_call.duty.pickup, attempt.ring_min, channels.auto_call.duty.talk)
    duty = getattr(getattr(channels, attempt.channel), "duty", None)
    times: Floats = np.sort(duty.delay.draw(_GRID)) if duty is not None else np.array([attempt.wait_min])
    replied = times[times <= attempt.wait_min]
    return replied if len(replied) else np.array([attempt.wait_min])


@lru_cache(maxsize=64)
def _sums(pickup: Distribution, ring_min: float, talk: Distribution) -> Floats:
    """Return the times of picking up, at most those of the ring, and of talking, each with each."""
    every: Floats = np.add.outer(np.minimum(pickup.draw(_COARSE), ring_min), talk.draw(_COARSE)).ravel()
    return np.sort(every)


def _still_open(scenario: Scenario, planned: Sequence[_Planned], must_answer: frozenset[str]) -> list[float]:
    """Return the chance that the ladder still needs somebody after each try.

    Summed over who can be reached tonight: one number for each person decides it for all their posts. Given that, tries are independent.
    One answer will do, unless all the posts of ``must_answer`` must answer.
    """
    posts = scenario.plan.roster.posts
    result = np.zeros(len(planned))
    for chance, number in _states(scenario, planned):
        silent: dict[str, float] = dict.fromkeys(must_answer or [attempt.post for _, attempt, _, _ in planned], 1.0)
        for at, (_, attempt, person, answers) in enumerate(planned):
            if person is not None and (
                attempt.channel == "courier" or number[person.entity] < person.reachable_at(posts[attempt.post])
            ):
                silent[attempt.post] *= 1 - answers
            quiet = np.array(list(silent.values()))
            result[at] += chance * (1 - np.prod(1 - quiet) if must_answer else np.prod(quiet))
    return result.tolist()
