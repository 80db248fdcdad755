"""What was found out about options as a workbook: what is read aloud, then every number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from sim.report.content.assumptions import Assumption
from sim.report.content.notices import source_text
from sim.report.options.about import About
from sim.report.options.annex import again, cautions, identity, methods
from sim.report.options.grids import made_of, notes_of_finalists, settings_of, together
from sim.report.options.sentences import answer, method
from sim.report.workbook.spreadsheet import Field, Kind, SheetOfTables, Table, Value, legal_names
from sim.study.compare.comparison import OfNumber, OfRequirement
from sim.study.compare.paired import Moved
from sim.study.compare.tables import effect_of
from sim.study.options.found import Option, Tried

_MOVED = ("base", "then", "difference", "ci_low", "ci_high")


def sheets(about: About, tables: Mapping[str, pd.DataFrame], assumed: Sequence[Assumption]) -> list[SheetOfTables]:
    """Return the sheets, in order."""
    words = about.words
    counting = notes_of_finalists(about)[1:]
    made: dict[str, tuple[tuple[Table, ...], tuple[str, ...]]] = {
        "options": ((_options(about),), ()),
        "finalists": ((_tried(about, about.found.finalists, "final"),), notes_of_finalists(about)),
        "screened": ((_tried(about, about.found.screened, "screen"),), counting),
        "steps": ((_steps(about),), counting),
        "together": ((_together(about),), tuple(together(about))),
        "requirements": ((_requirements(about),), ()),
        "numbers": ((_numbers(about),), ()),
        "unknowns": (tuple(_unknowns(about)), ()),
        "places": ((_places(about),), ()),
        "settings": ((_settings(about),), ()),
        "runs": ((_runs(about, tables["pairs"]),), (words("options.note.runs"),)),
        "assumptions": ((_assumptions(about, assumed),), ()),
    }
    kept = {key: own for key, own in made.items() if any(table.rows for table in own[0])}
    tabs = legal_names([words(f"options.tab.{key}") for key in ("said", *kept, "annex")])
    fields = (Field(words("workbook.sheet"), "link"), Field(words("workbook.holds")))
    holds = [*((tab, words(f"options.sheet.{key}")) for key, tab in zip(kept, tabs[1:-1], strict=True))]
    holds.append((tabs[-1], words("options.head.annex")))
    said = answer(about)
    numbered = [words("study.numbered", n=n, said=one) for n, one in enumerate(said, start=1)]
    first = SheetOfTables(
        tabs[0],
        about.title,
        (Table(fields, holds, words("tab.contents")),),
        said=(method(about), words("options.head.answer", n=len(said)), *numbered),
        notes=tuple(cautions(about)),
        widths=(34, 90),
        one_page=True,
    )
    last = SheetOfTables(
        tabs[-1],
        words("options.head.annex"),
        (),
        said=(*methods(about), words("options.annex.again"), again(about), identity(about)),
    )
    middle = [
        SheetOfTables(tab, words(f"options.sheet.{key}"), own, said=said_of)
        for (key, (own, said_of)), tab in zip(kept.items(), tabs[1:-1], strict=True)
    ]
    return [first, *middle, last]


def _fields(about: About, *columns: tuple[str, Kind]) -> tuple[Field, ...]:
    return tuple(Field(about.words(f"options.col.{key}"), kind) for key, kind in columns)


def _end(value: float, times: float = 1.0) -> Value:
    """Return an end of an interval as a spreadsheet takes it; one that is not bounded is empty."""
    return value * times if math.isfinite(value) else None


def _moved(moved: Moved, unit: str, better: str, about: About) -> tuple[Value, ...]:
    """Return a difference with its interval and what may be said of it; shares in per cent."""
    times = 100.0 if unit == "1" else 1.0
    ends = (moved.base, moved.other, moved.difference, moved.low, moved.high)
    return (*(_end(end, times) for end in ends), about.words(f"compare.effect.{effect_of(moved.effect, better)}"))


def _money(wan: float) -> float:
    return round(wan, 4)


def _options(about: About) -> Table:
    words = about.words
    fields = (
        *_fields(
            about,
            ("id", "line"),
            ("title", "text"),
            ("units", "number"),
            ("each_wan", "plain"),
            ("fixed_wan", "plain"),
            ("cost_wan", "plain"),
            ("per", "text"),
            ("made_of", "text"),
        ),
        Field(words("source")),
        Field(words("applies_to")),
        Field(words("status")),
        *_fields(about, ("where", "text"), ("outcome", "text"), ("round", "text"), ("runs", "number")),
        *_objective_fields(about),
    )
    return Table(fields, [tuple(_option(about, one)) for one in about.found.options])


def _objective_fields(about: About, base: str = "base") -> tuple[Field, ...]:
    return (*_fields(about, *((key, "tenth") for key in (base, *_MOVED[1:]))), *_fields(about, ("so", "text")))


def _option(about: About, one: Option) -> Iterator[Value]:
    words, tried = about.words, about.alone(one.id)
    yield from (one.id, about.titled(one.id), one.units, _money(one.plan.cost.each), _money(one.plan.cost.fixed))
    yield from (_money(one.plan.cost_wan), words(f"options.once_a.{one.plan.cost.per}"), made_of(about, one))
    yield source_text(one.plan.source or "", words)
    yield words.applies_to(one.plan.applies_to or "")
    yield words(f"status.{one.plan.status}") if one.plan.status else words("status.none")
    yield words.listed(about.places(one))
    yield about.outcome_said(one.id)
    if tried is None:
        yield from (words("options.cell.not_played"), None, *(None for _ in _MOVED), None)
        return
    yield words("options.round.finals" if tried in about.found.finalists else "options.round.screening")
    yield tried.runs
    yield from _of_objective(about, tried.objective)


def _of_objective(about: About, moved: Moved) -> tuple[Value, ...]:
    objective = about.found.objective
    return _moved(moved, objective.unit, objective.better, about)


def _tried(about: About, tried: Sequence[Tried], when: str) -> Table:
    """Return what was tried with what it did to what options are measured by."""
    final = when == "final"
    fields = (
        *(_fields(about, ("number", "number")) if final else ()),
        *_fields(about, ("holds", "text"), ("ids", "text"), ("cost_wan", "plain"), ("runs", "number")),
        *_objective_fields(about),
        *(_fields(about, ("standing", "text")) if final else ()),
    )
    rows = [
        (
            *((n + 1,) if final else ()),
            about.listed(one.members),
            ", ".join(one.members),
            _money(one.cost_wan),
            one.runs,
            *_of_objective(about, one.objective),
            *((about.words(f"options.standing.{about.standing(n)}"),) if final else ()),
        )
        for n, one in enumerate(tried)
    ]
    return Table(fields, rows)


def _steps(about: About) -> Table:
    fields = (
        *_fields(about, ("holds", "text"), ("added", "text"), ("cost_wan", "plain"), ("runs", "number")),
        *_objective_fields(about, "before"),
    )
    rows = [
        (
            about.listed(one.members),
            about.named(one.added),
            _money(one.cost_wan),
            one.moved.pairs,
            *_of_objective(about, one.moved),
        )
        for one in about.found.steps
    ]
    return Table(fields, rows)


def _together(about: About) -> Table:
    fields = _fields(
        about,
        ("holds", "text"),
        ("summed", "tenth"),
        ("together", "tenth"),
        ("extra", "tenth"),
        ("ci_low", "tenth"),
        ("ci_high", "tenth"),
        ("so", "text"),
    )
    objective = about.found.objective
    times = 100.0 if objective.unit == "1" else 1.0
    rows = [
        (
            about.listed_parts(one.parts),
            *(_end(end, times) for end in (one.summed, one.together, one.extra, one.low, one.high)),
            about.words(f"options.extra.{effect_of(one.effect, objective.better)}"),
        )
        for one in about.found.together
    ]
    return Table(fields, rows)


def _rounds(about: About) -> Iterator[tuple[str, str, Tried]]:
    """Yield everything that was tried, with its round and what it is called there."""
    words = about.words
    for n, one in enumerate(about.found.finalists):
        yield words("options.round.finals"), words("options.scheme", n=n + 1, titles=about.listed(one.members)), one
    for one in about.found.screened:
        yield words("options.round.screening"), about.listed(one.members), one


def _requirements(about: About) -> Table:
    fields = (
        *_fields(about, ("round", "text"), ("holds", "text"), ("name", "text"), ("runs", "number")),
        *_fields(about, ("met_now", "number"), ("met_then", "number"), ("only_now", "number"), ("only_then", "number")),
        *_fields(about, ("points", "tenth"), ("ci_low", "tenth"), ("ci_high", "tenth"), ("so", "text")),
    )
    rows = [(when, what, *_requirement(about, own)) for when, what, one in _rounds(about) for own in one.requirements]
    return Table(fields, rows)


def _requirement(about: About, one: OfRequirement) -> tuple[Value, ...]:
    pairs = one.pairs
    return (
        about.requirement(one.id),
        pairs.pairs,
        one.base.met,
        one.other.met,
        pairs.only_base,
        pairs.only_other,
        *(_end(end, 100) for end in (pairs.difference, pairs.low, pairs.high)),
        about.words(f"compare.effect.{effect_of(pairs.effect, 'more')}"),
    )


def _numbers(about: About) -> Table:
    fields = (
        *_fields(
            about, ("round", "text"), ("holds", "text"), ("of_county", "text"), ("unit", "text"), ("kind", "text")
        ),
        *_objective_fields(about),
        *_fields(about, ("ended_now", "number"), ("ended_then", "number")),
    )
    rows = [(when, what, *_number(about, own)) for when, what, one in _rounds(about) for own in one.numbers]
    return Table(fields, rows)


def _number(about: About, one: OfNumber) -> tuple[Value, ...]:
    words = about.words
    return (
        about.number(one),
        words(f"compare.of_unit.{one.unit}"),
        words(f"compare.kind.{one.moved.kind}"),
        *_moved(one.moved, one.unit, one.better, about),
        one.moved.base_ended,
        one.moved.other_ended,
    )


def _unknowns(about: About) -> Iterator[Table]:
    """Yield how often each finalist is the best, what knowing each unknown is worth, and the gain of each finalist in each draw."""
    words, found, drawn = about.words, about.found, about.found.drawn
    if drawn is None:
        return
    shares: list[tuple[str, Value]] = [
        *((about.scheme(n), share) for n, share in enumerate(drawn.best)),
        (words("options.as_is"), drawn.best_as_is),
    ]
    yield Table(_fields(about, ("holds", "text"), ("best_share", "share")), shares, words("options.head.best_in"))
    times = 100.0 if found.objective.unit == "1" else 1.0
    fields = _fields(
        about,
        ("unknown", "text"),
        ("paths", "text"),
        ("worth_value", "tenth"),
        ("floor", "tenth"),
        ("heard", "text"),
        ("flips_share", "share"),
        ("low", "text"),
        ("high", "text"),
    )
    worths = [
        (
            about.unknown_name(one),
            ", ".join(one.paths),
            *(_end(end, times) for end in (one.worth, one.floor)),
            words("yes" if one.heard else "no"),
            one.flips,
            about.scheme(one.best_low),
            about.scheme(one.best_high),
        )
        for one in drawn.worths
    ]
    yield Table(fields, worths, words("options.head.worth"))
    schemes = [Field(words("options.scheme_short", n=n + 1), "tenth") for n in range(len(found.finalists))]
    gains = [(n, *(_end(float(gain), times) for gain in row)) for n, row in enumerate(drawn.gains)]
    yield Table((*_fields(about, ("draw", "number")), *schemes), gains, words("options.head.gains"))


def _places(about: About) -> Table:
    fields = _fields(
        about, ("title", "text"), ("order", "number"), ("place", "text"), ("chosen_by", "text"), ("amount", "tenth")
    )
    rows = [
        (about.titled(one.id), order, label, about.words(f"options.amount.{one.chosen_by}"), place.amount * _times(one))
        for one in about.found.options
        for order, (place, label) in enumerate(zip(one.places, about.places(one), strict=True), start=1)
    ]
    return Table(fields, rows)


def _times(one: Option) -> float:
    """Return by what the amount of a place is multiplied to be told: shares are told in per cent."""
    return 100.0 if one.chosen_by == "late" else 1.0


def _settings(about: About) -> Table:
    fields = _fields(about, ("title", "text"), ("setting", "text"), ("path", "line"), ("value", "text"))
    rows = [
        (about.titled(one.id), about.words.key(path), path, said)
        for one in about.found.options
        for path, said in settings_of(about, one)
    ]
    return Table(fields, rows)


def _runs(about: About, pairs: pd.DataFrame) -> Table:
    """Return run by run what options are measured by, as it is and with everything that was tried."""
    times = 100.0 if about.found.objective.unit == "1" else 1.0
    fields = _fields(
        about,
        ("round", "text"),
        ("holds", "text"),
        ("run", "number"),
        ("now", "tenth"),
        ("then", "tenth"),
        ("difference", "tenth"),
    )
    rows = [
        (
            about.words(f"options.round.{row['round']}"),
            about.listed(row["members"].split(" + ")),
            row["replication"],
            *(_end(row[key], times) for key in ("base", "other", "difference")),
        )
        for row in pairs.to_dict("records")
    ]
    return Table(fields, rows)


def _assumptions(about: About, assumed: Sequence[Assumption]) -> Table:
    words = about.words
    fields = tuple(Field(words(key)) for key in ("col.what", "source", "applies_to", "status", "workbook.key"))
    return Table(fields, [(own.what, own.source, own.applies_to, own.status, own.key) for own in assumed])
