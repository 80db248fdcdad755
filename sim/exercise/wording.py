"""How an exercise says things: blanks filled in in both languages, and the names of acts, posts, means and dangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import Language, Text
from sim.measures.naming import Naming, label_text
from sim.scenario import ActPlan, Scenario, described
from sim.terms import TERMS

if TYPE_CHECKING:
    from collections.abc import Mapping


def fill(text: Text, **values: object) -> Text:
    """Return a text with its blanks filled in; a value that is a text itself gives each language its own."""
    return Text(text.zh.format(**_own(values, "zh")), text.en.format(**_own(values, "en")))


def _own(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {key: value.get(language) if isinstance(value, Text) else value for key, value in values.items()}


def term(key: str, otherwise: str = "") -> Text:
    """Return an official term, or, where there is none, what is given in both languages."""
    return TERMS.get(key, Text(otherwise, otherwise))


def listed(parts: list[Text]) -> Text:
    """Return parts as a list."""
    return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def post_title(scenario: Scenario, post: str) -> Text:
    """Return what a post is called: the planner's title in Chinese, ours in English where we have one."""
    plan = scenario.plan.roster.posts.get(post)
    title = plan.title if plan is not None else post
    return Text(title, term(f"post.{post}", title).en)


def act_title(act: ActPlan) -> Text:
    """Return what an act is called."""
    kind, level, lead = described(act)
    if kind == "order":
        return fill(TERMS["act.order"], level=TERMS[f"order.{level}"])
    ahead = fill(Text("（{lead}）", " ({lead})"), lead=TERMS[f"lead.{lead}"]) if lead else Text("", "")
    return fill(TERMS[f"act.{getattr(act, 'change', '')}"], level=TERMS[f"{kind}.{level}"], lead=ahead)


_DONE = {
    "issue": Text("{level}{lead}已发布", "{level}{lead} has been released"),
    "upgrade": Text("预警已升级为{level}{lead}", "the warning is now a {level}{lead}"),
    "downgrade": Text("预警已降级为{level}{lead}", "the warning is down to a {level}{lead}"),
    "lift": Text("{level}{lead}已解除", "the {level}{lead} has been lifted"),
    "activate": Text("{level}已启动", "{level} has been activated"),
    "raise": Text("应急响应已提级为{level}", "the response has been raised to {level}"),
    "lower": Text("应急响应已降级为{level}", "the response is down to {level}"),
    "end": Text("{level}已终止", "{level} has ended"),
    "order": Text("“{level}”指令已下达", "the order to {level} has been given"),
}


def news_of(act: ActPlan) -> Text:
    """Return that an act has been released, as it is told."""
    kind, level, lead = described(act)
    ahead = fill(Text("（{lead}）", " ({lead})"), lead=TERMS[f"lead.{lead}"]) if lead else Text("", "")
    return fill(
        _DONE["order" if kind == "order" else getattr(act, "change", "")], level=TERMS[f"{kind}.{level}"], lead=ahead
    )


def means_title(channel: str) -> Text:
    """Return what a means is called; calls whose means is not known go by telephone."""
    return term(f"channel.{channel or 'phone'}", channel)


def label_of(scenario: Scenario, names: Naming, place: int) -> Text:
    """Return what is shown of a place."""
    return label_text(names.label[place], scenario.county.levels)
