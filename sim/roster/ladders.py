"""From a ladder as the planner writes it to the attempts that a caller makes, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sim.roster.plan import AttemptPlan, LadderPlan, ResponsiblePlan

_ROUND, _STEP = 1_000_000, 1_000


class Try(NamedTuple):
    """One attempt: whom, by what, and how long it waits.

    ``number`` counts the attempts of the whole ladder, ``key`` numbers (round, step, try), so that more tries of one step leave the
    luck of the others alone; ``round_`` counts from 0. ``gap_min`` passes after it if it was made, ``round_gap_min`` before it in any case.
    """

    number: int
    key: int
    round_: int
    post: str
    channel: str
    ring_min: float
    wait_min: float
    gap_min: float
    round_gap_min: float


@dataclass(frozen=True)
class Lanes:
    """The attempts of one ladder: lanes run at once, the attempts of one lane in turn.

    ``must_answer`` holds the posts that must all answer; empty where one answer will do. ``tries`` are all of them by number.
    """

    lanes: tuple[tuple[Try, ...], ...]
    must_answer: frozenset[str]

    @property
    def tries(self) -> tuple[Try, ...]:
        """All attempts by number."""
        return tuple(attempt for lane in self.lanes for attempt in lane)


def lanes_of(ladder: LadderPlan) -> Lanes:
    """Return the attempts of a ladder."""
    posts = tuple(dict.fromkeys(step.post for step in ladder.steps))
    order = list(_order(ladder))
    if ladder.order == "in_turn":
        groups = [order]
    elif ladder.need == "all":  # one post's attempts still follow each other
        groups = [[visit for visit in order if ladder.steps[visit[1]].post == post] for post in posts]
    else:
        groups = [[visit] for visit in order]
    steps = [(round_, s, ladder.steps[s].post, ladder.steps[s]) for group in groups for round_, s in group]
    gap = ladder.repeat.gap_min if ladder.repeat else 0.0
    tries = _tries(steps, gap)
    lanes, begin = [], 0
    for group in groups:
        count = sum(ladder.steps[s].tries for _, s in group)
        lanes.append(tries[begin : begin + count])
        begin += count
    return Lanes(tuple(lanes), frozenset(posts if ladder.need == "all" else ()))


def lanes_for(plan: ResponsiblePlan, post: str) -> Lanes:
    """Return the attempts to reach one responsible person."""
    return Lanes((_tries([(0, s, post, step) for s, step in enumerate(plan.steps)], 0.0),), frozenset())


def _order(ladder: LadderPlan) -> Iterator[tuple[int, int]]:
    """Yield (round, step) in the order in which steps are taken while nobody answers."""
    index = {step.id: s for s, step in enumerate(ladder.steps) if step.id is not None}
    rounds = ladder.repeat.rounds if ladder.repeat else 0
    again = index[ladder.repeat.from_step] if ladder.repeat and ladder.repeat.from_step else 0
    for round_ in range(rounds + 1):
        s = again if round_ else 0
        while s < len(ladder.steps):
            yield round_, s
            then = ladder.steps[s].then
            s = index[then] if then else s + 1


def _tries(steps: Sequence[tuple[int, int, str, AttemptPlan]], round_gap_min: float) -> tuple[Try, ...]:
    made: list[Try] = []
    before = 0
    for round_, s, post, step in steps:
        for k in range(step.tries):
            made.append(
                Try(
                    number=len(made),
                    key=round_ * _ROUND + s * _STEP + k,
                    round_=round_,
                    post=post,
                    channel=step.channel,
                    ring_min=step.ring_min or 0.0,
                    wait_min=step.wait_min or 0.0,
                    gap_min=step.gap_min if k < step.tries - 1 else 0.0,
                    round_gap_min=round_gap_min if round_ > before else 0.0,
                )
            )
            before = round_
    return tuple(made)
