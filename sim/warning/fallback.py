"""When nobody gets through: what a desk without service turns to.

A caller who finds a line dead or cut off
1. notices it after a while   2. tries other means in turn, once: radios, satellite phones, the next place, a messenger
3. dials again every so often once there is service
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.luck import Luck
from sim.records import CALLING
from sim.roster import Person
from sim.roster.ladders import Try
from sim.scenario import Scenario
from sim.warning.attempts import (
    ANSWERED,
    BUSY,
    NO_SERVICE,
    QUEUEING,
    RELAYING,
    RETRYING,
    RINGING,
    SETTING_UP,
    TALKING,
    TRAVELLING,
    Attempted,
    Attempts,
    Course,
    Job,
    Tried,
)
from sim.warning.conditions import Conditions
from sim.warning.engine import Process
from sim.warning.fates import Setback
from sim.warning.network import Network
from sim.warning.sets import Sets

Ints = NDArray[np.int64]
NOT_THROUGH = frozenset({"no_service", "cut_off"})


class Fallback(Attempts):
    """Attempts that are made until somebody gets through."""

    def __init__(self, scenario: Scenario, net: Network, night_luck: Luck, conditions: Conditions) -> None:
        super().__init__(scenario, net, night_luck, conditions)
        self._fallback = scenario.plan.roster.fallback
        self._sets = Sets(self.env, scenario, night_luck)
        self._siblings: dict[int, list[int]] = {}
        fails, place = conditions.service.fails, net.nodes.place
        self._may_fail = fails[place[net.caller]] | fails[place[net.callee]]

    def setbacks(self, act_id: str, edges: Ints) -> dict[int, Setback]:
        """Return the luck of those calls along ``edges`` that may find no service tonight."""
        if self._fallback is None:
            return {}
        return self._fates.of_setbacks(act_id, edges[self._may_fail[edges]], self._fallback.notice)

    def lane(self, act: Course, job: Job, tries: Sequence[Try], relay_min: float) -> Process:
        """Call one desk down one lane of its ladder until somebody answers; a post that nobody holds is skipped at once."""
        minutes = [0.0] * len(CALLING)
        minutes[RELAYING] = relay_min
        for attempt in tries:
            if attempt.round_gap_min:
                yield self.spend(minutes, RETRYING, attempt.round_gap_min)
            said, by = yield from self.make(act, job, attempt, minutes)
            if not said:
                return  # somebody else had its answer before this attempt
            if said in ANSWERED and self._answered(act, job, by, minutes):
                return
            if attempt.gap_min and said not in ANSWERED and said != "vacant":
                yield self.spend(minutes, RETRYING, attempt.gap_min)
        job.lanes -= 1
        if not job.lanes and not self.is_over(act, job):
            self._given_up(act, job)

    def _answered(self, act: Course, job: Job, by: Try, minutes: list[float]) -> bool:
        """Note an answer; return whether the call has all it needs. What follows from it is up to who called."""
        raise NotImplementedError

    def _given_up(self, act: Course, job: Job) -> None:
        """Note that a ladder has come to its end."""
        here, there, title = self._place[job.caller], self._place[job.callee], self._title[job.callee]
        self.say(act, "call", there, "given_up", counterpart=here, detail=title)

    def make(self, act: Course, job: Job, attempt: Try, minutes: list[float]) -> Tried:
        """Make one attempt, again while the line is busy and until somebody gets through; return what it came to, and by what."""
        fate = self.fate(act, job, attempt)
        while True:
            if self.is_over(act, job):
                return "", attempt
            if (person := self.holder(job, attempt)) is None:
                return "vacant", attempt
            said = yield from self._BY_LADDER[attempt.channel](self, act, job, attempt, person, fate, minutes)
            if said and said != "vacant":
                self.told(act, job, attempt, said)
            if said == "busy":
                yield self.spend(minutes, BUSY, self._redial_min)
            elif said in NOT_THROUGH and self._fallback is not None:
                said, by = yield from self._get_through(act, job, attempt, minutes)
                if said != "again":
                    return said, by
            else:
                return said, attempt

    def _get_through(self, act: Course, job: Job, attempt: Try, minutes: list[float]) -> Tried:
        """Notice that there is no service, try other means, wait for service; return what it came to and by what.

        That is an answer, "again" where the ladder may go on calling, "no_service" where there will be none tonight, or "" and "vacant" as
        an attempt does. Redialling takes no caller: only the try that gets through does.
        """
        plan, env, service = self._fallback, self.env, self._service
        assert plan is not None  # noqa: S101 - the caller's case
        here, there = self._place[job.caller], self._place[job.callee]
        if not job.fell_back:
            job.fell_back = True
            yield self.spend(minutes, NO_SERVICE, self._setback(act, job).notice_min)
            cut_off = service.until(here, there, env.now) <= env.now
            for means in plan.means if job.callee < self._places and cut_off else ():
                if self.is_over(act, job):
                    return "", attempt
                if self.holder(job, attempt) is None:
                    return "vacant", attempt
                trying = self._BY_MEANS[means](self, act, job, attempt, means, minutes)
                said = "vacant" if trying is None else (yield from trying)
                if said == "vacant":
                    continue
                by = attempt._replace(channel=means)
                if said:
                    self.told(act, job, by, said)
                if said in ANSWERED or not said:
                    return said, by
        back_min = service.back_min(here, there, env.now) - env.now
        if env.now + back_min > self._end_min:
            return "no_service", attempt
        yield self.spend(minutes, NO_SERVICE, max(math.ceil(back_min / plan.retry_every_min), 1) * plan.retry_every_min)
        return "again", attempt

    # --- by other means; None where they cannot be used ---------------------------------------------------------------

    def _by_set(self, act: Course, job: Job, _: Try, device: str, minutes: list[float]) -> Attempted | None:
        here, there = self._place[job.caller], self._place[job.callee]
        if not self._sets.join(device, here, there, self._has_service):
            return None
        return self._from_set_to_set(act, job, device, minutes)

    def _from_set_to_set(self, act: Course, job: Job, device: str, minutes: list[float]) -> Attempted:
        """One call from set to set; a set that does not work here, or is in use there, is only found out by trying."""
        here, there = self._place[job.caller], self._place[job.callee]
        sets, plan, now = self._sets, self._sets.plan(device), self.env.now
        assert plan is not None  # noqa: S101 - two places are joined
        units, others = sets.units(device, here), sets.units(device, there)
        if units is not None and (waiting := units.ask()):
            yield waiting
            minutes[QUEUEING] += self.env.now - now
        said = "" if self.is_over(act, job) else "no_answer"
        if said:
            key = self._key(job)
            u, ready, talk = (self._luck.one(f"{device}/{what}", key) for what in ("answer", "ready", "talk"))
            yield self.spend(minutes, SETTING_UP, plan.ready.draw(ready))
            now = self.env.now
            by_line = [place for place in (here, there) if not sets.holds(device, place)]
            works = all(sets.works(device, place) for place in (here, there) if place not in by_line)
            lasts_min = min((self._service.until(place, place, now) for place in by_line), default=math.inf) - now
            if (
                works
                and lasts_min > 0
                and u < self._answer_share(act, job.callee, plan.answered)
                and (others is None or others.take())
            ):
                talk_min = plan.talk.draw(talk)
                said = "answered" if talk_min <= lasts_min else "cut_off"
                yield self.spend(minutes, TALKING, min(talk_min, lasts_min))
                if others is not None:
                    others.give_back()
            else:
                yield self.spend(minutes, RINGING, plan.ring_min)
        if units is not None:
            units.give_back()
        return said

    def _by_next_place(self, act: Course, job: Job, attempt: Try, means: str, minutes: list[float]) -> Attempted | None:
        if self._channels.phone is None or self._channels.courier is None:
            return None
        if not self._has_service(self._place[job.caller]):
            return None
        by = self._nearest_with_service(self._place[job.callee])
        if by is None or (person := self._roster.on_duty(self._desk[by], attempt.post, self.env.now)) is None:
            return None
        return self._send_from(by, person, act, job, attempt._replace(channel=means), minutes)

    def _send_from(
        self, by: int, person: Person, act: Course, job: Job, attempt: Try, minutes: list[float]
    ) -> Attempted:
        """The nearest place under the same desk that still has service is asked to send somebody over: who holds there the post called."""
        phone, courier = self._channels.phone, self._channels.courier
        assert phone is not None  # noqa: S101 - the caller's case
        assert courier is not None  # noqa: S101 - the same
        key, post, now = self._key(job), self._posts[attempt.post], self.env.now
        u = {what: self._luck.one(f"next_place/{what}", key) for what in ("answer", "pickup", "talk", "ready", "found")}
        if u["answer"] >= person.reachable_at(post) * self._answer_share(act, job.callee, post.answer):
            yield self.spend(minutes, RINGING, attempt.ring_min)
            return "no_answer"
        pickup_min, talk_min = phone.pickup.draw(u["pickup"]), phone.talk.draw(u["talk"])
        lasts_min = self._service.until(self._place[job.caller], by, now) - now
        if lasts_min < pickup_min + talk_min:
            yield self.spend(minutes, TALKING, lasts_min)
            return "cut_off"
        yield self.spend(minutes, RINGING, pickup_min)
        yield self.spend(minutes, TALKING, talk_min)
        yield self.spend(minutes, TRAVELLING, courier.ready.draw(u["ready"]))
        if (way_min := self._way_min(courier, by, self._place[job.callee])) == math.inf:
            return "no_way"
        self.told(act, job, attempt, "set_out")
        yield self.spend(minutes, TRAVELLING, way_min)
        if u["found"] >= courier.found or self.is_over(act, job) or self.holder(job, attempt) is None:
            return "not_found"
        yield self.spend(minutes, TALKING, courier.talk.draw(u["talk"]))
        return "answered"

    def _by_courier(self, act: Course, job: Job, attempt: Try, means: str, minutes: list[float]) -> Attempted | None:
        if self._channels.courier is None or self._couriers_of(job.caller) is None:
            return None
        if (person := self.holder(job, attempt)) is None:
            return None
        sent, fate = attempt._replace(channel=means), self._setback(act, job).messenger
        return self._courier(act, job, sent, person, fate, minutes)

    _BY_MEANS: ClassVar[Mapping[str, Callable[..., Attempted | None]]] = {
        "radio_370": _by_set,
        "mesh": _by_set,
        "sat_phone": _by_set,
        "beidou": _by_set,
        "neighbour_place": _by_next_place,
        "courier": _by_courier,
    }

    # --- looking up ---------------------------------------------------------------------------------------------------

    def _setback(self, act: Course, job: Job) -> Setback:
        """Return the luck of a call that does not get through: as dealt before the night, or drawn now."""
        assert self._fallback is not None  # noqa: S101 - somebody falls back
        dealt = act.setbacks.get(job.edge) if job.entity == act.entity else None
        return dealt or self._fates.of_setback(job.entity, job.edge, self._fallback.notice)

    def _key(self, job: Job) -> int:
        """Return whose luck the fallback of a call is: that of (act, caller, callee)."""
        return luck.child_id(int(self._net.edge_id[job.edge]), job.entity)

    def _has_service(self, place: int) -> bool:
        return self._service.at(place, self.env.now)

    def _nearest_with_service(self, place: int) -> int | None:
        """Return the nearest place under the same desk that has service now."""
        if place not in self._siblings:
            places = self._scenario.county.places
            beside = np.flatnonzero(places.parent == places.parent[place])
            away_m = np.hypot(places.x_m[beside] - places.x_m[place], places.y_m[beside] - places.y_m[place])
            self._siblings[place] = [
                each for each in beside[np.argsort(away_m, kind="stable")].tolist() if each != place
            ]
        return next((each for each in self._siblings[place] if self._has_service(each)), None)
