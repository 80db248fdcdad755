"""Which options to try together: a chain that grows by what is worth most for its money, and the best that a budget holds.

Both go by what the screening saw of each option alone; what they are worth together is seen in the finals only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sim.study.options.found import Reason

MOST = 10
"""At most so many finalists."""
SPARE = 1
"""So many of them are kept for a portfolio out of which something must be taken."""
MOST_STEPS = 6
"""At most so many steps a chain has in the finals; the last of a longer one adds all that is left."""
_DIGITS = 12
_ROUNDING = 1e-9
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


def affordable(cost_wan: float, budget_wan: float | None) -> bool:
    """Tell whether a budget holds a cost."""
    return budget_wan is None or cost_wan <= budget_wan * (1 + _ROUNDING)


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


def best_within(candidates: Sequence[Candidate], exclusive: Exclusive, budget_wan: float) -> Members:
    """Return the options with the largest sum of gains that a budget holds, by branch and bound.

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
        if gain > best[0] * (1 + _ROUNDING):
            best = (gain, taken)
        if first == len(ranked) or gain + bound(first, room) <= best[0] * (1 + _ROUNDING):
            return
        one = ranked[first]
        if one.cost_wan <= room and not any(exclusive(one.id, other) for other in taken):
            extend(first + 1, room - one.cost_wan, gain + one.gain, (*taken, one.id))
        extend(first + 1, room, gain, taken)

    extend(0, budget_wan * (1 + _ROUNDING), 0.0, ())
    return best[1]


def steps_of(chain: Members) -> list[Members]:
    """Return what each step of a chain adds."""
    single = len(chain) if len(chain) <= MOST_STEPS else MOST_STEPS - 1
    return [*((one,) for one in chain[:single]), *([chain[single:]] if chain[single:] else [])]


def nested(steps: Sequence[Members]) -> list[Members]:
    """Return the portfolio at the end of each step."""
    return [tuple(one for step in steps[: end + 1] for one in step) for end in range(len(steps))]


def finalists_of(chain: Members, knapsack: Members, others: Sequence[str]) -> list[Members]:
    """Return what goes to the finals: the portfolios of a chain, the best that the budget holds, then single options as far as there is room.

    Those of the chain go first, in its order, as what they do together is told from what they do alone; then ``others``.
    """
    wanted = [*nested(steps_of(chain)), knapsack, *((one,) for one in (*chain, *others))]
    found: dict[frozenset[str], Members] = {}
    for members in wanted:
        if members:
            found.setdefault(frozenset(members), members)
    return [*found.values()][: MOST - SPARE]


def cost_of(members: Members, costs: Mapping[str, float]) -> float:
    """Return what a portfolio costs, in 万元."""
    return math.fsum(costs[one] for one in members)
