"""What a study came to, in ten sentences at most to read aloud: each is true by itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from sim.report.study.about import About
from sim.report.words.language import whole_minutes
from sim.study.intervals import ONE_IN_TWENTY, quantile, upper_quantile
from sim.study.study_tables import limits, verdicts
from sim.study.verdict import Judged

MOST = 10
_WEAKEST = 3
_TENTH = 0.1


def sentences(about: About) -> tuple[str, ...]:
    """Return the sentences: how it was run, verdicts, who was told when, who is in danger, where it is weakest, what is open."""
    others = [*_told(about), *_exposed(about), *_weakest(about), *of_dark(about), *_open(about)]
    first = [_method(about), *_basis(about)]
    return (*first, *_judged(about, MOST - len(first) - len(others)), *others)


def _method(about: About) -> str:
    words, study = about.words, about.study
    said = words("study.say.method", title=about.title, n=study.count)
    return words.run_on([said, words("study.say.any_time")]) if study.asked.kind == "any_time" else said


def _basis(about: About) -> Iterator[str]:
    """Yield how many of the requirements no document of the county lays down, and what they rest on instead."""
    words, open_ = (
        about.words,
        Counter(plan.status for plan in about.plans.values() if plan.status not in ("文件", "演示")),
    )
    if open_:
        named = [
            words("study.say.basis_one", basis=words(f"study.basis.{own or 'none'}"), n=n)
            for own, n in open_.most_common()
        ]
        yield words("study.say.basis", n=sum(open_.values()), of=len(about.plans), named=words.listed(named))


def _judged(about: About, room: int) -> list[str]:
    """Return the verdicts on the requirements, in the order of the scenario; where there are too many, of the first, and of the others in sum."""
    judged = verdicts(about.study)
    shown = [(own, one) for own, one in judged.items() if one.verdict != "unsimulated"]
    if len(shown) == len(judged) <= room:
        return [_verdict(about, own, one) for own, one in shown]
    counts: Counter[str] = Counter(one.verdict for _, one in shown[room - 1 :])
    counts += Counter(unsimulated=len(judged) - len(shown))
    return [*(_verdict(about, own, one) for own, one in shown[: room - 1]), _rest(about, counts)]


def _rest(about: About, counts: Mapping[str, int]) -> str:
    """Return how many of the requirements that are not named are met, not met, open or not simulated."""
    words, n = about.words, sum(counts.values())
    named = {verdict: words(f"study.verdict.{verdict}") for verdict in ("met", "not_met", "open", "unsimulated")}
    if len(counts) == 1:
        return words("study.say.rest_alike", n=n, verdict=named[next(iter(counts))])
    each = [
        words("study.say.rest_one", verdict=said, n=counts[verdict])
        for verdict, said in named.items()
        if counts.get(verdict)
    ]
    return words("study.say.rest", n=n, counts=words.listed(each))


def _verdict(about: About, own: str, one: Judged) -> str:
    return about.words(
        "study.say.verdict",
        asked=about.asked(own),
        verdict=about.words(f"study.verdict.{one.verdict}"),
        required=about.words.exact_percent(one.required),
        met=one.met,
        n=one.of,
        **about.in_runs(one.low, one.high),
    )


def _told(about: About) -> Iterator[str]:
    """Yield when 95 % of the households were told; where they never were, also how many were within the hour."""
    words, nights = about.words, about.study.nights
    released, told = nights.of_county("release_min"), nights.of_county("warned_p95_min")
    minutes = np.where(
        np.isfinite(told) & np.isfinite(released), told - np.where(np.isfinite(released), released, 0), np.inf
    )
    middle, bad = quantile(minutes, 0.5)[0], upper_quantile(minutes, ONE_IN_TWENTY)[0]
    within = nights.of_county("share_60min")
    shares = {name: words.percent(quantile(within, at)[0]) for name, at in (("share", 0.5), ("worst", ONE_IN_TWENTY))}
    if math.isfinite(bad):
        yield words("study.say.told", middle=_length(about, middle), bad=_length(about, bad))
    elif math.isfinite(middle):
        yield words("study.say.told_bad_never", middle=_length(about, middle), **shares)
    else:
        yield words("study.say.told_never", n=about.study.count, never=int(np.isinf(minutes).sum()), **shares)


def _length(about: About, minutes: float) -> str:
    return about.words.length(max(whole_minutes(minutes), 0))


def _exposed(about: About) -> Iterator[str]:
    if not about.has("exposed_at_onset_persons"):
        return
    exposed, number = about.study.nights.of_county("exposed_at_onset_persons"), about.words.number
    middle, bad = number(quantile(exposed, 0.5)[0]), number(upper_quantile(exposed, ONE_IN_TWENTY)[0])
    yield about.words("study.say.exposed", middle=middle, bad=bad)


def _weakest(about: About) -> Iterator[str]:
    """Yield the places that missed the main requirement most often, and the step; where many are alike, how many."""
    if about.main is None:
        return
    words, (own, level) = about.words, about.main
    late, n, asked = about.late(own, level), about.study.count, about.asked(own)
    most = int(late["late"].max())
    values = {"name": asked, "n": n, "level": about.level(level), "late": most}
    if not most:
        yield words("study.say.none_late", **values)
        return
    alike = int((late["late"] == most).sum())
    rows = late[late["late"] > 0].head(_WEAKEST).to_dict("records")
    steps = {row["main_step"] for row in rows}
    together = about.step(steps.pop()) if len(steps) == 1 else ""
    values["step"] = words("study.say.mostly", step=together) if together else ""
    many = alike > _WEAKEST
    places = []
    for row in rows:
        place, step = about.place(row["label"]), about.step(row["main_step"])
        key = "weak_place_step" if step and not together else "weak_place"
        places.append(place if many else words(f"study.say.{key}", place=place, late=row["late"], step=step))
    key = "weakest_alike" if many else "weakest"
    yield words(f"study.say.{key}", places=words.listed(places), alike=alike, **values)


def of_dark(about: About) -> tuple[str, ...]:
    """Return in how many runs a tenth of the villages were cut off at one moment, and how many were at most."""
    if "dark" not in about.tables:
        return ()
    words, table = about.words, about.tables["dark"]
    row = table[(table["when"] == "at_once") & (table["share"] == _TENTH)].iloc[0]
    dark = about.study.nights.of_county("dark_villages_max")
    middle, bad = words.number(quantile(dark, 0.5)[0]), words.number(upper_quantile(dark, ONE_IN_TWENTY)[0])
    said = words(
        "study.say.dark",
        n=about.study.count,
        runs=row["runs"],
        level=dark_level(about),
        least=words.number(row["villages"]),
        middle=middle,
        bad=bad,
        **about.in_runs(row["ci_low"], row["ci_high"]),
    )
    return (said,)


def dark_level(about: About) -> str:
    """Return the name of the places of which it is counted how many are cut off."""
    levels = about.scenario.county.levels
    return about.level("village" if about.scenario.county.level_index("village") is not None else levels[-1].id)


def _open(about: About) -> Iterator[str]:
    """Yield what cannot be told yet, and about how many more runs would tell."""
    words = about.words
    named = [
        words(
            "study.say.open_hopeless" if one.nights_to_settle is None else "study.say.open_one",
            name=about.requirement(own),
            more=words.number(one.nights_to_settle or 0),
        )
        for own, one in verdicts(about.study).items()
        if one.verdict == "open"
    ]
    if named:
        yield words("study.say.open", n=len(named), names=words.listed(named))


def suggested(about: About) -> tuple[str, ...]:
    """Return the limit suggested for each requirement, if any was asked for, and what they are worth."""
    words, said = about.words, []
    for own, one in limits(about.study).items():
        key = "few" if one.sure_min is None else "never" if math.isinf(one.sure_min) else ""
        said.append(
            words(
                f"study.limit.{key}" if key else "study.limit",
                name=about.requirement(own),
                share=words.exact_percent(one.share),
                sure=_minutes(about, one.sure_min),
                estimate=_minutes(about, one.estimate_min),
                now=_minutes(about, about.plans[own].within_min),
                n=about.study.count,
                never=int(np.isinf(about.study.nights.of_county(f"target:{own}:min")).sum()),
            )
        )
    return (*said, words("study.limits.caution")) if said else ()


def _minutes(about: About, minutes: float | None) -> str:
    return "" if minutes is None or math.isinf(minutes) else about.words.length(minutes)
