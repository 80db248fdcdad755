"""What a comparison came to, in sentences to read aloud: what was changed, what it buys, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from sim.errors import Language
from sim.report.compare.amounts import level_of, of_number, runs
from sim.report.study.about import requirement_name
from sim.report.words.language import Words
from sim.scenario.differences import flow, size
from sim.study.compare import Comparison
from sim.study.compare.comparison import Against, OfNumber, Uncompared
from sim.study.compare.tables import effect_of
from sim.study.requirements import Requirement, requirements
from sim.study.study import Study

_SETTINGS = 5
_LONGEST = 40
_CERTAIN = 6
"""So many numbers of the county that surely became better, or worse, are said in words; the others stand in the tables."""
_ALWAYS = "exposed_at_onset_persons"
"""The number of the county of which a sentence speaks whatever became of it."""


def compare_sentences(whole: Comparison, language: Language) -> list[str]:
    """Return the sentences."""
    words = Words(language)
    whole = in_words(whole, words)
    said = opening(whole, words)
    for against in whole.others:
        said += [settings(against, words), *findings(whole, against, words)]
    return said


def in_words(whole: Comparison, words: Words) -> Comparison:
    """Return a comparison in which requirements are called what people call them."""
    plans = requirements(whole.base.scenario, whole.base.nights)
    name = {own: requirement_name(whole.base.scenario, own, plan, words) for own, plan in plans.items()}
    others = tuple(
        replace(
            against,
            requirements=tuple(replace(one, name=name[one.id]) for one in against.requirements),
            numbers=tuple(replace(one, name=name.get(one.requirement, "")) for one in against.numbers),
            places=tuple(replace(one, name=name[one.requirement]) for one in against.places),
        )
        for against in whole.others
    )
    return replace(whole, others=others)


def title(whole: Comparison, words: Words) -> str:
    """Return what is compared."""
    return words("compare.title", county=whole.base.scenario.county.name)


def opening(whole: Comparison, words: Words) -> list[str]:
    """Return what is compared, how, and what of it is not alike."""
    base, *others = whole.compared
    seed = base.asked.seed
    names = words.listed(words("compare.quoted", name=one.name) for one in others)
    return [
        words("compare.method", base=base.name, others=names),
        words("compare.pairs", n=whole.runs),
        *(
            words("compare.seed_overridden", name=one.name, stated=one.stated_seed, seed=seed)
            for one in others
            if one.stated_seed != seed
        ),
        *(words("compare.other_places", name=one.name) for one in whole.others if not one.same_places),
    ]


def findings(whole: Comparison, against: Against, words: Words) -> list[str]:
    """Return what one scenario is like, set against the base."""
    return [
        *of_requirements(whole, against, words),
        *certain(against, words),
        *(number(one, against.name, words) for one in against.numbers if one.measure == _ALWAYS),
        *ratio(whole, against, words),
        *villages(whole, against, words),
        *uncompared(whole.base, against, words),
    ]


def settings(against: Against, words: Words) -> str:
    """Return what was changed, the first few settings by name."""
    if not against.settings:
        return words("compare.no_settings", name=against.name)
    said = [
        words("compare.setting", where=words.key(one.path), here=value(one.here, words), there=value(one.there, words))
        for one in against.settings[:_SETTINGS]
    ]
    more = words("compare.settings.more") if len(against.settings) > _SETTINGS else ""
    return words("compare.settings", name=against.name, n=len(against.settings), settings=words.listed([*said, more]))


def value(written: object, words: Words) -> str:
    """Return the value of a setting, a long one shortened with a count of what it holds."""
    text = flow(written)
    if not text:
        return words("compare.absent")
    if len(text) <= _LONGEST:
        return text
    return words("compare.shortened", text=text[: _LONGEST - 1], n=size(written))


def of_requirements(whole: Comparison, against: Against, words: Words) -> Iterator[str]:
    """Yield how often each requirement is kept in either, and what may be said of the difference; those that never differ together."""
    say, differ = runs(words, whole.runs), [one for one in against.requirements if one.pairs.effect != "same"]
    for one in differ:
        yield words(
            "compare.requirement",
            name=one.name,
            n=whole.runs,
            base=one.base.met,
            other=against.name,
            met=one.other.met,
            change=say.change(one.pairs.difference),
            range=say.range(one.pairs.low, one.pairs.high),
            effect=words(f"compare.effect.{effect_of(one.pairs.effect, 'more')}"),
        )
    if alike := len(against.requirements) - len(differ):
        yield words("compare.requirements.others" if differ else "compare.requirements.same", n=alike)


def certain(against: Against, words: Words) -> Iterator[str]:
    """Yield which numbers of the county surely became better, and which worse, the first few by name."""
    for effect in ("better", "worse"):
        found = [one for one in against.numbers if effect_of(one.moved.effect, one.better) == effect]
        said = [
            words(
                "compare.certain.one",
                name=name_of(one, words),
                change=of_number(one, words).change(one.moved.difference),
                range=of_number(one, words).range(one.moved.low, one.moved.high),
            )
            for one in found[:_CERTAIN]
        ]
        more = words("compare.certain.more", n=len(found)) if len(found) > _CERTAIN else ""
        if found:
            yield words(
                "compare.certain",
                effect=words(f"compare.effect.{effect}"),
                numbers=words("compare.joint").join(said),
                more=more,
            )


def name_of(one: OfNumber, words: Words) -> str:
    """Return what a number of the county is called."""
    return words("compare.number.taken", name=one.name) if one.requirement else words(f"compare.number.{one.measure}")


def number(one: OfNumber, other: str, words: Words) -> str:
    """Return how a number of the county differs."""
    how, say = one.moved, of_number(one, words)
    key = f"compare.{how.kind}"
    is_mean = how.kind == "mean"
    return words(
        f"{key}.same" if how.effect == "same" else key,
        name=name_of(one, words),
        other=other,
        n=how.pairs,
        base=level_of(one, how.base, words) if is_mean else how.base_ended,
        value=level_of(one, how.other, words) if is_mean else how.other_ended,
        change=say.change(how.difference),
        range=say.range(how.low, how.high),
        effect=words(f"compare.effect.{effect_of(how.effect, one.better)}"),
    )


def ratio(whole: Comparison, against: Against, words: Words) -> list[str]:
    """Return how much the same luck helped, of the main number; nothing where no number will do."""
    main = against.main
    if main is None or main.moved.variance_ratio is None or main.moved.variance_ratio <= 1:
        return []
    factor, about = main.moved.variance_ratio, {"other": against.name, "number": name_of(main, words)}
    if math.isinf(factor):
        return [words("compare.ratio.exact", **about)]
    runs_apart = words.number(math.floor(factor * whole.runs))
    times = words.number(math.floor(factor)) if factor >= 10 else f"{math.floor(factor * 10) / 10:g}"
    return [words("compare.ratio", **about, ratio=times, runs=runs_apart)]


def villages(whole: Comparison, against: Against, words: Words) -> list[str]:
    """Return how many villages became better or worse by each requirement, where any did for certain."""
    said, looked = [], [one for one in against.places if one.level == "village"]
    for one in looked:
        better, worse = (one.effect.count(effect) for effect in ("less", "more"))
        if better or worse:
            said.append(words("compare.villages", name=one.name, all=len(one.place), better=better, worse=worse))
    if said or not looked:
        return said
    least = max(one.least_apart for one in looked)
    few = [words("compare.villages.few", n=whole.runs, least=least)] if least > whole.runs else []
    return [words("compare.villages.none", n=len(looked)), *few]


def uncompared(base: Study, against: Against, words: Words) -> list[str]:
    """Return what was not compared, and why."""
    said = [_why(one, base, against, words) for one in against.uncompared]
    if against.one_sided:
        numbers = words.listed(words(f"compare.number.{measure}") for measure in against.one_sided)
        said.append(words("compare.one_sided", numbers=numbers))
    return said


def _why(one: Uncompared, base: Study, against: Against, words: Words) -> str:
    if one.base is not None:
        name = requirement_name(base.scenario, one.id, one.base, words)
        if one.other is None:
            return words("compare.uncompared.only_base", name=name)
        here, there = asks(one.base, words), asks(one.other, words)
        if here == there:
            return words("compare.uncompared.subject", name=name)
        return words("compare.uncompared.limit", name=name, base=here, there=there, other=against.name)
    assert one.other is not None  # noqa: S101 - one of them has it
    name = requirement_name(against.study.scenario, one.id, one.other, words)
    return words("compare.uncompared.only_other", name=name, other=against.name)


def asks(plan: Requirement, words: Words) -> str:
    """Return the limit of a requirement."""
    return words("compare.asks", share=words.exact_percent(plan.share), within=words.length(plan.within_min))
