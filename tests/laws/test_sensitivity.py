"""What the statistics of a sensitivity analysis keep to: known slopes, silence where nothing is, floors that chance reaches as often as they say."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from SALib.analyze import morris as salib_morris
from SALib.analyze import pawn as salib_pawn
from scipy import stats

from sim import luck
from sim.study.sensitivity import designs, indices, regions, worth
from sim.study.sensitivity.chance import LEAST_RUNS, TIMES, flips, floor_of, resamples, shuffles
from sim.study.sensitivity.curves import curve
from sim.study.sensitivity.found import Index, Output
from sim.study.sensitivity.indices import Estimate
from sim.study.sensitivity.inputs import Inputs
from sim.study.sensitivity.regions import Box, box_of, clustered_interval, halves, judged, parted
from tests.formulas import unknown
from tests.proof import compared
from tests.strategies import repeatable

Floats = NDArray[np.float64]
SINGLE = [[0], [1], [2], [3]]


def noise(*shape: int, about: str) -> Floats:
    """Return numbers of a standard normal law, independent of each other."""
    return stats.norm.ppf(luck.uniform(11, 0, about, np.arange(math.prod(shape)))).reshape(shape)


def of_kind(estimates: Iterable[Estimate], kind: str) -> list[Estimate]:
    """Return the estimates of one kind."""
    return [one for one in estimates if one.kind == kind]


# What may be said -----------------------------------------------------------------------------------------------------

SPANS = st.tuples(st.floats(0, 9), st.floats(0, 3))


def with_ends(low: float, high: float) -> Index:
    """Return an index with this interval."""
    return Index("morris", "", "", "mu_star", (low + high) / 2, low, high, 0.0, heard=True)


@given(SPANS, SPANS)
def test_two_indices_are_tied_unless_one_lies_above_the_other(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    """Either way round; each with itself; and those that are not tied keep their order wherever in their intervals they are."""
    first, second = (with_ends(low, low + wide) for low, wide in (one, other))
    assert first.tied(first)
    assert first.tied(second) == second.tied(first)
    assert first.tied(second) != (first.low > second.high or second.low > first.high)


def test_luck_that_is_the_same_at_every_level_moves_no_difference(tmp_path: Path) -> None:
    """It widens the interval of each mean, not that of a difference; a level at which no run differs is alike, whatever the luck."""
    inputs, output = Inputs.of(unknown(2).load(tmp_path)), Output("x", "", "", "person", "less")
    own, common = noise(2, 20, about="own"), 700 * noise(20, about="common")
    steady = np.array([np.zeros(20), own[0], np.zeros(20), 5 + own[1]])
    at = {0.0: (), 0.5: (), 1.0: ()}
    calm, lucky = (curve(output, inputs, 0, at, steady + luck_) for luck_ in (np.zeros(20), common))
    assert calm.alike == lucky.alike == (False, True, False)
    for name in ("differences", "difference_low", "difference_high"):
        assert np.allclose(getattr(calm, name), getattr(lucky, name), atol=1e-6)
    assert (lucky.high - lucky.low > 100 * (lucky.difference_high - lucky.difference_low)).all()


# Designs --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blocks", [[[0, 2], [1], [3]], SINGLE])
def test_one_block_moves_at_a_time_and_all_of_its_paths(blocks: list[list[int]]) -> None:
    """Along a trajectory every block moves once, each of its paths by two thirds; between the two samples of Sobol' whole blocks are exchanged."""
    points = designs.trajectories(blocks, 6, seed=3).reshape(6, len(blocks) + 1, 4)
    steps = np.abs(np.diff(points, axis=1))
    assert np.isin(np.round(steps, 9), [0, np.round(2 / 3, 9)]).all()
    for trajectory in steps:
        moved = {tuple(np.flatnonzero(step).tolist()) for step in trajectory}
        assert moved == {tuple(block) for block in blocks}
    rows = designs.saltelli(blocks, 8, seed=3).reshape(8, len(blocks) + 2, 4)
    for number, block in enumerate(blocks):
        others = [path for path in range(4) if path not in block]
        assert (rows[:, number + 1][:, block] == rows[:, -1][:, block]).all()
        assert (rows[:, number + 1][:, others] == rows[:, 0][:, others]).all()


def test_a_design_is_the_scenarios_seed_and_nothing_else() -> None:
    """The same seed gives the same points, another seed others; a Latin hypercube has each path once in each part."""
    for make in (designs.trajectories, designs.saltelli):
        assert (make(SINGLE, 4, 7) == make(SINGLE, 4, 7)).all()
        assert (make(SINGLE, 4, 7) != make(SINGLE, 4, 8)).any()
    points = designs.latin(5, 40, seed=7)
    assert (np.sort(np.floor(points * 40), axis=0) == np.arange(40)[:, None]).all()
    assert (points == designs.latin(5, 40, seed=7)).all()


def test_chance_is_dealt_fairly() -> None:
    """Signs: the first way flips none; of few runs there are all ways, none alike or opposite; shuffles are orders; rows are drawn alike."""
    for runs in (LEAST_RUNS, 9, 15):
        ways = flips(runs, seed=1)
        assert (ways[0] == 1).all()
        assert set(np.unique(ways)) == {-1, 1}
        assert len(ways) == 2 ** min(runs - 1, 10)
    for runs in (LEAST_RUNS, 9):
        ways = flips(runs, seed=1)
        assert len(np.unique(np.vstack([ways, -ways]), axis=0)) == 2**runs
    assert (np.sort(shuffles(30, seed=1), axis=1) == np.arange(30)).all()
    assert stats.chisquare(np.bincount(resamples(50, seed=1).ravel(), minlength=50)).pvalue > 0.001
    assert len(resamples(50, seed=1)) == TIMES


# Morris ---------------------------------------------------------------------------------------------------------------


def test_a_linear_model_has_its_slopes_and_no_spread() -> None:
    """μ* and μ are the slopes over the whole range, σ is 0; luck that is the same at every point changes nothing; what has no slope has no floor."""
    slopes = np.array([3.0, -2.0, 0.5, 0.0])
    points = designs.trajectories(SINGLE, 8, seed=2)
    values = (points @ slopes)[:, None] + noise(6, about="linear")
    own = list(indices.morris(points, values, SINGLE, seed=2))
    assert [one.value for one in of_kind(own, "mu_star")] == pytest.approx(np.abs(slopes))
    assert [one.value for one in of_kind(own, "mu")] == pytest.approx(slopes)
    assert [one.value for one in of_kind(own, "sigma")] == pytest.approx([0] * 4, abs=1e-9)
    for kind in ("mu_star", "mu"):  # a slope downwards is heard like one upwards
        assert [one.heard for one in of_kind(own, kind)] == [True, True, True, False]
    assert not any(one.heard for one in of_kind(own, "sigma"))
    last = own[-1].block
    assert all(one.value == one.floor == 0 for one in own if one.block == last)


def test_effects_of_single_runs_have_the_means_that_salib_finds() -> None:
    """The mean over runs of our elementary effects is what SALib makes of the mean; of blocks of several paths too."""
    blocks = [[0, 3], [1], [2]]
    points = designs.trajectories(blocks, 10, seed=4)
    values = noise(len(points), 5, about="effects")
    said = salib_morris.analyze(designs.problem_of(blocks), points, values.mean(axis=1), num_levels=designs.LEVELS)
    effects = indices.elementary_effects(points, values, blocks).mean(axis=2)
    assert np.abs(effects).mean(axis=1) == pytest.approx(np.array(said["mu_star"]))
    assert effects[1:].mean(axis=1) == pytest.approx(np.array(said["mu"])[1:])
    assert effects[1:].std(axis=1, ddof=1) == pytest.approx(np.array(said["sigma"])[1:])


@given(st.floats(0.001, 1000), st.integers(0, 50))
@repeatable(15)
def test_the_unit_of_an_output_scales_effects_and_nothing_else(unit: float, number: int) -> None:
    """μ*, μ, σ and their floors scale with it; which are heard, shares of variance and distances stay."""
    points = designs.trajectories(SINGLE, 5, seed=number)
    rows, even = designs.saltelli(SINGLE, 16, seed=number), designs.latin(4, 40, seed=number)
    told = []
    for scale in (1.0, unit):
        make = [(own[:, [0]] + noise(len(own), 6, about=f"unit/{number}") / 5) * scale for own in (points, rows, even)]
        told.append(
            [
                list(indices.morris(points, make[0], SINGLE, 1)),
                [*indices.sobol(make[1], SINGLE, 1), *indices.pawn(even, make[2], SINGLE, 1)],
            ]
        )
    (effects, shares), (scaled, same) = told
    assert [one.value * unit for one in effects] == pytest.approx([one.value for one in scaled], rel=1e-6, abs=1e-6)
    assert [one.floor * unit for one in effects] == pytest.approx([one.floor for one in scaled], rel=1e-6, abs=1e-6)
    assert [one.value for one in shares] == pytest.approx([one.value for one in same], abs=1e-6)
    assert [one.floor for one in shares] == pytest.approx([one.floor for one in same], abs=1e-6)
    assert [one.heard for one in (*effects, *shares)] == [one.heard for one in (*scaled, *same)]


# Floors ---------------------------------------------------------------------------------------------------------------


def test_of_the_least_runs_the_rarest_way_is_heard() -> None:
    """With six runs all differences of one sign are one way of 32, below 5 %; with five one of 16, which no floor lets through."""
    for runs, heard in ((LEAST_RUNS, True), (LEAST_RUNS - 1, False)):
        by_chance = np.abs(flips(runs, seed=1).mean(axis=1))
        assert (by_chance[0] > floor_of(by_chance)) == heard


Method = Callable[[int], list[Estimate]]


def re_dealt_morris(number: int) -> list[Estimate]:
    """Return μ* of four inputs that only re-deal the luck of every run."""
    points = designs.trajectories(SINGLE, 5, seed=number)
    return of_kind(indices.morris(points, noise(len(points), 8, about=f"morris/{number}"), SINGLE, number), "mu_star")


def re_dealt_sobol(number: int) -> list[Estimate]:
    """Return total indices of the same."""
    return of_kind(indices.sobol(noise(16 * 6, 8, about=f"sobol/{number}"), SINGLE, number), "ST")


def deaf_pawn(number: int) -> list[Estimate]:
    """Return PAWN distances of four inputs that know nothing of the output."""
    points = designs.latin(4, 48, seed=number)
    return list(indices.pawn(points, noise(48, 6, about=f"pawn/{number}"), SINGLE, number))


@pytest.mark.slow
@pytest.mark.parametrize("method", [re_dealt_morris, re_dealt_sobol, deaf_pawn])
def test_luck_alone_is_heard_as_seldom_as_is_said(method: Method) -> None:
    """Of inputs that only re-deal luck about 5 % are above their floor, never more than a binomial law with that chance allows."""
    heard = [one.heard for number in range(100) for one in method(number)]
    assert 0 < sum(heard) <= stats.binom.ppf(0.9999, len(heard), 0.05)


def test_a_first_index_of_noise_alone_is_seldom_heard() -> None:
    """Its bootstrap interval leaves out 0 on the upper side in 2.5 % of cases, roughly: it is one for many rows."""
    own = [
        one.heard
        for number in range(40)
        for one in of_kind(indices.sobol(noise(64 * 6, 6, about=f"first/{number}"), SINGLE, number), "S1")
    ]
    assert sum(own) <= stats.binom.ppf(0.9999, len(own), 0.05)


# PAWN -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("points", [40, 60, 80, 110, 130, 400])
def test_our_distances_are_those_of_salib(points: int) -> None:
    """One at a time ours, which are made for many samples at once, are the same; also where values are tied."""
    shares, slices = designs.latin(3, points, seed=points), indices.slices_of(points)
    for values in (shares @ [1, 2, 0], np.round(shares @ [1, 2, 0])):
        said = salib_pawn.analyze(designs.problem_of(SINGLE[:3]) | {"groups": None}, shares, values, S=slices)
        own = [indices.distances(indices.slice_of(column, slices)[None], values[None])[0] for column in shares.T]
        assert own == pytest.approx(said["median"])


def test_pawn_hears_what_moves_the_law_and_nothing_else() -> None:
    """An input that makes an output more spread out, without moving its mean, is heard; one that does nothing is not, nor does a constant output."""
    shares = designs.latin(4, 200, seed=2)
    values = (shares[:, 0] * np.where(shares[:, 1] > 0.5, 1, -1))[:, None] + np.zeros(6)
    own = list(indices.pawn(shares, values, SINGLE, seed=1))
    assert own[0].heard
    assert own[1].heard
    assert all(one.low <= one.value <= one.high for one in own)
    assert [(one.value, one.heard) for one in indices.pawn(shares, 0 * values, SINGLE, 1)] == [(0, False)] * 4
    together = next(iter(indices.pawn(shares, values, [[0, 2], [1], [3]], seed=1)))
    assert together.value == max(own[0].value, own[2].value)
    assert together.floor >= own[0].floor


# Regions --------------------------------------------------------------------------------------------------------------


def planted(number: int, points: int) -> tuple[Floats, Floats]:
    """Return points of six inputs, and which of six runs of each failed: nine of ten in a box of three tenths of the space, else one of ten."""
    shares = designs.latin(6, points, seed=number)
    inside = (shares[:, 1] > 0.5) & (shares[:, 4] < 0.6)
    drawn = luck.uniform(number, 0, "planted", np.arange(points * 6)).reshape(points, 6)
    return shares, (drawn < np.where(inside, 0.9, 0.1)[:, None]).astype(float)


def test_a_planted_box_is_found() -> None:
    """With 400 points: bounded in its two inputs only, near its two bounds; where nine of ten fail, and more than three of five failures lie."""
    for number in range(5):
        shares, failed = planted(number, 400)
        finds, judges = halves(400, seed=number)
        box = box_of(shares[finds], failed[finds].mean(axis=1))
        assert box is not None
        assert box.bounded == [1, 4]
        assert (box.low[1], box.high[4]) == (pytest.approx(0.5, abs=0.08), pytest.approx(0.6, abs=0.08))
        said = judged(box, shares[judges], failed[judges], seed=number)
        assert said is not None
        assert said.held
        assert said.coverage > 0.6
        assert said.failed / said.runs > 0.75


@pytest.mark.slow
def test_the_judging_half_covers_the_truth() -> None:
    """The share of failures in a box, known from its volume, lies in the interval in 95 of 100 cases, but for the chance of four standard errors."""
    covered, cases = [], 120
    for number in range(cases):
        shares, failed = planted(number, 100)
        finds, judges = halves(100, seed=number)
        box = box_of(shares[finds], failed[finds].mean(axis=1))
        said = judged(box, shares[judges], failed[judges], seed=number) if box is not None else None
        if box is None or said is None:
            continue
        low, high = np.clip(box.low, 0, 1), np.clip(box.high, 0, 1)
        common = max(high[1] - max(low[1], 0.5), 0) / (high[1] - low[1]) * max(min(high[4], 0.6) - low[4], 0)
        exact = 0.1 + 0.8 * common / (high[4] - low[4])
        covered.append(said.low <= exact <= said.high)
    assert np.mean(covered) >= 0.95 - 4 * math.sqrt(0.95 * 0.05 / len(covered))


def test_a_box_of_noise_does_not_hold() -> None:
    """Where failures know nothing of the inputs, what one half finds the other half confirms in about 5 % of cases."""
    held = []
    for number in range(60):
        shares = designs.latin(6, 60, seed=number)
        failed = (noise(60, 6, about=f"box/{number}") > 0).astype(float)
        finds, judges = halves(60, seed=number)
        box = box_of(shares[finds], failed[finds].mean(axis=1))
        said = judged(box, shares[judges], failed[judges], seed=number) if box is not None else None
        held.append(said is not None and said.held)
    assert sum(held) <= stats.binom.ppf(0.9999, len(held), 0.05)


def test_runs_of_one_point_are_no_runs_of_many() -> None:
    """Of half of the points all runs fail: that is as good as one run of each; runs that know nothing of their point are worth all of them."""
    failed = np.repeat([[1.0], [0.0]], 10, axis=0) * np.ones(6)
    low, high = clustered_interval(failed)
    exact = stats.beta.ppf([0.025, 0.975], [10, 11], [11, 10])
    assert (low, high) == (pytest.approx(exact[0], abs=0.02), pytest.approx(exact[1], abs=0.02))
    alike = np.tile([1.0, 0.0], (20, 3))
    assert clustered_interval(alike)[0] > low
    assert clustered_interval(np.ones((20, 6))) == (pytest.approx(0.025 ** (1 / 20)), 1.0)
    assert clustered_interval(np.zeros((4, 6))) == (0.0, pytest.approx(1 - 0.025 ** (1 / 4)))


def test_bounds_are_written_with_few_digits_and_part_the_same_points() -> None:
    """Whatever the digits, a rounded box holds the points that it held; whole numbers stay whole."""
    points = np.column_stack([designs.latin(1, 60, seed=1)[:, 0] * 12 + 3, np.arange(60) % 4]).astype(float)
    box = Box(np.array([4.123456, 0.5]), np.array([11.98765, 2.5]))
    plain = regions.rounded(box, points, [False, True])
    assert (plain.holds(points) == box.holds(points)).all()
    assert (plain.low[1], plain.high[1]) == (1, 2)
    assert len(f"{plain.low[0]:.12g}") <= 5
    assert parted(plain, points, points[:, 1]) == parted(box, points, points[:, 1])


# Worth ----------------------------------------------------------------------------------------------------------------


def test_the_worth_of_a_linear_model_with_a_normal_input_is_the_known_one() -> None:
    """EVPPI of gain m + s·z is s·φ(m/s) + m·Φ(m/s) − max(m, 0), within its standard error and a tenth for the ends that polynomials miss."""
    shares = designs.latin(2, 600, seed=3)
    z = stats.norm.ppf(shares[:, 0])
    for mean, required in ((0.6, 0.6), (0.6, 0.7), (0.6, 0.5)):
        gain, spread = mean - required, 0.15
        exact = spread * stats.norm.pdf(gain / spread) + gain * stats.norm.cdf(gain / spread) - max(gain, 0)
        met = mean + spread * z + 0.1 * noise(600, about="worth")
        own = worth.value_of(shares[:, [0]], met, required, seed=1)
        known = np.maximum(gain + spread * z, 0)
        compared(own.worth, float(exact), float(known.std() / math.sqrt(600)) / 2 + 0.025 * float(exact))
        assert own.heard
        assert own.flips == pytest.approx(1 - stats.norm.cdf(abs(gain) / spread), abs=0.05)


def test_what_decides_nothing_is_worth_nothing() -> None:
    """Where the chance stays above what is required over the whole law, its worth is exactly 0 and nothing flips; nor is what does nothing heard."""
    shares = designs.latin(3, 100, seed=5)
    own = worth.value_of(shares[:, [0]], 0.9 + 0.05 * shares[:, 0], 0.6, seed=1)
    assert (own.worth, own.flips, own.heard) == (0, 0, False)
    assert (own.known_low, own.known_high) == (pytest.approx(0.9, abs=0.01), pytest.approx(0.95, abs=0.01))
    heard = [
        worth.value_of(shares[:, [1]], 0.6 + 0.2 * noise(100, about=f"nothing/{number}"), 0.6, seed=number).heard
        for number in range(60)
    ]
    assert sum(heard) <= stats.binom.ppf(0.9999, 60, 0.05)


def test_two_paths_are_worth_what_only_both_tell() -> None:
    """The chance hangs on the product of two: neither alone is worth anything near what both are."""
    shares = designs.latin(2, 300, seed=6)
    met = 0.5 + 0.4 * (2 * shares[:, 0] - 1) * (2 * shares[:, 1] - 1)
    both = worth.value_of(shares, met, 0.5, seed=1)
    assert both.heard
    assert both.worth == pytest.approx(0.05, abs=0.005)  # 0.4 · E|xy| / 2 = 0.4 · 0.25 / 2
    assert worth.value_of(shares[:, [0]], met, 0.5, seed=1).worth < both.worth / 4
