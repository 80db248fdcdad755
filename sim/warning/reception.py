"""Sweep B: who is told when, by what; array expressions over all households.

For each act, in the order of release:
1. messages and television   2. calls to households   3. sound   4. doors   5. whichever comes first tells; an answer confirms
6. people tell each other
Then, over the acts: the headline warning.

Each channel returns whom it would tell, and when, were it alone. Household luck (at home, asleep) is one number each, so every channel and
every act meet the same household.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.luck import Luck
from sim.records import CHANNELS, REASONS, ActRecords, HouseholdRecords, Messages, Reached, Reception
from sim.scenario import Scenario, described
from sim.scenario.channels import PacePlan
from sim.warning import contagion
from sim.warning.calls import automated_calls, household_calls
from sim.warning.chain import Chain
from sim.warning.conditions import Conditions
from sim.warning.messages import messages, television
from sim.warning.platform import opening_delays
from sim.warning.scene import Habits, Scene
from sim.warning.setting import Crowd, Setting, settled
from sim.warning.sound import area_terminals, loudspeakers, patrol, patrol_cars
from sim.warning.teams import doors

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NOT_RELEASED, _NOT_CALLED_ON = REASONS.index("not_released"), REASONS.index("not_called_on")

_TELLS: Mapping[str, Callable[[Scene], Reached]] = {
    **{name: partial(messages, name=name) for name in ("sms", "flash_sms", "wechat", "cell_broadcast")},
    "auto_call": automated_calls,
    "broadcast": loudspeakers,
    "area_terminal": area_terminals,
    "tv": television,
    **{name: partial(patrol, name=name) for name in ("gong", "whistle", "hand_siren", "megaphone")},
    "patrol_car": patrol_cars,
}
"""The means that need nothing of each other; calls and doors follow, since a team leaves out who has answered a call."""


def receive(
    scenario: Scenario, setting: Setting, night_luck: Luck, chain: Chain, conditions: Conditions
) -> tuple[tuple[ActRecords, ...], list[Messages]]:
    """Return each act with who was told when and by what first, and what became of its messages.

    Only means that the act names take part; times after the end of the night, or of the act, count as never.
    """
    plan = scenario.plan
    sent: list[Messages] = []
    acts: dict[int, ActRecords] = {}
    woken: list[Floats] = []
    numbers = range(len(chain.calls))
    for number in sorted(numbers, key=lambda n: (_begins(chain, n), n)):
        own = plan.acts[number] if number < len(plan.acts) else None
        means = plan.means_of(own) if own is not None else plan.local.means if plan.local else ()
        crowd = _within_reach(setting.crowds[number], scenario, chain, number)
        scene = Scene(
            scenario=scenario,
            act=own.id if own is not None else "local",
            means=means,
            crowd=crowd,
            habits=_habits(scenario, crowd, night_luck, woken if means else []),
            conditions=conditions,
            luck=night_luck,
            calls=chain.calls[number],
            released_min=chain.decided_min[number][-1],
            opens_min=opening_delays(scenario, night_luck, own) if own is not None else {},
            end_min=min(plan.end_min, chain.ended_min[number]),
            log=chain.log,
            messages=sent,
        )
        reception = _tell(scene)
        if np.isfinite(reception.told_min).any():
            woken.append(_woken(scene, reception.told_min))
        kind, level, _ = described(own) if own is not None else ("local", "", None)
        change = getattr(own, "change", "")
        acts[number] = ActRecords(scene.act, kind, level, change, chain.decided_min[number], scene.calls, reception)
    return tuple(acts[number] for number in numbers), sent


def headline(scenario: Scenario, acts: Sequence[ActRecords]) -> HouseholdRecords:
    """Return when each household was first told by the headline warning or one that started below."""
    size = len(scenario.county.households)
    told, confirmed = np.full(size, np.inf), np.full(size, np.inf)
    first_by, first_act = np.full(size, -1, dtype=np.int8), np.full(size, -1, dtype=np.int8)
    reason = np.full(size, -1, dtype=np.int8)
    elsewhere = _NOT_RELEASED
    for number, act in enumerate(acts):
        if act.id not in scenario.plan.headline and act.kind != "local":
            continue
        rows, reception = act.reception.rows, act.reception
        sooner = reception.told_min < told[rows]
        told[rows[sooner]] = reception.told_min[sooner]
        first_by[rows[sooner]] = reception.first_by[sooner]
        first_act[rows[sooner]] = number
        confirmed[rows] = np.minimum(confirmed[rows], reception.confirmed_min)
        if act.kind != "local":
            reason[rows] = np.maximum(reason[rows], reception.reason)
            elsewhere = max(elsewhere, _NOT_CALLED_ON if math.isfinite(act.released_min) else _NOT_RELEASED)
    reason[reason < 0] = elsewhere  # addressed by none of them
    reason[np.isfinite(told)] = -1
    return HouseholdRecords(told, first_by, first_act, confirmed, reason)


def _begins(chain: Chain, number: int) -> float:
    """Return when an act begins to reach anybody."""
    dispatched = chain.calls[number].dispatched_min
    return min(chain.decided_min[number][-1], float(dispatched.min(initial=math.inf)))


def _within_reach(crowd: Crowd, scenario: Scenario, chain: Chain, number: int) -> Crowd:
    """Return the crowd that an act can reach: all of it once released; what starts below, only where a desk knows."""
    if number < len(scenario.plan.acts):
        return crowd
    calls, above = chain.calls[number], scenario.county.places.parent[crowd.stretch_place]
    knows = np.isfinite(calls.dispatched_min[crowd.stretch_place])
    if scenario.plan.local is not None and "patrol_car" in scenario.plan.local.means:  # it leaves from the desk above
        knows |= np.isfinite(calls.acknowledged_min[above])
    return crowd.part(knows)


def _habits(scenario: Scenario, crowd: Crowd, night_luck: Luck, woken: Sequence[Floats]) -> Habits:
    """Return the habits of a crowd; those woken by earlier acts (minutes of each act, per household) stay awake for a while."""
    habits = Habits(scenario.county, crowd.homes, scenario.plan.start, night_luck)
    if (plan := scenario.plan.reception) is not None:
        for woken_min in woken:
            everybody = len(crowd) == len(woken_min)
            habits.keep_awake(woken_min if everybody else woken_min[crowd.rows], plan.awake_for_min)
    return habits


def _woken(scene: Scene, told_min: Floats) -> Floats:
    """Return when each household of the county was told by an act after which it will stay awake; ``inf`` for the others."""
    plan, woken_min = scene.scenario.plan.reception, np.full(len(scene.scenario.county.households), np.inf)
    if plan is not None:
        wakes = scene.luck.uniform("household/stays_awake", scene.homes.id) < plan.stays_awake
        woken_min[scene.crowd.rows[wakes]] = told_min[wakes]
    return woken_min


def _tell(scene: Scene) -> Reception:
    """Return how one act reaches its crowd."""
    size = len(scene.crowd)
    reason = np.full(size, _NOT_CALLED_ON, dtype=np.int8)
    reached: dict[str, Reached] = {name: tell(scene) for name, tell in _TELLS.items() if name in scene.means}
    phone = scene.channels.phone
    answered = np.full(size, np.inf)
    if "phone" in scene.means and phone is not None and phone.households is not None:
        reached["phone"] = calls = household_calls(scene)
        answered[calls.who] = calls.told_min
    if "door" in scene.means:
        reached["door"], reason = doors(scene, answered)
    told, first_by, confirmed = np.full(size, np.inf), np.full(size, -1, dtype=np.int8), np.full(size, np.inf)

    def count(means: dict[str, Reached]) -> None:
        for number, name in enumerate(CHANNELS):
            if name in means:
                who, at = means[name].who, means[name].told_min
                sooner = at < told[who]
                told[who[sooner]], first_by[who[sooner]] = at[sooner], number
                if getattr(scene.channels, name).acknowledges:
                    confirmed[who] = np.minimum(confirmed[who], at)

    reached = {name: _in_time(one, scene.end_min) for name, one in reached.items()}
    count(reached)
    passed_on = _pass_on(scene, told)
    count(passed_on)
    if scene.act != "local" and scene.released_min == math.inf:
        reason[:] = _NOT_RELEASED
    reason[np.isfinite(told)] = -1
    return Reception(scene.crowd.rows, told, first_by, confirmed, reason, reached | passed_on)


def _in_time(one: Reached, end_min: float) -> Reached:
    """Return what a channel did by the end."""
    in_time = one.told_min <= end_min
    if in_time.all():
        return one
    return Reached(
        one.who[in_time],
        one.told_min[in_time],
        one.begins,
        tuple((step, minutes[in_time]) for step, minutes in one.steps),
        None if one.teller is None else one.teller[in_time],
    )


def _pass_on(scene: Scene, official_min: Floats) -> dict[str, Reached]:
    """Return whom neighbours tell before anybody else does, and whose doors ten-household leads come to, told before or not.

    Whether teller and listener are at home is judged at the first minute at which anybody has been told.
    """
    names = [name for name in ("ten_household", "neighbour") if name in scene.means]
    since = float(official_min.min(initial=math.inf))
    made: dict[str, Reached] = {}
    if not names or since == math.inf:
        return made
    kinds = [_passing(scene, name, since) for name in names]
    teller, listener, delay = (np.concatenate(column) for column in zip(*kinds, strict=True))
    told, via = contagion.first_passage(official_min, teller, listener, delay)
    first = via[via >= 0]
    end = 0
    for name, (tellers, _, _) in zip(names, kinds, strict=True):
        begin, end = end, end + len(tellers)
        edge = np.arange(begin, end) if name == "ten_household" else first[(begin <= first) & (first < end)]
        at = told[teller[edge]] + delay[edge]
        one = Reached(listener[edge], at, "told", (("passing_on", delay[edge]),), teller[edge])
        made[name] = _in_time(one, scene.end_min)
    return made


def _passing(scene: Scene, name: str, since_min: float) -> tuple[Ints, Ints, Floats]:
    """Return teller, listener and delay of the contacts of one kind that pass between people at home."""
    contacts = _contacts_among(scene.scenario, scene.crowd, name)
    delay = _delays(scene, name, contacts, since_min)
    at_home = scene.habits.at_home(since_min)
    passing = np.flatnonzero(delay < np.inf)
    passing = passing[at_home[contacts.listener[passing]] & at_home[contacts.teller[passing]]]
    return contacts.teller[passing], contacts.listener[passing], delay[passing]


def _delays(scene: Scene, name: str, contacts: contagion.Contacts, since_min: float) -> Floats:
    if isinstance(contacts, contagion.Rounds):
        lead = scene.channels.ten_household
        assert lead is not None  # noqa: S101 - the rules of the scenario room see to it
        return contagion.round_delays(
            scene.act_luck, scene.homes, contacts, lead.goes, lead.ready, lead.per_house, lead.answered
        ) * _pace(lead.pace, scene)
    plan = scene.channels.neighbour
    assert plan is not None  # noqa: S101 - the same
    share = plan.tells * (plan.night if scene.habits.is_night(since_min) else 1.0)
    return contagion.edge_delays(scene.act_luck, contacts, share, plan.delay, name) * _pace(plan.pace, scene)


def _pace(pace: PacePlan | None, scene: Scene) -> float:
    """Return by how much the rain makes people slower."""
    return 1.0 if pace is None else float(getattr(pace, scene.scenario.plan.hazard.rain))


def _contacts_among(scenario: Scenario, crowd: Crowd, name: str) -> contagion.Contacts:
    """Return who may tell whom; among a part of a crowd, those of its contacts that lie within (runs are kept whole)."""
    contacts = _contacts(scenario, crowd.whole, name)
    if isinstance(crowd.within, slice):
        return contacts
    position = np.full(len(crowd.whole), -1, dtype=np.int64)
    position[crowd.within] = np.arange(len(crowd))
    inside = contacts.of(crowd.within)
    columns = {each.name: getattr(contacts, each.name)[inside] for each in fields(contacts)}
    columns |= {end: position[columns[end]] for end in ("teller", "listener")}
    return replace(contacts, **columns)


@settled
def _contacts(scenario: Scenario, crowd: Crowd, name: str) -> contagion.Contacts:
    """Return who may tell whom among a crowd, settled before any night."""
    plan = scenario.plan.channels.neighbour
    if name == "ten_household" or plan is None:
        return contagion.rounds(crowd.homes)
    if not plan.contacts:
        nobody = np.zeros(0, dtype=np.int64)
        return contagion.Contacts(nobody, nobody, np.zeros(0, dtype=np.uint64))
    return contagion.neighbours(crowd.homes, plan.contacts, plan.within_m)
