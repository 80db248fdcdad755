"""Rules on when danger strikes, who must leave, how they get away and who is told of it: one function per rule, each naming the law it keeps.

``rules`` runs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from sim.county import County
from sim.errors import Fault, Text, shown
from sim.scenario.acts import (
    RISING,
    Alarm,
    OrderPlan,
    ResponseLevel,
    ResponsePlan,
    WarningLevel,
    WarningPlan,
    described,
)
from sim.scenario.evacuation import TriggerPlan
from sim.scenario.reading import Key
from sim.scenario.rules_findings import Finding, nearest, one_of
from sim.scenario.schema import ScenarioPlan

_ALARMS: tuple[str, ...] = get_args(Alarm)
_STARTS = {
    "sighting": "local.sightings",
    **{alarm: f"local.alarms.{alarm}" for alarm in _ALARMS},
    "own_trigger": "local.own_trigger",
    "neighbour_county": "roster.neighbour_counties",
}
"""Where each thing that warnings below may start with is described."""
_BLOCKS = {
    **dict.fromkeys(get_args(WarningLevel), "warnings"),
    **dict.fromkeys(get_args(ResponseLevel), "response"),
    **dict.fromkeys(get_args(OrderPlan.model_fields["stage"].annotation), "orders"),
}
"""The block that the acts of each level (or stage) stand in."""
_EXTEND = "configs/evacuation/defaults.yaml"


def onsets_name_known_zones(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """A zone whose minute is stated is one of the county, and it is stated once."""
    stated = plan.hazard.onset.stated if plan.hazard.onset is not None else ()
    known = county.zones["code"].tolist()
    seen: set[str] = set()
    for n, one in enumerate(stated):
        key = ("hazard", "onset", "stated", n, "zone")
        if one.zone not in known:
            otherwise = Text("填写 zones.csv 中的编码", "use a code of zones.csv")
            problem = Text("没有这个危险区", "there is no such danger zone")
            yield key, shown(one.zone), problem, nearest(one.zone, known, otherwise)
        elif one.zone in seen:
            problem = Text("同一危险区写了两次", "this danger zone is stated twice")
            yield key, shown(one.zone), problem, Text("只留一个时刻", "keep one of its times")
        seen.add(one.zone)


def kinds_of_zones_are_known(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """What is limited to kinds of danger zones names kinds that some zone of the county has, if it has zones at all."""
    known = sorted(set(county.zones["kind"]))
    if not known:
        return
    named: list[tuple[Key, tuple[str, ...]]] = []
    if plan.hazard.onset is not None:
        named += [
            (("hazard", "onset", "laws", name, "kinds"), law.kinds) for name, law in plan.hazard.onset.laws.items()
        ]
    if plan.evacuation is not None:
        triggers = plan.evacuation.triggers.items()
        named += [(("evacuation", "triggers", name, "zones"), trigger.zones) for name, trigger in triggers]
    if plan.local is not None:
        named += [(("local", "alarms", name, "zones"), alarm.zones) for name, alarm in plan.local.alarms.items()]
    problem = Text("这个县没有这一类危险区", "this county has no danger zone of this kind")
    for key, kinds in named:
        for n, kind in enumerate(kinds):
            if kind not in known:
                yield (*key, n), shown(kind), problem, nearest(kind, known, one_of(known, ", "))


def onsets_with_a_flood_find_one(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """What strikes with the flood needs a flood to strike with."""
    laws = plan.hazard.onset.laws if plan.hazard.onset is not None else {}
    if plan.outages is None or plan.outages.flood is None:
        problem = Text("用了 with_flood 而没有写 outages.flood", "with_flood without outages.flood")
        remedy = Text("写 outages.flood，或删去 with_flood", "write outages.flood, or remove with_flood")
        for name, law in laws.items():
            if law.with_flood:
                yield ("hazard", "onset", "laws", name, "with_flood"), "true", problem, remedy


def triggers_can_be_heard(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """Of what a trigger waits for at least one can happen tonight; a level that is only lowered to, lifted or ended asks nobody to leave."""
    possible = _possible(plan)
    for name, trigger in _triggers(plan).items():
        if not possible.intersection(trigger.on):
            needed = [_STARTS.get(what) or f"{_BLOCKS[what]}({what})" for what in dict.fromkeys(trigger.on)]
            problem = Text(
                "这一情景中听不到其中任何一项，永远不会启动",
                "nothing of this can be heard tonight: it never asks anybody to leave",
            )
            remedy = Text(
                f"改写 on，或写明其一：{'、'.join(needed)}（降级、解除、终止不算）",
                f"change on, or write one of: {', '.join(needed)} (none that is lowered, lifted or ended)",
            )
            yield ("evacuation", "triggers", name, "on"), shown(", ".join(trigger.on)), problem, remedy


def triggers_at_a_point_start_below(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """Only a warning that starts below starts at a point: a level of an act is no place."""
    for name, trigger in _triggers(plan).items():
        if trigger.reach == "point" and not set(trigger.on) & set(_STARTS):
            problem = Text(
                "on 中都是预警、响应、转移指令，没有起因所在的地方",
                "on holds levels of acts only, which start at no place",
            )
            remedy = Text(
                f"删去 reach，或在 on 中写就地预警的起因：{'、'.join(_STARTS)}",
                f"remove reach, or name in on what warnings below start with: {', '.join(_STARTS)}",
            )
            yield ("evacuation", "triggers", name, "reach"), trigger.reach, problem, remedy


def what_helpers_do_needs_helpers(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """Persuasion, vehicles and reinforcements are the work of helpers."""
    own = plan.evacuation
    if own is None or own.helpers is not None:
        return
    for name in ("persuasion", "vehicles", "reinforcement"):
        if getattr(own, name) is not None:
            problem = Text("没有写帮扶人员，谁来做", "there are no helpers to do this")
            remedy = Text(
                f"写明 evacuation.helpers，或写 {name}: null", f"describe evacuation.helpers, or write {name}: null"
            )
            yield ("evacuation", name), "", problem, remedy


def helpers_make_up_crews(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """A village has no helpers of its own or enough for one crew, and so has a team of reinforcements."""
    own = plan.evacuation
    if own is None or own.helpers is None:
        return
    crew, per_village = own.helpers.crew, own.helpers.per_village
    if 0 < per_village < crew:
        problem = Text(f"凑不成一组（每组 {crew} 人）", f"too few for one crew of {crew}")
        remedy = Text(f"写 0 或至少 {crew}，或改小 crew", f"write 0 or at least {crew}, or a smaller crew")
        yield ("evacuation", "helpers", "per_village"), str(per_village), problem, remedy
    if own.reinforcement is not None and own.reinforcement.team < crew:
        problem = Text(f"一队凑不成一组（每组 {crew} 人）", f"a team is too few for one crew of {crew}")
        remedy = Text(f"至少写 {crew}，或改小 helpers.crew", f"write at least {crew}, or a smaller helpers.crew")
        yield ("evacuation", "reinforcement", "team"), str(own.reinforcement.team), problem, remedy


def some_shelter_is_opened(plan: ScenarioPlan, county: County) -> Iterator[Finding]:
    """Where the county has shelters, some are of the kinds that are opened."""
    known = sorted(set(county.shelters["kind"]))
    if plan.evacuation is not None and known and not set(known) & set(plan.evacuation.shelters.kinds):
        problem = Text("这个县没有这些类别的安置点", "this county has no shelter of these kinds")
        written = ", ".join(plan.evacuation.shelters.kinds)
        yield ("evacuation", "shelters", "kinds"), written, problem, one_of(known, ", ")


def report_up_has_something_to_report(plan: ScenarioPlan, _: County) -> Iterator[Finding]:
    """What is reported is how many must leave and have left."""
    if plan.report_up is not None and plan.evacuation is None:
        problem = Text("没有写避险转移，没有人数可报", "no evacuation is described: there is nobody to count")
        remedy = Text(
            f"写明 evacuation（可继承 {_EXTEND}），或写 report_up: null",
            f"describe evacuation (extend {_EXTEND}), or write report_up: null",
        )
        yield ("report_up",), "", problem, remedy


def transfer_list_names_triggers(plan: ScenarioPlan, county: County) -> Iterator[Fault]:
    """What starts a household of the transfer list is a trigger of the scenario; each unknown one is told once."""
    if plan.evacuation is None:
        return
    known = plan.evacuation.triggers
    for name in sorted(set(county.transfer["leave_on"]) - {"", *known}):
        folder = Path(plan.county.folder)
        file = next((f for f in (folder / "transfer_list.csv", folder / "transfer_list.xlsx") if f.exists()), folder)
        problem = Text("evacuation.triggers 中没有这个启动条件", "evacuation.triggers has no such trigger")
        yield Fault(str(file), 0, 0, "leave_on", shown(name), problem, nearest(name, known, one_of(known, ", ")))


def _triggers(plan: ScenarioPlan) -> dict[str, TriggerPlan]:
    """Return the triggers of the scenario by name."""
    return dict(plan.evacuation.triggers) if plan.evacuation is not None else {}


def _possible(plan: ScenarioPlan) -> set[str]:
    """Return what of all that triggers may wait for can happen tonight."""
    possible = {
        described(act)[1]
        for act in plan.acts
        if not isinstance(act, WarningPlan | ResponsePlan) or act.change in RISING
    }
    local = plan.local
    if local is not None:
        possible.update(local.alarms)
        possible.update({"sighting"} if local.sightings is not None else ())
        possible.update({"own_trigger"} if local.own_trigger is not None else ())
    return possible | ({"neighbour_county"} if plan.roster.neighbour_counties else set())


ON_EVACUATION = (
    onsets_name_known_zones,
    kinds_of_zones_are_known,
    onsets_with_a_flood_find_one,
    triggers_can_be_heard,
    triggers_at_a_point_start_below,
    what_helpers_do_needs_helpers,
    helpers_make_up_crews,
    some_shelter_is_opened,
    report_up_has_something_to_report,
)
"""Every rule of this file that speaks of the scenario; ``transfer_list_names_triggers`` speaks of a table."""
