"""What a sensitivity analysis found: which inputs decide, where a requirement fails, and what it would be worth to know.

Every point of a design is a scenario of its own. Points that are compared one with another are played with the same numbers of runs, so under the
same luck; those of pawn, of which chances are told over all of them, have runs of their own.

An output is a number of each run of the whole county; what is studied is its mean over the runs of a point. A time that never comes counts as the
minutes from the release to the end of the run: the mean is a restricted one (Royston & Parmar 2013).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.study.compare.comparison import Better
from sim.study.folder import Asked
from sim.study.nights import Nights

Floats = NDArray[np.float64]
Method = Literal["morris", "sobol", "pawn"]
Kind = Literal["mu_star", "mu", "sigma", "S1", "ST", "ks"]
CurveEffect = Literal["sure", "open", "none"]
Use = Literal["stated", "alone", "together", "morris", "sobol", "pawn"]


@dataclass(frozen=True)
class Design:
    """How an analysis is made: by which ``methods``, of how many ``trajectories`` (morris) or ``points`` (pawn; of each of both samples of sobol).

    ``runs``: how often each point of a design is played; ``curve_runs``: how often where one input is moved alone, or two together.
    """

    methods: tuple[Method, ...]
    trajectories: int
    points: int
    runs: int
    curve_runs: int


@dataclass(frozen=True)
class Input:
    """One number that is not known, or several that move together: ``paths``, their written ``ranges`` and ``stated`` values."""

    key: str
    title: str
    paths: tuple[str, ...]
    ranges: tuple[tuple[str, str], ...]
    stated: tuple[str, ...]


@dataclass(frozen=True)
class Output:
    """What is asked about; ``requirement``: the id of the requirement whose chance it is, empty for numbers, as then is its ``name``.

    ``unit``: ``1`` (a chance, or a share of households), ``min``, ``person``, ``village``.
    """

    key: str
    requirement: str
    name: str
    unit: str
    better: Better


@dataclass(frozen=True)
class Index:
    """What one method says of one input and one output.

    ``mu_star`` (how far the output moves when the input moves over its whole range), ``mu`` and ``sigma`` in the output's unit; ``S1`` and ``ST``
    shares of the variance; ``ks`` the PAWN distance. ``low`` and ``high``: the 95 % interval over the points of the design. ``floor``: what an
    input that does nothing but re-deal the luck would stay below in 95 of 100 such analyses; ``heard``: whether this one is above it.
    """

    method: Method
    output: str
    input: str
    kind: Kind
    value: float
    low: float
    high: float
    floor: float
    heard: bool

    def tied(self, other: Index) -> bool:
        """Tell whether which of two indices of one kind is the greater cannot be told: their intervals overlap."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, eq=False)
class Curve:
    """One input moved alone, all others as stated, under the same luck.

    ``shares``: how far up its law each level lies, ascending from 0 to 1, without the stated value, which lies at ``stated_share``: both ends, of the
    inputs that matter most also levels between; ``written``: what stands there, of each level and path.
    ``means``, ``low``, ``high``: the output at each level with its 95 % interval, shape (levels,);
    ``differences`` likewise, against the stated value, in pairs of runs; ``alike``: whether no run of a level differs from it. ``effect``: whether
    either end certainly differs, might, or no run of either does.
    """

    output: str
    input: str
    shares: tuple[float, ...]
    written: tuple[tuple[str, ...], ...]
    means: Floats
    low: Floats
    high: Floats
    stated_share: float
    stated_mean: float
    stated_low: float
    stated_high: float
    differences: Floats
    difference_low: Floats
    difference_high: Floats
    alike: tuple[bool, ...]
    effect: CurveEffect


@dataclass(frozen=True)
class Interaction:
    """Two inputs at their worse ends: the difference against the stated point of each alone and of both together.

    ``extra``: what both make together beyond the sum of each alone, with its paired 95 % interval; ``matters``: whether that leaves out 0.
    """

    output: str
    first: str
    second: str
    first_written: tuple[str, ...]
    second_written: tuple[str, ...]
    first_alone: float
    second_alone: float
    together: float
    extra: float
    low: float
    high: float
    matters: bool


@dataclass(frozen=True)
class Bound:
    """Between which values of one path, as written, a region lies; ``None``: not bounded on that side."""

    path: str
    title: str
    low: str | None
    high: str | None


@dataclass(frozen=True)
class Region:
    """Where a requirement fails more often: found by PRIM on one half of the points, judged on the other.

    Of the judging half: ``points`` inside, with ``runs`` of which ``failed`` missed the requirement, the interval of that share (over points) from
    ``low`` to ``high``; ``coverage``: what share of all failures lies inside; ``everywhere``: what share of all runs failed; ``share``: what share
    of the points lies inside. ``held``: whether the interval lies above ``everywhere``: otherwise the region is not to be told from chance.
    """

    requirement: str
    bounds: tuple[Bound, ...]
    points: int
    runs: int
    failed: int
    low: float
    high: float
    coverage: float
    everywhere: float
    share: float
    held: bool


@dataclass(frozen=True)
class Worth:
    """What it would be worth to know one input, by the expected value of partial perfect information (EVPPI).

    Relying on the plan gains the chance of the requirement less the chance required, not relying on it gains 0. ``flips``: for what share of what the
    input may be the decision would be another than without knowing it; ``worth``: what is gained on average, in shares of runs; ``floor``: what a
    shuffled input seems to be worth in 95 of 100 cases. ``known_low`` and ``known_high``: between what the chance lies, over what the input may be;
    ``now``: what it is without knowing.
    """

    input: str
    requirement: str
    flips: float
    worth: float
    floor: float
    heard: bool
    now: float
    known_low: float
    known_high: float


@dataclass(frozen=True)
class Point:
    """A point that was played: what for, its number there, what stands at each path, and the mean of each output over so many runs."""

    use: Use
    number: int
    written: Mapping[str, str]
    runs: int
    means: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """A sensitivity analysis: what was asked, and what was found.

    ``stated``: the runs of the scenario as it is written; ``runs``: how many runs were played in all. ``noise``, of each output: the half-width of
    the 95 % interval of the mean of one point of a design; ``noise_share``: what share of the variance of those means inputs and luck make together,
    which no index can tell apart. ``left_out``: what is asked about, but some run has no value of, such as a requirement that
    meant nobody in it: nothing is said of it. Of ``curves`` there is one for each output and input, those of one output together.
    ``regions`` and ``worths`` are made from the points of pawn, and empty without it: only these fill the space evenly, each with luck of its own.
    """

    scenario: Scenario
    asked: Asked
    design: Design
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    left_out: tuple[Output, ...]
    indices: tuple[Index, ...]
    curves: tuple[Curve, ...]
    interactions: tuple[Interaction, ...]
    regions: tuple[Region, ...]
    worths: tuple[Worth, ...]
    stated: Nights
    runs: int
    noise: Mapping[str, float]
    noise_share: Mapping[str, float]
    points: tuple[Point, ...]
