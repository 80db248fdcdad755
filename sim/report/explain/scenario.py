"""A scenario in plain words, as a planner would read it before playing the night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from sim.county.plan import AdditionPlan
from sim.errors import Language
from sim.measures import naming
from sim.report.content.acts import act_names, told_by
from sim.report.content.assumptions import assumptions
from sim.report.content.notices import source_text, stamps, synthetic_parts
from sim.report.content.unknowns import unknowns
from sim.report.content.verdicts import limit, target_name
from sim.report.explain.calls import calls, posts
from sim.report.explain.evacuation import alarms, moving, onset, reporting
from sim.report.explain.means import means
from sim.report.explain.outages import outages
from sim.report.words.durations import in_words
from sim.report.words.language import Words
from sim.scenario import ActPlan, CallTargetPlan, Scenario, TargetPlan


def explain(scenario: Scenario, language: Language) -> str:
    """Return when, where, which acts, by which means, who calls whom, by what limits, and every assumption."""
    words = Words(language)
    plan = scenario.plan
    parts = [words("explain.title", title=plan.title or plan.name, name=plan.name)]
    parts += stamps(scenario, naming(scenario), words)
    for heading, lines in (
        ("explain.when", _when(scenario, words)),
        ("explain.where", _where(scenario, words)),
        ("explain.acts", _acts(scenario, words)),
        ("explain.means", means(scenario, words)),
        ("explain.chain", calls(scenario, words)),
        ("explain.posts", posts(scenario, words)),
        ("explain.outages", outages(scenario, words)),
        ("explain.onset", onset(scenario, words)),
        ("explain.reception", _reception(scenario, words)),
        ("explain.evacuation", moving(scenario, words)),
        ("explain.report_up", reporting(scenario, words)),
        ("explain.calls", _call_targets(scenario, words)),
        ("explain.targets", _targets(scenario, words)),
        ("explain.assumptions", _assumptions(scenario, words)),
        ("explain.unknowns", unknowns(scenario, words)),
    ):
        body = list(lines)
        if body:
            number = sum(part == "" for part in parts)
            parts += ["", words("explain.heading", number=words(f"ordinal.{number}"), heading=words(heading)), *body]
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
        places=words.listed(levels),
        households=words.count("household", len(homes)),
        persons=words.count("person", int(homes.persons.sum())),
    )
    yield words(
        "explain.listed",
        households=words.count("household", int(homes.listed.sum())),
        persons=words.count("person", int(homes.persons[homes.listed].sum())),
        zones=words.count("zone", len(county.zones)),
        sites=words.count("key_site", len(county.key_sites)),
        loudspeakers=words.count("loudspeaker", len(county.loudspeakers)),
        terminals=words.count("area_terminal", len(county.area_terminals)),
    )
    if len(homes):
        yield _habits(scenario, words)
    if made := synthetic_parts(scenario, words):
        yield words("explain.synthetic", made=made)
    if added := [_addition(addition, words) for addition in scenario.plan.county.additions.values() if addition.at]:
        yield words("explain.additions", added=words.listed(added))


def _addition(plan: AdditionPlan, words: Words) -> str:
    """Return what is added and in how many places."""
    what = words.or_else(f"addition.{plan.what}", "") or words(f"channel.{plan.what}")
    return words("explain.addition", what=plan.title or what, n=len(plan.at))


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


def _acts(scenario: Scenario, words: Words) -> Iterator[str]:
    plan, names = scenario.plan, act_names(scenario, words)
    for number, act in enumerate(plan.acts, start=1):
        yield words("explain.act", number=number, name=names[act.id], begins=_begins(act, scenario, words))
        yield words(
            "explain.decision",
            consultation=in_words(act.consultation, words),
            post=act.signed_by,
            sign_off=in_words(act.sign_off, words),
            release=in_words(act.release, words),
        )
        yield words("explain.by", area=_area(act, words), means=told_by(scenario, act, words))
    if plan.local is not None:
        yield words("explain.local", means=words.means(plan.local.means))
        if sightings := plan.local.sightings:
            yield words(
                "explain.sightings",
                share=words.exact_percent(sightings.share),
                at=in_words(sightings.at, words),
                at_once=words.exact_percent(sightings.acts_at_once),
                stated=words("explain.stated", n=len(sightings.stated)) if sightings.stated else "",
            )
        yield from alarms(scenario, words)
    headline = words.listed(names[act.id] for act in plan.acts if act.id in plan.headline)
    yield words("explain.headline", headline=headline)
    platform = plan.platform
    if platform.kind == "fused":
        yield words("explain.fused")
    else:
        yield words(
            "explain.separate", n=words.count("person", platform.operators), law=in_words(platform.entry, words)
        )


def _begins(act: ActPlan, scenario: Scenario, words: Words) -> str:
    """Return what sets an act off, and when consultation begins then."""
    after = act.after if act.after in ("t0", "sighting") else "act"
    since = words(f"after.{after}", act=act_names(scenario, words).get(act.after, ""))
    later = words("after.delay", law=in_words(act.delay, words)) if act.delay is not None else ""
    later += words("after.clock", clock=f"{act.at:%H:%M}") if act.at is not None else ""
    every = words.length(scenario.plan.rolling_every_min or 0.0)
    return since + later + words(f"consult.{act.consult}", every=every)


def _area(act: ActPlan, words: Words) -> str:
    return words("area.places", n=len(act.area)) if isinstance(act.area, tuple) else words(f"area.{act.area}")


def _call_targets(scenario: Scenario, words: Words) -> Iterator[str]:
    plan, names = scenario.plan, act_names(scenario, words)
    if plan.call_targets:
        yield words("explain.calls_note")
    for number, target in enumerate(plan.call_targets, start=1):
        acts = words.listed(names[act.id] for act in plan.acts if target.applies(act))
        about = words("explain.at_acts", acts=acts) if acts else words("explain.at_no_act")
        yield _requirement(number, target, about, scenario, words)


def _targets(scenario: Scenario, words: Words) -> Iterator[str]:
    names = act_names(scenario, words)
    for number, target in enumerate(scenario.plan.targets, start=1):
        about = words("explain.at_acts", acts=names[target.act]) if target.act is not None else ""
        yield _requirement(number, target, about, scenario, words)


def _requirement(number: int, plan: TargetPlan | CallTargetPlan, about: str, scenario: Scenario, words: Words) -> str:
    return words(
        "explain.target",
        number=number,
        name=target_name(plan, scenario, words),
        about=about,
        limit=limit(plan, words),
        source=source_text(plan.source, words),
        applies_to=words.applies_to(plan.applies_to),
        status=words(f"status.{plan.status}"),
    )


def _reception(scenario: Scenario, words: Words) -> Iterator[str]:
    if plan := scenario.plan.reception:
        yield words(
            "explain.awake",
            stays=words.exact_percent(plan.stays_awake),
            length=words.length(plan.awake_for_min),
        )


def _assumptions(scenario: Scenario, words: Words) -> Iterator[str]:
    for own in assumptions(scenario, words):
        yield words(
            "explain.assumption", what=own.what, source=own.source, applies_to=own.applies_to, status=own.status
        )
