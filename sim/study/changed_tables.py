"""What nights say that were played again with something changed, as tables: which steps were decisive, what was drawn, whose spread it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.scenario.uncertain import draw
from sim.study.counterfactual import decisive
from sim.study.ignorance import table_of, taken_apart
from sim.study.requirements import requirements, simulated
from sim.study.study import Study

_NUMBERS = (
    "warned_p95_min",
    "share_15min",
    "share_30min",
    "share_60min",
    "never_households",
    "villages_never_reached",
    "exposed_at_onset_persons",
    "safe_before_onset_persons",
)
"""The numbers of the county whose spread is taken apart, besides the requirements."""


def changed_tables(study: Study) -> dict[str, pd.DataFrame]:
    """Return ``decisive`` where steps were taken out, ``draws`` and ``spread`` where what is not known was drawn."""
    made = {}
    if study.asked.decisive:
        made["decisive"] = _decisive(study)
    if study.draws:
        made |= {"draws": _draws(study), "spread": _spread(study)}
    return made


def changed_summary(made: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Return what ``study --json`` says of them: null for what is not defined."""
    said = {name: made[name] for name in ("decisive", "spread") if name in made}
    return {
        name: table.rename(columns={"target_id": "target"})
        .drop(columns="share", errors="ignore")
        .astype(object)
        .where(table.notna(), None)
        .to_dict("records")
        for name, table in said.items()
    }


def _decisive(study: Study) -> pd.DataFrame:
    rows = [
        (one.requirement, one.removal, one.missed, one.decisive, one.decisive / one.missed, one.low, one.high)
        for one in decisive(study.scenario, study.nights, study.without)
    ]
    return pd.DataFrame(
        rows, columns=["target_id", "removal", "missed", "decisive", "share", "ci_low", "ci_high"]
    ).astype({"target_id": "str", "removal": "str"})


def _draws(study: Study) -> pd.DataFrame:
    """Return every number that was drawn, as the scenario would have it written."""
    plan = study.scenario.plan
    rows = [
        (number, *setting.split("=", 1))
        for number in range(len(study.draws))
        for setting in draw(plan.uncertain, plan.seed, number)
    ]
    return pd.DataFrame(rows, columns=["draw", "path", "value"])


def _spread(study: Study) -> pd.DataFrame:
    """Return of each number what share of its variance is ignorance, chance and both together, and its mean in the least, middle and most draw."""
    rows = []
    for measure in _measures(study):
        values = table_of(study.draws, measure)
        if not np.isfinite(values).all():
            continue  # of a number that some night never reached there is no variance
        apart, by_draw = taken_apart(values), np.sort(values.mean(axis=1))
        ends = (by_draw[0], by_draw[(len(by_draw) - 1) // 2], by_draw[-1])
        rows.append((measure, *apart.shares, apart.low, apart.high, *map(float, ends)))
    return pd.DataFrame(
        rows,
        columns=["measure", "ignorance", "chance", "both", "ci_low", "ci_high", "least", "middle", "most"],
    )


def _measures(study: Study) -> Iterator[str]:
    known = {column.measure for column in study.draws[0].columns}
    for own in requirements(study.scenario, study.nights):
        if not simulated(study.nights, own):
            continue
        yield f"target:{own}:met"
        yield f"target:{own}:min"
    yield from (name for name in _NUMBERS if name in known)
