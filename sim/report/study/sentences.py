"""What a study came to, in sentences to read aloud: each requirement with its verdict, then how many were told and exposed."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.errors import Language
from sim.report.words.language import Words
from sim.study.intervals import quantile
from sim.study.study import Study
from sim.study.study_tables import limits, name_of, requirements, verdicts
from sim.study.verdict import Judged

_SLACK = 1e-9  # what floating point may add to a count
_WEAKEST = 3


def study_sentences(study: Study, tables: Mapping[str, pd.DataFrame], language: Language) -> list[str]:
    """Return the sentences."""
    words = Words(language)
    return [
        method(study, words),
        *judged(study, words),
        *suggested(study, words),
        *told(study, words),
        *weakest(study, tables, words),
    ]


def title(study: Study, words: Words) -> str:
    """Return what the study is of."""
    return words("study.title", county=study.scenario.county.name, scenario=study.scenario.plan.name)


def method(study: Study, words: Words) -> str:
    """Return how many runs there were, and what kind of interval they call for."""
    said = words("study.method", n=study.count)
    return words.run_on([said, words("study.any_time")]) if study.asked.kind == "any_time" else said


def judged(study: Study, words: Words) -> list[str]:
    """Return the verdict on each requirement."""
    plans = requirements(study.scenario, study)
    return [verdict(name_of(own, plans[own]), one, words) for own, one in verdicts(study).items()]


def verdict(name: str, one: Judged, words: Words) -> str:
    """Return one verdict with its count and interval, and what would settle an open one."""
    said = words(
        "study.judged",
        name=name,
        verdict=words(f"study.verdict.{one.verdict}"),
        required=words.exact_percent(one.required),
        **counted(one),
    )
    if one.verdict != "open":
        return said
    more = words("study.never_settled") if one.nights_to_settle is None else words("study.more", n=one.nights_to_settle)
    return words.run_on([said, more])


def counted(one: Judged) -> dict[str, int]:
    """Return how many runs kept a requirement, of how many, and the interval in runs, outwards to whole ones."""
    return {
        "met": one.met,
        "n": one.of,
        "low": math.floor(one.low * one.of + _SLACK),
        "high": math.ceil(one.high * one.of - _SLACK),
    }


def suggested(study: Study, words: Words) -> list[str]:
    """Return the limit suggested for each requirement, if any was asked for, and what they are worth."""
    plans, said = requirements(study.scenario, study), []
    for own, one in limits(study).items():
        key = "few" if one.sure_min is None else "never" if math.isinf(one.sure_min) else ""
        said.append(
            words(
                f"study.limit.{key}" if key else "study.limit",
                name=name_of(own, plans[own]),
                share=words.exact_percent(one.share),
                sure=_minutes(one.sure_min, words),
                estimate=_minutes(one.estimate_min, words),
                now=_minutes(plans[own].within_min, words),
                n=study.count,
                never=int(np.isinf(study.nights.of_county(f"target:{own}:min")).sum()),
            )
        )
    return [*said, words("study.limits.caution")] if said else []


def _minutes(minutes: float | None, words: Words) -> str:
    return "" if minutes is None or math.isinf(minutes) else words.length(minutes)


def told(study: Study, words: Words) -> list[str]:
    """Return when 95 % of the households were told, and how many persons were exposed: half of the runs, and one of twenty."""
    said = []
    nights = study.nights
    minutes = nights.of_county("warned_p95_min") - nights.of_county("release_min")
    middle, bad = (quantile(np.where(np.isnan(minutes), np.inf, minutes), share)[0] for share in (0.5, 0.95))
    said.append(words("study.warned", middle=_length(middle, words), bad=_length(bad, words)))
    if any(column.measure == "exposed_at_onset_persons" for column in nights.columns):
        exposed = nights.of_county("exposed_at_onset_persons")
        middle, bad = (quantile(exposed, share)[0] for share in (0.5, 0.95))
        said.append(words("study.exposed", middle=words.number(round(middle)), bad=words.number(round(bad))))
    return said


def _length(minutes: float, words: Words) -> str:
    return (
        words("study.within", minutes=words.length(math.ceil(minutes)))
        if math.isfinite(minutes)
        else words("study.not_told")
    )


def weakest(study: Study, tables: Mapping[str, pd.DataFrame], words: Words) -> list[str]:
    """Return for each time limit the villages that miss it most often, and the step that made them late; call targets stand in the tables."""
    late, said = tables["late"], []
    plans = requirements(study.scenario, study)
    for own in (target.id for target in study.scenario.plan.targets):
        rows = late[(late["target_id"] == own) & (late["level"] == "village") & (late["p_late"] > 0)].head(_WEAKEST)
        if not len(rows):
            continue
        places = [
            words(
                "study.weak_place",
                place=words.label(row["label"], study.scenario.county.levels),
                met=round(row["p_late"] * study.count),
                step=words("study.mostly", step=words(f"step.{row['main_step']}")) if row["main_step"] else "",
            )
            for row in rows.to_dict("records")
        ]
        said.append(words("study.weakest", name=name_of(own, plans[own]), n=study.count, places=words.listed(places)))
    return said
