"""The tables of the page: all options, the finalists, what the recommended portfolio does, what it holds and where, what costs are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.report.compare.amounts import counted, level_of, of_number, runs
from sim.report.compare.sentences import value
from sim.report.content.grid import Column, Grid
from sim.report.content.notices import source_text
from sim.report.options.about import OUTCOMES, About, share_of_it
from sim.report.options.sentences import bought, of_requirements, what_to_do
from sim.study.compare.comparison import OfRequirement
from sim.study.compare.tables import effect_of
from sim.study.options.found import Option, Tried

_FEW_PLACES = 3
_MOST_PLACES = 120
_FEW_BESIDES = 2


@dataclass(frozen=True)
class Line:
    """One line of the box: what it is about, and what is said, in one or several parts."""

    about: str
    said: tuple[str, ...]


def box(about: About) -> list[Line]:
    """Return what the recommended portfolio holds, costs and buys, and where it goes; or that there is none."""
    words, found, best = about.words, about.found, about.recommended
    if best is None:
        return [Line(words("options.col.so"), (words("options.box.none", said=next(what_to_do(about))),))]
    measures = tuple(
        words("options.box.measure", title=about.named(own), cost=about.cost([own])) for own in best.members
    )
    lines = [
        Line(words("options.box.measures"), measures),
        Line(words("options.box.cost"), (about.cost(best.members),)),
        Line(words("options.box.effect"), (bought(about, best),)),
        Line(words("options.box.requirements"), tuple(of_requirements(about))),
        Line(words("options.box.places"), tuple(_where(about, best))),
    ]
    if found.budget_wan is not None:
        sums = {"budget": found.budget_wan, "cost": best.cost_wan, "left": about.left(best)}
        key = "options.box.budget_counted" if about.recurring else "options.box.budget_said"
        said = words(key, counting=about.counting, **{name: about.total(own) for name, own in sums.items()})
        lines.insert(2, Line(words("options.box.budget"), (said,)))
    return [line for line in lines if line.said]


def _where(about: About, best: Tried) -> Iterator[str]:
    """Yield how many places each recommended option goes to, and where they are listed."""
    for own in best.members:
        if (one := about.found.by_id[own]).places:
            yield about.words(
                "options.box.place_of",
                title=about.named(own),
                n=len(one.places),
                by=about.words(f"options.by.{one.chosen_by}"),
                first=places(about, one, _FEW_PLACES),
            )


def chosen(about: About) -> Grid:
    """Return the places that were chosen for the recommended options."""
    words, best = about.words, about.recommended
    columns = (
        Column("title", "", words("options.col.title")),
        Column("chosen_by", "", words("options.col.chosen_by")),
        Column("where", "", words("options.col.where")),
    )
    placed = [about.found.by_id[own] for own in (best.members if best is not None else ())]
    rows = tuple(
        (about.titled(one.id), words(f"options.by.{one.chosen_by}"), places(about, one, _MOST_PLACES))
        for one in placed
        if one.places
    )
    note = words("options.note.places" if about.found.scenario.synthetic else "options.note.places_real")
    return Grid(words("options.head.places"), (note,), columns, rows)


def places(about: About, one: Option, most: int) -> str:
    """Return the first places that were chosen for an option, and how many there are."""
    labels = about.places(one)
    said = about.words.listed(labels[:most])
    return about.words("options.places.more", places=said, n=len(labels)) if len(labels) > most else said


def all_options(about: About) -> Grid:
    """Return every option, those recommended first: what it costs, where it goes, what it does alone and besides, what became of it."""
    words = about.words
    placed = any(one.places for one in about.found.options)
    ordered = [about.found.by_id[own] for own in about.with_outcome(*OUTCOMES)]
    columns = (
        Column("title", "", words("options.col.title")),
        Column("cost", "", words("options.col.cost")),
        Column("units", "n", words("options.col.units")),
        *([Column("where", "", words("options.col.where"))] if placed else []),
        Column("alone", "", words("options.col.alone")),
        Column("besides", "", words("options.col.besides")),
        Column("outcome", "", words("options.col.outcome")),
    )
    rows = tuple(
        (
            about.titled(one.id),
            about.cost([one.id]),
            words.number(one.units),
            *([places(about, one, _FEW_PLACES) or words("none")] if placed else []),
            _alone(about, about.alone(one.id)),
            _besides(about, about.alone(one.id)),
            about.outcome_said(one.id),
        )
        for one in ordered
    )
    note = words("options.note.all", name=about.objective, note=about.objective_note)
    return Grid(words("options.head.all"), (note,), columns, rows)


def _alone(about: About, tried: Tried | None) -> str:
    if tried is None:
        return about.words("options.cell.not_played")
    key = "options.cell.final" if tried in about.found.finalists else "options.cell.screen"
    return about.words(key, said=about.change(tried.objective, cell=True), n=tried.runs)


def _besides(about: About, tried: Tried | None) -> str:
    """Return what something surely makes worse, and better, of requirements and numbers, those that move most; not by what options are measured."""
    words = about.words
    if tried is None:
        return words("none")
    moves = sorted(_moves(about, tried), key=lambda one: -one[1])
    parts = []
    for effect in ("worse", "better"):
        if mine := [said for own, _, said in moves if own == effect]:
            items = words("options.joint").join(mine[:_FEW_BESIDES])
            more = words("options.more", n=len(mine)) if len(mine) > _FEW_BESIDES else ""
            parts.append(words(f"options.beside.{effect}", items=items, more=more))
    if parts:
        return words.run_on(parts)
    same = all(effect == "same" for effect, *_ in moves)
    return words("compare.effect.same" if same else "compare.effect.open")


def _moves(about: About, tried: Tried) -> Iterator[tuple[str, float, str]]:
    """Yield how each requirement and number of the county moves: better or worse, how much beside itself, and in words."""
    words, objective = about.words, about.found.objective
    say = runs(words, tried.runs)
    for one in tried.requirements:
        if not (about.of_chance and one.id == objective.requirement):
            change = say.change(one.pairs.difference)
            said = words("options.cell.beside", name=about.requirement(one.id), change=change)
            yield effect_of(one.pairs.effect, "more"), abs(one.pairs.difference), said
    for number in tried.numbers:
        if not number.requirement and number.measure != objective.key:
            change = of_number(number, words).change(number.moved.difference)
            said = words("options.cell.beside", name=about.number(number), change=change)
            yield effect_of(number.moved.effect, number.better), share_of_it(number.moved), said


def finalists(about: About) -> Grid:
    """Return the finalists by the numbers of the figure."""
    words, found = about.words, about.found
    columns = (
        Column("number", "n", words("options.col.number")),
        Column("holds", "", words("options.col.holds")),
        Column("cost", "", words("options.col.cost")),
        Column("effect", "", words("options.col.effect")),
        Column("so", "w", words("options.col.so")),
        Column("standing", "w", words("options.col.standing")),
    )
    rows = tuple(
        (
            f"{n + 1}",
            about.in_short(n),
            about.cost(one.members),
            about.change(one.objective, cell=True),
            about.effect_said(one.objective),
            words(f"options.standing.{about.standing(n)}"),
        )
        for n, one in enumerate(found.finalists)
    )
    return Grid(words("options.head.finalists"), notes_of_finalists(about), columns, rows)


def notes_of_finalists(about: About) -> tuple[str, ...]:
    """Return how the finalists are to be read."""
    words = about.words
    counting = words("options.note.counting", counting=about.counting) if about.recurring else ""
    return tuple(filter(None, (words("options.note.finalists"), counting)))


def requirements(about: About, best: Tried) -> Grid:
    """Return how often each requirement is kept as it is and with the recommended portfolio; in notes those that are the same in every run."""
    words = about.words
    columns = (
        Column("name", "", words("options.col.name")),
        Column("now", "", words("options.col.now")),
        Column("then", "", words("options.col.with")),
        Column("change", "", words("options.col.change")),
        Column("so", "w", words("options.col.so")),
    )
    rows = tuple(
        (
            about.requirement(one.id),
            counted(one.base, words),
            counted(one.other, words),
            requirement_change(about, one),
            words(f"compare.effect.{effect_of(one.pairs.effect, 'more')}"),
        )
        for one in best.requirements
        if one.pairs.effect != "same"
    )
    same: dict[str, list[str]] = {}
    for one in best.requirements:
        if one.pairs.effect == "same":
            same.setdefault(counted(one.base, words), []).append(about.requirement(one.id))
    notes = tuple(words("compare.same_count", value=own, names=words.listed(names)) for own, names in same.items())
    return Grid(words("options.head.requirements"), notes, columns if rows else (), rows)


def requirement_change(about: About, one: OfRequirement) -> str:
    """Return in how many runs more or less a requirement was kept, with the interval."""
    say = runs(about.words, one.pairs.pairs)
    ends = say.range(one.pairs.low, one.pairs.high)
    return about.words("options.cell.change", change=say.change(one.pairs.difference), range=ends)


def numbers(about: About, best: Tried) -> Grid:
    """Return the numbers of the county that the recommended portfolio surely makes better or worse."""
    words = about.words
    columns = (
        Column("name", "", words("options.col.of_county")),
        Column("now", "n", words("options.col.now")),
        Column("then", "n", words("options.col.with")),
        Column("change", "", words("options.col.change")),
        Column("so", "w", words("options.col.so")),
    )
    sure = [one for one in best.numbers if one.moved.effect in {"more", "less"}]
    rows = tuple(
        (
            about.number(one),
            level_of(one, one.moved.base, words),
            level_of(one, one.moved.other, words),
            words(
                "options.cell.change",
                change=of_number(one, words).change(one.moved.difference),
                range=of_number(one, words).range(one.moved.low, one.moved.high),
            ),
            words(f"compare.effect.{effect_of(one.moved.effect, one.better)}"),
        )
        for one in sure
    )
    return Grid(words("options.head.numbers"), (), columns, rows)


def settings(about: About) -> Grid:
    """Return what each option lays over the scenario, in words."""
    words = about.words
    columns = tuple(Column(key, "", words(f"options.col.{key}")) for key in ("title", "setting", "path", "value"))
    rows = tuple(
        (about.titled(one.id), words.key(path), path, said)
        for one in about.found.options
        for path, said in settings_of(about, one)
    )
    return Grid(words("options.head.settings"), (), columns, rows)


def settings_of(about: About, one: Option) -> Iterator[tuple[str, str]]:
    """Yield each setting of an option, its path and its value; of places only how many there are, for they stand elsewhere."""
    into = one.plan.where.into if one.plan.where is not None else None
    for path, written in one.plan.changes.items():
        if path != into:
            yield path, about.coded(value(written, about.words))
    if into is not None:
        yield into, about.words("options.cell.places", n=len(one.places) or one.units)


def costs(about: About) -> Grid:
    """Return what each cost is made of, and where that comes from."""
    words = about.words
    columns = (
        Column("title", "", words("options.col.title")),
        Column("made_of", "", words("options.col.made_of")),
        Column("cost", "n", words("options.col.cost")),
        Column("source", "", words("source")),
        Column("applies_to", "", words("applies_to")),
        Column("status", "", words("status")),
    )
    rows = tuple(
        (
            about.titled(one.id),
            made_of(about, one),
            about.bill([one.id]),
            source_text(one.plan.source or "", words) or words("none"),
            words.applies_to(one.plan.applies_to or ""),
            words(f"status.{one.plan.status}") if one.plan.status else words("status.none"),
        )
        for one in about.found.options
    )
    return Grid(words("options.head.costs"), (), columns, rows)


def made_of(about: About, one: Option) -> str:
    """Return what a cost is made of: so much for each unit, so much whatever their number; and how often it comes."""
    words, cost = about.words, one.plan.cost
    each = about.money(cost.each)
    if one.units > 1:
        each = words("options.cell.per_unit", units=words.number(one.units), each=each)
    parts = [each if cost.each else "", about.money(cost.fixed) if cost.fixed else ""]
    made = words("options.plus").join(filter(None, parts))
    return about.per(cost.per, made) if made else words("options.free")


def unknowns(about: About) -> list[Grid]:
    """Return how often each finalist is the best of draws of what is not known, and what knowing each unknown is worth."""
    words, found, drawn = about.words, about.found, about.found.drawn
    if drawn is None:
        return []
    columns = (
        Column("number", "n", words("options.col.number")),
        Column("holds", "", words("options.col.holds")),
        Column("best", "n", words("options.col.best_in")),
    )
    shares = [*enumerate(drawn.best), (None, drawn.best_as_is)]
    rows = tuple(
        (
            f"{n + 1}" if n is not None else words("none"),
            about.in_short(n) if n is not None else words("options.as_is"),
            words("options.cell.share_of_draws", best=round(share * drawn.draws), draws=drawn.draws),
        )
        for n, share in shares
    )
    note = words("options.note.unknown", runs=drawn.runs_each)
    best = Grid(words("options.head.best_in"), (note,), columns, rows, wide=False)
    heard = [one for one in drawn.worths if one.heard]
    if not heard:
        return [best]
    say = about.amounts(found.asked.finals)
    of_worth = tuple(
        Column(key, "", words(f"options.col.{key}")) for key in ("unknown", "low", "high", "flips", "worth")
    )
    worth = tuple(
        (
            about.unknown_name(one),
            about.scheme(one.best_low),
            about.scheme(one.best_high),
            words("options.cell.share_of_draws", best=round(one.flips * drawn.draws), draws=drawn.draws),
            say.change(found.objective.sign * one.worth),
        )
        for one in sorted(heard, key=lambda one: -one.worth)
    )
    return [best, Grid(words("options.head.worth"), (), of_worth, worth)]


def together(about: About) -> list[str]:
    """Return where a portfolio is surely worth more or less than its parts added up."""
    words, say = about.words, about.amounts(about.found.asked.finals)
    said = []
    for one in about.found.together:
        if one.effect in {"more", "less"}:
            less, more = sorted(abs(end) for end in (one.low, one.high))
            said.append(
                words(
                    f"options.together.{effect_of(one.effect, about.found.objective.better)}",
                    titles=about.listed_parts(one.parts),
                    summed=say.change(one.summed),
                    together=say.change(one.together),
                    extra=say.value(abs(one.extra)),
                    low=say.value(less),
                    high=say.value(more),
                )
            )
    return said or ([words("options.together.none")] if about.found.together else [])
