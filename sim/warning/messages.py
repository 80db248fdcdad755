"""Messages: text messages, flash messages, chat groups, cell broadcast, and the crawl on television.

Where the mobile network of a place is down, its households' messages are stored until it is back; cell broadcast is not. Television needs
mains.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.county.places import FEATURE_PHONE, SMARTPHONE
from sim.distributions import late
from sim.records import Messages, Reached
from sim.scenario.channels import MessagePlan
from sim.warning.scene import Scene, up_throughout

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_NOT_STORED = frozenset({"cell_broadcast"})


def messages(scene: Scene, name: str) -> Reached:
    """Messages leave at a rate, listed households first or not, travel, and are noticed by who is awake or wakes.

    A message finds its phone off and waits until it expires, or arrives; it is noticed or not; a household reads its first one.
    Whether it sleeps is judged at the minute the message goes out to the phone: when it is sent, or, where there is no service then,
    when service is back. A desk without service waits for it before it sends.
    """
    plan: MessagePlan = getattr(scene.channels, name)
    service, waiting = scene.conditions.service, None
    who = _receivers(scene, name, plan)
    if plan.sent_by == "platform":
        begins = "released"
        ready = scene.opens_min[name] + plan.setup.draw(scene.once(f"{name}/setup"))
        preparing = np.full(len(who), ready)
        queueing, sending = _queue(scene, plan, who, None)
        sent = scene.released_min + preparing + queueing
        scene.note(scene.released_min + ready, name, "started")
        if plan.rate_per_min is not None:
            scene.note(scene.released_min + ready + sending, name, "finished")
    else:
        begins = "dispatched"
        setup = scene.at_desks(f"{name}/setup", plan.setup)
        ready_min = scene.dispatched_min + setup
        starts = service.next_up(scene.crowd.stretch_place, ready_min)
        who = who[np.isfinite(starts)[scene.crowd.stretch[who]]]
        run = scene.crowd.stretch[who]
        preparing = setup[run]
        queueing, _ = _queue(scene, plan, who, starts[run])
        sent = starts[run] + queueing
        waiting = None if service.never_fails else starts[run] - ready_min[run]
    leaves = sent if service.never_fails else _leaves(scene, name, who, sent)
    latency = scene.each(f"{name}/latency", who)
    arrives = _arrives(scene, name, plan, who, sent, leaves, latency)
    _account(scene, name, plan, who, sent, leaves, arrives, latency)
    there = np.flatnonzero(arrives & (leaves <= scene.end_min))
    noticed = scene.each(f"{name}/noticed", who[there])
    told = there[
        scene.respond(noticed, leaves[there], who[there], awake=plan.noticed_awake, asleep=plan.noticed_asleep)
    ]
    who, sent, leaves = who[told], sent[told], leaves[told]
    delivering = plan.latency.draw(latency[told])
    noticing = plan.read_delay.draw(scene.each(f"{name}/read_delay", who))
    steps: tuple[tuple[str, Floats], ...] = (
        ("preparing", preparing[told]),
        ("sending", queueing[told]),
        ("delivering", delivering),
        ("noticing", noticing),
    )
    if not service.never_fails:
        stored = leaves - sent
        steps += (("waiting_for_network", stored if waiting is None else waiting[told] + stored),)
    return Reached(who, leaves + delivering + noticing, begins, steps)


def television(scene: Scene) -> Reached:
    """A crawl on television is seen by who is at home, awake and watching at that hour, with mains until they have noticed it."""
    plan = scene.channels.tv
    assert plan is not None  # noqa: S101 - the rules of the scenario room see to it
    preparing = scene.opens_min["tv"] + plan.setup.draw(scene.once("tv/setup"))
    start = scene.released_min + preparing
    scene.note(start, "tv", "started")
    share = scene.habits.by_hour(plan.watching, start)
    who = np.flatnonzero(scene.each("tv/watching") < share) if start <= scene.end_min else np.zeros(0, dtype=np.int64)
    who = who[scene.habits.at_home(start, who) & ~scene.habits.asleep(start, who)]
    noticing = plan.notice.draw(scene.each("tv/notice", who))
    mains = scene.conditions.mains
    if not mains.never_fails:
        lit = up_throughout(mains, scene.homes.place[who], start, start + noticing)
        who, noticing = who[lit], noticing[lit]
    return Reached(
        who, start + noticing, "released", (("preparing", np.full(len(who), preparing)), ("noticing", noticing))
    )


def _receivers(scene: Scene, name: str, plan: MessagePlan) -> Ints:
    """Return who has a device that takes such messages."""
    phone = scene.homes.phone
    if plan.smartphone == 1.0 and plan.feature_phone == 1.0:
        return np.flatnonzero(phone > 0)
    share = np.zeros(3)
    share[SMARTPHONE], share[FEATURE_PHONE] = plan.smartphone, plan.feature_phone
    some = np.flatnonzero(share[phone] > 0)
    return some[scene.all_night(f"{name}/device", some) < share[phone[some]]]


def _queue(scene: Scene, plan: MessagePlan, who: Ints, start_min: Floats | None) -> tuple[Floats, float]:
    """Return how long the first message of each of ``who`` waits for those before it, and how long all take.

    One queue for the county, first come, first served: all messages come at once, or those of each desk when it has started.
    """
    if plan.rate_per_min is None or not len(who):
        return np.zeros(len(who)), 0.0
    homes = scene.homes
    order = scene.crowd.listed_first if plan.order == "listed_first" else homes.sms_order
    has = np.zeros(len(homes), dtype=np.int64)
    has[who] = homes.persons[who]
    waits = np.empty(len(homes))
    if start_min is None:
        minutes, all_min = _sending(plan, has[order])
        waits[order] = minutes
    else:
        start = np.zeros(len(homes))
        start[who] = start_min
        order = order[has[order] > 0]
        order = order[np.argsort(start[order], kind="stable")]
        minutes, all_min = _sending(plan, has[order])
        behind = minutes - start[order]  # at its lowest yet, nobody waits: the gateway has been idle
        waits[order] = behind - np.minimum.accumulate(behind)
    return waits[who], all_min


def _sending(plan: MessagePlan, persons: Ints) -> tuple[Floats, float]:
    """Return minutes of sending before each household in a queue, and of all."""
    assert plan.rate_per_min is not None  # noqa: S101 - the caller's case
    sent: Ints = np.cumsum(persons)
    each_min = float(plan.messages_per_person / plan.rate_per_min)
    before_min: Floats = (sent - persons) * np.float64(each_min)
    return before_min, float(sent[-1]) * each_min


def _leaves(scene: Scene, name: str, who: Ints, sent: Floats) -> Floats:
    """Return when each message goes out to its phone: once its place has service; ``inf`` for never, or if it is not stored."""
    service, place = scene.conditions.service, scene.homes.place[who]
    if name in _NOT_STORED:
        return np.where(service.up(place, sent), sent, np.inf)
    return service.next_up(place, sent)


def _arrives(
    scene: Scene, name: str, plan: MessagePlan, who: Ints, sent: Floats, leaves: Floats, latency: Floats
) -> Bools:
    """Return whose messages arrive at all: the phone is on, and they do not expire while stored or on the way."""
    on = scene.all_night(f"{name}/lost", who) >= plan.off
    waited = np.zeros(len(who))
    if leaves is not sent:
        np.subtract(leaves, sent, out=waited, where=leaves > sent)
    expired = late(plan.latency, latency, waited, plan.validity_min)
    return np.asarray(on & ~expired)


def _account(
    scene: Scene,
    name: str,
    plan: MessagePlan,
    who: Ints,
    sent: Floats,
    leaves: Floats,
    arrives: Bools,
    latency: Floats,
) -> None:
    """Note what has become of the messages by the end: delivered, expired, or still waiting for a phone or for service."""
    out = sent <= scene.end_min
    arrived = out & arrives & ~late(plan.latency, latency, leaves, scene.end_min)
    expired = out & ~arrives & (sent + plan.validity_min <= scene.end_min)
    if name in _NOT_STORED and leaves is not sent:
        expired |= out & np.isinf(leaves)
    persons = scene.homes.persons[who]
    each = plan.messages_per_person
    counts = [int(persons[those].sum()) for those in (out, arrived, expired, out & ~arrived & ~expired)]
    sent_, delivered, expired_, pending = (count * each for count in counts)
    scene.messages.append(Messages(scene.act, name, sent_, delivered, expired_, pending))
