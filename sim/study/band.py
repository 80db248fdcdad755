"""Some runs of a scenario, of which one is told in detail: what its numbers were in all of them, and which run is the typical one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

from sim.measures.coverage import NANOMINUTE
from sim.measures.digest import COUNTY, SHARES_MIN
from sim.measures.naming import Naming
from sim.scenario import Scenario
from sim.study.engines import Engine, Variant, jobs_of
from sim.study.intervals import exact_interval, quantile_over
from sim.study.nights import Nights, joined
from sim.study.study import PLAYED, Watch
from sim.study.study_tables import replications

Floats = NDArray[np.float64]
RUNS = 20
"""So many runs are played where no single one is asked for: numbers 0 to 19."""
NUMBERS = ("warned_p50_min", "warned_p95_min", "share_60min", "never_households", "exposed_at_onset_persons")
"""The numbers of the county that people look at first."""
NUMBERS_OF_PLACE = ("acknowledged_min", "warned_p95_min", "share_60min", "never_households", "exposed_persons")
"""The same of a township or a village."""
COVERAGE = ("least", "lower", "middle", "upper", "most")
"""What is said of the share told by some minute: least, quartiles and most of the runs."""
_QUARTILES = {"lower": 0.25, "middle": 0.5, "upper": 0.75}
_NOT_NUMBERS = ("main_step", "call_step")  # which step, not how many of anything


@dataclass(frozen=True, eq=False)
class Spread:
    """What a number was in ``this`` run, the typical one, and in all of them, the first axis of ``in_all``; ``inf`` for never."""

    this: Floats
    in_all: Floats

    @property
    def least(self) -> Floats:
        """The least of all."""
        least: Floats = self.in_all.min(axis=0)
        return least

    @property
    def middle(self) -> Floats:
        """The middle one, the lower of two."""
        return quantile_over(self.in_all, 0.5)

    @property
    def most(self) -> Floats:
        """The most of all."""
        most: Floats = self.in_all.max(axis=0)
        return most

    @property
    def never(self) -> NDArray[np.int64]:
        """In how many runs it never came to it."""
        never: NDArray[np.int64] = np.isinf(self.in_all).sum(axis=0)
        return never


@dataclass(frozen=True)
class Kept:
    """In how many runs a requirement was kept, ``met`` of ``of``, and the exact 95 % interval of the probability."""

    met: int
    of: int
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Band:
    """Some runs of a scenario; ``typical`` is the number of the one that is told in detail."""

    nights: Nights
    typical: int

    @classmethod
    def of(cls, scenario: Scenario, nights: Nights) -> Band:
        """Return the runs with the typical one chosen: by the numbers of the county, and the minutes that each requirement took."""
        measures = (*NUMBERS, *(f"target:{own}:min" for own in told_first(scenario, nights)))
        found = [values[:, place == COUNTY] for place, values in map(nights.of_measure, measures)]
        return cls(nights, nights.replications[typical_of(np.hstack(found))])

    @property
    def row(self) -> int:
        """Where the typical run stands among the others."""
        return self.nights.replications.index(self.typical)

    @property
    def count(self) -> int:
        """How many runs there are."""
        return len(self.nights.replications)

    def spread(self, measure: str, place: int = COUNTY) -> Spread | None:
        """Return what a number of a place was in all runs; ``None`` where it is not simulated, or speaks of nobody."""
        at, values = self.nights.of_measure(measure)
        own = values[:, at == place]
        if not own.shape[1] or np.isnan(own).any():
            return None
        return Spread(own[self.row, 0], own[:, 0])

    def kept(self, own: str, within_min: float, place: int = COUNTY) -> Kept | None:
        """Return in how many runs a requirement was kept, in a place by itself; ``None`` where it speaks of nobody there."""
        taken = self.spread(f"target:{own}:min", place)
        if taken is None:
            return None
        met = int((taken.in_all <= within_min + NANOMINUTE).sum())
        low, high = exact_interval(np.array([met]), self.count)
        return Kept(met, self.count, float(low[0]), float(high[0]))

    def coverage(self) -> pd.DataFrame:
        """Return the share of the county's households told so many ``minutes`` after the release: least, quartiles and most of all runs."""
        shares = np.column_stack([self.nights.of_county(f"share_{minutes}min") for minutes in SHARES_MIN])
        of_runs = {"least": shares.min(axis=0), "most": shares.max(axis=0)}
        of_runs |= {name: quantile_over(shares, share) for name, share in _QUARTILES.items()}
        return pd.DataFrame({"minutes": np.array(SHARES_MIN)} | {name: of_runs[name] for name in COVERAGE})


def typical_of(numbers: Floats) -> int:
    """Return the row of the typical run, from what each number was in each of them, shape (runs, numbers); ``inf`` for never.

    Each number ranks the runs; those alike share their ranks, from the first to the last. How far a run is from the middle of that number is how
    many ranks lie between: none for a median. The typical run is the one that is least far off, all numbers taken together, and the first of
    several. A number that is the same in all runs weighs nothing, and nor does one that a run does not have (NaN).
    """
    known = numbers[:, ~np.isnan(numbers).any(axis=0)]
    if not known.size:
        return 0
    middle = (len(numbers) + 1) / 2
    first, last = (rankdata(known, method=end, axis=0) for end in ("min", "max"))
    return int(np.maximum(np.maximum(first - middle, middle - last), 0).sum(axis=1).argmin())


def told_first(scenario: Scenario, nights: Nights) -> list[str]:
    """Return the ids of the requirements that a report tells first: the time limits, or the call targets where there are none."""
    return [target.id for target in scenario.plan.targets] or nights.requirements


def play_band(scenario: Scenario, variant: Variant, engine: Engine, watch: Watch, runs: int = RUNS) -> Band:
    """Play so many runs of a scenario, which ``variant`` names for other processes, and return them with the typical one chosen."""
    return Band.of(scenario, joined(list(watch(engine.play(jobs_of(variant, range(runs))), runs, PLAYED))))


def band_tables(band: Band, names: Naming) -> dict[str, pd.DataFrame]:
    """Return ``replications``, every value of every run, and ``band``, what each number was in all of them, the county's first; null for never."""
    nights, row, frames = band.nights, band.row, []
    for column, first in zip(nights.columns, nights.starts[:-1], strict=True):
        values = nights.kept[:, first : first + len(column.place)]
        meant = ~np.isnan(values).any(axis=0)
        if column.measure in _NOT_NUMBERS or column.measure.endswith(":met"):
            continue
        spread = Spread(values[row, meant], values[:, meant])
        own = {key: np.where(np.isfinite(one), one, np.nan) for key, one in _of(spread).items()}
        codes = [names.code[place] for place in column.place[meant].tolist()]
        frames.append(
            pd.DataFrame({"measure": column.measure, "unit": column.unit, "place": codes, **own, "never": spread.never})
        )
    whole = pd.concat(frames, ignore_index=True)
    below = whole["place"].to_numpy() != names.code[COUNTY]
    return {"replications": replications(nights, names), "band": whole.iloc[np.argsort(below, kind="stable")]}


def summary_of(scenario: Scenario, band: Band) -> dict[str, Any]:
    """Return what the summary says of all the runs; null for never."""
    limits = {plan.id: plan.within_min for plan in (*scenario.plan.targets, *scenario.plan.call_targets)}
    kept = {own: band.kept(own, limits[own.partition("@")[0]]) for own in band.nights.requirements}
    spreads = {measure: band.spread(measure) for measure in NUMBERS}
    return {
        "n": band.count,
        "typical": band.typical,
        "targets": [
            {"id": own, "met": one.met, "n": one.of, "ci_low": one.low, "ci_high": one.high}
            for own, one in kept.items()
            if one is not None
        ],
        **{
            measure: {key: _or_null(float(one)) for key, one in _of(spread).items() if key != "this"}
            | {"never": int(spread.never)}
            for measure, spread in spreads.items()
            if spread is not None
        },
    }


def _of(spread: Spread) -> dict[str, Floats]:
    return {"this": spread.this, "least": spread.least, "middle": spread.middle, "most": spread.most}


def _or_null(value: float) -> float | None:
    return value if math.isfinite(value) else None
