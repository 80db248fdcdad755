"""The luck of sweep A: who can be reached tonight, how long desks take to call on, what each attempt to call would come to.

Drawn as arrays before the night begins wherever most of it is used; one by one where it is rare.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim import luck
from sim.distributions import Distribution
from sim.luck import Luck
from sim.roster import Person
from sim.roster.ladders import Try
from sim.roster.plan import PostPlan
from sim.scenario import Scenario
from sim.warning.network import Network

Fate = tuple[float, float, float]
"""The luck of one attempt: of answering (a uniform), minutes to pick up, reply or set out, minutes of talk."""
_LAST_RESORT = 999_999_999
"""The number of the messenger sent when nothing else gets through, beyond those of any ladder."""


class Setback(NamedTuple):
    """The luck of a call that does not get through: minutes until the caller notices, and of the messenger sent when nothing else works."""

    notice_min: float
    messenger: Fate


class Fates:
    """The luck of one night's calls."""

    def __init__(self, scenario: Scenario, net: Network, night_luck: Luck) -> None:
        self._scenario, self._net, self._luck = scenario, net, night_luck
        self._u_reachable = dict(
            zip(net.people.tolist(), night_luck.uniform("person/reachable", net.people).tolist(), strict=True)
        )

    def can_reach(self, person: Person, post: PostPlan) -> bool:
        """Tell whether the holder of a post can be reached at all tonight; drawn once, whatever the number of tries and acts."""
        u = self._u_reachable.get(person.entity)
        if u is None:
            u = self._u_reachable[person.entity] = self._luck.one("person/reachable", person.entity)
        return u < person.reachable_at(post)

    def relays(self, act_id: str) -> list[float]:
        """Draw how long each node would take from answering to calling on."""
        county, plan, nodes = self._scenario.county, self._scenario.plan.roster, self._net.nodes
        relay = np.zeros(len(nodes))
        for level, level_plan in enumerate(county.levels):
            here = np.flatnonzero(county.places.level == level)
            u = self._luck.uniform(f"relay/{act_id}", county.places.entity[here])
            relay[here] = plan.desks[level_plan.id].relay.draw(u)
        laws: list[Distribution] = [] if plan.joint_duty else [department.relay for department in plan.departments]
        laws += [plan.governance.relay] if plan.governance else []
        for node, law in enumerate(laws, start=nodes.outside):
            relay[node] = law.draw(self._luck.one(f"relay/{act_id}", int(nodes.entity[node])))
        return relay.tolist()

    def of_calls(self, act_id: str, used: NDArray[np.int64]) -> dict[int, tuple[Fate | None, ...]]:
        """Draw the luck of the attempts of an act along the edges ``used``: by (act, caller, callee, round, step, try).

        Messengers and later rounds are rare; their luck is left to ``of_attempt``.
        """
        net = self._net
        ids = luck.child_ids(net.edge_id[used], np.full(len(used), luck.entity_id(act_id), dtype=np.uint64))
        kinds: dict[int, int] = {}
        kind = np.array([kinds.setdefault(id(net.lanes[edge]), len(kinds)) for edge in used.tolist()], dtype=np.int64)
        fates: dict[int, tuple[Fate | None, ...]] = {}
        for number in range(len(kinds)):
            mine = np.flatnonzero(kind == number)
            edges = used[mine].tolist()
            columns = [
                [None] * len(mine) if _is_rare(attempt) else self._dealt(attempt.channel, attempt.key, ids[mine])
                for attempt in net.lanes[edges[0]].tries
            ]
            if columns:
                fates.update(zip(edges, zip(*columns, strict=True), strict=True))
        return fates

    def of_setbacks(self, act_id: str, edges: NDArray[np.int64], notice: Distribution) -> dict[int, Setback]:
        """Draw the luck of the calls of an act along ``edges``, should they not get through: by (act, caller, callee)."""
        ids = luck.child_ids(self._net.edge_id[edges], np.full(len(edges), luck.entity_id(act_id), dtype=np.uint64))
        notice_min = np.asarray(notice.draw(self._luck.uniform("fallback/notice", ids))).tolist()
        messengers = self._dealt("courier", _LAST_RESORT, ids)
        return dict(zip(edges.tolist(), map(Setback, notice_min, messengers), strict=True))

    def of_setback(self, act: int, edge: int, notice: Distribution) -> Setback:
        """Draw the luck of one call in an act (its 64-bit id), should it not get through: what ``of_setbacks`` gives for it."""
        call = luck.child_id(int(self._net.edge_id[edge]), act)
        notice_min = float(notice.draw(self._luck.one("fallback/notice", call)))
        return Setback(notice_min, self._of_one("courier", luck.child_id(call, _LAST_RESORT)))

    def _dealt(self, channel: str, number: int, calls: NDArray[np.uint64]) -> list[Fate]:
        """Draw the luck of one attempt, by its number (``Try.key``), in each of many calls."""
        key = luck.child_ids(calls, np.full(len(calls), number))
        answer, first, second = (self._luck.uniform(f"call/{what}", key) for what in ("answer", "pickup", "talk"))
        first_law, second_law = self._laws_of(channel)
        first = first if first_law is None else first_law.draw(first)
        second = second if second_law is None else second_law.draw(second)
        return list(zip(answer.tolist(), first.tolist(), second.tolist(), strict=True))

    def of_attempt(self, act: int, edge: int, attempt: Try) -> Fate:
        """Draw the luck of one attempt in an act (its 64-bit id): what ``of_calls`` gives for it."""
        call = luck.child_id(int(self._net.edge_id[edge]), act)
        return self._of_one(attempt.channel, luck.child_id(call, attempt.key))

    def _of_one(self, channel: str, key: int) -> Fate:
        """Draw the luck of one attempt of one call, by its 64-bit id."""
        answer, first, second = (self._luck.one(f"call/{what}", key) for what in ("answer", "pickup", "talk"))
        first_law, second_law = self._laws_of(channel)
        return (
            answer,
            first if first_law is None else float(first_law.draw(first)),
            second if second_law is None else float(second_law.draw(second)),
        )

    def _laws_of(self, channel: str) -> tuple[Distribution | None, Distribution | None]:
        """Return the laws of picking up (replying, setting out) and of talking."""
        plans = self._scenario.plan.channels
        if channel == "phone" and plans.phone is not None:
            return plans.phone.pickup, plans.phone.talk
        if channel == "auto_call" and plans.auto_call is not None and plans.auto_call.duty is not None:
            return plans.auto_call.duty.pickup, plans.auto_call.duty.talk
        if channel == "courier" and plans.courier is not None:
            return plans.courier.ready, plans.courier.talk
        duty = getattr(getattr(plans, channel), "duty", None)
        return (None if duty is None else duty.delay), None


def _is_rare(attempt: Try) -> bool:
    return attempt.channel == "courier" or attempt.round_ > 0
