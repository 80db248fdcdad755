"""What was found out about options, in sentences to read aloud: what to do, for how much, what it buys, what not to buy, what is not sure yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.errors import Language
from sim.report.compare.amounts import of_number
from sim.report.options.about import LEFT_OUT, About, share_of_it
from sim.report.words.language import Words
from sim.study.compare.comparison import OfRequirement
from sim.study.compare.tables import effect_of
from sim.study.options.found import Found, InputWorth, Tried

_REQUIREMENTS = 3
"""So many requirements or numbers that surely became better, or worse, are said in a sentence; the others stand in the table."""
_UNKNOWNS = 3


def options_sentences(found: Found, language: Language) -> list[str]:
    """Return the sentences."""
    return answer(About(found, Words(language)))


def answer(about: About) -> list[str]:
    """Return the answer to the question which options are worth it."""
    return [
        *what_to_do(about),
        *free_first(about),
        *of_requirements(about),
        *left_out(about),
        *not_sure(about),
        *unknown(about),
        *beware(about),
    ]


def method(about: About) -> str:
    """Return of what it is the answer, and how it was found."""
    found, words = about.found, about.words
    return words(
        "options.method",
        scenario=about.scenario_title,
        options=len(found.options),
        screen=found.asked.screen,
        finalists=len(found.finalists),
        finals=found.asked.finals,
    )


# --- what to do -------------------------------------------------------------------------------------------------------


def what_to_do(about: About) -> Iterator[str]:
    """Yield what is recommended, what it costs and what it buys; or that nothing is."""
    best = about.recommended
    if best is None:
        yield _nothing(about)
        return
    yield _recommended(about, best)
    yield bought(about, best)
    yield from _last_part(about)
    yield from harm(about, best, about.words("options.harm.recommended"))


def _nothing(about: About) -> str:
    found, words = about.found, about.words
    if not found.screened:
        return words("options.none.dear", within=about.within)
    if not found.finalists:
        return words(
            "options.none", within=about.within, n=len(found.screened), runs=found.asked.screen, name=about.objective
        )
    paid = sum(map(found.affordable, found.finalists))
    return words("options.none.finals", within=about.within, n=paid, runs=found.asked.finals, name=about.objective)


def _recommended(about: About, best: Tried) -> str:
    words, left = about.words, about.left(best)
    key = "options.left.counted" if about.recurring else "options.left"
    return words(
        "options.do" if best.cost_wan else "options.do.free",
        within=about.within,
        n=len(best.members),
        titles=about.listed(best.members),
        cost=about.cost(best.members),
        left=words(key, left=about.total(left), counting=about.counting, total=about.total(best.cost_wan))
        if left and best.cost_wan
        else "",
    )


def bought(about: About, tried: Tried) -> str:
    """Return what something tried does to what options are measured by, under the same luck."""
    moved, of = tried.objective, tried.runs
    return about.words(
        "options.buys.chance" if about.of_chance else "options.buys.mean",
        n=of,
        name=about.objective,
        note=about.objective_note,
        base=about.level(moved.base, of),
        other=about.level(moved.other, of),
        change=about.change(moved),
        effect=about.effect_said(moved),
    )


def _last_part(about: About) -> Iterator[str]:
    """Yield what the last of the money buys beyond what a cheaper part of the recommended portfolio does."""
    last = about.found.last
    if last is not None:
        before = about.found.finalists[last.before]
        yield about.words(
            "options.step",
            before=about.cost(before.members),
            gained=about.change(before.objective),
            titles=about.listed(last.added),
            cost=about.cost(last.added),
            change=about.change(last.moved),
        )


def harm(about: About, tried: Tried, which: str) -> Iterator[str]:
    """Yield which other numbers of the county something (``which``) surely makes worse, those that move most, whatever it does to the objective."""
    words = about.words
    worse = [one for one in tried.numbers if effect_of(one.moved.effect, one.better) == "worse"]
    worse.sort(key=lambda one: -share_of_it(one.moved))
    items = [
        words(
            "options.cell.beside",
            name=about.number(one),
            change=words(
                "options.cell.change",
                change=of_number(one, words).change(one.moved.difference),
                range=of_number(one, words).range(one.moved.low, one.moved.high),
            ),
        )
        for one in worse[:_REQUIREMENTS]
    ]
    if items:
        more = words("options.more", n=len(worse)) if len(worse) > _REQUIREMENTS else ""
        yield words("options.harm", which=which, items=words("options.joint").join(items), more=more)


def of_requirements(about: About) -> Iterator[str]:
    """Yield which requirements are surely kept more often with what is recommended, and which less often, the first few by name."""
    requirements = about.recommended.requirements if about.recommended is not None else ()
    others = [one for one in requirements if not (about.of_chance and one.id == about.found.objective.requirement)]
    surely = False
    for effect in ("better", "worse"):
        mine = [one for one in others if effect_of(one.pairs.effect, "more") == effect]
        surely = surely or bool(mine)
        if mine:
            yield about.words(
                f"options.requirements.{effect}",
                items=about.words("options.joint").join(requirement_moved(about, one) for one in mine[:_REQUIREMENTS]),
                more=about.words("options.more", n=len(mine)) if len(mine) > _REQUIREMENTS else "",
            )
    if others and not surely:
        yield about.words("options.requirements.open_others" if about.of_chance else "options.requirements.open")


def requirement_moved(about: About, one: OfRequirement) -> str:
    """Return how often a requirement was kept before and after."""
    name = about.requirement(one.id)
    return about.words("options.requirement", name=name, n=one.pairs.pairs, base=one.base.met, other=one.other.met)


def free_first(about: About) -> Iterator[str]:
    """Yield what costs nothing and is to be done first; that nothing of it surely helps, where that is so."""
    found, words, best = about.found, about.words, about.recommended
    free = [one.id for one in found.options if one.free]
    if best is None or not best.cost_wan or not free:
        return
    mine = [own for own in best.members if own in free]
    if not mine:
        yield words("options.first.none", n=len(free), titles=about.listed(free))
        return
    played = [one for one in found.finalists if set(one.members) <= set(mine)]
    if not played:
        yield words("options.first", titles=about.listed(mine))
        return
    alone = max(played, key=lambda one: len(one.members))
    yield words(
        "options.first.alone" if len(alone.members) == len(mine) else "options.first.some",
        titles=about.listed(mine),
        some=about.listed(alone.members),
        change=about.change(alone.objective),
        effect=about.effect_said(alone.objective),
    )
    yield from harm(about, alone, words("options.harm.alone", titles=about.listed(alone.members)))


# --- what not to do, and what is not sure -----------------------------------------------------------------------------


def left_out(about: About) -> Iterator[str]:
    """Yield what is in no portfolio, by the reason."""
    alike: dict[str, list[str]] = {}
    for own in about.with_outcome(*LEFT_OUT):
        alike.setdefault(about.outcome_said(own), []).append(own)
    items = [about.words("options.item", why=why, titles=about.listed(mine)) for why, mine in alike.items()]
    if items:
        yield about.words("options.left_out", name=about.objective, items=about.words("options.joint").join(items))


def not_sure(about: About) -> Iterator[str]:
    """Yield which options cannot be told yet: those that were looked at again and are not recommended, and steps that add nothing for certain."""
    found, words, best = about.found, about.words, about.recommended
    alone = {own: tried for own in about.with_outcome("final") if (tried := about.alone(own)) is not None}
    harmful = [step.added for step in found.steps if about.effect(step.moved) == "worse"]
    worse = [own for own, tried in alone.items() if about.effect(tried.objective) == "worse" or own in harmful]
    helps = [own for own, tried in alone.items() if about.effect(tried.objective) == "better" and own not in worse]
    unsure = [own for own in about.with_outcome("final") if own not in {*helps, *worse}]
    if unsure:
        yield words("options.unsure", titles=about.listed(unsure))
    if helps:
        yield words("options.overlap" if best is not None else "options.alone_only", titles=about.listed(helps))
    if worse:
        yield words("options.worse_after_all", titles=about.listed(worse))
    if found.carried:
        yield words("options.carried", titles=about.listed(found.carried))


def unknown(about: About) -> Iterator[str]:
    """Yield which unknown, if known, would change the choice; or that none would; or how to find out."""
    found, words, drawn = about.found, about.words, about.found.drawn
    if drawn is None:
        if found.scenario.plan.uncertain and found.finalists:
            yield words("options.not_drawn", n=len(found.scenario.plan.uncertain))
        return
    share = drawn.best_as_is if found.recommended is None else drawn.best[found.recommended]
    yield words(
        "options.stays", draws=drawn.draws, best=round(share * drawn.draws), scheme=about.scheme(found.recommended)
    )
    first = changing(drawn.worths)[:_UNKNOWNS]
    for number, one in enumerate(first, start=1):
        yield words("options.find_out", n=number, **_worth(about, one))
    if not first:
        yield words("options.find_out.none")


def changing(worths: Sequence[InputWorth]) -> list[InputWorth]:
    """Return the unknowns that would change the choice if they were known, the most worth first."""
    return sorted((one for one in worths if one.heard and one.flips > 0), key=lambda one: -one.worth)


def _worth(about: About, one: InputWorth) -> dict[str, str]:
    gain = about.amounts(about.found.asked.finals).change(about.found.objective.sign * one.worth)
    return {
        "title": about.unknown_name(one),
        "low": about.scheme(one.best_low),
        "high": about.scheme(one.best_high),
        "gain": gain,
    }


def beware(about: About) -> Iterator[str]:
    """Yield what must be looked after before money is spent."""
    words, best = about.words, about.recommended
    members = best.members if best is not None else tuple(one.id for one in about.found.options)
    doubts = about.doubtful(members)
    placed = any(about.found.by_id[own].places for own in members)
    said = words(
        "options.beware",
        counting=words("options.beware.counting", counting=about.counting) if about.recurring else "",
        costs=words("options.beware.costs", doubts=doubts) if doubts else "",
        places=words("options.beware.places") if placed and about.found.scenario.synthetic else "",
    )
    yield said.rstrip()
