"""What the finals say: each finalist and each step of the chain under the same luck, which is recommended, and why another is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.study.compare.paired import Moved, effect_in, mean_difference
from sim.study.options.found import Objective, Step, Together, Tried
from sim.study.options.measure import difference
from sim.study.options.portfolios import MOST, Members, affordable, cost_of, nested

Floats = NDArray[np.float64]
Values = Mapping[frozenset[str], Floats]
"""The objective of each portfolio run by run, shape (runs,); that of the scenario as it is has no members."""
_ERROR = 0.05


def confidence_of(count: int) -> float:
    """Return the confidence that each of so many intervals needs for all to hold together with 95 % (Bonferroni)."""
    return 1 - _ERROR / max(count, 1)


def steps_between(
    steps: Sequence[Members], values: Values, objective: Objective, costs: Mapping[str, float]
) -> tuple[Step, ...]:
    """Return what each step of a chain adds to the portfolio before it."""
    confidence = confidence_of(len(steps))
    return tuple(
        Step(
            members,
            added,
            cost_of(added, costs),
            difference(
                objective, values[frozenset(members) - frozenset(added)], values[frozenset(members)], confidence
            ),
        )
        for members, added in zip(nested(steps), steps, strict=True)
    )


def interactions(finalists: Sequence[Members], values: Values) -> tuple[Together, ...]:
    """Return of each portfolio whose members were played alone too how much more it does than they do one by one.

    Run by run y_P − y_0 − Σ (y_i − y_0), all under the same luck.
    """
    known = [one for one in finalists if len(one) > 1 and all(frozenset((own,)) in values for own in one)]
    confidence, found = confidence_of(len(known)), []
    for members in known:
        base = values[frozenset()]
        together = values[frozenset(members)] - base
        summed = sum((values[frozenset((own,))] - base for own in members), np.zeros(len(base)))
        extra = np.round(together - summed, 9)
        mean = mean_difference(extra, confidence)
        found.append(
            Together(
                members,
                float(summed.mean()),
                float(together.mean()),
                mean.mean,
                mean.low,
                mean.high,
                effect_in(mean.low, mean.high, same=not extra.any()),
            )
        )
    return tuple(found)


def frontier(costs: Sequence[float], gains: Sequence[float]) -> tuple[int, ...]:
    """Return those, by cost, that none of the same or less cost beats, nor doing nothing, which costs and gains 0."""
    every = [*zip(costs, gains, strict=True), (0.0, 0.0)]

    def beaten(cost: float, gain: float) -> bool:
        return any(other <= cost and more >= gain and (other < cost or more > gain) for other, more in every)

    on = [n for n in range(len(costs)) if not beaten(*every[n])]
    return tuple(sorted(on, key=lambda n: (costs[n], -gains[n], n)))


@dataclass(frozen=True)
class Verdict:
    """Which finalist is recommended, ``None`` for none; or which portfolio must be played first to tell. ``taken_out``: of the one favoured."""

    recommended: int | None
    play: Members
    taken_out: Members


def verdict(
    finalists: Sequence[Tried], steps: Sequence[Step], objective: Objective, budget_wan: float | None
) -> Verdict:
    """Return what the finals recommend.

    With a budget the best that it buys, of those that are surely better than leaving it as it is and do not end with a step of which that is not
    sure, if there are such. Without one the portfolio at the end of
    the last step that surely adds something, if it surely is better; else the cheapest that surely is. Never one with an option in it that
    surely harms, alone or as a step, or that changes nothing as a step: that is taken out, and what remains is played.
    """
    index = {frozenset(one.members): n for n, one in enumerate(finalists)}
    unwanted = _unwanted(finalists, steps, objective)
    for favoured in _favoured(finalists, steps, objective, budget_wan):
        members = finalists[favoured].members
        out = tuple(one for one in members if one in unwanted)
        kept = tuple(one for one in members if one not in unwanted)
        if not kept:
            continue
        if frozenset(kept) not in index:
            if len(finalists) < MOST:
                return Verdict(None, kept, out)
            continue
        chosen = index[frozenset(kept)]
        if _gains(finalists[chosen].objective, objective):
            return Verdict(chosen, (), out)
    return Verdict(None, (), ())


def _favoured(
    finalists: Sequence[Tried], steps: Sequence[Step], objective: Objective, budget_wan: float | None
) -> Iterator[int]:
    """Yield the finalists that are surely better than leaving it as it is and affordable, the favourite first."""
    sure = [
        n
        for n, one in enumerate(finalists)
        if _gains(one.objective, objective) and affordable(one.cost_wan, budget_wan)
    ]
    if budget_wan is not None:
        idle = {frozenset(one.members) for one in steps if not _gains(one.moved, objective)}
        yield from sorted(
            sure,
            key=lambda n: (
                frozenset(finalists[n].members) in idle,
                -gain_of(finalists[n].objective, objective),
                finalists[n].cost_wan,
                n,
            ),
        )
        return
    index = {frozenset(one.members): n for n, one in enumerate(finalists)}
    last = next((one for one in reversed(steps) if _gains(one.moved, objective)), None)
    favourite = [index[frozenset(last.members)]] if last is not None else []
    cheapest = sorted(sure, key=lambda n: (finalists[n].cost_wan, -gain_of(finalists[n].objective, objective), n))
    yield from dict.fromkeys([*favourite, *cheapest])


def _unwanted(finalists: Sequence[Tried], steps: Sequence[Step], objective: Objective) -> set[str]:
    """Return the options that surely harm, alone or as a step of the chain, and those that change nothing as a step."""
    alone = {one.members[0] for one in finalists if len(one.members) == 1 and harms(one.objective, objective)}
    as_step = {own for one in steps if harms(one.moved, objective) or one.moved.effect == "same" for own in one.added}
    return alone | as_step


def gain_of(how: Moved, objective: Objective) -> float:
    """Return by how much something is better on average."""
    return objective.sign * how.difference + 0.0  # no gain is 0, not −0


def harms(how: Moved, objective: Objective) -> bool:
    """Tell whether something is surely worse."""
    return how.effect == ("less" if objective.better == "more" else "more")


def _gains(how: Moved, objective: Objective) -> bool:
    return how.effect == objective.better
