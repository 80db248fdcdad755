"""What a calibration says, in sentences: for the terminal, the page and the workbook."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from sim.errors import Language
from sim.exercise.calibrate import Calibration, Learnt, Log
from sim.exercise.calibrate.checks import tries_fit
from sim.exercise.calibrate.fit import FEWEST
from sim.exercise.calibrate.overlay import learnt_before
from sim.exercise.calibrate.subjects import Kinds, Period, Subject, period_of
from sim.exercise.calibrate.times import below
from sim.report.exercise.calibration.about import About
from sim.report.words.language import Words

_WORTH_SAYING = 0.02
"""A share of pick-ups cut off from which on it is said."""


def calibration_sentences(made: Calibration, language: Language) -> list[str]:
    """Return the sentences: what the log is, what it changed, what to be careful about, what stays."""
    about = About(made, Words(language))
    return [lead(about), *changes(about), *cautions(about), stays(about)]


def lead(about: About) -> str:
    """Return what the log is and how much came of it."""
    words, log = about.words, about.made.log
    days = ""
    if log.first is not None and log.last is not None:
        first, last = f"{log.first:%Y-%m-%d}", f"{log.last:%Y-%m-%d}"
        days = words("calibration.day", first=first)
        if first != last:
            days = words("calibration.days", first=first, last=last)
    return words(
        "calibration.lead",
        log=log.name,
        days=days,
        persons=words.number(len(log.called)),
        tries=words.number(log.tries),
        answered=words.number(sum(tried.answered for one in log.called for tried in one.tries)),
        times=words.number(sum(map(len, log.relay_min.values())) + len(log.per_house_min)),
        learnt=words.number(len(about.made.learnt)),
        stays=words.number(len(about.made.unchanged)),
    )


def changes(about: About) -> list[str]:
    """Return what each number was and is; the parameters of a law in one sentence."""
    return [_change(about, own) for own in about.subjects]


def _change(about: About, own: list[Learnt]) -> str:
    words, first = about.words, own[0]
    if not first.parameter:
        return words(
            "calibration.changed",
            name=about.name(first),
            stated=about.written(first.stated),
            value=about.written(first.value),
            low=about.written(first.low),
            high=about.written(first.high),
            count=about.counted(first),
        )
    numbers = [
        words(
            "calibration.changed_number",
            name=words(f"calibration.parameter.{one.parameter}"),
            stated=about.written(one.stated),
            value=about.written(one.value),
        )
        for one in own
    ]
    joined = words("calibration.number_joint").join(numbers)
    return words("calibration.changed_law", name=about.subject(first.about), numbers=joined, count=about.counted(first))


def cautions(about: About) -> list[str]:
    """Return what to be careful about."""
    parts = (_of_answers, _of_times, _of_scope, _of_rows)
    return [*(said for part in parts for said in part(about)), about.words("calibration.by_post")]


def _of_answers(about: About) -> Iterator[str]:
    words, made = about.words, about.made
    surprising = [about.name(one) for one in made.learnt if about.is_surprising(one)]
    if surprising:
        yield words("calibration.surprise", names=words.listed(surprising))
    learnt = {one.about.of for one in made.learnt if one.about.kind == "answer"}
    single = [one.about.of for one in made.unchanged if one.reason == "single_tries" and one.about.of in learnt]
    if single:
        yield words("calibration.single", names=about.posts(single), fewest=FEWEST)
    ill = [post for post, p in tries_fit(about.tries).items() if post in learnt and p < ILL_TRIES]
    if ill:
        yield words("calibration.ill_tries", names=about.posts(ill))


def _of_times(about: About) -> Iterator[str]:
    words = about.words
    for one in about.fits:
        name, cut = about.subject(one.sample.about), 1 - float(one.sample.patience.seen(below(one.sample.after)))
        if cut > _WORTH_SAYING:
            yield words("calibration.cut_off", name=name, share=words.percent_left(cut))
        if one.p < ILL and one.gap > _WIDE:
            better = about.family(one.better) if one.better else ""
            key = "calibration.better" if better else "calibration.ill"
            p = words("below_one_percent") if one.p < _LEAST_TOLD else f"{one.p:.2f}"
            yield words(key, name=name, family=about.family(one.sample.family), p=p, better=better)


ILL, ILL_TRIES = 0.05, 0.01
"""Below this p value a law is said not to fit; of the many posts, that of their tries."""
_WIDE = 0.05
"""A gap that is no wider is of no weight, however sure thousands of lengths make it."""
_LEAST_TOLD = 0.01


def _of_scope(about: About) -> Iterator[str]:
    """Yield of how few people and nights the log is, and whether it is of the day or the night alone: intervals know nothing of that."""
    words, made = about.words, about.made
    if made.log.nights == 1 and any(one.about.kind in _OF_CALLS for one in made.learnt):
        yield words("calibration.one_night")
    learnt = {one.about.of for one in made.learnt if one.about.kind == "answer"}
    few = [post for post, persons in made.log.persons.items() if post in learnt and persons < _FEW_PERSONS]
    if few:
        yield words("calibration.few_persons", names=about.posts(few), fewest=_FEW_PERSONS)
    alone: dict[Period, list[str]] = defaultdict(list)
    for own in about.subjects:
        if len(periods := _periods(made.log, own[0].about)) == 1:
            alone[periods.pop()].append(about.subject(own[0].about))
    for period, names in alone.items():
        yield words("calibration.one_period", period=words(f"calibration.period.{period}"), names=words.listed(names))
    if before := dict.fromkeys(about.subject(one.about) for one in learnt_before(made)):
        yield words("calibration.twice", log=made.log.name, names=words.listed(before))


_OF_CALLS: tuple[Kinds, ...] = ("reachable", "answer", "pickup", "talk")
_FEW_PERSONS = 5


def _periods(log: Log, about: Subject) -> set[Period]:
    """Return when the calls were made that told a number which holds by day and by night alike; nothing where it does not, or no call told it."""
    if about.kind not in _OF_CALLS or about.period:
        return set()
    tries = ((called.post, tried) for called in log.called for tried in called.tries)
    return {period_of(tried.hour) for post, tried in tries if about.of in (post, tried.channel)}


def _of_rows(about: About) -> Iterator[str]:
    words, log = about.words, about.made.log
    if log.unused:
        parts = [
            words("calibration.unused_of", what=_reason(about, what), n=words.number(n))
            for what, n in log.unused.items()
        ]
        yield words("calibration.unused", what=words.listed(parts))
    if log.alike:
        yield words("calibration.alike", n=words.number(log.alike))
    if log.supplied:
        yield words("calibration.supplied", n=words.number(log.supplied))


def _reason(about: About, what: str) -> str:
    return about.words.or_else(f"calibration.unused.{what}", about.words.or_else(f"channel.{what}", what))


def stays(about: About) -> str:
    """Return how many numbers stay, by reason."""
    words = about.words
    counted = Counter(one.reason for one in about.made.unchanged)
    parts = [
        words("calibration.stays_of", reason=words(f"calibration.reason.{reason}"), n=words.number(n))
        for reason, n in counted.items()
    ]
    return words("calibration.stays", what=words.listed(parts) or words("none"))
