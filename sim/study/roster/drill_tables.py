"""What a drill came to, as tables: every hour, every duty day, every desk, every step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.naming import Naming
from sim.records import CALLING
from sim.scenario import Scenario
from sim.study.intervals import exact_interval
from sim.study.roster.drill import Drill

Floats = NDArray[np.float64]


def by_hour(drill: Drill) -> pd.DataFrame:
    """Return one row for each call-out and level: ``start``, ``level``, ``in_time`` with ``ci_low`` and ``ci_high``, ``last_p50_min``, ``never``.

    ``never``: the share of nights in which some desk of the level did not answer at all.
    """
    nights, frames = drill.plan.nights, []
    for number, (level, limit_min) in enumerate(drill.plan.limits_min.items()):
        last_min = drill.last_min[:, number]
        met = (last_min <= limit_min).sum(axis=1)
        low, high = exact_interval(met, nights)
        middle = np.sort(last_min, axis=1)[:, (nights - 1) // 2]
        columns = {"start": drill.starts, "level": level, "in_time": met / nights, "ci_low": low, "ci_high": high}
        frames.append(pd.DataFrame(columns | {"last_p50_min": middle, "never": np.isinf(last_min).mean(axis=1)}))
    return pd.concat(frames, ignore_index=True)


def by_duty_day(drill: Drill, scenario: Scenario) -> pd.DataFrame:
    """Return one row for each duty day (handover to handover) and level: ``duty_day``, ``level``, ``in_time``, the mean over its hours."""
    handover = scenario.plan.roster.handover
    hours = by_hour(drill)
    since = pd.to_datetime(hours["start"]) - pd.Timedelta(hours=handover.hour, minutes=handover.minute)
    hours["duty_day"] = since.dt.date
    nights = drill.plan.nights
    hours["met"] = (hours["in_time"] * nights).round().astype(int)  # counts, so that days that are alike are equal
    days = hours.groupby(["duty_day", "level"], sort=False)["met"].agg(["sum", "size"]).reset_index()
    days["in_time"] = days["sum"] / days["size"] / nights
    return days[["duty_day", "level", "in_time"]]


def by_desk(drill: Drill, names: Naming) -> pd.DataFrame:
    """Return one row for each desk: ``code``, ``label``, ``level``, ``late`` over all hours, ``worst_start`` and ``worst_late``, the worst hour's."""
    worst = drill.late.argmax(axis=0)
    levels, shares = list(drill.plan.limits_min), drill.late / drill.plan.nights
    table = pd.DataFrame(
        {
            "code": [names.code[desk] for desk in drill.desks],
            "label": [names.label[desk] for desk in drill.desks],
            "level": [levels[number] for number in drill.level],
            "late": drill.late.sum(axis=0) / shares[:, 0].size / drill.plan.nights,  # of counts: what is alike is equal
            "worst_start": [drill.starts[hour] for hour in worst],
            "worst_late": shares[worst, np.arange(len(worst))],
        }
    )
    order = table.assign(rank=drill.level).sort_values(["rank", "late", "code"], ascending=[True, False, True])
    return order.drop(columns="rank").reset_index(drop=True)


def by_step(drill: Drill) -> pd.DataFrame:
    """Return one row for each level and step of a call: ``level``, ``step``, ``minutes``, the mean of the desks that answered."""
    mean = drill.step_min.sum(axis=0) / np.maximum(drill.answered.sum(axis=0), 1)[:, None]
    levels = drill.plan.limits_min
    rows = [
        (level, step, mean[n, s]) for n, level in enumerate(levels) for s, step in enumerate(CALLING) if mean[n, s] > 0
    ]
    return pd.DataFrame(rows, columns=["level", "step", "minutes"])


def tables(drill: Drill, scenario: Scenario, names: Naming) -> dict[str, pd.DataFrame]:
    """Return all of them by name; what never came is null."""
    made = {
        "hours": by_hour(drill),
        "duty_days": by_duty_day(drill, scenario),
        "desks": by_desk(drill, names),
        "steps": by_step(drill),
    }
    return {name: table.replace([np.inf, -np.inf], np.nan) for name, table in made.items()}


def summarise(drill: Drill, made: Mapping[str, pd.DataFrame], scenario: Scenario) -> dict[str, Any]:
    """Return the drill in short: of each level the mean, the worst hour with its interval, the desk that is late most often, the main step."""
    levels = []
    for level, limit_min in drill.plan.limits_min.items():
        hours, desks, steps = (made[name][made[name]["level"] == level] for name in ("hours", "desks", "steps"))
        worst, desk = hours.sort_values("in_time", kind="stable").iloc[0], desks.iloc[0]
        levels.append(
            {
                "level": level,
                "within_min": limit_min,
                "in_time_mean": float(hours["in_time"].mean()),
                "worst_start": f"{worst['start']:%Y-%m-%d %H:%M}",
                "worst_in_time": float(worst["in_time"]),
                "ci_low": float(worst["ci_low"]),
                "ci_high": float(worst["ci_high"]),
                "weakest_desk": desk["code"],
                "weakest_desk_late": float(desk["late"]),
                "main_step": steps.sort_values("minutes")["step"].iloc[-1] if len(steps) else None,
            }
        )
    plan = drill.plan
    return {
        "scenario": scenario.plan.name,
        "seed": scenario.plan.seed,
        "nights": plan.nights,
        "hours": len(drill.starts),
        "first": f"{plan.days[0]:%Y-%m-%d}",
        "last": f"{plan.days[-1]:%Y-%m-%d}",
        "levels": levels,
    }
