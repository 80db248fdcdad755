"""Which three things to find out first: what knowing an input would be worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sim.report.content.grid import Column, Grid
from sim.report.sensitivity.about import OF, About, whole
from sim.report.sensitivity.question import Question
from sim.study.sensitivity.found import Worth

FIRST = 3
_LEAST = 0.1
"""What is worth less, in runs of a hundred, is worth nothing to anybody: with so many inputs and requirements chance finds some."""
_SHOWN = 12
"""So many inputs stand in the table of the page."""


def collect(about: About) -> Question:
    """Return the question with its answer."""
    words = about.words
    heading = words("sensitivity.head.collect")
    if about.spread and valuable(about):
        notes = (words("sensitivity.note.worth"),)
        return Question("collect", heading, tuple(_sentences(about)), notes, (), (_worths(about),))
    tables = (_checks(about, about.main),) if about.main is not None else ()
    if about.spread:
        return Question("collect", heading, tuple(_nothing(about)), (), (), tables)
    said = words("sensitivity.ask.collect", command=words("sensitivity.command.pawn"))
    return Question("collect", heading, (*_by_size(about, "size"), said), (), (), tables)


def valuable(about: About) -> list[Worth]:
    """Return of each input that would change a decision, the requirement for which it is worth most; the dearest first."""
    return [one for one in _best(about) if _changes(one)]


def _best(about: About) -> list[Worth]:
    """Return of each input the requirement for which it is worth most: those that would change a decision first, then the dearest."""
    best: dict[str, Worth] = {}
    for one in sorted(about.found.worths, key=lambda one: (not _changes(one), -one.worth)):
        best.setdefault(one.input, one)
    return list(best.values())


def _changes(one: Worth) -> bool:
    return one.heard and one.flips > 0 and one.worth * OF >= _LEAST


def _by_size(about: About, key: Literal["size", "size_still"]) -> Iterator[str]:
    """Yield what to find out first to know better what is spoken of first, whether a verdict would change or not."""
    words, main = about.words, about.main
    if main is not None:
        inputs = about.inputs_listed(one.input.key for one in about.heard(main)[:FIRST])
        count = len(about.places(main)[0])
        tied = words("sensitivity.first_of_size", n=count) if count > 1 else ""
        yield words(f"sensitivity.collect_by_{key}", name=about.estimate(main), inputs=inputs, tied=tied)


def _nothing(about: About) -> Iterator[str]:
    """Yield that nothing is worth knowing for a verdict, and what is for a better estimate."""
    never = not any(one.flips > 0 for one in about.found.worths)
    yield about.words("sensitivity.worth_nothing" if never else "sensitivity.worth_unsure")
    yield from _by_size(about, "size_still")


def _sentences(about: About) -> Iterator[str]:
    words, first = about.words, valuable(about)[:FIRST]
    names = about.inputs_listed(one.input for one in first)
    yield words("sensitivity.collect" if len(first) == FIRST else "sensitivity.collect_only", inputs=names)
    for one in first:
        yield words(
            "sensitivity.worth",
            input=about.input(one.input),
            name=about.requirement(one.requirement),
            now=about.in_runs(one.now, about.even_runs),
            low=whole(one.known_low),
            high=whole(one.known_high),
            required=about.words.exact_percent(about.plans[one.requirement].probability),
            flips=_of_hundred(about, one.flips),
            worth=_worth(about, one.worth),
        )


def _known(about: About, one: Worth) -> str:
    """Return between how many runs of a hundred the chance lies once an input is known, by estimate."""
    low, high = whole(one.known_low), whole(one.known_high)
    return about.words("sensitivity.cell.range", low=low, high=high) if low < high else str(low)


def _of_hundred(about: About, share: float) -> str:
    """Return what share of what an input may be, as so many possibilities of a hundred."""
    return about.words("sensitivity.possibilities", n=max(round(share * OF), 1) if share else 0)


def _worth(about: About, worth: float) -> str:
    """Return what something is worth in runs of a hundred, one decimal."""
    if 0 < worth * OF < _LEAST:
        return about.words("sensitivity.worth_least", n=_LEAST)
    return about.words("sensitivity.worth_runs", n=f"{worth * OF:.1f}")


def _worths(about: About) -> Grid:
    """Return a row of each input, with the requirement for which it is worth most."""
    words = about.words
    columns = (
        Column("rank", "n", words("sensitivity.col.rank")),
        Column("input", "", words("sensitivity.col.input")),
        Column("requirement", "", words("sensitivity.col.for")),
        Column("known", "n", words("sensitivity.col.known")),
        Column("flips", "n", words("sensitivity.col.flips")),
        Column("worth", "n", words("sensitivity.col.worth")),
        Column("said", "w", words("sensitivity.col.said")),
        Column("check", "", words("sensitivity.col.check")),
    )
    rows = tuple(
        (
            str(rank) if _changes(one) else words("none"),
            about.input(one.input),
            about.requirement(one.requirement),
            _known(about, one),
            _of_hundred(about, one.flips),
            _worth(about, one.worth),
            words(f"sensitivity.worth.{'sure' if _changes(one) else 'chance' if one.flips and one.worth else 'none'}"),
            about.check(one.input),
        )
        for rank, one in enumerate(_best(about)[:_SHOWN], start=1)
    )
    return Grid(words("sensitivity.head.worths"), (words("sensitivity.note.worths"),), columns, rows)


def _checks(about: About, output: str) -> Grid:
    """Return the inputs that an output hangs on, what matters most first, each with its range and how to find it out."""
    words = about.words
    columns = (
        Column("rank", "n", words("sensitivity.col.rank")),
        Column("input", "", words("sensitivity.col.input")),
        Column("range", "", words("sensitivity.col.range")),
        Column("check", "", words("sensitivity.col.check")),
    )
    rows, before = [], 0
    for place in about.places(output):
        rank = words("sensitivity.cell.range", low=before + 1, high=before + len(place))
        for one in place:
            ends = about.ends(one.input, one.curve)
            said = words("sensitivity.cell.range", low=ends[0], high=ends[1])
            rows.append(
                (
                    rank if len(place) > 1 else str(before + 1),
                    about.input(one.input.key),
                    said,
                    about.check(one.input.key),
                )
            )
        before += len(place)
    title = words("sensitivity.head.checks", name=about.estimate(output))
    return Grid(title, (), columns, tuple(rows[:_SHOWN]))
