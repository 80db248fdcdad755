"""Intervals and verdicts: the textbook's numbers, and that intervals cover what they should, looked at once or at every night."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.study.intervals import (
    IntervalKind,
    any_time_interval,
    exact_interval,
    interval,
    intervals,
    quantile,
    quantile_ranks,
    upper_quantile,
)
from sim.study.verdict import judge, limit_met
from tests.strategies import repeatable

# One number of nights, fixed beforehand -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("met", "of", "low", "high"),
    [(95, 100, 0.887165, 0.983568), (190, 200, 0.909972, 0.975766), (200, 200, 0.981725, 1.0)],
)
def test_v26_the_exact_interval(met: int, of: int, low: float, high: float) -> None:
    """V26: Clopper–Pearson of 95 of 100, 190 of 200 and 200 of 200."""
    assert interval(met, of, "fixed") == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(("failures", "nights"), [(0, 59), (1, 93), (2, 124)])
def test_v26_how_many_nights_show_95_percent_with_95_percent_confidence(failures: int, nights: int) -> None:
    """V26: one-sided 95/95 needs 59 nights without a failure, 93 with one, 124 with two; one night less does not show it."""
    for of, shown in ((nights, True), (nights - 1, False)):
        (low,), _ = exact_interval(
            np.array([of - failures]), of, 0.90
        )  # two-sided 90 %: the lower end is the one-sided 95 %
        assert bool(low >= 0.95) is shown


def test_v26_the_order_statistics_around_a_95th_percentile() -> None:
    """V26: of 200 nights the 184th and the 197th, which cover it with 0.96715."""
    low, high = quantile_ranks(200, 0.95)
    assert (low, high) == (184, 197)
    law = stats.binom(200, 0.95)
    assert law.cdf(high - 1) - law.cdf(low - 1) == pytest.approx(0.96715, abs=1e-5)


@pytest.mark.parametrize("p", [0.5, 0.9, 0.99])
def test_the_exact_interval_covers_at_its_nominal_rate(p: float) -> None:
    """For every true probability the chance of all counts whose interval holds it, summed exactly, is 95 % at least."""
    low, high = exact_interval(np.arange(101), 100)
    covered = (low <= p) & (p <= high)
    assert stats.binom(100, p).pmf(np.flatnonzero(covered)).sum() >= 0.95


# Any number of nights -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("p", [0.5, 0.9])
def test_the_interval_of_any_time_covers_at_all_nights_together(p: float) -> None:
    """500 studies of 400 nights, looked at after every tenth: in at most 5 % + 4 SE is the true probability ever left out.

    The interval of a fixed number, looked at as often, leaves it out far more often: that is why there are two.
    """
    rng = np.random.default_rng(7)
    looks = np.arange(10, 401, 10)
    met = np.cumsum(rng.random((500, 400)) < p, axis=1)[:, looks - 1]
    ends = {
        (s, n): any_time_interval(s, n)
        for s, n in {(int(s), int(n)) for row in met for s, n in zip(row, looks, strict=True)}
    }
    ever = [
        any(not ends[int(s), int(n)][0] <= p <= ends[int(s), int(n)][1] for s, n in zip(row, looks, strict=True))
        for row in met
    ]
    assert np.mean(ever) <= 0.05 + 4 * math.sqrt(0.05 * 0.95 / 500)
    fixed = [exact_interval(met[:, k], int(n)) for k, n in enumerate(looks)]
    missed = np.any([(low > p) | (p > high) for low, high in fixed], axis=0)
    assert missed.mean() > 0.10


@repeatable(60)
@given(st.integers(1, 400), st.data())
def test_the_interval_of_any_time_holds_the_share_and_the_exact_interval(of: int, data: st.DataObject) -> None:
    """It is never narrower than that of a fixed number, and mirrors itself: what is met and what is missed change places."""
    met = data.draw(st.integers(0, of))
    low, high = any_time_interval(met, of)
    exact = interval(met, of, "fixed")
    assert 0 <= low <= exact[0] + 1e-9
    assert exact[1] - 1e-9 <= high <= 1
    assert any_time_interval(of - met, of) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize("kind", ["fixed", "any_time"])
def test_intervals_of_many_are_those_of_each(kind: IntervalKind) -> None:
    """Counts in any order, some alike."""
    met = np.array([7, 0, 12, 7])
    ends = np.array([interval(int(one), 12, kind, 0.99) for one in met])
    assert np.column_stack(intervals(met, 12, kind, 0.99)) == pytest.approx(ends)


def test_before_the_first_night_nothing_is_known() -> None:
    """No night, no knowledge; all nights met leave the upper end at one."""
    assert any_time_interval(0, 0) == (0.0, 1.0)
    assert any_time_interval(50, 50)[1] == 1.0
    assert any_time_interval(0, 50)[0] == 0.0


# Quantiles ------------------------------------------------------------------------------------------------------------


def test_a_quantile_is_a_night_and_never_a_mean_with_never() -> None:
    """Of 1 … 20 min the median is the 10th, of the first ten and ten that never end too; the 95th percentile then is never."""
    minutes = np.arange(1.0, 21.0)
    assert quantile(minutes, 0.5)[0] == 10
    half = np.where(minutes <= 10, minutes, np.inf)
    assert quantile(half, 0.5)[0] == 10
    assert quantile(half, 0.95)[0] == math.inf


def test_so_few_nights_bound_no_high_quantile() -> None:
    """Twenty nights say nothing above the largest of them of a 95th percentile, and nothing is made up."""
    _, low, high = quantile(np.arange(20.0), 0.95)
    assert low == 16  # by hand: P(B ≤ 16 | 20, 0.95) = 0.0159 < 0.025 ≤ P(B ≤ 17) = 0.0755, so the 17th of the nights
    assert high == math.inf


# Verdicts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("met", "of", "required", "verdict"),
    [
        (200, 200, 0.95, "met"),  # from 0.981725 on
        (190, 200, 0.95, "open"),  # 0.909972 to 0.975766
        (87, 100, 0.95, "not_met"),  # up to 0.929
        (0, 10, 0.0, "met"),
        (9, 10, 1.0, "not_met"),  # one failure refutes certainty
        (10, 10, 1.0, "open"),  # no number of nights proves it
    ],
)
def test_the_verdict_follows_from_the_interval(met: int, of: int, required: float, verdict: str) -> None:
    """All of it at or above what is required, none of it, or some."""
    assert judge(met, of, required, "fixed").verdict == verdict


@given(st.lists(st.one_of(st.floats(-100, 100), st.just(math.inf)), min_size=1, max_size=60))
def test_both_ends_are_equally_rare(values: list[float]) -> None:
    """As many runs lie at or below the twentieth part as lie at or above its mirror; of twenty the mirror is the largest."""
    ordered = np.sort(np.array(values))
    rank = math.ceil(0.05 * len(ordered) - 1e-9)
    low, high = quantile(ordered, 0.05), upper_quantile(ordered, 0.05)
    assert low[0] == ordered[rank - 1]
    assert high[0] == ordered[-rank]
    assert high[1] <= high[0] <= high[2]
    if len(values) <= 20:
        assert high[0] == ordered[-1]


def test_how_many_nights_more_would_settle_it() -> None:
    """59 of 59 against 0.95: who goes on has looked, so it takes 116 without a failure by the any-time interval; at the limit itself none help."""
    assert any_time_interval(116, 116)[0] >= 0.95 > any_time_interval(115, 115)[0]
    assert judge(59, 59, 0.95, "fixed").nights_to_settle == 57
    assert judge(95, 100, 0.95, "fixed").nights_to_settle is None
    assert judge(200, 200, 0.95, "fixed").nights_to_settle is None
    assert judge(10, 10, 1.0, "fixed").nights_to_settle is None


# Limits suggested -----------------------------------------------------------------------------------------------------


@repeatable(200)
@given(
    minutes=st.lists(st.one_of(st.floats(0, 300), st.just(math.inf)), min_size=1, max_size=150),
    share=st.sampled_from([0.5, 0.8, 0.9, 0.95]),
    kind=st.sampled_from(["fixed", "any_time"]),
)
def test_a_suggested_limit_is_the_least_that_is_judged_met(
    minutes: list[float], share: float, kind: IntervalKind
) -> None:
    """Judged on the same nights, it is met, and one of a minute less is not; where there is none, no limit however long is met."""
    limit = limit_met(np.array(minutes), share, kind)

    def verdict(within_min: float) -> str:
        return judge(sum(taken <= within_min + 1e-9 for taken in minutes), len(minutes), share, kind).verdict

    longest = max([taken for taken in minutes if math.isfinite(taken)], default=0.0)
    if limit.sure_min is None or math.isinf(limit.sure_min):
        assert verdict(longest) == ("open" if limit.sure_min is None else "not_met")
        return
    assert verdict(limit.sure_min) == "met"
    assert verdict(limit.sure_min - 1) != "met"
    assert limit.estimate_min <= limit.sure_min


def test_a_suggested_limit_by_hand() -> None:
    """72 nights without failure are the fewest that show 95 % (0.025^(1/72) ≥ 0.95); one that never ends leaves it open, half refute it."""
    minutes = np.arange(1.0, 73.0) - 0.5  # 0.5 … 71.5 min
    assert limit_met(minutes, 0.95, "fixed").sure_min == 72
    assert limit_met(minutes, 0.95, "fixed").estimate_min == 69  # 0.95 × 72 = 68.4: the 69th, of 68.5 min
    assert limit_met(minutes[:71], 0.95, "fixed").sure_min is None
    assert limit_met(np.where(minutes < 71, minutes, np.inf), 0.95, "fixed").sure_min is None
    assert limit_met(np.where(minutes < 36, minutes, np.inf), 0.95, "fixed").sure_min == math.inf


@pytest.mark.parametrize(("kind", "looks"), [("fixed", [120]), ("any_time", range(20, 121, 5))])
def test_a_suggested_limit_is_seldom_too_short(kind: IntervalKind, looks: list[int]) -> None:
    """Of exponential minutes whose 80th percentile is known, a limit below it is suggested in 2.5 % of studies at most, at any look."""
    true_min, studies = float(np.log(5)), 1000
    drawn = np.random.default_rng(26).exponential(size=(studies, 120)) * 1000  # a whole minute is little of them
    short = [
        any(
            limit.sure_min is not None and limit.sure_min < 1000 * true_min
            for limit in (limit_met(one[:of], 0.8, kind) for of in looks)
        )
        for one in drawn[: studies if kind == "fixed" else 200]
    ]
    assert stats.binomtest(sum(short), len(short), 0.025, alternative="greater").pvalue > 1e-4
