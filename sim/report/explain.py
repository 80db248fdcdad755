"""A scenario in plain words, as a planner would read it before playing the night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import numpy as np

from sim.errors import Language
from sim.measures import naming
from sim.report.durations import in_words
from sim.report.notices import readable_key, source_text, stamps, synthetic_parts
from sim.report.verdicts import limit, target_name
from sim.report.words import Words
from sim.roster import LadderPlan, StepPlan
from sim.scenario import Scenario
from sim.scenario.schema import DoorPlan

_NIGHT_HOUR, _DAY_HOUR = 2, 12


def explain(scenario: Scenario, language: Language) -> str:
    """Return when, where, what warning, by which means, who calls whom, by what limits, and every assumption."""
    words = Words(language)
    plan = scenario.plan
    parts = [words("explain.title", title=plan.title or plan.name, name=plan.name)]
    parts += stamps(scenario, naming(scenario), words)
    for heading, lines in (
        ("explain.when", _when(scenario, words)),
        ("explain.where", _where(scenario, words)),
        ("explain.warning", _warning(scenario, words)),
        ("explain.means", _means(scenario, words)),
        ("explain.chain", _chain(scenario, words)),
        ("explain.posts", _posts(scenario, words)),
        ("explain.targets", _targets(scenario, words)),
        ("explain.assumptions", _assumptions(scenario, words)),
    ):
        body = list(lines)
        if body:
            parts += ["", words(heading), *body]
    return "\n".join(parts)


def _when(scenario: Scenario, words: Words) -> Iterator[str]:
    plan = scenario.plan
    end = plan.start + timedelta(minutes=plan.end_min)
    yield words("explain.span", start=words.date(plan.start), end=words.date(end), length=words.length(plan.end_min))
    yield words("explain.weather", hazard=words(f"hazard.{plan.hazard.kind}"), rain=words(f"rain.{plan.hazard.rain}"))
    yield words("explain.seed", seed=plan.seed)


def _where(scenario: Scenario, words: Words) -> Iterator[str]:
    county = scenario.county
    homes = county.households
    levels = [words.places(level, len(county.of_level(i))) for i, level in enumerate(county.levels) if i > 0]
    yield words(
        "explain.county",
        name=county.name,
        places=words("list_joint").join(levels),
        households=words.count("household", len(homes)),
        persons=words.count("person", int(homes.persons.sum())),
    )
    yield words(
        "explain.listed",
        households=words.count("household", int(homes.listed.sum())),
        persons=words.count("person", int(homes.persons[homes.listed].sum())),
        zones=words.count("zone", len(county.zones)),
        sites=words.count("site", len(county.key_sites)),
        loudspeakers=words.count("loudspeaker", len(county.loudspeakers)),
    )
    if len(homes):
        yield _habits(scenario, words)
    if made := synthetic_parts(scenario, words):
        yield words("explain.synthetic", made=made)


def _habits(scenario: Scenario, words: Words) -> str:
    """Return who is at home, asleep and has a phone in the hour in which the night begins."""
    county, hour = scenario.county, scenario.plan.start.hour
    homes, patterns = county.households, county.habits.patterns
    mix = np.bincount(homes.pattern, minlength=len(patterns)) / len(homes)
    at_home = sum(float(share) * pattern.at_home[hour] for share, pattern in zip(mix, patterns, strict=True))
    return words(
        "explain.habits",
        hour=hour,
        home=f"{at_home:.0%}",
        asleep=f"{county.habits.asleep[hour]:.0%}",
        phone=f"{np.mean(homes.phone > 0):.0%}",
        level=words.level(county.levels[-1]),
        n=f"{len(homes) / len(county.of_level(len(county.levels) - 1)):.0f}",
    )


def _warning(scenario: Scenario, words: Words) -> Iterator[str]:
    for warning in scenario.plan.warnings:
        yield words("explain.level", level=words(f"a_warning.{warning.level}"))
        yield words("explain.consultation", law=in_words(warning.consultation, words))
        yield words("explain.sign_off", law=in_words(warning.sign_off, words), post=warning.signed_by)
        yield words("explain.release", law=in_words(warning.release, words))
        yield words("explain.by", means=words.means(warning.means))


def _means(scenario: Scenario, words: Words) -> Iterator[str]:
    plan, used = scenario.plan, scenario.plan.warnings[0].means
    channels, rain, share = plan.channels, plan.hazard.rain, words.exact_percent
    if "sms" in used and (sms := channels.sms):
        yield words(
            "explain.sms",
            setup=in_words(sms.setup, words),
            rate=words.number(sms.rate_per_min / 60),
            order=words(f"sms_order.{sms.order}"),
            loss=share(sms.loss),
            latency=in_words(sms.latency, words),
            awake=share(sms.noticed_awake),
            asleep=share(sms.noticed_asleep),
            read=in_words(sms.read_delay, words),
        )
    if "broadcast" in used and (speaker := channels.broadcast):
        yield words(
            "explain.broadcast",
            setup=in_words(speaker.setup, words),
            online=share(speaker.online),
            level=f"{speaker.source_level_db:g}",
            rain=words(f"rain.{rain}"),
            awake=f"{getattr(speaker.awake, rain):g}",
            asleep=f"{getattr(speaker.asleep, rain):g}",
            listen=in_words(speaker.listen, words),
        )
    if "phone" in used and channels.phone and (calls := channels.phone.households):
        yield words(
            "explain.phone",
            callers=words.count("person", calls.callers),
            setup=in_words(calls.setup, words),
            awake=share(calls.answered_awake),
            asleep=share(calls.answered_asleep),
            talk=in_words(calls.talk, words),
            ring=words.length(calls.ring_min),
        )
    if "door" in used and (door := channels.door):
        yield words(
            "explain.door",
            teams=words.count("team", door.teams),
            assemble=in_words(door.assemble, words),
            house=in_words(door.per_house, words),
            speed=f"{door.speed_m_per_min * 0.06:.3g}",
            walking=_walking(door, rain, words),
            answered=share(door.answered),
            absent=words.length(door.absent_min),
        )


def _walking(door: DoorPlan, rain: str, words: Words) -> str:
    """Return what makes walking longer than a straight line in good weather; empty if nothing does."""
    pace = getattr(door.pace, rain)
    slower = words("door.pace", rain=words(f"rain.{rain}"), pace=f"{pace:g}") if pace != 1 else ""
    return slower + (words("door.detour", detour=f"{door.detour:g}") if door.detour != 1 else "")


def _chain(scenario: Scenario, words: Words) -> Iterator[str]:
    levels = scenario.county.levels
    roster = scenario.plan.roster
    yield words("explain.order")
    if phone := scenario.plan.channels.phone:
        yield words("explain.call", pickup=in_words(phone.pickup, words), talk=in_words(phone.talk, words))
    for caller, callee in pairwise(levels):
        desk = roster.desks[caller.id]
        yield words(
            "explain.top" if caller is levels[0] else "explain.desk",
            caller=words("top_desk" if caller is levels[0] else "each_desk", level=words.level(caller)),
            callee=words.level(callee, many=True),
            n=words.count("caller", desk.callers),
            relay=in_words(desk.relay, words),
        )
        if callee.id in roster.ladders:
            yield from _ladder(roster.ladders[callee.id], scenario, words)
    last = levels[-1]
    yield words("explain.last", level=words.level(last), relay=in_words(roster.desks[last.id].relay, words))


def _ladder(ladder: LadderPlan, scenario: Scenario, words: Words) -> Iterator[str]:
    for number, step in enumerate(ladder.steps, start=1):
        yield f"    {number}. {_step(step, scenario, words)}"


def _step(step: StepPlan, scenario: Scenario, words: Words) -> str:
    by_phone = step.channel == "phone"
    wait_min = step.ring_min if by_phone else step.wait_min
    gap = words("step.gap", gap=words.length(step.gap_min)) if step.tries > 1 and step.gap_min else ""
    return words(
        "step.phone" if by_phone else "step.message",
        post=words.post(step.post, scenario.plan.roster.posts),
        tries=words.count("try", step.tries),
        wait=words.length(wait_min or 0.0),
        gap=gap,
    )


def _posts(scenario: Scenario, words: Words) -> Iterator[str]:
    roster = scenario.plan.roster
    called = dict.fromkeys(step.post for ladder in roster.ladders.values() for step in ladder.steps)
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


def _targets(scenario: Scenario, words: Words) -> Iterator[str]:
    for number, target in enumerate(scenario.plan.targets, start=1):
        yield words(
            "explain.target",
            number=number,
            name=target_name(target, scenario, words),
            limit=limit(target, words),
            source=source_text(target.source),
            applies_to=target.applies_to,
            status=words(f"status.{target.status}"),
        )


def _assumptions(scenario: Scenario, words: Words) -> Iterator[str]:
    for item in scenario.assumptions:
        status = words(f"status.{item.status}") if item.status else words("status.none")
        yield words(
            "explain.assumption",
            what=readable_key(item.key, scenario, words),
            status=status,
            source=source_text(item.source),
        )
