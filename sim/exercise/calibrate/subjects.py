"""What a number of a scenario is about, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sim.blocks import NIGHT_FROM, NIGHT_TO
from sim.errors import Text
from sim.scenario import Scenario

Kinds = Literal["reachable", "answer", "pickup", "talk", "relay", "per_house"]
Period = Literal["", "day", "night"]


@dataclass(frozen=True)
class Subject:
    """What a number is about: of which post, level or means (``of``), and when."""

    kind: Kinds
    of: str
    period: Period = ""


def period_of(hour: int) -> Period:
    """Return whether an hour counts as night, as in ``{day, night}``."""
    return "night" if hour >= NIGHT_FROM or hour < NIGHT_TO else "day"


def titled(scenario: Scenario, about: Subject) -> Text:
    """Return what a number is called."""
    posts = scenario.plan.roster.posts
    levels = {level.id: level.name for level in scenario.county.levels}
    zh = posts[about.of].title if about.of in posts else levels.get(about.of, _NAMES.get(about.of, about.of))
    names = _TITLES[about.kind]
    when = _WHEN[about.period]
    en = names.en.format(of=about.of.replace("_", " "), when=when.en)
    return Text(names.zh.format(of=zh, when=when.zh), en[0].upper() + en[1:])


_NAMES = {"phone": "电话", "auto_call": "智能外呼"}
_WHEN: Mapping[Period, Text] = {"": Text("", ""), "day": Text("白天", " by day"), "night": Text("夜间", " by night")}
_TITLES: Mapping[Kinds, Text] = {
    "reachable": Text("{of}能联系上的概率", "Chance that a {of} can be reached"),
    "answer": Text("{of}{when}每次接听的概率", "Chance that a {of} answers a try{when}"),
    "pickup": Text("{of}从拨号到接起", "{of}: from dialling to picking up"),
    "talk": Text("{of}接起后通话", "{of}: talk"),
    "relay": Text("{of}从应答到往下叫应", "{of}: from answer to calling on"),
    "per_house": Text("敲门每户用时", "Door to door: minutes at a house"),
}
