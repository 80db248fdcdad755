"""Which options to try together: a chain that grows by what is worth most for its money, and the best that a budget holds.

Both go by what the screening saw of each option alone; what they are worth together is seen in the finals only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.study.options.found import ROUNDING, Reason, affordable

MOST = 10
"""At most so many finalists."""
SPARE = 1
"""So many of them are kept for a portfolio out of which something must be taken."""
MOST_STEPS = 5
"""At most so many options are added one by one in the finals: of a longer chain those of the most gain."""
_DIGITS = 12
Members = tuple[str, ...]
Exclusive = Callable[[str, str], bool]


@dataclass(frozen=True)
class Candidate:
    """An option that the screening found better on average: what it costs and by how much it is better."""

    id: str
    cost_wan: float
    gain: float

    @property
    def rank(self) -> tuple[int, float]:
        """Free ones come first, by their gain; then by gain for the money; to twelve digits, so that one unit of money is as good as another."""
        if self.cost_wan == 0:
            return 0, -self.gain
        return 1, -float(f"{self.gain / self.cost_wan:.{_DIGITS}g}")


def chained(
    candidates: Sequence[Candidate], exclusive: Exclusive, budget_wan: float | None
) -> tuple[Members, dict[str, Reason]]:
    """Return options in the order in which a portfolio takes them, as far as the budget goes; and why others are not in it."""
    chain: list[Candidate] = []
    left: dict[str, Reason] = {}
    for one in sorted(candidates, key=lambda own: own.rank):
        if any(exclusive(one.id, other.id) for other in chain):
            left[one.id] = "excluded"
        elif not affordable(math.fsum([one.cost_wan, *(other.cost_wan for other in chain)]), budget_wan):
            left[one.id] = "no_room"
        else:
            chain.append(one)
    return tuple(one.id for one in chain), left


def best_within(candidates: Sequence[Candidate], exclusive: Exclusive, budget_wan: float | None) -> Members:
    """Return the options with the largest sum of gains that a budget holds, by branch and bound; ``None``: whatever they cost.

    No portfolio can be better than one that may take the next by rank in part (Dantzig 1957) and any that exclude each other.
    """
    ranked = sorted(candidates, key=lambda own: own.rank)
    best: tuple[float, Members] = (0.0, ())

    def bound(first: int, room: float) -> float:
        total = 0.0
        for one in ranked[first:]:
            if one.cost_wan > room:
                return total + one.gain * room / one.cost_wan
            total, room = total + one.gain, room - one.cost_wan
        return total

    def extend(first: int, room: float, gain: float, taken: Members) -> None:
        nonlocal best
        if gain > best[0] * (1 + ROUNDING):
            best = (gain, taken)
        if first == len(ranked) or gain + bound(first, room) <= best[0] * (1 + ROUNDING):
            return
        one = ranked[first]
        if one.cost_wan <= room and not any(exclusive(one.id, other) for other in taken):
            extend(first + 1, room - one.cost_wan, gain + one.gain, (*taken, one.id))
        extend(first + 1, room, gain, taken)

    extend(0, math.inf if budget_wan is None else budget_wan * (1 + ROUNDING), 0.0, ())
    return best[1]


def steps_of(chain: Members, candidates: Sequence[Candidate]) -> Members:
    """Return the options that are added one by one, in the order of a chain."""
    gains = {one.id: one.gain for one in candidates}
    most = sorted(chain, key=lambda own: -gains[own])[:MOST_STEPS]
    return tuple(own for own in chain if own in most)


def nested(steps: Members) -> list[Members]:
    """Return the portfolio at the end of each step."""
    return [steps[: end + 1] for end in range(len(steps))]


def finalists_of(
    steps: Members, candidates: Sequence[Candidate], exclusive: Exclusive, budget_wan: float | None
) -> list[Members]:
    """Return what goes to the finals: the ends of the steps, what gains most within the budget and whatever it costs, then single options.

    Of these the one that gains most for its money goes first, then those that gain most, as far as there is room.
    """
    best = [best_within(candidates, exclusive, most) for most in (budget_wan, None)]
    dear = [one for one in sorted(candidates, key=lambda own: own.rank) if one.cost_wan]
    singles = [*dear[:1], *sorted(candidates, key=lambda own: -own.gain)]
    found: dict[frozenset[str], Members] = {}
    for members in (*nested(steps), *best, *((one.id,) for one in singles)):
        if members:
            found.setdefault(frozenset(members), members)
    return [*found.values()][: MOST - SPARE]


def cost_of(members: Members, costs: Mapping[str, float]) -> float:
    """Return what a portfolio costs, in 万元."""
    return math.fsum(costs[one] for one in members)
