"""How much of the spread is chance, which nobody can change, and how much is ignorance, which a survey could.

What is not known is drawn many times, and the same nights are played with every draw. The values make a table of draws by nights, whose
variance is taken apart as that of a two-way layout with random effects: between draws, between nights, and what only both together make
(Searle, Casella & McCulloch 1992, ch. 4). No law of the values is assumed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.scenario import Scenario
from sim.scenario.uncertain import draw
from sim.study.nights import Nights
from sim.study.parts import Part

Floats = NDArray[np.float64]
NIGHTS = 20
"""Every draw meets the luck of the first so many nights."""
_ROUNDING = 1e-12


def drawn(scenario: Scenario, draws: int) -> list[Part]:
    """Return what is played: the first nights with each draw of what is not known."""
    plan = scenario.plan
    return [Part(f"draws/{n:04d}", draw(plan.uncertain, plan.seed, n), tuple(range(NIGHTS))) for n in range(draws)]


@dataclass(frozen=True)
class Variance:
    """The variance of a number taken apart: that of the draws, that of the nights, and that of both together.

    ``low`` and ``high``: about the 95 % interval of the share that is ignorance alone, by the jackknife over draws and over nights.
    """

    ignorance: float
    chance: float
    both: float
    low: float
    high: float

    @property
    def shares(self) -> tuple[float, float, float]:
        """What share of the variance is ignorance, chance and both together; NaN where nothing varies."""
        parts = (self.ignorance, self.chance, self.both)
        whole = sum(parts)
        ignorance, chance, both = (part / whole if whole else math.nan for part in parts)
        return ignorance, chance, both


def taken_apart(values: Floats) -> Variance:
    """Return the variance of values taken apart, shape (draws, nights), at least two of each; all finite."""
    parts = components(values)
    share = _share_of_ignorance(values)
    error = math.hypot(*(_jackknife(_share_of_ignorance, values, axis) for axis in (0, 1)))
    half = float(stats.t.ppf(0.975, min(values.shape) - 1)) * error
    return Variance(*parts, max(share - half, 0.0), min(share + half, 1.0))


def components(values: Floats) -> tuple[float, float, float]:
    """Return the variance components of draws, nights and their interaction: unbiased, but for those below what rounding makes, which are none."""
    draws, nights = values.shape
    by_draw, by_night = values.mean(axis=1, keepdims=True), values.mean(axis=0, keepdims=True)
    rest = values - by_draw - by_night + values.mean()
    both = float((rest**2).sum() / ((draws - 1) * (nights - 1)))
    ignorance = float(by_draw.var(ddof=1)) - both / nights
    chance = float(by_night.var(ddof=1)) - both / draws
    nothing = _ROUNDING * float((values**2).mean())
    ignorance, chance, both = (part if part > nothing else 0.0 for part in (ignorance, chance, both))
    return ignorance, chance, both


def _share_of_ignorance(values: Floats) -> float:
    ignorance, *others = components(values)
    return ignorance / (ignorance + sum(others)) if ignorance else 0.0


def _jackknife(of: Callable[[Floats], float], values: Floats, axis: int) -> float:
    """Return the standard error of a number by leaving out one row or column after another (Tukey 1958); 0 where too few would be left."""
    count = values.shape[axis]
    if count < 3:
        return math.inf
    without = np.array([of(np.delete(values, n, axis=axis)) for n in range(count)])
    return math.sqrt((count - 1) / count * float(((without - without.mean()) ** 2).sum()))


def table_of(draws: Sequence[Nights], measure: str) -> Floats:
    """Return what a measure of the county was, shape (draws, nights)."""
    return np.array([nights.of_county(measure) for nights in draws])
