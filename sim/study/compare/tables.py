"""What a comparison says, as tables and as a summary; never is null."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sim.measures.targets import subject
from sim.scenario.differences import flow
from sim.study.compare.comparison import Against, Comparison, OfNumber, OfRequirement
from sim.study.compare.paired import Effect, paired_differences
from sim.study.requirements import Requirement, requirements
from sim.study.study import Study
from sim.study.study_tables import counted, name_of, verdicts

Row = dict[str, Any]


def tables(whole: Comparison) -> dict[str, pd.DataFrame]:
    """Return ``targets`` (each scenario by itself), ``differences``, ``uncompared``, ``villages``, ``settings`` and ``pairs`` (run by run)."""
    return {
        "targets": pd.DataFrame([row for n in range(len(whole.studies)) for row in judged(whole, n)]).astype(
            {"nights_to_settle": "Int64"}
        ),
        "differences": pd.DataFrame([row for against in whole.others for row in told(whole, against)]).astype(
            dict.fromkeys(("both", "only_base", "only_other", "neither", "base_ended", "other_ended"), "Int64")
        ),
        "uncompared": _uncompared(whole),
        "villages": _places(whole),
        "settings": _settings(whole),
        "pairs": _pairs(whole),
    }


def judged(whole: Comparison, number: int) -> list[Row]:
    """Return the verdict on each requirement of one scenario by itself."""
    study = whole.studies[number]
    plans = requirements(study.scenario, study.nights)
    return [
        {
            "scenario": whole.compared[number].name,
            "target_id": own,
            "name": name_of(own, plans[own]),
            "share": plans[own].share,
            "within_min": plans[own].within_min,
            "required": one.required,
            "n": one.of,
            **counted(one),
            "verdict": one.verdict,
            "nights_to_settle": one.nights_to_settle,
        }
        for own, one in verdicts(study).items()
    ]


def told(whole: Comparison, against: Against) -> Iterator[Row]:
    """Yield every difference of one scenario from the base: of chances to meet a requirement, then of numbers of the county."""
    for requirement in against.requirements:
        yield {"scenario": against.name} | row_of_requirement(requirement, whole.runs)
    for number in against.numbers:
        yield {"scenario": against.name} | row_of_number(number)


def row_of_requirement(one: OfRequirement, runs: int) -> Row:
    """Return how the chance of a requirement differs, as a row of a table."""
    pairs = one.pairs
    return {
        "measure": f"target:{one.id}:met",
        "target_id": one.id,
        "name": one.name,
        "unit": "1",
        "kind": "paired_share",
        "base": one.base.met / runs,
        "other": one.other.met / runs,
        "difference": pairs.difference,
        "ci_low": pairs.low,
        "ci_high": pairs.high,
        "n_pairs": pairs.pairs,
        "effect": effect_of(pairs.effect, "more"),
        "both": pairs.both,
        "only_base": pairs.only_base,
        "only_other": pairs.only_other,
        "neither": pairs.neither,
        "base_ended": None,
        "other_ended": None,
        "variance_ratio": None,
    }


def row_of_number(one: OfNumber) -> Row:
    """Return how a number of the county differs, as a row of a table."""
    how = one.moved
    return {
        "measure": one.measure,
        "target_id": one.requirement,
        "name": one.name,
        "unit": one.unit,
        "kind": how.kind,
        "base": _or_null(how.base),
        "other": _or_null(how.other),
        "difference": _or_null(how.difference),
        "ci_low": _or_null(how.low),
        "ci_high": _or_null(how.high),
        "n_pairs": how.pairs,
        "effect": effect_of(how.effect, one.better),
        "both": None,
        "only_base": None,
        "only_other": None,
        "neither": None,
        "base_ended": how.base_ended,
        "other_ended": how.other_ended,
        "variance_ratio": _or_null(how.variance_ratio),
    }


def effect_of(effect: Effect, better: str) -> str:
    """Return better, worse, open or same: what a difference means, given which direction is the better one."""
    if effect in {"same", "open"}:
        return effect
    return "better" if effect == better else "worse"


def _or_null(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _uncompared(whole: Comparison) -> pd.DataFrame:
    """Return the requirements that are not the same in both, with what either says."""
    rows = []
    for against in whole.others:
        for one in against.uncompared:
            row: Row = {"scenario": against.name, "target_id": one.id}
            for side, plan, study in (("base", one.base, whole.base), ("other", one.other, against.study)):
                row |= {f"{side}_{key}": value for key, value in _asks(plan, study).items()}
            rows.append(row)
    columns = [
        f"{side}_{key}" for side in ("base", "other") for key in ("name", "event", "of_whom", "share", "within_min")
    ]
    return pd.DataFrame(rows, columns=["scenario", "target_id", *columns])


def _asks(plan: Requirement | None, study: Study) -> Row:
    if plan is None:
        return {}
    event, of_whom = subject(study.scenario, plan)
    return {"name": plan.name, "event": event, "of_whom": of_whom, "share": plan.share, "within_min": plan.within_min}


def _places(whole: Comparison) -> pd.DataFrame:
    """Return of each place and requirement how much more often it is late, those that became better first."""
    runs, names, frames = whole.runs, whole.names, []
    for against in whole.others:
        for one in against.places:
            frame = pd.DataFrame(
                {
                    "scenario": against.name,
                    "target_id": one.requirement,
                    "level": one.level,
                    "code": [names.code[place] for place in one.place],
                    "label": [names.label[place] for place in one.place],
                    "base_late": one.base_late / runs,
                    "other_late": one.other_late / runs,
                    "difference": (one.other_late - one.base_late) / runs,
                    "ci_low": one.low,
                    "ci_high": one.high,
                    "only_base": one.only_base,
                    "only_other": one.only_other,
                    "effect": [effect_of(effect, "less") for effect in one.effect],
                }
            )
            frames.append(frame.sort_values(["difference", "code"], kind="stable", ignore_index=True))
    columns = [
        "scenario",
        "target_id",
        "level",
        "code",
        "label",
        "base_late",
        "other_late",
        "difference",
        "ci_low",
        "ci_high",
        "only_base",
        "only_other",
        "effect",
    ]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def _settings(whole: Comparison) -> pd.DataFrame:
    rows = [
        (against.name, setting.path, flow(setting.here), flow(setting.there))
        for against in whole.others
        for setting in against.settings
    ]
    return pd.DataFrame(rows, columns=["scenario", "path", "base", "other"])


def _pairs(whole: Comparison) -> pd.DataFrame:
    """Return run by run what was compared of the county: the value in the base, in the other, and the difference, null for never."""
    frames = []
    for against in whole.others:
        for measure, (base, other) in against.runs.items():
            apart = paired_differences(base, other)
            frames.append(
                pd.DataFrame(
                    {
                        "scenario": against.name,
                        "measure": measure,
                        "replication": whole.base.nights.replications,
                        "base": base,
                        "other": other,
                        "difference": np.where(np.isinf(base) | np.isinf(other), np.nan, apart),
                    }
                )
            )
    return pd.concat(frames, ignore_index=True).replace([np.inf, -np.inf], np.nan)


def summarise(whole: Comparison) -> dict[str, Any]:
    """Return the summary that ``compare --json`` prints."""
    mains = [(against.name, against.main) for against in whole.others]
    return {
        "base": whole.compared[0].name,
        "n": whole.runs,
        "seed": whole.base.asked.seed,
        "scenarios": [
            {
                "name": one.name,
                "stated_seed": one.stated_seed,
                "targets": [
                    {k: v for k, v in row.items() if k not in {"scenario", "n"}} for row in judged(whole, number)
                ],
            }
            for number, one in enumerate(whole.compared)
        ],
        "differences": [row for against in whole.others for row in told(whole, against)],
        "variance_ratio": [
            {"scenario": name, "measure": main.measure, "value": _or_null(main.moved.variance_ratio)}
            for name, main in mains
            if main is not None
        ],
        "uncompared": [
            {"scenario": against.name, "targets": [one.id for one in against.uncompared]} for against in whole.others
        ],
        "same_places": [{"scenario": against.name, "value": against.same_places} for against in whole.others],
    }
