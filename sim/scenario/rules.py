"""Rules between blocks: one function per rule, each naming the law it keeps. They run once the blocks themselves are sound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR
from pathlib import Path
from typing import get_args

from sim.county import County
from sim.errors import Fault, Text
from sim.roster.plan import LadderPlan, RosterPlan, StepPlan
from sim.scenario.acts import ActPlan, OrderPlan, ResponseLevel, WarningLevel
from sim.scenario.documents import Document
from sim.scenario.faults import at_mark
from sim.scenario.reading import Key
from sim.scenario.rules_additions import ON_ADDITIONS
from sim.scenario.rules_evacuation import ON_EVACUATION, transfer_list_names_triggers
from sim.scenario.rules_findings import PLACE_CODE, UNKNOWN_PLACE, Finding, one_of
from sim.scenario.rules_outages import ON_OUTAGES
from sim.scenario.schema import ScenarioPlan

_EVENTS_OF_HOUSEHOLDS = {
    "household": ("warned", "confirmed"),
    "listed_household": ("warned", "confirmed", "safe"),
}
_LONGEST_DAYS = 366


def check(plan: ScenarioPlan, county: County, document: Document) -> list[Fault]:
    """Return a fault for each rule that is broken."""
    return [
        at_mark(document, key, value, problem, remedy)
        for rule in (
            means_are_planned,
            channels_find_what_they_share,
            act_ids_differ,
            acts_are_set_off,
            call_targets_fit_their_act,
            leaves_have_a_caller,
            areas_name_known_places,
            somebody_turns_to_households,
            what_starts_below_needs_no_platform,
            neighbour_counties_have_means,
            every_called_level_has_a_ladder,
            every_calling_level_has_a_desk,
            roster_names_known_levels,
            standby_follows_known_acts,
            ladders_name_known_posts,
            ladders_use_channels_that_can_call,
            targets_name_known_levels,
            target_ids_differ,
            targets_fit_their_event,
            the_night_ends,
            *ON_OUTAGES,
            *ON_EVACUATION,
            *ON_ADDITIONS,
        )
        for key, value, problem, remedy in rule(plan, county)
    ] + [
        *(
            Fault(str(Path(plan.county.folder) / "links.csv"), 0, 0, "callee", place, problem, remedy)
            for place, problem, remedy in every_place_is_called(county)
        ),
        *transfer_list_names_triggers(plan, county),
    ]


def _acts(plan: ScenarioPlan) -> list[tuple[Key, ActPlan]]:
    """Return every act with the place where it stands."""
    blocks = (("warnings", plan.warnings), ("response", plan.response), ("orders", plan.orders))
    return [((block, n), act) for block, acts in blocks for n, act in enumerate(acts)]


def _before(act: str, after: dict[str, str]) -> set[str]:
    """Return the acts that ``act`` waits for, one behind the other."""
    found: set[str] = set()
    here = after[act]
    while here in after and here not in found and here != "t0":
        found.add(here)
        here = after[here]
    return found


def means_are_planned(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """An act uses only channels that the scenario describes, and so does what starts below and what a level uses."""
    used: list[tuple[Key, tuple[str, ...]]] = [((*key, "means"), act.means or ()) for key, act in _acts(plan)]
    used += [(("means_by_level", level), means) for level, means in plan.means_by_level.items()]
    if plan.local is not None:
        used.append((("local", "means"), plan.local.means))
    for key, names in used:
        for m, means in enumerate(names):
            if getattr(plan.channels, means) is None:
                problem = Text(f"channels 中没有 {means}", f"channels does not describe {means}")
                remedy = Text(
                    "补上这个手段，或继承 configs/channels/defaults.yaml",
                    "describe it, or extend configs/channels/defaults.yaml",
                )
                yield (*key, m), means, problem, remedy


def channels_find_what_they_share(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """What makes a sound needs ``sound``, who walks needs ``walking``, whoever redials needs ``phone``."""
    needed = {
        "sound": ("broadcast", "area_terminal", "gong", "whistle", "hand_siren", "megaphone", "patrol_car"),
        "walking": ("gong", "whistle", "hand_siren", "megaphone", "door"),
        "phone": ("auto_call",),
    }
    for shared, channels in needed.items():
        using = [name for name in channels if getattr(plan.channels, name) is not None]
        if using and getattr(plan.channels, shared) is None:
            problem = Text(f"{using[0]} 要用到 channels.{shared}", f"{using[0]} needs channels.{shared}")
            remedy = Text(
                f"补上 {shared}，或继承 configs/channels/defaults.yaml",
                f"add {shared}, or extend configs/channels/defaults.yaml",
            )
            yield ("channels", using[0]), "", problem, remedy


def act_ids_differ(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """No two acts share an id, and none takes a name that means something else."""
    seen = {"t0", "sighting", "local"}
    for key, act in _acts(plan):
        if act.id in seen:
            remedy = Text(
                "每个环节用不同的 id，且不用 t0、sighting、local",
                "give each act its own id; t0, sighting and local are taken",
            )
            yield (
                (*key, "id"),
                act.id,
                Text("id 重复或另有所指", "the id appears twice or means something else"),
                remedy,
            )
        seen.add(act.id)


def acts_are_set_off(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """What sets an act off exists and does not wait for the act itself."""
    after = {act.id: act.after for _, act in _acts(plan)}
    for key, act in _acts(plan):
        if act.after not in {"t0", "sighting", *after}:
            problem = Text("没有这个环节", "there is no such act")
            yield (*key, "after"), act.after, problem, one_of(["t0", "sighting", *after])
        elif act.after == "sighting" and (plan.local is None or plan.local.sightings is None):
            problem = Text("情景中没有群测群防员发现险情", "nobody sights anything in this scenario")
            remedy = Text("写明 local.sightings，或改为 t0", "describe local.sightings, or use t0")
            yield (*key, "after"), act.after, problem, remedy
        elif act.id in _before(act.id, after):
            problem = Text("互相等待，永远不会开始", "the acts wait for each other and never begin")
            yield (*key, "after"), act.after, problem, Text("其中一个改为 t0", "let one of them be after t0")
        if act.consult == "rolling" and plan.rolling_every_min is None:
            problem = Text("没有写滚动会商多久一次", "how often rolling consultation is held is not said")
            remedy = Text(
                "写 rolling_every，例如 1 h，或改为 at_once", "write rolling_every such as 1 h, or use at_once"
            )
            yield (*key, "consult"), act.consult, problem, remedy


def call_targets_fit_their_act(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A call target names levels of its kind of act, lead times of warnings only, and a depth of desks only."""
    levels = {
        "warning": get_args(WarningLevel),
        "response": get_args(ResponseLevel),
        "order": get_args(OrderPlan.model_fields["stage"].annotation),
    }
    for t, target in enumerate(plan.call_targets):
        known = levels[target.act]
        for n, level in enumerate(target.levels):
            if level not in known:
                problem = Text("这一环节没有这个级别（阶段）", "this kind of act has no such level")
                yield ("call_targets", t, "levels", n), level, problem, one_of(known, ", ")
        if target.leads and target.act != "warning":
            problem = Text("只有预警有提前量", "only warnings have lead times")
            yield ("call_targets", t, "leads"), "", problem, Text("删去 leads", "remove leads")
        if target.to is not None and target.whom != "desks":
            problem = Text("只有叫应值班室（desks）要写叫到哪个层级", "only desks are called down to a level")
            yield ("call_targets", t, "to"), target.to, problem, Text("删去 to", "remove to")


def leaves_have_a_caller(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Responsible persons and key sites are called by desks, so an act that names them has those desks called too."""
    by = plan.roster.key_sites_called_by
    needed = {"responsible": 1, "key_sites": (county.level_index(by) or 0) if by is not None else 0}
    for _, act in _acts(plan):
        applying = [target for target in plan.call_targets if target.applies(act)]
        deepest = max((_depth(target.to, county) for target in applying if target.whom == "desks"), default=0)
        for t, target in enumerate(plan.call_targets):
            if target in applying and deepest < needed.get(target.whom, 0):
                problem = Text(
                    f"环节 {act.id} 没有叫应到会去叫他们的值班室",
                    f"the act {act.id} has no desk called that would call them",
                )
                remedy = Text(
                    "同一环节另写一项 whom: desks，叫到相应层级",
                    "add a call target whom: desks of the same act, down to that level",
                )
                yield ("call_targets", t, "whom"), target.whom, problem, remedy


def _depth(to: str | None, county: County) -> int:
    level = county.level_index(to) if to is not None else None
    return len(county.levels) - 1 if level is None else level


def areas_name_known_places(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """An act is addressed to places of this county; sightings and neighbouring counties name such places too."""
    codes: list[tuple[Key, str]] = [
        ((*key, "area", n), code)
        for key, act in _acts(plan)
        if isinstance(act.area, tuple)
        for n, code in enumerate(act.area)
    ]
    codes += [
        (("roster", "neighbour_counties", n, "calls", c), code)
        for n, neighbour in enumerate(plan.roster.neighbour_counties)
        for c, code in enumerate(neighbour.calls)
    ]
    for key, code in codes:
        if code not in county.index:
            yield key, code, UNKNOWN_PLACE, PLACE_CODE
    sightings = plan.local.sightings if plan.local is not None else None
    lowest = set(county.places.code) - {county.places.code[p] for p in county.places.parent.tolist() if p >= 0}
    for n, stated in enumerate(sightings.stated if sightings else ()):
        if stated.place not in lowest:
            problem = Text("不是最低一级的地方", "it is not a place of the lowest level")
            remedy = Text("填写最低一层的编码", "use a code of the lowest level")
            yield ("local", "sightings", "stated", n, "place"), stated.place, problem, remedy


def somebody_turns_to_households(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """An act whose means start at the lowest desks has those desks called."""
    deepest = county.levels[-1].id
    for key, act in _acts(plan):
        local = [means for means in plan.means_of(act) if plan.channels.starts_at_desks(means)]
        called = [t for t in plan.call_targets if t.applies(act) and t.whom == "desks" and t.to in (None, deepest)]
        if local and not called:
            problem = Text(
                f"用到 {local[0]} 等要由最低一级去做的手段，但两叫应中没有人叫应到最低一级",
                f"it uses {local[0]}, which the lowest desks do, but no call target has them called",
            )
            remedy = Text(
                "在 call_targets 中写一项 whom: desks（不写 to），或换用发布平台的手段",
                "add a call target with whom: desks and no to, or use means of the platform only",
            )
            yield (*key, "means"), "", problem, remedy


def what_starts_below_needs_no_platform(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """Nobody releases a warning that starts below, so it is told by no system of the release platform."""
    for m, means in enumerate(plan.local.means if plan.local is not None else ()):
        if plan.channels.is_on_platform(means):
            problem = Text(f"就地预警没有经发布平台，用不了 {means}", f"a warning that starts below cannot use {means}")
            remedy = Text("换用由最低一级或住户去做的手段", "use means of the lowest desks or of households")
            yield ("local", "means", m), means, problem, remedy


def neighbour_counties_have_means(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A neighbouring county's call starts a warning below, which needs to know its means."""
    if plan.roster.neighbour_counties and plan.local is None:
        problem = Text("没有写就地预警用什么手段", "the means of warnings that start below are not given")
        yield ("roster", "neighbour_counties"), "", problem, Text("写明 local.means", "write local.means")


def every_called_level_has_a_ladder(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Every level below the top is called by some ladder, key sites by theirs; the top too where what starts below, or counts, go up to it."""
    called = [level.id for level in county.levels[1:]]
    if plan.local is not None or plan.report_up is not None:
        called.append(county.levels[0].id)
    if any(target.whom == "key_sites" for target in plan.call_targets) and len(county.key_sites):
        called.append("key_site")
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


def roster_names_known_levels(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Departments, governance centres, key sites and call targets speak of levels of this county."""
    known = [level.id for level in county.levels]
    roster = plan.roster
    named: list[tuple[Key, str]] = [
        (("roster", "departments", d, "calls", c), level)
        for d, department in enumerate(roster.departments)
        for c, level in enumerate(department.calls)
    ]
    if roster.governance is not None:
        named.append((("roster", "governance", "level"), roster.governance.level))
    if roster.key_sites_called_by is not None:
        named.append((("roster", "key_sites_called_by"), roster.key_sites_called_by))
    if roster.standby is not None:
        named += [(("roster", "standby", "callers", level), level) for level in roster.standby.callers]
    named += [
        (("call_targets", t, "to"), target.to) for t, target in enumerate(plan.call_targets) if target.to is not None
    ]
    for key, level in named:
        if level not in known:
            yield key, level, Text("没有这个层级", "there is no such level"), one_of(known)
    if "governance" in roster.routes and roster.governance is None:
        problem = Text("没有写治理中心怎样叫应", "how the governance centres call is not described")
        yield ("roster", "routes"), "governance", problem, Text("写明 roster.governance", "describe roster.governance")
    if any(target.whom == "key_sites" for target in plan.call_targets) and roster.key_sites_called_by is None:
        problem = Text("没有写重点单位由哪一级叫应", "which level calls the key sites is not said")
        yield ("roster",), "", problem, Text("写明 roster.key_sites_called_by", "write roster.key_sites_called_by")


def standby_follows_known_acts(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """All hands come after acts of this scenario."""
    known = [act.id for _, act in _acts(plan)]
    for n, act in enumerate(plan.roster.standby.after if plan.roster.standby else ()):
        if act not in known:
            yield ("roster", "standby", "after", n), act, Text("没有这个环节", "there is no such act"), one_of(known)


def _steps(roster: RosterPlan) -> list[tuple[Key, StepPlan]]:
    """Return every step of every ladder with the place where it stands."""
    ladders: list[tuple[Key, LadderPlan]] = [
        (("roster", "ladders", level), ladder) for level, ladder in roster.ladders.items()
    ]
    if roster.governance is not None:
        ladders.append((("roster", "governance", "ladder"), roster.governance.ladder))
    return [((*key, "steps", s), step) for key, ladder in ladders for s, step in enumerate(ladder.steps)]


def ladders_name_known_posts(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A step, and a role of the register of responsible persons, is a post that the roster describes."""
    roster = plan.roster
    named: list[tuple[Key, str]] = [((*key, "post"), step.post) for key, step in _steps(roster)]
    if roster.responsible is not None and roster.responsible.table is None:
        named += [
            (("roster", "responsible", "roles", level, r), role)
            for level, roles in roster.responsible.roles.items()
            for r, role in enumerate(roles)
        ]
    for key, post in named:
        if post not in roster.posts:
            problem = Text("posts 中没有这个岗位", "posts does not describe this post")
            yield key, post, problem, one_of(roster.posts)


def ladders_use_channels_that_can_call(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A step uses a channel that the scenario describes and that somebody on duty can answer."""
    channels = plan.channels
    able = [name for name in ("phone", "courier") if getattr(channels, name) is not None]
    able += [
        name
        for name in ("auto_call", "sms", "flash_sms", "wechat", "work_app")
        if getattr(getattr(channels, name), "duty", None) is not None
    ]
    steps: list[tuple[Key, str]] = [((*key, "channel"), step.channel) for key, step in _steps(plan.roster)]
    if plan.roster.responsible is not None:
        steps += [
            (("roster", "responsible", "steps", s, "channel"), step.channel)
            for s, step in enumerate(plan.roster.responsible.steps)
        ]
    for key, channel in steps:
        if channel not in able:
            listed = "、".join(able) or "—"
            problem = Text("这个手段不能用来叫应", "this channel cannot be used to call")
            remedy = Text(
                f"可用：{listed}（在 channels 中描述；消息和外呼还要写 duty）",
                f"use one of: {listed} (described in channels; messages and automated calls need duty)",
            )
            yield key, channel, problem, remedy


def targets_name_known_levels(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """A target speaks of a level of this county, or of households."""
    known = [*(level.id for level in county.levels[1:]), *_EVENTS_OF_HOUSEHOLDS]
    for t, target in enumerate(plan.targets):
        if target.of_whom not in known:
            problem = Text("没有这个对象", "there is no such group")
            yield ("targets", t, "of_whom"), target.of_whom, problem, one_of(known)


def target_ids_differ(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """No two targets share an id, call targets included: they stand in one table of results."""
    seen: set[str] = set()
    for block, targets in (("targets", plan.targets), ("call_targets", plan.call_targets)):
        for t, target in enumerate(targets):
            if target.id in seen:
                problem = Text("id 重复", "the id appears twice")
                remedy = Text("每项时限要求和叫应对象用不同的 id", "give each target its own id")
                yield (block, t, "id"), target.id, problem, remedy
            seen.add(target.id)


def targets_fit_their_event(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Desks acknowledge and places report, households are warned or confirmed, those on the list get safe; and the act exists."""
    levels = [level.id for level in county.levels[1:]]
    events = dict.fromkeys(levels, ("acknowledged", "reported")) | _EVENTS_OF_HOUSEHOLDS
    known = [act.id for act in plan.acts]
    for t, target in enumerate(plan.targets):
        expected = events.get(target.of_whom, ())
        if expected and target.event not in expected:
            problem = Text("事件与对象不符", "the event does not fit the group")
            remedy = Text(
                f"{target.of_whom} 的事件写 {'、'.join(expected)}",
                f"the event of {target.of_whom} is {' or '.join(expected)}",
            )
            yield ("targets", t, "event"), target.event, problem, remedy
        if target.act is not None and target.act not in known:
            problem = Text("没有这个环节", "there is no such act")
            yield ("targets", t, "act"), target.act, problem, one_of(known)


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
