"""Which times are asked for: those of a kit, or those of a real event, which has no injects; and which of them must come first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import permutations

import numpy as np

from sim.errors import Text
from sim.exercise.kit import Inject, KeyTime, Kit, Role, Schedule
from sim.exercise.wording import act_title, fill, label_of, post_title
from sim.measures import Naming, subject
from sim.measures.digest import COUNTY
from sim.scenario import ActPlan, CallTargetPlan, Scenario
from sim.study.nights import Nights
from sim.study.requirements import Requirement, requirements

RELEASED = "release"
"""The event of a key time that is a release."""
_EVENT = {
    "acknowledged": Text("应答", "answered"),
    "warned": Text("收到预警", "warned"),
    "confirmed": Text("到户确认", "confirmed"),
    "safe": Text("已安全转移", "safe"),
    "reported": Text("转移人数报到县里", "reported to the county"),
}


@dataclass(frozen=True, eq=False)
class Subject:
    """What a debrief is of: an exercise with its injects and its clock, or a real event, which has neither.

    ``start`` is when it was planned to begin, of a real event T0 of the scenario; ``nights`` are the runs that it is held against.
    """

    scenario: Scenario
    names: Naming
    place: int
    nights: Nights
    start: datetime
    key_times: tuple[KeyTime, ...]
    injects: tuple[Inject, ...]
    schedule: Schedule | None

    @property
    def real(self) -> bool:
        """Whether it is a real event."""
        return self.schedule is None

    @cached_property
    def order(self) -> tuple[tuple[str, str], ...]:
        """Pairs of ids of key times of which the first cannot come after the second."""
        return order_of(self.scenario, self.key_times)


def of_kit(kit: Kit) -> Subject:
    """Return what is asked of an exercise."""
    return Subject(
        kit.scenario,
        kit.names,
        kit.place,
        kit.band.nights,
        kit.schedule.start,
        kit.key_times,
        kit.injects,
        kit.schedule,
    )


def of_event(scenario: Scenario, names: Naming, nights: Nights, place: int) -> Subject:
    """Return what is asked of a real event at a place of the scenario."""
    key_times = key_times_of(scenario, names, nights, place)
    return Subject(scenario, names, place, nights, scenario.plan.start, key_times, (), None)


def key_times_of(scenario: Scenario, names: Naming, nights: Nights, place: int) -> tuple[KeyTime, ...]:
    """Return the key times of a real event at a place: releases, requirements, and those on the places just below it, one by one."""
    plans = requirements(scenario, nights)
    rows = [*_of_requirements(scenario, names, nights, plans, place)]
    counted = {act for key in rows for act in counts_from(scenario, key)}
    releases = [_release(act) for act in scenario.plan.acts if act.id in counted | scenario.plan.headline]
    return (*releases, *rows)


def release_id(act: str) -> str:
    """Return the id of the key time that is the release of an act."""
    return f"release|{act}"


def _release(act: ActPlan) -> KeyTime:
    name = fill(Text("发布：{act}", "released: {act}"), act=act_title(act))
    return KeyTime(release_id(act.id), name, "", RELEASED, act.id, COUNTY, None, None, None, None)


def _of_requirements(
    scenario: Scenario, names: Naming, nights: Nights, plans: dict[str, Requirement], place: int
) -> Iterator[KeyTime]:
    places = scenario.county.places
    for own, plan in plans.items():
        at, values = nights.of_measure(f"target:{own}:min")
        meant = set(at[~np.isnan(values).all(axis=0)].tolist())
        level = scenario.county.level_index(subject(scenario, plan)[1])
        below = [] if level is None else np.flatnonzero((places.parent == place) & (places.level == level)).tolist()
        for one in (place, *below):
            if one in meant:
                yield _reached(scenario, names, own, plan, one)


def _reached(scenario: Scenario, names: Naming, own: str, plan: Requirement, place: int) -> KeyTime:
    event, _ = subject(scenario, plan)
    act = _act_of(scenario, own, plan)
    whole = fill(Text("{label}·{name}", "{label} · {name}"), label=label_of(scenario, names, place), name=plan.name)
    role = seat_of(scenario, names, place)
    return KeyTime(f"{own}|{names.code[place]}", whole, own, event, act, place, role, None, plan.within_min, None)


def seat_of(scenario: Scenario, names: Naming, place: int) -> Role:
    """Return the seat that answers for a place: the post of its desk that is called first."""
    county, plan = scenario.county, scenario.plan.roster
    level = county.levels[county.places.level[place]].id
    post = plan.ladders[level].steps[0].post if level in plan.ladders else next(iter(plan.posts))
    here = label_of(scenario, names, place)
    title = fill(Text("{place}·{post}", "{place} · {post}"), place=here, post=post_title(scenario, post))
    return Role(f"{names.code[place]}/{post}", title, level, place, post)


def _act_of(scenario: Scenario, own: str, plan: Requirement) -> str:
    """Return the id of the act that a requirement is about; empty for the headline warning."""
    if isinstance(plan, CallTargetPlan):
        return own.partition("@")[2] or next(act.id for act in scenario.plan.acts if plan.applies(act))
    return plan.act or ""


def requirement_of(scenario: Scenario, key: KeyTime | Inject) -> Requirement:
    """Return the requirement that a key time belongs to, or an inject bears on; one about several acts has an id for each."""
    plans: tuple[Requirement, ...] = (*scenario.plan.targets, *scenario.plan.call_targets)
    return next(plan for plan in plans if plan.id == key.requirement.partition("@")[0])


def counts_from(scenario: Scenario, key: KeyTime) -> tuple[str, ...]:
    """Return the acts whose release a key time counts from, the first of them if there are several; none where it counts from T0."""
    if not key.requirement:
        return ()
    plan, own = scenario.plan, requirement_of(scenario, key)
    if not isinstance(own, CallTargetPlan) and own.since == "t0":
        return ()
    act = _act_of(scenario, key.requirement, own)
    return (act,) if act else tuple(one.id for one in plan.acts if one.id in plan.headline)


def order_of(scenario: Scenario, key_times: Sequence[KeyTime]) -> tuple[tuple[str, str], ...]:
    """Return pairs of ids of which the first cannot come after the second.

    A requirement comes after the release that it counts from, where that is one alone and no warning starts below; what all of some did, after
    what a part of them did or what each of them did.
    """
    ids = {key.id for key in key_times}
    pairs: list[tuple[str, str]] = []
    for key in key_times:
        acts = counts_from(scenario, key)
        if len(acts) == 1 and release_id(acts[0]) in ids and not _may_come_first(scenario, key):
            pairs.append((release_id(acts[0]), key.id))
    pairs += [(part.id, whole.id) for part, whole in permutations(key_times, 2) if _is_part(scenario, part, whole)]
    return tuple(pairs)


def _may_come_first(scenario: Scenario, key: KeyTime) -> bool:
    """Tell whether something may come before the release that it counts from: where a warning may start below (就地预警)."""
    plan = requirement_of(scenario, key)
    of_its_act = isinstance(plan, CallTargetPlan) or (plan.act is not None and key.event not in ("safe", "reported"))
    return scenario.plan.local is not None and not of_its_act


def _is_part(scenario: Scenario, part: KeyTime, whole: KeyTime) -> bool:
    if not part.requirement or not whole.requirement or part.event != whole.event:
        return False
    if counts_from(scenario, part) != counts_from(scenario, whole):
        return False
    mine, other = (requirement_of(scenario, key) for key in (part, whole))
    if subject(scenario, mine)[1] != subject(scenario, other)[1] or other.share < 1:
        return False
    if part.place == whole.place:
        return mine.share < 1
    return bool(scenario.county.below(np.array([whole.place]))[part.place])
