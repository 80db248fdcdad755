"""Rules between blocks: one function per rule, each naming the law it keeps. They run once the blocks themselves are sound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR
from pathlib import Path

from sim.county import County
from sim.errors import Fault, Text
from sim.scenario.documents import Document
from sim.scenario.faults import at_mark
from sim.scenario.reading import Key
from sim.scenario.schema import ScenarioPlan

Finding = tuple[Key, str, Text, Text]
_HOUSEHOLDS = ("household", "listed_household")
_LONGEST_DAYS = 366


def check(plan: ScenarioPlan, county: County, document: Document) -> list[Fault]:
    """Return a fault for each rule that is broken."""
    return [
        at_mark(document, key, value, problem, remedy)
        for rule in (
            means_are_planned,
            every_called_level_has_a_ladder,
            every_calling_level_has_a_desk,
            ladders_name_known_posts,
            ladders_use_channels_that_can_call,
            targets_name_known_levels,
            target_ids_differ,
            targets_fit_their_event,
            the_night_ends,
        )
        for key, value, problem, remedy in rule(plan, county)
    ] + [
        Fault(str(Path(plan.county.folder) / "links.csv"), 0, 0, "callee", place, problem, remedy)
        for place, problem, remedy in every_place_is_called(county)
    ]


def means_are_planned(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A warning uses only channels that the scenario describes."""
    for w, warning in enumerate(plan.warnings):
        for m, means in enumerate(warning.means):
            if getattr(plan.channels, means) is None:
                problem = Text(f"channels 中没有 {means}", f"channels does not describe {means}")
                remedy = Text(
                    "补上这个手段，或继承 configs/channels/defaults.yaml",
                    "describe it, or extend configs/channels/defaults.yaml",
                )
                yield ("warnings", w, "means", m), means, problem, remedy


def every_called_level_has_a_ladder(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Every level below the top is called by some ladder; ladders of other levels may come with the defaults."""
    called = [level.id for level in county.levels[1:]]
    for level in called:
        if level not in plan.roster.ladders:
            problem = Text(f"没有叫应“{level}”这一层级的递补顺序", f"no ladder calls the level '{level}'")
            yield (
                ("roster", "ladders"),
                "",
                problem,
                Text(f"在 roster.ladders 中补上 {level}", f"add {level} to roster.ladders"),
            )


def every_calling_level_has_a_desk(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Every level has a desk, which says how many call and how fast it relays."""
    for level in county.levels:
        if level.id not in plan.roster.desks:
            problem = Text(f"没有“{level.id}”这一层级的值班室", f"the level '{level.id}' has no desk")
            yield (
                ("roster", "desks"),
                "",
                problem,
                Text(f"在 roster.desks 中补上 {level.id}", f"add {level.id} to roster.desks"),
            )


def ladders_name_known_posts(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A step calls a post that the roster describes."""
    for level, ladder in plan.roster.ladders.items():
        for s, step in enumerate(ladder.steps):
            if step.post not in plan.roster.posts:
                known = "、".join(plan.roster.posts)
                problem = Text("posts 中没有这个岗位", "posts does not describe this post")
                key = ("roster", "ladders", level, "steps", s, "post")
                yield key, step.post, problem, Text(f"可用：{known}", f"use one of: {known}")


def ladders_use_channels_that_can_call(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A step uses the telephone, or a message that somebody on duty may answer."""
    able = [
        name
        for name, usable in (
            ("phone", plan.channels.phone is not None),
            ("sms", plan.channels.sms is not None and plan.channels.sms.duty is not None),
        )
        if usable
    ]
    for level, ladder in plan.roster.ladders.items():
        for s, step in enumerate(ladder.steps):
            if step.channel not in able:
                listed = "、".join(able) or "—"
                problem = Text("这个手段不能用来叫应", "this channel cannot be used to call")
                remedy = Text(
                    f"可用：{listed}（在 channels 中描述；sms 还要写 duty）",
                    f"use one of: {listed} (described in channels; sms needs duty)",
                )
                yield ("roster", "ladders", level, "steps", s, "channel"), step.channel, problem, remedy


def targets_name_known_levels(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """A target speaks of a level of this county, or of households."""
    known = [*(level.id for level in county.levels[1:]), *_HOUSEHOLDS]
    for t, target in enumerate(plan.targets):
        if target.of_whom not in known:
            listed = "、".join(known)
            problem = Text("没有这个对象", "there is no such group")
            yield ("targets", t, "of_whom"), target.of_whom, problem, Text(f"可用：{listed}", f"use one of: {listed}")


def target_ids_differ(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """No two targets share an id."""
    seen: set[str] = set()
    for t, target in enumerate(plan.targets):
        if target.id in seen:
            problem = Text("id 重复", "the id appears twice")
            yield (
                ("targets", t, "id"),
                target.id,
                problem,
                Text("每项时限要求用不同的 id", "give each target its own id"),
            )
        seen.add(target.id)


def targets_fit_their_event(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Desks acknowledge and households are warned, not the other way round."""
    levels = [level.id for level in county.levels[1:]]
    for t, target in enumerate(plan.targets):
        households = target.of_whom in _HOUSEHOLDS
        if (households or target.of_whom in levels) and households != (target.event == "warned"):
            expected = "warned" if households else "acknowledged"
            problem = Text("事件与对象不符", "the event does not fit the group")
            remedy = Text(f"{target.of_whom} 的事件写 {expected}", f"the event of {target.of_whom} is {expected}")
            yield ("targets", t, "event"), target.event, problem, remedy


def the_night_ends(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A night lasts no longer than a year, and the calendar has a date for its end."""
    if plan.end_min > _LONGEST_DAYS * 1440:
        problem = Text("推演时间过长", "the night is too long")
        remedy = Text(f"至多 {_LONGEST_DAYS} 天", f"write at most {_LONGEST_DAYS} days")
        yield ("end",), f"{plan.end_min:g} min", problem, remedy
    if plan.start.year >= MAXYEAR - 1:
        problem = Text("年份过大", "the year is too late")
        yield ("start",), str(plan.start), problem, Text("检查年份", "check the year")


def every_place_is_called(county: County) -> Iterator[tuple[str, Text, Text]]:
    """Every place can be reached from the top along the call tree; of a branch cut off only its first place is told."""
    places, uncalled = county.places, set(county.uncalled())
    for place in sorted(uncalled):
        if places.code[places.parent[county.index[place]]] in uncalled:
            continue
        problem = Text("没有人叫应这个地方", "nobody calls this place")
        yield place, problem, Text("在 links.csv 中补上叫应关系", "add the link in links.csv")
