"""The key numbers of one night, for the whole county or one place of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.measures import share_within
from sim.records import CHANNELS, Night
from sim.report.scope import Scope, acknowledged
from sim.report.words import MEANS, Words
from sim.scenario import Scenario


@dataclass(frozen=True)
class KeyNumber:
    """One number with its name and, if need be, a note; ``brief`` ones are shown on the terminal too."""

    name: str
    value: str
    note: str = ""
    brief: bool = True


@dataclass(frozen=True)
class FirstTold:
    """How many households a channel told first; ``share`` of all households, 0 to 1."""

    name: str
    channel: str
    households: str
    persons: str
    share: float
    percent: str


def key_numbers(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[KeyNumber]:
    """Return release, last answers, households told and never told."""
    homes = scenario.county.households
    warned, persons = night.households.warned_min[scope.inside], homes.persons[scope.inside]
    listed = homes.listed[scope.inside]
    never = np.isinf(warned)
    facts = [KeyNumber(words("fact.release"), *_release(night, words))]
    facts += _answers(scenario, night, scope, words)
    for minutes in (15, 30, 60):
        share = share_within(warned, night.release_min, minutes)
        told = round(share * len(warned)) if math.isfinite(share) else 0
        facts.append(
            KeyNumber(
                words("fact.told_within", n=minutes),
                words.count("household", told),
                words.percent(share),
                brief=minutes != 15,
            )
        )
    facts.append(
        KeyNumber(
            words("fact.never"),
            words.count("household", int(never.sum())),
            words.count("person", int(persons[never].sum())),
        )
    )
    if listed.any():
        left = int(persons[never & listed].sum())
        note = words("of_all", all=words.count("person", int(persons[listed].sum())))
        facts.append(KeyNumber(words("fact.listed_never"), words.count("person", left), note))
    return facts


def _release(night: Night, words: Words) -> tuple[str, str]:
    if not math.isfinite(night.release_min):
        return words("never_released"), ""
    return _split(words.moment(night, night.release_min, "t0", since="t0"))


def _answers(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[KeyNumber]:
    """Return the last answer of each level inside the scope, and how many never answered."""
    facts = []
    levels = scenario.county.levels
    own = levels.index(scope.level)
    for level in levels[max(own, 1) : max(own, 1) + 2]:
        times = acknowledged(scenario, night, scope, level.id)
        if len(times) == 0:
            continue
        silent = int(np.isinf(times).sum())
        value, note = words("never_answered"), ""
        if silent < len(times):
            value, note = _split(words.moment(night, float(times[np.isfinite(times)].max()), "release"))
        if len(times) > 1:
            missing = words("fact.unanswered", n=words.places(level, silent)) if silent else words("fact.all_answered")
            note = words("list_joint").join(part for part in (note, missing) if part)
        name = words("fact.own_answer" if len(times) == 1 else "fact.last_answer", level=words.level(level))
        facts.append(KeyNumber(name, value, note))
    return facts


def _split(moment: str) -> tuple[str, str]:
    """Split 「02:24（发布后第14分钟）」 into the clock time and what stands in brackets."""
    for opening, closing in (("（", "）"), (" (", ")")):
        if moment.endswith(closing) and opening in moment:
            clock, _, rest = moment.partition(opening)
            return clock, rest.removesuffix(closing)
    return moment, ""


def first_told(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[FirstTold]:
    """Return which channel told how many households first, and how many were never told."""
    first_by = night.households.first_by[scope.inside]
    persons = scenario.county.households.persons[scope.inside]
    used = set(scenario.plan.warnings[0].means)
    rows = []
    for channel in (*MEANS, "nobody"):
        here = first_by == (CHANNELS.index(channel) if channel in CHANNELS else -1)
        if channel not in used and channel != "nobody" and not here.any():
            continue
        share = float(here.mean()) if len(here) else 0.0
        rows.append(
            FirstTold(
                name=words("never" if channel == "nobody" else f"channel.{channel}"),
                channel=channel,
                households=words.number(int(here.sum())),
                persons=words.number(int(persons[here].sum())),
                share=share,
                percent=words.percent_left(share) if channel == "nobody" else words.percent(share),
            )
        )
    return rows
