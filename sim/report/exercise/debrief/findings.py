"""What a debrief came to, in ten sentences at most to read aloud: each is true by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sim.exercise.asked import requirement_of
from sim.exercise.debrief import MISSED, JudgedTime
from sim.report.exercise.debrief.about import About

_MOST_MISSED = 3
_NAMED = 4
_FEW_CASES = 5
"""Of fewer cases of the weakest link it is said that they are few."""
_STATED = ("文件", "演示")  # a limit of the county's own, or one made for demonstration


def findings(about: About) -> tuple[str, ...]:
    """Return the sentences: what it was, limits, how it lies among the runs, the weakest link, what is to be mended, what is not known."""
    return (*_what(about), *_judged(about), *_band(about), *_weak(about), *_mend(about), *_missing(about))


def title(about: About) -> str:
    """Return what a report is called."""
    return about.words("debrief.title.real" if about.real else "debrief.title")


def _what(about: About) -> Iterator[str]:
    words, actuals = about.words, about.debrief.actuals
    length = ""
    if actuals.ended is not None:
        length = words("debrief.say.length", length=about.minutes(actuals.ended.ran_min))
    scenario = about.debrief.subject.scenario.plan
    yield words(
        "debrief.say.what",
        title=scenario.title or scenario.name,
        when=words.date(actuals.start),
        length=length,
        n=about.debrief.count,
    )


def _judged(about: About) -> Iterator[str]:
    words, requirements = about.words, about.debrief.requirements
    if not requirements:
        return
    counts: Counter[str] = Counter(one.outcome for one in requirements)
    named = [
        words("debrief.say.count", outcome=words(f"debrief.outcome.{outcome}"), n=counts[outcome])
        for outcome in ("kept", *MISSED, "open", "unknown")
        if counts[outcome]
    ]
    said = words("debrief.say.judged", n=len(requirements), counts=words.listed(named))
    yield words.run_on([said, *_basis(about, requirements)])
    missed = [one for one in requirements if one.outcome in MISSED]
    yield from (_missed(about, one) for one in missed[:_MOST_MISSED])
    if len(missed) > _MOST_MISSED:
        yield words("debrief.say.more", n=len(missed) - _MOST_MISSED)


def _basis(about: About, requirements: tuple[JudgedTime, ...]) -> Iterator[str]:
    """Yield how many of the limits no document of the county lays down, and what they rest on instead."""
    words = about.words
    statuses = Counter(requirement_of(about.debrief.subject.scenario, one.key).status for one in requirements)
    open_ = {status: n for status, n in statuses.items() if status not in _STATED}
    if open_:
        named = [
            words("study.say.basis_one", basis=words(f"study.basis.{own or 'none'}"), n=n) for own, n in open_.items()
        ]
        yield words("debrief.say.basis", n=sum(open_.values()), named=words.listed(named))


def _missed(about: About, one: JudgedTime) -> str:
    words, runs = about.words, ""
    if one.kept is not None:
        runs = words("debrief.say.in_runs", n=one.kept.of, met=one.kept.met)
    if one.outcome == "never":
        return words("debrief.say.never", name=about.name(one), limit=about.limit(one.key), runs=runs)
    values = {"took": about.took(one), "limit": about.limit(one.key), "over": about.over(one)}
    return words("debrief.say.late", name=about.name(one), runs=runs, **values)


def _band(about: About) -> Iterator[str]:
    held = [(one, one.standing) for one in about.debrief.times if one.standing is not None]
    if not held:
        return
    words, n, sides = about.words, about.debrief.count, Counter(standing.side for _, standing in held)
    middle = sum(standing.in_middle for _, standing in held)
    values = {side: sides[side] for side in ("within", "before_all", "after_all")}
    said = words(
        "debrief.say.band",
        n=len(held),
        middle=middle,
        within=values["within"],
        before=values["before_all"],
        after=values["after_all"],
    )
    after = [about.name(one) for one, standing in held if standing.side == "after_all"]
    named = 0 < len(after) <= _NAMED
    yield words.run_on([said, words("debrief.say.after", n=n, names=words.listed(after), more=n + 1) if named else ""])


def _weak(about: About) -> Iterator[str]:
    words, links = about.words, about.debrief.links
    if not links:
        return
    weakest = links[0]
    if not weakest.missed:
        yield words("debrief.say.no_weak")
        return
    yield words(
        "debrief.say.weak",
        stage=words(f"debrief.stage.{weakest.stage}"),
        post=about.post(weakest),
        asked=weakest.asked,
        missed=weakest.missed,
        few=words("debrief.say.weak_few") if weakest.asked < _FEW_CASES else "",
    )


def _mend(about: About) -> Iterator[str]:
    n = len(about.debrief.to_mend)
    if n:
        yield about.words("debrief.say.mend", n=n)


def _missing(about: About) -> Iterator[str]:
    words, debrief = about.words, about.debrief
    outcomes: Counter[str] = Counter(one.outcome for one in debrief.times)
    outcomes.update(one.outcome for one in debrief.injects if one.used)
    parts = [words(f"debrief.say.{key}", n=outcomes[key]) for key in ("unknown", "not_given") if outcomes[key]]
    said = [
        words("debrief.say.open", n=outcomes["open"]) if outcomes["open"] else "",
        words("debrief.say.missing", parts=words.listed(parts)) if parts else "",
    ]
    if any(said):
        yield words.run_on(said)
