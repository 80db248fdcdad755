"""Posts that make the ladder slower (递补反而拖慢), found on paper for every desk of the roster, as findings of the audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from sim.errors import Text
from sim.roster.audit import Finding
from sim.scenario import Scenario
from sim.study.roster.dry_run import answered_by, harmful

HOURS = (2, 14)
"""The hours of each day that are looked at: one by night, one by day."""
LEAST_RISE = 0.01
"""By how much the chance must rise without a post for it to do harm: a planning assumption."""
_LONGEST = timedelta(hours=1)
"""No ladder takes longer."""


@dataclass(frozen=True)
class _Harm:
    """At one moment: the chance within the limit with a post, and without."""

    desk: str
    moment: datetime
    with_it: float
    without_it: float


def harmful_posts(scenario: Scenario, days: Sequence[date], limit_min: float) -> Iterator[Finding]:
    """Yield one finding for each level and post without which some ladder would rather be answered within a limit.

    Desks of the roster only: of synthetic holders nothing follows. Ladders that are the same but for the names are walked once.
    """
    roster, county = scenario.roster, scenario.county
    walked: dict[object, dict[str, tuple[float, float]]] = {}
    found: dict[tuple[str, str], list[_Harm]] = defaultdict(list)
    moments = [datetime.combine(day, time(hour)) for day in days for hour in HOURS]
    for desk in sorted(roster.named):
        level = county.levels[county.places.level[county.index[desk]]].id
        ladder = scenario.plan.roster.ladders.get(level)
        if ladder is None or not county.index[desk]:
            continue
        posts = tuple(dict.fromkeys(step.post for step in ladder.steps))
        for moment in moments:
            holders = [_holders(scenario, desk, posts, moment + later) for later in (timedelta(), _LONGEST)]
            alike = (
                level,
                moment.hour,
                *holders,
                moment if holders[0] != holders[1] else None,
            )  # a handover comes between
            if alike not in walked:
                with_it = float(answered_by(scenario, desk, moment, np.array([limit_min]))[0])
                rises = harmful(scenario, desk, moment, limit_min)
                walked[alike] = {post: (with_it, with_it + rise) for post, rise in rises.items() if rise >= LEAST_RISE}
            for post, chances in walked[alike].items():
                found[level, post].append(_Harm(desk, moment, *chances))
    for (level, post), harms in found.items():
        yield _finding(scenario, level, post, harms, len(moments), limit_min)


def _holders(scenario: Scenario, desk: str, posts: Sequence[str], moment: datetime) -> tuple[object, ...]:
    """Return what of the holders of some posts decides a ladder: which posts are empty, which have the same holder, who can be reached."""
    plan, roster = scenario.plan.roster, scenario.roster
    t_min = (moment - roster.start).total_seconds() / 60
    people = [roster.on_duty(desk, post, t_min) for post in posts]
    return tuple(
        None if person is None else (people.index(person), person.reachable_at(plan.posts[post]))
        for post, person in zip(posts, people, strict=True)
    )


def _finding(
    scenario: Scenario, level: str, post: str, harms: Sequence[_Harm], moments: int, limit_min: float
) -> Finding:
    """Return what is to be said of one post of one level: at how many desks, and where it is worst."""
    county, title = scenario.county, scenario.plan.roster.posts[post].title
    level_name = next(one.name for one in county.levels if one.id == level)
    worst = max(harms, key=lambda harm: (harm.without_it - harm.with_it, harm.desk))
    desks = dict.fromkeys(harm.desk for harm in harms)
    at = county.places.label[county.index[worst.desk]]
    hours = "、".join(f"{hour}时" for hour in HOURS)
    zh = (
        f"{len(desks)}个{level_name}值班室在部分时刻（每天{hours}，共{moments}个时刻）若不叫{title}，{limit_min:g}分钟内应答的可能反而更大；"
        f"最明显的是{at}，{worst.moment:%m-%d %H:%M}：由{worst.with_it:.1%}升到{worst.without_it:.1%}"
    )
    en = (
        f"at some of {moments} moments (each day {' and '.join(f'{hour}:00' for hour in HOURS)}) {len(desks)} desk(s) of level {level} would rather "
        f"answer within {limit_min:g} min without {post.replace('_', ' ')}; most of all {at} on {worst.moment:%m-%d %H:%M}: "
        f"{worst.without_it:.1%} instead of {worst.with_it:.1%}"
    )
    remedy = Text("核对他的号码；或把这一步移后、少叫几次", "check the number; or call this post later or less often")
    return Finding(
        "harmful_post", "should", Text(zh, en), remedy, desk=worst.desk if len(desks) == 1 else "", post=post
    )
