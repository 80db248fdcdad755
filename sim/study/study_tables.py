"""What a study says, as tables: verdicts, numbers of the county with their intervals, places by how often they are late, minutes by step."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.coverage import NANOMINUTE
from sim.measures.digest import LEVELS, SHARES_MIN
from sim.measures.naming import Naming
from sim.measures.targets import subject
from sim.records import STEPS
from sim.scenario import Scenario, TargetPlan
from sim.study.changed_tables import changed_summary, changed_tables
from sim.study.intervals import ONE_IN_TWENTY, interval, intervals, mean_of, quantile, upper_quantile
from sim.study.nights import Nights
from sim.study.requirements import Requirement, kept, requirements, simulated
from sim.study.study import Study
from sim.study.verdict import Judged, Limit, judge, limit_met, unjudged

Floats = NDArray[np.float64]
_QUANTILES = (0.5, 0.95)
BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles of the runs between which bands are drawn: half of the runs lie in the inner one, nine of ten in the outer one."""
MOST = 0.95
"""So many of the places are most of them."""
DARK = (0.05, 0.1, 0.25, 0.5)
"""Shares of the villages that may be dark together."""
MORE_IS_BETTER = frozenset(
    {
        "warned_persons",
        "departed_persons",
        "safe_before_onset_persons",
        "report_villages_reported",
        "report_due_households_known",
        "report_due_persons_known",
        "report_safe_persons_known",
    }
)
"""The numbers of the county of which a small one is bad, besides the shares told."""
_OF_HOUSEHOLDS = ("household", "listed_household")


def name_of(own: str, plan: Requirement) -> str:
    """Return what a requirement is called; of a call target about several acts with the id of the act."""
    act = own.partition("@")[2]
    return f"{plan.name}（{act}）" if act else plan.name


def verdicts(study: Study) -> dict[str, Judged]:
    """Return the verdict on each requirement; on one about what is not simulated there is none."""
    return {
        own: judge(int(kept(study.nights, own).sum()), study.count, plan.probability, study.asked.kind)
        if simulated(study.nights, own)
        else unjudged(study.count, plan.probability, study.asked.kind)
        for own, plan in requirements(study.scenario, study.nights).items()
    }


def limits(study: Study) -> dict[str, Limit]:
    """Return of each requirement the limit that would be kept as often as asked; empty if nobody asked."""
    share = study.asked.limits_share
    if share is None:
        return {}
    judged = (own for own in requirements(study.scenario, study.nights) if simulated(study.nights, own))
    taken = {own: study.nights.of_county(f"target:{own}:min") for own in judged}
    return {own: limit_met(np.nan_to_num(each, posinf=np.inf), share, study.asked.kind) for own, each in taken.items()}


def tables(study: Study, names: Naming) -> dict[str, pd.DataFrame]:
    """Return every table of a study: ``limits``, ``decisive``, ``draws`` where they are asked for, ``dark`` where outages are simulated."""
    suggested = {"limits": _limits(study)} if study.asked.limits_share is not None else {}
    late = _late(study, names)
    made = suggested | {
        "replications": replications(study.nights, names),
        "verdicts": _verdicts(study),
        "side_by_side": _side_by_side(study, late),
        "bands": _bands(study),
        "measures": _measures(study),
        "late": late,
        "steps": _steps(study, names),
    }
    dark = {"dark": _dark(study)} if study.scenario.plan.outages is not None else {}
    return made | dark | changed_tables(study)


def replications(nights: Nights, names: Naming) -> pd.DataFrame:
    """Return every value of every night: replication, measure, place (its shown code), value (null for never or nobody), unit."""
    times = len(nights.replications)
    sizes = [len(column.place) for column in nights.columns]
    codes = pd.Categorical(names.code)
    place = np.concatenate([column.place for column in nights.columns])
    count = nights.kept.shape[1]
    frame = pd.DataFrame(
        {
            "replication": np.repeat(np.array(nights.replications, dtype=np.int32), count),
            "measure": _repeated([column.measure for column in nights.columns], sizes, times),
            "place": pd.Categorical.from_codes(np.tile(codes.codes[place], times), categories=codes.categories),
            "value": nights.kept.reshape(-1),
            "unit": _repeated([column.unit for column in nights.columns], sizes, times),
        }
    )
    frame["value"] = frame["value"].where(np.isfinite(frame["value"]))
    return frame


def _repeated(words: list[str], sizes: list[int], times: int) -> pd.Series[Any]:
    """Return words, each so many times, all of them again and again."""
    known = sorted(set(words))
    codes = np.repeat([known.index(word) for word in words], sizes)
    return pd.Series(pd.Categorical.from_codes(np.tile(codes, times), categories=pd.Index(known)))


def _verdicts(study: Study) -> pd.DataFrame:
    frame = (
        pd.DataFrame(_judged(study))
        .rename(columns={"id": "target_id"})
        .astype({"met": "Int64", "nights_to_settle": "Int64"})
    )
    frame.insert([*frame].index("met"), "n", study.count)
    return frame


def _judged(study: Study) -> list[dict[str, Any]]:
    """Return the verdict on each requirement, as the summary says it."""
    plans = requirements(study.scenario, study.nights)
    return [
        {
            "id": own,
            "name": name_of(own, plans[own]),
            "required": one.required,
            **counted(one),
            "interval": one.kind,
            "verdict": one.verdict,
            "nights_to_settle": one.nights_to_settle,
        }
        for own, one in verdicts(study).items()
    ]


def counted(one: Judged) -> dict[str, float | None]:
    """Return how often a requirement was kept, with its interval; null where there is no verdict."""
    if one.verdict == "unsimulated":
        return dict.fromkeys(("met", "p_met", "ci_low", "ci_high"))
    return {"met": one.met, "p_met": one.met / one.of, "ci_low": one.low, "ci_high": one.high}


def _limits(study: Study) -> pd.DataFrame:
    """Return the limits suggested; null for a limit that no number of minutes would be, or that so few nights do not give."""
    plans = requirements(study.scenario, study.nights)
    rows = [
        (
            own,
            name_of(own, plans[own]),
            plans[own].within_min,
            one.share,
            *map(_or_null, (one.estimate_min, one.sure_min)),
        )
        for own, one in limits(study).items()
    ]
    return pd.DataFrame(rows, columns=["target_id", "name", "within_min", "share", "estimate_min", "sure_min"])


def _measures(study: Study) -> pd.DataFrame:
    """Return of each number of the county the median and the 95th percentile of the nights, with distribution-free intervals; null for never."""
    rows, too_late = [], _after_the_end(study)
    for column in dict.fromkeys(column.measure for column in study.nights.columns):
        place, values = study.nights.of_measure(column)
        if 0 not in place or column.endswith(":met") or column in too_late:
            continue
        county = values[:, place == 0][:, 0]
        never = int(np.isinf(county).sum())
        for share in _QUANTILES:
            value, low, high = quantile(county, share)
            rows.append((column, f"p{100 * share:.0f}", *map(_or_null, (value, low, high)), never))
    return pd.DataFrame(rows, columns=["measure", "of", "value", "ci_low", "ci_high", "never"])


def numbers(study: Study) -> pd.DataFrame:
    """Return of each number of the county its median and the value of the worst run of twenty, with distribution-free intervals; null for never.

    Where more is better the worst is the 5th percentile, otherwise its mirror at the other end. Requirements are without whether they were
    kept, steps stand in a table of their own.
    """
    rows, too_late = [], _after_the_end(study)
    for column in study.nights.columns:
        measure = column.measure
        if 0 not in column.place or measure.startswith("step:") or measure.endswith(":met") or measure in too_late:
            continue
        county = study.nights.of_county(measure)
        low = measure in MORE_IS_BETTER or measure.startswith("share_")
        middle, worst = (
            quantile(county, 0.5),
            quantile(county, ONE_IN_TWENTY) if low else upper_quantile(county, ONE_IN_TWENTY),
        )
        rows.append((measure, column.unit, *map(_or_null, (*middle, *worst)), int(np.isinf(county).sum())))
    ends = [f"{of}{end}" for of in ("median", "worst") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["measure", "unit", *ends, "never"])


def _after_the_end(study: Study) -> set[str]:
    """Return the shares told at minutes after the release that lie after the end of some run."""
    released = study.nights.of_county("release_min")
    latest = float(np.max(released[np.isfinite(released)], initial=-math.inf))
    return {f"share_{minutes}min" for minutes in SHARES_MIN if latest + minutes > study.scenario.plan.end_min}


def _bands(study: Study) -> pd.DataFrame:
    """Return what share of the households was told so many minutes after the release: quantiles of the runs, the best run and the worst.

    Best and worst are two runs, those with the largest and the smallest share on average over these minutes (the first of several).
    Minutes after the end of some run are left out.
    """
    too_late = _after_the_end(study)
    minutes = [each for each in SHARES_MIN if f"share_{each}min" not in too_late]
    told = np.array([study.nights.of_county(f"share_{each}min") for each in minutes]).reshape(-1, study.count)
    average = told.mean(axis=0) if minutes else np.zeros(study.count)
    bands = {f"p{100 * share:.0f}": [quantile(row, share)[0] for row in told] for share in BANDS}
    extreme = {"best": int(average.argmax()), "worst": int(average.argmin())}
    frame = pd.DataFrame({"minutes": minutes} | bands | {name: told[:, run] for name, run in extreme.items()})
    numbered = {f"{name}_run": study.nights.replications[run] for name, run in extreme.items()}
    return frame.assign(**numbered)


def _side_by_side(study: Study, late: pd.DataFrame) -> pd.DataFrame:
    """Return of each requirement how many runs all places of a level kept it by themselves, how many most of them, how many the worst place.

    The worst place is the one that was late most often; its interval holds for all places of the level together, as in ``late``. In a run in
    which a place has nobody whom the requirement means it is not late.
    """
    county, count, kind, rows = study.scenario.county, study.count, study.asked.kind, []
    for (own, plan), level_id in itertools.product(requirements(study.scenario, study.nights).items(), LEVELS):
        of_level = late[(late["target_id"] == own) & (late["level"] == level_id)]
        if not len(of_level):
            continue
        place, taken = study.nights.of_measure(f"target:{own}:min")
        mine = taken[:, np.flatnonzero(county.places.level[place] == county.level_index(level_id))]
        meant = (~np.isnan(mine)).sum(axis=1)
        kept = (mine <= plan.within_min + NANOMINUTE).sum(axis=1)
        counted = [int((kept >= share * meant - NANOMINUTE).sum()) for share in (1.0, MOST)]
        worst = of_level.iloc[0]
        rows.append(
            (
                own,
                level_id,
                len(of_level),
                count,
                *(number for met in counted for number in (met, *interval(met, count, kind))),
                worst["code"],
                worst["label"],
                int((of_level["p_late"] == worst["p_late"]).sum()),
                count - round(worst["p_late"] * count),
                1 - worst["ci_high"],
                1 - worst["ci_low"],
            )
        )
    of_all = [f"{of}_{end}" for of in ("all", "most") for end in ("met", "low", "high")]
    of_worst = [f"worst_{one}" for one in ("code", "label", "alike", "met", "low", "high")]
    return pd.DataFrame(rows, columns=["target_id", "level", "places", "n", *of_all, *of_worst])


def _dark(study: Study) -> pd.DataFrame:
    """Return in how many runs at least such a share of the villages was without service at one moment, and 60 min after the release."""
    county, rows = study.scenario.county, []
    level = county.level_index(LEVELS[-1])
    villages = len(county.of_level(len(county.levels) - 1 if level is None else level))
    for when, measure in (("at_once", "dark_villages_max"), ("60min", "dark_villages_60min")):
        dark = study.nights.of_county(measure)
        for share in DARK:
            least = math.ceil(share * villages - NANOMINUTE)
            runs = int((dark >= least).sum())
            rows.append(
                (when, share, least, villages, study.count, runs, *interval(runs, study.count, study.asked.kind))
            )
    columns = ["when", "share", "villages", "of_villages", "n", "runs", "ci_low", "ci_high"]
    return pd.DataFrame(rows, columns=columns)


def _or_null(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _late(study: Study, names: Naming) -> pd.DataFrame:
    """Return how often each township and village missed each requirement by itself, the most frequent first.

    Intervals hold for all places of a level together (Bonferroni). ``main_step``: the step that most often took most minutes where it was
    late, of the way to its households or to its own desk; empty where the requirement is about neither.
    """
    county, frames = study.scenario.county, []
    for own, plan in requirements(study.scenario, study.nights).items():
        place, taken = study.nights.of_measure(f"target:{own}:min")
        for level_id in LEVELS:
            level = county.level_index(level_id)
            mine = np.flatnonzero((county.places.level[place] == level) & ~np.isnan(taken).all(axis=0))
            if not len(mine):
                continue
            late = taken[:, mine] > plan.within_min + NANOMINUTE
            measure = _step_of(study.scenario, plan, level_id)
            step_place, steps = study.nights.of_measure(measure)
            row_of = {int(place): row for row, place in enumerate(step_place)}
            low, high = intervals(late.sum(axis=0), study.count, study.asked.kind, 1 - 0.05 / len(mine))
            main = [
                _most_frequent(steps[late[:, n], row_of[int(place[at])]]) if measure else ""
                for n, at in enumerate(mine)
            ]
            frames.append(
                pd.DataFrame(
                    {
                        "target_id": own,
                        "level": level_id,
                        "code": [names.code[place[at]] for at in mine],
                        "label": [names.label[place[at]] for at in mine],
                        "p_late": late.mean(axis=0),
                        "ci_low": low,
                        "ci_high": high,
                        "main_step": main,
                    }
                )
            )
    columns = ["target_id", "level", "code", "label", "p_late", "ci_low", "ci_high", "main_step"]
    whole = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
    return whole.sort_values(
        ["target_id", "level", "p_late", "code"], ascending=[True, True, False, True], ignore_index=True
    )


def _step_of(scenario: Scenario, plan: Requirement, level_id: str) -> str:
    """Return the measure that says which step made a place of a level late: that of its households' warning, or of its own desk's answer.

    "" where neither does: where it waited for the desks below it, the step of its own desk does not say what those waited for.
    """
    event, of_whom = subject(scenario, plan)
    since = "" if isinstance(plan, TargetPlan) and plan.since == "t0" else "_since_release"
    if event == "warned" or (event == "confirmed" and of_whom in _OF_HOUSEHOLDS):
        return f"main_step{since}"
    return f"call_step{since}" if event == "acknowledged" and of_whom == level_id else ""


def _most_frequent(steps: Floats) -> str:
    """Return the step that occurs most often, the earlier of two alike; empty where none does."""
    found = Counter(int(step) for step in steps.tolist() if step >= 0)
    return STEPS[min(found, key=lambda step: (-found[step], step))] if found else ""


def _steps(study: Study, names: Naming) -> pd.DataFrame:
    """Return the mean minutes of each step of those who were told, in the county and each township, with its interval.

    Over the nights on which anybody was told there.
    """
    rows = []
    for step in STEPS:
        place, minutes = study.nights.of_measure(f"step:{step}")
        for at, one in enumerate(place):
            known = minutes[~np.isnan(minutes[:, at]), at]
            if not known.any():
                continue
            mean = mean_of(known) if len(known) > 1 else None
            ends = (mean.low, mean.high) if mean is not None else (None, None)
            rows.append((names.code[one], step, float(known.mean()), *ends))
    return pd.DataFrame(rows, columns=["code", "step", "minutes", "ci_low", "ci_high"])


def summarise(study: Study, made: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Return the summary that ``study --json`` prints."""
    nights, late = study.nights, made["late"]
    villages = late[late["level"] == "village"].sort_values(["p_late", "code"], ascending=[False, True], kind="stable")
    return {
        "scenario": study.scenario.plan.name,
        "seed": study.scenario.plan.seed,
        "n": study.count,
        "targets": _judged(study),
        "suggested_limits": [
            {
                "id": own,
                "share": one.share,
                "estimate_min": _or_null(one.estimate_min),
                "sure_min": _or_null(one.sure_min),
            }
            for own, one in limits(study).items()
        ],
        "warned": {
            "p95_min": _mean(nights.of_county("warned_p95_min")),
            **{f"share_{m}min": _mean(nights.of_county(f"share_{m}min")) for m in (15, 30, 60)},
        },
        "exposed_at_onset": _exposed(study),
        "weakest": [
            {
                "village": row["label"],
                "target": row["target_id"],
                "p_late": row["p_late"],
                "ci_low": row["ci_low"],
                "ci_high": row["ci_high"],
                "step": row["main_step"],
            }
            for row in villages.head(10).to_dict("records")
        ],
    } | changed_summary(made)


def _mean(values: Floats) -> dict[str, float | None]:
    """Return the mean over nights with its interval; of a number that is never reached on some night there is no mean."""
    if not np.isfinite(values).all() or len(values) < 2:
        return {"mean": None, "ci_low": None, "ci_high": None, "never": int(np.isinf(values).sum())}
    mean = mean_of(values)
    return {"mean": mean.mean, "ci_low": mean.low, "ci_high": mean.high, "never": 0}


def _exposed(study: Study) -> dict[str, float | None] | None:
    """Return the persons exposed at the onset: the mean with its interval, and the 95th percentile; ``None`` where it is not simulated."""
    if not any(column.measure == "exposed_at_onset_persons" for column in study.nights.columns):
        return None
    values = study.nights.of_county("exposed_at_onset_persons")
    mean = _mean(values)
    return {
        "mean": mean["mean"],
        "p95": quantile(values, 0.95)[0],
        "ci_low": mean["ci_low"],
        "ci_high": mean["ci_high"],
    }
