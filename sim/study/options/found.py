"""What is found out about options: each alone, portfolios of them, what they cost, and which is recommended.

Every effect is the difference of paired runs: the same run numbers, the same luck, with the option and without. Screening and finals have
runs of their own, so that what was chosen is not judged by the luck that chose it. A *gain* is an effect turned so that more is better.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.measures.naming import Naming
from sim.scenario import Scenario
from sim.scenario.options import By, OptionPlan
from sim.study.compare.comparison import Better, OfNumber, OfRequirement
from sim.study.compare.paired import Effect, Moved
from sim.study.options.folder import OptionsAsked

Floats = NDArray[np.float64]
Reason = Literal["no_effect", "harmful", "too_dear", "no_gain", "unsure", "excluded", "no_room", "crowded"]
"""Why an option is in no finalist that can be paid.

``too_dear``: alone dearer than the budget, and not played; ``no_effect``: no screening run differed; ``harmful``: certainly worse in the
screening; ``no_gain``: not better on average in the screening; ``unsure``: it costs money and is not surely better there; ``excluded``:
cannot be combined with one that is worth more; ``no_room``: what is left of the budget does not hold it; ``crowded``: those that gain more
took all places.
"""


ROUNDING = 1e-9
"""By so large a share of it floating point may pass a budget, or a gain."""


def affordable(cost_wan: float, budget_wan: float | None) -> bool:
    """Tell whether a budget holds a cost."""
    return budget_wan is None or cost_wan <= budget_wan * (1 + ROUNDING)


@dataclass(frozen=True)
class Place:
    """One place that was chosen for an option; ``amount`` is what it was chosen for.

    Residents in registered danger areas (``threatened``), the share of screening runs in which it was late (``late``), mean minutes without
    contact in them (``dark``).
    """

    index: int
    code: str
    amount: float


@dataclass(frozen=True)
class Option:
    """One option: what it sets (as ``--set`` takes it, places filled in) and costs; ``places`` are in the order of their choice.

    ``years``: for so many years a cost counts that comes every year.
    """

    id: str
    plan: OptionPlan
    settings: tuple[str, ...]
    places: tuple[Place, ...] = ()
    years: int = 1

    @property
    def title(self) -> str:
        """What it is called."""
        return self.plan.title

    @property
    def units(self) -> int:
        """How many are bought; 1 for a rule."""
        return self.plan.units

    @property
    def cost_wan(self) -> float:
        """What all of it costs, in 万元: once or for one event as it is, every year for so many years."""
        return self.plan.cost_wan * (self.years if self.plan.cost.per == "year" else 1)

    @property
    def free(self) -> bool:
        """Whether it costs nothing."""
        return self.cost_wan == 0

    @property
    def chosen_by(self) -> By | None:
        """By what its places were chosen; ``None`` where it has none to choose."""
        return self.plan.where.by if self.plan.where is not None else None


@dataclass(frozen=True)
class Objective:
    """What options are measured by: a number of the county, or whether a requirement was kept.

    ``key``: as ``--objective`` takes it. ``unit``: ``person``, ``min``, ``village``, ``household``, or ``1`` for shares and chances.
    ``requirement`` and ``name``: the id and the name of the requirement whose chance it is, empty for numbers of the county. ``never_min``:
    minutes that never came to an end count as so many, the length of the run, so that there is always a mean; ``None`` for other units.
    """

    key: str
    unit: str
    better: Better
    requirement: str
    name: str
    never_min: float | None

    @property
    def sign(self) -> int:
        """By what an effect is multiplied to be a gain."""
        return 1 if self.better == "more" else -1


@dataclass(frozen=True, eq=False)
class Tried:
    """One option or a portfolio set against the scenario as it is, under the same luck.

    ``objective``: always of kind ``mean``; of a requirement the chance that it is kept. All intervals hold for everything tried in the same
    round together (Bonferroni). ``values``: the objective run by run, in the scenario as it is and with the options, shapes (runs,).
    """

    members: tuple[str, ...]
    cost_wan: float
    objective: Moved
    requirements: tuple[OfRequirement, ...]
    numbers: tuple[OfNumber, ...]
    replications: tuple[int, ...]
    values: tuple[Floats, Floats]

    @property
    def runs(self) -> int:
        """How many pairs of runs there are."""
        return len(self.replications)

    def run_by_run(self) -> Iterator[tuple[int, float, float]]:
        """Yield the number of each run, and what the objective was in it as it is and with the options."""
        base, other = self.values
        yield from zip(self.replications, base.tolist(), other.tolist(), strict=True)


@dataclass(frozen=True)
class Step:
    """What the last option of a portfolio adds to those before it: ``moved`` has the portfolio without it as its base, under the same luck.

    ``cost_wan``: of what is added. The intervals hold for all steps together.
    """

    members: tuple[str, ...]
    added: str
    cost_wan: float
    moved: Moved


@dataclass(frozen=True)
class Last:
    """What the recommended portfolio has beyond its dearest part among the finalists (the index ``before``), and how it moves the objective."""

    before: int
    added: tuple[str, ...]
    moved: Moved


@dataclass(frozen=True)
class Together:
    """A portfolio against the sum of its parts, all under the same luck; ``extra`` = ``together`` − ``summed`` with its interval.

    ``parts``: its members one by one, or the last one and those before it. Effects in the unit of the objective, not turned. ``effect``:
    whether the extra is surely more or less. Intervals hold for all of them.
    """

    parts: tuple[tuple[str, ...], ...]
    summed: float
    together: float
    extra: float
    low: float
    high: float
    effect: Effect


@dataclass(frozen=True)
class InputWorth:
    """What knowing one unknown beforehand would be worth to the choice among the finalists (EVPPI by regression), with ``--draws``.

    ``key``, ``title``: the path, or the group of those that move together (``paths``). ``worth``: by how much the objective would be better
    on average; ``floor``: what a shuffled unknown gives; ``heard``: above it. ``flips``: in what share of the draws another finalist would be
    chosen. ``best_low`` and ``best_high``: the index of the finalist that is best where it is low or high in its range, ``None``: none of
    them, leave it as it is.
    """

    key: str
    title: str
    paths: tuple[str, ...]
    worth: float
    floor: float
    heard: bool
    flips: float
    best_low: int | None
    best_high: int | None


@dataclass(frozen=True)
class Drawn:
    """The finalists once more with what is not known drawn anew: in what share of the draws each is the best of those affordable.

    ``best``: a share for each finalist, 0 for one beyond the budget; ``best_as_is``: the share of draws in which none of them gains
    anything. ``gains``: shape (draws, finalists), the mean gain of each draw.
    """

    draws: int
    runs_each: int
    best: tuple[float, ...]
    best_as_is: float
    gains: Floats
    worths: tuple[InputWorth, ...]


@dataclass(frozen=True, eq=False)
class Found:
    """All that is found out about the options of a scenario.

    ``screened``: each option alone, as far as it is affordable. ``dropped``: why those in no finalist that can be paid are in none.
    ``finalists``: at most ten, the portfolios of the chain first, in its order, then others and single options. ``steps``: of the chain.
    ``frontier``: indices of the finalists, by cost, that no finalist of the same or less cost beats on average, nor leaving it as it is;
    ``beaten``: of those that one surely beats.
    ``recommended``: the index of a finalist, ``None`` where none is surely worth anything; with a budget the best that it buys, without one
    the portfolio at the end of the last step that surely adds something. ``taken_out``: options taken out of the recommended portfolio as
    they surely harm, or change nothing, in it; ``carried``: those in it that by themselves are not surely of use; ``last``: what the last of
    its money buys, ``None`` where no part of it was tried that costs less.
    """

    scenario: Scenario
    asked: OptionsAsked
    options: tuple[Option, ...]
    objective: Objective
    screened: tuple[Tried, ...]
    dropped: Mapping[str, Reason]
    finalists: tuple[Tried, ...]
    steps: tuple[Step, ...]
    together: tuple[Together, ...]
    frontier: tuple[int, ...]
    beaten: tuple[int, ...]
    recommended: int | None
    taken_out: tuple[str, ...]
    carried: tuple[str, ...]
    last: Last | None
    drawn: Drawn | None
    names: Naming

    @property
    def runs(self) -> int:
        """How many runs were played."""
        asked = self.asked
        played = asked.screen * (1 + len(self.screened))
        if self.finalists:
            played += asked.finals * (1 + len(self.finalists))
        if self.drawn is not None:
            played += self.drawn.draws * self.drawn.runs_each * (1 + len(self.finalists))
        return played

    @property
    def budget_wan(self) -> float | None:
        """What may be spent, in 万元; ``None``: nobody said."""
        return self.asked.budget_wan

    def affordable(self, one: Tried) -> bool:
        """Tell whether the budget holds something tried."""
        return affordable(one.cost_wan, self.budget_wan)

    @property
    def by_id(self) -> dict[str, Option]:
        """The options by their ids."""
        return {one.id: one for one in self.options}

    def gain(self, one: Tried) -> float:
        """Return by how much something tried is better on average than leaving it as it is, in the unit of the objective."""
        return self.objective.sign * one.objective.difference + 0.0  # no gain is 0, not −0
