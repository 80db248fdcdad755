"""What an audit asks of a roster: planning assumptions all, for no official wording of Chongqing sets these limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType

from sim.roster.plan import RosterPlan

_REQUIRED = MappingProxyType(
    {
        "county": ("leader_on_duty", "duty_officer"),
        "township": ("leader_on_duty", "duty_officer", "deputy_officer"),
        "village": ("village_secretary",),
        "group": ("group_leader",),
    }
)
_DEPUTIES = MappingProxyType({"village": ("village_director", "grid_worker")})


@dataclass(frozen=True)
class AuditRules:
    """The rules of an audit; the keys of mappings are ids of levels. Every default is a planning assumption (规划假设).

    Attributes
    ----------
    required
        posts that every duty room of a level must hold at every hour
    deputies
        posts of a level of which at least one must be held at every hour, to be called when the first does not answer
    leaders
        posts whose holders lead a shift: they may have it by the week, and share its load among themselves
    rest_day_posts
        posts watched on weekends and holidays
    office_hours
        hours of workdays in which the office itself answers and no roster is asked for, such as 08:30 to 12:00; none unless
        the county says so. A pause of a shift inside them is neither duty nor rest
    rest_h
        least rest between two spells of duty
    spell_h, leader_spell_h
        longest spell of duty without a break; that of leaders by the week (带班领导按周轮)
    most_days
        most days on duty of one person in the period, which is meant to be a month
    spread_days
        by how many days (of weekends and holidays; with night duty) those who share the load may differ
    holiday_days
        from how many days off for a holiday on the same person should not have all of them
    landline_levels
        levels whose duty rooms have a telephone of their own; in villages the duty phone is the mobile of whoever is on duty
    monitor_post
        the post that watches a registered hazard point (八落实)
    checked_days
        how long before the period a number may have been found right for the last time
    """

    required: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _REQUIRED)
    deputies: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _DEPUTIES)
    leaders: tuple[str, ...] = ("leader_on_duty",)
    rest_day_posts: tuple[str, ...] = ("leader_on_duty", "duty_officer")
    office_hours: tuple[tuple[time, time], ...] = ()
    rest_h: float = 12.0
    spell_h: float = 24.0
    leader_spell_h: float = 168.0
    most_days: int = 10
    spread_days: int = 2
    holiday_days: int = 3
    landline_levels: tuple[str, ...] = ("county", "township")
    monitor_post: str = "monitor"
    checked_days: int = 90

    def required_of(self, plan: RosterPlan, level: str) -> tuple[str, ...]:
        """Return the posts that a level must hold, as far as the plan knows them."""
        return tuple(post for post in self.required.get(level, ()) if post in plan.posts)

    def deputies_of(self, plan: RosterPlan, level: str) -> tuple[str, ...]:
        """Return the posts of a level of which one must be held, as far as the plan knows them."""
        return tuple(post for post in self.deputies.get(level, ()) if post in plan.posts)

    def called_at(self, plan: RosterPlan, level: str) -> tuple[str, ...]:
        """Return the posts of a level that somebody calls or the rules ask for, each once."""
        ladders = [plan.ladders[level]] if level in plan.ladders else []
        governance = plan.governance
        if governance and governance.level == level and "governance" in plan.routes:
            ladders.append(governance.ladder)
        steps = [step.post for ladder in ladders for step in ladder.steps]
        return tuple(dict.fromkeys([*steps, *self.required_of(plan, level), *self.deputies_of(plan, level)]))
