"""What a drill came to, in sentences to read aloud."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta

import pandas as pd

from sim.report.words.language import Words
from sim.scenario import Scenario
from sim.study.roster.drill import Drill, DrillPlan

_SLACK = 1e-9  # what floating point may add to a mean or a count


def title(scenario: Scenario, drill: Drill, words: Words) -> str:
    """Return what the drill is of."""
    days = drill.plan.days
    return words("drill.title", county=scenario.county.name, first=f"{days[0]:%Y-%m-%d}", last=f"{days[-1]:%Y-%m-%d}")


def sentences(scenario: Scenario, drill: Drill, tables: Mapping[str, pd.DataFrame], words: Words) -> list[str]:
    """Return the sentences: how it was done, what it came to, and what it is not."""
    return [
        method(drill, words),
        *scope(scenario, drill, words),
        *headlines(scenario, drill, tables, words),
        caution(words),
    ]


def method(drill: Drill, words: Words) -> str:
    """Return how it was done."""
    return words("drill.method", hours=len(drill.starts), nights=drill.plan.nights)


def scope(scenario: Scenario, drill: Drill, words: Words) -> list[str]:
    """Return what the drill is not of: hours outside the roster, and desks that it does not have."""
    plan, county, said = drill.plan, scenario.county, []
    left = len(plan.moments) - len(plan.starts)
    if plan.span is not None and left:
        begin, end = (f"{when:%Y-%m-%d %H:%M}" for when in plan.span)
        said.append(words("drill.outside", begin=begin, end=end, n=left))
    for number, level in enumerate(plan.limits_min):
        desks = drill.desks[drill.level == number].tolist()
        unlisted = sum(county.places.code[desk] not in scenario.roster.named for desk in desks)
        if unlisted:
            named = words.level(next(own for own in county.levels if own.id == level), many=True)
            said.append(words("drill.unlisted", level=named, n=unlisted, of=len(desks)))
    return said


def caution(words: Words) -> str:
    """Return what it is not."""
    return words("drill.caution")


def headlines(scenario: Scenario, drill: Drill, tables: Mapping[str, pd.DataFrame], words: Words) -> list[str]:
    """Return level by level how often all are in time, when and where it is worst, and why."""
    plan, said = drill.plan, []
    for level, limit_min in plan.limits_min.items():
        named = words.level(next(own for own in scenario.county.levels if own.id == level), many=True)
        hours, days, desks, steps = (
            one[one["level"] == level] for one in (tables[name] for name in ("hours", "duty_days", "desks", "steps"))
        )
        days = whole_days(days, scenario, plan)
        worst, weak_day = (table.sort_values("in_time", kind="stable").iloc[0] for table in (hours, days))
        weak_desk = desks.iloc[0]
        counted = {
            "level": named,
            "limit": words.length(limit_min),
            "share": words.percent(worst["in_time"]),
            "nights": plan.nights,
            "met": round(worst["in_time"] * plan.nights),
        } | margin(worst["ci_low"], worst["ci_high"], plan.nights)
        if hours["in_time"].min() == hours["in_time"].max():
            said.append(words("drill.same", **counted))
        else:
            alike = int((hours["in_time"] == worst["in_time"]).sum())
            when = about_starts(f"{worst['start']:%m-%d %H:%M}", alike, len(hours), words)
            said.append(words("drill.all", mean=words.percent(hours["in_time"].mean()), worst=when, **counted))
        if days["in_time"].min() < days["in_time"].max():
            day = weakest_day(days, words)
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
    return said


def about_starts(first: str, alike: int, of: int, words: Words) -> str:
    """Return the start that is worst; of several alike the first, and how many they are."""
    if alike == of > 1:
        return words("drill.every_start")
    return first if alike == 1 else words("drill.starts_alike", start=first, n=alike)


def margin(low: float, high: float, nights: int) -> dict[str, int]:
    """Return the bounds of an interval of a share as so many of the runs, outwards to whole ones."""
    return {"low": math.floor(low * nights + _SLACK), "high": math.ceil(high * nights - _SLACK)}


def weakest_day(days: pd.DataFrame, words: Words) -> str:
    """Return the duty day with the least share in time; of several alike the first, and how many they are."""
    weak = days[days["in_time"] <= days["in_time"].min() + _SLACK]["duty_day"]
    first = f"{weak.iloc[0]:%m-%d}"
    return first if len(weak) == 1 else words("drill.days_alike", day=first, n=len(weak))


def whole_days(duty_days: pd.DataFrame, scenario: Scenario, plan: DrillPlan) -> pd.DataFrame:
    """Return the duty days of which every hour of the plan was drilled; all where none was.

    Of the first and the last only some hours lie within the month, and those of the night are the weaker ones on any day.
    """
    handover = scenario.plan.roster.handover
    first, last = plan.days[0], plan.days[-1]
    begun = [(hour, 0) >= (handover.hour, handover.minute) for hour in plan.hours]
    dates = {
        timedelta(days=0 if after else 1) for after in begun
    }  # on which a duty day has hours of the plan, from its own
    whole = [all(first <= day + later <= last for later in dates) for day in duty_days["duty_day"]]
    return duty_days[whole] if any(whole) else duty_days
