"""What the finals say: each finalist and each step of the chain under the same luck, which is recommended, and why another is not."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.study.compare.paired import Moved, effect_in, mean_difference
from sim.study.intervals import exact_interval
from sim.study.options.found import Last, Objective, Step, Together, Tried, affordable
from sim.study.options.measure import difference
from sim.study.options.portfolios import MOST, Members, nested

Floats = NDArray[np.float64]
Values = Mapping[frozenset[str], Floats]
"""The objective of each portfolio run by run, shape (runs,); that of the scenario as it is has no members."""
_ERROR = 0.05


def confidence_of(count: int) -> float:
    """Return the confidence that each of so many intervals needs for all to hold together with 95 % (Bonferroni)."""
    return 1 - _ERROR / max(count, 1)


def steps_between(steps: Members, values: Values, objective: Objective, costs: Mapping[str, float]) -> tuple[Step, ...]:
    """Return what each option that is added one by one adds to the portfolio before it."""
    confidence = confidence_of(len(steps))
    return tuple(
        Step(
            members,
            members[-1],
            costs[members[-1]],
            difference(objective, values[frozenset(members[:-1])], values[frozenset(members)], confidence),
        )
        for members in nested(steps)
    )


def interactions(finalists: Sequence[Members], values: Values, objective: Objective) -> tuple[Together, ...]:
    """Return of each portfolio whose parts were played too how much more it does than they do one by one.

    Run by run y_P − y_0 − Σ (y_i − y_0), all under the same luck. The parts are its members, or where not all of these were played alone, the
    last one and all before it. Of a requirement, kept or not, this takes few values, and a run like none that was played may have any up to
    the number of the parts: the interval leaves room for as many as may have been missed.
    """
    known = [parts for one in finalists if len(one) > 1 and (parts := _parts(one, values))]
    confidence, found = confidence_of(len(known)), []
    for parts in known:
        base = values[frozenset()]
        together = values[frozenset(itertools.chain(*parts))] - base
        summed = sum((values[frozenset(own)] - base for own in parts), np.zeros(len(base)))
        extra = np.round(together - summed, 9)
        mean = mean_difference(extra, confidence)
        low, high = mean.low, mean.high
        if objective.requirement and extra.any():
            missed = float(exact_interval(np.array([0]), len(extra), confidence)[1][0])
            low, high = ((1 - missed) * end + missed * most for end, most in ((low, -len(parts)), (high, len(parts))))
        effect = effect_in(low, high, same=not extra.any())
        found.append(Together(tuple(parts), float(summed.mean()), float(together.mean()), mean.mean, low, high, effect))
    return tuple(found)


def _parts(members: Members, values: Values) -> list[Members]:
    """Return the members of a portfolio one by one, or the last one and those before it, as they were played; none if neither were."""
    ways: list[list[Members]] = [[(own,) for own in members], [members[:-1], members[-1:]]]
    return next((parts for parts in ways if all(frozenset(one) in values for one in parts)), [])


def frontier(costs: Sequence[float], gains: Sequence[float]) -> tuple[int, ...]:
    """Return those, by cost, that none of the same or less cost beats, nor doing nothing, which costs and gains 0."""
    every = [*zip(costs, gains, strict=True), (0.0, 0.0)]

    def beaten(cost: float, gain: float) -> bool:
        return any(other <= cost and more >= gain and (other < cost or more > gain) for other, more in every)

    on = [n for n in range(len(costs)) if not beaten(*every[n])]
    return tuple(sorted(on, key=lambda n: (costs[n], -gains[n], n)))


def beaten(finalists: Sequence[Tried], objective: Objective) -> tuple[int, ...]:
    """Return those that another of the same or less cost surely beats, run by run, or leaving it as it is; all these pairs hold together."""
    cheaper = [
        (n, own, other)
        for n, own in enumerate(finalists)
        for other in finalists
        if other is not own and other.cost_wan <= own.cost_wan
    ]
    confidence = confidence_of(len(cheaper))
    worse = {n for n, one in enumerate(finalists) if harms(one.objective, objective)}
    worse |= {n for n, own, other in cheaper if _gains(_between(own, other, objective, confidence), objective)}
    return tuple(sorted(worse))


@dataclass(frozen=True)
class Verdict:
    """Which finalist is recommended, ``None`` for none; or which portfolio must be played first to tell. ``taken_out``: of the one favoured."""

    recommended: int | None
    play: Members
    taken_out: Members


def verdict(
    finalists: Sequence[Tried], steps: Sequence[Step], objective: Objective, budget_wan: float | None
) -> Verdict:
    """Return what the finals recommend, of what is affordable and surely better than leaving it as it is.

    With a budget the best on average, without one the portfolio at the end of the last step that surely adds something, else the cheapest.
    One of which not every part is known to be good - it ends with a step that is not sure, or holds options that by themselves are not - is
    recommended only where it surely beats that one, or there is no other. Never one with an option in it that surely harms, alone or as a
    step, or that changes nothing as a step: that is taken out, and what remains is played.
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
) -> list[int]:
    """Return the finalists that are surely better than leaving it as it is and affordable, the favourite first."""
    sure = [
        n
        for n, one in enumerate(finalists)
        if _gains(one.objective, objective) and affordable(one.cost_wan, budget_wan)
    ]
    gains = [gain_of(one.objective, objective) for one in finalists]
    last = next((frozenset(one.members) for one in reversed(steps) if _gains(one.moved, objective)), None)
    if budget_wan is not None:
        sure.sort(key=lambda n: (-gains[n], finalists[n].cost_wan))
    else:
        sure.sort(key=lambda n: (frozenset(finalists[n].members) != last, finalists[n].cost_wan, -gains[n]))
    ends = {frozenset(one.members): _gains(one.moved, objective) for one in steps}
    good = {one.added for one in steps if _gains(one.moved, objective)}
    good |= {one.members[0] for one in finalists if len(one.members) == 1 and _gains(one.objective, objective)}
    known = [n for n in sure if ends.get(frozenset(finalists[n].members), good.issuperset(finalists[n].members))]
    others = [n for n in sure if n not in known]
    confidence = confidence_of(len(others))
    better = [
        n
        for n in sorted(others, key=lambda n: -gains[n])
        if known and _gains(_between(finalists[known[0]], finalists[n], objective, confidence), objective)
    ]
    return [*dict.fromkeys([*better, *known, *others])]


def _between(one: Tried, other: Tried, objective: Objective, confidence: float) -> Moved:
    """Return how the objective of a finalist differs from that of another, run by run."""
    return difference(objective, one.values[1], other.values[1], confidence)


def carried(chosen: Tried, finalists: Sequence[Tried], steps: Sequence[Step], objective: Objective) -> tuple[str, ...]:
    """Return the options of a portfolio that are not surely of use in it: by the portfolio without it, else by its own step, else by it alone."""
    if len(chosen.members) == 1:
        return ()
    confidence = confidence_of(len(chosen.members))
    members = frozenset(chosen.members)
    known = {one.members[0]: one.objective for one in finalists if len(one.members) == 1}
    known |= {one.added: one.moved for one in steps if members.issuperset(one.members)}
    without = {frozenset(one.members): one for one in finalists}
    known |= {
        own: _between(without[members - {own}], chosen, objective, confidence)
        for own in chosen.members
        if members - {own} in without
    }
    return tuple(own for own in chosen.members if own not in known or not _gains(known[own], objective))


def last_part(chosen: Tried, finalists: Sequence[Tried], objective: Objective) -> Last | None:
    """Return what a portfolio has beyond the dearest of its parts that was tried and costs less."""
    parts = [
        n
        for n, one in enumerate(finalists)
        if set(one.members) < set(chosen.members) and one.cost_wan < chosen.cost_wan
    ]
    if not parts:
        return None
    before = max(parts, key=lambda n: (finalists[n].cost_wan, len(finalists[n].members)))
    added = tuple(own for own in chosen.members if own not in finalists[before].members)
    return Last(before, added, _between(finalists[before], chosen, objective, confidence_of(1)))


def _unwanted(finalists: Sequence[Tried], steps: Sequence[Step], objective: Objective) -> set[str]:
    """Return the options that surely harm, alone or as a step of the chain, and those that change nothing as a step."""
    alone = {one.members[0] for one in finalists if len(one.members) == 1 and harms(one.objective, objective)}
    return alone | {one.added for one in steps if harms(one.moved, objective) or one.moved.effect == "same"}


def gain_of(how: Moved, objective: Objective) -> float:
    """Return by how much something is better on average."""
    return objective.sign * how.difference + 0.0  # no gain is 0, not −0


def harms(how: Moved, objective: Objective) -> bool:
    """Tell whether something is surely worse."""
    return how.effect == ("less" if objective.better == "more" else "more")


def _gains(how: Moved, objective: Objective) -> bool:
    return how.effect == objective.better
