"""The summary that ``run --json`` prints; times are minutes after T0, shares count all households, never is null."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.measures.coverage import first_told_by, share_within, time_to_share
from sim.measures.evacuation import evacuation, report_up
from sim.measures.naming import naming
from sim.measures.outages import outage
from sim.measures.targets import judge
from sim.records import Night
from sim.scenario import Scenario


def summarise(scenario: Scenario, night: Night) -> dict[str, Any]:
    """Return the summary of one night, ready for JSON; ``result_dir`` is added by whoever writes the result."""
    warned = night.households.warned_min
    moved, reported = evacuation(scenario, night), report_up(scenario, night)
    return {
        "scenario": night.scenario,
        "seed": night.seed,
        "replication": night.replication,
        "start": f"{night.start.isoformat()}+08:00",
        "release_min": _or_null(night.release_min),
        "households": len(warned),
        "persons": int(scenario.county.households.persons.sum()),
        "targets": [
            {
                "id": result.id,
                "name": result.plan.name,
                "act_id": result.act,
                "value": result.value_min,
                "threshold": result.plan.within_min,
                "unit": "min",
                "met": result.met,
            }
            for result in judge(scenario, night)
        ],
        "acknowledged": {
            **_acknowledged(scenario, night, "township"),
            **_acknowledged(scenario, night, "village"),
            "village_never": int(np.isinf(_of_level(scenario, night, "village")).sum()),
        },
        "warned": {
            **{f"p{p}_min": _or_null(time_to_share(warned, p / 100)) for p in (50, 90, 95)},
            **{f"share_{m}min": _or_null(share_within(warned, night.release_min, m)) for m in (15, 30, 60)},
            "never": int(np.isinf(warned).sum()),
            "first_by": first_told_by(night.households.first_by),
        },
        "acts": [
            {
                "id": act.id,
                "kind": act.kind,
                "level": act.level,
                "change": act.change,
                "released_min": _or_null(act.released_min),
                "warned": int(np.isfinite(act.reception.told_min).sum()),
                "confirmed": int(np.isfinite(act.reception.confirmed_min).sum()),
            }
            for act in night.acts
        ],
        "outages": _outages(scenario, night),
        "evacuation": None if moved is None else asdict(moved),
        "report_up": None if reported is None else asdict(reported),
    }


def _outages(scenario: Scenario, night: Night) -> dict[str, Any]:
    """Return what failed; minutes after T0, but for those dark at 60 min, which are after release like the shares of that name."""
    found = outage(scenario, night)
    lit = 1 - found.dark.mean(axis=1) if len(found.places) else np.ones(len(found.minutes))
    names = naming(scenario)
    return {
        "villages_dark_max": found.dark_at_once,
        "villages_dark_at_60min": found.dark_at(night.origin_min + 60),
        "village_phone_share": [[float(t), float(share)] for t, share in zip(found.minutes, lit, strict=True)],
        "carried_by": found.carried_by(),
        "never_reached": [
            {"village": names.label[place], "reason": reason}
            for place, reason in zip(found.places.tolist(), found.reason, strict=True)
            if reason
        ],
    }


def _acknowledged(scenario: Scenario, night: Night, level_id: str) -> dict[str, float | None]:
    times = _of_level(scenario, night, level_id)
    return {
        f"{level_id}_p50_min": _or_null(time_to_share(times, 0.5)),
        f"{level_id}_max_min": _or_null(time_to_share(times, 1.0)),
    }


def _of_level(scenario: Scenario, night: Night, level_id: str) -> NDArray[np.float64]:
    level = scenario.county.level_index(level_id)
    times: NDArray[np.float64] = night.places.acknowledged_min[
        scenario.county.places.level == (-1 if level is None else level)
    ]
    return times


def _or_null(value: float) -> float | None:
    return value if math.isfinite(value) else None
