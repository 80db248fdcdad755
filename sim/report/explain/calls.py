"""Who calls whom in a scenario, in plain words: duty rooms, their ladders, and the other ways by which a call may come."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sim.report.words.durations import in_words
from sim.report.words.language import Words
from sim.roster import AttemptPlan, LadderPlan, StepPlan
from sim.scenario import Scenario

_NIGHT_HOUR, _DAY_HOUR = 2, 12
_CALLS, _IN_PERSON = ("phone", "auto_call"), "courier"


def calls(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield how the chain of duty rooms calls, from the top down, then every other way."""
    levels, roster = scenario.county.levels, scenario.plan.roster
    yield words("explain.order")
    if phone := scenario.plan.channels.phone:
        yield words(
            "explain.call",
            pickup=in_words(phone.pickup, words),
            talk=in_words(phone.talk, words),
            redial=words.length(phone.redial_min),
        )
    for caller, callee in pairwise(levels):
        desk = roster.desks[caller.id]
        joined = sum(department.callers for department in roster.departments) if roster.joint_duty else 0
        callers = desk.callers + (joined if caller is levels[0] else 0)
        couriers = words("explain.couriers", n=words.count("person", desk.couriers)) if desk.couriers else ""
        yield words(
            "explain.top" if caller is levels[0] else "explain.desk",
            caller=words("top_desk" if caller is levels[0] else "each_desk", level=words.level(caller)),
            callee=words.level(callee, many=True),
            n=words.count("caller", callers),
            relay=in_words(desk.relay, words),
            couriers=couriers,
        )
        if callee.id in roster.ladders:
            yield from _ladder(roster.ladders[callee.id], scenario, words)
    last = levels[-1]
    yield words("explain.last", level=words.level(last), relay=in_words(roster.desks[last.id].relay, words))
    yield from _key_sites(scenario, words)
    yield from _responsible(scenario, words)
    yield from _other_ways(scenario, words)


def posts(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield how each post that is called answers."""
    roster = scenario.plan.roster
    ladders = [
        *roster.ladders.values(),
        *([roster.governance.ladder] if "governance" in roster.routes and roster.governance else []),
    ]
    called = dict.fromkeys(step.post for ladder in ladders for step in ladder.steps)
    called |= dict.fromkeys(entry.post for entry in scenario.roster.responsible)
    for post in called:
        plan = roster.posts[post]
        yield words(
            "explain.post",
            post=words.post(post, roster.posts),
            reachable=words.exact_percent(plan.reachable),
            day=words.exact_percent(plan.answer[_DAY_HOUR]),
            night=words.exact_percent(plan.answer[_NIGHT_HOUR]),
        )
    if called:
        yield words("explain.post_product")
    if alerted := roster.alerted:
        yield words(
            "explain.alerted",
            answer=words.exact_percent(alerted.answer),
            relay=words.exact_percent(alerted.relay_factor),
        )
    if standby := roster.standby:
        callers = [
            words("explain.standby_level", level=words.level(level), n=words.count("caller", standby.callers[level.id]))
            for level in scenario.county.levels
            if level.id in standby.callers
        ]
        yield words(
            "explain.standby",
            acts=words("list_joint").join(standby.after),
            assemble=in_words(standby.assemble, words),
            callers=words("list_joint").join(callers),
        )


def _ladder(ladder: LadderPlan, scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield the steps of a ladder, then what holds for all of them: at once, all must answer, from where it is repeated."""
    number_of = {step.id: number for number, step in enumerate(ladder.steps, start=1) if step.id is not None}
    for number, step in enumerate(ladder.steps, start=1):
        jump = words("step.jump", n=number_of[step.then]) if step.then is not None else ""
        yield f"    {number}. {_step(step, scenario, words)}{jump}"
    if ladder.order == "at_once":
        yield words("ladder.at_once")
    if ladder.need == "all":
        yield words("ladder.all")
    if again := ladder.repeat:
        begin = number_of[again.from_step] if again.from_step is not None else 1
        yield words("ladder.repeat", n=begin, rounds=again.rounds, gap=words.length(again.gap_min))


def _step(step: StepPlan, scenario: Scenario, words: Words) -> str:
    return words("step.whom", how=_attempt(step, words), post=words.post(step.post, scenario.plan.roster.posts))


def _attempt(step: AttemptPlan, words: Words) -> str:
    """Return by what somebody is called, how often, and how long it waits."""
    gap = words("step.gap", gap=words.length(step.gap_min)) if step.tries > 1 and step.gap_min else ""
    form = "call" if step.channel in _CALLS else "in_person" if step.channel == _IN_PERSON else "message"
    wait_min = step.ring_min if form == "call" else step.wait_min
    return words(
        f"step.{form}",
        channel=words(f"channel.{step.channel}"),
        tries=words.count("try", step.tries),
        wait=words.length(wait_min or 0.0),
        gap=gap,
    )


def _key_sites(scenario: Scenario, words: Words) -> Iterator[str]:
    plan, levels = scenario.plan, scenario.county.levels
    caller = next((level for level in levels if level.id == plan.roster.key_sites_called_by), None)
    if caller is not None and any(target.whom == "key_sites" for target in plan.call_targets):
        yield words("explain.key_sites", level=words.level(caller))
        yield from _ladder(plan.roster.ladders["key_site"], scenario, words)


def _responsible(scenario: Scenario, words: Words) -> Iterator[str]:
    plan, register = scenario.plan, scenario.plan.roster.responsible
    if register is None or not any(target.whom == "responsible" for target in plan.call_targets):
        return
    n = words.count("responsible", len(scenario.roster.responsible))
    made = words("explain.register_given" if register.table else "explain.register_made")
    yield words("explain.register", n=n, made=made)
    for number, step in enumerate(register.steps, start=1):
        yield f"    {number}. {_attempt(step, words)}"


def _other_ways(scenario: Scenario, words: Words) -> Iterator[str]:
    """Yield departments, governance centres, neighbouring counties and calls down the river, as far as the scenario has them."""
    roster, levels = scenario.plan.roster, {level.id: level for level in scenario.county.levels}
    if roster.departments:
        titles = words.listed(words.caller(department) for department in roster.departments)
        yield words("explain.joint" if roster.joint_duty else "explain.not_joint", departments=titles)
    if roster.governance is not None and "governance" in roster.routes:
        governance = roster.governance
        yield words(
            "explain.governance" if "duty_rooms" in roster.routes else "explain.governance_only",
            level=words.level(levels[governance.level], many=True),
            n=words.count("caller", governance.callers),
            relay=in_words(governance.relay, words),
        )
        yield from _ladder(governance.ladder, scenario, words)
    for neighbour in roster.neighbour_counties:
        yield words(
            "explain.neighbour_county",
            title=words.caller(neighbour),
            at=in_words(neighbour.at, words),
            n=len(neighbour.calls),
        )
    if roster.lateral is not None and len(scenario.county.downstream):
        yield words(f"explain.lateral.{roster.lateral.when}")
