"""What a drill came to, in sentences to read aloud."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.drill import Drill


def title(scenario: Scenario, drill: Drill, words: Words) -> str:
    """Return what the drill is of."""
    days = drill.plan.days
    return words("drill.title", county=scenario.county.name, first=f"{days[0]:%Y-%m-%d}", last=f"{days[-1]:%Y-%m-%d}")


def sentences(scenario: Scenario, drill: Drill, tables: Mapping[str, pd.DataFrame], words: Words) -> list[str]:
    """Return the sentences: how it was done, then level by level how often all are in time, when and where it is worst, and why."""
    plan, said = drill.plan, [words("drill.method", hours=len(drill.starts), nights=drill.plan.nights)]
    for level, limit_min in plan.limits_min.items():
        named = words.level(next(own for own in scenario.county.levels if own.id == level), many=True)
        hours, days, desks, steps = (
            one[one["level"] == level] for one in (tables[name] for name in ("hours", "duty_days", "desks", "steps"))
        )
        worst, weak_day = (table.sort_values("in_time", kind="stable").iloc[0] for table in (hours, days))
        weak_desk = desks.iloc[0]
        counted = {
            "level": named,
            "limit": words.length(limit_min),
            "share": words.percent(worst["in_time"]),
            "nights": plan.nights,
            "met": round(worst["in_time"] * plan.nights),
            "low": math.floor(worst["ci_low"] * plan.nights),
            "high": math.ceil(worst["ci_high"] * plan.nights),
        }
        if hours["in_time"].min() == hours["in_time"].max():
            said.append(words("drill.same", **counted))
        else:
            mean = words.percent(hours["in_time"].mean())
            said.append(words("drill.all", mean=mean, worst=f"{worst['start']:%m-%d %H:%M}", **counted))
        if days["in_time"].min() < days["in_time"].max():
            day = f"{weak_day['duty_day']:%m-%d}"
            said.append(words("drill.day", level=named, day=day, share=words.percent(weak_day["in_time"])))
        if weak_desk["late"] > 0:
            alike = int((desks["late"] == weak_desk["late"]).sum())
            desk, share = words.label(weak_desk["label"], scenario.county.levels), words.percent_left(weak_desk["late"])
            if alike == 1:
                said.append(words("drill.desk", level=named, desk=desk, share=share))
            else:
                said.append(words("drill.desks", level=named, n=alike, desk=desk, share=share))
        if len(steps):
            most = steps.sort_values("minutes").iloc[-1]
            total, minutes = (f"{one:.1f}" for one in (steps["minutes"].sum(), most["minutes"]))
            said.append(
                words("drill.step", level=named, total=total, step=words(f"step.{most['step']}"), minutes=minutes)
            )
    return [*said, words("drill.caution")]
