"""What may be taken out of a scenario to see whether it was decisive: a step of the way, as settings that anybody can lay over the file.

A step is taken out as far as the scenario can say so: it takes no time, or everybody does it, and nobody waits for a turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import get_args

from sim.scenario import ScenarioPlan
from sim.scenario.channels import ChannelPlans
from sim.scenario.schema import Rain

_AT_ONCE, _ALL, _NONE = "0 min", "100 %", "0 %"
_ENOUGH = 1000
"""So many callers, helpers or vehicles that nobody waits for one."""
_SPEED, _RATE, _LINES = "1000 km/h", "100000 /s", 100_000
Settings = Iterator[tuple[str, object]]


def _deciding(plan: ScenarioPlan) -> Settings:
    for block, acts in (("warnings", plan.warnings), ("response", plan.response), ("orders", plan.orders)):
        for act in acts:
            yield from ((f"{block}.{act.id}.{name}", _AT_ONCE) for name in ("consultation", "sign_off", "release"))
    yield "platform.entry", _AT_ONCE


def _relaying(plan: ScenarioPlan) -> Settings:
    yield from ((f"{desk}.relay", _AT_ONCE) for desk in _desks(plan))


def _queueing(plan: ScenarioPlan) -> Settings:
    yield from ((f"{desk}.callers", _ENOUGH) for desk in _desks(plan))
    yield from ((f"roster.neighbour_counties.{own.id}.callers", _ENOUGH) for own in plan.roster.neighbour_counties)


def _desks(plan: ScenarioPlan) -> Iterator[str]:
    roster = plan.roster
    yield from (f"roster.desks.{level}" for level in roster.desks)
    yield from (f"roster.departments.{own.id}" for own in roster.departments)
    if roster.governance is not None:
        yield "roster.governance"


def _unanswered(plan: ScenarioPlan) -> Settings:
    for post in plan.roster.posts:
        yield from ((f"roster.posts.{post}.{name}", _ALL) for name in ("reachable", "answer"))
    if plan.roster.alerted is not None:
        yield "roster.alerted.answer", _ALL
    for field in ("duty.read", "duty.answer_factor", "found"):
        yield from ((f"channels.{name}.{field}", _ALL) for name in _channels(plan, field))
    sets = (name for name in _SETS if getattr(plan.channels, name) is not None)
    yield from ((f"channels.{name}.answered", _ALL) for name in sets)


def _talking(plan: ScenarioPlan) -> Settings:
    for field in ("talk", "duty.talk", "households.talk"):
        yield from ((f"channels.{name}.{field}", _AT_ONCE) for name in _channels(plan, field))


def _outages(plan: ScenarioPlan) -> Settings:
    if plan.outages is not None:
        yield "outages", "null"


def _preparing(plan: ScenarioPlan) -> Settings:
    for field in ("setup", "fetch", "assemble", "ready", "households.setup"):
        yield from ((f"channels.{name}.{field}", _AT_ONCE) for name in _channels(plan, field))
    terminals = plan.channels.broadcast.terminals if plan.channels.broadcast is not None else ()
    yield from (
        (f"channels.broadcast.terminals.{kind}.delay", _AT_ONCE) for kind, own in terminals if hasattr(own, "delay")
    )


def _sending(plan: ScenarioPlan) -> Settings:
    yield from ((f"channels.{name}.rate", _RATE) for name in _channels(plan, "rate_per_min"))
    yield from ((f"channels.{name}.lines", _LINES) for name in _channels(plan, "lines"))
    yield from ((f"channels.{name}.households.callers", _ENOUGH) for name in _channels(plan, "households.callers"))


def _noticing(plan: ScenarioPlan) -> Settings:
    for state in ("awake", "asleep"):
        for field in (f"noticed_{state}", f"answered_{state}", f"households.answered_{state}"):
            yield from ((f"channels.{name}.{field}", _ALL) for name in _channels(plan, field))
    for field in ("read_delay", "notice"):
        yield from ((f"channels.{name}.{field}", _AT_ONCE) for name in _channels(plan, field))
    sound = plan.channels.sound
    if sound is not None:
        yield "channels.sound.listen", _AT_ONCE
        yield from ((f"channels.sound.asleep.{rain}", f"{getattr(sound.awake, rain)!r} dB") for rain in get_args(Rain))


def _visiting(plan: ScenarioPlan) -> Settings:
    if plan.channels.walking is not None:
        yield "channels.walking.speed", _SPEED
    if plan.channels.patrol_car is not None:
        yield "channels.patrol_car.speed", _SPEED
    yield from (
        (f"channels.{name}.answered", _ALL) for name in ("door", "ten_household") if getattr(plan.channels, name)
    )
    for field, written in (
        ("per_house", "per_house"),
        ("same_building_min", "same_building"),
        ("absent_min", "absent"),
    ):
        yield from ((f"channels.{name}.{written}", _AT_ONCE) for name in _channels(plan, field))


_SETS = ("radio_370", "mesh", "sat_phone", "beidou")


def _channels(plan: ScenarioPlan, field: str) -> Iterator[str]:
    """Yield the channels of a scenario that have such a field, also one below another, with something written in it."""
    for name in ChannelPlans.model_fields:
        here: object = getattr(plan.channels, name)
        for part in field.split("."):
            here = getattr(here, part, None)
        if here is not None:
            yield name


def _leaving(plan: ScenarioPlan) -> Settings:
    if plan.evacuation is not None:
        yield from ((f"evacuation.decision.{name}", _AT_ONCE) for name in ("seek", "decide", "prepare"))
        if plan.evacuation.key_sites is not None:
            yield "evacuation.key_sites.prepare", _AT_ONCE


def _refusing(plan: ScenarioPlan) -> Settings:
    if plan.evacuation is not None:
        yield "evacuation.decision.refuses", _NONE


def _helping(plan: ScenarioPlan) -> Settings:
    moved = plan.evacuation
    if moved is not None and moved.helpers is not None:
        yield "evacuation.helpers.per_village", _ENOUGH
        yield from ((f"evacuation.helpers.{name}", _AT_ONCE) for name in ("assemble", "at_house"))
    if moved is not None and moved.vehicles is not None:
        yield "evacuation.vehicles.per_village", _ENOUGH
        yield "evacuation.vehicles.load", _AT_ONCE


def _moving(plan: ScenarioPlan) -> Settings:
    if plan.evacuation is not None:
        yield from ((f"evacuation.{name}.speed", _SPEED) for name in ("walking", "driving"))


def _reporting(plan: ScenarioPlan) -> Settings:
    if plan.report_up is not None:
        yield from ((f"report_up.{name}", _AT_ONCE) for name in ("first_after", "count"))


_STAGES: tuple[dict[str, Callable[[ScenarioPlan], Settings]], ...] = (
    {
        "deciding": _deciding,
        "relaying": _relaying,
        "queueing": _queueing,
        "unanswered": _unanswered,
        "talking": _talking,
        "outages": _outages,
    },
    {"preparing": _preparing, "sending": _sending, "noticing": _noticing, "visiting": _visiting},
    {"leaving": _leaving, "refusing": _refusing, "helping": _helping, "moving": _moving},
    {"reporting": _reporting},
)
_LAST_STAGE = {"acknowledged": 0, "warned": 1, "confirmed": 1, "safe": 2, "reported": 3}
REMOVALS = tuple(removal for stage in _STAGES for removal in stage)
"""What may be taken out: a step, or several that hang together, in the order of the night."""


def bears_on(removal: str, event: str) -> bool:
    """Tell whether what is taken out comes before an event."""
    return any(removal in stage for stage in _STAGES[: _LAST_STAGE[event] + 1])


def removed(plan: ScenarioPlan, removal: str) -> tuple[str, ...]:
    """Return the settings that take something out of a scenario; none where the scenario has nothing of it."""
    settings = next(stage[removal] for stage in _STAGES if removal in stage)
    return tuple(f"{path}={value}" for path, value in settings(plan))
