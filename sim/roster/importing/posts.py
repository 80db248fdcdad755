"""What posts are called: their titles, and the posts that words name."""

from __future__ import annotations

import re

from sim.roster.importing.cells import clean
from sim.roster.importing.names import post_of
from sim.roster.plan import RosterPlan

_TITLES = {
    "driver": "司机",
    "main_leader": "党政主要负责人",
    "leader_on_duty": "带班领导",
    "duty_officer": "值班员（主班）",
    "deputy_officer": "值班员（副班）",
    "governance_officer": "治理中心值班员",
    "info_worker": "灾害信息员",
    "monitor": "群测群防员",
    "grid_worker": "网格员",
    "group_leader": "村民小组长",
    "contact_cadre": "包村干部",
    "village_secretary": "村（社区）书记",
    "village_director": "村（居）委会主任",
}
"""Titles of the posts that rosters are known to name, for plans that do not have them."""


def title_of(post: str, plan: RosterPlan) -> str:
    """Return the title of a post by its id."""
    return plan.posts[post].title if post in plan.posts else _TITLES.get(post, post)


def post_named(text: str, plan: RosterPlan) -> str | None:
    """Return the post that a planner names by its id, its title or a word of rosters (值班员, 支书); ``None`` if it is none."""
    if text in plan.posts or text in _TITLES:
        return text
    bare = _bare(text)
    titled = next((post for post, its in plan.posts.items() if _bare(its.title) == bare), None)
    return titled or post_of(bare) or None


def listed(plan: RosterPlan) -> tuple[str, str]:
    """Return the posts of a plan as a remedy lists them, in Chinese and in English."""
    return "、".join(f"{its.title}（{post}）" for post, its in plan.posts.items()), ", ".join(plan.posts)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", clean(text))
