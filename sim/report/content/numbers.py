"""The key numbers of one night, for the whole county or one place of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.measures import share_within, told_of_anything
from sim.records import Night
from sim.report.content.acts import has_several_warnings, named, released_headline
from sim.report.content.scope import Scope, acknowledged
from sim.report.words.language import Words
from sim.scenario import Scenario


@dataclass(frozen=True)
class KeyNumber:
    """One number with its name and, if need be, a note; ``brief`` ones are shown on the terminal too."""

    name: str
    value: str
    note: str = ""
    brief: bool = True


def key_numbers(scenario: Scenario, night: Night, scope: Scope, words: Words) -> list[KeyNumber]:
    """Return release, last answers, households told and never told."""
    homes = scenario.county.households
    warned, persons = night.households.warned_min[scope.inside], homes.persons[scope.inside]
    listed = homes.listed[scope.inside]
    never = np.isinf(warned)
    facts = [KeyNumber(_released_act(scenario, night, words), *_release(night, words))]
    if math.isfinite(night.release_min):
        facts += _answers(scenario, night, scope, words)
    for minutes in (15, 30, 60) if math.isfinite(night.release_min) else ():
        share = share_within(warned, night.release_min, minutes)
        told = round(share * len(warned)) if len(warned) else 0
        facts.append(
            KeyNumber(
                named("fact.told_within", scenario, words, n=minutes),
                words.count("household", told),
                words.percent(share),
                brief=minutes != 15,
            )
        )
    facts.append(
        KeyNumber(
            named("fact.never", scenario, words),
            words.count("household", int(never.sum())),
            words.count("person", int(persons[never].sum())),
        )
    )
    if listed.any():
        left = int(persons[listed & ~told_of_anything(night)[scope.inside]].sum())
        note = words("of_all", all=words.count("person", int(persons[listed].sum())))
        facts.append(KeyNumber(words("fact.listed_never"), words.count("person", left), note))
    return facts


def _released_act(scenario: Scenario, night: Night, words: Words) -> str:
    """Return what the moment of release is called: the warning's own name where there are several."""
    if not has_several_warnings(scenario):
        return words("fact.release")
    return words("fact.release_of", warning=released_headline(scenario, night, words))


def _release(night: Night, words: Words) -> tuple[str, str]:
    if not math.isfinite(night.release_min):
        return words("never_released"), ""
    return _split(words.moment(night, night.release_min, "t0", since_min=0.0))


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
            note = words.listed((note, missing))
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
