"""Which inputs matter most: sentences, and what each output hangs on as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.report.content.grid import Column, Grid
from sim.report.sensitivity.about import KINDS, LISTED, About, Ranked
from sim.report.sensitivity.question import Question
from sim.study.sensitivity.found import Interaction

_NEXT = 2
"""Places after the first are told until so many inputs have been."""
_INTERACTIONS = 4
"""So many pairs that must be looked at together are named."""


def matters(about: About) -> Question:
    """Return the question with its answer."""
    words, main = about.words, about.main
    figures = ("ranking",) if main is not None else ()
    if main is not None and any(one.effect != "none" for one in about.curves.values() if one.output == main):
        figures = (*figures, "tornado", "curves")
    return Question(
        "matters",
        words("sensitivity.head.matters"),
        tuple(_sentences(about)),
        tuple(_notes(about)),
        figures,
        (_outputs(about),) if about.answering else (),
    )


def _notes(about: About) -> Iterator[str]:
    """Yield what moving alone means and why its order may be another one, and what nothing is said of."""
    words = about.words
    yield words("sensitivity.note.alone", n=about.found.design.curve_runs)
    if left_out := [about.named(one) for one in about.found.left_out]:
        yield words("sensitivity.note.left_out", names=words("sensitivity.semicolon").join(left_out))


def _sentences(about: About) -> Iterator[str]:
    words, main = about.words, about.main
    if main is None:
        yield words("sensitivity.none_heard", n=len(about.found.inputs))
    else:
        first, *others = about.places(main)
        yield _first(about, main, first)
        for one in first[:_NEXT]:
            yield from _against_stated(about, main, one)
        if others:
            yield words("sensitivity.next", inputs=words("sensitivity.then").join(_next_places(about, main, others)))
        yield from _other_methods(about, main, first)
        if quiet := [one for one in about.ranked(main) if not one.index.heard]:
            alone = [one.input.key for one in quiet if one.curve.effect == "sure"]
            but = words("sensitivity.below_but", inputs=about.inputs_listed(alone)) if alone else ""
            yield words("sensitivity.below", name=about.output(main), n=len(quiet), but=but)
    yield from _interactions(about)
    if about.idle:
        idle = about.inputs_listed(one.key for one in about.idle)
        yield words("sensitivity.idle", n=len(about.idle), inputs=idle)


def _first(about: About, output: str, place: Sequence[Ranked]) -> str:
    """Return the answer: the input, its ends, and what the output is at either; or those that cannot be told apart."""
    if len(place) > 1:
        inputs = about.placed(place, lambda one: _next(about, output, one))
        return about.words("sensitivity.first_tied", name=about.output(output), n=len(place), inputs=inputs)
    words, first = about.words, place[0]
    curve = first.curve
    name = about.input(first.input.key)
    if curve.effect == "none":
        return words("sensitivity.first_alone_nothing", input=name, name=about.output(output))
    return words(f"sensitivity.first.{curve.effect}", input=name, change=_change(about, output, first))


def _change(about: About, output: str, one: Ranked) -> str:
    """Return what an output is at the low and at the high end of an input."""
    low, high = about.ends(one.input, one.curve)
    key = "sensitivity.change.chance" if about.is_chance(output) else "sensitivity.change.number"
    ends = {"before": about.said(output, one.curve.means[0]), "after": about.said(output, one.curve.means[-1])}
    return about.words(key, low=low, high=high, name=about.output(output), **ends)


def _against_stated(about: About, output: str, first: Ranked) -> Iterator[str]:
    """Yield how far the two ends lie from what the scenario states, with intervals."""
    words, curve, say = about.words, first.curve, about.amounts(output)
    if curve.effect == "none":
        return
    each = [
        words("sensitivity.against_same", end=end)
        if curve.alike[at]
        else words(
            "sensitivity.against_one",
            end=end,
            change=say.change(float(curve.differences[at])),
            range=say.range(float(curve.difference_low[at]), float(curve.difference_high[at])),
        )
        for end, at in zip(about.ends(first.input, curve), (0, -1), strict=True)
    ]
    yield words(
        "sensitivity.against_stated",
        input=about.input(first.input.key),
        per=about.per(output),
        stated=about.at(first.input, first.input.stated, "as_stated"),
        level=about.said(output, curve.stated_mean),
        ends=words("sensitivity.semicolon").join(each),
    )


def _next_places(about: About, output: str, places: Sequence[Sequence[Ranked]]) -> Iterator[str]:
    """Yield the inputs of one place after the other, until a few inputs have been told."""
    told = 0
    for place in places:
        if told < _NEXT:
            yield about.placed(place, lambda one: _next(about, output, one))
        told += len(place)


def _next(about: About, output: str, one: Ranked) -> str:
    words, curve = about.words, one.curve
    low, high = about.ends(one.input, curve)
    if curve.effect == "none":
        return words("sensitivity.next_nothing", input=about.input(one.input.key))
    return words(
        "sensitivity.next_one",
        input=about.input(one.input.key),
        low=low,
        high=high,
        before=about.level(output, curve.means[0]),
        after=about.level(output, curve.means[-1]),
    )


def _other_methods(about: About, output: str, first: Sequence[Ranked]) -> Iterator[str]:
    """Yield which other input another method puts before all that are first."""
    keys = {one.input.key for one in first}
    for method in KINDS:
        if method == about.method or method not in about.found.design.methods:
            continue
        heard = [one for one in about.ranked(output, method) if one.index.heard]
        high = max((one.index.high for one in about.ranked(output, method) if one.input.key in keys), default=0.0)
        if heard and heard[0].index.value > high:
            yield about.words(
                "sensitivity.other_method",
                method=about.words(f"sensitivity.method.{method}"),
                input=about.input(heard[0].input.key),
            )


def _interactions(about: About) -> Iterator[str]:
    """Yield the pairs of inputs that do together what they do not do apart."""
    looked = [one for one in about.found.interactions if one.output in about.outputs]
    matter = [one for one in looked if about.material(one)]
    matter.sort(key=lambda one: (one.output != about.main, -abs(one.extra) / (about.found.noise[one.output] or 1.0)))
    for one in matter[:_INTERACTIONS]:
        yield _interaction(about, one)
    if looked and not matter:
        pairs = {frozenset((one.first, one.second)) for one in looked}
        yield about.words("sensitivity.no_interaction", n=len(pairs))


def _interaction(about: About, one: Interaction) -> str:
    words, say = about.words, about.amounts(one.output)
    names = [
        words("sensitivity.at", input=about.input(key), value=about.at(about.inputs[key], written, "all_worse"))
        for key, written in ((one.first, one.first_written), (one.second, one.second_written))
    ]
    return words(
        "sensitivity.interaction",
        first=names[0],
        second=names[1],
        name=about.output(one.output),
        per=about.per(one.output),
        first_alone=say.change(one.first_alone),
        second_alone=say.change(one.second_alone),
        together=say.change(one.together),
        extra=say.change(one.extra),
        range=say.range(one.low, one.high),
    )


def _outputs(about: About) -> Grid:
    """Return for each output that answers the inputs that it hangs on most, and what it is at the ends of the first."""
    words = about.words
    columns = (
        Column("output", "", words("sensitivity.col.output")),
        Column("stated", "n", words("sensitivity.col.stated_mean")),
        Column("first", "", words("sensitivity.col.first")),
        Column("ends", "", words("sensitivity.col.ends")),
        Column("next", "", words("sensitivity.col.next")),
        Column("quiet", "n", words("sensitivity.col.heard")),
    )
    rows = []
    for output in sorted(about.answering, key=lambda key: key != about.main):
        first, *others = about.places(output)
        rows.append(
            (
                about.heading(output),
                about.level(output, first[0].curve.stated_mean),
                about.placed(first),
                _ends(about, output, first),
                about.placed(others[0]) if others else words("none"),
                words("sensitivity.cell.heard", n=len(about.heard(output)), of=len(about.found.inputs)),
            )
        )
    quiet = [key for key in about.outputs if key not in about.answering]
    of_kinds: tuple[tuple[str, str, list[str]], ...] = (
        ("quiet", "indices", [key for key in quiet if key not in about.settled]),
        ("settled", "curves", [key for key in quiet if key in about.settled]),
    )
    notes = tuple(_of_outputs(about, name, sheet, keys) for name, sheet, keys in of_kinds if keys)
    return Grid(words("sensitivity.head.outputs"), notes, columns, tuple(rows))


def _of_outputs(about: About, name: str, sheet: str, outputs: Sequence[str]) -> str:
    """Return what is said of several outputs: by their names, of many where these stand."""
    words = about.words
    if len(outputs) <= LISTED:
        names = words("sensitivity.note.these", names=words("sensitivity.semicolon").join(map(about.heading, outputs)))
    else:
        names = words("sensitivity.note.in_workbook", sheet=words(f"sensitivity.tab.{sheet}"))
    return words(f"sensitivity.note.{name}", n=len(outputs), names=names)


def _ends(about: About, output: str, place: Sequence[Ranked]) -> str:
    """Return what an output is at the ends of the first input; of several that cannot be told apart the first few, each with its name."""
    if len(place) > 1:
        return about.words("sensitivity.joint").join(_next(about, output, one) for one in place[:_NEXT])
    one = place[0]
    if one.curve.effect == "none":
        return about.words("sensitivity.cell.alone_nothing")
    low, high = about.ends(one.input, one.curve)
    before, after = (about.level(output, one.curve.means[at]) for at in (0, -1))
    return about.words("sensitivity.cell.ends", low=low, high=high, before=before, after=after)
