"""Sweep A: the chain of people who must answer.

1. the hazard is identified   2. consultation   3. sign-off   4. release   5. the county desk calls the desks below it
6. a desk that answers relays and calls on, down to the lowest   7. the lowest desks turn to their households

A desk has so many callers; each call takes one of them from dialling to the end of the talk. A desk below is called down its ladder
until somebody answers. Processes only say what happened; nothing is counted here.
"""

from __future__ import annotations

import gc
import math
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import simpy
from numpy.typing import NDArray

from sim import luck
from sim.errors import ModelError
from sim.luck import Luck
from sim.records import Event
from sim.roster import LadderPlan, StepPlan
from sim.scenario import Scenario, WarningPlan
from sim.warning.setting import CallTree, Setting

Process = Generator[simpy.Event, object, None]
_Fate = tuple[float, float, float]
"""The luck of one attempt: of answering (a uniform), minutes to pick up or reply, minutes of talk."""
_UNANSWERED = ("no_answer", "no_reply")


def pause(env: simpy.Environment, minutes: float) -> simpy.Timeout:
    """Return a wait of ``minutes``; the one door through which durations enter the event loop.

    Raises
    ------
    ModelError
        if the duration is negative, NaN or infinite, which simpy would take and go on with
    """
    if not 0 <= minutes < math.inf:
        message = f"a wait of {minutes} minutes"
        raise ModelError(message)
    return env.timeout(minutes)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Put off the search for reference cycles: thousands of live processes make it cost a quarter of the night."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Callers:
    """The people of a desk who can hold a telephone, given out first come, first served.

    A ``simpy.Resource`` without priorities and without the two events it schedules for a caller who is free at once.
    """

    def __init__(self, env: simpy.Environment, count: int) -> None:
        self._env, self._free = env, count
        self._queue: deque[simpy.Event] = deque()

    def ask(self) -> simpy.Event | None:
        """Take a caller; return ``None`` if one was free, else the event of getting one."""
        if self._free:
            self._free -= 1
            return None
        turn = self._env.event()
        self._queue.append(turn)
        return turn

    def give_back(self) -> None:
        """Let the caller go to whoever has waited longest."""
        if self._queue:
            self._queue.popleft().succeed()
        else:
            self._free += 1


@dataclass(frozen=True)
class Chain:
    """What sweep A leaves to sweep B: release, and when each place acknowledged and turned to its households.

    Times in minutes after T0, shape (places,), ``inf`` where it never came to it.
    """

    release_min: float
    acknowledged_min: NDArray[np.float64]
    acknowledged_by: tuple[str, ...]
    dispatched_min: NDArray[np.float64]
    events: list[Event]


@dataclass(frozen=True)
class _Try:
    """One attempt of a ladder: its step, and whether the ladder waits ``gap`` after it.

    ``key`` numbers (step, try), so that more tries of one step leave the luck of the others alone.
    """

    step: StepPlan
    key: int
    is_call: bool
    gap_after: bool


def tries_of(ladder: LadderPlan) -> list[_Try]:
    """Return the attempts of a ladder in order."""
    return [
        _Try(step, s * 1000 + k, is_call=step.channel == "phone", gap_after=k < step.tries - 1)
        for s, step in enumerate(ladder.steps)
        for k in range(step.tries)
    ]


class ChainOfDesks:
    """The processes of sweep A for one night."""

    def __init__(self, scenario: Scenario, setting: Setting, night_luck: Luck) -> None:
        plan, places = scenario.plan, scenario.county.places
        self.env = simpy.Environment()
        self.warning: WarningPlan = plan.warnings[0]
        self.tree: CallTree = setting.tree
        self.events: list[Event] = []
        self.release_min = math.inf
        self.acknowledged_min = [math.inf] * len(places)
        self.acknowledged_by = [""] * len(places)
        self.dispatched_min = [math.inf] * len(places)
        self._county, self._roster, self._luck = scenario.county, scenario.roster, night_luck
        self._channels, self._posts = plan.channels, plan.roster.posts
        self._end_min = plan.end_min
        self._midnight_min = plan.start.hour * 60 + plan.start.minute + plan.start.second / 60
        self._level = places.level.tolist()
        self._code = places.code
        self._callee = self.tree.callee.tolist()
        self._u_reachable: dict[int, float] = {}
        self._deal()

    def run(self) -> Chain:
        """Play the chain to the end of the night."""
        self.env.process(self.warn())
        with _no_garbage_collection():
            self.env.run(until=math.nextafter(self._end_min, math.inf))  # the last minute belongs to the night
        return Chain(
            release_min=self.release_min,
            acknowledged_min=np.array(self.acknowledged_min),
            acknowledged_by=tuple(self.acknowledged_by),
            dispatched_min=np.array(self.dispatched_min),
            events=self.events,
        )

    # --- the processes ------------------------------------------------------------------------------------------------

    def warn(self) -> Process:
        """The warning itself: identified, consulted, signed off, released; then the top desk calls on."""
        top, warning = 0, self.warning
        steps = (
            ("identified", None, ""),
            ("consulted", warning.consultation, ""),
            ("signed_off", warning.sign_off, warning.signed_by),
            ("released", warning.release, ""),
        )
        for act, law, post in steps:
            if law is not None:
                yield pause(self.env, law.draw(self._luck.one(f"warning/{act}", luck.entity_id(warning.id))))
            self._say("warning", top, act, post=post, detail=warning.level)
        self.release_min = self.env.now
        self.acknowledged_min[top] = self.env.now
        yield from self.call_on(top)

    def call_on(self, desk: int) -> Process:
        """A desk that has answered: it relays, then calls all desks below it at once, as far as its callers go."""
        yield pause(self.env, self._relay_min[desk])
        callers = Callers(self.env, self._callers[desk])
        for edge in self.tree.below[desk]:
            self.env.process(self.call(desk, edge, callers))

    def turn_to_households(self, desk: int) -> None:
        """A lowest desk that has answered: after its relay it turns to its households. Nothing waits for it, so no process."""
        dispatched_min = self.env.now + self._relay_min[desk]
        if dispatched_min <= self._end_min:
            self.dispatched_min[desk] = dispatched_min
            self.events.append(Event(dispatched_min, "team", desk, "", -1, "", "dispatched", ""))

    def call(self, desk: int, edge: int, callers: Callers) -> Process:
        """Call one desk below, down its ladder, until somebody there answers; a post that nobody holds is skipped at once."""
        callee = self._callee[edge]
        for attempt, fate in zip(self._tries[self._level[callee]], self._fates[edge], strict=True):
            step = attempt.step
            if self.acknowledged_min[callee] < math.inf:
                return
            if self._roster.on_duty(self._code[callee], step.post, self.env.now) is None:
                continue
            act = yield from (
                self._ring(callee, callers, step, fate) if attempt.is_call else self._message(callee, step, fate)
            )
            if not act:
                return  # another desk had its answer before this one could dial
            if act == "vacant":
                continue
            self._say("call", callee, act, post=step.post, counterpart=desk, channel=step.channel)
            if act not in _UNANSWERED:
                self._acknowledge(callee, step.post, desk)
                return
            if attempt.gap_after:
                yield pause(self.env, step.gap_min)
        if self.acknowledged_min[callee] == math.inf:
            self._say("call", callee, "given_up", counterpart=desk)

    def _ring(self, callee: int, callers: Callers, step: StepPlan, fate: _Fate) -> Generator[simpy.Event, object, str]:
        """One telephone call: wait for a caller, ring, talk.

        Nobody is dialled if another desk has the answer by then ("") or the post has become "vacant".
        """
        luck_of_answer, pickup_min, talk_min = fate
        ring_min = step.ring_min or 0.0
        if waiting := callers.ask():
            yield waiting
        act = ""
        if self._roster.on_duty(self._code[callee], step.post, self.env.now) is None:
            act = "vacant"
        elif self.acknowledged_min[callee] == math.inf:
            answers = self._answers(callee, step, luck_of_answer, self._posts[step.post].answer[self._hour()])
            yield pause(self.env, min(pickup_min, ring_min) + talk_min if answers else ring_min)
            act = "answered" if answers else "no_answer"
        callers.give_back()
        return act

    def _message(self, callee: int, step: StepPlan, fate: _Fate) -> Generator[simpy.Event, object, str]:
        """One message: a reply within the waiting time counts, a later one does not."""
        luck_of_reading, delay_min, _ = fate
        wait_min = step.wait_min or 0.0
        replies = self._answers(callee, step, luck_of_reading, self._read_share[self._hour()]) and delay_min <= wait_min
        yield pause(self.env, delay_min if replies else wait_min)
        return "replied" if replies else "no_reply"

    def _answers(self, callee: int, step: StepPlan, u: float, share: float) -> bool:
        """Tell whether the holder of a post, as of now, can be reached tonight and answers this try."""
        person = self._roster.on_duty(self._code[callee], step.post, self.env.now)
        return person is not None and u < share and self._can_reach(person.entity, step)

    def _acknowledge(self, place: int, post: str, caller: int) -> None:
        if self.acknowledged_min[place] < math.inf:
            return  # another desk was faster
        self.acknowledged_min[place] = self.env.now
        self.acknowledged_by[place] = post
        self._say("call", place, "acknowledged", post=post, counterpart=caller)
        if self.tree.lowest[place]:
            self.turn_to_households(place)
        if self.tree.below[place]:
            self.env.process(self.call_on(place))

    # --- luck and looking up ------------------------------------------------------------------------------------------

    def _deal(self) -> None:
        """Draw the luck of every possible attempt of the night, by (warning, caller, callee, step, try), and of every relay."""
        plan, county = self._roster.plan, self._county
        places, tree, duty = county.places, self.tree, self._channels.sms and self._channels.sms.duty
        levels = [level.id for level in county.levels]
        self._read_share: tuple[float, ...] = duty.read if duty else ()
        self._tries = [tries_of(plan.ladders[level]) if level in plan.ladders else [] for level in levels]
        self._callers = [plan.desks[levels[level]].callers for level in self._level]
        relay = np.zeros(len(places))
        self._fates: list[list[_Fate]] = [[] for _ in self._callee]
        of_warning = luck.child_ids(
            tree.edge_id, np.full(len(tree.edge_id), luck.entity_id(self.warning.id), dtype=np.uint64)
        )
        for level, level_id in enumerate(levels):
            here = places.level == level
            u = self._luck.uniform(f"relay/{self.warning.id}", places.entity[here])
            relay[here] = plan.desks[level_id].relay.draw(u)
            edges = np.flatnonzero(places.level[tree.callee] == level)
            self._deal_calls(edges, of_warning[edges], self._tries[level])
        self._relay_min = relay.tolist()

    def _deal_calls(self, edges: NDArray[np.int64], ids: NDArray[np.uint64], tries: list[_Try]) -> None:
        channels = self._channels
        columns: list[list[_Fate]] = []
        for attempt in tries:
            key = luck.child_ids(ids, np.full(len(ids), attempt.key))
            answer, pickup, talk = (self._luck.uniform(f"call/{what}", key) for what in ("answer", "pickup", "talk"))
            if attempt.is_call and channels.phone is not None:
                pickup, talk = channels.phone.pickup.draw(pickup), channels.phone.talk.draw(talk)
            elif channels.sms is not None and channels.sms.duty is not None:
                pickup = channels.sms.duty.delay.draw(pickup)
            columns.append(list(zip(answer.tolist(), pickup.tolist(), talk.tolist(), strict=True)))
        for edge, fates in zip(edges.tolist(), zip(*columns, strict=True), strict=True) if columns else ():
            self._fates[edge] = list(fates)

    def _can_reach(self, person: int, step: StepPlan) -> bool:
        """Tell whether somebody can be reached at all tonight; drawn once, whatever the number of tries."""
        u = self._u_reachable.get(person)
        if u is None:
            u = self._u_reachable[person] = self._luck.one("person/reachable", person)
        return u < self._posts[step.post].reachable

    def _hour(self) -> int:
        return int((self._midnight_min + self.env.now) // 60) % 24

    def _say(
        self,
        event: str,
        place: int,
        act: str,
        *,
        post: str = "",
        counterpart: int = -1,
        channel: str = "",
        detail: str = "",
    ) -> None:
        self.events.append(Event(self.env.now, event, place, post, counterpart, channel, act, detail))
